//! Stage `segments`: the weights that say where a report begins to tell of another incident.
//!
//! Comes in: reports of shootings (`gva`, `cis530p`) and assessments of strikes (`airwars gaza`). Goes out: a logistic
//! regression over the candidate sentences of three kinds of reports. *Pages* are made here of the first sentences of
//! two to five reports of one incident each, as a blotter strings them together, some with words that lead over; their
//! seams are known. *Single* reports, and assessments of one strike each, have no seam. *Filed* reports stand in the
//! data under several incidents, each with the street of one: somewhere between two such streets another incident
//! begins, where the weights so far think it likeliest; this is repeated. No chance is involved. What the weights earn
//! is measured with each report left out of training (five folds): on `filed`, the figures of `score accounts`; on
//! reports under one incident, killed, injured, day and address of the report as a whole.

mod pages;

use std::collections::BTreeMap;

use clap::Args;
use reader::{
    claims::{
        self, passes,
        segments::boundary::{FEATURES, FILE, Row, Weights},
    },
    read::Annotations,
};
use score::{
    Engine, Facts, Outcome, accounts,
    cis530p::{self, X, Y},
};
use serde::Serialize;

use self::pages::{Marked, pages, single_reports};
use super::job::{Job, Made, Stage};
use crate::{
    data::{self, FOLDS, Incident, extract},
    error::Error,
    optim::logit::{Choice, dense, fit as logit},
};

/// Its name.
pub const NAME: &str = "segments";

/// Settings.
#[derive(Clone, Debug, Serialize, Args)]
pub struct Settings {
    /// Ridge penalty
    #[arg(long, default_value_t = 3.0)]
    ridge: f64,
    /// How often each filed report counts
    #[arg(long, default_value_t = 40)]
    filed: u32,
    /// Pages made
    #[arg(long, default_value_t = 250)]
    pages: usize,
    /// What is added to the constant after learning
    #[arg(long, default_value_t = 0.2, allow_hyphen_values = true)]
    shift: f64,
    /// Rounds of finding the seams of filed reports
    #[arg(long, default_value_t = 4)]
    rounds: usize,
}

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
/// A report that has been read.
struct Report {
    text: String,
    read: Annotations,
    /// Bytes at which known events stand: the first byte of each part of a page, or of the street of each incident.
    marks: Vec<usize>,
}

/// Where a feature stands in a row.
const fn at(name: &str) -> usize {
    let mut at = 0;
    loop {
        let (known, wanted) = (FEATURES[at].as_bytes(), name.as_bytes());
        let mut same = known.len() == wanted.len();
        let mut i = 0;
        while same && i < wanted.len() {
            same = known[i] == wanted[i];
            i += 1;
        }
        if same {
            return at;
        }
        at += 1;
    }
}

/// Somebody new is hit, after another.
const FRESH: usize = at("fresh-after");
/// The sentence takes up what was told before.
const TAKES_UP: usize = at("takes-up");

type Rows = Vec<(Row, bool)>;

impl Stage for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, job: &Job) -> Result<Option<Made>, Error> {
        let heard = Heard::read(job, self.pages)?;
        let (figures, outcome) = self.held_out(&heard, job.engine()?);
        let mut lines = figures.lines();
        for (name, figure) in &outcome.metrics {
            if !name.starts_with("report_") {
                lines.push(format!("filed reports, {name}: {figure}"));
            }
        }
        let [x, y] = job.cis("train");
        let mut made = Made {
            data: vec![job.gva(), job.gaza(), x, y],
            ..Made::default()
        };
        for (name, what) in [
            ("found", "reports on several incidents: street found"),
            (
                "all_accuracy",
                "reports on several incidents: street, killed, injured, day all right",
            ),
        ] {
            if let Some(figure) = outcome.metrics.get(name) {
                made.share(what, figure.value(), outcome.n);
            }
        }
        made.right(
            "reports of one incident that are split, gva (fewer is better)",
            figures.gva_split,
            figures.gva,
        );
        let weights = self.learn(&heard, &|_| true);
        let mut text = format!(
            "# Weights that say where a report begins to tell of another incident: feature, weight.\n\
             # Written by `crossbearing-learn {NAME}`; do not edit by hand.\n\
             # Each report left out of training:\n"
        );
        for line in &lines {
            eprintln!("{line}");
            text.push_str(&format!("# {line}\n"));
        }
        text.push_str(&format!("constant {:.3}\n", weights.constant));
        for (name, weight) in FEATURES.iter().zip(weights.each) {
            text.push_str(&format!("{name} {weight:.3}\n"));
        }
        made.files.push((FILE.path, text.into_bytes()));
        Ok(Some(made))
    }
}

