//! Whom and what the rules of responsibility speak of: bodies and people as words name them, and words for deeds.

use language::{Pos, Token};
use model::{Party, PartyKind};

use crate::claims::{draft::Voice, event_kinds, passes::Passes, people, person_nouns};

/// Somebody as a phrase names them.
#[derive(Clone, Debug)]
pub struct Named {
    /// Index into the parties of the text, where it is one of them.
    pub known: Option<usize>,
    /// The party.
    pub party: Party,
    /// The token that heads the phrase.
    pub head: usize,
}

impl Named {
    /// The party of the text with this index, named at `head`.
    pub fn known(cx: &Passes<'_>, index: usize, head: usize) -> Self {
        Self {
            known: Some(index),
            party: cx.read.parties.parties[index].party.clone(),
            head,
        }
    }

    /// The same as one who speaks.
    pub fn voice(&self, cx: &Passes<'_>) -> Voice {
        Voice {
            known: self.known,
            party: self.party.clone(),
            tokens: people::phrase(cx.doc.token(self.head), None),
        }
    }
}

/// Nouns of groups that a name may follow: "a group calling itself the Lake Eagles", "the faction named …".
const GROUPS: &[&str] = &[
    "group",
    "organisation",
    "organization",
    "outfit",
    "faction",
    "cell",
    "militia",
    "movement",
    "network",
    "gang",
    "band",
    "army",
    "party",
    "front",
    "brigade",
    "coalition",
    "alliance",
    "force",
    "wing",
    "branch",
    "affiliate",
    "office",
    "leadership",
    "command",
    "channel",
    "mouthpiece",
];
/// Nouns for those who act for a body.
const MEN: &[&str] = &[
    "man",
    "men",
    "member",
    "fighter",
    "gunman",
    "gunmen",
    "militant",
    "soldier",
    "troop",
    "troops",
    "force",
    "forces",
    "unit",
    "remnant",
    "cell",
    "commander",
    "aircraft",
    "plane",
    "jet",
    "helicopter",
    "drone",
    "gunship",
    "boat",
    "element",
    "supporter",
    "follower",
    "combatant",
    "officer",
    "agent",
    "guard",
    "bomber",
    "warplane",
    "people",
    "artillery",
    "battery",
    "branch",
    "faction",
    "wing",
    "gang",
    "terrorist",
    "rebel",
    "militiaman",
    "militiamen",
    "insurgent",
    "separatist",
    "side",
    "assailant",
    "attacker",
    "missile",
    "rocket",
    "interceptor",
    "shell",
];

fn index_at(cx: &Passes<'_>, i: usize) -> Option<usize> {
    cx.read.parties.at(i).map(|mention| mention.party)
}

/// The nouns through which a phrase names the body behind people: "gunmen of the Front", "Front fighters", "men who
/// belong to the Front", "a group calling itself the Front".
fn through(token: Token<'_>) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let men = MEN.contains(&token.lemma())
        || MEN.contains(&token.lower())
        || MEN.contains(&token.lemma().to_lowercase().as_str());
    let group = GROUPS.contains(&token.lemma());
    for child in token.children() {
        match child.dep() {
            "prep" if matches!(child.lower(), "of" | "from" | "with") && men => {
                out.extend(child.child("pobj"))
            }
            "compound" | "amod" | "nmod" | "poss" if men || group => out.push(child),
            // "the northern branch's fighters of the Front".
            "prep" if child.lower() == "of" && group => out.extend(child.child("pobj")),
            "appos" if child.pos() == Pos::Propn => out.push(child),
            "acl" | "relcl" if men || group => {
                let called = matches!(
                    child.lemma(),
                    "call" | "name" | "know" | "dub" | "style" | "term"
                );
                let belongs = matches!(
                    child.lemma(),
                    "belong" | "link" | "affiliate" | "think" | "believe" | "suspect" | "say"
                );
                if called || belongs {
                    out.extend(
                        child
                            .subtree()
                            .take(16)
                            .map(|i| token.doc().token(i))
                            .filter(|inner| {
                                inner.pos() == Pos::Propn
                                    && matches!(
                                        inner.dep(),
                                        "oprd"
                                            | "pobj"
                                            | "dobj"
                                            | "attr"
                                            | "appos"
                                            | "ccomp"
                                            | "xcomp"
                                            | "conj"
                                            | "nsubj"
                                            | "npadvmod"
                                    )
                            }),
                    );
                }
            }
            _ => {}
        }
    }
    out
}

