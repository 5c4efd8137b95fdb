//! What every slot may ask about a text: which number, time, place or party stands at a token.

use std::{cell::OnceCell, collections::HashMap};

use language::{Doc, Token};
use model::{AgeGroup, Report, Role, Sex, Text};

use super::{
    counts::Counted,
    injured, killed,
    people::{self, Group},
    person_nouns, place,
    scenes::{self, Scenes, Told},
};
use crate::read::{Read, parties::PartyInfo, quantities::Quantity, times::Time};

/// A text with all that was read off it, indexed by token.
pub struct Context<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its text.
    pub text: &'a Text,
    /// Its parse.
    pub doc: &'a Doc,
    /// All mentions.
    pub read: &'a Read,
    by_noun: HashMap<usize, usize>,
    holding: HashMap<usize, usize>,
    /// Groups that introduce people, in order: what pronouns and "the victims" may take up.
    introduced: Vec<Group>,
    /// Which token introduced which of them, in order.
    introduced_from: Vec<(usize, usize)>,
    /// The time of the report's own happening, once `when` is read; publication until then.
    own: Option<model::When>,
    dead: OnceCell<Vec<Counted>>,
    hurt: OnceCell<Vec<Counted>>,
    scenes: OnceCell<Scenes>,
    first_told: OnceCell<Option<usize>>,
    told: OnceCell<Vec<(i32, usize)>>,
}

impl<'a> Context<'a> {
    /// Indexes a reading.
    pub fn new(report: &'a Report, text: &'a Text, read: &'a Read) -> Self {
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
        let doc = &read.doc;
        let mut cx = Self {
            report,
            text,
            doc,
            read,
            by_noun,
            holding,
            introduced: Vec::new(),
            introduced_from: Vec::new(),
            own: report.published.clone(),
            dead: OnceCell::new(),
            hurt: OnceCell::new(),
            scenes: OnceCell::new(),
            first_told: OnceCell::new(),
            told: OnceCell::new(),
        };
        let mut introduced = Vec::new();
        let mut from = Vec::new();
        for token in doc.tokens() {
            let noun = person_nouns::lookup(&person_nouns::singular(token.lower())).is_some();
            if !noun && token.entity_label() != "PERSON" {
                continue;
            }
            if let Some(group) = people::group_at(&cx, token) {
                from.push((token.i, introduced.len()));
                introduced.push(group);
            }
        }
        cx.introduced = introduced;
        cx.introduced_from = from;
        cx
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

    /// Whether the name at `token` is a person's, as far as is known: the recogniser takes groups and places for persons, so a
    /// party that is a body or a place there overrules it.
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
            || (!people::is_definite(token)
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
                let phrase = people::phrase(token, None);
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

    /// The nearest people before `token` that a pronoun of this number and sex may take up, at most three sentences back.
    pub fn antecedent(&self, token: Token<'_>, singular: bool, sex: Option<Sex>) -> Option<&Group> {
        let from = token.sentence_index().saturating_sub(3);
        self.introduced
            .iter()
            .rev()
            .skip_while(|group| group.head >= token.i)
            .take_while(|group| self.doc.token(group.head).sentence_index() >= from)
            .find(|group| {
                group.individual == singular
                    && (sex.is_none() || group.scope.sex.is_none() || group.scope.sex == sex)
            })
    }

    /// The group that the noun or name at `token` introduces.
    pub fn introduced_at(&self, token: usize) -> Option<&Group> {
        let at = self
            .introduced_from
            .binary_search_by_key(&token, |&(from, _)| from)
            .ok()?;
        self.introduced.get(self.introduced_from[at].1)
    }

    /// People counted dead, predicate by predicate; found at the first call.
    pub fn dead(&self) -> &[Counted] {
        self.dead.get_or_init(|| killed::counted(self))
    }

    /// People counted hurt, the dead among them; found at the first call.
    pub fn hurt(&self) -> &[Counted] {
        self.hurt.get_or_init(|| injured::counted(self))
    }

    /// The happenings that the report tells of, stretch by stretch; found at the first call.
    pub fn scenes(&self) -> &Scenes {
        self.scenes.get_or_init(|| scenes::find(self))
    }

    /// Says which happenings the report tells of, before anybody asks.
    pub fn set_scenes(&mut self, scenes: Scenes) {
        self.scenes = scenes.into();
    }

    /// How much is told of the place with this index, and the token that stands for it ([`place::told`]); found for all at the first call.
    pub fn told_of_place(&self, index: usize) -> (i32, usize) {
        let all = self.told.get_or_init(|| {
            let places = self.read.places.iter();
            places.map(|mention| place::told(self, mention)).collect()
        });
        all.get(index).copied().unwrap_or((0, 0))
    }

    /// Whether a token may speak of the report's own happening: its stretch of the text tells of no other.
    pub fn in_main_scene(&self, token: usize) -> bool {
        !matches!(
            self.scenes().of_token(self, token),
            Told::Scene(_) | Told::Aside
        )
    }

    /// The time of the report's own happening.
    pub fn own_time(&self) -> Option<&model::When> {
        self.own.as_ref()
    }

    /// Sets the time of the report's own happening.
    pub fn set_own_time(&mut self, when: model::When) {
        self.own = Some(when);
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

    /// The last group with an exact number of two and more before a token, at most two sentences back.
    pub fn counted_before(&self, token: usize) -> Option<&Group> {
        let from = self.doc.token(token).sentence_index().saturating_sub(2);
        self.introduced
            .iter()
            .rev()
            .skip_while(|group| group.head >= token)
            .take_while(|group| self.doc.token(group.head).sentence_index() >= from)
            .find(|group| {
                group
                    .count
                    .as_ref()
                    .is_some_and(|count| count.bound == model::Bound::Exact && count.low > 1)
            })
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
            && time.kind == crate::read::times::TimeKind::Date
            && matches!(
                time.form,
                crate::read::times::Form::Full | crate::read::times::Form::DayOfMonth
            );
        day.then_some(time)
    }

    /// The first sentence that tells of something violent.
    pub fn first_told(&self) -> Option<usize> {
        *self.first_told.get_or_init(|| {
            let mut tokens = self.doc.tokens();
            let told = tokens
                .find(|token| super::happenings::kind_of(*token).is_some_and(|(_, rank)| rank > 0));
            told.map(|token| token.sentence_index())
        })
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
        people::of_object(token).and_then(|inner| self.party_at(inner.i))
    }

    /// Whether a pronoun or noun takes up one who did it: its own sentence or the one before tells of a gunman, an attacker or a suspect.
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

    /// Whether the scope says nothing but that these are people, or only their sex: what a total counts.
    pub fn counts_anybody(scope: &model::Scope) -> bool {
        scope.role == Role::All
            && scope.side.is_none()
            && scope.age == AgeGroup::Unsaid
            && scope.nationality.is_none()
            && scope.kind.is_none()
    }
}
