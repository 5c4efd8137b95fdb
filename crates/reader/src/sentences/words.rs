//! The words of a sentence.

/// A word in small letters, with the byte at which it starts.
pub(super) type Token = (usize, String);

/// The words of a stretch that starts at byte `base`.
pub(super) fn tokens(words: &str, base: usize) -> Vec<Token> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = &words[from..at];
                let small = word.to_lowercase();
                // A word that grows or shrinks in small letters is in no list, and its bytes must stay its own.
                let same = small.len() == word.len();
                out.push((base + from, if same { small } else { word.to_owned() }));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// Words for the days of an incident.
pub(super) const ORDINALS: [&str; 7] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh",
];
