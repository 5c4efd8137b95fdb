//! What a report as a whole is like: the step of a story that it tells, the days it says, and its cues of fresh news.
//!
//! Comes in: a report with its times. Goes out: [`DocumentFeatures`]. It knows nothing of what stands around one time.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use language::Pos;
use model::WhenPrecision;

use super::{
    super::{
        super::{event_kinds, segments::Segmented},
        rules,
    },
    ranges::{COUNTS, LENGTHS, hour_range, range, stamp},
};
use crate::read::times::{self, Form, Time};

/// Tokens at the top of a report that tell what kind of story it is.
const LEAD: usize = 120;

/// What a report as a whole is like.
pub struct DocumentFeatures {
    /// Day of publication.
    pub(super) printing: Option<Date>,
    /// Tokens of violent words told as fact, in order.
    pub violent: Vec<usize>,
    /// What step of a story the lead tells: `court`, `arrest`, `mourning`, `named` or `news`.
    pub(super) step: &'static str,
    /// How many times said fall on each day.
    pub(super) days: BTreeMap<Date, usize>,
    /// How many of them by the clause of an event.
    pub(super) strong: BTreeMap<Date, usize>,
    /// The day that the clause of an event names first in the text.
    pub(super) first: Option<Date>,
    /// The day named first, if within the first sentences.
    pub(super) lead: Option<Date>,
    /// Days of the week before publication that words for such days name (a weekday, "yesterday").
    recent: Vec<Date>,
    /// Weeks and weekends said, as first and last day.
    pub(super) weeks: Vec<(Date, Date)>,
    /// Words without a day that tell the part of the day, and other cues of fresh news.
    pub(super) cues: Vec<&'static str>,
    /// Range of the report's length.
    pub(super) length: &'static str,
    /// Hour of the first time of day without a day, as a range.
    pub(super) hour: &'static str,
    /// How many days are said, as a range.
    pub(super) times: &'static str,
    /// Weekday of publication.
    pub(super) weekday: &'static str,
    /// Hours from the start of the day of publication to when an archive took the page, as a range: it was published
    /// before.
    pub(super) kept: &'static str,
    /// Whether the report tells of one event or of several.
    pub(super) several: &'static str,
    /// When the page was last changed, by its own words, in local time.
    changed: Option<DateTime>,
    /// When an archive took the page, UTC.
    archived: Option<DateTime>,
}

impl DocumentFeatures {
    /// Looks at a report.
    pub fn of(cx: &Segmented<'_>, printing: Option<Date>) -> Self {
        let violent: Vec<usize> = cx
            .doc
            .tokens()
            .filter(|&token| {
                matches!(token.pos(), Pos::Noun | Pos::Propn | Pos::Verb)
                    && event_kinds::kind_of(token).is_some_and(|(_, rank)| rank > 0)
                    && event_kinds::is_news(token)
            })
            .map(|token| token.i)
            .collect();
        let mut out = Self {
            printing,
            step: step(cx),
            length: range(cx.doc.len(), &[30, 80, 200, 500], &LENGTHS),
            times: "-",
            cues: cues(cx),
            violent,
            days: BTreeMap::new(),
            strong: BTreeMap::new(),
            first: None,
            weeks: Vec::new(),
            hour: "-",
            weekday: printing.map_or("-", weekday),
            kept: kept(cx, printing),
            lead: None,
            recent: Vec::new(),
            several: if cx.segments().several() {
                "several"
            } else {
                "one"
            },
            changed: None,
            archived: cx.report.url.as_deref().and_then(times::archived_at),
        };
        for time in &cx.read.times {
            if rules::dates_a_day(cx, time) {
                out.take_in(cx, time);
            }
        }
        out.times = range(out.days.len(), &[1, 2, 3, 5], &COUNTS);
        out
    }

