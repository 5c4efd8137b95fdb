//! The description of the API, OpenAPI 3.1: from the table of operations, with the schemas of their types.

use std::sync::LazyLock;

use axum::http::{Method, StatusCode};
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use store::people::Role;

use super::{
    call::{PREFIX, Shape, shape},
    operation::Operation,
    published::{self, PLACE},
    table,
};
use crate::pages::refused;

/// What is said before everything.
const ABOUT: &str = "\
What a casebook holds, for programs: the same as on the pages of the desk, by the same functions. It says who reported \
what, in which words; it does not say what is so.

Programs ask with a token, made at `/settings/tokens`, in the header `Authorization: Bearer cb_…`; never in an \
address. A token never does more than its person may at that time. A browser that is logged in asks with its \
cookie; to write by a cookie it sends the token of a page in `X-Desk-Token`.

Every refusal has one shape. What cannot be read is refused with 400; what can be read and not be done, with 422.";

/// What can stand in If-Match.
const TAGS: &str = r#"^(\*|(W/)?"[0-9]{1,18}(-[0-9a-f]*)?")$"#;

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = serde_json::to_string_pretty(&value()).unwrap_or_default();
    text.push('\n');
    text
});

/// The description as it is sent, and as it is committed.
pub fn text() -> &'static str {
    &TEXT
}

/// Makes schemas: of what is taken, and of what is given.
struct Shapes {
    taken: SchemaGenerator,
    given: SchemaGenerator,
}

impl Shapes {
    fn new() -> Self {
        let settings = |it: SchemaSettings| {
            it.with(|it| it.definitions_path = "/components/schemas".into())
                .into_generator()
        };
        Self {
            taken: settings(SchemaSettings::draft2020_12().for_deserialize()),
            given: settings(SchemaSettings::draft2020_12().for_serialize()),
        }
    }

    fn all(mut self) -> Map<String, Value> {
        let mut out = published::schemas();
        let taken = self.taken.take_definitions(true);
        let given = self.given.take_definitions(true);
        out.extend(taken.into_iter().map(|(name, it)| (name, tidy(it, false))));
        out.extend(given.into_iter().map(|(name, it)| (name, tidy(it, true))));
        out
    }
}

/// The description.
pub fn value() -> Value {
    let mut shapes = Shapes::new();
    let mut paths = Map::new();
    for operation in table::operations() {
        let path = format!("{}{}", PREFIX, operation.path);
        let own = paths.entry(path).or_insert_with(|| json!({}));
        own[operation.method.as_str().to_lowercase()] = told(&operation, &mut shapes);
    }
    let refused = shape::<refused::Error<'_>>(&mut shapes.given);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Crossbearing desk",
            "version": "1",
            "description": ABOUT,
            "license": {"name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT"},
        },
        "servers": [{"url": "/", "description": "The desk that gives this description."}],
        "paths": paths,
        "components": {
            "schemas": shapes.all(),
            "responses": {
                "Refused": {
                    "description": "It was not done: what is the matter, and what to try.",
                    "content": {"application/json": {"schema": refused}},
                },
            },
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "cb_ and 64 hexadecimal digits",
                    "description": "Made at /settings/tokens. Scopes: read, add, review.",
                },
            },
        },
    })
}

fn told(operation: &Operation, shapes: &mut Shapes) -> Value {
    let needs = |it: &store::tokens::Scope| json!({"token": [it.name()]});
    let mut out = json!({
        "operationId": operation.name,
        "summary": operation.what,
        "parameters": parameters(operation, shapes),
        "responses": responses(operation, shapes),
        "security": operation.scopes.iter().map(needs).collect::<Vec<_>>(),
    });
    let role = match operation.role {
        Role::Reader => String::new(),
        role => format!("Needs the role {}.", role.name()),
    };
    let more = [operation.more, &role].join(" ");
    if !more.trim().is_empty() {
        out["description"] = more.trim().into();
    }
    if !operation.body.is_empty() {
        let content = operation.body.iter().map(|(kind, shape)| {
            let schema = shape(&mut shapes.taken);
            ((*kind).to_owned(), json!({"schema": schema}))
        });
        let content: Map<String, Value> = content.collect();
        out["requestBody"] = json!({"required": true, "content": content});
    }
    out
}

