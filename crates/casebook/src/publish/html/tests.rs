//! What the page promises, checked on the page itself.

use std::collections::BTreeSet;

use super::{
    marks::{anchor, words_anchor},
    render,
};
use crate::publish::{fixture, view::View};

/// The page as tags and the words between them; `style` and `script` left out.
fn parts(page: &str) -> Vec<(bool, String)> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.push((false, rest[..at].to_owned()));
        let end = at + rest[at..].find('>').expect("a tag is closed");
        let tag = rest[at + 1..end].to_owned();
        rest = &rest[end + 1..];
        for raw in ["style", "script"] {
            if tag == raw {
                let close = rest.find(&format!("</{raw}>")).expect("it ends");
                rest = &rest[close..];
            }
        }
        out.push((true, tag));
    }
    out
}

fn unescape(words: &str) -> String {
    words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// The values of an attribute all over the page.
fn values(page: &str, name: &str) -> Vec<String> {
    let needle = format!(" {name}=\"");
    parts(page)
        .into_iter()
        .filter(|(tag, _)| *tag)
        .filter_map(|(_, tag)| {
            let at = tag.find(&needle)? + needle.len();
            Some(tag[at..at + tag[at..].find('"')?].to_owned())
        })
        .collect()
}

fn pages() -> Vec<String> {
    [fixture::market(), fixture::empty()]
        .iter()
        .map(|(dossier, texts)| render(dossier, texts))
        .collect()
}

#[test]
fn a_plot_for_another_page_leads_there() {
    let (dossier, texts) = fixture::market();
    let view = View::new(&dossier, &texts);
    let plot = super::plot(&view, model::Slot::Killed, &|claim| {
        format!("/words?a&\"{}", claim.id)
    });
    assert!(plot.starts_with("<figure class=\"plot\">"), "{plot:.80}");
    assert!(plot.contains("href=\"/words?a&amp;"), "escaped");
    assert!(
        !plot.contains("href=\"#"),
        "nothing leads into a page that is not there"
    );
    assert!(!plot.contains(" style="), "a strict policy lets it be");
    let (empty, texts) = fixture::empty();
    let none = super::plot(&View::new(&empty, &texts), model::Slot::Killed, &|_| {
        String::new()
    });
    assert_eq!(none, "");
}

#[test]
fn every_tag_is_closed_in_order() {
    const VOID: [&str; 4] = ["meta", "link", "br", "!DOCTYPE"];
    for page in pages() {
        let mut open: Vec<String> = Vec::new();
        for (_, tag) in parts(&page).into_iter().filter(|(tag, _)| *tag) {
            let name = tag
                .split([' ', '/'])
                .find(|it| !it.is_empty())
                .unwrap_or("");
            if tag.starts_with('/') {
                assert_eq!(open.pop().as_deref(), Some(name), "</{name}>");
            } else if !VOID.contains(&name) && !tag.ends_with('/') {
                open.push(name.to_owned());
            }
        }
        assert_eq!(open, Vec::<String>::new());
    }
}

#[test]
fn every_anchor_stands_once_and_every_link_arrives() {
    for page in pages() {
        let ids = values(&page, "id");
        let once: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "an anchor stands twice");
        for to in values(&page, "href") {
            if let Some(to) = to.strip_prefix('#') {
                assert!(once.contains(&to.to_owned()), "nothing at #{to}");
            }
        }
        for to in values(&page, "aria-labelledby") {
            assert!(once.contains(&to), "nothing at #{to}");
        }
    }
}

#[test]
fn every_claim_is_linked_to_its_words_and_back() {
    let (dossier, texts) = fixture::market();
    let page = render(&dossier, &texts);
    let ids: BTreeSet<String> = values(&page, "id").into_iter().collect();
    let links: BTreeSet<String> = values(&page, "href").into_iter().collect();
    for claim in dossier.claims.iter().chain(&dossier.background) {
        let (here, there) = (anchor(claim.id.as_str()), words_anchor(&claim.id));
        assert!(ids.contains(&here) && ids.contains(&there), "{}", claim.id);
        assert!(links.contains(&format!("#{here}")) && links.contains(&format!("#{there}")));
    }
}

