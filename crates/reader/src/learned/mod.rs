//! What was learned from labelled data: linear models over hashed features.
//!
//! Comes in: the features of one thing to judge (a word, a candidate), as hashes. Goes out: a probability, or one a
//! class. A model is a table of weights that `crossbearing-learn` trained and that stands in `crates/reader/data`;
//! [`weights`] reads and checks it. Nothing here knows what is judged, and no model sets a value: it finds, scores,
//! joins or rejects what stands in words of the report.
//!
//! Features are hashed (Weinberger and others, 2009, "Feature hashing for large scale multitask learning"): a table of
//! fixed size stands for all names, so a model needs no dictionary and its size is chosen, not grown.

use model::hash;

mod run_length;
pub mod trees;
pub mod weights;

/// First bytes of a model: format and version.
const MAGIC: &[u8; 4] = b"LIN2";
/// Bytes before the biases: magic, bits, classes, whether the rest is packed, one of padding, scale, features.
const HEADER: usize = 20;
/// Most bits of a table: 2^22 buckets.
const MOST_BITS: u8 = 22;

/// One name hashed to 64 bits: FNV-1a, then mixed, so that the low bits are good ones. `const`, so that a feature's own
/// name costs nothing at run time.
pub const fn hash(name: &str) -> u64 {
    let bytes = name.as_bytes();
    mix(hash::bytes(hash::START, bytes), bytes.len() as u64)
}

