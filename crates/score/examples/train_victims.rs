//! Trains the weights behind the killed and the injured of a report, and says what they earn on reports they have not seen.
//!
//! ```text
//! cargo run --release -p crossbearing-score --example train_victims -- \
//!     DATA/bench/gva/dev.jsonl DATA/bench/cis530p/X_train.json DATA/bench/cis530p/y_train.json \
//!     DATA/bench/cis530p/X_val.json DATA/bench/cis530p/y_val.json crates/reader/data/victims [--through] [--parses=FILE] [--dump=FILE]
//! ```
//!
//! Comes in: reports with two numbers each, killed and injured. Goes out, into the folder given: two classifiers of candidates, three of the
//! numbers of groups (is it that of the killed, of the injured, of both together?), three models that say how many a report's words make
//! likely, two judges of options and one of pairs. The method: where the number is 0 no candidate counts; where
//! it is more, the rules say at first which do, and the classifier says it from then on (four rounds; the best candidate of a report always
//! counts); of people whose age or name the label gives, the label says it. A judge learns to choose one option of a report (softmax); that of
//! the injured is told how the killed came out; the last chooses among the pairs of both, from the chances that the two gave each number. The
//! judges see scores of candidates and sizes by models that never saw the report (five folds; all reports of an incident, and reports that open
//! alike, in one). What is printed is by folds, too: nothing is measured on a report that it was trained on; cis530p's development part is in no
//! fold and trains nothing. `--through` reads all incidents again, each report by the weights of its fold, and measures what the whole program
//! says of them. `--parses` keeps the parses in a file for the next run, `--dump` writes what the judges saw and said, `--step=N` takes every
//! Nth report. The same data give the same weights, bit for bit.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use reader::{
    Input,
    claims::{
        Judges, claim_by, passes, scenes,
        victims::{self, Judged, Sample, Scored, Weights},
    },
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

/// Judges of a slot that differ in the columns drawn; their mean judges.
const SEEDS: u64 = 3;

struct Source {
    name: String,
    /// `one`, `more` (reports on the incident), `cis`, `val`.
    part: &'static str,
    fold: usize,
    gold: [u64; 2],
    /// How much its numbers are believed: an early report of many may honestly say fewer.
    weight: f32,
    /// Who took part, where the label says so.
    people: Vec<Participant>,
    text: String,
}

/// A person of the label: how to know them again in the words, and whether killed, injured.
struct Participant {
    /// Hash of the last name; 0 for none.
    name: u64,
    years: Option<u32>,
    sex: Option<model::Sex>,
    hit: [bool; 2],
}

struct Report {
    source: Source,
    sample: Sample,
    /// Words of each candidate.
    words: Vec<String>,
    /// The parse, where parses are kept.
    doc: Option<language::Doc>,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [gva_path, x, y, x_val, y_val, out, rest @ ..] = args.as_slice() else {
        eprintln!("usage: train_victims GVA X_TRAIN Y_TRAIN X_VAL Y_VAL OUT [--through]");
        std::process::exit(2);
    };
    let start = std::time::Instant::now();
    let engine = score::Engine::load().expect("the data directory; see `crossbearing doctor`");
    let mut sources = gva(Path::new(gva_path));
    sources.extend(cis(x, y, "cis"));
    sources.extend(cis(x_val, y_val, "val"));
    if let Some(step) = rest.iter().find_map(|arg| arg.strip_prefix("--step=")) {
        let step = step.parse().expect("a number");
        sources = sources.into_iter().step_by(step).collect();
    }
    let parses = rest.iter().find_map(|arg| arg.strip_prefix("--parses="));
    let docs: Vec<Option<language::Doc>> = match parses {
        Some(path) => parses_of(Path::new(path), &sources, &engine),
        None => sources.iter().map(|_| None).collect(),
    };
    let mut work: Vec<(Source, Option<language::Doc>)> = sources.into_iter().zip(docs).collect();
    let found = parallel(&work, |(source, doc)| sample(source, doc.as_ref(), &engine));
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

