//! Logging in, out, and being locked out.

use desk::Options;
use store::{Place, Store, people, people::Role};

use crate::{
    client::{Answer, get, post},
    made,
};

const PASSWORD: &str = "river table seven owl";

fn log_in(at: std::net::SocketAddr, name: &str, password: &str) -> Answer {
    let page = get(at, "/login", &[]);
    let token = page.token();
    let password = password.replace(' ', "+");
    let form = format!("token={token}&name={name}&password={password}&to=/audit");
    // Without the cookie of its page a form is nobody's.
    assert_eq!(post(at, "/login", &form, &[]).status, 403);
    post(at, "/login", &form, &[&with(&page)])
}

fn with(answer: &Answer) -> String {
    format!("Cookie: {}", answer.cookie())
}

fn turned(place: &Place) -> std::net::SocketAddr {
    made::served(Options {
        clock: made::turned,
        ..Options::new(place.clone(), "Ana".to_owned())
    })
}

#[test]
fn with_accounts_everybody_logs_in() {
    let place = made::empty("accounts");
    made::person(&place, "ana", Role::Admin, PASSWORD);
    made::person(&place, "ben", Role::Reader, PASSWORD);
    let at = made::serve(&place);
    let sent = get(at, "/incidents?country=X", &[]);
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, "/login?to=/incidents%3Fcountry%3DX")
    );
    assert_eq!(get(at, "/incidents.json", &[]).status, 401);
    assert_eq!(get(at, "/login", &[]).status, 200);
    for (name, password) in [("ana", "wrong password 12"), ("nobody", PASSWORD), ("", "")] {
        let wrong = log_in(at, name, password);
        assert_eq!(
            (wrong.status, wrong.header("set-cookie")),
            (422, ""),
            "{name}"
        );
        assert!(wrong.text().contains("do not belong together"));
    }
    let ana = log_in(at, "Ana", PASSWORD);
    assert_eq!((ana.status, ana.header("location")), (303, "/audit"));
    let cookie = ana.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    assert!(!cookie.contains("Secure"), "not over http");
    let page = get(at, "/incidents", &[&with(&ana)]);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<bdi>ana</bdi>"));
    // Roles.
    assert_eq!(get(at, "/settings", &[&with(&ana)]).status, 200);
    let listed = get(at, "/settings.json", &[&with(&ana)]).text();
    assert!(
        listed.contains("\"ben\"") && !listed.contains("argon2"),
        "{listed}"
    );
    let ben = log_in(at, "ben", PASSWORD);
    assert_eq!(get(at, "/incidents", &[&with(&ben)]).status, 200);
    assert_eq!(get(at, "/settings", &[&with(&ben)]).status, 403);
    // One person's token is of no use to another, nor is that of before.
    let token = page.token();
    let form = format!("token={token}");
    assert_eq!(post(at, "/logout", &form, &[&with(&ben)]).status, 403);
    let before = get(at, "/login", &[]).token();
    assert_eq!(
        post(at, "/logout", &format!("token={before}"), &[&with(&ana)]).status,
        403
    );
    assert_eq!(
        get(at, "/incidents", &[&with(&ana)]).status,
        200,
        "still in"
    );
    let out = post(at, "/logout", &form, &[&with(&ana)]);
    assert_eq!((out.status, out.header("location")), (303, "/login"));
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(get(at, "/incidents", &[&with(&ana)]).status, 303, "out");
    assert_eq!(get(at, "/incidents", &["Cookie: desk=0000"]).status, 303);
}

#[test]
fn the_casebook_holds_neither_password_nor_cookie() {
    let place = made::empty("kept");
    made::person(&place, "ana", Role::Admin, PASSWORD);
    let at = made::serve(&place);
    let cookie = log_in(at, "ana", PASSWORD).cookie();
    let value = cookie.split_once('=').unwrap().1;
    assert_eq!(value.len(), 64);
    log_in(at, "typed+password+here", "x");
    let Place::Folder(folder) = &place else {
        panic!()
    };
    for file in ["casebook.sqlite", "casebook.sqlite-wal"] {
        let bytes = std::fs::read(folder.join(file)).unwrap_or_default();
        for secret in [value, PASSWORD, "typed password here"] {
            assert!(
                !bytes
                    .windows(secret.len())
                    .any(|it| it == secret.as_bytes()),
                "{file}"
            );
        }
    }
    let mut store = Store::open(&place).unwrap();
    let told = store::lists::log(store.database(), i64::MAX, Some("ana"), 9).unwrap();
    assert_eq!(told[0].what, "person added", "who may log in is in the log");
}

