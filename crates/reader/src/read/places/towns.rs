//! Mentions of towns: every name that a report may put its happening in, with what its words say of it.
//!
//! What comes in: spots with their records, those that were dropped as doubtful, streets and sites. What goes out:
//! [`TownMention`]s in order: plain names, names inside those of bodies ("Darmuk Police"), names inside sites ("Darmuk
//! prison"), quarters and counties. It weighs nothing; `claims` chooses.

use std::{collections::BTreeMap, ops::Range};

use language::{Doc, Pos, Token};
use model::{Place, PlacePrecision};

use super::{
    fold::fold,
    gazetteer::{Gazetteer, NameKind, Record, RecordId, RecordKind},
    implied::Implied,
    regions::SEATS,
    resolve::Resolved,
    sites::SiteSpot,
    spot::{Hint, Spot, Use, capital},
    toponym,
    words::{
        BODY_WORDS, CALENDAR, CITY_WORDS, DISTRICT_WORDS, PART_WORDS, QUALIFIERS, REGION_WORDS,
        STREETS,
    },
};

/// Doubtful names looked at in one text, at most.
const DOUBTFUL: usize = 400;

/// Points of evidence below which a doubtful name is no place at all.
const LEAST: i32 = -14;

/// What a town mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TownKind {
    /// A populated place of the gazetteer.
    Town,
    /// A second-level division: a county, a district.
    County,
    /// A name that the text calls a part of a town: "the Eastmoor neighbourhood".
    Part,
    /// A name in no gazetteer, or whose bearers all lie in countries the text does not speak of.
    Unknown,
}

/// One mention of a town.
#[derive(Clone, Debug, PartialEq)]
pub struct TownMention {
    /// Tokens of the name, with the word for its kind: "Orrin County".
    pub tokens: Range<usize>,
    /// The place; of a name in no gazetteer, the name alone.
    pub place: Place,
    /// What it is.
    pub kind: TownKind,
    /// Inhabitants; 0 when not known.
    pub population: u32,
    /// First-level division it lies in, as the gazetteer numbers it.
    pub region: Option<RecordId>,
    /// Second-level division it lies in; of a county, its own number.
    pub district: Option<RecordId>,
    /// Whether it is named by another than its main name.
    pub alternate: bool,
    /// Whether it stands inside the name of a body: "Darmuk Police".
    pub in_name: bool,
    /// Whether it stands in the words of a street.
    pub in_street: bool,
    /// Kind word of the site whose name it stands in, or that it holds ("hospital" for "the hospital in Darmuk").
    pub of_site: Option<usize>,
    /// Points of evidence that the name is a place at all.
    pub evidence: i32,
    /// Whether it was dropped from the places of the text as too doubtful.
    pub doubtful: bool,
    /// Whether it looks like a person's name.
    pub person: bool,
    /// Whether a compass word or "downtown" stands before it.
    pub qualified: bool,
    /// Whether what holds it is named right behind: "Darmuk, Harnok".
    pub tied: bool,
    /// Whether the name may as well be that of a division or country.
    pub division: bool,
    /// What it rests on if it is not named itself; the tokens are then those words, none for an address.
    pub implied: Option<Implied>,
}

/// The towns of a text, and the divisions and countries it names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Towns {
    /// Mentions in order.
    pub mentions: Vec<TownMention>,
    /// Towns that the text or the address of the report points to without naming them.
    pub implied: Vec<TownMention>,
    /// How often each first-level division is named by itself.
    pub regions: BTreeMap<RecordId, usize>,
    /// The country that most places of the text lie in, if there is one.
    pub country: Option<String>,
}

/// What the finder is given.
pub(super) struct Found<'a> {
    pub spots: &'a [Spot],
    pub doubtful: &'a [Spot],
    pub resolved: &'a Resolved,
    pub streets: &'a [Range<usize>],
    pub sites: &'a [SiteSpot],
}

