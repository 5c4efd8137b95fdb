//! `crossbearing news`.

use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

use casebook::book::{self, Change};
use clap::Args;

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
    /// Write it as an Atom feed to this file.
    #[arg(long, value_name = "FILE")]
    atom: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl News {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let who = self.at.actor().who;
        let place = format!("news {who}");
        let last = store.setting(&place)?.and_then(|it| it.parse().ok());
        let since = self.since.or(last).unwrap_or(0);
        let head = store.head()?.seq;
        let changes = book::news(store.database(), since)?;
        if let Some(path) = &self.atom {
            let id = store.setting("id")?.unwrap_or_default();
            commands::write(path, &atom(&id, &changes))?;
        }
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

/// The changes as an Atom feed, the latest first (RFC 4287).
fn atom(casebook: &str, changes: &[Change]) -> String {
    let updated = changes
        .last()
        .map_or_else(|| store::log::time(now()), |it| it.at.clone());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n  \
         <id>urn:crossbearing:{casebook}</id>\n  <title>What changed in the casebook</title>\n  \
         <updated>{updated}</updated>\n  <author><name>Crossbearing</name></author>\n"
    );
    for change in changes.iter().rev() {
        let _ = write!(
            out,
            "  <entry>\n    <id>urn:crossbearing:{casebook}:{}:{}</id>\n    <title>{}</title>\n    \
             <updated>{}</updated>\n    <content type=\"text\">{}</content>\n  </entry>\n",
            change.seq,
            change.what,
            escaped(&change.title),
            change.at,
            escaped(&format!(
                "{}: {} ({})",
                change.what, change.words, change.case
            ))
        );
    }
    out.push_str("</feed>\n");
    out
}

/// Words as they may stand in XML, which knows no control characters.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
