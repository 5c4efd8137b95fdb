//! Heaps that hold an incident of hundreds of reports.

use std::collections::BTreeSet;

use model::ReportId;
use reconciler::link::record::LinkingRecord;

use super::heap::{NAMES, heap, link, record};

/// What is known of a siege.
const SIEGE: [&str; 12] = [
    "Gunmen of the Karsk Brigade seized the Ostrel grain terminal in Vellmar on Tuesday",
    "Dock foreman Ruvan Teskil said he hid among the sacks for nine hours",
    "The Karsk Brigade demanded the release of its commander, Idris Olvane",
    "At least 14 dockers were killed when the Ostrel terminal was stormed, the governor of Vellmar said",
    "Commander Hale Murvik of the harbour guard said the siege of the terminal was over",
    "Doctors at Vellmar's Tessaly clinic treated 31 people from the terminal",
    "Ruvan Teskil, 52, was among the first to come out of the Ostrel terminal",
    "Idris Olvane has been in the Pell fortress since spring",
    "The harbour guard surrounded the grain terminal on Tuesday night",
    "Families waited at the Saltgate for news of the dockers",
    "Murvik said that his men went in through the silo at dawn on Wednesday",
    "The Karsk Brigade said that the harbour guard had fired first at Ostrel",
];
/// And of another, of the same days.
const OTHER_SIEGE: [&str; 12] = [
    "Armed men of the Orvel Front took over the Brimmen sugar mill in Hestow on Tuesday",
    "Dorin Pask, a clerk, told how she was locked in the boiler room with forty others",
    "The Orvel Front wants Lev Harnick freed, its spokesman said",
    "The mayor of Hestow put the number of dead at the Brimmen mill at 9",
    "Colonel Stane of the Hestow garrison said that the last gunman gave up at noon",
    "The Marrow hospital took in 17 wounded mill workers",
    "Among those who walked out of the Brimmen mill was Dorin Pask, 34",
    "Lev Harnick was sentenced to life at Gray Rock last year",
    "Soldiers of the garrison closed the roads to the sugar mill on Tuesday evening",
    "Relatives of the mill workers gathered at the Millgate bridge",
    "Stane said that his soldiers cut through the roof on Wednesday morning",
    "The garrison opened fire without warning, the Orvel Front said of the mill",
];

/// One of many reports on one large incident: some of its facts, in words that change, between remarks that others make
/// too.
fn on_a_siege(facts: &[&str; 12], k: usize) -> LinkingRecord {
    const REMARKS: [&str; 10] = [
        "Grain prices rose in the morning",
        "Ships were turned away at the roads",
        "The prime minister cut short a visit abroad",
        "Schools near the water stayed closed",
        "A night curfew was announced",
        "Bakers in the upper town ran out of flour",
        "The opposition asked for an inquiry",
        "Trains to the coast did not run",
        "Neighbouring ports offered help",
        "Insurers said that they would look at the losses",
    ];
    let pick = |at: usize, of: usize| (k * 7 + at * 5 + k / 12 * (at + 3)) % of;
    let number = |n: usize| {
        [
            "once", "twice", "again", "anew", "still", "further", "later",
        ][n % 7]
    };
    let mut lines: Vec<String> = (0..5)
        .map(|at| {
            let fact = facts[pick(at, 12)];
            let who = NAMES[pick(at + 2, 12)];
            match (k + at) % 3 {
                0 => format!("{fact}."),
                1 => format!("{fact}, {who} reports {}.", number(k / 3 + at)),
                _ => format!("As {who} wrote {}: {fact}.", number(k + at)),
            }
        })
        .collect();
    lines.push(format!("{}, {}.", REMARKS[pick(1, 10)], number(k)));
    lines.push(format!("{} {}.", REMARKS[pick(4, 10)], number(k / 7)));
    let title = facts[pick(0, 12)]
        .split(' ')
        .take(7)
        .collect::<Vec<_>>()
        .join(" ");
    record(
        Some(20_100 + (k % 4) as i32),
        &title,
        &lines.join("\n"),
        &format!("world/{k}"),
    )
}

#[test]
fn two_large_look_alikes_of_one_week_stay_apart() {
    let here: Vec<LinkingRecord> = (0..120).map(|k| on_a_siege(&SIEGE, k)).collect();
    let there: Vec<LinkingRecord> = (0..120).map(|k| on_a_siege(&OTHER_SIEGE, k)).collect();
    let records = [heap(40), here.clone(), there.clone()].concat();
    let found = link(&records);
    let of = |records: &[LinkingRecord], group: &[ReportId]| {
        let ids: BTreeSet<&ReportId> = records.iter().map(|record| &record.id).collect();
        group.iter().filter(|id| ids.contains(id)).count()
    };
    // Reports whose few lines are mostly the remarks that both share may go astray.
    let astray: usize = found
        .groups
        .iter()
        .map(|group| of(&here, group).min(of(&there, group)))
        .sum();
    assert!(astray <= 10, "{astray} of 240");
    for records in [here, there] {
        let most = found.groups.iter().map(|group| of(&records, group)).max();
        assert!(most.is_some_and(|most| most >= 110), "{most:?}");
    }
}

#[test]
fn an_incident_of_hundreds_of_reports_is_one() {
    let mut records = heap(60);
    let siege: Vec<LinkingRecord> = (0..300).map(|k| on_a_siege(&SIEGE, k)).collect();
    records.extend(siege.iter().cloned());
    let found = link(&records);
    let sizes: Vec<usize> = found
        .groups
        .iter()
        .map(|group| {
            siege
                .iter()
                .filter(|record| group.contains(&record.id))
                .count()
        })
        .filter(|n| *n > 0)
        .collect();
    assert!(
        sizes.iter().max().is_some_and(|most| *most >= 290),
        "{sizes:?}"
    );
}
