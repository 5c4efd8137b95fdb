//! `means`: with what it was done.
//!
//! Nouns for weapons and devices where a verb uses them or they act themselves ("a car bomb struck", "rammed two
//! vehicles", "armed with rifles", "in a drone attack"), and verbs that name their own means ("was stabbed").

use language::{Pos, Token};
use model::{Slot, Value};

use super::{draft::Draft, frames, passes::Passes, people};

/// Nouns: words, code. Longer forms first; a form of two words is matched with the word before the noun.
const NOUNS: &[(&str, &str)] = &[
    ("car bomb", "car_bomb"),
    ("truck bomb", "car_bomb"),
    ("vehicle bomb", "car_bomb"),
    ("car bombing", "car_bomb"),
    ("lorry bomb", "car_bomb"),
    ("roadside bomb", "roadside_bomb"),
    ("suicide bomber", "suicide_bomb"),
    ("suicide bombing", "suicide_bomb"),
    ("suicide vest", "suicide_bomb"),
    ("explosive vest", "suicide_bomb"),
    ("suicide attack", "suicide_bomb"),
    ("barrel bomb", "barrel_bomb"),
    ("cluster bomb", "cluster_munition"),
    ("cluster munition", "cluster_munition"),
    ("petrol bomb", "incendiary"),
    ("letter bomb", "bomb"),
    ("pipe bomb", "bomb"),
    ("explosive device", "bomb"),
    ("air strike", "airstrike"),
    ("drone strike", "drone"),
    ("drone attack", "drone"),
    ("missile strike", "missile"),
    ("rocket attack", "rocket"),
    ("land mine", "mine"),
    ("assault rifle", "firearm"),
    ("machine gun", "firearm"),
    ("machine-gun", "firearm"),
    ("rocket-propelled grenade", "grenade"),
    ("bomb", "bomb"),
    ("ied", "bomb"),
    ("explosive", "explosives"),
    ("dynamite", "explosives"),
    ("grenade", "grenade"),
    ("airstrike", "airstrike"),
    ("drone", "drone"),
    ("missile", "missile"),
    ("rocket", "rocket"),
    ("mortar", "mortar"),
    ("artillery", "artillery"),
    ("shell", "artillery"),
    ("tank", "artillery"),
    ("landmine", "mine"),
    ("mine", "mine"),
    ("gun", "firearm"),
    ("handgun", "firearm"),
    ("pistol", "firearm"),
    ("revolver", "firearm"),
    ("rifle", "firearm"),
    ("shotgun", "firearm"),
    ("firearm", "firearm"),
    ("ak-47", "firearm"),
    ("ar-15", "firearm"),
    ("kalashnikov", "firearm"),
    ("gunshot", "firearm"),
    ("gunfire", "firearm"),
    ("bullet", "firearm"),
    ("knife", "knife"),
    ("machete", "knife"),
    ("sword", "knife"),
    ("axe", "knife"),
    ("hammer", "blunt"),
    ("molotov", "incendiary"),
    ("tear gas", "riot_control"),
    ("rubber bullet", "riot_control"),
    ("live round", "firearm"),
    ("live ammunition", "firearm"),
    ("howitzer", "artillery"),
    ("gunship", "aircraft"),
    ("attack helicopter", "aircraft"),
    ("sniper", "firearm"),
    ("explosive belt", "suicide_bomb"),
    ("gas", "chemical"),
    ("sarin", "chemical"),
    ("chlorine", "chemical"),
];

/// Vehicles are means when they carry explosives or are driven into people or walls.
const VEHICLES: &[&str] = &[
    "car",
    "truck",
    "vehicle",
    "lorry",
    "van",
    "motorcycle",
    "pickup",
    "tanker",
    "ambulance",
    "motorbike",
];
/// Verbs by which a weapon acts or is used.
const USE: &[&str] = &[
    "strike", "hit", "explode", "detonate", "destroy", "blow", "go", "set", "kill", "wound",
    "injure", "use", "fire", "throw", "hurl", "lob", "launch", "drop", "ram", "drive", "crash",
    "plough", "plow", "plant", "carry", "wield", "brandish", "arm", "attack", "target", "slam",
    "rip", "tear", "fall", "land", "shoot", "stab", "shell", "pack", "load", "fill", "rig", "pull",
    "point", "open", "leave", "damage", "pound", "rain", "pierce",
];
/// Verbs that name their own means.
const VERBS: &[(&str, &str)] = &[
    ("stab", "knife"),
    ("shoot", "firearm"),
    ("bomb", "bomb"),
    ("shell", "artillery"),
    ("torch", "incendiary"),
    ("behead", "knife"),
];

