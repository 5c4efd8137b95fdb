//! What JSON-LD says of a page and its stories.

use std::collections::BTreeMap;

use dom_query::Document;
use serde_json::Value;

use super::entities::entities;
use crate::text::metadata::fill;

/// What JSON-LD says of the page.
#[derive(Default)]
pub(super) struct Linked {
    /// Each article described.
    pub stories: Vec<Story>,
    /// Name of the web site.
    pub site: Option<String>,
    /// Name of the organization.
    pub body: Option<String>,
    /// When the web page was published.
    pub page: Option<String>,
}

/// One article in JSON-LD.
#[derive(Clone, Default)]
pub(super) struct Story {
    pub title: Option<String>,
    pub source: Option<String>,
    pub byline: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub text: String,
}

impl Linked {
    pub(super) fn read(document: &Document) -> Linked {
        let mut out = Linked::default();
        for script in document.select("script[type*='ld+json']").iter() {
            let text = script.text();
            // Line breaks inside strings are no JSON, but common; comment and section marks stand around it.
            let text: String = text
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            let text = text
                .trim()
                .trim_start_matches("<!--")
                .trim_start_matches("//<![CDATA[")
                .trim_start_matches("<![CDATA[")
                .trim_end_matches("-->")
                .trim_end_matches("//]]>")
                .trim_end_matches("]]>")
                .trim()
                .trim_end_matches(';');
            if let Ok(value) = serde_json::from_str::<Value>(text) {
                out.take(&value, &Names::of(&value));
            }
        }
        out
    }

    fn take(&mut self, value: &Value, names: &Names) {
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.iter().rev()),
                Value::Object(object) => {
                    open.extend(object.get("mainEntity"));
                    open.extend(object.get("@graph"));
                    let kind = object.get("@type").map(ToString::to_string);
                    let kind = kind.unwrap_or_default();
                    let is = |names: &[&str]| names.iter().any(|name| kind.contains(name));
                    let text = |key: &str| object.get(key).and_then(|it| name_of(it, names));
                    if is(&["Article", "Report", "BlogPosting"]) {
                        self.stories.push(Story {
                            title: text("headline").or_else(|| text("name")),
                            source: text("publisher"),
                            byline: text("author").filter(|name| is_name(name)),
                            published: text("datePublished"),
                            language: text("inLanguage"),
                            text: text("articleBody").unwrap_or_default(),
                        });
                    } else if is(&["WebPage"]) {
                        fill(&mut self.page, text("datePublished"));
                    } else if is(&["WebSite"]) {
                        fill(&mut self.site, text("name"));
                    } else if is(&["Organization"]) {
                        fill(&mut self.body, text("name"));
                    }
                }
                _ => {}
            }
        }
    }

    /// The story that the page shows: the one of its headline, else the first. What that one leaves open the others do
    /// not fill.
    pub(super) fn own(&self, shown: Option<&str>) -> Story {
        let fold = |words: &str| -> String {
            let words = entities(words).to_lowercase();
            words.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let shown = shown.map(fold).unwrap_or_default();
        let same = |story: &&Story| {
            let title = fold(story.title.as_deref().unwrap_or_default());
            !title.is_empty()
                && !shown.is_empty()
                && (shown.starts_with(&title) || title.starts_with(&shown))
        };
        let story = self.stories.iter().find(same).or(self.stories.first());
        story.cloned().unwrap_or_default()
    }
}

/// What has a name in a script, by its `@id`: what stands elsewhere in it points there.
struct Names(BTreeMap<String, String>);

impl Names {
    fn of(value: &Value) -> Self {
        let (mut names, mut open) = (BTreeMap::new(), vec![value]);
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items),
                Value::Object(object) => {
                    open.extend(object.values());
                    let text = |key: &str| object.get(key).and_then(Value::as_str);
                    if let (Some(id), Some(name)) = (text("@id"), text("name")) {
                        names.insert(id.to_owned(), name.to_owned());
                    }
                }
                _ => {}
            }
        }
        Self(names)
    }
}

/// Whether the words can be a name: addresses of profiles stand in the same field.
pub(super) fn is_name(words: &str) -> bool {
    !words.contains("://") && !words.starts_with('@') && words.contains(char::is_alphabetic)
}

/// A name as JSON-LD writes it: a string, an object with a `name` or the `@id` of one, or a list of these.
fn name_of(value: &Value, names: &Names) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Object(object) => match (object.get("name"), object.get("@id")) {
            (Some(name), _) => name.as_str().map(str::to_owned),
            (None, Some(id)) => names.0.get(id.as_str()?).cloned(),
            (None, None) => None,
        },
        Value::Array(items) => {
            let names: Vec<String> = items
                .iter()
                .take(8)
                .filter_map(|item| match item {
                    Value::Array(_) => None,
                    other => name_of(other, names),
                })
                .collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}
