//! The number of a line, looked for in the words by the readers of quantities and times: what stands there is taken,
//! with the bound that it has there, and not what a model makes of it.

use language::{Doc, Pipeline};
use model::{Bound, Count, Span, Text, When, WhenPrecision};
use reader::{
    claims::person_nouns,
    read::{
        quantities::{self, Measure, Quantity, QuantityKind},
        times,
    },
};

/// A text of which the paragraph of some words is parsed.
pub struct Numbers<'a> {
    doc: Doc,
    /// Tokens of the words.
    span: Span,
    pipeline: &'a Pipeline,
}

impl<'a> Numbers<'a> {
    /// Parses what stands around some words.
    pub fn around(text: &Text, span: Span, pipeline: &'a Pipeline) -> Self {
        let mut around: Vec<std::ops::Range<usize>> = text
            .blocks()
            .iter()
            .map(|block| block.span.range())
            .filter(|block| block.start < span.end() && span.start() < block.end)
            .collect();
        if around.is_empty() {
            // A text without blocks: its line.
            let whole = text.as_str();
            let start = whole[..span.start()].rfind('\n').map_or(0, |at| at + 1);
            let end = whole[span.end()..].find('\n');
            around.push(start..end.map_or(whole.len(), |at| span.end() + at));
        }
        Self {
            doc: pipeline.parse(text.as_str(), &around),
            span,
            pipeline,
        }
    }

    fn inside(&self, tokens: &std::ops::Range<usize>) -> bool {
        let bytes = self.doc.bytes(tokens.clone());
        self.span.start() <= bytes.start && bytes.end <= self.span.end()
    }

    /// The count in the words that is the one that `said` names, and the words with all that belongs to it: "seven
    /// people" of "at least seven people" leaves its bound out, and is given it back. `None` where there is none.
    pub fn count(&self, said: &str, ages: bool) -> Option<(Count, Span)> {
        let wanted = self.said(said)?;
        let all = quantities::find(&self.doc);
        let counts = |it: &Quantity| match ages {
            true => it.measure == Some(Measure::Age),
            false => it.kind == QuantityKind::Cardinal,
        };
        let own = all
            .iter()
            .filter(|it| counts(it) && same(&it.count, &wanted))
            .find_map(|it| {
                let bytes = self.doc.bytes(it.tokens.clone());
                let start = bytes.start.max(self.span.start());
                let part = self.doc.text().get(start..bytes.end.min(self.span.end()))?;
                // The number itself must stand in the words.
                let there = self.inside(&it.tokens) || same(&self.said(part)?, &wanted);
                let whole = Span::new(
                    bytes.start.min(self.span.start()),
                    bytes.end.max(self.span.end()),
                );
                there.then(|| (it.count.clone(), whole))
            });
        if own.is_some() {
            return own;
        }
        // "A guard was killed" says one.
        if ages || (wanted.stated, wanted.bound) != (Some(1), Bound::Exact) {
            return None;
        }
        let person = |at: usize| {
            let token = self.doc.token(at);
            person_nouns::lookup(token.lower()).is_some_and(|it| !it.plural && !it.pair)
                || token.entity_label() == "PERSON"
        };
        (0..self.doc.len())
            .filter(|at| self.inside(&(*at..*at + 1)) && person(*at))
            .filter_map(|at| quantities::person_phrase(&self.doc, &all, at))
            .map(|phrase| phrase.count)
            .find(|count| same(count, &wanted))
            .map(|count| (count, self.span))
    }

    /// The number that a model writes.
    fn said(&self, words: &str) -> Option<Count> {
        let doc = self.pipeline.parse_text(words);
        let mut all = quantities::find(&doc).into_iter();
        let found = all.next()?.count;
        // Two numbers are none.
        all.next().is_none().then_some(found)
    }

