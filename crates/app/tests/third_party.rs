//! The crates that the program is built of: where they come from, under which licence, and that THIRD-PARTY.md names
//! each.
//!
//! `make third-party` writes the table anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// Licences that a crate may be used under. The Mozilla one asks that changes to its files be given away; we change
/// none.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    // Of data alone: the list of certificate authorities.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// Crates that may be used under a licence that no other may, as `deny.toml` has them. CC0 gives a work to everybody,
/// without any condition; this crate is built for WebAssembly alone.
const EXCEPTIONS: &[(&str, &str)] = &[("tiny-keccak", "CC0-1.0")];

/// The lines in THIRD-PARTY.md that the table stands between.
const BEGIN: &str = "<!-- crates: written by `make third-party` -->";
const END: &str = "<!-- end of crates -->";

/// A crate of Cargo.lock that is not ours.
struct Crate {
    name: String,
    version: String,
    licence: String,
    source: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What cargo says of all crates, for every platform. What is not on this machine yet is fetched.
fn metadata() -> Value {
    let ask = |offline: bool| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--format-version", "1", "--locked"]);
        cargo.args(offline.then_some("--offline"));
        cargo.current_dir(root()).output().expect("cargo runs")
    };
    let mut output = ask(true);
    if !output.status.success() {
        output = ask(false);
    }
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON of cargo")
}

fn crates() -> Vec<Crate> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut crates: Vec<Crate> = packages
        .iter()
        .filter(|package| !text(&package["name"]).starts_with("crossbearing"))
        .map(|package| Crate {
            name: text(&package["name"]),
            version: text(&package["version"]),
            licence: text(&package["license"]),
            source: text(&package["source"]),
        })
        .collect();
    crates.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    crates
}

/// Whether a licence expression leaves a choice that [`LICENCES`] holds: `AND`, `OR`, `/` for `OR`, and brackets. A
/// word that is no licence of the list is none that may be used.
fn allowed(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let holds = either(&words, &mut at);
    holds && at == words.len()
}

fn either(words: &[&str], at: &mut usize) -> bool {
    let mut holds = both(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        // Both sides are read, whatever the first says.
        let other = both(words, at);
        holds |= other;
    }
    holds
}

fn both(words: &[&str], at: &mut usize) -> bool {
    let mut holds = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        let other = one(words, at);
        holds &= other;
    }
    holds
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word != "(" {
        // An exception gives more, never less.
        if words.get(*at) == Some(&"WITH") {
            *at += 2;
        }
        return LICENCES.contains(&word);
    }
    let holds = either(words, at);
    let closed = words.get(*at) == Some(&")");
    *at += 1;
    holds && closed
}

fn table(crates: &[Crate]) -> String {
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows = String::from("| crate | version | licence |\n|---|---|---|\n");
    for one in crates {
        *by.entry(one.licence.as_str()).or_default() += 1;
        rows.push_str(&format!(
            "| {} | {} | {} |\n",
            one.name, one.version, one.licence
        ));
    }
    let by: Vec<String> = by
        .iter()
        .map(|(licence, n)| format!("{n} {licence}"))
        .collect();
    format!("{} crates: {}.\n\n{rows}", crates.len(), by.join(", "))
}

#[test]
fn every_crate_has_a_licence_that_may_be_used() {
    let bad: Vec<String> = crates()
        .iter()
        .filter(|one| !allowed(&one.licence))
        .filter(|one| !EXCEPTIONS.contains(&(one.name.as_str(), one.licence.as_str())))
        .map(|one| format!("{} {}: {:?}", one.name, one.version, one.licence))
        .collect();
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn licence_expressions_are_understood() {
    for (expression, want) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0 OR MIT", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(GPL-3.0 OR LGPL-2.1) AND MIT", false),
        ("MIT AND GPL-3.0", false),
        ("GPL-3.0 WITH Classpath-exception-2.0", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
        ("GPL-3.0 AND MIT OR Zlib", true),
        ("(MIT", false),
        ("MIT)", false),
        ("GPL-3.0", false),
        ("", false),
    ] {
        assert_eq!(allowed(expression), want, "{expression}");
    }
}

#[test]
fn every_crate_comes_from_one_registry() {
    let crates = crates();
    let sources: BTreeSet<&str> = crates.iter().map(|one| one.source.as_str()).collect();
    assert!(
        sources.len() == 1 && sources.iter().all(|source| source.starts_with("registry+")),
        "{sources:?}"
    );
}

#[test]
fn the_notices_name_every_crate() {
    let path = root().join("THIRD-PARTY.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = text.split_once(BEGIN).expect("the table's first line");
    let (now, tail) = rest.split_once(END).expect("the table's last line");
    let want = format!("\n\n{}\n", table(&crates()));
    if std::env::var_os("CROSSBEARING_BLESS").is_some() {
        std::fs::write(&path, format!("{head}{BEGIN}{want}{END}{tail}")).unwrap();
    } else {
        assert!(
            now == want,
            "THIRD-PARTY.md is stale: run `make third-party`"
        );
    }
}
