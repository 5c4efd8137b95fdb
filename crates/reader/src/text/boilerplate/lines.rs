//! Whole lines that are boilerplate, and the words under a picture.

use super::{
    sentences::{all_sentences_boilerplate, sentence_is_boilerplate, whole_ends},
    words::{BEGINS, CAPTION_CREDITS, CAPTIONS, LABELS, PICTURE_CREDITS, STEM, UNSURE},
};
use crate::text::lines::ends_sentence;

pub(super) fn is_boilerplate(folded: &str, words: &str) -> bool {
    let count = words.split_whitespace().take(60).count();
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        // Rules of dashes, lone marks and symbols; but a lone sentence mark is harmless either way.
        return true;
    }
    LABELS.contains(bare)
        || is_buttons(bare)
        || (count <= 45 && begins(folded, words) && whole_ends(words).is_empty())
        || (count <= 12 && sentence_is_boilerplate(words))
        || (count < 60 && all_sentences_boilerplate(words))
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
pub(super) fn is_caption(folded: &str, words: &str) -> bool {
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
