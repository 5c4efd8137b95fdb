//! A row an incident in the variables of Iraq Body Count.
//!
//! Source: Iraq Body Count, "Methods": minimum and maximum over independent reports, for deaths and injuries (number
//! rule `ibc`), with time, place, target, weapons, killers and sources as reported.

use model::{Dossier, RuleName, Slot};

use super::{
    column::{Column, Table, heads},
    parts::label,
    record::{OfRecord, Record, last_day, one_row},
};
use crate::export::cell::Cell;

/// The table.
pub(in crate::export) const IBC: Table = Table {
    heads: || heads(COLUMNS),
    rows,
};

#[rustfmt::skip]
const COLUMNS: &[Column<OfRecord>] = &[
    ("date", "first day", |it| it.when().map(|it| it.start.date().to_string()).as_ref().into()),
    ("date_end", "last day, where that is another",
        |it| it.when().filter(|_| it.days() > 1).map(|it| last_day(it).to_string()).as_ref().into()),
    ("time", "time of day, where a report says it", time),
    ("place", "where, finest first", |it| label(it.0.incident.place.as_ref())),
    ("target", "who or what was hit, as reported", |it| values(it, Slot::Target)),
    ("min_deaths", "killed: smallest figure of an independent voice, by the number rule `ibc`",
        |it| it.rule(Slot::Killed, RuleName::Ibc).and_then(|it| it.low).into()),
    ("max_deaths", "killed: largest; empty for no limit",
        |it| it.rule(Slot::Killed, RuleName::Ibc).and_then(|it| it.high).into()),
    ("min_injuries", "injured: smallest figure of an independent voice",
        |it| it.rule(Slot::Injured, RuleName::Ibc).and_then(|it| it.low).into()),
    ("max_injuries", "injured: largest; empty for no limit",
        |it| it.rule(Slot::Injured, RuleName::Ibc).and_then(|it| it.high).into()),
    ("weapons", "with what, as reported", |it| values(it, Slot::Means)),
    ("killers", "who did it, as reported", |it| values(it, Slot::Actor)),
    ("media_sources", "outlets, with semicolons", |it| Cell::list(it.outlets())),
    ("primary_witnesses", "who first says how many were killed: the voices behind the outlets",
        |it| Cell::list(it.original())),
    ("rule", "name of the number rule",
        |it| it.rule(Slot::Killed, RuleName::Ibc).or(it.rule(Slot::Injured, RuleName::Ibc)).map(|_| "ibc").into()),
    ("disputed", "slots on which voices differ", |it| Cell::list(it.disputes())),
    ("case", "the incident's name for good", |it| it.0.incident.case.as_str().into()),
    ("version", "its version, which changes with its reports", |it| it.0.incident.id.as_str().into()),
];

fn rows(dossier: &Dossier) -> Vec<Vec<Cell>> {
    one_row(COLUMNS, dossier)
}

fn time(it: &Record<'_>) -> Cell {
    use model::WhenPrecision as P;
    let fine = it
        .when()
        .filter(|it| matches!(it.precision, P::Minute | P::Hour));
    fine.map(|it| it.start.strftime("%H:%M").to_string())
        .as_ref()
        .into()
}

/// What stands on a slot, none twice.
fn values(it: &Record<'_>, slot: Slot) -> Cell {
    let positions = it.findings(slot).flat_map(|it| &it.positions);
    let mut out: Vec<String> = Vec::new();
    for position in positions.filter(|it| it.standing) {
        let label = position.value.label();
        if !out.contains(&label) {
            out.push(label);
        }
    }
    Cell::list(out)
}
