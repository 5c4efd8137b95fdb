//! What was read and reconciled: whole, as the program keeps it, and in rows that people query.
//!
//! All of it is derived. The rows follow from the reading or the dossier that is kept beside them, which [`verify`] holds
//! them to; numbers of rows follow from the number of the report, so that whatever is made again is the same.

use std::collections::BTreeSet;

use model::{
    Account, Claim, Dossier, LineageKind, Note, Reading, RuleName, Scope, Slot, SpeakerKind,
    Value as Said, Verdict,
};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Tx,
    arrivals::{STORED, Stored},
    bytes::{pack, unpack},
    database::{Database, Dialect, Row, Value},
    schema::{Kind, TABLES, Table, table},
    search,
};

/// Rows of one kind that a report may have: its number times this, and on.
const STRIDE: i64 = 65_536;

/// A reading without report and text, which have rows of their own, and without sentences and linking keys, which
/// follow from the rest.
#[derive(Serialize, Deserialize)]
struct Kept {
    accounts: Vec<Account>,
    notes: Vec<Note>,
}

/// The rows that a reading gives, table by table.
#[derive(Default)]
struct Rows {
    accounts: Vec<Vec<Value>>,
    claims: Vec<Vec<Value>>,
    quotes: Vec<Vec<Value>>,
    names: Vec<Vec<Value>>,
}

fn json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| {
        Error::Engine(format!(
            "what was read could not be written as JSON: {error}"
        ))
    })
}

/// The name of a value as its JSON has it: `at_least`.
fn name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Whom a claim counts or is about, in words.
pub fn who(scope: &Scope) -> String {
    if scope.is_all() {
        return "all".to_owned();
    }
    let fields = serde_json::to_value(scope).unwrap_or_default();
    let part = |field: &str| {
        let value = fields
            .get(field)
            .and_then(|value| value.as_str())
            .unwrap_or_default();
        (!matches!(value, "" | "all" | "unsaid")).then(|| value.replace('_', " "))
    };
    let parts: Vec<String> = ["nationality", "side", "sex", "age", "kind", "role"]
        .into_iter()
        .filter_map(part)
        .collect();
    if parts.is_empty() {
        "some".to_owned()
    } else {
        parts.join(" ")
    }
}

/// Who says it, from the one who knows to the outlet.
pub fn chain(claim: &Claim, outlet: Option<&str>) -> String {
    let label = |speaker: &model::Speaker| match (speaker.kind, speaker.label()) {
        (SpeakerKind::Publisher, own) if own.is_empty() => {
            outlet.unwrap_or("the report").to_owned()
        }
        (_, own) => own,
    };
    claim
        .speakers
        .iter()
        .map(label)
        .collect::<Vec<_>>()
        .join(" → ")
}

impl Rows {
    fn of(seq: i64, reading: &Reading) -> Result<Self, Error> {
        let mut out = Self::default();
        let report = reading.report.id.as_str();
        let outlet = reading.report.source.name.as_deref();
        let mut names: BTreeSet<(&str, String)> = BTreeSet::new();
        for (number, account) in reading.accounts.iter().enumerate() {
            out.accounts.push(vec![
                account.id.as_str().into(),
                report.into(),
                number.into(),
                name(&account.kind).into(),
                account.label.as_str().into(),
            ]);
            for claim in &account.claims {
                let at = seq * STRIDE + i64::try_from(out.claims.len()).unwrap_or(STRIDE);
                // A report of more claims keeps them in its reading alone.
                if at < (seq + 1) * STRIDE {
                    out.claim(at, report, outlet, account, claim)?;
                }
                named(claim, &mut names);
            }
        }
        for (number, (kind, name)) in (0..STRIDE).zip(names) {
            out.names.push(vec![
                (seq * STRIDE + number).into(),
                report.into(),
                kind.into(),
                name.into(),
            ]);
        }
        Ok(out)
    }

