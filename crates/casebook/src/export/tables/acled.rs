//! A row an incident in the columns of the Armed Conflict Location & Event Data project.
//!
//! Source: ACLED codebook (2024), event types and sub-event types, precision codes, coding of actors; ACLED, "FAQs:
//! ACLED Fatality Methodology", for the number (rule `acled`). The table is shaped as theirs and is none of theirs: it
//! has no id of ACLED, no region, no scale of the source, and says nothing of what no report says.

use model::{Dossier, Party, PartyKind, PlacePrecision, RuleName, Slot, WhenPrecision};

use super::{
    column::{Column, Table, heads},
    record::{OfRecord, Record, is_state, name, one_row},
};
use crate::export::cell::Cell;

/// The table.
pub(in crate::export) const ACLED: Table = Table {
    heads: || heads(COLUMNS),
    rows,
};

#[rustfmt::skip]
const COLUMNS: &[Column<OfRecord>] = &[
    ("event_id_cnty", "empty: an id of ACLED is given by ACLED alone", |_| Cell::Empty),
    ("event_date", "first day of the time, as `04 March 2031`",
        |it| it.when().map(|when| when.start.strftime("%d %B %Y").to_string()).as_ref().into()),
    ("year", "its year", |it| it.when().map(|when| when.start.strftime("%Y").to_string()).as_ref().into()),
    ("time_precision", "1 the day is known, 2 the week, 3 no more than the month", time_precision),
    ("disorder_type", "class of the event type", |it| kind(it).map(|it| it.disorder()).into()),
    ("event_type", "one of six", |it| kind(it).map(|it| it.0).into()),
    ("sub_event_type", "one of 25, of that event type", |it| kind(it).map(|it| it.1).into()),
    ("actor1", "who did it, as reported; of several the first", |it| name(it.party(Slot::Actor))),
    ("assoc_actor_1", "empty", |_| Cell::Empty),
    ("inter1", "1 state forces, 7 civilians; empty for an armed group, of which no report says whether it is 2, 3 or 4",
        |it| inter(it.party(Slot::Actor)).into()),
    ("actor2", "who was the target, as reported; of several the first", |it| name(it.party(Slot::Target))),
    ("assoc_actor_2", "empty", |_| Cell::Empty),
    ("inter2", "as inter1", |it| inter(it.party(Slot::Target)).into()),
    ("interaction", "inter1 and inter2, the smaller first, where both are known", interaction),
    ("civilian_targeting", "`Civilian targeting` where the event type or the target says so", civilian_targeting),
    ("iso", "ISO 3166-1 numeric code",
        |it| it.country().map(|it| it.numeric.to_string()).map_or(Cell::Empty, Cell::Number)),
    ("region", "empty", |_| Cell::Empty),
    ("country", "its name", |it| it.country_name().as_ref().into()),
    ("admin1", "first-level division", |it| it.admin(1).into()),
    ("admin2", "second-level division", |it| it.admin(2).into()),
    ("admin3", "empty", |_| Cell::Empty),
    ("location", "the finest place that is named", |it| it.location().into()),
    ("latitude", "degrees north", |it| it.place().and_then(|place| place.lat).into()),
    ("longitude", "degrees east", |it| it.place().and_then(|place| place.lon).into()),
    ("geo_precision", "1 a town or finer, 2 a part of a region, 3 a region or coarser", geo_precision),
    ("source", "outlets, with semicolons", |it| Cell::list(it.outlets())),
    ("source_scale", "empty", |_| Cell::Empty),
    ("notes", "what is reported in a few sentences, injured and groups of people among it",
        |it| Cell::words(it.notes())),
    ("fatalities", "killed by the number rule `acled`; empty where no report counts everybody",
        |it| it.rule(Slot::Killed, RuleName::Acled).and_then(|it| it.best).into()),
    ("tags", "empty", |_| Cell::Empty),
    ("timestamp", "empty: when ACLED changed its row", |_| Cell::Empty),
    // What the shape has no room for stands behind it.
    ("fatalities_rule", "name of the number rule", |it| it.rule(Slot::Killed, RuleName::Acled).map(|_| "acled").into()),
    ("fatalities_low", "killed: low estimate, by the number rule `ucdp`",
        |it| it.rule(Slot::Killed, RuleName::Ucdp).and_then(|it| it.low).into()),
    ("fatalities_high", "killed: high estimate; empty for no limit",
        |it| it.rule(Slot::Killed, RuleName::Ucdp).and_then(|it| it.high).into()),
    ("fatalities_disputed", "whether voices differ on how many were killed", |it| it.disputed(Slot::Killed).into()),
    ("actor_disputed", "whether voices differ on who did it", |it| it.disputed(Slot::Actor).into()),
    ("disputed", "all slots on which voices differ", |it| Cell::list(it.disputes())),
    ("voices", "how many independent voices speak", |it| it.voices().into()),
    ("case", "the incident's name for good", |it| it.0.incident.case.as_str().into()),
    ("version", "its version, which changes with its reports", |it| it.0.incident.id.as_str().into()),
];

fn rows(dossier: &Dossier) -> Vec<Vec<Cell>> {
    one_row(COLUMNS, dossier)
}

fn inter(party: Option<&Party>) -> Option<u64> {
    let party = party?;
    match party.kind {
        PartyKind::Civilians => Some(7),
        _ if is_state(party) => Some(1),
        _ => None,
    }
}

fn interaction(it: &Record<'_>) -> Cell {
    let both = inter(it.party(Slot::Actor)).zip(inter(it.party(Slot::Target)));
    both.map(|(a, b)| a.min(b) * 10 + a.max(b)).into()
}

