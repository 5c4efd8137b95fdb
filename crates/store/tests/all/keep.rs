//! What is kept, and that it is kept once.

use store::{
    Error, Store,
    arrivals::{self, Outcome},
    judgements::{self, Decided},
    log::sha256,
    results, steps,
};

use crate::made::{actor, add, capture, id, now, places, quote, reading, report, stores};

const AT: &str = "2031-03-04T05:06:07.000Z";
const BODY: &str =
    "At least seven people were killed in Varda – سبعة قتلى 😀 – on Monday, officials said.";

#[test]
fn a_report_comes_back_as_it_came() {
    for mut made in stores() {
        let own = &mut made.store;
        assert_eq!(add(own, "Seven dead", BODY, "a.txt"), Outcome::New(1));
        let (bytes, want, text) = report("Seven dead", BODY);
        let stored = arrivals::report(own.database(), want.id.as_str()).unwrap();
        assert_eq!(
            (stored.seq, &stored.report, &stored.text),
            (1, &want, &text)
        );
        let where_bytes = own.bytes();
        assert_eq!(
            where_bytes.get(own.database(), &sha256(&bytes)).unwrap(),
            bytes
        );
    }
}

#[test]
fn a_report_is_kept_once_however_often_it_comes() {
    for mut made in stores() {
        let own = &mut made.store;
        assert_eq!(add(own, "Seven dead", BODY, "a.txt"), Outcome::New(1));
        assert_eq!(add(own, "Seven dead", BODY, "a.txt"), Outcome::Known);
        assert_eq!(add(own, "Seven dead", BODY, "copy.txt"), Outcome::Again);
        assert_eq!(add(own, "Eight dead", BODY, "b.txt"), Outcome::New(2));
        let count = |own: &mut Store, table: &str| {
            own.database()
                .number(&format!("SELECT count(*) FROM {table}"), &[])
                .unwrap()
        };
        assert_eq!(count(own, "reports"), 2);
        assert_eq!(count(own, "captures"), 3);
        // One entry that it was made, two reports, one more capture.
        assert_eq!(count(own, "log"), 4);
    }
}

#[test]
fn nothing_of_a_transaction_that_fails_is_kept() {
    for mut made in stores() {
        let own = &mut made.store;
        let (bytes, one, text) = report("Seven dead", BODY);
        let to = own.bytes();
        let arrival = arrivals::prepare(&bytes, &one, &text, &[], capture("a.txt"), &to).unwrap();
        let failed = own.write(&mut |tx| {
            tx.add(&arrival)?;
            Err::<(), _>(Error::Refused("no".to_owned()))
        });
        assert!(failed.is_err());
        assert_eq!(
            own.database()
                .number("SELECT count(*) FROM reports", &[])
                .unwrap(),
            0
        );
        assert_eq!(own.head().unwrap().seq, 1);
        assert_eq!(add(own, "Seven dead", BODY, "a.txt"), Outcome::New(1));
    }
}

#[test]
fn a_casebook_is_found_again_and_made_once() {
    for (_, place) in places() {
        let absent = Store::open(&place).err().unwrap();
        assert!(matches!(absent, Error::Absent { .. }), "{absent}");
        drop(Store::create(&place, &actor(), now()).unwrap());
        let present = Store::create(&place, &actor(), now()).err().unwrap();
        assert!(matches!(present, Error::Present { .. }), "{present}");
        assert_eq!(Store::open(&place).unwrap().head().unwrap().seq, 1);
    }
}

#[test]
fn readings_come_back_and_are_replaced() {
    for mut made in stores() {
        let own = &mut made.store;
        add(own, "Seven dead", BODY, "a.txt");
        let of = id("Seven dead", BODY);
        let (seq, first) = reading(own, &of, "At least seven people", 7);
        for reader in ["1", "2"] {
            own.write(&mut |tx| tx.put_reading(seq, reader, &first))
                .unwrap();
            let back = results::readings(own.database(), std::slice::from_ref(&of)).unwrap();
            assert_eq!(back, std::slice::from_ref(&first));
        }
        let row = own
            .database()
            .first(
                "SELECT low, bound, words, speakers, quote, claim FROM claims",
                &[],
            )
            .unwrap()
            .unwrap();
        assert_eq!((row.integer(0), row.text(1)), (Some(7), Some("at_least")));
        assert_eq!(row.text(3), Some("Mara Vell (Varda hospital)"));
        let span = own
            .database()
            .first("SELECT q.start, q.\"end\", q.exact FROM quotes q", &[])
            .unwrap()
            .unwrap();
        let points: Vec<char> = first.text.as_str().chars().collect();
        let (start, end) = (
            span.integer(0).unwrap() as usize,
            span.integer(1).unwrap() as usize,
        );
        assert_eq!(points[start..end].iter().collect::<String>(), span.words(2));
        assert_eq!(span.words(2), quote(&first).exact);
        // A failure stands in its place.
        own.write(&mut |tx| tx.put_failure(seq, &of, "3", "it could not be read"))
            .unwrap();
        assert!(
            results::readings(own.database(), std::slice::from_ref(&of))
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            own.database()
                .number("SELECT count(*) FROM claims", &[])
                .unwrap(),
            0
        );
    }
}

