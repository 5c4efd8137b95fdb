//! The head of the page: the title, the summary that a newcomer reads first, the reports and the contents.

use model::{Value, Verdict};

use super::{
    builder::Page,
    lists,
    marks::{anchor, claim_links, verdict},
};
use crate::publish::{
    summary::{self, Bit, Phrase, Summary},
    view::View,
    votes, words,
};

pub(super) fn masthead(page: &mut Page, view: &View) {
    let dossier = view.dossier;
    page.raw("<header class=\"masthead\">\n<p class=\"brand\"><svg aria-hidden=\"true\" viewBox=\"0 0 24 24\">\
        <circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M4 20 18 4M3 7l18 9\"/>\
        <circle class=\"fix\" cx=\"12.4\" cy=\"11.2\" \
        r=\"2.6\"/></svg> Crossbearing <span>dossier</span></p>\n<h1>");
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
    page.raw("<table class=\"figures\"><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">\
        <span class=\"sr\">how many</span></th><th scope=\"col\">Who says so and when, how it moved</th></tr></thead>\n\
        <tbody>\n");
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
            .text(&words::reason(line.why))
            .raw("</span></li>");
    }
    page.raw("</ul></details>\n");
}

fn disputes(page: &mut Page, view: &View, summary: &Summary) {
    if view.dossier.findings.is_empty() {
        page.raw("<p class=\"nothing\">No finding: nothing was read from these reports that fits a slot. The sources \
            and the notes say more.</p>\n");
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
