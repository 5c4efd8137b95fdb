//! Chains: which candidates are the same people.
//!
//! Left to right, by what is said of them: the same last name, the same age, a pronoun or "the victim" to the latest
//! that fits, never across unequal age, name or sex; "another" and two members of one list are always new. Groups with
//! a number join groups of the same number only when they take them up ("the three").

use super::{
    super::{passes::Passes, person_nouns},
    candidates::{Candidate, Form},
};

/// How many chains back a mention looks.
const BACK: usize = 40;

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

fn sort_of(candidate: &Candidate, head: language::Token<'_>) -> Sort {
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

/// The chain of each candidate, numbered from 0 in order of first mention.
pub fn link(cx: &Passes<'_>, candidates: &[Candidate]) -> Vec<usize> {
    let mut chains: Vec<Chain> = Vec::new();
    let mut out = Vec::with_capacity(candidates.len());
    for (at, candidate) in candidates.iter().enumerate() {
        let head = cx.doc.token(candidate.head);
        let noun = crate::learned::hash(head.lemma());
        let sort = sort_of(candidate, head);
        let listed = |chain: &Chain| {
            let before = &candidates[chain.last];
            let (a, b) = (cx.doc.token(before.head), head);
            b.dep() == "conj" && b.head() == a
                || a.sentence_index() == b.sentence_index()
                    && b.ancestors().take(6).any(|up| up == a)
                    && b.dep() == "conj"
        };
        let fits = |chain: &Chain| {
            let named_otherwise =
                chain.name != 0 && candidate.name != 0 && chain.name != candidate.name;
            let unlike = unequal(chain.years, candidate.years)
                || unequal(chain.sex, candidate.sex)
                || unequal(chain.n, candidate.n);
            chain.individual == candidate.individual && !named_otherwise && !unlike
        };
        let appositive =
            |chain: &Chain| head.dep() == "appos" && head.head().i == candidates[chain.last].head;
        let same = |chain: &Chain| {
            if candidate.form == Form::Deed || candidate.n == Some(0) || !fits(chain) {
                return false;
            }
            if appositive(chain) {
                return true;
            }
            if candidate.additional || listed(chain) {
                return false;
            }
            if candidate.name != 0 && chain.name == candidate.name {
                return true;
            }
            if candidate.years.is_some() && chain.years == candidate.years {
                return true;
            }
            if candidate.anaphoric || matches!(candidate.form, Form::Pronoun | Form::Owner) {
                return match sort {
                    Sort::Anybody => {
                        chain.sort != Sort::Attacker
                            || matches!(candidate.form, Form::Pronoun | Form::Owner | Form::Name)
                    }
                    Sort::Kin => chain.noun == noun,
                    Sort::Attacker => chain.sort == Sort::Attacker || chain.name != 0,
                    Sort::Called => chain.noun == noun,
                };
            }
            // "a man" in the lead and "a man" again in the body; a name with age for the unnamed man told of before.
            let retold = candidate.name == 0 && chain.noun == noun && chain.name == 0;
            let named = candidate.name != 0 && chain.name == 0 && candidate.years.is_some();
            candidate.individual && (retold || named)
                || !candidate.individual && candidate.n.is_some() && chain.n == candidate.n
        };
        let from = chains.len().saturating_sub(BACK);
        // The latest mention first, not the latest chain.
        let found = (from..chains.len())
            .filter(|&c| same(&chains[c]))
            .max_by_key(|&c| {
                (
                    candidate.name != 0 && chains[c].name == candidate.name,
                    chains[c].last,
                )
            });
        let chain = match found {
            Some(c) => {
                let chain = &mut chains[c];
                if chain.name == 0 {
                    chain.name = candidate.name;
                }
                chain.years = chain.years.or(candidate.years);
                chain.sex = chain.sex.or(candidate.sex);
                chain.n = chain.n.or(candidate.n);
                chain.last = at;
                c
            }
            None => {
                chains.push(Chain {
                    name: candidate.name,
                    years: candidate.years,
                    sex: candidate.sex,
                    n: candidate.n,
                    individual: candidate.individual,
                    last: at,
                    noun,
                    sort,
                });
                chains.len() - 1
            }
        };
        out.push(chain);
    }
    out
}
