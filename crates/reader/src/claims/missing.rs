//! `missing`: people whose fate is not known.

use model::{Basis, Slot};

use super::{
    counted::{self, Counted},
    counts,
    draft::{Draft, Rule},
    frames,
    passes::Passes,
    people,
};

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("missing/enumerated", Basis::Enumerated);

/// Claims of the slot: "remain missing", "12 missing", "unaccounted for", "disappeared".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut found = Vec::new();
    for token in cx.doc.tokens() {
        let groups = match token.lower() {
            "missing" => {
                if let Some(group) = counted::from_quantity(cx, token) {
                    vec![group]
                } else if let Some(before) = token
                    .previous()
                    .and_then(|before| people::group_at(cx, before))
                    .filter(|before| before.count.is_some() && before.tokens.end == token.i)
                {
                    vec![before]
                } else if matches!(
                    token.dep(),
                    "acomp" | "oprd" | "xcomp" | "advcl" | "ROOT" | "ccomp" | "conj" | "relcl"
                ) {
                    // "are still missing" is tagged as a verb of its own as often as not.
                    let verb = if token.pos() == language::Pos::Verb {
                        token
                    } else {
                        token.head()
                    };
                    if verb == token && verb.child("dobj").is_some() {
                        continue;
                    }
                    if frames::is_negated(verb) || frames::is_irrealis(verb) {
                        continue;
                    }
                    frames::subject(verb)
                        .map(|head| people::coordinated(cx, head))
                        .unwrap_or_default()
                } else {
                    continue;
                }
            }
            "unaccounted" => frames::subject(if token.pos() == language::Pos::Verb {
                token
            } else {
                token.head()
            })
            .map(|head| people::coordinated(cx, head))
            .unwrap_or_default(),
            "disappeared" | "vanished"
                if token.pos() == language::Pos::Verb && !frames::is_negated(token) =>
            {
                frames::subject(token)
                    .map(|head| people::coordinated(cx, head))
                    .unwrap_or_default()
            }
            _ => continue,
        };
        if groups.is_empty() {
            continue;
        }
        let verb = token.head();
        let words = if verb.i < token.i && token.i - verb.i < 6 {
            verb.i..token.i + 1
        } else {
            token.i..token.i + 1
        };
        found.push(Counted {
            predicate: token.i,
            words,
            groups,
            rule: "missing/predicate",
        });
    }
    counts::claims(cx, Slot::Missing, &found, ENUMERATED)
}
