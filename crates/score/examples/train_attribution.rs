//! Trains who says what (`reader::read::speakers::learned`) on a folder of PolNeAR and writes the weights.
//!
//! `cargo run --release -p crossbearing-score --example train_attribution -- TRAIN [--out DIR] [--dev DIR] [--cache DIR]`
//!
//! TRAIN and `--dev` hold `text/` and `attributions/`; `--out` is `crates/reader/data/attribution` in this repository. `--dev` measures the
//! model alone, without the parties, with the adapter's figures. `--cache` keeps the parses between runs. The same data and settings give
//! the same bytes.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Parser;
use language::Doc;
use reader::{
    learned::train::Settings,
    read::speakers::{
        learned::{
            Model,
            columns::Columns,
            packed::pack,
            paragraphs,
            train::{Article, Gold, Plan, learn},
        },
        quotes::Quotes,
    },
};
use score::{
    Engine, Options,
    polnear::{self, Annotated, Scores, Tokens},
};

#[derive(Parser)]
struct Arguments {
    /// Folder of training articles.
    train: PathBuf,
    /// Where to write the weights.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Folder of articles to measure on.
    #[arg(long)]
    dev: Option<PathBuf>,
    /// Folder for parses.
    #[arg(long)]
    cache: Option<PathBuf>,
    /// Use only the first so many articles.
    #[arg(long)]
    limit: Option<usize>,
    /// Settings of the cue model: bits,rounds,rate,l1,l2.
    #[arg(long, default_value = "19,8,0.3,0.5,1.0")]
    cue: String,
    /// Settings of the span model.
    #[arg(long, default_value = "19,5,0.3,0.4,1.0")]
    span: String,
    /// Settings of the sentence model.
    #[arg(long, default_value = "12,10,0.3,0.2,1.0")]
    onward: String,
    /// Probability from which a word is a cue.
    #[arg(long, default_value_t = 0.4)]
    threshold: f32,
}

fn settings(words: &str, classes: usize) -> Result<Settings, Box<dyn Error>> {
    let parts: Vec<&str> = words.split(',').collect();
    let [bits, rounds, rate, l1, l2] = parts[..] else {
        return Err("five numbers".into());
    };
    Ok(Settings {
        bits: bits.parse()?,
        rounds: rounds.parse()?,
        rate: rate.parse()?,
        l1: l1.parse()?,
        l2: l2.parse()?,
        classes,
        seed: 1,
    })
}

fn load(
    dir: &Path,
    arguments: &Arguments,
    engine: &mut Option<Engine>,
) -> Result<Vec<Annotated>, Box<dyn Error>> {
    let name = dir
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let cached = arguments
        .cache
        .as_ref()
        .map(|cache| cache.join(format!("{name}.json")));
    type Stored = (String, Vec<[Vec<usize>; 3]>, Vec<usize>);
    if let Some(cached) = cached.as_ref().filter(|cached| cached.exists()) {
        let text = fs::read_to_string(cached)?;
        let mut lines = text.lines();
        let mut articles = Vec::new();
        while let (Some(doc), Some(gold)) = (lines.next(), lines.next()) {
            let (name, gold, discarded): Stored = serde_json::from_str(gold)?;
            articles.push(Annotated {
                name,
                doc: Doc::from_json(doc)?,
                gold: gold
                    .into_iter()
                    .map(|[cue, source, content]| Tokens {
                        cue: cue.into_iter().collect(),
                        source: source.into_iter().collect(),
                        content: content.into_iter().collect(),
                    })
                    .collect(),
                discarded: discarded.into_iter().collect(),
            });
        }
        return Ok(articles);
    }
    if engine.is_none() {
        *engine = Some(Engine::load()?);
    }
    let engine = engine.as_ref().ok_or("no engine")?;
    let options = Options {
        limit: arguments.limit,
        ..Options::quiet()
    };
    let articles = polnear::annotated(dir, engine, &options)?;
    if let Some(cached) = cached {
        let list =
            |set: &std::collections::BTreeSet<usize>| set.iter().copied().collect::<Vec<_>>();
        let mut text = String::new();
        for one in &articles {
            let gold: Vec<[Vec<usize>; 3]> = one
                .gold
                .iter()
                .map(|gold| [list(&gold.cue), list(&gold.source), list(&gold.content)])
                .collect();
            text.push_str(&serde_json::to_string(&one.doc)?);
            text.push('\n');
            text.push_str(&serde_json::to_string(&(
                &one.name,
                gold,
                list(&one.discarded),
            ))?);
            text.push('\n');
        }
        fs::write(cached, text)?;
    }
    Ok(articles)
}

fn measure(model: &Model, articles: &[Annotated]) -> Scores {
    let mut sum = Scores::default();
    for article in articles {
        let doc = &article.doc;
        let paragraph = paragraphs(doc);
        let quotes = Quotes::find(doc, &paragraph);
        let columns = Columns::new(doc, &quotes, &paragraph, &model.rates);
        let said: Vec<Tokens> = model
            .find(&columns)
            .into_iter()
            .map(|one| Tokens {
                cue: polnear::words_of(doc, std::iter::once(one.cue)),
                source: polnear::words_of(doc, one.source.into_iter()),
                content: polnear::words_of(doc, one.content.into_iter()),
            })
            .filter(|one| one.cue.is_disjoint(&article.discarded))
            .collect();
        let (scores, _) = polnear::compare(&article.gold, &said);
        sum.cue += scores.cue;
        sum.source += scores.source;
        sum.content += scores.content;
        sum.relation += scores.relation;
    }
    sum
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let begun = Instant::now();
    let note = |what: &str| eprintln!("{:6.1} s  {what}", begun.elapsed().as_secs_f32());
    let mut engine = None;
    let train = load(&arguments.train, &arguments, &mut engine)?;
    let dev = match &arguments.dev {
        Some(dir) => load(dir, &arguments, &mut engine)?,
        None => Vec::new(),
    };
    note(&format!("{} articles", train.len()));
    let plan = Plan {
        cue: settings(&arguments.cue, 1)?,
        span: settings(&arguments.span, 4)?,
        onward: settings(&arguments.onward, 1)?,
        threshold: arguments.threshold,
    };
    let articles: Vec<Article> = train
        .into_iter()
        .map(|one| Article {
            gold: one
                .gold
                .into_iter()
                .map(|gold| Gold {
                    cue: gold.cue,
                    source: gold.source,
                    content: gold.content,
                })
                .collect(),
            doc: one.doc,
            discarded: one.discarded,
        })
        .collect();
    let mut model = learn(&articles, &plan, &note);
    note("learned");
    if let Some(out) = &arguments.out {
        fs::create_dir_all(out)?;
        fs::write(out.join("rates.bin"), model.rates.write())?;
        fs::write(out.join("cue.bin"), pack(&model.cue.write()))?;
        fs::write(out.join("span.bin"), pack(&model.span.write()))?;
        fs::write(out.join("onward.bin"), pack(&model.onward.write()))?;
    }
    if !dev.is_empty() {
        for threshold in [0.35, 0.4, 0.45, 0.5] {
            model.threshold = threshold;
            let scores = measure(&model, &dev);
            println!(
                "{threshold:.2}: cue {:.4} ({:.3}/{:.3}) content {:.4} source {:.4} relation {:.4} ({:.3}/{:.3})",
                scores.cue.f1(),
                scores.cue.precision(),
                scores.cue.recall(),
                scores.content.f1(),
                scores.source.f1(),
                scores.relation.f1(),
                scores.relation.precision(),
                scores.relation.recall(),
            );
        }
    }
    note("done");
    Ok(())
}
