//! What is fetched and what is refused, against servers on loopback; names are looked up in a list of the test's own.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use fetch::{Client, Clock, Conditions, Error, Limits, Lookup, Polite, Private};
use testing::site::{Answer, serve};

/// A server on loopback that answers by path and counts what it is asked.
struct Site {
    port: u16,
    asked: Arc<AtomicUsize>,
    heads: Arc<Mutex<Vec<String>>>,
}

fn site(
    answers: impl Fn(&str) -> (u16, Vec<(&'static str, String)>, Vec<u8>) + Send + 'static,
) -> Site {
    let asked = Arc::new(AtomicUsize::new(0));
    let heads = Arc::new(Mutex::new(Vec::new()));
    let (count, kept) = (Arc::clone(&asked), Arc::clone(&heads));
    let port = serve(move |path, head| {
        count.fetch_add(1, Ordering::SeqCst);
        kept.lock().unwrap().push(head.to_owned());
        let (status, headers, body) = answers(path);
        Answer(status, headers, body)
    });
    Site { port, asked, heads }
}

/// Names and where they are.
#[derive(Debug)]
struct Names(BTreeMap<&'static str, Vec<&'static str>>);

impl Lookup for Names {
    fn lookup(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        let bare = host.trim_matches(['[', ']']);
        if let Ok(ip) = bare.parse() {
            return Ok(vec![SocketAddr::new(ip, port)]);
        }
        let found = self.0.get(bare).ok_or(io::ErrorKind::NotFound)?;
        Ok(found
            .iter()
            .map(|ip| SocketAddr::new(ip.parse().unwrap(), port))
            .collect())
    }
}

fn names(list: &[(&'static str, &[&'static str])]) -> Box<Names> {
    Box::new(Names(
        list.iter()
            .map(|(name, ips)| (*name, ips.to_vec()))
            .collect(),
    ))
}

fn client(allow_private: bool, limits: Limits, list: &[(&'static str, &[&'static str])]) -> Client {
    let private = if allow_private {
        Private::Allowed
    } else {
        Private::Refused
    };
    Client::with_lookup("crossbearing-test", limits, private, None, names(list)).unwrap()
}

const HERE: &[(&str, &[&str])] = &[("outlet.example", &["127.0.0.1"])];

fn small() -> Limits {
    Limits {
        packed: 4096,
        unpacked: 8192,
        ratio: 10,
        redirects: 3,
        seconds: 5,
    }
}

#[test]
fn a_page_comes_with_its_headers_and_its_way() {
    let site = site(|path| match path {
        "/old" => (301, vec![("Location", "/new".to_owned())], Vec::new()),
        _ => (
            200,
            vec![("ETag", "\"7\"".to_owned())],
            b"Three were hurt.".to_vec(),
        ),
    });
    let address = format!("http://outlet.example:{}/old#top", site.port);
    let got = client(true, small(), HERE)
        .get(&address, &Conditions::default())
        .unwrap();
    assert_eq!(got.body, b"Three were hurt.");
    assert_eq!(got.header("etag"), Some("\"7\""));
    assert_eq!(
        got.redirects,
        [format!("http://outlet.example:{}/old", site.port)]
    );
    assert_eq!(
        got.address,
        format!("http://outlet.example:{}/new", site.port)
    );
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let site = site(|_| (304, Vec::new(), Vec::new()));
    let address = format!("http://outlet.example:{}/feed", site.port);
    let conditions = Conditions {
        etag: Some("\"7\"".to_owned()),
        modified: Some("Mon, 03 Mar 2031 00:00:00 GMT".to_owned()),
    };
    let got = client(true, small(), HERE)
        .get(&address, &conditions)
        .unwrap();
    assert_eq!(got.status, 304);
    let head = site.heads.lock().unwrap()[0].to_lowercase();
    assert!(
        head.contains("if-none-match: \"7\"") && head.contains("if-modified-since: mon"),
        "{head}"
    );
}

