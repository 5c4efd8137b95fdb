//! `crossbearing dossier`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use casebook::{
    data::DataDir,
    files,
    ingest::{self, Gathered},
    publish::{
        explain, html,
        incidents::{self, Line},
        json, markdown, terminal,
    },
    run::{self, Run},
};
use clap::Args;
use crossbearing::{Incidents, Policy, Stage, guard};
use model::{Judgement, Note};

use super::write;
use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Finds the incidents in reports, and makes the dossier of each.
///
/// Reports that are about one incident give its dossier at once, and below it, a line each, what else they tell in
/// passing. Where they are about several, a list comes first; `--incident ID` gives the dossier of one. `--one` takes
/// all reports as one incident, whatever they tell of.
///
/// Takes files, folders, patterns and `-` for standard input; plain text and HTML. Plain text may start with
/// `Title:`, `Source:`, `Published:`, `URL:`, `Byline:` and `Language:` lines; any report may have a sidecar
/// NAME.json or NAME.toml with the same keys.
///
/// Prints the dossier to the terminal unless `--json` or `--md` prints it in that form; FILE after `--json` or `--md`
/// writes there and leaves the terminal its own.
#[derive(Args)]
pub struct Dossier {
    /// Reports: files, folders, patterns, `-`.
    #[arg(required = true, value_name = "FILES")]
    files: Vec<String>,
    /// Take all reports as one incident.
    #[arg(long, conflicts_with_all = ["incident", "why", "judgements"])]
    one: bool,
    /// Give the dossier of this incident: its id in the list, or the first digits of it.
    #[arg(long, value_name = "ID")]
    incident: Option<String>,
    /// Say why the reports of the incident were linked, instead of the dossier.
    #[arg(long)]
    why: bool,
    /// Say how the numbers of this slot came about (`killed`), instead of the dossier: rules, claims, origins, and
    /// what was set aside.
    #[arg(long, value_name = "SLOT", conflicts_with_all = ["why", "list"])]
    finding: Option<String>,
    /// Say all about one claim, instead of the dossier: its label (`A3`) or its id.
    #[arg(long, value_name = "CLAIM", conflicts_with_all = ["why", "list", "finding"])]
    claim: Option<String>,
    /// List the incidents, even where the reports are about a single one.
    #[arg(long, conflicts_with_all = ["one", "incident", "why"])]
    list: bool,
    /// What people have decided on pairs of reports: JSON lines {"decision": "same" or "different", "a": ID, "b": ID}.
    #[arg(long, value_name = "FILE")]
    judgements: Option<PathBuf>,
    #[command(flatten)]
    forms: Forms,
    /// Read about four times as fast, and somewhat less well: linear models say which figures count people, in place
    /// of the encoder.
    #[arg(long)]
    fast: bool,
    /// The folder that holds the language model, the gazetteer and the encoder.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// The forms a dossier can be written in.
#[derive(Args, Default)]
pub struct Forms {
    /// Write the dossier as one HTML page.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print the dossier as JSON, or write it to FILE (`--json=FILE`).
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub json: Option<Option<PathBuf>>,
    /// Print the dossier as Markdown, or write it to FILE (`--md=FILE`).
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with_all = ["json"])]
    pub md: Option<Option<PathBuf>>,
    /// What is asked about instead of the whole dossier.
    #[arg(skip)]
    pub asked: Option<Asked>,
}

impl Forms {
    /// The files to write.
    fn paths(&self) -> Vec<&Path> {
        let named = [&self.json, &self.md].map(|form| form.as_ref().and_then(Option::as_deref));
        let paths = [self.html.as_deref()].into_iter().chain(named);
        paths.flatten().collect()
    }

    /// Checks that no file to write is one that is read, nor one that is written already.
    ///
    /// # Errors
    /// If one is.
    fn check<'a>(&self, read: impl Iterator<Item = &'a PathBuf>) -> Result<(), Failure> {
        let paths = self.paths();
        for (at, path) in paths.iter().enumerate() {
            // A device, as `/dev/stdout`, keeps nothing that could be lost.
            let kept = !path.exists() || path.is_file();
            if kept && paths[..at].iter().any(|other| files::same(path, other)) {
                return Err(Failure::new(
                    format!("two forms would be written to {}", path.display()),
                    "give each form a file of its own",
                ));
            }
        }
        for read in read {
            if let Some(path) = paths.iter().find(|path| files::same(path, read)) {
                return Err(Failure::new(
                    format!(
                        "{} is read here; the output would take its place",
                        path.display()
                    ),
                    "write to another file",
                ));
            }
        }
        Ok(())
    }
}

