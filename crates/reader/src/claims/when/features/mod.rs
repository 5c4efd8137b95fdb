//! What is known of a candidate for the day of the event.
//!
//! Comes in: a time with the parse around it ([`TimeContext`]), and what the report as a whole is like
//! ([`DocumentFeatures`]). Goes out: features, each of three words: what was looked at and what was seen. They speak of
//! syntax, kinds of words, order and distance; no name stands in them. Whatever is a number is put into one of a few
//! ranges.

mod document;
mod ranges;
mod time_context;
mod words;

use jiff::civil::Date;

pub use document::DocumentFeatures;
pub use time_context::{TimeContext, before_midnight, midnight};

/// What was looked at, what was seen, and what else was seen with it; `-` for nothing.
pub type Feature = [&'static str; 3];

/// What is looked at: the first words of all features, sorted.
#[rustfmt::skip]
pub const KINDS: &[&str] = &[
    "ago", "ago-form", "ago-step", "ago-verb", "agree", "agree-strong", "anchor", "anchor-form", "anchor-part",
    "attach", "attach-form", "bare-night", "bare-printing", "bare-said", "before-form", "behind-form",
    "beside", "block", "by-sentence", "clause", "clause-sentence", "cue-ago", "day-hour", "first-strong",
    "form", "form-first", "form-part", "form-rank", "from-first", "grain", "has", "has-ago", "has-form",
    "kept-ago", "lead-day", "lead-day-clause", "lead-day-step", "limit", "limit-by", "near", "near-form",
    "near-verb", "night-hour", "noun", "noun-form", "order", "part", "part-ago", "part-hour", "prep",
    "prep-form", "print", "print-agree", "print-cue", "print-hour", "print-kept", "print-lead", "print-length",
    "print-recent", "print-several", "print-step", "print-strong", "print-times", "print-told", "print-week",
    "print-weekday", "rank", "rank-ago", "recent", "recent-ago", "recent-clause", "rule", "rule-order",
    "scene", "scene-first", "sentence", "shift-ago", "shift-agree", "shift-cue", "stamp", "stamp-ago",
    "stamp-form", "straight-cue", "tense", "tense-clause", "told", "told-word", "turn", "verb", "verb-form",
    "verb-sentence", "verb-step", "verb-tense", "week", "word", "word-ago", "word-near", "word-step",
];

/// What a shift against the day that the words were resolved to is called.
pub fn shift_name(shift: i16) -> &'static str {
    match shift {
        0 => "as-said",
        1 => "day-after",
        -1 => "day-before",
        -2 => "two-before",
        ..-300 => "year-before",
        _ => "week-before",
    }
}

/// Those of them that put two views of a day together.
fn crossed(
    document: &DocumentFeatures,
    context: &TimeContext,
    day: Date,
    by: &'static str,
    ago: &'static str,
) -> Vec<Feature> {
    let limit = document.limit(day, context.hour);
    vec![
        ["kept-ago", document.kept, ago],
        ["part-ago", context.part, ago],
        ["near-form", context.near, context.form],
        ["noun-form", context.noun, context.form],
        ["tense-clause", context.tense, context.clause],
        ["word-step", context.word, document.step],
        ["word-ago", context.word, ago],
        ["anchor-form", context.anchor, context.form],
        ["attach", context.attach, context.verb],
        ["attach-form", context.attach, context.form],
        ["scene", context.segment, document.several],
        ["scene-first", context.segment, document.first_strong(day)],
        ["told", context.told, context.clause],
        ["told-word", context.told_word, context.near],
        ["lead-day", document.of_lead(day), context.form],
        ["lead-day-step", document.of_lead(day), document.step],
        ["lead-day-clause", document.of_lead(day), context.clause],
        ["recent", document.recent(day), context.form],
        ["recent-ago", document.recent(day), ago],
        ["recent-clause", document.recent(day), context.clause],
        ["form-rank", context.form, document.rank(day)],
        ["form-first", context.form, document.first_strong(day)],
        ["by-sentence", by, context.sentence],
        ["limit", limit, context.form],
        ["limit-by", limit, by],
    ]
}

