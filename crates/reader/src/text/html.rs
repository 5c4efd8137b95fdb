//! Pages to text: the article of an HTML page as blocks, and what the page says of itself.
//!
//! What comes in: decoded HTML. What goes out: the frozen text with its blocks, and metadata. The main part of the page is found by
//! `dom_smoothie` (a port of Readability); what it leaves out is gone. It does not know furniture inside the article; `furniture` goes
//! over the blocks afterwards.

use std::collections::{BTreeMap, BTreeSet};

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::Readability;
use model::{Block, BlockKind, Span};

use super::{Metadata, lines::ends_sentence};

/// A page read.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The text: blocks with an empty line between them.
    pub text: String,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// What the page says of itself.
    pub meta: Metadata,
    /// Whether the page was too deep to be read as a page, and only its tags were taken off.
    pub stripped: bool,
}

/// Deepest nesting read as a page. Real pages stay under 100; tree code slows down and recurses beyond.
const DEPTH: usize = 400;
/// Most tags read as a page: the cost of page analysis grows faster than the page.
const TAGS: usize = 200_000;
/// An article shorter than this many bytes makes the whole body be looked at.
const SHORT: usize = 250;

/// Reads a page.
pub(crate) fn read(html: &str) -> Page {
    let (depth, tags) = measure(html);
    if depth > DEPTH || tags > TAGS {
        return strip(html);
    }
    let document = Document::from(html);
    let mut meta = metadata(&document);
    // The extraction changes its tree; the blocks are then read off the untouched one.
    let mut content = Document::default();
    if let Ok(mut readability) = Readability::with_document(document.clone(), None, None)
        && let Ok(article) = readability.parse()
    {
        let title = article.title.trim();
        fill(&mut meta.title, Some(title.to_owned()));
        fill(&mut meta.byline, article.byline);
        fill(&mut meta.source, article.site_name);
        fill(&mut meta.published, article.published_time);
        fill(&mut meta.language, article.lang);
        fill(&mut meta.url, article.url.filter(|url| url.contains("://")));
        content = Document::from(article.content);
    }
    let mut readable = Sink::default();
    readable.walk(content.root(), &Around::default());
    let mut sink = Sink::default();
    match main_part(&document, &readable) {
        Some((root, around)) if readable.text.len() >= SHORT => sink.walk(root, &around),
        // Too little was found to trust: the whole body, without what stands around an article.
        _ => sink.walk(document.root(), &Around::default()),
    }
    clean(&mut meta);
    let (text, blocks) = sink.finish(meta.title.as_deref());
    Page {
        text,
        blocks,
        meta,
        stripped: false,
    }
}

/// Finds the smallest element that holds four fifths of the paragraphs that extraction found. Extraction drops lists, captions and
/// headings of an article readily; the names of the dead often stand in just those.
fn main_part<'a>(document: &'a Document, readable: &Sink) -> Option<(NodeRef<'a>, Around)> {
    let wanted: BTreeSet<&str> = readable
        .blocks
        .iter()
        .map(|block| &readable.text[block.span.range()])
        .filter(|words| words.len() >= 40)
        .collect();
    let mut whole = Sink {
        nodes: Some(Vec::new()),
        ..Sink::default()
    };
    whole.walk(document.root(), &Around::default());
    let mut held: BTreeMap<NodeId, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (block, node) in whole
        .blocks
        .iter()
        .zip(whole.nodes.as_deref().unwrap_or(&[]))
    {
        if wanted.contains(&whole.text[block.span.range()]) {
            found.push(*node);
            let path = std::iter::once(*node).chain(node.ancestors_it(None));
            for node in path {
                *held.entry(node.id).or_default() += 1;
            }
        }
    }
    let total = found.len();
    // Four in five, so that a stray paragraph does not drag the whole page in; the stray one may also come first.
    let root = found
        .iter()
        .flat_map(|node| std::iter::once(*node).chain(node.ancestors_it(None)))
        .filter(|node| held.get(&node.id).is_some_and(|n| n * 5 >= total * 4))
        .min_by_key(|node| held[&node.id]);
    Some((root?, Around { held, total }))
}