/// Collects the towns of a text.
pub(super) fn towns(doc: &Doc, gazetteer: &Gazetteer, found: &Found<'_>) -> Towns {
    let mut out = Towns {
        country: country(gazetteer, found, None),
        ..Towns::default()
    };
    let mut without = Without::default();
    let record = |i: usize| {
        let id = found.resolved.records[i]?;
        Some((id, gazetteer.record(id)?))
    };
    for (i, spot) in found.spots.iter().enumerate() {
        if spot.used == Use::People {
            continue;
        }
        let known = record(i);
        if let Some((id, record)) = known
            && record.kind == RecordKind::Region
        {
            *out.regions.entry(id).or_default() += 1;
        }
        let tied = found.resolved.ties[i].is_some();
        out.mentions.extend(mention(
            doc,
            gazetteer,
            found,
            spot,
            known,
            tied,
            &out.country,
            &mut without,
        ));
    }
    let regions = out.regions.clone();
    for spot in found.doubtful.iter().take(DOUBTFUL) {
        if spot.score < LEAST
            || spot.used == Use::People
            || !may_be_name(doc, spot)
            || ends_longer_name(doc, spot)
            || begins_longer_name(doc, spot)
        {
            continue;
        }
        let known = likeliest(gazetteer, spot, &regions, out.country.as_deref());
        if known.is_none() {
            continue;
        }
        let country = &out.country;
        let got = mention(
            doc,
            gazetteer,
            found,
            spot,
            known,
            false,
            country,
            &mut without,
        );
        if let Some(mut found) = got {
            found.doubtful = true;
            out.mentions.push(found);
        }
    }
    out.mentions
        .sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
    let mut end = 0;
    out.mentions.retain(|mention| {
        let keep = mention.tokens.start >= end;
        if keep {
            end = mention.tokens.end;
        }
        keep
    });
    out
}

/// Whether a doubtful name may be a name at all: no pronoun, day, street or body.
fn may_be_name(doc: &Doc, spot: &Spot) -> bool {
    let first = doc.token(spot.tokens.start);
    spot.name.len() >= 3
        && (spot.tokens.len() > 1
            || matches!(first.pos(), Pos::Propn | Pos::Noun | Pos::Adj | Pos::X))
        && !BODY_WORDS.contains(spot.name.as_str())
        && !STREETS.contains(spot.name.as_str())
        && !CALENDAR.contains(spot.name.as_str())
        && super::sites::kind_of(&spot.name).is_none()
}

/// Whether a doubtful name is the end of a longer one, "Ford" of "Sorrel Ford camp": that is a person or a place of no
/// list, and no namesake of its last word. In a headline, where every word has its capital, nobody can tell.
fn ends_longer_name(doc: &Doc, spot: &Spot) -> bool {
    let Some(before) = spot.tokens.start.checked_sub(1).map(|i| doc.token(i)) else {
        return false;
    };
    let joined = before.bytes().end + 1 == doc.token(spot.tokens.start).bytes().start
        && capital(before)
        && before.pos() == Pos::Propn
        && before.text().len() > 2
        && !before.text().ends_with('.')
        && before.text().chars().any(char::is_lowercase)
        && !QUALIFIERS.contains(before.lower())
        && !CALENDAR.contains(before.lower());
    joined && in_prose(before)
}

/// Whether a doubtful name is the first word of a longer one, which the recogniser takes for one place: "Darmuk" of
/// "Darmuk Orsen" is no namesake of Darmuk.
fn begins_longer_name(doc: &Doc, spot: &Spot) -> bool {
    let first = doc.token(spot.tokens.start);
    let (Some(entity), true) = (first.entity(), spot.tokens.end < doc.len()) else {
        return false;
    };
    let next = doc.token(spot.tokens.end);
    let word = next.lower();
    &*entity.label == "GPE"
        && entity.end as usize == spot.tokens.end + 1
        && capital(next)
        && next.text().chars().any(char::is_lowercase)
        && ![
            &BODY_WORDS,
            &STREETS,
            &CALENDAR,
            &REGION_WORDS,
            &DISTRICT_WORDS,
            &CITY_WORDS,
        ]
        .iter()
        .any(|words| words.contains(word))
        && in_prose(first)
}

/// Whether most long words of a token's sentence have no capital: no headline.
fn in_prose(token: Token<'_>) -> bool {
    let doc = token.doc();
    let words = token.sentence().take(60).map(|i| doc.token(i));
    let (mut small, mut large) = (0, 0);
    for word in words.filter(|word| word.text().len() > 3) {
        if capital(word) {
            large += 1;
        } else {
            small += 1;
        }
    }
    small > large
}

