//! What of a text is sent: its running text, in pieces that a model can read at once. Page furniture stays here.

use model::{BlockKind, Span, Text};

/// Characters of a piece, at most.
const LONGEST: usize = 6_000;
/// Pieces of a text, at most; what goes beyond is not sent.
const MOST: usize = 20;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words, blocks with an empty line between them.
    pub words: String,
    /// Where it stands in the text.
    pub span: Span,
}

/// The pieces of a text, in order, and whether they are all of it.
pub fn pieces(text: &Text) -> (Vec<Piece>, bool) {
    let mut out: Vec<Piece> = Vec::new();
    let mut length = 0;
    for span in spans(text) {
        let words = &text.as_str()[span.range()];
        let own = words.chars().count();
        let full = out.len() == MOST;
        match out.last_mut() {
            Some(last) if length + own + 2 <= LONGEST => {
                last.words.push_str("\n\n");
                last.words.push_str(words);
                last.span = Span::new(last.span.start(), span.end());
                length += own + 2;
            }
            _ if full => return (out, false),
            _ => {
                out.push(Piece {
                    words: words.to_owned(),
                    span,
                });
                length = own;
            }
        }
    }
    (out, true)
}

/// The blocks that are of the report, long ones in parts.
fn spans(text: &Text) -> Vec<Span> {
    let all = Span::new(0, text.as_str().len());
    let mut blocks: Vec<Span> = text
        .blocks()
        .iter()
        .filter(|block| block.kind != BlockKind::Boilerplate)
        .map(|block| block.span)
        .collect();
    if text.blocks().is_empty() && !text.as_str().trim().is_empty() {
        blocks.push(all);
    }
    let mut out = Vec::new();
    for block in blocks {
        let mut start = block.start();
        while start < block.end() {
            let rest = &text.as_str()[start..block.end()];
            let most = rest.char_indices().nth(LONGEST).map(|(at, _)| at);
            let end = match most {
                None => rest.len(),
                // Between two sentences, else between two words, else anywhere.
                Some(most) => rest[..most]
                    .rfind(". ")
                    .or_else(|| rest[..most].rfind(char::is_whitespace))
                    .map_or(most, |at| at + 1),
            };
            if !rest[..end].trim().is_empty() {
                out.push(Span::new(start, start + end));
            }
            start += end;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use model::Block;

    use super::*;

    fn text(blocks: &[(&str, BlockKind)]) -> Text {
        let mut all = String::new();
        let mut out = Vec::new();
        for (words, kind) in blocks {
            let start = all.len();
            all.push_str(words);
            out.push(Block {
                span: Span::new(start, all.len()),
                kind: *kind,
            });
            all.push_str("\n\n");
        }
        Text::new(all, out)
    }

    #[test]
    fn page_furniture_is_not_sent() {
        let text = text(&[
            ("Two hurt", BlockKind::Title),
            ("Sign up for our letter", BlockKind::Boilerplate),
            ("Two people were hurt.", BlockKind::Paragraph),
        ]);
        let (pieces, whole) = pieces(&text);
        assert!(whole && pieces.len() == 1);
        assert_eq!(pieces[0].words, "Two hurt\n\nTwo people were hurt.");
    }

    #[test]
    fn a_long_text_goes_in_pieces_that_lose_nothing() {
        let sentence = "Seven people were hurt in Varda on Monday. ";
        let long = sentence.repeat(1_000);
        let text = text(&[("Hurt", BlockKind::Title), (&long, BlockKind::Paragraph)]);
        let (pieces, whole) = pieces(&text);
        assert!(whole);
        assert!(pieces.iter().all(|it| it.words.chars().count() <= LONGEST));
        let sentences: usize = pieces
            .iter()
            .map(|it| it.words.matches("Monday.").count())
            .sum();
        assert_eq!(sentences, 1_000);
        let cut = pieces
            .iter()
            .find(|it| !it.words.trim_end().ends_with("Monday."));
        assert_eq!(cut, None);
        for piece in &pieces {
            assert!(
                text.as_str()[piece.span.range()]
                    .contains(piece.words.split("\n\n").last().unwrap())
            );
        }
    }

    #[test]
    fn of_a_text_without_end_only_so_much_is_sent() {
        let endless = "é".repeat(LONGEST * (MOST + 5));
        let (pieces, whole) = pieces(&text(&[(&endless, BlockKind::Paragraph)]));
        assert_eq!((pieces.len(), whole), (MOST, false));
        let (none, whole) = super::pieces(&text(&[]));
        assert!(none.is_empty() && whole);
    }
}
