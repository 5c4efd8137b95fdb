//! What is disputed, the most important first, each side with its voices.

use std::collections::BTreeSet;

use model::{
    Agreed, Claim, ClaimId, Count, Finding, Relation, RelationKind, Slot, SlotGroup, Value, Verdict,
};

use super::{
    figures::{figure, quantity},
    phrase::{Bit, Phrase},
    rows::{Dispute, VALUES},
    voices::says,
};
use crate::publish::{view::View, words};

/// How much a dispute matters: the less, the more.
fn rank(slot: Slot, all: bool) -> u8 {
    let (everybody, some) = slot.spec().dispute;
    if all { everybody } else { some }
}

/// The disputes, but for those on who did it where `who` tells of them elsewhere.
pub fn all(view: &View, who: bool) -> Vec<Dispute> {
    let mut out: Vec<(u8, Dispute)> = Vec::new();
    let top = |slot: Slot| {
        view.dossier
            .agreed(slot)
            .filter(|agreed| agreed.verdict == Verdict::Disputed && !agreed.differs.is_empty())
    };
    let mut findings: Vec<(u8, &Finding)> = view
        .dossier
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Disputed)
        .filter(|finding| !(who && finding.slot.spec().names_doer))
        .map(|finding| (rank(finding.slot, finding.scope.is_all()), finding))
        .collect();
    findings.sort_by_key(|(rank, _)| *rank);
    let mut told = BTreeSet::new();
    for (rank, finding) in findings {
        let mut against: Vec<(&Relation, &Claim)> = view.against(finding);
        against.retain(|(relation, _)| relation.kind == RelationKind::Contradicts);
        let agreed = top(finding.slot).filter(|_| finding.scope.is_all());
        let mut sides = match agreed {
            Some(agreed) => sides(view, agreed),
            None => positions(view, finding),
        };
        let counted = finding.slot.group() == SlotGroup::Counts;
        let one = counted && agreed.is_none() && !apart(finding);
        if sides.len() < 2 || one {
            // The other side stands in another finding; what it was told with needs no second telling.
            if !against.is_empty() && against.iter().all(|(it, _)| told.contains(it)) {
                continue;
            }
            // Figures that can hold together, and nothing elsewhere against them.
            if one && against.is_empty() {
                continue;
            }
            for (_, claim) in against.iter().take(VALUES - 1) {
                sides.push(opposed(view, finding, claim));
            }
            sides.dedup();
        }
        told.extend(against.iter().map(|(relation, _)| *relation));
        // Where all but one figure was set aside, nothing stands against it.
        if sides.len() < 2 {
            continue;
        }
        let dispute = Dispute {
            finding: Some(finding.id.clone()),
            about: about(view, finding),
            sides,
        };
        out.push((rank, dispute));
    }
    for agreed in &view.dossier.agreed {
        let finding = view.everybody(agreed.slot);
        let told = finding.is_some_and(|finding| finding.verdict == Verdict::Disputed);
        if !told && top(agreed.slot).is_some() {
            let dispute = Dispute {
                finding: finding.map(|finding| finding.id.clone()),
                about: words::how_many(agreed.slot, ""),
                sides: sides(view, agreed),
            };
            out.push((rank(agreed.slot, true), dispute));
        }
    }
    out.sort_by_key(|(rank, _)| *rank);
    out.into_iter().map(|(_, dispute)| dispute).collect()
}

/// Whether two standing figures share no number.
fn apart(finding: &Finding) -> bool {
    let standing = finding.positions.iter().filter(|it| it.standing);
    let counts: Vec<&Count> = standing.filter_map(|it| it.value.count()).collect();
    counts
        .iter()
        .enumerate()
        .any(|(at, a)| counts[at + 1..].iter().any(|b| !a.overlaps(b)))
}

fn about(view: &View, finding: &Finding) -> String {
    let scope = if finding.scope.is_all() {
        String::new()
    } else {
        let scope = view.scope(&finding.scope);
        scope.strip_prefix("the ").unwrap_or(&scope).to_owned()
    };
    match finding.slot.group() {
        SlotGroup::Counts => words::how_many(finding.slot, &scope),
        _ => words::question(finding.slot).to_owned(),
    }
}

