//! One mention of a town: which place a name means as a town, and what its words say of it.

use std::{collections::BTreeMap, ops::Range};

use language::Doc;
use model::{Place, PlacePrecision};

use super::names::{alike, as_written, capitalised};
use crate::read::places::{
    fold::fold,
    gazetteer::{Gazetteer, NameKind, Record, RecordId, RecordKind},
    regions::SEATS,
    resolve::Resolved,
    sites::SiteSpot,
    spot::{Hint, Spot, Use, capital},
    toponym,
    town::{TownKind, TownMention},
    words::{PART_WORDS, QUALIFIERS},
};

/// What the finder is given.
pub(in crate::read::places) struct Found<'a> {
    pub spots: &'a [Spot],
    pub doubtful: &'a [Spot],
    pub resolved: &'a Resolved,
    pub streets: &'a [Range<usize>],
    pub sites: &'a [SiteSpot],
}

/// Finds the mentions of one text.
pub(super) struct Finder<'a> {
    pub doc: &'a Doc,
    pub gazetteer: &'a Gazetteer,
    pub found: &'a Found<'a>,
    /// The country of the text.
    pub country: Option<&'a str>,
    pub without: Without,
}

/// Who bears a name.
type Bearer<'a> = (RecordId, Record<'a>);

impl<'a> Finder<'a> {
    /// The mention that a name is, if it is one of a town; `known` bears the name in this text.
    pub(super) fn mention(
        &mut self,
        spot: &Spot,
        known: Option<Bearer<'a>>,
        tied: bool,
    ) -> Option<TownMention> {
        let doc = self.doc;
        let (tokens, known) = self.whole(spot, known);
        let mut known = self.town_of_district(spot, known).or(known);
        // "D.C." is a division and a town; "Millbrook" of a far country may be the Millbrook near by.
        let mut division = false;
        if let Some((id, record)) = known
            && !matches!(record.kind, RecordKind::City | RecordKind::District)
            && !matches!(spot.hint, Hint::Region)
        {
            // The division itself is no evidence for its country.
            let rest = self
                .without
                .entry(spot.name.clone())
                .or_insert_with(|| country(self.gazetteer, self.found, Some(&spot.name)));
            known = Some(town_of_division(
                self.gazetteer,
                spot,
                id,
                record,
                rest.as_deref(),
            )?);
            division = true;
        }
        let text = doc.slice(tokens.clone());
        let (mut kind, place, alternate) = match known {
            Some(known) => self.identify(spot, known, tied, division, text)?,
            None => (TownKind::Unknown, None, false),
        };
        let part = (spot.whole.end < doc.len())
            .then(|| doc.token(spot.whole.end).lower())
            .is_some_and(|word| PART_WORDS.contains(word) && word != "area");
        if part && known.is_none() {
            kind = TownKind::Part;
        }
        if self.is_after_saint(tokens.start) {
            return None;
        }
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
        let qualified =
            tokens.start > 0 && QUALIFIERS.contains(doc.token(tokens.start - 1).lower());
        Some(TownMention {
            place: place_of(place, kind, spot, text),
            tokens,
            kind,
            population,
            region,
            district,
            alternate,
            in_name: spot.used == Use::InName,
            in_street: self.is_in_street(spot),
            of_site: site(doc, self.found.sites, spot),
            evidence: spot.score,
            doubtful: false,
            person: spot.person,
            qualified,
            tied,
            division,
            implied: None,
        })
    }

    /// The tokens of the whole name and who bears it: with the word that belongs to it ("Orrin Township"), or without
    /// the compass word that does not.
    fn whole(&self, spot: &Spot, known: Option<Bearer<'a>>) -> (Range<usize>, Option<Bearer<'a>>) {
        let mut tokens = spot.whole.clone();
        if self.is_longer(spot, known) {
            tokens.end = tokens.end.max(spot.tokens.end + 1);
            return (tokens, None);
        }
        if known.is_none()
            && let Some((start, town)) = self.without_qualifiers(spot)
        {
            tokens.start = start;
            return (tokens, Some(town));
        }
        (tokens, known)
    }

    /// Whether the word behind a name belongs to it, and no list has it: "Orrin Township", "Orrin City".
    fn is_longer(&self, spot: &Spot, known: Option<Bearer<'_>>) -> bool {
        let doc = self.doc;
        if spot.tokens.end >= doc.len() {
            return false;
        }
        let after = doc.token(spot.tokens.end);
        let word = after.lower();
        capital(after)
            && matches!(word, "township" | "twp" | "twp." | "city" | "borough")
            && after.bytes().start <= doc.token(spot.tokens.end - 1).bytes().end + 1
            // "Darmuk City Police" are those of Darmuk.
            && (word != "city"
                || after
                    .next()
                    .is_none_or(|next| !capital(next) || next.is_punct()))
            // Where the town of the name is known, the township around it goes by its name.
            && (word == "city" || known.is_none_or(|(_, record)| record.kind != RecordKind::City))
    }

