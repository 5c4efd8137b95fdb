//! What a language model proposes: kept once, told by the judgements on it, gone with its report.

use store::{
    Place, Store,
    database::Database,
    judgements::Decided,
    lines,
    proposals::{self, Request},
};

use crate::made::{add, folder, id, reading, stores};

const BODY: &str = "At least seven people were killed in Varda on Monday, officials said.";
const AT: &str = "2031-03-04T05:06:07.000Z";

fn request(text: &str) -> Request {
    Request {
        text: text.to_owned(),
        model: "some-model".to_owned(),
        prompt: "0123456789ab".to_owned(),
        host: "127.0.0.1:11434".to_owned(),
        requests: 1,
        tokens_in: Some(120),
        milliseconds: 900,
        refused: [("value-not-there".to_owned(), 2)].into(),
        whole: true,
        ..Request::default()
    }
}

/// Adds a report and proposes one claim on it; gives the ids of report, text and proposal.
fn proposed(own: &mut Store, whole: bool) -> (String, String, String) {
    add(own, "Seven dead", BODY, "a.txt");
    let of = id("Seven dead", BODY);
    let (_, read) = reading(own, &of, "seven people", 7);
    let claims = read.accounts[0].claims.clone();
    let text = read.text.id().to_string();
    let request = Request {
        whole,
        ..request(&text)
    };
    let put = |own: &mut Store| {
        own.write(&mut |tx| tx.put_proposals(&of, &claims, &request, "Ana", AT))
            .unwrap()
    };
    assert_eq!(put(own), 1);
    assert_eq!(put(own), 0, "the same is not proposed twice");
    let proposal = proposals::id_of(claims[0].id.as_str());
    (of, text, proposal)
}

fn decide(own: &mut Store, kind: &str, subject: &str, report: Option<&str>) -> String {
    let decided = Decided {
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        other: report.map(str::to_owned),
        field: None,
        value: None,
        reason: "looked".to_owned(),
        before: None,
    };
    own.write(&mut |tx| tx.judge(&decided, "Ana", AT, None))
        .unwrap()
        .id
}

fn rows(database: &mut dyn Database, table: &str) -> i64 {
    database
        .number(&format!("SELECT count(*) FROM {table}"), &[])
        .unwrap()
}

#[test]
fn a_proposal_waits_until_somebody_decides_and_comes_back_when_that_is_taken_back() {
    for mut made in stores() {
        let own = &mut made.store;
        let (of, _, proposal) = proposed(own, true);
        let ask = |own: &mut Store, model: &str, prompt: &str| {
            proposals::was_asked(own.database(), &of, model, prompt).unwrap()
        };
        assert!(ask(own, "some-model", "0123456789ab"));
        assert!(!ask(own, "another-model", "0123456789ab"));
        assert!(!ask(own, "some-model", "another"));
        let waiting = |own: &mut Store| {
            let all = proposals::waiting(own.database(), 0, 10).unwrap();
            let n = proposals::waiting_in_all(own.database()).unwrap();
            assert_eq!(n, all.len() as u64);
            all.into_iter().map(|it| it.id).collect::<Vec<_>>()
        };
        assert_eq!(waiting(own), std::slice::from_ref(&proposal));
        let one = proposals::one(own.database(), &proposal[..8]).unwrap();
        assert_eq!(
            (one.model.as_str(), one.claim.report.as_str()),
            ("some-model", of.as_str())
        );
        assert_eq!(proposals::of_report(own.database(), &of).unwrap(), [one]);
        // Left, and taken back.
        let left = decide(own, "reject", &proposal, Some(&of));
        assert!(waiting(own).is_empty());
        let holds = |own: &mut Store| {
            let it = proposals::decided(own.database(), &proposal).unwrap();
            it.map(|it| it.decided.kind)
        };
        assert_eq!(holds(own).as_deref(), Some("reject"));
        let undone = decide(own, "undo", &left, None);
        assert_eq!((holds(own), waiting(own)), (None, vec![proposal.clone()]));
        // Taking back what took it back leaves it again.
        let again = decide(own, "undo", &undone, None);
        assert_eq!(holds(own).as_deref(), Some("reject"));
        assert!(waiting(own).is_empty());
        decide(own, "undo", &again, None);
        // Taken. What is decided on the claim later is on a claim.
        let claim = proposals::claim_of(&proposal);
        let taken = decide(own, "add", &claim, Some(&of));
        assert!(waiting(own).is_empty());
        decide(own, "reject", &claim, None);
        assert_eq!(holds(own).as_deref(), Some("add"));
        decide(own, "undo", &taken, None);
        assert_eq!((holds(own), waiting(own)), (None, vec![proposal.clone()]));
        assert_eq!(proposals::waiting(own.database(), 1, 10).unwrap(), []);
    }
}

#[test]
fn nothing_that_is_read_or_linked_sees_a_proposal_and_the_log_says_where_the_text_went() {
    for mut made in stores() {
        let own = &mut made.store;
        proposed(own, true);
        for table in ["claims", "quotes", "names", "judgements", "incidents"] {
            assert_eq!(rows(own.database(), table), 0, "{table}");
        }
        let of = id("Seven dead", BODY);
        let to = ("127.0.0.1:11434", "some-model", "0123456789ab");
        own.write(&mut |tx| tx.tell_asking(&of, to, "Ana", AT))
            .unwrap();
        let sql = "SELECT what, detail FROM log WHERE what IN ('asked', 'proposed') ORDER BY seq";
        let told = own.database().rows(sql, &[]).unwrap();
        let what: Vec<String> = told.iter().map(|row| row.words(0)).collect();
        assert_eq!(what, ["proposed", "proposed", "asked"]);
        for row in &told {
            let detail = row.words(1);
            assert!(
                detail.contains("127.0.0.1:11434") && !detail.contains("seven"),
                "{detail}"
            );
        }
        let audit = store::audit::verify(own, &mut |_| {}).unwrap();
        assert_eq!(audit.faults, []);
    }
}

#[test]
fn a_text_of_which_a_part_was_not_asked_about_is_asked_again() {
    for mut made in stores() {
        let own = &mut made.store;
        let (of, _, proposal) = proposed(own, false);
        let database = own.database();
        assert!(!proposals::was_asked(database, &of, "some-model", "0123456789ab").unwrap());
        assert_eq!(proposals::waiting(database, 0, 10).unwrap()[0].id, proposal);
    }
}

#[test]
fn proposals_go_with_their_report_and_with_a_casebook_as_lines() {
    for mut made in stores() {
        let own = &mut made.store;
        let (of, _, proposal) = proposed(own, true);
        decide(own, "reject", &proposal, Some(&of));
        let mut out = Vec::new();
        lines::write(own, &mut out, &mut |_| {}).unwrap();
        let copy = folder();
        let place = Place::Folder(copy.clone());
        lines::read(&mut out.as_slice(), &place, &mut |_| {}).unwrap();
        let mut back = Store::open(&place).unwrap();
        for table in ["proposals", "proposal_requests"] {
            assert_eq!(rows(back.database(), table), 1, "{table}");
        }
        drop(back);
        std::fs::remove_dir_all(copy).unwrap();
        let purged = own.purge(&of, "Ana", AT, "a survivor asked").unwrap();
        assert_eq!(purged.judgements, 1);
        for table in ["proposals", "proposal_requests", "judgements"] {
            assert_eq!(rows(own.database(), table), 0, "{table}");
        }
        let audit = store::audit::verify(own, &mut |_| {}).unwrap();
        assert_eq!(audit.faults, []);
    }
}
