//! Features of a token with respect to a cue word: is it part of the source, of the content, of the cue, or nothing of
//! these?
//!
//! The way from the cue word to the token through the tree says most: so many steps up, then down by which labels.

use std::ops::Range;

use language::Pos;

use super::{
    cue::{bucket, name},
    cue_priors::CuePriors,
    token_features::{Quoted, TokenFeatures},
};
use crate::learned::{Features, mix};

/// Names of the features of a token beside a cue, sorted: what the weights were trained on.
#[rustfmt::skip]
pub const FEATURES: &[&str] = &[
    "after", "after tag", "before", "before tag", "branch", "branch far", "branch lower",
    "branch opening", "branch path", "branch quotes", "branch rate", "branch size", "branch tag",
    "branch tag path", "commas", "commas path", "commas quotes", "dep side", "depth word",
    "distance", "distance kind", "entity path", "entity side", "near", "near dep", "near lemma",
    "near tag lemma", "other cues", "other cues path", "other cues quotes", "path",
    "path complement", "path depth", "path kind", "path lemma", "path lemma complement",
    "path passive", "path quotes", "path side", "place", "quotes", "quotes complement",
    "quotes lemma", "same quote", "tag path", "tag side", "two before", "up lemma", "word",
    "word path", "word side",
];

/// Labels a token may have.
pub const CLASSES: usize = 4;
/// Nothing of the attribution.
pub const OTHER: usize = 0;
/// Part of the cue.
pub const CUE: usize = 1;
/// Part of the source.
pub const SOURCE: usize = 2;
/// Part of the content.
pub const CONTENT: usize = 3;

/// Most tokens to either side of the cue word that are looked at.
pub const REACH: usize = 120;

/// The way from a cue word to a token.
#[derive(Clone, Copy, Debug, Default)]
struct Way {
    /// Labels of the steps up from the cue word.
    up: u64,
    /// Up, then the first, the first two and the first three steps down.
    down: [u64; 3],
    /// Steps down.
    depth: u8,
    /// Steps up.
    height: u8,
    /// The first token on the way down; the token where the way turns when there is none.
    branch: u32,
    /// Whether another cue stands on the way down, the token included.
    crossed: bool,
}

/// One token as it is seen from the cue word.
struct View {
    i: usize,
    way: Way,
    /// 0 before the cue word, 1 at it, 2 behind.
    side: u64,
    distance: usize,
    /// Quotation marks about the token and the cue word.
    quotes: u64,
    /// The first step of the way down, with the side.
    path: u64,
    /// Word and tag of the token before, and of the one behind.
    before: (u64, u64),
    after: (u64, u64),
}

/// A cue word with the ways to the tokens of its sentence.
pub struct Cue<'c, 'a> {
    columns: &'c TokenFeatures<'a>,
    /// The word.
    pub at: usize,
    /// Tokens that are looked at.
    pub reach: Range<usize>,
    ways: Vec<Way>,
    /// Whether each token of the reach is another cue word.
    others: Vec<bool>,
    /// Commas and dashes before each token of the reach.
    marks: Vec<u32>,
    complement: u64,
    passive: bool,
    quoted: u64,
    lemma: u64,
    kind: u64,
}

impl<'c, 'a> Cue<'c, 'a> {
    /// Works the ways out. `others` are the other cue words, in order.
    pub fn new(columns: &'c TokenFeatures<'a>, at: usize, others: &[usize]) -> Self {
        let doc = columns.doc;
        let token = doc.token(at);
        let sentence = token.sentence();
        let reach = sentence.start.max(at.saturating_sub(REACH))..sentence.end.min(at + REACH + 1);
        let mut other = vec![false; reach.len()];
        let from = others.partition_point(|other| *other < reach.start);
        for &found in others[from..].iter().take_while(|o| **o < reach.end) {
            other[found - reach.start] = found != at;
        }
        let complement = ["ccomp", "xcomp", "dobj", "acl", "prep"]
            .iter()
            .position(|dep| token.child(dep).is_some())
            .map_or(0, |at| at as u64 + 1);
        let mut sum = 0;
        let marks = reach
            .clone()
            .map(|i| {
                let mark = matches!(doc.token(i).text(), "," | ";" | "–" | "—" | "--" | "-");
                sum += u32::from(mark);
                sum - u32::from(mark)
            })
            .collect();
        let mut out = Self {
            columns,
            at,
            marks,
            ways: Vec::new(),
            others: other,
            complement,
            passive: token.child("auxpass").is_some() || token.child("nsubjpass").is_some(),
            quoted: columns.quoted[at] as u64,
            lemma: columns.lemma[at],
            kind: match token.pos() {
                Pos::Verb | Pos::Aux => columns.tag[at],
                pos => pos as u64,
            },
            reach,
        };
        out.walk();
        out
    }

