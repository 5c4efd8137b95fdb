//! The source phrase of a cue, the parties that speak in it, and whom they told.

use std::ops::Range;

use language::{Pos, Token};
use model::PartyKind;

use super::{SpeechContext, cues};
use crate::read::parties::phrase;

/// A source as found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Tokens of the phrase.
    pub tokens: Option<Range<usize>>,
    /// Parties that speak in it.
    pub speakers: Vec<usize>,
    /// Whether the clause is passive without an agent.
    pub hidden: bool,
}

/// The source of a verb that is a cue.
pub fn of_verb(cx: &SpeechContext<'_>, verb: Token<'_>) -> Source {
    let passive = is_passive(cx, verb);
    if passive {
        return agent(cx, verb).unwrap_or(Source {
            hidden: true,
            ..Source::default()
        });
    }
    if let Some(subject) = own_subject(verb) {
        if subject.dep() == "nsubj" && matches!(subject.lower(), "who" | "which" | "that") {
            // A relative clause: what it hangs on.
            let mut up = subject.head();
            for _ in 0..3 {
                if matches!(up.dep(), "relcl" | "acl") {
                    return Source {
                        tokens: Some(subject.i..subject.i + 1),
                        ..phrase_of(cx, up.head(), Some(verb.i))
                    };
                }
                up = up.head();
            }
        }
        let found = phrase_of(cx, subject, Some(verb.i));
        if found.speakers.is_empty()
            && let Some(saying) = stray(cx, verb)
            && let Some(speaker) = own_subject(saying)
        {
            return phrase_of(cx, speaker, Some(verb.i));
        }
        return found;
    }
    match verb.dep() {
        // "a statement saying that", "residents accusing the army".
        "acl" | "relcl" if is_paper(verb.head()) || cx.party(verb.head().i).is_some() => {
            return phrase_of(cx, verb.head(), Some(verb.i));
        }
        // "spoke to Reuters, saying that": the subject of the clause above.
        "advcl" | "xcomp" | "ccomp" | "pcomp" | "dep" | "acl" | "relcl" => {
            let mut up = verb.head();
            for _ in 0..6 {
                if matches!(up.pos(), Pos::Verb | Pos::Aux)
                    && let Some(subject) = own_subject(up)
                    && !subject.subtree().contains(&verb.i)
                {
                    return phrase_of(cx, subject, Some(verb.i));
                }
                if up.is_root() {
                    break;
                }
                up = up.head();
            }
        }
        _ => {}
    }
    beside(cx, verb)
}

/// Whether the verb is a passive or a bare participle ("thought to house"). A name that the parser took for an
/// auxiliary ("IS said") makes none.
pub fn is_passive(cx: &SpeechContext<'_>, verb: Token<'_>) -> bool {
    let auxiliary = verb
        .children()
        .any(|c| c.dep() == "auxpass" && cx.party(c.i).is_none());
    let participle = matches!(verb.tag(), "VBN" | "VBD")
        && matches!(verb.dep(), "acl" | "parataxis" | "advcl" | "relcl" | "dep")
        && !verb
            .children()
            .any(|c| matches!(c.dep(), "nsubj" | "dobj" | "ccomp"))
        && verb
            .children()
            .any(|c| c.dep() == "xcomp" && c.children().any(|d| d.lower() == "to"));
    // Nobody "thinks to house": with an infinitive such a verb is a participle, whatever the parser makes of it.
    let held = matches!(verb.tag(), "VBN" | "VBD")
        && matches!(
            verb.lemma(),
            "think" | "believe" | "fear" | "suspect" | "presume"
        )
        && verb.children().any(|c| {
            c.dep() == "xcomp" && c.children().any(|d| d.lower() == "to" && d.dep() == "aux")
        })
        && verb.child("dobj").is_none();
    // "Nurse accused of killing three": a headline's participle.
    let accused = matches!(verb.tag(), "VBN" | "VBD")
        && matches!(verb.lemma(), "accuse" | "suspect")
        && verb.child("dobj").is_none()
        && verb
            .children()
            .any(|c| c.dep() == "prep" && c.lower() == "of");
    auxiliary || held || accused || participle || (verb.tag() == "VBN" && verb.dep() == "acl")
}

