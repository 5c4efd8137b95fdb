//! Look-alikes: a report's text moved to another town, another day or another toll, which makes it a report of another
//! incident.
//!
//! What comes in: a report in the shape of a file with header lines, and a [`Move`]. What goes out: the same text
//! moved. Names are replaced as whole words, in the order given, so the longer ones come first.

use jiff::{Span, civil::Date};

/// How a text is moved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Move {
    /// Names of places and what stands in their stead, in headline and text.
    pub names: Vec<(String, String)>,
    /// Weeks by which the day of publication and every day written as a date are moved, so that weekdays stay right.
    pub weeks: i64,
    /// What is added to every number of people, per cent; 0 leaves the numbers.
    pub toll: u64,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Nouns behind which a number counts people.
const PEOPLE: [&str; 12] = [
    "people",
    "dead",
    "killed",
    "wounded",
    "injured",
    "bodies",
    "others",
    "civilians",
    "soldiers",
    "were",
    "have",
    "died",
];

/// Moves a report that has header lines, a blank line and a text. Its address is made another one.
pub fn moved(report: &str, to: &Move) -> String {
    let (head, body) = report.split_once("\n\n").unwrap_or((report, ""));
    let mut out = String::new();
    for line in head.lines() {
        let (key, value) = line.split_once(": ").unwrap_or((line, ""));
        let value = match key {
            "Title" => words(value, to),
            "Published" => published(value, to.weeks),
            "URL" => format!("{value}?of=another"),
            _ => value.to_owned(),
        };
        out.push_str(&format!("{key}: {value}\n"));
    }
    out.push('\n');
    out.push_str(&words(body, to));
    out
}

fn words(text: &str, to: &Move) -> String {
    let mut out = text.to_owned();
    for (from, into) in &to.names {
        out = replaced(&out, from, into);
        // A dateline.
        out = replaced(&out, &from.to_uppercase(), &into.to_uppercase());
    }
    if to.weeks != 0 {
        out = dates(&out, to.weeks);
    }
    if to.toll > 0 {
        out = tolls(&out, to.toll);
    }
    out
}

/// Replaces whole words.
fn replaced(text: &str, from: &str, into: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut last = None;
    if from.is_empty() {
        return text.to_owned();
    }
    while let Some(at) = rest.find(from) {
        let before = rest[..at].chars().next_back().or(last);
        let after = rest[at + from.len()..].chars().next();
        let whole = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        out.push_str(&rest[..at]);
        out.push_str(if whole(before) && whole(after) {
            into
        } else {
            from
        });
        last = from.chars().next_back();
        rest = &rest[at + from.len()..];
    }
    out.push_str(rest);
    out
}

fn published(value: &str, weeks: i64) -> String {
    let Some((day, rest)) = value.split_at_checked(10) else {
        return value.to_owned();
    };
    match day.parse::<Date>() {
        Ok(date) => format!("{}{rest}", later(date, weeks)),
        Err(_) => value.to_owned(),
    }
}

fn later(date: Date, weeks: i64) -> Date {
    date.saturating_add(Span::new().days(weeks.clamp(-5_000, 5_000) * 7))
}

/// Moves "6 May", "May 6" and their years.
fn dates(text: &str, weeks: i64) -> String {
    let mut out: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let number = |word: &str| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<i8>().ok().filter(|n| (1..=31).contains(n))
    };
    for at in 0..out.len() {
        let bare = out[at].trim_matches(|c: char| !c.is_alphanumeric());
        let Some(month) = MONTHS.iter().position(|name| {
            bare == *name
                || (bare.len() >= 3 && bare != "Mar" && name.starts_with(bare) && bare.len() < 5)
        }) else {
            continue;
        };
        let beside = [at.checked_sub(1), Some(at + 1)];
        let day = beside
            .into_iter()
            .flatten()
            .find_map(|by| out.get(by).and_then(|word| Some((by, number(word)?))));
        let Some((by, day)) = day else { continue };
        let Ok(month) = i8::try_from(month + 1) else {
            continue;
        };
        let Ok(date) = Date::new(2001, month, day) else {
            continue;
        };
        let date = later(date, weeks);
        let name = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
        out[at] = out[at].replace(bare_of(&out[at]), name);
        out[by] = out[by].replacen(&day.to_string(), &date.day().to_string(), 1);
    }
    out.join(" ")
}

fn bare_of(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Makes every number before a word for people larger.
fn tolls(text: &str, more: u64) -> String {
    let mut out: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for at in 0..out.len() {
        let Ok(n) = out[at].parse::<u64>() else {
            continue;
        };
        let counts = out[at + 1..]
            .iter()
            .take(2)
            .any(|word| PEOPLE.contains(&bare_of(word)));
        if counts {
            out[at] = (n + (n * more).div_ceil(100)).to_string();
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_are_replaced_as_whole_words_in_headline_and_text() {
        let to = Move {
            names: vec![("Varda".to_owned(), "Kelmoor".to_owned())],
            ..Move::default()
        };
        let text = moved(
            "Title: Blast in Varda\nSource: Varda Post\nURL: https://a.example/varda\n\n\
             VARDA (Wire) - In Varda, Vardans ran. Varda's mayor",
            &to,
        );
        assert_eq!(
            text,
            "Title: Blast in Kelmoor\nSource: Varda Post\nURL: https://a.example/varda?of=another\n\n\
             KELMOOR (Wire) - In Kelmoor, Vardans ran. Kelmoor's mayor"
        );
    }

    #[test]
    fn days_move_by_weeks_and_tolls_grow() {
        let to = Move {
            weeks: 2,
            toll: 50,
            ..Move::default()
        };
        let text = moved(
            "Published: 2031-05-06T10:00\n\nOn Tuesday, May 6, in 2031, 12 people died; 3 shops burned on 20 May.",
            &to,
        );
        assert_eq!(
            text,
            "Published: 2031-05-20T10:00\n\nOn Tuesday, May 20, in 2031, 18 people died; 3 shops burned on 3 June."
        );
    }
}
