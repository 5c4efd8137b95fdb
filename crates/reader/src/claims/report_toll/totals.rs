//! Totals of a report: what its candidates come to together, told to every option alike.

use model::Basis;

use super::{
    candidates::{Candidate, Form, OPENING},
    inputs::OptionInputs,
};

/// Numbers are cut off here, so that one large number does not stand out from all that was learned.
const MAX_NUMBER: f32 = 50.0;

/// Totals of a report that every option is told.
pub struct Totals {
    /// The features, behind those of an option by itself.
    pub features: Vec<f32>,
    /// Numbers an option is compared with.
    pub compared: [f32; 24],
    /// Numbers that are options.
    pub proposed: Vec<u64>,
    /// Single people with a score over 0.3.
    pub likely: u64,
    /// Single people in all.
    pub singles: u64,
}

/// Totals of one report for one slot.
pub fn totals(inputs: &OptionInputs<'_>) -> Totals {
    let chains = chains(inputs);
    let mut features = Vec::with_capacity(64);
    scored(inputs, &mut features);
    let singles = singles(&chains, &mut features);
    let groups = groups(inputs, &mut features);
    let ruled = counted(inputs, &mut features);
    whole(inputs, &mut features);
    let left = left(inputs, &chains, &groups, &mut features);
    let told = told_of_all(inputs, &mut features);
    Totals {
        features,
        compared: compared(&singles, &groups, &ruled, &left, &told),
        proposed: proposed(inputs, &singles, &groups, &ruled, &left, &told),
        likely: singles.likely,
        singles: singles.all,
    }
}

/// A chain of candidates, by its best scores.
#[derive(Clone, Copy, Default)]
struct Chain {
    own: f32,
    other: f32,
    single: bool,
    named: bool,
}

fn chains(inputs: &OptionInputs<'_>) -> Vec<Chain> {
    let mut out: Vec<Chain> = Vec::new();
    for (at, candidate) in inputs.candidates.iter().enumerate() {
        let number = inputs.chains[at];
        if out.len() <= number {
            out.resize(number + 1, Chain::default());
        }
        let chain = &mut out[number];
        chain.own = chain.own.max(inputs.scores[at]);
        chain.other = chain.other.max(inputs.other_scores[at]);
        chain.single |= candidate.is_single();
        chain.named |= candidate.name != 0;
    }
    out
}

/// The `K` largest, largest first, 0 where there are fewer.
fn largest<const K: usize>(values: impl Iterator<Item = f32>) -> [f32; K] {
    let mut top = [0.0; K];
    for value in values {
        let mut carried = value;
        for place in &mut top {
            if carried > *place {
                std::mem::swap(place, &mut carried);
            }
        }
    }
    top
}

fn number(n: u64) -> f32 {
    (n as f32).min(MAX_NUMBER)
}

/// The single people of a report.
struct Singles {
    sure: u64,
    half: u64,
    likely: u64,
    /// What their scores add up to.
    sum: f32,
    all: u64,
}

/// The numbers of a report's groups.
struct Groups {
    most: Option<u64>,
    most_likely: Option<u64>,
    first: Option<u64>,
    first_likely: Option<u64>,
    sum_most: u64,
    sum_first: u64,
    loose_most: u64,
    loose_first: u64,
}

/// The numbers that rules counted.
struct Counted {
    least: u64,
    most: u64,
    any: u64,
    listed: u64,
    other: u64,
}

/// Adds features of all scores.
fn scored(inputs: &OptionInputs<'_>, features: &mut Vec<f32>) {
    features.extend(largest::<4>(inputs.scores.iter().copied()));
    features.extend(largest::<4>(inputs.other_scores.iter().copied()));
    features.push(inputs.scores.iter().sum());
    features.push(
        -inputs
            .scores
            .iter()
            .map(|p| (1.0 - p).max(1e-3).ln())
            .sum::<f32>(),
    );
}

