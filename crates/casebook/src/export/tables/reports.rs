//! A row a report of an incident: who published it, when, where it was found, what it leans on.

use model::{Dossier, LineageKind, ReportCard};

use super::{
    column::{Column, Table, heads},
    parts::{precision, start},
};
use crate::export::cell::Cell;

/// The table.
pub(in crate::export) const REPORTS: Table = Table { columns, rows };

type Of = fn(&Dossier, &ReportCard) -> Cell;

#[rustfmt::skip]
const COLUMNS: &[Column<Of>] = &[
    ("case", "the incident's name for good", |of, _| of.incident.case.as_str().into()),
    ("letter", "the report's letter in the dossier", |_, it| (&it.letter).into()),
    ("report", "its id", |_, it| it.report.id.as_str().into()),
    ("outlet", "who published it", |_, it| it.report.source.name.as_ref().into()),
    ("outlet_kind", "what kind of body that is", |_, it| Cell::code(it.report.source.kind)),
    ("title", "headline", |_, it| it.report.title.as_ref().into()),
    ("byline", "who wrote it", |_, it| it.report.byline.as_ref().into()),
    ("published", "when it was published, local time", |_, it| start(it.report.published.as_ref())),
    ("published_precision", "how finely that is known", |_, it| precision(it.report.published.as_ref())),
    ("language", "its language, where the page says it", |_, it| it.report.language.as_ref().into()),
    ("url", "its address", |_, it| it.report.url.as_ref().into()),
    ("claims", "how many claims were read from it", |_, it| it.claims.into()),
    ("passing", "whether it tells of the incident in passing", |_, it| (!it.passage.is_empty()).into()),
    ("copies", "ids of the reports that it copies", |of, it| leans(of, it, |kind| kind == LineageKind::Copies)),
    ("leans_on", "ids of the reports that it shares passages with or cites",
        |of, it| leans(of, it, |kind| kind != LineageKind::Copies)),
    ("text", "id of its plain text, in which quotes count", |_, it| it.report.text.as_str().into()),
];

fn columns() -> Vec<(String, String)> {
    heads(COLUMNS)
}

fn rows(dossier: &Dossier) -> Vec<Vec<Cell>> {
    let row = |it: &ReportCard| COLUMNS.iter().map(|(.., cell)| cell(dossier, it)).collect();
    dossier.reports.iter().map(row).collect()
}

fn leans(of: &Dossier, it: &ReportCard, which: impl Fn(LineageKind) -> bool) -> Cell {
    let own = of
        .lineage
        .iter()
        .filter(|line| line.report == it.report.id && which(line.kind));
    Cell::list(own.filter_map(|line| line.on.as_ref().map(|id| id.as_str())))
}