/// The country that most names lie in, one name left out.
fn country(gazetteer: &Gazetteer, found: &Found<'_>, except: Option<&str>) -> Option<String> {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    for (spot, id) in found.spots.iter().zip(&found.resolved.records) {
        let Some(record) = id.and_then(|id| gazetteer.record(id)) else {
            continue;
        };
        if !record.country.is_empty() && Some(spot.name.as_str()) != except {
            *counts.entry(record.country).or_default() += match (record.kind, spot.used) {
                (_, Use::People) => 0.5,
                (RecordKind::Region | RecordKind::District, _) => 2.0,
                (RecordKind::Country, _) => 1.5,
                _ => 1.0,
            };
        }
    }
    for (country, weight) in &found.resolved.tells {
        *counts.entry(country).or_default() += 2.0 * weight;
    }
    let mut best: Option<(&str, f64)> = None;
    for (country, weight) in counts {
        if best.is_none_or(|(_, most)| weight > most) {
            best = Some((country, weight));
        }
    }
    best.map(|(country, _)| country.to_owned())
}

/// The bearer of a doubtful name that fits the text best: in a division it names, then in its country, then the most
/// populous.
fn likeliest<'a>(
    gazetteer: &'a Gazetteer,
    spot: &Spot,
    regions: &BTreeMap<RecordId, usize>,
    country: Option<&str>,
) -> Option<(RecordId, Record<'a>)> {
    spot.hits
        .iter()
        .filter_map(|&(id, kind)| Some((id, kind, gazetteer.record(id)?)))
        .filter(|(_, _, record)| matches!(record.kind, RecordKind::City | RecordKind::District))
        .max_by_key(|(id, kind, record)| {
            (
                record
                    .region
                    .is_some_and(|region| regions.contains_key(&region)),
                Some(record.country) == country,
                *kind == NameKind::Main,
                record.population,
                std::cmp::Reverse(*id),
            )
        })
        .map(|(id, _, record)| (id, record))
}

/// The country of most names with one left out, by that one: a name that is said a thousand times is counted out once.
type Without = BTreeMap<String, Option<String>>;

