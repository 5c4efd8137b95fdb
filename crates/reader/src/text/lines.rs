//! Plain text to blocks: header lines, hard-wrapped paragraphs, headings, list items and pull quotes.
//!
//! What comes in: the decoded characters. What goes out: blocks over them and what the header lines say. It does not
//! know boilerplate; `boilerplate` goes over the blocks afterwards.

use model::{Block, BlockKind, Span};

use super::metadata::Metadata;

/// Header keys a plain-text report may start with, and the field each fills.
const KEYS: &[(&str, Field)] = &[
    ("title", Field::Title),
    ("headline", Field::Title),
    ("published", Field::Published),
    ("date", Field::Published),
    ("source", Field::Source),
    ("publisher", Field::Source),
    ("outlet", Field::Source),
    ("url", Field::Url),
    ("link", Field::Url),
    ("byline", Field::Byline),
    ("author", Field::Byline),
    ("language", Field::Language),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Published,
    Source,
    Url,
    Byline,
    Language,
}

/// What a line is before boilerplate is looked for.
const HEADER: BlockKind = BlockKind::Boilerplate;

/// Cuts plain text into blocks and reads its header lines.
///
/// The header is the run of `Key: value` lines at the very start, up to the first other line; its lines are marked as
/// boilerplate, but the value of `Title:` is the title block.
pub(crate) fn blocks(text: &str) -> (Vec<Block>, Metadata) {
    let mut lines = lines(text);
    let mut meta = Metadata::default();
    let mut out = Vec::new();
    let header = header(text, &lines, &mut meta, &mut out);
    lines.drain(..header);
    let header_blocks = out.len();
    for run in lines.split(|line| line.is_empty()) {
        if is_wrapped(text, run) {
            out.push(Block {
                span: run[0].cover(run[run.len() - 1]),
                kind: BlockKind::Paragraph,
            });
        } else {
            out.extend(run.iter().map(|&span| Block {
                span,
                kind: BlockKind::Paragraph,
            }));
        }
    }
    kinds(text, &mut out[header_blocks..]);
    (out, meta)
}

/// The lines without white space at their ends; blank ones as empty spans. `\r\n`, `\n`, `\r`, form feed, U+2028 and
/// U+2029 end one.
fn lines(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{c}' | '\u{2028}' | '\u{2029}');
    let mut push = |from: usize, to: usize| {
        let line = &text[from..to];
        let bare = line.trim_start();
        // A mail quotes with a mark before each line.
        let bare = match bare.strip_prefix('>') {
            Some(rest) if rest.is_empty() || rest.starts_with([' ', '>']) => {
                rest.trim_start_matches(['>', ' '])
            }
            _ => bare,
        };
        let begin = from + line.len() - bare.len();
        let end = begin + bare.trim_end().len();
        out.push(Span::new(begin.min(to), end.max(begin.min(to))));
    };
    for (at, c) in text.char_indices().filter(|(_, c)| breaks(*c)) {
        // The second half of a CRLF ends no line of its own.
        if !(c == '\n' && at > 0 && at == start && text[..at].ends_with('\r')) {
            push(start, at);
        }
        start = at + c.len_utf8();
    }
    push(start, text.len());
    out
}

/// Reads the header; returns how many lines it takes.
fn header(text: &str, lines: &[Span], meta: &mut Metadata, out: &mut Vec<Block>) -> usize {
    let mut taken = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.is_empty() {
            // Blank lines may stand before the header and end it.
            if taken > 0 {
                break;
            }
            continue;
        }
        let words = &text[line.range()];
        let Some((field, value)) = key_value(words) else {
            break;
        };
        let slot = match field {
            Field::Title => &mut meta.title,
            Field::Published => &mut meta.published,
            Field::Source => &mut meta.source,
            Field::Url => &mut meta.url,
            Field::Byline => &mut meta.byline,
            Field::Language => &mut meta.language,
        };
        if slot.is_none() && !value.is_empty() {
            *slot = Some(value.to_owned());
        }
        let (span, kind) = if field == Field::Title && !value.is_empty() {
            (
                Span::new(line.end() - value.len(), line.end()),
                BlockKind::Title,
            )
        } else {
            (*line, HEADER)
        };
        out.push(Block { span, kind });
        taken = index + 1;
    }
    taken
}

/// Whether a block is a header line: what says who published the report, and nothing of it.
pub(super) fn is_header(text: &str, block: &Block) -> bool {
    let words = &text[block.span.range()];
    block.kind == HEADER && key_value(words).is_some()
}

fn key_value(line: &str) -> Option<(Field, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_matches(['*', '#', ' ', '_']);
    let field = KEYS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(key))?
        .1;
    Some((
        field,
        value.trim_start_matches(['*', '_', ' ', '\t', '\u{a0}']),
    ))
}

