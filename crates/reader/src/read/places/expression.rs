//! Whole expressions of place: a name with what holds it, a site with its city, an address with its town.
//!
//! What comes in: spots with their records, sites, addresses. What goes out: [`PlaceMention`]s, in order, never
//! overlapping. A site with no place beside it takes one from its sentence, from an earlier mention of the same site,
//! or from the town the text is about.

use std::{collections::BTreeMap, ops::Range};

use language::Doc;
use model::{Place, PlacePrecision};

use super::{
    PlaceMention,
    address::{addresses, whole},
    fold::fold,
    gazetteer::{Gazetteer, RecordKind},
    resolve::Resolved,
    sites::{SiteSpot, sites},
    spot::{Hint, Spot, Use, aged, capital},
    toponym,
    words::{CITY_WORDS, COMPASS, DISTRICT_WORDS, PART_WORDS, QUALIFIERS, REGION_WORDS},
};

/// Tokens over which a town named before still holds a street or a site.
const LATELY: usize = 80;

/// Metres beyond which a place in a site's name is taken for what the site is called after.
const CALLED_AFTER_M: f64 = 40_000.0;

/// Towns that are looked at for it, at most.
const CALLED_AFTER_TOWNS: usize = 200;

/// Sites before and behind one that are looked through for the same one.
const SITES_BACK: usize = 200;

/// A named ground: a spot with its compass word and what is named behind it as holding it.
struct Ground {
    tokens: Range<usize>,
    place: Place,
    used: Use,
    /// Whether it holds sites on a map: no part of the world.
    fit: bool,
}

/// Sites and streets of a text, before anything holds them.
pub(super) struct Parts {
    pub sites: Vec<SiteSpot>,
    pub streets: Vec<Range<usize>>,
}

impl Parts {
    /// Finds them.
    pub fn of(doc: &Doc, spots: &[Spot]) -> Self {
        let mut place = vec![false; doc.len()];
        let mut people = vec![false; doc.len()];
        for spot in spots {
            for i in spot.tokens.clone() {
                if spot.used == Use::People {
                    people[i] = true;
                } else {
                    place[i] = true;
                }
            }
        }
        Self {
            sites: sites(doc, &place, &people),
            streets: addresses(doc),
        }
    }
}

/// Composes the mentions of a text.
pub(super) fn compose(
    doc: &Doc,
    gazetteer: &Gazetteer,
    spots: &[Spot],
    resolved: &Resolved,
    parts: &Parts,
) -> Vec<PlaceMention> {
    let grounds = grounds(doc, gazetteer, spots, resolved);
    let home = home(&grounds);
    let mut out: Vec<PlaceMention> = Vec::new();
    let mut used = vec![false; grounds.len()];
    put_sites(doc, &parts.sites, &grounds, home, &mut used, &mut out);
    put_addresses(doc, &parts.streets, &grounds, home, &mut used, &mut out);
    for (ground, used) in grounds.iter().zip(used) {
        if !used && ground.fit && ground.used == Use::Plain {
            out.push(PlaceMention {
                tokens: ground.tokens.clone(),
                place: Place {
                    words: doc.slice(ground.tokens.clone()).to_owned(),
                    ..ground.place.clone()
                },
            });
        }
    }
    out.sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
    let mut end = 0;
    out.retain(|mention| {
        let keep = mention.tokens.start >= end;
        if keep {
            end = mention.tokens.end;
        }
        keep
    });
    out
}

