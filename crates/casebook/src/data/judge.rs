//! Loading a judge of candidates from files.

use std::{borrow::Cow, path::Path};

use reader::claims::judge::{Judge, encoded::Encoded, linear::Weights};

use crate::Error;

/// The file of the encoder's tuned layers in a folder of weights.
const TUNED: &str = "tuned.safetensors";

/// Loads the weights in a folder: linear ones, and tuned layers of the encoder whose published weights `base` gives,
/// where the folder has any.
///
/// # Errors
/// If a file is missing or of another version.
pub fn load(folder: &Path, base: impl FnOnce() -> Result<Vec<u8>, Error>) -> Result<Judge, Error> {
    let file = |name: &str| {
        let path = folder.join(name);
        super::file::read(&path)
    };
    let linear = Weights::read(|of| {
        let name = of.path.rsplit('/').next().unwrap_or_default();
        file(name)
    })?;
    if !folder.join(TUNED).exists() {
        return Ok(Judge::Linear(Box::new(linear)));
    }
    encoded(base()?, file(TUNED)?.into(), linear).map_err(|source| Error::Judge {
        path: folder.to_owned(),
        source,
    })
}

/// Puts tuned layers on an encoder.
///
/// # Errors
/// If either is of another version.
pub fn encoded(
    base: Vec<u8>,
    tuned: Cow<'static, [u8]>,
    linear: Weights,
) -> Result<Judge, Box<dyn std::error::Error + Send + Sync>> {
    let model = encoder::Model::read(base, Some(tuned))?;
    Ok(Judge::Encoded(Box::new(Encoded::new(model, linear)?)))
}
