//! Other incidents out of those of the file, for heaps larger than any that is labelled: names, places, figures and
//! dates replaced in the same way in all reports of one variant.
//!
//! What comes in: a reading and the number of the variant. What goes out: a reading in the same shape. Letters are
//! changed for letters and digits for digits, so that every quote still stands where it stood. Dates move by [`WEEKS`]
//! a variant, so that no two tell the same story on the same day, which news does not do either; and by 28 years, after
//! which weekdays are the same, once in `together` variants: so many share one span of time. With one the heap grows
//! longer as it grows, like the archive of one region; with more it grows denser too.

use std::collections::HashMap;

use jiff::{Span, civil::DateTime};
use model::{Reading, TextId, content_hash};
use reconciler::link::pool::Common;
use serde_json::Value;

/// Weeks from one variant of that time to the next.
const WEEKS: u64 = 5;

/// How one variant changes words.
pub struct Variant<'a> {
    number: u64,
    together: u64,
    common: &'a Common,
    letters: [u8; 26],
    digits: [u8; 10],
}

const VOWELS: &[u8] = b"aeiou";
const CONSONANTS: &[u8] = b"bcdfghjklmnpqrstvwxyz";

impl<'a> Variant<'a> {
    /// Makes variant `number`, of which `together` share one span of time (none is taken as one); variant 0 changes
    /// nothing.
    pub fn new(number: u64, together: u64, common: &'a Common) -> Self {
        let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state >> 11
        };
        let mut mixed = |from: &[u8]| {
            let mut to = from.to_vec();
            for at in (1..to.len()).rev() {
                to.swap(at, (next() % (at as u64 + 1)) as usize);
            }
            to
        };
        let mut letters = [0; 26];
        for class in [VOWELS, CONSONANTS] {
            for (from, to) in class.iter().zip(mixed(class)) {
                letters[usize::from(from - b'a')] = to;
            }
        }
        let mut digits = [0; 10];
        // No figure may come to start with a zero.
        for (from, to) in b"123456789".iter().zip(mixed(b"123456789")) {
            digits[usize::from(from - b'0')] = to;
        }
        digits[0] = b'0';
        Self {
            number,
            together: together.max(1),
            common,
            letters,
            digits,
        }
    }

    fn years(&self) -> u32 {
        (self.number / self.together) as u32 * 28
    }

    /// A time of day on a day, moved; `None` when it is none or leaves the calendar.
    fn time(&self, words: &str) -> Option<String> {
        let time: DateTime = words.parse().ok()?;
        let weeks = i64::try_from(self.number % self.together * WEEKS).ok()?;
        let moved = Span::new().years(self.years()).weeks(weeks);
        Some(time.checked_add(moved).ok()?.to_string())
    }

    /// The reading as this variant tells it.
    pub fn of(&self, reading: &Reading) -> Reading {
        if self.number == 0 {
            return reading.clone();
        }
        let changed = TextId::of(&[self.words(reading.text.as_str()).as_bytes()]);
        let mut ids = HashMap::from([(reading.text.id().to_string(), changed.to_string())]);
        let Reading {
            report,
            text,
            accounts,
            notes,
            ..
        } = reading.clone();
        let bare = Reading::new(report, text, accounts, notes);
        let mut value = serde_json::to_value(bare).unwrap_or_default();
        self.change(&mut value, &mut ids);
        serde_json::from_value(value).map_or_else(|_| reading.clone(), reader::keyed)
    }

    fn change(&self, value: &mut Value, ids: &mut HashMap<String, String>) {
        match value {
            Value::String(words) => *words = self.string(words, ids),
            Value::Array(items) => items.iter_mut().for_each(|item| self.change(item, ids)),
            Value::Object(map) => map.values_mut().for_each(|item| self.change(item, ids)),
            _ => {}
        }
    }

    fn string(&self, words: &str, ids: &mut HashMap<String, String>) -> String {
        let bytes = words.as_bytes();
        let id =
            bytes.len() == 22 && bytes[1] == b':' && bytes[2..].iter().all(u8::is_ascii_hexdigit);
        if id {
            let number = self.number.to_le_bytes();
            let new = || format!("{}:{}", &words[..1], content_hash(&[&number, bytes]));
            return ids.entry(words.to_owned()).or_insert_with(new).clone();
        }
        let time = bytes.len() == 19 && bytes[4] == b'-' && bytes[10] == b'T';
        if time {
            return self.time(words).unwrap_or_else(|| words.to_owned());
        }
        self.words(words)
    }

    /// Names, long figures and years changed; everything else as it was. The length in bytes stays.
    fn words(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let word = |c: char| c.is_ascii_alphabetic();
            let figure = |c: char| c.is_ascii_digit();
            if first.is_ascii_alphabetic() {
                let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
                self.name(&rest[..end], &mut out);
                rest = &rest[end..];
            } else if first.is_ascii_digit() {
                let end = rest.find(|c| !figure(c)).unwrap_or(rest.len());
                self.figure(&rest[..end], &rest[end..], &mut out);
                rest = &rest[end..];
            } else {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        out
    }

    fn name(&self, word: &str, out: &mut String) {
        let first = word.as_bytes()[0];
        if !first.is_ascii_uppercase() || word.len() < 3 || self.common.has(word) || calendar(word)
        {
            out.push_str(word);
            return;
        }
        for byte in word.bytes() {
            let new = self.letters[usize::from(byte.to_ascii_lowercase() - b'a')];
            let new = if byte.is_ascii_uppercase() {
                new.to_ascii_uppercase()
            } else {
                new
            };
            out.push(char::from(new));
        }
    }

    fn figure(&self, figure: &str, after: &str, out: &mut String) {
        let n: u32 = figure.parse().unwrap_or(0);
        if figure.len() == 4 && (1900..2100).contains(&n) {
            out.push_str(&(n + self.years()).to_string());
        } else if figure.len() > 2 || after.starts_with("-year") {
            for byte in figure.bytes() {
                out.push(char::from(self.digits[usize::from(byte - b'0')]));
            }
        } else {
            out.push_str(figure);
        }
    }
}

/// Whether a word names a day or a month.
fn calendar(word: &str) -> bool {
    const NAMES: [&str; 19] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun",
        "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let lower = word.to_ascii_lowercase();
    lower.get(..3).is_some_and(|start| NAMES.contains(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_figures_and_years_change_and_lengths_stay() {
        let common = Common::shipped();
        let text = "On Monday, May 5, 2031, the 100 block of Orrin Street: Éva Vell, 31-year-old, died; 2 others hurt.";
        let variant = Variant::new(13, 12, common);
        let new = variant.words(text);
        assert_eq!(new.len(), text.len());
        assert!(new.starts_with("On Monday, May 5, 2059, the "), "{new}");
        assert!(new.ends_with("-year-old, died; 2 others hurt."), "{new}");
        assert!(!new.contains("Orrin") && !new.contains("Vell") && !new.contains("31-year"));
        assert_eq!(variant.words(text), new);
        assert_ne!(Variant::new(14, 12, common).words(text), new);
        assert_eq!(
            variant.time("2031-12-08T21:30:00").as_deref(),
            Some("2060-01-12T21:30:00")
        );
        assert_eq!(variant.time("on or about"), None);
    }
}
