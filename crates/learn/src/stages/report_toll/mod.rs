//! Stage `report-toll`: the weights behind the killed and the injured of a report of a shooting.
//!
//! Comes in: reports with two numbers each, killed and injured (`gva`, `cis530p`). Goes out: two classifiers of
//! candidates, three of the numbers of groups (is it that of the killed, of the injured, of both together?), three
//! models that say how many a report's words make likely, two count models of options and one of pairs. The method:
//! where the number is 0 no candidate counts; where it is more, the rules say at first which do, and the classifier
//! says it from then on (four rounds; the best candidate of a report always counts); of people whose age or name the
//! label gives, the label says it. A count model learns to choose one option of a report (softmax); that of the injured
//! is told how the killed came out; the last chooses among the pairs of both, from the chances that the two gave each
//! number. The count models see scores of candidates and priors by models that never saw the report (five folds; all
//! reports of an incident, and reports that open alike, in one). What is measured is by folds, too: nothing is measured
//! on a report that it was trained on; cis530p's development part is in no fold and trains nothing. At last all
//! incidents are read again, each report by the weights of its fold, and what the whole program says of them is
//! measured. The same data give the same weights, bit for bit.

mod models;
mod reports;

use std::path::{Path, PathBuf};

use clap::Args;
use reader::{
    claims::{
        Models, claim_by,
        report_toll::{self, Distribution, FILES, Scored, Weights},
        segments,
    },
    learned::{Linear, trees::Trees, weights::fingerprint},
};
use serde::Serialize;
use serde_json::Value;

use self::{
    models::{Options, Pairs, classifier, count_model, gold, group_scope, pair, prior_model},
    reports::{Report, Source, cis, docs, gva, incident, reading, sample},
};
use super::job::{Job, Made, Stage};
use crate::{data::FOLDS, error::Error};

/// Its name.
pub const NAME: &str = "report-toll";

/// Settings.
#[derive(Clone, Debug, Serialize, Args)]
pub struct Settings {
    /// Do not read all incidents again to measure the whole program
    #[arg(long)]
    #[serde(skip)]
    short: bool,
    /// Take only every so many-th report, to try a change
    #[arg(long, default_value_t = 1)]
    step: usize,
    /// Where what the count models saw and said of every report goes, one JSON object a line
    #[arg(long)]
    #[serde(skip)]
    dump: Option<PathBuf>,
}

impl Stage for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, job: &Job) -> Result<Option<Made>, Error> {
        let engine = job.engine()?;
        let [x, y] = job.cis("train");
        let [x_val, y_val] = job.cis("val");
        let mut made = Made {
            data: vec![
                job.gva(),
                x.clone(),
                y.clone(),
                x_val.clone(),
                y_val.clone(),
            ],
            ..Made::default()
        };
        let mut sources = gva(&job.gva())?;
        sources.extend(cis(&x, &y, "cis")?);
        sources.extend(cis(&x_val, &y_val, "val")?);
        let sources: Vec<Source> = sources.into_iter().step_by(self.step.max(1)).collect();
        let docs = docs(job, &sources)?;
        let mut work: Vec<(Source, Option<language::Doc>)> =
            sources.into_iter().zip(docs).collect();
        let found = job.map(&work, |(source, doc)| sample(source, doc.as_ref(), engine));
        let reports: Vec<Report> = work
            .drain(..)
            .zip(found)
            .filter_map(|((source, doc), found)| {
                let (sample, words) = found?;
                Some(Report {
                    source,
                    sample,
                    words,
                    doc,
                })
            })
            .collect();
        eprintln!("{} reports", reports.len());
        self.learn(job, &reports, &mut made)?;
        Ok(Some(made))
    }
}

impl Settings {
    /// Learns all models, fold by fold and from all, and measures them.
    fn learn(&self, job: &Job, reports: &[Report], made: &mut Made) -> Result<(), Error> {
        let scorers = Scorers::learn(job, reports);
        let scored: Vec<Scored> = job.map(reports, |report| scorers.score(report));
        tell_priors(reports, &scored);
        let chosen = choose(job, reports, &scored);
        println!("both together:");
        let said = |at: usize| {
            let both = chosen.together[at].each_ref();
            both.map(|distribution| report_toll::predicted(distribution).number)
        };
        tell(reports, &chosen.options, said);
        for (slot, name) in ["killed", "injured"].iter().enumerate() {
            let of = |at: &usize| reports[*at].source.part == "cis";
            let right = |at: &usize| said(*at)[slot] == reports[*at].source.gold[slot];
            let n = (0..reports.len()).filter(of).count();
            let right = (0..reports.len()).filter(of).filter(right).count();
            made.right(
                &format!("{name}, cis530p train (the choice alone)"),
                right,
                n,
            );
        }
        if let Some(path) = &self.dump {
            let said: Vec<[u64; 2]> = (0..reports.len()).map(said).collect();
            dump(path, reports, &scored, &chosen.together, &said)?;
        }
        let weights_of = |fold: usize| weights(&scorers, &chosen, fold);
        if !self.short {
            let weights: Vec<Weights> = (0..=FOLDS).map(weights_of).collect();
            through(job, reports, &weights, made)?;
        }
        let weights = weights_of(FOLDS);
        let linear = weights
            .classifiers
            .iter()
            .chain(&weights.group_scopes)
            .chain(&weights.priors);
        let mut bytes: Vec<Vec<u8>> = linear.map(Linear::write).collect();
        bytes.extend(
            weights
                .count_models
                .iter()
                .chain([&weights.pairs])
                .map(Trees::write),
        );
        made.files
            .extend(FILES.iter().map(|file| file.path).zip(bytes));
        Ok(())
    }
}

