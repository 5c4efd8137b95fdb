//! Every benchmark in one run, the page `SCORES.md` and the figures as data, `scores.json`.
//!
//! What comes in: the folder of labelled data (`bench/`, `cases/`) and the samples. What goes out: a row a benchmark,
//! each with the command that makes it, and the two files. What is not there is left out of the page with a word,
//! never with an old figure.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use model::content_hash;
use serde_json::json;

use crate::{
    Engine, Options, Outcome, ScoreError, accounts, airwars, case, cis530p, coref, events,
    first_look, geo, gva, gvdb, lineage,
    manifest::{self, Manifest},
    polnear, tempeval,
};

/// One benchmark as measured.
#[derive(Clone, Debug)]
pub struct Row {
    /// Heading.
    pub name: String,
    /// The command that makes it, without the program's name.
    pub command: String,
    /// What it measures, in a line.
    pub about: &'static str,
    /// Hash of the files measured.
    pub data: String,
    /// The figures.
    pub outcome: Outcome,
}

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything.
    Whole,
    /// The first few items of each benchmark, always the same: what a test can read in a minute.
    Subset,
}

/// What measures a benchmark; one outcome a heading.
type Score<'a> = Box<dyn Fn(&Engine, &Options<'_>) -> Result<Vec<Outcome>, ScoreError> + 'a>;

/// A benchmark to be run.
struct Job<'a> {
    /// Name, command and what it measures, of each of its rows.
    rows: Vec<(String, String, &'static str)>,
    /// The files measured.
    files: Vec<PathBuf>,
    /// Items of its subset; `None` takes all.
    few: Option<usize>,
    score: Score<'a>,
}

/// Runs all that is there.
///
/// # Errors
/// If nothing is there, or a file that is there cannot be read.
pub fn run(
    shared: &Path,
    samples: &Path,
    engine: &Engine,
    options: &Options<'_>,
    extent: Extent,
) -> Result<Vec<Row>, ScoreError> {
    let mut hashes = BTreeMap::new();
    let mut rows = Vec::new();
    for job in jobs(shared, samples)? {
        if !job.files.iter().all(|path| path.exists()) {
            continue;
        }
        let limit = match extent {
            Extent::Whole => options.limit,
            Extent::Subset => job.few,
        };
        let options = Options { limit, ..*options };
        let data = hash(&job.files, &mut hashes)?;
        let outcomes = (job.score)(engine, &options)?;
        for ((name, command, about), outcome) in job.rows.into_iter().zip(outcomes) {
            rows.push(Row {
                name,
                command,
                about,
                data: data.clone(),
                outcome,
            });
        }
    }
    if rows.is_empty() {
        return Err(ScoreError::Empty {
            path: shared.to_owned(),
            hint: "the folder holds bench/ and cases/".into(),
        });
    }
    Ok(rows)
}

/// All benchmarks, in the order of the page.
fn jobs(shared: &Path, samples: &Path) -> Result<Vec<Job<'static>>, ScoreError> {
    let mut jobs = Vec::new();
    for dir in folders(samples)? {
        jobs.push(case_job(
            dir,
            "sample",
            "samples",
            "Claims and relations a careful reader finds in a sample; written by the people who wrote the \
             program's samples.",
        ));
    }
    for dir in folders(&shared.join("cases"))? {
        jobs.push(case_job(
            dir,
            "case",
            "DATA/cases",
            "Claims and relations a careful reader finds in real articles on one incident.",
        ));
    }
    let bench = shared.join("bench");
    jobs.extend(reading_jobs(&bench));
    jobs.extend(shooting_jobs(&bench));
    jobs.extend(other_jobs(&bench));
    Ok(jobs)
}

