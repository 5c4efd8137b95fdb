//! `crossbearing man`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::write_bytes;
use crate::{failure::Failure, screen::Screen};

/// Prints the manual page of the program, or writes those of all commands into a folder.
///
/// `crossbearing man ~/.local/share/man/man1` makes `man crossbearing-watch` work.
#[derive(Args)]
pub struct Man {
    /// The folder to write into, a file a command; without one the program's own page is printed.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Man {
    /// Runs the command; `program` is the whole program with all its commands.
    pub fn run(self, screen: &mut Screen, mut program: clap::Command) -> Result<ExitCode, Failure> {
        program.build();
        let Some(folder) = self.folder else {
            screen.script(&page(&program)?)?;
            return Ok(ExitCode::SUCCESS);
        };
        std::fs::create_dir_all(&folder).map_err(|error| Failure::write(&folder, &error))?;
        let mut open = vec![(program.get_name().to_owned(), program)];
        let mut written = 0;
        while let Some((name, command)) = open.pop() {
            let inner = command
                .get_subcommands()
                .filter(|it| it.get_name() != "help");
            open.extend(inner.map(|it| (format!("{name}-{}", it.get_name()), it.clone())));
            // The page is headed by the name that `man` is asked for.
            let page = page(&command.display_name(name.clone()))?;
            write_bytes(&folder.join(format!("{name}.1")), &page)?;
            written += 1;
        }
        screen.data(&format!(
            "wrote {written} pages into {}\n",
            folder.display()
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn page(command: &clap::Command) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    Ok(out)
}