/// The figure at the top and those that differ, each with its voices.
fn sides(view: &View, agreed: &Agreed) -> Vec<Phrase> {
    let side = |label: String, ids: &[ClaimId]| {
        let out = Phrase::default().strong(label);
        match view.claims(ids).as_slice() {
            [] => out,
            by => out.add(says(view, by)),
        }
    };
    // Nobody, told by nobody, is what silence comes to; it is no side.
    let mut out = Vec::new();
    if agreed.n > 0 || !agreed.claims.is_empty() {
        out.push(side(figure(agreed), &agreed.claims));
    }
    for step in agreed.differs.iter().take(VALUES - 1) {
        out.push(side(quantity(&step.label), &step.claims));
    }
    let more = agreed.differs.len().saturating_sub(VALUES - 1);
    if more > 0 {
        out.push(Phrase::default().plain(&format!("and {}", words::many(more, "more figure"))));
    }
    out
}

/// A claim of another finding that contradicts this one: `against killed, students: 12, according to …`.
fn opposed(view: &View, finding: &Finding, claim: &Claim) -> Phrase {
    let mut out = Phrase::default().plain("against ");
    if claim.slot.group() == SlotGroup::Counts {
        if claim.slot != finding.slot {
            out = out.plain(&format!("{}, ", words::slot(claim.slot).to_lowercase()));
        }
        out.push(Bit::Name(view.scope(&claim.scope)));
        out = out.plain(": ");
        out.push(said(&claim.value));
    } else {
        out.push(Bit::Quote(claim.quote().exact.clone()));
    }
    out.add(says(view, &[claim]))
}

/// The standing positions of a finding, each with its voices; things and kinds of one code are one.
pub fn positions(view: &View, finding: &Finding) -> Vec<Phrase> {
    let mut standing: Vec<(&Value, Vec<ClaimId>)> = Vec::new();
    for position in finding.positions.iter().filter(|it| it.standing) {
        let same = standing
            .iter_mut()
            .find(|(value, _)| one_code(value, &position.value));
        match same {
            Some((_, claims)) => claims.extend(position.claims.iter().cloned()),
            None => standing.push((&position.value, position.claims.clone())),
        }
    }
    let mut out: Vec<Phrase> = standing
        .iter()
        .take(VALUES)
        .map(|(value, claims)| {
            let claims = view.by_place(claims);
            let mut out = Phrase::default();
            let quote = claims.first().map(|claim| claim.quote().exact.clone());
            out.push(match quote {
                Some(quote) if value.words().trim().is_empty() => Bit::Quote(quote),
                _ if finding.slot.group() == SlotGroup::People && value.count().is_none() => {
                    Bit::Quote(value.words().to_owned())
                }
                _ => said(value),
            });
            out.add(says(view, &claims))
        })
        .collect();
    let more = standing.len().saturating_sub(VALUES);
    if more > 0 {
        out.push(Phrase::default().plain(&format!("and {more} more")));
    }
    out
}

/// Whether two values are things or kinds of one code.
fn one_code(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Thing { code: a, .. }, Value::Thing { code: b, .. })
        | (Value::Kind { code: a, .. }, Value::Kind { code: b, .. }) => a == b && a != "other",
        _ => false,
    }
}

fn said(value: &Value) -> Bit {
    match value {
        Value::Words { words } | Value::Thing { words, .. } => Bit::Quote(words.clone()),
        Value::Kind { code, words } | Value::Act { code, words } if code == "other" => {
            Bit::Quote(words.clone())
        }
        Value::Kind { code, .. } if code == "unclaimed" => {
            Bit::Strong("nobody has claimed it".to_owned())
        }
        Value::When(when) => Bit::Strong(words::moment(when)),
        Value::Count(count) => Bit::Strong(quantity(&count.label())),
        value => Bit::Strong(value.label()),
    }
}
