//! Who is held responsible, who is at risk, and who asks for what.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use model::{
    Basis, Claim, FindingId, Party, PartyKind, Slot, SlotGroup, SpeakerKind, StanceKind, Value,
    Verdict,
};

use super::{
    disputes::positions,
    phrase::{Bit, Phrase, joined},
    voices::{is_pronoun, printed, speaker, voices},
};
use crate::publish::{view::View, words};

/// How somebody is brought together with the deed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Claims,
    Denies,
    Blamed,
    Suspected,
    Cleared,
    Named,
}

impl Part {
    /// `None` where a speaker is read as the doer by name: a person who tells of a deed is no party to it by that.
    fn of(claim: &Claim, party: &Party) -> Option<Self> {
        let speaker = claim.speaker();
        let own = speaker.party.as_ref() == Some(&party.id)
            || party.name.eq_ignore_ascii_case(&speaker.name)
            || claim.evidence.basis == Basis::ClaimedDeed;
        if own && party.kind == PartyKind::Person && claim.slot == Slot::Actor {
            return None;
        }
        Some(match (claim.slot, claim.stance.kind) {
            (_, StanceKind::Denied) if own => Part::Denies,
            (_, StanceKind::Denied) => Part::Cleared,
            _ if own => Part::Claims,
            (_, StanceKind::Possible | StanceKind::Unconfirmed) => Part::Suspected,
            (Slot::Responsibility, _) if speaker.kind != SpeakerKind::Publisher => Part::Blamed,
            _ => Part::Named,
        })
    }
}

/// The disputed finding on who did it, where there is one.
pub fn who_disputed(view: &View) -> Option<FindingId> {
    let mut findings = view.dossier.findings.iter();
    findings
        .find(|finding| finding.slot.spec().names_doer && finding.verdict == Verdict::Disputed)
        .map(|finding| finding.id.clone())
}

/// Whether the words name one party, and are no "gunmen" or "Two suicide bombers".
fn is_named(party: &Party) -> bool {
    let mut words = party.name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let proper = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    words.any(proper) || proper(first) && party.name.split_whitespace().count() == 1
}

/// A line for each party that claims the deed, is blamed for it, suspected of it, or denies it; those of whom most is
/// told first, and last those that are only named.
pub fn responsible(view: &View) -> Vec<Phrase> {
    let mut parties: BTreeMap<&str, BTreeMap<Part, Vec<&Claim>>> = BTreeMap::new();
    let mut unclaimed: Vec<&Claim> = Vec::new();
    for claim in &view.dossier.claims {
        match (&claim.value, claim.slot) {
            (Value::Kind { code, .. }, Slot::Responsibility) if code == "unclaimed" => {
                unclaimed.push(claim);
            }
            // A bare "gunmen" names nobody.
            (Value::Party(party), slot)
                if slot.spec().names_doer
                    && !is_pronoun(&party.name)
                    && (claim.slot == Slot::Responsibility || is_named(party)) =>
            {
                if let Some(part) = Part::of(claim, party) {
                    let parts = parties.entry(&party.id).or_default();
                    parts.entry(part).or_default().push(claim);
                }
            }
            _ => {}
        }
    }
    // A ministry or a hospital is no doer because one outlet makes it the subject of a sentence.
    parties.retain(|_, parts| {
        let named: Vec<&&Claim> = parts.values().flatten().collect();
        let reports: BTreeSet<_> = named.iter().map(|claim| &claim.report).collect();
        let doer = named.iter().any(|claim| is_doer(&claim.value));
        let told = named
            .iter()
            .any(|claim| claim.speaker().kind != SpeakerKind::Publisher);
        parts.keys().any(|part| *part != Part::Named) || doer || told || reports.len() > 1
    });
    let mut parties: Vec<_> = parties.into_iter().collect();
    parties.sort_by_key(|(_, parts)| {
        let named = parts.keys().all(|part| *part == Part::Named);
        let n: usize = parts.values().map(Vec::len).sum();
        (named, Reverse(n))
    });
    let mut out = Vec::new();
    for (id, parts) in &parties {
        let mut line = Phrase::default().strong(view.party(id)).plain(": ");
        for (at, (part, by)) in parts.iter().enumerate() {
            if at > 0 {
                line = line.plain("; ");
            }
            line = match part {
                Part::Claims => line.plain("claims it (").add(printed(view, by)).plain(")"),
                Part::Denies => line.plain("denies it (").add(printed(view, by)).plain(")"),
                Part::Blamed => line.plain("blamed by ").add(voices(view, by)),
                Part::Suspected => line.plain("suspected, according to ").add(voices(view, by)),
                Part::Cleared => line
                    .plain("not responsible, according to ")
                    .add(voices(view, by)),
                Part::Named => line.plain("named by ").add(voices(view, by)),
            };
        }
        out.push(line);
    }
    if !unclaimed.is_empty() {
        out.push(
            Phrase::default()
                .plain("Nobody has claimed it, according to ")
                .add(voices(view, &unclaimed)),
        );
    }
    out
}

/// The claims by which a party to the events says itself that it did it.
pub fn owned<'a>(view: &View<'a>) -> Vec<&'a Claim> {
    let owned = |claim: &&Claim| match &claim.value {
        Value::Party(party) if claim.slot.spec().names_doer && !is_pronoun(&party.name) => {
            Part::of(claim, party) == Some(Part::Claims)
        }
        _ => false,
    };
    view.dossier.claims.iter().filter(owned).collect()
}

fn is_doer(value: &Value) -> bool {
    match value {
        Value::Party(party) => matches!(
            party.kind,
            PartyKind::ArmedGroup | PartyKind::Political | PartyKind::Person
        ),
        _ => false,
    }
}

/// What is said of people in danger, beyond the figures for everybody.
pub fn at_risk(view: &View) -> Vec<Phrase> {
    let mut slots: Vec<Slot> = Slot::having(|spec| spec.in_danger.is_some()).collect();
    slots.sort_by_key(|slot| slot.spec().in_danger);
    let mut out = Vec::new();
    for slot in &slots {
        for finding in &view.dossier.findings {
            let counts = slot.group() == SlotGroup::Counts;
            let tabled = finding.scope.is_all() && view.dossier.agreed(*slot).is_some();
            if finding.slot != *slot || counts && tabled {
                continue;
            }
            let mut line = Phrase::default();
            let scope = view.scope(&finding.scope);
            line = line.plain(words::slot(*slot));
            if !finding.scope.is_all() {
                line = line.plain(", ");
                line.push(Bit::Name(scope));
            }
            line = line.plain(": ");
            out.push(line.add(joined(positions(view, finding))));
        }
    }
    out
}

/// Who asks whom for what.
pub fn asked(view: &View) -> Vec<Phrase> {
    let mut out = Vec::new();
    let findings = view.dossier.findings.iter();
    for finding in findings.filter(|finding| finding.slot == Slot::Appeal) {
        for position in finding.positions.iter().filter(|it| it.standing) {
            let claims = view.by_place(&position.claims);
            let Some(first) = claims.first() else {
                continue;
            };
            let mut line = Phrase::default();
            if let Some(who) = speaker(view, first) {
                line.push(Bit::Name(who));
                line = line.plain(": ");
            }
            line.push(Bit::Quote(view.said(position)));
            line = line.plain(" (").add(printed(view, &claims)).plain(")");
            out.push(line);
        }
    }
    out
}
