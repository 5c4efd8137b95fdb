//! Names and passwords: what they may be, how they are kept, and how long who guesses has to wait.

use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};

use crate::tokens;

/// The shortest password, in characters. Length is what makes guessing hard; nothing else is asked of it.
pub const SHORTEST: usize = 12;
/// The longest password and name, in bytes: hashing is work.
const LONGEST: usize = 1_024;
/// Failed logins before a name has to wait.
pub const FREE: i64 = 5;
/// Seconds that a name waits after the first failure too many; twice as long after each further one.
const WAIT: i64 = 60;
/// The longest wait in seconds.
pub const LONGEST_WAIT: i64 = 3_600;

/// Why a name, a password or a hash was not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a name.
    #[error(
        "{0}: not a name for an account\n  hint: 1 to 64 letters, digits, dots, hyphens or underscores, in small \
         letters"
    )]
    Name(String),
    /// Too short or too long.
    #[error(
        "the password has {0} characters\n  hint: {SHORTEST} at least; a few words that do not belong together are good"
    )]
    Length(usize),
    /// The name as password.
    #[error("the password is the name\n  hint: a few words that do not belong together are good")]
    Same,
    /// Hashing failed.
    #[error("the password could not be hashed: {0}")]
    Hashing(String),
}

/// The name as it is kept.
///
/// # Errors
///
/// [`Error::Name`].
pub fn name(typed: &str) -> Result<String, Error> {
    let name = typed.trim().to_lowercase();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let long = name.chars().count();
    if long == 0 || long > 64 || !name.chars().all(fits) {
        return Err(Error::Name(typed.chars().take(80).collect()));
    }
    Ok(name)
}

/// The hash of a new password.
///
/// # Errors
///
/// [`Error::Length`], [`Error::Same`].
pub fn hash(name: &str, password: &str) -> Result<String, Error> {
    let long = password.chars().count();
    if long < SHORTEST || password.len() > LONGEST {
        return Err(Error::Length(long));
    }
    if password.to_lowercase() == name {
        return Err(Error::Same);
    }
    hashed(password)
}

fn hashed(password: &str) -> Result<String, Error> {
    let failed = |why: &dyn std::fmt::Display| Error::Hashing(why.to_string());
    let salt: [u8; 16] = tokens::random().map_err(|error| failed(&error))?;
    let salt = SaltString::encode_b64(&salt).map_err(|error| failed(&error))?;
    let made = Argon2::default().hash_password(password.as_bytes(), &salt);
    Ok(made.map_err(|error| failed(&error))?.to_string())
}

/// A hash of the same cost that no password is known to have.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGxvZ3MgaW4$9C0kXhJlTsj8oQmQ9Ewv0Lq3n0Vv1kqg2mY0r8m6XfE";

/// Whether a password is the one that was hashed. Takes as long where there is no account (`None`).
pub fn fits(password: &str, hash: Option<&str>) -> bool {
    let password = &password.as_bytes()[..password.len().min(LONGEST)];
    let Ok(known) = PasswordHash::new(hash.unwrap_or(NOBODY)) else {
        return false;
    };
    let same = Argon2::default().verify_password(password, &known).is_ok();
    same && hash.is_some()
}

/// Seconds that a name waits after so many failures in a row.
pub fn wait(failures: i64) -> i64 {
    if failures < FREE {
        return 0;
    }
    let doublings = (failures - FREE).min(16);
    (WAIT << doublings).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_small_and_plain() {
        assert_eq!(name(" Ana.Ruiz "), Ok("ana.ruiz".to_owned()));
        assert_eq!(name("آنا"), Ok("آنا".to_owned()));
        for bad in ["", "  ", "a b", "a/b", "<b>", "a\u{202e}b", &"a".repeat(65)] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_fits_its_own_hash_alone() {
        let made = hash("ana", "river table seven owl").unwrap();
        assert!(
            made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{made}"
        );
        assert_ne!(
            made,
            hash("ana", "river table seven owl").unwrap(),
            "salted"
        );
        assert!(fits("river table seven owl", Some(&made)));
        assert!(!fits("river table seven owL", Some(&made)));
        assert!(!fits("river table seven owl", None));
        assert!(!fits("x", Some("no hash")));
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let own = PasswordHash::new(&made).unwrap();
        assert_eq!(nobody.params.as_str(), own.params.as_str(), "as slow");
        assert_eq!(nobody.hash.map(|it| it.len()), Some(32));
        assert_eq!(hash("ana", "short"), Err(Error::Length(5)));
        assert_eq!(hash("ana.ana.ana.ana", "Ana.ana.ana.ana"), Err(Error::Same));
        assert!(hash("ana", &"x".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn who_guesses_waits_ever_longer() {
        assert_eq!(wait(4), 0);
        assert_eq!([wait(5), wait(6), wait(7)], [60, 120, 240]);
        assert_eq!(wait(50), LONGEST_WAIT);
    }
}
