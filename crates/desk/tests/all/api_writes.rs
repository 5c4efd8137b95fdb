//! The desk for programs on a casebook of the samples: what is given, what is there already, who decides first.

use std::{
    net::SocketAddr,
    sync::Barrier,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use store::{people::Role, tokens::Scope};

use crate::{
    client::{Answer, get, send},
    made,
};

const JSON: &str = "Content-Type: application/json";

fn decide(at: SocketAddr, tag: &str, decision: &Value) -> Answer {
    let tag = format!("If-Match: {tag}");
    let body = decision.to_string();
    send(
        at,
        "POST",
        "/api/v1/judgements",
        body.as_bytes(),
        &[JSON, &tag],
    )
}

/// Waits until what was decided stands in the dossiers.
fn settled(at: SocketAddr) -> Value {
    let begun = Instant::now();
    loop {
        let queue = get(at, "/api/v1/disputes?decided=true", &[]).json();
        assert_eq!(queue["failed"], "");
        if queue["waiting"] == 0 && queue["under_way"] == false {
            return queue;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{queue}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The tag of a thing, wherever it went; one that is being made anew is not there for a moment.
fn tag(at: SocketAddr, path: &str) -> String {
    let begun = Instant::now();
    let mut path = path.to_owned();
    loop {
        let answer = get(at, &path, &[]);
        match answer.status {
            200 => return answer.header("etag").to_owned(),
            308 => path = answer.header("location").to_owned(),
            _ => std::thread::sleep(Duration::from_millis(50)),
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{path}");
    }
}

#[test]
fn programs_see_what_pages_show() {
    let Some(place) = made::of_samples("api-same", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let without_links = |mut it: Value| {
        let links = it.as_object_mut().unwrap().remove("links").unwrap();
        (it, links)
    };
    for (own, page) in [
        ("incidents", "incidents.json"),
        (
            "incidents?disputed=true&sort=killed",
            "incidents.json?disputed=1&sort=killed",
        ),
        (
            "incidents?disputed=false&q=school",
            "incidents.json?q=school",
        ),
        ("disputes", "review.json"),
        ("judgements", "decisions.json"),
        ("sources", "sources.json"),
        ("log", "audit.json"),
        (
            "search?q=school&within=claims",
            "search.json?q=school&within=claims",
        ),
        ("jobs", "add.json"),
        ("tokens", "settings/tokens.json"),
    ] {
        let (it, links) = without_links(get(at, &format!("/api/v1/{own}"), &[]).json());
        assert_eq!(it, get(at, &format!("/{page}"), &[]).json(), "{own}");
        assert_eq!(links["self"], format!("/api/v1/{own}"));
    }
    let listed = get(at, "/api/v1/incidents", &[]).json();
    let case = listed["incidents"][0]["case_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let (it, links) = without_links(get(at, &format!("/api/v1/incidents/{case}"), &[]).json());
    assert_eq!(it, get(at, &format!("/incidents/{case}.json"), &[]).json());
    assert_eq!(links["page"], format!("/incidents/{case}"));
    let claims = get(at, &format!("/api/v1/incidents/{case}/claims"), &[]).json();
    assert_eq!(claims["claims"], it["dossier"]["claims"]);
    let claim = claims["claims"][0]["id"].as_str().unwrap();
    let report = it["incident"]["reports"][0]["id"].as_str().unwrap();
    for (kind, id) in [("claims", claim), ("reports", report)] {
        let path = format!("/{kind}/{id}");
        let (it, _) = without_links(get(at, &format!("/api/v1{path}"), &[]).json());
        assert_eq!(it, get(at, &format!("{path}.json"), &[]).json());
        // The beginning of an id leads to the whole.
        let begin = get(at, &format!("/api/v1{}", &path[..path.len() - 4]), &[]);
        let to = format!("/api/v1{path}");
        assert_eq!((begin.status, begin.header("location")), (308, to.as_str()));
    }
    // From page to page everything is met once.
    for (list, key, id) in [
        ("incidents", "incidents", "case_id"),
        ("reports", "reports", "id"),
        ("log", "entries", "seq"),
    ] {
        let mut to = format!("/api/v1/{list}?limit=2");
        let mut met = Vec::new();
        loop {
            let it = get(at, &to, &[]).json();
            let lines = it[key].as_array().unwrap();
            assert!(lines.len() <= 2);
            met.extend(lines.iter().map(|it| it[id].to_string()));
            match it["links"]["next"].as_str() {
                Some(next) => to = next.to_owned(),
                None => break,
            }
        }
        let whole = get(at, &format!("/api/v1/{list}?limit=200"), &[]).json();
        let whole = whole[key].as_array().unwrap();
        assert!(whole.len() > 2, "{list}");
        assert_eq!(
            met,
            whole
                .iter()
                .map(|it| it[id].to_string())
                .collect::<Vec<_>>()
        );
    }
}

#[test]
fn what_is_there_already_is_not_sent_again() {
    let Some(place) = made::of_samples("api-tags", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let listed = get(at, "/api/v1/incidents", &[]);
    let case = listed.json()["incidents"][0]["case_id"]
        .as_str()
        .unwrap()
        .to_owned();
    for path in [
        "/api/v1",
        "/api/v1/incidents",
        "/api/v1/openapi.json",
        &format!("/api/v1/incidents/{case}"),
    ] {
        let tag = get(at, path, &[]).header("etag").to_owned();
        assert!(tag.len() > 10, "{path}");
        for same in [
            tag.clone(),
            format!("\"x\", {tag}"),
            format!("W/{tag}"),
            "*".to_owned(),
        ] {
            let answer = get(at, path, &[&format!("If-None-Match: {same}")]);
            assert_eq!(
                (answer.status, answer.body.len()),
                (304, 0),
                "{path} {same}"
            );
            assert_eq!(answer.header("etag"), tag);
        }
        let other = get(at, path, &["If-None-Match: \"0-0\""]);
        assert_eq!(other.status, 200);
    }
}

#[test]
fn of_two_who_decide_at_once_one_is_told_of_the_other() {
    let Some(place) = made::of_samples("api-race", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let queue = settled(at);
    let claim = queue["disputes"][0]["sides"][0]["claims"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/api/v1/claims/{claim}");
    for round in 0..5 {
        let tag = get(at, &path, &[]).header("etag").to_owned();
        let start = Barrier::new(4);
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let one = |n: usize| {
                let (start, tag, claim) = (&start, &tag, &claim);
                scope.spawn(move || {
                    let kind = if n.is_multiple_of(2) {
                        "accept"
                    } else {
                        "reject"
                    };
                    let reason = format!("round {round}, number {n}");
                    start.wait();
                    decide(
                        at,
                        tag,
                        &json!({"kind": kind, "claim": claim, "reason": reason}),
                    )
                })
            };
            let all: Vec<_> = (0..4).map(one).collect();
            all.into_iter().map(|it| it.join().unwrap()).collect()
        });
        let won: Vec<&Answer> = answers.iter().filter(|it| it.status == 201).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        let made = won[0].json();
        let reason = made["reason"].as_str().unwrap();
        for lost in answers.iter().filter(|it| it.status != 201) {
            let error = &lost.json()["error"];
            assert_eq!(error["status"], 412);
            let what = error["what"].as_str().unwrap();
            assert!(what.contains(reason) && what.contains("Ana"), "{what}");
        }
        let location = won[0].header("location");
        assert_eq!(get(at, location, &[]).json()["reason"], reason);
        let now = get(at, &path, &[]).header("etag").to_owned();
        assert_ne!(now, tag);
    }
    // What is decided elsewhere changes nothing here: the number is that of the claim itself.
    let tag = get(at, &path, &[]).header("etag").to_owned();
    let other = queue["disputes"][0]["sides"][1]["claims"][0]["id"]
        .as_str()
        .unwrap();
    let accept = json!({"kind": "accept", "claim": other, "reason": "it stands there"});
    assert_eq!(decide(at, "*", &accept).status, 201);
    let reject = json!({"kind": "reject", "claim": claim, "reason": "a slip"});
    assert_eq!(decide(at, &tag, &reject).status, 201);
    assert_eq!(decide(at, &tag, &reject).status, 412);
    settled(at);
}

#[test]
fn every_kind_of_decision_is_taken_and_stands_in_the_log() {
    let Some(place) = made::of_samples("api-kinds", &[]) else {
        return;
    };
    let at = made::serve(&place);
    let listed = settled(at);
    assert!(listed["all"].as_u64().unwrap() > 0);
    let incidents = get(at, "/api/v1/incidents?limit=200", &[]).json();
    let mut of_many = None;
    let mut cases = Vec::new();
    for it in incidents["incidents"].as_array().unwrap() {
        let case = it["case_id"].as_str().unwrap().to_owned();
        if it["reports"].as_i64().unwrap() > 2 {
            of_many.get_or_insert(case.clone());
        }
        cases.push(case);
    }
    let case = of_many.expect("a sample of more reports");
    let other = cases.iter().find(|it| **it != case).unwrap();
    let whole = get(at, &format!("/api/v1/incidents/{case}"), &[]).json();
    let reports = whole["incident"]["reports"].as_array().unwrap();
    let report = |n: usize| reports[n]["id"].as_str().unwrap();
    let claims = whole["dossier"]["claims"].as_array().unwrap();
    let claim = claims.iter().find(|it| it["slot"] == "killed").unwrap();
    let claim = claim["id"].as_str().unwrap();
    let text = get(at, &format!("/api/v1/reports/{}", report(0)), &[]).json();
    let words: String = text["text"].as_str().unwrap().chars().take(30).collect();
    let words = words.split('\n').next().unwrap().trim();
    let mut made = Vec::new();
    for (subject, decision) in [
        (
            format!("claims/{claim}"),
            json!({"kind": "accept", "claim": claim}),
        ),
        (
            format!("claims/{claim}"),
            json!({"kind": "reject", "claim": claim}),
        ),
        (
            format!("claims/{claim}"),
            json!({"kind": "correct", "claim": claim, "field": "value", "value": "at least 12"}),
        ),
        (
            format!("reports/{}", report(0)),
            json!({
                "kind": "add", "report": report(0), "slot": "injured", "value": "at least 4321", "words": words,
                "at": 0,
            }),
        ),
        (
            format!("reports/{}", report(0)),
            json!({"kind": "same", "a": report(0), "b": report(1)}),
        ),
        (
            format!("reports/{}", report(0)),
            json!({"kind": "different", "a": report(0), "b": report(1)}),
        ),
        (
            format!("incidents/{case}"),
            json!({"kind": "merge", "case": case, "other": other}),
        ),
        (
            format!("incidents/{case}"),
            json!({"kind": "split", "case": case, "reports": [report(2)]}),
        ),
        (
            format!("reports/{}", report(1)),
            json!({"kind": "move", "report": report(1), "to": case}),
        ),
    ] {
        let path = format!("/api/v1/{subject}");
        settled(at);
        let kind = decision["kind"].clone();
        let mut decision = decision;
        decision["reason"] = format!("to see that {kind} is taken").into();
        let answer = decide(at, &tag(at, &path), &decision);
        assert_eq!(answer.status, 201, "{decision}: {}", answer.text());
        let it = answer.json();
        assert_eq!((&it["kind"], &it["who"]), (&kind, &json!("Ana")));
        made.push(it["id"].as_str().unwrap().to_owned());
        // The numbers of judgements begin what names the thing that they are on.
        let number = format!("\"{}-", made.len());
        let now = tag(at, &path);
        assert!(now.starts_with(&number), "{now}");
    }
    let path = format!("/api/v1/judgements/{}", made[0]);
    let tag = get(at, &path, &[]).header("etag").to_owned();
    let undo = json!({"kind": "undo", "judgement": made[0], "reason": "I misread it"});
    assert_eq!(decide(at, &tag, &undo).status, 201);
    assert_eq!(decide(at, &tag, &undo).status, 412, "taken back once");
    for id in &made {
        let log = get(at, &format!("/api/v1/log?subject={id}"), &[]).json();
        assert_eq!(log["entries"][0]["what"], "judged");
    }
    settled(at);
}

#[test]
fn reports_are_handed_over_and_read() {
    let place = made::empty("api-add");
    made::person(&place, "rob", Role::Reviewer, "river table seven owl");
    let at = made::serve(&place);
    let token = made::token(&place, Some("rob"), &[Scope::Add], None);
    let token = format!("Authorization: Bearer {token}");
    let text = json!({
        "text": "Gunmen killed three people at a market in Kelmoor on Monday, the mayor said.",
        "title": "Three killed in Kelmoor", "source": "Orvane Post", "url": "https://post.example/1",
        "published": "2031-03-04",
    });
    let file = |name: &str, words: &str| {
        let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"");
        format!("--x\r\n{head}\r\n\r\n{words}\r\n")
    };
    let form = [
        file("../a.txt", "A bomb killed two people in Orrin on Tuesday."),
        file("b.txt", "Shells hurt four people in Maarin."),
        "--x--\r\n".to_owned(),
    ]
    .concat();
    let text = text.to_string();
    let multipart = "Content-Type: multipart/form-data; boundary=x";
    for (n, (kind, body)) in [(JSON, text.as_str()), (multipart, form.as_str())]
        .into_iter()
        .enumerate()
    {
        let answer = send(
            at,
            "POST",
            "/api/v1/reports",
            body.as_bytes(),
            &[&token, kind],
        );
        assert_eq!(answer.status, 202, "{}", answer.text());
        let location = answer.header("location").to_owned();
        assert_eq!(location, format!("/api/v1/jobs/{}", n + 1));
        assert_eq!(answer.json()["who"], "rob");
        let begun = Instant::now();
        let job = loop {
            let job = get(at, &location, &[&token]).json();
            if !job["came"].is_null() || job["stage"] == "failed" {
                break job;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "{job}");
            std::thread::sleep(Duration::from_millis(50));
        };
        assert_eq!(job["came"]["added"]["new"], n + 1, "{job}");
    }
}
