//! People's judgements, from a file of JSON lines.

use std::path::Path;

use model::Judgement;

use crate::Error;

/// Reads judgements, one a line; empty lines are passed over.
///
/// # Errors
/// If the file cannot be read or a line is no judgement: a judgement that is passed over in silence would not bind.
pub fn judgements(path: &Path) -> Result<Vec<Judgement>, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
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
