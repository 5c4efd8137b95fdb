//! Prints the parties, attributions and stances of a plain text, for reading misses by eye.
//!
//! `cargo run --release -p crossbearing-reader --example speakers -- FILE`

use std::{error::Error, fs, ops::Range};

use language::Pipeline;
use reader::read::{parties, places, speakers, stance};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: speakers FILE")?;
    let text = fs::read_to_string(path)?;
    let model = testing::data_folder().join(testing::PREPARED[0]);
    let pipeline = Pipeline::load(&model)?;
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        lines.push(at..at + line.len());
        at += line.len() + 1;
    }
    lines.retain(|line| !text[line.clone()].trim().is_empty());
    let doc = pipeline.parse(&text, &lines);
    let gazetteer = fs::read(model.with_file_name("gazetteer.bin")).ok();
    let places = match gazetteer.map(places::Gazetteer::from_bytes) {
        Some(Ok(gazetteer)) => places::find(&doc, &gazetteer),
        _ => Vec::new(),
    };
    let parties = parties::find(&doc, &places);
    for (index, info) in parties.parties.iter().enumerate() {
        let body = info
            .affiliation
            .map_or("", |body| &parties.parties[body].party.name);
        println!(
            "PARTY {index} {} [{:?}] aliases={:?} body={body} role={:?} interested={} named={}",
            info.party.name,
            info.party.kind,
            info.party.aliases,
            info.role,
            info.interested,
            info.named
        );
    }
    let words = |range: Range<usize>| doc.slice(range).replace('\n', " ");
    for mention in &parties.mentions {
        println!(
            "  {:?} {} → {}",
            mention.tokens,
            words(mention.tokens.clone()),
            parties.parties[mention.party].party.name
        );
    }
    let attributions = speakers::find(&doc, &parties);
    for (index, found) in attributions.iter().enumerate() {
        let names: Vec<&str> = found
            .speakers
            .iter()
            .map(|&p| parties.parties[p].party.name.as_str())
            .collect();
        println!(
            "SAYS {index} cue={} source={:?} speakers={names:?} told={:?} {:?} inside={:?}",
            words(found.cue.clone()),
            found.source.clone().map(&words),
            found.told.map(|p| &parties.parties[p].party.name),
            found.kind,
            found.inside
        );
        for range in &found.content {
            println!("    {}", words(range.clone()));
        }
    }
    for cue in &stance::find(&doc) {
        let scope: Vec<String> = cue.scope.iter().cloned().map(&words).collect();
        println!(
            "STANCE {:?} {} → {scope:?}",
            cue.kind,
            words(cue.tokens.clone())
        );
    }
    Ok(())
}
