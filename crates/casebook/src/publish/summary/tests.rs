use model::{Course, Slot, Standing, Step, Verdict};

use super::*;
use crate::publish::{fixture, view::View};

/// The words of a phrase.
fn words_of(phrase: &Phrase) -> String {
    let bits = phrase.0.iter().map(|bit| match bit {
        Bit::Plain(words) | Bit::Strong(words) | Bit::Name(words) | Bit::Source(words, _) => {
            words.clone()
        }
        Bit::Quote(words) => format!("“{words}”"),
    });
    bits.collect()
}

#[test]
fn a_row_says_who_when_and_how_the_figure_moved() {
    let (mut dossier, texts) = fixture::market();
    let id = dossier.agreed[0].claims[0].clone();
    let claim = dossier.claims.iter_mut().find(|it| it.id == id).unwrap();
    let why = claim.quotes[0].clone();
    claim.course = Some(Course {
        standing: Standing::Now,
        change: None,
        from: None,
        why: Some(why.clone()),
    });
    let agreed = &mut dossier.agreed[0];
    agreed.verdict = Verdict::Corroborated;
    agreed.differs.truncate(1);
    agreed.earlier = vec![Step {
        label: "1300".into(),
        claims: Vec::new(),
    }];
    let summary = of(&View::new(&dossier, &texts));
    let row = &summary.figures[0];
    let by = words_of(&row.by);
    assert!(
        by.starts_with("mayor’s office (Lake Tribune), 14 March"),
        "{by}"
    );
    let course = words_of(&row.course);
    let begins = format!(
        "lowered from 1300, because “{}”; others say 51 (",
        why.exact
    );
    assert!(course.starts_with(&begins), "{course}");
    assert!(!row.disputed);
}

#[test]
fn disputes_on_everybody_come_first_and_have_two_sides() {
    let (mut dossier, texts) = fixture::market();
    dossier.findings.reverse();
    let summary = of(&View::new(&dossier, &texts));
    let about: Vec<&str> = summary
        .disputes
        .iter()
        .map(|it| it.about.as_str())
        .collect();
    assert_eq!(about, ["How many were killed", "How it was done"]);
    for dispute in &summary.disputes {
        assert!(dispute.sides.len() > 1);
    }
}

#[test]
fn figures_that_can_hold_together_are_no_dispute_of_the_first_screen() {
    let (mut dossier, texts) = fixture::market();
    dossier.agreed[0].verdict = Verdict::Corroborated;
    let finding = dossier
        .findings
        .iter_mut()
        .find(|it| it.slot == Slot::Killed && it.scope.is_all());
    for position in &mut finding.unwrap().positions {
        // “34” and “up to 70” share numbers.
        position.standing &= position.value.words() != "51";
    }
    let summary = of(&View::new(&dossier, &texts));
    assert!(
        summary
            .disputes
            .iter()
            .all(|it| it.about != "How many were killed")
    );
}

#[test]
fn every_source_is_a_claim_of_the_dossier() {
    let (dossier, texts) = fixture::market();
    let summary = of(&View::new(&dossier, &texts));
    let rows = summary
        .figures
        .iter()
        .flat_map(|row| [&row.by, &row.course]);
    let sides = summary.disputes.iter().flat_map(|it| &it.sides);
    let lines = summary.blocks.iter().flat_map(|it| &it.lines);
    let mut sources = 0;
    for phrase in rows.chain(sides).chain(lines) {
        for bit in &phrase.0 {
            if let Bit::Source(_, id) = bit {
                sources += 1;
                assert!(dossier.claim(id).is_some());
            }
        }
    }
    assert!(sources > 8);
}

#[test]
fn a_party_that_denies_it_does_so_once() {
    let (dossier, texts) = fixture::market();
    let summary = of(&View::new(&dossier, &texts));
    let lines = &summary.blocks[0].lines;
    assert_eq!(summary.blocks[0].title, "Who is held responsible");
    assert_eq!(
        words_of(&lines[0]),
        "Northern Front: denies it (Lake Tribune)"
    );
    assert_eq!(lines.len(), 1);
}

#[test]
fn an_empty_dossier_has_an_empty_screen() {
    let (dossier, texts) = fixture::empty();
    let summary = of(&View::new(&dossier, &texts));
    assert!(summary.figures.is_empty() && summary.disputes.is_empty());
    assert!(summary.blocks.is_empty());
}
