//! Relations inside one finding: inside each position, and between its positions.

use std::collections::{BTreeMap, BTreeSet};

use model::{Basis, OriginKind, PartyKind, RelationKind, Slot, SlotGroup, Value, words};

use super::counts::Tolls;
use super::found::Found;
use super::positions::{PositionDraft, PositionStanding};
use super::{
    background, control, counts, dates, draft::FindingDraft, figure_traits, means, places,
    relation_graph::RelationGraph, responsibility, time,
};
use crate::ledger::{Entry, Ledger};

/// Positions above which only neighbours and extremes are related.
const MANY: usize = 24;
/// Neighbours related then.
const NEIGHBOURS: usize = 3;
/// Relations told inside one position.
const SHOWN: usize = 12;
/// Positions or voices up to which every pair is told.
const ALL_PAIRS: usize = 4;
/// Pairs of reports told for two positions, when there are few positions.
const PAIRS: usize = 6;
/// Claims of each position tried for a pair that shows how they stand.
const TRIED: usize = 16;

/// Relates the claims of one finding, and marks the positions that a later figure replaced.
pub fn relate(ledger: &Ledger<'_>, draft: &mut FindingDraft, graph: &mut RelationGraph) {
    for held in &draft.positions {
        inside(ledger, draft.slot, held, graph);
    }
    if draft.slot.group() == SlotGroup::Counts {
        draft
            .positions
            .sort_by_key(|held| low(ledger, held).map(|low| (low, held.entries[0])));
    }
    let context = Context::of(ledger, draft);
    let follows = |held: &PositionDraft| {
        let mut all = held
            .entries
            .iter()
            .map(|&i| dates::follows(ledger.entries[i].claim));
        all.try_fold("", |_, why| why)
    };
    if draft.slot == Slot::When && draft.positions.iter().any(|held| follows(held).is_none()) {
        for held in &mut draft.positions {
            if let Some(why) = follows(held) {
                held.standing = PositionStanding::SetAside;
                held.why = why.to_owned();
            }
        }
    }
    let counted = draft.slot.group() == SlotGroup::Counts;
    for held in draft.positions.iter_mut().filter(|_| counted) {
        let some = |&i: &usize| counts::some_of(ledger, &context.tolls, i);
        if held.entries.iter().all(|i| some(i).is_some())
            && let Some(toll) = held.entries.iter().find_map(some)
        {
            held.standing = PositionStanding::SetAside;
            held.why = format!(
                "some of those whom report {} counts in all",
                ledger.letter(ledger.entries[toll].report)
            );
        }
        let gone = |&i: &usize| !figure_traits::holds(ledger.entries[i].claim);
        if held.entries.iter().all(gone) {
            held.standing = PositionStanding::Withdrawn;
            held.why = figure_traits::why_gone(ledger.entries[held.entries[0]].claim).to_owned();
        }
    }
    let mut revised: Vec<(usize, usize, Found, (usize, usize))> = Vec::new();
    for (p, q) in pairs(draft.positions.len()) {
        let (left, right) = (&draft.positions[p], &draft.positions[q]);
        for (i, j, found) in between(ledger, &context, left, right) {
            if found.supersedes {
                let (late, early) = if found.swapped { (q, p) } else { (p, q) };
                revised.push((late, early, found, (i, j)));
            } else {
                graph.found(i, j, found);
            }
        }
    }
    // A long chain of revisions is told link by link: 12 revises 8 and 8 revises 5, so 12 on 5 need not be told.
    let long = draft.positions.len() > ALL_PAIRS;
    let links: BTreeSet<(usize, usize)> = revised
        .iter()
        .map(|(late, early, ..)| (*late, *early))
        .collect();
    for (late, early, found, (i, j)) in revised {
        let through = long
            && links
                .iter()
                .any(|&(a, b)| a == late && b != early && links.contains(&(b, early)));
        if replaced(ledger, &draft.positions[late], &draft.positions[early])
            && draft.positions[early].stands()
        {
            let why = format!("{} in {}", found.why, place(ledger, &draft.positions[late]));
            draft.positions[early].standing = PositionStanding::Replaced;
            draft.positions[early].why = why;
        }
        if !through {
            graph.found(i, j, found);
        }
    }
}

