//! Incidents that a format must not break on: none at all, without place and day, with everything in dispute, with
//! names in several scripts.

use std::io::{Cursor, Read};

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use jiff::civil::date;
use model::{Dossier, Slot, Value, Verdict, When};

use super::*;

fn made(format: &Format, dossiers: &[Dossier]) -> Vec<u8> {
    let (_, texts) = fixture::market();
    let mut out = Vec::new();
    {
        let mut sink = (format.open)(Options::default(), &mut out).unwrap();
        for dossier in dossiers {
            sink.put_with(dossier, &texts).unwrap();
        }
        sink.end().unwrap();
    }
    whole(format, &out);
    out
}

/// Whether a file is what its ending says, read by something else than what wrote it.
fn whole(format: &Format, bytes: &[u8]) {
    let name = format.name;
    match format.ending {
        "csv" => {
            let mut rows = ::csv::Reader::from_reader(bytes);
            let heads = rows.headers().unwrap().len();
            assert_eq!(heads, (format.columns)().len(), "{name}");
            for row in rows.records() {
                assert_eq!(
                    row.unwrap_or_else(|error| panic!("{name}: {error}")).len(),
                    heads
                );
            }
        }
        "json" | "geojson" | "jsonld" => {
            let read = serde_json::from_slice::<serde_json::Value>(bytes);
            assert!(read.is_ok(), "{name}: {read:?}");
        }
        "jsonl" | "ftm.json" => {
            for line in std::str::from_utf8(bytes).unwrap().lines() {
                let read = serde_json::from_str::<serde_json::Value>(line);
                assert!(read.is_ok(), "{name}: {read:?}");
            }
        }
        "kml" => xml(name, std::str::from_utf8(bytes).unwrap()),
        "xlsx" | "docx" => {
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            for at in 0..archive.len() {
                let mut part = String::new();
                archive
                    .by_index(at)
                    .unwrap()
                    .read_to_string(&mut part)
                    .unwrap();
                xml(name, &part);
            }
        }
        "parquet" => {
            let file = SerializedFileReader::new(bytes::Bytes::copy_from_slice(bytes)).unwrap();
            assert!(
                file.get_row_iter(None).unwrap().all(|row| row.is_ok()),
                "{name}"
            );
        }
        "zip" => {
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            assert_eq!(
                archive.by_index(0).unwrap().name().unwrap(),
                "datapackage.json"
            );
            for at in 1..archive.len() {
                let mut part = Vec::new();
                archive
                    .by_index(at)
                    .unwrap()
                    .read_to_end(&mut part)
                    .unwrap();
                let rows = ::csv::Reader::from_reader(&part[..]).into_records();
                assert!(rows.into_iter().all(|row| row.is_ok()), "{name}");
            }
        }
        "pdf" => {
            assert!(
                bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF"),
                "{name}"
            );
        }
        other => panic!("{name}: nothing here reads a file that ends in {other}"),
    }
}

