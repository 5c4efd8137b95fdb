//! Writing the manifest of weights.
//!
//! Comes in: the manifest so far and what a stage made. Goes out: `weights/manifest.toml` with that stage's entry anew,
//! and the table of held-out figures in `SCORES.md`.

use std::path::Path;

use score::manifest::{File, Manifest, Stage};
use sha2::{Digest, Sha256};

use crate::error::Error;

/// Path of the manifest from the root of the repository.
pub const PATH: &str = "weights/manifest.toml";
const SCORES: &str = "SCORES.md";
const HEAD: &str = "\
    # What every file of weights is: which stage of `crossbearing-learn` made it, from which tree, data and\n\
    # settings, and what it earns on what trained none of it. Written by `crossbearing-learn STAGE --adopt`;\n\
    # tests hold files and code to it.\n";

/// Hash of the bytes of a file.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Puts a stage's entry into the manifest of a repository, in the place that `order` gives it, and renews the table of
/// the scores.
///
/// # Errors
/// If a file cannot be read or written.
pub fn put(repository: &Path, stage: Stage, order: &[&str]) -> Result<(), Error> {
    let path = repository.join(PATH);
    let mut manifest = Manifest::read(&std::fs::read_to_string(&path)?)?;
    manifest.stage.retain(|known| known.name != stage.name);
    manifest.stage.push(stage);
    let place = |stage: &Stage| order.iter().position(|name| *name == stage.name);
    manifest.stage.sort_by_key(place);
    std::fs::write(path, write(&manifest))?;
    let scores = repository.join(SCORES);
    let page = std::fs::read_to_string(&scores)?;
    std::fs::write(scores, score::manifest::renewed(&page, &manifest))?;
    Ok(())
}

/// The manifest as text.
pub fn write(manifest: &Manifest) -> String {
    let mut out = HEAD.to_owned();
    for stage in &manifest.stage {
        out.push_str(&format!("\n[[stage]]\nname = {}\n", quoted(&stage.name)));
        out.push_str(&format!("reader = {}\n", quoted(&stage.reader)));
        if !stage.note.is_empty() {
            out.push_str(&format!("note = {}\n", quoted(&stage.note)));
        }
        let settings = stage.settings.iter();
        let settings = settings.map(|(name, value)| format!("{name} = {}", word(value)));
        table(&mut out, "settings", settings.collect());
        let data = stage.data.iter();
        let data = data.map(|(name, hash)| format!("{} = {}", quoted(name), quoted(hash)));
        table(&mut out, "data", data.collect());
        if !stage.held_out.is_empty() {
            out.push_str("held_out = [\n");
            for row in &stage.held_out {
                let what = quoted(&row.what);
                out.push_str(&format!(
                    "    {{ what = {what}, n = {}, value = {:?} }},\n",
                    row.n, row.value
                ));
            }
            out.push_str("]\n");
        }
        for File {
            path,
            sha256,
            features,
        } in &stage.file
        {
            out.push_str(&format!(
                "\n[[stage.file]]\npath = {}\nsha256 = {}\nfeatures = {}\n",
                quoted(path),
                quoted(sha256),
                quoted(features)
            ));
        }
    }
    out
}

fn table(out: &mut String, name: &str, entries: Vec<String>) {
    if !entries.is_empty() {
        out.push_str(&format!("{name} = {{ {} }}\n", entries.join(", ")));
    }
}

fn quoted(text: &str) -> String {
    word(&toml::Value::String(text.to_owned()))
}

/// A plain value, which JSON writes as TOML does.
fn word(value: &toml::Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use score::manifest::SHIPPED;

    use super::*;
    use crate::stages;

    fn repository() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    fn shipped() -> Manifest {
        Manifest::read(SHIPPED).expect("the manifest of this build")
    }

    #[test]
    fn a_manifest_is_read_as_it_is_written() {
        assert_eq!(write(&shipped()), SHIPPED, "written by the program alone");
    }

    #[test]
    fn every_file_is_the_one_of_the_manifest_and_fits_the_code() {
        let manifest = shipped();
        let mut listed: Vec<&File> = manifest
            .stage
            .iter()
            .flat_map(|stage| &stage.file)
            .collect();
        for file in &listed {
            let bytes = std::fs::read(repository().join(&file.path)).expect("a file of weights");
            assert_eq!(
                sha256(&bytes),
                file.sha256,
                "{} is not the file that was trained",
                file.path
            );
            assert_eq!(
                stages::features(&file.path),
                file.features,
                "{}: its features",
                file.path
            );
        }
        // Each stage made the files that the code asks of it, and there is no other.
        for stage in &manifest.stage {
            for file in &stage.file {
                assert_eq!(
                    stages::of_file(&file.path),
                    Some(stage.name.as_str()),
                    "{}",
                    file.path
                );
            }
        }
        listed.sort_by(|a, b| a.path.cmp(&b.path));
        let mut known = stages::files();
        known.sort_unstable();
        assert_eq!(
            listed
                .iter()
                .map(|file| file.path.as_str())
                .collect::<Vec<_>>(),
            known
        );
    }

    #[test]
    fn no_file_of_weights_lies_beside_the_manifest_unlisted() {
        let known = stages::files();
        for folder in ["attribution", "judge", "report_toll"] {
            let folder = format!("crates/reader/data/{folder}");
            for entry in std::fs::read_dir(repository().join(&folder)).expect("a folder") {
                let name = entry.expect("an entry").file_name();
                let path = format!("{folder}/{}", name.to_string_lossy());
                assert!(known.contains(&path.as_str()), "{path} is in no manifest");
            }
        }
    }

    #[test]
    fn the_stages_stand_in_their_order() {
        let manifest = shipped();
        let names: Vec<&str> = manifest
            .stage
            .iter()
            .map(|stage| stage.name.as_str())
            .collect();
        assert_eq!(names, stages::ORDER);
    }
}
