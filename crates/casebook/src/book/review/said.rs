//! What people type, as a claim holds it: numbers with their bounds, people, stances, speakers.

use jiff::civil::Date;
use model::{
    AgeGroup, Bound, Count, Party, PartyKind, Place, PlacePrecision, Role, Scope, Sex, Speaker,
    SpeakerKind, StanceKind, Value, ValueKind, When,
};
use store::Error;

/// A value of a kind; `party` is what a party is taken for.
pub fn value(kind: ValueKind, party: PartyKind, to: &str) -> Result<Value, Error> {
    let wrong = |want: &str| {
        Err(Error::Refused(format!(
            "{to}: not understood\n  hint: {want}"
        )))
    };
    if to.is_empty() {
        return wrong("say what the claim should say");
    }
    let code = || to.to_lowercase().replace(' ', "_");
    Ok(match kind {
        ValueKind::Count => match count(to) {
            Some(count) => Value::Count(count),
            None => {
                return wrong(
                    "a number: 12, 12-15, at least 12, more than 12, up to 12, fewer than 12, about 12",
                );
            }
        },
        ValueKind::When => Value::When(day(to)?),
        ValueKind::Place => Value::Place(Place {
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
        ValueKind::Party => Value::Party(Party::named(to, party)),
        ValueKind::Kind => Value::Kind {
            code: code(),
            words: to.to_owned(),
        },
        ValueKind::Act => Value::Act {
            code: code(),
            words: to.to_owned(),
        },
        ValueKind::Thing => Value::Thing {
            code: code(),
            words: to.to_owned(),
            count: None,
        },
        ValueKind::Words => Value::Words {
            words: to.to_owned(),
        },
    })
}

/// A day: `2031-03-04`.
pub fn day(to: &str) -> Result<When, Error> {
    match to.trim().parse::<Date>() {
        Ok(day) => Ok(When::day(day, to, "")),
        Err(_) => Err(Error::Refused(format!(
            "{to}: not understood\n  hint: a day: 2031-03-04"
        ))),
    }
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
pub fn scope(to: &str) -> Result<Scope, Error> {
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

/// How firmly it is said.
pub fn stance(to: &str) -> Result<StanceKind, Error> {
    serde_json::from_value(to.to_lowercase().into()).map_err(|_| {
        Error::Refused(format!(
            "{to}: no stance\n  hint: asserted, reported, claimed, possible, denied or unconfirmed"
        ))
    })
}

/// Who says it: `Name (Body) > Outlet`, from the one who knows on.
pub fn speakers(known: &[Speaker], to: &str) -> Result<Vec<Speaker>, Error> {
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
        let known = known
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
