//! Who takes a deed upon himself, who will have none of it, and that nobody has: "claimed responsibility", "was claimed
//! by", "denied any role", "nobody has claimed the attack", "there was no claim".

use language::{Pos, Token};
use model::{Party, PartyKind, Slot, StanceKind, Value};

use super::{
    rules,
    who::{self, Named, is_deed_noun, is_deed_verb},
};
use crate::claims::{
    draft::{Draft, Rule},
    event_kinds, frames,
    passes::Passes,
    people,
};

/// Nouns for having done it.
const TAKEN: &[&str] = &[
    "responsibility",
    "credit",
    "involvement",
    "role",
    "blame",
    "authorship",
    "paternity",
];
/// Nouns for what one denies beside those.
const DENIED: &[&str] = &[
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "charge",
    "charges",
    "part",
    "hand",
    "link",
    "links",
    "complicity",
    "connection",
    "knowledge",
    "claim",
    "claims",
    "wrongdoing",
    "guilt",
    "participation",
];

/// Claims of one verb.
pub fn of_verb(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    taken(cx, verb)
        .or_else(|| denied(cx, verb))
        .or_else(|| nobody_says(cx, verb))
}

fn negative(token: Token<'_>) -> bool {
    matches!(
        token.lower(),
        "none" | "nobody" | "no-one" | "noone" | "anyone" | "anybody"
    ) || token
        .children()
        .any(|child| matches!(child.lower(), "no" | "neither") && child.i < token.i)
        || token.lower() == "one"
            && token
                .previous()
                .is_some_and(|before| before.lower() == "no")
}

/// The words from the predicate to the object, with the subject where it stands near.
fn words(verb: Token<'_>, subject: Option<Token<'_>>, object: Token<'_>) -> std::ops::Range<usize> {
    let sentence = verb.sentence();
    let own = frames::predicate_tokens(verb);
    let from = subject
        .filter(|subject| subject.i < verb.i && verb.i - subject.i < 8)
        .map_or(own.start, |subject| {
            people::phrase(subject, None).start.min(own.start)
        });
    let to = object
        .subtree()
        .end
        .min(object.i + 10)
        .max(own.end)
        .max(object.i + 1);
    let start = from.min(object.i).max(sentence.start);
    start
        ..to.min(sentence.end)
            .min(start + 26)
            .max(verb.i + 1)
            .max(start + 1)
}

/// "claimed responsibility for", "took credit", "claimed the attack", "was claimed by", "no group has claimed
/// responsibility".
fn taken(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    if !matches!(
        verb.lemma(),
        "claim" | "take" | "accept" | "admit" | "acknowledge" | "assume" | "own" | "avow"
    ) {
        return None;
    }
    let object = frames::object(verb)?;
    let nouns = TAKEN.contains(&object.lower());
    let deed = matches!(verb.lemma(), "claim" | "admit" | "acknowledge")
        && (is_deed_noun(object) || frames::is_passive(verb) && matches!(object.lower(), "it" | "they" | "this"))
        // "the blast claimed three lives", "claimed it was an accident".
        && verb.child_of(&["ccomp", "xcomp"]).is_none();
    if !nouns && !deed {
        return None;
    }
    let agent = frames::agent(verb);
    let negated = frames::is_negated(verb) || agent.is_some_and(negative);
    let span = words(verb, agent, object);
    // "They never accept the blame" speaks of no deed.
    if negated && !matches!(verb.lemma(), "claim" | "take" | "assume") {
        return None;
    }
    if negated {
        return Some(unclaimed(cx, span, verb));
    }
    if frames::is_irrealis(verb) {
        return None;
    }
    let agent = claimant(cx, verb, agent?)?;
    let who = who::body(cx, agent).filter(|who| acts(cx, who))?;
    let mut draft = of_party(
        who.party.clone(),
        span,
        verb,
        rules::CLAIMED,
        StanceKind::Claimed,
    );
    draft.voice = voice(cx, Some(agent), &who);
    Some(draft)
}

/// Who claims: of a paper or a video, who put it out.
fn claimant<'a>(cx: &Passes<'_>, verb: Token<'a>, agent: Token<'a>) -> Option<Token<'a>> {
    const PAPERS: &[&str] = &[
        "statement",
        "message",
        "video",
        "recording",
        "post",
        "note",
        "communique",
        "communiqué",
        "leaflet",
        "letter",
        "audio",
        "clip",
        "tape",
    ];
    if !PAPERS.contains(&agent.lemma()) {
        return Some(agent);
    }
    let doc = agent.doc();
    let inside = agent
        .subtree()
        .map(|i| doc.token(i))
        .filter(|token| token.i != agent.i)
        .find(|token| {
            cx.party_at(token.i).is_some_and(|info| {
                matches!(
                    info.party.kind,
                    PartyKind::ArmedGroup
                        | PartyKind::Unknown
                        | PartyKind::Political
                        | PartyKind::State
                )
            }) && matches!(token.dep(), "pobj" | "poss" | "compound" | "nsubj")
        });
    // "The group has by a statement assumed responsibility": the parse hangs the verb on the statement.
    inside.or_else(|| {
        verb.ancestors()
            .take(5)
            .filter(|above| matches!(above.pos(), Pos::Verb | Pos::Aux))
            .find_map(|above| above.child("nsubj"))
    })
}