    // Models by fold: the one for reports of fold f never saw them. The last saw all but the reports that train nothing.
    let by_fold = |of: usize| -> Vec<(usize, usize)> {
        (0..of)
            .flat_map(|s| (0..=FOLDS).map(move |f| (s, f)))
            .collect()
    };
    let mut classifiers: Vec<Linear> = parallel(&by_fold(2), |&(slot, fold)| {
        classifier(&reports, slot, fold)
    });
    let mut tallies: Vec<Linear> = parallel(&by_fold(3), |&(of, fold)| tally(&reports, of, fold));
    let mut sizers: Vec<Linear> = parallel(&by_fold(3), |&(of, fold)| sizer(&reports, of, fold));
    let scored: Vec<Scored> = parallel(&reports, |report| {
        let Report { source, sample, .. } = report;
        let at = |of: usize| of * (FOLDS + 1) + source.fold;
        let probabilities = |model: &Linear| -> Vec<f32> {
            let all = sample.features.iter();
            all.map(|f| model.probability(f)).collect()
        };
        Scored {
            own: [0, 1].map(|slot| probabilities(&classifiers[at(slot)])),
            tallies: [0, 1, 2].map(|of| victims::tallies(&tallies[at(of)], sample)),
            sizes: [0, 1, 2].map(|of| victims::sizes(&sizers[at(of)], &sample.report)),
        }
    });
    eprintln!("{:?} scored", start.elapsed());
    tell_sizes(&reports, &scored);
    // The killed first; how that came out is told to the choice of the injured.
    let folds: Vec<usize> = (0..=FOLDS).collect();
    let mut options: Vec<Options> = reports.iter().map(|_| Options::default()).collect();
    let mut judged: Vec<[Judged; 2]> = reports.iter().map(|_| Default::default()).collect();
    let mut judges: Vec<Trees> = Vec::new();
    for slot in 0..2 {
        for (at, report) in reports.iter().enumerate() {
            let settled = (slot == 1).then(|| victims::settled(&judged[at][0]));
            options[at][slot] = report.sample.options(slot, &scored[at], settled.as_ref());
        }
        judges.extend(parallel(&folds, |&fold| {
            judge(&reports, &options, slot, fold)
        }));
        for (at, report) in reports.iter().enumerate() {
            let judge = &judges[slot * (FOLDS + 1) + report.source.fold];
            judged[at][slot] = victims::judged(&options[at][slot], judge);
        }
        eprintln!("{:?} judged", start.elapsed());
    }
    let rows: Vec<Pairs> = reports
        .iter()
        .zip(scored.iter().zip(&judged))
        .map(|(report, (scored, judged))| victims::pairs::pairs(&report.sample, scored, judged))
        .collect();
    let mut pairs: Vec<Trees> = parallel(&folds, |&fold| pair(&reports, &rows, fold));
    eprintln!("{:?} paired", start.elapsed());
    println!("each slot by itself:");
    tell(&reports, &options, |at| {
        [0, 1].map(|slot| victims::settled(&judged[at][slot]).number)
    });
    println!("both together:");
    let together: Vec<[Judged; 2]> = reports
        .iter()
        .zip(&rows)
        .map(|(report, rows)| victims::pairs::judged(rows, &pairs[report.source.fold]))
        .collect();
    let said = |at: usize| {
        let both = together[at].each_ref();
        both.map(|judged| victims::settled(judged).number)
    };
    tell(&reports, &options, said);
    if let Some(path) = rest.iter().find_map(|arg| arg.strip_prefix("--dump=")) {
        let said: Vec<[u64; 2]> = (0..reports.len()).map(said).collect();
        dump(path, &reports, &scored, &together, &said);
    }

