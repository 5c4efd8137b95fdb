//! Ids: hashes of content in typed newtypes.
//!
//! Each id prints as `letter:hex`, twenty hex digits (80 bits) of a SHA-256. The letter says the kind, so a bare id in a log or
//! a link is never ambiguous.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Returns twenty hex digits of the SHA-256 over the parts, each preceded by its length so that no two lists collide by
/// concatenation.
pub fn content_hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher
        .finalize()
        .iter()
        .take(10)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Returns the id of the content made of `parts`, in order.
            pub fn of(parts: &[&[u8]]) -> Self {
                Self(format!(concat!($letter, ":{}"), content_hash(parts)))
            }

            /// The id as printed: kind letter, colon, twenty hex digits.
            pub fn as_str(&self) -> &str {
                &self.0
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
    ReportId, "r");
id!(
    /// Names a [`crate::Text`]: hash of its characters.
    TextId, "t");
id!(
    /// Names a [`crate::Claim`]: hash of what it says, where.
    ClaimId, "c");
id!(
    /// Names an [`crate::Account`].
    AccountId, "a");
id!(
    /// Names an [`crate::IncidentCard`]: hash of its reports.
    IncidentId, "i");
id!(
    /// Names a [`crate::Finding`]: hash of its slot, scope and claims.
    FindingId, "f");
id!(
    /// Names an [`crate::Origin`].
    OriginId, "o");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(ClaimId::of(&[b"ab", b"c"]), ClaimId::of(&[b"a", b"bc"]));
        assert_eq!(ClaimId::of(&[b"ab"]).as_str().len(), 22);
    }
}
