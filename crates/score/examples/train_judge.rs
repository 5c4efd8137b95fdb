//! Trains the linear judge of candidates, and writes what the encoder's upper layers are tuned on.
//!
//!     cargo run --release -p crossbearing-score --example train_judge -- --events DATA/bench/events data/events \
//!         --out crates/reader/data/judge [--dump FILE] [--folds 3]
//!
//! An event is a folder of reports with the claims that a careful reader finds in them. A candidate is labelled with the claim whose quote
//! holds it and whose value it gives. With folds, every n-th event is left out in turn (by name, in order), weights are made from the others and
//! measured on it, and written to `OUT/fold-K`; the weights of all events go to `OUT`.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

use clap::Parser;
use model::{Bound, Slot};
use reader::{
    Input,
    claims::{
        judge::{self, CLASSES, Candidate, Form, SLOTS, STANCES, linear::Weights},
        passes, scenes,
    },
    learned::{
        Features, Linear,
        train::{Example, Settings, train},
    },
    text,
};
use score::Engine;
use serde_json::Value;

#[derive(Parser)]
struct Arguments {
    /// Folders of event folders.
    #[arg(long, num_args = 1..)]
    events: Vec<PathBuf>,
    /// Folders of events that are only trained on.
    #[arg(long, num_args = 0..)]
    also: Vec<PathBuf>,
    /// Reports of shootings and their gold, labelled by the rules, which are strong on them.
    #[arg(long, num_args = 2)]
    cis: Vec<PathBuf>,
    /// Incidents of shootings with their reports, labelled by the rules.
    #[arg(long)]
    gva: Option<PathBuf>,
    /// Assessments of strikes, labelled by the rules.
    #[arg(long)]
    airwars: Option<PathBuf>,
    /// How many reports of each of these are taken, evenly spread.
    #[arg(long, default_value_t = 150)]
    ruled: usize,
    /// Where the weights go.
    #[arg(long)]
    out: PathBuf,
    /// Where the labelled candidates go as JSON lines.
    #[arg(long)]
    dump: Option<PathBuf>,
    /// Parts that are left out in turn; 1 for none.
    #[arg(long, default_value_t = 3)]
    folds: usize,
    /// Times all examples are gone through.
    #[arg(long, default_value_t = 6)]
    rounds: usize,
}

type Error = Box<dyn std::error::Error>;

/// What a careful reader says of a candidate.
struct Label {
    /// Class of the slot, from 1.
    class: usize,
    background: bool,
    /// Whether it is the report's own figure; `None` where nobody says.
    own: Option<bool>,
    whole: Option<bool>,
    stance: Option<usize>,
}

struct Report {
    event: String,
    report: String,
    candidates: Vec<Candidate>,
    features: Vec<Features>,
    labels: BTreeMap<usize, Label>,
    /// How many count claims the careful reader found.
    gold: usize,
    also: bool,
}

fn main() -> Result<(), Error> {
    let arguments = Arguments::parse();
    let engine = Engine::load()?;
    let mut dump = match &arguments.dump {
        Some(path) => Some(std::io::BufWriter::new(std::fs::File::create(path)?)),
        None => None,
    };
    let mut reports = Vec::new();
    for (roots, also) in [(&arguments.events, false), (&arguments.also, true)] {
        for root in roots {
            for folder in folders(root)? {
                event(&engine, &folder, also, &mut reports, dump.as_mut())?;
            }
        }
    }
    for (set, text) in ruled_texts(&arguments)? {
        ruled(&engine, set, &text, &mut reports, dump.as_mut())?;
    }
    let gold: usize = reports.iter().map(|report| report.gold).sum();
    let labelled: usize = reports.iter().map(|report| report.labels.len()).sum();
    let candidates: usize = reports.iter().map(|report| report.candidates.len()).sum();
    println!(
        "{} reports, {candidates} candidates, {gold} count claims, {labelled} with a candidate",
        reports.len()
    );
    let mut events: Vec<&str> = reports
        .iter()
        .filter(|report| !report.also)
        .map(|report| report.event.as_str())
        .collect();
    events.sort_unstable();
    events.dedup();
    let mut sum = Measure::default();
    if arguments.folds > 1 {
        for fold in 0..arguments.folds {
            let out: Vec<&str> = events
                .iter()
                .skip(fold)
                .step_by(arguments.folds)
                .copied()
                .collect();
            let (held, seen): (Vec<&Report>, Vec<&Report>) = reports
                .iter()
                .partition(|report| !report.also && out.contains(&report.event.as_str()));
            let weights = learn(&seen, arguments.rounds);
            let own = measure(&weights, &held);
            println!("fold {fold}: {own}");
            sum.add(&own);
            let folder = arguments.out.join(format!("fold-{fold}"));
            write(&weights, &folder)?;
            verdicts(&weights, &held, &folder.join("verdicts.jsonl"))?;
        }
        println!("all folds: {sum}");
    }
    let all: Vec<&Report> = reports.iter().collect();
    write(&learn(&all, arguments.rounds), &arguments.out)
}

