//! `crossbearing parse`.

use std::{io::Read, path::PathBuf, process::ExitCode};

use casebook::{
    data::DataDir,
    files::{self, ReadError},
};
use clap::Args;
use reader::{Input, text};

use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Parses a text: tokens, tags, heads, lemmas and entities, as spaCy gives them.
///
/// All offsets count Unicode code points of the text. Each paragraph is parsed by itself; of an HTML page the main text
/// is parsed.
#[derive(Args)]
pub struct Parse {
    /// The text; `-` for standard input.
    file: PathBuf,
    /// Print CoNLL-U: offsets and entities in the last column (the default).
    #[arg(long, conflicts_with = "json")]
    conllu: bool,
    /// Print JSON, shaped like spaCy's `Doc.to_json` with noun chunks.
    #[arg(long)]
    json: bool,
    /// The folder that holds the language model.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Parse {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let pipeline = DataDir::locate(self.data.as_deref())?.load_pipeline()?;
        let input = self.input()?;
        let extracted = match text::extract(&input) {
            Ok(extracted) => extracted,
            Err(note) => {
                screen.notes(std::slice::from_ref(&note));
                return Ok(ExitCode::from(FAILED));
            }
        };
        let paragraphs: Vec<_> = extracted
            .text
            .blocks()
            .iter()
            .map(|block| block.span.range())
            .collect();
        let doc = pipeline.parse(extracted.text.as_str(), &paragraphs);
        if self.json {
            screen.json(&language::to_json(&doc))?;
        } else {
            screen.data(&language::to_conllu(&doc))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn input(&self) -> Result<Input, Failure> {
        let name = self.file.display().to_string();
        let limit = text::MAX_BYTES as u64;
        let read = if name == "-" {
            let mut bytes = Vec::new();
            let mut stdin = std::io::stdin().lock().take(limit + 1);
            let read = stdin.read_to_end(&mut bytes);
            read.map(|_| bytes).map_err(ReadError::from)
        } else {
            files::read(&self.file, limit)
        };
        match read {
            Ok(bytes) => Ok(Input {
                name,
                bytes,
                given: text::Metadata::default(),
            }),
            Err(error) => Err(Failure::new(
                format!("cannot read {name}: {error}"),
                "check that the file is there and may be read",
            )),
        }
    }
}
