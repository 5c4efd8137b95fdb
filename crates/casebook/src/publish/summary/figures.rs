//! The table of figures: how many, who says so, how the figure moved, who differs.

use std::collections::BTreeSet;

use model::{Agreed, Claim, Step, Verdict};

use super::{
    phrase::{Bit, Phrase},
    rows::{Row, VALUES},
    voices::{moment, voice},
};
use crate::publish::{view::View, words};

/// Earlier figures that are told one by one.
const STEPS: usize = 4;

pub fn row(view: &View, agreed: &Agreed) -> Row {
    let by_claims = view.claims(&agreed.claims);
    let mut by = Phrase::default();
    if let Some(first) = by_claims.first() {
        by = by.add(voice(view, first));
        if let Some(moment) = moment(view, first) {
            by = by.plain(&format!(", {moment}"));
        }
        let reports: BTreeSet<_> = by_claims.iter().map(|claim| &claim.report).collect();
        let more = reports.len().max(agreed.reports.len()) - 1;
        if more > 0 {
            by = by.plain(&format!(", and {}", words::many(more, "more report")));
        }
    } else if let [only] = agreed.reports.as_slice()
        && let Some(card) = view.report(only)
    {
        by.push(Bit::Name(view.source(card)));
    }
    if agreed.verdict == Verdict::Unconfirmed {
        by = by.plain("; unconfirmed");
    }
    let disputed = agreed.verdict == Verdict::Disputed;
    let mut course = moved(view, agreed, by_claims.first().copied());
    if !agreed.differs.is_empty() {
        if !course.is_empty() {
            course = course.plain("; ");
        }
        course = course.add(others(view, &agreed.differs, !disputed));
    }
    Row {
        slot: agreed.slot,
        finding: view
            .everybody(agreed.slot)
            .map(|finding| finding.id.clone()),
        disputed,
        figure: figure(agreed),
        by,
        course,
    }
}

/// The figure of a slot as it is said, with its bound.
pub fn figure(agreed: &Agreed) -> String {
    match agreed.label.trim() {
        "" => words::number(agreed.n),
        label => quantity(label),
    }
}

/// A figure's label; where its words hold no quantity ("prisoners"), that there are some.
pub fn quantity(label: &str) -> String {
    const VAGUE: &[&str] = &[
        "dozen",
        "dozens",
        "score",
        "scores",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "millions",
        "several",
        "many",
        "few",
        "fewer",
        "multiple",
        "some",
        "number",
        "numbers",
        "tens",
        "numerous",
        "handful",
        "couple",
        "countless",
        "various",
        "half",
        "most",
        "majority",
        "all",
        "nobody",
        "none",
        "one",
        "two",
        "three",
    ];
    let lower = label.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| word.starts_with(|c: char| c.is_ascii_digit()) || VAGUE.contains(&word)) {
        words::grouped(label)
    } else {
        "some".to_owned()
    }
}

/// The first number in a label.
fn number_in(label: &str) -> Option<u64> {
    let digits = label.split(|c: char| !c.is_ascii_digit());
    digits.filter_map(|digits| digits.parse().ok()).next()
}

/// How the figure came to be what it is: the one before it, the reason where one is given, those before that.
fn moved(view: &View, agreed: &Agreed, claim: Option<&Claim>) -> Phrase {
    let Some((last, before)) = agreed.earlier.split_last() else {
        return Phrase::default();
    };
    let way = number_in(&last.label).map(|n| n.cmp(&agreed.n));
    let mut out = Phrase::default()
        .plain(match way {
            Some(std::cmp::Ordering::Less) => "up from ",
            Some(std::cmp::Ordering::Greater) => "lowered from ",
            _ => "before: ",
        })
        .add(step(view, last));
    if let Some(why) = claim.and_then(|claim| claim.course.as_ref()?.why.as_ref()) {
        out = out.plain(", because ");
        out.push(Bit::Quote(why.exact.clone()));
    }
    // The newest of those before.
    let shown = &before[before.len().saturating_sub(STEPS)..];
    for (at, it) in shown.iter().enumerate() {
        out = out
            .plain(if at > 0 { ", " } else { "; earlier " })
            .strong(quantity(&it.label));
    }
    out
}

/// A figure and the day it stood at: `14 (21 February)`.
fn step(view: &View, step: &Step) -> Phrase {
    let out = Phrase::default().strong(quantity(&step.label));
    let claim = view.claims(&step.claims).into_iter().next();
    match claim.and_then(|claim| moment(view, claim)) {
        Some(day) => {
            let day = day.strip_prefix("as of ").unwrap_or(&day).to_owned();
            out.plain(&format!(" ({day})"))
        }
        None => out,
    }
}

fn others(view: &View, differs: &[Step], named: bool) -> Phrase {
    let mut out = Phrase::default().plain("others say ");
    for (at, step) in differs.iter().take(VALUES).enumerate() {
        if at > 0 {
            out = out.plain(if named { "; " } else { ", " });
        }
        out = out.strong(quantity(&step.label));
        let first = view.claims(&step.claims).into_iter().next();
        if let Some(claim) = first.filter(|_| named) {
            out = out.plain(" (").add(voice(view, claim)).plain(")");
        }
    }
    match differs.len().saturating_sub(VALUES) {
        0 => out,
        more => out.plain(&format!(" and {more} more")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_a_quantity_are_some() {
        assert_eq!(quantity("prisoners"), "some");
        for label in ["dozens", "more than 210", "many", "12–14"] {
            assert_eq!(quantity(label), label);
        }
        assert_eq!(quantity("more than 100000"), "more than 100\u{202F}000");
        assert_eq!(number_in("more than 210"), Some(210));
    }
}