/// The grounds, in order; a spot behind "X, " that holds X is part of X's ground.
fn grounds(doc: &Doc, gazetteer: &Gazetteer, spots: &[Spot], resolved: &Resolved) -> Vec<Ground> {
    let mut out: Vec<Ground> = Vec::new();
    // A name in a dateline stands in capitals; elsewhere it shows its own case.
    let mut written: BTreeMap<&str, &str> = BTreeMap::new();
    for spot in spots {
        let text = doc.slice(spot.tokens.clone());
        if text.chars().any(char::is_lowercase) {
            written.entry(&spot.name).or_insert(text);
        }
    }
    // From the last to the first, so that what holds a spot is made before it.
    for i in (0..spots.len()).rev() {
        let spot = &spots[i];
        let record = resolved.records[i].and_then(|id| Some((id, gazetteer.record(id)?)));
        let mut tokens = spot.whole.clone();
        let mut place = match record {
            Some((id, _)) => match toponym::place(gazetteer, id, "") {
                Some(place) => place,
                None => continue,
            },
            None => unresolved(
                written
                    .get(spot.name.as_str())
                    .unwrap_or(&doc.slice(spot.tokens.clone())),
            ),
        };
        let fit = record.is_none_or(|(_, record)| record.kind != RecordKind::Macro);
        if spot.used != Use::People {
            qualify(doc, &mut tokens, &mut place);
        }
        // "the city of X" is part of the expression.
        if tokens.start >= 2
            && doc.token(tokens.start - 1).lower() == "of"
            // In "Harbourside district of X" the word belongs to the name before it.
            && (tokens.start < 3 || !capital(doc.token(tokens.start - 3)))
            && (CITY_WORDS.contains(doc.token(tokens.start - 2).lower())
                || REGION_WORDS.contains(doc.token(tokens.start - 2).lower())
                || DISTRICT_WORDS.contains(doc.token(tokens.start - 2).lower()))
        {
            tokens.start -= 2;
        }
        // "X neighbourhood".
        if record.is_none()
            && tokens.end < doc.len()
            && PART_WORDS.contains(doc.token(tokens.end).lower())
        {
            tokens.end += 1;
            place.precision = PlacePrecision::Neighbourhood;
        }
        if let Some(next) = out.last()
            && spot.used == Use::Plain
            && next.used == Use::Plain
            && next.fit
            && next.tokens.start >= tokens.end
            && joins(doc, tokens.end..next.tokens.start)
            && (resolved.ties[i] == Some(i + 1) || record.is_none())
        {
            if record.is_none() {
                hold(&mut place, &next.place);
                if spot.hint == Hint::District && !coarse(&next.place) {
                    place.precision = PlacePrecision::Neighbourhood;
                }
            }
            tokens.end = next.tokens.end;
            out.pop();
        }
        out.push(Ground {
            tokens,
            place,
            used: spot.used,
            fit,
        });
    }
    out.reverse();
    // "Darmuk's Eastmoor district".
    for i in 1..out.len() {
        let (before, after) = out.split_at_mut(i);
        let (owner, owned) = (&before[i - 1], &mut after[0]);
        if owned.place.id.is_none()
            && owned.place.lat.is_none()
            && owner.used == Use::Plain
            && owner.tokens.end + 1 == owned.tokens.start
            && doc.token(owner.tokens.end).tag() == "POS"
        {
            hold(&mut owned.place, &owner.place);
            if !coarse(&owner.place) {
                owned.place.precision = PlacePrecision::Neighbourhood;
            }
        }
    }
    // Put somewhere once, an unknown name is there throughout.
    let known: BTreeMap<String, Place> = out
        .iter()
        .rev()
        .filter(|ground| ground.place.id.is_none() && ground.place.lat.is_some())
        .map(|ground| (fold(&ground.place.name), ground.place.clone()))
        .collect();
    for ground in &mut out {
        if ground.place.id.is_none()
            && ground.place.lat.is_none()
            && let Some(place) = known.get(&fold(&ground.place.name))
        {
            ground.place = place.clone();
        }
    }
    out
}

/// Whether only ", ", " in ", " of " and the like stand between a name and what holds it.
fn joins(doc: &Doc, between: Range<usize>) -> bool {
    let words: Vec<&str> = between.clone().map(|t| doc.token(t).lower()).collect();
    !words.is_empty()
        && words.len() <= 5
        && words.iter().enumerate().all(|(at, word)| {
            matches!(*word, "in" | "of" | "the" | "(")
                || at == 0 && *word == ","
                || QUALIFIERS.contains(word)
                || CITY_WORDS.contains(word)
                || REGION_WORDS.contains(word)
                || DISTRICT_WORDS.contains(word)
        })
        && words
            .iter()
            .any(|word| matches!(*word, "in" | "of" | "," | "("))
        && !doc.slice(between).contains('\n')
}

