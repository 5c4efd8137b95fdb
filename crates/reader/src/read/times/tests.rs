//! Text in, times out, on the real pipeline. Places and people are made up.

use super::*;

/// Checks the times of `text`, printed as `words = value`, with the day of printing given as a metadata string ("" for
/// none).
#[track_caller]
fn check(published: &str, text: &str, expected: &[&str]) {
    let Some(pipeline) = ::testing::pipeline() else {
        return;
    };
    let doc = pipeline.parse_text(text);
    let times = find(&doc, parse_published(published).as_ref());
    let got: Vec<String> = times
        .iter()
        .map(|time| {
            if let Some(when) = &time.when {
                assert!(when.start < when.end, "{text}");
            }
            format!("{} = {}", doc.slice(time.tokens.clone()), time.value)
        })
        .collect();
    assert_eq!(got, expected, "{text}");
}

/// A Wednesday.
const PRINTED: &str = "2022-01-26";

#[test]
fn weekdays_look_back_unless_the_verb_looks_ahead() {
    check(
        PRINTED,
        "Gunmen attacked the prison in Harnok on Thursday.",
        &["Thursday = 2022-01-20"],
    );
    check(
        PRINTED,
        "Gunmen attacked the prison in Harnok on Wednesday.",
        &["Wednesday = 2022-01-26"],
    );
    check(
        PRINTED,
        "The council will meet on Friday.",
        &["Friday = 2022-01-28"],
    );
    check(
        PRINTED,
        "The fighting began on Thursday last week.",
        &["Thursday last week = 2022-01-20"],
    );
    check(
        PRINTED,
        "The fighting began last Monday.",
        &["last Monday = 2022-01-24"],
    );
    check(
        PRINTED,
        "He was shot early on Saturday.",
        &["early on Saturday = 2022-01-22"],
    );
    check(
        PRINTED,
        "A bomb exploded on Thursday evening.",
        &["Thursday evening = 2022-01-20TEV"],
    );
    check(
        PRINTED,
        "Friday's attack killed nine people.",
        &["Friday = 2022-01-21"],
    );
    check(
        PRINTED,
        "He died following Friday's attack.",
        &["Friday = 2022-01-21"],
    );
    check(
        PRINTED,
        "He was held by a man who'd broken into his home on Saturday.",
        &["Saturday = 2022-01-22"],
    );
}

#[test]
fn relative_days_count_from_printing() {
    check(
        PRINTED,
        "It happened yesterday.",
        &["yesterday = 2022-01-25"],
    );
    check(
        PRINTED,
        "It happened the day before yesterday.",
        &["the day before yesterday = 2022-01-24"],
    );
    check(
        PRINTED,
        "Two men were killed last night.",
        &["last night = 2022-01-25TNI"],
    );
    check(
        PRINTED,
        "Three days ago the army left Velm.",
        &["Three days ago = 2022-01-23"],
    );
    check(
        PRINTED,
        "The army left Velm last week.",
        &["last week = 2022-W03"],
    );
    check(
        PRINTED,
        "The army left Velm two months ago.",
        &["two months ago = 2021-11"],
    );
    check(
        PRINTED,
        "The army left Velm last year.",
        &["last year = 2021"],
    );
    check(
        PRINTED,
        "Shelling killed two people overnight.",
        &["overnight = 2022-01-25TNI"],
    );
}

#[test]
fn what_is_said_later_counts_from_what_was_said_before() {
    check(
        PRINTED,
        "The siege began on January 3. The next day the governor resigned. Three days later the army came.",
        &[
            "January 3 = 2022-01-03",
            "The next day = 2022-01-04",
            "Three days later = 2022-01-07",
        ],
    );
    check(
        PRINTED,
        "A car exploded near the gate on Thursday. At about 10 p.m., gunmen entered.",
        &["Thursday = 2022-01-20", "about 10 p.m. = 2022-01-20T22:00"],
    );
}

