//! How much the streams of a file unpack to, before anything is unpacked whole: a few kilobytes can be made to fill
//! memory. What cannot be measured beforehand counts at the most that such a packing can give.

use hayro_interpret::hayro_syntax::{
    Pdf,
    object::{Array, Dict, Object, Stream, dict::keys::CONTENTS},
};

use super::{
    packing::{self, Kind, Size},
    streams,
};
use crate::text::refused::Refused;

/// Why a file that unpacks to too much is refused.
pub(super) const TOO_MUCH: Refused = Refused {
    code: "pdf-too-large",
    message: "the PDF file unpacks to far more than a report holds",
    hint: "give the report's own pages, or its text as a .txt file",
};

/// Why a file is refused of which nobody can tell how much it unpacks to.
const UNSURE: Refused = Refused {
    code: "pdf-too-large",
    message: "the PDF file is packed so oddly, or so damaged, that it may unpack to far more than a report holds",
    hint: "open it in a PDF reader and save it anew, or give its text as a .txt file",
};

/// Most bytes that one stream, and all of a file, may unpack to.
const ONE: u64 = 64_000_000;
const ALL: u64 = 512_000_000;

/// Most bytes that the contents of all pages may have.
pub(super) const PAGES: usize = ALL as usize;

/// Looks at the streams of a file as its bytes show them; whether they must be looked at again once it is open.
///
/// # Errors
/// Where they unpack to too much, or may.
pub(super) fn of_file(bytes: &[u8]) -> Result<bool, Refused> {
    let (mut all, mut again) = (0, locked(bytes));
    let locked = again;
    for stream in streams::of(bytes).ok_or(UNSURE)? {
        let opened = stream.objects || stream.places;
        let data = &bytes[stream.at..];
        let size = match &stream.kinds {
            None if !opened => {
                again = true;
                continue;
            }
            None => Size::AtMost(packing::most(stream.length, None)),
            // Objects of a locked file show only once all is unlocked and unpacked; where they stand is never locked.
            Some(kinds) if locked && stream.objects => {
                all += packing::most(stream.length, Some(kinds));
                Size::Exactly(0)
            }
            Some(kinds) => match packing::size(data, stream.length, kinds, ONE) {
                Size::AtMost(_) if locked && !stream.places => continue,
                size => size,
            },
        };
        let size = fits(size)?;
        // Pictures are never unpacked, and those of whole pages are large.
        if opened || !stream.picture {
            all += size;
        }
        if all > ALL {
            return Err(if locked { UNSURE } else { TOO_MUCH });
        }
    }
    Ok(again)
}

fn fits(size: Size) -> Result<u64, Refused> {
    match size {
        Size::Exactly(size) if size > ONE => Err(TOO_MUCH),
        Size::AtMost(size) if size > ONE => Err(UNSURE),
        Size::Exactly(size) | Size::AtMost(size) => Ok(size),
    }
}

/// Whether a file says that it is locked, with a password or without, or seems to.
pub(super) fn locked(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"Encrypt";
    // Each letter may be written as three.
    let escaped = |at: usize| {
        let from = at.saturating_sub(3 * KEY.len());
        let start = memchr::memrchr(b'/', &bytes[from..at]).map(|slash| from + slash + 1);
        start.is_some_and(|start| {
            let raw = &bytes[start..bytes.len().min(start + 3 * KEY.len())];
            streams::name(raw).starts_with(KEY)
        })
    };
    memchr::memmem::find(bytes, b"/Encrypt").is_some()
        || memchr::memchr_iter(b'#', bytes).any(escaped)
}

/// Looks at the streams of a file that is open: how each is packed is known now, and what was locked is not any more.
///
/// # Errors
/// Where they unpack to too much, or may.
pub(super) fn of_streams(pdf: &Pdf) -> Result<(), Refused> {
    let mut looked_at = None;
    // A file that is found to be damaged is searched for its objects, and may have others then.
    while looked_at != Some(pdf.len()) {
        looked_at = Some(pdf.len());
        let mut all = 0;
        for object in pdf.objects() {
            let Object::Stream(stream) = object else {
                continue;
            };
            all += of_stream(&stream)?;
            if all > ALL {
                return Err(TOO_MUCH);
            }
        }
    }
    Ok(())
}

