//! Words for violent events and the kind each names.
//!
//! Kinds follow the event and sub-event types of ACLED's codebook (battles, explosions and remote violence, violence
//! against civilians, riots, strategic developments) and PLOVER's modes, under short codes of our own.

use language::{Pos, Token};

/// Nouns: singular, kind, how specific the kind is (a higher one wins over a lower one in the same report).
const NOUNS: &[(&str, &str, u8)] = &[
    ("attack", "attack", 1),
    ("assault", "attack", 1),
    ("raid", "raid", 1),
    ("ambush", "ambush", 3),
    ("incident", "incident", 0),
    ("violence", "violence", 0),
    ("clash", "clash", 2),
    ("fighting", "clash", 2),
    ("battle", "clash", 2),
    ("firefight", "clash", 2),
    ("gunfight", "clash", 2),
    ("gunbattle", "clash", 2),
    ("skirmish", "clash", 2),
    ("conflict", "clash", 0),
    ("shooting", "shooting", 3),
    ("gunfire", "shooting", 2),
    ("shootout", "shooting", 3),
    ("drive-by", "shooting", 3),
    ("stabbing", "stabbing", 3),
    ("bombing", "bombing", 3),
    ("explosion", "explosion", 2),
    ("blast", "explosion", 2),
    ("detonation", "explosion", 2),
    ("airstrike", "airstrike", 3),
    ("air-strike", "airstrike", 3),
    ("strike", "airstrike", 1),
    ("bombardment", "shelling", 2),
    ("shelling", "shelling", 3),
    ("barrage", "shelling", 2),
    ("massacre", "massacre", 3),
    ("killing", "killing", 1),
    ("murder", "killing", 2),
    ("homicide", "killing", 2),
    ("murder-suicide", "killing", 3),
    ("assassination", "assassination", 3),
    ("execution", "execution", 3),
    ("kidnapping", "abduction", 3),
    ("abduction", "abduction", 3),
    ("hostage-taking", "abduction", 3),
    ("jailbreak", "prison_break", 3),
    ("breakout", "prison_break", 3),
    ("siege", "siege", 2),
    ("riot", "riot", 2),
    ("uprising", "riot", 1),
    ("protest", "protest", 1),
    ("arson", "arson", 3),
    ("looting", "looting", 2),
    ("robbery", "robbery", 2),
    ("carjacking", "robbery", 2),
    ("burglary", "robbery", 1),
    ("invasion", "robbery", 1),
    ("crackdown", "crackdown", 2),
    ("offensive", "offensive", 2),
];

/// Verbs: lemma, kind, how specific.
const VERBS: &[(&str, &str, u8)] = &[
    ("attack", "attack", 1),
    ("assault", "attack", 1),
    ("storm", "raid", 2),
    ("raid", "raid", 2),
    ("ambush", "ambush", 3),
    ("target", "attack", 0),
    ("clash", "clash", 2),
    ("shoot", "shooting", 2),
    ("stab", "stabbing", 2),
    ("bomb", "bombing", 3),
    ("explode", "explosion", 2),
    ("detonate", "explosion", 2),
    ("shell", "shelling", 3),
    ("bombard", "shelling", 2),
    ("strike", "attack", 0),
    ("hit", "attack", 0),
    ("ram", "attack", 1),
    ("massacre", "massacre", 3),
    ("kill", "killing", 1),
    ("murder", "killing", 2),
    ("assassinate", "assassination", 3),
    ("execute", "execution", 3),
    ("kidnap", "abduction", 3),
    ("abduct", "abduction", 3),
    ("besiege", "siege", 2),
    ("die", "killing", 0),
    ("wound", "attack", 0),
    ("injure", "attack", 0),
    ("torch", "arson", 2),
    ("engulf", "clash", 0),
    ("erupt", "clash", 0),
];

/// Verbs that say that something took place, whatever it was.
pub const TAKE_PLACE: &[&str] = &[
    "happen", "occur", "begin", "start", "take", "unfold", "erupt", "break", "ensue", "come",
    "launch",
];

/// The kind that a token names and how specific it is, if it names an event.
pub fn kind_of(token: Token<'_>) -> Option<(&'static str, u8)> {
    match token.pos() {
        Pos::Noun | Pos::Propn => kind_of_noun(token),
        Pos::Verb => kind_of_verb(token),
        _ => None,
    }
}