fn reject(subject: &str) -> Decided {
    Decided {
        kind: "reject".to_owned(),
        subject: subject.to_owned(),
        other: None,
        field: None,
        value: None,
        reason: "it counts the wounded".to_owned(),
        before: None,
    }
}

#[test]
fn two_people_who_decide_at_once_get_a_conflict() {
    for mut made in stores() {
        let own = &mut made.store;
        let first = own
            .write(&mut |tx| tx.judge(&reject("c:1"), "Ana", "2031-03-04T05:06:07.000Z", Some(0)))
            .unwrap();
        let told = own
            .write(&mut |tx| tx.judge(&reject("c:1"), "Ben", "2031-03-04T05:06:08.000Z", Some(0)))
            .unwrap_err();
        let Error::Conflict { who, since, .. } = told else {
            panic!("{told}");
        };
        assert_eq!(
            (who.as_str(), since.as_str()),
            ("Ana", "reject: it counts the wounded")
        );
        let seen = Some(first.seq);
        own.write(&mut |tx| tx.judge(&reject("c:1"), "Ben", "2031-03-04T05:06:09.000Z", seen))
            .unwrap();
        assert_eq!(judgements::on(own.database(), "c:1").unwrap().len(), 2);
    }
}

#[test]
fn a_purge_leaves_a_tombstone_and_nothing_else() {
    for mut made in stores() {
        let own = &mut made.store;
        add(own, "Seven dead", BODY, "a.txt");
        add(
            own,
            "Quiet day",
            "Nothing of note happened in Kelmoor, the mayor said.",
            "b.txt",
        );
        let of = id("Seven dead", BODY);
        let (seq, read) = reading(own, &of, "At least seven people", 7);
        let claim = read.accounts[0].claims[0].id.to_string();
        own.write(&mut |tx| {
            tx.put_reading(seq, "1", &read)?;
            tx.judge(&reject(&claim), "Ana", "2031-03-04T05:06:07.000Z", None)?;
            // A claim that a person added is in no table of claims; what was decided on it since holds its words, too.
            let added = Decided {
                kind: "add".to_owned(),
                other: Some(of.clone()),
                value: Some(r#"{"quotes":[{"exact":"At least seven people"}]}"#.to_owned()),
                ..reject("c:added")
            };
            tx.judge(&added, "Ana", "2031-03-04T05:06:08.000Z", None)?;
            tx.judge(&reject("c:added"), "Ana", "2031-03-04T05:06:09.000Z", None)
        })
        .unwrap();
        let purged = own
            .write(&mut |tx| tx.purge(&of, "Ana", "2031-03-05T00:00:00.000Z", "a survivor asked"))
            .unwrap();
        assert_eq!(
            (purged.captures, purged.judgements, purged.bytes.len()),
            (1, 3, 1)
        );
        let to = own.bytes();
        for hash in &purged.bytes {
            to.remove(own.database(), hash).unwrap();
        }
        for table in ["reports", "texts", "captures"] {
            let n = own
                .database()
                .number(&format!("SELECT count(*) FROM {table}"), &[])
                .unwrap();
            assert_eq!(n, 1, "{table}");
        }
        for table in [
            "claims",
            "quotes",
            "accounts",
            "readings",
            "names",
            "judgements",
        ] {
            let n = own
                .database()
                .number(&format!("SELECT count(*) FROM {table}"), &[])
                .unwrap();
            assert_eq!(n, 0, "{table}");
        }
        let audit = store::audit::verify(own, &mut |_| {}).unwrap();
        assert_eq!(audit.faults, []);
        // It stays out, and its number is not given again.
        assert_eq!(add(own, "Seven dead", BODY, "a.txt"), Outcome::Purged);
        assert_eq!(
            add(own, "Third", "Two were hurt in Kelmoor.", "c.txt"),
            Outcome::New(3)
        );
    }
}

#[test]
fn a_purge_takes_the_words_out_of_the_file() {
    for mut made in stores() {
        let Some(folder) = made.store.folder() else {
            continue;
        };
        let own = &mut made.store;
        add(
            own,
            "Zarqonia",
            "The witness Quillemar Zarqon spoke.",
            "a.txt",
        );
        own.write(&mut |tx| {
            tx.purge(
                &id("Zarqonia", "The witness Quillemar Zarqon spoke."),
                "Ana",
                "2031-03-05T00:00:00.000Z",
                "asked",
            )
        })
        .unwrap();
        own.vacuum().unwrap();
        drop(std::mem::replace(
            own,
            Store::create(
                &store::Place::Folder(crate::made::folder()),
                &actor(),
                now(),
            )
            .unwrap(),
        ));
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                for word in ["Quillemar", "quillemar"] {
                    let found = bytes.windows(word.len()).any(|it| it == word.as_bytes());
                    assert!(!found, "{word} in {}", path.display());
                }
            }
        }
    }
}

