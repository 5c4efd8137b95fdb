//! The pass through the network.
//!
//! What comes in: numbers of pieces. What goes out: the last layer's numbers for each. Linear layers take activations
//! in eight bits, each piece's with a scale of its own; attention, norms and the rest are floats, added in an order
//! that does not depend on the machine.

use crate::{
    Model,
    kernel::{Linear, Task, Whole},
    lanes::{LANES, Lane, ROUND, exp, gelu, larger},
    model::{HEAD, Layer, Norm},
};

/// Pieces that go through the wide middle of a layer together: what they need there stays in the second cache.
const BLOCK: usize = 48;
/// Pieces that attend together.
const ROWS: usize = 2;
/// Lanes of a head.
const HEAD_LANES: usize = HEAD / LANES;

/// Room for the numbers between the layers, kept from one input to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    state: Vec<f32>,
    whole: Whole,
    query: Vec<f32>,
    key: Vec<f32>,
    value: Vec<f32>,
    mixed: Vec<f32>,
    wide: Vec<f32>,
    wide_whole: Whole,
    /// The keys of a head: for each of its numbers the lanes of all pieces.
    keys: Vec<Lane>,
    /// How much each of some pieces heeds every piece.
    heed: Vec<Lane>,
}

impl Model {
    /// Gives the last layer's numbers for every piece, [`Model::width`] each, in the order of the pieces. The caller
    /// puts `[CLS]` in front and `[SEP]` at the end. The same pieces give the same bytes on every machine; no pieces
    /// give no numbers.
    ///
    /// # Panics
    /// If there are more pieces than [`Model::longest`], or a number is not of the vocabulary.
    pub fn encode<'s>(&self, ids: &[u32], scratch: &'s mut Scratch) -> &'s [f32] {
        assert!(ids.len() <= self.longest(), "too many pieces");
        scratch.state.resize(ids.len() * self.hidden, 0.0);
        self.embed(ids, &mut scratch.state);
        for layer in &self.layers {
            self.layer(layer, scratch);
        }
        &scratch.state
    }

    /// Looks up pieces and positions.
    fn embed(&self, ids: &[u32], state: &mut [f32]) {
        let (words, hidden) = (self.words(), self.hidden);
        let rows = state.chunks_exact_mut(hidden);
        let positions = self.positions.chunks_exact(hidden);
        for ((row, position), &id) in rows.zip(positions).zip(ids) {
            let id = id as usize;
            assert!(
                id < self.word_scale.len(),
                "a piece that is not of the vocabulary"
            );
            let scale = self.word_scale[id];
            let word = &words[id * hidden..][..hidden];
            for ((out, &word), &position) in row.iter_mut().zip(word).zip(position) {
                *out = f32::from(word.cast_signed()) * scale + position;
            }
        }
        self.kernel.run(AddNorm {
            state,
            add: &[],
            norm: &self.norm,
        });
    }

    fn layer(&self, layer: &Layer, scratch: &mut Scratch) {
        let (kernel, hidden) = (self.kernel, self.hidden);
        let count = scratch.state.len() / hidden;
        let Scratch { state, whole, .. } = scratch;
        kernel.run(Quantise {
            from: state,
            width: hidden,
            to: whole,
        });
        for (linear, out) in [
            (&layer.query, &mut scratch.query),
            (&layer.key, &mut scratch.key),
            (&layer.value, &mut scratch.value),
        ] {
            apply(linear, whole, 0..count, out);
        }
        scratch.mixed.resize(count * hidden, 0.0);
        kernel.run(Attention {
            query: &scratch.query,
            key: &scratch.key,
            value: &scratch.value,
            hidden,
            keys: &mut scratch.keys,
            heed: &mut scratch.heed,
            out: &mut scratch.mixed,
        });
        kernel.run(Quantise {
            from: &scratch.mixed,
            width: hidden,
            to: whole,
        });
        apply(&layer.mix, whole, 0..count, &mut scratch.mixed);
        kernel.run(AddNorm {
            state,
            add: &scratch.mixed,
            norm: &layer.mix_norm,
        });
        kernel.run(Quantise {
            from: state,
            width: hidden,
            to: whole,
        });
        for from in (0..count).step_by(BLOCK) {
            let rows = from..count.min(from + BLOCK);
            apply(&layer.widen, whole, rows.clone(), &mut scratch.wide);
            kernel.run(Gelu(&mut scratch.wide));
            kernel.run(Quantise {
                from: &scratch.wide,
                width: layer.widen.outputs(),
                to: &mut scratch.wide_whole,
            });
            let narrow = 0..rows.len();
            apply(
                &layer.narrow,
                &scratch.wide_whole,
                narrow,
                &mut scratch.mixed,
            );
            kernel.run(AddNorm {
                state: &mut state[rows.start * hidden..rows.end * hidden],
                add: &scratch.mixed,
                norm: &layer.norm,
            });
        }
    }
}

