//! Fictional round-ups in, the accounts of their events out.

use model::{AccountKind, Slot, Value};

use super::super::{Models, claim_by};
use crate::testing::read_off;

/// The accounts of a report printed on 25 January 2022: kind, place, day, killed and injured by the rules alone.
fn accounts(words: &str) -> Option<Vec<String>> {
    let report = format!("Source: Lake Tribune\nPublished: 2022-01-25\n\n{words}\n");
    let (extracted, read) = read_off(report.as_bytes())?.expect("readable");
    let reading = claim_by(extracted, &read, &mut super::opens, &Models::rules(None));
    let told = reading.accounts.iter().map(|account| {
        let value = |slot: Slot| {
            let claims = account.claims.iter().filter(|claim| claim.slot == slot);
            let said =
                claims
                    .filter(|claim| claim.scope.is_all())
                    .map(|claim| match &claim.value {
                        Value::Count(count) => count.interval(),
                        Value::Place(place) => {
                            place.site.clone().unwrap_or_else(|| place.name.clone())
                        }
                        Value::When(when) => when.date().to_string(),
                        other => other.label(),
                    });
            said.collect::<Vec<_>>().join("+")
        };
        let kind = match account.kind {
            AccountKind::Main => "main",
            AccountKind::Further => "further",
            AccountKind::Period => "period",
            AccountKind::Background => "background",
        };
        format!(
            "{kind} | {} | {} | k {} | i {}",
            value(Slot::Where),
            value(Slot::When),
            value(Slot::Killed),
            value(Slot::Injured)
        )
    });
    Some(told.collect())
}

#[test]
fn a_blotter_is_an_account_a_shooting() {
    let Some(told) = accounts(
        "Three people were injured and another man was killed in separate shootings on Sunday, police said.\n\n\
         A man was shot around 9:46 p.m. Sunday in the 1800 block of Tannery Street. Medics pronounced him dead at the \
         scene.\n\nA 28-year-old man was shot at about 7 p.m. in the 700 block of Quarry Road, police said. He was \
         taken to a hospital.\n\nAbout 20 minutes earlier, officers responded to a report of gunfire in the 3400 block \
         of Mill Lane, and found a 47-year-old woman who had been shot in the leg.",
    ) else {
        return;
    };
    assert_eq!(
        told,
        [
            "main | 1800 block of Tannery Street | 2022-01-23 | k {1} | i ",
            "period |  |  | k {1} | i {3}",
            "further | 700 block of Quarry Road | 2022-01-23 | k  | i {1}",
            "further | 3400 block of Mill Lane | 2022-01-23 | k  | i {1}",
        ]
    );
}

#[test]
fn a_second_incident_at_the_end_is_no_part_of_the_first() {
    let Some(told) = accounts(
        "Five people were shot outside a shop on Ferry Street on Monday night.\n\nA 14-year-old girl was shot in the \
         leg, and the other four were hit in the feet.\n\nIn a separate incident just before 8 p.m., a 16-year-old boy \
         was shot in the stomach in the 3800 block of Orchard Street. The boy is in hospital.",
    ) else {
        return;
    };
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(
        told[0].starts_with("main | Ferry Street | 2022-01-24 | "),
        "{told:#?}"
    );
    assert_eq!(
        told[1],
        "further | 3800 block of Orchard Street | 2022-01-24 | k  | i {1}"
    );
}

#[test]
fn a_second_victim_found_elsewhere_is_of_the_same_shooting() {
    let Some(told) = accounts(
        "Police found a man with a gunshot wound outside a club in the 1700 block of Mill Lane.\n\nA second victim \
         flagged down paramedics on Ferry Street and was treated for a gunshot wound.",
    ) else {
        return;
    };
    assert_eq!(told.len(), 1, "{told:#?}");
}

#[test]
fn a_monitors_list_of_figures_is_a_sum() {
    let Some(told) = accounts(
        "A civilian was killed in the shelling of Kelmoor village on Monday.\n\nThe fatalities since early 2021 can be \
         distributed as follows:\n\n• 78 civilians were killed by the army.\n\n• 40 soldiers were killed.",
    ) else {
        return;
    };
    assert!(told[0].contains("| k {1} |"), "{told:#?}");
}

#[test]
fn what_a_year_of_attacks_left_is_a_sum() {
    let Some(told) = accounts(
        "A drone strike killed a civilian in Kelmoor on Monday.\n\nThe number of drone attacks since early 2021 has \
         reached 28. These attacks left 17 people dead:\n\n• January: Three attacks left three people dead.",
    ) else {
        return;
    };
    assert!(told[0].contains("| k {1} |"), "{told:#?}");
}

#[test]
fn headlines_of_other_stories_below_are_no_part_of_it() {
    let Some(told) = accounts(
        "Shelling kills man in Kelmoor\n\nA man was killed in the shelling of Kelmoor village on Monday. The shells \
         hit a market. The market was closed.\n\nDaily toll | Nine persons killed on Sunday across Harnok\n\nThree \
         soldiers killed in ambush near Darmuk\n\nNext post",
    ) else {
        return;
    };
    assert!(told[0].contains("| k {1} |"), "{told:#?}");
    assert!(
        told[1..].iter().all(|line| line.starts_with("background")),
        "{told:#?}"
    );
}

