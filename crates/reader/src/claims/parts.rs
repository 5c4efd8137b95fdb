//! Parts of a group just counted, told behind it: "23 people, eight of them children", "21 people: eight guards, seven
//! pupils and six employees", "…, among them two nurses", and by themselves: "nine of the dead are children".
//!
//! Read off the words rather than the tree: the parse of such tails is unreliable, their form is fixed.

use super::people::{self, Group, Peopled};
use crate::read::quantities::{Quantity, QuantityKind};

/// Words by which a part points back at people counted before.
const THEM: &[&str] = &["them", "whom"];
/// Words by which it points back at the dead, and at the hurt.
const DEAD: &[&str] = &["dead", "killed", "deceased", "fatalities"];
const HURT: &[&str] = &["wounded", "injured", "hurt"];

/// The parts told between `from` and the end of the sentence.
pub fn after(cx: &Peopled<'_>, from: usize) -> Vec<Group> {
    if from == 0 || from >= cx.doc.len() {
        return Vec::new();
    }
    let end = cx.doc.token(from - 1).sentence().end;
    let lower = |i: usize| cx.doc.token(i).lower();
    let mut out: Vec<Group> = Vec::new();
    for quantity in numbers(cx, from, end) {
        out.extend(of(cx, quantity, THEM));
    }
    // A colon or "among them" opens a list of people with numbers.
    let opening = (from..end.min(from + 4))
        .find(|&i| lower(i) == ":")
        .or_else(|| {
            (from..end.saturating_sub(1))
                .find(|&i| lower(i) == "among" && THEM.contains(&lower(i + 1)))
                .map(|i| i + 1)
        });
    if let Some(opening) = opening {
        let listed: Vec<Group> = numbers(cx, opening + 1, end)
            .filter_map(|quantity| people::group_at(cx, cx.doc.token(quantity.noun?)))
            .filter(|group| group.count.is_some())
            .collect();
        if lower(opening) != ":" || listed.len() > 1 {
            out.extend(listed);
        }
    }
    out
}

/// Parts of the dead (or, with `hurt`, of the hurt) told by themselves, each with the token that names the whole.
pub fn of_all(cx: &Peopled<'_>, hurt: bool) -> Vec<(usize, Group)> {
    let whole = if hurt { HURT } else { DEAD };
    numbers(cx, 0, cx.doc.len())
        .filter_map(|quantity| Some((quantity.tokens.end + 1, of(cx, quantity, whole)?)))
        .collect()
}

/// The numbers of people that begin in a range.
fn numbers<'a>(cx: &Peopled<'a>, from: usize, end: usize) -> impl Iterator<Item = &'a Quantity> {
    let all = &cx.read.quantities;
    let first = all.partition_point(|quantity| quantity.tokens.start < from);
    all[first..]
        .iter()
        .take_while(move |quantity| quantity.tokens.start < end)
        .filter(|quantity| quantity.kind == QuantityKind::Cardinal)
}

/// "eight of them children", "nine of the dead are children": the number, the word that points back, and who they are.
fn of(cx: &Peopled<'_>, quantity: &Quantity, back: &[&str]) -> Option<Group> {
    let end = cx.doc.token(quantity.tokens.start).sentence().end;
    let lower = |i: usize| if i < end { cx.doc.token(i).lower() } else { "" };
    let mut at = quantity.tokens.end;
    // The reader of numbers may hold the whole "nine of the dead".
    if let Some(inside) = quantity.tokens.clone().find(|&i| lower(i) == "of") {
        at = inside;
    }
    if lower(at) != "of" {
        return None;
    }
    at += 1;
    while matches!(lower(at), "the" | "those") {
        at += 1;
    }
    if !back.contains(&lower(at)) {
        return None;
    }
    at += 1;
    while matches!(lower(at), "are" | "were" | "is" | "was" | "being" | ",") {
        at += 1;
    }
    let who = (at..end.min(at + 4)).find_map(|i| people::group_at(cx, cx.doc.token(i)))?;
    (who.tokens.start >= quantity.tokens.start && !who.scope.is_all()).then(|| Group {
        tokens: quantity.tokens.start..who.tokens.end,
        count: Some(quantity.count.clone()),
        individual: false,
        anaphoric: false,
        ..who
    })
}
