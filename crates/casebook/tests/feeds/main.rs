//! Feeds against servers on loopback: what is taken, what is refused, what is asked again and when. Names are looked up
//! in a list of the test's own; nobody waits.

mod made;

use std::{
    collections::BTreeMap,
    sync::{Arc, Barrier, atomic::Ordering},
};

use casebook::book::feeds::{Polled, State};
use made::{Answer, Book, START, Site, ok};
use store::feeds;

fn page(title: &str) -> Answer {
    ok(format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>\
         <p>Two people were hurt when a shell hit a bakery in Kelmoor on Monday, the mayor said.</p>\
         <p>The bakery had been closed for a week, and nobody knew why the two had come.</p></article></body></html>"
    ))
}

fn rss(items: &str) -> Answer {
    ok(format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>Lake Tribune</title><link>http://outlet.example/</link><description>d</description>\
         {items}</channel></rss>"
    ))
}

fn item(site: &Site, path: &str, more: &str) -> String {
    format!(
        "<item><title>Item {path}</title><link>{}</link><guid isPermaLink=\"false\">{path}</guid>\
         <pubDate>Mon, 03 Mar 2031 10:00:00 GMT</pubDate>{more}</item>",
        site.at(path)
    )
}

fn long() -> String {
    let words = "Seven people were hurt in Kelmoor, the mayor said on Monday morning. ".repeat(12);
    format!("<content:encoded><![CDATA[<p>{words}</p>]]></content:encoded>")
}

#[test]
fn items_are_taken_once_and_the_server_is_told_what_is_known() {
    let site = Site::new();
    let Answer(_, _, feed) = rss(&(item(&site, "/a", "") + &item(&site, "/b", "")));
    site.says(
        "/rss",
        Answer(200, vec![("ETag", "\"7\"".to_owned())], feed),
    );
    site.says("/a", page("Two hurt in Kelmoor"));
    site.says("/b", page("Bakery hit in Kelmoor"));
    let mut book = Book::new("once", &site);
    book.watch(&site.at("/rss"));
    let first = book.round().remove(0);
    assert_eq!(
        (first.state, first.items, first.added.new),
        (State::Read, 2, 2),
        "{first:?}"
    );
    assert_eq!(first.title.as_deref(), Some("Lake Tribune"));
    let (stored, capture) = book.report("Two hurt in Kelmoor");
    // The page does not say when it was published; the feed does.
    assert_eq!(
        stored.report.published.unwrap().date(),
        jiff::civil::date(2031, 3, 3)
    );
    assert_eq!(
        (capture.method.as_str(), capture.status),
        ("feed", Some(200))
    );
    let container: serde_json::Value =
        serde_json::from_str(capture.container.as_deref().unwrap()).unwrap();
    assert_eq!(container["feed"], site.at("/rss"));
    assert_eq!(container["item"], "/a");
    // Not due yet: not asked.
    book.later(29);
    assert!(book.round().is_empty());
    book.later(2);
    site.says("/rss", Answer(304, Vec::new(), Vec::new()));
    let second = book.round().remove(0);
    assert_eq!(
        (second.state, second.items, second.added.new),
        (State::Unchanged, 0, 0),
        "{second:?}"
    );
    let head = site.heads().last().unwrap().to_lowercase();
    assert!(head.contains("if-none-match: \"7\""), "{head}");
    // A third item comes; those known are not fetched again, though their pages changed.
    let items = item(&site, "/a", "") + &item(&site, "/b", "") + &item(&site, "/c", "");
    site.says("/rss", rss(&items));
    site.says("/a", page("Two hurt in Kelmoor, update"));
    site.says("/c", page("Third"));
    book.later(31);
    let third = book.round().remove(0);
    assert_eq!(
        (third.state, third.items, third.added.new),
        (State::Read, 1, 1),
        "{third:?}"
    );
    assert_eq!(
        (
            site.asked("/a"),
            site.asked("/c"),
            site.asked("/robots.txt")
        ),
        (1, 1, 1)
    );
    assert_eq!(book.number("SELECT count(*) FROM reports"), 3);
    assert_eq!(
        store::audit::verify(&mut book.store, &mut |_| {})
            .unwrap()
            .faults,
        []
    );
}

