//! Precision, recall and F1 pooled over items (micro).

use std::ops::AddAssign;

/// Counts behind a precision, recall and F1; add them up over items, then ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct F1 {
    /// Right.
    pub right: usize,
    /// Said.
    pub said: usize,
    /// In the gold.
    pub gold: usize,
}

impl F1 {
    /// Counts for two sets of which `right` members are common.
    pub fn new(right: usize, said: usize, gold: usize) -> Self {
        Self { right, said, gold }
    }

    /// Right of what was said; 0 when nothing was.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.said)
    }

    /// Right of what the gold has; 0 when it has nothing.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.said + self.gold)
    }
}

impl AddAssign for F1 {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.said += other.said;
        self.gold += other.gold;
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_right_of_four_said_and_six_wanted() {
        let mut sum = F1::new(1, 2, 3);
        sum += F1::new(2, 2, 3);
        assert_eq!((sum.precision(), sum.recall(), sum.f1()), (0.75, 0.5, 0.6));
        assert_eq!(F1::default().f1(), 0.0);
    }
}