fn folders(root: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(root)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("claims.jsonl").exists())
        .collect();
    out.sort();
    Ok(out)
}

fn lines(path: &Path) -> Result<Vec<Value>, Error> {
    std::fs::read_to_string(path)?
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

fn event(
    engine: &Engine,
    folder: &Path,
    also: bool,
    out: &mut Vec<Report>,
    mut dump: Option<&mut std::io::BufWriter<std::fs::File>>,
) -> Result<(), Error> {
    let name = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let claims = lines(&folder.join("claims.jsonl"))?;
    let about: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("event.json"))?)?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|it| it == "txt"))
        .collect();
    files.sort();
    for file in files {
        let number = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let input = Input {
            name: file.display().to_string(),
            bytes: std::fs::read(&file)?,
            ..Input::default()
        };
        let Ok(extracted) = text::extract(&input) else {
            continue;
        };
        let read = reader::read::read(&extracted, engine.resources());
        let sample = passes::run(&extracted, &read, &mut scenes::opens, judge::sample);
        let body = extracted.text.as_str();
        let gold: Vec<&Value> = claims
            .iter()
            .filter(|claim| claim["report"] == number.as_str() && class(claim).is_some())
            .collect();
        let tolls = &about["tolls"][&number];
        let labels = label(body, &sample, &gold, tolls);
        if let Some(dump) = dump.as_deref_mut() {
            writeln!(
                dump,
                "{}",
                row(&name, &number, also, body, &sample, &labels, gold.len())
            )?;
        }
        out.push(Report {
            event: name.clone(),
            report: number,
            candidates: sample.candidates,
            features: sample.features,
            labels,
            gold: gold.len(),
            also,
        });
    }
    Ok(())
}

/// Texts that the rules label: the set and the report with its header lines.
fn ruled_texts(arguments: &Arguments) -> Result<Vec<(&'static str, String)>, Error> {
    let spread = |all: Vec<(&'static str, String)>| {
        let step = (all.len() / arguments.ruled.max(1)).max(1);
        all.into_iter().step_by(step).take(arguments.ruled)
    };
    let mut out = Vec::new();
    if let [x, _] = arguments.cis.as_slice() {
        let all: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(x)?)?;
        let text = |x: &Value| {
            let part = |key: &str| x[key].as_str().unwrap_or("").to_owned();
            (
                "cis530p",
                format!("Published: {}\n\n{}", part("publish_date"), part("text")),
            )
        };
        out.extend(spread(all.iter().map(text).collect()));
    }
    if let Some(path) = &arguments.gva {
        let mut all = Vec::new();
        for incident in lines(path)? {
            let reports = incident["reports"].as_array().cloned().unwrap_or_default();
            all.extend(reports.first().map(|report| {
                let of = |key: &str| {
                    report[key]
                        .as_str()
                        .unwrap_or("")
                        .replace(['\n', '\r'], " ")
                };
                let head = format!(
                    "Title: {}\nPublished: {}\nURL: {}",
                    of("title"),
                    of("published"),
                    of("url")
                );
                (
                    "gva",
                    format!("{head}\n\n{}", report["text"].as_str().unwrap_or("")),
                )
            }));
        }
        out.extend(spread(all));
    }
    if let Some(path) = &arguments.airwars {
        let all = score::airwars::dated(path)?.into_iter();
        out.extend(spread(
            all.map(|(_, body)| ("airwars", format!("\n{body}")))
                .collect(),
        ));
    }
    Ok(out)
}

