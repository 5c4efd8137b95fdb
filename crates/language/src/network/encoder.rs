//! Token vectors: hashed embeddings of the form, then convolutions over the neighbours.

use super::{
    dense::Dense,
    kernel::{LANES, Lane, Simd, TILE, ZERO},
};
use crate::{
    lexeme::{Lexeme, Lexemes},
    prepared::{EncoderData, Feature, MaxoutData},
    strings::row_keys,
};

struct Table {
    feature: Feature,
    seed: u32,
    rows: u32,
    weights: Vec<f32>,
}

/// A maxout layer with layer norm.
struct Maxout {
    dense: Dense,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Maxout {
    fn new(data: &MaxoutData, width: usize, pieces: usize) -> Self {
        Self {
            dense: Dense::maxout(&data.w, &data.b, width, pieces),
            gain: data.gain.clone(),
            shift: data.shift.clone(),
        }
    }

    /// Applies the layer to rows at these offsets into `x` and hands each result on.
    fn apply(
        &self,
        simd: Simd,
        x: &[f32],
        rows: &[usize],
        scratch: &mut [Vec<Lane>; TILE],
        mut done: impl FnMut(usize, &[Lane]),
    ) {
        for (group, rows) in rows.chunks(TILE).enumerate() {
            self.dense.apply_maxout(simd, x, rows, scratch);
            for (r, row) in scratch.iter_mut().take(rows.len()).enumerate() {
                self.normalise(row);
                done(group * TILE + r, row);
            }
        }
    }

    /// Layer norm. Sums run lane by lane in a fixed order.
    fn normalise(&self, row: &mut [Lane]) {
        let n = (row.len() * LANES) as f32;
        let mean = total(row.iter().copied()) / n;
        let squares = row
            .iter()
            .map(|lane| Lane(lane.0.map(|x| (x - mean) * (x - mean))));
        let scale = 1.0 / (total(squares) / n + 1e-8).sqrt();
        let factors = self
            .gain
            .chunks_exact(LANES)
            .zip(self.shift.chunks_exact(LANES));
        for (lane, (gain, shift)) in row.iter_mut().zip(factors) {
            for i in 0..LANES {
                lane.0[i] = (lane.0[i] - mean) * scale * gain[i] + shift[i];
            }
        }
    }
}

fn total(lanes: impl Iterator<Item = Lane>) -> f32 {
    let mut sum = [0.0; LANES];
    for lane in lanes {
        for (sum, x) in sum.iter_mut().zip(lane.0) {
            *sum += x;
        }
    }
    let mut width = LANES;
    while width > 1 {
        width /= 2;
        for i in 0..width {
            sum[i] += sum[i + width];
        }
    }
    sum[0]
}

/// Rows of padding that stand before the first paragraph, between paragraphs and after the last one. The network was trained with
/// them, and its blocks fill them in as if they were tokens.
const PAD: usize = 4;

/// Turns forms into token vectors.
pub(crate) struct Encoder {
    width: usize,
    tables: Vec<Table>,
    mix: Maxout,
    blocks: Vec<Maxout>,
    /// Whether a following space changes a token's embedding.
    sees_space: bool,
}

/// Embeddings of forms, in step with a table of lexemes.
#[derive(Default)]
pub(crate) struct FormCache {
    /// Place of a form's vector, by `2 * form + spacy`; 0 for none yet, else one more than the index.
    place: Vec<u32>,
    vectors: Vec<f32>,
}

impl FormCache {
    pub(crate) fn clear(&mut self) {
        self.place.clear();
        self.vectors.clear();
    }
}

/// The token vectors of a batch of paragraphs.
#[derive(Default)]
pub(crate) struct Rows {
    x: Vec<f32>,
    next: Vec<f32>,
    /// Offset into `x` of each token's vector.
    at: Vec<usize>,
}

impl Rows {
    /// All vectors; padding in between.
    pub(crate) fn numbers(&self) -> &[f32] {
        &self.x
    }

