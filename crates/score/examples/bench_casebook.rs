//! A casebook that grows: what linking a few new reports costs, and how well it goes by those that are there.
//!
//! `cargo run --release -p crossbearing-score --example bench_casebook -- gva/dev.jsonl [--keep FILE] --folder FOLDER
//! [--size 100000] [--first 99000] [--batch 10] [--most 20] [--together 1] [--whole]`
//!
//! The reports are the labelled ones with names, places, figures and dates replaced in the same way within each
//! variant, in order of publication. Reading is not timed: what is read is written as it is. `first` reports are linked
//! at once, then so many batches. Last stands B-cubed F1 over the labelled incidents, and with `--whole` what it is
//! once all are linked anew.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    time::Instant,
};

use casebook::book::{self, Linked, Pace};
use clap::Parser;
use model::Reading;
use reconciler::{Policy, link::pool::Common};
use score::{
    Engine, Options,
    gva::{readings::kept_or_read, variant::Variant},
    measure::bcubed,
};
use store::{
    Actor, Place, Store,
    arrivals::{Capture, prepare},
    lists, results, steps,
};

#[derive(Parser)]
struct Args {
    /// The labelled incidents.
    file: PathBuf,
    /// Keep the readings here, or take them from here; without it they are read anew, and the time of that is told.
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Where the casebook is made; what is there is taken out first.
    #[arg(long)]
    folder: PathBuf,
    /// Reports in all.
    #[arg(long, default_value_t = 100_000)]
    size: usize,
    /// Reports that are linked at once.
    #[arg(long, default_value_t = 99_800)]
    first: usize,
    /// Reports of each batch after that.
    #[arg(long, default_value_t = 10)]
    batch: usize,
    /// Batches at most; the rest comes in as one.
    #[arg(long, default_value_t = 20)]
    most: usize,
    /// Variants of the file that share one span of time.
    #[arg(long, default_value_t = 1)]
    together: u64,
    /// Reports up to which all are always looked at.
    #[arg(long, default_value_t = Pace::default().small)]
    small: usize,
    /// By how much reports may grow until all are looked at again.
    #[arg(long, default_value_t = Pace::default().growth)]
    growth: f64,
    /// New reports from which all are looked at, as a share of those there.
    #[arg(long, default_value_t = Pace::default().batch)]
    share: f64,
    /// Go on with the casebook that is there: so many batches are added to it, and nothing else is done.
    #[arg(long)]
    more: Option<usize>,
    /// Link all anew at the end.
    #[arg(long)]
    whole: bool,
}

const READER: &str = "bench";

