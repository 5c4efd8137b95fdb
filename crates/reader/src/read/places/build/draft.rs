//! The records and names of a gazetteer under construction.

use std::collections::BTreeMap;

use crate::read::places::{
    fold::fold,
    gazetteer::{NameKind, RecordKind},
};

/// A record before it is packed.
pub(super) struct Draft {
    pub geonames: u32,
    pub name: String,
    pub point: Option<(f64, f64)>,
    pub population: u64,
    pub country: String,
    pub kind: RecordKind,
    pub capital: bool,
    pub region: Option<u32>,
    pub district: Option<u32>,
    pub radius_m: u32,
}

/// Names with the postings they lead to.
#[derive(Default)]
pub(super) struct Names(pub BTreeMap<String, Vec<u32>>);

impl Names {
    pub(super) fn add(&mut self, name: &str, record: usize, kind: NameKind) {
        let key = fold(name);
        if key.is_empty() || key.len() > 100 {
            return;
        }
        let posting = (record as u32) << 2 | kind.code();
        let list = self.0.entry(key).or_default();
        // One posting for a record and name: the first one given is the better one.
        if !list.iter().any(|other| other >> 2 == posting >> 2) {
            list.push(posting);
        }
    }
}

/// Whether another name may stand in a text we read: Latin with a capital, Arabic or Cyrillic; no code, no
/// transcription.
pub(super) fn useful(name: &str) -> bool {
    let Some(first) = name.chars().next() else {
        return false;
    };
    let latin = name
        .chars()
        .all(|c| !c.is_alphabetic() || c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c));
    if latin {
        let mut letters = name.chars().filter(|c| c.is_alphabetic());
        // Lower-case entries are machine transcriptions of other scripts; all-capital ones are airport and rail codes.
        return name.len() > 2
            && (first.is_uppercase() || matches!(first, '\'' | '’' | '‘' | 'ʻ'))
            && letters.any(char::is_lowercase);
    }
    matches!(first, '\u{600}'..='\u{6ff}' | '\u{400}'..='\u{4ff}')
}
