//! Several processes on one casebook at once.

use std::{fs, path::Path};

use serde_json::Value;

use super::{common, done, json, lines, open, open_at, sample, shared, start, twin, verified};

const SAMPLES: [&str; 4] = [
    "college-siege",
    "depot-shooting",
    "market-bombing",
    "river-strike",
];

/// Makes a casebook of the samples and some files that hold nothing, enough of them for several to read at once.
fn filled(folder: &Path, place: &str) {
    let at = ["--casebook", place];
    done(folder, &[&["init"], &at[..]].concat());
    fs::write(folder.join("a.jsonl"), lines(0, 300)).unwrap();
    for what in SAMPLES
        .map(sample)
        .iter()
        .map(String::as_str)
        .chain(["a.jsonl"])
    {
        done(folder, &[&["add", what], &at[..]].concat());
    }
}

/// How many reports the log says were read.
fn read(store: &mut store::Store) -> i64 {
    let sql = "SELECT detail FROM log WHERE what = 'read'";
    let rows = store.database().rows(sql, &[]).unwrap();
    let one = |row: &store::database::Row| serde_json::from_str::<Value>(&row.words(0)).unwrap();
    rows.iter()
        .map(|row| one(row)["reports"].as_i64().unwrap())
        .sum()
}

fn two_read(folder: &Path, place: &str, twin: &str) {
    let workers: Vec<_> = (0..2)
        .map(|_| start(folder, &["run", "--casebook", place]))
        .collect();
    for worker in workers {
        let ended = worker.wait_with_output().unwrap();
        assert!(
            ended.status.success(),
            "{place}: {}",
            String::from_utf8_lossy(&ended.stderr)
        );
    }
    // Who came last may have left to the other what that one was on, and the other may have linked before it came.
    done(folder, &["run", "--casebook", place]);
    let place = if place.contains("://") {
        place.to_owned()
    } else {
        folder.join(place).display().to_string()
    };
    let mut store = open_at(&place);
    let audit = verified(&mut store);
    assert_eq!(
        read(&mut store),
        audit.reports as i64,
        "each report is read once"
    );
    twin::same(&mut store, &mut open(folder, twin));
}

#[test]
fn two_who_read_and_link_at_once_make_what_one_makes() {
    if !testing::prepared() {
        return;
    }
    let folder = common::folder("hard-together-run");
    filled(&folder, "one");
    done(&folder, &["run", "--casebook", "one"]);
    filled(&folder, "two");
    two_read(&folder, "two", "one");
    if let Some(address) = shared("hard_two_read") {
        filled(&folder, &address);
        two_read(&folder, &address, "one");
    }
}

#[test]
fn of_those_who_decide_at_once_one_does_and_the_others_hear_of_it() {
    if !testing::prepared() {
        return;
    }
    let folder = common::folder("hard-together-review");
    let mut places = vec!["casebook".to_owned()];
    places.extend(shared("hard_two_judge"));
    for place in &places {
        let at = ["--casebook", place.as_str()];
        done(&folder, &[&["init"], &at[..]].concat());
        done(
            &folder,
            &[&["add", &sample("depot-shooting")], &at[..]].concat(),
        );
        done(&folder, &[&["run"], &at[..]].concat());
        let list = json(&folder, &[&["list"], &at[..]].concat());
        let case = list["incidents"][0]["case_id"].as_str().unwrap().to_owned();
        let dossier = json(&folder, &[&["show", &case], &at[..]].concat());
        let claim = dossier["claims"][0]["id"].as_str().unwrap();
        let workers: Vec<_> = ["Ana", "Ben", "Cem", "Dov"]
            .map(|who| {
                let words = [
                    "review", "reject", claim, "--reason", who, "--seen", "0", "--who", who,
                ];
                let mut command = common::program(&folder, &[&words, &at[..]].concat());
                command
                    .stdout(std::process::Stdio::piped())
                    .stderr(std::process::Stdio::piped());
                (who, command.spawn().unwrap())
            })
            .into_iter()
            .map(|(who, child)| (who, child.wait_with_output().unwrap()))
            .collect();
        let first: Vec<&str> = workers
            .iter()
            .filter(|it| it.1.status.success())
            .map(|it| it.0)
            .collect();
        assert_eq!(first.len(), 1, "{place}: {first:?}");
        for (_, ended) in workers.iter().filter(|it| !it.1.status.success()) {
            let err = String::from_utf8_lossy(&ended.stderr);
            let told = format!(
                "was judged by {} in the meantime (reject: {})",
                first[0], first[0]
            );
            assert!(
                ended.status.code() == Some(1) && err.contains(&told) && err.contains("hint"),
                "{err}"
            );
        }
        let log = json(&folder, &[&["review", "log"], &at[..]].concat());
        assert_eq!(log.as_array().unwrap().len(), 1, "{log}");
    }
}
