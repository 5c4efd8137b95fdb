//! `crossbearing score`: measured by the room `score`; here it only gets its writers.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

use casebook::publish::clean;

use crate::failure::Failure;

/// Runs the command.
pub fn run(args: &score::cli::ScoreArgs) -> Result<ExitCode, Failure> {
    let terminal = std::io::stderr().is_terminal();
    let mut out = Clean::of(std::io::stdout());
    let code = score::cli::run(args, &mut out, &mut Clean::of(std::io::stderr()), terminal);
    // What a full disk did not take is still in the buffer.
    out.flush()?;
    match out.failed {
        Some(error) => Err(error.into()),
        None => Ok(ExitCode::from(code)),
    }
}

/// Takes out of what is written whatever could drive a terminal, and remembers that something could not be written.
struct Clean<W> {
    inner: W,
    failed: Option<std::io::Error>,
}

impl<W: Write> Clean<W> {
    fn of(inner: W) -> Self {
        Self {
            inner,
            failed: None,
        }
    }

    fn kept(&mut self, done: std::io::Result<()>) -> std::io::Result<()> {
        if let Err(error) = &done {
            let again = std::io::Error::new(error.kind(), error.to_string());
            self.failed.get_or_insert(again);
        }
        done
    }
}

impl<W: Write> Write for Clean<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        // Progress goes back to the start of its line, and takes away what stood there.
        const ANEW: &str = "\r\u{1b}[K";
        let text = String::from_utf8_lossy(bytes);
        let safe: Vec<String> = text
            .split(ANEW)
            .map(|part| clean::terminal(part, false))
            .collect();
        let done = self.inner.write_all(safe.join(ANEW).as_bytes());
        self.kept(done).map(|()| bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let done = self.inner.flush();
        self.kept(done)
    }
}
