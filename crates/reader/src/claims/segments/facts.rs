//! What each sentence says that tells one event from another: street, quarter or town, hour, day, victims, and how
//! it begins.

use std::ops::Range;

use jiff::civil::Date;
use model::PlacePrecision;

use super::super::{
    counted::is_bare_plural,
    event_kinds, grammar,
    people::{self, Group},
    place::violence::Placed,
};
use super::{
    cues,
    settlement::{self, Settlement},
};
use crate::{
    learned::hash,
    lexicon::List,
    read::{
        places::PlaceMention,
        times::{Time, TimeKind},
    },
};

/// Keys of one kind that a sentence or a segment keeps.
pub const KEPT: usize = 24;

/// What one sentence says.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Words of the streets at which something violent happened.
    pub streets: Vec<u64>,
    /// Names of quarters, towns and villages where something violent happened.
    pub quarters: Vec<u64>,
    /// How much another quarter speaks for another event; less for a town.
    pub quarter_weight: f32,
    /// The settlement that its violence befell.
    pub settlement: Option<Settlement>,
    /// It names several settlements by number.
    pub many_settlements: bool,
    /// The finest of these places, with its tokens.
    pub place: Option<(usize, Range<usize>)>,
    /// Minutes after midnight.
    pub clock: Option<u16>,
    /// The day.
    pub date: Option<Date>,
    /// The time that gives the day.
    pub day: Option<usize>,
    /// Last names of those killed or hurt.
    pub names: Vec<u64>,
    /// Heads of the phrases that tell of them.
    pub heads: Vec<usize>,
    /// Ages of those killed or hurt.
    pub ages: Vec<u32>,
    /// How many people are newly told of as killed or hurt.
    pub people: u64,
    /// Somebody is killed or hurt.
    pub victims: bool,
    /// Somebody is killed or hurt who is newly told of.
    pub fresh: bool,
    /// It tells of violence.
    pub violent: bool,
    /// How much its words say that another event begins.
    pub cue: f32,
    /// It begins a paragraph.
    pub block: bool,
    /// It stands in the headline.
    pub title: bool,
    /// It begins with an hour or a day.
    pub time_first: bool,
    /// It is an item of a list.
    pub item: bool,
    /// Somebody not told of before is what its first clause is of: "a 23-year-old man was walking".
    pub newcomer: bool,
    /// It opens with what was told before.
    pub takes_up: bool,
    /// It counts on among victims: "a second victim".
    pub counts_on: bool,
    /// It sums over several events.
    pub sum: bool,
    /// It is an item of a list of figures that an earlier sentence announces.
    pub listed: bool,
    /// It is the headline of another story: one of those below the last paragraph, or in a list of them between
    /// paragraphs.
    pub aside: bool,
}

impl Facts {
    /// Whether a street of an event is named.
    pub fn street_said(&self) -> bool {
        !self.streets.is_empty()
    }

    /// Whether the sentence says anything that could open a segment.
    pub fn may_open(&self) -> bool {
        self.fresh
            || !self.streets.is_empty()
            || (self.cue > 0.0 || self.newcomer || self.settlement.is_some())
                && (self.violent || self.victims)
    }
}

