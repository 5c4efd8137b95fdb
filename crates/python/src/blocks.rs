//! Linking divided among many, for whoever sorts and groups the rows between the steps: columns in, columns out.
//!
//! A column of numbers is bytes, little-endian, as Arrow holds it: `i64` for hashes, days and scores, `i32` for ranks
//! and kinds. A day or month that is not known is [`UNKNOWN`]. What each step means stands in
//! [`crossbearing::linking::spread`].

use std::collections::{HashMap, HashSet};

use crossbearing::linking::{
    Edge, LinkingRecord, Node, Weights,
    spread::{
        self, Sketch,
        lists::{self, Count, Extent, Kind, Member, Route},
        unions,
    },
};
use pyo3::{exceptions::PyValueError, prelude::*, pybacked::PyBackedBytes, types::PyBytes};
use serde::de::DeserializeOwned;

/// A day or month that is not known.
const UNKNOWN: i64 = i64::MIN;
/// The kind of a row that says only that a report is compared with others, and when it was published.
const COMPARED: i32 = 9;
/// What a row that lists give is of, beside the counts of the three kinds: a score by one of the two routes.
const RARITY: i32 = 10;
/// See [`RARITY`].
const TIME: i32 = 11;
/// Scores that lists add up before they give them away: memory stays small.
const HELD: usize = 2_000_000;

type Bytes<'py> = Bound<'py, PyBytes>;

fn longs(bytes: &[u8]) -> impl ExactSizeIterator<Item = i64> + '_ {
    bytes
        .chunks_exact(8)
        .map(|it| i64::from_le_bytes(it.try_into().unwrap_or_default()))
}

fn ints(bytes: &[u8]) -> impl ExactSizeIterator<Item = i32> + '_ {
    bytes
        .chunks_exact(4)
        .map(|it| i32::from_le_bytes(it.try_into().unwrap_or_default()))
}

fn ranks(bytes: &[u8]) -> impl ExactSizeIterator<Item = u32> + '_ {
    ints(bytes).map(|rank| rank as u32)
}

fn day(number: i64) -> Option<i32> {
    i32::try_from(number).ok()
}

fn number(day: Option<i32>) -> i64 {
    day.map_or(UNKNOWN, i64::from)
}

fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> PyResult<T> {
    serde_json::from_slice(bytes)
        .map_err(|error| PyValueError::new_err(format!("this is no row of linking: {error}")))
}

/// A column of longs being made.
#[derive(Default)]
struct Longs(Vec<u8>);

impl Longs {
    fn push(&mut self, value: i64) {
        self.0.extend(value.to_le_bytes());
    }

    fn python<'py>(&self, py: Python<'py>) -> Bytes<'py> {
        PyBytes::new(py, &self.0)
    }
}

/// A column of ints being made.
#[derive(Default)]
struct Ints(Vec<u8>);

impl Ints {
    fn push(&mut self, value: i32) {
        self.0.extend(value.to_le_bytes());
    }

    fn python<'py>(&self, py: Python<'py>) -> Bytes<'py> {
        PyBytes::new(py, &self.0)
    }
}

/// One record: report, text, account, order, copy, sketches, sample of runs, day, and the record itself.
type RecordRow<'py> = (
    String,
    String,
    Option<String>,
    i64,
    Option<i64>,
    Vec<i64>,
    Bytes<'py>,
    i64,
    Bytes<'py>,
);

