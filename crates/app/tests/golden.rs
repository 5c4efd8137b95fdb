//! The dossiers of the samples as the terminal shows them, byte for byte: a change of reading, reconciling or showing is a line in a diff.
//!
//! `make bless` writes them anew. Without the prepared model and gazetteer the test says "skipped" and passes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const SAMPLES: &[&str] = &[
    "college-siege",
    "depot-shooting",
    "market-bombing",
    "river-strike",
];

/// Set to write the dossiers instead of comparing them.
const BLESS: &str = "CROSSBEARING_BLESS";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(args: &[&str]) -> (bool, Vec<u8>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossbearing"));
    let output = command
        .args(args)
        .current_dir(root().join("samples"))
        .output()
        .unwrap();
    (output.status.success(), output.stdout)
}

#[test]
fn samples_are_shown_as_before() {
    if !run(&["doctor"]).0 {
        println!("skipped: model and gazetteer are not prepared");
        return;
    }
    let mut changed = Vec::new();
    for sample in SAMPLES {
        let (_, shown) = run(&["dossier", "--one", sample]);
        let path = root()
            .join("crates/app/tests/golden")
            .join(format!("{sample}.txt"));
        if std::env::var_os(BLESS).is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &shown).unwrap();
            continue;
        }
        let before = fs::read(&path).unwrap_or_default();
        if before != shown {
            let (before, shown) = (
                String::from_utf8_lossy(&before),
                String::from_utf8_lossy(&shown),
            );
            let line = before
                .lines()
                .zip(shown.lines())
                .position(|(a, b)| a != b)
                .unwrap_or_else(|| before.lines().count().min(shown.lines().count()));
            changed.push(format!(
                "{sample}, line {}:\n- {}\n+ {}",
                line + 1,
                before.lines().nth(line).unwrap_or_default(),
                shown.lines().nth(line).unwrap_or_default()
            ));
        }
    }
    assert!(
        changed.is_empty(),
        "{}\nwhere this is meant: make bless, and read the diff",
        changed.join("\n")
    );
}
