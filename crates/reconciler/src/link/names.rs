//! Which names mean one party, over all reports.
//!
//! Names are joined when a report gives one as another's alias, when one is the initials of the other and of no other,
//! and when the language knows them as names of one body ([`NameKey`]). What a name is without the words that may stand
//! there or not, the keys of the readings say; any other name is its words.

use std::collections::{BTreeMap, BTreeSet};

use model::{Claim, NameKey, Party, PartyKind, Reading, Speaker, SpeakerKind, Value, words};

/// Which names mean one party.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// What the language knows of names, by the name as claims have it.
    keys: BTreeMap<String, NameKey>,
    class: BTreeMap<String, String>,
    /// Every word of every name.
    parts: BTreeSet<String>,
    /// Folded name of a person → class of the body it speaks for, where the reports agree on one.
    body_of: BTreeMap<String, String>,
}

impl Names {
    /// A name or a `p:` or `s:` id folded so that forms of one name meet.
    pub fn fold(&self, name: &str) -> String {
        let known = self.keys.get(name).map(|known| known.key.clone());
        known.unwrap_or_else(|| words::name(name))
    }

    /// The class of a name or id: equal for names of one party.
    pub fn class(&self, name: &str) -> String {
        let folded = self.fold(name);
        self.class.get(&folded).cloned().unwrap_or(folded)
    }

    /// Whether a folded word is part of a party's name.
    pub fn is_part(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// The class of a party.
    pub fn of_party(&self, party: &Party) -> String {
        self.class(&party.name)
    }

    /// The class of the body that answers for a speaker's words; `None` for nobody named.
    pub fn of_speaker(&self, speaker: &Speaker) -> Option<String> {
        if let Some(body) = &speaker.affiliation {
            return Some(self.class(body));
        }
        match speaker.kind {
            SpeakerKind::Unnamed | SpeakerKind::Role => {
                speaker.party.as_ref().map(|id| self.class(id))
            }
            SpeakerKind::Person => {
                let name = self.fold(&speaker.name);
                let known = self.body_of.get(&name).cloned();
                Some(known.unwrap_or_else(|| self.class(&speaker.name)))
            }
            SpeakerKind::Body | SpeakerKind::Publisher => {
                (!speaker.name.is_empty()).then(|| self.class(&speaker.name))
            }
        }
    }

    /// Whether one name's words all stand in the other's ("a cell of the Lake Front", "Lake Front"), or they are one
    /// party.
    pub fn akin(&self, a: &str, b: &str) -> bool {
        let (a, b) = (self.class(a), self.class(b));
        let (left, right): (BTreeSet<&str>, BTreeSet<&str>) =
            (a.split(' ').collect(), b.split(' ').collect());
        a == b || left.is_subset(&right) || right.is_subset(&left)
    }
}

/// Reads the names out of all claims of these readings.
pub fn find<'a>(readings: &[&Reading], claims: impl Iterator<Item = &'a Claim>) -> Names {
    let keys = readings.iter().flat_map(|it| &it.keys.names);
    let names = Names {
        keys: keys
            .map(|(name, known)| (name.clone(), known.clone()))
            .collect(),
        ..Names::default()
    };
    let mut join = Join::new(&names);
    let mut affiliations: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for claim in claims {
        let value = match &claim.value {
            Value::Party(party) => Some(party),
            _ => None,
        };
        for party in [value, claim.actor.as_ref(), claim.addressee.as_ref()]
            .into_iter()
            .flatten()
        {
            join.add(&party.name);
            if party.kind != PartyKind::Person {
                for alias in &party.aliases {
                    join.alias(&party.name, alias);
                }
            }
        }
        for speaker in &claim.speakers {
            match (&speaker.affiliation, speaker.kind) {
                (Some(body), kind) => {
                    join.add(body);
                    if kind == SpeakerKind::Person {
                        affiliations
                            .entry(names.fold(&speaker.name))
                            .or_default()
                            .insert(names.fold(body));
                    }
                    if let Some(id) = &speaker.party {
                        join.alias(body, id);
                    }
                }
                (None, SpeakerKind::Body | SpeakerKind::Publisher) => join.add(&speaker.name),
                _ => {}
            }
        }
        if let Some(side) = &claim.scope.side {
            join.add(side);
        }
    }
    let class = join.classes();
    let body_of = affiliations
        .into_iter()
        .filter_map(|(person, bodies)| {
            let classes: BTreeSet<String> = bodies
                .into_iter()
                .map(|body| class.get(&body).cloned().unwrap_or(body))
                .collect();
            (classes.len() == 1 && person.contains(' '))
                .then(|| (person, classes.into_iter().next().unwrap_or_default()))
        })
        .collect();
    let parts = class
        .keys()
        .flat_map(|name| name.split(' ').map(str::to_owned))
        .collect();
    Names {
        class,
        parts,
        body_of,
        ..names
    }
}

/// Names and the pairs that are to be joined.
struct Join<'a> {
    known: &'a Names,
    /// Folded names, with what is known of each.
    names: BTreeMap<String, NameKey>,
    pairs: BTreeSet<(String, String)>,
}

