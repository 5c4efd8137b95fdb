//! One report: its text goes to a model in pieces, and what comes back is held to the text.

use std::{collections::BTreeMap, time::Duration};

use model::{Claim, Reading};
use reader::Resources;
use store::judgements::{Decided, Judgement};

use super::{
    held::{Held, Refused},
    model::{Failed, Model},
    pieces::pieces,
};
use crate::book::judged::{Judged, apply};

/// What asking cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Requests, those that were tried again counted each time.
    pub requests: u64,
    /// Tokens sent, where the server says.
    pub tokens_in: Option<u64>,
    /// Tokens that came, where the server says.
    pub tokens_out: Option<u64>,
    /// Time that the answers took.
    pub time: Duration,
}

impl Cost {
    /// Adds another.
    pub fn add(&mut self, other: &Cost) {
        let sum = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))),
        };
        self.requests += other.requests;
        self.tokens_in = sum(self.tokens_in, other.tokens_in);
        self.tokens_out = sum(self.tokens_out, other.tokens_out);
        self.time += other.time;
    }
}

/// What came of asking about a report.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The claims that were held to the text.
    pub claims: Vec<Claim>,
    /// Lines that were not, by reason.
    pub refused: BTreeMap<Refused, u64>,
    /// What it cost.
    pub cost: Cost,
    /// Whether all of the text was sent: of a very long one the end is not.
    pub whole: bool,
    /// Why the rest was not asked about, where something failed.
    pub failed: Option<Failed>,
}

/// A reading with claims that were proposed on it, as it would be had a person taken them all: what a model could add
/// at most.
pub fn as_taken(reading: &Reading, claims: Vec<Claim>) -> Reading {
    let mut reading = reading.clone();
    let judgement = |(claim, seq): (Claim, i64)| Judgement {
        seq,
        id: format!("j:{seq}"),
        at: String::new(),
        who: String::new(),
        decided: Decided {
            kind: "add".to_owned(),
            subject: claim.id.to_string(),
            other: Some(claim.report.to_string()),
            field: None,
            value: serde_json::to_string(&claim).ok(),
            reason: String::new(),
            before: None,
        },
    };
    let all: Vec<Judgement> = claims.into_iter().zip(1..).map(judgement).collect();
    apply(&mut reading, &Judged::of(&all));
    crossbearing::keyed(reading)
}

/// Asks a model about a report that was read. `before` are claims that were proposed on it already, those included that
/// nobody took.
pub fn of_reading(
    reading: &Reading,
    before: &[Claim],
    model: &Model,
    resources: &Resources,
) -> Outcome {
    let mut out = Outcome::default();
    let by = model.by();
    let mut held = Held::new(reading, before, &resources.pipeline, &by);
    let published = reading.report.published.as_ref();
    let published = published.map(|when| when.date().to_string());
    let (pieces, whole) = pieces(&reading.text);
    out.whole = whole;
    for piece in &pieces {
        let said = match model.ask(&piece.words, published.as_deref()) {
            Ok(said) => said,
            Err(failed) => {
                out.failed = Some(failed);
                break;
            }
        };
        out.cost.add(&Cost {
            requests: said.requests,
            tokens_in: said.tokens_in,
            tokens_out: said.tokens_out,
            time: said.time,
        });
        let mut count = |why: Refused, n: u64| {
            if n > 0 {
                *out.refused.entry(why).or_default() += n;
            }
        };
        count(Refused::Unread, said.lines.unread);
        count(Refused::TooMany, said.lines.too_many);
        for line in &said.lines.lines {
            if let Err(why) = held.take(line, piece.span) {
                count(why, 1);
            }
        }
    }
    out.claims = held.taken();
    out
}
