//! Heaps of made-up reports: order, batches, odd input, and what people decide.

use std::collections::{BTreeMap, BTreeSet};

use model::{AccountId, Decision, Glossary, Judgement, ReportId, TextId, hash};
use reconciler::link::{
    incidents::{Incidents, Linker},
    record::{Key, LinkingRecord, Spot},
};

const TOWNS: [&str; 8] = [
    "Kelmoor", "Varda", "Orrin", "Tasdur", "Vellspar", "Brannick", "Dalvara", "Hestow",
];
pub const NAMES: [&str; 12] = [
    "Ana Vell",
    "Ivo Brand",
    "Mara Quill",
    "Teo Sandor",
    "Lene Harrow",
    "Pim Oster",
    "Rada Kestrel",
    "Jon Abbing",
    "Cila Norvig",
    "Emon Trask",
    "Suri Dunmore",
    "Olek Fairn",
];
const STREETS: [&str; 6] = ["Tanner", "Mill", "Chapel", "Orchard", "Harbour", "Quarry"];

pub fn record(published: Option<i32>, title: &str, body: &str, address: &str) -> LinkingRecord {
    LinkingRecord {
        id: ReportId::of(&[title.as_bytes(), body.as_bytes(), address.as_bytes()]),
        text: TextId::of(&[body.as_bytes()]),
        account: None,
        published,
        words: reader::keys::words(title, body, address).into(),
        days: Vec::new(),
        places: Vec::new(),
        killed: Vec::new(),
        injured: Vec::new(),
        kinds: BTreeSet::new(),
    }
}

/// What incident `n` is: its town, victim, age, street and day.
fn facts(n: usize) -> (String, String, usize, String, i32) {
    let syllables = [
        "ba", "ro", "mi", "ten", "lu", "sor", "ka", "vin", "del", "gar",
    ];
    let family = format!(
        "{}{}{}",
        syllables[n % 10],
        syllables[n / 10 % 10],
        syllables[(n * 7 + 3) % 10]
    );
    let victim = format!(
        "{} {}{}",
        NAMES[n % 12].split(' ').next().unwrap(),
        family[..1].to_uppercase(),
        &family[1..]
    );
    let street = format!("{} {} Street", 100 * (n % 40 + 1), STREETS[n % 6]);
    (
        TOWNS[n % 8].into(),
        victim,
        16 + n % 60,
        street,
        20_000 + (n * 3 % 400) as i32,
    )
}

/// Headline and text of report `k` of incident `n`.
pub fn told(n: usize, k: usize) -> (String, String) {
    let (town, victim, age, street, _) = facts(n);
    let last = victim.split(' ').next_back().unwrap();
    let place = [
        "a bakery",
        "the ferry landing",
        "a chess club",
        "the old cinema",
        "a tram stop",
    ][n % 5];
    let saw = [
        "Neighbours heard several shots and saw a dark car drive off",
        "A cyclist found him on the pavement and called for help",
        "Two shop windows were broken and the road was closed until dawn",
    ][n % 3];
    let work = [
        "baker",
        "roofer",
        "student",
        "bus driver",
        "gardener",
        "nurse",
        "tailor",
    ][n % 7];
    match k % 4 {
        0 => (
            format!("{work} shot outside {place} in {town}"),
            format!(
                "A {age}-year-old {work} was shot outside {place} on {street} in {town}, police said.\n\
                 {saw}. Nobody has been arrested."
            ),
        ),
        1 => (
            format!("{victim}, {age}, named after shooting in {town}"),
            format!(
                "Police in {town} say that the {work} who was shot on {street} is {victim}, {age}.\n\
                 He had been to {place} that evening. {saw}."
            ),
        ),
        2 => (
            format!("Vigil for {victim} at {place}"),
            format!(
                "Friends of {victim} met at {place} in {town} to remember the {work}.\n\
                 The {age}-year-old was shot on {street} days ago. {last} was well liked, they said."
            ),
        ),
        _ => (
            format!("Arrest in death of {town} {work}"),
            format!(
                "A suspect is held in the shooting of {victim}, a {work}, on {street} in {town}, prosecutors said.\n\
                 {last}, {age}, had come from {place} when he was shot."
            ),
        ),
    }
}

