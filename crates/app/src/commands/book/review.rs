//! `crossbearing review`.

use std::process::ExitCode;

use casebook::book::{self, Hand, Review};
use clap::{Args, Subcommand};
use store::judgements;

use super::{At, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// Takes down what a person decides on a claim, a pair of reports or an incident, with a reason. Nothing is deleted:
/// `undo` takes a decision back, and `run` makes the dossiers anew that it bears on.
#[derive(Args)]
pub struct ReviewArgs {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    at: At,
    /// Print JSON.
    #[arg(long, global = true)]
    json: bool,
}

/// Why, and what was known.
#[derive(Args)]
struct Why {
    /// Why: what you saw.
    #[arg(long, value_name = "WORDS")]
    reason: String,
    /// Refuse if somebody has decided on it since this judgement (its number, as `show` and `log` give it).
    #[arg(long, value_name = "N")]
    seen: Option<i64>,
}

#[derive(Subcommand)]
enum What {
    /// The claim is as the report has it.
    Accept {
        /// Id of the claim.
        claim: String,
        #[command(flatten)]
        why: Why,
    },
    /// The claim is not what the report says; it counts no more.
    Reject {
        /// Id of the claim.
        claim: String,
        #[command(flatten)]
        why: Why,
    },
    /// The claim should say something else.
    Correct {
        /// Id of the claim.
        claim: String,
        /// What is wrong.
        #[arg(value_parser = ["value", "scope", "stance", "speaker"])]
        field: String,
        /// What it should be: "at least 12"; civilian, children; denied; "Name (Body) > Outlet".
        to: String,
        #[command(flatten)]
        why: Why,
    },
    /// The report makes a claim that the reader did not find.
    Add {
        /// Id of the report.
        report: String,
        /// What the claim is about: killed, injured, event, where, actor …
        slot: String,
        /// What it says: "at least 12"; 2031-03-04; a name. May be left out where the words say all.
        #[arg(default_value = "")]
        value: String,
        /// The words that say so, as they stand in the report.
        #[arg(long, value_name = "WORDS")]
        words: String,
        /// About where they begin, in characters, where they stand there more than once.
        #[arg(long, value_name = "N")]
        at: Option<usize>,
        /// Whom it counts: "civilian, children". Usual: everybody.
        #[arg(long, value_name = "WHO", default_value = "")]
        scope: String,
        /// How firmly it is said: asserted, reported, claimed, possible, denied, unconfirmed.
        #[arg(long, default_value = "")]
        stance: String,
        /// Who says it: "Name (Body)". Usual: the outlet itself.
        #[arg(long, value_name = "NAME", default_value = "")]
        speaker: String,
        /// The day at which a figure stood: 2031-03-04.
        #[arg(long, value_name = "DAY", default_value = "")]
        as_of: String,
        #[command(flatten)]
        why: Why,
    },
    /// Two reports tell of one incident.
    Same {
        /// Id of one report.
        a: String,
        /// Id of the other.
        b: String,
        #[command(flatten)]
        why: Why,
    },
    /// Two reports tell of different incidents.
    Different {
        /// Id of one report.
        a: String,
        /// Id of the other.
        b: String,
        #[command(flatten)]
        why: Why,
    },
    /// Two incidents are one.
    Merge {
        /// Id of one incident.
        a: String,
        /// Id of the other.
        b: String,
        #[command(flatten)]
        why: Why,
    },
    /// Some reports of an incident tell of another one.
    Split {
        /// Id of the incident.
        case: String,
        /// Ids of the reports.
        #[arg(required = true)]
        reports: Vec<String>,
        #[command(flatten)]
        why: Why,
    },
    /// A report tells of another incident.
    Move {
        /// Id of the report.
        report: String,
        /// Id of the incident it tells of.
        to: String,
        #[command(flatten)]
        why: Why,
    },
    /// A decision was wrong.
    Undo {
        /// Id of the judgement.
        judgement: String,
        #[command(flatten)]
        why: Why,
    },
    /// Lists what was decided.
    Log,
}

impl ReviewArgs {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        let (review, why) = match self.what {
            What::Accept { claim, why } => (Review::Accept { claim }, why),
            What::Reject { claim, why } => (Review::Reject { claim }, why),
            What::Correct {
                claim,
                field,
                to,
                why,
            } => (Review::Correct { claim, field, to }, why),
            What::Add {
                report,
                slot,
                value,
                words,
                at,
                scope,
                stance,
                speaker,
                as_of,
                why,
            } => {
                let hand = Hand {
                    report,
                    slot,
                    value,
                    scope,
                    stance,
                    speaker,
                    as_of,
                    words,
                    at,
                };
                (Review::Add(hand), why)
            }
            What::Same { a, b, why } => (Review::Same { a, b }, why),
            What::Different { a, b, why } => (Review::Different { a, b }, why),
            What::Merge { a, b, why } => (Review::Merge { a, b }, why),
            What::Split { case, reports, why } => (Review::Split { case, reports }, why),
            What::Move { report, to, why } => (Review::Move { report, to }, why),
            What::Undo { judgement, why } => (Review::Undo { judgement }, why),
            What::Log => {
                let all = judgements::all(store.database(), i64::MAX)?;
                if self.json {
                    screen.json(&pretty(&all)?)?;
                } else {
                    screen.data(&told(&all))?;
                }
                return Ok(ExitCode::SUCCESS);
            }
        };
        let who = self.at.actor().who;
        let made = book::decide(&mut store, &review, &why.reason, &who, now(), why.seen)?;
        if self.json {
            screen.json(&pretty(&made)?)?;
        } else {
            screen.data(&format!(
                "{} {} by {}: {}\nundo: crossbearing review undo {} --reason …\nnext: crossbearing run\n",
                made.id, made.decided.kind, made.who, made.decided.reason, made.id
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn told(all: &[judgements::Judgement]) -> String {
    let holding: Vec<&str> = judgements::holding(all)
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    let mut out = String::new();
    for one in all {
        let undone = one.decided.kind != "undo" && !holding.contains(&one.id.as_str());
        out.push_str(&format!(
            "{} {} {} by {}: {} {}{}{} – {}\n",
            one.seq,
            one.at,
            one.id,
            one.who,
            one.decided.kind,
            one.decided.subject,
            one.decided
                .other
                .as_ref()
                .map_or_else(String::new, |other| format!(" {other}")),
            if undone { " (taken back)" } else { "" },
            one.decided.reason
        ));
    }
    if all.is_empty() {
        out.push_str("nobody has decided anything\n");
    }
    out
}
