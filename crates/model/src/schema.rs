//! The JSON Schemas of what is published, made from the types and their doc comments.
//!
//! Goes out: the schema of a dossier and that of a list of incidents, draft 2020-12, as `schema/*.json` holds them.
//! Every object is closed: a property that no type has is an error.

use schemars::{JsonSchema, Schema, generate::SchemaSettings, transform::transform_subschemas};
use serde_json::{Map, Value};

use crate::{PublishedDossier, PublishedIncidents, SCHEMA_VERSION};

/// The schema of `dossier --json`.
pub fn dossier() -> Value {
    made::<PublishedDossier<'_>>("dossier", "Crossbearing dossier")
}

/// The schema of `dossier --list --json`.
pub fn incidents() -> Value {
    made::<PublishedIncidents<'_>>("incidents", "Crossbearing list of incidents")
}

fn made<T: JsonSchema>(name: &str, title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = Value::from(settings.into_generator().into_root_schema_for::<T>());
    schema["$id"] = format!("urn:crossbearing:schema:{name}:1").into();
    schema["title"] = title.into();
    schema["properties"]["schema"] = serde_json::json!({
        "const": SCHEMA_VERSION,
        "description": schema["properties"]["schema"]["description"],
    });
    let definitions = schema["$defs"].clone();
    match Schema::try_from(schema) {
        Ok(mut schema) => {
            tidy(&mut schema, &definitions);
            Value::from(schema)
        }
        Err(never) => unreachable!("a schema that was made is an object or a boolean: {never}"),
    }
}

/// Closes objects, writes out a definition that stands beside properties of its own, and takes marks of Rust out of
/// descriptions.
fn tidy(schema: &mut Schema, definitions: &Value) {
    if let Some(object) = schema.as_object_mut() {
        if object.contains_key("properties") {
            if let Some(Value::String(to)) = object.remove("$ref") {
                let name = to.trim_start_matches("#/$defs/");
                join(object, &definitions[name]);
            }
            object.insert("additionalProperties".to_owned(), false.into());
            if let Some(Value::Object(kind)) = object["properties"].get_mut("type") {
                let said = "Says which kind of value this is.";
                kind.entry("description").or_insert_with(|| said.into());
            }
        }
        if let Some(Value::String(said)) = object.get_mut("description") {
            *said = plain(said);
        }
    }
    transform_subschemas(&mut |schema: &mut Schema| tidy(schema, definitions), schema);
}

/// Adds the properties of a definition to those of an object that is one.
fn join(object: &mut Map<String, Value>, definition: &Value) {
    for (key, more) in definition.as_object().into_iter().flatten() {
        match (object.get_mut(key), more) {
            (Some(Value::Object(own)), Value::Object(more)) => own.extend(more.clone()),
            (Some(Value::Array(own)), Value::Array(more)) => own.extend(more.iter().cloned()),
            (None, more) => _ = object.insert(key.clone(), more.clone()),
            _ => {}
        }
    }
}

/// A doc comment as one line of plain words: links of Rust by their last name, `None` as JSON has it.
fn plain(said: &str) -> String {
    let mut out = String::new();
    let mut rest = said;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((path, after)) = link.split_once("`]") else {
            break;
        };
        out.push_str(before);
        out.push_str(path.rsplit("::").next().unwrap_or(path));
        rest = after;
    }
    out.push_str(rest);
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ").replace("`None`", "`null`")
}