/// The report that gives the newer figure: "report C".
fn place(ledger: &Ledger<'_>, held: &PositionDraft) -> String {
    format!(
        "report {}",
        ledger.letter(ledger.entries[held.entries[0]].report)
    )
}

/// Whether every claim of `early` is older than some claim of `late`: a figure that is still said after the revision
/// stands.
fn replaced(ledger: &Ledger<'_>, late: &PositionDraft, early: &PositionDraft) -> bool {
    early.entries.iter().all(|&i| {
        late.entries.iter().take(64).any(|&j| {
            let (a, b) = (&ledger.entries[j], &ledger.entries[i]);
            let lag = if a.origin == b.origin {
                time::one_voice(a, b)
            } else {
                time::two_voices(a, b)
            };
            matches!(lag, time::Lag::Later(_))
        })
    })
}

fn low(ledger: &Ledger<'_>, held: &PositionDraft) -> Option<u64> {
    ledger.entries[held.entries[0]]
        .claim
        .value
        .count()
        .map(|count| count.low)
}

/// Pairs of positions to relate: all of them, or neighbours and extremes where there are many.
fn pairs(n: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for p in 0..n {
        for q in p + 1..n {
            if n <= MANY || q - p <= NEIGHBOURS || p == 0 || q == n - 1 {
                out.push((p, q));
            } else if q - p > NEIGHBOURS && q < n - 1 {
                // Only the last is left.
                out.push((p, n - 1));
                break;
            }
        }
    }
    out
}

/// What a finding knows beyond two claims.
struct Context {
    slot: Slot,
    /// Entries that are the first of the finding in their report.
    first: BTreeSet<usize>,
    /// Entries that are the first of their family of means in their report.
    first_of_kind: BTreeSet<usize>,
    /// The own toll of each report; empty where the slot counts nobody.
    tolls: Tolls,
    /// The countries of each report's places.
    countries: BTreeMap<usize, BTreeSet<String>>,
    /// Whether the happening is said to go on over days.
    spans: bool,
    /// Pairs of reports told for two positions that disagree.
    pairs: usize,
}

impl Context {
    fn of(ledger: &Ledger<'_>, draft: &FindingDraft) -> Self {
        let mut reports = BTreeSet::new();
        let mut kinds = BTreeSet::new();
        let mut first = BTreeSet::new();
        let mut first_of_kind = BTreeSet::new();
        let mut spans = false;
        let mut countries: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for &i in &draft.entries {
            let entry = &ledger.entries[i];
            if reports.insert(entry.report) {
                first.insert(i);
            }
            if let Value::Place(place) = &entry.claim.value
                && let Some(country) = &place.country
            {
                countries
                    .entry(entry.report)
                    .or_default()
                    .insert(country.clone());
            }
            if let Value::Thing { code, .. } = &entry.claim.value
                && kinds.insert((entry.report, means::family(code)))
            {
                first_of_kind.insert(i);
            }
        }
        if draft.slot == Slot::When {
            spans = ledger.entries.iter().any(|entry| {
                entry.main
                    && matches!(&entry.claim.value, Value::Kind { code, .. }
                        if ["ongoing", "siege", "offensive", "battle", "clash"].contains(&code.as_str()))
            });
        }
        Self {
            slot: draft.slot,
            first,
            first_of_kind,
            countries,
            tolls: if draft.slot.group() == SlotGroup::Counts {
                counts::tolls(ledger, &draft.entries)
            } else {
                Tolls::default()
            },
            spans,
            pairs: if draft.positions.len() <= PAIRS {
                PAIRS
            } else {
                1
            },
        }
    }

