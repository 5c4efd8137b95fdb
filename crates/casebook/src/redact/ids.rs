//! Ids that cannot be guessed: each is a salted hash of the id that it stands for.

use sha2::{Digest, Sha256};

const DIGITS: usize = 20;

/// The id that stands for this one, with the letter of its kind.
pub(super) fn opaque(id: &str, salt: &str) -> String {
    let kind = id.split(':').next().unwrap_or_default();
    let mut hasher = Sha256::new();
    for field in ["public/1", salt, id] {
        hasher.update((field.len() as u64).to_le_bytes());
        hasher.update(field.as_bytes());
    }
    let digest = hasher.finalize();
    let hex: String = digest
        .iter()
        .take(DIGITS / 2)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{kind}:{hex}")
}

/// Whether this is the id of a report, text, account, claim, case, incident, finding or origin.
pub(super) fn is_id(words: &str) -> bool {
    let Some((kind, digits)) = words.split_once(':') else {
        return false;
    };
    kind.len() == 1
        && "rtackifo".contains(kind)
        && digits.len() == DIGITS
        && digits
            .bytes()
            .all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

/// Words with all ids in them replaced.
pub(super) fn replaced(words: &str, salt: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find(':').filter(|at| *at > 0) {
        let start = rest[..at]
            .char_indices()
            .next_back()
            .map_or(0, |(at, _)| at);
        let id = rest.get(start..at + 1 + DIGITS).filter(|it| is_id(it));
        let end = match id {
            Some(id) => {
                out.push_str(&rest[..start]);
                out.push_str(&opaque(id, salt));
                at + 1 + DIGITS
            }
            None => {
                out.push_str(&rest[..=at]);
                at + 1
            }
        };
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_the_salt_and_nothing_else_changes() {
        let id = "c:0123456789abcdef0123";
        assert!(is_id(id) && is_id(&opaque(id, "salt")) && !is_id("p:0123456789abcdef0123"));
        assert_ne!(opaque(id, "salt"), opaque(id, "other"));
        let words = format!("as {id}, at 10:30: no");
        let got = replaced(&words, "salt");
        assert_eq!(got, format!("as {}, at 10:30: no", opaque(id, "salt")));
        assert_eq!(replaced(":: é: x", ""), ":: é: x");
    }
}
