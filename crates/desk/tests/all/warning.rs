//! The warning before words of reports: once a session, never in the way of programs.

use store::people::Role;

use crate::{
    client::{Answer, encoded, get, post},
    made,
};

/// All cookies that an answer sets, as they are sent back, and the whole headers.
fn cookies(answer: &Answer) -> (String, Vec<String>) {
    let set = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie");
    let set: Vec<String> = set.map(|(_, value)| value.clone()).collect();
    let sent = set.iter().filter_map(|it| it.split(';').next());
    (sent.collect::<Vec<_>>().join("; "), set)
}

const WORDS: [&str; 7] = [
    "/incidents",
    "/news",
    "/review",
    "/decisions",
    "/search?q=killed",
    "/audit",
    "/reports/r:0",
];

#[test]
fn nobody_is_asked_unless_the_casebook_wants_it() {
    let at = made::serve(&made::empty("warning-off"));
    assert_eq!(get(at, "/incidents", &[]).status, 200);
    let text = get(at, "/settings", &[]).text();
    assert!(text.contains("It is <b>off</b>") && !text.contains("href=\"/warning\""));
    let text = get(at, "/warning", &[]).text();
    assert!(text.contains("asks nobody at present") && !text.contains("Go on"));
}

#[test]
fn it_is_asked_once_a_session_and_says_its_own_words() {
    let at = made::serve(&made::empty("warning"));
    let page = get(at, "/settings", &[]);
    let set = |token: &str, warning: &str, words: &str| {
        let form = format!("token={token}&warning={warning}&words={}", encoded(words));
        post(at, "/settings/warning", &form, &[]).status
    };
    assert_eq!(set("0", "on", ""), 403);
    assert_eq!(set(&page.token(), "perhaps", ""), 400);
    assert_eq!(
        set(
            &page.token(),
            "on",
            "Reports of a <b>siege</b>.\r\nTake a break."
        ),
        303
    );
    let log = get(at, "/audit.json", &[]).json();
    assert_eq!(log["entries"][0]["what"], "configured");
    assert_eq!(log["entries"][0]["who"], "Ana");
    for path in WORDS {
        let asked = get(at, path, &[]);
        let to = format!(
            "/warning?to={}",
            encoded(path).replace("%2F", "/").replace("%3A", ":")
        );
        assert_eq!((asked.status, asked.header("location")), (303, to.as_str()));
        let json = path.split_once('?').map_or_else(
            || format!("{path}.json"),
            |(path, query)| format!("{path}.json?{query}"),
        );
        assert_ne!(get(at, &json, &[]).status, 303, "{json}");
    }
    for path in ["/methodology", "/settings", "/warning"] {
        assert_eq!(get(at, path, &[]).status, 200, "{path}");
    }
    let css = get(at, "/methodology", &[]).text();
    let css = css
        .split("href=\"/assets/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(get(at, &format!("/assets/{css}"), &[]).status, 200);
    let page = get(at, "/warning?to=/incidents%3Fdisputed%3D1", &[]);
    let text = page.text();
    assert!(text.contains("Reports of a &#60;b&#62;siege&#60;/b&#62;. Take a break."));
    let answer = |again: &str, to: &str, cookie: &str| {
        let form = format!("token={}&again={again}&to={}", page.token(), encoded(to));
        post(at, "/warning", &form, &[&format!("Cookie: {cookie}")])
    };
    // Once a session: until the browser is closed.
    let done = answer("session", "/incidents?disputed=1", "");
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/incidents?disputed=1")
    );
    let (sent, set) = cookies(&done);
    assert!(
        set.iter()
            .all(|it| it.contains("HttpOnly") && it.contains("SameSite=Strict"))
    );
    let of = |name: &str| set.iter().find(|it| it.starts_with(name)).unwrap();
    assert!(!of("warned=").contains("Max-Age") && of("unwarned=").contains("Max-Age=0"));
    let cookie = format!("Cookie: {sent}");
    for path in &WORDS[..6] {
        assert_eq!(get(at, path, &[&cookie]).status, 200, "{path}");
    }
    // For a year, and asked again.
    let (year, set) = cookies(&answer("year", "//evil.example", &sent));
    assert!(set.iter().any(|it| it.contains("Max-Age=31536000")));
    let unwarned = year
        .split("; ")
        .find(|it| it.starts_with("unwarned="))
        .unwrap();
    assert_eq!(
        get(at, "/incidents", &[&format!("Cookie: {unwarned}")]).status,
        200
    );
    let again = answer("now", "", &year);
    assert_eq!(again.header("location"), "/warning");
    assert!(cookies(&again).1.iter().all(|it| it.contains("Max-Age=0")));
    assert_eq!(
        get(at, "/incidents", &["Cookie: warned=1; unwarned=1"]).status,
        303
    );
    assert_eq!(
        answer("session", "//evil.example", "").header("location"),
        "/incidents"
    );
    assert_eq!(answer("never", "/", "").status, 400);
    assert_eq!(post(at, "/warning", "token=0&again=year", &[]).status, 403);
}

#[test]
fn who_logs_in_next_at_the_same_browser_is_asked_anew() {
    let place = made::empty("warning-people");
    for name in ["ana", "bo"] {
        made::person(&place, name, Role::Admin, "river table seven owl");
    }
    let mut store = store::Store::open(&place).unwrap();
    let (name, on) = (casebook::book::config::WARNING, Some("on"));
    casebook::book::config::set(&mut store, name, on, "Ana", made::now()).unwrap();
    let at = made::serve(&place);
    // Whoever has to log in is not asked before.
    let there = get(at, "/incidents", &[]);
    assert_eq!(there.header("location"), "/login?to=/incidents");
    assert_eq!(get(at, "/login", &[]).status, 200);
    let log_in = |name: &str| {
        let page = get(at, "/login", &[]);
        let password = encoded("river table seven owl");
        let form = format!("token={}&name={name}&password={password}", page.token());
        post(
            at,
            "/login",
            &form,
            &[&format!("Cookie: {}", page.cookie())],
        )
        .cookie()
    };
    let session = log_in("ana");
    let cookie = format!("Cookie: {session}");
    assert!(
        get(at, "/incidents", &[&cookie])
            .header("location")
            .starts_with("/warning")
    );
    let page = get(at, "/warning", &[&cookie]);
    let form = format!("token={}&again=year&to=/audit", page.token());
    let (warned, _) = cookies(&post(at, "/warning", &form, &[&cookie]));
    let status =
        |session: &str| get(at, "/incidents", &[&format!("Cookie: {session}; {warned}")]).status;
    assert_eq!(
        (
            status(&session),
            status(&log_in("ana")),
            status(&log_in("bo"))
        ),
        (200, 200, 303)
    );
}
