//! A record of named values as a document: an object of JSON.

use model::{Note, Severity};
use serde_json::{Map, Value};

use super::format::Document;
use crate::ingest::{
    columns::{Columns, Plan},
    fields::Fields,
    notes::note,
};

/// The report of an object, and the keys of values that do not apply; `None` where it holds no report.
pub(super) fn document(
    object: Map<String, Value>,
    columns: &Columns,
    index: usize,
    offset: Option<u64>,
) -> Option<(Document, Vec<String>)> {
    let mut values = flat(object);
    let names: Vec<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
    let plan = columns.plan(&names);
    let (at, media) = body(&plan, &values)?;
    let mut fields = Fields::default();
    for (field, at) in &plan.fields {
        let (name, value) = &values[*at];
        match words(field, value) {
            Some(words) => {
                fields.read.insert((*field).to_owned(), words);
            }
            None if value.is_null() => {}
            None => fields.odd.push(name.clone()),
        }
    }
    let mut given = fields.metadata();
    given.media_type = Some(media.to_owned());
    let Value::String(words) = values.swap_remove(at).1 else {
        return None;
    };
    let document = Document {
        name: None,
        index,
        offset,
        bytes: words.into_bytes(),
        given,
    };
    Some((document, fields.odd))
}

/// Whether an object holds a report.
pub(super) fn holds_report(object: &Map<String, Value>, columns: &Columns) -> bool {
    let values = flat(object.clone());
    let names: Vec<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
    body(&columns.plan(&names), &values).is_some()
}

/// Whether the beginning of an object that is cut off names what holds a report.
pub(super) fn names_report(head: &str, columns: &Columns) -> bool {
    let names: Vec<&str> = head.split('"').collect();
    !columns.plan(&names).bodies.is_empty()
}

/// The value that is the report: the first that is a text and not blank, else the first that is a text.
fn body(plan: &Plan, values: &[(String, Value)]) -> Option<(usize, &'static str)> {
    let text = |blank: bool| {
        let mut bodies = plan.bodies.iter();
        let fits = |at: usize| {
            let text = values[at].1.as_str();
            text.is_some_and(|text| blank || !text.trim().is_empty())
        };
        bodies.find(|(at, _)| fits(*at)).copied()
    };
    text(false).or_else(|| text(true))
}

/// The values of an object, those of objects in it as `outer.inner`.
fn flat(object: Map<String, Value>) -> Vec<(String, Value)> {
    let mut out = Vec::with_capacity(object.len());
    for (key, value) in object {
        if let Value::Object(inner) = &value {
            let inner = inner.iter().filter(|(_, value)| value.is_string());
            out.extend(inner.map(|(name, value)| (format!("{key}.{name}"), value.clone())));
        }
        out.push((key, value));
    }
    out
}

/// What a value says in words: a text, an object's name, or a list of either.
fn words(field: &str, value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        // Seconds or milliseconds since 1970.
        Value::Number(number) if field == "published" || field == "fetched_at" => {
            Some(number.to_string())
        }
        Value::Object(object) => object.get("name")?.as_str().map(str::to_owned),
        Value::Array(items) => {
            let names: Option<Vec<String>> = items
                .iter()
                .map(|item| match item {
                    Value::Array(_) => None,
                    other => words(field, other),
                })
                .collect();
            names.map(|names| names.join(", "))
        }
        _ => None,
    }
}

/// The note of a value that does not apply.
pub(super) fn bad_value(subject: &str, key: &str, hint: &str) -> Note {
    let message = format!("the value of {key:?} is no text; passed over");
    note(Severity::Warning, "bad-value", subject, &message, hint)
}