/// Candidates taken of a report that the rules label: its start.
const FIRST: usize = 45;
/// What an example counts that the rules label.
const LESS: f32 = 0.3;

/// Takes a report with the labels that the rules give.
fn ruled(
    engine: &Engine,
    set: &str,
    text: &str,
    out: &mut Vec<Report>,
    dump: Option<&mut std::io::BufWriter<std::fs::File>>,
) -> Result<(), Error> {
    let input = Input {
        bytes: text.as_bytes().to_vec(),
        ..Input::default()
    };
    let Ok(extracted) = text::extract(&input) else {
        return Ok(());
    };
    let read = reader::read::read(&extracted, engine.resources());
    let mut sample = passes::run(&extracted, &read, &mut scenes::opens, judge::sample);
    sample.candidates.truncate(FIRST);
    let labels: BTreeMap<usize, Label> = sample
        .ruled
        .iter()
        .take(FIRST)
        .enumerate()
        .filter_map(|(at, ruled)| {
            let ruled = (*ruled)?;
            let label = Label {
                class: ruled.class,
                background: ruled.background,
                own: (ruled.class <= 2).then_some(ruled.own),
                whole: None,
                stance: None,
            };
            Some((at, label))
        })
        .collect();
    let number = out.len().to_string();
    if let Some(dump) = dump {
        let line = row(
            set,
            &number,
            true,
            extracted.text.as_str(),
            &sample,
            &labels,
            0,
        );
        writeln!(dump, "{line}")?;
    }
    out.push(Report {
        event: set.to_owned(),
        report: number,
        candidates: sample.candidates,
        features: sample.features,
        labels,
        gold: 0,
        also: true,
    });
    Ok(())
}

/// The class of a gold claim's slot; `None` for one that counts nobody.
fn class(claim: &Value) -> Option<usize> {
    let slot = claim["slot"].as_str()?;
    SLOTS
        .iter()
        .position(|known| known.name() == slot)
        .map(|at| at + 1)
}

/// Which candidate carries which gold claim.
fn label(
    body: &str,
    sample: &judge::Sample,
    gold: &[&Value],
    tolls: &Value,
) -> BTreeMap<usize, Label> {
    let mut out = BTreeMap::new();
    for claim in gold {
        let quote = claim["quote"].as_str().unwrap_or_default();
        let mut best = None;
        for (from, _) in body.match_indices(quote) {
            let quoted = from..from + quote.len();
            for (at, one) in sample.candidates.iter().enumerate() {
                let words = &sample.at[at].0;
                let inside = words.start + 12 >= quoted.start && words.end <= quoted.end + 12;
                let touches = words.start < quoted.end && words.end > quoted.start;
                let fit = fits(claim, one, &body[words.clone()]);
                if fit == 0 || !inside || !touches || out.contains_key(&at) {
                    continue;
                }
                let rank = match one.form {
                    Form::Number => 2,
                    Form::Person => 1,
                    Form::Phrase => 0,
                };
                let key = (fit, rank, std::cmp::Reverse(words.start));
                if best.as_ref().is_none_or(|(known, _)| key > *known) {
                    best = Some((key, at));
                }
            }
            if best.is_some() {
                break;
            }
        }
        let Some((_, at)) = best else { continue };
        let background = claim["account"] == "background";
        let scope = claim["scope"].as_str().unwrap_or("all");
        let slot = claim["slot"].as_str().unwrap_or_default();
        let own = matches!(slot, "killed" | "injured").then(|| {
            !background
                && EVERYBODY.contains(&scope)
                && is_toll(&tolls[slot], &sample.candidates[at])
        });
        let stance = claim["stance"].as_str().unwrap_or("asserted");
        out.insert(
            at,
            Label {
                class: class(claim).unwrap_or(0),
                background,
                own,
                whole: Some(scope == "all"),
                stance: STANCES.iter().position(|known| {
                    serde_json::to_value(known).is_ok_and(|known| known == stance)
                }),
            },
        );
    }
    out
}

