//! A casebook in another place is the same casebook.

use store::{
    Error, FILE, Place, Store,
    audit::verify,
    copy::copy,
    lines,
    people::{Person, Role},
    search,
};

use crate::made::{add, id, places, reading, stores};

/// Somebody who may log in, and did, and failed to under another name.
fn log_in(own: &mut Store) {
    const AT: &str = "2031-03-04T05:06:07.000Z";
    let ana = Person {
        name: "ana".to_owned(),
        role: Role::Reader,
        password: "$argon2id$x".to_owned(),
        added: AT.to_owned(),
        seen: None,
    };
    own.write(&mut |tx| {
        tx.add_person(&ana, "Ben")?;
        tx.begin_session(&store::log::sha256(b"one"), "ana", AT, "")?;
        tx.login_failed("cy", AT, "")
    })
    .unwrap();
}

/// Rows of the tables of access.
fn counted(own: &mut Store) -> [i64; 3] {
    ["people", "sessions", "failed_logins"].map(|table| {
        let sql = format!("SELECT count(*) FROM {table}");
        own.database().number(&sql, &[]).unwrap()
    })
}

#[test]
fn a_copy_has_the_same_log_whichever_engine_keeps_it() {
    const BODY: &str =
        "At least seven people were killed in Varda – سبعة قتلى 😀 – officials said.";
    for mut made in stores() {
        let own = &mut made.store;
        add(own, "Seven dead", BODY, "a.txt");
        add(
            own,
            "Quiet",
            "Two were hurt in Kelmoor, the mayor said.",
            "b.txt",
        );
        let (seq, read) = reading(own, &id("Seven dead", BODY), "At least seven people", 7);
        own.write(&mut |tx| tx.put_reading(seq, "1", &read))
            .unwrap();
        log_in(own);
        let head = own.head().unwrap();
        for (folder, place) in places() {
            let to = match &place {
                Place::Folder(_) => Place::Folder(folder.join("copy")),
                Place::Server(_) => place,
            };
            assert!(copy(own, &to, &mut |_| {}).unwrap() > 10);
            let mut copied = Store::open(&to).unwrap();
            assert_eq!(copied.head().unwrap(), head);
            // Accounts move with it; whoever is logged in here is not logged in there.
            assert_eq!(counted(&mut copied), [1, 0, 0]);
            assert_eq!(verify(&mut copied, &mut |_| {}).unwrap().faults, []);
            let query = search::Query::parse("سبعة").unwrap();
            assert_eq!(
                search::reports(copied.database(), &query, 5)
                    .unwrap()
                    .found
                    .len(),
                1
            );
            // It goes on as the first one would.
            add(&mut copied, "Third", "Nobody was hurt in Kelmoor.", "c.txt");
            assert_eq!(verify(&mut copied, &mut |_| {}).unwrap().faults, []);
            let again = copy(own, &to, &mut |_| {}).unwrap_err();
            assert!(matches!(again, Error::Present { .. }), "{again}");
        }
    }
}

#[test]
fn json_lines_give_the_same_casebook() {
    const BODY: &str =
        "At least seven people were killed in Varda – سبعة قتلى 😀 – officials said.";
    for mut made in stores() {
        let own = &mut made.store;
        add(own, "Seven dead", BODY, "a.txt");
        let (seq, read) = reading(own, &id("Seven dead", BODY), "At least seven people", 7);
        own.write(&mut |tx| tx.put_reading(seq, "1", &read))
            .unwrap();
        log_in(own);
        assert_eq!(counted(own), [1, 1, 1]);
        let mut written = Vec::new();
        let n = lines::write(own, &mut written, &mut |_| {}).unwrap();
        let text = std::str::from_utf8(&written).unwrap();
        assert_eq!(text.lines().count() as u64, n);
        assert!(!text.contains("argon2id"));
        for (folder, place) in places() {
            let to = match &place {
                Place::Folder(_) => Place::Folder(folder.join("read")),
                Place::Server(_) => place,
            };
            lines::read(&mut written.as_slice(), &to, &mut |_| {}).unwrap();
            let mut read = Store::open(&to).unwrap();
            assert_eq!(read.head().unwrap(), own.head().unwrap());
            assert_eq!(counted(&mut read), [0, 0, 0]);
            assert_eq!(verify(&mut read, &mut |_| {}).unwrap().faults, []);
            // Written again it is the same to the byte.
            let mut again = Vec::new();
            lines::write(&mut read, &mut again, &mut |_| {}).unwrap();
            assert!(again == written);
            let query = search::Query::parse("سبعة").unwrap();
            assert_eq!(
                search::reports(read.database(), &query, 5)
                    .unwrap()
                    .found
                    .len(),
                1
            );
        }
        // Whatever line is left out or spoilt is told, and nothing is left in the folder.
        let all: Vec<&str> = text.lines().collect();
        let to = made.folder.join("spoilt");
        let refused = |lines: &[&str], wanted: &[&str]| {
            let text = lines.join("\n") + "\n";
            let place = Place::Folder(to.clone());
            let error = lines::read(&mut text.as_bytes(), &place, &mut |_| {}).unwrap_err();
            let told = error.to_string();
            assert!(wanted.iter().any(|words| told.contains(words)), "{told}");
            assert!(!to.join(FILE).exists());
        };
        refused(&all[..all.len() - 1], &["the file was cut off"]);
        refused(&all[1..], &["line 1: it is no casebook"]);
        for at in 1..all.len() - 1 {
            let mut less = all.clone();
            less.remove(at);
            refused(&less, &["lines are missing", "do not fit"]);
            let mut spoilt = all.clone();
            spoilt[at] = "{\"table\": \"reports\", \"row\": {}}";
            refused(&spoilt, &[&format!("line {}: it is no row", at + 1)]);
        }
        let own = format!("\"schema\":{}", store::schema::VERSION);
        for (other, told) in [
            ("99", "schema 99"),
            ("1", "are of schema 1"),
            ("null", "which schema"),
        ] {
            let first = all[0].replace(&own, &format!("\"schema\":{other}"));
            refused(&[&[first.as_str()], &all[1..]].concat(), &[told]);
        }
    }
}
