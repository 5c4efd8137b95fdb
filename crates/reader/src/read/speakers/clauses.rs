//! Attributions within a sentence: a cue, its source, and the clause, object or quotation that is its content.

use std::ops::Range;

use language::{Pos, Token};

use super::{
    Attribution, AttributionKind, Scene,
    cues::{self, Frame},
    sources::{self, Source},
};
use crate::read::parties::phrase;

/// Finds them, in order of the cue.
pub fn find(scene: &Scene<'_>) -> Vec<Attribution> {
    let doc = scene.doc;
    let mut out: Vec<Attribution> = Vec::new();
    for i in 0..doc.len() {
        let token = doc.token(i);
        if token.sentence().len() > phrase::LONGEST_SENTENCE {
            continue;
        }
        let found = match token.pos() {
            Pos::Verb | Pos::Aux => according(scene, token)
                .or_else(|| holding(scene, token))
                .or_else(|| verb(scene, token)),
            Pos::Noun => noun(scene, token),
            Pos::Punct => dash(scene, token),
            _ => None,
        };
        out.extend(found);
    }
    out
}

fn make(
    cue: Range<usize>,
    lemma: &str,
    source: Source,
    told: Option<usize>,
    content: Vec<Range<usize>>,
) -> Attribution {
    Attribution {
        cue,
        lemma: lemma.to_owned(),
        source: source.tokens,
        speakers: source.speakers,
        told,
        content,
        kind: AttributionKind::Indirect,
        inside: None,
        said: true,
    }
}

/// A verb of the table.
fn verb(scene: &Scene<'_>, verb: Token<'_>) -> Option<Attribution> {
    let doc = scene.doc;
    let frame = cues::frame(verb.lemma())?;
    // "saying" as a noun, "the said man", "reported cases".
    if matches!(verb.dep(), "amod" | "compound" | "aux" | "auxpass" | "nmod") {
        return None;
    }
    let mut cue = cue_span(scene, verb);
    let mut lemma = verb.lemma();
    if let Some(denial) = verb
        .child("nsubj")
        .filter(|noun| phrase::is_mistaken_verb(*noun) && noun.i < verb.i)
    {
        // "The ministry rejects reports that": who rejects denies what is reported.
        cue.start = denial.i;
        if matches!(denial.lower(), "rejects" | "denies" | "dismisses") {
            lemma = "deny";
        }
    }
    let source = sources::of_verb(scene, verb);
    let mut content = quoted(scene, verb);
    let any_quote = !content.is_empty();
    if says_nothing(scene, verb, source.tokens.as_ref()) || (frame.quotation && !any_quote) {
        return None;
    }
    let told = sources::told(scene, verb);
    if source.hidden {
        let passive = hidden(scene, verb, frame)?;
        return Some(make(cue, verb.lemma(), Source::default(), told, passive));
    }
    let mut clause = Vec::new();
    for child in verb.children() {
        match child.dep() {
            "ccomp" if frame.clause && !is_source(&source, child) => {
                clause.push(child.subtree());
                // A verb joined by mistake speaks for itself.
                let joined = child
                    .children()
                    .find(|c| sources::stray(scene, *c).is_some_and(|saying| saying == verb));
                if let Some(joined) = joined {
                    let range = joined.subtree();
                    if let Some(last) = clause.last_mut() {
                        last.end = last.end.min(range.start).max(last.start);
                        if last.end > last.start && doc.token(last.end - 1).pos() == Pos::Cconj {
                            last.end -= 1;
                        }
                    }
                }
            }
            "xcomp" if frame.infinitive && child.i > verb.i => clause.push(child.subtree()),
            "xcomp"
                if frame.clause
                    && child.i > verb.i
                    && child.children().any(|c| c.dep() == "nsubj") =>
            {
                clause.push(child.subtree())
            }
            "advcl" if child.i > verb.i && asks_for(frame, child) => clause.push(child.subtree()),
            "dobj"
                if (frame.object || (frame.infinitive && has_infinitive(verb)))
                    && (frame.infinitive || !matches!(child.tag(), "PRP" | "PRP$")) =>
            {
                clause.push(child.subtree());
            }
            "dobj"
                if child.i > verb.i
                    && child
                        .children()
                        .any(|c| c.dep() == "relcl" || c.dep() == "acl")
                    && frame.clause
                    && !any_quote
                    && verb.lemma() != "tell" =>
            {
                // A misread clause often hangs on the object.
                clause.push(child.subtree());
            }
            "dobj" | "attr" | "oprd" | "acomp"
                if frame.clause && verb.lemma() == "say" && child.i > verb.i && !any_quote =>
            {
                clause.push(child.subtree());
            }
            "prep" | "prt" if frame.prepositions.contains(&child.lower()) && child.i > verb.i => {
                let word_in_content =
                    matches!(child.lower(), "for" | "about" | "of" | "against" | "over");
                let mut range = child.subtree();
                if !word_in_content {
                    range.start = child.i + 1;
                }
                clause.push(range);
            }
            _ => {}
        }
    }
    if verb.lemma() == "call" {
        call(verb, &mut clause);
    }
    if clause.is_empty() && !any_quote {
        clause = around(scene, verb, frame);
    }
    if frame.weak && source.speakers.is_empty() {
        return None;
    }
    asked(verb, frame, &mut clause);
    torn(scene, verb, &mut clause);
    content.extend(clause);
    let content = clean(scene, content, &cue, source.tokens.as_ref(), verb);
    if content.is_empty() && !is_plain_saying(verb.lemma()) {
        return None;
    }
    if content.is_empty() && source.tokens.is_none() {
        return None;
    }
    // "Orsk said." alone waits for what runs on (`carry`).
    Some(make(cue, lemma, source, told, content))
}

