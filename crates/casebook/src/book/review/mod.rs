//! What a person decides, taken down.
//!
//! What comes in: what is decided in the words of a command. What goes out: a judgement in the casebook, with what
//! stood there when it was made. The dossiers it bears on are made anew by the next run.

mod hand;
mod labelled;
mod proposal;
pub(super) mod said;

use model::{Claim, PartyKind, Value};
use store::{
    Error, Store,
    database::Database,
    judgements::{self, Decided, Judgement},
    lookup, results,
};

pub use hand::{BY_HAND, Hand};
pub(super) use hand::{LONGEST, Parts, found, places};
pub use labelled::{Labelled, labelled};

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// A claim is as the report has it; a proposal becomes a claim.
    Accept {
        /// Its id, or that of a proposal.
        claim: String,
    },
    /// A claim or a proposal is not what the report says.
    Reject {
        /// Its id.
        claim: String,
    },
    /// A claim should say something else.
    Correct {
        /// Its id.
        claim: String,
        /// `value`, `scope`, `stance`, `speaker`.
        field: String,
        /// What it should say, in words.
        to: String,
    },
    /// A report makes a claim that the reader did not find.
    Add(Hand),
    /// Two reports tell of one incident.
    Same {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
    /// Two reports tell of different incidents.
    Different {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
    /// Two incidents are one.
    Merge {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
    /// Some reports of an incident tell of another one.
    Split {
        /// The incident.
        case: String,
        /// The reports.
        reports: Vec<String>,
    },
    /// A report tells of another incident than it was put to.
    Move {
        /// The report.
        report: String,
        /// The incident it tells of.
        to: String,
    },
    /// A judgement was wrong.
    Undo {
        /// Its id.
        judgement: String,
    },
}

/// Takes a decision down. `seen` is the number of the latest judgement on the thing that whoever decides has seen.
///
/// # Errors
///
/// [`Error::Unknown`] for what is not in the casebook, [`Error::Conflict`] where somebody decided since,
/// [`Error::Refused`] for words that say nothing.
pub fn decide(
    store: &mut Store,
    review: &Review,
    reason: &str,
    who: &str,
    now: jiff::Timestamp,
    seen: Option<i64>,
) -> Result<Judgement, Error> {
    if reason.trim().is_empty() {
        return Err(Error::Refused(
            "a judgement needs a reason\n  hint: --reason \"what you saw\"".to_owned(),
        ));
    }
    let decided = store.read(&mut |database| decided(database, review, reason))?;
    let at = store::log::time(now);
    store.write(&mut |tx| {
        // Taking a proposal and leaving it are judgements on two things: who else decided meanwhile did so here.
        if let Review::Accept { claim } | Review::Reject { claim } = review
            && proposal::is_one(claim)
        {
            proposal::undecided(tx.database(), claim)?;
        }
        tx.judge(&decided, who, &at, seen)
    })
}

fn decided(database: &mut dyn Database, review: &Review, reason: &str) -> Result<Decided, Error> {
    let mut out = Decided {
        kind: String::new(),
        subject: String::new(),
        other: None,
        field: None,
        value: None,
        reason: reason.trim().to_owned(),
        before: None,
    };
    match review {
        Review::Accept { claim } | Review::Reject { claim } if proposal::is_one(claim) => {
            let accept = matches!(review, Review::Accept { .. });
            proposal::decide(database, &mut out, claim, accept)?;
        }
        Review::Correct { claim, .. } if proposal::is_one(claim) => {
            return Err(Error::Refused(format!(
                "{claim}: it is no claim yet\n  hint: accept it, and correct the claim that it becomes; or reject it"
            )));
        }
        Review::Accept { claim } => on_claim(database, &mut out, "accept", claim).map(drop)?,
        Review::Reject { claim } => on_claim(database, &mut out, "reject", claim).map(drop)?,
        Review::Correct { claim, field, to } => {
            let stood = on_claim(database, &mut out, "correct", claim)?;
            out.field = Some(field.clone());
            out.value = Some(corrected(&stood, field, to)?);
        }
        Review::Add(hand) => {
            let claim = hand.claim(database)?;
            out.kind = "add".to_owned();
            out.value = serde_json::to_string(&claim).ok();
            out.other = Some(claim.report.to_string());
            out.subject = claim.id.to_string();
        }
        Review::Same { a, b } | Review::Different { a, b } => {
            let (a, b) = (
                lookup::report_id(database, a)?,
                lookup::report_id(database, b)?,
            );
            if a == b {
                return Err(Error::Refused("both are the same report".to_owned()));
            }
            let same = matches!(review, Review::Same { .. });
            out.kind = if same { "same" } else { "different" }.to_owned();
            out.before = Some(serde_json::json!([[a], [b]]).to_string());
            (out.subject, out.other) = (a, Some(b));
        }
        Review::Merge { a, b } => {
            let (a, b) = (lookup::case_id(database, a)?, lookup::case_id(database, b)?);
            if a == b {
                return Err(Error::Refused("both are the same incident".to_owned()));
            }
            out.kind = "merge".to_owned();
            out.before = Some(
                serde_json::json!([results::about(database, &a)?, results::about(database, &b)?])
                    .to_string(),
            );
            (out.subject, out.other) = (a, Some(b));
        }
        Review::Split { case, reports } => {
            let case = lookup::case_id(database, case)?;
            let all = results::about(database, &case)?;
            let mut off = Vec::new();
            for report in reports {
                let id = lookup::report_id(database, report)?;
                if !all.contains(&id) {
                    return Err(Error::Refused(format!("{id} does not tell of {case}")));
                }
                off.push(id);
            }
            let rest: Vec<&String> = all.iter().filter(|id| !off.contains(id)).collect();
            if off.is_empty() || rest.is_empty() {
                return Err(Error::Refused(
                    "a split leaves some reports here and takes some away\n  hint: name those that tell of another \
                     incident"
                        .to_owned(),
                ));
            }
            out.kind = "split".to_owned();
            out.before = Some(serde_json::json!([off, rest]).to_string());
            out.value = Some(serde_json::json!(off).to_string());
            out.subject = case;
        }
        Review::Move { report, to } => {
            let (report, to) = (
                lookup::report_id(database, report)?,
                lookup::case_id(database, to)?,
            );
            let target = results::about(database, &to)?;
            if target.contains(&report) {
                return Err(Error::Refused(format!("{report} tells of {to} already")));
            }
            let rest = results::fellows(database, &report)?;
            out.kind = "move".to_owned();
            out.before = Some(serde_json::json!([[report], rest, target]).to_string());
            (out.subject, out.other) = (report, Some(to));
        }
        Review::Undo { judgement } => {
            let stood = judgements::one(database, judgement)?;
            out.kind = "undo".to_owned();
            out.subject = stood.id;
        }
    }
    Ok(out)
}

fn on_claim(
    database: &mut dyn Database,
    out: &mut Decided,
    kind: &str,
    claim: &str,
) -> Result<Claim, Error> {
    let (id, stood) = lookup::claim(database, claim)?;
    out.kind = kind.to_owned();
    out.subject = id;
    out.before = serde_json::to_string(&stood).ok();
    Ok(stood)
}

/// What a claim is corrected to, as JSON.
fn corrected(claim: &Claim, field: &str, to: &str) -> Result<String, Error> {
    let to = to.trim();
    let json = |value: Result<String, serde_json::Error>| {
        value.map_err(|error| Error::Refused(error.to_string()))
    };
    match field {
        "value" => json(serde_json::to_string(&value(claim, to)?)),
        "scope" => json(serde_json::to_string(&said::scope(to)?)),
        "stance" => json(serde_json::to_string(&said::stance(to)?)),
        "speaker" => json(serde_json::to_string(&said::speakers(&claim.speakers, to)?)),
        other => Err(Error::Refused(format!(
            "{other}: nothing of a claim is called so\n  hint: value, scope, stance or speaker"
        ))),
    }
}

/// A value of the kind that the claim has.
fn value(claim: &Claim, to: &str) -> Result<Value, Error> {
    let party = match &claim.value {
        Value::Party(party) => party.kind,
        _ => PartyKind::Unknown,
    };
    let mut out = said::value(claim.value.kind(), party, to)?;
    if let (Value::Thing { count, .. }, Value::Thing { count: own, .. }) = (&claim.value, &mut out)
    {
        own.clone_from(count);
    }
    Ok(out)
}
