//! Page furniture: what surrounds a report on its page and says nothing about what happened.
//!
//! What comes in: the blocks of a text. What goes out: the same blocks, furniture marked [`BlockKind::Boilerplate`].
//! Nothing is cut: a reader of the dossier still sees it. The rules are of general kinds (sign-up lines, consent, share
//! buttons, rights notices, photo credits, "read more"); none knows a single publisher. When in doubt a line stays: a
//! missed furniture line costs little, a lost sentence costs a claim.

use model::{Block, BlockKind, Span};

use super::lines::ends_sentence;
use crate::lexicon::List;

const TABLE: &str = include_str!("../../../../lexicons/en/furniture.tsv");

/// Phrases that make the sentence they stand in furniture, wherever in it they stand.
static ANYWHERE: List = List::new(TABLE, "anywhere");

/// Beginnings that make a whole line furniture; [`UNSURE`] ones do so only when the line does not end as a sentence.
static BEGINS: List = List::new(TABLE, "begins");

/// What [`BEGINS`] says of one that may also open a real sentence.
const UNSURE: &str = "unsure";

/// What [`BEGINS`] says of one whose last word may go on.
const STEM: &str = "stem";

/// Single words and short labels that are furniture when they are the whole line, and that make up menus and button
/// rows.
static LABELS: List = List::new(TABLE, "label");

/// Labels that head a list of other stories.
static HEADS: List = List::new(TABLE, "head");

/// Beginnings of the words under a picture.
static CAPTIONS: List = List::new(TABLE, "caption");

/// Credits near the end of the words under a picture.
static CAPTION_CREDITS: List = List::new(TABLE, "caption-credit");

/// Furniture that is whole as it stands: what follows with a capital is another sentence, though no stop stands
/// between.
static WHOLE: List = List::new(TABLE, "whole");

/// Credits that are all a short line says.
static PICTURE_CREDITS: List = List::new(TABLE, "picture-credit");

/// Marks the furniture among `blocks`; a block whose furniture stands at one end only is cut in two.
pub(crate) fn mark(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    // Inside a list of links to other stories, opened by its heading.
    let mut links = false;
    for block in blocks {
        let words = &text[block.span.range()];
        if matches!(block.kind, BlockKind::Boilerplate | BlockKind::Title) {
            out.push(block);
            continue;
        }
        let folded = fold(words);
        let whole = is_furniture(&folded, words);
        let teaser =
            links && !ends_sentence(words) && words.split_whitespace().take(24).count() < 24;
        let opens = HEADS.words().any(|head| {
            let rest = folded.strip_prefix(head);
            rest.is_some_and(|rest| rest.len() <= 40 && !rest.starts_with(char::is_alphabetic))
        }) && !ends_sentence(words.trim_end_matches(':'));
        links = opens || teaser || (links && whole);
        if whole || teaser || opens {
            out.push(boilerplate(block.span));
        } else if is_caption(&folded, words) {
            out.push(Block {
                kind: BlockKind::Caption,
                ..block
            });
        } else {
            split(text, block, &mut out);
        }
    }
    menus(text, &mut out);
    teasers(text, &mut out);
    out
}

/// Most words of a headline.
const HEADLINE: usize = 24;

/// Marks the headlines of other stories at the foot of a page: two lines or more of four words and more, none of which
/// ends as a sentence does but one of which a page cut short ("… in eastern…"), below a story of two lines or more that
/// do.
fn teasers(text: &str, blocks: &mut [Block]) {
    let words = |block: &Block| &text[block.span.range()];
    let cut = |words: &str| {
        let bare = words.trim_end_matches(['”', '"', '’', ' ', '\u{a0}']);
        bare.ends_with('…') || bare.ends_with("...")
    };
    let full = |block: &Block| {
        block.kind != BlockKind::Boilerplate && ends_sentence(words(block)) && !cut(words(block))
    };
    let short = |block: &Block| words(block).split_whitespace().take(HEADLINE).count() < HEADLINE;
    let from = blocks
        .iter()
        .rposition(|block| {
            block.kind == BlockKind::Title
                || block.kind != BlockKind::Boilerplate && (full(block) || !short(block))
        })
        .map_or(0, |last| last + 1);
    if blocks[..from]
        .iter()
        .filter(|block| full(block))
        .take(2)
        .count()
        < 2
    {
        return;
    }
    let lines = || {
        blocks[from..]
            .iter()
            .filter(|block| block.kind != BlockKind::Boilerplate)
            .filter(|block| words(block).split_whitespace().nth(3).is_some())
    };
    if lines().take(2).count() == 2 && lines().any(|block| cut(words(block))) {
        for block in &mut blocks[from..] {
            block.kind = BlockKind::Boilerplate;
        }
    }
}

