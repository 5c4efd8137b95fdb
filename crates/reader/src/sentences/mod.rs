//! The sentences of a report, and what later steps ask of their words.
//!
//! Comes in: a reading with its claims. Goes out: [`Sentences`]. Which day a weekday is depends on what other reports
//! say, so days stay as the words name them. Knows no grammar: what it asks of words stands in the words.

mod days;
mod violence;
mod words;

use model::{BlockKind, Reading, Sentence, Sentences, Slot, Span, Text};

use words::{ORDINALS, Token, tokens};

/// Sentences looked at in one report.
const MOST: usize = 2_000;

/// The sentences of a reading, in order; boilerplate is left out.
pub fn find(reading: &Reading) -> Sentences {
    let claims = || reading.accounts.iter().flat_map(|it| &it.claims);
    let of = |slot: Slot, says: fn(&str) -> bool| {
        claims()
            .filter(|claim| claim.slot == slot)
            .filter(|claim| claim.quotes.first().is_some_and(|it| says(&it.exact)))
            .map(|claim| claim.id.clone())
            .collect()
    };
    Sentences {
        all: spans(&reading.text)
            .into_iter()
            .map(|span| sentence(&reading.text, span))
            .collect(),
        bounds: of(Slot::When, days::bounds),
        fights: of(Slot::Status, violence::fights),
    }
}

fn sentence(text: &Text, span: Span) -> Sentence {
    let tokens = tokens(text.slice(span), span.start());
    Sentence {
        span,
        days: days::find(&tokens),
        violence: violence::find(&tokens),
        of_part: of_part(&tokens),
        of_whole: of_whole(&tokens),
    }
}

fn spans(text: &Text) -> Vec<Span> {
    let mut out = Vec::new();
    for block in text.blocks() {
        if block.kind == BlockKind::Boilerplate {
            continue;
        }
        let words = text.slice(block.span);
        let base = block.span.start();
        let mut start = 0;
        let mut chars = words.char_indices().peekable();
        let mut ended = false;
        while let Some((at, c)) = chars.next() {
            match c {
                '.' | '!' | '?' => ended = true,
                '"' | '”' | '’' | '\'' | ')' => {}
                c if c.is_whitespace() => {
                    let next = chars.peek().map(|(_, c)| *c);
                    let opens = next
                        .is_none_or(|c| c.is_uppercase() || c.is_numeric() || "“\"‘(".contains(c));
                    // One letter, or a title, before a stop ends no sentence.
                    if ended && opens && !abbreviated(&words[start..at]) {
                        out.push(Span::new(base + start, base + at));
                        start = at + c.len_utf8();
                    }
                    ended = false;
                }
                _ => ended = false,
            }
        }
        if start < words.len() {
            out.push(Span::new(base + start, base + words.len()));
        }
        if out.len() > MOST {
            out.truncate(MOST);
            break;
        }
    }
    out
}

/// Words that a full stop shortens.
const SHORTENED: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "St", "Gen", "Col", "Lt", "Sgt", "Jan", "Feb", "Aug", "Sept", "Oct",
    "Nov", "Dec", "No",
];

fn abbreviated(words: &str) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or("");
    let bare = last.trim_end_matches('.');
    last.ends_with('.') && (bare.chars().count() == 1 || SHORTENED.contains(&bare))
}

/// Whether words count the whole incident: "has left at least 19 dead", "so far", "in total".
fn of_whole(tokens: &[Token]) -> bool {
    let has = |a: &str, b: &[&str]| {
        tokens
            .windows(2)
            .any(|pair| pair[0].1 == a && b.contains(&pair[1].1.as_str()))
    };
    has("so", &["far"])
        || has("in", &["total", "all"])
        || has("has", &["left", "claimed", "killed"])
        || has("have", &["left", "claimed"])
        || tokens.iter().any(|(_, word)| {
            matches!(
                word.as_str(),
                "total" | "altogether" | "overall" | "toll" | "combined"
            )
        })
}

/// Whether words keep a figure to a part: "on the first day", "seven more", "another 12".
fn of_part(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .enumerate()
        .any(|(at, (_, word))| match word.as_str() {
            "more" => tokens.get(at + 1).is_none_or(|(_, next)| next != "than"),
            "another" | "further" | "alone" => true,
            "day" => at > 0 && ORDINALS.contains(&tokens[at - 1].1.as_str()),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_initials_end_no_sentence() {
        let words =
            "Dr. Vell of St. Orrin met Gen. A. Brand. Nobody was hurt! (A dog ran.) “So?” He left";
        let block = model::Block {
            span: Span::new(0, words.len()),
            kind: BlockKind::Paragraph,
        };
        let text = Text::new(words.to_owned(), vec![block]);
        let found: Vec<&str> = spans(&text).into_iter().map(|it| text.slice(it)).collect();
        assert_eq!(
            found,
            [
                "Dr. Vell of St. Orrin met Gen. A. Brand.",
                "Nobody was hurt!",
                "(A dog ran.)",
                "“So?”",
                "He left"
            ]
        );
    }

    #[test]
    fn words_keep_a_figure_to_a_part_or_count_the_whole() {
        let of = |words: &str| {
            let tokens = tokens(words, 0);
            (of_part(&tokens), of_whole(&tokens))
        };
        assert_eq!(of("Seven more were killed"), (true, false));
        assert_eq!(of("More than seven were killed"), (false, false));
        assert_eq!(of("On the second day 12 died"), (true, false));
        assert_eq!(of("It has left 19 dead so far"), (false, true));
    }
}
