//! Feeds that are watched, and the items that they told of.
//!
//! An item is written down before its page is fetched and settled in the transaction that adds its report, so that work
//! that is cut off loses no item and takes none twice. When a feed may be asked again is kept too: a feed that fails is
//! left alone for longer each time, by whichever process watches.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    Error, Tx,
    database::{
        Database, Row, Value,
        list::{self, among_words},
    },
    log::{hex, sha256},
    schema::table,
};

/// A feed on the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// Its address.
    pub address: String,
    /// Its title.
    pub title: Option<String>,
    /// What the server called its last state.
    pub etag: Option<String>,
    /// When the server said it had changed.
    pub modified: Option<String>,
    /// When it came onto the list.
    pub added: String,
    /// When it was asked last.
    pub checked: Option<String>,
    /// When it may be asked again.
    pub next: Option<String>,
    /// How often in a row it failed.
    pub failures: i64,
    /// Why it failed last.
    pub error: Option<String>,
}

impl Feed {
    fn of(row: &Row) -> Self {
        let words = |at: usize| row.text(at).map(str::to_owned);
        Self {
            address: row.words(0),
            title: words(1),
            etag: words(2),
            modified: words(3),
            added: row.words(4),
            checked: words(5),
            next: words(6),
            failures: row.integer(7).unwrap_or(0),
            error: words(8),
        }
    }
}

/// An item that a feed tells of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// What names it, as [`name`] makes it.
    pub item: String,
    /// Its link.
    pub link: Option<String>,
    /// When it was published, says the feed.
    pub published: Option<String>,
}

/// An item that waits to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What names it.
    pub item: String,
    /// Its link.
    pub link: Option<String>,
    /// When it was published, says the feed.
    pub published: Option<String>,
    /// How often it was tried in vain.
    pub tries: i64,
}

/// What became of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled<'a> {
    /// Its report is in the casebook under this id.
    Taken(&'a str),
    /// It was passed over.
    Passed,
    /// It failed for good: why.
    Failed(&'a str),
    /// It failed, and may be tried again from then on: why, when.
    Later(&'a str, &'a str),
}

/// How a poll of a feed ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked<'a> {
    /// Its title, where it came.
    pub title: Option<&'a str>,
    /// What to send next time to be told whether it has changed: `ETag` and `Last-Modified`. What is kept stays where
    /// both are `None` and `unchanged` is set.
    pub conditions: (Option<&'a str>, Option<&'a str>),
    /// Whether the server said that nothing has changed.
    pub unchanged: bool,
    /// When it was asked.
    pub at: &'a str,
    /// When it may be asked again.
    pub next: &'a str,
}

/// A name for an item or a link: twenty digits of its SHA-256.
pub fn name(words: &str) -> String {
    let mut out = hex(&sha256(words.as_bytes()));
    out.truncate(20);
    out
}

/// All feeds, by address.
///
/// # Errors
///
/// What the engine says.
pub fn all(database: &mut dyn Database) -> Result<Vec<Feed>, Error> {
    let rows = database.rows(&table("feeds").select(""), &[])?;
    Ok(rows.iter().map(Feed::of).collect())
}

/// Feeds that may be asked at this time, those that waited longest first.
///
/// # Errors
///
/// What the engine says.
pub fn due(database: &mut dyn Database, now: &str) -> Result<Vec<Feed>, Error> {
    let mut out = all(database)?;
    out.retain(|feed| feed.next.as_deref().is_none_or(|next| next <= now));
    out.sort_by(|a, b| (&a.next, &a.address).cmp(&(&b.next, &b.address)));
    Ok(out)
}

/// When the next feed may be asked; `None` where there is no feed, or one may be asked at any time.
///
/// # Errors
///
/// What the engine says.
pub fn next(database: &mut dyn Database) -> Result<Option<String>, Error> {
    let row = database.first("SELECT min(coalesce(\"next\", '')) FROM feeds", &[])?;
    let next = row.and_then(|row| row.text(0).map(str::to_owned));
    Ok(next.filter(|next| !next.is_empty()))
}

/// Items of a feed that wait and may be tried at this time, in the order in which they were seen.
///
/// # Errors
///
/// What the engine says.
pub fn waiting(database: &mut dyn Database, feed: &str, now: &str) -> Result<Vec<Waiting>, Error> {
    let sql = "SELECT item, link, published, tries FROM feed_items WHERE feed = ?1 AND state = 'waiting' \
               AND coalesce(\"next\", '') <= ?2 ORDER BY seen, coalesce(published, ''), item";
    let rows = database.rows(sql, &[feed.into(), now.into()])?;
    let one = |row: &Row| Waiting {
        item: row.words(0),
        link: row.text(1).map(str::to_owned),
        published: row.text(2).map(str::to_owned),
        tries: row.integer(3).unwrap_or(0),
    };
    Ok(rows.iter().map(one).collect())
}

