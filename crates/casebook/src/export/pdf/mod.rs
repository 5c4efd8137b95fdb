//! Dossiers as one PDF file: pages to print and to hand over, with the letters that they need in the file.
//!
//! Nothing of the file lies outside, and it runs nothing. Words of a report are shown and nothing else; only addresses
//! of the web lead anywhere. The same incidents give the same bytes: no clock is asked, so the file has no day, without
//! which it cannot be called PDF/A; a made-up one would mislead whoever takes it for evidence. Characters for which
//! there are no letters stand as white squares, and the document says how many.
//!
//! Rooms: `letters` words as glyphs, `lines` paragraphs in lines, `page` blocks on pages.

mod letters;
mod lines;
mod page;

use std::io::{self, Write};

use krilla::{
    Document,
    action::{Action, LinkAction},
    annotation::{LinkAnnotation, Target},
    color::rgb,
    destination::{Destination, XyzDestination},
    error::KrillaError,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::{Page, PageSettings},
    paint::Fill,
};
use model::Dossier;

use super::{
    document::{self, Block, Run, content, foot},
    format::{Format, Sink},
};
use letters::Fonts;
use page::{Item, MARGIN, Mark, PAGE, Pages};

/// The format.
pub(super) const PDF: Format = Format {
    name: "pdf",
    ending: "pdf",
    texts: false,
    about: "the same document as `docx` as PDF: Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and \
            Arabic letters are in the file; characters of other scripts stand as □, and the document says so",
    columns: || Vec::new(),
    open: |_, out| Ok(open(out)),
};

struct Pdf<'a> {
    out: &'a mut dyn Write,
    incidents: usize,
    version: String,
    blocks: Vec<Block>,
}

fn open<'a>(out: &'a mut dyn Write) -> Box<dyn Sink + 'a> {
    Box::new(Pdf {
        out,
        incidents: 0,
        version: String::new(),
        blocks: Vec::new(),
    })
}

impl Sink for Pdf<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        document::count(&mut self.incidents)?;
        self.version.clone_from(&dossier.version);
        self.blocks.extend(content(dossier));
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let fonts = Fonts::new()?;
        let bytes = made(&fonts, &self.blocks, &self.version)?;
        self.out.write_all(&bytes)
    }
}

fn made(fonts: &Fonts, blocks: &[Block], version: &str) -> io::Result<Vec<u8>> {
    let mut body = Pages::new(fonts);
    let parts = blocks.chunk_by(|_, next| !matches!(next, Block::Heading(1, _)));
    for part in parts {
        incident(fonts, &mut body, part);
    }
    let incidents = body.marks.iter().filter(|it| it.level == 1).count();
    let mut front = Pages::new(fonts);
    match incidents {
        0 => front.put(&Block::Text(vec![Run::plain("No incident was chosen.")])),
        1 => {}
        _ => {
            // How many pages the list needs does not hang on the numbers in it.
            let mut draft = Pages::new(fonts);
            draft.contents(&body.marks, 0);
            front.contents(&body.marks, draft.pages.len());
        }
    }
    let before = front.pages.len();
    let all = front.pages.iter().chain(&body.pages);
    let many = before + body.pages.len();
    let mut document = Document::new();
    let title = match blocks {
        [Block::Heading(_, words), ..] if incidents == 1 => words.clone(),
        _ => format!("Dossiers of {incidents} incidents"),
    };
    let metadata = Metadata::new()
        .title(title)
        .description(foot().to_owned())
        .language("en".to_owned())
        .creator(format!("Crossbearing {version}"));
    document.set_metadata(metadata);
    for (at, items) in all.enumerate() {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1);
        let mut page = document.start_page_with(settings.unwrap_or_default());
        let line = body.foot(&format!("{} · Page {} of {many}", foot(), at + 1));
        draw(fonts, &mut page, items.iter().chain(&line));
        page.finish();
    }
    document.set_outline(outline(&body.marks, before));
    document.finish().map_err(told)
}

/// Lays out one incident; where characters cannot be shown, that stands under its title.
fn incident(fonts: &Fonts, pages: &mut Pages, blocks: &[Block]) {
    let lacking: usize = blocks.iter().map(|it| lacking(fonts, it)).sum();
    for (at, block) in blocks.iter().enumerate() {
        pages.put(block);
        if at == 0 && lacking > 0 {
            let words = format!(
                "{lacking} characters on these pages have no letters in this file and stand as □. The Word document \
                 (format docx) of this incident has them all."
            );
            pages.put(&Block::Remark(vec![Run::strong(&words)]));
        }
    }
}

fn lacking(fonts: &Fonts, block: &Block) -> usize {
    let runs = |all: &[Run]| -> usize { all.iter().map(|it| fonts.shown(&it.words).1).sum() };
    match block {
        Block::Heading(_, words) => fonts.shown(words).1,
        Block::Text(all) | Block::Remark(all) | Block::Item(_, all) => runs(all),
        Block::Quote(said, under) => runs(said) + runs(under),
        Block::Table(table) => table.rows.iter().flatten().map(|it| runs(it)).sum(),
    }
}

fn grey(of: u8) -> Fill {
    Fill {
        paint: rgb::Color::new(of, of, of).into(),
        opacity: NormalizedF32::ONE,
        rule: Default::default(),
    }
}

