//! How two counts of the same people stand to each other.
//!
//! Intervals decide: two counts contradict only when no number satisfies both, they speak of the same people, and no time tells
//! them apart. A later figure of a running count revises. The edges of vague words are not sharp: "dozens" does not exclude 20.

use std::{borrow::Cow, collections::BTreeMap};

use model::{Bound, Count, OriginKind, RelationKind, Slot};

use super::{
    time::{Lag, one_voice, two_voices},
    told,
};
use crate::ledger::{Entry, Ledger};
use crate::link::{lexicon::NUMBERS, words};

/// Factor by which the edges of a vague word may be missed.
const VAGUE_FACTOR: u64 = 2;

/// A relation found, and whether it runs from the second claim to the first.
pub struct Found {
    /// How they stand.
    pub kind: RelationKind,
    /// One clause.
    pub why: String,
    /// Whether the second claim is the `a` of the relation.
    pub swapped: bool,
    /// Whether what `a` says takes the place of what `b` says.
    pub supersedes: bool,
}

impl Found {
    /// A relation from the first claim to the second.
    pub fn new(kind: RelationKind, why: impl Into<String>) -> Self {
        Self {
            kind,
            why: why.into(),
            swapped: false,
            supersedes: kind == RelationKind::Revises,
        }
    }
}

/// Smallest and largest number a count can be stretched to.
fn reach(count: &Count) -> (u64, u64) {
    let high = count.high.unwrap_or(u64::MAX);
    if count.bound == Bound::Vague {
        (
            count.low.div_ceil(VAGUE_FACTOR),
            high.saturating_mul(VAGUE_FACTOR),
        )
    } else {
        (count.low, high)
    }
}

/// Whether no number satisfies both, vague edges stretched.
pub fn apart(a: &Count, b: &Count) -> bool {
    let ((al, ah), (bl, bh)) = (reach(a), reach(b));
    al > bh || bl > ah
}

/// Whether people only join this count and never leave it: the hurt may die, the held go free.
pub fn grows(slot: Slot) -> bool {
    !matches!(
        slot,
        Slot::Injured | Slot::Missing | Slot::Held | Slot::Hostages | Slot::AtRisk
    )
}

/// Why two counts that share a number can both hold.
pub fn together(a: &Count, b: &Count) -> String {
    let lower = |count: &Count| count.high.is_none();
    let inside = if b.within(a) {
        Some((b, a))
    } else if a.within(b) {
        Some((a, b))
    } else {
        None
    };
    match inside {
        Some((x, y)) if x.interval() == y.interval() => format!("both say {}", x.interval()),
        Some((x, y)) if lower(a) && lower(b) => format!(
            "both are lower bounds; {} lies inside {}",
            x.interval(),
            y.interval()
        ),
        Some((x, y)) => format!("{} lies inside {}", x.interval(), y.interval()),
        None if a.overlaps(b) => format!("{} and {} share numbers", a.interval(), b.interval()),
        None => {
            let vague = if a.bound == Bound::Vague { a } else { b };
            format!(
                "the edges of “{}” are not sharp: {} and {} lie next to each other",
                vague.words.trim(),
                a.interval(),
                b.interval()
            )
        }
    }
}

