//! The first screen in plain words: where and when, the figures, what is disputed, who is held responsible, who is at
//! risk, what is asked.
//!
//! What comes in: a view. What goes out: rows and lines of [`Phrase`]s, which the terminal, the page and Markdown lay
//! out each in its own way. It names outlets and speakers in full, no letters and no rules; every figure, voice and
//! quote is one of the dossier's.
//!
//! Rooms: `phrase` words of several kinds in a row, `voices` who says it and when, `figures` the table, `disputes`,
//! `people` who did it, who is at risk, who asks.

mod disputes;
mod figures;
mod people;
mod phrase;
mod voices;

use std::collections::BTreeSet;

use model::{Claim, ClaimId, Finding, FindingId, Slot, Value};

pub use figures::figure;
pub use phrase::{Bit, Phrase, joined};

use super::{view::View, words};

/// Disputes on the first screen.
pub const DISPUTES: usize = 5;

/// Values of one dispute.
const VALUES: usize = 4;

/// One line of the table of figures.
pub struct Row {
    /// What is counted.
    pub slot: Slot,
    /// The finding on everybody, where there is one.
    pub finding: Option<FindingId>,
    /// Whether somebody contradicts the figure.
    pub disputed: bool,
    /// The figure with its bound: "more than 210".
    pub figure: String,
    /// Who gives it, as of when.
    pub by: Phrase,
    /// How it moved, and who says otherwise; empty where neither.
    pub course: Phrase,
}

/// One dispute.
pub struct Dispute {
    /// The finding.
    pub finding: Option<FindingId>,
    /// What is disputed: "How many were killed".
    pub about: String,
    /// Each value with who gives it, and at the end how many more there are.
    pub sides: Vec<Phrase>,
}

/// A heading with lines under it.
pub struct Block {
    /// The heading.
    pub title: &'static str,
    /// The finding on it that is disputed, where one is.
    pub disputed: Option<FindingId>,
    /// The lines, the most important first.
    pub lines: Vec<Phrase>,
}

/// The first screen.
pub struct Summary {
    /// Where it happened; empty where no report says.
    pub place: String,
    /// When it happened; empty where no report says.
    pub when: String,
    /// How many reports and outlets, from when to when.
    pub sources: String,
    /// The figures.
    pub figures: Vec<Row>,
    /// Every dispute but that on who did it, where the blocks tell of it, the most important first.
    pub disputes: Vec<Dispute>,
    /// Who is held responsible, who is at risk, what is asked; empty ones are left out.
    pub blocks: Vec<Block>,
}

/// Makes the first screen of a dossier.
pub fn of(view: &View) -> Summary {
    let incident = &view.dossier.incident;
    let mut blocks = vec![
        Block {
            title: "Who is held responsible",
            disputed: people::who_disputed(view),
            lines: people::responsible(view),
        },
        Block {
            title: "Who is at risk, and how people are treated",
            disputed: None,
            lines: people::at_risk(view),
        },
        Block {
            title: "What is asked",
            disputed: None,
            lines: people::asked(view),
        },
    ];
    blocks.retain(|block| !block.lines.is_empty());
    let who = blocks.iter().any(|block| block.disputed.is_some());
    Summary {
        place: incident
            .place
            .as_ref()
            .map(Value::label)
            .unwrap_or_default(),
        when: incident
            .when
            .as_ref()
            .map(words::moment)
            .unwrap_or_default(),
        sources: sources(view),
        figures: view
            .dossier
            .agreed
            .iter()
            .filter(|agreed| !agreed.claims.is_empty() || agreed.n > 0)
            .map(|agreed| figures::row(view, agreed))
            .collect(),
        disputes: disputes::all(view, who),
        blocks,
    }
}

/// `5 reports by 4 outlets, 21 February to 12 March 2020`.
fn sources(view: &View) -> String {
    let reports = &view.dossier.reports;
    let outlets: BTreeSet<&str> = reports
        .iter()
        .filter_map(|card| card.report.source.name.as_deref())
        .collect();
    let mut out = words::many(reports.len(), "report");
    if reports.len() > 1 && !outlets.is_empty() {
        out.push_str(&format!(" by {}", words::many(outlets.len(), "outlet")));
    }
    let mut days = reports
        .iter()
        .filter_map(|card| Some(card.report.published.as_ref()?.start.date()));
    if let Some(first) = days.next() {
        let (first, last) = days.fold((first, first), |(low, high), day| {
            (low.min(day), high.max(day))
        });
        out.push_str(", ");
        out.push_str(&words::days_between(first, last));
    }
    out
}

fn claims<'a>(view: &View<'a>, ids: &[ClaimId]) -> Vec<&'a Claim> {
    ids.iter().filter_map(|id| view.claim(id)).collect()
}

