//! The first pass: a report with all that was read off it, indexed by token.
//!
//! Comes in: a text and its mentions. Goes out: which number, time or party stands at a token. It knows nothing of
//! people counted or of what happened.

use std::collections::HashMap;

use language::{Doc, Token};
use model::{Report, Text};

use super::grammar;
use crate::read::{
    Annotations,
    parties::PartyInfo,
    quantities::Quantity,
    times::{Form, Time, TimeKind},
};

/// A text with all that was read off it.
pub struct Annotated<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its text.
    pub text: &'a Text,
    /// Its parse.
    pub doc: &'a Doc,
    /// All mentions.
    pub read: &'a Annotations,
    by_noun: HashMap<usize, usize>,
    holding: HashMap<usize, usize>,
}

impl<'a> Annotated<'a> {
    /// Indexes what was read off a report.
    pub fn of(report: &'a Report, text: &'a Text, read: &'a Annotations) -> Self {
        let mut by_noun = HashMap::new();
        let mut holding = HashMap::new();
        for (index, quantity) in read.quantities.iter().enumerate() {
            if let Some(noun) = quantity.noun {
                by_noun.entry(noun).or_insert(index);
            }
            for token in quantity.tokens.clone() {
                holding.insert(token, index);
            }
        }
        Self {
            report,
            text,
            doc: &read.doc,
            read,
            by_noun,
            holding,
        }
    }

    /// The number that counts the noun at `token`.
    pub fn quantity_of(&self, token: usize) -> Option<&'a Quantity> {
        self.by_noun
            .get(&token)
            .map(|&index| &self.read.quantities[index])
    }

    /// The number whose own words hold `token`.
    pub fn quantity_holding(&self, token: usize) -> Option<&'a Quantity> {
        self.holding
            .get(&token)
            .map(|&index| &self.read.quantities[index])
    }

    /// The party mentioned at `token`.
    pub fn party_at(&self, token: usize) -> Option<&'a PartyInfo> {
        self.read.parties.info_at(token)
    }

    /// Whether the name at `token` is a person's, as far as is known: the recogniser takes groups and places for
    /// persons, so a party that is a body or a place there overrules it.
    pub fn is_person(&self, token: usize) -> bool {
        if let Some(info) = self.party_at(token) {
            return info.party.kind == model::PartyKind::Person;
        }
        !self
            .read
            .places
            .iter()
            .any(|place| place.tokens.contains(&token))
    }

    /// Whether a phrase headed by `token` adds people to those counted before.
    pub fn is_additional(&self, token: usize) -> bool {
        let token = self.doc.token(token);
        matches!(token.lower(), "others" | "other")
            || (!grammar::is_definite(token)
                && token.children().any(|child| {
                    child.i < token.i
                        && matches!(
                            child.lower(),
                            "another" | "other" | "further" | "additional" | "second" | "third"
                        )
                }))
            || self
                .quantity_of(token.i)
                .or_else(|| self.quantity_holding(token.i))
                .is_some_and(|quantity| quantity.additional)
    }

    /// Years of age said of the person at `token`.
    pub fn age_of(&self, token: Token<'_>) -> Option<u32> {
        self.quantity_of(token.i)
            .and_then(|quantity| quantity.age)
            .or_else(|| {
                let phrase = grammar::phrase(token, None);
                let window = phrase.start..(phrase.end + 2).min(self.doc.len());
                window
                    .clone()
                    .filter_map(|i| self.doc.token(i).text().parse::<u32>().ok().map(|n| (i, n)))
                    .find(|&(i, n)| {
                        n < 120
                            && ((i + 1 < self.doc.len()
                                && self.doc.token(i + 1).lower().starts_with("-year"))
                                || (i + 2 < self.doc.len()
                                    && self.doc.token(i + 1).text() == "-"
                                    && self.doc.token(i + 2).lower() == "year")
                                || (i >= phrase.end
                                    && self.doc.token(i - 1).text() == ","
                                    && self.doc.token(i + 1.min(self.doc.len() - 1 - i)).text()
                                        == ","))
                    })
                    .map(|(_, n)| n)
            })
    }

    /// The times that stand in the sentence of `token`, in order.
    pub fn times_in_sentence(&self, token: usize) -> impl Iterator<Item = &'a Time> {
        let sentence = self.doc.token(token).sentence();
        let first = self
            .read
            .times
            .partition_point(|time| time.tokens.start < sentence.start);
        self.read.times[first..]
            .iter()
            .take_while(move |time| time.tokens.start < sentence.end)
    }

    /// Whether a sentence begins a line of the text.
    pub fn opens_line(&self, sentence: usize) -> bool {
        let tokens = self.doc.sentence(sentence);
        if tokens.is_empty() {
            return false;
        }
        let start = self.doc.token(tokens.start).bytes().start;
        let gap = self.doc.text()[..start].bytes().rev();
        gap.take_while(u8::is_ascii_whitespace)
            .any(|byte| byte == b'\n')
    }

    /// The calendar day with which a sentence begins: "On June 29, …".
    pub fn heads_with_day(&self, sentence: usize) -> Option<&'a Time> {
        let tokens = self.doc.sentence(sentence);
        let first = tokens.start;
        if tokens.is_empty() || self.doc.token(first).lower() != "on" {
            return None;
        }
        let time = self.times_in_sentence(first).next()?;
        let day = time.tokens.start == first + 1
            && time.kind == TimeKind::Date
            && matches!(time.form, Form::Full | Form::DayOfMonth);
        day.then_some(time)
    }

    /// The party that a noun phrase belongs to or is, looking at the head, then through "of", "members of", compounds.
    pub fn body_of(&self, token: Token<'_>) -> Option<&'a PartyInfo> {
        if let Some(info) = self.party_at(token.i) {
            return Some(info);
        }
        for child in token.children() {
            if matches!(child.dep(), "compound" | "amod" | "nmod" | "poss")
                && let Some(info) = self.party_at(child.i)
            {
                return Some(info);
            }
        }
        grammar::of_object(token).and_then(|inner| self.party_at(inner.i))
    }

    /// Whether a pronoun or noun takes up one who did it: its own sentence or the one before tells of a gunman, an
    /// attacker or a suspect.
    pub fn sentence_names_doer(&self, token: Token<'_>) -> bool {
        let here = token.sentence_index();
        matches!(
            token.lower(),
            "him" | "he" | "her" | "she" | "man" | "woman"
        ) && (here.saturating_sub(1)..=here).any(|sentence| {
            self.doc.sentence(sentence).any(|i| {
                matches!(
                    self.doc.token(i).lemma(),
                    "gunman"
                        | "attacker"
                        | "suspect"
                        | "shooter"
                        | "assailant"
                        | "bomber"
                        | "killer"
                )
            })
        })
    }
}
