//! Files of weights, and the one policy for all of them: a file whose features are not those of the code is refused, by
//! name.
//!
//! Comes in: a [`File`] that is compiled in, or bytes that somebody names. Goes out: a model, or a [`WeightsError`]
//! that says what the code expects, what the file has and what makes it again. Nothing falls back to rules, and no line
//! is passed over but comments. A text names its features itself; a table or trees carry the [`fingerprint`] of their
//! names.

use super::{FormatError, Linear, hash, mix, trees::Trees};

/// A file of weights that is compiled in.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Its path from the root of the repository.
    pub path: &'static str,
    /// The stage of `crossbearing-learn` that makes it.
    pub stage: &'static str,
    /// The names of the features, in the order of the code.
    pub features: &'static [&'static str],
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// Why weights are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the weights {file} do not fit this program: {fault}; \
     `cargo run --release -p crossbearing-learn -- {stage} --adopt` makes them again"
)]
pub struct WeightsError {
    /// The file.
    pub file: String,
    /// The stage that makes it.
    pub stage: &'static str,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with weights.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The bytes are of no model.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// A line is neither a comment nor a name with its weight.
    #[error("line {0} is neither a comment nor a feature with its weight")]
    Line(usize),
    /// A feature that the code does not know.
    #[error("line {line} weighs the feature `{found}`, {}", match expected {
        Some(expected) => format!("which this program does not know, and nothing weighs `{expected}`"),
        None => "which this program does not know, or which was weighed before".to_owned(),
    })]
    Unknown {
        /// Its line.
        line: usize,
        /// Its name.
        found: String,
        /// A feature of the code that the file does not weigh.
        expected: Option<&'static str>,
    },
    /// A feature of the code that the file does not weigh.
    #[error("nothing weighs the feature `{0}`")]
    Missing(&'static str),
    /// The names of the features are others.
    #[error(
        "they were trained on features {found:016x}, it looks at features {expected:016x} ({names} names)"
    )]
    Features {
        /// Fingerprint of the code's names.
        expected: u64,
        /// How many names those are.
        names: usize,
        /// Fingerprint in the file.
        found: u64,
    },
    /// The number of classes is another.
    #[error("they tell {found} classes apart, it asks for {expected}")]
    Classes {
        /// What the code asks for.
        expected: usize,
        /// What the file has.
        found: usize,
    },
}

/// What was loaded at the first use.
///
/// # Panics
/// If it was refused, in the words of the error.
pub fn shipped<T>(loaded: &Result<T, WeightsError>) -> &T {
    loaded.as_ref().unwrap_or_else(|error| panic!("{error}"))
}

/// Whether what is loaded at the first use was taken.
///
/// # Errors
/// If it was refused.
pub fn checked<T>(loaded: &Result<T, WeightsError>) -> Result<(), WeightsError> {
    loaded.as_ref().map(|_| ()).map_err(WeightsError::clone)
}

/// The hash of a list of names, in order.
pub const fn fingerprint(names: &[&str]) -> u64 {
    let mut state = names.len() as u64;
    let mut at = 0;
    while at < names.len() {
        state = mix(state, hash(names[at]));
        at += 1;
    }
    state
}

impl File {
    /// Fingerprint of the code's features.
    pub fn fingerprint(&self) -> u64 {
        fingerprint(self.features)
    }

    /// The error of this file.
    pub fn refused(&self, fault: impl Into<Fault>) -> WeightsError {
        WeightsError {
            file: self.path.to_owned(),
            stage: self.stage,
            fault: fault.into(),
        }
    }

    /// Reads the file as a linear model of so many classes.
    ///
    /// # Errors
    /// If it is none, or of other features or classes.
    pub fn linear(&self, classes: usize) -> Result<Linear, WeightsError> {
        linear(self.bytes, self.features, classes).map_err(|fault| self.refused(fault))
    }

    /// Reads the file as trees.
    ///
    /// # Errors
    /// If it holds none, or trees over other figures.
    pub fn trees(&self) -> Result<Trees, WeightsError> {
        let of = || -> Result<Trees, Fault> {
            let trees = Trees::read(self.bytes)?;
            same(trees.features, self.features)?;
            Ok(trees)
        };
        of().map_err(|fault| self.refused(fault))
    }

    /// Reads the file as lines of a feature and its weight; see [`named`].
    ///
    /// # Errors
    /// If a line is none, a feature is unknown or one has no weight.
    pub fn named(&self) -> Result<Vec<f32>, WeightsError> {
        let of = || named(self.text()?, self.features);
        of().map_err(|fault| self.refused(fault))
    }

