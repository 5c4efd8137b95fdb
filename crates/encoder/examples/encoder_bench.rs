//! Word pieces a second on one core, for each instruction set that this machine has: `encoder_bench MODEL [LENGTH]`,
//! 128 pieces at once if not given. Where the system tells what time the thread has had, that is counted, so that other
//! programs do not matter.

use std::{env, error::Error, fs, time::Instant};

use encoder::{Kernel, Model, Scratch};

/// Seconds that this thread has run, else seconds since `begun`.
fn seconds(begun: Instant) -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let had = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    had.map_or_else(
        || begun.elapsed().as_secs_f64(),
        |nanoseconds| nanoseconds / 1e9,
    )
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (path, length) = match &arguments[..] {
        [path] => (path, 128),
        [path, length] => (path, length.parse()?),
        _ => return Err("usage: encoder_bench MODEL [LENGTH]".into()),
    };
    let begun = Instant::now();
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = seconds(begun);
        Model::read(fs::read(path)?, None)?;
        best = best.min(seconds(begun) - start);
    }
    println!("loading   {:8.1} ms", best * 1e3);
    for kernel in Kernel::all() {
        let model = Model::read_for(kernel, fs::read(path)?.into(), None)?;
        let pieces = model.vocabulary().len() as u32;
        let ids: Vec<u32> = (0..length).map(|i| (1000 + i * 7919) % pieces).collect();
        let mut scratch = Scratch::default();
        let mut best = f64::INFINITY;
        let first = seconds(begun);
        while seconds(begun) - first < 1.0 {
            let start = seconds(begun);
            std::hint::black_box(model.encode(&ids, &mut scratch));
            best = best.min(seconds(begun) - start);
        }
        let rate = f64::from(length) / best;
        println!(
            "{:9} {rate:8.0} pieces/s, {length} at once",
            format!("{kernel:?}")
        );
    }
    Ok(())
}
