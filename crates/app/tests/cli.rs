//! The program from outside: what a person types and what comes back.
//!
//! Each run loads model, gazetteer and encoder, so a run here serves several questions, and what can be asked of the
//! committed dossiers of the samples (`golden`, which `golden.rs` holds against the program) is asked of them. Tests
//! that read reports need the prepared data.

#[path = "../../casebook/src/publish/schema.rs"]
#[allow(dead_code, missing_docs)]
mod schema;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

/// What a command gave back.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit status"),
            out: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        }
    }
}

fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossbearing"));
    command.args(args).current_dir(folder);
    command
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    Ran::of(program(folder, args).output().unwrap())
}

fn run_with_input(folder: &Path, args: &[&str], input: &str) -> Ran {
    let mut child = program(folder, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    Ran::of(child.wait_with_output().unwrap())
}

/// A fresh folder for one test.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

const SAMPLES: &[&str] = &[
    "college-siege",
    "depot-shooting",
    "market-bombing",
    "river-strike",
];

const REPORT: &str = "Title: Blast at the mill in Orrin\nSource: Lake Tribune\nPublished: 2031-03-04\n\nAt least nine people were killed when a car bomb went off at a mill in Orrin on Monday, the mayor said.\n";

#[test]
fn bad_files_are_told_and_the_rest_goes_on() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("bad");
    fs::create_dir(folder.join("bare")).unwrap();
    let noise: Vec<u8> = (0..=255u8).cycle().take(4096).collect();
    let page = b"<html><body><nav>Home World Sport</nav><p>Please enable Javascript to watch this video</p></body></html>";
    let huge = "One man was hurt. ".repeat(50_000_000 / 18 + 1);
    let latin: Vec<u8> =
        "Deux caf\u{e9}s: the mayor of the r\u{e9}gion of Orrin spoke of nine killed on Monday."
            .chars()
            .map(|c| c as u8)
            .collect();
    let files: [(&str, &[u8], &str); 6] = [
        ("noise.txt", &noise, "the file holds binary data, not text"),
        (
            "paper.txt",
            b"%PDF-1.7 \x00\x01",
            "this is a PDF file, not text",
        ),
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
fn a_missing_model_says_which_command_fetches_it() {
    let folder = folder("no-model");
    fs::write(folder.join("good.txt"), REPORT).unwrap();
    for args in [
        &["dossier", "good.txt", "--data", "nowhere"][..],
        &["parse", "good.txt", "--data", "nowhere"],
        &["demo", "--data", "nowhere"],
    ] {
        let ran = run(&folder, args);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        assert!(
            ran.err
                .contains("error: the language model is not there: nowhere/"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("make fetch"), "{}", ran.err);
    }
    let ran = run(&folder, &["doctor", "--data", "nowhere", "--json"]);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (ran.code, &found["gazetteer"]["ok"]),
        (1, &Value::Bool(false))
    );
    assert_eq!(found["encoder"]["ok"], Value::Bool(false));
}

#[test]
fn wrong_usage_is_status_two() {
    let folder = folder("usage");
    for args in [
        &["dossier"][..],
        &["nonsense"],
        &["dossier", "x", "--no-such"],
        &[],
    ] {
        let ran = run(&folder, args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains("Usage"), "{}", ran.err);
    }
    assert_eq!(run(&folder, &["--version"]).code, 0);
}

/// Reports of a sample, by name.
fn reports(sample: &str) -> Vec<String> {
    let mut out: Vec<String> = fs::read_dir(samples().join(sample))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".txt") || name.ends_with(".html"))
        .collect();
    out.sort();
    out
}

/// The committed dossier of a sample in a form: `txt`, `json`, `md` or `html`.
fn golden(sample: &str, form: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    fs::read_to_string(folder.join(format!("{sample}.{form}"))).unwrap()
}

