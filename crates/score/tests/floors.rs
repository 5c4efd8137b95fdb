//! Quality cannot fall unseen: a fixed, fast subset of each benchmark against a floor.
//!
//! Floors lie a little under what was measured when they were set; raise them when the program gets better. Without the
//! labelled data beside the project (`CROSSBEARING_SHARED`, else `../shared`) or without the prepared model, a word is printed and nothing is
//! measured. The samples need only the model.

use std::path::{Path, PathBuf};

use score::{Engine, Options, Outcome, ScoreError};

/// What is measured, on how many items, and the least each figure may be.
type Floor = (&'static str, &'static [(&'static str, f64)]);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn shared() -> PathBuf {
    std::env::var_os("CROSSBEARING_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from)
}

fn engine() -> Option<Engine> {
    match Engine::load() {
        Ok(engine) => Some(engine),
        Err(error) => {
            println!("skipped: {error}");
            None
        }
    }
}

fn check(
    name: &str,
    outcome: Result<Outcome, ScoreError>,
    floors: &[(&str, f64)],
    faults: &mut Vec<String>,
) {
    let outcome = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
    for (figure, floor) in floors {
        let value = outcome
            .figure(figure)
            .unwrap_or_else(|| panic!("{name} has no figure {figure}"));
        println!("{name} {figure} {value:.3} (floor {floor})");
        if value < *floor {
            faults.push(format!("{name}: {figure} is {value:.3}, floor {floor}"));
        }
    }
}

/// Floors of the samples.
const SAMPLES: &[Floor] = &[
    (
        "college-siege",
        &[
            ("claims_found", 44.0),
            ("speaker_right", 40.0),
            ("relations_found", 12.0),
        ],
    ),
    (
        "depot-shooting",
        &[
            ("claims_found", 20.0),
            ("speaker_right", 16.0),
            ("relations_found", 2.0),
        ],
    ),
    (
        "market-bombing",
        &[
            ("claims_found", 31.0),
            ("speaker_right", 18.0),
            ("relations_found", 8.0),
        ],
    ),
    (
        "river-strike",
        &[
            ("claims_found", 27.0),
            ("speaker_right", 25.0),
            ("relations_found", 3.0),
        ],
    ),
];

#[test]
fn samples_are_read_as_well_as_before() {
    let Some(engine) = engine() else { return };
    let mut faults = Vec::new();
    for (name, floors) in SAMPLES {
        let outcome = score::case::score(&root().join("samples").join(name), &engine);
        check(name, outcome, floors, &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn labelled_data_is_read_as_well_as_before() {
    let bench = shared().join("bench");
    if !bench.is_dir() {
        println!("skipped: no labelled data at {}", bench.display());
        return;
    }
    let Some(engine) = engine() else { return };
    let first = |n| Options {
        limit: Some(n),
        ..Options::quiet()
    };
    let mut faults = Vec::new();
    let f = &mut faults;
    let file = |path: &str| bench.join(path);
    check(
        "case",
        score::case::score(&shared().join("cases/hasakah"), &engine),
        &[
            ("claims_found", 36.0),
            ("speaker_right", 33.0),
            ("stance_right", 35.0),
            ("relations_found", 10.0),
        ],
        f,
    );
    check(
        "cis530p",
        score::cis530p::score(
            &file("cis530p/X_val.json"),
            &file("cis530p/y_val.json"),
            &engine,
            &first(40),
        ),
        &[
            ("killed_accuracy", 0.90),
            ("injured_accuracy", 0.67),
            ("date_accuracy", 0.75),
            ("address_accuracy", 0.65),
        ],
        f,
    );
    check(
        "gva",
        score::gva::score(
            &file("gva/dev.jsonl"),
            score::gva::Mode::Single,
            &engine,
            &first(60),
        ),
        &[
            ("killed_accuracy", 0.88),
            ("injured_accuracy", 0.65),
            ("date_accuracy", 0.66),
            ("city_accuracy", 0.52),
        ],
        f,
    );
    check(
        "airwars",
        score::airwars::score(&file("airwars/gaza.dev.jsonl"), &engine, &first(40)),
        &[
            ("killed_overlap", 0.80),
            ("injured_overlap", 0.65),
            ("date_accuracy", 0.90),
        ],
        f,
    );
    check(
        "events",
        score::events::score(&file("events"), &[], &engine, &first(20)),
        &[
            ("count_claims_found", 0.89),
            ("count_precision", 0.94),
            ("other_claims_found", 0.45),
            ("speaker", 0.68),
            ("stance", 0.90),
            ("bound", 0.95),
            ("killed_toll", 0.75),
            ("injured_toll", 0.80),
            ("silent_toll", 0.88),
            ("killed_headline", 0.92),
            ("injured_headline", 0.80),
            ("verdict", 0.71),
            ("dispute_precision", 0.53),
            ("dispute_recall", 0.33),
            ("responsibility", 0.68),
            ("date", 0.97),
            ("place", 0.72),
            ("pool_b3_f1", 0.97),
            ("twins_b3_f1", 0.93),
        ],
        f,
    );
    check(
        "polnear",
        score::polnear::score(&file("polnear/dev"), &engine, &first(6)),
        &[
            ("cue_f1", 0.66),
            ("relation_f1", 0.66),
            ("content_token_f1", 0.76),
        ],
        f,
    );
    check(
        "tempeval",
        score::tempeval::score(&file("tempeval/TBAQ-cleaned"), &engine, &first(20)),
        &[("relaxed_f1", 0.90), ("value_f1", 0.64)],
        f,
    );
    check(
        "geo",
        score::geo::score(&file("geo/lgl.xml"), &engine, &first(40)),
        &[("found_f1", 0.85), ("within_161km", 0.88)],
        f,
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
