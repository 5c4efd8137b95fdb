//! What each report gives: its own figure for everybody, with the claims that it was taken from.
//!
//! Comes in: a dossier and a count slot. Goes out: a vote a report. A report whose claims were judged ([`Claim::own`])
//! gives the one that is most likely its own; where several are about as likely, the one that other reports bear out.
//! One that was not judged gives the best figure for everybody (rule `ucdp` over its own claims); without one, the sum
//! over parts that cannot overlap ("two women and a man"); the attacker's own death is added where no figure for
//! everybody holds it, unless there are more than [`ATTACKERS`] or only a party to the fight says it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use model::{
    AgeGroup, Bound, Claim, ClaimId, Count, Dossier, Finding, LineageKind, RelationKind, ReportId,
    Role, RuleName, Scope, Slot, StanceKind, Vote,
};

use super::table::Table;
use crate::{
    ledger::Moment,
    reconcile::{figure_traits, rules},
};

/// Attackers whose deaths are part of what they did: "the gunman then shot himself".
const ATTACKERS: u64 = 2;
/// The figure of each report that copies no other, by id.
pub fn votes(dossier: &Dossier, table: &Table<'_>, slot: Slot) -> Vec<Vote> {
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
                // In one report alone a figure that another of it replaced does not stand; across reports each keeps
                // its own.
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
        // What one side says that it killed of the other is no part of what others count, and neither are whole troops
        // of attackers.
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
        .filter(|claim| figure_traits::own_toll(claim) && claim.stance.kind != StanceKind::Denied)
    {
        if let (Some(vote), Some(count)) = (out.get_mut(&claim.report), claim.value.count()) {
            *vote = Some(Group {
                scope: &claim.scope,
                n: count.low,
                claims: vec![claim.id.clone()],
            });
        }
    }
    let judged = judged(table, slot);
    for (report, options) in &judged {
        if let Some(vote) = out.get_mut(*report) {
            *vote = likeliest(options, &judged, report);
        }
    }
    out.into_iter()
        .map(|(report, group)| {
            let (n, mut claims) = group.map(|it| (said(table, &it), it.claims)).unzip();
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

/// The number of one report as its words give it: "more than 210" is 210, with its bound beside it.
fn said(table: &Table<'_>, group: &Group<'_>) -> u64 {
    let one = match group.claims.as_slice() {
        [id] => table.claim(id).and_then(|claim| claim.value.count()),
        _ => None,
    };
    one.filter(|count| count.bound == Bound::MoreThan && count.low == group.n)
        .and_then(|count| count.stated)
        .unwrap_or(group.n)
}

/// A figure that a report may give for everybody, and how likely that is.
struct Choice<'a> {
    claim: &'a Claim,
    count: &'a Count,
    /// In thousandths.
    chance: u64,
}

/// How much a figure gains where other reports are sure to give it too: as much again as its own chance.
const BORNE_OUT: u64 = 1000;

/// The figures of each report whose claims were judged; a denied, earlier or withdrawn figure is none.
fn judged<'a>(table: &Table<'a>, slot: Slot) -> BTreeMap<&'a ReportId, Vec<Choice<'a>>> {
    let mut out: BTreeMap<&ReportId, Vec<Choice<'_>>> = BTreeMap::new();
    for claim in table.of_slot(slot) {
        let Some(own) = claim.own else { continue };
        let options = out.entry(&claim.report).or_default();
        let denied = claim.stance.kind == StanceKind::Denied;
        if let Some(count) = claim.value.count()
            && !denied
            && figure_traits::holds(claim)
        {
            options.push(Choice {
                claim,
                count,
                chance: own.into(),
            });
        }
    }
    out
}

/// The figure of a report that is likeliest its own, with the claims that give it; `None` where it is likelier that the
/// report gives none.
///
/// What other reports give counts too: a second choice that others are sure of stands before a first that nobody else
/// gives. Of claims that are as likely, the one told last.
fn likeliest<'a>(
    options: &[Choice<'a>],
    all: &BTreeMap<&'a ReportId, Vec<Choice<'a>>>,
    report: &ReportId,
) -> Option<Group<'a>> {
    let best = |options: &[Choice<'a>], count: &Count| {
        let same = options
            .iter()
            .filter(|option| option.count.interval() == count.interval());
        same.map(|option| option.chance).max().unwrap_or(0)
    };
    let borne_out = |count: &Count| -> u64 {
        let others = all.iter().filter(|(other, _)| **other != report);
        let sum: u64 = others.map(|(_, options)| best(options, count)).sum();
        sum.min(BORNE_OUT)
    };
    let weigh = |option: &Choice<'a>| option.chance * (BORNE_OUT + borne_out(option.count));
    let top = options.iter().max_by_key(|option| {
        let at = option.claim.quote().start;
        (weigh(option), at, &option.claim.id)
    })?;
    let none = 1000 - options.iter().map(|option| option.chance).max()?.min(1000);
    if weigh(top) <= none * BORNE_OUT {
        return None;
    }
    let claims = options
        .iter()
        .filter(|option| option.count.interval() == top.count.interval() && option.chance > 0);
    let n = top.count.stated.unwrap_or(top.count.low);
    Some(Group {
        scope: &top.claim.scope,
        n,
        claims: claims.map(|option| option.claim.id.clone()).collect(),
    })
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

/// A claim of the whole as the rules see it, of the day of its report; `gone` where another figure stands for it.
pub fn figure_of(table: &Table<'_>, id: &ClaimId, gone: bool) -> Option<rules::Figure> {
    let claim = table.claim(id)?;
    let (at, origin) = table.origin(id)?;
    let mut figure = figure(claim, at, origin.interested, false)?;
    figure.superseded =
        gone.then(|| "an earlier figure, or one that counts fewer people".to_owned());
    figure.moment = table.published(&claim.report).map(|(first, last)| Moment {
        start: first.at(0, 0, 0, 0),
        end: last.at(23, 59, 59, 0),
        fine: false,
    });
    Some(figure)
}

/// The figure of one group of people in one report.
fn best<'a>(scope: &'a Scope, figures: &[rules::Figure]) -> Option<Group<'a>> {
    let numbers = rules::apply(figures, &[]);
    let [ucdp, latest, interval] =
        [RuleName::Ucdp, RuleName::Latest, RuleName::Interval].map(|rule| &numbers[rule]);
    [
        (ucdp.best, ucdp),
        (latest.best, latest),
        (ucdp.low, ucdp),
        (interval.low, interval),
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

/// The reports in which a figure for everybody is said to hold the attackers: only a part named in the same words as
/// its whole is surely counted in it, "three people, including the gunman".
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
