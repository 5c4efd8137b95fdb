//! Cuts a text into word pieces, as the uncased BERT models do.
//!
//! What comes in: a text of any kind. What goes out: pieces, as numbers of the vocabulary with their byte ranges in
//! that very text. Control characters and accents are left out, letters made small, words split at spaces, at
//! punctuation and around each Chinese character; of each word the longest beginning that the vocabulary knows is a
//! piece, then the longest of the rest.

use std::collections::HashMap;

use unicode_general_category::{GeneralCategory as Category, get_general_category};
use unicode_normalization::char::decompose_canonical;

use crate::Error;

/// A word of more characters is unknown as a whole.
const LONGEST_WORD: usize = 100;

/// One piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its number in the vocabulary, from 0.
    pub id: u32,
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

/// The pieces that a model knows.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Pieces that begin a word.
    heads: HashMap<Box<str>, u32>,
    /// Pieces that go on with a word, without their `##`.
    tails: HashMap<Box<str>, u32>,
    len: usize,
    unknown: u32,
    cls: u32,
    sep: u32,
}

impl Vocabulary {
    /// Reads a `vocab.txt`: one piece a line, numbered from 0, those that go on with a word after `##`.
    ///
    /// # Errors
    /// If `[UNK]`, `[CLS]` or `[SEP]` is not among them.
    pub fn read(text: &str) -> Result<Self, Error> {
        let len = text.lines().count();
        let mut heads = HashMap::with_capacity(len);
        let mut tails = HashMap::with_capacity(len / 4);
        for (id, line) in (0..).zip(text.lines()) {
            match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => tails.insert(rest.into(), id),
                _ => heads.insert(line.into(), id),
            };
        }
        let special = |name: &str, problem| {
            let id = heads.get(name).copied();
            id.ok_or(Error::Vocabulary { problem })
        };
        Ok(Self {
            unknown: special("[UNK]", "no [UNK] in it")?,
            cls: special("[CLS]", "no [CLS] in it")?,
            sep: special("[SEP]", "no [SEP] in it")?,
            heads,
            tails,
            len,
        })
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none; never so for one that was read.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The number of a piece as `vocab.txt` has it, `##` and all: also of `[CLS]`, `[SEP]`, `[MASK]`, `[unused0]`.
    pub fn id(&self, piece: &str) -> Option<u32> {
        match piece.strip_prefix("##") {
            Some(rest) if !rest.is_empty() => self.tails.get(rest).copied(),
            _ => self.heads.get(piece).copied(),
        }
    }

    /// The piece that opens an input, `[CLS]`.
    pub fn cls(&self) -> u32 {
        self.cls
    }

    /// The piece that ends an input, `[SEP]`.
    pub fn sep(&self) -> u32 {
        self.sep
    }

    /// Adds the pieces of a text to `out`, in order. Their ranges are bytes of `text`, never empty, and begin and end
    /// at characters; marks and control characters that were left out stand between ranges. Adds neither `[CLS]` nor
    /// `[SEP]`, and takes such words in the text for what they are: words in brackets.
    pub fn pieces(&self, text: &str, out: &mut Vec<Piece>) {
        let mut word = Word::default();
        for (start, c) in text.char_indices() {
            let range = (start, start + c.len_utf8());
            if c.is_ascii() {
                self.take(c.to_ascii_lowercase(), range, &mut word, out);
            } else if is_chinese(c) {
                self.end(&mut word, out);
                decompose_canonical(c, |c| word.push(c, range));
                self.end(&mut word, out);
            } else if !is_dropped(c) {
                decompose_canonical(c, |c| {
                    if get_general_category(c) != Category::NonspacingMark {
                        for c in c.to_lowercase() {
                            self.take(c, range, &mut word, out);
                        }
                    }
                });
            }
        }
        self.end(&mut word, out);
    }

    /// Takes one character of the normalised text.
    fn take(&self, c: char, range: (usize, usize), word: &mut Word, out: &mut Vec<Piece>) {
        if c.is_whitespace() {
            self.end(word, out);
        } else if is_punctuation(c) {
            self.end(word, out);
            word.push(c, range);
            self.end(word, out);
        } else if !(c.is_ascii() && is_dropped(c)) {
            word.push(c, range);
        }
    }

