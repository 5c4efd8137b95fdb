//! How alike two reports are, feature by feature.

use super::{
    block::gap,
    fingerprint::Fingerprint,
    ground,
    node::{Node, Weighted},
    record::Spot,
};

/// The features, in the order of the weights.
pub const NAMES: &[&str] = &[
    "rare_names",
    "rare_words",
    "title",
    "lead",
    "words",
    "days_apart",
    "days_unknown",
    "dates_differ",
    "lead_dates_differ",
    "dates_shared",
    "name_shared",
    "names_differ",
    "streets_shared",
    "streets_many",
    "ages_shared",
    "lead_ages_differ",
    "ages_differ",
    "states_differ",
    "places_differ",
    "places_shared",
    "short",
    "passages",
    "town_same",
    "town_differs",
    "when_same",
    "when_differs",
    "killed_same",
    "killed_differs",
    "injured_same",
    "injured_differs",
    "kinds_differ",
    "people_shared",
    "people_differ",
    "headline_shared",
    "names_sum",
    "ground",
    "ground_unknown",
    "headline_ground_differs",
    "town_near",
    "town_named",
    "town_apart",
    "town_far",
    "countries_differ",
    "day_far",
    "ground_named",
    "ground_named_less",
    "headlines_named",
    "top_named",
];

/// Number of features.
pub const N: usize = 48;

/// Whether a feature speaks for one incident the more there is of it (1), against it (-1), or either (0), in the order
/// of [`NAMES`]: trees are learned within that. `None` where what was learned of it went against what it says, or
/// another feature tells the same: the sum of the names shared beside the best of them.
pub const SLOPES: [Option<i8>; N] = [
    Some(1),
    Some(1),
    Some(1),
    Some(1),
    Some(0),
    Some(-1),
    None,
    Some(-1),
    Some(-1),
    Some(1),
    Some(1),
    Some(0),
    Some(1),
    Some(0),
    Some(1),
    Some(-1),
    Some(-1),
    Some(-1),
    Some(-1),
    Some(1),
    Some(0),
    None,
    Some(1),
    Some(-1),
    Some(1),
    Some(-1),
    Some(1),
    None,
    Some(1),
    Some(-1),
    Some(-1),
    Some(1),
    Some(-1),
    Some(1),
    None,
    Some(1),
    Some(0),
    Some(-1),
    Some(1),
    Some(1),
    Some(-1),
    Some(-1),
    Some(-1),
    Some(-1),
    Some(1),
    Some(1),
    Some(1),
    Some(1),
];

/// The features of a pair; the same whichever comes first.
pub fn features(a: &Node, b: &Node) -> [f64; N] {
    let (pa, pb) = (&a.fingerprint, &b.fingerprint);
    let flag = |yes: bool| f64::from(u8::from(yes));
    let mut out = [0.0; N];
    let mut at = 0;
    let mut put = |value: f64| {
        out[at] = value;
        at += 1;
    };
    put((1.0 + shared(&a.capitals, &b.capitals)).ln());
    put((1.0 + shared(&a.rare, &b.rare)).ln());
    put(cosine(&a.title, &b.title));
    put(cosine(&a.lead, &b.lead));
    put(cosine(&a.words, &b.words));
    let days = gap(a, b);
    put(days.map_or(0.0, |days| (1.0 + f64::from(days)).ln()));
    put(flag(days.is_none()));
    put(flag(
        !pa.days.is_empty() && !pb.days.is_empty() && common(&pa.days, &pb.days) == 0,
    ));
    put(flag(
        nearest(&pa.lead_days, &pb.lead_days).is_some_and(|days| days > 1),
    ));
    put(common(&pa.lead_days, &pb.lead_days).min(3) as f64);
    put(flag(shared(&a.pairs, &b.pairs) > 0.0));
    put(flag(
        pa.pairs.len() > 2 && pb.pairs.len() > 2 && common(&pa.pairs, &pb.pairs) == 0,
    ));
    put(shared(&a.streets, &b.streets).min(3.0));
    put((1.0 + a.streets.len().max(b.streets.len()) as f64).ln());
    put(common(&pa.lead_ages, &pb.lead_ages).min(2) as f64);
    put(flag(
        !pa.lead_ages.is_empty()
            && !pb.lead_ages.is_empty()
            && common(&pa.lead_ages, &pb.ages) == 0
            && common(&pb.lead_ages, &pa.ages) == 0,
    ));
    put(flag(
        !pa.ages.is_empty() && !pb.ages.is_empty() && common(&pa.ages, &pb.ages) == 0,
    ));
    put(flag(
        !pa.states.is_empty() && !pb.states.is_empty() && common(&pa.states, &pb.states) == 0,
    ));
    let places = common(&pa.places, &pb.places);
    put(flag(
        !pa.places.is_empty() && !pb.places.is_empty() && places == 0,
    ));
    put(places.min(3) as f64);
    put((1.0 + pa.length.min(pb.length) as f64).ln());
    let passages = common(&pa.shingles, &pb.shingles) as f64;
    put(passages / pa.shingles.len().min(pb.shingles.len()).max(4) as f64);
    let town = towns(&pa.spots, &pb.spots);
    put(flag(town == Some(true)));
    put(flag(town == Some(false)));
    let when = whens(&pa.when, &pb.when);
    put(flag(when == Some(true)));
    put(flag(when == Some(false)));
    for (x, y) in [(&pa.killed, &pb.killed), (&pa.injured, &pb.injured)] {
        let same = figures(x, y);
        put(flag(same == Some(true)));
        put(flag(same == Some(false)));
    }
    put(flag(
        !pa.kinds.is_empty() && !pb.kinds.is_empty() && common(&pa.kinds, &pb.kinds) == 0,
    ));
    let people = common(&pa.people, &pb.pairs) + common(&pb.people, &pa.pairs);
    put(people.min(3) as f64);
    put(flag(
        !pa.people.is_empty() && !pb.people.is_empty() && people == 0,
    ));
    put((1.0 + shared(&a.headline, &b.capitals) + shared(&b.headline, &a.capitals)).ln());
    put((1.0 + shared(&a.pairs, &b.pairs)).ln());
    let unknown = a.ground.is_empty() || b.ground.is_empty();
    let ground = cosine(&a.ground, &b.ground);
    put(ground);
    put(flag(unknown));
    put(flag(headlines_apart(pa, pb)));
    let places = ground::compare(pa, pb);
    let apart = places.differ && places.known == 0;
    put(flag(places.near));
    put(f64::from(places.known) / 2.0);
    put(flag(apart));
    let far = places.metres.filter(|_| apart);
    put(far.map_or(0.0, |metres| (1.0 + metres / 20_000.0).ln()));
    put(flag(places.countries_differ));
    let gap = pa
        .when
        .iter()
        .flat_map(|x| pb.when.iter().map(move |y| days_between(*x, *y)));
    put(gap.min().map_or(0.0, |days| (1.0 + f64::from(days)).ln()));
    let (x, y) = (covered(a, pb), covered(b, pa));
    put(x.max(y));
    put(x.min(y));
    let headline = |of: &Fingerprint, other: &Fingerprint| {
        of.title_ground
            .iter()
            .any(|hash| other.named.binary_search(hash).is_ok())
    };
    put((f64::from(u8::from(headline(pa, pb))) + f64::from(u8::from(headline(pb, pa)))) / 2.0);
    let top = |of: &Node, other: &Fingerprint| {
        let top = of
            .ground
            .iter()
            .max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)));
        top.is_some_and(|top| other.named.binary_search(&top.0).is_ok())
    };
    put((f64::from(u8::from(top(a, pb))) + f64::from(u8::from(top(b, pa)))) / 2.0);
    out
}