/// How many of the article's paragraphs each element holds; tells a share box from an article whose class says "share".
#[derive(Default)]
struct Around {
    held: BTreeMap<NodeId, usize>,
    total: usize,
}

/// Words of class and id names that mark boxes around an article.
const BOXES: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "donate",
    "donation",
    "footer",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "paywall",
    "popular",
    "popup",
    "promo",
    "promotion",
    "readmore",
    "recommended",
    "recommendations",
    "related",
    "share",
    "sharing",
    "sharebar",
    "sidebar",
    "signup",
    "social",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "teaser",
    "teasers",
    "toolbar",
    "trending",
    "widget",
];

impl Around {
    /// Whether the element is a box around the article, not a part of it.
    fn is_box(&self, node: &NodeRef<'_>, name: &str) -> bool {
        let named = || {
            let class = node.class().unwrap_or_default().to_ascii_lowercase();
            let id = node.id_attr().unwrap_or_default().to_ascii_lowercase();
            format!("{class} {id}")
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|word| BOXES.contains(&word))
        };
        if matches!(name, "html" | "body" | "article" | "main") {
            return false;
        }
        let many = self.held.get(&node.id).copied().unwrap_or(0) * 3 > self.total.max(1);
        !many && (AROUND.contains(&name) || (BLOCKS.contains(&name) && named()))
    }
}

fn fill(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value.filter(|value| !value.trim().is_empty());
    }
}