/// Scopes of the figure for everybody.
const EVERYBODY: &[&str] = &[
    "all",
    "victims",
    "people",
    "civilians",
    "passengers",
    "worshippers",
    "villagers",
    "dead",
    "injured",
];

fn is_toll(toll: &Value, one: &Candidate) -> bool {
    if toll.is_null() {
        return false;
    }
    let n = one.count.stated.unwrap_or(one.count.low);
    match toll["stated"].as_u64() {
        Some(stated) => n == stated,
        None => {
            toll["low"].as_u64().unwrap_or(0) <= n
                && toll["high"].as_u64().is_none_or(|high| n <= high)
        }
    }
}

/// How well a candidate carries the value of a gold claim: 0 not, 1 by a plural without a number, 2 by its number or its vague word.
fn fits(claim: &Value, one: &Candidate, words: &str) -> u8 {
    let value = claim["value"]
        .as_str()
        .unwrap_or_default()
        .to_lowercase()
        .replace(',', "");
    let numbers: Vec<u64> = value
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    let count = &one.count;
    match numbers[..] {
        [] => {
            let said = |text: &str| -> Vec<String> {
                text.split(|c: char| !c.is_ascii_alphabetic())
                    .filter(|part| part.len() > 1)
                    .map(str::to_lowercase)
                    .collect()
            };
            let wanted = said(&value);
            if one.form == Form::Number {
                return if said(words).iter().any(|word| wanted.contains(word)) {
                    2
                } else {
                    0
                };
            }
            u8::from(count.low == 2 && count.high.is_none())
        }
        [n] => {
            let right = count.stated == Some(n)
                || count.low == n
                || count.bound == Bound::MoreThan && count.low == n + 1;
            if right { 2 } else { 0 }
        }
        [..] => {
            let right = numbers.contains(&count.low)
                || count.high.is_some_and(|high| numbers.contains(&high));
            if right { 2 } else { 0 }
        }
    }
}

fn row(
    event: &str,
    report: &str,
    also: bool,
    body: &str,
    sample: &judge::Sample,
    labels: &BTreeMap<usize, Label>,
    gold: usize,
) -> Value {
    let candidates: Vec<Value> = sample
        .candidates
        .iter()
        .zip(&sample.at)
        .enumerate()
        .map(|(at, (one, (words, head, sentence)))| {
            let label = labels.get(&at);
            let yes = |flag: Option<bool>| flag.map_or(-1, i32::from);
            serde_json::json!({
                "start": words.start, "end": words.end, "head": [head.start, head.end], "sentence": sentence,
                "form": format!("{:?}", one.form), "words": &body[words.clone()],
                "low": one.count.low, "high": one.count.high, "stated": one.count.stated,
                "class": label.map_or(0, |label| label.class),
                "background": yes(label.map(|label| label.background)),
                "own": yes(label.and_then(|label| label.own)),
                "whole": yes(label.and_then(|label| label.whole)),
                "stance": label.and_then(|label| label.stance).map_or(-1, |at| at as i32),
            })
        })
        .collect();
    serde_json::json!({
        "event": event, "report": report, "also": also, "text": body, "gold": gold, "candidates": candidates,
        "sentences": sample.sentences.iter().map(|it| [it.start, it.end]).collect::<Vec<_>>(),
    })
}

