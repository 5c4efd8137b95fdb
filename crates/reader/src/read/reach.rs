//! Things that reach over tokens, found again by a token.
//!
//! Comes in: a list of things, each with the token ranges it reaches. Goes out: the same list, and for any token those
//! that reach it without a walk over all of them, so that a long text costs no more a claim than a short one.

use std::ops::{Deref, Range};

/// Tokens a drawer covers.
const DRAWER: usize = 64;

/// A list in its order, with an index by token.
#[derive(Clone, Debug)]
pub struct Reach<T> {
    all: Vec<T>,
    /// For each stretch of [`DRAWER`] tokens the things that reach into it, in order.
    drawers: Vec<Vec<u32>>,
}

impl<T> Reach<T> {
    /// Indexes a list; `ranges` says what a thing reaches.
    pub fn new(all: Vec<T>, ranges: impl Fn(&T) -> Vec<Range<usize>>) -> Self {
        let mut drawers: Vec<Vec<u32>> = Vec::new();
        for (number, one) in all.iter().enumerate() {
            for range in ranges(one).into_iter().filter(|range| !range.is_empty()) {
                let last = (range.end - 1) / DRAWER;
                if drawers.len() <= last {
                    drawers.resize_with(last + 1, Vec::new);
                }
                for drawer in &mut drawers[range.start / DRAWER..=last] {
                    if drawer.last() != Some(&(number as u32)) {
                        drawer.push(number as u32);
                    }
                }
            }
        }
        Self { all, drawers }
    }

    /// The things that may reach token `i`, in order: all that do, and some that end nearby.
    pub fn near(&self, i: usize) -> impl Iterator<Item = &T> {
        let drawer = self.drawers.get(i / DRAWER).map_or(&[][..], Vec::as_slice);
        drawer.iter().map(|&number| &self.all[number as usize])
    }
}

impl<T> Deref for Reach<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all
    }
}

impl<'a, T> IntoIterator for &'a Reach<T> {
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
        let reach = Reach::new(ranges.clone(), Clone::clone);
        for i in 0..260 {
            let holds = |one: &&Vec<Range<usize>>| one.iter().any(|range| range.contains(&i));
            let near: Vec<_> = reach.near(i).filter(holds).collect();
            let all: Vec<_> = ranges.iter().filter(holds).collect();
            assert_eq!(near, all, "token {i}");
        }
        assert_eq!(reach.len(), 4);
    }
}
