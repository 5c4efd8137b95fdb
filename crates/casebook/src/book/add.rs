//! Reports come into a casebook.
//!
//! One thread takes files apart, all cores take texts out and compress, one writes, in the order of the files. What was
//! written stays when the work is cut off; started again, it passes over what is there.

use std::{
    collections::BTreeMap,
    io::Read,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, SyncSender},
    },
};

use jiff::Timestamp;
use model::{Note, Severity};
use reader::{Input, text};
use store::{
    Error, Store,
    arrivals::{self, Arrival, Capture, Outcome},
    bytes::Bytes,
};

use crate::ingest::{self, Columns, Meter, Taken};

/// Reports written in one transaction.
const BATCH: usize = 500;
/// Reports that may wait between two threads: memory stays small whatever the size of a file.
const WAITING: usize = 64;

/// How reports are to be added.
pub struct AddOptions<'a> {
    /// Who adds them.
    pub who: String,
    /// Version of the program.
    pub tool: String,
    /// Only say what would be added.
    pub dry_run: bool,
    /// Pass over what a first look finds nothing in: for archives of all kinds of news.
    pub in_scope_only: bool,
    /// Languages that are taken, as their codes (`en`); none for all. What does not say its language is taken for
    /// English or for another by its words.
    pub languages: Vec<String>,
    /// Which values of tables and of JSON are what.
    pub columns: Columns,
    /// What time it is.
    pub now: &'a (dyn Fn() -> Timestamp + Sync),
}

/// What became of the reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Added {
    /// New ones.
    pub new: u64,
    /// Known ones that came in another way, which is kept.
    pub again: u64,
    /// Known ones.
    pub known: u64,
    /// Purged ones, which stay out.
    pub purged: u64,
    /// What was passed over, by reason.
    pub passed_over: BTreeMap<String, u64>,
    /// What could not be added, and what is odd: of each kind the first [`Added::MOST`].
    #[schemars(with = "Vec<serde_json::Map<String, serde_json::Value>>")]
    pub notes: Vec<Note>,
    /// How many more notes of a kind there were, by its code.
    pub more_notes: BTreeMap<String, u64>,
    /// Things that could not be added.
    pub errors: u64,
}

impl Added {
    /// Most notes of one kind that are kept: an archive may give a hundred thousand of one.
    pub const MOST: usize = 100;

    /// Whether something could not be added.
    pub fn failed(&self) -> bool {
        self.errors > 0
    }

    /// Takes a note.
    pub fn tell(&mut self, note: Note) {
        self.errors += u64::from(note.severity == Severity::Error);
        let alike = |it: &&Note| it.code == note.code;
        if self.more_notes.contains_key(&note.code)
            || self.notes.iter().filter(alike).count() >= Self::MOST
        {
            *self.more_notes.entry(note.code).or_default() += 1;
        } else {
            self.notes.push(note);
        }
    }

    pub(super) fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::New(_) => self.new += 1,
            Outcome::Again => self.again += 1,
            Outcome::Known => self.known += 1,
            Outcome::Purged => self.purged += 1,
        }
    }
}

/// How far the work is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Reports looked at.
    pub reports: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Bytes read of the files.
    pub read: u64,
    /// Bytes of all files; `None` where that is not known.
    pub total: Option<u64>,
}

/// A report on its way in, and how it was received.
pub struct Arriving {
    /// The report.
    pub input: Input,
    /// How it was received; what is not said is filled in.
    pub capture: Capture,
}

