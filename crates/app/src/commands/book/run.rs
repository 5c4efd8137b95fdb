//! `crossbearing run`.

use std::{path::PathBuf, process::ExitCode};

use casebook::book;
use clap::Args;
use crossbearing::Policy;

use super::{At, count, now, pretty, propose, resources};
use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Reads, links and reconciles what is new in the casebook, or was done by another version of the reader.
///
/// Only what is out of date is done again. A command that was cut off goes on where it was.
#[derive(Args)]
pub struct Run {
    #[command(flatten)]
    at: At,
    /// The folder that holds the language model, the gazetteer and the encoder.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Link all reports anew, and make all dossiers anew. Otherwise new reports are linked with those that they may be
    /// one incident with, and all are linked anew once the casebook has grown by half.
    #[arg(long)]
    relink: bool,
    /// Then ask a language model at this address which claims the reader missed, as `crossbearing propose` does: the
    /// texts of all reports of incidents are sent there.
    #[arg(long, value_name = "URL", requires = "model")]
    propose: Option<String>,
    /// That model, as the service calls it.
    #[arg(long, value_name = "NAME", requires = "propose")]
    model: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// How incidents are reconciled.
pub(super) fn policy() -> Policy {
    Policy {
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

impl Run {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let model = match (&self.propose, &self.model) {
            (Some(url), Some(name)) => Some(propose::model(url, name, propose::SECONDS)?),
            _ => None,
        };
        let who = self.at.actor().who;
        let resources = resources(&mut store, self.data.as_deref())?;
        let reader = resources.version();
        let waiting = book::waiting(&mut store, &reader)?;
        let progress = screen.progress(waiting as usize);
        let read = book::read(&mut store, &resources, &who, &now, &mut |n| {
            progress.set(n as usize)
        });
        progress.end();
        let read = read?;
        let policy = policy();
        if self.relink {
            book::relink(&mut store)?;
        }
        let progress = screen.counting("reconciling", "incidents");
        let linked = book::link(&mut store, &policy, &reader, &who, &now, &mut |n| {
            progress.set(n as usize)
        });
        progress.end();
        let linked = linked?;
        screen.notes(&read.notes);
        screen.notes(&linked.notes);
        let proposed = match &model {
            Some(model) => {
                let all = propose::all();
                let done = propose::asked(&mut store, screen, model, &resources, &all, &who)?;
                screen.notes(&done.notes);
                Some(done)
            }
            None => None,
        };
        if self.json {
            let mut out = serde_json::json!({"read": read, "linked": linked});
            if let Some(proposed) = &proposed {
                out["proposed"] = serde_json::json!(proposed);
            }
            screen.json(&pretty(&out)?)?;
        } else {
            let proposed = proposed.as_ref().map(propose::told).unwrap_or_default();
            screen.data(&(told(&read, &linked) + &proposed))?;
        }
        let failed = read.failed > 0
            || casebook::run::failed(&linked.notes)
            || proposed.is_some_and(|it| it.failed > 0);
        Ok(if failed {
            ExitCode::from(FAILED)
        } else {
            ExitCode::SUCCESS
        })
    }
}

pub(super) fn told(read: &book::ReadDone, linked: &book::Linked) -> String {
    let mut out = format!("read {}", count(read.read, "report"));
    if read.out_of_scope > 0 {
        out.push_str(&format!(
            ", {} of them without anything in scope",
            read.out_of_scope
        ));
    }
    if read.failed > 0 {
        out.push_str(&format!("; {} could not be read", read.failed));
    }
    out.push_str(&format!(
        "\n{} in the casebook: {} new, {} merged, {} split off; {} made anew\n",
        count(linked.incidents, "incident"),
        linked.opened,
        linked.merged,
        linked.split,
        count(linked.made, "dossier")
    ));
    if linked.incidents > 0 {
        out.push_str("next: crossbearing list, crossbearing show ID\n");
    }
    out
}
