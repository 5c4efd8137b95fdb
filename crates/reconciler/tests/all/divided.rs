//! Linking divided into rows gives the incidents that linking in one go gives, whatever the heap holds.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use model::{AccountId, ReportId, TextId};
use reconciler::link::{
    cluster::Edge,
    incidents::Linker,
    node::Node,
    record::LinkingRecord,
    spread::{
        self, Sketch,
        lists::{self, Count, Extent, Kind, Lists, Member, Route, Sums},
        unions::{Parts, groups},
    },
    weights::Weights,
};

use crate::heap::{heap, item, record, report, told};

/// The incidents as sets: all reports, and those that tell of it in passing.
type Found = BTreeSet<(BTreeSet<ReportId>, BTreeMap<ReportId, AccountId>)>;

fn in_one_go(records: &[LinkingRecord]) -> Found {
    let mut linker = Linker::default();
    linker.add(records.iter().cloned());
    let found = linker.link(&[]);
    let groups = found.groups.into_iter().zip(found.told);
    groups
        .map(|(group, told)| (group.into_iter().collect(), told))
        .collect()
}

/// A report among all, by rank.
struct Row {
    record: LinkingRecord,
    day: Option<i32>,
    /// Places of it and its copies among the records.
    members: Vec<usize>,
}

/// The steps up to the pairs, as tables would have them.
struct Pool {
    rows: Vec<Row>,
    nodes: HashMap<u32, Node>,
    pairs: BTreeSet<(u32, u32)>,
}

impl Pool {
    fn of(records: &[LinkingRecord]) -> Self {
        let rows = ranked(records);
        let furniture = furniture(&rows);
        // Whoever asks, by what they ask: the blocks.
        let mut asked: BTreeMap<(Kind, u64), Vec<Member>> = BTreeMap::new();
        let mut weeks = BTreeSet::new();
        for (row, rank) in rows.iter().zip(0u32..) {
            let Some(asks) = spread::asks(&row.record, &furniture) else {
                continue;
            };
            weeks.extend(row.day.map(lists::week));
            for ask in asks {
                asked.entry((ask.kind, ask.hash)).or_default().push(Member {
                    rank,
                    day: row.day,
                    counted: ask.counted,
                });
            }
        }
        let extent = Extent {
            nodes: rows.len(),
            weeks: weeks.len() as u32,
        };
        // Three machines, each with the lists of some words; what they found is added up.
        let mut machines = vec![Lists::default(); 3];
        for ((kind, hash), list) in &asked {
            machines[(hash % 3) as usize].take(*kind, *hash, list, extent);
        }
        let mut counts: HashMap<u32, Vec<Count>> = HashMap::new();
        for count in machines.iter().flat_map(|it| &it.counts) {
            counts.entry(count.rank).or_default().push(*count);
        }
        let mut pairs = BTreeSet::new();
        let by_rarity = machines.iter().map(|it| &it.by_rarity);
        pairs.extend(best(by_rarity, Route::Rarity));
        pairs.extend(best(machines.iter().map(|it| &it.by_time), Route::Time));
        let nodes = counts.into_iter().map(|(rank, counts)| {
            let row = &rows[rank as usize];
            let node = spread::weighed(&row.record, row.day, &furniture, &counts, rows.len());
            // It goes from machine to machine.
            let sent = serde_json::to_string(&node).unwrap();
            (rank, serde_json::from_str(&sent).unwrap())
        });
        let nodes = nodes.collect();
        Self { rows, nodes, pairs }
    }

    fn scored(&self, pairs: &BTreeSet<(u32, u32)>) -> Vec<Edge> {
        let weights = Weights::shipped();
        let edge = |(a, b): &(u32, u32)| Edge {
            a: *a,
            b: *b,
            score: spread::score(&weights, &self.nodes[a], &self.nodes[b]),
        };
        pairs.iter().map(edge).collect()
    }

