//! Hosts, origins, sizes, times, headers.

use std::{
    io::{Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, TcpStream},
    time::{Duration, Instant},
};

use desk::{Error, Options, Public, Server};
use store::people::Role;

use crate::{
    client::{get, post, raw},
    made,
};

#[test]
fn others_cannot_reach_a_desk_without_accounts() {
    let place = made::empty("open");
    let open = Options {
        bind: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        ..Options::new(place.clone(), "Ana".to_owned())
    };
    let behind = Options {
        public: Some(Public::parse("https://desk.example.org").unwrap()),
        ..Options::new(place.clone(), "Ana".to_owned())
    };
    for options in [&open, &behind] {
        let refused = Server::start(options.clone()).err().unwrap();
        assert!(matches!(refused, Error::Open(_)), "{refused}");
        assert!(
            refused
                .to_string()
                .contains("hint: `crossbearing people add"),
            "{refused}"
        );
    }
    made::person(&place, "ana", Role::Admin, "river table seven owl");
    for options in [open, behind] {
        // Behind another server its name is the desk's; else it is not.
        let named = if options.public.is_some() { 303 } else { 421 };
        let at = made::served(options);
        let local = std::net::SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), at.port());
        let answer = get(local, "/incidents", &["Host: desk.example.org"]);
        assert_eq!(answer.status, named);
        let answer = get(local, "/incidents", &[]);
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, "/login?to=/incidents"),
            "nobody is logged in"
        );
        for path in ["/incidents.json", "/audit.json", "/reports/r:0.json"] {
            assert_eq!(get(local, path, &[]).status, 401, "{path}");
        }
    }
}

#[test]
fn behind_a_server_with_tls_forms_come_from_its_name_and_cookies_are_its_own() {
    let place = made::empty("behind");
    made::person(&place, "ana", Role::Admin, "river table seven owl");
    let at = made::served(Options {
        public: Some(Public::parse("https://desk.example.org").unwrap()),
        clock: made::now,
        ..Options::new(place, "Ana".to_owned())
    });
    // The server before it asks by the name that people type, or by the address that it found the desk at.
    for host in ["desk.example.org".to_owned(), at.to_string()] {
        let host = format!("Host: {host}");
        let page = get(at, "/login", &[&host]);
        let visit = page.cookie();
        assert!(visit.starts_with("__Host-visit="), "{visit}");
        let cookie = format!("Cookie: {visit}");
        let form = format!(
            "token={}&name=ana&password=river+table+seven+owl&to=/audit",
            page.token()
        );
        let send = |origin: &str| {
            let head = format!(
                "POST /login HTTP/1.1\r\n{host}\r\nConnection: close\r\nContent-Length: {}\r\nContent-Type: \
                 application/x-www-form-urlencoded\r\nOrigin: {origin}\r\n{cookie}\r\n\r\n{form}",
                form.len()
            );
            raw(at, head.as_bytes())
        };
        for origin in ["http://desk.example.org", "https://evil.example", "null"] {
            assert_eq!(send(origin).status, 403, "{origin}");
        }
        let answer = send("https://desk.example.org");
        assert_eq!(answer.status, 303);
        let session = answer.header("set-cookie");
        assert!(
            session.starts_with("__Host-desk=") && session.ends_with("; Secure"),
            "{session}"
        );
        assert!(
            session.contains("Path=/;") && !session.contains("Domain"),
            "{session}"
        );
    }
}

#[test]
fn a_desk_whose_accounts_are_taken_out_lets_nobody_in() {
    let place = made::empty("taken-out");
    made::person(&place, "ana", Role::Admin, "river table seven owl");
    let at = made::served(Options {
        public: Some(Public::parse("http://desk.example.org").unwrap()),
        ..Options::new(place.clone(), "Ana".to_owned())
    });
    let mut store = store::Store::open(&place).unwrap();
    store
        .write(&mut |tx| tx.remove_person("ana", "2031-05-01T12:00:00.000Z", "Ana"))
        .unwrap();
    let answer = get(at, "/incidents.json", &["Host: desk.example.org"]);
    assert_eq!(answer.status, 401);
}

#[test]
fn only_its_own_names_are_answered() {
    let at = made::serve(&made::empty("host"));
    let port = at.port();
    let check = |host: &str, fine: bool| {
        let answer = get(at, "/incidents", &[&format!("Host: {host}")]);
        assert_eq!(answer.status, if fine { 200 } else { 421 }, "{host}");
    };
    check(&format!("127.0.0.1:{port}"), true);
    check(&format!("localhost:{port}"), true);
    check(&format!("LOCALHOST:{port}"), true);
    check(&format!("[::1]:{port}"), true);
    for host in [
        format!("evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("192.168.1.9:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port ^ 1),
        String::new(),
    ] {
        check(&host, false);
    }
    let none = raw(at, b"GET /incidents HTTP/1.0\r\n\r\n");
    assert_eq!(none.status, 421);
    let json = get(at, "/incidents.json", &["Host: evil.example"]);
    assert_eq!(json.json()["error"]["status"], 421);
}

