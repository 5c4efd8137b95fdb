//! What is looked for, and what is found.

use std::{collections::BTreeSet, fmt::Write as _};

use super::fold_into;
use crate::{
    Error,
    database::{Database, Dialect, Row, Value},
};

/// Texts that have all words and are looked at for a phrase, at most: some of a few words are in every report.
pub const LOOKED_AT: usize = 5_000;
/// Characters of text shown around the first word found.
const SHOWN: usize = 160;

/// What is looked for: every word must be there; `"two words"` side by side; `wor*` by its beginning; `-word` must not
/// be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Words that must be there, and whether only their beginning is given.
    words: Vec<(String, bool)>,
    /// Words that must stand side by side.
    phrases: Vec<String>,
    /// Words that must not be there.
    without: Vec<String>,
    /// Texts that are looked at for phrases, at most.
    looks_at: usize,
}

/// A text in which something was found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Found {
    /// Number of the row: of the report, claim or name.
    #[serde(skip)]
    pub seq: i64,
    /// Id of the report or claim.
    pub id: String,
    /// Id of the report.
    pub report: String,
    /// Headline of the report.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Incidents that the report tells of.
    pub cases: Vec<String>,
    /// Words around what was found, as they stand in the report.
    pub words: String,
}

impl Query {
    /// Takes a query apart.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when nothing in it can be looked for.
    pub fn parse(words: &str) -> Result<Self, Error> {
        let mut own = Self {
            words: Vec::new(),
            phrases: Vec::new(),
            without: Vec::new(),
            looks_at: LOOKED_AT,
        };
        let mut rest = words;
        while let Some((before, after)) = rest.split_once('"') {
            own.take_words(before);
            let (phrase, after) = after.split_once('"').unwrap_or((after, ""));
            let folded = folded(phrase);
            own.words.extend(
                folded
                    .split(' ')
                    .filter(|it| !it.is_empty())
                    .map(|it| (it.to_owned(), false)),
            );
            if folded.contains(' ') {
                own.phrases.push(folded);
            }
            rest = after;
        }
        own.take_words(rest);
        if own.words.is_empty() {
            return Err(Error::Refused(
                "nothing to look for\n  hint: give one word or more; \"two words\" stand side by side, wor* begins so, \
                 -word must not be there"
                    .to_owned(),
            ));
        }
        Ok(own)
    }

    /// The same with another number of texts that are looked at for phrases, at most.
    #[must_use]
    pub fn looking_at(mut self, most: usize) -> Self {
        self.looks_at = most;
        self
    }

    fn take_words(&mut self, words: &str) {
        for word in words.split_whitespace() {
            let (without, word) = match word.strip_prefix('-') {
                Some(word) => (true, word),
                None => (false, word),
            };
            let begins = word.ends_with('*');
            let folded = folded(word);
            let parts: Vec<&str> = folded.split(' ').filter(|it| !it.is_empty()).collect();
            let last = parts.len().saturating_sub(1);
            for (at, part) in parts.iter().enumerate() {
                if without {
                    self.without.push((*part).to_owned());
                } else {
                    self.words.push(((*part).to_owned(), begins && at == last));
                }
            }
            // "7-year-old" stands side by side.
            if parts.len() > 1 && !without && !begins {
                self.phrases.push(folded.clone());
            }
        }
    }

    /// In the language of an engine's index. Folded words hold letters and digits alone, so that nothing in them is an
    /// operator.
    fn of(&self, dialect: Dialect) -> String {
        let mut out = String::new();
        for (at, (word, begins)) in self.words.iter().enumerate() {
            let _ = match dialect {
                Dialect::Sqlite => write!(
                    out,
                    "{}\"{word}\"{}",
                    if at > 0 { " AND " } else { "" },
                    if *begins { "*" } else { "" }
                ),
                Dialect::Postgres => write!(
                    out,
                    "{}'{word}'{}",
                    if at > 0 { " & " } else { "" },
                    if *begins { ":*" } else { "" }
                ),
            };
        }
        for word in &self.without {
            let _ = match dialect {
                Dialect::Sqlite => write!(out, " NOT \"{word}\""),
                Dialect::Postgres => write!(out, " & !'{word}'"),
            };
        }
        out
    }

    /// The condition that rows of an index match, with the query as value `?1`.
    fn condition(index: &str, dialect: Dialect) -> String {
        match dialect {
            Dialect::Sqlite => format!("{index} MATCH ?1"),
            Dialect::Postgres => "words @@ to_tsquery('simple', ?1)".to_owned(),
        }
    }