/// Whether consecutive lines are one paragraph broken at a fixed width: every line but the last could not have taken
/// the next line's first word.
fn is_wrapped(text: &str, run: &[Span]) -> bool {
    if run.len() < 2 {
        return run.len() == 1 && !run[0].is_empty();
    }
    let width_of = |span: &Span| text[span.range()].chars().count();
    let widest = run.iter().map(width_of).max().unwrap_or(0);
    if !(40..=120).contains(&widest) {
        return false;
    }
    let mut full = 0;
    for pair in run.windows(2) {
        let (line, next) = (&text[pair[0].range()], &text[pair[1].range()]);
        if list_mark(next).is_some() {
            return false;
        }
        let first = next.split_whitespace().next().unwrap_or("");
        let fits = width_of(&pair[0]) + 1 + first.chars().count() + 6 <= widest;
        full += usize::from(!fits);
        // Two lines alone are proof of nothing unless the sentence plainly runs on.
        if run.len() == 2 && (ends_sentence(line) || !next.starts_with(char::is_lowercase)) {
            return false;
        }
    }
    full * 10 >= (run.len() - 1) * 9
}

/// How many short lines may stand between the title and running text: subtitle, byline, date, place.
const UNDER_TITLE: usize = 4;

/// Gives headings, list items and pull quotes their kind.
fn kinds(text: &str, blocks: &mut [Block]) {
    for at in 0..blocks.len() {
        let words = |i: usize| blocks.get(i).map(|block| &text[block.span.range()]);
        let previous = at
            .checked_sub(1)
            .and_then(|i| Some((words(i)?, blocks[i].kind)));
        let Some(line) = words(at) else { continue };
        let reach = if at == 0 { UNDER_TITLE } else { 0 };
        let followed = (at + 1..=at + 1 + reach).find_map(|i| {
            let next = words(i)?;
            (is_running(next) || ends_sentence(next) || is_quoted(next)).then(|| is_running(next))
        });
        let kind = if list_mark(line).is_some() {
            BlockKind::ListItem
        } else if is_credit(line) && previous.is_some_and(|(_, kind)| kind == BlockKind::Quotation)
            || is_quoted(line) && words(at + 1).is_some_and(is_credit)
        {
            BlockKind::Quotation
        } else if is_heading(line)
            && followed == Some(true)
            && previous
                .is_none_or(|(words, kind)| ends_sentence(words) || kind != BlockKind::Paragraph)
        {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        };
        let span = blocks[at].span;
        let mark = match kind {
            BlockKind::ListItem => list_mark(line).unwrap_or(0),
            _ => 0,
        };
        blocks[at] = Block {
            span: Span::new(span.start() + mark, span.end()),
            kind,
        };
    }
}

/// Bytes of the list mark at the start, the white space after it included.
pub(crate) fn list_mark(words: &str) -> Option<usize> {
    let rest = words
        .strip_prefix(['•', '‣', '▪', '●', '◦', '·', '*'])
        .or_else(|| words.strip_prefix("- "))
        .or_else(|| words.strip_prefix("-\t"))
        .or_else(|| {
            let digits = words.trim_start_matches(|c: char| c.is_ascii_digit());
            let count = words.len() - digits.len();
            let rest = digits.strip_prefix(". ").or(digits.strip_prefix(") "))?;
            (1..=2).contains(&count).then_some(rest)
        })?;
    let rest = rest.trim_start();
    (!rest.is_empty() && !rest.starts_with(['*', '•'])).then(|| words.len() - rest.len())
}

/// A line in quotation marks from end to end.
fn is_quoted(words: &str) -> bool {
    let opens = words.starts_with(['‘', '“', '"', '«', '„', '\'']);
    let core = words.trim_end_matches(['.', ',']);
    opens && words.len() > 2 && core.ends_with(['’', '”', '"', '»', '“', '\''])
}

/// "– Name Surname, role": the credit under a pull quote.
fn is_credit(words: &str) -> bool {
    let rest = words
        .strip_prefix(['–', '—', '―'])
        .or_else(|| words.strip_prefix("-- "))
        .or_else(|| words.strip_prefix("- "));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.starts_with(char::is_uppercase) && rest.split_whitespace().count() <= 14
    })
}

fn is_heading(words: &str) -> bool {
    let count = words.split_whitespace().take(26).count();
    (1..=25).contains(&count)
        && words.chars().any(char::is_alphabetic)
        && !ends_sentence(words)
        && !words.ends_with([',', ';', '-', '–', '—', '“', '"'])
        && !words.starts_with(char::is_lowercase)
}

fn is_running(words: &str) -> bool {
    words.split_whitespace().take(8).count() >= 8 && ends_sentence(words)
}

