//! Learns the weights that say where a report begins to tell of another happening: `crates/reader/data/scenes.txt`.
//!
//!     cargo run --release -p crossbearing-score --example train_scenes -- --gva DATA/bench/gva/dev.jsonl \
//!         --airwars DATA/bench/airwars/gaza.dev.jsonl \
//!         --cis DATA/bench/cis530p/X_train.json DATA/bench/cis530p/y_train.json --out crates/reader/data/scenes.txt
//!
//! Logistic regression over the candidate sentences of three kinds of reports. *Pages* are made here of the first sentences of two to five
//! reports of one incident each, as a blotter strings them together, some with words that lead over; their seams are known. *Single*
//! reports, and assessments of one strike each, have no seam. *Filed* reports stand in the data under several incidents, each with the street of one: somewhere between two such
//! streets another happening begins, where the weights so far think it likeliest; this is repeated. No chance is involved. What the weights
//! earn is measured with each report left out of training (five folds): on `filed`, the figures of `score accounts`; on reports
//! under one incident, killed, injured, day and address of the report as a whole.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Parser;
use reader::{
    Input,
    claims::{
        self, passes,
        scenes::boundary::{FEATURES, Row, Weights},
    },
    read::{self, Read},
    text,
};
use score::{
    Engine, Facts, accounts,
    cis530p::{self, X, Y},
    logistic,
};
use serde_json::Value;

#[derive(Parser)]
struct Arguments {
    /// Incidents with their reports.
    #[arg(long)]
    gva: PathBuf,
    /// Reports and their gold.
    #[arg(long, num_args = 2)]
    cis: Vec<PathBuf>,
    /// Assessments of strikes, each of one.
    #[arg(long)]
    airwars: PathBuf,
    /// Where the weights go.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Ridge penalty.
    #[arg(long, default_value_t = 3.0)]
    ridge: f64,
    /// How often each filed report is taken.
    #[arg(long, default_value_t = 40)]
    filed: usize,
    /// Pages made.
    #[arg(long, default_value_t = 250)]
    pages: usize,
    /// What is added to the constant after learning.
    #[arg(long, default_value_t = 0.2, allow_hyphen_values = true)]
    shift: f64,
    /// Rounds of finding the seams of filed reports.
    #[arg(long, default_value_t = 4)]
    rounds: usize,
}

const FOLDS: usize = 5;

/// What finds the first seams of filed reports: figures set by hand.
const START: &str = "constant -2
cue-strong 2
cue-middle 1.5
cue-weak 0.75
street-other 2
street-same -2
street-follows 2
quarter-other 1.5
town-other 0.5
clock-other 1
date-other 1
fresh-after 1
age-other 0.5
age-same -2
name-same -2
block 0.5
takes-up -1.5
counts-on -1.5
counts-on-summed 2.5
";
/// Words with which a page leads over to its next report; most have none.
const LEADS: [&str; 12] = [
    "",
    "",
    "",
    "",
    "In a separate incident, ",
    "",
    "",
    "Also ",
    "Earlier, ",
    "",
    "",
    "In another shooting, ",
];

/// A report that has been read.
struct Report {
    text: String,
    read: Read,
    /// Bytes at which known happenings stand: the first byte of each part of a page, or of the street of each incident.
    marks: Vec<usize>,
}

/// Where two features stand in a row.
const FRESH: usize = 16;
const TAKES_UP: usize = 31;

