//! A small reader of JSON Schema, for tests: as much of draft 2020-12 as the dossier's schema uses, and not a keyword
//! more.
//!
//! A full validator (`jsonschema` without its default features) adds a hundred crates and 55 seconds of processor time
//! to a cold test build, more than all other dependencies of the tests together. This one panics on a keyword it does
//! not know, so that the schema cannot come to say something that nobody checks.

use serde_json::{Map, Value};

/// A schema.
pub struct Schema {
    root: Value,
}

/// Keywords that say something about the schema and nothing about what it describes.
const REMARKS: [&str; 8] = [
    "$schema",
    "$id",
    "$defs",
    "title",
    "description",
    "examples",
    "default",
    // How a number or time is written: what draft 2020-12 itself takes as a remark.
    "format",
];

impl Schema {
    /// Reads a schema.
    pub fn new(schema: &str) -> Self {
        Self {
            root: serde_json::from_str(schema).expect("the schema is JSON"),
        }
    }

    /// What of `it` does not fit the schema, a line each.
    pub fn errors(&self, it: &Value) -> Vec<String> {
        let mut out = Vec::new();
        self.check(&self.root, it, "$", &mut out);
        out
    }

    /// Properties without a description, and objects open to properties that nobody described.
    pub fn undescribed(&self) -> Vec<String> {
        let mut out = Vec::new();
        self.walk(&self.root, "$", &mut out);
        out
    }

    fn walk(&self, at: &Value, path: &str, out: &mut Vec<String>) {
        let Value::Object(schema) = at else {
            if let Value::Array(many) = at {
                for (n, it) in many.iter().enumerate() {
                    self.walk(it, &format!("{path}/{n}"), out);
                }
            }
            return;
        };
        if let Some(Value::Object(properties)) = schema.get("properties") {
            if schema.get("additionalProperties") != Some(&Value::Bool(false)) {
                out.push(format!("{path} is open"));
            }
            for (name, property) in properties {
                let said = property.get("description").and_then(Value::as_str);
                if said.is_none_or(|said| said.len() < 8) {
                    out.push(format!("{path}/{name} has no description"));
                }
            }
        }
        for (key, it) in schema {
            if key != "const" && key != "enum" {
                self.walk(it, &format!("{path}/{key}"), out);
            }
        }
    }

    fn check(&self, schema: &Value, it: &Value, path: &str, out: &mut Vec<String>) {
        let schema = schema.as_object().expect("a schema is an object");
        for (key, said) in schema {
            match key.as_str() {
                "$ref" => {
                    let name = said.as_str().and_then(|to| to.strip_prefix("#/$defs/"));
                    let name = name.expect("a reference to a definition");
                    self.check(&self.root["$defs"][name], it, path, out);
                }
                "type" => {
                    let fits = match said {
                        Value::Array(any) => any.iter().any(|one| is(one, it)),
                        one => is(one, it),
                    };
                    if !fits {
                        out.push(format!("{path}: not of type {said}"));
                    }
                }
                "const" if said != it => out.push(format!("{path}: is not {said}")),
                "enum" if !said.as_array().expect("a list").contains(it) => {
                    out.push(format!("{path}: {it} is not in the list"));
                }
                "const" | "enum" => {}
                "anyOf" => {
                    let fits = said.as_array().expect("a list").iter().any(|one| {
                        let mut errors = Vec::new();
                        self.check(one, it, path, &mut errors);
                        errors.is_empty()
                    });
                    if !fits {
                        out.push(format!("{path}: fits none of the alternatives"));
                    }
                }
                "oneOf" => {
                    let fit = said.as_array().expect("a list").iter().filter(|one| {
                        let mut errors = Vec::new();
                        self.check(one, it, path, &mut errors);
                        errors.is_empty()
                    });
                    let fit = fit.count();
                    if fit != 1 {
                        out.push(format!("{path}: fits {fit} of the alternatives"));
                    }
                }
                "required" => {
                    for name in said.as_array().expect("a list") {
                        if it.is_object() && it.get(name.as_str().expect("a name")).is_none() {
                            out.push(format!("{path}: {name} is missing"));
                        }
                    }
                }
                "properties" => {
                    for (name, one) in said.as_object().expect("an object") {
                        if let Some(value) = it.get(name) {
                            self.check(one, value, &format!("{path}.{name}"), out);
                        }
                    }
                }
                "additionalProperties" => self.closed(schema, it, path, out),
                "items" if *said != Value::Bool(false) => {
                    let from = schema
                        .get("prefixItems")
                        .and_then(Value::as_array)
                        .map_or(0, Vec::len);
                    for (n, one) in it.as_array().into_iter().flatten().enumerate().skip(from) {
                        self.check(said, one, &format!("{path}[{n}]"), out);
                    }
                }
                "items" => {}
                "prefixItems" => {
                    let pairs = said
                        .as_array()
                        .expect("a list")
                        .iter()
                        .zip(it.as_array().into_iter().flatten());
                    for (n, (said, one)) in pairs.enumerate() {
                        self.check(said, one, &format!("{path}[{n}]"), out);
                    }
                }
                "uniqueItems" => {
                    let all = it.as_array().map_or(&[][..], Vec::as_slice);
                    let twice = (1..all.len()).any(|n| all[..n].contains(&all[n]));
                    if *said == Value::Bool(true) && twice {
                        out.push(format!("{path}: an item stands twice"));
                    }
                }
                "minItems" | "maxItems" => {
                    let (n, limit) = (
                        it.as_array().map_or(0, Vec::len) as u64,
                        said.as_u64().expect("a number"),
                    );
                    if (key == "minItems" && n < limit) || (key == "maxItems" && n > limit) {
                        out.push(format!("{path}: {n} items"));
                    }
                }
                "minimum" | "maximum" => {
                    if let (Some(n), Some(limit)) = (it.as_f64(), said.as_f64())
                        && ((key == "minimum" && n < limit) || (key == "maximum" && n > limit))
                    {
                        out.push(format!("{path}: {n} is out of range"));
                    }
                }
                remark if REMARKS.contains(&remark) => {}
                unknown => panic!("the schema says {unknown}, which these tests do not check"),
            }
        }
    }

    fn closed(&self, schema: &Map<String, Value>, it: &Value, path: &str, out: &mut Vec<String>) {
        let known = schema.get("properties").and_then(Value::as_object);
        for name in it.as_object().into_iter().flatten().map(|(name, _)| name) {
            if !known.is_some_and(|known| known.contains_key(name)) {
                out.push(format!("{path}: {name} is not described"));
            }
        }
    }
}

fn is(name: &Value, it: &Value) -> bool {
    match name.as_str().expect("the name of a type") {
        "null" => it.is_null(),
        "boolean" => it.is_boolean(),
        "string" => it.is_string(),
        "integer" => it.is_u64() || it.is_i64(),
        "number" => it.is_number(),
        "array" => it.is_array(),
        "object" => it.is_object(),
        other => panic!("unknown type {other}"),
    }
}
