//! The terminal: data on stdout, messages on stderr, progress where someone looks.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
    time::{Duration, Instant},
};

use casebook::publish::{clean, terminal};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use model::{Note, Severity};

use crate::failure::Failure;

/// Exit status of a command that ran but met something it could not do.
pub const FAILED: u8 = 1;

/// Exit status of a command with arguments that mean nothing.
const WRONG_USAGE: u8 = 2;

/// What the program writes to.
pub struct Screen {
    /// Whether stdout is a terminal.
    pub terminal: bool,
}

impl Screen {
    /// Looks at the terminal.
    pub fn new() -> Self {
        Self {
            terminal: std::io::stdout().is_terminal(),
        }
    }

    /// Writes text to stdout. What could drive a terminal is taken out of it, but for colours where they are wanted:
    /// a report, a file's name or an id may hold any character.
    ///
    /// # Errors
    /// If nobody reads it or the disk is full.
    pub fn data(&self, text: &str) -> Result<(), Failure> {
        self.raw(&clean::terminal(text, self.colour()))
    }

    /// Writes JSON to stdout; its strings keep every character, as an escape where a terminal could obey it.
    ///
    /// # Errors
    /// If nobody reads it or the disk is full.
    pub fn json(&self, text: &str) -> Result<(), Failure> {
        self.raw(&clean::json(text))
    }

    /// Writes what the program itself made for other programs to stdout, as it is.
    ///
    /// # Errors
    /// If nobody reads it or the disk is full.
    pub fn script(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.raw(&String::from_utf8_lossy(bytes))
    }

    fn colour(&self) -> bool {
        self.terminal && console::colors_enabled()
    }

    fn raw(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        out.flush()?;
        Ok(())
    }

    /// Writes a message to stderr.
    pub fn say(&self, text: &str) {
        // Nothing can be told to a closed stderr.
        let _ = writeln!(std::io::stderr(), "{}", clean::terminal(text, false));
    }

    /// Writes notes to stderr, the weightiest last, where they are seen.
    pub fn notes(&self, notes: &[Note]) {
        let mut notes: Vec<&Note> = notes.iter().collect();
        notes.sort_by_key(|note| note.severity);
        for note in notes {
            let word = match note.severity {
                Severity::Info => "note",
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            self.say(&format!("{word}: {}: {}", note.subject, note.message));
            if let Some(hint) = &note.hint {
                self.say(&format!("  hint: {hint}"));
            }
        }
    }

    /// Writes a failure to stderr and gives the exit status.
    pub fn fail(&self, failure: &Failure) -> ExitCode {
        if failure.broken_pipe {
            return ExitCode::SUCCESS;
        }
        self.say(&format!("error: {}", failure.message));
        if let Some(hint) = &failure.hint {
            self.say(&format!("  hint: {hint}"));
        }
        ExitCode::from(FAILED)
    }

    /// Writes what is wrong with the arguments, or the help that they ask for, and gives the exit status.
    pub fn usage(&self, error: &clap::Error) -> ExitCode {
        let text = error.render().to_string();
        if error.use_stderr() {
            self.say(text.trim_end());
            return ExitCode::from(WRONG_USAGE);
        }
        match self.data(&text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => self.fail(&failure),
        }
    }

    /// How the terminal dossier is laid out: as wide as `$COLUMNS` says, else as the terminal, between 40 and 120
    /// columns; 100 into a pipe or file. In colour only on a terminal that wants it.
    pub fn layout(&self) -> terminal::Options {
        let mut options = terminal::Options::default();
        let set = std::env::var("COLUMNS").ok();
        let set = set.and_then(|columns| columns.trim().parse::<usize>().ok());
        let terminal = || {
            let (_, columns) = console::Term::stdout().size();
            usize::from(columns)
        };
        if let Some(columns) = set
            .filter(|n| *n > 0)
            .or_else(|| self.terminal.then(terminal))
        {
            options.width = columns.clamp(40, 120);
        }
        options.colour = self.colour();
        options
    }

    /// Progress over `total` reports: rate and time left on stderr, drawn only on a terminal and after a quarter of a
    /// second.
    pub fn progress(&self, total: usize) -> Progress {
        let style = "reading {pos}/{len} reports, {per_sec}, {eta} left";
        Progress::new(Some(total as u64), style)
    }

    /// Progress over an unknown number of things in files of a known size: how many, the rate, how much of the files is
    /// read and the time left; the number and the rate alone where the size is not known.
    pub fn amount(&self, doing: &'static str, what: &'static str) -> Amount {
        Amount {
            progress: Progress::new(None, "{msg}"),
            doing,
            what,
            sized: false,
        }
    }

    /// Progress over an unknown number of things: how many, and the rate.
    pub fn counting(&self, doing: &str, what: &str) -> Progress {
        Progress::new(None, &format!("{doing} {{pos}} {what}, {{per_sec}}"))
    }
}

/// A progress line over things in files.
pub struct Amount {
    progress: Progress,
    doing: &'static str,
    what: &'static str,
    /// Whether the size of the files is shown.
    sized: bool,
}

impl Amount {
    /// Hears that `done` things are done, and `read` bytes of `total` read.
    pub fn set(&mut self, done: u64, read: u64, total: Option<u64>) {
        self.progress.show();
        let bar = &self.progress.bar;
        if bar.is_hidden() {
            return;
        }
        if let Some(total) = total
            && !self.sized
        {
            self.sized = true;
            let style = "{msg}, {percent} % of {total_bytes}, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
            bar.set_length(total);
        }
        let seconds = self.progress.start.elapsed().as_secs_f64();
        let rate = done as f64 / seconds.max(0.001);
        let (doing, what) = (self.doing, self.what);
        bar.set_message(format!("{doing} {done} {what}, {rate:.0}/s"));
        bar.set_position(total.map_or(read, |total| read.min(total)));
    }

    /// Takes the line away.
    pub fn end(self) {
        self.progress.end();
    }
}

/// A progress line under way.
pub struct Progress {
    bar: ProgressBar,
    start: Instant,
    /// Whether stderr is a terminal.
    terminal: bool,
}

/// Nothing is drawn for what is over at once.
const QUIET: Duration = Duration::from_millis(250);

impl Progress {
    fn new(total: Option<u64>, style: &str) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Self {
            bar,
            start: Instant::now(),
            terminal: std::io::stderr().is_terminal(),
        }
    }

    /// Draws from now on, where somebody looks and the work takes long enough to be looked at.
    fn show(&self) {
        if self.terminal && self.bar.is_hidden() && self.start.elapsed() > QUIET {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Hears that `done` are done.
    pub fn set(&self, done: usize) {
        self.show();
        self.bar.set_position(done as u64);
    }

    /// Takes the line away.
    pub fn end(self) {
        self.bar.finish_and_clear();
    }
}
