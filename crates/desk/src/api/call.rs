//! What an operation is given, and what it gives.

use std::{borrow::Cow, sync::Arc};

use axum::{
    body::to_bytes,
    extract::{FromRequest as _, Multipart, Query, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    desk::Desk,
    frame,
    pages::{self, add},
    refusal::Refusal,
    visitor::Visitor,
};

/// Where the API is.
pub const PREFIX: &str = "/api/v1";

/// Makes the schema of a type.
pub type Shape = fn(&mut SchemaGenerator) -> Schema;

/// The schema of a type.
pub fn shape<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// What an operation is given.
pub struct Call<Q = Nothing, B = Nothing> {
    /// The desk.
    pub desk: Arc<Desk>,
    /// Who asks.
    pub visitor: Visitor,
    /// The id or number in the address; empty where the address has none.
    pub id: String,
    /// What stands behind the question mark.
    pub query: Q,
    /// What was sent.
    pub body: B,
    /// The head of the request.
    pub headers: HeaderMap,
}

/// No query; nothing sent.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The number of the latest judgement on a thing: stands at the beginning of its tag, so that whoever decides can say
/// what they had seen.
#[derive(Clone, Copy)]
pub struct Latest(pub i64);

impl Latest {
    /// The tag of a thing with such a content.
    pub fn tag(self, hash: &str) -> String {
        format!("\"{}-{hash}\"", self.0)
    }

    /// What whoever sends these tags had seen; `None` for `*`, which asks for no check.
    ///
    /// # Errors
    ///
    /// A refusal for what is no tag of a thing that can be decided on.
    pub fn of(tags: &str) -> Result<Option<Self>, Refusal> {
        if tags.trim() == "*" {
            return Ok(None);
        }
        let number = |tag: &str| {
            let tag = tag.trim();
            // A server that packs what passes through it marks a tag as weak; the number is the same.
            let tag = tag.strip_prefix("W/").unwrap_or(tag);
            let tag = tag.strip_prefix('"')?.strip_suffix('"')?;
            let number = tag.split_once('-').map_or(tag, |(number, _)| number);
            number.parse().ok().filter(|n: &i64| *n >= 0)
        };
        let numbers: Option<Vec<i64>> = tags.split(',').map(number).collect();
        let latest = numbers.and_then(|all| all.into_iter().max());
        latest.map(|n| Some(Self(n))).ok_or_else(|| {
            Refusal::bad(
                "If-Match holds no tag of something that can be decided on",
                "send the ETag of the claim, report, incident or judgement that is decided on; or * to look at nothing",
            )
        })
    }
}

/// Addresses of a thing and what lies beside it.
#[derive(Serialize, JsonSchema)]
pub struct Links {
    /// Where it is.
    #[serde(rename = "self")]
    own: String,
    /// The next of a list; absent at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// The page that shows it to people.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

/// Something with its addresses.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}WithLinks")]
pub struct Linked<T> {
    /// It.
    #[serde(flatten)]
    it: T,
    /// Addresses of the same.
    links: Links,
}

impl<T> Linked<T> {
    /// Something that lies at an address of the API.
    pub fn at(path: &str, it: T) -> Self {
        let links = Links {
            own: format!("{}{path}", PREFIX),
            next: None,
            page: None,
        };
        Self { it, links }
    }

    /// With the page of the same.
    pub fn page(mut self, path: impl Into<String>) -> Self {
        self.links.page = Some(path.into());
        self
    }

    /// With what comes next in a list, where something does.
    pub fn next(mut self, path: Option<String>) -> Self {
        self.links.next = path.map(|path| format!("{}{path}", PREFIX));
        self
    }
}

/// Something that is remembered for others who ask for the same.
pub struct Shared<T>(pub Arc<T>);

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<T: JsonSchema> JsonSchema for Shared<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// What an operation gives.
pub struct Done<T> {
    value: Option<T>,
    location: Option<String>,
    latest: Option<Latest>,
    hidden: bool,
}

impl<T> Done<T> {
    /// A value.
    pub fn of(value: T) -> Self {
        Self {
            value: Some(value),
            location: None,
            latest: None,
            hidden: false,
        }
    }

    /// A value that lies at an address of the API from now on.
    pub fn made(value: T, path: &str) -> Self {
        Self {
            location: Some(format!("{}{path}", PREFIX)),
            ..Self::of(value)
        }
    }

    /// What was asked for lies at another address of the API.
    pub fn elsewhere(path: &str) -> Self {
        Self {
            value: None,
            location: Some(format!("{}{path}", PREFIX)),
            latest: None,
            hidden: false,
        }
    }

    /// Kept by nobody on its way.
    pub fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// With the number of the latest judgement on it.
    pub fn judged(mut self, latest: i64) -> Self {
        self.latest = Some(Latest(latest));
        self
    }
}

impl Done<Nothing> {
    /// There is nothing to be said.
    pub fn silent() -> Self {
        Self {
            value: None,
            location: None,
            latest: None,
            hidden: false,
        }
    }
}

impl<T: Serialize> Done<T> {
    /// The answer, with the status that the operation gives.
    pub fn answer(self, status: StatusCode) -> Result<Response, Refusal> {
        let mut out = match &self.value {
            Some(value) => frame::json(value)?,
            None => StatusCode::NO_CONTENT.into_response(),
        };
        *out.status_mut() = match (&self.value, &self.location) {
            (Some(_), _) => status,
            (None, Some(_)) => StatusCode::PERMANENT_REDIRECT,
            (None, None) => StatusCode::NO_CONTENT,
        };
        if let Some(location) = &self.location {
            let location = HeaderValue::from_str(location).map_err(|_| Refusal::fault())?;
            out.headers_mut().insert(header::LOCATION, location);
        }
        if self.hidden {
            let keep = HeaderValue::from_static("no-store");
            out.headers_mut().insert(header::CACHE_CONTROL, keep);
        }
        if let Some(latest) = self.latest {
            out.extensions_mut().insert(latest);
        }
        Ok(out)
    }
}

impl Serialize for Nothing {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit()
    }
}

/// What stands behind the question mark.
pub fn query<Q: DeserializeOwned>(request: &Request) -> Result<Q, Refusal> {
    Query::try_from_uri(request.uri())
        .map(|it| it.0)
        .map_err(|error| {
            let words = error.body_text();
            let why = words.rsplit_once("query string: ").map_or("", |it| it.1);
            Refusal::bad(
                format!("the query cannot be read: {}", frame::short(why, 200)),
                "/api says what can be asked for",
            )
        })
}

/// What can be sent.
pub trait Body: Sized + Send {
    /// Content types, each with its schema; none where nothing is sent.
    fn kinds() -> Vec<(&'static str, Shape)>;
    /// Bytes, at most.
    const MOST: usize;
    /// Takes it out of a request.
    fn read(request: Request) -> impl Future<Output = Result<Self, Refusal>> + Send;
}

impl Body for Nothing {
    fn kinds() -> Vec<(&'static str, Shape)> {
        Vec::new()
    }

    const MOST: usize = pages::FORM;

    async fn read(_: Request) -> Result<Self, Refusal> {
        Ok(Self {})
    }
}

/// JSON of a type.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + JsonSchema + Send> Body for Json<T> {
    fn kinds() -> Vec<(&'static str, Shape)> {
        vec![("application/json", shape::<T>)]
    }

    const MOST: usize = pages::FORM;

    async fn read(request: Request) -> Result<Self, Refusal> {
        match kind(&request).as_str() {
            "application/json" => Ok(Self(json(request, Self::MOST).await?)),
            _ => Err(unknown_kind("application/json")),
        }
    }
}

/// Reports: files, or one text.
pub enum Reports {
    /// Files in a form.
    Files(Box<Multipart>),
    /// A text.
    Text(Box<add::Words>),
}

/// Files in a form.
#[derive(JsonSchema)]
#[schemars(rename = "Files")]
#[allow(
    dead_code,
    reason = "says what a form of files holds; the form is read as it comes"
)]
struct Files {
    /// The files, each under this name.
    #[schemars(schema_with = "files")]
    file: Vec<String>,
}

