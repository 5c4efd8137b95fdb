//! Place names with coordinates: LGL (local US and world news) and GeoVirus.
//!
//! What comes in: one XML file of articles. What goes out: `found_f1`, pairing gold names that have coordinates with
//! names the program finds when they share a character, one to one; a found name that meets only a gold name without
//! coordinates counts neither way. Of the pairs, `within_161km` (100 miles) and `median_km`. Names inside names of
//! bodies and words for peoples count, as in the gold. Offsets are code points, from 0 in LGL and from 1 in GeoVirus.

use std::{ops::Range, path::Path};

use crate::{
    Engine, Figure, Miss, Options, Outcome, ScoreError,
    engine::paragraphs,
    measure::{F1, assign, kilometres, median},
    pool,
};

/// 100 miles, the usual limit of being right.
const NEAR_KM: f64 = 161.0;

/// A named place: byte range and coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Bytes in the text.
    pub range: Range<usize>,
    /// Degrees north and east, where known.
    pub at: Option<(f64, f64)>,
}

/// What came of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Names, one to one.
    pub found: F1,
    /// Gold name, found name and kilometres between them, for each pair with coordinates on both sides.
    pub errors: Vec<(usize, usize, f64)>,
    /// The found name of each gold name.
    pub matched: Vec<Option<usize>>,
}

/// Compares what was found in one article with its gold.
pub fn compare(gold: &[Named], said: &[Named]) -> Compared {
    let weights: Vec<Vec<u64>> = gold
        .iter()
        .map(|a| {
            said.iter()
                .map(|b| {
                    let shared = a
                        .range
                        .end
                        .min(b.range.end)
                        .saturating_sub(a.range.start.max(b.range.start));
                    // The closest extents first: of two that overlap, the one that shares more and strays less.
                    let stray = a.range.len().abs_diff(b.range.len()).min(500) as u64;
                    if shared == 0 {
                        0
                    } else {
                        100_000 + 1000 * shared.min(50) as u64 - stray
                    }
                })
                .collect()
        })
        .collect();
    let matched = assign(&weights);
    // Names without a point are no items: neither they nor what meets them count.
    let right = |at: &usize| gold[*at].at.is_some() && matched[*at].is_some();
    let right = (0..gold.len()).filter(right).count();
    let beside = |b: &Named| {
        gold.iter()
            .any(|a| a.at.is_none() && a.range.start < b.range.end && b.range.start < a.range.end)
    };
    let aside = (0..said.len())
        .filter(
            |&b| match matched.iter().position(|found| *found == Some(b)) {
                Some(a) => gold[a].at.is_none(),
                None => beside(&said[b]),
            },
        )
        .count();
    let items = gold.iter().filter(|name| name.at.is_some()).count();
    let errors = matched
        .iter()
        .enumerate()
        .filter_map(|(at, found)| {
            let found = (*found)?;
            Some((at, found, kilometres(gold[at].at?, said[found].at?)))
        })
        .collect();
    Compared {
        found: F1::new(right, said.len() - aside, items),
        errors,
        matched,
    }
}

/// Measures on a file.
///
/// # Errors
/// If it cannot be read.
pub fn score(path: &Path, engine: &Engine, options: &Options<'_>) -> Result<Outcome, ScoreError> {
    let xml = std::fs::read_to_string(path).map_err(ScoreError::read(path))?;
    let articles = parse(&xml).map_err(|message| ScoreError::shape(path, None, message))?;
    if articles.is_empty() {
        return Err(ScoreError::Empty {
            path: path.to_owned(),
            hint: "the file holds <article> elements".into(),
        });
    }
    let articles = options.take(&articles);
    let results = pool::map(articles, options, |article| measure(article, engine));
    let mut sum = F1::default();
    let mut errors = Vec::new();
    let mut misses = Vec::new();
    for (found, km, article_misses) in results {
        sum += found;
        errors.extend(km);
        misses.extend(article_misses);
    }
    let near = errors.iter().filter(|km| **km <= NEAR_KM).count();
    let metrics = [
        ("found_f1", Figure::Real(sum.f1())),
        ("found_precision", Figure::Real(sum.precision())),
        ("found_recall", Figure::Real(sum.recall())),
        ("within_161km", Figure::share(near, errors.len())),
        ("resolved", Figure::Count(errors.len() as u64)),
        (
            "median_km",
            Figure::Real(median(&mut errors).unwrap_or(f64::NAN)),
        ),
    ];
    Ok(Outcome::new("geo", articles.len(), &metrics, misses))
}

