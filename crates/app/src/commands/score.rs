//! `crossbearing score`: measured by the room `score`; here it only gets its writers.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

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
    // What a full disk did not take is still in the buffer.
    std::io::stdout().flush()?;
    Ok(ExitCode::from(code))
}
