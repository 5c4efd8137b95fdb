//! Wrong usage, and what `doctor` and the others say where the data are missing.

use std::fs;

use serde_json::Value;

use super::{
    REPORT,
    common::{folder, run},
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
