//! Predicates and whom they befall.
//!
//! Takes the verbs, nouns and adjectives a slot lists and gives every place of the text where one of them befalls
//! people, with the phrase of those people. The walk knows active and passive voice, participles and relative clauses
//! that hang on the noun, coordinated verbs without a subject of their own, infinitives under another verb, and, where
//! the parse goes astray, the nearest phrase of people in the same clause.

use language::{Pos, Token};

use super::people::{self, Group, Peopled};

pub use super::grammar::{
    agent, cover, is_irrealis, is_negated, is_passive, object, predicate_tokens, subject,
};

/// The part people play in a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// They suffer it: object, or subject of the passive.
    Object,
    /// They do or undergo it: subject of the active.
    Subject,
}

/// The people `verb` befalls in this part.
pub fn people_of(cx: &Peopled<'_>, verb: Token<'_>, part: Part) -> Vec<Group> {
    let phrase = phrase_in(verb, part);
    if verb.dep() == "relcl"
        && let Some(group) = number_before_who(cx, verb)
    {
        return vec![group];
    }
    let passive = part == Part::Object && is_passive(verb);
    // "15 were hurt and between two and four others were killed": the parse may hand the verb the subject of the one
    // before it, or none.
    if passive
        && verb
            .child("nsubjpass")
            .is_none_or(|own| own.lower() != "who" && people::group_at(cx, own).is_none())
        && let Some(group) = right_before(cx, verb)
        && phrase.is_none_or(|head| head.i + 1 < group.tokens.start)
    {
        return vec![group];
    }
    let groups = phrase.map_or_else(Vec::new, |head| headed(cx, verb, part, head));
    // "at least 52 civilians, including 22 children, and up to 68 civilians were killed": a limit told beside the
    // number.
    let limit = passive.then(|| right_before(cx, verb)).flatten();
    let limit = limit.filter(|limit| {
        let at_most = limit.count.as_ref();
        at_most.is_some_and(|count| count.bound == model::Bound::AtMost)
    });
    if passive
        && let Some(fenced) = fenced(cx, verb)
        && groups.iter().all(|group| group.head > fenced.head)
    {
        return std::iter::once(fenced).chain(limit).collect();
    }
    if !groups.is_empty() {
        let mut all = broken_off(cx, verb, companions(cx, verb, groups));
        all.extend(limit.filter(|limit| all.iter().all(|group| group.head != limit.head)));
        return all;
    }
    let groups = behind_number(cx, verb, part);
    if !groups.is_empty() {
        return companions(cx, verb, groups);
    }
    if let Some(group) = meant_by_who(cx, verb) {
        return vec![group];
    }
    match part {
        Part::Object => after(cx, verb),
        Part::Subject => before_infinitive(cx, verb),
    }
}

