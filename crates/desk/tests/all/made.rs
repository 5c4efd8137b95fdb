//! Casebooks to serve, and servers for them.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        LazyLock,
        atomic::{AtomicI64, Ordering},
    },
};

use casebook::book::{self, AddOptions};
use crossbearing::{Policy, Resources};
use desk::{
    Options, Server,
    access::{self, Wanted},
    accounts,
};
use jiff::Timestamp;
use store::{
    Actor, Place, Store,
    log::time,
    people::{Person, Role},
    tokens::Scope,
};

pub fn now() -> Timestamp {
    "2031-05-01T12:00:00Z".parse().unwrap()
}

/// Seconds that the desk's clock is ahead; tests that turn it have a server each that nobody else asks.
static AHEAD: AtomicI64 = AtomicI64::new(0);

/// The clock of tests that turn it.
pub fn turned() -> Timestamp {
    let ahead = jiff::SignedDuration::from_secs(AHEAD.load(Ordering::SeqCst));
    now().checked_add(ahead).unwrap()
}

/// Turns it.
pub fn turn(seconds: i64) {
    AHEAD.store(seconds, Ordering::SeqCst);
}

pub static RESOURCES: LazyLock<Resources> = LazyLock::new(|| {
    casebook::data::DataDir::locate(None)
        .unwrap()
        .load()
        .unwrap()
});

/// An empty casebook.
pub fn empty(name: &str) -> Place {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("desk-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    let place = Place::Folder(folder);
    let actor = Actor {
        who: "Ana".to_owned(),
        tool: "test".to_owned(),
    };
    Store::create(&place, &actor, now()).unwrap();
    place
}

/// A casebook of the samples and of further reports, given as file names and bytes; `None` where nothing can be read
/// here.
pub fn of_samples(name: &str, further: &[(&str, Vec<u8>)]) -> Option<Place> {
    if !testing::prepared() {
        return None;
    }
    let place = empty(name);
    let mut names = vec![samples().display().to_string()];
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("desk-{name}-files"));
    std::fs::create_dir_all(&folder).unwrap();
    for (file, bytes) in further {
        let path = folder.join(file);
        std::fs::write(&path, bytes).unwrap();
        names.push(path.display().to_string());
    }
    let mut store = Store::open(&place).unwrap();
    let options = AddOptions {
        who: "Ana".to_owned(),
        tool: "test".to_owned(),
        dry_run: false,
        in_scope_only: false,
        languages: Vec::new(),
        columns: Default::default(),
        now: &now,
    };
    let added = book::add(
        &mut store,
        &names,
        &mut std::io::empty(),
        &options,
        &mut |_| {},
    )
    .unwrap();
    assert!(added.new as usize > further.len(), "{added:?}");
    run(&mut store);
    Some(place)
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

/// Reads and links what is waiting.
pub fn run(store: &mut Store) {
    let policy = Policy {
        version: "test".to_owned(),
    };
    book::read(store, &RESOURCES, "Ana", &now, &mut |_| {}).unwrap();
    let reader = RESOURCES.version();
    book::link(store, &policy, &reader, "Ana", &now, &mut |_| {}).unwrap();
}

/// Makes an account.
pub fn person(place: &Place, name: &str, role: Role, password: &str) {
    let person = Person {
        name: name.to_owned(),
        role,
        password: accounts::hash(name, password).unwrap(),
        added: time(now()),
        seen: None,
    };
    let mut store = Store::open(place).unwrap();
    store
        .write(&mut |tx| tx.add_person(&person, "Ana"))
        .unwrap();
}

/// Serves a casebook until the test ends.
pub fn serve(place: &Place) -> SocketAddr {
    served(Options {
        clock: now,
        ..Options::new(place.clone(), "Ana".to_owned())
    })
}

/// The same, as asked.
pub fn served(options: Options) -> SocketAddr {
    let server = Server::start(options).unwrap();
    let at = server.at();
    std::thread::spawn(move || server.run(std::future::pending()));
    at
}

/// Makes a token; gives its words.
pub fn token(place: &Place, person: Option<&str>, scopes: &[Scope], days: Option<u16>) -> String {
    let wanted = Wanted {
        person,
        // What its person may do is asked when it is used.
        role: Role::Admin,
        purpose: "a test",
        scopes,
        days,
    };
    let made = access::make(&wanted, now()).unwrap();
    let mut store = Store::open(place).unwrap();
    store
        .write(&mut |tx| tx.add_token(&made.token, &made.hash, "Ana"))
        .unwrap();
    made.words
}

/// Names of the files in a ZIP archive, by its directory.
pub fn zip_names(bytes: &[u8]) -> Vec<String> {
    let long = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let entries =
        (0..bytes.len().saturating_sub(46)).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02"));
    entries
        .map(|at| String::from_utf8_lossy(&bytes[at + 46..at + 46 + long(at + 28)]).into_owned())
        .collect()
}
