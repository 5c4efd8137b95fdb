//! What a claim says its slot is.

use serde::{Deserialize, Serialize};

use crate::{Count, Party, Place, When};

/// The value of a claim. Which kind a slot takes is said by [`crate::Slot::group`] and the slot's own file in the reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Value {
    /// A number of people: the count slots.
    Count(Count),
    /// A time: `when`.
    When(When),
    /// A place: `where`.
    Place(Place),
    /// A party: `actor target responsibility control`.
    Party(Party),
    /// A kind from a closed list: `event`, `safety`, `status`.
    Kind {
        /// Stable code, snake case: `attack`, `explosion`, `safe`, `ongoing`.
        code: String,
        /// The words.
        words: String,
    },
    /// A thing and how many: `means`.
    Thing {
        /// Stable code, snake case: `car_bomb`, `firearm`.
        code: String,
        /// The words.
        words: String,
        /// How many, where said.
        count: Option<Count>,
    },
    /// Something asked for or done: `appeal`.
    Act {
        /// Stable code, snake case: `release`, `repatriate`, `help`.
        code: String,
        /// The words.
        words: String,
    },
    /// Nothing finer than the words: `statement background assessment evidence conditions …`.
    Words {
        /// The words.
        words: String,
    },
}

impl Value {
    /// The words that gave the value.
    pub fn words(&self) -> &str {
        match self {
            Value::Count(count) => &count.words,
            Value::When(when) => &when.words,
            Value::Place(place) => &place.words,
            Value::Party(party) => &party.name,
            Value::Kind { words, .. }
            | Value::Thing { words, .. }
            | Value::Act { words, .. }
            | Value::Words { words } => words,
        }
    }

    /// The count, if the value is one or carries one.
    pub fn count(&self) -> Option<&Count> {
        match self {
            Value::Count(count) => Some(count),
            Value::Thing { count, .. } => count.as_ref(),
            _ => None,
        }
    }
}
