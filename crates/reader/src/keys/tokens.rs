//! Words of a text as the linker counts them: hashed, with how they stand, and where sentences open.

use model::hash;

/// A word.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// The word as written.
    pub word: &'a str,
    /// Hash of the word in lower case, without apostrophes and the possessive.
    pub hash: u64,
    /// Whether it starts with a capital.
    pub capital: bool,
    /// The number, for a word of up to four digits.
    pub number: Option<u32>,
    /// Whether anything but one space or hyphen stands between the word before and this one, or a sentence starts here.
    pub apart: bool,
    /// Whether a comma stands right before.
    pub comma: bool,
    /// Whether it opens a sentence.
    pub opens: bool,
}

/// Cuts a text into words and sentences. A sentence ends at a line's end, and at `.`, `!`, `?` before white space.
pub fn scan<'a>(text: &'a str, tokens: &mut Vec<Token<'a>>) {
    let mut start: Option<usize> = None;
    let mut apart = true;
    let mut opens = true;
    let mut comma = false;
    let mut gap = 0;
    let mut last = ' ';
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        let inner = c == '\'' || c == '’';
        if c.is_alphanumeric() || (inner && start.is_some()) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            let word = bare(&text[from..at]);
            let number = (word.len() <= 4).then(|| word.parse().ok()).flatten();
            tokens.push(Token {
                word,
                hash: hash::word(word),
                capital: word.chars().next().is_some_and(char::is_uppercase),
                number,
                apart: apart || gap > 1,
                comma,
                opens,
            });
            (apart, opens, comma, gap) = (false, false, false, 0);
        }
        gap += 1;
        match c {
            ' ' | '-' => {}
            ',' => {
                comma = true;
                apart = true;
            }
            _ => apart = true,
        }
        // "St. Paul" is no end of a sentence, but nothing is lost when it is taken for one.
        if c == '\n' || (c.is_whitespace() && matches!(last, '.' | '!' | '?')) {
            opens = true;
            apart = true;
        }
        last = c;
    }
}

/// A word without the possessive and apostrophes at its end.
fn bare(word: &str) -> &str {
    let word = word.trim_end_matches(['\'', '’']);
    let cut = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word);
    if cut.is_empty() { word } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(text: &str) -> Vec<Token<'_>> {
        let mut tokens = Vec::new();
        scan(text, &mut tokens);
        tokens
    }

    #[test]
    fn words_know_what_stands_before_them() {
        let tokens = scanned("Ana Vell’s son, 14, ran. A 14-year-old\nfell");
        let words: Vec<&str> = tokens.iter().map(|token| token.word).collect();
        assert_eq!(
            words,
            [
                "Ana", "Vell", "son", "14", "ran", "A", "14", "year", "old", "fell"
            ]
        );
        let apart: Vec<bool> = tokens.iter().map(|token| token.apart).collect();
        assert_eq!(
            apart,
            [
                true, false, false, true, true, true, false, false, false, true
            ]
        );
        assert!(tokens[3].comma && tokens[4].comma && !tokens[5].comma);
        assert_eq!((tokens[3].number, tokens[4].number), (Some(14), None));
        let opening = tokens.iter().filter(|token| token.opens);
        let opening: Vec<&str> = opening.map(|token| token.word).collect();
        assert_eq!(opening, ["Ana", "A", "fell"]);
        assert!(scanned(" — ").is_empty());
    }
}
