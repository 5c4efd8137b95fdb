//! The findings as lines: disputed ones whole, a position a line; others as they flow.

use std::collections::BTreeSet;

use model::{
    Claim, Finding, Position, Relation, RelationKind, RuleName, SlotGroup, SpeakerKind, StanceKind,
    Verdict,
};

use super::ink::{FIXED_SPACE, Ink, Style};
use super::layout::{Options, Part};
use crate::publish::{clean, numbers, parts, view::View, words};

/// Positions shown of a finding that is neither disputed nor a figure.
const FLOW: usize = 3;
/// Statements shown.
const STATEMENTS: usize = 8;

/// The findings, section by section.
pub fn sections(view: &View, options: &Options) -> Vec<Part> {
    let mut out = Vec::new();
    let mut told = BTreeSet::new();
    for section in view.sections() {
        let mut part = Part::new(section.title);
        if matches!(section.key, "words" | "background") {
            part.most = STATEMENTS;
        }
        for finding in section.findings {
            part.items.push(match finding.verdict {
                Verdict::Disputed => disputed(view, finding, options, &mut told),
                _ => settled(view, finding, options),
            });
        }
        out.push(part);
    }
    out
}

/// The parts of an incident of several days, each with its figures; and their sum where nobody gives a total.
pub fn parts(view: &View, options: &Options) -> Part {
    let mut out = Part::new("Parts");
    for part in &view.dossier.parts {
        let mut ink = Ink::default();
        let when = match &part.when {
            Some(when) => words::when(when),
            None => "then".to_owned(),
        };
        ink.plain(&fixed(&format!("{when}  ")));
        ink.add(Style::Strong, &clean::line(&parts::name(part)));
        for finding in parts::shown(part) {
            ink.add(Style::Soft, " · ");
            ink.plain(words::slot(finding.slot));
            if finding.slot.group() == SlotGroup::Counts && !finding.scope.is_all() {
                ink.plain(", ")
                    .plain(&clean::line(&view.scope(&finding.scope)));
            }
            let standing = finding.positions.iter().filter(|it| it.standing);
            for (at, position) in standing.enumerate() {
                ink.add(Style::Soft, if at > 0 { "; " } else { ": " });
                value(&mut ink, view, position);
                who(&mut ink, view, position);
            }
        }
        if parts::shown(part).next().is_none()
            && let Some(quote) = part.quotes.first()
        {
            ink.add(Style::Soft, " · ");
            quoted(&mut ink, &quote.exact);
        }
        out.items
            .push(ink.wrap(options.width, 2, 4, options.colour));
    }
    for sum in &view.dossier.part_sums {
        let mut ink = Ink::default();
        ink.plain(words::slot(sum.slot)).plain(", parts added: ");
        ink.add(Style::Strong, &words::range(sum.low, sum.high));
        ink.add(
            Style::Soft,
            &format!(
                " [sum_of_parts, no report gives a total: {}]",
                sum.arithmetic
            ),
        );
        out.items
            .push(ink.wrap(options.width, 2, 4, options.colour));
    }
    out
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
            .plain(&clean::line(&view.scope(&finding.scope)));
    }
    ink
}

/// A finding that is not disputed: its positions one after the other, the figures by rule, the verdict.
fn settled(view: &View, finding: &Finding, options: &Options) -> Vec<String> {
    let mut ink = subject(view, finding);
    ink.plain(": ");
    let standing: Vec<&Position> = finding.positions.iter().filter(|it| it.standing).collect();
    let gone: Vec<&Position> = finding.positions.iter().filter(|it| !it.standing).collect();
    let shown = match finding.slot.group() {
        SlotGroup::Counts => standing.len(),
        _ => standing.len().min(FLOW),
    };
    // One figure alone is said by its rules; several need what each comes to.
    let rules_say = finding.numbers.is_some() && finding.positions.len() == 1;
    for (at, position) in standing.iter().take(shown).enumerate() {
        ink.add(Style::Soft, if at > 0 { "; " } else { "" });
        if rules_say {
            quoted(&mut ink, &view.said(position));
        } else {
            value(&mut ink, view, position);
        }
        who(&mut ink, view, position);
    }
    if shown < standing.len() {
        let more = standing.len() - shown;
        ink.add(Style::Soft, &fixed(&format!("; {more} more: --html")));
    }
    if !gone.is_empty() {
        no_longer(&mut ink, view, &gone, "; set aside: ");
    }
    if let Some(numbers) = &finding.numbers {
        ink.plain(" ");
        two_rules(&mut ink, numbers);
    }
    // The glyph in front and the legend at the end say "single origin"; anything less usual is said on the line.
    if finding.verdict != Verdict::SingleOrigin {
        ink.add(Style::Soft, " · ");
        let verdict = fixed(words::verdict(finding.verdict));
        ink.add(style(finding.verdict), &verdict);
    }
    ink.wrap(options.width, 2, 6, options.colour)
}

