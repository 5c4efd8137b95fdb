//! What stands around a time: its clause, the words beside it, its form and its place in the report.
//!
//! Comes in: a time with the parse. Goes out: [`TimeContext`]. It knows nothing of the other days of the report.

use language::{Pos, Token};
use model::{BlockKind, When, WhenPrecision};

use super::{
    super::{super::segments::Segmented, rules},
    document::DocumentFeatures,
    ranges::{hour_range, range, stamp},
    words::kind,
};
use crate::read::times::{Form, Time};

/// Tokens to either side of a time that are looked at.
const WINDOW: usize = 40;

/// What stands around a time.
pub struct TimeContext {
    /// Token that stands for the event.
    pub event: usize,
    pub(super) form: &'static str,
    pub(super) part: &'static str,
    pub(super) verb: &'static str,
    pub(super) word: &'static str,
    pub(super) noun: &'static str,
    pub(super) rule: &'static str,
    pub(super) clause: &'static str,
    pub(super) prep: &'static str,
    pub(super) sentence: &'static str,
    pub(super) from_first: &'static str,
    pub(super) near: &'static str,
    pub(super) tense: &'static str,
    pub(super) order: &'static str,
    pub(super) block: &'static str,
    pub(super) anchor: &'static str,
    pub(super) grain: &'static str,
    pub(super) turn: &'static str,
    /// What marks a time as one of the page and not of the story: `posted`, `credit`, `tweet`, `birth`, `line`; else
    /// `-`.
    pub stamp: &'static str,
    /// Which event of a round-up the stretch tells of: `main`, `other`, `sum`, `aside`.
    pub(super) segment: &'static str,
    /// Kind of the word that stands for the event.
    pub(super) told: &'static str,
    /// That word, where it is one of the table.
    pub(super) told_word: &'static str,
    /// Hour of the next time of day without a day, as a range: "Saturday night … about 1 a.m." was on Sunday.
    pub(super) next_hour: &'static str,
    /// How the time hangs on the word above it.
    pub(super) attach: &'static str,
    /// Hour that the words give, or that stands for the part of the day they give.
    pub(super) hour: Option<i8>,
    pub(super) has: Vec<&'static str>,
    /// Kinds of the words just before and just behind.
    pub(super) beside: Vec<[&'static str; 2]>,
}

impl TimeContext {
    /// Looks around the time at `index`.
    pub fn of(cx: &Segmented<'_>, document: &DocumentFeatures, index: usize) -> Self {
        let time = &cx.read.times[index];
        let (weight, event) = rules::weigh(cx, time);
        let first = cx.doc.token(time.tokens.start);
        let head = rules::clause_head(time, cx).unwrap_or(first);
        let verb = head
            .ancestors()
            .take(64)
            .find(|above| matches!(above.pos(), Pos::Verb | Pos::Aux));
        let noun = head
            .ancestors()
            .take(3)
            .find(|above| above.pos() != Pos::Adp)
            .filter(|above| matches!(above.pos(), Pos::Noun | Pos::Propn));
        let before = time.tokens.start.checked_sub(1).map(|i| cx.doc.token(i));
        let sentence = first.sentence_index();
        let first_violent = document
            .violent
            .first()
            .map(|&i| cx.doc.token(i).sentence_index());
        Self {
            event,
            form: form(cx, time),
            part: part(cx, time),
            verb: verb.map_or("none", |verb| kind(verb).0),
            word: verb.map_or("-", |verb| kind(verb).1),
            noun: noun.map_or("none", |noun| kind(noun).0),
            rule: range(weight.max(0) as usize / 10, &[1, 3, 5, 8], &RULES),
            clause: rules::event_of(cx, time).map_or("none", |event| clause(cx.doc.token(event))),
            prep: before.map_or("-", preposition),
            sentence: sentence_range(sentence),
            from_first: from_first(first_violent, sentence),
            near: near(document, first, time),
            tense: verb.map_or("none", tense),
            order: order(index),
            block: block(cx, first),
            anchor: time.when.as_ref().map_or("-", anchor),
            grain: time.when.as_ref().map_or("-", grain),
            turn: turn(cx, first),
            stamp: stamp(cx, time),
            attach: attach(head),
            next_hour: next_hour(cx, index),
            segment: cx.segments().of_token(cx, time.tokens.start).name(),
            told: kind(cx.doc.token(event)).0,
            told_word: kind(cx.doc.token(event)).1,
            hour: hour(time),
            has: has(cx, first),
            beside: beside(cx, time),
        }
    }
}

/// What the clause of an event says of it.
fn clause(event: Token<'_>) -> &'static str {
    match event.lemma() {
        "die" | "succumb" | "pronounce" => "died",
        _ if event.pos() == Pos::Verb => "verb",
        _ => "noun",
    }
}

/// Where a sentence stands in the report, as a range.
fn sentence_range(sentence: usize) -> &'static str {
    match sentence {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=4 => "3-4",
        5..=8 => "5-8",
        9..=16 => "9-16",
        _ => "17+",
    }
}

/// Sentences from the first violent one, as a range.
fn from_first(violent: Option<usize>, sentence: usize) -> &'static str {
    match violent.map(|at| sentence as i64 - at as i64) {
        None => "none",
        Some(..0) => "before",
        Some(0) => "same",
        Some(1) => "next",
        Some(2..=3) => "2-3",
        Some(4..=8) => "4-8",
        Some(_) => "far",
    }
}

