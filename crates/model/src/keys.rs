//! What linking takes from the words of a report, without the words: hashes, and what kind of word each is.
//!
//! The reader makes the keys as its last step. Whoever keeps them can link a report without its text, and learns
//! nothing of the language it is written in.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::AccountId;

/// The keys of one report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Keys {
    /// Headline, running text and address.
    #[serde(default)]
    pub words: LinkingWords,
    /// The words of each account that tells of a further incident.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub passages: BTreeMap<AccountId, LinkingWords>,
    /// The words of the places that claims give, by the name, the part or the words that the claim has.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub places: BTreeMap<String, PlaceWords>,
    /// Hashes of the five-word runs of the whole text, sorted, each once; boilerplate is left out.
    #[serde(with = "hashes", default, skip_serializing_if = "Vec::is_empty")]
    pub shingles: Vec<u64>,
    /// The news agency whose copy the report says it prints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// What the language knows of names, by the name as claims have it. A name that is not here is just its words.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, NameKey>,
}

/// A text as the linker counts it: its words as hashes, in order, with what kind of word each is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LinkingWords {
    /// How many of the first words are the headline's.
    #[serde(default)]
    pub headline: u32,
    /// Hashes of the different words, in the order of their first places.
    #[serde(with = "hashes", default)]
    pub hashes: Vec<u64>,
    /// What is known of some of them: place in `hashes`, and what; in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<(u32, WordTraits)>,
    /// The text: each word as its place in `hashes`, times 32, with the [`flags`] of how it stands.
    #[serde(default)]
    pub tokens: Vec<u32>,
    /// First-level divisions named: place of the first word in `tokens`, number of the division; in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub divisions: Vec<(u32, u16)>,
    /// Words of the address, in order.
    #[serde(with = "hashes", default, skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<u64>,
    /// Those of them that are long enough to be a name.
    #[serde(with = "hashes", default, skip_serializing_if = "Vec::is_empty")]
    pub address_names: Vec<u64>,
}

/// How a word stands in a text.
pub mod flags {
    /// It starts with a capital.
    pub const CAPITAL: u32 = 1;
    /// Anything but one space or hyphen stands between the word before and this one, or a sentence starts here.
    pub const APART: u32 = 2;
    /// A comma stands right before.
    pub const COMMA: u32 = 4;
    /// It opens a sentence.
    pub const OPENS: u32 = 8;
    /// It belongs to the caption of a video, which is no running text.
    pub const CAPTION: u32 = 16;
    /// All of them.
    pub const ALL: u32 = 31;
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WordTraits {
    /// Its letters, where they are fewer than three, else three.
    #[serde(default = "three", skip_serializing_if = "is_three")]
    pub letters: u8,
    /// What kind of word it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<WordKind>,
    /// The number that it is, of up to four digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The digits that it starts with as the day of a month: "3", "3rd".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<i8>,
    /// Whether the number has two digits at most, as an age has.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub short: bool,
    /// Whether it starts with a digit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub digit: bool,
}

impl Default for WordTraits {
    fn default() -> Self {
        Self {
            letters: three(),
            kind: None,
            number: None,
            day: None,
            short: false,
            digit: false,
        }
    }
}

fn three() -> u8 {
    3
}

fn is_three(letters: &u8) -> bool {
    *letters == 3
}

/// Kinds of words that tell the linker something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordKind {
    /// A weekday, 1 for Monday to 7 for Sunday.
    Weekday(i8),
    /// A month, from 1.
    Month(i8),
    /// The kind of a street, after its name.
    Street,
    /// A block of houses, after its number.
    Block,
    /// Years, in an age.
    Years,
    /// Months, in the age of a small child.
    Months,
    /// "Aged", before an age.
    Aged,
    /// "Old", after an age.
    Old,
    /// Stands before a place.
    BeforePlace,
    /// A kind of area, after its name.
    Area,
    /// A number in letters.
    Number(u8),
    /// Stands before the name of someone who speaks for an authority, and is named in many cases.
    Rank,
}