/// A folder of reports with a careful reader's claims.
fn case_job(dir: PathBuf, kind: &str, below: &str, about: &'static str) -> Job<'static> {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    Job {
        rows: vec![(
            format!("{kind} {name}"),
            format!("score case {below}/{name}"),
            about,
        )],
        files: vec![dir.join("claims.jsonl")],
        few: None,
        score: Box::new(move |engine, _| Ok(vec![case::score(&dir, engine)?])),
    }
}

/// A benchmark with one row over files below `bench`.
fn job(
    (name, command): (&str, &str),
    about: &'static str,
    (bench, files): (&Path, &[&str]),
    few: usize,
    score: impl Fn(&[PathBuf], &Engine, &Options<'_>) -> Result<Outcome, ScoreError> + 'static,
) -> Job<'static> {
    let paths: Vec<PathBuf> = files.iter().map(|file| bench.join(file)).collect();
    let given: Vec<String> = files
        .iter()
        .map(|file| format!(" DATA/bench/{file}"))
        .collect();
    let command = format!("score {command}{}", given.concat());
    Job {
        rows: vec![(name.to_owned(), command, about)],
        files: paths.clone(),
        few: Some(few),
        score: Box::new(move |engine, options| Ok(vec![score(&paths, engine, options)?])),
    }
}

/// Events, and local news on one incident or several.
fn reading_jobs(bench: &Path) -> Vec<Job<'static>> {
    vec![
        job(
            ("events", "events"),
            "Large events of many kinds, each told by several outlets (invented texts after the pattern \
             of real coverage): claims, each report's own toll, the figures at the top, disputes, date \
             and place; and all reports in one heap, without and with a twin of each event in another \
             town.",
            (bench, &["events"]),
            EVENTS,
            |files, engine, options| events::score(&files[0], &[], engine, options),
        ),
        job(
            ("cis530p", "cis530p"),
            "One local news report: killed, injured, date and street address, exact match.",
            (bench, &["cis530p/X_val.json", "cis530p/y_val.json"]),
            40,
            |files, engine, options| cis530p::score(&files[0], &files[1], engine, options),
        ),
        job(
            ("accounts", "accounts"),
            "Reports filed under several incidents: how often an account has the incident's street, and \
             its killed, injured and day.",
            (bench, &["cis530p/X_train.json", "cis530p/y_train.json"]),
            12,
            |files, engine, options| accounts::score(&files[0], &files[1], engine, options),
        ),
    ]
}

/// Incidents of shootings: each report is read once for all three rows.
fn shooting_jobs(bench: &Path) -> Vec<Job<'static>> {
    let path = bench.join("gva/dev.jsonl");
    let row = |name: &str, flag: &str, about| {
        let command = format!("score gva {flag}DATA/bench/gva/dev.jsonl");
        (name.to_owned(), command, about)
    };
    let gva = Job {
        rows: vec![
            row(
                "gva, one report",
                "--single ",
                "Shooting incidents with exactly one report: killed, injured, date and town, exact match.",
            ),
            row(
                "gva, reports given",
                "--given ",
                "All shooting incidents on their own reports (the grouping is given), with baselines that \
                 take one report or the majority.",
            ),
            row(
                "gva, one heap",
                "",
                "All reports in one heap, shuffled: incidents found (B-cubed over reports; the linker's \
                 weights were learned on this part), then the facts of each.",
            ),
        ],
        files: vec![path.clone()],
        few: Some(60),
        score: Box::new(move |engine, options| Ok(gva::all(&path, engine, options)?.into())),
    };
    vec![
        gva,
        job(
            ("lineage", "lineage"),
            "Copies made of shooting reports (cut, reordered, a new headline, words changed), found again \
             among the reports of their incident: those that keep half of their five-word runs or more, \
             and a fifth to a half.",
            (bench, &["gva/dev.jsonl"]),
            60,
            |files, _, options| lineage::score(&files[0], options),
        ),
        job(
            ("gvdb", "gvdb"),
            "Marked towns, places, weapons and victims' ages in shooting reports.",
            (bench, &["gvdb/dev.json"]),
            30,
            |files, engine, options| gvdb::score(&files[0], engine, options),
        ),
    ]
}