    /// Whether a text has the phrases, and what stands around the first word found.
    fn around(&self, text: &str) -> Option<String> {
        let whole = format!(" {}", folded(text));
        let has = |phrase: &String| {
            whole.contains(&format!(" {phrase} ")) || whole.ends_with(&format!(" {phrase}"))
        };
        if !self.phrases.iter().all(has) {
            return None;
        }
        Some(excerpt(text, self))
    }
}

fn folded(words: &str) -> String {
    let mut out = String::new();
    fold_into(words, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// The words of a text around the first that the query asks for; its beginning where that is in headline or outlet.
fn excerpt(text: &str, query: &Query) -> String {
    let wanted = |word: &str| {
        let folded = folded(word);
        folded.split(' ').any(|own| {
            query
                .words
                .iter()
                .any(|(word, begins)| own == word || *begins && own.starts_with(word.as_str()))
        })
    };
    let mut hit = 0;
    for word in text.split_whitespace() {
        // The place of a word in its text: both are slices of it.
        if wanted(word) {
            hit = word.as_ptr() as usize - text.as_ptr() as usize;
            break;
        }
    }
    let from = text[..hit]
        .char_indices()
        .rev()
        .nth(SHOWN / 2)
        .map_or(0, |(at, _)| at);
    let from = if from == 0 {
        0
    } else {
        text[from..]
            .find(char::is_whitespace)
            .map_or(from, |at| from + at + 1)
    };
    let to = text[from..]
        .char_indices()
        .nth(SHOWN)
        .map_or(text.len(), |(at, _)| from + at);
    let to = if to == text.len() {
        to
    } else {
        text[..to]
            .rfind(char::is_whitespace)
            .filter(|at| *at > hit)
            .unwrap_or(to)
    };
    let mut out = String::new();
    if from > 0 {
        out.push('…');
    }
    out.push_str(
        &text[from..to]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    );
    if to < text.len() {
        out.push('…');
    }
    out
}

/// The cases of a report, in order.
fn cases(database: &mut dyn Database, report: &str) -> Result<Vec<String>, Error> {
    let sql = "SELECT case_id FROM incident_reports WHERE report = ?1 ORDER BY case_id";
    let rows = database.rows(sql, &[report.into()])?;
    Ok(rows.iter().map(|row| row.words(0)).collect())
}

/// What was found, the latest added first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finds {
    /// The texts.
    pub found: Vec<Found>,
    /// Whether looking stopped at [`LOOKED_AT`] texts, so that older ones may have it too.
    pub stopped: bool,
}

/// Looks in an index, newest rows first, until `most` are found. `of` gives the query for one row's columns: id,
/// report, title, outlet, day, text.
fn find(
    database: &mut dyn Database,
    query: &Query,
    index: &str,
    of: &str,
    most: usize,
) -> Result<Finds, Error> {
    let dialect = database.dialect();
    let sql = format!(
        "SELECT rowid FROM {index} WHERE {} AND rowid < ?2 ORDER BY rowid DESC LIMIT {}",
        Query::condition(index, dialect),
        most.max(16) * 4
    );
    let words = query.of(dialect);
    let mut below = i64::MAX;
    let mut out: Vec<Found> = Vec::new();
    let mut looked_at = 0;
    let mut stopped = false;
    // A phrase may be in few of the texts that have its words.
    'looking: loop {
        let rows = database.rows(&sql, &[Value::from(words.as_str()), below.into()])?;
        let Some(last) = rows.last().and_then(|row| row.integer(0)) else {
            break;
        };
        below = last;
        for row in rows {
            let seq = row.integer(0).unwrap_or(0);
            let Some(row) = database.first(of, &[seq.into()])? else {
                continue;
            };
            out.extend(found(query, seq, &row));
            if out.len() == most {
                break 'looking;
            }
            looked_at += 1;
            if looked_at >= query.looks_at {
                stopped = true;
                break 'looking;
            }
        }
    }
    for found in &mut out {
        found.cases = cases(database, &found.report)?;
    }
    Ok(Finds {
        found: out,
        stopped,
    })
}

fn found(query: &Query, seq: i64, row: &Row) -> Option<Found> {
    let text = row.words(5);
    let title = row.words(2);
    // Phrases may stand in the headline.
    let words = query.around(&text).or_else(|| {
        query
            .around(&format!("{title}\n{text}"))
            .map(|_| excerpt(&text, query))
    })?;
    Some(Found {
        seq,
        id: row.words(0),
        report: row.words(1),
        title: row.text(2).map(str::to_owned),
        outlet: row.text(3).map(str::to_owned),
        published: row.text(4).map(str::to_owned),
        cases: Vec::new(),
        words,
    })
}

