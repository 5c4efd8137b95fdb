//! Relations between claims read perfectly: how many of a careful reader's relations come out, for the samples and the
//! benchmark.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use model::ClaimId;

use super::{gold, script};

/// Gold relations found, gold relations, and contradictions that the gold does not have.
fn score(folder: &Path) -> (usize, usize, Vec<String>) {
    let (readings, ids) = gold::readings(folder);
    let dossier = reconciler::dossier(&readings, &script::policy());
    let name: BTreeMap<&ClaimId, &str> = ids.iter().map(|(name, id)| (id, name.as_str())).collect();
    let pair = |a: &str, b: &str| {
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        format!("{a} {b}")
    };
    let mut ours: BTreeMap<String, (String, &str)> = BTreeMap::new();
    for relation in dossier
        .findings
        .iter()
        .flat_map(|finding| &finding.relations)
    {
        let kind = serde_json::to_value(relation.kind).unwrap();
        let key = pair(name[&relation.a], name[&relation.b]);
        ours.insert(key, (kind.as_str().unwrap().to_owned(), &relation.why));
    }
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut found = 0;
    let rows = gold::lines(&folder.join("relations.jsonl"));
    for row in &rows {
        let key = pair(row["a"].as_str().unwrap(), row["b"].as_str().unwrap());
        let kind = row["relation"].as_str().unwrap();
        let mine = ours.get(&key).map_or("nothing", |(kind, _)| kind);
        found += usize::from(mine == kind);
        println!(
            "{} {key} {kind}: {mine}",
            if mine == kind { " " } else { "!" }
        );
        wanted.entry(key).or_default().insert(kind.to_owned());
    }
    let mut wrong = Vec::new();
    for (key, (kind, why)) in &ours {
        if !wanted.contains_key(key) {
            println!("  also {key} {kind}: {why}");
        }
        if kind == "contradicts" && !wanted.get(key).is_some_and(|kinds| kinds.contains(kind)) {
            wrong.push(format!("{key}: {why}"));
        }
    }
    println!(
        "{}: {found} of {} relations, {} other contradictions",
        folder.display(),
        rows.len(),
        wrong.len()
    );
    (found, rows.len(), wrong)
}

#[test]
fn relations_of_the_benchmark_case_come_out() {
    let Some(folder) = testing::shared("cases/hasakah") else {
        return;
    };
    let (found, all, wrong) = score(&folder);
    assert!(found >= 16, "{found} of {all}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn relations_of_the_samples_come_out() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let (mut found, mut all) = (0, 0);
    for name in [
        "college-siege",
        "market-bombing",
        "river-strike",
        "depot-shooting",
    ] {
        let one = score(&samples.join(name));
        found += one.0;
        all += one.1;
    }
    println!("samples: {found} of {all}");
    assert!(found * 10 >= all * 6, "{found} of {all}");
}
