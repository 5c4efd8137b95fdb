//! A row an incident: when, where, the figures at the top.

use model::{Agreed, Dossier, Slot, Verdict};

use super::{
    column::{Head, Table, TypedColumn, typed},
    parts::{code, end, label, place, precision, start},
};
use crate::export::cell::{
    Cell,
    Kind::{Decimal, Flag, Integer, Text, Time},
};

/// The table.
pub(in crate::export) const INCIDENTS: Table = Table { heads, rows };

type Of = fn(&Dossier) -> Cell;

#[rustfmt::skip]
const COLUMNS: &[TypedColumn<Of>] = &[
    ("case", Text, "the incident's name for good", |it| it.incident.case.as_str().into()),
    ("version", Text, "its version, which changes with its reports", |it| it.incident.id.as_str().into()),
    ("title", Text, "one line: what, where, when", |it| (&it.incident.title).into()),
    ("event", Text, "what happened, as a code", |it| code(it.incident.event.as_ref())),
    ("start", Time, "the first moment when it may have happened, local time", |it| start(it.incident.when.as_ref())),
    ("end", Time, "the moment when it was over at the latest, local time", |it| end(it.incident.when.as_ref())),
    ("precision", Text, "how finely the time is known", |it| precision(it.incident.when.as_ref())),
    ("place", Text, "where, finest first", |it| label(it.incident.place.as_ref())),
    ("country", Text, "ISO 3166-1 alpha-2 code", |it| at(it).and_then(|place| place.country.as_ref()).into()),
    ("latitude", Decimal, "degrees north", |it| at(it).and_then(|place| place.lat).into()),
    ("longitude", Decimal, "degrees east", |it| at(it).and_then(|place| place.lon).into()),
    ("place_precision", Text, "how finely the place is known",
        |it| at(it).map_or(Cell::Empty, |place| Cell::code(place.precision))),
    ("gazetteer", Text, "the place's id in the gazetteer", |it| at(it).and_then(|place| place.id.as_ref()).into()),
    ("reports", Integer, "how many reports tell of it", |it| it.reports.len().into()),
    ("origins", Integer, "how many independent voices they carry", |it| it.voices().count().into()),
    ("passing", Flag, "whether every report tells of it in passing only", |it| is_passing(it).into()),
    ("disputed", Text, "slots on which the reports disagree", disputed),
];

type OfToll = fn(&Agreed) -> Cell;

/// Columns of each toll, behind the name of its slot.
#[rustfmt::skip]
const TOLLS: &[TypedColumn<OfToll>] = &[
    ("", Integer, "the figure of independent reports taken together", |it| it.n.into()),
    ("_low", Integer, "the smallest number that figure allows", |it| it.low.into()),
    ("_high", Integer, "the largest; empty for no limit", |it| it.high.into()),
    ("_words", Text, "the figure in words, with its bound", |it| (&it.label).into()),
    ("_verdict", Text, "how it stands", |it| Cell::code(it.verdict)),
];

fn tolls() -> impl Iterator<Item = Slot> {
    Slot::ALL.iter().copied().filter(|slot| slot.spec().toll)
}

fn heads() -> Vec<Head> {
    let of_tolls = tolls().flat_map(|slot| {
        typed(TOLLS).into_iter().map(move |head| Head {
            name: format!("{slot}{}", head.name),
            holds: format!("{slot}: {}", head.holds),
            ..head
        })
    });
    typed(COLUMNS).into_iter().chain(of_tolls).collect()
}

fn rows(dossier: &Dossier) -> Vec<Vec<Cell>> {
    let of_tolls = tolls().flat_map(|slot| {
        let agreed = dossier.agreed(slot);
        TOLLS
            .iter()
            .map(move |(.., cell)| agreed.map_or(Cell::Empty, cell))
    });
    let cells = COLUMNS.iter().map(|(.., cell)| cell(dossier));
    vec![cells.chain(of_tolls).collect()]
}

fn at(dossier: &Dossier) -> Option<&model::Place> {
    place(dossier.incident.place.as_ref())
}

fn is_passing(dossier: &Dossier) -> bool {
    let passing = |card: &model::ReportCard| !card.passage.is_empty();
    !dossier.reports.is_empty() && dossier.reports.iter().all(passing)
}

fn disputed(dossier: &Dossier) -> Cell {
    let findings = dossier.findings.iter();
    let mut slots: Vec<Slot> = findings
        .filter(|finding| finding.verdict == Verdict::Disputed)
        .map(|finding| finding.slot)
        .collect();
    slots.sort_unstable();
    slots.dedup();
    Cell::list(slots.into_iter().map(Slot::name))
}