#[test]
fn an_item_of_two_feeds_is_fetched_once() {
    let site = Site::new();
    site.says("/rss", rss(&item(&site, "/a", "")));
    site.says(
        "/other",
        rss(&(item(&site, "/a", "") + &item(&site, "/a", "").replace(">/a<", ">again<"))),
    );
    site.says("/a", page("Two hurt in Kelmoor"));
    let mut book = Book::new("two-feeds", &site);
    book.watch(&site.at("/rss"));
    book.watch(&site.at("/other"));
    assert_eq!(book.round().len(), 2);
    assert_eq!(site.asked("/a"), 1);
    assert_eq!(book.number("SELECT count(*) FROM captures"), 1);
}

#[test]
fn a_feed_that_fails_is_left_alone_for_longer_each_time() {
    let site = Site::new();
    site.says("/rss", Answer(500, Vec::new(), Vec::new()));
    let mut book = Book::new("fails", &site);
    book.watch(&site.at("/rss"));
    let mut waited = Vec::new();
    for n in 0..10 {
        let polled = book.round().remove(0);
        assert_eq!((polled.state, site.asked("/rss")), (State::Failed, n + 1));
        assert!(polled.error.unwrap().contains("500") && polled.added.failed());
        let mut minutes = 0;
        let due = |book: &mut Book, minutes: i64| {
            let at = START.parse::<jiff::Timestamp>().unwrap();
            let at =
                at + jiff::SignedDuration::from_mins(book.minutes.load(Ordering::SeqCst) + minutes);
            !feeds::due(book.store.database(), &store::log::time(at))
                .unwrap()
                .is_empty()
        };
        while !due(&mut book, minutes) {
            minutes += 5;
        }
        waited.push(minutes);
        book.later(minutes);
    }
    assert_eq!(waited, [30, 30, 30, 40, 80, 160, 320, 640, 1280, 1440]);
    // It comes back: all is forgotten.
    site.says("/rss", rss(""));
    assert_eq!(book.round().remove(0).state, State::Read);
    let feed = feeds::all(book.store.database()).unwrap().remove(0);
    assert_eq!((feed.failures, feed.error), (0, None));
}

#[test]
fn a_site_that_says_when_to_come_back_is_heard() {
    let site = Site::new();
    site.says(
        "/rss",
        Answer(429, vec![("Retry-After", "7200".to_owned())], Vec::new()),
    );
    let mut book = Book::new("retry", &site);
    book.watch(&site.at("/rss"));
    book.round();
    book.later(119);
    assert!(book.round().is_empty());
    // A feed that asks for quiet in itself.
    site.says("/quiet", rss("<ttl>90</ttl>"));
    let mut book = Book::new("ttl", &site);
    book.watch(&site.at("/quiet"));
    assert_eq!(book.round().len(), 1);
    book.later(89);
    assert!(book.round().is_empty());
    book.later(2);
    assert_eq!(book.round().len(), 1);
}

#[test]
fn a_page_that_cannot_be_had_is_tried_again_or_its_feed_stands_in() {
    let site = Site::new();
    let items =
        item(&site, "/down", "") + &item(&site, "/gone", "") + &item(&site, "/full", &long());
    let Answer(_, _, feed) = rss(&items);
    site.says(
        "/rss",
        Answer(200, vec![("ETag", "\"1\"".to_owned())], feed),
    );
    site.says(
        "/down",
        Answer(503, vec![("Retry-After", "10".to_owned())], Vec::new()),
    );
    site.says("/full", Answer(403, Vec::new(), Vec::new()));
    let mut book = Book::new("pages", &site);
    book.watch(&site.at("/rss"));
    let polled = book.round().remove(0);
    assert_eq!(
        (polled.state, polled.added.new),
        (State::Read, 1),
        "{polled:?}"
    );
    assert!(!polled.added.failed());
    let said = |words: &str| {
        polled
            .added
            .notes
            .iter()
            .any(|it| it.message.contains(words))
    };
    assert!(said("503; it is tried again"), "{polled:?}");
    assert!(said("404"), "{polled:?}");
    // The feed's own text stands in, and it is said so where the report is looked at.
    let (stored, capture) = book.report("Item /full");
    assert!(stored.text.as_str().contains("Seven people were hurt"));
    assert!(
        stored.notes.iter().any(|it| it.code == "feed-text"),
        "{:?}",
        stored.notes
    );
    assert_eq!(
        (capture.method.as_str(), capture.status),
        ("feed-text", None)
    );
    assert_eq!(
        stored.report.url.as_deref(),
        Some(site.at("/full").as_str())
    );
    // The feed has not changed; the page that waits is asked for again all the same, the lost one is not.
    site.says("/rss", Answer(304, Vec::new(), Vec::new()));
    site.says("/down", page("Back again"));
    book.later(31);
    let polled = book.round().remove(0);
    assert_eq!(
        (polled.state, polled.added.new),
        (State::Unchanged, 1),
        "{polled:?}"
    );
    assert_eq!((site.asked("/gone"), site.asked("/full")), (1, 1));
    let (stored, _) = book.report("Back again");
    assert!(stored.report.published.is_some());
    assert_eq!(
        book.number("SELECT count(*) FROM feed_items WHERE state = 'waiting'"),
        0
    );
}

