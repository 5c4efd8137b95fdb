//! `responsibility`: who claims it, denies it, or is named for it.
//!
//! Four things are kept apart: a claim (whoever did it says so), an attribution (somebody else says so: blamed, named,
//! suspected), a denial, and that nobody has claimed it. `claimed` reads the words for claims and denials, `acts`
//! clauses that say who did it (one's own deed is a claim, one's own innocence a denial), `blamed` words of blame and
//! the names of suspects; `who` knows whom a phrase names. A body that does the deed in the report's own words is
//! named, too (`responsibility/doer`); it disputes nobody else's part.

mod acts;
mod blamed;
mod claimed;
mod rules;
mod who;

use language::Pos;
use model::{Basis, PartyKind, Slot, StanceKind, Value};

use super::{doers, draft::Draft, passes::Passes};

/// The same party with the same stance is named so often; what comes after repeats it.
const OFTEN: usize = 2;

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        match token.pos() {
            Pos::Verb => {
                out.extend(claimed::of_verb(cx, token).or_else(|| blamed::of_verb(cx, token)))
            }
            Pos::Noun | Pos::Propn | Pos::Adj => {
                out.extend(claimed::of_noun(cx, token).or_else(|| blamed::suspect(cx, token)));
            }
            _ => {}
        }
    }
    let covered = |out: &[Draft], draft: &Draft| {
        out.iter().any(|known| {
            known.value == draft.value
                && known.tokens.start < draft.tokens.end
                && draft.tokens.start < known.tokens.end
        })
    };
    for draft in acts::claims(cx) {
        if !covered(&out, &draft) {
            out.push(draft);
        }
    }
    // What the report itself tells of a body's deed comes last: a body that claims it, is blamed or denies it needs no
    // second line.
    for draft in doers(cx) {
        if !covered(&out, &draft) {
            out.push(draft);
        }
    }
    let mut seen: Vec<(String, Option<StanceKind>, usize)> = Vec::new();
    out.retain(|draft| {
        let words = draft.value.words().to_owned();
        let most = if draft.rests_on(Basis::Doer) {
            1
        } else {
            OFTEN
        };
        match seen
            .iter_mut()
            .find(|(known, stance, _)| *known == words && *stance == draft.stance)
        {
            Some((.., times)) => {
                *times += 1;
                *times <= most
            }
            None => {
                seen.push((words, draft.stance, 1));
                true
            }
        }
    });
    out
}

/// Bodies that do the deed where the report tells of it: "gunmen of the Front broke into the school", "two boats shot
/// up by the air force".
fn doers(cx: &Passes<'_>) -> Vec<Draft> {
    let armed = |draft: &Draft| {
        let Value::Party(party) = &draft.value else {
            return false;
        };
        let info = cx
            .read
            .parties
            .parties
            .iter()
            .find(|info| info.party.id == party.id);
        party.kind == PartyKind::ArmedGroup
            || info.is_some_and(|info| info.interested)
            || matches!(party.kind, PartyKind::State | PartyKind::Authority)
    };
    doers::find(cx)
        .into_iter()
        .filter(armed)
        .map(|mut draft| {
            draft.slot = Slot::Responsibility;
            draft.rule = rules::DOER;
            draft
        })
        .collect()
}

#[cfg(test)]
mod tests;
