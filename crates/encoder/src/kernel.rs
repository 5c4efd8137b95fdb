//! The inner loop: rows of whole numbers times a matrix of whole numbers.
//!
//! What comes in: rows of `inputs` activations from -127 to 127, and a matrix laid out for the instruction set. What
//! goes out: floats, from sums that are exact whatever the instruction set.

/// Outputs that one call of a kernel works on.
pub(crate) const GROUP: usize = 64;

/// The instruction set in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kernel {
    /// 512-bit registers and products of bytes summed in one step.
    #[cfg(target_arch = "x86_64")]
    Vnni512,
    /// The same with 256-bit registers.
    #[cfg(target_arch = "x86_64")]
    Vnni256,
    /// 256-bit registers.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// What the compiler makes of plain code.
    Plain,
}

/// Plain code that gains from wide registers: compiled once for each instruction set. `run` must be
/// `#[inline(always)]`, else it is compiled for the smallest one.
pub(crate) trait Task {
    fn run(self);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw")]
fn run_avx512(task: impl Task) {
    task.run();
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn run_avx2(task: impl Task) {
    task.run();
}

impl Kernel {
    /// The best one that this machine has.
    pub fn detect() -> Self {
        Self::all()[0]
    }

    /// All that this machine has, the best first. Every one gives the same bytes.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            let wide = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512bw");
            if wide && is_x86_feature_detected!("avx512vnni") {
                all.push(Self::Vnni512);
            }
            if is_x86_feature_detected!("avx2") {
                if is_x86_feature_detected!("avxvnni") {
                    all.push(Self::Vnni256);
                }
                all.push(Self::Avx2);
            }
        }
        all.push(Self::Plain);
        all
    }

    /// Runs plain code with this instruction set.
    pub(crate) fn run(self, task: impl Task) {
        match self {
            // SAFETY: detection has shown that the instructions are there.
            #[cfg(target_arch = "x86_64")]
            Self::Vnni512 => unsafe { run_avx512(task) },
            #[cfg(target_arch = "x86_64")]
            Self::Vnni256 | Self::Avx2 => unsafe { run_avx2(task) },
            Self::Plain => task.run(),
        }
    }

    /// How far stored weights are moved up, so that they are bytes without sign.
    fn lift(self) -> u8 {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Vnni512 | Self::Vnni256 => 128,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => 0,
            Self::Plain => 0,
        }
    }
}

/// Four inputs of sixteen outputs, or 64 inputs of one: a cache line.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Line([u8; 64]);

/// A linear layer in whole numbers.
#[derive(Debug)]
pub(crate) struct Linear {
    /// By groups of 64 outputs. In a group: for the plain kernel one output after the other; else by fours of inputs,
    /// and for each of these the 64 outputs.
    lines: Vec<Line>,
    /// What one unit of each output's weights is worth.
    scale: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    kernel: Kernel,
}

/// Activations in whole numbers.
#[derive(Debug, Default)]
pub(crate) struct Whole {
    /// Rows of numbers from -127 to 127.
    pub(crate) numbers: Vec<i8>,
    /// What one unit of each row is worth.
    pub(crate) scale: Vec<f32>,
    /// The sum of each row.
    pub(crate) sum: Vec<i32>,
}

impl Linear {
    /// Lays out a matrix of `scale.len()` rows, which are outputs, and `inputs` columns.
    ///
    /// # Panics
    /// If a width is not a multiple of 64, or the lengths do not fit each other.
    pub(crate) fn new(
        kernel: Kernel,
        weights: &[u8],
        scale: Vec<f32>,
        bias: Vec<f32>,
        inputs: usize,
    ) -> Self {
        let outputs = scale.len();
        assert!(inputs > 0 && inputs.is_multiple_of(GROUP) && outputs.is_multiple_of(GROUP));
        assert!(weights.len() == inputs * outputs && bias.len() == outputs);
        let mut lines = vec![Line([0; 64]); weights.len() / 64];
        let groups = weights
            .chunks_exact(inputs * GROUP)
            .zip(lines.chunks_exact_mut(inputs));
        for (from, to) in groups {
            if kernel == Kernel::Plain {
                for (to, from) in to.iter_mut().zip(from.as_chunks().0) {
                    to.0 = *from;
                }
                continue;
            }
            let lift = kernel.lift();
            for (output, row) in from.chunks_exact(inputs).enumerate() {
                let (line, at) = (output / 16, output % 16 * 4);
                for (to, from) in to.chunks_exact_mut(4).zip(row.as_chunks::<4>().0) {
                    to[line].0[at..at + 4].copy_from_slice(&from.map(|w| w ^ lift));
                }
            }
        }
        Self {
            lines,
            scale,
            bias,
            inputs,
            kernel,
        }
    }

