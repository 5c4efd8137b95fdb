//! `crossbearing list`.

use std::process::ExitCode;

use casebook::book::in_words;
use clap::Args;
use store::lists;

use super::{At, count, narrow::Narrow, pretty};
use crate::{failure::Failure, screen::Screen};

/// Lists the incidents of the casebook, a line each, the latest first.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    narrow: Narrow,
    /// Also incidents that reports tell of in passing only.
    #[arg(long)]
    passing: bool,
    /// How many lines.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl List {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let filter = self.narrow.filter(self.passing)?;
        let lists::Listed { all, lines, .. } =
            lists::incidents(store.database(), &filter, self.limit)?;
        if self.json {
            screen.json(&pretty(
                &serde_json::json!({"incidents": lines, "all": all}),
            )?)?;
            return Ok(ExitCode::SUCCESS);
        }
        screen.data(&table(all, &lines, screen.layout().width))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn table(all: u64, lines: &[lists::Line], width: usize) -> String {
    if lines.is_empty() {
        return "no incident; `crossbearing run` finds them in the reports that were added\n"
            .to_owned();
    }
    let mut out = format!(
        "{:14} {:10} {:>7} {:>7} {:>7}  incident\n",
        "id", "day", "killed", "injured", "reports"
    );
    for line in lines {
        let shown = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
        let id: String = line.case_id.chars().take(12).collect();
        let begin = format!(
            "{id:14} {:10} {:>7} {:>7} {:>7}  ",
            line.day_from.as_deref().unwrap_or("–"),
            shown(line.killed),
            shown(line.injured),
            line.reports
        );
        let room = width.saturating_sub(begin.chars().count()).max(20);
        let mut title: String = line.title.chars().take(room).collect();
        if title.chars().count() < line.title.chars().count() {
            title.pop();
            title.push('…');
        }
        out.push_str(&begin);
        out.push_str(&title);
        out.push('\n');
        if !line.disputed.is_empty() {
            let slots = line.disputed.split(',').map(str::trim);
            out.push_str(&format!("{:51} in dispute: {}\n", "", in_words(slots)));
        }
    }
    if all > lines.len() as u64 {
        out.push_str(&format!(
            "{} more; --limit shows more lines\n",
            count(all - lines.len() as u64, "incident")
        ));
    }
    out
}
