//! Word documents (DOCX) to text: paragraphs, headings, list items and rows of tables, and what the file says of
//! itself.
//!
//! What comes in: the bytes of a file, which is an archive of XML. What goes out: text, blocks and metadata, or why
//! there is none. What was deleted while changes were tracked is no text; notes stand at the end, heads and feet of
//! pages behind them as boilerplate. Entities that a file makes up are never expanded, and no part is read beyond a
//! limit.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use model::BlockKind;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use super::{
    html::{Page, push},
    metadata::Metadata,
    refused::Refused,
    sniff,
};

/// Most bytes that all parts of a file unpack to: a text of three megabytes has some thirty of XML.
const MAX_ALL: u64 = 48_000_000;
/// Heads, feet and notes that are read.
const MAX_PARTS: usize = 40;
/// Most tables in one another: each word of a table is carried out of all that it lies in.
const MAX_DEEP: usize = 16;

const DAMAGED: Refused = Refused {
    code: "docx-damaged",
    message: "the Word document is damaged and cannot be read",
    hint: "open it in a word processor and save it anew, or as a .txt file",
};
const TOO_MUCH: Refused = Refused {
    code: "docx-too-large",
    message: "the Word document unpacks to far more than a report holds",
    hint: "save the report's text as a .txt file",
};

/// A file, and how much of it may still be unpacked.
struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    /// Parts that are damaged, and those left out as too large.
    cut: Vec<String>,
    too_large: Vec<String>,
}

/// Reads a Word document.
///
/// # Errors
/// Why there is no text in it.
pub(super) fn read(bytes: &[u8]) -> Result<Page, Refused> {
    let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
    let mut archive = Archive {
        zip,
        left: MAX_ALL,
        cut: Vec::new(),
        too_large: Vec::new(),
    };
    // The text first: what else there is has what it leaves.
    let body = archive.part("word/document.xml")?;
    if !archive.too_large.is_empty() {
        return Err(TOO_MUCH);
    }
    let body = body.ok_or(DAMAGED)?;
    let styles = match archive.part("word/styles.xml")? {
        Some(xml) => styles(&xml),
        None => BTreeMap::new(),
    };
    let mut found = blocks(&body, &styles);
    if !found.whole {
        archive.cut("word/document.xml");
    }
    let core = archive.part("docProps/core.xml")?;
    let (parts, passed_over) = others(&archive);
    for (name, edge) in &parts {
        let Some(xml) = archive.part(name)? else {
            continue;
        };
        let more = self::blocks(&xml, &styles);
        if !more.whole {
            archive.cut(name);
        }
        found.too_deep += more.too_deep;
        found
            .blocks
            .extend(more.blocks.into_iter().map(|(kind, words)| match edge {
                true => (BlockKind::Boilerplate, words),
                false => (kind, words),
            }));
    }
    let mut page = Page::default();
    for (kind, words) in &found.blocks {
        push(&mut page.text, &mut page.blocks, words, *kind);
    }
    (page.meta, page.made) = core.map(|xml| said(&xml)).unwrap_or_default();
    let title = page
        .blocks
        .iter()
        .find(|block| block.kind == BlockKind::Title);
    if let Some(title) = title {
        page.meta.title = Some(page.text[title.span.range()].to_owned());
    }
    let mut tell = |code, message: String, hint| page.odd.push((code, message, hint));
    if !archive.cut.is_empty() {
        let message = format!(
            "the Word document is damaged in {}; what follows the damage is not read",
            archive.cut.join(", ")
        );
        tell("docx-damaged", message, DAMAGED.hint);
    }
    if !archive.too_large.is_empty() {
        let message = format!(
            "the Word document unpacks to more than {} MB; not read: {}",
            MAX_ALL / 1_000_000,
            archive.too_large.join(", ")
        );
        tell("docx-too-large", message, TOO_MUCH.hint);
    }
    if passed_over > 0 {
        let message = format!(
            "only {MAX_PARTS} of its notes, heads and feet are read, {passed_over} are not"
        );
        tell("docx-too-large", message, TOO_MUCH.hint);
    }
    if found.too_deep > 0 {
        let message = format!(
            "tables lie in one another more than {MAX_DEEP} deep; {} within them are not read",
            found.too_deep
        );
        tell("docx-too-deep", message, TOO_MUCH.hint);
    }
    Ok(page)
}

