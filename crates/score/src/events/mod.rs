//! Large events told by several outlets: claims, each report's own toll, the figures at the top, disputes, where and
//! when.
//!
//! What comes in: a folder of events, each with reports, `claims.jsonl` and `event.json`. What goes out, as shares:
//!
//! - `killed_toll`, `injured_toll`: the dossier's vote of a report is its own figure; `silent_toll`: it has none where
//!   the report gives none.
//! - `killed_headline`, `injured_headline`: the figure at the top is one that can be defended; `…_ucdp_best` the same
//!   of the rule `ucdp`; `verdict`: of the finding on everybody.
//! - `count_claims_found`, `other_claims_found`: gold claims with a claim of their slot, report and words, of their
//!   value for counts, in the main account or the background as the gold has it. `speaker`, `stance`, `bound`: right on
//!   those. `count_precision`: counts said that the gold has.
//! - `dispute_recall`, `dispute_precision` over slots; `responsibility`: those named; `date`, `place` (a name, or a
//!   point near enough).
//! - `pool_b3_…`: B-cubed over all reports in one heap; `twins_b3_…` with a twin of each event, the same words in
//!   another town.
//!
//! Slots that careful readers use for one another (`freed` and `escaped`; `held`, `hostages` and `captured`) count as
//! one. A gold claim takes the best of the claims that nobody took before it, in the order of the file.

mod figure;
mod gold;
mod twins;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use model::{
    AgeGroup, Claim, Dossier, Finding, Reading, ReportId, Role, RuleName, Slot, SlotGroup, Value,
};
use reader::Input;

use self::{
    figure::{shared, words},
    gold::Event,
};
use crate::{
    Engine, Figure, Miss, Options, Outcome, ScoreError,
    measure::{bcubed, kilometres},
    pool,
};

/// Slots that are one to a careful reader.
const LIKE: &[&[Slot]] = &[
    &[Slot::Freed, Slot::Escaped],
    &[Slot::Held, Slot::Hostages, Slot::Captured],
];

/// How far off a point may be where the gold does not say.
const WITHIN_KM: f64 = 50.0;

/// Right and all, by metric.
#[derive(Default)]
struct Tally {
    shares: BTreeMap<String, (usize, usize)>,
    misses: Vec<Miss>,
}

impl Tally {
    fn add(&mut self, name: &str, right: bool) {
        let share = self.shares.entry(name.to_owned()).or_default();
        share.0 += usize::from(right);
        share.1 += 1;
    }

    fn miss(&mut self, item: String, field: &str, expected: String, said: String, words: &str) {
        self.misses.push(Miss {
            item,
            field: field.to_owned(),
            expected,
            said,
            words: words.to_owned(),
        });
    }
}

/// Measures on the events below `dir`; `only` those whose names begin so, where it names any.
///
/// # Errors
/// If the folder holds no event, or a file of one cannot be read.
pub fn score(
    dir: &Path,
    only: &[String],
    engine: &Engine,
    options: &Options<'_>,
) -> Result<Outcome, ScoreError> {
    let folders = gold::folders(dir, only)?;
    let events = options
        .take(&folders)
        .iter()
        .map(|folder| Event::load(folder))
        .collect::<Result<Vec<_>, _>>()?;
    // Every report is read once, and once as its twin.
    let texts: Vec<(usize, bool, &str, Input)> = events
        .iter()
        .enumerate()
        .flat_map(|(at, event)| {
            event.reports.iter().flat_map(move |(report, input)| {
                let twin = twins::of(
                    &String::from_utf8_lossy(&input.bytes),
                    &event.gold.place,
                    at,
                );
                let twin = Input {
                    name: format!("twin of {}", input.name),
                    bytes: twin.into_bytes(),
                    ..Input::default()
                };
                [
                    (at, false, report.as_str(), input.clone()),
                    (at, true, report.as_str(), twin),
                ]
            })
        })
        .collect();
    let readings = pool::map(&texts, options, |(.., input)| engine.read(input).ok());
    let read: Vec<Read<'_>> = texts
        .iter()
        .zip(readings)
        .map(|((event, twin, report, _), reading)| Read {
            event: *event,
            twin: *twin,
            report,
            reading,
        })
        .collect();

    let all: Vec<usize> = (0..events.len()).collect();
    let dossiers = pool::map(&all, &Options::quiet(), |&at| {
        let own = read.iter().filter(|it| it.event == at && !it.twin);
        engine.dossier_of_one(&once(own))
    });
    let mut tally = Tally::default();
    for (at, (event, dossier)) in events.iter().zip(&dossiers).enumerate() {
        let names: BTreeMap<&ReportId, &str> = read
            .iter()
            .filter(|it| it.event == at && !it.twin)
            .filter_map(|it| Some((&it.reading.as_ref()?.report.id, it.report)))
            .collect();
        Sheet {
            event,
            dossier,
            names,
            tally: &mut tally,
        }
        .measure();
    }
    let mut metrics: Vec<(String, Figure)> = tally
        .shares
        .into_iter()
        .map(|(name, (right, all))| (name, Figure::share(right, all)))
        .collect();
    for (name, twins) in [("pool", false), ("twins", true)] {
        let read: Vec<&Read<'_>> = read.iter().filter(|it| twins || !it.twin).collect();
        let found = heap(&read, engine);
        for (what, share) in [
            ("f1", found.f1),
            ("precision", found.precision),
            ("recall", found.recall),
        ] {
            metrics.push((format!("{name}_b3_{what}"), Figure::Real(share)));
        }
    }
    let metrics: Vec<(&str, Figure)> = metrics
        .iter()
        .map(|(name, figure)| (name.as_str(), *figure))
        .collect();
    Ok(Outcome::new("events", events.len(), &metrics, tally.misses))
}

