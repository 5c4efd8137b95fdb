//! A PostgreSQL server of the test's own, that goes away in the middle and comes back, or does not.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command},
    time::{Duration, Instant},
};

use store::Store;

use super::{common, done, lines, open, open_at, sample, start, twin, verified};

/// A server, stopped and taken away with it.
pub struct Server {
    /// Its folder; its data lie in `data` below.
    pub folder: PathBuf,
    /// The address of its database.
    pub address: String,
}

impl Server {
    /// Starts one; `None`, and the test is skipped, where no server is there for the tests.
    pub fn started(test: &str) -> Option<Self> {
        testing::postgres()?;
        // The account that it runs under cannot read everybody's folders.
        let name = format!("crossbearing-server-{test}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        let address = script(&["start", &folder.display().to_string()]);
        Some(Self { folder, address })
    }

    /// The port that it listens on.
    pub fn port(&self) -> &str {
        let rest = self.address.rsplit_once(':').unwrap().1;
        rest.split_once('/').unwrap().0
    }

    /// Stops it as a crash would.
    pub fn stop(&self) {
        script(&["stop", &self.folder.display().to_string()]);
    }

    /// Starts it again where it was.
    pub fn start(&self) {
        let again = script(&["start", &self.folder.display().to_string(), self.port()]);
        assert_eq!(again, self.address);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = scripted(&["stop", &self.folder.display().to_string()]);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn scripted(words: &[&str]) -> std::process::Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/postgres.sh");
    Command::new(script).args(words).output().unwrap()
}

fn script(words: &[&str]) -> String {
    let ran = scripted(words);
    assert!(
        ran.status.success(),
        "{words:?}: {}",
        String::from_utf8_lossy(&ran.stderr)
    );
    String::from_utf8(ran.stdout).unwrap().trim().to_owned()
}

/// Waits until the casebook has so many rows of something, or the command is over.
fn until(store: &mut Store, child: &mut Child, table: &str, rows: i64) {
    let begun = Instant::now();
    let sql = format!("SELECT count(*) FROM {table}");
    while store.database().number(&sql, &[]).unwrap() < rows && child.try_wait().unwrap().is_none()
    {
        assert!(
            begun.elapsed() < Duration::from_secs(120),
            "{table} has no {rows} rows"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_server_that_comes_back_is_gone_on_with_and_one_that_does_not_is_told() {
    let Some(server) = Server::started("gone") else {
        return;
    };
    let folder = common::folder("hard-server");
    let at = ["--casebook", server.address.as_str()];
    let with = |words: &[&str]| done(&folder, &[words, &at].concat());
    with(&["init"]);
    fs::write(folder.join("a.jsonl"), lines(0, 3_000)).unwrap();
    fs::write(folder.join("b.jsonl"), lines(2_900, 6_000)).unwrap();

    // It comes back: the command goes on.
    let mut store = open_at(&server.address);
    let mut child = start(&folder, &[&["add", "a.jsonl"], &at[..]].concat());
    until(&mut store, &mut child, "reports", 500);
    server.stop();
    std::thread::sleep(Duration::from_millis(500));
    server.start();
    let ended = child.wait_with_output().unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    let mut store = open_at(&server.address);
    assert_eq!(verified(&mut store).reports, 3_000);

    // It does not come back: the command says so, and given again goes on where it was.
    let mut child = start(&folder, &[&["add", "b.jsonl"], &at[..]].concat());
    until(&mut store, &mut child, "reports", 3_500);
    server.stop();
    let begun = Instant::now();
    let ended = child.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&ended.stderr);
    assert!(begun.elapsed() < Duration::from_secs(60));
    assert_eq!(ended.status.code(), Some(1), "{err}");
    assert!(
        err.contains("the database server does not answer") && err.contains("hint: start it"),
        "{err}"
    );
    let ran = super::run(&folder, &[&["list"], &at[..]].concat());
    assert!(
        ran.code == 1 && ran.err.contains("does not answer"),
        "{}",
        ran.err
    );
    server.start();
    with(&["add", "b.jsonl"]);
    let mut store = open_at(&server.address);
    verified(&mut store);

    // The same as in a folder to which nothing happened.
    done(&folder, &["init"]);
    done(&folder, &["add", "a.jsonl"]);
    done(&folder, &["add", "b.jsonl"]);
    twin::same(&mut store, &mut open(&folder, "casebook"));

    if testing::prepared() {
        read(&server, &folder, &at);
    }
}

/// The server goes away while reports are read and linked.
fn read(server: &Server, folder: &Path, at: &[&str]) {
    let with = |words: &[&str]| done(folder, &[words, at].concat());
    for sample in [sample("depot-shooting"), sample("river-strike")] {
        with(&["add", &sample]);
        done(folder, &["add", &sample]);
    }
    done(folder, &["run"]);
    for (table, rows) in [("readings", 128), ("readings", 3_000), ("steps", 1)] {
        let mut store = open_at(&server.address);
        let mut child = start(folder, &[&["run"], at].concat());
        until(&mut store, &mut child, table, rows);
        server.stop();
        server.start();
        let ended = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&ended.stderr);
        // What is only asked is not asked again; nothing of it is lost.
        let told =
            ended.status.code() == Some(1) && err.contains("the database server does not answer");
        assert!(ended.status.success() || told, "{err}");
    }
    with(&["run"]);
    let mut store = open_at(&server.address);
    verified(&mut store);
    twin::same(&mut store, &mut open(folder, "casebook"));
}
