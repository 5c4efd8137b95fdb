//! Reports that were gathered and read elsewhere, as on a cluster, come into a casebook with their bytes.
//!
//! Nothing is taken on trust that can be made again at once: the text of each report is taken out of its bytes as ever,
//! and a reading comes in only for a report that is there, in the very text that it quotes.

use model::{Note, Reading, Severity};
use reader::Input;
use store::{Error, Store, arrivals, log::Entry, results};

use super::add::{AddOptions, Added, Arriving, Ready, capture_of, flush, made_ready};

/// Adds reports whose bytes are at hand, as if they came in the files that they are named after.
///
/// # Errors
///
/// When the casebook cannot be written; what was written before stays.
pub fn add_inputs(
    store: &mut Store,
    inputs: &[Input],
    options: &AddOptions<'_>,
) -> Result<Added, Error> {
    let to = store.bytes();
    let ready = crossbearing::batch::map(inputs, &|_| {}, |input| {
        let arriving = Arriving {
            capture: capture_of(input, options),
            input: input.clone(),
        };
        made_ready(&arriving, &to, options)
    });
    let (mut out, mut arrivals) = (Added::default(), Vec::new());
    for one in ready {
        match one {
            Ready::Arrival(arrival, notes) => {
                arrivals.push(*arrival);
                notes.into_iter().for_each(|note| out.tell(note));
            }
            Ready::PassedOver(why, count) => {
                *out.passed_over.entry(why.to_owned()).or_default() += count;
            }
            Ready::Failed(note) => out.tell(note),
            Ready::Stopped(error) => return Err(error),
        }
    }
    flush(store, &mut arrivals, options, &mut out)?;
    Ok(out)
}

/// What became of readings.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ReadingsTaken {
    /// Taken.
    pub taken: u64,
    /// Of reports that this version of the reader has read here already.
    pub known: u64,
    /// Those that do not fit: their reports are not in the casebook, or have another text.
    pub refused: u64,
    /// Why not, the first of very many.
    pub notes: Vec<Note>,
}

impl ReadingsTaken {
    fn refuse(&mut self, reading: &Reading, message: &str) {
        self.refused += 1;
        if self.notes.len() < Added::MOST {
            self.notes.push(Note {
                severity: Severity::Warning,
                code: "reading-refused".to_owned(),
                subject: reading.report.id.to_string(),
                message: message.to_owned(),
                hint: Some("`crossbearing run` reads the report again".to_owned()),
                quote: None,
            });
        }
    }
}

/// Takes readings that a version of the reader (`reader`) made elsewhere of reports that are in the casebook.
///
/// # Errors
///
/// When the casebook cannot be read or written; then none of them is taken.
pub fn take_readings(
    store: &mut Store,
    readings: &[Reading],
    reader: &str,
    who: &str,
    now: &dyn Fn() -> jiff::Timestamp,
) -> Result<ReadingsTaken, Error> {
    let mut out = ReadingsTaken::default();
    store.write(&mut |tx| {
        out = ReadingsTaken::default();
        let mut numbers: Vec<(i64, &str)> = Vec::new();
        for reading in readings {
            let id = reading.report.id.as_str();
            let stored = match arrivals::report(tx.database(), id) {
                Ok(stored) => stored,
                Err(Error::Unknown { .. }) => {
                    out.refuse(reading, "its report is not in the casebook");
                    continue;
                }
                Err(error) => return Err(error),
            };
            if results::is_read(tx.database(), id, reader)? {
                out.known += 1;
                continue;
            }
            if stored.text.id() != reading.text.id() {
                out.refuse(reading, "its report has another text in the casebook");
                continue;
            }
            // Words like "on Monday" were read by the day that the report says of itself.
            if stored.report.published != reading.report.published {
                out.refuse(reading, "its report has another day in the casebook");
                continue;
            }
            let claims = reading.accounts.iter().flat_map(|account| &account.claims);
            let mut quotes = claims.flat_map(|claim| &claim.quotes);
            if quotes.any(|quote| stored.text.span_of(quote).is_none()) {
                out.refuse(reading, "it quotes words that do not stand in its report");
                continue;
            }
            tx.put_reading(stored.seq, reader, reading)?;
            out.taken += 1;
            numbers.push((stored.seq, id));
        }
        let (Some(first), Some(last)) = (numbers.iter().min(), numbers.iter().max()) else {
            return Ok(());
        };
        let detail = serde_json::json!({
            "reader": reader, "reports": out.taken, "failed": 0, "from": first.0, "to": last.0, "elsewhere": true,
        });
        tx.append(Entry {
            at: store::log::time(now()),
            what: "read",
            who: who.to_owned(),
            subject: first.1.to_owned(),
            detail: Some(detail.to_string()),
            digest: None,
        })
        .map(|_| ())
    })?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }

    fn options() -> AddOptions<'static> {
        AddOptions {
            who: "ann".to_owned(),
            tool: "1".to_owned(),
            dry_run: false,
            in_scope_only: false,
            languages: Vec::new(),
            columns: crate::ingest::Columns::default(),
            now: &now,
        }
    }

    fn input(name: &str, text: &str) -> Input {
        Input {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
            ..Input::default()
        }
    }

    fn reading(input: &Input) -> Reading {
        let extracted = crossbearing::extract(input).unwrap();
        Reading::new(extracted.report, extracted.text, Vec::new(), Vec::new())
    }

    #[test]
    fn a_reading_comes_in_for_the_report_and_text_that_it_is_of() {
        let folder = std::env::temp_dir().join(format!("elsewhere-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let actor = store::Actor {
            who: "ann".to_owned(),
            tool: "1".to_owned(),
        };
        let mut store =
            Store::create(&store::Place::Folder(folder.clone()), &actor, now()).unwrap();
        let reports = [
            input("a.txt", "Nine people were killed in Harun, police said."),
            input(
                "b.txt",
                "A mayor was held for two days in Teral, his office said.",
            ),
        ];
        let added = add_inputs(&mut store, &reports, &options()).unwrap();
        assert_eq!((added.new, added.errors), (2, 0));
        let again = add_inputs(&mut store, &reports, &options()).unwrap();
        assert_eq!((again.new, again.known), (0, 2));

        let absent = reading(&input("c.txt", "Two miners were shot dead in Lower Vasht."));
        let mut other = reading(&reports[1]);
        other.text = absent.text.clone();
        let given = [reading(&reports[0]), other, absent];
        let take = |store: &mut Store| take_readings(store, &given, "2-x", "ann", &now).unwrap();
        let taken = take(&mut store);
        assert_eq!((taken.taken, taken.refused), (1, 2));
        let why: Vec<&str> = taken.notes.iter().map(|it| it.message.as_str()).collect();
        assert!(why[0].contains("another text") && why[1].contains("not in the casebook"));
        let twice = take(&mut store);
        assert_eq!((twice.taken, twice.known, twice.refused), (0, 1, 2));
        assert_eq!(super::super::waiting(&mut store, "2-x").unwrap(), 1);
        drop(store);
        let _ = std::fs::remove_dir_all(folder);
    }
}
