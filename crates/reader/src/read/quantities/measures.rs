//! What a number measures when it counts nothing: money, shares, lengths, clock times, dates, addresses, names, scores.
//!
//! Read from the words beside it; the parse is asked only where the words leave it open.

use std::ops::Range;

use super::{Measure, numeral, words::Words};
use crate::{lexicon::List, read::times::calendar};

const CURRENCY_MARKS: &[&str] = &[
    "$", "£", "€", "¥", "₹", "₦", "us$", "a$", "c$", "usd", "eur", "gbp", "rs", "rs.", "n$", "hk$",
];
const CURRENCY_WORDS: &[&str] = &[
    "dollar",
    "dollars",
    "euro",
    "euros",
    "cents",
    "cent",
    "rupees",
    "rupee",
    "lira",
    "liras",
    "yuan",
    "yen",
    "dinars",
    "riyals",
    "rials",
    "pesos",
    "peso",
    "francs",
    "rubles",
    "roubles",
    "shekels",
    "naira",
    "taka",
    "usd",
    "dirhams",
    "shillings",
    "kronor",
];
const SHARES: &[&str] = &["%", "percent", "pct", "percentage"];
const TABLE: &str = include_str!("../../../../../lexicons/en/measures.tsv");

static UNITS: List = List::new(TABLE, "unit");
const SPANS: &[&str] = &[
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "hour",
    "hours",
    "minute",
    "minutes",
    "second",
    "seconds",
    "decade",
    "decades",
    "century",
    "centuries",
    "fortnight",
    "night",
    "nights",
    "hr",
    "hrs",
    "mins",
    "yr",
    "yrs",
    "weekend",
    "weekends",
    "quarter",
    "quarters",
];
const STREETS: &[&str] = &[
    "street",
    "st",
    "st.",
    "avenue",
    "ave",
    "ave.",
    "road",
    "rd",
    "rd.",
    "boulevard",
    "blvd",
    "blvd.",
    "drive",
    "dr.",
    "lane",
    "ln",
    "ln.",
    "way",
    "highway",
    "hwy",
    "court",
    "ct",
    "place",
    "pl",
    "parkway",
    "pkwy",
    "terrace",
    "circle",
    "block",
    "trail",
    "pike",
];
/// Words that a number after them names, when it is written in digits.
const NUMBERED: &[&str] = &[
    "route",
    "highway",
    "interstate",
    "flight",
    "resolution",
    "article",
    "room",
    "block",
    "unit",
    "channel",
    "no.",
    "number",
    "no",
    "chapter",
    "phase",
    "page",
    "section",
    "line",
    "platform",
    "gate",
    "ward",
    "zone",
    "district",
    "precinct",
    "sector",
    "building",
    "level",
    "stage",
    "camp",
    "checkpoint",
    "terminal",
    "apartment",
    "apt",
    "suite",
    "hwy",
    "rt",
    "exit",
    "mile",
    "grade",
    "class",
    "version",
    "series",
    "type",
    "figure",
    "table",
    "radio",
    "tier",
    "pier",
    "engine",
    "station",
    "ladder",
    "box",
    "rule",
    "amendment",
];
const MATCHES: &[&str] = &[
    "win", "won", "wins", "beat", "beats", "lost", "lose", "drew", "draw", "vote", "voted",
    "score", "defeat", "defeated", "lead", "leading", "led", "tied", "victory", "match", "game",
    "loss", "defeats",
];

/// Says what the number at words `core` measures by its own phrase; `None` for a count.
///
/// `lead` is the first word of the whole expression, `after` the first word after it.
pub fn measure(
    words: &Words,
    lead: usize,
    core: Range<usize>,
    after: usize,
    read: &numeral::Numeral,
) -> Option<Measure> {
    let back = |n| words.lower_before(core.start, n);
    let before_lead = words.lower_before(lead, 1);
    if CURRENCY_MARKS.contains(&back(1)) || CURRENCY_MARKS.contains(&before_lead) {
        return Some(Measure::Money);
    }
    let hyphen =
        usize::from(words.lower(after) == "-" && words.glued(after) && words.glued(after + 1));
    let next = words.lower(after + hyphen);
    let then = words.lower(after + hyphen + 1);
    if SHARES.contains(&next) || (next == "per" && then == "cent") {
        return Some(Measure::Percent);
    }
    // "10 US dollars"
    if CURRENCY_WORDS.contains(&next)
        || (CURRENCY_WORDS.contains(&then)
            && words.token(after)?.text().starts_with(char::is_uppercase))
    {
        return Some(Measure::Money);
    }
    if UNITS.contains(next) && (next != "m" || words.glued(after))
        || (next == "square" || next == "cubic")
    {
        return Some(Measure::Unit);
    }
    if SPANS.contains(&next)
        || (matches!(
            next,
            "consecutive"
                | "straight"
                | "more"
                | "full"
                | "long"
                | "calendar"
                | "whole"
                | "working"
                | "business"
        ) && SPANS.contains(&then))
    {
        return Some(Measure::Duration);
    }
    if clock(words, core.clone(), after) {
        return Some(Measure::Clock);
    }
    if address(words, core.start, after, read) {
        return Some(Measure::Address);
    }
    if date(words, core.clone(), after, read) {
        return Some(Measure::Date);
    }
    if read.decimal {
        return Some(Measure::Unit);
    }
    if lead == core.start && named(words, core.clone(), after, read) {
        return Some(Measure::Name);
    }
    None
}

