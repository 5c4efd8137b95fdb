//! The desk for programs: who may do what, by which token; what is refused, and how.

use std::net::SocketAddr;

use desk::{Options, Public};
use store::{
    Place, Store,
    people::Role,
    tokens::Scope::{self, Add, Read, Review},
};

use crate::{
    client::{Answer, get, post, send},
    made,
};

const PASSWORD: &str = "river table seven owl";
pub const JSON: &str = "Content-Type: application/json";

pub fn bearer(words: &str) -> String {
    format!("Authorization: Bearer {words}")
}

/// The status of a refusal, which must have the one shape.
pub fn refused(answer: &Answer) -> u16 {
    let kind = answer.header("content-type");
    assert_eq!(kind, "application/json; charset=utf-8", "{answer:?}");
    let json = answer.json();
    let fields: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["error"]);
    let error = json["error"].as_object().unwrap();
    let fields: Vec<&str> = error.keys().map(String::as_str).collect();
    assert_eq!(fields.len(), 3, "{fields:?}");
    assert_eq!(error["status"], answer.status);
    assert!(!error["what"].as_str().unwrap().is_empty() && error["hint"].is_string());
    answer.status
}

/// A desk with accounts of each role.
pub fn peopled(name: &str) -> (Place, SocketAddr) {
    let place = made::empty(name);
    for (name, role) in [
        ("ana", Role::Admin),
        ("rob", Role::Reviewer),
        ("lea", Role::Reader),
    ] {
        made::person(&place, name, role, PASSWORD);
    }
    let at = made::serve(&place);
    (place, at)
}

/// Logs somebody in; gives the header that sends the cookie, and a token for forms.
fn logged_in(at: SocketAddr, name: &str) -> (String, String) {
    let page = get(at, "/login", &[]);
    let form = format!(
        "token={}&name={name}&password={}&to=/audit",
        page.token(),
        PASSWORD.replace(' ', "+")
    );
    let visit = format!("Cookie: {}", page.cookie());
    let answer = post(at, "/login", &form, &[&visit]);
    assert_eq!(answer.status, 303);
    let cookie = format!("Cookie: {}", answer.cookie());
    let token = get(at, "/incidents", &[&cookie]).token();
    (cookie, token)
}

#[test]
fn a_token_does_what_its_scope_and_its_person_s_role_both_allow() {
    let (place, at) = peopled("api-roles");
    // Method, path, what is sent, the scopes of which one is needed, the least role, the status where all is well.
    let accept = br#"{"kind": "accept", "claim": "c:0000", "reason": "so it stands there"}"#;
    let text = br#"{"text": "Two people were hurt in Kelmoor on Monday."}"#;
    let local = br#"{"addresses": ["http://127.0.0.1/story"]}"#;
    type Case<'a> = (&'a str, &'a str, &'a [u8], &'a [Scope], Role, u16);
    let cases: [Case<'_>; 16] = [
        ("GET", "", b"", &[Read, Add, Review], Role::Reader, 200),
        ("GET", "/incidents", b"", &[Read], Role::Reader, 200),
        ("GET", "/incidents/k:0000", b"", &[Read], Role::Reader, 404),
        ("GET", "/reports", b"", &[Read], Role::Reader, 200),
        ("GET", "/disputes", b"", &[Read], Role::Reader, 200),
        ("GET", "/judgements", b"", &[Read], Role::Reader, 200),
        ("GET", "/sources", b"", &[Read], Role::Reader, 200),
        ("GET", "/search?q=river", b"", &[Read], Role::Reader, 200),
        ("GET", "/log", b"", &[Read], Role::Reader, 200),
        ("GET", "/tokens", b"", &[Read], Role::Reader, 200),
        ("GET", "/jobs", b"", &[Add, Read], Role::Reviewer, 200),
        ("GET", "/people", b"", &[Read], Role::Admin, 200),
        ("GET", "/feeds", b"", &[Read], Role::Admin, 200),
        (
            "POST",
            "/judgements",
            accept,
            &[Review],
            Role::Reviewer,
            404,
        ),
        ("POST", "/reports", text, &[Add], Role::Reviewer, 202),
        ("POST", "/addresses", local, &[Add], Role::Reviewer, 202),
    ];
    let people = [
        ("lea", Role::Reader),
        ("rob", Role::Reviewer),
        ("ana", Role::Admin),
    ];
    let mut done = 0;
    for (person, role) in people {
        for held in [
            &[Read][..],
            &[Add],
            &[Review],
            &[Read, Add],
            &[Read, Add, Review],
        ] {
            let token = bearer(&made::token(&place, Some(person), held, Some(30)));
            for (method, path, body, needs, least, well) in cases {
                let of_role = |scope: &&Scope| role > Role::Reader || **scope == Read;
                let may = role >= least
                    && held
                        .iter()
                        .filter(of_role)
                        .any(|scope| needs.contains(scope));
                let path = format!("/api/v1{path}");
                let headers = [token.as_str(), JSON, "If-Match: *"];
                let answer = send(at, method, &path, body, &headers);
                let is = if may { well } else { 403 };
                // Jobs wait in a row that may be full; that is not what is asked here.
                let full = may && well == 202 && answer.status == 429;
                assert!(
                    answer.status == is || full,
                    "{person} with {held:?}: {method} {path} gives {} for {is}",
                    answer.status
                );
                if answer.status >= 400 {
                    refused(&answer);
                }
                done += 1;
            }
        }
    }
    assert_eq!(done, 3 * 5 * cases.len());
}

