//! Which rules count a candidate.

use super::{super::candidates::Candidate, families::RULE};
use crate::learned::{Features, hash};

/// Which of the two slots rules count a candidate for.
pub fn rule_bits(candidate: &Candidate) -> u64 {
    u64::from(candidate.killed.is_some()) | u64::from(candidate.injured.is_some()) << 1
}

/// The rules that count a candidate.
pub fn rules(candidate: &Candidate, out: &mut Features) {
    out.triple(RULE, candidate.form as u64 + 50, rule_bits(candidate));
    out.triple(
        RULE,
        candidate.killed.map_or(0, hash),
        candidate.injured.map_or(0, hash),
    );
    out.triple(RULE, rule_bits(candidate), u64::from(candidate.other) + 7);
}
