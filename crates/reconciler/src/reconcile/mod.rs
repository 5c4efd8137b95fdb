//! Relations between claims, findings and the named number rules.
//!
//! Comes in: the ledger of one group. Goes out: findings with their positions, relations, verdicts and numbers. It
//! knows nothing of how claims were read, and says nothing of what is right.
//!
//! Which relations are told, so that they help and do not flood:
//! - between two positions of one finding, one relation, between the claims that show it best (two reports before one);
//! - inside a position, one to each further voice and one to each further report of the same voice;
//! - within one report only what says the same, what is part of what, and what contradicts;
//! - between findings: parts and wholes, the same figure under kindred slots, people told apart, safety against harm,
//!   fighting that goes on against complete control;
//! - where many positions are held, only neighbours and extremes.

mod across;
pub mod align;
mod armed;
mod background;
mod control;
mod counts;
pub(crate) mod dates;
mod draft;
pub(crate) mod figure_traits;
mod found;
pub(crate) mod intervals;
mod means;
mod people;
mod places;
mod positions;
mod relation_graph;
mod responsibility;
pub mod rules;
mod time;
mod totals;
mod verdict;
mod within;

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Basis, Bound, ClaimId, Finding, Note, Position, Relation, RelationKind, Role, Scope, Slot,
    SlotGroup, Value, Verdict,
};

use crate::ledger::Ledger;
use align::ScopeKey;
use draft::FindingDraft;
use positions::{PositionDraft, PositionStanding};
use relation_graph::{RelationEdge, RelationGraph};

/// Works out what stands. Findings come by family of slots, the disputed ones first in each.
pub fn reconcile(ledger: &Ledger<'_>) -> (Vec<Finding>, Vec<Note>) {
    let mut drafts = drafts(ledger);
    let mut graph = RelationGraph::default();
    for draft in &mut drafts {
        within::relate(ledger, draft, &mut graph);
    }
    across::relate(ledger, &drafts, &mut graph);
    let armed = armed::Armed::of(ledger);
    let mut finding_of = vec![usize::MAX; ledger.entries.len()];
    for (at, draft) in drafts.iter().enumerate() {
        for &i in &draft.entries {
            finding_of[i] = at;
        }
    }
    // Relations by finding: those that start in it, and those that touch it.
    let mut own: Vec<Vec<&RelationEdge>> = drafts.iter().map(|_| Vec::new()).collect();
    let mut touching: Vec<Vec<&RelationEdge>> = drafts.iter().map(|_| Vec::new()).collect();
    for link in &graph.edges {
        let (a, b) = (finding_of[link.a], finding_of[link.b]);
        own[a].push(link);
        touching[a].push(link);
        if a != b {
            touching[b].push(link);
        }
    }
    let mut findings: Vec<(bool, ScopeKey, Finding)> = drafts
        .iter()
        .enumerate()
        .map(|(at, draft)| {
            let presumed = presumed(ledger, &drafts, draft, &armed);
            let own_figures = figures(ledger, draft, &armed);
            let finding = finish(
                ledger,
                draft,
                &own[at],
                &touching[at],
                &own_figures,
                &presumed,
            );
            let calm = finding.verdict != Verdict::Disputed;
            (calm, draft.scope.clone(), finding)
        })
        .collect();
    findings.sort_by(|(calm_a, scope_a, a), (calm_b, scope_b, b)| {
        (a.slot.group(), calm_a, a.slot, scope_a).cmp(&(b.slot.group(), calm_b, b.slot, scope_b))
    });
    let findings = findings
        .into_iter()
        .map(|(_, _, finding)| finding)
        .collect();
    (findings, totals::check(ledger))
}

/// Groups the claims by slot and people. Background accounts take part only with what they tell of the past: never with
/// a count.
fn drafts(ledger: &Ledger<'_>) -> Vec<FindingDraft> {
    let mut groups: BTreeMap<(Slot, ScopeKey), Vec<usize>> = BTreeMap::new();
    for (i, entry) in ledger.entries.iter().enumerate() {
        if entry.main || entry.claim.slot == Slot::Background {
            groups
                .entry((entry.claim.slot, entry.scope.clone()))
                .or_default()
                .push(i);
        }
    }
    groups
        .into_iter()
        .map(|((slot, scope), entries)| FindingDraft {
            positions: positions::group(ledger, &entries),
            slot,
            scope,
            entries,
        })
        .collect()
}