type Rows = Vec<(Row, bool)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let engine = Engine::load()?;
    let [x, y] = arguments.cis.as_slice() else {
        return Err("--cis takes two files".into());
    };
    let rows = cis530p::rows(x, y)?;
    let filed = accounts::filed(rows.clone());
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (x, _) in &rows {
        *seen.entry(x.text.as_str()).or_default() += 1;
    }
    let single: Vec<(X, Y)> = rows
        .iter()
        .filter(|(x, _)| seen[x.text.as_str()] == 1)
        .cloned()
        .collect();
    let gva = single_reports(&std::fs::read_to_string(&arguments.gva)?)?;
    let pages = pages(&gva, arguments.pages);
    let headed = |x: &X| {
        let published = x.publish_date.as_deref().unwrap_or("");
        format!("Published: {published}\n\n{}", x.text)
    };
    let filed_texts: Vec<(String, Vec<usize>)> = filed
        .iter()
        .map(|(x, golds)| {
            let text = headed(x);
            let marks = golds.iter().filter_map(|gold| x.text.find(&gold.address));
            let marks = marks.collect();
            (text, marks)
        })
        .collect();
    let single_texts = single.iter().map(|(x, _)| (headed(x), Vec::new()));
    let gva_texts = gva.iter().map(|one| (one.whole.clone(), Vec::new()));
    let airwars: Vec<(String, Vec<usize>)> = score::airwars::dated(&arguments.airwars)?
        .into_iter()
        .map(|(_, body)| (format!("\n{body}"), Vec::new()))
        .collect();
    let war_read = read_all(&engine, airwars);
    let filed_read = read_all(&engine, filed_texts);
    let cis_read = read_all(&engine, single_texts.collect());
    let gva_read = read_all(&engine, gva_texts.collect());
    let page_read = read_all(&engine, pages);
    eprintln!(
        "{} filed, {} + {} single reports, {} pages",
        filed_read.len(),
        cis_read.len(),
        gva_read.len(),
        page_read.len()
    );
    let known = |reports: &[Option<Report>]| -> Vec<Rows> {
        reports
            .iter()
            .map(|one| one.as_ref().map_or_else(Vec::new, known_rows))
            .collect()
    };
    let (cis_rows, gva_rows, page_rows) = (known(&cis_read), known(&gva_read), known(&page_read));
    let war_rows = known(&war_read);
    let learn = |keep: &dyn Fn(usize) -> bool| -> Weights {
        let all = [&page_rows, &cis_rows, &gva_rows, &war_rows];
        let base: Rows = all
            .into_iter()
            .flat_map(|all| all.iter().enumerate().filter(|(at, _)| keep(*at)))
            .flat_map(|(_, rows)| rows.iter().copied())
            .collect();
        let mut weights = Weights::read(START);
        for _ in 0..arguments.rounds {
            let mut rows = base.clone();
            for (_, one) in filed_read.iter().enumerate().filter(|(at, _)| keep(*at)) {
                let Some(report) = one else { continue };
                let own = filed_rows(report, &weights);
                for _ in 0..arguments.filed {
                    rows.extend(own.iter().copied());
                }
            }
            weights = fit(&rows, arguments.ridge);
        }
        weights.constant += arguments.shift as f32;
        weights
    };
    let evaluate = |of: &dyn Fn(usize) -> Weights| {
        let mut readings = Vec::new();
        readings.resize_with(filed_read.len(), || None);
        let mut figures = Figures::default();
        for fold in 0..FOLDS {
            let weights = of(fold);
            let mine = |at: &usize| at % FOLDS == fold;
            for at in (0..filed_read.len()).filter(mine) {
                readings[at] = filed_read[at]
                    .as_ref()
                    .and_then(|report| split(report, &weights));
            }
            for at in (0..cis_read.len()).filter(mine) {
                let Some(report) = &cis_read[at] else {
                    continue;
                };
                let Some(reading) = split(report, &weights) else {
                    continue;
                };
                let facts = Facts::of(&engine.dossier(std::slice::from_ref(&reading)));
                figures.single(&reading, cis530p::right(&single[at].1, &facts));
            }
            for at in (0..gva_read.len()).filter(mine) {
                if let Some(reading) = gva_read[at]
                    .as_ref()
                    .and_then(|report| split(report, &weights))
                {
                    figures.gva += 1;
                    figures.gva_split += usize::from(is_split(&reading));
                }
            }
            for at in (0..war_read.len()).filter(mine) {
                if let Some(reading) = war_read[at]
                    .as_ref()
                    .and_then(|report| split(report, &weights))
                {
                    figures.war += 1;
                    figures.war_split += usize::from(is_split(&reading));
                }
            }
            for (row, seam) in (0..page_rows.len())
                .filter(mine)
                .flat_map(|at| &page_rows[at])
            {
                let said = weights.odds(row) > 0.0;
                figures.seams[usize::from(*seam)][usize::from(said)] += 1;
            }
        }
        let outcome = accounts::judge(&engine, &filed, &readings);
        let mut lines = figures.lines();
        for (name, figure) in &outcome.metrics {
            if !name.starts_with("report_") {
                lines.push(format!("filed reports, {name}: {figure}"));
            }
        }
        lines
    };
    let lines = evaluate(&|fold| learn(&|at| at % FOLDS != fold));
    for line in &lines {
        eprintln!("{line}");
    }
    if let Some(path) = &arguments.out {
        let weights = learn(&|_| true);
        let mut text = String::from(
            "# Weights that say where a report begins to tell of another happening: feature, weight.\n\
             # Written by `cargo run --release -p crossbearing-score --example train_scenes`; do not edit by hand.\n\
             # Each report left out of training:\n",
        );
        for line in &lines {
            text.push_str(&format!("# {line}\n"));
        }
        text.push_str(&format!("constant {:.3}\n", weights.constant));
        for (name, weight) in FEATURES.iter().zip(weights.each) {
            text.push_str(&format!("{name} {weight:.3}\n"));
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

/// What is measured on reports that were left out.
#[derive(Default)]
struct Figures {
    single: usize,
    right: [usize; 4],
    single_split: usize,
    gva: usize,
    gva_split: usize,
    war: usize,
    war_split: usize,
    /// Candidates of pages: whether each is a seam, and whether it was taken for one.
    seams: [[usize; 2]; 2],
}

impl Figures {
    fn single(&mut self, reading: &model::Reading, right: [bool; 4]) {
        self.single += 1;
        self.single_split += usize::from(is_split(reading));
        for (sum, right) in self.right.iter_mut().zip(right) {
            *sum += usize::from(right);
        }
    }

    fn lines(&self) -> Vec<String> {
        let share =
            |n: usize, of: usize| format!("{n} of {of} = {:.4}", n as f64 / of.max(1) as f64);
        let [[_, wrong], [missed, found]] = self.seams;
        let [killed, injured, date, address] = self.right.map(|n| share(n, self.single));
        vec![
            format!("seams of pages found: {}", share(found, found + missed)),
            format!(
                "sentences taken for seams that are: {}",
                share(found, found + wrong)
            ),
            format!(
                "gva reports of one incident split: {}",
                share(self.gva_split, self.gva)
            ),
            format!(
                "airwars assessments split: {}",
                share(self.war_split, self.war)
            ),
            format!(
                "cis530p reports of one incident split: {}",
                share(self.single_split, self.single)
            ),
            format!("their killed: {killed}; injured: {injured}; date: {date}; address: {address}"),
        ]
    }
}

fn is_split(reading: &model::Reading) -> bool {
    reading
        .accounts
        .iter()
        .any(|account| account.kind == model::AccountKind::Further)
}

/// A report of one incident: whole, with its header lines, and in parts for pages.
struct Single {
    whole: String,
    published: String,
    town: String,
    text: String,
}

fn single_reports(lines: &str) -> Result<Vec<Single>, serde_json::Error> {
    let mut out = Vec::new();
    for line in lines.lines() {
        let item: Value = serde_json::from_str(line)?;
        let reports = item["reports"].as_array().cloned().unwrap_or_default();
        let [report] = reports.as_slice() else {
            continue;
        };
        let of = |key: &str| {
            report[key]
                .as_str()
                .unwrap_or("")
                .replace(['\n', '\r'], " ")
        };
        let text = report["text"].as_str().unwrap_or("").to_owned();
        let gold = &item["gold"];
        out.push(Single {
            whole: format!(
                "Title: {}\nPublished: {}\n\n{text}",
                of("title"),
                of("published")
            ),
            published: of("published"),
            town: format!("{} {}", gold["state"], gold["city_or_county"]),
            text,
        });
    }
    Ok(out)
}

/// Pages made of reports, those of one town together where there are several.
fn pages(reports: &[Single], most: usize) -> Vec<(String, Vec<usize>)> {
    let parts: Vec<Option<String>> = reports
        .iter()
        .enumerate()
        .map(|(at, one)| part(&one.text, at))
        .collect();
    let mut order: Vec<usize> = (0..reports.len())
        .filter(|at| parts[*at].is_some())
        .collect();
    order.sort_by(|a, b| reports[*a].town.cmp(&reports[*b].town).then(a.cmp(b)));
    let mut out = Vec::new();
    let mut at = 0;
    while out.len() < most && !order.is_empty() {
        let number = out.len();
        let size = 2 + number % 4;
        // Neighbours in the list by town, then by another step each time around.
        let step = 1 + at / order.len() * 7;
        let mut text = format!(
            "Published: {}\n\n",
            reports[order[at % order.len()]].published
        );
        let head = text.len();
        let mut marks = Vec::new();
        let break_between = if number % 3 == 0 { " " } else { "\n\n" };
        for k in 0..size {
            let one = order[(at + k * step) % order.len()];
            let Some(part) = &parts[one] else { continue };
            marks.push(text.len() - head);
            let lead = if k == 0 {
                ""
            } else {
                LEADS[(number + k * 5) % LEADS.len()]
            };
            let starts_low =
                part.starts_with("A ") || part.starts_with("An ") || part.starts_with("The ");
            let (lead, part) = match (lead, starts_low) {
                ("" | "Also ", _) | (_, false) => (String::new(), part.clone()),
                (lead, true) => (lead.to_owned(), part[..1].to_lowercase() + &part[1..]),
            };
            text.push_str(&lead);
            text.push_str(&if number % 3 == 0 {
                part.replace(['\n', '\r'], " ")
            } else {
                part
            });
            text.push_str(break_between);
        }
        out.push((text, marks));
        at += size;
    }
    out
}

/// The first sentences of a report from the one that tells of a shot.
fn part(text: &str, number: usize) -> Option<String> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.len() > 60)
        .collect();
    let tells = |line: &&str| {
        ["shot", "shooting", "gunshot", "gunfire"]
            .iter()
            .any(|word| line.contains(word))
    };
    let from = lines.iter().position(tells)?;
    let wanted = [300, 450, 650, 900][number % 4];
    let mut out = String::new();
    for line in &lines[from..] {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(line);
        if out.len() >= wanted {
            break;
        }
    }
    // A page has no room for a report that is one endless line.
    (out.len() < 2_500 && out.len() > 150).then_some(out)
}

