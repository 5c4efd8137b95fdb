//! The desk: it says where it is, ends when told, and is for this machine alone until there are accounts.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

use super::common::{folder, program, run, run_with_input};

/// A desk that runs, and where.
struct Served(Child, String);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn served(folder: &std::path::Path, args: &[&str]) -> Served {
    let mut child = program(
        folder,
        &[&["serve", "--port", "0", "--casebook", "book"], args].concat(),
    )
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let at = line
        .trim()
        .trim_start_matches("http://")
        .trim_end_matches('/');
    Served(child, at.to_owned())
}

fn status(at: &str, path: &str) -> String {
    status_with(at, path, "")
}

fn status_with(at: &str, path: &str, further: &str) -> String {
    let mut stream = TcpStream::connect(at).unwrap();
    let ask = format!("GET {path} HTTP/1.1\r\nHost: {at}\r\n{further}Connection: close\r\n\r\n");
    stream.write_all(ask.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn it_serves_until_it_is_told_to_end() {
    let folder = folder("desk");
    run(&folder, &["init", "book"]);
    let mut desk = served(&folder, &[]);
    assert!(desk.1.starts_with("127.0.0.1:"), "{}", desk.1);
    assert_eq!(status(&desk.1, "/incidents"), "200");
    let told = Command::new("kill")
        .args(["-INT", &desk.0.id().to_string()])
        .status();
    assert!(told.unwrap().success());
    let begun = Instant::now();
    let ended = loop {
        if let Some(ended) = desk.0.try_wait().unwrap() {
            break ended;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "it goes on");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(ended.code(), Some(0));
}

#[test]
fn others_need_accounts() {
    let folder = folder("desk-people");
    run(&folder, &["init", "book"]);
    let open = [
        "serve",
        "--port",
        "0",
        "--bind",
        "0.0.0.0",
        "--casebook",
        "book",
    ];
    let refused = run(&folder, &open);
    assert_eq!(refused.code, 1);
    assert!(
        refused
            .err
            .contains("hint: `crossbearing people add NAME --role admin`"),
        "{}",
        refused.err
    );
    let people = |args: &[&str], input: &str| {
        let args = [&["people", "--casebook", "book"], args].concat();
        run_with_input(&folder, &args, input.as_bytes())
    };
    let none = people(&["list"], "");
    assert!(none.out.contains("no accounts"), "{}", none.out);
    for (name, password, says) in [
        ("Ana Ruiz", "river table seven owl\n", "not a name"),
        ("ana", "short\n", "has 5 characters"),
        ("ana", "", "has 0 characters"),
    ] {
        let refused = people(&["add", name], password);
        assert_eq!(refused.code, 1, "{name}");
        assert!(refused.err.contains(says), "{}", refused.err);
    }
    let added = people(
        &["add", "Ana", "--role", "reviewer"],
        "river table seven owl\n",
    );
    assert_eq!(
        (added.code, added.out.as_str()),
        (0, "ana: reviewer\n"),
        "{}",
        added.err
    );
    assert_eq!(
        people(&["add", "ana"], "river table seven owl\n").code,
        1,
        "there is one"
    );
    assert_eq!(people(&["role", "ana", "boss"], "").code, 2, "wrong usage");
    assert_eq!(people(&["role", "ana", "admin"], "").out, "ana: admin\n");
    let listed: Value = serde_json::from_str(&people(&["list", "--json"], "").out).unwrap();
    assert_eq!(listed["people"][0]["role"], "admin");
    assert_eq!(listed["people"][0]["password"], Value::Null, "never shown");
    let desk = served(&folder, &["--bind", "0.0.0.0"]);
    let at = desk.1.replace("0.0.0.0", "127.0.0.1");
    assert_eq!(status(&at, "/incidents"), "303", "to the page to log in at");
    assert_eq!(status(&at, "/login"), "200");
    assert_eq!(
        people(&["password", "nobody"], "river table seven owl\n").code,
        1
    );
    assert_eq!(people(&["remove", "ana"], "").out, "ana: removed\n");
    assert_eq!(status(&at, "/incidents"), "303", "nobody is let in");
    let audit = run(&folder, &["audit", "verify", "--casebook", "book"]);
    assert_eq!(audit.code, 0, "{}{}", audit.out, audit.err);
}

#[test]
fn programs_ask_with_tokens() {
    let folder = folder("desk-tokens");
    run(&folder, &["init", "book"]);
    let tokens = |args: &[&str]| run(&folder, &[&["tokens", "--casebook", "book"], args].concat());
    assert_eq!(tokens(&["list"]).out, "no tokens\n");
    let made = tokens(&["add", "a reading list", "--days", "never"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let words = made.out.trim().to_owned();
    assert!(words.starts_with("cb_") && words.len() == 67, "{words}");
    let desk = served(&folder, &[]);
    let ask = |words: &str| {
        let header = format!("Authorization: Bearer {words}\r\n");
        status_with(&desk.1, "/api/v1", &header)
    };
    assert_eq!(ask(&words), "200");
    for (args, code, says) in [
        (
            &["add", "x", "--scope", "boss"][..],
            2,
            "read, add or review",
        ),
        (&["add", "x", "--days", "7"], 2, "30, 90, 365 or never"),
        (&["add", " "], 1, "what the token is for"),
        (
            &["add", "x", "--person", "nobody"],
            1,
            "no account of that name",
        ),
        (&["remove", "a:0"], 1, "no token of that name"),
    ] {
        let refused = tokens(args);
        assert_eq!(refused.code, code, "{args:?} {}", refused.err);
        assert!(refused.err.contains(says), "{}", refused.err);
    }
    let listed = tokens(&["list", "--json"]).out;
    assert!(!listed.contains(&words[3..]), "never shown again");
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let id = listed["tokens"][0]["id"].as_str().unwrap();
    assert_eq!(tokens(&["remove", id]).out, format!("{id}: removed\n"));
    assert_eq!(ask(&words), "401");
    // Where there are accounts, a token is somebody's, and does no more than they may.
    let input = b"river table seven owl\n";
    run_with_input(
        &folder,
        &["people", "add", "ana", "--casebook", "book"],
        input,
    );
    let refused = tokens(&["add", "x"]);
    assert!(refused.err.contains("--person NAME"), "{}", refused.err);
    let refused = tokens(&["add", "x", "--person", "ana", "--scope", "read,review"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("review: a token cannot do more"),
        "{}",
        refused.err
    );
    let made = tokens(&["add", "x", "--person", "Ana", "--json"]);
    let made: Value = serde_json::from_str(&made.out).unwrap();
    assert_eq!(made["person"], "ana");
    assert_eq!(ask(made["words"].as_str().unwrap()), "200");
}

#[test]
fn a_file_that_is_no_map_of_pictures_is_told_at_start() {
    use testing::tiles::{Made, VECTOR, file, png};
    let folder = folder("desk-tiles");
    super::common::done(&folder, &["init", "book"]);
    let vector = file(&Made {
        tiles: &[(0, 0, 0, png("a"))],
        kind: VECTOR,
        metadata: "{}",
        leaf: 0,
        packing: (1, &|bytes| bytes.to_vec()),
    });
    std::fs::write(folder.join("vector.pmtiles"), &vector).unwrap();
    std::fs::write(folder.join("cut.pmtiles"), &vector[..140]).unwrap();
    std::fs::write(folder.join("other.pmtiles"), "not one").unwrap();
    for (name, says) in [
        ("vector.pmtiles", "vector tiles"),
        ("cut.pmtiles", "cut off"),
        ("other.pmtiles", "not a PMTiles file"),
        ("absent.pmtiles", "cannot read"),
    ] {
        let told = run(
            &folder,
            &[
                "serve",
                "--port",
                "0",
                "--casebook",
                "book",
                "--tiles",
                name,
            ],
        );
        assert_eq!(
            (told.code, told.out.as_str()),
            (1, ""),
            "{name}: {}",
            told.err
        );
        let fits =
            told.err.contains(says) && told.err.contains(name) && told.err.contains("hint: ");
        assert!(fits, "{name}: {}", told.err);
    }
}
