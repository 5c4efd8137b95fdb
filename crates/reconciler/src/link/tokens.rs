//! Words of a text as the linker counts them: hashed, with where they start, and sentences with a hash each.

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
}

/// A sentence: a range of tokens and a hash of its words.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// First token.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Hash of the words.
    pub hash: u64,
}

/// Hash of a word: FNV-1a over its lower-case letters and digits, mixed.
pub fn hash_word(word: &str) -> u64 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |c: char| {
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for c in word.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                add(c.to_ascii_lowercase());
            }
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(&mut add);
        }
    }
    mix(state)
}

/// Joins two hashes in order.
pub fn join(a: u64, b: u64) -> u64 {
    mix(a.rotate_left(23) ^ b.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn mix(mut state: u64) -> u64 {
    state ^= state >> 32;
    state = state.wrapping_mul(0xd6e8_feb8_6659_fd93);
    state ^ (state >> 32)
}

/// Cuts a text into words and sentences. A sentence ends at a line's end, and at `.`, `!`, `?` before white space.
pub fn scan<'a>(text: &'a str, tokens: &mut Vec<Token<'a>>, sentences: &mut Vec<Sentence>) {
    let mut open = tokens.len();
    let mut start: Option<usize> = None;
    let mut apart = true;
    let mut comma = false;
    let mut gap = 0;
    let mut last = ' ';
    let close = |tokens: &[Token<'a>], sentences: &mut Vec<Sentence>, open: &mut usize| {
        if tokens.len() > *open {
            let hash = tokens[*open..]
                .iter()
                .fold(17, |state, token| join(state, token.hash));
            sentences.push(Sentence {
                start: *open,
                end: tokens.len(),
                hash,
            });
            *open = tokens.len();
        }
    };
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
                hash: hash_word(word),
                capital: word.chars().next().is_some_and(char::is_uppercase),
                number,
                apart: apart || gap > 1,
                comma,
            });
            (apart, comma, gap) = (false, false, 0);
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
            close(tokens, sentences, &mut open);
            apart = true;
        }
        last = c;
    }
    close(tokens, sentences, &mut open);
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

    fn scanned(text: &str) -> (Vec<Token<'_>>, Vec<Sentence>) {
        let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
        scan(text, &mut tokens, &mut sentences);
        (tokens, sentences)
    }

    #[test]
    fn words_know_what_stands_before_them() {
        let (tokens, sentences) = scanned("Ana Vell’s son, 14, ran. A 14-year-old\nfell");
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
        assert_eq!(sentences.len(), 3);
    }

    #[test]
    fn hashes_fold_case_and_keep_order() {
        assert_eq!(hash_word("O’Neill"), hash_word("oneill"));
        assert_ne!(join(1, 2), join(2, 1));
        let (_, a) = scanned("One two.");
        let (_, b) = scanned("one TWO");
        assert_eq!(a[0].hash, b[0].hash);
        assert!(scanned(" — ").0.is_empty());
    }
}
