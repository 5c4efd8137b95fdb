//! How the number of a candidate stands to the others that the report gives.

use super::families::{AGAIN, BESIDE, TITLED};
use crate::learned::{Features, mix};

/// A candidate as other numbers are compared with it.
pub struct Number {
    /// The number.
    pub n: u64,
    /// Its sentence.
    pub sentence: usize,
    /// Which rules count it.
    pub bits: u64,
    /// It is no pronoun.
    pub counts: bool,
}

/// Candidates on either side that a number is compared with.
const MAX_APART: usize = 12;

/// How a number stands to the others of its sentence and of the title, and whether it is said again: "four shot, one
/// fatally".
pub fn numbers(told: &[Number], at: usize, n: u64, title: usize, out: &mut Features) {
    let own = &told[at];
    let order = |other: u64| match other.cmp(&n) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Greater => 2,
    };
    let near = at.saturating_sub(MAX_APART)..(at + MAX_APART).min(told.len());
    let mut sum = 0u64;
    for other in near.filter(|&other| other != at) {
        let one = &told[other];
        if !one.counts || one.sentence.abs_diff(own.sentence) > 1 {
            continue;
        }
        let side = u64::from(other > at) | u64::from(one.sentence == own.sentence) << 1;
        out.triple(BESIDE, mix(side, order(one.n)), mix(one.bits, own.bits));
        if one.sentence == own.sentence {
            sum = sum.saturating_add(one.n);
        }
    }
    out.triple(BESIDE, 90 + order(sum), own.bits);
    let mut most = 0;
    let mut again = 0_u64;
    for one in told.iter().filter(|one| one.counts) {
        if one.sentence < title {
            most = most.max(one.n);
        }
        again += u64::from(one.n == n);
    }
    out.triple(TITLED, order(most), own.bits);
    out.pair(AGAIN, again.min(4));
}
