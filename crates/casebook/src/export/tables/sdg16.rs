//! A row for each group of people that reports count among the killed, in the terms of SDG indicator 16.1.2.
//!
//! Source: OHCHR, "SDG indicator metadata 16.1.2" and "Guidance on casualty recording" (2019): minimum disaggregation
//! by sex, age, status and cause of death. What no report says is `unknown`.

use std::collections::BTreeSet;

use model::{AgeGroup, Dossier, Finding, Role, RuleName, Scope, Sex, Slot};

use super::{
    column::{Column, Table, heads},
    record::Record,
};
use crate::export::cell::Cell;

/// The table.
pub(in crate::export) const SDG16: Table = Table {
    heads: || heads(COLUMNS),
    rows,
};

type Of = fn(&Record<'_>, &Finding) -> Cell;

#[rustfmt::skip]
const COLUMNS: &[Column<Of>] = &[
    ("case", "the incident's name for good", |of, _| of.0.incident.case.as_str().into()),
    ("finding", "id of what is said of these people", |_, it| it.id.as_str().into()),
    ("date", "first day", |of, _| of.when().map(|it| it.start.date().to_string()).as_ref().into()),
    ("country", "its name", |of, _| of.country_name().as_ref().into()),
    ("place", "where, finest first", |of, _| super::parts::label(of.0.incident.place.as_ref())),
    ("group", "who is counted, in the words of a report; empty for everybody", |_, it| (&it.scope.words).into()),
    ("everybody", "whether that is everybody: other rows count people among them", |_, it| it.scope.is_all().into()),
    ("sex", "`woman`, `man` or `unknown`; girls and boys go by their sex", |_, it| sex(&it.scope).into()),
    ("age", "`adult`, `child` or `unknown`", |_, it| age(&it.scope).into()),
    ("status", "`civilian`, `other protected person`, `member of armed forces`, `directly participating in \
        hostilities`, `unknown`",
        |_, it| status(&it.scope).into()),
    ("cause", "of the incident, not of each death: one of OHCHR's ten, or `unknown`", |of, _| cause(of).into()),
    ("low", "low estimate, by the number rule `ucdp`", |_, it| range(it, |it| it.low)),
    ("high", "high estimate; empty for no limit", |_, it| range(it, |it| it.high)),
    ("best", "best estimate",
        |_, it| it.numbers.as_ref().and_then(|it| it[RuleName::Ucdp].best).into()),
    ("verdict", "how what is said stands together", |_, it| Cell::code(it.verdict)),
    ("voices", "how many independent voices count these people", |of, it| of.0.voices_in(it).into()),
];

fn rows(dossier: &Dossier) -> Vec<Vec<Cell>> {
    let record = Record(dossier);
    let row = |it: &Finding| COLUMNS.iter().map(|(.., cell)| cell(&record, it)).collect();
    record.findings(Slot::Killed).map(row).collect()
}

fn range(it: &Finding, of: impl Fn(&model::RuleRange) -> Option<u64>) -> Cell {
    let numbers = it.numbers.as_ref();
    numbers.and_then(|it| of(&it[RuleName::Ucdp])).into()
}

fn sex(scope: &Scope) -> &'static str {
    match scope.sex {
        Some(Sex::Female) => "woman",
        Some(Sex::Male) => "man",
        None => "unknown",
    }
}

fn age(scope: &Scope) -> &'static str {
    match scope.age {
        AgeGroup::Children => "child",
        AgeGroup::Adults | AgeGroup::Elderly => "adult",
        AgeGroup::Unsaid => "unknown",
    }
}

fn status(scope: &Scope) -> &'static str {
    match scope.role {
        Role::Civilian | Role::Journalist | Role::Official => "civilian",
        Role::AidWorker | Role::Detainee | Role::Hostage => "other protected person",
        Role::SecurityForce if scope.armed => "member of armed forces",
        Role::Fighter | Role::Attacker => "directly participating in hostilities",
        Role::SecurityForce | Role::All => "unknown",
    }
}

/// The cause of death, as far as the means of the incident say: several kinds of means are `unknown` which of them.
fn cause(of: &Record<'_>) -> &'static str {
    let one = |code: &str| match code {
        "airstrike" | "aircraft" | "drone" | "artillery" | "mortar" | "rocket" | "missile"
        | "barrel_bomb" | "cluster_munition" | "bomb" | "explosives" => {
            Some("heavy weapons and explosive munitions")
        }
        "mine" | "roadside_bomb" | "car_bomb" | "suicide_bomb" => {
            Some("planted explosives and unexploded ordnance")
        }
        "firearm" | "grenade" => Some("small arms and light weapons"),
        "incendiary" => Some("incendiary"),
        "chemical" => Some("chemical, biological, radiological, nuclear"),
        "riot_control" => Some("less lethal weapons"),
        "knife" | "blunt" | "vehicle" => Some("other means"),
        _ => None,
    };
    let causes: BTreeSet<&str> = of.codes(Slot::Means).into_iter().filter_map(one).collect();
    match causes.len() {
        1 => causes.first().copied().unwrap_or("unknown"),
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_report_says_is_unknown() {
        let scope = Scope::default();
        assert_eq!(
            (sex(&scope), age(&scope), status(&scope)),
            ("unknown", "unknown", "unknown")
        );
        let girls = Scope {
            sex: Some(Sex::Female),
            age: AgeGroup::Children,
            ..Scope::default()
        };
        assert_eq!((sex(&girls), age(&girls)), ("woman", "child"));
        // Police are no armed forces unless their words say so.
        let police = Scope {
            role: Role::SecurityForce,
            ..Scope::default()
        };
        assert_eq!(status(&police), "unknown");
        assert_eq!(
            status(&Scope {
                armed: true,
                ..police
            }),
            "member of armed forces"
        );
    }
}
