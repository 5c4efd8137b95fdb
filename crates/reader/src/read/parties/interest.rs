//! Which parties take sides in what is told.
//!
//! Armed groups always do. A state's force does when the text has it fighting: subject of an act of violence, or side
//! of a clash. Police and other authorities do only when their own officers fired. The political wing of a side is of
//! that side.

use language::{Pos, Token};
use model::PartyKind;

use super::{build::Builder, lexicon::Class, phrase};

const ACTS: &[&str] = &[
    "attack",
    "shell",
    "bomb",
    "bombard",
    "strike",
    "kill",
    "fire",
    "launch",
    "raid",
    "storm",
    "besiege",
    "advance",
    "seize",
    "capture",
    "retake",
    "recapture",
    "repel",
    "clash",
    "fight",
    "shoot",
    "target",
    "raze",
    "torture",
    "execute",
    "ambush",
    "assault",
    "invade",
    "retreat",
    "withdraw",
    "occupy",
    "overrun",
    "detonate",
    "abduct",
    "wound",
    "destroy",
    "deploy",
    "encircle",
    "counterattack",
    "pound",
    "hit",
];
const FIGHTS: &[&str] = &[
    "clash",
    "fighting",
    "battle",
    "war",
    "conflict",
    "strike",
    "airstrike",
    "raid",
    "attack",
    "offensive",
    "assault",
    "shelling",
    "operation",
    "bombardment",
    "gunfight",
    "firefight",
    "siege",
    "advance",
    "campaign",
    "truce",
    "ceasefire",
];
const ARMS: &[&str] = &[
    "aircraft",
    "warplane",
    "plane",
    "jet",
    "drone",
    "helicopter",
    "fighter",
    "troop",
    "troops",
    "soldier",
    "unit",
    "tank",
    "artillery",
    "gunship",
    "ship",
    "missile",
    "rocket",
    "force",
    "forces",
    "sniper",
    "commando",
];
const SHOOTING: &[&str] = &["shoot", "fire", "kill", "wound"];

/// Whether a body takes a deed upon itself: "the Council claimed responsibility for the bombing".
fn claims_deed(head: Token<'_>) -> bool {
    let verb = head.head();
    head.dep() == "nsubj"
        && matches!(verb.lemma(), "claim" | "take" | "assume")
        && verb
            .child("dobj")
            .is_some_and(|object| matches!(object.lower(), "responsibility" | "credit"))
}

/// Marks the parties that take sides.
pub fn mark(b: &mut Builder<'_>) {
    for index in 0..b.mentions.len() {
        let mention = &b.mentions[index];
        let (party, head) = (mention.party, b.doc.token(mention.head));
        if b.drafts[party].interested {
            continue;
        }
        let draft = &b.drafts[party];
        let force = draft.class == Class::Force;
        let acts = match draft.kind {
            PartyKind::ArmedGroup => true,
            PartyKind::State if force => fights(head, ACTS) || beside_fighting(head),
            PartyKind::State => fights(head, ACTS),
            PartyKind::Authority
                if draft.class == Class::Body || draft.noun.contains("officer") =>
            {
                fights(head, SHOOTING)
            }
            PartyKind::Unknown if force => fights(head, ACTS),
            PartyKind::Unknown | PartyKind::Political => claims_deed(head),
            _ => false,
        };
        b.drafts[party].interested = acts;
    }
    own_agencies(b);
    // Wings: an affiliation of a body to a side.
    for _ in 0..2 {
        for party in 0..b.drafts.len() {
            let owner = b.drafts[party].affiliation;
            if b.drafts[party].kind != PartyKind::Person
                && let Some(owner) = owner
                && b.drafts[owner].interested
            {
                b.drafts[party].interested = true;
            }
        }
    }
    // A ministry or government of the side whose army fights: they share the demonym.
    let sides: Vec<String> = b
        .drafts
        .iter()
        .filter(|d| d.interested && d.kind == PartyKind::State)
        .filter_map(|d| d.name.split(' ').next().map(str::to_lowercase))
        .collect();
    for draft in &mut b.drafts {
        let first = draft.name.split(' ').next().unwrap_or("").to_lowercase();
        if draft.kind == PartyKind::State && !draft.interested && draft.class != Class::Person {
            draft.interested = sides.iter().take(50).any(|side| {
                *side == first && super::lexicon::lexicon().demonym(&capital(side)).is_some()
            });
        }
    }
}