/// Adds features of the single people.
fn singles(chains: &[Chain], features: &mut Vec<f32>) -> Singles {
    let singles = || chains.iter().filter(|chain| chain.single);
    features.extend(largest::<4>(singles().map(|chain| chain.own)));
    let over = |cut: f32| singles().filter(|chain| chain.own > cut).count() as u64;
    let (sure, half, likely) = (over(0.75), over(0.5), over(0.3));
    let sum: f32 = singles().map(|chain| chain.own).sum();
    features.extend([sure, half, likely].map(|n| n as f32));
    features.push(singles().filter(|c| c.own > 0.5 && c.other < 0.5).count() as f32);
    features.push(singles().filter(|c| c.own > 0.5 && c.named).count() as f32);
    features.push(sum);
    Singles {
        sure,
        half,
        likely,
        sum,
        all: singles().count() as u64,
    }
}

/// Adds features of the groups, and of what adds to them.
fn groups(inputs: &OptionInputs<'_>, features: &mut Vec<f32>) -> Groups {
    let all = || inputs.candidates.iter().zip(inputs.scores.iter().copied());
    let groups = |cut: f32| {
        all()
            .filter(move |(candidate, p)| candidate.is_group() && *p > cut)
            .filter_map(|(candidate, _)| candidate.n)
    };
    let (most, most_likely) = (groups(0.5).max(), groups(0.3).max());
    let (first, first_likely) = (groups(0.5).next(), groups(0.3).next());
    for n in [most, most_likely, first, first_likely] {
        features.push(number(n.unwrap_or(0)));
    }
    let (first_sentence, sum_most, sum_first) = sentence_sums(inputs, 0.5);
    let (_, loose_most, loose_first) = sentence_sums(inputs, 0.2);
    features.extend([first_sentence, number(sum_most), number(sum_first)]);
    let events = all().filter(|(c, p)| c.form == Form::Event && *p > 0.5);
    features.push(number(events.filter_map(|(c, _)| c.n).max().unwrap_or(0)));
    let added: u64 = all()
        .filter(|(c, p)| c.additional && *p > 0.5)
        .fold(0, |sum, (c, _)| sum.saturating_add(c.n.unwrap_or(1).max(1)));
    features.push((added as f32).min(20.0));
    features.push(inputs.candidates.iter().filter(|c| c.n == Some(0)).count() as f32);
    Groups {
        most,
        most_likely,
        first,
        first_likely,
        sum_most,
        sum_first,
        loose_most,
        loose_first,
    }
}

/// Adds features of what the rules counted.
fn counted(inputs: &OptionInputs<'_>, features: &mut Vec<f32>) -> Counted {
    let totals = || inputs.ruled.iter().filter(|ruled| ruled.all && !ruled.bare);
    let least_ruled = totals().map(|ruled| ruled.low).min().unwrap_or(0);
    let most_ruled = totals().map(|ruled| ruled.low).max().unwrap_or(0);
    let any_ruled = inputs
        .ruled
        .iter()
        .map(|ruled| ruled.low)
        .max()
        .unwrap_or(0);
    let listed = inputs
        .ruled
        .iter()
        .filter(|ruled| ruled.all && ruled.basis == Basis::Enumerated)
        .map(|ruled| ruled.low)
        .max()
        .unwrap_or(0);
    let other_ruled = inputs
        .ruled_other
        .iter()
        .filter(|ruled| ruled.all && !ruled.bare)
        .map(|ruled| ruled.low)
        .max()
        .unwrap_or(0);
    let other_any = inputs.ruled_other.iter().map(|r| r.low).max().unwrap_or(0);
    features.extend([
        number(least_ruled),
        number(most_ruled),
        number(any_ruled),
        inputs.ruled.len() as f32,
        number(listed),
        number(other_ruled),
        number(other_any),
        inputs.ruled_other.len() as f32,
    ]);
    Counted {
        least: least_ruled,
        most: most_ruled,
        any: any_ruled,
        listed,
        other: other_ruled,
    }
}