    /// The links: of the pairs, and of the far ends of sure ones.
    fn links(&self, pairs: &BTreeSet<(u32, u32)>) -> Vec<Edge> {
        let mut edges = self.scored(pairs);
        let mut near: BTreeMap<u32, Vec<(i64, u32)>> = BTreeMap::new();
        for edge in edges.iter().filter(|edge| spread::is_sure(edge.score)) {
            near.entry(edge.a).or_default().push((-edge.score, edge.b));
            near.entry(edge.b).or_default().push((-edge.score, edge.a));
        }
        let mut more = BTreeSet::new();
        for list in near.values_mut() {
            list.sort_unstable();
            more.extend(spread::far_ends(list).filter(|pair| !pairs.contains(pair)));
        }
        edges.extend(self.scored(&more));
        edges
    }
}

/// Copies are one; the rest by rank.
fn ranked(records: &[LinkingRecord]) -> Vec<Row> {
    let sketches: Vec<Sketch> = records.iter().map(Sketch::of).collect();
    let mut order: Vec<usize> = (0..records.len()).collect();
    order.sort_by_key(|at| {
        let it = &records[*at];
        (sketches[*at].order, &it.id, &it.text, &it.account)
    });
    let mut first_of: HashMap<u64, usize> = HashMap::new();
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut firsts = Vec::new();
    for at in order {
        let first = match sketches[at].copy {
            Some(copy) => *first_of.entry(copy).or_insert(at),
            None => at,
        };
        if first == at {
            firsts.push(at);
        }
        members.entry(first).or_default().push(at);
    }
    let mut shared: HashMap<(usize, u64), usize> = HashMap::new();
    for at in &firsts {
        for sketch in sketches[*at].leasts.iter().copied().enumerate() {
            *shared.entry(sketch).or_default() += 1;
        }
    }
    let looked_at: Vec<usize> = firsts
        .iter()
        .copied()
        .filter(|at| {
            let mut own = sketches[*at].leasts.iter().copied().enumerate();
            own.any(|sketch| spread::shared_by_many(shared[&sketch]))
        })
        .collect();
    let runs: Vec<Vec<u64>> = looked_at
        .iter()
        .map(|at| sketches[*at].runs.clone())
        .collect();
    let mut root: HashMap<usize, usize> = HashMap::new();
    for (at, first) in looked_at.iter().zip(spread::near_copies(&runs)) {
        root.insert(*at, looked_at[first]);
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut place: HashMap<usize, usize> = HashMap::new();
    for at in firsts {
        let first = root.get(&at).copied().unwrap_or(at);
        let own = &members[&at];
        if first == at {
            place.insert(at, rows.len());
            rows.push(Row {
                record: records[at].clone(),
                day: None,
                members: own.clone(),
            });
        } else {
            rows[place[&first]].members.extend(own);
        }
    }
    for row in &mut rows {
        row.day = row
            .members
            .iter()
            .filter_map(|at| records[*at].published)
            .min();
    }
    rows
}

fn furniture(rows: &[Row]) -> HashSet<u64> {
    let mut seen: HashMap<u64, (u32, BTreeSet<i32>)> = HashMap::new();
    for row in rows {
        let (sentences, month) = spread::sentences(&row.record);
        for sentence in sentences {
            let of = seen.entry(sentence).or_default();
            of.0 += 1;
            of.1.extend(month);
        }
    }
    let furniture = seen
        .into_iter()
        .filter(|(_, (n, months))| spread::is_furniture(*n, months.len()));
    furniture.map(|(hash, _)| hash).collect()
}

fn best<'a>(sums: impl Iterator<Item = &'a Sums>, route: Route) -> Vec<(u32, u32)> {
    let mut by: BTreeMap<u32, BTreeMap<u32, i64>> = BTreeMap::new();
    for ((rank, other), score) in sums.flatten() {
        *by.entry(*rank).or_default().entry(*other).or_default() += score;
    }
    by.into_iter()
        .flat_map(|(rank, scored)| {
            let mut scored: Vec<(u32, i64)> = scored.into_iter().collect();
            lists::best(rank, &mut scored, route)
        })
        .collect()
}

