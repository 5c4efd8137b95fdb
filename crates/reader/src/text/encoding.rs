//! Bytes to characters: which encoding, and whether the bytes are text at all.
//!
//! What comes in: the bytes of a file. What goes out: its characters, the name of the encoding, and how it was found.
//! Nothing is normalised: line breaks, control characters and unusual spaces stay as they are; only a byte order mark
//! is left out.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How the encoding was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A byte order mark, valid UTF-8, or a declaration inside the page.
    Certain,
    /// By the shape of the bytes.
    Guessed,
}

/// Characters and where they come from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The characters.
    pub text: String,
    /// Name of the encoding, as browsers write it: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// How it was found.
    pub found: Found,
    /// Whether some bytes were no characters and are shown as U+FFFD.
    pub damaged: bool,
}

/// Decodes `bytes`; `None` if they are not text.
///
/// `declared` is the encoding a page names in itself; it is believed only when the bytes are not valid UTF-8.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Option<Decoded> {
    // A stray zero byte does not make a text binary; it is no character and is shown as one that is none.
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    if zeros > 0 && zeros * 500 <= bytes.len().max(500) && Encoding::for_bom(bytes).is_none() {
        let bytes: Vec<u8> = bytes
            .iter()
            .flat_map(|byte| match byte {
                0 => "\u{fffd}".as_bytes(),
                byte => std::slice::from_ref(byte),
            })
            .copied()
            .collect();
        return decode(&bytes, declared).map(|decoded| Decoded {
            damaged: true,
            ..decoded
        });
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(run(bytes, encoding, Found::Certain));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // A file of zero bytes is valid UTF-8 and no text; so is UTF-16 of plain English.
        if !bytes.contains(&0) {
            return is_prose(text).then(|| Decoded {
                text: text.to_owned(),
                encoding: UTF_8.name(),
                found: Found::Certain,
                damaged: false,
            });
        }
    }
    if let Some(encoding) = wide(bytes) {
        let decoded = run(bytes, encoding, Found::Guessed);
        return is_prose(&decoded.text).then_some(decoded);
    }
    if bytes.contains(&0) {
        return None;
    }
    if mostly_utf8(bytes) {
        let decoded = run(bytes, UTF_8, Found::Guessed);
        return is_prose(&decoded.text).then_some(decoded);
    }
    // What is not valid UTF-8 is not in it, whatever is said.
    let (encoding, found) = match declared.filter(|it| *it != UTF_8) {
        Some(encoding) => (encoding, Found::Certain),
        None => {
            let mut detector = chardetng::EncodingDetector::new();
            detector.feed(bytes, true);
            (detector.guess(None, true), Found::Guessed)
        }
    };
    let decoded = run(bytes, encoding, found);
    is_prose(&decoded.text).then_some(decoded)
}

fn run(bytes: &[u8], encoding: &'static Encoding, found: Found) -> Decoded {
    let (text, used, damaged) = encoding.decode(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: used.name(),
        found,
        damaged,
    }
}

/// UTF-16 without a byte order mark: in Latin script nearly every second byte is zero, and always the same one of the
/// two.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 4 {
        return None;
    }
    let zeros = |offset: usize| {
        let hits = sample.iter().skip(offset).step_by(2).filter(|b| **b == 0);
        hits.count() * 2
    };
    let (first, second) = (zeros(0), zeros(1));
    let (most, few) = (sample.len() * 7 / 10, sample.len() / 50);
    match () {
        () if second >= most && first <= few => Some(UTF_16LE),
        () if first >= most && second <= few => Some(UTF_16BE),
        () => None,
    }
}

/// Whether the bytes are UTF-8 but for a few damaged places: valid many-byte characters outnumber the faults four to
/// one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// The name of an encoding that is not read, by the mark at the start or the page's own word.
pub(crate) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let marks: [(&[u8], &str); 4] = [
        (b"\xff\xfe\x00\x00", "UTF-32 text"),
        (b"\x00\x00\xfe\xff", "UTF-32 text"),
        (b"+/v8", "UTF-7 text"),
        (b"+/v9", "UTF-7 text"),
    ];
    let marked = marks.iter().find(|(mark, _)| bytes.starts_with(mark));
    if let Some((_, name)) = marked {
        return Some(name);
    }
    // Without a mark UTF-32 of Latin script is one byte in four.
    let sample = &bytes[..bytes.len().min(4096) & !3];
    let zeros = sample.iter().filter(|byte| **byte == 0).count();
    if sample.len() >= 16 && zeros * 10 >= sample.len() * 7 {
        let one_in_four = |at: usize| sample.chunks(4).all(|unit| unit[at] != 0);
        return (one_in_four(0) || one_in_four(3)).then_some("UTF-32 text");
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let seven = ["charset=utf-7", "charset=\"utf-7", "charset='utf-7"];
    (seven.iter().any(|name| head.contains(name)) || is_utf7(bytes)).then_some("UTF-7 text")
}

