//! A text as words: where they stand, how they are written, which begin a sentence.

use std::ops::Range;

use model::fold::{self, Folding};

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// All its letters are small, or it has none.
    Small,
    /// It has a capital.
    Capital,
    /// It has letters of a script without capitals.
    None,
}

/// A word.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its bytes, without an `'s` at the end.
    pub range: Range<usize>,
    /// Folded: what two spellings of it have in common, without digits.
    pub folded: String,
    /// How it is written.
    pub case: Case,
    /// Whether a capital may be due to its place: it begins a sentence or stands in a headline.
    pub begins: bool,
    /// Whether nothing but a space, a hyphen or a full stop of an initial parts it from the word before.
    pub joins: bool,
    /// The number that it is, in figures.
    pub number: Option<u32>,
}

/// Whether a character is seen by nobody: it parts no word.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´' | '′'
    )
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || fold::is_mark(c) || is_unseen(c) || is_apostrophe(c) || is_combining(c)
}

/// Marks of other scripts, which are no letters of their own.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{0591}'..='\u{05bd}' | '\u{0900}'..='\u{0903}' | '\u{093a}'..='\u{094f}'
        | '\u{0981}'..='\u{0983}' | '\u{09bc}'..='\u{09cd}' | '\u{0e31}'..='\u{0e4e}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// A word folded, without what nobody sees and without digits.
pub(super) fn folded(word: &str) -> String {
    let seen: String = word
        .chars()
        .filter(|c| !is_unseen(*c) && !c.is_numeric())
        .collect();
    fold::name(&seen, Folding::ARABIC).replace(' ', "")
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut line = 0;
    for piece in text.split_inclusive('\n') {
        of_line(text, line..line + piece.len(), &mut out);
        line += piece.len();
    }
    out
}

fn of_line(text: &str, line: Range<usize>, out: &mut Vec<Token>) {
    let first = out.len();
    let words = &text[line.clone()];
    let mut at = 0;
    let mut end = line.start;
    while let Some(next) = words[at..].find(is_inner) {
        let start = at + next;
        let rest = &words[start..];
        let len = rest.find(|c| !is_inner(c)).unwrap_or(rest.len());
        at = start + len;
        let Some(range) = trimmed(text, line.start + start..line.start + at) else {
            continue;
        };
        let gap = &text[end..range.start];
        let before = out.len() > first;
        let token = Token {
            folded: folded(&text[range.clone()]),
            case: case_of(&text[range.clone()]),
            begins: !before || begins_after(gap, out.last()),
            joins: before && joins(gap, out.last()),
            number: number(&text[range.clone()]),
            range,
        };
        end = token.range.end;
        out.push(token);
    }
    let of_line = &mut out[first..];
    if is_headline(of_line) {
        of_line.iter_mut().for_each(|token| token.begins = true);
    }
}

/// A word without apostrophes at its ends and without `'s`.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let outer = |c: char| is_apostrophe(c) || is_unseen(c);
    let word = &text[range.clone()];
    let start = range.start + (word.len() - word.trim_start_matches(outer).len());
    let word = text[start..range.end].trim_end_matches(outer);
    let short = word.strip_suffix(['s', 'S']);
    let short = short.filter(|it| it.ends_with(is_apostrophe) && it.chars().count() > 2);
    let word = short.map_or(word, |it| it.trim_end_matches(outer));
    (!word.is_empty()).then(|| start..start + word.len())
}

fn case_of(word: &str) -> Case {
    let cased = |c: char| c.is_uppercase() || c.is_lowercase();
    // A capital alone between digits, as in times, is no name; a word is.
    if word
        .chars()
        .any(|c| c.is_alphabetic() && !cased(c) && !is_modifier(c))
    {
        Case::None
    } else if word.chars().any(char::is_uppercase)
        || word.chars().any(|c| matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ'))
    {
        Case::Capital
    } else {
        Case::Small
    }
}

/// Letters that modify others and have no case.
fn is_modifier(c: char) -> bool {
    matches!(c, '\u{2b0}'..='\u{2ff}' | 'ª' | 'º')
}

fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    let small = word.to_lowercase();
    let spelled = WORDS.iter().position(|it| *it == small);
    word.parse().ok().or(spelled.map(|n| n as u32))
}

/// Whether a word after this gap begins a sentence: after a full stop, a colon, an opening quotation mark.
fn begins_after(gap: &str, before: Option<&Token>) -> bool {
    let initial =
        before.is_some_and(|it| it.case == Case::Capital && it.folded.chars().count() == 1);
    let stop =
        gap.contains(['!', '?', ':', '…', '•', '–', '—', '|']) || gap.contains('.') && !initial;
    let opens = gap.contains(['“', '"', '«', '„', '‘', '(', '[']);
    stop || opens
}

fn joins(gap: &str, before: Option<&Token>) -> bool {
    let before = before.map_or(0, |it| it.folded.chars().count());
    let mut chars = gap.chars().filter(|c| !is_unseen(*c)).peekable();
    if before <= 3 && chars.peek() == Some(&'.') {
        chars.next();
    }
    chars.all(|c| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '_' | '·'))
}

/// Whether most longer words of a line have capitals, and it has five words or so.
fn is_headline(tokens: &[Token]) -> bool {
    let long = tokens
        .iter()
        .filter(|it| it.folded.chars().count() >= 4 && it.case != Case::None);
    let (all, capitals) = long.fold((0, 0), |(all, capitals), it| {
        (all + 1, capitals + usize::from(it.case == Case::Capital))
    });
    all >= 3 && capitals * 10 >= all * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_to_what_spellings_share() {
        let all = |text: &str| {
            tokens(text)
                .into_iter()
                .map(|it| it.folded)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            all("O’Brien's O'Brien Obrien"),
            ["obrien", "obrien", "obrien"]
        );
        assert_eq!(
            all("Mi\u{200b}na Torválds-Hesk"),
            ["mina", "torvalds", "hesk"]
        );
        assert_eq!(all("الحدّاد"), ["حداد"]);
    }

    #[test]
    fn a_capital_at_the_start_or_in_a_headline_says_little() {
        let begins = |text: &str| tokens(text).iter().filter(|it| it.begins).count();
        assert_eq!(begins("Mina ran. She fell, said Olin."), 2);
        assert_eq!(begins("Girl, Nine, Hurt Near Bridge"), 5);
    }
}
