//! Characters of a feed to items: RSS, Atom, RDF and JSON Feed.

use std::collections::BTreeSet;

use feed_rs::{
    model::{self, Link},
    parser,
};

use super::text::characters;

/// Items that are taken of one feed: a feed holds dozens.
const MOST: usize = 5_000;
/// Bytes of the largest feed that is taken.
const MOST_BYTES: usize = 16 << 20;
/// Words from which on what a feed holds of an item is its full text: a teaser is shorter.
const FULL: usize = 80;
/// Letters of a link or of what a feed calls an item.
const MOST_LETTERS: usize = 4_096;

/// What a feed says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Its title.
    pub title: Option<String>,
    /// Minutes for which it wants to be left alone.
    pub ttl: Option<u32>,
    /// Its items, in its order.
    pub entries: Vec<Entry>,
    /// How many items were too many.
    pub left_out: usize,
}

/// An item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What names it within its feed: what the feed calls it, else its link, else what it says.
    pub id: String,
    /// The address of its page.
    pub link: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it was published, as RFC 3339 writes it.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its full text, where the feed holds it.
    pub full: Option<Full>,
}

/// An item's full text, as its feed holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Full {
    /// HTML, or plain text.
    pub text: String,
    /// `text/html` or `text/plain`.
    pub media_type: &'static str,
}

/// Why bytes are no feed that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to try.
    pub hint: Option<String>,
}

impl Fault {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }
}

/// Takes a feed apart that came from `address`, which links that do not say where they lead lead on from.
///
/// # Errors
///
/// When it is no feed, is too large, or defines entities of its own.
pub fn parse(bytes: &[u8], content_type: Option<&str>, address: &str) -> Result<Parsed, Fault> {
    if bytes.len() > MOST_BYTES {
        let message = format!("the feed is larger than {MOST_BYTES} bytes");
        return Err(Fault::new(message, "ask its site for a shorter one"));
    }
    let text = characters(bytes, content_type);
    without_entities(&text)?;
    // What is not named is named below, by more than its link.
    let parser = parser::Builder::new()
        .base_uri(Some(address).filter(|it| url_like(it)))
        .id_generator(|_, _, _| String::new())
        .build();
    let feed = parser
        .parse(text.as_bytes())
        .map_err(|error| no_feed(&text, &error))?;
    let left_out = feed.entries.len().saturating_sub(MOST);
    let mut seen = BTreeSet::new();
    let language = feed.language;
    let entries = feed
        .entries
        .into_iter()
        .take(MOST)
        .map(|it| entry(it, language.as_deref()));
    Ok(Parsed {
        title: feed.title.and_then(|it| plain(&it.content)),
        ttl: feed.ttl,
        entries: entries.filter(|it| seen.insert(it.id.clone())).collect(),
        left_out,
    })
}

/// Refuses a feed that defines entities of its own: with a few lines of them a text of gigabytes is written, or a file
/// of ours is asked for. Those that only lists of characters are made of (`%`) are harmless, and usual in old feeds.
fn without_entities(text: &str) -> Result<(), Fault> {
    let mut prolog = text;
    let mut tail = text;
    // The root element ends what may define something.
    while let Some(at) = tail.find('<') {
        tail = &tail[at + 1..];
        if tail.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            prolog = &text[..text.len() - tail.len() - 1];
            break;
        }
    }
    for (at, found) in prolog.match_indices("<!ENTITY") {
        let name = prolog[at + found.len()..].trim_start();
        if !name.starts_with('%') {
            let name: String = name
                .chars()
                .take_while(|c| !c.is_whitespace())
                .take(40)
                .collect();
            return Err(Fault::new(
                format!("refused: it defines entities of its own (`{name}`), as bombs do"),
                "no feed needs them; ask its site for one without",
            ));
        }
    }
    Ok(())
}

