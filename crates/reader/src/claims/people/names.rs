//! Names of persons: what is one, how it reads, and a name beside a noun for its bearer.

use language::{Pos, Token};
use model::{Bound, Count, PartyKind, Scope};

use super::{super::grammar::phrase, group::Group, introduced::Peopled};

/// Whether `token` ends a person's name: by the recogniser, or as the last word of what the report names as a person
/// elsewhere too.
pub(super) fn is_name(cx: &Peopled<'_>, token: Token<'_>) -> bool {
    token.pos() == Pos::Propn
        && match token.entity_label() {
            "PERSON" => cx.is_person(token.i),
            _ => cx.party_at(token.i).is_some_and(|info| {
                info.party.kind == PartyKind::Person
                    && info
                        .party
                        .name
                        .split([' ', '-', '’'])
                        .any(|word| word.eq_ignore_ascii_case(token.text()))
            }),
        }
}

/// A person named where only a person can stand: two capitalised words or more, no place, no known body.
pub fn unlisted_person(cx: &Peopled<'_>, token: Token<'_>) -> Option<Group> {
    let chain = token
        .children()
        .any(|child| child.dep() == "compound" && child.pos() == Pos::Propn);
    let plain = token.pos() == Pos::Propn
        && !token
            .children()
            .any(|child| matches!(child.dep(), "det" | "poss" | "nummod"));
    let known = cx
        .party_at(token.i)
        .is_some_and(|info| !matches!(info.party.kind, PartyKind::Unknown | PartyKind::Person))
        || cx
            .read
            .places
            .iter()
            .any(|place| place.tokens.contains(&token.i));
    let tokens = phrase(token, None);
    (chain && plain && !known).then(|| Group {
        head: token.i,
        count: Some(Count::said(1, Bound::Exact, cx.doc.slice(tokens.clone()))),
        scope: Scope::default(),
        individual: true,
        anaphoric: false,
        additional: false,
        name: Some(full_name(token)),
        years: cx.age_of(token),
        tokens,
    })
}

/// The words of the name that `token` ends, in lower case.
pub(super) fn full_name(token: Token<'_>) -> String {
    let first = token
        .children()
        .filter(|child| child.i < token.i && child.pos() == Pos::Propn)
        .map(|child| child.i)
        .min()
        .unwrap_or(token.i)
        .max(token.i.saturating_sub(6));
    let words: Vec<&str> = (first..=token.i)
        .map(|i| token.doc().token(i))
        .filter(|word| {
            // Where the recogniser knows no person here, the words are what the parse joins.
            let known = word.entity_label() == token.entity_label() || word.i == token.i;
            word.pos() == Pos::Propn && known
        })
        .map(|word| word.lower())
        .collect();
    words.join(" ")
}

/// "the citizen Omar Belk": the name right behind a noun without a comma.
pub(super) fn name_behind(cx: &Peopled<'_>, token: Token<'_>) -> Option<String> {
    let name = token
        .children()
        .find(|child| child.dep() == "appos" && child.i > token.i)?;
    let direct = (token.i + 1..name.i).all(|i| cx.doc.token(i).pos() == Pos::Propn);
    if direct && !is_name(cx, name) {
        return unlisted_person(cx, name).and_then(|group| group.name);
    }
    direct.then(|| full_name(name))
}