#[expect(
    clippy::too_many_arguments,
    reason = "what is known of a name comes from as many places"
)]
fn mention(
    doc: &Doc,
    gazetteer: &Gazetteer,
    found: &Found<'_>,
    spot: &Spot,
    known: Option<(RecordId, Record<'_>)>,
    tied: bool,
    country: &Option<String>,
    without: &mut Without,
) -> Option<TownMention> {
    let mut tokens = spot.whole.clone();
    let mut known = known;
    // "Orrin Township", "Orrin City": the word belongs to the name, and no list has it.
    let after = (spot.tokens.end < doc.len()).then(|| doc.token(spot.tokens.end));
    let longer = after.is_some_and(|token| {
        let word = token.lower();
        capital(token) && matches!(word, "township" | "twp" | "twp." | "city" | "borough")
            && token.bytes().start <= doc.token(spot.tokens.end - 1).bytes().end + 1
            // "Darmuk City Police" are those of Darmuk.
            && (word != "city"
                || token.next().is_none_or(|next| !capital(next) || next.is_punct()))
    });
    // Where the town of the name is known, the township around it goes by its name.
    let longer = longer
        && (after.is_some_and(|token| token.lower() == "city")
            || known.is_none_or(|(_, record)| record.kind != RecordKind::City));
    if longer {
        tokens.end = tokens.end.max(spot.tokens.end + 1);
        known = None;
    }
    // "Upper Gwynmoor" is another town than Gwynmoor; "Southeast Darmuk" in no list is a part of Darmuk.
    if known.is_none() && !longer {
        let mut start = tokens.start;
        while start + 1 < tokens.end && QUALIFIERS.contains(doc.token(start).lower()) {
            start += 1;
        }
        let name = fold(doc.slice(start..spot.tokens.end.max(start + 1)));
        if start > tokens.start
            && let Some(found) = gazetteer
                .lookup(&name)
                .into_iter()
                .filter(|hit| hit.1 == NameKind::Main)
                .filter_map(|hit| Some((hit.0, gazetteer.record(hit.0)?)))
                .filter(|(_, record)| {
                    record.kind == RecordKind::City
                        && country.as_deref().is_none_or(|own| record.country == own)
                })
                .max_by_key(|(id, record)| (record.population, std::cmp::Reverse(*id)))
        {
            tokens.start = start;
            known = Some(found);
        }
    }
    // A town and its district of one name: without the word for it, the town is meant.
    if let Some((_, record)) = known
        && record.kind == RecordKind::District
        && spot.hint == Hint::None
        && let Some(town) = spot
            .hits
            .iter()
            .filter_map(|hit| Some((hit.0, gazetteer.record(hit.0)?)))
            .filter(|(_, town)| {
                town.kind == RecordKind::City
                    && town.country == record.country
                    && town.region == record.region
                    && town.population >= 3_000
            })
            .max_by_key(|(id, town)| (town.population, std::cmp::Reverse(*id)))
    {
        known = Some(town);
    }
    // "D.C." is a division and a town; "Millbrook" of a far country may be the Millbrook near by.
    let mut division = false;
    if let Some((id, record)) = known
        && !matches!(record.kind, RecordKind::City | RecordKind::District)
        && !matches!(spot.hint, Hint::Region)
    {
        // The division itself is no evidence for its country.
        let rest = without
            .entry(spot.name.clone())
            .or_insert_with(|| self::country(gazetteer, found, Some(&spot.name)));
        known = town_of_division(gazetteer, spot, id, record, rest.as_deref());
        division = known.is_some();
        if !division {
            return None;
        }
    }
    let text = doc.slice(tokens.clone());
    let part = (spot.whole.end < doc.len())
        .then(|| doc.token(spot.whole.end).lower())
        .is_some_and(|word| PART_WORDS.contains(word) && word != "area");
    let mut alternate = false;
    let mut kind = TownKind::Unknown;
    let mut place = None;
    if let Some((id, record)) = known {
        kind = match record.kind {
            RecordKind::City => TownKind::Town,
            RecordKind::District => TownKind::County,
            _ => return None,
        };
        let hit = spot.hits.iter().find(|hit| hit.0 == id);
        alternate = hit.is_some_and(|hit| hit.1 != NameKind::Main);
        // Where English is spoken a small town's other name is mostly that of a place long gone: another place of the
        // name is meant.
        let renamed = (alternate || hit.is_none() && !division)
            && kind == TownKind::Town
            && record.population < RENAMED
            && matches!(record.country, "US" | "GB" | "CA" | "AU" | "NZ" | "IE")
            && !alike(&spot.name, record.name);
        // A place abroad needs its country in the text; a namesake of a small place abroad is a place no list has.
        let abroad = country.as_deref().is_some_and(|own| own != record.country);
        if renamed || abroad && !tied && record.population < 300_000 && kind == TownKind::Town {
            kind = TownKind::Unknown;
        } else {
            place = toponym::place(gazetteer, id, text);
        }
    }
    let name = place
        .as_ref()
        .map_or_else(
            || {
                let text = text.strip_prefix("The ").unwrap_or(text);
                if text.chars().any(char::is_lowercase) {
                    text.to_owned()
                } else {
                    capitalised(text)
                }
            },
            |place| as_written(&spot.name, text, &place.name),
        )
        .replace(['\n', '\r'], " ");
    if part && known.is_none() {
        kind = TownKind::Part;
    }
    let place = place.map(|place| Place {
        name: name.clone(),
        ..place
    });
    let place = place.unwrap_or(Place {
        id: None,
        name,
        site: None,
        parts: Vec::new(),
        country: None,
        lat: None,
        lon: None,
        radius_m: None,
        precision: if kind == TownKind::Part {
            PlacePrecision::Neighbourhood
        } else {
            PlacePrecision::Unresolved
        },
        words: text.to_owned(),
    });
    let (population, region, district) = match known {
        Some((id, record)) if kind != TownKind::Unknown => (
            record.population,
            record.region,
            if record.kind == RecordKind::District {
                Some(id)
            } else {
                record.district
            },
        ),
        _ => (0, None, None),
    };
    let overlaps =
        |range: &Range<usize>| range.start < spot.tokens.end && spot.tokens.start < range.end;
    let at = found
        .streets
        .partition_point(|street| street.end <= spot.tokens.start);
    let in_street = found.streets.get(at).is_some_and(overlaps);
    // "Saint Orla Hospital" is called after somebody; a saint's town has the word in its name. "Mill St. Orla" ends a
    // street.
    let after_saint = tokens.start.checked_sub(1).is_some_and(|before| {
        let street = found
            .streets
            .get(found.streets.partition_point(|street| street.end <= before))
            .is_some_and(|street| street.contains(&before));
        matches!(doc.token(before).lower(), "saint" | "st." | "st") && !street
    });
    if after_saint {
        return None;
    }
    let qualified = tokens.start > 0 && {
        let before = doc.token(tokens.start - 1);
        QUALIFIERS.contains(before.lower())
    };
    Some(TownMention {
        tokens,
        place,
        kind,
        population,
        region,
        district,
        alternate,
        in_name: spot.used == Use::InName,
        in_street,
        of_site: site(doc, found.sites, spot),
        evidence: spot.score,
        doubtful: false,
        person: spot.person,
        qualified,
        tied,
        division,
        implied: None,
    })
}

/// A town's name without the word for its kind, where the text leaves that out: "Darmuk" for "Darmuk City".
fn as_written(folded: &str, text: &str, main: &str) -> String {
    let bare = [
        " City",
        " Charter Township",
        " Township",
        " Town",
        " Village",
    ]
    .iter()
    .find_map(|word| main.strip_suffix(word));
    match bare {
        Some(bare) if fold(bare) == folded && !text.contains([',', '\n']) => bare.to_owned(),
        _ => main.to_owned(),
    }
}

/// Inhabitants below which an unlike other name of a town is no name of it.
const RENAMED: u32 = 15_000;

/// Whether one name holds the other, spaces aside: "Southside", "South Side".
fn alike(folded: &str, main: &str) -> bool {
    let letters = |name: &str| {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let (a, b) = (letters(folded), letters(&fold(main)));
    a.contains(&b) || b.contains(&a)
}

/// The town that a name of a division, country or region may stand for: its own one town ([`SEATS`]), the town of its
/// name in it, or, of a division of another country than the text's, the likeliest namesake.
fn town_of_division<'a>(
    gazetteer: &'a Gazetteer,
    spot: &Spot,
    id: RecordId,
    record: Record<'_>,
    country: Option<&str>,
) -> Option<(RecordId, Record<'a>)> {
    let largest = |hits: &[(RecordId, NameKind)], fits: &dyn Fn(&Record<'_>) -> bool| {
        hits.iter()
            .filter(|hit| hit.1 == NameKind::Main)
            .filter_map(|hit| Some((hit.0, gazetteer.record(hit.0)?)))
            .filter(|(_, town)| town.kind == RecordKind::City && fits(town))
            .max_by_key(|(id, town)| (town.population, std::cmp::Reverse(*id)))
    };
    if let Some((_, seat)) = SEATS.iter().find(|(name, _)| *name == record.name) {
        return largest(&gazetteer.lookup(&fold(seat)), &|town| {
            town.region == Some(id)
        });
    }
    let inside = |town: &Record<'_>| town.region == Some(id);
    if let Some(town) = largest(&spot.hits, &inside).filter(|(_, town)| town.population >= 50_000) {
        return Some(town);
    }
    if country == Some(record.country) {
        return None;
    }
    largest(&spot.hits, &|town| {
        country.map_or(town.population >= 20_000, |own| {
            town.country == own && town.population >= 1_000
        })
    })
}

/// The site that a name stands in, or that stands right before it with only "in", "of" or a comma between.
fn site(doc: &Doc, sites: &[SiteSpot], spot: &Spot) -> Option<usize> {
    let at = sites.partition_point(|site| site.tokens.end <= spot.tokens.start);
    if let Some(site) = sites.get(at)
        && site.tokens.start < spot.tokens.end
    {
        return Some(site.head);
    }
    let site = sites.get(at.checked_sub(1)?)?;
    let between = site.tokens.end..spot.tokens.start;
    (between.len() <= 3
        && between.clone().all(|t| {
            let token = doc.token(t);
            matches!(token.lower(), "in" | "of" | "the" | "," | "at" | "near")
                || QUALIFIERS.contains(token.lower())
        })
        && !doc.slice(between).contains('\n'))
    .then_some(site.head)
}

/// "KELMOOR HEIGHTS" as "Kelmoor Heights".
fn capitalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fresh = true;
    for c in text.chars() {
        if fresh {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        fresh = !c.is_alphanumeric() && c != '\'' && c != '’';
    }
    out
}

/// What names a town, whatever its case and marks.
pub fn town_key(name: &str) -> String {
    fold(name)
}

/// Whether a token begins with a capital.
pub fn begins_with_capital(token: language::Token<'_>) -> bool {
    capital(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_goes_by_its_name_as_written() {
        assert_eq!(as_written("darmuk", "Darmuk", "Darmuk City"), "Darmuk");
        assert_eq!(
            as_written("darmuk city", "Darmuk City", "Darmuk City"),
            "Darmuk City"
        );
        assert_eq!(as_written("dmk", "DMK", "Darmuk City"), "Darmuk City");
    }

    #[test]
    fn names_that_hold_each_other_are_alike() {
        assert!(alike("south side", "Southside"));
        assert!(alike("velisk", "Velisk Charter Township"));
        assert!(!alike("antrin", "New Hope"));
    }
}
