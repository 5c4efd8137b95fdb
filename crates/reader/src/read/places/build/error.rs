//! Why a gazetteer could not be made.

/// Why a gazetteer could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A file is not the JSON it should be.
    #[error("{file} is not of the expected shape: {source}")]
    Json {
        /// Which file.
        file: &'static str,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A table is not text, or a line of it lacks columns.
    #[error("{file}, line {line}: {problem}")]
    Table {
        /// Which file.
        file: &'static str,
        /// Line, from 1; 0 for the whole file.
        line: usize,
        /// What is wrong.
        problem: &'static str,
    },
    /// Too many names for the layout.
    #[error("the gazetteer would grow beyond 4 GiB")]
    TooLarge,
    /// The index could not be written.
    #[error("the index of names could not be made: {0}")]
    Index(#[from] fst::Error),
}
