//! Schemas of what a dossier holds: those that are published in `schema/`, which a test of `model` holds to the types.

use std::{borrow::Cow, sync::LazyLock};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

/// How names of these schemas begin, so that they are none of those that the desk has of its own.
const BEGIN: &str = "Dossier.";
/// Where schemas lie in a description.
pub const PLACE: &str = "#/components/schemas/";

static COMMITTED: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../../schema/dossier-1.schema.json");
    serde_json::from_str(text).unwrap_or_default()
});

/// A dossier.
pub struct Dossier;

/// A claim.
pub struct Claim;

fn at(name: &str) -> Schema {
    json_schema!({"$ref": format!("{PLACE}{name}")})
}

impl JsonSchema for Dossier {
    fn schema_name() -> Cow<'static, str> {
        "Dossier".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        at("Dossier")
    }
}

impl JsonSchema for Claim {
    fn schema_name() -> Cow<'static, str> {
        "Dossier.Claim".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        at("Dossier.Claim")
    }
}

/// The schemas by their names in a description.
pub fn schemas() -> Map<String, Value> {
    let mut whole = COMMITTED.clone();
    let parts = whole["$defs"].take();
    let mut out = Map::new();
    for (name, part) in parts.as_object().into_iter().flatten() {
        // The texts stand in the reports.
        if !matches!(
            name.as_str(),
            "PublishedText" | "PublishedBlock" | "BlockKind"
        ) {
            out.insert(format!("{BEGIN}{name}"), moved(part.clone()));
        }
    }
    if let Some(dossier) = whole.as_object_mut() {
        for key in ["$defs", "$id", "$schema"] {
            dossier.remove(key);
        }
    }
    if let Some(properties) = whole["properties"].as_object_mut() {
        properties.remove("texts");
    }
    if let Some(required) = whole["required"].as_array_mut() {
        required.retain(|it| it != "texts");
    }
    out.insert("Dossier".to_owned(), moved(whole));
    out
}

/// A schema whose references lead to where schemas lie in a description.
fn moved(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(fields) => {
            for (key, value) in fields {
                *value = match (key.as_str(), value.take()) {
                    ("$ref", Value::String(to)) => {
                        let name = to.trim_start_matches("#/$defs/");
                        format!("{PLACE}{BEGIN}{name}").into()
                    }
                    (_, value) => moved(value),
                };
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = moved(item.take());
            }
        }
        _ => {}
    }
    schema
}
