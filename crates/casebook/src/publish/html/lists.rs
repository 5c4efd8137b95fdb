//! What follows the findings: timeline, origins, who leans on whom, notes, and the ledger of all claims.

use model::{Lineage, Origin};

use super::builder::Page;
use super::marks::{anchor, claim_link, claim_links, link};
use crate::publish::{view::View, words};

/// The lists that have something in them: anchor, title and length.
pub fn contents(view: &View) -> Vec<(&'static str, &'static str, usize)> {
    let dossier = view.dossier;
    let mut out = vec![
        ("unplaced", "Other claims", view.unplaced().len()),
        (
            "other",
            "Other incidents mentioned",
            dossier.background.len(),
        ),
        ("timeline", "Timeline", dossier.timeline.len()),
        ("origins", "Independent origins", view.voices()),
        ("lineage", "Who leans on whom", dossier.lineage.len()),
        ("notes", "Notes", dossier.notes.len()),
        (
            "ledger",
            "Ledger",
            dossier.claims.len() + dossier.background.len(),
        ),
    ];
    out.retain(|(_, _, n)| *n > 0);
    out
}

/// Writes all lists that have something in them.
pub fn all(page: &mut Page, view: &View) {
    if !view.dossier.timeline.is_empty() {
        timeline(page, view);
    }
    if !view.dossier.origins.is_empty() {
        page.raw("<section aria-labelledby=\"s-origins\"><h2 id=\"s-origins\">Independent origins</h2>\
            <p class=\"about\">one speaker in many reports is one voice</p>\n<ul class=\"voices\">\n");
        for origin in &view.dossier.origins {
            voice(page, view, origin);
        }
        page.raw("</ul></section>\n");
    }
    if !view.dossier.lineage.is_empty() {
        page.raw(
            "<section aria-labelledby=\"s-lineage\"><h2 id=\"s-lineage\">Who leans on whom</h2>\n\
            <ul class=\"lineage\">\n",
        );
        for it in &view.dossier.lineage {
            lineage(page, view, it);
        }
        page.raw("</ul></section>\n");
    }
    if !view.dossier.notes.is_empty() {
        notes(page, view);
    }
    if !(view.dossier.claims.is_empty() && view.dossier.background.is_empty()) {
        ledger(page, view);
    }
}

fn timeline(page: &mut Page, view: &View) {
    page.raw("<section aria-labelledby=\"s-timeline\"><h2 id=\"s-timeline\">Timeline</h2><p class=\"about\">what the \
        reports date, in their words</p>\n<ol class=\"timeline\">\n");
    let mut before = String::new();
    for entry in &view.dossier.timeline {
        let when = words::when(&entry.when);
        page.raw("<li><span class=\"when\">");
        if when == before {
            page.raw("<span class=\"sr\">").text(&when).raw("</span>");
        } else {
            page.text(&when);
        }
        page.raw("</span><span class=\"what\"><bdi>")
            .text(&entry.what)
            .raw("</bdi> ");
        claim_links(page, view, &entry.claims);
        page.raw("</span></li>\n");
        before = when;
    }
    page.raw("</ol></section>\n");
}

fn voice(page: &mut Page, view: &View, origin: &Origin) {
    page.open("li", &[("id", &anchor(origin.id.as_str()))]);
    page.raw("<b>")
        .name(&origin.label)
        .raw("</b> <span class=\"kind\">")
        .raw(words::origin_kind(origin.kind))
        .raw("</span>");
    if origin.interested {
        page.raw(" <span class=\"badge party\">a party to the events</span>");
    }
    page.raw(" ");
    claim_links(page, view, &origin.claims);
    for why in &origin.why {
        page.tag("p", &[("class", "why")], &words::reason(why));
    }
    page.raw("</li>\n");
}

fn lineage(page: &mut Page, view: &View, it: &Lineage) {
    page.raw("<li>Report <b>")
        .text(view.letter(&it.report))
        .raw("</b> ")
        .raw(words::lineage(it.kind))
        .raw(" ");
    if let Some(on) = &it.on {
        page.raw("report <b>").text(view.letter(on)).raw("</b>");
    }
    if let Some(named) = &it.named {
        page.raw(if it.on.is_some() { " (" } else { "" })
            .name(named)
            .raw(if it.on.is_some() {
                ")"
            } else {
                ", not among these reports"
            });
    }
    if let Some(overlap) = it.overlap.filter(|_| it.why.is_empty()) {
        page.text(&format!(
            ", {:.0} % of five-word passages shared",
            overlap * 100.0
        ));
    }
    if !it.why.is_empty() {
        page.raw(" <span class=\"because\">")
            .text(&words::reason(&it.why))
            .raw("</span>");
    }
    page.raw("</li>\n");
}

