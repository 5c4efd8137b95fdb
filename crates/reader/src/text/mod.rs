//! Bytes to text: encoding, main text and metadata of a page, blocks with boilerplate marked.
//!
//! What comes in: the bytes of one file and what its sidecar says. What goes out: the [`Report`] with its frozen
//! [`Text`], or a note that says why there is none. It knows nothing of what the words mean, but for one thing: the
//! publication time is written in words, and the room that reads times reads it too.

mod article;
mod encoding;
mod furniture;
mod head;
mod html;
mod lines;
mod own;
mod post;
mod sniff;
mod source;

pub(crate) use lines::ends_sentence;
pub use own::own_output;

use model::{Block, BlockKind, Container, Note, Report, Severity, Text};

use crate::read::times;

/// Largest file read as one report, in bytes. A long news report has 20 kB; what is larger than this is an archive.
pub const MAX_BYTES: usize = 16_000_000;
/// Largest text read as one report, in bytes, once markup is off.
pub const MAX_TEXT: usize = 3_000_000;

/// What is known about a report besides its text. Each field `None` when not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// Headline.
    pub title: Option<String>,
    /// Name of the publisher.
    pub source: Option<String>,
    /// Author line as printed.
    pub byline: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publication time as written: ISO 8601 or a common written form.
    pub published: Option<String>,
    /// BCP 47 code.
    pub language: Option<String>,
    /// Media type as a container gives it: `text/html`. Without one the bytes say.
    pub media_type: Option<String>,
    /// Where in a file of several reports it was found.
    pub container: Option<Container>,
    /// When it was fetched, as written.
    pub fetched_at: Option<String>,
}

impl Metadata {
    /// This, with what it does not know taken from `other`.
    pub fn or(self, other: Metadata) -> Metadata {
        let pick = |mine: Option<String>, theirs: Option<String>| {
            mine.filter(|value| !value.trim().is_empty()).or(theirs)
        };
        Metadata {
            title: pick(self.title, other.title),
            source: pick(self.source, other.source),
            byline: pick(self.byline, other.byline),
            url: pick(self.url, other.url),
            published: pick(self.published, other.published),
            language: pick(self.language, other.language),
            media_type: pick(self.media_type, other.media_type),
            container: self.container.or(other.container),
            fetched_at: pick(self.fetched_at, other.fetched_at),
        }
    }
}

/// A report with its text, frozen.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// The report.
    pub report: Report,
    /// Its text.
    pub text: Text,
    /// What to tell.
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
pub fn extract(input: &Input) -> Result<Extracted, Note> {
    let tell = Teller { name: &input.name };
    let bytes = &input.bytes;
    fit(&tell, bytes)?;
    let media = match input.given.media_type.as_deref() {
        Some("text/html" | "application/xhtml+xml") => sniff::Media::Html,
        Some("text/plain") => sniff::Media::Plain,
        _ => sniff::media(bytes, &input.name),
    };
    let declared = match media {
        sniff::Media::Html => encoding::declared(bytes),
        sniff::Media::Plain => None,
    };
    if let Some(what) = encoding::foreign(bytes) {
        let message = format!("this is {what}, which is not read");
        return Err(tell.error("encoding", &message, "save the file as UTF-8"));
    }
    let Some(decoded) = encoding::decode(bytes, declared) else {
        let hint = "give the report as plain text or HTML";
        return Err(tell.error("binary", "the file holds binary data, not text", hint));
    };
    if decoded.text.trim().is_empty() {
        return Err(tell.error("empty", "the file is empty", "save the report's text in it"));
    }
    let mut notes = encoding_notes(&tell, &decoded);
    let mut consent = false;
    let (text, blocks, said) = match media {
        sniff::Media::Html => {
            let page = html::read(&decoded.text);
            consent = page.consent;
            if page.stripped {
                notes.push(tell.warning(
                    "page-too-deep",
                    "the page is nested too deeply, or its tags are too large, to find its main text; \
                     only the tags were taken off",
                    "give the report as plain text",
                ));
            }
            (page.text, page.blocks, page.meta)
        }
        sniff::Media::Plain => {
            let (blocks, meta) = lines::blocks(&decoded.text);
            (decoded.text, blocks, meta)
        }
    };
    if text.len() > MAX_TEXT {
        return Err(too_large(&input.name, text.len() as u64));
    }
    let mut blocks = furniture::mark(&text, blocks);
    let mut meta = input.given.clone().or(said);
    meta.byline = meta.byline.filter(|byline| date_line(byline).is_none());
    if let Some((names, date)) = meta
        .byline
        .as_deref()
        .and_then(|byline| byline.split_once(" | "))
        && date_line(date).is_some()
    {
        meta.byline = Some(names.to_owned());
    }
    look(&text, &mut blocks, &mut meta);
    if let Some(title) = &meta.title {
        post::mark(&text, &mut blocks, title);
    }
    let readable = blocks.iter().any(|block| {
        let words = &text[block.span.range()];
        block.kind != BlockKind::Boilerplate && words.contains(char::is_alphabetic)
    });
    let told = blocks.iter().any(|block| {
        let words = &text[block.span.range()];
        !matches!(block.kind, BlockKind::Boilerplate | BlockKind::Title)
            && words.contains(char::is_alphabetic)
    });
    if !readable || !told && consent {
        let message = match media {
            _ if consent => "the page holds no article, only what asks for consent to cookies",
            sniff::Media::Plain if blocks.iter().all(|block| lines::is_header(&text, block)) => {
                "the file holds header lines and no report text"
            }
            _ => "no report text was found, only page furniture",
        };
        return Err(tell.error(
            "no-text",
            message,
            "save the page again once it has loaded, or copy the report's text into a .txt file",
        ));
    }
    if !told && media == sniff::Media::Html {
        notes.push(tell.warning(
            "no-article",
            "the page holds no article; only its headline is read",
            "save the page again once it has loaded, or copy the report's text into a .txt file",
        ));
    }
    notes.extend(language_note(
        &tell,
        &text,
        &blocks,
        meta.language.as_deref(),
    ));
    let report = report(&tell, bytes, meta, media, decoded.encoding, &mut notes);
    let text = Text::new(text, blocks);
    Ok(Extracted {
        report: Report {
            text: text.id().clone(),
            ..report
        },
        text,
        notes,
    })
}

