//! Whether two counts share a number, their edges as sharp as their words.

use model::{Bound, Count};

/// Factor by which the lower edge of a vague word may be missed.
const VAGUE_FACTOR: u64 = 2;

/// Smallest and largest number a count can be stretched to; a vague word is open upward.
fn reach(count: &Count) -> (u64, u64) {
    if count.bound == Bound::Vague {
        (count.low.div_ceil(VAGUE_FACTOR), u64::MAX)
    } else {
        (count.low, count.high.unwrap_or(u64::MAX))
    }
}

/// Whether no number satisfies both, vague edges stretched.
pub fn apart(a: &Count, b: &Count) -> bool {
    let ((al, ah), (bl, bh)) = (reach(a), reach(b));
    al > bh || bl > ah
}

/// Why two counts that share a number can both hold.
pub fn together(a: &Count, b: &Count) -> String {
    let lower = |count: &Count| count.high.is_none();
    let inside = if b.within(a) {
        Some((b, a))
    } else if a.within(b) {
        Some((a, b))
    } else {
        None
    };
    match inside {
        Some((x, y)) if x.interval() == y.interval() => format!("both say {}", x.interval()),
        Some((x, y)) if lower(a) && lower(b) => format!(
            "both are lower bounds; {} lies inside {}",
            x.interval(),
            y.interval()
        ),
        Some((x, y)) => format!("{} lies inside {}", x.interval(), y.interval()),
        None if a.overlaps(b) => format!("{} and {} share numbers", a.interval(), b.interval()),
        None => {
            let vague = if a.bound == Bound::Vague { a } else { b };
            format!(
                "the edges of “{}” are not sharp: {} and {} lie next to each other",
                vague.words.trim(),
                a.interval(),
                b.interval()
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(n: u64, bound: Bound) -> Count {
        Count::said(n, bound, "")
    }

    #[test]
    fn vague_edges_give_way_and_sharp_ones_do_not() {
        let dozens = Count::range(24, Some(99), Bound::Vague, "dozens");
        let several = Count::range(3, Some(9), Bound::Vague, "several");
        let hundreds = Count::range(200, Some(999), Bound::Vague, "hundreds");
        assert!(!apart(&said(20, Bound::Exact), &dozens));
        assert!(apart(&said(5, Bound::Exact), &dozens));
        assert!(!apart(&several, &hundreds));
        assert!(!apart(&several, &said(140, Bound::Exact)));
        assert!(apart(&said(23, Bound::Exact), &said(24, Bound::Exact)));
    }

    #[test]
    fn why_names_the_intervals() {
        let a = said(200, Bound::AtLeast);
        let b = said(210, Bound::MoreThan);
        assert_eq!(
            together(&a, &b),
            "both are lower bounds; [211, ∞) lies inside [200, ∞)"
        );
        let dozens = Count::range(24, Some(99), Bound::Vague, "dozens");
        assert_eq!(
            together(&said(20, Bound::Exact), &dozens),
            "the edges of “dozens” are not sharp: {20} and [24, 99] lie next to each other"
        );
    }
}
