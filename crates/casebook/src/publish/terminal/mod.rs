//! A dossier for a terminal: a summary that fits on one screen of a laptop, and everything else below it.
//!
//! What comes in: a dossier, its texts and the width. What goes out: lines of text. The summary takes [`SCREEN_LINES`]
//! lines and uses no letters and no rules; below it stand the reports by letter and every finding with every position
//! and who holds it. Lists of statements that go on say how many more they hold and where to see them. Colour adds
//! nothing that the words do not say.

mod findings;
pub(super) mod ink;
mod lines;
mod screen;

use model::{Dossier, Texts};

use self::ink::{Ink, Style};
use super::view::View;

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

/// A heading and what stands under it, an item a list of lines.
struct Part {
    heading: &'static str,
    items: Vec<Vec<String>>,
    /// Items shown at most.
    most: usize,
}

/// Renders the dossier as lines of text, the last one ended too. The same dossier and options give the same bytes.
pub fn render(dossier: &Dossier, texts: &Texts, options: &Options) -> String {
    let view = View::new(dossier, texts);
    let options = Options {
        width: options.width.max(40),
        ..*options
    };
    let mut out = screen::lines(&view, &options);
    let mut parts = vec![
        lines::reports(&view, &options),
        findings::parts(&view, &options),
    ];
    parts.extend(findings::sections(&view, &options));
    parts.extend(lines::lists(&view, &options));
    for part in parts.iter().filter(|part| !part.items.is_empty()) {
        out.push(String::new());
        let shown = part.items.len().min(part.most);
        out.extend(part.heading(part.items.len() - shown, &options));
        out.extend(part.items.iter().take(shown).flatten().cloned());
    }
    out.push(String::new());
    out.extend(tail(&view, &options));
    out.push(String::new());
    out.join("\n")
}

impl Part {
    fn new(heading: &'static str) -> Self {
        Self {
            heading,
            items: Vec::new(),
            most: usize::MAX,
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
}

/// What the signs mean, and where there is more.
fn tail(view: &View, options: &Options) -> Vec<String> {
    let dossier = view.dossier;
    let party = dossier
        .claims
        .iter()
        .any(|claim| claim.speakers.iter().any(|speaker| speaker.interested));
    let mut ink = Ink::default();
    if !dossier.findings.is_empty() {
        ink.add(Style::Soft, "1 a single source · ");
    }
    if party {
        ink.add(
            Style::Soft,
            "* a party to the events, speaking for itself · ",
        );
    }
    ink.add(Style::Soft, "hint: ");
    ink.plain("the summary stands at the top; --html FILE shows every claim in its text; --finding killed how a number came about; --claim A1 all about one claim");
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

    /// What stands above the reports.
    fn first_screen(out: &str) -> &str {
        out.split("\nREPORTS").next().unwrap()
    }

    #[test]
    fn the_first_screen_fits_a_laptop_in_plain_words() {
        let out = plain(100);
        let screen = first_screen(&out);
        assert!(screen.lines().count() <= SCREEN_LINES, "{out}");
        for line in out.lines() {
            assert!(line.width() <= 100, "{line}");
        }
        for words in [
            "interval",
            "UCDP",
            "{",
            "taken together",
            "…",
            "(A)",
            "origin",
        ] {
            assert!(!screen.contains(words), "{words} in\n{screen}");
        }
        for words in [
            "FIGURES",
            "IN DISPUTE",
            "WHO IS HELD RESPONSIBLE",
            "WHAT IS ASKED",
        ] {
            assert!(screen.contains(words), "{words} in\n{screen}");
        }
    }

    #[test]
    fn a_figure_keeps_its_bound_and_says_how_it_moved() {
        let (mut dossier, texts) = fixture::market();
        let agreed = &mut dossier.agreed[0];
        agreed.label = "more than 1210".into();
        agreed.n = 1210;
        agreed.earlier = ["3", "7", "1300"]
            .map(|label| model::Step {
                label: label.into(),
                claims: Vec::new(),
            })
            .into();
        let out = render(&dossier, &texts, &Options::default());
        let screen = first_screen(&out).split_whitespace().collect::<Vec<_>>();
        let screen = screen.join(" ");
        for words in ["more than 1210", "lowered from 1300; earlier 3, 7"] {
            assert!(screen.contains(words), "{words} in\n{screen}");
        }
        assert!(!screen.contains("1211"), "{screen}");
    }

    #[test]
    fn lists_that_go_on_say_so() {
        let (mut dossier, texts) = fixture::market();
        let again = dossier.background[0].clone();
        dossier.background = vec![again; 12];
        let out = render(&dossier, &texts, &Options::default());
        assert!(out.contains("4 more: see --md or --html"), "{out}");
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
