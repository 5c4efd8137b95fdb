//! The relations found between claims, and how a relation is told.

use std::collections::BTreeSet;

use model::RelationKind;

use super::found::Found;

/// Relations found so far, at most one between two claims: the first found stays.
#[derive(Default)]
pub(super) struct RelationGraph {
    seen: BTreeSet<(usize, usize)>,
    pub(super) edges: Vec<RelationEdge>,
}

/// A relation between two entries of the ledger.
pub(super) struct RelationEdge {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) kind: RelationKind,
    pub(super) why: String,
    /// Whether a count of a later day holds both.
    pub(super) overtaken: bool,
}

impl RelationGraph {
    /// Adds a relation unless these two claims already have one.
    pub(super) fn add(
        &mut self,
        a: usize,
        b: usize,
        kind: RelationKind,
        why: impl Into<String>,
    ) -> bool {
        self.push(RelationEdge {
            a,
            b,
            kind,
            why: why.into(),
            overtaken: false,
        })
    }

    pub(super) fn push(&mut self, link: RelationEdge) -> bool {
        let RelationEdge { a, b, .. } = link;
        let fresh = a != b && self.seen.insert((a.min(b), a.max(b)));
        if fresh {
            self.edges.push(link);
        }
        fresh
    }

    /// Adds what was found between `i` and `j`.
    pub(super) fn found(&mut self, i: usize, j: usize, found: Found) -> bool {
        let (a, b) = if found.swapped { (j, i) } else { (i, j) };
        self.push(RelationEdge {
            a,
            b,
            kind: found.kind,
            why: found.why,
            overtaken: found.overtaken,
        })
    }

    /// Whether these two claims have a relation.
    pub(super) fn linked(&self, a: usize, b: usize) -> bool {
        self.seen.contains(&(a.min(b), a.max(b)))
    }
}