fn draw<'a>(fonts: &Fonts, page: &mut Page, items: impl Iterator<Item = &'a Item>) {
    let mut links = Vec::new();
    let mut surface = page.surface();
    for item in items {
        match item {
            Item::Area {
                x,
                y,
                width,
                height,
                grey: of,
            } => {
                let mut path = PathBuilder::new();
                if let Some(area) = Rect::from_xywh(*x, *y, *width, *height) {
                    path.push_rect(area);
                }
                surface.set_fill(Some(grey(*of)));
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
            Item::Words {
                x,
                y,
                size,
                grey: pale,
                piece,
            } => {
                let fill = match (&piece.link, pale) {
                    (Some(_), _) => Fill {
                        paint: rgb::Color::new(11, 79, 138).into(),
                        ..grey(0)
                    },
                    (None, true) => grey(80),
                    (None, false) => grey(0),
                };
                surface.set_fill(Some(fill));
                let font = fonts.of(piece.strong).font.clone();
                let at = Point::from_xy(*x, *y);
                surface.draw_glyphs(at, &piece.glyphs, font, &piece.words, *size, false);
                if let Some(address) = &piece.link
                    && let Some(area) = Rect::from_xywh(*x, y - size, piece.width, size * 1.3)
                {
                    let action = Action::Link(LinkAction::new(address.clone()));
                    links.push(LinkAnnotation::new(area, Target::Action(action)));
                }
            }
            Item::Jump { y, height, to } => {
                let place = XyzDestination::new(*to, Point::from_xy(0.0, 0.0));
                let target = Target::Destination(Destination::Xyz(place));
                if let Some(area) = Rect::from_xywh(MARGIN, *y, PAGE.0 - 2.0 * MARGIN, *height) {
                    links.push(LinkAnnotation::new(area, target));
                }
            }
        }
    }
    surface.finish();
    for link in links {
        page.add_annotation(link.into());
    }
}

/// Incidents and their parts, for the list that readers show beside the pages.
fn outline(marks: &[Mark], before: usize) -> Outline {
    let mut out = Outline::new();
    for all in marks.chunk_by(|_, next| next.level != 1) {
        let node = |mark: &Mark| {
            let place = Point::from_xy(0.0, (mark.y - 4.0).max(0.0));
            OutlineNode::new(
                mark.words.clone(),
                XyzDestination::new(mark.page + before, place),
            )
        };
        let Some((first, rest)) = all.split_first() else {
            continue;
        };
        let mut top = node(first);
        for mark in rest {
            top.push_child(node(mark));
        }
        out.push_child(top);
    }
    out
}

/// Why there is no file; no word of a report is told.
fn told(error: KrillaError) -> io::Error {
    let why = match error {
        KrillaError::Font(..) => "the letters cannot be put into it".to_owned(),
        KrillaError::Limit(_) => "it is larger than a PDF file may be".to_owned(),
        _ => "the writer of PDF files gave up".to_owned(),
    };
    io::Error::other(why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    #[test]
    fn what_has_no_letters_is_counted_under_the_title() {
        let fonts = Fonts::new().unwrap();
        let mut market = fixture::market().0;
        let said = |dossier: &Dossier| -> Vec<String> {
            let mut pages = Pages::new(&fonts);
            incident(&fonts, &mut pages, &content(dossier));
            let words = |item: &Item| match item {
                Item::Words { piece, .. } => piece.words.clone(),
                _ => String::new(),
            };
            pages
                .pages
                .iter()
                .map(|page| page.iter().map(words).collect())
                .collect()
        };
        let count = |dossier: &Dossier| -> usize {
            content(dossier).iter().map(|it| lacking(&fonts, it)).sum()
        };
        assert!(
            !said(&fixture::empty().0)
                .concat()
                .contains("have no letters")
        );
        // A report has an emoji.
        let before = count(&market);
        market.incident.title = "Attack in 東京".to_owned();
        assert_eq!((before > 0, count(&market)), (true, before + 2));
        let pages = said(&market);
        let wanted = format!(
            "Attack in □□{} characters on these pages have no letters",
            before + 2
        );
        assert!(pages[0].starts_with(&wanted), "{}", pages[0]);
    }

    #[test]
    fn a_file_without_incidents_says_so() {
        let fonts = Fonts::new().unwrap();
        let bytes = made(&fonts, &[], "0").unwrap();
        assert!(bytes.starts_with(b"%PDF-1.") && bytes.len() > 1_000);
    }

    #[test]
    fn nothing_stands_below_the_foot_of_its_page() {
        let fonts = Fonts::new().unwrap();
        let mut pages = Pages::new(&fonts);
        let dossiers = [fixture::market().0, fixture::empty().0];
        for dossier in &dossiers {
            incident(&fonts, &mut pages, &content(dossier));
        }
        // A cell that is longer than a page, and a paragraph.
        let long = Run::plain(&"at least twelve people ".repeat(900));
        let row = vec![vec![long.clone()], vec![Run::plain("short")]];
        let columns = &[("Long", 20), ("Short", 80)];
        pages.put(&Block::Table(document::Table {
            columns,
            rows: vec![row],
        }));
        pages.put(&Block::Quote(vec![long.clone()], vec![long.clone()]));
        pages.put(&Block::Remark(vec![long]));
        assert!(pages.pages.len() > 12, "{}", pages.pages.len());
        for item in pages.pages.iter().flatten() {
            let (left, right, low) = match item {
                Item::Words { x, y, piece, .. } => (*x, x + piece.width, *y),
                Item::Area {
                    x,
                    y,
                    width,
                    height,
                    ..
                } => (*x, x + width, y + height),
                Item::Jump { y, height, .. } => (MARGIN, MARGIN, y + height),
            };
            assert!(low < PAGE.1 - MARGIN, "{low}");
            assert!(
                left >= MARGIN - 0.1 && right <= PAGE.0 - MARGIN + 0.1,
                "{left} {right}"
            );
        }
    }
}