/// Whether the words end as a sentence does, closing quotes and brackets aside.
pub(crate) fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ', '\u{a0}'])
        .ends_with(['.', '!', '?', '…', '。', '؟', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints each block as `kind: words`, line breaks inside as `⏎`.
    fn check(text: &str, want: &[&str]) {
        let (blocks, _) = blocks(text);
        let got: Vec<String> = blocks
            .iter()
            .map(|block| {
                let words = text[block.span.range()]
                    .replace("\r\n", "⏎")
                    .replace('\n', "⏎");
                format!("{:?}: {words}", block.kind)
            })
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn a_header_is_read_and_marked() {
        let text = "Title: Blast at the mill\nPublished: 2031-03-04\nSource: Lake Tribune\n\nTwo people were hurt.";
        let (_, meta) = blocks(text);
        assert_eq!(meta.title.as_deref(), Some("Blast at the mill"));
        assert_eq!(meta.published.as_deref(), Some("2031-03-04"));
        assert_eq!(meta.source.as_deref(), Some("Lake Tribune"));
        check(
            text,
            &[
                "Title: Blast at the mill",
                "Boilerplate: Published: 2031-03-04",
                "Boilerplate: Source: Lake Tribune",
                "Paragraph: Two people were hurt.",
            ],
        );
    }

    #[test]
    fn a_colon_later_on_is_no_header() {
        let text = "Police said: nobody was hurt in the fire.\nSource: the mayor.";
        let (_, meta) = blocks(text);
        assert_eq!(meta, Metadata::default());
    }

    #[test]
    fn crlf_is_one_break_and_stays_in_the_text() {
        check(
            "One man died.\r\n\r\nTwo women were hurt.\r\n",
            &[
                "Paragraph: One man died.",
                "Paragraph: Two women were hurt.",
            ],
        );
    }

    #[test]
    fn marks_of_quoted_mail_are_no_words() {
        check(
            "> Nine people died in Vell.\n>\n> > Ten, said the mayor.\n>> Nobody claimed it.",
            &[
                "Paragraph: Nine people died in Vell.",
                "Paragraph: Ten, said the mayor.",
                "Paragraph: Nobody claimed it.",
            ],
        );
        check(
            ">10 people died, the mayor said.",
            &["Paragraph: >10 people died, the mayor said."],
        );
    }

    #[test]
    fn hard_wrapped_lines_are_one_paragraph() {
        check(
            "A bomb went off near the northern gate of Vell on Monday and\nkilled three people, the mayor of \
             the town said in a statement that\nwas read on the radio.\n\nNobody claimed it.",
            &[
                "Paragraph: A bomb went off near the northern gate of Vell on Monday and⏎killed three people, \
                 the mayor of the town said in a statement that⏎was read on the radio.",
                "Paragraph: Nobody claimed it.",
            ],
        );
    }

    #[test]
    fn lines_of_their_own_stay_apart() {
        check(
            "The army withdrew from the town of Vell on Monday, it said.\nResidents said that it had not.",
            &[
                "Paragraph: The army withdrew from the town of Vell on Monday, it said.",
                "Paragraph: Residents said that it had not.",
            ],
        );
    }

    #[test]
    fn headings_lists_and_pull_quotes_are_told_apart() {
        check(
            "Mill burns\n\nA mill burned down in the town of Vell on Monday.\n\nWho was hurt\n\nThe clinic gave \
             these figures for the day of the fire:\n\n• two workers\n• a guard\n\n‘It was a wall of fire’\n\n– \
             Ana Vell, mayor\n\nShe said it would be rebuilt by the spring.",
            &[
                "Heading: Mill burns",
                "Paragraph: A mill burned down in the town of Vell on Monday.",
                "Heading: Who was hurt",
                "Paragraph: The clinic gave these figures for the day of the fire:",
                "ListItem: two workers",
                "ListItem: a guard",
                "Quotation: ‘It was a wall of fire’",
                "Quotation: – Ana Vell, mayor",
                "Paragraph: She said it would be rebuilt by the spring.",
            ],
        );
    }

    #[test]
    fn a_quotation_that_is_a_paragraph_stays_one() {
        check(
            "\"We saw smoke,\" he said.\n\n\"Then we ran.\"\n\nThe fire was put out by the evening.",
            &[
                "Paragraph: \"We saw smoke,\" he said.",
                "Paragraph: \"Then we ran.\"",
                "Paragraph: The fire was put out by the evening.",
            ],
        );
    }

    #[test]
    fn odd_text_is_safe() {
        for text in [
            "",
            "\n\n",
            "\r",
            "\u{a0}",
            "\u{2028}a\u{2028}",
            "🙂",
            "- ",
            "1. ",
            ":",
        ] {
            let (blocks, _) = blocks(text);
            assert!(
                blocks.iter().all(|block| !block.span.is_empty()),
                "{text:?}"
            );
        }
    }
}