/// The records of readings, each with what says whether it is in the same words as another.
#[pyfunction]
pub fn block_records<'py>(
    py: Python<'py>,
    of_readings: Vec<PyBackedBytes>,
) -> PyResult<Vec<RecordRow<'py>>> {
    let mut out = Vec::new();
    for some in &of_readings {
        for record in parsed::<Vec<LinkingRecord>>(some)? {
            let sketch = Sketch::of(&record);
            let mut runs = Longs::default();
            sketch.runs.iter().for_each(|run| runs.push(*run as i64));
            let bytes = serde_json::to_vec(&record).map_err(crate::error::told)?;
            out.push((
                record.id.to_string(),
                record.text.to_string(),
                record.account.map(|it| it.to_string()),
                // Signed numbers in the order of the unsigned ones.
                (sketch.order ^ (1 << 63)) as i64,
                sketch.copy.map(|copy| copy as i64),
                sketch.leasts.into_iter().map(|it| it as i64).collect(),
                runs.python(py),
                number(record.published),
                PyBytes::new(py, &bytes),
            ));
        }
    }
    Ok(out)
}

/// Of texts that share a sketch with many, in order of rank: the place of the first that each is a near copy of.
#[pyfunction]
pub fn block_near_copies(py: Python<'_>, runs: Vec<PyBackedBytes>) -> Vec<usize> {
    let runs = runs.iter();
    let runs: Vec<Vec<u64>> = runs
        .map(|it| longs(it).map(|run| run as u64).collect())
        .collect();
    py.detach(|| spread::near_copies(&runs))
}

/// The sentences of records: hash and month.
#[pyfunction]
pub fn block_sentences<'py>(
    py: Python<'py>,
    records: Vec<PyBackedBytes>,
) -> PyResult<(Bytes<'py>, Bytes<'py>)> {
    let (mut hashes, mut months) = (Longs::default(), Longs::default());
    for record in &records {
        let (sentences, month) = spread::sentences(&parsed(record)?);
        for sentence in sentences {
            hashes.push(sentence as i64);
            months.push(number(month));
        }
    }
    Ok((hashes.python(py), months.python(py)))
}

/// Where the rules of linking draw lines, for whoever counts and compares: in texts that share a sketch, in reports and
/// months of a sentence, in scores of sure links, in fellows of a passage, in copies of a report.
#[pyfunction]
pub fn block_limits() -> (usize, u32, usize, i64, usize, usize) {
    let many = (0..)
        .find(|n| spread::shared_by_many(*n))
        .unwrap_or(usize::MAX);
    let reports = (0..)
        .find(|n| spread::is_furniture(*n, usize::MAX))
        .unwrap_or(u32::MAX);
    let months = (0..)
        .find(|n| spread::is_furniture(u32::MAX, *n))
        .unwrap_or(usize::MAX);
    let sure = (0..)
        .find(|score| spread::is_sure(*score))
        .unwrap_or(i64::MAX);
    (many, reports, months, sure, spread::FELLOWS, spread::COPIES)
}

/// Sentences that are page furniture.
#[pyclass(frozen, module = "crossbearing")]
pub struct Furniture {
    hashes: HashSet<u64>,
}

#[pymethods]
impl Furniture {
    #[new]
    fn new(hashes: &[u8]) -> Self {
        Self {
            hashes: longs(hashes).map(|hash| hash as u64).collect(),
        }
    }

