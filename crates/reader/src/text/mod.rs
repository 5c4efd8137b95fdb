//! Bytes to text: encoding, main text and metadata of a page, blocks with boilerplate marked.
//!
//! What comes in: the bytes of one file and what its sidecar says. What goes out: the [`Report`] with its frozen
//! [`Text`], or a note that says why there is none. It knows nothing of what the words mean, but for one thing: the
//! publication time is written in words, and the room that reads times reads it too.

mod boilerplate;
mod diagnostics;
mod docx;
mod encoding;
mod html;
mod lines;
mod metadata;
mod own;
mod pdf;
mod post;
mod publication;
mod refused;
mod sniff;
mod source;
mod top_lines;

use model::{Block, BlockKind, Note, Report, Text};

pub(crate) use lines::ends_sentence;
pub use metadata::Metadata;
pub use own::own_output;

use diagnostics::Diagnostics;

/// Largest file read as one report, in bytes. A long news report has 20 kB; what is larger than this is an archive.
pub const MAX_BYTES: usize = 16_000_000;
/// Largest text read as one report, in bytes, once markup is off.
pub const MAX_TEXT: usize = 3_000_000;

/// A report with its text, frozen.
#[derive(Clone, Debug)]
pub struct Document {
    /// The report.
    pub report: Report,
    /// Its text.
    pub text: Text,
    /// What to tell the user.
    pub notes: Vec<Note>,
}

/// One report as it comes in.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// What to call it in messages: a file name. Never part of any id.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What a sidecar file or the caller says about it; wins over what the bytes say.
    pub given: Metadata,
}

/// Reads the bytes of one report.
///
/// # Errors
/// A note of severity error when there is no readable text.
pub fn extract(input: &Input) -> Result<Document, Note> {
    let diagnostics = Diagnostics { name: &input.name };
    let bytes = &input.bytes;
    let packed = sniff::Media::packed(bytes);
    fit(&diagnostics, bytes, packed)?;
    let told = input.given.media_type.as_deref();
    let media = packed.or(told.and_then(sniff::Media::of));
    let media = media.unwrap_or_else(|| sniff::media(bytes, &input.name));
    let refused = |it: refused::Refused| diagnostics.error(it.code, it.message, it.hint);
    let (page, encoding, mut notes) = match media {
        sniff::Media::Pdf => (pdf::read(bytes).map_err(refused)?, BINARY, Vec::new()),
        sniff::Media::Docx => (docx::read(bytes).map_err(refused)?, BINARY, Vec::new()),
        sniff::Media::Html | sniff::Media::Plain => {
            let decoded = decode(&diagnostics, bytes, media, told)?;
            let notes = diagnostics::encoding_notes(&diagnostics, &decoded);
            (page(decoded.text, media), decoded.encoding, notes)
        }
    };
    let odd = page.odd.iter();
    notes.extend(odd.map(|(code, message, hint)| diagnostics.warning(code, message, hint)));
    if page.stripped {
        notes.push(diagnostics.warning(
            "page-too-deep",
            "the page is nested too deeply, or its tags are too large, to find its main text; \
             only the tags were taken off",
            "give the report as plain text",
        ));
    }
    let text = page.text;
    if text.len() > MAX_TEXT {
        return Err(too_large(&input.name, text.len() as u64));
    }
    let mut blocks = boilerplate::mark(&text, page.blocks);
    let mut meta = input.given.clone().or(page.meta);
    top_lines::without_date(&mut meta.byline);
    top_lines::look(&text, &mut blocks, &mut meta);
    let meta = meta.or(page.made);
    if let Some(title) = &meta.title {
        post::mark(&text, &mut blocks, title);
    }
    let worded = |block: &&Block| text[block.span.range()].contains(char::is_alphabetic);
    let readable = blocks
        .iter()
        .filter(worded)
        .any(|block| block.kind != BlockKind::Boilerplate);
    let told = blocks
        .iter()
        .filter(worded)
        .any(|block| !matches!(block.kind, BlockKind::Boilerplate | BlockKind::Title));
    if !readable || !told && page.consent {
        let message = match media {
            _ if page.consent => "the page holds no article, only what asks for consent to cookies",
            sniff::Media::Pdf | sniff::Media::Docx => "the document holds no text of a report",
            sniff::Media::Plain if blocks.iter().all(|block| lines::is_header(&text, block)) => {
                "the file holds header lines and no report text"
            }
            _ => "no report text was found, only page furniture",
        };
        let hint = match media {
            sniff::Media::Pdf | sniff::Media::Docx => "give the report's text as a .txt file",
            _ => SAVE_AGAIN,
        };
        return Err(diagnostics.error("no-text", message, hint));
    }
    if !told && media == sniff::Media::Html {
        let message = "the page holds no article; only its headline is read";
        notes.push(diagnostics.warning("no-article", message, SAVE_AGAIN));
    }
    notes.extend(diagnostics::language_note(
        &diagnostics,
        &text,
        &blocks,
        meta.language.as_deref(),
    ));
    let report = report(&diagnostics, bytes, meta, media, encoding, &mut notes);
    let text = Text::new(text, blocks);
    Ok(Document {
        report: Report {
            text: text.id().clone(),
            ..report
        },
        text,
        notes,
    })
}

