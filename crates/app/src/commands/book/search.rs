//! `crossbearing search`.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use store::search::{self, Query};

use super::{At, pretty};
use crate::{failure::Failure, screen::Screen};

/// Looks for words in the casebook, in any writing of them: accents, Arabic vowel marks and the article do not matter.
///
/// All words must be there; "two words" stand side by side; wor* is the beginning of a word; -word must not be
/// there (all in quotation marks: 'prison -army').
#[derive(Args)]
pub struct Search {
    /// What to look for.
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    at: At,
    /// Where to look.
    #[arg(long = "in", value_name = "WHERE", default_value = "reports")]
    place: Where,
    /// How many to show.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print one JSON array.
    #[arg(long)]
    json: bool,
}

/// Where to look.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Where {
    /// Headlines, outlets and texts.
    Reports,
    /// Claims: what they are about, their words and who says them.
    Claims,
    /// Names of persons, bodies and places.
    Names,
}

impl Search {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let query = Query::parse(&self.words.join(" "))?;
        let database = store.database();
        let finds = match self.place {
            Where::Reports => search::reports(database, &query, self.limit)?,
            Where::Claims => search::claims(database, &query, self.limit)?,
            Where::Names => search::names(database, &query, self.limit)?,
        };
        let found = finds.found;
        if finds.stopped {
            screen.say(&format!(
                "only the latest {} that have all the words were looked at for those side by side",
                search::LOOKED_AT
            ));
        }
        if self.json {
            screen.json(&pretty(&found)?)?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut out = String::new();
        for one in &found {
            let head = [
                one.published.as_deref(),
                one.outlet.as_deref(),
                one.title.as_deref(),
            ];
            let head: Vec<&str> = head.into_iter().flatten().collect();
            out.push_str(&format!("{}  {}\n", one.id, head.join(" · ")));
            out.push_str(&format!("    {}\n", one.words));
            if !one.cases.is_empty() {
                out.push_str(&format!("    incident {}\n", one.cases.join(", ")));
            }
        }
        if found.is_empty() {
            out.push_str("nothing found\n");
        }
        screen.data(&out)?;
        Ok(ExitCode::SUCCESS)
    }
}
