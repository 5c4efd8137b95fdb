//! The dossiers of the samples in all four forms, and the list and the tables of all of them, byte for byte: a change
//! of reading, reconciling or showing is a line in a diff. What the README shows is part of them.
//!
//! `make bless` writes them anew. Needs the prepared model, gazetteer and encoder.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use casebook::export::FORMATS;

const SAMPLES: &[&str] = &[
    "college-siege",
    "depot-shooting",
    "market-bombing",
    "river-strike",
];

fn blessed() -> bool {
    std::env::var_os("CROSSBEARING_BLESS").is_some()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn golden(name: &str) -> PathBuf {
    root().join("crates/app/tests/golden").join(name)
}

/// Runs the program in the folder of samples; what it printed.
fn run(args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_crossbearing"))
        .args(args)
        .current_dir(root().join("samples"))
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {err}");
    output.stdout
}

/// The first line in which two texts differ, as a diff has it.
fn first_change(before: &[u8], now: &[u8]) -> String {
    let (before, now) = (
        String::from_utf8_lossy(before),
        String::from_utf8_lossy(now),
    );
    let same = before.lines().zip(now.lines()).take_while(|(a, b)| a == b);
    let at = same.count();
    let line = |text: &str| text.lines().nth(at).unwrap_or_default().to_owned();
    format!("line {}:\n- {}\n+ {}", at + 1, line(&before), line(&now))
}

/// Compares what was made with the committed bytes, or commits it.
fn check(name: &str, made: &[u8], changed: &mut Vec<String>) {
    let path = golden(name);
    if blessed() {
        fs::write(&path, made).unwrap();
        return;
    }
    let before = fs::read(&path).unwrap_or_default();
    if before != made {
        changed.push(format!("{name}, {}", first_change(&before, made)));
    }
}

#[test]
fn samples_are_shown_as_before() {
    if !testing::prepared() {
        return;
    }
    let mut changed = Vec::new();
    for sample in SAMPLES {
        let made = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("golden")
            .join(sample);
        let _ = fs::remove_dir_all(&made);
        fs::create_dir_all(&made).unwrap();
        let (html, json) = (made.join("html"), made.join("json"));
        let both = [
            format!("--html={}", html.display()),
            format!("--json={}", json.display()),
        ];
        let terminal = run(&["dossier", "--one", sample, &both[0], &both[1]]);
        let markdown = run(&["dossier", "--one", sample, "--md"]);
        for (ending, made) in [
            ("txt", terminal),
            ("html", fs::read(html).unwrap()),
            ("json", fs::read(json).unwrap()),
            ("md", markdown),
        ] {
            check(&format!("{sample}.{ending}"), &made, &mut changed);
        }
    }
    let list = run(&[&["dossier", "--list"], SAMPLES].concat());
    check("list.txt", &list, &mut changed);
    tables(&mut changed);
    readme(&mut changed);
    assert!(
        changed.is_empty(),
        "{}\nwhere this is meant: make bless, and read the diff",
        changed.join("\n")
    );
}

/// Formats that say much of each claim: one sample is enough of them.
const LONG: [&str; 7] = [
    "annotation",
    "prov",
    "schema",
    "xlsx",
    "datapackage",
    "docx",
    "pdf",
];

/// The samples in each format for machines.
fn tables(changed: &mut Vec<String>) {
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden/export");
    fs::create_dir_all(&made).unwrap();
    // What holds texts needs a casebook, and is tested there.
    let files: Vec<(String, PathBuf)> = FORMATS
        .iter()
        .filter(|format| !format.texts)
        .map(|format| {
            let name = format!("{}.{}", format.name, format.ending);
            (
                format!("--export={}={}", format.name, made.join(&name).display()),
                name.into(),
            )
        })
        .collect();
    let long = |flag: &str| LONG.iter().any(|it| flag.contains(&format!("={it}=")));
    let flags = || files.iter().map(|(flag, _)| flag.as_str());
    let short: Vec<&str> = flags().filter(|flag| !long(flag)).collect();
    run(&[&["dossier"], SAMPLES, &short].concat());
    let long: Vec<&str> = flags().filter(|flag| long(flag)).collect();
    run(&[&["dossier", "depot-shooting"], long.as_slice()].concat());
    for (_, name) in files {
        let bytes = fs::read(made.join(&name)).unwrap();
        check(&name.display().to_string(), &bytes, changed);
    }
}

/// The blocks of output in the README: the first lines of the demonstration's dossier, and the whole list.
fn readme(changed: &mut Vec<String>) {
    let path = root().join("README.md");
    let mut page = fs::read_to_string(&path).unwrap();
    for (before, file, part) in [
        ("`make demo` prints this", "college-siege.txt", true),
        ("<!-- list -->", "list.txt", false),
    ] {
        let text = fs::read_to_string(golden(file)).unwrap();
        let start = page
            .find(before)
            .unwrap_or_else(|| panic!("README: {before}"));
        let (start, end) = block(&page, start);
        let shown = &page[start..end];
        let wanted = if part {
            // As many lines as stand there now; what follows is left out.
            let lines = shown.lines().count().saturating_sub(1);
            let first: Vec<&str> = text.lines().take(lines).collect();
            first.join("\n") + "\n…\n"
        } else {
            text
        };
        if shown == wanted {
            continue;
        }
        if blessed() {
            page.replace_range(start..end, &wanted);
        } else {
            let change = first_change(shown.as_bytes(), wanted.as_bytes());
            changed.push(format!("README, the block of {file}, {change}"));
        }
    }
    if blessed() {
        fs::write(&path, page).unwrap();
    }
}

/// The bytes between the next pair of fences.
fn block(page: &str, from: usize) -> (usize, usize) {
    const FENCE: &str = "```text\n";
    let start = from + page[from..].find(FENCE).expect("a block of text") + FENCE.len();
    let end = start + page[start..].find("```").expect("its end");
    (start, end)
}

#[test]
fn a_change_of_one_word_is_told_with_its_line() {
    let told = first_change(b"a\nb c\nd\n", b"a\nb e\nd\n");
    assert_eq!(told, "line 2:\n- b c\n+ b e");
    let mut changed = Vec::new();
    if !blessed() {
        check("list.txt", b"", &mut changed);
        assert_eq!(changed.len(), 1);
    }
    assert_eq!(block("x\n```text\none\n```\n", 0), (10, 14));
}
