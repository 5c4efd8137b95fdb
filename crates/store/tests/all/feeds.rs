//! The list of feeds, their items, and what may be amiss with a casebook.

use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime},
};

use store::{
    audit::verify,
    feeds::{self, Checked, Seen, Settled, name},
    health,
};

use crate::made::{add, id, reading, stores};

const FEED: &str = "https://outlet.example/rss";
const T1: &str = "2031-03-04T05:00:00.000Z";
const T2: &str = "2031-03-04T06:00:00.000Z";
const T3: &str = "2031-03-04T07:00:00.000Z";

fn seen(id: &str) -> Seen {
    Seen {
        item: name(id),
        link: Some(format!("https://outlet.example/{id}")),
        published: Some("2031-03-03T10:00:00+00:00".to_owned()),
    }
}

#[test]
fn a_feed_is_due_when_it_may_be_asked_and_taken_by_one() {
    for mut made in stores() {
        let own = &mut made.store;
        assert!(
            own.write(&mut |tx| tx.watch(FEED, Some("Lake"), T1, "Ana"))
                .unwrap()
        );
        assert!(
            !own.write(&mut |tx| tx.watch(FEED, None, T2, "Ana"))
                .unwrap()
        );
        assert_eq!(feeds::next(own.database()).unwrap(), None);
        let due = feeds::due(own.database(), T1).unwrap();
        assert_eq!((due.len(), due[0].title.as_deref()), (1, Some("Lake")));
        // Two saw that it is due; one takes it.
        assert!(own.write(&mut |tx| tx.take_feed(&due[0], T2)).unwrap());
        assert!(!own.write(&mut |tx| tx.take_feed(&due[0], T2)).unwrap());
        assert!(feeds::due(own.database(), T1).unwrap().is_empty());
        assert_eq!(feeds::next(own.database()).unwrap().as_deref(), Some(T2));
        let checked = Checked {
            title: Some("Lake Watch"),
            conditions: (Some("\"7\""), None),
            unchanged: false,
            at: T2,
            next: T3,
        };
        own.write(&mut |tx| tx.feed_failed(FEED, "no answer", T1, T2))
            .unwrap();
        own.write(&mut |tx| tx.feed_failed(FEED, "no answer", T1, T2))
            .unwrap();
        let failed = feeds::all(own.database()).unwrap().remove(0);
        assert_eq!(
            (failed.failures, failed.error.as_deref()),
            (2, Some("no answer"))
        );
        own.write(&mut |tx| tx.feed_checked(FEED, &checked))
            .unwrap();
        // Nothing has changed, says the server, and gives no new name for it.
        let same = Checked {
            title: None,
            conditions: (None, None),
            unchanged: true,
            ..checked
        };
        own.write(&mut |tx| tx.feed_checked(FEED, &same)).unwrap();
        let found = feeds::all(own.database()).unwrap().remove(0);
        assert_eq!((found.failures, found.error), (0, None));
        assert_eq!(found.title.as_deref(), Some("Lake Watch"));
        assert_eq!(
            (found.etag.as_deref(), found.next.as_deref()),
            (Some("\"7\""), Some(T3))
        );
        assert!(own.write(&mut |tx| tx.unwatch(FEED, T3, "Ana")).unwrap());
        assert!(!own.write(&mut |tx| tx.unwatch(FEED, T3, "Ana")).unwrap());
        let sql = "SELECT count(*) FROM log WHERE what IN ('watched', 'unwatched') AND who = 'Ana'";
        assert_eq!(own.database().number(sql, &[]).unwrap(), 2);
        assert_eq!(verify(own, &mut |_| {}).unwrap().faults, []);
    }
}

