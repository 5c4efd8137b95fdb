//! The rooms and the one direction of their arrows, as ARCHITECTURE.md draws them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each crate and the crates of ours it may depend on.
const CRATES: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("language", &[]),
    ("encoder", &[]),
    ("reader", &["model", "encoder", "language"]),
    ("reconciler", &["model"]),
    (
        "casebook",
        &["model", "encoder", "language", "reader", "reconciler"],
    ),
    (
        "score",
        &["model", "language", "reader", "reconciler", "casebook"],
    ),
    (
        "app",
        &[
            "model",
            "language",
            "reader",
            "reconciler",
            "casebook",
            "score",
        ],
    ),
];

/// Rooms inside a crate: files under the first folder may not name the paths after it.
const ROOMS: &[(&str, &[&str])] = &[
    ("reader/src/text", &["crate::claims", "crate::read::"]),
    ("reader/src/read", &["crate::claims"]),
    ("reconciler/src/link", &["crate::reconcile"]),
    (
        "casebook/src/publish",
        &["crate::ingest", "crate::run", "crate::data"],
    ),
    (
        "casebook/src/ingest",
        &["crate::run", "crate::publish", "crate::data"],
    ),
];

/// The one arrow back: a publication date is written in words, and the room that reads times reads it.
const EXCEPTION: (&str, &str) = ("reader/src/text/mod.rs", "use crate::read::times;");

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Every Rust file below a folder of `crates/`, with its path from there.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = crates();
    let mut open = vec![root.join(folder)];
    let mut out = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            out.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    out.sort();
    out
}

/// The lines of a file that are shipped: without its test module at the end, and without comments.
fn shipped(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = text.find("\n#[cfg(test)]\nmod tests").unwrap_or(text.len());
    text[..end]
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim()))
        .filter(|(_, line)| !line.starts_with("//"))
}

/// Lines of the files that hold one of `words`, printed as `file:line: words`.
fn hits(files: &[(String, String)], words: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for (name, text) in files {
        for (at, line) in shipped(text) {
            if words.iter().any(|word| line.contains(word)) && (name.as_str(), line) != EXCEPTION {
                out.push(format!("{name}:{at}: {line}"));
            }
        }
    }
    out
}

#[test]
fn crates_depend_only_on_earlier_ones() {
    let names: Vec<&str> = CRATES.iter().map(|(name, _)| *name).collect();
    let mut on_disk: Vec<String> = fs::read_dir(crates())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    on_disk.sort();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(on_disk, sorted, "a crate has no line here");
    for (name, allowed) in CRATES {
        let manifest = fs::read_to_string(crates().join(name).join("Cargo.toml")).unwrap();
        let mut inside = false;
        for line in manifest.lines() {
            if line.starts_with('[') {
                inside = line == "[dependencies]";
            }
            let key = line.split(['.', '=', ' ']).next().unwrap_or("");
            if inside && names.contains(&key) {
                assert!(allowed.contains(&key), "{name} may not depend on {key}");
            }
        }
    }
}

#[test]
fn rooms_look_only_to_the_left() {
    for (folder, later) in ROOMS {
        assert_eq!(hits(&sources(folder), later), Vec::<String>::new());
    }
}

#[test]
fn reader_and_reconciler_are_strangers() {
    assert_eq!(
        hits(&sources("reader/src"), &["reconciler::"]),
        Vec::<String>::new()
    );
    assert_eq!(
        hits(&sources("reconciler/src"), &["reader::"]),
        Vec::<String>::new()
    );
}

#[test]
fn only_the_program_writes_to_the_terminal() {
    let printing = ["println!(", "eprintln!(", " print!(", " eprint!(", "dbg!("];
    for (name, _) in CRATES.iter().filter(|(name, _)| *name != "app") {
        let files: Vec<_> = sources(&format!("{name}/src"))
            .into_iter()
            // Support of tests, which say when they are skipped.
            .filter(|(file, _)| !file.ends_with("testing.rs") && !file.ends_with("tests.rs"))
            .collect();
        assert_eq!(hits(&files, &printing), Vec::<String>::new());
    }
}

#[test]
fn only_the_store_speaks_sql() {
    let files: Vec<_> = CRATES
        .iter()
        .flat_map(|(name, _)| sources(&format!("{name}/src")))
        .filter(|(file, _)| !file.starts_with("casebook/src/store/"))
        .collect();
    assert_eq!(
        hits(&files, &["rusqlite", "SELECT ", "INSERT INTO"]),
        Vec::<String>::new()
    );
}

#[test]
fn nothing_is_left_undone() {
    for (name, _) in CRATES {
        let files = sources(&format!("{name}/src"));
        assert_eq!(
            hits(&files, &["unimplemented!(", "todo!("]),
            Vec::<String>::new()
        );
    }
}
