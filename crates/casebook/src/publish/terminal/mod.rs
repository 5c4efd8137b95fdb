//! A dossier for a terminal: one screen of a laptop for an ordinary incident.
//!
//! What comes in: a dossier, its texts and the width. What goes out: lines of text. Where everything does not fit on
//! [`SCREEN_LINES`] lines, sections say how many more they hold and where to see them; disputed findings are never shortened,
//! with every position and who holds it. Colour adds nothing that the words do not say.

mod findings;
pub(super) mod ink;
mod lines;

use model::{Dossier, Verdict};

use self::ink::{Ink, Style, cut};
use super::{Texts, clean, view::View, votes, words};

/// How wide, and whether in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Columns; fewer than 40 are taken as 40.
    pub width: usize,
    /// Whether to use colour.
    pub colour: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 100,
            colour: false,
        }
    }
}

/// Lines aimed at: what a laptop shows without scrolling.
pub const SCREEN_LINES: usize = 40;

/// Columns a single name may take.
const NAME: usize = 56;

/// A heading and what stands under it, an item a list of lines.
struct Part {
    heading: &'static str,
    items: Vec<Vec<String>>,
    /// Whether it may not be shortened.
    whole: bool,
    /// Items shown even where there is no room.
    least: usize,
}

/// Renders the dossier as lines of text, the last one ended too. The same dossier and options give the same bytes.
pub fn render(dossier: &Dossier, texts: &Texts, options: &Options) -> String {
    let view = View::new(dossier, texts);
    let options = Options {
        width: options.width.max(40),
        ..*options
    };
    let head = head(&view, &options);
    let tail = tail(&view, &options);
    let fixed = head.len() + tail.len();
    let all = |flow: usize| {
        let mut parts = vec![
            lines::reports(&view, &options),
            findings::parts(&view, &options),
        ];
        parts.extend(findings::sections(&view, &options, flow));
        parts.extend(lines::lists(&view, &options));
        parts.retain(|part| !part.items.is_empty());
        let full: usize = parts.iter().map(Part::len).sum();
        (parts, full)
    };
    // Where all positions do not fit, the first of each finding says more than all of the first finding.
    let (mut parts, mut full) = all(3);
    if fixed + full > SCREEN_LINES {
        (parts, full) = all(1);
    }
    let airy = fixed + full + parts.len() < SCREEN_LINES;
    let shown = fit(&parts, SCREEN_LINES.saturating_sub(fixed));
    let mut out = head;
    for (part, shown) in parts.iter().zip(shown) {
        if airy {
            out.push(String::new());
        }
        out.extend(part.heading(part.items.len() - shown, &options));
        out.extend(part.items.iter().take(shown).flatten().cloned());
    }
    if airy {
        out.push(String::new());
    }
    out.extend(tail);
    out.push(String::new());
    out.join("\n")
}

impl Part {
    fn new(heading: &'static str) -> Self {
        Self {
            heading,
            items: Vec::new(),
            whole: false,
            least: 1,
        }
    }

    /// The heading, and how many items are not shown under it.
    fn heading(&self, more: usize, options: &Options) -> Vec<String> {
        let mut ink = Ink::default();
        ink.add(Style::Strong, &self.heading.to_uppercase());
        if more > 0 {
            ink.add(Style::Soft, &format!(" · {more} more: see --md or --html"));
        }
        ink.wrap(options.width, 0, 2, options.colour)
    }

    fn len(&self) -> usize {
        1 + self.items.iter().map(Vec::len).sum::<usize>()
    }
}

/// How many items of each part fit in `budget` lines: all of those that must stay whole, the least of each other, then up to two of
/// each in order, then three, then six, then as many as there are.
fn fit(parts: &[Part], budget: usize) -> Vec<usize> {
    let cost = |part: &Part, shown: usize| -> usize {
        1 + part.items.iter().take(shown).map(Vec::len).sum::<usize>()
    };
    let mut shown: Vec<usize> = parts
        .iter()
        .map(|part| {
            if part.whole {
                part.items.len()
            } else {
                part.least
            }
        })
        .collect();
    let mut total: usize = parts
        .iter()
        .zip(&shown)
        .map(|(part, n)| cost(part, *n))
        .sum();
    for most in [2, 3, 6, usize::MAX] {
        for (part, shown) in parts.iter().zip(&mut shown) {
            while *shown < part.items.len().min(most) {
                let grown = total - cost(part, *shown) + cost(part, *shown + 1);
                if grown > budget.max(total) {
                    break;
                }
                total = grown;
                *shown += 1;
            }
        }
    }
    shown
}

