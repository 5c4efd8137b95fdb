//! What the parser is given of a text: which ranges, and in which spelling.
//!
//! The parser learnt from running text. Two habits of the press mislead it, and both can be undone without moving a
//! byte: headlines That Capitalise Every Word, and datelines ("DARMUK, Jan. 3 (Agency) -") glued to the first sentence.

use std::{collections::BTreeMap, ops::Range};

use model::{BlockKind, Text};

use crate::{lexicon::List, text::ends_sentence};

/// Lines at the head of a report among which its own headlines stand: the title, and the same again above the text.
const HEADLINES: usize = 2;

/// Returns the text as the parser should see it (same bytes but for the case of ASCII letters in headlines) and the
/// ranges to parse, in order: every block but boilerplate, a dateline and either side of a bar in a headline by
/// themselves.
pub fn for_parsing(text: &Text) -> (String, Vec<Range<usize>>) {
    let mut spelled = text.as_str().to_owned();
    let mut ranges = Vec::with_capacity(text.blocks().len());
    let mut cases: Option<Cases> = None;
    let mut lines = 0;
    for block in text.blocks() {
        if block.kind == BlockKind::Boilerplate {
            continue;
        }
        lines += 1;
        let range = block.span.range();
        let words = &text.as_str()[range.clone()];
        if words.len() < 300 && is_title_case(words) {
            let cases = cases.get_or_insert_with(|| Cases::of(text));
            cases.respell(&mut spelled, range.clone());
        }
        // "Security chaos | Child killed in Kelmoor": two headlines on one line.
        let headline = lines <= HEADLINES && words.len() < 300 && !ends_sentence(words);
        if let Some(bar) = headline.then(|| words.find(" | ")).flatten() {
            ranges.push(range.start..range.start + bar);
            ranges.push(range.start + bar + 3..range.end);
            continue;
        }
        match dateline(words) {
            Some(end) => {
                ranges.push(range.start..range.start + end);
                ranges.push(range.start + end..range.end);
            }
            None => ranges.push(range),
        }
    }
    (spelled, ranges)
}

/// Whether nearly every word of four letters and more begins with a capital, and there are at least three.
fn is_title_case(words: &str) -> bool {
    let long = words
        .split_whitespace()
        .filter(|word| word.len() >= 4 && word.starts_with(|c: char| c.is_ascii_alphabetic()));
    let (mut all, mut capital) = (0, 0);
    for word in long {
        all += 1;
        capital += usize::from(word.starts_with(|c: char| c.is_ascii_uppercase()));
    }
    all >= 3 && capital * 10 >= all * 8
}

/// How the running text spells its words: those it writes in lower case anywhere are no names.
struct Cases {
    lower: BTreeMap<String, u32>,
    capital: BTreeMap<String, u32>,
}

impl Cases {
    /// Counts spellings in paragraphs, the first word of a sentence left out.
    fn of(text: &Text) -> Self {
        let mut cases = Self {
            lower: BTreeMap::new(),
            capital: BTreeMap::new(),
        };
        for block in text.blocks() {
            let words = text.slice(block.span);
            if block.kind != BlockKind::Paragraph || is_title_case(words) {
                continue;
            }
            let mut opens = true;
            for word in words.split_whitespace().take(4000) {
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
                let ends = word.ends_with(['.', '!', '?', '”', '"', ':']);
                if let Some(first) = bare.chars().next() {
                    let key = bare.to_lowercase();
                    if first.is_lowercase() {
                        *cases.lower.entry(key).or_default() += 1;
                    } else if first.is_uppercase() && !opens {
                        *cases.capital.entry(key).or_default() += 1;
                    }
                }
                opens = ends;
            }
        }
        cases
    }

    /// Writes the words of a headline in lower case, but those that the running text only ever writes with a capital,
    /// those in capitals throughout, and those it never writes at all unless they are plain words of news.
    fn respell(&self, spelled: &mut String, range: Range<usize>) {
        let mut out = String::with_capacity(range.len());
        for piece in spelled[range.clone()]
            .split_inclusive(|c: char| c.is_whitespace() || c == '-' || c == '/')
        {
            let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
            let key = bare.to_lowercase();
            let shouted = bare.len() > 1 && bare.chars().all(|c| !c.is_lowercase());
            let name = self.capital.contains_key(&key) && !self.lower.contains_key(&key);
            let plain = self.lower.contains_key(&key) || PLAIN.contains(&key);
            if shouted || name || !plain {
                out.push_str(piece);
            } else {
                out.push_str(&piece.to_ascii_lowercase());
            }
        }
        debug_assert_eq!(out.len(), range.len());
        spelled.replace_range(range, &out);
    }
}

