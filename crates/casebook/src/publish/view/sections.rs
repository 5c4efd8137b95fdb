//! The findings in sections, and what stands against one from outside.

use std::collections::{BTreeMap, BTreeSet};

use model::{Claim, ClaimId, Finding, Relation, RelationKind, Verdict};

use super::index::View;
use crate::publish::words;

/// A heading and the findings under it.
pub struct Section<'a> {
    /// Short code, used in anchors.
    pub key: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What the section holds, in one clause.
    pub about: &'static str,
    /// Its findings in the dossier's order.
    pub findings: Vec<&'a Finding>,
}

impl<'a> View<'a> {
    /// The findings in sections, disputed ones first; every finding is in exactly one, and empty sections are left out.
    pub fn sections(&self) -> Vec<Section<'a>> {
        let mut out: BTreeMap<Option<model::Section>, Section<'a>> = BTreeMap::new();
        for finding in &self.dossier.findings {
            let disputed = finding.verdict == Verdict::Disputed;
            let of = (!disputed).then_some(finding.slot.spec().section);
            let (key, title, about) = words::section(of);
            let section = out.entry(of).or_insert_with(|| Section {
                key,
                title,
                about,
                findings: Vec::new(),
            });
            section.findings.push(finding);
        }
        out.into_values().collect()
    }

    /// Claims of the ledger that no finding holds: shown apart, so that nothing is lost.
    pub fn unplaced(&self) -> Vec<&'a Claim> {
        let placed: BTreeSet<&ClaimId> = self
            .dossier
            .findings
            .iter()
            .flat_map(|finding| &finding.positions)
            .flat_map(|position| &position.claims)
            .collect();
        self.dossier
            .claims
            .iter()
            .filter(|claim| !placed.contains(&claim.id))
            .collect()
    }

    /// Relations by which claims of other findings stand against this one's: each with the claim on the other side.
    pub fn against(&self, finding: &Finding) -> Vec<(&'a Relation, &'a Claim)> {
        let own: BTreeSet<&ClaimId> = finding
            .positions
            .iter()
            .flat_map(|position| &position.claims)
            .collect();
        let mut out = Vec::new();
        for relation in self.dossier.findings.iter().flat_map(|it| &it.relations) {
            let other = match (own.contains(&relation.a), own.contains(&relation.b)) {
                (true, false) => &relation.b,
                (false, true) => &relation.a,
                _ => continue,
            };
            let pulls = matches!(
                relation.kind,
                RelationKind::Contradicts | RelationKind::Tension
            );
            let met = out.iter().any(|(it, _)| *it == relation);
            if let Some(claim) = self.claim(other).filter(|_| pulls && !met) {
                out.push((relation, claim));
            }
        }
        out.sort_by_cached_key(|(relation, claim)| {
            let tension = relation.kind == RelationKind::Tension;
            (tension, self.place_key(claim), (*relation).clone())
        });
        out
    }
}
