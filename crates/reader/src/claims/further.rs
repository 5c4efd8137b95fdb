//! Place, day and kind of every further segment, as claims of its account.

use model::{Basis, Place, PlacePrecision, Slot, SlotGroup, Value};

use super::{
    draft::{Draft, Other, Rule},
    event_kinds, frames,
    passes::Passes,
    segments::{EventSegment, SegmentLabel, facts, settlement},
    when,
};
use crate::read::times::Form;

/// Rule of a claim that gives the settlement of an event in a round-up of several: its words name it as a place,
/// whether a list of places has it or not.
const SETTLEMENT: Rule = Rule::new("where/ground", Basis::Settlement);
/// Rule of any other place of a further event.
const PLACE: Rule = Rule::new("where/scene", Basis::Stated);
/// Rule of the day of a further event.
const DAY: Rule = Rule::new("when/scene", Basis::Stated);

/// Adds where and when each further segment happened that counts somebody, or tells of violence at a place of its own:
/// its own street, quarter or town, in the town of the report's main event unless it names one; its own day, else
/// the last one named before it, else that of the report's main event. A segment that counts nobody gets what
/// happened.
pub fn claims(cx: &Passes<'_>, drafts: &mut Vec<Draft>) {
    let segments = cx.segments();
    if !segments.several() {
        return;
    }
    let mut counts = vec![false; segments.all.len()];
    for draft in drafts.iter() {
        if draft.slot.group() == SlotGroup::Counts
            && let SegmentLabel::Segment(segment) = segments.of_token(cx, draft.anchor)
        {
            counts[segment] = true;
        }
    }
    if let Some(place) = segments.all[0]
        .settlement
        .as_ref()
        .and(placed(cx, &segments.all[0], None))
    {
        put_main_place(cx, drafts, place);
    }
    let own = |slot: Slot| {
        drafts.iter().find(|draft| {
            draft.slot == slot && draft.other.is_none() && !draft.rests_on(Basis::Further)
        })
    };
    let town = own(Slot::Where).cloned();
    let mut day = own(Slot::When).cloned();
    let mut out = Vec::new();
    let days = days(cx);
    let kinds = kinds(cx);
    for (number, segment) in segments.all.iter().enumerate().skip(1) {
        let mut found: Vec<Draft> = Vec::new();
        if let Some(own) = days.get(number).cloned().flatten() {
            day = Some(own);
        }
        if !counts[number] {
            let own = segment.at_street || segment.settlement.is_some();
            let Some(kind) = kinds[number].clone().filter(|_| own) else {
                continue;
            };
            found.push(kind);
        }
        found.extend(placed(cx, segment, town.as_ref()));
        found.extend(day.clone());
        for mut draft in found {
            draft.other = Some(Other::Segment(number));
            out.push(draft);
        }
    }
    // A further place or day that the report names may be that of a segment, which has its own by now.
    drafts.retain(|draft| {
        !draft.slot.spec().of_each_happening
            || draft.other.is_some()
            || !draft.rests_on(Basis::Further)
            || !matches!(
                segments.of_token(cx, draft.anchor),
                SegmentLabel::Segment(_)
            )
    });
    drafts.extend(out);
}

/// The place of a segment.
fn placed(cx: &Passes<'_>, segment: &EventSegment, town: Option<&Draft>) -> Option<Draft> {
    let named = segment
        .settlement
        .as_ref()
        .map(|settlement| &settlement.tokens);
    let index = match named {
        // The place that stands at the settlement, if there is one.
        Some(tokens) => settlement::place_at(cx, tokens),
        None => Some(segment.place?),
    };
    let (mut place, tokens, event) = match (index, named) {
        (Some(index), _) => {
            let mention = &cx.read.places[index];
            let (_, event) = cx.violence_at(index);
            (mention.place.clone(), mention.tokens.clone(), event)
        }
        (None, Some(tokens)) => (
            unlisted(cx.doc.slice(tokens.clone())),
            tokens.clone(),
            tokens.start,
        ),
        (None, None) => return None,
    };
    let mut also = None;
    if let Some(Value::Place(own)) = town.map(|draft| &draft.value)
        && place.parts.is_empty()
        && place.lat.is_none()
    {
        if named.is_some() {
            // A village lies in no other, but in the same country.
            if own.id.is_some() {
                place.country.clone_from(&own.country);
            }
        } else {
            lie_in(&mut place, own);
            also = town.map(|draft| draft.tokens.clone());
        }
    }
    let rule = if named.is_some() { SETTLEMENT } else { PLACE };
    let mut draft = Draft::new(Slot::Where, Value::Place(place), tokens, event, rule);
    draft.also.extend(also);
    Some(draft)
}