    /// Where in [`Rows::numbers`] each token's vector starts.
    pub(crate) fn offsets(&self) -> &[usize] {
        &self.at
    }
}

impl Encoder {
    pub(crate) fn new(data: EncoderData) -> Self {
        let (width, pieces) = (data.width as usize, data.pieces as usize);
        Self {
            width,
            mix: Maxout::new(&data.mix, width, pieces),
            blocks: data
                .blocks
                .iter()
                .map(|block| Maxout::new(block, width, pieces))
                .collect(),
            sees_space: data
                .tables
                .iter()
                .any(|table| table.feature == Feature::Spacy),
            tables: data
                .tables
                .into_iter()
                .map(|table| Table {
                    feature: table.feature,
                    seed: table.seed,
                    rows: table.rows,
                    weights: table.weights,
                })
                .collect(),
        }
    }

    fn scratch(&self) -> [Vec<Lane>; TILE] {
        std::array::from_fn(|_| vec![ZERO; self.width / LANES])
    }

    /// The concatenated embeddings of a form.
    fn embed(&self, lexeme: &Lexeme, spacy: bool, out: &mut Vec<f32>) {
        for table in &self.tables {
            let row = |key: u32| {
                let at = (key % table.rows) as usize * self.width;
                &table.weights[at..at + self.width]
            };
            let [a, b, c, d] = row_keys(lexeme.feature(table.feature, spacy), table.seed).map(row);
            out.extend((0..self.width).map(|i| a[i] + b[i] + c[i] + d[i]));
        }
    }

    /// Works out the vectors of a batch. `tokens` are (form, followed by space), `lengths` the paragraphs' token counts.
    pub(crate) fn encode(
        &self,
        simd: Simd,
        lexemes: &Lexemes,
        tokens: &[(u32, bool)],
        lengths: &[usize],
        cache: &mut FormCache,
        rows: &mut Rows,
    ) {
        let width = self.width;
        let mut scratch = self.scratch();
        cache.place.resize(2 * lexemes.len(), 0);
        let slot = |&(form, spacy): &(u32, bool)| {
            2 * form as usize + usize::from(spacy && self.sees_space)
        };
        let mut input = Vec::new();
        let mut missing = Vec::new();
        for token in tokens {
            if cache.place[slot(token)] == 0 {
                missing.push(missing.len() * width * self.tables.len());
                self.embed(lexemes.get(token.0), token.1, &mut input);
                cache.place[slot(token)] = (cache.vectors.len() / width + missing.len()) as u32;
            }
        }
        self.mix
            .apply(simd, &input, &missing, &mut scratch, |_, row| {
                cache.vectors.extend(row.iter().flat_map(|lane| lane.0));
            });

        // One row more at either end, so that the outermost windows are within the buffer.
        let count = tokens.len() + PAD * (lengths.len() + 1) + 2;
        rows.x.clear();
        rows.x.resize(count * width, 0.0);
        rows.next.clear();
        rows.next.resize(count * width, 0.0);
        rows.at.clear();
        let mut row = 1 + PAD;
        let mut token = 0;
        for &length in lengths {
            for _ in 0..length {
                let from = (cache.place[slot(&tokens[token])] as usize - 1) * width;
                rows.x[row * width..(row + 1) * width]
                    .copy_from_slice(&cache.vectors[from..from + width]);
                rows.at.push(row * width);
                row += 1;
                token += 1;
            }
            row += PAD;
        }
        let windows: Vec<usize> = (0..count - 2).map(|row| row * width).collect();
        for block in &self.blocks {
            let (x, next) = (&rows.x, &mut rows.next);
            block.apply(simd, x, &windows, &mut scratch, |i, out| {
                let at = windows[i] + width;
                let (old, new) = (&x[at..at + width], &mut next[at..at + width]);
                let out = out.iter().flat_map(|lane| lane.0);
                for ((new, old), out) in new.iter_mut().zip(old).zip(out) {
                    *new = old + out;
                }
            });
            std::mem::swap(&mut rows.x, &mut rows.next);
        }
    }
}
