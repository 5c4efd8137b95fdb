//! A layer of weights, packed for the kernel.

use super::kernel::{LANES, Lane, PANEL, ROW_PANELS, Simd, Sums, TILE, Task, ZERO};

/// Lanes of a panel.
const WIDE: usize = PANEL / LANES;

/// `outputs × inputs` weights in panels of 48 outputs, with their biases.
pub(crate) struct Dense {
    inputs: usize,
    outputs: usize,
    panels: Vec<Lane>,
    bias: Vec<Lane>,
}

impl Dense {
    /// Packs a row-major `outputs × inputs` matrix. `source` says which row of it becomes output `i`, so that outputs
    /// can be put in the order they are read in.
    pub(crate) fn new(
        w: &[f32],
        b: &[f32],
        outputs: usize,
        source: impl Fn(usize) -> usize,
    ) -> Self {
        let inputs = w.len() / outputs;
        let count = outputs.div_ceil(PANEL);
        let mut panels = vec![ZERO; count * inputs * WIDE];
        let mut bias = vec![ZERO; count * WIDE];
        for out in 0..outputs {
            let row = source(out);
            let (panel, column) = (out / PANEL, out % PANEL);
            let first = panel * inputs * WIDE + column / LANES;
            for (i, &weight) in w[row * inputs..(row + 1) * inputs].iter().enumerate() {
                panels[first + i * WIDE].0[column % LANES] = weight;
            }
            bias[out / LANES].0[out % LANES] = b.get(row).copied().unwrap_or(0.0);
        }
        Self {
            inputs,
            outputs,
            panels,
            bias,
        }
    }

    /// Packs a maxout layer (`outputs × 3 × inputs`): each panel holds sixteen outputs, one lane a piece.
    pub(crate) fn maxout(w: &[f32], b: &[f32], outputs: usize) -> Self {
        Self::new(w, b, outputs * WIDE, maxout_row)
    }

    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiply-adds of one row.
    pub(crate) fn multiply_adds(&self) -> usize {
        self.inputs * self.outputs
    }

    fn panel(&self, panel: usize) -> &[Lane] {
        let size = self.inputs * WIDE;
        &self.panels[panel * size..(panel + 1) * size]
    }

    fn panel_count(&self) -> usize {
        self.bias.len() / WIDE
    }

    /// Lanes that the outputs of a row take; what is left of the last one is zero.
    pub(crate) fn lanes(&self) -> usize {
        self.outputs.div_ceil(LANES)
    }

    /// Multiplies the rows at these offsets into `x`; `out` takes [`Dense::lanes`] lanes a row.
    pub(crate) fn apply(&self, simd: Simd, x: &[f32], rows: &[usize], out: &mut [Lane]) {
        let stride = self.lanes();
        for (rows, out) in rows.chunks(TILE).zip(out.chunks_mut(TILE * stride)) {
            for panel in 0..self.panel_count() {
                let sums = simd.tile(x, &tile(rows), self.panel(panel), self.inputs);
                simd.run(self.store(&sums[..rows.len()], out, panel));
            }
        }
    }

    fn store<'a>(
        &'a self,
        sums: &'a [[Lane; WIDE]],
        out: &'a mut [Lane],
        panel: usize,
    ) -> Store<'a> {
        let from = panel * WIDE;
        Store {
            sums,
            bias: &self.bias[from..from + WIDE],
            out,
            stride: self.lanes(),
            from,
            width: (self.lanes() - from).min(WIDE),
        }
    }

    /// Multiplies one row.
    pub(crate) fn apply_one(&self, simd: Simd, x: &[f32], out: &mut [Lane]) {
        let size = self.inputs * WIDE;
        for (group, panels) in self.panels.chunks(ROW_PANELS * size).enumerate() {
            let sums = simd.row(x, panels, self.inputs);
            for (i, sums) in sums.iter().enumerate().take(panels.len() / size) {
                let panel = group * ROW_PANELS + i;
                simd.run(self.store(std::slice::from_ref(sums), out, panel));
            }
        }
    }

    /// Multiplies up to eight rows and takes the largest piece of each output of a maxout layer.
    pub(crate) fn apply_maxout(
        &self,
        simd: Simd,
        x: &[f32],
        rows: &[usize],
        out: &mut [Vec<Lane>],
    ) {
        let tile = tile(rows);
        for panel in 0..self.panel_count() {
            let sums = simd.tile(x, &tile, self.panel(panel), self.inputs);
            simd.run(Largest {
                sums: &sums,
                bias: &self.bias[panel * WIDE..(panel + 1) * WIDE],
                out,
                panel,
            });
        }
    }
}

/// Which row of a maxout layer's weights stands at place `i` of its panels.
pub(crate) fn maxout_row(i: usize) -> usize {
    let (panel, lane, column) = (i / PANEL, i % PANEL / LANES, i % LANES);
    (panel * LANES + column) * WIDE + lane
}

/// Eight offsets; a short group repeats its last one, and what comes of the repeats is dropped.
fn tile(rows: &[usize]) -> [usize; TILE] {
    std::array::from_fn(|r| rows[r.min(rows.len() - 1)])
}

/// Adds the biases and writes the sums out.
struct Store<'a> {
    sums: &'a [[Lane; WIDE]],
    bias: &'a [Lane],
    out: &'a mut [Lane],
    /// Lanes of a row of `out`.
    stride: usize,
    from: usize,
    width: usize,
}

impl Task for Store<'_> {
    #[inline(always)]
    fn run(self) {
        for (r, sums) in self.sums.iter().enumerate() {
            let start = r * self.stride + self.from;
            let out = &mut self.out[start..start + self.width];
            for (out, (sum, bias)) in out.iter_mut().zip(sums.iter().zip(self.bias)) {
                *out = sum.plus(*bias);
            }
        }
    }
}

/// Adds the biases and keeps the largest piece.
struct Largest<'a> {
    sums: &'a Sums<TILE>,
    bias: &'a [Lane],
    out: &'a mut [Vec<Lane>],
    panel: usize,
}

impl Task for Largest<'_> {
    #[inline(always)]
    fn run(self) {
        for r in 0..TILE {
            self.out[r][self.panel] = largest(&self.sums[r], self.bias);
        }
    }
}

/// The largest of three pieces and their biases.
#[inline(always)]
pub(crate) fn largest(sums: &[Lane; WIDE], bias: &[Lane]) -> Lane {
    let [a, b, c] = *sums;
    (a.plus(bias[0])).max(b.plus(bias[1])).max(c.plus(bias[2]))
}
