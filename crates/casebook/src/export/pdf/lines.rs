//! Paragraphs in lines: where they may break, and in which order the pieces of a line are seen.

use std::ops::Range;

use krilla::text::KrillaGlyph;
use unicode_bidi::{BidiInfo, Level};

use super::letters::Fonts;
use crate::export::document::Run;

/// Glyphs of one look beside each other.
pub(super) struct Piece {
    /// From the beginning of the line, in points.
    pub x: f32,
    /// In points.
    pub width: f32,
    /// In the order in which they are seen.
    pub glyphs: Vec<KrillaGlyph>,
    /// The words that they stand for.
    pub words: String,
    /// Whether they stand out.
    pub strong: bool,
    /// Where they lead.
    pub link: Option<String>,
}

/// A line.
#[derive(Default)]
pub(super) struct Line(pub Vec<Piece>);

/// Words of several looks one after another, as they can be shown.
struct Words<'a> {
    text: String,
    /// Where each look ends.
    ends: Vec<(usize, &'a Run)>,
}

impl<'a> Words<'a> {
    fn new(fonts: &Fonts, runs: &'a [Run]) -> Self {
        let mut text = String::new();
        let mut ends = Vec::new();
        for run in runs {
            text.push_str(&fonts.shown(&run.words).0);
            ends.push((text.len(), run));
        }
        Self { text, ends }
    }

    /// A range in parts of one look each.
    fn looks(&self, range: Range<usize>) -> Vec<(Range<usize>, &'a Run)> {
        let mut out = Vec::new();
        let mut begin = range.start;
        for (end, run) in &self.ends {
            let end = (*end).min(range.end);
            if end > begin {
                out.push((begin..end, *run));
                begin = end;
            }
        }
        out
    }
}

/// Lays words out in lines of at most so many points.
pub(super) fn lines(fonts: &Fonts, runs: &[Run], size: f32, width: f32) -> Vec<Line> {
    let words = Words::new(fonts, runs);
    let bidi = BidiInfo::new(&words.text, Some(Level::ltr()));
    let Some(paragraph) = bidi.paragraphs.first() else {
        return Vec::new();
    };
    let measured = |range: Range<usize>| -> f32 {
        let looks = words.looks(range);
        let parts = looks.into_iter().map(|(range, run)| {
            let backwards = bidi.levels[range.start].is_rtl();
            fonts.of(run.strong).shape(&words.text[range], backwards).1 * size
        });
        parts.sum()
    };
    let mut out = Vec::new();
    for range in broken(&words.text, width, measured) {
        let shown = words.text[range.clone()].trim_end();
        let range = range.start..range.start + shown.len();
        if range.is_empty() {
            continue;
        }
        let (levels, visual) = bidi.visual_runs(paragraph, range);
        let mut line = Line::default();
        let mut x = 0.0;
        for run in visual {
            let backwards = levels[run.start].is_rtl();
            let mut looks = words.looks(run);
            if backwards {
                looks.reverse();
            }
            for (range, look) in looks {
                let part = &words.text[range];
                let (glyphs, wide) = fonts.of(look.strong).shape(part, backwards);
                line.0.push(Piece {
                    x,
                    width: wide * size,
                    glyphs,
                    words: part.to_owned(),
                    strong: look.strong,
                    link: look.link.clone(),
                });
                x += wide * size;
            }
        }
        out.push(line);
    }
    out
}

/// The ranges of the lines, space at their ends included.
fn broken(text: &str, width: f32, measured: impl Fn(Range<usize>) -> f32) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut begin, mut filled) = (0, 0.0);
    for part in parts(text) {
        // Space at the end of a line takes no room.
        let shown = part.start..part.start + text[part.clone()].trim_end().len();
        let (wide, bare) = (measured(part.clone()), measured(shown));
        if filled + bare > width && filled > 0.0 {
            out.push(begin..part.start);
            (begin, filled) = (part.start, 0.0);
        }
        if bare <= width {
            filled += wide;
            continue;
        }
        // One part that is wider than a line is cut where it has to be.
        for (at, c) in text[part.clone()].char_indices() {
            let at = part.start + at;
            let wide = measured(at..at + c.len_utf8());
            if filled + wide > width && at > begin {
                out.push(begin..at);
                (begin, filled) = (at, 0.0);
            }
            filled += wide;
        }
    }
    if begin < text.len() {
        out.push(begin..text.len());
    }
    out
}

/// Text in parts between which a line may break.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut begin = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|it| it.1);
        let after = at + c.len_utf8();
        let space = c == ' ' && next != Some(' ');
        // Behind signs within addresses and compounds, but not before what closes, nor in `3–5`.
        let sign = matches!(c, '/' | '-' | '?' | '&' | '=' | '_' | '.')
            && next.is_some_and(|it| it.is_alphabetic())
            && text[begin..at].chars().count() > 3;
        if space || sign {
            out.push(begin..after);
            begin = after;
        }
    }
    if begin < text.len() {
        out.push(begin..text.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(runs: &[Run], width: f32) -> Vec<String> {
        let fonts = Fonts::new().unwrap();
        let all = lines(&fonts, runs, 10.0, width);
        for line in &all {
            let wide: f32 = line.0.iter().map(|it| it.width).sum();
            assert!(wide <= width + 0.1, "{wide}");
        }
        let words = |line: &Line| {
            line.0
                .iter()
                .map(|it| it.words.as_str())
                .collect::<String>()
        };
        all.iter().map(words).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_nothing_is_lost() {
        let runs = [
            Run::plain("At least 12 people were "),
            Run::strong("killed"),
            Run::plain(", police said."),
        ];
        assert_eq!(
            said(&runs, 500.0),
            ["At least 12 people were killed, police said."]
        );
        let narrow = said(&runs, 70.0);
        assert!(narrow.len() > 2, "{narrow:?}");
        assert_eq!(
            narrow.join(" "),
            "At least 12 people were killed, police said."
        );
    }

    #[test]
    fn what_is_wider_than_a_line_is_cut() {
        let long = "x".repeat(300);
        assert_eq!(said(&[Run::plain(&long)], 60.0).concat(), long);
        let address = "https://observer.example/reports/2023/market-attack";
        assert_eq!(said(&[Run::plain(address)], 80.0).concat(), address);
        assert_eq!(said(&[Run::plain("")], 60.0), [""; 0]);
    }

    #[test]
    fn words_that_run_backwards_stand_so_among_others() {
        let all = said(&[Run::plain("said قتل اثنا on Tuesday")], 500.0);
        assert_eq!(all, ["said قتل اثنا on Tuesday"]);
        let fonts = Fonts::new().unwrap();
        let line = &lines(
            &fonts,
            &[Run::plain("قتل "), Run::strong("اثنا")],
            10.0,
            500.0,
        )[0];
        assert_eq!(line.0[0].words, "اثنا", "the second is seen first");
    }
}