fn boilerplate(span: Span) -> Block {
    Block {
        span,
        kind: BlockKind::Boilerplate,
    }
}

/// Lower case with plain apostrophes; at most the first 600 bytes, which is more than any furniture needs.
fn fold(words: &str) -> String {
    let mut end = words.len().min(600);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    words[..end]
        .to_lowercase()
        .replace(['’', '‘', '`'], "'")
        .replace('\u{a0}', " ")
}

fn is_furniture(folded: &str, words: &str) -> bool {
    let count = words.split_whitespace().take(60).count();
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        // Rules of dashes, lone marks and symbols; but a lone sentence mark is harmless either way.
        return true;
    }
    LABELS.contains(bare)
        || is_buttons(bare)
        || (count <= 45 && begins(folded, words) && whole_ends(words).is_empty())
        || (count <= 12 && sentence_is_furniture(words))
        || (count < 60 && all_sentences_furniture(words))
        || is_video_label(words)
        || is_address(bare)
        || is_credit(folded, count)
}

/// A row of buttons on one line: "Facebook | Twitter", "Follow Lake Tribune: Facebook | Twitter", "Hide Transcript Show
/// Transcript".
fn is_buttons(bare: &str) -> bool {
    let row = match bare.split_once(':') {
        Some((head, row)) if head.starts_with("follow") && row.len() < 60 => row,
        Some(_) => return false,
        None => bare,
    };
    let mut parts = row.split(['|', '/', '•', '·', ',']).map(str::trim);
    parts.all(|part| LABELS.contains(part)) || row == "hide transcript show transcript"
}

fn begins(folded: &str, words: &str) -> bool {
    let start =
        folded.trim_start_matches(['[', '(', '>', '»', '→', '▶', '►', '×', '*', '•', '-', ' ']);
    let mut hit = false;
    for &(key, says) in BEGINS.rows() {
        let begins = folded.starts_with(key)
            || start.strip_prefix(key).is_some_and(|rest| {
                !(key.ends_with(char::is_alphabetic) && rest.starts_with(char::is_lowercase))
                    || says == STEM
            });
        let unsure = says == UNSURE;
        if begins && unsure && ends_sentence(words) && words.split_whitespace().count() > 8 {
            return false;
        }
        hit |= begins;
    }
    hit
}

/// Whether a sentence holds a phrase that makes it furniture.
fn sentence_is_furniture(sentence: &str) -> bool {
    let folded = fold(sentence);
    let said = folded.contains(['"', '“', '”']) || folded.contains(" said");
    !said
        && (ANYWHERE.words().any(|phrase| folded.contains(phrase))
            || folded.trim_start_matches(['(', ' ']).starts_with('©')
            || folded
                .trim_start_matches(['(', ' '])
                .starts_with("copyright 20"))
}

fn all_sentences_furniture(words: &str) -> bool {
    sentences(words)
        .iter()
        .all(|range| sentence_is_furniture(&words[range.clone()]))
}

/// Cuts furniture sentences off either end of a block: page templates glue "I agree to the terms." to the next
/// paragraph.
fn split(text: &str, block: Block, out: &mut Vec<Block>) {
    let words = &text[block.span.range()];
    let parts = sentences(words);
    let bad: Vec<bool> = parts
        .iter()
        .map(|range| sentence_is_furniture(&words[range.clone()]))
        .collect();
    let lead = bad.iter().take_while(|bad| **bad).count();
    let tail = bad[lead..].iter().rev().take_while(|bad| **bad).count();
    if lead + tail == 0 || lead == parts.len() {
        out.push(block);
        return;
    }
    let base = block.span.start();
    let cover = |range: &[std::ops::Range<usize>]| {
        let (start, end) = (range[0].start, range[range.len() - 1].end);
        Span::new(base + start, base + end)
    };
    if lead > 0 {
        out.push(boilerplate(cover(&parts[..lead])));
    }
    out.push(Block {
        span: cover(&parts[lead..parts.len() - tail]),
        kind: block.kind,
    });
    if tail > 0 {
        out.push(boilerplate(cover(&parts[parts.len() - tail..])));
    }
}

