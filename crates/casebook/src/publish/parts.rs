//! What every publisher shows of a part.

use model::{Finding, Part, Value};

/// What happened and where, without the day.
pub fn name(part: &Part) -> String {
    let mut out = match &part.event {
        Some(event) => event.label(),
        None => "told without its kind".to_owned(),
    };
    if let Some(Value::Place(place)) = &part.place {
        let put = if place.site.is_some() { "at" } else { "in" };
        out.push_str(&format!(" {put} {}", place.label()));
    }
    out
}

/// The findings that say what a part did: who was hurt, taken or let go, who held the place after it.
pub fn shown(part: &Part) -> impl Iterator<Item = &Finding> {
    part.findings
        .iter()
        .filter(|finding| finding.slot.spec().of_parts)
}
