//! Whether a casebook is as it was written.
//!
//! [`verify`] looks at everything: the chain of the log; each kept row against the log entry that vouches for it; the
//! bytes as received against their hashes; texts against their ids; derived rows against the reading or dossier that
//! they were made of; the tables, views and indexes against those that the program makes. What it cannot see is a
//! casebook that somebody rewrote whole, log included: for that, keep the head of the chain elsewhere
//! ([`Store::head`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Error, Store,
    arrivals::text_of,
    bytes::Bytes,
    database::{Database, Dialect, Row},
    log::{Hash, Head, SetHash, chained, digest, digest_of, hash_at, hex},
    results,
    schema::{self, table},
    steps::given_hash,
};

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// Table and row, or file.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
}

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Audit {
    /// Entries of the log.
    pub entries: u64,
    /// Reports.
    pub reports: u64,
    /// Captures whose bytes were read.
    pub captures: u64,
    /// Bytes as received, in all.
    pub bytes: u64,
    /// Judgements.
    pub judgements: u64,
    /// Rows of what is derived.
    pub derived: u64,
    /// Number of the last entry of the log.
    pub head: i64,
    /// Its hash, in hexadecimal.
    pub hash: String,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Looks at everything in one state of the casebook; `progress` is told how many reports were looked at.
///
/// # Errors
///
/// When the engine cannot read at all; damage that it can name is a fault.
pub fn verify(store: &mut Store, progress: &mut dyn FnMut(u64)) -> Result<Audit, Error> {
    let bytes = store.bytes();
    let mut audit = Audit::default();
    let place = store.place().to_string();
    let checked = store.database().self_check();
    match checked {
        Ok(lines) => lines
            .into_iter()
            .for_each(|what| audit.fault(&place, &what)),
        Err(error) => audit.fault(&place, &error.to_string()),
    }
    store.read(&mut |database| {
        let mut looking = Looking {
            database,
            bytes: &bytes,
            audit: &mut audit,
            vouched: Vouched::default(),
        };
        let looked = [
            ("log", looking.log()),
            ("judgements", looking.judgements()),
            ("cases", looking.given()),
            ("schema", looking.tables()),
            ("texts", looking.unused_texts()),
        ];
        for (name, result) in looked {
            if let Err(error) = result {
                looking.audit.fault(name, &error.to_string());
            }
        }
        if let Err(error) = looking.reports(progress) {
            looking.audit.fault("reports", &error.to_string());
        }
        if let Err(error) = results::verify(looking.database, &mut |place, what| {
            looking.audit.faults.push(Fault {
                place: place.to_owned(),
                what: what.to_owned(),
            });
        })
        .map(|rows| looking.audit.derived = rows)
        {
            looking.audit.fault("derived tables", &error.to_string());
        }
        Ok(())
    })?;
    Ok(audit)
}

/// What is wrong with the chain of the log, and with nothing else: quick.
///
/// # Errors
///
/// What the engine says.
pub fn chain(database: &mut dyn Database) -> Result<(u64, Vec<Fault>), Error> {
    let mut audit = Audit::default();
    let mut looking = Looking {
        database,
        bytes: &Bytes::Table,
        audit: &mut audit,
        vouched: Vouched::default(),
    };
    looking.log()?;
    Ok((audit.entries, audit.faults))
}

/// What the log vouches for.
#[derive(Default)]
struct Vouched {
    /// Report id → digest of text, report and first capture.
    added: BTreeMap<String, Hash>,
    /// Report id → digests of later captures, in order.
    received: BTreeMap<String, Vec<Hash>>,
    /// Judgement id → digest.
    judged: BTreeMap<String, Hash>,
    /// Purged report id → digest of its tombstone.
    purged: BTreeMap<String, Hash>,
    /// What the last step left of steps and cases.
    given: Option<Hash>,
}

struct Looking<'a> {
    database: &'a mut dyn Database,
    bytes: &'a Bytes,
    audit: &'a mut Audit,
    vouched: Vouched,
}

impl Audit {
    fn fault(&mut self, place: &str, what: &str) {
        self.faults.push(Fault {
            place: place.to_owned(),
            what: what.to_owned(),
        });
    }
}

