//! A row an incident in the columns of UCDP's Georeferenced Event Dataset.
//!
//! Source: UCDP GED codebook, version 24.1: columns, type of violence, precision of place and date; low, best and high
//! by the number rule `ucdp`. The sum of the four columns of deaths is the best estimate. Ids of conflicts, dyads,
//! sides and countries are UCDP's to give and are left empty.

use model::{Dossier, Party, PartyKind, PlacePrecision, RuleName, Slot};

use super::{
    column::{Column, Table, heads},
    record::{OfRecord, Record, civilians, is_state, last_day, name, one_row},
};
use crate::export::cell::Cell;

/// The table.
pub(in crate::export) const GED: Table = Table {
    heads: || heads(COLUMNS),
    rows,
};

const UCDPS: &str = "empty: UCDP’s to give";

#[rustfmt::skip]
const COLUMNS: &[Column<OfRecord>] = &[
    ("id", UCDPS, |_| Cell::Empty),
    ("relid", UCDPS, |_| Cell::Empty),
    ("year", "year of the first day", |it| it.when().map(|it| it.start.strftime("%Y").to_string()).as_ref().into()),
    ("active_year", UCDPS, |_| Cell::Empty),
    ("code_status", UCDPS, |_| Cell::Empty),
    ("type_of_violence", "1 a state and an armed group, 2 two armed groups, 3 one side against civilians; empty \
        where the \
        sides are not known", |it| violence(it).into()),
    ("conflict_dset_id", UCDPS, |_| Cell::Empty),
    ("conflict_new_id", UCDPS, |_| Cell::Empty),
    ("conflict_name", UCDPS, |_| Cell::Empty),
    ("dyad_dset_id", UCDPS, |_| Cell::Empty),
    ("dyad_new_id", UCDPS, |_| Cell::Empty),
    ("dyad_name", UCDPS, |_| Cell::Empty),
    ("side_a_dset_id", UCDPS, |_| Cell::Empty),
    ("side_a_new_id", UCDPS, |_| Cell::Empty),
    ("side_a", "who did it, as reported; of several the first", |it| name(it.party(Slot::Actor))),
    ("side_b_dset_id", UCDPS, |_| Cell::Empty),
    ("side_b_new_id", UCDPS, |_| Cell::Empty),
    ("side_b", "who was the target, as reported; of several the first", |it| name(it.party(Slot::Target))),
    ("number_of_sources", "independent voices: copies of one count once", |it| it.voices().into()),
    ("source_article", "outlet, day and headline of each report, with semicolons", articles),
    ("source_office", "outlets, with semicolons", |it| Cell::list(it.outlets())),
    ("source_date", "day of each report",
        |it| each(it, |card| card.report.published.as_ref().map(|it| it.date().to_string()))),
    ("source_headline", "headline of each report", |it| each(it, |card| card.report.title.clone())),
    ("source_original", "who first says how many were killed: the voices behind the outlets",
        |it| Cell::list(it.original())),
    ("where_prec", "1 the town or finer, 3 a district, 4 a region, 6 no finer than the country", where_precision),
    ("where_coordinates", "the place that the coordinates are of", |it| it.location().into()),
    ("where_description", "the place in the words of a report", |it| it.place().map(|it| &it.words).into()),
    ("adm_1", "first-level division", |it| it.admin(1).into()),
    ("adm_2", "second-level division", |it| it.admin(2).into()),
    ("latitude", "degrees north", |it| it.place().and_then(|it| it.lat).into()),
    ("longitude", "degrees east", |it| it.place().and_then(|it| it.lon).into()),
    ("geom_wkt", "the same as well-known text",
        |it| point(it).map(|(lat, lon)| format!("POINT ({lon} {lat})")).as_ref().into()),
    ("priogrid_gid", "cell of PRIO-GRID, half a degree wide", |it| point(it).map(|(lat, lon)| grid(lat, lon)).into()),
    ("country", "its name", |it| it.country_name().as_ref().into()),
    ("country_id", UCDPS, |_| Cell::Empty),
    ("region", "empty", |_| Cell::Empty),
    ("event_clarity", "1 one day, 2 several taken together",
        |it| it.when().map(|_| if it.days() <= 1 { 1_u64 } else { 2 }).into()),
    ("date_prec", "1 the day is known, 2 two to six days, 3 a week, 4 a month, 5 more", date_precision),
    ("date_start", "first day", |it| it.when().map(|it| it.start.date().to_string()).as_ref().into()),
    ("date_end", "last day", |it| it.when().map(|it| last_day(it).to_string()).as_ref().into()),
    ("deaths_a", "killed of side_a, where a report counts them", |it| deaths(it).map(|it| it.a).into()),
    ("deaths_b", "killed of side_b", |it| deaths(it).map(|it| it.b).into()),
    ("deaths_civilians", "killed civilians", |it| deaths(it).map(|it| it.civilians).into()),
    ("deaths_unknown", "all others: what is left of the best estimate", |it| deaths(it).map(|it| it.unknown).into()),
    ("best", "killed: best estimate by the number rule `ucdp`, the sum of the four",
        |it| deaths(it).map(|it| it.best()).into()),
    ("high", "killed: high estimate; empty for no limit",
        |it| it.rule(Slot::Killed, RuleName::Ucdp).and_then(|it| it.high).into()),
    ("low", "killed: low estimate", |it| it.rule(Slot::Killed, RuleName::Ucdp).and_then(|it| it.low).into()),
    ("gwnoa", UCDPS, |_| Cell::Empty),
    ("gwnob", UCDPS, |_| Cell::Empty),
    // What the shape has no room for stands behind it.
    ("deaths_rule", "name of the number rule", |it| it.rule(Slot::Killed, RuleName::Ucdp).map(|_| "ucdp").into()),
    ("deaths_disputed", "whether voices differ on how many were killed", |it| it.disputed(Slot::Killed).into()),
    ("disputed", "all slots on which voices differ", |it| Cell::list(it.disputes())),
    ("case", "the incident's name for good", |it| it.0.incident.case.as_str().into()),
    ("version", "its version, which changes with its reports", |it| it.0.incident.id.as_str().into()),
];

