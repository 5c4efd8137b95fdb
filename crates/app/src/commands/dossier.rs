//! `crossbearing dossier`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use casebook::{
    data::DataDir,
    ingest::{self, Gathered},
    publish::{html, json, markdown, terminal},
    run::{self, Run},
};
use clap::Args;
use reconciler::Policy;

use super::write;
use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Makes one dossier of reports about one incident.
///
/// Takes files, folders, patterns and `-` for standard input; plain text and HTML. Plain text may start with `Title:`, `Source:`,
/// `Published:`, `URL:`, `Byline:` and `Language:` lines; any report may have a sidecar NAME.json or NAME.toml with the same keys.
///
/// Prints the dossier to the terminal unless `--json` or `--md` prints it in that form; FILE after `--json` or `--md` writes there and
/// leaves the terminal its own.
#[derive(Args)]
pub struct Dossier {
    /// Reports: files, folders, patterns, `-`.
    #[arg(required = true, value_name = "FILES")]
    files: Vec<String>,
    #[command(flatten)]
    forms: Forms,
    /// The folder that holds the language model and the gazetteer.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// The forms a dossier can be written in.
#[derive(Args, Default)]
pub struct Forms {
    /// Write the dossier as one HTML page.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print the dossier as JSON, or write it to FILE (`--json=FILE`).
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub json: Option<Option<PathBuf>>,
    /// Print the dossier as Markdown, or write it to FILE (`--md=FILE`).
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with_all = ["json"])]
    pub md: Option<Option<PathBuf>>,
}

impl Dossier {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let data = DataDir::locate(self.data.as_deref())?;
        let files = self.files;
        let gather = move || ingest::gather(&files, &mut std::io::stdin().lock());
        make(screen, &data, gather, &self.forms)
    }
}

/// Gathers, reads, reconciles and publishes; reports are gathered while model and gazetteer load.
pub fn make(
    screen: &Screen,
    data: &DataDir,
    gather: impl FnOnce() -> Gathered + Send,
    forms: &Forms,
) -> Result<ExitCode, Failure> {
    let (resources, gathered) = std::thread::scope(|scope| {
        let gathered = scope.spawn(gather);
        (data.load(), gathered.join())
    });
    let gathered = gathered.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let mut notes = gathered.notes;
    let resources = match resources {
        Ok(resources) => resources,
        Err(error) => {
            screen.notes(&notes);
            return Err(error.into());
        }
    };
    let policy = Policy {
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let progress = screen.progress(gathered.inputs.len());
    let (run, more) = run::dossier(&gathered.inputs, &resources, &policy, &|done| {
        progress.set(done)
    });
    progress.end();
    notes.extend(more);
    if let Some(run) = &run {
        publish(screen, run, forms)?;
    }
    screen.notes(&notes);
    match run {
        None => Err(Failure::new(
            "no report could be read, so there is no dossier",
            "give reports as .txt or .html files; `crossbearing demo` shows what comes of them",
        )),
        Some(_) if run::failed(&notes) => Ok(ExitCode::from(FAILED)),
        Some(_) => Ok(ExitCode::SUCCESS),
    }
}

fn publish(screen: &Screen, run: &Run, forms: &Forms) -> Result<(), Failure> {
    let (dossier, texts) = (&run.dossier, &run.texts);
    let told = |path: &Path| screen.say(&format!("wrote {}", path.display()));
    if let Some(path) = &forms.html {
        write(path, &html::render(dossier, texts))?;
    }
    if let Some(Some(path)) = &forms.json {
        write(path, &json::render(dossier, texts))?;
    }
    if let Some(Some(path)) = &forms.md {
        write(path, &markdown::render(dossier, texts))?;
    }
    let text = match (&forms.json, &forms.md) {
        (Some(None), _) => json::render(dossier, texts),
        (_, Some(None)) => markdown::render(dossier, texts),
        _ => terminal::render(dossier, texts, &screen.layout()),
    };
    screen.data(&text)?;
    let written = [
        forms.html.as_ref(),
        forms.json.as_ref().and_then(Option::as_ref),
        forms.md.as_ref().and_then(Option::as_ref),
    ];
    written.into_iter().flatten().for_each(|path| told(path));
    Ok(())
}