/// A disputed finding: why, the figures by rule, then a line for each position, and what stands against it from
/// elsewhere.
fn disputed<'a>(
    view: &View<'a>,
    finding: &Finding,
    options: &Options,
    told: &mut BTreeSet<&'a Relation>,
) -> Vec<String> {
    let mut ink = subject(view, finding);
    ink.plain(": ")
        .add(Style::Disputed, words::verdict(finding.verdict));
    if !finding.why.is_empty() {
        ink.add(
            Style::Soft,
            &format!(" – {}", clean::line(&words::reason(&finding.why))),
        );
    }
    let mut out = ink.wrap(options.width, 2, 4, options.colour);
    if let Some(numbers) = &finding.numbers {
        let mut ink = Ink::default();
        rules(&mut ink, numbers);
        out.extend(ink.wrap(options.width, 4, 6, options.colour));
    }
    for position in finding.positions.iter().filter(|it| it.standing) {
        let mut ink = Ink::default();
        ink.add(Style::Soft, "· ");
        value(&mut ink, view, position);
        who(&mut ink, view, position);
        out.extend(ink.wrap(options.width, 4, 8, options.colour));
    }
    let gone: Vec<&Position> = finding.positions.iter().filter(|it| !it.standing).collect();
    if !gone.is_empty() {
        let mut ink = Ink::default();
        no_longer(&mut ink, view, &gone, "– set aside: ");
        out.extend(ink.wrap(options.width, 4, 8, options.colour));
    }
    out.extend(against(view, finding, options, told));
    out
}

fn no_longer(ink: &mut Ink, view: &View, gone: &[&Position], first: &str) {
    for (at, position) in gone.iter().enumerate() {
        ink.add(Style::Soft, if at == 0 { first } else { "; " });
        value(ink, view, position);
        who(ink, view, position);
    }
}

/// Claims of other findings that stand against this one. What was told from the other side is only pointed to.
fn against<'a>(
    view: &View<'a>,
    finding: &Finding,
    options: &Options,
    told: &mut BTreeSet<&'a Relation>,
) -> Vec<String> {
    let (mut new, mut old) = (Vec::new(), Vec::new());
    for (relation, claim) in view.against(finding) {
        if relation.kind != RelationKind::Contradicts {
            continue;
        }
        if told.insert(relation) {
            let says = format!(
                "{} “{}”, {}",
                words::slot(claim.slot),
                clean::line(claim.value.words()),
                according(view, &[claim])
            );
            if !new.contains(&says) {
                new.push(says);
            }
        } else {
            let slot = words::slot(claim.slot).to_lowercase();
            if !old.contains(&slot) {
                old.push(slot);
            }
        }
    }
    let mut ink = Ink::default();
    if !new.is_empty() {
        ink.add(Style::Disputed, "≠ against: ")
            .plain(&new.join("; "));
    }
    if !old.is_empty() {
        let first = if new.is_empty() {
            "≠ against: "
        } else {
            "; "
        };
        ink.add(Style::Disputed, first);
        ink.plain(&format!("{} (above)", old.join(", ")));
    }
    if new.is_empty() && old.is_empty() {
        return Vec::new();
    }
    ink.wrap(options.width, 4, 8, options.colour)
}

/// The words, and what they come to.
fn value(ink: &mut Ink, view: &View, position: &Position) {
    quoted(ink, &view.said(position));
    glossed(ink, words::gloss(&position.value));
}

fn glossed(ink: &mut Ink, gloss: Option<String>) {
    if let Some(gloss) = gloss {
        ink.add(Style::Soft, &format!(" = {}", clean::line(&gloss)));
    }
}

/// Words that stay on one line.
fn fixed(words: &str) -> String {
    words.replace(' ', &FIXED_SPACE.to_string())
}

/// Adds words of a report between quotation marks.
pub fn quoted(ink: &mut Ink, said: &str) {
    let said = clean::line(clean::unquoted(said));
    ink.add(Style::Strong, &format!("“{said}”"));
}

/// The rules, those that gave the same named together: `[interval, IBC: 34 to 51; ACLED: 34]`.
fn rules(ink: &mut Ink, all: &model::Numbers) {
    let mut gave: Vec<(Vec<&str>, String)> = Vec::new();
    let rules = numbers::rules(all);
    for rule in rules.iter().filter(|rule| rule.gave()) {
        let says = rule.says();
        match gave.iter_mut().find(|(_, other)| *other == says) {
            Some((names, _)) => names.push(rule.spec.short),
            None => gave.push((vec![rule.spec.short], says)),
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

/// What all figures allow together, and the best estimate; where the rules differ further, that there are more.
fn two_rules(ink: &mut Ink, all: &model::Numbers) {
    let rules = numbers::rules(all);
    let says: BTreeSet<String> = rules.iter().map(|rule| rule.says()).collect();
    let interval = numbers::rule(all, RuleName::Interval);
    let best = match all[RuleName::Ucdp].best {
        Some(best) => format!("; UCDP best: {}", words::number(best)),
        _ => String::new(),
    };
    let said = match says.len() {
        1 if interval.gave() => format!("[{} by every rule]", interval.says()),
        0 | 1 => "[no figure by any rule]".to_owned(),
        _ => format!("[interval: {}{best}; all rules: --html]", interval.says()),
    };
    ink.add(Style::Soft, &fixed(&said));
}

/// Who says it: for each stance the speakers, each with the letters of the reports and what they came through.
fn who(ink: &mut Ink, view: &View, position: &Position) {
    ink.plain(", ");
    ink.plain(&according(view, &view.by_place(&position.claims)));
}

/// A speaker and the reports that carry the words.
type Voice = (String, Vec<String>);

/// `according to interior ministry* (B; C via Merrow Press Agency); denied by Northern Front* (A)`.
pub fn according(view: &View, claims: &[&Claim]) -> String {
    // Stance, then speaker, then reports: in the order met.
    let mut said: Vec<(&str, Vec<Voice>)> = Vec::new();
    for claim in claims {
        let links: Vec<String> = view
            .chain(claim)
            .iter()
            .map(|link| {
                let mark = if link.interested { "*" } else { "" };
                format!("{}{mark}", clean::line(&link.label()))
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
            StanceKind::Reported if claim.speaker().kind == SpeakerKind::Unnamed => "according to",
            kind => words::according(kind),
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
