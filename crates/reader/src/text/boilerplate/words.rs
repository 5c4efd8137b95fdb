//! The phrases that boilerplate is known by, and text folded to be compared with them.

use crate::lexicon::List;

pub(super) const TABLE: &str = include_str!("../../../../../lexicons/en/furniture.tsv");

/// Phrases that make the sentence they stand in boilerplate, wherever in it they stand.
pub(super) static ANYWHERE: List = List::new(TABLE, "anywhere");

/// Beginnings that make a whole line boilerplate; [`UNSURE`] ones do so only when the line does not end as a sentence.
pub(super) static BEGINS: List = List::new(TABLE, "begins");

/// What [`BEGINS`] says of one that may also open a real sentence.
pub(super) const UNSURE: &str = "unsure";

/// What [`BEGINS`] says of one whose last word may go on.
pub(super) const STEM: &str = "stem";

/// Single words and short labels that are boilerplate when they are the whole line, and that make up menus and button
/// rows.
pub(super) static LABELS: List = List::new(TABLE, "label");

/// Labels that head a list of other stories.
pub(super) static HEADS: List = List::new(TABLE, "head");

/// Beginnings of the words under a picture.
pub(super) static CAPTIONS: List = List::new(TABLE, "caption");

/// Credits near the end of the words under a picture.
pub(super) static CAPTION_CREDITS: List = List::new(TABLE, "caption-credit");

/// Furniture that is whole as it stands: what follows with a capital is another sentence, though no stop stands
/// between.
pub(super) static WHOLE: List = List::new(TABLE, "whole");

/// Credits that are all a short line says.
pub(super) static PICTURE_CREDITS: List = List::new(TABLE, "picture-credit");

/// Lower case with plain apostrophes; at most the first 600 bytes, which is more than any boilerplate needs.
pub(super) fn fold(words: &str) -> String {
    let mut end = words.len().min(600);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    words[..end]
        .to_lowercase()
        .replace(['’', '‘', '`'], "'")
        .replace('\u{a0}', " ")
}
