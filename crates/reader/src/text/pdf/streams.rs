//! The streams of a file as its bytes show them, before anything of it is read: where each begins, how long it is, how
//! it is packed.
//!
//! Every place where a dictionary may begin is tried, since the file itself says which are meant, and may lie.

use std::collections::HashMap;

use memchr::memmem;

use super::packing::Kind;

/// A stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where its data begins.
    pub at: usize,
    /// How long it is, whichever way it is read.
    pub length: usize,
    /// How it is packed; `None` where that stands elsewhere or cannot be told.
    pub kinds: Option<Vec<Kind>>,
    /// Whether it may hold objects, or say where they are: it is then unpacked when the file is opened.
    pub objects: bool,
    pub places: bool,
    /// Whether it is a picture, which is never unpacked.
    pub picture: bool,
}

/// Bytes of dictionaries looked at for each byte of the file: they lie in one another some deep.
const WORK: usize = 8;

/// The streams of a file; `None` where its dictionaries lie in one another deeper than those of files do.
pub(super) fn of(bytes: &[u8]) -> Option<Vec<Found>> {
    let ends: Vec<usize> = memmem::find_iter(bytes, b"endstream").collect();
    let numbers = numbers(bytes);
    let mut out = Vec::new();
    let mut begun = Vec::new();
    let mut work = 1_000_000 + WORK * bytes.len();
    for at in memmem::find_iter(bytes, b"<<") {
        let dict = dict(bytes, at);
        work = work.checked_sub(dict.end - at)?;
        if !dict.closed {
            continue;
        }
        let word = skip_blanks(bytes, dict.end);
        let Some(start) = data_at(bytes, word) else {
            continue;
        };
        begun.push(word);
        let length = length(bytes, start, &ends, &dict, &numbers);
        out.push(Found {
            at: start,
            length,
            kinds: dict.kinds(bytes),
            objects: dict.has(bytes, b"N") && dict.has(bytes, b"First"),
            places: dict.has(bytes, b"W"),
            picture: dict.value(bytes, b"Subtype") == Some(b"Image".to_vec()),
        });
    }
    begun.sort_unstable();
    // Where a dictionary stands before the word, and is not understood, anything may follow.
    for word in memmem::find_iter(bytes, b"stream") {
        let before = &bytes[..word];
        let after_dict = before.trim_ascii_end().ends_with(b">>") || comments(before);
        if before.ends_with(b"end") || !after_dict || begun.binary_search(&word).is_ok() {
            continue;
        }
        if let Some(at) = data_at(bytes, word) {
            out.push(Found {
                at,
                length: first_end(&ends, at).unwrap_or(bytes.len()) - at,
                kinds: None,
                objects: true,
                places: true,
                picture: false,
            });
        }
    }
    Some(out)
}

/// Whether what stands last is a comment, or a dictionary and comments.
fn comments(before: &[u8]) -> bool {
    let line = before
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'));
    let Some(line) = line else {
        return false;
    };
    let before = before[..line].trim_ascii_end();
    let start = before
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'));
    let last = &before[start.unwrap_or(0)..];
    memmem::find(last, b">>").is_some() && last.contains(&b'%')
}

/// Where the data of a stream begins whose word stands at `word`.
fn data_at(bytes: &[u8], word: usize) -> Option<usize> {
    let rest = bytes.get(word..)?.strip_prefix(b"stream")?;
    let data = rest
        .strip_prefix(b"\n")
        .or_else(|| rest.strip_prefix(b"\r\n"))
        .or_else(|| rest.strip_prefix(b"\r"))?;
    Some(bytes.len() - data.len())
}

fn first_end(ends: &[usize], at: usize) -> Option<usize> {
    ends.get(ends.partition_point(|end| *end < at)).copied()
}

/// How long a stream is: to the first word that ends it, or as long as it says where such a word follows; where it
/// says so elsewhere, and that place is not found, to the end of the file.
fn length(
    bytes: &[u8],
    at: usize,
    ends: &[usize],
    dict: &Dict,
    numbers: &HashMap<u32, usize>,
) -> usize {
    let first = first_end(ends, at).unwrap_or(bytes.len()) - at;
    let said = match dict.length(bytes) {
        Length::None => return first,
        Length::Said(said) => said,
        Length::At(number) => match numbers.get(&number) {
            Some(said) => *said,
            None => return bytes.len() - at,
        },
    };
    let follows = at.checked_add(said).and_then(|end| bytes.get(end..));
    let fits = follows.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"endstream"));
    if fits { first.max(said) } else { first }
}