/// What a report has become on its way.
pub(super) enum Ready {
    Arrival(Box<Arrival>, Vec<Note>),
    PassedOver(&'static str, u64),
    Failed(Note),
    /// Neither this report nor the next could be kept.
    Stopped(Error),
}

/// Adds the reports that `names` name; `-` is read from `stdin`. `progress` hears how far it is, from one thread.
///
/// # Errors
///
/// When the casebook cannot be written; what was written before stays.
pub fn add(
    store: &mut Store,
    names: &[String],
    stdin: &mut (dyn Read + Send),
    options: &AddOptions<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Added, Error> {
    let to = store.bytes();
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let meter = Meter::default();
    let (give, take) = mpsc::sync_channel::<(u64, Taken)>(WAITING);
    let (done, ready) = mpsc::sync_channel::<(u64, usize, Ready)>(BATCH);
    let take = Arc::new(Mutex::new(take));
    std::thread::scope(|scope| {
        let meter = &meter;
        scope.spawn(move || {
            let mut number = 0;
            ingest::each(names, stdin, &options.columns, meter, &mut |one| {
                number += 1;
                give.send((number, one)).is_ok()
            });
        });
        for _ in 0..cores {
            let (take, done, to) = (take.clone(), done.clone(), &to);
            scope.spawn(move || work(&take, &done, to, options));
        }
        // The threads alone hold them: once none of them takes any more, whoever gives hears of it.
        drop((take, done));
        let out = write(store, &ready, options, meter, progress);
        // Whoever still waits to hand something over is let go.
        drop(ready);
        out
    })
}

/// Takes reports from the queue until there are no more.
fn work(
    take: &Mutex<Receiver<(u64, Taken)>>,
    done: &SyncSender<(u64, usize, Ready)>,
    to: &Bytes,
    options: &AddOptions<'_>,
) {
    loop {
        let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, one)) = next else { return };
        let (bytes, ready) = match one {
            Taken::Told(note) => (0, Ready::Failed(note)),
            Taken::PassedOver(why, count) => (0, Ready::PassedOver(why, count)),
            Taken::Report(input) => {
                let arriving = Arriving {
                    capture: capture_of(&input, options),
                    input,
                };
                (
                    arriving.input.bytes.len(),
                    made_ready(&arriving, to, options),
                )
            }
        };
        if done.send((number, bytes, ready)).is_err() {
            return;
        }
    }
}

/// How a report that came in a file was received.
pub(super) fn capture_of(input: &Input, options: &AddOptions<'_>) -> Capture {
    let container = input.given.container.as_ref();
    Capture {
        address: Some(input.name.clone()),
        received: store::log::time((options.now)()),
        method: match (container, input.name.as_str()) {
            (Some(_), _) => "archive",
            (None, ingest::STDIN) => "stdin",
            (None, _) => "file",
        }
        .to_owned(),
        tool: options.tool.clone(),
        operator: Some(options.who.clone()),
        container: container.and_then(|it| serde_json::to_string(it).ok()),
        ..Capture::default()
    }
}

/// Why a report is passed over in which nothing happens that is read.
const NOTHING: &str = "no word of violence in it";

pub(super) fn made_ready(arriving: &Arriving, to: &Bytes, options: &AddOptions<'_>) -> Ready {
    let input = &arriving.input;
    if options.in_scope_only && !crossbearing::may_be_in_scope(input) {
        return Ready::PassedOver(NOTHING, 1);
    }
    let extracted = match crossbearing::extract(input) {
        Ok(extracted) => extracted,
        Err(note) => return Ready::Failed(note),
    };
    taken(arriving, extracted, to, options)
}

/// Makes a report ready whose text was taken out.
pub(super) fn taken(
    arriving: &Arriving,
    extracted: text::Document,
    to: &Bytes,
    options: &AddOptions<'_>,
) -> Ready {
    let input = &arriving.input;
    if options.in_scope_only && !crossbearing::in_scope(&extracted) {
        return Ready::PassedOver(NOTHING, 1);
    }
    if !speaks(&extracted, &options.languages) {
        return Ready::PassedOver("in a language that is not wanted", 1);
    }
    let notes = extracted.notes;
    // A report's notes name it as the casebook does, whatever its file was called.
    let kept: Vec<Note> = notes
        .iter()
        .cloned()
        .map(|mut note| {
            if note.subject == input.name {
                note.subject = extracted.report.id.to_string();
            }
            note
        })
        .collect();
    let none = Bytes::Table;
    let to = if options.dry_run { &none } else { to };
    let (report, text) = (&extracted.report, &extracted.text);
    match arrivals::prepare(
        &input.bytes,
        report,
        text,
        &kept,
        arriving.capture.clone(),
        to,
    ) {
        Ok(arrival) => Ready::Arrival(Box::new(arrival), notes),
        Err(error @ (Error::Full | Error::ReadOnly { .. })) => Ready::Stopped(error),
        Err(error) => Ready::Failed(Note {
            severity: Severity::Error,
            code: "not-kept".to_owned(),
            subject: input.name.clone(),
            message: error.to_string(),
            hint: None,
            quote: None,
        }),
    }
}