    /// What reports ask of all others: kind, hash, rank, day, and whether they hold it (1 or 0).
    #[allow(clippy::type_complexity, reason = "five columns of one table")]
    fn asks<'py>(
        &self,
        py: Python<'py>,
        of: &[u8],
        days: &[u8],
        records: Vec<PyBackedBytes>,
    ) -> PyResult<(Bytes<'py>, Bytes<'py>, Bytes<'py>, Bytes<'py>, Bytes<'py>)> {
        let (mut kinds, mut hashes) = (Ints::default(), Longs::default());
        let (mut rank_column, mut day_column, mut counted) =
            (Ints::default(), Longs::default(), Ints::default());
        for ((rank, day), record) in ints(of).zip(longs(days)).zip(&records) {
            let Some(asks) = spread::asks(&parsed(record)?, &self.hashes) else {
                continue;
            };
            let mut row = |kind: i32, hash: u64, holds: bool| {
                kinds.push(kind);
                hashes.push(hash as i64);
                rank_column.push(rank);
                day_column.push(day);
                counted.push(i32::from(holds));
            };
            row(COMPARED, 0, false);
            for ask in asks {
                row(ask.kind as i32, ask.hash, ask.counted);
            }
        }
        Ok((
            kinds.python(py),
            hashes.python(py),
            rank_column.python(py),
            day_column.python(py),
            counted.python(py),
        ))
    }

    /// Reports weighed against all: `counts` are of each the kinds, hashes, and how many hold them, in all and without
    /// bursts.
    fn weighed<'py>(
        &self,
        py: Python<'py>,
        days: &[u8],
        records: Vec<PyBackedBytes>,
        counts: Vec<[PyBackedBytes; 4]>,
        nodes: usize,
    ) -> PyResult<Vec<Bytes<'py>>> {
        let mut out = Vec::with_capacity(records.len());
        for ((of, record), [kinds, hashes, reports, weighed]) in
            longs(days).zip(&records).zip(&counts)
        {
            let rows = ints(kinds)
                .zip(longs(hashes))
                .zip(longs(reports).zip(longs(weighed)));
            let rows = rows.filter_map(|((kind, hash), (reports, weighed))| {
                Some(Count {
                    rank: 0,
                    kind: Kind::of(u8::try_from(kind).ok()?)?,
                    hash: hash as u64,
                    reports: reports as u32,
                    weighed: weighed as u32,
                })
            });
            let rows: Vec<Count> = rows.collect();
            let node = spread::weighed(&parsed(record)?, day(of), &self.hashes, &rows, nodes);
            let bytes = serde_json::to_vec(&node).map_err(crate::error::told)?;
            out.push(PyBytes::new(py, &bytes));
        }
        Ok(out)
    }
}

/// Five columns of what lists give: what it is of, the rank, and three numbers.
type Given<'py> = (Bytes<'py>, Bytes<'py>, Bytes<'py>, Bytes<'py>, Bytes<'py>);

/// Who holds what, list by list; rows come sorted by kind, hash and rank.
#[pyclass(module = "crossbearing")]
pub struct Lists {
    extent: Extent,
    open: Option<(i32, i64)>,
    list: Vec<Member>,
    made: lists::Lists,
}

impl Lists {
    fn close(&mut self) {
        if let Some((kind, hash)) = self.open.take()
            && let Some(kind) = u8::try_from(kind).ok().and_then(Kind::of)
        {
            self.made.take(kind, hash as u64, &self.list, self.extent);
        }
        self.list.clear();
    }
}

#[pymethods]
impl Lists {
    #[new]
    fn new(nodes: usize, weeks: u32) -> Self {
        Self {
            extent: Extent { nodes, weeks },
            open: None,
            list: Vec::new(),
            made: lists::Lists::default(),
        }
    }

    /// Takes rows.
    fn feed(&mut self, kinds: &[u8], hashes: &[u8], of: &[u8], days: &[u8], counted: &[u8]) {
        let rows = ints(kinds).zip(longs(hashes)).zip(ranks(of));
        let rows = rows.zip(longs(days).zip(ints(counted)));
        for (((kind, hash), rank), (on, counted)) in rows {
            if self.open != Some((kind, hash)) {
                self.close();
                self.open = Some((kind, hash));
            }
            self.list.push(Member {
                rank,
                day: day(on),
                counted: counted != 0,
            });
        }
    }

