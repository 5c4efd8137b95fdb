//! The version of the reader.

/// Version of the reader's rules, lexicons and weights: `RULES-HASH`. It changes when what the reader says may change;
/// `stamp.rs` says how it is made.
pub const VERSION: &str = env!("CROSSBEARING_READER");

#[cfg(test)]
#[path = "../stamp.rs"]
mod stamp;

#[cfg(test)]
mod tests {
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    use super::{VERSION, stamp};
    use crate::testing;

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    }

    fn version(files: &[(String, Vec<u8>)]) -> String {
        format!("{}-{:016x}", stamp::RULES, stamp::hash(stamp::RULES, files))
    }

    #[test]
    fn the_version_is_of_the_files_that_are_there() {
        assert_eq!(VERSION, version(&stamp::files(root())));
    }

    #[test]
    fn another_byte_in_any_file_is_another_version() {
        let mut files = stamp::files(root());
        assert!(files.len() > 30, "{} files", files.len());
        // Each byte bears on all that follows it, so the length of the rest does not matter: cut for speed.
        files.iter_mut().for_each(|(_, bytes)| bytes.truncate(500));
        let before = version(&files);
        for at in 0..files.len() {
            let mut other = files.clone();
            let last = other[at].1.last_mut().expect("no file is empty");
            *last ^= 1;
            assert_ne!(version(&other), before, "{}", files[at].0);
        }
        assert_ne!(
            stamp::hash(stamp::RULES + 1, &files),
            stamp::hash(stamp::RULES, &files)
        );
    }

    /// Every file that the sources include.
    fn included() -> Vec<PathBuf> {
        let mut open = vec![root().join("src")];
        let mut out = Vec::new();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
                continue;
            }
            // This file names the two macros and includes nothing.
            if path.ends_with(file!().rsplit('/').next().unwrap_or_default()) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for opening in ["include_str!(", "include_bytes!("] {
                for after in text.split(opening).skip(1) {
                    let named = after.split('"').nth(1).unwrap_or_default();
                    out.push(path.with_file_name(named));
                }
            }
        }
        out
    }

    #[test]
    fn no_file_is_included_from_elsewhere() {
        let inside: Vec<PathBuf> = stamp::FOLDERS
            .iter()
            .filter_map(|folder| fs::canonicalize(root().join(folder)).ok())
            .collect();
        let all = included();
        assert!(all.len() > 20, "{} files included", all.len());
        for path in all {
            // A name put together by a macro gives its folder.
            let full = fs::canonicalize(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let known = inside.iter().any(|folder| full.starts_with(folder));
            assert!(
                known,
                "{} is outside the folders of the version",
                path.display()
            );
        }
    }

    /// What the rules say of the samples, a line a claim: nothing of how it is stored.
    fn said() -> Option<String> {
        let samples = root().join("../../samples");
        let mut files: Vec<PathBuf> = Vec::new();
        for folder in fs::read_dir(samples).unwrap() {
            let folder = folder.unwrap().path();
            if folder.is_dir() {
                files.extend(fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()));
            }
        }
        files.retain(|path| {
            path.extension()
                .is_some_and(|it| it == "txt" || it == "html")
        });
        files.sort();
        let mut out = String::new();
        for path in files {
            let reading = testing::read(&fs::read(&path).unwrap())?;
            let Ok(reading) = reading else { continue };
            for account in &reading.accounts {
                for claim in &account.claims {
                    let who: Vec<String> = claim.speakers.iter().map(|it| it.label()).collect();
                    let quote = claim.quote();
                    out.push_str(&format!(
                        "{} {} {} {} {} {} {}-{} {}\n",
                        path.file_name().unwrap().to_string_lossy(),
                        account.label,
                        claim.slot,
                        claim.value.label(),
                        claim.scope.words,
                        claim
                            .as_of
                            .as_ref()
                            .map(model::When::label)
                            .unwrap_or_default(),
                        quote.start,
                        quote.end,
                        who.join(" < "),
                    ));
                }
            }
        }
        Some(out)
    }

    #[test]
    fn what_the_samples_show_changes_only_with_the_version() {
        let Some(said) = said() else { return };
        assert!(said.lines().count() > 100, "{said}");
        let now = format!("{VERSION} {}\n", model::content_hash(&[said.as_bytes()]));
        let path = root().join("version.txt");
        let before = fs::read_to_string(&path).unwrap_or_default();
        let of = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
        assert!(
            now == before || of(&now) != of(&before),
            "the reader says something else of the samples than version {VERSION} did: raise RULES in stamp.rs"
        );
        if std::env::var_os("CROSSBEARING_BLESS").is_some() {
            fs::write(&path, &now).unwrap();
            return;
        }
        assert_eq!(
            now, before,
            "the version is new: run `make bless`, which writes it into version.txt"
        );
    }
}
