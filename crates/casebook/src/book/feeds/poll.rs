//! Feeds are asked what is new, each when it may be.

use std::collections::{BTreeMap, BTreeSet};

use fetch::{Conditions, Polite, Response};
use model::{Note, Severity, parts};
use serde::Serialize;
use store::{
    Error, Store,
    feeds::{self, Checked, Feed, Seen},
};

use super::{
    Entry, Fault, Parsed,
    item::{IN_HAND, LONGEST_ASKED, Taking},
    later, parse,
};
use crate::book::add::{AddOptions, Added};

/// The longest time, in minutes, for which a feed is left alone: because it asks for it, or because it fails.
const LONGEST: u64 = 24 * 60;
/// Minutes for which a feed is left alone that failed once; twice as long each time after.
const FAILED: u64 = 5;

/// How feeds are asked.
pub struct Poll<'a> {
    /// How reports are added.
    pub add: &'a AddOptions<'a>,
    /// Minutes between two times that a feed is asked.
    pub every: u64,
}

/// How a feed answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It came.
    Read,
    /// Nothing has changed since last time, says its server.
    Unchanged,
    /// It could not be had, or is no feed.
    Failed,
    /// Another process asks it at this moment.
    Busy,
}

/// What became of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Polled {
    /// Its address.
    pub feed: String,
    /// Its title.
    pub title: Option<String>,
    /// How it answered.
    pub state: State,
    /// Items that it had not told of before.
    pub items: u64,
    /// What became of the items that waited.
    pub added: Added,
    /// Why it failed.
    pub error: Option<String>,
    /// When it may be asked again.
    pub next: Option<String>,
}

/// What came when a feed was asked.
enum Came {
    Feed(Parsed, Response),
    Unchanged(Response),
    Failed(Fault, Option<u64>),
}