/// Puts some rows through a linear layer.
fn apply(linear: &Linear, x: &Whole, rows: std::ops::Range<usize>, out: &mut Vec<f32>) {
    out.resize(rows.len() * linear.outputs(), 0.0);
    linear.apply(x, rows, out);
}

/// The lanes of a row whose length is a multiple of sixteen.
#[inline(always)]
fn lanes(row: &[f32]) -> impl Iterator<Item = Lane> {
    row.as_chunks::<LANES>().0.iter().map(|&lane| Lane(lane))
}

/// Puts every number through [`gelu`].
struct Gelu<'a>(&'a mut [f32]);

impl Task for Gelu<'_> {
    #[inline(always)]
    fn run(self) {
        for chunk in self.0.as_chunks_mut::<LANES>().0 {
            *chunk = Lane(*chunk).map(gelu).0;
        }
    }
}

/// Brings each row to whole numbers from -127 to 127, the largest of the row at one end.
struct Quantise<'a> {
    from: &'a [f32],
    width: usize,
    to: &'a mut Whole,
}

impl Task for Quantise<'_> {
    #[inline(always)]
    fn run(self) {
        let Self { from, width, to } = self;
        let count = from.len() / width;
        to.numbers.resize(from.len(), 0);
        to.scale.resize(count, 0.0);
        to.sum.resize(count, 0);
        let rows = from.chunks_exact(width);
        let outs = to.numbers.chunks_exact_mut(width);
        for (row, (from, out)) in rows.zip(outs).enumerate() {
            let mut most = Lane::all(0.0);
            for lane in lanes(from) {
                most = most.zip(lane, |most, n| larger(n.abs(), most));
            }
            let most = most.fold(larger);
            let by = if most > 0.0 { 127.0 / most } else { 0.0 };
            let mut sums = [0; LANES];
            for (out, lane) in out.as_chunks_mut::<LANES>().0.iter_mut().zip(lanes(from)) {
                for i in 0..LANES {
                    // The whole number stands in the lowest bits.
                    let whole = (lane.0[i] * by + ROUND).to_bits() as u8;
                    out[i] = whole.cast_signed();
                    sums[i] += i32::from(out[i]);
                }
            }
            to.scale[row] = most / 127.0;
            to.sum[row] = sums.iter().sum();
        }
    }
}

/// Adds `add` (or nothing, if it is empty) to each row of `state`, and brings the row to mean 0 and variance 1, then to
/// the norm's.
struct AddNorm<'a> {
    state: &'a mut [f32],
    add: &'a [f32],
    norm: &'a Norm,
}

impl Task for AddNorm<'_> {
    #[inline(always)]
    fn run(self) {
        const EPSILON: f32 = 1e-12;
        let width = self.norm.weight.len();
        let of = 1.0 / width as f32;
        let mut adds = self.add.chunks_exact(width);
        for row in self.state.chunks_exact_mut(width) {
            let (chunks, _) = row.as_chunks_mut::<LANES>();
            if let Some(add) = adds.next() {
                for (chunk, add) in chunks.iter_mut().zip(lanes(add)) {
                    *chunk = Lane(*chunk).plus(add).0;
                }
            }
            let mut sum = Lane::all(0.0);
            for &chunk in chunks.iter() {
                sum = sum.plus(Lane(chunk));
            }
            let mean = Lane::all(sum.total() * of);
            let mut squares = Lane::all(0.0);
            for &chunk in chunks.iter() {
                let off = Lane(chunk).zip(mean, |n, mean| n - mean);
                squares = squares.plus(off.times(off));
            }
            let by = Lane::all(1.0 / (squares.total() * of + EPSILON).sqrt());
            let norm = lanes(&self.norm.weight).zip(lanes(&self.norm.bias));
            for (chunk, (weight, bias)) in chunks.iter_mut().zip(norm) {
                let off = Lane(*chunk).zip(mean, |n, mean| n - mean);
                *chunk = off.times(by).times(weight).plus(bias).0;
            }
        }
    }
}

/// Every piece takes from the values of all pieces, by how well its query meets their keys, head by head.
struct Attention<'a> {
    /// Rows of `hidden` numbers, as are `key`, `value` and `out`.
    query: &'a [f32],
    key: &'a [f32],
    value: &'a [f32],
    hidden: usize,
    keys: &'a mut Vec<Lane>,
    heed: &'a mut Vec<Lane>,
    out: &'a mut [f32],
}

impl Task for Attention<'_> {
    #[inline(always)]
    fn run(mut self) {
        let count = self.query.len() / self.hidden;
        self.keys.clear();
        self.keys
            .resize(count.div_ceil(LANES) * HEAD, Lane::all(0.0));
        self.heed
            .resize(count.div_ceil(LANES) * ROWS, Lane::all(0.0));
        for column in (0..self.hidden).step_by(HEAD) {
            self.turn_keys(column);
            let mut row = 0;
            while row + ROWS <= count {
                self.rows::<ROWS>(row, column);
                row += ROWS;
            }
            while row < count {
                self.rows::<1>(row, column);
                row += 1;
            }
        }
    }
}

