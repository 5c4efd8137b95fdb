//! Wrong usage, and what `doctor` and the others say where the data are missing.

use std::fs;

use serde_json::Value;

use super::{
    REPORT,
    common::{done, folder, run, run_with_input},
};

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

#[test]
fn what_is_no_language_is_refused_with_what_is_one() {
    let folder = folder("usage-lang");
    for wrong in ["english", "en,e", ""] {
        let ran = run(&folder, &["add", "a.txt", "--lang", wrong]);
        assert_eq!(ran.code, 2, "{wrong}");
        assert!(
            ran.err.contains("a code of two or three letters"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn a_list_that_never_ends_is_refused() {
    let folder = folder("usage-list");
    done(&folder, &["init"]);
    // As many bytes as are read of it, one more than there may be.
    let list = b"https://a.example/1\n".repeat(3_200_001);
    let ran = run_with_input(&folder, &["add", "--from", "-"], &list[..64_000_001]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .contains("the list - cannot be read: it has more than 64 MB"),
        "{}",
        ran.err
    );
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
