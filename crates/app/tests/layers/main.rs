//! The rooms and the one direction of their arrows, as ARCHITECTURE.md draws them; and how long lines, functions and
//! files may be.
//!
//! `circles.txt` and `tidy.txt` beside this file hold what is not yet as it should be. They may only shrink: a test
//! fails when one grows, and also when it could be shorter; `make bless` shortens them.

mod imports;
mod planted;
mod tidy;
mod waist;

use std::{
    fs,
    path::{Path, PathBuf},
};

use imports::{Crate, lies_in};

/// Each crate and the crates of ours that it may depend on.
const CRATES: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("language", &[]),
    ("encoder", &[]),
    ("reader", &["model", "encoder", "language"]),
    ("reconciler", &["model"]),
    ("crossbearing", &["model", "reader", "reconciler"]),
    ("store", &["model"]),
    ("fetch", &[]),
    (
        "casebook",
        &[
            "model",
            "encoder",
            "language",
            "reader",
            "reconciler",
            "crossbearing",
            "store",
            "fetch",
        ],
    ),
    ("desk", &["model", "store", "casebook"]),
    (
        "score",
        &[
            "model",
            "language",
            "reader",
            "reconciler",
            "crossbearing",
            "casebook",
        ],
    ),
    (
        "learn",
        &[
            "model",
            "language",
            "reader",
            "reconciler",
            "crossbearing",
            "casebook",
            "score",
        ],
    ),
    (
        "app",
        &[
            "model",
            "language",
            "reader",
            "crossbearing",
            "store",
            "fetch",
            "casebook",
            "desk",
            "score",
        ],
    ),
    ("python", &["model", "crossbearing", "store", "casebook"]),
    // For tests alone: among the dependencies of no crate.
    ("testing", &["language", "encoder"]),
];

/// Every room of every crate, in order: a room may use only those before it. A room is a module with all beneath it
/// that has no line of its own; the root of a crate comes last.
const ROOMS: &[(&str, &[&str])] = &[
    (
        "model",
        &[
            "hash",
            "fold",
            "geo",
            "words",
            "id",
            "when",
            "count",
            "scope",
            "party",
            "place",
            "slot",
            "span",
            "quote",
            "note",
            "stance",
            "speaker",
            "value",
            "numbers",
            "evidence",
            "claim",
            "text",
            "report",
            "sentence",
            "keys",
            "account",
            "finding",
            "origin",
            "part",
            "vote",
            "link",
            "dossier",
            "published",
            "schema",
        ],
    ),
    (
        "language",
        &[
            "symbols",
            "strings",
            "unicode",
            "prepared",
            "convert",
            "doc",
            "lexeme",
            "lemma",
            "tokenizer",
            "ruler",
            "chunks",
            "export",
            "network",
            "parse",
            "pipeline",
            "speed",
        ],
    ),
    (
        "encoder",
        &[
            "lanes",
            "file",
            "kernel",
            "wordpiece",
            "quantise",
            "model",
            "forward",
        ],
    ),
    (
        "reader",
        &[
            "version",
            "lexicon",
            "learned",
            "first_look",
            "read::interval_index",
            "read::times::calendar",
            "read::quantities",
            "read::times",
            "text",
            "read::layout",
            "read::places",
            "read::parties",
            "read::speakers",
            "read::stance",
            "read",
            "claims",
            "sentences",
            "keys",
            "weights",
            "testing",
        ],
    ),
    (
        "reconciler",
        &[
            "letters",
            "link",
            "reconcile::align",
            "ledger",
            "account_selection",
            "reconcile",
            "consensus",
            "sub_events",
            "timeline",
            "cases",
            "incident_summary",
        ],
    ),
    ("crossbearing", &["guard", "batch", "linking", "incidents"]),
    (
        "store",
        &[
            "error",
            "database",
            "place",
            "schema",
            "log",
            "bytes",
            "search",
            "tx",
            "arrivals",
            "judgements",
            "people",
            "tokens",
            "views",
            "lists",
            "results",
            "steps",
            "linking",
            "lookup",
            "proposals",
            "changes",
            "feeds",
            "purge",
            "store",
            "public",
            "copy",
            "lines",
            "audit",
            "health",
        ],
    ),
    (
        "fetch",
        &["address", "error", "client", "service", "polite"],
    ),
    (
        "casebook",
        &[
            "xml", "files", "error", "ingest", "data", "run", "redact", "publish", "export", "book",
        ],
    ),
    (
        "desk",
        &[
            "tokens", "access", "accounts", "refusal", "pool", "memory", "work", "desk", "assets",
            "visitor", "frame", "map", "lanes", "graph", "pages", "api", "guard", "server",
        ],
    ),
    (
        "score",
        &[
            "outcome",
            "words",
            "measure",
            "pool",
            "facts",
            "engine",
            "manifest",
            "case",
            "cis530p",
            "accounts",
            "gva",
            "gvdb",
            "lineage",
            "airwars",
            "events",
            "coref",
            "polnear",
            "tempeval",
            "geo",
            "first_look",
            "all",
            "cli",
        ],
    ),
    (
        "learn",
        &["error", "data", "optim", "heaps", "stages", "manifest"],
    ),
    ("app", &["failure", "screen", "commands"]),
    (
        "python",
        &[
            "error",
            "process",
            "values",
            "resources",
            "inputs",
            "packages",
            "reading",
            "dossier",
            "incidents",
            "files",
            "cluster",
            "blocks",
            "book",
            "_core",
        ],
    ),
    ("testing", &["chat", "site", "tiles"]),
];