    fn walk(&mut self) {
        let columns = self.columns;
        let (start, end) = (self.reach.start, self.reach.end);
        let mut done = vec![false; end - start];
        self.ways = vec![Way::default(); end - start];
        // Up from the cue word.
        let mut at = self.at;
        let mut way = Way {
            up: 1,
            branch: at as u32,
            ..Way::default()
        };
        way.down = [way.up; 3];
        loop {
            if (start..end).contains(&at) {
                self.ways[at - start] = way;
                done[at - start] = true;
            }
            let head = columns.head[at] as usize;
            if head == at || way.height > 60 {
                break;
            }
            way.height += 1;
            if way.height <= 3 {
                way.up = mix(way.up, columns.dep[at]);
            } else {
                way.up = 2;
            }
            way.down = [way.up; 3];
            way.branch = head as u32;
            at = head;
        }
        // Down to all others.
        let mut path = Vec::new();
        for i in start..end {
            let mut at = i;
            path.clear();
            let from = loop {
                if (start..end).contains(&at) && done[at - start] {
                    break Some(self.ways[at - start]);
                }
                path.push(at);
                let head = columns.head[at] as usize;
                if head == at || path.len() > 200 {
                    break None;
                }
                at = head;
            };
            let mut way = from.unwrap_or(Way {
                up: 3,
                down: [3; 3],
                branch: at as u32,
                ..Way::default()
            });
            while let Some(at) = path.pop() {
                if way.depth == 0 {
                    way.branch = at as u32;
                }
                for (step, down) in way.down.iter_mut().enumerate() {
                    if usize::from(way.depth) <= step {
                        *down = mix(*down, columns.dep[at]);
                    }
                }
                way.depth = way.depth.saturating_add(1);
                if let Some(slot) = at.checked_sub(start).filter(|slot| *slot < end - start) {
                    way.crossed |= self.others[slot];
                    self.ways[slot] = way;
                    done[slot] = true;
                }
            }
        }
    }

    /// Puts the features of token `i`, which stands within reach, into `out`. Their order is that of training: sums of
    /// weights are not the same in another.
    pub fn features(&self, i: usize, out: &mut Features) {
        let view = self.view(i);
        self.way_features(&view, out);
        self.branch_features(&view, out);
        self.distance_features(&view, out);
        self.quote_features(&view, out);
        self.word_features(&view, out);
        self.size_features(&view, out);
    }