    fn claim(
        &mut self,
        at: i64,
        report: &str,
        outlet: Option<&str>,
        account: &Account,
        claim: &Claim,
    ) -> Result<(), Error> {
        let count = claim.value.count();
        self.claims.push(vec![
            at.into(),
            claim.id.as_str().into(),
            report.into(),
            account.id.as_str().into(),
            claim.slot.name().into(),
            count.map(|count| count.low).into(),
            count.and_then(|count| count.high).into(),
            count.map(|count| name(&count.bound)).into(),
            claim.value.words().into(),
            who(&claim.scope).into(),
            claim.as_of.as_ref().map(|when| when.label()).into(),
            name(&claim.stance.kind).into(),
            chain(claim, outlet).into(),
            claim
                .quotes
                .first()
                .map(|quote| quote.exact.as_str())
                .unwrap_or_default()
                .into(),
            claim.rule.as_str().into(),
            claim.reader.as_str().into(),
            json(claim)?.into(),
        ]);
        for (number, quote) in claim.quotes.iter().enumerate() {
            self.quotes.push(vec![
                at.into(),
                number.into(),
                quote.text.as_str().into(),
                quote.start.into(),
                quote.end.into(),
                quote.exact.as_str().into(),
            ]);
        }
        Ok(())
    }

    fn each(&self) -> [(&'static Table, &Vec<Vec<Value>>); 4] {
        [
            (table("accounts"), &self.accounts),
            (table("claims"), &self.claims),
            (table("quotes"), &self.quotes),
            (table("names"), &self.names),
        ]
    }
}

/// The persons, bodies and places that a claim names.
fn named<'a>(claim: &'a Claim, names: &mut BTreeSet<(&'a str, String)>) {
    let mut take = |kind: &'static str, name: &str| {
        let name = name.trim();
        if !name.is_empty() {
            names.insert((kind, name.to_owned()));
        }
    };
    for speaker in &claim.speakers {
        if matches!(speaker.kind, SpeakerKind::Person | SpeakerKind::Body) {
            take("speaker", &speaker.name);
            take(
                "speaker",
                speaker.affiliation.as_deref().unwrap_or_default(),
            );
        }
    }
    for party in claim.actor.iter().chain(&claim.addressee) {
        take("party", &party.name);
    }
    match &claim.value {
        Said::Party(party) => take("party", &party.name),
        Said::Place(place) => {
            take("place", &place.name);
            take("place", place.site.as_deref().unwrap_or_default());
        }
        _ => {}
    }
}