fn of_stream(stream: &Stream<'_>) -> Result<u64, Refused> {
    let filters = stream.filters();
    let kinds: Vec<Kind> = filters.iter().map(|filter| Kind::of(*filter)).collect();
    let data = stream.raw_data();
    fits(packing::size(&data, data.len(), &kinds, ONE))
}

/// Looks at the contents of a page, which may name one stream any number of times; how many bytes all of a file may
/// still have is `left`.
///
/// # Errors
/// Where they come to too much.
pub(super) fn of_contents(page: &Dict<'_>, left: usize) -> Result<(), Refused> {
    let Some(streams) = page.get::<Array<'_>>(CONTENTS) else {
        return Ok(());
    };
    let mut all = 0;
    for object in streams.iter::<Object<'_>>() {
        if let Object::Stream(stream) = object {
            all += of_stream(&stream)?.max(stream.raw_data().len() as u64) + 1;
        }
        if all > left as u64 {
            return Err(TOO_MUCH);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zipped(bytes: &[u8]) -> Vec<u8> {
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

    fn judged(about: &str, data: &[u8]) -> Result<bool, Refused> {
        of_file(&file(about, data))
    }

    #[test]
    fn what_unpacks_to_more_than_memory_holds_is_refused() {
        let bomb = zipped(&vec![0; ONE as usize + 1]);
        let bare = &bomb[2..bomb.len() - 4];
        let hex: String = bomb.iter().map(|byte| format!("{byte:02x}")).collect();
        for (about, data) in [
            ("/Filter /FlateDecode", &bomb[..]),
            ("/Filter /FlateDecode", bare),
            ("/Filter /Fl#61teDecode", bare),
            ("/F#69lter /F#6c", &bomb),
            ("/Filter [/FlateDecode /FlateDecode]", &zipped(&bomb)),
            ("/Filter [/Fl /Fl /Fl]", &zipped(&zipped(&bomb))),
            ("/Filter [/ASCIIHexDecode /FlateDecode]", hex.as_bytes()),
            ("/Filter [/AHx /Fl]", hex.as_bytes()),
            ("/Encrypt 1 0 R /Filter /FlateDecode", &bomb),
            (
                "/Encrypt 1 0 R /N 1 /First 9 /Filter /Fl",
                &vec![1; 600_000],
            ),
            ("/W [1 2 1] /Filter 7 0 R", &vec![1; 60_000]),
            ("/N 1 /First 2 /Filter [/LZW /Fl]", &vec![1; 60_000]),
            ("/Filter [/LZW /RL /Fl]", &vec![1; 60_000]),
            ("/Subtype /Image /Filter /FlateDecode", &bomb),
            (
                "/Filter /Fl",
                &[b"damaged".repeat(30_000), bomb.clone()].concat(),
            ),
        ] {
            let refused = judged(about, data).unwrap_err();
            assert_eq!(refused.code, "pdf-too-large", "{about}");
        }
        // A dictionary that is longer than most, and one that says otherwise in a comment.
        let long = format!("/X ({}) /Filter /Fl", "obj ".repeat(5_000));
        assert_eq!(judged(&long, &bomb), Err(TOO_MUCH));
        assert_eq!(judged("/Filter /Fl % /DCT\n", &bomb), Err(TOO_MUCH));
        let many = file("/Filter /Fl", &zipped(&vec![0; 60_000_000])).repeat(9);
        assert_eq!(of_file(&many), Err(TOO_MUCH));
    }

    #[test]
    fn what_reports_are_packed_in_passes() {
        for (about, data, again) in [
            (
                "/Filter /FlateDecode",
                &zipped(b"BT (Nine) Tj ET")[..],
                false,
            ),
            ("/Filter [/FlateDecode /DCTDecode]", &zipped(b"x"), false),
            ("/Filter [/A85 /Fl]", b"87cURDZ~>", false),
            ("/Filter /FlateDecode", b"damaged", false),
            ("/Filter /LZWDecode", &[0; 50_000], false),
            ("/Filter /DCTDecode", &[7; 5_000_000], false),
            ("", &[7; 5_000_000], false),
            // How it is packed is known once the file is open, or unlocked.
            ("/Filter 7 0 R", &[7; 500_000], true),
            ("/#45ncrypt 1 0 R /Filter /FlateDecode", &[7; 500_000], true),
        ] {
            assert_eq!(judged(about, data), Ok(again), "{about}");
        }
    }
}
