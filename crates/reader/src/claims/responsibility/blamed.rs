//! Whom somebody else names for the deed: "blamed X for", "laid it at the door of X", "X, whom police named as the
//! gunman", "the suspect is X".

use language::{Pos, Token};
use model::{PartyKind, Slot, StanceKind, Value};

use super::{
    acts::doubt,
    rules,
    who::{self, Named, is_deed_noun, is_deed_verb},
};
use crate::claims::{
    draft::{Draft, Rule},
    event_kinds, frames,
    passes::Passes,
    people,
};

/// Nouns for the one who did it.
const DOERS: &[&str] = &[
    "suspect",
    "gunman",
    "attacker",
    "shooter",
    "assailant",
    "bomber",
    "killer",
    "perpetrator",
    "mastermind",
    "hijacker",
    "culprit",
    "organiser",
    "organizer",
    "author",
    "brain",
    "planner",
    "ringleader",
    "accused",
];

/// Claims of one verb.
pub fn of_verb(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    blamed(cx, verb)
        .or_else(|| identified(cx, verb))
        .or_else(|| charged(cx, verb))
}

fn object_of<'a>(of: Token<'a>, preps: &[&str]) -> Option<Token<'a>> {
    of.children()
        .find(|child| matches!(child.dep(), "prep" | "dative") && preps.contains(&child.lower()))
        .and_then(|prep| prep.child("pobj"))
}

/// Whom a verb of blame names, and whether it needs a word for the deed beside it.
fn accused(verb: Token<'_>) -> Option<(Token<'_>, bool)> {
    match verb.lemma() {
        // "blamed the attack on rebels" puts the blamed behind "on".
        "blame" => Some((
            object_of(verb, &["on"]).or_else(|| frames::object(verb))?,
            false,
        )),
        "accuse" | "suspect" => Some((frames::object(verb)?, true)),
        "attribute" | "ascribe" => Some((object_of(verb, &["to"])?, false)),
        "pin" => Some((object_of(verb, &["on"])?, false)),
        // "lays the attack on", "laid the raid at the door of".
        "lay" => {
            let whom = object_of(verb, &["on", "upon"]).or_else(|| {
                let door = object_of(verb, &["at"]).or_else(|| {
                    verb.child("dobj")
                        .and_then(|object| object_of(object, &["at"]))
                })?;
                matches!(door.lower(), "door" | "feet")
                    .then(|| object_of(door, &["of"]).or_else(|| door.child("poss")))?
            });
            Some((
                whom.or_else(|| {
                    verb.child("dobj")
                        .and_then(|object| object_of(object, &["on", "upon"]))
                })?,
                true,
            ))
        }
        // "put the attack down to".
        "put" => {
            let down = verb
                .children()
                .any(|child| child.lower() == "down" && child.i < verb.i + 12);
            let to = down.then(|| {
                object_of(verb, &["to"]).or_else(|| {
                    verb.children()
                        .find(|child| child.lower() == "down")
                        .and_then(|down| object_of(down, &["to"]))
                })
            })?;
            Some((to?, true))
        }
        // "police point to the gang", "all fingers point at the Front".
        "point" => Some((object_of(verb, &["to", "at", "towards"])?, false)),
        "link" | "tie" => Some((object_of(verb, &["to", "with"])?, true)),
        "hold" | "deem" | "consider" => {
            let responsible = verb
                .subtree()
                .map(|i| verb.doc().token(i))
                .find(|token| token.lower() == "responsible" && token.i < verb.i + 12)?;
            let whom = responsible
                .child("nsubj")
                .or_else(|| frames::object(verb))?;
            Some((whom, false))
        }
        _ => None,
    }
}

