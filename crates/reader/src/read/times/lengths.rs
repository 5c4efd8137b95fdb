//! Lengths and repetitions: "three days", "two-year", "the past two weeks", "every Thursday", "daily", "twice a week".

use std::sync::LazyLock;

use crate::read::quantities::{
    numeral,
    words::{Starts, Words},
};

use super::{
    Found, TimeKind, calendar,
    expression::{Expression, Unit},
    lexicon,
    relative::{amount, half},
};

/// Reads the length or repetition that starts at word `k`.
pub fn read(words: &Words, k: usize) -> Option<Found> {
    [set, every, stretch, hyphenated, length]
        .iter()
        .filter_map(|read| read(words, k))
        .max_by_key(|found| found.len)
}

fn duration(value: String, len: usize) -> Option<Found> {
    Some(Found {
        kind: TimeKind::Duration,
        expression: Expression::Value(value),
        len,
    })
}

fn repeated(value: impl Into<String>, len: usize) -> Option<Found> {
    Some(Found {
        kind: TimeKind::Set,
        expression: Expression::Value(value.into()),
        len,
    })
}

/// "daily", "annually", "twice a day".
fn set(words: &Words, k: usize) -> Option<Found> {
    static STARTS: LazyLock<Starts> =
        LazyLock::new(|| Starts::of(lexicon::SETS.iter().map(|(s, _)| *s)));
    let (sequence, value) = STARTS
        .with(words.lower(k))
        .map(|place| &lexicon::SETS[place])
        .find(|(s, _)| words.matches(k, s))?;
    let token = words.token(k)?;
    // "The Daily Star", "Business Weekly"
    let name = token.text().starts_with(char::is_uppercase)
        && (k > 0 || words.text(k + 1).starts_with(char::is_uppercase));
    (!name).then(|| repeated(*value, sequence.len())).flatten()
}

/// "every day", "each Thursday", "every two weeks", "Fridays", "per day", "a barrel a day".
fn every(words: &Words, k: usize) -> Option<Found> {
    let word = words.lower(k);
    if let Some(day) = word.strip_suffix('s').and_then(calendar::weekday)
        && word.len() > 6
        && words.text(k).starts_with(char::is_uppercase)
    {
        return repeated(format!("XXXX-WXX-{day}"), 1);
    }
    match word {
        "every" | "each" => {
            let mut at = k + 1;
            at += usize::from(words.lower(at) == "other");
            if let Some(day) = calendar::weekday(words.lower(at)) {
                let night = lexicon::part_of_day(words.lower(at + 1));
                let value = format!(
                    "XXXX-WXX-{day}{}",
                    night.map_or(String::new(), |code| format!("T{code}"))
                );
                return repeated(value, at + 1 + usize::from(night.is_some()) - k);
            }
            if let Some(month) = calendar::month(words.lower(at)) {
                return repeated(format!("XXXX-{month:02}"), at + 1 - k);
            }
            if let Some(code) = lexicon::season(words.lower(at)) {
                return repeated(format!("XXXX-{code}"), at + 1 - k);
            }
            if let Some(code) = lexicon::part_of_day(words.lower(at)) {
                return repeated(format!("XXXX-XX-XXT{code}"), at + 1 - k);
            }
            if let Some((unit, false)) = Unit::of(words.lower(at)) {
                return repeated(unit.length(Some(1)), at + 1 - k);
            }
            let (n, unit, len) = amount(words, at)?;
            repeated(unit.length(n), at + len - k)
        }
        "per" => {
            let (unit, _) = Unit::of(words.lower(k + 1))
                .filter(|(unit, plural)| !plural && *unit >= Unit::Hour)?;
            repeated(unit.length(Some(1)), 2)
        }
        "a" | "an" => {
            let (unit, plural) = Unit::of(words.lower(k + 1)).filter(|(unit, _)| {
                matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year)
            })?;
            let before = words.before(k, 1)?;
            let rate = matches!(
                before.lower(),
                "times"
                    | "once"
                    | "twice"
                    | "%"
                    | "percent"
                    | "cents"
                    | "dollars"
                    | "barrels"
                    | "tons"
                    | "million"
                    | "billion"
                    | "hours"
                    | "people"
            );
            let next = words.lower(k + 2);
            (!plural
                && rate
                && words.lower(k + 1) != "night"
                && !matches!(next, "ago" | "earlier" | "later" | "before" | "after"))
            .then(|| repeated(unit.length(Some(1)), 2))
            .flatten()
        }
        _ => None,
    }
}

/// "the past two weeks", "the last few months", "the next three days", "the first nine months", "recent weeks".
fn stretch(words: &Words, k: usize) -> Option<Found> {
    let the = usize::from(matches!(
        words.lower(k),
        "the" | "these" | "those" | "its" | "his" | "her" | "their"
    ));
    let mut at = k + the;
    let side = match words.lower(at) {
        "past" | "last" | "previous" | "preceding" => Some(-1),
        "next" | "coming" | "following" => Some(1),
        "first" | "final" | "latest" | "opening" | "other" | "same" => Some(0),
        _ if the == 1 => None,
        _ => return None,
    };
    at += usize::from(side.is_some());
    at += usize::from(matches!(words.lower(at), "full"));
    let (n, unit, len) = amount(words, at)?;
    // "the a week" is nothing; "the year" is no stretch but a date.
    if matches!(words.lower(at), "a" | "an")
        || (side.is_none()
            && n.is_none()
            && !matches!(
                words.lower(at),
                "few" | "several" | "years" | "weeks" | "days" | "months" | "hours"
            ))
    {
        return None;
    }
    let expression = match side {
        Some(side @ (-1 | 1)) => Expression::Stretch {
            n: n.and_then(|n| i64::try_from(n).ok()).map(|n| n * side),
            unit,
        },
        _ => Expression::Value(unit.length(n)),
    };
    Some(Found {
        kind: TimeKind::Duration,
        expression,
        len: at + len - k,
    })
}