    let weights_of = |fold: usize| {
        let at = |of: usize| of * (FOLDS + 1) + fold;
        Weights {
            classifiers: [0, 1].map(|slot| classifiers[at(slot)].clone()),
            tallies: [0, 1, 2].map(|of| tallies[at(of)].clone()),
            sizes: [0, 1, 2].map(|of| sizers[at(of)].clone()),
            judges: [0, 1].map(|slot| judges[at(slot)].clone()),
            pairs: pairs[fold].clone(),
        }
    };
    if rest.iter().any(|arg| arg == "--through") {
        let weights: Vec<Weights> = (0..=FOLDS).map(weights_of).collect();
        through(&reports, &weights, &engine);
    }
    let out = Path::new(out);
    for (of, name) in [(2, "both"), (1, "injured"), (0, "killed")] {
        let write = |ending: &str, bytes: Vec<u8>| {
            std::fs::write(out.join(format!("{name}.{ending}")), bytes)
                .expect("the folder of weights");
        };
        let at = of * (FOLDS + 1) + FOLDS;
        write("tally", tallies.remove(at).write());
        write("size", sizers.remove(at).write());
        if of < 2 {
            write("lin", classifiers.remove(at).write());
            write("tre", judges.remove(at).write());
        } else {
            write("tre", pairs.remove(FOLDS).write());
        }
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

/// The parse of a text again, or anew.
fn reading(
    source: &Source,
    doc: Option<&language::Doc>,
    engine: &score::Engine,
) -> Option<(reader::text::Extracted, reader::read::Read)> {
    let extracted = reader::text::extract(&input(source)).ok()?;
    let read = match doc {
        Some(doc) => reader::read::read_doc(doc.clone(), &extracted, &engine.resources().gazetteer),
        None => reader::read::read(&extracted, engine.resources()),
    };
    Some((extracted, read))
}

/// A report as the weights see it, with the words of its candidates.
fn sample(
    source: &Source,
    doc: Option<&language::Doc>,
    engine: &score::Engine,
) -> Option<(Sample, Vec<String>)> {
    let (extracted, read) = reading(source, doc, engine)?;
    let sample = passes::run(&extracted, &read, &mut scenes::opens, victims::sample);
    let words = sample.candidates.iter();
    let words = words
        .map(|candidate| read.doc.slice(candidate.tokens.clone()).to_owned())
        .collect();
    Some((sample, words))
}

/// The parses of all texts, kept in a file from one run to the next; a text that cannot be read has none.
fn parses_of(
    path: &Path,
    sources: &[Source],
    engine: &score::Engine,
) -> Vec<Option<language::Doc>> {
    if !path.exists() {
        let lines = parallel(sources, |source| {
            let read = reading(source, None, engine).map(|(_, read)| read);
            read.and_then(|read| serde_json::to_string(&read.doc).ok())
                .unwrap_or_default()
        });
        std::fs::write(path, lines.join("\n")).expect("room for the parses");
    }
    let text = std::fs::read_to_string(path).expect("the parses");
    let lines: Vec<&str> = text.split('\n').take(sources.len()).collect();
    assert_eq!(lines.len(), sources.len(), "parses of other texts");
    parallel(&lines, |line| language::Doc::from_json(line).ok())
}

/// Writes what the judges saw and said of every report, one JSON object a line: what misses are read from.
fn dump(
    path: &str,
    reports: &[Report],
    scored: &[Scored],
    judged: &[[Judged; 2]],
    said: &[[u64; 2]],
) {
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
                    "killed": scored.own[0][at], "injured": scored.own[1][at],
                    "tallies": scored.tallies.each_ref().map(|of| of[at]),
                })
            });
            serde_json::json!({
                "name": source.name, "part": source.part, "gold": source.gold, "text": source.text,
                "candidates": candidates.collect::<Vec<Value>>(), "options": judged[at], "said": said[at],
            })
            .to_string()
        })
        .collect();
    std::fs::write(path, lines.join("\n")).expect("room for the dump");
}

/// Whether a report trains the models of a fold.
fn trains(report: &Report, fold: usize) -> bool {
    report.source.fold != fold && report.source.fold < FOLDS
}