fn xml(name: &str, words: &str) {
    let mut reader = quick_xml::Reader::from_str(words);
    let mut open = 0;
    loop {
        use quick_xml::events::Event;
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("{name}: {error}"))
        {
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{name}");
}

/// What a file says, for formats whose words can be read as they are.
fn words(format: &Format, dossiers: &[Dossier]) -> String {
    let bytes = made(format, dossiers);
    match format.ending {
        "parquet" => {
            let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
            let rows = file.get_row_iter(None).unwrap();
            rows.map(|row| row.unwrap().to_string()).collect()
        }
        "xlsx" | "docx" | "zip" => {
            let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
            let mut out = String::new();
            for at in 0..archive.len() {
                archive
                    .by_index(at)
                    .unwrap()
                    .read_to_string(&mut out)
                    .unwrap();
            }
            out
        }
        // Our own reader of PDF files takes the words out again.
        "pdf" => {
            let input = reader::text::Input {
                name: "a.pdf".to_owned(),
                bytes,
                ..Default::default()
            };
            reader::text::extract(&input)
                .unwrap()
                .text
                .as_str()
                .to_owned()
        }
        _ => String::from_utf8(bytes).unwrap(),
    }
}

#[test]
fn no_incident_at_all_is_a_whole_file() {
    for format in FORMATS {
        let bytes = made(format, &[]);
        // Formats of a line an incident have no line.
        let lines = matches!(format.ending, "jsonl" | "ftm.json");
        assert_eq!(bytes.is_empty(), lines, "{}", format.name);
    }
}

/// An incident of which no report says where or when, and of whose reports nothing is known but their words.
fn nowhere() -> Dossier {
    let mut dossier = fixture::market().0;
    dossier.incident.place = None;
    dossier.incident.when = None;
    dossier.incident.event = None;
    dossier.timeline.clear();
    for card in &mut dossier.reports {
        card.report.published = None;
        card.report.url = None;
        card.report.title = None;
        card.report.source.name = None;
    }
    dossier
}

#[test]
fn an_incident_without_place_and_day_is_written() {
    let nowhere = nowhere();
    for format in FORMATS {
        let said = words(format, std::slice::from_ref(&nowhere));
        let left_out = matches!(format.name, "plover" | "timemap");
        let incident = &nowhere.incident;
        let told = said.contains(incident.case.as_str()) || said.contains(&incident.title);
        assert_eq!(told, !left_out, "{}", format.name);
        for made_up in ["1970-01-01", "0001-01-01", "NaN", "0.0,0.0", "null,null"] {
            assert!(!said.contains(made_up), "{}: {made_up}", format.name);
        }
    }
}

/// An incident in which there is a dispute on every slot.
fn disputed() -> Dossier {
    let mut dossier = fixture::market().0;
    let template = dossier.findings[0].clone();
    for finding in &mut dossier.findings {
        finding.verdict = Verdict::Disputed;
    }
    for slot in Slot::ALL {
        if !dossier.findings.iter().any(|it| it.slot == *slot) {
            let mut finding = template.clone();
            finding.slot = *slot;
            finding.verdict = Verdict::Disputed;
            dossier.findings.push(finding);
        }
    }
    for agreed in &mut dossier.agreed {
        agreed.verdict = Verdict::Disputed;
    }
    dossier
}

#[test]
fn a_dispute_on_every_slot_is_told_on_every_slot() {
    let disputed = disputed();
    for format in FORMATS {
        let said = words(format, std::slice::from_ref(&disputed));
        if [
            "acled",
            "ged",
            "gtd",
            "ibc",
            "csv-incidents",
            "parquet-incidents",
        ]
        .contains(&format.name)
        {
            for slot in Slot::ALL {
                assert!(said.contains(slot.name()), "{}: {slot}", format.name);
            }
        }
    }
}

/// Names that are read in other directions and with other letters, and marks that combine.
const NAMES: [&str; 4] = [
    "Mariëlle Ñandú",
    "Дмитро Київський",
    "سوق الخضار",
    "東京 नमस्ते",
];

#[test]
fn names_in_four_scripts_stay_as_they_are() {
    let mut dossier = fixture::market().0;
    dossier.incident.title = format!("Attack: {}", NAMES.join(", "));
    for (card, name) in dossier.reports.iter_mut().zip(NAMES) {
        card.report.source.name = Some(name.to_owned());
        card.report.title = Some(format!("{name} 😀 “x”"));
    }
    for format in FORMATS {
        let said = words(format, std::slice::from_ref(&dossier));
        // What is of claims or of groups of people names no outlet; the title alone stands in the table of incidents.
        let named = [
            "csv-claims",
            "csv-reports",
            "csv-incidents",
            "parquet-claims",
            "parquet-reports",
            "parquet-incidents",
            "xlsx",
            "acled",
            "ged",
            "ibc",
            "gtd",
            "geojson",
            "kml",
            "hxl",
            "ftm",
            "timemap",
            "schema",
            "docx",
            "pdf",
        ];
        if !named.contains(&format.name) {
            continue;
        }
        // The letters of the PDF are those of the first two; words of the third run backwards there.
        let most = if format.name == "pdf" { 2 } else { 4 };
        for name in &NAMES[..most] {
            // Word parts a line where its direction turns.
            let found = name.split(' ').all(|it| said.contains(it));
            let escaped = serde_json::to_string(name).unwrap();
            assert!(
                found || said.contains(escaped.trim_matches('"')),
                "{}: {name}",
                format.name
            );
        }
    }
}

#[test]
fn times_at_the_ends_of_the_calendar_are_written() {
    let mut dossier = fixture::market().0;
    for day in [date(-9999, 1, 1), date(9999, 12, 31), date(1, 1, 1)] {
        dossier.incident.when = Some(When::day(day, "", ""));
        if let Some(card) = dossier.reports.first_mut() {
            card.report.published = Some(When::day(day, "", ""));
        }
        for format in FORMATS {
            made(format, std::slice::from_ref(&dossier));
        }
    }
}

#[test]
fn places_that_are_no_places_are_written() {
    let mut dossier = fixture::market().0;
    if let Some(Value::Place(place)) = &mut dossier.incident.place {
        (place.lat, place.lon) = (Some(f64::NAN), Some(f64::INFINITY));
        place.country = Some("no code".to_owned());
    }
    for format in FORMATS {
        made(format, std::slice::from_ref(&dossier));
    }
}
