//! What stands around an article, by the names of elements and the words of their classes.
//!
//! What comes in: elements of a page. What goes out: whether one is a box for other stories, comments or the site, a
//! line of author or date, a caption; and the tree without what hides or asks for consent.

use dom_query::{Document, NodeRef};

/// Words of class and id names that mark boxes around an article.
pub(super) const BOXES: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "bio",
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
    "support",
    "taboola",
    "tags",
    "teaser",
    "teasers",
    "toolbar",
    "trending",
    "widget",
];

/// Elements that stand around an article.
pub(super) const AROUND: &[&str] = &["nav", "footer", "form", "menu", "dialog", "aside"];

/// Words of class and id names of what asks for consent to cookies.
const CONSENT: &[&str] = &[
    "cookie",
    "cookies",
    "cookiebanner",
    "consent",
    "gdpr",
    "ccpa",
    "cmp",
    "cmp2",
    "onetrust",
    "didomi",
    "truste",
    "trustarc",
    "usercentrics",
    "quantcast",
    "cookiebot",
    "cookielaw",
    "sp_message",
];

/// What a layer that asks for consent says; three of these in one element make it one. Lower case.
const ASKS: &[&str] = &[
    "cookie",
    "partners",
    "your device",
    "a device",
    "personal data",
    "consent",
    "privacy",
    "legitimate interest",
    "your choice",
    "your preferences",
    "advert",
    "personalised",
    "personalized",
    "vendors",
    "data processing",
];

/// Words of class and id names of what readers write below an article.
pub(super) const COMMENTS: &[&str] = &["comments", "disqus", "commentlist", "respond"];

/// Words of class names of what stands under or beside a picture.
pub(super) const PICTURE: &[&str] = &[
    "caption",
    "credit",
    "credits",
    "figcaption",
    "cutline",
    "gallery",
    "slideshow",
    "carousel",
];

/// Words of class names of lines that say who wrote when.
const LINES: &[&str] = &[
    "byline",
    "author",
    "authors",
    "dateline",
    "timestamp",
    "date",
    "time",
    "published",
    "updated",
    "posted",
    "breadcrumb",
    "kicker",
    "tags",
    "tag",
    "topics",
    "labels",
    "source",
    "copyright",
    "attribution",
    "correction",
    "bio",
    "reading",
];

/// Takes off what is never part of an article and misleads whoever looks for one: what is hidden, and what asks for
/// consent. Returns whether there was something of the latter.
pub(super) fn tidy(document: &Document) -> bool {
    let whole = document.select("body").text().trim().len();
    let mut gone = Vec::new();
    let mut consent = false;
    for node in document
        .select("[hidden], [aria-hidden='true'], [style*='display:none'], [style*='display: none']")
        .nodes()
    {
        // Some pages hide their article until a script shows it.
        if node.text().trim().len() * 4 < whole {
            gone.push(*node);
        }
    }
    for node in document.select("div, section, aside, dialog, form").nodes() {
        let named = words_of(node).any(|word| CONSENT.contains(&word.as_str()));
        let dialog = node
            .attr("role")
            .is_some_and(|role| role.contains("dialog"));
        if !(named || dialog) || holds_article(node) {
            continue;
        }
        let said = node.text().to_lowercase();
        let asks = ASKS.iter().filter(|ask| said.contains(**ask)).count();
        // What holds most of the page must ask in so many words.
        let most = said.trim().len() * 2 > whole;
        let enough = if most { 4 } else { 3 - usize::from(named) };
        if asks >= enough && said.len() < 20_000 {
            consent = true;
            gone.push(*node);
        }
    }
    for node in gone {
        node.remove_from_parent();
    }
    consent
}

/// Whether an element holds a headline or an article: then it is no layer over one, whatever its class says.
fn holds_article(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|inner| {
        inner
            .node_name()
            .is_some_and(|name| matches!(&*name, "h1" | "article" | "main"))
    })
}

/// Words of class and id of an element, lower case.
pub(super) fn words_of(node: &NodeRef<'_>) -> impl Iterator<Item = String> + use<> {
    let class = node.class().unwrap_or_default().to_ascii_lowercase();
    let id = node.id_attr().unwrap_or_default().to_ascii_lowercase();
    let words: Vec<String> = format!("{class} {id}")
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

pub(super) fn name_of(node: &NodeRef<'_>) -> String {
    node.node_name()
        .map(|name| name.to_ascii_lowercase())
        .unwrap_or_default()
}

/// Whether an element stands in a box for other stories, comments or the site, and not in the article.
pub(super) fn beside(node: &NodeRef<'_>) -> bool {
    const CARDS: &[&str] = &[
        "card", "cards", "list", "comment", "rail", "feed", "latest", "next",
    ];
    path(node).any(|node| {
        let name = name_of(&node);
        match name.as_str() {
            "body" | "html" | "article" | "main" | "head" | "meta" | "time" => false,
            _ if AROUND.contains(&name.as_str()) => true,
            "div" | "section" | "ul" | "ol" | "li" => {
                words_of(&node).any(|word| {
                    BOXES.contains(&word.as_str())
                        && !matches!(word.as_str(), "share" | "social" | "ad" | "ads")
                        || CARDS.contains(&word.as_str())
                }) && !holds_article(&node)
            }
            _ => false,
        }
    })
}

fn has_class(node: &NodeRef<'_>, depth: usize, list: &[&str]) -> bool {
    path(node)
        .take(depth)
        .any(|node| words_of(&node).any(|word| list.contains(&word.as_str())))
}

/// Whether a piece is a line of author, time or tags.
pub(super) fn is_line(node: &NodeRef<'_>) -> bool {
    name_of(node) == "address" || has_class(node, 2, LINES)
}

/// The element and all that it stands in, from the inside out.
pub(super) fn path<'a>(node: &NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
    std::iter::successors(Some(*node), NodeRef::parent)
}
