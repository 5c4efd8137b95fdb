//! `crossbearing dossier --export`.

use std::fs;

use super::{
    REPORT,
    common::{folder, run},
    samples,
};

/// The rows of a table without line breaks in its cells.
fn rows(table: &str) -> Vec<Vec<&str>> {
    table
        .lines()
        .map(|line| line.split(',').collect())
        .collect()
}

#[test]
fn every_incident_is_a_row_and_the_terminal_keeps_its_own() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("export");
    let other = REPORT.replace("Orrin", "Tasdur").replace("mill", "harbour");
    fs::write(folder.join("a.txt"), REPORT).unwrap();
    fs::write(folder.join("b.txt"), other).unwrap();
    let args = [
        "dossier",
        ".",
        "--export",
        "csv-incidents=i.csv",
        "--export",
        "csv-claims=c.csv",
        "--bom",
    ];
    let ran = run(&folder, &args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("INCIDENT"), "{}", ran.out);
    for told in ["wrote i.csv", "wrote c.csv"] {
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    let incidents = fs::read_to_string(folder.join("i.csv")).unwrap();
    let incidents = rows(incidents.strip_prefix('\u{feff}').expect("a mark"));
    assert_eq!((incidents.len(), incidents[0][0]), (3, "case"));
    let claims = fs::read_to_string(folder.join("c.csv")).unwrap();
    for incident in &incidents[1..] {
        assert!(
            claims.contains(&format!("\n{},c:", incident[0])),
            "{claims}"
        );
    }

    // One incident alone is one row, and what is printed is the table.
    let id = incidents[1][0];
    let args = [
        "dossier",
        ".",
        "--incident",
        id,
        "--export",
        "csv-incidents=-",
    ];
    let ran = run(&folder, &args);
    let printed = rows(&ran.out);
    assert_eq!(
        (ran.code, printed.len(), printed[1][0]),
        (0, 2, id),
        "{}",
        ran.out
    );
}

#[test]
fn what_cannot_be_exported_so_is_told() {
    for (args, told) in [
        (
            &["--export", "nonsense=a.csv"][..],
            "there is no format nonsense; there are csv-incidents",
        ),
        (&["--export", "csv-claims"], "give FORMAT=FILE"),
        (&["--bom"], "--export"),
        (
            &["--export", "csv-claims=a.csv", "--why"],
            "cannot be used with",
        ),
    ] {
        let ran = run(&samples(), &[&["dossier", "no.txt"], args].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    let both = ["--json", "--export", "csv-claims=-"];
    let ran = run(&samples(), &[&["dossier", "no.txt"][..], &both].concat());
    assert!(
        ran.code == 1 && ran.err.contains("two forms would be printed"),
        "{}",
        ran.err
    );
    let twice = [
        "--export",
        "csv-claims=a.csv",
        "--export",
        "csv-findings=./a.csv",
    ];
    let ran = run(&samples(), &[&["dossier", "no.txt"][..], &twice].concat());
    assert!(
        ran.err.contains("two forms would be written to ./a.csv"),
        "{}",
        ran.err
    );
}
