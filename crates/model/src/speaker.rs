//! Who says it.

use serde::{Deserialize, Serialize};

use crate::{PartyKind, Quote};

/// How a speaker is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpeakerKind {
    /// A person with a name.
    Person,
    /// A body: a force, an agency, an aid group, an outlet.
    Body,
    /// Someone with a role but no name: "a spokesman", "residents", "a security source".
    Role,
    /// Nobody is named: "is reported to", "reports".
    Unnamed,
    /// The publisher of the report itself; always the last link of a chain.
    Publisher,
}

/// One link of a speaker chain.
///
/// A chain runs from the one who says it to the source that prints it: Lena Marsh (UNICEF) → Reuters → this outlet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Speaker {
    /// How the speaker is known.
    pub kind: SpeakerKind,
    /// Fullest name in the report: "Lena Marsh", "UNICEF", "spokesperson"; empty for an unnamed one.
    pub name: String,
    /// The body the person speaks for: "UNICEF".
    pub affiliation: Option<String>,
    /// Id (`p:…`) of the body that answers for the words: the affiliation if there is one, else the speaker. `None` if
    /// unnamed.
    pub party: Option<String>,
    /// Kind of that body.
    pub party_kind: PartyKind,
    /// Whether that body is a party to what is reported (an armed group, a state's force, or the political body of
    /// one).
    pub interested: bool,
    /// The words that name the speaker, where the text has them.
    pub quote: Option<Quote>,
}

impl Speaker {
    /// The speaker as printed: `Lena Marsh (UNICEF)`, `UNICEF`, `unnamed reports`.
    pub fn label(&self) -> String {
        match (&self.affiliation, self.kind) {
            (_, SpeakerKind::Unnamed) => "unnamed reports".to_owned(),
            (Some(body), _) if *body != self.name && !self.name.is_empty() => {
                format!("{} ({body})", self.name)
            }
            (Some(body), _) => body.clone(),
            (None, _) => self.name.clone(),
        }
    }
}
