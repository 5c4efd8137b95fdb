//! People whom one predicate counts: the verbs of a slot and the numbers that count by themselves.
//!
//! Comes in: the verbs. Goes out: each predicate with the groups of people it befalls. It knows nothing of events or
//! claims.

use std::ops::Range;

use model::{Bound, Count, Slot};

use super::{
    derived,
    frames::{self, Part},
    people::{self, Group, Peopled},
};

/// The verbs of a slot that counts people.
pub struct Frame {
    /// The slot.
    pub slot: Slot,
    /// Verbs (base form) whose object is counted.
    pub object_verbs: &'static [&'static str],
    /// Verbs whose subject is counted.
    pub subject_verbs: &'static [&'static str],
    /// Name of the rule for verbs.
    pub rule: &'static str,
}

/// People counted by one predicate.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Token of the predicate.
    pub predicate: usize,
    /// Tokens of the predicate with its auxiliaries.
    pub words: Range<usize>,
    /// The people, one group a list member.
    pub groups: Vec<Group>,
    /// The rule.
    pub rule: &'static str,
}

impl Counted {
    /// People counted by a predicate in its own words.
    pub fn at(predicate: language::Token<'_>, groups: Vec<Group>, rule: &'static str) -> Self {
        Self {
            predicate: predicate.i,
            words: frames::predicate_tokens(predicate),
            groups,
            rule,
        }
    }
}

/// Finds the people that a frame's verbs befall.
pub fn by_verbs(
    cx: &Peopled<'_>,
    frame: &Frame,
    keep: impl Fn(language::Token<'_>) -> bool,
) -> Vec<Counted> {
    let mut out = Vec::new();
    for verb in cx.doc.tokens() {
        if !matches!(
            verb.pos(),
            language::Pos::Verb | language::Pos::Adj | language::Pos::Aux
        ) {
            continue;
        }
        let lemma = verb.lemma();
        let part = if frame.object_verbs.contains(&lemma) {
            Part::Object
        } else if frame.subject_verbs.contains(&lemma) {
            Part::Subject
        } else {
            continue;
        };
        if frames::is_irrealis(verb) || !keep(verb) {
            continue;
        }
        let mut groups = frames::people_of(cx, verb, part);
        if frames::is_negated(verb) {
            groups.retain(|group| {
                group
                    .count
                    .as_ref()
                    .is_some_and(|count| count.high == Some(0))
            });
        }
        // "five killed and 35 injured": the second number has a lot of its own.
        let mut first = true;
        groups.retain(|group| {
            // "Child killed and five civilians hurt", with a parse that hands the five to the killing.
            let later = group.tokens.start > verb.i
                && cx.doc.token(group.tokens.start - 1).lower() == "and";
            let other = (!std::mem::take(&mut first) || later)
                && group.tokens.end < cx.doc.len()
                && group.tokens.end != verb.i
                && HARM_PARTICIPLES.contains(&cx.doc.token(group.tokens.end).lower())
                && !frame
                    .object_verbs
                    .contains(&cx.doc.token(group.tokens.end).lemma());
            !other
        });
        for group in &mut groups {
            if let Some(all) = derived::in_each(cx, group) {
                *group = all;
            }
        }
        if (part == Part::Subject || frames::is_passive(verb))
            && let Some(rest) = derived::all_but(cx, verb)
        {
            groups = vec![rest];
        }
        if together(cx, verb) {
            groups.retain(|group| group.individual || !is_numbered(group));
        }
        if groups.is_empty() {
            continue;
        }
        out.push(Counted {
            predicate: verb.i,
            words: frames::predicate_tokens(verb),
            groups,
            rule: frame.rule,
        });
    }
    out
}

/// Whether a group has a number, and not only a word.
fn is_numbered(group: &Group) -> bool {
    let numbered = |count: &Count| count.bound != Bound::Vague;
    group.count.as_ref().is_some_and(numbered)
}

/// "seven people were killed and injured", "kill and injure seven": one number for the dead and the hurt together is of
/// neither.
fn together(cx: &Peopled<'_>, verb: language::Token<'_>) -> bool {
    let word = |i: usize| spelt_out(cx, i);
    let harm = |word: &str| {
        let dead = ["kill", "killed", "kills", "killing"].contains(&word);
        let hurt = [
            "injure", "injured", "injures", "injuring", "wound", "wounded", "wounds", "wounding",
        ]
        .contains(&word);
        (dead, hurt)
    };
    let Some((own, at)) = word(verb.i).map(|(word, _)| harm(&word)).zip(Some(verb.i)) else {
        return false;
    };
    let is_and = |i: usize| i < cx.doc.len() && cx.doc.token(i).lower() == "and";
    let other = |beside: Option<usize>| {
        beside
            .and_then(word)
            .is_some_and(|(word, _)| match (own, harm(&word)) {
                ((true, _), (_, hurt)) => hurt,
                ((_, true), (dead, _)) => dead,
                _ => false,
            })
    };
    let before = at.checked_sub(2).filter(|_| is_and(at - 1));
    let after = (is_and(at + 1) && at + 2 < cx.doc.len()).then_some(at + 2);
    other(before) || other(after)
}

/// The word that ends at a token, in lower case, without the marks that posts write into such words to get past filters
/// ("kil*led", "ki-lled"), and its first token.
fn spelt_out(cx: &Peopled<'_>, token: usize) -> Option<(String, usize)> {
    let mut first = token;
    while first > 0
        && token - first < 4
        && cx.doc.token(first - 1).bytes().end == cx.doc.token(first).bytes().start
    {
        first -= 1;
    }
    let word: String = cx
        .doc
        .slice(first..token + 1)
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    (!word.is_empty()).then_some((word, first))
}

/// Participles that say what befell the people right before them.
const HARM_PARTICIPLES: &[&str] = &[
    "killed",
    "dead",
    "injured",
    "wounded",
    "hurt",
    "missing",
    "arrested",
    "detained",
    "kidnapped",
];

/// Whether a count is only a plural noun without any word of number: "members", "civilians".
pub fn is_bare_plural(count: &Count) -> bool {
    count.bound == Bound::Vague
        && count.low == 2
        && count.high.is_none()
        && !count.words.chars().any(char::is_whitespace)
}

/// A group that a number makes by itself, for nouns that count people without naming them: "12 deaths", "three
/// fatalities".
pub fn from_quantity(cx: &Peopled<'_>, noun: language::Token<'_>) -> Option<Group> {
    let count = cx
        .quantity_of(noun.i)
        .or_else(|| cx.quantity_holding(noun.i))
        .filter(|quantity| quantity.kind == crate::read::quantities::QuantityKind::Cardinal)
        .map(|quantity| quantity.count.clone())?;
    // "nine of the dead": a part of people already counted, whose own number this is not.
    if people::is_definite(noun) {
        return None;
    }
    let tokens = people::phrase(noun, None);
    let mut scope = model::Scope::default();
    for child in noun
        .children()
        .filter(|child| matches!(child.dep(), "compound" | "amod"))
    {
        if let Some(group) =
            super::person_nouns::lookup(&super::person_nouns::singular(child.lower()))
        {
            scope.role = group.role;
            scope.age = group.age;
            scope.sex = group.sex;
            scope.words = child.text().to_owned();
        }
    }
    Some(Group {
        tokens,
        head: noun.i,
        individual: count.low == 1 && count.high == Some(1),
        count: Some(count),
        scope,
        anaphoric: false,
        additional: cx.is_additional(noun.i),
        name: None,
        years: None,
    })
}
