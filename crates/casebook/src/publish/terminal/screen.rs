//! The first screen: the summary as lines, as much of it as a laptop shows without scrolling.

use unicode_width::UnicodeWidthStr;

use super::ink::{Ink, Style};
use super::layout::{Options, SCREEN_LINES};
use crate::publish::{
    clean,
    summary::{self, Bit, Phrase, Row, Summary},
    view::View,
    words,
};

/// How much is shown.
#[derive(Clone, Copy)]
struct Room {
    /// Disputes.
    disputes: usize,
    /// Whether each side of a dispute has a line of its own.
    open: bool,
    /// Lines of each block.
    lines: usize,
}

/// As room gets less.
const ROOM: &[Room] = &[
    Room::of(summary::DISPUTES, true, 4),
    Room::of(summary::DISPUTES, true, 2),
    Room::of(summary::DISPUTES, false, 4),
    Room::of(summary::DISPUTES, false, 2),
    Room::of(4, false, 2),
    Room::of(3, false, 1),
];
/// Columns that a figure may take.
const FIGURE: usize = 24;

/// The first screen, at most [`SCREEN_LINES`] lines of 100 columns for an ordinary incident.
pub fn lines(view: &View, options: &Options) -> Vec<String> {
    let summary = summary::of(view);
    let mut out = Vec::new();
    for room in ROOM {
        out = draw(view, &summary, options, *room);
        if out.len() <= SCREEN_LINES {
            break;
        }
    }
    out
}

impl Room {
    const fn of(disputes: usize, open: bool, lines: usize) -> Self {
        Self {
            disputes,
            open,
            lines,
        }
    }
}

fn draw(view: &View, summary: &Summary, options: &Options, room: Room) -> Vec<String> {
    let incident = &view.dossier.incident;
    let mut ink = Ink::default();
    ink.add(Style::Strong, &clean::line(&incident.title));
    let mut out = ink.wrap(options.width, 0, 2, options.colour);
    let mut ink = Ink::default();
    ink.add(Style::Soft, &clean::line(&summary.sources));
    out.extend(ink.wrap(options.width, 0, 2, options.colour));
    out.push(String::new());

    let slot = |row: &Row| words::short(row.slot).width();
    let name = summary.figures.iter().map(slot).max().unwrap_or(0).max(5) + 2;
    for (title, words) in [("Where", &summary.place), ("When", &summary.when)] {
        if !words.is_empty() {
            let mut ink = Ink::default();
            ink.column(Style::Soft, title, name)
                .plain(&clean::line(words));
            out.extend(ink.wrap(options.width, 2, 2 + name, options.colour));
        }
    }
    if !summary.figures.is_empty() {
        out.push(String::new());
        let mut ink = Ink::default();
        ink.add(Style::Strong, "FIGURES");
        ink.add(
            Style::Soft,
            " · how many people, who says so and when, how the figure moved",
        );
        out.extend(ink.wrap(options.width, 0, 2, options.colour));
        let widths = summary.figures.iter().map(|row| row.figure.width());
        let wide = widths.filter(|width| *width <= FIGURE).max().unwrap_or(0) + 2;
        for it in &summary.figures {
            out.extend(row(it, name, wide, options));
        }
    }
    if !summary.disputes.is_empty() {
        let shown = summary.disputes.len().min(room.disputes);
        heading(
            &mut out,
            "In dispute",
            false,
            summary.disputes.len() - shown,
            options,
        );
        for dispute in summary.disputes.iter().take(shown) {
            let mut ink = Ink::default();
            ink.add(Style::Disputed, "≠ ")
                .plain(&clean::line(&dispute.about))
                .plain(":");
            if !room.open {
                ink.plain(" ");
                phrase(&mut ink, &summary::joined(dispute.sides.clone()));
            }
            out.extend(ink.wrap(options.width, 2, 6, options.colour));
            for side in dispute.sides.iter().filter(|_| room.open) {
                let mut ink = Ink::default();
                phrase(&mut ink, side);
                out.extend(ink.wrap(options.width, 6, 8, options.colour));
            }
        }
    } else if summary.blocks.iter().all(|block| block.disputed.is_none()) {
        out.push(String::new());
        out.push(if view.dossier.findings.is_empty() {
            "no finding: nothing was read from these reports that belongs here".to_owned()
        } else {
            "Nothing of this is disputed in these reports.".to_owned()
        });
    }
    for block in &summary.blocks {
        let shown = block.lines.len().min(room.lines);
        heading(
            &mut out,
            block.title,
            block.disputed.is_some(),
            block.lines.len() - shown,
            options,
        );
        for line in block.lines.iter().take(shown) {
            let mut ink = Ink::default();
            phrase(&mut ink, line);
            out.extend(ink.wrap(options.width, 2, 6, options.colour));
        }
    }
    out
}

fn heading(out: &mut Vec<String>, title: &str, disputed: bool, more: usize, options: &Options) {
    out.push(String::new());
    let mut ink = Ink::default();
    ink.add(Style::Strong, &title.to_uppercase());
    if disputed {
        ink.add(Style::Disputed, " · ≠ disputed");
    }
    if more > 0 {
        ink.add(Style::Soft, &format!(" · and {more} more below"));
    }
    out.extend(ink.wrap(options.width, 0, 2, options.colour));
}

/// `Killed   more than 210   the interior ministry, in Lake Tribune, 3 May · up from 180 (2 May)`.
fn row(row: &Row, name: usize, wide: usize, options: &Options) -> Vec<String> {
    let mut ink = Ink::default();
    ink.column(Style::Plain, words::short(row.slot), name);
    let figure = clean::line(&row.figure);
    let pad = wide.max(figure.width() + 2) - 1;
    ink.column(Style::Strong, &figure, pad).plain(" ");
    phrase(&mut ink, &row.by);
    if row.disputed || !row.course.is_empty() {
        ink.add(Style::Soft, " · ");
    }
    if row.disputed {
        ink.add(Style::Disputed, "≠ disputed");
        ink.plain(if row.course.is_empty() { "" } else { ": " });
    }
    phrase(&mut ink, &row.course);
    let rest = 2 + name + wide;
    let rest = if rest + 30 > options.width { 6 } else { rest };
    ink.wrap(options.width, 2, rest, options.colour)
}

fn phrase(ink: &mut Ink, phrase: &Phrase) {
    for bit in &phrase.0 {
        match bit {
            Bit::Plain(words) => ink.plain(words),
            Bit::Strong(words) => ink.add(Style::Strong, &clean::line(words)),
            Bit::Name(words) => ink.plain(&clean::line(words)),
            Bit::Quote(words) => ink.plain(&format!("“{}”", clean::line(clean::unquoted(words)))),
            Bit::Source(words, _) => ink.add(Style::Soft, &clean::line(words)),
        };
    }
}