/// Arrows back that stand today: crate, room, and the module with the name that it uses. Each must still be needed.
const BACK: &[(&str, &str, &str)] = &[];

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

/// The modules of one of our crates.
fn parsed(name: &str) -> Crate {
    let folder = format!("{name}/src");
    let files = sources(&folder).into_iter().map(|(file, text)| {
        let file = file.strip_prefix(&format!("{folder}/")).unwrap();
        (file.to_owned(), text)
    });
    Crate::parse(&files.collect::<Vec<_>>())
}

/// The place of a module's room in an order: of the rooms it lies in the innermost, and last the root of the crate.
fn place_of(module: &str, order: &[&str]) -> usize {
    (0..order.len())
        .filter(|at| lies_in(module, order[*at]))
        .max_by_key(|at| order[*at].len())
        .unwrap_or(order.len())
}

/// The uses of a later room's names, those of the root among them: `file:line: room uses module (path)`. What stands
/// in `back` is left out and counted there.
fn violations(of: &Crate, order: &[&str], back: &[(&str, &str)]) -> (Vec<String>, Vec<usize>) {
    let mut used = vec![0; back.len()];
    let mut out = Vec::new();
    for arrow in of.arrows() {
        let (from, to) = (place_of(&arrow.from, order), place_of(&arrow.to, order));
        let Some(room) = order.get(from).filter(|_| from < to) else {
            continue;
        };
        match back.iter().position(|known| *known == (*room, &arrow.to)) {
            Some(at) => used[at] += 1,
            None => out.push(format!(
                "{}:{}: {room} may not use {} ({})",
                arrow.file,
                arrow.line,
                if arrow.to.is_empty() {
                    "the root of the crate"
                } else {
                    &arrow.to
                },
                arrow.path
            )),
        }
    }
    (out, used)
}

/// Modules that lie in no room of the order, and rooms that are no module.
fn strays(of: &Crate, order: &[&str]) -> Vec<String> {
    let homeless = of
        .modules()
        .filter(|module| !module.is_empty() && place_of(module, order) == order.len())
        .map(|module| format!("{module} has no place in the order of rooms"));
    let empty = order
        .iter()
        .filter(|room| !of.modules().any(|module| module == **room))
        .map(|room| format!("there is no {room}: take it out of the order of rooms"));
    homeless.chain(empty).collect()
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
fn rooms_use_only_earlier_ones() {
    let mut faults = Vec::new();
    for (name, order) in ROOMS {
        let parsed = parsed(name);
        let back: Vec<(&str, &str)> = BACK
            .iter()
            .filter(|(of, _, _)| of == name)
            .map(|(_, room, to)| (*room, *to))
            .collect();
        let (wrong, used) = violations(&parsed, order, &back);
        let wrong = wrong.into_iter().chain(strays(&parsed, order));
        faults.extend(wrong.map(|fault| format!("{name}: {fault}")));
        for ((room, to), _) in back.iter().zip(used).filter(|(_, uses)| *uses == 0) {
            faults.push(format!(
                "{name}: {room} uses {to} no more: take it out of BACK"
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let named: Vec<&str> = ROOMS.iter().map(|(name, _)| *name).collect();
    let all: Vec<&str> = CRATES.iter().map(|(name, _)| *name).collect();
    assert_eq!(named, all, "a crate has no order of rooms");
}

#[test]
fn circles_only_become_fewer() {
    let mut found: Vec<String> = Vec::new();
    for (name, _) in CRATES {
        let files = parsed(name).circles().into_iter().flatten();
        found.extend(files.map(|file| format!("{name}/src/{file}")));
    }
    found.sort();
    let head = "# Files that use each other in a circle. Nothing is added here; `make bless` takes out \
                what is no longer needed.\n";
    tidy::only_shrinks("circles.txt", head, &found);
}

/// The lines of a file that are shipped: without its test module at the end, and without comments.
fn shipped(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = text
        .find("\n#[cfg(test)]\nmod tests {")
        .unwrap_or(text.len());
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
            if words.iter().any(|word| line.contains(word)) {
                out.push(format!("{name}:{at}: {line}"));
            }
        }
    }
    out
}

#[test]
fn only_the_program_writes_to_the_terminal() {
    let printing = ["println!(", "eprintln!(", " print!(", " eprint!(", "dbg!("];
    for (name, _) in CRATES
        .iter()
        .filter(|(name, _)| !["app", "learn"].contains(name))
    {
        let files: Vec<_> = sources(&format!("{name}/src"))
            .into_iter()
            .filter(|(file, _)| !file.ends_with("tests.rs"))
            .collect();
        assert_eq!(hits(&files, &printing), Vec::<String>::new());
    }
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

#[test]
fn the_store_alone_speaks_sql() {
    let words = [
        "\"SELECT ",
        "\"INSERT INTO ",
        "\"UPDATE ",
        "\"DELETE FROM ",
        "\"CREATE ",
        "\"PRAGMA ",
        " FROM reports",
        " FROM incidents",
        " FROM claims",
        " FROM settings",
        " FROM cases",
    ];
    for (name, _) in CRATES.iter().filter(|(name, _)| *name != "store") {
        let files = sources(&format!("{name}/src"));
        assert_eq!(hits(&files, &words), Vec::<String>::new());
    }
    // It would be found where it stands.
    assert!(!hits(&sources("store/src"), &words).is_empty());
}
