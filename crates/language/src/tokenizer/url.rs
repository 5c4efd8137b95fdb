//! spaCy's URL expression as a hand-written matcher: linear time, where the expression may backtrack.
//!
//! What comes in: a chunk of text without its affixes. What goes out: whether all of it is an address: scheme, user,
//! host (a public IP number or a name with a lower-case last label), port, path; all but the host may be left out.

use super::pattern::Pattern;
use crate::unicode::{is_decimal, is_space, is_word};

/// The matcher; its one datum is the set of characters a last label is made of.
#[derive(Debug)]
pub(crate) struct Url {
    top: Pattern,
}

const HEAD: &str = r"(?:(?:[A-Za-z0-9\u00a1-\uffff][A-Za-z0-9\u00a1-\uffff_-]{0,62})?[A-Za-z0-9\u00a1-\uffff]\.)+(?:[";
const TAIL: &str = r"]{2,63}))(?::\d{2,5})?(?:[/?#]\S*)?$";

impl Url {
    /// Takes the set of the last label out of spaCy's expression; `None` if the expression is another one.
    pub(crate) fn new(expression: &str) -> Option<Self> {
        let (_, rest) = expression.split_once(HEAD)?;
        let top = rest.strip_suffix(TAIL)?;
        Some(Self {
            top: Pattern::new(&format!("[{top}]"))?,
        })
    }

    /// Whether the whole of `text` is an address.
    pub(crate) fn matches(&self, text: &str) -> bool {
        // Nothing without a dot is one, and most words have none.
        if !text.contains('.') || text.contains(is_space) {
            return false;
        }
        let after_scheme = text.find("://").filter(|&end| {
            let scheme = &text[..end];
            scheme.chars().count() >= 2
                && scheme
                    .chars()
                    .all(|c| is_word(c) || matches!(c, '+' | '-' | '.'))
        });
        if self.host(text) {
            return true;
        }
        let start = after_scheme.map_or(0, |end| end + 3);
        if start > 0 && self.host(&text[start..]) {
            return true;
        }
        // A user name is anything before an at sign; a host never holds one, so each try ends at the next.
        text.match_indices('@')
            .filter(|&(at, _)| at > 0)
            .any(|(at, _)| self.host(&text[at + 1..]))
    }

    /// Whether all of `text` is host, port and path.
    fn host(&self, text: &str) -> bool {
        let end = text.find([':', '/', '?', '#', '@']).unwrap_or(text.len());
        let (host, rest) = text.split_at(end);
        rest_fits(rest) && (is_public_ip(host) || self.is_name(host))
    }

    fn is_name(&self, host: &str) -> bool {
        let Some((labels, top)) = host.rsplit_once('.') else {
            return false;
        };
        let length = top.chars().count();
        (2..=63).contains(&length)
            && top
                .chars()
                .all(|c| self.top.prefix(c.encode_utf8(&mut [0; 4])) > 0)
            && labels.split('.').all(is_label)
    }
}

/// Port and path.
fn rest_fits(rest: &str) -> bool {
    let rest = match rest.strip_prefix(':') {
        Some(port) => {
            let digits = port.chars().take_while(|&c| is_decimal(c));
            let (count, bytes) = digits.fold((0, 0), |(n, b), c| (n + 1, b + c.len_utf8()));
            if !(2..=5).contains(&count) {
                return false;
            }
            &port[bytes..]
        }
        None => rest,
    };
    rest.is_empty() || rest.starts_with(['/', '?', '#'])
}

fn is_edge(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}

fn is_label(label: &str) -> bool {
    let length = label.chars().count();
    (1..=64).contains(&length)
        && label.starts_with(is_edge)
        && label.ends_with(is_edge)
        && label.chars().all(|c| is_edge(c) || c == '_' || c == '-')
}

/// A dotted quad outside the private and local ranges.
fn is_public_ip(host: &str) -> bool {
    let parts: Vec<&str> = host.split('.').take(5).collect();
    let plain = |part: &str| {
        let ok = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        ok.then(|| part.parse::<u16>().ok()).flatten()
    };
    let [a, b, c, d] = parts[..] else {
        return false;
    };
    let leading = |part: &str| part.len() > 1 && part.starts_with('0');
    let (Some(first), Some(second), Some(third), Some(last)) =
        (plain(a), plain(b), plain(c), plain(d))
    else {
        return false;
    };
    let local = matches!(first, 10 | 127)
        || matches!((first, second), (169, 254) | (192, 168))
        || first == 172 && (16..=31).contains(&second);
    // The middle numbers may have a leading zero, but not when they are three digits long.
    let middle =
        |number: u16, part: &str| number <= 255 && !(part.len() == 3 && part.starts_with('0'));
    !local
        && (1..=223).contains(&first)
        && !leading(a)
        && middle(second, b)
        && middle(third, c)
        && (1..=254).contains(&last)
        && !leading(d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url() -> Url {
        Url::new(&format!("(?u)^x|{HEAD}a-zé{TAIL}")).unwrap()
    }

    #[test]
    fn addresses_are_told_from_words() {
        let url = url();
        for text in [
            "example.com",
            "http://example.com",
            "https://a.example.com:8080/x?y#z",
            "ftp://user:pw@example.com/a",
            "a@b.co",
            "8.8.8.8",
            "http://8.8.8.8:80",
            "x.caf\u{e9}",
            "a_b.example.com",
            "http://h.uk/?q=a@b",
        ] {
            assert!(url.matches(text), "{text}");
        }
        for text in [
            "word",
            "e.g.",
            "example.C",
            "example.Com",
            "10.0.0.1",
            "192.168.1.1",
            "256.1.1.1",
            "a..com",
            "-a.com",
            "a.com:1",
            "http://word",
            "a.com!",
            "a b.com",
            "",
        ] {
            assert!(!url.matches(text), "{text}");
        }
    }
}
