//! What independent reports taken together give, in words: the figure, who gives it, who gives another, and what
//! settled a tie.
//!
//! What comes in: a view. What goes out: a line for each of the killed and the injured that two or more independent
//! reports speak of. It is shown beside the rules and never instead of them.

use std::collections::BTreeMap;

use model::{Agreed, ClaimId, Slot};

use super::view::View;

/// One line.
pub struct Line<'a> {
    /// What is counted.
    pub slot: Slot,
    /// The figure.
    pub n: u64,
    /// How many reports give it, and what settled it.
    pub why: &'a str,
    /// Each figure with the reports that give it and the claims behind it, the agreed one first, then from high to low;
    /// `None` is a report that counts nobody.
    pub held: Vec<Held<'a>>,
}

/// A figure and who gives it.
pub struct Held<'a> {
    /// The figure.
    pub n: Option<u64>,
    /// Letters of the reports, in order.
    pub letters: Vec<&'a str>,
    /// The claims that it was taken from.
    pub claims: Vec<ClaimId>,
}

/// The lines of a dossier.
pub fn lines<'a>(view: &View<'a>) -> Vec<Line<'a>> {
    let worth = |agreed: &&Agreed| agreed.votes.iter().filter(|it| it.n.is_some()).count() > 1;
    let all = view.dossier.agreed.iter().filter(worth);
    all.map(|agreed| line(view, agreed)).collect()
}

fn line<'a>(view: &View<'a>, agreed: &'a Agreed) -> Line<'a> {
    let mut held: BTreeMap<Option<u64>, Held<'a>> = BTreeMap::new();
    for vote in &agreed.votes {
        let entry = held.entry(vote.n).or_insert_with(|| Held {
            n: vote.n,
            letters: Vec::new(),
            claims: Vec::new(),
        });
        entry.letters.push(view.letter(&vote.report));
        entry.claims.extend(vote.claims.iter().cloned());
    }
    let mut held: Vec<Held<'a>> = held.into_values().rev().collect();
    held.sort_by_key(|it| it.n != Some(agreed.n));
    for it in &mut held {
        // `AA` comes after `Z`.
        it.letters.sort_by_key(|letter| (letter.len(), *letter));
    }
    Line {
        slot: agreed.slot,
        n: agreed.n,
        why: &agreed.why,
        held,
    }
}

impl Held<'_> {
    /// `5 by A, B and D`; `nobody counted by C`.
    pub fn says(&self) -> String {
        let who = match self.letters.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        };
        match self.n {
            Some(n) => format!("{} by {who}", super::words::number(n)),
            None => format!("nobody counted by {who}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    #[test]
    fn the_agreed_figure_comes_first_with_its_reports() {
        let (dossier, texts) = fixture::market();
        let view = View::new(&dossier, &texts);
        let lines = lines(&view);
        assert_eq!(lines.len(), 1);
        let says: Vec<String> = lines[0].held.iter().map(Held::says).collect();
        assert_eq!(
            says,
            ["30 by A", "51 by D", "34 by B", "nobody counted by E"]
        );
        assert!(
            lines[0].held[0]
                .claims
                .iter()
                .all(|id| dossier.claim(id).is_some())
        );
    }

    #[test]
    fn a_single_report_needs_no_vote() {
        let (mut dossier, texts) = fixture::market();
        dossier.agreed[0].votes.truncate(1);
        assert!(lines(&View::new(&dossier, &texts)).is_empty());
    }
}
