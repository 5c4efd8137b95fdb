//! People counted dead, predicate by predicate.
//!
//! Verbs of killing and dying, "dead" as a predicate or after a number, deaths and fatalities as nouns, lives lost or
//! claimed, bodies found, and death tolls. Each file beneath knows one kind of predicate.

mod attacks;
mod deaths;
mod lives;
mod state;
mod tolls;

use language::{Pos, Token};
use model::Slot;

use super::super::{
    counted::{self, Counted, Frame},
    parts,
    people::{self, Peopled},
};

pub use attacks::is_deadly;

const FRAME: Frame = Frame {
    slot: Slot::Killed,
    object_verbs: &[
        "kill",
        "murder",
        "slay",
        "execute",
        "massacre",
        "behead",
        "assassinate",
        "lynch",
        "slaughter",
        "martyr",
        "decapitate",
        "electrocute",
        "annihilate",
    ],
    subject_verbs: &["die", "perish", "succumb", "drown"],
    rule: "killed/verb",
};

/// People counted dead, predicate by predicate.
pub fn counted(cx: &Peopled<'_>) -> Vec<Counted> {
    // "wounded or killed" says neither.
    let mut out = counted::by_verbs(cx, &FRAME, |verb| {
        let either = |token: Token<'_>| {
            token
                .children()
                .any(|child| child.dep() == "cc" && child.lower() == "or")
        };
        !(either(verb) || verb.dep() == "conj" && either(verb.head()))
    });
    for token in cx.doc.tokens() {
        let found = match token.lower() {
            "dead" | "deceased" => state::dead(cx, token),
            "death" | "deaths" | "martyrdom" | "killing" | "killings" | "murder" | "murders"
            | "execution" | "executions" | "homicide" | "slaying" | "slayings" => {
                deaths::death(cx, token)
            }
            // "led to the loss of the citizen Omar Belk": of people, a loss is a death.
            "loss" if people::of_object(token).is_some() => deaths::death(cx, token),
            "shooting" | "shootings" | "stabbing" | "stabbings" if deaths::is_fatal(token) => {
                deaths::death(cx, token)
            }
            "fatality" | "fatalities" | "martyr" | "martyrs" => counted::from_quantity(cx, token)
                .or_else(|| deaths::and_hurt(cx, token))
                .map(|group| Counted::at(token, vec![group], "killed/fatalities")),
            "lives" | "life" => lives::lives(cx, token),
            "lost" if token.pos() == Pos::Verb => lives::lost(cx, token),
            "toll" => tolls::toll(cx, token),
            "number" if tolls::counts_dead(token) => tolls::toll(cx, token),
            "among" => tolls::among_dead(cx, token),
            "fatally" => attacks::fatally(cx, token),
            _ if matches!(
                token.lemma(),
                "shoot"
                    | "stab"
                    | "beat"
                    | "burn"
                    | "hack"
                    | "bludgeon"
                    | "gun"
                    | "wound"
                    | "strike"
            ) =>
            {
                attacks::to_death(cx, token)
            }
            "bodies" | "corpses" | "body" | "remains" => lives::bodies(cx, token),
            _ => None,
        };
        out.extend(found);
    }
    out.extend(
        parts::of_all(cx, false)
            .into_iter()
            .map(|(whole, group)| Counted {
                words: group.tokens.clone(),
                ..Counted::at(
                    cx.doc.token(whole.min(cx.doc.len() - 1)),
                    vec![group],
                    "killed/of-the-dead",
                )
            }),
    );
    out.sort_by_key(|counted| (counted.predicate, counted.words.start));
    out
}