/// Whether a verb of the table says nothing here: a deed, or nobody's words.
pub fn says_nothing(scene: &Scene<'_>, verb: Token<'_>, source: Option<&Range<usize>>) -> bool {
    let doc = scene.doc;
    let object = verb.child("dobj");
    // "I think", "we said": who speaks is whoever is quoted, which is another attribution.
    let me = source.is_some_and(|tokens| {
        tokens.len() == 1 && matches!(doc.token(tokens.start).lower(), "i" | "we" | "you")
    });
    // "No group has claimed responsibility", "the blast claimed twelve lives": nobody says anything.
    let nobody = source
        .map(|tokens| tokens.start)
        .or_else(|| phrase::subject(verb).map(|subject| subject.subtree().start))
        .is_some_and(|first| matches!(doc.token(first).lower(), "no" | "nobody" | "none"));
    let takes = verb.lemma() == "claim"
        && object.is_some_and(|o| {
            matches!(
                o.lemma(),
                "life" | "victim" | "casualty" | "prize" | "asylum"
            )
        });
    let raises =
        verb.lemma() == "raise" && !object.is_some_and(|o| cues::RAISED.contains(&o.lemma()));
    me || nobody || takes || raises
}

/// Verbs that may stand without content in their own sentence.
pub fn is_plain_saying(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "add"
            | "write"
            | "tweet"
            | "explain"
            | "continue"
            | "ask"
            | "reply"
            | "respond"
            | "note"
            | "recall"
    )
}

fn is_source(source: &Source, child: Token<'_>) -> bool {
    source
        .tokens
        .as_ref()
        .is_some_and(|tokens| tokens.contains(&child.i))
}

/// "called for countries to take …": the parser makes a clause of it, marked by the preposition.
fn asks_for(frame: &Frame, child: Token<'_>) -> bool {
    child
        .child("mark")
        .is_some_and(|mark| frame.prepositions.contains(&mark.lower()))
}

fn has_infinitive(verb: Token<'_>) -> bool {
    verb.children().any(|c| {
        matches!(c.dep(), "xcomp" | "ccomp" | "advcl")
            && c.children().any(|d| d.lower() == "to" && d.dep() == "aux")
    })
}

