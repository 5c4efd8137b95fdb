//! Segments: the stretches of a report that tell one event each.
//!
//! Comes in: a text with its places, times and people counted dead and hurt. Goes out: which segment each sentence
//! tells of. A police blotter, a monitor's round-up and a story that closes with last week's shooting have several;
//! most reports have one. A sentence opens a segment when what it says does not fit the segment before ([`facts`]:
//! another street, another hour, another victim) or says so itself ("in a separate incident"), and nothing in it takes
//! up what was told ("the man", "the shooting"). A later sentence on the street or the victim of an earlier segment
//! returns to it. A sentence that sums over events ("five shot in three incidents") is of none.
//!
//! Segments know nothing of what their people count for: every slot asks [`Segments::of_token`] and keeps each
//! event to itself.

pub mod boundary;
mod cues;
pub mod facts;
mod round_up;
mod segment;
pub mod settlement;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, ops::Deref};

use self::{
    boundary::{Before, Row, Weights},
    facts::Facts,
    round_up::RoundUp,
};
use super::{annotated::Annotated, place::violence::Placed};

pub use segment::EventSegment;

/// Most segments of one report: a longer list is an archive, and its rest belongs to the last.
const MAX_SEGMENTS: usize = 200;

/// What a sentence tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentLabel {
    /// the report's main event.
    Main,
    /// Another one that it tells of, by its number from 1.
    Segment(usize),
    /// A sum over several.
    Sum,
    /// The headline of another story on the same page.
    Aside,
}

impl SegmentLabel {
    /// The number of the event, 0 the report's own; `None` for a sum over several or another story's headline.
    pub fn number(self) -> Option<usize> {
        match self {
            Self::Main => Some(0),
            Self::Segment(number) => Some(number),
            Self::Sum | Self::Aside => None,
        }
    }

    /// One word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Segment(_) => "other",
            Self::Sum => "sum",
            Self::Aside => "aside",
        }
    }
}

/// The segments of a report.
#[derive(Clone, Debug, Default)]
pub struct Segments {
    of: Vec<SegmentLabel>,
    /// the report's main event, then the others in the order in which they are told.
    pub all: Vec<EventSegment>,
}

impl Segments {
    /// What the sentence of a token tells of.
    pub fn of_token(&self, cx: &Annotated<'_>, token: usize) -> SegmentLabel {
        if self.of.is_empty() || token >= cx.doc.len() {
            return SegmentLabel::Main;
        }
        self.of_sentence(cx.doc.token(token).sentence_index())
    }

    /// What a sentence tells of.
    pub fn of_sentence(&self, sentence: usize) -> SegmentLabel {
        self.of.get(sentence).copied().unwrap_or(SegmentLabel::Main)
    }

    /// The number of the event that each of so many sentences tells of, from 0, and `None` for a sum over several
    /// or the headline of another story; empty for a report of one.
    pub fn numbers(&self, sentences: usize) -> Vec<Option<usize>> {
        if !self.several() {
            return Vec::new();
        }
        (0..sentences)
            .map(|at| self.of_sentence(at).number())
            .collect()
    }

    /// Whether there is more than one.
    pub fn several(&self) -> bool {
        self.all.len() > 1
    }
}

/// Says whether the sentence of a number, of which a row of features is known, opens another event.
pub type Opens<'a> = &'a mut dyn FnMut(usize, &Row) -> bool;

/// Says so by the weights that come with the program.
pub fn opens(_: usize, row: &Row) -> bool {
    Weights::shipped().odds(row) > 0.0
}

/// The fifth pass: a text with the events that it tells of, stretch by stretch.
pub struct Segmented<'a> {
    placed: &'a Placed<'a>,
    segments: Segments,
}

impl<'a> Deref for Segmented<'a> {
    type Target = Placed<'a>;

    fn deref(&self) -> &Placed<'a> {
        self.placed
    }
}

impl<'a> Segmented<'a> {
    /// Splits a text where `opens` says that another event begins.
    pub fn of(placed: &'a Placed<'a>, opens: Opens<'_>) -> Self {
        Self {
            placed,
            segments: find(placed, opens),
        }
    }

    /// The events that the report tells of.
    pub fn segments(&self) -> &Segments {
        &self.segments
    }

    /// Whether a token may speak of the report's main event: its stretch of the text tells of no other.
    pub fn in_main_segment(&self, token: usize) -> bool {
        !matches!(
            self.segments.of_token(self, token),
            SegmentLabel::Segment(_) | SegmentLabel::Aside
        )
    }
}

