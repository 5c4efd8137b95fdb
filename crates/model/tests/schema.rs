//! The committed schemas are those that the types give; `make schema` writes them anew.

use std::{fs, path::Path};

use model::schema;
use serde_json::Value;

fn check(name: &str, made: &Value) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../schema/{name}-1.schema.json"));
    let mut text = serde_json::to_string_pretty(made).unwrap();
    text.push('\n');
    if std::env::var_os("CROSSBEARING_BLESS").is_some() {
        fs::write(&path, text).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let line = committed
        .lines()
        .zip(text.lines())
        .position(|(a, b)| a != b);
    assert!(
        committed == text,
        "schema/{name}-1.schema.json is not what the types give (line {:?}); run `make schema`",
        line.map(|at| at + 1)
    );
}

#[test]
fn the_committed_schemas_are_what_the_types_give() {
    check("dossier", &schema::dossier());
    check("incidents", &schema::incidents());
}

#[test]
fn every_property_is_described_in_words_of_json() {
    for made in [schema::dossier(), schema::incidents()] {
        let text = made.to_string();
        for mark in ["[`", "`None`", "::"] {
            assert!(!text.contains(mark), "{mark} in a schema");
        }
    }
}