    /// "Upper Gwynmoor" is another town than Gwynmoor; "Southeast Darmuk" in no list is a part of Darmuk.
    fn without_qualifiers(&self, spot: &Spot) -> Option<(usize, Bearer<'a>)> {
        let doc = self.doc;
        let tokens = spot.whole.clone();
        let mut start = tokens.start;
        while start + 1 < tokens.end && QUALIFIERS.contains(doc.token(start).lower()) {
            start += 1;
        }
        if start == tokens.start {
            return None;
        }
        let name = fold(doc.slice(start..spot.tokens.end.max(start + 1)));
        let town = self
            .gazetteer
            .lookup(&name)
            .into_iter()
            .filter(|hit| hit.1 == NameKind::Main)
            .filter_map(|hit| Some((hit.0, self.gazetteer.record(hit.0)?)))
            .filter(|(_, record)| {
                record.kind == RecordKind::City
                    && self.country.is_none_or(|own| record.country == own)
            })
            .max_by_key(|(id, record)| (record.population, std::cmp::Reverse(*id)))?;
        Some((start, town))
    }

    /// A town and its district of one name: without the word for it, the town is meant.
    fn town_of_district(&self, spot: &Spot, known: Option<Bearer<'_>>) -> Option<Bearer<'a>> {
        let (_, record) = known?;
        if record.kind != RecordKind::District || spot.hint != Hint::None {
            return None;
        }
        spot.hits
            .iter()
            .filter_map(|hit| Some((hit.0, self.gazetteer.record(hit.0)?)))
            .filter(|(_, town)| {
                town.kind == RecordKind::City
                    && town.country == record.country
                    && town.region == record.region
                    && town.population >= 3_000
            })
            .max_by_key(|(id, town)| (town.population, std::cmp::Reverse(*id)))
    }

    /// What a bearer of the name is, its place, and whether the name is another than its main one. A bearer that the
    /// text does not mean leaves the name unknown.
    fn identify(
        &self,
        spot: &Spot,
        (id, record): Bearer<'_>,
        tied: bool,
        division: bool,
        text: &str,
    ) -> Option<(TownKind, Option<Place>, bool)> {
        let kind = match record.kind {
            RecordKind::City => TownKind::Town,
            RecordKind::District => TownKind::County,
            _ => return None,
        };
        let hit = spot.hits.iter().find(|hit| hit.0 == id);
        let alternate = hit.is_some_and(|hit| hit.1 != NameKind::Main);
        // Where English is spoken a small town's other name is mostly that of a place long gone: another place of the
        // name is meant.
        let renamed = (alternate || hit.is_none() && !division)
            && kind == TownKind::Town
            && record.population < RENAMED
            && matches!(record.country, "US" | "GB" | "CA" | "AU" | "NZ" | "IE")
            && !alike(&spot.name, record.name);
        // A place abroad needs its country in the text; a namesake of a small place abroad is a place no list has.
        let abroad = self.country.is_some_and(|own| own != record.country)
            && !tied
            && record.population < ABROAD
            && kind == TownKind::Town;
        Some(if renamed || abroad {
            (TownKind::Unknown, None, alternate)
        } else {
            (kind, toponym::place(self.gazetteer, id, text), alternate)
        })
    }

    fn is_in_street(&self, spot: &Spot) -> bool {
        let streets = self.found.streets;
        let at = streets.partition_point(|street| street.end <= spot.tokens.start);
        streets
            .get(at)
            .is_some_and(|street| street.start < spot.tokens.end && spot.tokens.start < street.end)
    }

    /// "Saint Orla Hospital" is called after somebody; a saint's town has the word in its name. "Mill St. Orla" ends a
    /// street.
    fn is_after_saint(&self, start: usize) -> bool {
        start.checked_sub(1).is_some_and(|before| {
            let streets = self.found.streets;
            let street = streets
                .get(streets.partition_point(|street| street.end <= before))
                .is_some_and(|street| street.contains(&before));
            matches!(self.doc.token(before).lower(), "saint" | "st." | "st") && !street
        })
    }
}

/// The place of a mention under the name that the text gives it; without a place, the name alone.
fn place_of(place: Option<Place>, kind: TownKind, spot: &Spot, text: &str) -> Place {
    let name = match &place {
        Some(place) => as_written(&spot.name, text, &place.name),
        None => {
            let text = text.strip_prefix("The ").unwrap_or(text);
            if text.chars().any(char::is_lowercase) {
                text.to_owned()
            } else {
                capitalised(text)
            }
        }
    }
    .replace(['\n', '\r'], " ");
    match place {
        Some(place) => Place { name, ..place },
        None => Place {
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
        },
    }
}

/// Inhabitants below which a town abroad needs its country in the text.
const ABROAD: u32 = 300_000;

/// The country that most names lie in, one name left out.
pub(super) fn country(
    gazetteer: &Gazetteer,
    found: &Found<'_>,
    except: Option<&str>,
) -> Option<String> {
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

/// The country of most names with one left out, by that one: a name that is said a thousand times is counted out once.
pub(super) type Without = BTreeMap<String, Option<String>>;

/// Inhabitants below which an unlike other name of a town is no name of it.
const RENAMED: u32 = 15_000;

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
