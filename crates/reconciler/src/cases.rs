//! Case ids: the names of incidents that survive a new report.
//!
//! Comes in: the incidents known before with the case ids they were given, and the incidents that the linker finds now.
//! Goes out: the case id of each incident now, which other cases went into it, and of which case it was split off. A
//! pure function: whoever stores incidents keeps what it says; where nothing is stored, nothing was known before.
//!
//! The rule. A case and an incident are compared by the parts they share: reports, or accounts of reports that tell of
//! it in passing.
//!
//! - *Growth.* An incident that shares a part with one case only, and that case with no other incident, keeps the case
//!   id whatever joins or leaves.
//! - *Split.* Where a case's parts lie in several incidents now, the one that has most of them keeps the id.
//! - *Merge.* Where an incident has parts of several cases, it takes the id of the case of which it has most.
//! - Pairs are settled from the largest share downwards; of equal shares the case that begins first goes first, then
//!   the incident that begins first. Each case id is kept by one incident at most and each incident keeps one at most.
//! - An incident that keeps none gets a new id, made of its earliest part. Should that id be in use (a case that was
//!   split keeps the id that its first report gave), the next number is taken.
//! - A case whose id nobody keeps ends: it is merged into the incident that has most of its parts. A case without any
//!   part now has ended, too, and no incident names it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::DateTime;
use model::{CaseId, Reading};

/// One report of an incident, or the account of it that tells of the incident in passing. In order of publication,
/// unknown last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Whether the time of publication is not known.
    undated: bool,
    /// When the report was published.
    published: Option<DateTime>,
    /// Id of the report or account.
    id: String,
}

impl Part {
    /// A report published then, or its account.
    pub fn new(id: &str, published: Option<DateTime>) -> Self {
        Self {
            undated: published.is_none(),
            published,
            id: id.to_owned(),
        }
    }

    /// Id of the report or account.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When the report was published.
    pub fn published(&self) -> Option<DateTime> {
        self.published
    }

    /// What a reading is of an incident.
    pub fn of(reading: &Reading) -> Self {
        let published = reading.report.published.as_ref();
        Self::new(reading.part(), published.map(|when| when.start))
    }
}

/// An incident that was given a case id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Its parts when it was last seen.
    pub parts: BTreeSet<Part>,
}

/// What an incident is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its case id.
    pub id: CaseId,
    /// Cases that ended in it, sorted.
    pub merged: Vec<CaseId>,
    /// The case it was split off: of those whose parts it has and that others keep, the one of which it has most.
    pub split_from: Option<CaseId>,
}

/// Gives each incident its case id, in the order of the incidents. The order of cases and incidents never matters.
///
/// `before` holds each case once and no part in two cases; `now` holds no part in two incidents and no incident without
/// a part.
pub fn given(before: &[Case], now: &[BTreeSet<Part>]) -> Vec<Given> {
    given_among(before, now, &|_| false)
}

/// The same for incidents that are only some of all: `elsewhere` says which ids are in use among the others.
pub fn given_among(
    before: &[Case],
    now: &[BTreeSet<Part>],
    elsewhere: &dyn Fn(&CaseId) -> bool,
) -> Vec<Given> {
    // A report may have been given a date since: a part is known by its id.
    let mut incident_of: HashMap<&str, usize> = HashMap::new();
    for (incident, parts) in now.iter().enumerate() {
        incident_of.extend(parts.iter().map(|part| (part.id.as_str(), incident)));
    }
    let mut shares: Vec<Share<'_>> = Vec::new();
    for case in before {
        let mut of_incident: BTreeMap<usize, usize> = BTreeMap::new();
        for part in &case.parts {
            if let Some(incident) = incident_of.get(&*part.id) {
                *of_incident.entry(*incident).or_default() += 1;
            }
        }
        shares.extend(of_incident.into_iter().map(|(incident, n)| Share {
            n,
            case,
            incident,
            begins: now[incident].first(),
        }));
    }
    shares.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut by_incident: Vec<Vec<usize>> = vec![Vec::new(); now.len()];
    for (at, share) in shares.iter().enumerate() {
        by_incident[share.incident].push(at);
    }
    let mut kept: BTreeMap<usize, &CaseId> = BTreeMap::new();
    let mut keepers: BTreeSet<&CaseId> = BTreeSet::new();
    for share in &shares {
        if !kept.contains_key(&share.incident) && keepers.insert(&share.case.id) {
            kept.insert(share.incident, &share.case.id);
        }
    }
    let mut used: BTreeSet<CaseId> = before.iter().map(|case| case.id.clone()).collect();
    // New ids go by what begins first, so that the order of the incidents never matters.
    let mut order: Vec<usize> = (0..now.len()).collect();
    order.sort_by_key(|&incident| now[incident].first());
    let mut out: Vec<Option<Given>> = vec![None; now.len()];
    for incident in order {
        let own = kept.get(&incident).copied();
        let taken = |id: &CaseId| used.contains(id) || elsewhere(id);
        let id = own
            .cloned()
            .unwrap_or_else(|| fresh(&now[incident], &taken));
        used.insert(id.clone());
        let of_it = || by_incident[incident].iter().map(|at| &shares[*at]);
        let kept_elsewhere = |share: &&Share<'_>| own.is_none() && keepers.contains(&share.case.id);
        out[incident] = Some(Given {
            id,
            merged: Vec::new(),
            split_from: of_it()
                .find(kept_elsewhere)
                .map(|share| share.case.id.clone()),
        });
    }
    let mut out: Vec<Given> = out.into_iter().flatten().collect();
    let mut ended: BTreeSet<&CaseId> = BTreeSet::new();
    for share in &shares {
        if !keepers.contains(&share.case.id) && ended.insert(&share.case.id) {
            out[share.incident].merged.push(share.case.id.clone());
        }
    }
    for given in &mut out {
        given.merged.sort();
    }
    out
}

/// The case id of an incident of which nothing is stored: made of its earliest part, so that a later report keeps it.
pub fn derived(parts: &BTreeSet<Part>) -> CaseId {
    fresh(parts, &|_| false)
}

/// How many parts of a case an incident has.
struct Share<'a> {
    n: usize,
    case: &'a Case,
    incident: usize,
    begins: Option<&'a Part>,
}

impl Share<'_> {
    fn order(
        &self,
    ) -> (
        std::cmp::Reverse<usize>,
        Option<&Part>,
        &CaseId,
        Option<&Part>,
    ) {
        let first = self.case.parts.first();
        (std::cmp::Reverse(self.n), first, &self.case.id, self.begins)
    }
}

/// An id of the earliest part that is not in use.
fn fresh(parts: &BTreeSet<Part>, taken: &dyn Fn(&CaseId) -> bool) -> CaseId {
    let first = parts.first().map_or("", |part| part.id.as_str());
    let numbered = |number: u64| CaseId::of(&[first.as_bytes(), &number.to_le_bytes()]);
    // As many numbers as there are cases would have to be in use for none to be left.
    (0..u64::MAX)
        .map(numbered)
        .find(|id| !taken(id))
        .unwrap_or_else(|| CaseId::of(&[first.as_bytes()]))
}
