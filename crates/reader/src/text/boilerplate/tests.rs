//! What is marked, line by line.

use super::{words::*, *};

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
    let (blocks, _) = crate::text::lines::blocks(&text);
    let got: Vec<String> = mark(&text, blocks)
        .iter()
        .map(|block| {
            let boilerplate = block.kind == BlockKind::Boilerplate;
            let mark = if boilerplate { "#" } else { "" };
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
fn sign_up_consent_and_rights_are_boilerplate() {
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
fn boilerplate_without_a_stop_leaves_the_sentence_behind_it() {
    // Each block on its own line, as it is cut.
    let cut = |text: &str| -> Vec<String> {
        let (blocks, _) = crate::text::lines::blocks(text);
        let shown = mark(text, blocks);
        let shown = shown
            .iter()
            .filter(|block| block.kind != BlockKind::Boilerplate);
        shown
            .map(|block| text[block.span.range()].to_owned())
            .collect()
    };
    let story = "ORRIN - A woman was robbed outside the mill on Sunday night, police said. She was not hurt.";
    for boilerplate in [
        "Please enable Javascript to watch this video",
        "Copyright by the Lake Tribune - All rights reserved",
    ] {
        assert_eq!(cut(&format!("{boilerplate} {story}")), [story]);
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
fn lists_of_other_stories_are_boilerplate_until_the_text_goes_on() {
    check(
        "The mayor of Vell said that the bridge had been closed.
         #Related stories
         #Bridge at Vell to be rebuilt
         #Mayor denies claim over ferry contract
         The ferry will run from Tuesday, he added in the statement.",
    );
}

#[test]
fn headlines_cut_short_at_the_foot_of_a_page_are_boilerplate() {
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
fn menus_and_buttons_are_boilerplate() {
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
    let text =
        "Smoke over the mill at Vell on Monday. (Photo: Lake Tribune)\n\nThe army (LDF) said so.";
    let (blocks, _) = crate::text::lines::blocks(text);
    let kinds: Vec<_> = mark(text, blocks).iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Caption, BlockKind::Paragraph]);
}

#[test]
fn glued_boilerplate_is_cut_off() {
    let text = "By submitting this form, I agree to the terms.Two boats sank off Orrin. The navy said so. All \
        rights reserved.";
    let (blocks, _) = crate::text::lines::blocks(text);
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
