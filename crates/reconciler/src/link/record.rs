//! What linking needs of a report, or of one of several happenings that it tells of, apart from everything else that
//! was read: so little that a hundred thousand fit in memory.

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::Date;
use model::{
    Account, AccountId, AccountKind, Basis, Count, Keys, LinkingWords, Place, PlacePrecision,
    Reading, ReportId, Slot, SlotGroup, TextId, Value, When, WhenPrecision,
};
use serde::{Deserialize, Serialize};

/// Happenings looked at besides the one that a report is about: more are an archive.
const PARTS: usize = 100;
/// Values kept of one slot: more is a list of incidents, not one.
const VALUES: usize = 12;

/// A report as the linker sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkingRecord {
    /// The report.
    pub id: ReportId,
    /// Its text.
    pub text: TextId,
    /// The account, where it is not what the report is about but something else that it tells as news.
    pub account: Option<AccountId>,
    /// Day of publication, counted from 1970; `None` when unknown or known to the month only.
    pub published: Option<i32>,
    /// Its words, which copies of the record share: they are most of it.
    pub words: Arc<LinkingWords>,
    /// Days on which the account says that it happened, first and last, counted from 1970.
    pub days: Vec<(i32, i32)>,
    /// Places where the account says that it happened.
    pub places: Vec<Spot>,
    /// Figures for everybody killed and injured, as ranges.
    pub killed: Vec<(u64, u64)>,
    /// See `killed`.
    pub injured: Vec<(u64, u64)>,
    /// Codes of what happened and with what.
    pub kinds: BTreeSet<String>,
}

/// A place as the linker compares it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// Town, in lower case; empty for a region or country.
    pub town: String,
    /// What holds it, in lower case, innermost first; a region or country itself where there is no town.
    pub parts: Vec<String>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// Metres within which it lies.
    pub radius_m: f64,
    /// Hashes of the words of the town, of what holds it, and of the report's own words for it that have a capital.
    #[serde(default)]
    pub town_words: Vec<u64>,
    /// See `town_words`.
    #[serde(default)]
    pub holding_words: Vec<u64>,
    /// See `town_words`.
    #[serde(default)]
    pub own_words: Vec<u64>,
}

/// What a record is of: the report, its text, and the account where that is not what the report is about.
pub type Key = (ReportId, TextId, Option<AccountId>);

impl LinkingRecord {
    /// What it is of.
    pub fn key(&self) -> Key {
        (self.id.clone(), self.text.clone(), self.account.clone())
    }

    /// Takes what linking needs from a reading: of what the report is about, and of each other happening that it tells
    /// as news and puts at a place that is known.
    pub fn all(reading: &Reading) -> Vec<Self> {
        let mut out = vec![Self::of(reading)];
        let further = |account: &&Account| account.kind == AccountKind::Further;
        for account in reading.accounts.iter().filter(further).take(PARTS) {
            let mut record = Self::empty(reading);
            record.account = Some(account.id.clone());
            let words = reading.keys.passages.get(&account.id);
            record.words = words.cloned().map(Arc::new).unwrap_or_default();
            record.take(account, &reading.keys);
            // A town of no list may be any capitalised word, unless the report is about it or goes from one such place
            // to the next.
            let ground = account
                .claims
                .iter()
                .any(|claim| claim.evidence.basis == Basis::Settlement);
            let known = |spot: &Spot| {
                ground
                    || spot.point.is_some()
                    || out[0].places.iter().any(|own| own.town == spot.town)
            };
            let placed = record
                .places
                .iter()
                .any(|spot| !spot.town.is_empty() && known(spot));
            // A place or a day that is named beside says nothing of what happened there.
            let told = account
                .claims
                .iter()
                .any(|claim| claim.slot.group() == SlotGroup::Counts || claim.slot == Slot::Event);
            if told && placed {
                out.push(record);
            }
        }
        out
    }

    /// Takes what linking needs of what the report is about.
    pub fn of(reading: &Reading) -> Self {
        let mut record = Self::empty(reading);
        record.words = Arc::new(reading.keys.words.clone());
        if let Some(account) = reading.main() {
            record.take(account, &reading.keys);
        }
        record
    }

