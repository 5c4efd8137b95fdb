//! Whether two casebooks hold the same, apart from the time at which it was done.

use std::{collections::BTreeMap, path::Path};

use store::{
    Store,
    database::Value,
    judgements,
    schema::{Kind, TABLES, Table},
};

/// Columns that say when or in which step something was done.
const WHEN: &[(&str, &str)] = &[
    ("captures", "received"),
    ("judgements", "id"),
    ("judgements", "at"),
    ("cases", "step"),
];
/// Entries of the log of which both have as many.
const COUNTED: &[&str] = &[
    "made", "added", "received", "judged", "opened", "merged", "split", "purged",
];

/// Holds what two casebooks keep and have made of it against each other, row by row.
pub fn same(a: &mut Store, b: &mut Store) {
    let (ours, theirs) = (told(a), told(b));
    for (table, rows) in &ours {
        let others = &theirs[table];
        let first = rows.iter().zip(others).position(|(a, b)| a != b);
        let at = first.unwrap_or(rows.len().min(others.len()));
        assert!(
            rows == others,
            "{table}: {} rows and {}, from row {at} on:\n{:?}\n{:?}",
            rows.len(),
            others.len(),
            rows.get(at),
            others.get(at)
        );
    }
}

/// All rows by table, without what tells of time, and how often what happened.
fn told(store: &mut Store) -> BTreeMap<String, Vec<String>> {
    let mut names: Vec<(String, String)> = Vec::new();
    for it in judgements::all(store.database(), i64::MAX).unwrap() {
        names.push((it.id, format!("judgement {}", it.seq)));
        names.push((it.at, "some time".to_owned()));
    }
    let mut out = BTreeMap::new();
    for table in TABLES {
        let compared = matches!(table.kind, Kind::Kept | Kind::Given | Kind::Derived);
        if compared && !matches!(table.name, "log" | "steps") {
            out.insert(table.name.to_owned(), rows(store, table, &names));
        }
    }
    let happened = COUNTED.iter().map(|what| {
        let sql = "SELECT count(*) FROM log WHERE what = ?1";
        let n = store.database().number(sql, &[Value::from(*what)]).unwrap();
        format!("{what}: {n}")
    });
    out.insert("log".to_owned(), happened.collect());
    out
}

fn rows(store: &mut Store, table: &Table, names: &[(String, String)]) -> Vec<String> {
    let kept: Vec<usize> = (0..table.columns.len())
        .filter(|at| !WHEN.contains(&(table.name, table.columns[*at].name)))
        .collect();
    let one = |row: &store::database::Row| {
        let words: Vec<String> = kept.iter().map(|at| words(&row.0[*at])).collect();
        let whole = words.join(" | ");
        names
            .iter()
            .fold(whole, |whole, (from, to)| whole.replace(from, to))
    };
    let rows = store.database().rows(&table.select(""), &[]).unwrap();
    rows.iter().map(one).collect()
}

/// A value in words; what is packed is unpacked.
fn words(value: &Value) -> String {
    match value {
        Value::Bytes(bytes) => match store::bytes::unpack(bytes) {
            Ok(unpacked) => String::from_utf8_lossy(&unpacked).into_owned(),
            Err(_) => format!("{bytes:?}"),
        },
        other => format!("{other:?}"),
    }
}

/// Every file below a folder with its bytes, by its name there.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                out.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    out
}