    pub(crate) fn outputs(&self) -> usize {
        self.scale.len()
    }

    /// Multiplies some rows of `x` with the matrix: `out` gets a row of `outputs` numbers for each.
    ///
    /// # Panics
    /// If the lengths do not fit each other.
    pub(crate) fn apply(&self, x: &Whole, rows: std::ops::Range<usize>, out: &mut [f32]) {
        let (k, n) = (self.inputs, rows.len());
        assert!(x.numbers.len() >= rows.end * k && x.scale.len() >= rows.end);
        assert!(x.sum.len() >= rows.end && out.len() == n * self.outputs());
        let mut sums = [[0; GROUP]; 6];
        for (group, lines) in self.lines.chunks_exact(k).enumerate() {
            let columns = group * GROUP..(group + 1) * GROUP;
            let mut from = 0;
            while from < n {
                let count = (n - from).min(6);
                let numbers = &x.numbers[(rows.start + from) * k..][..count * k];
                self.sums(numbers, lines, &mut sums[..count]);
                for (row, sums) in sums[..count].iter().enumerate() {
                    let at = rows.start + from + row;
                    let lifted = i32::from(self.kernel.lift()).wrapping_mul(x.sum[at]);
                    let end = Finish {
                        sums,
                        lifted,
                        unit: x.scale[at],
                        scale: &self.scale[columns.clone()],
                        bias: &self.bias[columns.clone()],
                        out: &mut out[(from + row) * self.outputs()..][columns.clone()],
                    };
                    self.kernel.run(end);
                }
                from += count;
            }
        }
    }

    /// The sums of products of up to six rows with 64 outputs; of lifted weights where the kernel wants them so.
    fn sums(&self, x: &[i8], lines: &[Line], out: &mut [[i32; GROUP]]) {
        let k = self.inputs;
        assert!(x.len() == k * out.len() && lines.len() == k);
        #[cfg(target_arch = "x86_64")]
        {
            // SAFETY: detection has shown that the instructions are there; the lengths are checked above.
            macro_rules! by_rows {
                ($kernel:ident) => {
                    match out.len() {
                        1 => return unsafe { $kernel::<1>(x, lines, k, out) },
                        2 => return unsafe { $kernel::<2>(x, lines, k, out) },
                        3 => return unsafe { $kernel::<3>(x, lines, k, out) },
                        4 => return unsafe { $kernel::<4>(x, lines, k, out) },
                        5 => return unsafe { $kernel::<5>(x, lines, k, out) },
                        _ => return unsafe { $kernel::<6>(x, lines, k, out) },
                    }
                };
            }
            match self.kernel {
                Kernel::Vnni512 => by_rows!(vnni512),
                Kernel::Vnni256 => by_rows!(vnni256),
                Kernel::Avx2 => {
                    for (x, out) in x.chunks(k * 3).zip(out.chunks_mut(3)) {
                        // SAFETY: as above.
                        match out.len() {
                            1 => unsafe { avx2::<1>(x, lines, k, out) },
                            2 => unsafe { avx2::<2>(x, lines, k, out) },
                            _ => unsafe { avx2::<3>(x, lines, k, out) },
                        }
                    }
                    return;
                }
                Kernel::Plain => {}
            }
        }
        plain(x, lines, k, out);
    }
}

/// Turns the sums of one row and 64 outputs into floats.
struct Finish<'a> {
    sums: &'a [i32; GROUP],
    /// What the lifting of the weights has added to every sum.
    lifted: i32,
    unit: f32,
    scale: &'a [f32],
    bias: &'a [f32],
    out: &'a mut [f32],
}

impl Task for Finish<'_> {
    #[inline(always)]
    fn run(self) {
        let weighed = self.sums.iter().zip(self.scale).zip(self.bias);
        for (out, ((&sum, &scale), &bias)) in self.out.iter_mut().zip(weighed) {
            // No sum leaves i32: 255 × 127 × 4096 inputs is less than 2^31; a wider layer would wrap alike on every
            // machine.
            *out = sum.wrapping_sub(self.lifted) as f32 * (self.unit * scale) + bias;
        }
    }
}

