//! Rows for lists.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    Error,
    database::{
        Database, Dialect, Row, Value,
        list::{self, among_words},
    },
    judgements::Judgement,
    log::{hash_at, hex},
    schema::table,
    search::{self, Query},
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
    /// What kind of event, as incidents have it.
    pub kind: Option<String>,
    /// Only those that nobody has decided anything about.
    pub unjudged: bool,
    /// Only those that reports with these words tell of.
    pub words: Option<Query>,
    /// What comes first.
    pub order: Order,
    /// How many to pass over.
    pub skip: usize,
}

/// What comes first in a list; of equals the latest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest.
    #[default]
    Day,
    /// Those with most people killed.
    Killed,
    /// Those with most independent voices.
    Voices,
}

/// Reports looked at for words, at most.
pub const LOOKED_AT: usize = 5_000;

/// An incident in a line.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "IncidentLine")]
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
    /// Metres within which the place lies.
    pub radius: Option<f64>,
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
                       disputed, passing, judged, radius";

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
            radius: row.real(22),
        }
    }
}

/// What a filter lets through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// How many incidents in all.
    pub all: u64,
    /// Those asked for.
    pub lines: Vec<Line>,
    /// Whether more reports have the words of the filter than the [`LOOKED_AT`] that were looked at.
    pub words_cut: bool,
}

/// The incidents that a filter lets through, in its order, those of no known day last: so many at most.
///
/// # Errors
///
/// What the engine says.
pub fn incidents(
    database: &mut dyn Database,
    filter: &Filter,
    most: usize,
) -> Result<Listed, Error> {
    let mut out = Listed::default();
    let mut conditions: Vec<String> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    if let Some(query) = &filter.words {
        let (cases, more) = search::cases_with(database, query, LOOKED_AT)?;
        out.words_cut = more;
        if cases.is_empty() {
            return Ok(out);
        }
        conditions.push(among_words(database.dialect(), "case_id"));
        values.push(list::words(&cases.into_iter().collect::<Vec<_>>()));
    }
    let mut with = |condition: &str, value: &Option<String>| {
        if let Some(value) = value {
            values.push(value.into());
            conditions.push(condition.replace("?", &format!("?{}", values.len())));
        }
    };
    with("day_to >= ?", &filter.from);
    with("day_from <= ?", &filter.to);
    with("lower(country) = lower(?)", &filter.country);
    with("kind = ?", &filter.kind);
    if filter.unjudged {
        conditions.push("judged = 0".to_owned());
    }
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
    // The engine would rather look up each of thousands of incidents in its own row, which has the dossier in it.
    let by = match (database.dialect(), &filter.words) {
        (Dialect::Sqlite, Some(_)) => " INDEXED BY incidents_day_from_and_more",
        _ => "",
    };
    let all = database.number(
        &format!("SELECT count(*) FROM incidents{by}{condition}"),
        &values,
    )?;
    let first = match filter.order {
        Order::Day => "",
        // As it is shown: the best figure, else the one on the first screen.
        Order::Killed => "coalesce(killed_best, killed) DESC NULLS LAST, ",
        Order::Voices => "voices DESC, ",
    };
    // What is filtered and ordered by stands in an index; only rows that are shown are looked up.
    let chosen = format!(
        "SELECT case_id FROM incidents{by}{condition} ORDER BY {first}day_from DESC NULLS LAST, case_id \
         LIMIT {most} OFFSET {}",
        filter.skip
    );
    let sql = format!(
        "SELECT {COLUMNS} FROM incidents WHERE case_id IN ({chosen}) \
         ORDER BY {first}day_from DESC NULLS LAST, case_id"
    );
    let rows = database.rows(&sql, &values)?;
    out.all = u64::try_from(all).unwrap_or(0);
    out.lines = rows.iter().map(Line::of).collect();
    Ok(out)
}

/// A dispute in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dispute {
    /// The incident.
    pub case_id: String,
    /// A line on the incident.
    pub title: String,
    /// The finding.
    pub finding: String,
    /// How many of its claims a person decided on.
    pub judged: i64,
    /// Checksum and length of the incident's dossier: others where it has changed.
    #[serde(skip)]
    pub state: Vec<u8>,
}

/// Disputes, that with most at stake first; those on which somebody decided already are left out unless `every` is
/// asked for, and those of incidents told in passing always.
///
/// # Errors
///
/// What the engine says.
pub fn disputes(
    database: &mut dyn Database,
    every: bool,
    skip: usize,
    most: usize,
) -> Result<Vec<Dispute>, Error> {
    let of = disputed(every);
    let sql = format!(
        "SELECT f.case_id, i.title, f.id, f.judged, substr(i.dossier, length(i.dossier) - 7) {of} \
         ORDER BY f.stakes DESC, f.case_id, f.id LIMIT {most} OFFSET {skip}"
    );
    let rows = database.rows(&sql, &[])?;
    let one = |row: &Row| Dispute {
        case_id: row.words(0),
        title: row.words(1),
        finding: row.words(2),
        judged: row.integer(3).unwrap_or(0),
        // Gzip ends with both.
        state: row.bytes(4).unwrap_or_default().to_vec(),
    };
    Ok(rows.iter().map(one).collect())
}