#[test]
fn what_only_we_can_reach_is_refused_before_anything_is_sent() {
    let site = site(|_| (200, Vec::new(), b"secret".to_vec()));
    let port = site.port;
    let list: &[(&str, &[&str])] = &[
        ("inside.example", &["127.0.0.1"]),
        ("two-faced.example", &["8.8.8.8", "10.0.0.1"]),
        ("metadata.example", &["169.254.169.254"]),
    ];
    let own = client(false, small(), list);
    let refused = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://inside.example:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://127.1:{port}/"),
        format!("http://0:{port}/"),
        "http://two-faced.example/".to_owned(),
        "http://metadata.example/latest/meta-data/".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
    ];
    for address in refused {
        let error = own.get(&address, &Conditions::default()).unwrap_err();
        assert!(matches!(error, Error::Private { .. }), "{address}: {error}");
    }
    let no_web = [
        "file:///etc/passwd",
        "ftp://outlet.example/",
        "javascript:alert(1)",
        "outlet.example",
        "",
        "http://",
        "http://a:b@outlet.example/",
    ];
    for address in no_web {
        let error = own.get(address, &Conditions::default()).unwrap_err();
        assert!(matches!(error, Error::Address { .. }), "{address}: {error}");
    }
    assert_eq!(site.asked.load(Ordering::SeqCst), 0);
}

#[test]
fn a_redirect_is_looked_at_like_the_first_address() {
    for target in [
        "file:///etc/passwd".to_owned(),
        "gopher://outlet.example/".to_owned(),
    ] {
        let outside = site(move |_| (302, vec![("Location", target.clone())], Vec::new()));
        let address = format!("http://outlet.example:{}/", outside.port);
        let error = client(true, small(), HERE)
            .get(&address, &Conditions::default())
            .unwrap_err();
        assert!(matches!(error, Error::Address { .. }), "{error}");
    }
    // A site that may be asked sends us to one that may not: by name, by number, and in another dress.
    let inside = site(|_| (200, Vec::new(), b"secret".to_vec()));
    for host in [
        "inside.example",
        "127.0.0.1",
        "[::ffff:127.0.0.1]",
        "0x7f000001",
    ] {
        let target = format!("http://{host}:{}/", inside.port);
        let outside = site(move |_| (302, vec![("Location", target.clone())], Vec::new()));
        let only = Private::Only(vec![SocketAddr::new(
            "127.0.0.1".parse().unwrap(),
            outside.port,
        )]);
        let list = names(&[
            ("outlet.example", &["127.0.0.1"]),
            ("inside.example", &["127.0.0.1"]),
        ]);
        let own = Client::with_lookup("t", small(), only, None, list).unwrap();
        let address = format!("http://outlet.example:{}/", outside.port);
        let error = own.get(&address, &Conditions::default()).unwrap_err();
        assert!(matches!(error, Error::Private { .. }), "{host}: {error}");
        assert_eq!(outside.asked.load(Ordering::SeqCst), 1);
    }
    assert_eq!(inside.asked.load(Ordering::SeqCst), 0);
}

