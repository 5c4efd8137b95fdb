//! Pages to text: the article of an HTML page as blocks, and what the page says of itself.
//!
//! What comes in: decoded HTML. What goes out: the frozen text with its blocks, and metadata. The page is cut into
//! pieces here; which of them are the article is settled by `article` from what two extractors and the page's own
//! JSON-LD say; `head` reads the metadata. It does not know furniture by its words; `furniture` goes over the blocks
//! afterwards.

use dom_query::{Document, NodeRef};
use model::{Block, BlockKind, Span};

use super::{Metadata, article, head, lines::ends_sentence};

/// A page read.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The text: blocks with an empty line between them.
    pub text: String,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// What the page says of itself.
    pub meta: Metadata,
    /// Whether the page was too deep or too odd to be read as a page, and only its tags were taken off.
    pub stripped: bool,
    /// Whether a layer that asks for consent to cookies was taken off.
    pub consent: bool,
}

/// Deepest nesting read as a page. Real pages stay under 100; tree code slows down and recurses beyond.
const DEPTH: usize = 400;
/// Most tags read as a page: the cost of page analysis grows faster than the page.
const TAGS: usize = 200_000;
/// Most attributes of one tag: their cost grows with their square.
const ATTRIBUTES: usize = 2_000;
/// Most work for characters that markup writes as entities: to write a text or tag out again costs its length for
/// each of them.
const ESCAPES: u64 = 1_000_000_000;

/// Reads a page.
pub(crate) fn read(html: &str) -> Page {
    if is_monstrous(html) {
        return strip(html);
    }
    let document = Document::from(html);
    let (mut meta, said) = head::read(&document);
    let consent = article::tidy(&document);
    let mut sink = Sink::default();
    sink.walk(document.root());
    let chosen = article::choose(&document, &sink.pieces, &said, &mut meta);
    head::clean(&mut meta);
    let (mut text, mut blocks) = (String::new(), Vec::new());
    if let Some(title) = &meta.title {
        push(&mut text, &mut blocks, title, BlockKind::Title);
    }
    for (words, kind) in &chosen {
        // Pages print their headline once more above the article.
        if meta.title.as_ref() != Some(words) {
            push(&mut text, &mut blocks, words, *kind);
        }
    }
    Page {
        text,
        blocks,
        meta,
        stripped: false,
        consent,
    }
}

fn is_monstrous(html: &str) -> bool {
    let size = measure(html);
    size.depth > DEPTH || size.tags > TAGS || size.attributes > ATTRIBUTES || size.escapes > ESCAPES
}

/// One run of words of a page between block elements.
pub(super) struct Piece<'a> {
    /// The words, white space folded.
    pub words: String,
    /// What part of the page its elements say it is.
    pub kind: BlockKind,
    /// The element it stands in.
    pub node: NodeRef<'a>,
    /// How much of it stands in links, 0 to 1.
    pub linked: f32,
    /// The headline of the page or of a story in a list: it stands in an `h1`.
    pub headline: bool,
}

