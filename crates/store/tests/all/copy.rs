//! A casebook in another place is the same casebook.

use store::{Error, Place, Store, audit::verify, copy::copy, search};

use crate::made::{add, id, places, reading, stores};

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
        let head = own.head().unwrap();
        for (folder, place) in places() {
            let to = match &place {
                Place::Folder(_) => Place::Folder(folder.join("copy")),
                Place::Server(_) => place,
            };
            assert!(copy(own, &to, &mut |_| {}).unwrap() > 10);
            let mut copied = Store::open(&to).unwrap();
            assert_eq!(copied.head().unwrap(), head);
            assert_eq!(verify(&mut copied, &mut |_| {}).unwrap().faults, []);
            let query = search::Query::parse("سبعة").unwrap();
            assert_eq!(
                search::reports(copied.database(), &query, 5).unwrap().len(),
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