/// One line each, white space folded.
fn clean(meta: &mut Metadata) {
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

/// Where pages write their publication time, best first: selector and the attribute that holds it (none: the text).
const PUBLISHED: &[(&str, &str)] = &[
    ("meta[property='article:published_time']", "content"),
    ("meta[property='og:article:published_time']", "content"),
    ("meta[itemprop='datePublished']", "content"),
    ("[itemprop='datePublished']", "datetime"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='publishdate']", "content"),
    ("meta[name='publish-date']", "content"),
    ("meta[name='publication_date']", "content"),
    ("meta[name='parsely-pub-date']", "content"),
    ("meta[name='sailthru.date']", "content"),
    ("meta[name='dcterms.created']", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("meta[name='dc.date']", "content"),
    ("meta[name='date']", "content"),
    ("article time[datetime]", "datetime"),
    ("time[pubdate]", "datetime"),
    ("header time[datetime]", "datetime"),
    ("main time[datetime]", "datetime"),
    ("time[datetime]", "datetime"),
];

/// What the page's head, JSON-LD and time elements say.
fn metadata(document: &Document) -> Metadata {
    let mut meta = Metadata::default();
    linked_data(document, &mut meta);
    let attr = |selector: &str, name: &str| {
        let found = document.try_select(selector)?;
        let value = found.attr(name)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    for (selector, name) in PUBLISHED {
        if meta.published.is_some() {
            break;
        }
        meta.published = attr(selector, name);
    }
    fill(
        &mut meta.title,
        attr("meta[property='og:title']", "content"),
    );
    fill(
        &mut meta.source,
        attr("meta[property='og:site_name']", "content"),
    );
    fill(&mut meta.byline, attr("meta[name='author']", "content"));
    fill(&mut meta.url, attr("link[rel='canonical']", "href"));
    fill(&mut meta.url, attr("meta[property='og:url']", "content"));
    fill(&mut meta.language, attr("html", "lang"));
    meta.url = meta.url.filter(|url| url.contains("://"));
    meta
}

/// Reads schema.org articles in JSON-LD: `datePublished`, `headline`, `author`, `publisher`.
fn linked_data(document: &Document, meta: &mut Metadata) {
    for script in document.select("script[type='application/ld+json']").iter() {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(script.text().trim()) else {
            continue;
        };
        let mut open = vec![&value];
        while let Some(value) = open.pop() {
            match value {
                serde_json::Value::Array(items) => open.extend(items.iter().rev()),
                serde_json::Value::Object(object) => {
                    open.extend(object.get("@graph"));
                    let kind = object.get("@type").map(ToString::to_string);
                    let kind = kind.unwrap_or_default();
                    if !["Article", "Report", "BlogPosting"]
                        .iter()
                        .any(|name| kind.contains(name))
                    {
                        continue;
                    }
                    let text = |key: &str| object.get(key).and_then(name_of);
                    fill(&mut meta.published, text("datePublished"));
                    fill(&mut meta.title, text("headline"));
                    fill(&mut meta.byline, text("author"));
                    fill(&mut meta.source, text("publisher"));
                    fill(&mut meta.language, text("inLanguage"));
                }
                _ => {}
            }
        }
    }
}

/// A name as JSON-LD writes it: a string, an object with a `name`, or a list of either.
fn name_of(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.trim().to_owned()),
        serde_json::Value::Object(object) => object.get("name")?.as_str().map(str::to_owned),
        serde_json::Value::Array(items) => {
            let names: Vec<String> = items
                .iter()
                .take(8)
                .filter_map(|item| match item {
                    serde_json::Value::Array(_) => None,
                    other => name_of(other),
                })
                .collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

/// Collects blocks while the tree is walked.
#[derive(Default)]
struct Sink<'a> {
    text: String,
    blocks: Vec<Block>,
    /// The element each block stands in, if asked for.
    nodes: Option<Vec<NodeRef<'a>>>,
    /// Words of the block under way; `\n` for a line break element.
    line: String,
    /// Links in the block under way, and the characters in them.
    links: (usize, usize),
}

/// Elements that end the block before them and begin their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements whose words are no words of the report.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "head", "button", "select", "option",
    "textarea", "input", "iframe", "object", "video", "audio", "canvas", "label",
];
/// Elements that stand around an article: their words are kept and marked.
const AROUND: &[&str] = &["nav", "footer", "form", "menu", "dialog"];

impl<'a> Sink<'a> {
    /// Walks a tree without recursion, for it may be deep.
    fn walk(&mut self, root: NodeRef<'a>, around: &Around) {
        enum Step<'a> {
            Enter(NodeRef<'a>, BlockKind),
            Leave(NodeRef<'a>, BlockKind),
            LeaveLink(usize),
        }
        let mut open = vec![Step::Enter(root, BlockKind::Paragraph)];
        while let Some(step) = open.pop() {
            let (node, kind) = match step {
                Step::Leave(node, kind) => {
                    self.flush(kind, node);
                    continue;
                }
                Step::LeaveLink(from) => {
                    self.links.0 += 1;
                    self.links.1 += self.line.len().saturating_sub(from);
                    continue;
                }
                Step::Enter(node, kind) => (node, kind),
            };
            if node.is_text() {
                self.words(&node.text());
                continue;
            }
            let name = node.node_name().unwrap_or_default().to_ascii_lowercase();
            let name = name.as_str();
            if SILENT.contains(&name) {
                continue;
            }
            if name == "br" {
                self.line.push('\n');
                continue;
            }
            if name == "a" {
                open.push(Step::LeaveLink(self.line.len()));
            }
            let mut inner = kind;
            if BLOCKS.contains(&name) || AROUND.contains(&name) {
                self.flush(kind, node.parent().unwrap_or(node));
                inner = match name {
                    _ if kind == BlockKind::Boilerplate || around.is_box(&node, name) => {
                        BlockKind::Boilerplate
                    }
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
                    "li" | "dd" | "dt" => BlockKind::ListItem,
                    "blockquote" => BlockKind::Quotation,
                    "figcaption" | "caption" | "figure" => BlockKind::Caption,
                    _ => kind,
                };
                open.push(Step::Leave(node, inner));
            }
            for child in node.children_it(true) {
                open.push(Step::Enter(child, inner));
            }
        }
        self.flush(BlockKind::Paragraph, root);
    }

    /// Adds words, white space folded as browsers fold it; a no-break space is no white space there and stays.
    fn words(&mut self, words: &str) {
        for c in words.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                    self.line.push(' ');
                }
            } else {
                self.line.push(c);
            }
        }
    }

    fn flush(&mut self, kind: BlockKind, node: NodeRef<'a>) {
        let line = std::mem::take(&mut self.line);
        let (links, linked) = std::mem::take(&mut self.links);
        // A row of links and hardly anything else is a menu.
        let menu = links >= 3 && linked * 4 >= line.len() * 3 && !ends_sentence(line.trim());
        let kind = if menu { BlockKind::Boilerplate } else { kind };
        for words in paragraphs(&line) {
            self.push(&words, kind);
            if let Some(nodes) = &mut self.nodes {
                nodes.push(node);
            }
        }
    }

    fn push(&mut self, words: &str, kind: BlockKind) {
        push(&mut self.text, &mut self.blocks, words, kind);
    }

    /// The text with the headline in front of it, where the article does not begin with it.
    fn finish(self, title: Option<&str>) -> (String, Vec<Block>) {
        let Some(title) = title else {
            return (self.text, self.blocks);
        };
        let (mut text, mut blocks) = (String::new(), Vec::new());
        push(&mut text, &mut blocks, title, BlockKind::Title);
        for block in &self.blocks {
            let words = &self.text[block.span.range()];
            // Pages print their headline once more above the article.
            if words != title {
                push(&mut text, &mut blocks, words, block.kind);
            }
        }
        (text, blocks)
    }
}

