//! People and bodies called by a noun: "police", "rights groups", "a security source", "a spokesperson for the Front
//! (VDF)".

use std::{collections::BTreeMap, ops::Range};

use language::Pos;
use model::PartyKind;

use super::{
    build::{Builder, Draft},
    called::Called,
    discourse::Discourse,
    lexicon::{Class, lexicon},
    person_words::{role_gender, singular},
    phrase,
};

/// Fighters, members, troops of a named body act as the body.
const PART_OF_BODY: &[&str] = &[
    "fighter",
    "member",
    "militant",
    "troops",
    "soldier",
    "forces",
    "force",
    "insurgent",
    "rebel",
    "gunman",
    "terrorist",
    "jihadist",
    "extremist",
    "operative",
    "combatant",
    "group",
    "movement",
    "militia",
    "brigade",
    "unit",
    "organisation",
    "organization",
    "network",
    "cell",
    "affiliate",
    "wing",
    "faction",
    "guerrilla",
];

/// The body a role belongs to: "VDF officials", "the ministry's spokesman", "a spokesperson for the Front".
fn body_of(b: &Builder<'_>, called: &Called) -> Option<usize> {
    let doc = b.doc;
    let head = called.tokens.end - 1;
    let body = |i: usize| {
        b.party_at(i)
            .filter(|&party| b.drafts[party].class != Class::Person)
    };
    if let Some(found) = (called.tokens.start..head).rev().find_map(body) {
        return Some(found);
    }
    for child in doc.token(head).children() {
        let links = child.i > head
            && matches!(
                child.lower(),
                "for" | "of" | "from" | "with" | "at" | "in" | "inside"
            );
        if links && let Some(object) = child.child("pobj") {
            let base = phrase::base(object);
            // "from" and "in" a place say where, not whose.
            if let Some(found) = base.clone().rev().find_map(body) {
                return Some(found);
            }
        }
    }
    // The parser hangs long phrases elsewhere: look at the words.
    let next = head + 1;
    if next < doc.len() && matches!(doc.token(next).lower(), "for" | "of" | "from") {
        let mut at = next + 1;
        while at < doc.len()
            && at < next + 3
            && matches!(doc.token(at).pos(), Pos::Det | Pos::Adj)
            && b.taken[at] == 0
        {
            at += 1;
        }
        if at < doc.len() {
            return body(at);
        }
    }
    None
}

/// Nouns that name no party without the body that they belong to.
const PARTS: &[&str] = &["wing", "branch", "movement", "office"];

/// Nouns that name no party without a word before them.
const GENERIC: &[&str] = &[
    "group",
    "organisation",
    "organization",
    "body",
    "network",
    "movement",
    "faction",
    "team",
    "office",
    "wing",
    "branch",
    "party",
    "campaign",
    "mission",
    "member",
    "union",
    "association",
    "committee",
    "department",
];

/// Most characters of a name made of the words of a phrase.
const LONGEST_NAME: usize = 80;

/// Records the phrase as a party, or as a mention of one already known.
pub fn take(b: &mut Builder<'_>, discourse: &mut Discourse, called: &Called) -> Option<usize> {
    // "Orsk, a rights group": the phrase describes a body that is named.
    if b.doc.token(called.tokens.end - 1).dep() == "appos"
        && let Some(party) = described(b, called)
    {
        describe(b, party, called);
        b.mention(called.tokens.clone(), party);
        return Some(party);
    }
    let body = body_of(b, called);
    let party = match body.filter(|&body| acts_as(b, body, called)) {
        Some(body) => body,
        None => match known(b, discourse, body, called) {
            Some(party) => party,
            None => new_party(b, body, called)?,
        },
    };
    b.mention(called.tokens.clone(), party);
    Some(party)
}

/// Whether the phrase is but another word for the named body in it: its fighters, or "the group's Amaq agency".
fn acts_as(b: &Builder<'_>, body: usize, called: &Called) -> bool {
    let draft = &b.drafts[body];
    let force = (called.meaning.class == Class::Force
        || PART_OF_BODY.contains(&called.noun.as_str()))
        && draft.class == Class::Force;
    let agency = called.noun.ends_with("agency") && draft.kind == PartyKind::Agency;
    draft.named && (force || agency)
}

/// The party spoken of before that a definite noun without a body means.
fn known(
    b: &Builder<'_>,
    discourse: &Discourse,
    body: Option<usize>,
    called: &Called,
) -> Option<usize> {
    let definite = matches!(
        called.determiner,
        Some("the" | "this" | "that" | "these" | "those" | "its" | "their")
    );
    (definite && body.is_none())
        .then(|| discourse.definite(b, called))
        .flatten()
}

/// The party that a phrase makes: under the words of the phrase, or the noun and its body. A generic noun with nothing
/// to tell it from others is none.
fn new_party(b: &mut Builder<'_>, body: Option<usize>, called: &Called) -> Option<usize> {
    let doc = b.doc;
    let noun = called.noun.as_str();
    if body.is_none() && (PARTS.contains(&noun) || GENERIC.contains(&noun) && !called.modified) {
        return None;
    }
    let words = phrase::bare(doc, called.tokens.clone());
    let words = without_body(b, words, body);
    let name = name_of(b, words.clone(), called);
    if name.chars().count() > LONGEST_NAME {
        return None;
    }
    let person = called.meaning.class == Class::Person;
    let key = match body {
        Some(body) => format!("{noun}\u{1}{body}"),
        None => {
            let lower = name.to_lowercase();
            let last = doc.token(called.tokens.end - 1).lower();
            let one = singular(last).filter(|_| called.plural);
            match (one, lower.strip_suffix(last)) {
                (Some(one), Some(before)) => format!("{before}{one}"),
                _ => lower,
            }
        }
    };
    let kind = match (called.meaning.kind, person) {
        (PartyKind::Unknown, true) if !called.plural => PartyKind::Person,
        (kind, _) => kind,
    };
    Some(b.party(&key, || {
        let mut draft = Draft::new(name, kind, called.meaning.class);
        draft.named = false;
        draft.plural = called.plural;
        draft.noun = called.noun.clone();
        draft.affiliation = body;
        draft.female = role_gender(noun);
        if person {
            draft.role = Some(doc.slice(words).replace(['\u{a0}', '\n'], " "));
        }
        draft
    }))
}