/// Whether the bytes are UTF-7 without saying so: all ASCII, with at least two runs `+…-` that are letters or signs
/// in base 64. A telephone number between the two marks gives ideographs, which do not count.
fn is_utf7(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(65_536)];
    if !sample.is_ascii() {
        return false;
    }
    let mut runs = 0;
    for part in sample.split(|b| *b == b'+').skip(1) {
        let in_run = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'/');
        let length = part.iter().take_while(in_run).count();
        if !(3..=64).contains(&length) {
            continue;
        }
        match shifted(&part[..length]) {
            Some(true) => runs += 1,
            Some(false) => return false,
            None => {}
        }
    }
    runs >= 2
}

/// Whether base 64 of UTF-16 holds only letters, marks and signs of scripts with an alphabet; `None` when it is not
/// whole.
fn shifted(run: &[u8]) -> Option<bool> {
    let (mut held, mut bits) = (0u32, 0);
    let mut all = true;
    for b in run {
        let six = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            _ => 63,
        };
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 16 {
            bits -= 16;
            let unit = held >> bits;
            held &= (1 << bits) - 1;
            all &= matches!(unit, 0xA0..=0x7FF | 0x2010..=0x206F | 0x20A0..=0x20BF);
        }
    }
    // What is left over of the last unit is less than one digit, and zero.
    (bits < 6 && held == 0).then_some(all)
}

/// Whether decoded characters look like writing: at most one in ten is a control character or a replacement.
fn is_prose(text: &str) -> bool {
    let (mut all, mut odd) = (0usize, 0usize);
    for c in text.chars().take(65_536) {
        all += 1;
        let kept = matches!(c, '\t' | '\n' | '\r' | '\u{c}');
        odd += usize::from((c.is_control() && !kept) || c == char::REPLACEMENT_CHARACTER);
    }
    odd * 10 <= all
}

/// The encoding that a media type names: `text/html; charset=windows-1251`.
pub(crate) fn named(media_type: &str) -> Option<&'static Encoding> {
    let mut parts = media_type.split(';').skip(1);
    let label = parts.find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The encoding that a page declares in its first 2,048 bytes (`<meta charset=…>`, `<?xml encoding=…?>`).