#[test]
fn an_item_waits_until_it_is_settled_and_is_known_then() {
    for mut made in stores() {
        let own = &mut made.store;
        own.write(&mut |tx| tx.watch(FEED, None, T1, "Ana"))
            .unwrap();
        let none = BTreeSet::new();
        let items = ["a", "b", "c", "d"].map(seen);
        let new = own
            .write(&mut |tx| tx.see_items(FEED, &items, &none, T1))
            .unwrap();
        assert_eq!(new, 4);
        let again = own
            .write(&mut |tx| tx.see_items(FEED, &items, &none, T2))
            .unwrap();
        assert_eq!(again, 0);
        let settle = [
            ("a", Settled::Taken("r:1")),
            ("b", Settled::Failed("gone")),
            ("c", Settled::Later("busy", T3)),
        ];
        for (item, settled) in &settle {
            own.write(&mut |tx| {
                assert!(tx.item_waits(FEED, &name(item))?);
                tx.settle_item(FEED, &name(item), settled, T2)
            })
            .unwrap();
        }
        let waiting = |own: &mut store::Store, now: &str| -> Vec<(String, i64)> {
            let found = feeds::waiting(own.database(), FEED, now).unwrap();
            found
                .into_iter()
                .map(|it| (it.link.unwrap(), it.tries))
                .collect()
        };
        let link = |id: &str| format!("https://outlet.example/{id}");
        assert_eq!(waiting(own, T2), [(link("d"), 0)]);
        let later: BTreeSet<_> = waiting(own, T3).into_iter().collect();
        assert_eq!(later, BTreeSet::from([(link("c"), 1), (link("d"), 0)]));
        assert_eq!(feeds::waiting_in_all(own.database()).unwrap(), 2);
        // While its items are settled, the feed is in hand.
        assert_eq!(feeds::next(own.database()).unwrap().as_deref(), Some(T2));
        let links = ["a", "b", "d", "e"].map(link);
        let links: Vec<&str> = links.iter().map(String::as_str).collect();
        let known =
            feeds::known_links(own.database(), "https://other.example/rss", &links).unwrap();
        assert_eq!(known, BTreeSet::from([link("a"), link("d")]));
        let new = own
            .write(&mut |tx| tx.see_items("https://other.example/rss", &[seen("a")], &known, T2))
            .unwrap();
        assert_eq!(new, 0);
        // What was taken stays known when the feed goes; what waited goes with it.
        own.write(&mut |tx| tx.unwatch(FEED, T3, "Ana")).unwrap();
        own.write(&mut |tx| tx.watch(FEED, None, T3, "Ana"))
            .unwrap();
        let new = own
            .write(&mut |tx| tx.see_items(FEED, &items, &none, T3))
            .unwrap();
        assert_eq!(new, 2);
    }
}

#[test]
fn a_page_that_one_feed_did_not_bring_is_had_by_the_other() {
    const OTHER: &str = "https://other.example/rss";
    for mut made in stores() {
        let own = &mut made.store;
        for feed in [FEED, OTHER] {
            own.write(&mut |tx| tx.watch(feed, None, T1, "Ana"))
                .unwrap();
        }
        let items = ["a", "b", "c"].map(seen);
        let links: Vec<&str> = items.iter().filter_map(|it| it.link.as_deref()).collect();
        let see = |own: &mut store::Store, feed: &str| {
            own.write(&mut |tx| {
                let known = feeds::known_links(tx.database(), feed, &links)?;
                tx.see_items(feed, &items, &known, T1)
            })
            .unwrap()
        };
        assert_eq!((see(own, FEED), see(own, OTHER)), (3, 0));
        let waiting = |own: &mut store::Store| -> Vec<String> {
            let found = feeds::waiting(own.database(), OTHER, T3).unwrap();
            found.into_iter().filter_map(|it| it.link).collect()
        };
        let settle = |own: &mut store::Store, item: &str, settled: Settled<'_>| {
            own.write(&mut |tx| tx.settle_item(FEED, &name(item), &settled, T2))
                .unwrap();
        };
        settle(own, "a", Settled::Taken("r:1"));
        settle(own, "b", Settled::Failed("gone"));
        assert_eq!(waiting(own), [links[1]]);
        own.write(&mut |tx| tx.unwatch(FEED, T2, "Ana")).unwrap();
        let mut both = waiting(own);
        both.sort();
        assert_eq!(both, links[1..]);
    }
}

