//! The signs of a page to its lines, in the order of reading.
//!
//! Signs that follow each other on one baseline are a run; a gap wider than the space between words ends it. Runs on
//! one baseline are a line, but for pages in columns, where what stands on one height belongs apart. What is written
//! from right to left is put into the order of its words, whatever order the page draws it in.

use unicode_normalization::UnicodeNormalization;

use super::glyphs::{Glyph, Says};

/// A line. Units are points; `y` grows downwards.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Its words.
    pub text: String,
    /// Its ends.
    pub from: f64,
    pub to: f64,
    /// The height of its baseline on the page.
    pub y: f64,
    /// The height of its font.
    pub size: f64,
    /// The height of the page.
    pub page: f64,
    /// Whether it is a row of a table: short words with gaps between them.
    pub row: bool,
    /// Whether it stands askew or upright beside the text, as stamps do.
    pub aside: bool,
}

/// A run of signs on one baseline.
#[derive(Debug)]
struct Run {
    signs: Vec<Sign>,
    y: f64,
    size: f64,
    turn: Turn,
}

#[derive(Debug)]
struct Sign {
    says: String,
    from: f64,
    to: f64,
}

/// Which way a text runs on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Level,
    Up,
    Down,
    Over,
    Askew,
}

impl Run {
    fn from(&self) -> f64 {
        self.signs.iter().map(|it| it.from).fold(f64::MAX, f64::min)
    }

    fn to(&self) -> f64 {
        self.signs.iter().map(|it| it.to).fold(f64::MIN, f64::max)
    }

    fn letters(&self) -> usize {
        self.signs.iter().map(|it| it.says.chars().count()).sum()
    }

    fn level_with(&self, other: &Run) -> bool {
        self.turn == other.turn && (self.y - other.y).abs() < 0.4 * self.size.max(other.size)
    }
}

/// Parts of an em: what is a space between words, what parts two texts, and what is one sign drawn twice.
const SPACE: f64 = 0.17;
const APART: f64 = 1.6;
const TWICE: f64 = 0.12;

/// The lines of a page.
pub(super) fn of_page(glyphs: &[Glyph], height: f64) -> Vec<Line> {
    let mut runs = runs(glyphs);
    // What is drawn twice to look bold is written once.
    runs.dedup_by(|later, first| {
        later.level_with(first)
            && later.signs.len() == first.signs.len()
            && (later.from() - first.from()).abs() < 0.3 * first.size
            && later
                .signs
                .iter()
                .zip(&first.signs)
                .all(|(a, b)| a.says == b.says)
    });
    columns(&mut runs);
    let mut out: Vec<Line> = Vec::new();
    let mut rows = runs.into_iter().peekable();
    while let Some(first) = rows.next() {
        let mut row = vec![first];
        while let Some(next) = rows.next_if(|next| {
            let last = &row[row.len() - 1];
            let beside = next.from() >= last.to() - 0.5 * last.size
                || next.to() <= last.from() + 0.5 * last.size;
            next.level_with(last) && beside
        }) {
            row.push(next);
        }
        out.push(line(row, height));
    }
    out.retain(|line| !line.text.trim().is_empty());
    // What stands askew is no part of what it stands across.
    out.sort_by_key(|line| line.aside);
    out
}

/// The signs in runs, in the order in which they are drawn.
fn runs(glyphs: &[Glyph]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for glyph in glyphs {
        let says = match &glyph.says {
            Says::One(c) => plain(&c.to_string()),
            Says::Some(words) => plain(words),
        };
        if says.is_empty() || glyph.size < 0.5 {
            continue;
        }
        let turn = turn(glyph);
        let (x, y, end) = turned(glyph, turn);
        let sign = Sign {
            says,
            from: x.min(end),
            to: x.max(end),
        };
        let Some(run) = out
            .last_mut()
            .filter(|run| run.turn == turn && (run.y - y).abs() < 0.4 * run.size.max(glyph.size))
        else {
            out.push(Run {
                signs: vec![sign],
                y,
                size: glyph.size,
                turn,
            });
            continue;
        };
        let last = &run.signs[run.signs.len() - 1];
        let size = run.size.max(glyph.size);
        // From right to left the next sign ends where the last began.
        let ahead = sign.from - last.to;
        let behind = last.from - sign.to;
        let near = ahead.abs() < APART * size || behind.abs() < APART * size;
        if sign.says == last.says
            && (sign.from - last.from).abs() < TWICE * size
            && sign.to > sign.from
        {
            continue;
        }
        if near || is_mark(&sign.says) {
            run.size = size;
            run.signs.push(sign);
        } else {
            out.push(Run {
                signs: vec![sign],
                y,
                size: glyph.size,
                turn,
            });
        }
    }
    out
}

