//! People counted dead, predicate by predicate.
//!
//! Verbs of killing and dying, "dead" as a predicate or after a number, deaths and fatalities as nouns, lives lost or
//! claimed, bodies found, and death tolls.

use language::{Pos, Token};
use model::Slot;

use super::super::{
    counted::{self, Counted, Frame},
    frames, parts,
    people::{self, Peopled},
};
use crate::read::quantities::QuantityKind;

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
            "dead" | "deceased" => dead(cx, token),
            "death" | "deaths" | "martyrdom" | "killing" | "killings" | "murder" | "murders"
            | "execution" | "executions" | "homicide" | "slaying" | "slayings" => death(cx, token),
            // "led to the loss of the citizen Omar Belk": of people, a loss is a death.
            "loss" if people::of_object(token).is_some() => death(cx, token),
            "shooting" | "shootings" | "stabbing" | "stabbings" if is_fatal(token) => {
                death(cx, token)
            }
            "fatality" | "fatalities" | "martyr" | "martyrs" => counted::from_quantity(cx, token)
                .or_else(|| and_hurt(cx, token))
                .map(|group| hit(token, vec![group], "killed/fatalities")),
            "lives" | "life" => lives(cx, token),
            "lost" if token.pos() == Pos::Verb => lost(cx, token),
            "toll" => toll(cx, token),
            "number" if counts_dead(token) => toll(cx, token),
            "among" => among_dead(cx, token),
            "fatally" => fatally(cx, token),
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
                to_death(cx, token)
            }
            "bodies" | "corpses" | "body" | "remains" => bodies(cx, token),
            _ => None,
        };
        out.extend(found);
    }
    out.extend(
        parts::of_all(cx, false)
            .into_iter()
            .map(|(whole, group)| Counted {
                words: group.tokens.clone(),
                ..hit(
                    cx.doc.token(whole.min(cx.doc.len() - 1)),
                    vec![group],
                    "killed/of-the-dead",
                )
            }),
    );
    out.sort_by_key(|counted| (counted.predicate, counted.words.start));
    out
}

fn hit(predicate: Token<'_>, groups: Vec<people::Group>, rule: &'static str) -> Counted {
    Counted {
        predicate: predicate.i,
        words: frames::predicate_tokens(predicate),
        groups,
        rule,
    }
}

/// "left 200 people dead", "was found dead", "200 dead", "the dead".
fn dead<'a>(cx: &Peopled<'_>, token: Token<'a>) -> Option<Counted> {
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
            ..hit(token, vec![group], "killed/number-dead")
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
            ..hit(token, groups, "killed/people-dead")
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
        return (!groups.is_empty()).then(|| hit(token, groups, "killed/dead"));
    }
    if token.lower() == "deceased" && token.dep() == "amod" && token.i < verb.i {
        let group = people::group_at(cx, verb).filter(|group| group.count.is_some())?;
        return Some(hit(token, vec![group], "killed/deceased"));
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
        ..hit(token, groups, "killed/dead")
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

/// "shot dead", "shot to death", "fatally shot", "gunned down".
fn to_death(cx: &Peopled<'_>, verb: Token<'_>) -> Option<Counted> {
    if verb.pos() != Pos::Verb
        || frames::is_irrealis(verb)
        || frames::is_negated(verb)
        || !is_deadly(verb)
    {
        return None;
    }
    let groups = frames::people_of(cx, verb, frames::Part::Object);
    (!groups.is_empty()).then(|| hit(verb, groups, "killed/shot-dead"))
}

/// Whether the words around an attack's verb say that it killed: "fatally", "dead", "to death", "and killed".
pub fn is_deadly(verb: Token<'_>) -> bool {
    verb.children().any(|child| {
        let numbered = child
            .previous()
            .is_some_and(|before| before.pos() == Pos::Num);
        (matches!(child.lower(), "fatally" | "dead") && !numbered)
            || (child.lower() == "to"
                && child
                    .child("pobj")
                    .is_some_and(|object| object.lower() == "death"))
            // "injuring five and killing two" tells of two lots.
            || (child.dep() == "conj"
                && matches!(child.lemma(), "kill" | "die" | "murder")
                && child.child_of(&["nsubj", "nsubjpass"]).is_none()
                && (child.child("dobj").is_none()
                    || verb.child("dobj").is_none() && !wounds(verb)))
    }) || (verb.lower() == "gunned" && verb.children().any(|child| child.lower() == "down"))
}

/// "injuring and killing a number of people" tells of some hurt; "shot and killed him" of none.
fn wounds(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "injure" | "wound" | "hurt")
}

