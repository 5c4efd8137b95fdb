//! The lines of all pages to blocks: paragraphs put together across lines and pages, words parted at a line's end made
//! whole, headings told by their size, what stands on the edge of every page marked as boilerplate.

use std::collections::{BTreeMap, BTreeSet};

use model::{Block, BlockKind, Span};

use super::{
    super::lines::{ends_sentence, list_mark},
    lines::Line,
};

/// Lines at the top and at the bottom of a page that may be its head and foot.
const EDGE: usize = 3;

/// Bytes of the longest word that is put together across lines.
const WORD: usize = 100;

/// The text of all pages, and its blocks.
pub(super) fn of_pages(pages: &[Vec<Line>]) -> (String, Vec<Block>) {
    let furniture = furniture(pages);
    let words = Words::of(pages);
    let body = body_size(pages);
    let leading = leading(pages, body);
    let mut blocks: Vec<Piece> = Vec::new();
    let mut apart: Vec<Piece> = Vec::new();
    // The block that the next line may go on with.
    let mut open = false;
    for (at, page) in pages.iter().enumerate() {
        let right = edge(
            page.iter()
                .filter(|line| !furniture.contains(&(at, key(line)))),
        );
        let mut first = true;
        for line in page {
            if line.aside || furniture.contains(&(at, key(line))) {
                apart.push(Piece::new(line, BlockKind::Boilerplate));
                continue;
            }
            let kind = kind_of(line, body);
            let goes_on = open
                && blocks
                    .last()
                    .is_some_and(|block| block.goes_on(line, kind, first, leading, right));
            match blocks.last_mut().filter(|_| goes_on) {
                Some(block) => block.add(line, &words),
                None => blocks.push(Piece::new(line, kind)),
            }
            (open, first) = (true, false);
        }
    }
    let (mut text, mut out) = (String::new(), Vec::new());
    for piece in blocks.into_iter().chain(apart) {
        let mark = match piece.kind {
            BlockKind::ListItem => list_mark(&piece.text).unwrap_or(0),
            _ => 0,
        };
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len() + mark;
        text.push_str(&piece.text);
        out.push(Block {
            span: Span::new(start, text.len()),
            kind: piece.kind,
        });
    }
    (text, out)
}

/// A block that grows.
struct Piece {
    text: String,
    kind: BlockKind,
    /// How many lines it has.
    lines: usize,
    /// Where its first line begins, and the lines after it.
    first: f64,
    left: f64,
    /// The last line.
    y: f64,
    to: f64,
    size: f64,
    row: bool,
}

impl Piece {
    fn new(line: &Line, kind: BlockKind) -> Self {
        Self {
            text: line.text.clone(),
            kind,
            lines: 1,
            first: line.from,
            left: line.from,
            y: line.y,
            to: line.to,
            size: line.size,
            row: line.row,
        }
    }

    /// Whether a line belongs to this block. `first` says that it is the first of a page, `right` where the lines of
    /// its page end.
    fn goes_on(&self, line: &Line, kind: BlockKind, first: bool, leading: f64, right: f64) -> bool {
        let same_size = (self.size - line.size).abs() < 0.08 * self.size.max(line.size);
        if self.row
            || line.row
            || kind == BlockKind::ListItem
            || !same_size
            || kind == BlockKind::Heading && self.kind != kind
        {
            return false;
        }
        if self.kind == BlockKind::Heading && kind != BlockKind::Heading {
            return false;
        }
        let ended = ends_sentence(&self.text);
        let down = line.y - self.y;
        // A new page or column: the sentence says whether it goes on.
        if first || down < -0.5 * line.size {
            let begins = line.text.chars().next().is_some_and(char::is_lowercase);
            return !ended
                && (begins || self.text.ends_with(['-', ',', '\u{ad}']) || is_long(self, right));
        }
        // Lines of another size stand as far from each other as their size is different.
        let usual = leading.max(1.15 * line.size);
        if down > 1.32 * usual {
            return false;
        }
        let em = line.size;
        let indented = line.from - self.left > 0.8 * em;
        let hanging = self.lines > 1 && self.left - line.from > 0.8 * em;
        if ended && (indented || hanging) {
            return false;
        }
        // A line that ends early ends the paragraph.
        let short = self.to < right - 0.22 * (right - self.left).max(1.0);
        !(short && (ended || self.kind == BlockKind::Heading && down > 1.2 * usual))
    }

    fn add(&mut self, line: &Line, words: &Words) {
        words.join(&mut self.text, &line.text);
        self.left = match self.lines {
            // The first line of a paragraph may stand further in than the others, or further out.
            1 => line.from,
            _ => self.left.min(line.from),
        };
        self.lines += 1;
        (self.y, self.to) = (line.y, line.to);
    }
}

/// Whether the last line of a block reaches as far as lines of its page do.
fn is_long(piece: &Piece, right: f64) -> bool {
    piece.to > right - 0.1 * (right - piece.first).max(1.0)
}

fn kind_of(line: &Line, body: f64) -> BlockKind {
    let words = line.text.split_whitespace().count();
    match () {
        () if list_mark(&line.text).is_some() => BlockKind::ListItem,
        () if line.size > 1.12 * body && words <= 25 => BlockKind::Heading,
        () => BlockKind::Paragraph,
    }
}

/// The size of most letters.
fn body_size(pages: &[Vec<Line>]) -> f64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for line in pages.iter().flatten().filter(|line| !line.aside) {
        let size = (line.size * 4.0).round() as i64;
        *sizes.entry(size).or_default() += line.text.chars().count();
    }
    let most = sizes.into_iter().max_by_key(|(_, letters)| *letters);
    most.map_or(10.0, |(size, _)| size as f64 / 4.0)
}