/// Figures of people of whom nothing is said, where this finding is about civilians; else none.
fn presumed(
    ledger: &Ledger<'_>,
    drafts: &[FindingDraft],
    draft: &FindingDraft,
    armed: &armed::Armed,
) -> Vec<rules::Figure> {
    let civilians = ScopeKey {
        role: Role::Civilian,
        ..ScopeKey::default()
    };
    if draft.slot.group() != SlotGroup::Counts || draft.scope != civilians {
        return Vec::new();
    }
    // Where civilians are told as some of the people ("six, five of them civilians"), the others are none.
    let parted: BTreeSet<usize> = draft
        .entries
        .iter()
        .map(|&i| &ledger.entries[i])
        .filter(|entry| entry.claim.evidence.basis == Basis::Including)
        .map(|entry| entry.report)
        .collect();
    drafts
        .iter()
        .find(|other| other.slot == draft.slot && other.scope.is_all())
        .map(|other| figures(ledger, other, armed))
        .unwrap_or_default()
        .into_iter()
        .filter(|figure| !parted.contains(&figure.report))
        .collect()
}

fn finish(
    ledger: &Ledger<'_>,
    draft: &FindingDraft,
    own: &[&RelationEdge],
    touching: &[&RelationEdge],
    figures: &[rules::Figure],
    presumed: &[rules::Figure],
) -> Finding {
    let (verdict, why) = verdict::decide(ledger, draft, touching);
    let mut positions: Vec<&PositionDraft> = draft.positions.iter().collect();
    positions.sort_by_key(|held| {
        (
            !held.competes(),
            std::cmp::Reverse(voices(ledger, held).len()),
            held.entries[0],
        )
    });
    let claim = |i: usize| &ledger.entries[i].claim;
    let scope = if draft.slot.spec().compares_people && !draft.scope.is_all() {
        // The longest words say best who is meant; ties by spelling.
        draft
            .entries
            .iter()
            .map(|&i| &claim(i).scope)
            .min_by_key(|scope| {
                (
                    std::cmp::Reverse(scope.words.chars().count().min(60)),
                    &scope.words,
                )
            })
            .cloned()
            .unwrap_or_default()
    } else {
        Scope::default()
    };
    let mut relations: Vec<&&RelationEdge> = own.iter().collect();
    relations.sort_by_key(|link| (weight(link.kind), link.a, link.b));
    let claims: Vec<&ClaimId> = draft.entries.iter().map(|&i| &claim(i).id).collect();
    Finding {
        id: Finding::id_of(draft.slot, &draft.scope.scope(), &claims),
        slot: draft.slot,
        scope,
        verdict,
        why,
        positions: positions
            .iter()
            .map(|held| position(ledger, held))
            .collect(),
        numbers: (draft.slot.group() == SlotGroup::Counts).then(|| rules::apply(figures, presumed)),
        relations: relations
            .iter()
            .map(|link| Relation {
                a: claim(link.a).id.clone(),
                b: claim(link.b).id.clone(),
                kind: link.kind,
                why: link.why.clone(),
            })
            .collect(),
    }
}

/// What disagrees first.
fn weight(kind: RelationKind) -> usize {
    [
        RelationKind::Contradicts,
        RelationKind::Tension,
        RelationKind::Revises,
        RelationKind::Corroborates,
        RelationKind::Compatible,
        RelationKind::PartOf,
        RelationKind::SamePlace,
        RelationKind::SameOrigin,
        RelationKind::SameClaim,
        RelationKind::ScopeDiffers,
    ]
    .iter()
    .position(|other| *other == kind)
    .unwrap_or(usize::MAX)
}

/// The independent voices behind a position; nobody named is none.
fn voices(ledger: &Ledger<'_>, held: &PositionDraft) -> BTreeSet<usize> {
    held.entries
        .iter()
        .map(|&i| ledger.entries[i].origin)
        .filter(|&origin| ledger.voices.origins[origin].kind != model::OriginKind::Unnamed)
        .collect()
}

fn position(ledger: &Ledger<'_>, held: &PositionDraft) -> Position {
    let mut claims: Vec<_> = held
        .entries
        .iter()
        .map(|&i| ledger.entries[i].claim.id.clone())
        .collect();
    claims.sort();
    let origins: BTreeSet<usize> = held
        .entries
        .iter()
        .map(|&i| ledger.entries[i].origin)
        .collect();
    let mut ids: Vec<_> = origins
        .iter()
        .map(|&origin| ledger.voices.origins[origin].id.clone())
        .collect();
    ids.sort();
    // The finest place, else the value as first said.
    let value = held
        .entries
        .iter()
        .map(|&i| &ledger.entries[i].claim.value)
        .min_by_key(|value| match value {
            Value::Place(place) => Some(place.precision),
            _ => None,
        });
    Position {
        value: value.cloned().unwrap_or(Value::Words {
            words: String::new(),
        }),
        claims,
        origins: ids,
        interested: origins
            .iter()
            .all(|&origin| ledger.voices.origins[origin].interested),
        standing: held.competes(),
        replaced: held.standing == PositionStanding::Replaced,
        why: held.why.clone(),
    }
}