/// "the deaths of two guards", "the boy's death", "12 deaths", "child deaths".
fn death(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    if token.pos() != Pos::Noun || matches!(token.dep(), "compound" | "amod") {
        return None;
    }
    let lower = token.lower();
    if matches!(lower, "death" | "deaths") {
        // "to death", "death toll", "death penalty", "threatened with death" tell of nobody.
        let after = token.next().map_or("", |next| next.lower());
        if matches!(
            after,
            "toll"
                | "tolls"
                | "penalty"
                | "row"
                | "sentence"
                | "threat"
                | "threats"
                | "certificate"
                | "investigation"
        ) {
            return None;
        }
    }
    if let Some(group) = counted::from_quantity(cx, token)
        && (token.tag() == "NNS"
            || group
                .count
                .as_ref()
                .is_some_and(|count| count.bound != model::Bound::Exact))
    {
        return Some(hit(token, vec![group], "killed/deaths"));
    }
    if lower == "deaths"
        && let Some(group) = and_hurt(cx, token)
        && token
            .ancestors()
            .take(4)
            .find(|above| above.pos() == Pos::Verb)
            .is_some_and(|verb| {
                matches!(
                    verb.lemma(),
                    "report" | "cause" | "result" | "lead" | "occur"
                ) && !frames::is_negated(verb)
                    && !frames::is_irrealis(verb)
            })
        && people::of_object(token).is_none()
    {
        return Some(hit(token, vec![group], "killed/deaths"));
    }
    // "a “number” of deaths": marks keep the number from its noun.
    if lower == "deaths"
        && token.dep() == "pobj"
        && token.head().lower() == "of"
        && token.head().head().lower() == "number"
        && people::of_object(token).is_none()
    {
        let start = people::phrase(token.head().head(), None).start;
        return Some(hit(
            token,
            vec![some(cx, start..token.i + 1)],
            "killed/deaths",
        ));
    }
    let people = people::of_object(token).or_else(|| token.child("poss"))?;
    let mut groups = people::coordinated(cx, people);
    // "the deaths of A, B, and C": the last may hang on the verb above.
    if let Some(last) = groups.iter().map(|group| group.head).max()
        && last > token.i
        && let Some(verb) = token
            .ancestors()
            .take(3)
            .find(|above| above.pos() == Pos::Verb)
    {
        groups.extend(frames::hung_on(cx, verb, last));
    }
    (!groups.is_empty()).then(|| Counted {
        words: token.i..token.i + 1,
        ..hit(token, groups, "killed/death-of")
    })
}

/// "martyrs and wounded", "several injuries and deaths were reported": dead and hurt told together as plurals, without
/// a number.
fn and_hurt(cx: &Peopled<'_>, token: Token<'_>) -> Option<people::Group> {
    let hurt = |other: Token<'_>| {
        matches!(
            other.lower(),
            "wounded" | "injured" | "injuries" | "wounds" | "hurt"
        )
    };
    let joined = |at: Option<usize>, and: Option<usize>| {
        let (Some(at), Some(and)) = (at, and) else {
            return false;
        };
        at < cx.doc.len()
            && and < cx.doc.len()
            && matches!(cx.doc.token(and).lower(), "and" | "or" | "&")
            && hurt(cx.doc.token(at))
    };
    let before = joined(token.i.checked_sub(2), token.i.checked_sub(1));
    let plural = token.lower().ends_with('s') && !people::is_definite(token);
    let no = token
        .children()
        .any(|child| matches!(child.lower(), "no" | "any" | "without"));
    if !plural || no || !(before || joined(Some(token.i + 2), Some(token.i + 1))) {
        return None;
    }
    // "dozens of wounded and martyrs": one number for both.
    let shared = token
        .i
        .checked_sub(2)
        .filter(|_| before)
        .and_then(|i| {
            cx.quantity_of(i).or_else(|| {
                let of = i
                    .checked_sub(1)
                    .filter(|&of| cx.doc.token(of).lower() == "of")?;
                cx.quantity_holding(of.checked_sub(1)?)
            })
        })
        .filter(|quantity| quantity.kind == QuantityKind::Cardinal && quantity.count.low > 9);
    let tokens = shared.map_or(token.i, |quantity| quantity.tokens.start)..token.i + 1;
    let count = shared.map_or_else(
        || model::Count::range(2, None, model::Bound::Vague, token.text()),
        |quantity| quantity.count.clone(),
    );
    Some(people::Group::of(tokens, token.i, count))
}

