//! What is right of how many, and what is wrong.

use std::collections::BTreeMap;

use crate::Miss;

/// Right and all, by metric.
#[derive(Default)]
pub(super) struct Tally {
    pub shares: BTreeMap<String, (usize, usize)>,
    pub misses: Vec<Miss>,
}

impl Tally {
    pub fn add(&mut self, name: &str, right: bool) {
        let share = self.shares.entry(name.to_owned()).or_default();
        share.0 += usize::from(right);
        share.1 += 1;
    }

    pub fn miss(&mut self, item: String, field: &str, expected: String, said: String, words: &str) {
        self.misses.push(Miss {
            item,
            field: field.to_owned(),
            expected,
            said,
            words: words.to_owned(),
        });
    }
}