/// The words of a phrase as a name: a capital only where the word has one inside a sentence too.
fn name_of(b: &Builder<'_>, words: Range<usize>, called: &Called) -> String {
    let doc = b.doc;
    let first = doc.token(words.start);
    let name = doc.slice(words.clone()).replace(['\u{a0}', '\n'], " ");
    let opens = first.sentence().start == words.start || called.tokens.start == words.start;
    let demonym = lexicon().demonym(first.text()).is_some() || first.entity_label() == "NORP";
    if opens
        && !demonym
        && matches!(first.pos(), Pos::Noun | Pos::Adj)
        && !phrase::is_acronym(first.text())
    {
        let mut chars = name.chars();
        if let Some(first) = chars.next() {
            return first.to_lowercase().chain(chars).collect();
        }
    }
    name
}

/// Whom an apposition describes: the body that ends right before it, else what the parser hangs it on.
fn described(b: &Builder<'_>, called: &Called) -> Option<usize> {
    let doc = b.doc;
    let up = doc.token(called.tokens.end - 1).head();
    let mut before = called.tokens.start;
    while before > 0
        && called.tokens.start - before < 3
        && matches!(doc.token(before - 1).text(), "," | ")" | "–" | "—")
    {
        before -= 1;
    }
    let right_before = before
        .checked_sub(1)
        .filter(|&i| before < called.tokens.start && doc.token(i).sentence() == up.sentence())
        .and_then(|i| b.party_at(i))
        .filter(|&party| {
            let person = b.drafts[party].class == Class::Person;
            person == (called.meaning.class == Class::Person)
        });
    right_before.or_else(|| b.party_at(up.i))
}

/// Leaves the body's own name out of the role's: "spokesperson", not "VDF spokesperson".
fn without_body(b: &Builder<'_>, words: Range<usize>, body: Option<usize>) -> Range<usize> {
    if body.is_none() {
        return words;
    }
    let cut = words
        .clone()
        .rev()
        .skip(1)
        .find(|&i| b.party_at(i) == body || b.doc.token(i).tag() == "POS");
    match cut {
        Some(cut) => cut + 1..words.end,
        None => words,
    }
}

/// What an apposition says of a body: its kind, or whose wing it is.
fn describe(b: &mut Builder<'_>, party: usize, called: &Called) {
    let owner = body_of(b, called).filter(|&owner| owner != party);
    let words = b.doc.slice(called.tokens.clone()).to_lowercase();
    if b.drafts[party].class == Class::Person {
        let draft = &mut b.drafts[party];
        draft.affiliation = draft.affiliation.or(owner);
        return;
    }
    if matches!(called.noun.as_str(), "wing" | "branch") || words.contains("affiliate") {
        let armed = ["armed", "military", "militant"]
            .iter()
            .any(|word| words.contains(word));
        let political = ["political", "civilian", "civil", "administrative"]
            .iter()
            .any(|word| words.contains(word));
        let draft = &mut b.drafts[party];
        if armed && matches!(draft.kind, PartyKind::Unknown | PartyKind::Political) {
            draft.kind = PartyKind::ArmedGroup;
            draft.class = Class::Force;
        } else if political && draft.kind == PartyKind::Unknown {
            draft.kind = PartyKind::Political;
        }
        draft.affiliation = draft.affiliation.or(owner);
        return;
    }
    let draft = &mut b.drafts[party];
    if draft.kind == PartyKind::Unknown {
        draft.kind = called.meaning.kind;
        if called.meaning.class == Class::Force {
            draft.class = Class::Force;
        }
    }
    if draft.noun.is_empty() {
        draft.noun = called.noun.clone();
    }
}

/// Ties those whose role names a body by its noun to that body, where the text has only one of the kind: "army
/// spokesman Colonel …" speaks for the army of which the text tells.
pub fn serve(b: &mut Builder<'_>) {
    // The body of each noun; `None` where there are several.
    let mut bodies: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (party, draft) in b.drafts.iter().enumerate() {
        let body = matches!(
            draft.kind,
            PartyKind::State | PartyKind::Authority | PartyKind::ArmedGroup
        ) && matches!(draft.class, Class::Body | Class::Force);
        if body && draft.role.is_none() && !draft.noun.is_empty() {
            bodies
                .entry(&draft.noun)
                .and_modify(|slot| *slot = None)
                .or_insert(Some(party));
        }
    }
    let served: Vec<(usize, usize)> = b
        .drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| draft.affiliation.is_none() && draft.class == Class::Person)
        .filter_map(|(party, draft)| {
            let role = draft.role.as_ref()?.to_lowercase();
            let words: Vec<&str> = role.split(' ').collect();
            let before = words.len().checked_sub(1)?;
            let body = (0..before).find_map(|at| {
                let two = words[at..before.min(at + 2)].join(" ");
                *bodies.get(two.as_str()).or_else(|| bodies.get(words[at]))?
            })?;
            Some((party, body))
        })
        .collect();
    for (party, body) in served {
        b.drafts[party].affiliation = Some(body);
    }
}