/// Relates two counts of the same slot and people; `None` when there is nothing worth saying.
pub fn relate(ledger: &Ledger<'_>, i: usize, j: usize) -> Option<Found> {
    let (a, b) = (&ledger.entries[i], &ledger.entries[j]);
    if a.denied() || b.denied() {
        return denied(a, b);
    }
    if let (Some(one), Some(other)) = (a.part, b.part)
        && one != other
    {
        return Some(Found::new(
            RelationKind::ScopeDiffers,
            format!("figures of different parts: {} and {}", one + 1, other + 1),
        ));
    }
    let (x, y) = (&figure(a)?, &figure(b)?);
    let one_report = a.report == b.report;
    let same_voice = a.origin == b.origin;
    let slot = a.claim.slot;
    let party = [i, j].iter().any(|&k| ledger.origin(k).interested);
    if !apart(x, y) {
        let lag = if same_voice {
            one_voice(a, b)
        } else {
            two_voices(a, b)
        };
        let (early, late, swapped) = match lag {
            Lag::Earlier(_) => (x, y, true),
            _ => (y, x, false),
        };
        // A lower bound that a later report raises is an early toll, no bound on the whole; a figure inside the bound need not be.
        let firm = !a.possible() && !b.possible();
        if lag.apart() && firm && early.low < late.low && (same_voice || !party) {
            let mut found = revises(lag, early, late, swapped, same_voice);
            if early.high.is_none() && late.high.is_none() && !same_voice {
                found.kind = RelationKind::Compatible;
                found.why = format!("{}; {} later", together(x, y), lag.label());
            }
            return Some(found);
        }
        return match (one_report, same_voice) {
            (true, _) => None,
            (_, true) => Some(Found::new(
                RelationKind::SameOrigin,
                format!("one voice, {}; {}", ledger.origin(i).label, together(x, y)),
            )),
            _ => Some(Found::new(RelationKind::Compatible, together(x, y))),
        };
    }
    let lag = if same_voice {
        one_voice(a, b)
    } else {
        two_voices(a, b)
    };
    if one_report && same_voice && !lag.apart() {
        // One text, two figures: other people or another part of the day, more often than a disagreement.
        return None;
    }
    if a.possible() != b.possible() {
        return Some(Found::new(
            RelationKind::Tension,
            format!(
                "{} against {}, but one is only thought possible",
                x.interval(),
                y.interval()
            ),
        ));
    }
    let (early, late, swapped) = match lag {
        Lag::Earlier(_) => (x, y, true),
        Lag::Later(_) => (y, x, false),
        Lag::Same | Lag::Unknown => {
            return Some(Found::new(
                RelationKind::Contradicts,
                format!(
                    "{} and {} share no number; the same people, and no time tells them apart",
                    x.interval(),
                    y.interval()
                ),
            ));
        }
    };
    let named = [i, j]
        .iter()
        .any(|&k| ledger.origin(k).kind == OriginKind::Speaker);
    let rises = late.low > early.high.unwrap_or(u64::MAX) || late.low > early.low;
    if same_voice || (!party && (rises || !grows(slot))) {
        return Some(revises(lag, early, late, swapped, same_voice));
    }
    // The day of a report is no as-of time: a party's own figure is not an early toll that others bring up to date. A higher figure on
    // a later day excludes nothing, though: people die and are found; that is told as a tension. Nobody at all is no early toll.
    let early_toll = rises && early.high != Some(0);
    if party && !early_toll && a.claim.as_of.is_none() && b.claim.as_of.is_none() {
        return Some(Found {
            kind: RelationKind::Contradicts,
            why: format!(
                "{} and {} share no number; the same people, and one is a party’s own figure",
                early.interval(),
                late.interval()
            ),
            swapped,
            supersedes: false,
        });
    }
    let who = if named {
        "another speaker"
    } else {
        "another outlet"
    };
    Some(Found {
        kind: RelationKind::Tension,
        why: format!(
            "{} against {}, {}, from {who}: no revision by the one who said it",
            early.interval(),
            late.interval(),
            match lag {
                // A late hour and the day after are no hour apart when one of them is known to the day only.
                Lag::Earlier(..24) | Lag::Later(..24) => "on another day".to_owned(),
                _ => format!("{} apart", lag.label()),
            }
        ),
        swapped,
        supersedes: false,
    })
}

/// Words by which a phrase names somebody's own people and not all of a kind: "her two sons".
const KIN: &[&str] = &[
    "his",
    "her",
    "their",
    "my",
    "our",
    "whose",
    "son",
    "sons",
    "daughter",
    "daughters",
    "wife",
    "husband",
    "father",
    "mother",
    "brother",
    "brothers",
    "sister",
    "sisters",
    "family",
    "relatives",
    "cousin",
    "cousins",
    "nephew",
    "niece",
];

/// Words beside the small numbers ([`NUMBERS`]) that say how many, so that "the two children" are all of them.
const HOW_MANY: &[&str] = &[
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "both",
    "couple",
    "pair",
    "twins",
    "triplets",
    "double",
    "triple",
    "quadruple",
    "single",
    "only",
    "no",
    "none",
    "nobody",
    "sole",
];