/// All reports, read, with the rows whose seams are known.
struct Heard {
    /// Reports filed under several incidents, their labels, and what was read.
    filed: Vec<(X, Vec<Y>)>,
    filed_read: Vec<Option<Report>>,
    /// Reports of one incident, with their labels.
    single: Vec<Y>,
    cis: Known,
    gva: Known,
    war: Known,
    pages: Known,
}

/// Reports and the rows of each.
struct Known {
    read: Vec<Option<Report>>,
    rows: Vec<Rows>,
}

impl Heard {
    fn read(job: &Job, most_pages: usize) -> Result<Self, Error> {
        let engine = job.engine()?;
        let [x, y] = job.cis("train");
        let rows = cis530p::rows(&x, &y)?;
        let filed = accounts::filed(rows.clone());
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (x, _) in &rows {
            *seen.entry(x.text.as_str()).or_default() += 1;
        }
        let single = rows.iter().filter(|(x, _)| seen[x.text.as_str()] == 1);
        let gva = single_reports(&data::lines::<Incident>(&job.gva())?);
        let headed = |x: &X| data::dated(x.publish_date.as_deref(), &x.text);
        let filed_texts = filed.iter().map(|(x, golds)| {
            let marks = golds.iter().filter_map(|gold| x.text.find(&gold.address));
            (headed(x), marks.collect())
        });
        let single_texts = single.clone().map(|(x, _)| (headed(x), Vec::new()));
        let gva_texts = gva.iter().map(|one| (one.whole.clone(), Vec::new()));
        let war_texts = score::airwars::dated(&job.gaza())?.into_iter();
        let war_texts = war_texts.map(|(_, body)| (data::dated(None, &body), Vec::new()));
        let read_all = |texts: Vec<Marked>| -> Vec<Option<Report>> {
            job.map(&texts, |(text, marks)| {
                let (_, read) = data::reading(engine, text)?;
                Some(Report {
                    read,
                    text: text.clone(),
                    marks: marks.clone(),
                })
            })
        };
        let known = |texts: Vec<Marked>| -> Known {
            let read = read_all(texts);
            let rows = |one: &Option<Report>| one.as_ref().map_or_else(Vec::new, known_rows);
            Known {
                rows: read.iter().map(rows).collect(),
                read,
            }
        };
        let out = Self {
            war: known(war_texts.collect()),
            filed_read: read_all(filed_texts.collect()),
            cis: known(single_texts.collect()),
            gva: known(gva_texts.collect()),
            pages: known(pages(&gva, most_pages)),
            single: single.map(|(_, y)| y.clone()).collect(),
            filed,
        };
        eprintln!(
            "{} filed, {} + {} single reports, {} pages",
            out.filed.len(),
            out.cis.read.len(),
            out.gva.read.len(),
            out.pages.read.len()
        );
        Ok(out)
    }
}

impl Settings {
    /// Weights from the reports whose place is kept.
    fn learn(&self, heard: &Heard, keep: &dyn Fn(usize) -> bool) -> Weights {
        let all = [&heard.pages, &heard.cis, &heard.gva, &heard.war];
        let base: Vec<Choice> = all
            .into_iter()
            .flat_map(|all| all.rows.iter().enumerate().filter(|(at, _)| keep(*at)))
            .flat_map(|(_, rows)| rows.iter().map(|row| choice(row, 1.0)))
            .collect();
        let mut weights = start();
        for _ in 0..self.rounds {
            let mut choices = base.clone();
            let filed = heard.filed_read.iter().enumerate();
            for (_, report) in filed.filter(|(at, _)| keep(*at)) {
                let own = report.as_ref().map(|report| filed_rows(report, &weights));
                let own = own.iter().flatten();
                choices.extend(own.map(|row| choice(row, f64::from(self.filed))));
            }
            weights = fit(&choices, self.ridge);
        }
        weights.constant += self.shift as f32;
        weights
    }

