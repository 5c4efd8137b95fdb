//! `crossbearing completions`.

use std::process::ExitCode;

use clap::Args;
use clap_complete::Shell;

use crate::{failure::Failure, screen::Screen};

/// Prints the completions of a shell, to be read by it.
///
/// bash: `source <(crossbearing completions bash)` in ~/.bashrc. zsh: into a file `_crossbearing` in a folder of
/// $fpath. fish: into ~/.config/fish/completions/crossbearing.fish.
#[derive(Args)]
pub struct Completions {
    /// Which shell.
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

impl Completions {
    /// Runs the command; `program` is the whole program with all its commands.
    pub fn run(self, screen: &mut Screen, mut program: clap::Command) -> Result<ExitCode, Failure> {
        let mut out = Vec::new();
        let name = program.get_name().to_owned();
        clap_complete::generate(self.shell, &mut program, name, &mut out);
        screen.script(&out)?;
        Ok(ExitCode::SUCCESS)
    }
}
