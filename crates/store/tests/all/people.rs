//! Accounts, sessions and failed logins.

use store::{
    log::sha256,
    people::{self, Person, Role},
    tokens::{self, Scope, Token},
    views::{self, Saved},
};

use crate::made::stores;

const AT: &str = "2031-03-04T05:06:07.000Z";
const LATER: &str = "2031-03-05T05:06:07.000Z";

#[test]
fn accounts_and_what_hangs_on_them() {
    for mut made in stores() {
        let own = &mut made.store;
        assert!(!people::any(own.database()).unwrap());
        let ana = Person {
            name: "ana".to_owned(),
            role: Role::Reader,
            password: "$argon2id$…".to_owned(),
            added: AT.to_owned(),
            seen: None,
        };
        own.write(&mut |tx| tx.add_person(&ana, "Ben")).unwrap();
        let again = own.write(&mut |tx| tx.add_person(&ana, "Ben")).unwrap_err();
        assert!(
            again
                .to_string()
                .contains("hint: `crossbearing people password"),
            "{again}"
        );
        assert!(people::any(own.database()).unwrap());
        assert_eq!(people::all(own.database()).unwrap(), [ana]);
        let (one, two) = (sha256(b"one"), sha256(b"two"));
        own.write(&mut |tx| tx.login_failed("ana", AT, "")).unwrap();
        own.write(&mut |tx| tx.login_failed("ana", LATER, ""))
            .unwrap();
        let failed = people::failures(own.database(), "ana").unwrap();
        assert_eq!(failed, Some((2, LATER.to_owned())));
        own.write(&mut |tx| tx.begin_session(&one, "ana", AT, ""))
            .unwrap();
        assert_eq!(people::failures(own.database(), "ana").unwrap(), None);
        let session = people::session(own.database(), &one).unwrap().unwrap();
        assert_eq!((session.began.as_str(), session.used.as_str()), (AT, AT));
        assert_eq!(session.person.seen.as_deref(), Some(AT));
        own.write(&mut |tx| tx.use_session(&one, LATER)).unwrap();
        let session = people::session(own.database(), &one).unwrap().unwrap();
        assert_eq!((session.began.as_str(), session.used.as_str()), (AT, LATER));
        // Those that began long ago are forgotten when somebody logs in.
        own.write(&mut |tx| tx.begin_session(&two, "ana", LATER, LATER))
            .unwrap();
        assert_eq!(people::session(own.database(), &one).unwrap(), None);
        own.write(&mut |tx| tx.set_role("ana", Role::Admin, LATER, "Ben"))
            .unwrap();
        let session = people::session(own.database(), &two).unwrap().unwrap();
        assert_eq!(session.person.role, Role::Admin);
        own.write(&mut |tx| tx.set_password("ana", "$argon2id$x", LATER, "Ben"))
            .unwrap();
        assert_eq!(people::session(own.database(), &two).unwrap(), None);
        own.write(&mut |tx| tx.begin_session(&two, "ana", LATER, ""))
            .unwrap();
        own.write(&mut |tx| tx.end_session(&two)).unwrap();
        assert_eq!(people::session(own.database(), &two).unwrap(), None);
        own.write(&mut |tx| tx.begin_session(&two, "ana", LATER, ""))
            .unwrap();
        own.write(&mut |tx| tx.remove_person("ana", LATER, "Ben"))
            .unwrap();
        assert_eq!(people::one(own.database(), "ana").unwrap(), None);
        assert_eq!(people::session(own.database(), &two).unwrap(), None);
        for done in [
            own.write(&mut |tx| tx.remove_person("ana", LATER, "Ben")),
            own.write(&mut |tx| tx.set_role("ana", Role::Reader, LATER, "Ben")),
            own.write(&mut |tx| tx.set_password("ana", "x", LATER, "Ben")),
        ] {
            assert!(
                done.unwrap_err()
                    .to_string()
                    .contains("no account of that name")
            );
        }
        let told = store::lists::log(own.database(), i64::MAX, Some("ana"), 9).unwrap();
        let what: Vec<&str> = told.iter().rev().map(|it| it.what.as_str()).collect();
        assert_eq!(
            what,
            ["person added", "role set", "password set", "person removed"]
        );
        assert!(told.iter().all(|it| it.who == "Ben"));
        let words = format!("{told:?}");
        assert!(!words.contains("argon2"), "no hash in the log: {words}");
    }
}

