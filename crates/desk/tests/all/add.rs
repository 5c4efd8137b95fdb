//! Handing reports over.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::Value;
use store::{Store, people::Role};

use crate::{
    client::{Answer, encoded, get, post, raw},
    made,
};

const STORY: &str = "Title: Blast kills 12 in Orlemar\nSource: Hill Post\nPublished: 2031-03-04T10:00:00Z\n\n\
                     A blast killed 12 people in Orlemar on Tuesday, police said. Thirty people were wounded.\n";

/// Sends files as a browser does.
fn send(at: SocketAddr, token: &str, files: &[(&str, &[u8])], headers: &[&str]) -> Answer {
    let mut body = Vec::new();
    let mut part = |head: &str, bytes: &[u8]| {
        body.extend(
            format!("--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n").into_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    };
    part("name=\"token\"", token.as_bytes());
    for (name, bytes) in files {
        part(&format!("name=\"file\"; filename=\"{name}\""), bytes);
    }
    body.extend(b"--cut--\r\n");
    let mut request = format!(
        "POST /add/files HTTP/1.1\r\nConnection: close\r\nHost: {at}\r\nContent-Length: {}\r\nContent-Type: \
         multipart/form-data; boundary=cut\r\n",
        body.len()
    );
    for line in headers {
        request.push_str(&format!("{line}\r\n"));
    }
    let mut bytes = format!("{request}\r\n").into_bytes();
    bytes.extend(body);
    raw(at, &bytes)
}

/// What became of what was handed over, once that is known.
fn done(at: SocketAddr, answer: &Answer) -> Value {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let path = answer.header("location").to_owned();
    let begun = Instant::now();
    loop {
        let page = get(at, &path, &[]);
        assert_eq!(page.status, 200);
        let json = get(at, &format!("{path}.json"), &[]).json();
        if matches!(json["stage"].as_str(), Some("done" | "failed")) {
            let text = get(at, &path, &[]);
            assert_eq!(text.header("refresh"), "", "it is at its end");
            return json;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{json}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn files_are_kept_under_their_names_and_read() {
    if !testing::prepared() {
        return;
    }
    let place = made::empty("add-files");
    let at = made::serve(&place);
    let token = get(at, "/add", &[]).token();
    let files: [(&str, &[u8]); 3] = [
        ("../../orlemar.txt", STORY.as_bytes()),
        ("empty.txt", b""),
        ("<b>.bin", &[0, 1, 2, 3, 255, 254]),
    ];
    let job = done(at, &send(at, &token, &files, &[]));
    assert_eq!(job["stage"], "done", "{job}");
    assert_eq!(job["came"]["added"]["new"], 1, "{job}");
    assert_eq!(job["who"], "Ana");
    assert!(!job.to_string().contains("/tmp"), "{job}");
    assert!(job["reports"][0]["claims"].as_u64().unwrap() >= 2, "{job}");
    let incident = job["reports"][0]["incidents"][0][0].as_str().unwrap();
    assert_eq!(get(at, incident, &[]).status, 200);
    let report = format!(
        "/reports/{}.json",
        job["reports"][0]["id"].as_str().unwrap()
    );
    let report = get(at, &report, &[]).json();
    let capture = &report["captures"][0];
    assert!(capture.to_string().contains("\"orlemar.txt\""), "{capture}");
    assert!(!capture.to_string().contains("tmp"), "{capture}");
    let page = get(at, "/add/1", &[]).text();
    assert!(
        page.contains("It is read.") && page.contains("Blast kills 12"),
        "{page}"
    );
    // Again, it is known.
    let token = get(at, "/add", &[]).token();
    let job = done(at, &send(at, &token, &files[..1], &[]));
    assert_eq!(job["came"]["added"]["new"], 0, "{job}");
    let mut store = Store::open(&place).unwrap();
    let audit = store::audit::verify(&mut store, &mut |_| {}).unwrap();
    assert_eq!(audit.faults, []);
}

#[test]
fn a_text_is_kept_with_what_is_said_of_it() {
    if !testing::prepared() {
        return;
    }
    let at = made::serve(&made::empty("add-text"));
    let token = get(at, "/add", &[]).token();
    let words =
        "Gunmen killed at least 9 people in a raid on Tolmere on 4 March 2031, the mayor said. "
            .repeat(900);
    let form = format!(
        "token={token}&text={}&title={}&source=River+Voice&published=2031-03-05&url=",
        encoded(&words),
        encoded("Raid on <Tolmere>")
    );
    assert!(form.len() > 80_000, "more than other forms may have");
    let job = done(at, &post(at, "/add/text", &form, &[]));
    assert_eq!(job["came"]["added"]["new"], 1, "{job}");
    let id = job["reports"][0]["id"].as_str().unwrap();
    let report = get(at, &format!("/reports/{id}.json"), &[]).json();
    assert_eq!(report["title"], "Raid on <Tolmere>");
    assert_eq!(report["outlet"], "River Voice");
    let capture = report["captures"][0].to_string();
    assert!(capture.contains("\"pasted\""), "{capture}");
    assert!(!report["claims"].as_array().unwrap().is_empty());
    for (form, says) in [
        (format!("token={token}&text=+"), "there is no text"),
        (
            format!("token={token}&text=x&url=javascript%3Aalert(1)"),
            "not the address of a page",
        ),
    ] {
        let answer = post(at, "/add/text", &form, &[]);
        assert_eq!(answer.status, 400);
        assert!(answer.text().contains(says), "{says}");
    }
}

#[test]
fn addresses_of_this_network_are_not_asked() {
    if !testing::prepared() {
        return;
    }
    let at = made::serve(&made::empty("add-addresses"));
    let token = get(at, "/add", &[]).token();
    let form = format!(
        "token={token}&addresses={}",
        encoded(&format!(
            "http://{at}/incidents\nhttp://169.254.169.254/latest"
        ))
    );
    let job = done(at, &post(at, "/add/addresses", &form, &[]));
    assert_eq!(job["came"]["added"]["errors"], 2, "{job}");
    assert_eq!(job["came"]["added"]["new"], 0);
    for bad in [
        "ftp://paper.example/x",
        "javascript:alert(1)",
        "/etc/passwd",
        "",
    ] {
        let form = format!("token={token}&addresses={}", encoded(bad));
        let answer = post(at, "/add/addresses", &form, &[]);
        assert_eq!(answer.status, 400, "{bad}");
    }
}

#[test]
fn who_may_only_read_adds_nothing() {
    let place = made::empty("add-readers");
    let alone = made::serve(&place);
    // Nobody else's form, none without a token, none that is too large by what it says.
    for token in ["", &"0".repeat(64)] {
        assert_eq!(send(alone, token, &[("a.txt", b"x")], &[]).status, 403);
    }
    let token = get(alone, "/add", &[]).token();
    assert_eq!(send(alone, &token, &[], &[]).status, 400);
    let large = format!(
        "POST /add/files HTTP/1.1\r\nHost: {alone}\r\nConnection: close\r\nContent-Length: 99999999\r\nContent-Type: \
         multipart/form-data; boundary=cut\r\n\r\n--cut"
    );
    assert_eq!(raw(alone, large.as_bytes()).status, 413);
    let foreign = ["Origin: http://evil.example"];
    assert_eq!(
        send(alone, &token, &[("a.txt", b"x")], &foreign).status,
        403
    );
    let password = "river table seven owl";
    made::person(&place, "ben", Role::Reader, password);
    let page = get(alone, "/login", &[]);
    let form = format!(
        "token={}&name=ben&password={}",
        page.token(),
        encoded(password)
    );
    let visit = format!("Cookie: {}", page.cookie());
    let ben = format!(
        "Cookie: {}",
        post(alone, "/login", &form, &[&visit]).cookie()
    );
    let token = get(alone, "/incidents", &[&ben]).token();
    assert_eq!(get(alone, "/add", &[&ben]).status, 403);
    assert_eq!(get(alone, "/add/1.json", &[&ben]).status, 403);
    assert_eq!(send(alone, &token, &[("a.txt", b"x")], &[&ben]).status, 403);
    let form = format!("token={token}&text=x");
    assert_eq!(post(alone, "/add/text", &form, &[&ben]).status, 403);
    let form = format!("token={token}&addresses=https://a.example/");
    assert_eq!(post(alone, "/add/addresses", &form, &[&ben]).status, 403);
    assert!(
        !get(alone, "/incidents", &[&ben])
            .text()
            .contains("href=\"/add\"")
    );
}
