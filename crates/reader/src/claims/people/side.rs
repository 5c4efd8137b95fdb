//! The body that people belong to: "SDF fighters", "members of the army", "its soldiers".

use language::{Pos, Token};
use model::{AgeGroup, PartyKind, Role, Scope};

use super::{super::person_nouns, introduced::Peopled};
use crate::read::parties::PartyInfo;

/// People who belong to whom they are said to be of: "the group's fighters".
const MEMBERS: &[&str] = &[
    "member",
    "fighter",
    "soldier",
    "troop",
    "commander",
    "leader",
    "officer",
];

/// Verbs looked at above "its" for the body it stands for.
const MAX_ANCESTORS: usize = 4;

/// The body that "its" or "their" stands for: the subject of the nearest verb above that has one which is not a pronoun
/// itself, where that is a body; else the body that says it: "the Front said it had freed hundreds of its members".
fn own_body<'a>(cx: &Peopled<'a>, pronoun: Token<'_>) -> Option<&'a PartyInfo> {
    let mut verbs = 0;
    for above in pronoun.ancestors() {
        if let Some(subject) = above.child_of(&["nsubj", "nsubjpass"])
            && !matches!(subject.lower(), "it" | "they" | "which" | "that" | "who")
            && !subject.subtree().contains(&pronoun.i)
        {
            return cx.body_of(subject);
        }
        verbs += usize::from(matches!(above.pos(), Pos::Verb | Pos::Aux));
        if verbs > MAX_ANCESTORS {
            break;
        }
    }
    let said = cx.read.attributions.saying(pronoun.i)?;
    let [speaker] = said.speakers.as_slice() else {
        return None;
    };
    let speaker = &cx.read.parties.parties[*speaker];
    let body = match speaker.affiliation {
        Some(body) if speaker.party.kind == PartyKind::Person => &cx.read.parties.parties[body],
        _ => speaker,
    };
    (body.party.kind != PartyKind::Person).then_some(body)
}

/// Narrows the scope by the body a person belongs to: "SDF fighters", "members of the army", "police officer".
pub(super) fn side_of(cx: &Peopled<'_>, token: Token<'_>, scope: &mut Scope) {
    let member = MEMBERS.contains(&token.lemma());
    let owner = token
        .children()
        .find(|child| member && child.dep() == "poss" && matches!(child.lower(), "its" | "their"))
        .filter(|pronoun| own_body(cx, *pronoun).is_some());
    // "its soldiers" are of the army that speaks, and not of soldiers at large.
    let own = owner
        .into_iter()
        .chain(std::iter::once(token))
        .chain(token.children().filter(|child| {
            matches!(child.dep(), "compound" | "amod" | "nmod" | "poss" | "appos")
                && child.i < token.i + 3
        }));
    for part in own {
        let info = if owner.is_some_and(|owner| owner.i == part.i) {
            own_body(cx, part)
        } else {
            cx.read.parties.info_at(part.i)
        };
        let Some(info) = info else {
            continue;
        };
        let role = match info.party.kind {
            PartyKind::ArmedGroup => Role::Fighter,
            PartyKind::State | PartyKind::Authority => Role::SecurityForce,
            PartyKind::Un | PartyKind::Ngo => Role::AidWorker,
            PartyKind::Political => Role::Official,
            PartyKind::Outlet | PartyKind::Agency => Role::Journalist,
            _ => continue,
        };
        // "children of IS members", "IS prisoners": an age or a condition already said is not overruled by the side.
        // "the group's members" belong to it; "the group's victims" and "the army's prisoners" do not.
        let poss = part.dep() == "poss" && !member;
        if !poss && matches!(scope.role, Role::All) && scope.age == AgeGroup::Unsaid {
            scope.role = role;
        }
        if !poss
            && matches!(
                scope.role,
                Role::Fighter
                    | Role::SecurityForce
                    | Role::Detainee
                    | Role::AidWorker
                    | Role::Official
                    | Role::Attacker
            )
        {
            scope.side = Some(info.party.id.clone());
        }
        return;
    }
}

/// "a senior finance official in the terrorist organisation", "a figure of the militant group": of a group under arms,
/// whatever the post.
pub(super) fn is_in_armed_group(cx: &Peopled<'_>, token: Token<'_>) -> bool {
    const ARMED: &[&str] = &["terrorist", "militant", "jihadist", "armed", "extremist"];
    const GROUPS: &[&str] = &[
        "organization",
        "organisation",
        "group",
        "network",
        "cell",
        "militia",
        "faction",
    ];
    let post = matches!(
        person_nouns::singular(token.lower()).as_str(),
        "official" | "leader" | "operative" | "figure" | "member" | "facilitator"
    );
    // The parse may hang "in the organisation" on the verb.
    let next = token.next().filter(|next| next.lower() == "in");
    post && token
        .children()
        .filter(|child| child.dep() == "prep" && matches!(child.lower(), "in" | "of" | "with"))
        .chain(next)
        .filter_map(|child| child.child("pobj"))
        .any(|group| {
            GROUPS.contains(&group.lower())
                && group.children().any(|child| ARMED.contains(&child.lower()))
                || cx
                    .party_at(group.i)
                    .is_some_and(|info| info.party.kind == PartyKind::ArmedGroup)
        })
}
