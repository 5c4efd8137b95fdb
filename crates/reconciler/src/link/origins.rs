//! Independent voices: who is behind each claim once copies, agencies and shared speakers are seen through.
//!
//! One voice is: a body and everyone who speaks for it; a publisher's own assertions, together with those of reports
//! that copy it or carry the same agency's words; reports by nobody named, for each publisher; someone with a role only
//! ("residents"), for each outlet they told.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Claim, Origin, OriginKind, PartyKind, Reading, Slot, Source, SpeakerKind, Value, words,
};

use super::copies::{COPY, Copies};
use super::names::Names;
use crate::letters::letter;

/// The voices and whose voice each claim is.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    /// The voices, in the order of their first claim.
    pub origins: Vec<Origin>,
    /// For each claim, in the order given, the index of its voice.
    pub of: Vec<usize>,
}

/// Clauses told on why claims are one voice.
const WHY: usize = 6;

/// What is gathered on one voice before it gets its id.
struct Draft {
    kind: OriginKind,
    labels: BTreeSet<String>,
    interested: bool,
    claims: BTreeSet<model::ClaimId>,
    reports: BTreeSet<usize>,
    people: BTreeSet<String>,
    why: BTreeSet<String>,
}

/// A voice as one claim shows it.
struct Voice {
    key: String,
    kind: OriginKind,
    label: String,
    why: Option<String>,
}

/// What decides whose words a report's own assertions are.
struct Context<'a> {
    readings: &'a [&'a Reading],
    names: &'a Names,
    copies: &'a Copies,
}

/// Finds the voices of `claims`, each with the place of its report in `readings`.
pub fn find(
    readings: &[&Reading],
    claims: &[(&Claim, usize)],
    names: &Names,
    copies: &Copies,
) -> Voices {
    let context = Context {
        readings,
        names,
        copies,
    };
    let mut seen: Vec<Voice> = claims
        .iter()
        .map(|&(claim, report)| voice(&context, claim, report))
        .collect();
    trace(&context, claims, &mut seen);
    let same_words = same_words(claims, &seen);
    let mut drafts: BTreeMap<&str, Draft> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    let mut keys: Vec<&str> = Vec::with_capacity(claims.len());
    for (&(claim, report), voice) in claims.iter().zip(&seen) {
        let key: &str = same_words
            .get(voice.key.as_str())
            .map_or(voice.key.as_str(), String::as_str);
        keys.push(key);
        let head = claim.speakers.first();
        let draft = drafts.entry(key).or_insert_with(|| {
            order.push(key);
            Draft {
                kind: voice.kind,
                labels: BTreeSet::new(),
                interested: false,
                claims: BTreeSet::new(),
                reports: BTreeSet::new(),
                people: BTreeSet::new(),
                why: BTreeSet::new(),
            }
        });
        draft.kind = rank(draft.kind, voice.kind);
        draft.labels.insert(voice.label.clone());
        draft.interested |= head
            .is_some_and(|head| head.interested && head.kind != SpeakerKind::Unnamed)
            || (voice.kind == OriginKind::Publisher
                && matches!(
                    readings[report].report.source.kind,
                    PartyKind::State | PartyKind::ArmedGroup | PartyKind::Political
                ));
        draft.claims.insert(claim.id.clone());
        draft.reports.insert(report);
        if let Some(head) = head.filter(|head| head.kind == SpeakerKind::Person) {
            draft.people.insert(head.name.clone());
        }
        draft.why.extend(voice.why.clone());
        if key != voice.key {
            draft.why.insert("the same quoted words".to_owned());
        }
    }
    let index: BTreeMap<&str, usize> = order.iter().enumerate().map(|(i, key)| (*key, i)).collect();
    let of = keys.iter().map(|key| index[key]).collect();
    let origins = order
        .iter()
        .map(|key| finish(key, &drafts[key], readings))
        .collect();
    Voices { origins, of }
}

/// A publisher is more than an agency, an agency more than a speaker.
fn rank(a: OriginKind, b: OriginKind) -> OriginKind {
    [
        OriginKind::Publisher,
        OriginKind::Agency,
        OriginKind::Speaker,
    ]
    .into_iter()
    .find(|kind| *kind == a || *kind == b)
    .unwrap_or(OriginKind::Unnamed)
}

