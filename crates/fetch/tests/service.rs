//! What a service is sent and what is taken from it, against servers on loopback.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use fetch::{Error, Lookup, Service};

/// Serves one connection after another as `serve` does; gives the port and the requests.
fn serving(serve: impl Fn(TcpStream) + Send + 'static) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (send, heard) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = Vec::new();
            let mut some = [0; 4096];
            // All that these tests send comes with a body that ends in a brace.
            while !request.ends_with(b"}") {
                match stream.read(&mut some) {
                    Ok(n) if n > 0 => request.extend_from_slice(&some[..n]),
                    _ => break,
                }
            }
            let _ = send.send(String::from_utf8_lossy(&request).into_owned());
            serve(stream);
        }
    });
    (port, heard)
}

fn answering(answer: &'static str) -> (u16, Receiver<String>) {
    serving(move |mut stream| {
        let _ = stream.write_all(answer.as_bytes());
    })
}

fn service(port: u16, most: u64) -> Service {
    let address = format!("http://127.0.0.1:{port}/v1/chat?key=secret-in-query");
    Service::new(&address, "test", Some("secret".to_owned()), most, None).unwrap()
}

const LONG: Duration = Duration::from_secs(10);

/// Names that all stand for one address.
#[derive(Debug)]
struct At(&'static str);

impl Lookup for At {
    fn lookup(&self, _: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(vec![SocketAddr::new(self.0.parse().unwrap(), port)])
    }
}

#[test]
fn it_is_sent_json_with_the_key_and_gives_what_came() {
    let (port, heard) = answering("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
    let own = service(port, 100);
    assert!(own.is_here());
    assert_eq!(own.host(), format!("127.0.0.1:{port}"));
    assert_eq!(own.post("{\"b\":2}", LONG).unwrap().body, b"{\"a\":1}");
    let request = heard.recv_timeout(LONG).unwrap();
    assert!(request.starts_with("POST /v1/chat"), "{request}");
    let lower = request.to_lowercase();
    assert!(lower.contains("authorization: bearer secret"), "{request}");
    assert!(
        lower.contains("content-type: application/json"),
        "{request}"
    );
    assert!(request.ends_with("{\"b\":2}"), "{request}");
}

#[test]
fn nothing_is_sent_on_to_another_address() {
    let (elsewhere, heard) = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    for status in ["301", "302", "307", "308"] {
        let (port, _) = serving(move |mut stream| {
            let head = format!(
                "HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:{elsewhere}/\r\nContent-Length: 0\r\n\r\n"
            );
            let _ = stream.write_all(head.as_bytes());
        });
        let error = service(port, 100).post("{}", LONG).unwrap_err();
        assert!(matches!(error, Error::Moved { .. }), "{error}");
        assert!(!error.may_pass());
    }
    assert!(heard.try_recv().is_err(), "the other server was asked");
}

#[test]
fn what_it_refuses_is_told_without_the_key() {
    let (port, _) =
        answering("HTTP/1.1 429 X\r\nRetry-After: 7\r\nContent-Length: 6\r\n\r\nsecret");
    let error = service(port, 100).post("{}", LONG).unwrap_err();
    assert!(error.may_pass());
    assert_eq!(error.retry_after(), Some(7));
    assert!(!error.to_string().contains("secret"), "{error}");
    let (port, _) = answering("HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n");
    let error = service(port, 100).post("{}", LONG).unwrap_err();
    assert!(
        !error.may_pass() && error.to_string().contains("key"),
        "{error}"
    );
    assert!(!error.to_string().contains("secret"), "{error}");
    // Nobody is there.
    let error = service(1, 100).post("{}", LONG).unwrap_err();
    assert!(matches!(error, Error::Connection { .. }), "{error}");
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[test]
fn a_server_that_stalls_costs_its_time_and_no_more() {
    // One that never answers, and one that never stops.
    let (silent, _) = serving(|stream| {
        std::thread::sleep(Duration::from_secs(20));
        drop(stream);
    });
    let (dripping, _) = serving(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while stream.write_all(b" ").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    for port in [silent, dripping] {
        let begun = Instant::now();
        let error = service(port, 1 << 20)
            .post("{}", Duration::from_secs(1))
            .unwrap_err();
        assert!(matches!(error, Error::Slow { seconds: 1, .. }), "{error}");
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn an_answer_that_does_not_end_is_cut_off() {
    let (port, _) = serving(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        let block = vec![b'x'; 1 << 16];
        for _ in 0..1600 {
            if stream.write_all(&block).is_err() {
                return;
            }
        }
    });
    let error = service(port, 1 << 20).post("{}", LONG).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Endless {
                most: 1_048_576,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn out_in_the_world_only_tls_is_spoken_and_some_addresses_are_none() {
    let at = |address: &str, ip: &'static str| {
        let own = Service::with_lookup(address, "test", None, 100, None, Box::new(At(ip))).unwrap();
        assert!(!own.is_here());
        own.post("{}", Duration::from_secs(2)).unwrap_err()
    };
    let error = at("http://model.example/v1", "8.8.8.8");
    assert!(matches!(error, Error::Clear { .. }), "{error}");
    for ip in [
        "169.254.169.254",
        "224.0.0.1",
        "0.0.0.0",
        "192.0.2.1",
        "fe80::1",
    ] {
        for scheme in ["http", "https"] {
            let error = at(&format!("{scheme}://model.example/v1"), ip);
            assert!(matches!(error, Error::Nowhere { .. }), "{ip}: {error}");
        }
    }
    // A name that stands for this machine is let through, and there is nobody at that port.
    let error = at("http://model.example:1/v1", "127.0.0.1");
    assert!(matches!(error, Error::Connection { .. }), "{error}");
}

#[test]
fn addresses_that_are_none_and_proxies_are_refused() {
    let made =
        |address: &str, proxy| Service::new(address, "test", None, 100, proxy).map(|it| it.host());
    for wrong in [
        "ftp://127.0.0.1/",
        "127.0.0.1:80",
        "http://ana:secret@127.0.0.1/",
        "",
    ] {
        assert!(
            matches!(made(wrong, None), Err(Error::Address { .. })),
            "{wrong}"
        );
    }
    assert!(matches!(
        made("https://model.example/", Some("https_proxy")),
        Err(Error::Proxy {
            name: "https_proxy"
        })
    ));
    // Nothing passes a proxy on its way to this machine.
    for own in [
        "http://localhost:11434/v1",
        "http://127.0.0.2/",
        "http://[::1]:80/",
    ] {
        assert!(made(own, Some("https_proxy")).is_ok(), "{own}");
    }
    let key = Some("line\r\nbreak".to_owned());
    let error = Service::new("http://127.0.0.1/", "test", key, 100, None)
        .err()
        .unwrap();
    assert!(!error.to_string().contains("break"), "{error}");
}
