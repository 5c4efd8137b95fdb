//! The bytes as received, by the SHA-256 of their content, in gzip.
//!
//! Beside an SQLite file they lie in a folder, `bytes/ab/abcd….gz`, so that anybody can open them; in PostgreSQL in a
//! table. The same bytes are kept once. A file is written under another name and renamed, so that no half of one is
//! ever there under its own name; one that no capture names is left over from a run that was cut off, and harmless.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};

use crate::{
    Error,
    database::Database,
    log::{Hash, hex, sha256},
};

/// How hard to compress: reports are small, and this is a third of the time of the usual level for a tenth more bytes.
const LEVEL: u32 = 3;

/// Bytes in gzip, with no time and no name in the header, so that the same bytes give the same.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(
        Vec::with_capacity(bytes.len() / 2 + 32),
        Compression::new(LEVEL),
    );
    // Writing to memory does not fail.
    let _ = out.write_all(bytes);
    out.finish().unwrap_or_default()
}

/// What bytes in gzip hold.
///
/// # Errors
///
/// When they are damaged.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, std::io::Error> {
    let mut out = Vec::with_capacity(packed.len() * 3);
    GzDecoder::new(packed).read_to_end(&mut out)?;
    Ok(out)
}

/// Where the bytes of a casebook lie.
#[derive(Clone, Debug)]
pub enum Bytes {
    /// In files below this folder.
    Folder(PathBuf),
    /// In the table `stored_bytes`.
    Table,
}

impl Bytes {
    /// Where the file of some bytes lies, where they lie in files.
    pub fn path(&self, sha256: &Hash) -> Option<PathBuf> {
        let Self::Folder(folder) = self else {
            return None;
        };
        let name = hex(sha256);
        Some(folder.join(&name[..2]).join(format!("{name}.gz")))
    }

    /// Writes the file of some bytes unless it is there. May be called from any thread, before the rows that name it
    /// are written; does nothing where bytes lie in a table.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn put_file(&self, sha256: &Hash, packed: &[u8]) -> Result<(), Error> {
        let Some(path) = self.path(sha256) else {
            return Ok(());
        };
        // One that a crash of the whole machine left short is written anew.
        if fs::metadata(&path).is_ok_and(|it| it.len() == packed.len() as u64) {
            return Ok(());
        }
        let beside = path.with_extension(format!(
            "{}-{:?}.part",
            std::process::id(),
            std::thread::current().id()
        ));
        let write = || {
            let mut file = match File::create(&beside) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    fs::create_dir_all(beside.parent().unwrap_or(Path::new(".")))?;
                    File::create(&beside)?
                }
                other => other?,
            };
            file.write_all(packed)?;
            fs::rename(&beside, &path)
        };
        write().map_err(|error| {
            let _ = fs::remove_file(&beside);
            Error::file(&path, error)
        })
    }

    /// Writes the row of some bytes, where they lie in a table.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_row(
        &self,
        database: &mut dyn Database,
        sha256: &Hash,
        packed: &[u8],
    ) -> Result<(), Error> {
        if matches!(self, Self::Table) {
            let sql =
                "INSERT INTO stored_bytes (sha256, packed) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
            database.execute(sql, &[sha256.to_vec().into(), packed.to_vec().into()])?;
        }
        Ok(())
    }

    /// Has the file system write out all files put so far; to be called before the rows that name them are made last.
    ///
    /// # Errors
    ///
    /// When the disk fails.
    pub fn settle(&self) -> Result<(), Error> {
        let Self::Folder(folder) = self else {
            return Ok(());
        };
        let open = File::open(folder).map_err(|error| Error::file(folder, error))?;
        rustix::fs::syncfs(&open).map_err(|error| Error::file(folder, error.into()))
    }

    /// The bytes in gzip; `None` where they are not there.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn packed(
        &self,
        database: &mut dyn Database,
        sha256: &Hash,
    ) -> Result<Option<Vec<u8>>, Error> {
        let Some(path) = self.path(sha256) else {
            let sql = "SELECT packed FROM stored_bytes WHERE sha256 = ?1";
            let row = database.first(sql, &[sha256.to_vec().into()])?;
            return Ok(row.and_then(|row| row.bytes(0).map(<[u8]>::to_vec)));
        };
        match fs::read(&path) {
            Ok(packed) => Ok(Some(packed)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::file(&path, error)),
        }
    }

    /// The bytes as received, held against their hash.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] when they are not there or not the same.
    pub fn get(&self, database: &mut dyn Database, hash: &Hash) -> Result<Vec<u8>, Error> {
        let damaged = |why: &str| Error::Damaged {
            place: self.name(hash),
            why: why.to_owned(),
        };
        let packed = self
            .packed(database, hash)?
            .ok_or_else(|| damaged("the bytes as received are missing"))?;
        let bytes = unpack(&packed)
            .map_err(|_| damaged("the bytes as received are no longer readable gzip"))?;
        if sha256(&bytes) != *hash {
            return Err(damaged("the bytes as received have changed"));
        }
        Ok(bytes)
    }

    /// How damage to some bytes is named.
    pub fn name(&self, hash: &Hash) -> String {
        self.path(hash).map_or_else(
            || format!("stored_bytes {}", hex(hash)),
            |path| path.display().to_string(),
        )
    }

    /// Takes bytes out for good.
    ///
    /// # Errors
    ///
    /// When they cannot be taken out.
    pub fn remove(&self, database: &mut dyn Database, hash: &Hash) -> Result<(), Error> {
        match self.path(hash) {
            Some(path) => match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(Error::file(&path, error))
                }
                _ => Ok(()),
            },
            None => {
                let sql = "DELETE FROM stored_bytes WHERE sha256 = ?1";
                database.execute(sql, &[hash.to_vec().into()]).map(|_| ())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_keeps_bytes_and_knows_no_time() {
        let bytes: Vec<u8> = (0..5_000u32).map(|n| (n % 251) as u8).collect();
        let packed = pack(&bytes);
        assert_eq!(unpack(&packed).unwrap(), bytes);
        assert_eq!(packed, pack(&bytes));
        assert_eq!(packed[4..8], [0; 4]);
        assert_eq!(unpack(&pack(b"")).unwrap(), b"");
    }

    #[test]
    fn damage_is_no_bytes() {
        let mut packed = pack(b"Three were hurt in Kelmoor.");
        let at = packed.len() / 2;
        packed[at] ^= 4;
        assert!(unpack(&packed).is_err());
        assert!(unpack(&packed[..8]).is_err());
    }
}
