//! Lists of incidents and of the log, narrowed and in order.

use store::{
    Store,
    database::Value,
    lists::{self, Filter, Order},
    search::Query,
};

use crate::made::{add, id, stores};

/// An incident's row as a dossier would give it, told of by a report; its columns may be empty.
fn incident(own: &mut Store, case: &str, report: &str, columns: &[(&str, Value)]) {
    let mut row: Vec<Value> = Vec::new();
    for column in store::schema::table("incidents").columns {
        let given = columns.iter().find(|(name, _)| *name == column.name);
        row.push(match (column.name, given) {
            (_, Some((_, value))) => value.clone(),
            ("case_id", _) => case.into(),
            ("title" | "version" | "disputed", _) => "".into(),
            ("dossier", _) => Value::Bytes(Vec::new()),
            ("reports" | "voices" | "passing" | "judged", _) => 0_i64.into(),
            _ => Value::Null,
        });
    }
    own.write(&mut |tx| {
        let open = [
            case.into(),
            1_i64.into(),
            "open".into(),
            Value::Null,
            Value::Null,
        ];
        tx.insert(store::schema::table("cases"), &open)?;
        tx.insert(store::schema::table("incidents"), &row)?;
        let told = [case.into(), report.into(), Value::Null];
        tx.insert(store::schema::table("incident_reports"), &told)?;
        Ok(())
    })
    .unwrap();
}

fn made(own: &mut Store) {
    let body = "Seven people were found dead near Hasakah prison.";
    add(own, "A", body, "a");
    add(own, "B", "Nothing of the kind was seen in Varda.", "b");
    let (a, b) = (
        id("A", body),
        id("B", "Nothing of the kind was seen in Varda."),
    );
    let day = |from: &str, to: &str| [("day_from", from.into()), ("day_to", to.into())];
    let mut one = day("2031-03-04", "2031-03-06").to_vec();
    one.extend([
        ("country", "XA".into()),
        ("kind", "siege".into()),
        ("killed", 7_i64.into()),
    ]);
    one.extend([("disputed", "killed".into()), ("voices", 3_i64.into())]);
    incident(own, "k:1", &a, &one);
    let mut two = day("2031-03-05", "2031-03-05").to_vec();
    two.extend([
        ("country", "XB".into()),
        ("kind", "siege".into()),
        ("killed", 90_i64.into()),
    ]);
    two.extend([("disputed", "where".into()), ("judged", 1_i64.into())]);
    incident(own, "k:2", &b, &two);
    incident(own, "k:3", &b, &[("voices", 9_i64.into())]);
    let mut four = day("2031-03-09", "2031-03-09").to_vec();
    four.push(("passing", 1_i64.into()));
    incident(own, "k:4", &b, &four);
}

fn filter(asked: &str) -> Filter {
    let mut out = Filter::default();
    for part in asked.split(", ").filter(|it| !it.is_empty()) {
        let (name, value) = part.split_once(' ').unwrap_or((part, ""));
        let words = value;
        let value = Some(value.to_owned());
        match name {
            "passing" => out.passing = true,
            "disputed" => out.disputed = true,
            "unjudged" => out.unjudged = true,
            "from" => out.from = value,
            "to" => out.to = value,
            "country" => out.country = value,
            "kind" => out.kind = value,
            "by" if part == "by killed" => out.order = Order::Killed,
            "by" => out.order = Order::Voices,
            "words" => out.words = Some(Query::parse(words).unwrap()),
            other => panic!("{other}"),
        }
    }
    out
}

#[test]
fn a_list_is_narrowed_and_ordered() {
    for mut own in stores() {
        let own = &mut own.store;
        made(own);
        // What is asked for, as words, and what comes.
        for (asked, want) in [
            ("", "k:2 k:1 k:3"),
            ("passing", "k:4 k:2 k:1 k:3"),
            ("from 2031-03-06", "k:1"),
            ("to 2031-03-04", "k:1"),
            ("country xb", "k:2"),
            ("kind siege", "k:2 k:1"),
            ("disputed", "k:2 k:1"),
            ("disputed, unjudged", "k:1"),
            ("by killed", "k:2 k:1 k:3"),
            ("by voices", "k:3 k:1 k:2"),
            ("words hasakah prison", "k:1"),
            ("words \"found dead\"", "k:1"),
            ("words \"dead found\"", ""),
            ("words varda", "k:2 k:3"),
            ("words unheard", ""),
        ] {
            let filter = filter(asked);
            let lists::Listed { all, lines, .. } =
                lists::incidents(own.database(), &filter, 10).unwrap();
            let got: Vec<&str> = lines.iter().map(|it| it.case_id.as_str()).collect();
            assert_eq!(got.join(" "), want, "{asked}");
            assert_eq!(all as usize, got.len(), "{asked}");
            let rest = Filter { skip: 1, ..filter };
            let lists::Listed {
                all: again, lines, ..
            } = lists::incidents(own.database(), &rest, 1).unwrap();
            let second: Vec<&str> = lines.iter().map(|it| it.case_id.as_str()).collect();
            assert_eq!(second.first(), got.get(1), "{asked}");
            assert_eq!(again, all, "{asked}");
        }
        let facets = lists::facets(own.database()).unwrap();
        assert_eq!(
            facets.countries,
            [("XA".to_owned(), 1), ("XB".to_owned(), 1)]
        );
        assert_eq!(facets.kinds, [("siege".to_owned(), 2)]);
        let query = Query::parse("varda").unwrap();
        let (cases, more) = store::search::cases_with(own.database(), &query, 1).unwrap();
        assert_eq!((cases.len(), more), (3, false));
        let query = Query::parse("Lake Watch").unwrap();
        let (_, more) = store::search::cases_with(own.database(), &query, 1).unwrap();
        assert!(more, "both reports have these words");
    }
}

