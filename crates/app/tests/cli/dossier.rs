//! `crossbearing dossier` on one incident.

use std::fs;

use serde_json::Value;

use super::{
    REPORT, SAMPLES,
    common::{folder, run, run_with_input},
    golden, golden_json, reports, samples, schema,
};

#[test]
fn bad_files_are_told_and_the_rest_goes_on() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("bad");
    fs::create_dir(folder.join("bare")).unwrap();
    let noise: Vec<u8> = (0..=255u8).cycle().take(4096).collect();
    let page = b"<html><body><nav>Home World Sport</nav><p>Please enable Javascript to watch this video</p></body>\
        </html>";
    let huge = "One man was hurt. ".repeat(50_000_000 / 18 + 1);
    let latin: Vec<u8> =
        "Deux caf\u{e9}s: the mayor of the r\u{e9}gion of Orrin spoke of nine killed on Monday."
            .chars()
            .map(|c| c as u8)
            .collect();
    let files: [(&str, &[u8], &str); 6] = [
        ("noise.txt", &noise, "the file holds binary data, not text"),
        ("paper.txt", b"%PDF-1.7 \x00\x01", "the PDF file is damaged"),
        ("empty.txt", b" \n", "the file is empty"),
        (
            "page.html",
            page,
            "no report text was found, only page furniture",
        ),
        (
            "huge.txt",
            huge.as_bytes(),
            "50.0 MB is more than one report can have",
        ),
        ("old.txt", &latin, "not valid UTF-8; read as windows-1252"),
    ];
    fs::write(folder.join("good.txt"), REPORT).unwrap();
    for (name, bytes, _) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let mut args = vec!["dossier", "--one", "good.txt", "no.txt", "bare"];
    args.extend(files.iter().map(|(name, ..)| *name));
    let ran = run(&folder, &args);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.out.contains("Orrin"),
        "no dossier of the good report: {}",
        ran.out
    );
    let others = [
        ("no.txt", &[][..], "no such file"),
        ("bare", &[], "no reports in this folder"),
    ];
    for (name, _, message) in files.into_iter().chain(others) {
        let line = format!("{name}: {message}");
        let mut after = ran.err.lines().skip_while(|said| !said.contains(&line));
        assert!(after.next().is_some(), "want {line:?} in {}", ran.err);
        if name != "old.txt" {
            let hint = after.next().unwrap_or_default();
            assert!(hint.starts_with("  hint: "), "{name}: {hint}");
        }
    }
    let ran = run(&folder, &["dossier", "bare"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("no report could be read"), "{}", ran.err);
}

#[test]
fn the_order_of_reports_and_the_way_to_name_them_change_no_byte() {
    if !testing::prepared() {
        return;
    }
    let check = |sample: &str, names: &[&str], (flag, form): (&str, &str)| {
        let args: Vec<&str> = [&["dossier"][..], names, &[flag]].concat();
        let ran = run(&samples().join(sample), &args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out == golden(sample, form), "{sample}: {names:?}");
    };
    let (json, markdown) = (("--json", "json"), ("--md", "md"));
    for (sample, form) in [("college-siege", json), ("market-bombing", markdown)] {
        let mut turned = reports(sample);
        turned.reverse();
        turned.rotate_left(1);
        let turned: Vec<&str> = turned.iter().map(String::as_str).collect();
        check(sample, &turned, form);
    }
    // As a folder, as patterns, and one by name as well.
    let first = &reports("market-bombing")[0];
    check("market-bombing", &["*.html", ".", "*.txt", first], json);
}

