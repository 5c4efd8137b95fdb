//! A hundred thousand incidents through every format, and how much memory each takes for it.
//!
//! `CROSSBEARING_MANY=100000 cargo test -p crossbearing-casebook --lib many -- --ignored` writes a line a format into
//! `target/many.txt` (`CROSSBEARING_MANY_FORMAT` names one alone, which is more exact: memory that a format took before
//! is not all given back). Linux says how much a process took at most; elsewhere nothing is measured.

use std::path::Path;

use model::{CaseId, ClaimId, Dossier, FindingId, ReportId};

use super::*;

/// A small dossier whose ids and addresses are its own.
fn numbered(template: &Dossier, n: usize) -> Dossier {
    let mut dossier = template.clone();
    dossier.incident.case = CaseId::of(&[&n.to_be_bytes()]);
    for (at, card) in dossier.reports.iter_mut().enumerate() {
        card.report.id = ReportId::of(&[&n.to_be_bytes(), &at.to_be_bytes()]);
        card.report.url = Some(format!("https://outlet{at}.example/{n}"));
    }
    let reports: Vec<ReportId> = dossier
        .reports
        .iter()
        .map(|it| it.report.id.clone())
        .collect();
    for (at, claim) in dossier.claims.iter_mut().enumerate() {
        claim.id = ClaimId::of(&[&n.to_be_bytes(), &at.to_be_bytes()]);
        claim.report = reports[at % reports.len()].clone();
    }
    let claims: Vec<ClaimId> = dossier.claims.iter().map(|it| it.id.clone()).collect();
    for (at, finding) in dossier.findings.iter_mut().enumerate() {
        finding.id = FindingId::of(&[&n.to_be_bytes(), &at.to_be_bytes()]);
        for position in &mut finding.positions {
            position.claims = vec![claims[at % claims.len()].clone()];
        }
    }
    dossier
}

fn small() -> Dossier {
    let mut dossier = fixture::market().0;
    dossier.reports.truncate(3);
    dossier.claims.truncate(6);
    dossier.findings.truncate(4);
    dossier.background.clear();
    dossier.lineage.clear();
    dossier.notes.clear();
    dossier.timeline.clear();
    dossier.parts.clear();
    dossier
}

/// Counts what is written.
#[derive(Default)]
struct Counted(u64);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The most memory since the last call, in MB.
fn most() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    Some(kilobytes / 1024)
}

#[test]
#[ignore = "takes minutes; run it alone, for it measures the memory of the process"]
fn memory_stays_flat_over_many_incidents() {
    let many = std::env::var("CROSSBEARING_MANY").ok();
    let many: usize = many.and_then(|it| it.parse().ok()).unwrap_or(100_000);
    let only = std::env::var("CROSSBEARING_MANY_FORMAT").ok();
    let template = small();
    let told = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/many.txt");
    let mut said = String::new();
    for format in FORMATS {
        // Documents have a limit of their own.
        let limited = matches!(format.name, "docx" | "pdf");
        if limited || only.as_ref().is_some_and(|it| it != format.name) {
            continue;
        }
        let mut grown = Vec::new();
        let start = std::time::Instant::now();
        let mut out = Counted::default();
        for n in [many / 10, many] {
            most();
            out = Counted::default();
            {
                let mut sink = (format.open)(Options::default(), &mut out).unwrap();
                for at in 0..n {
                    sink.put(&numbered(&template, at)).unwrap();
                }
                sink.end().unwrap();
            }
            grown.extend(most());
        }
        said.push_str(&format!(
            "{}: {grown:?} MB for {} and {many} incidents, {} MB written, {:?}\n",
            format.name,
            many / 10,
            out.0 >> 20,
            start.elapsed()
        ));
        std::fs::write(&told, &said).unwrap();
        if let [tenth, all] = grown[..] {
            assert!(
                all < tenth + 64,
                "{}: {tenth} MB for a tenth, {all} MB for all",
                format.name
            );
        }
    }
}
