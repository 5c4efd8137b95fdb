//! Tables by which a few new reports are linked without looking at all others.

use super::{
    super::{
        Holds::{Bytes, Integer},
        Kind::Working,
        Table,
    },
    column::{NONE, col, opt},
};

pub(super) const LINKED_WORDS: Table = Table {
    name: "linked_words",
    kind: Working,
    doc: "Which linked reports hold a word, a pair of names or a street, for those that few hold, and in which weeks \
          how many do.",
    columns: &[
        col("word", Integer, "Hash of the word."),
        col(
            "held",
            Bytes,
            "Reports by week and their numbers, in variable-length whole numbers.",
        ),
    ],
    key: &["word"],
    unique: NONE,
    indexes: NONE,
};

pub(super) const LINKED_REPORTS: Table = Table {
    name: "linked_reports",
    kind: Working,
    doc: "What linking looks at first in a report that was linked.",
    columns: &[
        col("report", Integer, "The report's number."),
        opt(
            "day",
            Integer,
            "Day of publication, counted from 1 January 1970.",
        ),
        opt("copy", Integer, "Hash of all its words in order."),
        col(
            "words",
            Bytes,
            "Its words, as short hashes; empty where another report has the same words.",
        ),
    ],
    key: &["report"],
    unique: NONE,
    indexes: &[&["day"], &["copy"]],
};

pub(super) const LINKED_FURNITURE: Table = Table {
    name: "linked_furniture",
    kind: Working,
    doc: "Sentences that stand in reports of several months, which say nothing of what a report is about.",
    columns: &[col("sentence", Integer, "Hash of the sentence.")],
    key: &["sentence"],
    unique: NONE,
    indexes: NONE,
};
