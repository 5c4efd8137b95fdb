//! Runs `crossbearing score` by itself, without the program around it: `cargo run -p crossbearing-score --example score
//! -- case DIR`.

use std::{io::IsTerminal, process::ExitCode};

use clap::Parser;
use score::cli::{ScoreArgs, run};

#[derive(Parser)]
struct Program {
    #[command(flatten)]
    score: ScoreArgs,
}

fn main() -> ExitCode {
    let program = Program::parse();
    let terminal = std::io::stderr().is_terminal();
    ExitCode::from(run(
        &program.score,
        &mut std::io::stdout(),
        &mut std::io::stderr(),
        terminal,
    ))
}
