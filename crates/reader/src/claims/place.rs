//! `where`: the place of the report's happening.
//!
//! Every place the report names is weighed: how fine it is, how early it stands, and what its sentence tells: the happening itself,
//! its taking place, or the coming of the police. Courts, jails and hospitals of what came later do not count. The best gives the
//! claim, and a second one if it lies elsewhere.

use language::{Pos, Token};
use model::{PlacePrecision, Slot, Value};

use super::{context::Context, draft::Draft, happenings};
use crate::read::places::PlaceMention;

/// Verbs whose place is where the happening was found or met.
const ARRIVAL: &[&str] = &[
    "respond", "arrive", "find", "discover", "report", "call", "dispatch", "hear", "happen",
    "occur", "take", "unfold", "begin", "start", "erupt", "receive", "strike", "hit", "target",
];
/// Verbs of what the police and the courts do afterwards, elsewhere.
const LATER: &[&str] = &[
    "arrest",
    "charge",
    "appear",
    "plead",
    "convict",
    "sentence",
    "book",
    "jail",
    "hold",
    "transport",
    "fly",
    "airlift",
    "rush",
    "bury",
    "work",
    "bear",
    "live",
    "move",
    "graduate",
    "attend",
];

/// Claims of the slot.
pub fn claims(cx: &Context<'_>) -> Vec<Draft> {
    let mut ranked: Vec<(i32, usize, &PlaceMention, usize)> = cx
        .read
        .places
        .iter()
        .enumerate()
        .filter(|(_, mention)| mention.place.precision != PlacePrecision::Country)
        .filter_map(|(index, mention)| {
            let (weight, event) = weigh(cx, mention);
            (weight > 0).then_some((weight, index, mention, event))
        })
        .collect();
    // Where no town is named by itself, the one in the name of the police is the town.
    if !ranked.iter().any(|(_, _, mention, _)| {
        mention.place.precision <= PlacePrecision::City && mention.place.id.is_some()
    }) && let Some(town) = cx.read.towns_in_names.first()
    {
        ranked.push((16, usize::MAX, town, town.tokens.start));
    }
    ranked.sort_by_key(|&(weight, index, ..)| (std::cmp::Reverse(weight), index));
    let mut out: Vec<Draft> = Vec::new();
    for &(_, _, mention, event) in &ranked {
        let mut place = mention.place.clone();
        let town = complete(&mut place, &ranked);
        let place = &place;
        let known = out.iter().any(|draft| match &draft.value {
            Value::Place(known) => {
                known.same_place(place) || known.holds(place) || place.holds(known)
            }
            _ => false,
        });
        if known {
            continue;
        }
        let rule = if out.is_empty() {
            "where/event-place"
        } else {
            "where/also"
        };
        let mut draft = Draft::new(
            Slot::Where,
            Value::Place(place.clone()),
            mention.tokens.clone(),
            event,
            rule,
        );
        draft.also.extend(town);
        out.push(draft);
        if out.len() == 2 {
            break;
        }
    }
    out
}

/// How well a place fits the happening, and the token that stands for the happening.
fn weigh(cx: &Context<'_>, mention: &PlaceMention) -> (i32, usize) {
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
    let sentence = first.sentence();
    let violent = sentence
        .clone()
        .filter(|i| !mention.tokens.contains(i))
        .filter(|&i| {
            let token = cx.doc.token(i);
            happenings::kind_of(token).is_some_and(|(_, rank)| rank > 0 || token.pos() == Pos::Verb)
                && happenings::is_told(token)
        })
        .min_by_key(|&i| i.abs_diff(mention.tokens.start));
    let verb = clause_verb(first, mention);
    let lemma = verb.map_or("", |verb| verb.lemma());
    if LATER.contains(&lemma)
        || is_treatment(cx, mention) && violent.is_none_or(|event| !strikes(cx, event, mention))
    {
        return (0, first.i);
    }
    let told = match (violent, ARRIVAL.contains(&lemma)) {
        (Some(_), _) => 22,
        (None, true) => 18,
        (None, false) if is_dateline(cx, mention) => 20,
        (None, false) => 2,
    };
    let event = violent.or(verb.map(|verb| verb.i)).unwrap_or(first.i);
    (fineness + told + early, event)
}

/// Whether the place opens a paragraph as the place of writing: "DARMUK, Jan. 3 (Agency) —", "DARMUK -".
fn is_dateline(cx: &Context<'_>, mention: &PlaceMention) -> bool {
    let first = cx.doc.token(mention.tokens.start);
    let opens = first.i == first.sentence().start || first.text().chars().all(char::is_uppercase);
    let dash = (mention.tokens.end..(mention.tokens.end + 9).min(cx.doc.len()))
        .map(|i| cx.doc.token(i))
        .take_while(|token| token.pos() != Pos::Verb)
        .any(|token| matches!(token.text(), "-" | "–" | "—" | "--"));
    opens && dash && first.sentence_index() < 6
}

/// Gives a street, site or quarter that stands without a town the town that fits the report best, and its words.
fn complete(
    place: &mut model::Place,
    ranked: &[(i32, usize, &PlaceMention, usize)],
) -> Option<std::ops::Range<usize>> {
    let bare = place.parts.is_empty() && place.id.is_none();
    if !bare || place.precision > PlacePrecision::Neighbourhood {
        return None;
    }
    let (_, _, town, _) = ranked.iter().find(|(_, _, mention, _)| {
        mention.place.precision == PlacePrecision::City && mention.place.id.is_some()
    })?;
    let town_place = &town.place;
    place.parts = std::iter::once(town_place.name.clone())
        .chain(town_place.parts.iter().cloned())
        .collect();
    place.country.clone_from(&town_place.country);
    place.lat = town_place.lat;
    place.lon = town_place.lon;
    place.radius_m = town_place.radius_m;
    Some(town.tokens.clone())
}

/// The verb of the clause that a place stands in.
fn clause_verb<'a>(first: Token<'a>, mention: &PlaceMention) -> Option<Token<'a>> {
    first.ancestors().take(8).find(|above| {
        matches!(above.pos(), Pos::Verb | Pos::Aux) && !mention.tokens.contains(&above.i)
    })
}

/// Whether the place treats the hurt or holds the arrested: a hospital, a court, a jail.
fn is_treatment(cx: &Context<'_>, mention: &PlaceMention) -> bool {
    mention.tokens.clone().any(|i| {
        matches!(
            cx.doc.token(i).lower(),
            "hospital" | "court" | "courthouse" | "medical" | "jail" | "clinic"
        )
    })
}

/// Whether the happening is done to the place: "an air strike on the hospital".
fn strikes(cx: &Context<'_>, event: usize, mention: &PlaceMention) -> bool {
    let token = cx.doc.token(event);
    let object =
        super::frames::object(token).is_some_and(|object| mention.tokens.contains(&object.i));
    let on = token
        .children()
        .filter(|child| {
            child.dep() == "prep"
                && matches!(
                    child.lower(),
                    "on" | "at" | "against" | "in" | "near" | "outside"
                )
        })
        .any(|on| {
            on.child("pobj")
                .is_some_and(|object| mention.tokens.contains(&object.i))
        });
    object || on
}
