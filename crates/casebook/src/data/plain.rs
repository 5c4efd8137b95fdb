//! Reading one file of the data folder, up to a size that no prepared file or package reaches.

use std::path::Path;

use crate::{Error, files};

/// Most bytes of a prepared file or a package; the largest has 90 MB.
pub(super) const MOST: u64 = 1_000_000_000;

/// Reads a plain file.
///
/// # Errors
/// If it cannot be read, is no plain file or is too large.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    files::read(path, MOST).map_err(|error| Error::of_reading(path, error))
}
