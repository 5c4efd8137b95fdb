//! Words as glyphs: which letters there are, how wide words are, and where they stand in a line.
//!
//! Letters are DejaVu Sans Condensed: Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic and a few more. What
//! it lacks stands as a white square, and the document says so.

use std::{cell::RefCell, collections::HashMap, io, ops::Range, rc::Rc};

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, Script, ShapePlan, UnicodeBuffer, ttf_parser};

/// What stands for a character without letters.
const LACKING: char = '□';

/// One weight.
pub(super) struct Letters {
    /// As it is put into the file.
    pub font: Font,
    face: Face<'static>,
    em: f32,
    /// How words of a script that run one way are shaped: made once, for it takes longer than shaping them.
    plans: RefCell<HashMap<(bool, Script), Rc<ShapePlan>>>,
}

impl Letters {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let face = Face::from_slice(bytes, 0)?;
        Some(Self {
            font: Font::new(bytes.into(), 0)?,
            em: face.units_per_em() as f32,
            face,
            plans: RefCell::default(),
        })
    }

    /// The glyphs of words that run in one direction, in the order in which they are seen, and their width at size 1.
    pub fn shape(&self, words: &str, backwards: bool) -> (Vec<KrillaGlyph>, f32) {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(words);
        buffer.guess_segment_properties();
        let way = match backwards {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        };
        buffer.set_direction(way);
        let script = buffer.script();
        let plan = Rc::clone(
            self.plans
                .borrow_mut()
                .entry((backwards, script))
                .or_insert_with(|| {
                    Rc::new(ShapePlan::new(&self.face, way, Some(script), None, &[]))
                }),
        );
        let shaped = rustybuzz::shape_with_plan(&self.face, &plan, buffer);
        let starts: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .map(|it| it.cluster as usize)
            .collect();
        // Each glyph stands for the words up to where the next begins, whichever way they run.
        let mut sorted = starts.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let end = |start: usize| {
            let next = sorted.partition_point(|it| *it <= start);
            sorted.get(next).copied().unwrap_or(words.len())
        };
        let mut width = 0.0;
        let glyphs = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .zip(&starts);
        let glyphs = glyphs.map(|((info, at), start)| {
            let part: Range<usize> = *start..end(*start);
            let scaled = |n: i32| n as f32 / self.em;
            width += scaled(at.x_advance);
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                scaled(at.x_advance),
                scaled(at.x_offset),
                scaled(at.y_offset),
                scaled(at.y_advance),
                part,
                None,
            )
        });
        let glyphs = glyphs.collect();
        (glyphs, width)
    }

    fn has(&self, c: char) -> bool {
        self.face
            .glyph_index(c)
            .is_some_and(|it| it != ttf_parser::GlyphId(0))
    }
}

/// Both weights.
pub(super) struct Fonts {
    /// Of plain words.
    pub regular: Letters,
    /// Of what stands out.
    pub bold: Letters,
}

impl Fonts {
    /// Opens them.
    ///
    /// # Errors
    /// When what is compiled in is no font, which a test rules out.
    pub fn new() -> io::Result<Self> {
        let open = |bytes| {
            let opened = Letters::new(bytes);
            opened.ok_or_else(|| io::Error::other("the letters compiled in cannot be read"))
        };
        Ok(Self {
            regular: open(dejavu::sans_condensed::regular())?,
            bold: open(dejavu::sans_condensed::bold())?,
        })
    }

    /// The weight for words.
    pub fn of(&self, strong: bool) -> &Letters {
        match strong {
            true => &self.bold,
            false => &self.regular,
        }
    }

    /// Words with only what can be shown, and how many characters could not.
    pub fn shown(&self, words: &str) -> (String, usize) {
        let mut lacking = 0;
        let mut out = String::with_capacity(words.len());
        for c in words.chars() {
            match c {
                // Nothing is seen of a mark of byte order or of a break that only may be; joiners shape what is beside.
                '\u{feff}' | '\u{200b}' | '\u{00ad}' | '\u{2060}' => {}
                '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' => out.push(c),
                '\u{202f}' | '\u{00a0}' | '\u{2007}' => out.push('\u{00a0}'),
                c if c.is_whitespace() => out.push(' '),
                c if self.has_both(c) => out.push(c),
                _ => {
                    lacking += 1;
                    out.push(LACKING);
                }
            }
        }
        (out, lacking)
    }

    fn has_both(&self, c: char) -> bool {
        let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        !private && self.regular.has(c) && self.bold.has(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_seven_scripts_are_there_and_others_are_counted() {
        let fonts = Fonts::new().unwrap();
        let has = |words: &str| fonts.shown(words);
        for words in [
            "Mariëlle Ñandú",
            "Ελλάδα",
            "Київ",
            "Հայաստան",
            "საქართველო",
            "שלום",
            "قتل اثنا عشر",
            "“…” – → ≠",
        ] {
            assert_eq!(has(words), (words.to_owned(), 0));
        }
        assert_eq!(has("नमस्ते").1, 6);
        assert_eq!(has("东京 12"), ("□□ 12".to_owned(), 2));
        assert_eq!(has("a\u{feff}\u{200b}b"), ("ab".to_owned(), 0));
    }

    #[test]
    fn arabic_letters_join_and_run_backwards() {
        let fonts = Fonts::new().unwrap();
        let (glyphs, width) = fonts.regular.shape("قتل", true);
        assert_eq!(glyphs.len(), 3);
        assert_eq!(glyphs[0].text_range, 4..6, "the last letter stands first");
        // A letter in a word is another glyph than the letter alone.
        let (alone, _) = fonts.regular.shape("ت", true);
        assert!(glyphs.iter().all(|it| it.glyph_id != alone[0].glyph_id));
        assert!(width > 0.5 && width < 4.0, "{width}");
    }
}
