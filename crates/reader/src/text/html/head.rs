//! What a page says of itself: headline, publisher, author, address, publication time and language.
//!
//! What comes in: the tree of a page. What goes out: [`Metadata`], and what JSON-LD holds of the article's text. Read
//! from JSON-LD, `meta` elements, the address and `time` elements, in that order; what belongs to another story that
//! the page points at counts for nothing.

use std::collections::BTreeMap;

use dom_query::Document;
use model::WhenPrecision;

use super::{
    boxes,
    entities::entities,
    linked_data::{Linked, is_name},
    pieces::Sink,
};
use crate::{
    read::times,
    text::{
        metadata::{Metadata, fill},
        source,
    },
};

/// Where pages write their publication time in `meta` elements (`name`, `property` or `itemprop`, lower case), best
/// first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "published_time",
    "datepublished",
    "date_published",
    "publisheddate",
    "published_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "originalpublicationdate",
    "article_date_original",
    "pubdate",
    "pub_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "dc.created",
    "date.created",
    "created",
    "date",
];

/// Where pages write who wrote the article, and who publishes it.
const AUTHOR: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
];
const PUBLISHER: &[&str] = &[
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_publisher",
];

/// Reads a page's head, JSON-LD and time elements. The second value is the article's text as JSON-LD gives it, empty
/// when it gives none.
pub(super) fn read(document: &Document) -> (Metadata, String) {
    let metas = metas(document);
    let get = |key: &str| metas.get(key).cloned();
    let linked = Linked::read(document);
    let title = document
        .select("title")
        .iter()
        .next()
        .map(|title| title.text().to_string());
    let main = document
        .select("h1")
        .iter()
        .map(|h1| h1.text().to_string())
        .find(|words| !words.trim().is_empty());
    let shown = get("og:title").or_else(|| get("twitter:title"));
    let own = linked.own(shown.as_deref().or(main.as_deref()).or(title.as_deref()));
    let mut meta = Metadata {
        title: own.title.or(shown),
        source: own.source,
        byline: own.byline,
        url: None,
        published: own.published,
        language: own.language,
        ..Metadata::default()
    };
    fill(&mut meta.source, get("og:site_name"));
    fill(&mut meta.source, linked.site.clone());
    fill(&mut meta.source, get("application-name"));
    fill(&mut meta.source, linked.body.clone());
    let named = |keys: &[&str]| {
        let mut all = keys.iter().filter_map(|key| get(key));
        all.find(|name| is_name(name))
    };
    fill(&mut meta.source, named(PUBLISHER));
    fill(&mut meta.byline, named(AUTHOR));
    fill(&mut meta.byline, in_author(document));
    for url in [canonical(document), get("og:url")] {
        fill(&mut meta.url, url.filter(|url| url.contains("://")));
    }
    let metas = PUBLISHED.iter().find_map(|key| get(key));
    fill(&mut meta.published, metas.or(linked.page.clone()));
    fill(&mut meta.published, in_times(document));
    let html = document.select("html");
    fill(
        &mut meta.language,
        html.attr("lang").map(|lang| lang.to_string()),
    );
    fill(&mut meta.title, main.clone());
    if let Some(title) = &title {
        fill(&mut meta.source, suffix(title, [&meta.title, &main]));
        fill(&mut meta.title, Some(title.clone()));
    }
    for field in [&mut meta.title, &mut meta.source, &mut meta.byline] {
        *field = field.take().map(|words| entities(&words));
    }
    meta.source = meta.source.map(|name| source::without_slogan(&name));
    meta.title = meta
        .title
        .map(|title| bare_title(&title, meta.source.as_deref()));
    (meta, lines_of(&own.text))
}

/// A text out of JSON-LD, a paragraph a line; some pages put markup into it.
fn lines_of(text: &str) -> String {
    if !text.contains("</") && !text.contains("<br") {
        return entities(text);
    }
    let document = Document::from(text);
    let mut sink = Sink::default();
    sink.walk(document.root());
    let lines: Vec<String> = sink.pieces.into_iter().map(|piece| piece.words).collect();
    lines.join("\n")
}

/// One line each, white space folded.
pub(super) fn clean(meta: &mut Metadata) {
    for field in [
        &mut meta.title,
        &mut meta.source,
        &mut meta.byline,
        &mut meta.url,
        &mut meta.published,
        &mut meta.language,
    ] {
        if let Some(value) = field {
            let folded = value.split_whitespace().collect::<Vec<_>>().join(" ");
            *field = (!folded.is_empty()).then_some(folded);
        }
    }
}

