//! Which other event or period a token tells of, if any.
//!
//! A clause dated well before the report's main event ("the 2015 attack killed 30") tells of another, and so does a
//! segment of its own; what counts over a period ("since January", "so far this year") is of none. Everything else is
//! the report's own.

use std::ops::Range;

use language::Token;
use model::{Slot, When, WhenPrecision};

use super::{draft::Other, passes::Passes, segments::SegmentLabel};
use crate::read::times::{Time, TimeKind};

/// Days by which a dated clause must precede the report's event to tell of another one.
pub const APART_DAYS: i32 = 10;

/// The other event or period that a token tells of, or `None` if it is the report's own.
pub fn other_event(cx: &Passes<'_>, slot: Slot, anchor: usize) -> Option<Other> {
    match cx.segments().of_token(cx, anchor) {
        // "An earlier strike there, in August, killed five": the sentence itself says that it is no news.
        SegmentLabel::Segment(number) if slot != Slot::When => {
            return Some(older(cx, anchor).unwrap_or(Other::Segment(number)));
        }
        SegmentLabel::Sum if slot.spec().toll => {
            return Some(Other::Period(first_words(cx, anchor)));
        }
        SegmentLabel::Aside if !matches!(slot, Slot::When | Slot::Statement) => {
            return Some(Other::Older(first_words(cx, anchor)));
        }
        _ => {}
    }
    if !slot.spec().movable || slot.spec().lasting {
        return None;
    }
    if let Some(words) = sum_over_period(cx, anchor).or_else(|| sum_of_war(cx, anchor)) {
        return Some(Other::Period(words));
    }
    if let Some(words) = another_case(cx, anchor) {
        return Some(Other::Older(words));
    }
    older(cx, anchor).or_else(|| {
        slot.spec()
            .toll
            .then(|| looked_back_on(cx, anchor))
            .flatten()
    })
}

/// "The 12-year war has left half a million people dead": a war as a whole is what the clause sums over.
fn sum_of_war(cx: &Passes<'_>, anchor: usize) -> Option<String> {
    let verb = super::grammar::clause_verb(cx.doc.token(anchor))?;
    let perfect = verb
        .children()
        .any(|child| child.dep() == "aux" && matches!(child.lower(), "have" | "has"));
    let subject = super::grammar::subject(verb)?;
    let war = matches!(subject.lower(), "war" | "conflict" | "insurgency");
    (perfect && war).then(|| {
        cx.doc
            .slice(super::grammar::phrase(subject, None))
            .to_owned()
    })
}

/// Sentences looked back over for the first of a paragraph.
const PARAGRAPH: usize = 6;

/// Days from which a dated paragraph after the news tells of another event.
const LOOKED_BACK_DAYS: i32 = 2;

/// The date at the head of a later paragraph that looks back: "On June 29, activists documented the death of two
/// civilians …", after news without a date or of another day.
fn looked_back_on(cx: &Passes<'_>, anchor: usize) -> Option<Other> {
    let mut first = cx.doc.token(anchor).sentence_index();
    let until = first.saturating_sub(PARAGRAPH);
    while first > until && !cx.opens_line(first) {
        first -= 1;
    }
    if first == 0 || !cx.opens_line(first) {
        return None;
    }
    let time = cx.heads_with_day(first)?;
    let news = cx.first_violent_sentence()?;
    if news >= first || cx.heads_with_day(news).is_some() {
        return None;
    }
    let apart = match (time.when.as_ref(), cx.main_event_day()) {
        // Where the only date of a bulletin is that of an older entry, it is no news of its own.
        (Some(when), Some(own)) => {
            (own.date() - when.date()).get_days() >= LOOKED_BACK_DAYS
                || when.date() == own.date() && records(cx, news) && records(cx, first)
        }
        (_, None) => true,
        (None, Some(_)) => false,
    };
    apart.then(|| Other::Older(cx.doc.slice(time.tokens.clone()).to_owned()))
}

/// Whether a sentence is an entry of somebody who keeps a record: "activists documented", "the network has recorded".
fn records(cx: &Passes<'_>, sentence: usize) -> bool {
    cx.doc.sentence(sentence).any(|i| {
        let token = cx.doc.token(i);
        token.dep() == "ROOT"
            && matches!(
                token.lemma(),
                "document" | "record" | "monitor" | "register"
            )
            && token.child("nsubj").is_some()
    })
}