#[test]
fn the_page_asks_nothing_of_other_sites() {
    for page in pages() {
        assert!(page.contains("default-src &#39;none&#39;"));
        for (_, tag) in parts(&page).into_iter().filter(|(tag, _)| *tag) {
            // What stands between quotation marks is a value.
            let names: String = tag.split('"').step_by(2).collect();
            assert!(!names.contains(" src") && !names.contains(" on"), "{tag}");
            assert!(
                !tag.starts_with("img") && !tag.starts_with("iframe"),
                "{tag}"
            );
        }
        let css = &page[page.find("<style>").unwrap()..page.find("</style>").unwrap()];
        assert!(!css.contains("url(") && !css.contains("@import"));
        for to in values(&page, "href") {
            let ok = to.starts_with('#') || to.starts_with("https://") || to == "data:,";
            assert!(ok, "{to}");
        }
    }
}

#[test]
fn words_of_reports_are_never_markup() {
    let (mut dossier, texts) = fixture::market();
    let bad = "\"'><script>alert(1)</script><b onclick=x>";
    dossier.incident.title = bad.into();
    dossier.reports[0].report.source.name = Some(bad.into());
    dossier.reports[0].report.byline = Some(bad.into());
    dossier.reports[0].report.language = Some(bad.into());
    dossier.notes[0].message = bad.into();
    dossier.notes[0].subject = bad.into();
    dossier.origins[0].label = bad.into();
    dossier.timeline[0].what = bad.into();
    for claim in &mut dossier.claims {
        claim.rule = bad.into();
        claim.speakers[0].name = bad.into();
        claim.speakers[0].affiliation = Some(format!("of {bad}"));
        claim.addressee = Some(model::Party::named(bad, model::PartyKind::Ngo));
        claim.scope.nationality = Some(bad.into());
        claim.scope.words = bad.into();
    }
    for finding in &mut dossier.findings {
        finding.why = bad.into();
        finding.scope.side = Some(format!("p:{bad}"));
        for relation in &mut finding.relations {
            relation.why = bad.into();
        }
    }
    let page = render(&dossier, &texts);
    assert_eq!(page.matches("<script").count(), 1, "only the page's own");
    assert!(!page.contains("<b onclick") && !page.contains("<img"));
    assert!(page.contains("&lt;script&gt;alert(1)"));
    assert!(
        !values(&page, "href")
            .iter()
            .any(|to| to.to_lowercase().contains("javascript"))
    );
}

#[test]
fn each_source_is_whole_and_in_order() {
    let (dossier, texts) = fixture::market();
    let page = render(&dossier, &texts);
    for (card, from) in dossier
        .reports
        .iter()
        .zip(page.match_indices("<div class=\"text\""))
    {
        let source = &page[from.0..];
        let source = &source[..source.find("</article>").unwrap()];
        // Labels behind the words and remarks for screen readers are the page's, not the report's.
        let (mut words, mut skip) = (String::new(), false);
        for (tag, part) in parts(source) {
            match (tag, part.as_str()) {
                (true, it)
                    if it.starts_with("a class=\"back\"")
                        || it.starts_with("span class=\"sr\"") =>
                {
                    skip = true
                }
                (true, "/a" | "/span") => skip = false,
                (false, it) if !skip => words.push_str(&unescape(it)),
                _ => {}
            }
        }
        let squeeze = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(squeeze(&words), squeeze(texts[&card.report.text].as_str()));
    }
}

#[test]
fn overlapping_claims_share_their_words() {
    let (dossier, texts) = fixture::market();
    let page = render(&dossier, &texts);
    let most = values(&page, "data-c")
        .iter()
        .map(|ids| ids.split(' ').count())
        .max();
    assert_eq!(most, Some(3), "the place, the event and the means overlap");
    let marked: usize = page.matches("class=\"at\"").count();
    assert!(marked <= dossier.claims.len());
}

#[test]
fn a_missing_text_is_said_and_a_lost_quote_too() {
    let (mut dossier, mut texts) = fixture::market();
    texts.remove(&dossier.reports[0].report.text);
    dossier.claims.last_mut().unwrap().quotes[0].start += 1;
    let page = render(&dossier, &texts);
    assert!(page.contains("text of this report is not at hand"));
    assert!(page.contains("1 quote could not be found"));
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    assert_eq!(pages(), pages());
}

#[test]
fn the_page_never_says_what_is_so() {
    for page in pages() {
        for (_, words) in parts(&page).into_iter().filter(|(tag, _)| !tag) {
            let words = words.to_lowercase();
            let says = words
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == "true" || word == "false");
            assert!(!says, "{words}");
        }
    }
}
