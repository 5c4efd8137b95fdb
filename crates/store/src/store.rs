//! An open casebook.

use std::path::PathBuf;

use crate::{
    Error, Place, Tx,
    bytes::Bytes,
    database::{Database, Dialect, Postgres, Sqlite, Value},
    log::{self, Entry, Head},
    purge, schema,
};

/// Name of the SQLite file in a casebook's folder.
pub const FILE: &str = "casebook.sqlite";
/// Name of the folder of bytes beside it.
pub const BYTES: &str = "bytes";
/// Times that a server that went away is asked again, a second longer each.
const TRIES: u64 = 6;

/// Who does something, when, and with which version of the program.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Name of the person or account.
    pub who: String,
    /// Version of the program.
    pub tool: String,
}

/// An open casebook.
pub struct Store {
    database: Box<dyn Database>,
    bytes: Bytes,
    place: Place,
}

impl Store {
    /// Makes a casebook in a folder that has none, or in an empty database.
    ///
    /// # Errors
    ///
    /// [`Error::Present`] where one is; [`Error::Foreign`] where another program's tables are.
    pub fn create(place: &Place, actor: &Actor, now: jiff::Timestamp) -> Result<Self, Error> {
        Begun::in_place(place).or_undone(|| Self::made(place, actor, now))
    }

    fn made(place: &Place, actor: &Actor, now: jiff::Timestamp) -> Result<Self, Error> {
        let mut own = Self::bare(place)?;
        let at = log::time(now);
        // A name that no other casebook has, so that copies are known as such.
        let id = &log::hex(&log::sha256(
            format!("{at} {place} {}", std::process::id()).as_bytes(),
        ))[..20];
        own.write(&mut |tx| {
            // Another process may have made it meanwhile.
            let sql = "SELECT count(*) FROM settings WHERE name = 'id'";
            if tx.database().number(sql, &[])? > 0 {
                return Err(Error::Present {
                    place: place.to_string(),
                });
            }
            tx.set("id", id)?;
            tx.set("made", &at)?;
            tx.append(Entry {
                at: at.clone(),
                what: "made",
                who: actor.who.clone(),
                subject: id.to_owned(),
                detail: Some(
                    serde_json::json!({"tool": actor.tool, "schema": schema::VERSION}).to_string(),
                ),
                digest: None,
            })
        })?;
        Ok(own)
    }

    /// Makes the tables of a casebook with nothing in them, in a place where there is none.
    ///
    /// # Errors
    ///
    /// As [`Store::create`].
    pub(crate) fn bare(place: &Place) -> Result<Self, Error> {
        let present = || Error::Present {
            place: place.to_string(),
        };
        let (mut database, bytes): (Box<dyn Database>, Bytes) = match place {
            Place::Folder(folder) => {
                let file = folder.join(FILE);
                let bytes = folder.join(BYTES);
                std::fs::create_dir_all(&bytes).map_err(|error| Error::file(&bytes, error))?;
                (Box::new(Sqlite::create(&file)?), Bytes::Folder(bytes))
            }
            Place::Server(address) => (Box::new(Postgres::connect(address)?), Bytes::Table),
        };
        // Tables with nothing in them are of a process that was killed before there was a casebook.
        let begun = "SELECT (SELECT count(*) FROM log) + (SELECT count(*) FROM texts) + \
                     (SELECT count(*) FROM settings WHERE name <> 'schema')";
        if schema::version_of(&mut *database)?.is_some() && database.number(begun, &[])? > 0 {
            return Err(present());
        }
        schema::bring_up(&mut *database)?;
        Ok(Self {
            database,
            bytes,
            place: place.clone(),
        })
    }

