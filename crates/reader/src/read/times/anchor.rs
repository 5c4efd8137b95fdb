//! From expressions to the calendar: what "Friday", "last month" or "Jan. 20" stand for in this text.
//!
//! The rules, in order. With a day of printing: a weekday is the latest one up to it (the next one when the verb looks
//! ahead); a day and month without a year take the year that puts them nearest before it (nearest after when the verb
//! looks ahead, nearest at all when no verb says); a weekday said with day and month takes the year nearest to printing
//! in which it fits. Without one: a weekday with day and month takes the year in which it fits that lies nearest to the
//! latest year said in the text, earlier years counting double, because reports name past years; other days take the
//! year of the day so found; the latest full date of the text then stands for the day of printing, and the anchor
//! clause says so.

use jiff::{
    Span, ToSpan,
    civil::{Date, Weekday},
};

use model::WhenPrecision;

use super::{
    calendar,
    expression::{Expression, From, Unit},
    lexicon,
    tense::Tense,
};

/// How far from the latest year said a fitting year may lie when there is no day of printing.
const YEARS_ASIDE: i16 = 12;

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

fn day_value(date: Date) -> String {
    date.to_string()
}

fn month_value(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

fn week_value(date: Date) -> String {
    let (year, week) = calendar::iso_week(date);
    format!("{year:04}-W{week:02}")
}

fn quarter_of(date: Date) -> i8 {
    (date.month() - 1) / 3 + 1
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

    fn day_of_month(
        &self,
        year: Option<i16>,
        month: i8,
        day: i8,
        weekday: Option<i8>,
        until: Option<i8>,
        tense: Tense,
    ) -> Resolved {
        let (year, why) = match year {
            Some(year) => (Some(year), "stated"),
            None => self.year_for(month, day, weekday, tense),
        };
        let Some(year) = year else {
            return plain(format!("XXXX-{month:02}-{day:02}"), "no year known");
        };
        let first = calendar::date(year, month, day);
        let range = until
            .and_then(|last| calendar::date(year, month, last))
            .and_then(|last| Some((first?, last.tomorrow().ok()?)))
            .filter(|(first, end)| first < end);
        Resolved {
            value: format!("{year:04}-{month:02}-{day:02}"),
            why,
            until: range,
        }
    }

    fn year_for(
        &self,
        month: i8,
        day: i8,
        weekday: Option<i8>,
        tense: Tense,
    ) -> (Option<i16>, &'static str) {
        let fits = |year: i16| {
            calendar::date(year, month, day).filter(|date| {
                weekday.is_none_or(|weekday| date.weekday().to_monday_one_offset() == weekday)
            })
        };
        if let Some(printing) = self.printing.filter(|_| !self.assumed || weekday.is_none()) {
            let around = printing
                .year()
                .saturating_sub(if weekday.is_some() { 6 } else { 8 })
                ..=printing
                    .year()
                    .saturating_add(if weekday.is_some() { 1 } else { 8 });
            let best = around.filter_map(fits).min_by_key(|&date| {
                let days = i64::from(days_between(printing, date));
                let ahead = days > 1;
                match tense {
                    Tense::Future if days < 0 => days.abs() * 4,
                    Tense::Past if ahead => days * 6,
                    Tense::Present | Tense::Unknown if ahead => days + 60,
                    _ => days.abs(),
                }
            });
            // "Wednesday, November 11" some days before printing is a wrong weekday sooner than a date of years ago.
            let near = |date: Date| days_between(printing, date).abs();
            let plain_day = [-1, 0].iter().find_map(|back| {
                calendar::date(printing.year() + back, month, day).filter(|&date| near(date) <= 45)
            });
            let misprint = best.is_some_and(|best| near(best) > 200) && plain_day.is_some();
            if let Some(date) = best.filter(|_| !misprint) {
                let why = if weekday.is_some() {
                    "weekday and day fix the year"
                } else {
                    "year nearest to printing"
                };
                return (Some(date.year()), why);
            }
            // The weekday fits no year near: a misprint. The day stands.
            if weekday.is_some() {
                let (year, _) = self.year_for(month, day, None, tense);
                return (year, "weekday does not fit; year nearest to printing");
            }
        }
        let Some(latest) = self.latest_year else {
            return (None, "");
        };
        let best = (latest.saturating_sub(YEARS_ASIDE)..=latest.saturating_add(YEARS_ASIDE))
            .filter_map(fits)
            .map(|date| date.year())
            .min_by_key(|&year| {
                if year < latest {
                    (latest - year) * 2
                } else {
                    year - latest
                }
            });
        (
            best,
            if weekday.is_some() {
                "weekday and day fix the year"
            } else {
                "latest year said"
            },
        )
    }

    fn numeric(&self, first: i8, second: i8, year: i16) -> Resolved {
        let day_first = calendar::date(year, second, first);
        let month_first = calendar::date(year, first, second);
        let (date, why) = match (day_first, month_first, self.printing) {
            (Some(a), Some(b), Some(printing)) if a != b => {
                let far = |date: Date| days_between(printing, date).abs();
                if far(b) < far(a) && days_between(printing, b) <= 1 {
                    (Some(b), "numeric date, nearest to printing")
                } else {
                    (Some(a), "numeric date read day first")
                }
            }
            (Some(a), Some(b), None) if a != b => (Some(a), "numeric date read day first"),
            (Some(a), ..) => (Some(a), "stated"),
            (None, b, _) => (b, "numeric date, month first"),
        };
        plain(date.map_or_else(|| format!("{year:04}"), day_value), why)
    }

    fn month(
        &self,
        month: i8,
        side: Option<i32>,
        year_offset: Option<i32>,
        tense: Tense,
    ) -> Resolved {
        let Some(day) = self.day() else {
            return match self.latest_year {
                Some(year) => plain(format!("{year:04}-{month:02}"), "latest year said"),
                None => plain(format!("XXXX-{month:02}"), "no year known"),
            };
        };
        let ahead = month > day.month();
        let year = match (year_offset, side) {
            (Some(offset), _) => i32::from(day.year()) + offset,
            (None, Some(-1)) => i32::from(day.year()) - i32::from(month >= day.month()),
            (None, Some(1)) => i32::from(day.year()) + i32::from(!ahead),
            (None, Some(_)) => i32::from(day.year()),
            (None, None) => match tense {
                Tense::Future => i32::from(day.year()) + i32::from(month < day.month()),
                Tense::Past => i32::from(day.year()) - i32::from(ahead),
                _ if i32::from(month) - i32::from(day.month()) >= 5 => i32::from(day.year()) - 1,
                _ if i32::from(day.month()) - i32::from(month) > 9 => i32::from(day.year()) + 1,
                _ => i32::from(day.year()),
            },
        };
        plain(format!("{year:04}-{month:02}"), "month nearest to printing")
    }

    fn weekday(&self, weekday: i8, week: Option<i32>, side: Option<i32>, tense: Tense) -> Resolved {
        let (Some(day), Ok(target)) = (self.day(), Weekday::from_monday_one_offset(weekday)) else {
            return plain(format!("XXXX-WXX-{weekday}"), "no day of printing");
        };
        if let Some(week) = week {
            let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
            let date = monday.and_then(|monday| {
                monday.checked_add((i64::from(week) * 7 + i64::from(weekday) - 1).days())
            });
            return match date {
                Ok(date) => plain(
                    day_value(date),
                    self.why(
                        "weekday of the week named",
                        "weekday of the week named, counted from the latest date in the text",
                    ),
                ),
                Err(_) => plain(format!("XXXX-WXX-{weekday}"), ""),
            };
        }
        let back = i64::from(day.weekday().since(target));
        let ahead = match side {
            Some(side) => side > 0,
            None => tense == Tense::Future,
        };
        let days = match (ahead, side) {
            (true, _) if back == 0 => 7,
            (true, _) => 7 - back,
            (false, Some(-1)) if back == 0 => -7,
            (false, _) => -back,
        };
        match day.checked_add(days.days()) {
            Ok(date) => plain(
                day_value(date),
                if ahead {
                    self.why(
                        "weekday after printing",
                        "weekday after the latest date in the text",
                    )
                } else {
                    self.why(
                        "weekday up to printing",
                        "weekday up to the latest date in the text",
                    )
                },
            ),
            Err(_) => plain(format!("XXXX-WXX-{weekday}"), ""),
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

    fn shift(&self, n: i64, unit: Unit, from: From) -> Resolved {
        let why = match from {
            From::Printing => self.why(
                "counted from printing",
                "counted from the latest date in the text",
            ),
            From::Last => "counted from the date last said",
        };
        let shifted = self.from(from, unit).and_then(|day| {
            let span = match unit {
                Unit::Second | Unit::Minute | Unit::Hour => Span::new().try_days(n / 24).ok()?,
                Unit::Day => Span::new().try_days(n).ok()?,
                Unit::Week | Unit::Weekend => Span::new().try_weeks(n).ok()?,
                Unit::Month => Span::new().try_months(n).ok()?,
                Unit::Quarter => Span::new().try_months(n.checked_mul(3)?).ok()?,
                Unit::Year => Span::new().try_years(n).ok()?,
                Unit::Decade => Span::new().try_years(n.checked_mul(10)?).ok()?,
                Unit::Century => Span::new().try_years(n.checked_mul(100)?).ok()?,
            };
            day.checked_add(span).ok()
        });
        let Some(date) = shifted else {
            return plain(
                match unit {
                    Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX".into(),
                    Unit::Week | Unit::Weekend => "XXXX-WXX".into(),
                    Unit::Month | Unit::Quarter => "XXXX-XX".into(),
                    _ => "XXXX".into(),
                },
                "",
            );
        };
        let value = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => day_value(date),
            Unit::Week => week_value(date),
            Unit::Weekend => format!("{}-WE", week_value(date)),
            Unit::Month => month_value(date),
            Unit::Quarter => format!("{:04}-Q{}", date.year(), quarter_of(date)),
            Unit::Year | Unit::Decade | Unit::Century => format!("{:04}", date.year()),
        };
        plain(value, why)
    }

    fn around(&self, unit: Unit, offset: i32, from: From) -> Resolved {
        if let (Unit::Decade | Unit::Century, Some(day)) = (unit, self.from(from, unit)) {
            let size = if unit == Unit::Decade { 10 } else { 100 };
            let value = i32::from(day.year()) / size + offset;
            let value = if unit == Unit::Decade {
                format!("{value:03}")
            } else {
                format!("{value:02}")
            };
            return plain(value, "counted from printing");
        }
        if unit == Unit::Weekend {
            // On Saturday or Sunday "this weekend" is the one at hand; earlier in the week "the weekend" is the one
            // before.
            let late = self
                .from(from, unit)
                .is_some_and(|day| day.weekday().to_monday_one_offset() >= 6);
            let back = if offset == 0 && !late { -1 } else { offset };
            return self.shift(i64::from(back), unit, from);
        }
        self.shift(i64::from(offset), unit, from)
    }

    fn season(&self, code: &'static str, year: Option<i16>, side: i32, tense: Tense) -> Resolved {
        let year = match (year, self.day()) {
            (Some(year), _) => year,
            (None, None) => match self.latest_year {
                Some(year) => year,
                None => return plain(format!("XXXX-{code}"), "no year known"),
            },
            (None, Some(day)) => {
                let first = match code {
                    "SP" => 3,
                    "SU" => 6,
                    "FA" => 9,
                    _ => 12,
                };
                let begun = day.month() >= first;
                let over = day.month() >= first + 3;
                match side {
                    -1 if code == "WI" => day.year() - 1,
                    -1 => day.year() - i16::from(!over),
                    1 => day.year() + i16::from(begun),
                    _ if code == "WI" && day.month() <= 2 => day.year() - 1,
                    _ if tense == Tense::Past && !begun => day.year() - 1,
                    _ => day.year(),
                }
            }
        };
        plain(format!("{year:04}-{code}"), "season nearest to printing")
    }

    fn quarter(
        &self,
        number: Option<i8>,
        year: Option<i16>,
        years_back: i16,
        tense: Tense,
    ) -> Resolved {
        let said = self.quarter.as_deref();
        let (year, number) = match (number, year) {
            (Some(number), Some(year)) => (year, number),
            (Some(number), None) => match self.day() {
                Some(day) => {
                    let now = quarter_of(day);
                    // The quarter just over is reported long into the next; only one well past can be one ahead.
                    let year = match tense {
                        Tense::Future if number + 1 < now => day.year() + 1,
                        Tense::Past if number > now => day.year() - 1,
                        _ if number > now + 1 => day.year() - 1,
                        _ => day.year(),
                    };
                    (year, number)
                }
                None => match self.latest_year {
                    Some(year) => (year, number),
                    None => return plain(format!("XXXX-Q{number}"), ""),
                },
            },
            (None, Some(year)) => {
                let number = said
                    .and_then(|value| value.rsplit_once('Q'))
                    .and_then(|(_, n)| n.parse().ok());
                match number {
                    Some(number) => (year, number),
                    None => return plain(format!("{year:04}-QX"), ""),
                }
            }
            (None, None) => match (said.and_then(split_quarter), self.day()) {
                (Some(said), _) => said,
                // The quarter last finished.
                (None, Some(day)) => match quarter_of(day) {
                    1 => (day.year() - 1, 4),
                    now => (day.year(), now - 1),
                },
                (None, None) => return plain("XXXX-QX".into(), ""),
            },
        };
        plain(
            format!("{:04}-Q{number}", year.saturating_sub(years_back)),
            "quarter nearest to printing",
        )
    }

    /// "a year earlier" in an earnings report speaks of the same quarter, elsewhere of the year.
    fn year_back(&self) -> Resolved {
        if let Some((year, number)) = self.quarter.as_deref().and_then(split_quarter) {
            return plain(
                format!("{:04}-Q{number}", year.saturating_sub(1)),
                "a year before the quarter last said",
            );
        }
        match self.day() {
            Some(day) => plain(format!("{:04}", day.year() - 1), "counted from printing"),
            None => plain("XXXX".into(), ""),
        }
    }

    fn stretch(&self, n: Option<i64>, unit: Unit) -> Resolved {
        let value = unit.length(n.map(i64::unsigned_abs));
        let (Some(n), Some(day)) = (n, self.day()) else {
            return plain(value, "");
        };
        let edge = || {
            let span = match unit {
                Unit::Day | Unit::Weekend => Span::new().try_days(n).ok()?,
                Unit::Week => Span::new().try_weeks(n).ok()?,
                Unit::Month => Span::new().try_months(n).ok()?,
                Unit::Year => Span::new().try_years(n).ok()?,
                Unit::Decade => Span::new().try_years(n.checked_mul(10)?).ok()?,
                _ => return None,
            };
            let other = day.checked_add(span).ok()?;
            let tomorrow = day.tomorrow().ok()?;
            Some(if n < 0 {
                (other, tomorrow)
            } else {
                (day, other.tomorrow().ok()?)
            })
        };
        Resolved {
            value,
            why: "stretch counted from printing",
            until: edge(),
        }
    }

    fn in_day(&self, day: Option<&Expression>, time: &str, tense: Tense) -> Resolved {
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

    fn feast(
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

    fn end_of(&self, unit: Unit) -> Resolved {
        let value = match (unit, self.day()) {
            (Unit::Year, Some(day)) => format!("{:04}-12-31", day.year()),
            (Unit::Month, Some(day)) => day_value(day.last_of_month()),
            _ => "XXXX-XX-XX".into(),
        };
        plain(value, "end of the period of printing")
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

fn split_quarter(value: &str) -> Option<(i16, i8)> {
    let (year, number) = value.split_once("-Q")?;
    Some((year.parse().ok()?, number.parse().ok()?))
}

/// Days from `a` to `b`, negative when `b` is earlier.
fn days_between(a: Date, b: Date) -> i32 {
    a.duration_until(b).as_hours().div_euclid(24) as i32
}