#[test]
fn a_judgement_that_was_purged_gives_its_number_to_no_other() {
    for mut made in stores() {
        let own = &mut made.store;
        add(own, "Seven dead", BODY, "a.txt");
        let of = id("Seven dead", BODY);
        let judge = |own: &mut Store, subject: &str| {
            own.write(&mut |tx| tx.judge(&reject(subject), "Ana", AT, None))
                .unwrap()
                .seq
        };
        assert_eq!(judge(own, &of), 1);
        own.write(&mut |tx| {
            let step = steps::Step {
                number: 1,
                reader: "1".to_owned(),
                reports_to: 1,
                judgements_to: 1,
            };
            let mut given = steps::Given::read(tx)?;
            given.step(tx, &step, false)?;
            given.keep(tx)?;
            Ok(())
        })
        .unwrap();
        own.purge(&of, "Ana", AT, "asked to").unwrap();
        // What the step went up to is not this one.
        assert_eq!(judge(own, "c:00000000000000000001"), 2);
    }
}

#[test]
fn bytes_that_go_while_they_are_added_are_put_again() {
    for mut made in stores() {
        let own = &mut made.store;
        let (bytes, one, text) = report("Seven dead", BODY);
        let to = own.bytes();
        let arrival = arrivals::prepare(&bytes, &one, &text, &[], capture("a.txt"), &to).unwrap();
        let hash = sha256(&bytes);
        // Who clears up meanwhile finds that no report names them.
        own.write(&mut |tx| {
            assert!(tx.remove_unnamed(&hash)?);
            Ok(())
        })
        .unwrap();
        own.write(&mut |tx| tx.add(&arrival)).unwrap();
        assert_eq!(to.get(own.database(), &hash).unwrap(), bytes);
        own.write(&mut |tx| {
            assert!(!tx.remove_unnamed(&hash)?);
            Ok(())
        })
        .unwrap();
        assert_eq!(to.get(own.database(), &hash).unwrap(), bytes);
    }
}

#[test]
fn reports_that_are_being_read_may_be_received_again() {
    for made in stores() {
        if made.store.folder().is_some() {
            // Whoever writes to a file is alone.
            continue;
        }
        let mut reader = Store::open(&made.place).unwrap();
        let mut other = Store::open(&made.place).unwrap();
        add(&mut other, "Seven dead", BODY, "a.txt");
        let of = id("Seven dead", BODY);
        let (seq, read) = reading(&mut other, &of, "At least seven people", 7);
        reader
            .transaction(&mut |tx| {
                let taken = results::next_unread(tx.database(), "1", 0, 9)?;
                assert_eq!(taken.len(), 1);
                assert_eq!(results::next_unread(other.database(), "1", 0, 9)?.len(), 0);
                // Its capture names the report that is taken.
                assert_eq!(
                    add(&mut other, "Seven dead", BODY, "copy.txt"),
                    Outcome::Again
                );
                tx.put_reading(seq, "1", &read)
            })
            .unwrap();
        assert!(results::is_read(other.database(), &of, "1").unwrap());
    }
}

#[test]
fn casebooks_of_one_database_are_written_at_once() {
    let both = [stores(), stores()];
    let [a, b] = both.map(|made| made.into_iter().find(|it| it.store.folder().is_none()));
    let (Some(mut a), Some(mut b)) = (a, b) else {
        return;
    };
    let began = std::time::Instant::now();
    a.store
        .write(&mut |_| {
            add(&mut b.store, "Seven dead", BODY, "a.txt");
            Ok(())
        })
        .unwrap();
    // Otherwise this one waits a minute and fails.
    assert!(began.elapsed() < std::time::Duration::from_secs(30));
}
