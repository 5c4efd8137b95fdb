//! Servers on loopback whose answers may change, and casebooks whose time passes as a test wants.

use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use casebook::book::{
    AddOptions,
    feeds::{Poll, Polled, poll, poll_all},
};
use fetch::{Client, Clock, Limits, Lookup, Polite, Private};
use store::{Actor, Place, Store, arrivals, feeds};
use testing::site::serve;
pub use testing::site::{Answer, Site};

pub fn ok(body: impl Into<Vec<u8>>) -> Answer {
    Answer(200, Vec::new(), body.into())
}

#[derive(Debug)]
struct Names;

impl Lookup for Names {
    fn lookup(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        let ip = match host {
            "outlet.example" | "inside.example" => "127.0.0.1",
            other => other,
        };
        let ip = ip
            .parse()
            .map_err(|_| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(vec![SocketAddr::new(ip, port)])
    }
}

/// Time that passes only by waiting.
struct Slept(Instant, Mutex<Duration>);

impl Clock for Slept {
    fn now(&self) -> Instant {
        self.0 + *self.1.lock().unwrap()
    }

    fn wait(&self, time: Duration) {
        *self.1.lock().unwrap() += time;
    }
}

/// When the clock of a test starts.
pub const START: &str = "2031-03-04T05:06:07Z";

/// How feeds that are due are asked.
type Asking = dyn Fn(&mut Book, &Poll<'_>, &[feeds::Feed]) -> Vec<Polled>;

/// A casebook with a client that may ask one site on loopback, and a clock.
pub struct Book {
    pub store: Store,
    folder: PathBuf,
    client: Polite,
    pub minutes: AtomicI64,
}

impl Drop for Book {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Book {
    pub fn new(name: &str, site: &Site) -> Self {
        Self::allowing(name, &[site.port])
    }

    /// A casebook whose client may ask these ports on loopback.
    pub fn allowing(name: &str, ports: &[u16]) -> Self {
        let folder =
            std::env::temp_dir().join(format!("crossbearing-feeds-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let actor = Actor {
            who: "Ana".to_owned(),
            tool: "0.1.0".to_owned(),
        };
        let now = START.parse().unwrap();
        let store = Store::create(&Place::Folder(folder.clone()), &actor, now).unwrap();
        let here = "127.0.0.1".parse().unwrap();
        let only = ports.iter().map(|port| SocketAddr::new(here, *port));
        let only = Private::Only(only.collect());
        Self {
            store,
            folder,
            client: polite(only),
            minutes: AtomicI64::new(0),
        }
    }

    pub fn watch(&mut self, address: &str) {
        self.store
            .write(&mut |tx| tx.watch(address, None, "2031-03-04T05:06:07.000Z", "Ana"))
            .unwrap();
    }

    /// Asks all feeds that are due, one after another.
    pub fn round(&mut self) -> Vec<Polled> {
        self.ask(&|book, how, due| {
            let one = |feed| poll(&mut book.store, &book.client, feed, how, &mut |_| {}).unwrap();
            due.iter().map(one).collect()
        })
    }

    /// The same as `watch` does it, several at once.
    pub fn round_at_once(&mut self) -> Vec<Polled> {
        self.ask(&|book, how, due| {
            let place = Place::Folder(book.folder.clone());
            let open = || Store::open(&place);
            poll_all(&open, &book.client, due, how, &mut |_| {}).unwrap()
        })
    }

    fn ask(&mut self, asking: &Asking) -> Vec<Polled> {
        let start: jiff::Timestamp = START.parse().unwrap();
        let minutes = self.minutes.load(Ordering::SeqCst);
        let now = move || start + jiff::SignedDuration::from_mins(minutes);
        let add = AddOptions {
            who: "Ana".to_owned(),
            tool: "0.1.0".to_owned(),
            dry_run: false,
            in_scope_only: false,
            languages: Vec::new(),
            columns: casebook::ingest::Columns::default(),
            now: &now,
        };
        let how = Poll {
            add: &add,
            every: 30,
        };
        let due = feeds::due(self.store.database(), &store::log::time(now())).unwrap();
        asking(self, &how, &due)
    }

    pub fn later(&self, minutes: i64) {
        self.minutes.fetch_add(minutes, Ordering::SeqCst);
    }

    pub fn number(&mut self, sql: &str) -> i64 {
        self.store.database().number(sql, &[]).unwrap()
    }

    pub fn report(&mut self, title: &str) -> (arrivals::Stored, arrivals::Received) {
        let sql = "SELECT id FROM reports WHERE title = ?1";
        let row = self.store.database().first(sql, &[title.into()]).unwrap();
        let id = row.unwrap_or_else(|| panic!("no report {title}")).words(0);
        let stored = arrivals::report(self.store.database(), &id).unwrap();
        let captures = arrivals::captures(self.store.database(), &id).unwrap();
        (stored, captures.into_iter().next().unwrap())
    }
}

fn polite(private: Private) -> Polite {
    let limits = Limits {
        seconds: 10,
        ..Limits::default()
    };
    let client =
        Client::with_lookup("crossbearing-test", limits, private, None, Box::new(Names)).unwrap();
    Polite::new(
        client,
        "crossbearing-test",
        Box::new(Slept(Instant::now(), Mutex::default())),
    )
}

/// A site with a feed of three items that answers for its feed only once all others of its kind were asked for theirs.
pub fn waiting_site(gate: Arc<Barrier>, number: usize) -> u16 {
    serve(move |path, head| {
        let host = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("host").then_some(value)
        });
        let host = host.unwrap_or_default();
        match path {
            "/robots.txt" => Answer::missing(),
            "/rss" => {
                gate.wait();
                let item = |n: usize| {
                    format!("<item><guid>{n}</guid><link>http://{host}/{n}</link></item>")
                };
                let items: String = (0..3).map(item).collect();
                let title = format!("<title>Site {number}</title>");
                ok(format!(
                    "<rss version=\"2.0\"><channel>{title}{items}</channel></rss>"
                ))
            }
            path => {
                let title = format!("<title>Page {path} of {number}</title>");
                let words = format!(
                    "Two people were hurt in Kelmoor, the mayor said at noon, {number} {path}."
                );
                Answer::html(format!(
                    "<html><head>{title}</head><body><p>{words}</p></body></html>"
                ))
            }
        }
    })
}
