//! Tables of words in `lexicons`, at the root of the repository.
//!
//! Comes in: the text of a table. Lines that begin with `#` say what it holds, whence it comes and under which licence;
//! every other line is `list<TAB>word`, or `list<TAB>word<TAB>what the list says of the word`. Lines are sorted by list
//! and word. Goes out: the lists, which are cut from the text once and searched by halving.

use std::sync::OnceLock;

/// One list of a table.
pub(crate) struct List {
    text: &'static str,
    name: &'static str,
    rows: OnceLock<Vec<(&'static str, &'static str)>>,
}

impl List {
    /// The list `name` of the table with this text. A name that the table does not have gives an empty list, which the
    /// test of the table finds.
    pub(crate) const fn new(text: &'static str, name: &'static str) -> Self {
        Self {
            text,
            name,
            rows: OnceLock::new(),
        }
    }

    /// Every word with what the list says of it, empty where it says nothing; in the order of the words.
    pub(crate) fn rows(&self) -> &[(&'static str, &'static str)] {
        self.rows.get_or_init(|| {
            rows(self.text)
                .filter(|(list, ..)| *list == self.name)
                .map(|(_, word, says)| (word, says))
                .collect()
        })
    }

    /// The words, in order.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.rows().iter().map(|(word, _)| *word)
    }

    /// Whether the list has this very word.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.at(word).is_some()
    }

    /// What the list says of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&'static str> {
        self.at(word).map(|at| self.rows()[at].1)
    }

    /// The place of a word in [`List::rows`].
    pub(crate) fn at(&self, word: &str) -> Option<usize> {
        self.rows()
            .binary_search_by(|(known, _)| (*known).cmp(word))
            .ok()
    }
}

/// Every line of a table: list, word, what is said of it.
fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (list, rest) = line.split_once('\t')?;
            let (word, says) = rest.split_once('\t').unwrap_or((rest, ""));
            Some((list, word, says))
        })
}

/// Panics unless the table is as the head of this file says, all words are lower case, and `lists` are its lists, none
/// of them empty.
#[cfg(test)]
pub(crate) fn check(text: &'static str, lists: &[&List]) {
    let head = |opening: &str| text.lines().any(|line| line.starts_with(opening));
    assert!(
        head("# Source: ") && head("# Licence: "),
        "no source or licence"
    );
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let columns = line.split('\t').count();
        assert!((2..=3).contains(&columns), "{line:?}");
        assert_eq!(line, line.trim(), "white space at an end");
        assert!(
            line.split('\t').all(|column| !column.is_empty()),
            "{line:?}"
        );
    }
    let all: Vec<_> = rows(text).collect();
    for pair in all.windows(2) {
        let (before, after) = ((pair[0].0, pair[0].1), (pair[1].0, pair[1].1));
        assert!(before < after, "{before:?} stands before {after:?}");
    }
    for (_, word, _) in &all {
        assert_eq!(word.to_lowercase(), *word);
    }
    for list in lists {
        assert!(!list.rows().is_empty(), "no list {}", list.name);
    }
    for (name, word, _) in &all {
        let list = lists.iter().find(|list| list.name == *name);
        assert!(
            list.is_some_and(|list| list.contains(word)),
            "{name}: {word}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# Source: none.\n# Licence: none.\nnear\tby\nnear\tnext to\nunit\tmile\t1609\n";

    #[test]
    fn lists_are_cut_from_the_table() {
        let (near, unit) = (List::new(TEXT, "near"), List::new(TEXT, "unit"));
        assert_eq!(near.words().collect::<Vec<_>>(), ["by", "next to"]);
        assert!(near.contains("next to") && !near.contains("mile"));
        assert_eq!((unit.get("mile"), unit.get("by")), (Some("1609"), None));
        check(TEXT, &[&near, &unit]);
    }

    #[test]
    #[should_panic(expected = "stands before")]
    fn an_unsorted_table_is_found() {
        const TEXT: &str = "# Source: none.\n# Licence: none.\nnear\tto\nnear\tby\n";
        check(TEXT, &[&List::new(TEXT, "near")]);
    }
}
