//! Towns in the web address of a report: "darmuknews.example/local/velisk/…".
//!
//! What comes in: an address and the gazetteer. What goes out: the names in it that populated places or counties bear,
//! with where in the address they stand. A publisher's name and its sections say where it mostly reports from, and
//! nothing of this happening: whoever asks decides what that is worth.

use super::{
    fold::fold,
    gazetteer::{Gazetteer, NameKind, RecordId, RecordKind},
    words::{COMMON, QUALIFIERS},
};
use crate::lexicon::List;

/// Where in an address a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InAddress {
    /// In the publisher's name: the host.
    Host,
    /// As a section of the publication: a part of the path.
    Section,
    /// Behind "in" in the words that name the page: "two-shot-in-darmuk".
    Slug,
}

/// Words before a town in the name of an outlet.
const BEFORE: &[&str] = &[
    "the", "my", "daily", "news", "nbc", "cbs", "abc", "fox", "metro", "greater", "our", "inside",
    "visit", "go",
];

const TABLE: &str = include_str!("../../../../../lexicons/en/outlets.tsv");

/// Words behind a town in the name of an outlet.
static BEHIND: List = List::new(TABLE, "behind");

/// Parts of an address that are sections of every publication, and everyday words in publishers' names, though towns
/// bear them.
const SECTIONS: &[&str] = &[
    "mobile",
    "home",
    "media",
    "page",
    "story",
    "video",
    "index",
    "archive",
    "police",
    "courts",
    "state",
    "region",
    "central",
    "north",
    "south",
    "east",
    "west",
    "valley",
    "man",
    "union",
    "independence",
    "justice",
    "college",
    "liberty",
    "enterprise",
];

/// Least inhabitants of a town whose name alone is taken from an address.
const LEAST: u32 = 2_000;

/// Longest address looked at, in bytes.
const LONGEST: usize = 600;

/// The names in an address, each with its bearers; of one name the first.
pub(super) fn named(
    gazetteer: &Gazetteer,
    address: &str,
) -> Vec<(InAddress, String, Vec<RecordId>)> {
    let mut out: Vec<(InAddress, String, Vec<RecordId>)> = Vec::new();
    // A page kept by a web archive: the inner address counts.
    let start = ["http://", "https://"]
        .iter()
        .filter_map(|scheme| address.rfind(scheme))
        .max();
    let Some(address) = start
        .and_then(|at| address.get(at..))
        .and_then(|inner| inner.split_once("://"))
    else {
        return out;
    };
    let address = address.1;
    if address.len() > LONGEST {
        return out;
    }
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let host = host.split(':').next().unwrap_or(host);
    let mut add = |place, name: String, county: bool, least| {
        if out.iter().any(|known| known.1 == name) {
            return;
        }
        let bearers = bearers(gazetteer, &name, county, least);
        if !bearers.is_empty() {
            out.push((place, name, bearers));
        }
    };
    for (name, county) in in_host(host) {
        add(InAddress::Host, name, county, LEAST);
    }
    let path = path.split(['?', '#']).next().unwrap_or(path);
    for part in path.split('/').take(10) {
        let words: Vec<&str> = part
            .split(['-', '_', '+', '.'])
            .filter(|word| !word.is_empty())
            .take(40)
            .collect();
        if words.len() > 3 {
            if let Some(name) = behind_in(gazetteer, &words) {
                let county = name.ends_with(" county");
                add(InAddress::Slug, name, county, LEAST);
            }
            continue;
        }
        if words.is_empty() || part.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let name = fold(&words.join(" "));
        if name.len() < 4 || is_word(&name) {
            continue;
        }
        add(
            InAddress::Section,
            name.clone(),
            name.ends_with(" county"),
            LEAST,
        );
    }
    out
}

/// The names that a publisher's own address may hold, and whether each is a county's.
fn in_host(host: &str) -> Vec<(String, bool)> {
    let labels: Vec<&str> = host.split('.').filter(|label| *label != "www").collect();
    let runs = labels
        .iter()
        .take(labels.len().saturating_sub(1))
        // "station5darmuk": the number parts two names.
        .flat_map(|label| label.split(|c: char| c.is_ascii_digit()))
        .filter(|run| run.len() >= 4);
    let mut out = Vec::new();
    for (stem, county) in runs.flat_map(stems) {
        for name in spaced(&stem) {
            // "police.example": a word of every publisher, though a town bears it.
            if is_word(&name) {
                continue;
            }
            let name = if county {
                format!("{name} county")
            } else {
                name
            };
            out.push((name, county));
        }
    }
    out
}

