//! A public copy: incidents, claims, findings and the passages quoted, as one SQLite file that any program opens.
//!
//! It is no casebook: it has no texts, no captures, no log, no judgements, no people and no settings. What goes in was
//! made fit to be shown before it came here; this room writes every word that it is handed.

use std::path::Path;

use model::{Claim, Dossier, Texts, Value as Said, When};

use crate::{
    Error,
    database::{Database, Sqlite, Value},
    results::{chain, who},
};

/// Tables, views and the search index.
const SCHEMA: &str = "
CREATE TABLE about (name TEXT PRIMARY KEY, \"value\" TEXT NOT NULL);
CREATE TABLE incidents (case_id TEXT PRIMARY KEY, title TEXT NOT NULL, day_from TEXT, day_to TEXT, place TEXT,
    country TEXT, latitude REAL, longitude REAL, radius_m INTEGER, kind TEXT, killed INTEGER, killed_low INTEGER,
    killed_high INTEGER, injured INTEGER, injured_low INTEGER, injured_high INTEGER, reports INTEGER NOT NULL,
    voices INTEGER NOT NULL, dossier TEXT NOT NULL);
CREATE TABLE reports (id TEXT PRIMARY KEY, title TEXT, outlet TEXT, site TEXT, published_day TEXT, language TEXT);
CREATE TABLE incident_reports (case_id TEXT NOT NULL REFERENCES incidents (case_id),
    report TEXT NOT NULL REFERENCES reports (id), letter TEXT NOT NULL, PRIMARY KEY (case_id, report));
CREATE TABLE passages (case_id TEXT NOT NULL REFERENCES incidents (case_id), text TEXT NOT NULL,
    words TEXT NOT NULL, PRIMARY KEY (case_id, text));
CREATE TABLE claims (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, case_id TEXT NOT NULL REFERENCES incidents (case_id),
    report TEXT NOT NULL REFERENCES reports (id), background INTEGER NOT NULL, slot TEXT NOT NULL, \"value\" TEXT
    NOT NULL,
    low INTEGER, high INTEGER, who TEXT NOT NULL, as_of TEXT, stance TEXT NOT NULL, speakers TEXT NOT NULL,
    quote TEXT NOT NULL, text TEXT NOT NULL, \"start\" INTEGER NOT NULL, \"end\" INTEGER NOT NULL, rule TEXT NOT NULL,
    reader TEXT NOT NULL);
CREATE TABLE findings (id TEXT NOT NULL, case_id TEXT NOT NULL REFERENCES incidents (case_id), slot TEXT NOT NULL,
    who TEXT NOT NULL, verdict TEXT NOT NULL, why TEXT NOT NULL, standing TEXT NOT NULL, not_standing TEXT NOT NULL,
    voices INTEGER NOT NULL, PRIMARY KEY (case_id, id));
CREATE INDEX claims_of_incident ON claims (case_id, slot);
CREATE INDEX claims_of_report ON claims (report);
CREATE VIEW incident_list AS SELECT case_id, title, day_from, day_to, place, country, latitude, longitude,
    radius_m, kind,
    killed, killed_low, killed_high, injured, injured_low, injured_high, reports, voices FROM incidents;
CREATE VIEW claim_list AS SELECT c.id AS claim, c.case_id, i.title AS incident, c.slot, c.\"value\", c.low, c.high,
    c.who,
    c.as_of, c.stance, c.speakers, c.quote, r.outlet, r.published_day, c.rule FROM claims c
    JOIN reports r ON r.id = c.report JOIN incidents i ON i.case_id = c.case_id;
CREATE VIEW report_list AS SELECT r.id, r.title, r.outlet, r.site, r.published_day, r.language, count(*) AS incidents
    FROM reports r JOIN incident_reports ir ON ir.report = r.id GROUP BY r.id;
CREATE VIRTUAL TABLE claims_fts USING fts5 (\"value\", who, speakers, quote, content='claims', content_rowid='seq');
CREATE VIRTUAL TABLE incidents_fts USING fts5 (title, place, content='incidents', content_rowid='rowid');
";

/// A public copy that is being written.
pub struct PublicCopy {
    database: Sqlite,
    seq: i64,
}

fn name<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn day(when: Option<&When>, last: bool) -> Option<String> {
    let when = when?;
    let end = when
        .end
        .checked_sub(jiff::Span::new().nanoseconds(1))
        .unwrap_or(when.start);
    Some((if last { end.date() } else { when.start.date() }).to_string())
}

impl PublicCopy {
    /// Begins a copy in a file that is not there yet.
    ///
    /// # Errors
    ///
    /// When the file is there already, or cannot be made.
    pub fn create(path: &Path, about: &[(&str, &str)]) -> Result<Self, Error> {
        if path.exists() {
            return Err(Error::Refused(format!(
                "{}: it is there already\n  hint: name a file that is not",
                path.display()
            )));
        }
        let mut database = Sqlite::create(path)?;
        // One file and nothing beside it, whenever it is looked at.
        database.script("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")?;
        database.script(SCHEMA)?;
        database.begin()?;
        for (name, value) in about {
            let sql = "INSERT INTO about (name, \"value\") VALUES (?1, ?2)";
            database.execute(sql, &[Value::from(*name), Value::from(*value)])?;
        }
        Ok(Self { database, seq: 0 })
    }

    /// Adds an incident: its dossier, the passages that it quotes, and the dossier as JSON.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put(&mut self, dossier: &Dossier, texts: &Texts, json: &str) -> Result<(), Error> {
        let case = dossier.incident.case.as_str();
        self.incident(dossier, json)?;
        for card in &dossier.reports {
            let report = &card.report;
            self.database.execute(
                "INSERT INTO reports (id, title, outlet, site, published_day, language) VALUES (?1, ?2, ?3, ?4, ?5, \
                ?6) \
                 ON CONFLICT DO NOTHING",
                &[
                    report.id.as_str().into(),
                    report.title.clone().into(),
                    report.source.name.clone().into(),
                    report.url.clone().into(),
                    day(report.published.as_ref(), false).into(),
                    report.language.clone().into(),
                ],
            )?;
            self.database.execute(
                "INSERT INTO incident_reports (case_id, report, letter) VALUES (?1, ?2, ?3)",
                &[
                    case.into(),
                    report.id.as_str().into(),
                    card.letter.as_str().into(),
                ],
            )?;
        }
        for (id, text) in texts {
            self.database.execute(
                "INSERT INTO passages (case_id, text, words) VALUES (?1, ?2, ?3)",
                &[case.into(), id.as_str().into(), text.as_str().into()],
            )?;
        }
        for (claims, background) in [(&dossier.claims, false), (&dossier.background, true)] {
            for claim in claims {
                self.claim(dossier, claim, background)?;
            }
        }
        self.findings(dossier)
    }

    fn incident(&mut self, dossier: &Dossier, json: &str) -> Result<(), Error> {
        let card = &dossier.incident;
        let place = match &card.place {
            Some(Said::Place(place)) => Some(place),
            _ => None,
        };
        let kind = match &card.event {
            Some(Said::Kind { code, .. }) => Some(code.clone()),
            _ => None,
        };
        let (killed, injured) = (
            dossier.agreed(model::Slot::Killed),
            dossier.agreed(model::Slot::Injured),
        );
        let sql = "INSERT INTO incidents (case_id, title, day_from, day_to, place, country, latitude, longitude, \
        radius_m, \
                   kind, killed, killed_low, killed_high, injured, injured_low, injured_high, reports, voices, \
                   dossier) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
        let row: Vec<Value> = vec![
            card.case.as_str().into(),
            card.title.as_str().into(),
            day(card.when.as_ref(), false).into(),
            day(card.when.as_ref(), true).into(),
            card.place.as_ref().map(Said::label).into(),
            place.and_then(|it| it.country.clone()).into(),
            place.and_then(|it| it.lat).into(),
            place.and_then(|it| it.lon).into(),
            place.and_then(|it| it.radius_m).map(u64::from).into(),
            kind.into(),
            killed.map(|it| it.n).into(),
            killed.map(|it| it.low).into(),
            killed.and_then(|it| it.high).into(),
            injured.map(|it| it.n).into(),
            injured.map(|it| it.low).into(),
            injured.and_then(|it| it.high).into(),
            dossier.reports.len().into(),
            dossier.voices().count().into(),
            json.into(),
        ];
        self.database.execute(sql, &row).map(|_| ())
    }

    fn claim(&mut self, dossier: &Dossier, claim: &Claim, background: bool) -> Result<(), Error> {
        self.seq += 1;
        let outlet = dossier
            .report(&claim.report)
            .and_then(|card| card.report.source.name.as_deref());
        let count = claim.value.count();
        let quote = claim.quote();
        let sql = "INSERT INTO claims (seq, id, case_id, report, background, slot, \"value\", low, high, who, \
        as_of, stance, \
                   speakers, quote, text, \"start\", \"end\", rule, reader) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, \
                   ?9, ?10, \
                   ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
        let row: Vec<Value> = vec![
            self.seq.into(),
            claim.id.as_str().into(),
            dossier.incident.case.as_str().into(),
            claim.report.as_str().into(),
            background.into(),
            claim.slot.name().into(),
            claim.value.label().into(),
            count.map(|it| it.low).into(),
            count.and_then(|it| it.high).into(),
            who(&claim.scope).into(),
            claim.as_of.as_ref().map(When::label).into(),
            name(&claim.stance.kind).into(),
            chain(claim, outlet).into(),
            quote.exact.as_str().into(),
            quote.text.as_str().into(),
            quote.start.into(),
            quote.end.into(),
            claim.rule.as_str().into(),
            claim.reader.as_str().into(),
        ];
        self.database.execute(sql, &row).map(|_| ())
    }

    fn findings(&mut self, dossier: &Dossier) -> Result<(), Error> {
        for finding in &dossier.findings {
            let values = |standing: bool| {
                let positions = finding
                    .positions
                    .iter()
                    .filter(|it| it.standing == standing);
                positions
                    .map(|it| it.value.label())
                    .collect::<Vec<_>>()
                    .join("; ")
            };
            let sql = "INSERT INTO findings (id, case_id, slot, who, verdict, why, standing, not_standing, voices) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
            let row: Vec<Value> = vec![
                finding.id.as_str().into(),
                dossier.incident.case.as_str().into(),
                finding.slot.name().into(),
                who(&finding.scope).into(),
                name(&finding.verdict).into(),
                finding.why.as_str().into(),
                values(true).into(),
                values(false).into(),
                dossier.voices_in(finding).into(),
            ];
            self.database.execute(sql, &row)?;
        }
        Ok(())
    }

    /// Makes the search index, and has the file written anew, so that it holds nothing but its rows.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn finish(mut self) -> Result<(), Error> {
        self.database.commit()?;
        self.database.script(
            "INSERT INTO claims_fts (claims_fts) VALUES ('rebuild'); \
             INSERT INTO incidents_fts (incidents_fts) VALUES ('rebuild'); \
             INSERT INTO claims_fts (claims_fts) VALUES ('optimize'); VACUUM",
        )
    }
}
