//! A casebook under hard use: killed at random, on a full disk, with a server that goes away, by several at once.
//!
//! Nothing may be lost, doubled or half written. Each test ends with a casebook that is held against a twin to which
//! nothing happened. `CROSSBEARING_KILLS=1000` kills so often; `CROSSBEARING_KILLS_SEED` repeats the choices of a run
//! that failed, which says its seed.

#[path = "../common/mod.rs"]
#[allow(dead_code)]
mod common;

mod full;
mod kills;
mod proxy;
mod server;
mod tls;
mod together;
mod twin;

use std::{
    path::{Path, PathBuf},
    process::{Child, Stdio},
};

use common::{as_ana as run, done, json, sample};
use store::{Place, Store};

/// Starts a command whose words nobody reads but where it fails.
fn start(folder: &Path, words: &[&str]) -> Child {
    let mut command = common::program(folder, &[words, &["--who", "Ana"]].concat());
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// The casebook of a name in a folder, opened.
fn open(folder: &Path, name: &str) -> Store {
    Store::open(&Place::Folder(folder.join(name))).unwrap()
}

fn open_at(address: &str) -> Store {
    Store::open(&Place::of(address)).unwrap()
}

/// Holds a casebook against its log.
fn verified(store: &mut Store) -> store::audit::Audit {
    let audit = store::audit::verify(store, &mut |_| {}).unwrap();
    assert_eq!(audit.faults, [], "{}", store.place());
    audit
}

/// Reports as JSON lines, `from` to `to`, of which no reader makes anything.
fn lines(from: usize, to: usize) -> String {
    let line = |n: usize| {
        format!(
            "{{\"title\": \"Notes of town {n}\", \"url\": \"https://outlet.example/{n}\", \"text\": \"The council of \
             town {n} met on Monday and spoke of the new library. It opens in spring, the mayor of town {n} said.\"}}\n"
        )
    };
    (from..to).map(line).collect()
}

/// A folder of reports of which no reader makes anything.
fn notes(folder: &Path, files: usize) -> PathBuf {
    let notes = folder.join("notes");
    std::fs::create_dir_all(&notes).unwrap();
    for n in 0..files {
        let words = format!(
            "Title: Notes of valley {n}\nSource: Valley Paper\nPublished: 2031-03-04\n\nThe school of valley {n} \
             has a new roof. Pupils of valley {n} painted it on Monday.\n"
        );
        std::fs::write(notes.join(format!("{n}.txt")), words).unwrap();
    }
    notes
}

/// The address of a schema of the test's own, where there is a server.
fn shared(schema: &str) -> Option<String> {
    use store::database::Database;
    let server = testing::postgres()?;
    let mut database = store::database::Postgres::connect(&server).unwrap();
    let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    database.script(&sql).unwrap();
    Some(format!("{server}?options=-csearch_path%3D{schema}"))
}

/// Numbers that look random, the same for the same seed (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}
