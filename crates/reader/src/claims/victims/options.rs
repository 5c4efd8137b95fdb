//! Options: the numbers that a report's claims could give as its own toll, each with figures that speak for and against
//! it.
//!
//! Comes in: scored candidates, their chains, what the rules counted. Goes out: one row of figures an option. Every
//! option but 0 rests on words: a number said, or so many single people told of. Which option stands is for the trees
//! to say.

use model::Basis;

use super::{
    candidates::{Candidate, Form},
    scores::{Ruled, Settled, Sizes, size_of},
};

/// Names of the figures of an option for the killed, in order; behind a colon stands how many figures bear the name.
#[rustfmt::skip]
pub const KILLED: &[&str] = &[
    "number", "best, second and other slot's score:3", "likely mentions", "first likely sentence", "form",
    "additional", "by rule", "place of the head", "best of title, opening, rest:3", "best of more, of fewer:2",
    "best sentence", "tally:2", "tally with the dead:2", "ways of counting:6", "size of it", "sizes:4",
    "sizes of the other slot:4", "sizes of both:4", "compared with sums:24", "largest scores:4",
    "largest scores of the other slot:4", "sum of scores", "log chance of nobody",
    "largest scores of single people:4", "single people sure, half, likely:3",
    "single people of this slot alone", "single people named", "sum of single people",
    "groups most, likely, first:4", "first sentence, sums of sentences:3", "deeds", "additional people",
    "nobody said", "ruled:8", "candidates killed, injured, all:3", "last sentence", "shots",
    "largest group of the other slot", "group of both slots", "gone", "ordinal, opening, lists, dead, title:5",
    "best of opening and title:4",
];

/// The same for the injured, who are told what the killed came to.
#[rustfmt::skip]
pub const INJURED: &[&str] = &[
    "number", "best, second and other slot's score:3", "likely mentions", "first likely sentence", "form",
    "additional", "by rule", "place of the head", "best of title, opening, rest:3", "best of more, of fewer:2",
    "best sentence", "tally:2", "tally with the dead:2", "ways of counting:6", "size of it", "sizes:4",
    "sizes of the other slot:4", "sizes of both:4", "shares of the killed:3", "compared with sums:24",
    "largest scores:4", "largest scores of the other slot:4", "sum of scores", "log chance of nobody",
    "largest scores of single people:4", "single people sure, half, likely:3",
    "single people of this slot alone", "single people named", "sum of single people",
    "groups most, likely, first:4", "first sentence, sums of sentences:3", "deeds", "additional people",
    "nobody said", "ruled:8", "candidates killed, injured, all:3", "last sentence", "shots",
    "largest group of the other slot", "group of both slots", "gone", "ordinal, opening, lists, dead, title:5",
    "best of opening and title:4",
];

/// Most people an option counts; the weights saw no larger tolls.
const MOST: u64 = 200;
/// Sentences that count as a report's opening, the title among them.
const OPENING: usize = 4;
/// Figures are cut off here, so that one large number does not stand out from all that was learned.
const CUT: f32 = 50.0;

/// What there is to decide from, for one slot.
pub struct Ground<'a> {
    /// Candidates in order.
    pub candidates: &'a [Candidate],
    /// Chain of each.
    pub chains: &'a [usize],
    /// Sentence of each.
    pub sentences: &'a [usize],
    /// Score of each for this slot, 0–1.
    pub own: &'a [f32],
    /// Score of each for the other slot.
    pub other: &'a [f32],
    /// How likely each group's number is that of this slot.
    pub tally: &'a [f32],
    /// How likely each group's number is that of all who were shot, killed or not.
    pub tally_both: &'a [f32],
    /// What the rules counted for this slot.
    pub ruled: &'a [Ruled],
    /// What the rules counted for the other slot.
    pub ruled_other: &'a [Ruled],
    /// Whether the report tells of shots.
    pub shots: bool,
    /// What the whole report's words make likely for this slot.
    pub sizes: &'a Sizes,
    /// The same for the other slot.
    pub sizes_other: &'a Sizes,
    /// The same for both slots together.
    pub sizes_both: &'a Sizes,
    /// What came out for the other slot, where it was judged before.
    pub settled: Option<&'a Settled>,
    /// Sentences of the title.
    pub title: usize,
}

/// A chain of candidates, in figures.
#[derive(Clone, Copy, Default)]
struct Chain {
    own: f32,
    other: f32,
    single: bool,
    named: bool,
}

/// Whether a candidate is a group with a number.
fn is_group(candidate: &Candidate) -> bool {
    candidate.form != Form::Deed && candidate.n.is_some_and(|n| n >= 2)
}

