//! A whole casebook leaves as JSON lines and comes back.

use std::fs;

use super::{
    REPORT,
    common::{folder, run},
};

#[test]
fn a_casebook_leaves_as_lines_and_comes_back() {
    let folder = folder("whole");
    let done = |words: &[&str]| {
        let ran = run(&folder, words);
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
        ran.out
    };
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    done(&["init"]);
    done(&["add", "a.txt", "--who", "Ana"]);
    done(&["export", "jsonl=all.jsonl", "csv-claims=c.csv"]);
    let lines = fs::read_to_string(folder.join("all.jsonl")).unwrap();
    assert!(
        lines.contains("\"what\":\"exported\""),
        "the export is in its own log"
    );
    done(&["restore", "all.jsonl", "--casebook", "again"]);
    let faults = done(&["audit", "verify", "--casebook", "again", "--json"]);
    assert!(faults.contains("\"faults\": []"), "{faults}");
    done(&["copy-casebook", "again", "moved"]);
    let head = |place: &str| done(&["audit", "anchor", "--casebook", place]);
    assert_eq!(head("again"), head("moved"));
    done(&["export", "jsonl=twice.jsonl", "--casebook", "again"]);
    // The second export is in the second log; all else is the same.
    let twice = fs::read_to_string(folder.join("twice.jsonl")).unwrap();
    let first: Vec<&str> = lines
        .lines()
        .filter(|line| !line.contains("\"lines\":"))
        .collect();
    let all: Vec<&str> = twice.lines().collect();
    let missing: Vec<&&str> = first.iter().filter(|line| !all.contains(line)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(all.len(), lines.lines().count() + 1);
    // There is a casebook already; and half a file makes none.
    let ran = run(&folder, &["restore", "all.jsonl", "--casebook", "again"]);
    assert!(
        ran.code == 1 && ran.err.contains("is here already"),
        "{}",
        ran.err
    );
    let half: String = lines
        .lines()
        .take(3)
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(folder.join("half.jsonl"), half).unwrap();
    let ran = run(&folder, &["restore", "half.jsonl", "--casebook", "half"]);
    assert!(ran.code == 1 && ran.err.contains("cut off"), "{}", ran.err);
    assert!(
        ran.err.contains("half.jsonl") && !folder.join("half").exists(),
        "{}",
        ran.err
    );
}
