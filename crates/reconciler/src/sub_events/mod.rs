//! The parts of an incident that goes on for more than one day: a siege, then the fighting around it, then a manhunt.
//!
//! Comes in: the ledger of one incident and the day it is dated to. Goes out: its parts in order of time, each with the
//! sentences that tell it, their claims, and the findings on these claims alone; and the sum of the parts' tolls where
//! nobody states a total. A day is a part only where one report tells of violence on two days or more: two reports that
//! differ about the day of a shooting make no parts, nor does a death of wounds or an arrest on the day after. Knows
//! nothing of words: a claim belongs to a part when its own sentence names the day, and which day a sentence names the
//! reading says.

mod build;
mod days;
mod sums;
mod telling;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::{AccountId, AccountKind, ClaimId, Part, PartSum, Slot, StanceKind, Value, When};

use crate::ledger::{Entry, Ledger};
use build::part;
use days::{dated, is_day, known, meant};
use telling::{Telling, sentence};

/// Parts of one incident.
const MOST: usize = 40;
/// What is found.
#[derive(Default)]
pub struct Found {
    /// The parts.
    pub parts: Vec<Part>,
    /// Their tolls added.
    pub sums: Vec<PartSum>,
}

/// A report and a sentence of it.
type At = (usize, usize);

/// What a part is gathered in.
type Days = BTreeMap<Date, Vec<Telling>>;

/// Finds the parts of the incident that is dated to `day`.
pub fn find(ledger: &Ledger<'_>, day: Option<&When>) -> Found {
    let Some(day) = day.filter(|day| is_day(day)).map(When::date) else {
        return Found::default();
    };
    let known = known(ledger, day);
    let kinds: BTreeMap<&AccountId, AccountKind> = ledger
        .readings
        .iter()
        .flat_map(|reading| &reading.accounts)
        .map(|account| (&account.id, account.kind))
        .collect();
    let at: Vec<Option<(usize, usize)>> = ledger
        .entries
        .iter()
        .map(|entry| {
            let quote = entry.claim.quotes.first()?;
            let reading = ledger.readings[entry.report];
            let start = reading.text.span_of(quote)?.start();
            Some((reading.sentences.holding(start)?, start))
        })
        .collect();
    let days = tell(ledger, &known, &at, &kinds);
    // A report that tells of violence on two days or more says that they are two.
    let mut told_by: BTreeMap<usize, BTreeSet<Date>> = BTreeMap::new();
    for (date, tellings) in &days {
        for telling in tellings.iter().filter(|it| weighty(ledger, it)) {
            told_by.entry(telling.report).or_default().insert(*date);
        }
    }
    let apart: BTreeSet<Date> = told_by
        .values()
        .filter(|dates| dates.len() > 1)
        .flatten()
        .copied()
        .collect();
    let mut gathered: Vec<(Option<Date>, Vec<Telling>)> = days
        .into_iter()
        .filter(|(date, _)| apart.contains(date) || *date == day)
        .map(|(date, tellings)| (Some(date), tellings))
        .take(MOST)
        .collect();
    if !goes_on(ledger, &gathered) {
        gathered.retain(|(date, _)| *date == Some(day));
    }
    if gathered.len() < 2 {
        let going_on = going_on(ledger, &at, &kinds);
        if gathered.is_empty() || going_on.is_empty() {
            return Found::default();
        }
        gathered.push((None, going_on));
    }
    whole(ledger, &mut gathered);
    let several = gathered.iter().filter(|(date, _)| date.is_some()).count() > 1;
    let parts: Vec<Part> = gathered
        .iter()
        .map(|(date, tellings)| part(ledger, *date, several, tellings))
        .collect();
    let sums = sums::sums(ledger, &parts, &at);
    Found { parts, sums }
}

