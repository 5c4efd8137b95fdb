//! The pieces of a page: runs of words between block elements, in the order of the page.
//!
//! What comes in: the tree of a page, or its tags one by one. What goes out: [`Piece`]s. It knows nothing of what is
//! article and what stands around it.

use dom_query::NodeRef;
use model::BlockKind;

use crate::text::lines::ends_sentence;

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
    pub(super) line: String,
    /// Links in the piece under way, and the bytes in them.
    links: (usize, usize),
}

/// Elements that end the block before them and begin their own.
pub(super) const BLOCKS: &[&str] = &[
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
    pub(super) fn words(&mut self, words: &str) {
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

/// Two line break elements in a row make a paragraph; one is a space.
pub(super) fn paragraphs(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split("\n\n").filter_map(|part| {
        let words = part.replace('\n', " ");
        let words = words.trim();
        (!words.is_empty()).then(|| words.to_owned())
    })
}
