//! The measure: pairs of mentions in the key and in the reader's parties.

use std::{ops::Range, path::Path};

use language::Doc;
use reader::read::{
    parties::{self, Parties},
    places,
};
use serde_json::Value;

use super::{gva, item::Item, muc, recase};
use crate::{
    Engine, Figure, Miss, Options, Outcome, ScoreError, case, engine::line_ranges, measure::F1,
    pool,
};

/// Counts behind the figures, to be added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    pairs: F1,
    wrong: usize,
    names: (usize, usize),
}

/// Compares the parties at the mentions of each entity with the key.
fn compare(found: &[Vec<Option<usize>>], apart: &[(usize, usize)]) -> (F1, usize) {
    let mut pairs = F1::default();
    for mentions in found {
        for (at, one) in mentions.iter().enumerate() {
            for other in &mentions[at + 1..] {
                let same = one.is_some() && one == other;
                pairs += F1::new(usize::from(same), usize::from(same), 1);
            }
        }
    }
    let mut wrong = 0;
    for &(a, b) in apart {
        let together = found[a]
            .iter()
            .flatten()
            .map(|party| found[b].iter().flatten().filter(|p| *p == party).count())
            .sum();
        pairs += F1::new(0, together, 0);
        wrong += usize::from(together > 0);
    }
    (pairs, wrong)
}

