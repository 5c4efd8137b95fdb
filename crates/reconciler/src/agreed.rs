//! One figure of people where one is wanted: what independent reports give, taken together.
//!
//! Comes in: a dossier. Goes out: a number, the reports that give it, and why it was taken. It is a convention of this project for readers who
//! need one number, beside the named rules and never instead of them; a report that copies another has no vote. On the reports of the Gun Violence
//! Archive the highest figure that is not outvoted is the archive's in 90 of 100 incidents of several reports, the most frequent one in 86. Knows nothing of texts.
//!
//! One report gives one figure: the best figure for everybody (rule `ucdp` over its own claims); without one, the sum over parts that cannot
//! overlap ("two women and a man"); the attacker's own death is added where no figure for everybody holds it, unless there are more than [`ATTACKERS`] or only a party to the fight says it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use model::{
    AgeGroup, Agreed, Claim, ClaimId, Dossier, Finding, LineageKind, RelationKind, ReportId, Role,
    Scope, Slot, StanceKind, Verdict, Vote,
};

use crate::{
    ledger::Moment,
    reconcile::{rules, told},
};

/// The figures for the killed and the injured, where any report speaks of them.
pub(crate) fn all(dossier: &Dossier) -> Vec<Agreed> {
    let killed = agreed(dossier, Slot::Killed, None);
    let injured = agreed(dossier, Slot::Injured, killed.as_ref());
    killed.into_iter().chain(injured).collect()
}

/// The figure of independent reports taken together; `None` where no report speaks of any.
///
/// A toll of the dead only grows, and a report that missed somebody counts too few: the highest figure stands, unless one report alone gives it
/// and [`AGAINST`] others agree on the next lower one (or two do and it is three times theirs). The hurt are counted by all reports, silence for
/// nobody where no more reports count somebody, and the figure that most give stands; whoever dies leaves the hurt, so reports whose dead are the ones agreed on count twice, and
/// between equals the higher figure stands. A report whose words leave the number of dead open counts for a third, and
/// where no other tells of any dead, as many that count the hurt alone outvote it.
fn agreed(dossier: &Dossier, slot: Slot, dead: Option<&Agreed>) -> Option<Agreed> {
    let votes = votes(dossier, slot);
    votes.iter().find(|vote| vote.n.is_some())?;
    let mut held: BTreeMap<u64, Vec<&ReportId>> = BTreeMap::new();
    for vote in &votes {
        if let Some(n) = vote.n.or((slot == Slot::Injured).then_some(0)) {
            held.entry(n).or_default().push(&vote.report);
        }
    }
    let open = open(dossier, &votes);
    let clear = |report: &ReportId| !open.contains(report);
    let hurt = match slot {
        Slot::Killed => self::votes(dossier, Slot::Injured),
        _ => Vec::new(),
    };
    unsaid(&mut held, &hurt, clear);
    let (n, settled) = if slot == Slot::Injured {
        most(&held, dead)
    } else {
        highest(&held, clear)
    }?;
    let reports = held.get(&n)?;
    Some(Agreed {
        slot,
        n,
        low: n,
        high: Some(n),
        label: n.to_string(),
        claims: votes
            .iter()
            .filter(|vote| vote.n == Some(n))
            .flat_map(|vote| vote.claims.iter().cloned())
            .collect(),
        earlier: Vec::new(),
        differs: Vec::new(),
        verdict: Verdict::SingleOrigin,
        why: format!(
            "{} of {} independent reports{settled}",
            reports.len(),
            held.values().map(Vec::len).sum::<usize>()
        ),
        reports: reports.iter().map(|report| (*report).clone()).collect(),
        votes,
    })
}

/// Attackers whose deaths are part of what they did: "the gunman then shot himself".
const ATTACKERS: u64 = 2;
/// Reports that outvote a higher figure of one alone.
const AGAINST: usize = 3;

/// What a report weighs whose words are clear, beside one whose words leave the number open.
const CLEAR: usize = 3;

/// The reports whose figure is one that their words leave open.
fn open<'a>(dossier: &Dossier, votes: &'a [Vote]) -> BTreeSet<&'a ReportId> {
    let open: BTreeSet<&ClaimId> = dossier
        .claims
        .iter()
        .filter(|claim| told::open_toll(claim))
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

/// Lets reports that count the hurt, and tell of nobody dead, stand for nobody dead where a death stands in open words alone.
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