/// The facts of every sentence.
pub fn of_all(cx: &Placed<'_>) -> Vec<Facts> {
    let mut all: Vec<Facts> = (0..cx.doc.sentence_count())
        .map(|_| Facts::default())
        .collect();
    for (index, time) in cx.read.times.iter().enumerate() {
        timed(cx, index, time, &mut all);
    }
    for (index, mention) in cx.read.places.iter().enumerate() {
        placed(cx, index, mention, &mut all);
    }
    for counted in cx.dead().iter().chain(cx.hurt()) {
        for group in &counted.groups {
            harmed(cx, group, &mut all);
        }
    }
    let titles = cx.text.blocks().iter();
    let titles = titles.filter(|block| block.kind == model::BlockKind::Title);
    let title = titles.map(|block| block.span.end()).max().unwrap_or(0);
    let (mut listing, mut stretch) = (false, false);
    for (at, facts) in all.iter_mut().enumerate() {
        let sentence = cx.doc.sentence(at);
        let block = opens_block(cx, &sentence);
        listing &= !block || cues::is_item(cx, &sentence);
        // "Since early 2022 the number of attacks has reached 28. These attacks left 17 people dead": and then month by
        // month.
        let tally = stretch && cues::goes_on(cx, &sentence);
        facts.listed = listing || tally;
        listing |= tally || cues::announces(cx, &sentence);
        stretch = cues::stretches(cx, &sentence);
        facts.sum = cues::sums(cx, &sentence);
        facts.cue = cues::opens(cx, &sentence);
        // Looked at only where it could matter: it takes a look at every word.
        facts.newcomer = cues::newcomer(cx, &sentence);
        if facts.streets.is_empty() {
            facts.settlement = settlement::of(cx, &sentence);
            facts.many_settlements = settlement::several(cx, &sentence);
        }
        let asked = facts.cue > 0.0
            || facts.newcomer
            || facts.settlement.is_some()
            || !facts.streets.is_empty();
        facts.violent |= facts.victims || asked && tells_violence(cx, &sentence);
        facts.item = cues::is_item(cx, &sentence);
        facts.takes_up = cues::takes_up(cx, &sentence);
        facts.counts_on = cues::ordinal_victim(cx, &sentence);
        facts.block = block;
        facts.title = cx.doc.bytes(sentence).end <= title;
    }
    asides(cx, &mut all);
    all
}

/// Sentences that a page must tell in full before what follows can be headlines of other stories.
const MIN_TOLD: usize = 3;
/// Headlines in a row that are a list of stories where paragraphs follow.
const LIST: usize = 3;
/// Fewest words of a headline.
const WORDS: usize = 5;

/// Marks the headlines of other stories that a page shows below its own story or in the middle of it.
fn asides(cx: &Placed<'_>, all: &mut [Facts]) {
    let mut told = 0;
    let mut run: Vec<usize> = Vec::new();
    for at in 0..all.len() {
        let sentence = cx.doc.sentence(at);
        let alone = all[at].block && all.get(at + 1).is_none_or(|next| next.block);
        let ends = sentence
            .clone()
            .rev()
            .map(|i| cx.doc.token(i))
            .find(|token| !token.is_space());
        let full =
            ends.is_some_and(|token| token.text().ends_with(['.', '!', '?', '"', '”', ':', ';']));
        if alone && !full && told >= MIN_TOLD {
            if is_headline(cx, &sentence) {
                run.push(at);
            }
            continue;
        }
        if run.len() >= LIST {
            run.iter().for_each(|&at| all[at].aside = true);
        }
        run.clear();
        told += usize::from(full);
    }
    // Nothing of the story itself comes after.
    if run.len() > 1 {
        run.iter().for_each(|&at| all[at].aside = true);
    }
}

/// Whether a line has the words of a headline: a verb, and nothing of a list of names.
fn is_headline(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    let tokens = || sentence.clone().map(|i| cx.doc.token(i));
    let words = tokens().filter(|token| !token.is_space() && !token.is_punct());
    words.take(WORDS).count() == WORDS
        && tokens().any(|token| matches!(token.tag(), "VBD" | "VBZ" | "VBP" | "VBN"))
        && !cues::is_item(cx, sentence)
        && sentence.len() < 40
}

fn tells_violence(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().any(|i| {
        let token = cx.doc.token(i);
        event_kinds::kind_of(token).is_some_and(|(_, rank)| rank > 0) || unhurt(token).is_some()
    })
}