fn clock(words: &Words, core: Range<usize>, after: usize) -> bool {
    let next = words.lower(after);
    matches!(
        next,
        "am" | "pm"
            | "a.m."
            | "p.m."
            | "a.m"
            | "p.m"
            | "o'clock"
            | "o’clock"
            | "hrs"
            | "gmt"
            | "utc"
            | "noon"
    ) || (next == ":"
        && words.glued(after)
        && words.glued(after + 1)
        && numeral::figure(words.text(after + 1)).is_some())
        || (words.lower_before(core.start, 1) == ":" && words.glued(core.start))
        || (words.lower_before(core.start, 1) == "at"
            && (next == "local" || words.lower(after + 1) == "morning"))
}

fn date(words: &Words, core: Range<usize>, after: usize, read: &numeral::Numeral) -> bool {
    let plausible_day = (1..=31).contains(&read.value) && read.multiplier == 1;
    let month = |word: &str, text: &str| {
        calendar::month(word).is_some() && text.starts_with(char::is_uppercase)
    };
    let next = words.lower(after);
    if plausible_day
        && month(
            words.lower_before(core.start, 1),
            words.before(core.start, 1).map_or("", |t| t.text()),
        )
    {
        return true;
    }
    if plausible_day
        && (month(next, words.text(after))
            || (next == "of" && month(words.lower(after + 1), words.text(after + 1))))
    {
        // "12 May supporters" does not happen; "12 March people" neither.
        return true;
    }
    let year = read.digits
        && words.text(core.start).len() == 4
        && core.len() == 1
        && (1800..=2100).contains(&read.value);
    if !year {
        return false;
    }
    let before = words.lower_before(core.start, 1);
    if month(before, words.before(core.start, 1).map_or("", |t| t.text())) {
        return true;
    }
    if matches!(
        before,
        "in" | "since"
            | "until"
            | "till"
            | "during"
            | "early"
            | "late"
            | "mid"
            | "by"
            | "from"
            | "before"
            | "after"
            | "the"
            | "between"
            | "fiscal"
            | "year"
            | ","
            | "of"
            | "("
            | "season"
            | "circa"
            | "to"
            | "through"
            | "and"
            | "-"
            | "–"
            | "for"
            | "summer"
            | "winter"
            | "spring"
            | "autumn"
            | "fall"
    ) {
        return !plural_next(words, after)
            || matches!(
                before,
                "the" | "in" | "since" | "during" | "early" | "late" | "mid"
            );
    }
    !plural_next(words, after)
}

fn plural_next(words: &Words, k: usize) -> bool {
    words
        .token(k)
        .is_some_and(|token| matches!(token.tag(), "NNS" | "NNPS") || token.lower() == "people")
}

fn address(words: &Words, start: usize, after: usize, read: &numeral::Numeral) -> bool {
    if !read.digits {
        return false;
    }
    if words.lower(after) == "block" {
        return true;
    }
    let capital = |k| words.text(k).starts_with(|c: char| c.is_uppercase());
    // "at 2514 Mount Arel": a figure before a singular name, where an address is expected.
    if matches!(words.lower_before(start, 1), "at" | "to" | "from")
        && words.text(start).bytes().all(|b| b.is_ascii_digit())
        && capital(after)
        && words.token(after).is_some_and(|token| token.tag() == "NNP")
        && !(after..after + 4).any(|k| plural_next(words, k))
        && calendar::month(words.lower(after)).is_none()
    {
        return true;
    }
    // "1200 Main Street", "45 St. Mary's Road": capitals up to a street word.
    (after..after + 5)
        .take_while(|&k| {
            capital(k)
                || words.text(k).starts_with(|c: char| c.is_ascii_digit())
                || matches!(words.lower(k), "'s" | "of")
        })
        .skip(1)
        .any(|k| STREETS.contains(&words.lower(k)))
}

/// "Apollo 13", "Channel 5", "AK-47", "Route 66": the number is part of a name.
fn named(words: &Words, core: Range<usize>, after: usize, read: &numeral::Numeral) -> bool {
    let Some(before) = words.before(core.start, 1) else {
        // "1." or "2)" at the head of a paragraph numbers it.
        return read.digits && matches!(words.lower(after), "." | ")") && words.len() > after + 1;
    };
    if words.text(core.start) == "911" && core.len() == 1 && !plural_next(words, after) {
        return true;
    }
    if words.glued(core.start) {
        if matches!(before.lower(), "-" | "#") {
            return before.lower() == "#"
                || (words.glued(core.start - 1)
                    && words
                        .before(core.start, 2)
                        .is_some_and(|t| t.text().chars().all(char::is_alphabetic)));
        }
        return before.text().ends_with(char::is_alphanumeric);
    }
    if plural_next(words, after) {
        return false;
    }
    if NUMBERED.contains(&before.lower()) {
        return read.digits || before.text().starts_with(char::is_uppercase);
    }
    read.digits
        && before.text().starts_with(char::is_uppercase)
        && before.pos() == language::Pos::Propn
        && words.token(core.start).is_some_and(|token| {
            token.head() == before
                || (token.entity().is_some() && before.entity() == token.entity())
        })
}

/// Whether "3-2" is a score, a vote or part of a telephone number, not a range: the second number is no greater or far
/// greater, or a word of games or votes stands close before.
pub fn score(words: &Words, k: usize, first: u64, second: u64) -> bool {
    second <= first
        || second > first.saturating_mul(12)
        || ((100..1000).contains(&first) && second >= 1000)
        || (1..=4).any(|n| MATCHES.contains(&words.lower_before(k, n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        crate::lexicon::check(TABLE, &[&UNITS]);
    }
}
