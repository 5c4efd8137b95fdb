//! What is known of a candidate for the day of the event.
//!
//! Comes in: a time with the parse around it ([`Around`]), and what the report as a whole is like ([`Setting`]). Goes
//! out: features, each of three words: what was looked at and what was seen. They speak of syntax, kinds of words,
//! order and distance; no name stands in them. Whatever is a number is put into one of a few ranges.

mod around;
mod ranges;
mod setting;
mod words;

use jiff::civil::Date;

pub use around::{Around, before_midnight, midnight};
pub use setting::Setting;

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
    setting: &Setting,
    around: &Around,
    day: Date,
    by: &'static str,
    ago: &'static str,
) -> Vec<Feature> {
    let limit = setting.limit(day, around.hour);
    vec![
        ["kept-ago", setting.kept, ago],
        ["part-ago", around.part, ago],
        ["near-form", around.near, around.form],
        ["noun-form", around.noun, around.form],
        ["tense-clause", around.tense, around.clause],
        ["word-step", around.word, setting.step],
        ["word-ago", around.word, ago],
        ["anchor-form", around.anchor, around.form],
        ["attach", around.attach, around.verb],
        ["attach-form", around.attach, around.form],
        ["scene", around.segment, setting.several],
        ["scene-first", around.segment, setting.first_strong(day)],
        ["told", around.told, around.clause],
        ["told-word", around.told_word, around.near],
        ["lead-day", setting.of_lead(day), around.form],
        ["lead-day-step", setting.of_lead(day), setting.step],
        ["lead-day-clause", setting.of_lead(day), around.clause],
        ["recent", setting.recent(day), around.form],
        ["recent-ago", setting.recent(day), ago],
        ["recent-clause", setting.recent(day), around.clause],
        ["form-rank", around.form, setting.rank(day)],
        ["form-first", around.form, setting.first_strong(day)],
        ["by-sentence", by, around.sentence],
        ["limit", limit, around.form],
        ["limit-by", limit, by],
    ]
}

/// Those that look at a day in one way.
fn plain(
    setting: &Setting,
    around: &Around,
    day: Date,
    by: &'static str,
    ago: &'static str,
) -> Vec<Feature> {
    vec![
        ["form", around.form, by],
        ["form-part", around.form, around.part],
        ["part", around.part, by],
        ["anchor", around.anchor, by],
        ["anchor-part", around.anchor, around.part],
        ["verb", around.verb, "-"],
        ["verb-form", around.verb, around.form],
        ["word", around.word, "-"],
        ["word-near", around.word, around.near],
        ["turn", around.turn, around.clause],
        ["first-strong", setting.first_strong(day), "-"],
        ["verb-tense", around.verb, around.tense],
        ["verb-sentence", around.verb, around.sentence],
        ["noun", around.noun, "-"],
        ["rule", around.rule, "-"],
        ["rule-order", around.rule, around.order],
        ["clause", around.clause, "-"],
        ["clause-sentence", around.clause, around.sentence],
        ["prep", around.prep, "-"],
        ["prep-form", around.prep, around.form],
        ["sentence", around.sentence, "-"],
        ["from-first", around.from_first, "-"],
        ["near", around.near, "-"],
        ["near-verb", around.near, around.verb],
        ["tense", around.tense, "-"],
        ["order", around.order, "-"],
        ["block", around.block, around.form],
        ["grain", around.grain, "-"],
        ["ago", ago, "-"],
        ["ago-form", ago, around.form],
        ["ago-step", ago, setting.step],
        ["ago-verb", ago, around.verb],
        ["verb-step", around.verb, setting.step],
        ["agree", setting.agreeing(day), setting.times],
        ["agree-strong", setting.strongly(day), setting.some_strong()],
        ["rank", setting.rank(day), setting.step],
        ["rank-ago", setting.rank(day), ago],
        ["week", setting.in_week(day), around.grain],
    ]
}

/// The features of a day said.
pub fn said(setting: &Setting, around: &Around, day: Date, by: &'static str) -> Vec<Feature> {
    let ago = setting.ago(day);
    let mut out = plain(setting, around, day, by, ago);
    out.extend(crossed(setting, around, day, by, ago));
    if around.next_hour != "-" {
        let key = match around.part {
            "night" => "night-hour",
            "none" => "day-hour",
            _ => "part-hour",
        };
        out.push([key, around.next_hour, by]);
        out.push([key, around.next_hour, ago]);
        out.push([key, around.next_hour, around.form]);
    }
    if around.stamp != "-" {
        out.push(["stamp", around.stamp, "-"]);
        out.push(["stamp-ago", around.stamp, ago]);
        out.push(["stamp-form", around.stamp, around.form]);
    }
    if around.form == "bare" {
        let key = match around.anchor {
            "printing" => "bare-printing",
            "after-night" => "bare-night",
            _ => "bare-said",
        };
        out.push([key, by, around.part]);
        out.push([key, by, ago]);
        out.push([key, by, setting.step]);
    }
    for &[side, kind] in &around.beside {
        out.push(["beside", side, kind]);
        out.push([
            if side == "before" {
                "before-form"
            } else {
                "behind-form"
            },
            kind,
            around.form,
        ]);
    }
    for &kind in &around.has {
        out.push(["has", kind, "-"]);
        out.push(["has-form", kind, around.form]);
        out.push(["has-ago", kind, ago]);
    }
    for &cue in &setting.cues {
        out.push(["cue-ago", cue, ago]);
    }
    if by != "as-said" {
        for &cue in &setting.cues {
            out.push(["shift-cue", by, cue]);
        }
        out.push(["shift-ago", by, ago]);
        out.push(["shift-agree", by, setting.agreeing(day)]);
    } else if around.form == "bare" || around.form == "today" || around.form == "overnight" {
        for &cue in &setting.cues {
            out.push(["straight-cue", around.form, cue]);
        }
    }
    out
}

/// The features of the day of publication, or of the day before.
pub fn printing(setting: &Setting, day: Date, back: i8) -> Vec<Feature> {
    let back = if back == 0 { "same" } else { "before" };
    let mut out: Vec<Feature> = vec![
        ["print", back, "-"],
        ["print-times", back, setting.times],
        ["print-strong", back, setting.some_strong()],
        ["print-step", back, setting.step],
        ["print-length", back, setting.length],
        ["print-hour", back, setting.hour],
        ["print-weekday", back, setting.weekday],
        ["print-agree", back, setting.agreeing(day)],
        ["print-week", back, setting.in_week(day)],
        ["print-kept", back, setting.kept],
        ["print-several", back, setting.several],
        ["print-lead", back, setting.of_lead(day)],
        ["print-recent", back, setting.recent(day)],
        [
            "print-told",
            back,
            if setting.violent.is_empty() {
                "untold"
            } else {
                "told"
            },
        ],
    ];
    for &cue in &setting.cues {
        out.push(["print-cue", back, cue]);
    }
    out
}
