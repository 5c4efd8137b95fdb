//! Quality cannot fall unseen: a fixed, fast subset of every benchmark against `scores.json`, which `make score`
//! writes.
//!
//! The subset was measured by the same command and the same code, so like is held against like. A figure may be worse
//! by one tolerance for its kind, no more. A change that moves figures on purpose comes with `make score`, and the
//! diff of `scores.json` shows what it cost. Needs the prepared model, gazetteer and encoder, and all but the samples
//! the labelled data.

use std::{
    fs,
    path::{Path, PathBuf},
};

use score::{
    Engine, Options,
    all::{self, Extent, Row},
};
use serde_json::Value;

/// How much worse a share (0–1) may be.
const SHARE: f64 = 0.01;
/// How much worse a count may be.
const COUNT: f64 = 1.0;
/// How much worse a distance in km may be.
const KILOMETRES: f64 = 1.0;

/// Which way a figure is better.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Better {
    More,
    Less,
    /// A size of the data, a baseline that is not the program, or a count that is good or bad only beside others.
    Neither,
}

/// Says it of a figure by its name; `None` for a name not known.
fn better(name: &str) -> Option<Better> {
    const NEITHER: &[&str] = &[
        "claims_said",
        "extra_claims",
        "relations",
        "scopes",
        "accounts_per_report",
        "half_copies",
        "fifth_copies",
        "resolved",
        "with_casualties",
        "without_casualties",
    ];
    const LESS: &[&str] = &[
        "loss",
        "median_km",
        "relations_wrong",
        "unmatched_contradictions",
        "wrong_contradictions",
        "wrong_merges",
    ];
    const MORE: &[&str] = &[
        "bound",
        "date",
        "found",
        "place",
        "responsibility",
        "speaker",
        "spared",
        "stance",
        "verdict",
        "victim_spared",
        "within_161km",
    ];
    const MORE_ENDINGS: &[&str] = &[
        "_accuracy",
        "_accuracy_multi",
        "_best",
        "_exact",
        "_f1",
        "_found",
        "_headline",
        "_overlap",
        "_precision",
        "_recall",
        "_right",
        "_toll",
    ];
    if NEITHER.contains(&name) || name.starts_with("baseline_") {
        Some(Better::Neither)
    } else if LESS.contains(&name) {
        Some(Better::Less)
    } else if MORE.contains(&name) || MORE_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        Some(Better::More)
    } else {
        None
    }
}

/// How much worse a figure may be: by its name and as `scores.json` has it.
fn tolerance(name: &str, committed: &Value) -> f64 {
    if name.ends_with("_km") {
        KILOMETRES
    } else if committed.is_u64() {
        COUNT
    } else {
        SHARE
    }
}