fn unresolved(name: &str) -> Place {
    Place {
        id: None,
        name: name.to_owned(),
        site: None,
        parts: Vec::new(),
        country: None,
        lat: None,
        lon: None,
        radius_m: None,
        precision: PlacePrecision::Unresolved,
        words: String::new(),
    }
}

/// Puts a place that the gazetteer does not know into one that the text names as holding it.
fn hold(inner: &mut Place, holder: &Place) {
    inner.parts = inside(holder);
    inner.country.clone_from(&holder.country);
    inner.lat = holder.lat;
    inner.lon = holder.lon;
    inner.radius_m = holder.radius_m;
}

/// A place and what holds it, innermost first; a region and a city of one name once.
fn inside(place: &Place) -> Vec<String> {
    let mut out: Vec<String> = std::iter::once(&place.name)
        .chain(&place.parts)
        .cloned()
        .collect();
    out.dedup();
    out
}

/// Takes a compass word or "downtown" before the name into the expression, and moves the point.
fn qualify(doc: &Doc, tokens: &mut Range<usize>, place: &mut Place) {
    let mut start = tokens.start;
    // "north - eastern" may be three tokens.
    let word = if start >= 3 && doc.token(start - 2).text() == "-" {
        let joined = doc.text()
            [doc.token(start - 3).bytes().start..doc.token(start - 1).bytes().end]
            .to_lowercase();
        if COMPASS.contains(&joined) {
            start -= 3;
            Some(joined)
        } else {
            None
        }
    } else {
        None
    };
    let word = match word {
        Some(word) => word,
        None if start >= 1
            && QUALIFIERS.contains(doc.token(start - 1).lower())
            && !aged(doc, start - 1) =>
        {
            start -= 1;
            doc.token(start).lower().to_owned()
        }
        // "the northeast of Harnok".
        None if start >= 3
            && doc.token(start - 1).lower() == "of"
            && COMPASS.contains(doc.token(start - 2).lower())
            && doc.token(start - 3).lower() == "the" =>
        {
            start -= 2;
            doc.token(start).lower().to_owned()
        }
        None => return,
    };
    tokens.start = start;
    let whole = std::mem::replace(&mut place.name, doc.slice(tokens.clone()).to_owned());
    let bearing: Option<f64> = COMPASS.get(&word).and_then(|bearing| bearing.parse().ok());
    if place.precision == PlacePrecision::Country {
        place.precision = PlacePrecision::Region;
    } else if place.precision == PlacePrecision::City {
        place.precision = PlacePrecision::Neighbourhood;
        place.parts.insert(0, whole);
        return;
    }
    if let (Some(bearing), Some(lat), Some(lon), Some(radius)) =
        (bearing, place.lat, place.lon, place.radius_m)
    {
        // Half way to the edge, and a circle that still reaches it.
        let (north, east) = (bearing.to_radians().cos(), bearing.to_radians().sin());
        let degrees = 0.5 * f64::from(radius) / 111_195.0;
        place.lat = Some((lat + north * degrees).clamp(-90.0, 90.0));
        place.lon = Some(lon + east * degrees / lat.to_radians().cos().abs().max(0.05));
        place.radius_m = Some((f64::from(radius) * 0.75) as u32);
    }
}