/// Measures on files.
///
/// # Errors
/// If one cannot be read or is of neither shape.
pub fn score<P: AsRef<Path>>(
    paths: &[P],
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Outcome, ScoreError> {
    let mut items = Vec::new();
    for path in paths {
        let path = path.as_ref();
        for (line, row) in case::lines::<Value>(path)?.into_iter().enumerate() {
            let read = if row.get("doctext").is_some() {
                muc::items(row)
            } else {
                gva::items(row)
            };
            let shape = ScoreError::shape(path, Some(line + 1), "");
            items.extend(read.map_err(|message| match shape {
                ScoreError::Shape { path, line, .. } => ScoreError::Shape {
                    path,
                    line,
                    message,
                },
                other => other,
            })?);
        }
    }
    items.retain(|item| !item.entities.is_empty());
    let items = options.take(&items);
    let results = pool::map(items, options, |item| measure(item, engine));
    let mut sum = Counts::default();
    let mut misses = Vec::new();
    for (counts, found) in results {
        sum.pairs += counts.pairs;
        sum.wrong += counts.wrong;
        sum.names.0 += counts.names.0;
        sum.names.1 += counts.names.1;
        misses.extend(found);
    }
    let metrics = [
        ("coref_precision", Figure::Real(sum.pairs.precision())),
        ("coref_recall", Figure::Real(sum.pairs.recall())),
        ("coref_f1", Figure::Real(sum.pairs.f1())),
        ("wrong_merges", Figure::Count(sum.wrong as u64)),
        ("names_found", Figure::share(sum.names.0, sum.names.1)),
    ];
    Ok(Outcome::new("coref", items.len(), &metrics, misses))
}

/// Reads one text and compares.
fn measure(item: &Item, engine: &Engine) -> (Counts, Vec<Miss>) {
    let lines = line_ranges(&item.text);
    let doc = engine.parse(&item.text, &lines);
    let doc = if item.lower {
        let names: Vec<&str> = item
            .entities
            .iter()
            .filter(|entity| entity.named)
            .flat_map(|entity| &entity.mentions)
            .map(|range| &item.text[range.clone()])
            .collect();
        engine.parse(&recase::recase(&doc, &names), &lines)
    } else {
        doc
    };
    let parties = parties::find(&doc, &places::find(&doc, engine.gazetteer()));
    let found: Vec<Vec<Option<usize>>> = item
        .entities
        .iter()
        .map(|entity| {
            let at = |bytes: &Range<usize>| party_at(&doc, &parties, bytes.clone());
            entity.mentions.iter().map(at).collect()
        })
        .collect();
    let (pairs, wrong) = compare(&found, &item.apart);
    let mut counts = Counts {
        pairs,
        wrong,
        names: (0, 0),
    };
    let name = |party: Option<usize>| {
        party.map_or("–".to_owned(), |party| {
            parties.parties[party].party.name.clone()
        })
    };
    let miss = |field: &str, expected: String, said: String, at: &Range<usize>| Miss {
        item: item.name.clone(),
        field: field.to_owned(),
        expected,
        said,
        words: sentence(&doc, at),
    };
    let mut misses = Vec::new();
    for (entity, parties_of) in item.entities.iter().zip(&found) {
        if entity.named {
            let known = |party: &Option<usize>| party.is_some_and(|p| parties.parties[p].named);
            counts.names.1 += 1;
            let ok = parties_of.iter().any(known);
            counts.names.0 += usize::from(ok);
            if !ok && let Some(first) = entity.mentions.first() {
                misses.push(miss(
                    &format!("name {}", entity.role),
                    doc.text()[first.clone()].to_owned(),
                    name(parties_of[0]),
                    first,
                ));
            }
        }
        for at in 1..entity.mentions.len() {
            let (first, other) = (&entity.mentions[0], &entity.mentions[at]);
            if parties_of[0].is_none() || parties_of[0] != parties_of[at] {
                misses.push(miss(
                    &format!("pair {}", entity.role),
                    format!(
                        "{} = {}",
                        &doc.text()[first.clone()],
                        &doc.text()[other.clone()]
                    ),
                    format!("{} ≠ {}", name(parties_of[0]), name(parties_of[at])),
                    other,
                ));
            }
        }
    }
    for &(a, b) in &item.apart {
        for (at, party) in found[a].iter().enumerate() {
            let with = found[b].iter().position(|p| p.is_some() && p == party);
            if let Some(with) = with {
                misses.push(miss(
                    "merge",
                    format!(
                        "{} ≠ {}",
                        &doc.text()[item.entities[a].mentions[at].clone()],
                        &doc.text()[item.entities[b].mentions[with].clone()]
                    ),
                    name(*party),
                    &item.entities[b].mentions[with],
                ));
            }
        }
    }
    (counts, misses)
}

/// The party of the mention that shares the most with the bytes: it holds their last word, or its head lies in them.
fn party_at(doc: &Doc, parties: &Parties, bytes: Range<usize>) -> Option<usize> {
    let tokens = doc.tokens_in(bytes);
    let last = tokens.clone().rfind(|&i| !doc.token(i).is_punct())?;
    let first = parties
        .mentions
        .partition_point(|mention| mention.tokens.start + 40 < tokens.start);
    parties.mentions[first..]
        .iter()
        .take_while(|mention| mention.tokens.start < tokens.end)
        .filter(|mention| mention.tokens.contains(&last) || tokens.contains(&mention.head))
        .max_by_key(|mention| {
            let shared = mention.tokens.end.min(tokens.end) as i64
                - mention.tokens.start.max(tokens.start) as i64;
            (
                2 * shared - mention.tokens.len() as i64,
                mention.tokens.start,
            )
        })
        .map(|mention| mention.party)
}

/// The sentence around some bytes, for a miss.
fn sentence(doc: &Doc, bytes: &Range<usize>) -> String {
    let tokens = doc.tokens_in(bytes.clone());
    if tokens.is_empty() {
        return String::new();
    }
    doc.slice(doc.token(tokens.start).sentence())
        .replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_two_entities_counted_by_hand() {
        // Entity 0 has three mentions, of which the reader holds two for party 7: one of three pairs. Entity 1 has two,
        // both party 7: one of one. Held for one and apart in the key: two mentions of 0 with two of 1, four pairs.
        let found = [
            vec![Some(7), Some(7), None],
            vec![Some(7), Some(7)],
            vec![Some(3)],
        ];
        let (pairs, wrong) = compare(&found, &[(0, 1), (1, 2)]);
        assert_eq!(pairs, F1::new(2, 6, 4));
        assert_eq!(wrong, 1);
        // What the key does not have beside each other is not judged.
        assert_eq!(compare(&found, &[]), (F1::new(2, 2, 4), 0));
    }
}