fn files(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({
        "type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}
    })
}

impl Body for Reports {
    fn kinds() -> Vec<(&'static str, Shape)> {
        vec![
            ("application/json", shape::<add::Words>),
            ("multipart/form-data", shape::<Files>),
        ]
    }

    const MOST: usize = add::UPLOAD;

    async fn read(request: Request) -> Result<Self, Refusal> {
        match kind(&request).as_str() {
            "application/json" => Ok(Self::Text(Box::new(json(request, add::TEXT).await?))),
            "multipart/form-data" => {
                let form = Multipart::from_request(request, &()).await;
                form.map(|form| Self::Files(Box::new(form))).map_err(|_| {
                    Refusal::bad(
                        "the form cannot be read",
                        "its Content-Type names a boundary, as curl -F does",
                    )
                })
            }
            _ => Err(unknown_kind("application/json or multipart/form-data")),
        }
    }
}

/// The content type, without what stands behind it.
fn kind(request: &Request) -> String {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

fn unknown_kind(known: &str) -> Refusal {
    Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "what was sent is not of a kind that is taken here",
        format!("send it with Content-Type: {known}"),
    )
}

/// JSON that was sent. What it says is not in the refusal, but for names that are missing or not known.
async fn json<T: DeserializeOwned>(request: Request, most: usize) -> Result<T, Refusal> {
    let bytes = to_bytes(request.into_body(), most).await.map_err(|_| {
        Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!(
                "what was sent is larger than {} kB, or broke off",
                most / 1024
            ),
            "send less at once",
        )
    })?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let words = error.to_string();
        let named = words.starts_with("missing field") || words.starts_with("unknown field");
        let what = match error.classify() {
            serde_json::error::Category::Data if named => {
                let name = words.split(['`', ',']).nth(1).unwrap_or_default();
                let begin = if words.starts_with("missing") {
                    "lacks"
                } else {
                    "has no place for"
                };
                format!("what was sent {begin} {}", frame::short(name, 60))
            }
            serde_json::error::Category::Data => format!(
                "what was sent does not have the shape that is asked for (line {}, column {})",
                error.line(),
                error.column()
            ),
            _ => format!(
                "what was sent is not JSON (line {}, column {})",
                error.line(),
                error.column()
            ),
        };
        Refusal::bad(what, "/api says what is asked for")
    })
}

#[cfg(test)]
mod tests {
    use super::Latest;

    #[test]
    fn tags_say_what_was_seen() {
        let seen = |tags: &str| Latest::of(tags).map(|it| it.map(|it| it.0)).ok();
        assert_eq!(Latest(42).tag("9f2e"), "\"42-9f2e\"");
        assert_eq!(seen("\"42-9f2e\""), Some(Some(42)));
        assert_eq!(seen("W/\"42-9f2e\""), Some(Some(42)), "packed on its way");
        assert_eq!(seen("\"42\""), Some(Some(42)));
        assert_eq!(seen("\"4-a\", \"5-b\""), Some(Some(5)));
        assert_eq!(seen(" * "), Some(None));
        for bad in [
            "",
            "42",
            "\"\"",
            "\"-1-a\"",
            "\"x-1\"",
            "\"99999999999999999999-a\"",
            "\"4-a\",",
        ] {
            assert_eq!(seen(bad), None, "{bad}");
        }
    }
}
