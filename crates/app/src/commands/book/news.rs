//! `crossbearing news`.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use casebook::book::{self, Change, config};
use clap::Args;
use store::{Store, changes};

use super::{At, now, pretty};
use crate::{commands, failure::Failure, screen::Screen};

/// Says what changed since the last time: new incidents, figures that moved, new disputes, incidents that were merged
/// or split.
#[derive(Args)]
pub struct News {
    #[command(flatten)]
    at: At,
    /// Since this entry of the log, instead of the last time (0: since the beginning).
    #[arg(long, value_name = "N")]
    since: Option<i64>,
    /// Show the same again next time.
    #[arg(long)]
    keep: bool,
    /// Print the latest changes as an Atom feed, or write them to FILE: those of old too, as feed readers want them.
    /// What was shown to a person stays as it is.
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["json", "keep"])]
    atom: Option<Option<PathBuf>>,
    /// How many changes the Atom feed holds.
    #[arg(long, value_name = "N", default_value_t = 100, requires = "atom")]
    limit: usize,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl News {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        if let Some(to) = &self.atom {
            self.feed(screen, &mut store, to.as_deref())?;
            return Ok(ExitCode::SUCCESS);
        }
        let who = self.at.actor().who;
        let place = format!("news {who}");
        let last = store.setting(&place)?.and_then(|it| it.parse().ok());
        let since = self.since.or(last).unwrap_or(0);
        let head = store.head()?.seq;
        let changes = book::news(store.database(), since)?;
        if self.json {
            screen.json(&pretty(
                &serde_json::json!({"since": since, "to": head, "changes": changes}),
            )?)?;
        } else {
            screen.data(&told(&changes))?;
        }
        if !self.keep && self.since.is_none() {
            store.write(&mut |tx| tx.set(&place, &head.to_string()))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Prints or writes the Atom feed.
    fn feed(&self, screen: &Screen, store: &mut Store, to: Option<&Path>) -> Result<(), Failure> {
        let since = match self.since {
            Some(since) => since,
            None => changes::latest(store.database(), self.limit)?,
        };
        let changes = book::news(store.database(), since)?;
        let id = store.setting("id")?.unwrap_or_default();
        let title = config::value(store, config::TITLE)?;
        let text = book::atom(&id, &title, &changes, &store::log::time(now()));
        match to {
            Some(path) => commands::write(path, &text),
            None => screen.data(&text),
        }
    }
}

fn told(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "nothing new\n".to_owned();
    }
    let mut out = String::new();
    for change in changes {
        let id: String = change.case.chars().take(12).collect();
        let _ = writeln!(
            out,
            "{id}  {:8} {}: {}",
            change.what, change.title, change.words
        );
    }
    out
}
