//! Every day that may be that of the event, with the words it rests on.
//!
//! Comes in: the times of a report. Goes out: one candidate for each time that names a day, further ones where its
//! words leave another day open ("overnight" is of two days, "Friday" in a report of a Friday may be a week old), and
//! the day of publication with the day before, on the words of the event. It does not say which is right.

use jiff::{ToSpan, civil::Date};
use model::WhenPrecision;

use super::{
    super::{event_kinds, segments::Segmented},
    features::{self, DocumentFeatures, Feature},
    rules,
};
use crate::read::times::{Form, Time, local_day};

/// Times looked at: reports of more are lists or archives, and the time of reading must stay linear.
const MAX_TIMES: usize = 400;

/// What a candidate rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A time said, by its index, and the days by which the candidate lies beside what it resolved to.
    Said {
        /// Index among the report's times.
        time: usize,
        /// Days, signed.
        shift: i16,
    },
    /// The day of publication, less some days.
    Printing {
        /// Days before it.
        back: i8,
    },
}

/// A day that may be that of the event.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The day, or the first of several.
    pub day: Date,
    /// Whether it stands for a week or weekend.
    pub coarse: bool,
    /// What it rests on.
    pub basis: Basis,
    /// Token that stands for the event.
    pub event: usize,
    /// What is known of it.
    pub features: Vec<Feature>,
}

/// All candidates, those said first, in the order of the text.
pub fn candidates(cx: &Segmented<'_>) -> Vec<Candidate> {
    let printing = cx.report.published.as_ref().and_then(local_day);
    let document = DocumentFeatures::of(cx, printing);
    let mut out = Vec::new();
    let times = cx.read.times.iter().enumerate();
    let mut named: Option<Named> = None;
    for (index, time, ahead) in times
        .filter_map(|(index, time)| {
            let ahead = lies_ahead(cx, time);
            (ahead.is_some() || rules::dates_a_day(cx, time)).then_some((index, time, ahead))
        })
        .take(MAX_TIMES)
    {
        let Some(when) = &time.when else { continue };
        let context = features::TimeContext::of(cx, &document, index);
        let mut readings: Vec<(i16, &'static str)> = match ahead {
            Some(back) => vec![(back, features::shift_name(back))],
            None => shifts(cx, time, printing)
                .iter()
                .map(|&shift| (shift, features::shift_name(shift)))
                .collect(),
        };
        if time.form == Form::Bare {
            carried(&mut readings, when.date(), named);
        } else if when.precision < WhenPrecision::Week && context.stamp == "-" {
            let day = when.date();
            named = Some(Named {
                day: ahead
                    .and_then(|back| day.checked_add(i64::from(back).days()).ok())
                    .unwrap_or(day),
                night: time.value.ends_with("TNI"),
            });
        }
        for (shift, by) in readings {
            let Ok(day) = when.date().checked_add(i64::from(shift).days()) else {
                continue;
            };
            if printing.is_some_and(|printing| day > printing && shift != 0) {
                continue;
            }
            out.push(Candidate {
                day,
                coarse: when.precision == WhenPrecision::Week,
                basis: Basis::Said { time: index, shift },
                event: context.event,
                features: features::said(&document, &context, day, by),
            });
        }
    }
    if let (Some(printing), Some(event)) = (printing, told(cx, &document)) {
        for back in 0..=1 {
            let Ok(day) = printing.checked_sub(i64::from(back).days()) else {
                continue;
            };
            out.push(Candidate {
                day,
                coarse: false,
                basis: Basis::Printing { back },
                event,
                features: features::printing(&document, day, back),
            });
        }
    }
    out
}

/// The day that the text named last.
#[derive(Clone, Copy)]
struct Named {
    day: Date,
    night: bool,
}

/// Adds, for a time of day without a day ("about 10 p.m."), the day that the text named last, however far above it
/// stands, and after a night named the day after it.
fn carried(readings: &mut Vec<(i16, &'static str)>, resolved: Date, named: Option<Named>) {
    let Some(named) = named else { return };
    let days = (named.day - resolved).get_days();
    let Ok(days) = i16::try_from(days) else {
        return;
    };
    let mut add = |shift: i16, by| match readings.iter_mut().find(|(known, _)| *known == shift) {
        // What it was resolved to is the day named.
        Some(known) if known.0 != 0 => known.1 = by,
        Some(_) => {}
        None => readings.push((shift, by)),
    };
    add(days, "carried");
    if named.night {
        add(days.saturating_add(1), "carried-night");
    }
}

/// Of a weekday or a day of the month that was put after publication, the days back to the last of its name: a verb may
/// mislead, and what is reported has happened.
fn lies_ahead(cx: &Segmented<'_>, time: &Time) -> Option<i16> {
    let when = time.when.as_ref()?;
    let published = cx.report.published.as_ref()?;
    if when.precision >= WhenPrecision::Week || when.start <= published.end {
        return None;
    }
    let date = when.date();
    match time.form {
        Form::Weekday => Some(-7),
        Form::DayOfMonth => {
            let last = Date::new(date.year() - 1, date.month(), date.day()).ok()?;
            i16::try_from((last - date).get_days()).ok()
        }
        _ => None,
    }
}

/// The days, beside the one it resolved to, that the words of a time leave open.
fn shifts(cx: &Segmented<'_>, time: &Time, printing: Option<Date>) -> &'static [i16] {
    let date = time.when.as_ref().map(model::When::date);
    let same_day = date.is_some() && date == printing;
    let night = time.value.ends_with("TNI") || features::midnight(cx, time);
    let weekend = time
        .when
        .as_ref()
        .is_some_and(|when| when.precision == WhenPrecision::Week);
    match time.form {
        _ if weekend => &[0],
        // A time of day reads midnight as the first moment of the next day: what came before it was on the day named.
        Form::Bare if features::before_midnight(cx, time) => &[-1, -2],
        _ if features::before_midnight(cx, time) => &[-1],
        // "Midnight on Friday" begins the day or ends it.
        Form::Weekday | Form::LastWeekday | Form::Yesterday if features::midnight(cx, time) => {
            &[0, -1, 1]
        }
        Form::Weekday if same_day && night => &[0, -7, 1],
        Form::Weekday if same_day => &[0, -7],
        Form::LastWeekday if night => &[0, -7, 1],
        Form::LastWeekday => &[0, -7],
        Form::Bare => &[0, -1, 1],
        Form::Today => &[0, -1],
        Form::Yesterday if night => &[0, 1, -1],
        Form::Yesterday => &[0, -1],
        Form::Full | Form::DayOfMonth if features::midnight(cx, time) => &[0, 1, -1],
        _ if features::midnight(cx, time) => &[0, 1, -1],
        _ if night => &[0, 1],
        _ => &[0],
    }
}

/// Tokens at the top of a report among which its event must be told for the day of publication to be one of it.
const TOP: usize = 200;

/// The word that stands for the event where no time does: the first violent one told as fact, else the first word
/// of a shot.
fn told(cx: &Segmented<'_>, document: &DocumentFeatures) -> Option<usize> {
    let violent = document.violent.first().copied().filter(|&i| i < TOP);
    violent.or_else(|| {
        let mut words = cx.doc.tokens().take(TOP);
        words
            .find(|token| {
                event_kinds::kind_of(*token).is_some()
                    || matches!(
                        token.lower(),
                        "gunshot" | "gunshots" | "gunfire" | "shots" | "shot" | "gunman"
                    )
            })
            .map(|token| token.i)
    })
}
