//! Words that linking knows: months, weekdays, kinds of street, what stands before an age or a place, first-level
//! divisions.

use std::collections::HashMap;

use super::tokens::hash_word;

/// What a word is to the linker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Monday is 0.
    Weekday(u8),
    /// January is 1.
    Month(u8),
    /// "street", "avenue" …
    Street,
    /// "block", in "the 100 block of".
    Block,
    /// "year", "years", "yr": in an age.
    Year,
    /// "age", "aged".
    Aged,
    /// Stands before a place: "in", "near" …
    Before,
    /// "county", "parish": stands after a place.
    County,
    /// "month", "months": in a small child's age.
    Months,
    /// A number in letters.
    Number(u8),
    /// Stands before the name of someone who speaks for an authority, and is named in many cases.
    Rank,
}

const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "mon"],
    &["tuesday", "tue", "tues"],
    &["wednesday", "wed"],
    &["thursday", "thu", "thurs"],
    &["friday", "fri"],
    &["saturday", "sat"],
    &["sunday", "sun"],
];
const MONTHS: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];
const STREETS: &[&str] = &[
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "drive",
    "dr",
    "boulevard",
    "blvd",
    "lane",
    "ln",
    "court",
    "ct",
    "place",
    "terrace",
    "parkway",
    "pkwy",
    "highway",
    "hwy",
    "circle",
    "way",
    "pike",
    "trail",
    "alley",
    "square",
];
const RANKS: &[&str] = &[
    "sgt",
    "sergeant",
    "lt",
    "lieutenant",
    "cpl",
    "corporal",
    "capt",
    "captain",
    "maj",
    "major",
    "col",
    "colonel",
    "chief",
    "sheriff",
    "deputy",
    "officer",
    "trooper",
    "detective",
    "det",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "commander",
    "inspector",
    "superintendent",
    "commissioner",
    "mayor",
    "judge",
    "attorney",
    "prosecutor",
    "coroner",
    "examiner",
    "gov",
    "governor",
    "sen",
    "senator",
    "rep",
    "president",
    "minister",
    "director",
    "general",
    "gen",
    "reporter",
    "photo",
    "editor",
    "by",
];
/// The numbers up to twenty in words.
const NUMBERS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
/// The states of the United States: in news of that country the state is named with the town, and two states are two
/// incidents.
const STATES: &[&[&str]] = &[
    &["alabama", "ala"],
    &["alaska"],
    &["arizona", "ariz"],
    &["arkansas", "ark"],
    &["california", "calif"],
    &["colorado", "colo"],
    &["connecticut", "conn"],
    &["delaware"],
    &["florida", "fla"],
    &["georgia"],
    &["hawaii"],
    &["idaho"],
    &["illinois"],
    &["indiana", "ind"],
    &["iowa"],
    &["kansas"],
    &["kentucky"],
    &["louisiana"],
    &["maine"],
    &["maryland"],
    &["massachusetts", "mass"],
    &["michigan", "mich"],
    &["minnesota", "minn"],
    &["mississippi"],
    &["missouri"],
    &["montana"],
    &["nebraska"],
    &["nevada"],
    &["new hampshire"],
    &["new jersey"],
    &["new mexico"],
    &["new york"],
    &["north carolina"],
    &["north dakota"],
    &["ohio"],
    &["oklahoma", "okla"],
    &["oregon"],
    &["pennsylvania"],
    &["rhode island"],
    &["south carolina"],
    &["south dakota"],
    &["tennessee", "tenn"],
    &["texas"],
    &["utah"],
    &["vermont"],
    &["virginia"],
    &["washington"],
    &["west virginia"],
    &["wisconsin"],
    &["wyoming"],
];

/// The words, by hash.
pub struct Lexicon {
    known: HashMap<u64, Known>,
    states: HashMap<u64, u8>,
    pairs: HashMap<(u64, u64), u8>,
}

impl Lexicon {
    /// Gathers the words.
    pub fn new() -> Self {
        let mut known = HashMap::new();
        let mut add = |words: &[&str], what: Known| {
            for word in words {
                known.insert(hash_word(word), what);
            }
        };
        for (at, words) in (0..).zip(WEEKDAYS) {
            add(words, Known::Weekday(at));
        }
        for (at, words) in (1..).zip(MONTHS) {
            add(words, Known::Month(at));
        }
        add(STREETS, Known::Street);
        add(&["block"], Known::Block);
        add(&["year", "years", "yr"], Known::Year);
        add(&["age", "aged"], Known::Aged);
        add(&["in", "near", "of", "at", "from"], Known::Before);
        add(&["county", "parish"], Known::County);
        add(&["month", "months"], Known::Months);
        add(RANKS, Known::Rank);
        for (n, word) in (1..).zip(NUMBERS) {
            add(&[word], Known::Number(n));
        }
        let mut states = HashMap::new();
        let mut pairs = HashMap::new();
        for (at, words) in (0..).zip(STATES) {
            for word in *words {
                match word.split_once(' ') {
                    Some((a, b)) => {
                        pairs.insert((hash_word(a), hash_word(b)), at);
                    }
                    None => {
                        states.insert(hash_word(word), at);
                    }
                }
            }
        }
        Self {
            known,
            states,
            pairs,
        }
    }

    /// What the word is.
    pub fn known(&self, hash: u64) -> Option<Known> {
        self.known.get(&hash).copied()
    }

    /// The first-level division that the words name, and how many words that takes.
    pub fn state(&self, first: u64, second: Option<u64>) -> Option<(u8, usize)> {
        if let Some(at) = second.and_then(|second| self.pairs.get(&(first, second))) {
            return Some((*at, 2));
        }
        self.states.get(&first).map(|at| (*at, 1))
    }

    /// The name of a division.
    pub fn state_name(at: u8) -> &'static str {
        STATES
            .get(usize::from(at))
            .and_then(|words| words.first())
            .copied()
            .unwrap_or_default()
    }
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::new()
    }
}
