//! Bad input of every kind, from outside: what a person may type, mistake or be given, and what must come back.
//!
//! Tests that read reports need the prepared model, gazetteer and encoder; without them they say "skipped" and pass.

#[allow(dead_code)]
mod common;

use std::{fs, path::Path, time::Duration};

use casebook::publish::incidents::Line;
use common::{Ran, folder, has_data, run, run_for, run_with_input};

const REPORT: &str = "Title: Blast at the mill in Orrin\nSource: Lake Tribune\nPublished: 2031-03-04\n\n\
    At least nine people were killed when a car bomb went off at a mill in Orrin on Monday, the mayor said.\n";

/// Sequences that clear a screen, set a title, make a link, fill the clipboard, in seven and in eight bits.
const DRIVES: &str = "\u{1b}[2J\u{1b}]0;t\u{7}\u{1b}]8;;x\u{1b}\\\u{1b}]52;c;aGk=\u{7}\u{9b}2J";

/// Longest time that any of these may take; far more than any needs.
const PATIENCE: Duration = Duration::from_secs(120);

fn is_safe(ran: &Ran) -> bool {
    let safe = |text: &str| !text.contains(|c: char| c.is_control() && !"\n\t".contains(c));
    safe(&ran.out) && safe(&ran.err)
}

#[test]
fn a_text_may_end_anywhere() {
    if !has_data() {
        return;
    }
    for end in [
        "According to police:",
        "According to the ministry –",
        "Police said:",
        "The mayor said that",
        "The minister told reporters,",
        "“We have",
        "(according to",
        "as told by",
        "In a statement on Monday:",
        "Asked whether",
        ": ;",
    ] {
        let text = format!("Nine people were killed in Mosul.\n\n{end}\n");
        let ran = run_with_input(Path::new("."), &["dossier", "-"], text.as_bytes());
        assert_eq!(ran.code, 0, "{end}: {}", ran.err);
        assert!(ran.out.contains("Killed"), "{end}: {}", ran.out);
    }
}

#[test]
fn a_fault_in_one_incident_leaves_the_others() {
    static LOADED: testing::Needed<reader::Resources> = testing::Needed::new();
    let load =
        |folder: &Path| casebook::data::DataDir::locate(Some(folder)).and_then(|data| data.load());
    let Some(resources) = LOADED.get(&testing::PREPARED, load) else {
        return;
    };
    let read = |text: &str| {
        let input = reader::Input {
            name: "report".to_owned(),
            bytes: text.as_bytes().to_vec(),
            ..Default::default()
        };
        crossbearing::read(&input, resources).expect("a report")
    };
    let good = read(REPORT);
    let mut broken =
        read("Published: 2031-06-09\n\nGunmen shot dead five miners in Lagos, police said.\n");
    // A claim always has words and somebody who says it; what counts on that panics here.
    for claim in broken.accounts.iter_mut().flat_map(|one| &mut one.claims) {
        claim.speakers.clear();
        claim.quotes.clear();
    }
    let policy = crossbearing::Policy {
        version: String::new(),
    };
    let found = crossbearing::link(vec![good.clone(), broken], &[]);
    let (lines, notes) = casebook::run::each(&found, &policy, Line::of);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].published.reports, [good.report.id]);
    let codes: Vec<_> = notes.iter().map(|note| note.code.as_str()).collect();
    assert_eq!(codes, ["reconciler-failed"]);
    assert!(notes[0].subject.starts_with("i:"));
    assert!(casebook::run::failed(&notes));
}

