//! Strings as spaCy hashes them.
//!
//! What comes in: a string. What goes out: its 64-bit id, which feeds the embedding tables and keys the look-up tables.
//! Some strings (names of attributes, tags, labels) have small reserved ids instead of a hash.

use super::symbols::SYMBOLS;

/// Id of a string in spaCy's string store: 0 for the empty one, the reserved id of a symbol, else its hash.
pub(crate) fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    match SYMBOLS.binary_search_by(|(name, _)| (*name).cmp(text)) {
        Ok(at) => u64::from(SYMBOLS[at].1),
        Err(_) => murmur64a(text.as_bytes(), 1),
    }
}

/// MurmurHash64A (Austin Appleby, public domain).
pub(crate) fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (blocks, tail) = bytes.as_chunks::<8>();
    for block in blocks {
        let mut k = u64::from_le_bytes(*block).wrapping_mul(M);
        k ^= k >> R;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        for (i, &byte) in tail.iter().enumerate() {
            h ^= u64::from(byte) << (8 * i);
        }
        h = h.wrapping_mul(M);
    }
    h ^= h >> R;
    h = h.wrapping_mul(M);
    h ^ (h >> R)
}

/// The four 32-bit row keys of one feature value, by thinc's 128-bit Murmur3 of a 64-bit key.
pub(crate) fn row_keys(value: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let finish = |mut h: u64| {
        h ^= h >> 33;
        h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 33;
        h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ (h >> 33)
    };
    let mut h1 = value
        .wrapping_mul(0x87c3_7b91_1142_53d5)
        .rotate_left(31)
        .wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = finish(h1);
    h2 = finish(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_spacys() {
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("hello"), 5_983_625_672_228_268_878);
        assert_eq!(string_id("hello world!"), 2_250_993_713_583_282_316);
        assert_eq!(string_id("punct"), 445);
        assert_eq!(
            row_keys(string_id("hello"), 8),
            [2_726_685_510, 2_083_710_382, 4_090_028_265, 978_081_925]
        );
        assert_eq!(row_keys(0, 8), [0; 4]);
    }

    #[test]
    fn symbols_are_sorted() {
        assert!(SYMBOLS.is_sorted());
    }
}
