//! The one hash for words and names: FNV-1a, mixed where its low bits are used. The same on every machine, so that what
//! is stored or was learned by it still holds. No secret depends on it.

/// The state before any byte.
pub const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The state after one more value: FNV-1a takes bytes, and works on wider values as well.
pub const fn step(state: u64, value: u64) -> u64 {
    (state ^ value).wrapping_mul(0x0000_0100_0000_01b3)
}

/// FNV-1a over more bytes.
pub const fn bytes(mut state: u64, bytes: &[u8]) -> u64 {
    let mut at = 0;
    while at < bytes.len() {
        state = step(state, bytes[at] as u64);
        at += 1;
    }
    state
}

/// Mixes a state so that its low bits are as good as its high ones.
pub const fn mix(mut state: u64) -> u64 {
    state ^= state >> 32;
    state = state.wrapping_mul(0xd6e8_feb8_6659_fd93);
    state ^ (state >> 32)
}

/// Joins two hashes in order.
pub const fn join(a: u64, b: u64) -> u64 {
    mix(a.rotate_left(23) ^ b.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Hash of a word: its letters and digits in lower case.
pub fn word(word: &str) -> u64 {
    let mut state = START;
    let mut add = |c: char| {
        state = bytes(state, c.encode_utf8(&mut [0; 4]).as_bytes());
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

/// Hash of words in order, each ended by a zero.
pub fn words(words: &[String]) -> u64 {
    let state = words
        .iter()
        .fold(START, |state, word| step(bytes(state, word.as_bytes()), 0));
    mix(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_stay_what_they_were() {
        // Known answers of FNV-1a.
        assert_eq!(bytes(START, b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(bytes(START, b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(bytes(START, b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn words_fold_case_and_apostrophes_and_order_counts() {
        assert_eq!(word("O’Neill"), word("oneill"));
        assert_ne!(join(1, 2), join(2, 1));
        let two = |a: &str, b: &str| words(&[a.to_owned(), b.to_owned()]);
        assert_ne!(two("ab", "c"), two("a", "bc"));
    }
}