    /// What weights earn on the reports of each fold that they were not learned from.
    fn held_out(&self, heard: &Heard, engine: &Engine) -> (Figures, Outcome) {
        let mut readings = Vec::new();
        readings.resize_with(heard.filed.len(), || None);
        let mut figures = Figures::default();
        for fold in 0..FOLDS {
            let weights = self.learn(heard, &|at| at % FOLDS != fold);
            let mine = |n: usize| (0..n).filter(move |at| at % FOLDS == fold);
            let split_by = |report: &Option<Report>| split(report.as_ref()?, &weights);
            for at in mine(heard.filed_read.len()) {
                readings[at] = split_by(&heard.filed_read[at]);
            }
            for at in mine(heard.cis.read.len()) {
                if let Some(reading) = split_by(&heard.cis.read[at]) {
                    let facts = Facts::of(&engine.dossier(std::slice::from_ref(&reading)));
                    figures.single(&reading, cis530p::right(&heard.single[at], &facts));
                }
            }
            let of = |known: &Known| {
                let readings = mine(known.read.len()).filter_map(|at| split_by(&known.read[at]));
                readings.fold((0, 0), |(all, parted), reading| {
                    (all + 1, parted + usize::from(is_split(&reading)))
                })
            };
            let (gva, war) = (of(&heard.gva), of(&heard.war));
            figures.gva += gva.0;
            figures.gva_split += gva.1;
            figures.war += war.0;
            figures.war_split += war.1;
            for (row, seam) in mine(heard.pages.rows.len()).flat_map(|at| &heard.pages.rows[at]) {
                let said = weights.odds(row) > 0.0;
                figures.seams[usize::from(*seam)][usize::from(said)] += 1;
            }
        }
        let outcome = accounts::judge(engine, &heard.filed, &readings);
        (figures, outcome)
    }
}

/// The weights that find the first seams; what is not named weighs nothing.
fn start() -> Weights {
    let mut weights = vec![0.0; FEATURES.len() + 1];
    for line in START.lines() {
        if let Some((name, Ok(weight))) = line.split_once(' ').map(|(a, b)| (a, b.parse())) {
            let known = FEATURES.iter().position(|known| *known == name);
            weights[known.unwrap_or(FEATURES.len())] = weight;
        }
    }
    Weights::of(&weights)
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

/// The reading of a report split by weights.
fn split(report: &Report, weights: &Weights) -> Option<model::Reading> {
    let extracted = extract(&report.text)?;
    Some(claims::claim_by(
        extracted,
        &report.read,
        &mut |_, row| weights.odds(row) > 0.0,
        &claims::Models::rules(Some(claims::report_toll::shipped())),
    ))
}

/// The sentences at which known events stand.
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

/// The candidates of a page or of a report of one event, whose seams are known. Where a report of one event
/// itself says that it tells of another, nothing is known.
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
    let opens: claims::segments::Opens<'_> = &mut |sentence, row| {
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

/// The candidates of a filed report, with the seams that weights find in it: where they see one, and between two
/// streets of different incidents where they come nearest to it.
fn filed_rows(report: &Report, weights: &Weights) -> Rows {
    let marks = marked(report);
    let mut odds: Vec<(usize, f32)> = Vec::new();
    let mut rows: Vec<(usize, Row)> = Vec::new();
    let Some(extracted) = extract(&report.text) else {
        return Rows::new();
    };
    let opens: claims::segments::Opens<'_> = &mut |sentence, row| {
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
    let opens: claims::segments::Opens<'_> = &mut |sentence, row| {
        let seam = seams.contains(&sentence);
        out.push((*row, seam));
        seam
    };
    passes::run(&extracted, &report.read, opens, |_| ());
    out
}

/// Whether a sentence is a seam, as a choice; the constant stands behind the features.
fn choice((row, seam): &(Row, bool), weight: f64) -> Choice {
    let mut values = dense(row);
    values.push((FEATURES.len() as u32, 1.0));
    Choice::yes_or_no(values, *seam, weight)
}

fn fit(choices: &[Choice], ridge: f64) -> Weights {
    let mut penalties = [ridge; FEATURES.len() + 1];
    // The constant is not held back.
    penalties[FEATURES.len()] = 1e-9;
    let found: Vec<f32> = logit(choices, &penalties)
        .into_iter()
        .map(|weight| weight as f32)
        .collect();
    Weights::of(&found)
}
