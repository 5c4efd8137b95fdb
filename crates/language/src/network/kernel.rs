//! The inner loop: a few rows times one panel of weights.
//!
//! What comes in: rows of `k` numbers and a panel of `k × 48` weights. What goes out: 48 sums a row. The instruction
//! set is chosen at run time. Each sum adds its `k` products one after the other, whatever the instruction set.

/// Columns of a panel.
pub(crate) const PANEL: usize = 48;
/// Numbers that are kept and aligned together.
pub(crate) const LANES: usize = 16;
/// Rows that one call works on.
pub(crate) const TILE: usize = 8;

/// Panels that one call of [`Simd::row`] works on.
pub(crate) const ROW_PANELS: usize = 3;

/// One register's worth of numbers, aligned to a cache line.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Lane(pub [f32; LANES]);

impl Lane {
    #[inline(always)]
    fn zip(self, other: Lane, f: impl Fn(f32, f32) -> f32) -> Lane {
        let mut out = ZERO;
        for i in 0..LANES {
            out.0[i] = f(self.0[i], other.0[i]);
        }
        out
    }

    #[inline(always)]
    pub(crate) fn plus(self, other: Lane) -> Lane {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    pub(crate) fn times(self, other: Lane) -> Lane {
        self.zip(other, |a, b| a * b)
    }

    /// The larger of each pair; the second of equals.
    #[inline(always)]
    pub(crate) fn max(self, other: Lane) -> Lane {
        self.zip(other, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    pub(crate) fn all(number: f32) -> Lane {
        Lane([number; LANES])
    }

    /// The sum of the numbers, halves first.
    #[inline(always)]
    pub(crate) fn total(self) -> f32 {
        let mut eight = [0.0; 8];
        for (i, sum) in eight.iter_mut().enumerate() {
            *sum = self.0[i] + self.0[i + 8];
        }
        let mut four = [0.0; 4];
        for (i, sum) in four.iter_mut().enumerate() {
            *sum = eight[i] + eight[i + 4];
        }
        (four[0] + four[2]) + (four[1] + four[3])
    }
}

/// The numbers of some lanes.
pub(crate) fn flat(lanes: &[Lane]) -> &[f32] {
    // SAFETY: a lane is sixteen numbers and nothing else; its alignment leaves no gap.
    unsafe { std::slice::from_raw_parts(lanes.as_ptr().cast(), lanes.len() * LANES) }
}

/// Lanes of some numbers; what does not fill a lane is left out.
pub(crate) fn lanes(numbers: &[f32]) -> Vec<Lane> {
    let (lanes, _) = numbers.as_chunks::<LANES>();
    lanes.iter().map(|&lane| Lane(lane)).collect()
}

/// Sums of one tile.
pub(crate) type Sums<const R: usize> = [[Lane; PANEL / LANES]; R];

pub(crate) const ZERO: Lane = Lane([0.0; LANES]);

/// The instruction set in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Simd {
    /// 512-bit registers.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// 256-bit registers with fused multiply-add.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// What the compiler makes of plain code.
    Portable,
}

/// Work that gains from the wide registers though it is plain code: compiled once for each instruction set. `run` must
/// be `#[inline(always)]`, else it is compiled for the smallest one.
pub(crate) trait Task {
    fn run(self);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw")]
unsafe fn run_avx512(task: impl Task) {
    task.run();
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn run_avx2(task: impl Task) {
    task.run();
}

impl Simd {
    /// Runs plain code with this instruction set.
    pub(crate) fn run(self, task: impl Task) {
        match self {
            // SAFETY: detection has shown that the instructions are there.
            #[cfg(target_arch = "x86_64")]
            Simd::Avx512 => unsafe { run_avx512(task) },
            #[cfg(target_arch = "x86_64")]
            Simd::Avx2 => unsafe { run_avx2(task) },
            Simd::Portable => task.run(),
        }
    }

    /// The best one this machine has.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            let wide = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512bw");
            if wide {
                return Simd::Avx512;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return Simd::Avx2;
            }
        }
        Simd::Portable
    }

    /// Multiplies one row of `k` numbers with up to three panels at once: a single panel would leave the machine
    /// waiting.
    ///
    /// # Panics
    /// If the row is too short or there are more panels.
    pub(crate) fn row(self, x: &[f32], panels: &[Lane], k: usize) -> [[Lane; 3]; ROW_PANELS] {
        let count = panels.len() / (k * 3);
        assert!(x.len() >= k && (1..=ROW_PANELS).contains(&count), "odd row");
        let mut out = [[ZERO; 3]; ROW_PANELS];
        #[cfg(target_arch = "x86_64")]
        if self == Simd::Avx512 {
            // SAFETY: detection has shown that the instructions are there; the lengths are checked above.
            unsafe {
                match count {
                    1 => out[..1].copy_from_slice(&avx512_row::<1>(x, panels, k)),
                    2 => out[..2].copy_from_slice(&avx512_row::<2>(x, panels, k)),
                    _ => out = avx512_row(x, panels, k),
                }
            }
            return out;
        }
        for (out, panel) in out.iter_mut().zip(panels.chunks_exact(k * 3)) {
            [*out] = self.tile(x, &[0], panel, k);
        }
        out
    }

    /// Multiplies `R` rows (the `k` numbers from each offset into `x`) with a panel of `k × 3` lanes.
    ///
    /// # Panics
    /// If a row or the panel is too short.
    pub(crate) fn tile<const R: usize>(
        self,
        x: &[f32],
        rows: &[usize; R],
        panel: &[Lane],
        k: usize,
    ) -> Sums<R> {
        assert!(panel.len() >= k * 3, "panel too short");
        for &row in rows {
            assert!(row + k <= x.len(), "row off the input");
        }
        match self {
            // SAFETY: detection has shown that the instructions are there; the lengths are checked above.
            #[cfg(target_arch = "x86_64")]
            Simd::Avx512 => unsafe { avx512(x, rows, panel, k) },
            #[cfg(target_arch = "x86_64")]
            Simd::Avx2 => unsafe { avx2(x, rows, panel, k) },
            Simd::Portable => portable(x, rows, panel, k),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn avx512<const R: usize>(
    x: &[f32],
    rows: &[usize; R],
    panel: &[Lane],
    k: usize,
) -> Sums<R> {
    use std::arch::x86_64::*;
    let mut sums = [[_mm512_setzero_ps(); 3]; R];
    let at = rows.map(|row| x[row..].as_ptr());
    let mut weights = panel.as_ptr().cast::<f32>();
    for i in 0..k {
        // SAFETY: the caller has checked that every row and the panel hold `k` steps.
        unsafe {
            let w = [
                _mm512_load_ps(weights),
                _mm512_load_ps(weights.add(LANES)),
                _mm512_load_ps(weights.add(2 * LANES)),
            ];
            weights = weights.add(PANEL);
            for r in 0..R {
                let factor = _mm512_set1_ps(*at[r].add(i));
                for j in 0..3 {
                    sums[r][j] = _mm512_fmadd_ps(factor, w[j], sums[r][j]);
                }
            }
        }
    }
    let mut out = [[ZERO; 3]; R];
    for r in 0..R {
        for j in 0..3 {
            // SAFETY: a lane is 64 bytes, aligned to 64.
            unsafe { _mm512_store_ps(out[r][j].0.as_mut_ptr(), sums[r][j]) };
        }
    }
    out
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn avx512_row<const P: usize>(x: &[f32], panels: &[Lane], k: usize) -> [[Lane; 3]; P] {
    use std::arch::x86_64::*;
    let mut sums = [[_mm512_setzero_ps(); 3]; P];
    let start = panels.as_ptr().cast::<f32>();
    for (i, &factor) in x[..k].iter().enumerate() {
        let factor = _mm512_set1_ps(factor);
        for (p, sums) in sums.iter_mut().enumerate() {
            for (j, sum) in sums.iter_mut().enumerate() {
                // SAFETY: the caller has checked that there are `P` panels of `k` steps.
                let w = unsafe { _mm512_load_ps(start.add((p * k + i) * PANEL + j * LANES)) };
                *sum = _mm512_fmadd_ps(factor, w, *sum);
            }
        }
    }
    let mut out = [[ZERO; 3]; P];
    for p in 0..P {
        for j in 0..3 {
            // SAFETY: a lane is 64 bytes, aligned to 64.
            unsafe { _mm512_store_ps(out[p][j].0.as_mut_ptr(), sums[p][j]) };
        }
    }
    out
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn avx2<const R: usize>(x: &[f32], rows: &[usize; R], panel: &[Lane], k: usize) -> Sums<R> {
    use std::arch::x86_64::*;
    let mut out = [[ZERO; 3]; R];
    let start = panel.as_ptr().cast::<f32>();
    // Sixteen registers hold four rows of half a panel.
    for half in 0..2 {
        let mut r0 = 0;
        while r0 < R {
            let n = (R - r0).min(4);
            let at: [*const f32; 4] =
                std::array::from_fn(|r| x[rows[r0 + r.min(n - 1)]..].as_ptr());
            let mut sums = [[_mm256_setzero_ps(); 3]; 4];
            // SAFETY: the caller has checked that every row and the panel hold `k` steps.
            unsafe {
                let mut weights = start.add(half * 8);
                for i in 0..k {
                    let w = [
                        _mm256_load_ps(weights),
                        _mm256_load_ps(weights.add(LANES)),
                        _mm256_load_ps(weights.add(2 * LANES)),
                    ];
                    weights = weights.add(PANEL);
                    for r in 0..4 {
                        let factor = _mm256_broadcast_ss(&*at[r].add(i));
                        for j in 0..3 {
                            sums[r][j] = _mm256_fmadd_ps(factor, w[j], sums[r][j]);
                        }
                    }
                }
                for r in 0..n {
                    for j in 0..3 {
                        _mm256_store_ps(out[r0 + r][j].0.as_mut_ptr().add(half * 8), sums[r][j]);
                    }
                }
            }
            r0 += 4;
        }
    }
    out
}

fn portable<const R: usize>(x: &[f32], rows: &[usize; R], panel: &[Lane], k: usize) -> Sums<R> {
    let mut out = [[ZERO; 3]; R];
    for (sums, &row) in out.iter_mut().zip(rows) {
        for (&factor, w) in x[row..row + k].iter().zip(panel.chunks_exact(3)) {
            for (sum, w) in sums.iter_mut().zip(w) {
                for (sum, &w) in sum.0.iter_mut().zip(&w.0) {
                    *sum = multiply_add(factor, w, *sum);
                }
            }
        }
    }
    out
}

/// Fused where the machine always can; a call into a maths library would be hundreds of times slower.
fn multiply_add(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(any(target_arch = "aarch64", target_feature = "fma")) {
        a.mul_add(b, c)
    } else {
        a * b + c
    }
}

/// Multiply-adds a second on rows and a panel that stay in the nearest cache. `seconds` is a clock.
pub(crate) fn matrix_rate(seconds: impl Fn() -> f64) -> f64 {
    const K: usize = 96;
    const ROUNDS: usize = 2000;
    let simd = Simd::detect();
    let x = vec![0.5; K * TILE];
    let panel = vec![Lane([0.25; LANES]); K * 3];
    let rows: [usize; TILE] = std::array::from_fn(|r| r * K);
    let mut best = f64::INFINITY;
    for _ in 0..20 {
        let start = seconds();
        for _ in 0..ROUNDS {
            std::hint::black_box(simd.tile(std::hint::black_box(&x), &rows, &panel, K));
        }
        best = best.min(seconds() - start);
    }
    (ROUNDS * TILE * PANEL * K) as f64 / best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random and repeat.
    pub(crate) fn noise(n: usize) -> Vec<f32> {
        let mut state = 1u32;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        std::iter::repeat_with(next).take(n).collect()
    }

    #[test]
    fn every_instruction_set_gives_the_same() {
        let (k, x) = (96, noise(1000));
        let panel: Vec<Lane> = noise(k * PANEL)
            .chunks_exact(LANES)
            .map(|lane| Lane(lane.try_into().unwrap()))
            .collect();
        let rows = [0, 96, 192, 5, 300, 301, 302, 800];
        let best = Simd::detect();
        let expected = best.tile(&x, &rows, &panel, k);
        for r in 0..TILE {
            // A row alone gives what it gives among others.
            assert_eq!(best.tile(&x, &[rows[r]], &panel, k)[0], expected[r]);
            assert_eq!(best.row(&x[rows[r]..], &panel, k)[0], expected[r]);
        }
        #[cfg(target_arch = "x86_64")]
        if best == Simd::Avx512 {
            assert_eq!(Simd::Avx2.tile(&x, &rows, &panel, k), expected);
        }
        let plain = Simd::Portable.tile(&x, &rows, &panel, k);
        for (a, b) in plain.iter().flatten().zip(expected.iter().flatten()) {
            for (a, b) in a.0.iter().zip(b.0) {
                assert!((a - b).abs() < 1e-4);
            }
        }
    }
}
