//! Why two reports scored as they did, in words: each feature with what the one and the other has. The linker knows
//! hashes alone; whoever asks brings the words.

use model::{Comparison, Glossary, Likeness};

use super::{
    cluster::{Edge, ONE},
    features::{NAMES, features as pair_features},
    node::{Node, Weighted},
    pool::ReportPool,
    record::{Key, LinkingRecord, Spot},
    weights::Weights,
};

/// Words listed of one feature.
const LISTED: usize = 8;
/// Weight below which a feature is not worth a line.
const SLIGHT: f64 = 0.005;

/// Gives the written words behind the hashes of what was linked: of a report, or of one of its accounts. Empty where
/// they are not at hand.
pub type Words<'a> = &'a dyn Fn(&Key) -> Glossary;

/// One side of a pair: what it is, as the linker saw it.
#[derive(Clone, Debug)]
pub struct Side {
    key: Key,
    node: Node,
}

/// A pair that was compared.
#[derive(Clone, Debug)]
pub struct Pair {
    a: Side,
    b: Side,
    score: i64,
}

impl Pair {
    /// The pair of an edge.
    pub fn of(edge: &Edge, records: &[LinkingRecord], pool: &ReportPool) -> Self {
        let side = |node: u32| {
            let node = node as usize;
            Side {
                key: records[pool.records[node][0]].key(),
                node: pool.nodes[node].clone(),
            }
        };
        Self {
            a: side(edge.a),
            b: side(edge.b),
            score: edge.score,
        }
    }

    /// The pair with what each feature of it adds, in words.
    pub fn comparison(&self, words: Words<'_>, weights: &Weights) -> Comparison {
        Comparison {
            a: self.a.key.0.clone(),
            b: self.b.key.0.clone(),
            score: (self.score as f64 / ONE as f64 * 1000.0).round() / 1000.0,
            features: features(&self.a, &self.b, words, weights),
        }
    }
}

/// The features that weigh, the weightiest first; equal ones in the order of the file of weights.
fn features(a: &Side, b: &Side, words: Words<'_>, weights: &Weights) -> Vec<Likeness> {
    let (words_a, words_b) = (words(&a.key), words(&b.key));
    let mut out = Vec::new();
    let shares = weights.shares(&pair_features(&a.node, &b.node));
    for (name, weight) in NAMES.iter().zip(shares) {
        if weight.abs() < SLIGHT {
            continue;
        }
        let (left, right) = sides(name, (&a.node, &words_a), (&b.node, &words_b));
        out.push(Likeness {
            feature: (*name).to_owned(),
            a: left,
            b: right,
            weight: (weight * 1000.0).round() / 1000.0,
            why: why(name).to_owned(),
        });
    }
    out.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()));
    out
}

/// One clause on what the feature says.
fn why(name: &str) -> &'static str {
    match name {
        "rare_names" => "capitalised words that few reports have stand in both",
        "rare_words" => "words that few reports have stand in both",
        "title" => "the headlines share words",
        "lead" => "headline and first lines share words",
        "words" => "the texts share words",
        "days_apart" => "days between the publications",
        "days_unknown" => "a day of publication is not known",
        "dates_differ" => "both name days, none of them the same",
        "lead_dates_differ" => "the first lines name days more than a day apart",
        "dates_shared" => "the first lines name the same day",
        "name_shared" => "a name that few reports have stands in both",
        "names_sum" => "names that few reports have stand in both",
        "names_differ" => "both have several names, none of them the same",
        "streets_shared" => "the same street or block is named",
        "streets_many" => "many streets are named: a report on several incidents",
        "ages_shared" => "the same ages stand in the first lines",
        "lead_ages_differ" => "ages in the first lines of one stand nowhere in the other",
        "ages_differ" => "both give ages, none of them the same",
        "states_differ" => "both name states, none of them the same",
        "places_differ" => "both name places, none of them the same",
        "places_shared" => "places are named in both",
        "short" => "length of the shorter text",
        "passages" => "runs of five words stand in both",
        "town_same" => "it happened in the same town",
        "town_differs" => "it happened in different towns",
        "when_same" => "it happened within a day",
        "when_differs" => "it happened on days further apart",
        "killed_same" => "figures of people killed fit",
        "killed_differs" => "figures of people killed do not fit",
        "injured_same" => "figures of people injured fit",
        "injured_differs" => "figures of people injured do not fit",
        "kinds_differ" => "what happened is named differently",
        "people_shared" => "people named with their ages stand in both",
        "people_differ" => "both name people with their ages, none of them the same",
        "headline_shared" => "names of one headline stand in the other report",
        "ground" => "how far the texts dwell on the same places",
        "ground_unknown" => "a text dwells on no place",
        "headline_ground_differs" => "places of each headline stand nowhere in the other report",
        "headlines_named" => "places of a headline stand in the other report",
        "ground_named" | "ground_named_less" => {
            "how many of the places that one dwells on the other names"
        }
        "top_named" => "the place that one names most stands in the other",
        "town_near" => "the places are near each other, or one holds the other",
        "town_named" => "the town of one is named in the other",
        "town_apart" => "the towns are different, and neither report names the other's",
        "town_far" => "distance between the towns",
        "countries_differ" => "it happened in different countries",
        "day_far" => "days between the days on which it happened",
        _ => "",
    }
}

