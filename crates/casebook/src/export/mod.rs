//! Dossiers for machines: tables over many incidents, apart from `publish`, which lays out one dossier for people; and
//! documents that leave the casebook, which take their words from there.
//!
//! What comes in: dossiers. What goes out: bytes, the same for the same dossiers. It knows no file, clock or terminal,
//! and decides nothing: what it writes is a field of a dossier, or a code of the trade that follows from some of them
//! by a rule that stands where the code is chosen.
//!
//! Rooms: `tables` what stands in a row, column by column, and `tables/record` what records of one row ask of an
//! incident; `csv`, `parquet` and `xlsx` how tables are written, `json` how lists and lines of JSON are; `document`
//! what a document is made of, `docx` and `pdf` how it is laid out. A format is one file here and one row in
//! [`FORMATS`]; the program, its help and the page on formats (`docs/export.md`) go by the rows.

mod annotation;
mod cell;
mod csv;
mod datapackage;
mod document;
mod docx;
mod format;
mod ftm;
mod geojson;
mod hxl;
mod json;
mod kml;
mod labelstudio;
mod parquet;
mod pdf;
mod plover;
mod prov;
mod schema_org;
mod spacy;
mod tables;
mod timemap;
mod xlsx;

pub use format::{Format, Options, Sink};

/// The formats, in the order in which they are listed.
pub const FORMATS: &[Format] = &[
    csv::INCIDENTS,
    csv::FINDINGS,
    csv::CLAIMS,
    csv::REPORTS,
    parquet::INCIDENTS,
    parquet::FINDINGS,
    parquet::CLAIMS,
    parquet::REPORTS,
    datapackage::DATAPACKAGE,
    xlsx::XLSX,
    csv::ACLED,
    csv::GED,
    csv::IBC,
    csv::GTD,
    csv::SDG16,
    csv::MRM,
    geojson::GEOJSON,
    kml::KML,
    annotation::ANNOTATION,
    prov::PROV,
    hxl::HXL,
    ftm::FTM,
    plover::PLOVER,
    timemap::TIMEMAP,
    schema_org::SCHEMA,
    labelstudio::LABELSTUDIO,
    spacy::SPACY,
    docx::DOCX,
    pdf::PDF,
];

/// The format of this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests;
