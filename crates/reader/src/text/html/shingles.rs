//! Runs of words of a text, for asking how much of other words it holds.

use std::collections::BTreeSet;

use model::hash;

/// Word runs of a text, for asking whether it holds other words.
#[derive(Default)]
pub(super) struct Shingles {
    /// Runs of [`RUN`] words.
    runs: BTreeSet<u64>,
    /// Whole lines shorter than that.
    lines: BTreeSet<u64>,
    /// Words in all.
    pub words: usize,
}

/// Words of a run.
const RUN: usize = 4;

impl Shingles {
    pub(super) fn of(text: &str) -> Shingles {
        let mut out = Shingles::default();
        let hashes = hashes(text);
        out.words = hashes.len();
        out.runs = hashes.windows(RUN).map(mix).collect();
        for line in text.lines() {
            let hashes = self::hashes(line);
            if (1..RUN).contains(&hashes.len()) {
                out.lines.insert(mix(&hashes));
            }
        }
        out
    }

    /// How much of the words the text holds, 0 to 1.
    pub(super) fn holds(&self, words: &str) -> f32 {
        let hashes = hashes(words);
        if hashes.is_empty() {
            return 0.0;
        }
        if hashes.len() < RUN {
            return f32::from(u8::from(self.lines.contains(&mix(&hashes))));
        }
        let runs = hashes.windows(RUN);
        let all = runs.len();
        let held = runs.filter(|run| self.runs.contains(&mix(run))).count();
        held as f32 / all as f32
    }
}

/// One number a word: FNV-1a over its letters and digits in lower case.
pub(super) fn hashes(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.chars()
                .flat_map(char::to_lowercase)
                .fold(hash::START, |state, c| {
                    hash::step(state, u64::from(u32::from(c)))
                })
        })
        .collect()
}

pub(super) fn mix(run: &[u64]) -> u64 {
    run.iter().fold(hash::START, |state, word| {
        hash::step(state.rotate_left(5), *word)
    })
}