    /// Gives what came of the lists, where that is much, or in any case at the `end`.
    fn drain<'py>(&mut self, py: Python<'py>, end: bool) -> Option<Given<'py>> {
        if end {
            self.close();
        }
        let held = self.made.counts.len() + self.made.by_rarity.len() + self.made.by_time.len();
        if held == 0 || !(end || held >= HELD) {
            return None;
        }
        let made = std::mem::take(&mut self.made);
        let (mut whats, mut of) = (Ints::default(), Ints::default());
        let mut numbers = [Longs::default(), Longs::default(), Longs::default()];
        let mut row = |what: i32, rank: u32, values: [i64; 3]| {
            whats.push(what);
            of.push(rank as i32);
            for (column, value) in numbers.iter_mut().zip(values) {
                column.push(value);
            }
        };
        for it in &made.counts {
            let values = [it.hash as i64, i64::from(it.reports), i64::from(it.weighed)];
            row(it.kind as i32, it.rank, values);
        }
        for (route, sums) in [(RARITY, &made.by_rarity), (TIME, &made.by_time)] {
            for ((rank, other), score) in sums {
                row(route, *rank, [i64::from(*other), *score, 0]);
            }
        }
        let [a, b, c] = numbers;
        Some((
            whats.python(py),
            of.python(py),
            a.python(py),
            b.python(py),
            c.python(py),
        ))
    }
}

/// Two columns of pairs, or of reports and their groups.
type Pairs<'py> = (Bytes<'py>, Bytes<'py>);

fn pairs<'py>(py: Python<'py>, all: &[(u32, u32)]) -> Pairs<'py> {
    let (mut a, mut b) = (Ints::default(), Ints::default());
    for (one, other) in all {
        a.push(*one as i32);
        b.push(*other as i32);
    }
    (a.python(py), b.python(py))
}

/// The best pairs of each report; rows come sorted by route and rank, each score given in parts.
#[pyclass(module = "crossbearing")]
#[derive(Default)]
pub struct Best {
    open: Option<(i32, u32)>,
    scored: HashMap<u32, i64>,
    made: Vec<(u32, u32)>,
}

impl Best {
    fn close(&mut self) {
        if let Some((route, rank)) = self.open.take() {
            let route = match route {
                RARITY => Route::Rarity,
                _ => Route::Time,
            };
            let mut scored: Vec<(u32, i64)> = self.scored.drain().collect();
            self.made.extend(lists::best(rank, &mut scored, route));
        }
    }
}

#[pymethods]
impl Best {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Takes rows.
    fn feed(&mut self, routes: &[u8], of: &[u8], others: &[u8], scores: &[u8]) {
        let rows = ints(routes)
            .zip(ranks(of))
            .zip(longs(others).zip(longs(scores)));
        for ((route, rank), (other, score)) in rows {
            if self.open != Some((route, rank)) {
                self.close();
                self.open = Some((route, rank));
            }
            *self.scored.entry(other as u32).or_default() += score;
        }
    }

    /// The pairs so far; all of them at the `end`.
    fn drain<'py>(&mut self, py: Python<'py>, end: bool) -> Pairs<'py> {
        if end {
            self.close();
        }
        pairs(py, &std::mem::take(&mut self.made))
    }
}

/// How surely two reports tell of one incident, pair by pair; quickest where neighbours share the first.
#[pyfunction]
pub fn block_scores<'py>(
    py: Python<'py>,
    firsts: Vec<PyBackedBytes>,
    seconds: Vec<PyBackedBytes>,
) -> PyResult<Bytes<'py>> {
    let weights = Weights::shipped();
    let mut out = Longs::default();
    let mut held: Option<(&[u8], Node)> = None;
    for (first, second) in firsts.iter().zip(&seconds) {
        let a = match held.take() {
            Some((bytes, node)) if bytes == &first[..] => node,
            _ => parsed(first)?,
        };
        out.push(spread::score(&weights, &a, &parsed(second)?));
        held = Some((first, a));
    }
    Ok(out.python(py))
}

/// The far ends of each report's sure links; rows come sorted by rank, falling score and other.
#[pyclass(module = "crossbearing")]
#[derive(Default)]
pub struct FarEnds {
    open: Option<u32>,
    list: Vec<(i64, u32)>,
    made: Vec<(u32, u32)>,
}

#[pymethods]
impl FarEnds {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Takes rows; scores come with their sign changed.
    fn feed(&mut self, of: &[u8], scores: &[u8], others: &[u8]) {
        for (rank, (score, other)) in ranks(of).zip(longs(scores).zip(ranks(others))) {
            if self.open != Some(rank) {
                self.made.extend(spread::far_ends(&self.list));
                self.list.clear();
                self.open = Some(rank);
            }
            self.list.push((score, other));
        }
    }

