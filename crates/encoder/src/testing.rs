//! Models for tests of this and other rooms: a small one of random weights, and the prepared one.
//!
//! It reads the environment and a file, which the rooms themselves must not: a test that cannot find the prepared model says so and passes.
//! Nothing but tests may use it.

#![allow(clippy::disallowed_methods)]

use std::{path::PathBuf, sync::OnceLock};

use crate::{Model, file::Draft, quantise};

/// The bytes of the prepared model, from `$CROSSBEARING_DATA`, else `$XDG_DATA_HOME/crossbearing`, else `~/.local/share/crossbearing`;
/// `None`, with a line on stderr, if it is not there.
pub fn model_bytes() -> Option<Vec<u8>> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let data = folder("CROSSBEARING_DATA").map(PathBuf::from);
    let shared = folder("XDG_DATA_HOME").map(PathBuf::from);
    let home = folder("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let folder = data.or_else(|| Some(shared.or(home)?.join("crossbearing")));
    let bytes = folder.and_then(|folder| std::fs::read(folder.join("minilm-l6.bin")).ok());
    if bytes.is_none() {
        eprintln!("skipped: no prepared encoder (run `crossbearing prepare`)");
    }
    bytes
}

/// The prepared model, loaded once; `None`, with a line on stderr, if it is not there or cannot be read.
pub fn model() -> Option<&'static Model> {
    static LOADED: OnceLock<Option<Model>> = OnceLock::new();
    let loaded = LOADED.get_or_init(|| Model::read(model_bytes()?, None).ok());
    loaded.as_ref()
}

/// A hash (FNV-1a) of the bytes of some numbers.
pub fn hash(numbers: &[f32]) -> u64 {
    let bytes = numbers.iter().flat_map(|n| n.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

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

/// The container of a model of 2 layers, 64 numbers a piece, 2 heads, 64 positions, for this vocabulary (one piece a line).
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