/// The figure of each report that copies no other, by id.
fn votes(dossier: &Dossier, slot: Slot) -> Vec<Vote> {
    let copies: BTreeSet<&ReportId> = dossier
        .lineage
        .iter()
        .filter(|lineage| lineage.kind == LineageKind::Copies && lineage.on.is_some())
        .map(|lineage| &lineage.report)
        .collect();
    let cards = dossier.reports.iter().map(|card| &card.report.id);
    let mut out: BTreeMap<&ReportId, Option<Group<'_>>> = cards
        .filter(|id| !copies.contains(id))
        .map(|id| (id, None))
        .collect();
    let claims: BTreeMap<&ClaimId, &Claim> = dossier
        .claims
        .iter()
        .map(|claim| (&claim.id, claim))
        .collect();
    let mut origin_of: BTreeMap<&ClaimId, usize> = BTreeMap::new();
    for (at, origin) in dossier.origins.iter().enumerate() {
        origin_of.extend(origin.claims.iter().map(|claim| (claim, at)));
    }
    let findings: Vec<&Finding> = dossier
        .findings
        .iter()
        .filter(|finding| finding.slot == slot)
        .collect();
    let mut by_report: BTreeMap<&ReportId, Vec<(&Scope, Vec<rules::Figure>)>> = BTreeMap::new();
    for finding in &findings {
        let mut here: BTreeMap<&ReportId, Vec<rules::Figure>> = BTreeMap::new();
        for position in &finding.positions {
            for claim in position.claims.iter().filter_map(|id| claims.get(id)) {
                // In one report alone a figure that another of it replaced does not stand; across reports each keeps its own.
                let gone = !position.standing && dossier.reports.len() == 1;
                let origin = origin_of.get(&claim.id).copied().unwrap_or(0);
                let interested = dossier
                    .origins
                    .get(origin)
                    .is_some_and(|origin| origin.interested);
                if let Some(figure) = figure(claim, origin, interested, gone) {
                    here.entry(&claim.report).or_default().push(figure);
                }
            }
        }
        for (report, figures) in here {
            let groups = by_report.entry(report).or_default();
            groups.push((&finding.scope, figures));
        }
    }
    let within = attackers_within(&findings, &claims);
    for (report, mut groups) in by_report {
        // What one side says that it killed of the other is no part of what others count, and neither are whole troops of attackers.
        groups.retain(|(scope, figures)| {
            let one_or_two = figures.iter().all(|figure| figure.count.low <= ATTACKERS);
            let impartial = figures.iter().any(|figure| !figure.interested);
            scope.role != Role::Attacker || one_or_two && impartial
        });
        let counted: Vec<Group<'_>> = groups
            .into_iter()
            .filter_map(|(scope, mut figures)| {
                figures.sort_by_key(|figure| figure.order);
                best(scope, &figures)
            })
            .collect();
        if let Some(vote) = out.get_mut(report) {
            *vote = people(counted, within.contains(report));
        }
    }
    // A report that says which of its figures is the toll, attackers and parts taken in, votes for that one.
    for claim in findings
        .iter()
        .filter(|finding| finding.scope.is_all())
        .flat_map(|finding| &finding.positions)
        .flat_map(|position| &position.claims)
        .filter_map(|id| claims.get(id))
        .filter(|claim| told::own_toll(claim) && claim.stance.kind != StanceKind::Denied)
    {
        if let (Some(vote), Some(count)) = (out.get_mut(&claim.report), claim.value.count()) {
            *vote = Some(Group {
                scope: &claim.scope,
                n: count.low,
                claims: vec![claim.id.clone()],
            });
        }
    }
    out.into_iter()
        .map(|(report, group)| {
            let (n, mut claims) = group.map(|it| (it.n, it.claims)).unzip();
            let claims: &mut Vec<ClaimId> = claims.get_or_insert_default();
            claims.sort_unstable();
            claims.dedup();
            Vote {
                report: report.clone(),
                n,
                claims: std::mem::take(claims),
            }
        })
        .collect()
}

/// People of one report who are counted together.
#[derive(Clone)]
struct Group<'a> {
    scope: &'a Scope,
    n: u64,
    claims: Vec<ClaimId>,
}

