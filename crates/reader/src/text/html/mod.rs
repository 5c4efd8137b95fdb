//! Pages to text: the article of an HTML page as blocks, and what the page says of itself.
//!
//! What comes in: decoded HTML. What goes out: the frozen text with its blocks, and metadata. The page is cut into
//! pieces here; which of them are the article is settled by `article` from what two extractors and the page's own
//! JSON-LD say; `head` reads the metadata. It does not know boilerplate by its words; `boilerplate` goes over the
//! blocks afterwards.

mod article;
mod boxes;
mod entities;
mod head;
mod linked_data;
mod page;
mod pieces;
mod shingles;
mod strip;
mod tags;

use dom_query::Document;
use model::BlockKind;

pub(crate) use page::{Page, push};
use pieces::Sink;

/// Reads a page.
pub(crate) fn read(html: &str) -> Page {
    if tags::is_monstrous(html) {
        return strip::strip(html);
    }
    let document = Document::from(html);
    let (mut meta, said) = head::read(&document);
    let consent = boxes::tidy(&document);
    let mut sink = Sink::default();
    sink.walk(document.root());
    let chosen = article::choose(&document, &sink.pieces, &said, &mut meta);
    head::clean(&mut meta);
    let (mut text, mut blocks) = (String::new(), Vec::new());
    if let Some(title) = &meta.title {
        page::push(&mut text, &mut blocks, title, BlockKind::Title);
    }
    for (words, kind) in &chosen {
        // Pages print their headline once more above the article.
        if meta.title.as_ref() != Some(words) {
            page::push(&mut text, &mut blocks, words, *kind);
        }
    }
    Page {
        text,
        blocks,
        meta,
        consent,
        ..Page::default()
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
   the coast guard said.<br><br>It had left Vell in the morning, with some forty people and a flock
   of sheep on board.</p>
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
                "Paragraph: A ferry sank off the port of Orrin on Monday & at least nine people drowned, the \
                 coast guard said.",
                "Paragraph: It had left Vell in the morning, with some forty people and a flock of sheep on board.",
                "Caption: The ferry in the year 2030.",
                "Heading: Who was on board",
                "ListItem: a school class from the town of Vell, with two of its teachers",
                "Quotation: We heard them call for hours, and no boat came out to them at all.",
                "Paragraph: The coast guard said that it would search until nightfall, and that the wind had \
                 made the work hard all day.",
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
            "<html><body><div><a href=a>Lake Tribune</a> <a href=b>Town</a> <a href=c>Letters</a></div><p>Two \
             <a href=d>boats</a> sank.</p></body></html>",
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
            "<html><head><title>Mill burns</title><meta property='og:site_name' content='Lake \
             Tribune'></head><body>{}<p>Two were hurt.</p>",
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
    const LAST: &str = "She said that the mill would not be built up again, and that the workers would be paid \
        until the summer.";

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
        let more = "Firemen from three villages fought the flames until noon, when rain set in and the roof of \
            the mill fell.";
        for lead in [
            "<div class=summary>",
            "<p class=standfirst>",
            "<h2 class=sub>",
            "<div class=article__lead>",
        ] {
            let close = format!("</{}>", &lead[1..lead.find(' ').unwrap()]);
            let body = format!(
                "<nav><a href=/>Home</a></nav><div class=page><h1>Mill burns in \
                 Vell</h1>{lead}{FIRST}{close}<div \
                 class=text><p>{more}</p><p>{LAST}</p><p>{more}</p></div></div>"
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
            strip::strip(html);
        }
        strip::strip("<script>if (a < b) </b></script><p>x");
    }
}
