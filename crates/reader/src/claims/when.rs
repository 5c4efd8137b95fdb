//! `when`: the day, or the time of day, of the report's happening.
//!
//! A time counts when it stands in the clause of a word for a violent happening or of its taking place, is no later than
//! publication, and is not marked off as the past of another story. The first mention of each day gives a claim.

use model::{Slot, Value, WhenPrecision};

use super::{context::Context, draft::Draft, frames, happenings};
use crate::read::times::{Time, TimeKind};

/// Claims of the slot: the day that fits best, and every other day that the clause of a happening itself names.
pub fn claims(cx: &Context<'_>) -> Vec<Draft> {
    let horizon = cx.report.published.as_ref();
    let mut ranked: Vec<(i32, usize, &Time, usize)> = Vec::new();
    let mut undated_day: Option<Draft> = None;
    for (index, time) in cx.read.times.iter().enumerate() {
        if !matches!(time.kind, TimeKind::Date | TimeKind::Time) {
            continue;
        }
        let Some(when) = &time.when else {
            // A weekday that nothing in the report anchors still says something beside another report's date.
            if undated_day.is_none() && is_weekday(cx, time) {
                undated_day = event_of(cx, time).map(|event| undated(cx, time, event));
            }
            continue;
        };
        if when.precision > WhenPrecision::Week
            || horizon.is_some_and(|published| when.start > published.end)
        {
            continue;
        }
        let (weight, event) = weigh(cx, time);
        if weight > 0 {
            ranked.push((weight, index, time, event));
        }
    }
    ranked.sort_by_key(|&(weight, index, ..)| (std::cmp::Reverse(weight), index));
    let mut out: Vec<Draft> = Vec::new();
    for (weight, _, time, event) in ranked {
        let Some(when) = &time.when else { continue };
        let known = out
            .iter()
            .any(|draft| matches!(&draft.value, Value::When(known) if known.overlaps(when)));
        if known || !out.is_empty() && weight < STRONG {
            continue;
        }
        // The reconciler dates an incident by what is not marked as a further day.
        let rule = match (out.is_empty(), weight < STRONG) {
            (false, _) => "when/also",
            (true, true) => "when/near",
            (true, false) => "when/event-time",
        };
        out.push(Draft::new(
            Slot::When,
            Value::When(when.clone()),
            words(cx, time, event),
            event,
            rule,
        ));
        if out.len() == 3 {
            break;
        }
    }
    if out.is_empty() {
        out.extend(undated_day);
    }
    out
}

/// Weight from which a time is dated by its own clause rather than by what stands near.
const STRONG: i32 = 80;

/// Verbs of what comes after a happening: the press, the police and the courts at work. Their time is not its time.
const AFTERWARDS: &[&str] = &[
    "say",
    "tell",
    "announce",
    "arrest",
    "charge",
    "identify",
    "release",
    "appear",
    "plead",
    "convict",
    "sentence",
    "update",
    "post",
    "hold",
    "schedule",
    "file",
    "confirm",
    "issue",
    "ask",
    "publish",
    "write",
    "add",
    "search",
    "interview",
    "face",
    "indict",
    "testify",
    "set",
    "bury",
    "mourn",
    "gather",
    "visit",
    "surrender",
    "extradite",
    "turn",
    "book",
    "expect",
    "continue",
    "warn",
    "call",
    "plan",
];

/// How well a time fits the report's happening, and the token that stands for the happening; nothing fits at 0 or less.
///
/// The clause decides first: a violent verb or noun dated by it, a verb of taking place, the coming of the police. What the press
/// and the courts do later does not count. Near words and an early place in the report decide between the rest.
fn weigh(cx: &Context<'_>, time: &Time) -> (i32, usize) {
    let (weight, event) = weigh_clause(cx, time);
    // "around 8 p.m." says an hour but no day: the day it was given is a guess that any day in words beats.
    if time.kind == TimeKind::Time && !names_day(cx, time) {
        return (weight.min(5), event);
    }
    (weight, event)
}

/// Whether the words of a time name a day: a weekday, a month, a date, or a day seen from the day of printing.
fn names_day(cx: &Context<'_>, time: &Time) -> bool {
    const WORDS: &[&str] = &[
        "today",
        "tonight",
        "yesterday",
        "last",
        "this",
        "overnight",
        "weekend",
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ];
    is_weekday(cx, time)
        || time.tokens.clone().any(|i| {
            let lower = cx.doc.token(i).lower();
            let digits = lower.contains('/') || lower.contains('-') && lower.len() > 7;
            digits
                || WORDS.iter().any(|word| {
                    lower == *word || word.len() == 3 && lower.len() > 3 && lower.starts_with(word)
                })
        })
}

