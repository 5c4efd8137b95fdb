//! The fingerprint of a report: its words, names, streets, ages, dates and places, as sorted lists of hashes or
//! numbers.
//!
//! Comes in: a [`Sheet`] and the sentences that are page furniture. Goes out: a [`Print`]. It does not know other
//! reports.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{
    ground,
    lexicon::{Known, Lexicon},
    sheet::{Sheet, Spot, day},
    tokens::{Sentence, Token, hash_word, join, scan},
};

/// Words of running text that, with the headline, make the lead.
const LEAD: usize = 90;

/// A report's fingerprint. Lists are sorted, each value once.
#[derive(Clone, Debug, Default)]
pub struct Print {
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

/// Hashes of the sentences of a sheet's text, captions of videos left out.
pub fn sentences(sheet: &Sheet) -> Vec<u64> {
    let (mut tokens, mut found) = (Vec::new(), Vec::new());
    for line in lines(sheet) {
        scan(line, &mut tokens, &mut found);
    }
    let mut hashes: Vec<u64> = found
        .iter()
        .filter(|sentence| sentence.end - sentence.start >= 2)
        .map(|sentence| sentence.hash)
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Lines of the text, without captions of videos ("1:58 Man hurt in fire", "… Pause").
fn lines(sheet: &Sheet) -> impl Iterator<Item = &str> {
    sheet
        .body
        .lines()
        .filter(|line| !caption(line) && !line.trim_end().ends_with("Pause"))
}

/// Whether a line starts with a running time m:ss that is no time of day.
fn caption(line: &str) -> bool {
    let line = line.trim_start();
    let Some((minutes, rest)) = line.split_once(':') else {
        return false;
    };
    let clock = !minutes.is_empty()
        && minutes.len() <= 2
        && minutes.bytes().all(|b| b.is_ascii_digit())
        && rest.len() >= 2
        && rest.bytes().take(2).all(|b| b.is_ascii_digit());
    if !clock {
        return false;
    }
    let after = rest[2..].trim_start().as_bytes();
    let half = matches!(after.first(), Some(b'a' | b'p' | b'A' | b'P'))
        && matches!(after.get(1), Some(b'.' | b'm' | b'M'));
    !half
}

impl Print {
    /// Makes the fingerprint of a sheet; sentences in `furniture` are passed over.
    pub fn of(sheet: &Sheet, lexicon: &Lexicon, furniture: &HashSet<u64>) -> Self {
        let mut tokens: Vec<Token<'_>> = Vec::new();
        let mut sentences: Vec<Sentence> = Vec::new();
        scan(&sheet.title, &mut tokens, &mut sentences);
        let title = tokens.len();
        // What is cut off leaves a mark, so that no name grows over it.
        let mut cut: Vec<(usize, usize)> = Vec::new();
        for line in lines(sheet) {
            let from = sentences.len();
            scan(line, &mut tokens, &mut sentences);
            for sentence in &sentences[from..] {
                if furniture.contains(&sentence.hash) {
                    cut.push((sentence.start, sentence.end));
                }
            }
        }
        let tokens = without(tokens, &cut);
        let lead = (title + LEAD).min(tokens.len());
        let mut print = Self {
            published: sheet.published,
            length: tokens.len(),
            when: sheet.days.clone(),
            spots: sheet.places.clone(),
            killed: sheet.killed.clone(),
            injured: sheet.injured.clone(),
            kinds: sorted(sheet.kinds.iter().map(|kind| hash_word(kind))),
            ..Self::default()
        };
        print.take_words(
            &tokens,
            title.min(tokens.len()),
            lead,
            &sheet.address,
            lexicon,
        );
        print.take_places(&tokens, lexicon);
        print.take_ground(&tokens, title.min(tokens.len()), lead, lexicon);
        let mut ages = Vec::new();
        let mut days = Vec::new();
        for at in 0..tokens.len() {
            if let Some(age) = age(&tokens, at, lexicon) {
                ages.push((at, age));
            }
            if let Some(day) = named_day(&tokens, at, lexicon, sheet.published) {
                days.push((at, day));
            }
        }
        let of_lead = |at: usize| at < lead;
        print.people = sorted(
            ages.iter()
                .filter_map(|(at, _)| person(&tokens, *at, lexicon)),
        );
        print.ages = sorted(ages.iter().map(|(_, age)| *age));
        print.lead_ages = sorted(
            ages.iter()
                .filter(|(at, _)| of_lead(*at))
                .map(|(_, age)| *age),
        );
        print.days = sorted(days.iter().map(|(_, day)| *day));
        print.lead_days = sorted(
            days.iter()
                .filter(|(at, _)| of_lead(*at))
                .map(|(_, day)| *day),
        );
        let runs = tokens
            .windows(5)
            .map(|run| run.iter().fold(5, |state, token| join(state, token.hash)));
        print.shingles = sorted(runs.filter(|hash| hash % 4 == 0));
        print
    }

    fn take_words(
        &mut self,
        tokens: &[Token<'_>],
        title: usize,
        lead: usize,
        address: &str,
        lexicon: &Lexicon,
    ) {
        self.title = counted(tokens[..title].iter().map(|token| token.hash));
        self.lead = counted(tokens[..lead].iter().map(|token| token.hash));
        let mut all: Vec<u64> = tokens.iter().map(|token| token.hash).collect();
        let had: BTreeSet<u64> = all.iter().copied().collect();
        let long = |token: &&Token<'_>| token.word.chars().nth(2).is_some();
        let mut capitals: Vec<u64> = tokens
            .iter()
            .filter(long)
            .filter(|token| token.capital)
            .map(|token| token.hash)
            .collect();
        self.named = sorted(capitals.iter().copied());
        for word in address.split(|c: char| !c.is_alphabetic()) {
            if word.len() < 3 {
                continue;
            }
            let hash = hash_word(word);
            if !had.contains(&hash) {
                all.push(hash);
            }
            if word.len() > 3 {
                capitals.push(hash);
            }
        }
        self.words = counted(all.into_iter());
        self.capitals = sorted(capitals.into_iter());
        let pairs = (0..tokens.len()).filter_map(|at| name(tokens, at, lexicon));
        self.pairs = sorted(pairs);
    }

    fn take_places(&mut self, tokens: &[Token<'_>], lexicon: &Lexicon) {
        let (mut streets, mut states, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1).filter(|next| !next.apart);
            match lexicon.known(token.hash) {
                Some(Known::Street) if token.capital || at > 0 => {
                    if let Some(before) = at.checked_sub(1).map(|at| &tokens[at]) {
                        let ordinal = before.word.starts_with(|c: char| c.is_ascii_digit());
                        if !token.apart && (before.capital || ordinal) && (token.capital || ordinal)
                        {
                            streets.push(join(before.hash, 1));
                        }
                    }
                }
                Some(Known::Block) => {
                    let number = at.checked_sub(1).and_then(|at| tokens[at].number);
                    let name = tokens[at + 1..]
                        .iter()
                        .take(4)
                        .find(|token| token.capital || token.number.is_some());
                    if let (Some(number), Some(name)) = (number, name) {
                        streets.push(join(u64::from(number), name.hash));
                    }
                }
                Some(Known::Before) => {
                    if let Some(next) = next.filter(|next| next.capital) {
                        places.push(self::place(tokens, at + 1, next, lexicon));
                    }
                }
                Some(Known::County) if !token.apart => {
                    if let Some(before) = at.checked_sub(1).map(|at| &tokens[at])
                        && before.capital
                    {
                        places.push(before.hash);
                    }
                }
                _ => {}
            }
            if token.capital
                && let Some((state, _)) = lexicon.state(token.hash, next.map(|next| next.hash))
            {
                states.push(u64::from(state));
            }
        }
        self.streets = sorted(streets.into_iter());
        self.states = sorted(states.into_iter());
        self.places = sorted(places.into_iter().filter(|hash| *hash != 0));
    }
}

/// How often a place name of the headline and of the lead counts.
const DWELT: (u16, u16) = (3, 2);

impl Print {
    /// The capitalised words that stand after "in", "near" … somewhere, or in the name of a place claimed, wherever
    /// they stand.
    fn take_ground(&mut self, tokens: &[Token<'_>], title: usize, lead: usize, lexicon: &Lexicon) {
        let spots = std::mem::take(&mut self.spots);
        self.own = spots
            .iter()
            .map(|spot| ground::own(spot, &self.named))
            .collect();
        self.spots = spots;
        let named = |token: &Token<'_>| {
            token.capital
                && token.word.chars().nth(2).is_some()
                && lexicon.known(token.hash).is_none()
        };
        let mut places: BTreeSet<u64> = self.own.iter().flatten().copied().collect();
        for (at, token) in tokens.iter().enumerate() {
            if lexicon.known(token.hash) == Some(Known::Before) {
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

/// A place's hash: one capital word, or two that belong together; no weekday or month.
fn place(tokens: &[Token<'_>], at: usize, first: &Token<'_>, lexicon: &Lexicon) -> u64 {
    if matches!(
        lexicon.known(first.hash),
        Some(Known::Weekday(_) | Known::Month(_))
    ) {
        return 0;
    }
    match tokens.get(at + 1) {
        Some(second) if second.capital && !second.apart => join(first.hash, second.hash),
        _ => first.hash,
    }
}

/// The two capitalised words at token `at` that may be a name: no weekday, month or street, and nobody who speaks for
/// an authority.
fn name(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> Option<u64> {
    let (a, b) = (&tokens[at], tokens.get(at + 1)?);
    let part = |token: &Token<'_>| {
        token.capital
            && token.word.chars().nth(1).is_some()
            && !matches!(
                lexicon.known(token.hash),
                Some(Known::Weekday(_) | Known::Month(_) | Known::Rank)
            )
    };
    if b.apart || !part(a) || !part(b) || lexicon.known(b.hash) == Some(Known::Street) {
        return None;
    }
    let ranked = |at: usize| lexicon.known(tokens[at].hash) == Some(Known::Rank);
    if at.checked_sub(1).is_some_and(ranked) {
        return None;
    }
    Some(join(a.hash, b.hash))
}

/// The name beside an age: "Ana Vell, 14," or "14-year-old Ana Vell".
fn person(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> Option<u64> {
    let before = (2..=3).find_map(|back| {
        let from = at.checked_sub(back)?;
        name(tokens, from, lexicon)
    });
    before.or_else(|| {
        (3..=4).find_map(|on| (at + on < tokens.len()).then(|| name(tokens, at + on, lexicon))?)
    })
}

/// The age that stands at token `at`: "14-year-old", "Vell, 14,", "aged 14"; a child's months count from 200.
fn age(tokens: &[Token<'_>], at: usize, lexicon: &Lexicon) -> Option<u32> {
    let token = &tokens[at];
    let known = |at: usize| tokens.get(at).and_then(|token| lexicon.known(token.hash));
    let old = tokens
        .get(at + 2)
        .is_some_and(|token| token.word.eq_ignore_ascii_case("old"));
    let unit = known(at + 1).filter(|_| old);
    if let Some(Known::Number(n)) = lexicon.known(token.hash) {
        return match unit {
            Some(Known::Year) => Some(u32::from(n)),
            Some(Known::Months) => Some(200 + u32::from(n)),
            _ => None,
        };
    }
    let number = token.number.filter(|n| *n < 110 && token.word.len() <= 2)?;
    match unit {
        Some(Known::Year) => return Some(number),
        Some(Known::Months) => return Some(200 + number),
        _ => {}
    }
    let before = at.checked_sub(1);
    let aged = before.and_then(known) == Some(Known::Aged);
    let between = token.comma
        && before.is_some_and(|at| {
            tokens[at].capital && !matches!(known(at), Some(Known::Month(_) | Known::Weekday(_)))
        })
        && tokens.get(at + 1).is_none_or(|next| next.apart);
    (aged || between).then_some(number)
}

/// The day that token `at` names: a weekday is the last such day up to publication, a month and day the latest such
/// date up to a day after it.
fn named_day(
    tokens: &[Token<'_>],
    at: usize,
    lexicon: &Lexicon,
    published: Option<i32>,
) -> Option<i32> {
    // A day far off the calendar names no weekday.
    let published = published.filter(|day| (-4_000_000..4_000_000).contains(day))?;
    let token = &tokens[at];
    if !token.capital {
        return None;
    }
    match lexicon.known(token.hash)? {
        // 1 January 1970 was a Thursday.
        Known::Weekday(weekday) => {
            let today = (published + 3).rem_euclid(7);
            Some(published - (today - i32::from(weekday)).rem_euclid(7))
        }
        Known::Month(month) => {
            let next = tokens.get(at + 1).filter(|next| !next.apart);
            let number = next.and_then(|next| {
                let digits = next.word.trim_end_matches(|c: char| c.is_alphabetic());
                digits.parse::<i8>().ok()
            })?;
            let today = jiff::civil::Date::constant(1970, 1, 1)
                .checked_add(jiff::Span::new().try_days(published).ok()?)
                .ok()?;
            let year = tokens
                .get(at + 2)
                .and_then(|token| token.number)
                .filter(|year| (1900..2200).contains(year));
            let in_year = |year: i16| {
                let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, number).ok()?;
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

/// The tokens without those in the ranges of `cut`, which come in order.
fn without<'a>(tokens: Vec<Token<'a>>, cut: &[(usize, usize)]) -> Vec<Token<'a>> {
    if cut.is_empty() {
        return tokens;
    }
    let mut out = Vec::with_capacity(tokens.len());
    let mut from = 0;
    for &(start, end) in cut {
        out.extend_from_slice(&tokens[from..start]);
        from = end;
    }
    out.extend_from_slice(&tokens[from..]);
    out
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
