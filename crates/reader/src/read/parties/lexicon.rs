//! Names and nouns known beforehand, read once from the tables in `lexicons/en/parties`.
//!
//! The tables are of general scope: bodies of the whole world, and the nouns by which any text calls bodies and people.

#[cfg(test)]
use std::collections::BTreeMap;
use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use model::PartyKind;

/// How a noun's party behaves in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// An organisation: "it" or "they".
    Body,
    /// A body or people who bear arms for a side.
    Force,
    /// One with a role; the plural is a group of them.
    Person,
    /// A body only at the end of a proper name ("Lake Tribune").
    Name,
}

impl Class {
    /// How a body of this kind behaves.
    pub fn of(kind: PartyKind) -> Self {
        match kind {
            PartyKind::ArmedGroup => Self::Force,
            _ => Self::Body,
        }
    }
}

/// What a noun says of its party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// Kind of party.
    pub kind: PartyKind,
    /// How it behaves.
    pub class: Class,
}

/// One way to write a known name.
#[derive(Clone, Debug)]
struct Form {
    /// Folded: straight apostrophes and hyphens, plain spaces.
    text: String,
    /// Index into the entries.
    entry: usize,
    /// Counts only after "the".
    article: bool,
    /// Also an ordinary word: counts only alone, inside a sentence.
    ordinary: bool,
}

/// A known body.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Canonical name.
    pub name: String,
    /// Kind.
    pub kind: PartyKind,
}

/// A match of a known name.
#[derive(Clone, Copy, Debug)]
pub struct Match<'a> {
    /// The body.
    pub entry: &'a Entry,
    /// Bytes matched, from the start asked for.
    pub len: usize,
    /// Counts only alone, inside a sentence.
    pub ordinary: bool,
    /// Counts only after "the".
    pub article: bool,
}

/// The tables.
#[derive(Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    /// Forms by their first word, longest first.
    forms: HashMap<String, Vec<Form>>,
    /// Entries by the content words of a form of three or more, in order of the alphabet.
    by_words: HashMap<String, usize>,
    nouns: HashMap<&'static str, Noun>,
    /// Last words of the nouns.
    heads: HashSet<&'static str>,
    modifiers: HashMap<&'static str, PartyKind>,
    countries: HashMap<&'static str, &'static str>,
    demonyms: HashMap<&'static str, &'static str>,
    capitals: HashMap<&'static str, &'static str>,
}

const BODIES: &[(&str, PartyKind)] = &[
    (
        include_str!("../../../../../lexicons/en/parties/armed_groups.txt"),
        PartyKind::ArmedGroup,
    ),
    (
        include_str!("../../../../../lexicons/en/parties/political.txt"),
        PartyKind::Political,
    ),
    (
        include_str!("../../../../../lexicons/en/parties/un.txt"),
        PartyKind::Un,
    ),
    (
        include_str!("../../../../../lexicons/en/parties/aid_rights.txt"),
        PartyKind::Ngo,
    ),
    (
        include_str!("../../../../../lexicons/en/parties/monitors.txt"),
        PartyKind::Monitor,
    ),
    (
        include_str!("../../../../../lexicons/en/parties/agencies.txt"),
        PartyKind::Agency,
    ),
    (
        include_str!("../../../../../lexicons/en/parties/outlets.txt"),
        PartyKind::Outlet,
    ),
    (
        include_str!("../../../../../lexicons/en/parties/states.txt"),
        PartyKind::State,
    ),
    (
        include_str!("../../../../../lexicons/en/parties/authorities.txt"),
        PartyKind::Authority,
    ),
];
const NOUNS: &str = include_str!("../../../../../lexicons/en/parties/nouns.txt");
const MODIFIERS: &str = include_str!("../../../../../lexicons/en/parties/modifiers.txt");
const COUNTRIES: &str = include_str!("../../../../../lexicons/en/parties/countries.txt");

/// Returns the tables, read on first use.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::read)
}

/// Folds the marks that typesetters vary: apostrophes, hyphens, spaces.
pub fn fold(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '–' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        _ => c,
    }
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn first_word(text: &str) -> String {
    let mut words = text.chars().map(fold);
    let mut out: String = words.next().into_iter().collect();
    out.extend(words.take_while(|c| c.is_alphanumeric()));
    out
}

