//! `where`: the place of the report's event.
//!
//! Two questions. In which town? Every town the report names is a candidate ([`towns`]), and a small learned ranker
//! chooses ([`ranker`]). At which street, site or quarter? Every expression of place is weighed: how fine it is, how
//! early it stands, and what its sentence tells: the event itself, its taking place, or the coming of the police.
//! Courts, jails and hospitals of what came later do not count. The finest that lies in the town gives the claim, and a
//! second one if another lies elsewhere.

pub mod ranker;
#[cfg(test)]
mod tests;
pub mod towns;
pub mod violence;

use std::ops::Range;

use language::Token;
use model::{Basis, BlockKind, Certainty, Place, PlacePrecision, Slot, Span, StanceKind, Value};

use self::{
    towns::Candidate,
    violence::{is_dateline, is_no_place, violent_beside},
};
use super::{
    draft::{Draft, Rule},
    event_kinds, other,
    passes::Passes,
};
use crate::{
    learned::softmax,
    read::places::{PlaceMention, holds, same_place},
};

/// Rule of a claim that gives the town alone: that of the report's main event, whatever else the sentence of its
/// words tells. The second and third are of a town that is likely rather than sure, and unsure.
const TOWN: [Rule; 3] = [
    Rule::new("where/town", Basis::Stated),
    Rule::new("where/town/likely", Basis::Stated).only(Certainty::Likely),
    Rule::new("where/town/unsure", Basis::Stated).only(Certainty::Open),
];

/// Rules of a claim that gives a place in the town, by how sure the town is.
const EVENT_PLACE: [Rule; 3] = [
    Rule::new("where/event-place", Basis::Stated),
    Rule::new("where/event-place/likely", Basis::Stated).only(Certainty::Likely),
    Rule::new("where/event-place/unsure", Basis::Stated).only(Certainty::Open),
];

/// Chances above which a town is sure, and likely.
const SURE: [f32; 2] = [0.9, 0.6];

/// Rule of a claim whose town is not named: a place in it or by it is.
const AROUND: Rule = Rule::new("where/around", Basis::Around);

/// Rule of a claim whose town the web address of the report alone gives: where the publisher mostly reports from.
const ADDRESS: Rule = Rule::new("where/address", Basis::Address);

/// Rule of a second place, that lies elsewhere.
const FURTHER: Rule = Rule::new("where/also", Basis::Further);

/// Blocks at the top of a text that may give its address.
const HEADER: usize = 8;

/// A place weighed: its weight, which mention it is, and the token that stands for the event.
type Weighed<'a> = (i32, usize, &'a PlaceMention, usize);

/// The town chosen, with the words that speak for it most.
struct Chosen {
    place: Place,
    tokens: Range<usize>,
    event: usize,
    /// Where the web address stands in the text, of a town that it alone gives.
    address: Option<Span>,
    rule: Rule,
    /// The rule of a place in the town.
    within: Rule,
}

impl Draft {
    /// With the address, and no firmer than possible, where the town rests on that alone.
    fn resting_on(mut self, town: &Chosen) -> Self {
        if town.rule.basis == Basis::Address {
            self.stance = Some(StanceKind::Possible);
            self.metadata.extend(town.address);
        }
        self
    }
}

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut ranked: Vec<Weighed<'_>> = cx
        .read
        .places
        .iter()
        .enumerate()
        .filter(|(_, mention)| mention.place.precision != PlacePrecision::Country)
        .filter(|(_, mention)| cx.in_main_segment(mention.tokens.start))
        .filter(|(_, mention)| !is_no_place(cx, &mention.tokens))
        .filter_map(|(index, mention)| {
            let (weight, event) = weigh(cx, index, mention);
            (weight > 0).then_some((weight, index, mention, event))
        })
        .collect();
    ranked.sort_by_key(|&(weight, index, ..)| (std::cmp::Reverse(weight), index));
    let town = town(cx, &ranked);
    let mut out: Vec<Draft> = Vec::new();
    if let Some(town) = &town {
        out.push(in_town(cx, town, &ranked));
    }
    for &(_, _, mention, event) in &ranked {
        if out.len() == 2 {
            break;
        }
        let mut place = mention.place.clone();
        let words = town.as_ref().and_then(|town| complete(&mut place, town));
        let known = out.iter().any(|draft| match &draft.value {
            Value::Place(known) => {
                same_place(known, &place) || holds(known, &place) || holds(&place, known)
            }
            _ => false,
        });
        if known {
            continue;
        }
        let rule = if out.is_empty() {
            EVENT_PLACE[2]
        } else {
            FURTHER
        };
        let mut draft = Draft::new(
            Slot::Where,
            Value::Place(place),
            mention.tokens.clone(),
            event,
            rule,
        );
        draft.also.extend(words);
        out.push(draft);
    }
    out
}