    /// Two figures that disagreed, told as such no more once reports of a later day count more people than either.
    fn overtaken(&self, ledger: &Ledger<'_>, i: usize, j: usize, mut found: Found) -> Found {
        let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
        let low = |entry: &Entry<'_>| entry.claim.value.count().map(|count| count.low);
        let most = low(a).max(low(b));
        let later = |toll: &Entry<'_>, than: &Entry<'_>| {
            matches!(time::two_voices(toll, than), time::Lag::Later(_))
        };
        let toll = self
            .tolls
            .values()
            .map(|&toll| &ledger.entries[toll])
            .find(|toll| {
                !counts::boasts(toll) && low(toll) >= most && later(toll, a) && later(toll, b)
            });
        if let Some(count) = toll.and_then(|toll| toll.claim.value.count())
            && found.kind == RelationKind::Contradicts
            && !a.denied()
            && !b.denied()
        {
            found.kind = RelationKind::Tension;
            found.overtaken = true;
            found.why = format!(
                "{}; a later day’s count holds both: {}",
                found.why,
                count.label()
            );
        }
        found
    }

    fn relate(&self, ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
        let pair = |set: &BTreeSet<usize>| (set.contains(&i), set.contains(&j));
        match self.slot {
            slot if slot.group() == SlotGroup::Counts => {
                let found = counts::relate_some(ledger, &self.tolls, i, j)
                    .unwrap_or_else(|| counts::relate(ledger, i, j));
                found.map(|found| self.overtaken(ledger, i, j, found))
            }
            slot if slot.spec().numbers => counts::relate(ledger, i, j),
            Slot::Means => means::relate(ledger, i, j, pair(&self.first_of_kind)),
            Slot::When => dates::relate(ledger, i, j, pair(&self.first), self.spans),
            Slot::Where => {
                let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
                let further = |entry: &Entry<'_>| entry.claim.evidence.basis == Basis::Further;
                let also = further(a) || further(b);
                let one_country =
                    || match (self.countries.get(&a.report), self.countries.get(&b.report)) {
                        (Some(x), Some(y)) => !x.is_disjoint(y),
                        _ => false,
                    };
                (a.report != b.report)
                    .then(|| places::relate(a, b))
                    .flatten()
                    // A name that was found far from all else that its report names is more often a wrong find than
                    // another place.
                    .filter(|found| found.kind != RelationKind::Tension || !also && !one_country())
            }
            Slot::Control => control::relate(ledger, i, j),
            Slot::Status => control::relate_status(ledger, i, j),
            Slot::Responsibility => responsibility::relate(ledger, i, j),
            Slot::Event => event(ledger, i, j),
            Slot::Background => background::relate(ledger, i, j),
            _ => denial(ledger, i, j),
        }
    }
}

/// Kinds of happening that say no more than that there was violence.
const GENERAL: &[&str] = &["attack", "violence", "assault", "incident"];

/// A general word for the happening and a finer one can both hold.
fn event(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    let (Value::Kind { code: x, .. }, Value::Kind { code: y, .. }) =
        (&a.claim.value, &b.claim.value)
    else {
        return None;
    };
    let general = |code: &String| GENERAL.contains(&code.as_str());
    if a.denied() != b.denied() {
        return denial(ledger, i, j);
    }
    (a.report != b.report && general(x) != general(y)).then(|| {
        let (wide, fine) = if general(x) { (x, y) } else { (y, x) };
        Found::new(
            RelationKind::Compatible,
            format!(
                "“{}” may be a wider word for “{}”",
                wide.replace('_', " "),
                fine.replace('_', " ")
            ),
        )
    })
}