fn head(view: &View, options: &Options) -> Vec<String> {
    let dossier = view.dossier;
    let mut ink = Ink::default();
    let title = cut(&clean::line(&dossier.incident.title), options.width * 2);
    ink.add(Style::Strong, &title);
    let mut out = ink.wrap(options.width, 0, 2, options.colour);
    let disputed = dossier
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Disputed)
        .count();
    let mut ink = Ink::default();
    ink.add(
        Style::Soft,
        &format!(
            "{} · {} · {} · ",
            words::many(dossier.reports.len(), "report"),
            words::many(dossier.claims.len(), "claim"),
            words::many(view.voices(), "independent origin"),
        ),
    );
    match (disputed, dossier.findings.len()) {
        (_, 0) => ink.plain("no finding"),
        (0, _) => ink.plain("nothing disputed"),
        (n, _) => ink.add(
            Style::Disputed,
            &format!("≠ {} disputed", words::many(n, "finding")),
        ),
    };
    out.extend(ink.wrap(options.width, 0, 2, options.colour));
    for line in votes::lines(view) {
        let mut ink = Ink::default();
        ink.plain(&format!(
            "{}, reports taken together: ",
            words::slot(line.slot)
        ));
        ink.add(Style::Strong, &line.says());
        out.extend(ink.wrap(options.width, 0, 2, options.colour));
    }
    out
}

fn tail(view: &View, options: &Options) -> Vec<String> {
    let dossier = view.dossier;
    let party = dossier
        .claims
        .iter()
        .any(|claim| claim.speakers.iter().any(|speaker| speaker.interested));
    let mut ink = Ink::default();
    if !dossier.findings.is_empty() {
        ink.add(Style::Soft, "1 a single origin · ");
    }
    if party {
        ink.add(
            Style::Soft,
            "* a party to the events, speaking for itself · ",
        );
    }
    ink.add(Style::Soft, "hint: ");
    ink.plain("--html FILE shows every claim in its text; --finding killed how a number came about; --claim A1 all about one claim");
    ink.wrap(options.width, 0, 2, options.colour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;
    use unicode_width::UnicodeWidthStr;

    fn plain(width: usize) -> String {
        let (dossier, texts) = fixture::market();
        let options = Options {
            width,
            colour: false,
        };
        render(&dossier, &texts, &options)
    }

    #[test]
    fn a_disputed_finding_shows_every_position_and_who_holds_it() {
        let out = plain(100);
        for words in [
            "“51”",
            "“34”",
            "“Up to 70”",
            "“At least 30”",
            "Saint Anna hospital",
            "mayor’s office (A)",
            "unnamed reports (E)",
        ] {
            assert!(out.contains(words), "{words} in\n{out}");
        }
    }

    #[test]
    fn it_fits_a_laptop_and_says_what_it_leaves_out() {
        // The parts of an incident of several days take lines of their own.
        let (mut dossier, texts) = fixture::market();
        dossier.parts.clear();
        dossier.part_sums.clear();
        let out = render(&dossier, &texts, &Options::default());
        assert!(
            out.lines().count() <= SCREEN_LINES,
            "{} lines\n{out}",
            out.lines().count()
        );
        for line in out.lines() {
            assert!(line.width() <= 100, "{line}");
        }
        assert!(out.contains("more: see --md or --html"));
    }

    #[test]
    fn parts_are_told_with_their_figures_and_their_sum() {
        let out = plain(100);
        assert!(out.contains("PARTS\n"), "{out}");
        for words in ["explosion at", "then", "sum_of_parts", "42 or more"] {
            assert!(out.contains(words), "{words} in\n{out}");
        }
        for line in out.lines() {
            assert!(line.width() <= 100, "{line}");
        }
    }

    #[test]
    fn narrow_terminals_are_kept_to() {
        for line in plain(60).lines() {
            assert!(line.width() <= 60, "{line}");
        }
    }

    #[test]
    fn an_empty_dossier_says_so() {
        let (dossier, texts) = fixture::empty();
        let out = render(&dossier, &texts, &Options::default());
        assert!(out.contains("no finding"));
        assert!(out.contains("no claim about an incident"));
    }

    #[test]
    fn a_report_cannot_drive_the_terminal() {
        let (mut dossier, texts) = fixture::market();
        dossier.incident.title = "x\u{1b}]0;owned\u{7}\u{202E}".into();
        dossier.reports[0].report.title = Some("\u{1b}[2J".into());
        let out = render(&dossier, &texts, &Options::default());
        assert!(!out.contains('\u{1b}') && !out.contains('\u{7}') && !out.contains('\u{202E}'));
    }
}