    /// Takes a report out for good; see [`Tx::purge`]. Its bytes go, and what the engine keeps of its words.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] where no report has that id.
    pub fn purge(
        &mut self,
        id: &str,
        who: &str,
        at: &str,
        reason: &str,
    ) -> Result<purge::Purged, Error> {
        let purged = self.write(&mut |tx| tx.purge(id, who, at, reason))?;
        // Files cannot be brought back where a transaction fails: they go once it is made last.
        self.write(&mut |tx| {
            for hash in &purged.bytes {
                tx.remove_unnamed(hash)?;
            }
            Ok(())
        })?;
        self.vacuum()?;
        Ok(purged)
    }

    /// Opens a casebook, and brings one of an older version up to today's schema.
    ///
    /// # Errors
    ///
    /// [`Error::Absent`], [`Error::Foreign`], [`Error::Newer`].
    pub fn open(place: &Place) -> Result<Self, Error> {
        let absent = || Error::Absent {
            place: place.to_string(),
        };
        let (mut database, bytes): (Box<dyn Database>, Bytes) = match place {
            Place::Folder(folder) => {
                let file = folder.join(FILE);
                if !file.is_file() {
                    return Err(absent());
                }
                (
                    Box::new(Sqlite::open(&file)?),
                    Bytes::Folder(folder.join(BYTES)),
                )
            }
            Place::Server(address) => (Box::new(Postgres::connect(address)?), Bytes::Table),
        };
        if schema::version_of(&mut *database)?.is_none() {
            return Err(absent());
        }
        schema::bring_up(&mut *database)?;
        Ok(Self {
            database,
            bytes,
            place: place.clone(),
        })
    }