/// Index of the ground the text is about: the town named most, the first of equals, if it has a clear lead.
fn home(grounds: &[Ground]) -> Option<usize> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut total = 0;
    for (i, ground) in grounds.iter().enumerate() {
        if ground.used == Use::People
            || !ground.fit
            || ground.place.precision < PlacePrecision::Neighbourhood
        {
            continue;
        }
        if matches!(
            ground.place.precision,
            PlacePrecision::Country | PlacePrecision::Region
        ) {
            continue;
        }
        total += 1;
        counts.entry(key(&ground.place)).or_insert((0, i)).0 += 1;
    }
    let (&(count, first), _) = counts
        .values()
        .map(|value| (value, ()))
        .min_by_key(|((count, first), ())| (std::cmp::Reverse(*count), *first))?;
    (count * 2 >= total).then_some(first)
}

fn key(place: &Place) -> String {
    place.id.clone().unwrap_or_else(|| fold(&place.name))
}

/// Index of the ground whose expression starts right behind token `end`: "… in (the city of) X".
fn behind(doc: &Doc, grounds: &[Ground], end: usize) -> Option<usize> {
    let at = grounds.partition_point(|ground| ground.tokens.start < end);
    let ground = grounds
        .get(at)
        .filter(|ground| ground.used != Use::People && ground.fit)?;
    let between = end..ground.tokens.start;
    let words: Vec<&str> = between.clone().map(|t| doc.token(t).lower()).collect();
    let plain = |word: &&str| {
        matches!(
            *word,
            "the" | "," | "a" | "an" | "town" | "city" | "village" | "district"
        ) || is_preposition(word)
            || QUALIFIERS.contains(word)
    };
    (words.len() <= 5
        && words.iter().all(plain)
        && (words.iter().any(|word| is_preposition(word)) || words == [","])
        && !doc.text()
            [doc.token(end - 1).bytes().end..doc.token(ground.tokens.start).bytes().start]
            .contains('\n'))
    .then_some(at)
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "at" | "of" | "near" | "outside" | "on" | "inside"
    )
}

/// The nearest ground of the same sentence that is finer than a region; else the nearest at all.
fn beside(doc: &Doc, grounds: &[Ground], site: &Range<usize>) -> Option<usize> {
    let sentence = doc.token(site.start).sentence();
    let from = grounds.partition_point(|ground| ground.tokens.start < sentence.start);
    let to = grounds.partition_point(|ground| ground.tokens.start < sentence.end);
    (from..to)
        .filter(|&i| {
            grounds[i].used == Use::Plain
                && grounds[i].fit
                && grounds[i].place.precision != PlacePrecision::Country
        })
        .min_by_key(|&i| {
            (
                coarse(&grounds[i].place),
                grounds[i].tokens.start.abs_diff(site.start),
            )
        })
}

/// The last town named within a few sentences before token `at`.
fn lately(grounds: &[Ground], at: usize) -> Option<usize> {
    let end = grounds.partition_point(|ground| ground.tokens.start < at);
    (0..end)
        .rev()
        .take_while(|&i| grounds[i].tokens.start + LATELY >= at)
        .find(|&i| grounds[i].used == Use::Plain && grounds[i].fit && !coarse(&grounds[i].place))
}

fn coarse(place: &Place) -> bool {
    place.precision >= PlacePrecision::Region && place.precision != PlacePrecision::Unresolved
}

/// A site and the ground found for it.
struct Held {
    /// Index into the grounds.
    ground: Option<usize>,
    /// Index of an earlier or later site of the same kind that it is.
    same: Option<usize>,
    /// Tokens of the whole expression.
    tokens: Range<usize>,
}

