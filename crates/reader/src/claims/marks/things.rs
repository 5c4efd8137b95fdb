//! What the words of a value hold beside it: the kind and the own name of a site, the sort and the number of weapons,
//! weekdays.

use std::collections::BTreeSet;

use model::{Detail, Firearm, Place, SiteKind, fold, words};

use crate::read::times::calendar;

/// Words for kinds of sites; words of one row mean the same kind. A list: add freely.
const SITES: &[(SiteKind, &[&str])] = &[
    (
        SiteKind::Prison,
        &["prison", "jail", "gaol", "penitentiary", "detention"],
    ),
    (SiteKind::Hospital, &["hospital", "clinic", "infirmary"]),
    (
        SiteKind::School,
        &["school", "college", "university", "academy"],
    ),
    (SiteKind::Mosque, &["mosque", "masjid"]),
    (
        SiteKind::Church,
        &["church", "cathedral", "chapel", "basilica"],
    ),
    (
        SiteKind::Market,
        &["market", "bazaar", "souk", "marketplace"],
    ),
    (SiteKind::Camp, &["camp", "settlement"]),
    (SiteKind::Base, &["base", "barracks", "garrison", "outpost"]),
    (SiteKind::Checkpoint, &["checkpoint", "roadblock"]),
    (SiteKind::Bridge, &["bridge", "overpass"]),
    (SiteKind::Airport, &["airport", "airfield", "airbase"]),
    (SiteKind::Station, &["station", "terminal"]),
    (SiteKind::Hotel, &["hotel", "guesthouse"]),
    (SiteKind::Embassy, &["embassy", "consulate"]),
];

/// Words in the name of a site that say nothing of which it is.
const FILLERS: &[&str] = &["the", "a", "an", "of", "city", "town", "al", "el"];

/// Sorts of firearms by their words; two of them are two weapons. A list: add freely.
const FIREARMS: &[(Firearm, &[&str])] = &[
    (
        Firearm::Handgun,
        &[
            "pistol",
            "pistols",
            "handgun",
            "handguns",
            "revolver",
            "revolvers",
        ],
    ),
    (
        Firearm::Rifle,
        &[
            "rifle",
            "rifles",
            "kalashnikov",
            "kalashnikovs",
            "ak",
            "carbine",
        ],
    ),
    (Firearm::Shotgun, &["shotgun", "shotguns"]),
    (Firearm::MachineGun, &["machinegun", "machinegunfire"]),
];

/// The code of means that is a firearm of any sort, and those of its sorts.
const FIREARM_CODES: &[&str] = &[
    "firearm",
    "gun",
    "rifle",
    "pistol",
    "shotgun",
    "machine_gun",
    "sniper",
];

/// The site of a place taken apart; `None` where it has none.
pub fn site(place: &Place) -> Option<Detail> {
    let mut kind = None;
    let mut name = Vec::new();
    for word in words::fold(&without_town(place.site.as_deref()?, place)) {
        let single = word.strip_suffix('s').unwrap_or(&word);
        match SITES.iter().find(|(_, row)| row.contains(&single)) {
            Some((of, _)) => kind = kind.or(Some(*of)),
            None if FILLERS.contains(&word.as_str()) => {}
            None => name.push(word),
        }
    }
    Some(Detail::Site {
        kind,
        name: name.join(" "),
    })
}

/// A site's name without the name of the town that holds it: the "Varda prison" of Varda is the prison.
fn without_town(site: &str, place: &Place) -> String {
    let towns: Vec<String> = [place.name.as_str()]
        .into_iter()
        .chain(place.parts.iter().map(String::as_str))
        .flat_map(|name| words::fold(&fold::plain(name)))
        .filter(|word| word.chars().count() >= 4)
        .collect();
    let kept: Vec<String> = words::fold(&fold::plain(site))
        .into_iter()
        .filter(|word| !towns.iter().any(|town| words::alike(town, word)))
        .collect();
    kept.join(" ")
}

/// The sort and the number of weapons; `None` where the words give neither.
pub fn weapon(code: &str, said: &str) -> Option<Detail> {
    let first = said.split_whitespace().next().unwrap_or_default();
    let number = match first.to_lowercase().as_str() {
        "a" | "an" | "one" | "single" => Some(1),
        "two" | "twin" | "both" => Some(2),
        "three" => Some(3),
        "four" => Some(4),
        "five" => Some(5),
        _ => None,
    };
    let firearm = FIREARM_CODES.contains(&code).then(|| {
        let said = words::fold(said);
        said.iter().find_map(|word| {
            let mut sorts = FIREARMS.iter();
            sorts
                .find(|(_, names)| names.contains(&word.as_str()))
                .map(|(sort, _)| *sort)
        })
    });
    let firearm = firearm.flatten();
    (firearm.is_some() || number.is_some()).then_some(Detail::Weapon { firearm, number })
}

/// The weekdays that words name; `None` where they name none.
pub fn weekdays(said: &str) -> Option<Detail> {
    let days: BTreeSet<u8> = words::fold(said)
        .iter()
        .filter_map(|word| calendar::weekday_name(word))
        .map(|day| day.unsigned_abs())
        .collect();
    (!days.is_empty()).then_some(Detail::Weekdays { days })
}

#[cfg(test)]
mod tests {
    use model::PlacePrecision;

    use super::*;

    fn prison(site: &str) -> Option<Detail> {
        super::site(&Place {
            id: None,
            name: "Al Ḩamrah".into(),
            site: Some(site.into()),
            parts: vec!["Al Ḩamrah".into()],
            country: None,
            lat: None,
            lon: None,
            radius_m: None,
            precision: PlacePrecision::Site,
            words: String::new(),
        })
    }

    #[test]
    fn the_prison_of_a_town_has_no_name_of_its_own() {
        let named = |name: &str| {
            Some(Detail::Site {
                kind: Some(SiteKind::Prison),
                name: name.into(),
            })
        };
        assert_eq!(prison("Hamrah prison"), named(""));
        assert_eq!(prison("the Dulmira jail"), named("dulmira"));
    }

    #[test]
    fn articles_are_numbers_and_words_name_the_sort_of_a_firearm() {
        let weapon = |code: &str, said: &str| match super::weapon(code, said) {
            Some(Detail::Weapon { firearm, number }) => (firearm, number),
            _ => (None, None),
        };
        assert_eq!(weapon("car_bomb", "a car bomb"), (None, Some(1)));
        assert_eq!(weapon("car_bomb", "car bombs"), (None, None));
        assert_eq!(weapon("gun", "two rifles"), (Some(Firearm::Rifle), Some(2)));
        assert_eq!(weapon("car_bomb", "rifles"), (None, None));
    }

    #[test]
    fn weekdays_are_counted_from_monday() {
        let days = [4].into();
        assert_eq!(weekdays("on Thursday"), Some(Detail::Weekdays { days }));
        assert_eq!(weekdays("last week"), None);
    }
}
