//! What is known about a report besides its text.

use model::Container;

/// What is known about a report besides its text. Each field `None` when not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// Headline.
    pub title: Option<String>,
    /// Name of the publisher.
    pub source: Option<String>,
    /// Author line as printed.
    pub byline: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publication time as written: ISO 8601 or a common written form.
    pub published: Option<String>,
    /// BCP 47 code.
    pub language: Option<String>,
    /// Media type as a container gives it: `text/html`. Without one the bytes say.
    pub media_type: Option<String>,
    /// Where in a file of several reports it was found.
    pub container: Option<Container>,
    /// When it was fetched, as written.
    pub fetched_at: Option<String>,
}

impl Metadata {
    /// This, with what it does not know taken from `other`.
    pub fn or(self, other: Metadata) -> Metadata {
        let pick = |mine: Option<String>, theirs: Option<String>| {
            mine.filter(|value| !value.trim().is_empty()).or(theirs)
        };
        Metadata {
            title: pick(self.title, other.title),
            source: pick(self.source, other.source),
            byline: pick(self.byline, other.byline),
            url: pick(self.url, other.url),
            published: pick(self.published, other.published),
            language: pick(self.language, other.language),
            media_type: pick(self.media_type, other.media_type),
            container: self.container.or(other.container),
            fetched_at: pick(self.fetched_at, other.fetched_at),
        }
    }
}

/// Gives a field that is not known yet a value that is not blank.
pub(super) fn fill(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value.filter(|value| !value.trim().is_empty());
    }
}
