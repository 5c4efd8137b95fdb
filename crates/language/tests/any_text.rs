//! Whatever the text, a parse ends, does not panic and keeps its promises. Needs the prepared
//! model.

use language::{Doc, to_conllu, to_json};
use proptest::prelude::*;

/// What holds of every parse.
fn check(doc: &Doc, text: &str) {
    assert_eq!(doc.text(), text);
    let mut end = 0;
    for token in doc.tokens() {
        let bytes = token.bytes();
        assert!(
            bytes.start >= end && bytes.start < bytes.end,
            "tokens in order"
        );
        let between = &text[end..bytes.start];
        assert!(
            between.is_empty() || between == " ",
            "only single spaces are left out"
        );
        end = bytes.end;
        assert!(
            token.ancestors().count() < doc.len(),
            "heads lead to a root"
        );
    }
    assert!(matches!(&text[end..], "" | " "));
    for entity in doc.entities() {
        assert!(entity.start < entity.end && !entity.label.is_empty());
    }
    to_conllu(doc);
    to_json(doc);
}

fn check_text(text: &str) {
    if let Some(pipeline) = testing::pipeline() {
        check(&pipeline.parse_text(text), text);
    }
}

/// Letters, digits, white space, the marks of news, and anything else that can be printed.
const WORDS_AND_MARKS: &str = concat!(
    "([a-zA-Z0-9 .,;:!?'\"()/@#$%&*+=<>~^_|\u{2026}\u{2014}\u{2019}\u{20ac}\n\t-]",
    "|\\PC){0,200}"
);

/// Arabic, pictures, combining marks, Chinese.
const OTHER_SCRIPTS: &str = concat!(
    "([\u{600}-\u{6ff}]|[\u{1f300}-\u{1faff}]|[\u{300}-\u{36f}]",
    "|[\u{4e00}-\u{4eff}]|[ a.]){0,120}"
);

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string(text in any::<String>()) {
        check_text(&text);
    }

    #[test]
    fn words_and_marks(text in WORDS_AND_MARKS) {
        check_text(&text);
    }

    #[test]
    fn other_scripts(text in OTHER_SCRIPTS) {
        check_text(&text);
    }

    #[test]
    fn any_paragraphs(
        text in "[a-c \u{e9}\n.]{0,60}",
        cuts in proptest::collection::vec((0usize..80, 0usize..80), 0..6),
    ) {
        if let Some(pipeline) = testing::pipeline() {
            let ranges: Vec<_> = cuts.iter().map(|&(a, b)| a..b).collect();
            let doc = pipeline.parse(&text, &ranges);
            prop_assert_eq!(doc.text(), &*text);
        }
    }
}

#[test]
fn hostile_words_take_linear_time() {
    for piece in [
        "a", "(", ".", "a.", "-", "a-", "@", "a@", "://", "'", "١", "😀", "\u{301}", "1,",
        "http://", "\u{0}", "don't", "US$",
    ] {
        check_text(&piece.repeat(20_000 / piece.len()));
    }
    check_text(&"x".repeat(100_000));
    check_text(&format!(
        "{}@{}.com",
        "a".repeat(50_000),
        "b-".repeat(25_000)
    ));
}

#[test]
fn a_text_of_five_megabytes_ends() {
    let sentence =
        "The ferry from Ostrel did not sail on Friday, the harbour master told Radio Vell. ";
    let size = if cfg!(debug_assertions) {
        500_000
    } else {
        5_000_000
    };
    check_text(&sentence.repeat(size / sentence.len()));
}

#[test]
fn nothing_and_white_space() {
    for text in [
        "", " ", "  ", "\n", "\n\n \t", "\u{a0}", "\u{1c}", "\u{feff}", "\r\n",
    ] {
        check_text(text);
    }
}