/// Claims of the slot; the first mention of each means, and a later one that says another number.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        let found = match token.pos() {
            Pos::Noun | Pos::Propn => noun(cx, token).or_else(|| vehicle(cx, token)),
            Pos::Verb => verb(cx, token),
            _ => None,
        };
        let Some(draft) = found else { continue };
        let same = out.iter().any(|known| match (&known.value, &draft.value) {
            (
                Value::Thing {
                    code: a, count: m, ..
                },
                Value::Thing {
                    code: b, count: n, ..
                },
            ) => a == b && (n.is_none() || m == n || is_definite(cx, &draft)),
            _ => false,
        });
        // What a headline says is said again, with more, in the text.
        let again = same
            && out
                .iter()
                .filter(|known| code_of(known) == code_of(&draft))
                .count()
                == 1
            && out.iter().any(|known| {
                code_of(known) == code_of(&draft)
                    && cx.doc.token(known.anchor).sentence_index() == 0
            })
            && cx.doc.token(draft.anchor).sentence_index() > 0;
        if (!same || again) && out.len() < 6 {
            out.push(draft);
        }
    }
    // "explosives" beside a bomb, "gun" beside a shooting are no second means.
    let has = |code: &str| {
        out.iter()
            .any(|draft| matches!(&draft.value, Value::Thing { code: known, .. } if known == code))
    };
    let bombs = has("car_bomb")
        || has("suicide_bomb")
        || has("roadside_bomb")
        || has("bomb")
        || has("explosive_vehicle");
    let mut kept = out.clone();
    kept.retain(
        |draft| !matches!(&draft.value, Value::Thing { code, .. } if bombs && code == "explosives"),
    );
    kept
}

fn code_of(draft: &Draft) -> Option<&str> {
    match &draft.value {
        Value::Thing { code, .. } => Some(code),
        _ => None,
    }
}

fn is_definite(cx: &Passes<'_>, draft: &Draft) -> bool {
    draft
        .tokens
        .clone()
        .any(|i| people::is_definite(cx.doc.token(i)))
}

fn noun(cx: &Passes<'_>, token: Token<'_>) -> Option<Draft> {
    let one = super::person_nouns::singular(token.lower());
    let before = token.previous().map_or("", |previous| previous.lower());
    let two = format!("{before} {one}");
    let code = NOUNS
        .iter()
        .find(|(words, _)| *words == two || *words == one)
        .map(|&(_, code)| code)?;
    if one == "mine" && token.pos() != Pos::Noun
        || one == "gas"
            && !matches!(
                before,
                "poison" | "tear" | "chlorine" | "nerve" | "sarin" | "toxic" | "mustard"
            )
    {
        return None;
    }
    let event_noun = matches!(
        one.as_str(),
        "airstrike" | "strike" | "attack" | "bombing" | "bomber" | "gunfire"
    );
    let user = token
        .ancestors()
        .take(3)
        .find(|above| matches!(above.pos(), Pos::Verb))
        .filter(|verb| USE.contains(&verb.lemma()) && (token.dep() != "compound" || event_noun));
    // A weapon found, seized or sold was not used. "a missile attack", "men with knives", "a truck bomb of great
    // force": used where no verb says so.
    let found = token.ancestors().take(3).any(|above| {
        matches!(
            above.lemma(),
            "find" | "seize" | "recover" | "sell" | "confiscate" | "buy" | "search"
        )
    });
    let verb = user.or_else(|| borne(token).filter(|_| !found))?;
    if frames::is_irrealis(verb) || frames::is_negated(verb) {
        return None;
    }
    Some(thing(cx, token, verb, code))
}

