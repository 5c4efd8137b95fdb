//! The incidents found in a heap of reports, a line each, and why reports were linked.
//!
//! What comes in: the dossiers of the incidents, or the comparisons within one. What goes out: lines of text or JSON
//! that `schema/incidents-1.schema.json` describes ([`model::PublishedIncidents`]).

use model::{
    Comparison, Dossier, IncidentId, IncidentLine, Note, PublishedIncidents, ReportId, RuleName,
    Slot, Toll, Value, Verdict, When,
};
use serde::Serialize;

use unicode_width::UnicodeWidthStr;

use super::{
    clean, summary,
    terminal::{
        Options,
        ink::{Ink, Style},
    },
    words,
};

/// An incident in one line, and what a list that people read says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What is published of it.
    pub published: IncidentLine,
    /// The figure of the killed as it is said: "more than 210".
    pub killed_says: String,
    /// The same of the injured.
    pub injured_says: String,
}

impl Line {
    /// Takes the line from a dossier.
    pub fn of(dossier: &Dossier) -> Self {
        let toll = |slot: Slot| {
            let agreed = dossier.agreed(slot).map(|agreed| agreed.n);
            let everybody = dossier
                .findings
                .iter()
                .filter(|finding| finding.slot == slot && finding.scope.is_all())
                .find_map(|finding| finding.numbers.as_ref());
            match everybody {
                Some(numbers) => {
                    let ucdp = &numbers[RuleName::Ucdp];
                    Some(Toll {
                        low: ucdp.low,
                        best: ucdp.best,
                        high: ucdp.high,
                        agreed,
                    })
                }
                None => Some(Toll {
                    low: Some(agreed?),
                    best: None,
                    high: None,
                    agreed,
                }),
            }
        };
        let says = |slot: Slot, toll: Option<Toll>| match (dossier.agreed(slot), toll) {
            (Some(agreed), _) => summary::figure(agreed),
            (None, Some(toll)) => label(toll),
            (None, None) => String::new(),
        };
        let (killed, injured) = (toll(Slot::Killed), toll(Slot::Injured));
        let mut disputed: Vec<Slot> = dossier
            .findings
            .iter()
            .filter(|finding| finding.verdict == Verdict::Disputed)
            .map(|finding| finding.slot)
            .collect();
        disputed.sort_unstable();
        disputed.dedup();
        let published = IncidentLine {
            case: dossier.incident.case.clone(),
            id: dossier.incident.id.clone(),
            title: dossier.incident.title.clone(),
            when: dossier.incident.when.clone(),
            place: dossier.incident.place.clone(),
            event: dossier.incident.event.clone(),
            killed,
            injured,
            reports: dossier
                .reports
                .iter()
                .map(|card| card.report.id.clone())
                .collect(),
            origins: dossier.voices().count(),
            passing: !dossier.reports.is_empty()
                && dossier.reports.iter().all(|card| !card.passage.is_empty()),
            disputed,
        };
        Self {
            published,
            killed_says: says(Slot::Killed, killed),
            injured_says: says(Slot::Injured, injured),
        }
    }

    /// The case id cut to what tells it from others in a heap of any size that fits in memory; `--incident` takes it.
    fn short(&self) -> &str {
        let case = self.published.case.as_str();
        case.get(..12).unwrap_or(case)
    }

    /// Where it stands in a list: what is told in passing only comes last; then by its first moment, unknown ones last,
    /// then by id.
    fn order(&self) -> (bool, bool, Option<jiff::civil::DateTime>, &IncidentId) {
        let start = self.published.when.as_ref().map(|when| when.start);
        (
            self.published.passing,
            start.is_none(),
            start,
            &self.published.id,
        )
    }
}

/// `low–best–high` as far as they differ: `12`, `3–5`, `3–4–5`, `3+`.
fn label(toll: Toll) -> String {
    let mut numbers: Vec<u64> = [toll.low, toll.best, toll.high]
        .into_iter()
        .flatten()
        .collect();
    numbers.dedup();
    let mut label = numbers
        .iter()
        .map(|n| words::number(*n))
        .collect::<Vec<_>>()
        .join("–");
    if toll.high.is_none() && !label.is_empty() {
        label.push('+');
    }
    label
}

/// Puts the lines in order.
pub fn sort(lines: &mut [Line]) {
    lines.sort_by(|a, b| a.order().cmp(&b.order()));
}