/// "the army blamed the group", "accused rebels of shelling", "the raid was attributed to gunmen", "is suspected of".
fn blamed(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    let (whom, needs_deed) = accused(verb)?;
    if frames::is_negated(verb) || frames::is_irrealis(verb) {
        return None;
    }
    if needs_deed && !tells_deed(cx, verb) {
        return None;
    }
    let passive = frames::is_passive(verb);
    let who = who::named(cx, whom)?;
    let group = matches!(
        who.party.kind,
        PartyKind::ArmedGroup | PartyKind::State | PartyKind::Political
    ) || who.known.is_none() && whom.pos() == Pos::Propn;
    let loose = matches!(verb.lemma(), "point" | "link" | "tie");
    if is_deed_noun(whom)
        || loose && !group
        || matches!(
            who.party.kind,
            PartyKind::Outlet | PartyKind::Agency | PartyKind::Witness
        )
    {
        return None;
    }
    let end = verb
        .subtree()
        .end
        .min(verb.i + 14)
        .max(whom.i + 1)
        .min(verb.sentence().end);
    let mut start = frames::predicate_tokens(verb).start.min(if passive {
        people::phrase(whom, None).start
    } else {
        verb.i
    });
    let agent = accuser(cx, verb, whom);
    if let Some(agent) = agent.filter(|agent| agent.i < verb.i && verb.i - agent.i < 8) {
        start = start.min(people::phrase(agent, None).start);
    }
    let mut draft = of(
        &who,
        start.max(verb.sentence().start)..end,
        verb,
        "responsibility/blamed",
    );
    draft.stance = match verb.lemma() {
        "suspect" => Some(StanceKind::Possible),
        "accuse" => Some(StanceKind::Claimed),
        _ => doubt(cx, whom),
    };
    draft.voice = agent
        .filter(|agent| agent.lemma() != "finger")
        .and_then(|agent| who::named(cx, agent))
        .filter(|accuser| accuser.known.is_some())
        .map(|accuser| accuser.voice(cx));
    Some(draft)
}

/// Whether a verb of blame tells of a deed, or blames for one told right before: "had accused General Haddar".
fn tells_deed(cx: &Passes<'_>, verb: Token<'_>) -> bool {
    let deed = verb.subtree().map(|i| cx.doc.token(i)).any(|token| {
        is_deed_noun(token)
            || is_deed_verb(token) && token.i != verb.i
            || event_kinds::kind_of(token).is_some() && token.i != verb.i
            || token.lower() == "behind"
    });
    let bare = verb.lemma() == "accuse"
        && object_of(verb, &["of"]).is_none()
        && verb
            .children()
            .all(|child| child.dep() != "prep" || child.lower() != "of");
    let near = || {
        let here = verb.sentence_index();
        (here.saturating_sub(1)..=here).any(|sentence| {
            cx.doc
                .sentence(sentence)
                .map(|i| cx.doc.token(i))
                .any(|token| event_kinds::kind_of(token).is_some_and(|(_, rank)| rank > 0))
        })
    };
    deed || bare && near()
}

/// Who blames, by a verb of blame and whom it blames.
fn accuser<'a>(cx: &Passes<'a>, verb: Token<'a>, whom: Token<'_>) -> Option<Token<'a>> {
    let agent = frames::agent(verb).filter(|agent| agent.i != whom.i && !is_deed_noun(*agent));
    // "are blamed for the raids by village chiefs": the parse may hang "by" on the raids.
    let hung = || {
        verb.subtree()
            .map(|i| cx.doc.token(i))
            .filter(|token| token.i > verb.i && token.lower() == "by")
            .find_map(|by| by.child("pobj"))
    };
    match agent {
        None if frames::is_passive(verb) => hung(),
        agent => agent,
    }
}

fn of(
    who: &Named,
    tokens: std::ops::Range<usize>,
    anchor: Token<'_>,
    rule: impl Into<Rule>,
) -> Draft {
    let mut draft = Draft::new(
        Slot::Responsibility,
        Value::Party(who.party.clone()),
        tokens,
        anchor.i,
        rule,
    );
    draft.actor = Some(who.party.clone());
    draft
}

fn is_doer(token: Token<'_>) -> bool {
    DOERS.contains(&token.lemma()) || token.lower() == "suspected"
}

