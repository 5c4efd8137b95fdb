//! Words that open another event, take up the one told of, or sum over several.

use language::{Pos, Token};

use super::super::{event_kinds, people, person_nouns, place::violence::Placed};
use std::ops::Range;

/// Tokens at the head of a sentence among which a linking adverb must stand.
const HEAD: usize = 6;

/// How much the words of a sentence themselves say that another event begins: "in a separate incident" 2.5,
/// "Elsewhere" 1.5.
pub fn opens(cx: &Placed<'_>, sentence: &Range<usize>) -> f32 {
    let mut most = 0.0_f32;
    for i in sentence.clone() {
        let token = cx.doc.token(i);
        let weight = match token.lower() {
            "separate" | "unrelated" | "another" | "different" => 2.5,
            "second" | "third" | "fourth" | "fifth" | "sixth" if tallies(token) => continue,
            "second" | "third" | "fourth" | "fifth" | "sixth" => 2.0,
            // "The most recent shooting happened …" opens; "was the first shooting of the year" does not.
            "recent" | "latest" | "final" | "last" | "first"
                if matches!(token.head().dep(), "nsubj" | "nsubjpass") =>
            {
                2.0
            }
            "recent" | "latest" | "final" | "last" | "first" | "other" | "similar" => 1.5,
            "earlier" if names_one(token) => 1.5,
            "elsewhere" | "separately" | "meanwhile" | "unrelatedly"
                if i < sentence.start + HEAD =>
            {
                most = most.max(1.5);
                continue;
            }
            "later" | "earlier" | "also" | "hours" if i < sentence.start + HEAD => {
                most = most.max(0.75);
                continue;
            }
            // "Yesterday, two were injured in …": a monitor's post goes on with what it posted before.
            "yesterday" if i < sentence.start + 2 => {
                most = most.max(1.0);
                continue;
            }
            // "On the other hand", "in another context", "in the same context".
            "hand" | "context" if i < sentence.start + HEAD => {
                most = most.max(1.5);
                continue;
            }
            "relate" | "related" | "connected" | "linked" | "whether" => return 0.0,
            _ => continue,
        };
        if names_one(token) {
            most = most.max(weight);
        }
    }
    most
}

/// Whether an ordinal counts an event within a stretch or a town and tells of no other: "the city's third homicide",
/// "the fifth shooting this year", "was the second homicide of 2018".
fn tallies(ordinal: Token<'_>) -> bool {
    let noun = ordinal.head();
    let stretch = |token: Token<'_>| {
        matches!(
            token.lower(),
            "year" | "month" | "week" | "weekend" | "day" | "days" | "weeks" | "months"
        ) || token.text().len() == 4 && token.text().bytes().all(|byte| byte.is_ascii_digit())
    };
    noun.dep() == "attr"
        || noun.children().any(|child| {
            child.dep() == "poss"
                || child.i > noun.i && (stretch(child) || child.child("pobj").is_some_and(stretch))
        })
}

/// Whether an adjective stands before one event ("another shooting", "a separate fatal shooting"), not many.
fn names_one(token: Token<'_>) -> bool {
    if !matches!(token.dep(), "amod" | "det" | "advmod" | "nmod") {
        return false;
    }
    let noun = token.head();
    noun.i > token.i
        && noun.i < token.i + 5
        && matches!(noun.tag(), "NN" | "NNP")
        && (event_kinds::kind_of(noun).is_some() || matches!(noun.lemma(), "case" | "crime"))
}

/// Plurals of events beyond those that [`event_kinds`] knows.
///
/// Not "strikes", "attacks" or "clashes": in a war one event is told in these plurals.
const MANY: &[&str] = &[
    "incidents",
    "shootings",
    "homicides",
    "murders",
    "slayings",
    "stabbings",
    "crimes",
    "cases",
    "robberies",
    "burglaries",
    "carjackings",
];
/// Nouns that say the people stood apart: "in separate locations".
const APART: &[&str] = &[
    "locations",
    "places",
    "areas",
    "neighborhoods",
    "parts",
    "scenes",
];

/// Whether a sentence sums over several events: it names them in the plural, and not as what one of them is of.
pub fn sums(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().any(|i| {
        let token = cx.doc.token(i);
        if !token.lower().ends_with('s') || token.tag() != "NNS" && token.pos() != Pos::Propn {
            return false;
        }
        let apart = APART.contains(&token.lower())
            && token
                .children()
                .any(|child| matches!(child.lower(), "separate" | "different" | "several"));
        (apart || MANY.contains(&token.lower())) && !one_of(token)
    })
}

