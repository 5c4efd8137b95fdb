//! How many labelled one-day incidents get parts, and which: on shootings of a single day every part is noise.
//!
//! `cargo run --release -p crossbearing-score --example count_parts -- gva/dev.jsonl --keep FILE [--show 30]`

use std::{collections::BTreeMap, path::PathBuf};

use clap::Parser;
use model::Reading;
use reconciler::{Policy, dossier};
use score::{Engine, Options, gva::readings::kept_or_read};

#[derive(Parser)]
struct Args {
    /// The labelled incidents.
    file: PathBuf,
    /// Keep the readings here, or take them from here.
    #[arg(long)]
    keep: PathBuf,
    /// Print the parts of so many incidents.
    #[arg(long, default_value_t = 0)]
    show: usize,
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
    let mut incidents: BTreeMap<String, Vec<Reading>> = BTreeMap::new();
    for member in members {
        let own = incidents.entry(member.incident).or_default();
        own.extend(member.reading);
    }
    let policy = Policy {
        version: "parts".into(),
    };
    let mut found = 0;
    for (id, readings) in &incidents {
        let dossier = dossier(readings, &policy);
        if dossier.parts.is_empty() {
            continue;
        }
        found += 1;
        if found > args.show {
            continue;
        }
        println!("\n{id} {}", dossier.incident.title);
        for part in &dossier.parts {
            println!("  {}", part.title);
            for quote in &part.quotes {
                println!("    “{}”", quote.exact.replace('\n', " "));
            }
        }
    }
    println!("\n{found} of {} incidents have parts", incidents.len());
}