/// Asks one feed, and fetches the pages of the items that wait. `progress` hears how many items are done.
///
/// # Errors
///
/// When the casebook cannot be read or written; what was written before stays, and the rest comes next time.
pub fn poll(
    store: &mut Store,
    client: &Polite,
    feed: &Feed,
    how: &Poll<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<Polled, Error> {
    let mut out = Polled {
        feed: feed.address.clone(),
        title: feed.title.clone(),
        state: State::Busy,
        items: 0,
        added: Added::default(),
        error: None,
        next: None,
    };
    let now = (how.add.now)();
    let until = later(now, IN_HAND * 60);
    if !store.write(&mut |tx| tx.take_feed(feed, &until))? {
        return Ok(out);
    }
    let came = ask(client, feed);
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    if let Came::Feed(parsed, _) = &came {
        out.title = parsed.title.clone().or(out.title);
        out.items = see(store, feed, parsed, &store::log::time(now))?;
        let named = parsed
            .entries
            .iter()
            .map(|it| (feeds::name(&it.id), it.clone()));
        entries.extend(named);
        if parsed.left_out > 0 {
            out.added.tell(Note {
                severity: Severity::Warning,
                code: "feed-too-long".to_owned(),
                subject: feed.address.clone(),
                message: format!(
                    "{} of its items were too many and left out",
                    parsed.left_out
                ),
                hint: None,
                quote: None,
            });
        }
    }
    let waiting = feeds::waiting(store.database(), &feed.address, &store::log::time(now))?;
    for (n, item) in waiting.iter().enumerate() {
        let mut taking = Taking {
            store: &mut *store,
            client,
            options: how.add,
            feed: &feed.address,
        };
        taking.take(item, entries.get(&item.item), &mut out.added)?;
        progress(n as u64 + 1);
    }
    // Only now, when each item is settled or waits in a row of its own, may the server leave out what has not changed.
    finish(store, feed, how, came, &mut out)?;
    Ok(out)
}

fn ask(client: &Polite, feed: &Feed) -> Came {
    let conditions = Conditions {
        etag: feed.etag.clone(),
        modified: feed.modified.clone(),
    };
    let response = match client.get(&feed.address, &conditions) {
        Ok(response) => response,
        Err(error) => {
            let told = error.to_string();
            let told = told
                .strip_prefix(&format!("{}: ", feed.address))
                .unwrap_or(&told);
            let (message, hint) = parts(told);
            let fault = Fault {
                message: message.to_owned(),
                hint: hint.map(str::to_owned),
            };
            return Came::Failed(fault, error.retry_after());
        }
    };
    if response.status == 304 {
        return Came::Unchanged(response);
    }
    // A fault of the parser costs this feed, and no other.
    let parsed = crossbearing::guard(crossbearing::Stage::Read, &feed.address, || {
        parse(
            &response.body,
            response.header("content-type"),
            &response.address,
        )
    });
    match parsed {
        Ok(Ok(parsed)) => Came::Feed(parsed, response),
        Ok(Err(fault)) => Came::Failed(fault, None),
        Err(note) => Came::Failed(
            Fault {
                message: note.message,
                hint: note.hint,
            },
            None,
        ),
    }
}

/// Writes down the items that a feed tells of.
fn see(store: &mut Store, feed: &Feed, parsed: &Parsed, at: &str) -> Result<u64, Error> {
    let mut met = BTreeSet::new();
    let items: Vec<Seen> = parsed
        .entries
        .iter()
        // A page is fetched once, though two items lead there.
        .filter(|entry| entry.link.as_ref().is_none_or(|link| met.insert(link)))
        .map(|entry| Seen {
            item: feeds::name(&entry.id),
            link: entry.link.clone(),
            published: entry.published.clone(),
        })
        .collect();
    let links: Vec<&str> = items.iter().filter_map(|it| it.link.as_deref()).collect();
    store.write(&mut |tx| {
        // In the same transaction: another thread may have another feed in hand that leads to the same pages.
        let known = feeds::known_links(tx.database(), &feed.address, &links)?;
        tx.see_items(&feed.address, &items, &known, at)
    })
}

fn finish(
    store: &mut Store,
    feed: &Feed,
    how: &Poll<'_>,
    came: Came,
    out: &mut Polled,
) -> Result<(), Error> {
    let now = (how.add.now)();
    let at = store::log::time(now);
    let every = how.every.max(1);
    let (response, ttl) = match came {
        Came::Failed(fault, retry_after) => {
            let asked = retry_after.unwrap_or(0).min(LONGEST_ASKED);
            let times = u32::try_from(feed.failures.clamp(0, 12)).unwrap_or(0);
            let doubled = (FAILED << times).max(every).min(LONGEST.max(every));
            let next = later(now, asked.max(doubled * 60));
            store.write(&mut |tx| tx.feed_failed(&feed.address, &fault.message, &at, &next))?;
            out.state = State::Failed;
            out.error = Some(fault.message.clone());
            out.next = Some(next);
            out.added.tell(Note {
                severity: Severity::Error,
                code: "feed-failed".to_owned(),
                subject: feed.address.clone(),
                message: fault.message,
                hint: fault.hint,
                quote: None,
            });
            return Ok(());
        }
        Came::Unchanged(response) => {
            out.state = State::Unchanged;
            (response, None)
        }
        Came::Feed(parsed, response) => {
            out.state = State::Read;
            (response, parsed.ttl)
        }
    };
    let wanted = u64::from(ttl.unwrap_or(0)).max(max_age(&response) / 60);
    let next = later(now, wanted.min(LONGEST).max(every) * 60);
    store.write(&mut |tx| {
        tx.feed_checked(
            &feed.address,
            &Checked {
                title: out.title.as_deref(),
                conditions: (response.header("etag"), response.header("last-modified")),
                unchanged: out.state == State::Unchanged,
                at: &at,
                next: &next,
            },
        )
    })?;
    out.next = Some(next);
    Ok(())
}

/// Seconds for which a server says that its answer holds.
fn max_age(response: &Response) -> u64 {
    let control = response.header("cache-control").unwrap_or_default();
    let ages = control
        .split(',')
        .filter_map(|it| it.trim().strip_prefix("max-age="));
    ages.filter_map(|it| it.trim_matches('"').parse().ok())
        .next()
        .unwrap_or(0)
}