impl Looking<'_> {
    fn fault(&mut self, place: String, what: &str) {
        self.audit.fault(&place, what);
    }

    /// The chain, and what its entries vouch for.
    fn log(&mut self) -> Result<(), Error> {
        let sql = table("log").select("");
        let mut head = Head::default();
        let mut faults = Vec::new();
        let vouched = &mut self.vouched;
        let mut n = 0;
        self.database.each(&sql, &[], &mut |row| {
            n += 1;
            let seq = row.integer(0).unwrap_or(0);
            let place = format!("log {seq}");
            if seq != head.seq + 1 {
                faults.push((place.clone(), format!("entries {} to {} are missing", head.seq + 1, seq - 1)));
            }
            let own = hash_at(&row, 7);
            let columns = &row.0[..7];
            if own != Some(chained(&head.hash, columns)) {
                faults.push((
                    place,
                    "this entry, or the one before it, is not what was written: its hash does not follow".to_owned(),
                ));
            }
            head = Head {
                seq,
                hash: own.unwrap_or_default(),
            };
            vouched.take(&row);
            Ok(())
        })?;
        for (place, what) in faults {
            self.fault(place, &what);
        }
        self.audit.entries = n;
        self.audit.head = head.seq;
        self.audit.hash = hex(&head.hash);
        Ok(())
    }

    /// Reports, texts, captures and bytes.
    fn reports(&mut self, progress: &mut dyn FnMut(u64)) -> Result<(), Error> {
        let ids = self
            .database
            .rows("SELECT seq, id FROM reports ORDER BY seq", &[])?;
        let mut known = BTreeSet::new();
        for row in ids {
            let id = row.words(1);
            if let Err(error) = self.report(&id) {
                self.fault(format!("reports {id}"), &error.to_string());
            }
            known.insert(id);
            self.audit.reports += 1;
            progress(self.audit.reports);
        }
        let missing: Vec<String> = self
            .vouched
            .added
            .keys()
            .filter(|id| !known.contains(*id) && !self.vouched.purged.contains_key(*id))
            .cloned()
            .collect();
        for id in missing {
            self.fault(
                format!("reports {id}"),
                "the log says that it was added, and no purge took it out, but it is not there",
            );
        }
        self.tombstones()
    }

    fn tombstones(&mut self) -> Result<(), Error> {
        let rows = self.database.rows(&table("tombstones").select(""), &[])?;
        let mut there: BTreeMap<String, Hash> = BTreeMap::new();
        for row in rows {
            there.insert(row.words(1), digest(&row.0));
        }
        for (id, hash) in std::mem::take(&mut self.vouched.purged) {
            if there.remove(&id) != Some(hash) {
                self.fault(
                    format!("tombstones {id}"),
                    "it is not what was written when the report was purged",
                );
            }
        }
        for id in there.into_keys() {
            self.fault(format!("tombstones {id}"), "the log knows of no such purge");
        }
        Ok(())
    }

    fn report(&mut self, id: &str) -> Result<(), Error> {
        let place = format!("reports {id}");
        let sql = table("reports").select("id = ?1");
        let Some(report) = self.database.first(&sql, &[id.into()])? else {
            return Ok(());
        };
        let text_id = report.words(2);
        let sql = table("texts").select("id = ?1");
        let Some(text) = self.database.first(&sql, &[text_id.as_str().into()])? else {
            self.fault(place, "its text is missing");
            return Ok(());
        };
        if let Err(error) = text_of(&text_id, &text.words(1), &text.words(2)) {
            self.fault(format!("texts {text_id}"), first_line(&error));
        }
        let sql = table("captures").select("report = ?1");
        let captures = self.database.rows(&sql, &[id.into()])?;
        let Some(first) = captures.first() else {
            self.fault(place, "no capture of it is left");
            return Ok(());
        };
        let all = [digest(&text.0), digest(&report.0), digest(&first.0)];
        match self.vouched.added.get(id) {
            None => self.fault(place, "the log does not say that it was added"),
            Some(hash) if *hash != digest_of(&all) => self.fault(
                place,
                "the report, its text or its first capture is not what was written when it was added",
            ),
            Some(_) => {}
        }
        let later: Vec<Hash> = captures[1..].iter().map(|row| digest(&row.0)).collect();
        if self.vouched.received.get(id).cloned().unwrap_or_default() != later {
            let place = format!("captures of {id}");
            self.fault(place, "the later captures are not those that the log knows");
        }
        for capture in &captures {
            self.audit.captures += 1;
            self.capture(capture);
        }
        Ok(())
    }

    fn capture(&mut self, capture: &Row) {
        let Some(hash) = hash_at(capture, 2) else {
            let place = format!("captures {}", capture.integer(0).unwrap_or(0));
            self.fault(place, "its SHA-256 is not 32 bytes long");
            return;
        };
        match self.bytes.get(self.database, &hash) {
            Ok(bytes) => {
                self.audit.bytes += bytes.len() as u64;
                if capture.integer(3) != i64::try_from(bytes.len()).ok() {
                    let place = format!("captures {}", capture.integer(0).unwrap_or(0));
                    self.fault(place, "its bytes are of another length");
                }
                // A flipped bit that gzip passes over (its name of the system, say) is damage all the same.
                let packed = self.bytes.packed(self.database, &hash).ok().flatten();
                if packed.as_deref() != Some(&*crate::bytes::pack(&bytes)) {
                    let place = self.bytes.name(&hash);
                    self.fault(
                        place,
                        "the bytes are right, but their gzip is not what was written",
                    );
                }
            }
            Err(Error::Damaged { place, why }) => self.fault(place, &why),
            Err(error) => {
                let place = self.bytes.name(&hash);
                self.fault(place, first_line(&error));
            }
        }
    }

    fn judgements(&mut self) -> Result<(), Error> {
        let rows = self.database.rows(&table("judgements").select(""), &[])?;
        let mut there: BTreeMap<String, Hash> = BTreeMap::new();
        for row in rows {
            self.audit.judgements += 1;
            there.insert(row.words(1), digest(&row.0));
        }
        let purged = self.purged_judgements()?;
        for (id, hash) in std::mem::take(&mut self.vouched.judged) {
            match there.remove(&id) {
                Some(own) if own == hash => {}
                Some(_) => self.fault(format!("judgements {id}"), "it is not what was written"),
                None if purged.contains(&id) => {}
                None => self.fault(format!("judgements {id}"), "it is missing"),
            }
        }
        for id in there.into_keys() {
            self.fault(
                format!("judgements {id}"),
                "the log knows of no such judgement",
            );
        }
        Ok(())
    }

    /// Judgements that went with a purged report.
    fn purged_judgements(&mut self) -> Result<BTreeSet<String>, Error> {
        let mut out = BTreeSet::new();
        for row in self.database.rows("SELECT gone FROM tombstones", &[])? {
            let gone: serde_json::Value =
                serde_json::from_str(&row.words(0)).unwrap_or(serde_json::Value::Null);
            let ids = gone.get("judgements").and_then(|list| list.as_array());
            out.extend(
                ids.into_iter()
                    .flatten()
                    .filter_map(|id| id.as_str().map(str::to_owned)),
            );
        }
        Ok(out)
    }

    /// Steps and cases, as the last step left them.
    fn given(&mut self) -> Result<(), Error> {
        let found = given_hash(self.database)?;
        match self.vouched.given {
            Some(hash) if hash != found.0 => self.fault(
                "steps, cases, case_members".to_owned(),
                "they are not what the last step of linking left",
            ),
            None if found != SetHash::default() => self.fault(
                "steps, cases, case_members".to_owned(),
                "they have rows, and the log knows of no step of linking",
            ),
            _ => {}
        }
        Ok(())
    }

    /// Tables, views and indexes.
    fn tables(&mut self) -> Result<(), Error> {
        if self.database.dialect() != Dialect::Sqlite {
            return Ok(());
        }
        let made = schema::made_new()?;
        let sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name";
        let rows = self.database.rows(sql, &[])?;
        let found: BTreeMap<String, String> = rows
            .iter()
            .map(|row| (row.words(0), row.words(1)))
            .collect();
        for (name, sql) in &made {
            if found.get(name) != Some(sql) {
                self.fault(name.clone(), "it is not built as this program builds it");
            }
        }
        Ok(())
    }

    fn unused_texts(&mut self) -> Result<(), Error> {
        let sql = "SELECT id FROM texts WHERE id NOT IN (SELECT text FROM reports) ORDER BY id";
        for row in self.database.rows(sql, &[])? {
            self.fault(format!("texts {}", row.words(0)), "no report has this text");
        }
        Ok(())
    }
}

