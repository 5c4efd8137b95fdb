//! The sentences of a report, and the words in them that name a day already known.
//!
//! Which days there are, claims say; here only further mentions of the same days are found ("on 9 March", "on
//! Thursday", "on the first day"), so that what stands beside them can be told apart. No day is made.

use jiff::civil::Date;
use model::{BlockKind, Reading, Span};

/// Sentences looked at in one report.
const MOST: usize = 2_000;

/// The sentences of a text, in order; page furniture is left out.
pub fn sentences(reading: &Reading) -> Vec<Span> {
    let text = &reading.text;
    let mut out = Vec::new();
    for block in text.blocks() {
        if block.kind == BlockKind::Boilerplate {
            continue;
        }
        let words = text.slice(block.span);
        let base = block.span.start();
        let mut start = 0;
        let mut chars = words.char_indices().peekable();
        let mut ended = false;
        while let Some((at, c)) = chars.next() {
            match c {
                '.' | '!' | '?' => ended = true,
                '"' | '”' | '’' | '\'' | ')' => {}
                c if c.is_whitespace() => {
                    let next = chars.peek().map(|(_, c)| *c);
                    let opens = next
                        .is_none_or(|c| c.is_uppercase() || c.is_numeric() || "“\"‘(".contains(c));
                    // One letter, or a title, before a stop ends no sentence.
                    if ended && opens && !abbreviated(&words[start..at]) {
                        out.push(Span::new(base + start, base + at));
                        start = at + c.len_utf8();
                    }
                    ended = false;
                }
                _ => ended = false,
            }
        }
        if start < words.len() {
            out.push(Span::new(base + start, base + words.len()));
        }
        if out.len() > MOST {
            out.truncate(MOST);
            break;
        }
    }
    out
}

fn abbreviated(words: &str) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or("");
    let bare = last.trim_end_matches('.');
    last.ends_with('.')
        && (bare.chars().count() == 1
            || matches!(
                bare,
                "Mr" | "Mrs"
                    | "Ms"
                    | "Dr"
                    | "St"
                    | "Gen"
                    | "Col"
                    | "Lt"
                    | "Sgt"
                    | "Jan"
                    | "Feb"
                    | "Aug"
                    | "Sept"
                    | "Oct"
                    | "Nov"
                    | "Dec"
                    | "No"
            ))
}

/// The sentence that holds a byte, if any does.
pub fn holding(sentences: &[Span], at: usize) -> Option<usize> {
    let after = sentences.partition_point(|span| span.start() <= at);
    let index = after.checked_sub(1)?;
    (at < sentences[index].end()).then_some(index)
}

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const ORDINALS: [&str; 7] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh",
];
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
pub fn bounds(words: &str) -> bool {
    let first = tokens(words).into_iter().next();
    first.is_some_and(|(_, word)| {
        matches!(word.as_str(), "since" | "until" | "till" | "before" | "by")
    })
}

/// The known days that a sentence puts something on, each with the byte where its words stand. `published` is the
/// report's first day in print; a bare weekday means the last one before it.
pub fn days(
    words: &str,
    base: usize,
    known: &[Date],
    published: Option<Date>,
) -> Vec<(usize, Date)> {
    let tokens: Vec<(usize, String)> = tokens(words);
    let mut out = Vec::new();
    for (at, (start, token)) in tokens.iter().enumerate() {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].1.as_str());
        let said = |from: usize| {
            let near = before(from);
            NOT_ON.contains(&near)
                || matches!(near, "on" | "late" | "early") && NOT_ON.contains(&before(from + 1))
        };
        // The end of a stretch of days is no day of its own: "between Friday and Saturday", "from 3 to 5 May".
        let ends = |from: usize| {
            let (joint, start) = (before(from), before(from + 1));
            matches!(joint, "and" | "to" | "through")
                && (WEEKDAYS.contains(&start) || start.parse::<i8>().is_ok())
        };
        let said = |from: usize| said(from) || ends(from);
        let next = tokens.get(at + 1).map_or("", |(_, word)| word.as_str());
        if let Some(n) = WEEKDAYS.iter().position(|day| day == token) {
            let fits = |day: &&Date| {
                day.weekday().to_monday_zero_offset() as usize == n
                    && published.is_none_or(|printed| {
                        **day <= printed && day.saturating_add(jiff::Span::new().days(6)) >= printed
                    })
            };
            let mut found = known.iter().filter(fits);
            let dated =
                MONTHS.contains(&next) || next.parse::<i8>().is_ok_and(|n| (1..=31).contains(&n));
            if let (Some(day), None) = (found.next(), found.next())
                && !said(1)
                && !dated
            {
                out.push((base + start, *day));
            }
        } else if let Some(month) = MONTHS.iter().position(|month| month == token) {
            let number = |word: &str| {
                let bare = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                bare.parse::<i8>().ok().filter(|n| (1..=31).contains(n))
            };
            let (day, first) = match (number(before(1)), number(next)) {
                (Some(day), _) => (day, 2),
                (None, Some(day)) => (day, 1),
                _ => continue,
            };
            let found = known
                .iter()
                .find(|it| it.month() as usize == month + 1 && it.day() == day);
            if let Some(day) = found
                && !said(first)
            {
                out.push((base + start, *day));
            }
        } else if token == "day"
            && let Some(n) = ORDINALS.iter().position(|it| *it == before(1))
            && before(2) == "the"
            && matches!(before(3), "on" | "in" | "during")
            && let Some(day) = known
                .first()
                .map(|first| first.saturating_add(jiff::Span::new().days(n as i64)))
            && known.contains(&day)
        {
            out.push((base + start, day));
        }
    }
    out
}

/// Words in small letters, with where they start.
pub fn tokens(words: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((from, words[from..at].to_lowercase()));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// Whether words count the whole incident: "has left at least 19 dead", "so far", "in total".
pub fn of_whole(tokens: &[(usize, String)]) -> bool {
    let has = |a: &str, b: &[&str]| {
        tokens
            .windows(2)
            .any(|pair| pair[0].1 == a && b.contains(&pair[1].1.as_str()))
    };
    has("so", &["far"])
        || has("in", &["total", "all"])
        || has("has", &["left", "claimed", "killed"])
        || has("have", &["left", "claimed"])
        || tokens.iter().any(|(_, word)| {
            matches!(
                word.as_str(),
                "total" | "altogether" | "overall" | "toll" | "combined"
            )
        })
}

/// Whether words keep a figure to a part: "on the first day", "seven more", "another 12".
pub fn of_part(tokens: &[(usize, String)]) -> bool {
    tokens
        .iter()
        .enumerate()
        .any(|(at, (_, word))| match word.as_str() {
            "more" => tokens.get(at + 1).is_none_or(|(_, next)| next != "than"),
            "another" | "further" | "alone" => true,
            "day" => at > 0 && ORDINALS.contains(&tokens[at - 1].1.as_str()),
            _ => false,
        })
}
