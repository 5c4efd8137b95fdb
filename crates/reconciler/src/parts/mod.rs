//! The parts of an incident that goes on for more than one day: a siege, then the fighting around it, then a manhunt.
//!
//! Comes in: the ledger of one incident and the day it is dated to. Goes out: its parts in order of time, each with the
//! sentences that tell it, their claims, and the findings on these claims alone; and the sum of the parts' tolls where
//! nobody states a total. A day is a part only where one report tells of violence on two days or more: two reports that
//! differ about the day of a shooting make no parts, nor does a death of wounds or an arrest on the day after. Knows
//! nothing of words: a claim belongs to a part when its own sentence names the day, and which day a sentence names the
//! reading says.

mod sums;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::{
    AccountId, AccountKind, Basis, ClaimId, NamedDay, Part, PartSum, PlacePrecision, Sentence,
    Slot, StanceKind, Value, Violence, ViolenceKind, When, WhenPrecision,
};

use crate::{
    ledger::{Entry, Ledger},
    reconcile,
};

/// Days without anything told after which an incident has ended.
const GAP: i64 = 7;
/// Parts of one incident.
const MOST: usize = 40;
/// Sentences quoted for a part.
const QUOTED: usize = 6;

/// What is found.
#[derive(Default)]
pub struct Found {
    /// The parts.
    pub parts: Vec<Part>,
    /// Their tolls added.
    pub sums: Vec<PartSum>,
}

