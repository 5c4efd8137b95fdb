//! From a pool of reports to incidents.
//!
//! Comes in: [`LinkingRecord`]s in any order and people's [`Judgement`]s. Goes out: which reports are one incident,
//! with the pairs that were compared and what each score is made of. The same records give the same incidents, however
//! they were ordered or handed over.

use std::collections::{BTreeMap, BTreeSet};

use model::{AccountId, Comparison, Decision, Judgement, Note, Reading, ReportId, Severity};

use super::{
    block,
    cluster::{self, Constraints, Edge, ONE},
    edges,
    explain::{Pair, Words},
    features,
    passages::{self, Incident},
    pool::{Common, ReportPool},
    record::{Key, LinkingRecord},
    standing::Standing,
    weights::{Weights, chance},
};

/// Reports gathered for linking, each once.
#[derive(Clone, Debug, Default)]
pub struct Linker {
    records: BTreeMap<Key, LinkingRecord>,
}

impl Linker {
    /// Adds reports; one that is there already is passed over.
    pub fn add(&mut self, records: impl IntoIterator<Item = LinkingRecord>) {
        for record in records {
            self.records.entry(record.key()).or_insert(record);
        }
    }

    /// Finds the incidents among all reports added.
    pub fn link(&self, judgements: &[Judgement]) -> Incidents {
        self.link_within(judgements, None)
    }

    /// The same, where those added are only some of all reports: `standing` says what all of them hold.
    pub fn link_within(&self, judgements: &[Judgement], standing: Option<&Standing>) -> Incidents {
        let (mains, parts) = self
            .records
            .values()
            .cloned()
            .partition(|record| record.account.is_none());
        Incidents::find(
            mains,
            parts,
            judgements,
            &Weights::shipped(),
            Common::shipped(),
            standing,
        )
    }
}

/// The reports of one incident.
#[derive(Default)]
struct Members {
    reports: BTreeSet<ReportId>,
    /// Those that tell of it in passing, with the account that does.
    told: BTreeMap<ReportId, AccountId>,
    /// The pairs that speak most for those.
    why: Vec<Pair>,
}

/// The incidents of a pool.
pub struct Incidents {
    records: Vec<LinkingRecord>,
    pool: ReportPool,
    weights: Weights,
    edges: Vec<Edge>,
    /// The incidents, each the reports that tell of it, by the smallest id in each; ids sorted.
    pub groups: Vec<Vec<ReportId>>,
    /// For each incident the reports that tell of it in passing, with the account that does.
    pub told: Vec<BTreeMap<ReportId, AccountId>>,
    told_why: Vec<Vec<Pair>>,
    /// What is to be told.
    pub notes: Vec<Note>,
}

impl Incidents {
    /// Links the reports, which come sorted by id and text, each once; and then what they tell of in passing.
    fn find(
        mut records: Vec<LinkingRecord>,
        parts: Vec<LinkingRecord>,
        judgements: &[Judgement],
        weights: &Weights,
        common: &Common,
        standing: Option<&Standing>,
    ) -> Self {
        let parted = judgements
            .iter()
            .filter(|judgement| judgement.decision == Decision::Different)
            .flat_map(|judgement| [&judgement.a, &judgement.b])
            .collect();
        let pool = ReportPool::new(
            &records.iter().collect::<Vec<_>>(),
            common,
            &parted,
            standing,
        );
        let score = |a: u32, b: u32| {
            let pair = features::features(&pool.nodes[a as usize], &pool.nodes[b as usize]);
            (chance(weights.odds(&pair)) * ONE as f64).round() as i64
        };
        let edges = edges::score(pool.nodes.len(), block::pairs(&pool), &score);
        let mut notes = Vec::new();
        let constraints = constraints(&pool, &records, judgements, &mut notes);
        let cut = (weights.cut * ONE as f64) as i64;
        let found = cluster::groups(pool.nodes.len(), &edges, &constraints, &|_| false, cut);
        let mut by: BTreeMap<Incident, Members> = BTreeMap::new();
        let mut group_of = vec![0; records.len()];
        for (members, group) in pool.records.iter().zip(found) {
            let own = by.entry(Incident::Known(group)).or_default();
            for at in members {
                own.reports.insert(records[*at].id.clone());
                group_of[*at] = group;
            }
        }
        if !parts.is_empty() {
            let mains = records.len();
            records.extend(parts);
            let placed = passages::place(&records, &group_of, &parted, weights, common, standing);
            for (part, (incident, why)) in records[mains..].iter().zip(placed) {
                let own = by.entry(incident).or_default();
                if let Some(account) = &part.account
                    && own.reports.insert(part.id.clone())
                {
                    own.told.insert(part.id.clone(), account.clone());
                    own.why.extend(why);
                }
            }
            records.truncate(mains);
        }
        let mut all: Vec<Members> = by.into_values().collect();
        all.sort_by(|a, b| (&a.reports, &a.told).cmp(&(&b.reports, &b.told)));
        let (mut groups, mut told, mut told_why) = (Vec::new(), Vec::new(), Vec::new());
        for own in all {
            groups.push(own.reports.into_iter().collect());
            told.push(own.told);
            told_why.push(own.why);
        }
        tell(&records, &mut notes);
        let many = pool
            .nodes
            .iter()
            .filter(|node| node.tells_of_many())
            .count();
        if many > 0 {
            notes.push(Note {
                severity: Severity::Info,
                code: "reports-on-many-incidents".to_owned(),
                subject: "linking".to_owned(),
                message: format!(
                    "{many} reports tell of many incidents each and are linked with none"
                ),
                hint: None,
                quote: None,
            });
        }
        Self {
            records,
            pool,
            weights: weights.clone(),
            edges,
            groups,
            told,
            told_why,
            notes,
        }
    }