    /// Counts a time for the day that it names.
    fn take_in(&mut self, cx: &Segmented<'_>, time: &Time) {
        let Some(when) = &time.when else { return };
        if when.precision == WhenPrecision::Week {
            self.weeks.push((when.start.date(), when.end.date()));
            return;
        }
        let stamp = stamp(cx, time);
        if stamp == "posted"
            && matches!(when.precision, WhenPrecision::Minute | WhenPrecision::Hour)
        {
            self.changed = self.changed.max(Some(when.start));
        }
        if time.form == Form::Bare && self.hour == "-" {
            self.hour = hour_range(time);
        }
        // What the page says of itself, and an hour that takes its day from publication, do not speak for a day.
        if stamp != "-" || time.form == Form::Bare && when.anchor == "day of printing" {
            return;
        }
        let day = when.date();
        if time.form != Form::Bare {
            let sentence = cx.doc.token(time.tokens.start).sentence_index();
            if sentence < 3 {
                self.lead = self.lead.or(Some(day));
            }
            let near = self
                .printing
                .is_some_and(|printing| (1..=7).contains(&(printing - day).get_days()));
            if near
                && !self.recent.contains(&day)
                && !matches!(time.form, Form::Full | Form::DayOfMonth)
            {
                self.recent.push(day);
            }
        }
        *self.days.entry(day).or_insert(0) += 1;
        if rules::event_of(cx, time).is_some() {
            self.first = self.first.or(Some(day));
            *self.strong.entry(day).or_insert(0) += 1;
        }
    }

    /// Days from a day to publication, as a range.
    pub(super) fn ago(&self, day: Date) -> &'static str {
        let Some(printing) = self.printing else {
            return "unknown";
        };
        match (printing - day).get_days() {
            ..0 => "after",
            0 => "0",
            1 => "1",
            2 => "2",
            3 => "3",
            4..=6 => "4-6",
            7 => "7",
            8..=14 => "8-14",
            15..=31 => "15-31",
            32..=100 => "32-100",
            101..=400 => "101-400",
            401..=1500 => "years",
            _ => "decades",
        }
    }

    /// How long before the page was known to be written an hour of a day was, as a range; `none` where nothing tells.
    pub(super) fn limit(&self, day: Date, hour: Option<i8>) -> &'static str {
        let Some(hour) = hour.filter(|_| self.changed.is_some() || self.archived.is_some()) else {
            return "none";
        };
        let hours = |until: DateTime| {
            let start = day.to_datetime(jiff::civil::Time::midnight());
            start.duration_until(until).as_hours() - i64::from(hour)
        };
        // Local time lies some hours behind that of an archive, which keeps UTC; five are taken.
        match (
            self.changed.map(hours),
            self.archived.map(|at| hours(at) - 5),
        ) {
            (Some(..0), _) => "after-changed",
            (_, Some(..0)) => "after-archived",
            (Some(0..=6), _) => "changed-6",
            (Some(7..=14), _) => "changed-14",
            (Some(15..=30), _) => "changed-30",
            (Some(_), _) => "changed-more",
            (_, Some(0..=6)) => "archived-6",
            (_, Some(7..=14)) => "archived-14",
            (_, Some(15..=30)) => "archived-30",
            (_, Some(31..=54)) => "archived-54",
            _ => "archived-more",
        }
    }

    /// Whether some day said for sure lies within a week or weekend said.
    pub(super) fn in_week(&self, day: Date) -> &'static str {
        let inside = |&(start, end): &(Date, Date)| start <= day && day < end;
        match (self.weeks.is_empty(), self.weeks.iter().any(inside)) {
            (true, _) => "none",
            (_, true) => "inside",
            _ => "outside",
        }
    }

    pub(super) fn agreeing(&self, day: Date) -> &'static str {
        range(
            self.days.get(&day).copied().unwrap_or(0),
            &[1, 2, 3, 5],
            &COUNTS,
        )
    }

    pub(super) fn strongly(&self, day: Date) -> &'static str {
        range(
            self.strong.get(&day).copied().unwrap_or(0),
            &[1, 2, 3, 5],
            &COUNTS,
        )
    }

    /// Where a day stands among those said.
    pub(super) fn rank(&self, day: Date) -> &'static str {
        let first = self.days.keys().next() == Some(&day);
        let last = self.days.keys().next_back() == Some(&day);
        match (first, last) {
            (true, true) => "only",
            (true, false) => "first",
            (false, true) => "last",
            _ => "middle",
        }
    }

    pub(super) fn first_strong(&self, day: Date) -> &'static str {
        match self.first {
            None => "none",
            Some(first) if first == day => "this",
            Some(first) if first > day => "later",
            _ => "earlier",
        }
    }

    /// Whether a day is the one that the first sentences name.
    pub(super) fn of_lead(&self, day: Date) -> &'static str {
        match self.lead {
            None => "none",
            Some(lead) if lead == day => "this",
            Some(lead) if lead > day => "later",
            Some(_) => "earlier",
        }
    }

    /// Whether a day of the week before publication other than `day` is named.
    pub(super) fn recent(&self, day: Date) -> &'static str {
        let others = self.recent.iter().filter(|one| **one != day).count();
        match (others, self.recent.contains(&day)) {
            (0, false) => "none",
            (0, true) => "only",
            (_, true) => "this-too",
            (1, false) => "other",
            _ => "others",
        }
    }

    pub(super) fn some_strong(&self) -> &'static str {
        if self.strong.is_empty() {
            "weak"
        } else {
            "strong"
        }
    }
}