/// Looks in reports: headline, outlet and text. The latest added come first.
///
/// # Errors
///
/// What the engine says.
pub fn reports(database: &mut dyn Database, query: &Query, most: usize) -> Result<Finds, Error> {
    let of = "SELECT r.id, r.id, r.title, r.source_name, r.published_day, t.text FROM reports r \
              JOIN texts t ON t.id = r.text WHERE r.seq = ?1";
    find(database, query, "search_reports", of, most)
}

/// Looks in claims: slot, words, speakers and quote.
///
/// # Errors
///
/// What the engine says.
pub fn claims(database: &mut dyn Database, query: &Query, most: usize) -> Result<Finds, Error> {
    let of = "SELECT c.id, c.report, r.title, r.source_name, r.published_day, c.slot || ': ' || c.quote || ' (' || \
              c.speakers || ')' FROM claims c JOIN reports r ON r.id = c.report WHERE c.seq = ?1";
    find(database, query, "search_claims", of, most)
}

/// Looks in the names of persons, bodies and places.
///
/// # Errors
///
/// What the engine says.
pub fn names(database: &mut dyn Database, query: &Query, most: usize) -> Result<Finds, Error> {
    let of = "SELECT n.kind, n.report, r.title, r.source_name, r.published_day, n.name FROM names n \
              JOIN reports r ON r.id = n.report WHERE n.seq = ?1";
    find(database, query, "search_names", of, most)
}

/// The incidents that reports with these words tell of, looking at so many reports at most, the latest added first; and
/// whether there were more reports to look at.
///
/// # Errors
///
/// What the engine says.
pub fn cases_with(
    database: &mut dyn Database,
    query: &Query,
    most: usize,
) -> Result<(BTreeSet<String>, bool), Error> {
    let dialect = database.dialect();
    let condition = Query::condition("search_reports", dialect);
    let words = Value::from(query.of(dialect).as_str());
    let mut out = BTreeSet::new();
    if query.phrases.is_empty() {
        let latest =
            format!("SELECT rowid FROM search_reports WHERE {condition} ORDER BY rowid DESC");
        let beyond = format!("{latest} LIMIT 1 OFFSET {most}");
        let more = database
            .first(&beyond, std::slice::from_ref(&words))?
            .is_some();
        let sql = format!(
            "SELECT DISTINCT i.case_id FROM ({latest} LIMIT {most}) s JOIN reports r ON r.seq = s.rowid \
             JOIN incident_reports i ON i.report = r.id"
        );
        database.each(&sql, &[words], &mut |row| {
            out.insert(row.words(0));
            Ok(())
        })?;
        return Ok((out, more));
    }
    // Which texts have a phrase is seen in the texts alone.
    let finds = reports(database, query, most / 10 + 1)?;
    let more = finds.stopped || finds.found.len() > most / 10;
    out.extend(finds.found.into_iter().flat_map(|found| found.cases));
    Ok((out, more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_taken_apart() {
        let check = |words: &str, sqlite: &str, postgres: &str| {
            let query = Query::parse(words).unwrap();
            assert_eq!(query.of(Dialect::Sqlite), sqlite, "{words}");
            assert_eq!(query.of(Dialect::Postgres), postgres, "{words}");
        };
        check("Kelmoor", "\"kelmoor\"", "'kelmoor'");
        check("three dead", "\"three\" AND \"dead\"", "'three' & 'dead'");
        check(
            "\"al-Varda prison\" -army",
            "\"varda\" AND \"prison\" NOT \"army\"",
            "'varda' & 'prison' & !'army'",
        );
        check("prison* OR", "\"prison\"* AND \"or\"", "'prison':* & 'or'");
        check("\"open quote", "\"open\" AND \"quote\"", "'open' & 'quote'");
        for nothing in ["", "  ", "\"\"", "-army", "* ! ("] {
            assert!(Query::parse(nothing).is_err(), "{nothing}");
        }
    }

    #[test]
    fn a_phrase_stands_side_by_side() {
        let query = Query::parse("\"seven dead\"").unwrap();
        assert!(query.around("At least seven dead in Varda").is_some());
        assert!(query.around("Seven, dead").is_some());
        assert!(query.around("Seven were found dead").is_none());
    }

    #[test]
    fn what_is_found_is_shown_as_written() {
        let text = format!(
            "{} The café in Ḥalmar was hit. {}",
            "Nothing else. ".repeat(30),
            "More. ".repeat(60)
        );
        let shown = Query::parse("halmar").unwrap().around(&text).unwrap();
        assert!(shown.contains("The café in Ḥalmar was hit."), "{shown}");
        assert!(shown.starts_with('…') && shown.ends_with('…'));
        assert!(shown.chars().count() < 200);
    }
}