/// Tells each entry the part that it belongs to: figures of two days count different people.
pub fn assign(ledger: &mut Ledger<'_>, parts: &[Part]) {
    let mut of: BTreeMap<&ClaimId, Option<usize>> = BTreeMap::new();
    for (at, part) in parts
        .iter()
        .enumerate()
        .filter(|(_, part)| part.when.is_some())
    {
        for id in &part.claims {
            of.entry(id)
                .and_modify(|known| *known = None)
                .or_insert(Some(at));
        }
    }
    for entry in &mut ledger.entries {
        entry.part = of.get(&entry.claim.id).copied().flatten();
    }
}

/// The sentences that put something on one of the days, by day.
fn tell(
    ledger: &Ledger<'_>,
    known: &[Date],
    at: &[Option<(usize, usize)>],
    accounts: &BTreeMap<&AccountId, AccountKind>,
) -> Days {
    // Report and sentence → the days named in it, each with where; and the entries.
    let mut named: BTreeMap<At, Vec<(usize, Date, bool)>> = BTreeMap::new();
    // Bytes for which a claim speaks: the words of a day in them name the claim's day.
    let mut covered: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (entry, at) in ledger.entries.iter().zip(at) {
        if let (Some(date), Some((sentence, start))) = (dated(ledger, entry), at)
            && known.contains(&date)
        {
            // The words of the day close the quote as often as they open it.
            let long = entry.words().len();
            let here = named.entry((entry.report, *sentence)).or_default();
            here.push((start + long / 2, date, true));
            covered
                .entry((entry.report, *sentence))
                .or_default()
                .push((*start, start + long));
        }
    }
    for (report, reading) in ledger.readings.iter().enumerate() {
        let printed = reading.report.published.as_ref().map(When::date);
        for (sentence, it) in reading.sentences.all.iter().enumerate() {
            let named_here = it.days.iter();
            let found = named_here.filter_map(|it| Some((it.at, meant(it.day, known, printed)?)));
            for (start, date) in found {
                let spoken = covered.get(&(report, sentence)).into_iter().flatten();
                if spoken
                    .into_iter()
                    .any(|(from, to)| (*from..*to).contains(&start))
                {
                    continue;
                }
                let here = named.entry((report, sentence)).or_default();
                if !here.iter().any(|(_, had, _)| *had == date) {
                    here.push((start, date, false));
                }
            }
        }
    }
    let mut of: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (i, (entry, at)) in ledger.entries.iter().zip(at).enumerate() {
        if let Some((sentence, start)) = at
            && belongs(entry, accounts)
        {
            of.entry((entry.report, *sentence))
                .or_default()
                .push((i, *start));
        }
    }
    let mut days = Days::new();
    for ((report, sentence), here) in named {
        let nearest = |start: usize| {
            let all = here.iter();
            all.min_by_key(|(at, date, _)| (at.abs_diff(start), *date))
                .map(|(_, date, _)| *date)
        };
        let said = telling::sentence(ledger, report, sentence);
        for (start, date, dated) in &here {
            let entries = of.get(&(report, sentence)).into_iter().flatten();
            let telling = Telling {
                report,
                sentence,
                entries: entries
                    .filter(
                        |(i, start)| match days::dated(ledger, &ledger.entries[*i]) {
                            Some(own) => own == *date,
                            None => nearest(*start) == Some(*date),
                        },
                    )
                    .map(|(i, _)| *i)
                    .collect(),
                violence: said
                    .violence
                    .iter()
                    .filter(|it| nearest(it.span.start()) == Some(*date))
                    .copied()
                    .collect(),
                day: Some(*start),
                kept: said.of_part && !said.of_whole,
                dated: *dated,
            };
            let all = days.entry(*date).or_default();
            let had = all
                .iter_mut()
                .find(|it: &&mut Telling| (it.report, it.sentence) == (report, sentence));
            match had {
                Some(had) => had.dated |= *dated,
                None if *dated || weighty(ledger, &telling) => all.push(telling),
                None => {}
            }
        }
    }
    days.retain(|_, tellings| !tellings.is_empty());
    days
}

