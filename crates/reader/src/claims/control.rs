//! `control`: who holds a place.

use language::{Pos, Token};
use model::{Party, PartyKind, Slot, Value};

use super::{draft::Draft, frames, passes::Passes, people};

/// Verbs of gaining a place, with their particle where they need one.
const TAKE: &[(&str, &str)] = &[
    ("take", "over"),
    ("overrun", ""),
    ("seize", ""),
    ("capture", ""),
    ("recapture", ""),
    ("retake", ""),
    // The lemmatiser leaves this past tense as it stands.
    ("retook", ""),
    ("occupy", ""),
    ("regain", ""),
    ("control", ""),
];
const PLACES: &[&str] = &[
    "prison",
    "jail",
    "facility",
    "city",
    "town",
    "village",
    "district",
    "neighbourhood",
    "neighborhood",
    "airport",
    "base",
    "building",
    "hospital",
    "compound",
    "area",
    "territory",
    "border",
    "crossing",
    "road",
    "bridge",
    "hill",
    "station",
    "post",
    "checkpoint",
    "headquarters",
    "camp",
    "port",
    "quarter",
    "wing",
    "block",
    "situation",
    "school",
    "mine",
    "dam",
    "position",
    "capital",
    "province",
    "region",
    "site",
    "barracks",
    "outpost",
    "control",
    "possession",
];

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out = Vec::new();
    for token in cx.doc.tokens() {
        match token.pos() {
            Pos::Verb => out.extend(taken(cx, token)),
            Pos::Noun if matches!(token.lower(), "control" | "charge" | "hands" | "possession") => {
                out.extend(in_control(cx, token))
            }
            _ => {}
        }
    }
    out.dedup_by(|b, a| a.tokens.start < b.tokens.end && b.tokens.start < a.tokens.end);
    out
}

fn holder(cx: &Passes<'_>, token: Token<'_>) -> Option<Party> {
    if let Some(info) = cx.body_of(token) {
        return Some(info.party.clone());
    }
    // A pronoun that nobody could be found for holds nothing worth a claim.
    if token.pos() == Pos::Pron {
        return None;
    }
    let group = people::group_at(cx, token)?;
    Some(Party::named(cx.doc.slice(group.tokens), PartyKind::Unknown))
}

fn is_place(cx: &Passes<'_>, token: Token<'_>) -> bool {
    PLACES.contains(&token.lemma())
        || PLACES.contains(&token.lower())
        || cx
            .read
            .places
            .iter()
            .any(|place| place.tokens.contains(&token.i))
}

/// "the prison was taken over by inmates", "the army retook the town".
fn taken(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    // "took over the dormitory": the parse takes "over" for a particle or for a preposition.
    let over = verb.children().find(|child| {
        child.dep() == "prt"
            || child.dep() == "prep" && child.lower() == "over" && verb.lemma() == "take"
    });
    let particle = over.map_or("", |child| child.lower());
    if !TAKE
        .iter()
        .any(|&(lemma, needs)| lemma == verb.lemma() && (needs.is_empty() || needs == particle))
    {
        return None;
    }
    if frames::is_irrealis(verb) || frames::is_negated(verb) || wants(verb) {
        return None;
    }
    let object = frames::object(verb).or_else(|| over?.child("pobj"))?;
    // What is retaken, overrun or occupied is a place whatever it is called; seizing may be of goods or people.
    let sure = matches!(
        verb.lemma(),
        "retake" | "retook" | "recapture" | "overrun" | "occupy"
    ) || particle == "over";
    let thing = object.pos() == Pos::Noun && people::group_at(cx, object).is_none();
    let place = is_place(cx, object) || sure && thing;
    if !place {
        return None;
    }
    let agent = frames::agent(verb)?;
    let party = holder(cx, agent)?;
    let start = object.subtree().start.max(object.i.saturating_sub(4));
    let span = frames::cover(
        start.min(verb.i)..object.i.max(verb.i) + 1,
        frames::predicate_tokens(verb),
        16,
    );
    let tokens = frames::cover(span.clone(), people::phrase(agent, None), 20);
    let tokens = if tokens.contains(&verb.i) {
        tokens
    } else {
        span
    };
    let mut draft = Draft::new(
        Slot::Control,
        Value::Party(party.clone()),
        tokens,
        verb.i,
        "control/taken",
    );
    draft.actor = Some(party);
    Some(draft)
}

fn wants(verb: Token<'_>) -> bool {
    verb.dep() == "xcomp"
        && matches!(
            verb.head().lemma(),
            "seek" | "try" | "attempt" | "want" | "fight" | "struggle" | "aim" | "plan" | "battle"
        )
}

/// "is in full control of", "completely in charge of the situation", "under the control of rebels", "took possession
/// of".
fn in_control(cx: &Passes<'_>, noun: Token<'_>) -> Option<Draft> {
    let of = people::of_object(noun);
    let head = noun.head();
    // "took possession of the facility", "regained control of the town", "lost control of".
    if noun.dep() == "dobj" && head.pos() == Pos::Verb {
        if !matches!(
            head.lemma(),
            "take"
                | "gain"
                | "regain"
                | "have"
                | "assume"
                | "wrest"
                | "seize"
                | "retain"
                | "maintain"
                | "establish"
        ) || frames::is_irrealis(head)
            || frames::is_negated(head)
            || wants(head)
        {
            return None;
        }
        let place = of.filter(|place| is_place(cx, *place))?;
        let party = holder(cx, frames::agent(head)?)?;
        let mut draft = Draft::new(
            Slot::Control,
            Value::Party(party.clone()),
            head.i..place.i + 1,
            head.i,
            "control/possession",
        );
        draft.actor = Some(party);
        return Some(draft);
    }
    if noun.dep() != "pobj" || !matches!(head.lower(), "in" | "under") {
        return None;
    }
    let verb = head.head();
    // "possession of a firearm" is a charge; and what is in somebody's hands may be a gun, what is in the hands of
    // somebody is held.
    let of_a_place = of.is_some_and(|place| is_place(cx, place));
    if noun.lower() == "possession" && !of_a_place {
        return None;
    }
    let (who, tokens) = if head.lower() == "under" || noun.lower() == "hands" {
        let who = of.or_else(|| noun.child("poss"))?;
        (who, head.i..who.i.max(noun.i) + 1)
    } else {
        let subject = frames::subject(verb)?;
        let start = verb.i.min(head.i);
        let end = of.map_or(noun.i + 1, |place| place.i + 1);
        (subject, start..end)
    };
    if verb.pos() == Pos::Verb && frames::is_irrealis(verb) || frames::is_negated(verb) {
        return None;
    }
    // "is in charge of communications" is a job: a place or the situation must be what is held.
    if noun.lower() == "charge" && !of.is_some_and(|place| is_place(cx, place)) {
        return None;
    }
    let party = holder(cx, who)?;
    let mut draft = Draft::new(
        Slot::Control,
        Value::Party(party.clone()),
        tokens,
        noun.i,
        "control/in-control",
    );
    draft.actor = Some(party);
    Some(draft)
}

#[cfg(test)]
mod tests {
    use crate::claims::tests::check;
    use model::Slot;

    #[test]
    fn a_town_in_somebodys_hands_is_held_and_a_gun_is_not() {
        check(
            Slot::Control,
            "By Monday the town was in the hands of the rebels.",
            &["rebels"],
        );
        check(
            Slot::Control,
            "The boy had the gun in both hands. A man was charged with possession of a firearm.",
            &[],
        );
    }
}
