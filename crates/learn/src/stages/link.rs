//! Stage `link`: the weights by which reports are linked into incidents, and the list of common words.
//!
//! Comes in: shootings (`gva`); strikes with their sources (`airwars syria`); events; events with a look-alike of each,
//! moved to another town, year or toll; large incidents made of events. Each domain is a pool, or several; in every
//! heap the pairs that blocking finds are compared, and boosted trees learn whether a pair is one gold incident. Goes
//! out: the trees, with cross-fitted figures in their head: incidents (an event with its look-alikes) are dealt into
//! five parts by hash; a pair is scored by the models that saw neither report's part. The weights written are fitted on
//! all. Deterministic.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use model::hash;
use reconciler::link::{
    block, cluster, edges, features,
    pool::{COMMON_FILE, Common, ReportPool},
    record::LinkingRecord,
    weights::{FILE, Weights, chance},
};
use score::{Options, measure::bcubed};
use serde::Serialize;

use super::job::{Job, Made, Stage};
use crate::{
    data,
    error::Error,
    heaps::{self, Alike, Labelled},
    optim::rising,
};

/// Its name.
pub const NAME: &str = "link";

/// Settings.
#[derive(Clone, Debug, Serialize, Args)]
pub struct Settings {
    /// What domains weigh beside the shootings, 1 for the same
    #[arg(long, default_value_t = 0.2)]
    others: f64,
    /// What a pair of the large incidents weighs beside one of another domain than the shootings; 0 leaves them out
    #[arg(long, default_value_t = 0.005)]
    crowds: f64,
    /// Where what was grouped wrongly goes
    #[arg(long)]
    #[serde(skip)]
    dump: Option<PathBuf>,
}

/// Parts that the incidents are dealt into.
const PARTS: u64 = 5;
/// Words that fewer reports in a thousand hold are left out of the list of common words.
const COMMON: f64 = 8.0;
/// Mean score from which groups are joined, and its neighbours for comparison.
const CUTS: [i64; 7] = [200, 250, 300, 350, 400, 450, 500];
/// The cut written.
const CUT: f64 = 0.3;
/// How often a pair of a small domain counts at most.
const MAX_WEIGHT: f64 = 4.0;
/// Look-alikes of each heap of events.
const ALIKE: [(&str, &[Alike]); 4] = [
    ("events", &[]),
    ("events-abroad", &[Alike::Abroad]),
    (
        "events-next-town",
        &[Alike::NextTown, Alike::NextTownAndToll],
    ),
    (
        "events-mixed",
        &[Alike::Scattered, Alike::YearLater, Alike::NextTown],
    ),
];

/// A labelled heap and the pairs compared in it.
struct Domain {
    name: &'static str,
    items: Vec<Labelled>,
    /// For each item its record among those of the pool.
    record: Vec<Option<usize>>,
    pool: ReportPool,
    /// Incident and family of each node.
    gold: Vec<(String, String)>,
    pairs: Vec<(u32, u32)>,
}

impl Domain {
    fn new(name: &'static str, items: Vec<Labelled>, common: &Common) -> Self {
        let mut records: Vec<&LinkingRecord> = Vec::new();
        let mut labels: Vec<(String, String)> = Vec::new();
        let mut place = BTreeMap::new();
        let record = items
            .iter()
            .map(|item| {
                let record = item.record.as_ref()?;
                Some(*place.entry(&record.id).or_insert_with(|| {
                    records.push(record);
                    labels.push((item.incident.clone(), item.family.clone()));
                    records.len() - 1
                }))
            })
            .collect();
        let pool = ReportPool::new(&records, common, &BTreeSet::new(), None);
        let gold = pool
            .records
            .iter()
            .map(|own| labels[own[0]].clone())
            .collect();
        let pairs = block::pairs(&pool);
        Self {
            name,
            record,
            gold,
            pairs,
            pool,
            items,
        }
    }

    fn row(&self, a: u32, b: u32) -> [f64; features::N] {
        let node = |at: u32| &self.pool.nodes[at as usize];
        features::features(node(a), node(b))
    }

    fn one(&self, a: u32, b: u32) -> bool {
        self.gold[a as usize].0 == self.gold[b as usize].0
    }

    fn part(&self, node: u32) -> u64 {
        (hash::word(&self.gold[node as usize].1) >> 7) % PARTS
    }

    /// For each item its group by these edges.
    fn groups(&self, edges: &[cluster::Edge], cut: i64) -> Vec<u32> {
        let found = cluster::groups(
            self.pool.nodes.len(),
            edges,
            &cluster::Constraints::default(),
            &|_| false,
            cut * 1000,
        );
        let mut node_of = BTreeMap::new();
        for (members, node) in self.pool.records.iter().zip(0usize..) {
            members.iter().for_each(|at| {
                node_of.insert(*at, node);
            });
        }
        let mut alone = self.pool.nodes.len() as u32;
        self.record
            .iter()
            .map(|at| match at {
                Some(at) => found[node_of[at]],
                None => {
                    alone += 1;
                    alone
                }
            })
            .collect()
    }
}