/// "two-year", "five-hour", "day-long", "decades-long", "weeklong", "18-month-old" is left to ages.
fn hyphenated(words: &Words, k: usize) -> Option<Found> {
    if let Some(unit) = match words.lower(k) {
        "weeklong" => Some(Unit::Week),
        "daylong" => Some(Unit::Day),
        "monthlong" => Some(Unit::Month),
        "yearlong" => Some(Unit::Year),
        "hourlong" => Some(Unit::Hour),
        _ => None,
    } {
        return duration(unit.length(Some(1)), 1);
    }
    let long = |at: usize| usize::from(words.lower(at) == "-" && words.lower(at + 1) == "long") * 2;
    if let Some((unit, plural)) = Unit::of(words.lower(k))
        && long(k + 1) > 0
    {
        return duration(unit.length((!plural).then_some(1)), 3);
    }
    let read = numeral::numeral(words, k);
    let (n, at) = match read {
        Some(read) if !read.decimal => (Some(read.value), k + read.len),
        None if words.lower(k) == "multi" => (None, k + 1),
        _ => return None,
    };
    if words.lower(at) != "-" || !words.glued(at) {
        return None;
    }
    let (unit, _) = Unit::of(words.lower(at + 1))?;
    let end = at + 2;
    if words.lower(at + 1) == "quarters" {
        return None;
    }
    // "61-year-old": ages are read with the quantities.
    if words.lower(end) == "-" && words.lower(end + 1).starts_with("old") {
        return None;
    }
    duration(unit.length(n), end + long(end) - k)
}

/// "three days", "several weeks", "a year and a half", "two and a half years", "half an hour", "a while", "years".
fn length(words: &Words, k: usize) -> Option<Found> {
    if let Some((n, unit, len)) = halves(words, k) {
        let (more, smaller) = half(unit)?;
        let mut value = unit.length(Some(n));
        let rest = smaller.length(Some(more));
        let rest = rest.trim_start_matches('P');
        value.push_str(if value.contains('T') {
            rest.trim_start_matches('T')
        } else {
            rest
        });
        return duration(value, len);
    }
    let (n, unit, len) = amount(words, k)?;
    let first = words.lower(k);
    let mut end = k + len;
    if unit == Unit::Weekend || (unit == Unit::Quarter && first != "two" && n != Some(3)) {
        return None;
    }
    // "a second" is rather "another one"; "a quarter" a fourth; "an hour" as a rate is read elsewhere.
    if matches!(first, "a" | "an") && unit == Unit::Second {
        return None;
    }
    if n.is_none() && len == 1 {
        // Bare plurals: only where a length is expected.
        let before = words.lower_before(k, 1);
        if !matches!(
            before,
            "for"
                | "in"
                | "within"
                | "of"
                | "after"
                | "over"
                | "last"
                | "take"
                | "took"
                | "spent"
                | "spend"
                | "and"
                | "or"
                | "been"
                | "hours"
                | "days"
                | "weeks"
                | "months"
        ) {
            return None;
        }
    }
    if n.is_none()
        && matches!(first, "some" | "many")
        && !matches!(
            unit,
            Unit::Year | Unit::Month | Unit::Week | Unit::Day | Unit::Hour | Unit::Minute
        )
    {
        return None;
    }
    // "weeks or months"
    if n.is_none()
        && words.lower(end) == "or"
        && Unit::of(words.lower(end + 1)).is_some_and(|(_, plural)| plural)
    {
        end += 2;
    }
    duration(unit.length(n), end - k)
}

/// "two and a half years", "a year and a half", "1 1/2 hours", "2.5 years": whole units, unit, words.
fn halves(words: &Words, k: usize) -> Option<(u64, Unit, usize)> {
    if matches!(words.lower(k), "a" | "an" | "one")
        && let Some((unit, _)) = Unit::of(words.lower(k + 1))
        && words.matches(k + 2, &["and", "a", "half"])
    {
        return Some((1, unit, 5));
    }
    let read = numeral::numeral(words, k)?;
    let at = k + read.len;
    if read.decimal {
        let (unit, _) = Unit::of(words.lower(at + usize::from(words.lower(at) == "-")))?;
        return words.text(k).ends_with(".5").then_some((
            read.value,
            unit,
            read.len + 1 + usize::from(words.lower(at) == "-"),
        ));
    }
    if words.matches(at, &["and", "a", "half"]) {
        let (unit, _) = Unit::of(words.lower(at + 3))?;
        return Some((read.value, unit, read.len + 4));
    }
    if matches!(words.lower(at), "1/2" | "½") {
        let (unit, _) = Unit::of(words.lower(at + 1))?;
        return Some((read.value, unit, read.len + 2));
    }
    None
}