const TABLE: &str = include_str!("../../../../lexicons/en/headlines.tsv");

/// Words that headlines on violence use and that name nobody: with a capital, the parser takes them for names.
static PLAIN: List = List::new(TABLE, "plain");

/// Returns where the dateline of a paragraph ends, its dash included, or `None` if it has none: within the first 80
/// bytes a dash between spaces, and before it a first word in capitals and no verb-like run of small words.
fn dateline(words: &str) -> Option<usize> {
    let limit = words.len().min(80);
    let limit = (0..=limit).rev().find(|&at| words.is_char_boundary(at))?;
    let head = &words[..limit];
    let (at, dash) = [" — ", " – ", " - ", " -- ", ") — ", "– ", "— "]
        .iter()
        .filter_map(|dash| head.find(dash).map(|at| (at, dash.len())))
        .min()
        .or_else(|| agency(head))?;
    let place = &head[..at];
    let first: String = place.chars().take_while(|c| c.is_alphabetic()).collect();
    let shouted = first.chars().count() >= 3 && first.chars().all(char::is_uppercase)
        || head[at..].starts_with("):");
    let small = place
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_lowercase))
        .count();
    (shouted && small <= 1 && words.len() > at + dash + 20).then_some(at + dash)
}

/// "Darmuk, May 6 (DNA): ": a town with a capital, a day, and an agency in brackets before a colon.
fn agency(head: &str) -> Option<(usize, usize)> {
    let at = head.find("): ")?;
    let open = head[..at].rfind(" (")?;
    let name = &head[open + 2..at];
    let place = &head[..open];
    let plain = place.starts_with(char::is_uppercase)
        && place.contains(',')
        && place.split_whitespace().count() <= 6;
    (plain && !name.contains(' ') && name.chars().count() <= 6).then_some((at, 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Block, Span};

    #[test]
    fn the_table_is_in_order() {
        crate::lexicon::check(TABLE, &[&PLAIN]);
    }

    fn text(blocks: &[(&str, BlockKind)]) -> Text {
        let mut all = String::new();
        let mut spans = Vec::new();
        for (words, kind) in blocks {
            let start = all.len();
            all.push_str(words);
            spans.push(Block {
                span: Span::new(start, all.len()),
                kind: *kind,
            });
            all.push('\n');
        }
        Text::new(all, spans)
    }

    #[test]
    fn headlines_lose_their_capitals_but_names_keep_them() {
        let text = text(&[
            (
                "15-Year-Old Boy Shot Outside Darmuk Market",
                BlockKind::Title,
            ),
            (
                "Police in Darmuk said the boy was near the market.",
                BlockKind::Paragraph,
            ),
        ]);
        let (spelled, ranges) = for_parsing(&text);
        assert!(
            spelled.starts_with("15-year-old boy shot outside Darmuk market\n"),
            "{spelled}"
        );
        assert_eq!(ranges.len(), 2);
    }

    #[test]
    fn a_dateline_is_parsed_by_itself() {
        let text = text(&[(
            "DARMUK, Harnok (LNA) — Four men were taken to a clinic on Friday.",
            BlockKind::Paragraph,
        )]);
        let (spelled, ranges) = for_parsing(&text);
        assert_eq!(&spelled[ranges[0].clone()], "DARMUK, Harnok (LNA) — ");
        assert_eq!(
            &spelled[ranges[1].clone()],
            "Four men were taken to a clinic on Friday."
        );
    }

    #[test]
    fn running_text_is_left_alone() {
        let text = text(&[(
            "Police said on Friday – a holiday – that nobody was hurt in the town.",
            BlockKind::Paragraph,
        )]);
        let (spelled, ranges) = for_parsing(&text);
        assert_eq!(spelled, text.as_str());
        assert_eq!(ranges.len(), 1);
    }
}
