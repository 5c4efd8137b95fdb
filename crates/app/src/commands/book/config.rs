//! `crossbearing config`.

use std::process::ExitCode;

use casebook::book::config::{self, Set};
use clap::{Args, Subcommand};

use super::{At, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// Shows and changes what is set for the casebook, for all who work on it; the log says who changed what.
#[derive(Args)]
pub struct Config {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    at: At,
    /// Print JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum What {
    /// Lists all settings, what holds and what each is for.
    List,
    /// Prints what holds for one setting.
    Get {
        /// Which.
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Sets a setting.
    Set {
        /// Which.
        #[arg(value_name = "NAME")]
        name: String,
        /// To what.
        #[arg(value_name = "VALUE")]
        value: String,
    },
    /// Forgets what was set: what holds by default holds again.
    Unset {
        /// Which.
        #[arg(value_name = "NAME")]
        name: String,
    },
}

impl Config {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let who = self.at.actor().who;
        let (name, to) = match &self.what {
            None | Some(What::List) => {
                let all = config::list(&mut store)?;
                if self.json {
                    screen.json(&pretty(&all)?)?;
                } else {
                    screen.data(&listed(&all))?;
                }
                return Ok(ExitCode::SUCCESS);
            }
            Some(What::Get { name }) => {
                let found = config::get(&mut store, name)?;
                if self.json {
                    screen.json(&pretty(&found)?)?;
                } else {
                    screen.data(&format!("{}\n", found.value))?;
                }
                return Ok(ExitCode::SUCCESS);
            }
            Some(What::Set { name, value }) => (name, Some(value.as_str())),
            Some(What::Unset { name }) => (name, None),
        };
        let before = config::set(&mut store, name, to, &who, now())?;
        let after = config::get(&mut store, name)?;
        if self.json {
            screen.json(&pretty(
                &serde_json::json!({"before": before, "after": after}),
            )?)?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut out = format!("{}: {} → {}\n", after.name, shown(&before), shown(&after));
        let effect = config::named(name)?.effect;
        if let (Some(effect), true) = (effect, before.value != after.value) {
            out.push_str(&format!("next: {effect}\n"));
        }
        screen.data(&out)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn shown(set: &Set) -> &str {
    if set.value.is_empty() {
        "(nothing)"
    } else {
        &set.value
    }
}

fn listed(all: &[Set]) -> String {
    let mut out = String::new();
    for set in all {
        let by = match set.set {
            false if !set.value.is_empty() => "  (by default)",
            _ => "",
        };
        out.push_str(&format!("{:16} {}{by}\n", set.name, shown(set)));
        out.push_str(&format!(
            "{:16} {}\n{:16} {}\n",
            "", set.meaning, "", set.allowed
        ));
    }
    out
}
