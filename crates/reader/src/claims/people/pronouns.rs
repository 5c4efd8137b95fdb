//! Pronouns that stand for people, and for nobody.

use language::Token;
use model::{Bound, Count, Scope, Sex};

use super::{group::Group, introduced::Peopled};

pub(super) fn pronoun(cx: &Peopled<'_>, token: Token<'_>) -> Option<Group> {
    let (count, sex) = match token.lower() {
        "nobody" | "none" | "no-one" => (Some(Count::said(0, Bound::Exact, token.text())), None),
        "someone" | "somebody" => (Some(Count::said(1, Bound::Exact, token.text())), None),
        // "the death of a child and the injury of another"; "one another" is nobody new.
        "another"
            if matches!(token.dep(), "dobj" | "pobj" | "nsubjpass")
                && token
                    .previous()
                    .is_none_or(|before| !matches!(before.lower(), "one" | "each")) =>
        {
            return Some(one_more(token));
        }
        "he" | "him" | "himself" => (None, Some(Sex::Male)),
        "she" | "her" | "herself" => (None, Some(Sex::Female)),
        "they" | "them" | "themselves" | "who" | "whom" | "others" => (None, None),
        _ => return None,
    };
    let singular = sex.is_some();
    let before = if count.is_none() {
        cx.antecedent(token, singular, sex)
    } else {
        None
    };
    let mut scope = before.map(|group| group.scope.clone()).unwrap_or_default();
    if singular && before.is_none() {
        scope.sex = sex;
    }
    Some(Group {
        tokens: token.i..token.i + 1,
        head: token.i,
        individual: singular,
        anaphoric: count.is_none(),
        additional: false,
        name: before.and_then(|group| group.name.clone()),
        years: before.and_then(|group| group.years),
        scope,
        count,
    })
}

/// "another", by itself: one person more.
fn one_more(token: Token<'_>) -> Group {
    Group {
        tokens: token.i..token.i + 1,
        head: token.i,
        count: Some(Count::said(1, Bound::Exact, token.text())),
        scope: Scope::default(),
        individual: true,
        anaphoric: false,
        additional: true,
        name: None,
        years: None,
    }
}
