//! TimeMap's lists: events, sources, associations.
//!
//! Source: Forensic Architecture, TimeMap, the schemas of its lists: an event has a description and a date or a place;
//! coordinates are strings; sources are named by id. All three lists stand in one file, under their names; TimeMap asks
//! for each at an address of its own.

use std::{
    collections::{BTreeSet, HashSet},
    fs::File,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, BufWriter, Seek, Write},
};

use model::Dossier;
use serde_json::{Value, json};

use super::{
    annotation::is_web,
    format::{Format, Sink},
    geojson::point,
    tables::Record,
};

/// The format.
pub(super) const TIMEMAP: Format = Format {
    name: "timemap",
    ending: "json",
    texts: false,
    about: "TimeMap’s lists in one file: `events`, `sources`, `associations`; what has no day and no place is left out",
    columns: || Vec::new(),
    open: |_, out| open(out),
};

/// Sources and kinds are listed once, at the end: sources as they come, in a file without a name until then, for many
/// incidents have more of them than there is memory. Of each only a hash is kept at hand.
struct TimeMap<'a> {
    out: &'a mut dyn Write,
    any: bool,
    sources: BufWriter<File>,
    known: HashSet<u64>,
    kinds: BTreeSet<String>,
}

fn open<'a>(out: &'a mut dyn Write) -> io::Result<Box<dyn Sink + 'a>> {
    out.write_all(b"{\"events\":[")?;
    Ok(Box::new(TimeMap {
        out,
        any: false,
        sources: BufWriter::new(tempfile::tempfile()?),
        known: HashSet::new(),
        kinds: Default::default(),
    }))
}

impl Sink for TimeMap<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        let record = Record(dossier);
        let at = record.place().and_then(point);
        if record.when().is_none() && at.is_none() {
            return Ok(());
        }
        for card in &dossier.reports {
            let report = &card.report;
            if !self.known.insert(hash(report.id.as_str())) {
                continue;
            }
            let paths: Vec<&str> = report
                .url
                .as_deref()
                .filter(|it| is_web(it))
                .into_iter()
                .collect();
            let source = json!({
                "id": report.id.as_str(),
                "title": report.title.clone().unwrap_or_default(),
                "description": report.source.name.clone().unwrap_or_default(),
                "date": report.published.as_ref().map(|it| it.date().to_string()).unwrap_or_default(),
                "type": "article",
                "paths": paths,
                "thumbnail": "",
            });
            let parted = if self.known.len() > 1 { "," } else { "" };
            self.sources.write_all(parted.as_bytes())?;
            serde_json::to_writer(&mut self.sources, &source)?;
        }
        let kind = record.event().replace('_', " ");
        if !kind.is_empty() {
            self.kinds.insert(kind.clone());
        }
        let coordinate = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
        let sources: Vec<&str> = dossier
            .reports
            .iter()
            .map(|it| it.report.id.as_str())
            .collect();
        let kinds: Vec<&str> = Some(kind.as_str())
            .filter(|it| !it.is_empty())
            .into_iter()
            .collect();
        let event = json!({
            "id": dossier.incident.case.as_str(),
            "title": dossier.incident.title,
            "description": record.notes(),
            "date": record.when().map(|it| it.start.strftime("%m/%d/%Y").to_string()).unwrap_or_default(),
            "time": "",
            "location": record.location().unwrap_or_default(),
            "latitude": coordinate(at.map(|it| it[1])),
            "longitude": coordinate(at.map(|it| it[0])),
            "sources": sources,
            "associations": kinds,
        });
        let parted = if self.any { ",\n" } else { "\n" };
        self.any = true;
        self.out.write_all(parted.as_bytes())?;
        Ok(serde_json::to_writer(&mut *self.out, &event)?)
    }

    fn end(&mut self) -> io::Result<()> {
        let kinds: Vec<Value> = self
            .kinds
            .iter()
            .map(|kind| json!({"id": kind, "title": kind, "desc": "", "mode": "CATEGORY"}))
            .collect();
        self.out.write_all(b"\n],\"sources\":[")?;
        self.sources.flush()?;
        let sources = self.sources.get_mut();
        sources.rewind()?;
        io::copy(sources, self.out)?;
        self.out.write_all(b"],\"associations\":")?;
        serde_json::to_writer(&mut *self.out, &kinds)?;
        self.out.write_all(b"}\n")
    }
}

/// A hash with fixed keys, so that the same incidents give the same bytes.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export::Options, publish::fixture};

    #[test]
    fn events_have_their_sources_and_a_day_or_a_place() {
        let market = fixture::market().0;
        let mut out = Vec::new();
        TIMEMAP
            .write(
                &[market.clone(), fixture::empty().0],
                Options::default(),
                &mut out,
            )
            .unwrap();
        let all: Value = serde_json::from_slice(&out).unwrap();
        let events = all["events"].as_array().unwrap();
        assert_eq!(events.len(), 1, "one has neither day nor place");
        assert!(events[0]["latitude"].is_string());
        assert_eq!(
            all["sources"].as_array().unwrap().len(),
            market.reports.len()
        );
        for id in events[0]["sources"].as_array().unwrap() {
            assert!(
                all["sources"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|it| it["id"] == *id)
            );
        }
    }
}
