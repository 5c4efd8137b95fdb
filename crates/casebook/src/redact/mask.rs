//! A text with hidden words replaced, and where what is left of it stands.

use std::ops::Range;

use super::{contacts, names::Names, tokens::tokens};

/// What stands in place of an address, a number or a handle.
const CONTACT: &str = "[contact withheld]";

/// A text with hidden words replaced.
pub(super) struct Masked {
    /// What is published.
    pub text: String,
    /// Bytes of the text before, and those of the text after that stand in their place.
    cuts: Vec<(Range<usize>, Range<usize>)>,
}

impl Masked {
    pub fn of(text: &str, names: &Names) -> Self {
        let contacts = contacts::spans(text);
        let runs = names.runs(text, &tokens(text));
        let mut hidden: Vec<(Range<usize>, &str)> =
            contacts.into_iter().map(|it| (it, CONTACT)).collect();
        for run in runs {
            hidden.push((run.bytes.clone(), names.what(&text[run.bytes]).bracketed()));
        }
        hidden.sort_by_key(|(range, _)| (range.start, range.end));
        let mut all: Vec<(Range<usize>, &str)> = Vec::new();
        for (range, words) in hidden {
            match all.last_mut() {
                Some((last, said)) if range.start < last.end => {
                    last.end = last.end.max(range.end);
                    *said = CONTACT;
                }
                _ => all.push((range, words)),
            }
        }
        let mut out = Self {
            text: String::with_capacity(text.len()),
            cuts: Vec::new(),
        };
        let mut from = 0;
        for (range, words) in all {
            out.text.push_str(&text[from..range.start]);
            let start = out.text.len();
            out.text.push_str(words);
            from = range.end;
            out.cuts.push((range, start..out.text.len()));
        }
        out.text.push_str(&text[from..]);
        out
    }

    /// The bytes of what is left of a range; what is hidden in part is replaced as a whole.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        let moved = |at: usize, end: bool| {
            let before = self
                .cuts
                .iter()
                .rev()
                .find(|(old, _)| old.start < at || !end && old.start <= at);
            match before {
                Some((old, new)) if at < old.end => {
                    if end {
                        new.end
                    } else {
                        new.start
                    }
                }
                Some((old, new)) => new.end + (at - old.end),
                None => at,
            }
        };
        moved(range.start, false)..moved(range.end, true)
    }
}
