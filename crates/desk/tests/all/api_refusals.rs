//! The desk for programs: what cannot be read, and what cannot be done, is told in one shape.

use std::net::SocketAddr;

use store::tokens::Scope;

use crate::{
    api::{JSON, bearer, peopled, refused},
    client::{raw, send},
    made,
};

type Refused<'a> = (&'a str, &'a [u8], &'a [&'a str], u16);

/// Asks, and holds each refusal to its shape.
fn all_refused(at: SocketAddr, token: &str, cases: &[Refused<'_>]) {
    for (what, body, headers, status) in cases {
        let (method, path) = what.split_once(' ').unwrap();
        let headers = [&[token], *headers].concat();
        let answer = send(at, method, &format!("/api/v1{path}"), body, &headers);
        assert_eq!(refused(&answer), *status, "{what} {}", answer.text());
        let said = answer.text();
        assert!(!said.contains("were hurt"), "what was sent is not told");
        if *status == 405 {
            assert!(!answer.header("allow").is_empty(), "{what}");
        }
    }
}

#[test]
fn what_is_sent_wrongly_is_refused_in_one_shape() {
    let (place, at) = peopled("api-refusals");
    let token = bearer(&made::token(&place, Some("ana"), &Scope::ALL, None));
    let deep = "[".repeat(100_000);
    let long = format!("{{\"reason\": \"{}\"}}", "x".repeat(70_000));
    let huge = r#"{"purpose": "x", "scopes": ["read"], "days": 99999999999999999999999}"#;
    let wrong = r#"{"kind": "correct", "claim": {"a": "Two were hurt"}, "reason": 1e999}"#;
    let kind = r#"{"kind": "burn", "claim": "c:1", "reason": "x"}"#;
    let empty = r#"{"kind": "accept", "claim": "c:0000", "reason": "  "}"#;
    let cases: &[Refused<'_>] = &[
        ("POST /judgements", b"{", &[JSON], 400),
        ("POST /judgements", b"", &[JSON], 400),
        ("POST /judgements", b"\xff\xfe{}", &[JSON], 400),
        ("POST /judgements", b"{\"reason\": \"\xff\"}", &[JSON], 400),
        ("POST /judgements", deep.as_bytes(), &[JSON], 413),
        ("POST /judgements", &deep.as_bytes()[..50_000], &[JSON], 400),
        ("POST /judgements", long.as_bytes(), &[JSON], 413),
        ("POST /judgements", wrong.as_bytes(), &[JSON], 400),
        ("POST /judgements", kind.as_bytes(), &[JSON], 400),
        (
            "POST /judgements",
            empty.as_bytes(),
            &[JSON, "If-Match: *"],
            422,
        ),
        ("POST /judgements", empty.as_bytes(), &[JSON], 428),
        (
            "POST /judgements",
            empty.as_bytes(),
            &[JSON, "If-Match: 7"],
            422,
        ),
        (
            "POST /judgements",
            empty.as_bytes(),
            &[JSON, "If-Match: \"é\""],
            422,
        ),
        (
            "POST /judgements",
            b"kind=accept",
            &["Content-Type: application/x-www-form-urlencoded"],
            415,
        ),
        ("POST /judgements", b"{}", &[], 415),
        ("POST /tokens", huge.as_bytes(), &[JSON], 400),
        ("POST /reports", b"{\"text\": \" \"}", &[JSON], 422),
        (
            "POST /reports",
            b"{\"text\": \"x\", \"url\": \"javascript:x\"}",
            &[JSON],
            422,
        ),
        (
            "POST /reports",
            b"x",
            &["Content-Type: multipart/form-data"],
            400,
        ),
        (
            "POST /reports",
            b"--x\r\n",
            &["Content-Type: multipart/form-data; boundary=x"],
            422,
        ),
        ("POST /reports", b"x", &["Content-Type: text/plain"], 415),
        ("POST /addresses", b"{\"addresses\": []}", &[JSON], 422),
        (
            "POST /addresses",
            b"{\"addresses\": [\"file:///etc/passwd\"]}",
            &[JSON],
            422,
        ),
    ];
    all_refused(at, &token, cases);
    // A body in pieces without end is no larger than one that says how long it is.
    let head = format!(
        "POST /api/v1/judgements HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n{token}\r\n{JSON}\r\n\
         Transfer-Encoding: chunked\r\n\r\n"
    );
    let chunk = format!("{:x}\r\n{}\r\n", 40_000, "[".repeat(40_000));
    let answer = raw(at, format!("{head}{chunk}{chunk}0\r\n\r\n").as_bytes());
    assert_eq!(refused(&answer), 413);
}

#[test]
fn what_is_asked_wrongly_is_refused_in_one_shape() {
    let (place, at) = peopled("api-asked-wrongly");
    let token = bearer(&made::token(&place, Some("ana"), &Scope::ALL, None));
    let cases: &[Refused<'_>] = &[
        ("GET /incidents?limit=0", b"", &[], 422),
        ("GET /incidents?limit=201", b"", &[], 422),
        ("GET /incidents?limit=99999999999999999999", b"", &[], 400),
        ("GET /incidents?page=-1", b"", &[], 400),
        ("GET /incidents?disputed=maybe", b"", &[], 400),
        ("GET /incidents?from=2031-02-31", b"", &[], 422),
        ("GET /incidents?unknown=1", b"", &[], 400),
        ("GET /incidents?page=1&page=2", b"", &[], 400),
        ("GET /incidents/%ff", b"", &[], 404),
        ("GET /incidents/k%3A0%00", b"", &[], 404),
        ("GET /incidents/nothing", b"", &[], 404),
        ("GET /judgements/j:0", b"", &[], 404),
        ("GET /judgements?from=-1", b"", &[], 422),
        ("GET /log?from=9223372036854775808", b"", &[], 400),
        ("GET /jobs/0", b"", &[], 404),
        ("GET /jobs/x", b"", &[], 404),
        ("GET /jobs/99999999999999999999", b"", &[], 404),
        ("GET /search", b"", &[], 400),
        ("GET /search?q=", b"", &[], 422),
        ("GET /search?q=a&within=files", b"", &[], 400),
        ("GET /tokens/a:0", b"", &[], 404),
        ("GET /nothing", b"", &[], 404),
        ("GET /", b"", &[], 404),
        ("PUT /incidents", b"", &[], 405),
        ("DELETE /judgements", b"", &[], 405),
        ("TRACE /incidents", b"", &[], 405),
        ("PATCH /reports/r:1", b"", &[], 405),
    ];
    all_refused(at, &token, cases);
}
