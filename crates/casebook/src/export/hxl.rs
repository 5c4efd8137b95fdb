//! CSV with a row of HXL hashtags under the names, a row an incident.
//!
//! Source: Humanitarian Exchange Language 1.1, hashtag and attribute dictionaries. The standard is read by tools that
//! are in use still, and is no longer developed.

use std::io::{self, Write};

use model::{Dossier, RuleName, Slot};

use super::{
    cell::Cell,
    csv::line,
    format::{Format, Options, Sink},
    tables::{Record, last_day},
};

/// The format.
pub(super) const HXL: Format = Format {
    name: "hxl",
    ending: "csv",
    texts: false,
    about: "CSV with HXL hashtags, a row an incident: days, place, killed and injured from lowest to highest",
    columns,
    open: |options, out| open(options, out),
};

type Of = fn(&Record<'_>) -> Cell;

#[rustfmt::skip]
const COLUMNS: &[(&str, &str, Of)] = &[
    ("Incident", "#event+id", |it| it.0.incident.case.as_str().into()),
    ("Title", "#event+name", |it| (&it.0.incident.title).into()),
    ("Kind", "#event+type", |it| it.event().into()),
    ("First day", "#date+start", |it| it.when().map(|it| it.start.date().to_string()).as_ref().into()),
    ("Last day", "#date+end", |it| it.when().map(|it| last_day(it).to_string()).as_ref().into()),
    ("Country", "#country+code+v_iso3", |it| it.country().map(|it| it.alpha3).into()),
    ("Region", "#adm1+name", |it| it.admin(1).into()),
    ("District", "#adm2+name", |it| it.admin(2).into()),
    ("Place", "#loc+name", |it| it.location().into()),
    ("Latitude", "#geo+lat", |it| it.place().and_then(|it| it.lat).into()),
    ("Longitude", "#geo+lon", |it| it.place().and_then(|it| it.lon).into()),
    ("Killed, lowest", "#affected+killed+min+reported", |it| number(it, Slot::Killed, |it| it.low)),
    ("Killed, best", "#affected+killed+reported", |it| number(it, Slot::Killed, |it| it.best)),
    ("Killed, highest", "#affected+killed+max+reported", |it| number(it, Slot::Killed, |it| it.high)),
    ("Injured, lowest", "#affected+injured+min+reported", |it| number(it, Slot::Injured, |it| it.low)),
    ("Injured, best", "#affected+injured+reported", |it| number(it, Slot::Injured, |it| it.best)),
    ("Injured, highest", "#affected+injured+max+reported", |it| number(it, Slot::Injured, |it| it.high)),
    ("Displaced, best", "#affected+displaced+reported", |it| number(it, Slot::Displaced, |it| it.best)),
    ("Number rule", "#meta+method", |it| it.rule(Slot::Killed, RuleName::Ucdp).map(|_| "ucdp").into()),
    ("In dispute", "#status+disputed", |it| Cell::list(it.disputes())),
    ("Outlets", "#meta+source", |it| Cell::list(it.outlets())),
];

fn number(it: &Record<'_>, slot: Slot, of: impl Fn(&model::RuleRange) -> Option<u64>) -> Cell {
    it.rule(slot, RuleName::Ucdp).and_then(of).into()
}

fn columns() -> Vec<(String, String)> {
    let columns = COLUMNS.iter();
    columns
        .map(|(name, tag, _)| ((*name).to_owned(), format!("`{tag}`")))
        .collect()
}

struct Hxl<'a>(&'a mut dyn Write);

fn open<'a>(options: Options, out: &'a mut dyn Write) -> io::Result<Box<dyn Sink + 'a>> {
    if options.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let names: Vec<&str> = COLUMNS.iter().map(|it| it.0).collect();
    let quoted: Vec<String> = names.iter().map(|it| format!("\"{it}\"")).collect();
    writeln!(out, "{}", quoted.join(","))?;
    // Hashtags are no words of a report, and stand as they are.
    let tags: Vec<&str> = COLUMNS.iter().map(|it| it.1).collect();
    writeln!(out, "{}", tags.join(","))?;
    Ok(Box::new(Hxl(out)))
}

impl Sink for Hxl<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        let record = Record(dossier);
        let cells: Vec<Cell> = COLUMNS.iter().map(|(.., cell)| cell(&record)).collect();
        line(&cells, self.0)
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}