/// What is worse in `now`, or cannot be compared. `committed` are the rows of the benchmarks that were to be measured.
fn faults(committed: &[&Value], now: &[Row]) -> Vec<String> {
    let mut out = Vec::new();
    let name_of = |row: &Value| row["name"].as_str().unwrap_or_default().to_owned();
    for row in now
        .iter()
        .filter(|row| !committed.iter().any(|it| name_of(it) == row.name))
    {
        out.push(format!("{}: not in scores.json (make score)", row.name));
    }
    for before in committed {
        let name = name_of(before);
        let Some(row) = now.iter().find(|row| row.name == name) else {
            out.push(format!("{name}: its data is not there"));
            continue;
        };
        if before["data"] != row.data || before["items"] != row.outcome.n {
            out.push(format!(
                "{name}: measured on other data than scores.json (make score)"
            ));
            continue;
        }
        let figures = before["figures"].as_object().unwrap();
        for name in row
            .outcome
            .metrics
            .keys()
            .filter(|name| !figures.contains_key(*name))
        {
            out.push(format!(
                "{}: {name} is not in scores.json (make score)",
                row.name
            ));
        }
        for (figure, committed) in figures {
            let (Some(floor), Some(value)) = (committed.as_f64(), row.outcome.figure(figure))
            else {
                out.push(format!(
                    "{name}: there is no figure {figure} any more (make score)"
                ));
                continue;
            };
            let worse = match better(figure) {
                Some(Better::More) => floor - value,
                Some(Better::Less) => value - floor,
                Some(Better::Neither) => 0.0,
                None => {
                    out.push(format!("{figure}: say in this test which way it is better"));
                    continue;
                }
            };
            // Figures are committed with four digits.
            if worse > tolerance(figure, committed) + 0.00005 {
                out.push(format!("{name}: {figure} is {value:.4}, was {floor:.4}"));
            }
        }
    }
    out
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Measures the subset of what lies in these folders against the committed rows that `wanted` takes by name.
fn check(shared: &Path, samples: &Path, wanted: impl Fn(&str) -> bool) {
    static LOADED: testing::Needed<Engine> = testing::Needed::new();
    let Some(engine) = LOADED.get(&testing::PREPARED, |_| Engine::load()) else {
        return;
    };
    let text = fs::read_to_string(root().join("scores.json")).unwrap();
    let committed: Value = serde_json::from_str(&text).unwrap();
    let rows = committed["subset"].as_array().unwrap().iter();
    let rows: Vec<&Value> = rows
        .filter(|row| wanted(row["name"].as_str().unwrap()))
        .collect();
    let now = all::run(shared, samples, engine, &Options::quiet(), Extent::Subset).unwrap();
    let faults = faults(&rows, &now);
    assert!(
        faults.is_empty(),
        "{}\nwhere this is meant: make score, and read the diff of scores.json",
        faults.join("\n")
    );
}

#[test]
fn samples_are_read_as_well_as_before() {
    let none = root().join("no labelled data");
    check(&none, &root().join("samples"), |name| {
        name.starts_with("sample ")
    });
}

#[test]
fn labelled_data_is_read_as_well_as_before() {
    let (Some(_), Some(_)) = (testing::shared("bench"), testing::shared("cases")) else {
        return;
    };
    let none = root().join("no samples");
    check(&testing::shared_folder(), &none, |name| {
        !name.starts_with("sample ")
    });
}

#[test]
fn the_page_and_the_data_hold_the_same_figures() {
    let committed: Value =
        serde_json::from_str(&fs::read_to_string(root().join("scores.json")).unwrap()).unwrap();
    let page = fs::read_to_string(root().join("SCORES.md")).unwrap();
    for row in committed["benchmarks"].as_array().unwrap() {
        let name = row["name"].as_str().unwrap();
        let start = page.find(&format!("\n## {name}\n"));
        let section = &page[start.unwrap_or_else(|| panic!("{name} is not on the page"))..];
        for (figure, value) in row["figures"].as_object().unwrap() {
            let shown = match value.as_u64() {
                Some(count) => count.to_string(),
                None => format!("{:.4}", value.as_f64().unwrap()),
            };
            assert!(better(figure).is_some(), "{figure}");
            let line = format!("\n| {figure} | {shown} |\n");
            assert!(section.contains(&line), "{name}: {line}");
        }
    }
}

#[test]
fn what_falls_is_seen() {
    use score::{Figure, Outcome};
    let figures = |found: u64, share: f64, wrong: u64, km: f64| {
        [
            ("claims_found", Figure::Count(found)),
            ("speaker", Figure::Real(share)),
            ("wrong_merges", Figure::Count(wrong)),
            ("median_km", Figure::Real(km)),
            ("baseline_first_killed", Figure::Real(share)),
        ]
    };
    let row = |metrics: &[(&str, Figure)]| Row {
        name: "case".into(),
        command: "score case x".into(),
        about: "",
        data: "00".into(),
        outcome: Outcome::new("case", 9, metrics, Vec::new()),
    };
    let before = all::json(&[], &[row(&figures(30, 0.5, 2, 20.0))]);
    let before: Value = serde_json::from_str(&before).unwrap();
    let against = |now: &[Row]| faults(&[&before["subset"][0]], now);
    let told = |metrics: &[(&str, Figure)]| against(&[row(metrics)]).join("; ");
    assert_eq!(told(&figures(30, 0.5, 2, 20.0)), "");
    assert_eq!(
        told(&figures(29, 0.49, 3, 21.0)),
        "",
        "within the tolerance"
    );
    assert_eq!(told(&figures(60, 0.9, 0, 0.0)), "", "better");
    assert_eq!(
        told(&figures(28, 0.5, 2, 20.0)),
        "case: claims_found is 28.0000, was 30.0000"
    );
    assert_eq!(
        told(&figures(30, 0.489, 2, 20.0)),
        "case: speaker is 0.4890, was 0.5000"
    );
    assert_eq!(
        told(&figures(30, 0.5, 4, 20.0)),
        "case: wrong_merges is 4.0000, was 2.0000"
    );
    assert_eq!(
        told(&figures(30, 0.5, 2, 21.1)),
        "case: median_km is 21.1000, was 20.0000"
    );
    let fewer = told(&figures(30, 0.5, 2, 20.0)[..4]);
    assert!(
        fewer.contains("no figure baseline_first_killed any more"),
        "{fewer}"
    );
    let others = Row {
        data: "01".into(),
        ..row(&figures(30, 0.5, 2, 20.0))
    };
    assert!(against(&[others])[0].contains("other data"));
    assert!(against(&[])[0].contains("not there"));
}
