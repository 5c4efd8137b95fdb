//! The findings: every position with its words, its speaker chain and its origins, disputed ones first.

use std::collections::BTreeSet;

use model::{
    Claim, ClaimId, Finding, Position, Relation, RelationKind, Slot, SlotGroup, StanceKind,
};

use super::builder::Page;
use super::marks::{anchor, claim_link, claim_links, link, verdict, words_anchor};
use super::plot;
use crate::publish::{numbers, view::View, words};

/// Writes all sections of findings, the claims no finding holds, and the background.
pub fn all(page: &mut Page, view: &View) {
    let mut shown = Shown::default();
    for section in view.sections() {
        let id = format!("s-{}", section.key);
        page.open(
            "section",
            &[("class", "findings"), ("aria-labelledby", &id)],
        );
        page.tag("h2", &[("id", &id)], section.title);
        page.tag("p", &[("class", "about")], section.about);
        for finding in &section.findings {
            one(page, view, finding, &mut shown);
        }
        page.raw("</section>\n");
    }
    let unplaced = view.unplaced();
    if !unplaced.is_empty() {
        page.raw("<section class=\"findings\" aria-labelledby=\"s-unplaced\"><h2 id=\"s-unplaced\">Other claims</h2>\
            <p class=\"about\">claims that no finding holds</p>\n<ul class=\"claims\">\n");
        for it in unplaced {
            claim(page, view, it, None, &mut shown);
        }
        page.raw("</ul></section>\n");
    }
    if !view.dossier.background.is_empty() {
        page.raw("<section class=\"findings\" aria-labelledby=\"s-other\"><h2 id=\"s-other\">Other incidents \
            mentioned</h2><p class=\"about\">the reports tell of these as background; no figure of this incident uses \
            them</p>\n<ul class=\"claims\">\n");
        for it in &view.dossier.background {
            claim(page, view, it, None, &mut shown);
        }
        page.raw("</ul></section>\n");
    }
}

/// What already has its anchor: an anchor may stand once on a page.
#[derive(Default)]
struct Shown {
    claims: BTreeSet<ClaimId>,
    plots: BTreeSet<Slot>,
}

fn one(page: &mut Page, view: &View, finding: &Finding, shown: &mut Shown) {
    let class = match finding.verdict {
        model::Verdict::Disputed => "finding is-disputed",
        _ => "finding",
    };
    page.open(
        "article",
        &[("class", class), ("id", &anchor(finding.id.as_str()))],
    );
    page.raw("<header><h3>").raw(words::slot(finding.slot));
    if !finding.scope.is_all() || finding.slot.group() == SlotGroup::Counts {
        page.raw(" <small><bdi>")
            .text(&view.scope(&finding.scope))
            .raw("</bdi>");
        let said = finding.scope.words.trim();
        if !said.is_empty() && said.to_lowercase() != view.scope(&finding.scope) {
            page.raw(" ").quoted(said);
        }
        page.raw("</small>");
    }
    page.raw("</h3>");
    verdict(page, finding.verdict);
    page.raw("</header>\n");
    if !finding.why.is_empty() {
        page.tag("p", &[("class", "why")], &words::reason(&finding.why));
    }
    if let Some(numbers) = &finding.numbers {
        strip(page, numbers);
    }
    if finding.slot.group() == SlotGroup::Counts && shown.plots.insert(finding.slot) {
        plot::figure(page, view, finding.slot);
    }
    page.raw("<ol class=\"positions\">\n");
    for it in &finding.positions {
        position(page, view, it, shown);
    }
    page.raw("</ol>\n");
    relations(page, view, finding);
    if let Some(numbers) = &finding.numbers {
        rules(page, view, numbers);
    }
    page.raw("</article>\n");
}

/// The figure by each rule; once where all agree.
fn strip(page: &mut Page, all: &model::Numbers) {
    let rules = numbers::rules(all);
    let Some(says) = rules.first().map(|rule| rule.says()) else {
        return;
    };
    page.raw("<dl class=\"strip\">");
    if rules.iter().all(|rule| rule.says() == says) {
        page.raw("<div class=\"every\"><dt>Every rule</dt>");
        page.tag("dd", &[], &says).raw("</div></dl>\n");
        return;
    }
    for rule in rules {
        let class = if rule.gave() { "" } else { "none" };
        page.open("div", &[("title", rule.spec.does), ("class", class)]);
        page.tag("dt", &[], rule.spec.name);
        page.tag("dd", &[], &rule.says()).raw("</div>");
    }
    page.raw("</dl>\n");
}