fn find(table: &[(&str, &'static str, u8)], word: &str) -> Option<(&'static str, u8)> {
    table
        .iter()
        .find(|(known, ..)| *known == word)
        .map(|&(_, kind, rank)| (kind, rank))
}

fn kind_of_noun(token: Token<'_>) -> Option<(&'static str, u8)> {
    let word = token.lower();
    // "heart attack", "air strike", "hunger strike", "prison break", "mass shooting".
    let before = token.previous().map_or("", |previous| previous.lower());
    let one = super::person_nouns::singular(word);
    let one = one
        .strip_suffix("es")
        .filter(|_| word == "clashes" || word == "ambushes")
        .unwrap_or(&one);
    match (before, one) {
        (
            "heart" | "panic" | "asthma" | "verbal" | "cyber" | "hunger" | "labor" | "labour"
            | "general" | "lightning" | "rail" | "transport",
            _,
        ) => None,
        ("sexual", "assault") => Some(("sexual_violence", 3)),
        ("air" | "drone" | "missile" | "rocket", "strike") => Some(("airstrike", 3)),
        ("prison" | "jail", "break") => Some(("prison_break", 3)),
        ("hostage", "taking") => Some(("abduction", 3)),
        ("bomb" | "bombing" | "suicide", "attack") => Some(("bombing", 3)),
        ("air" | "drone" | "rocket" | "missile", "attack") => Some(("airstrike", 3)),
        ("arson", "attack") => Some(("arson", 3)),
        ("knife", "attack") => Some(("stabbing", 3)),
        ("gun", "attack") => Some(("shooting", 3)),
        // A bare "strike" may be of workers.
        (_, "strike") => is_from_the_air(token).then_some(("airstrike", 1)),
        _ => find(NOUNS, one),
    }
}

/// Whether an attacker, a target or the dead beside a "strike" make it one from the air.
fn is_from_the_air(strike: Token<'_>) -> bool {
    strike.sentence().any(|i| {
        matches!(
            strike.doc().token(i).lemma(),
            "kill"
                | "wound"
                | "injure"
                | "target"
                | "israeli"
                | "missile"
                | "air"
                | "drone"
                | "bomb"
                | "hit"
                | "destroy"
                | "civilian"
        )
    })
}

fn kind_of_verb(token: Token<'_>) -> Option<(&'static str, u8)> {
    let particle = token
        .children()
        .find(|child| child.dep() == "prt")
        .map_or("", |child| child.lower());
    match (token.lemma(), particle) {
        ("open", _)
            if token
                .child("dobj")
                .is_some_and(|object| object.lower() == "fire") =>
        {
            Some(("shooting", 3))
        }
        ("blow", "up") => Some(("bombing", 2)),
        ("go" | "set", "off") => Some(("explosion", 1)),
        ("break", "out")
            if token
                .subtree()
                .any(|i| matches!(token.doc().token(i).lower(), "prison" | "jail")) =>
        {
            Some(("prison_break", 2))
        }
        ("fire", _)
            if token.child_of(&["dobj", "prep"]).is_some_and(|arg| {
                matches!(
                    arg.lower(),
                    "shots" | "shot" | "at" | "into" | "rounds" | "on"
                )
            }) =>
        {
            Some(("shooting", 2))
        }
        ("explode" | "detonate", _) if bomb_subject(token) => Some(("bombing", 3)),
        (lemma, _) => find(VERBS, lemma),
    }
}

/// Whether what explodes is a bomb.
fn bomb_subject(verb: Token<'_>) -> bool {
    verb.child_of(&["nsubj", "nsubjpass", "dobj"])
        .is_some_and(|subject| {
            matches!(
                subject.lemma(),
                "bomb" | "device" | "bomber" | "ied" | "mine" | "explosive"
            )
        })
}

/// Whether the event is the report's news rather than background: its clause is in no later-dated tense. Verbs in a
/// pluperfect relative clause, plans and threats are left out.
pub fn is_news(token: Token<'_>) -> bool {
    let verb = if matches!(token.pos(), Pos::Verb | Pos::Aux) {
        Some(token)
    } else {
        token
            .ancestors()
            .take(3)
            .find(|above| matches!(above.pos(), Pos::Verb | Pos::Aux))
    };
    verb.is_none_or(|verb| !super::grammar::is_irrealis(verb))
}
