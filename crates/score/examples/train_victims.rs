//! Trains the weights behind the killed and the injured of a report, and says what they earn on reports they have not seen.
//!
//! ```text
//! cargo run --release -p crossbearing-score --example train_victims -- \
//!     DATA/bench/gva/dev.jsonl DATA/bench/cis530p/X_train.json DATA/bench/cis530p/y_train.json \
//!     DATA/bench/cis530p/X_val.json DATA/bench/cis530p/y_val.json crates/reader/data/victims [--through]
//! ```
//!
//! Comes in: reports with two numbers each, killed and injured. Goes out: two classifiers of candidates and two judges of options, into the
//! folder given. The method: where the number is 0 no candidate counts; where it is more, the rules say at first which do, and the classifier
//! says it from then on (four rounds; the best candidate of a report always counts). The judges see scores of candidates by classifiers
//! that never saw the report (five folds; all reports of an incident, and reports that open alike, in one). What is printed is by folds, too:
//! nothing is measured on a report that it was trained on; cis530p's development part is in no fold and trains nothing. `--through` reads the
//! incidents with one report again, each by the weights of its fold, and measures what the whole program says of them.
//! The same data give the same weights, bit for bit.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use reader::{
    Input, Resources,
    claims::victims::{self, Sample, Weights},
    learned::{
        Linear,
        boost::{self, boost},
        hash,
        train::{Example, Settings, train},
        trees::Trees,
    },
};
use serde_json::Value;

/// Folds; the number after the last marks reports that train nothing.
const FOLDS: usize = 5;
/// Rounds of labelling and training.
const ROUNDS: usize = 4;

struct Source {
    name: String,
    /// `one`, `more` (reports on the incident), `cis`, `val`.
    part: &'static str,
    fold: usize,
    gold: [u64; 2],
    /// How much its numbers are believed: an early report of many may honestly say fewer.
    weight: f32,
    text: String,
}

struct Report {
    source: Source,
    sample: Sample,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [gva_path, x, y, x_val, y_val, out, rest @ ..] = args.as_slice() else {
        eprintln!("usage: train_victims GVA X_TRAIN Y_TRAIN X_VAL Y_VAL OUT [--through]");
        std::process::exit(2);
    };
    let engine = score::Engine::load().expect("the data directory; see `crossbearing doctor`");
    let mut sources = gva(Path::new(gva_path));
    sources.extend(cis(x, y, "cis"));
    sources.extend(cis(x_val, y_val, "val"));
    if let Some(step) = rest.iter().find_map(|arg| arg.strip_prefix("--step=")) {
        let step = step.parse().expect("a number");
        sources = sources.into_iter().step_by(step).collect();
    }
    let found = parallel(&sources, |source| sample(source, engine.resources()));
    let reports: Vec<Report> = sources
        .into_iter()
        .zip(found)
        .filter_map(|(source, sample)| {
            Some(Report {
                source,
                sample: sample?,
            })
        })
        .collect();
    eprintln!("{} reports", reports.len());

    // Classifiers by fold: the one for reports of fold f never saw them. The last saw all but the reports that train nothing.
    let work: Vec<(usize, usize)> = (0..2)
        .flat_map(|s| (0..=FOLDS).map(move |f| (s, f)))
        .collect();
    let mut classifiers: Vec<Linear> =
        parallel(&work, |&(slot, fold)| classifier(&reports, slot, fold));
    let scores: Vec<[Vec<f32>; 2]> = reports
        .iter()
        .map(|report| {
            [0, 1].map(|slot| {
                let classifier = &classifiers[slot * (FOLDS + 1) + report.source.fold];
                report
                    .sample
                    .features
                    .iter()
                    .map(|f| classifier.probability(f))
                    .collect()
            })
        })
        .collect();
    let options: Vec<Options> = reports
        .iter()
        .zip(&scores)
        .map(|(report, scores)| [0, 1].map(|slot| report.sample.options(slot, scores)))
        .collect();
    let mut judges: Vec<Trees> =
        parallel(&work, |&(slot, fold)| judge(&reports, &options, slot, fold));
    tell(&reports, &options, &judges);