/// Adds features of the report as a whole.
fn whole(inputs: &OptionInputs<'_>, features: &mut Vec<f32>) {
    features.extend([
        inputs
            .candidates
            .iter()
            .filter(|c| c.killed.is_some())
            .count() as f32,
        inputs
            .candidates
            .iter()
            .filter(|c| c.injured.is_some())
            .count() as f32,
        inputs.candidates.len() as f32,
        inputs.sentences.last().map_or(0.0, |s| *s as f32),
        f32::from(u8::from(inputs.shots)),
    ]);
    let others = inputs
        .candidates
        .iter()
        .zip(inputs.other_scores.iter().copied());
    let other_groups = others
        .clone()
        .filter(|(c, q)| c.is_group() && *q > 0.5)
        .filter_map(|(c, _)| c.n)
        .max();
    features.push(number(other_groups.unwrap_or(0)));
    features.push(
        others
            .zip(inputs.scores)
            .filter(|((c, _), _)| c.is_group())
            .map(|((_, q), p)| q.min(*p))
            .fold(0.0, f32::max),
    );
}

/// The best scores of the opening and of the title, of this slot and of the other.
fn leading(inputs: &OptionInputs<'_>) -> [f32; 4] {
    let opening = |scores: &[f32]| {
        let within = inputs.sentences.iter().zip(scores);
        within
            .filter(|(sentence, _)| **sentence < OPENING)
            .map(|(_, score)| *score)
            .fold(0.0, f32::max)
    };
    let titled = |scores: &[f32]| {
        let within = inputs.sentences.iter().zip(scores);
        within
            .filter(|(sentence, _)| **sentence < inputs.title)
            .map(|(_, score)| *score)
            .fold(0.0, f32::max)
    };
    [
        opening(inputs.scores),
        opening(inputs.other_scores),
        titled(inputs.scores),
        titled(inputs.other_scores),
    ]
}

/// What is left of all who were shot, less those who went to the other slot.
struct Left {
    /// The largest number of a noun for the event: "a triple shooting".
    event: u64,
    /// Of the largest group.
    most: u64,
    /// Of the first group.
    first: u64,
}

/// Adds how many went to the other slot. "Four were shot, one of them died": whoever is dead is not hurt, and the other
/// way round.
fn left(
    inputs: &OptionInputs<'_>,
    chains: &[Chain],
    groups: &Groups,
    features: &mut Vec<f32>,
) -> Left {
    let gone = gone(inputs, chains);
    let event = inputs
        .candidates
        .iter()
        .filter(|c| c.form == Form::Event)
        .filter_map(|c| c.n)
        .max()
        .unwrap_or(0);
    let shot = groups
        .most_likely
        .unwrap_or(0)
        .max(if event > 1 { event } else { 0 });
    let first_shot = groups.first_likely.unwrap_or(0);
    features.push(number(gone));
    Left {
        event,
        most: shot.saturating_sub(gone),
        first: first_shot.saturating_sub(gone),
    }
}

/// What is told of the people of both slots together, of whom the dead may be a part.
struct ToldOfAll {
    /// The dead, where they were chosen before.
    dead: u64,
    /// The last of those counted one by one.
    ordinal: u64,
    /// The largest group of the opening.
    opening: u64,
    /// The largest list.
    lists: u64,
}

/// The candidates likely to be of either slot, each with its index.
fn either<'a>(inputs: &'a OptionInputs<'_>) -> impl Iterator<Item = (usize, &'a Candidate)> {
    let all = inputs.candidates.iter().enumerate();
    all.filter(|(at, _)| inputs.scores[*at].max(inputs.other_scores[*at]) > 0.2)
}

/// The groups of the opening likely to be of either slot.
fn opening_groups<'a>(inputs: &'a OptionInputs<'_>) -> impl Iterator<Item = &'a Candidate> {
    either(inputs)
        .filter(|(at, c)| c.is_group() && inputs.sentences[*at] < OPENING)
        .map(|(_, c)| c)
}

/// Adds the last of those counted one by one, what the opening and lists count, and the best scores of opening and
/// title.
fn told_of_all(inputs: &OptionInputs<'_>, features: &mut Vec<f32>) -> ToldOfAll {
    let all = || inputs.candidates.iter().zip(inputs.scores.iter().copied());
    let told = ToldOfAll {
        dead: inputs.predicted.map_or(0, |predicted| predicted.number),
        ordinal: either(inputs).map(|(_, c)| c.ordinal).max().unwrap_or(0),
        opening: opening_groups(inputs)
            .filter_map(|c| c.n)
            .max()
            .unwrap_or(0),
        lists: all()
            .filter(|(c, p)| c.form == Form::List && *p > 0.3)
            .filter_map(|(c, _)| c.n)
            .max()
            .unwrap_or(0),
    };
    features.extend([
        number(told.ordinal),
        number(told.opening),
        number(told.lists),
        number(told.dead),
        inputs.title as f32,
    ]);
    features.extend(leading(inputs));
    told
}

