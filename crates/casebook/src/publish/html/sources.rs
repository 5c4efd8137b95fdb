//! Each source text whole, its claims highlighted where they stand.
//!
//! The first piece of a claim carries its anchor; after its last piece stands its label, a link back to the findings.

use std::collections::HashSet;

use model::{Block, BlockKind, ReportCard, Text};

use super::builder::Page;
use super::marks::{anchor, words_anchor};
use crate::publish::{
    view::{
        View,
        highlights::{self, Mark, Piece},
    },
    words,
};

/// Writes the sources.
pub fn all(page: &mut Page, view: &View) {
    page.raw("<aside class=\"sources\" id=\"sources\" aria-label=\"Source texts\" tabindex=\"0\">\n<h2>Sources</h2>\n");
    page.raw("<p class=\"legend\"><mark class=\"counts\">figures</mark> <mark class=\"happening\">what \
        happened</mark> <mark class=\"people\">people</mark> <mark class=\"words\">statements and appeals</mark> \
        <mark class=\"counts other\">another incident</mark> <span class=\"furniture\">page furniture, not read</span>\
        </p>\n");
    for card in &view.dossier.reports {
        source(page, view, card);
    }
    page.raw("</aside>\n");
}

fn source(page: &mut Page, view: &View, card: &ReportCard) {
    let id = format!("report-{}", card.letter);
    page.open("article", &[("class", "source"), ("id", &id)]);
    page.raw("<header><h3><span class=\"letter\">")
        .text(&card.letter)
        .raw("</span> ")
        .name(&view.source(card))
        .raw("</h3>\n<p>");
    if let Some(title) = &card.report.title {
        page.raw("<cite>").name(title).raw("</cite> ");
    }
    page.raw("<span class=\"date\">");
    match &card.report.published {
        Some(when) => page.text(&words::when(when)),
        None => page.raw("date unknown"),
    };
    page.raw("</span>");
    if let Some(byline) = &card.report.byline {
        page.raw(" <span class=\"byline\">")
            .name(byline)
            .raw("</span>");
    }
    page.raw("</p>");
    if let Some(url) = &card.report.url {
        page.raw("<p class=\"url\">").outside(url, url).raw("</p>");
    }
    page.raw("</header>\n");
    let Some(text) = view.texts.get(&card.report.text) else {
        page.raw("<p class=\"nothing\">The text of this report is not at hand.</p></article>\n");
        return;
    };
    let (found, lost) = find(view, card, text);
    if lost > 0 {
        page.raw("<p class=\"nothing\">").text(&format!(
            "{} could not be found in this text at the place they name",
            words::many(lost, "quote")
        ));
        page.raw("</p>");
    }
    let lang = card.report.language.as_deref().unwrap_or("");
    page.open("div", &[("class", "text"), ("lang", lang)]);
    let mut placed = HashSet::new();
    let longest = highlights::longest(&found);
    for block in highlights::blocks(text) {
        paragraph(page, view, text, &block, &found, longest, &mut placed);
    }
    page.raw("</div></article>\n");
}

/// The quotes of this report's claims, in order of place, and how many were not where they say.
fn find<'a>(view: &View<'a>, card: &ReportCard, text: &Text) -> (Vec<Mark<'a>>, usize) {
    let dossier = view.dossier;
    let main = dossier.claims.iter().map(|claim| (claim, false));
    let other = dossier.background.iter().map(|claim| (claim, true));
    let own = main
        .chain(other)
        .filter(|(claim, _)| claim.report == card.report.id);
    highlights::marks(text, own)
}

fn paragraph<'a>(
    page: &mut Page,
    view: &View,
    text: &Text,
    block: &Block,
    found: &[Mark<'a>],
    longest: usize,
    placed: &mut HashSet<&'a str>,
) {
    let (tag, class) = match block.kind {
        BlockKind::Title => ("p", "title"),
        BlockKind::Heading => ("p", "heading"),
        BlockKind::Paragraph => ("p", ""),
        BlockKind::ListItem => ("p", "item"),
        BlockKind::Quotation => ("blockquote", ""),
        BlockKind::Caption => ("p", "caption"),
        BlockKind::Boilerplate => ("p", "furniture"),
    };
    page.open(tag, &[("class", class), ("dir", "auto")]);
    if let Some(what) = words::block(block.kind) {
        page.raw("<span class=\"sr\">").raw(what).raw(": </span>");
    }
    for piece in highlights::pieces(block, found, longest) {
        let over = &piece.over;
        if over.is_empty() {
            page.text(text.slice(piece.span));
            continue;
        }
        highlight(page, text, &piece, placed);
        for it in over.iter().filter(|it| it.span.end() == piece.span.end()) {
            let to = format!("#{}", anchor(it.claim.id.as_str()));
            let label = view.label(&it.claim.id);
            let says = format!("claim {label}: {}", words::slot(it.claim.slot));
            page.tag(
                "a",
                &[
                    ("class", "back"),
                    ("href", &to),
                    ("data-c", &to[1..]),
                    ("aria-label", &says),
                    ("title", &says),
                ],
                label,
            );
        }
    }
    page.close(tag).raw("\n");
}

/// Marks one piece with every claim over it, and sets the anchors of those that start here.
fn highlight<'a>(
    page: &mut Page,
    text: &Text,
    piece: &Piece<'_, 'a>,
    placed: &mut HashSet<&'a str>,
) {
    let over = &piece.over;
    let anchors: Vec<String> = highlights::beginning(piece, placed)
        .iter()
        .map(|claim| words_anchor(&claim.id))
        .collect();
    // An element has one anchor; the others wrap it, so that following any of them lights up the words.
    for id in anchors.iter().skip(1) {
        page.open("span", &[("id", id), ("class", "at")]);
    }
    let ids: Vec<String> = over.iter().map(|it| anchor(it.claim.id.as_str())).collect();
    let mut class = piece.family().unwrap_or_default().to_owned();
    if over.len() > 1 {
        class.push_str(" deep");
    }
    if over.iter().all(|it| it.other) {
        class.push_str(" other");
    }
    let id = anchors.first().map_or("", String::as_str);
    page.tag(
        "mark",
        &[("id", id), ("class", &class), ("data-c", &ids.join(" "))],
        text.slice(piece.span),
    );
    for _ in anchors.iter().skip(1) {
        page.raw("</span>");
    }
}
