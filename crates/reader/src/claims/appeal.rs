//! `appeal`: who asks whom for what.
//!
//! Verbs of asking ("called for help", "urged the army to", "demanded the release of"), and, inside what somebody
//! says, what people need or must be given ("they need to be repatriated", "must be released").

use language::{Pos, Token};
use model::{Party, PartyKind, Scope, Slot, Value};

use super::{draft::Draft, frames, passes::Passes, people};

/// What is asked for: lemma of the verb or noun, code.
const ACTS: &[(&str, &str)] = &[
    ("release", "release"),
    ("free", "release"),
    ("repatriate", "repatriate"),
    ("repatriation", "repatriate"),
    ("return", "return"),
    ("reunite", "reunite"),
    ("reintegrate", "reintegrate"),
    ("rehabilitate", "rehabilitate"),
    ("rehabilitation", "rehabilitate"),
    ("help", "help"),
    ("aid", "help"),
    ("assistance", "help"),
    ("support", "help"),
    ("assist", "help"),
    ("access", "access"),
    ("corridor", "access"),
    ("evacuate", "evacuate"),
    ("evacuation", "evacuate"),
    ("protect", "protect"),
    ("protection", "protect"),
    ("spare", "protect"),
    ("safeguard", "protect"),
    ("ceasefire", "ceasefire"),
    ("truce", "ceasefire"),
    ("stop", "stop"),
    ("halt", "stop"),
    ("end", "stop"),
    ("cease", "stop"),
    ("cessation", "stop"),
    ("refrain", "restraint"),
    ("restraint", "restraint"),
    ("calm", "restraint"),
    ("investigate", "investigate"),
    ("investigation", "investigate"),
    ("inquiry", "investigate"),
    ("probe", "investigate"),
    ("justice", "justice"),
    ("prosecute", "justice"),
    ("punish", "justice"),
    ("surrender", "surrender"),
    ("withdraw", "withdraw"),
    ("withdrawal", "withdraw"),
    ("allow", "access"),
    ("information", "information"),
    ("contact", "information"),
    ("call", "information"),
    ("treat", "treatment"),
    ("treatment", "treatment"),
];

/// Verbs of asking whose object or infinitive says what is asked.
const ASK: &[&str] = &[
    "urge", "appeal", "demand", "request", "plead", "beg", "implore", "exhort", "press", "petition",
];

/// What robbers demand.
const LOOT: &[&str] = &[
    "money",
    "cash",
    "wallet",
    "purse",
    "phone",
    "cellphone",
    "key",
    "car",
    "jewelry",
    "jewellery",
    "drug",
    "belonging",
    "valuable",
];

/// Claims of the slot.
pub fn claims(cx: &Passes<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for token in cx.doc.tokens() {
        let found = match token.pos() {
            Pos::Verb if token.lemma() == "call" => called_for(cx, token),
            Pos::Verb if ASK.contains(&token.lemma()) => asked(cx, token),
            Pos::Verb | Pos::Aux => needed(cx, token),
            _ => None,
        };
        if let Some(draft) = found {
            let inside = out.iter().any(|known| {
                known.tokens.start <= draft.tokens.start && draft.tokens.end <= known.tokens.end
            });
            if !inside {
                out.push(draft);
            }
        }
    }
    out
}

