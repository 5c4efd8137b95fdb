//! The parts of an incident of several days, one under the other along a line of time.

use model::{Part, PartSum, RuleName};

use super::builder::Page;
use super::marks::{claim_links, link, verdict};
use crate::publish::{numbers, parts, view::View, words};

/// Writes the section; nothing for an incident without parts.
pub fn all(page: &mut Page, view: &View) {
    let dossier = view.dossier;
    if dossier.parts.is_empty() {
        return;
    }
    page.raw("<section aria-labelledby=\"s-parts\"><h2 id=\"s-parts\">Parts</h2><p class=\"about\">the incident went \
        on for more than one day; a claim belongs to a part where its own sentence names the day</p>\n\
        <ol class=\"timeline parts\">\n");
    for part in &dossier.parts {
        one(page, view, part);
    }
    page.raw("</ol>\n");
    for sum in &dossier.part_sums {
        added(page, view, sum);
    }
    page.raw("</section>\n");
}

fn one(page: &mut Page, view: &View, part: &Part) {
    page.raw("<li><span class=\"when\">");
    match &part.when {
        Some(when) => page.text(&words::when(when)),
        None => page.raw("then, no day named"),
    };
    page.raw("</span><span class=\"what\"><b>");
    page.name(&parts::name(part)).raw("</b> ");
    claim_links(page, view, &part.claims);
    for finding in parts::shown(part) {
        page.raw("<span class=\"toll\">")
            .raw(words::slot(finding.slot))
            .raw(" ");
        if !finding.scope.is_all() {
            page.raw("(").name(&view.scope(&finding.scope)).raw(") ");
        }
        if let Some(all) = &finding.numbers {
            let interval = numbers::rule(all, RuleName::Interval);
            page.tag("b", &[], &interval.says())
                .raw(" <span class=\"rule\">by the rule <i>interval</i></span> ");
        }
        verdict(page, finding.verdict);
        for position in &finding.positions {
            page.raw("<span class=\"held\">")
                .quoted(&view.said(position));
            for claim in view.by_place(&position.claims) {
                page.raw(", ");
                for (at, it) in view.chain(claim).iter().enumerate() {
                    page.raw(if at > 0 { " → " } else { "" });
                    link(page, it);
                }
                page.raw(" ");
                claim_links(page, view, std::slice::from_ref(&claim.id));
            }
            if !position.standing {
                page.raw(" no longer stands");
            }
            page.raw("</span>");
        }
        page.raw("</span>");
    }
    page.raw("<details><summary>Why this is a part</summary><p class=\"why\">")
        .text(&words::reason(&part.why))
        .raw("</p>");
    for quote in &part.quotes {
        let letter = view.dossier.report_of_text(&quote.text);
        page.raw("<blockquote dir=\"auto\">").text(&quote.exact);
        if let Some(card) = letter {
            let to = format!("#report-{}", card.letter);
            page.raw(" ")
                .tag("a", &[("class", "letter"), ("href", &to)], &card.letter);
        }
        page.raw("</blockquote>");
    }
    page.raw("</details></span></li>\n");
}

fn added(page: &mut Page, view: &View, sum: &PartSum) {
    page.raw("<p class=\"sum\"><b>")
        .raw(words::slot(sum.slot))
        .raw(", parts added: ")
        .text(&words::range(sum.low, sum.high))
        .raw("</b> <span class=\"rule\">by the rule <i>sum_of_parts</i>, as no report gives a total: ")
        .text(&sum.arithmetic)
        .raw("</span> ");
    claim_links(page, view, &sum.claims);
    page.raw("</p>\n");
}
