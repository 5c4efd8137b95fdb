//! `responsibility`: who claims it, denies it, or is blamed for it.

use language::{Pos, Token};
use model::{Party, Slot, StanceKind, Value};

use super::{context::Context, draft::Draft, frames, happenings};

/// Claims of the slot.
pub fn claims(cx: &Context<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        if token.pos() != Pos::Verb {
            continue;
        }
        out.extend(claimed(cx, token));
        out.extend(blamed(cx, token));
        out.extend(charged(cx, token));
    }
    out.extend(own_deeds(cx));
    let mut seen: Vec<(String, Option<StanceKind>)> = Vec::new();
    out.retain(|draft| {
        let key = (draft.value.words().to_owned(), draft.stance);
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    out
}

fn party_of(cx: &Context<'_>, token: Token<'_>) -> Option<Party> {
    cx.body_of(token).map(|info| match info.affiliation {
        Some(body) => cx.read.parties.parties[body].party.clone(),
        None => info.party.clone(),
    })
}

/// "claimed responsibility for", "took credit", "denied any involvement", "no group has claimed responsibility".
fn claimed(cx: &Context<'_>, verb: Token<'_>) -> Option<Draft> {
    let object = frames::object(verb)?;
    if !matches!(
        object.lower(),
        "responsibility"
            | "credit"
            | "involvement"
            | "role"
            | "accusation"
            | "accusations"
            | "allegation"
            | "allegations"
            | "blame"
    ) {
        return None;
    }
    let denied = verb.lemma() == "deny" || verb.lemma() == "reject" || verb.lemma() == "disclaim";
    let taken = matches!(
        verb.lemma(),
        "claim" | "take" | "accept" | "admit" | "acknowledge"
    ) && matches!(
        object.lower(),
        "responsibility" | "credit" | "involvement" | "role" | "blame"
    );
    if !denied && !taken {
        return None;
    }
    let who = frames::agent(verb)?;
    let negated = frames::is_negated(verb)
        || who
            .children()
            .any(|child| child.dep() == "det" && child.lower() == "no")
        || matches!(who.lower(), "none" | "nobody" | "no-one");
    let tokens = frames::cover(
        frames::predicate_tokens(verb),
        object.subtree().start..object.subtree().end.min(object.i + 10),
        26,
    );
    if negated && taken {
        let value = Value::Kind {
            code: "unclaimed".to_owned(),
            words: cx.doc.slice(tokens.clone()).to_owned(),
        };
        return Some(Draft::new(
            Slot::Responsibility,
            value,
            tokens,
            verb.i,
            "responsibility/unclaimed",
        ));
    }
    let party = party_of(cx, who).unwrap_or_else(|| {
        Party::named(
            cx.doc.slice(super::people::phrase(who, None)),
            model::PartyKind::Unknown,
        )
    });
    let mut draft = Draft::new(
        Slot::Responsibility,
        Value::Party(party.clone()),
        tokens,
        verb.i,
        "responsibility/claimed",
    );
    draft.actor = Some(party);
    draft.stance = Some(if denied {
        StanceKind::Denied
    } else {
        StanceKind::Claimed
    });
    Some(draft)
}

/// "the army blamed the group", "accused rebels of shelling", "is suspected of".
fn blamed(cx: &Context<'_>, verb: Token<'_>) -> Option<Draft> {
    let passive = frames::is_passive(verb);
    let whom = match verb.lemma() {
        "blame" => {
            // "blamed the attack on rebels" puts the blamed behind "on".
            let on = verb
                .children()
                .find(|child| child.dep() == "prep" && child.lower() == "on")
                .and_then(|on| on.child("pobj"));
            on.or_else(|| frames::object(verb))?
        }
        "accuse" | "suspect" => frames::object(verb)?,
        // "the group bears full responsibility".
        "bear"
            if verb
                .child("dobj")
                .is_some_and(|object| matches!(object.lower(), "responsibility" | "blame")) =>
        {
            frames::agent(verb)?
        }
        "attribute" => verb
            .children()
            .find(|child| child.dep() == "prep" && child.lower() == "to")
            .and_then(|to| to.child("pobj"))?,
        _ => return None,
    };
    if frames::is_negated(verb) || frames::is_irrealis(verb) {
        return None;
    }
    let violent = verb.subtree().any(|i| {
        happenings::kind_of(cx.doc.token(i)).is_some() || cx.doc.token(i).lower() == "behind"
    });
    // Blame needs no word for the deed beside it; suspicion and accusation may be of anything.
    if !violent && !matches!(verb.lemma(), "blame" | "bear") {
        return None;
    }
    let party = party_of(cx, whom)?;
    if matches!(
        party.kind,
        model::PartyKind::Person | model::PartyKind::Witness
    ) {
        return None;
    }
    let end = verb
        .subtree()
        .end
        .min(verb.i + 14)
        .max(whom.i + 1)
        .min(verb.sentence().end);
    let start = frames::predicate_tokens(verb)
        .start
        .min(if passive { whom.i } else { verb.i });
    let mut draft = Draft::new(
        Slot::Responsibility,
        Value::Party(party.clone()),
        start..end,
        verb.i,
        "responsibility/blamed",
    );
    draft.actor = Some(party);
    // Who blames asserts it of another; only a suspicion is less than that.
    draft.stance = (verb.lemma() == "suspect").then_some(StanceKind::Possible);
    Some(draft)
}

/// "police charged Ivo Brand with murder", "she was arrested in connection with the shooting": a named person whom the law holds for the deed.
/// An arrest is a suspicion, a charge a claim of those who bring it, a verdict is what the report says of a court.
fn charged(cx: &Context<'_>, verb: Token<'_>) -> Option<Draft> {
    let stance = match verb.lemma() {
        "arrest" | "suspect" => Some(StanceKind::Possible),
        "charge" | "indict" | "accuse" => Some(StanceKind::Claimed),
        "convict" | "sentence" => None,
        _ => return None,
    };
    if frames::is_negated(verb) || frames::is_irrealis(verb) {
        return None;
    }
    let whom = frames::object(verb)?;
    let info = cx.party_at(whom.i)?;
    if info.party.kind != model::PartyKind::Person || !info.named {
        return None;
    }
    // The deed stands behind the verb: "with murder", "in the shooting of", "for killing".
    let deed = verb
        .subtree()
        .take_while(|i| *i < verb.i + REACH)
        .find(|&i| {
            let token = cx.doc.token(i);
            i > verb.i
                && (happenings::kind_of(token).is_some_and(|(_, rank)| rank > 0)
                    || matches!(token.lemma(), "manslaughter" | "assault" | "battery"))
        })?;
    let name = super::people::phrase(whom, None);
    let start = verb.i.min(name.start).max(verb.sentence().start);
    let end = (deed + 1).max(name.end).min(verb.sentence().end);
    let party = info.party.clone();
    let mut draft = Draft::new(
        Slot::Responsibility,
        Value::Party(party.clone()),
        start..end,
        verb.i,
        "responsibility/charged",
    );
    draft.actor = Some(party);
    draft.stance = stance;
    Some(draft)
}

/// Tokens behind a charge in which the deed is looked for.
const REACH: usize = 16;

/// "the group said it had carried out the attack": what a speaker says of its own deed.
fn own_deeds(cx: &Context<'_>) -> Vec<Draft> {
    let mut out = Vec::new();
    for attribution in &cx.read.attributions {
        let [speaker] = attribution.speakers[..] else {
            continue;
        };
        if !attribution.said {
            continue;
        }
        let info = &cx.read.parties.parties[speaker];
        let body = info.affiliation.unwrap_or(speaker);
        let body_party = &cx.read.parties.parties[body].party;
        if matches!(
            body_party.kind,
            model::PartyKind::Person
                | model::PartyKind::Outlet
                | model::PartyKind::Agency
                | model::PartyKind::Un
                | model::PartyKind::Ngo
        ) {
            continue;
        }
        for range in &attribution.content {
            for i in range.clone() {
                let verb = cx.doc.token(i);
                // "denied carrying out the attack": the deed without a subject is the denier's own.
                let denied_deed =
                    attribution.lemma == "deny" && matches!(verb.dep(), "xcomp" | "pcomp");
                if verb.pos() != Pos::Verb
                    || frames::is_irrealis(verb)
                    || verb.child("nsubj").is_none() && !denied_deed
                {
                    continue;
                }
                let deed = match verb.lemma() {
                    "carry" | "conduct" | "launch" | "stage" | "perpetrate" | "mount" => verb
                        .child("dobj")
                        .is_some_and(|object| happenings::kind_of(object).is_some()),
                    "attack" | "ambush" | "bomb" | "storm" | "target" | "shell" | "kill"
                    | "execute" | "shoot" | "massacre" => verb.child("dobj").is_some(),
                    _ => false,
                };
                if !deed {
                    continue;
                }
                let own = denied_deed
                    || frames::subject(verb).is_some_and(|subject| {
                        matches!(subject.lower(), "it" | "we" | "they")
                            && cx
                                .party_at(subject.i)
                                .is_none_or(|at| at.party.id == body_party.id)
                            || cx
                                .body_of(subject)
                                .is_some_and(|at| at.party.id == body_party.id)
                            || matches!(subject.lemma(), "fighter" | "force" | "unit")
                                && subject.child("poss").is_some()
                    });
                if !own {
                    continue;
                }
                let negated = frames::is_negated(verb);
                let start = frames::subject(verb).map_or(verb.i, |subject| subject.i.min(verb.i));
                let object_end = verb
                    .child("dobj")
                    .map_or(verb.i + 1, |object| object.subtree().end.min(object.i + 6));
                let mut draft = Draft::new(
                    Slot::Responsibility,
                    Value::Party(body_party.clone()),
                    start..object_end.max(verb.i + 1),
                    verb.i,
                    "responsibility/own-deed",
                );
                draft.actor = Some(body_party.clone());
                draft.stance = Some(if negated || attribution.lemma == "deny" {
                    StanceKind::Denied
                } else {
                    StanceKind::Claimed
                });
                out.push(draft);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::claims::tests::check;
    use model::Slot;

    #[test]
    fn who_is_charged_or_arrested_for_the_deed_is_named() {
        check(
            Slot::Responsibility,
            "Two people were shot in Darmuk. Police charged Daniel Brand, 24, with murder on Monday.",
            &["Daniel Brand"],
        );
        check(
            Slot::Responsibility,
            "Daniel Brand, 24, was arrested in connection with the shooting in Darmuk.",
            &["Daniel Brand"],
        );
    }

    #[test]
    fn other_charges_and_unnamed_men_name_nobody() {
        check(
            Slot::Responsibility,
            "Two people were shot in Darmuk. Daniel Brand was charged with theft. A man was arrested after the shooting.",
            &[],
        );
    }
}
