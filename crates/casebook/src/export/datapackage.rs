//! A Data Package: the four tables as CSV in one archive, with a `datapackage.json` that says of every column what it
//! is.
//!
//! Source: Frictionless Data, Tabular Data Package and Table Schema, version 1. The tables are those of `csv-…`, byte
//! for byte; whoever wants the description alone takes it out of the archive.

use std::{
    fs::File,
    io::{self, BufWriter, Seek, Write},
};

use model::Dossier;
use serde_json::{Value, json};
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    cell::{Cell, Kind},
    csv::line,
    format::{Format, Sink},
    tables::{self, Head, Table},
};

/// The format.
pub(super) const DATAPACKAGE: Format = Format {
    name: "datapackage",
    ending: "zip",
    texts: false,
    about: "a Data Package (Frictionless): an archive of the four `csv-…` tables and a `datapackage.json` that says of \
            every column what it is and how the tables join",
    columns: || Vec::new(),
    open: |_, out| open(out),
};

/// A column that leads to the column of the same name in another table.
type Lead = (&'static str, &'static str);

/// The tables by name, and which of their columns lead where.
const TABLES: [(&str, &Table, &[Lead]); 4] = [
    ("incidents", &tables::INCIDENTS, &[]),
    ("findings", &tables::FINDINGS, &[("case", "incidents")]),
    (
        "claims",
        &tables::CLAIMS,
        &[("case", "incidents"), ("finding", "findings")],
    ),
    ("reports", &tables::REPORTS, &[("case", "incidents")]),
];

struct DataPackage<'a> {
    out: &'a mut dyn Write,
    /// Each table in a file without a name, since one stands behind the other in the archive.
    files: Vec<BufWriter<File>>,
}

fn open<'a>(out: &'a mut dyn Write) -> io::Result<Box<dyn Sink + 'a>> {
    let mut files = Vec::new();
    for (_, table, _) in TABLES {
        let mut file = BufWriter::new(tempfile::tempfile()?);
        let head = table.columns().into_iter();
        let head: Vec<Cell> = head.map(|(name, _)| Cell::Text(name)).collect();
        line(&head, &mut file)?;
        files.push(file);
    }
    Ok(Box::new(DataPackage { out, files }))
}

impl Sink for DataPackage<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        for ((_, table, _), file) in TABLES.iter().zip(&mut self.files) {
            for row in (table.rows)(dossier) {
                line(&row, file)?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let mut archive = ZipWriter::new_stream(&mut *self.out);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        archive
            .start_file("datapackage.json", options)
            .map_err(told)?;
        serde_json::to_writer_pretty(&mut archive, &description())?;
        archive.write_all(b"\n")?;
        for ((name, ..), file) in TABLES.iter().zip(&mut self.files) {
            file.flush()?;
            let file = file.get_mut();
            let long = file.metadata()?.len() >= u64::from(u32::MAX);
            file.rewind()?;
            archive
                .start_file(format!("{name}.csv"), options.large_file(long))
                .map_err(told)?;
            io::copy(file, &mut archive)?;
        }
        archive.finish().map_err(told)?.flush()
    }
}

fn told(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}

fn description() -> Value {
    let resources: Vec<Value> = TABLES.iter().map(|it| resource(it.0, it.1, it.2)).collect();
    json!({
        "profile": "tabular-data-package",
        "name": "crossbearing-casebook",
        "title": "Incidents as reported",
        "description": "What is reported of incidents, according to whom, in which words. Nothing here is decided.",
        "resources": resources,
    })
}

fn resource(name: &str, table: &Table, leads: &[Lead]) -> Value {
    let fields: Vec<Value> = (table.heads)().iter().map(field).collect();
    let leads = leads.iter().map(
        |(column, to)| json!({"fields": column, "reference": {"resource": to, "fields": column}}),
    );
    let mut schema =
        json!({"fields": fields, "missingValues": [""], "foreignKeys": leads.collect::<Vec<_>>()});
    if name == "incidents" {
        schema["primaryKey"] = "case".into();
    }
    json!({
        "name": name,
        "path": format!("{name}.csv"),
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "schema": schema,
    })
}

fn field(head: &Head) -> Value {
    let mut out = json!({"name": head.name, "description": head.holds});
    let is = match head.kind {
        Some(Kind::Integer) => "integer",
        Some(Kind::Decimal) => "number",
        Some(Kind::Time) => "datetime",
        Some(Kind::Flag) => "boolean",
        Some(Kind::Text) | None => "string",
    };
    out["type"] = is.into();
    // Times are local to the incident and have no zone.
    if head.kind == Some(Kind::Time) {
        out["format"] = "%Y-%m-%dT%H:%M:%S".into();
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::ZipArchive;

    use super::*;
    use crate::{
        export::{Options, format},
        publish::fixture,
    };

    #[test]
    fn tables_are_those_of_csv_and_every_column_is_described() {
        let dossiers = [fixture::market().0, fixture::empty().0];
        let made = |name: &str| {
            let mut out = Vec::new();
            let format = format(name).unwrap();
            format
                .write(&dossiers, Options::default(), &mut out)
                .unwrap();
            out
        };
        let mut archive = ZipArchive::new(Cursor::new(made("datapackage"))).unwrap();
        let mut part = |name: &str| {
            let mut out = Vec::new();
            archive
                .by_name(name)
                .unwrap()
                .read_to_end(&mut out)
                .unwrap();
            out
        };
        let described: Value = serde_json::from_slice(&part("datapackage.json")).unwrap();
        for resource in described["resources"].as_array().unwrap() {
            let name = resource["name"].as_str().unwrap();
            let table = part(resource["path"].as_str().unwrap());
            assert!(table == made(&format!("csv-{name}")), "{name}");
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields
                .iter()
                .map(|it| it["name"].as_str().unwrap())
                .collect();
            let head = String::from_utf8(table).unwrap();
            assert_eq!(head.lines().next().unwrap(), names.join(","));
        }
    }
}
