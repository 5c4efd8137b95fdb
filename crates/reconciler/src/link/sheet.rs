//! What linking needs of a report, or of one of several happenings that it tells of, apart from everything else that
//! was read: so little that a hundred thousand fit in memory.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::{
    Account, AccountId, AccountKind, Basis, BlockKind, Count, Place, PlacePrecision, Reading,
    ReportId, Slot, SlotGroup, Span, TextId, Value, When, WhenPrecision,
};
use serde::{Deserialize, Serialize};

/// Bytes of running text that are looked at: what a report is about stands in its first few pages.
const TEXT: usize = 5_000;
/// Happenings looked at besides the one that a report is about: more are an archive.
const PARTS: usize = 100;
/// Values kept of one slot: more is a list of incidents, not one.
const VALUES: usize = 12;

/// A report as the linker sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The report.
    pub id: ReportId,
    /// Its text.
    pub text: TextId,
    /// The account, where it is not what the report is about but something else that it tells as news.
    pub account: Option<AccountId>,
    /// Day of publication, counted from 1970; `None` when unknown or known to the month only.
    pub published: Option<i32>,
    /// Headline; empty when unknown.
    pub title: String,
    /// Words of the address: the path without host and archive prefix.
    pub address: String,
    /// Running text, a block a line.
    pub body: String,
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
    /// The report's own words for it.
    pub words: String,
}

impl Sheet {
    /// Takes what linking needs from a reading: of what the report is about, and of each other happening that it tells
    /// as news and puts at a place that is known.
    pub fn all(reading: &Reading) -> Vec<Self> {
        let mut out = vec![Self::of(reading)];
        let further = |account: &&Account| account.kind == AccountKind::Further;
        let passages = Passages::of(reading);
        for account in reading.accounts.iter().filter(further).take(PARTS) {
            let mut sheet = Self::empty(reading);
            sheet.account = Some(account.id.clone());
            sheet.body = passages.body(reading, account);
            sheet.take(account);
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
            let placed = sheet
                .places
                .iter()
                .any(|spot| !spot.town.is_empty() && known(spot));
            // A place or a day that is named beside says nothing of what happened there.
            let told = account
                .claims
                .iter()
                .any(|claim| claim.slot.group() == SlotGroup::Counts || claim.slot == Slot::Event);
            if told && placed {
                out.push(sheet);
            }
        }
        out
    }

    /// Takes what linking needs of what the report is about.
    pub fn of(reading: &Reading) -> Self {
        let report = &reading.report;
        let mut sheet = Self::empty(reading);
        sheet.title = report.title.clone().unwrap_or_default();
        sheet.address = report.url.as_deref().map(path).unwrap_or_default();
        sheet.body = body(reading);
        if let Some(account) = reading.main() {
            sheet.take(account);
        }
        sheet
    }

    fn empty(reading: &Reading) -> Self {
        let report = &reading.report;
        Self {
            id: report.id.clone(),
            text: reading.text.id().clone(),
            account: None,
            published: report.published.as_ref().and_then(published),
            title: String::new(),
            address: String::new(),
            body: String::new(),
            days: Vec::new(),
            places: Vec::new(),
            killed: Vec::new(),
            injured: Vec::new(),
            kinds: BTreeSet::new(),
        }
    }

    fn take(&mut self, account: &Account) {
        let sheet = self;
        for claim in &account.claims {
            match (&claim.value, claim.slot) {
                (Value::When(when), Slot::When) => add(&mut sheet.days, days(when)),
                (Value::Place(place), Slot::Where) => {
                    add(&mut sheet.places, Spot::of(place));
                }
                (Value::Count(count), Slot::Killed) if claim.scope.is_all() => {
                    add(&mut sheet.killed, range(count));
                }
                (Value::Count(count), Slot::Injured) if claim.scope.is_all() => {
                    add(&mut sheet.injured, range(count));
                }
                (Value::Kind { code, .. }, Slot::Event)
                | (Value::Thing { code, .. }, Slot::Means) => {
                    sheet.kinds.insert(code.clone());
                }
                _ => {}
            }
        }
    }
}