impl<'a> Join<'a> {
    fn new(known: &'a Names) -> Self {
        Self {
            known,
            names: BTreeMap::new(),
            pairs: BTreeSet::new(),
        }
    }

    fn key(&self, name: &str) -> NameKey {
        let known = self.known.keys.get(name).cloned();
        known.unwrap_or_else(|| NameKey {
            key: words::name(name),
            ..NameKey::default()
        })
    }

    fn add(&mut self, name: &str) {
        let key = self.key(name);
        if !key.key.is_empty() {
            self.names.insert(key.key.clone(), key);
        }
    }

    fn alias(&mut self, name: &str, alias: &str) {
        let (name, alias) = (self.key(name), self.key(alias));
        let generic = |name: &NameKey| name.key.chars().count() < 2 || name.generic;
        if generic(&name) || generic(&alias) {
            return;
        }
        self.pairs.insert((name.key.clone(), alias.key.clone()));
        self.names.insert(name.key.clone(), name);
        self.names.insert(alias.key.clone(), alias);
    }

    /// Every name that is not alone, with the first name of its class.
    fn classes(self) -> BTreeMap<String, String> {
        let mut parent: BTreeMap<String, String> = BTreeMap::new();
        for (a, b) in &self.pairs {
            unite(&mut parent, a, b);
        }
        let mut bodies: BTreeMap<&String, &String> = BTreeMap::new();
        for (name, key) in &self.names {
            if let Some(body) = &key.known {
                let first = *bodies.entry(body).or_insert(name);
                unite(&mut parent, first, name);
            }
        }
        let mut long_of: BTreeMap<String, BTreeSet<&String>> = BTreeMap::new();
        for (name, key) in &self.names {
            for initials in initials(key) {
                if self.names.contains_key(&initials) {
                    long_of.entry(initials).or_default().insert(name);
                }
            }
        }
        for (short, long) in long_of {
            let classes: BTreeSet<String> = long.iter().map(|name| top(&parent, name)).collect();
            if let (1, Some(name)) = (classes.len(), long.first()) {
                unite(&mut parent, name, &short);
            }
        }
        self.names
            .keys()
            .map(|name| (name.clone(), top(&parent, name)))
            .collect()
    }
}

/// The initials of a name of three words or more, with and without its small words.
fn initials(name: &NameKey) -> BTreeSet<String> {
    let words = name.key.split(' ');
    let all = words.filter_map(|word| word.chars().next()).collect();
    [Some(all), name.initials.clone()]
        .into_iter()
        .flatten()
        .filter(|short: &String| short.chars().count() >= 3)
        .collect()
}

fn top(parent: &BTreeMap<String, String>, name: &str) -> String {
    let mut at = name;
    while let Some(up) = parent.get(at) {
        at = up;
    }
    at.to_owned()
}

/// Joins two classes under the name that sorts first, so that order of joining never shows.
fn unite(parent: &mut BTreeMap<String, String>, a: &str, b: &str) {
    let (a, b) = (top(parent, a), top(parent, b));
    if a != b {
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        parent.insert(high, low);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str], aliases: &[(&str, &str)]) -> Names {
        let mut names = Names::default();
        let pairs = aliases.iter().flat_map(|(a, b)| [a, b]);
        let asked = ["the Lake Liberation Front", "Lake Liberation Front group"];
        for name in list
            .iter()
            .chain(pairs)
            .chain(&asked)
            .chain(&["US", "the United States"])
        {
            let key = reader::keys::name(name);
            names.keys.extend(key.map(|key| ((*name).to_owned(), key)));
        }
        let mut join = Join::new(&names);
        list.iter().for_each(|name| join.add(name));
        aliases
            .iter()
            .for_each(|(name, alias)| join.alias(name, alias));
        let class = join.classes();
        Names { class, ..names }
    }

    #[test]
    fn initials_join_one_body_and_not_two() {
        let one = names(
            &["Lake Liberation Front", "LLF", "p:lake-liberation-front"],
            &[],
        );
        assert_eq!(one.class("LLF"), one.class("the Lake Liberation Front"));
        assert_eq!(one.class("p:llf"), one.class("Lake Liberation Front group"));
        let two = names(&["Lake Liberation Front", "Low Land Force", "LLF"], &[]);
        assert_ne!(two.class("LLF"), two.class("Lake Liberation Front"));
        assert_ne!(two.class("LLF"), two.class("Low Land Force"));
    }

    #[test]
    fn generic_aliases_join_nothing() {
        let both = names(
            &["Lake Army", "Hill Army"],
            &[("Lake Army", "the army"), ("Hill Army", "the army")],
        );
        assert_ne!(both.class("Lake Army"), both.class("Hill Army"));
    }

    #[test]
    fn known_bodies_meet_under_any_name() {
        let names = names(
            &["U.S.", "United States", "MSF", "Doctors Without Borders"],
            &[],
        );
        assert_eq!(names.class("US"), names.class("the United States"));
        assert_eq!(names.class("MSF"), names.class("Doctors without Borders"));
    }

    #[test]
    fn a_cell_is_akin_to_its_body() {
        let names = Names::default();
        assert!(names.akin("Lake Front cell", "Lake Front"));
        assert!(!names.akin("Lake Front", "Hill Front"));
    }
}