/// The compared pairs of all domains.
#[derive(Default)]
struct Rows {
    features: Vec<[f64; features::N]>,
    /// Whether a pair is one incident.
    one: Vec<bool>,
    weigh: Vec<f64>,
    parts: Vec<(u64, u64)>,
}

impl Rows {
    /// Weights from the pairs without a report of part `out`.
    fn fit(&self, out: Option<u64>) -> Weights {
        let seen = |at: &usize| {
            let (a, b) = self.parts[*at];
            Some(a) != out && Some(b) != out
        };
        let rows: Vec<rising::Row<'_>> = (0..self.one.len())
            .filter(seen)
            .map(|at| (&self.features[at], self.one[at], self.weigh[at]))
            .collect();
        let (constant, trees) =
            rising::boost(&rows, &features::SLOPES, rising::Settings::default());
        Weights {
            trees,
            constant,
            cut: CUT,
        }
    }
}

/// Takes what was kept under a name, or reads it and keeps it.
fn kept(
    job: &Job,
    name: &str,
    read: impl FnOnce(&Options<'_>) -> Result<Vec<Labelled>, Error>,
) -> Result<Vec<Labelled>, Error> {
    let path = job
        .keep
        .as_ref()
        .map(|keep| keep.join(format!("{name}.jsonl")));
    if let Some(path) = path.as_ref().filter(|path| path.exists()) {
        return data::lines(path);
    }
    let items = job.told(name, read)?;
    if let Some(path) = path {
        let lines: Vec<String> = items
            .iter()
            .map(serde_json::to_string)
            .collect::<Result<_, _>>()?;
        fs::write(path, lines.join("\n"))?;
    }
    Ok(items)
}

impl Stage for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, job: &Job) -> Result<Option<Made>, Error> {
        let strikes = job.data.join("airwars/syria.dev.jsonl");
        let mut made = Made {
            data: vec![job.gva(), job.events(), strikes.clone()],
            ..Made::default()
        };
        let read = self.read(job, &strikes)?;
        let mut seen = BTreeSet::new();
        let read_first = read[0].1.iter().filter_map(|item| {
            let record = item.record.as_ref()?;
            seen.insert(&record.id).then_some(item.body.as_str())
        });
        let words = common_words(read_first);
        let common = Common::parse(&words);
        made.files.push((COMMON_FILE, words.into_bytes()));
        let domains: Vec<Domain> = read
            .into_iter()
            .map(|(name, items)| Domain::new(name, items, &common))
            .collect();
        let rows = self.rows(&domains);
        let (figures, dump) = cross_fitted(&domains, &rows, &mut made);
        if let Some(path) = &self.dump {
            fs::write(path, dump)?;
        }
        let weights = rows.fit(None);
        let mut page = format!(
            "# Trees over the features by which two reports are linked, whose answers add up to log odds,\n\
             # and the mean score from which groups are joined.\n\
             # Written by `crossbearing-learn {NAME}`; do not edit by hand.\n"
        );
        page.push_str(&figures);
        page.push_str(&format!("constant {:.4}\n", weights.constant));
        page.push_str(&format!("cut {CUT}\n"));
        for tree in &weights.trees {
            page.push_str(&tree.line());
            page.push('\n');
        }
        made.files.push((FILE, page.into_bytes()));
        Ok(Some(made))
    }
}

impl Settings {
    /// The reports of all domains, the shootings first.
    fn read(&self, job: &Job, strikes: &Path) -> Result<Vec<(&'static str, Vec<Labelled>)>, Error> {
        let mut read: Vec<(&'static str, Vec<Labelled>)> = Vec::new();
        let gva = |options: &Options<'_>| Ok(heaps::gva(&job.gva(), options)?);
        read.push(("gva", kept(job, "gva", gva)?));
        let airwars = |options: &Options<'_>| Ok(heaps::strikes(strikes, job.engine()?, options)?);
        read.push(("airwars", kept(job, "airwars", airwars)?));
        for (name, kinds) in ALIKE {
            let events = |options: &Options<'_>| {
                Ok(heaps::events(&job.events(), kinds, job.engine()?, options)?)
            };
            read.push((name, kept(job, name, events)?));
        }
        let events = read.iter().find(|(name, _)| *name == "events");
        let crowds = events
            .filter(|_| self.crowds > 0.0)
            .map(|(_, items)| heaps::crowds::crowds(items));
        read.extend(crowds.map(|items| ("crowds", items)));
        Ok(read)
    }

