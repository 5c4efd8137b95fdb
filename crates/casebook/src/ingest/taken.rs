//! What comes of names, one thing after another, and how far the reading is.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use model::Note;
use reader::Input;

/// One thing that comes of a name.
#[derive(Clone, Debug)]
pub enum Taken {
    /// A report.
    Report(Input),
    /// What could not be taken, or is odd.
    Told(Note),
    /// What is no report, by reason, and how many such there are: told in numbers, since most of an archive may be so.
    PassedOver(&'static str, u64),
}

impl From<Result<Input, Note>> for Taken {
    fn from(one: Result<Input, Note>) -> Self {
        match one {
            Ok(input) => Self::Report(input),
            Err(note) => Self::Told(note),
        }
    }
}

/// How far the reading of files is; one thread reads, another looks.
#[derive(Debug, Default)]
pub struct Meter {
    total: AtomicU64,
    read: AtomicU64,
}

impl Meter {
    /// Bytes read so far.
    pub fn read(&self) -> u64 {
        self.read.load(Relaxed)
    }

    /// Bytes of all files; `None` where that is not known, as with standard input.
    pub fn total(&self) -> Option<u64> {
        Some(self.total.load(Relaxed)).filter(|total| *total > 0)
    }

    pub(super) fn expect(&self, total: u64) {
        self.total.store(total, Relaxed);
    }

    pub(super) fn more(&self, bytes: u64) {
        self.read.fetch_add(bytes, Relaxed);
    }

    /// All up to here is read, whatever of it was passed over.
    pub(super) fn reached(&self, bytes: u64) {
        self.read.fetch_max(bytes, Relaxed);
    }
}
