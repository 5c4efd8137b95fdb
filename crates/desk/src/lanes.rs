//! Two lanes that the server draws: what happened, as reports date it, above; when each report was published, below.
//!
//! Comes in: moments, each from one time to another. Goes out: what a template makes an SVG of. From left to right
//! places are percentages, so that the drawing stretches with the page while marks keep their shape. What lies far
//! from most is not drawn but counted: one report of years later would press all else into a point.

use casebook::publish::words;
use jiff::civil::DateTime;

/// Seconds in a day.
const DAY: i64 = 24 * 3_600;
/// Where no moment stands for so long, the drawing is cut.
const GAP: i64 = 45 * DAY;
/// What is known no better than this does not say where to cut.
const VAGUE: i64 = 32 * DAY;
/// Rows of a lane; what finds no room in them is counted.
const ROWS: usize = 8;
/// Pixels of a row.
const ROW: usize = 22;
/// Room that a mark needs from left to right, in percent: that of a letter on a narrow screen.
const ROOM: f64 = 7.0;

/// Something to draw.
pub struct Moment {
    /// Its first moment.
    pub from: DateTime,
    /// One past its last.
    pub to: DateTime,
    /// Letter of a report; empty for what happened.
    pub letter: String,
    /// What it is, in a line.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

/// A mark of a lane.
#[derive(Debug)]
pub struct Mark {
    /// From the left, in percent: its middle for a letter, its beginning else.
    pub x: String,
    /// Percent that it is wide.
    pub width: String,
    /// Middle of its row, in pixels from the top of the drawing.
    pub y: usize,
    /// Letter of a report.
    pub letter: String,
    /// What it is, a line for each thing.
    pub title: String,
    /// Where the first of them leads.
    pub href: String,
}

/// A day of the axis.
#[derive(Debug)]
pub struct Tick {
    /// From the left, in percent.
    pub x: String,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// The day in words.
    pub day: String,
}

/// What a template draws.
#[derive(Debug)]
pub struct Lanes {
    /// What happened.
    pub happened: Vec<Mark>,
    /// Reports, where they were published.
    pub published: Vec<Mark>,
    /// Pixels from the top to the line between the lanes.
    pub between: usize,
    /// Pixels from the top to the axis.
    pub axis: usize,
    /// Days of the axis.
    pub ticks: Vec<Tick>,
    /// Moments before the first day, after the last, and those for which there is no room.
    left_out: [usize; 3],
}

/// From the first midnight to the last, in seconds.
struct Window {
    from: i64,
    to: i64,
}

/// What seconds are counted from, a midnight.
const BEGIN: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

fn seconds(at: DateTime) -> i64 {
    BEGIN.duration_until(at).as_secs()
}

impl Window {
    /// The stretch with the most moments in it that no long gap cuts.
    fn of<'a>(all: impl Iterator<Item = &'a Moment> + Clone) -> Option<Self> {
        let ends = |it: &Moment| (seconds(it.from), seconds(it.to));
        let mut known: Vec<_> = all.clone().map(ends).collect();
        known.retain(|(from, to)| to - from < VAGUE);
        if known.is_empty() {
            known = all.map(ends).collect();
        }
        known.sort_unstable();
        let mut best: Option<(usize, i64, i64)> = None;
        let mut now: Option<(usize, i64, i64)> = None;
        for (from, to) in known {
            now = Some(match now {
                Some((count, first, last)) if from - last <= GAP => {
                    (count + 1, first, last.max(to))
                }
                _ => (1, from, to),
            });
            if now.map(|it| it.0) > best.map(|it| it.0) {
                best = now;
            }
        }
        let (_, from, to) = best?;
        let from = from.div_euclid(DAY) * DAY;
        let to = (to - 1).max(from).div_euclid(DAY) * DAY + DAY;
        Some(Self { from, to })
    }

    fn at(&self, second: i64) -> f64 {
        let part = (second - self.from) as f64 / (self.to - self.from) as f64;
        part.clamp(0.0, 1.0) * 100.0
    }

