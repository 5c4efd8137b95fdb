//! Comma-separated values (RFC 4180, lines ending in a line feed), one file a table.
//!
//! A cell of words that a spreadsheet would take for a formula gets an apostrophe in front: a report is not trusted,
//! and `=HYPERLINK(…)` in a headline must not become one. Numbers are left as they are.

use std::io::{self, Write};

use model::Dossier;

use super::{
    cell::Cell,
    format::{Format, Options, Sink},
    tables::{self, Table},
};

/// A row an incident.
pub(super) const INCIDENTS: Format = Format {
    name: "csv-incidents",
    ending: "csv",
    texts: false,
    about: "CSV, a row an incident: when, where, the figures at the top",
    columns: || tables::INCIDENTS.columns(),
    open: |options, out| open(&tables::INCIDENTS, options, out),
};

/// A row a finding.
pub(super) const FINDINGS: Format = Format {
    name: "csv-findings",
    ending: "csv",
    texts: false,
    about: "CSV, a row a finding: slot, whom it counts, verdict, each number rule",
    columns: || tables::FINDINGS.columns(),
    open: |options, out| open(&tables::FINDINGS, options, out),
};

/// A row a claim.
pub(super) const CLAIMS: Format = Format {
    name: "csv-claims",
    ending: "csv",
    texts: false,
    about: "CSV, a row a claim: value, speaker, stance, words, report",
    columns: || tables::CLAIMS.columns(),
    open: |options, out| open(&tables::CLAIMS, options, out),
};

/// A row a report.
pub(super) const REPORTS: Format = Format {
    name: "csv-reports",
    ending: "csv",
    texts: false,
    about: "CSV, a row a report of an incident: outlet, headline, day, address, what it copies or leans on",
    columns: || tables::REPORTS.columns(),
    open: |options, out| open(&tables::REPORTS, options, out),
};

/// A row an incident in the columns of ACLED.
pub(super) const ACLED: Format = Format {
    name: "acled",
    ending: "csv",
    texts: false,
    about: "CSV shaped as ACLED’s: a row an incident, one number by the rule `acled`, its range behind it",
    columns: || tables::ACLED.columns(),
    open: |options, out| open(&tables::ACLED, options, out),
};

/// A row an incident in the columns of UCDP's GED.
pub(super) const GED: Format = Format {
    name: "ged",
    ending: "csv",
    texts: false,
    about: "CSV shaped as UCDP’s GED: a row an incident, low, best and high by the rule `ucdp`",
    columns: || tables::GED.columns(),
    open: |options, out| open(&tables::GED, options, out),
};

/// A row an incident in the variables of Iraq Body Count.
pub(super) const IBC: Format = Format {
    name: "ibc",
    ending: "csv",
    texts: false,
    about: "CSV shaped as Iraq Body Count’s: a row an incident, smallest and largest figure by the rule `ibc`",
    columns: || tables::IBC.columns(),
    open: |options, out| open(&tables::IBC, options, out),
};

/// A row an incident in columns of GTD.
pub(super) const GTD: Format = Format {
    name: "gtd",
    ending: "csv",
    texts: false,
    about: "CSV shaped as GTD’s, the columns that reports can answer: a row an incident, hostages and claims of \
            responsibility among them",
    columns: || tables::GTD.columns(),
    open: |options, out| open(&tables::GTD, options, out),
};

/// A row a group of killed people in the terms of SDG 16.1.2.
pub(super) const SDG16: Format = Format {
    name: "sdg16",
    ending: "csv",
    texts: false,
    about: "CSV, a row for each group of people counted among the killed: sex, age, status and cause after SDG 16.1.2",
    columns: || tables::SDG16.columns(),
    open: |options, out| open(&tables::SDG16, options, out),
};

/// A row an alleged grave violation against children.
pub(super) const MRM: Format = Format {
    name: "mrm",
    ending: "csv",
    texts: false,
    about: "CSV, a row for each of the six grave violations against children that is alleged, always unverified",
    columns: || tables::MRM.columns(),
    open: |options, out| open(&tables::MRM, options, out),
};

struct Csv<'a> {
    table: &'static Table,
    out: &'a mut dyn Write,
}

fn open<'a>(
    table: &'static Table,
    options: Options,
    out: &'a mut dyn Write,
) -> io::Result<Box<dyn Sink + 'a>> {
    if options.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let head = table
        .columns()
        .into_iter()
        .map(|(name, _)| Cell::Text(name));
    line(&head.collect::<Vec<_>>(), out)?;
    Ok(Box::new(Csv { table, out }))
}

impl Sink for Csv<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        for row in (self.table.rows)(dossier) {
            line(&row, self.out)?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a row.
pub(super) fn line(cells: &[Cell], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(cell).collect();
    writeln!(out, "{}", cells.join(","))
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(digits) => digits.clone(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Time(moment) => moment.to_string(),
        Cell::Text(words) => quoted(&harmless(words)),
    }
}

/// Words that no spreadsheet computes.
fn harmless(words: &str) -> String {
    // Full-width signs count as the plain ones, and white space before them is passed over.
    const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let first = words.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    let steers = words.starts_with(['\t', '\r', '\n']);
    match first.starts_with(FORMULA) || steers {
        true => format!("'{words}"),
        false => words.to_owned(),
    }
}

/// Words between quotation marks where they hold a sign of the format.
fn quoted(words: &str) -> String {
    match words.contains(['"', ',', '\n', '\r']) || words.trim() != words {
        true => format!("\"{}\"", words.replace('"', "\"\"")),
        false => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, wanted: &str) {
        assert_eq!(cell(&Cell::Text(words.into())), wanted);
    }

    #[test]
    fn signs_of_the_format_are_quoted() {
        check("at least 20", "at least 20");
        check("a, b", "\"a, b\"");
        check("he said \"no\"", "\"he said \"\"no\"\"\"");
        check("two\nlines", "\"two\nlines\"");
        check("one\rline", "\"one\rline\"");
    }

    #[test]
    fn no_cell_of_words_is_a_formula() {
        check("=1+2", "'=1+2");
        check("-20 degrees", "'-20 degrees");
        check(" @SUM(A1)", "' @SUM(A1)");
        check("＝1", "'＝1");
        check("\tx", "'\tx");
        check(
            "=HYPERLINK(\"x\",\"y\")",
            "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"",
        );
        assert_eq!(cell(&Cell::from(-3.5)), "-3.5");
        assert_eq!(cell(&Cell::from(f64::NAN)), "");
        assert_eq!(cell(&Cell::from(true)), "true");
    }

    #[test]
    fn a_byte_order_mark_comes_first_where_it_is_wanted() {
        let made = |bom| {
            let mut out = Vec::new();
            CLAIMS.write(&[], Options { bom }, &mut out).unwrap();
            out
        };
        assert!(made(false).starts_with(b"case,"));
        assert!(made(true).starts_with("\u{feff}case,".as_bytes()));
    }
}
