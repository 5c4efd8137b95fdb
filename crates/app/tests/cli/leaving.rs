//! `crossbearing export` from a casebook: what it writes over, and what it does with bad input.

use std::fs;

use super::{
    REPORT,
    common::{done, folder, run},
};

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
