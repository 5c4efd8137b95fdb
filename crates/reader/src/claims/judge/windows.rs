//! Windows: the stretches of a report that the encoder looks at, each with what came before.
//!
//! Takes the wordpieces of each sentence; gives sequences of a hundred wordpieces or so, whole sentences one after
//! another. Before them stand the title and the end of the sentence before, so that the encoder sees what the report is
//! about and what was said last. A sentence is in one window only. Training cuts the same way (`scripts/judge`).

use std::ops::Range;

use encoder::Piece;

/// Wordpieces of whole sentences in a window; a longer sentence is a window by itself.
const LENGTH: usize = 100;
/// Wordpieces of the sentence before.
const BEFORE: usize = 32;
/// Wordpieces of the title.
const TITLE: usize = 24;
/// Wordpieces of a sequence, the last mark not counted; what is longer is cut.
const MAX_PIECES: usize = 191;

/// One window.
pub struct Window {
    /// Its sentences.
    pub sentences: Range<usize>,
    /// Its wordpieces with their marks.
    pub ids: Vec<u32>,
    /// Bytes of the text that each wordpiece of its own sentences stands for; `None` for marks and what stands before.
    pub bytes: Vec<Option<Range<usize>>>,
}

impl Window {
    /// The places in the sequence of the first and the last wordpiece that touch these bytes.
    pub fn places(&self, bytes: &Range<usize>) -> Option<(usize, usize)> {
        let touches = |at: &Option<Range<usize>>| {
            at.as_ref()
                .is_some_and(|at| at.start < bytes.end && at.end > bytes.start)
        };
        let first = self.bytes.iter().position(touches)?;
        let last = self.bytes.iter().rposition(touches)?;
        Some((first, last))
    }
}

/// Cuts a report: `pieces` are the wordpieces of each sentence, by bytes of the text; `first` and `between` the
/// encoder's marks.
pub fn cut(pieces: &[Vec<Piece>], first: u32, between: u32) -> Vec<Window> {
    let mut out = Vec::new();
    let mut from = 0;
    while from < pieces.len() {
        let mut to = from;
        let mut length = 0;
        while to < pieces.len() && (to == from || length + pieces[to].len() <= LENGTH) {
            length += pieces[to].len();
            to += 1;
        }
        let mut ids = vec![first];
        if from > 0 {
            ids.extend(pieces[0].iter().take(TITLE).map(|piece| piece.id));
            ids.push(between);
        }
        if from > 1 {
            let before = &pieces[from - 1];
            ids.extend(
                before[before.len().saturating_sub(BEFORE)..]
                    .iter()
                    .map(|piece| piece.id),
            );
        }
        let mut bytes = vec![None; ids.len()];
        for piece in pieces[from..to].iter().flatten() {
            ids.push(piece.id);
            bytes.push(Some(piece.start..piece.end));
        }
        ids.truncate(MAX_PIECES);
        bytes.truncate(MAX_PIECES);
        ids.push(between);
        bytes.push(None);
        out.push(Window {
            sentences: from..to,
            ids,
            bytes,
        });
        from = to;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(from: usize, length: usize) -> Vec<Piece> {
        (from..from + length)
            .map(|at| Piece {
                id: at as u32 + 1000,
                start: at,
                end: at + 1,
            })
            .collect()
    }

    #[test]
    fn each_sentence_stands_in_one_window_behind_title_and_sentence_before() {
        let pieces = [
            sentence(0, 30),
            sentence(30, 60),
            sentence(90, 40),
            sentence(130, 250),
        ];
        let windows = cut(&pieces, 101, 102);
        let ranges: Vec<_> = windows
            .iter()
            .map(|window| window.sentences.clone())
            .collect();
        assert_eq!(ranges, [0..2, 2..3, 3..4]);
        assert_eq!(windows[1].ids[0], 101);
        assert_eq!(windows[1].ids[1..25], (1000..1024).collect::<Vec<u32>>());
        assert_eq!(windows[1].ids[25], 102);
        assert_eq!(windows[1].ids[26..58], (1058..1090).collect::<Vec<u32>>());
        assert_eq!(windows[1].places(&(95..97)), Some((58 + 5, 58 + 6)));
        assert_eq!(windows[1].places(&(10..12)), None);
        assert_eq!((windows[2].ids.len(), windows[2].bytes.len()), (192, 192));
    }
}
