//! What stands around every page, and how a page becomes an answer.

use std::io::Write as _;

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;
use store::people::Role;

use crate::{assets, refusal::Refusal, visitor::Visitor};

/// What stands around a page.
pub struct Frame {
    /// Title of the page.
    pub title: String,
    /// Which part of the desk it belongs to: `incidents`, `search` …
    pub part: &'static str,
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// Who is logged in, where there are accounts.
    pub who: Option<String>,
    /// Whether they may say who may do what.
    pub admin: bool,
    /// Whether they may decide.
    pub reviewer: bool,
    /// Incidents that changed since they said that they have seen what did.
    pub news: usize,
    /// Whether the casebook has pages ask before they show words of reports.
    pub warning: bool,
    /// Number of the latest judgement when the page was made: whoever decides on it has seen that.
    pub seen: i64,
    /// Whether forms to decide are open before anybody asks.
    pub unfolded: bool,
    /// Id of the decision that was just taken down; empty where none was.
    pub decided: String,
    /// Token for the forms of the page.
    pub token: String,
    /// Where forms come back to.
    pub here: String,
    /// The same as JSON; empty where there is none.
    pub json: String,
    /// The style sheet.
    pub css: &'static str,
    /// The script.
    pub js: &'static str,
    /// The icon.
    pub icon: &'static str,
}

impl Frame {
    /// For a visitor's page.
    pub fn new(visitor: &Visitor, part: &'static str, title: &str) -> Result<Self, Refusal> {
        Ok(Self {
            title: title.to_owned(),
            part,
            theme: visitor.theme.name(),
            who: visitor.session.as_ref().and(visitor.who.clone()),
            admin: visitor.may(Role::Admin).is_ok(),
            reviewer: visitor.may(Role::Reviewer).is_ok(),
            news: visitor.news,
            warning: visitor.warning,
            seen: 0,
            unfolded: false,
            decided: decided(&visitor.here),
            token: visitor.secret.token()?,
            here: without_decided(&visitor.here),
            json: String::new(),
            css: &assets::CSS.name,
            js: &assets::JS.name,
            icon: &assets::ICON.name,
        })
    }

    /// The anchor of the decision that was just taken down.
    pub fn decided_anchor(&self) -> String {
        self.decided.replace(':', "-")
    }

    /// Whether a part is the one that the page belongs to.
    pub fn is(&self, part: &str) -> bool {
        self.part == part
    }

    /// With forms to decide, by somebody who has seen judgements up to a number.
    pub fn with_forms(mut self, seen: i64) -> Self {
        self.seen = seen;
        self
    }

    /// With its forms to decide open.
    pub fn unfolded(mut self) -> Self {
        self.unfolded = true;
        self
    }

    /// With the address of the same as JSON: `.json` behind the path.
    pub fn with_json(mut self) -> Self {
        self.json = match self.here.split_once('?') {
            Some((path, query)) => format!("{path}.json?{query}"),
            None => format!("{}.json", self.here),
        };
        self
    }
}

/// The decision that an address says was just taken down.
fn decided(here: &str) -> String {
    let query = here.split_once('?').map_or("", |(_, query)| query);
    let mut ids = query
        .split('&')
        .filter_map(|it| it.strip_prefix("taken=j:"));
    let hex = |it: &&str| (1..=64).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_hexdigit());
    ids.find(hex)
        .map(|id| format!("j:{id}"))
        .unwrap_or_default()
}

/// An address without that.
fn without_decided(here: &str) -> String {
    let Some((path, query)) = here.split_once('?') else {
        return here.to_owned();
    };
    let parts: Vec<&str> = query
        .split('&')
        .filter(|it| !it.starts_with("taken=j:"))
        .collect();
    match parts.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", parts.join("&")),
    }
}

/// A page as an answer.
pub fn html(page: &impl Template) -> Result<Response, Refusal> {
    let words = page.render().map_err(|_| Refusal::fault())?;
    let head = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok((StatusCode::OK, head, harmless(words)).into_response())
}

/// A value as an answer.
pub fn json(value: &impl Serialize) -> Result<Response, Refusal> {
    let words = serde_json::to_string(value).map_err(|_| Refusal::fault())?;
    let head = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    Ok((StatusCode::OK, head, words).into_response())
}

/// The page without characters that steer what stands around them. Overrides of the writing direction are made visible,
/// as are control characters; embeddings and isolates go, for every name and quote stands in an element with a
/// direction of its own. JSON keeps the words untouched.
fn harmless(words: String) -> String {
    let steers = |c: char| {
        matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            || c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    if !words.contains(steers) {
        return words;
    }
    let kept = |c: char| match c {
        '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}' | '\r' => None,
        c if steers(c) => Some('\u{FFFD}'),
        c => Some(c),
    };
    words.chars().filter_map(kept).collect()
}

/// Bytes in gzip.
pub fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::new(3));
    out.write_all(bytes).ok()?;
    out.finish().ok()
}

/// The beginning of words that stand in a line: so many characters at most.
pub fn short(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words.to_owned(),
    }
}

/// A stored time for people, to the second: `2031-03-04 05:06:07 UTC`.
pub fn moment(at: &str) -> String {
    match (at.get(..10), at.get(10..11), at.get(11..19)) {
        (Some(day), Some("T"), Some(time)) => format!("{day} {time} UTC"),
        _ => at.to_owned(),
    }
}

/// Words as they stand in a query.
pub fn encoded(words: &str) -> String {
    let mut out = String::new();
    for byte in words.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Whether an address is one that a browser may follow.
pub fn web(address: &str) -> bool {
    let begins = |scheme: &str| {
        let begin = address.get(..scheme.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    begins("https://") || begins("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_seen_or_gone() {
        let check = |words: &str, shown: &str| assert_eq!(harmless(words.to_owned()), shown);
        check("a\u{202e}b", "a\u{fffd}b");
        check("a\u{2067}b\u{2069}\u{200f}c", "ab\u{200f}c");
        check("a\u{1b}[2J\u{9b}\tb\r\n", "a\u{fffd}[2J\u{fffd}\tb\n");
        check("قال\u{202b} وزير\u{202c}", "قال وزير");
    }

    #[test]
    fn only_the_web_is_followed() {
        for address in ["https://a.example", "HTTP://a"] {
            assert!(web(address), "{address}");
        }
        for address in [
            "javascript:alert(1)",
            "//a",
            "data:text/html,x",
            "https:",
            " https://a",
            "",
        ] {
            assert!(!web(address), "{address}");
        }
    }

    #[test]
    fn times_are_for_people() {
        assert_eq!(
            moment("2031-03-04T05:06:07.890Z"),
            "2031-03-04 05:06:07 UTC"
        );
        assert_eq!(moment("once"), "once");
        assert_eq!(moment("2031-03-0ü"), "2031-03-0ü");
    }

    #[test]
    fn what_was_just_decided_stands_in_the_address_and_not_in_the_next() {
        let check = |here: &str, id: &str, rest: &str| {
            assert_eq!(
                (decided(here).as_str(), without_decided(here).as_str()),
                (id, rest)
            );
        };
        check("/review?taken=j:0a9f", "j:0a9f", "/review");
        check(
            "/review?page=2&taken=j:0a9f&decided=1",
            "j:0a9f",
            "/review?page=2&decided=1",
        );
        check("/review?taken=j:<b>", "", "/review");
        check("/review", "", "/review");
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(short("één twee", 3), "één…");
        assert_eq!(short("één", 3), "één");
    }
}