/// The words that date the clause of a token to well before the report's main event.
fn older(cx: &Passes<'_>, anchor: usize) -> Option<Other> {
    let own = cx.main_event_day()?;
    cx.times_in_sentence(anchor)
        .filter(|time| !matches!(time.kind, TimeKind::Set | TimeKind::Duration))
        .filter(|time| dates(cx, time, anchor))
        .find_map(|time| {
            let when = time.when.as_ref()?;
            let long_before =
                (own.date() - when.end.date()).get_days() > APART_DAYS || years_before(when, own);
            let period = matches!(
                when.precision,
                WhenPrecision::Year | WhenPrecision::Season | WhenPrecision::Month
            ) && when.start < own.start;
            (long_before || period)
                .then(|| Other::Older(cx.doc.slice(time.tokens.clone()).to_owned()))
        })
}

/// The first words of a sentence that tells of another event, or sums over several.
pub fn first_words(cx: &Passes<'_>, anchor: usize) -> String {
    let sentence = cx.doc.token(anchor).sentence();
    let end = (sentence.start + 8).min(sentence.end);
    cx.doc.slice(sentence.start..end).to_owned()
}

/// "in an unrelated incident", "in a separate shooting": the sentence itself says that it tells of something else.
fn another_case(cx: &Passes<'_>, anchor: usize) -> Option<String> {
    let sentence = cx.doc.token(anchor).sentence();
    let at = sentence.clone().find(|&i| {
        let token = cx.doc.token(i);
        let apart = matches!(
            token.lower(),
            "unrelated" | "separate" | "similar" | "previous" | "earlier" | "such"
        );
        // "killed by munitions left by previous shelling": the older one only left what kills now.
        let left = || {
            let by = token.head().head();
            by.lower() == "by" && by.head().dep() == "acl"
        };
        apart
            && token.dep() == "amod"
            && super::event_kinds::kind_of(token.head()).is_some()
            && !left()
    })?;
    let noun = cx.doc.token(at).head();
    Some(cx.doc.slice(at..noun.i.max(at) + 1).to_owned())
}

/// Plurals that a sum over many events names, and words that mark the stretch it is summed over.
const MANY: &[&str] = &[
    "shootings",
    "homicides",
    "murders",
    "killings",
    "incidents",
    "crimes",
    "robberies",
    "cases",
    "attacks",
    "accidents",
    "crashes",
    "explosions",
    "airstrikes",
    "bombings",
];

/// Tokens on either side of the predicate that may say over what it sums: a clause or two, whatever the length of the
/// sentence.
const AROUND: usize = 60;

/// Tokens of a clause that say over what it sums.
#[derive(Default)]
struct Stretch {
    /// A calendar: "this year".
    calendar: Option<usize>,
    /// A stretch: "since Friday", "so far".
    open: Option<usize>,
    /// One that comes again: "per month", "in recent years".
    recent: Option<usize>,
    /// A weekend, a city: "across the city over the weekend".
    wide: Option<usize>,
    /// Many events are named.
    many: bool,
}

impl Stretch {
    /// Gathers what the tokens say.
    fn of(cx: &Passes<'_>, near: &Range<usize>) -> Self {
        let mut out = Self::default();
        for i in near.clone() {
            let next =
                |words: &[&str]| i + 1 < near.end && words.contains(&cx.doc.token(i + 1).lower());
            let word = cx.doc.token(i).lower();
            let put = |place: &mut Option<usize>| *place = place.or(Some(i));
            match word {
                "this" if next(&["year", "month", "weekend"]) => put(&mut out.calendar),
                "last" if next(&["year", "month"]) => put(&mut out.calendar),
                "per" if next(&["year", "month", "day"]) => {
                    put(&mut out.calendar);
                    put(&mut out.recent);
                }
                "each" if next(&["year", "month", "day"]) => {
                    put(&mut out.open);
                    put(&mut out.recent);
                }
                "in" if next(&["recent"]) => {
                    put(&mut out.open);
                    put(&mut out.recent);
                }
                "since" => put(&mut out.open),
                "so" if next(&["far"]) => put(&mut out.open),
                "the" if next(&["past"]) => put(&mut out.open),
                // "in shootings across the city over the weekend".
                "weekend" | "across" | "overnight" => put(&mut out.wide),
                _ => out.many |= word.ends_with('s') && MANY.contains(&word),
            }
        }
        out.open = out.open.or(out.wide.filter(|_| out.many));
        out
    }

    /// The token that says over what a clause sums, where tense and number let it.
    fn said(&self, perfect: bool) -> Option<usize> {
        match (self.calendar, self.open) {
            (Some(at), Some(_)) => Some(at),
            (Some(at), None) if self.many || perfect => Some(at),
            (None, Some(at)) if self.many => Some(at),
            _ => self.recent.filter(|_| perfect || self.many),
        }
    }
}