/// Whether the bytes may be one report.
///
/// # Errors
/// A note that says what they are instead.
fn fit(tell: &Teller<'_>, bytes: &[u8]) -> Result<(), Note> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large(tell.name, bytes.len() as u64));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(tell.error("empty", "the file is empty", "save the report's text in it"));
    }
    if let Some((what, hint)) = sniff::binary(bytes) {
        return Err(tell.error("binary", &format!("this is {what}, not text"), hint));
    }
    if let Some((what, hint)) = sniff::container(bytes) {
        return Err(tell.error(
            "container",
            &format!("this is {what}, not one report"),
            hint,
        ));
    }
    if let Some(what) = own_output(bytes) {
        let message = format!("passed over: {what} that Crossbearing made, not a report");
        let hint = "keep what it writes in another folder than the reports";
        return Err(tell.warning("own-output", &message, hint));
    }
    Ok(())
}

/// The note for a file that is larger than a report can be; casebook gives it without reading the file.
pub fn too_large(name: &str, bytes: u64) -> Note {
    let tell = Teller { name };
    let message = format!(
        "{:.1} MB is more than one report can have ({} MB of file, {} MB of text)",
        bytes as f64 / 1e6,
        MAX_BYTES / 1_000_000,
        MAX_TEXT / 1_000_000
    );
    tell.error("too-large", &message, "give one report a file")
}

