//! "Dead" and "deceased" as what somebody is: "left 200 people dead", "200 dead", "the dead were seven shepherds".

use language::{Pos, Token};

use crate::claims::{
    counted::{self, Counted},
    frames,
    people::{self, Peopled},
};

/// "left 200 people dead", "was found dead", "200 dead", "the dead".
pub(super) fn dead<'a>(cx: &Peopled<'_>, token: Token<'a>) -> Option<Counted> {
    let verb = token.head();
    let predicative = matches!(
        token.dep(),
        "acomp" | "oprd" | "attr" | "advcl" | "ccomp" | "xcomp" | "dobj" | "amod" | "conj"
    );
    // A number of its own: "at least 200 dead".
    if let Some(group) = counted::from_quantity(cx, token) {
        return Some(Counted {
            words: if verb.pos() == Pos::Verb {
                frames::predicate_tokens(verb)
            } else {
                token.i..token.i + 1
            },
            ..Counted::at(token, vec![group], "killed/number-dead")
        });
    }
    // People right before it: "210 people dead", "two soldiers dead and five hurt".
    if let Some(before) = token
        .previous()
        .and_then(|before| people::group_at(cx, before))
        && before.count.is_some()
        && before.tokens.end == token.i
    {
        let words = if verb.pos() == Pos::Verb && verb.i < token.i {
            frames::predicate_tokens(verb).start..token.i + 1
        } else {
            token.i..token.i + 1
        };
        let groups = match before_aside(cx, &before) {
            Some(whole) => whole,
            None => vec![before],
        };
        return Some(Counted {
            words,
            ..Counted::at(token, groups, "killed/people-dead")
        });
    }
    // "the dead were seven shepherds".
    if token.dep() == "nsubj" && verb.lemma() == "be" {
        let groups: Vec<_> = verb
            .child("attr")
            .map_or_else(Vec::new, |attr| people::coordinated(cx, attr))
            .into_iter()
            .filter(|group| group.count.is_some())
            .collect();
        return (!groups.is_empty()).then(|| Counted::at(token, groups, "killed/dead"));
    }
    if token.lower() == "deceased" && token.dep() == "amod" && token.i < verb.i {
        let group = people::group_at(cx, verb).filter(|group| group.count.is_some())?;
        return Some(Counted::at(token, vec![group], "killed/deceased"));
    }
    if !predicative || token.dep() == "amod" && token.i + 1 == token.head().i {
        return None;
    }
    if !matches!(verb.pos(), Pos::Verb | Pos::Aux)
        || frames::is_irrealis(verb)
        || frames::is_negated(verb)
    {
        return None;
    }
    let people = if verb.lemma() == "be" {
        frames::subject(verb)
    } else {
        frames::object(verb)
    };
    let groups = people
        .map(|head| people::coordinated(cx, head))
        .unwrap_or_default();
    (!groups.is_empty()).then(|| Counted {
        words: frames::predicate_tokens(verb).start.min(token.i)..token.i + 1,
        ..Counted::at(token, groups, "killed/dead")
    })
}

/// Words looked back over for the people of whom some are told in an aside.
const ASIDE: usize = 25;

/// "left six people, including a woman and two children, dead": the six, though the children stand next to the word;
/// "left four civilians, including a child, and eight soldiers dead": the four and the eight.
fn before_aside(cx: &Peopled<'_>, last: &people::Group) -> Option<Vec<people::Group>> {
    let sentence = cx.doc.token(last.head).sentence();
    let start = sentence.start.max(last.tokens.start.saturating_sub(ASIDE));
    let aside = (start..last.tokens.start)
        .rev()
        .find(|&i| cx.doc.token(i).lower() == "including")?;
    let before = (start..aside).rev().map(|i| cx.doc.token(i));
    let whole = before
        .take_while(|token| token.text() == "," || !token.is_punct())
        .find_map(|token| people::group_at(cx, token))
        .filter(|group| group.count.is_some() && !group.individual)?;
    let lower = |back: usize| {
        last.tokens
            .start
            .checked_sub(back)
            .map_or("", |i| cx.doc.token(i).lower())
    };
    let apart = lower(1) == "and" && lower(2) == ",";
    Some(match apart {
        true => vec![whole, last.clone()],
        false => vec![whole],
    })
}