fn act_of(token: Token<'_>) -> Option<&'static str> {
    ACTS.iter()
        .find(|(lemma, _)| *lemma == token.lemma() || *lemma == token.lower())
        .map(|&(_, code)| code)
}

/// The first word in a range that names an act, its code.
fn act_in(cx: &Passes<'_>, range: std::ops::Range<usize>) -> String {
    range
        .filter_map(|i| act_of(cx.doc.token(i)))
        .next()
        .unwrap_or("other")
        .to_owned()
}

fn party(cx: &Passes<'_>, token: Token<'_>) -> Party {
    cx.party_at(token.i)
        .map(|info| info.party.clone())
        .unwrap_or_else(|| {
            Party::named(
                cx.doc.slice(people::phrase(token, None)),
                PartyKind::Unknown,
            )
        })
}

fn draft(cx: &Passes<'_>, verb: Token<'_>, from: usize, end: usize, rule: &'static str) -> Draft {
    let sentence = verb.sentence();
    let mut end = end.min(sentence.end).min(from + 24);
    while end > verb.i + 1 && (cx.doc.token(end - 1).is_punct() || cx.doc.token(end - 1).is_space())
    {
        end -= 1;
    }
    let code = act_in(cx, verb.i + 1..end);
    let words = cx.doc.slice(from..end).to_owned();
    Draft::new(
        Slot::Appeal,
        Value::Act { code, words },
        from..end,
        verb.i,
        rule,
    )
}

/// "called for help from …", "called on the parties to …", "called for foreign countries to repatriate …".
fn called_for(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    if frames::is_passive(verb) && verb.child("agent").is_none() {
        return None;
    }
    let marker = (verb.i + 1..(verb.i + 4).min(verb.sentence().end))
        .map(|i| cx.doc.token(i))
        .find(|token| matches!(token.lower(), "for" | "on" | "upon"))?;
    // "called police on Tuesday", "called out on the radio", "calling for backup": calls, not appeals.
    let object = marker.child("pobj");
    let aside = marker.lower() != "for"
        && (verb.child("dobj").is_some()
            || verb.child("prt").is_some()
            || object.is_some_and(|object| {
                cx.times_in_sentence(object.i)
                    .any(|time| time.tokens.contains(&object.i))
            }));
    if aside || object.is_some_and(|object| object.lemma() == "backup") {
        return None;
    }
    let end = verb.subtree().end.max(marker.subtree().end);
    let mut out = draft(cx, verb, verb.i, end, "appeal/call-for");
    if marker.lower() == "for" {
        // "call 911 for help", "called for more than an hour" ask for nothing here.
        if verb.child("dobj").is_some()
            || marker.child("pobj").is_some_and(|object| {
                object.entity_label() == "DATE" || object.entity_label() == "TIME"
            })
        {
            return None;
        }
        let from = (marker.i + 1..out.tokens.end)
            .map(|i| cx.doc.token(i))
            .find(|token| token.lower() == "from");
        out.addressee = from
            .and_then(|from| from.child("pobj"))
            .or_else(|| {
                // "for foreign countries to repatriate": the subject of the infinitive is asked.
                cx.doc
                    .token(marker.head().i)
                    .child("nsubj")
                    .filter(|subject| subject.i > marker.i)
            })
            .map(|token| party(cx, token));
    } else {
        out.addressee = marker.child("pobj").map(|token| party(cx, token));
    }
    Some(out)
}

/// "urged the army to let aid in", "demanded the release of the captives", "appealed to the government for help".
fn asked(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    if frames::is_irrealis(verb) || frames::is_negated(verb) {
        return None;
    }
    // "pleaded not guilty" answers a charge.
    if verb.lemma() == "plead"
        && verb
            .subtree()
            .take(6)
            .any(|i| cx.doc.token(i).lower() == "guilty")
    {
        return None;
    }
    let content = verb.child_of(&["xcomp", "ccomp", "dobj", "prep"])?;
    if content.i < verb.i && !frames::is_passive(verb) {
        return None;
    }
    // A robber's demand is part of the deed.
    let loot = verb
        .child("dobj")
        .is_some_and(|object| LOOT.contains(&object.lemma()));
    if loot {
        return None;
    }
    let mut out = draft(cx, verb, verb.i, verb.subtree().end, "appeal/ask");
    if out.tokens.len() < 3 {
        return None;
    }
    out.addressee = verb
        .child("dobj")
        .filter(|_| verb.child("xcomp").is_some() || verb.child("ccomp").is_some())
        .or_else(|| {
            verb.children()
                .find(|child| child.dep() == "prep" && child.lower() == "to")
                .and_then(|to| to.child("pobj"))
        })
        .or_else(|| verb.child("ccomp").and_then(|clause| clause.child("nsubj")))
        .map(|token| party(cx, token));
    Some(out)
}

/// Inside what somebody says: "the children need to be released", "civilians must be protected".
fn needed(cx: &Passes<'_>, verb: Token<'_>) -> Option<Draft> {
    let modal = verb
        .children()
        .find(|child| child.dep() == "aux" && matches!(child.lower(), "must" | "should"));
    let needs = verb.lemma() == "need" && verb.pos() == Pos::Verb;
    if modal.is_none() && !needs {
        return None;
    }
    cx.read.attributions.saying(verb.i)?;
    let act = if needs {
        verb.child_of(&["xcomp"])?
    } else {
        verb
    };
    let code = act_of(act);
    let passive = frames::is_passive(act) || act.children().any(|child| child.dep() == "auxpass");
    // "must be released", "need to be reunited": something done to people is asked for; "we must go" is not.
    if !(passive && (code.is_some() || act.pos() == Pos::Verb)) && code.is_none() {
        return None;
    }
    if !passive
        && !matches!(
            code,
            Some(
                "stop"
                    | "release"
                    | "protect"
                    | "access"
                    | "investigate"
                    | "withdraw"
                    | "repatriate"
                    | "surrender"
            )
        )
    {
        return None;
    }
    let subject = frames::subject(verb);
    let from = subject
        .filter(|subject| subject.i < verb.i && verb.i - subject.i < 9)
        .map_or(verb.i, |subject| people::phrase(subject, None).start);
    let prep_end = act
        .children()
        .filter(|child| child.dep() == "prep" && child.i == act.i + 1)
        .map(|child| child.subtree().end)
        .find(|end| end - act.i < 7)
        .unwrap_or(act.i + 1);
    let mut out = draft(cx, verb, from, prep_end, "appeal/need");
    let words = out.value.words().to_owned();
    out.value = Value::Act {
        code: code.unwrap_or("other").to_owned(),
        words,
    };
    out.scope = subject
        .and_then(|subject| people::group_at(cx, subject))
        .map_or_else(Scope::default, |group| group.scope);
    Some(out)
}
