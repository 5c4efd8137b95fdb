//! What a document is made of.

use model::{Claim, ClaimId};

use crate::publish::{
    clean,
    summary::{Bit, Phrase},
    view::View,
};

/// Words of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::export) struct Run {
    /// The words, on one line, without a character that steers.
    pub words: String,
    /// Whether they are figures, values or quotes, which stand out.
    pub strong: bool,
    /// Where they lead, an address of the web.
    pub link: Option<String>,
}

impl Run {
    /// Words of the program or of a report.
    pub fn plain(words: &str) -> Self {
        Self {
            words: clean(words),
            strong: false,
            link: None,
        }
    }

    /// The same, standing out.
    pub fn strong(words: &str) -> Self {
        Self {
            strong: true,
            ..Self::plain(words)
        }
    }
}

/// Words on one line. Space at the ends stays, for words of another look may follow.
fn clean(words: &str) -> String {
    let folded = clean::line(words);
    let ends = |space: bool| if space { " " } else { "" };
    // What isolates words from their neighbours on a terminal is done here by the layout.
    let folded = folded.replace(['\u{2068}', '\u{2069}'], "");
    if folded.is_empty() {
        return ends(!words.is_empty()).to_owned();
    }
    let (first, last) = (words.chars().next(), words.chars().last());
    let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    format!("{}{folded}{}", ends(space(first)), ends(space(last)))
}

/// A table: names of its columns with their shares of the width, and its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::export) struct Table {
    /// Name and share of each column, in hundredths of the width.
    pub columns: &'static [(&'static str, u16)],
    /// A cell a column.
    pub rows: Vec<Vec<Vec<Run>>>,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::export) enum Block {
    /// A heading; level 1 begins an incident, on a new page.
    Heading(u8, String),
    /// A paragraph.
    Text(Vec<Run>),
    /// A paragraph of what has to be known to read the rest.
    Remark(Vec<Run>),
    /// One of a list; level 0 or 1.
    Item(u8, Vec<Run>),
    /// Words of a report, and under them whose they are and where they stand.
    Quote(Vec<Run>, Vec<Run>),
    /// A table.
    Table(Table),
}

/// Words of several kinds in a row.
pub(super) fn runs(phrase: &Phrase) -> Vec<Run> {
    let bits = phrase.0.iter().map(|bit| match bit {
        Bit::Plain(words) | Bit::Name(words) | Bit::Source(words, _) => Run::plain(words),
        Bit::Strong(words) => Run::strong(words),
        Bit::Quote(words) => Run::plain(&quoted(words)),
    });
    bits.collect()
}

/// Words of a report between quotation marks.
pub(super) fn quoted(words: &str) -> String {
    format!("“{}”", clean::unquoted(words))
}

/// Labels of claims, in the order of reports and places.
pub(super) fn labels(view: &View, ids: &[ClaimId]) -> String {
    let claims = view.by_place(ids);
    let labels: Vec<&str> = claims.iter().map(|it| view.label(&it.id)).collect();
    labels.join(", ")
}

/// A name without the signs that reports print in several ways.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Who says it, and through whom: `police, through Northern Beacon`.
pub(super) fn chain(view: &View, claim: &Claim) -> String {
    let links = view.chain(claim);
    let mut out = String::new();
    for (at, link) in links.iter().enumerate() {
        // An outlet that speaks itself need not pass its own words on.
        if at > 0 && letters(&link.label()) == letters(&links[at - 1].label()) {
            continue;
        }
        out.push_str(match at {
            0 => "",
            1 => ", through ",
            _ => ", then ",
        });
        out.push_str(&link.label());
        if link.interested {
            out.push_str(" (a party to the events, speaking for itself)");
        }
    }
    out
}