fn push(text: &mut String, blocks: &mut Vec<Block>, words: &str, kind: BlockKind) {
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    let start = text.len();
    text.push_str(words);
    blocks.push(Block {
        span: Span::new(start, text.len()),
        kind,
    });
}

/// Two line break elements in a row make a paragraph; one is a space.
fn paragraphs(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split("\n\n").filter_map(|part| {
        let words = part.replace('\n', " ");
        let words = words.trim();
        (!words.is_empty()).then(|| words.to_owned())
    })
}

/// Deepest nesting and number of tags, by looking at the tags alone; elements that close themselves are not counted as open.
fn measure(html: &str) -> (usize, usize) {
    const FREE: &[&str] = &[
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link",
        "meta", "option", "p", "param", "rect", "path", "source", "td", "th", "tr", "track", "wbr",
    ];
    let (mut depth, mut deepest, mut tags) = (0usize, 0usize, 0usize);
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let closing = rest.starts_with('/');
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        if end == 0 || end > 20 {
            continue;
        }
        let name = rest[..end].to_ascii_lowercase();
        tags += 1;
        if FREE.contains(&name.as_str()) {
            continue;
        }
        if closing {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    (deepest, tags)
}

/// Takes the tags off and makes every run of text between block tags a paragraph: for pages that no tree should be built of.
fn strip(html: &str) -> Page {
    let mut sink = Sink::default();
    let (mut text, mut blocks) = (String::new(), Vec::new());
    let mut flush = |sink: &mut Sink<'_>| {
        for words in paragraphs(&std::mem::take(&mut sink.line)) {
            push(&mut text, &mut blocks, &words, BlockKind::Paragraph);
        }
    };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        sink.words(&decode(&rest[..at]));
        rest = &rest[at..];
        let end = rest[1..]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '/')
            .map_or(rest.len(), |end| end + 1);
        let name = rest[1..end].trim_start_matches('/').to_ascii_lowercase();
        if BLOCKS.contains(&name.as_str()) || name == "br" {
            flush(&mut sink);
        }
        let silent = matches!(name.as_str(), "script" | "style") && !rest.starts_with("</");
        let close = if silent { "</" } else { ">" };
        let Some(to) = rest[1..].find(close) else {
            rest = "";
            break;
        };
        rest = &rest[to + 1 + if silent { 0 } else { 1 }..];
    }
    sink.words(&decode(rest));
    flush(&mut sink);
    Page {
        text,
        blocks,
        meta: Metadata::default(),
        stripped: true,
    }
}