/// The town of the event: the candidate that the ranker puts first, in the words of its best mention.
///
/// A town that only dates the report, or in which somebody only speaks, gives way to a place that the report itself
/// tells of.
fn town(cx: &Passes<'_>, ranked: &[Weighed<'_>]) -> Option<Chosen> {
    let candidates = towns::candidates(cx);
    let mut best: Option<(&Candidate, f32)> = None;
    let mut chances: Vec<f32> = candidates.iter().map(ranker::score).collect();
    softmax(&mut chances);
    for (candidate, &points) in candidates.iter().zip(&chances) {
        if best.is_none_or(|(_, most)| points > most) {
            best = Some((candidate, points));
        }
    }
    let (best, chance) = best?;
    let band = SURE.iter().filter(|least| chance <= **least).count();
    let seen = |mention: &usize| {
        let tokens = &cx.read.towns.mentions[*mention].tokens;
        !is_dateline(cx, tokens) && !only_speaks(cx, tokens)
    };
    let elsewhere = ranked.iter().any(|(_, _, place, _)| {
        let tokens = &place.tokens;
        let fine = matches!(
            place.place.precision,
            PlacePrecision::City
                | PlacePrecision::Unresolved
                | PlacePrecision::District
                | PlacePrecision::Neighbourhood
        );
        let other = best.mentions.iter().all(|&mention| {
            let town = &cx.read.towns.mentions[mention].tokens;
            town.end <= tokens.start || tokens.end <= town.start
        });
        let told = violent_beside(cx, tokens).is_some()
            && !is_dateline(cx, tokens)
            && !only_speaks(cx, tokens);
        fine && other && told && place.place.name != towns::name(cx, best)
    });
    if band > 0 && !best.mentions.is_empty() && !best.mentions.iter().any(seen) && elsewhere {
        return None;
    }
    if best.mentions.is_empty() {
        return implied(cx, best, EVENT_PLACE[band]);
    }
    let mut mentions: Vec<(f32, usize)> = best
        .mentions
        .iter()
        .zip(&best.each)
        .map(|(&mention, each)| (ranker::weigh(each), mention))
        .collect();
    mentions.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let at = |mention: usize| {
        let tokens = &cx.read.towns.mentions[mention].tokens;
        (mention, violent_beside(cx, tokens).unwrap_or(tokens.start))
    };
    // Words about another case stand for the town only if no others do.
    let (mention, event) = mentions
        .iter()
        .take(8)
        .map(|&(_, mention)| at(mention))
        .find(|&(_, event)| other::other_event(cx, Slot::Where, event).is_none())
        .or_else(|| mentions.first().map(|&(_, mention)| at(mention)))?;
    let tokens = cx.read.towns.mentions[mention].tokens.clone();
    // The whole expression, where it is one: "Darmuk, Harnok".
    let whole = cx.read.places.iter().find(|place| {
        place.tokens.start <= tokens.start
            && tokens.end <= place.tokens.end
            && place.place.site.is_none()
    });
    let tokens = whole.map_or(tokens, |whole| whole.tokens.clone());
    let mut place = towns::place(cx, best);
    place.words = cx.doc.slice(tokens.clone()).to_owned();
    Some(Chosen {
        place,
        tokens,
        event,
        address: None,
        rule: TOWN[band],
        within: EVENT_PLACE[band],
    })
}

/// A town that is not named: in the words of the place in it, or, of one that the web address alone gives, in those of
/// the event, with the address where the text holds it.
fn implied(cx: &Passes<'_>, town: &Candidate, within: Rule) -> Option<Chosen> {
    let mut place = towns::place(cx, town);
    let parts = town
        .implied
        .iter()
        .map(|&i| &cx.read.towns.implied[i])
        .filter(|part| !part.tokens.is_empty());
    let part = parts.min_by_key(|part| {
        let violent = violent_beside(cx, &part.tokens);
        (violent.is_none(), part.tokens.start)
    });
    if let Some(part) = part {
        let tokens = part.tokens.clone();
        place.words = cx.doc.slice(tokens.clone()).to_owned();
        return Some(Chosen {
            place,
            event: violent_beside(cx, &tokens).unwrap_or(tokens.start),
            tokens,
            address: None,
            rule: AROUND,
            within,
        });
    }
    let event = cx
        .doc
        .tokens()
        .find(|&token| {
            event_kinds::kind_of(token).is_some_and(|(_, rank)| rank > 0)
                && event_kinds::is_news(token)
        })
        .map(|token| token.i)
        .filter(|&event| other::other_event(cx, Slot::Where, event).is_none())?;
    let url = cx.report.url.as_deref()?;
    place.words = url.to_owned();
    let address = cx
        .text
        .blocks()
        .iter()
        .filter(|block| block.kind == BlockKind::Boilerplate)
        .take(HEADER)
        .find_map(|block| {
            let span = block.span.range();
            let at = span.start + cx.text.as_str()[span].find(url)?;
            Some(Span::new(at, at + url.len()))
        });
    Some(Chosen {
        place,
        tokens: event..event + 1,
        event,
        address,
        rule: ADDRESS,
        within,
    })
}