fn everybody<'a>(view: &View<'a>, slot: Slot) -> Option<&'a Finding> {
    let mut findings = view.dossier.findings.iter();
    findings.find(|finding| finding.slot == slot && finding.scope.is_all())
}

#[cfg(test)]
mod tests {
    use model::{Course, Standing, Step, Verdict};

    use super::*;
    use crate::publish::fixture;

    /// The words of a phrase.
    fn words_of(phrase: &Phrase) -> String {
        let bits = phrase.0.iter().map(|bit| match bit {
            Bit::Plain(words) | Bit::Strong(words) | Bit::Name(words) | Bit::Source(words, _) => {
                words.clone()
            }
            Bit::Quote(words) => format!("“{words}”"),
        });
        bits.collect()
    }

    #[test]
    fn a_row_says_who_when_and_how_the_figure_moved() {
        let (mut dossier, texts) = fixture::market();
        let id = dossier.agreed[0].claims[0].clone();
        let claim = dossier.claims.iter_mut().find(|it| it.id == id).unwrap();
        let why = claim.quotes[0].clone();
        claim.course = Some(Course {
            standing: Standing::Now,
            change: None,
            from: None,
            why: Some(why.clone()),
        });
        let agreed = &mut dossier.agreed[0];
        agreed.verdict = Verdict::Corroborated;
        agreed.differs.truncate(1);
        agreed.earlier = vec![Step {
            label: "1300".into(),
            claims: Vec::new(),
        }];
        let summary = of(&View::new(&dossier, &texts));
        let row = &summary.figures[0];
        let by = words_of(&row.by);
        assert!(
            by.starts_with("mayor’s office (Lake Tribune), 14 March"),
            "{by}"
        );
        let course = words_of(&row.course);
        let begins = format!(
            "lowered from 1300, because “{}”; others say 51 (",
            why.exact
        );
        assert!(course.starts_with(&begins), "{course}");
        assert!(!row.disputed);
    }

    #[test]
    fn disputes_on_everybody_come_first_and_have_two_sides() {
        let (mut dossier, texts) = fixture::market();
        dossier.findings.reverse();
        let summary = of(&View::new(&dossier, &texts));
        let about: Vec<&str> = summary
            .disputes
            .iter()
            .map(|it| it.about.as_str())
            .collect();
        assert_eq!(about, ["How many were killed", "How it was done"]);
        for dispute in &summary.disputes {
            assert!(dispute.sides.len() > 1);
        }
    }

    #[test]
    fn figures_that_can_hold_together_are_no_dispute_of_the_first_screen() {
        let (mut dossier, texts) = fixture::market();
        dossier.agreed[0].verdict = Verdict::Corroborated;
        let finding = dossier
            .findings
            .iter_mut()
            .find(|it| it.slot == Slot::Killed && it.scope.is_all());
        for position in &mut finding.unwrap().positions {
            // “34” and “up to 70” share numbers.
            position.standing &= position.value.words() != "51";
        }
        let summary = of(&View::new(&dossier, &texts));
        assert!(
            summary
                .disputes
                .iter()
                .all(|it| it.about != "How many were killed")
        );
    }

    #[test]
    fn every_source_is_a_claim_of_the_dossier() {
        let (dossier, texts) = fixture::market();
        let summary = of(&View::new(&dossier, &texts));
        let rows = summary
            .figures
            .iter()
            .flat_map(|row| [&row.by, &row.course]);
        let sides = summary.disputes.iter().flat_map(|it| &it.sides);
        let lines = summary.blocks.iter().flat_map(|it| &it.lines);
        let mut sources = 0;
        for phrase in rows.chain(sides).chain(lines) {
            for bit in &phrase.0 {
                if let Bit::Source(_, id) = bit {
                    sources += 1;
                    assert!(dossier.claim(id).is_some());
                }
            }
        }
        assert!(sources > 8);
    }

    #[test]
    fn a_party_that_denies_it_does_so_once() {
        let (dossier, texts) = fixture::market();
        let summary = of(&View::new(&dossier, &texts));
        let lines = &summary.blocks[0].lines;
        assert_eq!(summary.blocks[0].title, "Who is held responsible");
        assert_eq!(
            words_of(&lines[0]),
            "Northern Front: denies it (Lake Tribune)"
        );
        assert_eq!(lines.len(), 1);
    }

    #[test]
    fn an_empty_dossier_has_an_empty_screen() {
        let (dossier, texts) = fixture::empty();
        let summary = of(&View::new(&dossier, &texts));
        assert!(summary.figures.is_empty() && summary.disputes.is_empty());
        assert!(summary.blocks.is_empty());
    }
}
