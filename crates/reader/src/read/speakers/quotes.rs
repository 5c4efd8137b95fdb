//! Quotation marks: which tokens stand between them, paragraph by paragraph.

use std::ops::Range;

use language::Doc;

/// One stretch between quotation marks, the marks included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Tokens, marks included.
    pub tokens: Range<usize>,
    /// Whether a closing mark was found; an open one runs to the end of its paragraph.
    pub closed: bool,
    /// Whether it goes on from the segment before: a paragraph that opens anew without the last one having closed.
    pub continues: bool,
}

/// The quotations of a text.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// In order, never overlapping.
    pub segments: Vec<Segment>,
    /// Index + 1 of the segment of each token; 0 outside.
    of: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Double,
    Single,
    Angle,
}

impl Quotes {
    /// Finds the quotations.
    pub fn find(doc: &Doc, paragraph: &[u32]) -> Self {
        let mut out = Quotes {
            segments: Vec::new(),
            of: vec![0; doc.len()],
        };
        let mut i = 0;
        while i < doc.len() {
            let mut end = i + 1;
            while end < doc.len() && paragraph[end] == paragraph[i] {
                end += 1;
            }
            out.line(doc, i..end);
            i = end;
        }
        for index in 0..out.segments.len() {
            for slot in &mut out.of[out.segments[index].tokens.clone()] {
                *slot = index as u32 + 1;
            }
        }
        out
    }

    fn line(&mut self, doc: &Doc, line: Range<usize>) {
        let mut open: Option<(usize, Mark)> = None;
        for i in line.clone() {
            let text = doc.token(i).text();
            for c in text
                .chars()
                .filter(|c| matches!(c, '“' | '”' | '„' | '"' | '‘' | '’' | '\'' | '«' | '»'))
            {
                match open {
                    None => {
                        if let Some(mark) = opens(doc, i, c, line.clone()) {
                            open = Some((i, mark));
                        }
                    }
                    Some((start, mark)) => {
                        if closes(doc, i, c, mark, line.clone()) {
                            self.push(start..i + 1, true, line.start);
                            open = None;
                        }
                    }
                }
            }
            if text == "''" || text == "``" {
                match open {
                    None => open = Some((i, Mark::Double)),
                    Some((start, _)) => {
                        self.push(start..i + 1, true, line.start);
                        open = None;
                    }
                }
            }
        }
        if let Some((start, mark)) = open {
            // A single mark that never closes is an apostrophe.
            if mark != Mark::Single {
                self.push(start..line.end, false, line.start);
            }
        }
    }

    fn push(&mut self, tokens: Range<usize>, closed: bool, line_start: usize) {
        let first = tokens.start <= line_start + 1;
        let continues = first
            && self
                .segments
                .last()
                .is_some_and(|last| !last.closed && last.tokens.end == line_start);
        self.segments.push(Segment {
            tokens,
            closed,
            continues,
        });
    }

    /// Index of the segment that holds token `i`.
    pub fn at(&self, i: usize) -> Option<usize> {
        (self.of[i] > 0).then(|| self.of[i] as usize - 1)
    }
}

fn opens(doc: &Doc, i: usize, c: char, line: Range<usize>) -> Option<Mark> {
    let token = doc.token(i);
    let spaced = i == line.start || {
        let before = doc.token(i - 1).bytes().end;
        before < token.bytes().start
            || doc.token(i - 1).is_space()
            || matches!(doc.token(i - 1).text(), "(" | "[" | "—" | "–" | "-" | "/")
    };
    match c {
        '“' | '„' | '”' if c != '”' || spaced => Some(Mark::Double),
        '"' => Some(Mark::Double),
        '«' => Some(Mark::Angle),
        '‘' if token.text() == "‘" && spaced => {
            single_closes(doc, i, line).then_some(Mark::Single)
        }
        '\'' if token.text() == "'" && spaced => {
            single_closes(doc, i, line).then_some(Mark::Single)
        }
        _ => None,
    }
}

/// Whether a single mark that opens at `i` finds its end: not far, so that an apostrophe swallows no paragraph.
fn single_closes(doc: &Doc, i: usize, line: Range<usize>) -> bool {
    (i + 2..line.end.min(i + 120)).any(|j| closes(doc, j, '’', Mark::Single, line.clone()))
}

fn closes(doc: &Doc, i: usize, c: char, mark: Mark, line: Range<usize>) -> bool {
    let token = doc.token(i);
    match mark {
        Mark::Double => matches!(c, '”' | '"' | '“'),
        Mark::Angle => c == '»',
        Mark::Single => {
            matches!(c, '’' | '\'')
                && matches!(token.text(), "’" | "'")
                && token.tag() != "POS"
                && (i + 1 >= line.end
                    || doc.token(i + 1).bytes().start > token.bytes().end
                    || doc.token(i + 1).is_punct()
                    || doc.token(i + 1).is_space())
        }
    }
}

/// Whether token `i` stands between quotation marks.
pub fn inside(doc: &Doc, i: usize) -> bool {
    if i >= doc.len() {
        return false;
    }
    // Only the token's own line matters.
    let text = doc.text();
    let at = doc.token(i).bytes().start;
    let line_start = text[..at].rfind('\n').map_or(0, |p| p + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |p| at + p);
    let line = doc.tokens_in(line_start..line_end);
    let mut quotes = Quotes {
        segments: Vec::new(),
        of: Vec::new(),
    };
    quotes.line(doc, line);
    quotes
        .segments
        .iter()
        .any(|segment| segment.tokens.contains(&i))
}
