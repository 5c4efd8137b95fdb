//! What a person decides, taken down.
//!
//! What comes in: what is decided in the words of a command. What goes out: a judgement in the casebook, with what
//! stood there when it was made. The dossiers it bears on are made anew by the next run.

use jiff::civil::Date;
use model::{
    AgeGroup, Bound, Claim, Count, Party, PartyKind, Place, PlacePrecision, Role, Scope, Sex,
    Speaker, SpeakerKind, StanceKind, Value, When,
};
use store::{
    Error, Store,
    database::Database,
    judgements::{self, Decided, Judgement},
    lookup, results,
};

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// A claim is as the report has it.
    Accept {
        /// Its id.
        claim: String,
    },
    /// A claim is not what the report says.
    Reject {
        /// Its id.
        claim: String,
    },
    /// A claim should say something else.
    Correct {
        /// Its id.
        claim: String,
        /// `value`, `scope`, `stance`, `speaker`.
        field: String,
        /// What it should say, in words.
        to: String,
    },
    /// Two reports tell of one incident.
    Same {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
    /// Two reports tell of different incidents.
    Different {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
    /// Two incidents are one.
    Merge {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
    /// Some reports of an incident tell of another one.
    Split {
        /// The incident.
        case: String,
        /// The reports.
        reports: Vec<String>,
    },
    /// A report tells of another incident than it was put to.
    Move {
        /// The report.
        report: String,
        /// The incident it tells of.
        to: String,
    },
    /// A judgement was wrong.
    Undo {
        /// Its id.
        judgement: String,
    },
}

/// Takes a decision down. `seen` is the number of the latest judgement on the thing that whoever decides has seen.
///
/// # Errors
///
/// [`Error::Unknown`] for what is not in the casebook, [`Error::Conflict`] where somebody decided since,
/// [`Error::Refused`] for words that say nothing.
pub fn decide(
    store: &mut Store,
    review: &Review,
    reason: &str,
    who: &str,
    now: jiff::Timestamp,
    seen: Option<i64>,
) -> Result<Judgement, Error> {
    if reason.trim().is_empty() {
        return Err(Error::Refused(
            "a judgement needs a reason\n  hint: --reason \"what you saw\"".to_owned(),
        ));
    }
    let decided = store.read(&mut |database| decided(database, review, reason))?;
    let at = store::log::time(now);
    store.write(&mut |tx| tx.judge(&decided, who, &at, seen))
}

fn decided(database: &mut dyn Database, review: &Review, reason: &str) -> Result<Decided, Error> {
    let mut out = Decided {
        kind: String::new(),
        subject: String::new(),
        other: None,
        field: None,
        value: None,
        reason: reason.trim().to_owned(),
        before: None,
    };
    match review {
        Review::Accept { claim } => on_claim(database, &mut out, "accept", claim).map(drop)?,
        Review::Reject { claim } => on_claim(database, &mut out, "reject", claim).map(drop)?,
        Review::Correct { claim, field, to } => {
            let stood = on_claim(database, &mut out, "correct", claim)?;
            out.field = Some(field.clone());
            out.value = Some(corrected(&stood, field, to)?);
        }
        Review::Same { a, b } | Review::Different { a, b } => {
            let (a, b) = (
                lookup::report_id(database, a)?,
                lookup::report_id(database, b)?,
            );
            if a == b {
                return Err(Error::Refused("both are the same report".to_owned()));
            }
            let same = matches!(review, Review::Same { .. });
            out.kind = if same { "same" } else { "different" }.to_owned();
            out.before = Some(serde_json::json!([[a], [b]]).to_string());
            (out.subject, out.other) = (a, Some(b));
        }
        Review::Merge { a, b } => {
            let (a, b) = (lookup::case_id(database, a)?, lookup::case_id(database, b)?);
            if a == b {
                return Err(Error::Refused("both are the same incident".to_owned()));
            }
            out.kind = "merge".to_owned();
            out.before = Some(
                serde_json::json!([results::about(database, &a)?, results::about(database, &b)?])
                    .to_string(),
            );
            (out.subject, out.other) = (a, Some(b));
        }
        Review::Split { case, reports } => {
            let case = lookup::case_id(database, case)?;
            let all = results::about(database, &case)?;
            let mut off = Vec::new();
            for report in reports {
                let id = lookup::report_id(database, report)?;
                if !all.contains(&id) {
                    return Err(Error::Refused(format!("{id} does not tell of {case}")));
                }
                off.push(id);
            }
            let rest: Vec<&String> = all.iter().filter(|id| !off.contains(id)).collect();
            if off.is_empty() || rest.is_empty() {
                return Err(Error::Refused(
                    "a split leaves some reports here and takes some away\n  hint: name those that tell of another \
                     incident"
                        .to_owned(),
                ));
            }
            out.kind = "split".to_owned();
            out.before = Some(serde_json::json!([off, rest]).to_string());
            out.value = Some(serde_json::json!(off).to_string());
            out.subject = case;
        }
        Review::Move { report, to } => {
            let (report, to) = (
                lookup::report_id(database, report)?,
                lookup::case_id(database, to)?,
            );
            let target = results::about(database, &to)?;
            if target.contains(&report) {
                return Err(Error::Refused(format!("{report} tells of {to} already")));
            }
            let rest = results::fellows(database, &report)?;
            out.kind = "move".to_owned();
            out.before = Some(serde_json::json!([[report], rest, target]).to_string());
            (out.subject, out.other) = (report, Some(to));
        }
        Review::Undo { judgement } => {
            let stood = judgements::one(database, judgement)?;
            out.kind = "undo".to_owned();
            out.subject = stood.id;
        }
    }
    Ok(out)
}

fn on_claim(
    database: &mut dyn Database,
    out: &mut Decided,
    kind: &str,
    claim: &str,
) -> Result<Claim, Error> {
    let (id, stood) = lookup::claim(database, claim)?;
    out.kind = kind.to_owned();
    out.subject = id;
    out.before = serde_json::to_string(&stood).ok();
    Ok(stood)
}

/// What a claim is corrected to, as JSON.
fn corrected(claim: &Claim, field: &str, to: &str) -> Result<String, Error> {
    let to = to.trim();
    let json = |value: Result<String, serde_json::Error>| {
        value.map_err(|error| Error::Refused(error.to_string()))
    };
    match field {
        "value" => json(serde_json::to_string(&value(claim, to)?)),
        "scope" => json(serde_json::to_string(&scope(to)?)),
        "stance" => json(serde_json::to_string(&stance(to)?)),
        "speaker" => json(serde_json::to_string(&speakers(claim, to)?)),
        other => Err(Error::Refused(format!(
            "{other}: nothing of a claim is called so\n  hint: value, scope, stance or speaker"
        ))),
    }
}

/// A value of the kind that the claim has.
fn value(claim: &Claim, to: &str) -> Result<Value, Error> {
    let wrong = |want: &str| {
        Err(Error::Refused(format!(
            "{to}: not understood\n  hint: {want}"
        )))
    };
    if to.is_empty() {
        return wrong("say what the claim should say");
    }
    Ok(match &claim.value {
        Value::Count(_) => match count(to) {
            Some(count) => Value::Count(count),
            None => {
                return wrong(
                    "a number: 12, 12-15, at least 12, more than 12, up to 12, fewer than 12, about 12",
                );
            }
        },
        Value::When(_) => match to.parse::<Date>() {
            Ok(day) => Value::When(When::day(day, to, "")),
            Err(_) => return wrong("a day: 2031-03-04"),
        },
        Value::Place(_) => Value::Place(Place {
            id: None,
            name: to.to_owned(),
            site: None,
            parts: Vec::new(),
            country: None,
            lat: None,
            lon: None,
            radius_m: None,
            precision: PlacePrecision::Unresolved,
            words: to.to_owned(),
        }),
        Value::Party(party) => Value::Party(Party::named(to, party.kind)),
        Value::Kind { .. } => Value::Kind {
            code: to.to_lowercase().replace(' ', "_"),
            words: to.to_owned(),
        },
        Value::Act { .. } => Value::Act {
            code: to.to_lowercase().replace(' ', "_"),
            words: to.to_owned(),
        },
        Value::Thing { count, .. } => Value::Thing {
            code: to.to_lowercase().replace(' ', "_"),
            words: to.to_owned(),
            count: count.clone(),
        },
        Value::Words { .. } => Value::Words {
            words: to.to_owned(),
        },
    })
}

fn count(words: &str) -> Option<Count> {
    let lower = words.to_lowercase();
    let number =
        |text: &str| -> Option<u64> { text.trim().replace([',', ' ', '\u{a0}'], "").parse().ok() };
    if let Some(n) = number(&lower) {
        return Some(Count::said(n, Bound::Exact, words));
    }
    if let Some((low, high)) = lower.split_once(['-', '–']) {
        return Some(Count::range(
            number(low)?,
            Some(number(high)?),
            Bound::Between,
            words,
        ));
    }
    let bounds = [
        ("at least", Bound::AtLeast),
        ("more than", Bound::MoreThan),
        ("over", Bound::MoreThan),
        ("at most", Bound::AtMost),
        ("up to", Bound::AtMost),
        ("fewer than", Bound::FewerThan),
        ("about", Bound::About),
    ];
    let (begin, bound) = bounds.iter().find(|(begin, _)| lower.starts_with(begin))?;
    Some(Count::said(number(&lower[begin.len()..])?, *bound, words))
}

/// Whom a claim counts: `all`, or names of roles, ages and sexes, with commas.
fn scope(to: &str) -> Result<Scope, Error> {
    let mut out = Scope {
        words: to.to_owned(),
        ..Scope::default()
    };
    for word in to
        .split(',')
        .map(|word| word.trim().to_lowercase().replace([' ', '-'], "_"))
    {
        let role = Role::ALL.into_iter().find(|role| role.name() == word);
        match (role, word.as_str()) {
            (Some(role), _) => out.role = role,
            (None, "children") => out.age = AgeGroup::Children,
            (None, "adults") => out.age = AgeGroup::Adults,
            (None, "elderly") => out.age = AgeGroup::Elderly,
            (None, "women") => out.sex = Some(Sex::Female),
            (None, "men") => out.sex = Some(Sex::Male),
            (None, "armed") => out.armed = true,
            (None, other) => {
                let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
                return Err(Error::Refused(format!(
                    "{other}: nobody is counted so\n  hint: {}, children, adults, elderly, women, men, armed",
                    names.join(", ")
                )));
            }
        }
    }
    Ok(out)
}

fn stance(to: &str) -> Result<StanceKind, Error> {
    serde_json::from_value(to.to_lowercase().into()).map_err(|_| {
        Error::Refused(format!(
            "{to}: no stance\n  hint: asserted, reported, claimed, possible, denied or unconfirmed"
        ))
    })
}

/// Who says it: `Name (Body) > Outlet`, from the one who knows on.
fn speakers(claim: &Claim, to: &str) -> Result<Vec<Speaker>, Error> {
    let one = |words: &str| {
        let (name, body) = match words
            .trim()
            .strip_suffix(')')
            .and_then(|it| it.split_once('('))
        {
            Some((name, body)) => (name.trim(), Some(body.trim().to_owned())),
            None => (words.trim(), None),
        };
        // A speaker that the reader knew by that name keeps what else was known of it.
        let known = claim
            .speakers
            .iter()
            .find(|own| own.name == name && (body.is_none() || own.affiliation == body));
        known.cloned().unwrap_or_else(|| Speaker {
            kind: if body.is_some() {
                SpeakerKind::Person
            } else {
                SpeakerKind::Body
            },
            name: name.to_owned(),
            affiliation: body,
            party: None,
            party_kind: PartyKind::Unknown,
            interested: false,
            quote: None,
        })
    };
    let chain: Vec<Speaker> = to
        .split(['>', '→'])
        .filter(|it| !it.trim().is_empty())
        .map(one)
        .collect();
    if chain.is_empty() {
        return Err(Error::Refused(
            "nobody is named\n  hint: \"Name (Body)\", or \"Name (Body) > Outlet\"".to_owned(),
        ));
    }
    Ok(chain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_understood_as_they_are_said() {
        let check = |words: &str, low: u64, high: Option<u64>| {
            let count = count(words).unwrap();
            assert_eq!((count.low, count.high), (low, high), "{words}");
        };
        check("12", 12, Some(12));
        check("1,200", 1200, Some(1200));
        check("12-15", 12, Some(15));
        check("At least 12", 12, None);
        check("more than 12", 13, None);
        check("up to 12", 0, Some(12));
        for nothing in ["", "many", "at least", "12-", "-5", "twelve"] {
            assert!(count(nothing).is_none(), "{nothing}");
        }
    }

    #[test]
    fn scopes_are_names_with_commas() {
        let own = scope("civilian, children").unwrap();
        assert_eq!((own.role, own.age), (Role::Civilian, AgeGroup::Children));
        assert!(scope("all").unwrap().is_all());
        assert!(
            scope("martians")
                .unwrap_err()
                .to_string()
                .contains("security_force")
        );
    }
}
