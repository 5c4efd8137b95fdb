//! What kind of file the bytes are: a page, plain text, or something that is no report.

/// Kinds of file that hold readable text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    /// `text/html`.
    Html,
    /// `text/plain`.
    Plain,
}

impl Media {
    /// The kind that a media type names, where it is one of these.
    pub(crate) fn of(name: &str) -> Option<Self> {
        match name {
            "text/html" | "application/xhtml+xml" => Some(Media::Html),
            "text/plain" => Some(Media::Plain),
            _ => None,
        }
    }

    /// The media type as printed.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Media::Html => "text/html",
            Media::Plain => "text/plain",
        }
    }
}

/// Files that are no text, by their first bytes: what to call it and what to try.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (
        b"%PDF",
        "a PDF file",
        "turn it into text first, for example with `pdftotext FILE`",
    ),
    (
        b"PK\x03\x04",
        "a zip archive or an office document",
        "save it as plain text or HTML",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an old office document",
        "save it as plain text or HTML",
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
    const MAIL: &str = "open it in a mail program and save its text as .txt or .html";
    const ARCHIVE: &str = "open it in a browser and save the page as HTML";
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
    fn known_files_are_named() {
        assert_eq!(binary(b"%PDF-1.7").unwrap().0, "a PDF file");
        assert_eq!(binary(b"Police said"), None);
    }
}