fn golden_json(sample: &str) -> Value {
    serde_json::from_str(&golden(sample, "json")).unwrap()
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

#[test]
fn a_heap_of_reports_is_sorted_into_its_incidents() {
    if !testing::prepared() {
        return;
    }
    let ask = |what: &[&str]| run(&samples(), &[&["dossier"][..], SAMPLES, what].concat());
    let ran = ask(&["--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let list: Value = serde_json::from_str(&ran.out).unwrap();
    let text = fs::read_to_string(samples().join("../schema/incidents-1.schema.json")).unwrap();
    assert_eq!(
        schema::Schema::new(&text).errors(&list),
        Vec::<String>::new()
    );
    let incidents = list["incidents"].as_array().unwrap();
    let sizes: Vec<usize> = incidents
        .iter()
        .map(|line| line["reports"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [5, 5, 4, 4], "in order of time");
    // One of them by its id is what its folder gives alone, and every link in it says why.
    let id = incidents[3]["id"].as_str().unwrap();
    let alone = ask(&["--incident", &id[..10], "--json"]).out;
    assert!(alone == golden("depot-shooting", "json"));
    let why = run(
        &samples(),
        &["dossier", "depot-shooting", "--incident", id, "--why"],
    );
    assert!(
        why.out.contains("LINKS") && why.out.contains("stand in both"),
        "{}",
        why.out
    );
    let none = run(
        &samples(),
        &["dossier", "depot-shooting", "--incident", "i:xyz"],
    );
    assert_eq!(none.code, 1);
    assert!(
        none.err.contains("no incident has the id i:xyz"),
        "{}",
        none.err
    );
}

#[test]
fn judgements_bind() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("judgements");
    let other = REPORT.replace("Orrin", "Tasdur").replace("mill", "harbour");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    fs::write(folder.join("b.txt"), other).unwrap();
    let count = |judgements: &str| {
        fs::write(folder.join("j.jsonl"), judgements).unwrap();
        let args = [
            "dossier",
            "a.txt",
            "b.txt",
            "--json",
            "--judgements",
            "j.jsonl",
        ];
        let ran = run(&folder, &args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let found: Value = serde_json::from_str(&ran.out).unwrap();
        found["incidents"].as_array().map_or(1, Vec::len)
    };
    let one = run(&folder, &["dossier", "a.txt", "b.txt", "--one", "--json"]);
    let one: Value = serde_json::from_str(&one.out).unwrap();
    let id = |at: usize| {
        one["reports"][at]["report"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let judgement = |decision: &str| {
        format!(
            "{{\"decision\":\"{decision}\",\"a\":\"{}\",\"b\":\"{}\"}}\n",
            id(0),
            id(1)
        )
    };
    assert_eq!(count(&judgement("same")), 1);
    assert_eq!(count(&judgement("different")), 2);
    fs::write(folder.join("j.jsonl"), "nonsense").unwrap();
    let ran = run(&folder, &["dossier", "a.txt", "--judgements", "j.jsonl"]);
    assert!(
        ran.err.contains("j.jsonl:1: not a judgement"),
        "{}",
        ran.err
    );
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
    let ran = run_with_input(&folder("stdin"), &["dossier", "-", "--json"], &text);
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

#[test]
fn parse_counts_code_points() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("parse");
    let text = "🙂 Éva Vell said that two men from Orrin were hurt.";
    let ran = run_with_input(&folder, &["parse", "-", "--json"], text);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let doc: Value = serde_json::from_str(&ran.out).unwrap();
    let points: Vec<char> = text.chars().collect();
    for token in doc["tokens"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(token[key].as_u64().unwrap()).unwrap();
        let words: String = points[at("start")..at("end")].iter().collect();
        assert_eq!(token["text"], words);
    }
    let ran = run_with_input(&folder, &["parse", "-"], text);
    let rows: Vec<&str> = ran.out.lines().filter(|line| line.contains('\t')).collect();
    assert_eq!(rows.len(), 12, "{}", ran.out);
    assert!(rows.iter().all(|row| row.split('\t').count() == 10));
    assert!(ran.out.contains("start_char=2|end_char=5"), "{}", ran.out);
}

#[test]
fn the_demo_prints_and_writes() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("demo");
    let ran = run(&folder, &["demo"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out == golden("college-siege", "txt"), "{}", ran.out);
    assert!(
        ran.err.contains("wrote crossbearing-demo.html"),
        "{}",
        ran.err
    );
    let page = fs::read_to_string(folder.join("crossbearing-demo.html")).unwrap();
    assert!(page == golden("college-siege", "html"));
    assert!(
        !page.contains("src=\"http"),
        "a page must ask nothing of the network"
    );
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
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
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
fn reports_without_a_day_a_place_or_a_possible_date_are_kept_and_told() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("impossible");
    let all = [
        (
            "a.txt",
            "Title: Attack in Orvane\nPublished: 2023-02-31\n\nAt least four people were killed on 31 February 2023 when gunmen attacked. On the 45th of May two more died at 25:99.\n",
        ),
        ("b.txt", "Gunmen attacked and killed 3 people.\n"),
        (
            "c.txt",
            "Title: Deaths\nPublished: 99999-99-99\n\nThree people were killed on 0/0/0000 by gunmen.\n",
        ),
    ];
    for (name, text) in all {
        fs::write(folder.join(name), text).unwrap();
    }
    // The same report under many names is one.
    for n in 0..40 {
        fs::write(folder.join(format!("copy-{n}.txt")), all[0].1).unwrap();
    }
    let ran = run(&folder, &["dossier", ".", "--list", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("publication date given could not be read"),
        "{}",
        ran.err
    );
    let list: Value = serde_json::from_str(&ran.out).unwrap();
    let incidents = list["incidents"].as_array().unwrap();
    let kept: usize = incidents
        .iter()
        .map(|it| it["reports"].as_array().unwrap().len())
        .sum();
    assert_eq!(kept, 3, "none is lost and none counts twice");
    let same = list["notes"].as_array().unwrap();
    let same = same.iter().filter(|it| it["code"] == "same-report").count();
    assert_eq!(same, 40);
}

#[test]
fn odd_reports_are_safe() {
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
