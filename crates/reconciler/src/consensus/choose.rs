//! Which of the figures that reports give stands.
//!
//! Comes in: votes. Goes out: the figure, the reports that give it, and what settled it.
//!
//! Of a small toll of the dead the highest figure stands, unless it is outvoted: a toll of the dead only grows, and a
//! report that missed somebody counts too few. It is outvoted where one report alone gives it and [`AGAINST`] others
//! agree on the next lower one (or two do and it is three times theirs). A report whose words leave the number of dead
//! open counts for a third, and where no other tells of any dead, as many that count the hurt alone outvote it. A small
//! number of hurt is what most reports give, silence counting for nobody where no more reports count somebody; whoever
//! dies leaves the hurt, so reports whose dead are the ones agreed on count twice, and between equals the higher figure
//! stands. Of a large toll ([`LARGE`]) that reports of several days give the days tell more: see [`newest`]. Where
//! people leave a count (the missing, those held), the newest day stands.

use std::collections::{BTreeMap, BTreeSet};

use model::{Agreed, Bound, Change, ClaimId, Dossier, ReportId, Slot, Standing, Vote};

use super::table::Table;
use super::votes::votes;
use crate::reconcile::figure_traits;

/// The figure chosen.
pub struct Chosen {
    /// The number.
    pub n: u64,
    /// The reports that give it, by id.
    pub reports: Vec<ReportId>,
    /// How many reports were weighed.
    pub of: usize,
    /// What settled it; empty where there was nothing to settle.
    pub settled: &'static str,
}

/// Toll from which on people are counted over days: figures are revised, and the newest tells more than the number of
/// those that repeat it.
const LARGE: u64 = 10;
/// Share of a large figure from which on a lower one of a later day corrects it; what is lower still counts fewer
/// people.
const NEAR: f64 = 0.85;
/// Later and lower figures that outweigh a higher one, however low.
const OUTDATED: usize = 3;

/// Chooses among these votes; `None` where none gives a number.
pub fn choose(
    dossier: &Dossier,
    table: &Table<'_>,
    slot: Slot,
    heard: &[&Vote],
    dead: Option<&Agreed>,
) -> Option<Chosen> {
    let mut held: BTreeMap<u64, Vec<&ReportId>> = BTreeMap::new();
    // Silence counts nobody among small numbers only: a long report of a large event may leave the hurt to others.
    let small = heard.iter().all(|vote| vote.n.is_none_or(|n| n < LARGE));
    for vote in heard {
        let silent = (slot == Slot::Injured && small).then_some(0);
        if let Some(n) = vote.n.or(silent) {
            held.entry(n).or_default().push(&vote.report);
        }
    }
    let open = open(dossier, heard);
    let clear = |report: &ReportId| !open.contains(report);
    let hurt = match slot {
        Slot::Killed => votes(dossier, table, Slot::Injured),
        _ => Vec::new(),
    };
    let large = held.keys().any(|n| *n >= LARGE)
        && heard
            .iter()
            .any(|a| a.n.is_some() && heard.iter().any(|b| b.n.is_some() && table.later(a, b)));
    let (n, settled) = match slot {
        Slot::Killed if !large => {
            unsaid(&mut held, &hurt, clear);
            highest(&held, clear)
        }
        Slot::Injured if !large => most(&held, dead),
        slot if !slot.spec().grows && slot != Slot::Injured => last(table, heard),
        _ => newest(table, heard, &held, clear),
    }?;
    let reports = held.get(&n).map_or(&[][..], Vec::as_slice);
    Some(Chosen {
        n,
        reports: reports.iter().map(|report| (*report).clone()).collect(),
        of: held.values().map(Vec::len).sum(),
        settled,
    })
}