/// The `meta` elements: `name` or `property` or `itemprop` in lower case, and the first content that is not empty. One
/// that belongs to an item inside the page (a card of another story) is left out.
fn metas(document: &Document) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for meta in document.select("meta[content]").nodes() {
        let content = meta.attr("content").unwrap_or_default();
        if content.trim().is_empty() || boxes::beside(meta) {
            continue;
        }
        for key in ["property", "name", "itemprop"] {
            if let Some(key) = meta.attr(key) {
                let key = key.trim().to_ascii_lowercase();
                out.entry(key).or_insert_with(|| content.trim().to_owned());
            }
        }
    }
    out
}

fn canonical(document: &Document) -> Option<String> {
    let link = document.select("link[rel='canonical']");
    Some(link.attr("href")?.trim().to_owned())
}

/// Who wrote the article, as an element of the page says that is marked so.
fn in_author(document: &Document) -> Option<String> {
    const MARKED: [&str; 2] = [
        "[itemprop='author'] [itemprop='name']",
        "[itemprop='author'], [rel='author']",
    ];
    MARKED.iter().find_map(|marked| {
        let marked = document.select(marked);
        let mut own = marked.nodes().iter().filter(|node| !boxes::beside(node));
        own.find_map(|node| {
            let words = node.text();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = words.strip_prefix("By ").unwrap_or(&words);
            (is_name(words) && words.split(' ').count() <= 8).then(|| words.to_owned())
        })
    })
}

/// The time element of the article: marked as its publication, else the first one below the headline, else the first.
fn in_times(document: &Document) -> Option<String> {
    let mut best: Option<(u8, String)> = None;
    let mut below = false;
    for node in document
        .select("h1, time, [itemprop='datePublished']")
        .nodes()
    {
        let name = node.node_name().unwrap_or_default();
        if &*name == "h1" {
            below = true;
            continue;
        }
        if boxes::beside(node) {
            continue;
        }
        let value = ["datetime", "content"]
            .iter()
            .find_map(|key| node.attr(key))
            .map(|value| value.trim().to_owned())
            .filter(|value| value.contains(|c: char| c.is_ascii_digit()));
        let Some(value) = value.or_else(|| date_of(&node.text())) else {
            continue;
        };
        let marked = node
            .attr("itemprop")
            .is_some_and(|prop| prop.contains("datePublished"))
            || node.has_attr("pubdate");
        let modified = [node.attr("itemprop"), node.attr("class")]
            .into_iter()
            .flatten()
            .any(|words| words.contains("odified") || words.contains("pdated"));
        let rank = match (marked, modified, below) {
            (true, ..) => 3,
            (_, true, _) => 0,
            (_, _, true) => 2,
            _ => 1,
        };
        if best.as_ref().is_none_or(|(old, _)| rank > *old) {
            best = Some((rank, value));
        }
    }
    best.map(|(_, value)| value)
}

/// The words of an element where they are a day with its year, and nothing else.
fn date_of(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut runs = words.split(|c: char| !c.is_ascii_digit());
    let year = runs.any(|run| run.len() == 4);
    let day = words.len() <= 40
        && times::parse_published(&words).is_some_and(|when| {
            matches!(when.precision, WhenPrecision::Day | WhenPrecision::Minute)
        });
    (year && day).then_some(words)
}

/// Marks between a headline and the name of the site.
const MARKS: &[&str] = &[" | ", " - ", " -- ", " – ", " — ", " :: ", " » ", " · "];

/// The site's name at the end of a page title, where what stands before it is the headline.
fn suffix(title: &str, headlines: [&Option<String>; 2]) -> Option<String> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let (at, mark) = MARKS
        .iter()
        .filter_map(|mark| Some((title.find(mark)?, mark)))
        .min()?;
    let (before, after) = (&title[..at], &title[at + mark.len()..]);
    let is_headline = headlines
        .into_iter()
        .flatten()
        .any(|headline| headline.split_whitespace().eq(before.split_whitespace()));
    (is_headline && (1..=6).contains(&after.split_whitespace().count())).then(|| after.to_owned())
}

