//! What the tests of all crates share; nothing that ships depends on it.
//!
//! Tests need files that are no part of the project: the prepared language model, gazetteer and encoder, and the
//! folder of labelled data. What is *absent* skips the test that asks for it: each test binary says at its end, on
//! stderr, how many tests it skipped and why. With `CROSSBEARING_REQUIRE_DATA=1`, which `make test` sets, it fails
//! the test instead. What is there but *damaged*, of another version or unreadable always fails.

pub mod chat;
pub mod site;
pub mod tiles;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    io::Write,
    path::{Path, PathBuf},
    sync::{Mutex, OnceLock, PoisonError},
};

/// File names of the prepared language model, gazetteer and encoder.
pub const PREPARED: [&str; 3] = ["en_core_web_sm-3.8.0.bin", "gazetteer.bin", "minilm-l6.bin"];

/// Set to let no test be skipped.
const REQUIRE: &str = "CROSSBEARING_REQUIRE_DATA";

fn set(name: &str) -> Option<PathBuf> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty());
    value.map(PathBuf::from)
}

/// The folder of prepared files: `$CROSSBEARING_DATA`, else `$XDG_DATA_HOME/crossbearing`, else
/// `~/.local/share/crossbearing`.
pub fn data_folder() -> PathBuf {
    set("CROSSBEARING_DATA")
        .or_else(|| Some(set("XDG_DATA_HOME")?.join("crossbearing")))
        .or_else(|| Some(set("HOME")?.join(".local/share/crossbearing")))
        .unwrap_or_default()
}

/// The folder of labelled data: `$CROSSBEARING_SHARED`, else `../shared` beside the project.
pub fn shared_folder() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    set("CROSSBEARING_SHARED").unwrap_or(beside)
}

/// A file or folder of the labelled data, as `bench/gva/dev.jsonl`; `None`, and the test is skipped, where it is
/// absent.
///
/// # Panics
/// If it is there and cannot be read, or is absent where it is required.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = shared_folder().join(path);
    let read = match path.is_dir() {
        true => std::fs::read_dir(&path).map(drop),
        false => std::fs::File::open(&path).map(drop),
    };
    match read {
        Ok(()) => Some(path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            skip(&format!(
                "absent: labelled data, {} (CROSSBEARING_SHARED names its folder)",
                path.display()
            ));
            None
        }
        Err(error) => panic!("unreadable: labelled data, {}: {error}", path.display()),
    }
}

/// The address of a PostgreSQL server of the tests' own; `None`, and that part of the test is skipped, where
/// `CROSSBEARING_POSTGRES` names none.
///
/// # Panics
/// If it is absent where it is required.
pub fn postgres() -> Option<String> {
    let address = set("CROSSBEARING_POSTGRES").and_then(|it| it.to_str().map(str::to_owned));
    if address.is_none() {
        skip("absent: a PostgreSQL server (scripts/postgres.sh with cargo test)");
    }
    address
}

/// What a test needs, loaded once for all tests of a binary.
#[derive(Debug)]
pub struct Needed<T>(OnceLock<Result<T, Want>>);

/// Why it is not there.
#[derive(Debug)]
enum Want {
    Absent(String),
    Damaged(String),
}

impl<T> Needed<T> {
    /// Not loaded yet.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Loads it from these files of the data folder; `None`, and the test is skipped, where one of them is absent.
    ///
    /// # Panics
    /// If the files are there and `load` fails, or are absent where they are required.
    pub fn get<E: Display>(
        &self,
        files: &[&str],
        load: impl FnOnce(&Path) -> Result<T, E>,
    ) -> Option<&T> {
        let loaded = self.0.get_or_init(|| {
            let folder = data_folder();
            for path in files.iter().map(|file| folder.join(file)) {
                if let Ok(false) = path.try_exists() {
                    return Err(Want::Absent(path.display().to_string()));
                }
            }
            load(&folder).map_err(|error| {
                let files = files.join(", ");
                Want::Damaged(format!("{files} in {}: {error}", folder.display()))
            })
        });
        match loaded {
            Ok(loaded) => Some(loaded),
            Err(Want::Absent(path)) => {
                skip(&format!("absent: prepared data, {path} (make fetch)"));
                None
            }
            Err(Want::Damaged(what)) => {
                panic!("damaged: prepared data, {what} (crossbearing prepare --force)")
            }
        }
    }
}

