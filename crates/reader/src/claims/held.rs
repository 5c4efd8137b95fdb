//! `held`: people in detention.

use language::{Pos, Token};
use model::{Basis, Role, Slot};

use super::{
    counted::Counted,
    counts,
    draft::{Draft, Rule},
    frames::{self, Part},
    passes::Passes,
    people,
};

const HOLD: &[&str] = &[
    "hold",
    "house",
    "detain",
    "imprison",
    "jail",
    "keep",
    "incarcerate",
    "intern",
    "confine",
];
/// Places that hold people; "has", "contains" and "with" count those inside.
const PLACES: &[&str] = &[
    "prison",
    "jail",
    "facility",
    "camp",
    "centre",
    "center",
    "barracks",
    "compound",
    "penitentiary",
    "cell",
    "detention",
];

/// Rule of people told of one by one.
const ENUMERATED: Rule = Rule::new("held/enumerated", Basis::Enumerated);

/// Claims of the slot: "640 pupils are held there", "believed to house hundreds of suspects", "the jail has 40
/// inmates".
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut found: Vec<Counted> = Vec::new();
    for verb in cx
        .doc
        .tokens()
        .filter(|token| matches!(token.pos(), Pos::Verb | Pos::Aux))
    {
        let lemma = verb.lemma();
        let groups = if HOLD.contains(&lemma) {
            if frames::is_irrealis(verb)
                || frames::is_negated(verb)
                || hostage_near(verb)
                || !is_custody(cx, verb)
            {
                continue;
            }
            frames::people_of(cx, verb, Part::Object)
        } else if matches!(lemma, "have" | "contain" | "accommodate")
            && verb.child("nsubj").is_some_and(is_place)
            && verb.pos() == Pos::Verb
        {
            frames::people_of(cx, verb, Part::Object)
        } else {
            continue;
        };
        let groups: Vec<_> = groups
            .into_iter()
            .filter(|group| group.count.is_some() && group.scope.role != Role::Attacker)
            .collect();
        if groups.is_empty() {
            continue;
        }
        found.push(Counted {
            predicate: verb.i,
            words: frames::predicate_tokens(verb),
            groups,
            rule: "held/verb",
        });
    }
    found.extend(participles(cx));
    for token in cx.doc.tokens().filter(|token| {
        matches!(token.lower(), "custody" | "detention" | "captivity")
            && token.dep() == "pobj"
            && token.head().lower() == "in"
    }) {
        let verb = token.head().head();
        if !matches!(verb.lemma(), "be" | "remain" | "stay")
            || frames::is_negated(verb)
            || frames::is_irrealis(verb)
        {
            continue;
        }
        let groups: Vec<_> = frames::people_of(cx, verb, Part::Subject)
            .into_iter()
            .filter(|group| group.count.is_some() && group.scope.role != Role::Attacker)
            .collect();
        if !groups.is_empty() {
            found.push(Counted {
                // The quote has to say where they are: "is" alone says nothing.
                predicate: token.i,
                words: verb.i..token.i + 1,
                groups,
                rule: "held/in-custody",
            });
        }
    }
    counts::claims(cx, Slot::Held, &found, ENUMERATED)
}

fn is_place(token: Token<'_>) -> bool {
    PLACES.contains(&token.lemma()) || PLACES.contains(&token.lower())
}

fn hostage_near(verb: Token<'_>) -> bool {
    verb.doc()
        .sentence(verb.sentence_index())
        .skip_while(|&i| i <= verb.i)
        .take(6)
        .any(|i| {
            matches!(
                verb.doc().token(i).lower(),
                "hostage" | "captive" | "meeting" | "rally" | "talks" | "protest"
            )
        })
}

/// Whether "hold", "keep", "house" tell of custody: passive, or a place of custody does it or stands in the clause.
fn is_custody(cx: &Passes<'_>, verb: Token<'_>) -> bool {
    let place_near = verb
        .subtree()
        .chain(frames::subject(verb).map_or(0..0, |subject| subject.subtree()))
        .any(|i| is_place(cx.doc.token(i)));
    match verb.lemma() {
        "detain" | "imprison" | "jail" | "incarcerate" | "intern" => {
            frames::is_passive(verb)
                && (verb.dep() == "acl"
                    || verb
                        .children()
                        .any(|child| matches!(child.lower(), "being" | "remain" | "still"))
                    || place_near)
        }
        "hold" => frames::is_passive(verb) || place_near,
        "keep" | "confine" => place_near,
        "house" => verb.pos() == Pos::Verb,
        _ => false,
    }
}

/// "some 40 pupils …, being held there": the participle that the parse hung on another verb takes the counted people
/// before it in the sentence.
fn participles(cx: &Passes<'_>) -> Vec<Counted> {
    let mut out = Vec::new();
    for verb in cx.doc.tokens() {
        if verb.lemma() != "hold" && verb.lemma() != "detain" || verb.tag() != "VBN" {
            continue;
        }
        let being = verb
            .children()
            .any(|child| child.dep() == "auxpass" && child.lower() == "being");
        if !being || verb.child("nsubjpass").is_some() || hostage_near(verb) {
            continue;
        }
        let group = (verb.sentence().start..verb.i)
            .rev()
            .filter_map(|i| people::group_at(cx, cx.doc.token(i)))
            .find(|group| {
                !group.individual && group.count.as_ref().is_some_and(|count| count.low > 1)
            });
        if let Some(group) = group {
            let words = frames::cover(group.tokens.clone(), verb.i..verb.i + 1, 24);
            out.push(Counted {
                predicate: verb.i,
                words,
                groups: vec![group],
                rule: "held/being-held",
            });
        }
    }
    out
}
