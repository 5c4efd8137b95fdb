//! What kind of file the bytes are: a page, plain text, or something that is no report.

/// Kinds of file that hold readable text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    /// `text/html`.
    Html,
    /// `text/plain`.
    Plain,
    /// `application/pdf`.
    Pdf,
    /// A Word document of today.
    Docx,
}

/// The media type of Word documents of today.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

impl Media {
    /// The kind of text that a media type names, whatever it says after a semicolon. A PDF file or a Word document is
    /// told by its bytes alone.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let name = name.split(';').next().unwrap_or_default().trim();
        match name.to_ascii_lowercase().as_str() {
            "text/html" | "application/xhtml+xml" => Some(Media::Html),
            "text/plain" => Some(Media::Plain),
            _ => None,
        }
    }

    /// The kind of document that is no text by itself, by its bytes.
    pub(crate) fn packed(bytes: &[u8]) -> Option<Self> {
        let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace());
        let bytes = &bytes[start.unwrap_or(0)..];
        // Some mail programs put a mark in front.
        let bare = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match () {
            () if bare.starts_with(b"%PDF-") => Some(Media::Pdf),
            () if bytes.starts_with(b"PK\x03\x04") && holds(bytes, b"word/document.xml") => {
                Some(Media::Docx)
            }
            () => None,
        }
    }

    /// The media type as printed.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Media::Html => "text/html",
            Media::Plain => "text/plain",
            Media::Pdf => "application/pdf",
            Media::Docx => DOCX,
        }
    }
}

/// Whether bytes hold these.
fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let finder = aho_corasick::AhoCorasick::new([needle]);
    finder.is_ok_and(|finder| finder.is_match(bytes))
}

/// Whether what a file calls itself can be a headline, and is not the name of a file or of nothing.
pub(super) fn is_title(title: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".doc", ".docx", ".pdf", ".rtf", ".odt", ".txt", ".indd", ".qxd", ".xls", ".xlsx", ".ppt",
        ".pptx", ".html", ".tif", ".jpg",
    ];
    const EMPTY: &[&str] = &[
        "untitled",
        "microsoft word",
        "powerpoint presentation",
        "document",
        "print",
        "scan",
    ];
    let lower = title.trim().to_lowercase();
    let named = ENDINGS.iter().any(|ending| lower.ends_with(ending));
    let empty = EMPTY.iter().any(|start| {
        let rest = lower.strip_prefix(start);
        rest.is_some_and(|rest| {
            !rest.starts_with(char::is_alphabetic) && (rest.len() < 4 || rest.starts_with(" - "))
        })
    });
    let aside = lower.starts_with('(') && lower.ends_with(')');
    lower.contains(char::is_alphabetic) && !named && !empty && !aside
}

/// Files that are no text, by their first bytes: what to call it and what to try.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (
        b"%PDF",
        "a damaged PDF file",
        "fetch it again, or give its text as a .txt file",
    ),
    (
        b"PK\x03\x04",
        "an archive, a table or slides",
        "give archives as .zip; save office documents as .docx, .txt or HTML",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an office document that is old or locked with a password",
        "open it, and save it without a password as .docx, .txt or HTML",
    ),
    (
        b"{\\rtf",
        "an RTF document",
        "save it as plain text or HTML",
    ),
    (
        b"%!PS",
        "a PostScript file",
        "turn it into text first, for example with `ps2ascii FILE`",
    ),
    (
        b"\x1f\x8b",
        "a gzip archive",
        "unpack it with `gunzip FILE`",
    ),
    (b"\x89PNG", "a PNG image", PICTURE),
    (b"\xff\xd8\xff", "a JPEG image", PICTURE),
    (b"GIF8", "a GIF image", PICTURE),
    (b"RIFF", "a picture or sound file", PICTURE),
    (b"OggS", "a sound file", PICTURE),
    (b"ID3", "a sound file", PICTURE),
    (b"\x7fELF", "a program", PICTURE),
    (b"MZ\x90", "a program", PICTURE),
    (b"SQLite format 3", "a database", PICTURE),
];

const PICTURE: &str = "give the text of the report as .txt or .html";

/// Says what the bytes are if their first ones are those of a known kind of file that is no text: its name and a hint.
pub(crate) fn binary(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    // Some tools put a blank line in front.
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace());
    let bytes = &bytes[start.unwrap_or(0)..];
    MAGIC
        .iter()
        .find(|(magic, ..)| bytes.starts_with(magic))
        .map(|&(_, what, hint)| (what, hint))
}