/// The words of a sum over a period ("since Friday", "so far this year") when the sentence names many events or
/// counts its dead against a calendar. A toll of one event that runs on ("since the siege began") names none and
/// stays.
fn sum_over_period(cx: &Passes<'_>, anchor: usize) -> Option<String> {
    let sentence = cx.doc.token(anchor).sentence();
    let near =
        anchor.saturating_sub(AROUND).max(sentence.start)..(anchor + AROUND).min(sentence.end);
    let stretch = Stretch::of(cx, &near);
    let verb = super::grammar::clause_verb(cx.doc.token(anchor));
    // "we have documented hundreds of deaths in such explosions".
    if (stretch.many || stretch.open.is_some())
        && let Some(verb) = verb.filter(|verb| has_recorded(*verb))
    {
        let words = super::grammar::predicate_tokens(verb);
        return Some(cx.doc.slice(words).to_owned());
    }
    // "27 of them had been killed up until that point in the conflict", "have been killed since the war began".
    if verb.is_some_and(|verb| has_auxiliary(verb, &["have", "has", "had"]))
        && let Some(i) = whole_war(cx, &near)
    {
        return Some(cx.doc.slice(i..(i + 2).min(sentence.end)).to_owned());
    }
    if let Some(i) = times_attacked(cx, &near, verb) {
        let from = i.saturating_sub(1).max(sentence.start);
        return Some(cx.doc.slice(from..i + 1).to_owned());
    }
    let at = stretch.said(verb.is_some_and(|verb| has_auxiliary(verb, &["have", "has"])))?;
    Some(cx.doc.slice(at..(at + 2).min(sentence.end)).to_owned())
}

fn has_auxiliary(verb: Token<'_>, words: &[&str]) -> bool {
    verb.children()
        .any(|child| child.dep() == "aux" && words.contains(&child.lower()))
}

/// "we have documented": somebody keeps a record.
fn has_recorded(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "document" | "record" | "register")
        && has_auxiliary(verb, &["have", "has", "'ve", "’ve"])
}

/// "until that point in the conflict", "since the war began".
fn whole_war(cx: &Passes<'_>, near: &Range<usize>) -> Option<usize> {
    near.clone().find(|&i| {
        matches!(cx.doc.token(i).lower(), "until" | "since")
            && (i + 1..(i + 6).min(near.end)).any(|at| {
                matches!(
                    cx.doc.token(at).lower(),
                    "conflict" | "war" | "hostilities" | "insurgency" | "uprising"
                )
            })
    })
}

/// "drones struck the town four times, which killed three".
fn times_attacked(cx: &Passes<'_>, near: &Range<usize>, verb: Option<Token<'_>>) -> Option<usize> {
    near.clone().find(|&i| {
        let token = cx.doc.token(i);
        let above = || {
            token
                .ancestors()
                .take(6)
                .find(|above| above.pos() == language::Pos::Verb)
        };
        token.lower() == "times"
            && above().is_some_and(|above| {
                matches!(
                    above.lemma(),
                    "target" | "attack" | "bomb" | "bombard" | "shell" | "raid" | "strike"
                ) && verb.is_some_and(|verb| verb.i != above.i)
            })
    })
}

/// Whether a time lies in a year before that of the report's main event.
pub fn years_before(when: &When, own: &When) -> bool {
    when.end.date().year() < own.date().year()
        && (when.precision >= WhenPrecision::Year || own.date().year() - when.end.date().year() > 1)
}

/// Whether `time` dates the clause of `anchor`: they share a clause, or the clause hangs on a noun that the time
/// describes ("last year's attack, which killed 30").
fn dates(cx: &Passes<'_>, time: &Time, anchor: usize) -> bool {
    let head = cx.doc.token(time.tokens.start);
    let anchor_verb = super::grammar::clause_verb(cx.doc.token(anchor));
    let of_time = head
        .ancestors()
        .find(|above| matches!(above.pos(), language::Pos::Verb | language::Pos::Aux))
        .map(|verb| verb.i);
    if of_time.is_some() && of_time == anchor_verb.map(|verb| verb.i) {
        return true;
    }
    // "killed scores and drove thousands from their homes in 2019": one date for both.
    let joined = anchor_verb.is_some_and(|verb| {
        verb.children().any(|other| {
            Some(other.i) == of_time
                && other.dep() == "conj"
                && other.child_of(&["nsubj", "nsubjpass"]).is_none()
                && time.tokens.start > other.i
        })
    });
    if joined {
        return true;
    }
    let Some(verb) = anchor_verb else {
        return false;
    };
    let described = |noun: Token<'_>| {
        super::grammar::phrase(noun, None).contains(&time.tokens.start)
            || noun
                .children()
                .any(|child| child.i < noun.i && child.subtree().contains(&time.tokens.start))
    };
    match verb.dep() {
        // "since 2011, when a robber killed four".
        "relcl" | "advcl" | "acl" if time.tokens.contains(&verb.head().i) => true,
        "relcl" | "acl" => described(verb.head()),
        _ => super::grammar::subject(verb).is_some_and(described),
    }
}
