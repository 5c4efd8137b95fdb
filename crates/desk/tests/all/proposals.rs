//! What a language model proposed: shown in its sentence, taken or left by forms, counting nowhere before.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use casebook::book::propose::{self, Asking, Model, Which};
use serde_json::Value;
use store::{Place, Store, people::Role};
use testing::chat::{Chat, Reply};

use crate::{
    client::{Answer, encoded, get, post},
    made,
};

const EVIL: &str = "<script>alert(1)</script>";

fn report() -> Vec<u8> {
    format!(
        "Title: Blast at the mill in Orrin {EVIL}\nSource: Lake Tribune\nPublished: 2031-03-04\n\nAt least nine people \
         were killed when a car bomb went off at a mill in Orrin on Monday, the mayor said. {EVIL} Four of the \
         night shift did not answer when their names were called, said Tessa Brook of the mill. Nobody slept.\n"
    )
    .into_bytes()
}

/// A casebook in which a stub proposed two claims on the report.
fn proposed(name: &str) -> Option<Place> {
    let place = made::of_samples(name, &[("mill.txt", report())])?;
    let mut store = Store::open(&place).unwrap();
    let line = |slot: &str| {
        serde_json::json!({
            "slot": slot, "value": "4", "speaker": "Tessa Brook",
            "quote": "Four of the night shift did not answer when their names were called",
        })
    };
    let says = format!("{}\n{}", line("missing"), line("displaced"));
    let chat = Chat::new(move |body| {
        Reply::Says(match body.contains("Orrin") {
            true => says.clone(),
            false => String::new(),
        })
    });
    let model = Model::new(&chat.url(), "stub-1", None, Duration::from_secs(20), "test").unwrap();
    let asking = Asking {
        who: "Ana",
        now: &made::now,
    };
    let which = Which::default();
    let done = propose::propose(
        &mut store,
        &model,
        &made::RESOURCES,
        &which,
        &asking,
        &mut |_| {},
    )
    .unwrap();
    assert_eq!((done.proposed, done.failed), (2, 0), "{done:?}");
    Some(place)
}

fn queue(at: SocketAddr) -> Value {
    let begun = Instant::now();
    loop {
        let queue = get(at, "/review.json", &[]).json();
        assert_eq!(queue["failed"], "");
        if queue["waiting"] == 0 && queue["under_way"] == false {
            return queue;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{queue}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Sends the form of a proposal as somebody who just opened the page.
fn decide(at: SocketAddr, id: &str, kind: &str, reason: &str) -> Answer {
    let page = get(at, "/review", &[]);
    let text = page.text();
    let seen = text.split("name=\"seen\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap();
    let reason = encoded(reason);
    let form = format!(
        "token={}&seen={seen}&kind={kind}&claim={id}&reason={reason}&to=%2Freview",
        page.token()
    );
    post(at, "/decide", &form, &[])
}

#[test]
fn proposals_are_shown_in_their_sentence_and_taken_or_left() {
    let Some(place) = proposed("proposals") else {
        return;
    };
    let at = made::serve(&place);
    let waits = queue(at);
    assert_eq!(waits["proposed"], 2, "{waits}");
    let shown = &waits["proposals"][0];
    assert_eq!(
        (&shown["slot"], &shown["model"]),
        (&"Missing".into(), &"stub-1".into()),
        "{shown}"
    );
    assert_eq!(
        shown["quote"][1],
        "Four of the night shift did not answer when their names were called"
    );
    assert!(
        shown["quote"][0].as_str().unwrap().contains(EVIL),
        "{shown}"
    );
    assert_eq!(shown["quote"][2], ", said Tessa Brook of the mill.");
    let page = get(at, "/review", &[]).text();
    assert!(page.contains("Proposed by a model") && page.contains("stub-1"));
    assert!(page.contains("Tessa Brook → Lake Tribune"));
    assert!(
        !page.contains(EVIL),
        "what a report holds is shown, not run"
    );
    // It counts nowhere.
    let case = shown["incidents"][0][0].as_str().unwrap().to_owned();
    let before = get(at, &format!("{case}.json"), &[]).json();
    let slots = |json: &Value| -> Vec<String> {
        let claims = json["dossier"]["claims"].as_array().unwrap();
        claims
            .iter()
            .map(|it| it["slot"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(!slots(&before).contains(&"missing".to_owned()));
    // One is taken.
    let (taken, left) = (
        shown["id"].as_str().unwrap().to_owned(),
        waits["proposals"][1]["id"].as_str().unwrap().to_owned(),
    );
    let answer = decide(at, &taken, "accept", "so it stands there");
    assert_eq!(answer.status, 303, "{}", answer.text());
    let after = queue(at);
    assert_eq!(after["proposed"], 1, "{after}");
    let json = get(at, &format!("{case}.json"), &[]).json();
    let claims = json["dossier"]["claims"].as_array().unwrap();
    let own = claims.iter().find(|it| it["slot"] == "missing").unwrap();
    assert_eq!(
        (&own["rule"], &own["judged"]["who"]),
        (&"proposed".into(), &"Ana".into())
    );
    let id = own["id"].as_str().unwrap();
    assert_eq!(id.strip_prefix("c:"), taken.strip_prefix("p:"));
    let page = get(at, &format!("/claims/{id}"), &[]).text();
    assert!(
        page.contains("proposed by the model <code>stub-1/"),
        "{page}"
    );
    let report = own["report"].as_str().unwrap();
    let page = get(at, &format!("/reports/{report}"), &[]).text();
    assert!(page.contains("proposed by a model, accepted by Ana"));
    // One is left, and somebody who had not seen that is told.
    let answer = decide(at, &left, "reject", "nobody fled");
    assert_eq!(answer.status, 303, "{}", answer.text());
    let answer = decide(at, &left, "accept", "they did");
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("nobody fled"));
    let now = queue(at);
    assert_eq!(
        (&now["proposed"], now["proposals"].as_array().unwrap().len()),
        (&0.into(), 0)
    );
    assert!(
        !get(at, "/review", &[])
            .text()
            .contains("Proposed by a model")
    );
    let decisions = get(at, "/decisions", &[]).text();
    assert!(
        decisions.contains("nobody fled") && decisions.contains("Displaced: 4"),
        "{decisions}"
    );
    assert!(
        !slots(&get(at, &format!("{case}.json"), &[]).json()).contains(&"displaced".to_owned())
    );
}

#[test]
fn who_may_only_read_sees_proposals_and_no_form() {
    let Some(place) = proposed("proposals-reader") else {
        return;
    };
    made::person(&place, "rita", Role::Reader, "river table seven owl");
    let at = made::serve(&place);
    let page = get(at, "/login", &[]);
    let form = format!(
        "token={}&name=rita&password=river+table+seven+owl&to=/review",
        page.token()
    );
    let cookie = format!("Cookie: {}", page.cookie());
    let answer = post(at, "/login", &form, &[&cookie]);
    let cookie = format!("Cookie: {}", answer.cookie());
    let page = get(at, "/review", &[&cookie]);
    let text = page.text();
    assert!(
        text.contains("Proposed by a model") && !text.contains("What you decide on this proposal")
    );
    let id = text
        .split("id=\"p-")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let form = format!(
        "token={}&seen=0&kind=accept&claim=p:{id}&reason=x&to=%2Freview",
        page.token()
    );
    assert_eq!(post(at, "/decide", &form, &[&cookie]).status, 403);
}
