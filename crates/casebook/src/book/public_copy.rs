//! A copy of a casebook that may be shown to anybody: dossiers as pages and JSON, tables, and an SQLite file.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use store::{Store, log::time, public::PublicCopy};
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::outgoing::{self, Sent, Which};
use crate::{
    export::{self, FORMATS, Format},
    files,
    publish::{html, json},
};

/// The SQLite file among what is published.
pub const FILE: &str = "casebook.db";
/// The folder of dossiers among it.
const DOSSIERS: &str = "dossiers";
/// What a public copy says of itself.
const ABOUT: &str = "A public copy of a casebook: what is reported of incidents, according to whom, in which words. \
                     Names of persons other than those who speak for a body, ways to reach them and exact places are \
                     withheld, and reports are given only as far as they are quoted. Software did this and may have \
                     missed something: a person must look before this is passed on.";

/// Why no public copy was made.
#[derive(Debug, thiserror::Error)]
pub enum NotPublished {
    /// A folder that is something else already.
    #[error(
        "{}: it is there already and not an empty folder\n  hint: name a folder that is not there yet",
        .0.display()
    )]
    There(PathBuf),
    /// A file cannot be written.
    #[error("{}", unwritten(path, source))]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The casebook cannot be read.
    #[error(transparent)]
    Store(#[from] store::Error),
}

fn unwritten(path: &Path, error: &std::io::Error) -> String {
    let hint = match error.kind() {
        std::io::ErrorKind::StorageFull => "make room on the disk, or write to another",
        _ => "check that the folder is there and may be written to",
    };
    format!("cannot write {}: {error}\n  hint: {hint}", path.display())
}

impl NotPublished {
    fn file(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        Self::File { path, source }
    }
}

/// Makes a public copy in a folder that is not there yet, or is empty; says what it could not take in. `progress` hears
/// how many incidents are done.
///
/// # Errors
///
/// [`NotPublished`]; nothing is left in the folder then.
pub fn publish(
    store: &mut Store,
    to: &Path,
    program: &str,
    who: &str,
    now: jiff::Timestamp,
    progress: &mut dyn FnMut(u64),
) -> Result<Sent, NotPublished> {
    let empty = fs::read_dir(to).map(|mut all| all.next().is_none());
    if to.exists() && !empty.unwrap_or(false) {
        return Err(NotPublished::There(to.to_owned()));
    }
    // That it left is in the log before it leaves.
    store.write(&mut |tx| tx.tell("exported", "public", None, &time(now), who))?;
    // All of it is made beside its place, so that what fails half way leaves nothing there.
    let draft = draft(to);
    let _ = fs::remove_dir_all(&draft);
    let made = make(store, &draft, program, progress).and_then(|sent| {
        let _ = fs::remove_dir(to);
        fs::rename(&draft, to).map_err(|error| NotPublished::file(to, error))?;
        Ok(sent)
    });
    if made.is_err() {
        let _ = fs::remove_dir_all(&draft);
    }
    made
}

fn draft(to: &Path) -> PathBuf {
    let name = to.file_name();
    let name = name.map_or_else(|| "public".into(), |it| it.to_string_lossy());
    to.with_file_name(format!(".{name}.{}", std::process::id()))
}

fn make(
    store: &mut Store,
    to: &Path,
    program: &str,
    progress: &mut dyn FnMut(u64),
) -> Result<Sent, NotPublished> {
    let profile = outgoing::public_profile(store)?;
    let dossiers = to.join(DOSSIERS);
    fs::create_dir_all(&dossiers).map_err(|error| NotPublished::file(&dossiers, error))?;
    let about = [("about", ABOUT), ("version", program)];
    let mut copy = PublicCopy::create(&to.join(FILE), &about)?;
    // Whoever wants another format has it from `export --profile public`.
    let formats: Vec<&Format> = FORMATS.iter().filter(|it| in_copy(it)).collect();
    let mut tables: Vec<Vec<u8>> = formats.iter().map(|_| Vec::new()).collect();
    let mut sinks = Vec::new();
    for (format, out) in formats.iter().zip(&mut tables) {
        let sink = (format.open)(export::Options { bom: false }, out);
        sinks.push(sink.map_err(|error| NotPublished::file(to, error))?);
    }
    let mut failed = None;
    let mut told = |path: &Path, error: std::io::Error| {
        failed = Some(NotPublished::file(path, error));
        store::Error::Refused("a file could not be written".to_owned())
    };
    let mut n = 0;
    let read = outgoing::each(store, &profile, Which::default(), &mut |dossier, texts| {
        let name = dossier.incident.case.as_str().replace(':', "-");
        let data = json::render(dossier, texts);
        let page = html::render(dossier, texts);
        for (ending, bytes) in [("json", &data), ("html", &page)] {
            let path = dossiers.join(format!("{name}.{ending}"));
            files::write(&path, bytes.as_bytes()).map_err(|error| told(&path, error))?;
        }
        for sink in &mut sinks {
            sink.put(dossier).map_err(|error| told(to, error))?;
        }
        copy.put(dossier, texts, &data)?;
        n += 1;
        progress(n);
        Ok(())
    });
    if let Some(failed) = failed {
        return Err(failed);
    }
    let sent = read?;
    copy.finish()?;
    for mut sink in sinks {
        sink.end().map_err(|error| NotPublished::file(to, error))?;
    }
    for (format, bytes) in formats.iter().zip(&tables) {
        let name = format.name.strip_prefix("csv-").unwrap_or("incidents");
        write(&to.join(format!("{name}.{}", format.ending)), bytes)?;
    }
    let left_out = match sent.left_out.len() {
        0 => String::new(),
        1 => "\nOne incident is left out: it cannot be told without saying too much.\n".into(),
        n => format!("\n{n} incidents are left out: they would say too much.\n"),
    };
    write(
        &to.join("README.txt"),
        format!("{ABOUT}\n{left_out}").as_bytes(),
    )?;
    Ok(sent)
}

/// Whether a copy has a file of this format: the tables, and the incidents for maps.
fn in_copy(format: &Format) -> bool {
    format.name.starts_with("csv-") || format.name == "geojson"
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), NotPublished> {
    files::write(path, bytes).map_err(|error| NotPublished::file(path, error))
}

/// Puts all files of a public copy into a ZIP archive.
///
/// # Errors
///
/// [`NotPublished::File`]; there is no archive then.
pub fn pack(copy: &Path, to: &Path) -> Result<(), NotPublished> {
    let written = files::write_with(to, |out| -> std::io::Result<()> {
        let mut archive = ZipWriter::new_stream(out);
        for folder in ["", DOSSIERS] {
            let mut names: Vec<PathBuf> = Vec::new();
            for entry in fs::read_dir(copy.join(folder))? {
                let entry = entry?;
                if entry.file_type()?.is_file() {
                    names.push(Path::new(folder).join(entry.file_name()));
                }
            }
            names.sort();
            for name in names {
                let mut file = fs::File::open(copy.join(&name))?;
                let long = file.metadata()?.len();
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .large_file(long >= u64::from(u32::MAX));
                let name = name.to_string_lossy().replace('\\', "/");
                archive.start_file(name, options).map_err(unpacked)?;
                std::io::copy(&mut file, &mut archive)?;
            }
        }
        archive.finish().map_err(unpacked)?.flush()
    });
    written.map_err(|error| NotPublished::file(to, error))
}

fn unpacked(error: ZipError) -> std::io::Error {
    match error {
        ZipError::Io(error) => error,
        other => std::io::Error::other(other),
    }
}