    let by_fold = |fold: usize, classifiers: &[Linear], judges: &[Trees]| Weights {
        classifiers: [0, 1].map(|slot| classifiers[slot * (FOLDS + 1) + fold].clone()),
        judges: [0, 1].map(|slot| judges[slot * (FOLDS + 1) + fold].clone()),
    };
    if rest.iter().any(|arg| arg == "--through") {
        let weights: Vec<Weights> = (0..=FOLDS)
            .map(|fold| by_fold(fold, &classifiers, &judges))
            .collect();
        through(&reports, &weights, &engine);
    }
    let out = Path::new(out);
    for (slot, name) in [(1, "injured"), (0, "killed")] {
        let write = |ending: &str, bytes: Vec<u8>| {
            std::fs::write(out.join(format!("{name}.{ending}")), bytes)
                .expect("the folder of weights");
        };
        write(
            "lin",
            classifiers.remove(slot * (FOLDS + 1) + FOLDS).write(),
        );
        write("tre", judges.remove(slot * (FOLDS + 1) + FOLDS).write());
    }
}

/// Maps over items on all cores, results in order.
fn parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(BTreeMap::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed))
                    && let Some(item) = items.get(at)
                {
                    let result = work(item);
                    done.lock().expect("a worker panicked").insert(at, result);
                }
            });
        }
    });
    done.into_inner()
        .expect("a worker panicked")
        .into_values()
        .collect()
}

fn input(source: &Source) -> Input {
    Input {
        name: source.name.clone(),
        bytes: source.text.clone().into_bytes(),
        ..Input::default()
    }
}

fn sample(source: &Source, resources: &Resources) -> Option<Sample> {
    let extracted = reader::text::extract(&input(source)).ok()?;
    let read = reader::read::read(&extracted, resources);
    Some(victims::sample(&extracted, &read))
}

/// Whether a report trains the models of a fold.
fn trains(report: &Report, fold: usize) -> bool {
    report.source.fold != fold && report.source.fold < FOLDS
}

fn classifier(reports: &[Report], slot: usize, fold: usize) -> Linear {
    let reports: Vec<&Report> = reports
        .iter()
        .filter(|report| trains(report, fold))
        .collect();
    let mut counts: Vec<Vec<bool>> = reports
        .iter()
        .map(|report| {
            let said = report.sample.candidates.iter().map(|c| {
                let ruled = match slot {
                    0 => c.killed.is_some(),
                    _ => c.injured.is_some() && c.killed.is_none(),
                };
                report.source.gold[slot] > 0 && ruled && !c.other && c.n != Some(0)
            });
            said.collect()
        })
        .collect();
    let mut examples: Vec<Example> = reports
        .iter()
        .flat_map(|report| &report.sample.features)
        .map(|features| Example {
            features: features.clone(),
            class: 0,
            weight: 1.0,
        })
        .collect();
    let mut round = 1;
    loop {
        let labels = reports.iter().zip(&counts).flat_map(|(report, counts)| {
            counts.iter().map(move |yes| {
                let sure = *yes || report.source.gold[slot] == 0;
                (*yes, report.source.weight * if sure { 1.0 } else { 0.4 })
            })
        });
        for (example, (yes, weight)) in examples.iter_mut().zip(labels) {
            example.class = usize::from(yes);
            example.weight = weight;
        }
        let settings = Settings {
            rounds: if round == ROUNDS { 5 } else { 3 },
            ..Settings::default()
        };
        let model = train(&examples, settings);
        if round == ROUNDS {
            return model;
        }
        for (report, counts) in reports.iter().zip(&mut counts) {
            if report.source.gold[slot] == 0 {
                continue;
            }
            let scores: Vec<f32> = report
                .sample
                .features
                .iter()
                .map(|f| model.probability(f))
                .collect();
            let best = scores.iter().copied().fold(0.0, f32::max);
            for (counts, score) in counts.iter_mut().zip(scores) {
                *counts = score > 0.5 || score == best;
            }
        }
        round += 1;
    }
}

type Options = [Vec<(u64, Vec<f32>)>; 2];

fn judge(reports: &[Report], options: &[Options], slot: usize, fold: usize) -> Trees {
    let (mut rows, mut yes, mut weight) = (Vec::new(), Vec::new(), Vec::new());
    for (report, options) in reports.iter().zip(options) {
        if !trains(report, fold) {
            continue;
        }
        for (n, figures) in &options[slot] {
            rows.push(figures.clone());
            yes.push(*n == report.source.gold[slot]);
            weight.push(report.source.weight);
        }
    }
    boost(&rows, &yes, &weight, boost::Settings::default())
}

/// The option that a judge takes.
fn chosen(options: &[(u64, Vec<f32>)], judge: &Trees) -> u64 {
    options
        .iter()
        .map(|(n, figures)| (*n, judge.score(figures)))
        .fold(
            (0, f32::MIN),
            |best, option| if option.1 > best.1 { option } else { best },
        )
        .0
}

