//! Codes in, plain words out: the one place where the product's wording of slots, verdicts, stances, dates and counts
//! stands.
//!
//! Nothing here says what happened: the words are "reported", "according to", "claimed".

mod codes;
mod numbers;
mod reason;
#[cfg(test)]
mod tests;
mod times;
mod values;

pub use codes::{
    according, block, how_many, lineage, origin_kind, party_kind, people, question, relation, role,
    section, severity, short, slot, stance, verdict, verdict_glyph, verdict_meaning,
};
pub use numbers::{count, grouped, many, number, range};
pub use reason::reason;
pub use times::{day, days_between, moment, short_day, when};
pub use values::{gloss, plural};
