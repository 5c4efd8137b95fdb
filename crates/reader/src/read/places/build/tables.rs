//! The tables and JSON of the packages, read.

use serde::Deserialize;

use super::error::BuildError;

pub(super) fn json<'a, T: Deserialize<'a>>(
    file: &'static str,
    bytes: &'a [u8],
) -> Result<T, BuildError> {
    serde_json::from_slice(bytes).map_err(|source| BuildError::Json { file, source })
}

/// The lines of a table with their number from 1, cut at tabs.
pub(super) fn lines<'a>(
    file: &'static str,
    bytes: &'a [u8],
) -> Result<impl Iterator<Item = (usize, Vec<&'a str>)> + use<'a>, BuildError> {
    let text = std::str::from_utf8(bytes).map_err(|_| BuildError::Table {
        file,
        line: 0,
        problem: "not UTF-8",
    })?;
    Ok(text
        .split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
        .map(|(i, line)| (i + 1, line.split('\t').collect())))
}
