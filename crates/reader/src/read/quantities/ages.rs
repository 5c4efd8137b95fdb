//! Ages: "a 61-year-old man", "aged 61", "Ana Vell, 61,", "12 years old", "as young as 12", "in his 30s".
//!
//! What comes in: a parsed text. What goes out: every age with its interval of years and, where it can be told, whose
//! it is.

use std::ops::Range;

use language::{Doc, Pos, Token};

use super::{numeral, words::Words};
use crate::lexicon::List;

/// Highest age taken for one.
const OLDEST: u64 = 120;

/// An age as said, in whole years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Age {
    /// Tokens of the expression: "61-year-old", "aged 61", "61" after a name.
    pub tokens: Range<usize>,
    /// Youngest it allows.
    pub low: u32,
    /// Oldest it allows; `None` is no limit ("as young as 12").
    pub high: Option<u32>,
    /// Token that heads the noun or name it describes: "man", "Vell"; `None` if it could not be told.
    pub person: Option<usize>,
    /// Whether the expression stands for the person itself: "the 19-year-old".
    pub stands_alone: bool,
}

/// Finds the ages of a text, in order, never overlapping.
pub fn find_ages(doc: &Doc) -> Vec<Age> {
    Words::paragraphs(doc)
        .iter()
        .flat_map(in_paragraph)
        .collect()
}

pub(super) fn in_paragraph(words: &Words) -> Vec<Age> {
    let mut out: Vec<Age> = Vec::new();
    let mut k = 0;
    while k < words.len() {
        match age_at(words, k) {
            Some((age, len)) => {
                out.push(age);
                k += len.max(1);
            }
            None => k += 1,
        }
    }
    out
}

/// A bare number that may be an age: its years and the words it takes.
fn years(words: &Words, k: usize) -> Option<(u32, usize)> {
    let read = numeral::numeral(words, k)?;
    (read.value <= OLDEST && !read.decimal && read.multiplier == 1)
        .then_some((read.value as u32, read.len))
}

fn age_at(words: &Words, k: usize) -> Option<(Age, usize)> {
    year_old(words, k)
        .or_else(|| aged(words, k))
        .or_else(|| years_old(words, k))
        .or_else(|| bounded(words, k))
        .or_else(|| decade(words, k))
        .or_else(|| after_name(words, k))
        .or_else(|| was(words, k))
}

fn make(
    words: &Words,
    range: Range<usize>,
    low: u32,
    high: Option<u32>,
    person: Option<usize>,
) -> Option<(Age, usize)> {
    let len = range.len();
    Some((
        Age {
            tokens: words.tokens(range),
            low,
            high,
            person,
            stands_alone: false,
        },
        len,
    ))
}

/// "61-year-old", "61 year old", "18-month-old", "12- to 15-year-old"; then the noun, or itself.
fn year_old(words: &Words, k: usize) -> Option<(Age, usize)> {
    let (first, len) = years(words, k)?;
    let mut at = k + len;
    let (mut low, mut high) = (first, first);
    let skip_hyphen =
        |at: usize| at + usize::from(matches!(words.lower(at), "-" | "–" | "‑") && words.glued(at));
    // "12- to 15-year-old", "12- and 15-year-old"
    let next = skip_hyphen(at);
    if matches!(words.lower(next), "to" | "and" | "or")
        && let Some((second, len)) = years(words, next + 1)
        && matches!(words.lower(skip_hyphen(next + 1 + len)), "year" | "years")
    {
        (low, high) = (first.min(second), first.max(second));
        at = next + 1 + len;
    }
    // "12 - 15 - year - old" is one range as well.
    if next > at
        && let Some((second, len)) = years(words, next)
        && matches!(words.lower(skip_hyphen(next + len)), "year" | "years")
    {
        (low, high) = (first.min(second), first.max(second));
        at = next + len;
    }
    at = skip_hyphen(at);
    let per_year = match words.lower(at) {
        "year" | "years" | "yr" => 1,
        "month" | "months" => 12,
        "week" | "weeks" | "day" | "days" => 365,
        _ => return None,
    };
    let old = skip_hyphen(at + 1);
    // "12 years old" after a verb has no hyphen: see `years_old`.
    if !matches!(words.lower(old), "old" | "olds")
        || (words.lower(at).ends_with('s') && old == at + 1)
    {
        return None;
    }
    if per_year > 1 {
        (low, high) = (low / per_year, high / per_year);
    }
    let token = words.token(old)?;
    let head = token.head();
    let noun = (token.dep() == "amod" || token.dep() == "compound" || token.dep() == "nmod")
        .then_some(head)
        .filter(|head| {
            (token.i + 1..head.i).all(|i| words.doc().token(i).tag() != "VBD")
                && head.i > token.i
                && head.i < token.i + 8
                && matches!(head.pos(), Pos::Noun | Pos::Propn)
        })
        .or_else(|| noun_after(words, old + 1));
    let (mut age, len) = make(words, k..old + 1, low, Some(high), noun.map(|noun| noun.i))?;
    if noun.is_none() {
        age.person = Some(token.i);
        age.stands_alone = true;
    }
    Some((age, len))
}