impl Tx<'_> {
    /// Keeps what was read from a report, in place of what was read before.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_reading(&mut self, seq: i64, reader: &str, reading: &Reading) -> Result<(), Error> {
        self.remove_reading(seq, reading.report.id.as_str())?;
        let kept = json(&Kept {
            accounts: reading.accounts.clone(),
            notes: reading.notes.clone(),
        })?;
        let scope = reading
            .notes
            .iter()
            .find(|note| note.code == "out-of-scope");
        let row = [
            reading.report.id.as_str().into(),
            reader.into(),
            pack(kept.as_bytes()).into(),
            Value::Null,
            scope.map(|note| note.code.as_str()).into(),
        ];
        self.database.execute(&table("readings").insert(), &row)?;
        let rows = Rows::of(seq, reading)?;
        for (own, rows) in rows.each() {
            let sql = own.insert();
            for row in rows {
                self.database.execute(&sql, row)?;
            }
        }
        let mut folded = String::new();
        for row in &rows.claims {
            folded.clear();
            for at in ["slot", "speakers", "quote"] {
                if let Value::Text(words) = &row[table("claims").at(at)] {
                    search::fold_into(words, &mut folded);
                }
            }
            if let Value::Integer(at) = row[0] {
                search::put(self.database, "search_claims", at, &folded)?;
            }
        }
        for row in &rows.names {
            folded.clear();
            if let (Value::Integer(at), Value::Text(words)) = (&row[0], &row[3]) {
                search::fold_into(words, &mut folded);
                search::put(self.database, "search_names", *at, &folded)?;
            }
        }
        Ok(())
    }

    /// Keeps that reading failed, so that it is not tried again by the same reader.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_failure(
        &mut self,
        seq: i64,
        report: &str,
        reader: &str,
        why: &str,
    ) -> Result<(), Error> {
        self.remove_reading(seq, report)?;
        let row = [
            report.into(),
            reader.into(),
            Value::Null,
            why.into(),
            Value::Null,
        ];
        self.database.execute(&table("readings").insert(), &row)?;
        Ok(())
    }

    /// Forgets what was read from a report.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn remove_reading(&mut self, seq: i64, report: &str) -> Result<(), Error> {
        let had = "SELECT 1 FROM readings WHERE report = ?1";
        if self.database.number(had, &[report.into()])? == 0 {
            return Ok(());
        }
        let (from, to) = (seq * STRIDE, (seq + 1) * STRIDE - 1);
        for index in ["search_claims", "search_names"] {
            search::remove(self.database, index, from, to)?;
        }
        let range = [from.into(), to.into()];
        let statements = [
            "DELETE FROM quotes WHERE claim_seq >= ?1 AND claim_seq <= ?2",
            "DELETE FROM claims WHERE seq >= ?1 AND seq <= ?2",
            "DELETE FROM names WHERE seq >= ?1 AND seq <= ?2",
        ];
        for sql in statements {
            self.database.execute(sql, &range)?;
        }
        for sql in [
            "DELETE FROM accounts WHERE report = ?1",
            "DELETE FROM readings WHERE report = ?1",
        ] {
            self.database.execute(sql, &[report.into()])?;
        }
        Ok(())
    }

    /// Keeps a dossier under its case, in place of the one before. `members` are its reports, each with the account that
    /// tells of it in passing; `judged` is how many judgements bear on it.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_incident(
        &mut self,
        dossier: &Dossier,
        members: &[(String, Option<String>)],
        judged: usize,
    ) -> Result<(), Error> {
        let case = dossier.incident.case.as_str();
        self.remove_incident(case)?;
        for (own, rows) in incident_rows(dossier, members, judged)? {
            let sql = own.insert();
            for row in &rows {
                self.database.execute(&sql, row)?;
            }
        }
        Ok(())
    }

    /// Forgets an incident's dossier.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn remove_incident(&mut self, case: &str) -> Result<(), Error> {
        for own in [
            "near_duplicates",
            "relations",
            "findings",
            "incident_reports",
            "incidents",
        ] {
            let sql = format!("DELETE FROM {own} WHERE case_id = ?1");
            self.database.execute(&sql, &[case.into()])?;
        }
        Ok(())
    }
}

/// Forgets all that is derived, and the words of claims and names in the indexes. The steps of linking stay: by them it
/// comes again.
///
/// # Errors
///
/// What the engine says.
pub fn remove_derived(tx: &mut Tx<'_>) -> Result<(), Error> {
    for table in TABLES
        .iter()
        .rev()
        .filter(|table| table.kind == Kind::Derived)
    {
        tx.database
            .execute(&format!("DELETE FROM {}", table.name), &[])?;
    }
    for index in ["search_claims", "search_names"] {
        search::remove(tx.database, index, i64::MIN, i64::MAX)?;
    }
    Ok(())
}

/// A reading as it is kept: its sentences and linking keys are empty.
///
/// # Errors
///
/// [`Error::Damaged`] when its bytes are.
pub fn reading_of(stored: Stored, packed: &[u8]) -> Result<Reading, Error> {
    let damaged = |why: &str| Error::Damaged {
        place: format!("readings {}", stored.report.id),
        why: why.to_owned(),
    };
    let bytes = unpack(packed).map_err(|_| damaged("its gzip is damaged"))?;
    let kept: Kept =
        serde_json::from_slice(&bytes).map_err(|_| damaged("it is no reading of this program"))?;
    let (report, text) = (stored.report, stored.text);
    Ok(Reading::new(report, text, kept.accounts, kept.notes))
}

