//! Why a command ended early.

/// A failure: what, where, and what to try. One lowercase line each, without a full stop.
#[derive(Debug)]
pub struct Failure {
    /// What failed, and where.
    pub message: String,
    /// What to try.
    pub hint: Option<String>,
    /// Nobody reads our output any more: a normal end.
    pub broken_pipe: bool,
}

impl Failure {
    /// Makes a failure.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: Some(hint.into()),
            broken_pipe: false,
        }
    }

    /// A file that could not be written.
    pub fn write(path: &std::path::Path, error: &std::io::Error) -> Self {
        let hint = match error.kind() {
            std::io::ErrorKind::StorageFull => {
                return Self::new(
                    format!("cannot write {}: the disk is full", path.display()),
                    "make room on the disk, or write to another",
                );
            }
            _ => "check that the folder is there and may be written to",
        };
        Self::new(format!("cannot write {}: {error}", path.display()), hint)
    }
}

impl From<casebook::Error> for Failure {
    fn from(error: casebook::Error) -> Self {
        let mut message = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            let text = error.to_string();
            // Some errors already say their cause.
            if !message.contains(&text) {
                message = format!("{message}: {text}");
            }
            cause = error.source();
        }
        Self::new(message, error.hint())
    }
}

impl From<desk::Error> for Failure {
    fn from(error: desk::Error) -> Self {
        Self::told(&error)
    }
}

impl From<desk::accounts::Error> for Failure {
    fn from(error: desk::accounts::Error) -> Self {
        Self::told(&error)
    }
}

impl From<desk::access::Error> for Failure {
    fn from(error: desk::access::Error) -> Self {
        Self::told(&error)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::told(&error)
    }
}

impl From<casebook::data::TilesError> for Failure {
    fn from(error: casebook::data::TilesError) -> Self {
        Self::told(&error)
    }
}

impl From<casebook::book::public_copy::NotPublished> for Failure {
    fn from(error: casebook::book::public_copy::NotPublished) -> Self {
        Self::told(&error)
    }
}

impl Failure {
    /// From an error whose words hold a hint on a line of its own.
    fn told(error: &dyn std::error::Error) -> Self {
        let told = error.to_string();
        let (message, hint) = model::parts(&told);
        Self {
            message: message.to_owned(),
            hint: hint.map(str::to_owned),
            broken_pipe: false,
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self {
            message: format!("cannot write the output: {error}"),
            hint: (error.kind() == std::io::ErrorKind::StorageFull)
                .then(|| "make room on the disk, or write to another".to_owned()),
            broken_pipe: error.kind() == std::io::ErrorKind::BrokenPipe,
        }
    }
}
