//! Loading a judge of candidates from files.

use std::path::Path;

use reader::claims::judge::{Judge, encoded::Encoded, linear::Weights};

use crate::Error;

/// Loads linear weights from a folder, or tuned layers from a file and the encoder below them from `base`.
///
/// # Errors
/// If a file is missing or of another version.
pub fn load(path: &Path, base: &Path) -> Result<Judge, Error> {
    if path.is_dir() {
        let read = |name: &str| {
            let path = path.join(name);
            std::fs::read(&path).map_err(|source| Error::Read { path, source })
        };
        let files = [
            "slot.lin",
            "background.lin",
            "own.lin",
            "whole.lin",
            "stance.lin",
        ];
        let [slot, background, own, whole, stance] = files.map(read);
        let weights = Weights::read([&slot?, &background?, &own?, &whole?, &stance?]);
        return weights
            .map(|weights| Judge::Linear(Box::new(weights)))
            .map_err(|source| bad(path, source));
    }
    let tuned = read(path)?;
    encoded(read(base)?, tuned, base)
}

/// Puts tuned layers on an encoder.
///
/// # Errors
/// If either is of another version.
pub fn encoded(base: Vec<u8>, tuned: Vec<u8>, path: &Path) -> Result<Judge, Error> {
    let model =
        encoder::Model::read(base, Some(tuned.into())).map_err(|source| bad(path, source))?;
    Encoded::new(model)
        .map(|encoded| Judge::Encoded(Box::new(encoded)))
        .map_err(|source| bad(path, source))
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })
}

fn bad(path: &Path, source: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Judge {
        path: path.to_owned(),
        source: Box::new(source),
    }
}