fn civilian_targeting(it: &Record<'_>) -> Cell {
    let of_type = kind(it).is_some_and(|it| it.0 == CIVILIANS);
    let target = it.party(Slot::Target);
    let of_target = target.is_some_and(|it| it.kind == PartyKind::Civilians);
    (of_type || of_target)
        .then_some("Civilian targeting")
        .into()
}

fn time_precision(it: &Record<'_>) -> Cell {
    let precise = |when: &model::When| -> u64 {
        match when.precision {
            _ if it.to_the_day() => 1,
            WhenPrecision::Week => 2,
            WhenPrecision::Interval if it.days() <= 7 => 2,
            _ => 3,
        }
    };
    it.when().map(precise).into()
}

fn geo_precision(it: &Record<'_>) -> Cell {
    use PlacePrecision as P;
    let precise = |precision: P| -> u64 {
        match precision {
            P::Street | P::Site | P::Neighbourhood | P::City => 1,
            P::District => 2,
            P::Region | P::Country | P::Unresolved => 3,
        }
    };
    it.place().map(|it| precise(it.precision)).into()
}

const BATTLES: &str = "Battles";
const REMOTE: &str = "Explosions/Remote violence";
const CIVILIANS: &str = "Violence against civilians";
const RIOTS: &str = "Riots";
const PROTESTS: &str = "Protests";
const STRATEGIC: &str = "Strategic developments";

/// Event type and sub-event type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind(&'static str, &'static str);

impl Kind {
    fn disorder(self) -> &'static str {
        match self {
            Self(STRATEGIC, _) => "Strategic developments",
            Self(PROTESTS, _) | Self(RIOTS, "Violent demonstration") => "Demonstrations",
            _ => "Political violence",
        }
    }
}

/// The kind of an incident, by what happened, with what, and whether both sides bear arms; `None` where nothing says
/// what happened.
fn kind(it: &Record<'_>) -> Option<Kind> {
    let means = it.codes(Slot::Means);
    let with = |codes: &[&str]| codes.iter().any(|code| means.contains(code));
    let armed = |slot: Slot| {
        it.party(slot)
            .is_some_and(|it| is_state(it) || it.kind == PartyKind::ArmedGroup)
    };
    let remote = if with(&["chemical"]) {
        Some("Chemical weapon")
    } else if with(&["suicide_bomb"]) {
        Some("Suicide bomb")
    } else if with(&["airstrike", "aircraft", "drone", "barrel_bomb"]) {
        Some("Air/drone strike")
    } else if with(&[
        "artillery",
        "mortar",
        "rocket",
        "missile",
        "cluster_munition",
    ]) {
        Some("Shelling/artillery/missile attack")
    } else if with(&["grenade"]) {
        Some("Grenade")
    } else if with(&["mine", "roadside_bomb", "car_bomb", "bomb", "explosives"]) {
        Some("Remote explosive/landmine/IED")
    } else {
        None
    };
    Some(match it.event() {
        "clash" => Kind(BATTLES, "Armed clash"),
        "airstrike" => Kind(REMOTE, "Air/drone strike"),
        "shelling" => Kind(
            REMOTE,
            remote.unwrap_or("Shelling/artillery/missile attack"),
        ),
        "bombing" | "explosion" => Kind(REMOTE, remote.unwrap_or("Remote explosive/landmine/IED")),
        "abduction" => Kind(CIVILIANS, "Abduction/forced disappearance"),
        "sexual_violence" => Kind(CIVILIANS, "Sexual violence"),
        "protest" => Kind(PROTESTS, "Peaceful protest"),
        "riot" => Kind(RIOTS, "Mob violence"),
        "looting" => Kind(STRATEGIC, "Looting/property destruction"),
        "prison_break" => Kind(STRATEGIC, "Other"),
        "crackdown" => Kind(PROTESTS, "Excessive force against protesters"),
        "" => return None,
        // Attacks, ambushes, raids, shootings, killings, sieges, arson: what two sides with arms do is a clash.
        _ if armed(Slot::Actor) && armed(Slot::Target) => Kind(BATTLES, "Armed clash"),
        _ => match remote.filter(|_| !with(&["firearm", "knife"])) {
            Some(sub) => Kind(REMOTE, sub),
            None => Kind(CIVILIANS, "Attack"),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    /// The columns of ACLED in their order, and the pairs of types that its codebook allows.
    const OWN: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,\
        assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,\
        admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";

    #[test]
    fn the_columns_of_acled_stand_first_and_in_their_order() {
        let own: Vec<&str> = OWN.split(',').collect();
        assert_eq!(own.len(), 31);
        let names = ACLED.columns();
        let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..31], own[..]);
    }

    #[test]
    fn number_and_range_follow_their_rules() {
        let market = fixture::market().0;
        let record = Record(&market);
        let killed = record.rule(Slot::Killed, RuleName::Acled).unwrap();
        let row = &rows(&market)[0];
        let at = |name: &str| {
            let at = COLUMNS.iter().position(|it| it.0 == name).unwrap();
            row[at].clone()
        };
        assert_eq!(at("fatalities"), killed.best.into());
        assert_eq!(at("fatalities_rule"), "acled".into());
        assert_eq!(at("event_id_cnty"), Cell::Empty);
        assert_eq!(at("timestamp"), Cell::Empty);
        // An incident of which nothing is known says nothing.
        let empty = fixture::empty().0;
        let row = &rows(&empty)[0];
        let known = row[..31].iter().filter(|it| **it != Cell::Empty);
        assert!(known.count() <= 2, "{row:?}");
    }
}
