//! Numbers put into one of a few ranges, and what stands beside a time for what it is: a stamp, an hour.

use language::Pos;

use super::super::super::segments::Segmented;
use crate::read::times::{Form, Time};

pub const COUNTS: [&str; 5] = ["0", "1", "2", "3-4", "5+"];

pub const LENGTHS: [&str; 5] = ["furniture", "note", "short", "story", "long"];

/// The name of the range that a number falls into: below the first bound, below the second …
pub fn range(n: usize, bounds: &[usize; 4], names: &[&'static str; 5]) -> &'static str {
    let at = bounds.iter().take_while(|&&bound| n >= bound).count();
    names.get(at).copied().unwrap_or("-")
}

/// Words in front of a date that make it one of the page, and what they make it.
const STAMPS: &[(&str, &[&str])] = &[
    (
        "posted",
        &[
            "posted",
            "updated",
            "published",
            "created",
            "modified",
            "update",
            "filed",
        ],
    ),
    (
        "credit",
        &["copyright", "©", "(c", "photo", "photos", "video", "image"],
    ),
    ("birth", &["birth", "born", "dob", "birthdate"]),
];

/// Tokens in front of a time among which a word that makes it one of the page is looked for.
const STAMP: usize = 6;

/// Tokens of a paragraph that can be a line with a date and little else.
const LINE: usize = 8;

/// What marks a time as one of the page and not of the story.
pub fn stamp(cx: &Segmented<'_>, time: &Time) -> &'static str {
    let from = time.tokens.start.saturating_sub(STAMP);
    for i in (from..time.tokens.start).rev() {
        let token = cx.doc.token(i);
        let lower = token.lower();
        if lower.starts_with('@') {
            return "tweet";
        }
        if let Some((kind, _)) = STAMPS.iter().find(|(_, words)| words.contains(&lower)) {
            return kind;
        }
        // What stands before a sentence's end speaks of something else.
        if matches!(lower, "." | "!" | "?") {
            break;
        }
    }
    if captioned(cx, time) {
        return "credit";
    }
    let dated = matches!(time.form, Form::Full | Form::DayOfMonth | Form::Weekday);
    let sentence = cx.doc.token(time.tokens.start).sentence();
    let short = sentence.len() <= LINE.max(time.tokens.len() + 3);
    let told = || {
        sentence
            .clone()
            .any(|i| matches!(cx.doc.token(i).pos(), Pos::Verb | Pos::Aux))
    };
    if dated && short && !told() {
        "line"
    } else {
        "-"
    }
}

/// Whether the sentence of a date ends with the credit of a picture: "… on March 4, 2031. (Ana Vell / Lake Tribune)".
fn captioned(cx: &Segmented<'_>, time: &Time) -> bool {
    const CREDIT: &[&str] = &["/", "photo", "photos", "file", "courtesy", "archive"];
    let mut at = time.tokens.end;
    if at < cx.doc.len() && matches!(cx.doc.token(at).lower(), "." | ",") {
        at += 1;
    }
    at < cx.doc.len()
        && matches!(cx.doc.token(at).lower(), "(" | "[")
        && (at + 1..(at + 9).min(cx.doc.len()))
            .map(|i| cx.doc.token(i).lower())
            .take_while(|word| !matches!(*word, ")" | "]"))
            .any(|word| CREDIT.contains(&word))
}

/// The hour of a time of day, as a range.
pub fn hour_range(time: &Time) -> &'static str {
    let hour = time
        .value
        .split_once('T')
        .and_then(|(_, clock)| clock.get(..2));
    match hour.and_then(|hour| hour.parse::<u8>().ok()) {
        None => "-",
        Some(0..=4) => "h00-04",
        Some(5..=8) => "h05-08",
        Some(9..=11) => "h09-11",
        Some(12..=14) => "h12-14",
        Some(15..=17) => "h15-17",
        Some(18..=20) => "h18-20",
        Some(_) => "h21-24",
    }
}