/// Prints, a part and slot: exact match, 0 or not 0, and how often the number was among the options.
fn tell(reports: &[Report], options: &[Options], judges: &[Trees]) {
    for part in ["one", "more", "cis", "val"] {
        for (slot, name) in ["killed", "injured"].iter().enumerate() {
            let mut sums = [0_usize; 4];
            for (report, options) in reports.iter().zip(options) {
                if report.source.part != part {
                    continue;
                }
                let gold = report.source.gold[slot];
                let said = chosen(
                    &options[slot],
                    &judges[slot * (FOLDS + 1) + report.source.fold],
                );
                sums[0] += usize::from(said == gold);
                sums[1] += usize::from((said == 0) == (gold == 0));
                sums[2] += usize::from(options[slot].iter().any(|(n, _)| *n == gold));
                sums[3] += 1;
            }
            let share = |n: usize| n as f64 / sums[3].max(1) as f64;
            println!(
                "{part} {name}: exact {:.4}, 0 or not {:.4}, among options {:.4}, of {}",
                share(sums[0]),
                share(sums[1]),
                share(sums[2]),
                sums[3]
            );
        }
    }
}

/// Reads incidents of one report, and reports that train nothing, again by the weights of their fold, and measures the dossiers.
fn through(reports: &[Report], weights: &[Weights], engine: &score::Engine) {
    for part in ["one", "val"] {
        let reports: Vec<&Report> = reports
            .iter()
            .filter(|report| report.source.part == part)
            .collect();
        let right = parallel(&reports, |report| {
            let extracted = reader::text::extract(&input(&report.source)).expect("read before");
            let read = reader::read::read(&extracted, engine.resources());
            let weights = &weights[report.source.fold];
            let reading = reader::claims::claim_by(extracted, &read, Some(weights));
            let facts = score::Facts::of(&engine.dossier(std::slice::from_ref(&reading)));
            let gold = report.source.gold;
            [
                facts.killed.unwrap_or(0) == gold[0],
                facts.injured.unwrap_or(0) == gold[1],
            ]
        });
        for (slot, name) in ["killed", "injured"].iter().enumerate() {
            let n = right.iter().filter(|right| right[slot]).count();
            println!(
                "{part} {name} through: {:.4}",
                n as f64 / right.len().max(1) as f64
            );
        }
    }
}

fn headed(title: &str, published: &str, url: &str, body: &str) -> String {
    let mut text = String::new();
    for (key, value) in [("Title", title), ("Published", published), ("URL", url)] {
        if !value.is_empty() {
            text.push_str(&format!("{key}: {}\n", value.replace(['\n', '\r'], " ")));
        }
    }
    text + "\n" + body
}

fn fold_of(name: &str) -> usize {
    (hash(name) % FOLDS as u64) as usize
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

fn gva(path: &Path) -> Vec<Source> {
    let text = std::fs::read_to_string(path).expect("the incidents");
    let mut out = Vec::new();
    for line in text.lines() {
        let incident: Value = serde_json::from_str(line).expect("one JSON object a line");
        let id = incident["incident"].as_str().unwrap_or_default();
        let reports = incident["reports"].as_array().expect("reports");
        for (i, report) in reports.iter().enumerate() {
            let field = |key: &str| report[key].as_str().unwrap_or("");
            let single = reports.len() == 1;
            out.push(Source {
                name: format!("{id}-{i}"),
                part: if single { "one" } else { "more" },
                fold: fold_of(id),
                gold: ["killed", "injured"].map(|key| number(&incident["gold"][key])),
                weight: if single { 1.0 } else { 0.8 },
                text: headed(
                    field("title"),
                    field("published"),
                    field("url"),
                    field("text"),
                ),
            });
        }
    }
    out
}

fn cis(x: &str, y: &str, part: &'static str) -> Vec<Source> {
    let read = |path: &str| -> Vec<Value> {
        serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("an array")
    };
    read(x)
        .iter()
        .zip(&read(y))
        .enumerate()
        .map(|(i, (x, y))| {
            let text = x["text"].as_str().unwrap_or_default();
            let opening: String = text
                .chars()
                .filter(|c| c.is_alphabetic())
                .take(60)
                .collect();
            Source {
                name: format!("{part}-{i}"),
                part,
                fold: if part == "val" {
                    FOLDS
                } else {
                    fold_of(&opening)
                },
                gold: ["n_killed", "n_injured"].map(|key| number(&y[key])),
                weight: 1.0,
                text: headed("", x["publish_date"].as_str().unwrap_or(""), "", text),
            }
        })
        .collect()
}