/// How many items wait, of all feeds.
///
/// # Errors
///
/// What the engine says.
pub fn waiting_in_all(database: &mut dyn Database) -> Result<u64, Error> {
    let sql = "SELECT count(*) FROM feed_items i JOIN feeds f ON f.address = i.feed WHERE i.state = 'waiting'";
    Ok(u64::try_from(database.number(sql, &[])?).unwrap_or(0))
}

/// Which of these links the casebook has: some feed's item led there, or the page was added by its address.
///
/// # Errors
///
/// What the engine says.
pub fn known_links(
    database: &mut dyn Database,
    feed: &str,
    links: &[&str],
) -> Result<BTreeSet<String>, Error> {
    let dialect = database.dialect();
    let of_items = format!(
        "SELECT link_hash FROM feed_items WHERE {} AND state <> 'failed' AND NOT (feed = ?2 AND state = 'waiting')",
        among_words(dialect, "link_hash")
    );
    let by_address = format!(
        "SELECT DISTINCT address FROM captures WHERE {} AND method IN ('http', 'feed', 'feed-text')",
        among_words(dialect, "address")
    );
    let names: Vec<String> = links.iter().map(|link| name(link)).collect();
    let rows = database.rows(&of_items, &[list::words(&names), feed.into()])?;
    let taken: BTreeSet<String> = rows.iter().map(|row| row.words(0)).collect();
    let rows = database.rows(&by_address, &[list::words(links)])?;
    let mut out: BTreeSet<String> = rows.iter().map(|row| row.words(0)).collect();
    let of_items = links
        .iter()
        .zip(&names)
        .filter(|(_, name)| taken.contains(*name));
    out.extend(of_items.map(|(link, _)| (*link).to_owned()));
    Ok(out)
}

