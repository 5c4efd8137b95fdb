//! Learns the weights by which reports are linked into incidents, and the list of common words.
//!
//! `cargo run --release -p crossbearing-score --example train_link -- gva/dev.jsonl [--keep FILE] [--write]`
//!
//! Reads all reports (or takes the readings kept in FILE), compares the pairs that blocking finds, and fits a logistic regression to whether
//! a pair is one gold incident. The figure printed is cross-fitted: incidents are dealt into five parts by hash; a pair is scored by the
//! models that saw neither report's part. The weights written are fitted on all. Deterministic.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
};

use clap::Parser;
use reconciler::link::{
    block, cluster, features,
    heap::{Common, Heap},
    incidents,
    sheet::Sheet,
    tokens::{hash_word, scan},
};
use score::{Engine, Options, Progress, gva, logistic, measure::bcubed};

#[derive(Parser)]
struct Args {
    /// The labelled incidents.
    file: PathBuf,
    /// Keep the readings here, or take them from here.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Write the weights and the common words into the linker's data folder.
    #[arg(long)]
    write: bool,
    /// Features left out, with commas. Those left out by default earned a weight against what they say (shared passages that keep reports
    /// apart), and without them as many reports are grouped right.
    #[arg(long, default_value = "passages,names_sum,killed_differs,days_unknown")]
    without: String,
    /// Holds the weights back.
    #[arg(long, default_value_t = 1.0)]
    penalty: f64,
    /// Write what was grouped wrongly here.
    #[arg(long)]
    dump: Option<PathBuf>,
}

/// Parts that the incidents are dealt into.
const PARTS: u64 = 5;
/// Words that fewer reports in a thousand hold are left out of the list of common words.
const COMMON: f64 = 8.0;
/// Mean score from which groups are joined, and its neighbours for comparison.
const CUTS: [i64; 7] = [200, 250, 300, 350, 400, 450, 500];
/// The cut written.
const CUT: f64 = 0.35;

type Row = (Vec<f64>, bool);