    fn view(&self, i: usize) -> View {
        let columns = self.columns;
        let way = self.ways[i - self.reach.start];
        let side = match i.cmp(&self.at) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        };
        let beside = |at: Option<usize>| {
            at.filter(|at| self.reach.contains(at))
                .map_or((0, 0), |at| (columns.lower[at], columns.tag[at]))
        };
        View {
            i,
            way,
            side,
            distance: i.abs_diff(self.at),
            quotes: mix(columns.quoted[i] as u64, self.quoted),
            path: mix(way.down[0], side),
            before: beside(i.checked_sub(1)),
            after: beside(Some(i + 1)),
        }
    }

    /// The way through the tree.
    fn way_features(&self, view: &View, out: &mut Features) {
        let &View {
            way,
            side,
            quotes,
            path,
            ..
        } = view;
        let (lemma, kind) = (self.lemma, self.kind);
        for (step, down) in way.down.into_iter().enumerate() {
            let path = mix(down, step as u64);
            out.pair(name!("path"), path);
            out.triple(name!("path side"), path, side);
            out.triple(name!("path lemma"), path, lemma);
            out.triple(name!("path kind"), path, kind);
            out.triple(name!("path complement"), path, self.complement);
            out.triple(
                name!("path passive"),
                path,
                mix(u64::from(self.passive), side),
            );
        }
        out.triple(name!("path quotes"), path, quotes);
        out.triple(name!("path depth"), path, u64::from(way.depth.min(6)));
        out.triple(
            name!("path lemma complement"),
            path,
            mix(lemma, self.complement),
        );
        out.triple(name!("up lemma"), way.up, mix(lemma, side));
    }

    /// The branch of the tree in which the token stands.
    fn branch_features(&self, view: &View, out: &mut Features) {
        let &View {
            way, side, path, ..
        } = view;
        let columns = self.columns;
        let branch = way.branch as usize;
        out.triple(name!("branch"), columns.lemma[branch], side);
        out.triple(name!("branch path"), columns.lemma[branch], path);
        out.triple(
            name!("branch lower"),
            columns.lower[branch],
            mix(self.lemma, side),
        );
        out.triple(name!("branch tag"), columns.tag[branch], path);
        out.triple(
            name!("branch tag path"),
            columns.tag[branch],
            mix(way.down[1], side),
        );
        let first = self.opening(branch);
        out.triple(name!("branch opening"), first, path);
        out.triple(
            name!("branch rate"),
            u64::from(CuePriors::plain(columns.rate[branch])),
            path,
        );
    }

    /// How far the token is from the cue word.
    fn distance_features(&self, view: &View, out: &mut Features) {
        let &View {
            i, side, distance, ..
        } = view;
        let columns = self.columns;
        let (lemma, kind) = (self.lemma, self.kind);
        out.triple(name!("distance"), bucket(distance), side);
        out.triple(name!("distance kind"), bucket(distance), mix(side, kind));
        if distance < 4 {
            let lower = columns.lower[i];
            let step = mix(side, distance as u64);
            out.triple(name!("near"), lower, step);
            out.triple(name!("near lemma"), lower, mix(lemma, step));
            out.triple(name!("near tag lemma"), columns.tag[i], mix(lemma, step));
            out.triple(name!("near dep"), columns.dep[i], step);
        }
    }

    /// Quotation marks, and other cues on the way.
    fn quote_features(&self, view: &View, out: &mut Features) {
        let &View {
            i,
            way,
            side,
            quotes,
            path,
            ..
        } = view;
        let columns = self.columns;
        out.triple(name!("quotes"), quotes, side);
        out.triple(name!("quotes lemma"), quotes, mix(self.lemma, side));
        out.triple(
            name!("quotes complement"),
            quotes,
            mix(self.complement, side),
        );
        let same = columns.quotes.at(i) == columns.quotes.at(self.at);
        out.triple(name!("same quote"), u64::from(same), quotes);

        let other = self.others[i - self.reach.start];
        let between = self.between(i);
        let crossing = mix(
            mix(u64::from(other), u64::from(way.crossed)),
            between.min(2),
        );
        out.triple(name!("other cues"), crossing, side);
        out.triple(name!("other cues path"), crossing, path);
        out.triple(name!("other cues quotes"), crossing, quotes);
    }

    /// The token itself and those beside it.
    fn word_features(&self, view: &View, out: &mut Features) {
        let &View {
            i,
            side,
            path,
            before,
            after,
            ..
        } = view;
        let columns = self.columns;
        let lower = columns.lower[i];
        out.pair(name!("word"), lower);
        out.triple(name!("word side"), lower, side);
        out.triple(name!("word path"), lower, path);
        out.triple(name!("tag side"), columns.tag[i], side);
        out.triple(name!("tag path"), columns.tag[i], path);
        out.triple(name!("entity side"), columns.entity[i], side);
        out.triple(name!("entity path"), columns.entity[i], path);
        out.triple(name!("dep side"), columns.dep[i], side);
        out.triple(name!("before"), before.0, side);
        out.triple(name!("after"), after.0, side);
        out.triple(name!("before tag"), before.1, path);
        out.triple(name!("after tag"), after.1, path);
    }

    /// How much is between marks, and how large the branch is.
    fn size_features(&self, view: &View, out: &mut Features) {
        let &View {
            i,
            way,
            side,
            quotes,
            path,
            before,
            after,
            ..
        } = view;
        let columns = self.columns;
        let commas = self.commas(i);
        out.triple(name!("commas"), commas, side);
        out.triple(name!("commas path"), commas, path);
        out.triple(name!("commas quotes"), commas, mix(quotes, side));
        let branch = way.branch as usize;
        let size = columns.doc.token(branch).subtree();
        out.triple(name!("branch size"), bucket(size.len()), path);
        out.triple(name!("branch far"), bucket(branch.abs_diff(self.at)), path);
        let quoting = columns.quoted[size.start..size.end.min(size.start + 80)]
            .iter()
            .any(|quoted| *quoted != Quoted::No);
        out.triple(
            name!("branch quotes"),
            u64::from(quoting),
            mix(path, self.quoted),
        );
        out.triple(name!("two before"), before.0, mix(after.0, side));
        out.triple(
            name!("depth word"),
            u64::from(way.depth.min(3)),
            mix(columns.lower[i], side),
        );
        let place = bucket(i - self.reach.start);
        out.triple(name!("place"), place, side);
    }

    /// The first word of the branch: "that", "if", "by".
    fn opening(&self, branch: usize) -> u64 {
        let columns = self.columns;
        let start = columns.doc.token(branch).subtree().start;
        columns.lower[start.max(self.reach.start).min(branch)]
    }

    /// Commas and dashes between the cue word and the token, up to three.
    fn commas(&self, i: usize) -> u64 {
        let start = self.reach.start;
        let (from, to) = (i.min(self.at) - start, i.max(self.at) - start);
        u64::from((self.marks[to] - self.marks[from]).min(3))
    }

    /// How many other cue words stand between the cue word and the token.
    fn between(&self, i: usize) -> u64 {
        let (from, to) = (i.min(self.at), i.max(self.at));
        let others = &self.others[from - self.reach.start..to - self.reach.start];
        others.iter().filter(|other| **other).count() as u64
    }
}
