//! A figure as the number rules see it, and the ways in which they choose among figures.

use model::{Bound, ClaimId, Count, RuleRange};

use crate::ledger::Moment;

/// One figure as the rules see it.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The claim.
    pub claim: ClaimId,
    /// What it says.
    pub count: Count,
    /// The independent voice behind it.
    pub origin: usize,
    /// Whether that voice is a party speaking for itself.
    pub interested: bool,
    /// When it stood.
    pub moment: Option<Moment>,
    /// Why it does not stand any more; `None` while it does.
    pub superseded: Option<String>,
    /// Whether it is denied.
    pub denied: bool,
    /// Whether it is only thought possible.
    pub possible: bool,
    /// Whether it is told as likely, where it is only thought possible.
    pub likely: bool,
    /// The report it stands in.
    pub report: usize,
    /// Its place among all claims, in the order of reports and of their texts.
    pub order: usize,
    /// Whether the report says it in its own words, or passes it on from nobody named.
    pub own: bool,
    /// Whether its own words call it an early one: "initially", "at first".
    pub early: bool,
    /// Whether it counts people told of one by one, or adds up a list: there may be more.
    pub listed: bool,
    /// Whether it counts some family's members only, as its words go: there may be others.
    pub family: bool,
    /// How many of its people are told as fighters or soldiers, where the figure itself says nothing of their part.
    pub armed: u64,
}

/// Figures that a rule uses, and those it set aside with the reason.
pub(super) struct Chosen<'a> {
    pub(super) used: Vec<&'a Figure>,
    aside: Vec<(ClaimId, String)>,
}

impl<'a> Chosen<'a> {
    /// Keeps the figures for which `why_not` gives no reason.
    pub(super) fn by(figures: &'a [Figure], why_not: impl Fn(&Figure) -> Option<String>) -> Self {
        let mut chosen = Self {
            used: Vec::new(),
            aside: Vec::new(),
        };
        for figure in figures {
            match why_not(figure) {
                Some(why) => chosen.aside.push((figure.claim.clone(), why)),
                None => chosen.used.push(figure),
            }
        }
        chosen
    }

    /// Sets more aside.
    pub(super) fn without(mut self, why_not: impl Fn(&Figure) -> Option<String>) -> Self {
        let aside = &mut self.aside;
        self.used.retain(|figure| match why_not(figure) {
            Some(why) => {
                aside.push((figure.claim.clone(), why));
                false
            }
            None => true,
        });
        self
    }

    /// Sets more aside, unless nothing would be left.
    pub(super) fn unless_alone(self, why_not: impl Fn(&Figure) -> Option<String>) -> Self {
        if self.used.iter().all(|figure| why_not(figure).is_some()) {
            return self;
        }
        self.without(why_not)
    }

    pub(super) fn range(
        mut self,
        low: Option<u64>,
        best: Option<u64>,
        high: Option<u64>,
    ) -> RuleRange {
        let mut used: Vec<ClaimId> = self
            .used
            .iter()
            .map(|figure| figure.claim.clone())
            .collect();
        used.sort();
        self.aside.sort();
        RuleRange {
            low,
            best,
            high,
            used,
            set_aside: self.aside,
        }
    }
}

/// Why a figure is out of every rule: it was taken back, denied, or only feared.
pub(super) fn out(figure: &Figure) -> Option<String> {
    if let Some(why) = &figure.superseded {
        return Some(why.clone());
    }
    if figure.denied {
        return Some("denied".to_owned());
    }
    figure.possible.then(|| "only thought possible".to_owned())
}

/// The single number a figure stands for: the number said, the smallest it allows otherwise.
pub(super) fn point(count: &Count) -> u64 {
    match count.bound {
        Bound::About => count.stated.unwrap_or(count.low),
        _ => count.low,
    }
}

/// Whether a figure gives an upper limit only: "up to 40".
pub(super) fn limit_only(count: &Count) -> bool {
    matches!(count.bound, Bound::AtMost | Bound::FewerThan)
}

/// The lower-case words of a vague figure hold this word.
pub(super) fn says(count: &Count, word: &str) -> bool {
    count.bound == Bound::Vague
        && count
            .words
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .any(|part| part == word)
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// A standing figure; its claim id follows from the words and the origin.
    pub fn figure(count: Count, origin: usize) -> Figure {
        Figure {
            claim: ClaimId::of(&[count.words.as_bytes(), &origin.to_le_bytes()]),
            count,
            origin,
            interested: false,
            moment: None,
            superseded: None,
            denied: false,
            possible: false,
            likely: false,
            report: origin,
            order: origin,
            own: true,
            early: false,
            listed: false,
            family: false,
            armed: 0,
        }
    }

    pub fn exact(n: u64, origin: usize) -> Figure {
        figure(Count::said(n, Bound::Exact, n.to_string()), origin)
    }

    pub fn least(n: u64, origin: usize) -> Figure {
        figure(
            Count::said(n, Bound::AtLeast, format!("at least {n}")),
            origin,
        )
    }

    pub fn vague(words: &str, low: u64, high: Option<u64>, origin: usize) -> Figure {
        figure(Count::range(low, high, Bound::Vague, words), origin)
    }

    pub fn superseded(mut figure: Figure) -> Figure {
        figure.superseded = Some("a later figure took its place".to_owned());
        figure
    }

    /// `low best high` with `-` for none, as text.
    pub fn show(range: &RuleRange) -> String {
        let text = |n: Option<u64>| n.map_or("-".to_owned(), |n| n.to_string());
        format!(
            "{} {} {}",
            text(range.low),
            text(range.best),
            text(range.high)
        )
    }
}
