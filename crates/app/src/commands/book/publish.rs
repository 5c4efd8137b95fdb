//! `crossbearing publish`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use casebook::{
    book::outgoing,
    export::{self, FORMATS},
    files,
    publish::{html, json},
};
use clap::Args;
use store::{Store, public::PublicCopy};

use super::{At, count, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// The SQLite file among what is published.
const FILE: &str = "casebook.db";
/// What a public copy says of itself.
const ABOUT: &str = "A public copy of a casebook: what is reported of incidents, according to whom, in which words. \
Names of \
                     persons other than those who speak for a body, ways to reach them and exact places are \
                     withheld, and \
                     reports are given only as far as they are quoted. Software did this and may have missed \
                     something: a \
                     person must look before this is passed on.";

/// Makes a copy that may be shown to anybody: dossiers as pages and JSON, tables, and an SQLite file for Datasette.
/// Names of persons, ways to reach them and exact places are withheld; look at it before you pass it on.
#[derive(Args)]
pub struct Publish {
    /// Where to: a folder that is not there yet, or is empty.
    #[arg(value_name = "DIR")]
    to: PathBuf,
    #[command(flatten)]
    at: At,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Publish {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let to = &self.to;
        let empty = fs::read_dir(to).map(|mut all| all.next().is_none());
        if to.exists() && !empty.unwrap_or(false) {
            return Err(Failure::new(
                format!(
                    "{}: it is there already and not an empty folder",
                    to.display()
                ),
                "name a folder that is not there yet",
            ));
        }
        let mut store = self.at.open()?;
        let actor = self.at.actor();
        let at = store::log::time(now());
        store.write(&mut |tx| tx.tell("exported", "public", None, &at, &actor.who))?;
        // All of it is made beside its place, so that what is refused half way leaves nothing there.
        let draft = draft(to);
        let _ = fs::remove_dir_all(&draft);
        let made = make(&mut store, &draft).and_then(|n| {
            let _ = fs::remove_dir(to);
            fs::rename(&draft, to).map_err(|error| Failure::write(to, &error))?;
            Ok(n)
        });
        if made.is_err() {
            let _ = fs::remove_dir_all(&draft);
        }
        let n = made?;
        if self.json {
            screen.json(&pretty(
                &serde_json::json!({"incidents": n, "folder": to.display().to_string()}),
            )?)?;
        } else {
            screen.data(&format!(
                "published {} in {}\n",
                count(n, "incident"),
                to.display()
            ))?;
            screen.say("software chose what to withhold: look through it before you pass it on");
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn draft(to: &Path) -> PathBuf {
    let name = to
        .file_name()
        .map_or_else(|| "public".into(), |it| it.to_string_lossy());
    to.with_file_name(format!(".{name}.{}", std::process::id()))
}

fn make(store: &mut Store, to: &Path) -> Result<u64, Failure> {
    let profile = outgoing::public_profile(store)?;
    let dossiers = to.join("dossiers");
    fs::create_dir_all(&dossiers).map_err(|error| Failure::write(&dossiers, &error))?;
    write(&to.join("README.txt"), format!("{ABOUT}\n").as_bytes())?;
    let about = [("about", ABOUT), ("version", env!("CARGO_PKG_VERSION"))];
    let mut copy = PublicCopy::create(&to.join(FILE), &about)?;
    let mut tables: Vec<Vec<u8>> = FORMATS.iter().map(|_| Vec::new()).collect();
    let mut sinks = Vec::new();
    for (format, out) in FORMATS.iter().zip(&mut tables) {
        sinks.push((format.open)(export::Options { bom: false }, out)?);
    }
    let mut failed = None;
    let told = |failure: Failure, failed: &mut Option<Failure>| {
        *failed = Some(failure);
        store::Error::Refused("a file could not be written".to_owned())
    };
    let read = outgoing::each(store, &profile, &mut |dossier, texts| {
        let name = dossier.incident.case.as_str().replace(':', "-");
        let data = json::render(dossier, texts);
        let page = html::render(dossier, texts);
        for (ending, bytes) in [("json", &data), ("html", &page)] {
            let path = dossiers.join(format!("{name}.{ending}"));
            write(&path, bytes.as_bytes()).map_err(|failure| told(failure, &mut failed))?;
        }
        for sink in &mut sinks {
            sink.put(dossier)
                .map_err(|error| told(error.into(), &mut failed))?;
        }
        copy.put(dossier, texts, &data)
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    let n = read?;
    copy.finish()?;
    for mut sink in sinks {
        sink.end()?;
    }
    for (format, bytes) in FORMATS.iter().zip(&tables) {
        let name = format.name.strip_prefix("csv-").unwrap_or(format.name);
        write(&to.join(format!("{name}.csv")), bytes)?;
    }
    Ok(n)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    files::write(path, bytes).map_err(|error| Failure::write(path, &error))
}
