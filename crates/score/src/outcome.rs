//! What a benchmark run gives.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Serialize, Serializer};

/// One figure of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// How many.
    Count(u64),
    /// A share, 0–1, or another measure that is no count.
    Real(f64),
}

impl Figure {
    /// `right` of `all` as a share; 0 of 0 is 0.
    pub fn share(right: usize, all: usize) -> Self {
        Figure::Real(if all == 0 {
            0.0
        } else {
            right as f64 / all as f64
        })
    }

    /// The figure as a number.
    pub fn value(self) -> f64 {
        match self {
            Figure::Count(n) => n as f64,
            Figure::Real(x) => x,
        }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Figure::Count(n) => serializer.serialize_u64(n),
            // Four digits say more than any of these sets can tell apart.
            Figure::Real(x) => serializer.serialize_f64((x * 10_000.0).round() / 10_000.0),
        }
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Figure::Count(n) => f.pad(&n.to_string()),
            Figure::Real(x) => f.pad(&format!("{x:.4}")),
        }
    }
}

/// One thing that was expected and not said, or said and not expected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Miss {
    /// The item of the benchmark: a file, an id.
    pub item: String,
    /// What was asked: `killed`, `date`, `speaker`.
    pub field: String,
    /// What the gold has.
    pub expected: String,
    /// What the program said.
    pub said: String,
    /// The words it said it from, or the gold's.
    pub words: String,
}

/// The figures of one benchmark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Its name: `case`, `gva`.
    pub benchmark: String,
    /// Items measured.
    pub n: usize,
    /// Figures by name.
    pub metrics: BTreeMap<String, Figure>,
    /// Version of the program measured.
    pub version: String,
    /// What went wrong, in the order of the items; left out of the JSON.
    #[serde(skip)]
    pub misses: Vec<Miss>,
}

impl Outcome {
    /// Makes an outcome of this program version.
    pub fn new(benchmark: &str, n: usize, metrics: &[(&str, Figure)], misses: Vec<Miss>) -> Self {
        Self {
            benchmark: benchmark.to_owned(),
            n,
            metrics: metrics
                .iter()
                .map(|(name, figure)| ((*name).to_owned(), *figure))
                .collect(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            misses,
        }
    }

    /// The figure of this name, or `None`.
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.metrics.get(name).map(|figure| figure.value())
    }
}

/// Why a benchmark could not be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// A file or directory cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A file is not of the benchmark's shape.
    #[error("{}{}: not of the benchmark's shape: {message}", path.display(), at(*line))]
    Shape {
        /// The file.
        path: PathBuf,
        /// The line, counted from one, where there are lines.
        line: Option<usize>,
        /// What is wrong.
        message: String,
    },
    /// Nothing to measure.
    #[error("{}: holds no items\nhint: {hint}", path.display())]
    Empty {
        /// The file or directory.
        path: PathBuf,
        /// What it should hold.
        hint: String,
    },
    /// The model or gazetteer could not be loaded.
    #[error("{0}")]
    Resources(String),
    /// A language model that proposes could not be asked.
    #[error("{0}")]
    Asking(String),
}

impl ScoreError {
    /// A read error at `path`.
    pub fn read(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| ScoreError::Read {
            path: path.to_owned(),
            source,
        }
    }

    /// A shape error at `path`.
    pub fn shape(path: &std::path::Path, line: Option<usize>, message: impl ToString) -> Self {
        ScoreError::Shape {
            path: path.to_owned(),
            line,
            message: message.to_string(),
        }
    }
}

/// `:7` where the line is known.
fn at(line: Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!(":{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_holds_counts_as_whole_numbers_and_no_misses() {
        let outcome = Outcome::new(
            "case",
            44,
            &[
                ("claims_found", Figure::Count(26)),
                ("share", Figure::share(1, 3)),
            ],
            vec![Miss {
                item: "a".into(),
                field: "killed".into(),
                expected: "1".into(),
                said: "2".into(),
                words: "two".into(),
            }],
        );
        assert_eq!(
            serde_json::to_string(&outcome).unwrap(),
            format!(
                "{{\"benchmark\":\"case\",\"n\":44,\"metrics\":{{\"claims_found\":26,\"share\":0.3333}},\"version\":\"\
                 {}\"}}",
                env!("CARGO_PKG_VERSION")
            )
        );
    }
}
