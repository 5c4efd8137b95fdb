//! Text in, places out, against a gazetteer of countries that do not exist.

use ::testing::pipeline;
use language::Doc;
use model::PlacePrecision;

use super::{find, testing::gazetteer};

/// Checks the places of a text, each as `words | site | name | precision | country`, `-` for none.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let Some(pipeline) = pipeline() else {
        return;
    };
    let doc = pipeline.parse_text(text);
    let found: Vec<String> = find(&doc, &gazetteer())
        .into_iter()
        .map(|mention| {
            let place = mention.place;
            assert_eq!(doc.slice(mention.tokens), place.words);
            format!(
                "{} | {} | {} | {:?} | {}",
                place.words,
                place.site.as_deref().unwrap_or("-"),
                place.name,
                place.precision,
                place.country.as_deref().unwrap_or("-"),
            )
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_town_stands_with_what_holds_it() {
    check(
        "The shelling began in Darmuk, Harnok, on Friday.",
        &["Darmuk, Harnok | - | Darmuk | City | QZ"],
    );
    check(
        "Two villages in northeastern Harnok were burned.",
        &["northeastern Harnok | - | northeastern Harnok | Region | QZ"],
    );
}

#[test]
fn the_country_named_beside_it_chooses_the_town() {
    check(
        "Fighting went on in Millbrook, Velmoria, for a week.",
        &["Millbrook, Velmoria | - | Millbrook | City | QY"],
    );
    check(
        "Fighting went on in Millbrook, Harnok, for a week.",
        &["Millbrook, Harnok | - | Millbrook | City | QZ"],
    );
}

#[test]
fn one_name_has_one_sense() {
    check(
        "A bomb went off in Millbrook, Harnok. Officials in Millbrook said two people died.",
        &[
            "Millbrook, Harnok | - | Millbrook | City | QZ",
            "Millbrook | - | Millbrook | City | QZ",
        ],
    );
}

#[test]
fn a_site_is_held_by_its_town_and_known_again() {
    check(
        "Gunmen attacked the Tuwayrin prison in Hasnakah, northeastern Harnok, on Thursday. Guards said the \
         prison was on fire.",
        &[
            "Tuwayrin prison in Hasnakah, northeastern Harnok | Tuwayrin prison | Al Ḩasnakah | Site | QZ",
            "prison | Tuwayrin prison | Al Ḩasnakah | Site | QZ",
        ],
    );
}

#[test]
fn a_site_without_a_name_counts_where_a_place_holds_it() {
    check(
        "Two people were killed at a market in the town of Darmuk.",
        &["market in the town of Darmuk | market | Darmuk | Site | QZ"],
    );
    check("He spent three years in prison and taught at school.", &[]);
}

#[test]
fn an_address_is_a_street_of_the_town() {
    check(
        "Officers in Darmuk found him in the 200 block of Foundry Lane.",
        &[
            "Darmuk | - | Darmuk | City | QZ",
            "200 block of Foundry Lane | 200 block of Foundry Lane | Darmuk | Street | QZ",
        ],
    );
}

#[test]
fn months_persons_and_bodies_are_no_places() {
    check("He was arrested in March.", &[]);
    check("Mr. Tarrant said he was sorry.", &[]);
    check("The Darmuk Herald reported nothing.", &[]);
}

#[test]
fn a_longer_name_is_another_place() {
    check(
        "Shells fell on a school in Millbrook Qarsa on Monday.",
        &["school in Millbrook Qarsa | school | Millbrook Qarsa | Site | -"],
    );
}

#[test]
fn a_name_in_no_list_is_kept_without_a_point() {
    check(
        "The column was shelled near Qelbara, Harnok.",
        &["Qelbara, Harnok | - | Qelbara | Unresolved | QZ"],
    );
}

#[test]
fn another_spelling_is_found_in_the_country_of_the_text() {
    check(
        "Rebels in Harnok shelled homes in Hasnakeh.",
        &[
            "Harnok | - | Harnok | Country | QZ",
            "Hasnakeh | - | Al Ḩasnakah | City | QZ",
        ],
    );
}

#[test]
fn finer_is_rounder_and_coordinates_are_kept() {
    let Some(pipeline) = pipeline() else {
        return;
    };
    let doc = pipeline.parse_text("Shells fell on Darmuk, Harnok.");
    let places = find(&doc, &gazetteer());
    assert_eq!(places[0].place.precision, PlacePrecision::City);
    assert_eq!(
        (places[0].place.lat, places[0].place.lon),
        (Some(36.5), Some(40.7))
    );
    assert_eq!(places[0].place.parts, ["Hasnak County", "Orrin", "Harnok"]);
    assert!(
        places[0]
            .place
            .radius_m
            .is_some_and(|radius| (5_000..20_000).contains(&radius))
    );
}

#[test]
fn odd_text_does_no_harm() {
    let gazetteer = gazetteer();
    assert!(find(&Doc::default(), &gazetteer).is_empty());
    let Some(pipeline) = pipeline() else {
        return;
    };
    for text in [
        "\u{0}\u{1} in Darmuk\u{7f},,, Harnok of of",
        "قال شهود في دارموك إن القصف استمر",
        "🙂 in 🙂, Darmuk 🙂-🙂 prison in",
        "the corner of and Street Street, 100 block of",
        &"Darmuk, ".repeat(3_000),
        &"X".repeat(100_000),
        "of the in , ' - –",
    ] {
        for mention in find(&pipeline.parse_text(text), &gazetteer) {
            assert!(!mention.tokens.is_empty());
        }
    }
}
