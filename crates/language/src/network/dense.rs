//! A layer of weights, packed for the kernel.

use super::kernel::{LANES, Lane, PANEL, Simd, TILE, ZERO};

/// `outputs × inputs` weights in panels of 48 outputs, with their biases.
pub(crate) struct Dense {
    inputs: usize,
    outputs: usize,
    panels: Vec<Lane>,
    bias: Vec<f32>,
}

impl Dense {
    /// Packs a row-major `outputs × inputs` matrix. `source` says which row of it becomes output `i`, so that outputs can be put in
    /// the order they are read in.
    pub(crate) fn new(
        w: &[f32],
        b: &[f32],
        outputs: usize,
        source: impl Fn(usize) -> usize,
    ) -> Self {
        let inputs = w.len() / outputs;
        let count = outputs.div_ceil(PANEL);
        let mut panels = vec![ZERO; count * inputs * PANEL / LANES];
        let mut bias = vec![0.0; count * PANEL];
        for out in 0..outputs {
            let row = source(out);
            let (panel, column) = (out / PANEL, out % PANEL);
            let first = panel * inputs * 3 + column / LANES;
            for (i, &weight) in w[row * inputs..(row + 1) * inputs].iter().enumerate() {
                panels[first + i * 3].0[column % LANES] = weight;
            }
            bias[out] = b.get(row).copied().unwrap_or(0.0);
        }
        Self {
            inputs,
            outputs,
            panels,
            bias,
        }
    }

    /// Packs a maxout layer (`outputs × pieces × inputs`): each panel holds sixteen outputs, one lane a piece.
    pub(crate) fn maxout(w: &[f32], b: &[f32], outputs: usize, pieces: usize) -> Self {
        debug_assert_eq!((pieces, outputs % LANES), (3, 0));
        Self::new(w, b, outputs * pieces, |i| {
            let (panel, lane, column) = (i / PANEL, i % PANEL / LANES, i % LANES);
            (panel * LANES + column) * pieces + lane
        })
    }

    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    fn panel(&self, panel: usize) -> &[Lane] {
        &self.panels[panel * self.inputs * 3..(panel + 1) * self.inputs * 3]
    }

    fn panel_count(&self) -> usize {
        self.bias.len() / PANEL
    }

    /// Multiplies the rows at these offsets into `x`; row `i` of the result goes to `out[i * stride..]`.
    pub(crate) fn apply(
        &self,
        simd: Simd,
        x: &[f32],
        rows: &[usize],
        out: &mut [f32],
        stride: usize,
    ) {
        for (group, rows) in rows.chunks(TILE).enumerate() {
            for panel in 0..self.panel_count() {
                let from = panel * PANEL;
                let width = (self.outputs - from).min(PANEL);
                let mut store = |r: usize, sums: &[Lane; 3]| {
                    let start = (group * TILE + r) * stride + from;
                    let out = &mut out[start..start + width];
                    let sums = sums.iter().flat_map(|lane| lane.0);
                    for ((out, sum), bias) in out.iter_mut().zip(sums).zip(&self.bias[from..]) {
                        *out = sum + bias;
                    }
                };
                if rows.len() == 1 {
                    let sums = simd.tile(x, &[rows[0]], self.panel(panel), self.inputs);
                    store(0, &sums[0]);
                } else {
                    // Short groups repeat their last row; what comes of it is dropped.
                    let tile = std::array::from_fn::<_, TILE, _>(|r| rows[r.min(rows.len() - 1)]);
                    let sums = simd.tile(x, &tile, self.panel(panel), self.inputs);
                    for (r, sums) in sums.iter().take(rows.len()).enumerate() {
                        store(r, sums);
                    }
                }
            }
        }
    }

    /// Multiplies up to eight rows and takes the largest piece of each output.
    pub(crate) fn apply_maxout(
        &self,
        simd: Simd,
        x: &[f32],
        rows: &[usize],
        out: &mut [Vec<Lane>; TILE],
    ) {
        let tile = std::array::from_fn::<_, TILE, _>(|r| rows[r.min(rows.len() - 1)]);
        for panel in 0..self.panel_count() {
            let sums = simd.tile(x, &tile, self.panel(panel), self.inputs);
            let bias = &self.bias[panel * PANEL..(panel + 1) * PANEL];
            for (out, sums) in out.iter_mut().zip(&sums).take(rows.len()) {
                for i in 0..LANES {
                    let pieces = [0, 1, 2].map(|p| sums[p].0[i] + bias[p * LANES + i]);
                    out[panel].0[i] = pieces[0].max(pieces[1]).max(pieces[2]);
                }
            }
        }
    }
}
