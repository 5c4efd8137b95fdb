//! `crossbearing export` from a casebook: what it writes over, and what it does with bad input.

use std::{collections::BTreeMap, fs, path::Path};

use casebook::export::FORMATS;

use super::{
    REPORT,
    common::{done, folder, run, sample},
};

/// Every format with a file of its own below a folder, which is made.
fn every(folder: &Path, below: &str) -> Vec<String> {
    fs::create_dir_all(folder.join(below)).unwrap();
    let file = |name: &str, ending: &str| format!("{name}={below}/{name}.{ending}");
    let formats = FORMATS.iter().map(|it| file(it.name, it.ending));
    formats.chain([file("jsonl", "jsonl")]).collect()
}

/// Exports in all of these; gives status and messages.
fn export(folder: &Path, what: &[String], how: &[&str]) -> (i32, String, String) {
    let what: Vec<&str> = what.iter().map(String::as_str).collect();
    let ran = run(folder, &[&["export"][..], &what, how].concat());
    (ran.code, ran.out, ran.err)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|it| it.unwrap())
        .map(|it| {
            (
                it.file_name().to_string_lossy().into_owned(),
                fs::read(it.path()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn no_file_is_written_over_unless_that_is_wanted() {
    let folder = folder("leaving-force");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    done(&folder, &["init"]);
    done(&folder, &["add", "a.txt"]);
    fs::write(folder.join("mine.csv"), "mine").unwrap();
    let log = done(&folder, &["audit", "anchor"]);
    let told = |words: &[&str]| {
        let ran = run(&folder, &[&["export"][..], words].concat());
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{words:?}");
        ran.err
    };
    let there = told(&["csv-claims=new.csv", "csv-incidents=mine.csv"]);
    assert!(
        there.contains("mine.csv is there already")
            && there.contains("hint: ")
            && there.contains("--force"),
        "{there}"
    );
    // Nothing is written before all of it may be, and nothing is in the log.
    assert!(!folder.join("new.csv").exists());
    assert_eq!(fs::read_to_string(folder.join("mine.csv")).unwrap(), "mine");
    assert_eq!(done(&folder, &["audit", "anchor"]), log);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("mine.csv", folder.join("link.csv")).unwrap();
        assert!(told(&["csv-claims=link.csv"]).contains("link.csv is there already"));
    }
    assert!(told(&["jsonl=mine.csv"]).contains("is there already"));
    done(&folder, &["export", "csv-incidents=mine.csv", "--force"]);
    assert!(
        fs::read_to_string(folder.join("mine.csv"))
            .unwrap()
            .starts_with("case,")
    );
    // Two formats have two files, even where neither is there yet.
    let twice = told(&["csv-claims=b.csv", "csv-findings=./b.csv", "--force"]);
    assert!(
        twice.contains("two formats would be written to ./b.csv"),
        "{twice}"
    );
    // The casebook itself is not to be had by force.
    let own = fs::read_dir(folder.join("casebook")).unwrap();
    let own = own
        .map(|it| it.unwrap())
        .find(|it| it.file_type().unwrap().is_file())
        .unwrap();
    let before = fs::read(own.path()).unwrap();
    let to = format!("csv-claims={}", own.path().display());
    let refused = told(&[&to, "--force"]);
    assert!(
        refused.contains("in the folder of the casebook"),
        "{refused}"
    );
    assert!(fs::read(own.path()).unwrap() == before);
    // What keeps nothing is written to as it is.
    #[cfg(unix)]
    for device in ["/dev/null", "/dev/stdout"] {
        let ran = run(&folder, &["export", &format!("csv-claims={device}")]);
        assert_eq!(ran.code, 0, "{device}: {}", ran.err);
        assert_eq!(
            ran.out.contains("case,claim,"),
            device == "/dev/stdout",
            "{}",
            ran.out
        );
    }
}

#[test]
fn an_empty_casebook_gives_a_file_of_every_format() {
    let folder = folder("leaving-empty");
    done(&folder, &["init"]);
    let what = every(&folder, "out");
    let (code, out, err) = export(&folder, &what, &[]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("wrote 0 incidents to "), "{out}");
    let made = files(&folder.join("out"));
    assert_eq!(made.len(), FORMATS.len() + 1);
    // A second time they are the same, but for the whole casebook, whose log tells of the first.
    let (code, _, err) = export(&folder, &every(&folder, "again"), &[]);
    assert_eq!(code, 0, "{err}");
    for (name, bytes) in files(&folder.join("again")) {
        assert_eq!(made[&name] == bytes, name != "jsonl.jsonl", "{name}");
    }
    // So is what leaves in the public form, which the whole casebook has not.
    let tables = every(&folder, "public");
    let (code, _, err) = export(&folder, &tables[..FORMATS.len()], &["--profile", "public"]);
    assert_eq!(code, 0, "{err}");
}

#[test]
fn a_full_disk_is_told_whatever_is_written() {
    if !testing::prepared() || !Path::new("/dev/full").exists() {
        return;
    }
    let folder = folder("leaving-full");
    done(&folder, &["init"]);
    done(&folder, &["add", &sample("depot-shooting")]);
    done(&folder, &["run"]);
    for name in FORMATS.iter().map(|it| it.name) {
        let ran = run(&folder, &["export", &format!("{name}=/dev/full")]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{name}");
        let told = "cannot write /dev/full: the disk is full\n  hint: make room on the disk";
        assert!(ran.err.contains(told), "{name}: {}", ran.err);
    }
    // Where a folder takes no file, what was to be written is not there.
    for name in FORMATS.iter().map(|it| it.name) {
        let ran = run(&folder, &["export", &format!("{name}=no/such/folder/a")]);
        assert!(
            ran.code == 1 && ran.err.contains("cannot write no/such/folder/a"),
            "{name}: {}",
            ran.err
        );
    }
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["casebook"]);
}

#[test]
fn one_incident_is_chosen_by_its_id() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("leaving-one");
    done(&folder, &["init"]);
    done(
        &folder,
        &["add", &sample("depot-shooting"), &sample("river-strike")],
    );
    done(&folder, &["run"]);
    let cases = |how: &[&str]| -> Vec<String> {
        done(
            &folder,
            &[&["export", "csv-incidents=i.csv", "--force"], how].concat(),
        );
        let text = fs::read_to_string(folder.join("i.csv")).unwrap();
        let lines = text.lines().filter(|line| line.starts_with("k:"));
        lines
            .map(|line| line.split(',').next().unwrap().to_owned())
            .collect()
    };
    let all = cases(&[]);
    assert!(all.len() > 1, "{all:?}");
    assert_eq!(cases(&["--incident", &all[1]]), [all[1].clone()]);
    assert_eq!(cases(&["--incident", &all[0][2..10]]), [all[0].clone()]);
    assert_eq!(cases(&["--incident", &all[0], "--incident", &all[1]]), all);
    assert_eq!(
        cases(&["--incident", &all[0], "--to", "1900-01-01"]),
        [""; 0]
    );
    for (how, told) in [
        (
            &["csv-claims=c.csv", "--incident", "k:ffffffff"][..],
            "k:ffffffff",
        ),
        (
            &["jsonl=c.jsonl", "--incident", &all[0]],
            "cannot be narrowed",
        ),
    ] {
        let ran = run(&folder, &[&["export"][..], how].concat());
        assert!(ran.code == 1 && ran.err.contains(told), "{}", ran.err);
    }
}

#[test]
fn the_bytes_as_received_leave_as_a_web_archive_and_come_back() {
    let folder = folder("leaving-warc");
    done(&folder, &["init"]);
    let other = REPORT.replace("Orrin", "Tasdur");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    fs::write(folder.join("b.txt"), &other).unwrap();
    done(&folder, &["add", "a.txt"]);
    done(&folder, &["add", "b.txt"]);
    let out = done(&folder, &["export", "warc=kept.warc.gz"]);
    assert!(
        out.starts_with("wrote the reports as received to kept.warc.gz"),
        "{out}"
    );
    let mut all = String::new();
    let file = fs::File::open(folder.join("kept.warc.gz")).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(file), &mut all).unwrap();
    assert_eq!(all.matches("WARC-Type: resource").count(), 2);
    let (first, second) = (all.find(REPORT).unwrap(), all.find(&other).unwrap());
    assert!(first < second, "in the order in which they came in");
    // What is taken in from it is what was kept.
    done(&folder, &["init", "again"]);
    done(&folder, &["add", "kept.warc.gz", "--casebook", "again"]);
    done(&folder, &["audit", "verify", "--casebook", "again"]);
    done(
        &folder,
        &["export", "warc=again.warc.gz", "--casebook", "again"],
    );
    let mut again = String::new();
    let file = fs::File::open(folder.join("again.warc.gz")).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(file), &mut again)
        .unwrap();
    for report in [REPORT, &other] {
        assert!(again.contains(report), "{again}");
    }
    let ran = run(
        &folder,
        &["export", "warc=p.warc.gz", "--profile", "public"],
    );
    assert!(
        ran.code == 1 && ran.err.contains("it has no public form"),
        "{}",
        ran.err
    );
    // Bytes that have changed are no evidence: nothing is written, and it is told.
    let bytes = folder.join("casebook").join(store::BYTES);
    let mut kept = fs::read_dir(&bytes).unwrap().map(|it| it.unwrap().path());
    let kept = kept.find(|it| it.is_dir()).unwrap();
    let kept = fs::read_dir(kept).unwrap().next().unwrap().unwrap().path();
    fs::write(&kept, "changed").unwrap();
    let ran = run(&folder, &["export", "warc=c.warc.gz"]);
    assert!(
        ran.code == 1 && ran.err.contains("no longer readable gzip"),
        "{}",
        ran.err
    );
    assert!(!folder.join("c.warc.gz").exists());
}
