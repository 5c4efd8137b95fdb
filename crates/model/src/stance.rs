//! With what commitment something is said.

use serde::{Deserialize, Serialize};

use crate::Quote;

/// The commitment of the last speaker who takes a position on the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StanceKind {
    /// Said plainly.
    Asserted,
    /// Passed on from nobody named: "is reported to".
    Reported,
    /// Said by a party to the conflict or with a distancing verb: "claimed", "alleged".
    Claimed,
    /// "may", "might", "thought to", "suspected", "feared".
    Possible,
    /// "denied", "no evidence that".
    Denied,
    /// "has not been confirmed", "could not be verified".
    Unconfirmed,
}

/// A stance and the words that show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stance {
    /// The commitment.
    pub kind: StanceKind,
    /// The words that show it; `None` for a plain assertion.
    pub cue: Option<Quote>,
}

impl Stance {
    /// A plain assertion.
    pub fn asserted() -> Self {
        Self {
            kind: StanceKind::Asserted,
            cue: None,
        }
    }
}