/// What one denies and the other says, where values are not compared otherwise.
fn denial(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    let said = |value: &Value| words::key(&value.label());
    // "the gunman was not aiming at anybody" denies no deed: only of a body named is it said that it was not the doer.
    let somebody = a.claim.slot == Slot::Actor
        && [a, b].iter().any(|entry| {
            !matches!(&entry.claim.value, Value::Party(party)
                if matches!(party.kind, PartyKind::State | PartyKind::ArmedGroup | PartyKind::Political))
        });
    if somebody {
        return None;
    }
    (a.claim.slot.group() != SlotGroup::Words
        && a.denied() != b.denied()
        && a.origin != b.origin
        && (said(&a.claim.value) == said(&b.claim.value)
            || a.claim.slot.group() == SlotGroup::People))
        .then(|| Found::new(RelationKind::Contradicts, "one denies what the other says"))
}

/// The pairs of claims that show best how two positions stand, and how: what disagrees or revises once for each pair of
/// reports, what agrees once. Two reports come before one, and what one voice says of its own figure before what two
/// voices do.
fn between(
    ledger: &Ledger<'_>,
    context: &Context,
    left: &PositionDraft,
    right: &PositionDraft,
) -> Vec<(usize, usize, Found)> {
    let (lefts, rights) = (tellers(ledger, left), tellers(ledger, right));
    let mut tried: Vec<(bool, bool, usize, usize)> = Vec::new();
    for &i in &lefts {
        for &j in &rights {
            let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
            tried.push((a.report == b.report, a.origin != b.origin, i, j));
        }
    }
    tried.sort_unstable();
    let mut out: Vec<(usize, usize, Found)> = Vec::new();
    let mut quiet = None;
    let mut told = BTreeSet::new();
    for (_, _, i, j) in tried {
        let Some(found) = context.relate(ledger, i.min(j), i.max(j)) else {
            continue;
        };
        let loud = matches!(
            found.kind,
            RelationKind::Contradicts | RelationKind::Revises | RelationKind::Tension
        );
        let found = orient(left, i.min(j), i.max(j), found);
        if !loud {
            quiet = quiet.or(Some(found));
            continue;
        }
        let (a, b) = (ledger.entries[i].report, ledger.entries[j].report);
        if told.insert((found.2.kind, a.min(b), a.max(b))) {
            out.push(found);
        }
    }
    // Of two positions that disagree in one pair of reports, what agrees elsewhere need not be told.
    if out.is_empty() {
        return quiet.into_iter().collect();
    }
    let mut kept = BTreeMap::new();
    out.retain(|(_, _, found)| {
        let count: &mut usize = kept.entry(found.kind).or_default();
        *count += 1;
        *count <= context.pairs
    });
    out
}

/// The claims of a position that may be shown: the first of each voice in each report.
fn tellers(ledger: &Ledger<'_>, held: &PositionDraft) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    held.entries
        .iter()
        .copied()
        .filter(|&i| seen.insert((ledger.entries[i].report, ledger.entries[i].origin)))
        .take(TRIED)
        .collect()
}

/// Gives the pair back with the claim of `left` first.
fn orient(left: &PositionDraft, i: usize, j: usize, mut found: Found) -> (usize, usize, Found) {
    if left.entries.binary_search(&i).is_ok() {
        (i, j, found)
    } else {
        found.swapped = !found.swapped;
        (j, i, found)
    }
}