    /// The file as text.
    ///
    /// # Errors
    /// If it is none.
    pub fn text(&self) -> Result<&'static str, Fault> {
        std::str::from_utf8(self.bytes).map_err(|_| Fault::Format(FormatError::Magic))
    }
}

/// Reads a linear model and holds it to the code's features and classes.
///
/// # Errors
/// If the bytes are none, or of other features or classes.
pub fn linear(
    bytes: &[u8],
    features: &'static [&'static str],
    classes: usize,
) -> Result<Linear, Fault> {
    let model = Linear::read(bytes)?;
    same(model.features(), features)?;
    if model.classes() == classes {
        return Ok(model);
    }
    Err(Fault::Classes {
        expected: classes,
        found: model.classes(),
    })
}

/// Whether a fingerprint is that of the code's features.
///
/// # Errors
/// If it is not.
pub fn same(found: u64, features: &'static [&'static str]) -> Result<(), Fault> {
    let expected = fingerprint(features);
    if found == expected {
        return Ok(());
    }
    Err(Fault::Features {
        expected,
        names: features.len(),
        found,
    })
}

/// Lines that are neither empty nor a comment, with their numbers from 1.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// Reads lines of a feature's name and its weight, every feature once; `#` begins a comment. The weights stand in the
/// order of `features`.
///
/// # Errors
/// If a line is none, a feature is unknown or told twice, or one has no weight.
pub fn named(text: &str, features: &'static [&'static str]) -> Result<Vec<f32>, Fault> {
    let mut out: Vec<Option<f32>> = vec![None; features.len()];
    let mut unknown: Option<(usize, String)> = None;
    for (number, line) in lines(text) {
        let (name, weight) = line.split_once(' ').ok_or(Fault::Line(number))?;
        let weight: f32 = weight.trim().parse().map_err(|_| Fault::Line(number))?;
        let at = features.iter().position(|known| *known == name);
        match at.map(|at| &mut out[at]) {
            Some(place @ None) => *place = Some(weight),
            _ => {
                unknown.get_or_insert((number, name.to_owned()));
            }
        }
    }
    let missing = out.iter().position(Option::is_none).map(|at| features[at]);
    match (unknown, missing) {
        (Some((line, found)), expected) => Err(Fault::Unknown {
            line,
            found,
            expected,
        }),
        (None, Some(name)) => Err(Fault::Missing(name)),
        (None, None) => Ok(out.into_iter().flatten().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["own", "share"];

    #[test]
    fn what_the_code_does_not_know_is_named_and_so_is_what_it_misses() {
        assert_eq!(
            named("# a comment\nshare -1\nown 2.5\n", NAMES),
            Ok(vec![2.5, -1.0])
        );
        let misspelt = named("owm 1\nshare 0\n", NAMES).unwrap_err();
        assert_eq!(
            misspelt.to_string(),
            "line 1 weighs the feature `owm`, which this program does not know, and nothing weighs `own`"
        );
        assert_eq!(named("own 1\n", NAMES), Err(Fault::Missing("share")));
        assert_eq!(named("own 1\nshare\n", NAMES), Err(Fault::Line(2)));
        let twice = named("own 1\nown 2\nshare 1\n", NAMES).unwrap_err();
        assert!(matches!(twice, Fault::Unknown { line: 2, .. }), "{twice}");
    }

    #[test]
    fn a_model_of_other_features_or_classes_is_refused() {
        let model = |features| Linear::quantised(2, vec![0.0], &[0.0; 4]).trained_on(features);
        let right = model(fingerprint(NAMES)).write();
        assert!(linear(&right, NAMES, 1).is_ok());
        assert_eq!(
            linear(&right, NAMES, 2).unwrap_err(),
            Fault::Classes {
                expected: 2,
                found: 1
            }
        );
        let file = File {
            path: "data/x.lin",
            stage: "x",
            features: NAMES,
            bytes: &[],
        };
        let error = file
            .refused(linear(&model(7).write(), NAMES, 1).unwrap_err())
            .to_string();
        for words in [
            "data/x.lin",
            "0000000000000007",
            &format!("{:016x}", fingerprint(NAMES)),
            "-- x --adopt",
        ] {
            assert!(error.contains(words), "{words} in {error}");
        }
    }

    #[test]
    fn another_name_or_order_is_another_fingerprint() {
        assert_ne!(fingerprint(&["a", "b"]), fingerprint(&["b", "a"]));
        assert_ne!(fingerprint(&["a"]), fingerprint(&["a", ""]));
    }
}