    /// The pairs so far; all of them at the `end`.
    fn drain<'py>(&mut self, py: Python<'py>, end: bool) -> Pairs<'py> {
        if end {
            self.made.extend(spread::far_ends(&self.list));
            self.list.clear();
        }
        pairs(py, &std::mem::take(&mut self.made))
    }
}

/// The links of all, to divide the reports into parts that no link leaves.
#[pyclass(module = "crossbearing")]
pub struct Parts {
    inner: Option<unions::Parts>,
    first: HashMap<u32, u32>,
}

#[pymethods]
impl Parts {
    /// `passages` says whether what is told in passing is linked, which has to be surer.
    #[new]
    fn new(nodes: usize, passages: bool) -> Self {
        Self {
            inner: Some(unions::Parts::new(nodes, cut(passages))),
            first: HashMap::new(),
        }
    }

    /// Takes links.
    fn feed(&mut self, a: &[u8], b: &[u8], scores: &[u8]) {
        if let Some(parts) = &mut self.inner {
            for ((a, b), score) in ranks(a).zip(ranks(b)).zip(longs(scores)) {
                parts.link(a, b, score);
            }
        }
    }

    /// Takes reports with their incidents; those of one stay together.
    fn hold(&mut self, of: &[u8], incidents: &[u8]) {
        if let Some(parts) = &mut self.inner {
            for (rank, incident) in ranks(of).zip(ranks(incidents)) {
                parts.join(*self.first.entry(incident).or_insert(rank), rank);
            }
        }
    }

    /// For each report, by rank, the first of its part.
    fn firsts<'py>(&mut self, py: Python<'py>) -> Bytes<'py> {
        let mut out = Ints::default();
        let firsts = self.inner.take().map(unions::Parts::firsts);
        for first in firsts.into_iter().flatten() {
            out.push(first as i32);
        }
        out.python(py)
    }
}

fn cut(passages: bool) -> i64 {
    let (reports, of_passages) = spread::cuts(&Weights::shipped());
    if passages { of_passages } else { reports }
}

/// The groups of each part; rows come sorted by part.
#[pyclass(module = "crossbearing")]
pub struct Groups {
    cut: i64,
    open: Option<i32>,
    edges: Vec<Edge>,
    held: Vec<(u32, u32)>,
    made: Vec<(u32, u32)>,
}

impl Groups {
    fn close(&mut self) {
        let (edges, held) = (
            std::mem::take(&mut self.edges),
            std::mem::take(&mut self.held),
        );
        self.made.extend(unions::groups(&edges, &held, self.cut));
    }
}

#[pymethods]
impl Groups {
    /// See [`Parts`].
    #[new]
    fn new(passages: bool) -> Self {
        Self {
            cut: cut(passages),
            open: None,
            edges: Vec::new(),
            held: Vec::new(),
            made: Vec::new(),
        }
    }

    /// Takes links; a row whose second report is -1 says that the first is of the incident whose number stands in place
    /// of the score.
    fn feed(&mut self, parts: &[u8], a: &[u8], b: &[u8], scores: &[u8]) {
        let rows = ints(parts).zip(ranks(a)).zip(ints(b).zip(longs(scores)));
        for ((part, a), (b, score)) in rows {
            if self.open != Some(part) {
                self.close();
                self.open = Some(part);
            }
            match u32::try_from(b) {
                Ok(b) => self.edges.push(Edge { a, b, score }),
                Err(_) => self.held.push((a, score as u32)),
            }
        }
    }

    /// Reports and the first of the group of each, so far; all of them at the `end`.
    fn drain<'py>(&mut self, py: Python<'py>, end: bool) -> Pairs<'py> {
        if end {
            self.close();
        }
        pairs(py, &std::mem::take(&mut self.made))
    }
}