#[test]
fn json_fits_the_committed_schema_and_quotes_are_the_words_of_the_text() {
    let text = fs::read_to_string(samples().join("../schema/dossier-1.schema.json")).unwrap();
    let schema = schema::Schema::new(&text);
    for sample in SAMPLES {
        let dossier = golden_json(sample);
        assert_eq!(schema.errors(&dossier), Vec::<String>::new(), "{sample}");
        let claims = dossier["claims"].as_array().unwrap();
        assert!(!claims.is_empty(), "{sample}: no claims");
        // The text of a plain file is the file, so its quotes can be checked against it from outside.
        let mut checked = 0;
        for name in reports(sample).iter().filter(|name| name.ends_with(".txt")) {
            let file = fs::read_to_string(samples().join(sample).join(name)).unwrap();
            let points: Vec<char> = file.chars().collect();
            let report = report_of(&dossier, &file);
            for quote in claims
                .iter()
                .filter(|claim| claim["report"] == report)
                .flat_map(|claim| claim["quotes"].as_array().unwrap())
            {
                let at = |key: &str| usize::try_from(quote[key].as_u64().unwrap()).unwrap();
                let words: String = points[at("start")..at("end")].iter().collect();
                assert_eq!(quote["exact"], words, "{name}");
                checked += 1;
            }
        }
        assert!(checked > 0, "{sample}: no quote of a plain text");
    }
}

/// Id of the report whose text a file is, by its title line.
fn report_of(dossier: &Value, file: &str) -> Value {
    let title = file.lines().find_map(|line| line.strip_prefix("Title: "));
    let reports = dossier["reports"].as_array().unwrap();
    reports
        .iter()
        .map(|card| &card["report"])
        .find(|report| report["title"].as_str() == title)
        .map_or(Value::Null, |report| report["id"].clone())
}

#[test]
fn standard_input_is_a_report_and_its_furniture_no_claim() {
    if !testing::prepared() {
        return;
    }
    let text = format!(
        "{REPORT}\nCopyright 2031 Lake Tribune. All rights reserved.\n\n1:58 Forty killed in storm\n"
    );
    let ran = run_with_input(
        &folder("stdin"),
        &["dossier", "-", "--json"],
        text.as_bytes(),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let dossier: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        dossier["reports"][0]["report"]["source"]["name"],
        "Lake Tribune"
    );
    let claims = dossier["claims"].as_array().unwrap();
    let killed = claims.iter().find(|claim| claim["slot"] == "killed");
    assert_eq!(killed.expect("a toll")["value"]["low"], 9);
    let words = |claim: &Value| claim["quotes"][0]["exact"].as_str().unwrap().to_owned();
    let claims: Vec<String> = claims.iter().map(words).collect();
    assert!(claims.iter().any(|words| words.contains("nine people")));
    let furniture = |words: &String| words.contains("Forty") || words.contains("Copyright");
    assert!(!claims.iter().any(furniture), "{claims:?}");
}

#[test]
fn files_are_written_where_told_and_stdout_keeps_the_terminal_form() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("forms");
    fs::write(folder.join("good.txt"), REPORT).unwrap();
    let args = ["dossier", "good.txt", "--html", "d.html", "--json=d.json"];
    let ran = run(&folder, &args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("wrote d.html") && ran.err.contains("wrote d.json"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("REPORTS"), "{}", ran.out);
    let page = fs::read_to_string(folder.join("d.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") || page.starts_with("<!DOCTYPE html>"));
    let json = fs::read_to_string(folder.join("d.json")).unwrap();
    assert!(serde_json::from_str::<Value>(&json).is_ok());
    let ran = run(
        &folder,
        &["dossier", "good.txt", "--html", "no/such/folder/d.html"],
    );
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .contains("error: cannot write no/such/folder/d.html"),
        "{}",
        ran.err
    );
}