/// Heads of the list.
const HEADS: [&str; 6] = [
    "INCIDENT",
    "WHEN",
    "KILLED",
    "INJURED",
    "REPORTS",
    "WHAT AND WHERE",
];
/// Columns that are padded: all but the last.
const PADDED: usize = HEADS.len() - 1;

/// The list as a table, an incident a row; the last column wraps.
pub fn render(lines: &[Line], options: &Options) -> String {
    let rows: Vec<[String; 6]> = lines
        .iter()
        .map(|line| {
            let named =
                |value: &Option<Value>| value.as_ref().map(Value::label).unwrap_or_default();
            let mut what = [named(&line.published.event), named(&line.published.place)]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", ");
            if !line.published.disputed.is_empty() {
                let disputed: Vec<String> = line
                    .published
                    .disputed
                    .iter()
                    .map(|slot| words::short(*slot).to_lowercase())
                    .collect();
                what.push_str(&format!(" · in dispute: {}", disputed.join(", ")));
            }
            [
                line.short().to_owned(),
                line.published
                    .when
                    .as_ref()
                    .map(When::label)
                    .unwrap_or_default(),
                line.killed_says.clone(),
                line.injured_says.clone(),
                line.published.reports.len().to_string(),
                what,
            ]
        })
        .collect();
    let mut widths = HEADS.map(|head| head.width());
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row).take(PADDED) {
            *width = (*width).max(clean::line(cell).width());
        }
    }
    let indent: usize = widths.iter().take(PADDED).map(|width| width + 2).sum();
    let wide = options.width.max(60);
    // Where the padded columns leave no room, what follows stands below them.
    let rest = if indent + 20 > wide { 4 } else { indent };
    let row = |cells: [&str; 6]| {
        let mut ink = Ink::default();
        for (at, (cell, width)) in cells.iter().zip(widths).take(PADDED).enumerate() {
            let gap = if at + 1 < PADDED { 2 } else { 1 };
            ink.column(Style::Plain, &clean::line(cell), width + gap);
        }
        ink.plain(" ").plain(&clean::line(cells[PADDED]));
        ink.wrap(wide, 0, rest, false)
    };
    let mut out = row(HEADS);
    let passing = lines.iter().position(|line| line.published.passing);
    for (at, cells) in rows.iter().enumerate() {
        if passing == Some(at) {
            out.push("TOLD IN PASSING ONLY: no report is about these".to_owned());
        }
        out.extend(row(cells.each_ref().map(String::as_str)));
    }
    out.push(String::new());
    out.join("\n")
}

/// What the reports of a dossier tell besides, a line each, with the command that shows it; empty where they tell of
/// nothing else.
pub fn besides(lines: &[Line], options: &Options) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut out = String::from("TOLD IN PASSING BY THESE REPORTS, not counted above\n");
    for line in lines.iter().take(BESIDES) {
        let killed = match line.killed_says.as_str() {
            "" => String::new(),
            n => format!(" · killed {n}"),
        };
        let mut ink = Ink::default();
        ink.plain(&format!("--incident {}  ", line.short()))
            .plain(&clean::line(&line.published.title))
            .plain(&killed);
        for line in ink.wrap(options.width.max(60), 2, 6, false) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    if lines.len() > BESIDES {
        out.push_str(&format!("  and {} more: --list\n", lines.len() - BESIDES));
    }
    out
}

/// Lines shown below a dossier.
const BESIDES: usize = 12;

/// The list as JSON.
pub fn json(lines: &[Line], notes: &[Note], version: &str) -> String {
    let incidents: Vec<IncidentLine> = lines.iter().map(|line| line.published.clone()).collect();
    pretty(&PublishedIncidents::new(version, &incidents, notes))
}

/// Comparisons as JSON.
pub fn comparisons_json(comparisons: &[Comparison]) -> String {
    pretty(&comparisons)
}

fn pretty(value: &impl Serialize) -> String {
    // Maps have string keys and floats come out as null when not finite, so this cannot fail.
    let mut out = serde_json::to_string_pretty(value).unwrap_or_else(|_| "{}".to_owned());
    out.push('\n');
    out
}

