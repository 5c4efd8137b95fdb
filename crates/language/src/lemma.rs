//! Base forms by rule: suffix rules, an index of known forms and exceptions, per part of speech.
//!
//! What comes in: a word, its part of speech and its morphology. What goes out: its lemma.

use std::collections::HashMap;

use crate::{doc::Pos, prepared::LemmaData, strings::string_id, unicode::is_alpha};

#[derive(Default)]
struct Table {
    rules: Vec<(String, String)>,
    exceptions: HashMap<String, Vec<String>>,
    /// Sorted.
    index: Vec<u64>,
}

/// The tables.
pub(crate) struct Lemmatizer {
    tables: HashMap<String, Table>,
}

impl Lemmatizer {
    pub(crate) fn new(data: Vec<LemmaData>) -> Self {
        let tables = data.into_iter().map(|table| {
            let tables = Table {
                rules: table.rules,
                exceptions: table.exceptions.into_iter().collect(),
                index: table.index,
            };
            (table.pos, tables)
        });
        Self {
            tables: tables.collect(),
        }
    }

    /// The lemma of a word.
    pub(crate) fn lemma(&self, word: &str, pos: Pos, morph: &str) -> String {
        let lower = word.to_lowercase();
        if pos == Pos::Space || is_base_form(pos, morph) {
            return lower;
        }
        let Some(table) = self.tables.get(name(pos)) else {
            return if pos == Pos::Propn {
                word.to_owned()
            } else {
                lower
            };
        };
        let mut forms: Vec<String> = Vec::new();
        let mut unknown: Vec<String> = Vec::new();
        for (old, new) in &table.rules {
            let Some(stem) = lower.strip_suffix(&**old) else {
                continue;
            };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if table.index.binary_search(&string_id(&form)).is_ok() {
                forms.insert(0, form);
            } else if form.chars().all(is_alpha) {
                unknown.push(form);
            } else {
                forms.push(form);
            }
        }
        for form in table.exceptions.get(&lower).into_iter().flatten() {
            if !forms.contains(form) {
                forms.insert(0, form.clone());
            }
        }
        let first = forms.into_iter().chain(unknown).next();
        first.unwrap_or_else(|| word.to_owned())
    }
}

/// Whether the tags say that the word is its own lemma.
fn is_base_form(pos: Pos, morph: &str) -> bool {
    let value = |key: &str| {
        morph
            .split('|')
            .find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
    };
    match pos {
        Pos::Noun if value("Number") == Some("Sing") => true,
        Pos::Verb
            if value("VerbForm") == Some("Fin")
                && value("Tense") == Some("Pres")
                && value("Number").is_none() =>
        {
            true
        }
        _ => matches!(value("VerbForm"), Some("Inf" | "None")) || value("Degree") == Some("Pos"),
    }
}

/// Lower-case UPOS name.
fn name(pos: Pos) -> &'static str {
    match pos {
        Pos::Adj => "adj",
        Pos::Adp => "adp",
        Pos::Adv => "adv",
        Pos::Aux => "aux",
        Pos::Conj => "conj",
        Pos::Cconj => "cconj",
        Pos::Det => "det",
        Pos::Intj => "intj",
        Pos::Noun => "noun",
        Pos::Num => "num",
        Pos::Part => "part",
        Pos::Pron => "pron",
        Pos::Propn => "propn",
        Pos::Punct => "punct",
        Pos::Sconj => "sconj",
        Pos::Sym => "sym",
        Pos::Verb => "verb",
        Pos::X => "x",
        Pos::Space => "space",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, pos: Pos, morph: &str, expected: &str) {
        let mut index = vec![string_id("bus"), string_id("city")];
        index.sort_unstable();
        let lemmatizer = Lemmatizer::new(vec![LemmaData {
            pos: "noun".into(),
            rules: vec![
                ("s".into(), "".into()),
                ("ses".into(), "s".into()),
                ("ies".into(), "y".into()),
            ],
            exceptions: vec![("oxen".into(), vec!["ox".into()])],
            index,
        }]);
        assert_eq!(lemmatizer.lemma(word, pos, morph), expected, "{word}");
    }

    #[test]
    fn rules_index_and_exceptions() {
        check("Buses", Pos::Noun, "Number=Plur", "bus");
        check("cities", Pos::Noun, "Number=Plur", "city");
        check("drones", Pos::Noun, "Number=Plur", "drone");
        check("Oxen", Pos::Noun, "Number=Plur", "ox");
        check("Bus", Pos::Noun, "Number=Sing", "bus");
        check("Media", Pos::Noun, "Number=Plur", "Media");
        check("Kestrel", Pos::Propn, "Number=Sing", "Kestrel");
        check("Quickly", Pos::Adv, "", "quickly");
    }
}
