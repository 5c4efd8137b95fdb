//! What the machine can do at best, and what the engine asks of it: figures for `make bench`.

use crate::Pipeline;

/// Multiply-adds a second of the kernel on numbers that stay in the nearest cache: what the machine can do at best.
/// `seconds` is a clock.
pub fn matrix_rate(seconds: impl Fn() -> f64) -> f64 {
    crate::network::matrix_rate(seconds)
}

/// Multiply-adds that a token needs once its form is known: all layers that see its neighbours or the parse.
pub fn multiply_adds(pipeline: &Pipeline) -> usize {
    pipeline.multiply_adds()
}