/// The links of a part, and its reports that are of an incident already.
type Part = (Vec<Edge>, Vec<(u32, u32)>);

/// The group of each report, part by part.
fn grouped(nodes: usize, edges: &[Edge], held: &[(u32, u32)], cut: i64) -> Vec<u32> {
    let mut parts = Parts::new(nodes, cut);
    for edge in edges {
        parts.link(edge.a, edge.b, edge.score);
    }
    let mut first: BTreeMap<u32, u32> = BTreeMap::new();
    for (rank, incident) in held {
        parts.join(*first.entry(*incident).or_insert(*rank), *rank);
    }
    let firsts = parts.firsts();
    let mut of_part: BTreeMap<u32, Part> = BTreeMap::new();
    for edge in edges {
        let (a, b) = (firsts[edge.a as usize], firsts[edge.b as usize]);
        if a == b {
            of_part.entry(a).or_default().0.push(*edge);
        }
    }
    for one in held {
        let part = of_part.entry(firsts[one.0 as usize]).or_default();
        part.1.push(*one);
    }
    let mut out: Vec<u32> = (0..nodes as u32).collect();
    for (edges, held) in of_part.values() {
        for (rank, group) in groups(edges, held, cut) {
            out[rank as usize] = group;
        }
    }
    out
}

fn divided(records: &[LinkingRecord]) -> Found {
    let (cut, of_passages) = spread::cuts(&Weights::shipped());
    let (mains, parts): (Vec<LinkingRecord>, Vec<LinkingRecord>) = records
        .iter()
        .cloned()
        .partition(|record| record.account.is_none());
    let pool = Pool::of(&mains);
    let found = grouped(pool.rows.len(), &pool.links(&pool.pairs), &[], cut);
    // The incident of each report, by a number.
    let mut incident: HashMap<(ReportId, TextId), u32> = HashMap::new();
    let mut incidents: BTreeMap<(bool, u32), BTreeSet<ReportId>> = BTreeMap::new();
    for (row, group) in pool.rows.iter().zip(&found) {
        for at in &row.members {
            let record = &mains[*at];
            incident.insert((record.id.clone(), record.text.clone()), *group);
            let own = incidents.entry((true, *group)).or_default();
            own.insert(record.id.clone());
        }
    }
    let mut all = mains.clone();
    all.extend(parts);
    let pool = Pool::of(&all);
    let of = |at: &usize| {
        let record = &all[*at];
        let main = record.account.is_none();
        main.then(|| incident[&(record.id.clone(), record.text.clone())])
    };
    let held: Vec<Option<u32>> = pool
        .rows
        .iter()
        .map(|row| row.members.iter().filter_map(of).min())
        .collect();
    let passage = |rank: u32| held[rank as usize].is_none();
    let mut pairs: BTreeSet<(u32, u32)> = pool.pairs.clone();
    pairs.retain(|(a, b)| passage(*a) || passage(*b));
    let mut fellows: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (own, rank) in held.iter().zip(0u32..) {
        if let Some(own) = own {
            let of_one = fellows.entry(*own).or_default();
            if of_one.len() < spread::FELLOWS {
                of_one.push(rank);
            }
        }
    }
    for (a, b) in pairs.clone() {
        let (of, group) = match (held[a as usize], held[b as usize]) {
            (None, Some(group)) => (a, group),
            (Some(group), None) => (b, group),
            _ => continue,
        };
        pairs.extend(fellows[&group].iter().map(|it| (of.min(*it), of.max(*it))));
    }
    let mut edges = pool.links(&pairs);
    let one_report = |a: u32, b: u32| {
        let of = |rank: u32| {
            let members = pool.rows[rank as usize].members.iter();
            members
                .take(spread::COPIES)
                .map(|at| (&all[*at].id, &all[*at].text))
        };
        of(a).any(|a| of(b).any(|b| a == b))
    };
    edges.retain(|edge| (passage(edge.a) || passage(edge.b)) && !one_report(edge.a, edge.b));
    let known: Vec<(u32, u32)> = held
        .iter()
        .zip(0u32..)
        .filter_map(|(own, rank)| Some((rank, (*own)?)))
        .collect();
    let found = grouped(pool.rows.len(), &edges, &known, of_passages);
    let mut least: BTreeMap<u32, u32> = BTreeMap::new();
    for (rank, own) in &known {
        let of_group = least.entry(found[*rank as usize]).or_insert(*own);
        *of_group = (*of_group).min(*own);
    }
    let mut told: BTreeMap<(bool, u32), BTreeMap<ReportId, AccountId>> = BTreeMap::new();
    let mut passages: Vec<(&LinkingRecord, (bool, u32))> = Vec::new();
    for (row, group) in pool.rows.iter().zip(&found) {
        let key = least.get(group).map_or((false, *group), |own| (true, *own));
        let own = row.members.iter().map(|at| &all[*at]);
        passages.extend(own.filter(|it| it.account.is_some()).map(|it| (it, key)));
    }
    passages.sort_by_key(|(record, _)| record.key());
    for (record, key) in passages {
        let account = record.account.clone().unwrap();
        if incidents.entry(key).or_default().insert(record.id.clone()) {
            told.entry(key)
                .or_default()
                .insert(record.id.clone(), account);
        }
    }
    incidents
        .into_iter()
        .map(|(key, reports)| (reports, told.remove(&key).unwrap_or_default()))
        .collect()
}

