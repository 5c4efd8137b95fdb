//! People and bodies called by a noun: "police", "rights groups", "a security source", "a spokesperson for the Front
//! (VDF)".

use std::{collections::BTreeMap, ops::Range};

use language::{Pos, Token};
use model::PartyKind;

use super::{
    build::{Builder, Draft},
    lexicon::{Class, Noun, lexicon},
    names::singular,
    persons, phrase,
    resolve::Discourse,
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

/// A noun of the table heading a phrase.
pub struct Called {
    /// Base noun phrase.
    pub tokens: Range<usize>,
    /// The noun as in the table: "rights group".
    pub noun: String,
    /// What the table says, with the modifiers taken into account.
    pub meaning: Noun,
    /// Whether the head is a plural.
    pub plural: bool,
    /// First word, lower case, when it is a determiner or possessive pronoun.
    pub determiner: Option<&'static str>,
    /// Whether words besides the determiner stand before the noun.
    pub modified: bool,
}

const DETERMINERS: &[&str] = &[
    "the", "this", "that", "these", "those", "a", "an", "its", "their", "his", "her", "another",
    "one", "some", "several", "no",
];

/// Reads the noun phrase that token `i` heads, if its noun is in the table and it is nobody's name.
pub fn called(b: &Builder<'_>, i: usize) -> Option<Called> {
    let doc = b.doc;
    let head = doc.token(i);
    let noun = matches!(head.pos(), Pos::Noun | Pos::Propn)
        || head.tag() == "NNS"
        || head.lower() == "local";
    if !noun {
        return None;
    }
    if b.taken[i] != 0 {
        return None;
    }
    // A compound is part of another noun's phrase, unless that noun is a person's name that was cut out of it.
    if head.dep() == "compound"
        && b.taken[head.head().i] == 0
        && head.head().i > i
        && !phrase::is_mistaken_verb(head.head())
    {
        return None;
    }
    let base = own_part(b, phrase::base(head));
    let (noun, meaning) = noun_at(doc, base.start, i)?;
    if meaning.class == Class::Name {
        return None;
    }
    let determiner = DETERMINERS
        .iter()
        .find(|&&word| base.len() > 1 && doc.token(base.start).lower() == word)
        .copied();
    let plural = matches!(head.tag(), "NNS" | "NNPS")
        || matches!(head.lower(), "police" | "media" | "people" | "authorities");
    let bare = phrase::bare(doc, base.clone());
    let modified = bare.end.saturating_sub(noun.split(' ').count()) > bare.start;
    let meaning = with_modifiers(b, bare, &noun, meaning);
    Some(Called {
        tokens: base,
        noun,
        meaning,
        plural,
        determiner,
        modified,
    })
}

/// The phrase without what the parser joins to it: "both the Front and | rights groups"; and with a body's name that
/// the parser took for a verb ("IS fighters").
fn own_part(b: &Builder<'_>, mut base: Range<usize>) -> Range<usize> {
    let doc = b.doc;
    let head = base.end - 1;
    if let Some(and) = (base.start..head)
        .rev()
        .find(|&i| doc.token(i).pos() == Pos::Cconj && doc.token(i).dep() == "cc")
        && (base.start..and).any(|i| b.taken[i] != 0)
    {
        base.start = and + 1;
    }
    if base.start > doc.token(head).sentence().start
        && let Some(party) = b.party_at(base.start - 1)
        && b.drafts[party].class == Class::Force
        && b.drafts[party].named
        && doc.token(base.start).pos() != Pos::Det
    {
        base.start -= 1;
    }
    base
}

/// The longest noun of the table that ends at `i`, starting no earlier than `from`.
fn noun_at(doc: &language::Doc, from: usize, i: usize) -> Option<(String, Noun)> {
    let head = doc.token(i);
    let last = head.lower();
    let lexicon = lexicon();
    let forms: Vec<String> = [
        Some(last.to_owned()),
        Some(head.lemma().to_lowercase()),
        singular(last),
        men(last),
    ]
    .into_iter()
    .flatten()
    .filter(|form| lexicon.heads_noun(form))
    .collect();
    if forms.is_empty() {
        return None;
    }
    for start in [i.checked_sub(2), i.checked_sub(1), Some(i)]
        .into_iter()
        .flatten()
    {
        if start < from {
            continue;
        }
        let mut before = String::new();
        if start < i {
            before = doc.slice(start..i).to_lowercase().replace('’', "'");
            if !doc.slice(start..i + 1).contains("-") {
                before.push(' ');
            }
        }
        for form in &forms {
            let key = format!("{before}{form}");
            if let Some(noun) = lexicon.noun(&key) {
                return Some((key, noun));
            }
        }
    }
    None
}

fn men(word: &str) -> Option<String> {
    word.strip_suffix("men")
        .map(|stem| format!("{stem}man"))
        .or_else(|| {
            word.strip_suffix("women")
                .map(|stem| format!("{stem}woman"))
        })
}

/// Generic nouns take the kind that the words before them tell.
fn with_modifiers(b: &Builder<'_>, bare: Range<usize>, noun: &str, mut meaning: Noun) -> Noun {
    let doc = b.doc;
    let generic = meaning.kind == PartyKind::Unknown
        || matches!(
            noun,
            "official" | "forces" | "force" | "officer" | "agency" | "worker" | "group"
        );
    if !generic {
        return meaning;
    }
    for i in bare.start..bare.end.saturating_sub(1) {
        let token = doc.token(i);
        let two = doc.slice(i..(i + 2).min(bare.end)).to_lowercase();
        if let Some(kind) = lexicon()
            .modifier(&two)
            .or_else(|| lexicon().modifier(token.lower()))
        {
            meaning.kind = kind;
            if kind == PartyKind::ArmedGroup && meaning.class == Class::Body {
                meaning.class = Class::Force;
            }
            return meaning;
        }
    }
    // "Kurdish-led forces", "Varnian-backed forces": a side, not necessarily a state's.
    let led = bare.clone().any(|i| {
        matches!(
            doc.token(i).lower(),
            "led" | "backed" | "aligned" | "allied"
        )
    });
    if led && meaning.class == Class::Force {
        meaning.kind = PartyKind::ArmedGroup;
    }
    meaning
}

/// The body a role belongs to: "VDF officials", "the ministry's spokesman", "a spokesperson for the Front".
pub fn body_of(b: &Builder<'_>, called: &Called) -> Option<usize> {
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

/// Records the phrase as a party, or as a mention of one already known.
pub fn take(b: &mut Builder<'_>, discourse: &mut Discourse, called: &Called) -> Option<usize> {
    let doc = b.doc;
    let head = called.tokens.end - 1;
    let head_token = doc.token(head);
    // "Orsk, a rights group": the phrase describes a body that is named.
    if head_token.dep() == "appos"
        && let Some(party) = described(b, called)
    {
        describe(b, party, called);
        b.mention(called.tokens.clone(), party);
        return Some(party);
    }
    let body = body_of(b, called);
    if let Some(body) = body
        && (called.meaning.class == Class::Force || PART_OF_BODY.contains(&called.noun.as_str()))
        && b.drafts[body].class == Class::Force
        && b.drafts[body].named
    {
        b.mention(called.tokens.clone(), body);
        return Some(body);
    }
    // "the group's Amaq agency": the agency that is named in it.
    if let Some(body) = body
        && called.noun.ends_with("agency")
        && b.drafts[body].kind == PartyKind::Agency
        && b.drafts[body].named
    {
        b.mention(called.tokens.clone(), body);
        return Some(body);
    }
    let definite = matches!(
        called.determiner,
        Some("the" | "this" | "that" | "these" | "those" | "its" | "their")
    );
    if definite
        && body.is_none()
        && let Some(party) = discourse.definite(b, called)
    {
        b.mention(called.tokens.clone(), party);
        return Some(party);
    }
    // A generic noun with nothing to tell it from others is no party of its own.
    if matches!(
        called.noun.as_str(),
        "wing" | "branch" | "movement" | "office"
    ) && body.is_none()
    {
        return None;
    }
    let generic = matches!(
        called.noun.as_str(),
        "group"
            | "organisation"
            | "organization"
            | "body"
            | "network"
            | "movement"
            | "faction"
            | "team"
            | "office"
            | "wing"
            | "branch"
            | "party"
            | "campaign"
            | "mission"
            | "member"
            | "union"
            | "association"
            | "committee"
            | "department"
    );
    if generic && !called.modified && body.is_none() {
        return None;
    }
    let words = phrase::bare(doc, called.tokens.clone());
    let words = without_body(b, words, body);
    let mut name = doc.slice(words.clone()).replace(['\u{a0}', '\n'], " ");
    // At the start of a sentence only; proper nouns inside keep their capital.
    let opens = doc.token(words.start).sentence().start == words.start
        || called.tokens.start == words.start;
    let demonym = lexicon().demonym(doc.token(words.start).text()).is_some()
        || doc.token(words.start).entity_label() == "NORP";
    if opens
        && !demonym
        && matches!(doc.token(words.start).pos(), Pos::Noun | Pos::Adj)
        && !phrase::is_acronym(doc.token(words.start).text())
    {
        let mut chars = name.chars();
        if let Some(first) = chars.next() {
            name = first.to_lowercase().chain(chars).collect();
        }
    }
    if name.chars().count() > 80 {
        return None;
    }
    let person = called.meaning.class == Class::Person;
    let key = match body {
        Some(body) => format!("{}\u{1}{body}", called.noun),
        None => {
            let last = doc.token(head).lower();
            let one = singular(last).filter(|_| called.plural);
            match one {
                Some(one) if name.to_lowercase().ends_with(last) => {
                    format!(
                        "{}{one}",
                        &name.to_lowercase()[..name.to_lowercase().len() - last.len()]
                    )
                }
                _ => name.to_lowercase(),
            }
        }
    };
    let kind = match (called.meaning.kind, person) {
        (PartyKind::Unknown, true) if !called.plural => PartyKind::Person,
        (kind, _) => kind,
    };
    let party = b.party(&key, || {
        let mut draft = Draft::new(name, kind, called.meaning.class);
        draft.named = false;
        draft.plural = called.plural;
        draft.noun = called.noun.clone();
        draft.affiliation = body;
        draft.female = persons::role_gender(&called.noun);
        if person {
            draft.role = Some(doc.slice(words).replace(['\u{a0}', '\n'], " "));
        }
        draft
    });
    b.mention(called.tokens.clone(), party);
    Some(party)
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

/// Whether a role calls its bearer by the noun, and not by a longer one that ends in it: a "vice president" is no
/// "president".
pub fn calls(role: &str, noun: &str) -> bool {
    let role = role.to_lowercase();
    let words: Vec<&str> = role.split(' ').collect();
    (0..words.len()).any(|end| {
        let longest = (end.saturating_sub(2)..=end)
            .map(|start| words[start..=end].join(" "))
            .find(|words| lexicon().noun(words).is_some());
        longest.as_deref().unwrap_or(words[end]) == noun
    })
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

/// Whether the token is a noun that calls someone, for the pass over the text.
pub fn may_call(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Noun | Pos::Propn) || token.tag() == "NNS"
}
