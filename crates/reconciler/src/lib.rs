//! Accounts and judgements in, dossiers out.
//!
//! What comes in: the readings of a group of reports and a [`Policy`]. What goes out: a [`model::Dossier`]. It knows no
//! clock, file, environment or network, and nothing of how a report was read; `reader` is a stranger to it. Rooms:
//! `link` (incidents, copies, origins), `ledger` (all claims in one order), `account_selection`, `reconcile`
//! (relations, findings, number rules), `sub_events`, `consensus` (the figure at the top), `timeline`,
//! `incident_summary`, `cases`.

mod account_selection;
pub mod cases;
mod consensus;
mod incident_summary;
mod ledger;
mod letters;
pub mod link;
pub mod reconcile;
mod sub_events;
mod timeline;

use std::collections::BTreeSet;

use model::{AccountKind, Claim, Dossier, Note, Reading, ReportCard, SCHEMA_VERSION, Severity};

use ledger::{Entry, Ledger, Moment};
use letters::letter;
use link::{copies, names, origins};
use reconcile::align::ScopeKey;

/// What a user may choose; every choice is written into no number's rule but only into which number is shown first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Version of the program, printed in the dossier.
    pub version: String,
}

/// Reconciles the readings of reports taken as one incident. Order of the readings never matters.
///
/// Reports are lettered by publication (unknown last), then by id. A report given twice is read once, and a note says
/// so.
pub fn dossier(readings: &[Reading], policy: &Policy) -> Dossier {
    let (arranged, mut notes) = arrange(readings);
    let told = account_selection::choose(&arranged);
    let readings: Vec<&Reading> = arranged
        .iter()
        .zip(&told)
        .map(|(reading, told)| told.as_ref().unwrap_or(reading))
        .collect();
    let mut claims: Vec<(&Claim, usize, bool)> = Vec::new();
    for (report, reading) in readings.iter().enumerate() {
        let mut own: Vec<(&Claim, usize, bool)> = Vec::new();
        for account in &reading.accounts {
            let main = account.kind == AccountKind::Main;
            own.extend(account.claims.iter().map(|claim| (claim, report, main)));
        }
        own.sort_by(|(a, _, _), (b, _, _)| place(a).cmp(&place(b)));
        own.dedup_by(|(a, _, _), (b, _, _)| a.id == b.id);
        claims.extend(own);
    }
    let pairs: Vec<(&Claim, usize)> = claims
        .iter()
        .map(|&(claim, report, _)| (claim, report))
        .collect();
    let names = names::find(&readings, pairs.iter().map(|(claim, _)| *claim));
    let copies = copies::find(&readings);
    let voices = origins::find(&readings, &pairs, &names, &copies);
    let lineage = link::lineage(&readings, &pairs, &names, &copies);
    let mut entries: Vec<Entry<'_>> = claims
        .iter()
        .zip(&voices.of)
        .map(|(&(claim, report, main), &origin)| Entry {
            claim,
            report,
            main,
            scope: whom(claim, &names),
            moment: Moment::of(claim, readings[report]),
            part: None,
            origin,
        })
        .collect();
    ledger::settle(&mut entries);
    let mut ledger = Ledger {
        readings,
        entries,
        names,
        voices,
    };
    let incident = incident_summary::card(
        &ledger,
        incident_summary::case(&arranged),
        incident_summary::id(&arranged),
    );
    let parts = sub_events::find(&ledger, incident.when.as_ref());
    sub_events::assign(&mut ledger, &parts.parts);
    let (findings, found) = reconcile::reconcile(&ledger);
    notes.extend(found);
    let kept = |main: bool| {
        ledger
            .entries
            .iter()
            .filter(move |entry| entry.main == main)
            .map(|entry| entry.claim.clone())
            .collect::<Vec<Claim>>()
    };
    let mut dossier = Dossier {
        schema: SCHEMA_VERSION.to_owned(),
        version: policy.version.clone(),
        incident,
        reports: cards(&ledger),
        origins: ledger.voices.origins.clone(),
        lineage,
        agreed: Vec::new(),
        findings,
        claims: kept(true),
        background: kept(false),
        parts: parts.parts,
        part_sums: parts.sums,
        timeline: timeline::timeline(&ledger),
        notes,
    };
    dossier.agreed = consensus::all(&dossier);
    for (id, numbers) in consensus::numbers(&dossier, &dossier.agreed) {
        let finding = dossier.findings.iter_mut().find(|finding| finding.id == id);
        if let Some(finding) = finding {
            finding.numbers = Some(numbers);
        }
    }
    dossier
}

/// Whom a claim counts: a figure judged to be its report's own counts everybody, whatever it calls them.
fn whom(claim: &Claim, names: &names::Names) -> ScopeKey {
    if claim.own.is_some() && reconcile::figure_traits::own_toll(claim) {
        ScopeKey::default()
    } else {
        ScopeKey::of(claim.slot, &claim.scope, names)
    }
}

/// Where a claim stands in its report; ties by id.
fn place(claim: &Claim) -> (usize, usize, &model::ClaimId) {
    let (start, end) = claim
        .quotes
        .first()
        .map_or((0, 0), |quote| (quote.start, quote.end));
    (start, end, &claim.id)
}

/// Puts readings in order of publication, unknown last, then id; drops repeats; gathers the notes, each once.
fn arrange(readings: &[Reading]) -> (Vec<&Reading>, Vec<Note>) {
    let mut sorted: Vec<&Reading> = readings.iter().collect();
    sorted.sort_by(|a, b| {
        let time = |reading: &Reading| {
            let published = reading.report.published.as_ref();
            published.map_or((true, jiff::civil::DateTime::MAX), |when| {
                (false, when.start)
            })
        };
        (time(a), &a.report.id, a.text.id()).cmp(&(time(b), &b.report.id, b.text.id()))
    });
    let mut seen = BTreeSet::new();
    let mut notes: Vec<Note> = Vec::new();
    let mut kept: Vec<&Reading> = Vec::new();
    for reading in sorted {
        let report = &reading.report;
        if seen.insert(&report.id) {
            kept.push(reading);
            notes.extend(reading.notes.iter().cloned());
            continue;
        }
        let same = kept
            .iter()
            .any(|other| other.report.id == report.id && other.text.id() == reading.text.id());
        let (severity, code, message) = if same {
            (
                Severity::Info,
                "report-given-twice",
                "the same report was given more than once and is read once",
            )
        } else {
            (
                Severity::Warning,
                "one-id-two-texts",
                "two reports have one id and different words; the first by publication is kept",
            )
        };
        notes.push(Note {
            severity,
            code: code.to_owned(),
            subject: report.id.to_string(),
            message: message.to_owned(),
            hint: None,
            quote: None,
        });
    }
    let mut once: Vec<Note> = Vec::new();
    let mut had = BTreeSet::new();
    for note in notes {
        if had.insert(format!("{note:?}")) {
            once.push(note);
        }
    }
    (kept, once)
}

fn cards(ledger: &Ledger<'_>) -> Vec<ReportCard> {
    let mut counts = vec![0; ledger.readings.len()];
    for entry in &ledger.entries {
        counts[entry.report] += 1;
    }
    ledger
        .readings
        .iter()
        .zip(counts)
        .enumerate()
        .map(|(report, (reading, claims))| ReportCard {
            letter: letter(report),
            report: reading.report.clone(),
            claims,
            passage: reading
                .main()
                .map_or_else(String::new, |account| account.label.clone()),
        })
        .collect()
}
