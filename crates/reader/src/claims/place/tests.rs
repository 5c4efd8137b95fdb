//! Which place a report's event is put at: fictional reports in, the first `where` claim out.

use model::{PlacePrecision, Slot, Value};

use super::ranker;
use super::{
    super::{passes, segments},
    towns,
};
use crate::{read, testing::read_off, text};

/// The report as it is read with the fictional gazetteer; `None` without the model.
fn read(report: &str) -> Option<(text::Document, read::Annotations)> {
    Some(read_off(report.as_bytes())?.expect("readable"))
}

/// Checks the town and the site or street of the first claim, and that its words stand in the report.
#[track_caller]
fn check(report: &str, town: &str, site: Option<&str>) {
    let Some((extracted, read)) = read(report) else {
        return;
    };
    let reading = crate::claims::claim(extracted, &read, &crate::claims::judge::Judge::Rules);
    let claim = reading
        .accounts
        .iter()
        .flat_map(|account| &account.claims)
        .filter(|claim| claim.slot == Slot::Where && !claim.rule.ends_with("/also"))
        .collect::<Vec<_>>();
    let [claim] = claim[..] else {
        panic!("{} claims: {report}", claim.len());
    };
    let Value::Place(place) = &claim.value else {
        panic!("no place: {report}");
    };
    let said = if place.site.is_some() || place.precision == PlacePrecision::Neighbourhood {
        place.parts.first().cloned().unwrap_or_default()
    } else {
        place.name.clone()
    };
    assert_eq!(
        (said.as_str(), place.site.as_deref()),
        (town, site),
        "{report}"
    );
    for quote in &claim.quotes {
        assert!(reading.text.span_of(quote).is_some(), "{report}");
    }
}

#[test]
fn the_town_of_the_street_is_the_one_whose_police_came() {
    check(
        "Title: Two wounded - Channel 4 Ostrava Nova, News and Weather\n\nDarmuk police were called to a home in the \
         300 block of Quarry Street on Monday. They found two men who had been shot. Both were taken to a hospital in \
         Ostrava Nova.",
        "Darmuk",
        Some("300 block of Quarry Street"),
    );
}

#[test]
fn where_the_suspect_comes_from_is_not_where_it_happened() {
    check(
        "A man was shot dead in Darmuk on Monday. Police arrested Ivo Sand, 31, of Ostrava Nova, and a woman from \
         Ostrava Nova.",
        "Darmuk",
        None,
    );
}

#[test]
fn where_the_hurt_are_treated_is_not_where_it_happened() {
    check(
        "A boy was shot and wounded while hunting in Millbrook on Sunday, the sheriff said. He died at Saint Orla \
         Hospital in Darmuk.",
        "Millbrook",
        None,
    );
}

#[test]
fn a_hospital_called_after_a_saint_is_no_town() {
    let Some((extracted, read)) = read(
        "A third victim of the shooting at the tram depot has died. The woman succumbed to her injuries at Saint \
         Darmuk Hospital on Sunday.",
    ) else {
        return;
    };
    let reading = crate::claims::claim(extracted, &read, &crate::claims::judge::Judge::Rules);
    let claims = reading.accounts.iter().flat_map(|account| &account.claims);
    let towns: Vec<String> = claims
        .filter(|claim| claim.slot == Slot::Where)
        .map(|claim| claim.value.label())
        .filter(|label| label.contains("Darmuk"))
        .collect();
    assert_eq!(towns, Vec::<String>::new());
}

#[test]
fn a_town_in_no_list_keeps_its_name_and_has_no_point() {
    let report = "Three people were shot in Eastmoor Sunday night, police said. The shooting in Eastmoor happened at 9 \
                  p.m.";
    check(report, "Eastmoor", None);
    let Some((extracted, read)) = read(report) else {
        return;
    };
    let found = passes::run(&extracted, &read, &mut segments::opens, |passes| {
        towns::named(passes)
    });
    assert!(found.iter().any(|town| town.name == "Eastmoor"));
}

