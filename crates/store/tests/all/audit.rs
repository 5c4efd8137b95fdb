//! That an audit finds what is not as it was written.

use store::{Store, audit::verify, judgements::Decided, log::sha256};

use crate::made::{add, id, reading, report, stores};

const BODY: &str = "At least seven people were killed in Varda on Monday, officials said.";

/// A casebook with something in every table that an audit looks at.
fn fill(own: &mut Store) {
    add(own, "Seven dead", BODY, "a.txt");
    add(own, "Seven dead", BODY, "again.txt");
    add(
        own,
        "Quiet",
        "Two were hurt in Kelmoor, the mayor said.",
        "b.txt",
    );
    let (seq, read) = reading(own, &id("Seven dead", BODY), "At least seven people", 7);
    own.write(&mut |tx| {
        tx.put_reading(seq, "1", &read)?;
        let decided = Decided {
            kind: "accept".to_owned(),
            subject: read.accounts[0].claims[0].id.to_string(),
            other: None,
            field: None,
            value: None,
            reason: "checked".to_owned(),
            before: None,
        };
        tx.judge(&decided, "Ana", "2031-03-04T05:06:07.000Z", None)
    })
    .unwrap();
}

#[test]
fn a_casebook_as_it_was_written_has_no_fault() {
    for mut made in stores() {
        fill(&mut made.store);
        let audit = verify(&mut made.store, &mut |_| {}).unwrap();
        assert_eq!(audit.faults, []);
        assert_eq!(
            (
                audit.entries,
                audit.reports,
                audit.captures,
                audit.judgements
            ),
            (5, 2, 3, 1)
        );
    }
}

#[test]
fn a_changed_row_is_found_and_named() {
    // What is changed, and where the audit must see it.
    let changes = [
        (
            "UPDATE texts SET text = replace(text, 'seven', 'seventy')",
            "texts t:",
        ),
        (
            "UPDATE texts SET made_by = '9' WHERE text LIKE '%seven%'",
            "reports r:",
        ),
        (
            "UPDATE reports SET title = 'Nine dead' WHERE seq = 1",
            "reports r:",
        ),
        (
            "UPDATE reports SET url = 'https://other.example' WHERE seq = 2",
            "reports r:",
        ),
        (
            "UPDATE captures SET received = '2031-03-01T00:00:00.000Z' WHERE seq = 1",
            "reports r:",
        ),
        (
            "UPDATE captures SET address = 'x' WHERE seq = 2",
            "captures of r:",
        ),
        ("DELETE FROM captures WHERE seq = 2", "captures of r:"),
        ("UPDATE judgements SET reason = 'guessed'", "judgements j:"),
        ("DELETE FROM judgements", "judgements j:"),
        ("UPDATE log SET who = 'Ben' WHERE seq = 2", "log 2"),
        ("UPDATE log SET detail = 'x' WHERE seq = 5", "log 5"),
        ("DELETE FROM log WHERE seq = 3", "log 4"),
        ("UPDATE claims SET low = 8", "claims of r:"),
        ("UPDATE quotes SET start = start + 1", "quotes of r:"),
        ("DELETE FROM names", "names of r:"),
        ("INSERT INTO steps VALUES (1, 'x', 1, 1, 0)", "steps, cases"),
        (
            "DELETE FROM search_reports WHERE rowid = 2",
            "search_reports",
        ),
    ];
    for (sql, place) in changes {
        for mut made in stores() {
            fill(&mut made.store);
            made.store.database().script(sql).unwrap();
            let audit = verify(&mut made.store, &mut |_| {}).unwrap();
            let hit = audit
                .faults
                .iter()
                .any(|fault| fault.place.starts_with(place));
            assert!(hit, "{sql}: {:?}", audit.faults);
        }
    }
}

#[test]
fn a_flipped_bit_of_the_bytes_is_found() {
    for mut made in stores() {
        fill(&mut made.store);
        let hash = sha256(&report("Seven dead", BODY).0);
        let Some(path) = made.store.bytes().path(&hash) else {
            made.store
                .database()
                .script("UPDATE stored_bytes SET packed = set_byte(packed, 12, get_byte(packed, 12) # 4)")
                .unwrap();
            let faults = verify(&mut made.store, &mut |_| {}).unwrap().faults;
            assert!(
                faults.iter().any(|it| it.place.starts_with("stored_bytes")),
                "{faults:?}"
            );
            continue;
        };
        let packed = std::fs::read(&path).unwrap();
        for at in 0..packed.len() {
            let mut changed = packed.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            let faults = verify(&mut made.store, &mut |_| {}).unwrap().faults;
            let hit = faults
                .iter()
                .any(|it| it.place == path.display().to_string());
            assert!(hit, "byte {at}: {faults:?}");
        }
        std::fs::remove_file(&path).unwrap();
        let faults = verify(&mut made.store, &mut |_| {}).unwrap().faults;
        assert!(
            faults.iter().any(|it| it.what.contains("missing")),
            "{faults:?}"
        );
    }
}

/// Every byte of the SQLite file that holds anything: one is flipped, the audit must say so.
#[test]
fn a_flipped_bit_of_the_file_is_found() {
    for mut made in stores() {
        let Some(folder) = made.store.folder() else {
            continue;
        };
        fill(&mut made.store);
        made.store.vacuum().unwrap();
        let file = folder.join(store::FILE);
        let place = made.place.clone();
        drop(std::mem::replace(
            &mut made.store,
            Store::create(
                &store::Place::Folder(crate::made::folder()),
                &crate::made::actor(),
                crate::made::now(),
            )
            .unwrap(),
        ));
        let whole = std::fs::read(&file).unwrap();
        // Rows and words: what a person would miss. Free space between them holds nothing.
        let mut seen = 0;
        for word in [
            "seven people",
            "Seven dead",
            "a.txt",
            "checked",
            "Lake Watch",
            "Kelmoor",
            "officials said",
            "added",
        ] {
            let all = whole
                .windows(word.len())
                .enumerate()
                .filter(|(_, it)| *it == word.as_bytes());
            for (at, _) in all {
                let mut changed = whole.clone();
                changed[at + 1] ^= 2;
                std::fs::write(&file, &changed).unwrap();
                let faults =
                    match Store::open(&place).and_then(|mut own| verify(&mut own, &mut |_| {})) {
                        Ok(audit) => audit.faults.len(),
                        Err(_) => 1,
                    };
                assert!(faults > 0, "{word} at byte {at}");
                seen += 1;
            }
        }
        assert!(seen > 8, "{seen}");
    }
}
