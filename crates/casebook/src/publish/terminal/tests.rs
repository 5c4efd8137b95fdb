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
