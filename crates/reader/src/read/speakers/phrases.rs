//! Attributions by other cues than verbs of saying: "according to", "had evidence of", "the claim that", a dash and a
//! name.

use language::{Pos, Token};
use model::PartyKind;

use super::{
    Attribution, SpeechContext,
    attribution::{cue_span, make},
    content::clean,
    cues,
    sources::{self, Source},
};
use crate::read::parties::phrase;

/// "according to the mayor": the rest of the clause it hangs on.
pub fn according(cx: &SpeechContext<'_>, token: Token<'_>) -> Option<Attribution> {
    let doc = cx.doc;
    if token.lower() != "according" {
        return None;
    }
    let to = doc.token((token.i + 1 < doc.len()).then_some(token.i + 1)?);
    if to.lower() != "to" {
        return None;
    }
    let object = to
        .child("pobj")
        .or_else(|| token.child("pobj"))
        .or_else(|| (to.i + 1 < doc.len()).then(|| doc.token(to.i + 1)))?;
    let source = sources::phrase_of(cx, object, Some(to.i));
    let cue = token.i..to.i + 1;
    let sentence = token.sentence();
    // The clause: the verb above, without what other verbs of saying around it own.
    let mut clause = token.head();
    while !clause.is_root() && !matches!(clause.pos(), Pos::Verb | Pos::Aux) {
        clause = clause.head();
    }
    let mut range = if clause.i == token.i {
        sentence.clone()
    } else {
        clause.subtree()
    };
    // At the start of the sentence it holds all of it.
    if token.i <= sentence.start + 1 {
        range = sentence;
    }
    let told = None;
    let content = clean(cx, vec![range], &cue, source.tokens.as_ref(), token);
    (!content.is_empty()).then(|| make(cue, "accord", source, told, content))
}

/// Verbs by which somebody gives a figure.
const GIVING: &[&str] = &[
    "give", "put", "count", "have", "talk", "speak", "maintain", "document", "name", "list",
    "record", "register", "cut", "raise", "lower", "revise", "correct", "take", "tally", "set",
    "update", "increase", "admit", "concede", "mention", "cite",
];
/// Words for what such a figure counts.
const FIGURES: &[&str] = &[
    "dead",
    "death",
    "deaths",
    "killed",
    "wounded",
    "injured",
    "injuries",
    "hurt",
    "missing",
    "casualties",
    "victims",
    "fatalities",
    "toll",
    "bodies",
    "captives",
    "hostages",
    "massacred",
    "fatality",
    "martyrs",
    "abducted",
    "kidnapped",
];

/// Verbs that give a figure only where they move one by its name.
const MOVING: &[&str] = &[
    "take", "cut", "raise", "lower", "set", "correct", "revise", "update", "increase",
];

/// Whether a subject may give figures: somebody with a name or a post; the hurt, the gunmen and "we" give none.
fn may_count(cx: &SpeechContext<'_>, subject: Token<'_>) -> bool {
    let info = cx.party(subject.i).map(|party| &cx.parties.parties[party]);
    match info.map(|info| (info.party.kind, info.named)) {
        Some((PartyKind::Civilians | PartyKind::Witness, _) | (PartyKind::Unknown, false)) => false,
        Some(_) => true,
        None => {
            subject.pos() == Pos::Propn
                && matches!(subject.entity_label(), "ORG" | "PERSON" | "GPE" | "NORP")
                || matches!(
                    subject.lemma(),
                    "registry"
                        | "list"
                        | "partner"
                        | "agency"
                        | "media"
                        | "officials"
                        | "source"
                        | "report"
                )
        }
    }
}

/// "The union gave 26 dead", "the ministry put the number at 40", "officials spoke of 90 dead", "Velmar cuts the toll
/// to 53".
pub fn figures(cx: &SpeechContext<'_>, verb: Token<'_>) -> Option<Attribution> {
    let doc = cx.doc;
    if !GIVING.contains(&verb.lemma())
        || verb.pos() != Pos::Verb
        || matches!(verb.dep(), "amod" | "compound")
        || sources::is_passive(cx, verb)
    {
        return None;
    }
    let subject = phrase::subject(verb)?;
    if !may_count(cx, subject) || subject.i > verb.i {
        return None;
    }
    let sentence = verb.sentence();
    // Up to the next clause.
    let mut end = verb.i + 1;
    let last = verb.subtree().end.max(verb.i + 1).min(sentence.end);
    while end < last
        && !matches!(doc.token(end).text(), ";" | "–" | "—")
        && !(doc.token(end).tag() == "VBD"
            && doc.token(end).dep() == "conj"
            && doc.token(end).child("nsubj").is_some())
    {
        end += 1;
    }
    let told =
        (verb.i + 1..end.min(verb.i + 14)).find(|&i| FIGURES.contains(&doc.token(i).lower()))?;
    let number = (verb.i + 1..end.min(told + 12)).any(|i| {
        doc.token(i).pos() == Pos::Num
            || matches!(
                doc.token(i).lower(),
                "no" | "dozens" | "scores" | "hundreds" | "several" | "many"
            )
    });
    if !number
        || MOVING.contains(&verb.lemma())
            && !(verb.i + 1..end).any(|i| {
                matches!(
                    doc.token(i).lower(),
                    "toll" | "number" | "figure" | "count" | "tally"
                )
            })
    {
        return None;
    }
    let source = sources::phrase_of(cx, subject, Some(verb.i));
    let cue = verb.i..verb.i + 1;
    let content = clean(
        cx,
        std::iter::once(verb.i + 1..end).collect(),
        &cue,
        None,
        verb,
    );
    (!content.is_empty()).then(|| make(cue, "say", source, None, content))
}