/// The parts beside the text: notes, then heads and feet (told by `true`), as many as are read; how many more there
/// are.
fn others(archive: &Archive<'_>) -> (Vec<(String, bool)>, usize) {
    let names = archive.zip.file_names().flatten();
    let mut names: Vec<String> = names.map(std::borrow::Cow::into_owned).collect();
    names.sort();
    let kinds = [
        ("word/footnotes", false),
        ("word/endnotes", false),
        ("word/header", true),
        ("word/footer", true),
    ];
    let kind = |name: &str| {
        let mut kinds = kinds.iter().filter(|_| name.ends_with(".xml"));
        kinds
            .find(|(kind, _)| name.starts_with(kind))
            .map(|(_, edge)| *edge)
    };
    let known = names
        .into_iter()
        .filter_map(|name| kind(&name).map(|edge| (name, edge)));
    let mut all: Vec<(String, bool)> = known.collect();
    all.sort_by_key(|(_, edge)| *edge);
    let more = all.len().saturating_sub(MAX_PARTS);
    all.truncate(MAX_PARTS);
    (all, more)
}

impl Archive<'_> {
    /// The XML of a part as far as it is whole; `None` where the file has no such part, or it is too large.
    fn part(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Ok(file) = self.zip.by_name(name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let read = file.take(self.left + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            self.too_large.push(name.to_owned());
            return Ok(None);
        }
        self.left -= bytes.len() as u64;
        if read.is_err() {
            if bytes.is_empty() {
                return Err(DAMAGED);
            }
            // What came before the damage is read.
            self.cut(name);
        }
        let encoding =
            encoding_rs::Encoding::for_bom(&bytes).map_or(encoding_rs::UTF_8, |(it, _)| it);
        Ok(Some(encoding.decode(&bytes).0.into_owned()))
    }

    fn cut(&mut self, name: &str) {
        if self.cut.last().is_none_or(|last| last != name) {
            self.cut.push(name.to_owned());
        }
    }
}

/// The events of a part, as long as it is whole; what is not ends them.
fn events(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// The value of an attribute, whatever its prefix.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find_map(|it| {
            let key = it.key.local_name();
            (key.as_ref() == name).then(|| it.value.clone().into_owned())
        })
}

/// What a paragraph's style makes of it, by the style's id: styles have one name in every language.
fn styles(xml: &str) -> BTreeMap<String, BlockKind> {
    let mut reader = events(xml);
    let (mut out, mut id) = (BTreeMap::new(), None);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                "style" => id = attribute(&tag, "styleId"),
                "name" => {
                    let name = attribute(&tag, "val").unwrap_or_default().to_lowercase();
                    let kind = match () {
                        () if name == "title" => BlockKind::Title,
                        () if name.starts_with("heading") || name == "subtitle" => {
                            BlockKind::Heading
                        }
                        () if name.starts_with("list") => BlockKind::ListItem,
                        () if name.contains("quote") => BlockKind::Quotation,
                        () if name == "caption" => BlockKind::Caption,
                        () => continue,
                    };
                    if let Some(id) = id.take() {
                        out.insert(id, kind);
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return out,
            Ok(_) => {}
        }
    }
}

/// What is known of the place in a part.
#[derive(Default)]
struct Walk {
    blocks: Vec<(BlockKind, String)>,
    /// The paragraphs that are open: a text box stands in one.
    open: Vec<(BlockKind, String)>,
    /// The rows of tables that are open: the cells of each so far.
    rows: Vec<Vec<String>>,
    /// Rows that lie too deep, open and all.
    deep: usize,
    too_deep: usize,
    /// Whether the text of a run is read.
    in_text: bool,
    /// How deep the reading is in what is left out.
    left_out: usize,
}

/// What holds no text of its own, or the same once more.
const LEFT_OUT: &[&str] = &[
    "Fallback",
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "txbxContentFallback",
    // How a paragraph, a run or a table was before a change that is tracked.
    "pPrChange",
    "rPrChange",
    "sectPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "tblGridChange",
    "tblPrExChange",
    "numberingChange",
];

/// What a part holds.
struct Blocks {
    blocks: Vec<(BlockKind, String)>,
    /// Whether it could be read to its end.
    whole: bool,
    /// Rows of tables that lie too deep and are not read.
    too_deep: usize,
}