fn position(page: &mut Page, view: &View, position: &Position, shown: &mut Shown) {
    page.open(
        "li",
        &[(
            "class",
            if position.standing {
                "position"
            } else {
                "position replaced"
            },
        )],
    );
    let said = view.said(position);
    page.raw("<p class=\"value\">").quoted(&said);
    if let Some(gloss) = words::gloss(&position.value) {
        page.raw(" <span class=\"gloss\"><bdi>")
            .text(&gloss)
            .raw("</bdi></span>");
    }
    if let Some(kind) = view.stance(position) {
        page.raw(" <span class=\"badge\">")
            .raw(words::stance(kind))
            .raw("</span>");
    }
    if !position.standing {
        page.raw(" <span class=\"badge\">set aside</span>");
    }
    if position.interested {
        page.raw(" <span class=\"badge party\" title=\"every origin of this position is a party to the events, \
            speaking for itself\">a party speaking for itself</span>");
    }
    page.raw("</p>\n");
    if !position.standing && !position.why.is_empty() {
        page.tag("p", &[("class", "why")], &words::reason(&position.why));
    }
    let origins = view.origin_labels(position);
    if !origins.is_empty() {
        page.raw("<p class=\"origins\">");
        page.text(&View::many(&origins)).raw(": ");
        for (at, origin) in origins.iter().enumerate() {
            let to = format!("#{}", anchor(origin.id.as_str()));
            page.raw(if at > 0 { ", " } else { "" })
                .open("a", &[("href", &to)])
                .name(&origin.label)
                .raw("</a>");
        }
        page.raw("</p>\n");
    }
    page.raw("<ul class=\"claims\">\n");
    for it in view.by_place(&position.claims) {
        claim(page, view, it, Some(&said), shown);
    }
    page.raw("</ul></li>\n");
}

/// A claim: its label, who says it down to the source, and its words. `said` are the words of its position; without
/// them it says what it is about.
fn claim(page: &mut Page, view: &View, claim: &Claim, said: Option<&str>, shown: &mut Shown) {
    let (slot, said) = (said.is_none(), said.unwrap_or_default());
    let hex = anchor(claim.id.as_str());
    let first = shown.claims.insert(claim.id.clone());
    let to = format!("#{}", words_anchor(&claim.id));
    page.open(
        "li",
        &[
            ("class", "claim"),
            ("id", if first { &hex } else { "" }),
            ("data-c", &hex),
        ],
    );
    let says = format!(
        "{}: to its words in report {}",
        view.label(&claim.id),
        view.letter(&claim.report)
    );
    page.tag(
        "a",
        &[("class", "tag"), ("href", &to), ("title", &says)],
        view.label(&claim.id),
    );
    page.raw(" ");
    if slot {
        page.raw("<b>").raw(words::slot(claim.slot));
        if !claim.scope.is_all() {
            page.raw(", ").name(&view.scope(&claim.scope));
        }
        page.raw("</b> ").quoted(claim.value.words());
        if let Some(gloss) = words::gloss(&claim.value) {
            page.raw(" <span class=\"gloss\">")
                .name(&gloss)
                .raw("</span>");
        }
        page.raw(" ");
    }
    chain(page, view, claim);
    stance(page, claim);
    for (title, party) in [("asks", &claim.addressee), ("done by", &claim.actor)] {
        if let Some(party) = party {
            page.raw(" <span class=\"stance\">")
                .raw(title)
                .raw(" ")
                .name(&View::party_label(party))
                .raw("</span>");
        }
    }
    if let Some(when) = &claim.as_of {
        page.raw(" <span class=\"asof\">as of ")
            .text(&words::when(when))
            .raw("</span>");
    }
    for quote in &claim.quotes {
        let (before, after) = view.context(quote);
        // Words that stand right above, with nothing to add to them, are not said twice.
        if before.is_empty() && after.is_empty() && quote.exact == said {
            continue;
        }
        page.raw("<blockquote dir=\"auto\">");
        page.raw("<span class=\"context\">")
            .text(&before)
            .raw("</span>");
        page.text(&quote.exact);
        page.raw("<span class=\"context\">")
            .text(&after)
            .raw("</span></blockquote>");
    }
    page.raw("</li>\n");
}