/// The headline without the site's name after it.
fn bare_title(title: &str, source: Option<&str>) -> String {
    let folded = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(source) = source else {
        return folded;
    };
    for mark in MARKS {
        if let Some((before, after)) = folded.rsplit_once(mark)
            && after.eq_ignore_ascii_case(source)
            && !before.trim().is_empty()
        {
            return before.trim().to_owned();
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &str, body: &str) -> Metadata {
        let html = format!("<html><head>{head}</head><body>{body}</body></html>");
        let (mut meta, _) = read(&Document::from(html));
        clean(&mut meta);
        meta
    }

    fn ld(json: &str) -> String {
        format!("<script type=\"application/ld+json\">{json}</script>")
    }

    #[track_caller]
    fn check_date(head: &str, body: &str, want: Option<&str>) {
        assert_eq!(of(head, body).published.as_deref(), want);
    }

    #[track_caller]
    fn check_source(head: &str, want: Option<&str>) {
        let body = "<h1>Mill burns in Vell</h1><p>Two were hurt.</p>";
        assert_eq!(of(head, body).source.as_deref(), want);
    }

    #[test]
    fn a_date_beside_the_article_is_not_its_own() {
        let time =
            "<article><h1>Mill burns</h1><time datetime='2031-03-04'>4 March</time></article>";
        for box_ in [
            "<aside><time datetime='2030-01-01'>x</time></aside>",
            "<div class='related-stories'><span itemprop='datePublished' content='2030-01-01'></span></div>",
            "<ul class='latest-list'><li><time pubdate datetime='2030-01-01'>x</time></li></ul>",
            "<nav><meta itemprop='datePublished' content='2030-01-01'></nav>",
        ] {
            check_date("", &format!("{box_}{time}"), Some("2031-03-04"));
            check_date("", &format!("{time}{box_}"), Some("2031-03-04"));
        }
    }

    #[test]
    fn the_time_below_the_headline_is_the_article_s() {
        check_date(
            "",
            "<time datetime='2031-09-09'>Today</time><h1>x</h1><time datetime='2031-03-04'>4 March</time>",
            Some("2031-03-04"),
        );
        check_date(
            "",
            "<h1>x</h1><time class='updated' datetime='2031-03-06'></time><time datetime='2031-03-04'></time>",
            Some("2031-03-04"),
        );
        check_date("", "<h1>x</h1><time>just now</time>", None);
        check_date(
            "",
            "<h1>x</h1><time>4 March 2031, 09:30</time>",
            Some("4 March 2031, 09:30"),
        );
        check_date("", "<h1>x</h1><time>2031</time>", None);
    }

    #[test]
    fn meta_elements_give_the_date_whatever_their_case() {
        for meta in [
            "<meta name='datePublished' content='2031-03-04'>",
            "<meta property='Article:Published_Time' content='2031-03-04'>",
            "<meta name='DC.date.issued' content='2031-03-04'>",
            "<meta name='publish-date' content='2031-03-04'><meta name='date' content='2031-03-09'>",
        ] {
            check_date(meta, "", Some("2031-03-04"));
        }
    }

    #[test]
    fn a_web_page_in_json_ld_has_a_date_and_its_site_a_name() {
        let page = concat!(
            r#"{"@graph":[{"@type":"WebSite","name":"Vell Weekly"},"#,
            r#"{"@type":["WebPage"],"datePublished":"2031-03-04"}]}"#
        );
        let meta = of(&ld(page), "<h1>Mill burns</h1>");
        assert_eq!(meta.published.as_deref(), Some("2031-03-04"));
        assert_eq!(meta.source.as_deref(), Some("Vell Weekly"));
        // An article says it more plainly.
        let both = concat!(
            r#"[{"@type":"WebPage","datePublished":"2030-01-01"},"#,
            r#"{"@type":"ReportageNewsArticle","datePublished":"2031-03-04"}]"#
        );
        check_date(&ld(both), "", Some("2031-03-04"));
        let broken = "{\"@type\":\"NewsArticle\",\"headline\":\"Mill\nburns\",\"datePublished\":\"2031-03-04\"};";
        check_date(&ld(broken), "", Some("2031-03-04"));
    }

    #[test]
    fn what_json_ld_points_at_is_found() {
        let graph = concat!(
            r##"{"@graph":[{"@type":"NewsArticle","headline":"Mill burns","author":[{"@id":"#ana"},{"name":"Tom"}],"##,
            r##""publisher":{"@id":"#post"}},{"@type":"Person","@id":"#ana","name":"Ana Vell"},"##,
            r##"{"@type":"NewsMediaOrganization","@id":"#post","name":"Lake Post"}]}"##
        );
        let meta = of(&ld(graph), "");
        assert_eq!(meta.byline.as_deref(), Some("Ana Vell, Tom"));
        assert_eq!(meta.source.as_deref(), Some("Lake Post"));
        let nowhere =
            r##"{"@type":"NewsArticle","headline":"Mill burns","publisher":{"@id":"#none"}}"##;
        assert_eq!(of(&ld(nowhere), "").source, None);
    }

    #[test]
    fn authors_and_publishers_are_named_in_many_ways() {
        for head in [
            "<meta property='article:author' content='Ana Vell'>",
            "<meta name='parsely-author' content='Ana Vell'>",
            "<meta name='DC.creator' content='Ana Vell'>",
            "<meta property='article:author' content='https://a.example/ana'><meta name='byl' content='Ana Vell'>",
        ] {
            assert_eq!(of(head, "").byline.as_deref(), Some("Ana Vell"), "{head}");
        }
        for body in [
            "<h1>x</h1><a rel='author' href='/ana'>By Ana Vell</a>",
            "<h1>x</h1><span itemprop='author' itemscope><b itemprop='name'>Ana Vell</b>, Orrin</span>",
        ] {
            assert_eq!(of("", body).byline.as_deref(), Some("Ana Vell"), "{body}");
        }
        let beside = "<h1>x</h1><aside><a rel='author'>Tom Lind</a></aside>";
        assert_eq!(of("", beside).byline, None);
        check_source(
            "<meta name='DC.publisher' content='Hill Post'>",
            Some("Hill Post"),
        );
    }

    #[test]
    fn of_several_stories_in_json_ld_the_one_shown_counts() {
        let two = r#"[{"@type":"NewsArticle","headline":"Pool opens","datePublished":"2030-01-01"},
            {"@type":"NewsArticle","headline":"Mill burns in Vell","datePublished":"2031-03-04"}]"#;
        check_date(&ld(two), "<h1>Mill burns in Vell</h1>", Some("2031-03-04"));
    }

    #[test]
    fn character_references_are_resolved() {
        let story = concat!(
            r#"{"@type":"NewsArticle","headline":"Vell&#8217;s mill &amp; barn burn","#,
            r#""author":"Zo&euml; Lind","publisher":{"name":"Mill &amp; Lake"}}"#
        );
        let meta = of(&ld(story), "");
        assert_eq!(meta.title.as_deref(), Some("Vell’s mill & barn burn"));
        assert_eq!(meta.byline.as_deref(), Some("Zoë Lind"));
        assert_eq!(meta.source.as_deref(), Some("Mill & Lake"));
        assert_eq!(entities("a &amp;quot;b&amp;quot; < c"), "a \"b\" < c");
        let meta = of(
            "<meta property='og:title' content='Three &amp;amp; four'>",
            "",
        );
        assert_eq!(meta.title.as_deref(), Some("Three & four"));
    }

    #[test]
    fn the_site_s_name_comes_without_its_slogan() {
        let site = |name: &str| format!("<meta property='og:site_name' content='{name}'>");
        check_source(&site("Lake 5 | Vell News, Sport"), Some("Lake 5"));
        check_source(
            &site("The Lake Post - All that moves"),
            Some("The Lake Post"),
        );
        check_source(&site("KLV-TV — Your valley first"), Some("KLV-TV"));
        check_source(&site("Sun-Herald"), Some("Sun-Herald"));
        check_source(
            "<title>Mill burns in Vell | Lake Tribune</title>",
            Some("Lake Tribune"),
        );
        check_source(
            "<title>Mill burns in Vell - two hurt</title><meta name='application-name' content='Lake App'>",
            Some("Lake App"),
        );
        check_source("<title>Mill burns | Two hurt</title>", None);
    }

    #[test]
    fn the_headline_comes_without_the_site_s_name() {
        let head = "<meta property='og:title' content='Mill burns - Lake Tribune'><meta property='og:site_name' \
            content='Lake Tribune'>";
        assert_eq!(of(head, "").title.as_deref(), Some("Mill burns"));
    }
}
