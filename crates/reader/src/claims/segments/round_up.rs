//! Round-ups of a war: in a report of three settlements or more, each with people of its own, a new one opens an event.

use std::collections::HashSet;

use super::{
    super::place::violence::Placed,
    facts::Facts,
    segment::EventSegment,
    settlement::{Settlement, place_at},
};
use crate::read::places::{holds, same_place};

/// Places in a report from which it is a round-up.
const ROUND: usize = 3;

/// The settlements of a report that is a round-up.
#[derive(Clone, Debug, Default)]
pub struct RoundUp {
    is: bool,
}

impl RoundUp {
    /// Looks whether a report is one: sentences of several settlements newly tell of people or of strikes. The same
    /// number of people at every one of them is one event told with a village, its town and its district in turn.
    pub fn of(all: &[Facts]) -> Self {
        let settlements: Vec<(u64, u64)> = all
            .iter()
            .filter(|facts| facts.streets.is_empty() && (facts.fresh || facts.violent))
            .filter_map(|facts| Some((facts.settlement.as_ref()?.key, facts.people)))
            .take(64)
            .collect();
        let different: HashSet<u64> = settlements.iter().map(|(key, _)| *key).collect();
        let with_people = || settlements.iter().filter(|(_, people)| *people > 0);
        let at: HashSet<u64> = with_people().map(|(key, _)| *key).collect();
        let numbers: HashSet<u64> = with_people().map(|(_, people)| *people).collect();
        Self {
            is: different.len() >= ROUND && (at.len() < 2 || numbers.len() > 1),
        }
    }

    /// Whether the report is one.
    pub fn is(&self) -> bool {
        self.is
    }

    /// Whether a sentence opens an event at another place than that of the segment.
    pub fn opens(&self, cx: &Placed<'_>, segment: &EventSegment, facts: &Facts) -> bool {
        let Some(settlement) = facts.settlement.as_ref().filter(|_| self.is) else {
            return false;
        };
        let told = facts.fresh || facts.violent && facts.block;
        let retold = facts.people > 0 && facts.people == segment.people && !facts.block
            || facts.takes_up
            || facts.ages.iter().any(|age| segment.ages.contains(age))
            || facts.names.iter().any(|name| segment.names.contains(name));
        told && !retold
            && facts.streets.is_empty()
            && segment.streets.is_empty()
            && (segment.victims || segment.violent)
            && segment
                .settlement
                .as_ref()
                .is_some_and(|known| known.key != settlement.key && !nested(cx, known, settlement))
    }
}

/// Whether one place lies in the other.
fn nested(cx: &Placed<'_>, a: &Settlement, b: &Settlement) -> bool {
    let place = |settlement: &Settlement| {
        let at = place_at(cx, &settlement.tokens)?;
        Some(&cx.read.places[at].place)
    };
    match (place(a), place(b)) {
        (Some(a), Some(b)) => same_place(a, b) || holds(a, b) || holds(b, a),
        _ => false,
    }
}
