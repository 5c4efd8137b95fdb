//! A dossier as one self-contained HTML page.
//!
//! What comes in: a dossier and its texts. What goes out: one page that asks nothing of any other site and can be read,
//! printed and searched without scripts. Findings stand on the left and the sources on the right, each claim linked to
//! its words and back; a small script only lights up what belongs together. The page says of itself, in its content
//! security policy, that it may run nothing but that script.

mod builder;
mod findings;
mod lists;
mod parts;
mod plot;
mod policy;
mod sources;
#[cfg(test)]
mod tests;

use model::{Dossier, Texts, Value, Verdict};

use self::builder::Page;
use super::{
    summary::{self, Bit, Phrase, Summary},
    view::{Link, View},
    votes, words,
};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Renders the dossier as a page. The same dossier gives the same bytes.
pub fn render(dossier: &Dossier, texts: &Texts) -> String {
    let view = View::new(dossier, texts);
    let mut page = Page::default();
    head(&mut page, &view);
    page.raw("<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a><a class=\"skip\" href=\"#sources\">Skip to the sources</a>\n");
    page.raw("<div class=\"panes\">\n<div class=\"dossier\">\n");
    masthead(&mut page, &view);
    page.raw("<main id=\"findings\">\n");
    parts::all(&mut page, &view);
    findings::all(&mut page, &view);
    lists::all(&mut page, &view);
    page.raw("</main>\n");
    footer(&mut page, &view);
    page.raw("</div>\n");
    sources::all(&mut page, &view);
    page.raw("</div>\n<script>")
        .raw(SCRIPT)
        .raw("</script>\n</body>\n</html>\n");
    page.finish()
}

/// The anchor of an id: `c:9f2e` → `c-9f2e`.
fn anchor(id: &str) -> String {
    id.replace(':', "-")
}

/// The anchor of a claim's words in its source: `c:9f2e` → `q-9f2e`.
fn words_anchor(id: &model::ClaimId) -> String {
    anchor(id.as_str()).replacen('c', "q", 1)
}