/// Report `k` of incident `n`.
pub fn report(n: usize, k: usize) -> LinkingRecord {
    let (town, _, _, _, day) = facts(n);
    let (title, body) = told(n, k);
    let mut record = record(
        Some(day + k as i32),
        &title,
        &body,
        &format!("news/{n}-{k}"),
    );
    record.places = vec![Spot {
        town: town.to_lowercase(),
        parts: vec!["lakeland".into()],
        town_words: reader::keys::place(&town).all,
        holding_words: reader::keys::place("lakeland").all,
        ..Spot::default()
    }];
    record.injured = vec![(1, 1)];
    record
}

/// Incidents of one to four reports.
pub fn heap(incidents: usize) -> Vec<LinkingRecord> {
    (0..incidents)
        .flat_map(|n| (0..n % 4 + 1).map(move |k| report(n, k)))
        .collect()
}

fn no_words(_: &Key) -> Glossary {
    Glossary::default()
}

/// The hash of a name of two words.
fn hash_of(name: &str) -> u64 {
    let (first, last) = name.split_once(' ').unwrap();
    hash::join(hash::word(first), hash::word(last))
}

pub fn link(records: &[LinkingRecord]) -> Incidents {
    link_with(records, &[])
}

fn link_with(records: &[LinkingRecord], judgements: &[Judgement]) -> Incidents {
    let mut linker = Linker::default();
    linker.add(records.iter().cloned());
    linker.link(judgements)
}

/// A fixed shuffle by seed.
fn shuffled(records: &[LinkingRecord], seed: u64) -> Vec<LinkingRecord> {
    let mut out = records.to_vec();
    let mut state = seed * 0x9e37_79b9 + 1;
    for at in (1..out.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        out.swap(at, (state >> 33) as usize % (at + 1));
    }
    out
}

/// Everything that is printed of a heap.
fn bytes(found: &Incidents) -> String {
    let groups: Vec<String> = found
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| {
            serde_json::to_string(&(group, &found.told[at], found.comparisons(at, &no_words)))
                .unwrap()
        })
        .collect();
    groups.join("\n")
}

/// The incidents of each group that holds reports of several; round-ups are of none.
fn mixed(found: &Incidents) -> Vec<Vec<usize>> {
    let own: BTreeMap<ReportId, usize> = (0..100)
        .flat_map(|n| (0..n % 4 + 1).map(move |k| (report(n, k).id, n)))
        .collect();
    let of = |group: &Vec<ReportId>| -> BTreeSet<usize> {
        group.iter().filter_map(|id| own.get(id).copied()).collect()
    };
    found
        .groups
        .iter()
        .map(of)
        .filter(|incidents| incidents.len() > 1)
        .map(|incidents| incidents.into_iter().collect())
        .collect()
}

#[test]
fn incidents_are_found_and_look_alikes_stay_apart() {
    let records = heap(60);
    let found = link(&records);
    assert!(mixed(&found).len() <= 1, "{:?}", mixed(&found));
    assert!(
        found.groups.len() <= 66,
        "{} groups for 60 incidents",
        found.groups.len()
    );
}

#[test]
fn no_order_and_no_batching_changes_a_byte() {
    let records = heap(24);
    let first = bytes(&link(&records));
    for seed in 0..20 {
        assert_eq!(
            bytes(&link(&shuffled(&records, seed))),
            first,
            "shuffle {seed}"
        );
    }
    for size in [1, 3, 7, 20, records.len()] {
        let mut linker = Linker::default();
        for batch in shuffled(&records, size as u64).chunks(size) {
            linker.add(batch.iter().cloned());
            if size > 10 {
                linker.link(&[]);
            }
        }
        assert_eq!(bytes(&linker.link(&[])), first, "batches of {size}");
    }
}