fn finish(key: &str, draft: &Draft, readings: &[&Reading]) -> Origin {
    // The fullest name; ties by spelling.
    let label = draft
        .labels
        .iter()
        .max_by_key(|label| (label.chars().count(), std::cmp::Reverse(*label)))
        .cloned()
        .unwrap_or_default();
    let mut why: Vec<String> = draft.why.iter().take(WHY).cloned().collect();
    if draft.why.len() > WHY {
        why.push(format!("and {} more of this kind", draft.why.len() - WHY));
    }
    if draft.people.len() > 1 {
        let people: Vec<&str> = draft.people.iter().map(String::as_str).collect();
        why.push(format!("{} speak for {label}", people.join(" and ")));
    }
    if draft.reports.len() > 1 && matches!(draft.kind, OriginKind::Speaker | OriginKind::Agency) {
        why.push(match draft.people.first() {
            Some(person) if draft.people.len() == 1 && *person != label => {
                format!("{person} speaks for {label} in {}", letters(&draft.reports))
            }
            _ => format!("{label} is quoted in {}", letters(&draft.reports)),
        });
    }
    if draft.interested {
        why.push("a party to what is reported, speaking for itself".to_owned());
    }
    Origin {
        id: Origin::id_of(key),
        kind: draft.kind,
        label,
        interested: draft.interested,
        claims: draft.claims.iter().cloned().collect(),
        reports: {
            let mut ids: Vec<_> = draft
                .reports
                .iter()
                .map(|&report| readings[report].report.id.clone())
                .collect();
            ids.sort();
            ids
        },
        why,
    }
}

/// "A and C", "A, B and 12 more".
fn letters(reports: &BTreeSet<usize>) -> String {
    let all: Vec<String> = reports.iter().map(|&report| letter(report)).collect();
    match all.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] if all.len() <= 5 => format!("{} and {last}", head.join(", ")),
        [a, b, ..] => format!("{a}, {b} and {} more", all.len() - 2),
    }
}

fn voice(context: &Context<'_>, claim: &Claim, report: usize) -> Voice {
    let Some(head) = claim.speakers.first() else {
        return publisher(context, claim, report);
    };
    match head.kind {
        SpeakerKind::Publisher => publisher(context, claim, report),
        SpeakerKind::Unnamed => {
            let via = via(context, claim, report);
            Voice {
                key: format!("unnamed:{}", via.key),
                kind: OriginKind::Unnamed,
                label: format!("unnamed reports in {}", via.label),
                why: via.why,
            }
        }
        _ => match context.names.of_speaker(head) {
            Some(class) if !class.is_empty() => Voice {
                key: format!("body:{class}"),
                kind: match head.party_kind {
                    PartyKind::Outlet | PartyKind::Agency => OriginKind::Agency,
                    _ => OriginKind::Speaker,
                },
                label: head
                    .affiliation
                    .clone()
                    .unwrap_or_else(|| head.name.clone()),
                why: None,
            },
            _ => {
                let via = via(context, claim, report);
                let role = words::key(&head.name);
                Voice {
                    key: format!("role:{role}|{}", via.key),
                    kind: OriginKind::Speaker,
                    label: format!("{} ({})", head.name, via.label),
                    why: via.why,
                }
            }
        },
    }
}

/// The outlet the words came through: the next named link of the chain, else the publisher.
fn via(context: &Context<'_>, claim: &Claim, report: usize) -> Voice {
    let next = claim.speakers.iter().skip(1).find(|link| {
        !matches!(link.kind, SpeakerKind::Unnamed | SpeakerKind::Publisher)
            && matches!(link.party_kind, PartyKind::Outlet | PartyKind::Agency)
    });
    match next.and_then(|link| Some((link, context.names.of_speaker(link)?))) {
        Some((link, class)) => Voice {
            key: format!("body:{class}"),
            kind: OriginKind::Agency,
            label: link.name.clone(),
            why: None,
        },
        None => publisher(context, claim, report),
    }
}

