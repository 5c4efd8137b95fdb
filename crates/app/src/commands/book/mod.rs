//! The commands that work on a casebook, one file each, and what they have in common.

pub mod add;
pub mod audit;
pub mod backup;
pub mod config;
pub mod export;
mod fetching;
pub mod init;
pub mod list;
mod narrow;
pub mod news;
pub mod people;
pub mod propose;
pub mod publish;
pub mod purge;
pub mod review;
pub mod run;
pub mod search;
pub mod serve;
pub mod show;
pub mod tokens;
pub mod watch;

use casebook::{book::config as settings, data::DataDir};
use clap::Args;
use crossbearing::Resources;
use store::{Actor, Place, Store};

use crate::failure::Failure;

/// Where a casebook is taken from when nobody says.
const DEFAULT: &str = "casebook";

/// Which casebook, and who works on it.
#[derive(Args, Clone, Debug)]
pub struct At {
    /// The casebook: its folder, or the address of a PostgreSQL database (postgres://user@host/name); else
    /// $CROSSBEARING_CASEBOOK, else ./casebook.
    #[arg(long, value_name = "DIR", global = true)]
    casebook: Option<String>,
    /// Who does this, for the log; else $CROSSBEARING_WHO, else the name of the account.
    #[arg(long, value_name = "NAME", global = true)]
    who: Option<String>,
}

impl At {
    /// Where it is.
    pub fn place(&self) -> Place {
        let set = || set("CROSSBEARING_CASEBOOK");
        let words = self.casebook.clone().or_else(set);
        Place::of(words.as_deref().unwrap_or(DEFAULT))
    }

    /// Whether somebody said which.
    pub fn named(&self) -> bool {
        self.casebook.is_some() || set("CROSSBEARING_CASEBOOK").is_some()
    }

    /// Who works on it, with which version of the program.
    pub fn actor(&self) -> Actor {
        let who = self.who.clone().or_else(|| set("CROSSBEARING_WHO"));
        let who = who.or_else(|| set("USER")).or_else(|| set("USERNAME"));
        Actor {
            who: who.unwrap_or_else(|| "somebody".to_owned()),
            tool: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Opens it.
    pub fn open(&self) -> Result<Store, Failure> {
        Ok(Store::open(&self.place())?)
    }
}

fn set(name: &str) -> Option<String> {
    std::env::var(name)
        .ok()
        .filter(|value| !value.trim().is_empty())
}

/// What time it is.
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// What is needed to read, from the folder that holds it, with the judge that is set for the casebook.
pub fn resources(store: &mut Store, data: Option<&std::path::Path>) -> Result<Resources, Failure> {
    let fast = settings::value(store, settings::READER)? == "fast";
    Ok(DataDir::locate(data)?.fast(fast).load()?)
}

/// JSON for people and programs alike: one value, indented.
pub fn pretty(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|error| Failure {
        message: format!("what is to be printed could not be written as JSON: {error}"),
        hint: None,
        broken_pipe: false,
    })
}

/// `1 report`, `2 reports`, with a space between thousands.
pub fn count(n: u64, what: &str) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    let s = if n == 1 { "" } else { "s" };
    format!("{out} {what}{s}")
}
