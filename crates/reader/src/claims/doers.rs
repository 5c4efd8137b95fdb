//! Who does a violent act, as its own clause names it: the subject of an active verb ("rebels stormed the base"), the
//! "by" of a passive or a noun ("carried out by the brigade", "an attack by gunmen"), whose attack it was ("the army's
//! raid", "a Harnoki air strike").
//!
//! ACLED's codebook records the unnamed too ("unidentified gunmen"), and so does this.

use language::{Pos, Token};
use model::{Party, PartyKind, Slot, StanceKind, Value};

use super::{draft::Draft, event_kinds, frames, passes::Passes, people, person_nouns};

/// Verbs whose subject suffers or is a thing.
const WITHOUT_DOER: &[&str] = &["die", "explode", "erupt", "engulf", "go", "happen"];
/// Claims a report; what comes after tells of further acts, not of this one's doer.
const MAX_CLAIMS: usize = 12;
/// Longest quote, in tokens.
const LONGEST: usize = 18;

/// Each doer once, at the first clause that names it.
pub fn find(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        if out.len() == MAX_CLAIMS {
            break;
        }
        let draft = match token.pos() {
            Pos::Verb => by_verb(cx, token),
            Pos::Noun | Pos::Propn => by_noun(cx, token),
            _ => None,
        };
        let Some(draft) = draft else { continue };
        let known = out
            .iter()
            .any(|old| old.actor == draft.actor && old.stance == draft.stance);
        if !known {
            out.push(draft);
        }
    }
    out
}

fn by_verb(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    if WITHOUT_DOER.contains(&verb.lemma()) {
        return None;
    }
    let deed = carries_out(verb)
        .then(|| verb.child_of(&["dobj", "nsubjpass"]))
        .flatten();
    match deed {
        Some(deed) => event_kinds::kind_of(deed)?,
        None => event_kinds::kind_of(verb)?,
    };
    if frames::is_irrealis(verb) {
        return None;
    }
    let agent = agent(verb)?;
    let party = doer(cx, agent)?;
    let end = match frames::object(verb).filter(|object| object.i > verb.i) {
        Some(object) => people::phrase(object, None).end,
        None => verb.i + 1,
    };
    let words = people::phrase(agent, None);
    let start = words.start.min(frames::predicate_tokens(verb).start);
    let end = end.max(words.end).max(verb.i + 1).min(start + LONGEST);
    let mut draft = draft(party, start..end, verb.i, "actor/subject");
    draft.stance = frames::is_negated(verb).then_some(StanceKind::Denied);
    Some(draft)
}

/// Who does `verb`. Of a verb that harms, its subject only when somebody or something else is harmed or aimed at: in
/// "Two men shot near the park" and "One man dead after shooting" the subject is hurt.
fn agent(verb: Token<'_>) -> Option<Token<'_>> {
    let agent = frames::agent(verb)?;
    // "Police investigating after two men stabbed, another assaulted": who looks into it did not do it.
    if only_looks(agent, verb) {
        return None;
    }
    let by = verb
        .children()
        .find(|child| matches!(child.dep(), "agent" | "prep") && child.lower() == "by");
    if !HARM_PARTICIPLES.contains(&verb.lemma()) || by.is_some_and(|by| by.i < agent.i) {
        return Some(agent);
    }
    let aims = verb.children().any(|child| {
        child.dep() == "prep"
            && matches!(
                child.lower(),
                "at" | "into" | "toward" | "towards" | "through"
            )
    });
    match frames::object(verb) {
        Some(object) if object.i != agent.i => Some(agent),
        Some(_) => by?.child("pobj"),
        None => aims.then_some(agent),
    }
}

/// Whether the subject of a deed is said, right behind it, to look into something: the deed is another clause's.
pub fn only_looks(agent: Token<'_>, verb: Token<'_>) -> bool {
    let next = agent
        .next()
        .is_some_and(|next| next.tag() == "VBG" && next.head() == agent);
    let inquires = agent.children().any(|child| {
        child.i > agent.i
            && child.dep() == "acl"
            && matches!(
                child.lemma(),
                "investigate" | "probe" | "seek" | "hunt" | "search" | "appeal"
            )
    });
    (next || inquires) && verb.i > agent.i
}

/// Verbs that need somebody harmed beside the doer.
const HARM_PARTICIPLES: &[&str] = &[
    "shoot", "kill", "wound", "injure", "stab", "hurt", "hit", "strike", "murder", "slay",
];

/// "carried out an attack", "launched a raid".
fn carries_out(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "carry" | "conduct" | "launch" | "stage" | "perpetrate" | "mount" | "commit" | "lead"
    )
}

