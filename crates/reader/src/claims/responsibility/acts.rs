//! Clauses that say who did it: "X was behind the attack", "it had no part in it", "the raid was the work of X", "its
//! men fired on the bus".
//!
//! Who says so decides what it is: of one's own deed a claim, of one's own innocence a denial, of others' deeds an
//! attribution.

use language::{Pos, Token};
use model::{PartyKind, Slot, StanceKind, Value};

use super::{
    rules,
    who::{self, Named, is_deed_noun, is_deed_verb},
};
use crate::{
    claims::{
        draft::{Draft, Rule},
        frames,
        passes::Passes,
        people,
    },
    read::speakers::Attribution,
};

/// What a clause says of a doer.
struct Act<'a> {
    /// Who, if the clause has a subject or agent.
    doer: Option<Token<'a>>,
    /// First token of the words that say it.
    start: usize,
    /// End of the words that say it.
    end: usize,
    /// Whether it says that it was not so.
    negated: bool,
    /// Whether the clause speaks of responsibility itself ("behind", "to blame", "the work of"), not only of a deed.
    says_who: bool,
}

/// Nouns for those who did it and of whom a clause says whose men they are.
const DOERS: &[&str] = &[
    "gunman",
    "gunmen",
    "attacker",
    "raider",
    "assailant",
    "abductor",
    "kidnapper",
    "captor",
    "hostage-taker",
    "taker",
    "man",
    "men",
    "bomber",
    "militant",
    "killer",
    "hijacker",
    "fighter",
    "perpetrator",
];
/// Tokens behind a predicate that belong to its words at most.
const MAX_REACH: usize = 9;

/// Claims by clauses.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out = Vec::new();
    for token in cx.doc.tokens() {
        let act = match token.pos() {
            Pos::Verb | Pos::Aux => act(token),
            Pos::Adp | Pos::Adv if token.lower() == "behind" => behind(token),
            _ => None,
        };
        let Some(act) = act else { continue };
        out.extend(draft(cx, token, &act));
    }
    out
}

fn end_of(object: Token<'_>, anchor: Token<'_>) -> usize {
    object
        .subtree()
        .end
        .min(object.i + MAX_REACH)
        .max(anchor.i + 1)
        .min(anchor.sentence().end)
}

/// Words that leave nobody or nothing.
fn nothing(token: Token<'_>) -> bool {
    matches!(
        token.lower(),
        "nobody" | "nothing" | "none" | "neither" | "no-one" | "nowhere"
    ) || token.children().any(|child| {
        child.i < token.i && (child.lower() == "no" || child.lower() == "neither")
            || child.lower() == "single" && child.children().any(|inner| inner.lower() == "not")
            || child.lower() == "not" && child.dep() != "prep" && child.i < token.i
    })
}