/// The stance with its cue; a plain statement needs no word.
fn stance(page: &mut Page, claim: &Claim) {
    let kind = claim.stance.kind;
    let said = words::stance(kind);
    if kind != StanceKind::Asserted {
        page.raw(" <span class=\"stance\">").raw(said);
        let cue = claim.stance.cue.as_ref();
        if let Some(cue) = cue.filter(|cue| cue.exact.to_lowercase() != said) {
            page.raw(" ").quoted(&cue.exact);
        }
        page.raw("</span>");
    }
    if claim.direct {
        page.raw(" <span class=\"stance\">in direct speech</span>");
    }
}

fn chain(page: &mut Page, view: &View, claim: &Claim) {
    page.raw("<span class=\"chain\">");
    for (at, it) in view.chain(claim).iter().enumerate() {
        if at > 0 {
            page.raw(" <span class=\"via\"><span aria-hidden=\"true\">→</span><span class=\"sr\"> as printed by \
                </span></span> ");
        }
        link(page, it);
    }
    page.raw("</span>");
}

/// What stands against what is shown; what agrees, or is one voice, waits behind a line to open.
fn relations(page: &mut Page, view: &View, finding: &Finding) {
    let against = view.against(finding);
    let weighty = |relation: &&Relation| {
        matches!(
            relation.kind,
            RelationKind::Contradicts | RelationKind::Tension | RelationKind::Revises
        )
    };
    let own: Vec<&Relation> = finding.relations.iter().collect();
    let across = |relation: &Relation| against.iter().any(|(it, _)| *it == relation);
    let (shown, rest): (Vec<&Relation>, Vec<&Relation>) = own.into_iter().partition(weighty);
    let shown: Vec<&Relation> = shown.into_iter().filter(|it| !across(it)).collect();
    if !(shown.is_empty() && against.is_empty()) {
        page.raw("<h4>Against each other, or one after the other</h4>\n<ul class=\"relations\">\n");
        for it in shown {
            relation(page, view, it, None);
        }
        for (it, other) in &against {
            relation(page, view, it, Some(other));
        }
        page.raw("</ul>\n");
    }
    if !rest.is_empty() {
        page.raw("<details><summary>How the other claims stand to each other <small>");
        page.text(&words::number(rest.len() as u64));
        page.raw("</small></summary>\n<ul class=\"relations\">\n");
        for it in rest {
            relation(page, view, it, None);
        }
        page.raw("</ul></details>\n");
    }
}

/// One relation; with the words of the claim on the other side where that one stands in another finding.
fn relation(page: &mut Page, view: &View, relation: &Relation, other: Option<&Claim>) {
    let class = match relation.kind {
        RelationKind::Contradicts => "contradicts",
        _ => "",
    };
    page.open("li", &[("class", class)]);
    let side = |page: &mut Page, id: &ClaimId| {
        claim_link(page, view, id);
        if let Some(other) = other.filter(|it| it.id == *id) {
            page.raw(" <span class=\"other\">(")
                .raw(words::slot(other.slot))
                .raw(": ");
            page.quoted(other.value.words()).raw(", ");
            chain(page, view, other);
            page.raw(")</span>");
        }
    };
    side(page, &relation.a);
    page.raw(" ").raw(words::relation(relation.kind)).raw(" ");
    side(page, &relation.b);
    if !relation.why.is_empty() {
        page.raw(" <span class=\"because\">");
        page.text(&words::reason(&relation.why)).raw("</span>");
    }
    page.raw("</li>\n");
}

fn rules(page: &mut Page, view: &View, all: &model::Numbers) {
    page.raw(
        "<details><summary>How each rule came to its figure</summary>\n<dl class=\"rules\">\n",
    );
    for rule in numbers::rules(all) {
        page.tag("dt", &[], rule.spec.name).raw("<dd><p>");
        page.raw("<strong>")
            .text(&rule.says())
            .raw("</strong> – ")
            .text(rule.spec.does)
            .raw("</p>");
        if !rule.range.used.is_empty() {
            page.raw("<p>used ");
            claim_links(page, view, &rule.range.used);
            page.raw("</p>");
        }
        if !rule.range.set_aside.is_empty() {
            page.raw("<p>set aside</p><ul>");
            for (id, why) in &rule.range.set_aside {
                page.raw("<li>");
                claim_link(page, view, id);
                page.raw(" ").text(&words::reason(why)).raw("</li>");
            }
            page.raw("</ul>");
        }
        page.raw("</dd>\n");
    }
    page.raw("</dl></details>\n");
}