/// "called for countries | to open the border": what is asked may hang on the verb rather than on the one who is asked.
fn asked(verb: Token<'_>, frame: &Frame, clause: &mut [Range<usize>]) {
    if !frame.prepositions.contains(&"for") {
        return;
    }
    let Some(last) = clause.iter_mut().max_by_key(|range| range.end) else {
        return;
    };
    let what = verb.children().find(|c| {
        matches!(c.dep(), "xcomp" | "advcl")
            && c.subtree().start == last.end
            && c.children().any(|d| d.lower() == "to" && d.dep() == "aux")
    });
    if let Some(what) = what {
        last.end = what.subtree().end;
    }
}

/// A clause that the parser tore in two: its verb follows at once, without "and" or comma, joined to the cue instead.
fn torn(scene: &Scene<'_>, cue: Token<'_>, clause: &mut [Range<usize>]) {
    let Some(last) = clause.iter_mut().max_by_key(|range| range.end) else {
        return;
    };
    if last.end >= cue.sentence().end || last.end <= cue.i {
        return;
    }
    let next = scene.doc.token(last.end);
    if next.dep() == "conj"
        && next.head() == cue
        && next.pos() == Pos::Verb
        && next.subtree().start == next.i
    {
        last.end = next.subtree().end;
    }
}

/// "called it a crime", "called on the army to leave": the object with what it is called, the one called on with what is asked.
fn call(verb: Token<'_>, clause: &mut Vec<Range<usize>>) {
    let named = verb
        .children()
        .find(|c| matches!(c.dep(), "oprd" | "ccomp" | "acomp") && c.i > verb.i);
    if let Some(named) = named {
        clause.extend(verb.child("dobj").map(Token::subtree));
        clause.extend(verb.child("nsubjpass").map(Token::subtree));
        clause.push(named.subtree());
    }
    if let Some(on) = verb
        .children()
        .find(|c| matches!(c.dep(), "prep" | "prt") && matches!(c.lower(), "on" | "upon"))
    {
        clause.extend(on.child("pobj").map(Token::subtree));
        clause.extend(
            verb.child_of(&["xcomp", "advcl"])
                .filter(|c| c.i > on.i)
                .map(Token::subtree),
        );
    }
}

/// Content that stands around an inserted cue: "The bridge, police said, was shut"; "as the mayor put it". It goes by commas rather
/// than by the tree, in which such a verb may hang anywhere.
fn around(scene: &Scene<'_>, verb: Token<'_>, frame: &Frame) -> Vec<Range<usize>> {
    let doc = scene.doc;
    if !frame.clause || frame.weak {
        return Vec::new();
    }
    let sentence = verb.sentence();
    let mark = |i: usize| {
        matches!(
            doc.token(i).text(),
            "," | "–" | "—" | "(" | ")" | "”" | "\"" | "." | ";" | "--"
        )
    };
    let as_ = verb
        .children()
        .any(|c| c.dep() == "mark" && c.lower() == "as");
    // Right after the cue, its subject where that follows, and a few words of time or place: a mark.
    let mut after = verb.i + 1;
    let subject = phrase::subject(verb).filter(|s| s.i > verb.i && s.i < verb.i + 8);
    if let Some(subject) = subject {
        after = subject.subtree().end.max(after);
    }
    let limit = (after + 5).min(sentence.end);
    while after < limit && !mark(after) && !matches!(doc.token(after).tag(), "IN" | "WDT" | "TO") {
        after += 1;
    }
    let closed = after >= sentence.end || mark(after) || doc.token(after).text() == ":";
    let first = phrase::subject(verb)
        .filter(|s| s.i < verb.i && verb.i - s.i < 14)
        .map_or(verb.i, |s| s.subtree().start.min(s.i));
    let opened = first > sentence.start && mark(first - 1);
    let put = as_ && verb.dep() == "advcl";
    if !(put || (closed && opened)) {
        return Vec::new();
    }
    // In a relative clause: only that clause.
    let mut up = verb;
    for _ in 0..3 {
        if up.is_root() {
            break;
        }
        if up.dep() == "relcl" {
            return vec![up.subtree()];
        }
        up = up.head();
    }
    vec![sentence]
}

