//! `crossbearing show`.

use std::process::ExitCode;

use casebook::publish;
use clap::Args;
use store::{Store, arrivals, judgements, lookup, results};

use super::{At, pretty};
use crate::{failure::Failure, screen::Screen};

/// Shows one thing of the casebook: an incident's dossier, a report with its text and captures, a claim, a judgement.
#[derive(Args)]
pub struct Show {
    /// Its id, or the first digits of it, with the letter of its kind: k: for an incident, r: a report, c: a claim,
    /// j: a judgement.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    at: At,
    /// Print JSON; of an incident the whole dossier.
    #[arg(long)]
    json: bool,
}

impl Show {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        let mut store = self.at.open()?;
        match self.id.get(..2) {
            Some("r:") => report(screen, &mut store, &self.id, self.json)?,
            Some("c:") => claim(screen, &mut store, &self.id, self.json)?,
            Some("j:") => judgement(screen, &mut store, &self.id)?,
            _ => incident(screen, &mut store, &self.id, self.json)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn incident(screen: &Screen, store: &mut Store, id: &str, json: bool) -> Result<(), Failure> {
    let begin = if id.starts_with("k:") {
        id.to_owned()
    } else {
        format!("k:{id}")
    };
    let case = lookup::case_id(store.database(), &begin)?;
    let dossier = results::dossier(store.database(), &case)?.ok_or_else(|| {
        Failure::new(
            format!("{case}: its dossier is not made yet"),
            "`crossbearing run` makes it",
        )
    })?;
    let ids: Vec<String> = dossier
        .reports
        .iter()
        .map(|card| card.report.id.to_string())
        .collect();
    let mut texts = model::Texts::new();
    for id in &ids {
        let stored = arrivals::report(store.database(), id)?;
        texts.insert(stored.text.id().clone(), stored.text);
    }
    if json {
        screen.json(&publish::json::render(&dossier, &texts))
    } else {
        screen.data(&publish::terminal::render(
            &dossier,
            &texts,
            &screen.layout(),
        ))
    }
}

fn report(screen: &Screen, store: &mut Store, id: &str, json: bool) -> Result<(), Failure> {
    let id = lookup::report_id(store.database(), id)?;
    let stored = arrivals::report(store.database(), &id)?;
    let captures = arrivals::captures(store.database(), &id)?;
    let claims = results::claims_of(store.database(), &id)?;
    if json {
        return screen.json(&pretty(&serde_json::json!({
            "report": stored.report, "text": stored.text.as_str(), "captures": captures, "claims": claims,
        }))?);
    }
    let report = &stored.report;
    let mut out = format!(
        "{}\n{id}\n{}\n",
        report.title.as_deref().unwrap_or("(no headline)"),
        [
            report.source.name.clone(),
            report.published.as_ref().map(model::When::label),
            report.url.clone(),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
    );
    out.push_str("\nRECEIVED\n");
    for capture in &captures {
        out.push_str(&format!(
            "  {} by {} from {} ({} bytes, sha256 {})\n",
            capture.received,
            capture.method,
            capture.address.as_deref().unwrap_or("–"),
            capture.bytes,
            capture.sha256
        ));
    }
    if !claims.is_empty() {
        out.push_str("\nCLAIMS\n");
    }
    for claim in &claims {
        let words = claim.words.as_deref().unwrap_or_default();
        out.push_str(&format!(
            "  {:14} {:12} {} ({}, {})\n",
            claim.id.chars().take(12).collect::<String>(),
            claim.slot,
            words.split_whitespace().collect::<Vec<_>>().join(" "),
            claim.stance,
            claim.speakers
        ));
    }
    out.push_str("\nTEXT\n");
    out.push_str(stored.text.as_str());
    out.push('\n');
    screen.data(&out)
}

fn claim(screen: &Screen, store: &mut Store, id: &str, json: bool) -> Result<(), Failure> {
    let (id, claim) = lookup::claim(store.database(), id)?;
    let judged = judgements::on(store.database(), &id)?;
    if json {
        return screen.json(&pretty(
            &serde_json::json!({"claim": claim, "judgements": judged}),
        )?);
    }
    let mut out = format!(
        "{id}\n  {}: {} ({})\n  says {}\n  stance {}\n  report {}\n  rule {}, reader {}\n",
        claim.slot.name(),
        claim.value.label(),
        results::who(&claim.scope),
        results::chain(&claim, None),
        serde_json::to_value(claim.stance.kind)
            .ok()
            .and_then(|it| it.as_str().map(str::to_owned))
            .unwrap_or_default(),
        claim.report,
        claim.rule,
        claim.reader
    );
    for quote in &claim.quotes {
        out.push_str(&format!("  “{}”\n", quote.exact));
    }
    for judgement in judged {
        out.push_str(&format!(
            "  {} {} by {}: {} ({})\n",
            judgement.at,
            judgement.decided.kind,
            judgement.who,
            judgement.decided.reason,
            judgement.id
        ));
    }
    screen.data(&out)
}

fn judgement(screen: &Screen, store: &mut Store, id: &str) -> Result<(), Failure> {
    screen.json(&pretty(&judgements::one(store.database(), id)?)?)
}