#[test]
fn a_part_of_a_town_by_the_compass_is_in_the_town() {
    check(
        "A man was shot at a garage in west Darmuk late on Friday, police said.",
        "Darmuk",
        None,
    );
}

#[test]
fn the_town_stays_with_the_report_whatever_its_sentence_tells() {
    let report = "Two men were wounded in a separate shooting in Darmuk on Monday, police said.";
    let Some((extracted, read)) = read(report) else {
        return;
    };
    let reading = crate::claims::claim(extracted, &read, &crate::claims::judge::Judge::Rules);
    let main = reading
        .accounts
        .iter()
        .filter(|account| account.kind == model::AccountKind::Main);
    let places: Vec<&str> = main
        .flat_map(|account| &account.claims)
        .filter(|claim| claim.slot == Slot::Where)
        .map(|claim| claim.rule.as_str())
        .collect();
    assert_eq!(places.len(), 1);
    assert_eq!(places[0], super::TOWN[0].name, "{places:?}");
}

#[test]
fn a_town_where_the_deed_was_done_weighs_more() {
    let names = super::towns::FEATURES;
    let mut one = vec![0.0; names.len()];
    one[names
        .iter()
        .position(|name| *name == "Scene")
        .expect("a feature")] = 1.0;
    assert!(ranker::weigh(&one) > 0.0);
}

#[test]
fn a_publishers_town_is_possible_where_no_words_name_one() {
    let report = "Title: Two men wounded in shooting outside bar\nPublished: 2031-03-04\nURL: \
                  http://www.darmuknews.example/local/two-wounded\n\nTwo men were shot and wounded outside a bar late \
                  on Monday, police said.";
    check(report, "Darmuk", None);
    let Some((extracted, read)) = read(report) else {
        return;
    };
    let reading = crate::claims::claim(extracted, &read, &crate::claims::judge::Judge::Rules);
    let mut claims = reading.accounts.iter().flat_map(|account| &account.claims);
    let claim = claims
        .find(|claim| claim.slot == Slot::Where)
        .expect("a place");
    assert_eq!(claim.rule, super::ADDRESS.name);
    assert_eq!(claim.stance.kind, model::StanceKind::Possible);
    assert!(
        claim
            .quotes
            .iter()
            .any(|quote| quote.exact.contains("darmuknews"))
    );
}

#[test]
fn the_end_of_a_longer_name_is_no_town() {
    let Some((extracted, read)) = read(
        "An earlier strike on the ferry landing at the Sorrel Tarrant camp killed five people. Relief workers reached \
         the Sorrel Tarrant displacement camp before dawn.",
    ) else {
        return;
    };
    let found = passes::run(&extracted, &read, &mut segments::opens, |passes| {
        towns::named(passes)
    });
    assert!(found.iter().all(|town| town.name != "Tarrant"));
}

#[test]
fn a_town_of_no_list_is_no_namesake_of_its_first_word() {
    check(
        "Published: 2031-03-09\n\nThe army retook the school in Darmuk Mirun on Thursday evening, ending a siege that \
         has killed ten people.",
        "Darmuk Mirun",
        Some("school"),
    );
}

#[test]
fn the_seat_of_an_observer_is_no_town() {
    for words in [
        "The Darmuk-based observatory said heavy shelling of the town since Thursday has killed 181 people.",
        "A Harnok-based monitor and the Darmuk-based observatory counted 90 dead in the raid on Tuesday.",
        "Nine people died in the raid, the Darmuk-based union said on Tuesday.",
    ] {
        let Some((extracted, read)) = read(words) else {
            return;
        };
        let found = passes::run(&extracted, &read, &mut segments::opens, |passes| {
            towns::named(passes)
        });
        assert!(found.iter().all(|town| town.name != "Darmuk"), "{words}");
    }
}