/// Hours from the start of the day of publication to when an archive took the page, as a range.
fn kept(cx: &Segmented<'_>, printing: Option<Date>) -> &'static str {
    let kept = cx.report.url.as_deref().and_then(times::archived_at);
    let (Some(kept), Some(printing)) = (kept, printing) else {
        return "-";
    };
    let midnight = printing.to_datetime(jiff::civil::Time::midnight());
    match midnight.duration_until(kept).as_hours() {
        ..6 => "h06",
        6..9 => "h09",
        9..12 => "h12",
        12..15 => "h15",
        15..18 => "h18",
        18..24 => "h24",
        24..30 => "h30",
        30..40 => "h40",
        _ => "late",
    }
}

fn weekday(date: Date) -> &'static str {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let at = usize::try_from(date.weekday().to_monday_zero_offset());
    at.ok().and_then(|at| DAYS.get(at)).copied().unwrap_or("-")
}

/// What step of a story the top of the report tells.
fn step(cx: &Segmented<'_>) -> &'static str {
    let (mut court, mut arrest, mut mourning, mut named) = (0, 0, 0, 0);
    for token in cx.doc.tokens().take(LEAD) {
        match token.lemma() {
            "sentence" | "plead" | "convict" | "trial" | "jury" | "verdict" | "indict"
            | "arraign" | "testify" | "acquit" | "guilty" | "hearing" | "court" | "judge" => {
                court += 1
            }
            "charge" | "arrest" | "custody" | "apprehend" | "surrender" | "extradite" | "bail" => {
                arrest += 1
            }
            "vigil" | "funeral" | "mourn" | "anniversary" | "memorial" | "bury" | "obituary" => {
                mourning += 1
            }
            "identify" | "autopsy" | "coroner" | "ago" | "reward" | "surveillance" | "video" => {
                named += 1
            }
            _ => {}
        }
    }
    match (court, arrest, mourning, named) {
        (2.., ..) => "court",
        (_, _, 1.., _) => "mourning",
        (_, 1.., ..) => "arrest",
        (1, ..) => "court",
        (.., 1..) => "named",
        _ => "news",
    }
}

/// Words without a day that speak of fresh news or of the part of a day.
fn cues(cx: &Segmented<'_>) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    let mut add = |cue| {
        if !out.contains(&cue) {
            out.push(cue);
        }
    };
    let mut before = "";
    for token in cx.doc.tokens().take(600) {
        let lower = token.lower();
        if token.sentence_index() == 0 {
            match lower {
                "morning" => add("lead-morning"),
                "night" | "overnight" => add("lead-night"),
                "charged" | "arrested" | "accused" => add("lead-charged"),
                "identified" | "identify" | "id" => add("lead-identified"),
                "dies" | "died" => add("lead-dies"),
                "investigating" | "investigate" | "searching" | "search" => add("lead-searching"),
                _ => {}
            }
        }
        match lower {
            "breaking" | "developing" => add("breaking"),
            "currently" | "ongoing" | "underway" => add("now"),
            "overnight" => add("overnight"),
            "morning" => add("morning"),
            "afternoon" => add("afternoon"),
            "evening" => add("evening"),
            "night" | "midnight" => add("night"),
            "tonight" => add("tonight"),
            "today" => add("today"),
            "updated" | "update" => add("updated"),
            "remains" | "remain" => add("remains"),
            "surgery" => add("surgery"),
            "autopsy" => add("autopsy"),
            "arrested" | "arrest" => add("arrested"),
            "charged" => add("charged"),
            "identified" => add("identified"),
            "weekend" => add("weekend"),
            "week" if before == "last" => add("last-week"),
            "investigating" if matches!(before, "are" | "is" | "still") => add("investigating"),
            "searching" | "looking" if matches!(before, "are" | "is") => add("searching"),
            "hospital" => add("hospital"),
            "released" => add("released"),
            _ => {}
        }
        before = lower;
    }
    out
}