/// Words by which a text ties an agency to a side.
const TIED: &[&str] = &[
    "linked",
    "affiliated",
    "aligned",
    "tied",
    "loyal",
    "run",
    "controlled",
    "operated",
];

/// The news agency of a side speaks for it: "its Amaq agency", "the group's Amaq agency", "Amaq, an agency linked to
/// the group", "Amaq, the group's news agency", "the group (Amaq)".
fn own_agencies(b: &mut Builder<'_>) {
    for index in 0..b.mentions.len() {
        let mention = &b.mentions[index];
        let (agency, tokens) = (mention.party, mention.tokens.clone());
        if b.drafts[agency].kind != PartyKind::Agency || b.drafts[agency].affiliation.is_some() {
            continue;
        }
        let side = |i: usize| {
            b.party_at(i)
                .filter(|&party| party != agency && b.drafts[party].kind == PartyKind::ArmedGroup)
        };
        // The word before, or the one before the possessive mark; also within a longer mention.
        let before = tokens.start.checked_sub(1).and_then(|i| {
            let token = b.doc.token(i);
            let owned = if token.tag() == "POS" {
                i.checked_sub(1)
            } else {
                Some(i)
            };
            owned
                .filter(|_| matches!(token.tag(), "POS" | "PRP$"))
                .and_then(side)
        });
        let sentence = b.doc.token(tokens.start).sentence().end;
        let near = tokens.end..sentence.min(tokens.end + 10);
        let after = near
            .clone()
            .find(|&i| TIED.contains(&b.doc.token(i).lower()))
            .and_then(|tie| (tie + 1..sentence.min(tie + 6)).find_map(side));
        // "Islamic State (Amaq) said".
        let bracket = tokens
            .start
            .checked_sub(2)
            .filter(|&i| b.doc.token(i + 1).text() == "(")
            .and_then(side);
        // "Amaq, the group's news agency": who owns the apposition.
        let owner = near
            .take_while(|&i| b.doc.token(i).pos() != Pos::Verb)
            .find(|&i| b.doc.token(i).tag() == "POS")
            .filter(|_| tokens.end < sentence && b.doc.token(tokens.end).text() == ",")
            .and_then(|i| side(i - 1));
        b.drafts[agency].affiliation = before.or(bracket).or(after).or(owner);
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Subject or agent of a verb of the list.
fn fights(head: Token<'_>, verbs: &[&str]) -> bool {
    let mut at = head;
    for _ in 0..3 {
        match at.dep() {
            "nsubj" => {
                let verb = at.head();
                return verb.pos() == Pos::Verb
                    && (verbs.contains(&verb.lemma())
                        || verb.children().any(|c| {
                            matches!(c.dep(), "conj" | "xcomp") && verbs.contains(&c.lemma())
                        }))
                    && !phrase::is_saying(verb.lemma());
            }
            // "aircraft of the Lakeland Forces struck", "the army's jets struck".
            "pobj" if at.head().lower() == "of" && ARMS.contains(&at.head().head().lemma()) => {
                at = at.head().head();
            }
            "poss" if ARMS.contains(&at.head().lemma()) => at = at.head(),
            "pobj" if at.head().dep() == "agent" => {
                let verb = at.head().head();
                return verbs.contains(&verb.lemma());
            }
            "compound" | "nmod" | "conj" | "appos" => at = at.head(),
            _ => return false,
        }
    }
    false
}

/// Beside a noun of fighting: "clashes between A and B", "fighting against A", "A's raid", "an A strike".
fn beside_fighting(head: Token<'_>) -> bool {
    let mut at = head;
    for _ in 0..3 {
        let up = at.head();
        match at.dep() {
            "pobj" if matches!(up.lower(), "between" | "with" | "against" | "by" | "from") => {
                let noun = up.head();
                return FIGHTS.contains(&noun.lemma()) || ACTS.contains(&noun.lemma());
            }
            "poss" | "compound" | "nmod" | "amod" if FIGHTS.contains(&up.lemma()) => return true,
            "compound" | "conj" | "nmod" | "appos" => at = up,
            _ => return false,
        }
    }
    false
}
