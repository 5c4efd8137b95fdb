//! The reports of a casebook are asked about, one after another. What comes is kept at once, so that a run that is cut
//! off loses one report, and the next asks only about what has not been asked about.

use std::collections::{BTreeMap, BTreeSet};

use model::{Claim, Note, Reading, Severity};
use reader::Resources;
use serde::Serialize;
use store::{
    Error, Store,
    database::Database,
    judgements,
    lists::{self, Filter},
    lookup,
    proposals::{self, Request},
    results,
};

use super::{
    held::Refused,
    model::{Failed, Model},
    one::{Cost, Outcome, of_reading},
    pieces::pieces,
    prompt,
};

/// Reports in a row that fail before nothing more is asked.
const FAILURES: u32 = 3;

/// Which reports.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// Incidents and reports, by the beginnings of their ids; empty for those of the filter.
    pub ids: Vec<String>,
    /// The incidents whose reports are meant, where no ids are given.
    pub filter: Filter,
    /// Reports that are asked about, at most.
    pub limit: Option<usize>,
}

/// What would be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Reports that would be asked about.
    pub reports: u64,
    /// In how many pieces.
    pub pieces: u64,
    /// Of how many characters.
    pub characters: u64,
    /// Reports whose text was asked about before.
    pub asked_before: u64,
    /// Reports that were not read yet.
    pub unread: u64,
}

/// What became of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Proposed {
    /// Reports that were asked about.
    pub reports: u64,
    /// Reports whose text was asked about before.
    pub asked_before: u64,
    /// Reports that were not read yet.
    pub unread: u64,
    /// Reports about which asking failed.
    pub failed: u64,
    /// Proposals that are new.
    pub proposed: u64,
    /// Lines that were refused, by reason.
    pub refused: BTreeMap<&'static str, u64>,
    /// Requests.
    pub requests: u64,
    /// Tokens sent, where the server says.
    pub tokens_in: Option<u64>,
    /// Tokens that came, where the server says.
    pub tokens_out: Option<u64>,
    /// Seconds that the answers took.
    pub seconds: f64,
    /// Whether asking was given up before the end.
    pub stopped: bool,
    /// What failed, and why.
    pub notes: Vec<Note>,
}

/// Who asks, and when.
pub struct Asking<'a> {
    /// Who.
    pub who: &'a str,
    /// What time it is.
    pub now: &'a dyn Fn() -> jiff::Timestamp,
}

/// Says what would be sent; nothing is.
///
/// # Errors
///
/// [`Error::Unknown`] for what is not in the casebook; what the engine says.
pub fn plan(store: &mut Store, model: &Model, which: &Which) -> Result<Plan, Error> {
    let mut out = Plan::default();
    let mut texts = BTreeSet::new();
    let all = store.read(&mut |database| reports(database, which))?;
    for report in all {
        if which.limit.is_some_and(|most| out.reports >= most as u64) {
            break;
        }
        let found = store.read(&mut |database| open(database, model, &report))?;
        match found {
            Open::Unread => out.unread += 1,
            Open::Asked => out.asked_before += 1,
            Open::Waiting(waiting) => {
                let text = &waiting.0.text;
                if !texts.insert(text.id().clone()) {
                    out.asked_before += 1;
                    continue;
                }
                let (pieces, _) = pieces(text);
                out.reports += 1;
                out.pieces += pieces.len() as u64;
                let long = |it: &super::pieces::Piece| it.words.chars().count() as u64;
                out.characters += pieces.iter().map(long).sum::<u64>();
            }
        }
    }
    Ok(out)
}

