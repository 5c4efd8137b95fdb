//! Feeds from the command line: put onto the list, asked, taken off; what is set for a casebook; news as a feed.

use std::{
    fs,
    time::{Duration, Instant},
};

use serde_json::Value;

use testing::site::{Answer, Site};

use super::common::{self, as_ana as run, done, folder, json};

/// A feed with the name that its server has for this state of it.
fn tagged(etag: &str, feed: String) -> Answer {
    Answer(200, vec![("ETag", etag.to_owned())], feed.into_bytes())
}

fn rss(port: u16, pages: &[&str]) -> String {
    let items: Vec<String> = pages
        .iter()
        .map(|page| {
            format!(
                "<item><title>{page}</title><link>http://127.0.0.1:{port}{page}</link>\
                 <guid>{page}</guid></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Lake Tribune</title>\
         <link>http://127.0.0.1:{port}/</link><description>d</description>{}</channel></rss>",
        items.concat()
    )
}

fn page(title: &str) -> String {
    format!(
        "<html><head><title>{title}</title><meta property=\"article:published_time\" content=\"2031-03-04\"></head>\
         <body><article><h1>{title}</h1><p>At least nine people were killed when a car bomb went off at a mill in \
         Orrin on Monday, the mayor said.</p><p>The mill had been closed for a week.</p></article></body></html>"
    )
}

#[test]
fn feeds_are_put_onto_a_list_and_taken_off() {
    let folder = folder("watch-list");
    done(&folder, &["init"]);
    let list = "<opml version='2.0'><body><outline text='News'><outline text='Lake &amp; Co' \
                xmlUrl='https://outlet.example/rss'/><outline xmlUrl='https://other.example/atom'/></outline>\
                </body></opml>";
    fs::write(folder.join("feeds.opml"), list).unwrap();
    let added = json(
        &folder,
        &[
            "watch",
            "add",
            "https://outlet.example/rss",
            "--opml",
            "feeds.opml",
        ],
    );
    assert_eq!(added["added"].as_array().unwrap().len(), 2, "{added}");
    assert_eq!(added["known"], 1);
    let ran = run(
        &folder,
        &[
            "watch",
            "add",
            "file:///etc/passwd",
            "https://third.example",
        ],
    );
    assert!(
        ran.code == 1 && ran.err.contains("file:///etc/passwd"),
        "{}",
        ran.err
    );
    let all = json(&folder, &["watch", "list"]);
    assert_eq!(all.as_array().unwrap().len(), 3);
    // What goes out as OPML comes in again.
    done(&folder, &["watch", "list", "--opml=out.opml"]);
    assert_eq!(
        done(&folder, &["watch", "list", "--opml"]),
        fs::read_to_string(folder.join("out.opml")).unwrap()
    );
    let again = json(&folder, &["watch", "add", "--opml", "out.opml"]);
    assert_eq!(
        (&again["known"], again["added"].as_array().unwrap().len()),
        (&3.into(), 0)
    );
    assert!(done(&folder, &["watch", "list"]).contains("https://other.example/atom"));
    done(&folder, &["watch", "remove", "https://third.example"]);
    let ran = run(&folder, &["watch", "remove", "https://third.example/"]);
    assert!(
        ran.code == 1 && ran.err.contains("not on the list"),
        "{}",
        ran.err
    );
    assert_eq!(
        json(&folder, &["watch", "list"]).as_array().unwrap().len(),
        2
    );
    fs::write(folder.join("no.opml"), "https://outlet.example/rss\n").unwrap();
    let ran = run(&folder, &["watch", "add", "--opml", "no.opml"]);
    assert!(
        ran.code == 1 && ran.err.contains("no.opml: this is no OPML"),
        "{}",
        ran.err
    );
    let ran = run(&folder, &["watch", "add"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    let ran = run(&folder, &["watch", "list", "--once"]);
    assert_ne!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        json(&folder, &["audit", "verify"])["faults"],
        Value::Array(Vec::new())
    );
}

#[test]
fn a_round_adds_what_is_new_and_says_what_failed() {
    let folder = folder("watch-once");
    done(&folder, &["init"]);
    let once = ["watch", "--once", "--no-run", "--allow-private"];
    let ran = run(&folder, &once);
    assert!(
        ran.code == 1 && ran.err.contains("no feed is on the list"),
        "{}",
        ran.err
    );
    let site = Site::new();
    site.says("/rss", tagged("\"7\"", rss(site.port, &["/a"])));
    site.says("/a", Answer::html(page("Blast at the mill in Orrin")));
    done(&folder, &["watch", "add", &site.here("/rss")]);
    done(
        &folder,
        &["config", "set", "fetch.contact", "desk@outlet.example"],
    );
    // Addresses inside are refused without the flag: nothing is asked.
    let ran = run(&folder, &["watch", "--once", "--no-run"]);
    assert!(
        ran.code == 1 && ran.err.contains("--allow-private"),
        "{}",
        ran.err
    );
    assert_eq!(site.heads().len(), 0);
    // It is left alone now, unless one says otherwise.
    let ran = run(&folder, &once);
    assert_eq!((ran.code, ran.out.trim()), (0, "no feed is due"));
    let first = json(&folder, &[&once[..], &["--now"]].concat());
    assert_eq!(
        (
            &first["feeds"][0]["state"],
            &first["feeds"][0]["added"]["new"]
        ),
        (&"read".into(), &1.into()),
        "{first}"
    );
    assert_eq!(first["read"], Value::Null);
    assert!(site.heads()[0].contains("desk@outlet.example"));
    // Asked again, the server is told what is known, and nothing is doubled.
    site.says("/rss", Answer(304, Vec::new(), Vec::new()));
    let second = json(&folder, &[&once[..], &["--now"]].concat());
    assert_eq!(second["feeds"][0]["state"], "unchanged", "{second}");
    let asked = site.heads().last().unwrap().to_lowercase();
    assert!(asked.contains("if-none-match: \"7\""), "{asked}");
    site.says("/rss", Answer::html(rss(site.port, &["/a"])));
    let third = json(&folder, &[&once[..], &["--now"]].concat());
    assert_eq!(
        (
            &third["feeds"][0]["items"],
            &third["feeds"][0]["added"]["new"]
        ),
        (&0.into(), &0.into()),
        "{third}"
    );
    let found = json(&folder, &["search", "mill"]);
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    let shown = json(&folder, &["show", found[0]["id"].as_str().unwrap()]);
    assert_eq!(shown["captures"][0]["method"], "feed");
    // One that fails is told by the exit status; the others are asked all the same.
    site.says("/bad", Answer(500, Vec::new(), Vec::new()));
    done(&folder, &["watch", "add", &site.here("/bad")]);
    let ran = run(&folder, &[&once[..], &["--now"]].concat());
    assert!(
        ran.code == 1 && ran.err.contains("the site answered 500"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("Lake Tribune"), "{}", ran.out);
    assert!(done(&folder, &["watch", "list"]).contains("FAILED 1 time in a row"));
    assert_eq!(
        json(&folder, &["audit", "verify"])["faults"],
        Value::Array(Vec::new())
    );
}

#[test]
fn what_is_watched_is_read_and_linked_and_told_as_a_feed() {
    if !testing::prepared() {
        return;
    }
    let folder = folder("watch-run");
    done(&folder, &["init"]);
    let site = Site::new();
    site.says("/rss", Answer::html(rss(site.port, &["/a"])));
    site.says("/a", Answer::html(page("Blast at the mill in Orrin")));
    done(&folder, &["watch", "add", &site.here("/rss")]);
    let empty = done(&folder, &["news", "--atom"]);
    assert!(
        feed_rs::parser::parse(empty.as_bytes())
            .unwrap()
            .entries
            .is_empty()
    );
    let round = json(&folder, &["watch", "--once", "--allow-private"]);
    assert_eq!(
        (&round["read"]["read"], &round["linked"]["incidents"]),
        (&1.into(), &1.into()),
        "{round}"
    );
    done(&folder, &["config", "set", "title", "The desk's news"]);
    done(&folder, &["news", "--atom", "news.xml"]);
    let text = fs::read_to_string(folder.join("news.xml")).unwrap();
    let feed = feed_rs::parser::parse(text.as_bytes()).unwrap();
    assert_eq!(feed.title.unwrap().content, "The desk's news");
    assert_eq!(feed.entries.len(), 1);
    assert!(feed.entries[0].id.starts_with("urn:uuid:"));
    // The same again, byte for byte; and what a person was shown is another matter.
    assert_eq!(done(&folder, &["news", "--atom"]), text);
    assert_eq!(
        json(&folder, &["news"])["changes"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        json(&folder, &["news"])["changes"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    // A setting that changes how reports are read has all made anew.
    let set = done(&folder, &["config", "set", "reader", "fast"]);
    assert!(
        set.contains("full → fast") && set.contains("reads all reports again"),
        "{set}"
    );
    let again = json(&folder, &["run"]);
    assert_eq!(
        (&again["read"]["read"], &again["linked"]["made"]),
        (&1.into(), &1.into()),
        "{again}"
    );
    assert_eq!(json(&folder, &["run"])["read"]["read"], 0);
}

#[test]
fn it_may_be_stopped_at_any_moment_and_goes_on() {
    let folder = folder("watch-stop");
    done(&folder, &["init"]);
    let site = Site::new();
    let pages: Vec<String> = (0..4).map(|n| format!("/{n}")).collect();
    let names: Vec<&str> = pages.iter().map(String::as_str).collect();
    site.says("/rss", tagged("\"1\"", rss(site.port, &names)));
    for (n, name) in names.iter().enumerate() {
        site.says(name, Answer::html(page(&format!("Blast {n} at the mill"))));
    }
    done(&folder, &["watch", "add", &site.here("/rss")]);
    // The loop that never ends, killed once the second page was asked for.
    let mut child = common::program(&folder, &["watch", "--allow-private", "--no-run"])
        .spawn()
        .unwrap();
    let start = Instant::now();
    let pages_asked = || names.iter().map(|name| site.asked(name)).sum::<usize>();
    while pages_asked() < 2 {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{:?}",
            site.heads()
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let before = json(&folder, &["doctor", "--casebook", "casebook"]);
    // The first was taken before the second was asked for.
    let told = before["feeds"]["is"].as_str().unwrap();
    let waiting = told.strip_prefix("1 watched, ").unwrap();
    let waiting: u64 = waiting
        .strip_suffix(" items waiting")
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=3).contains(&waiting), "{told}");
    let ran = run(
        &folder,
        &["watch", "--once", "--now", "--no-run", "--allow-private"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut open = store::Store::open(&store::Place::Folder(folder.join("casebook"))).unwrap();
    let mut number = |sql: &str| open.database().number(sql, &[]).unwrap();
    assert_eq!(number("SELECT count(*) FROM reports"), 4);
    assert_eq!(number("SELECT count(*) FROM captures"), 4);
    assert_eq!(
        number("SELECT count(*) FROM feed_items WHERE state = 'taken'"),
        4
    );
    // What was on its way when it was stopped may be asked for once more, nothing else.
    assert!(pages_asked() <= 5, "{}", pages_asked());
    assert_eq!(
        json(&folder, &["audit", "verify"])["faults"],
        Value::Array(Vec::new())
    );
}

#[test]
fn settings_are_known_by_name_and_logged() {
    let folder = folder("config");
    done(&folder, &["init"]);
    let all = json(&folder, &["config"]);
    for set in all.as_array().unwrap() {
        for field in ["name", "meaning", "allowed"] {
            assert!(!set[field].as_str().unwrap().is_empty(), "{set}");
        }
        assert_eq!(set["set"], false);
    }
    assert_eq!(done(&folder, &["config", "get", "watch.every"]), "30\n");
    done(&folder, &["config", "set", "watch.every", "45"]);
    assert_eq!(
        json(&folder, &["config", "get", "watch.every"])["value"],
        "45"
    );
    let ran = run(&folder, &["config", "set", "watch.evry", "45"]);
    assert!(
        ran.code == 1 && ran.err.contains("did you mean watch.every?"),
        "{}",
        ran.err
    );
    let ran = run(&folder, &["config", "set", "reader", "slow"]);
    assert!(
        ran.code == 1 && ran.err.contains("it may be full or fast"),
        "{}",
        ran.err
    );
    done(&folder, &["config", "unset", "watch.every"]);
    assert_eq!(done(&folder, &["config", "get", "watch.every"]), "30\n");
    assert!(done(&folder, &["config", "list"]).contains("watch.every"));
    let mut open = store::Store::open(&store::Place::Folder(folder.join("casebook"))).unwrap();
    let sql = "SELECT who, subject, detail FROM log WHERE what = 'configured' ORDER BY seq";
    let rows = open.database().rows(sql, &[]).unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (rows[0].text(0), rows[0].text(1)),
        (Some("Ana"), Some("watch.every"))
    );
    assert_eq!(rows[1].text(2), Some("{\"from\":\"45\",\"to\":null}"));
}

#[test]
fn a_shared_casebook_is_watched_and_looked_after_too() {
    use store::database::Database;
    let Some(server) = testing::postgres() else {
        return;
    };
    let schema = format!("watch{}", std::process::id());
    let mut database = store::database::Postgres::connect(&server).unwrap();
    database
        .script(&format!(
            "DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}"
        ))
        .unwrap();
    let place = format!("{server}?options=-csearch_path%3D{schema}");
    let folder = folder("watch-shared");
    let at = ["--casebook", place.as_str()];
    let ask = |words: &[&str]| json(&folder, &[words, &at].concat());
    ask(&["init"]);
    let site = Site::new();
    site.says("/rss", Answer::html(rss(site.port, &["/a", "/b"])));
    site.says("/a", Answer::html(page("Blast at the mill in Orrin")));
    ask(&["watch", "add", &site.here("/rss")]);
    ask(&["config", "set", "watch.every", "45"]);
    let round = ask(&["watch", "--once", "--no-run", "--allow-private"]);
    assert_eq!(round["feeds"][0]["added"]["new"], 1, "{round}");
    let listed = ask(&["watch", "list"]);
    assert_eq!(
        (&listed[0]["failures"], &listed[0]["error"]),
        (&0.into(), &Value::Null)
    );
    let ran = run(&folder, &[&["doctor", "--json"], &at[..]].concat());
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(
        found["engine"]["is"]
            .as_str()
            .unwrap()
            .starts_with("PostgreSQL"),
        "{found}"
    );
    for what in [
        "writing",
        "tables",
        "log_chain",
        "bytes",
        "search_index",
        "derived_rows",
    ] {
        assert_eq!(found[what]["ok"], true, "{what}: {found}");
    }
    assert!(!ran.out.contains("password"));
    assert_eq!(
        ask(&["audit", "verify"])["faults"],
        Value::Array(Vec::new())
    );
    database
        .script(&format!("DROP SCHEMA {schema} CASCADE"))
        .unwrap();
}
