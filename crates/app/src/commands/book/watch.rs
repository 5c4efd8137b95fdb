//! `crossbearing watch`.

mod list;
mod round;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use casebook::book::config;
use clap::{Args, Subcommand};
use store::{Store, feeds};

use self::round::{Round, Trouble};
use super::{At, fetching, now};
use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// The longest time between two looks at the list: another process may have put a feed onto it.
const LOOK: Duration = Duration::from_secs(60);
/// Seconds between two looks at a list with nothing on it.
const EMPTY: i64 = 10;

/// Watches feeds: takes what is new in them into the casebook, reads it and links it, until it is stopped.
///
/// Feeds are RSS, Atom or JSON Feed. Each is asked as its site allows, at an interval, less often where it asks for
/// that or fails. The page of each item is the report; where it cannot be had, the text that the feed holds of it, if
/// it holds all. An item is taken once. Stopped at any moment, it goes on where it was. `--once` asks what is due and
/// ends, for cron.
#[derive(Args)]
pub struct Watch {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    how: How,
    /// Print JSON: of a round, one object on a line.
    #[arg(long, global = true)]
    json: bool,
}

/// How feeds are watched.
#[derive(Args)]
struct How {
    /// Ask the feeds that are due, and end. The exit status says whether one failed.
    #[arg(long)]
    once: bool,
    /// Ask all feeds at once, also those that are not due yet or were left alone because they failed.
    #[arg(long)]
    now: bool,
    /// Minutes between two times that a feed is asked; else as set by `config set watch.every`.
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u64).range(1..=10_080))]
    every: Option<u64>,
    /// Only add: `crossbearing run` reads and links.
    #[arg(long)]
    no_run: bool,
    #[command(flatten)]
    fetching: fetching::Fetching,
    /// The folder that holds the language model, the gazetteer and the encoder.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Subcommand)]
enum What {
    /// Puts feeds onto the list.
    Add {
        /// Addresses of feeds.
        #[arg(value_name = "URL", required_unless_present = "opml")]
        addresses: Vec<String>,
        /// Also those of this list in OPML, as feed readers give it.
        #[arg(long, value_name = "FILE")]
        opml: Option<PathBuf>,
    },
    /// Shows the list: when each was asked, when it is asked again, and what is wrong with it.
    List {
        /// Print the list as OPML, or write it to FILE (`--opml=FILE`).
        #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
        opml: Option<Option<PathBuf>>,
    },
    /// Takes feeds off the list. What came of them stays.
    Remove {
        /// Addresses of feeds.
        #[arg(value_name = "URL", required = true)]
        addresses: Vec<String>,
    },
}

impl Watch {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let who = self.at.actor();
        match &self.what {
            Some(_) if self.how.once || self.how.now || self.how.no_run => Err(Failure::new(
                "--once, --now and --no-run are for the plain `watch`, which asks the feeds",
                "give them without add, list or remove",
            )),
            Some(What::Add { addresses, opml }) => list::add(
                screen,
                &mut store,
                addresses,
                opml.as_deref(),
                &who.who,
                self.json,
            ),
            Some(What::List { opml }) => list::show(screen, &mut store, opml.as_ref(), self.json),
            Some(What::Remove { addresses }) => {
                list::remove(screen, &mut store, addresses, &who.who, self.json)
            }
            None => self.watch(screen, &mut store),
        }
    }

    fn watch(&self, screen: &Screen, store: &mut Store) -> Result<ExitCode, Failure> {
        let every = match self.how.every {
            Some(every) => every,
            None => config::number(store, config::EVERY)?,
        };
        if feeds::all(store.database())?.is_empty() {
            let none = Failure::new(
                "no feed is on the list",
                "`crossbearing watch add URL` puts one there",
            );
            if self.how.once {
                return Err(none);
            }
            // Another process may put one there meanwhile.
            screen.fail(&none);
        }
        let mut round = Round {
            screen,
            client: self.how.fetching.client(store)?,
            actor: self.at.actor(),
            every,
            in_scope_only: config::value(store, config::IN_SCOPE)? == "yes",
            no_run: self.how.no_run,
            data: self.how.data.clone(),
            json: self.json,
            resources: None,
        };
        let mut all = self.how.now;
        loop {
            match round.go(store, all, self.how.once) {
                Ok(well) if self.how.once => {
                    return Ok(if well {
                        ExitCode::SUCCESS
                    } else {
                        ExitCode::from(FAILED)
                    });
                }
                Ok(_) => all = false,
                Err(Trouble::Passing(failure)) if !self.how.once => {
                    screen.fail(&failure);
                    std::thread::sleep(LOOK);
                    // Where that fails, the next round says so.
                    let _ = store.database().reconnect();
                    continue;
                }
                Err(Trouble::Passing(failure) | Trouble::Lasting(failure)) => return Err(failure),
            }
            std::thread::sleep(pause(store));
        }
    }
}

/// How long to wait before feeds are looked at again.
fn pause(store: &mut Store) -> Duration {
    // A store that does not answer is told in the next round.
    let next = feeds::next(store.database()).ok().flatten();
    let next = next.and_then(|it| it.parse::<jiff::Timestamp>().ok());
    let seconds = next.map_or(EMPTY, |next| next.as_second() - now().as_second());
    Duration::from_secs(u64::try_from(seconds).unwrap_or(0)).clamp(Duration::from_secs(1), LOOK)
}