/// Collects pieces while the tree is walked.
#[derive(Default)]
pub(super) struct Sink<'a> {
    /// What was found, in the order of the page.
    pub pieces: Vec<Piece<'a>>,
    /// Words of the piece under way; `\n` for a line break element.
    line: String,
    /// Links in the piece under way, and the bytes in them.
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
    "dialog",
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
    "menu",
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
impl<'a> Sink<'a> {
    /// Walks a tree without recursion, for it may be deep.
    pub(super) fn walk(&mut self, root: NodeRef<'a>) {
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
            if BLOCKS.contains(&name) {
                self.flush(kind, node.parent().unwrap_or(node));
                inner = match name {
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
        let headline = node.node_name().is_some_and(|name| &*name == "h1");
        let linked = linked.min(line.len()) as f32 / line.len().max(1) as f32;
        for words in paragraphs(&line) {
            self.pieces.push(Piece {
                words,
                kind,
                node,
                linked,
                headline,
            });
        }
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

/// How large a page is in what costs more than its length.
#[derive(Default)]
struct Size {
    /// Deepest nesting; elements that close themselves are not counted as open.
    depth: usize,
    /// Tags; what stands in scripts, styles and comments is none.
    tags: usize,
    /// Most attributes of one tag.
    attributes: usize,
    /// Over all texts and tags, the bytes of one times the entities and no-break spaces in it.
    escapes: u64,
}

/// Measures a page by looking at its tags alone.
fn measure(html: &str) -> Size {
    const FREE: &[&str] = &[
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link",
        "meta", "option", "p", "param", "rect", "path", "source", "td", "th", "tr", "track", "wbr",
    ];
    // A no-break space begins with this byte; so do a few signs, which cost the same.
    let escaped = |part: &str| {
        let marks = part.bytes().filter(|b| matches!(b, b'&' | 0xC2)).count();
        marks as u64 * part.len() as u64
    };
    let mut size = Size::default();
    let (mut depth, mut at) = (0usize, 0);
    while let Some(next) = html[at..].find('<') {
        let tag = Tag::at(&html[at + next..]);
        let (text, markup) = html[at..at + next + tag.skip].split_at(next);
        size.escapes =
            size.escapes
                .saturating_add(escaped(text))
                .saturating_add(match tag.name.as_str() {
                    "script" | "style" => 0,
                    _ => escaped(markup),
                });
        at += next + tag.skip;
        if tag.name.is_empty() || tag.name.len() > 20 {
            continue;
        }
        size.tags += 1;
        size.attributes = size.attributes.max(tag.attributes);
        if tag.raw || FREE.contains(&tag.name.as_str()) {
            continue;
        }
        if tag.closing {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
            size.depth = size.depth.max(depth);
        }
    }
    size.escapes = size.escapes.saturating_add(escaped(&html[at..]));
    size
}

/// What stands at a `<`.
#[derive(Default)]
struct Tag {
    /// Name in lower case; empty for what is no tag, and for comments.
    name: String,
    closing: bool,
    /// Whether its content is no markup; then it is skipped with it.
    raw: bool,
    /// Bytes to go on after, at least one.
    skip: usize,
    /// Its attributes, or the equals signs inside it where those are more.
    attributes: usize,
}

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noembed", "xmp"];

impl Tag {
    fn at(html: &str) -> Tag {
        if let Some(rest) = html.strip_prefix("<!--") {
            let skip = rest.find("-->").map_or(html.len(), |to| to + 7);
            return Tag {
                skip,
                ..Tag::default()
            };
        }
        let closing = html[1..].starts_with('/');
        let rest = &html[1 + usize::from(closing)..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Tag {
                skip: 1,
                ..Tag::default()
            };
        }
        let name = rest[..end].to_ascii_lowercase();
        let close = html.find('>').map_or(html.len(), |to| to + 1);
        let attributes = attributes(&html[..close]);
        let raw = !closing && RAW.contains(&name.as_str());
        let skip = if raw {
            close + end_of_raw(&html[close..], &name)
        } else {
            close
        };
        Tag {
            name,
            closing,
            raw,
            skip,
            attributes,
        }
    }
}

/// The attributes of a tag, or the equals signs in it where those are more: a quotation mark that is never closed
/// hides the rest of them.
fn attributes(tag: &str) -> usize {
    let (mut named, mut signs, mut quote, mut space) = (0, 0, None, false);
    for b in tag.bytes() {
        signs += usize::from(b == b'=');
        match quote {
            Some(open) if b == open => quote = None,
            Some(_) => {}
            None if matches!(b, b'"' | b'\'') => quote = Some(b),
            None => {
                named += usize::from(space && !b.is_ascii_whitespace() && b != b'=');
                space = b.is_ascii_whitespace();
            }
        }
    }
    named.max(signs)
}

/// Where the closing tag of a raw element ends; the whole rest when there is none.
fn end_of_raw(html: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(next) = html[at..].find("</") {
        at += next + 2;
        let rest = html.as_bytes().get(at..at + name.len());
        if rest.is_some_and(|rest| rest.eq_ignore_ascii_case(name.as_bytes())) {
            return html[at..].find('>').map_or(html.len(), |to| at + to + 1);
        }
    }
    html.len()
}

/// Takes the tags off and makes every run of text between block tags a paragraph: for pages that no tree should be
/// built of. What its head says is read where the head alone is no monster.
fn strip(html: &str) -> Page {
    let head = html.find("<body").map(|at| &html[..at]);
    let head = head.filter(|head| !is_monstrous(head));
    let mut meta = head.map_or_else(Metadata::default, |head| {
        head::read(&Document::from(head)).0
    });
    head::clean(&mut meta);
    let html = &html[head.map_or(0, str::len)..];
    let mut sink = Sink::default();
    let (mut text, mut blocks) = (String::new(), Vec::new());
    if let Some(title) = &meta.title {
        push(&mut text, &mut blocks, title, BlockKind::Title);
    }
    let mut flush = |sink: &mut Sink<'_>| {
        for words in paragraphs(&std::mem::take(&mut sink.line)) {
            if meta.title.as_ref() != Some(&words) {
                push(&mut text, &mut blocks, &words, BlockKind::Paragraph);
            }
        }
    };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        sink.words(&head::decode(&rest[..at]));
        let tag = Tag::at(&rest[at..]);
        if BLOCKS.contains(&tag.name.as_str()) || tag.name == "br" {
            flush(&mut sink);
        }
        if tag.skip == 1 {
            sink.words("<");
        }
        rest = &rest[at + tag.skip..];
    }
    sink.words(&head::decode(rest));
    flush(&mut sink);
    Page {
        text,
        blocks,
        meta,
        stripped: true,
        consent: false,
    }
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
    fn what_a_script_holds_is_no_nesting() {
        for raw in [
            format!("<script>{}</script>", "for(i=0;i<n;i++)".repeat(900)),
            format!("<style>{}</style>", "a<b ".repeat(900)),
            format!("<!-- {} -->", "<div>".repeat(900)),
            format!("<SCRIPT>var a='{}'</SCRIPT>", "<div>".repeat(900)),
        ] {
            let page = read(&format!(
                "<html><head><title>Mill burns</title>{raw}</head><body><p>Two were hurt at the mill.</p></body></html>"
            ));
            assert!(!page.stripped);
            assert_eq!(page.text, "Mill burns\n\nTwo were hurt at the mill.");
        }
    }

    #[test]
    fn a_page_too_deep_keeps_what_its_head_says() {
        let html = format!(
            "<html><head><title>Mill burns</title><meta property='og:site_name' content='Lake Tribune'></head><body>{}<p>Two were hurt.</p>",
            "<div>".repeat(1000)
        );
        let page = read(&html);
        assert!(page.stripped);
        assert_eq!(page.meta.source.as_deref(), Some("Lake Tribune"));
        assert_eq!(page.text, "Mill burns\n\nTwo were hurt.");
    }

    #[test]
    fn a_tag_of_many_attributes_costs_nothing() {
        let html = format!(
            "<html><body><p {}>Two were hurt.</p>",
            "a=1 ".repeat(100_000)
        );
        assert!(read(&html).stripped);
    }

    /// The paragraphs and list items that are taken as the report.
    fn taken(body: &str) -> Vec<String> {
        let page = read(&format!(
            "<html><head><title>Mill burns in Vell</title></head><body>{body}</body></html>"
        ));
        let own = page.blocks.iter().filter(|block| {
            !matches!(
                block.kind,
                BlockKind::Boilerplate | BlockKind::Title | BlockKind::Caption
            )
        });
        own.map(|block| page.text[block.span.range()].to_owned())
            .collect()
    }

    const FIRST: &str =
        "A fire at the mill in Vell killed two people on Monday, the mayor of the town said.";
    const LAST: &str = "She said that the mill would not be built up again, and that the workers would be paid until the summer.";

    #[test]
    fn a_linked_headline_between_paragraphs_is_another_story() {
        for link in [
            "<p><a href=x>Nine Dead in Coach Crash</a></p>",
            "<div class=more><a href=x>Nine dead in coach crash near Dorn?</a></div>",
            "<ul><li><a href=x>Nine dead in coach crash</a></li><li><a href=y>Girl found in lake</a></li></ul>",
            "<h3><a href=x>Nine dead in coach crash</a></h3>",
        ] {
            let body = format!(
                "<article><h1>Mill burns in Vell</h1><p>{FIRST}</p>{link}<p>{LAST}</p></article>"
            );
            assert_eq!(taken(&body), [FIRST, LAST], "{link}");
        }
    }

    #[test]
    fn the_standfirst_belongs_to_the_report() {
        let more = "Firemen from three villages fought the flames until noon, when rain set in and the roof of the mill fell.";
        for lead in [
            "<div class=summary>",
            "<p class=standfirst>",
            "<h2 class=sub>",
            "<div class=article__lead>",
        ] {
            let close = format!("</{}>", &lead[1..lead.find(' ').unwrap()]);
            let body = format!(
                "<nav><a href=/>Home</a></nav><div class=page><h1>Mill burns in Vell</h1>{lead}{FIRST}{close}<div class=text><p>{more}</p><p>{LAST}</p><p>{more}</p></div></div>"
            );
            assert_eq!(
                taken(&body).first().map(String::as_str),
                Some(FIRST),
                "{lead}"
            );
        }
    }

    #[test]
    fn odd_pages_do_not_panic() {
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
