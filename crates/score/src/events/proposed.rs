//! What a language model proposes on the reports of events, taken whole, and what asking it cost.

use std::collections::{BTreeMap, BTreeSet};

use casebook::book::propose::{self, Cost, Model, Refused};
use model::{ClaimId, Reading};

use crate::{Engine, Figure, ScoreError};

/// Reports in a row that may fail.
const FAILURES: u64 = 3;

/// What was asked, and what came.
#[derive(Default)]
pub(super) struct Asked {
    reports: u64,
    failed: u64,
    /// Failures in a row.
    row: u64,
    /// The claims that were proposed.
    pub claims: BTreeSet<ClaimId>,
    refused: BTreeMap<Refused, u64>,
    cost: Cost,
}

impl Asked {
    /// Asks about a report and adds all that is proposed, as if somebody had taken it.
    ///
    /// # Errors
    /// If the model cannot be asked, or fails again and again: figures of a part would be none.
    pub fn ask(
        &mut self,
        reading: &mut Reading,
        model: &Model,
        engine: &Engine,
    ) -> Result<(), ScoreError> {
        let outcome = propose::of_reading(reading, &[], model, engine.resources());
        self.reports += 1;
        self.claims
            .extend(outcome.claims.iter().map(|it| it.id.clone()));
        for (why, n) in &outcome.refused {
            *self.refused.entry(*why).or_default() += n;
        }
        self.cost.add(&outcome.cost);
        match &outcome.failed {
            None => self.row = 0,
            Some(failed) => {
                self.failed += 1;
                self.row += 1;
                if failed.is_final() || self.row == FAILURES {
                    return Err(ScoreError::Asking(failed.to_string()));
                }
            }
        }
        *reading = propose::as_taken(reading, outcome.claims);
        Ok(())
    }

    /// The figures of it: `proposals` that stood in their texts, `proposals_refused` lines that were not taken, in all
    /// and by reason.
    pub fn metrics(&self) -> Vec<(String, Figure)> {
        let count = |name: &str, n: u64| (format!("proposals{name}"), Figure::Count(n));
        let mut out = vec![
            count("", self.claims.len() as u64),
            count("_refused", self.refused.values().sum()),
            count("_reports", self.reports),
            count("_failed", self.failed),
            count("_requests", self.cost.requests),
        ];
        let why = |why: &Refused| format!("_refused_{}", why.name().replace('-', "_"));
        out.extend(self.refused.iter().map(|(own, n)| count(&why(own), *n)));
        // A server that does not count says nothing, and not 0.
        let tokens = [
            ("_tokens_in", self.cost.tokens_in),
            ("_tokens_out", self.cost.tokens_out),
        ];
        out.extend(
            tokens
                .into_iter()
                .filter_map(|(name, n)| Some(count(name, n?))),
        );
        let seconds = self.cost.time.as_secs_f64();
        out.push(("proposals_seconds".to_owned(), Figure::Real(seconds)));
        out
    }
}
