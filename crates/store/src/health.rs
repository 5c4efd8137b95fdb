//! What may be amiss with a casebook though nothing in it was changed: work left over, files left behind, indexes out
//! of step; and the mending of what can be mended without losing anything.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{
    Error, Store, Tx,
    arrivals::{STORED, Stored},
    bytes::Bytes,
    database::Database,
    log::{hash_at, hex, unhex},
    results, search,
};

/// Reports that no reader has read.
///
/// # Errors
///
/// What the engine says.
pub fn unread(database: &mut dyn Database) -> Result<u64, Error> {
    let sql = "SELECT count(*) FROM reports r LEFT JOIN readings d ON d.report = r.id WHERE d.report IS NULL";
    Ok(u64::try_from(database.number(sql, &[])?).unwrap_or(0))
}

/// Reports that were read and stand after the last step of linking.
///
/// # Errors
///
/// What the engine says.
pub fn unlinked(database: &mut dyn Database) -> Result<u64, Error> {
    let sql = "SELECT count(*) FROM reports r JOIN readings d ON d.report = r.id \
               WHERE r.seq > (SELECT coalesce(max(reports_to), 0) FROM steps)";
    Ok(u64::try_from(database.number(sql, &[])?).unwrap_or(0))
}

/// Open cases without a dossier.
///
/// # Errors
///
/// What the engine says.
pub fn without_dossier(database: &mut dyn Database) -> Result<u64, Error> {
    let sql = "SELECT count(*) FROM cases c LEFT JOIN incidents i ON i.case_id = c.id \
               WHERE c.state = 'open' AND i.case_id IS NULL";
    Ok(u64::try_from(database.number(sql, &[])?).unwrap_or(0))
}

/// Places where bytes as received should be and are not: nothing but a backup has them.
///
/// # Errors
///
/// What the engine says.
pub fn missing_bytes(store: &mut Store) -> Result<Vec<String>, Error> {
    let bytes = store.bytes();
    let sql = match &bytes {
        Bytes::Folder(_) => "SELECT DISTINCT sha256 FROM captures ORDER BY sha256",
        Bytes::Table => {
            "SELECT DISTINCT c.sha256 FROM captures c LEFT JOIN stored_bytes b ON b.sha256 = c.sha256 \
             WHERE b.sha256 IS NULL ORDER BY c.sha256"
        }
    };
    let mut out = Vec::new();
    for row in store.database().rows(sql, &[])? {
        let Some(hash) = hash_at(&row, 0) else {
            continue;
        };
        if bytes.path(&hash).is_none_or(|path| !path.is_file()) {
            out.push(bytes.name(&hash));
        }
    }
    Ok(out)
}

/// Files among the bytes that nothing names: of a process that was killed before it wrote its rows, or after a purge.
/// Files that changed after `before` are left out: somebody may be about to name them.
///
/// # Errors
///
/// What the engine says, or when the folder cannot be read.
pub fn leftovers(store: &mut Store, before: SystemTime) -> Result<Vec<PathBuf>, Error> {
    let Bytes::Folder(folder) = store.bytes() else {
        return Ok(Vec::new());
    };
    let mut files = Vec::new();
    for part in entries(&folder)? {
        if part.is_dir() {
            files.extend(entries(&part)?);
        }
    }
    // Asked after the folder, so that whatever was named meanwhile is known.
    let named: BTreeSet<String> = store
        .database()
        .rows("SELECT DISTINCT sha256 FROM captures", &[])?
        .iter()
        .filter_map(|row| row.bytes(0).map(hex))
        .collect();
    files.retain(|path| {
        let name = path.file_name().and_then(|it| it.to_str());
        let Some(name) = name.filter(|_| path.is_file()) else {
            return false;
        };
        let ours = match name.strip_suffix(".gz") {
            Some(hash) => hash.len() == 64 && !named.contains(hash),
            None => name.ends_with(".part"),
        };
        let changed = std::fs::metadata(path).and_then(|it| it.modified());
        ours && changed.is_ok_and(|changed| changed < before)
    });
    files.sort();
    Ok(files)
}