/// Whether a phrase tells of people by kin.
fn kin(text: &str) -> bool {
    words::fold(text)
        .iter()
        .take(4)
        .any(|word| KIN.contains(&word.as_str()))
}

/// Whether a phrase holds a number of people, and not only their ages.
fn numbered(text: &str) -> bool {
    let words = words::fold(text);
    words.iter().enumerate().any(|(at, word)| {
        let age = words
            .get(at + 1)
            .is_some_and(|next| next.starts_with("year") || next.starts_with("month"))
            // "Ana Tovo, 34": a number behind a name.
            || at + 1 == words.len() && text.trim_end().ends_with(&format!(", {word}"));
        NUMBERS.contains(&word.as_str())
            || HOW_MANY.contains(&word.as_str())
            || (word.parse::<u64>().is_ok() && !age)
    })
}

/// Whether a phrase describes people without saying that they are all: by kin, or by an article and no number.
fn describes(text: &str) -> bool {
    let article = words::fold(text)
        .first()
        .is_some_and(|word| ["a", "an", "the"].contains(&word.as_str()));
    (article && !numbered(text)) || kin(text)
}

/// What a claim counts. People who are described, by kin or one by one, are some of those it speaks of: at least so many. So are
/// those picked from others: "one of the wounded", "somebody".
fn figure<'a>(entry: &'a Entry<'_>) -> Option<Cow<'a, Count>> {
    let count = entry.claim.value.count()?;
    let some = count.bound == Bound::Exact
        && count.low > 0
        && (count.low <= 3 && describes(&entry.claim.scope.words)
            || count.low <= 9 && kin(&count.words)
            || !count.words.is_empty() && !numbered(&count.words)
            || picked(entry));
    Some(if some {
        Cow::Owned(Count {
            high: None,
            bound: Bound::AtLeast,
            ..count.clone()
        })
    } else {
        Cow::Borrowed(count)
    })
}

/// Whether a claim's words pick its people from others: "one of the wounded", "somebody".
fn picked(entry: &Entry<'_>) -> bool {
    const SOMEBODY: &[&str] = &["someone", "somebody", "anyone", "anybody"];
    if told::own_toll(entry.claim) {
        return false;
    }
    let Some(count) = entry.claim.value.count() else {
        return false;
    };
    let number = words::fold(&count.words);
    if let [one] = number.as_slice()
        && SOMEBODY.contains(&one.as_str())
    {
        return true;
    }
    let said = words::fold(entry.words());
    !number.is_empty()
        && said.windows(number.len() + 2).any(|run| {
            run.starts_with(&number)
                && run[number.len()] == "of"
                && [
                    "the", "them", "those", "these", "whom", "his", "her", "their",
                ]
                .contains(&run[number.len() + 1].as_str())
        })
}

/// The own toll of each report, where it gives one: entry by report.
pub type Tolls = BTreeMap<usize, usize>;

/// The own tolls among these entries.
pub fn tolls(ledger: &Ledger<'_>, entries: &[usize]) -> Tolls {
    entries
        .iter()
        .filter(|&&i| {
            let entry = &ledger.entries[i];
            told::own_toll(entry.claim) && !entry.denied() && !entry.possible()
        })
        .map(|&i| (ledger.entries[i].report, i))
        .collect()
}

/// The own toll of the claim's report, where the claim counts only some of the people of that toll: fewer, and in the words of the
/// report or of the one who gives the toll. What another speaker gives stays beside it.
pub fn some_of(ledger: &Ledger<'_>, tolls: &Tolls, i: usize) -> Option<usize> {
    let entry = &ledger.entries[i];
    let &toll = tolls.get(&entry.report)?;
    if toll == i || told::own_toll(entry.claim) || entry.denied() {
        return None;
    }
    let (part, whole) = (figure(entry)?, figure(&ledger.entries[toll])?);
    let few = part.low < whole.low && (apart(&part, &whole) || part.high.is_none());
    let one_voice = entry.own() || entry.origin == ledger.entries[toll].origin;
    (few && one_voice).then_some(toll)
}

