//! What a time expression says before it is anchored.

/// A unit of calendar or clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Day.
    Day,
    /// Week, Monday to Sunday.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// Month.
    Month,
    /// Three months.
    Quarter,
    /// Year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    /// Reads a unit word, singular or plural, lower case; with it whether it is a plural.
    pub fn of(word: &str) -> Option<(Unit, bool)> {
        Some(match word {
            "second" => (Unit::Second, false),
            "seconds" => (Unit::Second, true),
            "minute" => (Unit::Minute, false),
            "minutes" | "mins" => (Unit::Minute, true),
            "hour" => (Unit::Hour, false),
            "hours" | "hrs" => (Unit::Hour, true),
            "day" | "night" => (Unit::Day, false),
            "days" | "nights" => (Unit::Day, true),
            "week" => (Unit::Week, false),
            "weeks" => (Unit::Week, true),
            "weekend" => (Unit::Weekend, false),
            "weekends" => (Unit::Weekend, true),
            "month" => (Unit::Month, false),
            "months" => (Unit::Month, true),
            "quarter" => (Unit::Quarter, false),
            "quarters" => (Unit::Quarter, true),
            "year" => (Unit::Year, false),
            "years" => (Unit::Year, true),
            "decade" => (Unit::Decade, false),
            "decades" => (Unit::Decade, true),
            "century" => (Unit::Century, false),
            "centuries" => (Unit::Century, true),
            _ => return None,
        })
    }

    /// The length of `n` units as a TIMEX3 value; `n` is `None` when the words give none.
    pub fn length(self, n: Option<u64>) -> String {
        let (clock, letter, times) = match self {
            Unit::Second => ("T", "S", 1),
            Unit::Minute => ("T", "M", 1),
            Unit::Hour => ("T", "H", 1),
            Unit::Day => ("", "D", 1),
            Unit::Week => ("", "W", 1),
            Unit::Weekend => ("", "WE", 1),
            Unit::Month => ("", "M", 1),
            Unit::Quarter => ("", "Q", 1),
            Unit::Year => ("", "Y", 1),
            Unit::Decade => ("", if n.is_none() { "E" } else { "Y" }, 10),
            Unit::Century => ("", if n.is_none() { "C" } else { "Y" }, 100),
        };
        match n {
            Some(n) => format!("P{clock}{}{letter}", n.saturating_mul(times)),
            None => format!("P{clock}X{letter}"),
        }
    }
}

/// What a relative expression is relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The day of printing: "yesterday", "three days ago".
    Printing,
    /// The date last said in the text: "the next day", "three days later".
    Last,
}

