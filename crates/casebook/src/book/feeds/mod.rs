//! Feeds are watched: RSS, Atom and JSON Feed.
//!
//! What comes in: addresses of feeds, or a list of them in OPML; a client that asks politely. What goes out: reports in
//! the casebook, and what became of each feed. `text` makes characters of bytes, `parse` items of characters, `opml`
//! reads and writes lists, `item` takes one item's page, `poll` asks a feed and writes down what came,
//! `all` asks several at once.

mod all;
mod item;
mod opml;
mod parse;
mod poll;
mod text;

pub use all::poll_all;
pub use opml::{Outline, opml, outlines};
pub use parse::{Entry, Fault, Full, Parsed, parse};
pub use poll::{Poll, Polled, State, poll};

use jiff::{SignedDuration, Timestamp};

/// So many seconds later, as times are stored.
fn later(now: Timestamp, seconds: u64) -> String {
    let time = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
    store::log::time(now.checked_add(time).unwrap_or(Timestamp::MAX))
}