fn measure(article: &Article, engine: &Engine) -> (F1, Vec<f64>, Vec<Miss>) {
    let doc = engine.parse(&article.text, &paragraphs(&article.text));
    let found = reader::read::places::toponyms(&doc, engine.gazetteer());
    let said: Vec<Named> = found
        .iter()
        .filter(|mention| !mention.tokens.is_empty())
        .filter_map(|mention| {
            let at = mention.place.lat.zip(mention.place.lon);
            at?;
            Some(Named {
                range: doc.bytes(mention.tokens.clone()),
                at,
            })
        })
        .collect();
    let Compared {
        found: f1,
        errors,
        matched,
    } = compare(&article.gold, &said);
    let show = |one: &Named| format!("“{}” {:?}", &article.text[one.range.clone()], one.at);
    let mut misses = Vec::new();
    let mut miss = |field: String, gold: Option<&Named>, said: Option<&Named>| {
        let at = gold.or(said).map_or(0..0, |one| one.range.clone());
        let from = (0..=at.start.saturating_sub(50))
            .rev()
            .find(|&i| article.text.is_char_boundary(i))
            .unwrap_or(0);
        let to = ((at.end + 40).min(article.text.len())..=article.text.len())
            .find(|&i| article.text.is_char_boundary(i))
            .unwrap_or(at.end);
        misses.push(Miss {
            item: article.name.clone(),
            field,
            expected: gold.map(show).unwrap_or_default(),
            said: said.map(show).unwrap_or_default(),
            words: article.text[from..to].replace('\n', " "),
        });
    };
    for (at, found) in matched.iter().enumerate() {
        if found.is_none() && article.gold[at].at.is_some() {
            miss("missed".into(), Some(&article.gold[at]), None);
        }
    }
    for (at, one) in said.iter().enumerate() {
        if !matched.contains(&Some(at)) {
            miss("too much".into(), None, Some(one));
        }
    }
    for &(gold, found, km) in &errors {
        if km > NEAR_KM {
            miss(
                format!("{km:.0} km off"),
                Some(&article.gold[gold]),
                Some(&said[found]),
            );
        }
    }
    (f1, errors.into_iter().map(|(.., km)| km).collect(), misses)
}

struct Article {
    name: String,
    text: String,
    gold: Vec<Named>,
}

/// Reads either file: `toponym` with `gaztag` (LGL) or `location` (GeoVirus).
fn parse(xml: &str) -> Result<Vec<Article>, String> {
    let tree = roxmltree::Document::parse(xml).map_err(|error| error.to_string())?;
    let articles = tree
        .descendants()
        .filter(|node| node.has_tag_name("article"));
    Ok(articles
        .enumerate()
        .map(|(number, article)| {
            let child = |name: &str| article.children().find(|node| node.has_tag_name(name));
            let text = child("text")
                .and_then(|node| node.text())
                .unwrap_or_default()
                .to_owned();
            let byte_of: Vec<usize> = text
                .char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect();
            let mut gold: Vec<Named> = article
                .descendants()
                .filter(|node| node.has_tag_name("toponym") || node.has_tag_name("location"))
                .filter_map(|node| {
                    let value = |name: &str| {
                        let found = node.descendants().find(|inner| inner.has_tag_name(name))?;
                        found.text().map(str::trim)
                    };
                    let first = usize::from(node.has_tag_name("location"));
                    let offset = |name: &str| {
                        let at = value(name)?.parse::<usize>().ok()?.checked_sub(first)?;
                        byte_of.get(at).copied()
                    };
                    let degrees = |name: &str| value(name)?.parse::<f64>().ok();
                    let (start, end) = (offset("start")?, offset("end")?);
                    (start < end).then(|| Named {
                        range: start..end,
                        at: degrees("lat").zip(degrees("lon")),
                    })
                })
                .collect();
            gold.sort_by_key(|one| one.range.start);
            Article {
                name: article
                    .attribute("docid")
                    .map_or_else(|| format!("article {}", number + 1), str::to_owned),
                text,
                gold,
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_shapes() {
        let lgl = parse(
            "<articles><article docid='7'><text><![CDATA[In Bréa, ok]]></text>\
             <toponyms><toponym><start>3</start><end>7</end>\
             <gaztag><lat>1.5</lat><lon>2</lon></gaztag></toponym></toponyms></article></articles>",
        )
        .unwrap();
        assert_eq!(&lgl[0].text[lgl[0].gold[0].range.clone()], "Bréa");
        assert_eq!(lgl[0].gold[0].at, Some((1.5, 2.0)));
        let virus = parse(
            "<articles><article><text>Pandi fell</text>\
             <locations><location><name>Pandi</name><start>1</start><end>6</end>\
             <lat>14.9</lat><lon>121</lon></location></locations></article></articles>",
        )
        .unwrap();
        assert_eq!(
            (virus[0].name.as_str(), virus[0].gold.len()),
            ("article 1", 1)
        );
    }

    #[test]
    fn found_once_and_measured_where_both_have_a_point() {
        let named = |range, at| Named { range, at };
        let gold = [named(0..5, Some((0.0, 0.0))), named(10..15, None)];
        let said = [
            named(0..5, Some((0.0, 1.0))),
            named(0..3, Some((0.0, 0.0))),
            named(12..20, Some((5.0, 5.0))),
        ];
        let Compared { found, errors, .. } = compare(&gold, &said);
        // The third name found meets only a gold name without a point.
        assert_eq!(found, F1::new(1, 2, 1));
        assert_eq!(errors.len(), 1);
        assert!((errors[0].2 - 111.19).abs() < 0.1);
    }
}
