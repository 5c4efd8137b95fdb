//! `crossbearing review`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use casebook::{
    book::{self, Hand, Review},
    files,
    publish::words,
};
use clap::{Args, Subcommand};
use store::{
    Store, judgements,
    proposals::{self, Proposal},
    results,
};

use super::{At, count, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// Bytes of a file of tasks, at most.
const MOST: u64 = 1 << 30;

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
    /// The claim is as the report has it; a proposal becomes a claim.
    Accept {
        /// Id of the claim, or of the proposal.
        claim: String,
        #[command(flatten)]
        why: Why,
    },
    /// The claim is not what the report says; it counts no more. A proposal is not proposed again.
    Reject {
        /// Id of the claim, or of the proposal.
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
    /// Takes back what was corrected in Label Studio, on tasks made by `export labelstudio`: a region taken out is a
    /// rejection, another value a correction, a new region a claim added.
    Labelstudio {
        /// The project as Label Studio exports it (JSON).
        file: PathBuf,
        /// Only say what would be decided.
        #[arg(long)]
        dry_run: bool,
        /// Why: what is said of all of them.
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
    /// Lists what a language model proposed and nobody decided on.
    Proposals {
        /// So many at most.
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
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
            What::Labelstudio {
                file,
                dry_run,
                reason,
            } => {
                let who = self.at.actor().who;
                return labelled(
                    &mut store,
                    screen,
                    (&file, &reason, &who),
                    dry_run,
                    self.json,
                );
            }
            What::Proposals { limit } => {
                return proposals(&mut store, screen, limit, self.json);
            }
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

/// Takes down what a file of Label Studio decides; what cannot be taken down is told and stops nothing else.
fn labelled(
    store: &mut Store,
    screen: &mut Screen,
    (file, reason, who): (&Path, &str, &str),
    dry_run: bool,
    json: bool,
) -> Result<ExitCode, Failure> {
    let bytes = files::read(file, MOST).map_err(|error| {
        Failure::new(
            format!("{}: {error}", file.display()),
            "export the project in Label Studio as JSON, and give that file",
        )
    })?;
    let mut found = store.read(&mut |database| book::labelled(database, &bytes))?;
    let mut made = Vec::new();
    let (mut added, mut corrected, mut rejected) = (0, 0, 0);
    for review in &found.decisions {
        let done = match dry_run {
            true => Ok(None),
            false => book::decide(store, review, reason, who, now(), None).map(Some),
        };
        match done {
            Ok(judgement) => {
                match review {
                    Review::Add(_) => added += 1,
                    Review::Correct { .. } => corrected += 1,
                    _ => rejected += 1,
                }
                made.extend(judgement.map(|it| it.id));
            }
            Err(error) => found
                .passed_over
                .push(error.to_string().replace("\n  hint: ", "; ")),
        }
    }
    if json {
        screen.json(&pretty(&serde_json::json!({
            "annotated": found.annotated, "added": added, "corrected": corrected, "rejected": rejected,
            "judgements": made, "passed_over": found.passed_over,
        }))?)?;
    } else {
        let would = if dry_run { "would be " } else { "" };
        screen.data(&format!(
            "{} annotated: {would}added {added}, corrected {corrected}, rejected {rejected}\n{}",
            count(found.annotated as u64, "task"),
            if made.is_empty() {
                ""
            } else {
                "next: crossbearing run\n"
            },
        ))?;
        for why in &found.passed_over {
            screen.say(&format!("passed over: {why}"));
        }
    }
    Ok(match found.passed_over.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(1),
    })
}

/// Lists proposals that wait.
fn proposals(
    store: &mut Store,
    screen: &mut Screen,
    limit: usize,
    json: bool,
) -> Result<ExitCode, Failure> {
    let (all, waiting) = store.read(&mut |database| {
        Ok((
            proposals::waiting_in_all(database)?,
            proposals::waiting(database, 0, limit)?,
        ))
    })?;
    if json {
        let one = |it: &Proposal| {
            serde_json::json!({
                "id": it.id, "report": it.claim.report, "model": it.model, "prompt": it.prompt, "at": it.at,
                "claim": it.claim,
            })
        };
        let list: Vec<serde_json::Value> = waiting.iter().map(one).collect();
        screen.json(&pretty(
            &serde_json::json!({"waiting": all, "proposals": list}),
        )?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = String::new();
    for it in &waiting {
        let claim = &it.claim;
        let quote = claim.quote();
        let words = format!("…{}«{}»{}…", quote.prefix, quote.exact, quote.suffix);
        out.push_str(&format!(
            "{} in {}: {} {}, {}; {}, {}\n    {}\n    proposed by {} (prompt {})\n",
            it.id,
            claim.report,
            words::slot(claim.slot).to_lowercase(),
            claim.value.label(),
            results::who(&claim.scope),
            words::stance(claim.stance.kind),
            results::chain(claim, None),
            words.split_whitespace().collect::<Vec<_>>().join(" "),
            it.model,
            it.prompt,
        ));
    }
    out.push_str(&match all {
        0 => "no proposal waits\n".to_owned(),
        n => format!(
            "{} for a decision\nnext: crossbearing review accept ID --reason …, or crossbearing review reject ID \
             --reason …\n",
            match n {
                1 => "1 proposal waits".to_owned(),
                n => format!("{} wait", count(n, "proposal")),
            }
        ),
    });
    screen.data(&out)?;
    Ok(ExitCode::SUCCESS)
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
