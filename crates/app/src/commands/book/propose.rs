//! `crossbearing propose`.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use casebook::book::propose::{self, Asking, Model, Plan, Proposed, Refused, Which};
use clap::Args;
use crossbearing::Resources;
use store::{Store, lists::Filter};

use super::{At, count, narrow::Narrow, now, pretty, resources};
use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Asks a language model which claims the reader missed in reports that were read. What it proposes counts nowhere
/// until a person takes it, and nothing is proposed whose words do not stand in the report.
///
/// The texts of the reports are sent to the address that is given, and to no other. Each model is asked once about a
/// report. The key that a service wants is taken from $CROSSBEARING_PROPOSE_KEY.
#[derive(Args)]
pub struct Propose {
    #[command(flatten)]
    at: At,
    /// Incidents and reports by their ids; without any, the reports of all incidents that the days and the country let
    /// through.
    ids: Vec<String>,
    /// The address of an OpenAI-compatible API: http://127.0.0.1:11434/v1. Out in the world, https:// alone.
    #[arg(long, value_name = "URL")]
    url: String,
    /// The model, as the service calls it.
    #[arg(long, value_name = "NAME")]
    model: String,
    /// Seconds that an answer may take.
    #[arg(long, value_name = "N", default_value_t = SECONDS, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    #[command(flatten)]
    narrow: Narrow,
    /// Ask about so many reports at most.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only say what would be sent, and where.
    #[arg(long)]
    dry_run: bool,
    /// The folder that holds the language model, the gazetteer and the encoder of the reader.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Seconds that an answer may take, where nobody says.
pub(super) const SECONDS: u64 = 120;

impl Propose {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let model = model(&self.url, &self.model, self.seconds)?;
        if self.narrow.is_any() && !self.ids.is_empty() {
            return Err(Failure::new(
                "ids and days or a country are two ways to say which reports are meant",
                "give the one or the other",
            ));
        }
        let which = Which {
            ids: self.ids,
            filter: self.narrow.filter(false)?,
            limit: self.limit,
        };
        if self.dry_run {
            let plan = propose::plan(&mut store, &model, &which)?;
            match self.json {
                true => screen.json(&pretty(&serde_json::json!({
                    "host": model.host(), "here": model.is_here(), "model": model.name(),
                    "prompt": propose::prompt_hash(), "plan": plan,
                }))?)?,
                false => screen.data(&planned(&model, &plan))?,
            }
            return Ok(ExitCode::SUCCESS);
        }
        let resources = resources(&mut store, self.data.as_deref())?;
        let who = self.at.actor().who;
        let done = asked(&mut store, screen, &model, &resources, &which, &who)?;
        screen.notes(&done.notes);
        match self.json {
            true => screen.json(&pretty(&done)?)?,
            false => screen.data(&told(&done))?,
        }
        Ok(status(&done))
    }
}

/// The model that is meant.
pub(super) fn model(url: &str, name: &str, seconds: u64) -> Result<Model, Failure> {
    let key = std::env::var(propose::KEY).ok();
    let time = Duration::from_secs(seconds);
    Ok(Model::new(url, name, key, time, env!("CARGO_PKG_VERSION"))?)
}

/// All reports of incidents.
pub(super) fn all() -> Which {
    Which {
        ids: Vec::new(),
        filter: Filter::default(),
        limit: None,
    }
}

/// Asks; says first where texts go.
pub(super) fn asked(
    store: &mut Store,
    screen: &Screen,
    model: &Model,
    resources: &Resources,
    which: &Which,
    who: &str,
) -> Result<Proposed, Failure> {
    let plan = propose::plan(store, model, which)?;
    if plan.reports > 0 {
        screen.say(&leaving(model, &plan));
    }
    let progress = screen.counting("asking about", "reports");
    let asking = Asking { who, now: &now };
    let done = propose::propose(store, model, resources, which, &asking, &mut |n| {
        progress.set(n as usize)
    });
    progress.end();
    Ok(done?)
}

/// Where texts go.
fn leaving(model: &Model, plan: &Plan) -> String {
    let texts = format!("texts of {}", count(plan.reports, "report"));
    match model.is_here() {
        true => format!(
            "{texts} for {} at {}, on this machine",
            model.name(),
            model.host()
        ),
        false => format!(
            "{texts} leave this machine, for {} at {}",
            model.name(),
            model.host()
        ),
    }
}

fn planned(model: &Model, plan: &Plan) -> String {
    format!(
        "nothing is sent now; of a run: {}; {} in {}\n{} asked about before, {} not read yet\n",
        leaving(model, plan),
        count(plan.characters, "character"),
        count(plan.pieces, "piece"),
        plan.asked_before,
        plan.unread,
    )
}

/// What became of it.
pub(super) fn told(done: &Proposed) -> String {
    let mut out = format!("asked about {}", count(done.reports, "report"));
    if done.asked_before > 0 {
        out.push_str(&format!(", {} asked about before", done.asked_before));
    }
    if done.unread > 0 {
        out.push_str(&format!(", {} not read yet", done.unread));
    }
    if done.failed > 0 {
        out.push_str(&format!("; {} failed", done.failed));
    }
    if done.stopped {
        out.push_str("; given up, another run goes on from here");
    }
    let refused: u64 = done.refused.values().sum();
    out.push_str(&format!(
        "\n{} to be reviewed; {} refused\n",
        count(done.proposed, "proposal"),
        count(refused, "line"),
    ));
    for why in Refused::ALL {
        if let Some(n) = done.refused.get(why.name()) {
            out.push_str(&format!("  {n}: {}\n", why.words()));
        }
    }
    let tokens = |n: Option<u64>| n.map_or("unknown".to_owned(), |n| count(n, "token"));
    if done.requests == 0 {
        return out;
    }
    out.push_str(&format!(
        "cost: {}, {} sent, {} received, {:.1} s\n",
        count(done.requests, "request"),
        tokens(done.tokens_in),
        tokens(done.tokens_out),
        done.seconds
    ));
    if done.proposed > 0 {
        out.push_str("next: crossbearing review proposals\n");
    }
    out
}

/// 0, or 1 where asking failed for some report.
pub(super) fn status(done: &Proposed) -> ExitCode {
    match done.failed > 0 {
        true => ExitCode::from(FAILED),
        false => ExitCode::SUCCESS,
    }
}