/// Which of the report's times one is, as a range.
fn order(index: usize) -> &'static str {
    match index {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=5 => "3-5",
        _ => "6+",
    }
}

/// What a time was resolved against.
fn anchor(when: &When) -> &'static str {
    match when.anchor.as_str() {
        "day last said" => "last-said",
        "day of printing" => "printing",
        "morning after the night last said" => "after-night",
        _ => "-",
    }
}

/// How fine a time is.
fn grain(when: &When) -> &'static str {
    match when.precision {
        WhenPrecision::Minute | WhenPrecision::Hour => "hour",
        WhenPrecision::PartOfDay => "part",
        WhenPrecision::Day => "day",
        _ => "week",
    }
}

/// Times and sentences behind a time among which an hour that belongs to it is looked for.
const BEHIND: usize = 4;

/// Hour of the next time of day without a day, unless another day is named before it.
fn next_hour(cx: &Segmented<'_>, index: usize) -> &'static str {
    let time = &cx.read.times[index];
    if time.form == Form::Bare {
        return "-";
    }
    let sentence = cx.doc.token(time.tokens.start).sentence_index();
    let behind = cx.read.times[index + 1..].iter().take(BEHIND);
    for next in behind {
        if cx.doc.token(next.tokens.start).sentence_index() > sentence + BEHIND {
            break;
        }
        if next.form == Form::Bare && hour_range(next) != "-" {
            return hour_range(next);
        }
        let other = next.when.as_ref().map(|when| when.date());
        if next.form != Form::Bare
            && other.is_some()
            && other != time.when.as_ref().map(|when| when.date())
        {
            break;
        }
    }
    "-"
}

/// How a time hangs on the word above it.
fn attach(head: Token<'_>) -> &'static str {
    match head.dep() {
        "npadvmod" => "adverb",
        "pobj" => match head.head().head().pos() {
            Pos::Noun | Pos::Propn => "of-noun",
            Pos::Verb | Pos::Aux => "of-verb",
            _ => "of-other",
        },
        "nsubj" | "nsubjpass" => "subject",
        "compound" | "nmod" | "amod" | "poss" => "modifier",
        "dobj" | "attr" => "object",
        "appos" | "conj" => "beside",
        "ROOT" => "root",
        _ => "other",
    }
}

/// Hour that the words of a time give, or one that stands for the part of the day.
fn hour(time: &Time) -> Option<i8> {
    let (_, part) = time.value.split_once('T')?;
    match part {
        "MO" => Some(7),
        "MI" | "DT" => Some(12),
        "AF" => Some(15),
        "EV" => Some(19),
        "NI" => Some(22),
        _ => part.get(..2)?.parse().ok(),
    }
}

const RULES: [&str; 5] = ["0", "10", "30", "50", "80"];

/// Words on either side of a time whose kinds are looked at.
const BESIDE: usize = 5;

/// Kinds of the words just before and just behind a time, within its sentence.
fn beside(cx: &Segmented<'_>, time: &Time) -> Vec<[&'static str; 2]> {
    let sentence = cx.doc.token(time.tokens.start).sentence();
    let from = time.tokens.start.saturating_sub(BESIDE).max(sentence.start);
    let to = (time.tokens.end + BESIDE).min(sentence.end);
    let mut out: Vec<[&'static str; 2]> = Vec::new();
    let mut add = |side, i: usize| {
        let (kind, _) = kind(cx.doc.token(i));
        let one = [side, kind];
        if !matches!(kind, "other" | "be") && !out.contains(&one) {
            out.push(one);
        }
    };
    for i in from..time.tokens.start {
        add("before", i);
    }
    for i in time.tokens.end..to {
        add("behind", i);
    }
    out
}

fn form(cx: &Segmented<'_>, time: &Time) -> &'static str {
    match time.form {
        Form::Full => "full",
        Form::DayOfMonth => "day-of-month",
        Form::Weekday => "weekday",
        Form::LastWeekday => "last-weekday",
        Form::WeekdayOfWeek => "weekday-of-week",
        Form::Today => "today",
        Form::Yesterday => {
            let word = |i: usize| cx.doc.token(i).lower();
            match time.tokens.clone().map(word).next() {
                Some("yesterday") => "yesterday",
                Some("overnight") => "overnight",
                _ => "last-night",
            }
        }
        Form::Ago => "ago",
        Form::FromLast => "from-last",
        Form::Bare => "bare",
        Form::Period => "period",
        Form::Feast => "feast",
        Form::Other => "other",
    }
}

/// Whether "midnight" stands in or just before a time: it belongs to two days.
pub fn midnight(cx: &Segmented<'_>, time: &Time) -> bool {
    let from = time.tokens.start.saturating_sub(2);
    (from..time.tokens.end).any(|i| cx.doc.token(i).lower() == "midnight")
}

/// Whether a time says "before midnight".
///
/// Only where midnight itself was read as a time of day: "just before midnight Thursday night" names Thursday.
pub fn before_midnight(cx: &Segmented<'_>, time: &Time) -> bool {
    time.value.ends_with("T24:00") && part(cx, time) == "before-midnight"
}

/// The part of the day a time says.
fn part(cx: &Segmented<'_>, time: &Time) -> &'static str {
    if midnight(cx, time) {
        let from = time.tokens.start.saturating_sub(3);
        let mut words = (from..time.tokens.end).map(|i| cx.doc.token(i).lower());
        return words
            .find_map(|word| match word {
                "before" => Some("before-midnight"),
                "after" | "past" => Some("after-midnight"),
                _ => None,
            })
            .unwrap_or("midnight");
    }
    match time.value.split_once('T').map(|(_, part)| part) {
        None => "none",
        Some("MO") => {
            let early = time.tokens.start.saturating_sub(1)..time.tokens.end;
            let early = early.clone().any(|i| cx.doc.token(i).lower() == "early");
            if early { "early-morning" } else { "morning" }
        }
        Some("AF" | "MI" | "DT") => "afternoon",
        Some("EV") => "evening",
        Some("NI") => "night",
        Some(_) => hour_range(time),
    }
}

fn preposition(token: Token<'_>) -> &'static str {
    match token.lower() {
        "on" => "on",
        "at" => "at",
        "since" => "since",
        "until" | "till" => "until",
        "by" => "by",
        "after" => "after",
        "before" => "before",
        "from" => "from",
        "in" | "during" => "in",
        "of" => "of",
        "early" => "early",
        "late" => "late",
        "over" => "over",
        "around" | "about" => "about",
        "the" => "the",
        "," => "comma",
        ":" => "colon",
        _ => "-",
    }
}

/// How far the nearest violent word of the sentence stands, and on which side.
fn near(document: &DocumentFeatures, first: Token<'_>, time: &Time) -> &'static str {
    let sentence = first.sentence();
    let at = document.violent.partition_point(|&i| i < time.tokens.start);
    let before = at
        .checked_sub(1)
        .map(|at| document.violent[at])
        .filter(|i| sentence.contains(i));
    let after = document
        .violent
        .get(at)
        .copied()
        .filter(|i| sentence.contains(i));
    let back = before.map_or(usize::MAX, |i| time.tokens.start - i);
    let ahead = after.map_or(usize::MAX, |i| i.saturating_sub(time.tokens.end));
    match (back, ahead) {
        (usize::MAX, usize::MAX) => "none",
        (0..=2, _) => "just-before",
        (_, 0..=2) => "just-after",
        (3..=6, _) => "before-6",
        (_, 3..=6) => "after-6",
        (7..=15, _) => "before-15",
        (_, 7..=15) => "after-15",
        _ => "far",
    }
}

fn tense(verb: Token<'_>) -> &'static str {
    let mut passive = false;
    for child in verb.children().take(16) {
        match child.dep() {
            "auxpass" => passive = true,
            "aux" => match child.lower() {
                "will" | "'ll" | "would" | "shall" | "may" | "might" => return "ahead",
                "is" | "are" | "am" => return "progressive",
                "had" => return "pluperfect",
                "has" | "have" => return "perfect",
                "to" => return "infinitive",
                _ => {}
            },
            _ => {}
        }
    }
    match (verb.tag(), passive) {
        (_, true) => "passive",
        ("VBD", _) => "past",
        ("VBN", _) => "participle",
        ("VBG", _) => "gerund",
        ("VBZ" | "VBP", _) => "present",
        _ => "bare",
    }
}

/// What kind of block or line a time stands in.
fn block(cx: &Segmented<'_>, first: Token<'_>) -> &'static str {
    let at = first.bytes().start;
    let blocks = cx.text.blocks();
    let index = blocks.partition_point(|block| block.span.range().end <= at);
    let kind = blocks
        .get(index)
        .filter(|block| block.span.range().contains(&at));
    match kind.map(|block| block.kind) {
        Some(BlockKind::Title) => "title",
        Some(BlockKind::Heading) => "heading",
        Some(BlockKind::Paragraph) => "paragraph",
        _ => "other",
    }
}

/// Words in the sentence of a time that turn to another event, or say that someone was last seen.
fn turn(cx: &Segmented<'_>, first: Token<'_>) -> &'static str {
    let sentence = first.sentence();
    let from = first.i.saturating_sub(WINDOW).max(sentence.start);
    let to = (first.i + WINDOW).min(sentence.end);
    for i in from..to {
        match cx.doc.token(i).lower() {
            "second" | "another" | "separate" | "earlier" | "unrelated" | "previous" | "also"
            | "other" => {
                return "another";
            }
            "first" | "latest" | "recent" => return "first",
            "seen" | "last" => return "seen",
            "after" | "comes" | "since" => return "after",
            _ => {}
        }
    }
    "-"
}

/// Kinds of words in the sentence of a time, near it.
fn has(cx: &Segmented<'_>, first: Token<'_>) -> Vec<&'static str> {
    let sentence = first.sentence();
    let from = first.i.saturating_sub(WINDOW).max(sentence.start);
    let to = (first.i + WINDOW).min(sentence.end);
    let mut out = Vec::new();
    for i in from..to {
        let (kind, _) = kind(cx.doc.token(i));
        let tells = !matches!(kind, "other" | "be" | "move");
        if tells && !out.contains(&kind) {
            out.push(kind);
        }
    }
    out
}