/// Whether a candidate is one person.
pub fn is_single(candidate: &Candidate) -> bool {
    candidate.form != Form::Deed && candidate.individual
}

/// Whether a candidate's words say this number.
pub fn says(candidate: &Candidate, n: u64) -> bool {
    if n == 1 {
        candidate.n == Some(1) || is_single(candidate)
    } else {
        candidate.n == Some(n)
    }
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

/// Aggregates of a report that every option is told.
struct Sums {
    figures: Vec<f32>,
    /// Numbers an option is compared with.
    compared: [f32; 24],
    /// Numbers that are options.
    proposed: Vec<u64>,
    /// Single people with a score over 0.3.
    likely: u64,
    /// Single people in all.
    singles: u64,
}

fn chains(ground: &Ground<'_>) -> Vec<Chain> {
    let mut out: Vec<Chain> = Vec::new();
    for (at, candidate) in ground.candidates.iter().enumerate() {
        let number = ground.chains[at];
        if out.len() <= number {
            out.resize(number + 1, Chain::default());
        }
        let chain = &mut out[number];
        chain.own = chain.own.max(ground.own[at]);
        chain.other = chain.other.max(ground.other[at]);
        chain.single |= is_single(candidate);
        chain.named |= candidate.name != 0;
    }
    out
}

fn number(n: u64) -> f32 {
    (n as f32).min(CUT)
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

/// Adds figures of all scores.
fn scored(ground: &Ground<'_>, figures: &mut Vec<f32>) {
    figures.extend(largest::<4>(ground.own.iter().copied()));
    figures.extend(largest::<4>(ground.other.iter().copied()));
    figures.push(ground.own.iter().sum());
    figures.push(
        -ground
            .own
            .iter()
            .map(|p| (1.0 - p).max(1e-3).ln())
            .sum::<f32>(),
    );
}

/// Adds figures of the single people.
fn singles(chains: &[Chain], figures: &mut Vec<f32>) -> Singles {
    let singles = || chains.iter().filter(|chain| chain.single);
    figures.extend(largest::<4>(singles().map(|chain| chain.own)));
    let over = |cut: f32| singles().filter(|chain| chain.own > cut).count() as u64;
    let (sure, half, likely) = (over(0.75), over(0.5), over(0.3));
    let sum: f32 = singles().map(|chain| chain.own).sum();
    figures.extend([sure, half, likely].map(|n| n as f32));
    figures.push(singles().filter(|c| c.own > 0.5 && c.other < 0.5).count() as f32);
    figures.push(singles().filter(|c| c.own > 0.5 && c.named).count() as f32);
    figures.push(sum);
    Singles {
        sure,
        half,
        likely,
        sum,
        all: singles().count() as u64,
    }
}

/// Adds figures of the groups, and of what adds to them.
fn groups(ground: &Ground<'_>, figures: &mut Vec<f32>) -> Groups {
    let all = || ground.candidates.iter().zip(ground.own.iter().copied());
    let groups = |cut: f32| {
        all()
            .filter(move |(candidate, p)| is_group(candidate) && *p > cut)
            .filter_map(|(candidate, _)| candidate.n)
    };
    let (most, most_likely) = (groups(0.5).max(), groups(0.3).max());
    let (first, first_likely) = (groups(0.5).next(), groups(0.3).next());
    for n in [most, most_likely, first, first_likely] {
        figures.push(number(n.unwrap_or(0)));
    }
    let (first_sentence, sum_most, sum_first) = sentence_sums(ground, 0.5);
    let (_, loose_most, loose_first) = sentence_sums(ground, 0.2);
    figures.extend([first_sentence, number(sum_most), number(sum_first)]);
    let deeds = all().filter(|(c, p)| c.form == Form::Deed && *p > 0.5);
    figures.push(number(deeds.filter_map(|(c, _)| c.n).max().unwrap_or(0)));
    let added: u64 = all()
        .filter(|(c, p)| c.additional && *p > 0.5)
        .fold(0, |sum, (c, _)| sum.saturating_add(c.n.unwrap_or(1).max(1)));
    figures.push((added as f32).min(20.0));
    figures.push(ground.candidates.iter().filter(|c| c.n == Some(0)).count() as f32);
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

/// Adds figures of what the rules counted.
fn counted(ground: &Ground<'_>, figures: &mut Vec<f32>) -> Counted {
    let totals = || ground.ruled.iter().filter(|ruled| ruled.all && !ruled.bare);
    let least_ruled = totals().map(|ruled| ruled.low).min().unwrap_or(0);
    let most_ruled = totals().map(|ruled| ruled.low).max().unwrap_or(0);
    let any_ruled = ground
        .ruled
        .iter()
        .map(|ruled| ruled.low)
        .max()
        .unwrap_or(0);
    let listed = ground
        .ruled
        .iter()
        .filter(|ruled| ruled.all && ruled.basis == Basis::Enumerated)
        .map(|ruled| ruled.low)
        .max()
        .unwrap_or(0);
    let other_ruled = ground
        .ruled_other
        .iter()
        .filter(|ruled| ruled.all && !ruled.bare)
        .map(|ruled| ruled.low)
        .max()
        .unwrap_or(0);
    let other_any = ground.ruled_other.iter().map(|r| r.low).max().unwrap_or(0);
    figures.extend([
        number(least_ruled),
        number(most_ruled),
        number(any_ruled),
        ground.ruled.len() as f32,
        number(listed),
        number(other_ruled),
        number(other_any),
        ground.ruled_other.len() as f32,
    ]);
    Counted {
        least: least_ruled,
        most: most_ruled,
        any: any_ruled,
        listed,
        other: other_ruled,
    }
}

/// Adds figures of the report as a whole.
fn whole(ground: &Ground<'_>, figures: &mut Vec<f32>) {
    figures.extend([
        ground
            .candidates
            .iter()
            .filter(|c| c.killed.is_some())
            .count() as f32,
        ground
            .candidates
            .iter()
            .filter(|c| c.injured.is_some())
            .count() as f32,
        ground.candidates.len() as f32,
        ground.sentences.last().map_or(0.0, |s| *s as f32),
        f32::from(u8::from(ground.shots)),
    ]);
    let others = ground.candidates.iter().zip(ground.other.iter().copied());
    let other_groups = others
        .clone()
        .filter(|(c, q)| is_group(c) && *q > 0.5)
        .filter_map(|(c, _)| c.n)
        .max();
    figures.push(number(other_groups.unwrap_or(0)));
    figures.push(
        others
            .zip(ground.own)
            .filter(|((c, _), _)| is_group(c))
            .map(|((_, q), p)| q.min(*p))
            .fold(0.0, f32::max),
    );
}

/// The best scores of the opening and of the title, of this slot and of the other.
fn leading(ground: &Ground<'_>) -> [f32; 4] {
    let opening = |scores: &[f32]| {
        let within = ground.sentences.iter().zip(scores);
        within
            .filter(|(sentence, _)| **sentence < OPENING)
            .map(|(_, score)| *score)
            .fold(0.0, f32::max)
    };
    let titled = |scores: &[f32]| {
        let within = ground.sentences.iter().zip(scores);
        within
            .filter(|(sentence, _)| **sentence < ground.title)
            .map(|(_, score)| *score)
            .fold(0.0, f32::max)
    };
    [
        opening(ground.own),
        opening(ground.other),
        titled(ground.own),
        titled(ground.other),
    ]
}

fn sums(ground: &Ground<'_>) -> Sums {
    let chains = chains(ground);
    let all = || ground.candidates.iter().zip(ground.own.iter().copied());
    let mut figures = Vec::with_capacity(64);
    scored(ground, &mut figures);
    let singles = singles(&chains, &mut figures);
    let groups = groups(ground, &mut figures);
    let ruled = counted(ground, &mut figures);
    whole(ground, &mut figures);
    let mut proposed: Vec<u64> = all()
        .filter(|(c, p)| {
            is_group(c) && (*p > 0.05 || c.killed.is_some() || c.injured.is_some())
                || c.form == Form::Deed
        })
        .filter_map(|(c, _)| c.n)
        .collect();
    // "Four were shot, one of them died": whoever is dead is not hurt, and the other way round.
    let gone = gone(ground, &chains);
    let deed_most = all()
        .filter(|(c, _)| c.form == Form::Deed)
        .filter_map(|(c, _)| c.n)
        .max()
        .unwrap_or(0);
    let shot = groups
        .most_likely
        .unwrap_or(0)
        .max(if deed_most > 1 { deed_most } else { 0 });
    let first_shot = groups.first_likely.unwrap_or(0);
    let (left, first_left) = (shot.saturating_sub(gone), first_shot.saturating_sub(gone));
    figures.push(number(gone));
    proposed.extend([left, first_left]);
    // The last of those counted one by one, and what the opening counts; of both the dead may be a part.
    let dead = ground.settled.map_or(0, |settled| settled.number);
    let either = |at: usize| ground.own[at].max(ground.other[at]);
    let told = || {
        ground
            .candidates
            .iter()
            .enumerate()
            .filter(|(at, _)| either(*at) > 0.2)
    };
    let ordinal = told().map(|(_, c)| c.ordinal).max().unwrap_or(0);
    let opening_most = told()
        .filter(|(at, c)| is_group(c) && ground.sentences[*at] < OPENING)
        .filter_map(|(_, c)| c.n)
        .max()
        .unwrap_or(0);
    let lists = all()
        .filter(|(c, p)| c.form == Form::List && *p > 0.3)
        .filter_map(|(c, _)| c.n)
        .max()
        .unwrap_or(0);
    figures.extend([
        number(ordinal),
        number(opening_most),
        number(lists),
        number(dead),
        ground.title as f32,
    ]);
    figures.extend(leading(ground));
    proposed.extend([groups.loose_most, groups.loose_first, ordinal, lists]);
    if dead > 0 {
        proposed.extend(
            told()
                .filter(|(at, c)| is_group(c) && ground.sentences[*at] < OPENING)
                .filter_map(|(_, c)| c.n?.checked_sub(dead)),
        );
        proposed.push(ordinal.saturating_sub(dead));
    }
    proposed.extend([
        groups.sum_most,
        groups.sum_first,
        ruled.least,
        ruled.most,
        ruled.any,
        singles.half,
    ]);
    Sums {
        figures,
        compared: [
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
            left as f32,
            first_left as f32,
            deed_most as f32,
            groups.loose_most as f32,
            groups.loose_first as f32,
            ordinal as f32,
            ordinal.saturating_sub(dead) as f32,
            opening_most as f32,
            opening_most.saturating_sub(dead) as f32,
            groups.most_likely.unwrap_or(0).saturating_sub(dead) as f32,
            lists as f32,
        ],
        proposed,
        likely: singles.likely,
        singles: singles.all,
    }
}

/// How many the other slot counts, as far as scores tell: single people, or the largest group.
fn gone(ground: &Ground<'_>, chains: &[Chain]) -> u64 {
    let singles = chains
        .iter()
        .filter(|chain| chain.single && chain.other > 0.5)
        .count() as u64;
    let groups = ground
        .candidates
        .iter()
        .zip(ground.other)
        .filter(|(candidate, score)| is_group(candidate) && **score > 0.5)
        .filter_map(|(candidate, _)| candidate.n)
        .max()
        .unwrap_or(0);
    singles.max(groups)
}

/// The first sentence with somebody in it, and what the people of one sentence add up to: at most, and there.
fn sentence_sums(ground: &Ground<'_>, cut: f32) -> (f32, u64, u64) {
    let mut sums: Vec<(usize, u64)> = Vec::new();
    for (at, candidate) in ground.candidates.iter().enumerate() {
        if ground.own[at] <= cut
            || matches!(
                candidate.form,
                Form::Pronoun | Form::Owner | Form::Deed | Form::List
            )
        {
            continue;
        }
        let n = candidate.n.unwrap_or(u64::from(candidate.individual));
        match sums.last_mut() {
            Some((sentence, sum)) if *sentence == ground.sentences[at] => {
                *sum = sum.saturating_add(n);
            }
            _ => sums.push((ground.sentences[at], n)),
        }
    }
    let most = sums.iter().map(|(_, sum)| *sum).max().unwrap_or(0);
    match sums.first() {
        Some(&(sentence, sum)) => ((sentence as f32).min(30.0), most, sum),
        None => (30.0, most, 0),
    }
}

/// Numbers told apart by [`Chances`]; the last stands for all above.
pub(super) const APART: usize = 9;

/// How likely so many people are counted, were each counted or not with its own chance: a Poisson binomial
/// distribution.
pub(super) type Chances = [f32; APART];

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

/// The chances by several ways of counting: single people told apart by their chains (by their best mention; by their
/// best mention with a name or noun; less those who went to the other slot; of the opening alone), and the people of
/// one sentence (the first that is likely to count somebody; the best for each number).
pub(super) fn ways(
    candidates: &[Candidate],
    chains: &[usize],
    sentences: &[usize],
    own: &[f32],
    other: &[f32],
) -> [Chances; 6] {
    #[derive(Clone, Copy, Default)]
    struct Person {
        own: f32,
        other: f32,
        told: f32,
        opening: bool,
        any: bool,
    }
    let mut people: Vec<Person> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        if !is_single(candidate) {
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
    let people = || people.iter().filter(|person| person.any);
    let mut first: Option<Chances> = None;
    let mut most = [0.0_f32; APART];
    let counted = |at: usize| {
        let candidate = &candidates[at];
        let n = candidate.n.unwrap_or(u64::from(candidate.individual));
        let counts = n > 0
            && !matches!(
                candidate.form,
                Form::Pronoun | Form::Owner | Form::Deed | Form::List
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

/// The options of a report, smallest first, each with its figures.
pub fn options(ground: &Ground<'_>) -> Vec<(u64, Vec<f32>)> {
    let sums = sums(ground);
    let mut numbers: Vec<u64> = sums
        .proposed
        .iter()
        .copied()
        .filter(|n| (1..=MOST).contains(n))
        .collect();
    numbers.push(0);
    if !ground.candidates.is_empty() {
        numbers.push(1);
    }
    numbers.extend((2..=5).filter(|n| sums.singles >= *n && sums.likely >= *n));
    numbers.sort_unstable();
    numbers.dedup();
    let ways = ways(
        ground.candidates,
        ground.chains,
        ground.sentences,
        ground.own,
        ground.other,
    );
    numbers
        .into_iter()
        .map(|n| {
            let mut row = speaking(ground, n);
            let dead = ground.settled.map_or(0, |settled| settled.number);
            row.extend(tallied(ground.candidates, ground.tally, n));
            row.extend(tallied(ground.candidates, ground.tally_both, n + dead));
            let at = n.min(APART as u64 - 1) as usize;
            row.extend(ways.iter().map(|chances| chances[at].max(1e-3).ln()));
            row.push(ground.sizes[size_of(n)]);
            row.extend(ground.sizes);
            row.extend(ground.sizes_other);
            row.extend(ground.sizes_both);
            row.extend(ground.settled.iter().flat_map(|settled| settled.shares));
            row.extend(
                sums.compared
                    .iter()
                    .map(|value| (value - n as f32).clamp(-5.0, 5.0)),
            );
            row.extend(&sums.figures);
            (n, row)
        })
        .collect()
}

/// How likely a group's number is this one, and how likely it is another: the best of each.
pub(super) fn tallied(candidates: &[Candidate], tally: &[f32], n: u64) -> [f32; 2] {
    let (mut this, mut another) = (0.0_f32, 0.0_f32);
    for (candidate, &p) in candidates.iter().zip(tally) {
        let best = if candidate.n == Some(n) {
            &mut this
        } else {
            &mut another
        };
        *best = best.max(p);
    }
    [this, another]
}

/// What speaks for a number: the candidates that say it.
fn speaking(ground: &Ground<'_>, n: u64) -> Vec<f32> {
    let mut best: Option<usize> = None;
    let mut second = 0.0_f32;
    let (mut likely, mut first) = (0.0_f32, 40.0_f32);
    // The same of the title, the opening and the rest, and what other numbers have for them.
    let (mut title, mut opening, mut rest) = (0.0_f32, 0.0_f32, 0.0_f32);
    let (mut more, mut fewer) = (0.0_f32, 0.0_f32);
    for (at, candidate) in ground.candidates.iter().enumerate() {
        let p = ground.own[at];
        if !says(candidate, n) {
            match candidate.n {
                Some(m) if m > n && m > 1 => more = more.max(p),
                Some(m) if m > 1 => fewer = fewer.max(p),
                _ => {}
            }
            continue;
        }
        let part = if ground.sentences[at] < ground.title {
            &mut title
        } else if ground.sentences[at] < OPENING {
            &mut opening
        } else {
            &mut rest
        };
        *part = part.max(p);
        if p > 0.3 {
            likely += 1.0;
            first = first.min(ground.sentences[at] as f32);
        }
        match best {
            Some(known) if ground.own[known] >= p => second = second.max(p),
            known => {
                second = known.map_or(second, |known| ground.own[known]);
                best = Some(at);
            }
        }
    }
    let told = best.map(|at| &ground.candidates[at]);
    vec![
        n as f32,
        best.map_or(0.0, |at| ground.own[at]),
        second,
        best.map_or(0.0, |at| ground.other[at]),
        likely,
        first,
        told.map_or(-1.0, |c| f32::from(c.form as u8)),
        told.map_or(-1.0, |c| f32::from(u8::from(c.additional))),
        told.map_or(0.0, |c| {
            f32::from(u8::from(c.killed.is_some()) + 2 * u8::from(c.injured.is_some()))
        }),
        told.map_or(-1.0, |c| c.head as f32 / 10.0),
        title,
        opening,
        rest,
        more,
        fewer,
        best.map_or(40.0, |at| ground.sentences[at] as f32),
    ]
}