/// The highest figure that no later day has put down: by a figure that is told as a correction, by a lower one close to
/// it ([`NEAR`]), or by [`OUTDATED`] lower ones that outnumber those who give it. A figure that one report alone gives
/// is outvoted as in [`highest`], by reports that are no older.
fn newest(
    table: &Table<'_>,
    heard: &[&Vote],
    held: &BTreeMap<u64, Vec<&ReportId>>,
    clear: impl Fn(&ReportId) -> bool,
) -> Option<(u64, &'static str)> {
    let of = |n: u64| heard.iter().filter(move |vote| vote.n == Some(n));
    let mut put_down = false;
    let mut down = held.keys().rev().filter(|n| **n > 0).peekable();
    while let Some(&n) = down.next() {
        let lower: Vec<(&Vote, u64)> = heard
            .iter()
            .filter_map(|vote| Some((*vote, vote.n?)))
            .filter(|(vote, other)| {
                let figure = table.count_of(vote, *other);
                *other < n && figure.high.is_some_and(|high| high < n)
            })
            .collect();
        let later: Vec<u64> = lower
            .iter()
            .filter(|(vote, _)| of(n).all(|own| table.later(vote, own)))
            .map(|(_, other)| *other)
            .collect();
        let corrected = lower
            .iter()
            .any(|(vote, _)| of(n).all(|own| !table.later(own, vote)) && corrects(table, vote, n));
        let near = n >= LARGE && later.iter().any(|other| *other as f64 >= n as f64 * NEAR);
        let outdated = later.len() >= OUTDATED && later.len() > of(n).count();
        // Today's others, against one alone.
        let own: Vec<&ReportId> = of(n).map(|vote| &vote.report).collect();
        let next = down.peek().map(|next| **next);
        let against: Vec<&ReportId> = next
            .iter()
            .flat_map(|next| of(*next))
            .filter(|vote| of(n).all(|own| !table.later(own, vote)))
            .map(|vote| &vote.report)
            .collect();
        let far = next.is_some_and(|next| n >= next.max(1).saturating_mul(3));
        let (mine, theirs) = (weight(&own, &clear), weight(&against, &clear));
        let outvoted = mine <= CLEAR && (theirs >= AGAINST * mine || theirs > mine && far);
        if corrected || near || outdated || outvoted {
            put_down = true;
            if outvoted && !(corrected || near || outdated) && held.len() == 2 {
                return next.map(|next| (next, "; a higher figure stands in one report alone"));
            }
            continue;
        }
        let why = match (put_down, down.peek()) {
            (true, _) => "; higher figures were put down since, or stand in one report alone",
            (false, Some(_)) => "; the highest figure: nobody has put it down since",
            (false, None) => "",
        };
        return Some((n, why));
    }
    last(table, heard)
}

/// Whether a vote's words say that it puts down this figure, or figures as high.
fn corrects(table: &Table<'_>, vote: &Vote, n: u64) -> bool {
    vote.claims
        .iter()
        .filter_map(|id| table.claim(id))
        .any(|claim| {
            claim.course.as_ref().is_some_and(|course| {
                course.standing == Standing::Now
                    && matches!(course.change, Some(Change::Lowered | Change::Corrected))
                    && course.from.as_ref().is_none_or(|from| {
                        from.bound == Bound::Vague || from.stated.unwrap_or(from.low) >= n
                    })
            })
        })
}

/// What the newest day gives: the figure that most of its reports give, the higher of equals.
fn last(table: &Table<'_>, heard: &[&Vote]) -> Option<(u64, &'static str)> {
    let counted: Vec<&&Vote> = heard.iter().filter(|vote| vote.n.is_some()).collect();
    let newest = counted
        .iter()
        .filter(|vote| !counted.iter().any(|other| table.later(other, vote)));
    let mut held: BTreeMap<u64, usize> = BTreeMap::new();
    for n in newest.filter_map(|vote| vote.n) {
        *held.entry(n).or_default() += 1;
    }
    let (n, _) = held.iter().max_by_key(|(n, reports)| (**reports, **n))?;
    let moved = counted.iter().any(|vote| vote.n != Some(*n));
    Some((*n, if moved { "; the newest figure" } else { "" }))
}

/// Reports that outvote a higher figure of one alone.
const AGAINST: usize = 3;

/// What a report weighs whose words are clear, beside one whose words leave the number open.
const CLEAR: usize = 3;