/// "named the Brigade as the organiser", "identified the gunman as Jonas Brand", "Jonas Brand was named as the
/// suspect".
fn identified(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    if !matches!(
        verb.lemma(),
        "name" | "identify" | "describe" | "call" | "single" | "know"
    ) || frames::is_negated(verb)
        || frames::is_irrealis(verb)
    {
        return None;
    }
    let object = frames::object(verb)?;
    let role = object_of(verb, &["as"]).or_else(|| verb.child("oprd"));
    let head = match role {
        Some(role) if is_doer(role) => object,
        // "identified him as Jonas Brand": whoever is identified is the gunman just told of.
        Some(name)
            if name.pos() == Pos::Propn && (is_doer(object) || cx.sentence_names_doer(object)) =>
        {
            name
        }
        // "the authorities named the militia".
        None if verb.lemma() == "name"
            && matches!(who::named(cx, object)?.party.kind, PartyKind::ArmedGroup) =>
        {
            object
        }
        _ => return None,
    };
    let who = who::named(cx, head)?;
    let named = who
        .known
        .is_some_and(|index| cx.read.parties.parties[index].named)
        || head.pos() == Pos::Propn;
    if !named {
        return None;
    }
    let far = role.map_or(verb.i, |role| role.i).max(object.i).max(verb.i);
    let start = frames::predicate_tokens(verb)
        .start
        .min(people::phrase(object, None).start)
        .max(verb.sentence().start);
    let end = (far + 1)
        .max(people::phrase(head, None).end)
        .min(verb.sentence().end)
        .min(start + 24);
    let mut draft = of(&who, start..end.max(start + 1), verb, rules::CHARGED);
    draft.voice = frames::agent(verb)
        .filter(|agent| agent.i != object.i)
        .and_then(|agent| who::named(cx, agent))
        .filter(|by| by.known.is_some())
        .map(|by| by.voice(cx));
    Some(draft)
}

/// "the suspect is Jonas Brand", "the gunman, Jonas Brand,", "suspect Jonas Brand".
pub fn suspect(cx: &Passes<'_>, noun: Token<'_>) -> Option<Draft> {
    if let Some(draft) = fingers(cx, noun) {
        return Some(draft);
    }
    if let Some(draft) = suspected(cx, noun) {
        return Some(draft);
    }
    if !is_doer(noun) {
        return None;
    }
    let name = match noun.dep() {
        "compound" | "nmod" | "amod" if noun.head().pos() == Pos::Propn => Some(noun.head()),
        "nsubj" if noun.head().lemma() == "be" => noun.head().child("attr"),
        "attr" => frames::subject(noun.head()),
        "appos" => Some(noun.head()),
        _ => None,
    }
    .or_else(|| noun.child("appos"))
    .or_else(|| {
        noun.children()
            .find(|child| child.dep() == "acl" && matches!(child.lemma(), "name" | "identify"))
            .and_then(|named| named.child("oprd").or_else(|| object_of(named, &["as"])))
    })?;
    let person = cx
        .party_at(name.i)
        .is_some_and(|info| info.named && info.party.kind == PartyKind::Person);
    // A name that the recogniser does not know for a person's is one where the clause says who the suspect is.
    let said = || {
        noun.dep() == "nsubj"
            && name.pos() == Pos::Propn
            && name
                .children()
                .any(|child| child.dep() == "compound" && child.pos() == Pos::Propn)
    };
    if !person && !said() {
        return None;
    }
    let who = match cx.read.parties.at(name.i) {
        Some(mention) if person => Named::known(cx, mention.party, name.i),
        _ => Named {
            known: None,
            party: model::Party::named(cx.doc.slice(people::phrase(name, None)), PartyKind::Person),
            head: name.i,
        },
    };

    let words = people::phrase(name, None);
    let start = people::phrase(noun, None)
        .start
        .min(words.start)
        .max(noun.sentence().start);
    let end = words.end.max(noun.i + 1).min(noun.sentence().end);
    Some(of(&who, start..end, noun, rules::CHARGED))
}