/// The kind of a robbery, of shots or of shells, which the sentence may tell without anybody hurt.
pub fn unhurt(token: language::Token<'_>) -> Option<&'static str> {
    match token.lemma() {
        "rob" | "robber" | "carjack" | "gunpoint" | "holdup" => Some("robbery"),
        "artillery" | "shell" | "rocket" | "mortar" if token.pos() != language::Pos::Verb => {
            Some("shelling")
        }
        "missile" | "drone" if token.pos() != language::Pos::Verb => Some("airstrike"),
        "gunshot" | "shot" if token.pos() == language::Pos::Noun => Some("shooting"),
        _ => None,
    }
}

/// Adds a place at which something happened to what its sentence says.
fn placed(cx: &Placed<'_>, index: usize, mention: &PlaceMention, all: &mut [Facts]) {
    let first = cx.doc.token(mention.tokens.start);
    let Some(facts) = all.get_mut(first.sentence_index()) else {
        return;
    };
    if facts.streets.len() + facts.quarters.len() >= KEPT {
        return;
    }
    let (told, _) = cx.violence_at(index);
    if told == 0 || ended(cx, mention) {
        return;
    }
    facts.violent |= told == 22;
    match mention.place.precision {
        PlacePrecision::Street if told >= 18 || facts.clock.is_some() || robs(cx, mention) => {
            let finest = facts.streets.is_empty();
            street_words(cx, mention, &mut facts.streets);
            if finest && !facts.streets.is_empty() {
                facts.place = Some((index, mention.tokens.clone()));
            }
        }
        PlacePrecision::Neighbourhood | PlacePrecision::City | PlacePrecision::Unresolved
            if told == 22 || told == 18 =>
        {
            let quarter = mention.place.precision == PlacePrecision::Neighbourhood;
            let weight = if quarter && told == 22 { 1.5 } else { 0.75 };
            facts.quarter_weight = facts.quarter_weight.max(weight);
            facts.quarters.push(hash(&mention.place.name));
            if facts.place.is_none() {
                facts.place = Some((index, mention.tokens.clone()));
            }
        }
        _ => {}
    }
}

const TABLE: &str = include_str!("../../../../../lexicons/en/addresses.tsv");

/// Words of an address that many addresses share.
static COMMON: List = List::new(TABLE, "common");

/// Adds the words by which a street is known: its name, without number and kind.
fn street_words(cx: &Placed<'_>, mention: &PlaceMention, out: &mut Vec<u64>) {
    for i in mention.tokens.clone().take(14) {
        let token = cx.doc.token(i);
        let word = token.lower();
        // What follows is the quarter or the town.
        if matches!(word, "," | "in") && !out.is_empty() {
            break;
        }
        let named = word.starts_with(|c: char| c.is_alphabetic())
            || word.ends_with("st")
            || word.ends_with("nd")
            || word.ends_with("rd")
            || word.ends_with("th");
        if named
            && word.len() > 1
            && !token.is_punct()
            && !COMMON.contains(word)
            && out.len() < KEPT
        {
            out.push(hash(word));
        }
    }
}

/// Verbs of where a chase or a search ended.
const ENDED: &[&str] = &[
    "crash",
    "flee",
    "surrender",
    "locate",
    "catch",
    "chase",
    "abandon",
    "ditch",
    "stop",
    "pull",
    "recover",
    "serve",
    "live",
    "search",
    "drive",
];

/// Whether the clause of a place tells where a chase or a search ended.
fn ended(cx: &Placed<'_>, mention: &PlaceMention) -> bool {
    grammar::clause_verb(cx.doc.token(mention.tokens.start))
        .is_some_and(|verb| ENDED.contains(&verb.lemma()))
}

/// Whether the sentence of a place tells of a robbery or of shots, which name no one hurt.
fn robs(cx: &Placed<'_>, mention: &PlaceMention) -> bool {
    cx.doc
        .token(mention.tokens.start)
        .sentence()
        .take(60)
        .any(|i| {
            matches!(
                cx.doc.token(i).lemma(),
                "rob"
                    | "robbery"
                    | "carjack"
                    | "carjacking"
                    | "burglary"
                    | "gunfire"
                    | "gunshot"
                    | "shot"
                    | "stab"
            )
        })
}

/// Verbs whose time is not that of the event.
const AFTER: &[&str] = &[
    "pronounce",
    "arrest",
    "charge",
    "book",
    "die",
    "release",
    "take",
    "transport",
    "announce",
    "hold",
    "confirm",
    "say",
    "expect",
    "identify",
    "appear",
    "sentence",
    "convict",
    "plead",
    "turn",
    "surrender",
    "update",
    "publish",
    "post",
];

/// Verbs of telling whose own time is that of what they tell, unless somebody does the telling.
const TELLS: &[&str] = &[
    "report", "write", "tweet", "share", "state", "claim", "mention", "quote", "note", "describe",
    "revise", "raise", "bring",
];

/// Tokens at the head of a sentence among which its time stands first.
const HEAD: usize = 4;

/// Adds an hour or a day to what its sentence says.
fn timed(cx: &Placed<'_>, index: usize, time: &Time, all: &mut [Facts]) {
    if !matches!(time.kind, TimeKind::Date | TimeKind::Time) {
        return;
    }
    let first = cx.doc.token(time.tokens.start);
    let Some(facts) = all.get_mut(first.sentence_index()) else {
        return;
    };
    facts.time_first |= time.tokens.start < first.sentence().start + HEAD;
    let Some(verb) = grammar::clause_verb(first) else {
        return;
    };
    // "At 15:50 the agency reported two deaths": the hour of the report; "the shooting was reported at 15:50" is the
    // event's.
    let tells = TELLS.contains(&verb.lemma()) && verb.child("nsubj").is_some();
    if tells || AFTER.contains(&verb.lemma()) {
        return;
    }
    facts.clock = facts.clock.or_else(|| clock(&time.value));
    let day = time
        .when
        .as_ref()
        .filter(|when| when.precision <= model::WhenPrecision::Day);
    // The day of a hearing or a vigil is none of an event.
    let happens = event_kinds::kind_of(verb).is_some()
        || event_kinds::TAKE_PLACE.contains(&verb.lemma())
        || facts.clock.is_some();
    if let (Some(when), None, true) = (day, facts.date, happens) {
        facts.date = Some(when.date());
        facts.day = Some(index);
    }
}

/// Minutes after midnight in a TIMEX value: "2024-05-17T19:25" is 1165.
fn clock(value: &str) -> Option<u16> {
    let (_, time) = value.split_once('T')?;
    let hour: u16 = time.get(..2)?.parse().ok()?;
    let minute: u16 = time
        .get(3..5)
        .and_then(|minute| minute.parse().ok())
        .unwrap_or(0);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Adds people killed or hurt to what their sentence says.
fn harmed(cx: &Placed<'_>, group: &Group, all: &mut [Facts]) {
    let Some(facts) = all.get_mut(cx.doc.token(group.head).sentence_index()) else {
        return;
    };
    let nobody = group
        .count
        .as_ref()
        .is_some_and(|count| count.high == Some(0));
    if nobody {
        return;
    }
    facts.victims = true;
    let bare = group.count.as_ref().is_none_or(is_bare_plural);
    let known = group.anaphoric || people::is_definite(cx.doc.token(group.head));
    facts.fresh |= !known && (group.individual || !bare);
    if !known && !facts.heads.contains(&group.head) && facts.heads.len() < KEPT {
        facts.heads.push(group.head);
        let n = match &group.count {
            Some(count) if !bare => count.low,
            _ => u64::from(group.individual),
        };
        facts.people = facts.people.saturating_add(n);
    }
    if let Some(last) = group
        .name
        .as_deref()
        .and_then(|name| name.rsplit(' ').next())
        && facts.names.len() < KEPT
    {
        facts.names.push(hash(last));
    }
    if let Some(years) = group.years
        && facts.ages.len() < KEPT
    {
        facts.ages.push(years);
    }
}

/// Whether a sentence begins a line.
fn opens_block(cx: &Placed<'_>, sentence: &Range<usize>) -> bool {
    if sentence.is_empty() {
        return false;
    }
    let start = cx.doc.token(sentence.start).bytes().start;
    cx.doc.text()[..start]
        .bytes()
        .rev()
        .take_while(u8::is_ascii_whitespace)
        .any(|byte| byte == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        crate::lexicon::check(TABLE, &[&COMMON]);
    }
}