    /// The compared pairs of all domains, weighed.
    fn rows(&self, domains: &[Domain]) -> Rows {
        let first = domains.first().map_or(0, |domain| domain.pairs.len()) as f64;
        let mut rows = Rows::default();
        for domain in domains {
            let mut size: BTreeMap<&str, usize> = BTreeMap::new();
            for (incident, _) in &domain.gold {
                *size.entry(incident).or_default() += 1;
            }
            let all: usize = size.values().map(|n| n * (n - 1) / 2).sum();
            let hit = domain.pairs.iter().filter(|(a, b)| domain.one(*a, *b));
            println!(
                "{}: {} reports, {} nodes, {:.1} pairs a report hold {:.3} of all true pairs",
                domain.name,
                domain.items.len(),
                domain.pool.nodes.len(),
                domain.pairs.len() as f64 / domain.items.len().max(1) as f64,
                hit.count() as f64 / all.max(1) as f64
            );
            let share = if domain.name == "crowds" {
                self.crowds
            } else {
                1.0
            };
            let weight = match domain.name {
                "gva" => 1.0,
                _ => {
                    share * self.others * (first / domain.pairs.len().max(1) as f64).min(MAX_WEIGHT)
                }
            };
            for &(a, b) in &domain.pairs {
                rows.features.push(domain.row(a, b));
                rows.one.push(domain.one(a, b));
                rows.weigh.push(weight);
                rows.parts.push((domain.part(a), domain.part(b)));
            }
        }
        rows
    }
}

/// The cross-fitted figures of each domain as remarks, and what was grouped wrongly.
fn cross_fitted(domains: &[Domain], rows: &Rows, made: &mut Made) -> (String, String) {
    let models: Vec<Weights> = (0..PARTS).map(|out| rows.fit(Some(out))).collect();
    let (mut figures, mut dump) = (String::new(), String::new());
    for domain in domains {
        let score = |a: u32, b: u32| -> i64 {
            let row = domain.row(a, b);
            let of = |node: u32| chance(models[domain.part(node) as usize].odds(&row));
            ((of(a) + of(b)) / 2.0 * cluster::ONE as f64).round() as i64
        };
        let edges = edges::score(domain.pool.nodes.len(), domain.pairs.clone(), &score);
        for cut in CUTS {
            let groups = domain.groups(&edges, cut);
            let found: Vec<(u32, &str)> = groups
                .iter()
                .zip(&domain.items)
                .map(|(group, item)| (*group, item.incident.as_str()))
                .collect();
            let b = bcubed(&found);
            let line = format!(
                "{} cut .{cut:03}: cross-fitted B-cubed precision {:.4}, recall {:.4}, F1 {:.4}",
                domain.name, b.precision, b.recall, b.f1
            );
            println!("{line}");
            if cut as f64 == CUT * 1000.0 {
                figures.push_str(&format!("# {line}\n"));
                let (what, n) = (domain.name, domain.items.len());
                for (name, value) in [
                    ("F1", b.f1),
                    ("precision", b.precision),
                    ("recall", b.recall),
                ] {
                    made.share(
                        &format!("reports grouped into incidents, {what}, B-cubed {name}"),
                        value,
                        n,
                    );
                }
                wrong(domain, &groups, &mut dump);
            }
        }
    }
    (figures, dump)
}

/// Lists the groups that hold reports of several incidents, and the incidents in several groups.
fn wrong(domain: &Domain, groups: &[u32], out: &mut String) {
    let mut by_group: BTreeMap<u32, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    let mut by_gold: BTreeMap<&str, BTreeMap<u32, Vec<&str>>> = BTreeMap::new();
    for (group, item) in groups.iter().zip(&domain.items) {
        let own = by_group.entry(*group).or_default();
        own.entry(&item.incident).or_default().push(&item.report);
        let own = by_gold.entry(&item.incident).or_default();
        own.entry(*group).or_default().push(&item.report);
    }
    for held in by_group.values().filter(|held| held.len() > 1) {
        out.push_str(&format!("{} mixed {held:?}\n", domain.name));
    }
    for (gold, held) in by_gold.iter().filter(|(_, held)| held.len() > 1) {
        out.push_str(&format!(
            "{} split {gold} {:?}\n",
            domain.name,
            held.values()
        ));
    }
}

/// The words that many reports hold and that are mostly written small: no names.
fn common_words<'a>(bodies: impl Iterator<Item = &'a str>) -> String {
    let mut reports = 0usize;
    // Word → reports, times written small, times in all.
    let mut words: BTreeMap<String, (u32, u32, u32)> = BTreeMap::new();
    for body in bodies {
        reports += 1;
        for (word, all, small) in reader::keys::tally(body) {
            let entry = words.entry(word).or_default();
            entry.0 += 1;
            entry.1 += small;
            entry.2 += all;
        }
    }
    let mut out = String::from(
        "# Words of news on violence that many reports hold, and how many in a thousand; names are left out.\n\
         # Written by `crossbearing-learn link`; do not edit by hand.\n",
    );
    for (word, (held, small, all)) in words {
        let share = f64::from(held) * 1000.0 / reports.max(1) as f64;
        if share >= COMMON && small * 2 > all && word.len() < 20 {
            out.push_str(&format!("{word} {share:.0}\n"));
        }
    }
    out
}