fn put_sites(
    doc: &Doc,
    sites: &[SiteSpot],
    grounds: &[Ground],
    home: Option<usize>,
    used: &mut [bool],
    out: &mut Vec<PlaceMention>,
) {
    let mut held: Vec<Held> = Vec::with_capacity(sites.len());
    let mut sites = sites.to_vec();
    for site in &mut sites {
        let mut tokens = site.tokens.clone();
        let mut ground = behind(doc, grounds, site.tokens.end);
        if let Some(at) = ground {
            tokens.end = grounds[at].tokens.end;
        }
        {
            // "Darmuk prison", "the Darmuk prison break", "Darmuk's central prison", "a Harnoki prison".
            let from = grounds.partition_point(|ground| ground.tokens.end + 1 < site.tokens.start);
            for (at, candidate) in grounds.iter().enumerate().skip(from) {
                if candidate.tokens.start >= site.head {
                    break;
                }
                let inside = candidate.tokens.start >= site.tokens.start;
                let owner = candidate.tokens.end <= site.tokens.start
                    && (candidate.tokens.end..site.tokens.start)
                        .all(|t| doc.token(t).tag() == "POS")
                    && (candidate.used == Use::People || candidate.tokens.end < site.tokens.start);
                // "Jerusalem Hospital" in a text about another town is called after it, and lies elsewhere.
                if inside && candidate.used != Use::People && called_after(grounds, at) {
                    site.named = true;
                    continue;
                }
                if (inside || owner) && candidate.fit {
                    // "the Velisk camp in the Low Hills": the finer of the two holds it.
                    let finer = |at: usize| !coarse(&candidate.place) && coarse(&grounds[at].place);
                    if ground.is_none_or(|at| {
                        at < grounds.len() && candidate.used != Use::People && finer(at)
                    }) {
                        ground = Some(at);
                    }
                    tokens.start = tokens.start.min(candidate.tokens.start);
                }
            }
        }
        held.push(Held {
            ground,
            same: None,
            tokens,
        });
    }
    // Which sites are the same: "the prison", "Tuwayrin jail" again.
    for i in 0..sites.len() {
        if held[i]
            .ground
            .is_some_and(|at| grounds[at].used != Use::People)
        {
            continue;
        }
        let site = &sites[i];
        if !(site.named || site.definite || site.modifier) {
            continue;
        }
        let fits = |j: usize| {
            j != i
                && sites[j].kind == site.kind
                && (held[j]
                    .ground
                    .is_some_and(|at| grounds[at].used != Use::People)
                    || sites[j].named && !site.named)
                && (!(site.named && sites[j].named) || alike(doc, site, &sites[j]))
                && match (held[i].ground, held[j].ground) {
                    // "a Harnoki prison" is none of another country.
                    (Some(a), Some(b)) => grounds[a].place.country == grounds[b].place.country,
                    _ => true,
                }
        };
        held[i].same = (i.saturating_sub(SITES_BACK)..i)
            .rev()
            .find(|&j| fits(j))
            .or_else(|| (i + 1..sites.len().min(i + SITES_BACK)).find(|&j| fits(j)));
    }
    for (i, site) in sites.iter().enumerate() {
        let pair = doc.slice(site.tokens.clone()).contains(' ');
        let known = held[i].ground.is_some();
        // "in prison", "hospital officials": no site is meant.
        if !(site.named
            || known
            || site.definite && held[i].same.is_some()
            || (site.definite || site.indefinite) && !site.modifier && pair)
        {
            continue;
        }
        if site.modifier
            && !site.named
            && !(known && place_inside(grounds, &held[i], site))
            && held[i].same.is_none()
        {
            continue;
        }
        let mut ground = held[i].ground;
        let mut name = None;
        if let Some(same) = held[i].same {
            if ground.is_none_or(|at| grounds[at].used == Use::People) {
                // What the other is known by in turn, a few steps on.
                let mut other = same;
                for _ in 0..4 {
                    match (held[other].ground, held[other].same) {
                        (None, Some(next)) => other = next,
                        _ => break,
                    }
                }
                ground = held[other].ground.or(ground);
            }
            if !site.named && sites[same].named {
                name = Some(doc.slice(sites[same].tokens.clone()).to_owned());
            }
        }
        let ground = ground
            .or_else(|| beside(doc, grounds, &site.tokens))
            .or(home);
        if let Some(at) = held[i].ground
            && grounds[at].used != Use::People
        {
            used[at] = true;
        }
        take(grounds, &held[i].tokens, used);
        let words = doc.slice(held[i].tokens.clone()).to_owned();
        let site_name = name.unwrap_or_else(|| doc.slice(site.tokens.clone()).to_owned());
        out.push(PlaceMention {
            tokens: held[i].tokens.clone(),
            place: on(
                ground.map(|at| &grounds[at].place),
                site_name,
                words,
                PlacePrecision::Site,
            ),
        });
    }
}

