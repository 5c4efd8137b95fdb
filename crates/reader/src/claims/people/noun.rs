//! The group that a noun, a name or a number heads.

use language::{Pos, Token};
use model::{Bound, Count, Scope};

use super::{
    super::{
        grammar::{is_definite, is_plural, of_object, phrase},
        person_nouns::{self, PersonNoun},
    },
    group::Group,
    introduced::Peopled,
    names::{full_name, is_name, name_behind},
    pronouns::pronoun,
    scope::scope_of,
    side::side_of,
};
use crate::read::quantities::{Quantity, QuantityKind};

/// Prepositions and nouns through which a number reaches the people it counts: "dozens of children", "members of the
/// group".
const LIGHT_NOUNS: &[&str] = &[
    "member", "number", "group", "dozen", "hundred", "thousand", "score", "million", "majority",
    "most", "some", "several", "many", "all", "none", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "few", "couple", "handful", "rest", "half", "each", "any",
    "pair", "body", "life", "more", "lot", "both", "total", "remains", "either", "neither",
    "another", "other",
];

/// Returns the group headed by `token`, or `None` if the token does not head a phrase of people.
pub fn group_at(cx: &Peopled<'_>, token: Token<'_>) -> Option<Group> {
    group_within(cx, token, 0)
}

fn group_within(cx: &Peopled<'_>, token: Token<'_>, depth: usize) -> Option<Group> {
    if depth > 3 {
        return None;
    }
    let lemma = person_nouns::singular(token.lower());
    // "one of the people injured": the number picks from the injured, it does not count them.
    let picked = |quantity: &&Quantity| {
        quantity.partitive
            && !quantity.tokens.contains(&token.i)
            && token.children().any(|child| child.dep() == "acl")
    };
    let quantity = cx.quantity_of(token.i).filter(|quantity| !picked(quantity));
    if let Some(group) = partitive(cx, token, &lemma, quantity, depth) {
        return Some(group);
    }
    if token.pos() == Pos::Pron {
        return pronoun(cx, token);
    }
    let head = Head::of(cx, token, &lemma, quantity)?;
    let age = cx.age_of(token);
    let mut scope = scope_of(cx, token, &head.noun, head.named, age);
    let mut tokens = phrase(token, None);
    // "between 22 and 25 civilians": the first word of the number is no part of the noun's phrase.
    if let Some(number) = quantity
        && number.tokens.end > tokens.start
        && number.tokens.start < tokens.start
    {
        tokens.start = number.tokens.start;
    }
    let words = cx.doc.slice(tokens.clone());
    let said = head.said_count(cx);
    let explicit = said.is_some();
    let count = head.count(cx, said, words);
    let individual = !head.plural
        && !head.household
        && count
            .as_ref()
            .is_some_and(|c| c.low == 1 && c.high == Some(1));
    scope.words = if scope.is_all() {
        String::new()
    } else {
        words.to_owned()
    };
    Some(Group {
        head: token.i,
        count,
        scope,
        individual,
        anaphoric: !explicit && head.definite && !head.named && age.is_none(),
        additional: cx.is_additional(token.i),
        name: match head.named {
            true => Some(full_name(token)),
            false => name_behind(cx, token).filter(|_| individual),
        },
        years: age,
        tokens,
    })
}

/// A noun, name or number that heads a phrase of people.
struct Head<'a> {
    token: Token<'a>,
    /// What it says of the people.
    noun: PersonNoun,
    /// It ends a person's name.
    named: bool,
    plural: bool,
    definite: bool,
    /// "a family of five", "the entire family of six members".
    household: bool,
    /// The number that counts it.
    quantity: Option<&'a Quantity>,
}

impl<'a> Head<'a> {
    /// Looks whether a token heads people.
    fn of(
        cx: &Peopled<'_>,
        token: Token<'a>,
        lemma: &str,
        quantity: Option<&'a Quantity>,
    ) -> Option<Self> {
        let listed = person_nouns::lookup(lemma);
        let named = is_name(cx, token);
        let aged = is_age(cx, token);
        let bare_number = listed.is_none() && !named && is_bare_number(cx, token);
        let noun = match (listed, named, bare_number || lemma == "member" || aged) {
            (Some(noun), _, _) => noun,
            (None, true, _) => PersonNoun::ANY,
            (None, false, true) => PersonNoun::ANY,
            _ => return None,
        };
        if token.pos() == Pos::Verb
            || token.pos() == Pos::Adv
            || (token.pos() == Pos::Adj && !bare_number && !aged && quantity.is_none())
        {
            return None;
        }
        let plural = is_plural(token) || noun.plural;
        Some(Self {
            token,
            noun,
            named,
            plural,
            definite: is_definite(token),
            household: matches!(lemma, "family" | "household") && !plural,
            quantity,
        })
    }

    /// The number that its words say.
    fn said_count(&self, cx: &Peopled<'_>) -> Option<Count> {
        self.quantity
            .filter(|q| q.kind == QuantityKind::Cardinal)
            .or_else(|| {
                cx.quantity_holding(self.token.i)
                    .filter(|q| q.kind == QuantityKind::Cardinal)
            })
            .map(|q| q.count.clone())
    }

