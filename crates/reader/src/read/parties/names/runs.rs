//! Runs of capitalised words that end in a noun of the table: "Lake Province Police", "Ministry of Roads".

use std::{collections::BTreeMap, ops::Range};

use language::Pos;
use model::PartyKind;

use crate::read::parties::{
    build::{Builder, Draft},
    lexicon::{Class, lexicon},
    person_words::singular,
    phrase,
};

/// Runs of capitalised words that end in a noun of the table: "Lake Province Police", "Ministry of Roads".
pub(super) fn find(b: &mut Builder<'_>) {
    let mut longer: BTreeMap<String, usize> = BTreeMap::new();
    let mut i = 0;
    while i < b.doc.len() {
        let run = run_at(b, i);
        if run.is_empty() {
            i += 1;
            continue;
        }
        if let Some((range, kind, class, noun)) = name_in(b, run.clone()) {
            let name = b.doc.slice(range.clone()).replace('\u{a0}', " ");
            // "the Defence Forces" after "the Lakeland Defence Forces".
            let tail = format!(" {}", name.to_lowercase());
            let fuller = longer.get(&tail).copied();
            let party = match (fuller, lexicon().reordered(&name)) {
                (Some(party), _) => party,
                (None, Some(known)) => b.party(&known.name, || {
                    Draft::new(known.name.clone(), known.kind, Class::of(known.kind))
                }),
                (None, None) => b.party(&name, || {
                    let mut draft = Draft::new(name.clone(), kind, class);
                    draft.noun = noun;
                    draft
                }),
            };
            let lower = name.to_lowercase();
            for (at, _) in lower.match_indices(' ').take(6) {
                if lower[at + 1..].contains(' ') {
                    longer.entry(lower[at..].to_owned()).or_insert(party);
                }
            }
            b.named_mention(range, party);
        }
        i = run.end;
    }
}

/// Capitalised tokens from `i` on that no mention has taken, with small words between.
fn run_at(b: &Builder<'_>, i: usize) -> Range<usize> {
    let doc = b.doc;
    let ok = |i: usize| {
        let token = doc.token(i);
        b.taken[i] == 0
            && phrase::is_capital(token)
            && !matches!(
                token.pos(),
                Pos::Pron | Pos::Det | Pos::Adp | Pos::Sconj | Pos::Verb | Pos::Aux | Pos::Adv
            )
            && !matches!(
                token.lower(),
                "the"
                    | "a"
                    | "an"
                    | "both"
                    | "but"
                    | "and"
                    | "suspected"
                    | "alleged"
                    | "supposed"
                    | "presumed"
            )
    };
    if !ok(i) {
        return i..i;
    }
    let sentence = doc.token(i).sentence();
    let mut end = i + 1;
    while end < sentence.end {
        if ok(end) {
            end += 1;
            continue;
        }
        let small = |i: usize| {
            let token = doc.token(i);
            // "Two hurt on train - police": a dash between spaces joins no name.
            let spaced =
                token.text() == "-" && i > 0 && doc.token(i - 1).bytes().end < token.bytes().start;
            b.taken[i] == 0
                && !spaced
                && (matches!(
                    token.lower(),
                    "of" | "for" | "&" | "-" | "de" | "del" | "al" | "the"
                ) || matches!(token.text(), "'s" | "’s" | "’" | "'"))
        };
        let mut next = end;
        while next < sentence.end && next < end + 2 && small(next) {
            next += 1;
        }
        if next > end && next < sentence.end && ok(next) {
            end = next + 1;
        } else {
            break;
        }
    }
    i..end
}

/// The body's name within a run: up to the last noun of the table that heads it.
fn name_in(b: &Builder<'_>, run: Range<usize>) -> Option<(Range<usize>, PartyKind, Class, String)> {
    let doc = b.doc;
    if run.len() < 2 || phrase::in_capitals(doc, run.start) {
        return None;
    }
    // "Ministry of Roads": the noun stands first; "Lake Police Department": it stands last.
    let of = (run.start..run.end).find(|&i| matches!(doc.token(i).lower(), "of" | "for"));
    let noun_end = of.filter(|&of| of > run.start).unwrap_or(run.end);
    // "Fighters of the Lake Front": the body is what follows.
    if let Some(of) = of
        && of > run.start
        && lexicon()
            .noun(&singular(doc.token(of - 1).lower()).unwrap_or_default())
            .is_some_and(|noun| matches!(noun.class, Class::Force | Class::Person))
    {
        let mut start = of + 1;
        while start < run.end && !phrase::is_capital(doc.token(start)) {
            start += 1;
        }
        return name_in(b, start..run.end);
    }
    // "the Lake Observer": a paper, not one who observes.
    if of.is_none()
        && doc.token(run.end - 1).text() == "Observer"
        && run.start > 0
        && doc.token(run.start - 1).lower() == "the"
    {
        return Some((
            run.clone(),
            PartyKind::Outlet,
            Class::Body,
            "newspaper".to_owned(),
        ));
    }
    // "Radio Lake", "Channel Nine".
    if matches!(
        doc.token(run.start).lower(),
        "radio" | "channel" | "television" | "tv"
    ) && of.is_none()
    {
        return Some((
            run.clone(),
            PartyKind::Outlet,
            Class::Body,
            "radio".to_owned(),
        ));
    }
    (run.start..noun_end)
        .rev()
        .find_map(|last| named_by(b, &run, of, last))
}

/// The name that the noun of the table at `last` heads: up to the noun, or to the end of the run where "of" follows it.
fn named_by(
    b: &Builder<'_>,
    run: &Range<usize>,
    of: Option<usize>,
    last: usize,
) -> Option<(Range<usize>, PartyKind, Class, String)> {
    let doc = b.doc;
    [last.checked_sub(2), last.checked_sub(1), Some(last)]
        .into_iter()
        .flatten()
        .filter(|&from| from >= run.start)
        .find_map(|from| {
            let key = doc.slice(from..last + 1).to_lowercase().replace('’', "'");
            let noun = lexicon()
                .noun(&key)
                .or_else(|| singular(&key).and_then(|one| lexicon().noun(&one)))
                .filter(|noun| noun.class != Class::Person)?;
            let range = match of {
                Some(of) if last + 1 == of => run.clone(),
                _ => run.start..last + 1,
            };
            if range.len() < 2 || (noun.class == Class::Name && from == run.start && of.is_none()) {
                return None;
            }
            let article = range.start > 0 && doc.token(range.start - 1).lower() == "the";
            let person =
                !article && doc.token(last).entity_label() == "PERSON" && noun.class == Class::Name;
            if person {
                return None;
            }
            let class = match (noun.class, noun.kind) {
                (Class::Force, _) | (_, PartyKind::ArmedGroup) => Class::Force,
                _ => Class::Body,
            };
            let kind = (range.start..last)
                .filter(|_| noun.kind == PartyKind::Unknown)
                .find_map(|i| lexicon().modifier(doc.token(i).lower()))
                .unwrap_or(noun.kind);
            Some((range, kind, class, key))
        })
}