/// People of whom the words say only that there are some.
fn some(cx: &Peopled<'_>, tokens: std::ops::Range<usize>) -> people::Group {
    let words = cx.doc.slice(tokens.clone());
    people::Group {
        count: Some(model::Count::range(2, None, model::Bound::Vague, words)),
        head: tokens.end - 1,
        tokens,
        scope: model::Scope::default(),
        individual: false,
        anaphoric: false,
        additional: false,
        name: None,
        years: None,
    }
}

/// "fatal shooting of", "shooting death of" (the second is the noun "death" itself).
fn is_fatal(noun: Token<'_>) -> bool {
    noun.children()
        .any(|child| matches!(child.lower(), "fatal" | "deadly"))
}

/// "claimed 14 lives", "lost their lives", "cost him his life".
fn lives(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let verb = token.head();
    if verb.pos() != Pos::Verb || frames::is_irrealis(verb) || frames::is_negated(verb) {
        return None;
    }
    match (verb.lemma(), token.dep()) {
        ("claim" | "take" | "cost", "dobj") => {
            let group = counted::from_quantity(cx, token).or_else(|| {
                people::of_object(token)?;
                people::group_at(cx, token)
            })?;
            Some(hit(verb, vec![group], "killed/lives-claimed"))
        }
        ("lose", "dobj") => {
            let groups = match counted::from_quantity(cx, token) {
                Some(group) => vec![group],
                None => frames::people_of(cx, verb, frames::Part::Subject),
            };
            (!groups.is_empty()).then(|| Counted {
                words: frames::predicate_tokens(verb).start..token.i + 1,
                ..hit(verb, groups, "killed/lives-lost")
            })
        }
        ("lose", "nsubjpass") => counted::from_quantity(cx, token)
            .map(|group| hit(verb, vec![group], "killed/lives-lost")),
        _ => None,
    }
}

/// "we have lost four guards": people of one's own lost in a fight.
fn lost(cx: &Peopled<'_>, verb: Token<'_>) -> Option<Counted> {
    let group = people::group_at(cx, verb.child("dobj")?)?;
    let own = matches!(
        group.scope.role,
        model::Role::SecurityForce
            | model::Role::Fighter
            | model::Role::AidWorker
            | model::Role::Journalist
    );
    (own && group.count.is_some() && !frames::is_negated(verb) && !frames::is_irrealis(verb))
        .then(|| hit(verb, vec![group], "killed/lost"))
}

/// "two people were shot, one of them fatally": a number beside the adverb, no verb of its own.
fn fatally(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let start = token.sentence().start.max(token.i.saturating_sub(4));
    let number = (start..token.i)
        .rev()
        .map(|i| cx.doc.token(i))
        .take_while(|before| before.pos() != Pos::Verb)
        .find(|before| {
            cx.quantity_holding(before.i)
                .is_some_and(|quantity| quantity.kind == QuantityKind::Cardinal)
        })?;
    let after = token.next().is_some_and(|next| next.pos() == Pos::Verb);
    let quantity = cx.quantity_holding(number.i)?;
    let group = people::Group::of(quantity.tokens.clone(), number.i, quantity.count.clone());
    (!after).then(|| hit(token, vec![group], "killed/fatally"))
}

/// Whether a "number" is one of the dead: "the number of people killed has risen to 52".
fn counts_dead(number: Token<'_>) -> bool {
    number.subtree().any(|i| {
        matches!(
            number.doc().token(i).lower(),
            "killed" | "dead" | "deaths" | "fatalities" | "casualties"
        )
    })
}