/// How many disputes there are, counted as [`disputes`] lists them.
///
/// # Errors
///
/// What the engine says.
pub fn disputes_in_all(database: &mut dyn Database, every: bool) -> Result<u64, Error> {
    let all = database.number(&format!("SELECT count(*) {}", disputed(every)), &[])?;
    Ok(u64::try_from(all).unwrap_or(0))
}

fn disputed(every: bool) -> String {
    let open = if every { "" } else { " AND f.judged = 0" };
    format!(
        "FROM findings f JOIN incidents i ON i.case_id = f.case_id WHERE f.verdict = 'disputed' AND i.passing = 0{open}"
    )
}

/// Some judgements, the latest first, from a number downwards.
///
/// # Errors
///
/// What the engine says.
pub fn judgements(
    database: &mut dyn Database,
    from: i64,
    most: usize,
) -> Result<Vec<Judgement>, Error> {
    let columns = table("judgements").list();
    let sql =
        format!("SELECT {columns} FROM judgements WHERE seq <= ?1 ORDER BY seq DESC LIMIT {most}");
    let rows = database.rows(&sql, &[from.into()])?;
    Ok(rows.iter().map(Judgement::of).collect())
}

/// Number of the latest judgement: what whoever looks now has seen. 0 where there is none.
///
/// # Errors
///
/// What the engine says.
pub fn seen(database: &mut dyn Database) -> Result<i64, Error> {
    database.number("SELECT max(seq) FROM judgements", &[])
}

/// How many judgements no step of linking has worked in yet.
///
/// # Errors
///
/// What the engine says.
pub fn waiting(database: &mut dyn Database) -> Result<i64, Error> {
    let sql = "SELECT count(*) FROM judgements WHERE seq > (SELECT coalesce(max(judgements_to), 0) FROM steps)";
    database.number(sql, &[])
}

/// What a list can be narrowed to: each value, and how many incidents have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// Countries, the one with most incidents first.
    pub countries: Vec<(String, i64)>,
    /// Kinds of events, likewise.
    pub kinds: Vec<(String, i64)>,
}

/// What the incidents of the casebook can be narrowed to.
///
/// # Errors
///
/// What the engine says.
pub fn facets(database: &mut dyn Database) -> Result<Facets, Error> {
    let mut by = |column: &str| -> Result<Vec<(String, i64)>, Error> {
        let sql = format!(
            "SELECT {column}, count(*) FROM incidents WHERE {column} IS NOT NULL AND passing = 0 GROUP BY {column} \
             ORDER BY count(*) DESC, {column} LIMIT 200"
        );
        let rows = database.rows(&sql, &[])?;
        Ok(rows
            .iter()
            .map(|row| (row.words(0), row.integer(1).unwrap_or(0)))
            .collect())
    };
    Ok(Facets {
        countries: by("country")?,
        kinds: by("kind")?,
    })
}

/// Titles of incidents, by their ids; those without a dossier are left out.
///
/// # Errors
///
/// What the engine says.
pub fn titles(
    database: &mut dyn Database,
    cases: &[String],
) -> Result<BTreeMap<String, String>, Error> {
    let mut out = BTreeMap::new();
    for case in cases {
        let sql = "SELECT title FROM incidents WHERE case_id = ?1";
        if let Some(row) = database.first(sql, &[case.into()])? {
            out.insert(case.clone(), row.words(0));
        }
    }
    Ok(out)
}

/// Who published reports of the casebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Outlet {
    /// Its name; empty for reports that name none.
    pub name: String,
    /// How many reports are its own.
    pub reports: i64,
    /// First day of publication.
    pub first: Option<String>,
    /// Last day.
    pub last: Option<String>,
    /// How many of its reports copy, share passages with, or cite others.
    pub leans: i64,
}

/// A voice in all incidents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Voice {
    /// Its name, as printed.
    pub label: String,
    /// `speaker`, `publisher`, `agency`.
    pub kind: String,
    /// Whether it is a party to what is reported anywhere, speaking for itself.
    pub interested: bool,
    /// In how many incidents it speaks.
    pub incidents: i64,
    /// How many claims are its own.
    pub claims: i64,
}

/// How one outlet leans on another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Leaning {
    /// The outlet that leans.
    pub outlet: String,
    /// `copies`, `shares_passages`, `cites`, `same_agency`.
    pub kind: String,
    /// The outlet that it leans on.
    pub on: String,
    /// In how many reports.
    pub reports: i64,
}

/// Outlets, voices and who leans on whom, those met most often first; of each so many at most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Sources {
    /// Who published.
    pub outlets: Vec<Outlet>,
    /// Who speaks.
    pub voices: Vec<Voice>,
    /// Who leans on whom.
    pub leanings: Vec<Leaning>,
}

