//! Clauses and noun phrases of a parse: voice, negation, who does a verb and to whom, and the tokens of a phrase.
//!
//! Takes tokens; gives tokens. It knows nothing of a report.

use std::ops::Range;

use language::{Doc, Pos, Token};

use super::person_nouns;

/// Verbs that only lend tense, mood or hearsay to the infinitive below them.
const RAISING: &[&str] = &[
    "believe",
    "think",
    "report",
    "say",
    "fear",
    "presume",
    "know",
    "understand",
    "suspect",
    "feel",
    "allege",
    "seem",
    "appear",
    "continue",
    "begin",
    "start",
    "manage",
    "try",
    "attempt",
    "need",
    "expect",
    "consider",
    "declare",
    "confirm",
];

/// Verbs joined one to the next that are looked through for the voice of the first; no sentence that somebody wrote has
/// as many.
const JOINED: usize = 48;

/// Whether `verb` is passive: a passive auxiliary or subject, or a bare participle hanging on a noun.
pub fn is_passive(verb: Token<'_>) -> bool {
    passive(verb, JOINED)
}

fn passive(verb: Token<'_>, most: usize) -> bool {
    let own = verb
        .children()
        .any(|child| matches!(child.dep(), "auxpass" | "nsubjpass" | "csubjpass" | "agent"));
    if own {
        return true;
    }
    match verb.dep() {
        "amod" => verb.tag() == "VBN" || (verb.tag() == "VBD" && verb.child("dobj").is_none()),
        // "a strike on the tower killed 101 people" may hang "killed" on the tower; a participle with an object is no
        // passive, but for what is given.
        "acl" => {
            let given = matches!(verb.lemma(), "give" | "offer" | "award" | "send" | "show");
            matches!(verb.tag(), "VBN" | "VBD") && (verb.child("dobj").is_none() || given)
        }
        "conj" => {
            verb.tag() == "VBN"
                && verb.child_of(&["nsubj", "aux", "dobj"]).is_none()
                && verb.head().pos() == Pos::Verb
                && most > 0
                && passive(verb.head(), most - 1)
        }
        "relcl" | "advcl" | "ccomp" | "xcomp" | "oprd" | "ROOT" | "dep" => {
            verb.tag() == "VBN" && verb.child_of(&["aux", "dobj", "nsubj"]).is_none()
        }
        _ => false,
    }
}

/// Whether the clause of `verb` is negated ("was not hurt", "never died", "didn't get hurt", "neither he nor she was
/// hurt").
pub fn is_negated(verb: Token<'_>) -> bool {
    let neg = |token: Token<'_>| token.children().any(|child| child.dep() == "neg");
    if neg(verb) || matches!(verb.dep(), "xcomp" | "acomp" | "oprd") && neg(verb.head()) {
        return true;
    }
    if verb
        .children()
        .any(|child| child.dep() == "auxpass" && neg(child))
    {
        return true;
    }
    verb.child_of(&["nsubj", "nsubjpass"])
        .is_some_and(|subject| {
            subject.lower() == "neither"
                || subject.children().any(|child| child.lower() == "neither")
                || subject
                    .previous()
                    .is_some_and(|before| before.lower() == "neither")
        })
}

/// The subject of `verb`, found in its own clause or handed down: through coordination, raising verbs, relative and
/// reduced clauses. `None` where no verb on the way has one.
pub fn subject(verb: Token<'_>) -> Option<Token<'_>> {
    subject_within(verb, 0)
}

/// The verb's own subject; of two, the one that is no date: "On Sunday, May 12th, 39 villagers were killed".
fn own_subject<'a>(verb: Token<'a>, deps: &[&str]) -> Option<Token<'a>> {
    // "Council: Harnok bombed the cinema": who stands before a headline's colon only says so.
    let speaks = |token: &Token<'_>| {
        token.i + 1 < verb.i
            && token
                .doc()
                .token(token.subtree().end.min(verb.i) - 1)
                .text()
                == ":"
            || token
                .next()
                .is_some_and(|next| next.text() == ":" && next.i < verb.i)
    };
    let dated =
        |token: &Token<'_>| matches!(token.entity_label(), "DATE" | "TIME") || speaks(token);
    let first = verb.child_of(deps)?;
    if !dated(&first) {
        return Some(first);
    }
    let other = verb
        .children()
        .find(|child| child.i > first.i && deps.contains(&child.dep()) && !dated(child));
    Some(other.unwrap_or(first))
}