/// Finds the segments of a report.
fn find(cx: &Placed<'_>, opens: Opens<'_>) -> Segments {
    let facts = facts::of_all(cx);
    if facts
        .iter()
        .filter(|facts| facts.may_open() && !facts.aside)
        .count()
        < 2
    {
        return listed(&facts);
    }
    let mut walk = Walk {
        round_up: RoundUp::of(&facts),
        ..Walk::default()
    };
    for sentence in 0..facts.len() {
        walk.step(cx, sentence, &facts, opens);
    }
    walk.number_segments(&facts)
}

/// A report of one event; only the lists of figures in it are of none.
fn listed(facts: &[Facts]) -> Segments {
    if !facts.iter().any(|facts| facts.listed || facts.aside) {
        return Segments::default();
    }
    let told = |facts: &Facts| match (facts.aside, facts.listed) {
        (true, _) => SegmentLabel::Aside,
        (_, true) => SegmentLabel::Sum,
        _ => SegmentLabel::Main,
    };
    Segments {
        of: facts.iter().map(told).collect(),
        all: Vec::new(),
    }
}

/// What is known while going through the sentences.
#[derive(Default)]
struct Walk {
    /// The segment of each sentence; `None` for a sum.
    of: Vec<Option<usize>>,
    all: Vec<EventSegment>,
    current: Option<usize>,
    /// A sum over several events was told.
    summed: bool,
    round_up: RoundUp,
    by_street: HashMap<u64, usize>,
    by_settlement: HashMap<u64, usize>,
    by_name: HashMap<u64, usize>,
}

impl Walk {
    fn step(
        &mut self,
        cx: &Placed<'_>,
        sentence: usize,
        all: &[Facts],
        opens: &mut dyn FnMut(usize, &Row) -> bool,
    ) {
        let facts = &all[sentence];
        let sum =
            facts.sum || facts.many_settlements && self.round_up.is() && facts.settlement.is_none();
        if facts.aside || facts.listed || sum && !facts.street_said() {
            self.summed |= sum;
            self.of.push(None);
            return;
        }
        let at = match self.current {
            None => self.open(cx, sentence),
            Some(current) => {
                let returned = self.returns(current, facts);
                let known = &self.all[current];
                if let Some(earlier) = returned {
                    earlier
                } else if self.all.len() < MAX_SEGMENTS
                    && facts.may_open()
                    // "A second victim" is of the same shooting, unless the victims were said to be of several.
                    && (self.summed || !facts.counts_on)
                    && (self.round_up.opens(cx, known, facts)
                        || opens(
                            sentence,
                            &boundary::row(known, facts, all.get(sentence + 1), self.before(known)),
                        ))
                {
                    self.open(cx, sentence)
                } else {
                    current
                }
            }
        };
        self.current = Some(at);
        self.of.push(Some(at));
        self.take_in(at, facts);
    }

    fn open(&mut self, cx: &Placed<'_>, sentence: usize) -> usize {
        let tokens = cx.doc.sentence(sentence);
        let end = (tokens.start + 8).min(tokens.end);
        self.all.push(EventSegment {
            first: tokens.start,
            words: tokens.start..end,
            ..EventSegment::default()
        });
        self.all.len() - 1
    }

    fn before(&self, segment: &EventSegment) -> Before {
        Before {
            summed: self.summed,
            several: self.all.len() > 1,
            sentences: segment.sentences,
        }
    }

    /// The earlier segment that a sentence goes back to: its street or its victim, none of which the current segment
    /// has.
    fn returns(&self, current: usize, facts: &Facts) -> Option<usize> {
        let here = &self.all[current];
        if shares(&here.streets, &facts.streets) || shares(&here.names, &facts.names) {
            return None;
        }
        let find = |keys: &[u64], map: &HashMap<u64, usize>| {
            keys.iter().find_map(|key| map.get(key).copied())
        };
        let settlement = facts.settlement.as_ref().filter(|_| self.round_up.is());
        let settlement =
            settlement.filter(|settlement| here.settlement.as_ref() != Some(settlement));
        find(&facts.names, &self.by_name)
            .or_else(|| self.by_settlement.get(&settlement?.key).copied())
            .or_else(|| {
                // A street of two segments tells nothing.
                find(&facts.streets, &self.by_street).filter(|_| !facts.fresh)
            })
            .filter(|&earlier| earlier != current)
    }

