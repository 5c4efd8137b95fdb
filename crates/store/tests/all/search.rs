//! What is found.

use store::{
    Store,
    search::{self, Query},
};

use crate::made::{add, id, reading, stores};

fn found(own: &mut Store, words: &str) -> Vec<String> {
    let query = Query::parse(words).unwrap();
    let found = search::reports(own.database(), &query, 10).unwrap().found;
    found
        .into_iter()
        .map(|it| it.title.unwrap_or_default())
        .collect()
}

#[test]
fn words_are_found_in_any_writing() {
    for mut made in stores() {
        let own = &mut made.store;
        add(
            own,
            "A",
            "Shells fell on al-Ḥasakah, the café owner Müller said.",
            "a",
        );
        add(own, "B", "قُتِلَ سبعة في الحَسَكَة أمس", "b");
        add(
            own,
            "C",
            "Seven people were found dead near Hasakah prison.",
            "c",
        );
        let check = |own: &mut Store, words: &str, want: &[&str]| {
            assert_eq!(found(own, words), want, "{words}")
        };
        check(own, "hasakah", &["C", "A"]);
        check(own, "Al-Hasakah", &["C", "A"]);
        check(own, "الحسكه", &["B"]);
        check(own, "حسكة", &["B"]);
        check(own, "cafe muller", &["A"]);
        check(own, "shell*", &["A"]);
        // Words that begin so may stand in the text, the headline or the outlet's name.
        check(own, "hasakah own*", &["A"]);
        check(own, "hasakah pri* sev*", &["C"]);
        check(own, "hasakah wat*", &["C", "A"]);
        check(own, "hasakah wner*", &[]);
        check(own, "hasakah -prison", &["A"]);
        check(own, "\"found dead\"", &["C"]);
        check(own, "\"seven dead\"", &[]);
        check(own, "Lake Watch", &["C", "B", "A"]);
        check(own, "nothing", &[]);
        check(own, "OR NOT NEAR", &[]);
    }
}

#[test]
fn looking_for_a_phrase_ends_and_says_so() {
    for mut made in stores() {
        let own = &mut made.store;
        add(own, "Old", "Seven dead in Varda.", "old");
        for n in 0..6 {
            let body = format!("Seven were found dead in Varda, {n} of them soldiers.");
            add(own, &format!("New {n}"), &body, &n.to_string());
        }
        let query = Query::parse("\"seven dead\"").unwrap();
        let looked = |own: &mut Store, most: usize| {
            let query = query.clone().looking_at(most);
            let finds = search::reports(own.database(), &query, 10).unwrap();
            (finds.found.len(), finds.stopped)
        };
        assert_eq!(looked(own, 6), (0, true));
        assert_eq!(looked(own, 8), (1, false));
        let (cases, more) =
            search::cases_with(own.database(), &query.clone().looking_at(3), 1_000).unwrap();
        assert_eq!((cases.len(), more), (0, true));
    }
}

#[test]
fn claims_and_names_are_found() {
    for mut made in stores() {
        let own = &mut made.store;
        let body = "At least seven people were killed in Varda, doctors said.";
        add(own, "A", body, "a");
        let (seq, read) = reading(own, &id("A", body), "At least seven people", 7);
        own.write(&mut |tx| tx.put_reading(seq, "1", &read))
            .unwrap();
        let query = Query::parse("killed seven").unwrap();
        let claims = search::claims(own.database(), &query, 10).unwrap().found;
        assert_eq!(claims.len(), 1);
        assert!(claims[0].id.starts_with("c:"));
        let query = Query::parse("vell").unwrap();
        let names = search::names(own.database(), &query, 10).unwrap().found;
        assert_eq!(names.len(), 1);
        assert_eq!(names[0].words, "Mara Vell");
        // Read anew, they are there once.
        own.write(&mut |tx| tx.put_reading(seq, "2", &read))
            .unwrap();
        assert_eq!(
            search::names(own.database(), &query, 10)
                .unwrap()
                .found
                .len(),
            1
        );
        // An index made again is the same.
        own.write(&mut |tx| search::rebuild(tx.database(), "search_names"))
            .unwrap();
        assert_eq!(store::audit::verify(own, &mut |_| {}).unwrap().faults, []);
    }
}
