//! What is looked for, and what is found.

use std::{collections::BTreeSet, fmt::Write as _};

use super::fold::{Squeezed, fold_into};
use crate::{
    Error,
    database::{Database, Dialect, Row, Value},
};

/// Texts that have all words and are looked at for a phrase, at most: some of a few words are in every report.
pub const LOOKED_AT: usize = 5_000;
/// Texts of which the beginnings of words are seen before the index is asked for them.
const GLANCED_AT: usize = 256;
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
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
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

    /// The same query with whole words alone; `None` where there is no other word in it.
    fn whole(&self) -> Option<Self> {
        let words: Vec<(String, bool)> = self.words.iter().filter(|it| !it.1).cloned().collect();
        (words.len() < self.words.len()).then(|| Self {
            words,
            ..self.clone()
        })
    }

    /// The condition that rows of an index match, with the query as value `?1`.
    fn condition(index: &str, dialect: Dialect) -> String {
        match dialect {
            Dialect::Sqlite => format!("{index} MATCH ?1"),
            Dialect::Postgres => "words @@ to_tsquery('simple', ?1)".to_owned(),
        }
    }

    /// Whether a text has the phrases and, where the index was not asked for them, words that begin as asked.
    fn is_in(&self, text: &str, asked: bool) -> bool {
        let begins = self.words.iter().filter(|(_, begins)| *begins && !asked);
        if self.phrases.is_empty() && begins.clone().next().is_none() {
            return true;
        }
        let squeezed = Squeezed::of(text);
        if !self.phrases.iter().all(|it| squeezed.may_have(it)) {
            return false;
        }
        let whole = format!(" {} ", folded(text));
        let phrase = |phrase: &String| whole.contains(&format!(" {phrase} "));
        self.phrases.iter().all(phrase)
            && begins
                .clone()
                .all(|(word, _)| whole.contains(&format!(" {word}")))
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

/// How looking ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// As many were found as were wanted.
    Enough,
    /// There are no more.
    Bottom,
    /// So many were looked at as may be.
    Stopped,
}

/// What is looked for in an index, and how rows are shown.
struct Looking<'a> {
    query: &'a Query,
    index: &'a str,
    /// The query for one row's columns: id, report, title, outlet, day, text.
    of: &'a str,
    most: usize,
}

/// Looks in an index, newest rows first.
fn find(
    database: &mut dyn Database,
    query: &Query,
    index: &str,
    of: &str,
    most: usize,
) -> Result<Finds, Error> {
    let looking = Looking {
        query,
        index,
        of,
        most,
    };
    let glanced = looking.glance(database)?;
    let (mut found, end) = match glanced {
        Some((found, end @ (End::Enough | End::Bottom))) => (found, end),
        _ => looking.look(database, Some(query), query.looks_at)?,
    };
    for found in &mut found {
        found.cases = cases(database, &found.report)?;
    }
    Ok(Finds {
        found,
        stopped: end == End::Stopped,
    })
}

impl Looking<'_> {
    /// Looks for words that begin so in the latest reports themselves. The index puts together the lists of all words
    /// that begin so, which takes long where many do; but then enough of the latest reports have one. Where few do,
    /// the index is quick.
    fn glance(&self, database: &mut dyn Database) -> Result<Option<(Vec<Found>, End)>, Error> {
        // Only the texts of reports hold all that their index does.
        let whole = self
            .query
            .whole()
            .filter(|_| self.index == "search_reports");
        match whole {
            None => Ok(None),
            Some(whole) if whole.words.is_empty() && !whole.without.is_empty() => Ok(None),
            Some(whole) if whole.words.is_empty() => {
                self.look(database, None, GLANCED_AT).map(Some)
            }
            Some(whole) => self.look(database, Some(&whole), GLANCED_AT).map(Some),
        }
    }

    /// Looks at rows that the index gives for a query, or at all, so many at most; which of them have the phrases, and
    /// what the index was not asked for, is seen in the texts.
    fn look(
        &self,
        database: &mut dyn Database,
        asked: Option<&Query>,
        looks_at: usize,
    ) -> Result<(Vec<Found>, End), Error> {
        let dialect = database.dialect();
        let (condition, words) = match asked {
            Some(asked) => {
                let condition = Query::condition(self.index, dialect);
                (
                    format!("{condition} AND rowid < ?2"),
                    Some(asked.of(dialect)),
                )
            }
            None => ("rowid < ?1".to_owned(), None),
        };
        let sql = format!(
            "SELECT rowid FROM {} WHERE {condition} ORDER BY rowid DESC LIMIT {}",
            self.index,
            self.most.max(16) * 4
        );
        let by_index = asked == Some(self.query);
        let mut out: Vec<Found> = Vec::new();
        let mut below = i64::MAX;
        let mut looked_at = 0;
        // A phrase may be in few of the texts that have its words.
        loop {
            let mut values: Vec<Value> = words.iter().map(|it| it.as_str().into()).collect();
            values.push(below.into());
            let rows = database.rows(&sql, &values)?;
            let Some(last) = rows.last().and_then(|row| row.integer(0)) else {
                return Ok((out, End::Bottom));
            };
            below = last;
            for row in rows {
                let seq = row.integer(0).unwrap_or(0);
                let Some(row) = database.first(self.of, &[seq.into()])? else {
                    continue;
                };
                out.extend(found(self.query, by_index, seq, &row));
                if out.len() == self.most {
                    return Ok((out, End::Enough));
                }
                looked_at += 1;
                if looked_at >= looks_at {
                    return Ok((out, End::Stopped));
                }
            }
        }
    }
}

fn found(query: &Query, asked: bool, seq: i64, row: &Row) -> Option<Found> {
    let text = row.words(5);
    // They may stand in the headline, or be the outlet's name.
    let whole = format!("{}\n{}\n{text}", row.words(2), row.words(3));
    if !query.is_in(&whole, asked) {
        return None;
    }
    let words = excerpt(&text, query);
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
        assert!(query.is_in("At least seven dead in Varda", false));
        assert!(query.is_in("Seven, dead", false));
        assert!(!query.is_in("Seven were found dead", false));
        let query = Query::parse("sev* dead").unwrap();
        assert!(query.is_in("Several dead", false));
        assert!(!query.is_in("Unsevered, dead", false));
    }

    #[test]
    fn what_is_found_is_shown_as_written() {
        let text = format!(
            "{} The café in Ḥalmar was hit. {}",
            "Nothing else. ".repeat(30),
            "More. ".repeat(60)
        );
        let shown = excerpt(&text, &Query::parse("halmar").unwrap());
        assert!(shown.contains("The café in Ḥalmar was hit."), "{shown}");
        assert!(shown.starts_with('…') && shown.ends_with('…'));
        assert!(shown.chars().count() < 200);
    }
}
