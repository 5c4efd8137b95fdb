//! `crossbearing people`.

use std::{io::BufRead as _, process::ExitCode};

use clap::{Args, Subcommand};
use desk::accounts;
use store::{
    Store,
    log::time,
    people::{self, Person, Role},
};

use super::{At, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// Says who may log in to the desk, and what each may do; the log says who said so.
///
/// A reader may look at everything, a reviewer may decide, an admin may say who may do what. Passwords are asked
/// for, or read from the first line of standard input where that is no terminal.
#[derive(Args)]
pub struct People {
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
    /// Makes an account, and asks for its password.
    Add {
        /// The name to log in with.
        #[arg(value_name = "NAME")]
        name: String,
        /// What the person may do: reader, reviewer or admin.
        #[arg(long, value_name = "ROLE", default_value = "reader", value_parser = role)]
        role: Role,
    },
    /// Lists the accounts.
    List,
    /// Says what somebody may do.
    Role {
        /// The account.
        #[arg(value_name = "NAME")]
        name: String,
        /// reader, reviewer or admin.
        #[arg(value_name = "ROLE", value_parser = role)]
        role: Role,
    },
    /// Sets a password, logs the account out everywhere, and lets it in again where it was locked.
    Password {
        /// The account.
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Takes an account out, and logs it out everywhere. What it did stays in the log.
    Remove {
        /// The account.
        #[arg(value_name = "NAME")]
        name: String,
    },
}

fn role(words: &str) -> Result<Role, String> {
    Role::named(words).ok_or_else(|| "reader, reviewer or admin".to_owned())
}

impl People {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let (who, at) = (self.at.actor().who, time(now()));
        let name = match self.what {
            What::List => return list(screen, &mut store, self.json),
            What::Add { name, role } => {
                let name = accounts::name(&name)?;
                if people::one(store.database(), &name)?.is_some() {
                    return Err(Failure::new(
                        format!("{name}: there is an account of that name"),
                        format!("`crossbearing people password {name}` sets its password"),
                    ));
                }
                let password = accounts::hash(&name, &asked(&name)?)?;
                let person = Person {
                    name: name.clone(),
                    role,
                    password,
                    added: at,
                    seen: None,
                };
                store.write(&mut |tx| tx.add_person(&person, &who))?;
                name
            }
            What::Role { name, role } => {
                let name = known(&mut store, &name)?;
                store.write(&mut |tx| tx.set_role(&name, role, &at, &who))?;
                name
            }
            What::Password { name } => {
                let name = known(&mut store, &name)?;
                let password = accounts::hash(&name, &asked(&name)?)?;
                store.write(&mut |tx| tx.set_password(&name, &password, &at, &who))?;
                name
            }
            What::Remove { name } => {
                let name = known(&mut store, &name)?;
                store.write(&mut |tx| tx.remove_person(&name, &at, &who))?;
                let words = match self.json {
                    true => pretty(&serde_json::json!({"removed": name}))? + "\n",
                    false => format!("{name}: removed\n"),
                };
                screen.data(&words)?;
                return Ok(ExitCode::SUCCESS);
            }
        };
        match people::one(store.database(), &name)? {
            Some(person) if self.json => screen.json(&pretty(&person)?)?,
            Some(person) => screen.data(&format!("{}: {}\n", person.name, person.role.name()))?,
            None => {}
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The name as it is kept; refused where there is no such account, before a password is asked for.
fn known(store: &mut Store, name: &str) -> Result<String, Failure> {
    let name = accounts::name(name)?;
    match people::one(store.database(), &name)? {
        Some(person) => Ok(person.name),
        None => Err(Failure::new(
            format!("{name}: there is no account of that name"),
            "`crossbearing people list` shows which there are",
        )),
    }
}

fn list(screen: &Screen, store: &mut Store, json: bool) -> Result<ExitCode, Failure> {
    let all = people::all(store.database())?;
    if json {
        screen.json(&pretty(&serde_json::json!({"people": all}))?)?;
        return Ok(ExitCode::SUCCESS);
    }
    if all.is_empty() {
        screen.data("no accounts: the desk serves this machine alone, without logging in\n")?;
    }
    for person in all {
        let seen = person.seen.as_deref().unwrap_or("never logged in");
        screen.data(&format!(
            "{:24} {:10} {seen}\n",
            person.name,
            person.role.name()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A password: typed twice at a terminal, unseen; else the first line of standard input.
fn asked(name: &str) -> Result<String, Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(
            format!("the password could not be read: {error}"),
            "type it at a terminal, or give it on the first line of standard input",
        )
    };
    let terminal = console::Term::stderr();
    if !std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        let mut line = String::new();
        std::io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(failed)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let ask = |words: &str| -> std::io::Result<String> {
        terminal.write_str(words)?;
        terminal.read_secure_line()
    };
    let first = ask(&format!("password for {name}: ")).map_err(failed)?;
    if ask("the same again: ").map_err(failed)? != first {
        return Err(Failure::new("the two passwords differ", "try again"));
    }
    Ok(first)
}