/// The noun of a phrase going on at `k`: "61-year-old Harnok man".
fn noun_after<'a>(words: &Words<'a>, k: usize) -> Option<Token<'a>> {
    let mut noun = None;
    for at in k..k + 6 {
        let Some(token) = words.token(at) else { break };
        match token.tag() {
            "NN" | "NNS" | "NNP" | "NNPS" => noun = Some(token),
            "JJ" | "HYPH" if noun.is_none() => {}
            _ => break,
        }
    }
    noun
}

/// "aged 61", "age 61", "ages 4 and 6", "aged between 12 and 18", "aged 12 to 17".
fn aged(words: &Words, k: usize) -> Option<(Age, usize)> {
    if !matches!(words.lower(k), "aged" | "age" | "ages") {
        return None;
    }
    let mut at = k + 1;
    let limit = match words.lower(at) {
        "under" | "below" => Some((0, -1)),
        "over" | "above" => Some((1, 1)),
        _ => None,
    };
    at += usize::from(matches!(
        words.lower(at),
        "between"
            | "of"
            | "from"
            | "about"
            | "around"
            | "just"
            | "only"
            | "under"
            | "below"
            | "over"
            | "above"
    ));
    let (first, len) = years(words, at)?;
    at += len;
    if let Some((side, step)) = limit {
        let (low, high) = if side == 0 {
            (0, first.checked_add_signed(step))
        } else {
            (first + 1, None)
        };
        return make(words, k..at, low, high, person_before(words, k));
    }
    let mut ends = (first, first);
    while matches!(words.lower(at), "to" | "and" | "-" | "–" | "or" | ",") {
        let Some((next, len)) = years(words, at + 1) else {
            break;
        };
        // "aged 4, 12 people": a number with a noun of its own is no age.
        if words.lower(at) == "," && !matches!(words.lower(at + 1 + len), "," | "and" | "." | "") {
            break;
        }
        ends = (ends.0.min(next), ends.1.max(next));
        at += 1 + len;
    }
    make(words, k..at, ends.0, Some(ends.1), person_before(words, k))
}

/// "12 years old", "12 years of age".
fn years_old(words: &Words, k: usize) -> Option<(Age, usize)> {
    let (first, len) = years(words, k)?;
    let at = k + len;
    let months = match words.lower(at) {
        "years" | "year" => 1,
        "months" | "month" => 12,
        _ => return None,
    };
    let end = match (words.lower(at + 1), words.lower(at + 2)) {
        ("old", _) => at + 2,
        ("of", "age") => at + 3,
        _ => return None,
    };
    let person = words
        .token(k)?
        .ancestors()
        .take(4)
        .find(|token| matches!(token.lemma(), "be" | "turn"))
        .and_then(|verb| verb.child_of(&["nsubj", "nsubjpass"]))
        .map(|subject| subject.i)
        .or_else(|| person_before(words, k));
    make(words, k..end, first / months, Some(first / months), person)
}

/// "as young as 12", "as old as 90", "under 18", "under the age of 18", "between the ages of 12 and 17".
fn bounded(words: &Words, k: usize) -> Option<(Age, usize)> {
    let with_unit = |at: usize| match (words.lower(at), words.lower(at + 1)) {
        ("years", "old") => at + 2,
        ("years", "of") if words.lower(at + 2) == "age" => at + 3,
        ("months", "old") => at + 2,
        _ => at,
    };
    for (lead, young) in [
        (&["as", "young", "as"], true),
        (&["as", "old", "as"], false),
    ] {
        if words.matches(k, lead) {
            let (age, len) = years(words, k + 3)?;
            let end = with_unit(k + 3 + len);
            let age = if words.lower(k + 3 + len) == "months" {
                age / 12
            } else {
                age
            };
            let (low, high) = if young { (age, None) } else { (0, Some(age)) };
            return make(words, k..end, low, high, person_before(words, k));
        }
    }
    if words.matches(k, &["between", "the", "ages", "of"])
        || words.matches(k, &["from", "the", "ages", "of"])
    {
        let (low, len) = years(words, k + 4)?;
        if !matches!(words.lower(k + 4 + len), "and" | "to") {
            return None;
        }
        let (high, more) = years(words, k + 5 + len)?;
        return make(
            words,
            k..k + 5 + len + more,
            low.min(high),
            Some(low.max(high)),
            person_before(words, k),
        );
    }
    let (side, at) = match words.lower(k) {
        "under" | "below" => (false, k + 1),
        "over" | "above" => (true, k + 1),
        "younger" if words.lower(k + 1) == "than" => (false, k + 2),
        "older" if words.lower(k + 1) == "than" => (true, k + 2),
        _ => return None,
    };
    let named = words.matches(at, &["the", "age", "of"]) || words.matches(at, &["age"]);
    let at = at
        + if words.lower(at) == "the" {
            3
        } else {
            usize::from(named)
        };
    let (age, len) = years(words, at)?;
    let comparative = matches!(words.lower(k), "younger" | "older");
    // "under 18" without "age" counts people unless it closes its phrase after a person noun.
    if !named && !comparative {
        let closes = matches!(
            words.lower(at + len),
            "." | "," | "" | ")" | "were" | "are" | "and" | "in" | "who" | "have"
        );
        if !closes || person_before(words, k).is_none() {
            return None;
        }
    }
    let (low, high) = if side {
        (age + 1, None)
    } else {
        (0, age.checked_sub(1))
    };
    make(words, k..at + len, low, high, person_before(words, k))
}