#[test]
fn time_ends_sessions_and_locks() {
    let place = made::empty("time");
    made::person(&place, "ana", Role::Admin, PASSWORD);
    let at = turned(&place);
    let hour = 3_600;
    let ana = log_in(at, "ana", PASSWORD);
    let status = || get(at, "/incidents", &[&with(&ana)]).status;
    made::turn(11 * hour);
    assert_eq!(status(), 200);
    made::turn(22 * hour);
    assert_eq!(status(), 200, "used meanwhile");
    made::turn(35 * hour);
    assert_eq!(status(), 303, "not used for twelve hours");
    // Used all the time, it ends after a week.
    let begun = 40 * hour;
    made::turn(begun);
    let ana = log_in(at, "ana", PASSWORD);
    let mut last = 0;
    for step in 1..30 {
        made::turn(begun + step * 6 * hour);
        if get(at, "/incidents", &[&with(&ana)]).status != 200 {
            break;
        }
        last = step * 6;
    }
    assert_eq!(last, 7 * 24);
    // Whoever guesses waits: the account, and a name that there is none of, alike.
    let start = 900 * hour;
    made::turn(start);
    for name in ["ana", "nobody"] {
        for n in 1..=5 {
            assert_eq!(
                log_in(at, name, "a wrong password").status,
                422,
                "{name} {n}"
            );
        }
        let locked = log_in(at, name, PASSWORD);
        assert_eq!(
            (locked.status, locked.header("retry-after")),
            (429, "60"),
            "{name}"
        );
    }
    made::turn(start + 59);
    assert_eq!(log_in(at, "ana", PASSWORD).status, 429);
    made::turn(start + 61);
    assert_eq!(log_in(at, "ana", "a wrong password").status, 422);
    assert_eq!(
        log_in(at, "ana", PASSWORD).header("retry-after"),
        "120",
        "twice as long"
    );
    made::turn(start + 300);
    assert_eq!(log_in(at, "ana", PASSWORD).status, 303);
    let mut store = Store::open(&place).unwrap();
    assert_eq!(
        people::failures(store.database(), "ana").unwrap(),
        None,
        "forgotten"
    );
}

