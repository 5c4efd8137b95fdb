//! Words that can travel: where they stand and what they are.

use serde::{Deserialize, Serialize};

use crate::TextId;

/// A span that can travel: text hash, range in **code points**, the exact words, and a little on either side.
///
/// Follows the W3C Web Annotation text position and text quote selectors. Made only by [`crate::Text::quote`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quote {
    /// The text quoted.
    pub text: TextId,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub exact: String,
    /// Up to 24 code points before.
    pub prefix: String,
    /// Up to 24 code points after.
    pub suffix: String,
}