fn plain(x: &[i8], lines: &[Line], k: usize, out: &mut [[i32; GROUP]]) {
    for (output, weights) in lines.chunks_exact(k / 64).enumerate() {
        for (x, out) in x.chunks_exact(k).zip(out.iter_mut()) {
            let mut sums = [0_i32; 8];
            for (x, weights) in x.as_chunks::<64>().0.iter().zip(weights) {
                let (weights, _) = weights.0.as_chunks::<16>();
                for (x, w) in x.as_chunks::<16>().0.iter().zip(weights) {
                    // A product of at most 127 × 128 fits 16 bits; this shape is what compilers make wide instructions
                    // of.
                    let mut products = [0_i16; 16];
                    for i in 0..16 {
                        products[i] = i16::from(x[i]) * i16::from(w[i].cast_signed());
                    }
                    for i in 0..8 {
                        sums[i] += i32::from(products[i]) + i32::from(products[i + 8]);
                    }
                }
            }
            out[output] = sums.iter().sum();
        }
    }
}

/// # Safety
/// The machine must have the instructions; `x` must hold `R` rows of `k` numbers, `lines` `k` lines, `out` `R` rows.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn vnni512<const R: usize>(x: &[i8], lines: &[Line], k: usize, out: &mut [[i32; GROUP]]) {
    use std::arch::x86_64::*;
    let mut sums = [[_mm512_setzero_si512(); 4]; R];
    let rows: [*const i8; R] = std::array::from_fn(|r| x[r * k..].as_ptr());
    for (step, lines) in lines.as_chunks::<4>().0.iter().enumerate() {
        // SAFETY: a line is 64 bytes and aligned to 64; every row holds `k` numbers, four a step.
        unsafe {
            let w: [__m512i; 4] =
                std::array::from_fn(|j| _mm512_load_si512(lines[j].0.as_ptr().cast()));
            for r in 0..R {
                let x = _mm512_set1_epi32(rows[r].add(step * 4).cast::<i32>().read_unaligned());
                for j in 0..4 {
                    sums[r][j] = _mm512_dpbusd_epi32(sums[r][j], w[j], x);
                }
            }
        }
    }
    for (sums, out) in sums.iter().zip(out) {
        for (sum, out) in sums.iter().zip(out.as_chunks_mut::<16>().0) {
            // SAFETY: sixteen numbers are 64 bytes.
            unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), *sum) };
        }
    }
}

/// # Safety
/// As for [`vnni512`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,avxvnni")]
unsafe fn vnni256<const R: usize>(x: &[i8], lines: &[Line], k: usize, out: &mut [[i32; GROUP]]) {
    use std::arch::x86_64::*;
    let rows: [*const i8; R] = std::array::from_fn(|r| x[r * k..].as_ptr());
    // Sixteen registers hold six rows of a quarter of the outputs.
    for quarter in 0..4 {
        let mut sums = [[_mm256_setzero_si256(); 2]; R];
        for (step, lines) in lines.as_chunks::<4>().0.iter().enumerate() {
            // SAFETY: a line is 64 bytes and aligned to 64; every row holds `k` numbers, four a step.
            unsafe {
                let line: *const __m256i = lines[quarter].0.as_ptr().cast();
                let w = [_mm256_load_si256(line), _mm256_load_si256(line.add(1))];
                for r in 0..R {
                    let x = _mm256_set1_epi32(rows[r].add(step * 4).cast::<i32>().read_unaligned());
                    for j in 0..2 {
                        sums[r][j] = _mm256_dpbusd_avx_epi32(sums[r][j], w[j], x);
                    }
                }
            }
        }
        for (sums, out) in sums.iter().zip(out.iter_mut()) {
            let (eights, _) = out[quarter * 16..][..16].as_chunks_mut::<8>();
            for (sum, out) in sums.iter().zip(eights) {
                // SAFETY: eight numbers are 32 bytes.
                unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), *sum) };
            }
        }
    }
}