/// A report of an event, or its twin; no reading where it could not be read.
struct Read<'a> {
    event: usize,
    twin: bool,
    report: &'a str,
    reading: Option<Reading>,
}

/// The readings, each report once.
fn once<'a>(read: impl Iterator<Item = &'a Read<'a>>) -> Vec<Reading> {
    let by: BTreeMap<_, &Reading> = read
        .filter_map(|it| it.reading.as_ref())
        .map(|reading| ((&reading.report.id, reading.text.id()), reading))
        .collect();
    by.into_values().cloned().collect()
}

/// How well the incidents found in a heap agree with the events. A report in several incidents is in the first of the
/// list, one in none stands alone.
fn heap(read: &[&Read<'_>], engine: &Engine) -> crate::measure::BCubed {
    let list = engine.list(once(read.iter().copied()));
    let mut place: BTreeMap<&ReportId, usize> = BTreeMap::new();
    for (at, reports) in list.iter().enumerate() {
        for report in reports {
            place.entry(report).or_insert(at);
        }
    }
    let items: Vec<(usize, (usize, bool))> = read
        .iter()
        .enumerate()
        .map(|(at, it)| {
            let id = it.reading.as_ref().map(|reading| &reading.report.id);
            let group = id.and_then(|id| place.get(id)).copied();
            (group.unwrap_or(list.len() + at), (it.event, it.twin))
        })
        .collect();
    bcubed(&items)
}

/// One event and its dossier.
struct Sheet<'a> {
    event: &'a Event,
    dossier: &'a Dossier,
    /// Reports of the dossier by their names in the gold.
    names: BTreeMap<&'a ReportId, &'a str>,
    tally: &'a mut Tally,
}