#[test]
fn an_index_out_of_step_and_damaged_rows_are_mended() {
    const BODY: &str = "At least seven people were killed in Varda on Monday, officials said.";
    for mut made in stores() {
        let own = &mut made.store;
        add(own, "Seven dead", BODY, "a.txt");
        add(
            own,
            "Quiet",
            "Two were hurt in Kelmoor, the mayor said.",
            "b.txt",
        );
        let report = id("Seven dead", BODY);
        let (seq, read) = reading(own, &report, "At least seven people", 7);
        own.write(&mut |tx| tx.put_reading(seq, "1", &read))
            .unwrap();
        assert_eq!(health::unlinked(own.database()).unwrap(), 1);
        assert!(health::stale_indexes(own.database()).unwrap().is_empty());
        assert!(health::damaged_rows(own.database()).unwrap().is_empty());
        assert_eq!(health::missing_bytes(own).unwrap(), Vec::<String>::new());
        assert_eq!(own.database().writer().unwrap(), None);
        let database = own.database();
        store::search::remove(database, "search_reports", 2, 2).unwrap();
        database
            .script("UPDATE claims SET words = 'eight'")
            .unwrap();
        assert_eq!(
            health::stale_indexes(own.database()).unwrap(),
            ["search_reports"]
        );
        let damaged = health::damaged_rows(own.database()).unwrap();
        assert_eq!(damaged, BTreeSet::from([report.clone()]));
        own.write(&mut |tx| {
            tx.mend_index("search_reports", T1, "Ana")?;
            tx.mend_rows(&report, T1, "Ana")
        })
        .unwrap();
        assert!(health::damaged_rows(own.database()).unwrap().is_empty());
        assert_eq!(verify(own, &mut |_| {}).unwrap().faults, []);
        // A reading that is no reading any more is left to be read again.
        let sql = "UPDATE readings SET reading = ?1";
        own.database()
            .execute(sql, &[b"none".to_vec().into()])
            .unwrap();
        own.write(&mut |tx| tx.mend_rows(&report, T1, "Ana"))
            .unwrap();
        assert_eq!(
            own.database()
                .number("SELECT count(*) FROM readings", &[])
                .unwrap(),
            0
        );
        assert_eq!(verify(own, &mut |_| {}).unwrap().faults, []);
    }
}

#[test]
fn files_that_nothing_names_are_found_and_those_that_are_missing() {
    for mut made in stores() {
        let own = &mut made.store;
        add(
            own,
            "Quiet",
            "Two were hurt in Kelmoor, the mayor said.",
            "b.txt",
        );
        let later = SystemTime::now() + Duration::from_secs(60);
        assert!(health::leftovers(own, later).unwrap().is_empty());
        let Some(folder) = own.folder() else {
            own.database().script("DELETE FROM stored_bytes").unwrap();
            assert_eq!(health::missing_bytes(own).unwrap().len(), 1);
            continue;
        };
        let part = folder.join(store::BYTES).join("ab");
        std::fs::create_dir_all(&part).unwrap();
        let left = [
            format!("{}.gz", "ab".repeat(32)),
            "abcd.7-1.part".to_owned(),
        ];
        for name in left.iter().chain([&"notes.txt".to_owned()]) {
            std::fs::write(part.join(name), "x").unwrap();
        }
        let found = health::leftovers(own, later).unwrap();
        assert_eq!(found, left.map(|name| part.join(name)));
        // What was written just now may be about to be named.
        let before = SystemTime::now() - Duration::from_secs(60);
        assert!(health::leftovers(own, before).unwrap().is_empty());
        let (free, size) = health::room(own).unwrap().unwrap();
        assert!(free > 0 && size > 0);
        std::fs::remove_dir_all(folder.join(store::BYTES)).unwrap();
        std::fs::create_dir_all(folder.join(store::BYTES)).unwrap();
        assert_eq!(health::missing_bytes(own).unwrap().len(), 1);
    }
}

#[test]
fn who_else_writes_is_told() {
    for made in stores() {
        let mut first = store::Store::open(&made.place).unwrap();
        let mut second = store::Store::open(&made.place).unwrap();
        first
            .write(&mut |_| {
                assert!(second.database().writer()?.is_some());
                Ok(())
            })
            .unwrap();
        assert_eq!(second.database().writer().unwrap(), None);
    }
}