/// # Safety
/// As for [`vnni512`]; no number of `x` may be -128.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn avx2<const R: usize>(x: &[i8], lines: &[Line], k: usize, out: &mut [[i32; GROUP]]) {
    use std::arch::x86_64::*;
    let rows: [*const i8; R] = std::array::from_fn(|r| x[r * k..].as_ptr());
    let ones = _mm256_set1_epi16(1);
    for quarter in 0..4 {
        let mut sums = [[_mm256_setzero_si256(); 2]; R];
        for (step, lines) in lines.as_chunks::<4>().0.iter().enumerate() {
            // SAFETY: a line is 64 bytes and aligned to 64; every row holds `k` numbers, four a step.
            unsafe {
                let line: *const __m256i = lines[quarter].0.as_ptr().cast();
                let w = [_mm256_load_si256(line), _mm256_load_si256(line.add(1))];
                let size = w.map(|w| _mm256_abs_epi8(w));
                for r in 0..R {
                    let x = _mm256_set1_epi32(rows[r].add(step * 4).cast::<i32>().read_unaligned());
                    for j in 0..2 {
                        // The weight's sign goes to the activation, and two products of at most 128 × 127 fit 16 bits.
                        let pairs = _mm256_maddubs_epi16(size[j], _mm256_sign_epi8(x, w[j]));
                        sums[r][j] = _mm256_add_epi32(sums[r][j], _mm256_madd_epi16(pairs, ones));
                    }
                }
            }
        }
        for (sums, out) in sums.iter().zip(out.iter_mut()) {
            let (eights, _) = out[quarter * 16..][..16].as_chunks_mut::<8>();
            for (sum, out) in sums.iter().zip(eights) {
                // SAFETY: eight numbers are 32 bytes.
                unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), *sum) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Noise;

    /// Rows, inputs and outputs; the outermost numbers among them.
    fn check(n: usize, inputs: usize, outputs: usize, extreme: bool) {
        let mut noise = Noise::new(7);
        let mut whole = |len: usize, least: i8| -> Vec<i8> {
            let one = |n: f32| if n < 0.0 { least } else { 127 };
            let any = |n: f32| ((n * 128.0) as i8).max(least);
            let number = |n| if extreme { one(n) } else { any(n) };
            noise.floats(len).into_iter().map(number).collect()
        };
        let x = whole(n * inputs, -127);
        let weights = whole(inputs * outputs, -128);
        let row = |r: usize| &x[r * inputs..][..inputs];
        let activations = Whole {
            numbers: x.clone(),
            scale: vec![1.0; n],
            sum: (0..n)
                .map(|r| row(r).iter().map(|&x| i32::from(x)).sum())
                .collect(),
        };
        let expected: Vec<f32> = (0..n * outputs)
            .map(|at| {
                let w = &weights[at % outputs * inputs..][..inputs];
                let products = row(at / outputs).iter().zip(w);
                let sum: i32 = products.map(|(&x, &w)| i32::from(x) * i32::from(w)).sum();
                sum as f32
            })
            .collect();
        let bytes: Vec<u8> = weights.iter().map(|w| w.cast_unsigned()).collect();
        for kernel in Kernel::all() {
            let (scale, bias) = (vec![1.0; outputs], vec![0.0; outputs]);
            let linear = Linear::new(kernel, &bytes, scale, bias, inputs);
            let mut out = vec![0.0; n * outputs];
            linear.apply(&activations, 0..n, &mut out);
            assert_eq!(out, expected, "{kernel:?}, {n} rows");
        }
    }

    #[test]
    fn every_kernel_gives_the_exact_sums() {
        for n in 1..14 {
            check(n, 128, 64, false);
        }
        check(7, 1536, 128, false);
        check(5, 1536, 64, true);
    }

    #[test]
    fn scale_and_bias_are_those_of_the_row_and_the_output() {
        for kernel in Kernel::all() {
            let weights = [1; 64 * 64];
            let scale = (0..64).map(|n| n as f32).collect();
            let bias = (0..64).map(|n| 100.0 * n as f32).collect();
            let linear = Linear::new(kernel, &weights, scale, bias, 64);
            let x = Whole {
                numbers: [[1; 64], [2; 64]].concat(),
                scale: vec![0.5, 0.25],
                sum: vec![64, 128],
            };
            let mut out = [0.0; 64];
            linear.apply(&x, 1..2, &mut out);
            assert_eq!((out[0], out[3]), (0.0, 128.0 * 0.25 * 3.0 + 300.0));
        }
    }
}