fn by_noun(cx: &Passes<'_>, noun: Token<'_>) -> Option<Draft> {
    let (_, rank) = event_kinds::kind_of(noun)?;
    if rank == 0 || !event_kinds::is_news(noun) {
        return None;
    }
    let behind = noun
        .children()
        .find(|child| child.dep() == "prep" && child.lower() == "by")
        .and_then(|by| by.child("pobj"));
    let before = || {
        noun.children()
            .find(|child| {
                matches!(child.dep(), "poss" | "compound" | "amod" | "nmod") && child.i < noun.i
            })
            // "the police shooting", "a prison attack": a body in front may be the target; only those who fight are
            // doers there.
            .filter(|child| cx.party_at(child.i).is_some_and(|info| info.interested))
    };
    let (agent, rule) = match behind {
        Some(agent) => (agent, "actor/by"),
        None => (before()?, "actor/whose"),
    };
    let party = doer(cx, agent)?;
    let words = people::phrase(agent, None);
    let start = words.start.min(people::phrase(noun, None).start);
    let end = words.end.max(noun.i + 1).min(start + LONGEST);
    Some(draft(party, start..end, noun.i, rule))
}

fn draft(party: Party, tokens: std::ops::Range<usize>, anchor: usize, rule: &'static str) -> Draft {
    let mut draft = Draft::new(
        Slot::Actor,
        Value::Party(party.clone()),
        tokens,
        anchor,
        rule,
    );
    draft.actor = Some(party);
    draft
}

/// The party that acts: a body by its name, or people by the words that describe them. A pronoun names nobody; an aid
/// group, an outlet or a monitor that "hit" or "struck" did so with words.
fn doer(cx: &Passes<'_>, agent: Token<'_>) -> Option<Party> {
    let unnamed = cx.party_at(agent.i).is_some_and(|info| !info.named);
    let of = unnamed
        .then(|| {
            agent
                .children()
                .find(|child| child.dep() == "prep" && matches!(child.lower(), "of" | "from"))
        })
        .flatten();
    let behind = of
        .and_then(|of| of.child("pobj"))
        .and_then(|body| cx.party_at(body.i))
        .filter(|info| info.named && info.interested);
    if let Some(info) = behind.or_else(|| cx.body_of(agent)) {
        let party = match info.affiliation {
            Some(body) if !info.named => &cx.read.parties.parties[body].party,
            _ => &info.party,
        };
        let speaks_only = matches!(
            party.kind,
            PartyKind::Un
                | PartyKind::Ngo
                | PartyKind::Monitor
                | PartyKind::Outlet
                | PartyKind::Agency
                | PartyKind::Witness
        );
        return (!speaks_only).then(|| party.clone());
    }
    if !matches!(agent.pos(), Pos::Noun | Pos::Propn) {
        return None;
    }
    let group = people::group_at(cx, agent)?;
    // A headline's capitals make names of its nouns and verbs: "Friends Mourn", "Police Arrest Man".
    let called =
        |i: usize| person_nouns::lookup(&person_nouns::singular(cx.doc.token(i).lower())).is_some();
    if group.name.is_some() && group.tokens.clone().any(called) {
        return None;
    }
    let words = cx.doc.slice(whole_words(cx, group.tokens));
    Some(Party::named(words, PartyKind::Unknown))
}

/// The tokens with those before them that are written without a space between: "13-year-old son" and not "old son".
fn whole_words(cx: &Passes<'_>, tokens: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let mut start = tokens.start;
    while let Some(before) = start.checked_sub(1)
        && cx.doc.token(before).bytes().end == cx.doc.token(start).bytes().start
    {
        start = before;
    }
    start..tokens.end
}
