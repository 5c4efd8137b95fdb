//! Role and body in the words before and behind a name.

use std::ops::Range;

use language::Pos;

use crate::read::parties::{
    build::Builder,
    lexicon::Class,
    person_words::{is_role, is_title, role_gender},
};

/// What stands around a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    /// Tokens of the role words.
    pub tokens: Option<Range<usize>>,
    pub role: Option<String>,
    pub body: Option<usize>,
    pub female: Option<bool>,
}

/// Role and body before the name: "VDF spokesperson Ana …", "the ministry's spokesman, Jan …", "a spokesman for the
/// Front, Jan …".
pub(super) fn before(b: &Builder<'_>, range: Range<usize>) -> Around {
    let doc = b.doc;
    let sentence = doc.token(range.start).sentence();
    let mut out = Around::default();
    let Some(mut at) = range
        .start
        .checked_sub(1)
        .filter(|&at| at >= sentence.start)
    else {
        return out;
    };
    let comma = doc.token(at).text() == ",";
    if comma {
        // Only a role in apposition: "a spokesman for the Front, Jan Meyer, said".
        let role = role_before_comma(b, at, sentence.start);
        return role.unwrap_or_default();
    }
    while is_title(doc.token(at)) && !is_role(doc.token(at)) && at > sentence.start {
        at -= 1;
    }
    if !is_role(doc.token(at)) {
        return out;
    }
    let last = at;
    // Walk left over what belongs to the role: nouns, adjectives, a body's name, a possessive.
    let mut first = at;
    while first > sentence.start && first + 14 > at {
        let token = doc.token(first - 1);
        let possessive = matches!(token.text(), "'s" | "’s" | "'" | "’");
        let part = possessive
            || matches!(token.pos(), Pos::Noun | Pos::Propn | Pos::Adj)
            || token.text() == "-"
            || b.party_at(first - 1).is_some();
        if !part || token.is_space() {
            break;
        }
        first -= 1;
    }
    out.body = (first..last).rev().find_map(|i| body_at(b, i));
    let role_start = (first..last)
        .rev()
        .find(|&i| {
            body_at(b, i).is_some() || matches!(doc.token(i).text(), "'s" | "’s" | "’" | "'")
        })
        .map_or(first, |i| i + 1);
    out.tokens = Some(role_start..last + 1);
    out.role = Some(doc.slice(role_start..last + 1).replace('\u{a0}', " "));
    out.female = role_gender(doc.token(last).lower());
    out
}

/// A body's party at a token: never a person.
fn body_at(b: &Builder<'_>, i: usize) -> Option<usize> {
    b.party_at(i)
        .filter(|&party| b.drafts[party].class != Class::Person)
}

/// A role noun phrase that ends at the comma `at`, with its body.
fn role_before_comma(b: &Builder<'_>, at: usize, from: usize) -> Option<Around> {
    let doc = b.doc;
    let lower = at.saturating_sub(14).max(from);
    let role = (lower..at).rev().find(|&i| is_role(doc.token(i)))?;
    // Between role and comma only a body or a few words that hang on the role.
    let rest_ok = (role + 1..at).all(|i| {
        let token = doc.token(i);
        token.text() != ","
            && (matches!(
                token.pos(),
                Pos::Adp | Pos::Det | Pos::Noun | Pos::Propn | Pos::Adj | Pos::Punct | Pos::Cconj
            ) || b.taken[i] != 0)
    });
    if !rest_ok {
        return None;
    }
    let mut first = role;
    while first > from
        && first + 14 > role
        && matches!(
            doc.token(first - 1).pos(),
            Pos::Noun | Pos::Propn | Pos::Adj | Pos::Part
        )
    {
        first -= 1;
    }
    let body = (first..at).find_map(|i| body_at(b, i));
    // A role without a body before a comma may be anybody's: "the minister, Lake Town and …".
    let det = first > 0
        && matches!(
            doc.token(first - 1).lower(),
            "the" | "a" | "an" | "its" | "their"
        );
    if body.is_none() && !det {
        return None;
    }
    let start = (first..role)
        .rev()
        .find(|&i| body_at(b, i).is_some() || doc.token(i).tag() == "POS")
        .map_or(first, |i| i + 1);
    Some(Around {
        tokens: Some(start..role + 1),
        role: Some(doc.slice(start..role + 1).replace('\u{a0}', " ")),
        body,
        female: role_gender(doc.token(role).lower()),
    })
}