/// A place that no list has: its name.
fn unlisted(name: &str) -> Place {
    Place {
        id: None,
        name: name.to_owned(),
        site: None,
        parts: Vec::new(),
        country: None,
        lat: None,
        lon: None,
        radius_m: None,
        precision: PlacePrecision::Unresolved,
        words: name.to_owned(),
    }
}

/// Puts a place without ground of its own where the report's main event lies.
fn lie_in(place: &mut Place, own: &Place) {
    let inside = own.site.is_some()
        || matches!(
            own.precision,
            model::PlacePrecision::Street
                | model::PlacePrecision::Site
                | model::PlacePrecision::Neighbourhood
        );
    place.parts = if inside {
        own.parts.clone()
    } else {
        std::iter::once(own.name.clone())
            .chain(own.parts.iter().cloned())
            .collect()
    };
    place.country.clone_from(&own.country);
    place.lat = own.lat;
    place.lon = own.lon;
    place.radius_m = own.radius_m;
}

/// Gives the report's own account the place of the first event of a round-up: what stands in the words of others is
/// none of it.
fn put_main_place(cx: &Passes<'_>, drafts: &mut Vec<Draft>, place: Draft) {
    let segments = cx.segments();
    drafts.retain(|draft| {
        let town = draft.slot == Slot::Where && draft.other.is_none();
        !town
            || segments.of_token(cx, draft.tokens.start) == SegmentLabel::Main
                && draft.tokens.start < place.tokens.end
                && place.tokens.start < draft.tokens.end
    });
    if !drafts
        .iter()
        .any(|draft| draft.slot == Slot::Where && draft.other.is_none())
    {
        drafts.push(place);
    }
}

/// The day that each segment names: of the days that stand in its sentences the likeliest ([`when::choose`]).
fn days(cx: &Passes<'_>) -> Vec<Option<Draft>> {
    let segments = cx.segments();
    let mut own: Vec<Vec<when::Candidate>> = vec![Vec::new(); segments.all.len()];
    for candidate in when::candidates(cx) {
        let when::Basis::Said { time, .. } = candidate.basis else {
            continue;
        };
        let time = &cx.read.times[time];
        // An hour alone is of the day that was named before it.
        if time.form == Form::Bare {
            continue;
        }
        if let SegmentLabel::Segment(segment) = segments.of_token(cx, time.tokens.start) {
            own[segment].push(candidate);
        }
    }
    let chosen = own.iter().map(|found| {
        let chosen = when::choose(found, when::Weights::shipped())?;
        let mut draft = when::draft(cx, &found[chosen.at], chosen.share);
        draft.rule = DAY;
        Some(draft)
    });
    chosen.collect()
}

/// What each segment says that happened: its most specific word, the first of equals.
fn kinds(cx: &Passes<'_>) -> Vec<Option<Draft>> {
    let segments = cx.segments();
    let mut best: Vec<Option<(u8, usize, &'static str)>> = vec![None; segments.all.len()];
    for (at, sentence) in cx.doc.sentences().enumerate() {
        let SegmentLabel::Segment(segment) = segments.of_sentence(at) else {
            continue;
        };
        for i in sentence {
            let token = cx.doc.token(i);
            let told = event_kinds::kind_of(token)
                .filter(|(_, rank)| *rank > 0 && event_kinds::is_news(token))
                .or_else(|| facts::unhurt(token).map(|kind| (kind, 1)));
            if let Some((kind, rank)) = told
                && best[segment].is_none_or(|(known, ..)| rank > known)
            {
                best[segment] = Some((rank, i, kind));
            }
        }
    }
    let draft = |(_, at, kind): (u8, usize, &'static str)| {
        let tokens = frames::predicate_tokens(cx.doc.token(at));
        let value = Value::Kind {
            code: kind.to_owned(),
            words: cx.doc.slice(tokens.clone()).to_owned(),
        };
        Draft::new(Slot::Event, value, tokens, at, "event/scene")
    };
    best.into_iter().map(|found| found.map(draft)).collect()
}