#[test]
fn wrong_tokens_are_nobody_s() {
    let (place, at) = peopled("api-wrong");
    let good = made::token(&place, Some("rob"), &[Read], Some(30));
    assert_eq!(get(at, "/api/v1/incidents", &[&bearer(&good)]).status, 200);
    let (cookie, _) = logged_in(at, "rob");
    assert_eq!(get(at, "/api/v1/incidents", &[&cookie]).status, 200);
    let other = format!("cb_{}", "0".repeat(64));
    for wrong in [
        other.as_str(),
        "",
        "cb_",
        &good[3..],
        &good[..66],
        &format!("{good}0"),
        &good.to_uppercase(),
        "\u{e9}",
    ] {
        // A wrong token is refused whatever cookie comes with it.
        for headers in [&[bearer(wrong)][..], &[bearer(wrong), cookie.clone()]] {
            let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
            let answer = get(at, "/api/v1/incidents", &headers);
            assert_eq!(refused(&answer), 401, "{wrong:?}");
            let asks = answer.header("www-authenticate");
            assert_eq!(asks, "Bearer error=\"invalid_token\"");
        }
    }
    let nobody = get(at, "/api/v1/incidents", &[]);
    assert_eq!(refused(&nobody), 401);
    assert_eq!(nobody.header("www-authenticate"), "Bearer");
    // In an address it is none; on pages neither, where people log in.
    for path in [
        format!("/api/v1/incidents?access_token={good}"),
        format!("/api/v1/incidents?token={good}"),
    ] {
        assert_eq!(refused(&get(at, &path, &[])), 401);
    }
    assert_eq!(get(at, "/incidents", &[&bearer(&good)]).status, 303);
    assert_eq!(get(at, "/incidents.json", &[&bearer(&good)]).status, 401);
    // What a server before the desk asks for is none of its business.
    let basic = "Authorization: Basic YTpi";
    assert_eq!(get(at, "/api/v1/incidents", &[basic]).status, 401);
    assert_eq!(get(at, "/api/v1/incidents", &[basic, &cookie]).status, 200);
    // The scheme's name has no case; a token is taken out of no other header.
    let small = format!("authorization: bEARER {good}");
    assert_eq!(get(at, "/api/v1/incidents", &[&small]).status, 200);
    assert_eq!(
        get(at, "/api/v1/incidents", &[&format!("X-Token: {good}")]).status,
        401
    );
}