    /// How many people it is, by the number said or by its form.
    fn count(&self, cx: &Peopled<'_>, said: Option<Count>, words: &str) -> Option<Count> {
        let of_family = self
            .household
            .then(|| of_object(self.token))
            .flatten()
            .and_then(|inner| {
                cx.quantity_holding(inner.i)
                    .or_else(|| cx.quantity_of(inner.i))
            })
            .filter(|q| q.kind == QuantityKind::Cardinal);
        match said {
            _ if of_family.is_some() => of_family.map(|q| q.count.clone()),
            None if self.household && !self.definite => {
                Some(Count::range(2, None, Bound::Vague, words))
            }
            Some(count) => Some(count),
            None if self.noun.pair => Some(Count::said(2, Bound::Exact, words)),
            None if self.named => Some(Count::said(1, Bound::Exact, words)),
            None if (self.plural || self.household) && self.definite => None,
            None => bare_count(self.token),
        }
    }
}

/// "a 6-year-old", "an 18-month-old": the age is the noun.
fn is_age(cx: &Peopled<'_>, token: Token<'_>) -> bool {
    matches!(token.lower(), "old" | "olds")
        && !matches!(token.dep(), "amod" | "npadvmod")
        && token.i >= 2
        && {
            let before = cx.doc.token(token.i - 1).lower();
            before == "-" || before.ends_with("year") || before.ends_with("month")
        }
}

/// Whether a number stands for people by itself: "two were shot".
fn is_bare_number(cx: &Peopled<'_>, token: Token<'_>) -> bool {
    cx.quantity_holding(token.i)
        .is_some_and(|q| q.kind == QuantityKind::Cardinal && q.noun.is_none())
        && (matches!(
            token.dep(),
            "nsubj" | "nsubjpass" | "dobj" | "attr" | "conj" | "pobj" | "ROOT" | "appos"
        ) || token.dep() == "npadvmod" && precedes_harm(token))
        && token.child("prep").is_none()
}

/// "3 killed, 7 wounded": a number right before the participle that says what was done to those it counts.
fn precedes_harm(number: Token<'_>) -> bool {
    number.next().is_some_and(|next| {
        matches!(
            next.lower(),
            "killed" | "dead" | "wounded" | "injured" | "hurt"
        )
    })
}

/// "several of them", "dozens of children", "members of the group": the people stand behind "of".
fn partitive(
    cx: &Peopled<'_>,
    token: Token<'_>,
    lemma: &str,
    quantity: Option<&Quantity>,
    depth: usize,
) -> Option<Group> {
    let through = LIGHT_NOUNS.contains(&lemma) || cx.quantity_holding(token.i).is_some();
    let inner = through.then(|| of_object(token)).flatten()?;
    let mut group = group_within(cx, inner, depth + 1)?;
    let own = cx
        .quantity_holding(token.i)
        .or(quantity)
        .map(|q| q.count.clone());
    let member = matches!(lemma, "member" | "body" | "life");
    // "the bodies of two men", "the lives of 21 people": the number stands with the people.
    let inner_count = group.count.take().filter(|_| member && lemma != "member");
    group.count = own
        .or(inner_count)
        .or_else(|| member.then(|| bare_count(token)).flatten())
        // "a “number of” residents": the mark keeps the words apart.
        .or_else(|| {
            let some = lemma == "number"
                && token
                    .children()
                    .any(|child| matches!(child.lower(), "a" | "any"));
            some.then(|| Count::range(2, None, Bound::Vague, token.text()))
        });
    group.head = token.i;
    group.individual = group
        .count
        .as_ref()
        .is_some_and(|c| c.low == 1 && c.high == Some(1));
    group.anaphoric = group.count.is_none() && is_definite(token);
    group.additional |= cx.is_additional(token.i);
    group.tokens = phrase(token, Some(inner));
    // A family is no side, whatever its name.
    let family = matches!(inner.lemma(), "family" | "household" | "clan");
    if member && lemma == "member" && !family {
        side_of(cx, inner, &mut group.scope);
    }
    Some(group)
}

/// The count of a phrase without a number: one for a singular, two or more for a bare plural.
fn bare_count(token: Token<'_>) -> Option<Count> {
    let words = token.doc().slice(phrase(token, None));
    // "An additional officials was wounded": the article says that it is one.
    let one = token
        .children()
        .any(|child| child.dep() == "det" && matches!(child.lower(), "a" | "an"));
    if is_plural(token) && !one {
        return Some(Count::range(2, None, Bound::Vague, words));
    }
    let none = token
        .children()
        .any(|child| child.dep() == "det" && child.lower() == "no");
    Some(Count::said(u64::from(!none), Bound::Exact, words))
}

/// The people that a number at `token` counts by itself: "seven" in "seven who died".
pub fn of_number(cx: &Peopled<'_>, token: Token<'_>) -> Option<Group> {
    let quantity = cx
        .quantity_holding(token.i)
        .filter(|quantity| quantity.kind == QuantityKind::Cardinal)?;
    Some(Group {
        tokens: quantity.tokens.clone(),
        head: token.i,
        count: Some(quantity.count.clone()),
        scope: Scope::default(),
        individual: quantity.count.low == 1 && quantity.count.high == Some(1),
        anaphoric: false,
        additional: quantity.additional,
        name: None,
        years: quantity.age,
    })
}
