//! Reading a prepared file or a package.

use std::path::Path;

use crate::{Error, files};

/// Most bytes of a prepared file or a package; the largest has 90 MB.
pub(super) const MOST: u64 = 1_000_000_000;

/// Reads a plain file.
///
/// # Errors
/// If it is none, too large, or cannot be read.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    files::read(path, MOST).map_err(|error| Error::of_reading(path, error))
}
