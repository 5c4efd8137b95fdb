//! A Python wheel (a zip archive), checked against its pin.

use std::{
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::Pin;
use crate::Error;

/// A wheel opened and checked.
pub(super) struct Wheel {
    path: PathBuf,
    archive: ZipArchive<Cursor<Vec<u8>>>,
}

impl Wheel {
    /// Opens the wheel of `pin` in `folder` and checks its hash.
    pub(super) fn open(folder: &Path, pin: &Pin) -> Result<Self, Error> {
        let path = find(folder, pin)?;
        let bytes = super::file::read(&path)?;
        if hex(&bytes) != pin.sha256 {
            let problem = format!(
                "not the pinned package {}=={}: its hash differs",
                pin.name, pin.version
            );
            return Err(Error::Wheel { path, problem });
        }
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => Ok(Self { path, archive }),
            Err(error) => Err(Error::Wheel {
                path,
                problem: error.to_string(),
            }),
        }
    }

    /// Unpacks one file; `None` if there is none of that name.
    pub(super) fn file(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut file = self.archive.by_name(name).ok()?;
        // The archive's hash is pinned, so the size it states can be believed.
        let mut bytes = Vec::with_capacity(usize::try_from(file.size()).unwrap_or(0));
        file.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The same for a file that must be there.
    pub(super) fn need(&mut self, name: &str) -> Result<Vec<u8>, Error> {
        self.file(name).ok_or_else(|| Error::Wheel {
            path: self.path.clone(),
            problem: format!("no file {name} in it"),
        })
    }

    /// The folder of the archive that holds a file of this name; the deepest if there are several. With its slash.
    pub(super) fn folder_of(&self, name: &str) -> Option<String> {
        self.archive
            .file_names()
            .filter_map(|path| Some(path.ok()?.strip_suffix(name)?.to_owned()))
            .filter(|folder| folder.ends_with('/'))
            .max_by_key(|folder| (folder.len(), folder.clone()))
    }
}

fn find(folder: &Path, pin: &Pin) -> Result<PathBuf, Error> {
    let missing = || Error::NoWheel {
        package: format!("{}=={}", pin.name, pin.version),
        folder: folder.to_owned(),
    };
    let start = pin.file_start().to_lowercase();
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|_| missing())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.to_lowercase().starts_with(&start) && name.ends_with(".whl")
        })
        .collect();
    found.sort();
    found.into_iter().next().ok_or_else(missing)
}

/// SHA-256 in lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
