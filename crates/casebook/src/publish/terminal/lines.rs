//! The parts of a dossier as lines: reports, findings, lists.

use model::{
    Claim, Finding, Position, RelationKind, Severity, SlotGroup, SpeakerKind, StanceKind, Verdict,
};

use super::ink::{FIXED_SPACE, Ink, Style, cut};
use super::{Options, Part};
use crate::publish::{clean, numbers, view::View, words};

/// Columns a single name may take.
const NAME: usize = 48;
/// Positions shown of a finding that is not disputed and holds no figures.
const FLOW: usize = 3;

/// The reports by letter: source, date, title.
pub fn reports(view: &View, options: &Options) -> Part {
    let mut part = Part::new("Reports");
    let name = |card| cut(&clean::line(&view.source(card)), 28);
    let wide = view
        .dossier
        .reports
        .iter()
        .map(|card| unicode_width::UnicodeWidthStr::width(name(card).as_str()))
        .max()
        .unwrap_or(0);
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
        ink.column(Style::Plain, &name(card), wide + 2);
        let date = card
            .report
            .published
            .as_ref()
            .map_or("date unknown".to_owned(), words::when);
        ink.column(Style::Soft, &date, dates + 2);
        let title = card.report.title.clone().or_else(|| {
            let opening = view.opening(card)?;
            Some(format!("begins “{opening}”"))
        });
        if let Some(title) = &title {
            let left = options.width.saturating_sub(2 + 3 + wide + 2 + dates + 2);
            if left > 12 {
                ink.plain(&cut(&clean::line(title), left).replace(' ', &FIXED_SPACE.to_string()));
            }
        }
        part.items
            .push(ink.wrap(options.width, 2, 5, options.colour));
    }
    part.whole = part.items.len() <= 10;
    part
}

/// The findings, section by section.
pub fn sections(view: &View, options: &Options) -> Vec<Part> {
    let mut out = Vec::new();
    for section in view.sections() {
        let mut part = Part::new(section.title);
        part.whole = section.key == "disagree";
        part.least = usize::from(section.key != "words");
        for finding in section.findings {
            part.items.push(if finding.positions.len() == 1 {
                short(view, finding, options)
            } else {
                long(view, finding, options)
            });
        }
        out.push(part);
    }
    out
}

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
            quoted(&mut ink, said, options);
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
            ink.plain(&cut(&clean::line(&view.subject(note)), NAME))
                .plain(": ");
        }
        ink.plain(&clean::line(&note.message));
        if let Some(hint) = &note.hint {
            ink.add(Style::Soft, &format!("; hint: {}", clean::line(hint)));
        }
        notes
            .items
            .push(ink.wrap(options.width, 2, 4, options.colour));
    }
    rest.least = 0;
    vec![rest, other, notes]
}

fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Disputed => Style::Disputed,
        Verdict::Revised => Style::Revised,
        Verdict::Corroborated => Style::Corroborated,
        Verdict::SingleOrigin => Style::Soft,
        Verdict::Unconfirmed => Style::Unconfirmed,
    }
}

/// Glyph, slot and scope.
fn subject(view: &View, finding: &Finding) -> Ink {
    let mut ink = Ink::default();
    ink.add(
        style(finding.verdict),
        words::verdict_glyph(finding.verdict),
    );
    ink.plain(" ").add(Style::Strong, words::slot(finding.slot));
    if finding.slot.group() == SlotGroup::Counts && !finding.scope.is_all() {
        ink.plain(", ")
            .plain(&cut(&clean::line(&view.scope(&finding.scope)), NAME));
    }
    ink
}

/// A finding with one position, on one line where it fits.
fn short(view: &View, finding: &Finding, options: &Options) -> Vec<String> {
    let position = &finding.positions[0];
    let mut ink = subject(view, finding);
    ink.plain(": ");
    quoted(&mut ink, &view.said(position), options);
    let gloss = words::gloss(&position.value);
    match &finding.numbers {
        Some(numbers) => {
            ink.plain(" ");
            rules(&mut ink, numbers);
        }
        None => glossed(&mut ink, gloss),
    }
    who(&mut ink, view, position);
    // The glyph in front and the legend at the end say "single origin"; anything less usual is said on the line.
    if finding.verdict != Verdict::SingleOrigin {
        ink.add(Style::Soft, " · ");
        ink.add(
            style(finding.verdict),
            &fixed(words::verdict(finding.verdict)),
        );
    }
    let mut out = ink.wrap(options.width, 2, 6, options.colour);
    if finding.verdict == Verdict::Disputed {
        out.extend(against(view, finding, options));
    }
    out
}

