//! Sites: prisons, hospitals, markets, bridges, with or without a name of their own.
//!
//! What comes in: a parsed text and which tokens are names of places. What goes out: [`SiteSpot`]s, each with its kind,
//! its words and whether it has a name. Which place holds it is worked out in `expression`.

use std::ops::Range;

use language::{Doc, Pos, Token};

use super::{spot::capital, words::STREETS};

/// Kinds of sites; words of one row are used for one another.
const KINDS: &[&[&str]] = &[
    &["prison", "jail", "penitentiary", "gaol"],
    &["hospital", "clinic", "infirmary"],
    &[
        "school",
        "college",
        "madrasa",
        "madrassa",
        "seminary",
        "kindergarten",
        "academy",
    ],
    &["university", "campus"],
    &["mosque", "masjid"],
    &["church", "cathedral", "chapel", "monastery", "convent"],
    &["synagogue"],
    &["temple", "shrine", "gurdwara"],
    &["market", "bazaar", "souk", "marketplace"],
    &["mall", "supermarket"],
    &["airport", "airfield", "aerodrome"],
    &["airbase", "base", "barracks", "garrison", "outpost"],
    &["checkpoint"],
    &["crossing"],
    &["bridge", "overpass"],
    &["dam"],
    &["harbour", "harbor", "seaport", "dockyard"],
    &["camp", "encampment"],
    &["station"],
    &["depot"],
    &["factory", "plant", "refinery", "mill", "sawmill"],
    &["warehouse"],
    &["mine", "quarry"],
    &["hotel", "motel", "guesthouse"],
    &[
        "restaurant",
        "cafe",
        "café",
        "cafeteria",
        "diner",
        "pizzeria",
    ],
    &["bar", "nightclub", "pub", "tavern"],
    &["stadium", "arena"],
    &["theatre", "theater", "cinema"],
    &["park", "playground"],
    &["cemetery", "graveyard"],
    &["embassy", "consulate"],
    &["courthouse"],
    &["headquarters"],
    &["orphanage"],
    &["bakery"],
    &["farm"],
    &["roundabout"],
    &["museum"],
    &["library"],
    &["palace"],
    &["tunnel"],
];

/// Words that are a site only behind one of these: "detention center", "police station".
const PAIRS: &[(&[&str], &[&str], usize)] = &[
    (
        &["detention", "correctional", "prison", "holding"],
        &["center", "centre", "facility", "institution"],
        0,
    ),
    (&["medical", "health"], &["center", "centre"], 1),
    (&["shopping"], &["center", "centre"], 9),
    (
        &["military", "army", "naval", "air"],
        &["base", "post", "compound", "facility"],
        11,
    ),
    (&["border"], &["post"], 13),
    (
        &["apartment", "office", "residential"],
        &["building", "complex", "block"],
        41,
    ),
];

/// Words before a bare site noun that say no more than the noun: never part of its name.
const PLAIN: &[&str] = &[
    "crowded", "busy", "local", "main", "nearby", "same", "largest", "old", "new", "big", "small",
    "public",
];

/// Kind of site that a lower-case singular noun names.
pub(super) fn kind_of(word: &str) -> Option<usize> {
    KINDS.iter().position(|row| row.contains(&word))
}

/// A site in the text.
#[derive(Clone, Debug)]
pub(super) struct SiteSpot {
    /// Tokens of the site, without article: "Tuwayrin prison", "tram depot".
    pub tokens: Range<usize>,
    /// Token of the site noun.
    pub head: usize,
    /// Kind; equal for words used for one another.
    pub kind: usize,
    /// Whether it has a name of its own beyond the noun and names of places.
    pub named: bool,
    /// Whether "the", "this", "that" or a possessive stands before it.
    pub definite: bool,
    /// Whether "a" or "an" stands before it.
    pub indefinite: bool,
    /// Whether the noun is itself a modifier: "prison break".
    pub modifier: bool,
}

