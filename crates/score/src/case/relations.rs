//! Relations of a dossier against a case's gold.
//!
//! A gold relation is found when both its claims are and the dossier has a relation of that kind between their matches,
//! either way round. A contradiction is wrong when both its claims match gold claims and the gold does not have them as
//! a contradiction; one that touches a claim beyond the gold is counted apart, since the gold says nothing of it.

use std::collections::{BTreeMap, BTreeSet};

use model::{ClaimId, Dossier, Relation, RelationKind};

use super::{Case, Match};
use crate::Miss;

/// What was counted.
#[derive(Debug, Default)]
pub struct Counted {
    /// Gold relations found.
    pub found: u64,
    /// Relations between matched claims of a pair for which the gold has only other kinds.
    pub wrong: u64,
    /// Contradictions between matched claims that the gold has not.
    pub wrong_contradictions: u64,
    /// Contradictions that touch a claim beyond the gold.
    pub unmatched_contradictions: u64,
    /// What was missed or wrong.
    pub misses: Vec<Miss>,
}

fn kind_name(kind: RelationKind) -> String {
    serde_json::to_value(kind)
        .ok()
        .and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn pair(a: &str, b: &str) -> (String, String) {
    if a <= b {
        (a.to_owned(), b.to_owned())
    } else {
        (b.to_owned(), a.to_owned())
    }
}

/// Compares the relations.
pub fn run(case: &Case, matches: &[Option<Match>], dossier: &Dossier) -> Counted {
    let gold_of: BTreeMap<&ClaimId, &str> = case
        .claims
        .iter()
        .zip(matches)
        .filter_map(|(gold, found)| found.as_ref().map(|found| (&found.claim, gold.id.as_str())))
        .collect();
    let mut gold: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for relation in &case.relations {
        gold.entry(pair(&relation.a, &relation.b))
            .or_default()
            .insert(&relation.relation);
    }
    // A relation may stand in the findings of both its claims: count it once.
    let said: BTreeSet<&Relation> = dossier
        .findings
        .iter()
        .flat_map(|finding| &finding.relations)
        .collect();

    let mut out = Counted::default();
    let mut said_kinds: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let mut contradictions = BTreeSet::new();
    for relation in said {
        let kind = kind_name(relation.kind);
        let words = || {
            let quote = |id| {
                dossier
                    .claim(id)
                    .map_or("", |claim| claim.quote().exact.as_str())
            };
            format!("{} | {}", quote(&relation.a), quote(&relation.b))
        };
        match (gold_of.get(&relation.a), gold_of.get(&relation.b)) {
            (Some(a), Some(b)) => {
                let key = pair(a, b);
                let wanted = gold.get(&key);
                let new = said_kinds
                    .entry(key.clone())
                    .or_default()
                    .insert(kind.clone());
                if !new || wanted.is_some_and(|kinds| kinds.contains(kind.as_str())) {
                    continue;
                }
                let contradicts = relation.kind == RelationKind::Contradicts;
                out.wrong_contradictions += u64::from(contradicts);
                out.wrong += u64::from(wanted.is_some());
                if contradicts || wanted.is_some() {
                    out.misses.push(Miss {
                        item: format!("{}–{}", key.0, key.1),
                        field: "relation said".into(),
                        expected: wanted
                            .map(|kinds| kinds.iter().copied().collect::<Vec<_>>().join(", "))
                            .unwrap_or_default(),
                        said: format!("{kind}: {}", relation.why),
                        words: words(),
                    });
                }
            }
            _ if relation.kind == RelationKind::Contradicts
                && contradictions.insert((&relation.a, &relation.b)) =>
            {
                out.unmatched_contradictions += 1;
                out.misses.push(Miss {
                    item: "beyond the gold".into(),
                    field: "relation said".into(),
                    expected: String::new(),
                    said: format!("{kind}: {}", relation.why),
                    words: words(),
                });
            }
            _ => {}
        }
    }
    let found_gold: BTreeSet<&str> = gold_of.values().copied().collect();
    for relation in &case.relations {
        let key = pair(&relation.a, &relation.b);
        let kinds = said_kinds.get(&key);
        if kinds.is_some_and(|kinds| kinds.contains(&relation.relation)) {
            out.found += 1;
            continue;
        }
        let lost: Vec<&str> = [relation.a.as_str(), relation.b.as_str()]
            .into_iter()
            .filter(|id| !found_gold.contains(id))
            .collect();
        out.misses.push(Miss {
            item: format!("{}–{}", relation.a, relation.b),
            field: "relation".into(),
            expected: relation.relation.clone(),
            said: kinds
                .map(|kinds| kinds.iter().cloned().collect::<Vec<_>>().join(", "))
                .unwrap_or_default(),
            words: if lost.is_empty() {
                String::new()
            } else {
                format!("claim not found: {}", lost.join(", "))
            },
        });
    }
    out
}