fn main() {
    let args = Args::parse();
    let draw = |progress: Progress| eprint!("\r\x1b[K{}", progress.line("reading"));
    let options = Options {
        limit: None,
        progress: Some(&draw),
    };
    let keep = args.keep.as_deref();
    let members = gva::readings::kept_or_read(&args.file, keep, Engine::load, &options)
        .unwrap_or_else(|error| panic!("{error}"));
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut gold: Vec<&str> = Vec::new();
    let mut place = HashMap::new();
    // For every report of the file its sheet, if it has one, and its incident.
    let mut items: Vec<(Option<usize>, &str)> = Vec::new();
    for member in &members {
        let at = member.reading.as_ref().map(|reading| {
            *place.entry(&reading.report.id).or_insert_with(|| {
                sheets.push(Sheet::of(reading));
                gold.push(&member.incident);
                sheets.len() - 1
            })
        });
        items.push((at, &member.incident));
    }
    if args.write {
        fs::write(data("common-words.txt"), common_words(&sheets))
            .expect("the data folder can be written");
    }
    let common = if args.write {
        Common::parse(&common_words(&sheets))
    } else {
        Common::shipped()
    };
    let heap = Heap::new(
        &sheets.iter().collect::<Vec<_>>(),
        &common,
        &BTreeSet::new(),
    );
    let gold_of = |node: u32| gold[heap.sheets[node as usize][0]];
    let without: Vec<usize> = args
        .without
        .split(',')
        .filter_map(|name| features::NAMES.iter().position(|known| *known == name))
        .collect();
    let row = |a: u32, b: u32| -> Row {
        let mut row = features::features(&heap.nodes[a as usize], &heap.nodes[b as usize]).to_vec();
        without.iter().for_each(|at| row[*at] = 0.0);
        (row, gold_of(a) == gold_of(b))
    };
    let pairs = block::pairs(&heap);
    let rows: Vec<Row> = pairs.iter().map(|(a, b)| row(*a, *b)).collect();
    let mut size: BTreeMap<&str, usize> = BTreeMap::new();
    gold.iter()
        .for_each(|gold| *size.entry(gold).or_default() += 1);
    let all: usize = size.values().map(|n| n * (n - 1) / 2).sum();
    let hit = rows.iter().filter(|row| row.1).count();
    println!(
        "{} reports, {} nodes, {:.1} pairs a report hold {:.3} of all true pairs",
        sheets.len(),
        heap.nodes.len(),
        pairs.len() as f64 / sheets.len() as f64,
        hit as f64 / all as f64
    );
    let part = |node: u32| (hash_word(gold_of(node)) >> 7) % PARTS;
    let models: Vec<Vec<f64>> = (0..PARTS)
        .map(|out| {
            let seen = pairs
                .iter()
                .zip(&rows)
                .filter(|((a, b), _)| part(*a) != out && part(*b) != out);
            let rows: Vec<Row> = seen.map(|(_, row)| row.clone()).collect();
            logistic::fit(&rows, args.penalty)
        })
        .collect();
    let score = |a: u32, b: u32| -> i64 {
        let (row, _) = row(a, b);
        let of = |node: u32| logistic::chance(&models[part(node) as usize], &row);
        ((of(a) + of(b)) / 2.0 * cluster::ONE as f64).round() as i64
    };
    let edges = incidents::edges(heap.nodes.len(), pairs, &score);
    let mut node_of = vec![0; sheets.len()];
    for (members, node) in heap.sheets.iter().zip(0u32..) {
        members.iter().for_each(|at| node_of[*at] = node);
    }
    for cut in CUTS {
        let groups = cluster::groups(
            heap.nodes.len(),
            &edges,
            &cluster::Bonds::default(),
            &|_| false,
            cut * 1000,
        );
        let mut alone = heap.nodes.len() as u32;
        let found: Vec<(u32, &str)> = items
            .iter()
            .map(|(at, gold)| match at {
                Some(at) => (groups[node_of[*at] as usize], *gold),
                None => {
                    alone += 1;
                    (alone, *gold)
                }
            })
            .collect();
        let b = bcubed(&found);
        println!(
            "cut .{cut:03}: cross-fitted B-cubed precision {:.4}, recall {:.4}, F1 {:.4}",
            b.precision, b.recall, b.f1
        );
    }
    let weights = logistic::fit(&rows, args.penalty);
    let mut page = String::from(
        "# Weights of the features by which two reports are linked, and the mean score from which groups are joined.\n\
         # Made by: cargo run --release -p crossbearing-score --example train_link -- gva/dev.jsonl --write\n",
    );
    for (name, weight) in features::NAMES.iter().chain(&["constant"]).zip(&weights) {
        page.push_str(&format!("{name} {weight:.3}\n"));
    }
    page.push_str(&format!("cut {CUT}\n"));
    print!("{page}");
    if args.write {
        fs::write(data("link-weights.txt"), page).expect("the data folder can be written");
    }
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../reconciler/data")
        .join(name)
}

/// The words that many reports hold and that are mostly written small: no names.
fn common_words(sheets: &[Sheet]) -> String {
    // Word → reports, times written small, times in all.
    let mut words: BTreeMap<String, (u32, u32, u32)> = BTreeMap::new();
    for sheet in sheets {
        let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
        scan(&sheet.body, &mut tokens, &mut sentences);
        let mut own: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        for token in tokens
            .iter()
            .filter(|token| token.word.chars().all(char::is_alphabetic))
        {
            let (small, all) = own.entry(token.word.to_lowercase()).or_default();
            *small += u32::from(!token.capital);
            *all += 1;
        }
        for (word, (small, all)) in own {
            let entry = words.entry(word).or_default();
            entry.0 += 1;
            entry.1 += small;
            entry.2 += all;
        }
    }
    let mut out = String::from(
        "# Words of news on violence that many reports hold, and how many in a thousand. Made by train_link; names are left out.\n",
    );
    for (word, (reports, small, all)) in words {
        let share = f64::from(reports) * 1000.0 / sheets.len().max(1) as f64;
        if share >= COMMON && small * 2 > all && word.len() < 20 {
            out.push_str(&format!("{word} {share:.0}\n"));
        }
    }
    out
}
