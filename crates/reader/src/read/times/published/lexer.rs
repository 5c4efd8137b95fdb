//! A metadata string cut in numbers, words and marks.

/// Bytes looked at: metadata is short, and a page put into the field by mistake must cost nothing.
pub(super) const LONGEST: usize = 256;

/// A piece of the string: a run of digits, a run of letters in lower case, or one other character. White space is
/// left out.
#[derive(Debug, PartialEq)]
pub(super) enum Item {
    Number { value: i64, digits: usize },
    Word(String),
    Mark(char),
}

pub(super) struct Piece {
    pub item: Item,
    /// Whether it touches the piece before it.
    pub joined: bool,
}

pub(super) fn lex(words: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut chars = words.char_indices().peekable();
    let mut last_end = usize::MAX;
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = at + c.len_utf8();
        let class = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        if c.is_ascii_digit() || c.is_alphabetic() {
            while let Some(&(next, d)) = chars.peek() {
                if class(d) != class(c) {
                    break;
                }
                end = next + d.len_utf8();
                chars.next();
            }
        }
        let run = &words[at..end];
        let item = if c.is_ascii_digit() {
            match run.parse() {
                Ok(value) => Item::Number {
                    value,
                    digits: run.len(),
                },
                Err(_) => Item::Word(String::new()),
            }
        } else if c.is_alphabetic() {
            Item::Word(run.to_lowercase())
        } else {
            Item::Mark(c)
        };
        pieces.push(Piece {
            item,
            joined: at == last_end,
        });
        last_end = end;
    }
    pieces
}

pub(super) fn number(
    pieces: &[Piece],
    i: usize,
    digits: std::ops::RangeInclusive<usize>,
) -> Option<i64> {
    match pieces.get(i)?.item {
        Item::Number { value, digits: n } if digits.contains(&n) => Some(value),
        _ => None,
    }
}

pub(super) fn mark(pieces: &[Piece], i: usize, marks: &[char]) -> Option<char> {
    match pieces.get(i)?.item {
        Item::Mark(c) if marks.contains(&c) => Some(c),
        _ => None,
    }
}

pub(super) fn word(pieces: &[Piece], i: usize) -> Option<&str> {
    match &pieces.get(i)?.item {
        Item::Word(word) => Some(word),
        _ => None,
    }
}

/// Index after any marks, ordinal endings and "of" that may stand inside a written date.
pub(super) fn skip(pieces: &[Piece], mut i: usize) -> usize {
    while mark(pieces, i, &[',', '.', '-', '–', '/', '\'', '’']).is_some()
        || matches!(word(pieces, i), Some("st" | "nd" | "rd" | "th" | "of"))
    {
        i += 1;
    }
    i
}