fn learn(reports: &[&Report], rounds: usize) -> Weights {
    let each = || {
        reports.iter().flat_map(|report| {
            let all = report.features.iter().enumerate();
            let weight = if report.gold == 0 && report.also {
                LESS
            } else {
                1.0
            };
            all.take(report.candidates.len())
                .map(move |(at, features)| (features, report.labels.get(&at), weight))
        })
    };
    let model = |bits: u8, classes: usize, class: &dyn Fn(Option<&Label>) -> Option<usize>| {
        let examples: Vec<Example> = each()
            .filter_map(|(features, label, weight)| {
                Some(Example {
                    features: features.clone(),
                    class: class(label)?,
                    weight,
                })
            })
            .collect();
        train(
            &examples,
            Settings {
                bits,
                classes,
                rounds,
                ..Settings::default()
            },
        )
    };
    Weights {
        slot: model(16, CLASSES, &|label| {
            Some(label.map_or(0, |label| label.class))
        }),
        background: model(16, 1, &|label| Some(usize::from(label?.background))),
        own: model(16, 1, &|label| label?.own.map(usize::from)),
        whole: model(16, 1, &|label| label?.whole.map(usize::from)),
        stance: model(15, STANCES.len(), &|label| label?.stance),
    }
}

fn write(weights: &Weights, folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder)?;
    let files: [(&str, &Linear); 5] = [
        ("slot.lin", &weights.slot),
        ("background.lin", &weights.background),
        ("own.lin", &weights.own),
        ("whole.lin", &weights.whole),
        ("stance.lin", &weights.stance),
    ];
    for (name, model) in files {
        std::fs::write(folder.join(name), model.write())?;
    }
    Ok(())
}

/// Writes what the weights say of each candidate, a line each.
fn verdicts(weights: &Weights, reports: &[&Report], path: &Path) -> Result<(), Error> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for report in reports {
        for (at, features) in report.features.iter().enumerate() {
            let verdict = weights.judge(features);
            let line = serde_json::json!({
                "event": report.event, "report": report.report, "k": at, "slot": verdict.slots,
                "background": verdict.background, "own": verdict.own, "whole": verdict.whole, "stance": verdict.stances,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// What came of held-out reports.
#[derive(Default)]
struct Measure {
    gold: usize,
    said: usize,
    right: usize,
    account: usize,
    stance: usize,
    own: [usize; 2],
}

impl Measure {
    fn add(&mut self, other: &Self) {
        self.gold += other.gold;
        self.said += other.said;
        self.right += other.right;
        self.account += other.account;
        self.stance += other.stance;
        self.own = [0, 1].map(|at| self.own[at] + other.own[at]);
    }
}

impl std::fmt::Display for Measure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        write!(
            f,
            "found {:.3}, precision {:.3}; with the account right {:.3}, {:.3}; stance {:.3}, own {:.3}",
            share(self.right, self.gold),
            share(self.right, self.said),
            share(self.account, self.gold),
            share(self.account, self.said),
            share(self.stance, self.right),
            share(self.own[0], self.own[1]),
        )
    }
}

/// Slots that careful readers use for one another count as one.
fn alike(class: usize) -> Slot {
    match SLOTS[class - 1] {
        Slot::Escaped => Slot::Freed,
        Slot::Captured | Slot::Hostages => Slot::Held,
        slot => slot,
    }
}

fn measure(weights: &Weights, reports: &[&Report]) -> Measure {
    let mut out = Measure::default();
    for report in reports {
        out.gold += report.gold;
        for (at, features) in report.features.iter().enumerate() {
            let verdict = weights.judge(features);
            let class = verdict.class();
            if class == 0 {
                continue;
            }
            out.said += 1;
            let Some(label) = report
                .labels
                .get(&at)
                .filter(|label| alike(label.class) == alike(class))
            else {
                continue;
            };
            out.right += 1;
            out.account += usize::from(label.background == (verdict.background >= 0.5));
            let stance = (0..STANCES.len()).fold(0, |best, at| {
                if verdict.stances[at] > verdict.stances[best] {
                    at
                } else {
                    best
                }
            });
            out.stance += usize::from(label.stance == Some(stance));
            if let Some(own) = label.own {
                out.own[0] += usize::from(own == (verdict.own >= 0.5));
                out.own[1] += 1;
            }
        }
    }
    out
}
