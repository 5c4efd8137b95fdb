//! `child_recruitment`: children reported used or taken in by an armed force or group.
//!
//! After the first of the six grave violations against children of the United Nations monitoring mechanism (Security
//! Council resolution 1612); always "alleged, unverified" in the dossier.

use language::Pos;
use model::{AgeGroup, Slot};

use super::{
    draft::Draft,
    frames::{self, Part},
    passes::Passes,
    said_of_people as said,
};

/// Claims of the slot: "minors may be used by the group", "boys were recruited", "forced to fight".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for verb in cx.doc.tokens().filter(|token| token.pos() == Pos::Verb) {
        let fits = match verb.lemma() {
            "recruit" | "conscript" | "enlist" => true,
            "use" | "force" | "exploit" | "deploy" => {
                let by_armed = frames::agent(verb).is_some_and(|agent| {
                    cx.body_of(agent).is_some_and(|info| {
                        matches!(
                            info.party.kind,
                            model::PartyKind::ArmedGroup | model::PartyKind::State
                        )
                    }) || matches!(
                        agent.lemma(),
                        "terrorist" | "militant" | "fighter" | "rebel" | "insurgent" | "militia"
                    )
                });
                let to_fight = verb.subtree().any(|i| {
                    matches!(
                        cx.doc.token(i).lemma(),
                        "fight"
                            | "combat"
                            | "clash"
                            | "hostility"
                            | "soldier"
                            | "fighter"
                            | "combatant"
                            | "weapon"
                            | "frontline"
                    )
                });
                let shields = verb.subtree().any(|i| cx.doc.token(i).lemma() == "shield");
                !shields && (by_armed || to_fight)
            }
            _ => false,
        };
        if !fits || frames::is_negated(verb) {
            continue;
        }
        let Some(group) = frames::people_of(cx, verb, Part::Object)
            .into_iter()
            .find(|group| group.scope.age == AgeGroup::Children)
        else {
            continue;
        };
        let agent_end = frames::agent(verb).map_or(verb.i + 1, |agent| agent.i + 1);
        let tokens = frames::cover(group.tokens.clone(), verb.i..agent_end.max(verb.i + 1), 24);
        let tokens = tokens.start.min(verb.i)..tokens.end.max(verb.i + 1);
        if out
            .last()
            .is_some_and(|known| known.tokens.end > tokens.start)
        {
            continue;
        }
        let mut draft = said::kind(
            cx,
            Slot::ChildRecruitment,
            "used_by_armed_group",
            tokens,
            verb.i,
            "child_recruitment/used",
        )
        .scoped(group.scope);
        draft.actor = said::actor(cx, verb);
        out.push(draft);
    }
    out
}