/// Why the reports of an incident are linked: every comparison within it, with what each feature adds.
pub fn why(dossier: &Dossier, comparisons: &[Comparison]) -> String {
    let name = |id: &ReportId| {
        dossier.report(id).map_or_else(
            || id.to_string(),
            |card| {
                let source = card.report.source.name.as_deref().unwrap_or("unnamed");
                format!("{} ({source})", card.letter)
            },
        )
    };
    let mut out = format!(
        "{}\n{}, version {}\n\nREPORTS\n",
        dossier.incident.title, dossier.incident.case, dossier.incident.id
    );
    for card in &dossier.reports {
        let title = card.report.title.as_deref().unwrap_or("no headline");
        out.push_str(&format!("  {}  {}  {title}\n", card.letter, card.report.id));
    }
    out.push_str("\nLINKS, the most alike first; what speaks for one incident adds, what speaks against it takes \
        away\n");
    if comparisons.is_empty() {
        out.push_str("  none: one report, or reports in the same words\n");
    }
    for comparison in comparisons {
        out.push_str(&format!(
            "  {} and {}: {:.3}\n",
            name(&comparison.a),
            name(&comparison.b),
            comparison.score
        ));
        for feature in &comparison.features {
            let values = match (feature.a.is_empty(), feature.b.is_empty()) {
                (true, true) => String::new(),
                _ if feature.a == feature.b => format!(": {}", feature.a),
                _ => format!(": {} | {}", or_none(&feature.a), or_none(&feature.b)),
            };
            out.push_str(&format!(
                "    {:+.2}  {}{values}\n",
                feature.weight, feature.why
            ));
        }
    }
    out
}

fn or_none(words: &str) -> &str {
    if words.is_empty() { "none" } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{fixture, schema::Schema};

    const SCHEMA: &str = include_str!("../../../../schema/incidents-1.schema.json");

    #[test]
    fn the_list_fits_its_schema() {
        let schema = Schema::new(SCHEMA);
        let mut lines = vec![
            Line::of(&fixture::empty().0),
            Line::of(&fixture::market().0),
        ];
        sort(&mut lines);
        assert!(lines[0].published.when.is_some() && lines[1].published.when.is_none());
        let list = serde_json::from_str(&json(&lines, &[], "0")).unwrap();
        assert_eq!(schema.errors(&list), Vec::<String>::new());
        assert_eq!(schema.undescribed(), Vec::<String>::new());
    }

    #[test]
    fn a_line_says_when_where_how_many_and_what_is_disputed() {
        let line = Line::of(&fixture::market().0);
        let page = render(std::slice::from_ref(&line), &Options::default());
        let rows: Vec<&str> = page.lines().collect();
        assert!(rows.iter().all(|row| row.width() <= 100), "{page}");
        let folded = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(folded.contains("in dispute: killed, with what"), "{page}");
        assert!(rows[0].starts_with("INCIDENT"));
        assert!(rows[1].starts_with(line.short()), "{page}");
        assert!(rows[1].contains(&line.killed_says), "{page}");
    }

    #[test]
    fn what_is_told_in_passing_stands_apart() {
        let main = Line::of(&fixture::market().0);
        let mut other = fixture::market().0;
        for card in &mut other.reports {
            card.passage = "a second shooting".into();
        }
        let told = Line::of(&other);
        assert!(told.published.passing && !main.published.passing);
        let mut lines = vec![told.clone(), main];
        sort(&mut lines);
        assert!(lines[1].published.passing, "last whatever its day");
        let page = render(&lines, &Options::default());
        let head = |row: &&str| row.starts_with("TOLD IN PASSING ONLY");
        let (at, ids) = (page.lines().position(|row| head(&row)), page.matches("k:"));
        assert!(at > Some(1) && ids.count() == 2, "{page}");
        let below = besides(&vec![told; BESIDES + 3], &Options::default());
        assert!(
            below.contains("--incident k:") && below.contains("and 3 more: --list"),
            "{below}"
        );
        assert_eq!(below.matches("--incident").count(), BESIDES);
        assert_eq!(besides(&[], &Options::default()), "");
    }

    #[test]
    fn tolls_are_as_short_as_they_can_be() {
        let toll = |low, best, high| {
            label(Toll {
                low,
                best,
                high,
                agreed: None,
            })
        };
        assert_eq!(toll(Some(3), Some(3), Some(3)), "3");
        assert_eq!(toll(Some(3), Some(4), Some(5)), "3–4–5");
        assert_eq!(toll(Some(3), None, None), "3+");
        assert_eq!(toll(None, None, None), "");
    }
}
