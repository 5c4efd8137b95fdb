//! Ids: hashes of content in typed newtypes.
//!
//! Each id prints as `letter:hex`, twenty hex digits (80 bits) of a SHA-256. The letter says the kind, so a bare id in
//! a log or a link is never ambiguous.
//!
//! # What an id hashes
//!
//! An id hashes a sequence of fields and nothing else. Every field is written as its length in bytes, an unsigned
//! number of 64 bits, little-endian, and then its bytes; so no two sequences give the same bytes. The first field is
//! the format tag of the kind. Text is UTF-8. A number is eight bytes, unsigned, little-endian. A field that may be
//! absent is empty where it is absent, else the byte 1 and its text. Slots, roles, ages and sexes are written by their
//! published names.
//!
//! | id | tag | fields |
//! |---|---|---|
//! | report | none | the bytes of the report; its address, empty where unknown |
//! | text | `text/1` | the characters |
//! | account | `account/1` | report id; its number in the report, 0 for the main account |
//! | claim | `claim/1` | report id; slot; scope; words of the value; first and last code point of the first quote |
//! | finding | `finding/1` | slot; scope; the ids of its claims in the order of the ledger |
//! | origin | `origin/1` | the key of the voice |
//! | case | `case/1` | id of the earliest report, or of its account; 0, or the first number that is not in use |
//! | incident | `incident/1` | ids of its reports, or of their accounts that tell of it in passing, sorted |
//!
//! A scope is one field that holds a sequence of its own: tag `scope/1`; role; side or absent; age; sex or absent;
//! nationality or absent; kind or absent. The words that narrowed it are left out.
//!
//! A report has no tag: files of judgements name reports by their ids and outlive every program, and the order of
//! reports printed on one day follows their ids. Should it ever hash other fields, it gets a tag then.
//!
//! Whoever changes what an id hashes raises the number in its tag: an old id then never names new content.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Returns twenty hex digits of the SHA-256 over the parts, each preceded by its length so that no two lists collide by
/// concatenation.
pub fn content_hash(parts: &[&[u8]]) -> String {
    hash(parts.iter().copied())
}

fn hash<'a>(fields: impl Iterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for field in fields {
        hasher.update((field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    hasher
        .finalize()
        .iter()
        .take(10)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A sequence of fields in canonical bytes, for what is one field of an id and has fields itself.
pub(crate) struct Canonical(Vec<u8>);

impl Canonical {
    /// A sequence that begins with this format tag.
    pub(crate) fn new(tag: &str) -> Self {
        Self(Vec::new()).field(tag.as_bytes())
    }

    /// Adds a text that is always there.
    pub(crate) fn text(self, text: &str) -> Self {
        self.field(text.as_bytes())
    }

    /// Adds a text that may be absent.
    pub(crate) fn optional(self, text: Option<&str>) -> Self {
        match text {
            None => self.field(&[]),
            Some(text) => self.field(&[&[1], text.as_bytes()].concat()),
        }
    }

    /// The bytes.
    pub(crate) fn bytes(self) -> Vec<u8> {
        self.0
    }

    fn field(mut self, bytes: &[u8]) -> Self {
        self.0.extend((bytes.len() as u64).to_le_bytes());
        self.0.extend(bytes);
        self
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal, $tag:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The format tag: the first field hashed. `None` for the one kind that has none.
            pub const TAG: Option<&'static str> = $tag;

            /// Returns the id of the content made of these fields, in order, after the tag.
            pub fn of(fields: &[&[u8]]) -> Self {
                let tag = Self::TAG.map(str::as_bytes);
                let tagged = tag.into_iter().chain(fields.iter().copied());
                Self(format!(concat!($letter, ":{}"), hash(tagged)))
            }

            /// The id as printed: kind letter, colon, twenty hex digits.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// An id that was made before, as it was written down.
            pub fn known(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Names a [`crate::Report`]: hash of its bytes and address.
    ReportId, "r", None);
id!(
    /// Names a [`crate::Text`]: hash of its characters.
    TextId, "t", Some("text/1"));
id!(
    /// Names a [`crate::Claim`]: hash of what it says, where.
    ClaimId, "c", Some("claim/1"));
id!(
    /// Names an [`crate::Account`].
    AccountId, "a", Some("account/1"));
id!(
    /// Names an incident for good: a new report keeps it. See the reconciler's `cases` for what happens on growth,
    /// merge and split.
    CaseId, "k", Some("case/1"));
id!(
    /// Names a version of an incident, as [`crate::IncidentCard`] has it: hash of its reports.
    IncidentId, "i", Some("incident/1"));
id!(
    /// Names a [`crate::Finding`]: hash of its slot, scope and claims.
    FindingId, "f", Some("finding/1"));
id!(
    /// Names an [`crate::Origin`].
    OriginId, "o", Some("origin/1"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(ClaimId::of(&[b"ab", b"c"]), ClaimId::of(&[b"a", b"bc"]));
        assert_eq!(ClaimId::of(&[b"ab"]).as_str().len(), 22);
    }

    #[test]
    fn kinds_do_not_run_together() {
        let report = ReportId::of(&[b"ab"]);
        assert_ne!(report.as_str()[2..], TextId::of(&[b"ab"]).as_str()[2..]);
    }

    #[test]
    fn what_is_absent_is_not_what_is_empty() {
        let bytes = |side: Option<&str>| Canonical::new("scope/1").optional(side).bytes();
        assert_ne!(bytes(None), bytes(Some("")));
    }
}
