//! Publishing from the desk: what a copy says, how an incident looks in it, the making of one, its files.

use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use desk::Options;
use serde_json::Value;
use store::{Place, Store, people::Role, results};

use crate::{
    client::{encoded, get, post},
    made,
};

const REPORT: &str = "Title: Girl, 9, injured and 12 killed in market blast in Osaka\nSource: Lake Tribune\n\
    Published: 2031-03-04\nURL: https://lake-tribune.example/zelmira-quandt-injured\n\n\
    OSAKA, Japan — Twelve people were killed \
    when a bomb exploded at a market in Osaka on Monday, police spokeswoman Marta Lindqvist said.\n\n\
    Zelmira Quandt, 9, was injured in the blast. Her family can be reached at zq.kin@postbox.example.\n";

fn book(name: &str) -> Option<Place> {
    made::of_samples(name, &[("girl.txt", REPORT.as_bytes().to_vec())])
}

/// The incident that a report of ours tells of.
fn case_of(place: &Place, words: &str) -> String {
    let mut store = Store::open(place).unwrap();
    let cases = results::cases(store.database()).unwrap();
    let titled = |case: &String| {
        let dossier = results::dossier(store.database(), case).unwrap().unwrap();
        dossier.incident.title.contains(words)
    };
    cases.into_iter().find(titled).expect("the incident")
}

/// Puts a name where no mask reaches: the id of every place of an incident.
fn plant(place: &Place, case: &str) {
    fn change(value: &mut Value) {
        match value {
            Value::Array(all) => all.iter_mut().for_each(change),
            Value::Object(map) => {
                if map.contains_key("lat") && map.contains_key("parts") {
                    map.insert("id".to_owned(), "site:zelmira-quandt".into());
                }
                map.values_mut().for_each(change);
            }
            _ => {}
        }
    }
    let mut store = Store::open(place).unwrap();
    let members = results::members(store.database(), case).unwrap();
    let dossier = results::dossier(store.database(), case).unwrap().unwrap();
    let mut value = serde_json::to_value(&dossier).unwrap();
    change(&mut value);
    let dossier = serde_json::from_value(value).unwrap();
    store
        .write(&mut |tx| tx.put_incident(&dossier, &members, 0))
        .unwrap();
}

fn send(at: SocketAddr, fields: &str) -> u16 {
    let token = get(at, "/settings/publishing", &[]).token();
    let form = format!("token={token}&{fields}");
    post(at, "/settings/publishing", &form, &[]).status
}

