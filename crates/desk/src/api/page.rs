//! The page that explains the API, from its description.

use std::sync::Arc;

use askama::Template;
use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use serde_json::Value;
use store::people::Role;

use super::{call::PREFIX, description, operation::Operation, table};
use crate::{
    desk::Desk,
    frame::{self, Frame},
    refusal::Refusal,
    visitor::{self, Visitor},
};

/// An operation as it is explained.
struct Told {
    method: String,
    path: String,
    what: &'static str,
    more: &'static str,
    /// Scopes of which one is needed.
    scopes: String,
    /// The least role that may; empty where that is everybody.
    role: &'static str,
    /// What can be given: name, what it is, and whether it must be given.
    fields: Vec<(String, String, bool)>,
    /// How it is sent; empty where nothing is.
    kinds: String,
}

#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    frame: Frame,
    /// The address that people type.
    at: String,
    operations: Vec<Told>,
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    frame::html(&Page {
        frame: Frame {
            json: format!("{}/openapi.json", PREFIX),
            ..Frame::new(&visitor, "api", "The API")?
        },
        at: visitor::typed(&desk, &headers),
        operations: operations(&description::value()),
    })
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace('`', "")
}

fn operations(whole: &Value) -> Vec<Told> {
    table::operations()
        .iter()
        .map(|it| {
            let path = format!("{PREFIX}{}", it.path);
            let one = &whole["paths"][&path][it.method.as_str().to_lowercase()];
            told(whole, it, path, one)
        })
        .collect()
}

fn told(whole: &Value, operation: &Operation, path: String, one: &Value) -> Told {
    let scopes: Vec<&str> = operation.scopes.iter().map(|it| it.name()).collect();
    let kinds: Vec<&str> = operation.body.iter().map(|it| it.0).collect();
    let mut fields: Vec<(String, String, bool)> = Vec::new();
    for it in one["parameters"].as_array().into_iter().flatten() {
        // What every operation that looks takes is said once.
        if it["in"] != "path" && it["name"] != "If-None-Match" {
            let told = words(&it["description"]) + &choices(&it["schema"]);
            fields.push((words(&it["name"]), told, it["required"] == true));
        }
    }
    let json = &one["requestBody"]["content"]["application/json"]["schema"];
    fields.extend(sent(whole, json));
    Told {
        method: operation.method.to_string(),
        path,
        what: operation.what,
        more: operation.more,
        scopes: match scopes.len() {
            3 => "any".to_owned(),
            _ => scopes.join(" or "),
        },
        role: match operation.role {
            Role::Reader => "",
            role => role.name(),
        },
        fields,
        kinds: kinds.join(" or "),
    }
}

/// The choices of a field in words; empty where it has none.
fn choices(schema: &Value) -> String {
    let all = schema["enum"].as_array().into_iter().flatten();
    let all: Vec<String> = all
        .filter(|it| !it.is_null())
        .map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
        .collect();
    match all.is_empty() {
        true => String::new(),
        false => format!(" One of {}.", all.join(", ")),
    }
}

/// What a body holds: its fields; of one of several kinds the fields of each.
fn sent(whole: &Value, schema: &Value) -> Vec<(String, String, bool)> {
    let schema = match schema["$ref"].as_str() {
        Some(to) => &whole["components"]["schemas"][to.rsplit('/').next().unwrap_or_default()],
        None => schema,
    };
    let required = |name: &str| {
        let all = schema["required"].as_array();
        all.is_some_and(|all| all.iter().any(|it| it == name))
    };
    let mut out = Vec::new();
    for kind in schema["oneOf"].as_array().into_iter().flatten() {
        let name = words(&kind["properties"]["kind"]["const"]);
        let fields = kind["properties"].as_object().into_iter().flatten();
        let fields: Vec<&str> = fields
            .map(|it| it.0.as_str())
            .filter(|it| *it != "kind")
            .collect();
        let told = format!(
            "{} With {}.",
            words(&kind["description"]),
            fields.join(", ")
        );
        out.push((format!("kind: {name}"), told, false));
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let told = words(&field["description"]) + &choices(field);
        out.push((name.clone(), told, required(name)));
    }
    out
}