#[test]
fn the_log_is_listed_from_its_end() {
    for mut own in stores() {
        let own = &mut own.store;
        made(own);
        let all = lists::log(own.database(), i64::MAX, None, 99).unwrap();
        let head = own.head().unwrap();
        assert_eq!(
            (all[0].seq, all[0].hash.clone()),
            (head.seq, store::log::hex(&head.hash))
        );
        assert!(all.windows(2).all(|pair| pair[0].seq == pair[1].seq + 1));
        assert_eq!(all.last().unwrap().what, "made");
        let second = lists::log(own.database(), 2, None, 1).unwrap();
        assert_eq!(second[0], all[all.len() - 2]);
        let of = lists::log(own.database(), i64::MAX, Some(&second[0].subject), 9).unwrap();
        assert_eq!(of, second);
    }
}

#[test]
fn reports_are_listed_the_latest_added_first() {
    for mut own in stores() {
        let own = &mut own.store;
        made(own);
        let all = lists::reports(own.database(), i64::MAX, 9).unwrap();
        let titles: Vec<&str> = all.iter().filter_map(|it| it.title.as_deref()).collect();
        assert_eq!(titles, ["B", "A"]);
        assert_eq!(
            lists::reports(own.database(), i64::MAX, 1).unwrap(),
            all[..1]
        );
        assert_eq!(
            lists::reports(own.database(), all[1].seq, 9).unwrap(),
            all[1..]
        );
        assert_eq!(lists::reports(own.database(), 0, 9).unwrap(), []);
    }
}

#[test]
fn disputes_come_with_most_at_stake_first_until_somebody_decides() {
    for mut made in stores() {
        let own = &mut made.store;
        self::made(own);
        let finding =
            |case: &str, id: &str, verdict: &str, stakes: i64, judged: i64| -> Vec<Value> {
                vec![
                    case.into(),
                    id.into(),
                    0_i64.into(),
                    "killed".into(),
                    "all".into(),
                    verdict.into(),
                    2_i64.into(),
                    2_i64.into(),
                    stakes.into(),
                    judged.into(),
                ]
            };
        own.write(&mut |tx| {
            let findings = store::schema::table("findings");
            tx.insert(findings, &finding("k:1", "f:1", "disputed", 5, 0))?;
            tx.insert(findings, &finding("k:1", "f:2", "disputed", 90, 1))?;
            tx.insert(findings, &finding("k:1", "f:3", "revised", 99, 0))?;
            tx.insert(findings, &finding("k:2", "f:4", "disputed", 7, 0))
                .map(drop)
        })
        .unwrap();
        let mut found = |every: bool, skip: usize| -> (u64, Vec<String>) {
            let all = lists::disputes_in_all(own.database(), every).unwrap();
            let some = lists::disputes(own.database(), every, skip, 2).unwrap();
            (all, some.into_iter().map(|it| it.finding).collect())
        };
        assert_eq!(
            found(false, 0),
            (2, vec!["f:4".to_owned(), "f:1".to_owned()])
        );
        assert_eq!(
            found(true, 0),
            (3, vec!["f:2".to_owned(), "f:4".to_owned()])
        );
        assert_eq!(found(true, 2), (3, vec!["f:1".to_owned()]));
        assert_eq!(lists::waiting(own.database()).unwrap(), 0);
        assert_eq!(lists::seen(own.database()).unwrap(), 0);
        assert_eq!(lists::judgements(own.database(), i64::MAX, 5).unwrap(), []);
        lists::sources(own.database(), 5).unwrap();
    }
}
