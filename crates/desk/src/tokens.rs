//! Random words for cookies, and tokens that only a page of ours can send back.

use sha2::{Digest as _, Sha256};
use store::log::{Hash, hex, sha256};

/// Random bytes of the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut out = [0; N];
    getrandom::fill(&mut out)?;
    Ok(out)
}

/// What a token is made from: known to this server and whoever holds the cookie.
#[derive(Clone)]
pub struct Secret(Hash);

impl Secret {
    /// Another one each time.
    pub fn random() -> Result<Self, getrandom::Error> {
        random().map(Self)
    }

    /// That of a session, by its cookie: every server of a casebook makes the same.
    pub fn of_cookie(cookie: &str) -> Self {
        Self(sha256(format!("form {cookie}").as_bytes()))
    }

    fn plain(&self) -> [u8; 16] {
        let whole: Hash = Sha256::digest(self.0).into();
        let mut out = [0; 16];
        out.copy_from_slice(&whole[..16]);
        out
    }

    /// A token for a form. It is masked anew each time, so that a compressed page does not give it away by its length.
    pub fn token(&self) -> Result<String, getrandom::Error> {
        let mask: [u8; 16] = random()?;
        let mut out = hex(&mask);
        let masked: Vec<u8> = self.plain().iter().zip(mask).map(|(a, b)| a ^ b).collect();
        out.push_str(&hex(&masked));
        Ok(out)
    }

    /// Whether a token is one of this secret's.
    pub fn knows(&self, token: &str) -> bool {
        let Some(both) = store::log::unhex(token) else {
            return false;
        };
        let (mask, masked) = both.split_at(16);
        let differing = self
            .plain()
            .iter()
            .zip(mask.iter().zip(masked))
            .fold(0, |all, (own, (a, b))| all | (own ^ a ^ b));
        differing == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_secret_alone() {
        let secret = Secret::of_cookie("a");
        let (one, two) = (secret.token().unwrap(), secret.token().unwrap());
        assert_ne!(one, two, "masked anew");
        assert!(secret.knows(&one) && Secret::of_cookie("a").knows(&two));
        assert!(!Secret::of_cookie("b").knows(&one));
        for bad in ["", "00", &one[1..], &format!("{one}00"), &"é".repeat(32)] {
            assert!(!secret.knows(bad), "{bad}");
        }
        let turned = one.replace(&one[..1], if one.starts_with('0') { "1" } else { "0" });
        assert!(!secret.knows(&turned));
    }
}