    /// Where it is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The folder, where it is one.
    pub fn folder(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Folder(folder) => Some(folder.clone()),
            Place::Server(_) => None,
        }
    }

    /// Where the bytes as received lie; for threads that prepare arrivals.
    pub fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }

    /// The connection, for queries.
    pub fn database(&mut self) -> &mut dyn Database {
        &mut *self.database
    }

    /// Writes in one transaction: all of it or nothing. Where the server went away before it was made last, it is tried
    /// again once the server is back, so `work` must do the same when called twice; where the server had made it last
    /// and could not say so, what it wrote to the log is found there, and it is not done twice.
    ///
    /// # Errors
    ///
    /// What `work` or the engine says; nothing was written then.
    pub fn write<T>(
        &mut self,
        work: &mut dyn FnMut(&mut Tx<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.transaction(&mut |tx| {
            tx.lock()?;
            work(tx)
        })
    }

    /// Writes as [`Store::write`] does, but does not wait where somebody else writes: `None` then. For what may be left
    /// out, while a person waits for a page.
    ///
    /// # Errors
    ///
    /// As [`Store::write`].
    pub fn write_now<T>(
        &mut self,
        work: &mut dyn FnMut(&mut Tx<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        self.database.hurry(true)?;
        let out = self.write(work);
        self.database.hurry(false)?;
        match out {
            Err(Error::Busy { .. }) => Ok(None),
            other => other.map(Some),
        }
    }

    /// As [`Store::write`], but others may write until `work` writes its first row: for work that takes long and says
    /// with [`Database::taking`] which rows it is on. An SQLite casebook lets nobody else write meanwhile.
    ///
    /// # Errors
    ///
    /// As [`Store::write`].
    pub fn transaction<T>(
        &mut self,
        work: &mut dyn FnMut(&mut Tx<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut tries = 0;
        // What was asked to be made last when the server went away, and the end of the log that it would leave.
        let mut unanswered: Option<(Head, T)> = None;
        loop {
            match self.once(work, &mut unanswered) {
                Err(Error::Gone { place, why }) if tries < TRIES => {
                    tries += 1;
                    std::thread::sleep(std::time::Duration::from_secs(tries));
                    // The last try says why.
                    if self.database.reconnect().is_err() && tries == TRIES {
                        return Err(Error::Gone { place, why });
                    }
                }
                other => return other,
            }
        }
    }

    fn once<T>(
        &mut self,
        work: &mut dyn FnMut(&mut Tx<'_>) -> Result<T, Error>,
        unanswered: &mut Option<(Head, T)>,
    ) -> Result<T, Error> {
        self.database.begin()?;
        let mut tx = Tx::new(&mut *self.database, &self.bytes);
        if let Some((head, out)) = unanswered.take() {
            // Who holds the lock waits for what the lost connection may still be doing.
            let locked = tx.lock().map(drop);
            match locked.and_then(|()| log::has(tx.database(), &head)) {
                Ok(true) => {
                    self.database.rollback();
                    return Ok(out);
                }
                Ok(false) => {}
                Err(error) => {
                    *unanswered = Some((head, out));
                    self.database.rollback();
                    return Err(error);
                }
            }
        }
        let (out, head) = match work(&mut tx).and_then(|out| Ok((out, tx.finish()?))) {
            Ok(done) => done,
            Err(error) => {
                self.database.rollback();
                return Err(error);
            }
        };
        match self.database.commit() {
            Ok(()) => Ok(out),
            Err(error) => {
                // A full disk may leave it open.
                self.database.rollback();
                if matches!(error, Error::Gone { .. }) {
                    *unanswered = head.map(|head| (head, out));
                }
                Err(error)
            }
        }
    }

    /// Reads in one state of the casebook, whatever others write meanwhile.
    ///
    /// # Errors
    ///
    /// What `work` or the engine says.
    pub fn read<T>(
        &mut self,
        work: &mut dyn FnMut(&mut dyn Database) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.database.begin_reading()?;
        let out = work(&mut *self.database);
        self.database.rollback();
        out
    }

    /// Has the engine write its file anew, so that nothing of what was deleted is left in it.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn vacuum(&mut self) -> Result<(), Error> {
        match self.database.dialect() {
            Dialect::Sqlite => {
                // An index keeps the words of rows taken out until its parts are put together.
                for (index, _) in schema::SEARCHED {
                    self.database.script(&format!(
                        "INSERT INTO {index} ({index}) VALUES ('optimize')"
                    ))?;
                }
                self.database
                    .script("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
            }
            Dialect::Postgres => self.database.script("VACUUM"),
        }
    }

    /// What a setting is set to.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn setting(&mut self, name: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT \"value\" FROM settings WHERE name = ?1";
        let row = self.database.first(sql, &[Value::from(name)])?;
        Ok(row.and_then(|row| row.text(0).map(str::to_owned)))
    }

    /// Number and hash of the last entry of the log.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn head(&mut self) -> Result<Head, Error> {
        Head::read(&mut *self.database)
    }
}

/// What was in a place before a casebook was begun there.
pub(crate) struct Begun {
    folder: Option<PathBuf>,
    /// Of the folder, the folder of bytes and the file: whether it was there.
    had: [bool; 3],
}

impl Begun {
    /// Looks at the place.
    pub(crate) fn in_place(place: &Place) -> Self {
        let folder = match place {
            Place::Folder(folder) => Some(folder.clone()),
            Place::Server(_) => None,
        };
        let had = |path: &std::path::Path| path.exists();
        Self {
            had: folder.as_ref().map_or([true; 3], |folder| {
                [
                    had(folder),
                    had(&folder.join(BYTES)),
                    had(&folder.join(FILE)),
                ]
            }),
            folder,
        }
    }

    /// Makes a casebook there; where that fails, takes out what was begun and leaves what was there before.
    pub(crate) fn or_undone<T>(self, make: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let made = make();
        // What another process is making is its own.
        let theirs = matches!(made, Err(Error::Present { .. } | Error::Busy { .. }));
        if let (Err(_), Some(folder), [had_folder, had_bytes, false]) =
            (&made, &self.folder, self.had)
            && !theirs
        {
            // What cannot be taken out is in the way of the next try, which says so.
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(folder.join(format!("{FILE}{ending}")));
            }
            if !had_bytes {
                let _ = std::fs::remove_dir_all(folder.join(BYTES));
            }
            if !had_folder {
                // Only where it is empty.
                let _ = std::fs::remove_dir(folder);
            }
        }
        made
    }
}
