//! From reports to what is shown of them.

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use casebook::{
    data::DataDir,
    ingest::Gathered,
    publish::{
        explain,
        incidents::{self, Line},
    },
    run::{self, Run},
};
use crossbearing::{Incidents, Policy, Stage, guard};
use model::{Dossier, Judgement, Note};

use super::outputs::OutputFormats;
use crate::{
    commands::write,
    failure::Failure,
    screen::{FAILED, Screen},
};

/// What is to be made of the reports.
#[derive(Default)]
pub struct Request {
    /// Of which of them.
    pub selection: Selection,
    /// What is asked about instead of the whole dossier.
    pub query: Option<Query>,
    /// Where it goes.
    pub outputs: OutputFormats,
    /// Files that are read besides.
    pub read: Vec<PathBuf>,
}

/// Which reports make a dossier.
#[derive(Default)]
pub enum Selection {
    /// All of them, as one incident.
    #[default]
    One,
    /// The incidents among them.
    Incidents {
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

/// A question about a dossier.
#[derive(Clone)]
pub enum Query {
    /// How the numbers of a slot came about.
    Finding(String),
    /// All about one claim.
    Claim(String),
}

/// Gathers, reads, reconciles and publishes; reports are gathered while model and gazetteer load.
pub fn make(
    screen: &Screen,
    data: &DataDir,
    gather: impl FnOnce() -> Gathered + Send,
    request: &Request,
) -> Result<ExitCode, Failure> {
    let (resources, gathered) = std::thread::scope(|scope| {
        let gathered = scope.spawn(gather);
        (data.load(), gathered.join())
    });
    let gathered = gathered.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let mut notes = gathered.notes;
    let prepared = [data.model(), data.gazetteer(), data.encoder()];
    let read = gathered.files.iter().chain(&request.read);
    request.outputs.check(read.chain(&prepared))?;
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
    let (outcome, more) = match &request.selection {
        Selection::One => {
            let (run, more) = run::dossier(&gathered.inputs, &resources, &policy, &told);
            (run.map(|run| Outcome::One(Box::new(run))), more)
        }
        Selection::Incidents { judgements, .. } => {
            let (found, more) = run::incidents(&gathered.inputs, &resources, judgements, &told);
            (found.map(|found| Outcome::Found(Box::new(found))), more)
        }
    };
    progress.end();
    notes.extend(more);
    let Some(outcome) = outcome else {
        screen.notes(&notes);
        return Err(Failure::new(
            "no report could be read, so there is no dossier",
            "give reports as .txt, .html or .jsonl files; `crossbearing demo` shows what comes of them",
        ));
    };
    let mut show = Show {
        screen,
        request,
        policy: &policy,
        notes: &mut notes,
    };
    let shown = match &outcome {
        Outcome::One(run) => show.one(run),
        Outcome::Found(found) => show.found(found),
    };
    screen.notes(&notes);
    shown?;
    if run::failed(&notes) {
        Ok(ExitCode::from(FAILED))
    } else {
        Ok(ExitCode::SUCCESS)
    }
}

/// What came of the reports.
enum Outcome {
    One(Box<Run>),
    Found(Box<Incidents>),
}

/// Shows what came of the reports, and gathers what there is to tell of it.
struct Show<'a> {
    screen: &'a Screen,
    request: &'a Request,
    policy: &'a Policy,
    notes: &'a mut Vec<Note>,
}

impl Show<'_> {
    /// Shows the dossier of all reports.
    fn one(&mut self, run: &Run) -> Result<(), Failure> {
        self.dossier(run)?;
        self.export(std::slice::from_ref(&run.dossier))
    }

    /// Shows the incident asked for, the only one there is, or the list.
    fn found(&mut self, all: &Incidents) -> Result<(), Failure> {
        let (incident, why, list) = match &self.request.selection {
            Selection::Incidents {
                incident,
                why,
                list,
                ..
            } => (incident.as_deref(), *why, *list),
            Selection::One => (None, false, false),
        };
        let at = match incident {
            Some(id) => Some(named(all, id)?),
            None => all.only().filter(|_| !list),
        };
        let Some((at, run)) = at.and_then(|at| Some((at, run::incident(all, at, self.policy)?)))
        else {
            return self.list(all, why);
        };
        let run = match run {
            Ok(run) => run,
            Err(note) => {
                self.notes.push(note);
                return Ok(());
            }
        };
        if why {
            let comparisons = all.comparisons(at);
            return match &self.request.outputs.json {
                Some(_) => self.screen.json(&incidents::comparisons_json(&comparisons)),
                None => self
                    .screen
                    .data(&incidents::why(&run.dossier, &comparisons)),
            };
        }
        self.dossier(&run)?;
        if incident.is_some() || all.len() == 1 {
            return self.export(std::slice::from_ref(&run.dossier));
        }
        if self.request.query.is_none() {
            let (mut lines, dossiers) = self.listed(all);
            lines.retain(|line| line.published.passing);
            let besides = incidents::besides(&lines, &self.screen.layout());
            if self.request.outputs.takes_stdout() {
                self.screen.say(besides.trim_end());
            } else {
                self.screen.data(&besides)?;
            }
            self.export(&dossiers)?;
        }
        Ok(())
    }

