//! `crossbearing score`: measured by the room `score`; here it only gets its writers.

use std::{io::IsTerminal, process::ExitCode};

use crate::failure::Failure;

/// Runs the command.
pub fn run(args: &score::cli::ScoreArgs) -> Result<ExitCode, Failure> {
    let terminal = std::io::stderr().is_terminal();
    let code = score::cli::run(
        args,
        &mut std::io::stdout(),
        &mut std::io::stderr(),
        terminal,
    );
    Ok(ExitCode::from(code))
}
