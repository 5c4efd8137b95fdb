//! The parts of an incident of several days.

use model::RuleName;

use super::syntax::{escape, labels, quoted, row, table};
use crate::publish::{numbers, parts as of_part, view::View, words};

/// The parts of an incident of several days.
pub(super) fn parts(out: &mut String, view: &View) {
    let dossier = view.dossier;
    if dossier.parts.is_empty() {
        return;
    }
    out.push_str("\n## Parts\n\nThe incident went on for more than one day; a claim belongs to a part where its own \
        sentence names the day.\n");
    for part in &dossier.parts {
        out.push_str(&format!(
            "\n### {}\n\n{}\n",
            escape(&part.title),
            escape(&words::reason(&part.why))
        ));
        for quote in &part.quotes {
            let letter = dossier
                .report_of_text(&quote.text)
                .map_or("?", |card| card.letter.as_str());
            out.push_str(&format!("\n- {}: {}", escape(letter), quoted(&quote.exact)));
        }
        out.push_str(&format!("\n\nClaims: {}\n", labels(view, &part.claims)));
        if of_part::shown(part).next().is_some() {
            out.push('\n');
            table(
                out,
                &["About", "Of whom", "Positions", "Interval", "Verdict"],
            );
        }
        for finding in of_part::shown(part) {
            let held: Vec<String> = finding
                .positions
                .iter()
                .map(|position| {
                    format!(
                        "{} ({})",
                        quoted(&view.said(position)),
                        labels(view, &position.claims)
                    )
                })
                .collect();
            let interval = finding.numbers.as_ref();
            row(
                out,
                &[
                    words::slot(finding.slot).to_owned(),
                    escape(&view.scope(&finding.scope)),
                    held.join("; "),
                    interval.map_or_else(String::new, |all| {
                        numbers::rule(all, RuleName::Interval).says()
                    }),
                    words::verdict(finding.verdict).to_owned(),
                ],
            );
        }
    }
    for sum in &dossier.part_sums {
        out.push_str(&format!(
            "\n{}, parts added: **{}** by the rule sum_of_parts, as no report gives a total: {} ({})\n",
            words::slot(sum.slot),
            words::range(sum.low, sum.high),
            escape(&sum.arithmetic),
            labels(view, &sum.claims)
        ));
    }
}