/// A word of a text, with what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkingToken {
    /// Hash of the word.
    pub hash: u64,
    /// What is known of it.
    pub traits: WordTraits,
    /// See [`flags::CAPITAL`].
    pub capital: bool,
    /// See [`flags::APART`].
    pub apart: bool,
    /// See [`flags::COMMA`].
    pub comma: bool,
    /// See [`flags::OPENS`].
    pub opens: bool,
    /// See [`flags::CAPTION`].
    pub caption: bool,
    /// The first-level division that it names, alone or with the next word.
    pub division: Option<u16>,
}

impl LinkingWords {
    /// The words in order. A word whose place is outside the list, which no reader makes, is left out.
    pub fn tokens(&self) -> Vec<LinkingToken> {
        let mut traits = vec![WordTraits::default(); self.hashes.len()];
        for (at, known) in &self.traits {
            if let Some(slot) = traits.get_mut(*at as usize) {
                *slot = *known;
            }
        }
        let divisions: HashMap<u32, u16> = self.divisions.iter().copied().collect();
        let token = |(at, token): (u32, &u32)| {
            let word = (token / (flags::ALL + 1)) as usize;
            let has = |flag: u32| token & flag != 0;
            Some(LinkingToken {
                hash: *self.hashes.get(word)?,
                traits: traits[word],
                capital: has(flags::CAPITAL),
                apart: has(flags::APART),
                comma: has(flags::COMMA),
                opens: has(flags::OPENS),
                caption: has(flags::CAPTION),
                division: divisions.get(&at).copied(),
            })
        };
        (0..).zip(&self.tokens).filter_map(token).collect()
    }
}

/// The words of a place, as hashes in order; those of fewer than three letters are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceWords {
    /// All of them.
    #[serde(with = "hashes", default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<u64>,
    /// Those with a capital, as they stand.
    #[serde(with = "hashes", default, skip_serializing_if = "Vec::is_empty")]
    pub capitals: Vec<u64>,
}

/// What the language knows of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameKey {
    /// The name folded, without words that may stand or not.
    pub key: String,
    /// Whether it names nobody by itself: "the army".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub generic: bool,
    /// The body of the world whose name it is, where that has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// Its initials without small words, where it has such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initials: Option<String>,
}

/// The written words behind hashes: what a person is shown of why two reports were linked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// Words, neighbouring pairs and streets by hash.
    pub words: HashMap<u64, String>,
    /// Names of first-level divisions by number.
    pub divisions: BTreeMap<u16, String>,
}

/// Hashes as one string, sixteen hexadecimal digits each.
mod hashes {
    use std::fmt::Write;

    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(hashes: &[u64], to: S) -> Result<S::Ok, S::Error> {
        let mut out = String::with_capacity(hashes.len() * 16);
        for hash in hashes {
            // A string takes all that is written to it.
            let _ = write!(out, "{hash:016x}");
        }
        to.serialize_str(&out)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u64>, D::Error> {
        let text = String::deserialize(from)?;
        if !text.len().is_multiple_of(16) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(D::Error::custom("hashes of another length"));
        }
        let digits = |at: usize| u64::from_str_radix(&text[at..at + 16], 16);
        (0..text.len())
            .step_by(16)
            .map(|at| digits(at).map_err(D::Error::custom))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_and_come_back() {
        let keys = Keys {
            words: LinkingWords {
                headline: 1,
                hashes: vec![1, u64::MAX],
                traits: vec![(
                    1,
                    WordTraits {
                        kind: Some(WordKind::Month(5)),
                        ..WordTraits::default()
                    },
                )],
                tokens: vec![flags::CAPITAL, 32 + flags::APART],
                ..LinkingWords::default()
            },
            agency: Some("Reuters".into()),
            ..Keys::default()
        };
        let json = serde_json::to_string(&keys).unwrap();
        assert_eq!(
            json,
            r#"{"words":{"headline":1,"hashes":"0000000000000001ffffffffffffffff","traits":[[1,{"kind":{"month":5}}]],"#
                .to_owned()
                + r#""tokens":[1,34]},"agency":"Reuters"}"#
        );
        assert_eq!(serde_json::from_str::<Keys>(&json).unwrap(), keys);
        let tokens = keys.words.tokens();
        assert!(tokens[0].capital && tokens[1].apart && tokens[1].hash == u64::MAX);
        assert_eq!(tokens[1].traits.kind, Some(WordKind::Month(5)));
        let broken = json.replace("0000000000000001", "000000000000000");
        assert!(serde_json::from_str::<Keys>(&broken).is_err());
    }
}