fn read_all(engine: &Engine, texts: Vec<(String, Vec<usize>)>) -> Vec<Option<Report>> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let done = std::sync::Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some((text, marks)) = texts.get(at) else {
                        break;
                    };
                    let report = extract(text).map(|extracted| Report {
                        read: read::read(&extracted, engine.resources()),
                        text: text.clone(),
                        marks: marks.clone(),
                    });
                    done.lock().expect("a worker panicked").push((at, report));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("a worker panicked");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, report)| report).collect()
}

fn extract(text: &str) -> Option<text::Extracted> {
    text::extract(&Input {
        name: String::new(),
        bytes: text.as_bytes().to_vec(),
        ..Input::default()
    })
    .ok()
}

/// The reading of a report split by weights.
fn split(report: &Report, weights: &Weights) -> Option<model::Reading> {
    let extracted = extract(&report.text)?;
    Some(claims::claim_by(
        extracted,
        &report.read,
        &mut |_, row| weights.odds(row) > 0.0,
        &claims::Judges::rules(claims::victims::shipped()),
    ))
}

/// The sentences at which known happenings stand.
fn marked(report: &Report) -> Vec<usize> {
    let doc = &report.read.doc;
    let ends: Vec<usize> = doc
        .sentences()
        .map(|sentence| doc.bytes(sentence).end)
        .collect();
    let mut out: Vec<usize> = report
        .marks
        .iter()
        .map(|mark| ends.partition_point(|end| end <= mark))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The candidates of a page or of a report of one happening, whose seams are known. Where a report of one happening itself says that it
/// tells of another, nothing is known.
fn known_rows(report: &Report) -> Rows {
    let mut seams = marked(report);
    // The first part opens the page.
    let single = seams.is_empty();
    if !single {
        seams.remove(0);
    }
    let mut out = Rows::new();
    let mut next = 0;
    let Some(extracted) = extract(&report.text) else {
        return out;
    };
    let opens: claims::scenes::Opens<'_> = &mut |sentence, row| {
        let seam = seams.get(next).is_some_and(|at| *at <= sentence);
        while seams.get(next).is_some_and(|at| *at <= sentence) {
            next += 1;
        }
        if seam || row[0] == 0.0 {
            out.push((*row, seam));
        }
        seam
    };
    passes::run(&extracted, &report.read, opens, |_| ());
    out
}

