//! Measures who-says-what on a folder of PolNeAR (`text/*.txt`, `attributions/*.ann`).
//!
//! `cargo run --release -p crossbearing-reader --example polnear -- DIR [--misses]`
//!
//! Gold is the first annotator's file of each article; cues inside Discard spans do not count. The corpus has one flat layer, so
//! attributions inside another's content are left out. Tokens are the pipeline's, without space and punctuation. *Cue*, *source* and
//! *content* tokens: micro F1 of the token sets, all attributions of an article pooled. *Cue span*: a predicted cue is right if it
//! shares a token with a gold cue, one to one. *Relation*: the cue is right, contents share a token, and sources share one or both
//! are empty.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fs,
    path::Path,
};

use language::{Doc, Pipeline};
use reader::read::{parties, speakers};

type Tokens = BTreeSet<usize>;

struct Relation {
    cue: Tokens,
    source: Tokens,
    content: Tokens,
}

#[derive(Default)]
struct Score {
    right: usize,
    predicted: usize,
    gold: usize,
}

impl Score {
    fn add(&mut self, right: usize, predicted: usize, gold: usize) {
        self.right += right;
        self.predicted += predicted;
        self.gold += gold;
    }

    fn line(&self, name: &str) -> String {
        let share = |a: usize, b: usize| {
            if b == 0 {
                0.0
            } else {
                100.0 * a as f64 / b as f64
            }
        };
        let (p, r) = (
            share(self.right, self.predicted),
            share(self.right, self.gold),
        );
        let f = if p + r == 0.0 {
            0.0
        } else {
            2.0 * p * r / (p + r)
        };
        format!(
            "{name:<14} F1 {f:5.1}  P {p:5.1}  R {r:5.1}  ({} of {}, {} predicted)",
            self.right, self.gold, self.predicted
        )
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().ok_or("usage: polnear DIR [--misses]")?;
    let misses = arguments.iter().any(|a| a == "--misses");
    let model = language::testing::model_path().ok_or("no data folder")?;
    let pipeline = Pipeline::load(&model)?;
    let mut gold_files: BTreeMap<String, String> = BTreeMap::new();
    for entry in fs::read_dir(Path::new(folder).join("attributions"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some((article, _)) = name.rsplit_once('_') {
            let slot = gold_files
                .entry(article.to_owned())
                .or_insert_with(|| name.clone());
            if name < *slot {
                *slot = name;
            }
        }
    }
    let [mut cue_span, mut relations, mut tight] =
        [Score::default(), Score::default(), Score::default()];
    let [mut cue_tokens, mut source_tokens, mut content_tokens] =
        [Score::default(), Score::default(), Score::default()];
    let mut lemmas: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for (article, file) in &gold_files {
        let text = fs::read_to_string(
            Path::new(folder)
                .join("text")
                .join(format!("{article}.txt")),
        )?;
        let annotation = fs::read_to_string(Path::new(folder).join("attributions").join(file))?;
        let mut lines = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            if !line.trim().is_empty() {
                lines.push(at..at + line.len());
            }
            at += line.len() + 1;
        }
        let doc = pipeline.parse(&text, &lines);
        let (gold, discard) = gold(&doc, &text, &annotation);
        let parties = parties::find(&doc, &[]);
        let found = speakers::find(&doc, &parties);
        let predicted: Vec<(Relation, &speakers::Attribution)> = found
            .iter()
            .filter(|attribution| attribution.inside.is_none())
            .map(|attribution| {
                let relation = Relation {
                    cue: words(&doc, [attribution.cue.clone()]),
                    source: words(&doc, attribution.source.clone()),
                    content: words(&doc, attribution.content.iter().cloned()),
                };
                (relation, attribution)
            })
            .filter(|(relation, _)| relation.cue.is_disjoint(&discard) && !relation.cue.is_empty())
            .collect();
        let (mut cues_right, mut right, mut exact) = (0, 0, 0);
        let mut used = vec![false; gold.len()];
        for (relation, attribution) in &predicted {
            let slot = lemmas.entry(attribution.lemma.clone()).or_default();
            slot[1] += 1;
            let Some(g) =
                (0..gold.len()).find(|&g| !used[g] && !gold[g].cue.is_disjoint(&relation.cue))
            else {
                if misses {
                    println!(
                        "SPURIOUS {}: {} | {}",
                        attribution.lemma,
                        show(&doc, &relation.cue),
                        sentence(&doc, attribution.cue.start)
                    );
                }
                continue;
            };
            used[g] = true;
            cues_right += 1;
            slot[0] += 1;
            let sources = (gold[g].source.is_empty() && relation.source.is_empty())
                || !gold[g].source.is_disjoint(&relation.source);
            let contents = !gold[g].content.is_disjoint(&relation.content);
            if sources && contents {
                right += 1;
                slot[2] += 1;
                if f1(&gold[g].source, &relation.source) >= 0.5
                    && f1(&gold[g].content, &relation.content) >= 0.8
                {
                    exact += 1;
                    slot[3] += 1;
                } else if misses {
                    println!(
                        "LOOSE {} | GOLD src={} con={} | OURS src={} con={} | {}",
                        attribution.lemma,
                        show(&doc, &gold[g].source),
                        show(&doc, &gold[g].content),
                        show(&doc, &relation.source),
                        show(&doc, &relation.content),
                        sentence(&doc, attribution.cue.start)
                    );
                }
            } else if misses {
                println!(
                    "WRONG {} {}{} | GOLD src={} con={} | OURS src={} con={} | {}",
                    attribution.lemma,
                    if sources { "" } else { "source " },
                    if contents { "" } else { "content" },
                    show(&doc, &gold[g].source),
                    show(&doc, &gold[g].content),
                    show(&doc, &relation.source),
                    show(&doc, &relation.content),
                    sentence(&doc, attribution.cue.start)
                );
            }
        }
        if misses {
            for (g, _) in used.iter().enumerate().filter(|(_, used)| !**used) {
                let first = gold[g].cue.first().copied().unwrap_or(0);
                println!(
                    "MISSED {} | {}",
                    show(&doc, &gold[g].cue),
                    sentence(&doc, first)
                );
            }
        }
        cue_span.add(cues_right, predicted.len(), gold.len());
        relations.add(right, predicted.len(), gold.len());
        tight.add(exact, predicted.len(), gold.len());
        let gold_all: Vec<&Relation> = gold.iter().collect();
        let ours_all: Vec<&Relation> = predicted.iter().map(|(r, _)| r).collect();
        let picks: [(&mut Score, Pick); 3] = [
            (&mut cue_tokens, |r| &r.cue),
            (&mut source_tokens, |r| &r.source),
            (&mut content_tokens, |r| &r.content),
        ];
        for (score, pick) in picks {
            let (g, o) = (pool(pick, &gold_all), pool(pick, &ours_all));
            score.add(g.intersection(&o).count(), o.len(), g.len());
        }
    }
    if misses {
        for (lemma, [cue, predicted, right, exact]) in &lemmas {
            println!(
                "LEMMA {lemma}: predicted {predicted}, cue {cue}, relation {right}, tight {exact}"
            );
        }
    }
    println!("{}", cue_tokens.line("cue tokens"));
    println!("{}", cue_span.line("cue span"));
    println!("{}", source_tokens.line("source tokens"));
    println!("{}", content_tokens.line("content tokens"));
    println!("{}", relations.line("relation"));
    println!("{}", tight.line("tight"));
    Ok(())
}

/// One part of a relation.
type Pick = fn(&Relation) -> &Tokens;

/// The tokens of one part over all relations.
fn pool(pick: Pick, all: &[&Relation]) -> Tokens {
    all.iter().flat_map(|r| pick(r).iter().copied()).collect()
}

/// Word tokens of the ranges.
fn words(doc: &Doc, ranges: impl IntoIterator<Item = std::ops::Range<usize>>) -> Tokens {
    ranges
        .into_iter()
        .flatten()
        .filter(|&i| !doc.token(i).is_punct() && !doc.token(i).is_space())
        .collect()
}

fn f1(a: &Tokens, b: &Tokens) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64
}