/// One sentence that tells of a part.
struct Telling {
    report: usize,
    sentence: usize,
    /// Entries of the sentence that stand nearest to the part's day.
    entries: Vec<usize>,
    /// The byte at which the day is named.
    day: Option<usize>,
    /// The violence that it names.
    violence: Vec<Violence>,
    /// Whether its words keep its figures to a part: "on the first day".
    kept: bool,
    /// Whether a claim of the reader dates something here.
    dated: bool,
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

/// The days that main accounts date something to, as long as none is far from the next, about the incident's own.
fn known(ledger: &Ledger<'_>, day: Date) -> Vec<Date> {
    let all: BTreeSet<Date> = ledger
        .entries
        .iter()
        .filter_map(|entry| dated(ledger, entry))
        .chain([day])
        .collect();
    let near = |a: &Date, b: &Date| {
        a.until(*b)
            .is_ok_and(|span| i64::from(span.get_days()).abs() <= GAP)
    };
    let mut out = vec![day];
    for date in all.range(day..).skip(1) {
        if out.last().is_some_and(|last| near(last, date)) {
            out.push(*date);
        } else {
            break;
        }
    }
    for date in all.range(..day).rev() {
        if near(date, &out[0]) {
            out.insert(0, *date);
        } else {
            break;
        }
    }
    out
}

/// The day that an entry dates something to, in words.
fn dated(ledger: &Ledger<'_>, entry: &Entry<'_>) -> Option<Date> {
    let said = entry.main && entry.claim.slot == Slot::When && !entry.denied();
    match &entry.claim.value {
        Value::When(when)
            if said
                && is_day(when)
                && entry.claim.evidence.basis != Basis::Publication
                && !bounds(ledger, entry) =>
        {
            Some(when.date())
        }
        _ => None,
    }
}

/// Whether the words of an entry only bound a time.
fn bounds(ledger: &Ledger<'_>, entry: &Entry<'_>) -> bool {
    let sentences = &ledger.readings[entry.report].sentences;
    sentences.bounds.contains(&entry.claim.id)
}

/// The known day that words name, if any does. `published` is the report's first day in print; a bare weekday means the
/// last one before it.
fn meant(day: NamedDay, known: &[Date], published: Option<Date>) -> Option<Date> {
    match day {
        NamedDay::Weekday(weekday) => {
            let fits = |day: &&Date| {
                day.weekday().to_monday_one_offset() == weekday
                    && published.is_none_or(|printed| {
                        **day <= printed && day.saturating_add(jiff::Span::new().days(6)) >= printed
                    })
            };
            let mut found = known.iter().filter(fits);
            found.next().filter(|_| found.next().is_none()).copied()
        }
        NamedDay::Date(month, day) => {
            let same = |it: &&Date| it.month() == month && it.day() == day;
            known.iter().find(same).copied()
        }
        NamedDay::Nth(nth) => {
            let after = jiff::Span::new().days(i64::from(nth) - 1);
            let day = known.first()?.saturating_add(after);
            known.contains(&day).then_some(day)
        }
    }
}

fn is_day(when: &When) -> bool {
    matches!(
        when.precision,
        WhenPrecision::Day | WhenPrecision::PartOfDay | WhenPrecision::Hour | WhenPrecision::Minute
    )
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
        let said = self::sentence(ledger, report, sentence);
        for (start, date, dated) in &here {
            let entries = of.get(&(report, sentence)).into_iter().flatten();
            let telling = Telling {
                report,
                sentence,
                entries: entries
                    .filter(
                        |(i, start)| match self::dated(ledger, &ledger.entries[*i]) {
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

fn sentence<'a>(ledger: &Ledger<'a>, report: usize, at: usize) -> &'a Sentence {
    &ledger.readings[report].sentences.all[at]
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
            violence: self::sentence(ledger, report, sentence).violence.clone(),
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

/// Makes the part that these sentences tell.
fn part(ledger: &Ledger<'_>, date: Option<Date>, several: bool, tellings: &[Telling]) -> Part {
    let mut entries: Vec<usize> = tellings
        .iter()
        .flat_map(|it| it.entries.iter().copied())
        .collect();
    entries.sort_unstable();
    entries.dedup();
    let mut letters: Vec<String> = Vec::new();
    for telling in tellings {
        let letter = ledger.letter(telling.report);
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    let by = match letters.as_slice() {
        [one] => format!("report {one} puts"),
        [first @ .., last] => format!("reports {} and {last} put", first.join(", ")),
        [] => "no report puts".to_owned(),
    };
    let when = date.map(|date| stated(ledger, date, &entries));
    let event = event(ledger, tellings, &entries);
    let place = place(ledger, &entries);
    let why = match &when {
        Some(when) if several => {
            format!(
                "{by} something on {}, apart from the other days",
                when.label()
            )
        }
        Some(when) => format!(
            "{by} something on {}; what was still going on later is told apart",
            when.label()
        ),
        None => format!("{by} it after what is dated: it was still going on when it was told"),
    };
    let label = when
        .as_ref()
        .map_or_else(|| "Going on as reported".to_owned(), When::label);
    let mut title = label;
    if let Some(Value::Kind { code, .. }) = &event {
        title.push_str(&format!(": {}", code.replace('_', " ")));
    }
    if let Some(Value::Place(place)) = &place {
        let put = if place.site.is_some() { "at" } else { "in" };
        title.push_str(&format!(" {put} {}", place.label()));
    }
    Part {
        title,
        when,
        event,
        place,
        why,
        quotes: tellings
            .iter()
            .take(QUOTED)
            .map(|telling| {
                let text = &ledger.readings[telling.report].text;
                text.quote(sentence(ledger, telling.report, telling.sentence).span)
            })
            .collect(),
        findings: findings(ledger, &entries),
        claims: entries
            .iter()
            .map(|&i| ledger.entries[i].claim.id.clone())
            .collect(),
    }
}

/// The day as the first claim that dates the part has it; else the day itself, in nobody's words.
fn stated(ledger: &Ledger<'_>, date: Date, entries: &[usize]) -> When {
    let mut own = entries
        .iter()
        .filter_map(|&i| match &ledger.entries[i].claim.value {
            Value::When(when) if dated(ledger, &ledger.entries[i]) == Some(date) => {
                Some(when.words.clone())
            }
            _ => None,
        });
    let words = own.next().unwrap_or_default();
    When::day(date, words, "the day that its sentences name")
}

/// The kind that most of the sentences name; of equals the one that says most, then the first told. Claims of events
/// are heard first.
fn event(ledger: &Ledger<'_>, tellings: &[Telling], entries: &[usize]) -> Option<Value> {
    let claimed = entries.iter().find_map(|&i| {
        let claim = ledger.entries[i].claim;
        (claim.slot == Slot::Event && !ledger.entries[i].denied()).then(|| claim.value.clone())
    });
    if claimed.is_some() {
        return claimed;
    }
    let mut votes: BTreeMap<ViolenceKind, (usize, String)> = BTreeMap::new();
    for telling in tellings {
        let text = &ledger.readings[telling.report].text;
        // What stands nearest to the day is what happened on it; that people were killed says least.
        let near = telling
            .violence
            .iter()
            .filter(|it| it.kind != ViolenceKind::Killing)
            .min_by_key(|it| {
                (
                    telling.day.map(|day| day.abs_diff(it.span.start())),
                    it.kind,
                )
            });
        for told in &telling.violence {
            let words = text.slice(told.span).to_owned();
            let weight = if near == Some(told) { 3 } else { 1 };
            votes.entry(told.kind).or_insert((0, words)).0 += weight;
        }
    }
    if let Some((kind, (_, words))) = votes
        .into_iter()
        .min_by_key(|(kind, (n, _))| (std::cmp::Reverse(*n), *kind))
    {
        return Some(Value::Kind {
            code: kind.code().to_owned(),
            words,
        });
    }
    entries.iter().find_map(|&i| {
        let claim = ledger.entries[i].claim;
        (claim.slot == Slot::Status).then(|| claim.value.clone())
    })
}

/// The finest place that its claims give; of equals the first told.
fn place(ledger: &Ledger<'_>, entries: &[usize]) -> Option<Value> {
    let places = entries.iter().filter_map(|&i| {
        let entry = &ledger.entries[i];
        match &entry.claim.value {
            Value::Place(place) if entry.claim.slot == Slot::Where && !entry.denied() => {
                Some((place.precision, &entry.claim.value))
            }
            _ => None,
        }
    });
    places
        .filter(|(precision, _)| *precision != PlacePrecision::Country)
        .min_by_key(|(precision, _)| *precision)
        .map(|(_, value)| value.clone())
}

/// What stands on these claims alone.
fn findings(ledger: &Ledger<'_>, entries: &[usize]) -> Vec<model::Finding> {
    let own = Ledger {
        readings: ledger.readings.clone(),
        entries: entries
            .iter()
            .map(|&i| {
                let entry = &ledger.entries[i];
                Entry {
                    claim: entry.claim,
                    report: entry.report,
                    main: true,
                    scope: entry.scope.clone(),
                    moment: entry.moment,
                    part: None,
                    origin: entry.origin,
                }
            })
            .collect(),
        names: ledger.names.clone(),
        voices: ledger.voices.clone(),
    };
    reconcile::reconcile(&own).0
}
