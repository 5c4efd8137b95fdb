//! PolNeAR: who says what, in political news.
//!
//! What comes in: a folder with `text/*.txt` and `attributions/*.ann` (brat). What goes out: token and relation F1,
//! pooled over articles, as the corpus's probe defines them. Gold is the first annotator's file of each article, by
//! name. Tokens are the pipeline's, white space and punctuation left out. `cue_f1`: a cue is right when it shares a
//! token with a gold cue, one to one; gold cues inside a `Discard` span do not count, and neither do found ones there.
//! The corpus has one flat layer, so found attributions inside another's content are left out. `source_token_f1`,
//! `content_token_f1`: the sets of tokens in any source, in any content. `relation_f1`: the cues match, the contents
//! share a token, and the sources share a token or both are empty.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    path::{Path, PathBuf},
};

use language::{Doc, Pos};

use crate::{
    Engine, Figure, Miss, Options, Outcome, ScoreError,
    engine::line_ranges,
    measure::{F1, assign},
    pool,
};

/// One attribution as tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Tokens of the cue.
    pub cue: BTreeSet<usize>,
    /// Tokens of the source.
    pub source: BTreeSet<usize>,
    /// Tokens of the content.
    pub content: BTreeSet<usize>,
}

/// The four figures of one article, to be added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Cues, one to one.
    pub cue: F1,
    /// Source tokens.
    pub source: F1,
    /// Content tokens.
    pub content: F1,
    /// Whole relations.
    pub relation: F1,
}

/// Compares what was found in one article with its gold; also says which cue was matched with which.
pub fn compare(gold: &[Tokens], said: &[Tokens]) -> (Scores, Vec<Option<usize>>) {
    let shared = |a: &BTreeSet<usize>, b: &BTreeSet<usize>| a.intersection(b).count();
    let related = |a: &Tokens, b: &Tokens| {
        shared(&a.content, &b.content) > 0
            && (shared(&a.source, &b.source) > 0 || (a.source.is_empty() && b.source.is_empty()))
    };
    // Among all ways to match the most cues, the one with the most relations.
    let weights: Vec<Vec<u64>> = gold
        .iter()
        .map(|a| {
            said.iter()
                .map(|b| {
                    if shared(&a.cue, &b.cue) > 0 {
                        1000 + u64::from(related(a, b))
                    } else {
                        0
                    }
                })
                .collect()
        })
        .collect();
    let matched = assign(&weights);
    let cues = matched.iter().flatten().count();
    let relations = matched
        .iter()
        .enumerate()
        .filter(|(at, found)| found.is_some_and(|found| related(&gold[*at], &said[found])))
        .count();
    let tokens = |part: fn(&Tokens) -> &BTreeSet<usize>| {
        let all = |from: &[Tokens]| {
            from.iter()
                .flat_map(|one| part(one).iter().copied())
                .collect::<BTreeSet<_>>()
        };
        let (gold, said) = (all(gold), all(said));
        F1::new(shared(&gold, &said), said.len(), gold.len())
    };
    let scores = Scores {
        cue: F1::new(cues, said.len(), gold.len()),
        source: tokens(|one| &one.source),
        content: tokens(|one| &one.content),
        relation: F1::new(relations, said.len(), gold.len()),
    };
    (scores, matched)
}

/// Measures on a folder.
///
/// # Errors
/// If it cannot be read or has no annotated article.
pub fn score(dir: &Path, engine: &Engine, options: &Options<'_>) -> Result<Outcome, ScoreError> {
    let articles = articles(dir)?;
    let articles = options.take(&articles);
    let results = pool::map(articles, options, |article| measure(article, engine));
    let mut sum = Scores::default();
    let mut misses = Vec::new();
    for result in results {
        let (scores, article_misses) = result?;
        sum.cue += scores.cue;
        sum.source += scores.source;
        sum.content += scores.content;
        sum.relation += scores.relation;
        misses.extend(article_misses);
    }
    let metrics = [
        ("cue_f1", Figure::Real(sum.cue.f1())),
        ("cue_precision", Figure::Real(sum.cue.precision())),
        ("cue_recall", Figure::Real(sum.cue.recall())),
        ("content_token_f1", Figure::Real(sum.content.f1())),
        ("source_token_f1", Figure::Real(sum.source.f1())),
        ("relation_f1", Figure::Real(sum.relation.f1())),
        ("relation_precision", Figure::Real(sum.relation.precision())),
        ("relation_recall", Figure::Real(sum.relation.recall())),
    ];
    Ok(Outcome::new("polnear", articles.len(), &metrics, misses))
}