/// The five entities of XML and the no-break space.
fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, want: &[&str]) {
        let page = read(html);
        let got: Vec<String> = page
            .blocks
            .iter()
            .map(|block| format!("{:?}: {}", block.kind, &page.text[block.span.range()]))
            .collect();
        assert_eq!(got, want);
    }

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><title>Ferry sinks off Orrin | Lake Tribune</title>
<meta property="og:site_name" content="Lake Tribune"><link rel="canonical" href="https://lake.example/ferry">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Ferry sinks off Orrin",
"datePublished":"2031-03-04T09:30:00Z","author":[{"@type":"Person","name":"Ana Vell"}]}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Ferry sinks off Orrin</h1>
<p>A ferry sank off the port of Orrin on Monday &amp; at least nine people drowned,
   the coast guard said.<br><br>It had left Vell in the morning, with some forty people and a flock of sheep on board.</p>
<figure><img src="a.jpg"><figcaption>The ferry in the year 2030.</figcaption></figure>
<h2>Who was on board</h2><ul><li>a school class from the town of Vell, with two of its teachers</li></ul>
<blockquote><p>We heard them call for hours, and no boat came out to them at all.</p></blockquote>
<p>The coast guard said that it would search until nightfall, and that the wind had made the work hard all day.</p>
</article><footer>© Lake Tribune</footer></body></html>"#;

    #[test]
    fn an_article_becomes_blocks() {
        check(
            PAGE,
            &[
                "Title: Ferry sinks off Orrin",
                "Paragraph: A ferry sank off the port of Orrin on Monday & at least nine people drowned, the coast guard said.",
                "Paragraph: It had left Vell in the morning, with some forty people and a flock of sheep on board.",
                "Caption: The ferry in the year 2030.",
                "Heading: Who was on board",
                "ListItem: a school class from the town of Vell, with two of its teachers",
                "Quotation: We heard them call for hours, and no boat came out to them at all.",
                "Paragraph: The coast guard said that it would search until nightfall, and that the wind had made the work hard all day.",
            ],
        );
    }

    #[test]
    fn the_page_says_what_it_is() {
        let meta = read(PAGE).meta;
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(meta.title, some("Ferry sinks off Orrin"));
        assert_eq!(meta.source, some("Lake Tribune"));
        assert_eq!(meta.byline, some("Ana Vell"));
        assert_eq!(meta.published, some("2031-03-04T09:30:00Z"));
        assert_eq!(meta.url, some("https://lake.example/ferry"));
        assert_eq!(meta.language, some("en-GB"));
    }

    #[test]
    fn time_elements_and_meta_tags_give_the_date() {
        let of = |head: &str| {
            let html =
                format!("<html><body><article>{head}<p>One was hurt.</p></article></body></html>");
            read(&html).meta.published
        };
        assert_eq!(
            of("<time datetime='2031-03-04'>today</time>").as_deref(),
            Some("2031-03-04")
        );
        assert_eq!(
            of("<meta name=date content='4 March 2031'>").as_deref(),
            Some("4 March 2031")
        );
        assert_eq!(of(""), None);
    }

    #[test]
    fn a_short_page_is_read_whole() {
        check(
            "<html><body><nav>Home</nav><p>Two boats sank.</p><footer>Imprint</footer></body></html>",
            &[
                "Boilerplate: Home",
                "Paragraph: Two boats sank.",
                "Boilerplate: Imprint",
            ],
        );
    }

    #[test]
    fn a_row_of_links_is_a_menu() {
        check(
            "<html><body><div><a href=a>Lake Tribune</a> <a href=b>Town</a> <a href=c>Letters</a></div><p>Two <a href=d>boats</a> sank.</p></body></html>",
            &[
                "Boilerplate: Lake Tribune Town Letters",
                "Paragraph: Two boats sank.",
            ],
        );
    }

    #[test]
    fn very_deep_pages_only_lose_their_tags() {
        let html = format!(
            "<html>{}<p>Two &amp; a half.</p>{}",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        );
        let page = read(&html);
        assert!(page.stripped);
        assert_eq!(page.text, "Two & a half.");
    }

    #[test]
    fn odd_pages_are_safe() {
        for html in [
            "",
            "<",
            "<html",
            "<p",
            "<!--",
            "<script>",
            "<html><body>\0",
            "<p>🙂سلام",
        ] {
            read(html);
            strip(html);
        }
        strip("<script>if (a < b) </b></script><p>x");
    }
}