#[test]
fn redirects_end() {
    let site = site(|path| {
        let n: u32 = path.trim_start_matches('/').parse().unwrap_or(0);
        (302, vec![("Location", format!("/{}", n + 1))], Vec::new())
    });
    let address = format!("http://outlet.example:{}/0", site.port);
    let error = client(true, small(), HERE)
        .get(&address, &Conditions::default())
        .unwrap_err();
    assert!(matches!(error, Error::Redirects { most: 3, .. }), "{error}");
    assert_eq!(site.asked.load(Ordering::SeqCst), 4);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn too_much_is_refused() {
    let site = site(|path| {
        let packed = vec![("Content-Encoding", "gzip".to_owned())];
        match path {
            "/large" => (200, Vec::new(), vec![b'a'; 5000]),
            "/fits" => (200, packed, gzip(&[b'a'; 8000])),
            "/large.gz" => (200, packed, gzip(&[b'a'; 9000])),
            "/cut.gz" => (200, packed, gzip(&[b'a'; 8000])[..20].to_vec()),
            _ => (200, packed, gzip(&vec![0; 3 << 20])),
        }
    });
    let address = |path: &str| format!("http://outlet.example:{}{path}", site.port);
    let own = client(true, small(), HERE);
    let none = Conditions::default();
    assert_eq!(own.get(&address("/fits"), &none).unwrap().body.len(), 8000);
    for path in ["/large", "/large.gz"] {
        let error = own.get(&address(path), &none).unwrap_err();
        assert!(matches!(error, Error::TooLarge { .. }), "{path}: {error}");
    }
    let error = own.get(&address("/cut.gz"), &none).unwrap_err();
    assert!(error.to_string().contains("cut off"), "{error}");
    let wide = Limits {
        unpacked: 64 << 20,
        ..small()
    };
    let error = client(true, wide, HERE)
        .get(&address("/bomb"), &none)
        .unwrap_err();
    assert!(matches!(error, Error::Bomb { .. }), "{error}");
}

#[test]
fn a_site_that_does_not_answer_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let quick = Limits {
        seconds: 1,
        ..small()
    };
    let began = Instant::now();
    let address = format!("http://outlet.example:{port}/");
    let error = client(true, quick, HERE)
        .get(&address, &Conditions::default())
        .unwrap_err();
    assert!(matches!(error, Error::Slow { .. }), "{error}");
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[test]
fn redirects_together_have_the_time_of_one_page() {
    let site = site(|path| {
        std::thread::sleep(Duration::from_millis(450));
        let next = format!("{path}x");
        (302, vec![("Location", next)], Vec::new())
    });
    let quick = Limits {
        seconds: 1,
        redirects: 30,
        ..small()
    };
    let error = client(true, quick, HERE)
        .get(
            &format!("http://outlet.example:{}/", site.port),
            &Conditions::default(),
        )
        .unwrap_err();
    assert!(matches!(error, Error::Slow { seconds: 1, .. }), "{error}");
    assert!(site.asked.load(Ordering::SeqCst) <= 3);
}

#[test]
fn a_proxy_is_refused() {
    let error = Client::new("t", small(), Private::Refused, Some("https_proxy"))
        .err()
        .unwrap();
    assert!(error.to_string().contains("unset https_proxy"), "{error}");
}

/// Time that passes only by waiting.
struct Slept(Instant, Arc<Mutex<Duration>>);

impl Clock for Slept {
    fn now(&self) -> Instant {
        self.0 + *self.1.lock().unwrap()
    }

    fn wait(&self, time: Duration) {
        *self.1.lock().unwrap() += time;
    }
}

fn polite(own: Client) -> (Polite, Arc<Mutex<Duration>>) {
    let slept = Arc::new(Mutex::new(Duration::ZERO));
    let clock = Slept(Instant::now(), Arc::clone(&slept));
    (
        Polite::new(own, "crossbearing-test", Box::new(clock)),
        slept,
    )
}

#[test]
fn sites_are_asked_as_they_wish() {
    let site = site(|path| match path {
        "/robots.txt" => (
            200,
            Vec::new(),
            b"User-agent: *\nDisallow: /private\nCrawl-delay: 4\n".to_vec(),
        ),
        _ => (200, Vec::new(), b"page".to_vec()),
    });
    let (own, slept) = polite(client(true, small(), HERE));
    let address = |path: &str| format!("http://outlet.example:{}{path}", site.port);
    let none = Conditions::default();
    own.get(&address("/a"), &none).unwrap();
    own.get(&address("/b"), &none).unwrap();
    let error = own.get(&address("/private/x"), &none).unwrap_err();
    assert!(matches!(error, Error::Robots { .. }), "{error}");
    assert_eq!(slept.lock().unwrap().as_secs_f32().round(), 8.0);
    // Rules once, two pages, nothing of what is not allowed.
    assert_eq!(site.asked.load(Ordering::SeqCst), 3);
}

#[test]
fn a_site_without_rules_is_asked_and_one_that_fails_is_not() {
    let none = Conditions::default();
    for (status, allowed) in [(404, true), (403, true), (500, false), (503, false)] {
        let site = site(move |path| match path {
            "/robots.txt" => (status, Vec::new(), Vec::new()),
            _ => (200, Vec::new(), b"page".to_vec()),
        });
        let (own, _) = polite(client(true, small(), HERE));
        let got = own.get(&format!("http://outlet.example:{}/a", site.port), &none);
        assert_eq!(got.is_ok(), allowed, "{status}");
    }
}

#[test]
fn a_status_is_told_with_when_to_come_back() {
    let site = site(|_| (429, vec![("Retry-After", "120".to_owned())], Vec::new()));
    let address = format!("http://outlet.example:{}/", site.port);
    let error = client(true, small(), HERE)
        .get(&address, &Conditions::default())
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::Status {
                status: 429,
                retry_after: Some(120),
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn a_site_that_says_later_is_left_alone_till_then() {
    let none = Conditions::default();
    let busy = site(|path| match path {
        "/robots.txt" => (404, Vec::new(), Vec::new()),
        "/soon" => (503, vec![("Retry-After", "20".to_owned())], Vec::new()),
        "/busy" => {
            let at = |time: &str| format!("Mon, 03 Mar 2031 {time} GMT");
            let headers = vec![("Date", at("10:00:00")), ("Retry-After", at("10:10:00"))];
            (429, headers, Vec::new())
        }
        _ => (200, Vec::new(), b"page".to_vec()),
    });
    let address = |path: &str| format!("http://outlet.example:{}{path}", busy.port);
    let (own, slept) = polite(client(true, small(), HERE));
    // A short time is waited for.
    assert!(own.get(&address("/soon"), &none).unwrap_err().may_pass());
    own.get(&address("/a"), &none).unwrap();
    assert!(slept.lock().unwrap().as_secs() >= 20);
    // A long one is not: other pages of the site are not asked for either.
    let error = own.get(&address("/busy"), &none).unwrap_err();
    assert_eq!(error.retry_after(), Some(600), "{error}");
    let asked = busy.asked.load(Ordering::SeqCst);
    let error = own.get(&address("/a"), &none).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Held {
                seconds: 590..=600,
                ..
            }
        ) && error.may_pass(),
        "{error}"
    );
    assert_eq!(busy.asked.load(Ordering::SeqCst), asked);
    *slept.lock().unwrap() += Duration::from_secs(601);
    own.get(&address("/a"), &none).unwrap();
}

#[test]
fn a_redirect_to_another_site_asks_that_site() {
    let none = Conditions::default();
    let other = site(|path| match path {
        "/robots.txt" => (
            200,
            Vec::new(),
            b"User-agent: *\nDisallow: /private\n".to_vec(),
        ),
        "/busy" => (429, Vec::new(), Vec::new()),
        _ => (200, Vec::new(), b"page".to_vec()),
    });
    let to = |path: &str| format!("http://other.example:{}{path}", other.port);
    let targets = [to("/open"), to("/private"), to("/busy")];
    let first = site(move |path| match path {
        "/robots.txt" => (404, Vec::new(), Vec::new()),
        path => {
            let n: usize = path.trim_start_matches('/').parse().unwrap();
            (302, vec![("Location", targets[n].clone())], Vec::new())
        }
    });
    let list: &[(&str, &[&str])] = &[
        ("outlet.example", &["127.0.0.1"]),
        ("other.example", &["127.0.0.1"]),
    ];
    let (own, _) = polite(client(true, small(), list));
    let address = |n: usize| format!("http://outlet.example:{}/{n}", first.port);
    assert_eq!(own.get(&address(0), &none).unwrap().body, b"page");
    let error = own.get(&address(1), &none).unwrap_err();
    assert!(matches!(error, Error::Robots { .. }), "{error}");
    // Its rules once, the open page, nothing of what it does not allow.
    assert_eq!(other.asked.load(Ordering::SeqCst), 2);
    // It is the one that said later, not the one that led there.
    assert!(own.get(&address(2), &none).is_err());
    let error = own.get(&to("/open"), &none).unwrap_err();
    assert!(matches!(error, Error::Held { .. }), "{error}");
    let error = own.get(&address(0), &none).unwrap_err();
    assert!(matches!(error, Error::Held { .. }), "{error}");
    let error = own.get(&address(1), &none).unwrap_err();
    assert!(matches!(error, Error::Robots { .. }), "{error}");
}

#[test]
fn rules_are_asked_for_again_after_a_while() {
    let none = Conditions::default();
    let times = AtomicUsize::new(0);
    // Rules that fail, then allow all, then nothing.
    let site = site(move |path| match path {
        "/robots.txt" => match times.fetch_add(1, Ordering::SeqCst) {
            0 => (500, Vec::new(), Vec::new()),
            1 => (404, Vec::new(), Vec::new()),
            _ => (200, Vec::new(), b"User-agent: *\nDisallow: /\n".to_vec()),
        },
        _ => (200, Vec::new(), b"page".to_vec()),
    });
    let address = format!("http://outlet.example:{}/a", site.port);
    let (own, slept) = polite(client(true, small(), HERE));
    for _ in 0..2 {
        let error = own.get(&address, &none).unwrap_err();
        assert!(matches!(error, Error::NoRules { .. }), "{error}");
    }
    *slept.lock().unwrap() += Duration::from_secs(601);
    own.get(&address, &none).unwrap();
    *slept.lock().unwrap() += Duration::from_secs(24 * 3600 + 1);
    let error = own.get(&address, &none).unwrap_err();
    assert!(matches!(error, Error::Robots { .. }), "{error}");
}

#[test]
fn the_time_between_requests_may_be_longer() {
    let site = site(|path| match path {
        "/robots.txt" => (404, Vec::new(), Vec::new()),
        _ => (200, Vec::new(), b"page".to_vec()),
    });
    let address = format!("http://outlet.example:{}/a", site.port);
    let (own, slept) = polite(client(true, small(), HERE));
    let own = own.between(Duration::from_secs(7));
    for _ in 0..3 {
        own.get(&address, &Conditions::default()).unwrap();
    }
    assert_eq!(slept.lock().unwrap().as_secs_f32().round(), 21.0);
}

#[test]
fn threads_ask_a_host_one_after_another_and_hosts_at_once() {
    // How many are asked at once is counted; each answer waits for a second one beside it, so long at most.
    #[derive(Default)]
    struct Beside {
        /// Now, and at most so far.
        asked: Mutex<(usize, usize)>,
        came: Condvar,
    }
    let slow = |beside: &Arc<Beside>, at_most: u64| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let beside = Arc::clone(beside);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let beside = Arc::clone(&beside);
                std::thread::spawn(move || {
                    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                    let _ = lines
                        .map_while(Result::ok)
                        .take_while(|line| !line.is_empty())
                        .count();
                    let mut asked = beside.asked.lock().unwrap();
                    asked.0 += 1;
                    asked.1 = asked.1.max(asked.0);
                    beside.came.notify_all();
                    let time = Duration::from_millis(at_most);
                    let alone = |it: &mut (usize, usize)| it.1 < 2;
                    let (mut asked, _) =
                        beside.came.wait_timeout_while(asked, time, alone).unwrap();
                    asked.0 -= 1;
                    drop(asked);
                    let _ = stream.write_all(
                        b"HTTP/1.1 404 X\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                    );
                });
            }
        });
        port
    };
    let (own, _) = polite(client(true, small(), HERE));
    let ask_all = |addresses: Vec<String>| {
        std::thread::scope(|scope| {
            for address in &addresses {
                let own = &own;
                scope.spawn(move || own.get(address, &Conditions::default()).map(drop));
            }
        });
    };
    let one_host = Arc::new(Beside::default());
    let a = slow(&one_host, 60);
    ask_all(
        (0..4)
            .map(|n| format!("http://outlet.example:{a}/{n}"))
            .collect(),
    );
    assert_eq!(*one_host.asked.lock().unwrap(), (0, 1));
    let two_hosts = Arc::new(Beside::default());
    let ports = [slow(&two_hosts, 20_000), slow(&two_hosts, 20_000)];
    ask_all(
        ports
            .map(|port| format!("http://outlet.example:{port}/"))
            .into(),
    );
    assert_eq!(two_hosts.asked.lock().unwrap().1, 2);
}
