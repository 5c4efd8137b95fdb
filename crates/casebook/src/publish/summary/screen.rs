//! The first screen, put together.

use std::collections::BTreeSet;

use model::Value;

use super::{
    disputes, figures, people,
    rows::{Block, Summary},
};
use crate::publish::{view::View, words};

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