/// "by the group's own account", "by the same count", "going by what the operator says".
pub fn by_account(cx: &SpeechContext<'_>, token: Token<'_>) -> Option<Attribution> {
    let doc = cx.doc;
    let sentence = token.sentence();
    let by = token.lower() == "by";
    if !by && token.lower() != "going" {
        return None;
    }
    let from = token.i + 1;
    let stop = (from..sentence.end.min(from + 12))
        .find(|&i| matches!(doc.token(i).text(), "," | "." | ";") && i > from)
        .unwrap_or(sentence.end.min(from + 12));
    if token.lower() == "going" && doc.token((from).min(sentence.end - 1)).lower() != "by" {
        return None;
    }
    let noun = (from..stop.min(from + 7)).find(|&i| {
        matches!(
            doc.token(i).lower(),
            "count" | "account" | "tally" | "reckoning" | "estimate" | "estimates" | "figures"
        )
    });
    if by
        && (noun.is_none()
            || from > 1 && token.i > sentence.start && doc.token(token.i - 1).lower() == "going")
    {
        return None;
    }
    // "by a count of the ministry": the phrase ends with its noun, or with whose it is.
    let stop = noun.filter(|_| by).map_or(stop, |noun| {
        let of = doc.token(noun).children().find(|child| {
            child.dep() == "prep" && matches!(child.lower(), "of" | "from") && child.i == noun + 1
        });
        of.map_or(noun + 1, |of| of.subtree().end.min(noun + 8))
            .min(sentence.end)
    });
    let tokens = from..stop;
    let party = tokens.clone().find_map(|i| cx.party(i));
    let owner = tokens.clone().any(|i| {
        doc.token(i).dep() == "poss" || matches!(doc.token(i).lower(), "same" | "of" | "from")
    }) || !by;
    if !owner
        || party.is_none()
            && !tokens.clone().any(|i| {
                doc.token(i).lower() == "same"
                    || doc.token(i).pos() == Pos::Propn
                    || doc.token(i).dep() == "poss"
            })
    {
        return None;
    }
    let content: Vec<_> = [sentence.start..token.i, stop..sentence.end]
        .into_iter()
        .filter(|range| range.len() > 2)
        .collect();
    let cue = token.i..noun.map_or(from, |noun| noun + 1).max(from);
    let source = Source {
        tokens: Some(sources::trim(cx, tokens)),
        speakers: party.into_iter().collect(),
        hidden: false,
    };
    let content = clean(cx, content, &cue, source.tokens.as_ref(), token);
    (!content.is_empty()).then(|| make(cue, "accord", source, None, content))
}

/// "had evidence of", "received testimony that".
pub fn holding(cx: &SpeechContext<'_>, verb: Token<'_>) -> Option<Attribution> {
    if !cues::HOLDING.contains(&verb.lemma()) || verb.pos() != Pos::Verb {
        return None;
    }
    let object = verb
        .children()
        .find(|c| c.dep() == "dobj" && cues::PROOF.contains(&c.lemma()))?;
    let what = object.children().find(|c| {
        c.i > object.i
            && (matches!(c.dep(), "acl" | "relcl" | "ccomp")
                || (c.dep() == "prep" && matches!(c.lower(), "of" | "to" | "from" | "about")))
    })?;
    let source = sources::of_verb(cx, verb);
    if source.hidden || source.speakers.is_empty() {
        return None;
    }
    let mut cue = cue_span(cx, verb);
    if object.i < cue.end + 4 {
        cue.end = object.i + 1;
    }
    let mut range = what.subtree();
    range.start = range.start.max(object.i + 1);
    let content = clean(cx, vec![range], &cue, source.tokens.as_ref(), verb);
    (!content.is_empty()).then(|| make(cue, verb.lemma(), source, sources::told(cx, verb), content))
}

