//! A claim that a person adds to a report: found in its words, counted like others, taken back.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    client::{Answer, encoded, get, post},
    made,
};

/// A report that the reader passes over, for nothing in it is of the field.
const QUIET: &str = "Varda, 4 March 2031\n\nThe ferry of Varda did not come back on Tuesday. Nobody of its nine \
                     passengers\nhas been heard of since, the harbour office said. Nobody of the crew spoke.\n";

fn settled(at: SocketAddr) {
    let begun = Instant::now();
    loop {
        let queue = get(at, "/review.json", &[]).json();
        assert_eq!(queue["failed"], "");
        if queue["waiting"] == 0 && queue["under_way"] == false {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{queue}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Sends the form of a report's page.
fn send(at: SocketAddr, report: &str, fields: &[(&str, &str)]) -> Answer {
    let page = get(at, &format!("/reports/{report}"), &[]);
    let text = page.text();
    assert!(text.contains("Add a claim that is missing here"));
    let seen = text.split("name=\"seen\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap();
    let mut form = format!(
        "token={}&seen={seen}&kind=add&report={report}",
        page.token()
    );
    for (name, value) in fields {
        form.push_str(&format!("&{name}={}", encoded(value)));
    }
    post(at, "/decide", &form, &[])
}

fn report(at: SocketAddr, id: &str) -> Value {
    get(at, &format!("/reports/{id}.json"), &[]).json()
}

/// The id of the report in whose text some words stand.
fn with_words(at: SocketAddr, words: &str) -> String {
    let found = get(at, &format!("/search.json?q={}", encoded(words)), &[]).json();
    let id = found["found"][0]["id"].as_str();
    id.unwrap_or_else(|| panic!("{found}")).to_owned()
}

#[test]
fn a_claim_is_added_in_the_words_of_a_report_and_taken_back() {
    let further = [("quiet.txt", QUIET.as_bytes().to_vec())];
    let Some(place) = made::of_samples("by-hand", &further) else {
        return;
    };
    let at = made::serve(&place);
    let id = with_words(at, "ferry harbour");
    let before = report(at, &id);
    assert_eq!(before["incidents"].as_array().unwrap().len(), 0, "{before}");
    let fields = [
        ("words", "Nobody of its nine passengers has been heard of"),
        ("slot", "missing"),
        ("value", "9"),
        ("speaker", "harbour office"),
        ("as_of", "2031-03-05"),
        ("reason", "the ferry's <b>nine</b>"),
    ];
    let answer = send(at, &id, &fields);
    assert_eq!(answer.status, 303, "{}", answer.text());
    settled(at);
    // It stands in the report, with the words as they are there, told apart from what the program read.
    let shown = report(at, &id);
    let claims = shown["claims"].as_array().unwrap();
    let own = claims.iter().find(|it| it["added"] == true).unwrap();
    assert_eq!(own["slot"], "Missing");
    assert_eq!(
        own["quote"],
        "Nobody of its nine passengers\nhas been heard of"
    );
    assert_eq!(own["speakers"], "harbour office → the report");
    assert_eq!(own["person"], "added by Ana");
    let page = get(at, &format!("/reports/{id}"), &[]).text();
    assert!(page.contains("added by Ana") && !page.contains("<b>nine</b>"));
    // A report that was of nothing tells of an incident now, whose figure it is.
    let href = shown["incidents"][0][0]
        .as_str()
        .unwrap_or_else(|| panic!("{shown}"));
    let incident = get(at, &format!("{href}.json"), &[]).json();
    let claim = own["id"].as_str().unwrap();
    let kept = &incident["dossier"]["claims"][0];
    assert_eq!(kept["id"], claim);
    assert_eq!(kept["judged"]["kind"], "add");
    assert_eq!(kept["as_of"]["words"], "2031-03-05");
    let figures = incident["incident"]["figures"].as_array().unwrap();
    let missing = figures.iter().find(|it| it["slot"] == "Missing").unwrap();
    assert!(
        missing["figure"].as_str().unwrap().contains('9'),
        "{missing}"
    );
    // The claim has a page; whoever doubts it decides on it as on any other.
    let page = get(at, &format!("/claims/{claim}"), &[]);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("What a person reads in these words"));
    let seen = page.text();
    let seen = seen.split("name=\"seen\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap();
    let token = page.token();
    let reject = format!(
        "token={token}&seen={seen}&kind=reject&claim={}&reason=no",
        encoded(claim)
    );
    assert_eq!(post(at, "/decide", &reject, &[]).status, 303);
    settled(at);
    let shown = report(at, &id);
    let own = &shown["claims"][0];
    assert_eq!(own["person"], "Ana decided: the report does not say this");
    assert_eq!(own["decided"], 2);
    // Both are taken back, the later first.
    let decided = get(at, &format!("/claims/{claim}.json"), &[]).json();
    for one in decided["decided"].as_array().unwrap() {
        let page = get(at, &format!("/claims/{claim}"), &[]);
        let text = page.text();
        let seen = text.split("name=\"seen\" value=\"").nth(1).unwrap();
        let undo = format!(
            "token={}&seen={}&kind=undo&judgement={}&reason=again",
            page.token(),
            seen.split('"').next().unwrap(),
            encoded(one["id"].as_str().unwrap())
        );
        assert_eq!(post(at, "/decide", &undo, &[]).status, 303);
    }
    settled(at);
    let shown = report(at, &id);
    assert_eq!(shown["claims"].as_array().unwrap().len(), 0, "{shown}");
    assert_eq!(get(at, &format!("{href}.json"), &[]).status, 404);
    // What was taken back can be added again.
    assert_eq!(send(at, &id, &fields).status, 303);
    let again = send(at, &id, &fields);
    assert_eq!(again.status, 400);
    assert!(
        again.text().contains("was added to the report already"),
        "{}",
        again.text()
    );
}

#[test]
fn what_is_not_understood_of_a_claim_comes_back_as_it_was_typed() {
    let further = [("quiet.txt", QUIET.as_bytes().to_vec())];
    let Some(place) = made::of_samples("by-hand-wrong", &further) else {
        return;
    };
    let at = made::serve(&place);
    let id = with_words(at, "ferry harbour");
    let right = [
        ("words", "nine passengers"),
        ("slot", "missing"),
        ("value", "nine"),
        ("reason", "it says so"),
    ];
    let with = |name: &str, value: &str| -> Answer {
        let fields = right.map(|(own, usual)| (own, if own == name { value } else { usual }));
        send(at, &id, &fields)
    };
    let check = |answer: Answer, what: &str| {
        let text = answer.text();
        assert_eq!(answer.status, 400, "{text}");
        assert!(text.contains(what), "{text}");
        text
    };
    let text = check(with("value", "ni<ne"), "not understood");
    assert!(
        text.contains("value=\"nine passengers\""),
        "the words come back: {text}"
    );
    assert!(text.contains("value=\"ni&#60;ne\""));
    check(
        with("words", "ten passengers"),
        "do not stand in the report",
    );
    check(with("words", "Nobody of"), "stand 2 times");
    check(with("words", ""), "needs the words");
    check(with("words", &"x".repeat(4_001)), "words: too long");
    check(with("slot", "weather"), "no claim is about that");
    check(with("reason", " "), "needs a reason");
    let fields = [&right[..], &[("value", "9"), ("scope", "martians")]].concat();
    check(send(at, &id, &fields[1..]), "needs the words");
    let fields: Vec<_> = fields.into_iter().filter(|it| it.1 != "nine").collect();
    check(send(at, &id, &fields), "nobody is counted so");
    let shown = report(at, &id);
    assert_eq!(shown["claims"].as_array().unwrap().len(), 0);
}