/// Whether a sentence announces a list of figures: "The fatalities can be distributed as follows:". Not any list:
/// victims are listed too.
pub fn announces(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    let from = sentence.end.saturating_sub(40).max(sentence.start);
    let word =
        |words: &[&str]| (from..sentence.end).any(|i| words.contains(&cx.doc.token(i).lower()));
    word(&["breakdown", "distributed"]) && word(&["follows", "following", ":", "distributed"])
}

/// Whether a sentence counts over a stretch of time: "since early 2022 has reached 28".
pub fn stretches(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    sentence
        .clone()
        .any(|i| cx.doc.token(i).lower() == "since" && cx.doc.token(i).pos() != Pos::Verb)
}

/// Whether a sentence goes on with what was counted: "These attacks left 17 people dead".
pub fn goes_on(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().take(12).any(|i| {
        let token = cx.doc.token(i);
        let noun = token.head();
        matches!(token.lower(), "these" | "those")
            && noun.tag() == "NNS"
            && (noun.lemma() == "operation" || event_kinds::kind_of(noun).is_some())
    })
}

/// Whether a sentence is an item of a list.
pub fn is_item(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    sentence
        .clone()
        .map(|i| cx.doc.token(i))
        .find(|token| !token.is_space())
        .is_some_and(|token| {
            token
                .text()
                .starts_with(['•', '-', '–', '—', '*', '·', '●'])
        })
}

/// "one of three shootings", "the latest in a string of attacks", "of other shootings": the sentence is of one of them.
fn one_of(token: Token<'_>) -> bool {
    let of = token.head();
    let member = of.lower() == "of"
        && matches!(
            of.head().lower(),
            "one"
                | "some"
                | "first"
                | "second"
                | "third"
                | "fourth"
                | "last"
                | "latest"
                | "string"
                | "series"
                | "spate"
                | "any"
        );
    // "charged with murders", "no other shootings were reported".
    let none = token.children().any(|child| {
        matches!(
            child.lower(),
            "no" | "other" | "previous" | "past" | "recent"
        )
    });
    member || none
}

/// Whether the head of a sentence counts on among the victims of what was told: "a second victim", "the fourth man".
pub fn ordinal_victim(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().take(12).any(|i| {
        let token = cx.doc.token(i);
        matches!(
            token.lower(),
            "second" | "third" | "fourth" | "fifth" | "sixth"
        ) && token.dep() == "amod"
            && matches!(
                token.head().lemma(),
                "victim" | "man" | "woman" | "person" | "teen" | "teenager" | "suspect"
            )
    })
}

/// Whether the head of a sentence names the event told of or the same place or time: "after the shooting", "at the
/// same time".
fn same(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().take(12).any(|i| {
        let token = cx.doc.token(i);
        let named = matches!(
            token.lower(),
            "shooting" | "incident" | "attack" | "homicide" | "killing" | "stabbing" | "case"
        ) && token
            .children()
            .any(|child| matches!(child.lower(), "the" | "this" | "that"))
            && token
                .children()
                .all(|child| !RANKED.contains(&child.lower()));
        named || token.lower() == "same"
    })
}

/// Words that pick one event or person out of several.
const RANKED: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "latest",
    "recent",
    "last",
    "final",
    "other",
    "most",
    "separate",
    "unrelated",
    "another",
    "earlier",
];

/// Whether the first subject of a sentence is one person newly told of: "a 23-year-old man was walking".
pub fn newcomer(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    subject(cx, sentence).is_some_and(|subject| {
        let article = subject
            .children()
            .any(|child| matches!(child.lower(), "a" | "an" | "another"));
        article
            && (person_nouns::lookup(&person_nouns::singular(subject.lower())).is_some()
                || matches!(subject.lower(), "old" | "olds"))
    })
}

fn subject<'a>(cx: &Placed<'a>, sentence: &Range<usize>) -> Option<Token<'a>> {
    sentence
        .clone()
        .take(30)
        .map(|i| cx.doc.token(i))
        .find(|token| matches!(token.dep(), "nsubj" | "nsubjpass"))
}

/// Whether a sentence opens with what was told before: "the man", "the shooting", "he".
pub fn takes_up(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    let subject = subject(cx, sentence);
    if same(cx, sentence) {
        return true;
    }
    let Some(subject) = subject else { return false };
    if subject.pos() == Pos::Pron {
        return matches!(
            subject.lower(),
            "he" | "she" | "they" | "it" | "this" | "that"
        );
    }
    let ranked = subject
        .children()
        .any(|child| RANKED.contains(&child.lower()));
    !ranked
        && people::is_definite(subject)
        && (person_nouns::lookup(&person_nouns::singular(subject.lower())).is_some()
            || event_kinds::kind_of(subject).is_some()
            || matches!(
                subject.lower(),
                "old" | "olds" | "crime" | "vehicle" | "car" | "bullet"
            ))
}
