//! Files opened and written with care: what is read has a limit, what is written is written whole.
//!
//! What comes in: paths. What goes out: bytes, or an [`std::io::Error`]. A path may name a device that never ends, a
//! pipe that never begins, or a file that grows while it is read; a disk may be full in the middle of a page.

use std::{
    fs::{self, File, Metadata},
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A device, a pipe, a socket or a folder.
    #[error("it is {0}, not a plain file")]
    NotPlain(&'static str),
    /// More bytes than the caller takes; how many there are, where it is known.
    #[error("it has more than {} MB", limit / 1_000_000)]
    TooLarge {
        /// The most bytes taken.
        limit: u64,
        /// How many the file says that it has.
        bytes: u64,
    },
    /// The system's word.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Opens a plain file. Links are followed: whoever names one means what it leads to.
///
/// A pipe that the shell has opened for us (`/dev/fd/63`, as `<(command)` gives) is opened as well; a pipe that lies in
/// a folder could keep the program waiting for ever.
///
/// # Errors
/// If it is no plain file or cannot be opened.
pub fn open(path: &Path) -> Result<File, ReadError> {
    let given = path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd");
    if let Some(what) = not_plain(&fs::metadata(path)?)
        && !(what == PIPE && given)
    {
        return Err(ReadError::NotPlain(what));
    }
    Ok(File::open(path)?)
}

/// Reads a plain file, as [`open()`] takes it, of at most `limit` bytes.
///
/// # Errors
/// If it is no plain file, larger than that, or cannot be read.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let file = open(path)?;
    let size = file.metadata()?.len();
    let too_large = |bytes| Err(ReadError::TooLarge { limit, bytes });
    if size > limit {
        return too_large(size);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    into(&mut bytes, file, limit)?;
    Ok(bytes)
}

/// Reads all that there is, of at most `limit` bytes: what is no file has no size to ask for before.
///
/// # Errors
/// If there is more, or it cannot be read.
pub fn take_all(from: impl Read, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    into(&mut bytes, from, limit)?;
    Ok(bytes)
}

fn into(bytes: &mut Vec<u8>, from: impl Read, limit: u64) -> Result<(), ReadError> {
    from.take(limit.saturating_add(1)).read_to_end(bytes)?;
    let bytes = bytes.len() as u64;
    match bytes > limit {
        true => Err(ReadError::TooLarge { limit, bytes }),
        false => Ok(()),
    }
}

const PIPE: &str = "a pipe";

/// What the file is, where it is no plain one.
fn not_plain(meta: &Metadata) -> Option<&'static str> {
    if meta.is_file() {
        return None;
    }
    if meta.is_dir() {
        return Some("a folder");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = meta.file_type();
        if kind.is_fifo() {
            return Some(PIPE);
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    Some("a device")
}

/// Whether both paths lead to one file. Neither has to exist.
pub fn same(a: &Path, b: &Path) -> bool {
    match (identity(a), identity(b)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}

/// The path that a file has once links are followed; for one that is not there, its folder's and its name.
fn identity(path: &Path) -> Option<PathBuf> {
    if let Ok(found) = fs::canonicalize(path) {
        return Some(found);
    }
    Some(
        fs::canonicalize(folder_of(path))
            .ok()?
            .join(path.file_name()?),
    )
}

/// The folder that a file lies in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Whether what a path leads to lies outside of a folder. A link that leads nowhere leads out of it.
pub(crate) fn leads_out(path: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(path), fs::canonicalize(folder)) {
        (Ok(path), Ok(folder)) => !path.starts_with(folder),
        _ => true,
    }
}

/// Writes a file whole or not at all: a draft in the same folder, moved into its place. A device or a pipe is written
/// to as it is, and so is a file in a folder where no other may be made.
///
/// # Errors
/// If it cannot be written; what was there before is then still there.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_with(path, |out| out.write_all(bytes))
}

/// The same for what is written bit by bit. Where `fill` fails, what was there before is still there.
///
/// # Errors
/// If it cannot be written, or what `fill` gives.
pub fn write_with<E: From<io::Error>>(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    // A link stays one: what it leads to is replaced.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&place).ok();
    let straight = |path: &Path, fill: &mut dyn FnMut(&mut dyn Write) -> Result<(), E>| {
        let mut out = BufWriter::new(File::create(path)?);
        fill(&mut out)?;
        Ok(out.flush()?)
    };
    let mut fill = Some(fill);
    let mut fill = |out: &mut dyn Write| fill.take().map_or(Ok(()), |fill| fill(out));
    if before.as_ref().is_some_and(|meta| !meta.is_file()) {
        return straight(path, &mut fill);
    }
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let draft = place.with_file_name(format!(".{name}.{}", std::process::id()));
    let made = File::options().write(true).create_new(true).open(&draft);
    let file = match made {
        Ok(file) => file,
        // The folder takes no new file, but the file itself may be ours to write.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && before.is_some() => {
            return straight(&place, &mut fill);
        }
        Err(error) => return Err(error.into()),
    };
    let mut finish = || {
        let mut out = BufWriter::new(&file);
        fill(&mut out)?;
        out.flush()?;
        drop(out);
        file.sync_all()?;
        if let Some(meta) = &before {
            file.set_permissions(meta.permissions())?;
        }
        Ok(fs::rename(&draft, &place)?)
    };
    let written = finish();
    if written.is_err() {
        // The draft is of no use to anyone; that it may not be there either is no news.
        let _ = fs::remove_file(&draft);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(test: &str) -> PathBuf {
        let name = format!("crossbearing-files-{test}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn reading_has_a_limit() {
        let folder = folder("limit");
        let file = folder.join("a");
        fs::write(&file, "12345").unwrap();
        assert_eq!(read(&file, 5).unwrap(), b"12345");
        assert!(matches!(
            read(&file, 4),
            Err(ReadError::TooLarge { bytes: 5, .. })
        ));
        assert_eq!(take_all(&b"12345"[..], 5).unwrap(), b"12345");
        // One byte more than the limit is asked for, and no more.
        let endless = take_all(io::repeat(0), 4);
        assert!(matches!(endless, Err(ReadError::TooLarge { bytes: 5, .. })));
        assert!(matches!(
            read(&folder, 4),
            Err(ReadError::NotPlain("a folder"))
        ));
        #[cfg(unix)]
        for device in ["/dev/zero", "/dev/null"] {
            let got = read(Path::new(device), 4);
            assert!(matches!(got, Err(ReadError::NotPlain("a device"))));
        }
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = folder("whole");
        let file = folder.join("page.html");
        fs::write(&file, "old").unwrap();
        write(&file, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        // A folder in the draft's place keeps it from being made.
        let draft = folder.join(format!(".page.html.{}", std::process::id()));
        fs::create_dir(&draft).unwrap();
        assert!(write(&file, b"newer").is_err());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        fs::remove_dir(&draft).unwrap();
        assert!(write(&folder.join("no/such/folder"), b"x").is_err());
        // What fails half way leaves nothing.
        let failed = write_with(&file, |out| {
            out.write_all(b"half")?;
            Err::<(), _>(io::Error::other("no more"))
        });
        assert!(failed.is_err() && fs::read(&file).unwrap() == b"new");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        let _ = fs::remove_dir_all(folder);
    }

    #[cfg(unix)]
    #[test]
    fn what_stood_around_a_file_stays() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = folder("around");
        let (file, link) = (folder.join("a"), folder.join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        assert!(same(&file, &link) && same(&file, &folder.join("./a")));
        assert!(!same(&file, &folder.join("b")));
        write(&link, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o640
        );
        write(Path::new("/dev/null"), b"x").unwrap();
        let _ = fs::remove_dir_all(folder);
    }
}
