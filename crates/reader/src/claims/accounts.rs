//! Which event a claim belongs to: the report's own, or another it mentions.
//!
//! A claim goes to another account when its clause is dated well before the report's main event ("the 2015 attack
//! killed 30"), or counts over a period ("since January", "so far this year"). Everything else is the report's own.

use model::{Account, AccountId, AccountKind, Basis, Claim};

use super::{
    draft::{Draft, Other},
    other::{APART_DAYS, other_event, years_before},
    passes::Passes,
};

/// The year of the report's main event, else the latest year it names.
pub fn main_event_year(cx: &Passes<'_>) -> Option<i16> {
    cx.main_event_day()
        .map(|when| when.date().year())
        .or_else(|| {
            let years = cx.read.times.iter().filter_map(|time| time.when.as_ref());
            years.map(|when| when.date().year()).max()
        })
}

/// Sorts drafts into accounts; `finish` turns a draft into a claim of the account given.
pub fn sort(
    cx: &Passes<'_>,
    drafts: Vec<Draft>,
    finish: impl Fn(Draft, &AccountId) -> Claim,
) -> Vec<Account> {
    let id = |number: usize| Account::id_of(&cx.report.id, number);
    let mut out = vec![Account {
        id: id(0),
        report: cx.report.id.clone(),
        kind: AccountKind::Main,
        label: String::new(),
        claims: Vec::new(),
    }];
    let mut told: Vec<Option<Other>> = vec![None];
    for draft in drafts {
        let other = draft.other.clone().or_else(|| {
            // `report_toll` has settled of which event a toll is, and the ranker chose the town of the report's
            // own.
            (!draft.judged && !draft.rests_on(Basis::ReportToll) && !draft.of_main_event)
                .then(|| other_event(cx, draft.slot, draft.anchor))
                .flatten()
        });
        let at = match other {
            None => 0,
            Some(other) => match told.iter().position(|known| known.as_ref() == Some(&other)) {
                Some(at) => at,
                None => {
                    let (kind, label) = describe(cx, &other);
                    out.push(Account {
                        id: id(out.len()),
                        report: cx.report.id.clone(),
                        kind,
                        label,
                        claims: Vec::new(),
                    });
                    told.push(Some(other));
                    out.len() - 1
                }
            },
        };
        let account = out[at].id.clone();
        out[at].claims.push(finish(draft, &account));
    }
    out.retain(|account| !account.claims.is_empty());
    out
}

/// The kind of the account of another event, and a few words of the report for it.
fn describe(cx: &Passes<'_>, other: &Other) -> (AccountKind, String) {
    match other {
        Other::Period(words) => (AccountKind::Period, words.clone()),
        Other::Older(words) => (AccountKind::Background, words.clone()),
        Other::Segment(number) => {
            let segment = cx.segments().all.get(*number);
            let words = segment.map_or("", |segment| cx.doc.slice(segment.words.clone()));
            let day = segment.and_then(|segment| cx.read.times.get(segment.day?)?.when.as_ref());
            let older = match (day, cx.main_event_day()) {
                (Some(when), Some(own)) => (own.date() - when.date()).get_days() > APART_DAYS,
                // "The 1997 shooting", which names no day.
                (None, Some(own)) => segment.is_some_and(|segment| {
                    let mut times = cx.times_in_sentence(segment.first);
                    times.any(|time| {
                        let when = time.when.as_ref();
                        when.is_some_and(|when| years_before(when, own))
                    })
                }),
                _ => false,
            };
            let kind = if older {
                AccountKind::Background
            } else {
                AccountKind::Further
            };
            (kind, words.to_owned())
        }
    }
}
