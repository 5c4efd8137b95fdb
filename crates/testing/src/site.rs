//! A site on loopback, for tests that fetch.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What a path answers: status, headers, body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer(pub u16, pub Vec<(&'static str, String)>, pub Vec<u8>);

impl Answer {
    /// That nothing is there.
    pub fn missing() -> Self {
        Self(404, Vec::new(), Vec::new())
    }

    /// A page in UTF-8.
    pub fn html(body: String) -> Self {
        let kind = ("Content-Type", "text/html; charset=utf-8".to_owned());
        Self(200, vec![kind], body.into_bytes())
    }
}

/// A site whose answers may change; what it does not know is not found.
pub struct Site {
    /// Its port on 127.0.0.1.
    pub port: u16,
    answers: Arc<Mutex<BTreeMap<String, Answer>>>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Default for Site {
    fn default() -> Self {
        Self::new()
    }
}

impl Site {
    /// Opens one.
    pub fn new() -> Self {
        let answers: Arc<Mutex<BTreeMap<String, Answer>>> = Arc::default();
        let heads: Arc<Mutex<Vec<String>>> = Arc::default();
        let (know, kept) = (Arc::clone(&answers), Arc::clone(&heads));
        let port = serve(move |path, head| {
            locked(&kept).push(head.to_owned());
            let known = locked(&know).get(path).cloned();
            known.unwrap_or_else(Answer::missing)
        });
        Self {
            port,
            answers,
            heads,
        }
    }

    /// Says what a path answers from now on.
    pub fn says(&self, path: &str, answer: Answer) {
        locked(&self.answers).insert(path.to_owned(), answer);
    }

    /// The address of a path, as this machine reaches it.
    pub fn here(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The address of a path at a name that only a test's own resolver knows.
    pub fn at(&self, path: &str) -> String {
        format!("http://outlet.example:{}{path}", self.port)
    }

    /// The heads of all requests so far, lines joined by line feeds.
    pub fn heads(&self) -> Vec<String> {
        locked(&self.heads).clone()
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        let begin = format!("GET {path} ");
        let heads = locked(&self.heads);
        heads.iter().filter(|it| it.starts_with(&begin)).count()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Serves HTTP on loopback, one request after another, each connection closed after its answer; gives the port.
/// `answer` hears the path and the head of each request.
///
/// # Panics
/// If no port is free.
pub fn serve(mut answer: impl FnMut(&str, &str) -> Answer + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let Ok(copy) = stream.try_clone() else {
                continue;
            };
            let head: Vec<String> = BufReader::new(copy)
                .lines()
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            let path = head.first().and_then(|line| line.split(' ').nth(1));
            let Answer(status, headers, body) = answer(path.unwrap_or("/"), &head.join("\n"));
            let mut out = format!(
                "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n",
                body.len()
            );
            for (name, value) in headers {
                out.push_str(&format!("{name}: {value}\r\n"));
            }
            // Who asked may have gone away.
            let _ = stream.write_all(format!("{out}\r\n").as_bytes());
            let _ = stream.write_all(&body);
        }
    });
    port
}
