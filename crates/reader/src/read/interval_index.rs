//! An index of intervals: things that reach over tokens, found again by a token.
//!
//! Comes in: a list of things, each with the token ranges it reaches. Goes out: the same list, and for any token those
//! that reach it without a walk over all of them, so that a long text costs no more a claim than a short one.

use std::ops::{Deref, Range};

/// Tokens a bucket covers.
const BUCKET: usize = 64;

/// A list in its order, with an index by token.
#[derive(Clone, Debug)]
pub struct IntervalIndex<T> {
    all: Vec<T>,
    /// For each stretch of [`BUCKET`] tokens the things that reach into it, in order.
    buckets: Vec<Vec<u32>>,
}

impl<T> IntervalIndex<T> {
    /// Indexes a list; `ranges` says what a thing reaches.
    pub fn new(all: Vec<T>, ranges: impl Fn(&T) -> Vec<Range<usize>>) -> Self {
        let mut buckets: Vec<Vec<u32>> = Vec::new();
        for (number, one) in all.iter().enumerate() {
            for range in ranges(one).into_iter().filter(|range| !range.is_empty()) {
                let last = (range.end - 1) / BUCKET;
                if buckets.len() <= last {
                    buckets.resize_with(last + 1, Vec::new);
                }
                for bucket in &mut buckets[range.start / BUCKET..=last] {
                    if bucket.last() != Some(&(number as u32)) {
                        bucket.push(number as u32);
                    }
                }
            }
        }
        Self { all, buckets }
    }

    /// The things that may reach token `i`, in order: all that do, and some that end nearby.
    pub fn near(&self, i: usize) -> impl Iterator<Item = &T> {
        let bucket = self.buckets.get(i / BUCKET).map_or(&[][..], Vec::as_slice);
        bucket.iter().map(|&number| &self.all[number as usize])
    }
}

impl<T> Deref for IntervalIndex<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all
    }
}

impl<'a, T> IntoIterator for &'a IntervalIndex<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_finds_what_reaches_it() {
        let ranges = vec![vec![0..3, 200..210], vec![60..70], vec![], vec![5..5]];
        let index = IntervalIndex::new(ranges.clone(), Clone::clone);
        for i in 0..260 {
            let holds = |one: &&Vec<Range<usize>>| one.iter().any(|range| range.contains(&i));
            let near: Vec<_> = index.near(i).filter(holds).collect();
            let all: Vec<_> = ranges.iter().filter(holds).collect();
            assert_eq!(near, all, "token {i}");
        }
        assert_eq!(index.len(), 4);
    }
}