/// The numbers that are options.
fn proposed(
    inputs: &OptionInputs<'_>,
    singles: &Singles,
    groups: &Groups,
    ruled: &Counted,
    left: &Left,
    told: &ToldOfAll,
) -> Vec<u64> {
    let all = inputs.candidates.iter().zip(inputs.scores.iter().copied());
    let mut proposed: Vec<u64> = all
        .filter(|(c, p)| {
            c.is_group() && (*p > 0.05 || c.killed.is_some() || c.injured.is_some())
                || c.form == Form::Event
        })
        .filter_map(|(c, _)| c.n)
        .collect();
    proposed.extend([
        left.most,
        left.first,
        groups.loose_most,
        groups.loose_first,
        told.ordinal,
        told.lists,
    ]);
    if told.dead > 0 {
        proposed.extend(opening_groups(inputs).filter_map(|c| c.n?.checked_sub(told.dead)));
        proposed.push(told.ordinal.saturating_sub(told.dead));
    }
    proposed.extend([
        groups.sum_most,
        groups.sum_first,
        ruled.least,
        ruled.most,
        ruled.any,
        singles.half,
    ]);
    proposed
}

/// The numbers that every option is compared with, in the order that the trees know.
fn compared(
    singles: &Singles,
    groups: &Groups,
    ruled: &Counted,
    left: &Left,
    told: &ToldOfAll,
) -> [f32; 24] {
    [
        singles.sure as f32,
        singles.half as f32,
        singles.likely as f32,
        groups.most.unwrap_or(0) as f32,
        groups.first.unwrap_or(0) as f32,
        groups.sum_most as f32,
        groups.sum_first as f32,
        ruled.least as f32,
        ruled.most as f32,
        ruled.any as f32,
        ruled.listed as f32,
        singles.sum,
        ruled.other as f32,
        left.most as f32,
        left.first as f32,
        left.event as f32,
        groups.loose_most as f32,
        groups.loose_first as f32,
        told.ordinal as f32,
        told.ordinal.saturating_sub(told.dead) as f32,
        told.opening as f32,
        told.opening.saturating_sub(told.dead) as f32,
        groups.most_likely.unwrap_or(0).saturating_sub(told.dead) as f32,
        told.lists as f32,
    ]
}

/// How many the other slot counts, as far as scores tell: single people, or the largest group.
fn gone(inputs: &OptionInputs<'_>, chains: &[Chain]) -> u64 {
    let singles = chains
        .iter()
        .filter(|chain| chain.single && chain.other > 0.5)
        .count() as u64;
    let groups = inputs
        .candidates
        .iter()
        .zip(inputs.other_scores)
        .filter(|(candidate, score)| candidate.is_group() && **score > 0.5)
        .filter_map(|(candidate, _)| candidate.n)
        .max()
        .unwrap_or(0);
    singles.max(groups)
}

/// The index of the first sentence that mentions somebody of this slot, the largest sum of the people of one sentence,
/// and the sum of that first sentence.
fn sentence_sums(inputs: &OptionInputs<'_>, cut: f32) -> (f32, u64, u64) {
    let mut sums: Vec<(usize, u64)> = Vec::new();
    for (at, candidate) in inputs.candidates.iter().enumerate() {
        if inputs.scores[at] <= cut
            || matches!(
                candidate.form,
                Form::Pronoun | Form::Owner | Form::Event | Form::List
            )
        {
            continue;
        }
        let n = candidate.n.unwrap_or(u64::from(candidate.individual));
        match sums.last_mut() {
            Some((sentence, sum)) if *sentence == inputs.sentences[at] => {
                *sum = sum.saturating_add(n);
            }
            _ => sums.push((inputs.sentences[at], n)),
        }
    }
    let most = sums.iter().map(|(_, sum)| *sum).max().unwrap_or(0);
    match sums.first() {
        Some(&(sentence, sum)) => ((sentence as f32).min(30.0), most, sum),
        None => (30.0, most, 0),
    }
}
