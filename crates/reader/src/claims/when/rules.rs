//! What the clause of a time says of whether it dates the report's event, as a weight.
//!
//! Comes in: a time and the parse around it. Goes out: a weight and the token that stands for the event. It knows
//! nothing of the other times of the report.

use model::WhenPrecision;

use super::super::{event_kinds, frames, segments::Segmented};
use crate::read::times::{Time, TimeKind, calendar};

/// Weight from which a time is dated by its own clause rather than by what stands near.
pub(super) const STRONG: i32 = 80;

/// Verbs of what comes after an event: the press, the police and the courts at work. Their time is not its time.
pub(super) const AFTERWARDS: &[&str] = &[
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

/// How well a time fits the report's event, and the token that stands for the event; nothing fits at 0 or less.
///
/// The clause decides first: a violent verb or noun dated by it, a verb of taking place, the coming of the police. What
/// the press and the courts do later does not count. Near words and an early place in the report decide between the
/// rest.
pub(super) fn weigh(cx: &Segmented<'_>, time: &Time) -> (i32, usize) {
    let (weight, event) = weigh_clause(cx, time);
    // "around 8 p.m." says an hour but no day: the day it was given is a guess that any day in words beats.
    if time.kind == TimeKind::Time && !names_day(cx, time) {
        return (weight.min(5), event);
    }
    (weight, event)
}

/// Whether the words of a time name a day: a weekday, a month, a date, or a day seen from the day of printing.
fn names_day(cx: &Segmented<'_>, time: &Time) -> bool {
    const WORDS: &[&str] = &[
        "today",
        "tonight",
        "yesterday",
        "last",
        "this",
        "overnight",
        "weekend",
    ];
    // "Jan", "Sept.", "novembre": whatever begins like a month.
    let month = |word: &str| {
        calendar::MONTHS
            .iter()
            .any(|name| word.starts_with(&name[..3]))
    };
    is_weekday(cx, time)
        || time.tokens.clone().any(|i| {
            let lower = cx.doc.token(i).lower();
            let digits = lower.contains('/') || lower.contains('-') && lower.len() > 7;
            digits || WORDS.contains(&lower) || month(lower)
        })
}

fn weigh_clause(cx: &Segmented<'_>, time: &Time) -> (i32, usize) {
    let first = cx.doc.token(time.tokens.start);
    let early = 20 - 2 * (first.sentence_index() as i32).min(10);
    if let Some(event) = event_of(cx, time) {
        // Who was hurt on Friday may die on Sunday: a death dates the event only where nothing else does.
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
        event_kinds::kind_of(token).is_some_and(|(_, rank)| rank > 0) && event_kinds::is_news(token)
    });
    // "are investigating two shootings Monday night": the time follows on the word for the event, whatever it hangs
    // on.
    let follows = (first.i.saturating_sub(6)..first.i).rev().find(|&i| {
        i >= first.sentence().start
            && event_kinds::kind_of(cx.doc.token(i)).is_some_and(|(_, rank)| rank > 0)
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
        // "was shot Tuesday, police said" hangs the day on either verb: with a violent word before it, it is as good as
        // any.
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

/// Whether a time dates what came after the event and nothing else: an arrest, a charge, a hearing, a statement,
/// and no event hangs on it.
pub(super) fn follows(cx: &Segmented<'_>, time: &Time) -> bool {
    if event_of(cx, time).is_some() {
        return false;
    }
    let Some(head) = clause_head(time, cx) else {
        return false;
    };
    let verb = head
        .ancestors()
        .find(|above| matches!(above.pos(), language::Pos::Verb | language::Pos::Aux));
    let Some(verb) = verb else { return false };
    // "made his first appearance in court on Monday": the noun tells what is done.
    let step = || {
        verb.subtree()
            .filter(|&i| i < time.tokens.start)
            .any(|i| STEPS.contains(&cx.doc.token(i).lemma()))
    };
    LATER.contains(&verb.lemma()) || step()
}

/// Steps of a case, and the rites of mourning.
const STEPS: &[&str] = &[
    "appearance",
    "court",
    "hearing",
    "arraignment",
    "trial",
    "verdict",
    "plea",
    "vigil",
    "funeral",
];

/// Those of [`AFTERWARDS`] that the law and the mourners do: their day is never that of the event, or by chance.
const LATER: &[&str] = &[
    "arrest",
    "charge",
    "appear",
    "plead",
    "convict",
    "sentence",
    "indict",
    "testify",
    "arraign",
    "bury",
    "mourn",
    "surrender",
    "extradite",
    "turn",
    "book",
    "tweet",
    "schedule",
    "face",
];

/// The words of a claim: the event and the time when near each other, else the time with its preposition.
pub(super) fn words(cx: &Segmented<'_>, time: &Time, event: usize) -> std::ops::Range<usize> {
    let start = time.tokens.start;
    let from = if start > 0 && cx.doc.token(start - 1).dep() == "prep" {
        start - 1
    } else {
        start
    };
    frames::cover(event..event + 1, from..time.tokens.end, 9)
}

/// The token of a time that hangs on the rest of its sentence.
pub(super) fn clause_head<'a>(time: &Time, cx: &Segmented<'a>) -> Option<language::Token<'a>> {
    time.tokens
        .clone()
        .map(|i| cx.doc.token(i))
        .find(|token| !time.tokens.contains(&token.head().i) || token.is_root())
}

pub(super) fn is_weekday(cx: &Segmented<'_>, time: &Time) -> bool {
    time.tokens
        .clone()
        .any(|i| calendar::weekday_name(cx.doc.token(i).lower()).is_some())
}

/// The event that a time dates: the nearest word for one above it in the tree or in its clause.
pub(super) fn event_of(cx: &Segmented<'_>, time: &Time) -> Option<usize> {
    let head = clause_head(time, cx)?;
    let mut above = head.ancestors();
    let verb = above.find(|token| {
        matches!(
            token.pos(),
            language::Pos::Verb | language::Pos::Aux | language::Pos::Noun
        ) && token.dep() != "pobj"
            || event_kinds::kind_of(*token).is_some()
    });
    let verb = verb?;
    let violent = |token: language::Token<'_>| {
        event_kinds::kind_of(token)
            .is_some_and(|(_, rank)| rank > 0 || token.pos() == language::Pos::Verb)
            && event_kinds::is_news(token)
    };
    if violent(verb) {
        return Some(verb.i);
    }
    // "The attack began on Thursday", "fighting engulfed the jail on Thursday, when fighters rammed …".
    let subject = frames::subject(verb);
    if subject.is_some_and(|subject| event_kinds::kind_of(subject).is_some()) {
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
            (event_kinds::TAKE_PLACE.contains(&verb.lemma())
                && subject
                    .is_some_and(|subject| matches!(subject.lower(), "it" | "this" | "incident")))
            .then_some(verb.i)
        })
}

/// Whether a time is one of days that lie no later than publication.
pub(super) fn dates_a_day(cx: &Segmented<'_>, time: &Time) -> bool {
    let horizon = cx.report.published.as_ref();
    matches!(time.kind, TimeKind::Date | TimeKind::Time)
        && time.when.as_ref().is_some_and(|when| {
            when.precision <= WhenPrecision::Week
                && horizon.is_none_or(|published| when.start <= published.end)
        })
}