#[test]
fn a_token_ends_with_its_time_its_role_and_its_person() {
    let (place, at) = peopled("api-ends");
    let later = made::served(Options {
        clock: || made::now() + jiff::SignedDuration::from_hours(24 * 31),
        ..Options::new(place.clone(), "Ana".to_owned())
    });
    let month = bearer(&made::token(&place, Some("rob"), &[Read, Review], Some(30)));
    let quarter = bearer(&made::token(&place, Some("rob"), &[Read, Review], Some(90)));
    let ever = bearer(&made::token(&place, Some("rob"), &[Read], None));
    let status = |at: SocketAddr, token: &str| get(at, "/api/v1/incidents", &[token]).status;
    assert_eq!((status(at, &month), status(later, &month)), (200, 401));
    assert_eq!((status(later, &quarter), status(later, &ever)), (200, 200));
    // A role that is taken away is taken away from tokens, too.
    let decide = |token: &str| {
        let body = br#"{"kind": "accept", "claim": "c:0000", "reason": "x"}"#;
        let headers = [token, JSON, "If-Match: *"];
        send(at, "POST", "/api/v1/judgements", body, &headers).status
    };
    assert_eq!(decide(&quarter), 404);
    let mut store = Store::open(&place).unwrap();
    let when = "2031-05-01T12:00:00.000Z";
    store
        .write(&mut |tx| tx.set_role("rob", Role::Reader, when, "Ana"))
        .unwrap();
    assert_eq!((decide(&quarter), status(at, &quarter)), (403, 200));
    store
        .write(&mut |tx| tx.remove_person("rob", when, "Ana"))
        .unwrap();
    assert_eq!((status(at, &quarter), status(at, &ever)), (401, 401));
    // Somebody of the same name does not get them back.
    made::person(&place, "rob", Role::Reviewer, PASSWORD);
    assert_eq!(status(at, &ever), 401);
}

#[test]
fn a_token_of_a_desk_without_accounts_holds_until_there_are_some() {
    let place = made::empty("api-alone");
    let at = made::serve(&place);
    let token = bearer(&made::token(&place, None, &[Read], None));
    let start = get(at, "/api/v1", &[&token]).json();
    assert_eq!(start["who"], "Ana");
    assert_eq!(start["scopes"], serde_json::json!(["read"]));
    let headers = [token.as_str(), JSON];
    let text = br#"{"text": "Two hurt."}"#;
    let add = send(at, "POST", "/api/v1/reports", text, &headers);
    assert_eq!(refused(&add), 403, "it was made to look");
    made::person(&place, "ana", Role::Admin, PASSWORD);
    assert_eq!(refused(&get(at, "/api/v1", &[&token])), 401);
    let public = made::served(Options {
        public: Some(Public::parse("http://desk.example.org").unwrap()),
        ..Options::new(place.clone(), "Ana".to_owned())
    });
    let mut store = Store::open(&place).unwrap();
    store
        .write(&mut |tx| tx.remove_person("ana", "2031-05-01T12:00:00.000Z", "Ana"))
        .unwrap();
    let answer = get(public, "/api/v1", &[&token]);
    assert_eq!(refused(&answer), 401, "others could reach it");
    assert_eq!(get(at, "/api/v1", &[&token]).status, 200);
}

