//! Time and memory of linking and reconciling heaps of 10,000, 30,000 and 100,000 reports.
//!
//! `cargo run --release -p crossbearing-score --example bench_heap -- gva/dev.jsonl --keep FILE [--sizes
//! 10000,30000,100000]`
//!
//! The heaps are made of the labelled reports with names, places, figures and dates replaced in the same way within
//! each variant, so that every variant holds as many incidents as the file. Reading is not timed: the readings are
//! taken from FILE, and a variant's are made of them. Memory is the largest that the process had, records and links
//! included, as the system counts it.

use std::{collections::HashMap, path::PathBuf, time::Instant};

use clap::Parser;
use model::{Reading, ReportId};
use reconciler::{
    Policy,
    link::{incidents::Linker, pool::Common, record::LinkingRecord},
};
use score::{
    Engine, Options,
    gva::{readings::kept_or_read, variant::Variant},
    measure::bcubed,
};

#[derive(Parser)]
struct Args {
    /// The labelled incidents.
    file: PathBuf,
    /// Keep the readings here, or take them from here.
    #[arg(long)]
    keep: PathBuf,
    /// Numbers of reports.
    #[arg(long, value_delimiter = ',', default_value = "10000,30000,100000")]
    sizes: Vec<usize>,
    /// Variants of the file that share one span of time: more make the heap denser as it grows, and not only longer.
    #[arg(long, default_value_t = 1)]
    together: u64,
    /// Reconcile the incidents of so many reports at most; the rest is taken to cost as much.
    #[arg(long, default_value_t = 10_000)]
    reconcile: usize,
}

fn main() {
    let args = Args::parse();
    let members = kept_or_read(
        &args.file,
        Some(&args.keep),
        Engine::load,
        &Options::quiet(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let base: Vec<(String, Reading)> = members
        .into_iter()
        .filter_map(|member| Some((member.incident, member.reading?)))
        .collect();
    let common = Common::shipped();
    let policy = Policy {
        version: "bench".into(),
    };
    let mut points: Vec<(f64, f64)> = Vec::new();
    for size in args.sizes {
        let mut linker = Linker::default();
        let mut origin: HashMap<ReportId, (u64, usize)> = HashMap::new();
        for number in 0.. {
            if origin.len() >= size {
                break;
            }
            let variant = Variant::new(number, args.together, common);
            for (at, (_, reading)) in base.iter().enumerate() {
                if origin.len() >= size {
                    break;
                }
                let made = variant.of(reading);
                origin.insert(made.report.id.clone(), (number, at));
                linker.add(LinkingRecord::all(&made));
            }
        }
        let read = memory("VmRSS");
        let (start, spent) = (Instant::now(), processor());
        let found = linker.link(&[]);
        let (linked, spent) = (start.elapsed().as_secs_f64(), processor() - spent);
        let most = memory("VmHWM");
        let items: Vec<(usize, (u64, &str))> = found
            .groups
            .iter()
            .enumerate()
            .flat_map(|(group, ids)| {
                let told = &found.told[group];
                let about = ids.iter().filter(move |id| !told.contains_key(*id));
                about.map(move |id| (group, id))
            })
            .map(|(group, id)| {
                let (number, at) = origin[id];
                (group, (number, base[at].0.as_str()))
            })
            .collect();
        let agreement = bcubed(&items);
        let (mut reconciled, mut done) = (0.0, 0);
        for (at, group) in found.groups.iter().enumerate() {
            if done >= args.reconcile {
                break;
            }
            let readings: Vec<Reading> = group
                .iter()
                .map(|id| {
                    let (number, from) = origin[id];
                    found.reading(
                        at,
                        &Variant::new(number, args.together, common).of(&base[from].1),
                    )
                })
                .collect();
            let start = processor();
            let dossier = reconciler::dossier(&readings, &policy);
            reconciled += processor() - start;
            done += dossier.reports.len();
        }
        let reconciled = reconciled * origin.len() as f64 / done.max(1) as f64;
        println!(
            "{size} reports: linked in {linked:.1} s ({spent:.1} s of a processor), {} incidents, B-cubed F1 {:.3}; \
             reconciled in {reconciled:.1} s (from {done}); {read} MB once read, {most} MB at most",
            found.groups.len(),
            agreement.f1
        );
        points.push(((size as f64).ln(), (spent + reconciled).max(1e-3).ln()));
    }
    println!("fitted exponent {:.3}", slope(&points));
}

/// Slope of the line through the points by least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len().max(1) as f64;
    let (mx, my) = points.iter().fold((0.0, 0.0), |sum, point| {
        (sum.0 + point.0 / n, sum.1 + point.1 / n)
    });
    let up: f64 = points.iter().map(|(x, y)| (x - mx) * (y - my)).sum();
    let across: f64 = points.iter().map(|(x, _)| (x - mx) * (x - mx)).sum();
    up / across.max(1e-9)
}

/// Seconds of processor time that this program has used; 0 where the system does not say.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks = after.split_whitespace().skip(11).take(2);
    // A tick is a hundredth of a second on every common system.
    ticks.filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Megabytes as the system counts them; 0 where it does not say.
fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find(|row| row.starts_with(line));
    let kilobytes = found.and_then(|row| row.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
