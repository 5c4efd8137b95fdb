//! `nationality`: nationalities of the people spoken of.

use language::{Pos, Token};
use model::{Slot, Value};

use super::{draft::Draft, frames, grammar, passes::Passes, people, said_of_people as said};

/// Claims of the slot: "are Syrian and Iraqi", "of 20 nationalities", "came from dozens of countries", "12 foreign
/// nationals".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        let found = match token.lower() {
            "nationalities" | "countries" => of_many(cx, token),
            _ if token.entity_label() == "NORP" && matches!(token.dep(), "acomp" | "attr") => {
                predicate(cx, token)
            }
            "nationals" | "citizens" => nationals(cx, token),
            _ => None,
        };
        let Some(draft) = found else { continue };
        // "Most are Syrian, while the rest are of 20 other nationalities" is one statement.
        match out.last_mut() {
            Some(last)
                if cx.doc.token(last.anchor).sentence_index()
                    == cx.doc.token(draft.anchor).sentence_index() =>
            {
                last.tokens = last.tokens.start.min(draft.tokens.start)
                    ..last.tokens.end.max(draft.tokens.end);
                if last.value.count().is_none() && draft.value.count().is_some() {
                    last.value = draft.value;
                }
                if last.scope.is_all() {
                    last.scope = draft.scope;
                }
            }
            _ => out.push(draft),
        }
    }
    for draft in &mut out {
        if let Value::Words { words } = &mut draft.value {
            *words = cx.doc.slice(draft.tokens.clone()).to_owned();
        }
    }
    out
}

fn of_many(cx: &Passes<'_>, token: Token<'_>) -> Option<Draft> {
    let quantity = cx.quantity_of(token.i).or_else(|| {
        (token.dep() == "pobj")
            .then(|| cx.quantity_holding(token.head().head().i))
            .flatten()
    })?;
    // Countries count only where people come from them.
    let verb = grammar::clause_verb(token)?;
    let origin = token.lower() == "nationalities"
        || matches!(verb.lemma(), "come" | "hail" | "originate" | "represent")
        || (verb.lemma() == "be" && (verb.i..token.i).any(|i| cx.doc.token(i).lower() == "from"));
    if !origin || frames::is_irrealis(verb) {
        return None;
    }
    let subject = frames::subject(verb);
    let start = if matches!(verb.lemma(), "come" | "hail") {
        verb.i
    } else {
        subject.map_or(verb.i, |subject| {
            people::phrase(subject, None).start.min(verb.i)
        })
    };
    let mut draft = Draft::new(
        Slot::Nationality,
        Value::Count(quantity.count.clone()),
        said::trim(cx, start..token.i + 1),
        token.i,
        "nationality/number",
    );
    draft.scope = scope(cx, subject, token);
    Some(draft)
}

fn scope(cx: &Passes<'_>, subject: Option<Token<'_>>, token: Token<'_>) -> model::Scope {
    let near = said::scope_of(cx, subject);
    if near.is_all() {
        said::people_in_sentence(cx, token.sentence_index())
    } else {
        near
    }
}

fn predicate(cx: &Passes<'_>, token: Token<'_>) -> Option<Draft> {
    let verb = token.head();
    if verb.lemma() != "be" {
        return None;
    }
    let subject = frames::subject(verb)?;
    people::group_at(cx, subject)
        .or_else(|| people::of_object(subject).and_then(|inner| people::group_at(cx, inner)))?;
    let start = people::phrase(subject, people::of_object(subject)).start;
    let end = token
        .children()
        .find(|child| child.dep() == "conj")
        .map_or(token.i, |last| last.i)
        + 1;
    let mut draft = said::words(
        cx,
        Slot::Nationality,
        start..end,
        verb.i,
        "nationality/predicate",
    );
    draft.scope = scope(cx, subject.child("pobj").or(Some(subject)), token);
    Some(draft)
}

/// "three Veldish nationals were among them".
fn nationals(cx: &Passes<'_>, token: Token<'_>) -> Option<Draft> {
    let adjective = token.children().find(|child| {
        matches!(child.dep(), "amod" | "compound")
            && (child.entity_label() == "NORP" || child.lower() == "foreign")
    })?;
    let quantity = cx.quantity_of(token.i)?;
    let phrase = people::phrase(token, None);
    let mut draft = Draft::new(
        Slot::Nationality,
        Value::Count(quantity.count.clone()),
        phrase,
        token.i,
        "nationality/nationals",
    );
    draft.scope.nationality = (adjective.pos() != Pos::Num).then(|| adjective.text().to_owned());
    Some(draft)
}
