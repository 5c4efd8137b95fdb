//! Learns the weights that date a report's happening: `crates/reader/data/when.txt`.
//!
//!     cargo run --release -p crossbearing-score --example train_when -- --gva DATA/bench/gva/dev.jsonl \
//!         --cis DATA/bench/cis530p/X_train.json DATA/bench/cis530p/y_train.json \
//!         --airwars DATA/bench/airwars/gaza.dev.jsonl --check DATA/bench/cis530p/X_val.json DATA/bench/cis530p/y_val.json \
//!         --out crates/reader/data/when.txt
//!
//! A conditional logit over the days of each report: the share of the day that is right is raised, all candidates of a day together,
//! with a ridge penalty that grows with a feature's frequency, by full-batch AdaGrad from zero; no chance is involved. Before the weights are written from all reports, the share of
//! reports dated right is measured with each report left out together with all of its incident (five folds).

use std::{
    collections::{BTreeMap, HashMap},
    io::Write,
    path::PathBuf,
};

use clap::Parser;
use jiff::civil::Date;
use reader::claims::when::{Candidate, Feature, Weights, choose};
use serde_json::Value;

#[derive(Parser)]
struct Arguments {
    /// Incidents with their reports.
    #[arg(long)]
    gva: PathBuf,
    /// Reports and their gold.
    #[arg(long, num_args = 2)]
    cis: Vec<PathBuf>,
    /// Assessments of strikes, which have no publication date.
    #[arg(long)]
    airwars: Option<PathBuf>,
    /// Reports and their gold that are only measured on.
    #[arg(long, num_args = 2)]
    check: Vec<PathBuf>,
    /// Where the weights go.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Where the candidates go as JSON lines, to look at.
    #[arg(long)]
    dump: Option<PathBuf>,
    /// Ridge penalty a report, of a feature as frequent as the median one.
    #[arg(long, default_value_t = 3e-3)]
    ridge: f64,
    /// Steps.
    #[arg(long, default_value_t = 400)]
    steps: usize,
}

/// A report with its candidates.
struct Example {
    set: &'static str,
    fold: usize,
    name: String,
    gold: Date,
    candidates: Vec<Candidate>,
}