fn rows(dossier: &Dossier) -> Vec<Vec<Cell>> {
    one_row(COLUMNS, dossier)
}

fn violence(it: &Record<'_>) -> Option<u64> {
    let (a, b) = (it.party(Slot::Actor)?, it.party(Slot::Target)?);
    let group = |it: &Party| it.kind == PartyKind::ArmedGroup;
    match (a, b) {
        (a, b) if (is_state(a) || group(a)) && b.kind == PartyKind::Civilians => Some(3),
        (a, b) if is_state(a) && group(b) || group(a) && is_state(b) => Some(1),
        (a, b) if group(a) && group(b) => Some(2),
        _ => None,
    }
}

/// One word or none of each report, with semicolons, in the order of the reports.
fn each(it: &Record<'_>, of: impl Fn(&model::ReportCard) -> Option<String>) -> Cell {
    Cell::list(it.0.reports.iter().filter_map(of))
}

fn articles(it: &Record<'_>) -> Cell {
    each(it, |card| {
        let report = &card.report;
        let day = report.published.as_ref().map(|it| it.date().to_string());
        let parts = [report.source.name.clone(), day, report.title.clone()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    })
}

fn where_precision(it: &Record<'_>) -> Cell {
    use PlacePrecision as P;
    let precise = |precision: P| match precision {
        P::Street | P::Site | P::Neighbourhood | P::City => Some(1_u64),
        P::District => Some(3),
        P::Region => Some(4),
        P::Country => Some(6),
        P::Unresolved => None,
    };
    it.place().and_then(|it| precise(it.precision)).into()
}

fn date_precision(it: &Record<'_>) -> Cell {
    let days = it.days();
    let precise = |_| -> u64 {
        match days {
            _ if it.to_the_day() && days <= 1 => 1,
            ..=1 => 1,
            2..=6 => 2,
            7 => 3,
            8..=31 => 4,
            _ => 5,
        }
    };
    it.when().map(precise).into()
}

fn point(it: &Record<'_>) -> Option<(f64, f64)> {
    let place = it.place()?;
    Some((place.lat?, place.lon?))
}

/// Cell of PRIO-GRID: rows of 720 cells from the south pole, from the date line eastwards, numbered from 1.
/// Source: Tollefsen, Strand, Buhaug, "PRIO-GRID: A unified spatial data structure", 2012.
fn grid(lat: f64, lon: f64) -> u64 {
    let row = ((lat + 90.0) * 2.0).floor().clamp(0.0, 359.0);
    let column = ((lon + 180.0) * 2.0).floor().clamp(0.0, 719.0);
    (row * 720.0 + column) as u64 + 1
}

/// The best estimate taken apart.
struct Deaths {
    a: Option<u64>,
    b: Option<u64>,
    civilians: Option<u64>,
    unknown: u64,
}

impl Deaths {
    fn best(&self) -> u64 {
        let known = [self.a, self.b, self.civilians];
        known.into_iter().flatten().sum::<u64>() + self.unknown
    }
}

/// Killed of each side, civilians and others; where the parts together are more than the whole, which then counts other
/// people than they do, all are unknown. `None` where no best estimate is known.
fn deaths(it: &Record<'_>) -> Option<Deaths> {
    let best = it.rule(Slot::Killed, RuleName::Ucdp)?.best?;
    let of_side = |slot: Slot| {
        let id = &it.party(slot)?.id;
        it.of_some(Slot::Killed, RuleName::Ucdp, |scope| {
            scope.side.as_ref() == Some(id)
        })
    };
    let (a, b) = (of_side(Slot::Actor), of_side(Slot::Target));
    let civilians = it.of_some(Slot::Killed, RuleName::Ucdp, civilians);
    let known: u64 = [a, b, civilians].into_iter().flatten().sum();
    Some(match best.checked_sub(known) {
        Some(unknown) => Deaths {
            a,
            b,
            civilians,
            unknown,
        },
        None => Deaths {
            a: None,
            b: None,
            civilians: None,
            unknown: best,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    const OWN: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,\
        conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,\
        side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,\
        source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,\
        priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,\
        deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob";

    #[test]
    fn the_columns_of_ged_stand_first_and_in_their_order() {
        let own: Vec<&str> = OWN.split(',').collect();
        assert_eq!(own.len(), 49);
        let names = GED.columns();
        let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..49], own[..]);
    }

    #[test]
    fn the_best_estimate_is_the_sum_of_the_four() {
        let market = fixture::market().0;
        let record = Record(&market);
        let best = record.rule(Slot::Killed, RuleName::Ucdp).unwrap().best;
        assert_eq!(deaths(&record).map(|it| it.best()), best);
        assert!(deaths(&Record(&fixture::empty().0)).is_none());
        let parts = Deaths {
            a: Some(2),
            b: None,
            civilians: Some(3),
            unknown: 4,
        };
        assert_eq!(parts.best(), 9);
    }

    #[test]
    fn cells_of_the_grid_are_numbered_from_the_south_west() {
        assert_eq!(grid(-90.0, -180.0), 1);
        assert_eq!(grid(-89.6, -179.4), 2);
        assert_eq!(grid(90.0, 180.0), 259_200);
        // Uppsala lies in 216 037 by this numbering: row 299, column 395.
        assert_eq!(grid(59.86, 17.64), 299 * 720 + 395 + 1);
    }
}