fn parameters(operation: &Operation, shapes: &mut Shapes) -> Vec<Value> {
    let mut out = Vec::new();
    if let Some((_, name)) = operation.path.split_once('{') {
        let name = name.split('}').next().unwrap_or_default();
        let (what, kind) = match name {
            "number" => ("Its number.", json!({"type": "integer", "minimum": 1})),
            _ => ("Its id.", json!({"type": "string", "minLength": 1})),
        };
        out.push(json!({
            "name": name, "in": "path", "required": true, "description": what, "schema": kind,
        }));
    }
    out.extend(of_query(operation.query, &mut shapes.taken));
    let words = json!({"type": "string"});
    if operation.conditional {
        out.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "schema": {"type": "string", "pattern": TAGS},
            "description": "The ETag of what is decided on, or *.",
        }));
    }
    if operation.method == Method::GET {
        out.push(json!({
            "name": "If-None-Match", "in": "header", "required": false, "schema": words,
            "description": "The ETag of an answer that is there already.",
        }));
    }
    out
}

/// Parameters of a query, as the fields of its type are.
fn of_query(query: Shape, taken: &mut SchemaGenerator) -> Vec<Value> {
    let schema = query(taken).to_value();
    let name = schema["$ref"].as_str().unwrap_or_default();
    let name = name.trim_start_matches(PLACE);
    let whole = taken.definitions().get(name).cloned().unwrap_or_default();
    // Its fields are parameters: the type itself stands nowhere.
    taken.definitions_mut().remove(name);
    let whole = tidy(whole, false);
    let required = |name: &str| {
        let all = whole["required"].as_array();
        all.is_some_and(|all| all.iter().any(|it| it == name))
    };
    let fields = whole["properties"].as_object().into_iter().flatten();
    let one = |(name, schema): (&String, &Value)| {
        let mut schema = plain(schema.clone());
        let said = schema
            .as_object_mut()
            .and_then(|it| it.remove("description"));
        json!({
            "name": name, "in": "query", "required": required(name), "description": said, "schema": schema,
        })
    };
    fields.map(one).collect()
}

/// The schema of a value that is not left out: in a query there is no `null`.
fn plain(mut schema: Value) -> Value {
    if let Some(kinds) = schema["type"].as_array() {
        let kind = kinds.iter().find(|it| *it != "null").cloned();
        schema["type"] = kind.unwrap_or_default();
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let own = any.iter().find(|it| it["type"] != "null").cloned();
        let said = schema["description"].take();
        schema = own.unwrap_or_default();
        schema["description"] = said;
    }
    schema
}

fn responses(operation: &Operation, shapes: &mut Shapes) -> Value {
    let mut headers = Map::new();
    let words = json!({"type": "string"});
    if operation.method == Method::GET {
        headers.insert(
            "ETag".to_owned(),
            json!({"description": "Names this content.", "schema": words}),
        );
    }
    if matches!(operation.status, StatusCode::CREATED | StatusCode::ACCEPTED) {
        headers.insert(
            "Location".to_owned(),
            json!({"description": "Where it is.", "schema": words}),
        );
    }
    let mut out = Map::new();
    let mut well = json!({"description": reason(operation.status), "headers": headers});
    if operation.status != StatusCode::NO_CONTENT {
        let schema = (operation.answer)(&mut shapes.given);
        well["content"] = json!({"application/json": {"schema": schema}});
    }
    out.insert(operation.status.as_str().to_owned(), well);
    if operation.method == Method::GET {
        out.insert(
            "304".to_owned(),
            json!({"description": "It is what is there already."}),
        );
    }
    if operation.moves {
        let location = json!({"description": "Where it is.", "schema": words});
        let moved = json!({
            "description": "It lies at another address: it was merged, or only the beginning of its id was given.",
            "headers": {"Location": location},
        });
        out.insert("308".to_owned(), moved);
    }
    let mut refused = vec![400, 401, 403, 421, 422, 500, 503];
    refused.extend(operation.path.contains('{').then_some(404));
    if !operation.body.is_empty() {
        refused.extend([413, 415]);
    }
    if operation.conditional {
        refused.extend([412, 428]);
    }
    refused.extend(operation.refused);
    for status in refused {
        let to = json!({"$ref": "#/components/responses/Refused"});
        out.insert(status.to_string(), to);
    }
    Value::Object(out)
}