/// "five students were among those killed", "among the dead are a baker and his wife".
fn among_dead(cx: &Peopled<'_>, among: Token<'_>) -> Option<Counted> {
    let object = among.child("pobj")?;
    let dead = object.subtree().take(8).any(|i| {
        matches!(
            cx.doc.token(i).lower(),
            "killed" | "dead" | "deceased" | "fatalities"
        )
    }) && !object
        .subtree()
        .take(8)
        .any(|i| matches!(cx.doc.token(i).lower(), "wounded" | "injured"));
    let verb = among.head();
    if !dead || verb.lemma() != "be" {
        return None;
    }
    let people = verb
        .child_of(&["nsubj", "attr"])
        .filter(|people| !among.subtree().contains(&people.i))?;
    let groups: Vec<_> = people::coordinated(cx, people)
        .into_iter()
        .filter(|group| group.count.is_some())
        .collect();
    (!groups.is_empty()).then(|| hit(among, groups, "killed/among-the-dead"))
}

/// "the death toll rose from 30 to 39", "a toll of 12": the last number that the toll reaches.
fn toll(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let deadly = token.lower() == "number"
        || token.children().any(|child| {
            child.i < token.i
                && matches!(
                    child.lower(),
                    "death"
                        | "casualty"
                        | "fatality"
                        | "overall"
                        | "official"
                        | "total"
                        | "the"
                        | "its"
                )
        }) && !token
            .children()
            .any(|child| matches!(child.lower(), "injury" | "injured" | "bell" | "free"));
    if !deadly {
        return None;
    }
    let sentence = token.sentence();
    let numbers: Vec<_> = cx
        .read
        .quantities
        .iter()
        .filter(|q| {
            q.kind == QuantityKind::Cardinal
                && q.tokens.start > token.i
                && q.tokens.end <= sentence.end
                && q.tokens.start < token.i + 16
        })
        .collect();
    let first = numbers.first()?;
    let before = cx.doc.token(first.tokens.start).previous()?.lower();
    let chosen = if before == "from" {
        numbers.iter().find(|q| {
            cx.doc
                .token(q.tokens.start)
                .previous()
                .is_some_and(|p| p.lower() == "to")
        })?
    } else if matches!(
        before,
        "to" | "at"
            | "of"
            | "is"
            | "was"
            | "reached"
            | "reach"
            | "reaches"
            | "hit"
            | "passed"
            | "stood"
            | "exceeded"
            | ":"
            | "by"
            | "now"
    ) || first.tokens.start == token.i + 1
    {
        first
    } else {
        return None;
    };
    // "rose by 12" is a step, not the toll.
    if before == "by" {
        return None;
    }
    let head = chosen.tokens.end - 1;
    let group = people::Group::of(chosen.tokens.clone(), head, chosen.count.clone());
    Some(Counted {
        words: token.i.saturating_sub(1).max(sentence.start)..token.i + 1,
        ..hit(token, vec![group], "killed/toll")
    })
}

/// "19 bodies were pulled from the rubble", "the body of a man was found".
fn bodies(cx: &Peopled<'_>, token: Token<'_>) -> Option<Counted> {
    let verb = token.head();
    let found = verb.pos() == Pos::Verb
        && matches!(
            verb.lemma(),
            "find"
                | "recover"
                | "pull"
                | "retrieve"
                | "discover"
                | "bring"
                | "receive"
                | "bury"
                | "identify"
                | "remove"
                | "count"
                | "lie"
                | "collect"
                | "transfer"
                | "dig"
                | "arrive"
        )
        && matches!(token.dep(), "nsubjpass" | "dobj" | "nsubj");
    if !found || frames::is_irrealis(verb) || frames::is_negated(verb) {
        return None;
    }
    let group = people::group_at(cx, token)?;
    if group.count.as_ref().is_none_or(counted::is_bare_plural) {
        return None;
    }
    Some(Counted {
        words: frames::predicate_tokens(verb),
        ..hit(verb, vec![group], "killed/bodies")
    })
}