fn notes(page: &mut Page, view: &View) {
    page.raw("<section aria-labelledby=\"s-notes\"><h2 id=\"s-notes\">Notes</h2><p class=\"about\">what the program \
        could not do, or did with a guess</p>\n<ul class=\"notes\">\n");
    for note in &view.dossier.notes {
        let (glyph, word) = words::severity(note.severity);
        page.raw("<li><span class=\"severity\"><span aria-hidden=\"true\">")
            .raw(glyph)
            .raw("</span> ")
            .raw(word)
            .raw("</span> ");
        if !note.subject.is_empty() {
            page.raw("<b>").name(&view.subject(note)).raw("</b> ");
        }
        page.text(&note.message);
        if let Some(quote) = &note.quote {
            page.raw(": ").quoted(&quote.exact);
        }
        if let Some(hint) = &note.hint {
            page.raw(" <span class=\"hint\">hint: ")
                .text(hint)
                .raw("</span>");
        }
        page.raw(" ").tag("code", &[], &note.code).raw("</li>\n");
    }
    page.raw("</ul></section>\n");
}

/// Every claim on one line, in the order of the reports.
fn ledger(page: &mut Page, view: &View) {
    page.raw("<section aria-labelledby=\"s-ledger\"><h2 id=\"s-ledger\">Ledger</h2><p class=\"about\">every claim, by \
        report and place in the text; nothing is ever overwritten</p>\n<details class=\"ledger\"><summary>Show the \
        ledger <small>");
    let dossier = view.dossier;
    page.text(&words::number(
        (dossier.claims.len() + dossier.background.len()) as u64,
    ));
    page.raw("</small></summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Ledger table\">\
        <table><thead><tr><th scope=\"col\">Claim</th><th scope=\"col\">About</th><th scope=\"col\">Of whom</th>\
        <th scope=\"col\">Value</th><th scope=\"col\">Words</th><th scope=\"col\">According to</th>\
        <th scope=\"col\">Stance</th><th scope=\"col\">As of</th><th scope=\"col\">Place in text</th>\
        <th scope=\"col\">Read by</th></tr></thead>\n<tbody>\n");
    for (claims, other) in [(&dossier.claims, false), (&dossier.background, true)] {
        for claim in claims {
            page.raw("<tr><th scope=\"row\">");
            claim_link(page, view, &claim.id);
            page.raw("</th><td>").raw(words::slot(claim.slot));
            page.raw(if other {
                " <small>(other incident)</small>"
            } else {
                ""
            });
            page.raw("</td><td>")
                .name(&view.scope(&claim.scope))
                .raw("</td><td>")
                .name(claim.value.words());
            if let Some(gloss) = words::gloss(&claim.value) {
                page.raw("<br><span class=\"gloss\">")
                    .name(&gloss)
                    .raw("</span>");
            }
            page.raw("</td><td>");
            for quote in &claim.quotes {
                page.quoted(&quote.exact).raw(" ");
            }
            page.raw("</td><td>");
            for (at, it) in view.chain(claim).iter().enumerate() {
                page.raw(if at > 0 { " → " } else { "" });
                link(page, it);
            }
            page.raw("</td><td>")
                .raw(words::stance(claim.stance.kind))
                .raw("</td><td>");
            if let Some(when) = &claim.as_of {
                page.text(&words::when(when));
            }
            page.raw("</td><td>");
            for quote in &claim.quotes {
                page.text(&format!("{}–{} ", quote.start, quote.end));
            }
            page.raw("</td><td><code>")
                .text(&claim.rule)
                .raw("</code> ")
                .text(&claim.reader)
                .raw("</td></tr>\n");
        }
    }
    page.raw("</tbody></table></div><p class=\"about\">Places in the text count Unicode code points from its start; \
        the end is one past the last.</p></details></section>\n");
}
