//! Word lists for spotting names of places: what may stand before and after one, and what is no place.
//!
//! Names of lists only; the words stand in `lexicons/en/places.tsv`, and nothing here decides. All lower case.

use crate::lexicon::List;

const TABLE: &str = include_str!("../../../../../lexicons/en/places.tsv");

/// Prepositions that almost always lead to a place when a capitalised name follows.
pub(super) static PLACE_PREPOSITIONS: List = List::new(TABLE, "place-prepositions");

/// Prepositions that often do.
pub(super) static WEAK_PREPOSITIONS: List = List::new(TABLE, "weak-prepositions");

/// Words that turn a place into a part of it: "northern", "downtown".
pub(super) static QUALIFIERS: List = List::new(TABLE, "qualifiers");

/// The compass words among [`QUALIFIERS`] that make a region of a country or division, with their bearing in degrees.
pub(super) static COMPASS: List = List::new(TABLE, "compass");

/// Titles before a person's name.
pub(super) static TITLES: List = List::new(TABLE, "titles");

/// Words that may follow a place inside the name of a body or an event of that place: the place still stands.
pub(super) static BODY_WORDS: List = List::new(TABLE, "body-words");

/// Last words of a capitalised run that make it a newspaper, a firm, a team or another body that happens to bear a
/// place's name.
pub(super) static NOT_PLACE_ENDS: List = List::new(TABLE, "not-place-ends");

/// First parts of names, which by themselves are none.
pub(super) static PARTICLES: List = List::new(TABLE, "particles");

/// Words after a family's name.
pub(super) static FAMILY: List = List::new(TABLE, "family");

/// Last words of the names of groups and bodies that are called after no place.
pub(super) static GROUP_ENDS: List = List::new(TABLE, "group-ends");

/// Words for a street, with their short forms.
pub(super) static STREETS: List = List::new(TABLE, "streets");

/// Words for a division after a name: "Hasnak province".
pub(super) static REGION_WORDS: List = List::new(TABLE, "region-words");

/// Words for a smaller division after a name.
pub(super) static DISTRICT_WORDS: List = List::new(TABLE, "district-words");

/// Words for a populated place, as in "the city of X" or "X city".
pub(super) static CITY_WORDS: List = List::new(TABLE, "city-words");

/// Words for parts of a place.
pub(super) static PART_WORDS: List = List::new(TABLE, "part-words");

/// Short names that count only in capitals.
pub(super) static CAPITALS_ONLY: List = List::new(TABLE, "capitals-only");

/// Months and days: a place only when its division follows.
pub(super) static CALENDAR: List = List::new(TABLE, "calendar");

/// Small words that may stand inside a name in lower case.
pub(super) static INNER: List = List::new(TABLE, "inner");

/// Words of everyday or of news that are also names of towns somewhere: a place only with strong evidence around them.
pub(super) static COMMON: List = List::new(TABLE, "common");

/// Words of one country's public life, with its code; sorted by word.
pub(super) static TELLS: List = List::new(TABLE, "tells");

/// Bodies, groups, seats of power and figures that bear a place's name or a place bears theirs.
pub(super) static BODIES: List = List::new(TABLE, "bodies");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        let all = [
            &PLACE_PREPOSITIONS,
            &WEAK_PREPOSITIONS,
            &QUALIFIERS,
            &COMPASS,
            &TITLES,
            &BODY_WORDS,
            &NOT_PLACE_ENDS,
            &PARTICLES,
            &FAMILY,
            &GROUP_ENDS,
            &STREETS,
            &REGION_WORDS,
            &DISTRICT_WORDS,
            &CITY_WORDS,
            &PART_WORDS,
            &CAPITALS_ONLY,
            &CALENDAR,
            &INNER,
            &COMMON,
            &TELLS,
            &BODIES,
        ];
        crate::lexicon::check(TABLE, &all);
    }

    #[test]
    fn bearings_are_degrees_and_tells_are_codes() {
        for (word, bearing) in COMPASS.rows() {
            let bearing: f64 = bearing.parse().expect(word);
            assert!((0.0..360.0).contains(&bearing), "{word}");
        }
        for (word, code) in TELLS.rows() {
            assert!(
                code.len() == 2 && code.bytes().all(|it| it.is_ascii_uppercase()),
                "{word}"
            );
        }
    }
}