#[test]
fn a_publisher_may_have_any_name() {
    if !has_data() {
        return;
    }
    for name in ["444", "1", "...", "«»", "٣٤", "🙂", "-", "\u{200b}"] {
        let text = format!("Source: {name}\n\nNine people were reportedly killed in Mosul.\n");
        let ran = run_with_input(Path::new("."), &["dossier", "-"], text.as_bytes());
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        assert!(ran.out.contains("Killed"), "{name}: {}", ran.out);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_files_like_others() {
    use std::os::unix::ffi::OsStrExt;
    if !has_data() {
        return;
    }
    let folder = folder("not-utf8");
    let name = std::ffi::OsStr::from_bytes(b"b\xff.txt");
    fs::write(folder.join(name), REPORT).unwrap();
    let mut sidecar = name.to_owned();
    sidecar.push(".json");
    fs::write(folder.join(sidecar), r#"{"source": "Hill Courier"}"#).unwrap();
    for names in ["*.txt", "**/*.txt", "."] {
        let ran = run(&folder, &["dossier", names]);
        assert_eq!(ran.code, 0, "{names}: {}", ran.err);
        assert!(ran.out.contains("Hill Courier"), "{names}: {}", ran.out);
    }
}

#[test]
fn nothing_drives_the_terminal() {
    if !has_data() {
        return;
    }
    let folder = folder("drives");
    let odd = format!("a{}b", DRIVES.replace('/', ""));
    let file = format!("{odd}.txt");
    fs::write(folder.join(&file), REPORT.replace("Blast", DRIVES)).unwrap();
    fs::write(
        folder.join("b.txt"),
        format!(
            "Title: T{DRIVES}\nSource: S{DRIVES}\nByline: By A{DRIVES}\nURL: http://a{DRIVES}\n\
             Published: {DRIVES}\nLanguage: x{DRIVES}\n\n\
             Nine people{DRIVES} were killed in Mosul on 3 March 2020.\n"
        ),
    )
    .unwrap();
    fs::write(
        folder.join("c.html"),
        format!(
            "<html lang=\"x{DRIVES}\"><title>{DRIVES}</title><p>Two men were killed by a bomb \
             in the town of Lagos on Monday, police said at the hall.</p>"
        ),
    )
    .unwrap();
    let judgement = format!(
        "{{\"decision\": \"same\", \"a\": {}, \"b\": \"r:2\"}}\n",
        serde_json::to_string(&format!("r:{odd}")).unwrap()
    );
    fs::write(folder.join("judgements.jsonl"), judgement).unwrap();
    fs::write(
        folder.join("wrong.jsonl"),
        format!("{{\"decision\": {}}}", serde_json::to_string(&odd).unwrap()),
    )
    .unwrap();
    let listed = run(&folder, &["dossier", ".", "--list"]);
    let id = listed
        .out
        .lines()
        .find_map(|line| line.split_whitespace().next()?.strip_prefix("k:"));
    let id = id.expect("an incident").to_owned();
    let option = format!("--{odd}");
    let commands: &[&[&str]] = &[
        &["dossier", "."],
        &["dossier", ".", "--list"],
        &["dossier", ".", "--list", "--json"],
        &["dossier", ".", "--one", "--md"],
        &["dossier", ".", "--one", "--json"],
        &["dossier", ".", "--one", "--finding", "killed"],
        &["dossier", ".", "--one", "--finding", &odd],
        &["dossier", ".", "--one", "--claim", "A1"],
        &["dossier", ".", "--incident", &id, "--why"],
        &["dossier", ".", "--incident", &id, "--why", "--json"],
        &["dossier", ".", "--incident", &odd],
        &["dossier", ".", "--judgements", "judgements.jsonl"],
        &["dossier", ".", "--judgements", "wrong.jsonl"],
        &["dossier", &odd, "*nothing*"],
        &["dossier", ".", &option],
        &["text", "."],
        &["text", ".", "--json"],
        &["parse", &file],
        &["parse", &odd],
        &["doctor", "--data", &odd],
        &["doctor", "--json", "--data", &odd],
        &["prepare", "--wheels", &odd, "--data", &odd],
        &["score", "gva", "--limit", "1", &odd],
        &[&odd],
    ];
    for command in commands {
        let ran = run(&folder, command);
        assert!(is_safe(&ran), "{command:?}: {:?} {:?}", ran.out, ran.err);
    }
}

#[cfg(unix)]
#[test]
fn what_never_ends_or_never_begins_is_not_read() {
    if !has_data() {
        return;
    }
    let folder = folder("endless");
    fs::write(folder.join("good.txt"), REPORT).unwrap();
    let pipe = |name: &str| {
        let made = std::process::Command::new("mkfifo")
            .arg(folder.join(name))
            .status()
            .unwrap();
        assert!(made.success());
    };
    pipe("pipe.txt");
    fs::create_dir(folder.join("beside")).unwrap();
    fs::write(folder.join("beside/good.txt"), REPORT).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("beside/good.json")).unwrap();
    fs::create_dir(folder.join("model")).unwrap();
    pipe("model/en_core_web_sm-3.8.0.bin");
    let commands: &[(&[&str], i32, &str)] = &[
        (&["dossier", "good.txt", "/dev/zero"], 1, "a device"),
        (&["dossier", "good.txt", "pipe.txt"], 1, "a pipe"),
        (&["dossier", "."], 0, "pipe.txt"),
        (&["text", "pipe.txt"], 1, "a pipe"),
        (&["parse", "pipe.txt"], 1, "a pipe"),
        (
            &["dossier", "good.txt", "--judgements", "/dev/zero"],
            1,
            "a device",
        ),
        (
            &["dossier", "good.txt", "--judgements", "pipe.txt"],
            1,
            "a pipe",
        ),
        (&["dossier", "beside"], 0, "beside/good.json"),
        (&["doctor", "--data", "model"], 1, "a pipe"),
        (&["dossier", "good.txt", "--data", "model"], 1, "a pipe"),
    ];
    for (command, code, words) in commands {
        let ran = run_for(PATIENCE, &folder, command);
        let all = format!("{}{}", ran.out, ran.err);
        assert_eq!(ran.code, *code, "{command:?}: {all}");
        assert!(all.contains(words), "{command:?}: {all}");
    }
    // A pipe that the shell has opened is as good as standard input.
    let shell = format!(
        "{} dossier <(cat good.txt)",
        env!("CARGO_BIN_EXE_crossbearing")
    );
    let ran = std::process::Command::new("bash")
        .args(["-c", &shell])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(0));
}

#[test]
fn what_is_repeated_costs_its_length() {
    if !has_data() {
        return;
    }
    let folder = folder("repeated");
    let said = "Nine people were killed in Mosul on Monday, police said.";
    let page = |attributes: &str, words: &str| {
        format!("<html><body><p {attributes}>{said}</p><p>{words}</p></body></html>")
    };
    let names: String = (0..500_000).map(|n| format!("a{n} ")).collect();
    let texts = [
        ("entities.html", page("", &"&amp; ".repeat(500_000))),
        ("spaces.html", page("", &"\u{a0}.".repeat(500_000))),
        ("in-a-tag.html", page(&"a=\"&amp;\" ".repeat(300_000), "")),
        ("attributes.html", page(&names, "")),
        (
            "country.txt",
            format!("{said}\n\n{}\n", "U.S. ".repeat(10_000)),
        ),
        (
            "verbs.txt",
            format!("{said}\n\n{}\n", "killed, ".repeat(30_000)),
        ),
    ];
    for (name, text) in texts {
        fs::write(folder.join(name), text).unwrap();
        let ran = run_for(PATIENCE, &folder, &["dossier", name, "--fast"]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        assert!(ran.out.contains("Mosul"), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_a_folder() {
    use std::os::unix::fs::symlink;
    let folder = folder("links");
    fs::create_dir_all(folder.join("reports/inner")).unwrap();
    fs::create_dir(folder.join("private")).unwrap();
    let secret = "Source: Secret Gazette\n\nNine people were killed in Mosul.\n";
    fs::write(folder.join("private/x.txt"), secret).unwrap();
    fs::write(
        folder.join("private/x.json"),
        r#"{"source": "Secret Gazette"}"#,
    )
    .unwrap();
    fs::write(folder.join("reports/inner/y.txt"), REPORT).unwrap();
    symlink("../private/x.txt", folder.join("reports/out.txt")).unwrap();
    symlink("../private", folder.join("reports/folder")).unwrap();
    symlink("inner/y.txt", folder.join("reports/within.txt")).unwrap();
    symlink("../../private/x.json", folder.join("reports/inner/y.json")).unwrap();
    symlink("nowhere", folder.join("reports/dangling.txt")).unwrap();
    for names in [
        &["reports"][..],
        &["reports/*.txt"],
        &["reports/*/*.txt", "reports/within.txt"],
        &["reports/**/*.txt"],
        &["reports/f*"],
        &["reports/inner/y.txt"],
    ] {
        let ran = run(&folder, &[&["text"], names].concat());
        assert!(!ran.out.contains("Secret"), "{names:?}: {}", ran.out);
        assert!(ran.err.contains("leads out of"), "{names:?}: {}", ran.err);
    }
    let ran = run(&folder, &["text", "reports"]);
    assert_eq!(ran.out.matches("Lake Tribune").count(), 1, "{}", ran.out);
    // Who names a link means what it leads to.
    let ran = run(&folder, &["text", "reports/out.txt"]);
    assert!(ran.out.contains("Secret"), "{}", ran.err);
}

#[test]
fn what_the_program_wrote_is_no_evidence() {
    if !has_data() {
        return;
    }
    let folder = folder("own");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    fs::write(
        folder.join("b.txt"),
        REPORT
            .replace("Lake", "Hill")
            .replace("went off", "exploded"),
    )
    .unwrap();
    let first = run(&folder, &["dossier", ".", "--one", "--html", "d.html"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let save = |name: &str, args: &[&str]| {
        let ran = run(&folder, &[&["dossier", "a.txt", "b.txt"], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        fs::write(folder.join(name), ran.out).unwrap();
    };
    save("list.txt", &["--list"]);
    save("list.json.txt", &["--list", "--json"]);
    save("dossier.txt", &["--one"]);
    save("dossier.json.txt", &["--one", "--json"]);
    save("dossier.md.txt", &["--one", "--md"]);
    let id = fs::read_to_string(folder.join("list.txt")).unwrap();
    let id = id.split_whitespace().find(|word| word.starts_with("k:"));
    save("why.txt", &["--why", "--incident", id.unwrap()]);
    let again = run(&folder, &["dossier", ".", "--one", "--html", "d.html"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(again.out, first.out);
    assert_eq!(again.err.matches("that Crossbearing made").count(), 7);
    // As text, the report is still one.
    let text = run(&folder, &["text", "a.txt"]).out;
    fs::write(folder.join("text.txt"), text).unwrap();
    assert_eq!(run(&folder, &["dossier", "text.txt"]).code, 0);
}

#[test]
fn an_output_never_takes_the_place_of_what_is_read() {
    if !has_data() {
        return;
    }
    let folder = folder("over");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("a.txt", REPORT);
    write("a.json", "{\"source\": \"Hill Courier\"}");
    write("j.jsonl", "\n");
    for args in [
        &["--html", "a.txt"][..],
        &["--html", "./a.txt"],
        &["--json=a.json"],
        &["--md=a.txt"],
        &["--html", "j.jsonl"],
        &["--html", "new.html", "--json=new.html"],
    ] {
        let common = ["dossier", "a.txt", "--judgements", "j.jsonl"];
        let ran = run(&folder, &[&common, args].concat());
        assert_eq!(ran.code, 1, "{args:?}");
        assert!(ran.err.contains("hint: "), "{args:?}: {}", ran.err);
        assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), REPORT);
        assert!(!folder.join("new.html").exists());
    }
    // A link to a report is that report.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("a.txt", folder.join("link.html")).unwrap();
        let ran = run(&folder, &["dossier", "a.txt", "--html", "link.html"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_costs_nothing() {
    if !has_data() {
        return;
    }
    let folder = folder("full");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    for args in [
        &["dossier", "a.txt"][..],
        &["dossier", "a.txt", "--list", "--json"],
        &["text", "a.txt"],
        &["doctor"],
        &["--help"],
        &["--version"],
    ] {
        let ran = common::program(&folder, args)
            .stdout(full())
            .stderr(std::process::Stdio::piped())
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(1), "{args:?}");
        let err = String::from_utf8_lossy(&ran.stderr);
        assert!(err.contains("make room on the disk"), "{args:?}: {err}");
    }
    let ran = run(&folder, &["dossier", "a.txt", "--html", "/dev/full"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("make room on the disk"), "{}", ran.err);
}
