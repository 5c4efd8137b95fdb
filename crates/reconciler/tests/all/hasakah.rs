//! Relations between the claims of a real case, read perfectly: how many of a careful reader's relations come out.

use std::collections::BTreeMap;

use model::{ClaimId, RelationKind};

use super::{gold, script};

#[test]
fn relations_of_the_case_come_out() {
    let folder = gold::shared().join("cases/hasakah");
    if !folder.is_dir() {
        println!("skipped: no case folder at {}", folder.display());
        return;
    }
    let (readings, ids) = gold::readings(&folder);
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
    let rows = gold::lines(&folder.join("relations.jsonl"));
    let mut found = 0;
    let mut wanted: BTreeMap<String, String> = BTreeMap::new();
    for row in &rows {
        let key = pair(row["a"].as_str().unwrap(), row["b"].as_str().unwrap());
        let kind = row["relation"].as_str().unwrap();
        let mine = ours.get(&key).map_or("nothing", |(kind, _)| kind);
        found += usize::from(mine == kind);
        println!("{key} {kind}: {mine}");
        wanted.insert(key, kind.to_owned());
    }
    let mut wrong = Vec::new();
    for (key, (kind, why)) in &ours {
        if !wanted.contains_key(key) {
            println!("  also {key} {kind}: {why}");
        }
        let contradicts = serde_json::to_value(RelationKind::Contradicts).unwrap();
        if contradicts == kind.as_str() && wanted.get(key) != Some(kind) {
            wrong.push(key.clone());
        }
    }
    println!(
        "relations found {found} of {}, wrong contradictions {}",
        rows.len(),
        wrong.len()
    );
    assert!(found >= 16, "{found} of {}", rows.len());
    assert!(wrong.is_empty(), "{wrong:?}");
}