/// Share of the place names that one report dwells on which the other names at all, 0 to 1.
fn covered(of: &Node, other: &Fingerprint) -> f64 {
    of.ground
        .iter()
        .filter(|(hash, _)| other.named.binary_search(hash).is_ok())
        .map(|(_, weight)| f64::from(weight * weight))
        .sum()
}

/// Days between two spans of days, 0 where they meet or are a day apart.
fn days_between(a: (i32, i32), b: (i32, i32)) -> i32 {
    let gap = a.0.max(b.0).saturating_sub(a.1.min(b.1));
    gap.saturating_sub(1).max(0)
}

/// Whether both headlines name places, and neither text names one of the other's.
fn headlines_apart(a: &Fingerprint, b: &Fingerprint) -> bool {
    let apart = |of: &Fingerprint, other: &Fingerprint| {
        !of.title_ground.is_empty()
            && !of
                .title_ground
                .iter()
                .any(|hash| other.named.binary_search(hash).is_ok())
    };
    apart(a, b) && apart(b, a)
}

/// Calls `each` with the places of equal items in two sorted lists.
fn meet<A, B, K: Ord>(
    a: &[A],
    b: &[B],
    key_a: impl Fn(&A) -> K,
    key_b: impl Fn(&B) -> K,
    mut each: impl FnMut(&A, &B),
) {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match key_a(x).cmp(&key_b(y)) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                each(x, y);
                i += 1;
                j += 1;
            }
        }
    }
}

fn shared(a: &Weighted, b: &Weighted) -> f64 {
    let mut sum = 0.0;
    meet(a, b, |x| x.0, |y| y.0, |x, _| sum += f64::from(x.1));
    sum
}

fn cosine(a: &Weighted, b: &Weighted) -> f64 {
    let mut sum = 0.0;
    meet(
        a,
        b,
        |x| x.0,
        |y| y.0,
        |x, y| sum += f64::from(x.1) * f64::from(y.1),
    );
    sum.min(1.0)
}

fn common<T: Ord + Copy>(a: &[T], b: &[T]) -> usize {
    let mut n = 0;
    meet(a, b, |x| *x, |y| *y, |_, _| n += 1);
    n
}

/// Days between the nearest two; `None` when a list is empty.
fn nearest(a: &[i32], b: &[i32]) -> Option<i32> {
    a.iter()
        .flat_map(|x| b.iter().map(move |y| x.saturating_sub(*y).saturating_abs()))
        .min()
}

/// Whether the towns are the same, as far as both are known.
fn towns(a: &[Spot], b: &[Spot]) -> Option<bool> {
    let known = |spots: &[Spot]| spots.iter().any(|spot| !spot.town.is_empty());
    if !known(a) || !known(b) {
        return None;
    }
    Some(a.iter().any(|a| {
        b.iter()
            .any(|b| !a.town.is_empty() && a.town == b.town && a.parts.last() == b.parts.last())
    }))
}

/// Whether the first days given are within a day of each other.
fn whens(a: &[(i32, i32)], b: &[(i32, i32)]) -> Option<bool> {
    let (a, b) = (a.first()?, b.first()?);
    Some(a.0 <= b.1.saturating_add(1) && b.0 <= a.1.saturating_add(1))
}

/// Whether some figure of one fits one of the other.
fn figures(a: &[(u64, u64)], b: &[(u64, u64)]) -> Option<bool> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    Some(a.iter().any(|a| b.iter().any(|b| a.0 <= b.1 && b.0 <= a.1)))
}
