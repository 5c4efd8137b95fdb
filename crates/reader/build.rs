//! Stamps the reader with a hash over its rules' version, its lexicons and its weights: see `stamp.rs`.

// A build script reads files and the environment; the reader that it stamps does not.
#![allow(clippy::disallowed_methods)]

use std::{env, path::Path};

mod stamp;

fn main() {
    for folder in stamp::FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=stamp.rs");
    let from = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let hash = stamp::hash(stamp::RULES, &stamp::files(Path::new(&from)));
    println!(
        "cargo::rustc-env=CROSSBEARING_READER={}-{hash:016x}",
        stamp::RULES
    );
}
