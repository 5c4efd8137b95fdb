//! The verdict on a finding: how its positions stand, and why.

use std::collections::BTreeSet;

use model::{OriginKind, RelationKind, SlotGroup, StanceKind, Verdict};

use super::positions::PositionDraft;
use super::{counts, draft::FindingDraft, intervals, relation_graph::RelationEdge};
use crate::ledger::Ledger;

/// Decides, from the positions and the relations that touch the finding.
///
/// Disputed: a standing claim is contradicted, or two standing figures of one toll share no number. Revised: a position
/// does not stand any more. Corroborated: two or more independent voices, none of them a party to it, hold what can
/// hold together. Single-origin: one such voice. Unconfirmed: none.
pub fn decide(
    ledger: &Ledger<'_>,
    draft: &FindingDraft,
    touching: &[&RelationEdge],
) -> (Verdict, String) {
    let standing: BTreeSet<usize> = draft
        .positions
        .iter()
        .filter(|held| held.competes())
        .flat_map(|held| held.entries.iter().copied())
        .collect();
    let inner = |link: &RelationEdge| standing.contains(&link.a) && standing.contains(&link.b);
    let counted = draft.slot.group() == SlotGroup::Counts;
    let against: Vec<&&RelationEdge> = touching
        .iter()
        .filter(|link| standing.contains(&link.a) || standing.contains(&link.b))
        .filter(|link| match link.kind {
            RelationKind::Contradicts => true,
            RelationKind::Tension => {
                counted
                    && inner(link)
                    && [link.a, link.b]
                        .iter()
                        .any(|&i| counts::boasts(&ledger.entries[i]))
                    && !link.overtaken
                    && !ledger.entries[link.a].possible()
                    && !ledger.entries[link.b].possible()
            }
            _ => false,
        })
        .collect();
    if let Some(first) = against.first() {
        let more = match against.len() {
            1 => String::new(),
            n => format!("; and {} more", n - 1),
        };
        return (Verdict::Disputed, format!("{}{more}", first.why));
    }
    if let Some(old) = draft.positions.iter().find(|held| !held.stands()) {
        return (Verdict::Revised, old.why.clone());
    }
    let voices = by_voices(
        ledger,
        draft,
        counted,
        agreeing(ledger, touching, &standing),
    );
    // Counts of one running toll that no clock puts in order.
    let moved = touching
        .iter()
        .find(|link| counted && link.kind == RelationKind::Tension && inner(link));
    match moved {
        Some(link) if voices.0 != Verdict::Corroborated => (Verdict::Revised, link.why.clone()),
        _ => voices,
    }
}

/// The voices behind some positions: those that vouch, and parties to it. Nobody named is no voice.
#[derive(Default)]
struct Behind {
    vouching: BTreeSet<usize>,
    parties: BTreeSet<usize>,
}

fn behind<'a>(ledger: &Ledger<'_>, held: impl Iterator<Item = &'a PositionDraft>) -> Behind {
    let mut out = Behind::default();
    for i in held.flat_map(|held| held.entries.iter().copied()) {
        let entry = &ledger.entries[i];
        let origin = ledger.origin(i);
        let hedged = matches!(
            entry.claim.stance.kind,
            StanceKind::Unconfirmed | StanceKind::Possible
        );
        if origin.kind == OriginKind::Unnamed || hedged {
            continue;
        }
        if origin.interested {
            out.parties.insert(entry.origin);
        } else {
            out.vouching.insert(entry.origin);
        }
    }
    out
}

/// Two claims that corroborate each other without being the same word for word: a date and its weekday.
fn agreeing(
    ledger: &Ledger<'_>,
    touching: &[&RelationEdge],
    standing: &BTreeSet<usize>,
) -> Option<(usize, usize)> {
    let vouches =
        |i: usize| ledger.origin(i).kind != OriginKind::Unnamed && !ledger.origin(i).interested;
    touching
        .iter()
        .filter(|link| link.kind == RelationKind::Corroborates)
        .map(|link| (link.a, link.b))
        .find(|&(a, b)| standing.contains(&a) && standing.contains(&b) && vouches(a) && vouches(b))
}

fn by_voices(
    ledger: &Ledger<'_>,
    draft: &FindingDraft,
    counted: bool,
    agreeing: Option<(usize, usize)>,
) -> (Verdict, String) {
    let all = behind(ledger, draft.positions.iter());
    // Figures that can hold together support each other; other values only when they are the same.
    let best = if counted {
        let said = |held: &PositionDraft| &ledger.entries[held.entries[0]];
        let standing = || {
            draft
                .positions
                .iter()
                .filter(|held| held.competes() && !said(held).denied())
        };
        let together = |a: &PositionDraft, b: &PositionDraft| match (
            said(a).claim.value.count(),
            said(b).claim.value.count(),
        ) {
            (Some(x), Some(y)) => !intervals::apart(x, y),
            _ => false,
        };
        standing()
            .map(|held| behind(ledger, standing().filter(|other| together(held, other))))
            .max_by_key(|behind| behind.vouching.len())
            .unwrap_or_default()
    } else {
        draft
            .positions
            .iter()
            .map(|held| behind(ledger, std::iter::once(held)))
            .max_by_key(|behind| behind.vouching.len())
            .unwrap_or_default()
    };
    let label = |origin: &usize| ledger.voices.origins[*origin].label.as_str();
    let party = all
        .parties
        .iter()
        .next()
        .map(|origin| format!("; {}, a party to it, speaks for itself", label(origin)))
        .unwrap_or_default();
    let names: Vec<&str> = best.vouching.iter().map(label).collect();
    match (names.as_slice(), all.vouching.len()) {
        ([one, two], _) => (
            Verdict::Corroborated,
            format!("{one} and {two}, independent as far as can be told{party}"),
        ),
        ([one, two, rest @ ..], _) => (
            Verdict::Corroborated,
            format!(
                "{one}, {two} and {} more independent voices{party}",
                rest.len()
            ),
        ),
        _ if agreeing.is_some() => {
            let (a, b) = agreeing.unwrap_or_default();
            let (one, two) = (&ledger.origin(a).label, &ledger.origin(b).label);
            (
                Verdict::Corroborated,
                format!("{one} and {two}, independent as far as can be told{party}"),
            )
        }
        (_, 0) => unconfirmed(ledger, draft, &all),
        (_, 1) => {
            let only = all.vouching.iter().next().map(label).unwrap_or_default();
            (
                Verdict::SingleOrigin,
                format!("{only} alone says so{party}"),
            )
        }
        (_, n) => (
            Verdict::SingleOrigin,
            format!("{n} voices, but no two of them say the same{party}"),
        ),
    }
}

fn unconfirmed(ledger: &Ledger<'_>, draft: &FindingDraft, all: &Behind) -> (Verdict, String) {
    let why = match all.parties.len() {
        0 => {
            let hedged = draft
                .entries
                .iter()
                .any(|&i| ledger.origin(i).kind != OriginKind::Unnamed);
            if hedged {
                "whoever says it marks it as unconfirmed or only possible".to_owned()
            } else {
                "reported by nobody named".to_owned()
            }
        }
        1 => {
            let only = all.parties.iter().next();
            let label = only.map_or("", |&origin| ledger.voices.origins[origin].label.as_str());
            format!("{label} alone says so, a party to it")
        }
        n => format!("only {n} parties to it say so"),
    };
    (Verdict::Unconfirmed, why)
}