/// The readings of some reports that were read, in the order asked for; those that were not read, or failed, are left
/// out. Sentences and linking keys are empty.
///
/// # Errors
///
/// [`Error::Damaged`] when one is.
pub fn readings(database: &mut dyn Database, reports: &[String]) -> Result<Vec<Reading>, Error> {
    let mut out = Vec::new();
    for id in reports {
        let sql = "SELECT reading FROM readings WHERE report = ?1 AND reading IS NOT NULL";
        let Some(row) = database.first(sql, &[id.into()])? else {
            continue;
        };
        let sql = format!("{STORED} WHERE r.id = ?1");
        if let Some(stored) = database.first(&sql, &[id.into()])? {
            out.push(reading_of(
                Stored::of(&stored)?,
                row.bytes(0).unwrap_or_default(),
            )?);
        }
    }
    Ok(out)
}

/// The dossier of a case; `None` where there is none.
///
/// # Errors
///
/// [`Error::Damaged`] when it is.
pub fn dossier(database: &mut dyn Database, case: &str) -> Result<Option<Dossier>, Error> {
    let sql = "SELECT dossier FROM incidents WHERE case_id = ?1";
    let Some(row) = database.first(sql, &[case.into()])? else {
        return Ok(None);
    };
    dossier_of(case, row.bytes(0).unwrap_or_default()).map(Some)
}

/// A dossier from the bytes that are kept of it.
///
/// # Errors
///
/// [`Error::Damaged`] when they are.
pub fn dossier_of(case: &str, packed: &[u8]) -> Result<Dossier, Error> {
    let damaged = |why: &str| Error::Damaged {
        place: format!("incidents {case}"),
        why: why.to_owned(),
    };
    let bytes = unpack(packed).map_err(|_| damaged("its gzip is damaged"))?;
    serde_json::from_slice(&bytes).map_err(|_| damaged("it is no dossier of this program"))
}

