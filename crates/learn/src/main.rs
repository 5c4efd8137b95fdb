//! Makes the weights of reader and linker again from labelled data.
//!
//! Comes in: the benchmark folder, and the events of this repository. Goes out: files of weights below `--out`, held
//! against those that ship, with what they earn on reports that trained none of them; with `--adopt` they take their
//! places, `weights/manifest.toml` says so, and the table of `SCORES.md` with it. A stage reads with the weights that
//! are compiled in, those of the stages before it too: `make train` runs all of them in order and builds between.

mod data;
mod error;
mod heaps;
mod manifest;
mod optim;
mod stages;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use clap::{Parser, Subcommand};
use error::Error;
use score::manifest::{File, HeldOut, Manifest};
use stages::{
    Job, Made, ORDER, Stage, attribution, judge, link, report_toll, segments, toll, towns, tune,
    when,
};

#[derive(Parser)]
#[command(
    name = "crossbearing-learn",
    about = "Makes the weights of reader and linker again from labelled data"
)]
struct Arguments {
    #[command(subcommand)]
    what: What,
    /// The benchmark folder
    #[arg(long, global = true, default_value = "../shared/bench")]
    data: PathBuf,
    /// Where files go
    #[arg(long, global = true, default_value = "target/learn")]
    out: PathBuf,
    /// Keep what was read in this folder, or take it from there; remove it when the reader has changed
    #[arg(long, global = true)]
    keep: Option<PathBuf>,
    /// Put the files in their places and write manifest and scores
    #[arg(long, global = true)]
    adopt: bool,
}

#[derive(Subcommand)]
enum What {
    /// Who says what: cue words, spans, sentences that run on
    Attribution(attribution::Settings),
    /// Where a report begins to tell of another incident
    Segments(segments::Settings),
    /// The day of the incident
    When(when::Settings),
    /// The killed and the injured of a report of a shooting
    ReportToll(report_toll::Settings),
    /// The town, and the mention that stands for it
    Towns(towns::Settings),
    /// The linear judge of candidates, and what the encoder is tuned on
    JudgeLinear(judge::Settings),
    /// The encoder's upper layers (needs JAX)
    JudgeEncoder(tune::Settings),
    /// Which number is a report's own figure
    JudgeToll(toll::Settings),
    /// Which reports are on one incident
    Link(link::Settings),
    /// All of them, in order, with the weights that are compiled in; writes beside, adopts nothing
    All,
    /// The names of the stages, in order
    List,
}

/// Default settings of a stage.
#[derive(Parser)]
struct Alone<S: clap::Args> {
    #[command(flatten)]
    settings: S,
}

fn plain<S: clap::Args + Stage + 'static>() -> Box<dyn Run> {
    Box::new(Alone::<S>::parse_from(["stage"]).settings)
}

/// A stage whose settings may be of any kind.
trait Run {
    fn name(&self) -> &'static str;
    fn run(&self, job: &Job) -> Result<Option<Made>, Error>;
    fn settings(&self) -> BTreeMap<String, toml::Value>;
}

impl<S: Stage> Run for S {
    fn name(&self) -> &'static str {
        Stage::name(self)
    }

    fn run(&self, job: &Job) -> Result<Option<Made>, Error> {
        Stage::run(self, job)
    }

    fn settings(&self) -> BTreeMap<String, toml::Value> {
        let values = serde_json::to_value(self).unwrap_or_default();
        let values = values.as_object().cloned().unwrap_or_default().into_iter();
        let value = |value: serde_json::Value| match value {
            serde_json::Value::Number(n) => match n.as_i64() {
                Some(n) => Some(toml::Value::Integer(n)),
                None => n.as_f64().map(toml::Value::Float),
            },
            serde_json::Value::String(words) => Some(toml::Value::String(words)),
            serde_json::Value::Bool(yes) => Some(toml::Value::Boolean(yes)),
            _ => None,
        };
        values
            .filter_map(|(name, one)| Some((name, value(one)?)))
            .collect()
    }
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("crossbearing-learn: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Error> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let stages: Vec<Box<dyn Run>> = match arguments.what {
        What::List => {
            println!("{}", ORDER.join("\n"));
            return Ok(());
        }
        What::All if arguments.adopt => {
            return Err(
                "a stage reads with the weights that are compiled in: `make train` builds between"
                    .into(),
            );
        }
        What::All => vec![
            plain::<attribution::Settings>(),
            plain::<segments::Settings>(),
            plain::<when::Settings>(),
            plain::<report_toll::Settings>(),
            plain::<towns::Settings>(),
            plain::<judge::Settings>(),
            plain::<tune::Settings>(),
            plain::<toll::Settings>(),
            plain::<link::Settings>(),
        ],
        What::Attribution(stage) => vec![Box::new(stage)],
        What::Segments(stage) => vec![Box::new(stage)],
        What::When(stage) => vec![Box::new(stage)],
        What::ReportToll(stage) => vec![Box::new(stage)],
        What::Towns(stage) => vec![Box::new(stage)],
        What::JudgeLinear(stage) => vec![Box::new(stage)],
        What::JudgeEncoder(stage) => vec![Box::new(stage)],
        What::JudgeToll(stage) => vec![Box::new(stage)],
        What::Link(stage) => vec![Box::new(stage)],
    };
    if !arguments.data.is_dir() {
        return Err(format!(
            "no benchmark folder at {}: give --data DIR",
            arguments.data.display()
        )
        .into());
    }
    if let Some(keep) = &arguments.keep {
        std::fs::create_dir_all(keep)?;
    }
    let job = Job::new(arguments.data, repository, arguments.out, arguments.keep);
    for stage in stages {
        let name = stage.name();
        let begun = std::time::Instant::now();
        eprintln!("{name} …");
        let Some(made) = stage.run(&job)? else {
            continue;
        };
        compare(&job, name, &made)?;
        println!("{name}: {:.0} s", begun.elapsed().as_secs_f64());
        if arguments.adopt {
            adopt(&job, stage.as_ref(), made)?;
        }
    }
    Ok(())
}