fn act(verb: Token<'_>) -> Option<Act<'_>> {
    if frames::is_irrealis(verb) {
        return None;
    }
    match verb.lemma() {
        "be" => is_behind(verb),
        "have" if verb.pos() == Pos::Verb => has_a_part(verb),
        "bear" => bears(verb),
        "belong" | "follow"
            if frames::subject(verb).is_some_and(|subject| DOERS.contains(&subject.lemma())) =>
        {
            belongs(verb)
        }
        "involve" if frames::is_passive(verb) => is_involved(verb),
        "do" if verb.pos() == Pos::Verb => does_it(verb),
        _ if is_deed_verb(verb) => deed(verb),
        _ => None,
    }
}

/// First token of a verb's words, with its doer where that stands close before it.
fn start_of(verb: Token<'_>, doer: Option<Token<'_>>) -> usize {
    let own = frames::predicate_tokens(verb).start;
    doer.filter(|doer| doer.i < verb.i && verb.i - doer.i < 14)
        .map_or(own, |doer| people::phrase(doer, None).start.min(own))
}

/// Whether the clause of a verb says that it was not so.
fn denies(verb: Token<'_>) -> bool {
    frames::is_negated(verb) || frames::subject(verb).is_some_and(nothing)
}

/// "the Front was behind the raid", "it was the work of the Front", "the gunmen were of the Front".
fn is_behind(verb: Token<'_>) -> Option<Act<'_>> {
    let subject = frames::subject(verb);
    let mut negated = denies(verb);
    let of_front = verb.children().find(|child| {
        child.dep() == "prep" && matches!(child.lower(), "of" | "from" | "with") && child.i > verb.i
    });
    if let Some(doer) = of_front
        .and_then(|of| of.child("pobj"))
        .filter(|doer| doer.pos() == Pos::Propn)
        && subject.is_some_and(|subject| DOERS.contains(&subject.lemma()))
        && !matches!(doer.entity_label(), "GPE" | "LOC" | "DATE" | "NORP")
    {
        return Some(Act {
            doer: Some(doer),
            start: start_of(verb, subject),
            end: end_of(doer, verb),
            negated,
            says_who: true,
        });
    }
    let said = verb
        .children()
        .filter(|child| child.i > verb.i)
        .find_map(|child| match (child.dep(), child.lower()) {
            ("prep" | "advmod", "behind") => Some((subject, child)),
            ("acomp" | "oprd", "responsible" | "involved" | "complicit" | "guilty") => {
                Some((subject, child))
            }
            ("xcomp", "blame") => Some((subject, child)),
            ("attr", "work" | "doing" | "handiwork" | "deed") => {
                let of = child
                    .children()
                    .find(|inner| inner.lower() == "of")
                    .and_then(|of| of.child("pobj"));
                Some((Some(of.or_else(|| child.child("poss"))?), child))
            }
            ("attr", "culprit" | "culprits" | "perpetrator" | "perpetrators" | "mastermind") => {
                Some((subject, child))
            }
            _ => None,
        })?;
    let (doer, word) = said;
    negated |= word.children().any(|child| child.dep() == "neg");
    Some(Act {
        doer,
        start: start_of(verb, subject),
        end: end_of(word, verb),
        negated,
        says_who: true,
    })
}

/// "had a hand in it", "has nothing to do with it".
fn has_a_part(verb: Token<'_>) -> Option<Act<'_>> {
    let subject = frames::subject(verb);
    let mut negated = denies(verb);
    let object = verb.child("dobj")?;
    let part = matches!(
        object.lower(),
        "hand"
            | "part"
            | "role"
            | "involvement"
            | "complicity"
            | "connection"
            | "link"
            | "links"
            | "share"
    ) && object
        .children()
        .any(|child| child.dep() == "prep" && matches!(child.lower(), "in" | "to" | "with"))
        || matches!(object.lower(), "hand" | "part" | "role" | "involvement")
            && verb
                .children()
                .any(|child| child.dep() == "prep" && child.lower() == "in");
    let to_do = matches!(
        object.lower(),
        "nothing" | "anything" | "something" | "blood"
    ) && object.subtree().chain(verb.subtree()).any(|i| {
        let token = verb.doc().token(i);
        i > object.i && i < object.i + 5 && matches!(token.lower(), "do" | "hands")
    });
    if !part && !to_do {
        return None;
    }
    negated |= nothing(object);
    // One who has a part in something is told of where it is denied, or said of a deed.
    let deed = verb.sentence().any(|i| is_deed_noun(verb.doc().token(i)));
    (negated || deed).then(|| Act {
        doer: subject,
        start: start_of(verb, subject),
        end: end_of(object, verb).max(object.i + 1),
        negated,
        says_who: true,
    })
}

/// "bears responsibility".
fn bears(verb: Token<'_>) -> Option<Act<'_>> {
    let subject = frames::subject(verb);
    let object = verb
        .child("dobj")
        .filter(|object| matches!(object.lower(), "responsibility" | "blame"))?;
    Some(Act {
        doer: subject,
        start: start_of(verb, subject),
        end: end_of(object, verb),
        negated: denies(verb),
        says_who: true,
    })
}

/// "the men belong to the Front", "the gunmen follow the Front".
fn belongs(verb: Token<'_>) -> Option<Act<'_>> {
    let of_whom = match verb.lemma() {
        "belong" => verb.children().find(|child| child.lower() == "to")?,
        _ => verb,
    };
    let doer = of_whom
        .child_of(&["pobj", "dobj"])
        .filter(|doer| doer.pos() == Pos::Propn)?;
    Some(Act {
        doer: Some(doer),
        start: start_of(verb, frames::subject(verb)),
        end: end_of(doer, verb),
        negated: denies(verb),
        says_who: true,
    })
}

/// "the Front was involved".
fn is_involved(verb: Token<'_>) -> Option<Act<'_>> {
    let mut negated = denies(verb);
    let doer = frames::object(verb)?;
    negated |= nothing(doer);
    Some(Act {
        doer: Some(doer),
        start: start_of(verb, Some(doer)),
        end: end_of(verb, verb),
        negated,
        says_who: true,
    })
}

/// "the Front did it".
fn does_it(verb: Token<'_>) -> Option<Act<'_>> {
    let subject = frames::subject(verb);
    let object = verb
        .child("dobj")
        .filter(|object| matches!(object.lower(), "it" | "this" | "that"))?;
    Some(Act {
        doer: subject,
        start: start_of(verb, subject),
        end: object.i.max(verb.i) + 1,
        negated: denies(verb),
        says_who: true,
    })
}

/// "the Front killed nobody": a deed, told by its own verb.
fn deed(verb: Token<'_>) -> Option<Act<'_>> {
    let subject = frames::subject(verb);
    let mut negated = denies(verb);
    let doer = frames::agent(verb);
    let passive = frames::is_passive(verb);
    let objects = verb.children().filter_map(|child| match child.dep() {
        "dobj" | "nsubjpass" => Some(child),
        "prep" if matches!(child.lower(), "on" | "at" | "into" | "in") => child.child("pobj"),
        _ => None,
    });
    let mut end = verb.i + 1;
    for object in objects {
        negated |= nothing(object);
        if object.i > verb.i && object.i < verb.i + MAX_REACH {
            end = end.max(people::phrase(object, None).end.min(object.i + 6));
        }
    }
    if passive && let Some(doer) = doer {
        end = end.max(people::phrase(doer, None).end);
    }
    let from = if passive { subject } else { doer };
    Some(Act {
        doer,
        start: start_of(verb, from),
        end,
        negated,
        says_who: false,
    })
}

/// "the group behind the raid", "the men who stand behind the attack".
fn behind(token: Token<'_>) -> Option<Act<'_>> {
    let deed = token.child("pobj").filter(|deed| is_deed_noun(*deed))?;
    let doer = token.head();
    if !matches!(doer.pos(), Pos::Noun | Pos::Propn) {
        return None;
    }
    // "the Northern Front, the group behind the raid": the name stands before.
    let named = if doer.dep() == "appos" {
        doer.head()
    } else {
        doer
    };
    Some(Act {
        doer: Some(named),
        start: people::phrase(named, None).start,
        end: deed.subtree().end.min(deed.i + 5),
        negated: false,
        says_who: true,
    })
}

/// The one who says what stands at a token, with the body that one speaks for.
pub fn speaker<'c>(cx: &'c Passes<'_>, i: usize) -> Option<(usize, usize, &'c Attribution)> {
    let attribution = cx.read.attributions.saying(i)?;
    let &[speaker] = attribution.speakers.as_slice() else {
        return None;
    };
    let body = cx.read.parties.parties[speaker]
        .affiliation
        .unwrap_or(speaker);
    Some((speaker, body, attribution))
}

/// Whether `doer` is the body with index `body`, in the words of one who speaks for it: "it", "we", "its fighters",
/// "none of our units".
fn is_own(cx: &Passes<'_>, doer: Token<'_>, speaker: usize, body: usize) -> bool {
    let at = cx.read.parties.at(doer.i).map(|mention| mention.party);
    if at == Some(body) || at == Some(speaker) {
        return true;
    }
    let person = matches!(cx.read.parties.parties[body].party.kind, PartyKind::Person);
    if matches!(doer.lower(), "it" | "we" | "they") {
        return at.is_none() || matches!(doer.lower(), "it" | "we");
    }
    if person && matches!(doer.lower(), "he" | "she" | "i") {
        return true;
    }
    let info = &cx.read.parties.parties[body];
    let group = info.party.kind == PartyKind::ArmedGroup || info.interested;
    if group
        && matches!(
            doer.lemma(),
            "bomber" | "martyr" | "knight" | "mujahid" | "brother" | "hero"
        )
    {
        return true;
    }
    let of_it = |token: Token<'_>| {
        token
            .child("poss")
            .is_some_and(|owner| matches!(owner.lower(), "its" | "our" | "their" | "his"))
    };
    of_it(doer)
        || matches!(doer.lower(), "none" | "neither" | "one" | "nobody")
            && people::of_object(doer)
                .is_some_and(|inner| of_it(inner) || matches!(inner.lower(), "us" | "them"))
}

fn draft(cx: &Passes<'_>, anchor: Token<'_>, act: &Act<'_>) -> Option<Draft> {
    let spoken = speaker(cx, anchor.i);
    let denies = spoken.is_some_and(|(.., attribution)| {
        matches!(
            attribution.lemma.as_str(),
            "deny" | "denial" | "reject" | "refute"
        )
    });
    if let Some((speaker, body, attribution)) = spoken {
        // "denied carrying out the attack": the deed without a subject is the denier's own.
        let bare = denies
            && act.doer.is_none_or(|doer| {
                cx.read
                    .parties
                    .at(doer.i)
                    .is_some_and(|at| at.party == speaker || at.party == body)
            });
        if attribution.said
            && (bare || act.doer.is_some_and(|doer| is_own(cx, doer, speaker, body)))
        {
            return own_deed(cx, anchor, act, body, act.negated || denies);
        }
    } else if let Some(who) = nameless_denier(cx, anchor, act) {
        let denied = Some(StanceKind::Denied);
        return Some(finish(&who, anchor, act, OWN_DEED, denied));
    }
    let doer = act.doer?;
    if act.says_who {
        let who = who::named(cx, doer)?;
        let stance = (act.negated || denies)
            .then_some(StanceKind::Denied)
            .or_else(|| doubt(cx, doer));
        return Some(finish(&who, anchor, act, "responsibility/said", stance));
    }
    if act.negated || denies || crate::claims::doers::only_looks(doer, anchor) {
        return None;
    }
    let who = who::named(cx, doer)?;
    may_have_done(cx, &who, doer, anchor)
        .then(|| finish(&who, anchor, act, rules::DOER, doubt(cx, doer)))
}

/// Rule of a claim that a body makes of its own deed.
const OWN_DEED: &str = "responsibility/own-deed";

/// The claim of a body that speaks of its own deed, where it is one that may have done it.
fn own_deed(
    cx: &Passes<'_>,
    anchor: Token<'_>,
    act: &Act<'_>,
    body: usize,
    negated: bool,
) -> Option<Draft> {
    let kind = cx.read.parties.parties[body].party.kind;
    let speaks_only = matches!(
        kind,
        PartyKind::Outlet
            | PartyKind::Agency
            | PartyKind::Un
            | PartyKind::Ngo
            | PartyKind::Monitor
            | PartyKind::Witness
            | PartyKind::Civilians
    );
    let someone = kind == PartyKind::Person && !(negated && cx.read.parties.parties[body].named);
    if speaks_only || someone {
        return None;
    }
    let stance = match negated {
        true => StanceKind::Denied,
        false => StanceKind::Claimed,
    };
    let who = Named::known(cx, body, anchor.i);
    Some(finish(&who, anchor, act, OWN_DEED, Some(stance)))
}

/// "A group of exiles says that it has nothing to do with it": a speaker that the text gives no name.
fn nameless_denier(cx: &Passes<'_>, anchor: Token<'_>, act: &Act<'_>) -> Option<Named> {
    let of_itself = act.negated
        && act.doer.is_some_and(|doer| {
            matches!(doer.lower(), "it" | "they" | "we") && cx.read.parties.at(doer.i).is_none()
        });
    let saying = cx.read.attributions.saying(anchor.i);
    let source = saying.filter(|_| of_itself)?.source.clone()?;
    let head = crate::read::parties::phrase::head_of(cx.doc, source);
    who::named(cx, cx.doc.token(head))
}

/// Whether a doer is a body that bears arms and does the deed, as the report or somebody in it tells.
fn may_have_done(cx: &Passes<'_>, who: &Named, doer: Token<'_>, anchor: Token<'_>) -> bool {
    let info = who.known.map(|index| &cx.read.parties.parties[index]);
    match who.party.kind {
        PartyKind::ArmedGroup => true,
        PartyKind::State | PartyKind::Authority => is_deed_verb(anchor),
        PartyKind::Unknown => {
            // "unidentified gunmen": that nobody knows them is what is said of who did it.
            let unknown = doer.children().any(|child| {
                matches!(
                    child.lower(),
                    "unknown" | "unidentified" | "unnamed" | "armed" | "masked"
                )
            });
            who::acts_for_somebody(doer) && (info.is_none_or(|info| info.named) || unknown)
        }
        _ => info.is_some_and(|info| info.interested),
    }
}

/// "suspected rebels", "alleged members of the Front": how firmly the words before a doer say who it is.
pub fn doubt(cx: &Passes<'_>, doer: Token<'_>) -> Option<StanceKind> {
    let phrase = people::phrase(doer, None);
    phrase
        .clone()
        .chain(phrase.start.saturating_sub(1)..phrase.start)
        .find_map(|i| match cx.doc.token(i).lower() {
            "suspected" | "presumed" | "supposed" | "believed" => Some(StanceKind::Possible),
            "alleged" => Some(StanceKind::Claimed),
            _ => None,
        })
}

fn finish(
    who: &Named,
    anchor: Token<'_>,
    act: &Act<'_>,
    rule: impl Into<Rule>,
    stance: Option<StanceKind>,
) -> Draft {
    let sentence = anchor.sentence();
    let start = act.start.max(sentence.start);
    let end = act
        .end
        .max(anchor.i + 1)
        .min(sentence.end)
        .min(start + 24)
        .max(start + 1);
    let mut draft = Draft::new(
        Slot::Responsibility,
        Value::Party(who.party.clone()),
        start..end,
        anchor.i,
        rule,
    );
    draft.actor = Some(who.party.clone());
    draft.stance = stance;
    draft
}