/// Who claims or denies speaks: by the name that the subject gives, of the body it speaks for.
fn voice(
    cx: &Passes<'_>,
    subject: Option<Token<'_>>,
    who: &Named,
) -> Option<crate::claims::draft::Voice> {
    let named = subject.and_then(|subject| who::named(cx, subject));
    Some(named.as_ref().unwrap_or(who).voice(cx))
}

/// Whether a party can have done it: an outlet or a relief body that "claims" does so of something else.
fn acts(cx: &Passes<'_>, who: &Named) -> bool {
    let info = who.known.map(|index| &cx.read.parties.parties[index]);
    !matches!(
        who.party.kind,
        PartyKind::Outlet
            | PartyKind::Agency
            | PartyKind::Un
            | PartyKind::Witness
            | PartyKind::Civilians
    ) && info.is_none_or(|info| info.party.kind != PartyKind::Person || info.named)
}

fn of_party(
    party: Party,
    tokens: std::ops::Range<usize>,
    anchor: Token<'_>,
    rule: impl Into<Rule>,
    stance: StanceKind,
) -> Draft {
    let mut draft = Draft::new(
        Slot::Responsibility,
        Value::Party(party.clone()),
        tokens,
        anchor.i,
        rule,
    );
    draft.actor = Some(party);
    draft.stance = Some(stance);
    draft
}

fn unclaimed(cx: &Passes<'_>, tokens: std::ops::Range<usize>, anchor: Token<'_>) -> Draft {
    let value = Value::Kind {
        code: "unclaimed".to_owned(),
        words: cx.doc.slice(tokens.clone()).to_owned(),
    };
    Draft::new(
        Slot::Responsibility,
        value,
        tokens,
        anchor.i,
        rules::UNCLAIMED,
    )
}

/// "denied any involvement", "denies it", "denied that its soldiers killed anyone", "it was denied by the Alliance".
fn denied(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    if !matches!(
        verb.lemma(),
        "deny" | "reject" | "disclaim" | "dismiss" | "refute" | "disavow"
    ) || frames::is_negated(verb)
        || frames::is_irrealis(verb)
    {
        return None;
    }
    let agent = frames::agent(verb)?;
    let denies = matches!(verb.lemma(), "deny" | "disclaim" | "disavow");
    let clause = verb.child_of(&["ccomp", "xcomp", "csubjpass", "csubj"]);
    let of_clause = clause.filter(|clause| {
        let own = clause
            .subtree()
            .take(24)
            .map(|i| cx.doc.token(i))
            .any(|inner| {
                let involved = is_deed_verb(inner)
                    || is_deed_noun(inner)
                    || matches!(
                        inner.lower(),
                        "responsible" | "behind" | "involved" | "blame"
                    );
                involved && inner.sentence() == verb.sentence()
            });
        let subject = clause.child_of(&["nsubj", "nsubjpass"]);
        let of = |token: Token<'_>| cx.party_at(token.i).map(|info| &info.party.id);
        let itself = subject.is_none_or(|subject| {
            matches!(subject.lower(), "it" | "they" | "he" | "she" | "we")
                || subject
                    .child("poss")
                    .is_some_and(|owner| matches!(owner.lower(), "its" | "their" | "his" | "her"))
                || of(subject).is_some() && of(subject) == of(agent)
        });
        denies && (own || told_before(cx, verb)) && itself
    });
    let of_object = || {
        let object = frames::object(verb).filter(|object| object.i != agent.i)?;
        let word = object.lower();
        let killing = object.children().any(|child| {
            child.i < object.i && child.tag() == "VBG" && event_kinds::kind_of(child).is_some()
                || matches!(
                    child.lower(),
                    "killing" | "shooting" | "attacking" | "firing" | "bombing"
                )
        });
        let accused = matches!(
            word,
            "accusation" | "accusations" | "allegation" | "allegations" | "charge" | "charges"
        );
        let told = matches!(
            word,
            "it" | "this"
                | "that"
                | "them"
                | "so"
                | "account"
                | "accounts"
                | "version"
                | "claim"
                | "claims"
                | "story"
        ) && told_before(cx, verb);
        let named = TAKEN.contains(&word) || DENIED.contains(&word) && denies || accused;
        (named || told || (is_deed_noun(object) || killing) && denies).then_some(object)
    };
    let object = of_clause.or_else(of_object)?;
    let who = who::body(cx, agent).filter(|who| acts(cx, who))?;
    let mut draft = of_party(
        who.party.clone(),
        words(verb, Some(agent), object),
        verb,
        rules::DENIED,
        StanceKind::Denied,
    );
    draft.voice = voice(cx, Some(agent), &who);
    Some(draft)
}