/// The words of a name without the small ones, sorted; `None` for fewer than three, which in another order may be
/// another name.
fn content_words(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let mut words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|word| !word.is_empty() && !matches!(*word, "of" | "the" | "for" | "and" | "in"))
        .collect();
    words.sort_unstable();
    (words.len() >= 3).then(|| words.join(" "))
}

fn kind(word: &str) -> PartyKind {
    match word {
        "state" => PartyKind::State,
        "armed_group" => PartyKind::ArmedGroup,
        "authority" => PartyKind::Authority,
        "civilians" => PartyKind::Civilians,
        "un" => PartyKind::Un,
        "ngo" => PartyKind::Ngo,
        "monitor" => PartyKind::Monitor,
        "outlet" => PartyKind::Outlet,
        "agency" => PartyKind::Agency,
        "political" => PartyKind::Political,
        "witness" => PartyKind::Witness,
        _ => PartyKind::Unknown,
    }
}

fn last_word(words: &str) -> &str {
    words.rsplit([' ', '-']).next().unwrap_or(words)
}

impl Lexicon {
    fn read() -> Self {
        let mut out = Self::default();
        out.read_bodies();
        out.read_countries();
        out.nouns = lines(NOUNS)
            .filter_map(|line| {
                let mut parts = line.rsplitn(3, ' ');
                let class = match parts.next()? {
                    "body" => Class::Body,
                    "force" => Class::Force,
                    "person" => Class::Person,
                    _ => Class::Name,
                };
                let kind = kind(parts.next()?);
                Some((parts.next()?, Noun { kind, class }))
            })
            .collect();
        out.heads = out.nouns.keys().map(|noun| last_word(noun)).collect();
        out.modifiers = lines(MODIFIERS)
            .filter_map(|line| line.rsplit_once(' ').map(|(word, k)| (word, kind(k))))
            .collect();
        out
    }

    /// Every form of the known names, the longest of a first word first.
    fn read_bodies(&mut self) {
        for &(table, kind) in BODIES {
            for line in lines(table) {
                let first = line.split('|').next().unwrap_or(line);
                let name = first.trim_start_matches('?');
                let name = match name.strip_prefix("the ") {
                    Some(rest) => format!("The {rest}"),
                    None => name.to_owned(),
                };
                self.entries.push(Entry { name, kind });
                for form in line.split('|') {
                    let (form, ordinary) = match form.strip_prefix('?') {
                        Some(rest) => (rest, true),
                        None => (form, false),
                    };
                    let (form, article) = match form.strip_prefix("the ") {
                        Some(rest) => (rest, true),
                        None => (form, false),
                    };
                    let text: String = form.chars().map(fold).collect();
                    if let Some(words) = content_words(&text) {
                        self.by_words.entry(words).or_insert(self.entries.len() - 1);
                    }
                    self.forms.entry(first_word(&text)).or_default().push(Form {
                        text,
                        entry: self.entries.len() - 1,
                        article,
                        ordinary,
                    });
                }
            }
        }
        for list in self.forms.values_mut() {
            list.sort_by(|a, b| {
                b.text
                    .len()
                    .cmp(&a.text.len())
                    .then(a.entry.cmp(&b.entry))
                    .then(a.article.cmp(&b.article))
            });
        }
    }

    /// Countries by name, demonym and capital.
    fn read_countries(&mut self) {
        for line in lines(COUNTRIES) {
            let mut fields = line.split(';');
            let names: Vec<&str> = fields.next().unwrap_or("").split('|').collect();
            for name in &names {
                self.countries
                    .insert(name.trim_start_matches("the "), names[0]);
            }
            for name in fields.next().unwrap_or("").split('|') {
                self.demonyms.insert(name, names[0]);
            }
            let capital = fields.next().unwrap_or("");
            if !capital.is_empty() {
                self.capitals.insert(capital, names[0]);
            }
        }
    }