/// Rows of a table.
type OfTable = (&'static Table, Vec<Vec<Value>>);

/// The rows that a dossier gives, table by table, a table after those that it names rows of.
fn incident_rows(
    dossier: &Dossier,
    members: &[(String, Option<String>)],
    judged: usize,
) -> Result<Vec<OfTable>, Error> {
    let card = &dossier.incident;
    let case = card.case.as_str();
    let place = match &card.place {
        Some(Said::Place(place)) => Some(place),
        _ => None,
    };
    let last_day = |when: &model::When| {
        let last = when.end.checked_sub(jiff::Span::new().nanoseconds(1));
        last.unwrap_or(when.end).date().max(when.date()).to_string()
    };
    let mut disputed: Vec<Slot> = dossier
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Disputed)
        .map(|finding| finding.slot)
        .collect();
    disputed.sort_unstable();
    disputed.dedup();
    let disputed: Vec<&str> = disputed.into_iter().map(Slot::name).collect();
    let mut incident: Vec<Value> = vec![
        case.into(),
        card.id.as_str().into(),
        card.title.as_str().into(),
        card.when
            .as_ref()
            .map(|when| when.date().to_string())
            .into(),
        card.when.as_ref().map(last_day).into(),
        card.place.as_ref().map(Said::label).into(),
        place.and_then(|place| place.country.clone()).into(),
        place.and_then(|place| place.lat).into(),
        place.and_then(|place| place.lon).into(),
        card.event.as_ref().map(Said::label).into(),
    ];
    for slot in [Slot::Killed, Slot::Injured] {
        incident.push(dossier.agreed(slot).map(|agreed| agreed.n).into());
        let all = dossier
            .findings
            .iter()
            .filter(|finding| finding.slot == slot && finding.scope.is_all())
            .find_map(|finding| finding.numbers.as_ref())
            .map(|numbers| &numbers[RuleName::Ucdp]);
        incident.push(all.and_then(|rule| rule.low).into());
        incident.push(all.and_then(|rule| rule.best).into());
        incident.push(all.and_then(|rule| rule.high).into());
    }
    let passing =
        !dossier.reports.is_empty() && dossier.reports.iter().all(|card| !card.passage.is_empty());
    incident.extend([
        dossier.reports.len().into(),
        dossier.origins.len().into(),
        disputed.join(", ").into(),
        passing.into(),
        judged.into(),
        pack(json(dossier)?.as_bytes()).into(),
    ]);
    let reports = members
        .iter()
        .map(|(report, account)| vec![case.into(), report.into(), account.as_ref().into()])
        .collect();
    let (mut findings, mut relations) = (Vec::new(), Vec::new());
    for (number, finding) in dossier.findings.iter().enumerate() {
        let voices: BTreeSet<&str> = finding
            .positions
            .iter()
            .flat_map(|position| &position.origins)
            .map(|id| id.as_str())
            .collect();
        findings.push(vec![
            case.into(),
            finding.id.as_str().into(),
            number.into(),
            finding.slot.name().into(),
            who(&finding.scope).into(),
            name(&finding.verdict).into(),
            finding
                .positions
                .iter()
                .filter(|it| it.standing)
                .count()
                .into(),
            voices.len().into(),
        ]);
        for relation in &finding.relations {
            relations.push(vec![
                case.into(),
                relations.len().into(),
                finding.id.as_str().into(),
                relation.a.as_str().into(),
                relation.b.as_str().into(),
                name(&relation.kind).into(),
                relation.why.as_str().into(),
            ]);
        }
    }
    let copies = dossier
        .lineage
        .iter()
        .filter(|it| it.kind == LineageKind::Copies);
    let duplicates = copies
        .filter_map(|it| Some((it.report.as_str(), it.on.as_ref()?.as_str(), it.overlap)))
        .map(|(report, of, overlap)| vec![case.into(), report.into(), of.into(), overlap.into()])
        .collect();
    Ok(vec![
        (table("incidents"), vec![incident]),
        (table("incident_reports"), reports),
        (table("findings"), findings),
        (table("relations"), relations),
        (table("near_duplicates"), duplicates),
    ])
}

/// Holds derived rows to the readings and dossiers that they were made of, and the indexes of words to their texts.
/// `fault` hears of each place and what is wrong with it; gives how many rows there are.
///
/// # Errors
///
/// What the engine says.
pub fn verify(
    database: &mut dyn Database,
    fault: &mut dyn FnMut(&str, &str),
) -> Result<u64, Error> {
    let mut n = 0;
    let read = database.rows(
        "SELECT report, reading FROM readings WHERE reading IS NOT NULL ORDER BY report",
        &[],
    )?;
    for row in read {
        let (report, packed) = (row.words(0), row.bytes(1).unwrap_or_default());
        let place = format!("readings {report}");
        let sql = format!("{STORED} WHERE r.id = ?1");
        let made = match database.first(&sql, &[report.as_str().into()])? {
            None => continue,
            Some(stored) => Stored::of(&stored).and_then(|stored| {
                let seq = stored.seq;
                let reading = reading_of(stored, packed)?;
                Ok((seq, Rows::of(seq, &reading)?))
            }),
        };
        let Ok((seq, rows)) = made else {
            fault(&place, "it is damaged; `crossbearing run` makes it again");
            continue;
        };
        if !repacks(packed) {
            fault(
                &place,
                "its gzip is not what was written; `crossbearing run` makes it again",
            );
        }
        let bounds = [(seq * STRIDE).into(), ((seq + 1) * STRIDE - 1).into()];
        for (own, rows) in rows.each() {
            let condition = match own.name {
                "accounts" => "report = ?1",
                "quotes" => "claim_seq >= ?1 AND claim_seq <= ?2",
                _ => "seq >= ?1 AND seq <= ?2",
            };
            let values: &[Value] = if own.name == "accounts" {
                &[report.as_str().into()]
            } else {
                &bounds
            };
            n += compare(
                database,
                own,
                condition,
                values,
                rows.clone(),
                &report,
                fault,
            )?;
        }
    }
    let all = database.rows(
        "SELECT case_id, dossier, judged FROM incidents ORDER BY case_id",
        &[],
    )?;
    for row in all {
        let (case, packed) = (row.words(0), row.bytes(1).unwrap_or_default());
        let judged = usize::try_from(row.integer(2).unwrap_or(0)).unwrap_or(0);
        let members = members(database, &case)?;
        let made =
            dossier_of(&case, packed).and_then(|dossier| incident_rows(&dossier, &members, judged));
        let Ok(made) = made else {
            fault(
                &format!("incidents {case}"),
                "its dossier is damaged; `crossbearing run` makes it again",
            );
            continue;
        };
        for (own, rows) in made {
            let values = [case.as_str().into()];
            n += compare(database, own, "case_id = ?1", &values, rows, &case, fault)?;
        }
    }
    indexes(database, fault)?;
    Ok(n)
}

