//! People counted hurt, predicate by predicate, the dead among them.
//!
//! Verbs of wounding; shooting, stabbing and striking where nothing says it killed; wounds suffered; people taken to
//! hospital or in a condition; numbers of wounded.

use language::{Pos, Token};
use model::{Bound, Count, Slot};

use super::{
    super::{
        counted::{self, Counted, Frame},
        frames::{self, Part},
        parts,
        people::{self, Peopled},
        person_nouns,
    },
    dead,
};
use crate::read::quantities::QuantityKind;

const FRAME: Frame = Frame {
    slot: Slot::Injured,
    object_verbs: &[
        "wound",
        "injure",
        "hurt",
        "harm",
        "maim",
        "hospitalize",
        "hospitalise",
        "graze",
        "shoot",
        "stab",
        "pistol-whip",
    ],
    subject_verbs: &["survive"],
    rule: "injured/verb",
};

/// Verbs that hurt only when people are what they strike.
const STRIKES: &[&str] = &["hit", "strike"];

/// People counted hurt, predicate by predicate, the dead among them.
pub fn counted(cx: &Peopled<'_>) -> Vec<Counted> {
    let mut found = counted::by_verbs(cx, &FRAME, |verb| {
        // "six drones … four were shot down": what is shot down flies, unless people are named.
        let brought_down = verb.lemma() == "shoot"
            && verb
                .children()
                .any(|child| child.dep() == "prt" && child.lower() == "down")
            && frames::object(verb).is_none_or(|object| {
                person_nouns::lookup(&person_nouns::singular(object.lower())).is_none()
                    && object.pos() != Pos::Propn
            });
        let survived_by = verb.lemma() == "survive" && verb.child_of(&["dobj", "agent"]).is_some();
        !dead::is_deadly(verb) && !survived_by && !brought_down
    });
    for token in cx.doc.tokens() {
        found.extend(match token.lower() {
            "injured" | "wounded" | "hurt" => adjective(cx, token),
            "injuries" | "injury" | "wounds" | "wound" => suffered(cx, token)
                .or_else(|| bears(cx, token))
                .or_else(|| injuries(cx, token))
                .or_else(|| nominal(cx, token)),
            "hospital" | "hospitals" => hospital(cx, token),
            "condition" => condition(cx, token),
            _ if STRIKES.contains(&token.lemma()) => struck(cx, token),
            _ => None,
        });
    }
    found.extend(
        parts::of_all(cx, true)
            .into_iter()
            .filter_map(|(whole, group)| {
                hit(
                    cx.doc.token(whole.min(cx.doc.len() - 1)),
                    vec![group],
                    "injured/of-the-wounded",
                )
            }),
    );
    found.sort_by_key(|counted| (counted.predicate, counted.words.start));
    found
}

fn hit(predicate: Token<'_>, groups: Vec<people::Group>, rule: &'static str) -> Option<Counted> {
    (!groups.is_empty()).then(|| Counted::at(predicate, groups, rule))
}

/// "30 wounded", "left five people injured", "another 12 hurt".
fn adjective(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    if token.pos() == Pos::Verb
        && matches!(
            token.dep(),
            "ROOT" | "acl" | "relcl" | "ccomp" | "advcl" | "xcomp"
        )
    {
        return None; // the frame has it
    }
    if let Some(group) = counted::from_quantity(cx, token) {
        return hit(token, vec![group], "injured/number-wounded");
    }
    // "131 injured people".
    if token.dep() == "amod" && token.i < token.head().i {
        let group = people::group_at(cx, token.head())?;
        let counted = group
            .count
            .as_ref()
            .is_some_and(|count| !counted::is_bare_plural(count));
        return counted
            .then_some(group)
            .and_then(|group| hit(token, vec![group], "injured/injured-people"));
    }
    let before = token
        .previous()
        .and_then(|before| people::group_at(cx, before))?;
    let verb = token.head();
    if token.pos() == Pos::Verb && token.dep() != "conj"
        || before.count.is_none()
        || before.tokens.end != token.i
    {
        return None;
    }
    // "two dead and five injured" hangs "injured" on "dead"; "were injured" is the frame's.
    if verb.pos() == Pos::Verb && matches!(verb.lemma(), "be") {
        return None;
    }
    hit(token, vec![before], "injured/people-wounded")
}

