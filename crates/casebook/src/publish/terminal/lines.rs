//! The reports, other incidents and notes as lines.

use model::Severity;

use super::findings::{according, quoted};
use super::ink::{Ink, Style};
use super::layout::{Options, Part};
use crate::publish::{clean, view::View, words};

/// Columns kept for the name of a source; a longer one moves what follows it.
const SOURCE: usize = 28;

/// The reports by letter: source, date, title.
pub fn reports(view: &View, options: &Options) -> Part {
    let mut part = Part::new("Reports");
    let name = |card| clean::line(&view.source(card));
    let wide = view
        .dossier
        .reports
        .iter()
        .map(|card| unicode_width::UnicodeWidthStr::width(name(card).as_str()))
        .max()
        .unwrap_or(0)
        .min(SOURCE);
    let dates = view
        .dossier
        .reports
        .iter()
        .map(|card| {
            card.report
                .published
                .as_ref()
                .map_or(12, |when| words::when(when).len())
        })
        .max()
        .unwrap_or(0);
    for card in &view.dossier.reports {
        let mut ink = Ink::default();
        ink.column(Style::Strong, &card.letter, 3);
        let source = name(card);
        let width = unicode_width::UnicodeWidthStr::width(source.as_str());
        ink.column(Style::Plain, &source, wide.max(width) + 2);
        let date = card
            .report
            .published
            .as_ref()
            .map_or("date unknown".to_owned(), words::when);
        // An ordinary space, so that a long title may begin on a line of its own.
        ink.column(Style::Soft, &date, dates + 1).plain(" ");
        let title = card.report.title.clone().or_else(|| {
            let opening = view.opening(card)?;
            Some(format!("begins “{opening}”"))
        });
        let title = match card.passage.as_str() {
            "" => title,
            passage => Some(format!(
                "in passing: “{passage}”{}",
                title.map_or_else(String::new, |title| format!(" in {title}"))
            )),
        };
        if let Some(title) = &title {
            ink.plain(&clean::line(title));
        }
        let rest = 2 + 3 + wide + 2 + dates + 2;
        let rest = if rest + 40 > options.width { 5 } else { rest };
        part.items
            .push(ink.wrap(options.width, 2, rest, options.colour));
    }
    part
}

/// Claims shown of other incidents, and of those that no finding holds.
const CLAIMS: usize = 8;

/// Other incidents, timeline and notes.
pub fn lists(view: &View, options: &Options) -> Vec<Part> {
    let dossier = view.dossier;
    let mut other = Part::new("Other incidents mentioned, not counted here");
    let unplaced = view.unplaced();
    let mut rest = Part::new("Other claims");
    for (part, claims) in [
        (&mut rest, unplaced),
        (&mut other, dossier.background.iter().collect()),
    ] {
        for claim in claims {
            let mut ink = Ink::default();
            ink.plain(words::slot(claim.slot)).plain(": ");
            let said = claim
                .quotes
                .first()
                .map_or("", |quote| quote.exact.as_str());
            quoted(&mut ink, said);
            ink.plain(", ").plain(&according(view, &[claim]));
            part.items
                .push(ink.wrap(options.width, 2, 4, options.colour));
        }
    }
    let mut notes = Part::new("Notes");
    for note in &dossier.notes {
        if note.severity == Severity::Info {
            continue;
        }
        let (glyph, word) = words::severity(note.severity);
        let mut ink = Ink::default();
        ink.add(Style::Unconfirmed, &format!("{glyph} {word}: "));
        if !note.subject.is_empty() {
            ink.plain(&clean::line(&view.subject(note))).plain(": ");
        }
        ink.plain(&clean::line(&note.message));
        if let Some(hint) = &note.hint {
            ink.add(Style::Soft, &format!("; hint: {}", clean::line(hint)));
        }
        notes
            .items
            .push(ink.wrap(options.width, 2, 4, options.colour));
    }
    for part in [&mut rest, &mut other] {
        part.most = CLAIMS;
    }
    vec![rest, other, notes]
}
