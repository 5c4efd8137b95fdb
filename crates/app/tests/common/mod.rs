//! Starting the program, for the tests that look at it from outside.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

/// What a command gave back.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit status"),
            out: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        }
    }
}

pub fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossbearing"));
    command.args(args).current_dir(folder);
    command.env_remove("COLUMNS");
    command
}

pub fn run(folder: &Path, args: &[&str]) -> Ran {
    Ran::of(program(folder, args).output().unwrap())
}

/// The same for a command that must be over in time; what it writes has to fit a pipe.
pub fn run_for(time: Duration, folder: &Path, args: &[&str]) -> Ran {
    let mut child = program(folder, args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > time {
            child.kill().unwrap();
            panic!("{args:?} is not over after {time:?}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ran::of(child.wait_with_output().unwrap())
}

pub fn run_with_input(folder: &Path, args: &[&str], input: &[u8]) -> Ran {
    let mut child = program(folder, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    Ran::of(child.wait_with_output().unwrap())
}

/// Runs a command on a casebook, in the name of one person.
pub fn as_ana(folder: &Path, words: &[&str]) -> Ran {
    run(folder, &[words, &["--who", "Ana"]].concat())
}

/// Runs one that must end well.
pub fn done(folder: &Path, words: &[&str]) -> String {
    let ran = as_ana(folder, words);
    assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
    ran.out
}

/// The same, for what it prints as JSON.
pub fn json(folder: &Path, words: &[&str]) -> Value {
    let out = done(folder, &[words, &["--json"]].concat());
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{words:?}: {error}: {out}"))
}

/// The path of a sample, or of a file of one.
pub fn sample(name: &str) -> String {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    samples.join(name).display().to_string()
}

/// A fresh folder for one test.
pub fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("bad-input")
        .join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Whether model, gazetteer and encoder are there.
pub fn has_data() -> bool {
    testing::prepared()
}
