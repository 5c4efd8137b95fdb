//! The incidents found in a heap of reports, a line each, and why reports were linked.
//!
//! What comes in: the dossiers of the incidents, or the comparisons within one. What goes out: lines of text or JSON that
//! `schema/incidents-1.schema.json` describes.

use model::{
    Comparison, Dossier, IncidentId, Note, ReportId, SCHEMA_VERSION, Slot, Value, Verdict, When,
};
use serde::Serialize;

use super::{
    terminal::{Options, ink::cut},
    words,
};

/// An incident in one line. Numbers come from the finding that counts everybody, by the rule `ucdp`; where nobody counts everybody,
/// from the parts that reports count, of which there may be more.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Its id: a hash of its reports.
    pub id: IncidentId,
    /// What, where, when.
    pub title: String,
    /// When.
    pub when: Option<When>,
    /// Where.
    pub place: Option<Value>,
    /// What happened.
    pub event: Option<Value>,
    /// People killed.
    pub killed: Option<Toll>,
    /// People injured.
    pub injured: Option<Toll>,
    /// Its reports by letter.
    pub reports: Vec<ReportId>,
    /// How many independent voices its claims come from.
    pub origins: usize,
    /// Whether every report tells of it in passing: none is about it.
    pub passing: bool,
    /// Slots on which sources disagree.
    pub disputed: Vec<Slot>,
}

/// A number of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Toll {
    /// Lowest.
    pub low: Option<u64>,
    /// Best.
    pub best: Option<u64>,
    /// Highest; `None` is no limit or none given.
    pub high: Option<u64>,
    /// The figure of independent reports taken together.
    pub agreed: Option<u64>,
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
                Some(numbers) => Some(Toll {
                    low: numbers.ucdp.low,
                    best: numbers.ucdp.best,
                    high: numbers.ucdp.high,
                    agreed,
                }),
                None => Some(Toll {
                    low: Some(agreed?),
                    best: None,
                    high: None,
                    agreed,
                }),
            }
        };
        let mut disputed: Vec<Slot> = dossier
            .findings
            .iter()
            .filter(|finding| finding.verdict == Verdict::Disputed)
            .map(|finding| finding.slot)
            .collect();
        disputed.sort_unstable();
        disputed.dedup();
        Self {
            id: dossier.incident.id.clone(),
            title: dossier.incident.title.clone(),
            when: dossier.incident.when.clone(),
            place: dossier.incident.place.clone(),
            event: dossier.incident.event.clone(),
            killed: toll(Slot::Killed),
            injured: toll(Slot::Injured),
            reports: dossier
                .reports
                .iter()
                .map(|card| card.report.id.clone())
                .collect(),
            origins: dossier.origins.len(),
            passing: !dossier.reports.is_empty()
                && dossier.reports.iter().all(|card| !card.passage.is_empty()),
            disputed,
        }
    }

    /// The id cut to what tells it from others in a heap of any size that fits in memory; `--incident` takes it.
    fn short(&self) -> &str {
        self.id.as_str().get(..12).unwrap_or(self.id.as_str())
    }

    /// Where it stands in a list: what is told in passing only comes last; then by its first moment, unknown ones last, then by id.
    fn order(&self) -> (bool, bool, Option<jiff::civil::DateTime>, &IncidentId) {
        let start = self.when.as_ref().map(|when| when.start);
        (self.passing, start.is_none(), start, &self.id)
    }
}

impl Toll {
    /// `low–best–high` as far as they differ: `12`, `3–5`, `3–4–5`, `3+`.
    fn label(&self) -> String {
        let mut numbers: Vec<u64> = [self.low, self.best, self.high]
            .into_iter()
            .flatten()
            .collect();
        numbers.dedup();
        let mut label = numbers
            .iter()
            .map(|n| words::number(*n))
            .collect::<Vec<_>>()
            .join("–");
        if self.high.is_none() && !label.is_empty() {
            label.push('+');
        }
        label
    }
}

/// Puts the lines in order.
pub fn sort(lines: &mut [Line]) {
    lines.sort_by(|a, b| a.order().cmp(&b.order()));
}

