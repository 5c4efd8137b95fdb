//! The manifest of weights: which file was made by which stage, from which data, with which settings, and what it earns
//! held out.
//!
//! Comes in: `weights/manifest.toml`, which `crossbearing-learn` writes. Goes out: its stages, and the last part of
//! `SCORES.md`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The manifest of this build.
pub const SHIPPED: &str = include_str!("../../../weights/manifest.toml");

/// What stands around the table.
const HEAD: &str = include_str!("../held-out.md");

/// The stages in the order in which they are run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The stages.
    pub stage: Vec<Stage>,
}

/// What one stage made.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// The commit of the tree that it ran in, or that brought the files where the run itself was not written down.
    pub reader: String,
    /// What else is to be known of the run; empty for nothing.
    #[serde(default)]
    pub note: String,
    /// The settings.
    #[serde(default)]
    pub settings: BTreeMap<String, toml::Value>,
    /// Each file or folder of the benchmark folder, and the first digits of its hash.
    #[serde(default)]
    pub data: BTreeMap<String, String>,
    /// What the weights earn on what trained none of them.
    #[serde(default)]
    pub held_out: Vec<HeldOut>,
    /// The files.
    pub file: Vec<File>,
}

/// A figure on what was held out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOut {
    /// What is measured, of what.
    pub what: String,
    /// Of how many.
    pub n: usize,
    /// The share, 0–1.
    pub value: f64,
}

/// A file of weights.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its path from the root of the repository.
    pub path: String,
    /// Hash of its bytes.
    pub sha256: String,
    /// Fingerprint of the names of its features; empty where it has none.
    pub features: String,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// If the text is none.
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

/// The last part of `SCORES.md`, by a manifest.
pub fn held_out(manifest: &Manifest) -> String {
    let mut table = String::from("| what | of | right | stage |\n|---|---|---|---|\n");
    for stage in &manifest.stage {
        for row in &stage.held_out {
            let HeldOut { what, n, value } = row;
            table.push_str(&format!("| {what} | {n} | {value} | `{}` |\n", stage.name));
        }
    }
    HEAD.replace("{table}\n", &table)
}

/// A page of scores with its last part by a manifest.
pub fn renewed(page: &str, manifest: &Manifest) -> String {
    let title = HEAD.trim_start().lines().next().unwrap_or_default();
    let before = page.split_once(title).map_or(page, |(before, _)| before);
    format!("{}\n{}", before.trim_end_matches('\n'), held_out(manifest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Manifest {
        Manifest::read(SHIPPED).expect("the manifest of this build")
    }

    #[test]
    fn a_figure_of_the_manifest_is_a_line_of_the_table() {
        let mut manifest = shipped();
        manifest.stage.truncate(1);
        manifest.stage[0].name = "when".into();
        manifest.stage[0].held_out = vec![HeldOut {
            what: "date, one report".into(),
            n: 906,
            value: 0.84,
        }];
        let text = held_out(&manifest);
        assert!(
            text.contains("\n| date, one report | 906 | 0.84 | `when` |\n"),
            "{text}"
        );
        let page = format!("# Scores\n\nA figure.\n{}", held_out(&shipped()));
        assert_eq!(
            renewed(&page, &manifest),
            format!("# Scores\n\nA figure.\n{text}")
        );
    }

    #[test]
    fn the_committed_page_ends_as_the_manifest_says() {
        let page = include_str!("../../../SCORES.md");
        assert!(
            renewed(page, &shipped()) == page,
            "SCORES.md does not end as weights/manifest.toml says: `make score` writes it anew"
        );
    }
}