    /// The time in the words that is of a day; `None` where there is none.
    pub fn day(&self, day: jiff::civil::Date, published: Option<&When>) -> Option<When> {
        let fine = |when: &When| {
            matches!(
                when.precision,
                WhenPrecision::Minute
                    | WhenPrecision::Hour
                    | WhenPrecision::PartOfDay
                    | WhenPrecision::Day
            )
        };
        times::find(&self.doc, published)
            .into_iter()
            .filter(|time| self.inside(&time.tokens))
            .filter_map(|time| time.when)
            .find(|when| fine(when) && when.date() == day)
    }
}

/// Whether two counts name one number, whatever their bounds.
fn same(a: &Count, b: &Count) -> bool {
    match (a.stated, b.stated) {
        (Some(a), Some(b)) => a == b,
        (None, None) => (a.low, a.high) == (b.low, b.high),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_the_one_of_the_words_with_their_bound() {
        let Some(pipeline) = testing::pipeline() else {
            return;
        };
        let check = |words: &str, said: &str, label: Option<&str>| {
            let whole =
                format!("The mayor spoke of twenty houses. {words}. Thirty roads are closed.");
            let start = whole.find(words).unwrap();
            let text = Text::new(whole, Vec::new());
            let own = Numbers::around(&text, Span::new(start, start + words.len()), pipeline);
            let found = own.count(said, false).map(|it| it.0.label());
            assert_eq!(found.as_deref(), label, "{words}: {said}");
        };
        check("At least seven people were killed", "7", Some("at least 7"));
        check(
            "At least seven people were killed",
            "seven",
            Some("at least 7"),
        );
        check(
            "At least seven people were killed",
            "at least 7",
            Some("at least 7"),
        );
        check("Seven people were killed", "at least 7", Some("7"));
        check("twenty houses", "20", Some("20"));
        check("Seven people were killed", "8", None);
        check("Seven people were killed", "70", None);
        check("Seven people were killed", "", None);
        check("Seven people were killed", "many and 7 and 8", None);
        // Numbers of other sentences are none of these words.
        check("Seven people were killed", "20", None);
        check("Seven people were killed", "30", None);
        check("1,200 people fled", "1200", Some("1200"));
        check("Two dozen people were hurt", "24", Some("24"));
        check("A guard was killed", "1", Some("1"));
        check("A bridge was hit", "1", None);
        check("Guards were killed", "1", None);
        check("No one was killed", "0", Some("0"));
    }

    #[test]
    fn words_that_leave_a_bound_out_are_given_it_back() {
        let Some(pipeline) = testing::pipeline() else {
            return;
        };
        let whole = "The mayor said that at least seven people were killed.";
        let text = Text::new(whole.to_owned(), Vec::new());
        let check = |words: &str, said: &str, wanted: Option<&str>| {
            let start = whole.find(words).unwrap();
            let span = Span::new(start, start + words.len());
            let found = Numbers::around(&text, span, pipeline).count(said, false);
            let words = found.map(|(count, span)| {
                assert_eq!(count.label(), "at least 7");
                &whole[span.range()]
            });
            assert_eq!(words, wanted);
        };
        check("seven people", "7", Some("at least seven people"));
        check(
            "said that at least seven",
            "7",
            Some("said that at least seven"),
        );
        check("said that at least", "7", None);
        check("people were killed", "7", None);
    }

    #[test]
    fn a_day_is_the_one_that_the_words_name() {
        let Some(pipeline) = testing::pipeline() else {
            return;
        };
        let words = "Seven people were killed on Monday";
        let text = Text::new(format!("{words}, and nobody on Tuesday."), Vec::new());
        let own = Numbers::around(&text, Span::new(0, words.len()), pipeline);
        let published = When::day(jiff::civil::date(2031, 3, 5), "5 March 2031", "");
        let day = |day| own.day(jiff::civil::date(2031, 3, day), Some(&published));
        assert_eq!(day(3).map(|it| it.words).as_deref(), Some("Monday"));
        assert_eq!((day(4), day(5)), (None, None));
    }
}