/// Whether the sentence of a denial, or one of the two before, says who did it.
fn told_before(cx: &Passes<'_>, verb: Token<'_>) -> bool {
    let here = verb.sentence_index();
    (here.saturating_sub(2)..=here).any(|sentence| {
        cx.doc
            .sentence(sentence)
            .map(|i| cx.doc.token(i))
            .any(|token| {
                matches!(
                    token.lemma(),
                    "blame"
                        | "accuse"
                        | "attribute"
                        | "responsible"
                        | "behind"
                        | "suspect"
                        | "claim"
                ) || is_deed_verb(token) && token.i != verb.i
                    || event_kinds::kind_of(token).is_some_and(|(_, rank)| rank > 0)
                        && token.i != verb.i
            })
    })
}

/// "No one said that it was them", "the group has not said that it did it".
fn nobody_says(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    if !matches!(verb.lemma(), "say" | "admit" | "claim" | "confirm") {
        return None;
    }
    let subject = verb.child("nsubj")?;
    if !negative(subject) && !frames::is_negated(verb) {
        return None;
    }
    let clause = verb.children().find(|child| {
        matches!(child.dep(), "ccomp" | "advmod" | "acomp")
            && child.i > verb.i
            && child.subtree().len() > 1
    })?;
    let own = (verb.i + 1..verb.subtree().end.min(verb.i + 14))
        .map(|i| cx.doc.token(i))
        .any(|token| {
            matches!(token.lower(), "behind" | "responsible")
                || token.dep() == "attr" && token.lower() == "them"
                || token.lemma() == "do" && token.pos() == Pos::Verb
        });
    own.then(|| unclaimed(cx, words(verb, Some(subject), clause), verb))
}

/// "There has been no claim of responsibility", "remained unclaimed", "the group's claim of responsibility".
pub fn of_noun(cx: &Passes<'_>, noun: Token<'_>) -> Option<Draft> {
    if let Some(draft) = headline(cx, noun) {
        return Some(draft);
    }
    if noun.lower() == "unclaimed" {
        let start = noun.head().i.min(noun.i);
        return Some(unclaimed(cx, start..noun.i + 1, noun));
    }
    if noun.lemma() != "claim" || noun.pos() != Pos::Noun {
        return None;
    }
    let of = noun
        .children()
        .find(|child| child.dep() == "prep" && matches!(child.lower(), "of" | "to"))?;
    let object = of
        .child("pobj")
        .filter(|object| object.lower() == "responsibility")?;
    let verb = noun.head();
    let none = noun.children().any(|child| child.lower() == "no") || frames::is_negated(verb);
    let end = object.i + 1;
    if none {
        let start = if verb.pos() == Pos::Aux || verb.lemma() == "be" {
            frames::predicate_tokens(verb).start
        } else {
            people::phrase(noun, None).start
        };
        return Some(unclaimed(cx, start.min(noun.i)..end, noun));
    }
    let owner = noun.child("poss").or_else(|| {
        let by = noun
            .children()
            .find(|child| child.dep() == "prep" && matches!(child.lower(), "by" | "from"))?;
        by.child("pobj")
    })?;
    let who = who::body(cx, owner).filter(|who| acts(cx, who))?;
    let start = people::phrase(owner, None).start.min(noun.i);
    let mut draft = of_party(
        who.party.clone(),
        start..end.max(owner.i + 1),
        noun,
        rules::CLAIMED,
        StanceKind::Claimed,
    );
    draft.voice = Some(who.voice(cx));
    Some(draft)
}

/// "Lake Council Assumes Responsibility", "Rebels Deny Role": a headline whose verb the parse takes for a part of the
/// name.
fn headline(cx: &Passes<'_>, noun: Token<'_>) -> Option<Draft> {
    if !TAKEN.contains(&noun.lower()) {
        return None;
    }
    let verb = noun
        .previous()
        .filter(|before| before.pos() != Pos::Verb && before.sentence() == noun.sentence())?;
    let denied = matches!(verb.lower(), "denies" | "deny" | "denied" | "rejects");
    if !denied
        && !matches!(
            verb.lower(),
            "claims"
                | "claim"
                | "claimed"
                | "assumes"
                | "assumed"
                | "takes"
                | "took"
                | "accepts"
                | "admits"
        )
    {
        return None;
    }
    let subject = verb
        .previous()
        .filter(|before| before.sentence() == verb.sentence())?;
    let who = who::body(cx, subject).filter(|who| acts(cx, who))?;
    let start = cx
        .read
        .parties
        .at(subject.i)
        .map_or(subject.i, |mention| mention.tokens.start)
        .max(noun.sentence().start);
    let (rule, stance) = if denied {
        (rules::DENIED, StanceKind::Denied)
    } else {
        (rules::CLAIMED, StanceKind::Claimed)
    };
    let mut draft = of_party(who.party.clone(), start..noun.i + 1, verb, rule, stance);
    draft.voice = Some(who.voice(cx));
    Some(draft)
}
