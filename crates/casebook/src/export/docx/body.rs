//! Blocks as paragraphs and tables.

use std::ops::Range;

use unicode_bidi::{BidiClass, bidi_class};

use crate::{
    export::document::{Block, Run, Table},
    xml::escaped,
};

/// Width between the margins of an A4 page, in twentieths of a point.
const WIDTH: u32 = 9_638;

/// What was written so far.
#[derive(Default)]
pub(super) struct Body {
    /// Paragraphs and tables.
    pub xml: String,
    /// Titles of the incidents, in order.
    pub titles: Vec<String>,
    /// Addresses that words lead to, in order.
    pub links: Vec<String>,
}

impl Body {
    /// Writes a block.
    pub fn put(&mut self, block: &Block) {
        match block {
            Block::Heading(1, words) => self.title(words),
            Block::Heading(level, words) => {
                self.paragraph(&format!("Heading{level}"), "", &[Run::plain(words)]);
            }
            Block::Text(runs) => self.paragraph("", "", runs),
            Block::Remark(runs) => self.paragraph("Remark", "", runs),
            Block::Item(level, runs) => {
                let list =
                    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>");
                self.paragraph("ListBullet", &list, runs);
            }
            Block::Quote(said, under) => {
                self.paragraph("Quote", "<w:keepNext/>", said);
                self.paragraph("QuoteSource", "", under);
            }
            Block::Table(table) => self.table(table),
        }
    }

    fn title(&mut self, words: &str) {
        self.titles.push(words.to_owned());
        let n = self.titles.len();
        self.xml.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:pageBreakBefore/></w:pPr><w:bookmarkStart w:id=\"{n}\" \
             w:name=\"incident{n}\"/>"
        ));
        self.run(&Run::plain(words), false);
        self.xml
            .push_str(&format!("<w:bookmarkEnd w:id=\"{n}\"/></w:p>\n"));
    }

    fn paragraph(&mut self, style: &str, more: &str, runs: &[Run]) {
        self.xml.push_str("<w:p>");
        if !style.is_empty() || !more.is_empty() {
            // What a paragraph has stands in the order of the standard: its style, whether it keeps, its list.
            let style = match style {
                "" => String::new(),
                style => format!("<w:pStyle w:val=\"{style}\"/>"),
            };
            self.xml.push_str(&format!("<w:pPr>{style}{more}</w:pPr>"));
        }
        for run in runs {
            self.run(run, false);
        }
        self.xml.push_str("</w:p>\n");
    }

    fn run(&mut self, run: &Run, bold: bool) {
        let link = run.link.as_ref().map(|address| {
            self.links.push(address.clone());
            self.links.len()
        });
        if let Some(n) = link {
            self.xml
                .push_str(&format!("<w:hyperlink r:id=\"link{n}\">"));
        }
        for (part, backwards) in directions(&run.words) {
            // Bold of scripts that run from right to left, or are shaped, is another property than that of others.
            let mut look = String::new();
            if link.is_some() {
                look.push_str("<w:rStyle w:val=\"Hyperlink\"/>");
            }
            if run.strong || bold {
                look.push_str("<w:b/><w:bCs/>");
            }
            if backwards {
                look.push_str("<w:rtl/>");
            }
            if !look.is_empty() {
                look = format!("<w:rPr>{look}</w:rPr>");
            }
            let words = escaped(&run.words[part]);
            self.xml.push_str(&format!(
                "<w:r>{look}<w:t xml:space=\"preserve\">{words}</w:t></w:r>"
            ));
        }
        if link.is_some() {
            self.xml.push_str("</w:hyperlink>");
        }
    }

    fn table(&mut self, table: &Table) {
        let widths: Vec<u32> = table
            .columns
            .iter()
            .map(|it| WIDTH * u32::from(it.1) / 100)
            .collect();
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Lines\"/><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblLayout \
             w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/></w:tblPr><w:tblGrid>"
        ));
        for width in &widths {
            self.xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.xml
            .push_str("</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for ((name, _), width) in table.columns.iter().zip(&widths) {
            self.cell(*width, &[Run::plain(name)], true);
        }
        self.xml.push_str("</w:tr>\n");
        for row in &table.rows {
            self.xml.push_str("<w:tr>");
            for (cell, width) in row.iter().zip(&widths) {
                self.cell(*width, cell, false);
            }
            self.xml.push_str("</w:tr>\n");
        }
        // Two tables without a paragraph between them would be one.
        self.xml
            .push_str("</w:tbl>\n<w:p><w:pPr><w:pStyle w:val=\"Gap\"/></w:pPr></w:p>\n");
    }

    fn cell(&mut self, width: u32, runs: &[Run], head: bool) {
        self.xml.push_str(&format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle \
             w:val=\"Cell\"/></w:pPr>"
        ));
        for run in runs {
            self.run(run, head);
        }
        self.xml.push_str("</w:p></w:tc>");
    }
}

/// The words in pieces of one direction each: whether it runs from right to left.
fn directions(words: &str) -> Vec<(Range<usize>, bool)> {
    let mut out: Vec<(Range<usize>, bool)> = Vec::new();
    // What has no direction of its own goes with both sides where they agree, else with the line.
    let mut open = 0..0;
    for (at, c) in words.char_indices() {
        let end = at + c.len_utf8();
        let backwards = match bidi_class(c) {
            BidiClass::R | BidiClass::AL | BidiClass::AN => true,
            BidiClass::L => false,
            _ => {
                open.end = end;
                continue;
            }
        };
        match out.last_mut() {
            Some((range, way)) if *way == backwards => range.end = end,
            last => {
                let begin = match last {
                    // Between two directions it goes with the one of the line.
                    Some((range, true)) => {
                        let begin = range.end;
                        out.push((begin..end, backwards));
                        open = end..end;
                        continue;
                    }
                    Some((range, false)) if open.end > range.end => {
                        range.end = open.end;
                        at
                    }
                    Some(_) => at,
                    None if backwards && open.end > 0 => {
                        out.push((0..open.end, false));
                        at
                    }
                    None => 0,
                };
                out.push((begin..end, backwards));
            }
        }
        open = end..end;
    }
    match out.last_mut() {
        Some((range, false)) => range.end = words.len(),
        Some((range, true)) if range.end < words.len() => {
            let rest = range.end..words.len();
            out.push((rest, false));
        }
        Some(_) => {}
        None if !words.is_empty() => out.push((0..words.len(), false)),
        None => {}
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, wanted: &[(&str, bool)]) {
        let made: Vec<(&str, bool)> = directions(words)
            .into_iter()
            .map(|(range, way)| (&words[range], way))
            .collect();
        assert_eq!(made, wanted, "{words}");
    }

    #[test]
    fn words_are_parted_where_their_direction_turns() {
        check("", &[]);
        check("… 12 ", &[("… 12 ", false)]);
        check("At least 12 killed", &[("At least 12 killed", false)]);
        check("قتل اثنا عشر", &[("قتل اثنا عشر", true)]);
        check(
            "in غارة. At",
            &[("in ", false), ("غارة", true), (". At", false)],
        );
        check("“قتل”", &[("“", false), ("قتل", true), ("”", false)]);
        check("שלום, Varda", &[("שלום", true), (", Varda", false)]);
    }

    #[test]
    fn nothing_of_a_report_is_markup() {
        let mut body = Body::default();
        body.put(&Block::Text(vec![Run::strong("</w:t><w:br/> & \"x\"")]));
        assert!(
            body.xml
                .contains("&lt;/w:t&gt;&lt;w:br/&gt; &amp; &quot;x&quot;"),
            "{}",
            body.xml
        );
    }
}
