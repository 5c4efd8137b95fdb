//! Stage `attribution`: who says what (`reader::read::speakers::learned`), from the training part of PolNeAR.
//!
//! Comes in: the folders `polnear/train` and `polnear/dev` of the benchmark folder, each with `text/` and
//! `attributions/`. Goes out: rates of words and three linear models, and what the models alone, without the parties,
//! earn on the other part by the adapter's figures.

use std::{collections::BTreeSet, fs, path::Path, time::Instant};

use clap::Args;
use language::Doc;
use reader::{
    learned::weights::fingerprint,
    read::speakers::{
        learned::{
            FILES, Model, THRESHOLD, continuation, cue, paragraphs, span,
            token_features::TokenFeatures,
        },
        quotes::Quotes,
    },
};
use score::{
    Options,
    polnear::{self, Annotated, Scores, Tokens},
};
use serde::Serialize;

use super::{
    attribution_examples::{Article, Gold, Plan, learn},
    job::{Job, Made, Stage},
};
use crate::{data, error::Error, optim::hashed::Settings as Hashed};

/// Its name.
pub const NAME: &str = "attribution";

/// Settings.
#[derive(Clone, Debug, Serialize, Args)]
pub struct Settings {
    /// Settings of the cue model: bits,rounds,rate,l1,l2
    #[arg(long, default_value = "19,8,0.3,0.5,1.0")]
    cue: String,
    /// Settings of the span model
    #[arg(long, default_value = "19,5,0.3,0.4,1.0")]
    span: String,
    /// Settings of the model of sentences that run on
    #[arg(long, default_value = "12,10,0.3,0.2,1.0")]
    onward: String,
    /// Use only the first so many articles
    #[arg(long)]
    #[serde(skip)]
    limit: Option<usize>,
}

fn settings(words: &str, classes: usize) -> Result<Hashed, Error> {
    let parts: Vec<&str> = words.split(',').collect();
    let [bits, rounds, rate, l1, l2] = parts[..] else {
        return Err("five numbers".into());
    };
    Ok(Hashed {
        bits: bits.parse()?,
        rounds: rounds.parse()?,
        rate: rate.parse()?,
        l1: l1.parse()?,
        l2: l2.parse()?,
        classes,
        seed: 1,
    })
}

/// Cue, source and content of each attribution as lists of tokens, and what is set aside.
type Kept = (String, Vec<[Vec<usize>; 3]>, Vec<usize>);

fn load(dir: &Path, limit: Option<usize>, job: &Job) -> Result<Vec<Annotated>, Error> {
    let kept = job
        .keep
        .as_ref()
        .map(|keep| keep.join(format!("polnear-{}.jsonl", data::name_of(dir))));
    if let Some(kept) = kept.as_ref().filter(|kept| kept.exists()) {
        let text = fs::read_to_string(kept)?;
        let mut lines = text.lines();
        let mut articles = Vec::new();
        while let (Some(doc), Some(gold)) = (lines.next(), lines.next()) {
            let (name, gold, discarded): Kept = serde_json::from_str(gold)?;
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
    let options = Options {
        limit,
        ..Options::quiet()
    };
    let articles = polnear::annotated(dir, job.engine()?, &options)?;
    if let Some(kept) = kept {
        let list = |set: &BTreeSet<usize>| set.iter().copied().collect::<Vec<_>>();
        let mut text = String::new();
        for one in &articles {
            let gold: Vec<[Vec<usize>; 3]> = one
                .gold
                .iter()
                .map(|gold| [list(&gold.cue), list(&gold.source), list(&gold.content)])
                .collect();
            text.push_str(&serde_json::to_string(&one.doc)?);
            text.push('\n');
            let kept: Kept = (one.name.clone(), gold, list(&one.discarded));
            text.push_str(&serde_json::to_string(&kept)?);
            text.push('\n');
        }
        fs::write(kept, text)?;
    }
    Ok(articles)
}

fn measure(model: &Model, articles: &[Annotated]) -> Scores {
    let mut sum = Scores::default();
    for article in articles {
        let doc = &article.doc;
        let paragraph = paragraphs(doc);
        let quotes = Quotes::find(doc, &paragraph);
        let columns = TokenFeatures::new(doc, &quotes, &paragraph, &model.priors);
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

impl Stage for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, job: &Job) -> Result<Option<Made>, Error> {
        let begun = Instant::now();
        let note = |what: &str| eprintln!("{:6.1} s  {what}", begun.elapsed().as_secs_f32());
        let folders = ["train", "dev"].map(|part| job.data.join("polnear").join(part));
        let train = load(&folders[0], self.limit, job)?;
        let dev = load(&folders[1], self.limit, job)?;
        note(&format!("{} articles, {} others", train.len(), dev.len()));
        let plan = Plan {
            cue: settings(&self.cue, 1)?,
            span: settings(&self.span, 4)?,
            onward: settings(&self.onward, 1)?,
            threshold: THRESHOLD,
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
        let model = learn(&articles, &plan, &note);
        let linear = [
            model.cue.clone().trained_on(fingerprint(cue::FEATURES)),
            model.span.clone().trained_on(fingerprint(span::FEATURES)),
            model
                .continuation
                .clone()
                .trained_on(fingerprint(continuation::FEATURES)),
        ];
        let mut bytes = vec![model.priors.write()];
        bytes.extend(linear.iter().map(|model| model.write()));
        let paths = FILES.iter().map(|file| file.path);
        let mut made = Made {
            files: paths.zip(bytes).collect(),
            data: folders.to_vec(),
            ..Made::default()
        };
        let scores = measure(&model, &dev);
        for (what, score) in [
            ("cues", scores.cue),
            ("tokens of content", scores.content),
            ("tokens of sources", scores.source),
            ("relations", scores.relation),
        ] {
            let what = format!("{what}, F1, polnear dev (the models alone)");
            made.share(&what, score.f1(), dev.len());
        }
        Ok(Some(made))
    }
}