    fn empty(reading: &Reading) -> Self {
        let report = &reading.report;
        Self {
            id: report.id.clone(),
            text: reading.text.id().clone(),
            account: None,
            published: report.published.as_ref().and_then(published),
            words: Arc::default(),
            days: Vec::new(),
            places: Vec::new(),
            killed: Vec::new(),
            injured: Vec::new(),
            kinds: BTreeSet::new(),
        }
    }

    fn take(&mut self, account: &Account, keys: &Keys) {
        let record = self;
        for claim in &account.claims {
            match (&claim.value, claim.slot) {
                (Value::When(when), Slot::When) => add(&mut record.days, days(when)),
                (Value::Place(place), Slot::Where) => {
                    add(&mut record.places, Spot::of(place, keys));
                }
                (Value::Count(count), Slot::Killed) if claim.scope.is_all() => {
                    add(&mut record.killed, range(count));
                }
                (Value::Count(count), Slot::Injured) if claim.scope.is_all() => {
                    add(&mut record.injured, range(count));
                }
                (Value::Kind { code, .. }, Slot::Event)
                | (Value::Thing { code, .. }, Slot::Means) => {
                    record.kinds.insert(code.clone());
                }
                _ => {}
            }
        }
    }
}

impl Spot {
    /// The words of the place that it puts the happening at, as they may stand in a text: several to be found together.
    pub fn own(&self, named: &[u64]) -> Vec<u64> {
        if self.town.is_empty() {
            return Vec::new();
        }
        let town = &self.town_words;
        let here = |hash: &u64| named.binary_search(hash).is_ok();
        if town.iter().all(here) {
            return town.clone();
        }
        // The text spells it otherwise than the gazetteer.
        let mut words = self.own_words.clone();
        words.retain(|hash| here(hash) && !self.holding_words.contains(hash));
        if words.is_empty() {
            town.clone()
        } else {
            words
        }
    }

    fn of(place: &Place, keys: &Keys) -> Self {
        let town = match place.precision {
            PlacePrecision::Region | PlacePrecision::District | PlacePrecision::Country => None,
            PlacePrecision::City | PlacePrecision::Unresolved => Some(&place.name),
            _ => place.parts.first(),
        };
        let words = |name: &String| keys.places.get(name).map_or(&[][..], |it| &it.all);
        let mut parts: Vec<&String> = place.parts.iter().collect();
        if town.is_none_or(|town| town.is_empty()) {
            parts.insert(0, &place.name);
        }
        Self {
            town: town.map(|town| town.to_lowercase()).unwrap_or_default(),
            town_words: town.map_or(&[][..], words).to_vec(),
            holding_words: parts.iter().flat_map(|part| words(part)).copied().collect(),
            own_words: keys
                .places
                .get(&place.words)
                .map(|it| it.capitals.clone())
                .unwrap_or_default(),
            parts: parts.iter().map(|part| part.to_lowercase()).collect(),
            point: place.lat.zip(place.lon),
            radius_m: place.radius_m.map_or(0.0, f64::from),
        }
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if list.len() < VALUES && !list.contains(&value) {
        list.push(value);
    }
}

fn range(count: &Count) -> (u64, u64) {
    (count.low, count.high.unwrap_or(u64::MAX))
}

/// Day number from 1970; negative before.
pub fn day(date: Date) -> i32 {
    let hours = date.duration_since(Date::constant(1970, 1, 1)).as_hours();
    // A civil date is within ±10,000 years.
    i32::try_from(hours / 24).unwrap_or(i32::MAX)
}

fn days(when: &When) -> (i32, i32) {
    let last = when
        .end
        .checked_sub(jiff::Span::new().nanoseconds(1))
        .unwrap_or(when.end);
    let first = day(when.start.date());
    (first, day(last.date()).max(first))
}

/// The day, where it is known to about a day.
fn published(when: &When) -> Option<i32> {
    let coarse = [
        WhenPrecision::Month,
        WhenPrecision::Season,
        WhenPrecision::Year,
    ];
    (!coarse.contains(&when.precision)).then(|| day(when.date()))
}