/// The finest place in the town that the event is told of, else the town itself.
fn in_town(cx: &Passes<'_>, town: &Chosen, ranked: &[Weighed<'_>]) -> Draft {
    // A street where another event took place says nothing of this one.
    let fine = ranked.iter().find(|&&(_, _, mention, event)| {
        matches!(
            mention.place.precision,
            PlacePrecision::Street | PlacePrecision::Site | PlacePrecision::Neighbourhood
        ) && lies_in(cx, mention, town)
            && other::other_event(cx, Slot::Where, event).is_none()
    });
    let Some(&(_, _, mention, event)) = fine else {
        let mut draft = Draft::new(
            Slot::Where,
            Value::Place(town.place.clone()),
            town.tokens.clone(),
            town.event,
            town.rule,
        )
        .resting_on(town);
        draft.of_main_event = town.rule.basis != Basis::Address;
        return draft;
    };
    let mut place = mention.place.clone();
    let words = complete(&mut place, town);
    let mut draft = Draft::new(
        Slot::Where,
        Value::Place(place),
        mention.tokens.clone(),
        event,
        town.within,
    )
    .resting_on(town);
    draft.also.extend(words);
    draft
}

/// Whether a street or site may lie in the town: the town is named in its words, or no other town is.
fn lies_in(cx: &Passes<'_>, mention: &PlaceMention, town: &Chosen) -> bool {
    let mentions = &cx.read.towns.mentions;
    let from = mentions.partition_point(|one| one.tokens.end <= mention.tokens.start);
    let mut named = mentions[from..]
        .iter()
        .take_while(|one| one.tokens.start < mention.tokens.end)
        .filter(|one| !one.doubtful && !one.in_street && one.place.id.is_some())
        .peekable();
    named.peek().is_none()
        || named.any(|one| same_place(&town.place, &one.place) || holds(&one.place, &town.place))
}

/// Puts a street, site or quarter in the town, unless its own words do; returns the words of the town.
fn complete(place: &mut Place, town: &Chosen) -> Option<Range<usize>> {
    if !matches!(
        place.precision,
        PlacePrecision::Street | PlacePrecision::Site | PlacePrecision::Neighbourhood
    ) || place.parts.first() == Some(&town.place.name)
    {
        return None;
    }
    place.parts = std::iter::once(town.place.name.clone())
        .chain(town.place.parts.iter().cloned())
        .collect();
    // A site bears its own name beside that of its ground.
    if place.site.is_some() {
        place.name.clone_from(&town.place.name);
        place.id.clone_from(&town.place.id);
    }
    place.country.clone_from(&town.place.country);
    place.lat = town.place.lat;
    place.lon = town.place.lon;
    place.radius_m = town.place.radius_m;
    Some(town.tokens.clone())
}

/// How well a place fits the event, and the token that stands for the event.
fn weigh(cx: &Passes<'_>, index: usize, mention: &PlaceMention) -> (i32, usize) {
    let (told, event) = cx.violence_at(index);
    if told == 0 {
        return (0, event);
    }
    let first = cx.doc.token(mention.tokens.start);
    let fineness = match mention.place.precision {
        PlacePrecision::Street => 24,
        PlacePrecision::Site => 18,
        PlacePrecision::City => 14,
        PlacePrecision::Neighbourhood => 12,
        PlacePrecision::Unresolved => 6,
        PlacePrecision::District => 5,
        PlacePrecision::Region => 1,
        PlacePrecision::Country => 0,
    };
    let early = -2 * (first.sentence_index() as i32).min(12);
    (fineness + told + early, event)
}

/// Whether a place is only where somebody speaks, or stands for a government that does: "an official in Darmuk said",
/// "told reporters in Darmuk", "figures that Darmuk disputes".
fn only_speaks(cx: &Passes<'_>, tokens: &Range<usize>) -> bool {
    let token = cx.doc.token(tokens.end - 1);
    let says = |verb: Token<'_>| {
        crate::read::parties::phrase::is_saying(verb.lemma())
            || matches!(verb.lemma(), "dispute" | "reject" | "speak" | "insist")
    };
    if token.dep() == "nsubj" {
        return says(token.head());
    }
    if token.dep() != "pobj" || !matches!(token.head().lower(), "in" | "from" | "at") {
        return false;
    }
    let above = token.head().head();
    let speaker = matches!(
        above.lemma(),
        "official"
            | "spokesman"
            | "spokeswoman"
            | "reporter"
            | "correspondent"
            | "source"
            | "diplomat"
            | "minister"
            | "office"
            | "embassy"
            | "government"
            | "conference"
            | "court"
    );
    says(above) || speaker
}