/// Whether a candidate counts, where the label's people tell: one person of theirs by age or by name.
fn known(candidate: &victims::Candidate, people: &[Participant], slot: usize) -> Option<bool> {
    if candidate.anaphoric && candidate.name == 0 && candidate.years.is_none() {
        return None;
    }
    let of = |fits: &dyn Fn(&Participant) -> bool| {
        let mut found = people
            .iter()
            .filter(|person| fits(person))
            .map(|person| person.hit[slot]);
        let first = found.next()?;
        found.all(|hit| hit == first).then_some(first)
    };
    if candidate.name != 0
        && let Some(hit) = of(&|person| person.name == candidate.name)
    {
        return Some(hit);
    }
    let years = candidate.years?;
    of(&|person| {
        person.years == Some(years)
            && (person.sex.is_none() || candidate.sex.is_none() || person.sex == candidate.sex)
    })
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
    let known: Vec<Vec<Option<bool>>> = reports
        .iter()
        .map(|report| {
            let people = &report.source.people;
            report
                .sample
                .candidates
                .iter()
                .map(|c| known(c, people, slot))
                .collect()
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
        let labels =
            reports
                .iter()
                .zip(counts.iter().zip(&known))
                .flat_map(|(report, (counts, known))| {
                    counts.iter().zip(known).map(move |(yes, known)| {
                        let sure = *yes || report.source.gold[slot] == 0 || known.is_some();
                        (
                            known.unwrap_or(*yes),
                            report.source.weight * if sure { 1.0 } else { 0.4 },
                        )
                    })
                });
        for (example, (yes, weight)) in examples.iter_mut().zip(labels) {
            example.class = usize::from(yes);
            example.weight = weight;
        }
        let settings = Settings {
            rounds: if round == ROUNDS { 5 } else { 3 },
            rate: 0.4,
            l2: 1.0,
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

/// The number of a report: killed, injured, or both together.
fn gold(report: &Report, of: usize) -> u64 {
    let [killed, injured] = report.source.gold;
    [killed, injured, killed + injured][of]
}

/// Whether the number of a group is that of the killed, the injured, of both.
fn tally(reports: &[Report], of: usize, fold: usize) -> Linear {
    let mut examples = Vec::new();
    for report in reports.iter().filter(|report| trains(report, fold)) {
        let all = report.sample.candidates.iter().zip(&report.sample.features);
        for (candidate, features) in all {
            if let Some(n @ 2..) = candidate.n {
                examples.push(Example {
                    features: features.clone(),
                    class: usize::from(n == gold(report, of)),
                    weight: report.source.weight,
                });
            }
        }
    }
    let settings = Settings {
        bits: 16,
        rounds: 5,
        ..Settings::default()
    };
    train(&examples, settings)
}

/// How many a report's words make likely.
fn sizer(reports: &[Report], of: usize, fold: usize) -> Linear {
    let examples: Vec<Example> = reports
        .iter()
        .filter(|report| trains(report, fold))
        .map(|report| Example {
            features: report.sample.report.clone(),
            class: victims::size_of(gold(report, of)),
            weight: report.source.weight,
        })
        .collect();
    let settings = Settings {
        bits: 17,
        classes: 4,
        rounds: 8,
        ..Settings::default()
    };
    train(&examples, settings)
}

type Options = [Vec<(u64, Vec<f32>)>; 2];

fn judge(reports: &[Report], options: &[Options], slot: usize, fold: usize) -> Trees {
    let (mut rows, mut yes, mut weight) = (Vec::new(), Vec::new(), Vec::new());
    let mut groups = Vec::new();
    for (at, (report, options)) in reports.iter().zip(options).enumerate() {
        let gold = report.source.gold[slot];
        // A number that no words give teaches nothing about choosing.
        if !trains(report, fold) || options[slot].iter().all(|(n, _)| *n != gold) {
            continue;
        }
        for (n, figures) in &options[slot] {
            rows.push(figures.clone());
            yes.push(*n == gold);
            weight.push(report.source.weight);
            groups.push(at as u32);
        }
    }
    seeded(&rows, &yes, &weight, &groups, boost::Settings::default())
}

/// The mean of trees that differ in the columns drawn.
fn seeded(
    rows: &[Vec<f32>],
    yes: &[bool],
    weight: &[f32],
    groups: &[u32],
    settings: boost::Settings,
) -> Trees {
    let all: Vec<Trees> = (1..=SEEDS)
        .map(|seed| {
            let settings = boost::Settings { seed, ..settings };
            boost(rows, yes, weight, Some(groups), settings)
        })
        .collect();
    Trees::mean(&all)
}

type Pairs = Vec<([u64; 2], Vec<f32>)>;

/// Learns to choose the killed and the injured together.
fn pair(reports: &[Report], pairs: &[Pairs], fold: usize) -> Trees {
    let (mut rows, mut yes, mut weight) = (Vec::new(), Vec::new(), Vec::new());
    let mut groups = Vec::new();
    for (at, (report, pairs)) in reports.iter().zip(pairs).enumerate() {
        let gold = report.source.gold;
        if !trains(report, fold) || pairs.iter().all(|(pair, _)| *pair != gold) {
            continue;
        }
        for (pair, figures) in pairs {
            rows.push(figures.clone());
            yes.push(*pair == gold);
            weight.push(report.source.weight);
            groups.push(at as u32);
        }
    }
    let settings = boost::Settings {
        trees: 120,
        ..boost::Settings::default()
    };
    seeded(&rows, &yes, &weight, &groups, settings)
}

/// Prints how well the words of whole reports tell sizes: how often the likeliest is right, and the mean log-loss.
fn tell_sizes(reports: &[Report], scored: &[Scored]) {
    for part in ["one", "more", "cis", "val"] {
        for of in 0..3 {
            let (mut n, mut right, mut loss) = (0, 0, 0.0);
            for (report, scored) in reports.iter().zip(scored) {
                if report.source.part == part {
                    let sizes = &scored.sizes[of];
                    let class = victims::size_of(gold(report, of));
                    n += 1;
                    right += usize::from(sizes.iter().all(|other| *other <= sizes[class]));
                    loss -= f64::from(sizes[class]);
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
fn through(reports: &[Report], weights: &[Weights], engine: &score::Engine) {
    for part in ["one", "more", "val"] {
        let reports: Vec<&Report> = reports
            .iter()
            .filter(|report| report.source.part == part)
            .collect();
        // Reports of an incident stand side by side and bear its name.
        let incidents: Vec<&[&Report]> = reports
            .chunk_by(|a, b| part == "more" && incident(&a.source) == incident(&b.source))
            .collect();
        let right = parallel(&incidents, |reports| {
            let readings: Vec<model::Reading> = reports
                .iter()
                .map(|report| {
                    let (extracted, read) =
                        reading(&report.source, report.doc.as_ref(), engine).expect("read before");
                    let weights = &weights[report.source.fold];
                    claim_by(
                        extracted,
                        &read,
                        &mut scenes::opens,
                        &Judges::rules(Some(weights)),
                    )
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
            println!(
                "{part} {name} through: {:.4} of {}",
                n as f64 / right.len().max(1) as f64,
                right.len()
            );
        }
    }
}

/// The incident of a source's name.
fn incident(source: &Source) -> &str {
    source.name.rsplit_once('-').map_or("", |(id, _)| id)
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
                people: participants(&incident["gold"]["participants"]),
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

fn participants(label: &Value) -> Vec<Participant> {
    let people = label.as_array().map_or(&[] as &[Value], Vec::as_slice);
    people
        .iter()
        .map(|person| {
            let field = |key: &str| person[key].as_str().unwrap_or("").trim();
            let name: Vec<&str> = field("Name")
                .split_whitespace()
                .filter(|part| !matches!(*part, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV"))
                .collect();
            let status = field("Status");
            Participant {
                name: match name.as_slice() {
                    [_, .., last] => hash(&last.to_lowercase()),
                    _ => 0,
                },
                years: field("Age").parse().ok(),
                sex: match field("Gender") {
                    "Male" => Some(model::Sex::Male),
                    "Female" => Some(model::Sex::Female),
                    _ => None,
                },
                hit: [
                    status.contains("Killed"),
                    status.contains("Injured") && !status.contains("Killed"),
                ],
            }
        })
        .collect()
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
                people: Vec::new(),
                text: headed("", x["publish_date"].as_str().unwrap_or(""), "", text),
            }
        })
        .collect()
}
