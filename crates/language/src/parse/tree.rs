//! The finished tree: non-projective arcs put back, edges, sentence starts.

/// Heads and labels of a paragraph's tokens, and what follows from them.
#[derive(Debug, PartialEq)]
pub(crate) struct Tree {
    pub heads: Vec<u32>,
    pub labels: Vec<u16>,
}

impl Tree {
    pub(crate) fn new(heads: Vec<u32>, labels: Vec<u16>) -> Self {
        Self { heads, labels }
    }

    /// Puts back the arcs that training had lifted to make trees projective. A lifted arc's label names the label of
    /// its former head: `lifted` gives, for such a label, the plain one and the one to look for below the present head,
    /// breadth first.
    pub(crate) fn deprojectivise(
        &mut self,
        lifted: &dyn Fn(u16) -> Option<(u16, u16)>,
        is_space: &dyn Fn(usize) -> bool,
    ) {
        let mut reach: Option<Reach> = None;
        for i in 0..self.heads.len() {
            if let Some((label, wanted)) = lifted(self.labels[i]) {
                // Lifted arcs are rare: what lies below what is worked out when the first turns up.
                let reach = reach.get_or_insert_with(|| Reach::new(&self.heads));
                let old = self.heads[i];
                let new = reach.find(i, old, &|child| self.labels[child] == wanted, is_space);
                reach.attach(i, old, new);
                self.heads[i] = new;
                self.labels[i] = label;
            }
        }
    }

    /// Where sentences start: at the left edge of every root, as spaCy works edges out.
    pub(crate) fn sentence_starts(&self) -> Vec<bool> {
        let n = self.heads.len();
        let mut left: Vec<usize> = (0..n).collect();
        // Edges of a non-projective tree settle only after some rounds.
        for _ in 0..12 {
            for i in (0..n).chain((0..n).rev()) {
                let head = self.heads[i] as usize;
                left[head] = left[head].min(left[i]);
            }
            if self.heads_are_within(&left) {
                break;
            }
        }
        let mut starts = vec![false; n];
        for i in 0..n {
            if self.heads[i] as usize == i {
                starts[left[i]] = true;
            }
        }
        starts
    }

    /// Whether every head lies in its token's sentence, were sentences to start at these edges.
    fn heads_are_within(&self, left: &[usize]) -> bool {
        let n = self.heads.len();
        let mut is_start = vec![false; n];
        for i in 0..n {
            if self.heads[i] as usize == i {
                is_start[left[i]] = true;
            }
        }
        let mut from = 0;
        for (i, &starts) in is_start.iter().enumerate() {
            if i > 0 && starts || i + 1 == n {
                let within = |&head: &u32| (from..=i).contains(&(head as usize));
                if !self.heads[from..i].iter().all(within) {
                    return false;
                }
                from = i;
            }
        }
        true
    }
}

/// Dependents of every token, and the edges of its subtree as they were before any arc was put back: like spaCy, a
/// search does not see an arc that has been put back outside the edges of its new head.
struct Reach {
    children: Vec<Vec<u32>>,
    edges: Vec<(u32, u32)>,
}

impl Reach {
    fn new(heads: &[u32]) -> Self {
        let mut children = vec![Vec::new(); heads.len()];
        let mut edges: Vec<(u32, u32)> = (0..heads.len() as u32).map(|i| (i, i)).collect();
        for (i, &head) in heads.iter().enumerate() {
            if head as usize != i {
                children[head as usize].push(i as u32);
            }
        }
        for i in (0..heads.len()).chain((0..heads.len()).rev()) {
            let (left, right) = edges[i];
            let edge = &mut edges[heads[i] as usize];
            *edge = (edge.0.min(left), edge.1.max(right));
        }
        Self { children, edges }
    }

    /// The first token below `head`, breadth first, that is wanted; `head` if there is none. White space, `i` and what
    /// hangs on them are passed over.
    fn find(
        &self,
        i: usize,
        head: u32,
        wanted: &dyn Fn(usize) -> bool,
        is_space: &dyn Fn(usize) -> bool,
    ) -> u32 {
        let mut level = vec![head];
        let mut seen = 0;
        while !level.is_empty() && seen <= self.children.len() {
            let mut next = Vec::new();
            for &at in &level {
                for &child in &self.children[at as usize] {
                    if child as usize == i || is_space(child as usize) {
                        continue;
                    }
                    if wanted(child as usize) {
                        return child;
                    }
                    next.push(child);
                }
            }
            seen += next.len();
            level = next;
        }
        head
    }

    fn attach(&mut self, i: usize, old: u32, new: u32) {
        if old == new {
            return;
        }
        let i = i as u32;
        self.children[old as usize].retain(|&child| child != i);
        let (left, right) = self.edges[new as usize];
        if (left..=right).contains(&i) {
            let siblings = &mut self.children[new as usize];
            let at = siblings.partition_point(|&child| child < i);
            siblings.insert(at, i);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifted_arcs_go_back() {
        // "hearing is scheduled on the issue": "on" hangs on "scheduled" as prep||nsubjpass, and belongs to "hearing".
        let mut tree = Tree::new(vec![2, 2, 2, 2, 5, 3], vec![1, 9, 0, 7, 9, 9]);
        tree.deprojectivise(&|label| (label == 7).then_some((3, 1)), &|_| false);
        assert_eq!(tree.heads, [2, 2, 2, 0, 5, 3]);
        assert_eq!(tree.labels, [1, 9, 0, 3, 9, 9]);
    }

    #[test]
    fn sentences_start_at_left_edges() {
        let tree = Tree::new(vec![1, 1, 1, 4, 4], vec![0; 5]);
        assert_eq!(tree.sentence_starts(), [true, false, false, true, false]);
    }
}
