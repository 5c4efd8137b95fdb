//! The stages, in the order in which they are run: each reads reports with the weights of those before it.
//!
//! `attribution` says who speaks; `segments` where a report begins to tell of another incident, which `when` and
//! `report-toll` look at; `when` the day, by which `report-toll` tells an incident from others; `report-toll` the toll
//! of shootings, which labels reports for `judge-linear`; `judge-encoder` and `judge-toll` stand on that; `link`
//! compares what all of them give.

pub mod attribution;
mod attribution_examples;
mod job;
pub mod judge;
pub mod link;
pub mod report_toll;
pub mod segments;
pub mod toll;
pub mod towns;
pub mod tune;
pub mod when;

use reconciler::link as linker;

pub use job::{Job, Made, Stage};

/// The names of the stages in their order.
pub const ORDER: [&str; 9] = [
    attribution::NAME,
    segments::NAME,
    when::NAME,
    report_toll::NAME,
    towns::NAME,
    judge::NAME,
    tune::NAME,
    toll::NAME,
    link::NAME,
];

/// Paths of all files of weights.
#[cfg(test)]
pub fn files() -> Vec<&'static str> {
    let mut out: Vec<&str> = reader::weights::files()
        .iter()
        .map(|file| file.path)
        .collect();
    out.extend([linker::weights::FILE, linker::pool::COMMON_FILE]);
    out
}

/// The stage that makes a file.
#[cfg(test)]
pub fn of_file(path: &str) -> Option<&'static str> {
    let files = reader::weights::files();
    let of_reader = files
        .iter()
        .find(|file| file.path == path)
        .map(|file| file.stage);
    let of_linker = [linker::weights::FILE, linker::pool::COMMON_FILE].contains(&path);
    of_reader.or(of_linker.then_some(link::NAME))
}

/// Fingerprint of the features that the code gives a file; empty where it has none.
pub fn features(path: &str) -> String {
    let files = reader::weights::files();
    let names = match files.iter().find(|file| file.path == path) {
        Some(file) => file.features,
        None if path == linker::weights::FILE => linker::features::NAMES,
        None => &[],
    };
    if names.is_empty() {
        return String::new();
    }
    format!("{:016x}", reader::learned::weights::fingerprint(names))
}