/// The linear models, fold by fold: the one for the reports of a fold never saw them. The last saw all but the reports
/// that train nothing.
struct Scorers {
    /// A slot, a fold.
    classifiers: Vec<Linear>,
    /// Killed, injured, both; a fold.
    group_scopes: Vec<Linear>,
    /// The same.
    prior_models: Vec<Linear>,
}

/// Where the model of a fold stands.
fn model_at(of: usize, fold: usize) -> usize {
    of * (FOLDS + 1) + fold
}

impl Scorers {
    fn learn(job: &Job, reports: &[Report]) -> Self {
        let by_fold = |of: usize| -> Vec<(usize, usize)> {
            (0..of)
                .flat_map(|s| (0..=FOLDS).map(move |f| (s, f)))
                .collect()
        };
        Self {
            classifiers: job.map(&by_fold(2), |&(slot, fold)| classifier(reports, slot, fold)),
            group_scopes: job.map(&by_fold(3), |&(of, fold)| group_scope(reports, of, fold)),
            prior_models: job.map(&by_fold(3), |&(of, fold)| prior_model(reports, of, fold)),
        }
    }

    /// Scores a report by models that never saw it.
    fn score(&self, report: &Report) -> Scored {
        let Report { source, sample, .. } = report;
        let at = |of: usize| model_at(of, source.fold);
        let probabilities = |model: &Linear| -> Vec<f32> {
            let all = sample.features.iter();
            all.map(|f| model.probability(f)).collect()
        };
        Scored {
            by_slot: [0, 1].map(|slot| probabilities(&self.classifiers[at(slot)])),
            group_scopes: [0, 1, 2]
                .map(|of| report_toll::group_scopes(&self.group_scopes[at(of)], sample)),
            priors: [0, 1, 2]
                .map(|of| report_toll::count_prior(&self.prior_models[at(of)], &sample.report)),
        }
    }
}

/// The weights of a fold.
fn weights(scorers: &Scorers, chosen: &Chosen, fold: usize) -> Weights {
    let linear = |all: &[Linear], of: usize| {
        let model = all[model_at(of, fold)].clone();
        model.trained_on(fingerprint(report_toll::features::FEATURES))
    };
    let count_model = |slot: usize, names: &[&str]| {
        let count_model = chosen.count_models[model_at(slot, fold)].clone();
        count_model.trained_on(fingerprint(names))
    };
    Weights {
        classifiers: [0, 1].map(|slot| linear(&scorers.classifiers, slot)),
        group_scopes: [0, 1, 2].map(|of| linear(&scorers.group_scopes, of)),
        priors: [0, 1, 2].map(|of| linear(&scorers.prior_models, of)),
        count_models: [
            count_model(0, report_toll::options::KILLED),
            count_model(1, report_toll::options::INJURED),
        ],
        pairs: chosen.pairs[fold]
            .clone()
            .trained_on(fingerprint(report_toll::pairs::FEATURES)),
    }
}

/// The count models, fold by fold, and what they said.
struct Chosen {
    /// The options of each report.
    options: Vec<Options>,
    /// The count models of options: a slot, a fold.
    count_models: Vec<Trees>,
    /// The count models of pairs: a fold.
    pairs: Vec<Trees>,
    /// What the pairs say of each report.
    together: Vec<[Distribution; 2]>,
}

/// Learns to choose among options, then among pairs.
fn choose(job: &Job, reports: &[Report], scored: &[Scored]) -> Chosen {
    // The killed first; how that came out is told to the choice of the injured.
    let folds: Vec<usize> = (0..=FOLDS).collect();
    let mut options: Vec<Options> = reports.iter().map(|_| Options::default()).collect();
    let mut distribution: Vec<[Distribution; 2]> =
        reports.iter().map(|_| Default::default()).collect();
    let mut count_models: Vec<Trees> = Vec::new();
    for slot in 0..2 {
        for (at, report) in reports.iter().enumerate() {
            let predicted = (slot == 1).then(|| report_toll::predicted(&distribution[at][0]));
            options[at][slot] = report.sample.options(slot, &scored[at], predicted.as_ref());
        }
        count_models.extend(job.map(&folds, |&fold| count_model(reports, &options, slot, fold)));
        for (at, report) in reports.iter().enumerate() {
            let count_model = &count_models[model_at(slot, report.source.fold)];
            distribution[at][slot] = report_toll::distribution(&options[at][slot], count_model);
        }
    }
    let rows: Vec<Pairs> = reports
        .iter()
        .zip(scored.iter().zip(&distribution))
        .map(|(report, (scored, distribution))| {
            report_toll::pairs::pairs(&report.sample, scored, distribution)
        })
        .collect();
    let pairs: Vec<Trees> = job.map(&folds, |&fold| pair(reports, &rows, fold));
    println!("each slot by itself:");
    tell(reports, &options, |at| {
        [0, 1].map(|slot| report_toll::predicted(&distribution[at][slot]).number)
    });
    let together: Vec<[Distribution; 2]> = reports
        .iter()
        .zip(&rows)
        .map(|(report, rows)| report_toll::pairs::distribution(rows, &pairs[report.source.fold]))
        .collect();
    Chosen {
        options,
        count_models,
        pairs,
        together,
    }
}