/// Tokens of the cue: the verb with its auxiliaries, negation and particle, where they stand together.
fn cue_span(scene: &Scene<'_>, verb: Token<'_>) -> Range<usize> {
    let mut start = verb.i;
    let mut end = verb.i + 1;
    let mut left: Vec<usize> = verb
        .children()
        .filter(|c| {
            c.i < verb.i
                && scene.party(c.i).is_none()
                && (matches!(c.dep(), "aux" | "auxpass" | "neg")
                    || (c.dep() == "advmod" && c.pos() == Pos::Adv))
        })
        .map(|c| c.i)
        .collect();
    left.reverse();
    for i in left {
        if i + 1 == start {
            start = i;
        }
    }
    if let Some(particle) = verb.child("prt").filter(|p| p.i == end) {
        end = particle.i + 1;
    }
    start..end
}

/// "is reported to have left", "was said to be": nobody is named; the content is what is said, subject included.
fn hidden(scene: &Scene<'_>, verb: Token<'_>, _frame: &Frame) -> Option<Vec<Range<usize>>> {
    if !matches!(
        verb.lemma(),
        "report" | "say" | "allege" | "claim" | "rumour" | "rumor" | "announce" | "confirm"
    ) {
        return None;
    }
    let clause = verb.child_of(&["xcomp", "ccomp", "oprd"])?;
    let mut content = vec![clause.subtree()];
    if let Some(subject) = verb.child("nsubjpass").filter(|s| s.lower() != "it") {
        content.push(subject.subtree());
    }
    let cue = cue_span(scene, verb);
    let content = clean(scene, content, &cue, None, verb);
    (!content.is_empty()).then_some(content)
}

/// "according to the mayor": the rest of the clause it hangs on.
fn according(scene: &Scene<'_>, token: Token<'_>) -> Option<Attribution> {
    let doc = scene.doc;
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
    let source = sources::phrase_of(scene, object, Some(to.i));
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
    let content = clean(scene, vec![range], &cue, source.tokens.as_ref(), token);
    (!content.is_empty()).then(|| make(cue, "accord", source, told, content))
}

/// "had evidence of", "received testimony that".
fn holding(scene: &Scene<'_>, verb: Token<'_>) -> Option<Attribution> {
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
    let source = sources::of_verb(scene, verb);
    if source.hidden || source.speakers.is_empty() {
        return None;
    }
    let mut cue = cue_span(scene, verb);
    if object.i < cue.end + 4 {
        cue.end = object.i + 1;
    }
    let mut range = what.subtree();
    range.start = range.start.max(object.i + 1);
    let content = clean(scene, vec![range], &cue, source.tokens.as_ref(), verb);
    (!content.is_empty()).then(|| {
        make(
            cue,
            verb.lemma(),
            source,
            sources::told(scene, verb),
            content,
        )
    })
}

