//! The arc-eager transition system, with breaks between sentences and words that go back to the buffer.

use super::Tree;
use crate::network::Simd;
use crate::network::{Scorer, Sums};

/// Kinds of action, numbered as in the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

impl Move {
    pub(crate) fn from_kind(kind: u8) -> Option<Self> {
        [
            Move::Shift,
            Move::Reduce,
            Move::Left,
            Move::Right,
            Move::Break,
        ]
        .get(usize::from(kind))
        .copied()
    }
}

/// The parser: what each output of the network does.
pub(crate) struct ArcEager {
    /// Kind and label id of each action.
    pub actions: Vec<(Move, u16)>,
    pub root_label: u16,
}

const NONE: u32 = u32::MAX;

/// Where a parse stands. The buffer is `rebuffer` (from its end), then the words from `next` on.
struct State {
    length: u32,
    next: u32,
    stack: Vec<u32>,
    rebuffer: Vec<u32>,
    head: Vec<u32>,
    label: Vec<u16>,
    /// Latest left and right dependent of each word, and the one attached to the same head before.
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    before: Vec<u32>,
    /// A word that went back to the buffer may not be shifted again.
    unshiftable: Vec<bool>,
    sent_start: Vec<bool>,
}

impl State {
    fn new(length: usize) -> Self {
        let mut sent_start = vec![false; length];
        if let Some(first) = sent_start.first_mut() {
            *first = true;
        }
        Self {
            length: length as u32,
            next: 0,
            stack: Vec::new(),
            rebuffer: Vec::new(),
            head: vec![NONE; length],
            label: vec![0; length],
            last_left: vec![NONE; length],
            last_right: vec![NONE; length],
            before: vec![NONE; length],
            unshiftable: vec![false; length],
            sent_start,
        }
    }

    fn s(&self, i: usize) -> u32 {
        let from_end = self.stack.len().checked_sub(i + 1);
        from_end.map_or(NONE, |at| self.stack[at])
    }

    fn b(&self, i: usize) -> u32 {
        if let Some(at) = self.rebuffer.len().checked_sub(i + 1) {
            return self.rebuffer[at];
        }
        let word = self.next + (i - self.rebuffer.len()) as u32;
        if word < self.length { word } else { NONE }
    }

    fn buffer_length(&self) -> usize {
        (self.length - self.next) as usize + self.rebuffer.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    fn is_sent_start(&self, word: u32) -> bool {
        self.sent_start.get(word as usize) == Some(&true)
    }

    fn push(&mut self) {
        match self.rebuffer.pop() {
            Some(word) => self.stack.push(word),
            None => {
                self.stack.push(self.next);
                self.next += 1;
            }
        }
    }

    fn attach(&mut self, head: u32, child: u32, label: u16) {
        let c = child as usize;
        let old = self.head[c];
        if old != NONE {
            let last = if old > child {
                &mut self.last_left
            } else {
                &mut self.last_right
            };
            if last[old as usize] == child {
                last[old as usize] = self.before[c];
            }
        }
        let last = if head > child {
            &mut self.last_left
        } else {
            &mut self.last_right
        };
        self.before[c] = std::mem::replace(&mut last[head as usize], child);
        self.head[c] = head;
        self.label[c] = label;
    }

    /// The words the network looks at, in the order of its features.
    fn context(&self) -> [u32; 8] {
        let of = |list: &[u32], word: u32| list.get(word as usize).copied().unwrap_or(NONE);
        let (b0, s0) = (self.b(0), self.s(0));
        [
            b0,
            self.b(1),
            s0,
            self.s(1),
            self.s(2),
            of(&self.last_left, b0),
            of(&self.last_left, s0),
            of(&self.last_right, s0),
        ]
    }

    /// Which kinds of action are allowed, in the order of [`Move`].
    fn valid(&self) -> [bool; 5] {
        let (b0, b1) = (self.b(0), self.b(1));
        let depth = self.stack.len();
        let waiting = self.buffer_length();
        let arc = depth > 0 && waiting > 0 && !self.is_sent_start(b0);
        [
            depth == 0 || waiting >= 2 && !self.is_sent_start(b0) && !self.unshiftable[b0 as usize],
            depth > 0,
            arc,
            arc,
            waiting >= 2 && b1 == b0 + 1 && !self.is_sent_start(b1),
        ]
    }

    fn apply(&mut self, action: Move, label: u16) {
        match action {
            Move::Shift => self.push(),
            Move::Reduce => {
                let Some(word) = self.stack.pop() else { return };
                if self.head[word as usize] == NONE && !self.stack.is_empty() {
                    self.unshiftable[word as usize] = true;
                    self.rebuffer.push(word);
                }
            }
            Move::Left => {
                let b0 = self.b(0);
                self.attach(b0, self.s(0), label);
                self.unshiftable[b0 as usize] = false;
                self.stack.pop();
            }
            Move::Right => {
                self.attach(self.s(0), self.b(0), label);
                self.push();
            }
            Move::Break => {
                let b1 = self.b(1);
                self.sent_start[b1 as usize] = true;
            }
        }
    }
}

impl ArcEager {
    /// Parses the tokens `first..first + length` of a prepared batch: heads (relative to `first`) and labels.
    pub(crate) fn parse(
        &self,
        simd: Simd,
        scorer: &Scorer,
        sums: &mut Sums,
        first: usize,
        length: usize,
    ) -> Tree {
        let mut state = State::new(length);
        while !state.is_final() {
            let words = state.context().map(|word| match word {
                NONE => -1,
                word => (first + word as usize) as i64,
            });
            let scores = scorer.score(simd, &words, sums);
            let valid = state.valid();
            let mut best: Option<usize> = None;
            for (i, &(kind, _)) in self.actions.iter().enumerate() {
                if valid[kind as usize] && best.is_none_or(|best| scores[i] > scores[best]) {
                    best = Some(i);
                }
            }
            let Some(best) = best else { break };
            let (kind, label) = self.actions[best];
            state.apply(kind, label);
        }
        let heads = state.head.iter().enumerate().map(|(i, &head)| match head {
            NONE => i as u32,
            head => head,
        });
        let heads: Vec<u32> = heads.collect();
        let mut labels = state.label;
        for (i, label) in labels.iter_mut().enumerate() {
            if heads[i] as usize == i {
                *label = self.root_label;
            }
        }
        Tree::new(heads, labels)
    }
}
