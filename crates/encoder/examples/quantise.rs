//! Makes a container of weights in eight bits: `quantise WEIGHTS.safetensors OUT [VOCAB.txt]`. Without a vocabulary the
//! container is one of tuned weights, which goes beside another.

use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (weights, out, vocabulary) = match &arguments[..] {
        [weights, out] => (weights, out, None),
        [weights, out, vocabulary] => (weights, out, Some(fs::read_to_string(vocabulary)?)),
        _ => return Err("usage: quantise WEIGHTS.safetensors OUT [VOCAB.txt]".into()),
    };
    let made = encoder::quantise(&fs::read(weights)?, vocabulary.as_deref())?;
    fs::write(out, made)?;
    Ok(())
}
