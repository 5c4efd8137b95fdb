use model::{Relation, RelationKind, Scope, Slot, Texts};

use super::*;
use crate::publish::fixture;

#[test]
fn labels_follow_reports_and_places() {
    let (dossier, texts) = fixture::market();
    let view = View::new(&dossier, &texts);
    let mut labels: Vec<&str> = dossier.claims.iter().map(|it| view.label(&it.id)).collect();
    assert_eq!(labels.len(), 24);
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), 24, "no two claims share a label");
    let first = dossier.claims.iter().find(|it| view.label(&it.id) == "A1");
    assert_eq!(first.unwrap().value.words(), "Dozens");
}

#[test]
fn a_claim_of_another_finding_is_seen_from_both_sides() {
    let (mut dossier, texts) = fixture::market();
    let at = |slot| {
        dossier
            .claims
            .iter()
            .find(|it| it.slot == slot)
            .unwrap()
            .id
            .clone()
    };
    let (a, b) = (at(Slot::Held), at(Slot::Appeal));
    let relation = Relation {
        a: a.clone(),
        b: b.clone(),
        kind: RelationKind::Contradicts,
        why: String::new(),
    };
    dossier.findings[0].relations.push(relation);
    let view = View::new(&dossier, &texts);
    for (slot, other) in [(Slot::Held, &b), (Slot::Appeal, &a)] {
        let finding = dossier.findings.iter().find(|it| it.slot == slot).unwrap();
        let against = view.against(finding);
        assert_eq!(against.len(), 1);
        assert_eq!(against[0].1.id, *other);
    }
    let toll = &dossier.findings[0];
    assert!(view.against(toll).is_empty(), "it is about others");
}

#[test]
fn context_is_whole_words_of_the_same_paragraph() {
    let words = "Title\n\nSome said that it was quiet in\ntown; others that it rained.\n";
    let block = |from: usize, to: usize| model::Block {
        span: model::Span::new(from, to),
        kind: model::BlockKind::Paragraph,
    };
    let blocks = vec![block(0, 5), block(7, words.len() - 1)];
    let text = model::Text::new(words.into(), blocks);
    let (dossier, _) = fixture::empty();
    let texts = Texts::from([(text.id().clone(), text.clone())]);
    let view = View::new(&dossier, &texts);
    let check = |words: &str, before: &str, after: &str| {
        let at = text.as_str().find(words).unwrap();
        let quote = text.quote(model::Span::new(at, at + words.len()));
        let (left, right) = view.context(&quote);
        assert_eq!((left.as_str(), right.as_str()), (before, after), "{words}");
    };
    check(
        "quiet",
        "Some said that it was ",
        " in\ntown; others that …",
    );
    check("Some", "", " said that it was quiet …");
    check("rained", "… town; others that it ", ".");
    check("Title", "", "");
}

#[test]
fn scopes_say_who_is_counted() {
    let (dossier, texts) = fixture::market();
    let view = View::new(&dossier, &texts);
    let check = |role, side: Option<&str>, kind: Option<&str>, words: &str, says: &str| {
        let scope = Scope {
            role,
            side: side.map(Into::into),
            kind: kind.map(Into::into),
            words: words.into(),
            ..Scope::default()
        };
        assert_eq!(view.scope(&scope), says);
    };
    use model::Role::{All, Fighter};
    check(All, None, None, "", "all people");
    check(All, None, Some("student"), "five students", "students");
    check(
        Fighter,
        Some("p:northern-front"),
        None,
        "",
        "fighters of Northern Front",
    );
    check(
        Fighter,
        Some("p:hill-guard"),
        None,
        "6 Hill Guard men",
        "fighters of Hill Guard",
    );
    check(
        Fighter,
        Some("p:terrorists"),
        None,
        "six terrorists",
        "terrorists",
    );
    check(All, Some("p:Ω"), None, "", "people of Ω");
}

#[test]
fn every_finding_is_in_one_section() {
    let (dossier, texts) = fixture::market();
    let view = View::new(&dossier, &texts);
    let sections = view.sections();
    let n: usize = sections.iter().map(|it| it.findings.len()).sum();
    assert_eq!(n, dossier.findings.len());
    assert_eq!(sections[0].key, "disagree");
}

#[test]
fn the_matrix_has_every_claim_of_every_position_and_says_who_differs() {
    use super::matrix::Stand;
    use std::collections::BTreeSet;
    let (dossier, texts) = fixture::market();
    let view = View::new(&dossier, &texts);
    let all: Vec<&model::Finding> = dossier.findings.iter().collect();
    let matrix = view.matrix(&all);
    assert_eq!(matrix.lines.len(), dossier.findings.len());
    for line in &matrix.lines {
        assert_eq!(line.cells.len(), matrix.voices.len());
        let shown: BTreeSet<&model::ClaimId> = line
            .cells
            .iter()
            .flatten()
            .flat_map(|cell| &cell.said)
            .flat_map(|(_, claims)| claims.iter().map(|claim| &claim.id))
            .collect();
        let held: BTreeSet<&model::ClaimId> = line
            .finding
            .positions
            .iter()
            .flat_map(|position| &position.claims)
            .collect();
        assert_eq!(shown, held, "{:?}", line.finding.slot);
    }
    let toll = &matrix.lines[0];
    assert_eq!(toll.finding.verdict, model::Verdict::Disputed);
    let stands: Vec<Stand> = toll.cells.iter().flatten().map(|it| it.stand).collect();
    assert!(stands.contains(&Stand::Differs), "{stands:?}");
    let silent = toll.cells.iter().filter(|it| it.is_none()).count();
    assert!(silent > 0);
    // Without relations nobody differs, and without other voices one is alone.
    let mut quiet = dossier.clone();
    quiet.findings.truncate(1);
    quiet.findings[0].relations.clear();
    let first = quiet.findings[0].positions[0].origins[0].clone();
    for position in &mut quiet.findings[0].positions {
        position.origins.retain(|it| *it == first);
    }
    let view = View::new(&quiet, &texts);
    let findings: Vec<&model::Finding> = quiet.findings.iter().collect();
    let alone = view.matrix(&findings);
    assert_eq!(alone.voices.len(), 1);
    let cell = alone.lines[0].cells[0].as_ref().unwrap();
    assert_eq!(cell.stand, Stand::Alone);
}

#[test]
fn what_nobody_named_says_counts_as_no_voice() {
    let (mut dossier, texts) = fixture::market();
    for origin in &mut dossier.origins[1..] {
        origin.kind = model::OriginKind::Unnamed;
    }
    let view = View::new(&dossier, &texts);
    assert_eq!(view.voices(), 1);
    let all: Vec<&model::Finding> = dossier.findings.iter().collect();
    let matrix = view.matrix(&all);
    assert_eq!(
        matrix.voices.len(),
        dossier.origins.len(),
        "shown all the same"
    );
    for line in &matrix.lines {
        let named = dossier.voices_in(line.finding);
        assert_eq!(line.speaking(&matrix.voices), named);
        assert!(named <= 1);
        let agrees = |it: &matrix::Cell| it.stand == matrix::Stand::Agrees;
        assert!(!line.cells.iter().flatten().any(agrees));
    }
    let unnamed: Vec<&model::Origin> = dossier.origins[1..].iter().collect();
    assert_eq!(View::many(&unnamed), "nobody named");
}