#[test]
fn a_date_without_a_year_is_the_nearest_before_printing() {
    check(
        PRINTED,
        "The army took Velm on December 3.",
        &["December 3 = 2021-12-03"],
    );
    check(
        PRINTED,
        "The army took Velm on 3 January.",
        &["3 January = 2022-01-03"],
    );
    check(
        PRINTED,
        "Rebels attacked Velm on the 20th of January.",
        &["the 20th of January = 2022-01-20"],
    );
    check(
        PRINTED,
        "The trial will open on February 3.",
        &["February 3 = 2022-02-03"],
    );
    check(
        "2022-01-02",
        "It fell on Thursday, December 30.",
        &["Thursday, December 30 = 2021-12-30"],
    );
    check(
        PRINTED,
        "HARNOK, Jan. 23 (Norven Press) — Two men died.",
        &["Jan. 23 = 2022-01-23"],
    );
}

#[test]
fn a_misprinted_weekday_moves_no_year() {
    check(
        "2016-11-23",
        "It happened on Wednesday, November 11.",
        &["Wednesday, November 11 = 2016-11-11"],
    );
}

#[test]
fn weekday_and_day_fix_the_year_without_a_publication_date() {
    // Of the years around 2019 in which January 20 is a Thursday, 2022 is nearest, earlier ones counting double.
    check(
        "",
        "Gunmen attacked a prison on Thursday, January 20. The town had been quiet since 2019. Officials met on \
         Monday, January 24.",
        &[
            "Thursday, January 20 = 2022-01-20",
            "2019 = 2019",
            "Monday, January 24 = 2022-01-24",
        ],
    );
    check(
        "",
        "Gunmen attacked a prison on Thursday, January 20. The group spoke on January 25. The fighting began on \
         Thursday last week. It was free in 2019.",
        &[
            "Thursday, January 20 = 2022-01-20",
            "January 25 = 2022-01-25",
            "Thursday last week = 2022-01-20",
            "2019 = 2019",
        ],
    );
    check(
        "",
        "It happened on Thursday, January 20.",
        &["Thursday, January 20 = XXXX-01-20"],
    );
    check("", "It happened on Thursday.", &["Thursday = XXXX-WXX-4"]);
}

#[test]
fn the_text_gives_the_day_of_printing_only_at_its_head() {
    check(
        "",
        "Published 25 January 2022\nA bomb exploded on Thursday.",
        &["25 January 2022 = 2022-01-25", "Thursday = 2022-01-20"],
    );
    check(
        "",
        "A bomb exploded on Thursday.\nPolice spoke.\nThe last blast was on 7 October 2017.",
        &["Thursday = XXXX-WXX-4", "7 October 2017 = 2017-10-07"],
    );
}

#[test]
fn explicit_dates_in_any_order() {
    for (words, value) in [
        ("January 20, 2022", "2022-01-20"),
        ("20 January 2022", "2022-01-20"),
        ("20th January 2022", "2022-01-20"),
        ("Jan. 20, 2022", "2022-01-20"),
        ("Thursday 20 January 2022", "2022-01-20"),
        ("2022-01-20", "2022-01-20"),
        ("January 2022", "2022-01"),
        ("the summer of 2014", "2014-SU"),
        ("the third quarter of 1990", "1990-Q3"),
        ("the 1980s", "198"),
        ("the 19th century", "18"),
        ("early 2014", "2014"),
        ("the end of 2014", "2014"),
    ] {
        let text = format!("It began in {words}.");
        check(PRINTED, &text, &[&format!("{words} = {value}")]);
    }
}

#[test]
fn times_of_day() {
    check(
        PRINTED,
        "It struck at 5:30 p.m. on Thursday.",
        &["5:30 p.m. on Thursday = 2022-01-20T17:30"],
    );
    check(
        PRINTED,
        "It struck on Thursday at around 17:30.",
        &["Thursday at around 17:30 = 2022-01-20T17:30"],
    );
    check(
        PRINTED,
        "It struck at noon Monday.",
        &["noon Monday = 2022-01-24T12:00"],
    );
    check(
        PRINTED,
        "It struck at 6am on Monday.",
        &["6am on Monday = 2022-01-24T06:00"],
    );
    check(
        PRINTED,
        "Shelling went on overnight. At 2 a.m. a school was hit.",
        &["overnight = 2022-01-25TNI", "2 a.m. = 2022-01-26T02:00"],
    );
}

