//! Accounts, sessions and failed logins.

use store::{
    log::sha256,
    people::{self, Person, Role},
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
