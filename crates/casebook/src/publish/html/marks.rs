//! What every part of the page writes in the same way: anchors, labels of claims, speakers, verdicts.

use model::{ClaimId, Verdict};

use super::builder::Page;
use crate::publish::{
    view::{Link, View},
    words,
};

/// The anchor of an id: `c:9f2e` → `c-9f2e`.
pub(super) fn anchor(id: &str) -> String {
    id.replace(':', "-")
}

/// The anchor of a claim's words in its source: `c:9f2e` → `q-9f2e`.
pub(super) fn words_anchor(id: &ClaimId) -> String {
    anchor(id.as_str()).replacen('c', "q", 1)
}

/// A claim's label as a link to its place among the findings.
pub(super) fn claim_link(page: &mut Page, view: &View, id: &ClaimId) {
    match view.claim(id) {
        Some(_) => {
            let to = format!("#{}", anchor(id.as_str()));
            page.tag("a", &[("class", "tag"), ("href", &to)], view.label(id));
        }
        None => {
            page.tag("code", &[], id.as_str());
        }
    }
}

/// Several claims' labels, by report and place.
pub(super) fn claim_links(page: &mut Page, view: &View, ids: &[ClaimId]) {
    page.raw("<span class=\"tags\">");
    for claim in view.by_place(ids) {
        claim_link(page, view, &claim.id);
        page.raw(" ");
    }
    page.raw("</span>");
}

/// One link of a speaker chain; name and body each in their own writing direction.
pub(super) fn link(page: &mut Page, link: &Link) {
    page.name(&link.name);
    if let Some(of) = &link.of {
        page.raw(" (").name(of).raw(")");
    }
    if link.interested {
        page.raw("<abbr title=\"a party to the events\">*</abbr>");
    }
}

pub(super) fn verdict(page: &mut Page, verdict: Verdict) {
    let class = match verdict {
        Verdict::Disputed => "verdict disputed",
        Verdict::Revised => "verdict revised",
        Verdict::Corroborated => "verdict corroborated",
        Verdict::SingleOrigin => "verdict single",
        Verdict::Unconfirmed => "verdict unconfirmed",
    };
    page.open(
        "span",
        &[("class", class), ("title", words::verdict_meaning(verdict))],
    );
    page.raw("<span aria-hidden=\"true\">")
        .raw(words::verdict_glyph(verdict))
        .raw("</span> ");
    page.raw(words::verdict(verdict)).raw("</span>");
}