#[test]
fn tokens_are_made_on_a_page_shown_once_and_taken_out() {
    let (place, at) = peopled("api-tokens");
    let (cookie, form) = logged_in(at, "lea");
    let add = |fields: &str| {
        let form = format!("token={form}&what=add&{fields}");
        post(at, "/settings/tokens", &form, &[&cookie])
    };
    let page = add("purpose=my+%3Cb%3Escript&scope=read&days=30");
    assert_eq!(
        (page.status, page.header("cache-control")),
        (200, "no-store")
    );
    let text = page.text();
    let found = text.find("cb_").unwrap();
    let words = text[found..found + 67].to_owned();
    assert!(text.contains("my &#60;b&#62;script"), "{text}");
    assert_eq!(get(at, "/api/v1/incidents", &[&bearer(&words)]).status, 200);
    assert!(
        text.contains(&format!("http://{at}/api/v1/incidents")),
        "{text}"
    );
    let again = get(at, "/settings/tokens", &[&cookie]).text();
    assert!(again.contains("my &#60;b&#62;script") && !again.contains("cb_"));
    // More than the role allows, nothing at all, and odd ends are refused, and what was typed stays.
    for (fields, status) in [
        ("purpose=x&scope=review&days=30", 403),
        ("purpose=x&scope=boss&days=30", 400),
        ("purpose=x&days=30", 400),
        ("purpose=x&scope=read&days=31", 400),
        ("purpose=x&scope=read", 400),
        ("purpose=+&scope=read&days=30", 400),
    ] {
        let answer = add(fields);
        assert_eq!(answer.status, status, "{fields}");
        assert!(answer.text().contains("No token was made"), "{fields}");
    }
    // Nobody sees another's; an admin sees and takes out all.
    let listed = get(at, "/settings/tokens.json", &[&cookie]).json();
    let id = listed["tokens"][0]["id"].as_str().unwrap().to_owned();
    let (rob, robs) = logged_in(at, "rob");
    let seen = get(at, "/api/v1/tokens", &[&rob]).json();
    assert_eq!(seen["tokens"].as_array().unwrap().len(), 0);
    let remove = |who: &str, form: &str| {
        let form = format!("token={form}&what=remove&id={id}");
        post(at, "/settings/tokens", &form, &[who]).status
    };
    assert_eq!(remove(&rob, &robs), 404);
    let (ana, anas) = logged_in(at, "ana");
    let seen = get(at, "/api/v1/tokens", &[&ana]).json();
    assert_eq!(seen["tokens"][0]["person"], "lea");
    assert_eq!(remove(&ana, &anas), 303);
    assert_eq!(get(at, "/api/v1/incidents", &[&bearer(&words)]).status, 401);
    // Who made and who took out stands in the log; the words stand nowhere.
    let log = get(at, &format!("/audit.json?subject={id}"), &[&ana]).json();
    let entry = |n: usize| {
        let it = &log["entries"][n];
        format!(
            "{} {}",
            it["what"].as_str().unwrap(),
            it["who"].as_str().unwrap()
        )
    };
    assert_eq!(
        (entry(0), entry(1)),
        ("token removed ana".into(), "token added lea".into())
    );
    let Place::Folder(folder) = place else {
        panic!("a folder");
    };
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let held = bytes.windows(64).any(|it| it == &words.as_bytes()[3..]);
            assert!(!held, "{}", path.display());
        }
    }
}