/// Where [`WHOLE`] furniture ends before a capital, in order.
fn whole_ends(words: &str) -> Vec<usize> {
    let lower = words.to_ascii_lowercase();
    let mut cuts: Vec<usize> = WHOLE
        .words()
        .flat_map(|phrase| lower.match_indices(phrase))
        .map(|(at, phrase)| at + phrase.len())
        .filter(|&end| {
            let rest = words[end..].strip_prefix([' ', '\u{a0}']);
            rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
        })
        .collect();
    cuts.sort_unstable();
    cuts
}

/// Rough sentences: cut after `.`, `!`, `?` before a capital, with or without a space between, and after [`WHOLE`]
/// furniture. Only to find furniture by; the language pipeline does the real cutting. Ranges leave white space at
/// either end out.
fn sentences(words: &str) -> Vec<std::ops::Range<usize>> {
    let mut cuts = whole_ends(words).into_iter().peekable();
    let mut out = Vec::new();
    for part in stopped(words) {
        let mut start = part.start;
        while let Some(cut) = cuts.next_if(|&cut| cut < part.end) {
            if cut > start {
                out.push(start..cut);
                start = cut + words[cut..].len() - words[cut..].trim_start().len();
            }
        }
        out.push(start..part.end);
    }
    out
}

/// Ranges that end at a stop before a capital.
fn stopped(words: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = words.char_indices().peekable();
    let mut word = 0;
    let mut push = |from: usize, to: usize| {
        let part = &words[from..to];
        let begin = from + part.len() - part.trim_start().len();
        if !part.trim().is_empty() {
            out.push(begin..begin + part.trim().len());
        }
    };
    let mut capital = false;
    while let Some((at, c)) = chars.next() {
        // An abbreviation ("Gov. Vell", "U.S.", "a.m.") ends no sentence.
        let abbreviated = word <= 1 || (word <= 3 && capital);
        if matches!(c, '.' | '!' | '?') && !abbreviated {
            let rest = words[at + 1..].trim_start_matches([' ', '\u{a0}', ')', '"', '”', '’']);
            let gap = words.len() - at - 1 - rest.len();
            if rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '©' | '“' | '"'))
            {
                push(start, at + 1 + gap);
                start = at + 1 + gap;
                while chars.peek().is_some_and(|(next, _)| *next < start) {
                    chars.next();
                }
            }
        }
        if c.is_alphanumeric() {
            capital = if word == 0 { c.is_uppercase() } else { capital };
            word += 1;
        } else {
            word = 0;
        }
    }
    push(start, words.len());
    out
}