/// Waits until the copy is made.
fn made_copy(at: SocketAddr) -> Value {
    let begun = Instant::now();
    loop {
        let all = get(at, "/settings/publishing.json", &[]).json();
        let stage = all["last"]["stage"].as_str().unwrap_or_default().to_owned();
        if matches!(stage.as_str(), "done" | "failed") {
            return all;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{all}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn holds(bytes: &[u8], words: &str) -> bool {
    let small = bytes.to_ascii_lowercase();
    small.windows(words.len()).any(|it| it == words.as_bytes())
}

#[test]
fn a_copy_is_made_beside_the_pages_and_its_files_are_had() {
    let Some(place) = book("publishing") else {
        return;
    };
    let at = made::serve(&place);
    let page = get(at, "/settings/publishing", &[]).text();
    assert!(page.contains("Make a public copy") && page.contains("None yet."));
    // What a copy says is a setting, and in the log.
    assert_eq!(send(at, "what=settings&dead=shown&places=site"), 303);
    assert_eq!(send(at, "what=settings&dead=perhaps&places=site"), 400);
    let all = get(at, "/settings/publishing.json", &[]).json();
    assert_eq!(
        (&all["dead"], &all["places"]),
        (&"shown".into(), &"site".into())
    );
    let log = get(at, "/audit.json?subject=publish.dead", &[]).json();
    assert_eq!(
        (&log["entries"][0]["what"], &log["entries"][0]["who"]),
        (&"configured".into(), &"Ana".into())
    );
    assert_eq!(send(at, "what=settings&dead=hidden&places=site"), 303);
    // One incident would say too much: the others are published, and it is told by its id and the kind alone.
    let case = case_of(&place, "Osaka");
    plant(&place, &case);
    assert_eq!(send(at, "what=publish&to=%2Ftmp%2Felsewhere"), 303);
    let all = made_copy(at);
    let last = &all["last"];
    assert_eq!(
        (&last["stage"], &last["failed"]),
        (&"done".into(), &"".into()),
        "{all}"
    );
    assert_eq!(
        (last["who"].as_str(), last["sent"]["incidents"].as_u64()),
        (Some("Ana"), Some(4)),
        "{all}"
    );
    assert_eq!(last["sent"]["left_out"][0]["case"], case.as_str());
    let why = last["sent"]["left_out"][0]["why"].as_str().unwrap();
    assert_eq!(why, "a hidden name is left in `id`");
    let page = get(at, "/settings/publishing", &[]).text();
    assert!(
        page.contains("1 incident is")
            && page.contains(&case)
            && !holds(page.as_bytes(), "zelmira")
    );
    let Place::Folder(folder) = &place else {
        unreachable!()
    };
    let name = last["name"].as_str().unwrap();
    assert_eq!(name, "2031-05-01T12-00-00Z");
    assert!(
        folder
            .join("public")
            .join(name)
            .join("casebook.db")
            .is_file()
    );
    assert!(!Path::new("/tmp/elsewhere").exists());
    // Each file is had as it is, and nothing else of the machine.
    let files = all["copies"][0]["files"].as_array().unwrap();
    let names: Vec<&str> = files.iter().filter_map(|it| it["name"].as_str()).collect();
    assert!(
        names.contains(&"all.zip") && names.contains(&"casebook.db"),
        "{names:?}"
    );
    for it in files {
        let file = it["name"].as_str().unwrap();
        let answer = get(at, &format!("/settings/publishing/{name}/{file}"), &[]);
        assert_eq!(
            (answer.status, answer.body.len() as u64),
            (200, it["bytes"].as_u64().unwrap())
        );
        assert!(
            answer
                .header("content-disposition")
                .starts_with("attachment; ")
        );
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(
            !holds(&answer.body, "zelmira") && !holds(&answer.body, "zq.kin"),
            "{file}"
        );
    }
    let archive = get(at, &format!("/settings/publishing/{name}/all.zip"), &[]).body;
    let listed = made::zip_names(&archive);
    assert_eq!(
        listed
            .iter()
            .filter(|it| it.starts_with("dossiers/k-"))
            .count(),
        8,
        "{listed:?}"
    );
    assert!(listed.contains(&"README.txt".to_owned()));
    for bad in [
        format!("/settings/publishing/{name}/..%2F..%2Fcasebook.sqlite"),
        format!("/settings/publishing/{name}/dossiers"),
        "/settings/publishing/..%2F..%2F/casebook.sqlite".to_owned(),
        "/settings/publishing/2031-05-01T12-00-01Z/README.txt".to_owned(),
    ] {
        assert_eq!(get(at, &bad, &[]).status, 404, "{bad}");
    }
    let log = get(at, "/audit.json", &[]).json();
    let told = log["entries"].as_array().unwrap().iter();
    assert_eq!(
        told.filter(|it| it["what"] == "exported" && it["who"] == "Ana")
            .count(),
        1
    );
}

#[test]
fn one_incident_is_looked_at_as_the_public_would_see_it() {
    let Some(place) = book("preview") else {
        return;
    };
    let at = made::serve(&place);
    let case = case_of(&place, "Osaka");
    let path = format!("/settings/publishing/preview?case={case}");
    let page = get(at, &path, &[]);
    assert_eq!(
        (page.status, page.header("cache-control")),
        (200, "no-store")
    );
    let json = get(at, &path.replace("?", ".json?"), &[]);
    assert_eq!(json.header("cache-control"), "no-store");
    let json = json.json();
    assert_eq!(json["left_out"], "");
    let every = ["incident", "reports", "claims"].map(|it| json[it].as_array().unwrap().clone());
    let every: Vec<&Value> = every.iter().flatten().collect();
    let own: String = every.iter().map(|it| it["own"].to_string()).collect();
    let public: String = every.iter().map(|it| it["public"].to_string()).collect();
    assert!(own.contains("Zelmira") && own.contains("zelmira-quandt-injured"));
    assert!(
        !holds(public.as_bytes(), "zelmira") && !holds(public.as_bytes(), "quandt"),
        "{public}"
    );
    assert!(
        public.contains("Marta Lindqvist") && public.contains("[a child]"),
        "{public}"
    );
    let text = page.text();
    assert!(text.contains("<span class=\"badge\">changed</span>"));
    plant(&place, &case);
    assert_eq!(send(at, "what=settings&dead=hidden&places=site"), 303);
    let text = get(at, &path, &[]).text();
    assert!(
        text.contains("would be left out: a hidden name is left in `id`"),
        "{text}"
    );
    for (query, status) in [("", 400), ("?case=k:0000", 404), ("?case=%3Cb%3E", 404)] {
        let path = format!("/settings/publishing/preview{query}");
        assert_eq!(get(at, &path, &[]).status, status, "{query}");
    }
}

#[test]
fn nobody_but_an_admin_publishes_or_has_the_files() {
    let place = made::empty("publishing-people");
    made::person(&place, "ana", Role::Admin, "river table seven owl");
    made::person(&place, "rea", Role::Reviewer, "river table seven owl");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("desk-publishing-elsewhere");
    let _ = std::fs::remove_dir_all(&folder);
    let at = made::served(Options {
        clock: made::now,
        publish_to: Some(folder.clone()),
        ..Options::new(place, "Ana".to_owned())
    });
    let log_in = |name: &str| {
        let page = get(at, "/login", &[]);
        let password = encoded("river table seven owl");
        let form = format!("token={}&name={name}&password={password}", page.token());
        let answer = post(
            at,
            "/login",
            &form,
            &[&format!("Cookie: {}", page.cookie())],
        );
        format!("Cookie: {}", answer.cookie())
    };
    let (ana, rea) = (log_in("ana"), log_in("rea"));
    let page = get(at, "/settings/publishing", &[&ana]);
    let form = format!("token={}&what=publish", page.token());
    assert_eq!(
        post(at, "/settings/publishing", "token=0&what=publish", &[&ana]).status,
        403
    );
    assert_eq!(post(at, "/settings/publishing", &form, &[&ana]).status, 303);
    let begun = Instant::now();
    while get(at, "/settings/publishing.json", &[&ana]).json()["last"]["stage"] != "done" {
        assert!(begun.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(50));
    }
    // It is in the folder that was named when the desk began.
    assert!(
        folder
            .join("2031-05-01T12-00-00Z")
            .join("README.txt")
            .is_file()
    );
    let file = "/settings/publishing/2031-05-01T12-00-00Z/README.txt";
    assert_eq!(get(at, file, &[&ana]).status, 200);
    let own = get(at, "/incidents", &[&rea]).token();
    let form = format!("token={own}&what=publish");
    assert_eq!(post(at, "/settings/publishing", &form, &[&rea]).status, 403);
    for path in [
        "/settings/publishing",
        "/settings/publishing.json",
        "/settings/publishing/preview?case=k:1",
        file,
    ] {
        assert_eq!(get(at, path, &[&rea]).status, 403, "{path}");
        assert_ne!(get(at, path, &[]).status, 200, "{path}");
    }
}