#[test]
fn lengths_and_repetitions() {
    check(
        PRINTED,
        "The siege lasted three days.",
        &["three days = P3D"],
    );
    check(PRINTED, "A two-day siege ended.", &["two-day = P2D"]);
    check(
        PRINTED,
        "They waited two and a half years.",
        &["two and a half years = P2Y6M"],
    );
    check(
        PRINTED,
        "They waited half an hour.",
        &["half an hour = PT30M"],
    );
    check(
        PRINTED,
        "They waited for several weeks.",
        &["several weeks = PXW"],
    );
    check(
        PRINTED,
        "They pray every Friday.",
        &["every Friday = XXXX-WXX-5"],
    );
    check(PRINTED, "Two people die every day.", &["every day = P1D"]);
}

#[test]
fn ages_and_counts_are_no_times() {
    check(
        PRINTED,
        "A 61-year-old man and a boy aged 12 died; she is 19 years old.",
        &[],
    );
    check(
        PRINTED,
        "March on, he said; they may leave. Three-quarters of 2000 people fled.",
        &[],
    );
}

#[test]
fn a_stretch_has_an_interval() {
    let Some(pipeline) = ::testing::pipeline() else {
        return;
    };
    let doc =
        pipeline.parse_text("Forty people died in the past two weeks and between January 20-22.");
    let times = find(&doc, parse_published(PRINTED).as_ref());
    let shown: Vec<String> = times
        .iter()
        .filter_map(|time| time.when.as_ref())
        .map(|when| {
            format!(
                "{} {} {:?}",
                when.start.date(),
                when.end.date(),
                when.precision
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "2022-01-12 2022-01-27 Interval",
            "2022-01-20 2022-01-23 Interval"
        ]
    );
}

#[test]
fn impossible_dates_have_no_interval() {
    let Some(pipeline) = ::testing::pipeline() else {
        return;
    };
    for text in [
        "It began on February 30, 2021.",
        "It began on Monday, June 31.",
        "It began on 0000-00-00 and 31/31/0000.",
        "It ended 99999999999999 years ago and 9223372036854775807 days later.",
        "In the year 9999 it ended, 400 centuries ago.",
        "Dec. 31, 9998",
    ] {
        let doc = pipeline.parse_text(text);
        for published in ["", PRINTED, "1900-01-01", "2100-12-31"] {
            for time in find(&doc, parse_published(published).as_ref()) {
                assert!(time.when.is_none_or(|when| when.start < when.end), "{text}");
            }
        }
    }
    let doc = pipeline.parse_text("It began on February 30, 2021.");
    assert_eq!(find(&doc, None)[0].when, None);
}

#[test]
fn a_verb_gets_its_own_time() {
    let Some(pipeline) = ::testing::pipeline() else {
        return;
    };
    let doc = pipeline.parse_text(
        "Gunmen attacked the prison on Thursday and the army said on Monday that nine \
        guards had died.",
    );
    let times = find(&doc, parse_published(PRINTED).as_ref());
    let of = |word: &str| {
        let token = doc.tokens().find(|token| token.lower() == word)?;
        attach(&doc, &times, token.i).map(|time| times[time].value.clone())
    };
    assert_eq!(of("attacked").as_deref(), Some("2022-01-20"));
    assert_eq!(of("said").as_deref(), Some("2022-01-24"));
    assert_eq!(attach(&doc, &times, 9_999), None);
}

#[test]
fn any_text_does_not_panic() {
    let Some(pipeline) = ::testing::pipeline() else {
        return;
    };
    for text in [
        "",
        "\n\n",
        "🙂 Thursday 🙂",
        "في 20 يناير 2022",
        "\u{0}\u{1} May",
        "-",
        "the the the",
        "' '' '80s '",
        "a a a year",
    ] {
        let doc = pipeline.parse_text(text);
        find(&doc, None);
        find(&doc, parse_published(PRINTED).as_ref());
    }
    let doc = language::Doc::default();
    assert!(find(&doc, None).is_empty());
}