    fn take_in(&mut self, at: usize, facts: &Facts) {
        let segment = &mut self.all[at];
        for &street in &facts.streets {
            add(&mut segment.streets, street);
            self.by_street.entry(street).or_insert(at);
        }
        for &name in &facts.names {
            add(&mut segment.names, name);
            self.by_name.entry(name).or_insert(at);
        }
        for &quarter in &facts.quarters {
            add(&mut segment.quarters, quarter);
        }
        for &age in &facts.ages {
            if segment.ages.len() < facts::KEPT && !segment.ages.contains(&age) {
                segment.ages.push(age);
            }
        }
        if let Some(settlement) = facts.settlement.as_ref().filter(|_| self.round_up.is()) {
            self.by_settlement.entry(settlement.key).or_insert(at);
            segment.settlement.get_or_insert_with(|| settlement.clone());
        }
        segment.clock = segment.clock.or(facts.clock);
        segment.date = segment.date.or(facts.date);
        segment.day = segment.day.or(facts.day);
        // The first place, then the first street.
        let finer = segment.place.is_none() || facts.street_said() && !segment.at_street;
        if let Some((index, tokens)) = facts.place.as_ref().filter(|_| finer) {
            segment.place = Some(*index);
            segment.words = tokens.clone();
            segment.at_street = facts.street_said();
        }
        segment.title = facts.title && (segment.sentences == 0 || segment.title);
        segment.sentences += 1;
        segment.people = segment.people.max(facts.people);
        segment.victims |= facts.victims;
        segment.newcomer |= facts.newcomer;
        segment.violent |= facts.violent;
        segment.strong |= facts.cue >= 2.0;
    }

    /// Drops what turned out to be no segment and numbers the rest: a stretch with nobody hurt and no place of its own
    /// belongs to the segment before it.
    fn number_segments(self, facts: &[Facts]) -> Segments {
        let mut number: Vec<Option<usize>> = Vec::with_capacity(self.all.len());
        let mut kept: Vec<EventSegment> = Vec::new();
        let mut last = None;
        for segment in self.all {
            let placed = !segment.streets.is_empty()
                || !segment.quarters.is_empty()
                || segment.settlement.is_some();
            let real = segment.victims
                && (placed || segment.clock.is_some() || segment.date.is_some() || segment.strong)
                || placed && segment.violent
                || segment.settlement.is_some();
            if real {
                last = Some(kept.len());
                kept.push(segment);
            }
            number.push(last);
        }
        if kept.len() < 2 {
            return listed(facts);
        }
        // What stands before the first segment (a caption, a heading) is of it.
        let mut of: Vec<SegmentLabel> = self
            .of
            .iter()
            .zip(facts)
            .map(|(at, facts)| match at {
                None if facts.aside => SegmentLabel::Aside,
                None => SegmentLabel::Sum,
                Some(at) => match number[*at].unwrap_or(0) {
                    0 => SegmentLabel::Main,
                    segment => SegmentLabel::Segment(segment),
                },
            })
            .collect();
        totals(&mut of, facts);
        Segments { of, all: kept }
    }
}

/// Sentences at the head of a report that may give the sum of all that follows.
const LEAD: usize = 5;

/// Takes out of the first segment what sums over all: a number at the head of the report, of people at no street, that
/// is about as large as all that the segments tell of and larger than the first segment's own. ("Six people were shot
/// on Monday night, police said.")
fn totals(of: &mut [SegmentLabel], facts: &[Facts]) {
    let told = |keep: &dyn Fn(usize, SegmentLabel) -> bool| -> u64 {
        let each = of.iter().zip(facts).enumerate();
        each.filter(|(at, (told, _))| keep(*at, **told))
            .map(|(_, (_, facts))| facts.people.min(50))
            .sum()
    };
    let head = |at: usize| at < LEAD && facts[at].people > 1 && !facts[at].street_said();
    let own = told(&|at, told| told == SegmentLabel::Main && !head(at));
    let all =
        told(&|at, told| !matches!(told, SegmentLabel::Sum | SegmentLabel::Aside) && !head(at));
    for at in 0..of.len().min(LEAD) {
        let timed = facts[at].clock.is_some() || at == 0 && facts[at].date.is_some();
        if facts[at].place.is_some() && timed || facts[at].street_said() {
            return;
        }
        let n = facts[at].people;
        let about = n.abs_diff(all) <= (all / 3).max(1);
        if of[at] == SegmentLabel::Main && head(at) && n > own && about {
            of[at] = SegmentLabel::Sum;
        }
    }
}

fn shares(a: &[u64], b: &[u64]) -> bool {
    a.iter().any(|key| b.contains(key))
}

fn add(list: &mut Vec<u64>, key: u64) {
    if list.len() < facts::KEPT && !list.contains(&key) {
        list.push(key);
    }
}