/// Where the claims of each account stand.
struct Passages {
    /// Blocks in order, each with the accounts that speak in it, at most two: more than one is all that matters.
    blocks: Vec<(Span, Vec<usize>)>,
}

impl Passages {
    fn of(reading: &Reading) -> Self {
        let mut out = Self {
            blocks: reading
                .text
                .blocks()
                .iter()
                .map(|block| (block.span, Vec::new()))
                .collect(),
        };
        if out.blocks.is_empty() {
            let all = Span::new(0, reading.text.as_str().len());
            out.blocks.push((all, Vec::new()));
        }
        for (at, account) in reading.accounts.iter().enumerate() {
            for span in spans(reading, account) {
                if let Some(block) = out.block(span) {
                    let heard = &mut out.blocks[block].1;
                    if heard.len() < 2 && !heard.contains(&at) {
                        heard.push(at);
                    }
                }
            }
        }
        out
    }

    fn block(&self, span: Span) -> Option<usize> {
        let after = self
            .blocks
            .partition_point(|(block, _)| block.start() <= span.start());
        after.checked_sub(1)
    }

    /// The words of an account: the blocks in which it alone speaks, and of the others the sentences from its first
    /// claim to its last.
    fn body(&self, reading: &Reading, account: &Account) -> String {
        let text = reading.text.as_str();
        let mut own: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for span in spans(reading, account) {
            if let Some(block) = self.block(span) {
                let held = own.entry(block).or_insert((span.start(), span.end()));
                *held = (held.0.min(span.start()), held.1.max(span.end()));
            }
        }
        let mut out = String::new();
        for (block, (first, last)) in own {
            let (span, heard) = &self.blocks[block];
            let (mut from, mut to) = (span.start(), span.end());
            if heard.len() > 1 {
                let before = &text[from..first];
                from += before.rfind(". ").map_or(0, |at| at + 2);
                let after = &text[last..to.max(last)];
                to = last + after.find(". ").map_or(after.len(), |at| at + 1);
            }
            if out.len() + to.saturating_sub(from) <= TEXT {
                out.push_str(&text[from..to]);
                out.push('\n');
            }
        }
        out
    }
}

/// Where the words of an account's claims stand.
fn spans<'a>(reading: &'a Reading, account: &'a Account) -> impl Iterator<Item = Span> + 'a {
    let quotes = account.claims.iter().flat_map(|claim| &claim.quotes);
    quotes.filter_map(|quote| reading.text.span_of(quote))
}

impl Spot {
    fn of(place: &Place) -> Self {
        let town = match place.precision {
            PlacePrecision::Region | PlacePrecision::District | PlacePrecision::Country => {
                String::new()
            }
            PlacePrecision::City | PlacePrecision::Unresolved => place.name.to_lowercase(),
            _ => place
                .parts
                .first()
                .map(|part| part.to_lowercase())
                .unwrap_or_default(),
        };
        let mut parts: Vec<String> = place.parts.iter().map(|part| part.to_lowercase()).collect();
        if town.is_empty() {
            parts.insert(0, place.name.to_lowercase());
        }
        Self {
            town,
            parts,
            point: place.lat.zip(place.lon),
            radius_m: place.radius_m.map_or(0.0, f64::from),
            words: place.words.clone(),
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

/// The path of an address: what follows the host of the last address in it (an archive's address holds another).
fn path(url: &str) -> String {
    let inner = url.rfind("://").map_or(url, |at| &url[at + 3..]);
    let path = inner.split_once('/').map_or("", |(_, path)| path);
    path.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// The blocks that are no page furniture, a line each, cut at [`TEXT`] bytes.
fn body(reading: &Reading) -> String {
    let text = &reading.text;
    let mut out = String::new();
    let mut add = |words: &str| {
        if out.len() < TEXT {
            let left = (TEXT - out.len()).min(words.len());
            let mut end = left;
            while !words.is_char_boundary(end) {
                end -= 1;
            }
            out.push_str(&words[..end]);
            out.push('\n');
        }
    };
    if text.blocks().is_empty() {
        add(text.as_str());
    }
    for block in text.blocks() {
        if !matches!(block.kind, BlockKind::Boilerplate | BlockKind::Title) {
            add(text.slice(block.span));
        }
    }
    out
}