fn reason(status: StatusCode) -> &'static str {
    match status {
        StatusCode::CREATED => "It is made.",
        StatusCode::ACCEPTED => "It is taken in beside this.",
        StatusCode::NO_CONTENT => "It is done.",
        _ => "What was asked for.",
    }
}

/// A doc comment as one line: a link of Rust by its last name, `None` as JSON has it.
fn in_words(said: &str) -> String {
    let said = said.replace('\n', " ").replace("`None`", "null");
    let mut parts = said.split("[`");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (path, after) = part.split_once("`]").unwrap_or((part, ""));
        out.push_str(path.rsplit("::").next().unwrap_or(path));
        out.push_str(after);
    }
    out
}

/// A schema without marks of Rust in its descriptions; what is given has no field that no type has.
fn tidy(mut schema: Value, closed: bool) -> Value {
    match &mut schema {
        Value::Object(fields) => {
            let whole = ["$ref", "oneOf", "anyOf", "allOf"];
            let open = whole.iter().any(|it| fields.contains_key(*it));
            if closed && !open && fields.contains_key("properties") {
                fields.insert("additionalProperties".to_owned(), false.into());
            }
            for (key, value) in fields {
                *value = match (key.as_str(), value.take()) {
                    ("description", Value::String(said)) => in_words(&said).into(),
                    (_, value) => tidy(value, closed),
                };
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = tidy(item.take(), closed);
            }
        }
        _ => {}
    }
    schema
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::{PLACE, text, value};
    use serde_json::Value;

    #[test]
    fn the_committed_description_is_what_the_table_gives() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/openapi-1.json");
        if std::env::var_os("CROSSBEARING_BLESS").is_some() {
            fs::write(&path, text()).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        let mut lines = committed.lines().zip(text().lines());
        assert!(
            committed == text(),
            "schema/openapi-1.json is not what the API is (line {:?}); run `make schema`",
            lines.position(|(a, b)| a != b).map(|at| at + 1)
        );
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_field_says_what_it_is() {
        fn walk(at: &Value, seen: &mut Vec<String>) {
            match at {
                Value::Object(fields) => {
                    if let Some(Value::String(to)) = fields.get("$ref") {
                        seen.push(to.clone());
                    }
                    fields.values().for_each(|it| walk(it, seen));
                }
                Value::Array(items) => items.iter().for_each(|it| walk(it, seen)),
                _ => {}
            }
        }
        let whole = value();
        let mut seen = Vec::new();
        walk(&whole, &mut seen);
        assert!(seen.len() > 100, "{}", seen.len());
        for to in &seen {
            let name = to.strip_prefix(PLACE);
            let there = match name {
                Some(name) => !whole["components"]["schemas"][name].is_null(),
                None => to == "#/components/responses/Refused",
            };
            assert!(there, "{to}");
        }
        for mark in ["[`", "::", "`None`"] {
            assert!(!whole["components"].to_string().contains(mark), "{mark}");
        }
    }

    #[test]
    fn schemas_of_two_types_never_have_one_name() {
        let names: Vec<String> = value()["components"]["schemas"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        for name in names {
            assert!(
                !name.ends_with(char::is_numeric),
                "{name}: a second type of that name"
            );
        }
    }
}
