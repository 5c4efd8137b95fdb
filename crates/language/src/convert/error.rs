//! Why a package could not be converted.

/// Why a package could not be converted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// A file that every such package has is not there.
    #[error("the package has no file {path}")]
    Missing {
        /// Its path in the model folder.
        path: &'static str,
    },
    /// A file is not what this version of spaCy writes.
    #[error("{path}: {problem}")]
    Unexpected {
        /// Its path in the model folder.
        path: &'static str,
        /// What was expected.
        problem: &'static str,
    },
}
