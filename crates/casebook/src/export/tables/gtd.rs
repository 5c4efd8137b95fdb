//! A row an incident in the columns of the Global Terrorism Database that reports can answer.
//!
//! Source: GTD codebook (START, 2021): names and codes of the columns. Of its 135 those stand here that a report can
//! answer, in its order; whether an incident is terrorism (crit1 to crit3) is not for a program to say. GTD is the one
//! standard with hostages, claims of responsibility and the perpetrators' dead, which all come from claims.

use model::{Dossier, PlacePrecision, Role, RuleName, Scope, Slot, Value, Verdict};

use super::{
    column::{Column, Table, heads},
    record::{OfRecord, Record, is_state, one_row},
};
use crate::export::cell::Cell;

/// The table.
pub(in crate::export) const GTD: Table = Table {
    heads: || heads(COLUMNS),
    rows,
};

#[rustfmt::skip]
const COLUMNS: &[Column<OfRecord>] = &[
    ("eventid", "empty: an id of GTD is given by GTD alone", |_| Cell::Empty),
    ("iyear", "year of the first day", |it| part(it, "%Y")),
    ("imonth", "month", |it| part(it, "%-m")),
    ("iday", "day; 0 where only the month is known",
        |it| match it.to_the_day() { true => part(it, "%-d"), false => it.when().map(|_| 0_u64).into() }),
    ("approxdate", "the time in words, where the day is not known",
        |it| it.when().filter(|_| !it.to_the_day()).map(|it| it.label()).as_ref().into()),
    ("extended", "1 where it went on for more than a day", |it| it.when().map(|_| u64::from(it.days() > 1)).into()),
    ("resolution", "last day, where it went on for more than one",
        |it| it.when().filter(|_| it.days() > 1).map(|it| super::record::last_day(it).to_string()).as_ref().into()),
    ("country_txt", "country", |it| it.country_name().as_ref().into()),
    ("provstate", "first-level division", |it| it.admin(1).into()),
    ("city", "town or finer", |it| it.location().filter(|_| fine(it)).into()),
    ("latitude", "degrees north", |it| it.place().and_then(|it| it.lat).into()),
    ("longitude", "degrees east", |it| it.place().and_then(|it| it.lon).into()),
    ("specificity", "1 the town is known, 3 a district, 4 a region, 5 no finer than the country", specificity),
    ("location", "the place in the words of a report", |it| it.place().map(|it| &it.words).into()),
    ("summary", "what is reported in a few sentences", |it| Cell::words(it.notes())),
    ("success", "empty", |_| Cell::Empty),
    ("suicide", "1 where a suicide bomb is reported",
        |it| u64::from(it.codes(Slot::Means).contains("suicide_bomb")).into()),
    ("attacktype1", "1 assassination, 2 armed assault, 3 bombing, 5 hostages at a place, 6 kidnapping, 7 on a \
        facility, 9 unknown",
        |it| attack(it).map(|(code, _)| code).into()),
    ("attacktype1_txt", "the same in words", |it| attack(it).map(|(_, words)| words).into()),
    ("target1", "who or what was hit, as reported", |it| it.party(Slot::Target).map(|it| &it.name).into()),
    ("gname", "who did it, as reported; of several the first", |it| it.party(Slot::Actor).map(|it| &it.name).into()),
    ("guncertain1", "1 where nobody named vouches for it, or voices differ", uncertain),
    ("claimed", "1 where responsibility is claimed by whoever says they did it",
        |it| claimed(it).map(|it| u64::from(it > 0)).into()),
    ("compclaim", "1 where several claim it", |it| claimed(it).filter(|n| *n > 0).map(|n| u64::from(n > 1)).into()),
    ("weaptype1", "2 chemical, 5 firearms, 6 explosives, 8 incendiary, 9 melee, 10 vehicle, 13 unknown",
        |it| weapon(it).map(|(code, _)| code).into()),
    ("weaptype1_txt", "the same in words", |it| weapon(it).map(|(_, words)| words).into()),
    ("weapdetail", "with what, as reported",
        |it| Cell::list(it.codes(Slot::Means).into_iter().map(|it| it.replace('_', " ")))),
    ("nkill", "killed, perpetrators among them, by the number rule `ucdp`",
        |it| it.rule(Slot::Killed, RuleName::Ucdp).and_then(|it| it.best).into()),
    ("nkillter", "perpetrators killed, where a report counts them",
        |it| it.of_some(Slot::Killed, RuleName::Ucdp, attackers).into()),
    ("nwound", "injured, by the number rule `ucdp`",
        |it| it.rule(Slot::Injured, RuleName::Ucdp).and_then(|it| it.best).into()),
    ("nwoundte", "perpetrators injured", |it| it.of_some(Slot::Injured, RuleName::Ucdp, attackers).into()),
    ("ishostkid", "1 where hostages or people taken are reported", |it| hostages(it).map(|_| 1_u64).into()),
    ("nhostkid", "how many, by the number rule `ucdp`", |it| hostages(it).into()),
    ("nreleased", "let go or rescued",
        |it| hostages(it).and_then(|_| it.rule(Slot::Freed, RuleName::Ucdp)?.best).into()),
    ("scite1", "first report: outlet and headline", |it| cite(it, 0)),
    ("scite2", "second", |it| cite(it, 1)),
    ("scite3", "third", |it| cite(it, 2)),
    ("dbsource", "empty", |_| Cell::Empty),
    // What the shape has no room for stands behind it.
    ("nkill_low", "killed: low estimate", |it| it.rule(Slot::Killed, RuleName::Ucdp).and_then(|it| it.low).into()),
    ("nkill_high", "killed: high estimate; empty for no limit",
        |it| it.rule(Slot::Killed, RuleName::Ucdp).and_then(|it| it.high).into()),
    ("number_rule", "name of the number rule", |it| it.rule(Slot::Killed, RuleName::Ucdp).map(|_| "ucdp").into()),
    ("disputed", "slots on which voices differ", |it| Cell::list(it.disputes())),
    ("case", "the incident's name for good", |it| it.0.incident.case.as_str().into()),
    ("version", "its version, which changes with its reports", |it| it.0.incident.id.as_str().into()),
];