/// The reports whose figure is one that their words leave open.
fn open<'a>(dossier: &Dossier, votes: &[&'a Vote]) -> BTreeSet<&'a ReportId> {
    let open: BTreeSet<&ClaimId> = dossier
        .claims
        .iter()
        .filter(|claim| figure_traits::open_toll(claim))
        .map(|claim| &claim.id)
        .collect();
    votes
        .iter()
        .filter(|vote| vote.claims.iter().any(|id| open.contains(id)))
        .map(|vote| &vote.report)
        .collect()
}

fn weight(reports: &[&ReportId], clear: impl Fn(&ReportId) -> bool) -> usize {
    let own = reports.iter();
    own.map(|report| if clear(report) { CLEAR } else { 1 })
        .sum()
}

/// Lets reports that count the hurt, and tell of nobody dead, stand for nobody dead where a death stands in open words
/// alone.
fn unsaid<'a>(
    held: &mut BTreeMap<u64, Vec<&'a ReportId>>,
    hurt: &'a [Vote],
    clear: impl Fn(&ReportId) -> bool,
) {
    let dead: Vec<&ReportId> = held.values().flatten().copied().collect();
    let silent: Vec<&ReportId> = hurt
        .iter()
        .filter(|vote| vote.n.is_some_and(|n| n > 0) && !dead.contains(&&vote.report))
        .map(|vote| &vote.report)
        .collect();
    let own = weight(&dead, clear);
    if own < CLEAR && !held.contains_key(&0) && silent.len() >= own {
        held.insert(0, silent);
    }
}

/// The highest figure that is not outvoted, and what settled it.
fn highest(
    held: &BTreeMap<u64, Vec<&ReportId>>,
    clear: impl Fn(&ReportId) -> bool,
) -> Option<(u64, &'static str)> {
    let weight = |reports: &Vec<&ReportId>| -> usize {
        let own = reports.iter();
        own.map(|report| if clear(report) { CLEAR } else { 1 })
            .sum()
    };
    let mut down = held
        .iter()
        .rev()
        .map(|(n, reports)| (*n, weight(reports)))
        .peekable();
    let mut outvoted = None;
    while let Some((n, own)) = down.next() {
        let lower = down.peek().copied();
        let against = lower.is_some_and(|(next, others)| {
            let far = n >= next.max(1).saturating_mul(3) && n - next >= 3;
            // Only what `unsaid` put there is nobody.
            let unsaid = next == 0 && own < CLEAR;
            own <= CLEAR && (others >= AGAINST * own || others > own && far || unsaid)
        });
        if !against {
            let why = match (outvoted, lower) {
                (Some(CLEAR), _) => "; a higher figure stands in one report alone",
                (Some(_), _) => "; a higher figure stands where words leave the number open",
                (None, Some(_)) => "; the highest figure: a toll of the dead only grows",
                (None, None) => "",
            };
            return Some((n, why));
        }
        outvoted = Some(own);
    }
    None
}

/// The figure that most reports give, and what settled it.
fn most(
    held: &BTreeMap<u64, Vec<&ReportId>>,
    dead: Option<&Agreed>,
) -> Option<(u64, &'static str)> {
    // Whether a report gives the number of dead that was agreed on; silence is none.
    let agrees = |report: &ReportId| {
        let own = dead
            .and_then(|dead| dead.votes.iter().find(|vote| vote.report == *report))
            .and_then(|vote| vote.n)
            .unwrap_or(0);
        own == dead.map_or(0, |dead| dead.n)
    };
    let weight = |reports: &Vec<&ReportId>| -> usize {
        let own = |report: &&ReportId| 1 + usize::from(agrees(report));
        reports.iter().map(own).sum()
    };
    // Reports that say nothing of the hurt are not heard against more that count them.
    let silent = held.get(&0).map_or(0, Vec::len);
    let all: usize = held.values().map(Vec::len).sum();
    let heard = || held.iter().filter(|(n, _)| **n > 0 || silent * 2 >= all);
    let (n, reports) = heard().max_by_key(|(n, reports)| (weight(reports), **n))?;
    let rivals = heard().filter(|(_, other)| other.len() >= reports.len());
    let why = if rivals.count() > 1 {
        "; as many give another figure: those that agree on the dead count twice, and the higher stands"
    } else {
        ""
    };
    Some((*n, why))
}
