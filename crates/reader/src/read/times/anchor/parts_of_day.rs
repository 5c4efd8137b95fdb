//! Hours and parts of a day, and feasts.

use super::{
    Anchor, Resolved, plain,
    values::{day_value, days_between},
};
use crate::read::times::{expression::Expression, lexicon, tense::Tense};

impl Anchor {
    pub(super) fn in_day(&self, day: Option<&Expression>, time: &str, tense: Tense) -> Resolved {
        let day = match day {
            Some(day) => self.resolve(day, tense),
            // "On Thursday … At about 10 p.m., gunmen …": the day told of, if it was said just before.
            None => match self
                .last_day
                .filter(|last| last.paragraph + 1 >= self.paragraph)
            {
                // "Overnight … at 2 a.m.": the small hours of a night are the next day's.
                Some(last)
                    if last.night
                        && matches!(
                            time.get(..2),
                            Some("00" | "01" | "02" | "03" | "04" | "05" | "06")
                        ) =>
                {
                    plain(
                        day_value(last.date.tomorrow().unwrap_or(last.date)),
                        "morning after the night last said",
                    )
                }
                Some(last) => plain(day_value(last.date), "day last said"),
                None => match self.day() {
                    Some(day) => plain(day_value(day), "day of printing"),
                    None => plain("XXXX-XX-XX".into(), ""),
                },
            },
        };
        let date = day.value.split('T').next().unwrap_or_default();
        plain(format!("{date}T{time}"), day.why)
    }

    pub(super) fn feast(
        &self,
        name: &'static str,
        year: Option<i16>,
        side: Option<i32>,
        tense: Tense,
    ) -> Resolved {
        let on = |year: i16| lexicon::feast_day(name, year);
        let date = match (year, self.day()) {
            (Some(year), _) => on(year),
            (None, None) => self.latest_year.and_then(on),
            (None, Some(day)) => (day.year().saturating_sub(1)..=day.year().saturating_add(1))
                .filter_map(on)
                .min_by_key(|&date| {
                    let days = i64::from(days_between(day, date));
                    let wrong = match side {
                        Some(-1) => days >= 0,
                        Some(1) => days <= 0,
                        _ => {
                            (tense == Tense::Future && days < 0)
                                || (tense == Tense::Past && days > 0)
                        }
                    };
                    (wrong, days.abs())
                }),
        };
        match date {
            Some(date) => plain(day_value(date), "feast nearest to printing"),
            None => plain("XXXX".into(), ""),
        }
    }
}