/// A finding with several positions: a line for the verdict and the rules, then the positions: one a line where they are disputed,
/// one after the other where they are not.
fn long(view: &View, finding: &Finding, options: &Options) -> Vec<String> {
    let mut ink = subject(view, finding);
    ink.plain(": ").add(
        style(finding.verdict),
        &fixed(words::verdict(finding.verdict)),
    );
    let disputed = finding.verdict == Verdict::Disputed;
    let mut out = Vec::new();
    if disputed {
        if !finding.why.is_empty() {
            let why = cut(&clean::line(&finding.why), options.width * 2);
            ink.add(Style::Soft, &format!(" – {why}"));
        }
        out.extend(ink.wrap(options.width, 2, 4, options.colour));
        ink = Ink::default();
    } else {
        ink.plain(" ");
    }
    if let Some(numbers) = &finding.numbers {
        rules(&mut ink, numbers);
        if disputed {
            out.extend(ink.wrap(options.width, 4, 6, options.colour));
            ink = Ink::default();
        } else {
            ink.plain(" ");
        }
    }
    let standing: Vec<&Position> = finding.positions.iter().filter(|it| it.standing).collect();
    let shown = match (disputed, finding.slot.group()) {
        (true, _) | (_, SlotGroup::Counts) => standing.len(),
        _ => standing.len().min(FLOW),
    };
    for (at, position) in standing.iter().take(shown).enumerate() {
        ink.add(
            Style::Soft,
            if disputed {
                "· "
            } else if at > 0 {
                "; "
            } else {
                ""
            },
        );
        value(&mut ink, view, position, options);
        who(&mut ink, view, position);
        if disputed {
            out.extend(ink.wrap(options.width, 4, 8, options.colour));
            ink = Ink::default();
        }
    }
    if shown < standing.len() {
        let more = words::many(standing.len() - shown, "position");
        ink.add(Style::Soft, &format!("; {more} more in --md or --html"));
    }
    if !disputed {
        out.extend(ink.wrap(options.width, 2, 6, options.colour));
        ink = Ink::default();
    }
    for (at, position) in finding
        .positions
        .iter()
        .filter(|it| !it.standing)
        .enumerate()
    {
        ink.add(
            Style::Soft,
            if at == 0 {
                "– no longer standing: "
            } else {
                "; "
            },
        );
        value(&mut ink, view, position, options);
        who(&mut ink, view, position);
    }
    if standing.len() < finding.positions.len() {
        out.extend(ink.wrap(options.width, 4, 8, options.colour));
    }
    if disputed {
        out.extend(against(view, finding, options));
    }
    out
}

/// Claims of other findings that stand against this one.
fn against(view: &View, finding: &Finding, options: &Options) -> Vec<String> {
    let mut ink = Ink::default();
    let mut met: Vec<String> = Vec::new();
    for (relation, claim) in view.against(finding) {
        if relation.kind != RelationKind::Contradicts {
            continue;
        }
        let mut said = Ink::default();
        said.plain(words::slot(claim.slot)).plain(" ");
        quoted(&mut said, claim.value.words(), options);
        said.plain(", ").plain(&according(view, &[claim]));
        let line = said.wrap(usize::MAX, 0, 0, false).join(" ");
        if !met.contains(&line) {
            ink.add(
                Style::Disputed,
                if met.is_empty() {
                    "≠ against: "
                } else {
                    "; "
                },
            );
            ink.plain(&line);
            met.push(line);
        }
    }
    if met.is_empty() {
        return Vec::new();
    }
    ink.wrap(options.width, 4, 8, options.colour)
}

/// The words, and what they come to.
fn value(ink: &mut Ink, view: &View, position: &Position, options: &Options) {
    quoted(ink, &view.said(position), options);
    glossed(ink, words::gloss(&position.value));
}

fn glossed(ink: &mut Ink, gloss: Option<String>) {
    if let Some(gloss) = gloss {
        ink.add(
            Style::Soft,
            &format!(" = {}", cut(&clean::line(&gloss), NAME)),
        );
    }
}