pub(crate) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let rest = &head[head.find(key)? + key.len()..];
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        let label: &str = rest
            .split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))
            .next()?;
        // Words that can be read as ASCII are not in UTF-16, whatever they say; browsers take such a page for UTF-8.
        Encoding::for_label(label.as_bytes()).filter(|named| named.output_encoding() == *named)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let got = decode(bytes, None).expect("text");
        assert_eq!((got.encoding, got.text.as_str()), (encoding, text));
    }

    #[test]
    fn marks_are_left_out() {
        check(b"\xef\xbb\xbfOne caf\xc3\xa9", "UTF-8", "One café");
        check(b"\xff\xfeO\0k\0", "UTF-16LE", "Ok");
        check(b"\xfe\xff\0O\0k", "UTF-16BE", "Ok");
    }

    #[test]
    fn wide_text_without_a_mark_is_seen() {
        let wide: Vec<u8> = "Two were hurt.".bytes().flat_map(|b| [b, 0]).collect();
        check(&wide, "UTF-16LE", "Two were hurt.");
    }

    #[test]
    fn old_encodings_are_guessed() {
        let bytes = b"The caf\xe9 in Vel\xe9 was hit on Monday, officials of the r\xe9gion said.";
        let got = decode(bytes, None).unwrap();
        assert_eq!((got.encoding, got.found), ("windows-1252", Found::Guessed));
        assert!(got.text.contains("région"));
        let (arabic, ..) =
            encoding_rs::WINDOWS_1256.encode("قال متحدث إن القوات انسحبت من المدينة");
        assert_eq!(decode(&arabic, None).unwrap().encoding, "windows-1256");
    }

    #[test]
    fn a_page_that_says_utf_16_in_ascii_is_not_in_it() {
        let page = "<meta charset=\"utf-16\"><p>Caf\u{e9}".as_bytes();
        assert_eq!(declared(page), None);
        assert_eq!(decode(page, declared(page)).unwrap().encoding, "UTF-8");
        let old = b"<meta charset=utf-16le><p>Two men of the caf\xe9 were hurt.";
        assert!(
            decode(old, declared(old))
                .unwrap()
                .text
                .contains("were hurt")
        );
        assert_eq!(
            declared(b"<meta charset=windows-1251>").map(Encoding::name),
            Some("windows-1251")
        );
    }

    #[test]
    fn encodings_that_are_not_read_are_named() {
        let wide: Vec<u8> = "Two were hurt in Vell."
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        assert_eq!(foreign(&wide), Some("UTF-32 text"));
        assert_eq!(foreign(b"\xff\xfe\0\0T\0\0\0"), Some("UTF-32 text"));
        assert_eq!(foreign(b"+/v8-Two were hurt."), Some("UTF-7 text"));
        assert_eq!(foreign(b"<meta charset=\"utf-7\"><p>x"), Some("UTF-7 text"));
        assert_eq!(foreign(b"Two were hurt."), None);
        assert_eq!(
            foreign(b"Nine people +IBw-were+IB0 killed in Vell +IBM yes +APw."),
            Some("UTF-7 text")
        );
        assert_eq!(
            foreign(b"Call +44 20 or +IBw-, +4479460958-1 or 2+2=4."),
            None
        );
        assert_eq!(foreign(b"a+b C++ and +IBw-"), None);
        let sixteen: Vec<u8> = "Two were hurt in Vell."
            .bytes()
            .flat_map(|b| [b, 0])
            .collect();
        assert_eq!(foreign(&sixteen), None);
    }

    #[test]
    fn stray_zero_bytes_are_shown_as_no_character() {
        for at in [0, 9, 20] {
            let mut bytes = b"Two men were hurt in Vell.".to_vec();
            bytes.insert(at, 0);
            let got = decode(&bytes, None).unwrap();
            assert_eq!((got.encoding, got.damaged), ("UTF-8", true));
            assert_eq!(
                got.text.replace('\u{fffd}', ""),
                "Two men were hurt in Vell."
            );
        }
    }

    #[test]
    fn a_page_that_says_utf_8_may_be_wrong() {
        let bytes =
            b"The pr\xe9fet of Vel\xe9 said that two men were hurt, officials of the r\xe9gion said.";
        let got = decode(bytes, Some(UTF_8)).unwrap();
        assert_eq!((got.encoding, got.found), ("windows-1252", Found::Guessed));
        assert!(got.text.contains("préfet"));
    }

    #[test]
    fn a_broken_byte_does_not_change_the_encoding() {
        let mut bytes = "Ünal, Şahin, Öz, Çelik, Gül – said".as_bytes().to_vec();
        bytes.push(0xff);
        let got = decode(&bytes, None).unwrap();
        assert_eq!((got.encoding, got.damaged), ("UTF-8", true));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(decode(&[0u8; 400], None), None);
        assert_eq!(decode(&[0x89, b'P', b'N', b'G', 0, 1, 2, 0, 3], None), None);
        let noise: Vec<u8> = (0..4000u32).map(|i| (i * 97 % 31 + 1) as u8).collect();
        assert_eq!(decode(&noise, None), None);
    }

    #[test]
    fn line_breaks_and_controls_stay() {
        check(
            b"one\r\ntwo\x07 three four five\r\n",
            "UTF-8",
            "one\r\ntwo\u{7} three four five\r\n",
        );
    }

    #[test]
    fn media_types_name_an_encoding() {
        let of = |media: &str| named(media).map(Encoding::name);
        assert_eq!(
            of("text/html; Charset=\"Windows-1251\""),
            Some("windows-1251")
        );
        assert_eq!(of("text/html; charset=nonsense"), None);
        assert_eq!(of("text/html"), None);
    }

    #[test]
    fn pages_declare_their_encoding() {
        let of = |html: &str| declared(html.as_bytes()).map(Encoding::name);
        assert_eq!(of("<meta charset=\"koi8-r\">"), Some("KOI8-R"));
        assert_eq!(
            of("<META content='text/html; charset=iso-8859-1'>"),
            Some("windows-1252")
        );
        assert_eq!(of("<p>none</p>"), None);
    }
}
