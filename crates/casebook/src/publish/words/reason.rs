//! The reasons that the program gives, for people.

use super::numbers::range;

/// A reason of the program with its intervals in words: `{23}` is `23`, `[46, ∞)` is `46 or more`, `[20, 30]` is `20 to
/// 30`. What stands in quotation marks stays as it was printed.
pub fn reason(why: &str) -> String {
    let mut out = String::with_capacity(why.len());
    let mut quoted = 0usize;
    let mut rest = why;
    while let Some(first) = rest.chars().next() {
        match first {
            '“' => quoted += 1,
            '”' => quoted = quoted.saturating_sub(1),
            _ => {}
        }
        if quoted == 0
            && let Some((low, high, after)) = interval(rest)
        {
            out.push_str(&range(low, high));
            rest = after;
            continue;
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    out
}

/// The interval that words begin with, as [`model::Count::interval`] writes it, and what comes after.
fn interval(words: &str) -> Option<(u64, Option<u64>, &str)> {
    let begins = words.chars().next()?;
    let within = words.strip_prefix(['{', '['])?;
    let (inner, ends, after) = {
        let at = within.find(['}', ']', ')'])?;
        (&within[..at], within.as_bytes()[at], &within[at + 1..])
    };
    let number = |digits: &str| {
        let plain = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    match (begins, inner.split_once(", "), ends) {
        ('{', None, b'}') => number(inner).map(|n| (n, Some(n), after)),
        ('[', Some((low, high)), b']') => Some((number(low)?, Some(number(high)?), after)),
        ('[', Some((low, "∞")), b')') => Some((number(low)?, None, after)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn intervals_are_words() {
        let check = |why: &str, says: &str| assert_eq!(reason(why), says);
        check("{23} was replaced by {24}", "23 was replaced by 24");
        check(
            "both are lower bounds; [211, ∞) lies inside [200, ∞)",
            "both are lower bounds; 211 or more lies inside 200 or more",
        );
        check("[24, 99] and [0, 40]", "24 to 99 and at most 40");
        check(
            "the edges of “{20} [1, 2]” are not sharp: {20}",
            "the edges of “{20} [1, 2]” are not sharp: 20",
        );
        for plain in [
            "",
            "{",
            "[",
            "{}",
            "[, ]",
            "{a}",
            "{1, 2}",
            "[1]",
            "[1, 2)",
            "[1, ∞]",
            "{-1}",
            "a “b",
            "f(x) [",
            "{٣}",
            "{99999999999999999999999}",
            "[é, ∞)",
        ] {
            check(plain, plain);
        }
    }

    #[test]
    fn what_counts_write_is_read() {
        use model::{Bound, Count};
        let check = |count: Count| {
            let words = reason(&format!("because {}.", count.interval()));
            assert_eq!(words, format!("because {}.", super::super::count(&count)));
        };
        check(Count::said(23, Bound::Exact, ""));
        check(Count::said(46, Bound::AtLeast, ""));
        check(Count::said(12, Bound::AtMost, ""));
        check(Count::range(20, Some(30), Bound::Between, ""));
        check(Count::range(0, None, Bound::Vague, ""));
    }
}