impl Sheet<'_> {
    fn measure(&mut self) {
        self.tolls();
        self.stands();
        self.when_and_where();
        self.claims();
        self.disputes();
        self.responsibility();
    }

    fn item(&self, more: &str) -> String {
        format!("{} {more}", self.event.name).trim_end().to_owned()
    }

    /// What the dossier takes for the report's own figure; `None` where it has none.
    fn vote(&self, report: &str, slot: Slot) -> Option<u64> {
        let votes = &self.dossier.agreed(slot)?.votes;
        let vote = votes
            .iter()
            .rfind(|vote| self.names.get(&vote.report) == Some(&report))?;
        vote.n
    }

    fn tolls(&mut self) {
        let event = self.event;
        for (report, tolls) in &event.gold.tolls {
            for slot in [Slot::Killed, Slot::Injured] {
                let gold = tolls.get(slot.name()).and_then(Option::as_ref);
                let said = self.vote(report, slot);
                let right = match (gold, said) {
                    (None, said) => matches!(said, None | Some(0)),
                    (Some(_), None) => false,
                    (Some(gold), Some(n)) => {
                        let high = gold.high.filter(|high| *high > 0).unwrap_or(1_000_000_000);
                        n == gold.low
                            || gold
                                .stated
                                .map_or((gold.low..=high).contains(&n), |it| it == n)
                    }
                };
                let name = if gold.is_some() {
                    slot.name()
                } else {
                    "silent"
                };
                self.tally.add(&format!("{name}_toll"), right);
                if !right {
                    let wanted = gold.map_or_else(
                        || "none".to_owned(),
                        |gold| {
                            gold.stated
                                .map_or_else(|| range(gold.low, gold.high), |n| n.to_string())
                        },
                    );
                    let item = self.item(report);
                    self.tally
                        .miss(item, slot.name(), wanted, or_none(said), "");
                }
            }
        }
    }

    /// The finding on everybody.
    fn everybody(&self, slot: Slot) -> Option<&Finding> {
        self.dossier.findings.iter().find(|finding| {
            finding.slot == slot
                && finding.scope.role == Role::All
                && finding.scope.side.as_deref().unwrap_or_default().is_empty()
                && finding.scope.age == AgeGroup::Unsaid
        })
    }

    fn stands(&mut self) {
        let event = self.event;
        for slot in [Slot::Killed, Slot::Injured] {
            let Some(gold) = event.gold.stands.get(slot.name()) else {
                continue;
            };
            let ranges = gold.ranges();
            let said = self.dossier.agreed(slot).map(|agreed| agreed.n);
            let right = said.is_some_and(|n| {
                gold.stated == Some(n)
                    || ranges
                        .iter()
                        .any(|(low, high)| (*low..=high.unwrap_or(low + 1)).contains(&n))
            });
            self.tally.add(&format!("{}_headline", slot.name()), right);
            let field = |what: &str| format!("{what} {}", slot.name());
            if !right {
                let item = self.item("");
                let wanted = range(gold.low, gold.high);
                self.tally
                    .miss(item, &field("HEADLINE"), wanted, or_none(said), "");
            }
            let finding = self.everybody(slot);
            let verdict = finding.map(|finding| finding.verdict);
            let best = finding
                .and_then(|finding| finding.numbers.as_ref())
                .and_then(|numbers| numbers[RuleName::Ucdp].best);
            let right = verdict.is_some_and(|verdict| is_verdict(&gold.verdict, verdict));
            self.tally.add("verdict", right);
            if !right {
                let item = self.item("");
                let said = verdict.map_or("none".to_owned(), name_of);
                self.tally
                    .miss(item, &field("VERDICT"), gold.verdict.clone(), said, "");
            }
            let low = ranges.iter().map(|(low, _)| *low).min().unwrap_or(gold.low);
            let high = ranges
                .iter()
                .map(|(low, high)| high.unwrap_or(low * 2))
                .max()
                .unwrap_or(gold.low);
            let right = best.is_some_and(|best| (low..=high).contains(&best));
            self.tally.add(&format!("{}_ucdp_best", slot.name()), right);
        }
    }

    fn when_and_where(&mut self) {
        let gold = &self.event.gold;
        let day = self.dossier.incident.when.as_ref();
        let day = day.map(|when| when.start.date().to_string());
        let right = day.as_ref().is_some_and(|day| gold.date.contains(day));
        self.tally.add("date", right);
        let item = self.item("");
        if !right {
            let said = day.unwrap_or_else(|| "none".into());
            self.tally
                .miss(item.clone(), "DATE", gold.date.join(" or "), said, "");
        }
        let place = match &self.dossier.incident.place {
            Some(Value::Place(place)) => Some(place),
            _ => None,
        };
        let near = place.is_some_and(|place| {
            let said = place.lat.zip(place.lon);
            let wanted = gold.place.lat.zip(gold.place.lon);
            said.zip(wanted).is_some_and(|(said, wanted)| {
                kilometres(said, wanted) <= gold.place.within_km.unwrap_or(WITHIN_KM)
            })
        });
        let said = place.map_or_else(String::new, |place| {
            let mut names = vec![place.name.as_str()];
            names.extend(place.site.as_deref());
            names.extend(place.parts.iter().map(String::as_str));
            names.join(" ")
        });
        let has = words(&said);
        let named = gold
            .place
            .names
            .iter()
            .any(|name| words(name).is_subset(&has));
        self.tally.add("place", near || named);
        if !near && !named {
            self.tally
                .miss(item, "PLACE", gold.place.names.join(" or "), said, "");
        }
    }

    fn claims(&mut self) {
        let event = self.event;
        let said: Vec<Said<'_>> = (self.dossier.claims.iter().map(|claim| (claim, false)))
            .chain(self.dossier.background.iter().map(|claim| (claim, true)))
            .map(|(claim, background)| Said {
                claim,
                background,
                report: self.names.get(&claim.report).copied(),
                words: words(
                    &claim
                        .quotes
                        .iter()
                        .map(|quote| quote.exact.as_str())
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
            })
            .collect();
        let mut used = BTreeSet::new();
        for gold in &event.claims {
            let slot = Slot::from_name(&gold.slot);
            let counts = slot.is_some_and(is_count);
            let quote = words(&gold.quote);
            let mut best: Option<(Key, usize)> = None;
            for (at, it) in said.iter().enumerate() {
                if used.contains(&at) || it.report != Some(gold.report.as_str()) {
                    continue;
                }
                let Some(key) = it.key(gold, slot, &quote) else {
                    continue;
                };
                if best.is_none_or(|(had, _)| key > had) {
                    best = Some((key, at));
                }
            }
            let name = if counts { "count" } else { "other" };
            self.tally
                .add(&format!("{name}_claims_found"), best.is_some());
            let Some((key, at)) = best else {
                let item = self.item(&gold.id);
                let field = format!("CLAIM {}", gold.slot);
                self.tally
                    .miss(item, &field, gold.value.clone(), String::new(), &gold.quote);
                continue;
            };
            used.insert(at);
            let claim = said[at].claim;
            self.tally.add("speaker", key.speaker);
            self.tally.add("stance", key.stance);
            if !key.speaker {
                let item = self.item(&gold.id);
                let label = claim.speaker().label();
                self.tally.miss(
                    item,
                    "speaker",
                    gold.speaker.join(" > "),
                    label,
                    &gold.quote,
                );
            }
            if !key.stance {
                let item = self.item(&gold.id);
                let label = name_of(claim.stance.kind);
                self.tally
                    .miss(item, "stance", gold.stance.clone(), label, &gold.quote);
            }
            if let (true, Value::Count(count)) = (counts, &claim.value) {
                let right = figure::bound_right(&gold.value, count);
                self.tally.add("bound", right);
                if !right {
                    let item = self.item(&gold.id);
                    let (wanted, label) = (gold.value.clone(), count.label());
                    self.tally.miss(item, "bound", wanted, label, &gold.quote);
                }
            }
        }
        for (at, it) in said.iter().enumerate() {
            let (Some(report), Value::Count(count)) = (it.report, &it.claim.value) else {
                continue;
            };
            if !is_count(it.claim.slot) {
                continue;
            }
            let right = used.contains(&at)
                || event.claims.iter().any(|gold| {
                    // Figures that are said twice are not wrong; one whose gold has no number has to be found.
                    gold.report == report
                        && Slot::from_name(&gold.slot).is_some_and(|slot| like(slot, it.claim.slot))
                        && gold.is_background() == it.background
                        && figure::value_right(&gold.value, &it.claim.value)
                        && figure::Figure::of(&gold.value).is_some()
                });
            self.tally.add("count_precision", right);
            if !right {
                let item = self.item(report);
                let field = format!("EXTRA {}", it.claim.slot);
                let background = if it.background { " (background)" } else { "" };
                let label = format!("{}{background}", count.words);
                self.tally
                    .miss(item, &field, String::new(), label, &it.claim.quote().exact);
            }
        }
    }

    fn disputes(&mut self) {
        let gold = &self.event.gold;
        let stands = gold.stands.iter();
        let wanted: BTreeSet<&str> = gold
            .disputes
            .iter()
            .map(|dispute| dispute.slot.as_str())
            .chain(
                stands
                    .filter(|(_, stand)| stand.verdict == "disputed")
                    .map(|(slot, _)| slot.as_str()),
            )
            .collect();
        let findings = self.dossier.findings.iter();
        let said: BTreeSet<&str> = findings
            .filter(|finding| finding.verdict == model::Verdict::Disputed)
            .map(|finding| finding.slot.name())
            .collect();
        for slot in &wanted {
            self.tally.add("dispute_recall", said.contains(slot));
            if !said.contains(slot) {
                let item = self.item("");
                self.tally
                    .miss(item, "DISPUTE", (*slot).to_owned(), String::new(), "");
            }
        }
        for slot in &said {
            self.tally.add("dispute_precision", wanted.contains(slot));
            if !wanted.contains(slot) {
                let item = self.item("");
                self.tally
                    .miss(item, "FALSE DISPUTE", String::new(), (*slot).to_owned(), "");
            }
        }
    }

    fn responsibility(&mut self) {
        let event = self.event;
        let said: Vec<BTreeSet<String>> = self
            .dossier
            .claims
            .iter()
            .filter(|claim| matches!(claim.slot, Slot::Responsibility | Slot::Actor))
            .map(|claim| words(&serde_json::to_string(&claim.value).unwrap_or_default()))
            .collect();
        for named in &event.gold.responsibility {
            let who = words(&named.who);
            let right = said.iter().any(|said| shared(said, &who) > 0);
            self.tally.add("responsibility", right);
            if !right {
                let item = self.item("");
                self.tally
                    .miss(item, "RESPONSIBILITY", named.who.clone(), String::new(), "");
            }
        }
    }
}