/// Puts the report together from what is known.
fn report(
    tell: &Teller<'_>,
    bytes: &[u8],
    meta: Metadata,
    media: sniff::Media,
    encoding: &str,
    notes: &mut Vec<Note>,
) -> Report {
    let id = Report::id_of(bytes, meta.url.as_deref());
    let published = published(&meta);
    if published.is_none() {
        let hint = "add a line `Published: 2031-03-04` at the top of the text, or a sidecar file";
        notes.push(match meta.published {
            Some(_) => tell.warning(
                "publication-date-unread",
                "the publication date given could not be read; times like \"on Monday\" may stay open",
                hint,
            ),
            None => tell.info(
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
        fetched_at: meta.fetched_at.as_deref().and_then(times::parse_published),
    }
}

/// When a report was published: as its metadata say, else as its address does. A page that an archive already held on
/// an earlier day was not first published on the day given; nor was one whose address names a day that ends more than
/// a day before.
fn published(meta: &Metadata) -> Option<model::When> {
    let given = meta.published.as_deref().and_then(times::parse_published);
    let address = meta.url.as_deref().unwrap_or_default();
    let archived = times::archived(address);
    let named = times::in_address(address);
    let known = match (given, archived) {
        (Some(given), Some(archived)) if archived.end <= given.start => archived,
        (Some(given), _) => given,
        (None, archived) => return named.or(archived),
    };
    let long_before = |named: &model::When| named.end.duration_until(known.start).as_hours() >= 24;
    if let Some(named) = named.clone().filter(long_before) {
        return Some(named);
    }
    Some(match named {
        Some(named) => in_its_own_zone(known, &named),
        None => known,
    })
}

/// A publication time stamped in UTC whose page names the day before or after: that day is the reporter's own,
/// "today" is meant by it, and the hour must allow it. The day is put in front of the words, where
/// [`times::local_day`] looks first.
fn in_its_own_zone(stamp: model::When, named: &model::When) -> model::When {
    let utc = ["Z", "+00:00", "+0000", "GMT", "UTC"]
        .iter()
        .any(|end| stamp.words.trim_end().ends_with(end));
    let hour = stamp.start.hour();
    let (day, own) = (stamp.start.date(), named.date());
    let before = day.yesterday().is_ok_and(|day| day == own) && hour < 12;
    let after = day.tomorrow().is_ok_and(|day| day == own) && hour >= 10;
    if stamp.precision != model::WhenPrecision::Minute || !utc || !(before || after) {
        return stamp;
    }
    model::When {
        words: format!("{own}, {}", stamp.words),
        anchor: "the page names its own day".to_owned(),
        ..stamp
    }
}

/// How many blocks at the top may hold a byline or a date line.
const TOP: usize = 6;

/// Reads title, byline and publication line off the top of the text, where nothing else gave them; byline and date
/// lines are marked as boilerplate.
fn look(text: &str, blocks: &mut [Block], meta: &mut Metadata) {
    let shown = |block: &&mut Block| block.kind != BlockKind::Boilerplate;
    if let Some(first) = blocks.iter_mut().find(shown)
        && first.kind == BlockKind::Heading
        && meta
            .title
            .as_deref()
            .is_none_or(|title| title == &text[first.span.range()])
    {
        first.kind = BlockKind::Title;
        meta.title = Some(text[first.span.range()].to_owned());
    }
    for block in blocks.iter_mut().take(TOP) {
        let words = &text[block.span.range()];
        if block.kind == BlockKind::Title || words.split_whitespace().take(20).count() == 20 {
            continue;
        }
        if let Some(rest) = byline(words) {
            let (names, date) = match rest.split_once(" | ") {
                Some((names, date)) => (names, date_line(date)),
                None => (rest, None),
            };
            fill(&mut meta.byline, names);
            if let Some(date) = date {
                fill(&mut meta.published, date);
            }
            block.kind = BlockKind::Boilerplate;
        } else if let Some(rest) = date_line(words) {
            fill(&mut meta.published, rest);
            block.kind = BlockKind::Boilerplate;
        }
    }
}

fn fill(field: &mut Option<String>, value: &str) {
    if field.is_none() {
        *field = Some(value.to_owned());
    }
}

/// The names in a line "By Ana Vell, Lake Tribune"; a sentence that begins with "by" is none.
fn byline(words: &str) -> Option<&str> {
    let rest = ["By ", "BY ", "by: ", "By: "]
        .iter()
        .find_map(|key| words.strip_prefix(key))?
        .trim();
    let names = rest.split_whitespace().next()?;
    let plain = !lines::ends_sentence(rest) && rest.split_whitespace().count() <= 14;
    (plain && names.starts_with(char::is_uppercase)).then_some(rest)
}

/// The date of a line that is a date and nothing else, or that begins with "Published", "Posted" or the like. A line
/// that says only when the page was updated is furniture, but gives no publication date.
fn date_line(words: &str) -> Option<&str> {
    const KEYS: &[&str] = &[
        "published on",
        "published",
        "posted on",
        "posted",
        "publication date",
        "date",
    ];
    let has_digit = words.contains(|c: char| c.is_ascii_digit());
    if !has_digit || words.split_whitespace().count() > 14 {
        return None;
    }
    // ASCII letters only, so that both have the same length.
    let lower = words.to_ascii_lowercase();
    let rest = KEYS
        .iter()
        .find_map(|key| lower.strip_prefix(key))
        .map(|rest| words[words.len() - rest.len()..].trim_start_matches([':', ' ', '\u{a0}']));
    let candidate = rest.unwrap_or(words);
    let candidate = candidate
        .split(" Updated")
        .next()
        .unwrap_or(candidate)
        .trim_end_matches([' ', '|', '-', '–', '•', '·', ',']);
    let year = candidate
        .split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 4);
    // A sentence may hold a date; a date line holds nothing else.
    let bare = candidate
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(is_date_word);
    (year && bare && times::parse_published(candidate).is_some()).then_some(candidate)
}

/// Words a date line may hold: months and days by their first three letters, and what stands between them.
fn is_date_word(word: &str) -> bool {
    const STARTS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
        "tue", "wed", "thu", "fri", "sat", "sun",
    ];
    const BETWEEN: &[&str] = &[
        "a", "m", "p", "am", "pm", "at", "on", "of", "the", "st", "nd", "rd", "th", "t", "z",
        "gmt", "utc", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "bst", "cet", "cest",
        "noon", "midnight", "local", "time", "h", "hrs",
    ];
    let lower = word.to_lowercase();
    BETWEEN.contains(&lower.as_str())
        || (lower.len() <= 9 && STARTS.iter().any(|start| lower.starts_with(start)))
}

fn encoding_notes(tell: &Teller<'_>, decoded: &encoding::Decoded) -> Vec<Note> {
    let mut notes = Vec::new();
    if decoded.found == encoding::Found::Guessed {
        notes.push(tell.info(
            "encoding-guessed",
            &match decoded.encoding {
                "UTF-8" => "some bytes are not valid UTF-8; read as UTF-8 all the same".to_owned(),
                other => format!("not valid UTF-8; read as {other}"),
            },
            "if names look wrong, save the file as UTF-8",
        ));
    }
    if decoded.damaged {
        notes.push(tell.warning(
            "encoding-damaged",
            &format!(
                "some bytes are no characters in {}; they show as \u{fffd}",
                decoded.encoding
            ),
            "save the file as UTF-8",
        ));
    }
    notes
}

/// Very common English words; a text of which they are under one in twenty-five is hardly English.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "a", "on", "was", "were", "that", "for", "with", "at", "by",
    "from", "said", "had", "have", "is", "are", "it", "he", "she", "they", "who", "an", "as",
];

