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

/// Most bytes that a part of a file unpacks to: a text of three megabytes has some thirty of XML.
const MAX_PART: u64 = 48_000_000;
/// Heads, feet and notes that are read.
const MAX_PARTS: usize = 40;

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

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads a Word document.
///
/// # Errors
/// Why there is no text in it.
pub(super) fn read(bytes: &[u8]) -> Result<Page, Refused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
    let styles = match part(&mut archive, "word/styles.xml")? {
        Some(xml) => styles(&xml),
        None => BTreeMap::new(),
    };
    let body = part(&mut archive, "word/document.xml")?.ok_or(DAMAGED)?;
    let (mut blocks, whole) = blocks(&body, &styles);
    let mut names: Vec<String> = archive
        .file_names()
        .flatten()
        .map(std::borrow::Cow::into_owned)
        .collect();
    names.sort();
    let is = |name: &str, kinds: &[&str]| {
        kinds.iter().any(|kind| name.starts_with(kind)) && name.ends_with(".xml")
    };
    let notes = names
        .iter()
        .filter(|name| is(name, &["word/footnotes", "word/endnotes"]));
    let edges = names
        .iter()
        .filter(|name| is(name, &["word/header", "word/footer"]));
    let parts = notes
        .map(|name| (name, false))
        .chain(edges.map(|name| (name, true)));
    for (name, edge) in parts.take(MAX_PARTS) {
        let Some(xml) = part(&mut archive, name)? else {
            continue;
        };
        let found = self::blocks(&xml, &styles).0.into_iter();
        blocks.extend(found.map(|(kind, words)| match edge {
            true => (BlockKind::Boilerplate, words),
            false => (kind, words),
        }));
    }
    let mut page = Page::default();
    for (kind, words) in &blocks {
        push(&mut page.text, &mut page.blocks, words, *kind);
    }
    (page.meta, page.made) = match part(&mut archive, "docProps/core.xml")? {
        Some(xml) => said(&xml),
        None => Default::default(),
    };
    let title = page
        .blocks
        .iter()
        .find(|block| block.kind == BlockKind::Title);
    if let Some(title) = title {
        page.meta.title = Some(page.text[title.span.range()].to_owned());
    }
    if !whole {
        let message =
            "the Word document is damaged; what follows the damage is not read".to_owned();
        page.odd.push(("docx-damaged", message, DAMAGED.hint));
    }
    Ok(page)
}

/// The XML of a part; `None` where the file has no such part.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Refused> {
    let Ok(file) = archive.by_name(name) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    let read = file.take(MAX_PART + 1).read_to_end(&mut bytes);
    // What came before the damage is read.
    if read.is_err() && bytes.is_empty() {
        return Err(DAMAGED);
    }
    if bytes.len() as u64 > MAX_PART {
        return Err(TOO_MUCH);
    }
    let encoding = encoding_rs::Encoding::for_bom(&bytes).map_or(encoding_rs::UTF_8, |(it, _)| it);
    Ok(Some(encoding.decode(&bytes).0.into_owned()))
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
];

