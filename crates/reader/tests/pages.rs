//! How much of an article is found on a page, and how little else: pages with the structure of real news sites and
//! invented text in `tests/pages`, each `NAME.html` with its article in `NAME.txt`.
//!
//! Precision and recall are over runs of four words, as public benchmarks of extractors take them, and are means over
//! pages.

use std::{collections::BTreeMap, fs, path::Path};

use model::BlockKind;
use reader::{
    Input,
    text::{self, Metadata},
};

fn runs(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut out = BTreeMap::new();
    for run in words.windows(4.min(words.len().max(1))) {
        *out.entry(run.to_vec()).or_default() += 1;
    }
    out
}

/// Precision and recall of `got` against `want`.
fn measure(got: &str, want: &str) -> (f64, f64) {
    let (got, want) = (runs(got), runs(want));
    let both: usize = got
        .iter()
        .map(|(run, n)| (*n).min(want.get(run).copied().unwrap_or(0)))
        .sum();
    let share = |all: usize| both as f64 / all.max(1) as f64;
    (share(got.values().sum()), share(want.values().sum()))
}

/// The report's own words on a page.
fn body(html: &[u8], name: &str) -> String {
    let extracted = text::extract(&Input {
        name: name.to_owned(),
        bytes: html.to_vec(),
        given: Metadata::default(),
    })
    .expect("a page with an article");
    let text = &extracted.text;
    let blocks = text.blocks().iter().filter(|block| {
        !matches!(
            block.kind,
            BlockKind::Title | BlockKind::Caption | BlockKind::Boilerplate
        )
    });
    let blocks: Vec<&str> = blocks.map(|block| text.slice(block.span)).collect();
    blocks.join("\n\n")
}

#[test]
fn articles_are_found_and_little_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    names.sort();
    assert!(names.len() >= 40);
    let (mut precision, mut recall) = (0.0, 0.0);
    for path in &names {
        let want = fs::read_to_string(path.with_extension("txt")).unwrap();
        let (p, r) = measure(&body(&fs::read(path).unwrap(), "page.html"), &want);
        assert!(
            p > 0.9 && r > 0.9,
            "{}: precision {p:.3}, recall {r:.3}",
            path.display()
        );
        precision += p / names.len() as f64;
        recall += r / names.len() as f64;
    }
    assert!(
        precision > 0.99 && recall > 0.99,
        "precision {precision:.4}, recall {recall:.4}"
    );
}