fn main() {
    let args = Args::parse();
    let start = Instant::now();
    let members = kept_or_read(
        &args.file,
        args.keep.as_deref(),
        Engine::load,
        &Options::quiet(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let base: Vec<(String, Reading)> = members
        .into_iter()
        .filter_map(|member| Some((member.incident, member.reading?)))
        .collect();
    let read = start.elapsed().as_secs_f64();
    let common = Common::shipped();
    if let Some(batches) = args.more {
        let mut store = Store::open(&Place::Folder(args.folder.clone()))
            .unwrap_or_else(|error| panic!("{error}"));
        let begin = usize::try_from(jiff::Timestamp::now().as_second()).unwrap_or(0);
        for batch in 0..batches {
            // Variants that no other call has made.
            let variant = Variant::new((40 + (begin + batch) % 200) as u64, args.together, common);
            let some = base.iter().skip(batch * args.batch).take(args.batch);
            let made: Vec<Reading> = some.map(|(_, reading)| variant.of(reading)).collect();
            let start = Instant::now();
            add(&mut store, &made);
            let added = start.elapsed().as_secs_f64();
            let linked = link(&mut store, &args);
            report(made.len(), added, &linked.0, linked.1);
        }
        return;
    }
    let gold = {
        // Which report of which variant, in order of publication.
        let mut order: Vec<(u64, usize)> = Vec::new();
        'all: for number in 0.. {
            for at in 0..base.len() {
                if order.len() == args.size {
                    break 'all;
                }
                order.push((number, at));
            }
        }
        let published = |at: usize| base[at].1.report.published.as_ref().map(|when| when.start);
        order.sort_by_key(|(number, at)| (number / args.together, published(*at), *number));
        order
    };
    let _ = std::fs::remove_dir_all(&args.folder);
    let actor = Actor {
        who: "bench".to_owned(),
        tool: "bench".to_owned(),
    };
    let mut store = Store::create(&Place::Folder(args.folder.clone()), &actor, now())
        .unwrap_or_else(|error| panic!("{error}"));
    let mut labels: HashMap<String, (u64, &str)> = HashMap::new();
    let mut done = 0;
    let mut batches = 0;
    let (mut adding, mut linking) = (0.0, 0.0);
    while done < gold.len() {
        let n = match batches {
            0 => args.first,
            n if n <= args.most => args.batch,
            _ => gold.len(),
        };
        let some = &gold[done..(done + n).min(gold.len())];
        let start = Instant::now();
        for part in some.chunks(500) {
            let made = crossbearing::batch::map(part, &|_| {}, |(number, at)| {
                Variant::new(*number, args.together, common).of(&base[*at].1)
            });
            add(&mut store, &made);
            for (reading, (number, at)) in made.iter().zip(part) {
                labels.insert(reading.report.id.to_string(), (*number, &base[*at].0));
            }
        }
        done += some.len();
        batches += 1;
        let added = start.elapsed().as_secs_f64();
        let linked = link(&mut store, &args);
        report(some.len(), added, &linked.0, linked.1);
        adding += added;
        linking += linked.1;
    }
    // Of a heap larger than the labelled reports only those were read.
    let scaled = read * args.size as f64 / base.len().max(1) as f64;
    println!(
        "seconds {}",
        serde_json::json!({"read": scaled, "add": adding, "link": linking})
    );
    find(&mut store);
    agree(&mut store, &labels);
    println!("database {} MB", size(&args.folder) / 1_000_000);
    if args.whole {
        book::relink(&mut store).unwrap_or_else(|error| panic!("{error}"));
        let linked = link(&mut store, &args);
        report(0, 0.0, &linked.0, linked.1);
        agree(&mut store, &labels);
    }
}

fn report(n: usize, added: f64, linked: &Linked, seconds: f64) {
    println!(
        "{n} reports: added in {added:.2} s; linked and reconciled in {seconds:.2} s, {} looked at, {} opened, \
         {} merged, {} split, {} made, {} in all",
        linked.looked_at, linked.opened, linked.merged, linked.split, linked.made, linked.incidents
    );
}

fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

fn add(store: &mut Store, readings: &[Reading]) {
    let to = store.bytes();
    let written = store.write(&mut |tx| {
        for reading in readings {
            let capture = Capture {
                received: store::log::time(now()),
                method: "file".to_owned(),
                tool: "bench".to_owned(),
                ..Capture::default()
            };
            let (report, text) = (&reading.report, &reading.text);
            let bytes = text.as_str().as_bytes();
            let arrival = prepare(bytes, report, text, &[], capture, &to)?;
            if let store::arrivals::Outcome::New(seq) = tx.add(&arrival)? {
                tx.put_reading(seq, READER, reading)?;
            }
        }
        Ok(())
    });
    written.unwrap_or_else(|error| panic!("{error}"));
}

fn link(store: &mut Store, args: &Args) -> (Linked, f64) {
    let policy = Policy {
        version: "bench".to_owned(),
    };
    let pace = Pace {
        small: args.small,
        growth: args.growth,
        batch: args.share,
    };
    let start = Instant::now();
    let linked = book::link_at(store, pace, &policy, READER, "bench", &now, &mut |_| {});
    let linked = linked.unwrap_or_else(|error| panic!("{error}"));
    (linked, start.elapsed().as_secs_f64())
}

/// How long lists and dossiers take.
fn find(store: &mut Store) {
    let fail = |error: store::Error| -> ! { panic!("{error}") };
    let start = Instant::now();
    let lines = lists::incidents(store.database(), &lists::Filter::default(), 50)
        .unwrap_or_else(|error| fail(error))
        .lines;
    println!(
        "list: {} incidents in {:.1} ms",
        lines.len(),
        start.elapsed().as_secs_f64() * 1e3
    );
    let mut most: f64 = 0.0;
    let start = Instant::now();
    for line in &lines {
        let own = Instant::now();
        let found = results::dossier(store.database(), &line.case_id);
        assert!(found.unwrap_or_else(|error| fail(error)).is_some());
        most = most.max(own.elapsed().as_secs_f64() * 1e3);
    }
    println!(
        "show: {:.1} ms on average, {most:.1} ms at most",
        start.elapsed().as_secs_f64() * 1e3 / lines.len().max(1) as f64
    );
}

/// How far the cases are the labelled incidents.
fn agree(store: &mut Store, labels: &HashMap<String, (u64, &str)>) {
    let members = steps::members(store.database(), None).unwrap_or_else(|error| panic!("{error}"));
    let items: Vec<(&str, (u64, &str))> = members
        .iter()
        .filter_map(|(case, part, _)| Some((case.as_str(), *labels.get(part)?)))
        .collect();
    println!(
        "B-cubed F1 {:.4} over {} reports",
        bcubed(&items).f1,
        items.len()
    );
}

fn size(folder: &Path) -> u64 {
    let length = |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |it| it.len());
    ["casebook.sqlite", "casebook.sqlite-wal"]
        .into_iter()
        .map(length)
        .sum()
}
