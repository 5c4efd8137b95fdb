//! `evidence`: what is said to show it: testimony, recordings, footage, images.

use language::Token;
use model::Slot;

use super::{draft::Draft, grammar, passes::Passes, said_of_people as said};

const KINDS: &[&str] = &[
    "testimony",
    "recording",
    "footage",
    "video",
    "photograph",
    "photo",
    "imagery",
    "image",
    "audio",
    "evidence",
    "document",
    "satellite",
];
const VERBS: &[&str] = &[
    "receive",
    "obtain",
    "see",
    "review",
    "verify",
    "show",
    "release",
    "publish",
    "circulate",
    "have",
    "gather",
    "collect",
    "record",
    "capture",
    "appear",
    "post",
    "analyse",
    "analyze",
    "geolocate",
    "share",
];

/// Whether a verb says that evidence is there.
fn tells(verb: Token<'_>) -> bool {
    VERBS.contains(&verb.lemma()) && !super::frames::is_negated(verb)
}

/// Claims of the slot, one a sentence.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for sentence in cx.doc.sentences() {
        let found = sentence.clone().map(|i| cx.doc.token(i)).find(|token| {
            KINDS.contains(&token.lemma())
                && matches!(token.dep(), "dobj" | "nsubj" | "nsubjpass" | "pobj" | "conj")
                && grammar::clause_verb(*token).is_some_and(tells)
                // "no evidence", "asks anyone with video": none is shown.
                && !token.children().any(|child| matches!(child.lower(), "no" | "any"))
        });
        let Some(token) = found else { continue };
        // Evidence of deaths is first of all a claim of deaths.
        if token.lemma() == "evidence" && token.children().any(|child| child.lower() == "of") {
            continue;
        }
        if token.lemma() == "evidence"
            && grammar::clause_verb(token).is_some_and(|verb| verb.lemma() == "have")
        {
            continue;
        }
        let start = super::people::phrase(token, None).start;
        let end = token.subtree().end.min(start + 20).min(sentence.end);
        out.push(said::words(
            cx,
            Slot::Evidence,
            start..end.max(token.i + 1),
            token.i,
            "evidence/shown",
        ));
    }
    out
}
