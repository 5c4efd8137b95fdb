//! The rows that a dossier gives.

use std::collections::BTreeSet;

use model::{Dossier, Finding, LineageKind, RuleName, Slot, Value as Said, Verdict};

use super::rows::{json, name, who};
use crate::{
    Error,
    bytes::pack,
    database::Value,
    schema::{Table, table},
};

/// Rows of a table.
pub(super) type OfTable = (&'static Table, Vec<Vec<Value>>);

/// The rows that a dossier gives, table by table, a table after those that it names rows of.
pub(super) fn incident_rows(
    dossier: &Dossier,
    members: &[(String, Option<String>)],
    judged: usize,
) -> Result<Vec<OfTable>, Error> {
    let card = &dossier.incident;
    let case = card.case.as_str();
    let place = match &card.place {
        Some(Said::Place(place)) => Some(place),
        _ => None,
    };
    let last_day = |when: &model::When| {
        let last = when.end.checked_sub(jiff::Span::new().nanoseconds(1));
        last.unwrap_or(when.end).date().max(when.date()).to_string()
    };
    let mut disputed: Vec<Slot> = dossier
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Disputed)
        .map(|finding| finding.slot)
        .collect();
    disputed.sort_unstable();
    disputed.dedup();
    let disputed: Vec<&str> = disputed.into_iter().map(Slot::name).collect();
    let mut incident: Vec<Value> = vec![
        case.into(),
        card.id.as_str().into(),
        card.title.as_str().into(),
        card.when
            .as_ref()
            .map(|when| when.date().to_string())
            .into(),
        card.when.as_ref().map(last_day).into(),
        card.place.as_ref().map(Said::label).into(),
        place.and_then(|place| place.country.clone()).into(),
        place.and_then(|place| place.lat).into(),
        place.and_then(|place| place.lon).into(),
        place.and_then(|place| place.radius_m).map(f64::from).into(),
        card.event.as_ref().map(Said::label).into(),
    ];
    for slot in [Slot::Killed, Slot::Injured] {
        incident.push(dossier.agreed(slot).map(|agreed| agreed.n).into());
        let all = dossier
            .findings
            .iter()
            .filter(|finding| finding.slot == slot && finding.scope.is_all())
            .find_map(|finding| finding.numbers.as_ref())
            .map(|numbers| &numbers[RuleName::Ucdp]);
        incident.push(all.and_then(|rule| rule.low).into());
        incident.push(all.and_then(|rule| rule.best).into());
        incident.push(all.and_then(|rule| rule.high).into());
    }
    let passing =
        !dossier.reports.is_empty() && dossier.reports.iter().all(|card| !card.passage.is_empty());
    incident.extend([
        dossier.reports.len().into(),
        dossier.voices().count().into(),
        disputed.join(", ").into(),
        passing.into(),
        judged.into(),
        pack(json(dossier)?.as_bytes()).into(),
    ]);
    let reports = members
        .iter()
        .map(|(report, account)| vec![case.into(), report.into(), account.as_ref().into()])
        .collect();
    let (mut findings, mut relations) = (Vec::new(), Vec::new());
    for (number, finding) in dossier.findings.iter().enumerate() {
        findings.push(vec![
            case.into(),
            finding.id.as_str().into(),
            number.into(),
            finding.slot.name().into(),
            who(&finding.scope).into(),
            name(&finding.verdict).into(),
            finding
                .positions
                .iter()
                .filter(|it| it.standing)
                .count()
                .into(),
            dossier.voices_in(finding).into(),
            finding.stakes().into(),
            decided_on(dossier, finding).into(),
        ]);
        for relation in &finding.relations {
            relations.push(vec![
                case.into(),
                relations.len().into(),
                finding.id.as_str().into(),
                relation.a.as_str().into(),
                relation.b.as_str().into(),
                name(&relation.kind).into(),
                relation.why.as_str().into(),
            ]);
        }
    }
    let copies = dossier
        .lineage
        .iter()
        .filter(|it| it.kind == LineageKind::Copies);
    let duplicates = copies
        .filter_map(|it| Some((it.report.as_str(), it.on.as_ref()?.as_str(), it.overlap)))
        .map(|(report, of, overlap)| vec![case.into(), report.into(), of.into(), overlap.into()])
        .collect();
    Ok(vec![
        (table("incidents"), vec![incident]),
        (table("incident_reports"), reports),
        (table("findings"), findings),
        (table("relations"), relations),
        (table("near_duplicates"), duplicates),
        (table("origins"), origins(dossier)),
        (table("lineage"), lineage(dossier)),
    ])
}

/// How many claims of a finding a person decided on.
fn decided_on(dossier: &Dossier, finding: &Finding) -> usize {
    let ids: BTreeSet<_> = finding.positions.iter().flat_map(|it| &it.claims).collect();
    let judged = dossier.claims.iter().filter(|it| it.judged.is_some());
    judged.filter(|it| ids.contains(&it.id)).count()
}

fn origins(dossier: &Dossier) -> Vec<Vec<Value>> {
    let case = dossier.incident.case.as_str();
    let row = |it: &model::Origin| {
        vec![
            case.into(),
            it.id.as_str().into(),
            it.label.as_str().into(),
            name(&it.kind).into(),
            it.interested.into(),
            it.claims.len().into(),
            it.reports.len().into(),
        ]
    };
    dossier.origins.iter().map(row).collect()
}

fn lineage(dossier: &Dossier) -> Vec<Vec<Value>> {
    let case = dossier.incident.case.as_str();
    let row = |(number, it): (usize, &model::Lineage)| {
        vec![
            case.into(),
            number.into(),
            it.report.as_str().into(),
            it.on.as_ref().map(|id| id.as_str()).into(),
            it.named.as_ref().into(),
            name(&it.kind).into(),
        ]
    };
    dossier.lineage.iter().enumerate().map(row).collect()
}
