//! Who is let out of custody, and by whom: what the slots on people escaped and people freed share.

use language::Token;
use model::PartyKind;

use super::{frames, passes::Passes};

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

/// Whether the words under a verb name a place of custody.
pub fn leaves_custody(verb: Token<'_>) -> bool {
    verb.subtree()
        .any(|i| CUSTODY.contains(&verb.doc().token(i).lower()))
}

/// Whether those who free are the attackers rather than the authorities: who did it is an armed group, or it was done
/// to "its members", or the sentence tells of a raid on a place of custody.
pub fn by_own_side(cx: &Passes<'_>, verb: Token<'_>) -> bool {
    let armed = |token: Token<'_>| {
        cx.body_of(token)
            .is_some_and(|info| info.party.kind == PartyKind::ArmedGroup)
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
        .is_some_and(|info| matches!(info.party.kind, PartyKind::State | PartyKind::Authority));
    !authorities && (own || raid)
}