/// Share of a judged toll from which on a lower one of a later day takes its place; what is lower still counts fewer
/// people.
const NEAR: f64 = 0.85;

/// Why a figure is no standing total any more, where reports' own tolls were judged: a later day's own toll took its
/// place, or it is a vague word beside numbers. What somebody else says holds against the tolls of its own day only.
fn overtaken(ledger: &Ledger<'_>, tolls: &[usize], numbered: bool, i: usize) -> Option<String> {
    let entry = &ledger.entries[i];
    let count = entry.claim.value.count()?;
    if count.bound == Bound::Vague && numbered && !tolls.is_empty() {
        return Some("a vague word, where others give numbers".to_owned());
    }
    let own = figure_traits::own_toll(entry.claim);
    tolls
        .iter()
        .filter(|&&j| !ledger.origin(j).interested)
        .map(|&j| &ledger.entries[j])
        .filter(|toll| matches!(time::two_voices(toll, entry), time::Lag::Later(_)))
        .filter_map(|toll| toll.claim.value.count())
        .find(|toll| {
            let near = toll.low as f64 >= count.low as f64 * NEAR;
            intervals::apart(toll, count) && (!own || toll.low > count.low || near)
        })
        .map(|toll| format!("a later day's figure took its place: {}", toll.label()))
}

/// The figures of a count finding as the rules see them.
fn figures(ledger: &Ledger<'_>, draft: &FindingDraft, armed: &armed::Armed) -> Vec<rules::Figure> {
    let mut out = Vec::new();
    let judged: Vec<usize> = draft
        .entries
        .iter()
        .copied()
        .filter(|&i| ledger.entries[i].claim.own.is_some())
        .filter(|&i| {
            figure_traits::own_toll(ledger.entries[i].claim) && !ledger.entries[i].denied()
        })
        .collect();
    let numbered = draft.positions.iter().any(|held| {
        let entry = &ledger.entries[held.entries[0]];
        let count = entry.claim.value.count();
        held.stands()
            && !entry.denied()
            && !entry.possible()
            && count.is_some_and(|count| count.bound != Bound::Vague)
    });
    // Reports that say which of their figures is the toll: their other figures of the same people are parts of it or
    // earlier.
    let tolls: BTreeSet<usize> = draft
        .entries
        .iter()
        .map(|&i| &ledger.entries[i])
        .filter(|entry| {
            figure_traits::own_toll(entry.claim) && !entry.denied() && !entry.possible()
        })
        .map(|entry| entry.report)
        .collect();
    for held in &draft.positions {
        for &i in &held.entries {
            let entry = &ledger.entries[i];
            let Some(count) = entry.claim.value.count() else {
                continue;
            };
            out.push((
                i,
                rules::Figure {
                    claim: entry.claim.id.clone(),
                    count: count.clone(),
                    origin: entry.origin,
                    interested: ledger.origin(i).interested,
                    moment: entry.moment,
                    superseded: (!held.stands()).then(|| held.why.clone()).or_else(|| {
                        if !figure_traits::holds(entry.claim) {
                            return Some(figure_traits::why_gone(entry.claim).to_owned());
                        }
                        // Another voice's figure, or one that may be the report's own as well.
                        let rival = entry
                            .claim
                            .own
                            .is_some_and(|own| !entry.own() || own >= figure_traits::MAYBE);
                        (tolls.contains(&entry.report)
                            && !figure_traits::own_toll(entry.claim)
                            && !rival)
                            .then(|| "the report's own toll stands for it".to_owned())
                            .or_else(|| overtaken(ledger, &judged, numbered, i))
                    }),
                    denied: entry.denied(),
                    possible: entry.possible(),
                    likely: figure_traits::likely(entry.claim),
                    report: entry.report,
                    order: i,
                    own: entry.own(),
                    early: figure_traits::early(entry.claim),
                    listed: figure_traits::listed(entry.claim),
                    family: figure_traits::family(entry.claim),
                    armed: armed.among(entry.report, entry.claim),
                },
            ));
        }
    }
    out.sort_by_key(|(i, _)| *i);
    out.into_iter().map(|(_, figure)| figure).collect()
}
