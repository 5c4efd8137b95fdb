//! How a figure is told, by its evidence: early, one by one, of a family only.
//!
//! Comes in: a claim on people. Goes out: yes or no. It knows nothing of other claims.

use model::{Basis, Certainty, Claim, Mark, Standing};

/// Chance, in thousandths, from which on a judged figure is its report's own.
pub const LIKELY: u16 = 500;

/// Chance, in thousandths, from which on a judged figure may be its report's own.
pub const MAYBE: u16 = 100;

/// Whether a claim gives the toll of its report as a whole, parts and early figures taken in.
pub fn own_toll(claim: &Claim) -> bool {
    match claim.own {
        Some(chance) => chance >= LIKELY && holds(claim),
        None => claim.evidence.basis == Basis::ReportToll,
    }
}

/// Whether it gives the toll, and its words leave the number open.
pub fn open_toll(claim: &Claim) -> bool {
    claim.evidence.basis == Basis::ReportToll && claim.evidence.certainty == Certainty::Open
}

/// Whether a figure holds when it is told: its words don't call it an earlier one or one taken back.
pub fn holds(claim: &Claim) -> bool {
    claim
        .course
        .as_ref()
        .is_none_or(|course| course.standing == Standing::Now)
}

/// Why a figure does not hold, in a few words.
pub fn why_gone(claim: &Claim) -> &'static str {
    match claim.course.as_ref().map(|course| course.standing) {
        Some(Standing::Withdrawn) => "taken back by the one who gave it",
        _ => "told as an earlier figure",
    }
}

/// Whether the words call the figure an early one.
pub fn early(claim: &Claim) -> bool {
    claim.evidence.has(Mark::Early)
}

/// Whether what is not certain is told as likely: "likely killed", not "possibly killed".
pub fn likely(claim: &Claim) -> bool {
    claim.evidence.has(Mark::Likely)
}

/// Whether the figure counts people told of one by one or beside others, or adds up a list.
pub fn listed(claim: &Claim) -> bool {
    matches!(
        claim.evidence.basis,
        Basis::Enumerated | Basis::SumOfList | Basis::Others
    )
}

/// Whether the figure counts the members of a family.
pub fn family(claim: &Claim) -> bool {
    claim.evidence.has(Mark::Kin)
}