/// "four suspected smugglers", "suspected Front fighters": people of whom the words say no more than that.
fn suspected(cx: &Passes<'_>, noun: Token<'_>) -> Option<Draft> {
    if !matches!(noun.pos(), Pos::Noun | Pos::Propn)
        || !noun.children().any(|child| {
            matches!(
                child.lower(),
                "suspected" | "alleged" | "supposed" | "presumed"
            ) && child.i < noun.i
        })
    {
        return None;
    }
    let person =
        crate::claims::person_nouns::lookup(&crate::claims::person_nouns::singular(noun.lower()))
            .is_some();
    let deed = is_deed_noun(noun);
    let who = if deed {
        // "Suspected Southern Shield strike hits hospital".
        let body = noun.children().find(|child| {
            child.dep() == "compound"
                && child.pos() == Pos::Propn
                && cx.party_at(child.i).is_some_and(|info| info.named)
        })?;
        who::named(cx, body)?
    } else {
        if !person {
            return None;
        }
        who::named(cx, noun)?
    };
    if matches!(who.party.kind, PartyKind::Civilians) && noun.lemma() == "victim" {
        return None;
    }
    let phrase = people::phrase(noun, None);
    let mut draft = of(&who, phrase.clone(), noun, "responsibility/suspected");
    draft.tokens = phrase.start..noun.sentence().end.min(phrase.end.max(noun.i + 1));
    draft.stance = Some(StanceKind::Possible);
    Some(draft)
}

/// "all fingers point to the Front",, which the tagger takes for nouns.
fn fingers(cx: &Passes<'_>, noun: Token<'_>) -> Option<Draft> {
    if noun.lemma() != "finger" && noun.lower() != "fingers" {
        return None;
    }
    let near = |i: usize| i < noun.sentence().end && i < noun.i + 7;
    let point = (noun.i + 1..)
        .take_while(|&i| near(i))
        .find(|&i| cx.doc.token(i).lower().starts_with("point"))?;
    let to = (point + 1..noun.sentence().end.min(point + 3))
        .map(|i| cx.doc.token(i))
        .find(|token| matches!(token.lower(), "to" | "at"))?;
    let whom = to.child("pobj")?;
    let who = who::named(cx, whom)?;
    let start = people::phrase(noun, None).start.min(noun.i);
    Some(of(
        &who,
        start..people::phrase(whom, None).end.max(whom.i + 1),
        noun,
        "responsibility/blamed",
    ))
}

/// "police charged Ivo Brand with murder", "she was arrested in connection with the shooting": a named person whom the
/// law holds for the deed. An arrest is a suspicion, a charge a claim of those who bring it, a verdict is what the
/// report says of a court.
fn charged(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    let stance = match verb.lemma() {
        "arrest" | "suspect" => Some(StanceKind::Possible),
        "charge" | "indict" => Some(StanceKind::Claimed),
        "convict" | "sentence" => None,
        _ => return None,
    };
    if frames::is_negated(verb) || frames::is_irrealis(verb) {
        return None;
    }
    let whom = frames::object(verb)?;
    let info = cx.party_at(whom.i)?;
    if info.party.kind != PartyKind::Person || !info.named {
        return None;
    }
    // The deed stands behind the verb: "with murder", "in the shooting of", "for killing".
    let deed = verb
        .subtree()
        .take_while(|i| *i < verb.i + MAX_REACH)
        .find(|&i| {
            let token = cx.doc.token(i);
            i > verb.i
                && (event_kinds::kind_of(token).is_some_and(|(_, rank)| rank > 0)
                    || matches!(token.lemma(), "manslaughter" | "assault" | "battery"))
        })?;
    let name = people::phrase(whom, None);
    let start = verb.i.min(name.start).max(verb.sentence().start);
    let end = (deed + 1).max(name.end).min(verb.sentence().end);
    let party = info.party.clone();
    let mut draft = Draft::new(
        Slot::Responsibility,
        Value::Party(party.clone()),
        start..end,
        verb.i,
        rules::CHARGED,
    );
    draft.actor = Some(party);
    draft.stance = stance;
    Some(draft)
}

/// Tokens behind a charge in which the deed is looked for.
const MAX_REACH: usize = 16;