/// A claim as the rules see it, by itself.
fn figure(claim: &Claim, origin: usize, interested: bool, gone: bool) -> Option<rules::Figure> {
    Some(rules::Figure {
        claim: claim.id.clone(),
        count: claim.value.count()?.clone(),
        origin,
        interested,
        moment: Some(Moment {
            start: DateTime::constant(2000, 1, 1, 0, 0, 0, 0),
            end: DateTime::constant(2000, 1, 2, 0, 0, 0, 0),
            fine: false,
        }),
        superseded: gone.then(|| "a later figure of the same report".to_owned()),
        denied: claim.stance.kind == StanceKind::Denied,
        possible: claim.stance.kind == StanceKind::Possible,
        likely: false,
        report: 0,
        order: claim.quotes.first().map_or(0, |quote| quote.start),
        own: true,
        early: false,
        listed: false,
        family: false,
        armed: 0,
    })
}

/// The figure of one group of people in one report.
fn best<'a>(scope: &'a Scope, figures: &[rules::Figure]) -> Option<Group<'a>> {
    let numbers = rules::apply(figures, &[]);
    [
        (numbers.ucdp.best, &numbers.ucdp),
        (numbers.latest.best, &numbers.latest),
        (numbers.ucdp.low, &numbers.ucdp),
        (numbers.interval.low, &numbers.interval),
    ]
    .into_iter()
    .find_map(|(n, rule)| {
        Some(Group {
            scope,
            n: n?,
            claims: rule.used.clone(),
        })
    })
}

/// The people of one report, from its groups; `within` says that a figure for everybody holds the attackers.
fn people(groups: Vec<Group<'_>>, within: bool) -> Option<Group<'_>> {
    let sum = |keep: &dyn Fn(&Scope) -> bool| {
        let parts = groups.iter().filter(|group| keep(group.scope));
        parts.cloned().reduce(|sum, part| Group {
            n: sum.n.saturating_add(part.n),
            claims: [sum.claims, part.claims].concat(),
            ..sum
        })
    };
    let attackers = sum(&|scope| scope.role == Role::Attacker).filter(|group| group.n > 0);
    // Three ways to cut people into parts that cannot overlap; within each, scopes differ only in that one thing.
    let victims = |scope: &Scope| scope.role != Role::Attacker;
    let parts = [
        sum(&|scope| victims(scope) && scope.sex.is_some() && scope.age == AgeGroup::Unsaid),
        sum(&|scope| victims(scope) && scope.age != AgeGroup::Unsaid && scope.sex.is_none()),
        sum(&|scope| {
            victims(scope)
                && scope.role != Role::All
                && scope.sex.is_none()
                && scope.age == AgeGroup::Unsaid
        }),
        groups
            .iter()
            .filter(|group| victims(group.scope) && !group.scope.is_all())
            .max_by_key(|group| group.n)
            .cloned(),
    ];
    let all = groups.iter().find(|group| group.scope.is_all()).cloned();
    // Of one group of people there cannot be more than of all: "17 civilians … four of them" is no toll of four.
    let [.., largest] = &parts;
    let all = match largest {
        Some(part) => all.filter(|all| all.n >= part.n),
        None => all,
    };
    let victims = all.or_else(|| parts.into_iter().flatten().max_by_key(|group| group.n));
    match (victims, attackers) {
        (None, None) => groups
            .into_iter()
            .next()
            .map(|group| Group { n: 0, ..group }),
        (None, Some(attackers)) => Some(attackers),
        (victims, None) => victims,
        (Some(all), Some(more)) if within => Some(if more.n > all.n { more } else { all }),
        (Some(all), Some(more)) => Some(Group {
            n: all.n.saturating_add(more.n),
            claims: [all.claims, more.claims].concat(),
            ..all
        }),
    }
}

/// The reports in which a figure for everybody is said to hold the attackers: only a part named in the same words as its whole is
/// surely counted in it, "three people, including the gunman".
fn attackers_within<'a>(
    findings: &[&'a Finding],
    claims: &BTreeMap<&'a ClaimId, &'a Claim>,
) -> BTreeSet<&'a ReportId> {
    findings
        .iter()
        .flat_map(|finding| &finding.relations)
        .filter(|relation| relation.kind == RelationKind::PartOf)
        .filter_map(|relation| Some((*claims.get(&relation.a)?, *claims.get(&relation.b)?)))
        .filter(|(part, whole)| {
            let near = |a: &Claim, b: &Claim| a.quote().start < b.quote().end + 80;
            part.scope.role == Role::Attacker
                && whole.scope.is_all()
                && part.report == whole.report
                && near(part, whole)
                && near(whole, part)
        })
        .map(|(part, _)| &part.report)
        .collect()
}