const FOLDS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let engine = score::Engine::load()?;
    let mut jobs: Vec<(&'static str, usize, String, Date, String)> = Vec::new();
    for (index, line) in std::fs::read_to_string(&arguments.gva)?.lines().enumerate() {
        let item: Value = serde_json::from_str(line)?;
        let Ok(gold) = Date::strptime("%B %d, %Y", item["gold"]["date"].as_str().unwrap_or(""))
        else {
            continue;
        };
        let reports = item["reports"].as_array().cloned().unwrap_or_default();
        let set = if reports.len() == 1 {
            "gva, one report"
        } else {
            "gva, more"
        };
        for report in &reports {
            let of = |key: &str| {
                report[key]
                    .as_str()
                    .unwrap_or("")
                    .replace(['\n', '\r'], " ")
            };
            let text = format!(
                "Title: {}\nPublished: {}\nURL: {}\n\n{}",
                of("title"),
                of("published"),
                of("url"),
                report["text"].as_str().unwrap_or("")
            );
            jobs.push((
                set,
                index % FOLDS,
                format!("{index}/{}", of("id")),
                gold,
                text,
            ));
        }
    }
    for (set, files) in [("cis530p", &arguments.cis), ("check", &arguments.check)] {
        let [x, y] = files.as_slice() else { continue };
        let xs: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(x)?)?;
        let ys: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(y)?)?;
        for (index, (x, y)) in xs.iter().zip(&ys).enumerate() {
            let Ok(gold) = y["shooting_date"].as_str().unwrap_or("").parse() else {
                continue;
            };
            let text = format!(
                "Published: {}\n\n{}",
                x["publish_date"].as_str().unwrap_or(""),
                x["text"].as_str().unwrap_or("")
            );
            jobs.push((set, index % FOLDS, index.to_string(), gold, text));
        }
    }
    if let Some(path) = &arguments.airwars {
        for (index, (gold, body)) in score::airwars::dated(path)?.into_iter().enumerate() {
            jobs.push((
                "airwars",
                index % FOLDS,
                index.to_string(),
                gold,
                format!("\n{body}"),
            ));
        }
    }
    let examples = read(&engine, &jobs);
    eprintln!("{} reports read", examples.len());
    if let Some(path) = &arguments.dump {
        dump(path, &examples)?;
    }
    let of = |keep: &dyn Fn(&Example) -> bool| -> Vec<&Example> {
        examples.iter().filter(|e| keep(e)).collect()
    };
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for fold in 0..FOLDS {
        let weights = train(&of(&|e| e.fold != fold && e.set != "check"), &arguments);
        measure(
            &of(&|e| e.fold == fold && e.set != "check"),
            &weights,
            &mut tally,
        );
    }
    let weights = train(&of(&|e| e.set != "check"), &arguments);
    measure(&of(&|e| e.set == "check"), &weights, &mut tally);
    let mut figures = String::new();
    for (set, (right, all)) in &tally {
        let line = format!(
            "{set}: {right} of {all} = {:.4}\n",
            *right as f64 / *all as f64
        );
        eprint!("{line}");
        figures.push_str(&format!("# {line}"));
    }
    if let Some(path) = &arguments.out {
        let mut lines: Vec<(Feature, f32)> = weights
            .into_iter()
            .filter(|(_, weight)| weight.abs() >= 0.02)
            .collect();
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        let mut text = String::from(
            "# Weights that date a report's happening: what was looked at, what was seen, what with it, weight.\n\
             # Written by `cargo run --release -p crossbearing-score --example train_when`; do not edit by hand.\n\
             # Share of reports dated right, each left out of training with its incident (the last set never trained on):\n",
        );
        text.push_str(&figures);
        for ([a, b, c], weight) in lines {
            text.push_str(&format!("{a} {b} {c} {weight:.3}\n"));
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

fn read(
    engine: &score::Engine,
    jobs: &[(&'static str, usize, String, Date, String)],
) -> Vec<Example> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let done = std::sync::Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some((set, fold, name, gold, text)) = jobs.get(at) else {
                        break;
                    };
                    let Some(candidates) = engine.days(text) else {
                        continue;
                    };
                    let example = Example {
                        set,
                        fold: *fold,
                        name: name.clone(),
                        gold: *gold,
                        candidates,
                    };
                    done.lock().expect("a worker panicked").push((at, example));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("a worker panicked");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, example)| example).collect()
}

fn dump(path: &PathBuf, examples: &[Example]) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for example in examples {
        let candidates: Vec<Value> = example
            .candidates
            .iter()
            .map(|one| {
                let features: Vec<String> = one.features.iter().map(|f| f.join(" ")).collect();
                serde_json::json!({"day": one.day.to_string(), "coarse": one.coarse, "basis": format!("{:?}", one.basis), "features": features})
            })
            .collect();
        let line = serde_json::json!({"set": example.set, "fold": example.fold, "name": example.name, "gold": example.gold.to_string(), "candidates": candidates});
        writeln!(out, "{line}")?;
    }
    out.flush()
}

fn measure(
    examples: &[&Example],
    weights: &HashMap<Feature, f32>,
    tally: &mut BTreeMap<&'static str, (usize, usize)>,
) {
    let weights = Weights::of(weights.iter().map(|(feature, weight)| (*feature, *weight)));
    for example in examples {
        let right = choose(&example.candidates, &weights)
            .is_some_and(|chosen| example.candidates[chosen.at].day == example.gold);
        let counts = tally.entry(example.set).or_default();
        counts.0 += usize::from(right);
        counts.1 += 1;
    }
}

/// Features that stand in fewer reports than this are left out.
const FEWEST: usize = 4;

