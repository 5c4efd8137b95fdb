//! Files that hold several reports.

use std::fs;

use serde_json::{Value, json};

use super::{
    REPORT,
    common::{folder, run, run_with_input},
};

fn lines(reports: &[Value]) -> String {
    let lines: Vec<String> = reports.iter().map(ToString::to_string).collect();
    lines.join("\n") + "\n"
}

#[test]
fn each_line_is_a_report_and_a_bad_one_is_told() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("lines");
    let page = "<html><body><article><h1>Blast in Orrin</h1><p>Eight people were killed when a car bomb went off \
                at a mill in Orrin on Monday, the police said. The mill burned for hours.</p></article></body></html>";
    let good = lines(&[
        json!({"text": REPORT, "url": "https://tribune.example/blast", "fetched_at": "2031-03-05T08:00:00Z"}),
        json!({"html": page, "source": "Hill Post", "published": "2031-03-05"}),
    ]);
    fs::write(folder.join("feed.jsonl"), format!("nonsense\n{good}")).unwrap();
    // Data that lies beside reports is none.
    fs::write(folder.join("data.jsonl"), "{\"slot\": \"killed\"}\n").unwrap();
    let ran = run(&folder, &["dossier", ".", "--one", "--json"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err
            .contains("error: ./feed.jsonl:1: the line is not valid JSON"),
        "{}",
        ran.err
    );
    let dossier: Value = serde_json::from_str(&ran.out).unwrap();
    let reports: Vec<&Value> = dossier["reports"].as_array().unwrap().iter().collect();
    assert_eq!(reports.len(), 2);
    let (text, page) = (&reports[0]["report"], &reports[1]["report"]);
    assert_eq!(text["url"], "https://tribune.example/blast");
    assert_eq!(text["source"]["name"], "Lake Tribune");
    assert_eq!(text["fetched_at"]["start"], "2031-03-05T08:00:00");
    let place = json!({"path": ["feed.jsonl"], "member": null, "index": 2, "offset": 9});
    assert_eq!(text["container"], place);
    assert_eq!(page["media_type"], "text/html");
    assert_eq!(
        (&page["source"]["name"], &page["container"]["index"]),
        (&json!("Hill Post"), &json!(3))
    );

    // By standard input, which has no name, all is the same but for that.
    let ran = run_with_input(
        &folder,
        &["dossier", "-", "--one", "--json"],
        good.as_bytes(),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let piped: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(piped["claims"], dossier["claims"]);
    let data = run(&folder, &["text", "data.jsonl"]);
    assert!(
        data.err
            .contains("data.jsonl: passed over: a data file, not reports"),
        "{}",
        data.err
    );
}

#[test]
fn what_text_prints_is_read_again() {
    let folder = folder("lines-again");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    let printed = run(&folder, &["text", "a.txt", "--json"]).out;
    fs::write(folder.join("again.jsonl"), &printed).unwrap();
    let again = run(&folder, &["text", "again.jsonl", "--json"]);
    assert_eq!(again.code, 0, "{}", again.err);
    let (before, now): (Value, Value) = (
        serde_json::from_str(&printed).unwrap(),
        serde_json::from_str(&again.out).unwrap(),
    );
    assert_eq!(now["file"], "again.jsonl:1");
    for key in ["title", "source", "published", "text"] {
        assert_eq!(now[key], before[key], "{key}");
    }
}

#[test]
fn odd_lines_neither_panic_nor_end_the_run() {
    let folder = folder("lines-odd");
    let deep = "[".repeat(5_000);
    let nulls = json!({"text": "\u{0}\u{1b}[31m", "url": 7, "title": ["x"]}).to_string();
    let long = json!({"text": "a ".repeat(20_000_000)}).to_string();
    let odd: Vec<&[u8]> = vec![
        b"{",
        deep.as_bytes(),
        b"\xff\xfe{}",
        nulls.as_bytes(),
        b"{\"text\": \"\"}",
        long.as_bytes(),
    ];
    let mut file = odd.join(&b'\n');
    file.extend(
        b"\n"
            .iter()
            .chain(lines(&[json!({"text": REPORT})]).as_bytes()),
    );
    fs::write(folder.join("odd.jsonl"), file).unwrap();
    let ran = run(&folder, &["text", "odd.jsonl"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("a mill in Orrin"), "{}", ran.out);
    for line in 1..=6 {
        assert!(
            ran.err.contains(&format!("odd.jsonl:{line}: ")),
            "{line} in {}",
            ran.err
        );
    }
    assert!(!ran.err.contains("fault of the program") && !ran.err.contains('\u{1b}'));
    // Thousands of bad lines are not thousands of notes.
    fs::write(folder.join("many.jsonl"), "nonsense\n".repeat(5_000)).unwrap();
    let ran = run(&folder, &["text", "many.jsonl"]);
    assert!(ran.err.lines().count() < 60, "{}", ran.err.len());
    assert!(
        ran.err.contains("4980 more of its reports cannot be taken"),
        "{}",
        ran.err
    );
}