/// "suffered gunshot wounds", "sustained minor injuries", "died of his wounds" not.
fn suffered(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let mut verb = token.head();
    if token.dep() == "pobj" {
        verb = verb.head();
    }
    if verb.pos() != Pos::Verb
        || !matches!(
            verb.lemma(),
            "suffer" | "sustain" | "receive" | "incur" | "treat" | "recover" | "escape"
        )
        || frames::is_irrealis(verb)
        || frames::is_negated(verb)
        || token
            .children()
            .any(|child| child.dep() == "det" && child.lower() == "no")
    {
        return None;
    }
    let fatal = token
        .children()
        .any(|child| matches!(child.lower(), "fatal" | "mortal"));
    if fatal {
        return None;
    }
    if verb.dep() == "acl" && verb.lemma() != "treat" {
        // "found three adults and a boy suffering from wounds": all of the list suffer.
        let counted = hit(verb, whole_list(cx, verb.head()), "injured/suffered");
        if counted.is_some() {
            return counted;
        }
    }
    let part = if verb.lemma() == "treat" {
        Part::Object
    } else {
        Part::Subject
    };
    let groups = frames::people_of(cx, verb, part);
    hit(verb, groups, "injured/suffered").map(|counted| Counted {
        words: counted.words.start..token.i.max(counted.words.end - 1) + 1,
        ..counted
    })
}

/// "13 deaths and 25 injuries": people, where nobody bears them.
fn injuries(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let bare = token.lower() == "injuries"
        && token.pos() == Pos::Noun
        && !token
            .children()
            .any(|child| matches!(child.dep(), "amod" | "compound" | "poss"))
        && !matches!(token.head().lower(), "with" | "from" | "to" | "of");
    let group = bare.then(|| counted::from_quantity(cx, token)).flatten()?;
    hit(token, vec![group], "injured/injuries")
}

/// Verbs that tell of injuries without a number.
const CAUSES: &[&str] = &["cause", "report", "occur", "result", "lead", "arrive"];

/// "resulting in injuries", "several injuries were reported", "injuries to four nurses", "the death and injury of three
/// people".
fn nominal(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    if token.pos() != Pos::Noun {
        return None;
    }
    let above = token.head();
    let joined = token.dep() == "conj"
        && matches!(
            above.lower(),
            "death" | "deaths" | "martyrs" | "dead" | "fatalities"
        );
    let of = token
        .children()
        .chain(above.children().filter(|_| joined))
        .find(|child| child.dep() == "prep" && matches!(child.lower(), "of" | "to"))
        // "the death of a child and injury of another" may hang "of another" on the child.
        .or_else(|| token.next().filter(|next| next.lower() == "of"))
        .and_then(|of| of.child("pobj"));
    let people = of.map_or_else(Vec::new, |head| people::coordinated(cx, head));
    if !people.is_empty() {
        let counted: Vec<_> = people
            .into_iter()
            .filter(|group| group.count.is_some())
            .collect();
        return hit(token, counted, "injured/injuries-to");
    }
    if token.lower() != "injuries" || token.child("poss").is_some() {
        return None;
    }
    // "a number of injuries": the number is above.
    let mut top = if joined { above } else { token };
    if top.dep() == "pobj"
        && top.head().lower() == "of"
        && matches!(top.head().head().lower(), "number" | "numbers")
    {
        top = top.head().head();
    }
    let mut verb = top.head();
    if top.dep() == "pobj" && matches!(verb.lower(), "in" | "to" | "with") {
        verb = verb.head();
    }
    let tells =
        CAUSES.contains(&verb.lemma()) && !frames::is_negated(verb) && !frames::is_irrealis(verb);
    let none = token
        .children()
        .chain(top.children())
        .any(|child| matches!(child.lower(), "no" | "any" | "without"));
    if !tells
        || none
        || cx
            .quantity_of(token.i)
            .is_some_and(|q| q.count.high == Some(0))
    {
        return None;
    }
    let tokens = people::phrase(top, (top.i != token.i && top.i < token.i).then_some(token));
    let words = cx.doc.slice(tokens.clone());
    let count = cx
        .quantity_of(token.i)
        .filter(|quantity| quantity.kind == QuantityKind::Cardinal)
        .map_or_else(
            || Count::range(2, None, Bound::Vague, words),
            |q| q.count.clone(),
        );
    let group = people::Group::of(tokens, token.i, count);
    hit(token, vec![group], "injured/injuries")
}

