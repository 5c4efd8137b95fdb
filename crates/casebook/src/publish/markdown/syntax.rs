//! What Markdown is made of: words taken literally, table rows, and labels, speakers and phrases in its marks.

use model::{Claim, ClaimId};

use crate::publish::{
    clean,
    summary::{Bit, Phrase},
    view::View,
};

/// Words on one line with every character that Markdown gives a meaning taken literally.
pub(super) fn escape(words: &str) -> String {
    let mut out = String::new();
    let line = clean::line(words);
    for (at, c) in line.char_indices() {
        let next = line[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let special = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' | '@' => true,
            // Entities, and addresses that would become links by themselves.
            '&' => next == '#' || next.is_ascii_alphanumeric(),
            ':' => next == '/',
            _ => false,
        };
        // A list or a rule only starts at the beginning of a line.
        let starts = at == 0 && matches!(c, '-' | '+' | '=')
            || c == '.' && line[..at].chars().all(|c| c.is_ascii_digit());
        if special || starts {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

pub(super) fn quoted(words: &str) -> String {
    format!("“{}”", escape(clean::unquoted(words)))
}

/// A table row; cells are ready to print.
pub(super) fn row(out: &mut String, cells: &[String]) {
    out.push_str("| ");
    out.push_str(&cells.join(" | "));
    out.push_str(" |\n");
}

pub(super) fn table(out: &mut String, titles: &[&str]) {
    row(
        out,
        &titles.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>(),
    );
    row(
        out,
        &titles.iter().map(|_| "---".to_owned()).collect::<Vec<_>>(),
    );
}

pub(super) fn phrase(phrase: &Phrase) -> String {
    let bits = phrase.0.iter().map(|bit| match bit {
        Bit::Plain(words) => words.clone(),
        Bit::Strong(words) => format!("**{}**", escape(words)),
        Bit::Name(words) | Bit::Source(words, _) => escape(words),
        Bit::Quote(words) => quoted(words),
    });
    bits.collect()
}

pub(super) fn labels(view: &View, ids: &[ClaimId]) -> String {
    let labels: Vec<&str> = view
        .by_place(ids)
        .into_iter()
        .map(|claim| view.label(&claim.id))
        .collect();
    labels.join(", ")
}

pub(super) fn chain(view: &View, claim: &Claim) -> String {
    let links: Vec<String> = view
        .chain(claim)
        .iter()
        .map(|link| {
            let of = link
                .of
                .as_ref()
                .map_or(String::new(), |of| format!(" ({})", escape(of)));
            let party = if link.interested { "\\*" } else { "" };
            format!("{}{of}{party}", escape(&link.name))
        })
        .collect();
    links.join(" → ")
}