fn own_subject(verb: Token<'_>) -> Option<Token<'_>> {
    phrase::subject(verb)
        .filter(|subject| subject.dep() != "nsubjpass" || subject.head().i == verb.i)
}

/// A cue that the parser joins to the clause reported instead of the verb that reports: "a spokesman told us that
/// fighting went on and | called for help". Its own subject would be the fighting, which can call for nothing.
pub fn stray<'a>(cx: &SpeechContext<'_>, verb: Token<'a>) -> Option<Token<'a>> {
    let asks = matches!(
        verb.lemma(),
        "call"
            | "urge"
            | "demand"
            | "appeal"
            | "warn"
            | "add"
            | "accuse"
            | "condemn"
            | "express"
            | "deny"
            | "insist"
    );
    if !asks || verb.dep() != "conj" || verb.child("nsubj").is_some() {
        return None;
    }
    let clause = verb.head();
    let saying = clause.head();
    let subject = clause.child("nsubj")?;
    (clause.dep() == "ccomp"
        && phrase::is_saying(saying.lemma())
        && cx.party(subject.i).is_none()
        && subject.pos() != Pos::Pron)
        .then_some(saying)
}

/// The agent of a passive.
fn agent(cx: &SpeechContext<'_>, verb: Token<'_>) -> Option<Source> {
    let by = verb
        .children()
        .find(|c| c.dep() == "agent" || (c.dep() == "prep" && c.lower() == "by"))?;
    let object = by.child("pobj")?;
    Some(phrase_of(cx, object, Some(verb.i)))
}

/// Right before or after the cue, where the parser gives it no subject: "Save our Lakes on Monday said", "said Ana
/// Orlova".
fn beside(cx: &SpeechContext<'_>, verb: Token<'_>) -> Source {
    let doc = cx.doc;
    let sentence = verb.sentence();
    let mut at = verb.i;
    let mut steps = 0;
    while at > sentence.start && steps < 6 {
        at -= 1;
        steps += 1;
        if let Some(party) = cx.party(at) {
            let tokens = cx.mention_at(at);
            return Source {
                tokens,
                speakers: vec![party],
                hidden: false,
            };
        }
        let token = doc.token(at);
        let passing = matches!(
            token.pos(),
            Pos::Adv | Pos::Aux | Pos::Adp | Pos::Det | Pos::Num | Pos::Space
        ) || matches!(token.entity_label(), "DATE" | "TIME");
        if !passing {
            break;
        }
    }
    let next = verb.i + 1;
    if next < sentence.end {
        let first = doc.token(next);
        let skip = usize::from(matches!(first.pos(), Pos::Det));
        if let Some(party) = cx
            .party(next + skip)
            .filter(|_| next + skip < sentence.end && verb.tag() != "VB")
        {
            return Source {
                tokens: cx.mention_at(next + skip),
                speakers: vec![party],
                hidden: false,
            };
        }
    }
    Source::default()
}

/// The phrase that `head` heads, kept off the cue, and the parties in it.
pub fn phrase_of(cx: &SpeechContext<'_>, head: Token<'_>, cue: Option<usize>) -> Source {
    // "The ministry rejects reports that": the verb is no part of who rejects.
    let head = match head.child("compound") {
        Some(own) if phrase::is_mistaken_verb(head) => own,
        _ => head,
    };
    let tokens = span(cx, head, cue);
    let mut speakers = Vec::new();
    let mut heads = vec![head];
    let mut at = 0;
    // "Both the Front and rights groups": conjuncts, and the nominal modifiers the parser makes of them.
    while at < heads.len() && heads.len() < 12 {
        let token = heads[at];
        for child in token.children() {
            let joined = child.dep() == "conj" && child.i > token.i;
            let both = child.dep() == "nmod" && child.children().any(|c| c.dep() == "cc");
            if (joined || both)
                && tokens.contains(&child.i)
                && cx.party(child.i).is_some()
                && !heads.contains(&child)
            {
                heads.push(child);
            }
        }
        at += 1;
    }
    heads.sort_by_key(|token| token.i);
    for token in &heads {
        let found = cx.party(token.i).or_else(|| {
            // The parser may head a name by its first word ("Save the Children"), a phrase by its number or "of" ("many
            // of them").
            (tokens.len() <= 4
                || matches!(
                    token.pos(),
                    Pos::Num | Pos::Pron | Pos::Det | Pos::Verb | Pos::Adj
                ))
            .then(|| tokens.clone().take(12).find_map(|i| cx.party(i)))
            .flatten()
        });
        if let Some(party) = found
            && !speakers.contains(&party)
        {
            speakers.push(party);
        }
    }
    // "the extremist group Jund al-Sahil": the name right behind an unnamed body.
    for speaker in &mut speakers {
        if cx.parties.parties[*speaker].named {
            continue;
        }
        let Some(end) = tokens
            .clone()
            .find(|&i| cx.party(i) == Some(*speaker))
            .and_then(|i| cx.mention_at(i))
            .map(|mention| mention.end)
        else {
            continue;
        };
        if tokens.contains(&end)
            && let Some(name) = cx.party(end)
            && cx
                .mention_at(end)
                .is_some_and(|mention| mention.start == end)
            && cx.parties.parties[name].named
        {
            *speaker = name;
        }
    }
    if speakers.is_empty() || is_paper(head) {
        let owner = owner(cx, head, &tokens);
        if let Some(party) = owner {
            speakers = vec![party];
        }
    }
    Source {
        tokens: (!tokens.is_empty()).then_some(tokens),
        speakers,
        hidden: false,
    }
}

/// Tokens of the phrase: its subtree, without relative clauses at the end, cut before the cue.
fn span(cx: &SpeechContext<'_>, head: Token<'_>, cue: Option<usize>) -> Range<usize> {
    let doc = cx.doc;
    let sentence = head.sentence();
    let mut range = head.subtree();
    range.start = range.start.max(sentence.start);
    range.end = range.end.min(sentence.end);
    if let Some(cue) = cue {
        if cue > head.i {
            range.end = range.end.min(cue);
        } else {
            range.start = range.start.max(cue + 1);
        }
    }
    // A relative clause or a quotation is no part of who speaks.
    for child in head.children() {
        let clause = matches!(
            child.dep(),
            "relcl" | "ccomp" | "advcl" | "acl" | "parataxis"
        ) && child.i > head.i;
        if clause && child.subtree().start > head.i {
            range.end = range.end.min(child.subtree().start.max(head.i + 1));
        }
    }
    if let Some(quote) = (range.start..head.i)
        .rev()
        .find(|&i| cx.quotes.at(i).is_some() && cx.quotes.at(head.i).is_none())
        && range.start < quote
        && doc.slice(quote..quote + 1).contains(['”', '"'])
        && cx
            .quotes
            .at(quote)
            .is_some_and(|s| cx.quotes.segments[s].tokens.len() > 4)
    {
        range.start = quote + 1;
    }
    trim(cx, range)
}

/// Leaves out commas, dashes and white space at the ends.
pub fn trim(cx: &SpeechContext<'_>, mut range: Range<usize>) -> Range<usize> {
    let loose = |i: usize| {
        let token = cx.doc.token(i);
        token.is_space() || matches!(token.text(), "," | ";" | ":" | "–" | "—" | "-" | "--")
    };
    while range.start < range.end && loose(range.start) {
        range.start += 1;
    }
    while range.start < range.end && loose(range.end - 1) {
        range.end -= 1;
    }
    range
}

/// Whether the noun is a paper that speaks for who issued it.
pub fn is_paper(token: Token<'_>) -> bool {
    token.pos() == Pos::Noun && cues::PAPERS.contains(&token.lemma())
}

/// Who issued the paper: named in its phrase ("a statement by the ministry"), or the last to have issued or said
/// something.
fn owner(cx: &SpeechContext<'_>, head: Token<'_>, tokens: &Range<usize>) -> Option<usize> {
    if let Some(party) = tokens.clone().take(30).find_map(|i| cx.party(i)) {
        return Some(party);
    }
    if !is_paper(head) {
        return None;
    }
    if let Some(body) = body_of_paper(cx, head) {
        return Some(body);
    }
    // "issued an alert reporting that …".
    let verb = head.head();
    if head.dep() == "dobj"
        && cues::ISSUING.contains(&verb.lemma())
        && let Some(party) = phrase::subject(verb).and_then(|subject| cx.party(subject.i))
    {
        return Some(party);
    }
    let definite = head
        .children()
        .any(|c| matches!(c.lower(), "the" | "this" | "its" | "their"));
    if !definite {
        return None;
    }
    issuer(cx, head)
}

/// "a police report": the police of whom the text speaks elsewhere, before or else after.
fn body_of_paper(cx: &SpeechContext<'_>, head: Token<'_>) -> Option<usize> {
    let mentions = &cx.parties.mentions;
    let here = mentions.partition_point(|mention| mention.tokens.start < head.i);
    let before = mentions[..here].iter().rev().take(300);
    let after = mentions[here..].iter().take(300);
    let words: Vec<&str> = head
        .children()
        .filter(|child| child.i < head.i && matches!(child.dep(), "compound" | "nmod"))
        .map(|child| child.lower())
        .collect();
    if words.is_empty() {
        return None;
    }
    before
        .chain(after)
        .find(|mention| {
            let last = cx.doc.token(mention.tokens.end - 1);
            last.pos() != Pos::Propn && words.contains(&last.lower())
                || last.lower() == "police" && words.contains(&"police")
        })
        .map(|mention| mention.party)
}

/// The last subject before `head` of a verb of issuing or reporting, not further than forty sentences back.
fn issuer(cx: &SpeechContext<'_>, head: Token<'_>) -> Option<usize> {
    let doc = cx.doc;
    let here = head.sentence_index();
    let mut fallback = None;
    for s in (here.saturating_sub(40)..here).rev() {
        for i in doc.sentence(s).rev().take(200) {
            let verb = doc.token(i);
            if verb.pos() != Pos::Verb {
                continue;
            }
            let issues = cues::ISSUING.contains(&verb.lemma())
                && verb
                    .children()
                    .any(|c| matches!(c.dep(), "dobj" | "nsubjpass") && is_paper(c));
            let says = phrase::is_saying(verb.lemma());
            if !issues && !says {
                continue;
            }
            let Some(subject) = phrase::subject(verb) else {
                continue;
            };
            // "a report by X said", "X's report found": the owner within the phrase.
            let party = cx.party(subject.i).or_else(|| {
                is_paper(subject)
                    .then(|| {
                        let named = subject.subtree().take(20).find_map(|i| cx.party(i));
                        named.or_else(|| body_of_paper(cx, subject))
                    })
                    .flatten()
            });
            if let Some(party) = party {
                if issues || is_paper(subject) {
                    return Some(party);
                }
                if here - s <= 6 {
                    fallback = fallback.or(Some(party));
                }
            }
        }
    }
    fallback
}

/// The outlet or agency that was told: "told Reuters", "spoke to Reuters", "in an interview with the Lake Tribune".
pub fn told(cx: &SpeechContext<'_>, verb: Token<'_>) -> Option<usize> {
    let mut at = verb;
    for _ in 0..4 {
        if let Some(found) = told_here(cx, at) {
            return Some(found);
        }
        if !matches!(at.dep(), "conj" | "advcl" | "xcomp") {
            return None;
        }
        at = at.head();
    }
    None
}

fn told_here(cx: &SpeechContext<'_>, verb: Token<'_>) -> Option<usize> {
    let press = |i: usize, unknown: bool| {
        cx.party(i).filter(|&party| {
            let info = &cx.parties.parties[party];
            match info.party.kind {
                PartyKind::Outlet | PartyKind::Agency => true,
                PartyKind::Unknown => unknown && info.named,
                _ => false,
            }
        })
    };
    for child in verb.children().filter(|c| c.i > verb.i) {
        match child.dep() {
            "dobj" | "dative" if verb.lemma() == "tell" => {
                if let Some(party) = press(child.i, true) {
                    return Some(party);
                }
            }
            "prep" | "dative" if matches!(child.lower(), "to" | "with" | "in" | "on" | "via") => {
                let Some(object) = child.child("pobj") else {
                    continue;
                };
                let talk = matches!(
                    verb.lemma(),
                    "speak" | "talk" | "say" | "confirm" | "explain"
                );
                if talk
                    && matches!(child.lower(), "to" | "with")
                    && let Some(party) = press(object.i, false)
                {
                    return Some(party);
                }
                // "in an interview with", "in a statement to".
                if matches!(
                    object.lemma(),
                    "interview" | "statement" | "email" | "comment" | "conversation" | "message"
                ) {
                    for inner in object
                        .children()
                        .filter(|c| matches!(c.lower(), "with" | "to"))
                    {
                        if let Some(party) = inner.child("pobj").and_then(|o| press(o.i, false)) {
                            return Some(party);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    // The parser may make the outlet a part of the clause: "told Lake Eye that".
    (verb.lemma() == "tell")
        .then(|| {
            let next = verb.i + 1;
            (next..(next + 2).min(verb.sentence().end)).find_map(|i| press(i, true))
        })
        .flatten()
}