#[test]
fn one_shooting_with_a_chase_and_an_arrest_is_one() {
    let Some(told) = accounts(
        "A 30-year-old man was shot dead in the 1200 block of Mill Lane on Monday night.\n\nThe man, Oran Belk of the \
         300 block of Quarry Road, was found by a neighbour. Police arrested a suspect in the 900 block of Ferry \
         Street at about 11 p.m.\n\nThe shooting is the city's third homicide this year.",
    ) else {
        return;
    };
    assert!(
        !told.iter().any(|line| line.starts_with("further")),
        "{told:#?}"
    );
}

/// Six villages, each with its own place, day and numbers.
fn six_villages(words: &str, wanted: [&str; 6]) {
    let Some(told) = accounts(words) else {
        return;
    };
    let news: Vec<&String> = told
        .iter()
        .filter(|line| line.starts_with("main") || line.starts_with("further"))
        .collect();
    assert_eq!(news, wanted, "{told:#?}");
}

#[test]
fn a_monitors_round_up_is_an_account_a_village() {
    six_villages(
        "Shelling and air strikes killed at least 14 people in six villages of Harnok province on Monday, the Lake \
         Observatory said.\n\nFour civilians were killed in an air strike on the village of Tarnesh.\n\nIn Kelbura, \
         shelling killed two people and wounded five others.\n\nA drone strike on Dormazin killed a shepherd.\n\nThree \
         people died when a rocket hit their house in the village of Ushkent.\n\nArtillery fire on Belmazra wounded \
         six people.\n\nIn the village of Sarvik, a mine killed four people.",
        [
            "main | Tarnesh | 2022-01-24 | k  | i ",
            "further | Kelbura | 2022-01-24 | k {2} | i {5}",
            "further | Dormazin | 2022-01-24 | k {1} | i ",
            "further | Ushkent | 2022-01-24 | k {3} | i ",
            "further | Belmazra | 2022-01-24 | k  | i {6}",
            "further | Sarvik | 2022-01-24 | k {4} | i ",
        ],
    );
}

#[test]
fn a_wires_round_up_is_an_account_a_village() {
    six_villages(
        "Fighting spread across the district on Monday, residents and medics said.\n\nIn Tel Amra, two people were \
         killed in an ambush on a patrol. An air strike on Kafr Delim killed five people. In Umm Saraj, gunmen shot \
         dead a teacher outside his school. Shelling of Deir Maluk wounded nine people. A car bomb in Ain Burda killed \
         three people and wounded twelve. In Khirbet Nasim, a sniper killed a woman.",
        [
            "main | Tel Amra | 2022-01-24 | k {2} | i ",
            "further | Kafr Delim | 2022-01-24 | k {5} | i ",
            "further | Umm Saraj | 2022-01-24 | k {1} | i ",
            "further | Deir Maluk | 2022-01-24 | k  | i {9}",
            "further | Ain Burda | 2022-01-24 | k {3} | i {12}",
            "further | Khirbet Nasim | 2022-01-24 | k {1} | i ",
        ],
    );
}

#[test]
fn a_list_by_village_is_an_account_a_village() {
    six_villages(
        "Daily report\n\nOrlivka: Shells hit a house on Monday. One woman was killed and two people were \
         injured.\n\nMaly Brod: A drone dropped a grenade on a bus stop, injuring three people.\n\nStary Kamin: Two \
         people died when a missile struck a shop.\n\nZelena Hora: Artillery hit a school and killed five \
         people.\n\nDubrava: A 67-year-old man was killed by a mine near his home.\n\nKrasny Yar: Four people were \
         injured in the shelling of the village.",
        [
            "main | Orlivka | 2022-01-24 | k {1} | i {2}",
            "further | Maly Brod | 2022-01-24 | k  | i {3}",
            "further | Stary Kamin | 2022-01-24 | k {2} | i ",
            "further | Zelena Hora | 2022-01-24 | k {5} | i ",
            "further | Dubrava | 2022-01-24 | k {1} | i ",
            "further | Krasny Yar | 2022-01-24 | k  | i {4}",
        ],
    );
}

#[test]
fn one_strike_told_of_several_places_is_one() {
    let Some(told) = accounts(
        "An air strike on Kelmoor killed five people on Monday, medics said. The Lake Observatory said the strike on \
         Kelmoor killed five people. The wounded were taken to Darmuk. In Harnok, officials said that three of the \
         dead were children.",
    ) else {
        return;
    };
    assert!(
        !told.iter().any(|line| line.starts_with("further")),
        "{told:#?}"
    );
}

#[test]
fn one_shelling_told_by_village_and_town_is_one_account() {
    let Some(told) = accounts(
        "Four wounded in the shelling of Harnok\n\nOn Monday, four people were wounded in the shelling of Kelbura \
         town.\n\nA doctor said four people were wounded in the village of Tarnesh.\n\nThe army fired shells at the \
         village of Tarnesh, west of Kelbura.",
    ) else {
        return;
    };
    assert!(told[0].ends_with("i {4}+{4}+{4}"), "{told:?}");
}
