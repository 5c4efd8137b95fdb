//! Words in a row as templates show them.

use casebook::publish::{
    summary::{Bit, Phrase},
    view::View,
};
use serde::Serialize;

/// A few words of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// `plain`, `strong`, `name`, `quote`, `source`.
    pub kind: &'static str,
    /// The words.
    pub text: String,
    /// Of a source: where its words stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// The anchor of a claim's words in its report: `c:9f2e` → `q-9f2e`.
pub fn anchor(claim: &str) -> String {
    format!("q-{}", claim.trim_start_matches("c:"))
}

/// Where a claim's words stand.
pub fn words_at(report: &str, claim: &str) -> String {
    format!("/reports/{report}#{}", anchor(claim))
}

/// A phrase.
pub fn of(view: &View, phrase: &Phrase) -> Vec<Words> {
    let one = |bit: &Bit| {
        let (kind, text, href) = match bit {
            Bit::Plain(words) => ("plain", words, None),
            Bit::Strong(words) => ("strong", words, None),
            Bit::Name(words) => ("name", words, None),
            Bit::Quote(words) => ("quote", words, None),
            Bit::Source(words, id) => {
                let claim = view.claim(id);
                let at = claim.map(|it| words_at(it.report.as_str(), id.as_str()));
                ("source", words, at)
            }
        };
        Words {
            kind,
            text: text.clone(),
            href,
        }
    };
    phrase.0.iter().map(one).collect()
}
