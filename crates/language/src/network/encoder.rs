//! Token vectors: hashed embeddings of the form, then convolutions over the neighbours.

use super::{
    dense::{Dense, largest, maxout_row},
    kernel::{LANES, Lane, Simd, TILE, Task, ZERO, flat, lanes},
};
use crate::{
    lexeme::{Lexeme, Lexemes},
    prepared::{EncoderData, Feature, MaxoutData, TableData},
    strings::row_keys,
};

/// Layer norm and, where the layer is a residual one, the sum with its input.
struct Norm {
    gain: Vec<Lane>,
    shift: Vec<Lane>,
}

/// A maxout layer with layer norm.
struct Maxout {
    dense: Dense,
    norm: Norm,
}

impl Maxout {
    fn new(data: &MaxoutData, width: usize) -> Self {
        Self {
            dense: Dense::maxout(&data.w, &data.b, width),
            norm: Norm {
                gain: lanes(&data.gain),
                shift: lanes(&data.shift),
            },
        }
    }

    /// Applies the layer to the rows at these offsets into `x` (in numbers). Row `i` goes to `out[to[i]..]` (in lanes),
    /// and `old[to[i]..]` is added to it if there is an `old`.
    fn apply(
        &self,
        simd: Simd,
        x: &[f32],
        rows: &[usize],
        old: Option<&[Lane]>,
        to: &[usize],
        out: &mut [Lane],
    ) {
        let width = self.norm.gain.len();
        let mut tile: Vec<Vec<Lane>> = vec![vec![ZERO; width]; TILE];
        for (rows, to) in rows.chunks(TILE).zip(to.chunks(TILE)) {
            self.dense.apply_maxout(simd, x, rows, &mut tile);
            simd.run(Finish {
                norm: &self.norm,
                rows: &mut tile[..rows.len()],
                old,
                to,
                out,
            });
        }
    }
}

/// Normalises rows and writes them out.
struct Finish<'a> {
    norm: &'a Norm,
    rows: &'a mut [Vec<Lane>],
    old: Option<&'a [Lane]>,
    to: &'a [usize],
    out: &'a mut [Lane],
}

impl Task for Finish<'_> {
    #[inline(always)]
    fn run(self) {
        for (row, &to) in self.rows.iter_mut().zip(self.to) {
            let range = to..to + row.len();
            let old = self.old.map(|old| &old[range.clone()]);
            self.norm.finish(row, old, &mut self.out[range]);
        }
    }
}

impl Norm {
    /// Normalises a row, adds `old` and writes the sum out. Sums run lane by lane in a fixed order.
    #[inline(always)]
    fn finish(&self, row: &mut [Lane], old: Option<&[Lane]>, out: &mut [Lane]) {
        let n = (row.len() * LANES) as f32;
        let mut sum = ZERO;
        for &lane in row.iter() {
            sum = sum.plus(lane);
        }
        let mean = Lane::all(-(sum.total() / n));
        let mut squares = ZERO;
        for lane in row.iter_mut() {
            *lane = lane.plus(mean);
            squares = squares.plus(lane.times(*lane));
        }
        let scale = Lane::all(1.0 / (squares.total() / n + 1e-8).sqrt());
        for (i, lane) in row.iter().enumerate() {
            let new = lane.times(scale).times(self.gain[i]).plus(self.shift[i]);
            out[i] = match old {
                Some(old) => old[i].plus(new),
                None => new,
            };
        }
    }
}

/// Rows of padding that stand before the first paragraph, between paragraphs and after the last one. The network was
/// trained with them, and its blocks fill them in as if they were tokens.
const PAD: usize = 4;

/// Turns forms into token vectors.
pub(crate) struct Encoder {
    width: usize,
    tables: Vec<TableData>,
    mix: Maxout,
    /// The first block's weights for the token before, the token itself and the one after, apart: what they make of a
    /// form depends on the form alone.
    first: Dense,
    first_bias: Vec<Lane>,
    first_norm: Norm,
    blocks: Vec<Maxout>,
    /// Whether a following space changes a token's embedding.
    sees_space: bool,
}

/// What is known of forms, in step with a table of lexemes.
#[derive(Default)]
pub(crate) struct FormCache {
    /// Place of a form's vector and products, by `2 * form + spacy`; 0 for none yet.
    place: Vec<u32>,
    /// Embeddings by place; place 0 is padding, all zero.
    vectors: Vec<Lane>,
    /// Products with the three parts of the first block, by place.
    products: Vec<Lane>,
}

impl FormCache {
    pub(crate) fn clear(&mut self) {
        self.place.clear();
        self.vectors.clear();
        self.products.clear();
    }
}

/// The token vectors of a batch of paragraphs.
#[derive(Default)]
pub(crate) struct Rows {
    x: Vec<Lane>,
    next: Vec<Lane>,
    /// Where each token's vector starts among the numbers of `x`.
    at: Vec<usize>,
}

impl Rows {
    /// All vectors; padding in between.
    pub(crate) fn numbers(&self) -> &[f32] {
        flat(&self.x)
    }

    /// Where in [`Rows::numbers`] each token's vector starts.
    pub(crate) fn offsets(&self) -> &[usize] {
        &self.at
    }
}

