//! All files of weights of the reader, and the check of every one of them.
//!
//! What comes in: nothing, the files are compiled in. What goes out: a [`WeightsError`] that names the first file that
//! does not fit the code. A program calls [`check`] at its start; where it does not, the first use of such a file
//! panics with the same words.

use crate::{
    claims::{
        judge::{encoded, linear, toll},
        place::ranker,
        report_toll,
        segments::boundary,
        when,
    },
    read::speakers::learned,
};

pub use crate::learned::weights::{Fault, File, WeightsError};

/// All files of weights, in the order of the stages that make them.
pub fn files() -> Vec<&'static File> {
    let mut out: Vec<&File> = learned::FILES.iter().collect();
    out.extend([&boundary::FILE, &when::FILE]);
    out.extend(&report_toll::FILES);
    out.extend(&ranker::FILES);
    out.extend(&linear::FILES);
    out.extend([&encoded::TUNED, &toll::FILE]);
    out
}

/// Reads all files of weights, but for the encoder's, which are read with the encoder itself.
///
/// # Errors
/// The first that does not fit the code.
pub fn check() -> Result<(), WeightsError> {
    learned::Model::check()?;
    boundary::Weights::check()?;
    when::Weights::check()?;
    report_toll::Weights::check()?;
    ranker::check()?;
    linear::Weights::check()?;
    toll::check()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_this_build_fit_its_code() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn the_heads_of_the_encoder_tell_what_a_verdict_holds() {
        use crate::claims::judge::{SLOTS, STANCES};
        let slots = SLOTS.iter().map(|slot| slot.name().to_owned());
        let stances = STANCES.iter().map(|stance| {
            let word = serde_json::to_value(stance).expect("a word");
            word.as_str().expect("a word").to_owned()
        });
        let yes =
            ["background", "own", "whole"].map(|name| [format!("{name}: no"), "yes".to_owned()]);
        let mut told = vec!["slot: none".to_owned()];
        told.extend(slots);
        told.extend(yes.into_iter().flatten());
        let first = told.len();
        told.extend(stances);
        told[first].insert_str(0, "stance: ");
        assert_eq!(encoded::HEAD_CLASSES, told);
    }

    /// Sources without their tests, comments and list of names.
    fn code(sources: &[String]) -> String {
        let shipped: Vec<&str> = sources
            .iter()
            .filter_map(|source| source.split("#[cfg(test)]\nmod tests").next())
            .collect();
        let shipped = shipped.join("\n");
        let (before, rest) = shipped
            .split_once("pub const FEATURES")
            .expect("a list of names");
        let (_, after) = rest.split_once("];").expect("its end");
        let lines = before.lines().chain(after.lines());
        lines
            .map(str::trim)
            .filter(|line| !line.starts_with("//"))
            .collect()
    }

    /// A source, or all those of a folder.
    fn sources(path: &std::path::Path) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(path) else {
            return vec![std::fs::read_to_string(path).expect("a source")];
        };
        let mut paths: Vec<_> = entries.map(|it| it.expect("an entry").path()).collect();
        paths.sort();
        paths.iter().flat_map(|path| sources(path)).collect()
    }

    #[test]
    fn the_list_of_names_is_that_of_the_features() {
        for (source, names) in [
            ("read/speakers/learned/cue.rs", learned::cue::FEATURES),
            ("read/speakers/learned/span.rs", learned::span::FEATURES),
            (
                "read/speakers/learned/continuation.rs",
                learned::continuation::FEATURES,
            ),
            (
                "claims/judge/features.rs",
                crate::claims::judge::features::FEATURES,
            ),
            (
                "claims/report_toll/features",
                report_toll::features::FEATURES,
            ),
            ("claims/when/features/mod.rs", when::KINDS),
        ] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("src")
                .join(source);
            let texts: Vec<String> = sources(&path)
                .iter()
                .map(|text| text.replace("pub const KINDS", "pub const FEATURES"))
                .collect();
            let code = code(&texts);
            for call in ["hash(\"", "name!(\""] {
                for rest in code.split(call).skip(1) {
                    let name = rest.split('"').next().unwrap_or_default();
                    assert!(
                        names.contains(&name),
                        "`{name}` is hashed and stands in no list"
                    );
                }
            }
            for name in names {
                assert!(
                    code.contains(&format!("\"{name}\"")),
                    "`{name}` is in no feature"
                );
            }
            assert!(names.is_sorted(), "{names:?}");
        }
    }
}
