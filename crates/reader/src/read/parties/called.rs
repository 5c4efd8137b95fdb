//! Noun phrases that call somebody by a noun of the table.

use std::ops::Range;

use language::{Pos, Token};
use model::PartyKind;

use super::{
    build::Builder,
    lexicon::{Class, Noun, lexicon},
    person_words::singular,
    phrase,
};

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

/// Whether the token is a noun that calls someone, for the pass over the text.
pub fn may_call(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Noun | Pos::Propn) || token.tag() == "NNS"
}