    /// The longest known name that starts at the start of `text` and ends at the end of a word.
    pub fn name_at<'a>(&'a self, text: &str) -> Option<Match<'a>> {
        let forms = self.forms.get(&first_word(text))?;
        forms.iter().find_map(|form| {
            starts_with(text, &form.text).map(|len| Match {
                entry: &self.entries[form.entry],
                len,
                ordinary: form.ordinary,
                article: form.article,
            })
        })
    }

    /// The known body whose name has the same content words in another order, as translators put them: "Army of
    /// National Liberation".
    pub fn reordered(&self, name: &str) -> Option<&Entry> {
        let folded: String = name.chars().map(fold).collect();
        let words = content_words(&folded)?;
        self.by_words.get(&words).map(|&entry| &self.entries[entry])
    }

    /// What the noun phrase `words` (lower case, singular head) says of its party.
    pub fn noun(&self, words: &str) -> Option<Noun> {
        self.nouns.get(words).copied()
    }

    /// Whether some noun of the table ends in this word; a cheap look before phrases are put together.
    pub fn heads_noun(&self, word: &str) -> bool {
        self.heads.contains(last_word(word))
    }

    /// The kind that a word before a generic noun tells.
    pub fn modifier(&self, word: &str) -> Option<PartyKind> {
        self.modifiers.get(word).copied()
    }

    /// The country of this name.
    pub fn country(&self, name: &str) -> Option<&'static str> {
        self.countries.get(name).copied()
    }

    /// The country of this demonym.
    pub fn demonym(&self, word: &str) -> Option<&'static str> {
        self.demonyms.get(word).copied()
    }

    /// The country whose government is called by this capital.
    pub fn capital(&self, name: &str) -> Option<&'static str> {
        self.capitals.get(name).copied()
    }

    /// All known bodies by kind.
    #[cfg(test)]
    pub fn count_by_kind(&self) -> BTreeMap<PartyKind, usize> {
        let mut out = BTreeMap::new();
        for entry in &self.entries {
            *out.entry(entry.kind).or_default() += 1;
        }
        out
    }
}

/// Bytes of `text` that `form` covers when the text starts with it and a word ends there.
pub fn starts_with(text: &str, form: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for want in form.chars() {
        let (_, c) = chars.next()?;
        if fold(c) != want {
            return None;
        }
    }
    match chars.next() {
        None => Some(text.len()),
        Some((at, c)) if !c.is_alphanumeric() => Some(at),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_names_its_source_and_licence() {
        let bodies = BODIES.iter().map(|(text, _)| *text);
        for text in bodies.chain([NOUNS, MODIFIERS, COUNTRIES]) {
            for opening in ["# Source: ", "# Licence: "] {
                let head = text.lines().take_while(|line| line.starts_with('#'));
                assert!(
                    head.into_iter().any(|line| line.starts_with(opening)),
                    "{}",
                    text.lines().next().unwrap_or_default()
                );
            }
            assert!(
                lines(text).count() > 10,
                "{}",
                text.lines().next().unwrap_or_default()
            );
        }
    }

    #[test]
    fn the_longest_name_wins_and_ends_with_a_word() {
        fn found(text: &str) -> Option<(&'static str, &str)> {
            lexicon()
                .name_at(text)
                .map(|found| (found.entry.name.as_str(), &text[..found.len]))
        }
        assert_eq!(
            found("Islamic State group said"),
            Some(("Islamic State", "Islamic State group"))
        );
        assert_eq!(
            found("People’s Protection Units"),
            Some(("People's Protection Units", "People’s Protection Units"))
        );
        assert_eq!(found("Reutersville"), None);
        assert_eq!(found("IS."), Some(("Islamic State", "IS")));
        assert_eq!(found(""), None);
        assert_eq!(found("’"), None);
    }

    #[test]
    fn the_words_of_a_name_in_another_order() {
        let found = |name: &str| lexicon().reordered(name).map(|entry| entry.name.as_str());
        assert_eq!(
            found("Army of National Liberation"),
            Some("National Liberation Army")
        );
        assert_eq!(found("Army of Liberation"), None);
        assert_eq!(found("Front of National Liberation"), None);
    }

    #[test]
    fn the_tables_cover_the_world() {
        let counts = lexicon().count_by_kind();
        assert!(counts[&PartyKind::ArmedGroup] >= 150, "{counts:?}");
        assert!(counts[&PartyKind::Outlet] >= 300, "{counts:?}");
        assert!(counts[&PartyKind::Agency] >= 80, "{counts:?}");
        assert!(counts[&PartyKind::Un] >= 40, "{counts:?}");
    }

    #[test]
    fn every_noun_line_is_well_formed() {
        for line in lines(NOUNS) {
            let words: Vec<&str> = line.split(' ').collect();
            assert!(words.len() >= 3, "{line}");
            assert!(
                ["body", "force", "person", "name"].contains(words.last().unwrap()),
                "{line}"
            );
        }
    }
}
