//! The command `score`: arguments, and what is printed.
//!
//! What comes in: parsed arguments and two writers. What goes out: a table or one JSON object on the first, misses and
//! progress on the second; the exit status. It opens no terminal itself: the program hands it the writers.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use casebook::book::propose::{self, Model};
use clap::{Args, Subcommand};

use crate::{
    Engine, Miss, Options, Outcome, Progress, ScoreError, accounts, airwars, all, case, cis530p,
    coref, events, first_look, geo, gva, gvdb, lineage, polnear, tempeval,
};

/// Measures the program on labelled data.
#[derive(Args, Clone, Debug)]
pub struct ScoreArgs {
    /// The benchmark.
    #[command(subcommand)]
    pub benchmark: Benchmark,
    /// Print one JSON object.
    #[arg(long, global = true)]
    pub json: bool,
    /// Print the first N misses (20 without a number): what was expected, what was said, the words.
    #[arg(long, global = true, value_name = "N", num_args = 0..=1, default_missing_value = "20")]
    pub misses: Option<usize>,
    /// Print only misses of this field: `killed`, `date`, `speaker` ….
    #[arg(long, global = true, value_name = "FIELD")]
    pub field: Option<String>,
    /// Measure only the first N items.
    #[arg(long, global = true, value_name = "N")]
    pub limit: Option<usize>,
}