#[test]
fn tokens_are_known_by_their_hash_and_go_with_their_person() {
    for mut made in stores() {
        let own = &mut made.store;
        let ana = Person {
            name: "ana".to_owned(),
            role: Role::Reviewer,
            password: "$argon2id$…".to_owned(),
            added: AT.to_owned(),
            seen: None,
        };
        own.write(&mut |tx| tx.add_person(&ana, "Ben")).unwrap();
        let token = |id: &str, person: Option<&str>| Token {
            id: id.to_owned(),
            person: person.map(str::to_owned),
            purpose: "nightly table".to_owned(),
            scopes: vec![Scope::Read, Scope::Review],
            added: AT.to_owned(),
            ends: Some(LATER.to_owned()),
            used: None,
        };
        let (hers, nobodys) = (token("a:1", Some("ana")), token("a:2", None));
        own.write(&mut |tx| {
            tx.add_token(&hers, &sha256(b"one"), "ana")?;
            tx.add_token(&nobodys, &sha256(b"two"), "Ben")
        })
        .unwrap();
        let twice = own.write(&mut |tx| tx.add_token(&token("a:3", None), &sha256(b"two"), "Ben"));
        assert!(twice.is_err(), "one hash, one token");
        let found = tokens::by_hash(own.database(), &sha256(b"one")).unwrap();
        assert_eq!(found, Some((hers.clone(), Some(ana))));
        let found = tokens::by_hash(own.database(), &sha256(b"two")).unwrap();
        assert_eq!(found, Some((nobodys.clone(), None)));
        assert_eq!(
            tokens::by_hash(own.database(), &sha256(b"three")).unwrap(),
            None
        );
        own.write(&mut |tx| tx.use_token("a:1", LATER)).unwrap();
        let used = Token {
            used: Some(LATER.to_owned()),
            ..hers
        };
        assert_eq!(
            tokens::all(own.database(), Some("ana")).unwrap(),
            std::slice::from_ref(&used)
        );
        assert_eq!(tokens::all(own.database(), None).unwrap(), [used, nobodys]);
        // Nobody takes out what is another's.
        let mut gone = |id: &str, person: Option<&str>| {
            own.write(&mut |tx| tx.remove_token(id, person, LATER, "Ben"))
                .unwrap()
        };
        assert!(!gone("a:2", Some("ana")));
        assert!(gone("a:2", None) && !gone("a:2", None));
        own.write(&mut |tx| tx.has_seen("ana", 3, AT)).unwrap();
        own.write(&mut |tx| tx.remove_person("ana", LATER, "Ben"))
            .unwrap();
        assert_eq!(tokens::all(own.database(), None).unwrap(), []);
        assert_eq!(views::seen_by(own.database(), "ana").unwrap(), None);
        let told = store::lists::log(own.database(), i64::MAX, Some("a:1"), 9).unwrap();
        assert_eq!(told.len(), 1);
        assert!(
            told[0].detail.as_deref().unwrap().contains("review"),
            "{told:?}"
        );
    }
}

#[test]
fn lists_are_saved_and_what_was_seen_never_goes_back() {
    for mut made in stores() {
        let own = &mut made.store;
        let saved = |name: &str, query: &str| Saved {
            name: name.to_owned(),
            query: query.to_owned(),
            who: "ana".to_owned(),
            added: AT.to_owned(),
        };
        own.write(&mut |tx| {
            tx.save_view(&saved("North", "country=Arda"))?;
            tx.save_view(&saved("Disputed", "disputed=1"))?;
            tx.save_view(&saved("North", "country=Arda&sort=killed"))
        })
        .unwrap();
        assert_eq!(
            views::saved(own.database()).unwrap(),
            [
                saved("Disputed", "disputed=1"),
                saved("North", "country=Arda&sort=killed")
            ]
        );
        assert!(
            own.write(&mut |tx| tx.remove_view("North", LATER, "Ben"))
                .unwrap()
        );
        assert!(
            !own.write(&mut |tx| tx.remove_view("North", LATER, "Ben"))
                .unwrap()
        );
        own.write(&mut |tx| {
            (1..views::MOST).try_for_each(|n| tx.save_view(&saved(&n.to_string(), "")))
        })
        .unwrap();
        let full = own.write(&mut |tx| tx.save_view(&saved("one more", "")));
        assert!(full.unwrap_err().to_string().contains("hint: take one out"));
        own.write(&mut |tx| tx.save_view(&saved("1", "sort=voices")))
            .unwrap();
        assert_eq!(views::seen_by(own.database(), "ana").unwrap(), None);
        for (seen, at) in [(7, AT), (5, LATER)] {
            own.write(&mut |tx| tx.has_seen("ana", seen, at)).unwrap();
        }
        let seen = views::seen_by(own.database(), "ana").unwrap();
        assert_eq!(seen, Some((7, LATER.to_owned())));
    }
}
