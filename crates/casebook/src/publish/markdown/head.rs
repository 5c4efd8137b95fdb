//! What stands first: the title, the summary, the reports.

use super::syntax::{escape, labels, phrase, quoted, row, table};
use crate::publish::{summary, view::View, votes, words};

pub(super) fn head(out: &mut String, view: &View) {
    let dossier = view.dossier;
    out.push_str(&format!("# {}\n\n", escape(&dossier.incident.title)));
    out.push_str(&format!(
        "{} · {} · {}",
        words::many(dossier.reports.len(), "report"),
        words::many(dossier.claims.len(), "claim"),
        words::many(view.voices(), "independent origin"),
    ));
    if !dossier.incident.title_claims.is_empty() {
        out.push_str(&format!(
            " · title from {}",
            labels(view, &dossier.incident.title_claims)
        ));
    }
    if dossier.findings.is_empty() {
        out.push_str("\n\nNo finding: nothing was read from these reports that fits a slot.");
    }
    in_short(out, view);
    out.push_str("\n## Reports\n\n");
    table(
        out,
        &[
            "Report",
            "Source",
            "Published",
            "Title",
            "Address",
            "Claims",
        ],
    );
    for card in &dossier.reports {
        row(
            out,
            &[
                escape(&card.letter),
                escape(&view.source(card)),
                card.report
                    .published
                    .as_ref()
                    .map_or("date unknown".to_owned(), words::when),
                {
                    let title = match (&card.report.title, view.opening(card)) {
                        (Some(title), _) => escape(title),
                        (None, Some(opening)) => format!("begins {}", quoted(&opening)),
                        (None, None) => String::new(),
                    };
                    match card.passage.as_str() {
                        "" => title,
                        passage => format!("{title} (in passing: {})", quoted(passage)),
                    }
                },
                card.report.url.as_deref().map_or(String::new(), escape),
                card.claims.to_string(),
            ],
        );
    }
}

/// The summary: where, when, the figures, what is disputed, who is held responsible, who is at risk, what is asked.
fn in_short(out: &mut String, view: &View) {
    let summary = summary::of(view);
    out.push_str("\n\n");
    for (title, words) in [("Where", &summary.place), ("When", &summary.when)] {
        if !words.is_empty() {
            out.push_str(&format!("- {title}: {}\n", escape(words)));
        }
    }
    if !summary.figures.is_empty() {
        out.push_str("\n## Figures\n\n");
        table(
            out,
            &[
                "Who",
                "How many",
                "Who says so, and when",
                "How it moved, who differs",
            ],
        );
        for it in &summary.figures {
            let disputed = match (it.disputed, it.course.is_empty()) {
                (false, _) => "",
                (true, true) => "disputed",
                (true, false) => "disputed: ",
            };
            row(
                out,
                &[
                    words::slot(it.slot).to_owned(),
                    format!("**{}**", escape(&it.figure)),
                    phrase(&it.by),
                    format!("{disputed}{}", phrase(&it.course)),
                ],
            );
        }
    }
    if !summary.disputes.is_empty() {
        out.push_str("\n## In dispute\n\n");
        for dispute in &summary.disputes {
            out.push_str(&format!("- {}\n", escape(&dispute.about)));
            for side in &dispute.sides {
                out.push_str(&format!("  - {}\n", phrase(side)));
            }
        }
    }
    for block in &summary.blocks {
        let disputed = if block.disputed.is_some() {
            " (disputed)"
        } else {
            ""
        };
        out.push_str(&format!("\n## {}{disputed}\n\n", block.title));
        for line in &block.lines {
            out.push_str(&format!("- {}\n", phrase(line)));
        }
    }
    let votes = votes::lines(view);
    if !votes.is_empty() {
        out.push_str("\n## What each report gives\n\n");
    }
    for line in votes {
        out.push_str(&format!(
            "- {}: {}\n",
            words::slot(line.slot),
            escape(&words::reason(line.why))
        ));
        for held in &line.held {
            let from = labels(view, &held.claims);
            let from = if from.is_empty() {
                from
            } else {
                format!(" ({from})")
            };
            out.push_str(&format!("  - {}{from}\n", escape(&held.says())));
        }
    }
}
