//! Words with a colour, wrapped to a width.
//!
//! What comes in: pieces of text, each with a style. What goes out: lines that are no wider than asked, with or without
//! colour codes; the two differ in nothing else.

use unicode_width::UnicodeWidthStr;

/// A space that keeps its place: for columns and for words that belong together.
pub const FIXED_SPACE: char = '\u{A0}';

/// How words look where colour is allowed. The words say the same without it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As they are.
    #[default]
    Plain,
    /// Headings and figures.
    Strong,
    /// What is said beside.
    Soft,
    /// Disputed.
    Disputed,
    /// Revised.
    Revised,
    /// Corroborated.
    Corroborated,
    /// Unconfirmed, or a party speaking for itself.
    Unconfirmed,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Strong => "1",
            Style::Soft => "2",
            Style::Disputed => "1;31",
            Style::Revised => "35",
            Style::Corroborated => "32",
            Style::Unconfirmed => "33",
        }
    }
}

/// A run of pieces that will be wrapped.
#[derive(Clone, Debug, Default)]
pub struct Ink {
    pieces: Vec<(Style, String)>,
}

impl Ink {
    /// Adds words. They may break at ordinary spaces.
    pub fn add(&mut self, style: Style, words: &str) -> &mut Self {
        self.pieces.push((style, words.to_owned()));
        self
    }

    /// Adds plain words.
    pub fn plain(&mut self, words: &str) -> &mut Self {
        self.add(Style::Plain, words)
    }

    /// Adds words and pads them to `columns` with spaces that do not break.
    pub fn column(&mut self, style: Style, words: &str, columns: usize) -> &mut Self {
        let pad = columns.saturating_sub(words.width());
        self.add(style, &words.replace(' ', &FIXED_SPACE.to_string()));
        let pad: String = std::iter::repeat_n(FIXED_SPACE, pad).collect();
        self.plain(&pad)
    }

    /// Wraps to lines of at most `width` columns: the first starts with `first` spaces, the others with `rest`.
    pub fn wrap(&self, width: usize, first: usize, rest: usize, colour: bool) -> Vec<String> {
        let mut lines: Vec<Vec<Vec<(Style, String)>>> = vec![Vec::new()];
        let mut used = first;
        for word in self.words() {
            let wide: usize = word.iter().map(|(_, part)| part.width()).sum();
            let empty = lines.last().is_none_or(Vec::is_empty);
            if !empty && used + 1 + wide > width {
                lines.push(Vec::new());
                used = rest;
            } else if !empty {
                used += 1;
            }
            used += wide;
            if let Some(line) = lines.last_mut() {
                line.push(word);
            }
        }
        let indent = |at: usize| " ".repeat(if at == 0 { first } else { rest });
        let mut out = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let mut written = indent(at);
            let mut last = Style::Plain;
            for (at, word) in line.iter().enumerate() {
                if at > 0 {
                    written.push(' ');
                }
                for (style, part) in word {
                    if colour && *style != last {
                        written.push_str("\u{1b}[0");
                        if !style.code().is_empty() {
                            written.push(';');
                            written.push_str(style.code());
                        }
                        written.push('m');
                        last = *style;
                    }
                    written.push_str(&part.replace(FIXED_SPACE, " "));
                }
            }
            if colour && last != Style::Plain {
                written.push_str("\u{1b}[0m");
            }
            out.push(written.trim_end().to_owned());
        }
        out
    }

    /// The words: runs without an ordinary space, each with its styled parts.
    fn words(&self) -> Vec<Vec<(Style, String)>> {
        let mut out: Vec<Vec<(Style, String)>> = Vec::new();
        let mut open = false;
        for (style, piece) in &self.pieces {
            for (at, part) in piece.split(' ').enumerate() {
                if at > 0 {
                    open = false;
                }
                if part.is_empty() {
                    continue;
                }
                let part = (*style, part.to_owned());
                match out.last_mut() {
                    Some(word) if open => word.push(part),
                    _ => out.push(vec![part]),
                }
                open = true;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_without_a_space_between_stay_together() {
        let mut ink = Ink::default();
        ink.add(Style::Strong, "one").plain(", two ").plain("three");
        assert_eq!(ink.wrap(10, 0, 2, false), ["one, two", "  three"]);
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let mut ink = Ink::default();
        ink.add(Style::Disputed, "a b")
            .plain(" c")
            .column(Style::Soft, "d e", 5)
            .plain("f");
        let coloured = ink.wrap(8, 1, 2, true).join("\n");
        let mut plain = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, after)) = rest.split_once("\u{1b}[") {
            plain.push_str(before);
            rest = after.split_once('m').map_or("", |(_, rest)| rest);
        }
        plain.push_str(rest);
        assert_eq!(plain, ink.wrap(8, 1, 2, false).join("\n"));
        assert_ne!(coloured, plain);
    }
}
