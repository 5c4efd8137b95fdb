//! Every benchmark in one run, and the page `SCORES.md`.
//!
//! What comes in: the folder of labelled data (`bench/`, `cases/`) and the samples. What goes out: a row a benchmark, each with the command that
//! makes it, and the page. What is not there is left out of the page with a word, never with an old figure.

use std::path::{Path, PathBuf};

use model::content_hash;

use crate::{
    Engine, Options, Outcome, ScoreError, accounts, airwars, case, cis530p, coref, events,
    first_look, geo, gva, gvdb, lineage,
    manifest::{self, Manifest},
    polnear, tempeval,
};

/// One benchmark of the page.
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

/// Runs all that is there.
///
/// # Errors
/// If nothing is there, or a file that is there cannot be read.
pub fn run(
    shared: &Path,
    samples: &Path,
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Vec<Row>, ScoreError> {
    let bench = shared.join("bench");
    let mut rows = Vec::new();
    let mut add = |name: String,
                   command: String,
                   about: &'static str,
                   files: &[PathBuf],
                   score: &dyn Fn() -> Result<Outcome, ScoreError>|
     -> Result<(), ScoreError> {
        if files.iter().all(|path| path.exists()) {
            let data = data_hash(files)?;
            rows.push(Row {
                name,
                command,
                about,
                data,
                outcome: score()?,
            });
        }
        Ok(())
    };
    for dir in folders(samples)?
        .into_iter()
        .chain(folders(&shared.join("cases"))?)
    {
        let sample = dir.starts_with(samples);
        let name = dir
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let (heading, command, about) = if sample {
            (
                format!("sample {name}"),
                format!("score case samples/{name}"),
                "Claims and relations a careful reader finds in a sample; written by the people who wrote the program's samples.",
            )
        } else {
            (
                format!("case {name}"),
                format!("score case DATA/cases/{name}"),
                "Claims and relations a careful reader finds in real articles on one incident.",
            )
        };
        add(
            heading,
            command,
            about,
            &[dir.join("claims.jsonl")],
            &|| case::score(&dir, engine),
        )?;
    }
    let file = |path: &str| bench.join(path);
    let path = file("events");
    add(
        "events".into(),
        "score events DATA/bench/events".into(),
        "Large events of many kinds, each told by several outlets (invented texts after the pattern of real coverage): claims, each report's own toll, the figures at the top, disputes, date and place; and all reports in one heap, without and with a twin of each event in another town.",
        std::slice::from_ref(&path),
        &|| events::score(&path, &[], engine, options),
    )?;
    let (x, y) = (file("cis530p/X_val.json"), file("cis530p/y_val.json"));
    add(
        "cis530p".into(),
        "score cis530p DATA/bench/cis530p/X_val.json DATA/bench/cis530p/y_val.json".into(),
        "One local news report: killed, injured, date and street address, exact match.",
        &[x.clone(), y.clone()],
        &|| cis530p::score(&x, &y, engine, options),
    )?;
    let (x, y) = (file("cis530p/X_train.json"), file("cis530p/y_train.json"));
    add(
        "accounts".into(),
        "score accounts DATA/bench/cis530p/X_train.json DATA/bench/cis530p/y_train.json".into(),
        "Reports filed under several incidents: how often an account has the incident's street, and its killed, injured and day.",
        &[x.clone(), y.clone()],
        &|| accounts::score(&x, &y, engine, options),
    )?;
    let path = file("gva/dev.jsonl");
    if path.exists() {
        let [single, given, heap] = gva::all(&path, engine, options)?;
        add(
            "gva, one report".into(),
            "score gva --single DATA/bench/gva/dev.jsonl".into(),
            "Shooting incidents with exactly one report: killed, injured, date and town, exact match.",
            std::slice::from_ref(&path),
            &|| Ok(single.clone()),
        )?;
        add(
            "gva, reports given".into(),
            "score gva --given DATA/bench/gva/dev.jsonl".into(),
            "All shooting incidents on their own reports (the grouping is given), with baselines that take one report or the majority.",
            std::slice::from_ref(&path),
            &|| Ok(given.clone()),
        )?;
        add(
            "gva, one heap".into(),
            "score gva DATA/bench/gva/dev.jsonl".into(),
            "All reports in one heap, shuffled: incidents found (B-cubed over reports; the linker's weights were learned on this part), then the facts of each.",
            std::slice::from_ref(&path),
            &|| Ok(heap.clone()),
        )?;
    }
    let path = file("gva/dev.jsonl");
    add(
        "lineage".into(),
        "score lineage DATA/bench/gva/dev.jsonl".into(),
        "Copies made of shooting reports (cut, reordered, a new headline, words changed), found again among the reports of their incident: those that keep half of their five-word runs or more, and a fifth to a half.",
        std::slice::from_ref(&path),
        &|| lineage::score(&path, options),
    )?;
    let path = file("gvdb/dev.json");
    add(
        "gvdb".into(),
        "score gvdb DATA/bench/gvdb/dev.json".into(),
        "Marked towns, places, weapons and victims' ages in shooting reports.",
        std::slice::from_ref(&path),
        &|| gvdb::score(&path, engine, options),
    )?;
    let path = file("airwars/gaza.dev.jsonl");
    add(
        "airwars gaza".into(),
        "score airwars DATA/bench/airwars/gaza.dev.jsonl".into(),
        "Assessments of strikes: killed and injured as ranges by the rule `airwars`, and the date.",
        std::slice::from_ref(&path),
        &|| airwars::score(&path, engine, options),
    )?;
    let path = file("airwars/syria.dev.jsonl");
    add(
        "airwars syria".into(),
        "score airwars DATA/bench/airwars/syria.dev.jsonl".into(),
        "Strikes with the English texts they were coded from, reconciled together: ranges by the rule `airwars`.",
        std::slice::from_ref(&path),
        &|| airwars::score(&path, engine, options),
    )?;
    let path = file("polnear/dev");
    add(
        "polnear".into(),
        "score polnear DATA/bench/polnear/dev".into(),
        "Who says what in political news: cues, sources, contents and whole relations.",
        std::slice::from_ref(&path),
        &|| polnear::score(&path, engine, options),
    )?;
    for (name, path, command, about) in [
        (
            "coref MUC",
            file("muc/gtt/train.json"),
            "score coref DATA/bench/muc/gtt/train.json",
            "Perpetrators, organisations and victims of wire reports, as the key's strings name them: pairs that are one party. Capitals are put back by the adapter.",
        ),
        (
            "coref GVA",
            file("gva/dev.jsonl"),
            "score coref DATA/bench/gva/dev.jsonl",
            "Participants of shootings by full name and bare last name: pairs that are one party.",
        ),
    ] {
        add(
            name.into(),
            command.into(),
            about,
            std::slice::from_ref(&path),
            &|| coref::score(std::slice::from_ref(&path), engine, options),
        )?;
    }
    let path = file("tempeval/TBAQ-cleaned");
    add(
        "tempeval".into(),
        "score tempeval DATA/bench/tempeval/TBAQ-cleaned".into(),
        "Time expressions: extents and TIMEX3 values (TempEval-3, TBAQ).",
        std::slice::from_ref(&path),
        &|| tempeval::score(&path, engine, options),
    )?;
    for (name, path, command) in [
        (
            "geo LGL",
            file("geo/lgl.xml"),
            "score geo DATA/bench/geo/lgl.xml",
        ),
        (
            "geo GeoVirus",
            file("geo/GeoVirus.xml"),
            "score geo DATA/bench/geo/GeoVirus.xml",
        ),
    ] {
        add(
            name.into(),
            command.into(),
            "Place names in news and where they are.",
            std::slice::from_ref(&path),
            &|| geo::score(&path, engine, options),
        )?;
    }
    let paths = [
        file("gva/dev.jsonl"),
        file("polnear/dev"),
        file("polnear/train"),
    ];
    add(
        "first look".into(),
        "score first-look DATA/bench/gva/dev.jsonl DATA/bench/polnear/dev DATA/bench/polnear/train"
            .into(),
        "Reports that the first look spares the reader, and those with a casualty claim that it loses by that.",
        &paths,
        &|| first_look::score(&paths, engine, options),
    )?;
    if rows.is_empty() {
        return Err(ScoreError::Empty {
            path: shared.to_owned(),
            hint: "the folder holds bench/ and cases/".into(),
        });
    }
    Ok(rows)
}

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
    for path in &all {
        let bytes = std::fs::read(path).map_err(ScoreError::read(path))?;
        parts.push(content_hash(&[&bytes]));
    }
    let parts: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
    Ok(content_hash(&parts)[..8].to_owned())
}

/// The page `SCORES.md`.
pub fn page(rows: &[Row]) -> String {
    let mut text = String::from(
        "# Scores\n\n\
         Written by `make score`; do not edit by hand. Every figure is what the program said against labels it is not given, by the metric of the\n\
         benchmark's own scorer (the module of each adapter in `crates/score` says which). Shares are 0–1, counts whole numbers. `DATA` is the folder of labelled data, which is\n\
         no part of this project: the news texts belong to their publishers. These are development parts: the rules were written with\n\
         some of their misses in view, so expect a little less elsewhere. The samples were written for this project and flatter it.\n\n",
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
