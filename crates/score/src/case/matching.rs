//! Matches gold claims to the claims of a dossier, one to one.

use std::{collections::BTreeMap, ops::Range};

use model::{Claim, ClaimId, Dossier, Reading, ReportId, Slot, Value};

use super::{Case, GoldClaim, speaker, value};
use crate::{measure, words};

/// A gold claim's match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The claim.
    pub claim: ClaimId,
    /// Whether the head of the chain is right.
    pub speaker: bool,
    /// Whether the stance is right.
    pub stance: bool,
    /// Whether the scope is right; `None` when the gold says none.
    pub scope: Option<bool>,
}

/// Weight of a match, so that the best total finds as many claims as possible first, then as many speakers, stances and
/// scopes.
const FOUND: u64 = 1_000_000;
const SPEAKER: u64 = 10_000;
const STANCE: u64 = 100;
const SCOPE: u64 = 1;

/// Matches each gold claim of the case; the result stands in the gold's order.
pub fn run(
    case: &Case,
    readings: &BTreeMap<String, Reading>,
    dossier: &Dossier,
) -> Vec<Option<Match>> {
    let mut out = vec![None; case.claims.len()];
    for (name, reading) in readings {
        let gold: Vec<usize> = (0..case.claims.len())
            .filter(|&at| case.claims[at].report == *name)
            .collect();
        let said: Vec<(&Claim, bool)> = of_report(dossier, &reading.report.id).collect();
        let found: Vec<Vec<Option<Match>>> = gold
            .iter()
            .map(|&at| {
                let claim = &case.claims[at];
                let places = places(&claim.quote, reading);
                said.iter()
                    .map(|&(said, background)| try_match(claim, &places, said, background, reading))
                    .collect()
            })
            .collect();
        let weights: Vec<Vec<u64>> = found
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| cell.as_ref().map_or(0, weight))
                    .collect()
            })
            .collect();
        for (row, column) in measure::assign(&weights).into_iter().enumerate() {
            out[gold[row]] = column.and_then(|column| found[row][column].clone());
        }
    }
    out
}

fn weight(found: &Match) -> u64 {
    FOUND
        + u64::from(found.speaker) * SPEAKER
        + u64::from(found.stance) * STANCE
        + u64::from(found.scope == Some(true)) * SCOPE
}

/// The claims of a report, and whether each is of another happening.
fn of_report<'d>(
    dossier: &'d Dossier,
    report: &'d ReportId,
) -> impl Iterator<Item = (&'d Claim, bool)> {
    let main = dossier.claims.iter().map(|claim| (claim, false));
    let background = dossier.background.iter().map(|claim| (claim, true));
    main.chain(background)
        .filter(move |(claim, _)| claim.report == *report)
}

fn try_match(
    gold: &GoldClaim,
    places: &[Range<usize>],
    claim: &Claim,
    background: bool,
    reading: &Reading,
) -> Option<Match> {
    let account_right = match gold.account.as_deref() {
        Some(_) => background,
        None => gold.slot == Slot::Background || !background,
    };
    let hit = account_right
        && gold.slot == claim.slot
        && claim.quotes.iter().any(|quote| {
            places
                .iter()
                .any(|place| shares_a_word(reading, place, &(quote.start..quote.end)))
        })
        && value::right(gold, claim);
    hit.then(|| Match {
        claim: claim.id.clone(),
        speaker: speaker::right(gold, claim),
        stance: serde_json::to_value(claim.stance.kind)
            .is_ok_and(|name| name == gold.stance.as_str()),
        scope: speaker::scope_right(gold, claim),
    })
}

/// Whether two code point ranges of a text have a word that carries meaning in common.
fn shares_a_word(reading: &Reading, a: &Range<usize>, b: &Range<usize>) -> bool {
    let (start, end) = (a.start.max(b.start), a.end.min(b.end));
    if start >= end {
        return false;
    }
    let text = &reading.text;
    let (Some(from), Some(to)) = (text.byte_at(start), text.byte_at(end)) else {
        return false;
    };
    !words::stems(&text.as_str()[from..to]).is_empty()
}

/// Every place where a quote stands in a report, in code points; a no-break space is read as a space.
pub fn places(quote: &str, reading: &Reading) -> Vec<Range<usize>> {
    let plain = |text: &str| -> Vec<char> {
        text.chars()
            .map(|c| {
                if c == '\u{a0}' || c == '\u{202f}' {
                    ' '
                } else {
                    c
                }
            })
            .collect()
    };
    let (text, quote) = (plain(reading.text.as_str()), plain(quote));
    if quote.is_empty() || quote.len() > text.len() {
        return Vec::new();
    }
    (0..=text.len() - quote.len())
        .filter(|&at| text[at..at + quote.len()] == quote[..])
        .map(|at| at..at + quote.len())
        .collect()
}

/// Claims of the gold's slot, or else any, whose words share most with the gold's quote: what a miss shows as said.
pub fn nearest<'d>(gold: &GoldClaim, dossier: &'d Dossier) -> Vec<&'d Claim> {
    let near = |claim: &&Claim| {
        let said: String = claim
            .quotes
            .iter()
            .map(|quote| quote.exact.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        words::covered(&gold.quote, &said) >= 0.5
    };
    let all: Vec<&Claim> = dossier
        .claims
        .iter()
        .chain(&dossier.background)
        .filter(near)
        .collect();
    let same: Vec<&Claim> = all
        .iter()
        .copied()
        .filter(|claim| claim.slot == gold.slot)
        .collect();
    let mut out = if same.is_empty() { all } else { same };
    out.truncate(3);
    out
}

/// A value in a few words, for misses.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::Count(count) => format!("{} “{}”", count.interval(), count.words),
        Value::When(when) => format!("{} “{}”", when.date(), when.words),
        Value::Place(place) => format!("{} “{}”", place.name, place.words),
        Value::Party(party) => party.name.clone(),
        Value::Kind { code, words } | Value::Act { code, words } => format!("{code} “{words}”"),
        Value::Thing { code, words, count } => format!(
            "{code}{} “{words}”",
            count
                .as_ref()
                .map(|count| format!(" × {}", count.interval()))
                .unwrap_or_default()
        ),
        Value::Words { words } => format!("“{words}”"),
    }
}
