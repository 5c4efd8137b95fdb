//! Sixteen floats at a time, and the functions of them that a network needs, in plain steps.
//!
//! Nothing here calls a maths library and nothing is fused, so that every machine gives the same bytes.

/// Numbers that are worked on together.
pub(crate) const LANES: usize = 16;

/// Some numbers side by side.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Lane(pub(crate) [f32; LANES]);

/// 1.5 × 2^23: a small number added to it is rounded to a whole one, which then stands in its lowest bits.
pub(crate) const ROUND: f32 = 12_582_912.0;

impl Lane {
    #[inline(always)]
    pub(crate) fn all(number: f32) -> Self {
        Self([number; LANES])
    }

    #[inline(always)]
    pub(crate) fn map(self, f: impl Fn(f32) -> f32) -> Self {
        let mut out = self;
        for n in &mut out.0 {
            *n = f(*n);
        }
        out
    }

    #[inline(always)]
    pub(crate) fn zip(self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        let mut out = self;
        for (n, m) in out.0.iter_mut().zip(other.0) {
            *n = f(*n, m);
        }
        out
    }

    #[inline(always)]
    pub(crate) fn plus(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    pub(crate) fn times(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }

    /// Folds the numbers into one, halves first.
    #[inline(always)]
    pub(crate) fn fold(self, f: impl Fn(f32, f32) -> f32) -> f32 {
        let n = self.0;
        let mut eight = [0.0; 8];
        for i in 0..8 {
            eight[i] = f(n[i], n[i + 8]);
        }
        let mut four = [0.0; 4];
        for i in 0..4 {
            four[i] = f(eight[i], eight[i + 4]);
        }
        f(f(four[0], four[2]), f(four[1], four[3]))
    }

    /// The sum of the numbers.
    #[inline(always)]
    pub(crate) fn total(self) -> f32 {
        self.fold(|a, b| a + b)
    }
}

/// The larger of two; the second of equals.
#[inline(always)]
pub(crate) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// e to the power of `x`, to one part in ten million; 0 below -87. `x` must be at most 0.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let bounded = larger(x, -87.0);
    let shifted = bounded * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    // The logarithm of 2 in two parts, the first exact in few bits.
    let rest = bounded - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut sum = 1.987_569_1e-4;
    for factor in [
        1.398_199_9e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        0.166_666_66,
        0.5,
    ] {
        sum = sum * rest + factor;
    }
    let near = sum * (rest * rest) + rest + 1.0;
    let power = f32::from_bits(shifted.to_bits().wrapping_add(127) << 23);
    if x < -87.0 { 0.0 } else { near * power }
}

/// The Gaussian error linear unit, `x` times the chance that a standard normal number is below `x`, by a rational
/// approximation of the error function (to 4e-7).
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    let scaled = x * std::f32::consts::FRAC_1_SQRT_2;
    let bounded = -larger(-larger(scaled, -4.0), -4.0);
    let square = bounded * bounded;
    let mut above = -2.726_142_3e-10;
    for factor in [
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_5e-5,
        -7.349_906e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ] {
        above = above * square + factor;
    }
    let mut below = -1.456_607_2e-5;
    for factor in [
        -2.133_740_6e-4,
        -1.682_827e-3,
        -7.373_329e-3,
        -1.426_473_9e-2,
    ] {
        below = below * square + factor;
    }
    let erf = bounded * above / below;
    0.5 * x * (1.0 + erf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_near_the_library_s() {
        for i in 0..=870_000 {
            let x = -(i as f32) / 10_000.0;
            let (ours, theirs) = (f64::from(exp(x)), f64::from(x).exp());
            assert!(
                (ours - theirs).abs() <= 2e-7 * theirs,
                "{x}: {ours} {theirs}"
            );
        }
        assert_eq!(
            (exp(0.0), exp(-88.0), exp(f32::NEG_INFINITY)),
            (1.0, 0.0, 0.0)
        );
    }

    /// The normal distribution by its series, in double precision.
    fn normal(x: f64) -> f64 {
        let (mut term, mut sum, mut n) = (x, x, 1.0);
        while term.abs() > 1e-18 {
            term *= x * x / (2.0 * n + 1.0);
            sum += term;
            n += 1.0;
        }
        0.5 + sum * (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt()
    }

    #[test]
    fn gelu_is_near_the_integral() {
        for i in -60_000..=60_000 {
            let x = i as f32 / 10_000.0;
            let exact = f64::from(x) * normal(f64::from(x));
            assert!(
                (f64::from(gelu(x)) - exact).abs() < 2e-6,
                "{x}: {} {exact}",
                gelu(x)
            );
        }
        assert_eq!(gelu(0.0), 0.0);
        assert!((gelu(50.0) - 50.0).abs() < 1e-4);
        assert!(gelu(-50.0).abs() < 1e-3);
    }

    #[test]
    fn a_total_has_every_number_once() {
        let lane = Lane(std::array::from_fn(|i| (1 << i) as f32));
        assert_eq!(lane.total(), 65535.0);
        assert_eq!(lane.fold(larger), 32768.0);
    }
}