/// Whether a report is in one of these languages, or in none that can be told from them. Its words say whether it is
/// English, since pages say so that are not; which other language it is in only it can say.
fn speaks(extracted: &text::Document, wanted: &[String]) -> bool {
    let want = |code: &str| wanted.iter().any(|it| it.eq_ignore_ascii_case(code));
    let said = extracted.report.language.as_deref();
    let said = said.and_then(|it| it.trim().split(['-', '_']).next());
    let others = wanted.iter().any(|it| !it.eq_ignore_ascii_case("en"));
    wanted.is_empty()
        || match (text::is_english(&extracted.text), said) {
            (Some(true), _) => want("en"),
            (Some(false), Some(said)) if !said.eq_ignore_ascii_case("en") => want(said),
            (Some(false), _) => others,
            (None, Some(said)) => want(said),
            (None, None) => true,
        }
}

fn write(
    store: &mut Store,
    ready: &Receiver<(u64, usize, Ready)>,
    options: &AddOptions<'_>,
    meter: &Meter,
    progress: &mut dyn FnMut(Progress),
) -> Result<Added, Error> {
    let mut out = Added::default();
    let mut far = Progress::default();
    // Reports come from the cores in any order and are numbered in that of the files.
    let mut early: BTreeMap<u64, Ready> = BTreeMap::new();
    let mut next = 1;
    let mut batch: Vec<Arrival> = Vec::new();
    for (number, bytes, one) in ready {
        early.insert(number, one);
        far.reports += 1;
        far.bytes += bytes as u64;
        while let Some(one) = early.remove(&next) {
            next += 1;
            match one {
                Ready::Arrival(arrival, notes) => {
                    batch.push(*arrival);
                    notes.into_iter().for_each(|note| out.tell(note));
                }
                Ready::PassedOver(why, count) => {
                    *out.passed_over.entry(why.to_owned()).or_default() += count;
                }
                Ready::Failed(note) => out.tell(note),
                Ready::Stopped(error) => return Err(error),
            }
        }
        if batch.len() >= BATCH {
            flush(store, &mut batch, options, &mut out)?;
        }
        (far.read, far.total) = (meter.read(), meter.total());
        progress(far);
    }
    flush(store, &mut batch, options, &mut out)?;
    Ok(out)
}

pub(super) fn flush(
    store: &mut Store,
    batch: &mut Vec<Arrival>,
    options: &AddOptions<'_>,
    out: &mut Added,
) -> Result<(), Error> {
    if batch.is_empty() {
        return Ok(());
    }
    let outcomes = if options.dry_run {
        let known = store.read(&mut |database| {
            batch
                .iter()
                .map(|arrival| arrivals::has(database, arrival.id().as_str()))
                .collect::<Result<Vec<bool>, Error>>()
        })?;
        let outcome = |known| {
            if known {
                Outcome::Known
            } else {
                Outcome::New(0)
            }
        };
        known.into_iter().map(outcome).collect()
    } else {
        store.write(&mut |tx| {
            batch
                .iter()
                .map(|it| tx.add(it))
                .collect::<Result<Vec<_>, _>>()
        })?
    };
    outcomes.into_iter().for_each(|outcome| out.count(outcome));
    batch.clear();
    Ok(())
}

/// Adds one report that was received in a way of its own.
///
/// # Errors
///
/// When the casebook cannot be written.
pub fn add_one(
    store: &mut Store,
    arriving: &Arriving,
    options: &AddOptions<'_>,
    out: &mut Added,
) -> Result<Option<String>, Error> {
    let to = store.bytes();
    match made_ready(arriving, &to, options) {
        Ready::Arrival(arrival, notes) => {
            notes.into_iter().for_each(|note| out.tell(note));
            let id = arrival.id().to_string();
            flush(store, &mut vec![*arrival], options, out)?;
            Ok(Some(id))
        }
        Ready::PassedOver(why, count) => {
            *out.passed_over.entry(why.to_owned()).or_default() += count;
            Ok(None)
        }
        Ready::Failed(note) => {
            out.tell(note);
            Ok(None)
        }
        Ready::Stopped(error) => Err(error),
    }
}