/// Strikes, speakers, names, times, places, and the first look.
fn other_jobs(bench: &Path) -> Vec<Job<'static>> {
    vec![
        job(
            ("airwars gaza", "airwars"),
            "Assessments of strikes: killed and injured as ranges by the rule `airwars`, and the date.",
            (bench, &["airwars/gaza.dev.jsonl"]),
            40,
            |files, engine, options| airwars::score(&files[0], engine, options),
        ),
        job(
            ("airwars syria", "airwars"),
            "Strikes with the English texts they were coded from, reconciled together: ranges by the rule `airwars`.",
            (bench, &["airwars/syria.dev.jsonl"]),
            15,
            |files, engine, options| airwars::score(&files[0], engine, options),
        ),
        job(
            ("polnear", "polnear"),
            "Who says what in political news: cues, sources, contents and whole relations.",
            (bench, &["polnear/dev"]),
            6,
            |files, engine, options| polnear::score(&files[0], engine, options),
        ),
        job(
            ("coref MUC", "coref"),
            "Perpetrators, organisations and victims of wire reports, as the key's strings name them: \
             pairs that are one party. Capitals are put back by the adapter.",
            (bench, &["muc/gtt/train.json"]),
            30,
            coref::score,
        ),
        job(
            ("coref GVA", "coref"),
            "Participants of shootings by full name and bare last name: pairs that are one party.",
            (bench, &["gva/dev.jsonl"]),
            40,
            coref::score,
        ),
        job(
            ("tempeval", "tempeval"),
            "Time expressions: extents and TIMEX3 values (TempEval-3, TBAQ).",
            (bench, &["tempeval/TBAQ-cleaned"]),
            20,
            |files, engine, options| tempeval::score(&files[0], engine, options),
        ),
        job(
            ("geo LGL", "geo"),
            "Place names in news and where they are.",
            (bench, &["geo/lgl.xml"]),
            40,
            |files, engine, options| geo::score(&files[0], engine, options),
        ),
        job(
            ("geo GeoVirus", "geo"),
            "Place names in news and where they are.",
            (bench, &["geo/GeoVirus.xml"]),
            20,
            |files, engine, options| geo::score(&files[0], engine, options),
        ),
        job(
            ("first look", "first-look"),
            "Reports that the first look spares the reader, and those with a casualty claim that it loses by that.",
            (bench, &["gva/dev.jsonl", "polnear/dev", "polnear/train"]),
            40,
            first_look::score,
        ),
    ]
}

/// Events of the subset.
const EVENTS: usize = 12;

/// Folders in `dir` that hold gold claims, sorted; none when `dir` is not there.
fn folders(dir: &Path) -> Result<Vec<PathBuf>, ScoreError> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(ScoreError::read(dir))? {
        let path = entry.map_err(ScoreError::read(dir))?.path();
        if path.join("claims.jsonl").is_file() {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

/// First eight digits of a hash over the files, those in folders too, by path.
///
/// # Errors
/// If one cannot be read.
pub fn data_hash(files: &[PathBuf]) -> Result<String, ScoreError> {
    hash(files, &mut BTreeMap::new())
}

/// As [`data_hash`]; `known` holds the hashes of files read before.
fn hash(files: &[PathBuf], known: &mut BTreeMap<PathBuf, String>) -> Result<String, ScoreError> {
    fn collect(path: &Path, out: &mut Vec<PathBuf>) -> Result<(), ScoreError> {
        if path.is_dir() {
            for entry in std::fs::read_dir(path).map_err(ScoreError::read(path))? {
                collect(&entry.map_err(ScoreError::read(path))?.path(), out)?;
            }
        } else {
            out.push(path.to_owned());
        }
        Ok(())
    }
    let mut all = Vec::new();
    for path in files {
        collect(path, &mut all)?;
    }
    all.sort();
    let mut parts = Vec::new();
    for path in all {
        if !known.contains_key(&path) {
            let bytes = std::fs::read(&path).map_err(ScoreError::read(&path))?;
            known.insert(path.clone(), content_hash(&[&bytes]));
        }
        parts.push(known[&path].clone());
    }
    let parts: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
    Ok(content_hash(&parts)[..8].to_owned())
}

/// The figures as data, `scores.json`: those of the page, and those of the subset, which the test of floors holds
/// against what it measures.
pub fn json(rows: &[Row], subset: &[Row]) -> String {
    let list = |rows: &[Row]| {
        let rows = rows.iter().map(|row| {
            json!({
                "name": row.name,
                "command": row.command,
                "data": row.data,
                "items": row.outcome.n,
                "figures": row.outcome.metrics,
            })
        });
        rows.collect::<Vec<_>>()
    };
    let all = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "benchmarks": list(rows),
        "subset": list(subset),
    });
    format!("{all:#}\n")
}

