//! A suggested grade of how well an incident is reported, in Airwars' words, with the rule that gave it.
//!
//! It grades the reporting, not what happened. *Discounted* is never suggested: that those killed were fighters, or
//! that another party did it, is for a person to conclude.

use std::collections::BTreeSet;

use model::{ClaimId, OriginId, OriginKind, Slot};

use super::{summary, view::View};

/// A grade.
pub struct Grade {
    /// Its name.
    pub name: &'static str,
    /// What the name means in Airwars' practice.
    pub means: &'static str,
    /// Why it is suggested here.
    pub why: String,
    /// The claims that it rests on, in order of their ids.
    pub claims: Vec<ClaimId>,
}

/// The grades that may be suggested, with what each means, in the order in which they are tried.
pub const GRADES: [(&str, &str); 4] = [
    ("Contested", "competing claims of who is responsible"),
    (
        "Confirmed",
        "a party to the events says itself that it did it",
    ),
    (
        "Fair",
        "two or more independent voices report people killed or injured",
    ),
    ("Weak", "a single voice reports people killed or injured"),
];

/// The grade that the reporting suggests; `None` where no named voice reports anybody killed or injured.
pub fn suggested(view: &View) -> Option<Grade> {
    let mut voices: BTreeSet<&OriginId> = BTreeSet::new();
    let mut harm: BTreeSet<&ClaimId> = BTreeSet::new();
    for finding in &view.dossier.findings {
        if !matches!(finding.slot, Slot::Killed | Slot::Injured) {
            continue;
        }
        for position in finding.positions.iter().filter(|it| it.standing) {
            let named = position.origins.iter().filter(|id| {
                let origin = view.origin(id);
                origin.is_some_and(|it| it.kind != OriginKind::Unnamed)
            });
            voices.extend(named);
            harm.extend(&position.claims);
        }
    }
    if voices.is_empty() {
        return None;
    }
    let made = |at: usize, why: String, claims: Vec<ClaimId>| {
        let (name, means) = GRADES[at];
        Some(Grade {
            name,
            means,
            why,
            claims,
        })
    };
    if let Some(id) = summary::who_disputed(view) {
        let finding = view.dossier.findings.iter().find(|it| it.id == id);
        let claims = finding
            .map(|it| {
                it.positions
                    .iter()
                    .flat_map(|it| it.claims.clone())
                    .collect()
            })
            .unwrap_or_default();
        return made(
            0,
            "who did it is disputed between voices".to_owned(),
            claims,
        );
    }
    let owned = summary::owned(view);
    if !owned.is_empty() {
        let claims = owned.iter().map(|claim| claim.id.clone()).collect();
        return made(
            1,
            "a party claims the deed, according to its own words".to_owned(),
            claims,
        );
    }
    let claims = harm.into_iter().cloned().collect();
    match voices.len() {
        1 => made(
            3,
            "one independent voice reports people killed or injured".to_owned(),
            claims,
        ),
        n => made(
            2,
            format!("{n} independent voices report people killed or injured"),
            claims,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    #[test]
    fn grades_follow_the_voices() {
        let (mut dossier, texts) = fixture::market();
        let named = |dossier: &model::Dossier| {
            suggested(&View::new(dossier, &texts)).map(|grade| grade.name)
        };
        let first = named(&dossier);
        assert!(first.is_some());
        // Nobody is held responsible any more: only the voices on the toll count.
        dossier.claims.retain(|it| !it.slot.spec().names_doer);
        dossier.findings.retain(|it| !it.slot.spec().names_doer);
        assert_eq!(named(&dossier), Some("Fair"));
        for finding in &mut dossier.findings {
            for position in &mut finding.positions {
                position.origins = vec![dossier.origins[0].id.clone()];
            }
        }
        dossier.origins[0].kind = OriginKind::Publisher;
        assert_eq!(named(&dossier), Some("Weak"));
        dossier
            .findings
            .retain(|it| !matches!(it.slot, Slot::Killed | Slot::Injured));
        assert_eq!(named(&dossier), None);
    }
}
