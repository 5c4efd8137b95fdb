//! How much one file may hold.

use reader::text;

/// How much is taken of one file that holds several reports. What goes beyond is told, never an error: a file may be
/// made to fill memory.
#[derive(Clone, Copy, Debug)]
pub(in crate::ingest) struct Limits {
    /// Bytes read of the file.
    pub file: u64,
    /// Bytes of one document with its wrapping.
    pub document: u64,
    /// Documents.
    pub documents: usize,
    /// Bytes of all documents.
    pub all: u64,
    /// Bytes of documents for each byte of the file: one that unpacks to far more was made to.
    pub ratio: u64,
    /// Containers in one another.
    pub depth: usize,
    /// Notes; how many more there are is one note at the end.
    pub notes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 8_000_000_000,
            // Escapes double a text at most, but for control characters, of which a report has none.
            document: 2 * text::MAX_BYTES as u64,
            documents: 200_000,
            all: 2_000_000_000,
            ratio: 200,
            depth: 3,
            notes: 20,
        }
    }
}

impl Limits {
    /// For whoever takes one document after another and keeps none: as many as there are.
    pub fn streamed() -> Self {
        Self {
            file: u64::MAX / 2,
            documents: usize::MAX,
            all: u64::MAX / 2,
            ..Self::default()
        }
    }
}