/// Whether a text is English by its commonest words; `None` where it has too few words to tell.
pub fn is_english(text: &Text) -> Option<bool> {
    diagnostics::is_english(text.as_str(), text.blocks())
}

/// What to do about a page without its report.
const SAVE_AGAIN: &str =
    "save the page again once it has loaded, or copy the report's text into a .txt file";

/// What the encoding of a document is called that is no text by itself.
const BINARY: &str = "binary";

/// The characters of a file; `told` is the media type that whoever sent it named, and may name the encoding.
///
/// # Errors
/// A note that says why it holds none.
fn decode(
    diagnostics: &Diagnostics<'_>,
    bytes: &[u8],
    media: sniff::Media,
    told: Option<&str>,
) -> Result<encoding::Decoded, Note> {
    let declared = told.and_then(encoding::named).or(match media {
        sniff::Media::Html => encoding::declared(bytes),
        _ => None,
    });
    if let Some(what) = encoding::foreign(bytes) {
        let message = format!("this is {what}, which is not read");
        return Err(diagnostics.error("encoding", &message, "save the file as UTF-8"));
    }
    let Some(decoded) = encoding::decode(bytes, declared) else {
        let hint = "give the report as plain text or HTML";
        let message = "the file holds binary data, not text";
        return Err(diagnostics.error("binary", message, hint));
    };
    if decoded.text.trim().is_empty() {
        return Err(diagnostics.empty());
    }
    Ok(decoded)
}

/// Text, blocks and metadata of a page or a plain text.
fn page(text: String, media: sniff::Media) -> html::Page {
    match media {
        sniff::Media::Html => html::read(&text),
        _ => {
            let (blocks, meta) = lines::blocks(&text);
            html::Page {
                text,
                blocks,
                meta,
                ..html::Page::default()
            }
        }
    }
}

/// Whether the bytes may be one report.
///
/// # Errors
/// A note that says what they are instead.
fn fit(
    diagnostics: &Diagnostics<'_>,
    bytes: &[u8],
    packed: Option<sniff::Media>,
) -> Result<(), Note> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large(diagnostics.name, bytes.len() as u64));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(diagnostics.empty());
    }
    if packed.is_some() {
        return Ok(());
    }
    if let Some((what, hint)) = sniff::binary(bytes) {
        return Err(diagnostics.error("binary", &format!("this is {what}, not text"), hint));
    }
    if let Some((what, hint)) = sniff::container(bytes) {
        return Err(diagnostics.error(
            "container",
            &format!("this is {what}, not one report"),
            hint,
        ));
    }
    if let Some(what) = own_output(bytes) {
        let message = format!("passed over: {what} that Crossbearing made, not a report");
        let hint = "keep what it writes in another folder than the reports";
        return Err(diagnostics.warning("own-output", &message, hint));
    }
    Ok(())
}

/// The note for a file that is larger than a report can be; casebook gives it without reading the file.
pub fn too_large(name: &str, bytes: u64) -> Note {
    let diagnostics = Diagnostics { name };
    let message = format!(
        "{:.1} MB is more than one report can have ({} MB of file, {} MB of text)",
        bytes as f64 / 1e6,
        MAX_BYTES / 1_000_000,
        MAX_TEXT / 1_000_000
    );
    diagnostics.error("too-large", &message, "give one report a file")
}