#[test]
fn a_page_that_never_comes_is_given_up() {
    let site = Site::new();
    site.says("/rss", rss(&item(&site, "/down", "")));
    site.says("/down", Answer(500, Vec::new(), Vec::new()));
    let mut book = Book::new("never", &site);
    book.watch(&site.at("/rss"));
    for _ in 0..12 {
        book.round();
        book.later(24 * 60 + 1);
    }
    assert_eq!(site.asked("/down"), 5);
    assert_eq!(
        book.number("SELECT count(*) FROM feed_items WHERE state = 'failed'"),
        1
    );
}

#[test]
fn an_item_that_leads_inside_is_refused_before_anything_is_sent() {
    let site = Site::new();
    let inside = Site::new();
    inside.says("/secret", page("Secret"));
    let target = format!("http://127.0.0.1:{}/secret", inside.port);
    site.says("/to", Answer(302, vec![("Location", target)], Vec::new()));
    let named = format!("http://inside.example:{}/secret", inside.port);
    let direct = item(&site, "/x", "").replace(&site.at("/x"), &named);
    let file = item(&site, "/y", "").replace(&site.at("/y"), "file:///etc/passwd");
    site.says("/rss", rss(&(item(&site, "/to", "") + &direct + &file)));
    let mut book = Book::new("inside", &site);
    book.watch(&site.at("/rss"));
    let polled = book.round().remove(0);
    assert_eq!(
        (polled.state, polled.added.new),
        (State::Read, 0),
        "{polled:?}"
    );
    let refused = polled
        .added
        .notes
        .iter()
        .filter(|it| it.message.contains("refused"))
        .count();
    assert_eq!(refused, 2, "{polled:?}");
    assert_eq!(inside.heads().len(), 0);
    assert_eq!(
        book.number("SELECT count(*) FROM feed_items WHERE state = 'failed'"),
        3
    );
}

#[test]
fn bombs_and_pages_are_no_feeds_and_cost_nothing_else() {
    let site = Site::new();
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]>\
                <rss version=\"2.0\"><channel><title>&b;</title></channel></rss>";
    site.says("/bomb", ok(bomb));
    site.says("/page", page("A page"));
    site.says("/rss", rss(&item(&site, "/a", "")));
    site.says("/a", page("Two hurt in Kelmoor"));
    let mut book = Book::new("bombs", &site);
    for path in ["/bomb", "/page", "/rss", "/missing"] {
        book.watch(&site.at(path));
    }
    let told: BTreeMap<String, Polled> = book
        .round()
        .into_iter()
        .map(|it| (it.feed.clone(), it))
        .collect();
    let error = |path: &str| told[&site.at(path)].error.clone().unwrap_or_default();
    assert!(
        error("/bomb").contains("defines entities of its own"),
        "{}",
        error("/bomb")
    );
    assert!(
        error("/page").contains("a page and no feed"),
        "{}",
        error("/page")
    );
    assert!(error("/missing").contains("404"), "{}", error("/missing"));
    assert_eq!(told[&site.at("/rss")].added.new, 1);
}