/// How far lines of the body mostly stand from each other.
fn leading(pages: &[Vec<Line>], body: f64) -> f64 {
    let mut steps: BTreeMap<i64, usize> = BTreeMap::new();
    for page in pages {
        for pair in page.windows(2) {
            let down = pair[1].y - pair[0].y;
            let of_body = pair
                .iter()
                .all(|line| (line.size - body).abs() < 0.08 * body);
            if of_body && down > 0.5 * body && down < 3.0 * body {
                *steps.entry((down * 2.0).round() as i64).or_default() += 1;
            }
        }
    }
    // Of two that are as common the smaller is between lines, the other between paragraphs.
    let most = steps.values().copied().max().unwrap_or(0);
    let usual = steps.into_iter().find(|(_, n)| *n * 3 >= most * 2);
    usual.map_or(1.2 * body, |(step, _)| step as f64 / 2.0)
}

/// Where the lines of a page end: what one in ten goes beyond.
fn edge<'a>(page: impl Iterator<Item = &'a Line>) -> f64 {
    let mut ends: Vec<f64> = page
        .filter(|line| !line.aside)
        .map(|line| line.to)
        .collect();
    ends.sort_by(f64::total_cmp);
    ends.get(ends.len() * 9 / 10).copied().unwrap_or(0.0)
}

/// A line's words with each number as one sign, and its height.
fn key(line: &Line) -> (String, i64) {
    let words: String = line
        .text
        .chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect();
    let mut key = words;
    while key.contains("##") {
        key = key.replace("##", "#");
    }
    (key, (line.y / 6.0).round() as i64)
}

/// The heads and feet of pages: what stands at the edge of two pages or more, and a page's number.
fn furniture(pages: &[Vec<Line>]) -> BTreeSet<(usize, (String, i64))> {
    let mut on: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut edges: Vec<(usize, &Line)> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let mut lines: Vec<&Line> = page.iter().filter(|line| !line.aside).collect();
        lines.sort_by(|a, b| a.y.total_cmp(&b.y));
        let (top, bottom) = (lines.iter().take(EDGE), lines.iter().rev().take(EDGE));
        for line in top.chain(bottom) {
            // What stands in the middle of a short page is at no edge.
            let rim = 0.14 * line.page;
            if line.y < rim || line.y > line.page - rim {
                on.entry(key(line).0).or_default().insert(at);
                edges.push((at, *line));
            }
        }
    }
    let number = |words: &str| {
        let rest = words.trim_matches(|c: char| !c.is_alphanumeric());
        let rest = rest
            .strip_prefix("Page")
            .or(rest.strip_prefix("page"))
            .unwrap_or(rest);
        let rest = rest.replace(" of ", "/");
        rest.chars().any(|c| c.is_ascii_digit())
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || " /|-–".contains(c))
            && rest.len() <= 12
    };
    edges
        .into_iter()
        .filter(|(_, line)| {
            let pages_with = on.get(&key(line).0).map_or(0, BTreeSet::len);
            pages_with >= 2 && pages_with * 3 >= pages.len() || number(&line.text)
        })
        .map(|(at, line)| (at, key(line)))
        .collect()
}

/// The words of a file, by which a word that was parted at a line's end is known.
struct Words(BTreeSet<String>);

impl Words {
    fn of(pages: &[Vec<Line>]) -> Self {
        let words = pages.iter().flatten().flat_map(|line| {
            let words = line.text.split_whitespace();
            words.map(|word| bare(word).to_lowercase())
        });
        Self(words.collect())
    }

    /// Adds a line to a text: with a space, or to the word that goes on in it.
    fn join(&self, text: &mut String, line: &str) {
        if text.ends_with('\u{ad}') {
            text.pop();
            text.push_str(line);
            return;
        }
        let parted = text.ends_with('-')
            && text[..text.len() - 1].ends_with(char::is_alphabetic)
            && line.starts_with(char::is_alphabetic);
        if !parted {
            text.push(' ');
            text.push_str(line);
            return;
        }
        // A word is no longer than this; all of a text looked at anew for each of its lines would take for ever.
        let start = text.len().saturating_sub(WORD);
        let near = &text[text.ceil_char_boundary(start)..];
        let head = near.rsplit(char::is_whitespace).next().unwrap_or_default();
        let tail = line.split(char::is_whitespace).next().unwrap_or_default();
        let head = head.trim_start_matches(|c: char| !c.is_alphanumeric());
        let tail = tail.trim_end_matches(|c: char| !c.is_alphanumeric());
        let known = |word: String| self.0.contains(&word.to_lowercase());
        let whole = format!("{}{tail}", &head[..head.len() - 1]);
        // The file may write the word elsewhere; else a capital after the mark, or a mark before it, says that it
        // stays.
        let stays = match (known(whole), known(format!("{head}{tail}"))) {
            (true, _) => false,
            (_, true) => true,
            _ => !tail.starts_with(char::is_lowercase) || head[..head.len() - 1].contains('-'),
        };
        if !stays {
            text.pop();
        }
        text.push_str(line);
    }
}

/// A word without what stands around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_a_space_are_joined_in_time_that_grows_as_they_do() {
        let words = Words(BTreeSet::from(["wounded".to_owned()]));
        let mut text = "wound-".to_owned();
        words.join(&mut text, "ed");
        assert_eq!(text, "wounded");
        // Each line ends as if its word went on, and in no place is there a space: fifty million steps for each line
        // where all of the text is looked at.
        let line = format!("{}-", "\u{e9}".repeat(24));
        let mut text = "a-".to_owned();
        let began = std::time::Instant::now();
        for _ in 0..100_000 {
            words.join(&mut text, &line);
        }
        assert!(text.len() > 4_000_000 && began.elapsed().as_secs() < 20);
    }
}
