//! A dossier as one self-contained HTML page.
//!
//! What comes in: a dossier and its texts. What goes out: one page that asks nothing of any other site and can be read, printed
//! and searched without scripts. Findings stand on the left and the sources on the right, each claim linked to its words and
//! back; a small script only lights up what belongs together. The page says of itself, in its content security policy, that it
//! may run nothing but that script.

mod builder;
mod findings;
mod lists;
mod parts;
mod plot;
mod policy;
mod sources;
#[cfg(test)]
mod tests;

use model::{Dossier, Value, Verdict};

use self::builder::Page;
use super::{
    Texts, numbers,
    view::{Link, View},
    votes, words,
};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Words quoted behind a figure of the summary.
const SAID: usize = 4;

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
    page.raw("<p class=\"measure\">");
    page.text(&format!(
        "{} · {} · {}",
        words::many(dossier.reports.len(), "report"),
        words::many(dossier.claims.len(), "claim"),
        words::many(view.voices(), "independent origin"),
    ));
    if !dossier.incident.title_claims.is_empty() {
        page.raw(" · title from ");
        claim_links(page, view, &dossier.incident.title_claims);
    }
    page.raw("</p>\n");
    summary(page, view);
    reports(page, view);
    contents(page, view);
    page.raw("</header>\n");
}

/// What, where, when, how many, and how much of it is disputed: a line each, with the words and the rule.
fn summary(page: &mut Page, view: &View) {
    let incident = &view.dossier.incident;
    page.raw("<section class=\"summary\" aria-labelledby=\"in-short\"><h2 id=\"in-short\">In short</h2>\n<dl>\n");
    let mut row = |title: &'static str, value: &Value| {
        page.raw("<div><dt>").raw(title).raw("</dt><dd>");
        match words::gloss(value) {
            Some(gloss) => page.name(&gloss).raw(" ").quoted(value.words()),
            None => page.quoted(value.words()),
        };
        page.raw("</dd></div>\n");
    };
    if let Some(event) = &incident.event {
        row("What", event);
    }
    if let Some(place) = &incident.place {
        row("Where", place);
    }
    if let Some(when) = &incident.when {
        row("When", &Value::When(when.clone()));
    }
    for finding in &view.dossier.findings {
        let Some(numbers) = finding.numbers.as_ref().filter(|_| finding.scope.is_all()) else {
            continue;
        };
        let interval = &numbers::rules(numbers)[0];
        page.raw("<div><dt>")
            .raw(words::slot(finding.slot))
            .raw("</dt><dd>");
        let to = format!("#{}", anchor(finding.id.as_str()));
        page.tag("a", &[("href", &to), ("class", "figure")], &interval.says());
        page.raw(" <span class=\"rule\">by the rule <i>")
            .raw(interval.key)
            .raw("</i>, from ");
        let mut said: Vec<&str> = Vec::new();
        for claim in view.by_place(&interval.range.used) {
            let words = claim.value.words();
            if !said
                .iter()
                .any(|it| it.to_lowercase() == words.to_lowercase())
            {
                said.push(words);
            }
        }
        for (at, words) in said.iter().take(SAID).enumerate() {
            page.raw(if at > 0 { ", " } else { "" }).quoted(words);
        }
        if said.is_empty() {
            page.raw("no claim it could use");
        }
        if said.len() > SAID {
            page.text(&format!(" and {} more", said.len() - SAID));
        }
        page.raw("</span> ");
        verdict(page, finding.verdict);
        page.raw("</dd></div>\n");
    }
    for line in votes::lines(view) {
        page.raw("<div><dt>")
            .raw(words::slot(line.slot))
            .raw(", reports taken together</dt><dd><span class=\"figure\">")
            .text(&words::number(line.n))
            .raw("</span> <span class=\"rule\">")
            .text(line.why)
            .raw("</span><ul class=\"votes\">");
        for held in &line.held {
            page.raw("<li>").text(&held.says()).raw(" ");
            claim_links(page, view, &held.claims);
            page.raw("</li>");
        }
        page.raw("</ul></dd></div>\n");
    }
    page.raw("</dl>\n");
    let disputed: Vec<_> = view
        .dossier
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Disputed)
        .collect();
    if view.dossier.findings.is_empty() {
        page.raw("<p class=\"nothing\">No finding: nothing was read from these reports that fits a slot. The sources and the notes say more.</p>\n");
    } else if disputed.is_empty() {
        page.raw("<p class=\"agree\">No two positions were found that cannot hold together.</p>\n");
    } else {
        page.raw("<p class=\"dispute\"><span aria-hidden=\"true\">≠</span> Disputed: ");
        for (at, finding) in disputed.iter().enumerate() {
            let to = format!("#{}", anchor(finding.id.as_str()));
            let name = format!(
                "{}, {}",
                words::slot(finding.slot),
                view.scope(&finding.scope)
            );
            page.raw(if at > 0 { "; " } else { "" });
            page.tag(
                "a",
                &[("href", &to)],
                &if finding.numbers.is_some() {
                    name
                } else {
                    words::slot(finding.slot).to_owned()
                },
            );
        }
        page.raw(".</p>\n");
    }
    page.raw("</section>\n");
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
    page.raw("</ul></section>\n");
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
    page.tag("code", &[], view.dossier.incident.id.as_str());
    page.raw(". The same reports give the same page, byte for byte.</p></footer>\n");
}