fn sides(name: &str, a: (&Node, &Glossary), b: (&Node, &Glossary)) -> (String, String) {
    let (pa, pb) = (&a.0.fingerprint, &b.0.fingerprint);
    let both = |list: String| (list.clone(), list);
    let shared = |x: &Weighted, y: &Weighted| {
        let mut found: Vec<(u64, f32)> = x
            .iter()
            .filter(|entry| y.binary_search_by_key(&entry.0, |other| other.0).is_ok())
            .copied()
            .collect();
        found.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        words(found.iter().map(|entry| entry.0), a.1)
    };
    let listed =
        |x: &[u64], y: &[u64]| (words(x.iter().copied(), a.1), words(y.iter().copied(), b.1));
    let common = |x: &[u64], y: &[u64]| {
        let found = x
            .iter()
            .filter(|hash| y.binary_search(hash).is_ok())
            .copied();
        words(found, a.1)
    };
    match name {
        "rare_names" => both(shared(&a.0.capitals, &b.0.capitals)),
        "rare_words" => both(shared(&a.0.rare, &b.0.rare)),
        "title" => both(shared(&a.0.title, &b.0.title)),
        "lead" => both(shared(&a.0.lead, &b.0.lead)),
        "words" => both(shared(&a.0.words, &b.0.words)),
        "name_shared" | "names_sum" => both(shared(&a.0.pairs, &b.0.pairs)),
        "streets_shared" => both(shared(&a.0.streets, &b.0.streets)),
        "headline_shared" => (
            shared(&a.0.headline, &b.0.capitals),
            words(
                b.0.headline.iter().map(|entry| entry.0).filter(|hash| {
                    a.0.capitals
                        .binary_search_by_key(hash, |entry| entry.0)
                        .is_ok()
                }),
                b.1,
            ),
        ),
        "names_differ" => listed(&pa.pairs, &pb.pairs),
        "streets_many" => listed(&pa.streets, &pb.streets),
        "people_differ" | "people_shared" => listed(&pa.people, &pb.people),
        "places_differ" => listed(&pa.places, &pb.places),
        "places_shared" => both(common(&pa.places, &pb.places)),
        "states_differ" => (states(&pa.states, a.1), states(&pb.states, b.1)),
        "days_apart" | "days_unknown" => {
            (days(pa.published.as_slice()), days(pb.published.as_slice()))
        }
        "dates_differ" => (days(&pa.days), days(&pb.days)),
        "lead_dates_differ" | "dates_shared" => (days(&pa.lead_days), days(&pb.lead_days)),
        "ages_shared" => (ages(&pa.lead_ages), ages(&pb.lead_ages)),
        "lead_ages_differ" => (ages(&pa.lead_ages), ages(&pb.lead_ages)),
        "ages_differ" => (ages(&pa.ages), ages(&pb.ages)),
        "short" => (
            format!("{} words", pa.length),
            format!("{} words", pb.length),
        ),
        "town_same" | "town_differs" | "town_near" | "town_named" | "town_apart" | "town_far" => {
            (towns(&pa.spots), towns(&pb.spots))
        }
        "countries_differ" => (countries(&pa.spots), countries(&pb.spots)),
        "ground" | "ground_named" | "ground_named_less" | "top_named" => {
            (dwelt(&a.0.ground, a.1), dwelt(&b.0.ground, b.1))
        }
        "headline_ground_differs" | "headlines_named" => listed(&pa.title_ground, &pb.title_ground),
        "when_same" | "when_differs" | "day_far" => {
            let first =
                |when: &[(i32, i32)]| when.first().map_or(String::new(), |when| days(&[when.0]));
            (first(&pa.when), first(&pb.when))
        }
        "killed_same" | "killed_differs" => (ranges(&pa.killed), ranges(&pb.killed)),
        "injured_same" | "injured_differs" => (ranges(&pa.injured), ranges(&pb.injured)),
        _ => (String::new(), String::new()),
    }
}

fn list(words: Vec<String>) -> String {
    let more = words.len().saturating_sub(LISTED);
    let mut out = words
        .iter()
        .take(LISTED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if more > 0 {
        out.push_str(&format!(" and {more} more"));
    }
    out
}

fn words(hashes: impl Iterator<Item = u64>, glossary: &Glossary) -> String {
    list(
        hashes
            .filter_map(|hash| glossary.words.get(&hash).cloned())
            .collect(),
    )
}

fn days(days: &[i32]) -> String {
    let date = |day: &i32| {
        jiff::civil::Date::constant(1970, 1, 1)
            .checked_add(jiff::Span::new().try_days(*day).ok()?)
            .ok()
    };
    list(
        days.iter()
            .filter_map(date)
            .map(|date| date.to_string())
            .collect(),
    )
}

fn ages(ages: &[u32]) -> String {
    let age = |age: &u32| match age {
        200.. => format!("{} months", age - 200),
        _ => age.to_string(),
    };
    list(ages.iter().map(age).collect())
}

fn states(states: &[u64], glossary: &Glossary) -> String {
    let name = |at: &u64| {
        let known = u16::try_from(*at)
            .ok()
            .and_then(|at| glossary.divisions.get(&at));
        known.cloned().unwrap_or_default()
    };
    list(states.iter().map(name).collect())
}

fn towns(spots: &[Spot]) -> String {
    let towns = spots.iter().filter(|spot| !spot.town.is_empty());
    list(towns.map(|spot| spot.town.clone()).collect())
}

fn countries(spots: &[Spot]) -> String {
    let mut known: Vec<String> = spots
        .iter()
        .filter_map(|spot| spot.parts.last().cloned())
        .collect();
    known.sort();
    known.dedup();
    list(known)
}

/// The places dwelt on, the most first.
fn dwelt(ground: &Weighted, glossary: &Glossary) -> String {
    let mut found = ground.clone();
    found.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    words(found.iter().map(|entry| entry.0), glossary)
}

fn ranges(ranges: &[(u64, u64)]) -> String {
    let range = |(low, high): &(u64, u64)| match *high {
        u64::MAX => format!("{low} or more"),
        high if high == *low => low.to_string(),
        high => format!("{low}–{high}"),
    };
    list(ranges.iter().map(range).collect())
}