fn weigh_clause(cx: &Context<'_>, time: &Time) -> (i32, usize) {
    let first = cx.doc.token(time.tokens.start);
    let early = 20 - 2 * (first.sentence_index() as i32).min(10);
    if let Some(event) = event_of(cx, time) {
        // Who was hurt on Friday may die on Sunday: a death dates the happening only where nothing else does.
        let died = matches!(cx.doc.token(event).lemma(), "die" | "succumb" | "pronounce");
        let weight = if died { STRONG / 2 } else { STRONG };
        return (weight + early, event);
    }
    let before = first.previous().map_or("", |token| token.lower());
    if matches!(before, "since" | "until" | "till" | "every" | "each") {
        return (0, first.i);
    }
    let head = clause_head(time, cx);
    let verb = head.and_then(|head| {
        head.ancestors()
            .find(|above| matches!(above.pos(), language::Pos::Verb | language::Pos::Aux))
    });
    let Some(verb) = verb else {
        // A dateline or a headline fragment: weak, but better than nothing.
        return (early / 2, first.i);
    };
    let violent = first.sentence().find(|&i| {
        let token = cx.doc.token(i);
        happenings::kind_of(token).is_some_and(|(_, rank)| rank > 0) && happenings::is_told(token)
    });
    // "are investigating two shootings Monday night": the time follows on the word for the happening, whatever it hangs on.
    let follows = (first.i.saturating_sub(6)..first.i).rev().find(|&i| {
        i >= first.sentence().start
            && happenings::kind_of(cx.doc.token(i)).is_some_and(|(_, rank)| rank > 0)
    });
    if let Some(event) = follows {
        let between = (event..first.i).all(|i| {
            !AFTERWARDS.contains(&cx.doc.token(i).lemma()) && cx.doc.token(i).text() != ","
        });
        if between && first.sentence_index() < 4 {
            return (STRONG - 10 + early, event);
        }
    }
    let lemma = verb.lemma();
    if AFTERWARDS.contains(&lemma)
        && !matches!(lemma, "call" | "continue" | "hold" | "set" | "face")
    {
        // "was shot Tuesday, police said" hangs the day on either verb: with a violent word before it, it is as good as any.
        let between = violent.is_some_and(|event| {
            event < first.i
                && (event..first.i).all(|i| !AFTERWARDS.contains(&cx.doc.token(i).lemma()))
        });
        return if between {
            (30 + early, violent.unwrap_or(verb.i))
        } else {
            (early / 4, verb.i)
        };
    }
    let arrival = matches!(
        lemma,
        "respond"
            | "arrive"
            | "find"
            | "discover"
            | "report"
            | "call"
            | "dispatch"
            | "receive"
            | "hear"
            | "hospitalize"
            | "take"
            | "rush"
    );
    let bonus = match (violent, arrival) {
        (Some(_), true) => 45,
        (Some(_), false) => 40,
        (None, true) => 35,
        (None, false) => 10,
    };
    (bonus + early, violent.unwrap_or(verb.i))
}

/// The words of a claim: the happening and the time when near each other, else the time with its preposition.
fn words(cx: &Context<'_>, time: &Time, event: usize) -> std::ops::Range<usize> {
    let start = time.tokens.start;
    let from = if start > 0 && cx.doc.token(start - 1).dep() == "prep" {
        start - 1
    } else {
        start
    };
    frames::cover(event..event + 1, from..time.tokens.end, 9)
}

/// The token of a time that hangs on the rest of its sentence.
fn clause_head<'a>(time: &Time, cx: &Context<'a>) -> Option<language::Token<'a>> {
    time.tokens
        .clone()
        .map(|i| cx.doc.token(i))
        .find(|token| !time.tokens.contains(&token.head().i) || token.is_root())
}

fn is_weekday(cx: &Context<'_>, time: &Time) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    time.tokens
        .clone()
        .any(|i| DAYS.contains(&cx.doc.token(i).lower()))
}

/// A claim that keeps the words of a day without a date.
fn undated(cx: &Context<'_>, time: &Time, event: usize) -> Draft {
    let said = cx.doc.slice(time.tokens.clone()).to_owned();
    let value = Value::Words { words: said };
    Draft::new(
        Slot::When,
        value,
        words(cx, time, event),
        event,
        "when/undated",
    )
}

/// The happening that a time dates: the nearest word for one above it in the tree or in its clause.
fn event_of(cx: &Context<'_>, time: &Time) -> Option<usize> {
    let head = clause_head(time, cx)?;
    let mut above = head.ancestors();
    let verb = above.find(|token| {
        matches!(
            token.pos(),
            language::Pos::Verb | language::Pos::Aux | language::Pos::Noun
        ) && token.dep() != "pobj"
            || happenings::kind_of(*token).is_some()
    });
    let verb = verb?;
    let violent = |token: language::Token<'_>| {
        happenings::kind_of(token)
            .is_some_and(|(_, rank)| rank > 0 || token.pos() == language::Pos::Verb)
            && happenings::is_told(token)
    };
    if violent(verb) {
        return Some(verb.i);
    }
    // "The attack began on Thursday", "fighting engulfed the jail on Thursday, when fighters rammed …".
    let subject = frames::subject(verb);
    if subject.is_some_and(|subject| happenings::kind_of(subject).is_some()) {
        return Some(verb.i);
    }
    // "… on Friday, when a bomb exploded": the clause that hangs on the time or beside it.
    head.children()
        .chain(verb.children())
        .find(|child| {
            let when = child.children().any(|word| word.lower() == "when");
            // "was charged on Friday after a man was shot" dates the charge.
            matches!(child.dep(), "relcl" | "advcl")
                && child.i > head.i
                && violent(*child)
                && (when || child.head() == head)
        })
        .map(|child| child.i)
        .or_else(|| {
            (happenings::TAKE_PLACE.contains(&verb.lemma())
                && subject
                    .is_some_and(|subject| matches!(subject.lower(), "it" | "this" | "incident")))
            .then_some(verb.i)
        })
}