#[test]
fn every_report_is_in_one_incident_whatever_it_lacks() {
    let mut records = heap(12);
    records.push(record(None, "", "", ""));
    records.push(record(
        None,
        "No day and no place",
        "Two men were shot.",
        "",
    ));
    records.push(record(
        Some(i32::MAX),
        "A day that never comes",
        "One man was shot on May 32 in Orrin, Feb. 30.",
        "",
    ));
    records.push(record(
        Some(i32::MIN),
        "A day long gone",
        "On Monday, June 31, 99 people met.",
        "",
    ));
    let found = link(&records);
    let all: Vec<&ReportId> = found.groups.iter().flatten().collect();
    let once: BTreeSet<&ReportId> = all.iter().copied().collect();
    assert_eq!((all.len(), once.len()), (records.len(), records.len()));
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.code == "undated-reports")
    );
}

#[test]
fn one_report_pasted_a_thousand_times_is_one_incident() {
    let mut records = heap(20);
    let original = report(3, 0);
    let apart = link(&records).groups.len();
    for copy in 0..1000 {
        records.push(record(
            Some(original.published.unwrap() + copy % 200),
            &told(3, 0).0,
            &told(3, 0).1,
            &format!("copy/{copy}"),
        ));
    }
    let found = link(&records);
    assert_eq!(found.groups.len(), apart);
    let largest = found.groups.iter().map(Vec::len).max().unwrap();
    assert!(largest >= 1001, "{largest}");
}

#[test]
fn a_thousand_copies_with_a_word_changed_are_one_incident() {
    let original = report(3, 0);
    let long = format!("{} {}", told(3, 0).1, told(3, 1).1);
    let records: Vec<LinkingRecord> = (0..1000)
        .map(|copy| {
            let body = format!("{long}\nPage seen {copy} times.");
            record(
                original.published,
                &told(3, 0).0,
                &body,
                &format!("copy/{copy}"),
            )
        })
        .collect();
    let found = link(&records);
    assert!(found.groups.len() <= 5, "{} groups", found.groups.len());
}

#[test]
fn round_ups_glue_no_incidents_together() {
    let mut records = heap(80);
    let without = mixed(&link(&records));
    for n in 0..300 {
        let lines: Vec<String> = (0..40)
            .map(|k| {
                let (town, victim, age, street, _) = facts((n + k * 2) % 80);
                format!("In {town}, {victim}, {age}, was shot on {street}.")
            })
            .collect();
        records.push(record(
            Some(20_200),
            "The year in shootings",
            &lines.join("\n"),
            &format!("year/{n}"),
        ));
    }
    let found = link(&records);
    assert_eq!(mixed(&found), without);
    let told = |note: &model::Note| note.code == "reports-on-many-incidents";
    assert!(found.notes.iter().any(told));
}

/// What report `k` of incident `n` says, as an item of a round-up that is about something else.
pub fn item(n: usize, k: usize, of: &LinkingRecord) -> LinkingRecord {
    let mut item = report(n, k);
    item.id = of.id.clone();
    item.text = of.text.clone();
    item.account = Some(AccountId::of(&[of.id.as_str().as_bytes(), &[n as u8]]));
    item.published = of.published;
    item.words = reader::keys::words("", &told(n, k).1, "").into();
    item
}

/// The reports of the incident that holds an item, and whether it does so in passing.
fn place_of(found: &Incidents, item: &LinkingRecord) -> Vec<ReportId> {
    let at = found
        .told
        .iter()
        .position(|told| told.get(&item.id) == item.account.as_ref())
        .unwrap_or_else(|| panic!("an item is lost"));
    found.groups[at].clone()
}

