//! Bytes to text: encoding, main text and metadata of a page, blocks with boilerplate marked.

use model::{Note, Report, Text};

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
}

/// A report with its text, frozen.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// The report.
    pub report: Report,
    /// Its text.
    pub text: Text,
    /// What to tell.
    pub notes: Vec<Note>,
}

/// Reads the bytes of one report.
///
/// # Errors
/// A note of severity error when there is no readable text.
pub fn extract(_input: &crate::Input) -> Result<Extracted, Note> {
    unimplemented!()
}