/// The candidates of a filed report, with the seams that weights find in it: where they see one, and between two streets of different
/// incidents where they come nearest to it.
fn filed_rows(report: &Report, weights: &Weights) -> Rows {
    let marks = marked(report);
    let mut odds: Vec<(usize, f32)> = Vec::new();
    let mut rows: Vec<(usize, Row)> = Vec::new();
    let Some(extracted) = extract(&report.text) else {
        return Rows::new();
    };
    let opens: claims::scenes::Opens<'_> = &mut |sentence, row| {
        let said = weights.odds(row);
        odds.push((sentence, said));
        rows.push((sentence, *row));
        said > 0.0
    };
    passes::run(&extracted, &report.read, opens, |_| ());
    let mut seams: Vec<usize> = odds
        .iter()
        .filter(|(_, said)| *said > 0.0)
        .map(|(at, _)| *at)
        .collect();
    // A sentence that takes up somebody newly told of in the one before it is no seam: that one is.
    let taken: Vec<(usize, bool)> = rows
        .iter()
        .map(|(at, row)| (*at, row[TAKES_UP] > 0.0 && row[FRESH] == 0.0))
        .collect();
    for seam in &mut seams {
        let retold = taken.iter().any(|(at, retold)| at == seam && *retold);
        let before = rows
            .iter()
            .any(|(at, row)| at + 1 == *seam && row[FRESH] > 0.0);
        if retold && before {
            *seam -= 1;
        }
    }
    seams.sort_unstable();
    seams.dedup();
    for pair in marks.windows(2) {
        let inside = |at: usize| at > pair[0] && at <= pair[1];
        if seams.iter().any(|at| inside(*at)) {
            continue;
        }
        let best = odds
            .iter()
            .filter(|(at, _)| inside(*at))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        seams.extend(best.map(|(at, _)| *at));
    }
    let mut out = Rows::new();
    let Some(extracted) = extract(&report.text) else {
        return out;
    };
    let opens: claims::scenes::Opens<'_> = &mut |sentence, row| {
        let seam = seams.contains(&sentence);
        out.push((*row, seam));
        seam
    };
    passes::run(&extracted, &report.read, opens, |_| ());
    out
}

fn fit(rows: &Rows, ridge: f64) -> Weights {
    let wide: Vec<(Vec<f64>, bool)> = rows
        .iter()
        .map(|(row, seam)| (row.iter().map(|value| f64::from(*value)).collect(), *seam))
        .collect();
    let found = logistic::fit(&wide, ridge);
    let mut out = Weights {
        each: [0.0; FEATURES.len()],
        constant: 0.0,
    };
    for (weight, value) in out.each.iter_mut().zip(&found) {
        *weight = *value as f32;
    }
    out.constant = found.last().copied().unwrap_or(0.0) as f32;
    out
}