/// Role and body after the name and a comma: "Ana Orlova, the Front's head of press in the north,".
pub(super) fn role_in_apposition(b: &Builder<'_>, range: Range<usize>) -> Option<Around> {
    let doc = b.doc;
    let sentence = doc.token(range.start).sentence();
    let comma = range.end;
    let comma_there =
        comma < sentence.end && matches!(doc.token(comma).text(), "," | "(" | "–" | "—");
    if !comma_there {
        return None;
    }
    let mut first = comma + 1;
    // "Ana Orlova, 34, a resident of …".
    if first + 1 < sentence.end
        && doc.token(first).pos() == Pos::Num
        && doc.token(first + 1).text() == ","
    {
        first += 2;
    }
    // The apposition ends at the next comma, or at a finite verb; a list "of a, b and c" is cut short, which does no
    // harm.
    let limit = (first + 26).min(sentence.end);
    let end = (first..limit)
        .find(|&i| {
            let token = doc.token(i);
            matches!(token.text(), "," | ";" | ")" | "–" | "—" | "“" | "\"" | ".")
                || matches!(token.tag(), "VBD" | "VBZ" | "VBP" | "MD")
                || matches!(token.tag(), "WDT" | "WP" | "WRB")
        })
        .unwrap_or(limit);
    let role = (first..end).find(|&i| {
        is_role(doc.token(i))
            && !matches!(doc.token(i).tag(), "NNS" | "NNPS")
            && !(i + 1 < end && is_role(doc.token(i + 1)) && doc.token(i).dep() == "compound")
    })?;
    // The role must head the apposition: only its own modifiers stand before it. Another person's name there means a
    // list of persons.
    if !(first..role).all(|i| is_modifier(b, i)) || doc.token(first).tag() == "PRP" {
        return None;
    }
    let body = (first..role)
        .find_map(|i| body_at(b, i))
        .or_else(|| (role..end).find_map(|i| body_at(b, i)));
    let start = (first..role)
        .rev()
        .find(|&i| {
            b.taken[i] != 0
                || doc.token(i).tag() == "POS"
                || matches!(doc.token(i).pos(), Pos::Det)
                || doc.token(i).tag() == "PRP$"
        })
        .map_or(first, |i| i + 1);
    let stop = role_end(b, role, end);
    Some(Around {
        tokens: Some(start..stop),
        role: Some(doc.slice(start..stop).replace('\u{a0}', " ")),
        body,
        female: role_gender(doc.token(role).lower()),
    })
}

/// Whether a token may stand between a comma and the role that heads the apposition.
fn is_modifier(b: &Builder<'_>, i: usize) -> bool {
    let token = b.doc.token(i);
    matches!(
        token.pos(),
        Pos::Det
            | Pos::Adj
            | Pos::Noun
            | Pos::Propn
            | Pos::Part
            | Pos::Num
            | Pos::Pron
            | Pos::Adv
            | Pos::Cconj
    ) || matches!(
        token.text(),
        "-" | "&" | "’s" | "'s" | "’" | "'" | "(" | ")"
    ) || token.is_space()
        || matches!(token.lower(), "of" | "for")
        || b.taken[i] != 0
        || matches!(token.tag(), "VBN" | "VBG")
}

/// Where the words of a role end: "head of press" but not "head of the Front", which stops before the body and before
/// its preposition.
fn role_end(b: &Builder<'_>, role: usize, end: usize) -> usize {
    let doc = b.doc;
    let mut stop = role + 1;
    while stop + 1 < end && doc.token(stop).lower() == "of" {
        let mut next = stop + 1;
        while next < end
            && (matches!(doc.token(next).pos(), Pos::Noun | Pos::Adj | Pos::Cconj)
                || (doc.token(next).pos() == Pos::Propn && !b.in_place[next]))
            && b.taken[next] == 0
        {
            next += 1;
        }
        if next == stop + 1 {
            break;
        }
        stop = next;
    }
    stop
}

/// A body right after the name: "Ana Orlova of Lake Relief", "Jan Meyer, from the Front".
pub(super) fn body_after(b: &Builder<'_>, end: usize) -> Option<usize> {
    let doc = b.doc;
    let mut at = end;
    if at < doc.len() && matches!(doc.token(at).text(), "," | "(") {
        at += 1;
    }
    let link = at < doc.len() && matches!(doc.token(at).lower(), "of" | "from" | "with" | "at");
    let bracket = at > end && doc.token(end).text() == "(";
    if link {
        at += 1;
    } else if !bracket {
        return None;
    }
    if at < doc.len() && doc.token(at).lower() == "the" {
        at += 1;
    }
    (at < doc.len()).then(|| body_at(b, at)).flatten()
}