/// "the army's claim that", "reports that", "calls for".
pub fn noun(cx: &SpeechContext<'_>, noun: Token<'_>) -> Option<Attribution> {
    if matches!(
        noun.lower(),
        "saying" | "reporting" | "warning" | "claiming" | "stating" | "alleging" | "adding"
    ) {
        return participle(cx, noun);
    }
    if !cues::NOUNS.contains(&noun.lemma()) || noun.dep() == "compound" {
        return None;
    }
    let what = noun.children().find(|c| {
        c.i > noun.i
            && ((matches!(c.dep(), "acl" | "ccomp" | "relcl")
                && c.children().any(|m| {
                    m.dep() == "mark" && m.lower() == "that"
                        || m.lower() == "that" && m.tag() == "IN"
                }))
                || (c.dep() == "prep"
                    && c.lower() == "for"
                    && matches!(noun.lemma(), "call" | "appeal" | "demand")))
    })?;
    let mut source = Source::default();
    for child in noun.children() {
        let by =
            child.dep() == "prep" && matches!(child.lower(), "by" | "from") && child.i < what.i;
        if child.dep() == "poss" {
            source = sources::phrase_of(cx, child, Some(noun.i));
        } else if by && let Some(object) = child.child("pobj") {
            source = sources::phrase_of(cx, object, None);
            source.tokens = source
                .tokens
                .map(|tokens| tokens.start..tokens.end.min(what.subtree().start).max(tokens.start));
        }
    }
    // "denied claims that": the verb's own cue holds it; "made the claim that": its subject.
    let verb = noun.head();
    if source.tokens.is_none() && noun.dep() == "dobj" {
        if matches!(verb.lemma(), "make" | "issue" | "repeat" | "give") {
            source = sources::of_verb(cx, verb);
        } else if cues::frame(verb.lemma()).is_some() {
            return None;
        }
    }
    if source.tokens.is_none()
        && matches!(
            noun.lemma(),
            "call" | "appeal" | "demand" | "statement" | "view" | "argument" | "belief"
        )
    {
        return None;
    }
    let cue = noun.i..noun.i + 1;
    let content = clean(cx, vec![what.subtree()], &cue, source.tokens.as_ref(), noun);
    (!content.is_empty()).then(|| make(cue, noun.lemma(), source, None, content))
}

/// "issued an alert reporting that …": a participle that the tagger took for a noun.
fn participle(cx: &SpeechContext<'_>, noun: Token<'_>) -> Option<Attribution> {
    let what = noun.children().find(|c| {
        c.i > noun.i
            && matches!(c.dep(), "acl" | "ccomp" | "relcl")
            && c.children()
                .any(|m| m.lower() == "that" && m.i == noun.i + 1)
    })?;
    if noun.child_of(&["det", "poss", "amod"]).is_some() {
        return None;
    }
    let verb = noun.ancestors().take(4).find(|up| up.pos() == Pos::Verb)?;
    let source = sources::of_verb(cx, verb);
    let cue = noun.i..noun.i + 1;
    let content = clean(cx, vec![what.subtree()], &cue, source.tokens.as_ref(), noun);
    (!content.is_empty() && !source.hidden).then(|| {
        make(
            cue,
            noun.lower().trim_end_matches("ing"),
            source,
            None,
            content,
        )
    })
}

/// A paragraph that is a dash and a name, under one that is a quotation: "– Ana Orlova, teacher".
pub fn dash(cx: &SpeechContext<'_>, token: Token<'_>) -> Option<Attribution> {
    let doc = cx.doc;
    let i = token.i;
    if !matches!(token.text(), "–" | "—" | "-" | "--" | "―") || i + 1 >= doc.len() {
        return None;
    }
    let here = cx.paragraph[i];
    let opens = i == 0 || cx.paragraph[i - 1] != here;
    // "“…” – Ana Orlova" on one line counts as well.
    let after_quote = !opens
        && i > 0
        && cx
            .quotes
            .at(i - 1)
            .is_some_and(|s| cx.quotes.segments[s].tokens.end == i);
    if !opens && !after_quote {
        return None;
    }
    let end = (i + 1..doc.len().min(i + 30))
        .find(|&j| cx.paragraph[j] != here)
        .unwrap_or(doc.len().min(i + 30));
    if end == doc.len().min(i + 30) && end < doc.len() {
        return None;
    }
    let last = i.checked_sub(1)?;
    let segment = cx.quotes.at(last)?;
    let segment = cx.quotes.segments[segment].tokens.clone();
    if segment.end != i || (opens && cx.paragraph[segment.start].abs_diff(here) > 1) {
        return None;
    }
    let verb = (i + 1..end).any(|j| matches!(doc.token(j).tag(), "VBD" | "VBZ"));
    let party = (i + 1..end).find_map(|j| cx.party(j))?;
    if verb {
        return None;
    }
    let source = Source {
        tokens: Some(sources::trim(cx, i + 1..end)),
        speakers: vec![party],
        hidden: false,
    };
    Some(make(i..i + 1, token.text(), source, None, vec![segment]))
}
