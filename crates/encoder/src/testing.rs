//! A small model of random weights for the tests of this room.

use crate::{file::Draft, quantise};

/// Numbers that look random and repeat.
#[derive(Debug)]
pub struct Noise(u32);

impl Noise {
    /// The same seed gives the same numbers.
    pub fn new(seed: u32) -> Self {
        Self(seed)
    }

    /// `len` numbers from -1 to 1.
    pub fn floats(&mut self, len: usize) -> Vec<f32> {
        let next = || {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (self.0 >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        std::iter::repeat_with(next).take(len).collect()
    }
}

/// The container of a model of 2 layers, 64 numbers a piece, 2 heads, 64 positions, for this vocabulary (one piece a
/// line).
pub fn small_model(vocabulary: &str) -> Vec<u8> {
    let weights = small_weights(vocabulary.lines().count());
    // What was just drawn is well formed.
    quantise(&weights, Some(vocabulary)).expect("drawn weights can be quantised")
}

/// The f32 weights of [`small_model`].
fn small_weights(pieces: usize) -> Vec<u8> {
    let (mut noise, mut draft) = (Noise::new(1), Draft::default());
    let mut add = |name: String, shape: &[usize], base: f32, spread: f32| {
        let numbers = noise.floats(shape.iter().product());
        let numbers: Vec<f32> = numbers.iter().map(|n| base + spread * n).collect();
        draft.floats(name, shape, &numbers);
    };
    for (name, rows) in [("word", pieces), ("position", 64), ("token_type", 2)] {
        add(
            format!("embeddings.{name}_embeddings.weight"),
            &[rows, 64],
            0.0,
            0.5,
        );
    }
    add("embeddings.LayerNorm.weight".into(), &[64], 1.0, 0.2);
    add("embeddings.LayerNorm.bias".into(), &[64], 0.0, 0.1);
    for layer in 0..2 {
        for (name, rows, columns) in [
            ("attention.self.query", 64, 64),
            ("attention.self.key", 64, 64),
            ("attention.self.value", 64, 64),
            ("attention.output.dense", 64, 64),
            ("intermediate.dense", 128, 64),
            ("output.dense", 64, 128),
        ] {
            add(
                format!("encoder.layer.{layer}.{name}.weight"),
                &[rows, columns],
                0.0,
                0.3,
            );
            add(
                format!("encoder.layer.{layer}.{name}.bias"),
                &[rows],
                0.0,
                0.1,
            );
        }
        for name in ["attention.output", "output"] {
            add(
                format!("encoder.layer.{layer}.{name}.LayerNorm.weight"),
                &[64],
                1.0,
                0.2,
            );
            add(
                format!("encoder.layer.{layer}.{name}.LayerNorm.bias"),
                &[64],
                0.0,
                0.1,
            );
        }
    }
    draft.finish()
}
