//! The tags of a page, read one by one: what a page costs, and what it is where no tree should be built of it.
//!
//! What comes in: decoded HTML. What goes out: whether it is too deep or too odd for a tree ([`is_monstrous`]), and the
//! [`Tag`]s.

/// Deepest nesting read as a page. Real pages stay under 100; tree code slows down and recurses beyond.
const DEPTH: usize = 400;

/// Most tags read as a page: the cost of page analysis grows faster than the page.
const TAGS: usize = 200_000;

/// Most attributes of one tag: their cost grows with their square.
const ATTRIBUTES: usize = 2_000;

/// Most work for characters that markup writes as entities: to write a text or tag out again costs its length for
/// each of them.
const ESCAPES: u64 = 1_000_000_000;

pub(super) fn is_monstrous(html: &str) -> bool {
    let size = measure(html);
    size.depth > DEPTH || size.tags > TAGS || size.attributes > ATTRIBUTES || size.escapes > ESCAPES
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
pub(super) struct Tag {
    /// Name in lower case; empty for what is no tag, and for comments.
    pub name: String,
    closing: bool,
    /// Whether its content is no markup; then it is skipped with it.
    raw: bool,
    /// Bytes to go on after, at least one.
    pub skip: usize,
    /// Its attributes, or the equals signs inside it where those are more.
    attributes: usize,
}

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noembed", "xmp"];

impl Tag {
    pub(super) fn at(html: &str) -> Tag {
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
