//! What is new: what changed since somebody looked last, how much of it, and how long it takes to say so.

use std::time::Instant;

use casebook::book::{self, Review};
use serde_json::Value;
use store::{Store, people::Role, views};

use crate::{
    client::{encoded, get, post},
    made,
};

fn list<'a>(it: &'a Value, name: &str) -> &'a [Value] {
    it[name].as_array().map_or(&[], Vec::as_slice)
}

/// The number in the menu; 0 where there is none.
fn in_menu(text: &str) -> usize {
    let after = text.split("class=\"fresh\">").nth(1);
    let digits = after.and_then(|it| it.split('<').next());
    digits.map_or(0, |it| it.parse().unwrap())
}

#[test]
fn what_changed_is_told_until_it_is_seen() {
    let Some(place) = made::of_samples("news", &[]) else {
        return;
    };
    let at = made::serve(&place);
    // A first visit tells of the last days.
    let news = get(at, "/news.json", &[]).json();
    let incidents = list(&news, "incidents");
    assert_eq!((news["all"].as_u64(), incidents.len()), (Some(4), 4));
    assert_eq!(news["cut"], false);
    let people: Vec<u64> = incidents
        .iter()
        .map(|it| it["people"].as_u64().unwrap())
        .collect();
    assert!(people.is_sorted_by(|a, b| a >= b), "{people:?}");
    assert!(people[0] > 0 && incidents.iter().all(|it| it["changes"][0]["what"] == "new"));
    let page = get(at, "/news", &[]);
    let text = page.text();
    assert!(text.contains("new incident</span>") && text.contains("I have seen this"));
    assert_eq!(in_menu(&text), 4);
    assert_eq!(in_menu(&get(at, "/methodology", &[]).text()), 4);
    // Nothing is seen by whoever sends no token of ours, or names an entry that is not there.
    let to = news["to"].as_i64().unwrap();
    let form = |token: &str, seen: i64| format!("token={token}&seen={seen}");
    assert_eq!(post(at, "/news/seen", &form("0", to), &[]).status, 403);
    let token = page.token();
    for seen in [to + 1, -1] {
        assert_eq!(post(at, "/news/seen", &form(&token, seen), &[]).status, 400);
    }
    assert_eq!(in_menu(&get(at, "/news", &[]).text()), 4);
    let done = post(at, "/news/seen", &form(&token, to), &[]);
    assert_eq!((done.status, done.header("location")), (303, "/news"));
    let text = get(at, "/news", &[]).text();
    assert!(text.contains("No incident changed") && !text.contains("I have seen this"));
    assert_eq!(in_menu(&text), 0);
    // It can still be looked at, since another time.
    for (since, n) in [
        ("today", 4),
        ("week", 4),
        ("0", 4),
        ("visit", 0),
        (to.to_string().as_str(), 0),
    ] {
        let news = get(at, &format!("/news.json?since={since}"), &[]).json();
        assert_eq!(news["all"], n, "{since}");
        assert_eq!(get(at, &format!("/news?since={since}"), &[]).status, 200);
    }
    for bad in ["since=yesterday", "since=-1", "page=0", "since=1&since=2"] {
        assert_eq!(get(at, &format!("/news?{bad}"), &[]).status, 400, "{bad}");
    }
    // A mark never goes back.
    post(at, "/news/seen", &form(&token, 1), &[]);
    assert_eq!(get(at, "/news.json", &[]).json()["since"], to);
}