/// Removes files that [`leftovers`] found, those that are still named by nothing; gives how many.
///
/// # Errors
///
/// What the engine says, or when a file cannot be removed.
pub fn clear(store: &mut Store, files: &[PathBuf]) -> Result<usize, Error> {
    store.write(&mut |tx| {
        let mut removed = 0;
        for path in files {
            let name = path.file_name().and_then(|it| it.to_str());
            let hash = name.and_then(|it| unhex(it.strip_suffix(".gz")?));
            let gone = match hash {
                Some(hash) => tx.remove_unnamed(&hash)?,
                None => match fs::remove_file(path) {
                    Ok(()) => true,
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
                    Err(error) => return Err(Error::file(path, error)),
                },
            };
            removed += usize::from(gone);
        }
        Ok(removed)
    })
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let read = std::fs::read_dir(folder).map_err(|error| Error::file(folder, error))?;
    let paths = read.map(|entry| entry.map(|it| it.path()));
    paths
        .collect::<Result<_, _>>()
        .map_err(|error| Error::file(folder, error))
}

/// Bytes free on the disk of a casebook's folder, and bytes of its SQLite file; `None` on a server.
///
/// # Errors
///
/// When the disk cannot be asked.
pub fn room(store: &Store) -> Result<Option<(u64, u64)>, Error> {
    let Some(folder) = store.folder() else {
        return Ok(None);
    };
    let disk = rustix::fs::statvfs(&folder).map_err(|error| Error::file(&folder, error.into()))?;
    let file = folder.join(crate::FILE);
    let size = std::fs::metadata(&file).map_err(|error| Error::file(&file, error))?;
    Ok(Some((
        disk.f_bavail.saturating_mul(disk.f_frsize),
        size.len(),
    )))
}

/// Indexes of words that are not those of the texts.
///
/// # Errors
///
/// What the engine says.
pub fn stale_indexes(database: &mut dyn Database) -> Result<Vec<String>, Error> {
    let mut out = Vec::new();
    results::indexes(database, &mut |index, _| out.push(index.to_owned()))?;
    Ok(out)
}

/// Reports and cases whose derived rows are not what their reading or dossier says.
///
/// # Errors
///
/// What the engine says.
pub fn damaged_rows(database: &mut dyn Database) -> Result<BTreeSet<String>, Error> {
    let mut out = BTreeSet::new();
    results::verify(database, &mut |place, _| {
        let words = place.split([' ', ',']);
        let ids = words.filter(|word| word.starts_with("r:") || word.starts_with("k:"));
        out.extend(ids.map(str::to_owned));
    })?;
    Ok(out)
}

impl Tx<'_> {
    /// Makes an index of words again from what it is of.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn mend_index(&mut self, index: &str, at: &str, who: &str) -> Result<(), Error> {
        search::rebuild(self.database, index)?;
        self.tell("mended", index, None, at, who)
    }

    /// Writes the derived rows of a report (`r:…`) again from its reading; where that is damaged, and of a case
    /// (`k:…`), forgets them, so that `run` makes them again.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn mend_rows(&mut self, id: &str, at: &str, who: &str) -> Result<(), Error> {
        if id.starts_with("k:") {
            self.remove_incident(id)?;
        } else {
            self.mend_reading(id)?;
        }
        self.tell("mended", id, None, at, who)
    }

    fn mend_reading(&mut self, report: &str) -> Result<(), Error> {
        let sql = format!("{STORED} WHERE r.id = ?1");
        let Some(row) = self.database.first(&sql, &[report.into()])? else {
            return Ok(());
        };
        let seq = row.integer(0).unwrap_or(0);
        let sql = "SELECT reader, reading FROM readings WHERE report = ?1";
        let kept = self.database.first(sql, &[report.into()])?;
        let reading = kept.as_ref().and_then(|kept| {
            let stored = Stored::of(&row).ok()?;
            results::reading_of(stored, kept.bytes(1)?).ok()
        });
        match (kept, reading) {
            (Some(kept), Some(reading)) => self.put_reading(seq, &kept.words(0), &reading),
            _ => self.remove_reading(seq, report),
        }
    }
}