/// Finds the sites, in order. `place` holds for tokens that are part of a place's name, `people` for words like
/// "Syrian".
pub(super) fn sites(doc: &Doc, place: &[bool], people: &[bool]) -> Vec<SiteSpot> {
    let mut out: Vec<SiteSpot> = Vec::new();
    for token in doc.tokens() {
        let Some(kind) = kind_at(token) else {
            continue;
        };
        let i = token.i;
        let floor = out.last().map_or(0, |last| last.tokens.end);
        if i < floor {
            continue;
        }
        let mut start = i;
        while start > floor && belongs(doc, start - 1, i, people) {
            start -= 1;
        }
        // A name does not begin with a hyphen or a possessive mark.
        while start < i
            && (doc.token(start).is_punct() || matches!(doc.token(start).tag(), "POS" | "IN"))
        {
            start += 1;
        }
        while start < i && PLAIN.contains(&doc.token(start).lower()) {
            start += 1;
        }
        let named = (start..i)
            .any(|t| capital(doc.token(t)) && !place[t] && !people[t] && !sentence_start(doc, t));
        let (mut definite, mut indefinite) = (false, false);
        let mut at = start;
        // Adjectives that are not part of the site may stand between it and its article.
        while at > 0 && at + 4 > start {
            let word = doc.token(at - 1);
            match word.lower() {
                "the" | "this" | "that" | "its" | "his" | "her" | "their" => definite = true,
                "a" | "an" | "another" => indefinite = true,
                _ if word.pos() == Pos::Adj || PLAIN.contains(&word.lower()) || people[at - 1] => {
                    at -= 1;
                    continue;
                }
                _ => {}
            }
            break;
        }
        // The camp of a candidate, not of tents.
        if token.lower() == "camp"
            && i > 0
            && matches!(doc.token(i - 1).entity_label(), "PERSON" | "ORG")
            && !place[i - 1]
        {
            continue;
        }
        let head = token.head();
        let modifier = token.dep() == "compound" && head.i > i && !capital(head);
        // A noun that is part of a longer name ("Prison Service", "Market Street") is no site.
        let next = (i + 1 < doc.len()).then(|| doc.token(i + 1));
        if capital(token)
            && next.is_some_and(|next| {
                capital(next)
                    && next.pos() == Pos::Propn
                    && next.bytes().start == token.bytes().end + 1
            })
        {
            continue;
        }
        if next.is_some_and(|next| STREETS.contains(next.lower()) && capital(next)) {
            continue;
        }
        out.push(SiteSpot {
            tokens: start..i + 1,
            head: i,
            kind,
            named,
            definite,
            indefinite,
            modifier,
        });
    }
    out
}

fn kind_at(token: Token<'_>) -> Option<usize> {
    if !matches!(token.pos(), Pos::Noun | Pos::Propn)
        || matches!(token.tag(), "NNS" | "NNPS")
            && token.lower() != "headquarters"
            && token.lower() != "barracks"
    {
        return None;
    }
    let word = token.lower();
    if let Some(previous) = token.previous()
        && let Some((_, _, kind)) = PAIRS
            .iter()
            .find(|(first, second, _)| second.contains(&word) && first.contains(&previous.lower()))
    {
        return Some(*kind);
    }
    let kind = kind_of(word)?;
    // These stand for much else when alone: "the station" may be a broadcaster, "the plant" a flower, "base" a basis.
    if matches!(
        word,
        "station"
            | "plant"
            | "base"
            | "bar"
            | "mill"
            | "park"
            | "academy"
            | "mine"
            | "temple"
            | "crossing"
    ) && !token.previous().is_some_and(|previous| {
        previous.dep() == "compound" || capital(previous) || previous.pos() == Pos::Noun
    }) {
        return None;
    }
    Some(kind)
}

/// Whether token `t` belongs to the name of the site headed by token `head`.
fn belongs(doc: &Doc, t: usize, head: usize, people: &[bool]) -> bool {
    let token = doc.token(t);
    let after = doc.token(t + 1);
    if head - t > 7
        || people[t]
        || token.is_space()
        || doc.text()[token.bytes().end..after.bytes().start].contains('\n')
    {
        return false;
    }
    let joined = token.bytes().end == after.bytes().start;
    if token
        .text()
        .contains(['(', ')', '[', ']', '"', '“', '”', '/', '@'])
    {
        return false;
    }
    match token.pos() {
        Pos::Punct => matches!(token.text(), "-" | "'" | "’" | "–") && joined,
        Pos::Propn => true,
        Pos::Noun => {
            token.dep() == "compound" && token.head().i <= head
                || token.dep() == "poss" && token.head().i == head
        }
        Pos::Part => token.tag() == "POS" && t > 0 && doc.token(t - 1).tag() == "NNS",
        Pos::Adj => {
            capital(token) && !sentence_start(doc, t)
                || token.dep() == "amod" && token.head().i == head && matches!(token.tag(), "VBN")
        }
        _ => {
            capital(token)
                && !sentence_start(doc, t)
                && token.pos() != Pos::Det
                && token.pos() != Pos::Adp
                && token.pos() != Pos::Verb
        }
    }
}

fn sentence_start(doc: &Doc, t: usize) -> bool {
    doc.token(t).sentence().start == t
}
