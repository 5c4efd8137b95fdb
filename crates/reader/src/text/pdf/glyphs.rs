//! The signs on a page, each with its place, in the order in which the page draws them.

use std::panic::resume_unwind;

use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
    font::{Glyph as Drawn, GlyphRun},
    hayro_cmap::BfString,
    kurbo::{BezPath, Point},
};

/// Most signs of a file.
pub(super) const MOST: usize = 4_000_000;
/// Most things drawn in a file: forms may draw forms that draw forms.
pub(super) const STEPS: usize = 30_000_000;

/// What the reading is broken off with where a file draws without end.
pub(super) struct TooMuch;

/// A sign. Units are points; `y` grows downwards.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// What it says: mostly one character, several for a ligature, none where the file does not tell.
    pub says: Says,
    /// Where it begins on its baseline.
    pub from: (f64, f64),
    /// Where the next one would.
    pub to: (f64, f64),
    /// The height of its font.
    pub size: f64,
}

/// What a sign says.
#[derive(Clone, Debug)]
pub(super) enum Says {
    /// One character.
    One(char),
    /// Several, or none.
    Some(Box<str>),
}

/// Hears what a page draws.
pub(super) struct Glyphs {
    /// Its signs.
    pub all: Vec<Glyph>,
    /// Whether it draws a picture.
    pub pictures: bool,
    glyphs_left: usize,
    steps_left: usize,
}

impl Glyphs {
    pub fn new(glyphs_left: usize, steps_left: usize) -> Self {
        Self {
            all: Vec::new(),
            pictures: false,
            glyphs_left,
            steps_left,
        }
    }

    /// How many signs and steps are left for what follows.
    pub fn left(&self) -> (usize, usize) {
        (self.glyphs_left, self.steps_left)
    }

    fn step(&mut self) {
        match self.steps_left.checked_sub(1) {
            Some(left) => self.steps_left = left,
            // No way back out of the crate's loops but this one, which prints nothing.
            None => resume_unwind(Box::new(TooMuch)),
        }
    }
}

impl<'a> Device<'a> for Glyphs {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.step();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.step();
        for glyph in run.glyphs() {
            match self.glyphs_left.checked_sub(1) {
                Some(left) => self.glyphs_left = left,
                None => resume_unwind(Box::new(TooMuch)),
            }
            let place = props.transform * glyph.transform();
            // Signs are drawn a thousand units high.
            let wide = match &**glyph {
                Drawn::Outline(it) => it.advance_width(),
                Drawn::Type3(it) => it.advance_width(),
            };
            let wide = f64::from(wide.unwrap_or(500.0));
            let (from, to) = (place * Point::ZERO, place * Point::new(wide, 0.0));
            let up = place * Point::new(0.0, 1000.0);
            let size = (up - from).hypot();
            let fits = [from.x, from.y, to.x, to.y, size]
                .iter()
                .all(|it| it.is_finite() && it.abs() < 1e6);
            if !fits {
                continue;
            }
            let says = match glyph.as_unicode() {
                Some(BfString::Char(c)) => Says::One(c),
                Some(BfString::String(words)) => Says::Some(words.into()),
                None => Says::Some("".into()),
            };
            self.all.push(Glyph {
                says,
                from: (from.x, from.y),
                to: (to.x, to.y),
                size,
            });
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.pictures = true;
        self.step();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(
        &mut self,
        _: &[u8],
        _: Option<&hayro_interpret::hayro_syntax::object::Dict<'_>>,
    ) {
        self.step();
    }
}