fn turn(glyph: &Glyph) -> Turn {
    let (dx, dy) = (glyph.to.0 - glyph.from.0, glyph.to.1 - glyph.from.1);
    let (wide, high) = (dx.abs(), dy.abs());
    match () {
        // Marks take no width; they go with what they stand on.
        () if wide + high < 1e-6 || high < 0.18 * wide && dx > 0.0 => Turn::Level,
        () if high < 0.18 * wide => Turn::Over,
        () if wide < 0.18 * high && dy < 0.0 => Turn::Up,
        () if wide < 0.18 * high => Turn::Down,
        () => Turn::Askew,
    }
}

/// Where a sign begins along its line, on which height, and where it ends.
fn turned(glyph: &Glyph, turn: Turn) -> (f64, f64, f64) {
    let ((x, y), (to_x, to_y)) = (glyph.from, glyph.to);
    match turn {
        Turn::Level => (x, y, to_x),
        Turn::Over => (-x, -y, -to_x),
        Turn::Up => (-y, x, -to_y),
        Turn::Down => (y, -x, to_y),
        Turn::Askew => {
            let (dx, dy) = (to_x - x, to_y - y);
            let long = dx.hypot(dy).max(1e-9);
            let along = |x: f64, y: f64| (x * dx + y * dy) / long;
            (along(x, y), (y * dx - x * dy) / long, along(to_x, to_y))
        }
    }
}

