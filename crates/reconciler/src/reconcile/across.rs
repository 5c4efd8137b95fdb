//! Relations between findings: parts and wholes, kindred slots, people told apart, safety against harm, one speaker in
//! two reports.

use std::collections::{BTreeMap, BTreeSet};

use model::{AgeGroup, OriginKind, RelationKind, Role, Slot, SlotGroup, SpeakerKind};

use super::align::{People, ScopeKey, describe};
use super::{
    control, draft::FindingDraft, found::Found, intervals, people, relation_graph::RelationGraph,
    time, within,
};
use crate::ledger::Ledger;

/// Reports in which a part and its whole are both shown.
const REPORTS: usize = 5;
/// Findings of one slot above which scopes are no longer compared with each other.
const SCOPES: usize = 40;
/// Relations that tell one speaker in several reports.
const SHOWN: usize = 12;

/// Relates the claims of different findings.
pub fn relate(ledger: &Ledger<'_>, drafts: &[FindingDraft], graph: &mut RelationGraph) {
    let mut by_slot: BTreeMap<Slot, Vec<&FindingDraft>> = BTreeMap::new();
    for draft in drafts {
        by_slot.entry(draft.slot).or_default().push(draft);
    }
    let of = |slot: Slot| by_slot.get(&slot).map(Vec::as_slice).unwrap_or_default();
    for safe in of(Slot::Safety) {
        for slot in Slot::having(|spec| spec.harm.is_some()) {
            for harm in of(slot).iter().take(SCOPES) {
                nearest(ledger, safe, harm, graph, people::relate);
            }
        }
    }
    for status in of(Slot::Status) {
        for held in of(Slot::Control) {
            nearest(ledger, status, held, graph, control::relate_mixed);
        }
    }
    for (slot, drafts) in &by_slot {
        let drafts = &drafts[..drafts.len().min(SCOPES)];
        // Reports that give a figure for everybody.
        let totals: BTreeSet<usize> = drafts
            .iter()
            .filter(|draft| draft.scope.is_all())
            .flat_map(|draft| draft.entries.iter().map(|&i| ledger.entries[i].report))
            .collect();
        for (at, one) in drafts.iter().enumerate() {
            for other in &drafts[at + 1..] {
                scopes(ledger, *slot, &totals, one, other, graph);
            }
        }
    }
    let kin: Vec<Slot> = Slot::having(|spec| spec.kindred).collect();
    for (at, slot) in kin.iter().enumerate() {
        for other in &kin[at + 1..] {
            for one in of(*slot).iter().take(SCOPES) {
                for two in of(*other).iter().take(SCOPES) {
                    kindred(ledger, one, two, graph);
                }
            }
        }
    }
    one_speaker(ledger, graph);
}

