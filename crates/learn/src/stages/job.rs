//! What a stage works with, and what it makes.

use std::{
    cell::OnceCell,
    io::IsTerminal,
    path::{Path, PathBuf},
};

use score::{Engine, Options, Progress, manifest::HeldOut};
use serde::Serialize;

use crate::error::Error;

/// What a stage works with.
pub struct Job {
    /// The benchmark folder.
    pub data: PathBuf,
    /// The root of the repository.
    pub repository: PathBuf,
    /// Where files go; their paths below it are those of the repository.
    pub out: PathBuf,
    /// Where what was read is kept from run to run; nothing is kept without.
    pub keep: Option<PathBuf>,
    engine: OnceCell<Engine>,
}

impl Job {
    /// A job over these folders; the engine is loaded when it is asked for.
    pub fn new(data: PathBuf, repository: PathBuf, out: PathBuf, keep: Option<PathBuf>) -> Self {
        Self {
            data,
            repository,
            out,
            keep,
            engine: OnceCell::new(),
        }
    }

    /// The program's own functions.
    ///
    /// # Errors
    /// If model or gazetteer are not there.
    pub fn engine(&self) -> Result<&Engine, Error> {
        if let Some(engine) = self.engine.get() {
            return Ok(engine);
        }
        let engine = Engine::load()?;
        Ok(self.engine.get_or_init(|| engine))
    }

    /// The incidents of shootings with their reports.
    pub fn gva(&self) -> PathBuf {
        self.data.join("gva/dev.jsonl")
    }

    /// Assessments of strikes.
    pub fn gaza(&self) -> PathBuf {
        self.data.join("airwars/gaza.dev.jsonl")
    }

    /// Reports of shootings, and their labels: of the training part or, `val`, of the other.
    pub fn cis(&self, part: &str) -> [PathBuf; 2] {
        let folder = self.data.join("cis530p");
        ["X", "y"].map(|name| folder.join(format!("{name}_{part}.json")))
    }

    /// The events.
    pub fn events(&self) -> PathBuf {
        self.data.join("events")
    }

    /// Maps over items on all cores, in order.
    pub fn map<T: Sync, R: Send>(&self, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
        self.told("reading", |options| score::map(items, options, work))
    }

    /// Does some work; on a terminal stands how far it is.
    pub fn told<R>(&self, name: &str, work: impl FnOnce(&Options<'_>) -> R) -> R {
        if !std::io::stderr().is_terminal() {
            return work(&Options::quiet());
        }
        let draw = |progress: Progress| eprint!("\r\x1b[K{}", progress.line(name));
        let out = work(&Options {
            limit: None,
            progress: Some(&draw),
        });
        eprint!("\r\x1b[K");
        out
    }
}

/// What a stage made.
#[derive(Default)]
pub struct Made {
    /// Paths from the root of the repository, and bytes.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// Files and folders that it learned from or was measured on.
    pub data: Vec<PathBuf>,
    /// What the weights earn on what trained none of them.
    pub held_out: Vec<HeldOut>,
}

impl Made {
    /// Notes a figure: so many of so many right.
    pub fn right(&mut self, what: &str, right: usize, n: usize) {
        self.share(what, right as f64 / n.max(1) as f64, n);
    }

    /// Notes a share of so many, in four digits.
    pub fn share(&mut self, what: &str, value: f64, n: usize) {
        self.held_out.push(HeldOut {
            what: what.to_owned(),
            n,
            value: (value * 10_000.0).round() / 10_000.0,
        });
    }
}

/// What a stage is: settings, and a run.
pub trait Stage: Serialize {
    /// Its name.
    fn name(&self) -> &'static str;

    /// Makes the weights; `None` where it cannot be run here, which it says.
    ///
    /// # Errors
    /// If data are missing or of another shape.
    fn run(&self, job: &Job) -> Result<Option<Made>, Error>;
}

/// Opens a file to write to, with its folder.
///
/// # Errors
/// If it cannot be made.
pub fn create(path: &Path) -> Result<std::io::BufWriter<std::fs::File>, Error> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::io::BufWriter::new(std::fs::File::create(path)?))
}
