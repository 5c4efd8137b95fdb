//! `crossbearing backup` and `crossbearing restore`.

use std::process::ExitCode;

use casebook::files;
use clap::Args;
use store::{Place, Store};

use super::{At, count, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// Copies the casebook to another place while others may work on it: to a folder, or to a database, from either. The
/// copy has the same log, and is held against it.
#[derive(Args)]
pub struct Backup {
    /// Where to: a new folder, or the address of an empty PostgreSQL database.
    #[arg(value_name = "TO")]
    to: String,
    #[command(flatten)]
    at: At,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Makes a casebook of a backup or of an export as JSON lines, in a place where there is none, and holds it against its
/// log.
#[derive(Args)]
pub struct Restore {
    /// The backup: its folder, the address of its database, or a file of JSON lines.
    #[arg(value_name = "FROM")]
    from: String,
    #[command(flatten)]
    at: At,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Copies a casebook from one place to another, folder or PostgreSQL database, and holds the copy against its log.
#[derive(Args)]
pub struct CopyCasebook {
    /// Its folder, or the address of its database.
    #[arg(value_name = "FROM")]
    from: String,
    /// A new folder, or the address of an empty database.
    #[arg(value_name = "TO")]
    to: String,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl CopyCasebook {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        copy(
            screen,
            &Place::of(&self.from),
            &Place::of(&self.to),
            self.json,
        )
    }
}

impl Backup {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        copy(screen, &self.at.place(), &Place::of(&self.to), self.json)
    }
}

impl Restore {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let to = self.at.place();
        let file = std::path::Path::new(&self.from);
        if !file.is_file() {
            return copy(screen, &Place::of(&self.from), &to, self.json);
        }
        let opened = files::open(file).map_err(|error| {
            Failure::new(
                format!("{}: {error}", self.from),
                "give a folder, an address or a file of JSON lines",
            )
        })?;
        let progress = screen.counting("reading", "rows");
        let mut input = std::io::BufReader::new(opened);
        let read = store::lines::read(&mut input, &to, &mut |n| progress.set(n as usize));
        progress.end();
        let read = read.map_err(|error| {
            let mut failure = Failure::from(error);
            failure.message = format!("{}: {}", self.from, failure.message);
            failure
        })?;
        checked(screen, &self.from, &to, read, self.json)
    }
}

fn copy(screen: &Screen, from: &Place, to: &Place, json: bool) -> Result<ExitCode, Failure> {
    let mut store = Store::open(from)?;
    let progress = screen.counting("copying", "rows");
    let copied = store::copy::copy(&mut store, to, &mut |n| progress.set(n as usize))?;
    progress.end();
    checked(screen, &from.to_string(), to, copied, json)
}

/// Holds a copy against its log, and tells of it.
fn checked(
    screen: &Screen,
    from: &str,
    to: &Place,
    copied: u64,
    json: bool,
) -> Result<ExitCode, Failure> {
    let mut made = Store::open(to)?;
    let audit = store::audit::verify(&mut made, &mut |_| {})?;
    if let Some(fault) = audit.faults.first() {
        return Err(Failure::new(
            format!(
                "{to}: the copy is not as it should be: {}: {}",
                fault.place, fault.what
            ),
            "`crossbearing audit verify` says whether the original is; then copy again to another place",
        ));
    }
    let at = store::log::time(now());
    if json {
        screen.json(&pretty(&serde_json::json!({
            "from": from, "to": to.to_string(), "rows": copied, "at": at,
            "head": audit.head, "hash": audit.hash,
        }))?)?;
    } else {
        screen.data(&format!(
            "copied {from} to {to}: {}, {}\nhead {}:{}\n",
            count(copied, "row"),
            count(audit.reports, "report"),
            audit.head,
            audit.hash
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
