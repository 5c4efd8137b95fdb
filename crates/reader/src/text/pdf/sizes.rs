//! How much the streams of a file unpack to, before anything is unpacked whole: a few kilobytes can be made to fill
//! memory.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::{Filter, Pdf, object::Object};

use crate::text::refused::Refused;

/// Why a file that unpacks to too much is refused.
pub(super) const TOO_MUCH: Refused = Refused {
    code: "pdf-too-large",
    message: "the PDF file unpacks to far more than a report holds",
    hint: "give the report's own pages, or its text as a .txt file",
};

/// Most bytes that one stream, and all of a file, may unpack to.
const ONE: u64 = 64_000_000;
const ALL: u64 = 512_000_000;
/// What a byte packed without zlib unpacks to at most, roundly, in the old packing of PDF.
const OLD: u64 = 1_400;
/// Most bytes of streams of objects in a locked file, whose sizes show only once all is unpacked.
const HIDDEN: usize = 1_000_000;

/// Most bytes that the contents of all pages may have.
pub(super) const PAGES: usize = ALL as usize;

/// Looks at the streams of a file as its bytes show them.
///
/// # Errors
/// Where they unpack to too much.
pub(super) fn of_file(bytes: &[u8]) -> Result<(), Refused> {
    let (mut all, mut hidden) = (0, 0);
    let locked = locked(bytes);
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let start = at + found;
        at = start + b"stream".len();
        if bytes[..start].ends_with(b"end") {
            continue;
        }
        let about = &bytes[start.saturating_sub(2_000)..start];
        let about = &about[rfind(about, b"obj").unwrap_or(0)..];
        let mut data = &bytes[at..];
        data = data.strip_prefix(b"\r").unwrap_or(data);
        data = data.strip_prefix(b"\n").unwrap_or(data);
        let length = find(data, b"endstream").unwrap_or(data.len());
        if locked {
            if find(about, b"/ObjStm").is_some() {
                hidden += length;
                if hidden > HIDDEN {
                    return Err(TOO_MUCH);
                }
            }
            continue;
        }
        let size = unpacked(data, length, &kinds_in(about))?;
        // Pictures are never unpacked, and those of whole pages are large.
        if find(about, b"/Image").is_none() {
            all += size;
        }
        if all > ALL {
            return Err(TOO_MUCH);
        }
    }
    Ok(())
}

/// Whether a file says that it is locked, with a password or without.
pub(super) fn locked(bytes: &[u8]) -> bool {
    find(bytes, b"/Encrypt").is_some()
}

/// Looks at the streams of a file that was locked, once they are open.
///
/// # Errors
/// Where they unpack to too much.
pub(super) fn of_streams(pdf: &Pdf) -> Result<(), Refused> {
    if !locked(pdf.data().as_ref()) {
        return Ok(());
    }
    let mut all = 0;
    for object in pdf.objects() {
        let Object::Stream(stream) = object else {
            continue;
        };
        let kinds: Vec<Kind> = stream
            .filters()
            .iter()
            .filter_map(|filter| match filter {
                Filter::FlateDecode => Some(Kind::Zlib),
                Filter::LzwDecode | Filter::RunLengthDecode => Some(Kind::Old),
                Filter::Ascii85Decode => Some(Kind::Letters),
                Filter::AsciiHexDecode => Some(Kind::Hex),
                Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode => Some(Kind::Picture),
                _ => None,
            })
            .collect();
        let data = stream.raw_data();
        all += unpacked(&data, data.len(), &kinds)?;
        if all > ALL {
            return Err(TOO_MUCH);
        }
    }
    Ok(())
}

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Zlib,
    Old,
    Letters,
    Hex,
    Picture,
}

/// How a stream is packed, by the words before it.
fn kinds_in(about: &[u8]) -> Vec<Kind> {
    const NAMES: &[(&[u8], Kind)] = &[
        (b"/FlateDecode", Kind::Zlib),
        (b"/Fl", Kind::Zlib),
        (b"/LZW", Kind::Old),
        (b"/RunLength", Kind::Old),
        (b"/ASCII85Decode", Kind::Letters),
        (b"/A85", Kind::Letters),
        (b"/ASCIIHexDecode", Kind::Hex),
        (b"/AHx", Kind::Hex),
        (b"/DCT", Kind::Picture),
        (b"/JPX", Kind::Picture),
        (b"/JBIG2", Kind::Picture),
    ];
    let mut out = Vec::new();
    for (at, _) in about.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
        let rest = &about[at..];
        let ends = |name: &[u8]| {
            let next = rest.get(name.len());
            name.len() > 3 || !next.is_some_and(u8::is_ascii_alphanumeric)
        };
        let kind = NAMES
            .iter()
            .find(|(name, _)| rest.starts_with(name) && ends(name));
        out.extend(kind.map(|(_, kind)| *kind));
    }
    out
}

