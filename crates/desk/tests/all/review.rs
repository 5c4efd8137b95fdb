//! Deciding: the queue, the forms, conflicts, undoing, who may.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::Value;
use store::{Store, people::Role};

use crate::{
    client::{Answer, encoded, get, post},
    made,
};

/// Waits until what was decided stands in the dossiers.
fn settled(at: SocketAddr) -> Value {
    let begun = Instant::now();
    loop {
        let queue = get(at, "/review.json?decided=1", &[]).json();
        assert_eq!(queue["failed"], "");
        if queue["waiting"] == 0 && queue["under_way"] == false {
            return queue;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{queue}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A form of a page with its token and what was seen, with further fields.
fn form(page: &Answer, fields: &[(&str, &str)]) -> String {
    let text = page.text();
    let seen = text.split("name=\"seen\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap();
    let mut out = format!("token={}&seen={seen}", page.token());
    for (name, value) in fields {
        out.push_str(&format!("&{name}={}", encoded(value)));
    }
    out
}

/// Decides on a page as somebody who just opened it.
fn decide(at: SocketAddr, page: &str, fields: &[(&str, &str)]) -> Answer {
    let page = get(at, page, &[]);
    assert_eq!(page.status, 200);
    post(at, "/decide", &form(&page, fields), &[])
}

/// The id of the decision that an answer leads to.
fn taken(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let to = answer.header("location");
    to.split("taken=").nth(1).unwrap().to_owned()
}

#[test]
fn a_dispute_is_found_decided_and_brought_back() {
    let Some(place) = made::of_samples("review", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let queue = settled(at);
    let disputes = queue["disputes"].as_array().unwrap();
    assert!(disputes.len() > 1, "{queue}");
    // A dispute has two sides, wherever the other one stands.
    for it in disputes {
        assert!(it["sides"].as_array().unwrap().len() > 1, "{it}");
    }
    // What matters most comes first: tolls, by how far they are apart, before all else.
    assert_eq!(disputes[0]["slot"], "Killed");
    let tolls: Vec<u64> = disputes
        .iter()
        .take_while(|it| it["slot"] == "Killed")
        .map(|it| it["apart"].as_u64().unwrap())
        .collect();
    assert!(tolls.is_sorted_by(|a, b| a >= b), "{tolls:?}");
    assert!(
        disputes[tolls.len()..]
            .iter()
            .all(|it| it["slot"] != "Killed")
    );
    let case = disputes[0]["case"].as_str().unwrap();
    let claim = disputes[0]["sides"][0]["claims"][0]["id"].as_str().unwrap();
    let page = get(at, "/review", &[]).text();
    assert!(page.contains(&format!("name=\"claim\" value=\"{claim}\"")));
    assert!(page.contains("read by machine"));
    // A number of a report is corrected, with a reason.
    let fields = [
        ("claim", claim),
        ("kind", "correct"),
        ("field", "value"),
        ("value", "at least 4321"),
        ("reason", "the <i>second</i> page says so"),
        ("to", "/review?decided=1#top"),
    ];
    let answer = decide(at, "/review", &fields);
    let judgement = taken(&answer).replace("#top", "");
    assert_eq!(
        answer.header("location"),
        format!("/review?decided=1&taken={judgement}#top")
    );
    let after = get(
        at,
        answer.header("location").split('#').next().unwrap(),
        &[],
    )
    .text();
    assert!(after.contains("Taken down.") && after.contains(&judgement.replace(':', "-")));
    settled(at);
    // It stands on the claim's page, in the history, on the incident, in the JSON, and in the log with who.
    let shown = get(at, &format!("/claims/{claim}.json"), &[]).json();
    let change = shown["decided"][0]["change"].as_str().unwrap();
    assert!(
        change.contains("→ 4321 or more") || change.contains("4321"),
        "{change}"
    );
    assert!(change.starts_with("value: "), "{change}");
    for path in [
        format!("/claims/{claim}"),
        "/decisions".to_owned(),
        format!("/incidents/{case}"),
    ] {
        let text = get(at, &path, &[]).text();
        assert!(
            text.contains("the &#60;i&#62;second&#60;/i&#62; page"),
            "{path}"
        );
        assert!(text.contains("by a person"), "{path}");
    }
    let dossier = get(at, &format!("/incidents/{case}.json"), &[]).json();
    let own = dossier["dossier"]["claims"].as_array().unwrap().clone();
    let own = own.iter().find(|it| it["id"] == claim).unwrap();
    assert_eq!(own["judged"]["judgement"], judgement.as_str());
    assert_eq!(own["judged"]["who"], "Ana");
    let log = get(at, &format!("/audit.json?subject={judgement}"), &[]).json();
    assert_eq!(log["entries"][0]["what"], "judged");
    assert_eq!(log["entries"][0]["who"], "Ana");
    // Decided on, it waits no more; and taken back, it does again.
    let open = get(at, "/review.json", &[]).json();
    let waits = |queue: &Value| {
        let disputes = queue["disputes"].as_array().unwrap().iter();
        let sides = disputes.flat_map(|it| it["sides"].as_array().unwrap());
        // Against what others say elsewhere it is shown all the same.
        let own = sides.filter(|it| it["elsewhere"].is_null());
        own.flat_map(|it| it["claims"].as_array().unwrap())
            .any(|it| it["id"] == claim)
    };
    assert!(!waits(&open), "{open}");
    let fields = [
        ("judgement", judgement.as_str()),
        ("kind", "undo"),
        ("reason", "I misread it"),
    ];
    taken(&decide(at, "/decisions", &fields));
    settled(at);
    assert!(waits(&get(at, "/review.json", &[]).json()));
    let history = get(at, "/decisions.json", &[]).json();
    assert_eq!(history["decisions"][0]["of"], "correct");
    assert_eq!(history["decisions"][1]["undone"], true);
    let mut store = Store::open(&place).unwrap();
    let audit = store::audit::verify(&mut store, &mut |_| {}).unwrap();
    assert_eq!(audit.faults, []);
}

#[test]
fn what_somebody_decided_meanwhile_is_told_and_nothing_typed_is_lost() {
    let Some(place) = made::of_samples("conflict", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let queue = settled(at);
    let claim = queue["disputes"][0]["sides"][0]["claims"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let page = get(at, &format!("/claims/{claim}"), &[]);
    let own = |kind: &str, reason: &str| {
        let fields = [
            ("claim", claim.as_str()),
            ("kind", kind),
            ("reason", reason),
            ("to", "/audit"),
        ];
        form(&page, &fields)
    };
    taken(&post(
        at,
        "/decide",
        &own("accept", "as it stands there"),
        &[],
    ));
    // Another who had the page open before.
    let late = post(
        at,
        "/decide",
        &own("reject", "a \"slip\" of the tongue"),
        &[],
    );
    assert_eq!(late.status, 409);
    let text = late.text();
    for words in [
        "Somebody decided on it meanwhile",
        "as it stands there",
        "value=\"a &#34;slip&#34; of the tongue\"",
        "name=\"kind\" value=\"reject\"",
        "href=\"/audit\"",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let fields = [
        ("claim", claim.as_str()),
        ("kind", "reject"),
        ("reason", "a slip all the same"),
    ];
    taken(&post(at, "/decide", &form(&late, &fields), &[]));
    settled(at);
    // What makes no sense is shown again with what was typed.
    for (kind, value, says) in [
        ("", "", "nothing was chosen"),
        ("correct", "a great many", "not understood"),
        ("merge", "", "is not in the casebook"),
    ] {
        let fields = [
            ("claim", claim.as_str()),
            ("kind", kind),
            ("field", "value"),
            ("value", value),
            ("reason", "kept words"),
        ];
        let answer = decide(at, &format!("/claims/{claim}"), &fields);
        assert!(matches!(answer.status, 400 | 404), "{kind}");
        let text = answer.text();
        assert!(
            text.contains(says) && text.contains("kept words"),
            "{kind}: {text}"
        );
        assert!(value.is_empty() || text.contains(value), "{kind}");
    }
    let none = decide(
        at,
        &format!("/claims/{claim}"),
        &[("claim", &claim), ("kind", "accept")],
    );
    assert_eq!(none.status, 400);
    assert!(none.text().contains("a judgement needs a reason"));
}

#[test]
fn reports_are_put_together_anew() {
    let Some(place) = made::of_samples("together", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let cases = || -> Vec<String> {
        let listed = get(at, "/incidents.json?passing=1", &[]).json();
        let all = listed["incidents"].as_array().unwrap().clone();
        let id = |it: &Value| it["case_id"].as_str().unwrap().to_owned();
        all.iter().map(id).collect()
    };
    let reports = |case: &str| -> Vec<String> {
        let json = get(at, &format!("/incidents/{case}.json"), &[]).json();
        let all = json["incident"]["reports"].as_array().unwrap().clone();
        all.iter()
            .map(|it| it["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let before = cases();
    let (a, b) = (before[0].clone(), before[1].clone());
    let (of_a, of_b) = (reports(&a), reports(&b));
    // Two incidents are one, by the address of the other.
    let other = format!("http://{at}/incidents/{b}?voices=all");
    let fields = [
        ("kind", "merge"),
        ("case", a.as_str()),
        ("other", &other),
        ("reason", "one event"),
    ];
    let merged = taken(&decide(at, &format!("/incidents/{a}"), &fields));
    settled(at);
    assert_eq!(cases().len(), before.len() - 1);
    let left = if cases().contains(&a) {
        a.clone()
    } else {
        b.clone()
    };
    assert_eq!(reports(&left).len(), of_a.len() + of_b.len());
    let page = get(at, &format!("/incidents/{left}"), &[]).text();
    assert!(page.contains("one event"), "the history tells of it");
    let fields = [
        ("kind", "undo"),
        ("judgement", merged.as_str()),
        ("reason", "two after all"),
    ];
    taken(&decide(at, "/decisions", &fields));
    settled(at);
    assert_eq!(cases().len(), before.len());
    // A report tells of another incident; it goes there.
    let from = before.iter().find(|it| reports(it).len() > 1).unwrap();
    let to = before.iter().find(|it| *it != from).unwrap();
    let moved = reports(from)[0].clone();
    let fields = [
        ("kind", "move"),
        ("report", moved.as_str()),
        ("other", to),
        ("reason", "another town"),
    ];
    taken(&decide(at, &format!("/incidents/{from}"), &fields));
    settled(at);
    assert!(reports(to).contains(&moved));
    // Some of its reports tell of another one.
    let fields = [
        ("kind", "split"),
        ("case", to.as_str()),
        ("report", moved.as_str()),
        ("reason", "a third one"),
    ];
    taken(&decide(at, &format!("/incidents/{to}"), &fields));
    settled(at);
    assert!(!reports(to).contains(&moved));
    let fields = [
        ("kind", "same"),
        ("a", moved.as_str()),
        ("b", of_a[0].as_str()),
        ("reason", "the same street"),
    ];
    let page = format!("/reports/{moved}");
    assert!(matches!(decide(at, &page, &fields).status, 303 | 400));
    settled(at);
}

#[test]
fn who_may_only_read_decides_nothing() {
    let Some(place) = made::of_samples("readers", &[]) else {
        return;
    };
    let open = made::serve(&place);
    let queue = settled(open);
    let claim = queue["disputes"][0]["sides"][0]["claims"][0]["id"]
        .as_str()
        .unwrap();
    let password = "river table seven owl";
    made::person(&place, "ben", Role::Reader, password);
    made::person(&place, "eva", Role::Reviewer, password);
    let log_in = |name: &str| {
        let page = get(open, "/login", &[]);
        let form = format!(
            "token={}&name={name}&password={}",
            page.token(),
            encoded(password)
        );
        let visit = format!("Cookie: {}", page.cookie());
        format!(
            "Cookie: {}",
            post(open, "/login", &form, &[&visit]).cookie()
        )
    };
    let (ben, eva) = (log_in("ben"), log_in("eva"));
    let page = get(open, "/review", &[&ben]);
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("action=\"/decide\""));
    let fields = format!(
        "token={}&seen=0&kind=accept&claim={}&reason=x",
        page.token(),
        encoded(claim)
    );
    assert_eq!(post(open, "/decide", &fields, &[&ben]).status, 403);
    // One person's token is of no use to another.
    assert_eq!(post(open, "/decide", &fields, &[&eva]).status, 403);
    let nobody = post(open, "/decide", &fields, &[]);
    assert_eq!((nobody.status, nobody.header("location")), (303, "/login"));
    let page = get(open, "/review", &[&eva]);
    let form = form(
        &page,
        &[
            ("kind", "accept"),
            ("claim", claim),
            ("reason", "so it is there"),
        ],
    );
    assert_eq!(post(open, "/decide", &form, &[&eva]).status, 303);
    let mut store = Store::open(&place).unwrap();
    let made = store::judgements::all(store.database(), i64::MAX).unwrap();
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].who, "eva");
}
