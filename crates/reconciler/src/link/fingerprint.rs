//! The fingerprint of a report: its words, names, streets, ages, dates and places, as sorted lists of hashes or
//! numbers.
//!
//! Comes in: a [`LinkingRecord`] and the sentences that are page furniture. Goes out: a [`Fingerprint`]. It does not
//! know other reports.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use model::{
    LinkingToken, WordKind,
    hash::{join, word},
};

use serde::{Deserialize, Serialize};

use super::record::{LinkingRecord, Spot, day};

/// Words of running text that, with the headline, make the lead.
const LEAD: usize = 90;

/// A report's fingerprint. Lists are sorted, each value once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Day of publication.
    pub published: Option<i32>,
    /// Words of headline, text and address, and how often.
    pub words: Vec<(u64, u16)>,
    /// Words of the headline.
    pub title: Vec<(u64, u16)>,
    /// Words of headline and lead.
    pub lead: Vec<(u64, u16)>,
    /// Words with a capital.
    pub capitals: Vec<u64>,
    /// The same without those of the address.
    pub named: Vec<u64>,
    /// Neighbouring words with capitals.
    pub pairs: Vec<u64>,
    /// Names of people with an age beside them: pairs of capitalised words.
    pub people: Vec<u64>,
    /// Streets, as the word before "Street" with it, and blocks.
    pub streets: Vec<u64>,
    /// Ages, of the lead and of all.
    pub lead_ages: Vec<u32>,
    /// See `lead_ages`.
    pub ages: Vec<u32>,
    /// Days named in the lead and in all.
    pub lead_days: Vec<i32>,
    /// See `lead_days`.
    pub days: Vec<i32>,
    /// First-level divisions named.
    pub states: Vec<u64>,
    /// Places named.
    pub places: Vec<u64>,
    /// Hashes of five-word runs, one in four.
    pub shingles: Vec<u64>,
    /// Words in all.
    pub length: usize,
    /// Days the claims give.
    pub when: Vec<(i32, i32)>,
    /// Places the claims give.
    pub spots: Vec<Spot>,
    /// For each of them the words of its town.
    pub own: Vec<Vec<u64>>,
    /// Place names of the text, and how much it dwells on each.
    pub ground: Vec<(u64, u16)>,
    /// Place names of the headline.
    pub title_ground: Vec<u64>,
    /// Figures the claims give.
    pub killed: Vec<(u64, u64)>,
    /// See `killed`.
    pub injured: Vec<(u64, u64)>,
    /// Kinds of happening and means.
    pub kinds: Vec<u64>,
}

