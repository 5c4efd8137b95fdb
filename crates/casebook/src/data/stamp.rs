//! What the prepared files say of themselves.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// File that says what the data was made of.
pub(super) const STAMP: &str = "prepared.json";

/// What the data was made of and what came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Hash of the sources that made the files.
    pub recipe: String,
    /// Name, version and hash of each package.
    pub packages: Vec<String>,
    /// Hashes of model, gazetteer and encoder.
    pub files: Vec<String>,
    /// Hash of the outline of the world's land, which nothing is read with.
    #[serde(default)]
    pub outline: String,
}

/// Version of the prepared files: twelve digits of a hash over the hashes that they had when they were made, `unnamed`
/// where nothing says which they are.
pub(super) fn version(folder: &Path) -> String {
    let stamp = std::fs::read_to_string(folder.join(STAMP));
    match stamp.map(|text| serde_json::from_str::<Stamp>(&text)) {
        Ok(Ok(stamp)) => {
            let files: Vec<&[u8]> = stamp.files.iter().map(String::as_bytes).collect();
            let mut hash = model::content_hash(&files);
            hash.truncate(12);
            hash
        }
        _ => "unnamed".to_owned(),
    }
}