/// The head of the phrase that plays this part by the parse.
fn phrase_in(verb: Token<'_>, part: Part) -> Option<Token<'_>> {
    match part {
        Part::Object => object(verb),
        Part::Subject => {
            let describes = is_passive(verb) && verb.dep() == "amod";
            (!describes || verb.child("nsubj").is_some())
                .then(|| subject(verb))
                .flatten()
        }
    }
}

/// The people of the phrase that plays the part by the parse.
fn headed(cx: &Peopled<'_>, verb: Token<'_>, part: Part, head: Token<'_>) -> Vec<Group> {
    // "the injured boy and two others": the adjective speaks of its own noun alone.
    if verb.dep() == "amod" {
        return people::group_at(cx, head).into_iter().collect();
    }
    let groups = people::coordinated(cx, head);
    // Whom one kills is a person, whatever the recogniser takes the name for.
    let unknown = part == Part::Object
        && matches!(
            verb.lemma(),
            "kill" | "murder" | "slay" | "assassinate" | "martyr"
        )
        && groups.iter().all(|group| group.head != head.i);
    let person = unknown.then(|| people::unlisted_person(cx, head)).flatten();
    person.into_iter().chain(groups).collect()
}

/// "between 22 and 25 civilians were killed", "killing between three and six people": the parse has no subject or
/// object but a preposition that belongs to the number.
fn behind_number(cx: &Peopled<'_>, verb: Token<'_>, part: Part) -> Vec<Group> {
    let before = is_passive(verb) || part == Part::Subject;
    if !before && verb.child("dobj").is_some() {
        return Vec::new();
    }
    let counted = verb
        .children()
        .filter(|child| child.dep() == "prep" && (child.i < verb.i) == before)
        .filter(|child| cx.quantity_holding(child.i).is_some())
        .find_map(|child| child.child("pobj"));
    counted.map_or_else(Vec::new, |head| people::coordinated(cx, head))
}

/// A relative clause hung on the wrong noun ("a man at the house who was hit"): "who" means the people before it.
fn meant_by_who(cx: &Peopled<'_>, verb: Token<'_>) -> Option<Group> {
    let who = verb.children().find(|child| child.lower() == "who");
    let who = who.filter(|_| verb.dep() == "relcl")?;
    let near = (verb.sentence().start..who.i).rev().take(14);
    // "activists reported the names of those who were killed": nobody beyond a verb.
    near.map(|i| cx.doc.token(i))
        .take_while(|token| !matches!(token.tag(), "VBD" | "VBZ" | "VBP"))
        .find_map(|token| people::group_at(cx, token))
}

/// "20 hurt, as well as seven who had been killed": a number right before "who" is meant, wherever the parse hangs the
/// clause.
fn number_before_who(cx: &Peopled<'_>, verb: Token<'_>) -> Option<Group> {
    let who = verb
        .children()
        .find(|child| child.lower() == "who" && child.i < verb.i)?;
    let before = who.previous()?;
    (before.i != verb.head().i
        && cx
            .quantity_holding(before.i)
            .is_some_and(|quantity| quantity.noun.is_none()))
    .then(|| people::of_number(cx, before))
    .flatten()
}

/// People counted by a number of their own in the phrase that ends right before a passive verb.
fn right_before(cx: &Peopled<'_>, verb: Token<'_>) -> Option<Group> {
    let mut at = verb.i;
    let start = verb.sentence().start;
    while at > start && matches!(cx.doc.token(at - 1).pos(), Pos::Aux | Pos::Adv) && verb.i - at < 5
    {
        at -= 1;
    }
    if at == start || at == verb.i {
        return None;
    }
    let head = cx.doc.token(at - 1);
    cx.quantity_of(head.i)?;
    people::group_at(cx, head)
        .filter(|group| group.count.is_some() && group.tokens.end == at && !group.individual)
        // "39 residents from five families were killed": the families only say where from.
        .filter(|group| {
            group.tokens.start == start || cx.doc.token(group.tokens.start - 1).pos() != Pos::Adp
        })
}

/// Words that open an aside on the people just counted.
const ASIDES: &[&str] = &[
    "including",
    "among",
    "most",
    "mostly",
    "mainly",
    "many",
    "some",
    "all",
    "both",
    "almost",
    "from",
];

/// The people before an aside that ends right before a passive verb: "at least six civilians, including a woman and a
/// child, were killed". Where the aside is long the parse takes its last words for the subject.
fn fenced(cx: &Peopled<'_>, verb: Token<'_>) -> Option<Group> {
    let start = verb.sentence().start.max(verb.i.saturating_sub(60));
    let from = predicate_tokens(verb).start;
    let lower = |i: usize| cx.doc.token(i).lower();
    let closes = |i: usize| matches!(lower(i), "," | "–" | "—" | "-" | ")");
    if from <= start + 3 || from == verb.i {
        return None;
    }
    // "at least two of whom were children": a number of those before it.
    let of_whom = |i: usize| {
        cx.quantity_holding(i).is_some_and(|quantity| {
            let of = quantity.tokens.end;
            of + 1 < from && lower(of) == "of" && matches!(lower(of + 1), "whom" | "them")
        })
    };
    let opening = (start + 1..from - 1).find(|&i| {
        matches!(lower(i), "," | "–" | "—" | "-" | "(")
            && (ASIDES.contains(&lower(i + 1)) || of_whom(i + 1))
    })?;
    // Without a mark at its end only "including" is an aside for certain.
    if !closes(from - 1) && lower(opening + 1) != "including" {
        return None;
    }
    let finite = |i: usize| {
        let token = cx.doc.token(i);
        matches!(token.tag(), "VBD" | "VBZ" | "VBP") && matches!(token.pos(), Pos::Verb | Pos::Aux)
    };
    // Clauses inside the aside bring a verb each: "two of whom were pregnant".
    let clauses = (opening..from)
        .filter(|&i| matches!(lower(i), "whom" | "who" | "whose" | "which" | "that"))
        .count();
    if (opening..from).filter(|&i| finite(i)).count() > clauses {
        return None;
    }
    let near = (start.max(opening.saturating_sub(10))..opening).rev();
    near.map(|i| cx.doc.token(i))
        .take_while(|token| {
            (!token.is_punct() || token.text() == "-") && !matches!(token.pos(), Pos::Verb)
        })
        .filter_map(|token| people::group_at(cx, token))
        .find(|group| group.count.is_some() && !group.individual && group.name.is_none())
}

/// Members of a list that the parse hung on the verb, past a bracket or an apposition: "killed a woman, Ola (also
/// Olla), and her four sons".
fn broken_off(cx: &Peopled<'_>, verb: Token<'_>, mut groups: Vec<Group>) -> Vec<Group> {
    let last = groups
        .iter()
        .map(|group| group.head)
        .max()
        .unwrap_or(verb.i);
    if last < verb.i {
        return groups;
    }
    groups.extend(hung_on(cx, verb, last));
    // "hit the house, killing a child named A (14), and a child named B": the list goes on at the clause above.
    if verb.dep() == "advcl" && verb.tag() == "VBG" {
        groups.extend(hung_on(cx, verb.head(), last));
    }
    groups
}

/// People in a list that the parse goes on with at a verb above, behind `last`.
pub fn hung_on(cx: &Peopled<'_>, verb: Token<'_>, last: usize) -> Vec<Group> {
    verb.children()
        .filter(|child| {
            child.dep() == "conj"
                && child.i > last
                && matches!(child.pos(), Pos::Noun | Pos::Propn)
                && child.child_of(&["nsubj", "nsubjpass"]).is_none()
        })
        .flat_map(|child| people::coordinated(cx, child))
        .collect()
}

/// Those who share the lot of people just told of: "was killed along with his wife", "together with five members of the
/// family", "seven members of the family along with 18 others".
fn companions(cx: &Peopled<'_>, verb: Token<'_>, mut groups: Vec<Group>) -> Vec<Group> {
    let [group] = groups.as_slice() else {
        return groups;
    };
    if !group.individual && group.count.is_none() {
        return groups;
    }
    let (single, head) = (group.individual, cx.doc.token(group.head));
    let hung = verb
        .children()
        .filter(|_| single)
        .chain(head.children().filter(|child| child.i > head.i));
    let with = hung.into_iter().find_map(|child| {
        if child.dep() == "punct" || child.i + 1 >= verb.sentence().end {
            return None;
        }
        match child.lower() {
            "alongside" => child.child("pobj"),
            "with" => child
                .previous()
                .filter(|before| matches!(before.lower(), "along" | "together"))
                .and_then(|_| child.child("pobj")),
            "along" | "together" => child
                .children()
                .find(|inner| inner.lower() == "with")
                .and_then(|inner| inner.child("pobj")),
            _ => None,
        }
    });
    let mut with = with.map_or_else(Vec::new, |head| people::coordinated(cx, head));
    with.retain(|other| other.head != head.i && (single || other.count.is_some()));
    groups.extend(with);
    groups
}

/// Fallback for a verb whose object the parse lost: the first counted people right behind it, before any other verb,
/// comma or conjunction.
fn after(cx: &Peopled<'_>, verb: Token<'_>) -> Vec<Group> {
    if is_passive(verb)
        || verb.child_of(&["dobj"]).is_some()
            && verb.child("dobj").is_some_and(|o| o.pos() == Pos::Propn)
    {
        return Vec::new();
    }
    let end = verb.sentence().end.min(verb.i + 10);
    for i in verb.i + 1..end {
        let token = cx.doc.token(i);
        if token.is_punct()
            || matches!(token.pos(), Pos::Verb | Pos::Cconj | Pos::Sconj)
            || token.dep() == "prep" && token.lower() != "of"
        {
            break;
        }
        if let Some(group) = people::group_at(cx, token)
            && group.count.is_some()
            && group.tokens.start > verb.i
        {
            return vec![group];
        }
    }
    Vec::new()
}

/// Verbs whose object does what the infinitive behind it says.
const LETTING: &[&str] = &[
    "allow", "enable", "help", "let", "force", "cause", "lead", "permit", "order", "ask", "urge",
];

/// Fallback for "allowed many members … to escape" where the parse hung the infinitive elsewhere: the people between
/// the letting verb and the infinitive.
fn before_infinitive(cx: &Peopled<'_>, verb: Token<'_>) -> Vec<Group> {
    if !verb
        .children()
        .any(|child| child.lower() == "to" && child.i < verb.i)
    {
        return Vec::new();
    }
    let Some(above) = verb
        .ancestors()
        .take(6)
        .find(|above| LETTING.contains(&above.lemma()) && above.i < verb.i)
    else {
        return Vec::new();
    };
    (above.i + 1..verb.i)
        .filter_map(|i| people::group_at(cx, cx.doc.token(i)))
        .find(|group| group.tokens.start > above.i)
        .into_iter()
        .collect()
}