/// The page `SCORES.md`.
pub fn page(rows: &[Row]) -> String {
    let mut text = String::from(
        "# Scores\n\n\
         Written by `make score`; do not edit by hand. Every figure is what the program said against labels it is not \
         given, by the metric of the\n\
         benchmark's own scorer (the module of each adapter in `crates/score` says which). Shares are 0–1, \
         counts whole numbers. `DATA` is the folder of labelled data, which is\n\
         no part of this project: the news texts belong to their publishers. These are development parts: \
         the rules were written with\n\
         some of their misses in view, so expect a little less elsewhere. The samples were written for this \
         project and flatter it.\n\n",
    );
    text.push_str("| benchmark | items | main figures |\n|---|---|---|\n");
    for row in rows {
        let main: Vec<String> = main_figures(&row.outcome)
            .into_iter()
            .map(|(name, figure)| format!("{name} {figure}"))
            .collect();
        text.push_str(&format!(
            "| {} | {} | {} |\n",
            row.name,
            row.outcome.n,
            main.join(", ")
        ));
    }
    for row in rows {
        text.push_str(&format!(
            "\n## {}\n\n{}\n\n    crossbearing {}\n\nProgram {}, data {}, {} items.\n\n| figure | value |\n|---|---|\n",
            row.name, row.about, row.command, row.outcome.version, row.data, row.outcome.n
        ));
        for (name, figure) in &row.outcome.metrics {
            text.push_str(&format!("| {name} | {figure} |\n"));
        }
    }
    match Manifest::read(manifest::SHIPPED) {
        Ok(manifest) => text.push_str(&manifest::held_out(&manifest)),
        Err(error) => text.push_str(&format!(
            "\nThe manifest of weights cannot be read: {error}\n"
        )),
    }
    text
}

/// The figures that stand in the first table.
fn main_figures(outcome: &Outcome) -> Vec<(&str, crate::Figure)> {
    const MAIN: &[&str] = &[
        "claims_found",
        "speaker_right",
        "stance_right",
        "count_claims_found",
        "count_precision",
        "killed_toll",
        "injured_toll",
        "killed_headline",
        "injured_headline",
        "dispute_precision",
        "dispute_recall",
        "pool_b3_f1",
        "twins_b3_f1",
        "relations_found",
        "wrong_contradictions",
        "bcubed_f1",
        "half_precision",
        "half_recall",
        "fifth_precision",
        "fifth_recall",
        "loss",
        "spared",
        "killed_accuracy",
        "injured_accuracy",
        "date_accuracy",
        "address_accuracy",
        "city_accuracy",
        "killed_exact",
        "killed_overlap",
        "injured_exact",
        "injured_overlap",
        "cue_f1",
        "content_token_f1",
        "source_token_f1",
        "relation_f1",
        "coref_precision",
        "coref_recall",
        "coref_f1",
        "wrong_merges",
        "names_found",
        "relaxed_f1",
        "strict_f1",
        "value_f1",
        "found_f1",
        "within_161km",
        "median_km",
    ];
    MAIN.iter()
        .filter_map(|name| outcome.metrics.get(*name).map(|figure| (*name, *figure)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Figure;

    #[test]
    fn the_page_names_command_version_and_data() {
        let row = Row {
            name: "gvdb".into(),
            command: "score gvdb DATA/x".into(),
            about: "Marks.",
            data: "00ff00ff".into(),
            outcome: Outcome::new(
                "gvdb",
                3,
                &[("city_accuracy", Figure::share(1, 3))],
                Vec::new(),
            ),
        };
        let page = page(&[row]);
        assert!(
            page.contains("| gvdb | 3 | city_accuracy 0.3333 |"),
            "{page}"
        );
        assert!(
            page.contains("    crossbearing score gvdb DATA/x\n"),
            "{page}"
        );
        assert!(page.contains("data 00ff00ff, 3 items"), "{page}");
    }
}
