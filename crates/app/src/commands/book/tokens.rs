//! `crossbearing tokens`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use desk::access::{self, Made, Wanted};
use store::{
    Store,
    log::time,
    people::{self, Role},
    tokens::{self, Scope, Token},
};

use super::{At, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// Makes tokens by which programs ask the desk's API, lists them and takes them out; the log says who did.
///
/// A token never does more than its person may at that time, and goes with its person. Without accounts it is nobody's,
/// and holds as long as there are none.
#[derive(Args)]
pub struct Tokens {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    at: At,
    /// Print JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum What {
    /// Makes a token and prints it: it is not kept, and never shown again.
    Add {
        /// What it is for.
        #[arg(value_name = "PURPOSE")]
        purpose: String,
        /// Whose it is; needed where there are accounts.
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
        /// What may be done with it: read, add, review, with commas.
        #[arg(
            long,
            value_name = "SCOPES",
            value_delimiter = ',',
            default_value = "read",
            value_parser = scope
        )]
        scope: Vec<Scope>,
        /// Days after which it ends: 30, 90, 365 or never.
        #[arg(long, value_name = "DAYS", default_value = "90", value_parser = days)]
        days: Days,
    },
    /// Lists the tokens, without their words.
    List,
    /// Takes a token out.
    Remove {
        /// Its name, as the list has it.
        #[arg(value_name = "ID")]
        id: String,
    },
}

#[derive(Clone, Copy)]
struct Days(Option<u16>);

fn scope(words: &str) -> Result<Scope, String> {
    Scope::named(words).ok_or_else(|| "read, add or review".to_owned())
}

fn days(words: &str) -> Result<Days, String> {
    let known = words.parse().ok().filter(|it| access::DAYS.contains(it));
    match (words, known) {
        ("never", _) => Ok(Days(None)),
        (_, Some(days)) => Ok(Days(Some(days))),
        _ => Err("30, 90, 365 or never".to_owned()),
    }
}

impl Tokens {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let who = self.at.actor().who;
        match self.what {
            What::List => list(screen, &mut store, self.json),
            What::Add {
                purpose,
                person,
                scope,
                days: Days(days),
            } => {
                let (person, role) = whose(&mut store, person)?;
                let wanted = Wanted {
                    person: person.as_deref(),
                    role,
                    purpose: &purpose,
                    scopes: &scope,
                    days,
                };
                let made = access::make(&wanted, now())?;
                store.write(&mut |tx| tx.add_token(&made.token, &made.hash, &who))?;
                told(screen, &made, self.json)?;
                Ok(ExitCode::SUCCESS)
            }
            What::Remove { id } => {
                let at = time(now());
                if !store.write(&mut |tx| tx.remove_token(&id, None, &at, &who))? {
                    return Err(Failure::new(
                        format!("{id}: there is no token of that name"),
                        "`crossbearing tokens list` shows which there are",
                    ));
                }
                let words = match self.json {
                    true => pretty(&serde_json::json!({"removed": id}))? + "\n",
                    false => format!("{id}: removed\n"),
                };
                screen.data(&words)?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// Whose a new token is, and what they may do.
fn whose(store: &mut Store, person: Option<String>) -> Result<(Option<String>, Role), Failure> {
    match person {
        Some(name) => {
            let name = desk::accounts::name(&name)?;
            match people::one(store.database(), &name)? {
                Some(person) => Ok((Some(person.name), person.role)),
                None => Err(Failure::new(
                    format!("{name}: there is no account of that name"),
                    "`crossbearing people list` shows which there are",
                )),
            }
        }
        None if people::any(store.database())? => Err(Failure::new(
            "it is not said whose the token is",
            "--person NAME; `crossbearing people list` shows which accounts there are",
        )),
        None => Ok((None, Role::Admin)),
    }
}

fn told(screen: &Screen, made: &Made, json: bool) -> Result<(), Failure> {
    if json {
        let mut out = serde_json::json!(made.token);
        out["words"] = made.words.as_str().into();
        return screen.json(&pretty(&out)?);
    }
    screen.say("The token; it is not kept, and never shown again:");
    screen.data(&format!("{}\n", made.words))
}

fn list(screen: &Screen, store: &mut Store, json: bool) -> Result<ExitCode, Failure> {
    let all = tokens::all(store.database(), None)?;
    if json {
        screen.json(&pretty(&serde_json::json!({"tokens": all}))?)?;
        return Ok(ExitCode::SUCCESS);
    }
    if all.is_empty() {
        screen.data("no tokens\n")?;
    }
    for token in all {
        screen.data(&line(&token))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn line(token: &Token) -> String {
    let scopes: Vec<&str> = token.scopes.iter().map(|it| it.name()).collect();
    let ends = match &token.ends {
        Some(ends) if access::ended(token, now()) => format!("ended {ends}"),
        Some(ends) => format!("ends {ends}"),
        None => "never ends".to_owned(),
    };
    format!(
        "{} {:16} {:16} {ends:31} {}\n",
        token.id,
        token.person.as_deref().unwrap_or("nobody"),
        scopes.join(","),
        token.purpose
    )
}
