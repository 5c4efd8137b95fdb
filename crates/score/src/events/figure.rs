//! A figure as the gold writes it ("at least 40", "dozens", "30 to 40") and whether a count gives it; words as this
//! benchmark compares them.

use std::collections::BTreeSet;

use model::{Bound, Count, Value};
use unicode_normalization::UnicodeNormalization;

/// Words that carry nothing here.
const EMPTY: &[&str] = &["the", "a", "of", "in", "and", "for", "to", "at"];

/// The set of words of a text: lower case, letters without marks, runs of ASCII letters and digits.
pub fn words(text: &str) -> BTreeSet<String> {
    let plain: String = text.to_lowercase().nfkd().filter(char::is_ascii).collect();
    plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(str::to_owned)
        .collect()
}

/// How many words two sets share.
pub fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    a.intersection(b).count()
}

/// A gold figure that holds a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    n: u64,
    high: Option<u64>,
    bound: Bound,
}

impl Figure {
    /// Reads a figure; `None` where it holds no number ("dozens").
    pub fn of(text: &str) -> Option<Self> {
        let text = text.to_lowercase().replace(',', "");
        let mut numbers = text
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|digits| digits.parse::<u64>().ok());
        let n = numbers.next()?;
        if let Some(high) = numbers.next() {
            return Some(Self {
                n,
                high: Some(high),
                bound: Bound::Between,
            });
        }
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let bound = if has(&["or more", "at least"]) {
            Bound::AtLeast
        } else if has(&["more than", "over"]) {
            Bound::MoreThan
        } else if has(&["about", "some", "around"]) {
            Bound::About
        } else if has(&["at most", "up to"]) {
            Bound::AtMost
        } else if has(&["fewer", "less than"]) {
            Bound::FewerThan
        } else {
            Bound::Exact
        };
        let high = (bound == Bound::Exact).then_some(n);
        Some(Self { n, high, bound })
    }
}

/// Whether a claim's value gives the gold's figure, bounds aside.
pub fn value_right(gold: &str, value: &Value) -> bool {
    let Value::Count(count) = value else {
        return false;
    };
    let Some(figure) = Figure::of(gold) else {
        return shared(&words(gold), &words(&count.words)) > 0 || matches!(count.low, 2 | 3);
    };
    if figure.bound == Bound::Between {
        return count.low == figure.n && count.high == figure.high;
    }
    count.stated == Some(figure.n)
        || count.low == figure.n
        || (figure.bound == Bound::MoreThan && count.low == figure.n + 1)
}

/// Whether a count has the bound of the gold's figure; one without a number has none.
pub fn bound_right(gold: &str, count: &Count) -> bool {
    Figure::of(gold).is_none_or(|figure| figure.bound == count.bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain_and_a_set() {
        let said: Vec<String> = words("The Hôtel-Dieu of São Tomé, 1,200 at the hôtel")
            .into_iter()
            .collect();
        assert_eq!(said, ["1", "200", "dieu", "hotel", "sao", "tome"]);
    }

    #[test]
    fn figures_say_their_bound() {
        for (text, n, high, bound) in [
            ("1,204", 1204, Some(1204), Bound::Exact),
            ("at least 40", 40, None, Bound::AtLeast),
            ("more than 210", 210, None, Bound::MoreThan),
            ("up to 9", 9, None, Bound::AtMost),
            ("fewer than 9", 9, None, Bound::FewerThan),
            ("some 640", 640, None, Bound::About),
            ("30 to 40", 30, Some(40), Bound::Between),
        ] {
            assert_eq!(Figure::of(text), Some(Figure { n, high, bound }), "{text}");
        }
        assert_eq!(Figure::of("dozens"), None);
    }

    #[test]
    fn a_value_is_right_whatever_its_bound_and_a_vague_word_by_its_words() {
        let more = Count::said(210, Bound::MoreThan, "more than 210");
        let value = Value::Count(more.clone());
        assert!(value_right("more than 210", &value) && value_right("210", &value));
        assert!(bound_right("more than 210", &more) && !bound_right("210", &more));
        assert!(!value_right("209", &value));
        let dozens = Value::Count(Count::range(24, None, Bound::Vague, "dozens of people"));
        assert!(value_right("dozens", &dozens) && !value_right("several", &dozens));
    }
}