#[test]
fn a_round_up_tells_of_many_incidents_in_passing() {
    // The round-up is about incident 47; it tells of 3, on which there are reports, and of 61, which only another
    // round-up has.
    let mut records = heap(40);
    let (day, other) = (report(3, 0).published, report(51, 0));
    let mut main = report(47, 1);
    main.published = day.map(|day| day + 1);
    let (known, new) = (item(3, 0, &main), item(61, 1, &main));
    let again = item(61, 1, &other);
    records.extend([
        main.clone(),
        other.clone(),
        known.clone(),
        new.clone(),
        again.clone(),
    ]);
    let found = link(&records);
    let of_3 = place_of(&found, &known);
    assert!(
        of_3.contains(&report(3, 0).id) && of_3.contains(&main.id),
        "{of_3:?}"
    );
    // Two items on one incident that nobody else reports are an incident.
    let mut both = vec![main.id.clone(), other.id.clone()];
    both.sort();
    assert_eq!(place_of(&found, &new), both);
    assert_eq!(place_of(&found, &again), both);
    // Every report is still about exactly one incident.
    let about = |id: &ReportId| {
        let groups = found.groups.iter().zip(&found.told);
        groups
            .filter(|(group, told)| group.contains(id) && !told.contains_key(id))
            .count()
    };
    assert!(records.iter().all(|record| about(&record.id) == 1));
    // And says why it is there.
    let at = found
        .groups
        .iter()
        .position(|group| *group == of_3)
        .unwrap();
    let why = found.comparisons(at, &no_words);
    assert!(
        why.iter().any(|it| it.a == main.id || it.b == main.id),
        "{why:?}"
    );
    for seed in 0..5 {
        assert_eq!(bytes(&link(&shuffled(&records, seed))), bytes(&found));
    }
}

#[test]
fn two_texts_under_one_id_are_both_kept_and_told() {
    let first = report(1, 0);
    let mut second = report(9, 0);
    second.id = first.id.clone();
    let found = link(&[first, second]);
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.code == "one-id-two-texts")
    );
}

fn judgement(decision: Decision, a: &LinkingRecord, b: &LinkingRecord) -> Judgement {
    Judgement {
        decision,
        a: a.id.clone(),
        b: b.id.clone(),
        why: String::new(),
        by: String::new(),
    }
}

fn together(found: &Incidents, a: &LinkingRecord, b: &LinkingRecord) -> bool {
    found
        .groups
        .iter()
        .any(|group| group.contains(&a.id) && group.contains(&b.id))
}

#[test]
fn what_people_decide_binds() {
    let records = heap(16);
    let (a, b, c) = (report(3, 0), report(3, 1), report(5, 0));
    assert!(together(&link(&records), &a, &b) && !together(&link(&records), &a, &c));
    let found = link_with(
        &records,
        &[
            judgement(Decision::Different, &a, &b),
            judgement(Decision::Same, &a, &c),
        ],
    );
    assert!(!together(&found, &a, &b) && together(&found, &a, &c));
    let torn = link_with(
        &records,
        &[
            judgement(Decision::Same, &a, &b),
            judgement(Decision::Same, &b, &c),
            judgement(Decision::Different, &a, &c),
        ],
    );
    assert!(together(&torn, &a, &c));
    assert!(
        torn.notes
            .iter()
            .any(|note| note.code == "judgements-contradict")
    );
}

#[test]
fn a_link_says_why() {
    let records = heap(16);
    let found = link(&records);
    let at = found
        .groups
        .iter()
        .position(|group| group.contains(&report(3, 1).id))
        .unwrap();
    let victim = facts(3).1;
    let words = |_: &Key| Glossary {
        words: [(hash_of(&victim), victim.clone())].into(),
        ..Glossary::default()
    };
    let comparisons = found.comparisons(at, &words);
    assert!(!comparisons.is_empty());
    let named = comparisons
        .iter()
        .flat_map(|comparison| &comparison.features)
        .any(|feature| {
            feature.feature == "name_shared" && feature.a.contains(&victim) && feature.weight > 0.0
        });
    assert!(named, "{comparisons:#?}");
}
