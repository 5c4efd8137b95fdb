//! TempEval-3: time expressions in news.
//!
//! What comes in: a folder of TimeML files (any depth). What goes out, pooled over files as the task's own scorer does
//! it: `strict_f1` (the same extent), `relaxed_f1` (the extents share a character, one to one), and `value_f1`
//! (relaxed, and the TIMEX3 value is the same string). Only the `TEXT` element counts; the document's creation time is
//! given to the reader and is no item.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use jiff::civil::Date;

use crate::{
    Engine, Figure, Miss, Options, Outcome, ScoreError,
    engine::{paragraphs, published},
    measure::{F1, assign},
    pool,
};

/// A time expression: byte range and TIMEX3 value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// Bytes in the text.
    pub range: Range<usize>,
    /// TIMEX3 value.
    pub value: String,
}

/// The three figures of one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Same extent.
    pub strict: F1,
    /// Extents that touch.
    pub relaxed: F1,
    /// Extents that touch, with the same value.
    pub value: F1,
}

/// Compares what was found in one file with its gold; also says which was matched with which.
pub fn compare(gold: &[Timex], said: &[Timex]) -> (Scores, Vec<Option<usize>>) {
    let weights: Vec<Vec<u64>> = gold
        .iter()
        .map(|a| {
            said.iter()
                .map(|b| {
                    let touch = a.range.start < b.range.end && b.range.start < a.range.end;
                    u64::from(touch)
                        * (10_000
                            + 10 * u64::from(a.range == b.range)
                            + u64::from(a.value == b.value))
                })
                .collect()
        })
        .collect();
    let matched = assign(&weights);
    let count = |test: &dyn Fn(&Timex, &Timex) -> bool| {
        let right = matched
            .iter()
            .enumerate()
            .filter(|(at, found)| found.is_some_and(|found| test(&gold[*at], &said[found])))
            .count();
        F1::new(right, said.len(), gold.len())
    };
    let scores = Scores {
        strict: count(&|a, b| a.range == b.range),
        relaxed: count(&|_, _| true),
        value: count(&|a, b| a.value == b.value),
    };
    (scores, matched)
}

/// Measures on a folder.
///
/// # Errors
/// If it cannot be read or has no TimeML file.
pub fn score(dir: &Path, engine: &Engine, options: &Options<'_>) -> Result<Outcome, ScoreError> {
    let mut files = Vec::new();
    list(dir, &mut files)?;
    files.sort();
    // The distribution holds one file twice, under the name of its folder for trying the tools.
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|path| seen.insert(path.file_name().map(std::ffi::OsStr::to_owned)));
    if files.is_empty() {
        return Err(ScoreError::Empty {
            path: dir.to_owned(),
            hint: "the folder holds *.tml files".into(),
        });
    }
    let files = options.take(&files);
    let results = pool::map(files, options, |path| measure(path, engine));
    let mut sum = Scores::default();
    let mut misses = Vec::new();
    for result in results {
        let (scores, file_misses) = result?;
        sum.strict += scores.strict;
        sum.relaxed += scores.relaxed;
        sum.value += scores.value;
        misses.extend(file_misses);
    }
    let metrics = [
        ("relaxed_f1", Figure::Real(sum.relaxed.f1())),
        ("relaxed_precision", Figure::Real(sum.relaxed.precision())),
        ("relaxed_recall", Figure::Real(sum.relaxed.recall())),
        ("strict_f1", Figure::Real(sum.strict.f1())),
        ("value_f1", Figure::Real(sum.value.f1())),
    ];
    Ok(Outcome::new("tempeval", files.len(), &metrics, misses))
}

fn list(dir: &Path, out: &mut Vec<PathBuf>) -> Result<(), ScoreError> {
    for entry in std::fs::read_dir(dir).map_err(ScoreError::read(dir))? {
        let path = entry.map_err(ScoreError::read(dir))?.path();
        if path.is_dir() {
            list(&path, out)?;
        } else if path.extension().is_some_and(|ending| ending == "tml") {
            out.push(path);
        }
    }
    Ok(())
}