/// Whether bytes in gzip are what packing their content gives.
fn repacks(packed: &[u8]) -> bool {
    unpack(packed).is_ok_and(|bytes| pack(&bytes) == packed)
}

/// The reports of a case, each with the account that tells of it in passing.
///
/// # Errors
///
/// What the engine says.
pub fn members(
    database: &mut dyn Database,
    case: &str,
) -> Result<Vec<(String, Option<String>)>, Error> {
    let sql = "SELECT report, account FROM incident_reports WHERE case_id = ?1 ORDER BY report";
    let rows = database.rows(sql, &[case.into()])?;
    Ok(rows
        .iter()
        .map(|row| (row.words(0), row.text(1).map(str::to_owned)))
        .collect())
}

fn compare(
    database: &mut dyn Database,
    own: &Table,
    condition: &str,
    values: &[Value],
    mut made: Vec<Vec<Value>>,
    of: &str,
    fault: &mut dyn FnMut(&str, &str),
) -> Result<u64, Error> {
    let found = database.rows(&own.select(condition), values)?;
    let key = |row: &Vec<Value>| {
        let mut bytes = Vec::new();
        own.key
            .iter()
            .for_each(|name| row[own.at(name)].canonical(&mut bytes));
        bytes
    };
    let mut kept: Vec<Vec<Value>> = found.into_iter().map(|Row(row)| row).collect();
    kept.sort_by_key(key);
    made.sort_by_key(key);
    if kept != made {
        let at = kept
            .iter()
            .zip(&made)
            .position(|(a, b)| a != b)
            .unwrap_or(kept.len().min(made.len()));
        fault(
            &format!("{} of {of}, row {}", own.name, at + 1),
            "it is not what its reading or dossier says; `crossbearing run` makes it again",
        );
    }
    Ok(made.len() as u64)
}

/// Holds the indexes of words to what they were made of.
fn indexes(database: &mut dyn Database, fault: &mut dyn FnMut(&str, &str)) -> Result<(), Error> {
    for (index, sql) in search::SOURCES {
        let mut wanted = crate::log::SetHash::default();
        let mut add = |seq: i64, folded: &str| {
            let words: BTreeSet<&str> = folded.split_whitespace().collect();
            words
                .iter()
                .for_each(|word| wanted.add(&search::pair(seq, word)));
        };
        let mut folded = String::new();
        database.each(sql, &[], &mut |row| {
            folded.clear();
            (1..row.0.len())
                .for_each(|at| search::fold_into(row.text(at).unwrap_or_default(), &mut folded));
            add(row.integer(0).unwrap_or(0), &folded);
            Ok(())
        })?;
        let found = match database.dialect() {
            Dialect::Sqlite => search::pairs_sqlite(database, index)?,
            Dialect::Postgres => search::pairs_postgres(database, index)?,
        };
        if found != wanted {
            fault(
                index,
                "the index of words is not that of the texts; `crossbearing doctor --mend` makes it again",
            );
        }
    }
    Ok(())
}
