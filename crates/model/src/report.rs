//! One thing a source published.

use serde::{Deserialize, Serialize};

use crate::{PartyKind, ReportId, TextId, When};

/// A publisher or channel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// Id: `s:` and a slug of the name; `s:unnamed-` and the report's hash when the file names none.
    pub id: String,
    /// Name as printed: "Lake Tribune"; "report A" style labels are given by the dossier when the file names none.
    pub name: Option<String>,
    /// Outlet, agency, aid group, state body.
    pub kind: PartyKind,
}

/// One thing a source published. Immutable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Hash of the bytes and the address.
    pub id: ReportId,
    /// Who published it.
    pub source: Source,
    /// Its headline, where known.
    pub title: Option<String>,
    /// Who wrote it, as printed: may name an agency.
    pub byline: Option<String>,
    /// Its address, where known.
    pub url: Option<String>,
    /// When it was published; `None` when unknown.
    pub published: Option<When>,
    /// BCP 47 code of its language, where known.
    pub language: Option<String>,
    /// `text/plain`, `text/html`.
    pub media_type: String,
    /// The character encoding it was read with.
    pub encoding: String,
    /// Its text.
    pub text: TextId,
    /// Where in a file of several reports it was found; absent where a file holds it alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<Container>,
    /// When it was fetched, where whoever collected it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched_at: Option<When>,
}

/// A place in a file that holds several reports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Container {
    /// The names of the containers, from the file inwards. A file goes by its name without folders, so that where it
    /// lies changes no byte of a dossier.
    pub path: Vec<String>,
    /// The report's name in the innermost, where it has one.
    pub member: Option<String>,
    /// The report's number in the innermost, counted from one: of a file of lines, the line.
    pub index: usize,
    /// The byte of the innermost at which it begins, where that is known.
    pub offset: Option<u64>,
}

impl Report {
    /// Returns the id of a report of these bytes from this address.
    pub fn id_of(bytes: &[u8], address: Option<&str>) -> ReportId {
        ReportId::of(&[bytes, address.unwrap_or("").as_bytes()])
    }
}