/// A benchmark and its files.
#[derive(Subcommand, Clone, Debug)]
pub enum Benchmark {
    /// A folder of reports with claims.jsonl and relations.jsonl.
    Case {
        /// The folder.
        dir: PathBuf,
    },
    /// Gun Violence Archive incidents, one JSON object a line.
    Gva {
        /// The file.
        file: PathBuf,
        /// Only incidents with exactly one report.
        #[arg(long, conflicts_with = "given")]
        single: bool,
        /// Take the incidents as the file gives them; without this all reports are one heap, and the incidents are to
        /// be found.
        #[arg(long)]
        given: bool,
        /// Seed of the order in which the heap is given.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
    /// Copies made of the reports of such a file, found again among the reports of their incident.
    Lineage {
        /// The file.
        file: PathBuf,
    },
    /// CIS 530 reports and their gold.
    Cis530p {
        /// Reports.
        x: PathBuf,
        /// Gold.
        y: PathBuf,
    },
    /// The same files: reports under several incidents, and whether each incident is an account.
    Accounts {
        /// Reports.
        x: PathBuf,
        /// Gold.
        y: PathBuf,
    },
    /// Gun Violence Database reports, one JSON object a line.
    Gvdb {
        /// The file.
        file: PathBuf,
    },
    /// Which words are one person or body: MUC-4 in the five-role form, or Gun Violence Archive incidents, one JSON
    /// object a line.
    Coref {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Airwars assessments, one JSON object a line.
    Airwars {
        /// The file.
        file: PathBuf,
    },
    /// PolNeAR: a folder with text/ and attributions/.
    Polnear {
        /// The folder.
        dir: PathBuf,
    },
    /// TempEval-3: a folder of TimeML files.
    Tempeval {
        /// The folder.
        dir: PathBuf,
    },
    /// Place names: LGL or GeoVirus XML.
    Geo {
        /// The file.
        file: PathBuf,
    },
    /// What the first look spares and loses: files of GVA incidents, folders of PolNeAR.
    FirstLook {
        /// The files and folders.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Large events told by several outlets: one folder an event, with reports, claims.jsonl and event.json.
    Events {
        /// The folder of events.
        dir: PathBuf,
        /// Only events whose folder's name begins so; may be given several times.
        #[arg(long, value_name = "PREFIX")]
        only: Vec<String>,
        /// Also measure what a language model at this address proposes, as if all of it were taken: the texts are sent
        /// there.
        #[arg(long, value_name = "URL", requires = "model")]
        propose: Option<String>,
        /// That model, as the service calls it.
        #[arg(long, value_name = "NAME", requires = "propose")]
        model: Option<String>,
        /// Seconds that an answer of it may take.
        #[arg(long, value_name = "N", default_value_t = 120, requires = "propose")]
        seconds: u64,
    },
    /// Everything in the folder of labelled data, and the samples.
    All {
        /// The folder that holds bench/ and cases/.
        #[arg(long, value_name = "DIR")]
        shared: PathBuf,
        /// Rewrite this page with the figures, and scores.json beside it.
        #[arg(long, value_name = "FILE")]
        write: Option<PathBuf>,
        /// The folder of samples.
        #[arg(long, value_name = "DIR", default_value = "samples")]
        samples: PathBuf,
    },
}

/// Runs the command; data goes to `out`, messages to `err`, progress to `err` when `terminal`. Returns the exit status:
/// 0 done, 1 failed.
pub fn run(
    args: &ScoreArgs,
    out: &mut dyn Write,
    err: &mut (dyn Write + Send),
    terminal: bool,
) -> u8 {
    let result = work(args, out, err, terminal);
    if terminal {
        let _ = write!(err, "\r\x1b[K");
    }
    match result {
        Ok(()) => 0,
        Err(error) => {
            let _ = writeln!(err, "error: {error}");
            1
        }
    }
}

fn work(
    args: &ScoreArgs,
    out: &mut dyn Write,
    err: &mut (dyn Write + Send),
    terminal: bool,
) -> Result<(), ScoreError> {
    let engine = Engine::load()?;
    let model = model(&args.benchmark)?;
    if let Some(model) = &model {
        let where_to = match model.is_here() {
            true => "stay on this machine",
            false => "leave this machine",
        };
        let (name, host) = (model.name(), model.host());
        let _ = writeln!(err, "texts of reports {where_to}, for {name} at {host}");
    }
    let outcomes = {
        let screen = std::sync::Mutex::new(&mut *err);
        let draw = |progress: Progress| {
            // Nothing is drawn for what is over at once.
            if progress.elapsed.as_millis() > 250
                && let Ok(mut screen) = screen.lock()
            {
                let _ = write!(screen, "\r\x1b[K{}", progress.line("scoring"));
                let _ = screen.flush();
            }
        };
        let options = Options {
            limit: args.limit,
            progress: terminal.then_some(&draw as &(dyn Fn(Progress) + Sync)),
        };
        match &args.benchmark {
            Benchmark::Case { dir } => vec![case::score(dir, &engine)?],
            Benchmark::Gva {
                file,
                single,
                given,
                seed,
            } => {
                let mode = match (single, given) {
                    (true, _) => gva::Mode::Single,
                    (_, true) => gva::Mode::Given,
                    _ => gva::Mode::Heap(*seed),
                };
                vec![gva::score(file, mode, &engine, &options)?]
            }
            Benchmark::Lineage { file } => vec![lineage::score(file, &options)?],
            Benchmark::Cis530p { x, y } => vec![cis530p::score(x, y, &engine, &options)?],
            Benchmark::Accounts { x, y } => vec![accounts::score(x, y, &engine, &options)?],
            Benchmark::Gvdb { file } => vec![gvdb::score(file, &engine, &options)?],
            Benchmark::Coref { files } => vec![coref::score(files, &engine, &options)?],
            Benchmark::Airwars { file } => vec![airwars::score(file, &engine, &options)?],
            Benchmark::Polnear { dir } => vec![polnear::score(dir, &engine, &options)?],
            Benchmark::Tempeval { dir } => vec![tempeval::score(dir, &engine, &options)?],
            Benchmark::Geo { file } => vec![geo::score(file, &engine, &options)?],
            Benchmark::FirstLook { paths } => {
                vec![first_look::score(paths, &engine, &options)?]
            }
            Benchmark::Events { dir, only, .. } => match &model {
                Some(model) => events::score_proposed(dir, only, &engine, &options, model)?,
                None => vec![events::score(dir, only, &engine, &options)?],
            },
            Benchmark::All {
                shared,
                samples,
                write,
            } => {
                let measure = |extent| all::run(shared, samples, &engine, &options, extent);
                let rows = measure(all::Extent::Whole)?;
                if let Some(path) = write {
                    let subset = measure(all::Extent::Subset)?;
                    write_file(path, &all::page(&rows))?;
                    let figures = all::json(&rows, &subset);
                    write_file(&path.with_file_name("scores.json"), &figures)?;
                }
                rows.into_iter().map(|row| row.outcome).collect()
            }
        }
    };
    if terminal {
        let _ = write!(err, "\r\x1b[K");
    }
    for outcome in &outcomes {
        let text = if args.json {
            serde_json::to_string(outcome).unwrap_or_default() + "\n"
        } else {
            table(outcome)
        };
        let _ = out.write_all(text.as_bytes());
        if let Some(most) = args.misses {
            let page = misses(outcome, most, args.field.as_deref());
            let _ = if args.json {
                err.write_all(page.as_bytes())
            } else {
                out.write_all(page.as_bytes())
            };
        }
    }
    Ok(())
}

/// The language model that is to propose, where one is named.
fn model(benchmark: &Benchmark) -> Result<Option<Model>, ScoreError> {
    let Benchmark::Events {
        propose: Some(url),
        model: Some(name),
        seconds,
        ..
    } = benchmark
    else {
        return Ok(None);
    };
    let key = std::env::var(propose::KEY).ok();
    let time = std::time::Duration::from_secs(*seconds);
    Model::new(url, name, key, time, env!("CARGO_PKG_VERSION"))
        .map(Some)
        .map_err(|error| ScoreError::Asking(error.to_string()))
}

fn write_file(path: &Path, text: &str) -> Result<(), ScoreError> {
    std::fs::write(path, text).map_err(|source| ScoreError::Write {
        path: path.to_owned(),
        source,
    })
}

/// The figures of an outcome, one a line.
pub fn table(outcome: &Outcome) -> String {
    let mut text = format!(
        "{}, {} items, version {}\n",
        outcome.benchmark, outcome.n, outcome.version
    );
    let width = outcome.metrics.keys().map(String::len).max().unwrap_or(0);
    for (name, figure) in &outcome.metrics {
        text.push_str(&format!("  {name:width$}  {figure:>8}\n"));
    }
    text
}

/// The first `most` misses of a field, or of all.
fn misses(outcome: &Outcome, most: usize, field: Option<&str>) -> String {
    let wanted: Vec<&Miss> = outcome
        .misses
        .iter()
        .filter(|miss| field.is_none_or(|field| miss.field.starts_with(field)))
        .collect();
    let mut text = format!("\n{} of {} misses\n", most.min(wanted.len()), wanted.len());
    for miss in wanted.into_iter().take(most) {
        text.push_str(&format!(
            "- {} {}: expected {:?}, said {:?}\n",
            miss.item, miss.field, miss.expected, miss.said
        ));
        if !miss.words.is_empty() {
            text.push_str(&format!("    {}\n", miss.words));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::Figure;

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        score: ScoreArgs,
    }

    #[test]
    fn flags_stand_before_or_after_the_benchmark() {
        let args =
            Program::try_parse_from(["p", "gva", "x.jsonl", "--single", "--misses", "--json"])
                .unwrap()
                .score;
        assert_eq!((args.misses, args.json, args.limit), (Some(20), true, None));
        assert!(matches!(
            args.benchmark,
            Benchmark::Gva { single: true, .. }
        ));
        let args = Program::try_parse_from(["p", "--limit", "5", "case", "dir", "--misses", "3"])
            .unwrap()
            .score;
        assert_eq!((args.misses, args.limit), (Some(3), Some(5)));
    }

    #[test]
    fn a_table_and_its_misses() {
        let miss = |field: &str| Miss {
            item: "a1".into(),
            field: field.into(),
            expected: "2".into(),
            said: "3".into(),
            words: "three".into(),
        };
        let outcome = Outcome::new(
            "case",
            2,
            &[("claims_found", Figure::Count(1)), ("x", Figure::Real(0.5))],
            vec![miss("killed"), miss("date")],
        );
        assert_eq!(
            table(&outcome),
            format!(
                "case, 2 items, version {}\n  claims_found         1\n  x               0.5000\n",
                env!("CARGO_PKG_VERSION")
            )
        );
        assert_eq!(
            misses(&outcome, 5, Some("date")),
            "\n1 of 1 misses\n- a1 date: expected \"2\", said \"3\"\n    three\n"
        );
    }
}