/// Follows citations to their end: where a report cites an outlet whose own report is here and says the same of
/// somebody, that somebody is the voice.
fn trace(context: &Context<'_>, claims: &[(&Claim, usize)], seen: &mut [Voice]) {
    let mut said: BTreeMap<(String, Slot, String), usize> = BTreeMap::new();
    for (i, &(claim, report)) in claims.iter().enumerate() {
        if let Some(name) = &context.readings[report].report.source.name
            && let Some(value) = value_key(context.names, &claim.value)
        {
            let source = format!("body:{}", context.names.class(name));
            said.entry((source, claim.slot, value)).or_insert(i);
        }
    }
    for i in 0..seen.len() {
        let (claim, report) = claims[i];
        let own = claim
            .speakers
            .first()
            .is_none_or(|head| matches!(head.kind, SpeakerKind::Publisher | SpeakerKind::Unnamed));
        if own || !seen[i].key.starts_with("body:") {
            continue;
        }
        let Some(value) = value_key(context.names, &claim.value) else {
            continue;
        };
        let Some(&end) = said.get(&(seen[i].key.clone(), claim.slot, value)) else {
            continue;
        };
        if claims[end].1 != report && seen[end].key != seen[i].key {
            let why = format!(
                "{} passes on what {} reports",
                letter(report),
                letter(claims[end].1)
            );
            seen[i] = Voice {
                key: seen[end].key.clone(),
                kind: seen[end].kind,
                label: seen[end].label.clone(),
                why: Some(why),
            };
        }
    }
}

/// What a value says, as a key; `None` for mere words.
fn value_key(names: &Names, value: &Value) -> Option<String> {
    Some(match value {
        Value::Count(count) => count.interval(),
        Value::When(when) => when.start.to_string(),
        Value::Place(place) => words::key(&place.label()),
        Value::Party(party) => names.of_party(party),
        Value::Kind { code, .. } | Value::Act { code, .. } | Value::Thing { code, .. } => {
            code.clone()
        }
        Value::Words { .. } => return None,
    })
}

/// A publisher's own words: its own, its agency's, or those of the report it copies.
fn publisher(context: &Context<'_>, claim: &Claim, report: usize) -> Voice {
    if let Some(agency) = &context.readings[report].keys.agency {
        return Voice {
            key: format!("body:{}", context.names.class(agency)),
            kind: OriginKind::Agency,
            label: agency.clone(),
            why: Some(format!("{} carries {agency}’s copy", letter(report))),
        };
    }
    let shared = context
        .copies
        .shared_by(report)
        .find(|shared| shared.overlap >= COPY || context.copies.holds(shared.on, &passage(claim)));
    if let Some(shared) = shared {
        let mut on = publisher(context, claim, shared.on);
        let what = if shared.overlap >= COPY {
            format!(
                "{} copies {} ({} % of the words)",
                letter(report),
                letter(shared.on),
                (shared.overlap * 100.0).round()
            )
        } else {
            format!(
                "{} shares passages with {}",
                letter(report),
                letter(shared.on)
            )
        };
        on.why = Some(
            on.why
                .map_or(what.clone(), |more| format!("{what}; {more}")),
        );
        return on;
    }
    let source = &context.readings[report].report.source;
    Voice {
        key: match &source.name {
            Some(name) => format!("body:{}", context.names.class(name)),
            None => format!("source:{}", source.id),
        },
        kind: OriginKind::Publisher,
        label: label(source, report),
        why: None,
    }
}

/// The publisher's name, or the report's letter when the file names none.
pub fn label(source: &Source, report: usize) -> String {
    source
        .name
        .clone()
        .unwrap_or_else(|| format!("report {}", letter(report)))
}

/// The words of a claim with the whole words beside them.
fn passage(claim: &Claim) -> String {
    let Some(quote) = claim.quotes.first() else {
        return String::new();
    };
    let before = quote.prefix.split_once(char::is_whitespace);
    let after = quote.suffix.rsplit_once(char::is_whitespace);
    format!(
        "{}{}{}",
        before.map_or("", |(_, whole)| whole),
        quote.exact,
        after.map_or("", |(whole, _)| whole)
    )
}

/// Joins voices known by a role only that are quoted with the same words: key → the first key of its class.
fn same_words(claims: &[(&Claim, usize)], seen: &[Voice]) -> BTreeMap<String, String> {
    let mut first: BTreeMap<u64, &str> = BTreeMap::new();
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    for ((claim, _), voice) in claims.iter().zip(seen) {
        if !claim.direct || !voice.key.starts_with("role:") {
            continue;
        }
        let folded: Vec<String> = claim
            .quotes
            .iter()
            .flat_map(|quote| words::fold(&quote.exact))
            .collect();
        if folded.len() < words::SHINGLE {
            continue;
        }
        for hash in words::shingles(&folded) {
            let other = *first.entry(hash).or_insert(&voice.key);
            if other != voice.key {
                let top = joined
                    .get(other)
                    .cloned()
                    .unwrap_or_else(|| other.to_owned());
                joined.entry(voice.key.clone()).or_insert(top);
            }
        }
    }
    joined
}
