//! What a language model proposes that reports say.
//!
//! A proposal is no claim: it stands in a table of its own, which nothing that reads, links or reconciles looks at. Its
//! row never changes; what became of it is told by the judgements on it. One of kind `add` on the claim that it would
//! be took it, one of kind `reject` on itself did not.

use std::collections::BTreeMap;

use model::Claim;

use crate::{
    Error, Tx,
    database::{Database, Row, Value},
    judgements::{self, Judgement},
    lookup,
    schema::table,
};

/// A proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Its number.
    pub seq: i64,
    /// `p:` and the digits of the claim.
    pub id: String,
    /// The claim that it would be.
    pub claim: Claim,
    /// The model.
    pub model: String,
    /// Hash of what the model was told to do.
    pub prompt: String,
    /// When it was proposed.
    pub at: String,
}

impl Proposal {
    fn of(row: &Row) -> Result<Self, Error> {
        let id = row.words(1);
        let claim = serde_json::from_str(&row.words(3)).map_err(|error| Error::Damaged {
            place: format!("proposals {id}"),
            why: error.to_string(),
        })?;
        Ok(Self {
            seq: row.integer(0).unwrap_or(0),
            id,
            claim,
            model: row.words(4),
            prompt: row.words(5),
            at: row.words(6),
        })
    }
}

/// What one report's text cost, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Id of the text.
    pub text: String,
    /// The model.
    pub model: String,
    /// Hash of what the model was told to do.
    pub prompt: String,
    /// Where the text was sent.
    pub host: String,
    /// In how many requests.
    pub requests: i64,
    /// Tokens sent, where the server says.
    pub tokens_in: Option<i64>,
    /// Tokens that came, where the server says.
    pub tokens_out: Option<i64>,
    /// Time that the answers took.
    pub milliseconds: i64,
    /// Lines refused, by reason.
    pub refused: BTreeMap<String, u64>,
    /// Whether all of the text was asked about: only then it is not asked about again.
    pub whole: bool,
}

/// The id of the proposal of a claim.
pub fn id_of(claim: &str) -> String {
    format!("p:{}", claim.strip_prefix("c:").unwrap_or(claim))
}

/// The id of the claim that a proposal would be.
pub fn claim_of(proposal: &str) -> String {
    format!("c:{}", proposal.strip_prefix("p:").unwrap_or(proposal))
}

/// Whether a model was asked about the text of a report, with the same prompt.
///
/// # Errors
///
/// What the engine says.
pub fn was_asked(
    database: &mut dyn Database,
    report: &str,
    model: &str,
    prompt: &str,
) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM reports r JOIN proposal_requests q ON q.text = r.text WHERE r.id = ?1 AND \
               q.model = ?2 AND q.prompt = ?3";
    Ok(database.number(sql, &[report.into(), model.into(), prompt.into()])? > 0)
}

/// All proposals on a report, decided on or not, in order.
///
/// # Errors
///
/// What the engine says.
pub fn of_report(database: &mut dyn Database, report: &str) -> Result<Vec<Proposal>, Error> {
    let rows = database.rows(&table("proposals").select("report = ?1"), &[report.into()])?;
    rows.iter().map(Proposal::of).collect()
}

/// The proposal whose id begins so.
///
/// # Errors
///
/// [`Error::Unknown`] where there is none.
pub fn one(database: &mut dyn Database, begin: &str) -> Result<Proposal, Error> {
    let sql = table("proposals").select("id >= ?1 AND id < ?2");
    lookup::one(database, "the proposal", begin, &sql).and_then(|row| Proposal::of(&row))
}

/// The judgement that holds on a proposal; `None` while nobody decided on it.
///
/// # Errors
///
/// What the engine says.
pub fn decided(database: &mut dyn Database, proposal: &str) -> Result<Option<Judgement>, Error> {
    let mut own = judgements::on(database, proposal)?;
    own.extend(judgements::on(database, &claim_of(proposal))?);
    let all = judgements::all_about(database, &own)?;
    let decides = |it: &&&Judgement| (it.decided.subject == proposal) || it.decided.kind == "add";
    let holding = judgements::holding(&all);
    Ok(holding.iter().rfind(decides).map(|it| (*it).clone()))
}

/// How many proposals wait for a decision.
///
/// # Errors
///
/// What the engine says.
pub fn waiting_in_all(database: &mut dyn Database) -> Result<u64, Error> {
    let n = database.number(
        &format!("SELECT count(*) FROM proposals WHERE {UNTOUCHED}"),
        &[],
    )?;
    Ok(u64::try_from(n).unwrap_or(0) + brought_back(database)?.len() as u64)
}