fn show(doc: &Doc, tokens: &Tokens) -> String {
    let all: Vec<&str> = tokens.iter().map(|&i| doc.token(i).text()).collect();
    all.join(" ")
}

fn sentence(doc: &Doc, i: usize) -> String {
    doc.slice(doc.token(i).sentence()).replace('\n', " ")
}

/// The gold relations, and the tokens of Discard spans.
fn gold(doc: &Doc, text: &str, annotation: &str) -> (Vec<Relation>, Tokens) {
    let byte_of: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let mut spans: BTreeMap<&str, (&str, Tokens)> = BTreeMap::new();
    let mut discard = Tokens::new();
    for line in annotation.lines() {
        let mut fields = line.split('\t');
        let (Some(id), Some(what)) = (fields.next(), fields.next()) else {
            continue;
        };
        if !id.starts_with('T') || id[1..].parse::<usize>().is_err() {
            continue;
        }
        let Some((kind, places)) = what.split_once(' ') else {
            continue;
        };
        let mut tokens = Tokens::new();
        for place in places.split(';') {
            let mut ends = place.split(' ').filter_map(|n| n.parse::<usize>().ok());
            if let (Some(start), Some(end)) = (ends.next(), ends.next())
                && let (Some(&start), Some(&end)) = (byte_of.get(start), byte_of.get(end))
            {
                tokens.extend(words(doc, [doc.tokens_in(start..end)]));
            }
        }
        if kind == "Discard" {
            discard.extend(tokens.iter().copied());
        }
        spans.insert(id, (kind, tokens));
    }
    let mut out = Vec::new();
    for line in annotation.lines().filter(|line| line.starts_with('E')) {
        let Some((_, roles)) = line.split_once('\t') else {
            continue;
        };
        let mut relation = Relation {
            cue: Tokens::new(),
            source: Tokens::new(),
            content: Tokens::new(),
        };
        for role in roles.split(' ') {
            let Some((role, id)) = role.split_once(':') else {
                continue;
            };
            let Some((_, tokens)) = spans.get(id) else {
                continue;
            };
            let slot = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Cue" => &mut relation.cue,
                "Source" => &mut relation.source,
                "Content" => &mut relation.content,
                _ => continue,
            };
            slot.extend(tokens.iter().copied());
        }
        if !relation.cue.is_empty() && relation.cue.is_disjoint(&discard) {
            out.push(relation);
        }
    }
    out.sort_by_key(|relation| relation.cue.first().copied());
    (out, discard)
}