/// The sources of the casebook.
///
/// # Errors
///
/// What the engine says.
pub fn sources(database: &mut dyn Database, most: usize) -> Result<Sources, Error> {
    let words = |row: &Row, at: usize| row.text(at).map(str::to_owned);
    let n = |row: &Row, at: usize| row.integer(at).unwrap_or(0);
    let sql = format!(
        "SELECT coalesce(r.source_name, ''), count(*), min(r.published_day), max(r.published_day), \
         count(l.report) FROM reports r LEFT JOIN (SELECT DISTINCT report FROM lineage) l ON l.report = r.id \
         GROUP BY coalesce(r.source_name, '') ORDER BY count(*) DESC, coalesce(r.source_name, '') LIMIT {most}"
    );
    let outlet = |row: &Row| Outlet {
        name: row.words(0),
        reports: n(row, 1),
        first: words(row, 2),
        last: words(row, 3),
        leans: n(row, 4),
    };
    let outlets = database.rows(&sql, &[])?.iter().map(outlet).collect();
    let sql = format!(
        "SELECT label, kind, max(interested), count(DISTINCT case_id), CAST(sum(claims) AS BIGINT) \
         FROM origins \
         WHERE kind <> 'unnamed' GROUP BY label, kind ORDER BY count(DISTINCT case_id) DESC, sum(claims) DESC, label, \
         kind LIMIT {most}"
    );
    let voice = |row: &Row| Voice {
        label: row.words(0),
        kind: row.words(1),
        interested: row.yes(2),
        incidents: n(row, 3),
        claims: n(row, 4),
    };
    let voices = database.rows(&sql, &[])?.iter().map(voice).collect();
    let on = "coalesce(o.source_name, l.named, '')";
    let sql = format!(
        "SELECT coalesce(r.source_name, ''), l.kind, {on}, count(DISTINCT l.report) FROM lineage l \
         JOIN reports r ON r.id = l.report LEFT JOIN reports o ON o.id = l.\"of\" \
         GROUP BY coalesce(r.source_name, ''), l.kind, {on} \
         ORDER BY count(DISTINCT l.report) DESC, coalesce(r.source_name, ''), l.kind, {on} LIMIT {most}"
    );
    let leaning = |row: &Row| Leaning {
        outlet: row.words(0),
        kind: row.words(1),
        on: row.words(2),
        reports: n(row, 3),
    };
    let leanings = database.rows(&sql, &[])?.iter().map(leaning).collect();
    Ok(Sources {
        outlets,
        voices,
        leanings,
    })
}

/// An entry of the log as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "LogEntry")]
pub struct Logged {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: String,
    /// What happened.
    pub what: String,
    /// Who did it.
    pub who: String,
    /// What it happened to.
    pub subject: String,
    /// What else is to be known, JSON.
    pub detail: Option<String>,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

/// So many entries of the log, the latest first, from a number downwards; of one thing where a subject is given.
///
/// # Errors
///
/// What the engine says.
pub fn log(
    database: &mut dyn Database,
    from: i64,
    subject: Option<&str>,
    most: usize,
) -> Result<Vec<Logged>, Error> {
    let mut values: Vec<Value> = vec![from.into()];
    let mut condition = "seq <= ?1".to_owned();
    if let Some(subject) = subject {
        values.push(subject.into());
        condition.push_str(" AND subject = ?2");
    }
    let sql = format!(
        "SELECT seq, at, what, who, subject, detail, hash FROM log WHERE {condition} ORDER BY seq DESC LIMIT {most}"
    );
    let rows = database.rows(&sql, &values)?;
    let one = |row: &Row| Logged {
        seq: row.integer(0).unwrap_or(0),
        at: row.words(1),
        what: row.words(2),
        who: row.words(3),
        subject: row.words(4),
        detail: row.text(5).map(str::to_owned),
        hash: hex(&hash_at(row, 6).unwrap_or_default()),
    };
    Ok(rows.iter().map(one).collect())
}

/// A report in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ReportLine")]
pub struct Arrived {
    /// Its number in the order in which reports came in.
    pub seq: i64,
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
}

/// So many reports, the latest added first, from a number downwards.
///
/// # Errors
///
/// What the engine says.
pub fn reports(database: &mut dyn Database, from: i64, most: usize) -> Result<Vec<Arrived>, Error> {
    let sql = format!(
        "SELECT seq, id, title, source_name, url, published_day, language FROM reports WHERE seq <= ?1 \
         ORDER BY seq DESC LIMIT {most}"
    );
    let rows = database.rows(&sql, &[from.into()])?;
    let words = |row: &Row, at: usize| row.text(at).map(str::to_owned);
    let one = |row: &Row| Arrived {
        seq: row.integer(0).unwrap_or(0),
        id: row.words(1),
        title: words(row, 2),
        outlet: words(row, 3),
        url: words(row, 4),
        published: words(row, 5),
        language: words(row, 6),
    };
    Ok(rows.iter().map(one).collect())
}
