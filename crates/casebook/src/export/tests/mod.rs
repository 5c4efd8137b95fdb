//! What every format must keep to, and the page that describes them.

use std::path::Path;

use super::*;
use crate::publish::fixture;

mod hard;
mod many;

fn written(format: &Format) -> Vec<u8> {
    let dossiers = [fixture::market().0, fixture::empty().0];
    let mut out = Vec::new();
    format
        .write(&dossiers, Options::default(), &mut out)
        .unwrap();
    out
}

#[test]
fn names_are_told_apart_and_found() {
    for (at, one) in FORMATS.iter().enumerate() {
        let first = FORMATS.iter().position(|other| other.name == one.name);
        assert_eq!(first, Some(at), "{}: two have this name", one.name);
        assert!(format(one.name).is_some_and(|found| found.about == one.about));
        assert!(
            !one.ending.is_empty() && !one.about.is_empty(),
            "{}",
            one.name
        );
    }
    assert!(format("nonsense").is_none());
}

#[test]
fn the_same_dossiers_give_the_same_bytes() {
    for format in FORMATS {
        let made = written(format);
        assert!(
            // A record of PLOVER needs more than these incidents have, and a line of spaCy a text.
            (!made.is_empty() || format.ending == "jsonl") && made == written(format),
            "{}",
            format.name
        );
    }
}

#[test]
fn every_row_has_a_cell_a_column() {
    let market = fixture::market().0;
    for (table, rows) in [
        (&tables::INCIDENTS, 1),
        (&tables::FINDINGS, market.findings.len()),
        (&tables::REPORTS, market.reports.len()),
        (
            &tables::CLAIMS,
            market.claims.len() + market.background.len(),
        ),
    ] {
        let columns = table.columns();
        let mut names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), columns.len(), "a name stands twice");
        let made = (table.rows)(&market);
        assert_eq!(made.len(), rows);
        assert!(made.iter().all(|row| row.len() == columns.len()));
    }
}

/// `docs/export.md` from its marker on is made of the table of formats.
#[test]
fn the_page_on_formats_says_what_each_holds() {
    const MARKER: &str = "<!-- from here on written by a test: make bless -->\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/export.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (head, before) = page.split_once(MARKER).expect("the marker");
    let mut now = String::new();
    for format in FORMATS {
        now += &format!("\n## `{}`\n\n{}.\n", format.name, format.about);
        let columns = (format.columns)();
        if !columns.is_empty() {
            now += "\n| column | holds |\n|---|---|\n";
        }
        for (name, holds) in columns {
            now += &format!("| `{name}` | {holds} |\n");
        }
    }
    if std::env::var_os("CROSSBEARING_BLESS").is_some() {
        std::fs::write(&path, format!("{head}{MARKER}{now}")).unwrap();
        return;
    }
    assert!(before == now, "the formats have changed: make bless");
}
