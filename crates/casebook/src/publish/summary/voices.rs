//! Who says it, in which outlet, and when.

use std::collections::BTreeSet;

use model::{Claim, Party, SpeakerKind, When, WhenPrecision};

use super::phrase::{Bit, Phrase};
use crate::publish::{view::View, words};

/// Voices that are named behind one figure or value.
const VOICES: usize = 2;

/// The year that need not be said.
fn year(view: &View) -> Option<i16> {
    let incident = view.dossier.incident.when.as_ref();
    let report = || view.dossier.reports.first()?.report.published.as_ref();
    incident.or_else(report).map(|when| when.start.year())
}

/// The day a figure stood at, with the hour where it is known.
pub fn moment(view: &View, claim: &Claim) -> Option<String> {
    let say = |when: &When| {
        let day = words::short_day(when.start.date(), year(view));
        match when.precision {
            WhenPrecision::Minute | WhenPrecision::Hour => {
                format!("{day}, {:02}:{:02}", when.start.hour(), when.start.minute())
            }
            _ => day,
        }
    };
    match &claim.as_of {
        Some(when) if when.precision <= WhenPrecision::Day => Some(format!("as of {}", say(when))),
        _ => {
            let card = view.report(&claim.report)?;
            Some(say(card.report.published.as_ref()?))
        }
    }
}

/// The outlet, as a link to the claim.
pub fn source(view: &View, claim: &Claim) -> Bit {
    let name = view
        .report(&claim.report)
        .and_then(|card| card.report.source.name.as_deref())
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let name = name.map_or_else(
        || format!("report {}", view.letter(&claim.report)),
        str::to_owned,
    );
    Bit::Source(name, claim.id.clone())
}

/// `Ilse Marren of Saint Anna hospital (Lake Tribune)`; the outlet alone where it speaks itself.
pub fn voice(view: &View, claim: &Claim) -> Phrase {
    let mut out = Phrase::default();
    match speaker(view, claim) {
        Some(who) => {
            out.push(Bit::Name(who));
            out = out.plain(" (");
            out.push(source(view, claim));
            out.plain(")")
        }
        None => {
            out.push(source(view, claim));
            out
        }
    }
}

/// Who says it, where it is not the outlet itself and goes by more than a pronoun.
pub fn speaker(view: &View, claim: &Claim) -> Option<String> {
    let first = claim.speakers.first()?;
    match first.kind {
        SpeakerKind::Publisher => None,
        SpeakerKind::Unnamed => Some("unnamed sources".to_owned()),
        _ => {
            let link = view.chain(claim).into_iter().next()?;
            let outlet = view.report(&claim.report).map(|card| view.source(card));
            let itself = outlet.is_some_and(|outlet| same_name(&outlet, &link.name));
            if itself || is_pronoun(&link.name) {
                return None;
            }
            Some(match link.of {
                Some(of) => format!("{} of {of}", link.name),
                None => link.name,
            })
        }
    }
}

/// Whether a speaker is the outlet by name, whatever its case, marks and article, and whatever the outlet adds behind:
/// "(press release)".
fn same_name(outlet: &str, speaker: &str) -> bool {
    let (outlet, speaker) = (Party::slug(outlet), Party::slug(speaker));
    let rest = outlet.strip_prefix(&speaker);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-') && speaker.contains('-'))
}

/// Words that stand for somebody and name nobody.
pub fn is_pronoun(name: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "i", "we", "us", "he", "she", "it", "they", "them", "him", "her", "you", "this", "that",
        "those", "these", "who", "others", "which", "what", "one", "ones", "someone", "somebody",
    ];
    PRONOUNS.contains(&name.trim().to_lowercase().as_str())
}

/// Up to [`VOICES`] different voices, and how many more.
pub fn voices(view: &View, claims: &[&Claim]) -> Phrase {
    let mut seen = BTreeSet::new();
    let mut told: Vec<&Claim> = Vec::new();
    for claim in claims {
        let who = match (speaker(view, claim), source(view, claim)) {
            (Some(who), _) | (None, Bit::Source(who, _)) => who,
            (None, _) => String::new(),
        };
        if seen.insert(who.to_lowercase()) {
            told.push(claim);
        }
    }
    let named = told.len().min(VOICES);
    let mut out = Phrase::default();
    for (at, claim) in told.iter().take(named).enumerate() {
        if at > 0 {
            let last = at + 1 == told.len();
            out = out.plain(if last { " and " } else { ", " });
        }
        out = out.add(voice(view, claim));
    }
    match told.len() - named {
        0 => out,
        n => out.plain(&format!(" and {n} more")),
    }
}

/// Who says it and how: `, according to X, in Y; denied by Z, in Y`.
pub fn says(view: &View, all: &[&Claim]) -> Phrase {
    let mut out = Phrase::default();
    let mut kinds: Vec<&'static str> = Vec::new();
    for claim in all {
        let kind = words::according(claim.stance.kind);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    for (at, kind) in kinds.into_iter().enumerate() {
        let own: Vec<&Claim> = all
            .iter()
            .filter(|claim| words::according(claim.stance.kind) == kind)
            .copied()
            .collect();
        out = out
            .plain(if at > 0 { "; " } else { ", " })
            .plain(&format!("{kind} "))
            .add(voices(view, &own));
    }
    out
}

/// The outlets that print the claims, each once.
pub fn printed(view: &View, claims: &[&Claim]) -> Phrase {
    let mut out = Phrase::default();
    let mut told = BTreeSet::new();
    for claim in claims {
        if told.insert(&claim.report) {
            if told.len() > 1 {
                out = out.plain(", ");
            }
            out.push(source(view, claim));
        }
    }
    out
}