impl Tx<'_> {
    /// Puts a feed onto the list; `false` where it is there.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn watch(
        &mut self,
        address: &str,
        title: Option<&str>,
        at: &str,
        who: &str,
    ) -> Result<bool, Error> {
        let row = [
            address.into(),
            title.into(),
            Value::Null,
            Value::Null,
            at.into(),
            Value::Null,
            Value::Null,
            Value::Integer(0),
            Value::Null,
        ];
        if self
            .database
            .execute(&table("feeds").insert_if_new(), &row)?
            == 0
        {
            return Ok(false);
        }
        self.tell("watched", address, None, at, who)?;
        Ok(true)
    }

    /// Takes a feed off the list; `false` where it is not there. Its items stay known, but those that wait.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn unwatch(&mut self, address: &str, at: &str, who: &str) -> Result<bool, Error> {
        let sql = "DELETE FROM feeds WHERE address = ?1";
        if self.database.execute(sql, &[address.into()])? == 0 {
            return Ok(false);
        }
        let sql = "SELECT link FROM feed_items WHERE feed = ?1 AND state = 'waiting' AND link IS NOT NULL";
        let waited = self.database.rows(sql, &[address.into()])?;
        let sql = "DELETE FROM feed_items WHERE feed = ?1 AND state = 'waiting'";
        self.database.execute(sql, &[address.into()])?;
        for row in &waited {
            self.pass_on(&row.words(0), address)?;
        }
        self.tell("unwatched", address, None, at, who)?;
        Ok(true)
    }

    /// A feed that had a link in hand did not bring its page: another feed that told of it too, and left it to that
    /// one, has it now.
    fn pass_on(&mut self, link: &str, from: &str) -> Result<(), Error> {
        let sql = "SELECT i.feed, i.item FROM feed_items i JOIN feeds f ON f.address = i.feed \
                   WHERE i.link_hash = ?1 AND i.state = 'known' AND i.feed <> ?2 \
                   ORDER BY i.seen, i.feed, i.item LIMIT 1";
        let others = "SELECT count(*) FROM feed_items WHERE link_hash = ?1 AND state IN ('taken', 'waiting')";
        let hash = name(link);
        if self.database.number(others, &[hash.as_str().into()])? > 0 {
            return Ok(());
        }
        let Some(row) = self.database.first(sql, &[hash.into(), from.into()])? else {
            return Ok(());
        };
        let sql =
            "UPDATE feed_items SET state = 'waiting', link = ?3 WHERE feed = ?1 AND item = ?2";
        let values = [row.words(0).into(), row.words(1).into(), link.into()];
        self.database.execute(sql, &values).map(|_| ())
    }

    /// Takes a feed in hand until a time, so that no other process polls it meanwhile; `false` where another one has,
    /// or it may not be asked yet.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn take_feed(&mut self, feed: &Feed, until: &str) -> Result<bool, Error> {
        let sql =
            "UPDATE feeds SET \"next\" = ?1 WHERE address = ?2 AND coalesce(\"next\", '') = ?3";
        let before = feed.next.as_deref().unwrap_or_default();
        let values = [until.into(), feed.address.as_str().into(), before.into()];
        Ok(self.database.execute(sql, &values)? == 1)
    }

    /// Writes down the items that a feed tells of; gives how many are new. Of a new one that the casebook has in
    /// another way (`known`, by link) that is written down.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn see_items(
        &mut self,
        feed: &str,
        items: &[Seen],
        known: &BTreeSet<String>,
        at: &str,
    ) -> Result<u64, Error> {
        let sql = table("feed_items").insert_if_new();
        let mut new = 0;
        for one in items {
            let has = one.link.as_ref().is_some_and(|link| known.contains(link));
            let row = [
                feed.into(),
                one.item.as_str().into(),
                one.link.as_deref().map(name).into(),
                if has {
                    Value::Null
                } else {
                    one.link.as_ref().into()
                },
                one.published.as_ref().into(),
                at.into(),
                if has { "known" } else { "waiting" }.into(),
                Value::Null,
                Value::Integer(0),
                Value::Null,
                Value::Null,
            ];
            let put = self.database.execute(&sql, &row)?;
            new += if has { 0 } else { put };
        }
        Ok(new)
    }

    /// Whether an item still waits; another process may have settled it.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn item_waits(&mut self, feed: &str, item: &str) -> Result<bool, Error> {
        self.lock()?;
        let sql =
            "SELECT count(*) FROM feed_items WHERE feed = ?1 AND item = ?2 AND state = 'waiting'";
        Ok(self.database.number(sql, &[feed.into(), item.into()])? > 0)
    }

    /// Writes down what became of an item, and holds its feed in hand until a time.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn settle_item(
        &mut self,
        feed: &str,
        item: &str,
        settled: &Settled<'_>,
        until: &str,
    ) -> Result<(), Error> {
        let key = [Value::from(feed), Value::from(item)];
        let with = |values: Vec<Value>| [key.to_vec(), values].concat();
        let (sql, values) = match settled {
            Settled::Taken(report) => (
                "state = 'taken', report = ?3, link = NULL, \"next\" = NULL, error = NULL",
                with(vec![Value::from(*report)]),
            ),
            Settled::Passed => (
                "state = 'passed', link = NULL, \"next\" = NULL, error = NULL",
                with(Vec::new()),
            ),
            Settled::Failed(why) => (
                "state = 'failed', \"next\" = NULL, tries = tries + 1, error = ?3",
                with(vec![Value::from(*why)]),
            ),
            Settled::Later(why, next) => (
                "tries = tries + 1, error = ?3, \"next\" = ?4",
                with(vec![Value::from(*why), Value::from(*next)]),
            ),
        };
        let sql = format!("UPDATE feed_items SET {sql} WHERE feed = ?1 AND item = ?2");
        self.database.execute(&sql, &values)?;
        if matches!(settled, Settled::Failed(_)) {
            let link = "SELECT link FROM feed_items WHERE feed = ?1 AND item = ?2";
            let row = self.database.first(link, &key)?;
            if let Some(link) = row.and_then(|row| row.text(0).map(str::to_owned)) {
                self.pass_on(&link, feed)?;
            }
        }
        let sql = "UPDATE feeds SET \"next\" = ?1 WHERE address = ?2";
        self.database
            .execute(sql, &[until.into(), feed.into()])
            .map(|_| ())
    }

    /// Writes down that a feed was asked and answered.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn feed_checked(&mut self, address: &str, checked: &Checked<'_>) -> Result<(), Error> {
        let sql = "UPDATE feeds SET title = coalesce(?2, title), checked = ?3, \"next\" = ?4, failures = 0, \
                   error = NULL WHERE address = ?1";
        let values = [
            address.into(),
            checked.title.into(),
            checked.at.into(),
            checked.next.into(),
        ];
        self.database.execute(sql, &values)?;
        let (etag, modified) = checked.conditions;
        if checked.unchanged && etag.is_none() && modified.is_none() {
            return Ok(());
        }
        let sql = "UPDATE feeds SET etag = ?2, modified = ?3 WHERE address = ?1";
        self.database
            .execute(sql, &[address.into(), etag.into(), modified.into()])
            .map(|_| ())
    }

    /// Writes down that a feed failed, why, and when it may be asked again.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn feed_failed(
        &mut self,
        address: &str,
        why: &str,
        at: &str,
        next: &str,
    ) -> Result<(), Error> {
        let sql = "UPDATE feeds SET checked = ?2, \"next\" = ?3, failures = failures + 1, error = ?4 \
                   WHERE address = ?1";
        let values = [address.into(), at.into(), next.into(), why.into()];
        self.database.execute(sql, &values).map(|_| ())
    }
}
