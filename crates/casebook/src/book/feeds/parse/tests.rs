use super::*;

const FROM: &str = "https://outlet.example/feeds/main";

fn items(feed: &str) -> Vec<Entry> {
    parse(feed.as_bytes(), None, FROM).unwrap().entries
}

fn refused(feed: &str) -> Fault {
    parse(feed.as_bytes(), None, FROM).unwrap_err()
}

fn rss(item: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>Lake  Tribune</title><link>https://outlet.example/</link><description>d</description>\
         <language>en</language><ttl>45</ttl>{item}</channel></rss>"
    )
}

#[test]
fn rss_with_all_that_items_have() {
    let words = "Seven people were hurt in Kelmoor. ".repeat(20);
    let feed = rss(&format!(
        "<item><title>Seven hurt &amp; one &lt;b&gt;missing&lt;/b&gt;</title><link>/a?x=1&amp;y=2</link>\
         <guid isPermaLink=\"false\">tag:7</guid><pubDate>Mon, 03 Mar 2031 10:00:00 GMT</pubDate>\
         <description>Short.</description><content:encoded><![CDATA[<p>{words}</p>]]></content:encoded></item>\
         <item><guid>https://outlet.example/b</guid><title>Only a guid</title></item>\
         <item><title>Only words</title></item>"
    ));
    let parsed = parse(feed.as_bytes(), None, FROM).unwrap();
    assert_eq!(
        (parsed.title.as_deref(), parsed.ttl),
        (Some("Lake Tribune"), Some(45))
    );
    let [first, second, third] = &parsed.entries[..] else {
        panic!("{parsed:?}");
    };
    assert_eq!(first.id, "tag:7");
    assert_eq!(
        first.link.as_deref(),
        Some("https://outlet.example/a?x=1&y=2")
    );
    assert_eq!(first.title.as_deref(), Some("Seven hurt & one missing"));
    assert_eq!(
        first.published.as_deref(),
        Some("2031-03-03T10:00:00+00:00")
    );
    assert_eq!(first.language.as_deref(), Some("en"));
    assert_eq!(first.full.as_ref().unwrap().media_type, "text/html");
    assert_eq!(second.link.as_deref(), Some("https://outlet.example/b"));
    assert_eq!((third.link.as_deref(), third.full.is_none()), (None, true));
}

#[test]
fn atom_rdf_and_json() {
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><id>f</id>\
        <updated>2031-03-03T10:00:00Z</updated><entry><id>e1</id><title>One</title>\
        <link rel=\"enclosure\" href=\"https://outlet.example/a.mp3\"/>\
        <link rel=\"alternate\" href=\"../one\"/><updated>2031-03-03T10:00:00Z</updated></entry></feed>";
    let rdf = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
        xmlns=\"http://purl.org/rss/1.0/\"><channel rdf:about=\"x\"><title>T</title>\
        <link>https://outlet.example/</link><description>d</description></channel>\
        <item rdf:about=\"y\"><title>One</title><link>https://outlet.example/one</link></item></rdf:RDF>";
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"T\", \"items\": [\
        {\"id\": \"1\", \"url\": \"https://outlet.example/one\", \"title\": \"One\"}]}";
    for feed in [atom, rdf, json] {
        let items = items(feed);
        assert_eq!(items.len(), 1, "{feed}");
        assert_eq!(
            items[0].link.as_deref(),
            Some("https://outlet.example/one"),
            "{feed}"
        );
        assert_eq!(items[0].title.as_deref(), Some("One"));
    }
}

#[test]
fn an_entity_bomb_is_refused_by_name() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]>\
        <rss version=\"2.0\"><channel><title>&lol2;</title></channel></rss>";
    let fault = refused(bomb);
    assert!(
        fault.message.contains("`lol`") && fault.message.contains("bomb"),
        "{fault:?}"
    );
    let stealing = "<!DOCTYPE rss [\n<!ENTITY  x SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel>\
        <title>&x;</title></channel></rss>";
    assert!(refused(stealing).message.contains("`x`"));
    // Old feeds name a list of characters, which nobody fetches; and an item may speak of entities.
    let old = rss(
        "<item><title>How &lt;!ENTITY works</title><link>https://outlet.example/a</link></item>",
    )
    .replace(
        "<rss ",
        "<!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC \"-//W3C//ENTITIES Latin 1 for XHTML//EN\" \
         \"http://www.w3.org/TR/xhtml1/DTD/xhtml-lat1.ent\">]><rss ",
    );
    assert_eq!(items(&old).len(), 1);
}

#[test]
fn what_is_no_feed_is_told() {
    let page = "<!DOCTYPE html><html><head><link rel=alternate type=\"application/rss+xml\" href='/rss.xml'></head>";
    assert!(refused(page).hint.unwrap().contains("/rss.xml"));
    for (what, words) in [
        ("", "begins as no kind"),
        ("Seven hurt in Kelmoor.", "begins as no kind"),
        ("<note><to>Ana</to></note>", "begins as no kind"),
        ("{\"a\": ", "line 1"),
        (
            "{\"version\": \"2\", \"title\": \"x\", \"items\": []}",
            "no version",
        ),
        (
            "<rss version=\"2.0\"><channel><title>Secret words",
            "breaks off",
        ),
    ] {
        let fault = refused(what);
        assert!(fault.message.contains(words), "{what}: {fault:?}");
        assert!(!fault.message.contains("Secret"), "{fault:?}");
    }
    let large = vec![b' '; MOST_BYTES + 1];
    assert!(
        parse(&large, None, FROM)
            .unwrap_err()
            .message
            .contains("larger")
    );
}

#[test]
fn any_nesting_and_any_number_of_items_is_safe() {
    let deep = rss(&format!(
        "<item><title>{}</title></item>",
        "<b>".repeat(100_000)
    ));
    let _ = parse(deep.as_bytes(), None, FROM);
    let deep = format!("{{\"version\": {}", "[".repeat(100_000));
    assert!(parse(deep.as_bytes(), None, FROM).is_err());
    let many = rss(&"<item><guid>x</guid><title>T</title></item>".repeat(10));
    assert_eq!(items(&many).len(), 1);
    let many: String = (0..MOST + 3)
        .map(|n| format!("<item><guid>{n}</guid></item>"))
        .collect();
    let parsed = parse(rss(&many).as_bytes(), None, FROM).unwrap();
    assert_eq!((parsed.entries.len(), parsed.left_out), (MOST, 3));
}

#[test]
fn odd_dates_cost_only_the_date() {
    for (date, wanted) in [
        ("Mon, 03 Mar 0000 10:00:00 GMT", false),
        ("9999-12-31T23:59:59Z", true),
        ("yesterday", false),
        ("", false),
    ] {
        let found = items(&rss(&format!(
            "<item><guid>1</guid><pubDate>{date}</pubDate></item>"
        )));
        assert!(
            found.len() == 1 && (found[0].published.is_some() || !wanted),
            "{date}: {found:?}"
        );
    }
}
