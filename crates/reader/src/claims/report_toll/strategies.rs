//! Counting strategies: how likely each number is, by several ways of adding up those who may be counted.

use super::candidates::{Candidate, Form, OPENING};

/// Numbers told apart by [`Chances`]; the last stands for all above.
pub const APART: usize = 9;

/// How likely so many people are counted, were each counted or not with its own chance: a Poisson binomial
/// distribution.
pub type Chances = [f32; APART];

fn chances(people: impl Iterator<Item = (u64, f32)>) -> Chances {
    let mut out = [0.0; APART];
    out[0] = 1.0;
    for (n, p) in people {
        let p = p.clamp(1e-3, 0.999);
        let step = n.min(APART as u64 - 1) as usize;
        let before = out;
        out.iter_mut().for_each(|share| *share *= 1.0 - p);
        for (at, share) in before.iter().enumerate() {
            out[(at + step).min(APART - 1)] += share * p;
        }
    }
    out
}

/// A single person, by the best of the mentions in its chain.
#[derive(Clone, Copy, Default)]
struct Person {
    own: f32,
    other: f32,
    told: f32,
    opening: bool,
    any: bool,
}

/// The single people of a report, told apart by their chains.
fn people(
    candidates: &[Candidate],
    chains: &[usize],
    sentences: &[usize],
    own: &[f32],
    other: &[f32],
) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        if !candidate.is_single() {
            continue;
        }
        let chain = chains[at];
        if people.len() <= chain {
            people.resize(chain + 1, Person::default());
        }
        let person = &mut people[chain];
        if !person.any {
            person.any = true;
            person.opening = sentences[at] < OPENING;
        }
        person.own = person.own.max(own[at]);
        person.other = person.other.max(other[at]);
        if matches!(candidate.form, Form::Noun | Form::Name | Form::Number) {
            person.told = person.told.max(own[at]);
        }
    }
    people.retain(|person| person.any);
    people
}

/// The chances by the people of one sentence: the first that is likely to count somebody, and the best for each number.
fn by_sentence(
    candidates: &[Candidate],
    sentences: &[usize],
    own: &[f32],
) -> (Option<Chances>, Chances) {
    let mut first: Option<Chances> = None;
    let mut most = [0.0_f32; APART];
    let counted = |at: usize| {
        let candidate = &candidates[at];
        let n = candidate.n.unwrap_or(u64::from(candidate.individual));
        let counts = n > 0
            && !matches!(
                candidate.form,
                Form::Pronoun | Form::Owner | Form::Event | Form::List
            );
        counts.then_some((n, own[at]))
    };
    let mut at = 0;
    for sentence in sentences.chunk_by(|a, b| a == b) {
        let end = at + sentence.len();
        let mut told = (at..end).filter_map(counted).peekable();
        at = end;
        if told.peek().is_none() {
            continue;
        }
        let chances = chances(told);
        if first.is_none_or(|known| known[0] >= 0.5) && chances[0] < 0.5 || first.is_none() {
            first = Some(chances);
        }
        for (most, chance) in most.iter_mut().zip(chances) {
            *most = most.max(chance);
        }
    }
    (first, most)
}

/// The chances of each number by six strategies of counting. Single people, told apart by their chains:
///
/// 1. by the best mention of each;
/// 2. by the best mention with a name, a noun or a number;
/// 3. by the best mention, less those who went to the other slot;
/// 4. by the best mention, of the people of the opening alone.
///
/// And the people of one sentence, added up:
///
/// 5. of the first sentence that is likely to count somebody;
/// 6. of the best sentence for each number.
pub fn strategies(
    candidates: &[Candidate],
    chains: &[usize],
    sentences: &[usize],
    own: &[f32],
    other: &[f32],
) -> [Chances; 6] {
    let people = people(candidates, chains, sentences, own, other);
    let people = || people.iter();
    let (first, most) = by_sentence(candidates, sentences, own);
    [
        chances(people().map(|person| (1, person.own))),
        chances(people().map(|person| (1, person.told))),
        chances(people().map(|person| (1, person.own * (1.0 - person.other)))),
        chances(
            people()
                .filter(|person| person.opening)
                .map(|person| (1, person.own)),
        ),
        first.unwrap_or_else(|| chances(std::iter::empty())),
        most,
    ]
}