#[test]
fn figures_that_moved_mergers_and_decisions_of_others_are_told() {
    let Some(place) = made::of_samples("news-moved", &[]) else {
        return;
    };
    for name in ["ana", "bo"] {
        made::person(&place, name, Role::Reviewer, "river table seven owl");
    }
    let mut store = Store::open(&place).unwrap();
    let head = store.head().unwrap().seq;
    store
        .write(&mut |tx| {
            tx.has_seen("ana", head, "2031-05-01T11:00:00.000Z")?;
            tx.has_seen("bo", head, "2031-05-01T11:00:00.000Z")
        })
        .unwrap();
    let cases = store::results::cases(store.database()).unwrap();
    let dossier = store::results::dossier(store.database(), &cases[2])
        .unwrap()
        .unwrap();
    let claims = dossier
        .claims
        .iter()
        .filter(|it| it.slot == model::Slot::Killed);
    let decide = |store: &mut Store, review: &Review, who: &str| {
        book::decide(
            store,
            review,
            "the <i>second</i> page",
            who,
            made::now(),
            None,
        )
        .unwrap()
    };
    for claim in claims {
        let review = Review::Correct {
            claim: claim.id.to_string(),
            field: "value".to_owned(),
            to: "4321".to_owned(),
        };
        decide(&mut store, &review, "bo");
    }
    let merge = Review::Merge {
        a: cases[0].clone(),
        b: cases[1].clone(),
    };
    let merged = decide(&mut store, &merge, "bo");
    made::run(&mut store);
    let at = made::serve(&place);
    let log_in = |name: &str| {
        let page = get(at, "/login", &[]);
        let form = format!(
            "token={}&name={name}&password={}",
            page.token(),
            encoded("river table seven owl")
        );
        let answer = post(
            at,
            "/login",
            &form,
            &[&format!("Cookie: {}", page.cookie())],
        );
        assert_eq!(answer.status, 303);
        format!("Cookie: {}", answer.cookie())
    };
    let ana = log_in("ana");
    let news = get(at, "/news.json", &[&ana]).json();
    let first = &news["incidents"][0];
    assert_eq!(first["case"], cases[2].as_str(), "{news}");
    let words: Vec<&str> = list(first, "changes")
        .iter()
        .filter_map(|it| it["words"].as_str())
        .collect();
    let moved = words
        .iter()
        .any(|it| it.starts_with("killed: ") && it.contains("→ 4321"));
    assert!(moved, "{words:?}");
    let left = store::results::cases(store.database()).unwrap();
    let [gone, kept] = match left.contains(&cases[0]) {
        true => [&cases[1], &cases[0]],
        false => [&cases[0], &cases[1]],
    };
    let ended = list(&news, "incidents")
        .iter()
        .find(|it| it["case"] == gone.as_str());
    let ended = ended.expect("the one that went into another");
    assert_eq!(ended["ended"], true);
    assert_eq!(ended["changes"][0]["other"], kept.as_str());
    let text = get(at, "/news", &[&ana]).text();
    assert!(
        text.contains(&format!(
            "is now part of</bdi> <a href=\"/incidents/{kept}\">"
        )),
        "{text}"
    );
    // What others decided, with the reason, and nothing of one's own.
    let decisions = list(&news, "decisions");
    assert_eq!(decisions[0]["id"], merged.id.as_str());
    assert!(decisions.iter().all(|it| it["who"] == "bo"));
    assert!(text.contains("the &#60;i&#62;second&#60;/i&#62; page"));
    let bo = log_in("bo");
    let own = get(at, "/news.json", &[&bo]).json();
    assert_eq!(
        (list(&own, "decisions").len(), &own["all"]),
        (0, &news["all"])
    );
    // Each has a mark of their own.
    let page = get(at, "/news", &[&ana]);
    let to = news["to"].as_i64().unwrap();
    let form = format!("token={}&seen={to}", page.token());
    assert_eq!(post(at, "/news/seen", &form, &[&ana]).status, 303);
    assert_eq!(in_menu(&get(at, "/news", &[&ana]).text()), 0);
    assert_eq!(
        in_menu(&get(at, "/news", &[&bo]).text()) as u64,
        news["all"].as_u64().unwrap()
    );
    let seen = views::seen_by(store.database(), "ana").unwrap().unwrap();
    assert_eq!(seen, (to, store::log::time(made::now())));
}

#[test]
fn a_long_log_is_told_of_within_bounds_and_quickly() {
    let place = made::empty("news-long");
    let mut store = Store::open(&place).unwrap();
    let at_time = store::log::time(made::now());
    let summary = |n: usize| {
        let killed = [Some(n), Some(n), Some(n)];
        serde_json::json!({"title": format!("Blast {n} <b>"), "version": "v", "killed": killed,
            "injured": [null, null, null], "disputed": [], "reports": n})
        .to_string()
    };
    store
        .write(&mut |tx| {
            for n in 0..100_000_usize {
                // Of many reports come few incidents, which change now and then.
                let (what, subject, detail) = match n % 20 {
                    0 => (
                        "reconciled",
                        format!("k:{:020}", n / 20 % 3_000),
                        Some(summary(n)),
                    ),
                    1..=9 => ("received", format!("r:{n:020}"), Some(summary(n))),
                    _ => ("read", format!("r:{n:020}"), None),
                };
                tx.tell(what, &subject, detail, &at_time, "Ana")?;
            }
            Ok(())
        })
        .unwrap();
    let server = made::serve(&place);
    let asked = |path: &str| {
        let begun = Instant::now();
        let answer = get(server, path, &[]);
        assert_eq!(answer.status, 200);
        (answer, begun.elapsed().as_millis())
    };
    let (_, bare) = asked("/methodology.json");
    let (first, cold) = asked("/news");
    let (_, warm) = asked("/news?since=week&page=2");
    let (elsewhere, other) = asked("/methodology");
    println!(
        "log of 100,000 entries: JSON of a page {bare} ms, news {cold} ms, again {warm} ms, a page {other} ms"
    );
    let text = first.text();
    assert!(
        text.contains("More changed than this page keeps at hand"),
        "{text}"
    );
    assert!(text.contains("Blast 99980 &#60;b&#62;") && text.contains("page 1 of 40"));
    assert_eq!(in_menu(&elsewhere.text()), 2_000);
    // Built without optimisation on a machine that does other things: some tens of milliseconds are a few hundred.
    assert!(cold < 600 && warm < 200 && other < 200);
    // What comes then is added to what is known.
    let body = summary(1);
    store
        .write(&mut |tx| {
            let case = format!("k:{:020}", 1_999);
            tx.tell("reconciled", &case, Some(body.clone()), &at_time, "Ana")
        })
        .unwrap();
    let news = get(server, "/news.json?since=100001", &[]).json();
    assert_eq!(
        (news["all"].as_u64(), &news["cut"]),
        (Some(1), &false.into())
    );
    assert_eq!(
        news["incidents"][0]["changes"][0]["words"],
        "killed: 99980 → 1"
    );
}