/// The parts of a siege are those that a careful reader finds (`parts.jsonl`), and stand in every form.
#[test]
fn a_siege_has_its_parts_in_every_form() {
    let gold = fs::read_to_string(samples().join("college-siege/parts.jsonl")).unwrap();
    let gold: Vec<Value> = gold
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let dossier = golden_json("college-siege");
    let parts = dossier["parts"].as_array().unwrap();
    assert_eq!(parts.len(), gold.len());
    for (part, gold) in parts.iter().zip(&gold) {
        let start = part["when"]["start"].as_str().unwrap();
        assert!(start.starts_with(gold["day"].as_str().unwrap()), "{start}");
        assert_eq!(part["event"]["code"], gold["event"]);
        let quotes = part["quotes"].as_array().unwrap();
        let words = gold["words"].as_str().unwrap();
        assert!(
            quotes
                .iter()
                .any(|it| it["exact"].as_str().unwrap().contains(words)),
            "{words}"
        );
        for slot in ["killed", "freed"] {
            let findings = part["findings"].as_array().unwrap();
            let found: Vec<&str> = findings
                .iter()
                .filter(|it| it["slot"] == slot)
                .flat_map(|it| it["positions"].as_array().unwrap())
                .filter_map(|it| it["value"]["words"].as_str())
                .collect();
            let wanted: Vec<&str> = gold[slot].as_str().into_iter().collect();
            assert_eq!(found, wanted, "{slot} on {start}");
        }
    }
    let text = golden("college-siege", "txt");
    assert!(
        text.contains("PARTS") && text.contains("recapture"),
        "{text}"
    );
    let text = golden("college-siege", "md");
    assert!(
        text.contains("## Parts\n") && text.contains("9 March 2023: recapture"),
        "{text}"
    );
    let page = golden("college-siege", "html");
    assert!(page.contains("id=\"s-parts\"") && page.contains("Why this is a part"));
    // A shooting of one day has none.
    let one = golden_json("depot-shooting");
    assert_eq!(one["parts"], serde_json::json!([]));
}

#[test]
fn from_a_number_to_its_words_by_one_command() {
    if !testing::prepared() {
        return;
    }
    let ask = |what: &[&str]| {
        run(
            &samples(),
            &[&["dossier", "college-siege"][..], what].concat(),
        )
    };
    let number = ask(&["--finding", "killed"]);
    assert_eq!(number.code, 0, "{}", number.err);
    for words in [
        "rule ucdp",
        "set aside",
        "from 1 origin",
        "“claimed the lives of 21 people”",
    ] {
        assert!(number.out.contains(words), "{words} in\n{}", number.out);
    }
    let claim = ask(&["--claim", "A6"]);
    assert_eq!(claim.code, 0, "{}", claim.err);
    for words in [
        "“killing at least four people”",
        "in its paragraph: QALAT MIRUN, March 8",
        "said by: officials → Dalvara Wire Service",
        "rule ucdp set it aside",
        "relation: ",
        "part: 8 March 2023",
    ] {
        assert!(claim.out.contains(words), "{words} in\n{}", claim.out);
    }
    let none = ask(&["--claim", "Q99"]);
    assert_eq!(none.code, 1);
    assert!(
        none.err.contains("no claim") && none.err.contains("--json"),
        "{}",
        none.err
    );
    assert_eq!(ask(&["--finding", "killed", "--claim", "A6"]).code, 2);
}

#[test]
fn odd_reports_neither_panic_nor_steer_the_terminal() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("odd");
    let odd = [
        ("emoji.txt", "🙂".repeat(500)),
        (
            "arabic.txt",
            "قال متحدث إن ثلاثة أشخاص قتلوا في المدينة يوم الاثنين. ".repeat(20),
        ),
        (
            "control.txt",
            "At least two\u{7}\u{1b}[31m people were killed in Orrin\u{0b}\u{200f} on Monday."
                .to_owned(),
        ),
        ("word.txt", "a".repeat(100_000)),
        ("marks.txt", "e\u{301}".repeat(20_000)),
        (
            "digits.txt",
            format!("{} people were killed in Orrin.", "9".repeat(5_000)),
        ),
        ("crlf.txt", REPORT.replace('\n', "\r\n")),
    ];
    for (name, text) in &odd {
        fs::write(folder.join(name), text).unwrap();
    }
    let ran = run(&folder, &["dossier", ".", "--json"]);
    assert!(ran.code <= 1, "{}", ran.err);
    assert!(
        !ran.err.contains("fault of the program") && !ran.err.contains("panicked"),
        "{}",
        ran.err
    );
    // What controls a terminal must not reach it.
    let ran = run(&folder, &["dossier", "control.txt", "--md=control.md"]);
    let page = fs::read_to_string(folder.join("control.md")).unwrap();
    for text in [ran.out, page] {
        assert!(text.contains("Orrin"), "{text}");
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{7}'),
            "{text:?}"
        );
    }
}