impl<T> Default for Needed<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether language model, gazetteer and encoder are there, for tests that start the program; where not, the test is
/// skipped.
///
/// # Panics
/// If they are absent where they are required.
pub fn prepared() -> bool {
    static THERE: Needed<()> = Needed::new();
    THERE.get(&PREPARED, |_| Ok::<(), String>(())).is_some()
}

/// The English pipeline; `None`, and the test is skipped, where it is absent.
///
/// # Panics
/// If it is damaged, or absent where it is required.
#[cfg(feature = "language")]
pub fn pipeline() -> Option<&'static language::Pipeline> {
    static LOADED: Needed<language::Pipeline> = Needed::new();
    LOADED.get(&PREPARED[..1], |folder| {
        language::Pipeline::load(&folder.join(PREPARED[0]))
    })
}

/// The bytes of the encoder; `None`, and the test is skipped, where it is absent.
///
/// # Panics
/// If it is unreadable, or absent where it is required.
#[cfg(feature = "encoder")]
pub fn encoder_bytes() -> Option<&'static [u8]> {
    static LOADED: Needed<Vec<u8>> = Needed::new();
    let read = |folder: &Path| std::fs::read(folder.join(PREPARED[2]));
    LOADED.get(&PREPARED[2..], read).map(Vec::as_slice)
}

/// The encoder; `None`, and the test is skipped, where it is absent.
///
/// # Panics
/// If it is damaged, or absent where it is required.
#[cfg(feature = "encoder")]
pub fn encoder() -> Option<&'static encoder::Model> {
    static LOADED: Needed<encoder::Model> = Needed::new();
    let bytes = encoder_bytes()?;
    LOADED.get(&PREPARED[2..], |_| {
        encoder::Model::read(bytes.to_vec(), None)
    })
}

/// A hash (FNV-1a) of the bytes of some numbers.
pub fn hash(numbers: &[f32]) -> u64 {
    let bytes = numbers.iter().flat_map(|n| n.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Tests skipped, by name, for each reason.
static SKIPPED: Mutex<BTreeMap<String, BTreeSet<String>>> = Mutex::new(BTreeMap::new());

/// Counts the running test as skipped, or fails it where nothing may be skipped.
fn skip(why: &str) {
    let required = std::env::var_os(REQUIRE).is_some_and(|value| !value.is_empty() && value != "0");
    assert!(!required, "{why}; {REQUIRE} is set: no test may be skipped");
    cannot(why);
}

/// Counts the running test as skipped for want of what the machine does not let it have, such as a file system of its
/// own: that fails nowhere, for no preparation would help.
pub fn cannot(why: &str) {
    // The harness names the thread of a test after it.
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test").to_owned();
    let mut skipped = SKIPPED.lock().unwrap_or_else(PoisonError::into_inner);
    if skipped.is_empty() {
        // SAFETY: `atexit` takes a function that neither unwinds nor lives shorter than the process.
        unsafe { atexit(say_skipped) };
    }
    skipped.entry(why.to_owned()).or_default().insert(test);
}

unsafe extern "C" {
    /// The C library's: calls a function when the process ends. A test harness has no such hook, and what a passing
    /// test prints is not shown.
    fn atexit(call: extern "C" fn()) -> i32;
}

extern "C" fn say_skipped() {
    let skipped = SKIPPED.lock().unwrap_or_else(PoisonError::into_inner);
    let program = std::env::current_exe().unwrap_or_default();
    let program = program.file_stem().unwrap_or_default().to_string_lossy();
    // Cargo appends a hash.
    let program = program.rsplit_once('-').map_or(&*program, |(name, _)| name);
    for (why, tests) in skipped.iter() {
        // To the stream itself: `eprintln!` is caught by the harness. Nothing is to be done where nobody reads it.
        let line = format!("{program}: {} tests skipped: {why}\n", tests.len());
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
}
