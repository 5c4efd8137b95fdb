//! The waist: what stands right of a reading asks its types, and neither the names of rules nor words.

use crate::{shipped, sources};

/// Folders in which no code may compare the name of a rule.
const SILENT: &[&str] = &[
    "model/src",
    "reader/src/claims",
    "reconciler/src",
    "casebook/src",
    "score/src",
];

/// What looks into a name.
const LOOKS: &[&str] = &[
    "==",
    "!=",
    ".eq(",
    ".ends_with(",
    ".starts_with(",
    ".contains(",
    ".as_str()",
    ".split",
    ".strip_",
    ".find(",
    ".matches(",
    ".parse",
];

/// The places where code looks into the name of a rule: `.rule` or a variable `rule`, followed or preceded by a
/// comparison.
fn comparisons(code: &str) -> Vec<String> {
    let plain = code;
    let mut out = Vec::new();
    for (at, _) in plain.match_indices("rule") {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let end = at + "rule".len();
        if plain[..at].ends_with(word) || plain[end..].starts_with(word) {
            continue;
        }
        // A rule's basis and certainty are types; its name is what may not be asked.
        let mut rest = plain[end..].trim_start();
        rest = rest.strip_prefix(".name").unwrap_or(rest).trim_start();
        rest = rest.strip_prefix(".as_str()").unwrap_or(rest).trim_start();
        let before = plain[..at].trim_end_matches(|c: char| word(c) || c == '.' || c == '&');
        let compared = ["==", "!=", "match", "matches!("]
            .iter()
            .any(|look| before.trim_end().ends_with(look))
            && !rest.starts_with(".basis")
            && !rest.starts_with(".certainty")
            || before.ends_with(".contains(")
            || LOOKS.iter().any(|look| rest.starts_with(look));
        if compared {
            let line = plain[..at].matches('\n').count();
            out.push(
                plain
                    .lines()
                    .nth(line)
                    .unwrap_or_default()
                    .trim()
                    .to_owned(),
            );
        }
    }
    out
}

#[test]
fn nothing_compares_the_name_of_a_rule() {
    let mut found = Vec::new();
    for folder in SILENT {
        let files = sources(folder).into_iter();
        for (file, text) in files.filter(|(file, _)| !file.ends_with("tests.rs")) {
            let code: Vec<&str> = shipped(&text).map(|(_, line)| line).collect();
            let lines = comparisons(&code.join("\n")).into_iter();
            found.extend(lines.map(|line| format!("{file}: {line}")));
        }
    }
    assert!(
        found.is_empty(),
        "the name of a rule is provenance; what follows from it stands in `Claim::evidence`:\n{}",
        found.join("\n")
    );
}

#[test]
fn planted_comparisons_are_seen() {
    for planted in [
        "if claim.rule == \"when/also\" {",
        "if draft.rule != OTHERS {",
        "claim.rule.ends_with(\"/also\")",
        "claim\n    .rule\n    .starts_with(\"when\")",
        "match claim.rule.as_str() {",
        "matches!(claim.rule, _)",
        "RULES.contains(&draft.rule)",
        "\"when/also\" == claim.rule",
        "let rule = claim.rule.clone(); if rule == x {",
        "draft.rule.name == \"x\"",
    ] {
        assert_eq!(comparisons(planted).len().min(1), 1, "{planted}");
    }
    for fine in [
        "rule: draft.rule.name.to_owned(),",
        "match draft.rule.certainty {",
        "format!(\"{}\", claim.rule)",
        "rules.iter().all(|rule| rule.says() == says)",
        "draft.rests_on(Basis::Further)",
    ] {
        assert_eq!(comparisons(fine), [""; 0], "{fine}");
    }
}
