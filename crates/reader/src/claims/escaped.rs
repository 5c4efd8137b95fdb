//! `escaped`: people who got out by themselves, or whom their own side let out.
//!
//! A prison emptied by its attackers is an escape; a hostage let go is [`super::freed`].

use language::Token;
use model::{Basis, Role, Slot};

use super::{
    counted::{self, Frame},
    counts,
    draft::{Draft, Rule},
    frames,
    passes::Passes,
};

const FRAME: Frame = Frame {
    slot: Slot::Escaped,
    object_verbs: &["free", "spring", "liberate"],
    subject_verbs: &["escape", "flee", "abscond"],
    rule: "escaped/verb",
};

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("escaped/enumerated", Basis::Enumerated);

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut found = counted::by_verbs(cx, &FRAME, |verb| match verb.lemma() {
        "flee" => leaves_custody(verb),
        "escape" => !matches!(
            verb.child("dobj").map_or("", |object| object.lower()),
            "injury" | "injuries" | "unharmed" | "death" | "harm" | "notice"
        ),
        _ => by_own_side(cx, verb),
    });
    // Civilians who get away from a fight have not broken out of anything.
    for counted in &mut found {
        let from_custody = leaves_custody(cx.doc.token(counted.predicate));
        counted.groups.retain(|group| {
            from_custody || !matches!(group.scope.role, Role::Civilian) || group.count.is_none()
        });
    }
    found.retain(|counted| !counted.groups.is_empty());
    counts::claims(cx, Slot::Escaped, &found, ENUMERATED)
}

const CUSTODY: &[&str] = &[
    "prison",
    "jail",
    "custody",
    "detention",
    "facility",
    "camp",
    "cell",
    "compound",
    "captivity",
    "captors",
    "barracks",
];

fn leaves_custody(verb: Token<'_>) -> bool {
    verb.subtree()
        .any(|i| CUSTODY.contains(&verb.doc().token(i).lower()))
}

/// Whether those who free are the attackers rather than the authorities: who did it is an armed group, or it was done to "its
/// members", or the sentence tells of a raid on a place of custody.
pub fn by_own_side(cx: &Passes<'_>, verb: Token<'_>) -> bool {
    let armed = |token: Token<'_>| {
        cx.body_of(token)
            .is_some_and(|info| info.party.kind == model::PartyKind::ArmedGroup)
            || matches!(
                token.lemma(),
                "attacker"
                    | "gunman"
                    | "militant"
                    | "fighter"
                    | "rebel"
                    | "insurgent"
                    | "terrorist"
                    | "jihadist"
            )
    };
    if frames::agent(verb).is_some_and(armed) {
        return true;
    }
    let doc = verb.doc();
    let own = frames::object(verb).is_some_and(|object| {
        object.subtree().any(|i| {
            matches!(
                doc.token(i).lower(),
                "members"
                    | "comrades"
                    | "fighters"
                    | "prisoners"
                    | "inmates"
                    | "detainees"
                    | "militants"
                    | "jihadists"
            )
        })
    });
    let around = verb.sentence_index().saturating_sub(1);
    let raid = (around..=verb.sentence_index()).any(|s| {
        doc.sentence(s).any(|i| {
            matches!(
                doc.token(i).lemma(),
                "attack" | "raid" | "storm" | "assault" | "break" | "breakout" | "jailbreak"
            )
        }) && doc
            .sentence(s)
            .any(|i| CUSTODY.contains(&doc.token(i).lower()))
    });
    let authorities = frames::agent(verb)
        .and_then(|agent| cx.body_of(agent))
        .is_some_and(|info| {
            matches!(
                info.party.kind,
                model::PartyKind::State | model::PartyKind::Authority
            )
        });
    !authorities && (own || raid)
}
