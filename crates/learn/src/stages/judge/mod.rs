//! Stage `judge-linear`: the linear judge of candidates, and what the encoder's upper layers are tuned on.
//!
//! Comes in: events, each a folder of reports with the claims that a careful reader finds in them, those of this
//! repository with them (`data/events`, only trained on); and reports of shootings and strikes that the rules label,
//! which are strong on them. A candidate is labelled with the claim whose quote holds it and whose value it gives. Goes
//! out: five linear models. Every third event (by name, in order) is left out in turn, weights are made from the
//! others, measured on it, and left in the folder of outputs with what they say of each candidate; the labelled
//! candidates of all lie there as JSON lines for the stage `judge-encoder`.

mod labels;

use std::{collections::BTreeMap, io::Write, path::Path};

use clap::Args;
use model::Slot;
use reader::{
    claims::{
        judge::{
            self, CLASSES, Candidate, SLOTS, STANCES,
            features::FEATURES,
            linear::{FILES, Weights},
        },
        passes, segments,
    },
    learned::{Features, Linear, weights::fingerprint},
};
use score::{Engine, cis530p};
use serde::Serialize;
use serde_json::Value;

use self::labels::{Label, class, label};
use super::job::{Job, Made, Stage, create};
use crate::{
    data::{self, Incident},
    error::Error,
    optim::hashed::{Example, Settings as Hashed, train},
};

/// Its name.
pub const NAME: &str = "judge-linear";
/// Where in the folder of outputs the weights of each fold lie.
pub const FOLDER: &str = "judge";
/// Where the labelled candidates lie there.
pub const CANDIDATES: &str = "judge/candidates.jsonl";
/// Parts of the events that are left out in turn.
pub const FOLDS: usize = 3;

/// Settings.
#[derive(Clone, Debug, Serialize, Args)]
pub struct Settings {
    /// How many reports of each set that the rules label are taken, evenly spread
    #[arg(long, default_value_t = 60)]
    ruled: usize,
    /// Times all examples are gone through
    #[arg(long, default_value_t = 6)]
    rounds: usize,
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

impl Stage for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, job: &Job) -> Result<Option<Made>, Error> {
        let own = job.repository.join("data/events");
        let [x, y] = job.cis("train");
        let mut made = Made {
            data: vec![job.events(), own.clone(), x, y, job.gva(), job.gaza()],
            ..Made::default()
        };
        let engine = job.engine()?;
        let mut folders: Vec<(std::path::PathBuf, bool)> = Vec::new();
        for (root, also) in [(job.events(), false), (own, true)] {
            folders.extend(
                data::events(&root)?
                    .into_iter()
                    .map(|folder| (folder, also)),
            );
        }
        let mut reports: Vec<(Report, Value)> = Vec::new();
        for found in job.map(&folders, |(folder, also)| event(engine, folder, *also)) {
            reports.extend(found?);
        }
        let texts: Vec<(usize, (&str, String))> =
            (reports.len()..).zip(self.ruled_texts(job)?).collect();
        let found = job.map(&texts, |(number, (set, text))| {
            ruled(engine, set, *number, text)
        });
        reports.extend(found.into_iter().flatten());
        let mut candidates = create(&job.out.join(CANDIDATES))?;
        for (_, row) in &reports {
            writeln!(candidates, "{row}")?;
        }
        candidates.flush()?;
        let reports: Vec<Report> = reports.into_iter().map(|(report, _)| report).collect();
        let gold: usize = reports.iter().map(|report| report.gold).sum();
        let labelled: usize = reports.iter().map(|report| report.labels.len()).sum();
        let count: usize = reports.iter().map(|report| report.candidates.len()).sum();
        println!(
            "{} reports, {count} candidates, {gold} count claims, {labelled} with a candidate",
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
        for fold in 0..FOLDS {
            let out: Vec<&str> = events.iter().skip(fold).step_by(FOLDS).copied().collect();
            let (held, seen): (Vec<&Report>, Vec<&Report>) = reports
                .iter()
                .partition(|report| !report.also && out.contains(&report.event.as_str()));
            let weights = learn(&seen, self.rounds);
            let own = measure(&weights, &held);
            println!("fold {fold}: {own}");
            sum.add(&own);
            let folder = job.out.join(FOLDER).join(format!("fold-{fold}"));
            std::fs::create_dir_all(&folder)?;
            for (name, bytes) in written(&weights) {
                std::fs::write(folder.join(data::name_of(Path::new(name))), bytes)?;
            }
            verdicts(&weights, &held, &folder.join("verdicts.jsonl"))?;
        }
        println!("all folds: {sum}");
        for (what, right, of) in [
            ("found", sum.right, sum.gold),
            ("precision", sum.right, sum.said),
            ("found with the account right", sum.account, sum.gold),
            ("precision with the account right", sum.account, sum.said),
        ] {
            made.right(
                &format!("count claims of events, {what} (the linear judge alone)"),
                right,
                of,
            );
        }
        let all: Vec<&Report> = reports.iter().collect();
        made.files = written(&learn(&all, self.rounds)).to_vec();
        Ok(Some(made))
    }
}