/// Says what the bytes are if they hold several reports, or one in a wrapping that is not taken off: mail, web
/// archives, feeds.
pub(crate) fn container(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const MAIL: &str = "let its name end in .eml, or in .mbox where it holds several";
    const ARCHIVE: &str = "let its name end in .warc, or in .mhtml where it is one page";
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(8192)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with("warc/1.") || head.starts_with("warc/0.") {
        return Some(("a web archive (WARC)", ARCHIVE));
    }
    let root = head
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .map_or(head, |(_, rest)| rest)
        .trim_start();
    let root = root
        .strip_prefix("<!--")
        .and_then(|rest| rest.split_once("-->"))
        .map_or(root, |(_, rest)| rest)
        .trim_start();
    let feeds = ["<rss", "<feed", "<rdf:rdf", "<?xml-stylesheet"];
    if feeds.iter().any(|tag| root.starts_with(tag))
        && (root.contains("<item") || root.contains("<entry") || root.contains("<channel"))
    {
        return Some((
            "a feed of several reports",
            "save the pages that its items link to",
        ));
    }
    let mut keys = head
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split_once(':').map(|(key, _)| key));
    let keys: Option<Vec<&str>> = if head.starts_with("from ") {
        keys.next();
        keys.collect()
    } else {
        keys.collect()
    };
    let keys = keys?;
    let is_key =
        |key: &&str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let has = |key: &str| keys.contains(&key);
    let wrapped = has("mime-version") || has("content-type") || has("content-transfer-encoding");
    let sent = has("message-id") || has("received") || has("return-path");
    if !keys.iter().all(is_key) || !(wrapped || sent && has("from")) {
        return None;
    }
    if head.contains("multipart/related") && (has("snapshot-content-location") || !has("to")) {
        return Some(("a page saved as MHTML", ARCHIVE));
    }
    Some(("an e-mail message", MAIL))
}

/// Tells pages from plain text by their beginning, or by tags where the file's name says it is a page.
pub(crate) fn media(bytes: &[u8], name: &str) -> Media {
    // UTF-16 keeps its ASCII letters apart by zeros; without them both read the same.
    let head: String = bytes
        .iter()
        .filter(|&&b| b != 0)
        .take(4096)
        .map(|&b| b.to_ascii_lowercase() as char)
        .collect();
    let start = head
        .trim_start_matches(['\u{ef}', '\u{bb}', '\u{bf}', '\u{fe}', '\u{ff}'])
        .trim_start();
    let opens = ["<!doctype html", "<html", "<head", "<body", "<article"];
    let tags = [
        "<p>", "<p ", "<div", "<meta", "<br", "<span", "<h1", "<title",
    ];
    let hits = tags.iter().filter(|tag| head.contains(**tag)).count();
    let lower = name.to_ascii_lowercase();
    let named = [".html", ".htm", ".xhtml"]
        .iter()
        .any(|end| lower.ends_with(end));
    let page = opens.iter().any(|open| start.starts_with(open))
        || (start.starts_with("<?xml") && head.contains("<html"))
        || (start.starts_with("<!--") && head.contains("<html"))
        || (named && hits >= 1)
        || (start.starts_with('<') && hits >= 2);
    if page { Media::Html } else { Media::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_by_their_beginning() {
        let check = |text: &str, name: &str, want| assert_eq!(media(text.as_bytes(), name), want);
        check("\u{feff}<!DOCTYPE html><p>x", "a", Media::Html);
        check("  <html lang=en>", "a", Media::Html);
        check("Hello <b>there</b>", "a.html", Media::Plain);
        check("Hello <p>there</p>", "a.html", Media::Html);
        check("The sign read <p> and <div>.", "a.txt", Media::Plain);
    }

    #[test]
    fn media_types_may_say_more() {
        assert_eq!(Media::of("Text/HTML; charset=utf-8"), Some(Media::Html));
        assert_eq!(Media::of("text/plain"), Some(Media::Plain));
        assert_eq!(Media::of("application/pdf"), None);
        assert_eq!(Media::packed(b"\n%PDF-1.7"), Some(Media::Pdf));
        assert_eq!(
            Media::packed(b"PK\x03\x04..word/document.xml"),
            Some(Media::Docx)
        );
        assert_eq!(Media::packed(b"PK\x03\x04..xl/workbook.xml"), None);
    }

    #[test]
    fn names_of_files_are_no_titles() {
        for title in [
            "Blast in Orrin",
            "Document review: nine killed",
            "Untitled works burn",
        ] {
            assert!(is_title(title), "{title}");
        }
        for title in [
            "untitled",
            "Microsoft Word - release.docx",
            "Document1",
            "report.pdf",
            "",
            "2031",
            "(anonymous)",
        ] {
            assert!(!is_title(title), "{title}");
        }
    }

    #[test]
    fn known_files_are_named() {
        assert_eq!(binary(b"%PDF").unwrap().0, "a damaged PDF file");
        assert_eq!(binary(b"Police said"), None);
    }
}
