//! Word pieces a second on one core, for each instruction set that this machine has: `encoder_bench MODEL [LENGTH]`, 128 pieces at once if
//! not given.

use std::{env, error::Error, fs, time::Instant};

use encoder::{Kernel, Model, Scratch};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (path, length) = match &arguments[..] {
        [path] => (path, 128),
        [path, length] => (path, length.parse()?),
        _ => return Err("usage: encoder_bench MODEL [LENGTH]".into()),
    };
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        Model::read(fs::read(path)?, None)?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("loading   {:8.1} ms", best * 1e3);
    for kernel in Kernel::all() {
        let model = Model::read_for(kernel, fs::read(path)?.into(), None)?;
        let pieces = model.vocabulary().len() as u32;
        let ids: Vec<u32> = (0..length).map(|i| (1000 + i * 7919) % pieces).collect();
        let mut scratch = Scratch::default();
        let mut best = f64::INFINITY;
        let begun = Instant::now();
        while begun.elapsed().as_secs_f64() < 2.0 {
            let start = Instant::now();
            std::hint::black_box(model.encode(&ids, &mut scratch));
            best = best.min(start.elapsed().as_secs_f64());
        }
        let rate = f64::from(length) / best;
        println!(
            "{:9} {rate:8.0} pieces/s, {length} at once",
            format!("{kernel:?}")
        );
    }
    Ok(())
}