impl Encoder {
    pub(crate) fn new(data: EncoderData) -> Self {
        let width = data.width as usize;
        let (first, blocks) = data.blocks.split_first().expect("checked when loaded");
        // Outputs of the three parts one after the other, each in the order of a maxout layer; inputs of one token.
        let outputs = 3 * width;
        let parts: Vec<f32> = (0..3 * outputs)
            .flat_map(|i| {
                let row = maxout_row(i % outputs) * 3 * width + i / outputs * width;
                first.w[row..row + width].iter().copied()
            })
            .collect();
        let first_bias: Vec<f32> = (0..outputs).map(|i| first.b[maxout_row(i)]).collect();
        Self {
            width,
            mix: Maxout::new(&data.mix, width),
            first: Dense::new(&parts, &[], 3 * outputs, |i| i),
            first_bias: lanes(&first_bias),
            first_norm: Norm {
                gain: lanes(&first.gain),
                shift: lanes(&first.shift),
            },
            blocks: blocks
                .iter()
                .map(|block| Maxout::new(block, width))
                .collect(),
            sees_space: data
                .tables
                .iter()
                .any(|table| table.feature == Feature::Spacy),
            tables: data.tables,
        }
    }

    /// Multiply-adds of a token whose form is known.
    pub(crate) fn multiply_adds(&self) -> usize {
        self.blocks
            .iter()
            .map(|block| block.dense.multiply_adds())
            .sum()
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

    fn slot(&self, (form, spacy): (u32, bool)) -> usize {
        2 * form as usize + usize::from(spacy && self.sees_space)
    }

    /// Works out what is not yet known of the forms of these tokens.
    fn learn(&self, simd: Simd, lexemes: &Lexemes, tokens: &[(u32, bool)], cache: &mut FormCache) {
        let (width, parts) = (self.width / LANES, self.first.lanes());
        cache.place.resize(2 * lexemes.len(), 0);
        if cache.vectors.is_empty() {
            cache.vectors.resize(width, ZERO);
            cache.products.resize(parts, ZERO);
        }
        let known = cache.vectors.len() / width;
        let mut input = Vec::new();
        let mut count = 0;
        for &token in tokens {
            let slot = self.slot(token);
            if cache.place[slot] == 0 {
                cache.place[slot] = (known + count) as u32;
                count += 1;
                self.embed(lexemes.get(token.0), token.1, &mut input);
            }
        }
        if count == 0 {
            return;
        }
        let rows: Vec<usize> = (0..count)
            .map(|i| i * self.width * self.tables.len())
            .collect();
        let to: Vec<usize> = (0..count).map(|i| (known + i) * width).collect();
        cache.vectors.resize((known + count) * width, ZERO);
        self.mix
            .apply(simd, &input, &rows, None, &to, &mut cache.vectors);
        let rows: Vec<usize> = to.iter().map(|at| at * LANES).collect();
        cache.products.resize((known + count) * parts, ZERO);
        let out = &mut cache.products[known * parts..];
        self.first.apply(simd, flat(&cache.vectors), &rows, out);
    }

    /// Works out the vectors of a batch. `tokens` are (form, followed by space), `lengths` the paragraphs' token
    /// counts.
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
        self.learn(simd, lexemes, tokens, cache);
        // One row more at either end, so that the outermost windows are within the buffer.
        let count = tokens.len() + PAD * (lengths.len() + 1) + 2;
        let mut places = vec![0u32; count];
        // How far each row is from the next token: padding that no token will look at need not be worked out.
        let mut far = vec![0u8; count];
        rows.at.clear();
        let mut row = 1;
        let mut token = 0;
        for &length in lengths {
            for back in (1..=PAD).rev() {
                far[row] = if token == 0 {
                    back
                } else {
                    back.min(PAD + 1 - back)
                } as u8;
                row += 1;
            }
            for _ in 0..length {
                places[row] = cache.place[self.slot(tokens[token])];
                rows.at.push(row * width);
                row += 1;
                token += 1;
            }
        }
        for ahead in 1..=PAD {
            far[row] = ahead as u8;
            row += 1;
        }
        let lanes = width / LANES;
        for x in [&mut rows.x, &mut rows.next] {
            x.resize(count * lanes, ZERO);
            x[..lanes].fill(ZERO);
            x[(count - 1) * lanes..].fill(ZERO);
        }
        simd.run(First {
            encoder: self,
            cache,
            places: &places,
            out: &mut rows.x,
        });
        for (i, block) in self.blocks.iter().enumerate() {
            let reach = self.blocks.len() - 1 - i;
            let needed = (1..count - 1).filter(|&row| usize::from(far[row]) <= reach);
            let to: Vec<usize> = needed.map(|row| row * lanes).collect();
            let windows: Vec<usize> = to.iter().map(|at| at * LANES - width).collect();
            block.apply(
                simd,
                flat(&rows.x),
                &windows,
                Some(&rows.x),
                &to,
                &mut rows.next,
            );
            std::mem::swap(&mut rows.x, &mut rows.next);
        }
    }
}

/// The first block, from the products of the forms.
struct First<'a> {
    encoder: &'a Encoder,
    cache: &'a FormCache,
    places: &'a [u32],
    out: &'a mut [Lane],
}

impl Task for First<'_> {
    #[inline(always)]
    fn run(self) {
        let lanes = self.encoder.width / LANES;
        let part = 3 * lanes;
        let bias = &self.encoder.first_bias;
        let mut row = vec![ZERO; lanes];
        for (i, window) in self.places.windows(3).enumerate() {
            let products = |at: usize| {
                let from = (window[at] as usize * 3 + at) * part;
                &self.cache.products[from..from + part]
            };
            let (a, b, c) = (products(0), products(1), products(2));
            for (panel, row) in row.iter_mut().enumerate() {
                let from = panel * 3;
                let sum = |j: usize| a[from + j].plus(b[from + j]).plus(c[from + j]);
                *row = largest(&[sum(0), sum(1), sum(2)], &bias[from..from + 3]);
            }
            let from = window[1] as usize * lanes;
            self.encoder.first_norm.finish(
                &mut row,
                Some(&self.cache.vectors[from..from + lanes]),
                &mut self.out[(i + 1) * lanes..(i + 2) * lanes],
            );
        }
    }
}