/// Relations among claims that hold the same.
fn inside(ledger: &Ledger<'_>, slot: Slot, held: &PositionDraft, graph: &mut RelationGraph) {
    let mut first_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut said_in: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut shown = 0;
    for &i in &held.entries {
        let entry = &ledger.entries[i];
        if let Some(&before) = said_in.get(&(entry.report, entry.origin)) {
            let one = head(ledger, before) == head(ledger, i);
            let (kind, why) = if one {
                (
                    RelationKind::SameClaim,
                    "said twice in one report".to_owned(),
                )
            } else {
                (RelationKind::SameOrigin, one_voice(ledger, i))
            };
            shown += usize::from(shown < SHOWN && graph.add(before, i, kind, why));
            continue;
        }
        said_in.insert((entry.report, entry.origin), i);
        if let Some(&before) = first_of.get(&entry.origin) {
            if shown < SHOWN && graph.add(before, i, RelationKind::SameOrigin, one_voice(ledger, i))
            {
                shown += 1;
            }
            continue;
        }
        first_of.insert(entry.origin, i);
    }
    let firsts: Vec<usize> = {
        let mut all: Vec<usize> = first_of.into_values().collect();
        all.sort_unstable();
        all
    };
    let vouches =
        |i: usize| ledger.origin(i).kind != OriginKind::Unnamed && !ledger.origin(i).interested;
    let Some(&base) = firsts.iter().find(|&&i| vouches(i)).or(firsts.first()) else {
        return;
    };
    let pairs: Vec<(usize, usize)> = if firsts.len() <= ALL_PAIRS {
        let firsts = &firsts;
        let all = |at: usize| firsts[at + 1..].iter().map(move |&j| (firsts[at], j));
        (0..firsts.len()).flat_map(all).collect()
    } else {
        let others = firsts.iter().filter(|&&i| i != base).take(SHOWN);
        others.map(|&i| (base.min(i), base.max(i))).collect()
    };
    for (a, b) in pairs {
        let (kind, why) = agree(ledger, slot, a, b, vouches(a) && vouches(b));
        if ledger.entries[a].report != ledger.entries[b].report
            || kind == RelationKind::Corroborates
        {
            graph.add(a, b, kind, why);
        }
    }
}

/// How two voices that hold the same stand.
fn agree(
    ledger: &Ledger<'_>,
    slot: Slot,
    a: usize,
    b: usize,
    both: bool,
) -> (RelationKind, String) {
    let (x, y) = (
        &ledger.entries[a].claim.value,
        &ledger.entries[b].claim.value,
    );
    if let (Value::Place(p), Value::Place(q)) = (x, y)
        && words::key(&p.label()) != words::key(&q.label())
        && let Some(found) = places::relate(&ledger.entries[a], &ledger.entries[b])
    {
        return (found.kind, found.why);
    }
    let what = match x {
        Value::Count(_) | Value::When(_) | Value::Place(_) => format!("both give {}", x.label()),
        _ => "both say so".to_owned(),
    };
    if [a, b]
        .iter()
        .any(|&i| dates::inferred(ledger.entries[i].claim))
    {
        return (RelationKind::Compatible, dates::LEAVES_ROOM.to_owned());
    }
    if both && slot.spec().corroborates {
        return (
            RelationKind::Corroborates,
            format!("{what}, independently as far as can be told"),
        );
    }
    let why_not = [a, b].into_iter().find_map(|i| {
        let origin = ledger.origin(i);
        if origin.kind == OriginKind::Unnamed {
            Some("one of them from nobody named".to_owned())
        } else {
            origin
                .interested
                .then(|| format!("{} is a party to it", origin.label))
        }
    });
    let why = match why_not {
        Some(why_not) if slot.spec().corroborates => format!("{what}; {why_not}"),
        _ => what,
    };
    (RelationKind::Compatible, why)
}

/// Who is named as saying it.
fn head(ledger: &Ledger<'_>, i: usize) -> String {
    ledger.entries[i]
        .claim
        .speakers
        .first()
        .map(|speaker| words::key(&speaker.label()))
        .unwrap_or_default()
}

/// Why two claims are one voice.
pub fn one_voice(ledger: &Ledger<'_>, i: usize) -> String {
    let origin = ledger.origin(i);
    let interested = if origin.interested {
        ", a party to it"
    } else {
        ""
    };
    match origin.kind {
        OriginKind::Publisher | OriginKind::Agency | OriginKind::Unnamed => {
            let why = origin.why.first().map(|why| format!(": {why}"));
            format!("one voice, {}{}", origin.label, why.unwrap_or_default())
        }
        OriginKind::Speaker => format!("both from {}: one origin{interested}", origin.label),
    }
}
