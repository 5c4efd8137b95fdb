//! Chains: which candidates are the same people.
//!
//! Left to right, by what is said of them: the same last name, the same age, a pronoun or "the victim" to the latest
//! that fits, never across unequal age, name or sex; "another" and two members of one list are always new. Groups with
//! a number join groups of the same number only when they take them up ("the three").

use language::Token;

use super::{
    super::{passes::Passes, person_nouns},
    candidates::{Candidate, Form},
};

/// How many chains back a mention looks.
const MAX_BACK: usize = 40;

struct Chain {
    name: u64,
    years: Option<u32>,
    sex: Option<model::Sex>,
    n: Option<u64>,
    individual: bool,
    last: usize,
    noun: u64,
    sort: Sort,
}

/// What a noun tells of who may be meant when it takes people up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// "the man", "the victim": anybody of that sex.
    Anybody,
    /// "her daughter": somebody else than those named before, unless the same word told of them.
    Kin,
    /// "the suspect": who did it.
    Attacker,
    /// "the driver", "the officer": who was called so before.
    Called,
}

/// Nouns by which anybody is taken up.
const ANYBODY: &[&str] = &[
    "man",
    "woman",
    "victim",
    "person",
    "boy",
    "girl",
    "teen",
    "teenager",
    "child",
    "male",
    "female",
    "youth",
    "individual",
    "people",
    "juvenile",
    "old",
    "toddler",
    "one",
    "adult",
    "kid",
    "infant",
    "baby",
    "pair",
    "couple",
    "adolescent",
    "gentleman",
    "lady",
    "resident",
];

fn sort_of(candidate: &Candidate, head: Token<'_>) -> Sort {
    if candidate.form != Form::Noun || ANYBODY.contains(&head.lemma()) {
        return Sort::Anybody;
    }
    if head.child("poss").is_some() {
        return Sort::Kin;
    }
    match person_nouns::lookup(head.lemma()).map(|noun| noun.role) {
        Some(model::Role::Attacker) => Sort::Attacker,
        _ => Sort::Called,
    }
}

/// Whether both say something, and not the same.
fn unequal<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// A candidate, as it may be taken for people met before.
struct Mention<'a> {
    candidate: &'a Candidate,
    head: Token<'a>,
    noun: u64,
    sort: Sort,
    /// All candidates.
    all: &'a [Candidate],
}

impl<'a> Mention<'a> {
    fn of(cx: &Passes<'a>, all: &'a [Candidate], candidate: &'a Candidate) -> Self {
        let head = cx.doc.token(candidate.head);
        Self {
            candidate,
            head,
            noun: crate::learned::hash(head.lemma()),
            sort: sort_of(candidate, head),
            all,
        }
    }

    /// Whether it stands in one list with the last mention of a chain.
    fn is_listed(&self, chain: &Chain) -> bool {
        let (a, b) = (self.head.doc().token(self.all[chain.last].head), self.head);
        b.dep() == "conj" && b.head() == a
            || a.sentence_index() == b.sentence_index()
                && b.ancestors().take(6).any(|up| up == a)
                && b.dep() == "conj"
    }

    /// Whether nothing said of it is unlike what is said of a chain.
    fn fits(&self, chain: &Chain) -> bool {
        let one = self.candidate;
        let named_otherwise = chain.name != 0 && one.name != 0 && chain.name != one.name;
        let unlike = unequal(chain.years, one.years)
            || unequal(chain.sex, one.sex)
            || unequal(chain.n, one.n);
        chain.individual == one.individual && !named_otherwise && !unlike
    }

    /// Whether a chain may be what a pronoun or "the victim" takes up.
    fn takes_up(&self, chain: &Chain) -> bool {
        match self.sort {
            Sort::Anybody => {
                chain.sort != Sort::Attacker
                    || matches!(
                        self.candidate.form,
                        Form::Pronoun | Form::Owner | Form::Name
                    )
            }
            Sort::Kin => chain.noun == self.noun,
            Sort::Attacker => chain.sort == Sort::Attacker || chain.name != 0,
            Sort::Called => chain.noun == self.noun,
        }
    }

    /// Whether it is the people of a chain.
    fn is_same(&self, chain: &Chain) -> bool {
        let one = self.candidate;
        if one.form == Form::Event || one.n == Some(0) || !self.fits(chain) {
            return false;
        }
        // An apposition.
        if self.head.dep() == "appos" && self.head.head().i == self.all[chain.last].head {
            return true;
        }
        if one.additional || self.is_listed(chain) {
            return false;
        }
        if one.name != 0 && chain.name == one.name {
            return true;
        }
        if one.years.is_some() && chain.years == one.years {
            return true;
        }
        if one.anaphoric || matches!(one.form, Form::Pronoun | Form::Owner) {
            return self.takes_up(chain);
        }
        // "a man" in the lead and "a man" again in the body; a name with age for the unnamed man told of before.
        let retold = one.name == 0 && chain.noun == self.noun && chain.name == 0;
        let named = one.name != 0 && chain.name == 0 && one.years.is_some();
        one.individual && (retold || named)
            || !one.individual && one.n.is_some() && chain.n == one.n
    }
}

impl Chain {
    /// A chain that begins with a mention.
    fn of(mention: &Mention<'_>, at: usize) -> Self {
        let one = mention.candidate;
        Self {
            name: one.name,
            years: one.years,
            sex: one.sex,
            n: one.n,
            individual: one.individual,
            last: at,
            noun: mention.noun,
            sort: mention.sort,
        }
    }

    /// Adds a mention.
    fn take_in(&mut self, one: &Candidate, at: usize) {
        if self.name == 0 {
            self.name = one.name;
        }
        self.years = self.years.or(one.years);
        self.sex = self.sex.or(one.sex);
        self.n = self.n.or(one.n);
        self.last = at;
    }
}

/// The chain of each candidate, numbered from 0 in order of first mention.
pub fn link(cx: &Passes<'_>, candidates: &[Candidate]) -> Vec<usize> {
    let mut chains: Vec<Chain> = Vec::new();
    let mut out = Vec::with_capacity(candidates.len());
    for (at, candidate) in candidates.iter().enumerate() {
        let mention = Mention::of(cx, candidates, candidate);
        let from = chains.len().saturating_sub(MAX_BACK);
        // The latest mention first, not the latest chain.
        let found = (from..chains.len())
            .filter(|&c| mention.is_same(&chains[c]))
            .max_by_key(|&c| {
                let by_name = candidate.name != 0 && chains[c].name == candidate.name;
                (by_name, chains[c].last)
            });
        let chain = found.unwrap_or(chains.len());
        match found {
            Some(chain) => chains[chain].take_in(candidate, at),
            None => chains.push(Chain::of(&mention, at)),
        }
        out.push(chain);
    }
    out
}