/// Proposals that wait for a decision, in order, some of them left out.
///
/// # Errors
///
/// What the engine says.
pub fn waiting(
    database: &mut dyn Database,
    skip: usize,
    most: usize,
) -> Result<Vec<Proposal>, Error> {
    let back = brought_back(database)?;
    let among: Vec<String> = back.iter().map(|seq| seq.to_string()).collect();
    let among = match among.is_empty() {
        true => String::new(),
        false => format!(" OR seq IN ({})", among.join(", ")),
    };
    let sql = table("proposals").select(&format!("{UNTOUCHED}{among}"));
    let rows = database.rows(&format!("{sql} LIMIT {most} OFFSET {skip}"), &[])?;
    rows.iter().map(Proposal::of).collect()
}

/// Nobody ever decided on it.
const UNTOUCHED: &str = "NOT EXISTS (SELECT 1 FROM judgements j WHERE j.subject = proposals.id OR (j.kind = 'add' AND \
                         j.subject = 'c:' || substr(proposals.id, 3)))";

/// Numbers of the proposals on which somebody decided, and all of it was taken back.
fn brought_back(database: &mut dyn Database) -> Result<Vec<i64>, Error> {
    // Of those decided on, only where something was undone there is anything to look at.
    let sql = "SELECT p.seq, p.id FROM proposals p WHERE EXISTS (SELECT 1 FROM judgements j JOIN judgements u ON \
               u.kind = 'undo' AND u.subject = j.id WHERE j.subject = p.id OR (j.kind = 'add' AND j.subject = 'c:' || \
               substr(p.id, 3))) ORDER BY p.seq";
    let rows = database.rows(sql, &[])?;
    let mut out = Vec::new();
    for row in rows {
        if decided(database, &row.words(1))?.is_none() {
            out.extend(row.integer(0));
        }
    }
    Ok(out)
}

impl Tx<'_> {
    /// Says in the log that the text of a report is about to be sent: whatever becomes of it, that stands there.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn tell_asking(
        &mut self,
        report: &str,
        (host, model, prompt): (&str, &str, &str),
        who: &str,
        at: &str,
    ) -> Result<(), Error> {
        let detail = serde_json::json!({"host": host, "model": model, "prompt": prompt});
        self.tell("asked", report, Some(detail.to_string()), at, who)
    }

    /// Keeps what came of asking about the text of a report: proposals that are not there yet, and what it cost. Gives
    /// how many proposals are new.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub fn put_proposals(
        &mut self,
        report: &str,
        claims: &[Claim],
        request: &Request,
        who: &str,
        at: &str,
    ) -> Result<u64, Error> {
        let mut new = 0_i64;
        let mut seq = self.next("proposals")?;
        for claim in claims {
            let id = id_of(claim.id.as_str());
            let known = "SELECT count(*) FROM proposals WHERE id = ?1";
            if self.database.number(known, &[id.as_str().into()])? > 0 {
                continue;
            }
            let json = serde_json::to_string(claim).map_err(|error| Error::Damaged {
                place: format!("proposals {id}"),
                why: error.to_string(),
            })?;
            let row: Vec<Value> = vec![
                seq.into(),
                id.into(),
                report.into(),
                json.into(),
                request.model.as_str().into(),
                request.prompt.as_str().into(),
                at.into(),
            ];
            self.insert(table("proposals"), &row)?;
            seq += 1;
            new += 1;
        }
        if request.whole {
            let refused = serde_json::json!(request.refused).to_string();
            let row: Vec<Value> = vec![
                request.text.as_str().into(),
                request.model.as_str().into(),
                request.prompt.as_str().into(),
                request.host.as_str().into(),
                at.into(),
                request.requests.into(),
                request.tokens_in.into(),
                request.tokens_out.into(),
                request.milliseconds.into(),
                new.into(),
                refused.into(),
            ];
            let sql = table("proposal_requests").insert_if_new();
            self.database.execute(&sql, &row)?;
        }
        let detail = serde_json::json!({
            "host": request.host, "model": request.model, "prompt": request.prompt, "requests": request.requests,
            "proposed": new, "whole": request.whole,
        });
        self.tell("proposed", report, Some(detail.to_string()), at, who)?;
        Ok(u64::try_from(new).unwrap_or(0))
    }
}
