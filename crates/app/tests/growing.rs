//! A casebook that grows report by report has the incidents that it has when all come at once.
//!
//! The samples are read once, and their readings put into casebooks as `run` does, so that each test links and
//! reconciles only.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::LazyLock,
};

use casebook::book::{self, Linked, Pace, Review};
use crossbearing::{Input, Policy, Reading};
use store::{
    Actor, Place, Store,
    arrivals::{Capture, Outcome, prepare},
    steps,
};

const READER: &str = "reader";

/// Always all reports, with an index all the same.
const WHOLE: Pace = Pace {
    small: 0,
    growth: -1.0,
    batch: 0.0,
};
/// Only those near the new ones, from the second step on.
const NEAR: Pace = Pace {
    small: 0,
    growth: 1e9,
    batch: 1e9,
};

/// The readings of all samples, in order of publication, and of copies of some under other addresses.
static READINGS: LazyLock<Vec<Reading>> = LazyLock::new(|| {
    let resources = casebook::data::DataDir::locate(None)
        .unwrap()
        .load()
        .unwrap();
    let mut paths: Vec<PathBuf> = Vec::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    for folder in std::fs::read_dir(samples).unwrap().filter_map(|it| it.ok()) {
        let Ok(files) = std::fs::read_dir(folder.path()) else {
            continue;
        };
        let named = files.map(|file| file.unwrap().path());
        paths.extend(named.filter(|path| {
            let ending = path.extension().and_then(|it| it.to_str());
            matches!(ending, Some("txt" | "html"))
        }));
    }
    paths.sort();
    let inputs: Vec<Input> = paths
        .iter()
        .flat_map(|path| {
            let bytes = std::fs::read(path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // The same words under another address are another report.
            let copy = name.starts_with("01-").then(|| {
                let mut copy = bytes.clone();
                copy.extend(b"\n\n");
                (format!("copy-{name}"), copy)
            });
            [Some((name, bytes)), copy].into_iter().flatten()
        })
        .map(|(name, bytes)| Input {
            name,
            bytes,
            ..Input::default()
        })
        .collect();
    let made = crossbearing::batch::map(&inputs, &|_| {}, |input| {
        crossbearing::read(input, &resources)
    });
    let mut out: Vec<Reading> = made.into_iter().map(Result::unwrap).collect();
    out.sort_by_key(|reading| reading.report.published.as_ref().map(|when| when.start));
    out
});

fn now() -> jiff::Timestamp {
    "2031-05-01T12:00:00Z".parse().unwrap()
}

fn casebook(name: &str) -> Store {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("growing-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    create(&Place::Folder(folder))
}

fn create(place: &Place) -> Store {
    let actor = Actor {
        who: "Ana".to_owned(),
        tool: "test".to_owned(),
    };
    Store::create(place, &actor, now()).unwrap()
}

fn add(store: &mut Store, readings: &[Reading]) {
    let to = store.bytes();
    let written = store.write(&mut |tx| {
        for reading in readings {
            let capture = Capture {
                received: store::log::time(now()),
                method: "file".to_owned(),
                tool: "test".to_owned(),
                ..Capture::default()
            };
            let bytes = format!("{} {}", reading.report.id, reading.text.as_str());
            let (report, text) = (&reading.report, &reading.text);
            let arrival = prepare(bytes.as_bytes(), report, text, &[], capture, &to)?;
            match tx.add(&arrival)? {
                Outcome::New(seq) => tx.put_reading(seq, READER, reading)?,
                other => panic!("{other:?}"),
            }
        }
        Ok(())
    });
    written.unwrap();
}

fn link(store: &mut Store, pace: Pace) -> Linked {
    let policy = Policy {
        version: "test".to_owned(),
    };
    book::link_at(store, pace, &policy, READER, "Ana", &now, &mut |_| {}).unwrap()
}

/// The parts of each case.
fn cases(store: &mut Store) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (case, part, _) in steps::members(store.database(), None).unwrap() {
        out.entry(case).or_default().insert(part);
    }
    out
}

/// What each case is made of, whatever it is called.
fn groups(store: &mut Store) -> BTreeSet<BTreeSet<String>> {
    cases(store).into_values().collect()
}

/// The index, a row a line.
fn index(store: &mut Store) -> Vec<String> {
    let mut out = Vec::new();
    for name in ["linked_words", "linked_reports", "linked_furniture"] {
        let sql = store::schema::table(name).select("");
        let rows = store.database().rows(&sql, &[]).unwrap();
        out.extend(rows.iter().map(|row| format!("{name} {row:?}")));
    }
    out
}

fn decide(store: &mut Store, review: &Review) -> String {
    book::decide(store, review, "seen", "Ana", now(), None)
        .unwrap()
        .id
}

/// The case that a report is about.
fn case_of(store: &mut Store, report: &str) -> String {
    let all = cases(store);
    let found = all.iter().find(|(_, parts)| parts.contains(report));
    found
        .unwrap_or_else(|| panic!("{report}: {all:?}"))
        .0
        .clone()
}

#[test]
fn what_comes_bit_by_bit_is_what_comes_at_once() {
    if !testing::prepared() {
        return;
    }
    let readings = &*READINGS;
    let mut at_once = casebook("at-once");
    add(&mut at_once, readings);
    let linked = link(&mut at_once, WHOLE);
    assert_eq!(linked.looked_at as usize, readings.len());
    for (name, step) in [("by-one", 1), ("by-three", 3)] {
        let mut grown = casebook(name);
        for some in readings.chunks(step) {
            add(&mut grown, some);
            link(&mut grown, NEAR);
        }
        assert_eq!(groups(&mut grown), groups(&mut at_once), "{name}");
        assert!(
            index(&mut grown) == index(&mut at_once),
            "{name}: the index"
        );
        // The same again, of dossiers.
        let dossiers = |store: &mut Store| {
            let mut out = BTreeSet::new();
            store::results::each_dossier(store.database(), &mut |mut dossier| {
                dossier.incident.case = model::CaseId::known("k:0");
                out.insert(serde_json::to_string(&dossier).unwrap());
                Ok(())
            })
            .unwrap();
            out
        };
        assert!(
            dossiers(&mut grown) == dossiers(&mut at_once),
            "{name}: the dossiers"
        );
    }
}

#[test]
fn only_the_incidents_that_a_report_bears_on_are_looked_at() {
    if !testing::prepared() {
        return;
    }
    let readings = &*READINGS;
    let (last, rest) = readings.split_last().unwrap();
    let mut store = casebook("touched");
    add(&mut store, rest);
    link(&mut store, NEAR);
    let before = dossiers(&mut store);
    add(&mut store, std::slice::from_ref(last));
    let linked = link(&mut store, NEAR);
    let case = case_of(&mut store, last.report.id.as_str());
    let fellows = cases(&mut store)[&case].len() as u64;
    assert!(
        fellows > 1 && linked.looked_at < readings.len() as u64,
        "{linked:?}"
    );
    assert!(linked.looked_at >= fellows, "{linked:?}, {fellows}");
    let after = dossiers(&mut store);
    let changed: BTreeSet<&String> = after
        .iter()
        .filter(|it| !before.contains(it))
        .map(|it| &it.0)
        .collect();
    assert_eq!(linked.made as usize, changed.len(), "{linked:?}");
    assert!(changed.contains(&case));
}

/// Each case with its dossier.
fn dossiers(store: &mut Store) -> BTreeSet<(String, String)> {
    let mut out = BTreeSet::new();
    store::results::each_dossier(store.database(), &mut |dossier| {
        out.insert((
            dossier.incident.case.to_string(),
            serde_json::to_string(&dossier).unwrap(),
        ));
        Ok(())
    })
    .unwrap();
    out
}

#[test]
fn what_people_decide_is_linked_anew_and_nothing_else() {
    if !testing::prepared() {
        return;
    }
    let readings = &*READINGS;
    let mut store = casebook("decided");
    add(&mut store, readings);
    link(&mut store, NEAR);
    let before = cases(&mut store);
    let mut large = before.iter().filter(|(_, parts)| parts.len() > 2);
    let (a, b) = (large.next().unwrap(), large.next().unwrap());
    let merged = decide(
        &mut store,
        &Review::Merge {
            a: a.0.clone(),
            b: b.0.clone(),
        },
    );
    let linked = link(&mut store, NEAR);
    assert_eq!(
        (linked.merged, linked.opened, linked.made),
        (1, 0, 1),
        "{linked:?}"
    );
    assert!((linked.looked_at as usize) < readings.len(), "{linked:?}");
    let both: BTreeSet<String> = a.1.union(b.1).cloned().collect();
    assert!(groups(&mut store).contains(&both));
    // A report that comes now joins what was joined.
    decide(&mut store, &Review::Undo { judgement: merged });
    let linked = link(&mut store, NEAR);
    assert_eq!(linked.made, 2, "{linked:?}");
    assert_eq!(cases(&mut store), before);
    // A report that is taken out leaves its fellows together.
    let gone =
        a.1.iter()
            .find(|part| part.starts_with("r:"))
            .unwrap()
            .clone();
    store
        .purge(&gone, "Ana", &store::log::time(now()), "asked for")
        .unwrap();
    assert!(index(&mut store).is_empty());
    let linked = link(&mut store, NEAR);
    assert_eq!(linked.made, 1, "{linked:?}");
    let left: BTreeSet<String> = a.1.iter().filter(|part| **part != gone).cloned().collect();
    assert!(groups(&mut store).contains(&left), "{left:?}");
    assert_eq!(cases(&mut store).len(), before.len());
    assert!(
        link(&mut store, NEAR)
            == Linked {
                incidents: linked.incidents,
                ..Linked::default()
            }
    );
    let mut faults = Vec::new();
    faults.extend(
        store::audit::verify(&mut store, &mut |_| {})
            .unwrap()
            .faults,
    );
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn a_shared_casebook_grows_in_the_same_way() {
    use store::database::Database;
    let Some(server) = testing::postgres().filter(|_| testing::prepared()) else {
        return;
    };
    let mut database = store::database::Postgres::connect(&server).unwrap();
    database
        .script("DROP SCHEMA IF EXISTS growing CASCADE; CREATE SCHEMA growing")
        .unwrap();
    let mut shared = create(&Place::of(&format!(
        "{server}?options=-csearch_path%3Dgrowing"
    )));
    let mut own = casebook("shared-twin");
    for some in READINGS.chunks(5) {
        for store in [&mut shared, &mut own] {
            add(store, some);
            link(store, NEAR);
        }
        assert_eq!(cases(&mut shared), cases(&mut own));
    }
    assert!(index(&mut shared) == index(&mut own));
}
