//! Round-ups of a war: in a report of three settlements or more, each with people of its own, a new one opens an event.

use std::collections::HashSet;

use super::{
    super::place::told::Placed,
    facts::Facts,
    ground::{Ground, place_at},
    scene::Scene,
};
use crate::read::places::{holds, same_place};

/// Places in a report from which it is a round-up.
const ROUND: usize = 3;

/// The grounds of a report that is a round-up.
#[derive(Clone, Debug, Default)]
pub struct Rounds {
    is: bool,
}

impl Rounds {
    /// Looks whether a report is one: sentences of several grounds newly tell of people or of strikes. The same number
    /// of people at every one of them is one happening told with a village, its town and its district in turn.
    pub fn of(all: &[Facts]) -> Self {
        let grounds: Vec<(u64, u64)> = all
            .iter()
            .filter(|facts| facts.streets.is_empty() && (facts.fresh || facts.violent))
            .filter_map(|facts| Some((facts.ground.as_ref()?.key, facts.people)))
            .take(64)
            .collect();
        let different: HashSet<u64> = grounds.iter().map(|(key, _)| *key).collect();
        let with_people = || grounds.iter().filter(|(_, people)| *people > 0);
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

    /// Whether a sentence opens a happening at another place than that of the scene.
    pub fn opens(&self, cx: &Placed<'_>, scene: &Scene, facts: &Facts) -> bool {
        let Some(ground) = facts.ground.as_ref().filter(|_| self.is) else {
            return false;
        };
        let told = facts.fresh || facts.violent && facts.block;
        let retold = facts.people > 0 && facts.people == scene.people && !facts.block
            || facts.takes_up
            || facts.ages.iter().any(|age| scene.ages.contains(age))
            || facts.names.iter().any(|name| scene.names.contains(name));
        told && !retold
            && facts.streets.is_empty()
            && scene.streets.is_empty()
            && (scene.victims || scene.violent)
            && scene
                .ground
                .as_ref()
                .is_some_and(|known| known.key != ground.key && !nested(cx, known, ground))
    }
}

/// Whether one place lies in the other.
fn nested(cx: &Placed<'_>, a: &Ground, b: &Ground) -> bool {
    let place = |ground: &Ground| {
        let at = place_at(cx, &ground.tokens)?;
        Some(&cx.read.places[at].place)
    };
    match (place(a), place(b)) {
        (Some(a), Some(b)) => same_place(a, b) || holds(a, b) || holds(b, a),
        _ => false,
    }
}
