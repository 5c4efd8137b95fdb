//! A suggested grade of how well an incident is reported, in Airwars' words, with the rule that gave it.
//!
//! It grades the reporting, not what happened. *Discounted* is never suggested: that those killed were fighters, or
//! that another party did it, is for a person to conclude.

use std::collections::BTreeSet;

use model::{Claim, ClaimId, Origin, Slot, StanceKind};

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
    let standing = view
        .dossier
        .findings
        .iter()
        .filter(|it| matches!(it.slot, Slot::Killed | Slot::Injured))
        .flat_map(|it| &it.positions)
        .filter(|it| it.standing);
    let harm: BTreeSet<&ClaimId> = standing
        .flat_map(|it| view.claims(&it.claims))
        .filter(|it| tells_of_harm(it))
        .map(|it| &it.id)
        .collect();
    let voices: Vec<&Origin> = view
        .dossier
        .voices()
        .filter(|it| it.claims.iter().any(|id| harm.contains(id)))
        .collect();
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

/// Whether a claim says that somebody was killed or injured: not one of nobody, nor one that is denied.
fn tells_of_harm(claim: &Claim) -> bool {
    let nobody = claim.value.count().is_some_and(|it| it.high == Some(0));
    !nobody && claim.stance.kind != StanceKind::Denied
}

#[cfg(test)]
mod tests {
    use model::OriginKind;

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
        let all = dossier.origins.clone();
        dossier.origins.truncate(1);
        dossier.origins[0].kind = OriginKind::Publisher;
        dossier.origins[0].claims = dossier.claims.iter().map(|it| it.id.clone()).collect();
        assert_eq!(named(&dossier), Some("Weak"));
        // Whoever says that nobody was killed, or denies it, reports nobody killed.
        let tolls = dossier.claims.clone();
        for claim in &mut dossier.claims {
            claim.value = model::Value::Count(model::Count::said(0, model::Bound::Exact, "no"));
        }
        assert_eq!(named(&dossier), None);
        dossier.claims = tolls.clone();
        for claim in &mut dossier.claims {
            claim.stance.kind = StanceKind::Denied;
        }
        assert_eq!(named(&dossier), None);
        dossier.claims = tolls;
        dossier.origins = all;
        assert_eq!(named(&dossier), Some("Fair"));
        dossier
            .findings
            .retain(|it| !matches!(it.slot, Slot::Killed | Slot::Injured));
        assert_eq!(named(&dossier), None);
    }
}