    /// Shows the list of incidents.
    fn list(&mut self, all: &Incidents, why: bool) -> Result<(), Failure> {
        let outputs = &self.request.outputs;
        if why || outputs.needs_one() || self.request.query.is_some() {
            return Err(Failure::new(
                format!("the reports tell of {} incidents", all.len()),
                "choose one with --incident ID, or take all as one with --one; \
                 without --html, --md, --why, --finding and --claim they are listed",
            ));
        }
        let (lines, dossiers) = self.listed(all);
        let layout = self.screen.layout();
        let page = || incidents::json(&lines, self.notes, &self.policy.version);
        match &outputs.json {
            Some(Some(path)) => {
                write(path, &page())?;
                if !outputs.takes_stdout() {
                    self.screen.data(&incidents::render(&lines, &layout))?;
                }
                self.screen.say(&format!("wrote {}", path.display()));
                return self.export(&dossiers);
            }
            Some(None) => self.screen.json(&page())?,
            None if outputs.takes_stdout() => {}
            None => self.screen.data(&incidents::render(&lines, &layout))?,
        }
        self.screen.say(&format!(
            "{} incidents; --incident ID gives the dossier of one, --one takes all reports as one",
            lines.len()
        ));
        self.export(&dossiers)
    }

    /// A line for every incident, in order of time, and their dossiers in the same order where they are exported. An
    /// incident that met a fault is a note.
    fn listed(&mut self, found: &Incidents) -> (Vec<Line>, Vec<Dossier>) {
        let keep = !self.request.outputs.export.is_empty();
        let (made, notes) = run::each(found, self.policy, |dossier| {
            (Line::of(dossier), keep.then(|| dossier.clone()))
        });
        self.notes.extend(notes);
        let (mut lines, dossiers): (Vec<Line>, Vec<Option<Dossier>>) = made.into_iter().unzip();
        incidents::sort(&mut lines);
        let places: BTreeMap<_, _> = (lines.iter().enumerate())
            .map(|(at, line)| (&line.published.case, at))
            .collect();
        let mut dossiers: Vec<Dossier> = dossiers.into_iter().flatten().collect();
        dossiers.sort_by_key(|dossier| places.get(&dossier.incident.case).copied());
        (lines, dossiers)
    }

    /// Publishes a dossier, or answers the question about it; a panic in it becomes a note.
    fn dossier(&mut self, run: &Run) -> Result<(), Failure> {
        let id = run.dossier.incident.id.to_string();
        let done = guard(Stage::Publish, &id, || match &self.request.query {
            Some(query) => answer(self.screen, run, query),
            None => self.request.outputs.publish(self.screen, run),
        });
        done.unwrap_or_else(|note| {
            self.notes.push(note);
            Ok(())
        })
    }

    /// Exports dossiers; a panic in it becomes a note.
    fn export(&mut self, dossiers: &[Dossier]) -> Result<(), Failure> {
        let done = guard(Stage::Publish, "export", || {
            self.request.outputs.export(self.screen, dossiers)
        });
        done.unwrap_or_else(|note| {
            self.notes.push(note);
            Ok(())
        })
    }
}

/// The incident whose id begins so.
fn named(all: &Incidents, id: &str) -> Result<usize, Failure> {
    match all.named(id).as_slice() {
        [at] => Ok(*at),
        [] => Err(Failure::new(
            format!("no incident has the id {id}"),
            "the list without --incident has all ids; \
             one that begins with i: is of a version and changes with the reports",
        )),
        several => {
            let n = several.len();
            Err(Failure::new(
                format!("{n} incidents have an id that begins with {id}"),
                "give more digits of it",
            ))
        }
    }
}

fn answer(screen: &Screen, run: &Run, query: &Query) -> Result<(), Failure> {
    let (dossier, texts, layout) = (&run.dossier, &run.texts, screen.layout());
    let (text, what) = match query {
        Query::Finding(slot) => (
            explain::findings(dossier, texts, slot, &layout),
            format!("there is no slot {slot}"),
        ),
        Query::Claim(claim) => (
            explain::claim(dossier, texts, claim, &layout),
            format!("no claim, or more than one, is named {claim}"),
        ),
    };
    let text = text.ok_or_else(|| {
        Failure::new(
            what,
            "--md and --json have every claim with its label or id, \
             and slots are named as in --json: killed, injured, held …",
        )
    })?;
    screen.data(&text)
}
