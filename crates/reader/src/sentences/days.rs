//! The words in a sentence that name a day: a weekday, a day of a month, a day of the incident ("on the first day").
//!
//! No day is made here. Claims say which days there are; what stands beside further words for them can then be told
//! apart by day.

use model::{DayMention, NamedDay};

use super::words::{ORDINALS, Token, tokens};
use crate::read::times::calendar::{month_name, weekday_name};

/// Words before a day that make it the bound of a time, or the day on which something was said.
const NOT_ON: &[&str] = &[
    "since",
    "until",
    "till",
    "by",
    "before",
    "of",
    "said",
    "says",
    "told",
    "announced",
    "statement",
    "reported",
    "added",
    "confirmed",
    "alert",
    "reporters",
    "interview",
    "tweeted",
    "wrote",
    "last",
];

/// Whether words about a day only bound a time: "since Wednesday".
pub(super) fn bounds(words: &str) -> bool {
    let first = tokens(words, 0).into_iter().next();
    first.is_some_and(|(_, word)| {
        matches!(word.as_str(), "since" | "until" | "till" | "before" | "by")
    })
}

/// The days that a sentence puts something on.
pub(super) fn find(tokens: &[Token]) -> Vec<DayMention> {
    let mention = |at: usize| {
        let day = named(tokens, at)?;
        Some(DayMention {
            at: tokens[at].0,
            day,
        })
    };
    (0..tokens.len()).filter_map(mention).collect()
}

/// The day that the word at `at` names, unless it bounds a time, ends a stretch of days, or is one on which something
/// was said.
fn named(tokens: &[Token], at: usize) -> Option<NamedDay> {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].1.as_str());
    let token = tokens[at].1.as_str();
    let next = tokens.get(at + 1).map_or("", |(_, word)| word.as_str());
    let on = |from: usize| !said(&before, from) && !ends(&before, from);
    if let Some(weekday) = weekday_name(token) {
        // "Monday, 5 May": the date says which.
        let dated = month_name(next).is_some() || of_month(next).is_some_and(|_| plain(next));
        return (on(1) && !dated).then_some(NamedDay::Weekday(weekday));
    }
    if let Some(month) = month_name(token) {
        let (day, first) = match (of_month(before(1)), of_month(next)) {
            (Some(day), _) => (day, 2),
            (None, Some(day)) => (day, 1),
            _ => return None,
        };
        return on(first).then_some(NamedDay::Date(month, day));
    }
    let nth = (1..).zip(ORDINALS).find(|(_, name)| *name == before(1));
    match nth {
        Some((nth, _))
            if token == "day"
                && before(2) == "the"
                && matches!(before(3), "on" | "in" | "during") =>
        {
            Some(NamedDay::Nth(nth))
        }
        _ => None,
    }
}

/// Whether the words before a day make it a bound, or the day on which something was said.
fn said<'a>(before: &impl Fn(usize) -> &'a str, from: usize) -> bool {
    let near = before(from);
    NOT_ON.contains(&near)
        || matches!(near, "on" | "late" | "early") && NOT_ON.contains(&before(from + 1))
}

/// Whether a day ends a stretch of days, and is no day of its own: "between Friday and Saturday", "from 3 to 5 May".
fn ends<'a>(before: &impl Fn(usize) -> &'a str, from: usize) -> bool {
    let (joint, start) = (before(from), before(from + 1));
    matches!(joint, "and" | "to" | "through")
        && (weekday_name(start).is_some() || start.parse::<i8>().is_ok())
}

/// The day of a month: "5", "5th".
fn of_month(word: &str) -> Option<i8> {
    let bare = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    bare.parse().ok().filter(|n| (1..=31).contains(n))
}

fn plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, want: &[(usize, NamedDay)]) {
        let found = find(&tokens(words, 0));
        let found: Vec<_> = found.into_iter().map(|it| (it.at, it.day)).collect();
        assert_eq!(found, want, "{words}");
    }

    #[test]
    fn days_are_named_in_three_ways() {
        check("On Monday they fired", &[(3, NamedDay::Weekday(1))]);
        check("On 9 March they fired", &[(5, NamedDay::Date(3, 9))]);
        check("On March 9th they fired", &[(3, NamedDay::Date(3, 9))]);
        check("on the second day", &[(14, NamedDay::Nth(2))]);
        check("Monday, 5 May 2031", &[(10, NamedDay::Date(5, 5))]);
        check("the second day of talks", &[]);
    }

    #[test]
    fn bounds_ends_and_days_of_saying_name_no_day() {
        check("since Wednesday", &[]);
        check("he said late Wednesday", &[]);
        check("from 3 to 5 May", &[]);
        check("between Friday and Saturday", &[(8, NamedDay::Weekday(5))]);
        assert!(bounds("Since Wednesday") && !bounds("on Wednesday"));
    }
}