/// Relates two counts where one of them counts only some of its report's own toll: it is part of that, and no rival of what others
/// say. `None` leaves them to [`relate`].
pub fn relate_some(
    ledger: &Ledger<'_>,
    tolls: &Tolls,
    i: usize,
    j: usize,
) -> Option<Option<Found>> {
    let (of_i, of_j) = (some_of(ledger, tolls, i), some_of(ledger, tolls, j));
    if of_i.is_none() && of_j.is_none() {
        return None;
    }
    let swapped = of_j == Some(i);
    let part = of_i == Some(j) || swapped;
    Some(part.then(|| {
        let toll = figure(&ledger.entries[if swapped { i } else { j }]);
        Found {
            swapped,
            ..Found::new(
                RelationKind::PartOf,
                format!(
                    "some of the {} that the report counts in all",
                    toll.map(|count| count.interval()).unwrap_or_default()
                ),
            )
        }
    }))
}

/// A denial against a figure: the same figure denied, or that there was anybody at all.
fn denied(a: &Entry<'_>, b: &Entry<'_>) -> Option<Found> {
    if a.denied() == b.denied() || a.origin == b.origin {
        return None;
    }
    let (denial, said) = if a.denied() { (a, b) } else { (b, a) };
    let said = said.claim.value.count()?;
    if said.high == Some(0) || said.bound == Bound::AtMost {
        return None;
    }
    let why = match denial.claim.value.count() {
        Some(count) if count.interval() == said.interval() => {
            "one denies the figure that the other gives"
        }
        // "denied that any prisoners were hurt": no number, or a bare plural.
        Some(count) if count.bound != Bound::Vague => return None,
        _ => "one denies that there was anybody to count",
    };
    Some(Found::new(RelationKind::Contradicts, why))
}

fn revises(lag: Lag, early: &Count, late: &Count, swapped: bool, same_voice: bool) -> Found {
    let who = if same_voice {
        "the same voice"
    } else {
        "a later figure of a running count"
    };
    Found {
        kind: RelationKind::Revises,
        why: format!(
            "{who}, {} later: {} takes the place of {}",
            lag.label(),
            late.interval(),
            early.interval()
        ),
        swapped,
        supersedes: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(n: u64, bound: Bound) -> Count {
        Count::said(n, bound, "")
    }

    #[test]
    fn vague_edges_give_way_and_sharp_ones_do_not() {
        let dozens = Count::range(24, Some(99), Bound::Vague, "dozens");
        let several = Count::range(3, Some(9), Bound::Vague, "several");
        let hundreds = Count::range(200, Some(999), Bound::Vague, "hundreds");
        assert!(!apart(&said(20, Bound::Exact), &dozens));
        assert!(apart(&said(5, Bound::Exact), &dozens));
        assert!(apart(&several, &hundreds));
        assert!(apart(&said(23, Bound::Exact), &said(24, Bound::Exact)));
    }

    #[test]
    fn a_phrase_holds_a_number_or_only_describes() {
        for words in [
            "3",
            "two men",
            "A total of 131",
            "one person",
            "Both",
            "a family of five",
            "a man and three others",
        ] {
            assert!(numbered(words), "{words}");
        }
        for words in [
            "Ana Tovo",
            "Ana Tovo, 34",
            "a 61-year-old man",
            "Himself",
            "an 18-month-old girl",
            "his wife; Omar Belk",
        ] {
            assert!(!numbered(words), "{words}");
        }
    }

    #[test]
    fn why_names_the_intervals() {
        let a = said(200, Bound::AtLeast);
        let b = said(210, Bound::MoreThan);
        assert_eq!(
            together(&a, &b),
            "both are lower bounds; [211, ∞) lies inside [200, ∞)"
        );
        let dozens = Count::range(24, Some(99), Bound::Vague, "dozens");
        assert_eq!(
            together(&said(20, Bound::Exact), &dozens),
            "the edges of “dozens” are not sharp: {20} and [24, 99] lie next to each other"
        );
    }
}