/// Relates each pair of positions of two findings through the claims that show it best: said at one time, in quotation
/// marks, in one report, first.
fn nearest(
    ledger: &Ledger<'_>,
    one: &FindingDraft,
    other: &FindingDraft,
    graph: &mut RelationGraph,
    relate: impl Fn(&Ledger<'_>, usize, usize) -> Option<Found>,
) {
    for left in one
        .positions
        .iter()
        .filter(|held| held.stands())
        .take(SHOWN)
    {
        for right in other
            .positions
            .iter()
            .filter(|held| held.stands())
            .take(SHOWN)
        {
            let best = left
                .entries
                .iter()
                .take(SHOWN)
                .flat_map(|&i| right.entries.iter().take(SHOWN).map(move |&j| (i, j)))
                .min_by_key(|&(i, j)| {
                    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
                    (
                        time::two_voices(a, b).apart(),
                        std::cmp::Reverse(u8::from(a.claim.direct) + u8::from(b.claim.direct)),
                        a.report != b.report,
                        i,
                        j,
                    )
                });
            if let Some((i, j)) = best
                && let Some(found) = relate(ledger, i, j)
            {
                graph.found(i, j, found);
            }
        }
    }
}

/// Parts and wholes of one slot, and people told apart.
fn scopes(
    ledger: &Ledger<'_>,
    slot: Slot,
    totals: &BTreeSet<usize>,
    one: &FindingDraft,
    other: &FindingDraft,
    graph: &mut RelationGraph,
) {
    let counted = slot.group() == SlotGroup::Counts;
    match one.scope.to(&other.scope) {
        People::Part if counted => part_of(ledger, one, other, graph),
        People::Whole if counted => part_of(ledger, other, one, graph),
        People::Crossing if counted && young(&one.scope, &other.scope) => {
            part_of(ledger, one, other, graph)
        }
        People::Crossing if counted && young(&other.scope, &one.scope) => {
            part_of(ledger, other, one, graph)
        }
        apart @ (People::Apart | People::Crossing)
            if (counted && apart == People::Apart) || slot.spec().told_apart =>
        {
            // Told once, and only between two reports of which each speaks of one kind of people alone: those might be
            // confused.
            let reports = |draft: &FindingDraft| -> BTreeSet<usize> {
                draft
                    .entries
                    .iter()
                    .map(|&i| ledger.entries[i].report)
                    .collect()
            };
            let (ours, theirs) = (reports(one), reports(other));
            let alone = |draft: &FindingDraft, not: &BTreeSet<usize>| {
                draft.entries.iter().copied().find(|&i| {
                    !not.contains(&ledger.entries[i].report)
                        && !totals.contains(&ledger.entries[i].report)
                })
            };
            let pair = alone(one, &theirs).zip(alone(other, &ours));
            if let Some((i, j)) = pair {
                let (i, j) = (i.min(j), i.max(j));
                let who = |i: usize| {
                    let entry = &ledger.entries[i];
                    describe(&entry.scope, &entry.claim.scope.words)
                };
                let far = if apart == People::Apart {
                    "different people"
                } else {
                    "not the same people, as far as said"
                };
                graph.add(
                    i,
                    j,
                    RelationKind::ScopeDiffers,
                    format!("{} against {}: {far}", who(i), who(j)),
                );
            }
        }
        _ => {}
    }
}

/// Children counted beside civilians: they are among them.
fn young(part: &ScopeKey, whole: &ScopeKey) -> bool {
    let civilians = ScopeKey {
        role: Role::Civilian,
        ..ScopeKey::default()
    };
    let children = ScopeKey {
        age: AgeGroup::Children,
        ..ScopeKey::default()
    };
    *part == children && *whole == civilians
}

/// Tells in which claims the people of `part` are among those of `whole`: report by report, or once between two.
fn part_of(
    ledger: &Ledger<'_>,
    part: &FindingDraft,
    whole: &FindingDraft,
    graph: &mut RelationGraph,
) {
    let firsts = |draft: &FindingDraft| {
        let mut map: BTreeMap<usize, usize> = BTreeMap::new();
        for &i in &draft.entries {
            let entry = &ledger.entries[i];
            if !entry.denied() && !entry.possible() {
                map.entry(entry.report).or_insert(i);
            }
        }
        map
    };
    let (parts, wholes) = (firsts(part), firsts(whole));
    let mut pairs: Vec<(usize, usize)> = parts
        .iter()
        .filter_map(|(report, &i)| Some((i, *wholes.get(report)?)))
        .take(REPORTS)
        .collect();
    // A report that gives the part alone: its part is held against the newest whole that can hold it.
    let lone = parts
        .iter()
        .filter(|(report, _)| !wholes.contains_key(report));
    for (_, &i) in lone.take(REPORTS.saturating_sub(pairs.len()).min(2)) {
        let low = ledger.entries[i]
            .claim
            .value
            .count()
            .map_or(0, |count| count.low);
        let holds = |j: &usize| {
            let count = ledger.entries[*j].claim.value.count();
            count.is_some_and(|count| count.high.is_none_or(|high| high >= low))
        };
        if let Some(&j) = wholes.values().rev().find(|j| holds(j)) {
            pairs.push((i, j));
        }
    }
    for (i, j) in pairs {
        let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
        let who = describe(&a.scope, &a.claim.scope.words);
        let of = describe(&b.scope, &b.claim.scope.words);
        let (Some(x), Some(y)) = (a.claim.value.count(), b.claim.value.count()) else {
            continue;
        };
        if intervals::apart(x, y) && x.low > y.low && a.report == b.report {
            graph.add(
                i,
                j,
                RelationKind::Tension,
                format!(
                    "{who}: part of the figure for {of}, but {} is more than {}",
                    x.interval(),
                    y.interval()
                ),
            );
        } else {
            graph.add(
                i,
                j,
                RelationKind::PartOf,
                format!("{who}: part of the figure for {of}"),
            );
        }
    }
}

/// Figures of the same people under kindred slots.
fn kindred(
    ledger: &Ledger<'_>,
    one: &FindingDraft,
    other: &FindingDraft,
    graph: &mut RelationGraph,
) {
    if one.scope.to(&other.scope) != People::Same {
        return;
    }
    for left in one.positions.iter().take(SHOWN) {
        for right in other.positions.iter().take(SHOWN) {
            let pairs = left
                .entries
                .iter()
                .take(SHOWN)
                .flat_map(|&i| right.entries.iter().take(SHOWN).map(move |&j| (i, j)));
            for (i, j) in pairs {
                let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
                let (Some(x), Some(y)) = (a.claim.value.count(), b.claim.value.count()) else {
                    continue;
                };
                if a.denied() || b.denied() || intervals::apart(x, y) {
                    continue;
                }
                let (i, j) = (i.min(j), i.max(j));
                if a.report != b.report {
                    let slots = format!("{} and {}", a.claim.slot, b.claim.slot);
                    graph.add(
                        i,
                        j,
                        RelationKind::Compatible,
                        format!(
                            "{}; {slots} may count the same people",
                            intervals::together(x, y)
                        ),
                    );
                } else if x.interval() == y.interval() {
                    graph.add(
                        i,
                        j,
                        RelationKind::SameClaim,
                        "the same figure for the same people by the same report",
                    );
                } else {
                    continue;
                }
                break;
            }
        }
    }
}

/// One speaker in two reports, told once for each further report: by the person if one is named in both, else by the
/// body.
fn one_speaker(ledger: &Ledger<'_>, graph: &mut RelationGraph) {
    let mut people: BTreeMap<(usize, String), BTreeMap<usize, usize>> = BTreeMap::new();
    let mut bodies: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for (i, entry) in ledger.entries.iter().enumerate() {
        // A statement is what fits no other slot: it shows little of what the speaker says in both.
        let plain = entry.claim.slot == Slot::Statement;
        if !entry.main || plain || ledger.origin(i).kind != OriginKind::Speaker {
            continue;
        }
        bodies
            .entry(entry.origin)
            .or_default()
            .entry(entry.report)
            .or_insert(i);
        if let Some(head) = entry.claim.speakers.first()
            && head.kind == SpeakerKind::Person
        {
            people
                .entry((entry.origin, ledger.names.fold(&head.name)))
                .or_default()
                .entry(entry.report)
                .or_insert(i);
        }
    }
    let mut told: BTreeSet<(usize, usize, usize)> = graph
        .edges
        .iter()
        .filter(|link| link.kind == RelationKind::SameOrigin)
        .map(|link| {
            let (a, b) = (&ledger.entries[link.a], &ledger.entries[link.b]);
            (a.origin, a.report.min(b.report), a.report.max(b.report))
        })
        .collect();
    let groups = people
        .iter()
        .map(|((origin, _), reports)| (*origin, reports))
        .chain(bodies.iter().map(|(origin, reports)| (*origin, reports)));
    for (origin, reports) in groups {
        let mut all = reports.iter();
        let Some((&first, &i)) = all.next() else {
            continue;
        };
        for (&report, &j) in all.take(SHOWN) {
            if !graph.linked(i, j) && told.insert((origin, first, report)) {
                graph.add(i, j, RelationKind::SameOrigin, within::one_voice(ledger, j));
            }
        }
    }
}
