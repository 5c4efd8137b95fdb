//! A row a report of an incident: who published it, when, where it was found, what it leans on.

use model::{Dossier, LineageKind, ReportCard};

use super::{
    column::{Table, TypedColumn, typed},
    parts::{precision, start},
};
use crate::export::cell::{
    Cell,
    Kind::{Flag, Integer, Text, Time},
};

/// The table.
pub(in crate::export) const REPORTS: Table = Table {
    heads: || typed(COLUMNS),
    rows,
};

type Of = fn(&Dossier, &ReportCard) -> Cell;

#[rustfmt::skip]
const COLUMNS: &[TypedColumn<Of>] = &[
    ("case", Text, "the incident's name for good", |of, _| of.incident.case.as_str().into()),
    ("letter", Text, "the report's letter in the dossier", |_, it| (&it.letter).into()),
    ("report", Text, "its id", |_, it| it.report.id.as_str().into()),
    ("outlet", Text, "who published it", |_, it| it.report.source.name.as_ref().into()),
    ("outlet_kind", Text, "what kind of body that is", |_, it| Cell::code(it.report.source.kind)),
    ("title", Text, "headline", |_, it| it.report.title.as_ref().into()),
    ("byline", Text, "who wrote it", |_, it| it.report.byline.as_ref().into()),
    ("published", Time, "when it was published, local time", |_, it| start(it.report.published.as_ref())),
    ("published_precision", Text, "how finely that is known", |_, it| precision(it.report.published.as_ref())),
    ("language", Text, "its language, where the page says it", |_, it| it.report.language.as_ref().into()),
    ("url", Text, "its address", |_, it| it.report.url.as_ref().into()),
    ("claims", Integer, "how many claims were read from it", |_, it| it.claims.into()),
    ("passing", Flag, "whether it tells of the incident in passing", |_, it| (!it.passage.is_empty()).into()),
    ("copies", Text, "ids of the reports that it copies", |of, it| leans(of, it, |kind| kind == LineageKind::Copies)),
    ("leans_on", Text, "ids of the reports that it shares passages with or cites",
        |of, it| leans(of, it, |kind| kind != LineageKind::Copies)),
    ("text", Text, "id of its plain text, in which quotes count", |_, it| it.report.text.as_str().into()),
];

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