fn subject_within(verb: Token<'_>, depth: usize) -> Option<Token<'_>> {
    if depth > 6 {
        return None;
    }
    if let Some(own) = own_subject(verb, &["nsubj", "nsubjpass"]) {
        if matches!(own.lower(), "who" | "that" | "which") && verb.dep() == "relcl" {
            return Some(verb.head());
        }
        return Some(own);
    }
    match verb.dep() {
        "acl" | "relcl" => Some(verb.head()),
        // "found a boy shot", "was found shot": the participle speaks of whom was found.
        "ccomp" | "oprd" | "acomp" | "advcl" | "xcomp"
            if verb.tag() == "VBN"
                && matches!(
                    verb.head().lemma(),
                    "find" | "discover" | "leave" | "locate"
                ) =>
        {
            object(verb.head())
        }
        "conj" | "xcomp" | "advcl" | "pcomp" | "dep" => {
            let mut head = verb.head();
            if verb.dep() == "pcomp" {
                head = head.head();
            }
            if !matches!(head.pos(), Pos::Verb | Pos::Aux | Pos::Adj) {
                return (head.pos() == Pos::Noun || head.pos() == Pos::Propn).then_some(head);
            }
            // "allowed many members to escape", "forced them to surrender": the object of the verb above is our
            // subject.
            if verb.dep() == "xcomp"
                && !RAISING.contains(&head.lemma())
                && let Some(object) = head.child_of(&["dobj", "dative"])
            {
                return Some(object);
            }
            subject_within(head, depth + 1)
        }
        "ccomp" if verb.child("mark").is_none() => {
            let head = verb.head();
            if matches!(
                head.lemma(),
                "let" | "help" | "see" | "leave" | "have" | "make"
            ) {
                return head.child_of(&["dobj"]);
            }
            None
        }
        _ => None,
    }
}

/// What `verb` is done to: its object, or the subject of its passive, or the noun its participle hangs on.
pub fn object(verb: Token<'_>) -> Option<Token<'_>> {
    if is_passive(verb) {
        if let Some(own) = own_subject(verb, &["nsubjpass"]) {
            if matches!(own.lower(), "who" | "that" | "which")
                && matches!(verb.dep(), "relcl" | "ccomp")
            {
                return Some(verb.head());
            }
            return Some(own);
        }
        return match verb.dep() {
            "acl" | "relcl" | "amod" => Some(verb.head()),
            _ => subject(verb),
        };
    }
    // Headlines drop the auxiliary: "Four shot outside club", "Mother, two children found dead".
    let headline = matches!(verb.tag(), "VBD" | "VBN")
        && matches!(
            verb.lemma(),
            "shoot" | "stab" | "kill" | "wound" | "injure" | "hurt" | "find" | "strike"
        )
        && verb.child_of(&["dobj", "dative", "aux", "ccomp"]).is_none()
        && !verb.children().any(|child| {
            child.dep() == "prep" && matches!(child.lower(), "at" | "into" | "toward" | "towards")
        });
    if headline {
        return verb.child("nsubj");
    }
    // "killing and wounding a number of people": one object for both.
    let shared = || {
        let other = verb.child("conj").filter(|other| {
            other.pos() == Pos::Verb && other.tag() == verb.tag() && other.i <= verb.i + 3
        })?;
        other.child("dobj")
    };
    verb.child_of(&["dobj", "dative"])
        .or_else(shared)
        .or_else(|| {
            // "the people they killed": the relative clause's own object is the noun it hangs on.
            (verb.dep() == "relcl"
                && verb
                    .child_of(&["nsubj"])
                    .is_some_and(|subject| !matches!(subject.lower(), "who" | "that" | "which")))
            .then(|| verb.head())
        })
}

/// Who does `verb`: its active subject, or the "by" phrase of its passive.
pub fn agent(verb: Token<'_>) -> Option<Token<'_>> {
    if is_passive(verb) {
        return verb
            .children()
            .find(|child| {
                child.dep() == "agent" || (child.dep() == "prep" && child.lower() == "by")
            })
            .and_then(|by| by.child("pobj"));
    }
    subject(verb)
}

/// Whether the event is not told as fact by its own clause: a future, a wish, a condition, an order.
pub fn is_irrealis(verb: Token<'_>) -> bool {
    let modal = verb.children().any(|child| {
        child.dep() == "aux"
            && matches!(
                child.lower(),
                "would"
                    | "will"
                    | "should"
                    | "shall"
                    | "'ll"
                    | "’ll"
                    | "must"
                    | "could"
                    | "can"
                    | "ca"
                    | "might"
                    | "may"
            )
    });
    let perfect = verb
        .children()
        .any(|child| child.dep() == "aux" && child.lower() == "have");
    if modal && !perfect {
        return true;
    }
    // "could have hurt somebody" did not; "may have been hurt" is a guess, which is a stance.
    let counterfactual = verb
        .children()
        .any(|child| child.dep() == "aux" && matches!(child.lower(), "would" | "could" | "should"));
    if counterfactual && perfect {
        return true;
    }
    if verb.children().any(|child| {
        child.dep() == "mark" && matches!(child.lower(), "if" | "unless" | "whether" | "lest")
    }) {
        return true;
    }
    // "tried to kill", "threatened to kill", "plotted to kill".
    let to = verb
        .children()
        .any(|child| child.lower() == "to" && child.dep() == "aux");
    to && !perfect
        && (verb.ancestors().take(2).any(|above| {
            matches!(
                above.lemma(),
                "try"
                    | "attempt"
                    | "threaten"
                    | "plot"
                    | "plan"
                    | "want"
                    | "vow"
                    | "promise"
                    | "intend"
                    | "conspire"
                    | "seek"
                    | "refuse"
                    | "aim"
                    | "order"
                    | "urge"
                    | "call"
                    | "solicit"
                    | "fail"
                    | "need"
                    | "hope"
            )
        }) || verb.dep() == "advcl" && !matches!(verb.head().lemma(), "go" | "leave"))
}

/// Tokens that show the predicate: auxiliaries, negation, particle, the verb.
pub fn predicate_tokens(verb: Token<'_>) -> Range<usize> {
    let (mut start, mut end) = (verb.i, verb.i + 1);
    for child in verb.children() {
        if matches!(child.dep(), "aux" | "auxpass" | "neg")
            && child.i < verb.i
            && verb.i - child.i < 7
        {
            start = start.min(child.i);
        }
        if child.dep() == "prt" && child.i > verb.i && child.i - verb.i < 4 {
            end = end.max(child.i + 1);
        }
    }
    start..end
}

/// The smallest range that covers both, unless it would grow past `limit` tokens: then the second alone.
pub fn cover(a: Range<usize>, b: Range<usize>, limit: usize) -> Range<usize> {
    let both = a.start.min(b.start)..a.end.max(b.end);
    if both.len() <= limit { both } else { b }
}

/// Tokens of a phrase: from its leftmost premodifier to its noun, and on through "of …" to `last` if given.
pub fn phrase(head: Token<'_>, last: Option<Token<'_>>) -> Range<usize> {
    let doc: &Doc = head.doc();
    let start = head
        .children()
        .filter(|child| {
            child.i < head.i
                && matches!(
                    child.dep(),
                    "det"
                        | "nummod"
                        | "amod"
                        | "compound"
                        | "nmod"
                        | "poss"
                        | "quantmod"
                        | "advmod"
                        | "predet"
                        | "preconj"
                )
                && child.subtree().len() < 9
        })
        .map(|child| child.subtree().start)
        .min()
        .unwrap_or(head.i)
        .min(head.i);
    // The phrase must stay in its sentence even where a parse goes astray.
    let start = start.max(head.sentence().start);
    let mut end = head.i + 1;
    if let Some(last) = last {
        end = end.max(last.i + 1);
    } else if let Some(of) = of_object(head)
        && of.subtree().len() <= 8
        // "a child and injury of another" is a child.
        && head
            .children()
            .all(|child| child.dep() != "conj" || child.i > of.i)
    {
        end = end.max(of.subtree().end.min(head.sentence().end));
    }
    while end > start + 1 && doc.token(end - 1).is_punct() {
        end -= 1;
    }
    start..end
}

/// The object of a child "of".
pub fn of_object(token: Token<'_>) -> Option<Token<'_>> {
    token
        .children()
        .find(|child| child.dep() == "prep" && child.lower() == "of")
        .and_then(|of| of.child("pobj"))
}

pub fn is_plural(token: Token<'_>) -> bool {
    matches!(token.tag(), "NNS" | "NNPS")
        || (token.tag() != "NNP" && person_nouns::is_plural_form(token.lower()))
}

/// Whether a determiner or possessive marks the phrase as known: "the", "these", "their", "his".
pub fn is_definite(token: Token<'_>) -> bool {
    token.children().any(|child| {
        (child.dep() == "det"
            && matches!(
                child.lower(),
                "the" | "this" | "that" | "these" | "those" | "both" | "all"
            ))
            || child.dep() == "poss"
    })
}

/// The verb (or copula) whose clause holds `token`.
pub fn clause_verb(token: Token<'_>) -> Option<Token<'_>> {
    if matches!(token.pos(), Pos::Verb | Pos::Aux) {
        return Some(token);
    }
    token
        .ancestors()
        .take(4)
        .find(|above| matches!(above.pos(), Pos::Verb | Pos::Aux))
}
