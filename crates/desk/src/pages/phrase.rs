//! Words in a row as templates show them.

use casebook::publish::{
    summary::{Bit, Phrase},
    view::View,
};
use schemars::JsonSchema;
use serde::Serialize;

/// A few words of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Phrase")]
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

/// A claim by its label, and where its words stand.
#[derive(Serialize, Clone, JsonSchema)]
#[schemars(rename = "ClaimLink")]
pub struct Link {
    /// Its label.
    pub label: String,
    /// The page of its report.
    pub href: String,
}

/// Claims in the order of their places.
pub fn links(view: &View, ids: &[model::ClaimId]) -> Vec<Link> {
    let link = |claim: &&model::Claim| Link {
        label: view.label(&claim.id).to_owned(),
        href: words_at(claim.report.as_str(), claim.id.as_str()),
    };
    view.by_place(ids).iter().map(link).collect()
}