/// A claim of the dossier.
struct Said<'a> {
    claim: &'a Claim,
    background: bool,
    /// The report's name in the gold.
    report: Option<&'a str>,
    /// Words of its quotes.
    words: BTreeSet<String>,
}

/// How well a claim fits a gold claim that it gives: the greatest fits best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    slot: bool,
    speaker: bool,
    stance: bool,
    shared: usize,
}

impl Said<'_> {
    /// How well it fits; `None` where it does not give the gold claim.
    fn key(&self, gold: &gold::Claim, slot: Option<Slot>, quote: &BTreeSet<String>) -> Option<Key> {
        let slot = slot.filter(|slot| like(self.claim.slot, *slot))?;
        let over = shared(&self.words, quote);
        if over == 0 {
            return None;
        }
        if is_count(slot) {
            if !figure::value_right(&gold.value, &self.claim.value)
                || gold.is_background() != self.background
            {
                return None;
            }
        } else if over < quote.len().min(2) {
            return None;
        }
        Some(Key {
            slot: self.claim.slot == slot,
            speaker: speaker_right(gold, self.claim),
            stance: name_of(self.claim.stance.kind) == gold.stance,
            shared: over,
        })
    }
}

/// Whether the head of the chain is the one that the gold names.
fn speaker_right(gold: &gold::Claim, claim: &Claim) -> bool {
    const NOBODY: &[&str] = &[
        "unnamed",
        "reports",
        "officials",
        "sources",
        "officials said",
    ];
    let (speaker, wanted) = (
        claim.speaker(),
        gold.speaker.first().map_or("", String::as_str),
    );
    if wanted == "outlet" {
        return speaker.kind == model::SpeakerKind::Publisher;
    }
    let said = [
        Some(speaker.name.as_str()),
        speaker.affiliation.as_deref(),
        speaker.party.as_deref(),
    ];
    let said: Vec<&str> = said.into_iter().flatten().collect();
    shared(&words(wanted), &words(&said.join(" "))) > 0
        || (speaker.kind == model::SpeakerKind::Unnamed && NOBODY.contains(&wanted))
}

