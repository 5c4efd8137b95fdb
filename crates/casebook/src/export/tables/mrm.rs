//! A row for each of the six grave violations against children that reports allege, always alleged and unverified.
//!
//! Source: Office of the UN Special Representative for Children and Armed Conflict, "The six grave violations" (2013):
//! killing or maiming; recruitment or use; attacks on schools or hospitals; sexual violence; abduction; denial of
//! humanitarian access. The reader has no slot for sexual violence and for denied access, so that no row is on them.
//! Whether a violation is verified is for the UN's task forces to say. A party that is not named
//! stays empty, and so does whether it is a party to a conflict.

use model::{AgeGroup, Claim, ClaimId, Dossier, Finding, RuleName, Slot, Value};

use super::{
    column::{Column, Table, heads},
    record::Record,
};
use crate::export::cell::Cell;

/// The table.
pub(in crate::export) const MRM: Table = Table {
    heads: || heads(COLUMNS),
    rows,
};

/// An allegation.
struct Alleged<'a> {
    violation: &'static str,
    low: Option<u64>,
    high: Option<u64>,
    claims: Vec<&'a Claim>,
}

type Of = fn(&Record<'_>, &Alleged<'_>) -> Cell;

#[rustfmt::skip]
const COLUMNS: &[Column<Of>] = &[
    ("case", "the incident's name for good", |of, _| of.0.incident.case.as_str().into()),
    ("violation", "`killing or maiming`, `recruitment or use`, `attacks on schools or hospitals`, `sexual \
        violence`, `abduction`, \
        `denial of humanitarian access`", |_, it| it.violation.into()),
    ("status", "always `alleged, unverified`", |_, _| "alleged, unverified".into()),
    ("date", "first day", |of, _| of.when().map(|it| it.start.date().to_string()).as_ref().into()),
    ("country", "its name", |of, _| of.country_name().as_ref().into()),
    ("place", "where, finest first", |of, _| super::parts::label(of.0.incident.place.as_ref())),
    ("children_low", "smallest number of children; empty where none is said", |_, it| it.low.into()),
    ("children_high", "largest; empty for no limit", |_, it| it.high.into()),
    ("perpetrator", "who did it, as reported", |of, _| of.party(Slot::Actor).map(|it| &it.name).into()),
    ("perpetrator_disputed", "whether voices differ on that", |of, _| of.disputed(Slot::Actor).into()),
    ("words", "the words that allege it", |_, it| Cell::list(it.claims.iter().map(|it| it.quote().exact.as_str()))),
    ("according_to", "who says so first, none twice", |_, it| speakers(it)),
    ("claims", "ids of the claims", |_, it| Cell::list(it.claims.iter().map(|it| it.id.as_str()))),
];

fn rows(dossier: &Dossier) -> Vec<Vec<Cell>> {
    let record = Record(dossier);
    let all = alleged(&record);
    let row = |it: &Alleged<'_>| COLUMNS.iter().map(|(.., cell)| cell(&record, it)).collect();
    all.iter().map(row).collect()
}

fn speakers(it: &Alleged<'_>) -> Cell {
    let mut out: Vec<String> = Vec::new();
    for claim in &it.claims {
        let label = claim.speaker().label();
        if !out.contains(&label) {
            out.push(label);
        }
    }
    Cell::list(out)
}

fn alleged<'a>(of: &Record<'a>) -> Vec<Alleged<'a>> {
    let mut out: Vec<Alleged<'a>> = Vec::new();
    let mut of_findings = |violation: &'static str, found: Vec<&'a Finding>| {
        let claims: Vec<&Claim> = found.iter().flat_map(|it| claims_of(of.0, it)).collect();
        if claims.is_empty() {
            return;
        }
        // One finding counts; of several the people may be the same, so that no sum is made.
        let one = match found.as_slice() {
            [it] => it.numbers.as_ref().map(|it| &it[RuleName::Interval]),
            _ => None,
        };
        out.push(Alleged {
            violation,
            low: one.and_then(|it| it.low),
            high: one.and_then(|it| it.high),
            claims,
        });
    };
    let children = |slots: &[Slot]| -> Vec<&'a Finding> {
        let of_slots = slots.iter().flat_map(|slot| of.findings(*slot));
        of_slots
            .filter(|it| it.scope.age == AgeGroup::Children)
            .filter(|it| it.positions.iter().any(|it| it.standing))
            .collect()
    };
    of_findings(
        "killing or maiming",
        children(&[Slot::Killed, Slot::Injured]),
    );
    of_findings(
        "recruitment or use",
        of.findings(Slot::ChildRecruitment).collect(),
    );
    of_findings("abduction", children(&[Slot::Captured, Slot::Hostages]));
    let schools: Vec<&Claim> =
        of.0.claims
            .iter()
            .filter(|it| matches!(it.slot, Slot::Target | Slot::Where) && is_protected(it))
            .collect();
    if !schools.is_empty() && of.event() != "" {
        out.push(Alleged {
            violation: "attacks on schools or hospitals",
            low: None,
            high: None,
            claims: schools,
        });
    }
    out
}

fn claims_of<'a>(dossier: &'a Dossier, finding: &'a Finding) -> Vec<&'a Claim> {
    let standing = finding.positions.iter().filter(|it| it.standing);
    let ids: Vec<&ClaimId> = standing.flat_map(|it| &it.claims).collect();
    ids.into_iter().filter_map(|id| dossier.claim(id)).collect()
}

/// Whether what was hit is a school or a hospital by its words.
fn is_protected(claim: &Claim) -> bool {
    // Source: "schools, kindergartens, universities; hospitals, clinics" of the UN's guidance on attacks on both.
    const NAMES: [&str; 8] = [
        "school",
        "kindergarten",
        "nursery",
        "academy",
        "college",
        "university",
        "hospital",
        "clinic",
    ];
    let words = match &claim.value {
        Value::Place(place) => place.site.clone().unwrap_or_default(),
        Value::Party(party) => party.name.clone(),
        other => other.words().to_owned(),
    };
    let lower = words.to_lowercase();
    let mut own = lower.split(|c: char| !c.is_alphanumeric());
    own.any(|word| {
        NAMES
            .iter()
            .any(|name| word == *name || word.strip_suffix('s') == Some(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    #[test]
    fn everything_is_alleged_and_in_words() {
        let market = fixture::market().0;
        let record = Record(&market);
        for it in alleged(&record) {
            assert!(!it.claims.is_empty(), "{}", it.violation);
        }
        let at = MRM
            .columns()
            .iter()
            .position(|(name, _)| name == "status")
            .unwrap();
        for row in rows(&market) {
            assert_eq!(row[at], "alleged, unverified".into());
        }
        assert!(rows(&fixture::empty().0).is_empty());
    }
}
