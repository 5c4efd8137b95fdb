//! Attributions by verbs of the table: the verb, its source, and the clause, object or quotation that is its content.

use std::ops::Range;

use language::{Pos, Token};

use super::{
    Attribution, SpeechContext,
    attribution::{cue_span, make},
    content::{clean, quoted},
    cues::{self, Frame, is_plain_saying},
    phrases,
    sources::{self, Source},
};
use crate::read::parties::phrase;

/// Finds them, in order of the cue.
pub fn find(cx: &SpeechContext<'_>) -> Vec<Attribution> {
    let doc = cx.doc;
    let mut out: Vec<Attribution> = Vec::new();
    for i in 0..doc.len() {
        let token = doc.token(i);
        if token.sentence().len() > phrase::LONGEST_SENTENCE {
            continue;
        }
        let found = match token.pos() {
            Pos::Verb | Pos::Aux => phrases::according(cx, token)
                .or_else(|| phrases::by_account(cx, token))
                .or_else(|| phrases::holding(cx, token))
                .or_else(|| phrases::figures(cx, token))
                .or_else(|| verb(cx, token)),
            Pos::Adp if token.lower() == "by" => phrases::by_account(cx, token),
            Pos::Noun => phrases::noun(cx, token),
            Pos::Punct => phrases::dash(cx, token),
            _ => None,
        };
        out.extend(found);
    }
    out
}

/// A verb of the table.
fn verb(cx: &SpeechContext<'_>, verb: Token<'_>) -> Option<Attribution> {
    let frame = cues::frame(verb.lemma())?;
    // "saying" as a noun, "the said man", "reported cases".
    if matches!(verb.dep(), "amod" | "compound" | "aux" | "auxpass" | "nmod") {
        return None;
    }
    let mut cue = cue_span(cx, verb);
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
    let source = sources::of_verb(cx, verb);
    let mut content = quoted(cx, verb);
    let any_quote = !content.is_empty();
    if says_nothing(cx, verb, source.tokens.as_ref()) || (frame.quotation && !any_quote) {
        return None;
    }
    let told = sources::told(cx, verb);
    if source.hidden {
        let passive = hidden(cx, verb, frame)?;
        return Some(make(cue, verb.lemma(), Source::default(), told, passive));
    }
    let mut clause = clauses_of(cx, verb, frame, &source, any_quote);
    if verb.lemma() == "call" {
        call(verb, &mut clause);
    }
    if clause.is_empty() && !any_quote {
        clause = around(cx, verb, frame);
    }
    if frame.weak && source.speakers.is_empty() {
        return None;
    }
    asked(verb, frame, &mut clause);
    torn(cx, verb, &mut clause);
    content.extend(clause);
    let content = clean(cx, content, &cue, source.tokens.as_ref(), verb);
    if content.is_empty() && !is_plain_saying(verb.lemma()) {
        return None;
    }
    if content.is_empty() && source.tokens.is_none() {
        return None;
    }
    // "Orsk said." alone waits for what runs on (`carry`).
    Some(make(cue, lemma, source, told, content))
}

/// What a verb takes as its content by the tree: a reported clause, an infinitive, an object, a preposition's object.
fn clauses_of(
    cx: &SpeechContext<'_>,
    verb: Token<'_>,
    frame: &Frame,
    source: &Source,
    any_quote: bool,
) -> Vec<Range<usize>> {
    let mut clause = Vec::new();
    for child in verb.children() {
        match child.dep() {
            "ccomp" if frame.clause && !is_source(source, child) => {
                clause.push(without_stray(cx, verb, child));
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
    clause
}

/// A reported clause without a verb that was joined to it by mistake and speaks for itself.
fn without_stray(cx: &SpeechContext<'_>, verb: Token<'_>, clause: Token<'_>) -> Range<usize> {
    let mut range = clause.subtree();
    let joined = clause
        .children()
        .find(|c| sources::stray(cx, *c).is_some_and(|saying| saying == verb));
    if let Some(joined) = joined {
        range.end = range.end.min(joined.subtree().start).max(range.start);
        if range.end > range.start && cx.doc.token(range.end - 1).pos() == Pos::Cconj {
            range.end -= 1;
        }
    }
    range
}

/// Whether a verb of the table says nothing here: a deed, or nobody's words.
pub fn says_nothing(
    cx: &SpeechContext<'_>,
    verb: Token<'_>,
    source: Option<&Range<usize>>,
) -> bool {
    let doc = cx.doc;
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
        })
        || claims_deed(cx, verb);
    let raises =
        verb.lemma() == "raise" && !object.is_some_and(|o| cues::RAISED.contains(&o.lemma()));
    me || nobody || takes || raises
}

/// "claimed the attack", "was claimed by the Front": a deed is taken upon oneself, and what is told of it beside is
/// nobody's claim.
pub fn claims_deed(cx: &SpeechContext<'_>, verb: Token<'_>) -> bool {
    verb.lemma() == "claim"
        && verb.child_of(&["ccomp", "xcomp"]).is_none()
        && verb.child_of(&["dobj", "nsubjpass"]).is_some_and(|object| {
            let counted = object.children().any(|child| child.dep() == "nummod");
            let people = matches!(
                object.lower(),
                "dead" | "deaths" | "killed" | "wounded" | "victory" | "it"
            );
            object.pos() == Pos::Noun && !counted && !people && cx.party(object.i).is_none()
        })
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
fn torn(cx: &SpeechContext<'_>, cue: Token<'_>, clause: &mut [Range<usize>]) {
    let Some(last) = clause.iter_mut().max_by_key(|range| range.end) else {
        return;
    };
    if last.end >= cue.sentence().end || last.end <= cue.i {
        return;
    }
    let next = cx.doc.token(last.end);
    if next.dep() == "conj"
        && next.head() == cue
        && next.pos() == Pos::Verb
        && next.subtree().start == next.i
    {
        last.end = next.subtree().end;
    }
}

/// "called it a crime", "called on the army to leave": the object with what it is called, the one called on with what
/// is asked.
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

/// Content that stands around an inserted cue: "The bridge, police said, was shut"; "as the mayor put it". It goes by
/// commas rather than by the tree, in which such a verb may hang anywhere.
fn around(cx: &SpeechContext<'_>, verb: Token<'_>, frame: &Frame) -> Vec<Range<usize>> {
    let doc = cx.doc;
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

/// "is reported to have left", "was said to be": nobody is named; the content is what is said, subject included.
fn hidden(cx: &SpeechContext<'_>, verb: Token<'_>, _frame: &Frame) -> Option<Vec<Range<usize>>> {
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
    let cue = cue_span(cx, verb);
    let content = clean(cx, content, &cue, None, verb);
    (!content.is_empty()).then_some(content)
}
