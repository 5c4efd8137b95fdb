//! Bytes of a feed to characters, whatever encoding it says it has.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes in which an XML declaration stands, if there is one.
const HEAD: usize = 256;

/// The characters of a feed, without the XML declaration, which would name an encoding that they no longer have.
///
/// Feeds say wrong things of themselves, and servers of feeds. So bytes that are valid UTF-8 are UTF-8, whatever is
/// said; other bytes are what the feed says, else what the server says, else what they look like. What is no character
/// is shown as one that is none.
pub(super) fn characters(bytes: &[u8], content_type: Option<&str>) -> String {
    let text = decoded(bytes, content_type);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text
        .strip_prefix("<?xml")
        .and_then(|it| it.split_once("?>"))
    {
        Some((declaration, rest)) if declaration.len() < HEAD => rest.to_owned(),
        _ => text.to_owned(),
    }
}

fn decoded(bytes: &[u8], content_type: Option<&str>) -> String {
    let by =
        |encoding: &'static Encoding| encoding.decode_without_bom_handling(bytes).0.into_owned();
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling(&bytes[length..])
            .0
            .into_owned();
    }
    match bytes {
        [0, b'<', ..] => return by(UTF_16BE),
        [b'<', 0, ..] => return by(UTF_16LE),
        _ => {}
    }
    let declared = declared(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Of the encodings in use this alone writes other letters with the bytes of ASCII.
        let japanese = declared == Some(ISO_2022_JP) && bytes.contains(&0x1b);
        return if japanese {
            by(ISO_2022_JP)
        } else {
            text.to_owned()
        };
    }
    let named = declared.or_else(|| content_type.and_then(charset));
    match named {
        Some(encoding) if encoding != UTF_8 => by(encoding),
        _ => guessed(bytes),
    }
}

/// Bytes that are not UTF-8 though nothing else is said of them: UTF-8 with a few bytes damaged, or an older encoding.
fn guessed(bytes: &[u8]) -> String {
    let lossy = String::from_utf8_lossy(bytes);
    let (mut wrong, mut right) = (0usize, 0usize);
    for c in lossy.chars().filter(|c| !c.is_ascii()) {
        if c == '\u{fffd}' {
            wrong += 1;
        } else {
            right += 1;
        }
    }
    if wrong * 10 < right {
        return lossy.into_owned();
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(bytes, true);
    let encoding = detector.guess(None, false);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let declaration = head
        .trim_start()
        .strip_prefix("<?xml")?
        .split("?>")
        .next()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    Encoding::for_label(label.as_bytes())
}

/// The encoding that a media type names.
fn charset(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let (_, value) = lower.split_once("charset=")?;
    let label = value.trim_start_matches(['"', '\'']);
    let label = label.split(['"', '\'', ';', ' ']).next()?;
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], content_type: Option<&str>, wanted: &str) {
        assert_eq!(characters(bytes, content_type), wanted);
    }

    #[test]
    fn bytes_are_believed_before_what_is_said_of_them() {
        // UTF-8 that says it is Latin-1, and Latin-1 that says it is UTF-8.
        let utf8 = "<?xml version='1.0' encoding='ISO-8859-1'?><a>Générale</a>";
        check(
            utf8.as_bytes(),
            Some("text/xml; charset=iso-8859-1"),
            "<a>Générale</a>",
        );
        let mut latin =
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>Trois bless\xe9s \xe0 Orrin</a>"
                .to_vec();
        check(&latin, None, "<a>Trois blessés à Orrin</a>");
        latin.splice(.., *b"<a>Trois bless\xe9s</a>");
        check(
            &latin,
            Some("text/xml; charset=\"windows-1252\""),
            "<a>Trois blessés</a>",
        );
    }

    #[test]
    fn a_declared_encoding_is_used() {
        let mut bytes = b"<?xml version=\"1.0\" encoding=\"windows-1256\"?><a>".to_vec();
        bytes.extend([0xde, 0xca, 0xe1, 0xec]);
        bytes.extend(b"</a>");
        check(&bytes, Some("text/xml; charset=utf-8"), "<a>قتلى</a>");
    }

    #[test]
    fn marks_and_wide_characters() {
        check("\u{feff}<a>é</a>".as_bytes(), None, "<a>é</a>");
        let wide: Vec<u8> = "<a>é</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        check(&wide, None, "<a>é</a>");
        let wide: Vec<u8> = "\u{feff}<a>é</a>"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        check(&wide, None, "<a>é</a>");
        check(b"", None, "");
    }

    #[test]
    fn a_damaged_byte_costs_a_character() {
        let mut bytes = "<a>ééééé ééééé ééééé</a>".as_bytes().to_vec();
        bytes[4] = b'?';
        let text = characters(&bytes, None);
        assert!(text.contains("éééé ééééé ééééé"), "{text}");
    }
}
