//! What depends on a word's form alone: its ids for the embedding tables, its lower case, whether it is white space.
//!
//! What comes in: the word and the norm an exception may give it. What goes out: an entry of a growing table, by index,
//! so that everything worked out once for a form can be kept in step with it.

use std::{collections::HashMap, sync::Arc};

use crate::{
    prepared::Feature,
    strings::string_id,
    unicode::{is_alpha, is_digit, is_space},
};

/// A word form.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme {
    pub lower: Box<str>,
    pub is_space: bool,
    norm: u64,
    prefix: u64,
    suffix: u64,
    shape: u64,
}

impl Lexeme {
    /// Works out the features of a word.
    fn new(word: &str, norm: Option<&str>, norms: &HashMap<u64, Box<str>>) -> Self {
        let lower: Box<str> = word.to_lowercase().into();
        let first = word.chars().next().map_or(0, char::len_utf8);
        let last = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        let norm = match norm {
            Some(norm) => string_id(norm),
            None => match norms.get(&string_id(word)) {
                Some(norm) => string_id(norm),
                None => string_id(base_norm(word).unwrap_or(&lower)),
            },
        };
        Self {
            is_space: word.chars().all(is_space),
            norm,
            prefix: string_id(&word[..first]),
            suffix: string_id(&word[last..]),
            shape: string_id(&shape(word)),
            lower,
        }
    }

    /// The value an embedding table hashes.
    pub(crate) fn feature(&self, feature: Feature, spacy: bool) -> u64 {
        match feature {
            Feature::Norm => self.norm,
            Feature::Prefix => self.prefix,
            Feature::Suffix => self.suffix,
            Feature::Shape => self.shape,
            Feature::Spacy => u64::from(spacy),
            Feature::IsSpace => u64::from(self.is_space),
        }
    }
}

/// Norms of punctuation and currencies that spaCy has for every language.
fn base_norm(word: &str) -> Option<&'static str> {
    Some(match word {
        "'s" | "'S" | "’s" | "’S" => "'s",
        "’" | "‘" | "´" | "`" => "'",
        "”" | "“" | "''" | "``" | "´´" | "„" | "»" | "«" | "‘‘" | "’’" => "\"",
        "？" => "?",
        "！" => "!",
        "，" => ",",
        "；" => ";",
        "：" => ":",
        "。" | "।" => ".",
        "…" => "...",
        "—" | "–" | "--" | "---" | "——" => "-",
        "€" | "£" | "¥" | "฿" | "US$" | "C$" | "A$" | "₺" | "₹" | "৳" | "₩" | "Mex$" | "₣"
        | "E£" => "$",
        _ => return None,
    })
}

/// The word's shape: `Xx`, `dd`, runs cut to four.
fn shape(word: &str) -> String {
    let mut out = String::new();
    let mut last = None;
    let mut run = 0;
    for (i, c) in word.chars().enumerate() {
        if i == 99 {
            return "LONG".to_owned();
        }
        let kind = if is_alpha(c) {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(c) {
            'd'
        } else {
            c
        };
        run = if last == Some(kind) { run + 1 } else { 0 };
        last = Some(kind);
        if run < 4 {
            out.push(kind);
        }
    }
    out
}

/// The forms met so far.
#[derive(Default)]
pub(crate) struct Lexemes {
    plain: HashMap<Box<str>, u32>,
    normed: HashMap<(Box<str>, Arc<str>), u32>,
    all: Vec<Lexeme>,
}

impl Lexemes {
    /// Index of a form, new or known.
    pub(crate) fn intern(
        &mut self,
        word: &str,
        norm: Option<&Arc<str>>,
        norms: &HashMap<u64, Box<str>>,
    ) -> u32 {
        let next = self.all.len() as u32;
        let index = match norm {
            None => match self.plain.get(word) {
                Some(&index) => return index,
                None => self.plain.insert(word.into(), next),
            },
            Some(norm) => {
                let key = (Box::from(word), norm.clone());
                match self.normed.get(&key) {
                    Some(&index) => return index,
                    None => self.normed.insert(key, next),
                }
            }
        };
        debug_assert_eq!(index, None);
        self.all
            .push(Lexeme::new(word, norm.map(|norm| &**norm), norms));
        next
    }

    pub(crate) fn get(&self, index: u32) -> &Lexeme {
        &self.all[index as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Forgets all forms; indices given out before mean nothing any more.
    pub(crate) fn clear(&mut self) {
        self.plain.clear();
        self.normed.clear();
        self.all.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (word, expected) in [
            ("Apple", "Xxxxx"),
            ("iPhone15", "xXxxxxdd"),
            ("1,234.50", "d,ddd.dd"),
            ("ÉcoleX", "XxxxxX"),
            ("العربية", "xxxx"),
            ("\n\n", "\n\n"),
        ] {
            assert_eq!(shape(word), expected);
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
    }

    #[test]
    fn norms_come_from_the_exception_then_the_table() {
        let norms = HashMap::from([(string_id("cos"), Box::from("because"))]);
        let norm = |word, given| Lexeme::new(word, given, &norms).norm;
        assert_eq!(norm("Cos", None), string_id("cos"));
        assert_eq!(norm("cos", None), string_id("because"));
        assert_eq!(norm("cos", Some("lettuce")), string_id("lettuce"));
        assert_eq!(norm("€", None), string_id("$"));
    }
}
