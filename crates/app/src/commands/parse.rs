//! `crossbearing parse`.

use std::{fmt::Write, io::Read, path::PathBuf, process::ExitCode};

use casebook::data::DataDir;
use clap::Args;
use language::Doc;
use reader::{Input, text};
use serde_json::json;

use crate::{
    failure::Failure,
    screen::{FAILED, Screen},
};

/// Parses a text: tokens, tags, heads, lemmas and entities, as spaCy gives them.
///
/// All offsets count Unicode code points of the text. Each paragraph is parsed by itself; of an HTML page the main text is parsed.
#[derive(Args)]
pub struct Parse {
    /// The text; `-` for standard input.
    file: PathBuf,
    /// Print CoNLL-U: offsets and entities in the last column (the default).
    #[arg(long, conflicts_with = "json")]
    conllu: bool,
    /// Print JSON, shaped like spaCy's `Doc.to_json`.
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
        let points = |at: usize| extracted.text.code_points_before(at);
        let out = if self.json {
            to_json(&doc, &points)
        } else {
            to_conllu(&doc, &points)
        };
        screen.data(&out)?;
        Ok(ExitCode::SUCCESS)
    }

    fn input(&self) -> Result<Input, Failure> {
        let name = self.file.display().to_string();
        let mut bytes = Vec::new();
        let limit = text::MAX_BYTES as u64 + 1;
        let read = if name == "-" {
            std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
        } else {
            std::fs::File::open(&self.file)
                .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        };
        match read {
            Ok(_) => Ok(Input {
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

/// CoNLL-U (ten columns). White-space tokens have no line there; heads are numbered without them.
fn to_conllu(doc: &Doc, points: &dyn Fn(usize) -> usize) -> String {
    let mut out = String::new();
    for (number, sentence) in doc.sentences().enumerate() {
        let words: Vec<usize> = sentence
            .clone()
            .filter(|&i| !doc.token(i).is_space())
            .collect();
        if words.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        let text = doc.slice(sentence).split_whitespace().collect::<Vec<_>>();
        let _ = writeln!(
            out,
            "# sent_id = {}\n# text = {}",
            number + 1,
            text.join(" ")
        );
        let id = |i: usize| words.binary_search(&i).map_or(0, |at| at + 1);
        for &i in &words {
            let token = doc.token(i);
            let mut head = token.head();
            while head.is_space() && !head.is_root() {
                head = head.head();
            }
            let is_root = token.is_root();
            let head = if is_root { 0 } else { id(head.i) };
            let bytes = token.bytes();
            let mut misc = format!(
                "start_char={}|end_char={}",
                points(bytes.start),
                points(bytes.end)
            );
            if let Some(entity) = token.entity() {
                let place = if entity.start as usize == i { "B" } else { "I" };
                let _ = write!(misc, "|NER={place}-{}", entity.label);
            }
            let next = doc.text()[bytes.end..].chars().next();
            if next.is_some_and(|c| !c.is_whitespace()) {
                misc.push_str("|SpaceAfter=No");
            }
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{}\t_\t{misc}",
                id(i),
                cell(token.text()),
                cell(token.lemma()),
                pos(token.pos()),
                cell(token.tag()),
                cell(token.dep()),
            );
        }
        out.push('\n');
    }
    out
}

/// A column may not be empty or hold white space that would end it.
fn cell(words: &str) -> String {
    if words.is_empty() {
        return "_".to_owned();
    }
    words
        .chars()
        .map(|c| {
            if c.is_whitespace() || c.is_control() {
                '\u{a0}'
            } else {
                c
            }
        })
        .collect()
}

fn pos(pos: language::Pos) -> String {
    serde_json::to_value(pos)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// JSON in the shape of spaCy's `Doc.to_json`.
fn to_json(doc: &Doc, points: &dyn Fn(usize) -> usize) -> String {
    let tokens: Vec<_> = doc
        .tokens()
        .map(|token| {
            let bytes = token.bytes();
            json!({
                "id": token.i, "start": points(bytes.start), "end": points(bytes.end), "text": token.text(),
                "lemma": token.lemma(), "tag": token.tag(), "pos": pos(token.pos()), "head": token.head().i, "dep": token.dep(),
            })
        })
        .collect();
    let span = |bytes: std::ops::Range<usize>| (points(bytes.start), points(bytes.end));
    let entities: Vec<_> = doc
        .entities()
        .iter()
        .map(|entity| {
            let tokens = entity.start as usize..entity.end as usize;
            let (start, end) = span(doc.bytes(tokens.clone()));
            json!({"start": start, "end": end, "label": entity.label, "text": doc.slice(tokens)})
        })
        .collect();
    let sentences: Vec<_> = doc
        .sentences()
        .map(|tokens| {
            let (start, end) = span(doc.bytes(tokens));
            json!({"start": start, "end": end})
        })
        .collect();
    json!({"text": doc.text(), "ents": entities, "sents": sentences, "tokens": tokens}).to_string()
}