/// A time expression as read, not yet on the calendar.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A finished value: absolute dates, durations, sets, references.
    Value(String),
    /// A day of a month, the year perhaps unsaid; `until` is the last day of "January 20-22".
    Day {
        /// Year.
        year: Option<i16>,
        /// Month.
        month: i8,
        /// Day.
        day: i8,
        /// ISO weekday said with it.
        weekday: Option<i8>,
        /// Last day of a range within the month.
        until: Option<i8>,
    },
    /// "11/02/89": two readings.
    Numeric {
        /// First number.
        first: i8,
        /// Second number.
        second: i8,
        /// Year, two-digit years already completed.
        year: i16,
    },
    /// A month without its year; `side` −1 "last May", 0 "this May", 1 "next May", `None` "May".
    Month {
        /// Month.
        month: i8,
        /// Which one.
        side: Option<i32>,
        /// "January last year": the year relative to that of printing.
        year_offset: Option<i32>,
    },
    /// A weekday; `week` −1 "Thursday last week", 1 "next week's Thursday"; `side` −1 "last Thursday", 1 "next
    /// Thursday".
    Weekday {
        /// ISO weekday.
        weekday: i8,
        /// Week relative to that of printing.
        week: Option<i32>,
        /// Which one.
        side: Option<i32>,
    },
    /// A number of units before (−) or after: "three days ago".
    Shift {
        /// How many, signed.
        n: i64,
        /// Of what.
        unit: Unit,
        /// From when.
        from: From,
    },
    /// The unit around, before or after: "this week", "last year", "the same day".
    Around {
        /// Which unit.
        unit: Unit,
        /// −1 last, 0 this, 1 next.
        offset: i32,
        /// From when.
        from: From,
    },
    /// A season; year perhaps unsaid.
    Season {
        /// `SP`, `SU`, `FA`, `WI`.
        code: &'static str,
        /// Year.
        year: Option<i16>,
        /// Which one, if no year.
        side: i32,
    },
    /// A quarter of a year perhaps unsaid; `number` `None` is the quarter last said or last finished.
    Quarter {
        /// 1–4.
        number: Option<i8>,
        /// Year.
        year: Option<i16>,
        /// Years back: "the year-earlier quarter".
        years_back: i16,
    },
    /// "a year earlier", "a year ago": one year back at the grain last said.
    YearBack,
    /// A stretch that ends (−) or begins at printing: "the past two weeks".
    Stretch {
        /// How many, signed; `None` when unsaid.
        n: Option<i64>,
        /// Of what.
        unit: Unit,
    },
    /// A part of the day something else names: "Thursday evening"; `None` stands for the day last said or of printing.
    Part {
        /// The day.
        day: Option<Box<Expression>>,
        /// `MO`, `MI`, `AF`, `EV`, `NI`, `DT`.
        code: &'static str,
    },
    /// A time of day.
    Clock {
        /// The day; `None` as for [`Expression::Part`].
        day: Option<Box<Expression>>,
        /// Hour 0–24.
        hour: u8,
        /// Minute, if said.
        minute: Option<u8>,
    },
    /// A feast with a fixed rule; year perhaps unsaid.
    Feast {
        /// Its name in the table.
        name: &'static str,
        /// Year.
        year: Option<i16>,
        /// Which one, if no year.
        side: Option<i32>,
    },
    /// The last day of a unit: "year-end".
    EndOf {
        /// Which unit.
        unit: Unit,
    },
}

/// How an expression names its day: what it must be resolved by, and so how it can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A day with its year, or a numeric date.
    Full,
    /// A day and month without a year.
    DayOfMonth,
    /// A weekday.
    Weekday,
    /// "last Thursday".
    LastWeekday,
    /// "Thursday last week", "this Thursday".
    WeekdayOfWeek,
    /// "today", "this morning", "tonight".
    Today,
    /// "yesterday", "last night", "overnight".
    Yesterday,
    /// "three days ago".
    Ago,
    /// "the next day", "that night", "two hours later": counted from a date said before.
    FromLast,
    /// A time of day without a day.
    Bare,
    /// A week, a weekend, a month, a year.
    Period,
    /// A feast.
    Feast,
    /// Anything else.
    Other,
}

impl Form {
    /// The form of an expression; that of the day for a time within a day.
    pub fn of(expression: &Expression) -> Self {
        match expression {
            Expression::Day { year: Some(_), .. } | Expression::Numeric { .. } => Self::Full,
            Expression::Day { .. } => Self::DayOfMonth,
            Expression::Weekday { week: Some(_), .. } => Self::WeekdayOfWeek,
            Expression::Weekday { side: Some(-1), .. } => Self::LastWeekday,
            Expression::Weekday { .. } => Self::Weekday,
            Expression::Shift {
                from: From::Last, ..
            }
            | Expression::Around {
                from: From::Last, ..
            } => Self::FromLast,
            Expression::Shift {
                n: 0,
                unit: Unit::Day,
                ..
            } => Self::Today,
            Expression::Shift {
                n: -1,
                unit: Unit::Day,
                ..
            } => Self::Yesterday,
            Expression::Shift { .. } => Self::Ago,
            Expression::Part { day: None, .. } | Expression::Clock { day: None, .. } => Self::Bare,
            Expression::Part { day: Some(day), .. } | Expression::Clock { day: Some(day), .. } => {
                Self::of(day)
            }
            Expression::Around { .. }
            | Expression::Month { .. }
            | Expression::Season { .. }
            | Expression::Quarter { .. }
            | Expression::YearBack
            | Expression::Stretch { .. } => Self::Period,
            Expression::Feast { .. } => Self::Feast,
            Expression::Value(_) | Expression::EndOf { .. } => Self::Other,
        }
    }
}