/// "in his 30s", "in her late twenties".
fn decade(words: &Words, k: usize) -> Option<(Age, usize)> {
    if words.lower(k) != "in" || !matches!(words.lower(k + 1), "his" | "her" | "their" | "its") {
        return None;
    }
    let mut at = k + 2;
    let part = words.lower(at);
    at += usize::from(matches!(part, "early" | "mid" | "late"));
    at += usize::from(words.lower(at) == "-");
    let word = words.lower(at);
    let low = match word {
        "teens" => 13,
        "twenties" | "20s" => 20,
        "thirties" | "30s" => 30,
        "forties" | "40s" => 40,
        "fifties" | "50s" => 50,
        "sixties" | "60s" => 60,
        "seventies" | "70s" => 70,
        "eighties" | "80s" => 80,
        "nineties" | "90s" => 90,
        _ => return None,
    };
    let end = if word == "teens" { 19 } else { low + 9 };
    let (low, high) = match part {
        "early" => (low, low + 3),
        "mid" if word != "teens" => (low + 4, low + 6),
        "late" => (end - 2, end),
        _ => (low, end),
    };
    make(words, k..at + 1, low, Some(high), person_before(words, k))
}

/// "Ana Vell, 61," and "a woman (34)": a number between commas or brackets after a person.
fn after_name(words: &Words, k: usize) -> Option<(Age, usize)> {
    let before = words.lower_before(k, 1);
    if !matches!(before, "," | "(") {
        return None;
    }
    let read = numeral::numeral(words, k)?;
    if !read.digits || read.decimal || read.len != 1 || !(1..=OLDEST).contains(&read.value) {
        return None;
    }
    let person = words.before(k, 2)?;
    let name = person.pos() == Pos::Propn
        && (!matches!(
            person.entity_label(),
            "GPE" | "LOC" | "FAC" | "ORG" | "DATE"
        ) || words
            .before(k, 3)
            .is_some_and(|first| first.pos() == Pos::Propn))
        && crate::read::times::calendar::month(person.lower()).is_none()
        && crate::read::times::calendar::weekday(person.lower()).is_none();
    let noun = person_noun(person.lower());
    if !name && !noun {
        return None;
    }
    let next = words.lower(k + 1);
    let closes = match before {
        "(" => next == ")",
        _ => {
            matches!(next, "," | "." | ";" | "" | ")" | "\"" | "”" | "''" | ":")
                || (person.entity_label() == "PERSON" || noun)
                    && matches!(
                        next,
                        "and"
                            | "of"
                            | "from"
                            | "was"
                            | "who"
                            | "is"
                            | "has"
                            | "had"
                            | "died"
                            | "said"
                    )
        }
    };
    if !closes {
        return None;
    }
    let years = read.value as u32;
    make(words, k..k + 1, years, Some(years), Some(person.i))
}

/// "He was 23.", "she is 19,".
fn was(words: &Words, k: usize) -> Option<(Age, usize)> {
    if !matches!(words.lower_before(k, 1), "was" | "is" | "turned")
        || !matches!(words.lower_before(k, 2), "he" | "she")
    {
        return None;
    }
    let (age, len) = years(words, k)?;
    let person = words.before(k, 2)?;
    (age > 0
        && matches!(
            words.lower(k + len),
            "." | "," | ";" | "" | "when" | "and" | "at"
        ))
    .then(|| make(words, k..k + len, age, Some(age), Some(person.i)))
    .flatten()
}

/// The nearest noun for people before `k`, within a few words, or the subject of what stands there.
fn person_before(words: &Words, k: usize) -> Option<usize> {
    (1..=5)
        .map_while(|n| words.before(k, n))
        .take_while(|token| !matches!(token.lower(), "." | ";"))
        .find(|token| {
            matches!(token.pos(), Pos::Noun | Pos::Propn)
                || matches!(token.lower(), "he" | "she" | "they")
        })
        .map(|token| token.i)
}

const TABLE: &str = include_str!("../../../../../lexicons/en/people.tsv");

/// Nouns for people that are given an age after a comma.
static NOUNS: List = List::new(TABLE, "aged");

/// Whether a word is such a noun.
pub(super) fn person_noun(word: &str) -> bool {
    NOUNS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        crate::lexicon::check(TABLE, &[&NOUNS]);
    }
}
