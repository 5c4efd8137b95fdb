//! KML 2.2 (OGC 07-147r2), a placemark an incident, for programs that show maps.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use model::Dossier;
use serde_json::Value;

use super::{
    format::{Format, Sink},
    geojson::{point, properties},
    tables::{Record, last_day},
};
use crate::xml::escaped;

/// The format.
pub(super) const KML: Format = Format {
    name: "kml",
    ending: "kml",
    texts: false,
    about: "KML, a placemark an incident, with the same properties as GeoJSON; one without a place has no point",
    columns: || Vec::new(),
    open: |_, out| open(out),
};

struct Kml<'a>(&'a mut dyn Write);

fn open<'a>(out: &'a mut dyn Write) -> io::Result<Box<dyn Sink + 'a>> {
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\n\
          <name>Incidents, as reported</name>\n",
    )?;
    Ok(Box::new(Kml(out)))
}

impl Sink for Kml<'_> {
    fn put(&mut self, dossier: &Dossier) -> io::Result<()> {
        let record = Record(dossier);
        let id = dossier.incident.case.as_str().replace(':', "-");
        let mut out = format!("<Placemark id=\"{}\">", escaped(&id));
        let _ = write!(out, "<name>{}</name>", escaped(&dossier.incident.title));
        let _ = write!(
            out,
            "<description>{}</description>",
            escaped(&record.notes())
        );
        if let Some(when) = record.when() {
            let (first, last) = (when.start.date(), last_day(when));
            let _ = write!(
                out,
                "<TimeSpan><begin>{first}</begin><end>{last}</end></TimeSpan>"
            );
        }
        out.push_str("<ExtendedData>");
        for (name, value) in properties(&record) {
            let words = match &value {
                Value::String(words) => words.clone(),
                Value::Array(all) => {
                    let all: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
                    all.join(", ")
                }
                other => other.to_string(),
            };
            let _ = write!(
                out,
                "<Data name=\"{}\"><value>{}</value></Data>",
                escaped(&name),
                escaped(&words)
            );
        }
        out.push_str("</ExtendedData>");
        if let Some([lon, lat]) = record.place().and_then(point) {
            let _ = write!(out, "<Point><coordinates>{lon},{lat}</coordinates></Point>");
        }
        out.push_str("</Placemark>\n");
        self.0.write_all(out.as_bytes())
    }

    fn end(&mut self) -> io::Result<()> {
        self.0.write_all(b"</Document></kml>\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export::Options, publish::fixture};

    #[test]
    fn words_of_reports_are_no_markup() {
        let mut market = fixture::market().0;
        market.incident.title = "<b>& \"two\"\u{1}</b>".to_owned();
        let mut out = Vec::new();
        KML.write(&[market, fixture::empty().0], Options::default(), &mut out)
            .unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("<name>&lt;b&gt;&amp; &quot;two&quot; &lt;/b&gt;</name>"));
        assert_eq!(text.matches("<Placemark").count(), 2);
        assert!(text.ends_with("</Document></kml>\n"));
    }
}