/// The blocks of a part.
fn blocks(xml: &str, styles: &BTreeMap<String, BlockKind>) -> Blocks {
    let mut reader = events(xml);
    let mut walk = Walk::default();
    let whole = loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => walk.start(&tag, styles, false),
            Ok(Event::Empty(tag)) => walk.start(&tag, styles, true),
            Ok(Event::End(tag)) => walk.end(tag.local_name().as_ref()),
            Ok(Event::Text(text)) if walk.in_text => walk.words(&text.xml10_content()),
            Ok(Event::CData(text)) if walk.in_text => walk.words(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) if walk.in_text => {
                let known = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => quick_xml::escape::resolve_xml_entity(&name.xml10_content())
                        .map(str::to_owned),
                };
                walk.words(&known.unwrap_or_default());
            }
            Ok(Event::Eof) => break true,
            Err(_) => break false,
            Ok(_) => {}
        }
    };
    while !walk.open.is_empty() {
        walk.end("p");
    }
    while !walk.rows.is_empty() {
        walk.end("tr");
    }
    Blocks {
        blocks: walk.blocks,
        whole,
        too_deep: walk.too_deep,
    }
}

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>, styles: &BTreeMap<String, BlockKind>, empty: bool) {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.left_out > 0 || LEFT_OUT.contains(&name) {
            self.left_out += usize::from(!empty);
            return;
        }
        if self.deep > 0 || name == "tr" && !empty && self.rows.len() >= MAX_DEEP {
            self.deep += usize::from(name == "tr" && !empty);
            self.too_deep += usize::from(name == "tr" && !empty);
            return;
        }
        match name {
            "p" if !empty => self.open.push((BlockKind::Paragraph, String::new())),
            "pStyle" => {
                let kind = attribute(tag, "val").and_then(|id| styles.get(&id).copied());
                self.is_of(kind);
            }
            "outlineLvl" => {
                let level = attribute(tag, "val").and_then(|it| it.parse::<u8>().ok());
                self.is_of(level.filter(|level| *level < 9).map(|_| BlockKind::Heading));
            }
            "numPr" => self.is_of(Some(BlockKind::ListItem)),
            "t" => self.in_text = !empty,
            "tab" | "ptab" => self.words("\t"),
            "br" | "cr" => self.words("\n"),
            "noBreakHyphen" => self.words("-"),
            "tr" if !empty => self.rows.push(Vec::new()),
            "tc" if !empty => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        if self.deep > 0 {
            self.deep -= usize::from(name == "tr");
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => {
                let Some((kind, words)) = self.open.pop() else {
                    return;
                };
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                if words.is_empty() {
                    return;
                }
                match self.rows.last_mut().and_then(|row| row.last_mut()) {
                    Some(cell) if cell.is_empty() => *cell = words,
                    Some(cell) => {
                        cell.push(' ');
                        cell.push_str(&words);
                    }
                    None => self.blocks.push((kind, words)),
                }
            }
            "tr" => {
                let cells = self.rows.pop().unwrap_or_default();
                let cells: Vec<String> = cells.into_iter().filter(|it| !it.is_empty()).collect();
                let words = cells.join("\t");
                if words.is_empty() {
                    return;
                }
                // A table in a cell is words of that cell.
                match self.rows.last_mut().and_then(|row| row.last_mut()) {
                    Some(cell) if cell.is_empty() => *cell = words,
                    Some(cell) => {
                        cell.push(' ');
                        cell.push_str(&words);
                    }
                    None => self.blocks.push((BlockKind::Paragraph, words)),
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.left_out == 0
            && self.deep == 0
            && let Some((_, open)) = self.open.last_mut()
        {
            open.push_str(words);
        }
    }

    /// The open paragraph is of this kind; a style that says more has said so before.
    fn is_of(&mut self, kind: Option<BlockKind>) {
        if let (Some(kind), Some((is, _))) = (kind, self.open.last_mut())
            && *is == BlockKind::Paragraph
        {
            *is = kind;
        }
    }
}

/// What a file says of itself: its title, and who made it and when, which is not always who wrote the report and when
/// it was published.
fn said(xml: &str) -> (Metadata, Metadata) {
    let mut reader = events(xml);
    let (mut values, mut at): (BTreeMap<String, String>, Option<String>) = (BTreeMap::new(), None);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => at = Some(tag.local_name().as_ref().to_owned()),
            Ok(Event::End(_)) => at = None,
            Ok(Event::Text(text)) => {
                if let Some(name) = &at {
                    let value = values.entry(name.clone()).or_default();
                    value.push_str(&text.xml10_content());
                }
            }
            Ok(Event::GeneralRef(name)) => {
                let known = quick_xml::escape::resolve_xml_entity(&name.xml10_content());
                if let (Some(known), Some(at)) = (known, &at) {
                    values.entry(at.clone()).or_default().push_str(known);
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    let get = |name: &str| {
        let words = values
            .get(name)?
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        (!words.is_empty()).then_some(words)
    };
    let meta = Metadata {
        title: get("title").filter(|title| sniff::is_title(title)),
        language: get("language"),
        ..Metadata::default()
    };
    let made = Metadata {
        // One word is the name of an account.
        byline: get("creator").filter(|name| name.contains(' ')),
        published: get("created"),
        ..Metadata::default()
    };
    (meta, made)
}

#[cfg(test)]
mod tests;
