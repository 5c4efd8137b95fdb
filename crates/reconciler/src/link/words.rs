//! Words folded for comparison, and their five-word shingles.

use model::{BlockKind, Text};

pub use model::words::{fold, key};

/// Words in a shingle.
pub const SHINGLE: usize = 5;

/// Returns the hashes of the five-word shingles of `words`, in order; one of all the words if there are fewer than
/// five.
pub fn shingles(words: &[String]) -> Vec<u64> {
    match words.len() {
        0 => Vec::new(),
        n if n < SHINGLE => vec![hash(words)],
        _ => words.windows(SHINGLE).map(hash).collect(),
    }
}

/// Returns the shingles of a text's own words, page furniture left out, sorted, each once.
pub fn of_text(text: &Text) -> Vec<u64> {
    let mut all = Vec::new();
    if text.blocks().is_empty() {
        all = shingles(&fold(text.as_str()));
    }
    for block in text.blocks() {
        if block.kind == BlockKind::Boilerplate {
            continue;
        }
        let words = fold(text.slice(block.span));
        // A heading of two words is no passage.
        if words.len() >= SHINGLE {
            all.extend(shingles(&words));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// FNV-1a over the words, mixed once more so that its low bits may be used to sample.
fn hash(words: &[String]) -> u64 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for word in words {
        for byte in word.bytes().chain([0]) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    state ^= state >> 32;
    state = state.wrapping_mul(0xd6e8_feb8_6659_fd93);
    state ^ (state >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_words_make_one_shingle_and_six_make_two() {
        let words = fold("one two three four five six");
        assert_eq!(shingles(&words).len(), 2);
        assert_eq!(shingles(&words[..5]).len(), 1);
        assert_eq!(shingles(&words[..2]).len(), 1);
        assert!(shingles(&[]).is_empty());
    }
}
