//! Each source text whole, its claims highlighted where they stand.
//!
//! Claims overlap: a sentence may be one claim and hold three more. A block is therefore cut at every end of every
//! quote, and each piece is marked with all the claims that cover it. The first piece of a claim carries its anchor;
//! after its last piece stands its label, a link back to the findings.

use std::collections::BTreeSet;

use model::{Block, BlockKind, Claim, ReportCard, SlotGroup, Span, Text};

use super::builder::Page;
use super::marks::{anchor, words_anchor};
use crate::publish::{view::View, words};

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

/// A quote of a claim, found in the text.
struct Found<'a> {
    claim: &'a Claim,
    span: Span,
    /// Whether it tells of another happening.
    other: bool,
    /// Whether it is the first of the claim's quotes found here: the one that carries the anchor.
    first: bool,
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
    let mut placed = BTreeSet::new();
    let longest = found.iter().map(|it| it.span.len()).max().unwrap_or(0);
    for block in blocks(text) {
        paragraph(page, view, text, &block, &found, longest, &mut placed);
    }
    page.raw("</div></article>\n");
}

/// The quotes of this report's claims, in order of place, and how many were not where they say.
fn find<'a>(view: &View<'a>, card: &ReportCard, text: &Text) -> (Vec<Found<'a>>, usize) {
    let (mut found, mut lost) = (Vec::new(), 0);
    let dossier = view.dossier;
    let main = dossier.claims.iter().map(|claim| (claim, false));
    let other = dossier.background.iter().map(|claim| (claim, true));
    for (claim, other) in main.chain(other) {
        let mut first = true;
        for quote in &claim.quotes {
            if quote.text != card.report.text || claim.report != card.report.id {
                continue;
            }
            match text.span_of(quote) {
                Some(span) if !span.is_empty() => found.push(Found {
                    claim,
                    span,
                    other,
                    first: std::mem::take(&mut first),
                }),
                _ => lost += 1,
            }
        }
    }
    found.sort_by_key(|it| {
        (
            it.span.start(),
            std::cmp::Reverse(it.span.end()),
            it.claim.id.clone(),
        )
    });
    (found, lost)
}

/// The blocks, and what stands between them as blocks of its own: the whole text is shown, whatever was made of it.
fn blocks(text: &Text) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    // Words outside every block were not read; without any block nothing was marked, and all of it is plain text.
    let kind = match text.blocks() {
        [] => BlockKind::Paragraph,
        _ => BlockKind::Boilerplate,
    };
    let gap = |from: usize, to: usize, out: &mut Vec<Block>| {
        let mut from = from;
        for line in text.as_str()[from..to].split_inclusive('\n') {
            if !line.trim().is_empty() {
                let start = from + (line.len() - line.trim_start().len());
                out.push(Block {
                    span: Span::new(start, start + line.trim().len()),
                    kind,
                });
            }
            from += line.len();
        }
    };
    for block in text.blocks() {
        if block.span.start() < at {
            continue;
        }
        gap(at, block.span.start(), &mut out);
        out.push(*block);
        at = block.span.end();
    }
    gap(at, text.as_str().len(), &mut out);
    out
}

fn paragraph<'a>(
    page: &mut Page,
    view: &View,
    text: &Text,
    block: &Block,
    found: &[Found<'a>],
    longest: usize,
    placed: &mut BTreeSet<&'a str>,
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
    // In order of start, so those that can reach this block lie together: a long text is walked once.
    let from = found.partition_point(|it| it.span.start() + longest <= block.span.start());
    let to = found.partition_point(|it| it.span.start() < block.span.end());
    let here: Vec<&Found> = found[from..to.max(from)]
        .iter()
        .filter(|it| it.span.overlaps(block.span))
        .collect();
    let mut cuts: BTreeSet<usize> = [block.span.start(), block.span.end()].into();
    for it in &here {
        cuts.extend(
            [it.span.start(), it.span.end()]
                .into_iter()
                .filter(|at| block.span.start() < *at && *at < block.span.end()),
        );
    }
    let cuts: Vec<usize> = cuts.into_iter().collect();
    for pair in cuts.windows(2) {
        let piece = Span::new(pair[0], pair[1]);
        let over: Vec<&&Found> = here.iter().filter(|it| it.span.contains(piece)).collect();
        if over.is_empty() {
            page.text(text.slice(piece));
            continue;
        }
        highlight(page, text, piece, &over, placed);
        for it in over.iter().filter(|it| it.span.end() == piece.end()) {
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
    piece: Span,
    over: &[&&Found<'a>],
    placed: &mut BTreeSet<&'a str>,
) {
    let anchors: Vec<String> = over
        .iter()
        .filter(|it| it.first && placed.insert(it.claim.id.as_str()))
        .map(|it| words_anchor(&it.claim.id))
        .collect();
    // An element has one anchor; the others wrap it, so that following any of them lights up the words.
    for id in anchors.iter().skip(1) {
        page.open("span", &[("id", id), ("class", "at")]);
    }
    let ids: Vec<String> = over.iter().map(|it| anchor(it.claim.id.as_str())).collect();
    // The narrowest claim gives the colour: it says most about just these words.
    let narrow = over.iter().min_by_key(|it| it.span.len());
    let family = narrow.map_or("", |it| match it.claim.slot.group() {
        SlotGroup::Counts => "counts",
        SlotGroup::Happening => "happening",
        SlotGroup::People => "people",
        SlotGroup::Words => "words",
    });
    let mut class = family.to_owned();
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
        text.slice(piece),
    );
    for _ in anchors.iter().skip(1) {
        page.raw("</span>");
    }
}
