//! Copies, agencies, citations and what they do to origins.

use super::script::{dossier_of, relations, verdicts};
use model::{Dossier, OriginKind};

const STORY: &str = "
     | The river rose over the lower town of Varda before dawn and guards at the gate were the first to hear the shots
     | Two trucks came up the mill road without lights and stopped where the wall is lowest, a baker said
     | By noon the square was empty except for soldiers and the owner of the only tea house that had not shut";

fn lineage(dossier: &Dossier) -> Vec<String> {
    let letter = |id| dossier.report(id).unwrap().letter.clone();
    dossier
        .lineage
        .iter()
        .map(|link| {
            let kind = serde_json::to_value(link.kind).unwrap();
            let on = link.on.as_ref().map_or("-".to_owned(), letter);
            let named = link.named.as_deref().unwrap_or("-");
            format!(
                "{} {} {on} ({named})",
                letter(&link.report),
                kind.as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn a_copy_is_no_second_voice() {
    let dossier = dossier_of(&format!(
        "# Lake Tribune, 2031-05-06
         {STORY}
         killed 12 \"twelve people died at the wall that morning\"
         # Hill Post, 2031-05-07
         {STORY}
         killed 12 \"twelve people died at the wall that morning\""
    ));
    assert_eq!(lineage(&dossier), ["B copies A (Lake Tribune)"]);
    assert_eq!(
        verdicts(&dossier),
        ["killed single-origin: Lake Tribune alone says so"]
    );
    assert!(relations(&dossier)[0].starts_with("A1 same_origin B1"));
}

#[test]
fn a_shared_passage_makes_one_voice_of_what_stands_in_it() {
    let own = |town: &str| {
        (0..8)
            .map(|i| {
                format!(
                    "| Paragraph {i} of the {town} paper tells of {town} matters {i} \
                     that nobody else {town} had seen"
                )
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    let shared = "twelve people died at the wall that morning when the second truck burst into \
                  flames near the old gate";
    let dossier = dossier_of(&format!(
        "# Lake Tribune, 2031-05-06
         {}
         killed 12 \"{shared}\"
         injured 3
         # Hill Post, 2031-05-07
         {}
         killed 12 \"{shared}\"
         injured 3",
        own("lake"),
        own("hill")
    ));
    assert_eq!(lineage(&dossier), ["B shares_passages A (Lake Tribune)"]);
    let lines = verdicts(&dossier);
    assert!(lines[0].starts_with("killed single-origin"), "{lines:?}");
    assert!(lines[1].starts_with("injured corroborated"), "{lines:?}");
}

#[test]
fn different_reports_share_nothing() {
    let dossier = dossier_of(&format!(
        "# Lake Tribune
         {STORY}
         # Hill Post
         | Gunmen attacked the prison in Varda on Tuesday, officials said, and the town was sealed off by the afternoon"
    ));
    assert!(dossier.lineage.is_empty(), "{:?}", dossier.lineage);
}

#[test]
fn one_agency_in_two_outlets_is_one_voice() {
    let dossier = dossier_of(
        "# Lake Tribune
         ^ Reuters
         killed 12
         # Hill Post
         | VARDA, May 6 (Reuters) - Gunmen stormed the gate of the prison on Tuesday.
         killed 12",
    );
    assert_eq!(
        lineage(&dossier),
        ["A same_agency - (Reuters)", "B same_agency A (Reuters)"]
    );
    assert_eq!(dossier.origins.len(), 1);
    assert_eq!(dossier.origins[0].kind, OriginKind::Agency);
}

#[test]
fn a_cited_outlet_is_the_voice() {
    let dossier = dossier_of(
        "# Lake Tribune, 2031-05-06
         killed 12
         # Hill Post, 2031-05-07
         killed 12 by=The-Lake-Tribune",
    );
    assert_eq!(lineage(&dossier), ["B cites A (The Lake Tribune)"]);
    assert_eq!(dossier.origins.len(), 1);
    assert_eq!(
        verdicts(&dossier),
        ["killed single-origin: The Lake Tribune alone says so"]
    );
}

#[test]
fn spokespeople_of_one_body_are_one_origin_under_any_name() {
    let dossier = dossier_of(
        "# Lake Tribune
         killed 12 by=Ivo-Brand@Hill-Liberation-Army!
         # Hill Post
         killed 12 by=Mara-Venn@HLA!",
    );
    assert_eq!(dossier.origins.len(), 1);
    assert!(dossier.origins[0].interested);
    assert!(verdicts(&dossier)[0].starts_with("killed unconfirmed"));
}

#[test]
fn residents_quoted_in_the_same_words_are_one_voice() {
    let dossier = dossier_of(
        "# Lake Tribune
         killed 12 by=role:resident direct=yes \"we counted twelve of them in the yard behind the school\"
         # Hill Post
         killed 12 by=role:a-witness direct=yes \"counted twelve of them in the yard behind the school\"
         # Bay Herald
         killed 12 by=role:resident",
    );
    assert_eq!(dossier.origins.len(), 2);
}