impl Settings {
    /// Texts that the rules label: the set and the report with its header lines.
    fn ruled_texts(&self, job: &Job) -> Result<Vec<(&'static str, String)>, Error> {
        let spread = |all: Vec<(&'static str, String)>| {
            let step = (all.len() / self.ruled.max(1)).max(1);
            all.into_iter().step_by(step).take(self.ruled)
        };
        let [x, y] = job.cis("train");
        let cis = cis530p::rows(&x, &y)?.into_iter();
        let cis = cis.map(|(x, _)| ("cis530p", data::dated(x.publish_date.as_deref(), &x.text)));
        let mut out: Vec<(&'static str, String)> = spread(cis.collect()).collect();
        let incidents: Vec<Incident> = data::lines(&job.gva())?;
        let first = incidents
            .iter()
            .filter_map(|incident| incident.reports.first());
        out.extend(spread(first.map(|report| ("gva", report.page())).collect()));
        let strikes = score::airwars::dated(&job.gaza())?.into_iter();
        let strikes = strikes.map(|(_, body)| ("airwars", data::dated(None, &body)));
        out.extend(spread(strikes.collect()));
        Ok(out)
    }
}

/// Takes the reports of an event, each with its line for the encoder.
fn event(engine: &Engine, folder: &Path, also: bool) -> Result<Vec<(Report, Value)>, Error> {
    let mut out = Vec::new();
    let name = data::name_of(folder);
    let claims: Vec<Value> = data::lines(&folder.join("claims.jsonl"))?;
    let about: Value = serde_json::from_str(&data::read(&folder.join("event.json"))?)?;
    let mut files: Vec<std::path::PathBuf> = std::fs::read_dir(folder)?
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
        let Some((extracted, read)) = data::reading(engine, &data::read(&file)?) else {
            continue;
        };
        let sample = passes::run(&extracted, &read, &mut segments::opens, judge::sample);
        let body = extracted.text.as_str();
        let gold: Vec<&Value> = claims
            .iter()
            .filter(|claim| claim["report"] == number.as_str() && class(claim).is_some())
            .collect();
        let tolls = &about["tolls"][&number];
        let labels = label(body, &sample, &gold, tolls);
        let row = row(&name, &number, also, body, &sample, &labels, gold.len());
        let report = Report {
            event: name.clone(),
            report: number,
            candidates: sample.candidates,
            features: sample.features,
            labels,
            gold: gold.len(),
            also,
        };
        out.push((report, row));
    }
    Ok(out)
}

/// Candidates taken of a report that the rules label: its start.
const FIRST: usize = 45;
/// What an example counts that the rules label.
const LESS: f32 = 0.3;

/// Takes a report with the labels that the rules give; `None` when it cannot be read.
fn ruled(engine: &Engine, set: &str, number: usize, text: &str) -> Option<(Report, Value)> {
    let (extracted, read) = data::reading(engine, text)?;
    let mut sample = passes::run(&extracted, &read, &mut segments::opens, judge::sample);
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
    let number = number.to_string();
    let body = extracted.text.as_str();
    let row = row(set, &number, true, body, &sample, &labels, 0);
    let report = Report {
        event: set.to_owned(),
        report: number,
        candidates: sample.candidates,
        features: sample.features,
        labels,
        gold: 0,
        also: true,
    };
    Some((report, row))
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
            Hashed {
                bits,
                classes,
                rounds,
                ..Hashed::default()
            },
        )
        .trained_on(fingerprint(FEATURES))
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

/// The files of the weights, by path.
fn written(weights: &Weights) -> [(&'static str, Vec<u8>); 5] {
    let models: [&Linear; 5] = [
        &weights.slot,
        &weights.background,
        &weights.own,
        &weights.whole,
        &weights.stance,
    ];
    std::array::from_fn(|at| (FILES[at].path, models[at].write()))
}

/// Writes what the weights say of each candidate, a line each.
fn verdicts(weights: &Weights, reports: &[&Report], path: &Path) -> Result<(), Error> {
    let mut out = create(path)?;
    for report in reports {
        for (at, features) in report.features.iter().enumerate() {
            let verdict = weights.judge(features);
            let line = serde_json::json!({
                "event": report.event, "report": report.report, "k": at, "slot": verdict.slots,
                "background": verdict.background, "own": verdict.own_figure, "whole": verdict.whole,
                "stance": verdict.stances,
            });
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
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
                out.own[0] += usize::from(own == (verdict.own_figure >= 0.5));
                out.own[1] += 1;
            }
        }
    }
    out
}
