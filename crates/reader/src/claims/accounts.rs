//! Which happening a claim belongs to: the report's own, or another it mentions.
//!
//! A claim goes to another account when its clause is dated well before the report's own happening ("the 2015 attack killed
//! 30"), or counts over a period ("since January", "so far this year"). Everything else is the report's own.

use model::{Account, AccountId, AccountKind, Claim, Slot, SlotGroup, Value, When, WhenPrecision};

use super::{context::Context, draft::Draft};
use crate::read::times::{Time, TimeKind};

/// The year of the report's own happening: of its `when` claims, else of publication, else the latest year it names.
pub fn own_year(cx: &Context<'_>, drafts: &[Draft]) -> Option<i16> {
    own_time(cx, drafts)
        .map(|when| when.date().year())
        .or_else(|| {
            cx.read
                .times
                .iter()
                .filter_map(|time| time.when.as_ref())
                .map(|when| when.date().year())
                .max()
        })
}

/// The time of the report's own happening: its first `when` claim, else publication.
fn own_time(cx: &Context<'_>, drafts: &[Draft]) -> Option<When> {
    drafts
        .iter()
        .filter(|draft| draft.slot == Slot::When)
        .min_by_key(|draft| draft.tokens.start)
        .and_then(|draft| match &draft.value {
            Value::When(when) => Some(when.clone()),
            _ => None,
        })
        .or_else(|| cx.report.published.clone())
}

/// Days by which a dated clause must precede the report's happening to tell of another one.
const APART_DAYS: i32 = 21;

/// Sorts drafts into accounts; `finish` turns a draft into a claim of the account given.
pub fn sort(
    cx: &Context<'_>,
    drafts: Vec<Draft>,
    finish: impl Fn(Draft, &AccountId) -> Claim,
) -> Vec<Account> {
    let own = own_time(cx, &drafts);
    let id = |number: usize| {
        AccountId::of(&[
            cx.report.id.as_str().as_bytes(),
            number.to_string().as_bytes(),
        ])
    };
    let mut out = vec![Account {
        id: id(0),
        report: cx.report.id.clone(),
        kind: AccountKind::Main,
        label: String::new(),
        claims: Vec::new(),
    }];
    for draft in drafts {
        let other = other_happening(cx, &draft, own.as_ref());
        let at = match other {
            None => 0,
            Some(label) => match out.iter().position(|account| account.label == label) {
                Some(at) => at,
                None => {
                    out.push(Account {
                        id: id(out.len()),
                        report: cx.report.id.clone(),
                        kind: AccountKind::Background,
                        label,
                        claims: Vec::new(),
                    });
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

/// The words that date a claim to another happening or a period, or `None` if it is the report's own.
fn other_happening(cx: &Context<'_>, draft: &Draft, own: Option<&When>) -> Option<String> {
    let movable = draft.slot.group() == SlotGroup::Counts
        || matches!(draft.slot, Slot::Means | Slot::Where | Slot::Responsibility);
    if !movable {
        return None;
    }
    let own = own?;
    // People are still held, missing or displaced: how long they have been is no other happening.
    let lasting = matches!(
        draft.slot,
        Slot::Held | Slot::Missing | Slot::Displaced | Slot::AtRisk | Slot::Hostages
    );
    cx.times_in_sentence(draft.anchor)
        .filter(|time| dates(cx, time, draft.anchor))
        .find_map(|time| {
            let when = time.when.as_ref()?;
            if time.kind == TimeKind::Set || time.kind == TimeKind::Duration || lasting {
                return None;
            }
            let start = time.tokens.start;
            let since = start > 0 && cx.doc.token(start - 1).lower() == "since";
            let long_before =
                (own.date() - when.end.date()).get_days() > APART_DAYS || years_before(when, own);
            let period = matches!(
                when.precision,
                WhenPrecision::Year | WhenPrecision::Season | WhenPrecision::Month
            ) && when.start < own.start;
            (long_before || period || (since && long_before))
                .then(|| cx.doc.slice(time.tokens.clone()).to_owned())
        })
}

fn years_before(when: &When, own: &When) -> bool {
    when.end.date().year() < own.date().year()
        && (when.precision >= WhenPrecision::Year || own.date().year() - when.end.date().year() > 1)
}

/// Whether `time` dates the clause of `anchor`: they share a clause, or the time stands in a noun phrase above the anchor.
fn dates(cx: &Context<'_>, time: &Time, anchor: usize) -> bool {
    let head = cx.doc.token(time.tokens.start);
    let clause =
        |token: language::Token<'_>| super::said_of_people::clause_verb(token).map(|verb| verb.i);
    let of_time = head
        .ancestors()
        .find(|above| matches!(above.pos(), language::Pos::Verb | language::Pos::Aux))
        .map(|verb| verb.i);
    of_time.is_some() && of_time == clause(cx.doc.token(anchor))
}