fn no_feed(text: &str, error: &parser::ParseFeedError) -> Fault {
    let start: String = text.trim_start().chars().take(15).collect();
    let start = start.to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Fault::new(
            "this is a page and no feed",
            match advertised(text) {
                Some(link) => format!("the page names a feed: {link}"),
                None => {
                    "look on its site for the address of a feed; often it ends in /feed or /rss.xml"
                        .to_owned()
                }
            },
        );
    }
    // What the parser says of the kind of fault, never what stands in the feed.
    let why = match error {
        parser::ParseFeedError::ParseError(parser::ParseErrorKind::NoFeedRoot) => {
            "it begins as no kind of feed does".to_owned()
        }
        parser::ParseFeedError::JsonSerde(error) => format!(
            "its JSON breaks off or is wrong at line {}, column {}",
            error.line(),
            error.column()
        ),
        parser::ParseFeedError::XmlReader(_) => "its XML breaks off or is wrong".to_owned(),
        parser::ParseFeedError::JsonUnsupportedVersion(_) => {
            "it is JSON, but of no version of JSON Feed".to_owned()
        }
        _ => "something that feeds must have is missing or wrong".to_owned(),
    };
    Fault::new(
        format!("this is no feed: {why}"),
        "RSS, Atom and JSON Feed are read; open the address in a browser to see what it gives",
    )
}

/// The address of a feed that a page names in its head.
fn advertised(page: &str) -> Option<String> {
    let head: String = page.chars().take(100_000).collect();
    let lower = head.to_ascii_lowercase();
    for (at, _) in lower.match_indices("<link") {
        let end = at + lower[at..].find('>')?;
        let tag = &lower[at..end];
        let feed = [
            "application/rss+xml",
            "application/atom+xml",
            "application/feed+json",
        ];
        if !feed.iter().any(|kind| tag.contains(kind)) {
            continue;
        }
        let Some(from) = tag.find("href=") else {
            continue;
        };
        let value = head[at + from + 5..end].trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let link = match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value.split_whitespace().next(),
        };
        return link.map(|it| it.chars().filter(|c| !c.is_control()).take(300).collect());
    }
    None
}

fn entry(from: model::Entry, language: Option<&str>) -> Entry {
    let guid = Some(from.id.trim()).filter(|it| !it.is_empty());
    let link = link(&from.links).or_else(|| guid.filter(|it| url_like(it)).map(str::to_owned));
    let title = from.title.as_ref().and_then(|it| plain(&it.content));
    let published = from.published.or(from.updated).map(|it| it.to_rfc3339());
    let authors: Vec<String> = from
        .authors
        .iter()
        .filter_map(|it| plain(it.name.as_deref()?))
        .collect();
    let summary = from.summary.as_ref().map(|it| it.content.as_str());
    let id = match (guid, &link) {
        (Some(guid), _) => guid.chars().take(MOST_LETTERS).collect(),
        (None, Some(link)) => link.clone(),
        (None, None) => {
            let says = [title.as_deref(), published.as_deref(), summary];
            says.map(Option::unwrap_or_default).join("\n")
        }
    };
    Entry {
        id,
        link,
        title,
        byline: Some(authors.join(", ")).filter(|it| !it.is_empty()),
        published,
        language: from.language.or_else(|| language.map(str::to_owned)),
        full: from.content.and_then(full),
    }
}

/// The page of an item: its main link, and no file that goes with it.
fn link(links: &[Link]) -> Option<String> {
    let page = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let web = |link: &&Link| url_like(&link.href);
    links
        .iter()
        .filter(page)
        .find(web)
        .map(|link| link.href.trim().to_owned())
}

fn url_like(words: &str) -> bool {
    let lower = words.trim().get(..8).map(str::to_ascii_lowercase);
    let web = lower.is_some_and(|it| it.starts_with("http://") || it == "https://");
    web && words.len() <= MOST_LETTERS && !words.trim().contains(char::is_whitespace)
}

/// What a feed holds of an item, where that is all of it.
fn full(content: model::Content) -> Option<Full> {
    let text = content.body?;
    let html = content.content_type.subty().as_str() != "plain";
    let words = if html {
        without_tags(&text).split_whitespace().count()
    } else {
        text.split_whitespace().count()
    };
    (words >= FULL).then_some(Full {
        text,
        media_type: if html { "text/html" } else { "text/plain" },
    })
}

/// Words of a title, which may hold tags.
fn plain(words: &str) -> Option<String> {
    let bare = without_tags(words);
    let out: Vec<&str> = bare.split_whitespace().collect();
    let out: String = out.join(" ").chars().take(300).collect();
    (!out.is_empty()).then_some(out)
}

fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => {
                inside = true;
                out.push(' ');
            }
            '>' if inside => inside = false,
            _ if inside => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