#[test]
fn every_answer_says_what_a_page_may_do() {
    let at = made::serve(&made::empty("headers"));
    let page = get(at, "/incidents", &[]).text();
    let css = page
        .split("href=\"")
        .find_map(|it| it.strip_prefix("/assets/desk-"))
        .unwrap();
    let css = format!("/assets/desk-{}", css.split('"').next().unwrap());
    for path in [
        "/incidents",
        "/incidents.json",
        "/",
        "/nothing",
        "/login",
        css.as_str(),
    ] {
        let answer = get(at, path, &[]);
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(
            answer
                .header("permissions-policy")
                .contains("geolocation=()")
        );
    }
    assert_eq!(
        get(at, "/incidents", &[]).header("cache-control"),
        "no-store"
    );
    assert!(
        get(at, &css, &[])
            .header("cache-control")
            .contains("immutable")
    );
    for bad in [" style=", "<style", " onclick=", "javascript:"] {
        assert!(!page.contains(bad), "{bad}");
    }
}

#[test]
fn a_form_needs_a_token_of_a_page_and_its_origin() {
    let at = made::serve(&made::empty("forms"));
    let token = get(at, "/incidents", &[]).token();
    let form = format!("token={token}&theme=dark&to=/audit");
    let set = post(at, "/theme", &form, &[&format!("Origin: http://{at}")]);
    assert_eq!((set.status, set.header("location")), (303, "/audit"));
    let cookie = set.header("set-cookie");
    assert!(
        cookie.starts_with("theme=dark;") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    let dark = get(at, "/audit", &["Cookie: theme=dark"]).text();
    assert!(dark.contains("data-theme=\"dark\""));
    let refused = |form: &str, headers: &[&str], status: u16| {
        let answer = post(at, "/theme", form, headers);
        assert_eq!(answer.status, status, "{form:.80} {headers:?}");
        assert_eq!(answer.header("set-cookie"), "");
    };
    refused("theme=dark", &[], 400);
    refused("token=&theme=dark", &[], 403);
    refused(&format!("token={}&theme=dark", "0".repeat(64)), &[], 403);
    refused(&form, &["Origin: http://evil.example"], 403);
    refused(&form, &["Origin: null"], 403);
    refused(&form, &["Sec-Fetch-Site: cross-site"], 403);
    refused(&form, &["Sec-Fetch-Site: same-site"], 403);
    refused(&format!("token={token}&theme=pink"), &[], 400);
    let away = post(
        at,
        "/theme",
        &format!("token={token}&theme=dark&to=//evil.example"),
        &[],
    );
    assert_eq!(away.header("location"), "/incidents");
    // Too large by what it says, and by what it is.
    refused(
        &format!("token={token}&theme={}", "x".repeat(70_000)),
        &[],
        413,
    );
    let chunked = format!(
        "POST /theme HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n11170\r\n{}\r\n0\r\n\r\n",
        "x".repeat(70_000)
    );
    assert!(matches!(raw(at, chunked.as_bytes()).status, 400 | 413));
}

#[test]
fn who_sends_nothing_is_not_waited_for() {
    let at = made::served(Options {
        patience: Duration::from_millis(300),
        clock: made::now,
        ..Options::new(made::empty("slow"), "Ana".to_owned())
    });
    let begun = Instant::now();
    let mut stream = TcpStream::connect(at).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let head = format!(
        "POST /theme HTTP/1.1\r\nHost: {at}\r\nContent-Length: 100\r\nContent-Type: \
         application/x-www-form-urlencoded\r\n\r\ntoken="
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 503");
    assert!(begun.elapsed() < Duration::from_secs(10));
    // Others are served meanwhile.
    let idle: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(at).unwrap()).collect();
    assert_eq!(get(at, "/methodology", &[]).status, 200);
    drop(idle);
}

#[test]
fn a_server_ends_when_told() {
    let server = Server::start(Options::new(made::empty("ends"), "Ana".to_owned())).unwrap();
    assert_eq!(server.address(), format!("http://{}/", server.at()));
    server.run(std::future::ready(()));
}

/// A server, how to end it, and its thread.
fn ending(
    name: &str,
) -> (
    std::net::SocketAddr,
    tokio::sync::oneshot::Sender<()>,
    std::thread::JoinHandle<()>,
) {
    let options = Options::new(made::empty(name), "Ana".to_owned());
    let server = Server::start(options).unwrap();
    let at = server.at();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let thread = std::thread::spawn(move || {
        server.run(async move {
            let _ = ended.await;
        });
    });
    (at, end, thread)
}

#[test]
fn a_server_ends_when_told_though_all_connections_are_taken() {
    let (at, end, thread) = ending("full");
    let idle: Vec<TcpStream> = (0..300).map(|_| TcpStream::connect(at).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    end.send(()).unwrap();
    thread.join().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(12));
    drop(idle);
}

#[test]
fn what_is_under_way_at_the_end_is_finished() {
    let (at, end, thread) = ending("under-way");
    let token = get(at, "/incidents", &[]).token();
    let form = format!("token={token}&theme=dark&to=/audit");
    let mut stream = TcpStream::connect(at).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let head = format!(
        "POST /theme HTTP/1.1\r\nHost: {at}\r\nContent-Length: {}\r\nContent-Type: \
         application/x-www-form-urlencoded\r\n\r\n",
        form.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&form.as_bytes()[..20]).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    end.send(()).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    stream.write_all(&form.as_bytes()[20..]).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    thread.join().unwrap();
}