/// Asks. `progress` hears how many reports were asked about.
///
/// # Errors
///
/// [`Error::Unknown`] for what is not in the casebook; what the engine says. What a model or its server does wrong is a
/// note. What was kept before stays.
pub fn propose(
    store: &mut Store,
    model: &Model,
    resources: &Resources,
    which: &Which,
    asking: &Asking<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<Proposed, Error> {
    let mut out = Proposed::default();
    let mut cost = Cost::default();
    let mut failures = 0;
    let all = store.read(&mut |database| reports(database, which))?;
    for report in all {
        if which
            .limit
            .is_some_and(|most| out.reports + out.failed >= most as u64)
        {
            break;
        }
        let waiting = match store.read(&mut |database| open(database, model, &report))? {
            Open::Unread => {
                out.unread += 1;
                continue;
            }
            Open::Asked => {
                out.asked_before += 1;
                continue;
            }
            Open::Waiting(waiting) => waiting,
        };
        let (reading, before) = *waiting;
        let host = model.host();
        let to = (host.as_str(), model.name(), prompt::hash());
        let at = store::log::time((asking.now)());
        store.write(&mut |tx| tx.tell_asking(&report, to, asking.who, &at))?;
        let outcome = of_reading(&reading, &before, model, resources);
        cost.add(&outcome.cost);
        for (why, n) in &outcome.refused {
            *out.refused.entry(why.name()).or_default() += n;
        }
        out.proposed += keep(store, model, &reading, &outcome, asking)?;
        match &outcome.failed {
            None => {
                out.reports += 1;
                failures = 0;
                if !outcome.whole {
                    out.notes.push(cut(&report));
                }
            }
            Some(failed) => {
                out.failed += 1;
                failures += 1;
                out.notes.push(note(&report, failed));
                if failed.is_final() || failures == FAILURES {
                    out.stopped = true;
                    break;
                }
            }
        }
        progress(out.reports + out.failed);
    }
    out.requests = cost.requests;
    out.tokens_in = cost.tokens_in;
    out.tokens_out = cost.tokens_out;
    out.seconds = cost.time.as_secs_f64();
    Ok(out)
}

/// The reports that are meant, each once, in the order of their incidents.
fn reports(database: &mut dyn Database, which: &Which) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    let of_case = |database: &mut dyn Database, case: &str| {
        let members = results::members(database, case)?;
        Ok::<_, Error>(members.into_iter().map(|(report, _)| report))
    };
    if which.ids.is_empty() {
        for line in lists::incidents(database, &which.filter, usize::MAX >> 1)?.lines {
            all.extend(of_case(database, &line.case_id)?);
        }
    }
    for id in &which.ids {
        match id.starts_with("k:") {
            true => {
                let case = lookup::case_id(database, id)?;
                all.extend(of_case(database, &case)?);
            }
            false => all.push(lookup::report_id(database, id)?),
        }
    }
    let mut seen = BTreeSet::new();
    all.retain(|it| seen.insert(it.clone()));
    Ok(all)
}

/// How a report stands.
enum Open {
    /// Nobody read it.
    Unread,
    /// Its text was asked about.
    Asked,
    /// It is to be asked about: its reading, and what was proposed on it before.
    Waiting(Box<(Reading, Vec<Claim>)>),
}

fn open(database: &mut dyn Database, model: &Model, report: &str) -> Result<Open, Error> {
    if proposals::was_asked(database, report, model.name(), prompt::hash())? {
        return Ok(Open::Asked);
    }
    let Some(reading) = results::readings(database, &[report.to_owned()])?.pop() else {
        return Ok(Open::Unread);
    };
    let proposed = proposals::of_report(database, report)?;
    let mut before: Vec<Claim> = proposed.into_iter().map(|it| it.claim).collect();
    // What a person added needs no proposal either.
    let on = judgements::on(database, report)?;
    let added = on.iter().filter(|it| it.decided.kind == "add");
    before.extend(added.filter_map(|it| {
        let json = it.decided.value.as_deref()?;
        serde_json::from_str(json).ok()
    }));
    Ok(Open::Waiting(Box::new((reading, before))))
}

/// Keeps what came of one report.
fn keep(
    store: &mut Store,
    model: &Model,
    reading: &Reading,
    outcome: &Outcome,
    asking: &Asking<'_>,
) -> Result<u64, Error> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let refused = outcome.refused.iter();
    let request = Request {
        text: reading.text.id().to_string(),
        model: model.name().to_owned(),
        prompt: prompt::hash().to_owned(),
        host: model.host(),
        requests: number(outcome.cost.requests),
        tokens_in: outcome.cost.tokens_in.map(number),
        tokens_out: outcome.cost.tokens_out.map(number),
        milliseconds: i64::try_from(outcome.cost.time.as_millis()).unwrap_or(i64::MAX),
        refused: refused
            .map(|(why, n): (&Refused, &u64)| (why.name().to_owned(), *n))
            .collect(),
        whole: outcome.failed.is_none(),
    };
    let at = store::log::time((asking.now)());
    let report = reading.report.id.as_str();
    store.write(&mut |tx| tx.put_proposals(report, &outcome.claims, &request, asking.who, &at))
}

fn note(report: &str, failed: &Failed) -> Note {
    let told = failed.to_string();
    let (message, hint) = model::parts(&told);
    Note {
        severity: Severity::Error,
        code: "not-asked".to_owned(),
        subject: report.to_owned(),
        message: message.to_owned(),
        hint: hint.map(str::to_owned),
        quote: None,
    }
}

fn cut(report: &str) -> Note {
    Note {
        severity: Severity::Warning,
        code: "asked-in-part".to_owned(),
        subject: report.to_owned(),
        message: "the end of this very long report was not sent".to_owned(),
        hint: None,
        quote: None,
    }
}