/// Objects that are a number, the largest of each name: lengths stand so.
fn numbers(bytes: &[u8]) -> HashMap<u32, usize> {
    let mut out = HashMap::new();
    for at in memmem::find_iter(bytes, b"obj") {
        let value = &bytes[skip_blanks(bytes, at + 3)..];
        let Some(value) = digits(&value[..value.len().min(20)]) else {
            continue;
        };
        let head = bytes[at.saturating_sub(40)..at].trim_ascii_end();
        let head = head.trim_suffix_digits().trim_ascii_end();
        let name = &head[head.trim_suffix_digits().len()..];
        if let Some(name) = digits(name) {
            let most: &mut usize = out.entry(name as u32).or_default();
            *most = (*most).max(value);
        }
    }
    out
}

trait Digits {
    fn trim_suffix_digits(&self) -> &Self;
}

impl Digits for [u8] {
    fn trim_suffix_digits(&self) -> &Self {
        let end = self.iter().rposition(|byte| !byte.is_ascii_digit());
        &self[..end.map_or(0, |end| end + 1)]
    }
}

/// The number that bytes begin with.
fn digits(bytes: &[u8]) -> Option<usize> {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit());
    let digits = &bytes[..end.unwrap_or(bytes.len())];
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_mark(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

/// Past blanks and comments.
fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(byte) if is_blank(*byte) => at += 1,
            Some(b'%') => at += line(&bytes[at..]),
            _ => return at,
        }
    }
}

/// How long a line is without its end.
fn line(bytes: &[u8]) -> usize {
    memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len())
}

/// A dictionary: what stands in it, but for what stands in dictionaries in it.
struct Dict {
    words: Vec<Word>,
    end: usize,
    /// Whether it has an end.
    closed: bool,
}

/// A word, or a sign, of a dictionary, and where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Name(usize, usize),
    Open,
    Close,
    Number(usize),
    Other,
}

/// The dictionary that begins at a place.
fn dict(bytes: &[u8], start: usize) -> Dict {
    let (mut at, mut depth, mut words) = (start, 0usize, Vec::new());
    let closed = loop {
        at = skip_blanks(bytes, at);
        let Some(byte) = bytes.get(at).copied() else {
            break false;
        };
        let next = bytes.get(at + 1).copied();
        let here = at;
        let word = match byte {
            b'<' if next == Some(b'<') => {
                at += 2;
                depth += 1;
                if depth > 2 {
                    continue;
                }
                Word::Other
            }
            b'>' if next == Some(b'>') => {
                at += 2;
                depth -= 1;
                match depth {
                    0 => break true,
                    _ => continue,
                }
            }
            b'(' => {
                at = string_end(bytes, at);
                Word::Other
            }
            b'<' => {
                at += memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len() - at, |end| end + 1);
                Word::Other
            }
            b'/' => {
                at += 1;
                at += regular(&bytes[at..]);
                Word::Name(here + 1, at)
            }
            b'[' | b']' => {
                at += 1;
                if byte == b'[' {
                    Word::Open
                } else {
                    Word::Close
                }
            }
            _ if is_mark(byte) => {
                at += 1;
                continue;
            }
            _ => {
                at += regular(&bytes[at..]);
                let word = &bytes[here..at];
                // Nothing else stands in a dictionary: what does not mean to be one ends soon.
                let number = word[0].is_ascii_digit() || matches!(word[0], b'+' | b'-' | b'.');
                if !number && !matches!(word, b"true" | b"false" | b"null" | b"R") {
                    break false;
                }
                digits(word).map_or(Word::Other, Word::Number)
            }
        };
        if depth == 1 || word == Word::Other && depth == 2 && byte == b'<' && next == Some(b'<') {
            words.push(word);
        }
    };
    Dict {
        words,
        end: at.max(start + 2).min(bytes.len()),
        closed,
    }
}

fn regular(bytes: &[u8]) -> usize {
    let end = bytes
        .iter()
        .position(|byte| is_blank(*byte) || is_mark(*byte));
    end.unwrap_or(bytes.len())
}