impl Attention<'_> {
    /// Lays out the keys of the head at `column`: sixteen pieces, number by number, then the next sixteen.
    #[inline(always)]
    fn turn_keys(&mut self, column: usize) {
        for (piece, key) in self.key.chunks_exact(self.hidden).enumerate() {
            let block = &mut self.keys[piece / LANES * HEAD..][..HEAD];
            for (lane, &number) in block.iter_mut().zip(&key[column..column + HEAD]) {
                lane.0[piece % LANES] = number;
            }
        }
    }

    /// `N` pieces from `row`, the head at `column`.
    #[inline(always)]
    fn rows<const N: usize>(&mut self, row: usize, column: usize) {
        let hidden = self.hidden;
        let count = self.query.len() / hidden;
        let blocks = count.div_ceil(LANES);
        let head = |rows: &'_ [f32], row: usize| -> [f32; HEAD] {
            let at = row * hidden + column;
            std::array::from_fn(|i| rows[at + i])
        };
        let scale = 1.0 / (HEAD as f32).sqrt();
        let mut queries = [[0.0; HEAD]; N];
        for (r, query) in queries.iter_mut().enumerate() {
            *query = head(self.query, row + r).map(|n| n * scale);
        }
        let mut most = [Lane::all(f32::NEG_INFINITY); N];
        for (block, keys) in self.keys.as_chunks::<HEAD>().0.iter().enumerate() {
            let mut sums = [Lane::all(0.0); N];
            for (i, &keys) in keys.iter().enumerate() {
                for r in 0..N {
                    sums[r] = sums[r].plus(keys.times(Lane::all(queries[r][i])));
                }
            }
            // Lanes behind the last piece are heeded by none.
            for i in (count - block * LANES).min(LANES)..LANES {
                for sum in &mut sums {
                    sum.0[i] = f32::NEG_INFINITY;
                }
            }
            for r in 0..N {
                most[r] = most[r].zip(sums[r], larger);
                self.heed[r * blocks + block] = sums[r];
            }
        }
        let mut by = [0.0; N];
        for r in 0..N {
            let most = Lane::all(most[r].fold(larger));
            let mut total = Lane::all(0.0);
            for lane in &mut self.heed[r * blocks..][..blocks] {
                *lane = lane.zip(most, |n, most| exp(n - most));
                total = total.plus(*lane);
            }
            by[r] = 1.0 / total.total();
        }
        let mut sums = [[Lane::all(0.0); HEAD_LANES]; N];
        for (piece, value) in self.value.chunks_exact(hidden).enumerate() {
            let (value, _) = value[column..column + HEAD].as_chunks::<LANES>();
            for (r, sums) in sums.iter_mut().enumerate() {
                let heed = Lane::all(self.heed[r * blocks + piece / LANES].0[piece % LANES]);
                for (sum, &value) in sums.iter_mut().zip(value) {
                    *sum = sum.plus(heed.times(Lane(value)));
                }
            }
        }
        for r in 0..N {
            let at = (row + r) * hidden + column;
            let (out, _) = self.out[at..at + HEAD].as_chunks_mut::<LANES>();
            for (out, sum) in out.iter_mut().zip(sums[r]) {
                *out = sum.times(Lane::all(by[r])).0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kernel, testing::small_model};

    const PIECES: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\nc\nd";

    #[test]
    fn every_machine_gives_these_bytes() {
        for kernel in Kernel::all() {
            let model = Model::read_for(kernel, small_model(PIECES).into(), None).unwrap();
            let mut scratch = Scratch::default();
            let hashes: Vec<u64> = [1, 2, 16, 17, 50, 64]
                .map(|len| {
                    let ids: Vec<u32> = (0..len).map(|i| i * i % 8).collect();
                    ::testing::hash(model.encode(&ids, &mut scratch))
                })
                .to_vec();
            let expected = [
                4347626400179108499,
                4461302115858871493,
                14196198273114649464,
                3190813502560108292,
                4771552750814998631,
                1216134513623035479,
            ];
            assert_eq!(hashes, expected, "{kernel:?}");
        }
    }

    #[test]
    fn an_input_leaves_nothing_behind_for_the_next() {
        let model = Model::read(small_model(PIECES), None).unwrap();
        let fresh = model
            .encode(&[2, 4, 5, 3], &mut Scratch::default())
            .to_vec();
        let mut scratch = Scratch::default();
        model.encode(&[7; 64], &mut scratch);
        assert_eq!(model.encode(&[2, 4, 5, 3], &mut scratch), fresh);
        assert_eq!(model.encode(&[], &mut scratch), [0.0; 0]);
    }

    #[test]
    fn a_piece_is_seen_in_its_context_and_place() {
        let model = Model::read(small_model(PIECES), None).unwrap();
        let first = |ids: &[u32]| model.encode(ids, &mut Scratch::default())[..64].to_vec();
        assert_ne!(first(&[4, 5, 6]), first(&[4, 5, 7]));
        assert_ne!(first(&[4, 5, 6]), first(&[4, 6, 5]));
    }
}
