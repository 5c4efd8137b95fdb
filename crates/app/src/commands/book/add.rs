//! `crossbearing add`.

use std::process::ExitCode;

use casebook::book::{self, AddOptions, Added};
use clap::Args;
use store::Store;

use super::{At, count, fetching, now, pretty};
use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Takes reports into the casebook, as they were received.
///
/// Takes files, folders, patterns, `-` for standard input, and addresses of pages (http and https), which are fetched
/// as their sites allow. What the casebook has already is passed over, so that a command that was cut off can be given
/// again: nothing comes in twice and nothing is lost.
#[derive(Args)]
pub struct Add {
    /// Reports: files, folders, patterns, `-`, addresses of pages.
    #[arg(required = true, value_name = "FILES")]
    files: Vec<String>,
    #[command(flatten)]
    at: At,
    /// Only say what would come in.
    #[arg(long)]
    dry_run: bool,
    /// Pass over reports in which no word speaks of violence, of people hurt or held, or of arms.
    #[arg(long)]
    in_scope: bool,
    #[command(flatten)]
    fetching: fetching::Fetching,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl Add {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let actor = self.at.actor();
        let options = AddOptions {
            who: actor.who,
            tool: actor.tool,
            dry_run: self.dry_run,
            in_scope_only: self.in_scope,
            now: &now,
        };
        let (addresses, files): (Vec<String>, Vec<String>) = self
            .files
            .into_iter()
            .partition(|name| fetching::is_address(name));
        let progress = screen.counting("adding", "reports");
        let added = book::add(
            &mut store,
            &files,
            &mut std::io::stdin(),
            &options,
            &mut |far| {
                progress.set(far.reports as usize);
            },
        );
        progress.end();
        let mut added = added?;
        if !addresses.is_empty() {
            fetch(&mut store, &addresses, &self.fetching, &options, &mut added)?;
        }
        screen.notes(&added.notes);
        if self.json {
            screen.json(&pretty(&added)?)?;
        } else {
            let would = if self.dry_run { "would add" } else { "added" };
            let mut out = format!("{would} {}", count(added.new, "report"));
            if added.known + added.again > 0 {
                out.push_str(&format!("; {} known already", added.known + added.again));
            }
            if added.purged > 0 {
                out.push_str(&format!("; {} purged before, left out", added.purged));
            }
            for (why, n) in &added.passed_over {
                out.push_str(&format!("; {n} passed over: {why}"));
            }
            let failed = added
                .notes
                .iter()
                .filter(|note| note.severity == model::Severity::Error)
                .count();
            if failed > 0 {
                out.push_str(&format!("; {failed} could not be taken"));
            }
            out.push('\n');
            if added.new > 0 && !self.dry_run {
                out.push_str("next: crossbearing run\n");
            }
            screen.data(&out)?;
        }
        Ok(if added.failed() {
            ExitCode::from(FAILED)
        } else {
            ExitCode::SUCCESS
        })
    }
}

/// Fetches pages and adds them, one after another.
fn fetch(
    store: &mut Store,
    addresses: &[String],
    how: &fetching::Fetching,
    options: &AddOptions<'_>,
    added: &mut Added,
) -> Result<(), Failure> {
    let client = how.client(store)?;
    for address in addresses {
        match client.get(address, &fetch::Conditions::default()) {
            Ok(response) => {
                let arriving = fetching::arriving(address, response, options);
                book::add_one(store, &arriving, options, added)?;
            }
            Err(error) => added.notes.push(fetching::note(address, &error)),
        }
    }
    Ok(())
}
