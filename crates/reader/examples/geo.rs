//! Measures place names against texts with gold coordinates.
//!
//! `cargo run --release -p crossbearing-reader --example geo -- FILE.xml PARSES.jsonl GAZETTEER [--misses]`
//!
//! Definitions. *Gold* is every annotated name that has coordinates. *Found* pairs gold and predicted spans that share a character, one
//! to one, in order of position; a predicted span that meets only an annotated name without coordinates counts neither way. F1 is over
//! found. *Within 161 km* is the share of found pairs whose points are at most 161 km apart; *median km* is over found pairs. All names count:
//! in names of bodies, of peoples, of parts of the world. `PARSES.jsonl` holds `{"doc": …}` per text, in the order of the file.

use std::{
    env,
    error::Error,
    fs,
    io::{BufRead, BufReader},
};

use language::Doc;
use reader::read::places::{Gazetteer, toponyms};

struct Gold {
    start: usize,
    end: usize,
    at: Option<(f64, f64)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, parses, gazetteer, rest @ ..] = &arguments[..] else {
        return Err("usage: geo FILE.xml PARSES.jsonl GAZETTEER [--misses]".into());
    };
    let misses = rest.iter().any(|word| word == "--misses");
    let gazetteer = Gazetteer::from_bytes(fs::read(gazetteer)?)?;
    let gold = gold(&fs::read_to_string(file)?);
    let (mut n_gold, mut n_predicted, mut n_found, mut near) = (0, 0, 0, 0);
    let mut distances = Vec::new();
    let mut seconds = 0.0;
    let mut bytes = 0;
    for (index, (line, gold)) in BufReader::new(fs::File::open(parses)?)
        .lines()
        .zip(gold)
        .enumerate()
    {
        let line = line?;
        let value: serde_json::Value = serde_json::from_str(&line)?;
        let doc = Doc::from_json(&value["doc"].to_string())?;
        let start = std::time::Instant::now();
        let found = toponyms(&doc, &gazetteer);
        seconds += start.elapsed().as_secs_f64();
        bytes += doc.text().len();
        let text = doc.text();
        let offset: Vec<usize> = text
            .char_indices()
            .map(|(i, _)| i)
            .chain([text.len()])
            .collect();
        let mut taken = vec![false; found.len()];
        for gold in &gold {
            let range =
                offset[gold.start.min(offset.len() - 1)]..offset[gold.end.min(offset.len() - 1)];
            let around = || {
                let a = text[..range.start]
                    .char_indices()
                    .rev()
                    .take(50)
                    .last()
                    .map_or(0, |(i, _)| i);
                let b = text[range.end..]
                    .char_indices()
                    .nth(50)
                    .map_or(text.len(), |(i, _)| range.end + i);
                format!(
                    "{}[{}]{}",
                    &text[a..range.start],
                    &text[range.clone()],
                    &text[range.end..b]
                )
                .replace('\n', "\\n")
            };
            let meets: Vec<usize> = (0..found.len())
                .filter(|&i| !taken[i])
                .filter(|&i| {
                    let span = doc.bytes(found[i].tokens.clone());
                    span.start < range.end && range.start < span.end
                })
                .collect();
            let Some(at) = gold.at else {
                for i in meets {
                    taken[i] = true;
                }
                continue;
            };
            n_gold += 1;
            let Some(&first) = meets.first() else {
                if misses {
                    println!("MISS {index} {}", around());
                }
                continue;
            };
            taken[first] = true;
            n_found += 1;
            n_predicted += 1;
            let place = &found[first].place;
            let km = match (place.lat, place.lon) {
                (Some(lat), Some(lon)) => kilometres((lat, lon), at),
                _ => 20_000.0,
            };
            near += usize::from(km <= 161.0);
            distances.push(km);
            if misses && km > 161.0 {
                println!(
                    "FAR {index} {km:.0} km {:?} {:?} {:?} {}",
                    place.name,
                    place.parts,
                    at,
                    around()
                );
            }
        }
        for (i, toponym) in found.iter().enumerate() {
            if !taken[i] {
                n_predicted += 1;
                if misses {
                    let span = doc.bytes(toponym.tokens.clone());
                    let a = text[..span.start]
                        .char_indices()
                        .rev()
                        .take(50)
                        .last()
                        .map_or(0, |(i, _)| i);
                    let b = text[span.end..]
                        .char_indices()
                        .nth(50)
                        .map_or(text.len(), |(i, _)| span.end + i);
                    println!(
                        "EXTRA {index} {:?} {}[{}]{}",
                        toponym.used,
                        &text[a..span.start],
                        &text[span.clone()],
                        &text[span.end..b]
                    );
                }
            }
        }
    }
    distances.sort_by(f64::total_cmp);
    let precision = n_found as f64 / f64::max(n_predicted as f64, 1.0);
    let recall = n_found as f64 / f64::max(n_gold as f64, 1.0);
    println!(
        "gold {n_gold} predicted {n_predicted} found {n_found}: precision {precision:.3} recall {recall:.3} F1 {:.3}; within 161 km {:.1} %; median {:.1} km; {:.0} kB/s",
        2.0 * precision * recall / (precision + recall),
        100.0 * near as f64 / f64::max(n_found as f64, 1.0),
        distances.get(distances.len() / 2).copied().unwrap_or(0.0),
        bytes as f64 / 1000.0 / seconds,
    );
    Ok(())
}

/// Gold names of each article; knows just enough of the two files' XML.
fn gold(xml: &str) -> Vec<Vec<Gold>> {
    let mut out = Vec::new();
    for article in xml.split("<article").skip(2) {
        let mut names = Vec::new();
        let (items, shift) = if article.contains("<location>") || article.contains("<locations") {
            (article.split("<location>"), 1)
        } else {
            (article.split("<toponym>"), 0)
        };
        for item in items.skip(1) {
            let number = |tag: &str| -> Option<f64> {
                let after = item.split_once(&format!("<{tag}>"))?.1;
                after.split_once('<')?.0.trim().parse().ok()
            };
            if let (Some(start), Some(end)) = (number("start"), number("end")) {
                names.push(Gold {
                    start: (start as usize).saturating_sub(shift),
                    end: (end as usize).saturating_sub(shift),
                    at: number("lat").zip(number("lon")),
                });
            }
        }
        names.sort_by_key(|name| name.start);
        out.push(names);
    }
    out
}

/// Kilometres along the great circle.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (x, y) = (a.0.to_radians(), b.0.to_radians());
    let (d, e) = (y - x, (b.1 - a.1).to_radians());
    let h = (d / 2.0).sin().powi(2) + x.cos() * y.cos() * (e / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.clamp(0.0, 1.0).sqrt().asin()
}