/// Warns when the text is not English: what is read from it then is worth little.
fn language_note(
    tell: &Teller<'_>,
    text: &str,
    blocks: &[Block],
    declared: Option<&str>,
) -> Option<Note> {
    let (mut all, mut known) = (0usize, 0usize);
    let body = blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Boilerplate);
    for word in body
        .flat_map(|block| text[block.span.range()].split_whitespace())
        .take(2000)
    {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        all += usize::from(!bare.is_empty());
        known += usize::from(ENGLISH.iter().any(|word| word.eq_ignore_ascii_case(bare)));
    }
    (all >= 20 && known * 25 < all).then(|| {
        let named = declared.map_or(String::new(), |code| format!(" (the page says `{code}`)"));
        tell.warning(
            "language-not-english",
            &format!("the text does not look like English{named}; only English is read"),
            "translate it first",
        )
    })
}

/// Makes notes about one input.
struct Teller<'a> {
    name: &'a str,
}

impl Teller<'_> {
    fn note(&self, severity: Severity, code: &str, message: &str, hint: &str) -> Note {
        Note {
            severity,
            code: code.to_owned(),
            subject: self.name.to_owned(),
            message: message.to_owned(),
            hint: Some(hint.to_owned()),
            quote: None,
        }
    }

    fn error(&self, code: &str, message: &str, hint: &str) -> Note {
        self.note(Severity::Error, code, message, hint)
    }

    fn warning(&self, code: &str, message: &str, hint: &str) -> Note {
        self.note(Severity::Warning, code, message, hint)
    }

    fn info(&self, code: &str, message: &str, hint: &str) -> Note {
        self.note(Severity::Info, code, message, hint)
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
        assert_eq!(code(b"%PDF-1.4 ..."), "binary");
        assert_eq!(code(&[0; 64]), "binary");
        assert_eq!(
            code(b"Advertisement\n\nShare on Facebook\n\n---"),
            "no-text"
        );
        assert_eq!(code(&vec![b'a'; MAX_BYTES + 1]), "too-large");
    }

    /// The day that "today" means on a page stamped with `stamp` at an address with `path`.
    fn local(stamp: &str, path: &str) -> String {
        let meta = Metadata {
            published: Some(stamp.to_owned()),
            url: Some(format!("https://lake.example/{path}/fire")),
            ..Metadata::default()
        };
        let when = published(&meta).expect("a date");
        times::local_day(&when).expect("a day").to_string()
    }

    #[test]
    fn a_stamp_in_utc_is_of_the_day_that_the_address_names() {
        assert_eq!(
            local("2031-03-05T02:11:03+00:00", "2031/03/04"),
            "2031-03-04"
        );
        assert_eq!(local("2031-03-04T22:30:00Z", "2031/03/05"), "2031-03-05");
        assert_eq!(
            local("2031-03-05T00:05:00Z", "news/2031/mar/04"),
            "2031-03-04"
        );
        // The hour does not allow it, or the stamp names its own zone.
        assert_eq!(local("2031-03-05T15:00:00Z", "2031/03/04"), "2031-03-05");
        assert_eq!(
            local("2031-03-05T02:11:03+01:00", "2031/03/04"),
            "2031-03-05"
        );
        assert_eq!(local("2031-03-05T02:11:03Z", "2031/03/05"), "2031-03-05");
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
        let text = "Boats sink off Orrin\n\nBy Ana Vell, Lake Tribune\n\nPublished: March 4, 2031\n\nTwo boats sank off Orrin on Monday, the navy said.";
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
