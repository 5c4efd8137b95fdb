//! What must hold of any input, checked: the property tests and the fuzz targets call it, nothing else may.
//!
//! Every check panics with a word on what does not hold, and passes where the prepared model is absent (it is counted).
//! The gazetteer is the tests' own, of countries that do not exist.

use std::sync::OnceLock;

use ::testing::pipeline;
use model::{Note, Reading};

use crate::{
    Input, claims,
    read::{self, places::Gazetteer, quantities, times},
    text,
};

fn gazetteer() -> &'static Gazetteer {
    static MADE: OnceLock<Gazetteer> = OnceLock::new();
    MADE.get_or_init(read::places::testing::gazetteer)
}

/// Reads a report with the tests' gazetteer; `None` without the model.
///
/// # Errors
/// As [`crate::read_report`].
pub fn read(bytes: &[u8]) -> Option<Result<Reading, Note>> {
    Some(
        read_off(bytes)?
            .map(|(extracted, read)| claims::claim(extracted, &read, &claims::judge::Judge::Rules)),
    )
}

/// What is read off a report with the tests' gazetteer, before anything is claimed; `None` without the model.
pub(crate) fn read_off(bytes: &[u8]) -> Option<Result<(text::Document, read::Annotations), Note>> {
    let pipeline = pipeline()?;
    let input = Input {
        name: "test".to_owned(),
        bytes: bytes.to_vec(),
        ..Input::default()
    };
    let extracted = match text::extract(&input) {
        Ok(extracted) => extracted,
        Err(note) => return Some(Err(note)),
    };
    let (spelled, ranges) = read::layout::for_parsing(&extracted.text);
    let doc = pipeline
        .parse(&spelled, &ranges)
        .respelled(extracted.text.as_str());
    let read = read::read_doc(doc, &extracted, gazetteer());
    Some(Ok((extracted, read)))
}

/// Extraction of any bytes: a text whose blocks are whole, in order and inside it, or a note that says what to try.
pub fn check_extraction(bytes: &[u8]) {
    let input = Input {
        name: "test".to_owned(),
        bytes: bytes.to_vec(),
        ..Input::default()
    };
    match text::extract(&input) {
        Ok(extracted) => {
            let words = extracted.text.as_str();
            assert!(!words.trim().is_empty(), "an empty text is an error");
            let mut end = 0;
            for block in extracted.text.blocks() {
                let range = block.span.range();
                assert!(
                    range.start >= end && range.end <= words.len(),
                    "blocks in order"
                );
                assert!(
                    words.get(range.clone()).is_some(),
                    "blocks begin and end at characters"
                );
                end = range.end;
            }
        }
        Err(note) => {
            assert!(
                !note.message.is_empty() && note.hint.is_some(),
                "an error says what to try"
            );
        }
    }
}

/// Numbers of any text: in order, inside it, counting up.
pub fn check_quantities(words: &str) {
    let Some(pipeline) = pipeline() else { return };
    let doc = pipeline.parse_text(words);
    let mut end = 0;
    for quantity in quantities::find(&doc) {
        assert!(
            quantity.tokens.start >= end && quantity.tokens.end <= doc.len(),
            "numbers in order"
        );
        assert!(
            quantity.tokens.start < quantity.tokens.end,
            "a number has words"
        );
        end = quantity.tokens.end;
        if let Some(high) = quantity.count.high {
            assert!(quantity.count.low <= high, "low is not above high");
        }
        assert!(quantity.noun.is_none_or(|noun| noun < doc.len()));
    }
}

/// Times of any text printed on any day: in order, inside it, and those on the calendar begin before they end.
pub fn check_times(words: &str, published: Option<&str>) {
    let Some(pipeline) = pipeline() else { return };
    let published = published.and_then(times::parse_published);
    let doc = pipeline.parse_text(words);
    let mut end = 0;
    for time in times::find(&doc, published.as_ref()) {
        assert!(
            time.tokens.start >= end && time.tokens.end <= doc.len(),
            "times in order"
        );
        assert!(time.tokens.start < time.tokens.end, "a time has words");
        end = time.tokens.end;
        assert!(!time.value.is_empty(), "a time has a value");
    }
}

/// A whole report of any bytes: every claim's quotes are words of its text, and it has somebody who says it.
pub fn check_report(bytes: &[u8]) {
    let Some(Ok(reading)) = read(bytes) else {
        return;
    };
    for claim in reading.accounts.iter().flat_map(|account| &account.claims) {
        assert!(!claim.quotes.is_empty() && !claim.speakers.is_empty());
        let known = claim.slot.spec().values.contains(&claim.value.kind());
        assert!(known, "a value that the row of the slot does not name");
        for quote in &claim.quotes {
            assert!(
                reading.text.span_of(quote).is_some(),
                "a quote off its text"
            );
        }
        if let Some(count) = claim.value.count() {
            assert!(count.high.is_none_or(|high| count.low <= high));
        }
    }
}
