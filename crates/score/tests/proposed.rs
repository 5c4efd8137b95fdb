//! What a language model adds to the figures on events: one that knows the gold, and one that lies.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use casebook::book::propose::Model;
use score::{Engine, Options, Outcome, events};
use serde_json::{Value, json};
use testing::chat::{Chat, Reply};

const EVENT: &str = "al-nimra-hospital-siege";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/events")
}

/// The headlines of the event's reports, and what a model that knows the gold would answer on each.
fn gold() -> BTreeMap<String, String> {
    let folder = folder().join(EVENT);
    let claims = fs::read_to_string(folder.join("claims.jsonl")).unwrap();
    let mut out = BTreeMap::new();
    for n in 1..5 {
        let report = format!("{n:02}");
        let text = fs::read_to_string(folder.join(format!("{report}.txt"))).unwrap();
        // What stands between the head of a file and its end, where a model finds it.
        let begin = text.lines().filter(|it| it.len() > 90).nth(1).unwrap()[..60].to_owned();
        let lines = claims
            .lines()
            .map(|it| serde_json::from_str::<Value>(it).unwrap());
        let own = lines.filter(|it| it["report"] == report.as_str());
        let answers = own.map(|it| {
            json!({"slot": it["slot"], "value": it["value"], "quote": it["quote"]}).to_string()
        });
        out.insert(begin, answers.collect::<Vec<_>>().join("\n"));
    }
    assert_eq!(out.len(), 4);
    out
}

fn figures(engine: &Engine, reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Vec<Outcome> {
    let chat = Chat::new(reply);
    let model = Model::new(&chat.url(), "stub", None, Duration::from_secs(30), "test").unwrap();
    let only = [EVENT.to_owned()];
    let out = events::score_proposed(&folder(), &only, engine, &Options::quiet(), &model).unwrap();
    assert_eq!(out.len(), 2);
    out
}

#[test]
fn a_model_that_knows_the_gold_gains_and_one_that_lies_changes_nothing() {
    static LOADED: testing::Needed<Engine> = testing::Needed::new();
    let Some(engine) = LOADED.get(&testing::PREPARED, |_| Engine::load()) else {
        return;
    };
    let known = gold();
    let knows = figures(engine, move |body| {
        let body: Value = serde_json::from_str(body).unwrap();
        let sent = body["messages"][1]["content"].as_str().unwrap();
        let own = known
            .iter()
            .find(|(begin, _)| sent.contains(begin.as_str()));
        Reply::Says(own.map(|(_, answer)| answer.clone()).unwrap_or_default())
    });
    let [alone, with] = knows.as_slice() else {
        panic!("two outcomes");
    };
    let figure =
        |of: &Outcome, name: &str| of.figure(name).unwrap_or_else(|| panic!("{name}: {of:?}"));
    assert_eq!(
        (alone.benchmark.as_str(), with.benchmark.as_str()),
        ("events", "events with proposals")
    );
    assert!(alone.figure("proposals").is_none());
    assert!(figure(with, "proposals") > 0.0);
    assert_eq!(figure(with, "proposals_requests"), 4.0);
    assert_eq!(figure(with, "proposals_tokens_in"), 400.0);
    assert_eq!(figure(with, "proposals_failed"), 0.0);
    assert!(figure(with, "proposals_right") > 0.9, "{with:?}");
    let found = |of: &Outcome| figure(of, "count_claims_found") + figure(of, "other_claims_found");
    assert!(
        found(with) > found(alone),
        "{} {}",
        found(with),
        found(alone)
    );
    // The same program alone, and beside it one that says what stands nowhere.
    let lies = figures(engine, |_| {
        let line = json!({"slot": "killed", "value": "5000", "quote": "5000 people were killed on that day"});
        Reply::Says(format!("{line}\n{line}"))
    });
    assert_eq!(lies[0].metrics, alone.metrics);
    assert_eq!(figure(&lies[1], "proposals"), 0.0);
    assert_eq!(figure(&lies[1], "proposals_refused"), 8.0);
    for (name, own) in &lies[0].metrics {
        assert_eq!(lies[1].metrics.get(name), Some(own), "{name}");
    }
    // A server that is none ends it, at once or after three reports: figures of a part would be none.
    let only = [EVENT.to_owned()];
    for (reply, words, requests) in [
        (Reply::Status(401, None), "401", 1),
        (Reply::Raw("<html>".to_owned()), "no chat completion", 3),
    ] {
        let chat = Chat::new(move |_| reply.clone());
        let time = Duration::from_secs(30);
        let model = Model::new(&chat.url(), "stub", None, time, "test").unwrap();
        let options = Options::quiet();
        let error = events::score_proposed(&folder(), &only, engine, &options, &model).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(chat.requests().len(), requests, "{words}");
    }
}
