//! From expressions to the calendar: what "Friday", "last month" or "Jan. 20" stand for in this text.
//!
//! The rules, in order. With a day of printing: a weekday is the latest one up to it (the next one when the verb looks
//! ahead); a day and month without a year take the year that puts them nearest before it (nearest after when the verb
//! looks ahead, nearest at all when no verb says); a weekday said with day and month takes the year nearest to printing
//! in which it fits. Without one: a weekday with day and month takes the year in which it fits that lies nearest to the
//! latest year said in the text, earlier years counting double, because reports name past years; other days take the
//! year of the day so found; the latest full date of the text then stands for the day of printing, and the anchor
//! clause says so.

mod days;
mod months_and_years;
mod parts_of_day;
mod shifts;
mod values;

use jiff::civil::Date;
use model::WhenPrecision;

use super::{
    calendar,
    expression::{Expression, From, Unit},
    tense::Tense,
};
use values::split_quarter;

/// What is known of the calendar at some place in a text.
#[derive(Clone, Debug, Default)]
pub struct Anchor {
    /// The day of printing, or what stands for it.
    pub printing: Option<Date>,
    /// Whether `printing` is taken from the text.
    pub assumed: bool,
    /// Latest year said in the text.
    pub latest_year: Option<i16>,
    /// The value last said with at least a year.
    pub last: Option<String>,
    /// The day last said.
    pub last_day: Option<LastDay>,
    /// Paragraph the next expression stands in.
    pub paragraph: usize,
    /// The quarter last said, as a value.
    pub quarter: Option<String>,
}

/// A day said in the text, for what is said relative to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastDay {
    /// The day.
    pub date: Date,
    /// Paragraph it was said in.
    pub paragraph: usize,
    /// Whether its night was meant: "Friday night", "overnight".
    pub night: bool,
}

/// A resolved value and, in one clause, how.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// TIMEX3 value.
    pub value: String,
    /// How the words became it; empty for finished values.
    pub why: &'static str,
    /// Last day, for "January 20-22" and stretches: one past the end is the day after.
    pub until: Option<(Date, Date)>,
}

fn plain(value: String, why: &'static str) -> Resolved {
    Resolved {
        value,
        why,
        until: None,
    }
}

impl Anchor {
    /// The day "this" and "last" count from.
    fn day(&self) -> Option<Date> {
        self.printing
    }

    /// What "the next day" or "that year" count from: the day last said for units up to a week, the date last said for
    /// longer ones, the day of printing without one.
    fn last_for(&self, unit: Unit) -> Option<Date> {
        let last = if unit <= Unit::Weekend {
            self.last_day.map(|last| last.date)
        } else {
            self.last
                .as_deref()
                .and_then(calendar::interval)
                .map(|(start, ..)| start.date())
        };
        last.or(self.printing)
    }

    /// Puts an expression on the calendar. Where the anchor does not suffice the value keeps `X` for what is unknown.
    pub fn resolve(&self, expression: &Expression, tense: Tense) -> Resolved {
        match expression {
            Expression::Value(value) => plain(value.clone(), ""),
            Expression::Day {
                year,
                month,
                day,
                weekday,
                until,
            } => self.day_of_month(*year, *month, *day, *weekday, *until, tense),
            Expression::Numeric {
                first,
                second,
                year,
            } => self.numeric(*first, *second, *year),
            Expression::Month {
                month,
                side,
                year_offset,
            } => self.month(*month, *side, *year_offset, tense),
            Expression::Weekday {
                weekday,
                week,
                side,
            } => self.weekday(*weekday, *week, *side, tense),
            Expression::Shift { n, unit, from } => self.shift(*n, *unit, *from),
            Expression::Around { unit, offset, from } => self.around(*unit, *offset, *from),
            Expression::Season { code, year, side } => self.season(code, *year, *side, tense),
            Expression::Quarter {
                number,
                year,
                years_back,
            } => self.quarter(*number, *year, *years_back, tense),
            Expression::YearBack => self.year_back(),
            Expression::Stretch { n, unit } => self.stretch(*n, *unit),
            Expression::Part { day, code } => self.in_day(day.as_deref(), code, tense),
            Expression::Clock { day, hour, minute } => {
                let time = match minute {
                    Some(minute) => format!("{hour:02}:{minute:02}"),
                    None => format!("{hour:02}:00"),
                };
                self.in_day(day.as_deref(), &time, tense)
            }
            Expression::Feast { name, year, side } => self.feast(name, *year, *side, tense),
            Expression::EndOf { unit } => self.end_of(*unit),
        }
    }

    fn why(&self, known: &'static str, assumed: &'static str) -> &'static str {
        if self.assumed { assumed } else { known }
    }

    fn from(&self, from: From, unit: Unit) -> Option<Date> {
        match from {
            From::Printing => self.day(),
            From::Last => self.last_for(unit),
        }
    }

    /// Remembers a value for what is said relative to it later; a quarter of the year before ("a year earlier") is not
    /// what "the quarter" comes back to.
    pub fn remember(&mut self, expression: &Expression, value: &str) {
        let back = match expression {
            Expression::YearBack => true,
            Expression::Quarter {
                years_back, number, ..
            } => *years_back != 0 && number.is_none(),
            _ => false,
        };
        if !back && split_quarter(value).is_some() {
            self.quarter = Some(value.to_owned());
        }
        if let Some((start, _, precision)) = calendar::interval(value) {
            if matches!(
                precision,
                WhenPrecision::Day
                    | WhenPrecision::PartOfDay
                    | WhenPrecision::Hour
                    | WhenPrecision::Minute
            ) {
                self.last_day = Some(LastDay {
                    date: start.date(),
                    paragraph: self.paragraph,
                    night: value.ends_with("TNI"),
                });
            }
            self.last = Some(value.split('T').next().unwrap_or(value).to_owned());
        }
    }
}