fn rows(dossier: &Dossier) -> Vec<Vec<Cell>> {
    one_row(COLUMNS, dossier)
}

/// A part of the first day, as a number.
fn part(it: &Record<'_>, of: &str) -> Cell {
    let digits = it.when().map(|it| it.start.strftime(of).to_string());
    digits.map_or(Cell::Empty, Cell::Number)
}

fn fine(it: &Record<'_>) -> bool {
    it.place()
        .is_some_and(|it| it.precision <= PlacePrecision::City)
}

fn specificity(it: &Record<'_>) -> Cell {
    use PlacePrecision as P;
    let precise = |precision: P| match precision {
        P::Street | P::Site | P::Neighbourhood | P::City => Some(1_u64),
        P::District => Some(3),
        P::Region => Some(4),
        P::Country => Some(5),
        P::Unresolved => None,
    };
    it.place().and_then(|it| precise(it.precision)).into()
}

fn uncertain(it: &Record<'_>) -> Cell {
    let mut actors = it.findings(Slot::Actor).peekable();
    if actors.peek().is_none() {
        return Cell::Empty;
    }
    let doubtful =
        |it: &model::Finding| matches!(it.verdict, Verdict::Disputed | Verdict::Unconfirmed);
    u64::from(actors.any(doubtful)).into()
}

/// How many parties claim responsibility; `None` where nothing is said of it.
fn claimed(it: &Record<'_>) -> Option<u64> {
    let positions = || {
        it.findings(Slot::Responsibility)
            .flat_map(|it| &it.positions)
            .filter(|it| it.standing)
    };
    positions().next()?;
    let own = positions()
        .filter(|it| matches!(&it.value, Value::Kind { code, .. } if code.contains("claimed")));
    let parties = positions().filter(|it| matches!(it.value, Value::Party(_)) && it.interested);
    Some((own.count() + parties.count()) as u64)
}

fn attackers(scope: &Scope) -> bool {
    scope.role == Role::Attacker
}

/// Hostages, else people taken away, by the rule `ucdp`.
fn hostages(it: &Record<'_>) -> Option<u64> {
    let number = |slot: Slot| {
        let range = it.rule(slot, RuleName::Ucdp)?;
        range.best.or(range.low)
    };
    number(Slot::Hostages).or_else(|| number(Slot::Captured).filter(|_| it.event() == "abduction"))
}

fn attack(it: &Record<'_>) -> Option<(u64, &'static str)> {
    let target = it.party(Slot::Target).is_some_and(is_state);
    Some(match it.event() {
        "" => return None,
        "assassination" => (1, "Assassination"),
        "bombing" | "explosion" | "airstrike" | "shelling" => (3, "Bombing/Explosion"),
        "siege" => (5, "Hostage Taking (Barricade Incident)"),
        "abduction" => (6, "Hostage Taking (Kidnapping)"),
        "arson" | "looting" => (7, "Facility/Infrastructure Attack"),
        "prison_break" | "raid" if target => (2, "Armed Assault"),
        "shooting" | "clash" | "attack" | "ambush" | "massacre" | "execution" | "stabbing"
        | "killing" | "raid" => (2, "Armed Assault"),
        _ => (9, "Unknown"),
    })
}

fn weapon(it: &Record<'_>) -> Option<(u64, &'static str)> {
    let means = it.codes(Slot::Means);
    let with = |codes: &[&str]| codes.iter().any(|code| means.contains(code));
    if means.is_empty() {
        return None;
    }
    Some(if with(&["chemical", "riot_control"]) {
        (2, "Chemical")
    } else if with(&[
        "suicide_bomb",
        "car_bomb",
        "roadside_bomb",
        "bomb",
        "mine",
        "explosives",
        "grenade",
        "mortar",
        "artillery",
        "rocket",
        "missile",
        "airstrike",
        "drone",
        "aircraft",
        "barrel_bomb",
        "cluster_munition",
    ]) {
        (6, "Explosives")
    } else if with(&["firearm"]) {
        (5, "Firearms")
    } else if with(&["incendiary"]) {
        (8, "Incendiary")
    } else if with(&["knife", "blunt"]) {
        (9, "Melee")
    } else if with(&["vehicle"]) {
        (10, "Vehicle")
    } else {
        (13, "Unknown")
    })
}

fn cite(it: &Record<'_>, at: usize) -> Cell {
    let report = it.0.reports.get(at).map(|card| &card.report);
    let words = report.map(|it| {
        let parts = [it.source.name.clone(), it.title.clone(), it.url.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    words.as_ref().into()
}

#[cfg(test)]
mod tests {
    use model::PartyKind;

    use super::*;
    use crate::publish::fixture;

    #[test]
    fn perpetrators_are_those_who_are_called_so() {
        let all = Scope::default();
        assert!(!attackers(&all));
        assert!(attackers(&Scope {
            role: Role::Attacker,
            ..all
        }));
        let empty = fixture::empty().0;
        let record = Record(&empty);
        assert_eq!(
            (attack(&record), weapon(&record), claimed(&record)),
            (None, None, None)
        );
        assert!(!is_state(&model::Party::named(
            "Ridge Front",
            PartyKind::ArmedGroup
        )));
    }
}