/// "the army's claim that", "reports that", "calls for".
fn noun(scene: &Scene<'_>, noun: Token<'_>) -> Option<Attribution> {
    if matches!(
        noun.lower(),
        "saying" | "reporting" | "warning" | "claiming" | "stating" | "alleging" | "adding"
    ) {
        return participle(scene, noun);
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
            source = sources::phrase_of(scene, child, Some(noun.i));
        } else if by && let Some(object) = child.child("pobj") {
            source = sources::phrase_of(scene, object, None);
            source.tokens = source
                .tokens
                .map(|tokens| tokens.start..tokens.end.min(what.subtree().start).max(tokens.start));
        }
    }
    // "denied claims that": the verb's own cue holds it; "made the claim that": its subject.
    let verb = noun.head();
    if source.tokens.is_none() && noun.dep() == "dobj" {
        if matches!(verb.lemma(), "make" | "issue" | "repeat" | "give") {
            source = sources::of_verb(scene, verb);
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
    let content = clean(
        scene,
        vec![what.subtree()],
        &cue,
        source.tokens.as_ref(),
        noun,
    );
    (!content.is_empty()).then(|| make(cue, noun.lemma(), source, None, content))
}

/// "issued an alert reporting that …": a participle that the tagger took for a noun.
fn participle(scene: &Scene<'_>, noun: Token<'_>) -> Option<Attribution> {
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
    let source = sources::of_verb(scene, verb);
    let cue = noun.i..noun.i + 1;
    let content = clean(
        scene,
        vec![what.subtree()],
        &cue,
        source.tokens.as_ref(),
        noun,
    );
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
fn dash(scene: &Scene<'_>, token: Token<'_>) -> Option<Attribution> {
    let doc = scene.doc;
    let i = token.i;
    if !matches!(token.text(), "–" | "—" | "-" | "--" | "―") || i + 1 >= doc.len() {
        return None;
    }
    let here = scene.paragraph[i];
    let opens = i == 0 || scene.paragraph[i - 1] != here;
    // "“…” – Ana Orlova" on one line counts as well.
    let after_quote = !opens
        && i > 0
        && scene
            .quotes
            .at(i - 1)
            .is_some_and(|s| scene.quotes.segments[s].tokens.end == i);
    if !opens && !after_quote {
        return None;
    }
    let end = (i + 1..doc.len().min(i + 30))
        .find(|&j| scene.paragraph[j] != here)
        .unwrap_or(doc.len().min(i + 30));
    if end == doc.len().min(i + 30) && end < doc.len() {
        return None;
    }
    let last = i.checked_sub(1)?;
    let segment = scene.quotes.at(last)?;
    let segment = scene.quotes.segments[segment].tokens.clone();
    if segment.end != i || (opens && scene.paragraph[segment.start].abs_diff(here) > 1) {
        return None;
    }
    let verb = (i + 1..end).any(|j| matches!(doc.token(j).tag(), "VBD" | "VBZ"));
    let party = (i + 1..end).find_map(|j| scene.party(j))?;
    if verb {
        return None;
    }
    let source = Source {
        tokens: Some(sources::trim(scene, i + 1..end)),
        speakers: vec![party],
        hidden: false,
    };
    Some(make(i..i + 1, token.text(), source, None, vec![segment]))
}

/// The quotations that belong to a cue of the plain kind: those under it in the tree, or nearest to it in its sentence.
fn quoted(scene: &Scene<'_>, verb: Token<'_>) -> Vec<Range<usize>> {
    let doc = scene.doc;
    let quotes = &scene.quotes;
    if quotes.at(verb.i).is_some() {
        return Vec::new();
    }
    let sentence = verb.sentence();
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut seen = usize::MAX;
    for i in sentence.clone() {
        let Some(index) = quotes.at(i) else { continue };
        if index == seen {
            continue;
        }
        seen = index;
        let segment = &quotes.segments[index].tokens;
        if owner(scene, segment, verb) {
            out.push(segment.clone());
        }
    }
    // “Who knows?” he asked.
    let opens = out.is_empty() && is_plain_saying(verb.lemma()) && verb.i < sentence.start + 12;
    if opens && sentence.start > 0 {
        let mut before = sentence.start - 1;
        while before > 0 && doc.token(before).is_space() {
            before -= 1;
        }
        if scene.paragraph[before] == scene.paragraph[verb.i]
            && let Some(index) = quotes.at(before)
            && quotes.segments[index].tokens.end == before + 1
            && !verb
                .children()
                .any(|c| matches!(c.dep(), "ccomp" | "xcomp"))
        {
            out.push(quotes.segments[index].tokens.clone());
        }
    }
    out
}

/// Whether the cue owns the quotation: the first cue met on the way up from it, or the nearest one when the way meets none.
fn owner(scene: &Scene<'_>, segment: &Range<usize>, verb: Token<'_>) -> bool {
    let doc = scene.doc;
    let words = segment
        .clone()
        .filter(|&i| !doc.token(i).is_punct() && !doc.token(i).is_space())
        .count();
    let cue_like = |token: Token<'_>| {
        matches!(token.pos(), Pos::Verb)
            && scene.quotes.at(token.i).is_none()
            && cues::frame(token.lemma())
                .is_some_and(|frame| frame.clause || frame.object || frame.quotation)
            && !matches!(token.dep(), "amod" | "compound")
    };
    let sentence = verb.sentence();
    let inside = segment.start.max(sentence.start)..segment.end.min(sentence.end);
    if inside.is_empty() {
        return false;
    }
    let head = doc.token(phrase::head_of(doc, inside.clone()));
    let mut via = head;
    for up in head.ancestors().take(10) {
        if cue_like(up) {
            // Words quoted within the source, a time or a manner are no content.
            let aside = matches!(
                via.dep(),
                "prep" | "nsubj" | "nsubjpass" | "agent" | "npadvmod" | "advmod"
            );
            return up.i == verb.i && !(aside && words < 6);
        }
        via = up;
    }
    if words < 3 || !is_quoting(verb.lemma()) {
        return false;
    }
    // The segment heads the sentence, or hangs elsewhere: the nearest plain cue outside.
    let nearest = sentence
        .clone()
        .filter(|&i| cue_like(doc.token(i)) && is_quoting(doc.token(i).lemma()))
        .min_by_key(|&i| (distance(i, &inside), i));
    nearest == Some(verb.i) && distance(verb.i, &inside) < 25
}

fn is_quoting(lemma: &str) -> bool {
    cues::frame(lemma).is_some_and(|frame| (frame.clause || frame.quotation) && !frame.weak)
}

fn distance(i: usize, range: &Range<usize>) -> usize {
    if i < range.start {
        range.start - i
    } else {
        i.saturating_sub(range.end)
    }
}

/// Sorts and joins the content, keeps it off cue and source, and trims it.
pub fn clean(
    scene: &Scene<'_>,
    content: Vec<Range<usize>>,
    cue: &Range<usize>,
    source: Option<&Range<usize>>,
    verb: Token<'_>,
) -> Vec<Range<usize>> {
    let mut cuts: Vec<Range<usize>> = vec![cue.clone()];
    cuts.extend(source.cloned());
    // What hangs on the cue and is not content: who was told, when, in what.
    for child in verb.children() {
        let beside = matches!(child.dep(), "nsubj" | "nsubjpass" | "dative" | "agent")
            || (child.dep() == "dobj"
                && verb.lemma() == "tell"
                && child.subtree().start == verb.i + 1);
        if beside
            && !content.contains(&child.subtree())
            && child.subtree().start < child.subtree().end
        {
            let range = child.subtree();
            if !range.contains(&verb.i)
                && !content
                    .iter()
                    .any(|c| c.start >= range.start && c.end <= range.end)
            {
                cuts.push(range);
            }
        }
    }
    cuts.sort_by_key(|cut| cut.start);
    let mut ranges: Vec<Range<usize>> = content
        .into_iter()
        .filter(|range| !range.is_empty())
        .collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    for cut in &cuts {
        joined = joined
            .into_iter()
            .flat_map(|range| {
                let left = range.start..cut.start.clamp(range.start, range.end);
                let right = cut.end.clamp(range.start, range.end)..range.end;
                if left.end == range.end || right.start == range.start {
                    vec![range]
                } else {
                    vec![left, right]
                }
            })
            .filter(|range| !range.is_empty())
            .collect();
    }
    joined
        .into_iter()
        .map(|range| sources::trim(scene, range))
        .map(|mut range| {
            while range.len() > 1
                && matches!(scene.doc.token(range.end - 1).text(), "." | "(")
                && scene.quotes.at(range.end - 1).is_none()
            {
                range.end -= 1;
            }
            range
        })
        .filter(|range| {
            // "…, which the minister blamed": the word alone says nothing.
            range.len() > 1 || !matches!(scene.doc.token(range.start).tag(), "WDT" | "WP" | "PRP")
        })
        .filter(|range| {
            range
                .clone()
                .any(|i| !scene.doc.token(i).is_punct() && !scene.doc.token(i).is_space())
        })
        .collect()
}