/// An article parsed, with its gold.
pub struct Annotated {
    /// File name without its ending.
    pub name: String,
    /// The parsed text.
    pub doc: Doc,
    /// Its attributions.
    pub gold: Vec<Tokens>,
    /// Tokens in `Discard` spans.
    pub discarded: BTreeSet<usize>,
}

/// Parses the articles of a folder: what the attribution model is trained on.
///
/// # Errors
/// If the folder cannot be read or has no annotated article.
pub fn annotated(
    dir: &Path,
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Vec<Annotated>, ScoreError> {
    let articles = articles(dir)?;
    pool::map(options.take(&articles), options, |article| {
        let text =
            std::fs::read_to_string(&article.text).map_err(ScoreError::read(&article.text))?;
        let ann =
            std::fs::read_to_string(&article.gold).map_err(ScoreError::read(&article.gold))?;
        let doc = engine.parse(&text, &line_ranges(&text));
        let (gold, discarded) = gold(&ann, &text, &doc);
        Ok(Annotated {
            name: article.name.clone(),
            doc,
            gold,
            discarded,
        })
    })
    .into_iter()
    .collect()
}

struct Article {
    name: String,
    text: PathBuf,
    gold: PathBuf,
}

/// Pairs each text with the first annotation file of its name.
fn articles(dir: &Path) -> Result<Vec<Article>, ScoreError> {
    let list = |folder: &str, ending: &str| -> Result<Vec<(String, PathBuf)>, ScoreError> {
        let folder = dir.join(folder);
        let mut out = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(ScoreError::read(&folder))? {
            let path = entry.map_err(ScoreError::read(&folder))?.path();
            if let (Some(stem), true) = (
                path.file_stem(),
                path.extension().is_some_and(|e| e == ending),
            ) {
                out.push((stem.to_string_lossy().into_owned(), path.clone()));
            }
        }
        out.sort();
        Ok(out)
    };
    let gold = list("attributions", "ann")?;
    let mut out = Vec::new();
    for (name, text) in list("text", "txt")? {
        // `name_xxxx.ann`: the suffix names the annotator.
        let first = gold.iter().find(|(stem, _)| {
            stem.rsplit_once('_').is_some_and(|(base, _)| base == name) || *stem == name
        });
        if let Some((_, gold)) = first {
            out.push(Article {
                name,
                text,
                gold: gold.clone(),
            });
        }
    }
    if out.is_empty() {
        return Err(ScoreError::Empty {
            path: dir.to_owned(),
            hint: "the folder holds text/NAME.txt and attributions/NAME_annotator.ann".into(),
        });
    }
    Ok(out)
}

fn measure(article: &Article, engine: &Engine) -> Result<(Scores, Vec<Miss>), ScoreError> {
    let text = std::fs::read_to_string(&article.text).map_err(ScoreError::read(&article.text))?;
    let ann = std::fs::read_to_string(&article.gold).map_err(ScoreError::read(&article.gold))?;
    let doc = engine.parse(&text, &line_ranges(&text));
    let places = reader::read::places::find(&doc, engine.gazetteer());
    let parties = reader::read::parties::find(&doc, &places);
    let found = reader::read::speakers::find(&doc, &parties);
    let (gold, discarded) = gold(&ann, &text, &doc);
    let said: Vec<Tokens> = found
        .iter()
        .filter(|attribution| attribution.inside.is_none())
        .map(|attribution| Tokens {
            cue: words_of(&doc, std::iter::once(attribution.cue.clone())),
            source: words_of(&doc, attribution.source.iter().cloned()),
            content: words_of(&doc, attribution.content.iter().cloned()),
        })
        .filter(|one| one.cue.is_disjoint(&discarded))
        .collect();
    let (scores, matched) = compare(&gold, &said);
    let show = |tokens: &BTreeSet<usize>| -> String {
        tokens
            .iter()
            .take(14)
            .map(|&at| doc.token(at).text())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let line = |one: &Tokens| {
        format!(
            "{} | {} | {}",
            show(&one.source),
            show(&one.cue),
            show(&one.content)
        )
    };
    let mut misses = Vec::new();
    for (at, found) in matched.iter().enumerate() {
        let right = found.is_some_and(|found| {
            compare(&gold[at..=at], &said[found..=found])
                .0
                .relation
                .right
                == 1
        });
        if !right {
            misses.push(Miss {
                item: article.name.clone(),
                field: if found.is_some() {
                    "relation".into()
                } else {
                    "cue".into()
                },
                expected: line(&gold[at]),
                said: found.map(|found| line(&said[found])).unwrap_or_default(),
                words: String::new(),
            });
        }
    }
    for (at, one) in said.iter().enumerate() {
        if !matched.contains(&Some(at)) {
            misses.push(Miss {
                item: article.name.clone(),
                field: "cue said".into(),
                expected: String::new(),
                said: line(one),
                words: String::new(),
            });
        }
    }
    Ok((scores, misses))
}

/// The tokens of ranges, white space and punctuation left out; all of them when nothing else is there (a colon as cue).
pub fn words_of(doc: &Doc, ranges: impl Iterator<Item = Range<usize>>) -> BTreeSet<usize> {
    let all: Vec<usize> = ranges
        .flatten()
        .filter(|&at| doc.token(at).pos() != Pos::Space)
        .collect();
    let words: BTreeSet<usize> = all
        .iter()
        .copied()
        .filter(|&at| !punctuation(doc.token(at).text()))
        .collect();
    if words.is_empty() {
        all.into_iter().collect()
    } else {
        words
    }
}

fn punctuation(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Reads a brat file into attributions and discarded tokens: `T1⇥Cue 107 114⇥reports`, `E1⇥Attribution:T4 Content:T3
/// Cue:T2 Source:T1`. Other lines are skipped.
fn gold(ann: &str, text: &str, doc: &Doc) -> (Vec<Tokens>, BTreeSet<usize>) {
    let byte_of: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let mut spans: BTreeMap<&str, (&str, Vec<Range<usize>>)> = BTreeMap::new();
    let mut events = Vec::new();
    for line in ann.lines() {
        let mut fields = line.split('\t');
        let (Some(id), Some(body)) = (fields.next(), fields.next()) else {
            continue;
        };
        let numbered = id.len() > 1 && id[1..].bytes().all(|b| b.is_ascii_digit());
        if id.starts_with('T') && numbered {
            if let Some((kind, offsets)) = body.split_once(' ') {
                let ranges = offsets.split(';').filter_map(|part| {
                    let (from, to) = part.trim().split_once(' ')?;
                    let (from, to): (usize, usize) = (from.parse().ok()?, to.parse().ok()?);
                    Some(*byte_of.get(from)?..*byte_of.get(to)?)
                });
                spans.insert(id, (kind, ranges.collect()));
            }
        } else if id.starts_with('E') && numbered {
            events.push(body);
        }
    }
    let discarded: BTreeSet<usize> = spans
        .values()
        .filter(|(kind, _)| *kind == "Discard")
        .flat_map(|(_, ranges)| ranges)
        .flat_map(|range| doc.tokens_in(range.clone()))
        .collect();
    let mut out = Vec::new();
    for event in events {
        let mut one = Tokens::default();
        for argument in event.split_whitespace() {
            let Some((role, id)) = argument.split_once(':') else {
                continue;
            };
            let Some((_, ranges)) = spans.get(id) else {
                continue;
            };
            let tokens = words_of(doc, ranges.iter().map(|range| doc.tokens_in(range.clone())));
            match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Cue" => one.cue.extend(tokens),
                "Source" => one.source.extend(tokens),
                "Content" => one.content.extend(tokens),
                _ => {}
            }
        }
        if !one.cue.is_empty() && one.cue.is_disjoint(&discarded) {
            out.push(one);
        }
    }
    (out, discarded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(cue: &[usize], source: &[usize], content: &[usize]) -> Tokens {
        let set = |of: &[usize]| of.iter().copied().collect();
        Tokens {
            cue: set(cue),
            source: set(source),
            content: set(content),
        }
    }

    #[test]
    fn a_relation_needs_all_three() {
        let gold = [
            tokens(&[2], &[0, 1], &[3, 4, 5]),
            tokens(&[10], &[], &[11, 12]),
        ];
        // The first has its source wrong; the second is right, nobody being named on either side; the third is too
        // much.
        let said = [
            tokens(&[2], &[8], &[4, 5]),
            tokens(&[9, 10], &[], &[12]),
            tokens(&[20], &[], &[21]),
        ];
        let (scores, matched) = compare(&gold, &said);
        assert_eq!(matched, [Some(0), Some(1)]);
        assert_eq!(scores.cue, F1::new(2, 3, 2));
        assert_eq!(scores.relation, F1::new(1, 3, 2));
        assert_eq!(scores.source, F1::new(0, 1, 2));
        assert_eq!(scores.content, F1::new(3, 4, 5));
    }

    #[test]
    fn one_cue_is_matched_once() {
        let gold = [tokens(&[2], &[], &[3])];
        let said = [tokens(&[2], &[], &[9]), tokens(&[2], &[], &[3])];
        let (scores, matched) = compare(&gold, &said);
        assert_eq!(
            (scores.cue.right, scores.relation.right, matched),
            (1, 1, vec![Some(1)])
        );
    }
}
