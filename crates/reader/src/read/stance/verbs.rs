//! Verbs and nouns of reporting, believing, claiming and denying.

use std::ops::Range;

use language::{Pos, Token};
use model::StanceKind;

use super::cue::{StanceCue, except, with_auxiliaries};

/// In the passive or as a participle: "is thought to", "believed dead".
const HELD: &[(&str, StanceKind)] = &[
    ("think", StanceKind::Possible),
    ("believe", StanceKind::Possible),
    ("fear", StanceKind::Possible),
    ("suspect", StanceKind::Possible),
    ("presume", StanceKind::Possible),
    ("assume", StanceKind::Possible),
    ("expect", StanceKind::Possible),
    ("understand", StanceKind::Possible),
    ("estimate", StanceKind::Possible),
    ("report", StanceKind::Reported),
    ("say", StanceKind::Reported),
    ("rumour", StanceKind::Reported),
    ("rumor", StanceKind::Reported),
    ("allege", StanceKind::Claimed),
    ("claim", StanceKind::Claimed),
    ("purport", StanceKind::Claimed),
    ("suppose", StanceKind::Claimed),
];

/// In the active: "the army claimed that", "he fears that".
const ACTIVE: &[(&str, StanceKind)] = &[
    ("claim", StanceKind::Claimed),
    ("allege", StanceKind::Claimed),
    ("purport", StanceKind::Claimed),
    ("boast", StanceKind::Claimed),
    ("fear", StanceKind::Possible),
    ("suspect", StanceKind::Possible),
    ("believe", StanceKind::Possible),
    ("think", StanceKind::Possible),
    ("assume", StanceKind::Possible),
    ("speculate", StanceKind::Possible),
    ("suggest", StanceKind::Possible),
    ("seem", StanceKind::Possible),
    ("appear", StanceKind::Possible),
    ("deny", StanceKind::Denied),
    ("refute", StanceKind::Denied),
    ("dispute", StanceKind::Denied),
    ("reject", StanceKind::Denied),
    ("dismiss", StanceKind::Denied),
    ("disavow", StanceKind::Denied),
];

/// Nouns with "that" or "of".
const NOUNS: &[(&str, StanceKind)] = &[
    ("claim", StanceKind::Claimed),
    ("allegation", StanceKind::Claimed),
    ("accusation", StanceKind::Claimed),
    ("fear", StanceKind::Possible),
    ("suspicion", StanceKind::Possible),
    ("speculation", StanceKind::Possible),
    ("possibility", StanceKind::Possible),
    ("belief", StanceKind::Possible),
    ("risk", StanceKind::Possible),
    ("likelihood", StanceKind::Possible),
    ("denial", StanceKind::Denied),
    ("report", StanceKind::Reported),
    ("rumour", StanceKind::Reported),
    ("rumor", StanceKind::Reported),
];

/// What one may be refused, or a toll may take: not words of denial or claim.
const REFUSED: &[&str] = &[
    "access",
    "entry",
    "bail",
    "treatment",
    "right",
    "request",
    "permission",
    "visa",
    "parole",
    "care",
    "service",
    "food",
    "water",
    "asylum",
    "appeal",
    "life",
    "victim",
    "casualty",
    "benefit",
    "prize",
    "offer",
    "proposal",
    "chance",
    "opportunity",
];

/// Reads the cue of this verb or noun, if any.
pub fn read(token: Token<'_>) -> Option<StanceCue> {
    match token.pos() {
        Pos::Verb | Pos::Aux => mistaken(token)
            .or_else(|| passive(token))
            .or_else(|| suspected(token))
            .or_else(|| active(token)),
        Pos::Noun => noun(token),
        Pos::Adj => certain(token),
        _ => None,
    }
}

fn lookup(table: &[(&str, StanceKind)], word: &str) -> Option<StanceKind> {
    table
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, kind)| *kind)
}

/// "is reported to have left", "thought to house", "are feared dead".
fn passive(verb: Token<'_>) -> Option<StanceCue> {
    let kind = lookup(HELD, verb.lemma())?;
    // A name in capitals is no auxiliary ("IS said").
    let auxiliary = verb.children().any(|c| {
        c.dep() == "auxpass" && !(c.text().len() > 1 && c.text().chars().all(char::is_uppercase))
    });
    // A bare participle: the parser may take it for a past tense.
    let bare = matches!(verb.tag(), "VBN" | "VBD")
        && !verb.children().any(|c| matches!(c.dep(), "nsubj" | "dobj"))
        && verb
            .children()
            .any(|c| c.dep() == "xcomp" && c.children().any(|d| d.lower() == "to"));
    if !auxiliary && !bare {
        return None;
    }
    let complement = verb
        .children()
        .find(|c| matches!(c.dep(), "xcomp" | "ccomp" | "oprd" | "acomp" | "attr"))?;
    let negated = verb.children().any(|c| c.dep() == "neg");
    let mut scope = vec![complement.subtree()];
    if let Some(subject) = verb.child("nsubjpass") {
        scope.insert(0, subject.subtree());
    }
    let mut tokens = with_auxiliaries(verb);
    if let Some(next) = verb.next().filter(|t| t.lower() == "to") {
        tokens.end = next.i + 1;
    }
    // "were feared dead": what is feared is the complement with its subject; the rest of the clause goes along.
    (!negated).then_some(StanceCue {
        tokens,
        kind,
        scope,
    })
}

