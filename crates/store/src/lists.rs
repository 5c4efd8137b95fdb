//! Rows for lists.

use serde::Serialize;

use crate::{
    Error,
    database::{Database, Row, Value},
};

/// Which incidents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// First day, `2031-03-04`.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Country, as incidents have it, whatever its case.
    pub country: Option<String>,
    /// Only those in dispute.
    pub disputed: bool,
    /// Also those that reports tell of in passing only.
    pub passing: bool,
}

/// An incident in a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Its lasting name.
    pub case_id: String,
    /// A line on it.
    pub title: String,
    /// First day.
    pub day_from: Option<String>,
    /// Last day.
    pub day_to: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// What kind of event.
    pub kind: Option<String>,
    /// Killed: the figure on the first screen.
    pub killed: Option<i64>,
    /// Killed: lowest, best, highest by the rule `ucdp`.
    pub killed_ucdp: [Option<i64>; 3],
    /// Injured: the figure on the first screen.
    pub injured: Option<i64>,
    /// Injured: lowest, best, highest.
    pub injured_ucdp: [Option<i64>; 3],
    /// How many reports.
    pub reports: i64,
    /// How many independent voices.
    pub voices: i64,
    /// What is in dispute, with commas.
    pub disputed: String,
    /// Whether it is told in passing only.
    pub passing: bool,
    /// How many judgements bear on it.
    pub judged: i64,
}

const COLUMNS: &str = "case_id, title, day_from, day_to, place, country, latitude, longitude, kind, killed, \
 killed_low, \
                       killed_best, killed_high, injured, injured_low, injured_best, injured_high, reports, voices, \
                       disputed, passing, judged";

impl Line {
    fn of(row: &Row) -> Self {
        let words = |at: usize| row.text(at).map(str::to_owned);
        Self {
            case_id: row.words(0),
            title: row.words(1),
            day_from: words(2),
            day_to: words(3),
            place: words(4),
            country: words(5),
            latitude: row.real(6),
            longitude: row.real(7),
            kind: words(8),
            killed: row.integer(9),
            killed_ucdp: [row.integer(10), row.integer(11), row.integer(12)],
            injured: row.integer(13),
            injured_ucdp: [row.integer(14), row.integer(15), row.integer(16)],
            reports: row.integer(17).unwrap_or(0),
            voices: row.integer(18).unwrap_or(0),
            disputed: row.words(19),
            passing: row.yes(20),
            judged: row.integer(21).unwrap_or(0),
        }
    }
}

/// The incidents that a filter lets through, the latest first, those of no known day last; and how many there are in
/// all.
///
/// # Errors
///
/// What the engine says.
pub fn incidents(
    database: &mut dyn Database,
    filter: &Filter,
    most: usize,
) -> Result<(u64, Vec<Line>), Error> {
    let mut conditions: Vec<String> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut with = |condition: &str, value: &Option<String>| {
        if let Some(value) = value {
            values.push(value.into());
            conditions.push(condition.replace("?", &format!("?{}", values.len())));
        }
    };
    with("day_to >= ?", &filter.from);
    with("day_from <= ?", &filter.to);
    with("lower(country) = lower(?)", &filter.country);
    if filter.disputed {
        conditions.push("disputed <> ''".to_owned());
    }
    if !filter.passing {
        conditions.push("passing = 0".to_owned());
    }
    let condition = if conditions.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", conditions.join(" AND "))
    };
    let all = database.number(
        &format!("SELECT count(*) FROM incidents{condition}"),
        &values,
    )?;
    let sql = format!(
        "SELECT {COLUMNS} FROM incidents{condition} ORDER BY coalesce(day_from, '') DESC, case_id LIMIT {most}"
    );
    let rows = database.rows(&sql, &values)?;
    Ok((
        u64::try_from(all).unwrap_or(0),
        rows.iter().map(Line::of).collect(),
    ))
}
