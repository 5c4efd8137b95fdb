use super::*;
use jiff::civil::{Date, DateTime, date, datetime};
use model::{Bound, Count, Value, When, WhenPrecision};

fn check(from: DateTime, to: DateTime, precision: WhenPrecision, words: &str) {
    let it = When {
        start: from,
        end: to,
        precision,
        words: String::new(),
        anchor: String::new(),
    };
    assert_eq!(when(&it), words);
}

#[test]
fn times_are_as_fine_as_they_are_known() {
    use WhenPrecision::*;
    let at = |d: i8, h: i8| datetime(2022, 1, d, h, 0, 0, 0);
    check(at(20, 0), at(21, 0), Day, "Thu 20 January 2022");
    check(
        at(20, 18),
        at(21, 0),
        PartOfDay,
        "Thu 20 January 2022, 18:00–24:00",
    );
    check(
        at(20, 0),
        at(24, 0),
        Interval,
        "Thu 20 to Sun 23 January 2022",
    );
    check(
        at(1, 0),
        datetime(2022, 2, 1, 0, 0, 0, 0),
        Month,
        "January 2022",
    );
    check(at(1, 0), datetime(2023, 1, 1, 0, 0, 0, 0), Year, "2022");
    check(
        at(20, 14),
        at(20, 15),
        Hour,
        "Thu 20 January 2022, about 14:00",
    );
    check(
        datetime(2022, 12, 30, 0, 0, 0, 0),
        datetime(2023, 1, 2, 0, 0, 0, 0),
        Interval,
        "Fri 30 December 2022 to Sun 1 January 2023",
    );
    check(
        at(20, 20),
        at(21, 4),
        PartOfDay,
        "Thu 20 January 2022, 20:00 to Fri 21 January 2022, 04:00",
    );
}

#[test]
fn parts_of_days_go_by_their_names() {
    let check = |from: DateTime, to: DateTime, words: &str| {
        let it = When {
            start: from,
            end: to,
            precision: WhenPrecision::PartOfDay,
            words: String::new(),
            anchor: String::new(),
        };
        assert_eq!(moment(&it), words);
    };
    let at = |d: i8, h: i8| datetime(2022, 1, d, h, 0, 0, 0);
    check(at(20, 5), at(20, 12), "Thu 20 January 2022, morning");
    check(at(20, 17), at(21, 0), "Thu 20 January 2022, evening");
    check(
        at(20, 18),
        at(21, 6),
        "night of Thu 20 to Fri 21 January 2022",
    );
    check(at(20, 3), at(20, 4), "Thu 20 January 2022, 03:00–04:00");
}

#[test]
fn the_last_day_of_all_time_does_not_panic() {
    let it = When::day(Date::MAX, "", "");
    assert!(!when(&it).is_empty());
    assert_eq!(day(date(2024, 2, 29)), "Thu 29 February 2024");
}

#[test]
fn ranges_read_as_words() {
    assert_eq!(range(23, Some(23)), "23");
    assert_eq!(range(211, None), "211 or more");
    assert_eq!(range(0, Some(40)), "at most 40");
    assert_eq!(range(0, None), "any number");
    assert_eq!(number(1234567), "1\u{202F}234\u{202F}567");
    assert_eq!(number(1234), "1234");
}

#[test]
fn nouns_take_their_plural() {
    for (one, several) in [
        ("student", "students"),
        ("policeman", "policemen"),
        ("deputy", "deputies"),
        ("boy", "boys"),
        ("coach", "coaches"),
        ("terrorists", "terrorists"),
        ("child", "children"),
    ] {
        assert_eq!(plural(one), several);
    }
}

#[test]
fn a_gloss_that_says_nothing_new_is_left_out() {
    let value = Value::Count(Count::said(23, Bound::Exact, "23"));
    assert_eq!(gloss(&value), None);
    let value = Value::Count(Count::said(210, Bound::MoreThan, "more than 210"));
    assert_eq!(gloss(&value).as_deref(), Some("211 or more"));
}
