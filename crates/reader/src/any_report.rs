//! Whatever comes in, the reader ends, does not panic and keeps its promises; what is written in a known way is read as
//! it was written. The same checks run as fuzz targets (`make fuzz`).

use proptest::prelude::*;

use crate::{read::quantities, testing::*};

/// Words that the finders look for, strung together by chance.
const WORDS: &[&str] = &[
    "three",
    "12",
    "1,000",
    "dozens",
    "of",
    "at",
    "least",
    "more",
    "than",
    "between",
    "and",
    "people",
    "children",
    "were",
    "killed",
    "wounded",
    "on",
    "Monday",
    "Jan.",
    "3",
    "2021",
    "31",
    "February",
    "0",
    "midnight",
    "a.m.",
    "8:45",
    "last",
    "week",
    "ago",
    "two",
    "hundred",
    "million",
    "½",
    "-",
    "–",
    "/",
    "\"",
    "“",
    "”",
    "'",
    "(",
    ")",
    ",",
    ".",
    ":",
    "said",
    "police",
    "according",
    "to",
    "the",
    "no",
    "one",
    "second",
    "99999999999999999999",
    "1e9",
    "٣",
    "\n",
    "\u{301}",
    "😀",
    "Darmuk",
    "in",
    "near",
    "block",
    "Street",
    "year-old",
    "man",
    "his",
    "sons",
    "both",
    "Dec",
    "29,",
    "-0001",
    "0000-00-00",
    "32nd",
];

fn strung() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..60).prop_map(|words| words.join(" "))
}

/// Bits of pages, whole and broken.
const TAGS: &[&str] = &[
    "<html>",
    "</html>",
    "<body",
    ">",
    "<p>",
    "</p>",
    "<div class=\"story\">",
    "</div",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<table><tr><td>",
    "&amp;",
    "&#x0;",
    "&#99999999;",
    "&nbsp",
    "<meta property=\"article:published_time\" content=\"",
    "2021-13-45T99:99\">",
    "<title>",
    "</title>",
    "<time datetime=",
    "<br/>",
    "<![CDATA[",
    "]]>",
    "\0",
    "Published: ",
    "0000-01-01\n",
    "<p>Two people were killed in Darmuk on Monday, the ministry said.</p>",
    "{\"@type\":\"NewsArticle\",\"datePublished\":",
    "\"}",
];

fn pages() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(TAGS), 0..40).prop_map(|tags| tags.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_extracted_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_extraction(&bytes);
        check_report(&bytes);
    }

    #[test]
    fn any_page_is_extracted_or_refused(page in pages()) {
        check_extraction(page.as_bytes());
        check_report(page.as_bytes());
    }

    #[test]
    fn any_string_of_words_is_read(words in strung(), day in prop::option::of("[0-9]{4}-[0-1][0-9]-[0-3][0-9]")) {
        check_quantities(&words);
        check_times(&words, day.as_deref());
        check_report(words.as_bytes());
    }

    #[test]
    fn numbers_are_read_as_they_were_written(low in 2_u64..5000, more in 1_u64..500, way in 0_usize..6) {
        let Some(pipeline) = ::testing::pipeline() else { return Ok(()) };
        let high = low + more;
        let (said, expected) = match way {
            0 => (format!("{low}"), (low, Some(low))),
            1 => (format!("at least {low}"), (low, None)),
            2 => (format!("more than {low}"), (low + 1, None)),
            3 => (format!("between {low} and {high}"), (low, Some(high))),
            4 => (format!("{low} to {high}"), (low, Some(high))),
            _ => (format!("up to {low}"), (0, Some(low))),
        };
        let doc = pipeline.parse_text(&format!("The ministry said {said} people were killed in the village."));
        let found = quantities::find(&doc);
        prop_assert_eq!(found.len(), 1, "{}", said);
        prop_assert_eq!((found[0].count.low, found[0].count.high), expected, "{}", said);
    }

    #[test]
    fn dates_are_read_as_they_were_written(
        year in 1990_i16..2030,
        month in 1_i8..=12,
        day in 1_i8..=28,
        way in 0_usize..5,
    ) {
        let Some(pipeline) = ::testing::pipeline() else { return Ok(()) };
        const MONTHS: [&str; 12] = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ];
        let name = MONTHS[usize::from(month.unsigned_abs()) - 1];
        let said = match way {
            0 => format!("{day} {name} {year}"),
            1 => format!("{name} {day}, {year}"),
            2 => format!("{year}-{month:02}-{day:02}"),
            3 => format!("the {day}th of {name}, {year}"),
            _ => format!("{} {day}, {year}", &name[..3]),
        };
        let doc = pipeline.parse_text(&format!("The bridge was shelled on {said}, residents said."));
        let found = crate::read::times::find(&doc, None);
        let value = format!("{year}-{month:02}-{day:02}");
        prop_assert!(found.iter().any(|time| time.value == value), "{}: {:?}", said, found);
    }
}
