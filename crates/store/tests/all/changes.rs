//! What the log tells of incidents and decisions, within bounds.

use store::{Store, changes};

use crate::made::stores;

fn tell(own: &mut Store, what: &'static str, subject: &str, detail: &str) -> i64 {
    let detail = Some(detail.to_owned());
    own.write(&mut |tx| {
        tx.tell(
            what,
            subject,
            detail.clone(),
            "2031-03-04T05:06:07.000Z",
            "Ana",
        )
    })
    .unwrap();
    own.head().unwrap().seq
}

#[test]
fn the_latest_is_told_in_order_and_no_more_than_asked_for() {
    for mut made in stores() {
        let own = &mut made.store;
        let begun = own.head().unwrap().seq;
        let first = tell(own, "reconciled", "k:a", "1");
        tell(own, "configured", "title", "{}");
        let judged = tell(own, "judged", "j:1", "{}");
        tell(own, "reconciled", "k:b", "2");
        let last = tell(own, "merged", "k:b", "3");
        let mut told = |after: i64, up_to: i64, within: i64, most: usize| {
            let it = changes::between(own.database(), after, up_to, within, most).unwrap();
            let incidents: Vec<String> = it.told.iter().map(|it| it.detail.clone()).collect();
            (it.from, incidents.join(" "), it.judged.len())
        };
        assert_eq!(told(begun, last, 100, 100), (begun, "1 2 3".to_owned(), 1));
        assert_eq!(told(first, last, 100, 100), (first, "2 3".to_owned(), 1));
        assert_eq!(told(begun, judged, 100, 100), (begun, "1".to_owned(), 1));
        assert_eq!(told(begun, last, 100, 2), (judged, "2 3".to_owned(), 0));
        assert_eq!(told(begun, last, 1, 100), (last - 1, "3".to_owned(), 0));
        assert_eq!(told(last, last, 100, 100), (last, String::new(), 0));
        let it = changes::between(own.database(), begun, last, 100, 100).unwrap();
        assert_eq!(
            (it.judged[0].who.as_str(), it.judged[0].judgement.as_str()),
            ("Ana", "j:1")
        );
        let at = changes::at(own.database(), judged).unwrap();
        assert_eq!(at, "2031-03-04T05:06:07.000Z");
        assert_eq!(changes::at(own.database(), last + 9).unwrap(), "");
    }
}

#[test]
fn what_was_last_said_is_said_of_many_cases_at_once() {
    for mut made in stores() {
        let own = &mut made.store;
        tell(own, "reconciled", "k:a", "1");
        let second = tell(own, "reconciled", "k:a", "2");
        tell(own, "split", "k:a", "no summary");
        tell(own, "reconciled", "k:b", "3");
        let last = tell(own, "reconciled", "k:a", "4");
        let mut said = |cases: &[&str], up_to: i64| -> Vec<String> {
            let all = changes::last(own.database(), cases, up_to).unwrap();
            all.into_iter()
                .map(|(case, detail)| format!("{case} {detail}"))
                .collect()
        };
        assert_eq!(said(&["k:a", "k:b", "k:c"], last), ["k:a 4", "k:b 3"]);
        assert_eq!(said(&["k:a", "k:b"], second), ["k:a 2"]);
        assert_eq!(said(&["k:a"], last - 1), ["k:a 2"]);
        assert!(said(&[], last).is_empty());
    }
}