fn is_count(slot: Slot) -> bool {
    slot.group() == SlotGroup::Counts
}

fn like(a: Slot, b: Slot) -> bool {
    a == b
        || LIKE
            .iter()
            .any(|group| group.contains(&a) && group.contains(&b))
}

/// Whether a verdict is what the gold's word allows.
fn is_verdict(gold: &str, verdict: model::Verdict) -> bool {
    use model::Verdict::{Corroborated, Disputed, Revised, SingleOrigin, Unconfirmed};
    match gold {
        "single" => matches!(verdict, SingleOrigin | Unconfirmed | Corroborated),
        "agreed" => matches!(verdict, Corroborated | SingleOrigin),
        "revised" => matches!(verdict, Revised | Corroborated),
        "disputed" => verdict == Disputed,
        _ => false,
    }
}

/// The printed name of a value of a closed list.
fn name_of(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn range(low: u64, high: Option<u64>) -> String {
    match high {
        Some(high) if high == low => low.to_string(),
        Some(high) => format!("{low}–{high}"),
        None => format!("{low} or more"),
    }
}

fn or_none(n: Option<u64>) -> String {
    n.map_or_else(|| "none".into(), |n| n.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_that_mean_one_thing_are_one() {
        assert!(like(Slot::Held, Slot::Captured) && like(Slot::Killed, Slot::Killed));
        assert!(!like(Slot::Freed, Slot::Held));
    }

    #[test]
    fn verdicts_are_compared_by_what_they_allow() {
        use model::Verdict;
        assert!(is_verdict("revised", Verdict::Corroborated));
        assert!(!is_verdict("disputed", Verdict::Corroborated));
        assert_eq!(name_of(Verdict::SingleOrigin), "single-origin");
    }

    #[test]
    fn a_fit_of_slot_outweighs_all_else() {
        let key = |slot, speaker, stance, shared| Key {
            slot,
            speaker,
            stance,
            shared,
        };
        assert!(key(true, false, false, 1) > key(false, true, true, 9));
        assert!(key(true, true, false, 1) > key(true, false, true, 9));
    }
}