/// Hashes of the sentences of a record's text, captions of videos left out.
pub fn sentences(record: &LinkingRecord) -> Vec<u64> {
    let tokens = record.words.tokens();
    let headline = (record.words.headline as usize).min(tokens.len());
    let mut hashes: Vec<u64> = tokens[headline..]
        .chunk_by(|_, next| !next.opens)
        .filter(|sentence| sentence.len() >= 2 && !sentence[0].caption)
        .map(of_sentence)
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn of_sentence(tokens: &[LinkingToken]) -> u64 {
    tokens
        .iter()
        .fold(17, |state, token| join(state, token.hash))
}

impl Fingerprint {
    /// Makes the fingerprint of a record; sentences in `furniture` are passed over.
    pub fn of(record: &LinkingRecord, furniture: &HashSet<u64>) -> Self {
        let all = record.words.tokens();
        let title = (record.words.headline as usize).min(all.len());
        let mut tokens = all[..title].to_vec();
        for sentence in all[title..].chunk_by(|_, next| !next.opens) {
            // The next sentence stands apart, so no name grows over what is left out.
            if !sentence[0].caption && !furniture.contains(&of_sentence(sentence)) {
                tokens.extend_from_slice(sentence);
            }
        }
        let lead = (title + LEAD).min(tokens.len());
        let mut fingerprint = Self {
            published: record.published,
            length: tokens.len(),
            when: record.days.clone(),
            spots: record.places.clone(),
            killed: record.killed.clone(),
            injured: record.injured.clone(),
            kinds: sorted(record.kinds.iter().map(|kind| word(kind))),
            ..Self::default()
        };
        fingerprint.take_words(&tokens, title, lead, record);
        fingerprint.take_places(&tokens);
        fingerprint.take_ground(&tokens, title, lead);
        let mut ages = Vec::new();
        let mut days = Vec::new();
        for at in 0..tokens.len() {
            if let Some(age) = age(&tokens, at) {
                ages.push((at, age));
            }
            if let Some(day) = named_day(&tokens, at, record.published) {
                days.push((at, day));
            }
        }
        let of_lead = |at: usize| at < lead;
        fingerprint.people = sorted(ages.iter().filter_map(|(at, _)| person(&tokens, *at)));
        fingerprint.ages = sorted(ages.iter().map(|(_, age)| *age));
        fingerprint.lead_ages = sorted(
            ages.iter()
                .filter(|(at, _)| of_lead(*at))
                .map(|(_, age)| *age),
        );
        fingerprint.days = sorted(days.iter().map(|(_, day)| *day));
        fingerprint.lead_days = sorted(
            days.iter()
                .filter(|(at, _)| of_lead(*at))
                .map(|(_, day)| *day),
        );
        let runs = tokens
            .windows(5)
            .map(|run| run.iter().fold(5, |state, token| join(state, token.hash)));
        fingerprint.shingles = sorted(runs.filter(|hash| hash % 4 == 0));
        fingerprint
    }

    fn take_words(
        &mut self,
        tokens: &[LinkingToken],
        title: usize,
        lead: usize,
        record: &LinkingRecord,
    ) {
        self.title = counted(tokens[..title].iter().map(|token| token.hash));
        self.lead = counted(tokens[..lead].iter().map(|token| token.hash));
        let mut all: Vec<u64> = tokens.iter().map(|token| token.hash).collect();
        let had: BTreeSet<u64> = all.iter().copied().collect();
        let mut capitals: Vec<u64> = tokens
            .iter()
            .filter(|token| token.capital && token.traits.letters > 2)
            .map(|token| token.hash)
            .collect();
        self.named = sorted(capitals.iter().copied());
        let new = |hash: &u64| !had.contains(hash);
        all.extend(record.words.address.iter().copied().filter(new));
        capitals.extend(&record.words.address_names);
        self.words = counted(all.into_iter());
        self.capitals = sorted(capitals.into_iter());
        let pairs = (0..tokens.len()).filter_map(|at| name(tokens, at));
        self.pairs = sorted(pairs);
    }

    fn take_places(&mut self, tokens: &[LinkingToken]) {
        let (mut streets, mut states, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| &tokens[at]);
            match token.traits.kind {
                Some(WordKind::Street) => {
                    if let Some(before) = before {
                        let ordinal = before.traits.digit;
                        if !token.apart && (before.capital || ordinal) && (token.capital || ordinal)
                        {
                            streets.push(join(before.hash, 1));
                        }
                    }
                }
                Some(WordKind::Block) => {
                    let number = before.and_then(|before| before.traits.number);
                    let name = tokens[at + 1..]
                        .iter()
                        .take(4)
                        .find(|token| token.capital || token.traits.number.is_some());
                    if let (Some(number), Some(name)) = (number, name) {
                        streets.push(join(u64::from(number), name.hash));
                    }
                }
                Some(WordKind::BeforePlace) => {
                    let next = tokens.get(at + 1).filter(|next| !next.apart);
                    if next.is_some_and(|next| next.capital) {
                        places.extend(place(tokens, at + 1));
                    }
                }
                Some(WordKind::Area) if !token.apart => {
                    places.extend(before.filter(|it| it.capital).map(|it| it.hash));
                }
                _ => {}
            }
            states.extend(token.division.map(u64::from));
        }
        self.streets = sorted(streets.into_iter());
        self.states = sorted(states.into_iter());
        self.places = sorted(places.into_iter());
    }
}

/// How often a place name of the headline and of the lead counts.
const DWELT: (u16, u16) = (3, 2);

impl Fingerprint {
    /// The capitalised words that stand after "in", "near" … somewhere, or in the name of a place claimed, wherever
    /// they stand.
    fn take_ground(&mut self, tokens: &[LinkingToken], title: usize, lead: usize) {
        self.own = self
            .spots
            .iter()
            .map(|spot| spot.own(&self.named))
            .collect();
        let named = |token: &LinkingToken| {
            token.capital
                && token.traits.letters > 2
                && matches!(token.traits.kind, None | Some(WordKind::Old))
        };
        let mut places: BTreeSet<u64> = self.own.iter().flatten().copied().collect();
        for (at, token) in tokens.iter().enumerate() {
            if token.traits.kind == Some(WordKind::BeforePlace) {
                let name = tokens[at + 1..].iter().take(3);
                let name = name.take_while(|next| !next.apart && named(next));
                places.extend(name.map(|next| next.hash));
            }
        }
        let mut ground: BTreeMap<u64, u16> = BTreeMap::new();
        for (at, token) in tokens.iter().enumerate() {
            if named(token) && places.contains(&token.hash) {
                let weight = match at {
                    at if at < title => DWELT.0,
                    at if at < lead => DWELT.1,
                    _ => 1,
                };
                let held = ground.entry(token.hash).or_default();
                *held = held.saturating_add(weight);
                if at < title {
                    self.title_ground.push(token.hash);
                }
            }
        }
        self.ground = ground.into_iter().collect();
        self.title_ground.sort_unstable();
        self.title_ground.dedup();
    }
}

