//! `crossbearing parse`.

use std::{fs, process::Stdio};

use serde_json::Value;

use super::{
    REPORT,
    common::{folder, program, run_with_input},
};

#[test]
fn parse_counts_code_points() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("parse");
    let text = "🙂 Éva Vell said that two men from Orrin were hurt.";
    let ran = run_with_input(&folder, &["parse", "-", "--json"], text.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let doc: Value = serde_json::from_str(&ran.out).unwrap();
    let points: Vec<char> = text.chars().collect();
    for token in doc["tokens"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(token[key].as_u64().unwrap()).unwrap();
        let words: String = points[at("start")..at("end")].iter().collect();
        assert_eq!(token["text"], words);
    }
    let ran = run_with_input(&folder, &["parse", "-"], text.as_bytes());
    let rows: Vec<&str> = ran.out.lines().filter(|line| line.contains('\t')).collect();
    assert_eq!(rows.len(), 12, "{}", ran.out);
    assert!(rows.iter().all(|row| row.split('\t').count() == 10));
    assert!(ran.out.contains("start_char=2|end_char=5"), "{}", ran.out);
}

#[test]
fn a_reader_that_goes_away_is_a_normal_end() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("pipe");
    let text =
        REPORT.to_owned() + &"Two boats sank off Orrin on Monday, the navy said.\n\n".repeat(3000);
    fs::write(folder.join("long.txt"), text).unwrap();
    let mut child = program(&folder, &["parse", "long.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), told.as_ref()), (Some(0), ""));
}