/// Past a text in brackets.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// A name with its escapes resolved.
pub(super) fn name(raw: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::with_capacity(raw.len()), 0);
    while at < raw.len() {
        let value = |at: usize| raw.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (raw[at], value(at + 1), value(at + 2)) {
            (b'#', Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// How long a stream says that it is.
enum Length {
    None,
    Said(usize),
    /// An object of this number says it.
    At(u32),
}

impl Dict {
    /// Where a key's values begin among the words, each time that the key stands there.
    fn after<'a>(&'a self, bytes: &'a [u8], key: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let is = move |word: &Word| matches!(word, Word::Name(from, to) if name(&bytes[*from..*to]) == key);
        let words = self.words.iter().enumerate();
        words
            .filter(move |(_, word)| is(word))
            .map(|(at, _)| at + 1)
    }

    fn has(&self, bytes: &[u8], key: &[u8]) -> bool {
        self.after(bytes, key).next().is_some()
    }

    /// The name that is the value of a key.
    fn value(&self, bytes: &[u8], key: &[u8]) -> Option<Vec<u8>> {
        match self.words.get(self.after(bytes, key).next()?)? {
            Word::Name(from, to) => Some(name(&bytes[*from..*to])),
            _ => None,
        }
    }

    /// How the stream is packed; `None` where that stands elsewhere, or is said in several ways.
    fn kinds(&self, bytes: &[u8]) -> Option<Vec<Kind>> {
        let mut found: Option<Vec<Kind>> = None;
        for at in self.after(bytes, b"Filter").chain(self.after(bytes, b"F")) {
            let kind = |word: &Word| match word {
                Word::Name(from, to) => Some(Kind::named(&name(&bytes[*from..*to]))),
                _ => None,
            };
            let kinds: Vec<Kind> = match self.words.get(at)? {
                Word::Open => {
                    let items = self.words[at + 1..].iter();
                    let items = items.take_while(|word| **word != Word::Close);
                    let kinds: Option<Vec<Option<Kind>>> = items.map(kind).collect();
                    kinds?.into_iter().flatten().collect()
                }
                word => match kind(word)? {
                    Some(kind) => vec![kind],
                    // A name of something else.
                    None => continue,
                },
            };
            if found.as_ref().is_some_and(|found| *found != kinds) {
                return None;
            }
            found = Some(kinds);
        }
        Some(found.unwrap_or_default())
    }

    fn length(&self, bytes: &[u8]) -> Length {
        let mut out = Length::None;
        for at in self.after(bytes, b"Length") {
            let word = |at: usize| self.words.get(at).copied();
            out = match (word(at), word(at + 1), word(at + 2)) {
                (Some(Word::Number(number)), Some(Word::Number(_)), Some(Word::Other)) => {
                    Length::At(number as u32)
                }
                (Some(Word::Number(said)), ..) => Length::Said(said),
                _ => Length::At(u32::MAX),
            };
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How the only stream of a file is packed, and how long it is.
    #[track_caller]
    fn check(about: &str, data: &str, kinds: Option<&[Kind]>, length: usize) {
        let file =
            format!("1 0 obj\n<< {about} >>\nstream\n{data}\nendstream endobj 9 0 obj 4 endobj");
        let found = of(file.as_bytes()).unwrap();
        let [one] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(
            (one.kinds.as_deref(), one.length),
            (kinds, length),
            "{about}"
        );
    }

    #[test]
    fn dictionaries_are_read_whatever_they_hold() {
        let deflate = [Kind::Deflate];
        check("/Filter /FlateDecode", "12345", Some(&deflate), 6);
        check("/Fi#6cter/Fl#61teDecode", "12345", Some(&deflate), 6);
        check(
            "/A (\\)>> stream) /B <</Filter /LZW>> /Filter [ /Fl ]",
            "12345",
            Some(&deflate),
            6,
        );
        check(
            "/Filter [/AHx /Fl]",
            "12345",
            Some(&[Kind::Hex, Kind::Deflate]),
            6,
        );
        check("/Filter 7 0 R", "12345", None, 6);
        check("/Filter /Fl /Filter /AHx", "12345", None, 6);
        check("/X /F /Filter /Fl % >>\n", "12345", Some(&deflate), 6);
        check(
            &format!("/X ({}) /Filter /Fl", "obj".repeat(2_000)),
            "1",
            Some(&deflate),
            2,
        );
        check("", "12345", Some(&[]), 6);
    }

    #[test]
    fn a_length_that_hides_something_is_taken_at_its_longest() {
        check("/Length 16", "endstream 123456", Some(&[]), 16);
        check("/Length 4", "endstream 123456", Some(&[]), 0);
        check("/Length 9 0 R", "1234", Some(&[]), 5);
        check("/Length 8 0 R", "1234", Some(&[]), 38);
    }

    #[test]
    fn what_has_no_end_is_given_up() {
        let deep = b"<<".repeat(100_000);
        assert_eq!(of(&deep), None);
        assert_eq!(of(b"stream\nx"), Some(Vec::new()));
        let odd = of(b"<< /A ( >>\nstream\nx\nendstream").unwrap();
        assert_eq!(odd[0].kinds, None);
    }
}