/// Features that decide by themselves though few reports have them; their penalty is less by [`LOOSE`].
const DECISIVE: &[&str] = &[
    "form",
    "part",
    "ago",
    "ago-form",
    "limit",
    "limit-by",
    "day-hour",
    "night-hour",
    "part-hour",
];
const LOOSE: f64 = 0.3;
/// Power of a feature's frequency by which its penalty grows: what is rare may weigh more, since it decides where it stands.
const BY_FREQUENCY: f64 = 0.25;

/// The ridge penalty of each feature, by its name and the candidates that have it.
fn penalties(names: &[Feature], counts: &[usize], ridge: f64) -> Vec<f64> {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(1).max(1) as f64;
    let one = |(name, count): (&Feature, &usize)| {
        let loose = if DECISIVE.contains(&name[0]) {
            LOOSE
        } else {
            1.0
        };
        ridge * loose * (*count as f64 / median).powf(BY_FREQUENCY)
    };
    names.iter().zip(counts).map(one).collect()
}

fn train(examples: &[&Example], arguments: &Arguments) -> HashMap<Feature, f32> {
    let mut seen: BTreeMap<Feature, usize> = BTreeMap::new();
    for example in examples {
        let mut mine: Vec<Feature> = example
            .candidates
            .iter()
            .flat_map(|one| one.features.iter().copied())
            .collect();
        mine.sort();
        mine.dedup();
        for feature in mine {
            *seen.entry(feature).or_default() += 1;
        }
    }
    let names: Vec<Feature> = seen
        .into_iter()
        .filter(|(_, n)| *n >= FEWEST)
        .map(|(name, _)| name)
        .collect();
    let index: HashMap<Feature, usize> = names
        .iter()
        .enumerate()
        .map(|(i, name)| (*name, i))
        .collect();
    // Per report, per candidate: its day's number, whether that is right, its features.
    let mut reports: Vec<Vec<(usize, bool, Vec<usize>)>> = Vec::new();
    for example in examples {
        let mut days: Vec<(Date, bool)> = Vec::new();
        let mut rows = Vec::new();
        for one in &example.candidates {
            let key = (one.day, one.coarse);
            let day = days.iter().position(|day| *day == key).unwrap_or_else(|| {
                days.push(key);
                days.len() - 1
            });
            let features = one
                .features
                .iter()
                .filter_map(|f| index.get(f).copied())
                .collect();
            rows.push((day, one.day == example.gold && !one.coarse, features));
        }
        if rows.iter().any(|row: &(usize, bool, Vec<usize>)| row.1) && days.len() > 1 {
            reports.push(rows);
        }
    }
    let mut counts = vec![0; names.len()];
    for &feature in reports.iter().flatten().flat_map(|row| &row.2) {
        counts[feature] += 1;
    }
    let penalties = penalties(&names, &counts, arguments.ridge);
    let n = reports.len().max(1) as f64;
    let mut weights = vec![0.0f64; names.len()];
    let mut squares = vec![1e-8f64; names.len()];
    let mut gradient = vec![0.0f64; names.len()];
    for _ in 0..arguments.steps {
        for ((g, w), penalty) in gradient.iter_mut().zip(&weights).zip(&penalties) {
            *g = -penalty * w;
        }
        for rows in &reports {
            let scores: Vec<f64> = rows
                .iter()
                .map(|row| row.2.iter().map(|&f| weights[f]).sum())
                .collect();
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let all: f64 = scores.iter().map(|s| (s - top).exp()).sum();
            let good: f64 = scores
                .iter()
                .zip(rows)
                .filter(|(_, row)| row.1)
                .map(|(s, _)| (s - top).exp())
                .sum();
            for (score, row) in scores.iter().zip(rows) {
                let e = (score - top).exp();
                let mut slope = -e / all;
                if row.1 && good > 0.0 {
                    slope += e / good;
                }
                for &f in &row.2 {
                    gradient[f] += slope / n;
                }
            }
        }
        for ((w, g), s) in weights.iter_mut().zip(&gradient).zip(&mut squares) {
            *s += g * g;
            *w += 0.1 * g / s.sqrt();
        }
    }
    names
        .into_iter()
        .zip(weights.into_iter().map(|w| w as f32))
        .collect()
}