/// What a sign says in letters of today: ligatures and the forms of Arabic letters by their place in a word are taken
/// apart; what has no meaning of its own is left out.
fn plain(says: &str) -> String {
    let mut out = String::with_capacity(says.len());
    for c in says.chars() {
        match c {
            '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                out.extend(std::iter::once(c).nfkc())
            }
            '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{200b}' => {}
            '\t' | '\n' | '\r' | '\u{a0}' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether a sign is written above or below another, and so has no place of its own.
fn is_mark(says: &str) -> bool {
    let mark = |c| matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}');
    !says.is_empty() && says.chars().all(mark)
}

/// Puts the runs of a page in two columns into their order where it is drawn line by line across both: first the left
/// one, then the right. A table has gaps too, but short words in them.
fn columns(runs: &mut [Run]) {
    const ROWS: usize = 5;
    const PROSE: usize = 18;
    // Rows of two runs with a gap between them.
    let mut gaps: Vec<(usize, f64, f64)> = Vec::new();
    for at in 1..runs.len() {
        let (left, right) = (&runs[at - 1], &runs[at]);
        let prose = left.letters() >= PROSE && right.letters() >= PROSE;
        if left.level_with(right) && right.from() > left.to() && prose {
            gaps.push((at, left.to(), right.from()));
        }
    }
    if gaps.len() < ROWS {
        return;
    }
    // The place that lies in the gaps of most rows.
    let middle = |gap: &(usize, f64, f64)| f64::midpoint(gap.1, gap.2);
    let holds = |x: f64| gaps.iter().filter(|gap| gap.1 < x && x < gap.2).count();
    let best = gaps
        .iter()
        .take(400)
        .map(|gap| (holds(middle(gap)), middle(gap)))
        .fold((0, 0.0), |best, it| if it.0 > best.0 { it } else { best });
    if best.0 < ROWS || best.0 * 3 < gaps.len() * 2 {
        return;
    }
    let x = best.1;
    // Between lines that go across both, the left side comes first.
    let side = |run: &Run| match () {
        () if run.turn != Turn::Level => 0,
        () if run.to() <= x => 1,
        () if run.from() >= x => 2,
        () => 0,
    };
    let mut start = 0;
    for end in 0..=runs.len() {
        if end == runs.len() || side(&runs[end]) == 0 {
            runs[start..end].sort_by_key(side);
            start = end + 1;
        }
    }
}

/// A line of the runs on one baseline.
fn line(mut row: Vec<Run>, height: f64) -> Line {
    let (size, y, turn) = (row[0].size, row[0].y, row[0].turn);
    let from = row.iter().map(Run::from).fold(f64::MAX, f64::min);
    let to = row.iter().map(Run::to).fold(f64::MIN, f64::max);
    let size = row.iter().map(|run| run.size).fold(size, f64::max);
    let letters = |test: fn(char) -> bool| -> usize {
        let signs = row.iter().flat_map(|run| &run.signs);
        signs
            .map(|sign| sign.says.chars().filter(|c| test(*c)).count())
            .sum()
    };
    let leftwards = letters(is_leftwards) > letters(|c| c.is_alphabetic() && !is_leftwards(c));
    const CELL: usize = 30;
    let most = row.iter().map(Run::letters).max().unwrap_or(0);
    let cells = row.len() > 2 || row.len() == 2 && most < CELL;
    let mut text = String::new();
    if leftwards {
        let signs = row.into_iter().flat_map(|run| run.signs).collect();
        text = from_right(signs, size);
    } else {
        row.sort_by(|a, b| a.from().total_cmp(&b.from()));
        for run in row {
            push_words(&mut text, &run.signs, size);
        }
    }
    Line {
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        from,
        to,
        y,
        size,
        page: height,
        row: cells,
        aside: turn != Turn::Level,
    }
}

/// Adds the signs of a run, with a space where there is one on the page.
fn push_words(text: &mut String, signs: &[Sign], size: f64) {
    if !text.is_empty() {
        text.push(' ');
    }
    let mut last: Option<f64> = None;
    for sign in signs {
        if last.is_some_and(|end| sign.from - end > SPACE * size) {
            text.push(' ');
        }
        text.push_str(&sign.says);
        if !is_mark(&sign.says) {
            last = Some(sign.to);
        }
    }
}

/// Words that run from right to left, out of the places of their signs; numbers and foreign words in them run the other
/// way.
fn from_right(signs: Vec<Sign>, size: f64) -> String {
    // Marks stay with what they stand on.
    let mut whole: Vec<Sign> = Vec::new();
    for sign in signs {
        match whole.last_mut().filter(|_| is_mark(&sign.says)) {
            Some(under) => under.says.push_str(&sign.says),
            None => whole.push(sign),
        }
    }
    whole.sort_by(|a, b| b.from.total_cmp(&a.from));
    let rightwards = |sign: &Sign| {
        let one = sign.says.chars().next().unwrap_or(' ');
        one.is_numeric() || one.is_alphabetic() && !is_leftwards(one)
    };
    let between = |sign: &Sign| matches!(sign.says.as_str(), "." | "," | ":" | "/" | "-" | "%");
    let mut text = String::new();
    let mut last: Option<f64> = None;
    let mut at = 0;
    while at < whole.len() {
        let mut end = at + 1;
        if rightwards(&whole[at]) {
            while end < whole.len() {
                let gap = whole[end - 1].from - whole[end].to;
                let joins = rightwards(&whole[end])
                    || between(&whole[end]) && whole.get(end + 1).is_some_and(rightwards);
                if gap > SPACE * size || !joins {
                    break;
                }
                end += 1;
            }
            whole[at..end].reverse();
        }
        let (left, right) = whole[at..end]
            .iter()
            .fold((f64::MAX, f64::MIN), |(left, right), sign| {
                (left.min(sign.from), right.max(sign.to))
            });
        if last.is_some_and(|edge| edge - right > SPACE * size) {
            text.push(' ');
        }
        whole[at..end]
            .iter()
            .for_each(|sign| text.push_str(&sign.says));
        last = Some(left);
        at = end;
    }
    text
}

/// Whether a letter is of a script that runs from right to left: Hebrew, Arabic and those beside them.
fn is_leftwards(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && c.is_alphabetic()
}