impl Vouched {
    fn take(&mut self, entry: &Row) {
        let (what, subject) = (entry.text(2).unwrap_or_default(), entry.words(4));
        let Some(hash) = hash_at(entry, 6) else {
            return;
        };
        match what {
            "added" => {
                self.added.insert(subject, hash);
            }
            "received" => self.received.entry(subject).or_default().push(hash),
            "judged" => {
                self.judged.insert(subject, hash);
            }
            "purged" => {
                self.purged.insert(subject, hash);
            }
            "linked" => self.given = Some(hash),
            _ => {}
        }
    }
}

fn first_line(error: &Error) -> &str {
    // What follows is a hint, which the audit as a whole gives.
    match error {
        Error::Damaged { why, .. } => why,
        Error::Full => "the disk is full",
        _ => "it could not be read",
    }
}

/// Whether a head of the chain that was kept elsewhere (`number:hash`) is still in it.
///
/// # Errors
///
/// [`Error::Refused`] for words that are no such head.
pub fn anchored(store: &mut Store, anchor: &str) -> Result<Vec<Fault>, Error> {
    let parts = anchor.trim().split_once(':');
    let Some((seq, hash)) = parts.and_then(|(seq, hash)| Some((seq.parse::<i64>().ok()?, hash)))
    else {
        return Err(Error::Refused(format!(
            "{anchor}: not the head of a chain\n  hint: give it as `crossbearing audit anchor` printed it, 12:3fa9…"
        )));
    };
    let sql = "SELECT hash FROM log WHERE seq = ?1";
    let found = store.database().first(sql, &[seq.into()])?;
    let found = found.and_then(|row| hash_at(&row, 0)).map(|own| hex(&own));
    if found.as_deref() == Some(&*hash.to_lowercase()) {
        return Ok(Vec::new());
    }
    Ok(vec![Fault {
        place: format!("log {seq}"),
        what:
            "the entry that was kept elsewhere is not in this log: what came before it was changed"
                .to_owned(),
    }])
}