#[track_caller]
fn check(records: &[LinkingRecord]) {
    let (one, other) = (in_one_go(records), divided(records));
    let only: Vec<_> = one.symmetric_difference(&other).collect();
    assert!(only.is_empty(), "{} differ: {only:#?}", only.len());
    assert!(one.len() > 1);
}

#[test]
fn a_heap_gives_the_same_incidents() {
    check(&heap(12));
    check(&heap(60));
}

#[test]
fn copies_and_near_copies_give_the_same_incidents() {
    let mut records = heap(30);
    let (title, body) = told(3, 0);
    let long = format!("{body} {} {}", told(3, 1).1, told(3, 2).1);
    for copy in 0..60 {
        let day = Some(report(3, 0).published.unwrap() + copy % 20);
        records.push(record(day, &title, &long, &format!("copy/{copy}")));
        let seen = format!("{long}\nPage seen {copy} times.");
        records.push(record(day, &title, &seen, &format!("near/{copy}")));
    }
    check(&records);
}

#[test]
fn a_burst_furniture_and_what_has_no_day_give_the_same_incidents() {
    let mut records = heap(40);
    let furniture = "Sign up to our newsletter for more from the lakes region every morning.";
    for n in 0..200 {
        let (title, body) = told(7, n % 4);
        let day = Some(report(7, 0).published.unwrap() + (n / 40) as i32 * 31);
        let body = format!(
            "{body} A witness, number {n}, saw it from window {}.\n{furniture}",
            n * 7
        );
        records.push(record(day, &title, &body, &format!("burst/{n}")));
    }
    for n in 0..10 {
        let mut undated = report(n, 0);
        undated.id = ReportId::of(&[&[n as u8]]);
        undated.published = None;
        records.push(undated);
    }
    records.push(record(None, "", "", ""));
    records.push(record(
        Some(i32::MAX),
        "Never",
        "Two men were shot in Orrin.",
        "",
    ));
    check(&records);
}

#[test]
fn what_is_told_in_passing_gives_the_same_incidents() {
    let mut records = heap(60);
    let mut rounds = Vec::new();
    for n in 0..12 {
        let mut main = report(40 + n, 1);
        main.published = report(n, 0).published.map(|day| day + 1);
        main.id = ReportId::of(&[b"round", &[n as u8]]);
        let of_known = item(n, n % 4, &main);
        let of_new = item(70 + n / 3, n % 4, &main);
        let again = item(70 + n / 3, n % 4, &report(20 + n, 0));
        let own = item(40 + n, 2, &main);
        rounds.extend([main, of_known, of_new, again, own]);
    }
    records.extend(rounds);
    check(&records);
}
