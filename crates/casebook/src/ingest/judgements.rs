//! People's judgements, from a file of JSON lines.

use std::path::Path;

use model::Judgement;

use crate::{Error, files};

/// Most bytes of a file of judgements: half a million lines.
const MAX_BYTES: u64 = 64_000_000;

/// Reads judgements, one a line; empty lines are passed over.
///
/// # Errors
/// If the file cannot be read or a line is no judgement: a judgement that is passed over in silence would not bind.
pub fn judgements(path: &Path) -> Result<Vec<Judgement>, Error> {
    let bytes = files::read(path, MAX_BYTES).map_err(|error| Error::of_reading(path, error))?;
    let text = String::from_utf8(bytes).map_err(|_| Error::Unfit {
        path: path.to_owned(),
        why: "it is not UTF-8".to_owned(),
    })?;
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| Error::Judgement {
                path: path.to_owned(),
                line: at + 1,
                // The parser counts lines too, but within the one it was given.
                message: error
                    .to_string()
                    .rsplit_once(" at line ")
                    .map_or_else(|| error.to_string(), |(what, _)| what.to_owned()),
            })
        })
        .collect()
}