/// A question about a dossier.
#[derive(Clone)]
pub enum Asked {
    /// How the numbers of a slot came about.
    Finding(String),
    /// All about one claim.
    Claim(String),
}

impl Dossier {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let data = DataDir::locate(self.data.as_deref())?.fast(self.fast);
        let files = self.files;
        let mut forms = self.forms;
        forms.asked = match (self.finding, self.claim) {
            (Some(slot), _) => Some(Asked::Finding(slot)),
            (_, Some(claim)) => Some(Asked::Claim(claim)),
            _ => None,
        };
        let gather = move || ingest::gather(&files, &mut std::io::stdin().lock());
        let wanted = if self.one {
            Wanted::One
        } else {
            Wanted::Found {
                incident: self.incident,
                why: self.why,
                list: self.list,
                judgements: match &self.judgements {
                    Some(path) => ingest::judgements(path)?,
                    None => Vec::new(),
                },
            }
        };
        let used: Vec<PathBuf> = self.judgements.into_iter().collect();
        make(screen, &data, gather, &wanted, &forms, &used)
    }
}

/// What is to be made of the reports.
pub enum Wanted {
    /// One dossier of all of them.
    One,
    /// The incidents among them.
    Found {
        /// Only this one.
        incident: Option<String>,
        /// Why its reports were linked, instead of its dossier.
        why: bool,
        /// The list, even where there is one incident.
        list: bool,
        /// What people have decided.
        judgements: Vec<Judgement>,
    },
}