/// Writes what the count models saw and said of every report, one JSON object a line: what misses are read from.
fn dump(
    path: &Path,
    reports: &[Report],
    scored: &[Scored],
    distribution: &[[Distribution; 2]],
    said: &[[u64; 2]],
) -> Result<(), Error> {
    let lines: Vec<String> = reports
        .iter()
        .enumerate()
        .map(|(at, report)| {
            let Report { source, sample, .. } = report;
            let scored = &scored[at];
            let candidates = sample.candidates.iter().enumerate().map(|(at, one)| {
                serde_json::json!({
                    "words": report.words[at], "form": format!("{:?}", one.form), "n": one.n, "years": one.years,
                    "chain": sample.chains[at], "sentence": sample.sentences[at],
                    "killed": scored.by_slot[0][at], "injured": scored.by_slot[1][at],
                    "tallies": scored.group_scopes.each_ref().map(|of| of[at]),
                })
            });
            serde_json::json!({
                "name": source.name, "part": source.part, "gold": source.gold, "text": source.text,
                "candidates": candidates.collect::<Vec<Value>>(), "options": distribution[at], "said": said[at],
            })
            .to_string()
        })
        .collect();
    std::fs::write(path, lines.join("\n"))?;
    Ok(())
}

/// Prints how well the words of whole reports tell priors: how often the likeliest is right, and the mean log-loss.
fn tell_priors(reports: &[Report], scored: &[Scored]) {
    for part in ["one", "more", "cis", "val"] {
        for of in 0..3 {
            let (mut n, mut right, mut loss) = (0, 0, 0.0);
            for (report, scored) in reports.iter().zip(scored) {
                if report.source.part == part {
                    let priors = &scored.priors[of];
                    let class = report_toll::count_class(gold(report, of));
                    n += 1;
                    right += usize::from(priors.iter().all(|other| *other <= priors[class]));
                    loss -= f64::from(priors[class]);
                }
            }
            let n = f64::from(n.max(1));
            println!(
                "{part} {} by words alone: {:.4}, loss {:.4}",
                ["killed", "injured", "both"][of],
                right as f64 / n,
                loss / n
            );
        }
    }
}

/// Prints, a part and slot: exact match, 0 or not 0, and how often the number was among the options.
fn tell(reports: &[Report], options: &[Options], said: impl Fn(usize) -> [u64; 2]) {
    for part in ["one", "more", "cis", "val"] {
        for (slot, name) in ["killed", "injured"].iter().enumerate() {
            let mut sums = [0_usize; 4];
            for (at, (report, options)) in reports.iter().zip(options).enumerate() {
                if report.source.part != part {
                    continue;
                }
                let gold = report.source.gold[slot];
                let said = said(at)[slot];
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

/// Reads all incidents, and reports that train nothing, again by the weights of their fold, and measures the dossiers.
fn through(
    job: &Job,
    reports: &[Report],
    weights: &[Weights],
    made: &mut Made,
) -> Result<(), Error> {
    let engine = job.engine()?;
    for (part, what) in [
        ("one", "gva incidents with one report"),
        ("more", "gva incidents with more, reports given"),
        ("val", "cis530p val (trains nothing)"),
    ] {
        let reports: Vec<&Report> = reports
            .iter()
            .filter(|report| report.source.part == part)
            .collect();
        // Reports of an incident stand side by side and bear its name.
        let incidents: Vec<&[&Report]> = reports
            .chunk_by(|a, b| part == "more" && incident(&a.source) == incident(&b.source))
            .collect();
        let right = job.map(&incidents, |reports| {
            let readings: Vec<model::Reading> = reports
                .iter()
                .filter_map(|report| {
                    let (extracted, read) = reading(&report.source, report.doc.as_ref(), engine)?;
                    let weights = &weights[report.source.fold];
                    Some(claim_by(
                        extracted,
                        &read,
                        &mut segments::opens,
                        &Models::rules(Some(weights)),
                    ))
                })
                .collect();
            let dossier = engine.dossier(&readings);
            let facts = score::Facts::of(&dossier);
            let gold = reports[0].source.gold;
            [
                facts.killed.unwrap_or(0) == gold[0],
                facts.injured.unwrap_or(0) == gold[1],
            ]
        });
        for (slot, name) in ["killed", "injured"].iter().enumerate() {
            let n = right.iter().filter(|right| right[slot]).count();
            made.right(&format!("{name}, {what}"), n, right.len());
        }
    }
    Ok(())
}