    /// Cuts the word that has been gathered, and begins the next one.
    fn end(&self, word: &mut Word, out: &mut Vec<Piece>) {
        let (Some(&first), Some(&last)) = (word.chars.first(), word.chars.last()) else {
            return;
        };
        let before = out.len();
        let mut from = 0;
        while from < word.chars.len() && word.chars.len() <= LONGEST_WORD {
            let known = if from == 0 { &self.heads } else { &self.tails };
            let rest = &word.text[word.chars[from].at..];
            let offset = word.chars[from].at;
            let longest = (from + 1..=word.chars.len()).rev().find_map(|to| {
                let end = word.chars.get(to).map_or(rest.len(), |c| c.at - offset);
                Some((to, *known.get(&rest[..end])?))
            });
            let Some((to, id)) = longest else {
                break;
            };
            out.push(Piece {
                id,
                start: word.chars[from].start,
                end: word.chars[to - 1].end,
            });
            from = to;
        }
        if from < word.chars.len() {
            out.truncate(before);
            out.push(Piece {
                id: self.unknown,
                start: first.start,
                end: last.end,
            });
        }
        word.text.clear();
        word.chars.clear();
    }
}

/// A normalised word in the making.
#[derive(Default)]
struct Word {
    text: String,
    chars: Vec<Char>,
}

/// A character of it.
#[derive(Clone, Copy)]
struct Char {
    /// Byte in the normalised word.
    at: usize,
    /// Bytes of the character in the text that it comes from.
    start: usize,
    end: usize,
}

impl Word {
    fn push(&mut self, c: char, (start, end): (usize, usize)) {
        let at = self.text.len();
        self.chars.push(Char { at, start, end });
        self.text.push(c);
    }
}

/// Control characters, and those that stand for nothing. Line ends and tabs are spaces.
fn is_dropped(c: char) -> bool {
    if matches!(c, '\t' | '\n' | '\r') {
        return false;
    }
    c == '\u{fffd}'
        || matches!(
            get_general_category(c),
            Category::Control | Category::Format | Category::PrivateUse | Category::Surrogate
        )
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(
        get_general_category(c),
        Category::ConnectorPunctuation
            | Category::DashPunctuation
            | Category::OpenPunctuation
            | Category::ClosePunctuation
            | Category::InitialPunctuation
            | Category::FinalPunctuation
            | Category::OtherPunctuation
    )
}

/// The blocks of ideographs that stand alone.
fn is_chinese(c: char) -> bool {
    matches!(
        u32::from(c),
        0x4E00..=0x9FFF
            | 0x3400..=0x4DBF
            | 0x2_0000..=0x2_A6DF
            | 0x2_A700..=0x2_B73F
            | 0x2_B740..=0x2_B81F
            | 0x2_B920..=0x2_CEAF
            | 0xF900..=0xFAFF
            | 0x2_F800..=0x2_FA1F
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::read(
            "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\nable\n,\ncafe\n[\n]\ncls\n中",
        )
        .unwrap()
    }

    fn cut(text: &str) -> Vec<(u32, &str)> {
        let mut out = Vec::new();
        vocabulary().pieces(text, &mut out);
        let of = |p: &Piece| (p.id, &text[p.start..p.end]);
        out.iter().map(of).collect()
    }

    #[test]
    fn the_longest_beginning_is_a_piece() {
        let pieces = cut("UNaffable, able");
        assert_eq!(
            pieces,
            [(4, "UN"), (5, "aff"), (6, "able"), (8, ","), (7, "able")]
        );
    }

    #[test]
    fn a_word_with_an_unknown_part_is_unknown_as_a_whole() {
        assert_eq!(
            cut("able unaffx able"),
            [(7, "able"), (1, "unaffx"), (7, "able")]
        );
        let long = "un".repeat(51);
        assert_eq!(cut(&long), [(1, &*long)]);
    }

    #[test]
    fn accents_and_controls_are_passed_over() {
        let pieces = cut("Café cafe\u{301} ca\u{200d}fe a\u{300}ble");
        assert_eq!(
            pieces,
            [
                (9, "Café"),
                (9, "cafe"),
                (9, "ca\u{200d}fe"),
                (7, "a\u{300}ble")
            ]
        );
        assert_eq!(cut("\u{0}\u{7f} \u{301}\u{fffd}"), []);
    }

    #[test]
    fn chinese_characters_and_brackets_stand_alone() {
        assert_eq!(cut("able中able"), [(7, "able"), (13, "中"), (7, "able")]);
        assert_eq!(cut("[CLS]"), [(10, "["), (12, "CLS"), (11, "]")]);
    }

    #[test]
    fn a_vocabulary_without_its_special_pieces_is_none() {
        let error = Vocabulary::read("a\nb\n[CLS]").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the vocabulary cannot be used: no [UNK] in it"
        );
        let known = vocabulary();
        assert_eq!((known.id("##able"), known.id("able")), (Some(6), Some(7)));
        assert_eq!((known.cls(), known.sep(), known.len()), (2, 3, 14));
    }
}