/// "1:58 Zoo opens new house": the label of a clip, a time before a headline without a full stop. A clock time ("9:30
/// p.m. …", "14:05 Blast heard") is none.
fn is_video_label(words: &str) -> bool {
    let Some((time, rest)) = words.split_once(' ') else {
        return false;
    };
    let Some((minutes, seconds)) = time.split_once(':') else {
        return false;
    };
    let digits = |s: &str, most: usize| {
        (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
    };
    let first = rest.split_whitespace().next().unwrap_or("").to_lowercase();
    let clock = [
        "a.m.", "p.m.", "am", "pm", "a.m", "p.m", "gmt", "utc", "local", "-", "–", "—", "on",
    ];
    digits(minutes, 1)
        && seconds.len() == 2
        && digits(seconds, 2)
        && !clock.contains(&first.as_str())
        && !ends_sentence(words)
        && words.split_whitespace().take(25).count() < 25
}

/// A line that is a mail address, a telephone number, a handle or a link and nothing more.
fn is_address(bare: &str) -> bool {
    let one = !bare.contains(char::is_whitespace);
    let phone = bare.len() >= 7
        && bare.len() <= 20
        && bare
            .chars()
            .all(|c| c.is_ascii_digit() || "()-–+. /".contains(c))
        && bare.chars().filter(char::is_ascii_digit).count() >= 7
        && bare.contains(['(', ')', '-', '+']);
    phone
        || (one
            && (bare.starts_with("http://")
                || bare.starts_with("https://")
                || bare.starts_with("www.")
                || (bare.contains('@') && bare.contains('.'))
                || bare.starts_with("twitter.com/")))
}

/// Follow and contact lines of authors, and lines that only credit a picture.
fn is_credit(folded: &str, count: usize) -> bool {
    let follow = folded.contains("on twitter")
        && (folded.contains("follow ") || folded.contains("@"))
        && !folded.contains("said")
        && !folded.contains("wrote")
        && !folded.contains("posted");
    let picture = count <= 8
        && PICTURE_CREDITS
            .words()
            .any(|credit| folded.contains(credit));
    (count <= 30 && follow) || picture
}

/// The words under a picture, told by the credit at their end or the file mark at their beginning.
fn is_caption(folded: &str, words: &str) -> bool {
    let short = words.split_whitespace().take(70).count() < 70;
    let file = CAPTIONS.words().any(|key| folded.starts_with(key));
    let tail = folded
        .char_indices()
        .rev()
        .nth(60)
        .map_or(folded, |(at, _)| &folded[at..]);
    let credited = CAPTION_CREDITS.words().any(|credit| tail.contains(credit))
        && (tail.ends_with([')', ']']) || tail.ends_with("images"));
    short && (file || credited)
}

/// Marks rows of menu words: four or more short lines in a row, at least half of them known labels.
fn menus(text: &str, blocks: &mut [Block]) {
    let short = |block: &Block| {
        let words = &text[block.span.range()];
        words.split_whitespace().take(5).count() <= 3 && !ends_sentence(words)
    };
    let mut at = 0;
    while at < blocks.len() {
        let run = blocks[at..].iter().take_while(|block| short(block)).count();
        let known = blocks[at..at + run]
            .iter()
            .filter(|block| block.kind == BlockKind::Boilerplate)
            .count();
        if run >= 4 && known * 2 >= run {
            for block in &mut blocks[at..at + run] {
                if block.kind != BlockKind::Title {
                    block.kind = BlockKind::Boilerplate;
                }
            }
        }
        at += run.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        crate::lexicon::check(
            TABLE,
            &[
                &ANYWHERE,
                &BEGINS,
                &CAPTIONS,
                &CAPTION_CREDITS,
                &HEADS,
                &LABELS,
                &PICTURE_CREDITS,
                &WHOLE,
            ],
        );
        for (phrase, says) in BEGINS.rows() {
            assert!(["", UNSURE, STEM].contains(says), "{phrase}: {says}");
        }
        assert!(
            !TABLE.contains('’'),
            "an apostrophe that no folded text has"
        );
    }

    /// Each line is a paragraph; the ones that start with `#` in `want` are to be marked.
    fn check(lines: &str) {
        let text: String = lines
            .lines()
            .map(|line| line.trim().trim_start_matches('#').to_owned() + "\n")
            .collect();
        let (blocks, _) = super::super::lines::blocks(&text);
        let got: Vec<String> = mark(&text, blocks)
            .iter()
            .map(|block| {
                let furniture = block.kind == BlockKind::Boilerplate;
                let mark = if furniture { "#" } else { "" };
                format!("{mark}{}", &text[block.span.range()])
            })
            .collect();
        let want: Vec<&str> = lines
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn sign_up_consent_and_rights_are_furniture() {
        check(
            "Five miners were rescued from the Orrin shaft on Friday, the company said.
             #Sign up to receive our latest news!
             #By submitting this form, I agree to the terms.
             #We use cookies to improve your experience. Accept all cookies
             #Copyright 2031 Lake Tribune. All rights reserved.
             #© 2031 Lake Tribune
             #Advertisement
             #Share on Facebook
             #Please enable Javascript to watch this video
             #news@lake-tribune.example
             #Follow the Lake Tribune: Facebook | Twitter
             #1:58 Zoo opens new house for bears",
        );
    }

    #[test]
    fn furniture_without_a_stop_leaves_the_sentence_behind_it() {
        // Each block on its own line, as it is cut.
        let cut = |text: &str| -> Vec<String> {
            let (blocks, _) = super::super::lines::blocks(text);
            let shown = mark(text, blocks);
            let shown = shown
                .iter()
                .filter(|block| block.kind != BlockKind::Boilerplate);
            shown
                .map(|block| text[block.span.range()].to_owned())
                .collect()
        };
        let story = "ORRIN - A woman was robbed outside the mill on Sunday night, police said. She was not hurt.";
        for furniture in [
            "Please enable Javascript to watch this video",
            "Copyright by the Lake Tribune - All rights reserved",
        ] {
            assert_eq!(cut(&format!("{furniture} {story}")), [story]);
        }
    }

    #[test]
    fn sentences_of_the_report_stay() {
        check(
            "A sign at the gate says that all visitors must sign in at the post, a guard said.
             Rebels shared the video on Telegram, and the army said it was old.
             9:30 p.m. A second blast was heard near the mill
             14:05 Blast heard near the mill
             Related charges were dropped by the court in Vell on Monday.
             \"We use cookies as bait,\" the hunter said.
             Share prices fell in Vell after the attack on the port.
             World Food Programme staff left the town.
             Watch towers were burned down by the crowd.
             More than 40 people were hurt
             Photographs from the scene show a crater beside the road.",
        );
    }

    #[test]
    fn lists_of_other_stories_are_furniture_until_the_text_goes_on() {
        check(
            "The mayor of Vell said that the bridge had been closed.
             #Related stories
             #Bridge at Vell to be rebuilt
             #Mayor denies claim over ferry contract
             The ferry will run from Tuesday, he added in the statement.",
        );
    }

    #[test]
    fn headlines_cut_short_at_the_foot_of_a_page_are_furniture() {
        check(
            "The observatory said that a child was hurt in Kelmoor.
             The shelling went on until noon, it said.
             #Daily death toll | 14 persons killed on March 3 across Arvela
             #Security chaos | Four children hurt by random gunfire in eastern…",
        );
        check(
            "The observatory said that a child was hurt in Kelmoor.
             The victims were named by their families:
             Oda Brenn of Kelmoor, a baker
             Tomas Orrin of Kelmoor, a pupil",
        );
    }

    #[test]
    fn names_of_the_dead_are_no_menu() {
        check(
            "The clinic named those who were killed in the fire on Monday:
             Ana Vell
             Tomas Orrin
             Mira Lake
             Jon Hale
             Three of them were under the age of twelve, it said.",
        );
    }

    #[test]
    fn menus_and_buttons_are_furniture() {
        check(
            "#Home
             #World
             #Lakeland
             #Sport
             #Facebook
             Two boats sank off the coast of Orrin on Monday, the navy said.",
        );
    }

    #[test]
    fn captions_are_told_by_their_credit() {
        let text = "Smoke over the mill at Vell on Monday. (Photo: Lake Tribune)\n\nThe army (LDF) said so.";
        let (blocks, _) = super::super::lines::blocks(text);
        let kinds: Vec<_> = mark(text, blocks).iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Caption, BlockKind::Paragraph]);
    }

    #[test]
    fn glued_furniture_is_cut_off() {
        let text = "By submitting this form, I agree to the terms.Two boats sank off Orrin. The navy said so. All rights reserved.";
        let (blocks, _) = super::super::lines::blocks(text);
        let got: Vec<_> = mark(text, blocks)
            .iter()
            .map(|block| (block.kind, &text[block.span.range()]))
            .collect();
        assert_eq!(
            got,
            [
                (
                    BlockKind::Boilerplate,
                    "By submitting this form, I agree to the terms."
                ),
                (
                    BlockKind::Paragraph,
                    "Two boats sank off Orrin. The navy said so."
                ),
                (BlockKind::Boilerplate, "All rights reserved."),
            ]
        );
    }
}
