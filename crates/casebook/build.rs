//! Stamps the program with a hash of the sources that make the prepared model, gazetteer and encoder, so that data made
//! by other sources is known to be out of date without anyone having to remember a version number.

use std::{fs, path::PathBuf};

/// What makes the bytes of the prepared files, from this crate's folder. A path that is gone is passed over.
const MAKERS: &[&str] = &[
    "../encoder/src/file.rs",
    "../encoder/src/quantise.rs",
    "../language/src/convert",
    "../language/src/prepared.rs",
    "../reader/src/read/places/build.rs",
    "../reader/src/read/places/fold.rs",
    "../reader/src/read/places/gazetteer.rs",
    "../reader/src/read/places/regions.rs",
    "../reader/src/read/places/world.rs",
    "src/data/outline.rs",
];

fn main() {
    // FNV-1a: the same on every machine and with every compiler, which the standard hasher does not promise.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut open: Vec<PathBuf> = MAKERS.iter().rev().map(PathBuf::from).collect();
    while let Some(path) = open.pop() {
        println!("cargo::rerun-if-changed={}", path.display());
        if path.is_dir() {
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            let mut inside: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
            inside.sort();
            open.extend(inside.into_iter().rev());
        } else {
            for byte in fs::read(&path).unwrap_or_default() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
    }
    println!("cargo::rustc-env=CROSSBEARING_RECIPE={hash:016x}");
}