#[test]
fn many_tries_at_once_are_no_more_than_one_after_another() {
    let place = made::empty("at-once");
    made::person(&place, "ana", Role::Admin, PASSWORD);
    let at = made::serve(&place);
    let page = get(at, "/login", &[]);
    let form = format!("token={}&name=ana&password=wrong+password+12", page.token());
    let cookie = with(&page);
    let tries: Vec<u16> = std::thread::scope(|scope| {
        let one = || post(at, "/login", &form, &[&cookie]).status;
        let all: Vec<_> = (0..16).map(|_| scope.spawn(one)).collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let looked_at = tries.iter().filter(|status| **status == 422).count();
    assert_eq!(looked_at, 5, "{tries:?}");
    assert!(tries.iter().all(|it| matches!(it, 422 | 429)), "{tries:?}");
}

#[test]
fn nobody_waits_for_a_note_that_a_session_is_in_use() {
    let place = made::empty("noted");
    made::person(&place, "ana", Role::Admin, PASSWORD);
    let at = made::served(Options {
        clock: || "2031-05-01T12:30:00Z".parse().unwrap(),
        ..Options::new(place.clone(), "Ana".to_owned())
    });
    let early = made::serve(&place);
    let ana = log_in(early, "ana", PASSWORD);
    let mut other = Store::open(&place).unwrap();
    other.database().begin().unwrap();
    let begun = std::time::Instant::now();
    assert_eq!(get(at, "/incidents", &[&with(&ana)]).status, 200);
    let took = begun.elapsed();
    other.database().rollback();
    assert!(took < std::time::Duration::from_secs(5), "{took:?}");
}

#[test]
fn a_new_password_logs_out_everywhere() {
    let place = made::empty("new-password");
    made::person(&place, "ana", Role::Reviewer, PASSWORD);
    let at = made::serve(&place);
    let ana = log_in(at, "ana", PASSWORD);
    assert_eq!(get(at, "/incidents", &[&with(&ana)]).status, 200);
    let mut store = Store::open(&place).unwrap();
    let hash = desk::accounts::hash("ana", "seven owls on a table").unwrap();
    store
        .write(&mut |tx| tx.set_password("ana", &hash, "2031-05-01T12:00:00.000Z", "Ben"))
        .unwrap();
    assert_eq!(get(at, "/incidents", &[&with(&ana)]).status, 303);
    assert_eq!(log_in(at, "ana", PASSWORD).status, 422);
    assert_eq!(log_in(at, "ana", "seven owls on a table").status, 303);
}

/// Sends a form of the settings.
fn change(at: std::net::SocketAddr, on: &str, fields: &str, headers: &[&str]) -> Answer {
    let token = get(at, "/settings", headers).token();
    let form = format!("token={token}&{fields}");
    post(at, &format!("/settings/{on}"), &form, headers)
}

#[test]
fn an_admin_says_who_may_do_what_and_which_feeds_are_watched() {
    let place = made::empty("settings");
    let at = made::serve(&place);
    let change = |on: &str, fields: &str, headers: &[&str]| change(at, on, fields, headers);
    let password = "&password=river+table+seven+owl";
    // The first account lets others in, or nobody could.
    let first = change(
        "people",
        &format!("what=add&name=ben&role=reader{password}"),
        &[],
    );
    assert_eq!(first.status, 400);
    assert!(first.text().contains("nobody would be admin"));
    for (fields, says) in [
        (
            "what=add&name=a+b&role=admin&password=river+table+seven",
            "not a name for an account",
        ),
        (
            "what=add&name=ana&role=admin&password=short",
            "the password has 5 characters",
        ),
        (
            "what=add&name=ana&role=king&password=river+table+seven",
            "no such role",
        ),
        ("what=&name=ana", "nothing was chosen"),
    ] {
        let answer = change("people", fields, &[]);
        assert_eq!(answer.status, 400, "{fields}");
        assert!(answer.text().contains(says), "{fields}");
    }
    let made = change(
        "people",
        &format!("what=add&name=Ana&role=admin{password}"),
        &[],
    );
    assert_eq!((made.status, made.header("location")), (303, "/settings"));
    // From now on everybody logs in.
    assert_eq!(get(at, "/settings", &[]).status, 303);
    let ana = log_in(at, "ana", PASSWORD);
    let ana = with(&ana);
    let ana = [ana.as_str()];
    assert_eq!(
        change(
            "people",
            &format!("what=add&name=ben&role=reader{password}"),
            &ana
        )
        .status,
        303
    );
    assert_eq!(
        change(
            "people",
            &format!("what=add&name=ben&role=reader{password}"),
            &ana
        )
        .status,
        400
    );
    assert_eq!(
        change("people", "what=role&name=ben&role=reviewer", &ana).status,
        303
    );
    for fields in ["what=role&name=ana&role=reader", "what=remove&name=ana"] {
        assert_eq!(
            change("people", fields, &ana).status,
            400,
            "{fields}: the last admin"
        );
    }
    let settings = get(at, "/settings.json", &ana).json();
    assert_eq!(settings["people"][1]["role"], "reviewer");
    assert!(!settings.to_string().contains("argon2"));
    let ben = log_in(at, "ben", PASSWORD);
    let new = "what=password&name=ben&password=seven+owls+on+a+table";
    assert_eq!(change("people", new, &ana).status, 303);
    assert_eq!(
        get(at, "/incidents", &[&with(&ben)]).status,
        303,
        "logged out"
    );
    let ben = log_in(at, "ben", "seven owls on a table");
    let token = get(at, "/incidents", &[&with(&ben)]).token();
    let form = format!("token={token}&what=role&name=ben&role=admin");
    assert_eq!(
        post(at, "/settings/people", &form, &[&with(&ben)]).status,
        403
    );
    assert_eq!(change("people", "what=remove&name=ben", &ana).status, 303);
    assert_eq!(get(at, "/incidents", &[&with(&ben)]).status, 303);
    // All of it is in the log, with who.
    let log = get(at, "/audit.json", &ana).json();
    let log = log["entries"].as_array().unwrap();
    for (what, who) in [
        ("person removed", "ana"),
        ("role set", "ana"),
        ("person added", "Ana"),
    ] {
        assert!(
            log.iter().any(|it| it["what"] == what && it["who"] == who),
            "{what}"
        );
    }
}

#[test]
fn feeds_are_put_onto_the_list_and_taken_off() {
    let at = made::serve(&made::empty("settings-feeds"));
    for (fields, status) in [
        ("what=add&address=https%3A%2F%2Fpaper.example%2Ffeed", 303),
        ("what=add&address=javascript%3Aalert(1)", 400),
        ("what=remove&address=https%3A%2F%2Fother.example%2F", 404),
    ] {
        assert_eq!(change(at, "feeds", fields, &[]).status, status, "{fields}");
    }
    let settings = get(at, "/settings.json", &[]).json();
    assert_eq!(
        settings["feeds"][0]["address"],
        "https://paper.example/feed"
    );
    let gone = "what=remove&address=https%3A%2F%2Fpaper.example%2Ffeed";
    assert_eq!(change(at, "feeds", gone, &[]).status, 303);
}
