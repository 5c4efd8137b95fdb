//! The kinds of words that linking asks for: months, weekdays, kinds of street, what stands before an age or a place,
//! first-level divisions.

use std::{collections::HashMap, sync::OnceLock};

use model::{WordKind, hash};

use crate::{
    lexicon::List,
    read::times::calendar::{MONTHS, WEEKDAYS, month, weekday},
};

const TEXT: &str = include_str!("../../../../lexicons/en/linking.tsv");
static STREET: List = List::new(TEXT, "street");
static BLOCK: List = List::new(TEXT, "block");
static YEARS: List = List::new(TEXT, "years");
static MONTHS_OLD: List = List::new(TEXT, "months");
static AGED: List = List::new(TEXT, "aged");
static OLD: List = List::new(TEXT, "old");
static BEFORE: List = List::new(TEXT, "before");
static AREA: List = List::new(TEXT, "area");
static RANK: List = List::new(TEXT, "rank");
static NUMBER: List = List::new(TEXT, "number");
static DIVISION: List = List::new(TEXT, "division");

/// Short forms of months and weekdays in news. Rarer ones ("febr", "thur") stay words: the weights were learned so.
const SHORT: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "mon",
    "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun",
];

/// The words, by hash.
pub(super) struct Kinds {
    kinds: HashMap<u64, WordKind>,
    divisions: HashMap<u64, u16>,
    pairs: HashMap<(u64, u64), u16>,
    names: Vec<&'static str>,
}

/// The words, gathered once.
pub(super) fn kinds() -> &'static Kinds {
    static GATHERED: OnceLock<Kinds> = OnceLock::new();
    GATHERED.get_or_init(Kinds::gather)
}

impl Kinds {
    fn gather() -> Self {
        let mut kinds = HashMap::new();
        let dates = WEEKDAYS.iter().chain(&MONTHS).chain(SHORT);
        for word in dates {
            let kind = weekday(word).map(WordKind::Weekday);
            if let Some(kind) = kind.or_else(|| month(word).map(WordKind::Month)) {
                kinds.insert(hash::word(word), kind);
            }
        }
        for (list, kind) in [
            (&STREET, WordKind::Street),
            (&BLOCK, WordKind::Block),
            (&YEARS, WordKind::Years),
            (&AGED, WordKind::Aged),
            (&OLD, WordKind::Old),
            (&BEFORE, WordKind::BeforePlace),
            (&AREA, WordKind::Area),
            (&MONTHS_OLD, WordKind::Months),
            (&RANK, WordKind::Rank),
        ] {
            kinds.extend(list.words().map(|word| (hash::word(word), kind)));
        }
        let number = |(word, says): &(&str, &str)| {
            let n = says.parse().ok()?;
            Some((hash::word(word), WordKind::Number(n)))
        };
        kinds.extend(NUMBER.rows().iter().filter_map(number));
        let mut names: Vec<&str> = DIVISION.rows().iter().map(|(_, name)| *name).collect();
        names.sort_unstable();
        names.dedup();
        let (mut divisions, mut pairs) = (HashMap::new(), HashMap::new());
        for (word, name) in DIVISION.rows() {
            let at = names.partition_point(|other| other < name) as u16;
            match word.split_once(' ') {
                Some((a, b)) => {
                    pairs.insert((hash::word(a), hash::word(b)), at);
                }
                None => {
                    divisions.insert(hash::word(word), at);
                }
            }
        }
        Self {
            kinds,
            divisions,
            pairs,
            names,
        }
    }

    /// What kind of word it is.
    pub(super) fn of(&self, hash: u64) -> Option<WordKind> {
        self.kinds.get(&hash).copied()
    }

    /// The first-level division that a word names, alone or with the next one.
    pub(super) fn division(&self, first: u64, second: Option<u64>) -> Option<u16> {
        let pair = second.and_then(|second| self.pairs.get(&(first, second)));
        pair.or_else(|| self.divisions.get(&first)).copied()
    }

    /// The names of the divisions, by number.
    pub(super) fn divisions(&self) -> impl Iterator<Item = (u16, &'static str)> {
        (0..).zip(self.names.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        let lists = [
            &STREET,
            &BLOCK,
            &YEARS,
            &MONTHS_OLD,
            &AGED,
            &OLD,
            &BEFORE,
            &AREA,
            &RANK,
            &NUMBER,
            &DIVISION,
        ];
        crate::lexicon::check(TEXT, &lists);
        assert!(NUMBER.rows().iter().all(|(_, n)| n.parse::<u8>().is_ok()));
    }

    #[test]
    fn words_have_kinds() {
        let kind = |word: &str| kinds().of(hash::word(word));
        assert_eq!(kind("Monday"), Some(WordKind::Weekday(1)));
        assert_eq!(kind("sept"), Some(WordKind::Month(9)));
        assert_eq!(kind("twelve"), Some(WordKind::Number(12)));
        assert_eq!((kind("weds"), kind("cart")), (None, None));
        let two = kinds().division(hash::word("New"), Some(hash::word("York")));
        let name = kinds().divisions().find(|it| Some(it.0) == two);
        assert_eq!(name.map(|it| it.1), Some("new york"));
    }
}