/// Whether the place in a site's name is far from every town the text names, and itself named nowhere else.
fn called_after(grounds: &[Ground], at: usize) -> bool {
    let place = &grounds[at].place;
    let mut towns = grounds
        .iter()
        .enumerate()
        .filter(|(i, ground)| {
            *i != at && ground.used == Use::Plain && ground.fit && !coarse(&ground.place)
        })
        .take(CALLED_AFTER_TOWNS)
        .map(|(_, ground)| &ground.place)
        .filter(|town| town.lat.is_some() && key(town) != key(place))
        .peekable();
    towns.peek().is_some()
        && towns.all(|town| {
            place
                .distance_m(town)
                .is_some_and(|metres| metres > CALLED_AFTER_M)
        })
        && !grounds
            .iter()
            .take(CALLED_AFTER_TOWNS)
            .enumerate()
            .any(|(i, ground)| {
                i != at
                    && ground.used == Use::Plain
                    && key(&ground.place) == key(place)
                    && ground.tokens.len() > grounds[at].tokens.len()
            })
}

/// Marks the grounds that share a token with `tokens`.
fn take(grounds: &[Ground], tokens: &Range<usize>, used: &mut [bool]) {
    let from = grounds.partition_point(|ground| ground.tokens.end <= tokens.start);
    for (ground, used) in grounds.iter().zip(used).skip(from) {
        if ground.tokens.start >= tokens.end {
            break;
        }
        *used = true;
    }
}

/// Whether the ground stands inside the site's own name: "Darmuk prison break".
fn place_inside(grounds: &[Ground], held: &Held, site: &SiteSpot) -> bool {
    held.ground
        .is_some_and(|at| grounds[at].tokens.end <= site.head)
}

/// Whether two named sites of one kind bear one name, as far as spelling tells.
fn alike(doc: &Doc, a: &SiteSpot, b: &SiteSpot) -> bool {
    let place = |site: &SiteSpot| {
        on(
            None,
            doc.slice(site.tokens.clone()).to_owned(),
            String::new(),
            PlacePrecision::Site,
        )
    };
    super::same_place(&place(a), &place(b))
}

/// A site or street on the ground that holds it.
fn on(ground: Option<&Place>, site: String, words: String, precision: PlacePrecision) -> Place {
    let Some(ground) = ground else {
        return Place {
            id: None,
            name: site.clone(),
            site: Some(site),
            parts: Vec::new(),
            country: None,
            lat: None,
            lon: None,
            radius_m: None,
            precision,
            words,
        };
    };
    Place {
        site: Some(site),
        parts: inside(ground),
        // A site somewhere in a region is known no better than the region.
        precision: if coarse(ground) {
            ground.precision
        } else {
            precision
        },
        words,
        ..ground.clone()
    }
}

fn put_addresses(
    doc: &Doc,
    streets: &[Range<usize>],
    grounds: &[Ground],
    home: Option<usize>,
    used: &mut [bool],
    out: &mut Vec<PlaceMention>,
) {
    for street in streets.iter().cloned() {
        let mut tokens = whole(doc, &street);
        let mut ground = behind(doc, grounds, street.end);
        if let Some(at) = ground {
            tokens.end = grounds[at].tokens.end;
        }
        ground = ground
            .or_else(|| beside(doc, grounds, &street).filter(|&at| !coarse(&grounds[at].place)))
            .or(home)
            .or_else(|| lately(grounds, street.start));
        take(grounds, &tokens, used);
        // A site on a street: the street says where the site is, and stays an expression of its own.
        out.push(PlaceMention {
            place: on(
                ground.map(|at| &grounds[at].place),
                doc.slice(street).to_owned(),
                doc.slice(tokens.clone()).to_owned(),
                PlacePrecision::Street,
            ),
            tokens,
        });
    }
}
