//! `where`: the place of the report's happening.
//!
//! Of the places the report names, those in a clause with a word for a violent happening or with the dead and hurt; the finest
//! and earliest gives the claim, and a second one if it names another site.

use model::{PlacePrecision, Slot, Value};

use super::{context::Context, draft::Draft, happenings};
use crate::read::places::PlaceMention;

/// Claims of the slot.
pub fn claims(cx: &Context<'_>) -> Vec<Draft> {
    let mut ranked: Vec<(i32, usize, &PlaceMention, usize)> = Vec::new();
    for (index, mention) in cx.read.places.iter().enumerate() {
        if mention.place.precision >= PlacePrecision::Country {
            continue;
        }
        let Some(event) = event_near(cx, mention) else {
            continue;
        };
        let sentence = cx.doc.token(mention.tokens.start).sentence_index() as i32;
        let fineness = match mention.place.precision {
            PlacePrecision::Street | PlacePrecision::Site => 6,
            PlacePrecision::Neighbourhood => 4,
            PlacePrecision::City => 5,
            PlacePrecision::District => 2,
            _ => 0,
        };
        ranked.push((fineness * 2 - sentence, index, mention, event));
    }
    ranked.sort_by_key(|&(weight, index, ..)| (-weight, index));
    let mut out: Vec<Draft> = Vec::new();
    for (_, _, mention, event) in ranked {
        let place = &mention.place;
        let known = out.iter().any(|draft| match &draft.value {
            Value::Place(known) => {
                known.same_place(place) || known.holds(place) || place.holds(known)
            }
            _ => false,
        });
        if known {
            continue;
        }
        out.push(Draft::new(
            Slot::Where,
            Value::Place(place.clone()),
            mention.tokens.clone(),
            event,
            "where/event-place",
        ));
        if out.len() == 2 {
            break;
        }
    }
    out
}

/// The happening in whose clause or sentence a place stands.
fn event_near(cx: &Context<'_>, mention: &PlaceMention) -> Option<usize> {
    let first = cx.doc.token(mention.tokens.start);
    let sentence = first.sentence();
    sentence
        .clone()
        .filter(|i| !mention.tokens.contains(i))
        .filter_map(|i| {
            let token = cx.doc.token(i);
            let (_, rank) = happenings::kind_of(token)?;
            (happenings::is_told(token) && (rank > 0 || token.pos() == language::Pos::Verb))
                .then_some(i)
        })
        .min_by_key(|&i| i.abs_diff(mention.tokens.start))
}