/// Whether a claim may belong to a part: it is of what the report is about, or a figure that the report tells beside
/// its toll.
fn belongs(entry: &Entry<'_>, accounts: &BTreeMap<&AccountId, AccountKind>) -> bool {
    let beside = entry.claim.slot.spec().toll
        && accounts.get(&entry.claim.account) == Some(&AccountKind::Background);
    entry.main && entry.claim.slot != Slot::Background || beside
}

/// Whether a sentence tells of violence on its day, or of an end of it.
fn weighty(ledger: &Ledger<'_>, telling: &Telling) -> bool {
    let by_claim = telling.entries.iter().any(|i| {
        let entry = &ledger.entries[*i];
        entry.claim.slot.spec().marks_day && !entry.denied()
            || telling.kept && entry.claim.slot.spec().toll
    });
    !telling.violence.is_empty() || by_claim
}

/// Whether something in these sentences goes on from day to day: a siege, fighting, a place taken, people held, or
/// figures told day by day.
fn goes_on(ledger: &Ledger<'_>, gathered: &[(Option<Date>, Vec<Telling>)]) -> bool {
    let mut all = gathered.iter().flat_map(|(_, tellings)| tellings);
    all.any(|telling| {
        let mut entries = telling.entries.iter();
        let held = entries.any(|i| ledger.entries[*i].claim.slot.spec().goes_on);
        held || telling.violence.iter().any(|it| it.kind.lasts())
    })
}

/// The sentences that say that arms are still at work.
fn going_on(
    ledger: &Ledger<'_>,
    at: &[Option<(usize, usize)>],
    accounts: &BTreeMap<&AccountId, AccountKind>,
) -> Vec<Telling> {
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (entry, at) in ledger.entries.iter().zip(at) {
        let status = entry.main && entry.claim.slot == Slot::Status;
        let ongoing = matches!(&entry.claim.value, Value::Kind { code, .. } if code == "ongoing");
        if let Some((sentence, _)) = at
            && status
            && ongoing
            && !matches!(entry.claim.stance.kind, StanceKind::Denied)
            && ledger.readings[entry.report]
                .sentences
                .fights
                .contains(&entry.claim.id)
        {
            found.insert((entry.report, *sentence));
        }
    }
    let mut of: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (i, (entry, at)) in ledger.entries.iter().zip(at).enumerate() {
        if let Some((sentence, _)) = at
            && found.contains(&(entry.report, *sentence))
            && belongs(entry, accounts)
        {
            of.entry((entry.report, *sentence)).or_default().push(i);
        }
    }
    found
        .into_iter()
        .map(|(report, sentence)| Telling {
            report,
            sentence,
            entries: of.remove(&(report, sentence)).unwrap_or_default(),
            violence: telling::sentence(ledger, report, sentence).violence.clone(),
            day: None,
            kept: false,
            dated: false,
        })
        .collect()
}

/// Takes from the parts the figures that count the whole incident: those that say so ("has left 19 dead", "so far"),
/// and those of a report that was printed when the last part had begun and gives figures to one part only, unless its
/// words keep them there ("on the first day", "seven more").
fn whole(ledger: &Ledger<'_>, gathered: &mut [(Option<Date>, Vec<Telling>)]) {
    let last = gathered.iter().filter_map(|(date, _)| *date).max();
    let mut counted: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let counts = |i: &usize| ledger.entries[*i].claim.slot.spec().toll;
    for (at, (_, tellings)) in gathered.iter().enumerate() {
        for telling in tellings.iter().filter(|it| it.entries.iter().any(counts)) {
            counted.entry(telling.report).or_default().insert(at);
        }
    }
    for telling in gathered.iter_mut().flat_map(|(_, tellings)| tellings) {
        let reading = ledger.readings[telling.report];
        let said = sentence(ledger, telling.report, telling.sentence);
        let printed = reading.report.published.as_ref().map(When::date);
        let late = printed.is_none_or(|printed| last.is_none_or(|last| printed >= last));
        let alone = counted
            .get(&telling.report)
            .is_some_and(|parts| parts.len() == 1);
        if said.of_whole || late && alone && !said.of_part {
            telling.entries.retain(|i| !counts(i));
        }
    }
}