/// Puts the report together from what is known.
fn report(
    diagnostics: &Diagnostics<'_>,
    bytes: &[u8],
    meta: Metadata,
    media: sniff::Media,
    encoding: &str,
    notes: &mut Vec<Note>,
) -> Report {
    let id = Report::id_of(bytes, meta.url.as_deref());
    let published = publication::published(&meta);
    let fetched_at = publication::fetched(&meta);
    if published.is_none() {
        let hint = "add a line `Published: 2031-03-04` at the top of the text, or a sidecar file";
        notes.push(match meta.published {
            Some(_) => diagnostics.warning(
                "publication-date-unread",
                "the publication date given could not be read; times like \"on Monday\" may stay open",
                hint,
            ),
            None => diagnostics.info(
                "no-publication-date",
                "no publication date was found; times like \"on Monday\" may stay open",
                hint,
            ),
        });
    }
    let host = meta.url.as_deref().and_then(source::host);
    Report {
        source: source::source(meta.source.as_deref().or(host), &id),
        id,
        title: meta.title,
        byline: meta.byline,
        url: meta.url,
        published,
        language: meta.language,
        media_type: media.name().to_owned(),
        encoding: encoding.to_owned(),
        text: Text::new(String::new(), Vec::new()).id().clone(),
        container: meta.container,
        fetched_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(bytes: &[u8]) -> crate::Input {
        crate::Input {
            name: "report.txt".into(),
            bytes: bytes.to_vec(),
            given: Metadata::default(),
        }
    }

    fn code(bytes: &[u8]) -> String {
        extract(&input(bytes)).expect_err("an error").code
    }

    #[test]
    fn what_is_no_report_is_refused_with_a_reason() {
        assert_eq!(code(b""), "empty");
        assert_eq!(code(b" \r\n\t"), "empty");
        assert_eq!(code(b"%PDF-1.4 ..."), "pdf-damaged");
        assert_eq!(code(b"PK\x03\x04word/document.xml"), "docx-damaged");
        assert_eq!(code(b"PK\x03\x04xl/workbook.xml"), "binary");
        assert_eq!(code(&[0; 64]), "binary");
        assert_eq!(
            code(b"Advertisement\n\nShare on Facebook\n\n---"),
            "no-text"
        );
        assert_eq!(code(&vec![b'a'; MAX_BYTES + 1]), "too-large");
    }

    #[test]
    fn header_lines_alone_are_called_by_their_name() {
        let note = extract(&input(b"Source: Lake Tribune\nPublished: 2031-03-04\n\n")).unwrap_err();
        assert_eq!(
            note.message,
            "the file holds header lines and no report text"
        );
        assert_eq!(code(b"\xef\xbb\xbf"), "empty");
        assert_eq!(code(b"\xef\xbb\xbf \n"), "empty");
    }

    #[test]
    fn a_sidecar_wins_over_the_text() {
        let mut input =
            input(b"Title: Old\nPublished: 2031-03-04\n\nTwo boats sank off Orrin on Monday.");
        input.given.title = Some("New".into());
        let report = extract(&input).unwrap().report;
        assert_eq!(report.title.as_deref(), Some("New"));
        assert_eq!(report.published.unwrap().date().to_string(), "2031-03-04");
        assert_eq!(report.source.name, None);
        assert!(report.source.id.starts_with("s:unnamed-"));
    }

    #[test]
    fn bylines_and_date_lines_at_the_top_are_read_and_marked() {
        let text = "Boats sink off Orrin\n\nBy Ana Vell, Lake Tribune\n\nPublished: March 4, 2031\n\nTwo boats \
            sank off Orrin on Monday, the navy said.";
        let got = extract(&input(text.as_bytes())).unwrap();
        assert_eq!(got.report.title.as_deref(), Some("Boats sink off Orrin"));
        assert_eq!(got.report.byline.as_deref(), Some("Ana Vell, Lake Tribune"));
        assert_eq!(
            got.report.published.unwrap().date().to_string(),
            "2031-03-04"
        );
        let kinds: Vec<_> = got.text.blocks().iter().map(|block| block.kind).collect();
        use BlockKind::{Boilerplate, Paragraph, Title};
        assert_eq!(kinds, [Title, Boilerplate, Boilerplate, Paragraph]);
    }

    #[test]
    fn a_sentence_with_a_date_is_no_date_line() {
        let text = "Guards fired on a crowd at 10 p.m. on March 4, 2031.\n\nTwo people were hurt, the mayor said.";
        let got = extract(&input(text.as_bytes())).unwrap();
        assert_eq!(got.report.published, None);
        assert_eq!(got.text.blocks()[0].kind, BlockKind::Paragraph);
    }

    #[test]
    fn the_text_is_the_file() {
        let text = "Two boats\u{7} sank\r\n\r\nNobody \u{a0}drowned.  ";
        assert_eq!(
            extract(&input(text.as_bytes())).unwrap().text.as_str(),
            text
        );
    }

    #[test]
    fn the_id_follows_bytes_and_address() {
        let mut one = input(b"Two boats sank.");
        let id = |input: &Input| extract(input).unwrap().report.id;
        let plain = id(&one);
        one.name = "other.txt".into();
        assert_eq!(id(&one), plain);
        one.given.url = Some("https://www.lake.example/boats".into());
        assert_ne!(id(&one), plain);
        let source = extract(&one).unwrap().report.source;
        assert_eq!(source.name.as_deref(), Some("lake.example"));
    }

    #[test]
    fn other_languages_are_noticed() {
        let text = "قال متحدث إن القوات انسحبت من المدينة ".repeat(5);
        let notes = extract(&input(text.as_bytes())).unwrap().notes;
        assert!(notes.iter().any(|note| note.code == "language-not-english"));
    }
}
