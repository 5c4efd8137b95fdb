//! How many people (or things), as it was said.

use serde::{Deserialize, Serialize};

/// How a number was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// "23", "a 61-year-old man", "nobody".
    Exact,
    /// "at least 200".
    AtLeast,
    /// "more than 210".
    MoreThan,
    /// "up to 40", "at most 40".
    AtMost,
    /// "fewer than 40".
    FewerThan,
    /// "some 640", "about 30", "nearly 200".
    About,
    /// "20 to 30", "between 20 and 30".
    Between,
    /// "dozens", "several", "many", a bare plural.
    Vague,
}

/// An interval of whole numbers and how it was said.
///
/// `low ..= high`, both ends included; `high: None` is unbounded. The interval holds every number the words allow, so
/// that two counts contradict only when their intervals are disjoint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Count {
    /// Smallest number the words allow.
    pub low: u64,
    /// Largest number the words allow; `None` is no limit.
    pub high: Option<u64>,
    /// How it was said.
    pub bound: Bound,
    /// The number in the words themselves ("some 640" → 640, "more than 210" → 210); `None` when the words hold none
    /// ("dozens").
    pub stated: Option<u64>,
    /// The words.
    pub words: String,
}

/// Share by which "about N" may miss N, rounded outward. A reading convention of ours, stated wherever it is used.
pub const ABOUT_SHARE: f64 = 0.10;

impl Count {
    /// Makes the count for a number `n` said with `bound`; saturates at the ends.
    ///
    /// For [`Bound::Between`] and [`Bound::Vague`] use [`Count::range`].
    pub fn said(n: u64, bound: Bound, words: impl Into<String>) -> Self {
        let (low, high) = match bound {
            Bound::Exact | Bound::Between | Bound::Vague => (n, Some(n)),
            Bound::AtLeast => (n, None),
            Bound::MoreThan => (n.saturating_add(1), None),
            Bound::AtMost => (0, Some(n)),
            Bound::FewerThan => (0, Some(n.saturating_sub(1))),
            Bound::About => {
                let slack = (n as f64 * ABOUT_SHARE).ceil() as u64;
                (n.saturating_sub(slack), Some(n.saturating_add(slack)))
            }
        };
        Self {
            low,
            high,
            bound,
            stated: Some(n),
            words: words.into(),
        }
    }

    /// Makes a count from its ends; they are swapped if the wrong way round.
    pub fn range(low: u64, high: Option<u64>, bound: Bound, words: impl Into<String>) -> Self {
        let (low, high) = match high {
            Some(high) if high < low => (high, Some(low)),
            other => (low, other),
        };
        Self {
            low,
            high,
            bound,
            stated: None,
            words: words.into(),
        }
    }

    /// Whether some number satisfies both.
    pub fn overlaps(&self, other: &Count) -> bool {
        self.low <= other.high.unwrap_or(u64::MAX) && other.low <= self.high.unwrap_or(u64::MAX)
    }

    /// Whether every number this allows is allowed by `other`.
    pub fn within(&self, other: &Count) -> bool {
        self.low >= other.low && self.high.unwrap_or(u64::MAX) <= other.high.unwrap_or(u64::MAX)
    }

    /// The interval as mathematicians write it: `[200, ∞)`, `[20, 30]`, `{23}`.
    pub fn interval(&self) -> String {
        match self.high {
            Some(high) if high == self.low => format!("{{{high}}}"),
            Some(high) => format!("[{}, {}]", self.low, high),
            None => format!("[{}, ∞)", self.low),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_least_and_more_than_overlap() {
        let a = Count::said(200, Bound::AtLeast, "at least 200");
        let b = Count::said(210, Bound::MoreThan, "more than 210");
        assert_eq!((b.low, b.high), (211, None));
        assert!(a.overlaps(&b) && b.within(&a) && !a.within(&b));
    }

    #[test]
    fn exact_numbers_that_differ_are_disjoint() {
        let a = Count::said(23, Bound::Exact, "23");
        assert!(!a.overlaps(&Count::said(24, Bound::Exact, "24")));
        assert_eq!(a.interval(), "{23}");
    }

    #[test]
    fn about_is_a_tenth_either_way() {
        let a = Count::said(640, Bound::About, "some 640");
        assert_eq!((a.low, a.high), (576, Some(704)));
    }

    #[test]
    fn ends_saturate() {
        assert_eq!(Count::said(0, Bound::FewerThan, "").high, Some(0));
        assert_eq!(Count::said(u64::MAX, Bound::MoreThan, "").low, u64::MAX);
        assert_eq!(Count::range(9, Some(3), Bound::Between, "").low, 3);
    }
}
