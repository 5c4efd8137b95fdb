//! The parties under construction: drafts, which tokens are taken by which mention, and the final sort.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use language::Doc;
use model::{Party, PartyKind};

use super::{Parties, PartyInfo, PartyMention, lexicon::Class, phrase};
use crate::read::places::PlaceMention;

/// What is known of one party so far.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Fullest name.
    pub name: String,
    /// Kind of body.
    pub kind: PartyKind,
    /// How it behaves.
    pub class: Class,
    /// Whether the name is a proper one.
    pub named: bool,
    /// Whether it is several ("residents").
    pub plural: bool,
    /// Other forms met.
    pub aliases: BTreeSet<String>,
    /// Body it speaks for.
    pub affiliation: Option<usize>,
    /// Role words.
    pub role: Option<String>,
    /// Base form of the noun that calls it, for unnamed ones and for bodies named by a noun; empty otherwise.
    pub noun: String,
    /// `Some(true)` for a woman, `Some(false)` for a man, where the text shows it.
    pub female: Option<bool>,
    /// Whether it takes sides in the fighting told.
    pub interested: bool,
}

impl Draft {
    /// A draft with this name and nothing else known.
    pub fn new(name: impl Into<String>, kind: PartyKind, class: Class) -> Self {
        Self {
            name: name.into(),
            kind,
            class,
            named: true,
            plural: false,
            aliases: BTreeSet::new(),
            affiliation: None,
            role: None,
            noun: String::new(),
            female: None,
            interested: false,
        }
    }
}

/// The parties under construction.
pub struct Builder<'a> {
    /// The text.
    pub doc: &'a Doc,
    /// The drafts.
    pub drafts: Vec<Draft>,
    /// Mentions in the order found.
    pub mentions: Vec<PartyMention>,
    /// Index + 1 of the mention that took the token first; 0 for none.
    pub taken: Vec<u32>,
    /// Draft of each key: a name in lower case, or a noun phrase.
    keys: BTreeMap<String, usize>,
    /// Whether a place covers the token.
    pub in_place: Vec<bool>,
}

impl<'a> Builder<'a> {
    /// Starts with nothing found.
    pub fn new(doc: &'a Doc, places: &[PlaceMention]) -> Self {
        let mut in_place = vec![false; doc.len()];
        for place in places {
            for slot in &mut in_place[place.tokens.clone()] {
                *slot = true;
            }
        }
        Self {
            doc,
            drafts: Vec::new(),
            mentions: Vec::new(),
            taken: vec![0; doc.len()],
            keys: BTreeMap::new(),
            in_place,
        }
    }

    /// The draft of this key, made by `draft` if it is new.
    pub fn party(&mut self, key: &str, draft: impl FnOnce() -> Draft) -> usize {
        let key = key.to_lowercase();
        if let Some(&found) = self.keys.get(&key) {
            return found;
        }
        self.drafts.push(draft());
        self.keys.insert(key, self.drafts.len() - 1);
        self.drafts.len() - 1
    }

    /// Lets `key` name `party` as well, unless it names another.
    pub fn also(&mut self, key: &str, party: usize) {
        self.keys.entry(key.to_lowercase()).or_insert(party);
    }

    /// Whether no mention has taken a token of `range`.
    pub fn free(&self, range: Range<usize>) -> bool {
        self.taken[range].iter().all(|&t| t == 0)
    }

    /// The party whose mention took token `i`.
    pub fn party_at(&self, i: usize) -> Option<usize> {
        let taken = *self.taken.get(i)?;
        (taken > 0).then(|| self.mentions[taken as usize - 1].party)
    }

    /// Records a mention and takes its free tokens.
    pub fn mention(&mut self, tokens: Range<usize>, party: usize) {
        if tokens.is_empty() {
            return;
        }
        let head = phrase::head_of(self.doc, tokens.clone());
        self.mentions.push(PartyMention {
            tokens: tokens.clone(),
            head,
            party,
        });
        let index = self.mentions.len() as u32;
        for slot in &mut self.taken[tokens] {
            if *slot == 0 {
                *slot = index;
            }
        }
    }

    /// Records a mention by name: its words become a form of the party.
    pub fn named_mention(&mut self, tokens: Range<usize>, party: usize) {
        let words = self
            .doc
            .slice(tokens.clone())
            .replace(['\n', '\u{a0}'], " ");
        let draft = &mut self.drafts[party];
        if words != draft.name && words.chars().count() <= 120 {
            draft.aliases.insert(words);
        }
        self.mention(tokens, party);
    }

    /// Sorts everything and drops parties nobody mentions.
    pub fn finish(self) -> Parties {
        let mut order: Vec<usize> = (0..self.mentions.len()).collect();
        order.sort_by_key(|&m| {
            let mention = &self.mentions[m];
            (mention.tokens.start, mention.tokens.end, m)
        });
        let mut number: Vec<Option<usize>> = vec![None; self.drafts.len()];
        let mut used = Vec::new();
        let mut enlist = |draft: usize, used: &mut Vec<usize>| {
            *number[draft].get_or_insert_with(|| {
                used.push(draft);
                used.len() - 1
            })
        };
        let mut mentions: Vec<PartyMention> = Vec::with_capacity(order.len());
        for m in order {
            let mention = &self.mentions[m];
            if mentions
                .last()
                .is_some_and(|last| last.tokens == mention.tokens)
            {
                continue;
            }
            let party = enlist(mention.party, &mut used);
            mentions.push(PartyMention {
                party,
                ..mention.clone()
            });
        }
        let mut at = 0;
        while at < used.len() {
            if let Some(body) = self.drafts[used[at]].affiliation {
                enlist(body, &mut used);
            }
            at += 1;
        }
        let parties = used
            .iter()
            .map(|&d| {
                let draft = &self.drafts[d];
                let mut party = Party::named(draft.name.clone(), draft.kind);
                party.aliases = draft.aliases.iter().cloned().collect();
                PartyInfo {
                    party,
                    affiliation: draft.affiliation.and_then(|body| number[body]),
                    role: draft.role.clone(),
                    interested: draft.interested,
                    named: draft.named,
                }
            })
            .collect();
        Parties { parties, mentions }
    }
}
