//! The readings of all reports of a file, which can be kept in a file of their own, so that linking is trained and
//! measured without reading again.
//!
//! A kept reading is only as good as the reader that made it: remove the file when the reader has changed.

use std::{
    io::{BufWriter, Write},
    path::Path,
};

use model::Reading;
use serde::{Deserialize, Serialize};

use super::incident::{Incident, Report};
use crate::{Engine, Options, ScoreError, case, engine::Plain, pool};

/// One report of the file, read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Member {
    /// The gold incident it is filed under.
    pub incident: String,
    /// Its id in the file.
    pub id: String,
    /// Its reading; `None` when it could not be read (an empty page).
    pub reading: Option<Reading>,
}

/// Reads every report of `incidents`; in the order of the file.
pub(super) fn read(incidents: &[Incident], engine: &Engine, options: &Options<'_>) -> Vec<Member> {
    let reports: Vec<(&Incident, &Report)> = incidents
        .iter()
        .flat_map(|incident| {
            incident
                .reports
                .iter()
                .map(move |report| (incident, report))
        })
        .collect();
    pool::map(&reports, options, |(incident, report)| Member {
        incident: incident.incident.clone(),
        id: report.id.clone(),
        reading: engine.read_plain(plain(report)).ok(),
    })
}

/// Takes the readings kept at `cache`, or reads the file and keeps them there; without a cache it reads the file.
/// Readings kept are those of the reader that made them: after a change of the reader the file is to be removed.
///
/// # Errors
/// If a file cannot be read or written.
pub fn kept_or_read(
    path: &Path,
    cache: Option<&Path>,
    engine: impl FnOnce() -> Result<Engine, ScoreError>,
    options: &Options<'_>,
) -> Result<Vec<Member>, ScoreError> {
    if let Some(cache) = cache.filter(|cache| cache.exists()) {
        return case::lines(cache);
    }
    let incidents: Vec<Incident> = case::lines(path)?;
    let members = read(options.take(&incidents), &engine()?, options);
    let Some(cache) = cache else {
        return Ok(members);
    };
    let failed = |source| ScoreError::Write {
        path: cache.to_owned(),
        source,
    };
    let mut out = BufWriter::new(std::fs::File::create(cache).map_err(failed)?);
    for member in &members {
        let line = serde_json::to_string(member).map_err(|error| failed(error.into()))?;
        writeln!(out, "{line}").map_err(failed)?;
    }
    out.flush().map_err(failed)?;
    Ok(members)
}

/// A report as the reader takes it.
pub(super) fn plain(report: &Report) -> Plain<'_> {
    Plain {
        name: &report.id,
        title: &report.title,
        published: &report.published,
        url: &report.url,
        body: &report.text,
    }
}