#[test]
fn programs_make_no_tokens_and_take_out_their_own_alone() {
    let (place, at) = peopled("api-own-tokens");
    let (cookie, form) = logged_in(at, "rob");
    let sent = format!("X-Desk-Token: {form}");
    let new = br#"{"purpose": "a script", "scopes": ["review", "read"], "days": 90}"#;
    let made = send(at, "POST", "/api/v1/tokens", new, &[&cookie, &sent, JSON]);
    assert_eq!(
        (made.status, made.header("cache-control")),
        (201, "no-store")
    );
    let made = made.json();
    let token = bearer(made["words"].as_str().unwrap());
    assert_eq!(made["scopes"], serde_json::json!(["read", "review"]));
    let refused_ = send(at, "POST", "/api/v1/tokens", new, &[&token, JSON]);
    assert_eq!(refused(&refused_), 403);
    let other = made::token(&place, Some("rob"), &[Read], None);
    let all = get(at, "/api/v1/tokens", &[&token]).json();
    let ids: Vec<&str> = all["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    let own = made["id"].as_str().unwrap();
    let others = ids.iter().find(|it| **it != own).unwrap();
    let delete = |id: &str, headers: &[&str]| {
        send(at, "DELETE", &format!("/api/v1/tokens/{id}"), b"", headers)
    };
    assert_eq!(refused(&delete(others, &[&token])), 403);
    assert_eq!(refused(&delete("a:0000000000", &[&cookie, &sent])), 404);
    let gone = delete(own, &[&token]);
    assert_eq!((gone.status, gone.body.len()), (204, 0));
    assert_eq!(refused(&delete(own, &[&token])), 401);
    assert_eq!(get(at, "/api/v1", &[&bearer(&other)]).status, 200);
    assert_eq!(delete(others, &[&cookie, &sent]).status, 204);
    for (bad, status) in [
        (&br#"{"purpose": "x", "scopes": ["boss"]}"#[..], 400),
        (br#"{"purpose": "x", "scopes": []}"#, 422),
        (br#"{"purpose": "x", "scopes": ["read"], "days": 7}"#, 422),
        (
            br#"{"purpose": "x", "scopes": ["read"], "person": "ana"}"#,
            400,
        ),
        (br#"{"scopes": ["read"]}"#, 400),
    ] {
        let answer = send(at, "POST", "/api/v1/tokens", bad, &[&cookie, &sent, JSON]);
        assert_eq!(refused(&answer), status);
    }
}

#[test]
fn another_site_never_writes() {
    let place = made::empty("api-sites");
    let alone = made::serve(&place);
    let text = br#"{"text": "Two people were hurt in Kelmoor."}"#;
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"";
    let form = format!("--x\r\n{head}\r\n\r\nTwo hurt.\r\n--x--\r\n");
    let multipart = "Content-Type: multipart/form-data; boundary=x";
    let token = |at: SocketAddr, headers: &[&str]| {
        let token = get(at, "/incidents", headers).token();
        format!("X-Desk-Token: {token}")
    };
    let own = format!("Origin: http://{alone}");
    let good = token(alone, &[]);
    let forged = format!("X-Desk-Token: {}", "0".repeat(64));
    let check = |at: SocketAddr, headers: &[&str], fine: bool| {
        for (kind, body) in [(JSON, &text[..]), (multipart, form.as_bytes())] {
            let headers = [&[kind], headers].concat();
            let answer = send(at, "POST", "/api/v1/reports", body, &headers);
            let status = answer.status;
            assert_eq!(status, if fine { 202 } else { 403 }, "{headers:?}");
        }
    };
    // A program without any header of a browser works as whoever sits here.
    check(alone, &[], true);
    check(alone, &["User-Agent: curl/8.5.0", "Accept: */*"], true);
    check(alone, &[&own, &good], true);
    check(alone, &["Sec-Fetch-Site: same-origin", &good], true);
    for headers in [
        &[own.as_str()][..],
        &["Origin: http://evil.example"],
        &["Origin: http://evil.example", &good],
        &["Origin: null", &good],
        &["Sec-Fetch-Site: cross-site", &good],
        &["Sec-Fetch-Site: none", &good],
        &["Sec-Fetch-Site: same-origin"],
        &["Sec-Fetch-Mode: no-cors"],
        &["Referer: http://evil.example/"],
        &["Cookie: theme=dark"],
        &["Accept-Language: en"],
        &["User-Agent: Mozilla/5.0 (X11)"],
        &[&own, &forged],
        &[&forged],
        &["X-Desk-Token: "],
    ] {
        check(alone, headers, false);
    }
    // With accounts a cookie alone never writes, whatever else is sent; a token needs nothing more.
    made::person(&place, "ana", Role::Admin, PASSWORD);
    let at = made::serve(&place);
    let (cookie, _) = logged_in(at, "ana");
    let good = token(at, &[&cookie]);
    check(at, &[&cookie], false);
    check(at, &[&cookie, &format!("Origin: http://{at}")], false);
    check(at, &[&cookie, &good], true);
    check(at, &[&cookie, &good, "Origin: http://evil.example"], false);
    let held = bearer(&made::token(&place, Some("ana"), &[Add], None));
    check(at, &[&held], true);
    check(at, &[&held, &format!("Origin: http://{at}")], true);
    check(at, &[&held, "Origin: http://evil.example"], false);
    // No browser is told that another site may ask.
    let head = [
        "Origin: http://evil.example",
        "Access-Control-Request-Method: POST",
    ];
    let asked = send(at, "OPTIONS", "/api/v1/reports", b"", &head);
    assert_eq!(asked.status, 403);
    for (name, _) in &asked.headers {
        assert!(!name.starts_with("access-control"), "{name}");
    }
    // The address of a form that takes a token of a page takes none of a program.
    let add = post(at, "/add/text", "text=x", &[&held]);
    assert_eq!((add.status, add.header("location")), (303, "/login"));
}