/// The blocks of a part, and whether it could be read to its end.
fn blocks(xml: &str, styles: &BTreeMap<String, BlockKind>) -> (Vec<(BlockKind, String)>, bool) {
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
    (walk.blocks, whole)
}

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>, styles: &BTreeMap<String, BlockKind>, empty: bool) {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.left_out > 0 || LEFT_OUT.contains(&name) {
            self.left_out += usize::from(!empty);
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
mod tests {
    use std::io::Write;

    use super::*;

    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, xml) in parts {
            out.start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            out.write_all(xml.as_bytes()).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    fn document(body: &str) -> String {
        format!("<?xml version=\"1.0\"?><w:document {W}><w:body>{body}</w:body></w:document>")
    }

    /// A file of this body has these blocks.
    #[track_caller]
    fn check(body: &str, wanted: &[&str]) {
        let styles = "<w:styles><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
            <w:style w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style></w:styles>";
        let bytes = packed(&[
            ("word/styles.xml", styles),
            ("word/document.xml", &document(body)),
        ]);
        let page = read(&bytes).unwrap();
        let got: Vec<String> = page
            .blocks
            .iter()
            .map(|block| format!("{:?}: {}", block.kind, &page.text[block.span.range()]))
            .collect();
        assert_eq!(got, wanted);
    }

    fn p(words: &str) -> String {
        format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
    }

    #[test]
    fn paragraphs_headings_lists_and_tables_are_blocks() {
        let styled = |style: &str, words: &str| {
            format!(
                "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
            )
        };
        let list = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>a class</w:t></w:r></w:p>";
        let row = format!(
            "<w:tr><w:tc>{}</w:tc><w:tc>{}{}</w:tc></w:tr>",
            p("Killed"),
            p("9"),
            p("of them 2")
        );
        let body = [
            styled("Titel", "Blast in Orrin"),
            styled("berschrift1", "What happened"),
            "<w:p><w:r><w:t xml:space=\"preserve\">Nine people </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>were \
             killed</w:t></w:r><w:r><w:tab/><w:t>&amp; two &#8220;hurt&#8221;.</w:t></w:r></w:p>".to_owned(),
            list.to_owned(),
            format!("<w:tbl>{row}</w:tbl>"),
        ]
        .concat();
        check(
            &body,
            &[
                "Title: Blast in Orrin",
                "Heading: What happened",
                "Paragraph: Nine people were killed & two “hurt”.",
                "ListItem: a class",
                "Paragraph: Killed\t9 of them 2",
            ],
        );
    }

    #[test]
    fn what_was_deleted_or_stands_there_twice_is_no_text() {
        let body = format!(
            "<w:p><w:r><w:t>Nine</w:t></w:r><w:del><w:r><w:delText>Ten</w:delText></w:r></w:del>\
             <w:ins><w:r><w:t> men</w:t></w:r></w:ins></w:p>\
             <mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
            p("in a box"),
            p("in a box")
        );
        check(&body, &["Paragraph: Nine men", "Paragraph: in a box"]);
    }

    #[test]
    fn the_file_says_who_made_it_and_when() {
        let core = "<cp:coreProperties><dc:title>Blast &amp; fire</dc:title><dc:creator>Ana Vell</dc:creator>\
            <dcterms:created>2031-03-04T09:00:00Z</dcterms:created></cp:coreProperties>";
        let notes = format!("<w:footnotes>{}</w:footnotes>", p("A note."));
        let head = format!("<w:hdr>{}</w:hdr>", p("Ministry"));
        let page = read(&packed(&[
            ("docProps/core.xml", core),
            ("word/header1.xml", &head),
            ("word/footnotes.xml", &notes),
            ("word/document.xml", &document(&p("Nine were killed."))),
        ]))
        .unwrap();
        assert_eq!(page.text, "Nine were killed.\n\nA note.\n\nMinistry");
        assert_eq!(page.blocks[2].kind, BlockKind::Boilerplate);
        assert_eq!(page.meta.title.as_deref(), Some("Blast & fire"));
        assert_eq!(page.made.byline.as_deref(), Some("Ana Vell"));
        assert_eq!(page.made.published.as_deref(), Some("2031-03-04T09:00:00Z"));
    }

    #[test]
    fn bombs_and_damage_are_told() {
        let entities = format!(
            "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:document {W}><w:p><w:r><w:t>Nine \
             &b; men</w:t></w:r></w:p></w:document>"
        );
        let page = read(&packed(&[("word/document.xml", &entities)])).unwrap();
        assert_eq!(page.text, "Nine men");
        let bomb = document(&" ".repeat(MAX_PART as usize + 1));
        let refused = read(&packed(&[("word/document.xml", &bomb)])).unwrap_err();
        assert_eq!(refused.code, "docx-too-large");
        let deep = document(&format!("{}{}", "<w:p>".repeat(200_000), p("Nine.")));
        assert_eq!(
            read(&packed(&[("word/document.xml", &deep)])).unwrap().text,
            "Nine."
        );
        let cut = document(&p("Nine were killed."));
        let cut = format!("{}<w:p <", &cut[..cut.len() - 30]);
        let page = read(&packed(&[("word/document.xml", &cut)])).unwrap();
        assert_eq!(page.text, "Nine were killed.");
        assert_eq!(page.odd.len(), 1);
        assert_eq!(read(b"PK\x03\x04word/").unwrap_err().code, "docx-damaged");
    }
}
