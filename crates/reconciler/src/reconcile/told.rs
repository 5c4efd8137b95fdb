//! How a figure is told, as its own words and rule show: early, one by one, of a family only.
//!
//! Comes in: a claim on people. Goes out: yes or no. It knows nothing of other claims.

use model::{Claim, Standing};

use crate::link::words;

/// Words that mark a figure as one given before others were.
const EARLY: &[&str] = &[
    "initial",
    "initially",
    "early",
    "earlier",
    "first",
    "originally",
    "preliminary",
];

/// Words for people of one family.
const KIN: &[&str] = &[
    "family",
    "families",
    "relative",
    "relatives",
    "cousins",
    "siblings",
    "brothers",
    "sisters",
];

fn says(claim: &Claim, list: &[&str]) -> bool {
    claim.quotes.iter().any(|quote| {
        words::fold(&quote.exact)
            .iter()
            .any(|word| list.contains(&word.as_str()))
    })
}

/// Chance, in thousandths, from which on a judged figure is its report's own.
pub const LIKELY: u16 = 500;

/// Whether a claim gives the toll of its report as a whole, parts and early figures taken in.
pub fn own_toll(claim: &Claim) -> bool {
    match claim.own {
        Some(chance) => chance >= LIKELY && holds(claim),
        None => claim.rule.ends_with("own-toll"),
    }
}

/// Whether it gives the toll, and its words leave the number open.
pub fn open_toll(claim: &Claim) -> bool {
    claim.rule.ends_with("/open-own-toll")
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
    says(claim, EARLY)
        || claim.speakers.first().is_some_and(|speaker| {
            words::fold(&speaker.label())
                .iter()
                .any(|word| EARLY.contains(&word.as_str()))
        })
}

/// Whether what is not certain is told as likely: "likely killed", not "possibly killed".
pub fn likely(claim: &Claim) -> bool {
    claim.stance.cue.as_ref().is_some_and(|cue| {
        words::fold(&cue.exact).iter().any(|word| {
            matches!(
                word.as_str(),
                "likely" | "probably" | "presumably" | "presumed" | "believed"
            )
        })
    })
}

/// Whether the figure counts people told of one by one or beside others, or adds up a list.
pub fn listed(claim: &Claim) -> bool {
    ["/enumerated", "/sum-of-list", "/others"]
        .iter()
        .any(|rule| claim.rule.ends_with(rule))
}

/// Whether the figure counts the members of a family.
pub fn family(claim: &Claim) -> bool {
    says(claim, KIN)
}