fn measure(path: &Path, engine: &Engine) -> Result<(Scores, Vec<Miss>), ScoreError> {
    let xml = std::fs::read_to_string(path).map_err(ScoreError::read(path))?;
    let file = parse(&xml).map_err(|message| ScoreError::shape(path, None, message))?;
    let doc = engine.parse(&file.text, &paragraphs(&file.text));
    let day = file.created.map(published);
    let said: Vec<Timex> = reader::read::times::find(&doc, day.as_ref())
        .into_iter()
        .filter(|time| !time.tokens.is_empty())
        .map(|time| Timex {
            range: doc.bytes(time.tokens.clone()),
            value: time.value,
        })
        .collect();
    let (scores, matched) = compare(&file.gold, &said);
    let show = |one: &Timex| format!("“{}” {}", &file.text[one.range.clone()], one.value);
    let mut misses = Vec::new();
    let item = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut miss = |field: &str, gold: Option<&Timex>, said: Option<&Timex>| {
        let at = gold.or(said).map_or(0..0, |one| one.range.clone());
        let from = (0..=at.start.saturating_sub(60))
            .rev()
            .find(|&i| file.text.is_char_boundary(i))
            .unwrap_or(0);
        let to = ((at.end + 40).min(file.text.len())..=file.text.len())
            .find(|&i| file.text.is_char_boundary(i))
            .unwrap_or(at.end);
        misses.push(Miss {
            item: format!(
                "{item} {}",
                file.created.map(|day| day.to_string()).unwrap_or_default()
            ),
            field: field.into(),
            expected: gold.map(show).unwrap_or_default(),
            said: said.map(show).unwrap_or_default(),
            words: file.text[from..to].replace('\n', " "),
        });
    };
    for (at, found) in matched.iter().enumerate() {
        let gold = &file.gold[at];
        match found.map(|found| &said[found]) {
            None => miss("missed", Some(gold), None),
            Some(said) if said.value != gold.value => miss("value", Some(gold), Some(said)),
            Some(said) if said.range != gold.range => miss("extent", Some(gold), Some(said)),
            Some(_) => {}
        }
    }
    for (at, one) in said.iter().enumerate() {
        if !matched.contains(&Some(at)) {
            miss("too much", None, Some(one));
        }
    }
    Ok((scores, misses))
}

struct File {
    text: String,
    gold: Vec<Timex>,
    created: Option<Date>,
}

/// Reads a TimeML file: the plain text of its `TEXT` element, the expressions in it and the day of creation.
fn parse(xml: &str) -> Result<File, String> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let tree =
        roxmltree::Document::parse_with_options(xml, options).map_err(|error| error.to_string())?;
    let named = |name: &str| tree.descendants().find(|node| node.has_tag_name(name));
    let created = named("DCT")
        .and_then(|dct| dct.descendants().find_map(|node| node.attribute("value")))
        .and_then(|value| value.get(..10))
        .and_then(|value| value.parse().ok());
    let mut file = File {
        text: String::new(),
        gold: Vec::new(),
        created,
    };
    if let Some(text) = named("TEXT") {
        walk(text, &mut file);
    }
    Ok(file)
}

fn walk(node: roxmltree::Node<'_, '_>, file: &mut File) {
    let start = file.text.len();
    if node.is_text() {
        file.text.push_str(node.text().unwrap_or_default());
    }
    for child in node.children() {
        walk(child, file);
    }
    if node.has_tag_name("TIMEX3") && file.text.len() > start {
        file.gold.push(Timex {
            range: start..file.text.len(),
            value: node.attribute("value").unwrap_or_default().to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_and_values_are_pooled() {
        let file = parse(
            "<TimeML><DCT><TIMEX3 value=\"2024-05-17T10:00\">today</TIMEX3></DCT><TEXT>It <E>began</E> <TIMEX3 \
             value=\"2024-05-16\">Thursday</TIMEX3> and lasted <TIMEX3 value=\"P2D\">two days</TIMEX3>.</TEXT>\
                 </TimeML>",
        )
        .unwrap();
        assert_eq!(file.text, "It began Thursday and lasted two days.");
        assert_eq!(file.created, Some(jiff::civil::date(2024, 5, 17)));
        let said = [
            Timex {
                range: 9..17,
                value: "2024-05-16".into(),
            },
            Timex {
                range: 29..32,
                value: "P2D".into(),
            },
            Timex {
                range: 0..2,
                value: "P1D".into(),
            },
        ];
        let (scores, matched) = compare(&file.gold, &said);
        assert_eq!(scores.strict, F1::new(1, 3, 2));
        assert_eq!(scores.relaxed, F1::new(2, 3, 2));
        assert_eq!(scores.value, F1::new(2, 3, 2));
        assert_eq!(matched, [Some(0), Some(1)]);
    }

    #[test]
    fn a_wrong_value_is_relaxed_only() {
        let gold = [Timex {
            range: 0..6,
            value: "2024-05-16".into(),
        }];
        let said = [Timex {
            range: 0..6,
            value: "2024-05-23".into(),
        }];
        let (scores, _) = compare(&gold, &said);
        assert_eq!(
            (
                scores.strict.right,
                scores.relaxed.right,
                scores.value.right
            ),
            (1, 1, 0)
        );
    }
}
