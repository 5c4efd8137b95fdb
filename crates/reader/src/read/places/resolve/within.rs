//! Which record lies in which, and how far apart they are.

use crate::read::places::gazetteer::{Gazetteer, Record, RecordId, RecordKind};

/// Whether record `inner` lies in record `outer` by the divisions, or near enough to a city that holds it.
pub(super) fn lies_in(gazetteer: &Gazetteer, inner: RecordId, outer: RecordId) -> bool {
    let (Some(a), Some(b)) = (gazetteer.record(inner), gazetteer.record(outer)) else {
        return false;
    };
    if inner == outer {
        return false;
    }
    match b.kind {
        RecordKind::Country => a.country == b.country && a.kind != RecordKind::Country,
        RecordKind::Region => a.region == Some(outer),
        RecordKind::District => a.district == Some(outer),
        RecordKind::City => {
            a.kind == RecordKind::City
                && a.country == b.country
                && b.population > a.population
                && kilometres(&a, &b).is_some_and(|km| km < 25.0)
        }
        RecordKind::Area | RecordKind::SmallArea => {
            a.kind != RecordKind::Country
                && (b.country.is_empty() || a.country == b.country)
                && kilometres(&a, &b).is_some_and(|km| km * 1000.0 <= 1.2 * f64::from(b.radius_m))
        }
        RecordKind::Macro => {
            a.kind == RecordKind::Country
                && kilometres(&a, &b).is_some_and(|km| km * 1000.0 <= f64::from(b.radius_m))
        }
    }
}

/// Kilometres between two records on a flat earth; good enough to weigh with.
pub(super) fn kilometres(a: &Record<'_>, b: &Record<'_>) -> Option<f64> {
    Some(model::geo::flat_metres(a.point?, b.point?) / 1000.0)
}
