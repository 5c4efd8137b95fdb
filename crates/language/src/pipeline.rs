//! A loaded pipeline.

use std::{ops::Range, path::Path};

use crate::Doc;

/// A loaded spaCy pipeline; immutable, shared by threads.
pub struct Pipeline {}

/// Why a pipeline could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file is missing or unreadable.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: std::path::PathBuf,
        /// The cause.
        source: std::io::Error,
    },
}

impl Pipeline {
    /// Loads a prepared model file.
    ///
    /// # Errors
    /// If the file is missing or not such a model.
    pub fn load(_path: &Path) -> Result<Self, LoadError> {
        unimplemented!()
    }

    /// Parses the paragraphs of a text; each is parsed by itself. Text outside the paragraphs has no tokens.
    pub fn parse(&self, _text: &str, _paragraphs: &[Range<usize>]) -> Doc {
        unimplemented!()
    }
}
