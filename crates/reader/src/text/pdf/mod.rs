//! PDF files to text: what is written on their pages, in paragraphs, and what the file says of itself.
//!
//! What comes in: the bytes of a file. What goes out: text, blocks and metadata, or why there is none: pages that are
//! pictures, a password, damage. `glyphs` reads the signs of a page with their places, `lines` puts them into lines,
//! `paragraphs` lines into blocks, `sizes` sees to it that nothing unpacks to more than memory holds: `streams` finds
//! what is packed, `packing` measures it. The file is taken apart by the crate `hayro`; it was made by anybody, so that
//! whatever goes wrong in there costs the report and nothing else.

mod glyphs;
mod lines;
mod packing;
mod paragraphs;
mod sizes;
mod streams;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt,
    hayro_syntax::{
        DecryptionError, LoadPdfError, Pdf, metadata::Metadata as Said, object::DateTime,
    },
    interpret_page,
    kurbo::Rect,
};

use self::{
    glyphs::{Glyphs, TooMuch},
    sizes::TOO_MUCH,
};
use super::{html::Page, metadata::Metadata, refused::Refused};

/// Pages that are read; a report has some, a book some hundred.
const MAX_PAGES: usize = 1_000;
/// Letters on a page below which it holds no text of its own: a stamp, a page number.
const FEW: usize = 20;

const DAMAGED: Refused = Refused {
    code: "pdf-damaged",
    message: "the PDF file is damaged and cannot be read",
    hint: "open it in a PDF reader and save it anew, or give its text as a .txt file",
};
const LOCKED: Refused = Refused {
    code: "pdf-locked",
    message: "the PDF file is locked with a password",
    hint: "open it with its password and save it without one, for example with `qpdf --decrypt --password=… IN OUT`",
};
const SCANNED: Refused = Refused {
    code: "pdf-scanned",
    message: "the PDF file holds pictures of pages and no text",
    hint: "run text recognition over it first, for example with `ocrmypdf IN OUT`",
};
/// Reads a PDF file.
///
/// # Errors
/// Why there is no text in it.
pub(super) fn read(bytes: &[u8]) -> Result<Page, Refused> {
    // What was half done is let go.
    let read = || read_within(bytes, glyphs::MOST, glyphs::STEPS);
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read,
        Err(cause) if cause.is::<TooMuch>() => Err(TOO_MUCH),
        Err(_) => Err(DAMAGED),
    }
}

/// Reads a file of which so many signs and steps of drawing are taken; what goes beyond unwinds with [`TooMuch`].
fn read_within(bytes: &[u8], signs: usize, steps: usize) -> Result<Page, Refused> {
    let again = sizes::of_file(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => LOCKED,
        LoadPdfError::Decryption(_) => Refused {
            message: "the PDF file is locked in a way that is not known here",
            ..LOCKED
        },
        // Why a damaged file cannot be unlocked is not told.
        LoadPdfError::Invalid if sizes::locked(bytes) => Refused {
            message: "the PDF file is damaged, or locked with a password",
            ..LOCKED
        },
        LoadPdfError::Invalid => DAMAGED,
    })?;
    if again {
        sizes::of_streams(&pdf)?;
    }
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let mut letters = 0;
    let (mut bare, mut glyphs_left, mut steps_left) = (0, signs, steps);
    let all = pdf.pages().len();
    let mut contents = 0;
    for page in pdf.pages().iter().take(MAX_PAGES) {
        sizes::of_contents(page.raw(), sizes::PAGES - contents)?;
        contents += page.page_stream().map_or(0, <[u8]>::len);
        if contents > sizes::PAGES {
            return Err(TOO_MUCH);
        }
        let (width, height) = page.render_dimensions();
        let mut context = Context::new(
            page.initial_transform(true).to_kurbo(),
            Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        let mut device = Glyphs::new(glyphs_left, steps_left);
        interpret_page(page, &mut context, &mut device);
        (glyphs_left, steps_left) = device.left();
        let found = lines::of_page(&device.all, f64::from(height));
        let here: usize = found.iter().map(|line| letters_of(&line.text)).sum();
        bare += usize::from(here < FEW && device.pictures);
        letters += here;
        pages.push(found);
    }
    if pages.is_empty() {
        return Err(DAMAGED);
    }
    if letters == 0 || letters < FEW && bare > 0 {
        return Err(match bare {
            0 => Refused {
                code: "no-text",
                message: "the PDF file holds no text",
                hint: SCANNED.hint,
            },
            _ => SCANNED,
        });
    }
    let (text, blocks) = paragraphs::of_pages(&pages);
    let mut page = Page {
        text,
        blocks,
        ..Page::default()
    };
    (page.meta, page.made) = said(pdf.metadata());
    if bare > 0 {
        let message =
            format!("{bare} of its {all} pages are pictures; what is written there is not read");
        page.odd.push(("pdf-scanned", message, SCANNED.hint));
    }
    if all > MAX_PAGES {
        let message = format!("only the first {MAX_PAGES} of its {all} pages are read");
        page.odd.push(("pdf-too-large", message, TOO_MUCH.hint));
    }
    Ok(page)
}

fn letters_of(words: &str) -> usize {
    words.chars().filter(|c| c.is_alphanumeric()).count()
}

/// What a file says of itself: its title, and who made it and when, which is not always who wrote the report and when
/// it was published.
fn said(said: &Said) -> (Metadata, Metadata) {
    let words =
        |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(words_of).filter(|it| !it.is_empty());
    let title = words(&said.title).filter(|title| super::sniff::is_title(title));
    let meta = Metadata {
        title,
        ..Metadata::default()
    };
    let made = Metadata {
        // One word is the name of an account.
        byline: words(&said.author).filter(|name| name.trim().contains(' ')),
        published: said.creation_date.as_ref().map(date),
        ..Metadata::default()
    };
    (meta, made)
}

/// A text of the file's own description: UTF-16 or UTF-8 with its mark, else an encoding near Latin-1.
fn words_of(bytes: &[u8]) -> String {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let (words, ..) = encoding.unwrap_or(encoding_rs::WINDOWS_1252).decode(bytes);
    let plain: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn date(date: &DateTime) -> String {
    let sign = if date.utc_offset_hour < 0 { '-' } else { '+' };
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        date.year,
        date.month,
        date.day,
        date.hour,
        date.minute,
        date.second,
        date.utc_offset_hour.unsigned_abs(),
        date.utc_offset_minute
    )
}

#[cfg(test)]
mod tests;
