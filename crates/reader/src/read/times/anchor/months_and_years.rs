//! Months, seasons and quarters without a year of their own, and "a year earlier".

use super::{
    Anchor, Resolved, plain,
    values::{quarter_of, split_quarter},
};
use crate::read::times::tense::Tense;

impl Anchor {
    pub(super) fn month(
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

    pub(super) fn season(
        &self,
        code: &'static str,
        year: Option<i16>,
        side: i32,
        tense: Tense,
    ) -> Resolved {
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

    pub(super) fn quarter(
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
    pub(super) fn year_back(&self) -> Resolved {
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
}
