//! Tokens by which programs ask the desk: their words, what they may do, when they end.
//!
//! A token is `cb_` and 64 hexadecimal digits of the system's random numbers. The casebook keeps its hash alone:
//! whoever holds the words was shown them once.

use jiff::{SignedDuration, Timestamp};
use store::{
    log::{Hash, hex, sha256, time, unhex},
    people::Role,
    tokens::{Scope, Token},
};

use crate::tokens;

/// What every token begins with, so that people and programs that look for leaked ones know it.
const BEGIN: &str = "cb_";
/// Characters of a purpose, at most.
const PURPOSE: usize = 200;
/// Days after which a token may end.
pub const DAYS: [u16; 3] = [30, 90, 365];
/// Tokens that somebody may hold at once.
pub const MOST: usize = 100;

/// Why a token was not made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing says what it is for.
    #[error(
        "it is not said what the token is for\n  hint: a few words, {PURPOSE} characters at most, by which you know \
         it again"
    )]
    Purpose,
    /// It could do nothing.
    #[error(
        "nothing could be done with the token\n  hint: choose read, add or review, or several of them"
    )]
    Scopes,
    /// More than its person may do.
    #[error(
        "{0}: a token cannot do more than its person may\n  hint: an admin gives another role with `crossbearing \
         people role`"
    )]
    Role(&'static str),
    /// Not an end that can be chosen.
    #[error("{0}: not a number of days after which a token ends\n  hint: 30, 90 or 365; or never")]
    Days(u16),
    /// The system gives no random numbers.
    #[error("the token could not be made: {0}")]
    System(String),
}

/// A new token: what is kept of it, its hash, and its words, which are shown once and nowhere kept.
pub struct Made {
    /// What is kept.
    pub token: Token,
    /// Its hash.
    pub hash: Hash,
    /// Its words.
    pub words: String,
}

/// What is asked of a new token.
pub struct Wanted<'a> {
    /// Whose it is to be; `None` where there are no accounts.
    pub person: Option<&'a str>,
    /// What that person may do.
    pub role: Role,
    /// What it is for.
    pub purpose: &'a str,
    /// What may be done with it.
    pub scopes: &'a [Scope],
    /// Days after which it ends; `None` for never.
    pub days: Option<u16>,
}

/// What may be done with a token of somebody with this role, at most.
pub fn allowed(role: Role) -> &'static [Scope] {
    match role {
        Role::Reader => &[Scope::Read],
        Role::Reviewer | Role::Admin => &Scope::ALL,
    }
}

/// Makes a token.
///
/// # Errors
///
/// [`Error`] says what is missing, or what is too much.
pub fn make(wanted: &Wanted<'_>, now: Timestamp) -> Result<Made, Error> {
    let purpose = wanted.purpose.trim();
    if purpose.is_empty() || purpose.chars().count() > PURPOSE || purpose.contains('\0') {
        return Err(Error::Purpose);
    }
    let scopes: Vec<Scope> = Scope::ALL
        .into_iter()
        .filter(|it| wanted.scopes.contains(it))
        .collect();
    if scopes.is_empty() {
        return Err(Error::Scopes);
    }
    let allowed = allowed(wanted.role);
    if let Some(more) = scopes.iter().find(|it| !allowed.contains(it)) {
        return Err(Error::Role(more.name()));
    }
    let ends = wanted.days.map(|days| match DAYS.contains(&days) {
        true => Ok(time(now + SignedDuration::from_hours(24 * i64::from(days)))),
        false => Err(Error::Days(days)),
    });
    let system = |error: getrandom::Error| Error::System(error.to_string());
    let secret: [u8; 32] = tokens::random().map_err(system)?;
    let id: [u8; 5] = tokens::random().map_err(system)?;
    let words = format!("{BEGIN}{}", hex(&secret));
    Ok(Made {
        hash: sha256(words.as_bytes()),
        words,
        token: Token {
            id: format!("a:{}", hex(&id)),
            person: wanted.person.map(str::to_owned),
            purpose: purpose.to_owned(),
            scopes,
            added: time(now),
            ends: ends.transpose()?,
            used: None,
        },
    })
}

/// The hash of a token's words; `None` for words that no token has.
pub fn hash(words: &str) -> Option<Hash> {
    unhex(words.strip_prefix(BEGIN)?)?;
    Some(sha256(words.as_bytes()))
}

/// Whether a token has ended.
pub fn ended(token: &Token, now: Timestamp) -> bool {
    token.ends.as_ref().is_some_and(|ends| *ends <= time(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted<'a>(scopes: &'a [Scope], role: Role) -> Wanted<'a> {
        Wanted {
            person: Some("ana"),
            role,
            purpose: " reading list ",
            scopes,
            days: Some(30),
        }
    }

    fn now() -> Timestamp {
        "2031-05-01T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_token_is_random_and_known_by_its_hash() {
        let one = make(&wanted(&[Scope::Add, Scope::Read], Role::Reviewer), now()).unwrap();
        let two = make(&wanted(&[Scope::Read], Role::Reader), now()).unwrap();
        assert_eq!((one.words.len(), one.token.id.len()), (67, 12));
        assert_ne!(one.words, two.words);
        assert_eq!(hash(&one.words), Some(one.hash));
        assert_eq!(one.token.scopes, [Scope::Read, Scope::Add], "in order");
        assert_eq!(one.token.purpose, "reading list");
        assert_eq!(one.token.ends.as_deref(), Some("2031-05-31T12:00:00.000Z"));
        let later = |days: i64| now() + SignedDuration::from_hours(24 * days);
        assert!(!ended(&one.token, later(29)) && ended(&one.token, later(30)));
        for words in [
            "",
            "cb_",
            &one.words[3..],
            &one.words[..66],
            "cb_zz",
            "Bearer",
        ] {
            assert_eq!(hash(words), None, "{words}");
        }
    }

    #[test]
    fn what_cannot_be_a_token_is_refused() {
        let check = |wanted: Wanted<'_>, error: Error| {
            assert_eq!(make(&wanted, now()).err(), Some(error));
        };
        check(wanted(&[], Role::Admin), Error::Scopes);
        check(
            wanted(&[Scope::Read, Scope::Review], Role::Reader),
            Error::Role("review"),
        );
        let own = || wanted(&[Scope::Read], Role::Reader);
        check(
            Wanted {
                days: Some(31),
                ..own()
            },
            Error::Days(31),
        );
        check(
            Wanted {
                purpose: " ",
                ..own()
            },
            Error::Purpose,
        );
        let long = "x".repeat(PURPOSE + 1);
        check(
            Wanted {
                purpose: &long,
                ..own()
            },
            Error::Purpose,
        );
        assert_eq!(
            make(
                &Wanted {
                    days: None,
                    ..own()
                },
                now()
            )
            .unwrap()
            .token
            .ends,
            None
        );
    }
}
