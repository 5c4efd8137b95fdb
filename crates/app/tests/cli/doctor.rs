//! What `doctor` says of a casebook, and what it mends.

use std::{fs, path::Path, time::Duration};

use serde_json::Value;

use super::{
    REPORT,
    common::{self, folder},
};

/// What `doctor` says, and whether it found a problem with the casebook; whether the data are there is left aside.
fn doctor(folder: &Path, words: &[&str]) -> Value {
    let ran = common::run(folder, &[&["doctor", "--json"], words].concat());
    assert!(ran.code == 0 || ran.code == 1, "{}", ran.err);
    serde_json::from_str(&ran.out)
        .unwrap_or_else(|error| panic!("{error}: {} {}", ran.out, ran.err))
}

fn made(name: &str) -> std::path::PathBuf {
    let folder = folder(name);
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    for words in [&["init"][..], &["add", "a.txt"]] {
        assert_eq!(common::run(&folder, words).code, 0, "{words:?}");
    }
    folder
}

#[test]
fn a_casebook_that_is_well_is_said_to_be() {
    let folder = made("doctor-well");
    let found = doctor(&folder, &[]);
    for what in [
        "engine",
        "writing",
        "tables",
        "log_chain",
        "bytes",
        "left_over_files",
        "search_index",
        "feeds",
    ] {
        assert_eq!(found[what]["ok"], true, "{what}: {found}");
        assert_eq!(found[what]["hint"], Value::Null, "{what}: {found}");
    }
    assert!(
        found["engine"]["is"]
            .as_str()
            .unwrap()
            .starts_with("SQLite 3"),
        "{found}"
    );
    assert!(found["work_waiting"]["hint"].is_string(), "{found}");
    // Without a casebook nothing is said of one, unless it was asked for.
    let empty = common::folder("doctor-none");
    assert_eq!(doctor(&empty, &[])["casebook"], Value::Null);
    let found = doctor(&empty, &["--casebook", "nowhere"]);
    assert_eq!(found["casebook"]["ok"], false, "{found}");
    assert!(
        found["casebook"]["hint"]
            .as_str()
            .unwrap()
            .contains("crossbearing init"),
        "{found}"
    );
}

#[test]
fn what_can_be_mended_is_mended() {
    let folder = made("doctor-mend");
    let book = folder.join("casebook");
    let mut open = store::Store::open(&store::Place::Folder(book.clone())).unwrap();
    store::search::remove(open.database(), "search_reports", i64::MIN, i64::MAX).unwrap();
    drop(open);
    let part = book.join(store::BYTES).join("ab");
    fs::create_dir_all(&part).unwrap();
    let left = part.join("abcd.7-1.part");
    fs::write(&left, "x").unwrap();
    let day = Duration::from_secs(24 * 60 * 60);
    let file = fs::File::options().write(true).open(&left).unwrap();
    file.set_modified(std::time::SystemTime::now() - day)
        .unwrap();
    let found = doctor(&folder, &[]);
    assert_eq!(found["search_index"]["ok"], false, "{found}");
    for what in ["search_index", "left_over_files"] {
        assert!(
            found[what]["hint"].as_str().unwrap().contains("--mend"),
            "{found}"
        );
    }
    assert!(left.exists());
    let found = doctor(&folder, &["--mend", "--who", "Ana"]);
    for what in ["search_index", "left_over_files"] {
        assert_eq!(
            (&found[what]["ok"], &found[what]["mended"]),
            (&true.into(), &true.into()),
            "{found}"
        );
    }
    assert!(!left.exists());
    let ran = common::run(&folder, &["search", "mill"]);
    assert!(ran.out.contains("mill"), "{}", ran.out);
    let ran = common::run(&folder, &["audit", "verify"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let found = doctor(&folder, &[]);
    assert_eq!(
        found["search_index"]["is"], "in step with reports, claims and names",
        "{found}"
    );
}

#[test]
fn what_cannot_be_mended_is_told_with_what_to_do() {
    let folder = made("doctor-damage");
    let book = folder.join("casebook");
    let mut open = store::Store::open(&store::Place::Folder(book.clone())).unwrap();
    open.database()
        .script("UPDATE log SET who = 'Somebody else' WHERE seq = 1")
        .unwrap();
    drop(open);
    fs::remove_dir_all(book.join(store::BYTES)).unwrap();
    fs::create_dir_all(book.join(store::BYTES)).unwrap();
    let found = doctor(&folder, &["--mend"]);
    assert!(
        found["log_chain"]["problem"]
            .as_str()
            .unwrap()
            .starts_with("log 1"),
        "{found}"
    );
    assert!(
        found["bytes"]["problem"]
            .as_str()
            .unwrap()
            .contains("1 are missing"),
        "{found}"
    );
    assert!(
        found["bytes"]["hint"].as_str().unwrap().contains("backup"),
        "{found}"
    );
    let ran = common::run(&folder, &["doctor"]);
    assert!(
        ran.code == 1 && ran.out.contains("PROBLEM: log 1"),
        "{}",
        ran.out
    );
    fs::write(
        book.join(store::FILE),
        "no database at all, and longer than a head".repeat(50),
    )
    .unwrap();
    let found = doctor(&folder, &[]);
    assert!(
        found["casebook"]["problem"]
            .as_str()
            .unwrap()
            .contains("not a casebook"),
        "{found}"
    );
}