/// Gathers, reads, reconciles and publishes; reports are gathered while model and gazetteer load. `used` are files
/// that are read besides.
pub fn make(
    screen: &Screen,
    data: &DataDir,
    gather: impl FnOnce() -> Gathered + Send,
    wanted: &Wanted,
    forms: &Forms,
    used: &[PathBuf],
) -> Result<ExitCode, Failure> {
    let (resources, gathered) = std::thread::scope(|scope| {
        let gathered = scope.spawn(gather);
        (data.load(), gathered.join())
    });
    let gathered = gathered.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let mut notes = gathered.notes;
    let prepared = [data.model(), data.gazetteer(), data.encoder()];
    forms.check(gathered.files.iter().chain(used).chain(&prepared))?;
    let resources = match resources {
        Ok(resources) => resources,
        Err(error) => {
            screen.notes(&notes);
            return Err(error.into());
        }
    };
    let policy = Policy {
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let progress = screen.progress(gathered.inputs.len());
    let told = |done| progress.set(done);
    let (made, more) = match wanted {
        Wanted::One => {
            let (run, more) = run::dossier(&gathered.inputs, &resources, &policy, &told);
            (run.map(|run| Made::One(Box::new(run))), more)
        }
        Wanted::Found { judgements, .. } => {
            let (found, more) = run::incidents(&gathered.inputs, &resources, judgements, &told);
            (found.map(|found| Made::Found(Box::new(found))), more)
        }
    };
    progress.end();
    notes.extend(more);
    let Some(made) = made else {
        screen.notes(&notes);
        return Err(Failure::new(
            "no report could be read, so there is no dossier",
            "give reports as .txt or .html files; `crossbearing demo` shows what comes of them",
        ));
    };
    let shown = match (&made, wanted) {
        (Made::Found(all), Wanted::Found { .. }) => {
            found(screen, all, wanted, &policy, &mut notes, forms)
        }
        (Made::One(run), _) => publish_or_note(screen, run, forms, &mut notes),
        (Made::Found(_), Wanted::One) => Ok(()),
    };
    screen.notes(&notes);
    shown?;
    if run::failed(&notes) {
        Ok(ExitCode::from(FAILED))
    } else {
        Ok(ExitCode::SUCCESS)
    }
}

enum Made {
    One(Box<Run>),
    Found(Box<Incidents>),
}

/// Shows the incident asked for, the only one there is, or the list.
fn found(
    screen: &Screen,
    all: &Incidents,
    wanted: &Wanted,
    policy: &Policy,
    notes: &mut Vec<Note>,
    forms: &Forms,
) -> Result<(), Failure> {
    let (incident, why, list) = match wanted {
        Wanted::Found {
            incident,
            why,
            list,
            ..
        } => (incident.as_deref(), *why, *list),
        Wanted::One => (None, false, false),
    };
    let named = incident.map(|id| (id, all.named(id)));
    let at = match named.as_ref().map(|(id, named)| (id, named.as_slice())) {
        Some((_, [at])) => Some(*at),
        Some((id, [])) => {
            return Err(Failure::new(
                format!("no incident has the id {id}"),
                "the list without --incident has all ids; one that begins with i: is of a version and changes with the reports",
            ));
        }
        Some((id, several)) => {
            let n = several.len();
            return Err(Failure::new(
                format!("{n} incidents have an id that begins with {id}"),
                "give more digits of it",
            ));
        }
        None => all.only().filter(|_| !list),
    };
    if let Some((at, run)) = at.and_then(|at| Some((at, run::incident(all, at, policy)?))) {
        let run = match run {
            Ok(run) => run,
            Err(note) => {
                notes.push(note);
                return Ok(());
            }
        };
        if !why {
            publish_or_note(screen, &run, forms, notes)?;
            if incident.is_none() && forms.asked.is_none() && all.len() > 1 {
                let (mut lines, more) = listed(all, policy);
                notes.extend(more);
                lines.retain(|line| line.published.passing);
                let besides = incidents::besides(&lines, &screen.layout());
                if matches!((&forms.json, &forms.md), (Some(None), _) | (_, Some(None))) {
                    screen.say(besides.trim_end());
                } else {
                    screen.data(&besides)?;
                }
            }
            return Ok(());
        }
        let comparisons = all.comparisons(at);
        return match &forms.json {
            Some(_) => screen.json(&incidents::comparisons_json(&comparisons)),
            None => screen.data(&incidents::why(&run.dossier, &comparisons)),
        };
    }
    if why || forms.html.is_some() || forms.md.is_some() || forms.asked.is_some() {
        return Err(Failure::new(
            format!("the reports tell of {} incidents", all.len()),
            "choose one with --incident ID, or take all as one with --one; without --html, --md, --why, --finding and --claim they are listed",
        ));
    }
    let (lines, more) = listed(all, policy);
    notes.extend(more);
    let page = || incidents::json(&lines, notes, &policy.version);
    match &forms.json {
        Some(Some(path)) => {
            write(path, &page())?;
            screen.data(&incidents::render(&lines, &screen.layout()))?;
            screen.say(&format!("wrote {}", path.display()));
            return Ok(());
        }
        Some(None) => screen.json(&page())?,
        None => screen.data(&incidents::render(&lines, &screen.layout()))?,
    }
    screen.say(&format!(
        "{} incidents; --incident ID gives the dossier of one, --one takes all reports as one",
        lines.len()
    ));
    Ok(())
}

/// A line for every incident, in order of time, and a note for each that met a fault.
fn listed(found: &Incidents, policy: &Policy) -> (Vec<Line>, Vec<Note>) {
    let (mut lines, notes) = run::each(found, policy, Line::of);
    incidents::sort(&mut lines);
    (lines, notes)
}

/// The same as [`publish`]; a panic in it becomes a note.
fn publish_or_note(
    screen: &Screen,
    run: &Run,
    forms: &Forms,
    notes: &mut Vec<Note>,
) -> Result<(), Failure> {
    let id = run.dossier.incident.id.to_string();
    guard(Stage::Publish, &id, || publish(screen, run, forms)).unwrap_or_else(|note| {
        notes.push(note);
        Ok(())
    })
}

fn publish(screen: &Screen, run: &Run, forms: &Forms) -> Result<(), Failure> {
    let (dossier, texts) = (&run.dossier, &run.texts);
    if let Some(asked) = &forms.asked {
        let layout = screen.layout();
        let (text, what) = match asked {
            Asked::Finding(slot) => (
                explain::findings(dossier, texts, slot, &layout),
                format!("there is no slot {slot}"),
            ),
            Asked::Claim(claim) => (
                explain::claim(dossier, texts, claim, &layout),
                format!("no claim, or more than one, is named {claim}"),
            ),
        };
        let text = text.ok_or_else(|| {
            Failure::new(
                what,
                "--md and --json have every claim with its label or id, and slots are named as in --json: killed, injured, held …",
            )
        })?;
        return screen.data(&text);
    }
    if let Some(path) = &forms.html {
        write(path, &html::render(dossier, texts))?;
    }
    if let Some(Some(path)) = &forms.json {
        write(path, &json::render(dossier, texts))?;
    }
    if let Some(Some(path)) = &forms.md {
        write(path, &markdown::render(dossier, texts))?;
    }
    match (&forms.json, &forms.md) {
        (Some(None), _) => screen.json(&json::render(dossier, texts))?,
        (_, Some(None)) => screen.data(&markdown::render(dossier, texts))?,
        _ => screen.data(&terminal::render(dossier, texts, &screen.layout()))?,
    }
    for path in forms.paths() {
        screen.say(&format!("wrote {}", path.display()));
    }
    Ok(())
}