/// Those that look at a day in one way.
fn plain(
    document: &DocumentFeatures,
    context: &TimeContext,
    day: Date,
    by: &'static str,
    ago: &'static str,
) -> Vec<Feature> {
    vec![
        ["form", context.form, by],
        ["form-part", context.form, context.part],
        ["part", context.part, by],
        ["anchor", context.anchor, by],
        ["anchor-part", context.anchor, context.part],
        ["verb", context.verb, "-"],
        ["verb-form", context.verb, context.form],
        ["word", context.word, "-"],
        ["word-near", context.word, context.near],
        ["turn", context.turn, context.clause],
        ["first-strong", document.first_strong(day), "-"],
        ["verb-tense", context.verb, context.tense],
        ["verb-sentence", context.verb, context.sentence],
        ["noun", context.noun, "-"],
        ["rule", context.rule, "-"],
        ["rule-order", context.rule, context.order],
        ["clause", context.clause, "-"],
        ["clause-sentence", context.clause, context.sentence],
        ["prep", context.prep, "-"],
        ["prep-form", context.prep, context.form],
        ["sentence", context.sentence, "-"],
        ["from-first", context.from_first, "-"],
        ["near", context.near, "-"],
        ["near-verb", context.near, context.verb],
        ["tense", context.tense, "-"],
        ["order", context.order, "-"],
        ["block", context.block, context.form],
        ["grain", context.grain, "-"],
        ["ago", ago, "-"],
        ["ago-form", ago, context.form],
        ["ago-step", ago, document.step],
        ["ago-verb", ago, context.verb],
        ["verb-step", context.verb, document.step],
        ["agree", document.agreeing(day), document.times],
        [
            "agree-strong",
            document.strongly(day),
            document.some_strong(),
        ],
        ["rank", document.rank(day), document.step],
        ["rank-ago", document.rank(day), ago],
        ["week", document.in_week(day), context.grain],
    ]
}

/// The features of a day said.
pub fn said(
    document: &DocumentFeatures,
    context: &TimeContext,
    day: Date,
    by: &'static str,
) -> Vec<Feature> {
    let ago = document.ago(day);
    let mut out = plain(document, context, day, by, ago);
    out.extend(crossed(document, context, day, by, ago));
    if context.next_hour != "-" {
        let key = match context.part {
            "night" => "night-hour",
            "none" => "day-hour",
            _ => "part-hour",
        };
        out.push([key, context.next_hour, by]);
        out.push([key, context.next_hour, ago]);
        out.push([key, context.next_hour, context.form]);
    }
    if context.stamp != "-" {
        out.push(["stamp", context.stamp, "-"]);
        out.push(["stamp-ago", context.stamp, ago]);
        out.push(["stamp-form", context.stamp, context.form]);
    }
    if context.form == "bare" {
        let key = match context.anchor {
            "printing" => "bare-printing",
            "after-night" => "bare-night",
            _ => "bare-said",
        };
        out.push([key, by, context.part]);
        out.push([key, by, ago]);
        out.push([key, by, document.step]);
    }
    for &[side, kind] in &context.beside {
        out.push(["beside", side, kind]);
        out.push([
            if side == "before" {
                "before-form"
            } else {
                "behind-form"
            },
            kind,
            context.form,
        ]);
    }
    for &kind in &context.has {
        out.push(["has", kind, "-"]);
        out.push(["has-form", kind, context.form]);
        out.push(["has-ago", kind, ago]);
    }
    for &cue in &document.cues {
        out.push(["cue-ago", cue, ago]);
    }
    if by != "as-said" {
        for &cue in &document.cues {
            out.push(["shift-cue", by, cue]);
        }
        out.push(["shift-ago", by, ago]);
        out.push(["shift-agree", by, document.agreeing(day)]);
    } else if context.form == "bare" || context.form == "today" || context.form == "overnight" {
        for &cue in &document.cues {
            out.push(["straight-cue", context.form, cue]);
        }
    }
    out
}

/// The features of the day of publication, or of the day before.
pub fn printing(document: &DocumentFeatures, day: Date, back: i8) -> Vec<Feature> {
    let back = if back == 0 { "same" } else { "before" };
    let mut out: Vec<Feature> = vec![
        ["print", back, "-"],
        ["print-times", back, document.times],
        ["print-strong", back, document.some_strong()],
        ["print-step", back, document.step],
        ["print-length", back, document.length],
        ["print-hour", back, document.hour],
        ["print-weekday", back, document.weekday],
        ["print-agree", back, document.agreeing(day)],
        ["print-week", back, document.in_week(day)],
        ["print-kept", back, document.kept],
        ["print-several", back, document.several],
        ["print-lead", back, document.of_lead(day)],
        ["print-recent", back, document.recent(day)],
        [
            "print-told",
            back,
            if document.violent.is_empty() {
                "untold"
            } else {
                "told"
            },
        ],
    ];
    for &cue in &document.cues {
        out.push(["print-cue", back, cue]);
    }
    out
}
