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

    /// Puts back the arcs that training had lifted to make trees projective. A lifted arc's label names the label of its former head:
    /// `lifted` gives, for such a label, the plain one and the one to look for below the present head, breadth first.
    pub(crate) fn deprojectivise(
        &mut self,
        lifted: &dyn Fn(u16) -> Option<(u16, u16)>,
        is_space: &dyn Fn(usize) -> bool,
    ) {
        for i in 0..self.heads.len() {
            if let Some((label, wanted)) = lifted(self.labels[i]) {
                self.heads[i] = self.find(i, wanted, is_space);
                self.labels[i] = label;
            }
        }
    }

    /// The first token below the head of `i` that has this label; the head itself if there is none.
    fn find(&self, i: usize, wanted: u16, is_space: &dyn Fn(usize) -> bool) -> u32 {
        let head = self.heads[i];
        // Lifted arcs are rare, so children are gathered only when one turns up, and only within reach of its sentence.
        let n = self.heads.len();
        let (mut low, mut high) = (i.min(head as usize), i.max(head as usize) + 1);
        let root_of = |mut at: usize| {
            let mut steps = 0;
            while self.heads[at] as usize != at && steps < n {
                at = self.heads[at] as usize;
                steps += 1;
            }
            at
        };
        let root = root_of(i);
        while low > 0 && root_of(low - 1) == root {
            low -= 1;
        }
        while high < n && root_of(high) == root {
            high += 1;
        }
        let mut level = vec![head as usize];
        let mut seen = 0;
        while !level.is_empty() && seen <= n {
            let mut next = Vec::new();
            for &at in &level {
                for child in low..high {
                    if self.heads[child] as usize != at
                        || child == at
                        || child == i
                        || is_space(child)
                    {
                        continue;
                    }
                    if self.labels[child] == wanted {
                        return child as u32;
                    }
                    next.push(child);
                }
            }
            seen += next.len();
            level = next;
        }
        head
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
        for i in 0..n {
            if i > 0 && is_start[i] || i + 1 == n {
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