/// Two hashes joined to one; order counts.
pub const fn mix(a: u64, b: u64) -> u64 {
    // The finisher of splitmix64 over a combination that is not symmetric.
    let mut z = a
        .rotate_left(23)
        .wrapping_add(b.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The features of one thing to judge. Kept between things and cleared, so that judging allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Features(Vec<u64>);

impl Features {
    /// No features yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets all features, keeps the room.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds a feature by its hash.
    pub fn add(&mut self, feature: u64) {
        self.0.push(feature);
    }

    /// Adds the feature `name` with a value that is a hash itself (of a lemma, a label, a number).
    pub fn pair(&mut self, name: u64, value: u64) {
        self.0.push(mix(name, value));
    }

    /// Adds the feature `name` with two values.
    pub fn triple(&mut self, name: u64, a: u64, b: u64) {
        self.0.push(mix(mix(name, a), b));
    }

    /// The hashes so far, in the order they were added.
    pub fn hashes(&self) -> &[u64] {
        &self.0
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A linear model over hashed features. With one class its score is the log-odds of yes; with more, the softmax of the
/// scores is the probability of each class. Every feature weighs 1/√n, n the number of features (vectors of unit
/// length).
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    bits: u8,
    classes: usize,
    scale: f32,
    bias: Vec<f32>,
    /// Bucket-major: the weights of one bucket's classes stand together.
    weights: Vec<i8>,
    /// Fingerprint of the names of the features that it was trained on; see [`weights::fingerprint`].
    features: u64,
}

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The first bytes are not those of a model of this version.
    #[error("it does not begin as a file of this version does")]
    Magic,
    /// The length is not what the header says.
    #[error("it is cut short or has bytes too many")]
    Length,
}

impl Linear {
    /// Takes weights of full precision, bucket-major, and rounds them to 8 bits; the names of its features are told by
    /// [`Self::trained_on`].
    ///
    /// # Panics
    /// When the table's length is not classes · 2^bits, or bits is over 22: a programmer's slip in a training command.
    pub fn quantised(bits: u8, bias: Vec<f32>, weights: &[f32]) -> Self {
        let classes = bias.len();
        assert!(
            bits <= MOST_BITS,
            "a table of at most 2^{MOST_BITS} buckets"
        );
        assert_eq!(weights.len(), classes << bits, "classes times buckets");
        let largest = weights.iter().fold(0.0_f32, |most, w| most.max(w.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        Self {
            bits,
            classes,
            scale,
            bias,
            weights: weights
                .iter()
                .map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8)
                .collect(),
            features: 0,
        }
    }

    /// The same model, with the fingerprint of the names of its features.
    pub fn trained_on(mut self, features: u64) -> Self {
        self.features = features;
        self
    }

    /// Fingerprint of the names of the features that it was trained on.
    pub fn features(&self) -> u64 {
        self.features
    }

    /// Reads a model: magic, bits (u8), classes (u8), 1 where the weights are packed (u8), a byte of zero, scale (f32),
    /// fingerprint of the features (u64), a bias (f32) a class, a weight (i8) a bucket and class, as they are or with
    /// runs of zeros counted; little endian.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are no such thing.
    pub fn read(bytes: &[u8]) -> Result<Self, FormatError> {
        let header = bytes.get(..HEADER).ok_or(FormatError::Length)?;
        let (bits, classes, is_packed) = (header[4], usize::from(header[5]), header[6]);
        if &header[..4] != MAGIC || bits > MOST_BITS || classes == 0 || is_packed > 1 {
            return Err(FormatError::Magic);
        }
        let float = |at: usize| {
            bytes
                .get(at..at + 4)
                .and_then(|four| four.try_into().ok())
                .map(f32::from_le_bytes)
                .ok_or(FormatError::Length)
        };
        let bias = (0..classes)
            .map(|class| float(HEADER + 4 * class))
            .collect::<Result<Vec<f32>, _>>()?;
        let table = &bytes[HEADER + 4 * classes..];
        let unpacked;
        let table = if is_packed == 1 {
            unpacked = run_length::unpack(table).ok_or(FormatError::Length)?;
            &unpacked
        } else {
            table
        };
        let weights: Vec<i8> = table.iter().map(|byte| byte.cast_signed()).collect();
        if weights.len() != classes << bits {
            return Err(FormatError::Length);
        }
        Ok(Self {
            bits,
            classes,
            scale: float(8)?,
            bias,
            weights,
            features: u64::from_le_bytes(
                header[12..HEADER]
                    .try_into()
                    .map_err(|_| FormatError::Length)?,
            ),
        })
    }

    /// The bytes that [`Self::read`] reads; the table is packed where that makes it smaller.
    pub fn write(&self) -> Vec<u8> {
        let table: Vec<u8> = self.weights.iter().map(|w| w.cast_unsigned()).collect();
        let smaller = Some(run_length::pack(&table)).filter(|packed| packed.len() < table.len());
        let mut bytes = Vec::with_capacity(HEADER + 4 * self.classes + self.weights.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&[
            self.bits,
            self.classes as u8,
            u8::from(smaller.is_some()),
            0,
        ]);
        bytes.extend_from_slice(&self.scale.to_le_bytes());
        bytes.extend_from_slice(&self.features.to_le_bytes());
        for bias in &self.bias {
            bytes.extend_from_slice(&bias.to_le_bytes());
        }
        bytes.extend_from_slice(&smaller.unwrap_or(table));
        bytes
    }

    /// How many classes the model knows; 1 for a yes or no.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The score of each class, into `out` (as long as there are classes).
    pub fn scores(&self, features: &Features, out: &mut [f32]) {
        match self.classes {
            1 => self.sums::<1>(features, out),
            4 => self.sums::<4>(features, out),
            _ => {
                let mask = (1_u64 << self.bits) - 1;
                out.fill(0.0);
                for feature in features.hashes() {
                    let bucket = (feature & mask) as usize * self.classes;
                    for (sum, weight) in out.iter_mut().zip(&self.weights[bucket..]) {
                        *sum += f32::from(*weight);
                    }
                }
            }
        }
        let unit = self.scale / (features.len().max(1) as f32).sqrt();
        for (sum, bias) in out.iter_mut().zip(&self.bias) {
            *sum = *sum * unit + bias;
        }
    }

    /// The sums of whole weights for a number of classes that the compiler knows; below 2^24 a float holds them
    /// exactly.
    fn sums<const N: usize>(&self, features: &Features, out: &mut [f32]) {
        let mask = (1_u64 << self.bits) - 1;
        let mut sums = [0_i32; N];
        let (buckets, _) = self.weights.as_chunks::<N>();
        for feature in features.hashes() {
            let bucket = &buckets[(feature & mask) as usize];
            for (sum, weight) in sums.iter_mut().zip(bucket) {
                *sum += i32::from(*weight);
            }
        }
        for (out, sum) in out.iter_mut().zip(sums) {
            *out = sum as f32;
        }
    }

    /// The probability of yes, 0–1, by a model of one class (of the first class by a model of more).
    pub fn probability(&self, features: &Features) -> f32 {
        let mut scores = [0.0_f32; 16];
        let out = &mut scores[..self.classes.min(16)];
        self.scores(features, out);
        if self.classes == 1 {
            sigmoid(out[0])
        } else {
            softmax(out);
            out[0]
        }
    }
}

/// The logistic function.
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Scores to probabilities, in place; they sum to 1.
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().fold(f32::MIN, |most, score| most.max(*score));
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let weights: Vec<f32> = (0..32).map(|i| i as f32 / 7.0 - 2.0).collect();
        let model = Linear::quantised(3, vec![0.5, -0.25, 0.0, 1.0], &weights).trained_on(77);
        assert_eq!(Linear::read(&model.write()), Ok(model));
        // A table that is mostly zeros is packed.
        let mut sparse = vec![0.0; 1 << 12];
        sparse[700] = 1.0;
        let model = Linear::quantised(12, vec![0.5], &sparse).trained_on(78);
        assert!(model.write().len() < 40);
        assert_eq!(Linear::read(&model.write()), Ok(model));
    }

    #[test]
    fn bytes_that_are_no_model_are_refused() {
        let bytes = Linear::quantised(2, vec![0.0], &[0.0, 1.0, 2.0, 3.0]).write();
        assert_eq!(Linear::read(b"").unwrap_err(), FormatError::Length);
        assert_eq!(
            Linear::read(&bytes[..bytes.len() - 1]).unwrap_err(),
            FormatError::Length
        );
        assert_eq!(
            Linear::read(b"a page of text, not a model").unwrap_err(),
            FormatError::Magic
        );
    }

    #[test]
    fn features_sum_at_unit_length() {
        let model = Linear::quantised(2, vec![1.0], &[0.0, 127.0, -127.0, 0.0]);
        let mut features = Features::new();
        for bucket in [1, 1, 2, 3] {
            features.add(bucket);
        }
        let mut out = [0.0];
        model.scores(&features, &mut out);
        assert_eq!(out[0], 1.0 + 127.0 / 2.0);
    }

    #[test]
    fn order_counts_when_hashes_are_joined() {
        assert_ne!(mix(hash("a"), hash("b")), mix(hash("b"), hash("a")));
        assert_ne!(hash(""), hash("\0"));
    }
}
