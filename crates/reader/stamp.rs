//! The version of the reader: what must change when what it says of a report may change.
//!
//! It has two parts, `RULES-HASH`: the version of the rules, which people raise, and a hash over that version and every
//! file of lexicons and weights, which `build.rs` computes with the functions of this file. Nothing here may use a
//! room: the build script is compiled from it alone, and of the reader only its tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Version of the rules: of all that the code decides and no file of data does. Whoever changes what the reader says of
/// any report by a change of code raises it by one; a test in `src/version.rs` fails where the samples show such a
/// change and the version stayed.
pub const RULES: u32 = 2;

/// The folders whose files the reader holds, from the folder of this crate. One that is not there holds nothing.
pub const FOLDERS: &[&str] = &["data", "../../lexicons", "../../weights"];

/// Every file of the folders with its path from the folder of the crate, in the order of these paths.
pub fn files(from: &Path) -> Vec<(String, Vec<u8>)> {
    let mut open: Vec<PathBuf> = FOLDERS.iter().map(PathBuf::from).collect();
    let mut out = Vec::new();
    while let Some(path) = open.pop() {
        let full = from.join(&path);
        if full.is_dir() {
            let entries = fs::read_dir(&full).into_iter().flatten().flatten();
            open.extend(entries.map(|entry| path.join(entry.file_name())));
        } else if let Ok(bytes) = fs::read(&full) {
            out.push((path.to_string_lossy().replace('\\', "/"), bytes));
        }
    }
    out.sort();
    out
}

/// The hash over the version of the rules and the files: FNV-1a, which is the same on every machine and with every
/// compiler and needs no crate in the build script; each field is preceded by its length.
pub fn hash(rules: u32, files: &[(String, Vec<u8>)]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut field = |bytes: &[u8]| {
        let length = (bytes.len() as u64).to_le_bytes();
        for byte in length.iter().chain(bytes) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    field(&rules.to_le_bytes());
    for (name, bytes) in files {
        field(name.as_bytes());
        field(bytes);
    }
    hash
}