    /// What the id of incident `at` is made of: the id of each report, or of the account that tells of it in passing;
    /// sorted. `None` when there are fewer incidents.
    pub fn parts(&self, at: usize) -> Option<Vec<&str>> {
        let (group, told) = self.groups.get(at).zip(self.told.get(at))?;
        let mut parts: Vec<&str> = group
            .iter()
            .map(|id| told.get(id).map_or(id.as_str(), AccountId::as_str))
            .collect();
        parts.sort_unstable();
        Some(parts)
    }

    /// Whether reports tell of incident `at` in passing only.
    pub fn passing(&self, at: usize) -> bool {
        let all = self.groups.get(at).zip(self.told.get(at));
        all.is_some_and(|(group, told)| group.len() == told.len())
    }

    /// The incident that most reports tell of; of equals the one that more are about, then the first.
    pub fn fullest(&self) -> Option<usize> {
        (0..self.groups.len()).max_by_key(|&at| {
            (
                self.groups[at].len(),
                std::cmp::Reverse(self.told[at].len()),
                std::cmp::Reverse(at),
            )
        })
    }

    /// A reading as incident `at` takes it: for what it is about, or for what it tells in passing.
    pub fn reading(&self, at: usize, reading: &Reading) -> Reading {
        let account = self
            .told
            .get(at)
            .and_then(|told| told.get(&reading.report.id));
        account
            .and_then(|account| reading.told_as(account))
            .unwrap_or_else(|| reading.clone())
    }

    /// The comparisons among the reports of incident `at`, the most alike first, those of reports that tell of it in
    /// passing last; pairs that share too little to be compared are left out. `words` gives the words behind hashes.
    pub fn comparisons(&self, at: usize, words: Words<'_>) -> Vec<Comparison> {
        let Some((group, told)) = self.groups.get(at).zip(self.told.get(at)) else {
            return Vec::new();
        };
        let own = group.iter().filter(|id| !told.contains_key(*id));
        let wanted: BTreeSet<&ReportId> = own.collect();
        let has = |node: u32| {
            self.pool.records[node as usize]
                .iter()
                .any(|at| wanted.contains(&self.records[*at].id))
        };
        let mut found: Vec<&Edge> = self
            .edges
            .iter()
            .filter(|edge| has(edge.a) && has(edge.b))
            .collect();
        found.sort_by_key(|edge| (-edge.score, edge.a, edge.b));
        let told = self.told_why.get(at).into_iter().flatten().cloned();
        found
            .into_iter()
            .map(|edge| Pair::of(edge, &self.records, &self.pool))
            .chain(told)
            .map(|pair| pair.comparison(words, &self.weights))
            .collect()
    }
}

/// People's judgements on nodes. Where "different" contradicts what others join, that is told.
fn constraints(
    pool: &ReportPool,
    records: &[LinkingRecord],
    judgements: &[Judgement],
    notes: &mut Vec<Note>,
) -> Constraints {
    if judgements.is_empty() {
        return Constraints::default();
    }
    let mut node: BTreeMap<&ReportId, u32> = BTreeMap::new();
    for (members, at) in pool.records.iter().zip(0u32..) {
        for member in members {
            node.insert(&records[*member].id, at);
        }
    }
    let mut sorted: Vec<&Judgement> = judgements.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut constraints = Constraints::default();
    let mut different = Vec::new();
    for judgement in sorted {
        let (Some(&a), Some(&b)) = (node.get(&judgement.a), node.get(&judgement.b)) else {
            notes.push(note(
                Severity::Info,
                "judgement-without-report",
                &judgement.a,
                "a judgement names a report that is not among those given; it waits",
            ));
            continue;
        };
        match judgement.decision {
            Decision::Same => constraints.same.push((a, b)),
            Decision::Different => different.push((a, b, judgement)),
        }
    }
    let tops = cluster::tops(pool.nodes.len(), &constraints.same);
    for (a, b, judgement) in different {
        if tops[a as usize] == tops[b as usize] {
            notes.push(note(
                Severity::Warning,
                "judgements-contradict",
                &judgement.a,
                "a judgement keeps apart two reports that other judgements join; it is set aside",
            ));
        } else {
            constraints.different.push((a, b));
        }
    }
    constraints
}

/// What is odd about the reports themselves.
fn tell(records: &[LinkingRecord], notes: &mut Vec<Note>) {
    for pair in records.windows(2) {
        if pair[0].id == pair[1].id {
            notes.push(note(
                Severity::Warning,
                "one-id-two-texts",
                &pair[0].id,
                "two reports have one id and different words; both are kept",
            ));
        }
    }
    let undated = records
        .iter()
        .filter(|record| record.published.is_none())
        .count();
    if undated > 0 && records.len() > 1 {
        notes.push(Note {
            severity: Severity::Info,
            code: "undated-reports".to_owned(),
            subject: "linking".to_owned(),
            message: format!(
                "{undated} of {} reports have no day of publication and are linked by their words \
                 alone",
                records.len()
            ),
            hint: Some("a `Published:` line or a sidecar gives the day".to_owned()),
            quote: None,
        });
    }
}

fn note(severity: Severity, code: &str, report: &ReportId, message: &str) -> Note {
    Note {
        severity,
        code: code.to_owned(),
        subject: report.to_string(),
        message: message.to_owned(),
        hint: None,
        quote: None,
    }
}