/// The longest name of a town or county behind the first "in" of a page's name that has one.
fn behind_in(gazetteer: &Gazetteer, words: &[&str]) -> Option<String> {
    let places = words
        .iter()
        .enumerate()
        .filter(|(_, word)| matches!(**word, "in" | "near"));
    for (at, _) in places {
        let mut from = at + 1;
        while words.get(from).is_some_and(|word| {
            QUALIFIERS.contains(word) || matches!(*word, "nw" | "ne" | "sw" | "se")
        }) {
            from += 1;
        }
        for length in (1..=3).rev() {
            let Some(run) = words.get(from..from + length) else {
                continue;
            };
            let name = fold(&run.join(" "));
            if name.len() >= 4
                && !is_word(&name)
                && !bearers(gazetteer, &name, name.ends_with(" county"), LEAST).is_empty()
            {
                return Some(name);
            }
        }
    }
    None
}

/// Whether a name is an everyday word or a section of every publication before it is a town.
fn is_word(name: &str) -> bool {
    SECTIONS.contains(&name) || COMMON.contains(name)
}

/// What is left of the name of an outlet when the words of its trade are taken off, step by step; and whether "county"
/// stood behind it.
fn stems(label: &str) -> Vec<(String, bool)> {
    let label: String = label
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let mut fronts = vec![label.as_str()];
    let mut at = 0;
    while at < fronts.len() && fronts.len() < 6 {
        let rest = fronts[at];
        fronts.extend(BEFORE.iter().filter_map(|word| rest.strip_prefix(word)));
        at += 1;
    }
    let mut out: Vec<(String, bool)> = Vec::new();
    for front in fronts {
        let mut open = vec![(front, false)];
        let mut at = 0;
        while at < open.len() && open.len() < 24 {
            let (rest, _) = open[at];
            for word in BEHIND.words() {
                if let Some(stem) = rest.strip_suffix(word) {
                    open.push((stem, word == "county"));
                }
            }
            at += 1;
        }
        for (stem, county) in open {
            if stem.len() >= 4 && !out.iter().any(|known| known.0 == stem && known.1 == county) {
                out.push((stem.to_owned(), county));
            }
        }
    }
    out
}

/// The stem as one word, and as two wherever it may be cut.
fn spaced(stem: &str) -> Vec<String> {
    let mut out = vec![fold(stem)];
    if stem.len() >= 8 && stem.is_ascii() {
        out.extend(
            (2..stem.len() - 2).map(|cut| fold(&format!("{} {}", &stem[..cut], &stem[cut..]))),
        );
    }
    out
}

/// Towns of a size, or counties, that bear a name as their main one.
fn bearers(gazetteer: &Gazetteer, name: &str, county: bool, least: u32) -> Vec<RecordId> {
    let hits = gazetteer.lookup(name);
    hits.into_iter()
        .filter(|hit| hit.1 == NameKind::Main || county)
        .filter(|hit| {
            gazetteer.record(hit.0).is_some_and(|record| {
                if county {
                    record.kind == RecordKind::District
                } else {
                    record.kind == RecordKind::City && record.population >= least
                }
            })
        })
        .map(|hit| hit.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::places::testing::gazetteer;

    #[test]
    fn the_table_is_in_order() {
        crate::lexicon::check(TABLE, &[&BEHIND]);
    }

    #[track_caller]
    fn check(address: &str, expected: &[(InAddress, &str)]) {
        let found = named(&gazetteer(), address);
        let found: Vec<(InAddress, &str)> =
            found.iter().map(|one| (one.0, one.1.as_str())).collect();
        assert_eq!(found, expected, "{address}");
    }

    #[test]
    fn the_town_of_the_publisher_stands_in_its_host() {
        use InAddress::Host;
        check("https://www.darmuknews.example/a/b", &[(Host, "darmuk")]);
        check(
            "http://archive.example/web/2031/http://www.nbcdarmuk.example:80/",
            &[(Host, "darmuk")],
        );
        check("http://station5darmuk.example/", &[(Host, "darmuk")]);
        check(
            "http://ostravanovaherald.example/",
            &[(Host, "ostrava nova")],
        );
        check("http://lakeherald.example/", &[]);
        check("darmuknews.example", &[]);
    }

    #[test]
    fn sections_and_the_name_of_the_page_name_towns() {
        use InAddress::{Section, Slug};
        check(
            "http://lake.example/local/darmuk/101/",
            &[(Section, "darmuk")],
        );
        check(
            "http://lake.example/ostrava_nova/crime/",
            &[(Section, "ostrava nova")],
        );
        check(
            "http://lake.example/two-shot-in-west-darmuk-bar",
            &[(Slug, "darmuk")],
        );
        check("http://lake.example/darmuk-man-shot-twice", &[]);
    }
}