#[test]
fn a_feed_whose_charset_is_wrong_is_read() {
    let site = Site::new();
    let Answer(_, _, utf8) = rss(&item(&site, "/a", "").replace("Item /a", "Sept blessés à Orrin"));
    let utf8 = String::from_utf8(utf8).unwrap().replace(
        "version=\"1.0\"?>",
        "version=\"1.0\" encoding=\"us-ascii\"?>",
    );
    let headers = vec![(
        "Content-Type",
        "application/rss+xml; charset=iso-8859-1".to_owned(),
    )];
    site.says("/rss", Answer(200, headers, utf8.into_bytes()));
    site.says(
        "/a",
        ok("<html><body><p>Seven people were hurt in Orrin.</p></body></html>"),
    );
    let mut book = Book::new("charset", &site);
    book.watch(&site.at("/rss"));
    assert_eq!(book.round().remove(0).added.new, 1);
    book.report("Sept blessés à Orrin");
}

#[test]
fn work_that_is_cut_off_goes_on_where_it_was() {
    let site = Site::new();
    let items = item(&site, "/a", "") + &item(&site, "/b", "");
    let Answer(_, _, feed) = rss(&items);
    site.says(
        "/rss",
        Answer(200, vec![("ETag", "\"1\"".to_owned())], feed),
    );
    site.says("/a", page("Two hurt in Kelmoor"));
    site.says("/b", page("Bakery hit"));
    let mut book = Book::new("cut", &site);
    book.watch(&site.at("/rss"));
    // As a process leaves it that was killed after it wrote its items down: one taken, the feed in hand.
    let address = site.at("/rss");
    book.store
        .write(&mut |tx| {
            let feed = store::feeds::Feed {
                address: address.clone(),
                ..store::feeds::Feed::default()
            };
            assert!(tx.take_feed(&feed, "2031-03-04T05:21:07.000Z")?);
            let items = ["/a", "/b"].map(|path| store::feeds::Seen {
                item: store::feeds::name(path),
                link: Some(site.at(path)),
                published: None,
            });
            tx.see_items(
                &address,
                &items,
                &Default::default(),
                "2031-03-04T05:06:07.000Z",
            )?;
            let taken = store::feeds::Settled::Taken("r:1");
            tx.settle_item(
                &address,
                &store::feeds::name("/a"),
                &taken,
                "2031-03-04T05:21:07.000Z",
            )
        })
        .unwrap();
    assert!(book.round().is_empty());
    book.later(16);
    let polled = book.round().remove(0);
    assert_eq!(
        (polled.items, polled.added.new, site.asked("/a")),
        (0, 1, 0),
        "{polled:?}"
    );
    assert_eq!(
        book.number("SELECT count(*) FROM feed_items WHERE state = 'taken'"),
        2
    );
}

#[test]
fn hosts_are_asked_at_once_and_what_came_is_told_in_order() {
    // Each of three sites answers only once the others were asked too.
    let gate = Arc::new(Barrier::new(3));
    let ports: Vec<u16> = (0..3)
        .map(|n| made::waiting_site(Arc::clone(&gate), n))
        .collect();
    let site = Site::new();
    let mut book = Book::allowing("at-once", &ports);
    for port in ports.iter().rev() {
        book.watch(&format!("http://outlet.example:{port}/rss"));
    }
    book.watch(&site.at("/not-allowed"));
    let told = book.round_at_once();
    assert_eq!(told.len(), 4);
    let due: Vec<&str> = told.iter().map(|it| it.feed.as_str()).collect();
    let mut sorted = due.clone();
    sorted.sort_unstable();
    assert_eq!(due, sorted);
    for polled in &told {
        let allowed = !polled.feed.ends_with("/not-allowed");
        assert_eq!(polled.state == State::Read, allowed, "{polled:?}");
        assert_eq!(polled.added.new, u64::from(allowed) * 3, "{polled:?}");
        let refused = polled
            .error
            .as_deref()
            .is_some_and(|it| it.contains("refused"));
        assert_eq!(refused, !allowed, "{polled:?}");
    }
    assert_eq!(book.number("SELECT count(*) FROM reports"), 9);
    assert_eq!(
        store::audit::verify(&mut book.store, &mut |_| {})
            .unwrap()
            .faults,
        []
    );
}
