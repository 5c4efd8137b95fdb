//! Title, byline and publication line at the top of a text.

use model::{Block, BlockKind};

use super::{lines, metadata::Metadata};
use crate::read::times;

/// How many blocks at the top may hold a byline or a date line.
const TOP: usize = 6;

/// Reads title, byline and publication line off the top of the text, where nothing else gave them; byline and date
/// lines are marked as boilerplate.
pub(super) fn look(text: &str, blocks: &mut [Block], meta: &mut Metadata) {
    let shown = |block: &&mut Block| block.kind != BlockKind::Boilerplate;
    if let Some(first) = blocks.iter_mut().find(shown)
        && first.kind == BlockKind::Heading
        && meta
            .title
            .as_deref()
            .is_none_or(|title| title == &text[first.span.range()])
    {
        first.kind = BlockKind::Title;
        meta.title = Some(text[first.span.range()].to_owned());
    }
    for block in blocks.iter_mut().take(TOP) {
        let words = &text[block.span.range()];
        if block.kind == BlockKind::Title || words.split_whitespace().take(20).count() == 20 {
            continue;
        }
        if let Some(rest) = byline(words) {
            let (names, date) = match rest.split_once(" | ") {
                Some((names, date)) => (names, date_line(date)),
                None => (rest, None),
            };
            fill(&mut meta.byline, names);
            if let Some(date) = date {
                fill(&mut meta.published, date);
            }
            block.kind = BlockKind::Boilerplate;
        } else if let Some(rest) = date_line(words) {
            fill(&mut meta.published, rest);
            block.kind = BlockKind::Boilerplate;
        }
    }
    let first = blocks
        .iter()
        .find(|block| block.kind == BlockKind::Paragraph);
    if let Some(date) = first.and_then(|block| in_dateline(&text[block.span.range()])) {
        fill(&mut meta.published, date);
    }
}

/// The day in a line of place and day before the first sentence, where it says the year: "KELMOOR, March 4, 2031 (LNA)
/// — Nine people".
fn in_dateline(words: &str) -> Option<&str> {
    const MOST: usize = 90;
    let place = words.split([',', ' ']).next()?;
    let capitals = |c: char| c.is_uppercase() || matches!(c, '-' | '.' | '\'' | '’');
    if place.chars().count() < 3 || !place.chars().all(capitals) {
        return None;
    }
    let marks = [" — ", " – ", " -- ", " - ", "—", "("];
    let end = marks.iter().filter_map(|mark| words.find(mark)).min()?;
    let line = words[..end].trim_end();
    let (_, date) = line.split_once(',')?;
    // The day begins with its month or its number; what stands before it is the country.
    let starts = |at: usize| date_line(date[at..].trim()).filter(|date| date.contains(' '));
    let mut places = std::iter::once(0).chain(date.match_indices([',', ' ']).map(|(at, _)| at + 1));
    (line.len() <= MOST).then(|| places.find_map(starts))?
}

/// Takes the date off a byline, or the byline where it is nothing but a date.
pub(super) fn without_date(byline: &mut Option<String>) {
    *byline = byline.take().filter(|byline| date_line(byline).is_none());
    if let Some((names, date)) = byline
        .as_deref()
        .and_then(|byline| byline.split_once(" | "))
        && date_line(date).is_some()
    {
        *byline = Some(names.to_owned());
    }
}

fn fill(field: &mut Option<String>, value: &str) {
    if field.is_none() {
        *field = Some(value.to_owned());
    }
}

/// The names in a line "By Ana Vell, Lake Tribune"; a sentence that begins with "by" is none.
fn byline(words: &str) -> Option<&str> {
    let rest = ["By ", "BY ", "by: ", "By: "]
        .iter()
        .find_map(|key| words.strip_prefix(key))?
        .trim();
    let names = rest.split_whitespace().next()?;
    let plain = !lines::ends_sentence(rest) && rest.split_whitespace().count() <= 14;
    (plain && names.starts_with(char::is_uppercase)).then_some(rest)
}

/// The date of a line that is a date and nothing else, or that begins with "Published", "Posted" or the like. A line
/// that says only when the page was updated is boilerplate, but gives no publication date.
fn date_line(words: &str) -> Option<&str> {
    const KEYS: &[&str] = &[
        "published on",
        "published",
        "posted on",
        "posted",
        "publication date",
        "date",
    ];
    let has_digit = words.contains(|c: char| c.is_ascii_digit());
    if !has_digit || words.split_whitespace().count() > 14 {
        return None;
    }
    // ASCII letters only, so that both have the same length.
    let lower = words.to_ascii_lowercase();
    let rest = KEYS
        .iter()
        .find_map(|key| lower.strip_prefix(key))
        .map(|rest| words[words.len() - rest.len()..].trim_start_matches([':', ' ', '\u{a0}']));
    let candidate = rest.unwrap_or(words);
    let candidate = candidate
        .split(" Updated")
        .next()
        .unwrap_or(candidate)
        .trim_end_matches([' ', '|', '-', '–', '•', '·', ',']);
    let year = candidate
        .split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 4);
    // A sentence may hold a date; a date line holds nothing else.
    let bare = candidate
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(is_date_word);
    (year && bare && times::parse_published(candidate).is_some()).then_some(candidate)
}

/// Words a date line may hold: months and days by their first three letters, and what stands between them.
fn is_date_word(word: &str) -> bool {
    const STARTS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
        "tue", "wed", "thu", "fri", "sat", "sun",
    ];
    const BETWEEN: &[&str] = &[
        "a", "m", "p", "am", "pm", "at", "on", "of", "the", "st", "nd", "rd", "th", "t", "z",
        "gmt", "utc", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "bst", "cet", "cest",
        "noon", "midnight", "local", "time", "h", "hrs",
    ];
    let lower = word.to_lowercase();
    BETWEEN.contains(&lower.as_str())
        || (lower.len() <= 9 && STARTS.iter().any(|start| lower.starts_with(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_with_its_year_says_the_day() {
        #[track_caller]
        fn check(words: &str, wanted: Option<&str>) {
            assert_eq!(in_dateline(words), wanted, "{words}");
        }
        check(
            "KELMOOR, March 4, 2031 (LNA) — Nine people were killed.",
            Some("March 4, 2031"),
        );
        check(
            "ST. ORRIN, Arvela, 4 March 2031 – Nine people were killed.",
            Some("4 March 2031"),
        );
        check(
            "VELL, Arvela (LNA) — Nine people were killed on March 4, 2031.",
            None,
        );
        check("KELMOOR, March 4 — Nine people were killed.", None);
        check(
            "On Monday, March 4, 2031 — the day of the vote — nine were killed.",
            None,
        );
        check("NATO, which in 2031 – Nine", None);
        check("", None);
    }
}