/// Bytes that a stream unpacks to, at most.
fn unpacked(data: &[u8], length: usize, kinds: &[Kind]) -> Result<u64, Refused> {
    let packed = kinds
        .iter()
        .filter(|kind| matches!(kind, Kind::Zlib | Kind::Old));
    let letters = kinds.first() == Some(&Kind::Letters);
    let (size, twice) = match packed.count() {
        2.. => return Err(TOO_MUCH),
        _ if letters && kinds.contains(&Kind::Zlib) => inflated(&from_letters(&data[..length])),
        _ if kinds.contains(&Kind::Old) => (length as u64 * OLD, false),
        // How it is packed may stand elsewhere.
        _ if kinds.contains(&Kind::Zlib) || is_zlib(data) => inflated(data),
        _ => (length as u64, false),
    };
    // Nobody packs twice but to hide what comes out.
    match size > ONE || twice {
        true => Err(TOO_MUCH),
        false => Ok(size),
    }
}

/// Whether bytes begin as zlib's do.
fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..])
}

/// Bytes that zlib makes of these, one more than allowed at most, and whether they are zlib's again.
fn inflated(data: &[u8]) -> (u64, bool) {
    let mut unpacked = ZlibDecoder::new(data).take(ONE + 1);
    let (mut size, mut twice, mut buffer) = (0, false, [0; 65_536]);
    // What is damaged ends it: the rest comes to nothing there too.
    while let Ok(read) = unpacked.read(&mut buffer) {
        if read == 0 {
            break;
        }
        twice |= size == 0 && is_zlib(&buffer[..read]);
        size += read as u64;
    }
    (size, twice)
}

/// Bytes written as letters, five for four (ASCII 85).
fn from_letters(letters: &[u8]) -> Vec<u8> {
    let (mut out, mut group, mut count) = (Vec::with_capacity(letters.len()), 0u32, 0);
    for byte in letters {
        match byte {
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(&group.to_be_bytes()[..count - 1]);
    }
    out
}

/// Where `needle` stands first.
fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let finder = aho_corasick::AhoCorasick::new([needle]).ok()?;
    finder.find(bytes).map(|found| found.start())
}

/// Where `needle` stands last.
fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|it| it == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zipped(bytes: &[u8]) -> Vec<u8> {
        use std::io::Write;
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn file(about: &str, data: &[u8]) -> Vec<u8> {
        let mut out = format!("%PDF-1.4\n1 0 obj\n<< {about} >>\nstream\r\n").into_bytes();
        out.extend(data);
        out.extend(b"\nendstream endobj");
        out
    }

    #[test]
    fn what_unpacks_to_more_than_memory_holds_is_refused() {
        let bomb = zipped(&vec![0; ONE as usize + 1]);
        let refused = |about: &str, data: &[u8]| of_file(&file(about, data)).is_err();
        assert!(refused("/Filter /FlateDecode", &bomb));
        assert!(refused(
            "/Filter [/FlateDecode /FlateDecode]",
            &zipped(&bomb)
        ));
        assert!(refused("/Filter /LZWDecode", &vec![0; 50_000]));
        assert!(refused("/Filter 7 0 R", &bomb));
        assert!(refused("/Subtype /Image /Filter /FlateDecode", &bomb));
        assert!(!refused(
            "/Filter /FlateDecode",
            &zipped(b"BT (Nine) Tj ET")
        ));
        assert!(!refused("/Filter [/FlateDecode /DCTDecode]", &zipped(b"x")));
        assert!(!refused("/Filter /FlateDecode", b"damaged"));
    }

    #[test]
    fn letters_become_bytes() {
        assert_eq!(from_letters(b"87cUR\nD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(from_letters(b"z~>"), [0; 4]);
        assert_eq!(from_letters(b"87cUR~"), b"Hell");
        assert_eq!(from_letters(b"87cURDZ~>"), b"Hello");
    }
}