/// Writes the files beside, and says how they and their figures differ from those that ship.
fn compare(job: &Job, name: &str, made: &Made) -> Result<(), Error> {
    for (path, bytes) in &made.files {
        let to = job.out.join(path);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&to, bytes)?;
        let shipped = std::fs::read(job.repository.join(path)).unwrap_or_default();
        println!("{name}: {path}: {}", difference(&shipped, bytes));
    }
    let manifest = Manifest::read(&std::fs::read_to_string(
        job.repository.join(manifest::PATH),
    )?)?;
    let known: Vec<&HeldOut> = manifest
        .stage
        .iter()
        .filter(|stage| stage.name == name)
        .flat_map(|stage| &stage.held_out)
        .collect();
    for HeldOut { what, n, value } in &made.held_out {
        let before = known.iter().find(|row| row.what == *what);
        let before = before.map_or("new".to_owned(), |row| format!("shipped {}", row.value));
        println!("{name}: {what}: {value} of {n} ({before})");
    }
    Ok(())
}

/// In what one file differs from another.
fn difference(shipped: &[u8], made: &[u8]) -> String {
    if shipped == made {
        return "the bytes that ship".to_owned();
    }
    match (std::str::from_utf8(shipped), std::str::from_utf8(made)) {
        (Ok(shipped), Ok(made)) => {
            let lines = |text: &'_ str| {
                text.lines()
                    .map(str::to_owned)
                    .collect::<std::collections::BTreeSet<_>>()
            };
            let (shipped, made) = (lines(shipped), lines(made));
            let other = made.difference(&shipped).count();
            format!("{other} of {} lines differ", made.len())
        }
        _ if shipped.len() == made.len() => {
            let other = shipped.iter().zip(made).filter(|(a, b)| a != b).count();
            format!("{other} of {} bytes differ", made.len())
        }
        _ => format!("{} bytes, {} ship", made.len(), shipped.len()),
    }
}

/// Puts the files in their places, and their entry into the manifest.
fn adopt(job: &Job, stage: &dyn Run, made: Made) -> Result<(), Error> {
    let mut data = BTreeMap::new();
    for path in &made.data {
        let hash = score::all::data_hash(std::slice::from_ref(path))?;
        let below = path
            .strip_prefix(&job.data)
            .or_else(|_| path.strip_prefix(&job.repository));
        let name = below.unwrap_or(path).display().to_string();
        data.insert(name, hash);
    }
    let mut files = Vec::new();
    for (path, bytes) in &made.files {
        std::fs::write(job.repository.join(path), bytes)?;
        files.push(File {
            path: (*path).to_owned(),
            sha256: manifest::sha256(bytes),
            features: stages::features(path),
        });
    }
    let entry = score::manifest::Stage {
        name: stage.name().to_owned(),
        reader: commit(&job.repository),
        note: String::new(),
        settings: stage.settings(),
        data,
        held_out: made.held_out,
        file: files,
    };
    manifest::put(&job.repository, entry, &ORDER)
}

/// The commit of a repository, with a mark where files of the reader or below it differ from it.
fn commit(repository: &Path) -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .arg("-C")
            .arg(repository)
            .args(arguments)
            .output();
        output.ok().filter(|output| output.status.success())
    };
    let Some(head) = git(&["rev-parse", "--short=10", "HEAD"]) else {
        return "unknown".to_owned();
    };
    let rooms = [
        "model",
        "language",
        "encoder",
        "reader",
        "reconciler",
        "learn",
    ];
    let rooms: Vec<String> = rooms.iter().map(|room| format!("crates/{room}")).collect();
    let mut arguments = vec!["diff", "--quiet", "HEAD", "--"];
    arguments.extend(rooms.iter().map(String::as_str));
    let head = String::from_utf8_lossy(&head.stdout).trim().to_owned();
    if git(&arguments).is_some() {
        head
    } else {
        format!("{head} with changes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_of_every_stage_are_sound() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
        for name in ORDER {
            let parsed = Arguments::try_parse_from(["learn", name, "--data", "x"]);
            assert!(parsed.is_ok(), "{name}");
        }
        assert_eq!(plain::<when::Settings>().name(), when::NAME);
        assert!(!plain::<when::Settings>().settings().is_empty());
    }

    #[test]
    fn how_files_differ_is_told() {
        assert_eq!(difference(b"a\nb\n", b"a\nb\n"), "the bytes that ship");
        assert_eq!(difference(b"a\nb\n", b"a\nc\n"), "1 of 2 lines differ");
        assert_eq!(difference(&[255, 1], &[255, 2]), "1 of 2 bytes differ");
        assert_eq!(difference(&[255, 1], &[255]), "1 bytes, 2 ship");
    }
}