/// The body or person that the phrase headed by `token` names; of people that are unnamed, the named body they act for.
/// `None` for pronouns that the text does not resolve, for things and for words that describe nobody.
pub fn named(cx: &Passes<'_>, token: Token<'_>) -> Option<Named> {
    let parties = &cx.read.parties.parties;
    let is_named = |index: &usize| {
        parties[*index].named
            && !matches!(
                parties[*index].party.kind,
                PartyKind::Outlet | PartyKind::Agency
            )
    };
    let own = index_at(cx, token.i).or_else(|| {
        // "Jund al-Sahra": the parse may head a name by any of its words.
        people::phrase(token, None)
            .filter(|&i| cx.doc.token(i).pos() == Pos::Propn && token.pos() == Pos::Propn)
            .find_map(|i| index_at(cx, i))
    });
    // "the Air Unit of the Lake Vanguard": a part of a body stands for it.
    let part = matches!(
        token.lemma().to_lowercase().as_str(),
        "unit" | "wing" | "branch" | "company" | "battalion" | "cell" | "command"
    ) && token
        .children()
        .any(|child| child.dep() == "prep" && child.lower() == "of");
    if let Some(index) = own.filter(is_named).filter(|_| !part) {
        return Some(Named::known(cx, index, token.i));
    }
    let behind = through(token);
    if let Some(index) = behind
        .iter()
        .find_map(|inner| index_at(cx, inner.i).filter(is_named))
    {
        // "a Kelmoor police officer": a town before an unnamed man names no body.
        return Some(Named::known(cx, index, token.i));
    }
    if let Some(name) = behind
        .iter()
        .find(|inner| inner.pos() == Pos::Propn && !is_place(cx, inner.i))
        && let Some(party) = by_name(cx, *name)
    {
        return Some(Named {
            known: None,
            party,
            head: token.i,
        });
    }
    if let Some(index) = own {
        return Some(Named::known(cx, index, token.i));
    }
    if token.pos() == Pos::Propn {
        let party = by_name(cx, token)?;
        return Some(Named {
            known: None,
            party,
            head: token.i,
        });
    }
    if token.pos() != Pos::Noun || is_deed_noun(token) {
        return None;
    }
    let group = people::group_at(cx, token);
    if group.is_none() && !GROUPS.contains(&token.lemma()) {
        return None;
    }
    let phrase = bare(cx, people::phrase(token, None));
    Some(Named {
        known: None,
        party: Party::named(cx.doc.slice(phrase), PartyKind::Unknown),
        head: token.i,
    })
}

/// The same, and of somebody who speaks or acts for a body, the body.
pub fn body(cx: &Passes<'_>, token: Token<'_>) -> Option<Named> {
    let found = named(cx, token)?;
    let body = found
        .known
        .and_then(|index| cx.read.parties.parties[index].affiliation);
    Some(match body {
        Some(body) => Named::known(cx, body, token.i),
        None => found,
    })
}

fn is_place(cx: &Passes<'_>, token: usize) -> bool {
    cx.read
        .places
        .iter()
        .any(|place| place.tokens.contains(&token))
}

/// A party by the capitalised words that end at or around a proper name; none for places and times.
fn by_name(cx: &Passes<'_>, token: Token<'_>) -> Option<Party> {
    if is_place(cx, token.i)
        || matches!(token.entity_label(), "DATE" | "TIME")
        || is_deed_noun(token)
    {
        return None;
    }
    let phrase = people::phrase(token, None);
    let start = phrase.clone().find(|&i| {
        let word = cx.doc.token(i);
        word.pos() == Pos::Propn && word.text().starts_with(char::is_uppercase)
    })?;
    let words = cx
        .doc
        .slice(start..phrase.end)
        .trim_matches(['"', '“', '”', '\'', ',']);
    (words.len() > 2).then(|| Party::named(words, PartyKind::Unknown))
}

