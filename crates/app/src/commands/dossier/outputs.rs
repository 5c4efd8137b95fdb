//! Where a dossier goes: the forms for people, the tables for machines, the terminal.

use std::path::{Path, PathBuf};

use casebook::{
    export::{self, FORMATS, Format},
    files,
    publish::{html, json, markdown, terminal},
    run::Run,
};
use clap::Args;
use model::{Dossier, Texts};

use crate::{commands::write, failure::Failure, screen::Screen};

/// The forms a dossier can be written in.
#[derive(Args, Default)]
pub struct OutputFormats {
    /// Write the dossier as one HTML page.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print the dossier as JSON, or write it to FILE (`--json=FILE`).
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub json: Option<Option<PathBuf>>,
    /// Print the dossier as Markdown, or write it to FILE (`--md=FILE`).
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with_all = ["json"])]
    pub md: Option<Option<PathBuf>>,
    #[arg(long, value_name = "FORMAT=FILE", value_parser = table, help = tables_help(), conflicts_with_all = ["why"])]
    pub export: Vec<Table>,
    /// Begin what --export writes with a byte order mark, which some spreadsheets want.
    #[arg(long, requires = "export")]
    pub bom: bool,
}

/// A table to be written.
#[derive(Clone)]
pub struct Table {
    format: &'static Format,
    /// Where to; `None` prints it.
    file: Option<PathBuf>,
}

fn tables_help() -> String {
    let mut out = String::from(
        "Write all incidents found as a table for machines; FILE `-` prints it. May be given several times. Formats: ",
    );
    for (at, format) in tables().enumerate() {
        let gap = if at > 0 { "; " } else { "" };
        out.push_str(&format!("{gap}`{}` ({})", format.name, format.about));
    }
    out
}

/// The formats that need no casebook.
fn tables() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| !format.texts)
}

fn table(words: &str) -> Result<Table, String> {
    let names = || {
        let names: Vec<&str> = tables().map(|format| format.name).collect();
        names.join(", ")
    };
    let Some((name, file)) = words.split_once('=').filter(|(_, file)| !file.is_empty()) else {
        return Err(format!("give FORMAT=FILE; formats are {}", names()));
    };
    let format = tables().find(|format| format.name == name);
    Ok(Table {
        format: format
            .ok_or_else(|| format!("there is no format {name}; there are {}", names()))?,
        file: (file != "-").then(|| PathBuf::from(file)),
    })
}

/// A form for people.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Json,
    Markdown,
}

impl Form {
    fn render(self, dossier: &Dossier, texts: &Texts) -> String {
        match self {
            Form::Html => html::render(dossier, texts),
            Form::Json => json::render(dossier, texts),
            Form::Markdown => markdown::render(dossier, texts),
        }
    }
}

impl OutputFormats {
    /// The forms to write, each with its file.
    fn forms(&self) -> Vec<(Form, &Path)> {
        let given = [
            (Form::Html, self.html.as_deref()),
            (Form::Json, self.json.as_ref().and_then(Option::as_deref)),
            (Form::Markdown, self.md.as_ref().and_then(Option::as_deref)),
        ];
        let given = given.into_iter();
        given
            .filter_map(|(form, path)| Some((form, path?)))
            .collect()
    }

    /// The form to print in place of that of the terminal.
    fn printed(&self) -> Option<Form> {
        match (&self.json, &self.md) {
            (Some(None), _) => Some(Form::Json),
            (_, Some(None)) => Some(Form::Markdown),
            _ => None,
        }
    }

    /// Whether stdout is taken, so that what else there is to say goes to stderr.
    pub fn takes_stdout(&self) -> bool {
        self.printed().is_some() || self.export.iter().any(|table| table.file.is_none())
    }

    /// Whether one incident is needed, because a form of its dossier is wanted that no list has.
    pub fn needs_one(&self) -> bool {
        self.html.is_some() || self.md.is_some()
    }

    /// Checks that no file to write is one that is read, nor one that is written already, and that one thing at most is
    /// printed.
    ///
    /// # Errors
    /// If not.
    pub fn check<'a>(&self, read: impl Iterator<Item = &'a PathBuf>) -> Result<(), Failure> {
        let tables = self.export.iter();
        let printed = tables.filter(|table| table.file.is_none()).count();
        if printed + usize::from(self.printed().is_some()) > 1 {
            return Err(Failure::new(
                "two forms would be printed",
                "give each but one a file: --json=FILE, --export FORMAT=FILE",
            ));
        }
        let tables = self.export.iter().filter_map(|table| table.file.as_deref());
        let paths: Vec<&Path> = self.forms().into_iter().map(|(_, path)| path).collect();
        let paths: Vec<&Path> = paths.into_iter().chain(tables).collect();
        for (at, path) in paths.iter().enumerate() {
            // A device, as `/dev/stdout`, keeps nothing that could be lost.
            let kept = !path.exists() || path.is_file();
            if kept && paths[..at].iter().any(|other| files::same(path, other)) {
                return Err(Failure::new(
                    format!("two forms would be written to {}", path.display()),
                    "give each form a file of its own",
                ));
            }
        }
        for read in read {
            if let Some(path) = paths.iter().find(|path| files::same(path, read)) {
                return Err(Failure::new(
                    format!(
                        "{} is read here; the output would take its place",
                        path.display()
                    ),
                    "write to another file",
                ));
            }
        }
        Ok(())
    }

    /// Writes a dossier in all forms for people, and prints it.
    ///
    /// # Errors
    /// If something cannot be written.
    pub fn publish(&self, screen: &Screen, run: &Run) -> Result<(), Failure> {
        let (dossier, texts) = (&run.dossier, &run.texts);
        let forms = self.forms();
        for (form, path) in &forms {
            write(path, &form.render(dossier, texts))?;
        }
        match self.printed() {
            Some(Form::Json) => screen.json(&Form::Json.render(dossier, texts))?,
            Some(form) => screen.data(&form.render(dossier, texts))?,
            None if self.takes_stdout() => {}
            None => screen.data(&terminal::render(dossier, texts, &screen.layout()))?,
        }
        for (_, path) in forms {
            screen.say(&format!("wrote {}", path.display()));
        }
        Ok(())
    }

    /// Writes dossiers as the tables wanted.
    ///
    /// # Errors
    /// If one cannot be written.
    pub fn export(&self, screen: &Screen, dossiers: &[Dossier]) -> Result<(), Failure> {
        let options = export::Options { bom: self.bom };
        for table in &self.export {
            let mut bytes = Vec::new();
            table.format.write(dossiers, options, &mut bytes)?;
            match &table.file {
                Some(path) => {
                    files::write(path, &bytes).map_err(|error| Failure::write(path, &error))?;
                    screen.say(&format!("wrote {}", path.display()));
                }
                None => match String::from_utf8(bytes) {
                    Ok(words) => screen.data(&words)?,
                    Err(_) => {
                        return Err(Failure::new(
                            format!("{}: not a format of text", table.format.name),
                            "give a file in place of `-`",
                        ));
                    }
                },
            }
        }
        Ok(())
    }
}
