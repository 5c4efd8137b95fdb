//! Accounts: reports filed under several incidents, each of which should be an account of its own.
//!
//! What comes in: the files of [`super::cis530p`], in which a round-up stands once for each of several of its
//! incidents, with the gold of that one. What goes out, over the gold rows of such reports that name an address: how
//! often some account has that address for its place (`found`), and how often the account that has it gives the row's
//! killed, injured and day, each and all three; beside it the same for the report read as one (`report_…`), which can
//! be right for one row of several at most. An account whose place is not the row's is no answer, however right its
//! numbers. `accounts_per_report` are those that tell something as news.

use std::{collections::BTreeMap, path::Path};

use model::{Account, AccountKind, Reading};

use crate::{
    Engine, Facts, Figure, Miss, Options, Outcome, ScoreError,
    cis530p::{self, X, Y},
    engine::Plain,
    pool,
    words::fold,
};

/// Measures on a pair of files.
///
/// # Errors
/// If a file cannot be read, or they do not match.
pub fn score(
    x: &Path,
    y: &Path,
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Outcome, ScoreError> {
    let groups = filed(cis530p::rows(x, y)?);
    let groups = options.take(&groups);
    let readings = pool::map(groups, options, |(x, _)| {
        let plain = Plain {
            name: "report",
            published: x.publish_date.as_deref().unwrap_or(""),
            body: &x.text,
            ..Plain::default()
        };
        engine.read_plain(plain).ok()
    });
    Ok(judge(engine, groups, &readings))
}

/// Measures readings of reports given with the gold rows of each; `None` for one that could not be read.
pub fn judge(engine: &Engine, groups: &[(X, Vec<Y>)], readings: &[Option<Reading>]) -> Outcome {
    let mut tally = Tally::default();
    for ((x, golds), reading) in groups.iter().zip(readings) {
        let (whole, alone) = match reading {
            None => (Facts::default(), Vec::new()),
            Some(reading) => (
                Facts::of(&engine.dossier(std::slice::from_ref(reading))),
                reading
                    .accounts
                    .iter()
                    .filter(|account| {
                        matches!(account.kind, AccountKind::Main | AccountKind::Further)
                    })
                    .map(|account| Facts::of(&engine.dossier(&[only(reading, account)])))
                    .collect(),
            ),
        };
        tally.accounts += alone.len();
        for gold in golds {
            tally.take(x, gold, &whole, &alone);
        }
    }
    tally.outcome(groups.len())
}

/// Reports that stand under several different rows, with the rows that name an address; in the order of the file.
pub fn filed(rows: Vec<(X, Y)>) -> Vec<(X, Vec<Y>)> {
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<(X, Vec<Y>)> = Vec::new();
    for (x, y) in rows {
        let index = *at.entry(x.text.clone()).or_insert_with(|| {
            groups.push((x, Vec::new()));
            groups.len() - 1
        });
        groups[index].1.push(y);
    }
    for (_, golds) in &mut groups {
        golds.retain(|gold| !gold.address.trim().is_empty());
        golds.sort_by(|a, b| a.address.cmp(&b.address));
        golds.dedup_by(|a, b| a.address == b.address);
    }
    groups.retain(|(_, golds)| golds.len() > 1);
    groups
}

/// The reading as if one of its accounts were all that it tells.
fn only(reading: &Reading, account: &Account) -> Reading {
    Reading {
        accounts: vec![Account {
            kind: AccountKind::Main,
            ..account.clone()
        }],
        ..reading.clone()
    }
}

/// Whether two addresses name one street: the words of one, without the kinds of street and words of position, are
/// among the other's.
fn same_address(a: &str, b: &str) -> bool {
    const COMMON: &[&str] = &[
        "the",
        "block",
        "of",
        "and",
        "at",
        "in",
        "on",
        "near",
        "street",
        "streets",
        "avenue",
        "road",
        "drive",
        "lane",
        "boulevard",
        "north",
        "south",
        "east",
        "west",
        "st",
        "ave",
        "av",
        "rd",
        "dr",
        "blvd",
        "corner",
        "intersection",
        "area",
    ];
    let words = |text: &str| -> Vec<String> {
        fold(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && !COMMON.contains(word))
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    !a.is_empty() && !b.is_empty() && (within(&a, &b) || within(&b, &a))
}

#[derive(Default)]
struct Tally {
    golds: usize,
    found: usize,
    accounts: usize,
    own: [usize; 4],
    whole: [usize; 4],
    misses: Vec<Miss>,
}

impl Tally {
    fn take(&mut self, x: &X, gold: &Y, whole: &Facts, alone: &[Facts]) {
        self.golds += 1;
        let own = alone.iter().find(|facts| {
            let address = facts.address.as_deref();
            address.is_some_and(|address| same_address(address, &gold.address))
        });
        self.found += usize::from(own.is_some());
        let own = own.map_or([false; 4], |facts| right(gold, facts));
        for (at, ok) in own.into_iter().enumerate() {
            self.own[at] += usize::from(ok);
        }
        for (at, ok) in right(gold, whole).into_iter().enumerate() {
            self.whole[at] += usize::from(ok);
        }
        if !own[3] {
            let said: Vec<String> = alone
                .iter()
                .map(|facts| {
                    format!(
                        "{} {}+{} {}",
                        facts.address.as_deref().unwrap_or("-"),
                        facts.killed.unwrap_or(0),
                        facts.injured.unwrap_or(0),
                        facts.date.map(|date| date.to_string()).unwrap_or_default()
                    )
                })
                .collect();
            self.misses.push(Miss {
                item: x.text.chars().take(40).collect(),
                field: "account".into(),
                expected: format!(
                    "{} {}+{} {}",
                    gold.address, gold.n_killed, gold.n_injured, gold.shooting_date
                ),
                said: said.join("; "),
                words: x.text.chars().take(160).collect(),
            });
        }
    }

    fn outcome(self, reports: usize) -> Outcome {
        let share = |n: usize| Figure::share(n, self.golds);
        let metrics = [
            ("found", share(self.found)),
            ("killed_accuracy", share(self.own[0])),
            ("injured_accuracy", share(self.own[1])),
            ("date_accuracy", share(self.own[2])),
            ("all_accuracy", share(self.own[3])),
            ("report_killed_accuracy", share(self.whole[0])),
            ("report_injured_accuracy", share(self.whole[1])),
            ("report_date_accuracy", share(self.whole[2])),
            ("report_all_accuracy", share(self.whole[3])),
            (
                "accounts_per_report",
                Figure::Real(self.accounts as f64 / reports.max(1) as f64),
            ),
        ];
        Outcome::new("accounts", self.golds, &metrics, self.misses)
    }
}

/// Killed, injured, day, and all three.
fn right(gold: &Y, facts: &Facts) -> [bool; 4] {
    let killed = facts.killed.unwrap_or(0) == gold.n_killed;
    let injured = facts.injured.unwrap_or(0) == gold.n_injured;
    let date = facts
        .date
        .is_some_and(|date| date.to_string() == gold.shooting_date);
    [killed, injured, date, killed && injured && date]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(address: &str, n_injured: u64) -> Y {
        Y {
            n_killed: 0,
            n_injured,
            shooting_date: "2024-05-17".into(),
            address: address.into(),
        }
    }

    fn x(text: &str) -> X {
        X {
            text: text.into(),
            publish_date: None,
        }
    }

    fn facts(address: &str, injured: u64) -> Facts {
        Facts {
            injured: Some(injured),
            date: Some(jiff::civil::date(2024, 5, 17)),
            address: Some(address.into()),
            ..Facts::default()
        }
    }

    #[test]
    fn only_reports_under_several_addresses_count() {
        let rows = vec![
            (x("a"), gold("Mill Lane", 1)),
            (x("b"), gold("Quay Street", 1)),
            (x("a"), gold("Foundry Lane", 2)),
            (x("b"), gold("", 1)),
        ];
        let groups = filed(rows);
        assert_eq!(groups.len(), 1);
        assert_eq!((groups[0].0.text.as_str(), groups[0].1.len()), ("a", 2));
    }

    #[test]
    fn addresses_by_their_own_words() {
        assert!(same_address(
            "the 200 block of Mill Lane",
            "200 block of Mill Ln"
        ));
        assert!(same_address("Mill Lane", "200 block of Mill Lane"));
        assert!(!same_address(
            "200 block of Mill Lane",
            "200 block of Quay Street"
        ));
        assert!(!same_address("Street", "Quay Street"));
    }

    #[test]
    fn an_account_elsewhere_is_no_answer() {
        let mut tally = Tally::default();
        let whole = facts("Mill Lane", 3);
        let alone = [facts("Mill Lane", 1), facts("Quay Street", 1)];
        tally.take(&x("a"), &gold("200 block of Mill Lane", 1), &whole, &alone);
        tally.take(&x("a"), &gold("Foundry Lane", 1), &whole, &alone);
        tally.accounts = 2;
        let metrics = tally.outcome(1).metrics;
        assert_eq!(metrics["found"], Figure::share(1, 2));
        assert_eq!(metrics["all_accuracy"], Figure::share(1, 2));
        assert_eq!(metrics["report_all_accuracy"], Figure::share(0, 2));
        assert_eq!(metrics["accounts_per_report"], Figure::Real(2.0));
    }
}