/// Whether a word names a day or a month.
fn dates(token: &LinkingToken) -> bool {
    matches!(
        token.traits.kind,
        Some(WordKind::Weekday(_) | WordKind::Month(_))
    )
}

/// A place's hash: the capital word at token `at`, or two that belong together; no weekday or month.
fn place(tokens: &[LinkingToken], at: usize) -> Option<u64> {
    let first = tokens.get(at).filter(|first| !dates(first))?;
    Some(match tokens.get(at + 1) {
        Some(second) if second.capital && !second.apart => join(first.hash, second.hash),
        _ => first.hash,
    })
}

/// The two capitalised words at token `at` that may be a name: no weekday, month or street, and nobody who speaks for
/// an authority.
fn name(tokens: &[LinkingToken], at: usize) -> Option<u64> {
    let (a, b) = (&tokens[at], tokens.get(at + 1)?);
    let ranked = |token: &LinkingToken| token.traits.kind == Some(WordKind::Rank);
    let part = |token: &LinkingToken| {
        token.capital && token.traits.letters > 1 && !dates(token) && !ranked(token)
    };
    if b.apart || !part(a) || !part(b) || b.traits.kind == Some(WordKind::Street) {
        return None;
    }
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    (!before.is_some_and(ranked)).then(|| join(a.hash, b.hash))
}

/// The name beside an age: "Ana Vell, 14," or "14-year-old Ana Vell".
fn person(tokens: &[LinkingToken], at: usize) -> Option<u64> {
    let before = (2..=3).find_map(|back| {
        let from = at.checked_sub(back)?;
        name(tokens, from)
    });
    before.or_else(|| {
        (3..=4).find_map(|on| (at + on < tokens.len()).then(|| name(tokens, at + on))?)
    })
}

/// The age that stands at token `at`: "14-year-old", "Vell, 14,", "aged 14"; a child's months count from 200.
fn age(tokens: &[LinkingToken], at: usize) -> Option<u32> {
    let token = &tokens[at];
    let kind = |at: usize| tokens.get(at).and_then(|token| token.traits.kind);
    let old = kind(at + 2) == Some(WordKind::Old);
    let unit = kind(at + 1).filter(|_| old);
    if let Some(WordKind::Number(n)) = token.traits.kind {
        return match unit {
            Some(WordKind::Years) => Some(u32::from(n)),
            Some(WordKind::Months) => Some(200 + u32::from(n)),
            _ => None,
        };
    }
    let number = token.traits.number.filter(|_| token.traits.short)?;
    match unit {
        Some(WordKind::Years) => return Some(number),
        Some(WordKind::Months) => return Some(200 + number),
        _ => {}
    }
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    let aged = before.and_then(|it| it.traits.kind) == Some(WordKind::Aged);
    let between = token.comma
        && before.is_some_and(|it| it.capital && !dates(it))
        && tokens.get(at + 1).is_none_or(|next| next.apart);
    (aged || between).then_some(number)
}

/// The day that token `at` names: a weekday is the last such day up to publication, a month and day the latest such
/// date up to a day after it.
fn named_day(tokens: &[LinkingToken], at: usize, published: Option<i32>) -> Option<i32> {
    // A day far off the calendar names no weekday.
    let published = published.filter(|day| (-4_000_000..4_000_000).contains(day))?;
    let token = &tokens[at];
    if !token.capital {
        return None;
    }
    match token.traits.kind? {
        // 1 January 1970 was a Thursday.
        WordKind::Weekday(weekday) => {
            let today = (published + 3).rem_euclid(7);
            Some(published - (today + 1 - i32::from(weekday)).rem_euclid(7))
        }
        WordKind::Month(month) => {
            let next = tokens.get(at + 1).filter(|next| !next.apart);
            let number = next.and_then(|next| next.traits.day)?;
            let today = jiff::civil::Date::constant(1970, 1, 1)
                .checked_add(jiff::Span::new().try_days(published).ok()?)
                .ok()?;
            let year = tokens
                .get(at + 2)
                .and_then(|token| token.traits.number)
                .filter(|year| (1900..2200).contains(year));
            let in_year = |year: i16| {
                let date = jiff::civil::Date::new(year, month, number).ok()?;
                Some(day(date))
            };
            if let Some(year) = year {
                return in_year(i16::try_from(year).ok()?);
            }
            in_year(today.year())
                .filter(|day| *day <= published + 1)
                .or_else(|| in_year(today.year().checked_sub(1)?))
        }
        _ => None,
    }
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut out: Vec<T> = values.collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn counted(values: impl Iterator<Item = u64>) -> Vec<(u64, u16)> {
    let mut all: Vec<u64> = values.collect();
    all.sort_unstable();
    let mut out: Vec<(u64, u16)> = Vec::new();
    for hash in all {
        match out.last_mut() {
            Some((last, n)) if *last == hash => *n = n.saturating_add(1),
            _ => out.push((hash, 1)),
        }
    }
    out
}
