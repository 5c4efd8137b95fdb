//! `crossbearing export`.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::ExitCode,
};

use casebook::{
    book::{
        outgoing::{self, NotFree, NotWritten, Profile, Sent},
        web_archive,
    },
    export::{self, Format},
    files,
};
use clap::{Args, ValueEnum};
use store::{Store, lists, lookup};

use super::{At, count, narrow::Narrow, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// The format of the whole casebook.
const LINES: &str = "jsonl";
/// The format of the bytes as received.
const ARCHIVE: &str = "warc";

/// Writes the casebook for machines: tables of its incidents, documents, the bytes as received as a web archive (warc),
/// or all of it as JSON lines (jsonl), of which `restore` makes the same casebook again.
#[derive(Args)]
pub struct Export {
    /// What to write where: FORMAT=FILE, several of them.
    #[arg(required = true, value_name = "FORMAT=FILE")]
    what: Vec<String>,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    narrow: Narrow,
    /// Only this incident, by its id or the first digits of it; may be given several times.
    #[arg(long = "incident", value_name = "ID")]
    incidents: Vec<String>,
    /// Which form leaves: all of it, or what may be shown to anybody, without names of persons, contacts and exact
    /// places (tables only; `publish` makes a whole public copy).
    #[arg(long, value_enum, default_value_t = Form::Full)]
    profile: Form,
    /// Put a byte order mark in front of text, without which some spreadsheets take it for another encoding.
    #[arg(long)]
    bom: bool,
    /// Write over files that are there already.
    #[arg(long)]
    force: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Which form leaves.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// All of it.
    Full,
    /// What may be shown to anybody.
    Public,
}

/// What is to be written.
enum Wanted {
    /// The whole casebook.
    Lines,
    /// The bytes of its reports as received.
    Archive,
    /// A table of incidents.
    Table(&'static Format),
}

impl Export {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let wanted = self.what.iter().map(|what| wanted(what));
        let wanted: Vec<(Wanted, PathBuf)> = wanted.collect::<Result<_, _>>()?;
        let lines_wanted = wanted.iter().any(|(what, _)| matches!(what, Wanted::Lines));
        if self.profile == Form::Public && lines_wanted {
            return Err(Failure::new(
                "jsonl is the whole casebook, with all texts and names; it has no public form",
                "`crossbearing publish DIR` makes a public copy that other programs open",
            ));
        }
        let archive_wanted = wanted
            .iter()
            .any(|(what, _)| matches!(what, Wanted::Archive));
        if self.profile == Form::Public && archive_wanted {
            return Err(Failure::new(
                "warc has the reports as they were received, with all names; it has no public form",
                "leave out --profile, or take another format",
            ));
        }
        let narrowed = self.narrow.is_any() || !self.incidents.is_empty();
        if narrowed && lines_wanted {
            return Err(Failure::new(
                "jsonl is the whole casebook, and cannot be narrowed",
                "leave out --from, --to, --country, --disputed and --incident, or take another format",
            ));
        }
        let mut store = self.at.open()?;
        let paths: Vec<&Path> = wanted.iter().map(|(_, path)| path.as_path()).collect();
        outgoing::free(&paths, &self.at.place(), self.force).map_err(|error| told(&error))?;
        let only = match narrowed {
            true => Some(chosen(&mut store, self.narrow, &self.incidents)?),
            false => None,
        };
        let profile = match self.profile {
            Form::Full => Profile::Full,
            Form::Public => outgoing::public_profile(&mut store)?,
        };
        let tables_wanted = wanted
            .iter()
            .any(|(what, _)| matches!(what, Wanted::Table(_)));
        let progress = screen.counting(
            "exporting",
            match (tables_wanted, archive_wanted) {
                (true, _) => "incidents",
                (false, true) => "records",
                (false, false) => "rows",
            },
        );
        let mut written = Vec::new();
        let mut sent = Sent::default();
        for (what, path) in &wanted {
            let name = match what {
                Wanted::Lines => LINES,
                Wanted::Archive => ARCHIVE,
                Wanted::Table(format) => format.name,
            };
            // That it left is in the log before it leaves, so that a whole casebook says so of itself, too.
            let actor = self.at.actor();
            let at = store::log::time(now());
            let public =
                (self.profile == Form::Public).then(|| r#"{"profile":"public"}"#.to_owned());
            store.write(&mut |tx| tx.tell("exported", name, public.clone(), &at, &actor.who))?;
            match what {
                Wanted::Lines => {
                    lines(&mut store, path, &mut |n| progress.set(n as usize))?;
                }
                Wanted::Archive => {
                    let mut progress = |n: u64| progress.set(n as usize);
                    archive(&mut store, only.as_ref(), path, &mut progress)?;
                }
                Wanted::Table(format) => {
                    let options = export::Options { bom: self.bom };
                    let mut progress = |n| progress.set(n);
                    let which = (&profile, only.as_ref());
                    sent = table(&mut store, which, (format, options), path, &mut progress)?;
                }
            }
            written.push(path.display().to_string());
        }
        progress.end();
        if self.json {
            let (incidents, left_out) = (sent.incidents, &sent.left_out);
            screen.json(&pretty(
                &serde_json::json!({"incidents": incidents, "files": written, "left_out": left_out}),
            )?)?;
        } else {
            let what = match (tables_wanted, lines_wanted) {
                (true, _) => count(sent.incidents, "incident"),
                (false, true) => "the casebook".to_owned(),
                (false, false) => "the reports as received".to_owned(),
            };
            screen.data(&format!("wrote {what} to {}\n", written.join(", ")))?;
        }
        Ok(left_out(screen, &sent))
    }
}

/// Names the incidents that were left out; the exit status remembers them.
pub fn left_out(screen: &Screen, sent: &Sent) -> ExitCode {
    for it in &sent.left_out {
        screen.say(&format!("left out {}: {}", it.case, it.why));
    }
    if sent.left_out.is_empty() {
        return ExitCode::SUCCESS;
    }
    screen.say(&format!("hint: {}", outgoing::MEND));
    ExitCode::FAILURE
}

/// What words like `csv-claims=claims.csv` want.
fn wanted(what: &str) -> Result<(Wanted, PathBuf), Failure> {
    let parts = what.split_once('=').filter(|(_, path)| !path.is_empty());
    let found = parts.and_then(|(name, path)| {
        let format = match name {
            LINES => Wanted::Lines,
            ARCHIVE => Wanted::Archive,
            _ => Wanted::Table(export::format(name)?),
        };
        Some((format, PathBuf::from(path)))
    });
    found.ok_or_else(|| {
        let names: Vec<&str> = export::FORMATS.iter().map(|it| it.name).collect();
        Failure::new(
            format!("{what}: not a format and a file"),
            format!(
                "FORMAT=FILE, where FORMAT is one of {LINES}, {ARCHIVE}, {}",
                names.join(", ")
            ),
        )
    })
}

/// Why nothing may be written to a file, with what to try.
fn told(error: &NotFree) -> Failure {
    let hint = match error {
        NotFree::Twice(_) => "give each format a file of its own",
        NotFree::Own(_) => "write to another folder",
        NotFree::There(_) => "name a file that is not there yet, or write over it with --force",
    };
    Failure::new(error.to_string(), hint)
}

/// The cases of the incidents that were chosen.
fn chosen(
    store: &mut Store,
    narrow: Narrow,
    incidents: &[String],
) -> Result<BTreeSet<String>, Failure> {
    let mut named = BTreeSet::new();
    for id in incidents {
        let begin = match id.starts_with("k:") {
            true => id.clone(),
            false => format!("k:{id}"),
        };
        named.insert(lookup::case_id(store.database(), &begin)?);
    }
    if !narrow.is_any() {
        return Ok(named);
    }
    // Tables have those told in passing, too, with a column that says so.
    let filter = narrow.filter(true)?;
    let most = usize::try_from(i64::MAX).unwrap_or(usize::MAX);
    let listed = lists::incidents(store.database(), &filter, most)?;
    let listed = listed.lines.into_iter().map(|it| it.case_id);
    Ok(listed
        .filter(|it| named.is_empty() || named.contains(it))
        .collect())
}

fn lines(store: &mut Store, path: &Path, progress: &mut dyn FnMut(u64)) -> Result<(), Failure> {
    let written = files::write_with(path, |out| {
        Ok::<_, NotWritten>(store::lines::write(store, out, progress).map(|_| ())?)
    });
    written.map_err(|stopped| stopped_at(stopped, path))
}

/// Writes the bytes of reports as they were received.
fn archive(
    store: &mut Store,
    only: Option<&BTreeSet<String>>,
    path: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Failure> {
    let program = env!("CARGO_PKG_VERSION");
    let written = files::write_with(path, |out| {
        let made = web_archive::write(store, only, now(), program, out, progress);
        made.map(|_| ())
    });
    written.map_err(|stopped| stopped_at(stopped, path))
}

/// Writes a table with a row or more for each incident.
fn table(
    store: &mut Store,
    which: (&Profile, Option<&BTreeSet<String>>),
    format: (&Format, export::Options),
    path: &Path,
    progress: &mut dyn FnMut(usize),
) -> Result<Sent, Failure> {
    let mut sent = Sent::default();
    let written = files::write_with(path, |out| {
        sent = outgoing::write(store, which, format, out, progress)?;
        Ok::<_, NotWritten>(())
    });
    written.map_err(|stopped| stopped_at(stopped, path))?;
    Ok(sent)
}

/// Why writing to a file stopped, with what to try.
fn stopped_at(stopped: NotWritten, path: &Path) -> Failure {
    match stopped {
        NotWritten::File(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
            Failure::new(
                format!("cannot write {}: {error}", path.display()),
                "choose fewer by --incident, --from, --to, --country or --disputed",
            )
        }
        NotWritten::File(error) => Failure::write(path, &error),
        NotWritten::Store(error) => error.into(),
    }
}
