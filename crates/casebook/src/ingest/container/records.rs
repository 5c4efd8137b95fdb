//! A record of named values as a document: an object of JSON.

use model::{Note, Severity};
use serde_json::{Map, Value};

use super::format::Document;
use crate::ingest::{
    columns::{Columns, Plan},
    fields::Fields,
    notes::note,
};

/// Why texts in a report are passed over.
pub(super) const WITHIN: &str = "texts within a report of JSON, such as replies to it";

/// A report, and what was left out of its object.
pub(super) struct Record {
    /// The report.
    pub document: Document,
    /// The keys of values that do not apply.
    pub odd: Vec<String>,
    /// How many objects with texts of their own lie in lists in it.
    pub within: u64,
}

/// The report of an object; `None` where it holds no report.
pub(super) fn document(
    object: Map<String, Value>,
    columns: &Columns,
    index: usize,
    offset: Option<u64>,
) -> Option<Record> {
    let within = within(&object, columns);
    let mut values = flat(object);
    let names: Vec<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
    let plan = columns.plan(&names);
    let (at, media) = body(&plan, &values)?;
    let mut fields = Fields::default();
    for (field, at) in &plan.fields {
        let (name, value) = &values[*at];
        match words(field, value) {
            _ if fields.read.contains_key(*field) => {}
            // What is left blank under one name may be said under another.
            Some(words) if words.trim().is_empty() => {}
            Some(words) => {
                fields.read.insert((*field).to_owned(), words);
            }
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
    Some(Record {
        document,
        odd: fields.odd,
        within,
    })
}

/// Objects in the lists of a report that would be reports if they stood alone: replies to a post, mostly. They are not
/// its words, nor reports that somebody gave.
fn within(object: &Map<String, Value>, columns: &Columns) -> u64 {
    let (mut count, mut open): (u64, Vec<&Value>) = (0, object.values().collect());
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => {
                let texts = items.iter().filter_map(Value::as_object);
                count += texts.filter(|item| has_text(item, columns)).count() as u64;
                open.extend(items);
            }
            Value::Object(inner) => open.extend(inner.values()),
            _ => {}
        }
    }
    count
}

fn has_text(object: &Map<String, Value>, columns: &Columns) -> bool {
    let texts = object
        .iter()
        .filter(|(_, value)| value.as_str().is_some_and(|it| !it.trim().is_empty()));
    let names: Vec<&str> = texts.map(|(name, _)| name.as_str()).collect();
    !columns.plan(&names).bodies.is_empty()
}

/// Whether an object holds a report.
pub(super) fn holds_report(object: &Map<String, Value>, columns: &Columns) -> bool {
    let values = flat(object.clone());
    let names: Vec<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
    body(&columns.plan(&names), &values).is_some()
}

/// Whether the beginning of an object, or of a list of them, names what holds a report: a key whose value is a text,
/// or is cut off. A value that is called as a key is none.
pub(super) fn names_report(head: &str, columns: &Columns) -> bool {
    let names = keys(head);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    !columns.plan(&names).bodies.is_empty()
}

/// The keys of texts, and those of texts in an object in another as `outer.inner`.
fn keys(head: &str) -> Vec<String> {
    let mut out = Vec::new();
    // The key under which each open bracket stands.
    let mut open: Vec<Option<&str>> = Vec::new();
    let (mut at, mut last) = (0, None);
    while let Some(byte) = head.as_bytes().get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => open.push(last.take()),
            b'}' | b']' => {
                open.pop();
            }
            b',' => last = None,
            b'"' => {
                let start = at;
                while let Some(byte) = head.as_bytes().get(at).filter(|byte| **byte != b'"') {
                    at += if *byte == b'\\' { 2 } else { 1 };
                }
                let key = head.get(start..at.min(head.len())).unwrap_or_default();
                at += 1;
                let Some(value) = head
                    .get(at..)
                    .and_then(|rest| rest.trim_start().strip_prefix(':'))
                else {
                    continue;
                };
                last = Some(key);
                let value = value.trim_start();
                if value.is_empty() || value.starts_with('"') {
                    let outer = open.last().copied().flatten();
                    out.extend(outer.map(|outer| format!("{outer}.{key}")));
                    out.push(key.to_owned());
                }
            }
            _ => {}
        }
    }
    out
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

/// The values of an object, those of objects in it as `outer.inner`; `null` is a value that is not given.
fn flat(object: Map<String, Value>) -> Vec<(String, Value)> {
    let mut out = Vec::with_capacity(object.len());
    for (key, value) in object {
        if let Value::Object(inner) = &value {
            let inner = inner.iter().filter(|(_, value)| value.is_string());
            out.extend(inner.map(|(name, value)| (format!("{key}.{name}"), value.clone())));
        }
        if !value.is_null() {
            out.push((key, value));
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn record(json: &str) -> Record {
        let Value::Object(object) = serde_json::from_str(json).unwrap() else {
            panic!("{json}");
        };
        document(object, &Columns::default(), 1, None).unwrap()
    }

    #[test]
    fn what_is_null_or_blank_leaves_the_word_to_other_names() {
        let one = record(
            r#"{"text": null, "body": "One.", "title": null, "headline": "T", "source": " ", "outlet": "O",
                "date": {"n": 1}, "pubdate": "2031-03-04", "lang": null}"#,
        );
        let given = &one.document.given;
        assert_eq!(one.document.bytes, b"One.");
        assert_eq!(given.title.as_deref(), Some("T"));
        assert_eq!(given.source.as_deref(), Some("O"));
        assert_eq!(given.published.as_deref(), Some("2031-03-04"));
        assert_eq!(
            (given.language.as_deref(), one.odd),
            (None, vec!["date".to_owned()])
        );
    }

    #[test]
    fn replies_are_counted_and_are_not_the_text() {
        let one = record(
            r#"{"text": "A post.", "tags": [{"n": 1}, {"text": " "}], "comments": [{"text": "A reply.", "author": "x",
                "replies": [{"body": "A reply to it."}]}], "more": {"thread": [{"content": "Another."}]}}"#,
        );
        assert_eq!((one.document.bytes, one.within), (b"A post.".to_vec(), 3));
    }

    #[test]
    fn only_keys_of_texts_name_a_report() {
        let names = |head: &str, map: &str| names_report(head, &Columns::parse(map).unwrap());
        assert!(names(r#"{"a": "x", "text": "cut"#, ""));
        assert!(names(r#"{"a\"": [{"b": 1}], "text" :"#, ""));
        assert!(!names(r#"{"kind": "text", "a": ["text", "body"]"#, ""));
        assert!(!names(
            r#"{"text": 5, "body": {"n": 1}, "content": [1]"#,
            ""
        ));
        assert!(!names(r#"{"note": "he wrote \"text\": \"x\""#, ""));
        assert!(names(r#"{"data": {"id": 1, "said": "x"#, "text=data.said"));
        assert!(!names(
            r#"{"data": {"id": 1}, "said": "x"#,
            "text=data.said"
        ));
        assert!(!names("\"\\\u{e9}", "") && !names("\"", "") && !names("", ""));
    }
}