/// A claim's label as a link to its place among the findings.
fn claim_link(page: &mut Page, view: &View, id: &model::ClaimId) {
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

/// One link of a speaker chain; name and body each in their own writing direction.
fn link(page: &mut Page, link: &Link) {
    page.name(&link.name);
    if let Some(of) = &link.of {
        page.raw(" (").name(of).raw(")");
    }
    if link.interested {
        page.raw("<abbr title=\"a party to the events\">*</abbr>");
    }
}

/// Several claims' labels, by report and place.
fn claim_links(page: &mut Page, view: &View, ids: &[model::ClaimId]) {
    page.raw("<span class=\"tags\">");
    for claim in view.by_place(ids) {
        claim_link(page, view, &claim.id);
        page.raw(" ");
    }
    page.raw("</span>");
}

fn head(page: &mut Page, view: &View) {
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.open(
        "meta",
        &[
            ("http-equiv", "Content-Security-Policy"),
            ("content", &policy::policy(STYLE, SCRIPT)),
        ],
    );
    page.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.raw("<meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"data:,\">\n");
    page.open(
        "meta",
        &[
            ("name", "generator"),
            ("content", &format!("Crossbearing {}", view.dossier.version)),
        ],
    );
    page.raw("\n<title>")
        .text(&view.dossier.incident.title)
        .raw(" – dossier</title>\n");
    page.raw("<style>").raw(STYLE).raw("</style>\n</head>\n");
}

fn masthead(page: &mut Page, view: &View) {
    let dossier = view.dossier;
    page.raw("<header class=\"masthead\">\n<p class=\"brand\"><svg aria-hidden=\"true\" viewBox=\"0 0 24 24\"><circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M4 20 18 4M3 7l18 9\"/><circle class=\"fix\" cx=\"12.4\" cy=\"11.2\" r=\"2.6\"/></svg> Crossbearing <span>dossier</span></p>\n<h1>");
    page.name(&dossier.incident.title).raw("</h1>\n");
    let short = summary::of(view);
    page.tag("p", &[("class", "measure")], &short.sources)
        .raw("\n");
    summary(page, view, &short);
    reports(page, view);
    contents(page, view);
    page.raw("</header>\n");
}

/// The summary that a newcomer reads first: what, where, when, the figures, what is disputed, who is held responsible,
/// who is at risk, what is asked.
fn summary(page: &mut Page, view: &View, summary: &Summary) {
    let incident = &view.dossier.incident;
    page.raw("<section class=\"summary\" aria-labelledby=\"in-short\"><h2 id=\"in-short\">In short</h2>\n<dl>\n");
    let event = incident.event.as_ref().map(Value::label);
    for (title, words) in [
        ("What", event.unwrap_or_default()),
        ("Where", summary.place.clone()),
        ("When", summary.when.clone()),
    ] {
        if !words.is_empty() {
            page.raw("<div><dt>").raw(title).raw("</dt><dd>");
            page.name(&words).raw("</dd></div>\n");
        }
    }
    page.raw("</dl>\n");
    figures(page, view, summary);
    disputes(page, view, summary);
    for block in &summary.blocks {
        page.raw("<h3>").raw(block.title);
        if let Some(id) = &block.disputed {
            let to = format!("#{}", anchor(id.as_str()));
            page.raw(" ")
                .open("a", &[("href", &to), ("class", "verdict disputed")])
                .raw("<span aria-hidden=\"true\">≠</span> disputed</a>");
        }
        page.raw("</h3>\n");
        some(page, &block.lines, phrase);
    }
    page.raw("</section>\n");
}

/// The table of figures, and under it what each report gives.
fn figures(page: &mut Page, view: &View, summary: &Summary) {
    if summary.figures.is_empty() {
        return;
    }
    page.raw("<table class=\"figures\"><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\"><span class=\"sr\">how many</span></th><th scope=\"col\">Who says so and when, how it moved</th></tr></thead>\n<tbody>\n");
    for row in &summary.figures {
        page.raw("<tr><th scope=\"row\">");
        match &row.finding {
            Some(id) => {
                let to = format!("#{}", anchor(id.as_str()));
                page.tag("a", &[("href", &to)], words::short(row.slot))
            }
            None => page.raw(words::short(row.slot)),
        };
        page.raw("</th><td class=\"figure\">")
            .text(&row.figure)
            .raw("</td><td>");
        phrase(page, &row.by);
        if row.disputed || !row.course.is_empty() {
            page.raw("<div class=\"moved\">");
            if row.disputed {
                verdict(page, Verdict::Disputed);
                page.raw(" ");
            }
            phrase(page, &row.course);
            page.raw("</div>");
        }
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody></table>\n");
    let votes = votes::lines(view);
    if votes.is_empty() {
        return;
    }
    page.raw("<details class=\"votes\"><summary>What each report gives</summary>\n<ul>");
    for line in votes {
        page.raw("<li>").raw(words::slot(line.slot)).raw(": ");
        for (at, held) in line.held.iter().enumerate() {
            page.raw(if at > 0 { "; " } else { "" })
                .text(&held.says())
                .raw(" ");
            claim_links(page, view, &held.claims);
        }
        page.raw(" <span class=\"rule\">")
            .text(line.why)
            .raw("</span></li>");
    }
    page.raw("</ul></details>\n");
}

fn disputes(page: &mut Page, view: &View, summary: &Summary) {
    if view.dossier.findings.is_empty() {
        page.raw("<p class=\"nothing\">No finding: nothing was read from these reports that fits a slot. The sources and the notes say more.</p>\n");
        return;
    }
    if summary.disputes.is_empty() {
        if summary.blocks.iter().any(|block| block.disputed.is_some()) {
            return;
        }
        page.raw("<p class=\"agree\">Nothing of this is disputed in these reports.</p>\n");
        return;
    }
    page.raw("<div class=\"dispute\"><h3><span aria-hidden=\"true\">≠</span> In dispute</h3>\n");
    some(page, &summary.disputes, |page, dispute| {
        match &dispute.finding {
            Some(id) => {
                let to = format!("#{}", anchor(id.as_str()));
                page.tag("a", &[("href", &to)], &dispute.about)
            }
            None => page.text(&dispute.about),
        };
        page.raw("<ul>");
        for side in &dispute.sides {
            page.raw("<li>");
            phrase(page, side);
            page.raw("</li>");
        }
        page.raw("</ul>");
    });
    page.raw("</div>\n");
}

/// The first of a list, and the rest behind a click.
fn some<T>(page: &mut Page, all: &[T], one: impl Fn(&mut Page, &T)) {
    let list = |page: &mut Page, items: &[T]| {
        page.raw("<ul>\n");
        for item in items {
            page.raw("<li>");
            one(page, item);
            page.raw("</li>\n");
        }
        page.raw("</ul>\n");
    };
    let (first, rest) = all.split_at(all.len().min(summary::DISPUTES));
    list(page, first);
    if !rest.is_empty() {
        page.raw("<details><summary>");
        page.text(&format!("and {} more", rest.len()))
            .raw("</summary>\n");
        list(page, rest);
        page.raw("</details>\n");
    }
}

fn phrase(page: &mut Page, phrase: &Phrase) {
    for bit in &phrase.0 {
        match bit {
            Bit::Plain(words) => page.text(words),
            Bit::Strong(words) => page.raw("<b>").name(words).raw("</b>"),
            Bit::Name(words) => page.name(words),
            Bit::Quote(words) => page.quoted(words),
            Bit::Source(words, id) => {
                let to = format!("#{}", anchor(id.as_str()));
                page.open("a", &[("href", &to)]).name(words).raw("</a>")
            }
        };
    }
}

fn verdict(page: &mut Page, verdict: Verdict) {
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

fn reports(page: &mut Page, view: &View) {
    page.raw("<section class=\"reports\" aria-labelledby=\"reports\"><h2 id=\"reports\">Reports</h2>\n<ul>\n");
    for card in &view.dossier.reports {
        let to = format!("#report-{}", card.letter);
        page.raw("<li>")
            .tag("a", &[("class", "letter"), ("href", &to)], &card.letter);
        page.raw(" <span><span class=\"who\">")
            .name(&view.source(card))
            .raw("</span>");
        if let Some(title) = &card.report.title {
            page.raw(" <cite>").name(title).raw("</cite>");
        } else if let Some(opening) = view.opening(card) {
            page.raw(" <cite>begins ").quoted(&opening).raw("</cite>");
        }
        if !card.passage.is_empty() {
            page.raw(" <span class=\"date\">tells of it in passing: ")
                .quoted(&card.passage)
                .raw("</span>");
        }
        page.raw("</span> <span class=\"date\">");
        match &card.report.published {
            Some(when) => page.text(&words::when(when)),
            None => page.raw("date unknown"),
        };
        page.raw("</span>");
        page.raw("</li>\n");
    }
    page.raw("</ul>\n<p class=\"measure\">");
    page.text(&format!(
        "{} by {}",
        words::many(view.dossier.claims.len(), "claim"),
        words::many(view.voices(), "independent voice"),
    ));
    if !view.dossier.incident.title_claims.is_empty() {
        page.raw(" · title from ");
        claim_links(page, view, &view.dossier.incident.title_claims);
    }
    page.raw("</p></section>\n");
}

fn contents(page: &mut Page, view: &View) {
    page.raw("<nav aria-label=\"Contents\"><ul>\n");
    let mut entry = |key: &str, title: &str, n: usize| {
        let to = format!("#s-{key}");
        page.raw("<li>").tag("a", &[("href", &to)], title);
        page.raw(" <small>")
            .text(&words::number(n as u64))
            .raw("</small></li>\n");
    };
    if !view.dossier.parts.is_empty() {
        entry("parts", "Parts", view.dossier.parts.len());
    }
    for section in view.sections() {
        entry(section.key, section.title, section.findings.len());
    }
    for (key, title, n) in lists::contents(view) {
        entry(key, title, n);
    }
    page.raw("</ul></nav>\n");
}

fn footer(page: &mut Page, view: &View) {
    page.raw("<footer><p>Crossbearing says who reported what, in which words. It does not say what is so: a verdict tells how the reports stand to each other.</p><p>");
    page.text(&format!(
        "Made by Crossbearing {}, dossier schema {}, incident ",
        view.dossier.version, view.dossier.schema
    ));
    page.tag("code", &[], view.dossier.incident.case.as_str());
    page.raw(", version ");
    page.tag("code", &[], view.dossier.incident.id.as_str());
    page.raw(". The same reports give the same page, byte for byte.</p></footer>\n");
}