/// "walked in with two gunshot wounds", "found a man with a wound to the leg", "his injuries were not
/// life-threatening".
fn bears(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    if token
        .children()
        .any(|child| matches!(child.lower(), "fatal" | "mortal" | "no"))
    {
        return None;
    }
    if let Some(owner) = token
        .child("poss")
        .filter(|_| matches!(token.dep(), "nsubj" | "nsubjpass"))
    {
        let group = people::group_at(cx, owner).filter(|group| group.individual)?;
        return hit(token, vec![group], "injured/whose-wounds");
    }
    let with = token.head();
    if token.dep() != "pobj" || with.lower() != "with" {
        return None;
    }
    let above = with.head();
    let above = match above.pos() {
        // "walked into a station with gunshot wounds" hangs the wounds on the station.
        Pos::Noun | Pos::Propn if people::group_at(cx, above).is_none() => {
            above.ancestors().take(3).find(|up| up.pos() == Pos::Verb)?
        }
        _ => above,
    };
    let groups = match above.pos() {
        Pos::Noun | Pos::Propn => whole_list(cx, above),
        Pos::Verb
            if matches!(
                above.lemma(),
                "find"
                    | "discover"
                    | "locate"
                    | "take"
                    | "transport"
                    | "bring"
                    | "hospitalize"
                    | "leave"
                    | "see"
                    | "rush"
                    | "fly"
            ) =>
        {
            frames::people_of(cx, above, Part::Object)
        }
        Pos::Verb
            if matches!(
                above.lemma(),
                "walk"
                    | "arrive"
                    | "show"
                    | "come"
                    | "appear"
                    | "stagger"
                    | "run"
                    | "remain"
                    | "stay"
                    | "live"
                    | "escape"
            ) =>
        {
            frames::people_of(cx, above, Part::Subject)
        }
        _ => return None,
    };
    hit(token, groups, "injured/with-wounds")
}

/// Every member of the list of people that `token` closes or heads.
fn whole_list(cx: &Peopled<'_>, token: Token<'_>) -> Vec<people::Group> {
    let mut first = token;
    while first.dep() == "conj" && people::group_at(cx, first.head()).is_some() {
        first = first.head();
    }
    people::coordinated(cx, first)
}

/// "was taken to hospital", "were rushed to a hospital".
fn hospital(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let verb = token
        .ancestors()
        .take(3)
        .find(|above| above.pos() == Pos::Verb)?;
    if !matches!(
        verb.lemma(),
        "take"
            | "rush"
            | "airlift"
            | "transport"
            | "admit"
            | "fly"
            | "bring"
            | "transfer"
            | "drive"
            | "evacuate"
            | "treat"
            | "send"
            | "put"
            | "land"
            | "hospitalize"
    ) || frames::is_irrealis(verb)
        || frames::is_negated(verb)
    {
        return None;
    }
    let groups: Vec<_> = frames::people_of(cx, verb, Part::Object)
        .into_iter()
        .filter(|group| group.scope.role != model::Role::Attacker)
        .collect();
    hit(verb, groups, "injured/hospital")
}

/// "is in critical condition".
fn condition(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let graded = token.children().any(|child| {
        matches!(
            child.lower(),
            "critical"
                | "serious"
                | "stable"
                | "grave"
                | "fair"
                | "good"
                | "guarded"
                | "unknown"
                | "life-threatening"
        )
    });
    // "one of them in critical condition": the condition hangs on the people themselves.
    let holder = token.head().head();
    if graded && token.dep() == "pobj" && !matches!(holder.pos(), Pos::Verb | Pos::Aux) {
        let group = people::group_at(cx, holder).filter(|group| group.count.is_some())?;
        return hit(token, vec![group], "injured/in-condition");
    }
    let verb = token
        .ancestors()
        .take(3)
        .find(|above| matches!(above.pos(), Pos::Verb | Pos::Aux))?;
    if !graded
        || !matches!(
            verb.lemma(),
            "be" | "remain" | "list" | "hospitalize" | "take"
        )
    {
        return None;
    }
    let groups = frames::people_of(
        cx,
        verb,
        if frames::is_passive(verb) {
            Part::Object
        } else {
            Part::Subject
        },
    );
    hit(verb, groups, "injured/condition")
}

/// "was struck in the leg", "a bullet hit the boy".
fn struck(cx: &Peopled<'_>, verb: Token<'_>) -> Option<Counted> {
    if verb.pos() != Pos::Verb
        || frames::is_irrealis(verb)
        || frames::is_negated(verb)
        || dead::is_deadly(verb)
    {
        return None;
    }
    let bodily = verb.subtree().any(|i| {
        matches!(
            cx.doc.token(i).lower(),
            "bullet"
                | "bullets"
                | "gunfire"
                | "shrapnel"
                | "leg"
                | "arm"
                | "chest"
                | "head"
                | "neck"
                | "back"
                | "shoulder"
                | "foot"
                | "hand"
                | "stomach"
                | "abdomen"
                | "torso"
                | "thigh"
                | "face"
                | "hip"
                | "ankle"
                | "knee"
                | "buttocks"
                | "times"
                | "fire"
                | "round"
                | "rounds"
                | "pellets"
        )
    });
    if !bodily {
        return None;
    }
    hit(
        verb,
        frames::people_of(cx, verb, Part::Object),
        "injured/struck",
    )
}
