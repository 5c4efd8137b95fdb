//! Which names mean one party, over all reports.
//!
//! Names are joined when a report gives one as another's alias, when one is the initials of the other and of no other,
//! and when a short list of bodies known under several names says so.

use std::collections::{BTreeMap, BTreeSet};

use model::{Claim, Party, PartyKind, Speaker, SpeakerKind, Value};

use super::words;

/// Bodies of the world known under several names, folded. Only compared, never shown. A list: add freely.
const KNOWN: &[&[&str]] = &[
    &[
        "islamic state",
        "is",
        "isis",
        "isil",
        "daesh",
        "daish",
        "islamic state in iraq and syria",
        "islamic state of iraq and syria",
        "islamic state of iraq and the levant",
    ],
    &["al qaeda", "al qaida", "alqaeda"],
    &["al shabaab", "al shabab"],
    &["boko haram", "jas"],
    &["hezbollah", "hizbullah", "hizbollah"],
    &["houthis", "houthi", "ansar allah", "huthis"],
    &["taliban", "taleban"],
    &["united states", "us", "usa", "united states of america"],
    &["united kingdom", "uk", "britain"],
    &["united nations", "un"],
    &["un refugee agency", "unhcr"],
    &[
        "united nations childrens fund",
        "un childrens fund",
        "un childrens agency",
        "unicef",
    ],
    &[
        "un human rights office",
        "ohchr",
        "un human rights council office",
    ],
    &["un humanitarian office", "ocha", "unocha"],
    &[
        "doctors without borders",
        "medecins sans frontieres",
        "médecins sans frontières",
        "msf",
    ],
    &[
        "red cross",
        "icrc",
        "international committee of the red cross",
    ],
    &["human rights watch", "hrw"],
    &[
        "world health organization",
        "world health organisation",
        "who",
    ],
    &["world food programme", "world food program", "wfp"],
    &[
        "israeli army",
        "israeli military",
        "israel defense forces",
        "israel defence forces",
        "idf",
    ],
];

/// Words that name nobody by themselves: an alias of these joins nothing.
const GENERIC: &[&str] = &[
    "army",
    "authorities",
    "body",
    "campaigners",
    "civilians",
    "command",
    "detainees",
    "fighters",
    "force",
    "forces",
    "government",
    "group",
    "gunmen",
    "inmates",
    "jihadists",
    "military",
    "militants",
    "militia",
    "ministry",
    "office",
    "officials",
    "organisation",
    "organization",
    "people",
    "police",
    "prisoners",
    "rebels",
    "residents",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "terrorists",
    "they",
    "troops",
    "united",
    "witnesses",
];

/// Which names mean one party.
#[derive(Clone, Debug, Default)]
pub struct Names {
    class: BTreeMap<String, String>,
    /// Every word of every name.
    parts: BTreeSet<String>,
    /// Folded name of a person → class of the body it speaks for, where the reports agree on one.
    body_of: BTreeMap<String, String>,
}

/// Folds a name or a `p:` or `s:` id so that forms of one name meet.
pub fn fold(name: &str) -> String {
    let raw = name
        .strip_prefix("p:")
        .or_else(|| name.strip_prefix("s:"))
        .unwrap_or(name);
    // "U.S." is one word, "al-Sham" two.
    let raw = raw.replace('.', "");
    let words = words::fold(&raw);
    let mut words: &[String] = &words;
    while words.len() > 1 && ["the", "so", "called"].contains(&words[0].as_str()) {
        words = &words[1..];
    }
    while words.len() > 1
        && ["group", "militants", "fighters", "movement"].contains(&words[words.len() - 1].as_str())
    {
        words = &words[..words.len() - 1];
    }
    words.join(" ")
}

impl Names {
    /// The class of a name or id: equal for names of one party.
    pub fn class(&self, name: &str) -> String {
        let folded = fold(name);
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
                let name = fold(&speaker.name);
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

/// Reads the names out of all claims.
pub fn find<'a>(claims: impl Iterator<Item = &'a Claim>) -> Names {
    let mut join = Join::default();
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
                            .entry(fold(&speaker.name))
                            .or_default()
                            .insert(fold(body));
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
    }
}

/// Names and the pairs that are to be joined.
#[derive(Default)]
struct Join {
    names: BTreeSet<String>,
    pairs: BTreeSet<(String, String)>,
}

impl Join {
    fn add(&mut self, name: &str) {
        let folded = fold(name);
        if !folded.is_empty() {
            self.names.insert(folded);
        }
    }

    fn alias(&mut self, name: &str, alias: &str) {
        let (name, alias) = (fold(name), fold(alias));
        let generic = |name: &str| name.chars().count() < 2 || GENERIC.contains(&name);
        if generic(&name) || generic(&alias) {
            return;
        }
        self.names.insert(name.clone());
        self.names.insert(alias.clone());
        self.pairs.insert((name, alias));
    }

    /// Every name that is not alone, with the first name of its class.
    fn classes(self) -> BTreeMap<String, String> {
        let mut parent: BTreeMap<String, String> = BTreeMap::new();
        for (a, b) in &self.pairs {
            unite(&mut parent, a, b);
        }
        for group in KNOWN {
            let mut present = group.iter().filter(|name| self.names.contains(**name));
            if let Some(first) = present.next() {
                for other in present {
                    unite(&mut parent, first, other);
                }
            }
        }
        let mut long_of: BTreeMap<String, BTreeSet<&String>> = BTreeMap::new();
        for name in &self.names {
            for initials in initials(name) {
                if self.names.contains(&initials) {
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
            .iter()
            .map(|name| (name.clone(), top(&parent, name)))
            .collect()
    }
}

/// The initials of a name of three words or more, with and without its small words.
fn initials(name: &str) -> BTreeSet<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let of = |words: &mut dyn Iterator<Item = &&str>| -> String {
        words.filter_map(|word| word.chars().next()).collect()
    };
    let all = of(&mut words.iter());
    let big = of(&mut words
        .iter()
        .filter(|word| !["of", "the", "and", "for", "in", "to"].contains(*word)));
    [all, big]
        .into_iter()
        .filter(|short| short.chars().count() >= 3)
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
        let mut join = Join::default();
        list.iter().for_each(|name| join.add(name));
        aliases
            .iter()
            .for_each(|(name, alias)| join.alias(name, alias));
        Names {
            class: join.classes(),
            ..Names::default()
        }
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
