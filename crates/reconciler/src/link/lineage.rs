//! Which report leans on which: copies, shared passages, one agency's copy, citations.

use std::collections::{BTreeMap, BTreeSet};

use model::{Claim, Lineage, LineageKind, PartyKind, Reading, SpeakerKind};

use super::copies::{Copies, NEARLY_ALL};
use super::names::Names;
use crate::letters::letter;

/// Lists what each report leans on, by report and kind. `claims` come with the place of their report.
pub fn find(
    readings: &[&Reading],
    claims: &[(&Claim, usize)],
    names: &Names,
    copies: &Copies,
) -> Vec<Lineage> {
    let mut out: Vec<(usize, Lineage)> = Vec::new();
    let id = |report: usize| readings[report].report.id.clone();
    for shared in &copies.shared {
        let kind = if shared.overlap >= NEARLY_ALL {
            LineageKind::Copies
        } else {
            LineageKind::SharesPassages
        };
        let share = (shared.overlap * 100.0).round();
        let (a, b) = (letter(shared.report), letter(shared.on));
        out.push((
            shared.report,
            Lineage {
                report: id(shared.report),
                on: Some(id(shared.on)),
                named: readings[shared.on].report.source.name.clone(),
                kind,
                // Rounded, so that printed shares are the same on every machine.
                overlap: Some((shared.overlap * 1000.0).round() / 1000.0),
                why: format!(
                    "{share} % of the five-word runs of the shorter of {a} and {b} stand in both"
                ),
            },
        ));
    }
    let sources: BTreeMap<String, usize> = readings
        .iter()
        .enumerate()
        .rev()
        .filter_map(|(i, reading)| Some((names.class(reading.report.source.name.as_ref()?), i)))
        .collect();
    let mut carriers: BTreeMap<&str, usize> = BTreeMap::new();
    for (report, reading) in readings.iter().enumerate() {
        let Some(agency) = reading.keys.agency.as_deref() else {
            continue;
        };
        let own = sources
            .get(&names.class(agency))
            .copied()
            .filter(|&on| on != report);
        if sources.get(&names.class(agency)) == Some(&report) {
            carriers.insert(agency, report);
            continue;
        }
        let on = own.or_else(|| carriers.get(agency).copied());
        carriers.entry(agency).or_insert(report);
        out.push((
            report,
            Lineage {
                report: id(report),
                on: on.map(id),
                named: Some(agency.to_owned()),
                kind: LineageKind::SameAgency,
                overlap: None,
                why: format!("{} is marked as {agency}’s copy", letter(report)),
            },
        ));
    }
    out.extend(citations(readings, claims, names, &sources));
    out.sort_by(|(a, x), (b, y)| (a, x.kind, &x.named, &x.on).cmp(&(b, y.kind, &y.named, &y.on)));
    out.into_iter().map(|(_, lineage)| lineage).collect()
}

/// Outlets and agencies that stand in speaker chains: "the Lake Tribune reported", "told Reuters".
fn citations(
    readings: &[&Reading],
    claims: &[(&Claim, usize)],
    names: &Names,
    sources: &BTreeMap<String, usize>,
) -> Vec<(usize, Lineage)> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for &(claim, report) in claims {
        for link in &claim.speakers {
            if link.kind == SpeakerKind::Publisher
                || !matches!(link.party_kind, PartyKind::Outlet | PartyKind::Agency)
            {
                continue;
            }
            let Some(class) = names.of_speaker(link) else {
                continue;
            };
            let on = sources.get(&class).copied();
            if on == Some(report) || !seen.insert((report, class)) {
                continue;
            }
            out.push((
                report,
                Lineage {
                    report: readings[report].report.id.clone(),
                    on: on.map(|on| readings[on].report.id.clone()),
                    named: Some(link.name.clone()),
                    kind: LineageKind::Cites,
                    overlap: None,
                    why: format!("{} passes on what {} reported", letter(report), link.name),
                },
            ));
        }
    }
    out
}