/// Words that stay on one line.
fn fixed(words: &str) -> String {
    words.replace(' ', &FIXED_SPACE.to_string())
}

fn quoted(ink: &mut Ink, said: &str, options: &Options) {
    // A statement may be long: what is cut ends in "…", and the hint says where the rest is.
    let said = cut(&clean::line(said), options.width);
    ink.add(Style::Strong, &format!("“{said}”"));
}

/// The rules, those that gave the same named together: `[interval, IBC: 34 to 51; ACLED: 34]`.
fn rules(ink: &mut Ink, all: &model::Numbers) {
    let mut gave: Vec<(Vec<&str>, String)> = Vec::new();
    let rules = numbers::rules(all);
    for rule in rules.iter().filter(|rule| rule.gave()) {
        let says = rule.says();
        match gave.iter_mut().find(|(_, other)| *other == says) {
            Some((names, _)) => names.push(rule.short),
            None => gave.push((vec![rule.short], says)),
        }
    }
    ink.add(Style::Soft, "[");
    match gave.as_slice() {
        [] => {
            ink.plain(&fixed("no figure by any rule"));
        }
        [(names, says)] if names.len() == rules.len() => {
            ink.plain(&fixed(says))
                .add(Style::Soft, &fixed(" by every rule"));
        }
        _ => {
            for (at, (names, says)) in gave.iter().enumerate() {
                ink.plain(if at > 0 { "; " } else { "" });
                ink.add(Style::Soft, &format!("{}: ", names.join(", ")));
                ink.plain(&fixed(says));
            }
        }
    }
    ink.add(Style::Soft, "]");
}

/// Who says it: for each stance the speakers, each with the letters of the reports and what they came through.
fn who(ink: &mut Ink, view: &View, position: &Position) {
    ink.plain(", ");
    ink.plain(&according(view, &view.by_place(&position.claims)));
}

/// A speaker and the reports that carry the words.
type Voice = (String, Vec<String>);

/// `according to interior ministry* (B; C via Merrow Press Agency); denied by Northern Front* (A)`.
fn according(view: &View, claims: &[&Claim]) -> String {
    // Stance, then speaker, then reports: in the order met.
    let mut said: Vec<(&str, Vec<Voice>)> = Vec::new();
    for claim in claims {
        let links: Vec<String> = view
            .chain(claim)
            .iter()
            .map(|link| {
                let mark = if link.interested { "*" } else { "" };
                format!("{}{mark}", cut(&clean::line(&link.label()), NAME))
            })
            .collect();
        // The last link is the publisher, and its letter says that; it is named only where it alone speaks.
        let head = links.first().cloned().unwrap_or_default();
        let via = links.get(1..links.len().saturating_sub(1)).unwrap_or(&[]);
        let letter = view.letter(&claim.report);
        let through = if via.is_empty() {
            letter.to_owned()
        } else {
            format!("{letter} via {}", via.join(" → "))
        };
        let stance = match claim.stance.kind {
            StanceKind::Asserted => "according to",
            StanceKind::Reported if claim.speaker().kind == SpeakerKind::Unnamed => "according to",
            StanceKind::Reported => "reported by",
            StanceKind::Claimed => "claimed by",
            StanceKind::Possible => "possible, according to",
            StanceKind::Denied => "denied by",
            StanceKind::Unconfirmed => "unconfirmed, according to",
        };
        let speakers = match said.iter_mut().find(|(other, _)| *other == stance) {
            Some((_, speakers)) => speakers,
            None => {
                said.push((stance, Vec::new()));
                match said.last_mut() {
                    Some((_, speakers)) => speakers,
                    None => continue,
                }
            }
        };
        match speakers.iter_mut().find(|(other, _)| *other == head) {
            Some((_, reports)) if reports.contains(&through) => {}
            Some((_, reports)) => reports.push(through),
            None => speakers.push((head, vec![through])),
        }
    }
    let said: Vec<String> = said
        .iter()
        .map(|(stance, speakers)| {
            let speakers: Vec<String> = speakers
                .iter()
                .map(|(head, reports)| format!("{head} ({})", reports.join("; ")))
                .collect();
            format!("{stance} {}", speakers.join(", "))
        })
        .collect();
    said.join("; ")
}