    fn ticks(&self) -> Vec<Tick> {
        let days = (self.to - self.from) / DAY;
        let last = days.min(2);
        let tick = |n: i64| {
            let day = n * days / last;
            let at = self.from + day * DAY;
            let begin = BEGIN.saturating_add(jiff::SignedDuration::from_secs(at));
            Tick {
                x: percent(self.at(at)),
                anchor: match n {
                    0 => "start",
                    n if n == last => "end",
                    _ => "middle",
                },
                day: words::short_day(begin.date(), None),
            }
        };
        (0..=last).map(tick).collect()
    }
}

fn percent(at: f64) -> String {
    format!("{at:.2}%")
}

/// Rows of a lane, each with how far it is taken.
struct Rows {
    taken: Vec<f64>,
    top: usize,
}

impl Rows {
    /// Middle of the first row that has room from one percentage to another.
    fn room(&mut self, from: f64, to: f64) -> Option<usize> {
        let free = self.taken.iter().position(|taken| *taken <= from);
        let row = free.unwrap_or(self.taken.len());
        if row == self.taken.len() {
            if row == ROWS {
                return None;
            }
            self.taken.push(0.0);
        }
        self.taken[row] = to;
        Some(self.top + row * ROW + ROW / 2)
    }

    fn bottom(&self) -> usize {
        self.top + self.taken.len().max(1) * ROW
    }
}

impl Lanes {
    /// Draws them; `None` where there are not two moments to compare.
    pub fn of(happened: &[Moment], published: &[Moment]) -> Option<Self> {
        if happened.len() + published.len() < 2 {
            return None;
        }
        let window = Window::of(happened.iter().chain(published))?;
        let mut left_out = [0; 3];
        let mut rows = Rows {
            taken: Vec::new(),
            top: ROW,
        };
        let above = lane(&window, happened, &mut rows, &mut left_out);
        let between = rows.bottom() + ROW / 2;
        let mut rows = Rows {
            taken: Vec::new(),
            top: between + ROW,
        };
        let below = lane(&window, published, &mut rows, &mut left_out);
        Some(Self {
            happened: above,
            published: below,
            between,
            axis: rows.bottom() + ROW / 4,
            ticks: window.ticks(),
            left_out,
        })
    }