/// The phrase without its article.
fn bare(cx: &Passes<'_>, phrase: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let article = matches!(
        cx.doc.token(phrase.start).lower(),
        "the" | "a" | "an" | "some"
    );
    if article && phrase.len() > 1 {
        phrase.start + 1..phrase.end
    } else {
        phrase
    }
}

/// Whether a noun is of people or arms that act for somebody.
pub fn acts_for_somebody(token: Token<'_>) -> bool {
    let lemma = token.lemma().to_lowercase();
    MEN.contains(&lemma.as_str()) || MEN.contains(&token.lower())
}

/// Whether a noun names something violent that somebody may have done.
pub fn is_deed_noun(token: Token<'_>) -> bool {
    if !matches!(token.pos(), Pos::Noun | Pos::Propn) {
        return false;
    }
    let one = person_nouns::singular(token.lower());
    event_kinds::kind_of(token).is_some()
        || matches!(
            one.as_str(),
            "bomb"
                | "operation"
                | "missile"
                | "rocket"
                | "drone"
                | "shell"
                | "shot"
                | "mission"
                | "atrocity"
                | "crime"
                | "seizure"
                | "carnage"
                | "bloodshed"
                | "downing"
                | "crash"
                | "deed"
                | "kidnap"
                | "charge"
                | "fire"
                | "killing"
                | "death"
                | "sabotage"
                | "disappearance"
                | "collapse"
                | "disaster"
                | "tragedy"
                | "mutiny"
        )
}

/// Verbs of deeds that somebody does to somebody or something.
const DEEDS: &[&str] = &[
    "attack",
    "ambush",
    "bomb",
    "storm",
    "target",
    "shell",
    "kill",
    "execute",
    "shoot",
    "massacre",
    "fire",
    "raid",
    "besiege",
    "behead",
    "abduct",
    "kidnap",
    "bombard",
    "assault",
    "torch",
    "murder",
    "assassinate",
    "strike",
    "hit",
    "detonate",
    "slaughter",
    "slay",
    "open",
    "destroy",
    "harm",
    "injure",
    "wound",
    "attempt",
];

/// Whether a verb says that somebody did something violent to somebody or something, in any voice.
pub fn is_deed_verb(verb: Token<'_>) -> bool {
    if verb.pos() != Pos::Verb {
        return false;
    }
    let object = verb.child_of(&["dobj", "nsubjpass"]);
    let aimed = || {
        verb.children().any(|child| {
            child.dep() == "prep"
                && matches!(child.lower(), "on" | "at" | "into" | "in" | "against")
        })
    };
    match verb.lemma() {
        "open" | "return" => object.is_some_and(|object| object.lower() == "fire"),
        "carry" | "conduct" | "launch" | "stage" | "perpetrate" | "mount" | "commit" | "plan"
        | "order" | "execute" | "activate" | "drop" | "plant" | "organise" | "organize"
        | "make" | "approve" => object.is_some_and(is_deed_noun),
        "fire" | "target" => object.is_some() || aimed(),
        "break" => verb.children().any(|child| {
            child.dep() == "prep" && child.lower() == "into"
                || child.dep() == "prt" && child.lower() == "up"
        }),
        "take" => object
            .is_some_and(|object| matches!(object.lower(), "revenge" | "hostage" | "hostages")),
        "strike" | "hit" => {
            object.is_some()
                && verb
                    .child("nsubj")
                    .is_some_and(|subject| !is_deed_noun(subject))
        }
        lemma => {
            DEEDS.contains(&lemma)
                && (object.is_some()
                    || aimed()
                    || verb.child("agent").is_some()
                    || verb.dep() == "acl"
                    || verb.dep() == "relcl")
        }
    }
}
