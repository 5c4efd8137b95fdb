//! How often each word was the head of a cue in the training texts, as a bucket from 0 to 11.

use std::collections::BTreeMap;

use crate::learned::mix;

/// The rates of the words that were met often enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CuePriors {
    /// Hash of word and class, and its byte: bucket, and a bit for words that may be cues whatever their part of
    /// speech.
    table: Vec<(u32, u8)>,
}

const CANDIDATE: u8 = 0x80;

/// First bytes of a table: format and version.
const MAGIC: &[u8; 4] = b"RAT1";

impl CuePriors {
    /// Bytes of one entry of the table.
    const ENTRY: usize = 5;

    /// The table of counts (cues, all) by [`key`]. A word that was a cue at least twice may be one again.
    pub fn of(counts: &BTreeMap<u32, (u32, u32)>) -> Self {
        Self {
            table: counts
                .iter()
                .filter(|(_, (_, all))| *all > 2)
                .map(|(&word, &(cues, all))| (word, byte(cues, all)))
                .collect(),
        }
    }

    /// The byte of a word: bucket and mark; 0 when it was not met.
    pub fn bucket(&self, lemma: u64, verb: bool) -> u8 {
        let key = key(lemma, verb);
        self.table
            .binary_search_by_key(&key, |(word, _)| *word)
            .map_or(0, |at| self.table[at].1)
    }

    /// Whether the byte has the mark of a word that may be a cue.
    pub fn is_candidate(byte: u8) -> bool {
        byte & CANDIDATE != 0
    }

    /// The bucket alone, 0–11; 0 is a word that was not met, 1 one that never was a cue.
    pub fn plain(byte: u8) -> u8 {
        byte & !CANDIDATE
    }

    /// Reads what [`Self::write`] wrote; `None` when it is something else or cut short.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (entries, rest) = bytes.strip_prefix(MAGIC)?.as_chunks::<{ Self::ENTRY }>();
        rest.is_empty().then(|| Self {
            table: entries
                .iter()
                .map(|&[a, b, c, d, byte]| (u32::from_le_bytes([a, b, c, d]), byte))
                .collect(),
        })
    }

    /// The table as bytes: magic, then for each word the high half of its hash (u32, little endian) and its byte, in
    /// order of the hashes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for (word, byte) in &self.table {
            out.extend_from_slice(&word.to_le_bytes());
            out.push(*byte);
        }
        out
    }
}

/// The byte for counts.
pub fn byte(cues: u32, all: u32) -> u8 {
    if all <= 2 {
        return 0;
    }
    let rate = cues as f32 / (all as f32 + 3.0);
    let bucket = if cues == 0 {
        1
    } else {
        let steps = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.55, 0.7, 0.85];
        2 + steps.iter().take_while(|step| rate >= **step).count() as u8
    };
    bucket | if cues >= 2 { CANDIDATE } else { 0 }
}

/// Key of a word in the table.
pub fn key(lemma: u64, verb: bool) -> u32 {
    (mix(lemma, u64::from(verb)) >> 32) as u32
}