/// What a weapon without a verb of its own hangs on: the deed or the people that it is with, by or in, or the clause it
/// opens.
fn borne(token: Token<'_>) -> Option<Token<'_>> {
    let above = token.head();
    let deed =
        |token: Token<'_>| super::event_kinds::kind_of(token).is_some_and(|(_, rank)| rank > 0);
    match token.dep() {
        "compound" if deed(above) => Some(above),
        "pobj"
            if matches!(
                above.lower(),
                "with" | "by" | "from" | "of" | "after" | "in"
            ) =>
        {
            let holder = above.head();
            let people =
                super::person_nouns::lookup(&super::person_nouns::singular(holder.lower()))
                    .is_some();
            let carried = matches!(above.lower(), "with") && people
                || deed(holder)
                || matches!(above.lower(), "after" | "by") && holder.pos() == Pos::Verb;
            carried.then_some(holder)
        }
        _ => None,
    }
}

/// "a truck loaded with explosives", "rammed a van into the gate".
fn vehicle(cx: &Passes<'_>, token: Token<'_>) -> Option<Draft> {
    let one = super::person_nouns::singular(token.lower());
    if !VEHICLES.contains(&one.as_str()) {
        return None;
    }
    let loaded = people::phrase(token, None)
        .chain(token.subtree())
        .take(24)
        .any(|i| {
            matches!(
                cx.doc.token(i).lower(),
                "explosives"
                    | "explosive"
                    | "explosive-laden"
                    | "bomb-laden"
                    | "booby-trapped"
                    | "explosives-laden"
                    | "explosives-packed"
                    | "bombs"
                    | "rigged"
            )
        });
    let verb = token
        .ancestors()
        .take(3)
        .find(|above| above.pos() == Pos::Verb)?;
    let rammed =
        matches!(verb.lemma(), "ram" | "plough" | "plow" | "slam") && token.dep() == "dobj";
    if !(loaded && USE.contains(&verb.lemma()) || rammed) || frames::is_irrealis(verb) {
        return None;
    }
    Some(thing(
        cx,
        token,
        verb,
        if loaded {
            "explosive_vehicle"
        } else {
            "vehicle"
        },
    ))
}

fn thing(cx: &Passes<'_>, token: Token<'_>, verb: Token<'_>, code: &str) -> Draft {
    let phrase = people::phrase(token, None);
    let tokens = frames::cover(verb.i..verb.i + 1, phrase.clone(), 16);
    let plural = matches!(token.tag(), "NNS" | "NNPS");
    let count = cx
        .quantity_of(token.i)
        .map(|quantity| quantity.count.clone())
        .or_else(|| {
            (!plural
                && matches!(token.tag(), "NN")
                && token
                    .child("det")
                    .is_some_and(|det| matches!(det.lower(), "a" | "an" | "one")))
            .then(|| model::Count::said(1, model::Bound::Exact, cx.doc.slice(phrase.clone())))
        });
    let value = Value::Thing {
        code: code.to_owned(),
        words: cx.doc.slice(phrase).to_owned(),
        count,
    };
    let mut draft = Draft::new(Slot::Means, value, tokens, verb.i, "means/used");
    let doer = frames::agent(verb).filter(|agent| agent.i != token.i);
    draft.actor = doer
        .and_then(|agent| cx.body_of(agent))
        .map(|info| info.party.clone());
    draft
}

fn verb(cx: &Passes<'_>, token: Token<'_>) -> Option<Draft> {
    let code = VERBS
        .iter()
        .find(|(lemma, _)| *lemma == token.lemma())
        .map(|&(_, code)| code)?;
    if frames::is_irrealis(token) || frames::is_negated(token) {
        return None;
    }
    // Only with people or a place as its object: "shot a film" is none.
    let object = frames::object(token)?;
    people::group_at(cx, object)?;
    let tokens = frames::predicate_tokens(token);
    let value = Value::Thing {
        code: code.to_owned(),
        words: cx.doc.slice(tokens.clone()).to_owned(),
        count: None,
    };
    Some(Draft::new(
        Slot::Means,
        value,
        tokens,
        token.i,
        "means/verb",
    ))
}