    /// What is not drawn, in words.
    pub fn left_out(&self) -> Option<String> {
        let why = ["long before", "long after", "for which there is no room"];
        let counted = self.left_out.iter().zip(why).filter(|(n, _)| **n > 0);
        let words: Vec<String> = counted.map(|(n, why)| format!("{n} {why}")).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// Height of the drawing, with the words under its axis.
    pub fn height(&self) -> usize {
        self.axis + ROW
    }
}

/// The marks of a lane: what happened at the same time is one.
fn lane(
    window: &Window,
    moments: &[Moment],
    rows: &mut Rows,
    left_out: &mut [usize; 3],
) -> Vec<Mark> {
    let mut sorted: Vec<(i64, i64, &Moment)> = moments
        .iter()
        .map(|it| (seconds(it.from), seconds(it.to), it))
        .collect();
    sorted.sort_by_key(|(from, to, _)| (*from, *to));
    let mut out: Vec<Mark> = Vec::new();
    let mut last: Option<(i64, i64)> = None;
    for (from, to, moment) in sorted {
        if to <= window.from {
            left_out[0] += 1;
            continue;
        }
        if from >= window.to {
            left_out[1] += 1;
            continue;
        }
        let begin = window.at(from);
        let end = window.at(to);
        if moment.letter.is_empty()
            && last == Some((from, to))
            && let Some(mark) = out.last_mut()
        {
            mark.title.push('\n');
            mark.title.push_str(&moment.title);
            continue;
        }
        // A letter stands in a circle that stays within the drawing; a bar has to be seen.
        let (x, width, taken) = if moment.letter.is_empty() {
            let begin = begin.min(99.0);
            let width = (end - begin).max(1.0);
            (begin, width, (begin, begin + width + 0.5))
        } else {
            let x = begin.clamp(ROOM / 2.0, 100.0 - ROOM / 2.0);
            (x, 0.0, (x - ROOM / 2.0, x + ROOM / 2.0))
        };
        let Some(y) = rows.room(taken.0, taken.1) else {
            left_out[2] += 1;
            last = None;
            continue;
        };
        last = Some((from, to));
        out.push(Mark {
            x: percent(x),
            width: percent(width),
            y,
            letter: moment.letter.clone(),
            title: moment.title.clone(),
            href: moment.href.clone(),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(from: &str, to: &str, letter: &str) -> Moment {
        Moment {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            letter: letter.to_owned(),
            title: format!("{letter} {from}"),
            href: "/reports/r:1".to_owned(),
        }
    }

    fn day(day: &str, letter: &str) -> Moment {
        moment(&format!("{day}T00:00"), &format!("{day}T23:59"), letter)
    }

    #[test]
    fn a_moment_alone_has_nothing_to_be_compared_with() {
        assert!(Lanes::of(&[], &[]).is_none());
        assert!(Lanes::of(&[day("2031-03-04", "")], &[]).is_none());
    }

    #[test]
    fn marks_stand_where_their_time_is() {
        let happened = [day("2031-03-01", ""), day("2031-03-03", "")];
        let published = [moment("2031-03-04T12:00", "2031-03-04T12:01", "A")];
        let lanes = Lanes::of(&happened, &published).unwrap();
        let at: Vec<&str> = lanes.happened.iter().map(|it| it.x.as_str()).collect();
        assert_eq!(at, ["0.00%", "50.00%"]);
        assert_eq!(lanes.published[0].x, "87.50%");
        let days: Vec<&str> = lanes.ticks.iter().map(|it| it.day.as_str()).collect();
        assert_eq!(days, ["1 March 2031", "3 March 2031", "5 March 2031"]);
        assert_eq!(lanes.left_out, [0; 3]);
    }

    #[test]
    fn what_lies_far_off_is_counted_and_presses_nothing() {
        let happened = [
            day("1994-03-01", ""),
            day("2031-03-01", ""),
            moment("2031-01-01T00:00", "2032-01-01T00:00", ""),
        ];
        let published = [day("2031-03-02", "A"), day("2033-03-02", "B")];
        let lanes = Lanes::of(&happened, &published).unwrap();
        assert_eq!(
            lanes.left_out().as_deref(),
            Some("1 long before, 1 long after")
        );
        assert_eq!((lanes.happened.len(), lanes.published.len()), (2, 1));
        let year = &lanes.happened[0];
        assert_eq!((year.x.as_str(), year.width.as_str()), ("0.00%", "100.00%"));
    }

    #[test]
    fn no_two_marks_lie_on_each_other_and_what_has_no_room_is_counted() {
        let letters: Vec<Moment> = (0..40).map(|_| day("2031-03-04", "A")).collect();
        let lanes = Lanes::of(&[day("2031-03-01", ""), day("2031-03-01", "")], &letters).unwrap();
        assert_eq!(lanes.happened.len(), 1, "at the same time is one");
        assert_eq!(lanes.happened[0].title.lines().count(), 2);
        let mut at: Vec<usize> = lanes.published.iter().map(|it| it.y).collect();
        at.dedup();
        assert_eq!((at.len(), lanes.left_out[2]), (ROWS, 40 - ROWS));
        assert!(at.iter().all(|y| *y > lanes.between && *y < lanes.axis));
    }

    #[test]
    fn the_ends_of_time_are_drawn_too() {
        let moment = |letter: &str| Moment {
            from: DateTime::MIN,
            to: DateTime::MAX,
            letter: letter.to_owned(),
            title: String::new(),
            href: String::new(),
        };
        let late = Moment {
            from: DateTime::MAX,
            ..moment("B")
        };
        assert!(Lanes::of(&[moment("")], &[moment("A"), late]).is_some());
    }
}