/// "claimed that", "denied the report".
fn active(verb: Token<'_>) -> Option<StanceCue> {
    let kind = lookup(ACTIVE, verb.lemma())?;
    if verb.children().any(|c| c.dep() == "auxpass") || matches!(verb.dep(), "amod" | "compound") {
        return None;
    }
    let negated = verb.children().any(|c| c.dep() == "neg");
    // "No group has claimed responsibility": nothing is claimed.
    let nobody = verb.child("nsubj").is_some_and(|s| {
        matches!(s.lower(), "nobody" | "none") || s.children().any(|c| c.lower() == "no")
    });
    if nobody {
        return None;
    }
    let mut scope: Vec<Range<usize>> = Vec::new();
    for child in verb.children() {
        let clause = matches!(child.dep(), "ccomp" | "xcomp");
        let object = child.dep() == "dobj"
            && !matches!(verb.lemma(), "suggest" | "think" | "believe" | "appear");
        if child.dep() == "dobj" && REFUSED.contains(&child.lemma()) {
            return None;
        }
        if clause || object {
            scope.push(child.subtree());
        }
    }
    // "The bridge, the army claimed, was empty."
    if scope.is_empty() && verb.dep() == "parataxis" && !verb.is_root() {
        scope = except(verb.head(), verb);
    }
    if scope.is_empty() || (negated && kind != StanceKind::Denied) {
        return None;
    }
    // "did not deny" takes no distance.
    if negated {
        return None;
    }
    Some(StanceCue {
        tokens: with_auxiliaries(verb),
        kind,
        scope,
    })
}

/// "suspected of killing", "accused of firing".
fn suspected(verb: Token<'_>) -> Option<StanceCue> {
    let kind = match verb.lemma() {
        "suspect" => StanceKind::Possible,
        "accuse" => StanceKind::Claimed,
        _ => return None,
    };
    let of = verb
        .children()
        .find(|c| c.lower() == "of" && c.i > verb.i)?;
    Some(StanceCue {
        tokens: with_auxiliaries(verb),
        kind,
        scope: vec![of.subtree()],
    })
}

/// "rejects reports that": the tagger often takes the denial for a noun and the report for the verb.
fn mistaken(verb: Token<'_>) -> Option<StanceCue> {
    let before = verb.previous()?;
    let denies = matches!(
        before.lower(),
        "rejects" | "denies" | "dismisses" | "disputes" | "rejected" | "denied"
    ) && matches!(
        verb.lower(),
        "reports" | "claims" | "allegations" | "suggestions"
    );
    let clause = verb.child_of(&["ccomp", "acl"])?;
    denies.then_some(StanceCue {
        tokens: before.i..verb.i + 1,
        kind: StanceKind::Denied,
        scope: vec![clause.subtree()],
    })
}

/// "Early reports spoke of": nobody in particular.
fn reports(noun: Token<'_>) -> Option<StanceCue> {
    let plain = noun.lower() == "reports"
        && noun.dep() == "nsubj"
        && !noun
            .children()
            .any(|c| matches!(c.dep(), "poss" | "det") || (c.dep() == "prep" && c.lower() == "by"));
    let verb = noun.head();
    let says = matches!(
        verb.lemma(),
        "speak" | "say" | "suggest" | "indicate" | "put" | "tell" | "talk" | "claim"
    );
    let reach = verb.i + 1..verb.subtree().end;
    (plain && says && !reach.is_empty()).then(|| StanceCue {
        tokens: noun.i..verb.i + 1,
        kind: StanceKind::Reported,
        scope: vec![reach],
    })
}

/// "claims that", "fears of", "no evidence that".
fn noun(noun: Token<'_>) -> Option<StanceCue> {
    if let Some(cue) = reports(noun) {
        return Some(cue);
    }
    let what: Vec<Range<usize>> = noun
        .children()
        .filter(|c| {
            c.i > noun.i
                && (matches!(c.dep(), "acl" | "ccomp")
                    || (c.dep() == "prep" && matches!(c.lower(), "of" | "about")))
        })
        .map(Token::subtree)
        .collect();
    if what.is_empty() {
        return None;
    }
    let no = noun
        .children()
        .find(|c| matches!(c.lower(), "no" | "little" | "without") && c.i < noun.i);
    let not = noun.head().children().any(|c| c.dep() == "neg") && noun.dep() == "dobj";
    let kind = match noun.lemma() {
        "evidence" | "indication" | "sign" | "proof" if no.is_some() || not => StanceKind::Denied,
        "confirmation" | "verification" if no.is_some() || not => StanceKind::Unconfirmed,
        _ if no.is_some() => return None,
        "report" | "claim" if noun.tag() == "NN" && noun.lemma() == "report" => return None,
        lemma => lookup(NOUNS, lemma)?,
    };
    Some(StanceCue {
        tokens: no.map_or(noun.i, |no| no.i)..noun.i + 1,
        kind,
        scope: what,
    })
}

/// "it is likely that", "is possible that".
fn certain(adjective: Token<'_>) -> Option<StanceCue> {
    if adjective.dep() != "acomp"
        || !matches!(
            adjective.lower(),
            "likely" | "possible" | "probable" | "unlikely"
        )
    {
        return None;
    }
    let clause = adjective
        .child_of(&["xcomp", "ccomp"])
        .or_else(|| adjective.head().child_of(&["ccomp"]))?;
    let kind = if adjective.lower() == "unlikely" {
        StanceKind::Denied
    } else {
        StanceKind::Possible
    };
    let mut scope = vec![clause.subtree()];
    if let Some(subject) = adjective
        .head()
        .child("nsubj")
        .filter(|s| s.lower() != "it")
    {
        scope.insert(0, subject.subtree());
    }
    Some(StanceCue {
        tokens: adjective.i..adjective.i + 1,
        kind,
        scope,
    })
}