/// The list as a table, a line an incident.
pub fn render(lines: &[Line], options: &Options) -> String {
    let rows: Vec<[String; 6]> = lines
        .iter()
        .map(|line| {
            let label =
                |value: &Option<Value>| value.as_ref().map(Value::label).unwrap_or_default();
            let toll = |toll: Option<Toll>| toll.map(|toll| toll.label()).unwrap_or_default();
            [
                line.short().to_owned(),
                line.when.as_ref().map(When::label).unwrap_or_default(),
                toll(line.killed),
                line.reports.len().to_string(),
                line.origins.to_string(),
                [label(&line.event), label(&line.place)]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" · "),
            ]
        })
        .collect();
    const HEADS: [&str; 6] = [
        "INCIDENT",
        "WHEN",
        "KILLED",
        "REPORTS",
        "ORIGINS",
        "WHAT, WHERE",
    ];
    let mut widths = HEADS.map(|head| head.chars().count());
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row).take(5) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    let mut put = |cells: Option<[&str; 6]>, disputed: &str| {
        let Some(cells) = cells else {
            out.push_str("TOLD IN PASSING ONLY: no report is about these\n");
            return;
        };
        let mut text = String::new();
        for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
            if at == 5 {
                text.push_str(cell);
            } else {
                text.push_str(&format!("{cell:width$}  "));
            }
        }
        if !disputed.is_empty() {
            text.push_str(" · disputed: ");
            text.push_str(disputed);
        }
        out.push_str(&cut(text.trim_end(), options.width.max(60)));
        out.push('\n');
    };
    put(Some(HEADS), "");
    let mut passing = false;
    for (row, line) in rows.iter().zip(lines) {
        if line.passing && !passing {
            passing = true;
            put(None, "");
        }
        let disputed: Vec<&str> = line
            .disputed
            .iter()
            .map(|slot| words::slot(*slot))
            .collect();
        put(
            Some(row.each_ref().map(String::as_str)),
            &disputed.join(", "),
        );
    }
    out
}

/// What the reports of a dossier tell besides, a line each, with the command that shows it; empty where they tell of nothing else.
pub fn besides(lines: &[Line], options: &Options) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut out = String::from("TOLD IN PASSING BY THESE REPORTS, not counted above\n");
    for line in lines.iter().take(BESIDES) {
        let killed = line
            .killed
            .map(|toll| toll.label())
            .filter(|it| !it.is_empty());
        let killed = killed.map_or_else(String::new, |n| format!(" · killed {n}"));
        let text = format!(
            "  --incident {}  {}{killed}",
            line.short(),
            super::clean::line(&line.title)
        );
        out.push_str(&cut(&text, options.width.max(60)));
        out.push('\n');
    }
    if lines.len() > BESIDES {
        out.push_str(&format!("  and {} more: --list\n", lines.len() - BESIDES));
    }
    out
}

/// Lines shown below a dossier.
const BESIDES: usize = 12;

#[derive(Serialize)]
struct Published<'a> {
    schema: &'static str,
    version: &'a str,
    incidents: &'a [Line],
    notes: &'a [Note],
}

/// The list as JSON.
pub fn json(lines: &[Line], notes: &[Note], version: &str) -> String {
    pretty(&Published {
        schema: SCHEMA_VERSION,
        version,
        incidents: lines,
        notes,
    })
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
        "{}\n{}\n\nREPORTS\n",
        dossier.incident.title, dossier.incident.id
    );
    for card in &dossier.reports {
        let title = card.report.title.as_deref().unwrap_or("no headline");
        out.push_str(&format!("  {}  {}  {title}\n", card.letter, card.report.id));
    }
    out.push_str("\nLINKS, the most alike first; what speaks for one incident adds, what speaks against it takes away\n");
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
        assert!(lines[0].when.is_some() && lines[1].when.is_none());
        let list = serde_json::from_str(&json(&lines, &[], "0")).unwrap();
        assert_eq!(schema.errors(&list), Vec::<String>::new());
        assert_eq!(schema.undescribed(), Vec::<String>::new());
    }

    #[test]
    fn a_line_says_when_where_how_many_and_what_is_disputed() {
        let line = Line::of(&fixture::market().0);
        let page = render(std::slice::from_ref(&line), &Options::default());
        let rows: Vec<&str> = page.lines().collect();
        assert_eq!(rows.len(), 2);
        assert!(rows[0].starts_with("INCIDENT"));
        assert!(rows[1].starts_with(line.short()), "{page}");
        assert!(rows[1].contains(&line.killed.unwrap().label()), "{page}");
    }

    #[test]
    fn what_is_told_in_passing_stands_apart() {
        let main = Line::of(&fixture::market().0);
        let mut other = fixture::market().0;
        for card in &mut other.reports {
            card.passage = "a second shooting".into();
        }
        let told = Line::of(&other);
        assert!(told.passing && !main.passing);
        let mut lines = vec![told.clone(), main];
        sort(&mut lines);
        assert!(lines[1].passing, "last whatever its day");
        let page = render(&lines, &Options::default());
        let rows: Vec<&str> = page.lines().collect();
        assert!(rows[2].starts_with("TOLD IN PASSING ONLY"), "{page}");
        let below = besides(&vec![told; BESIDES + 3], &Options::default());
        assert!(
            below.contains("--incident i:") && below.contains("and 3 more: --list"),
            "{below}"
        );
        assert_eq!(below.lines().count(), BESIDES + 2);
        assert_eq!(besides(&[], &Options::default()), "");
    }

    #[test]
    fn tolls_are_as_short_as_they_can_be() {
        let toll = |low, best, high| {
            Toll {
                low,
                best,
                high,
                agreed: None,
            }
            .label()
        };
        assert_eq!(toll(Some(3), Some(3), Some(3)), "3");
        assert_eq!(toll(Some(3), Some(4), Some(5)), "3–4–5");
        assert_eq!(toll(Some(3), None, None), "3+");
        assert_eq!(toll(None, None, None), "");
    }
}
