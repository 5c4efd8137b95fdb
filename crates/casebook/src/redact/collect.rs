//! What a dossier and its texts say of names: which are public, which are not, and whose they are.

use std::collections::BTreeSet;

use model::{
    AgeGroup, Claim, Dossier, Party, PartyKind, Place, PlacePrecision, Slot, Speaker, SpeakerKind,
    Texts, Value, ValueKind,
};

use super::{
    names::{Names, What},
    offices::holds_office,
    places::blurred,
    policy::{Fineness, Policy},
    tokens::{Case, tokens},
};

/// The names of a dossier.
pub(super) struct Collected {
    /// Which may be said.
    pub names: Names,
    /// Ids of parties and sources that are made of names that may be said.
    pub ids: BTreeSet<String>,
    /// Persons who speak for a body.
    pub officials: BTreeSet<String>,
    /// Places as they were told, and as they are published.
    pub labels: Vec<(String, String)>,
}

/// Whether a body of this kind is public.
fn is_public(kind: PartyKind) -> bool {
    use PartyKind as Kind;
    matches!(
        kind,
        Kind::State
            | Kind::ArmedGroup
            | Kind::Authority
            | Kind::Un
            | Kind::Ngo
            | Kind::Monitor
            | Kind::Outlet
            | Kind::Agency
            | Kind::Political
    )
}

/// Whether a person speaks for a public body that is no medium: of whom a medium names, it cannot be told what they
/// are.
fn is_official(speaker: &Speaker) -> bool {
    speaker.kind == SpeakerKind::Person
        && speaker
            .affiliation
            .as_deref()
            .is_some_and(|body| !body.trim().is_empty() && body != speaker.name)
        && is_public(speaker.party_kind)
        && !matches!(speaker.party_kind, PartyKind::Outlet | PartyKind::Agency)
}

/// Goes through a dossier and its texts.
pub(super) fn collect(dossier: &Dossier, texts: &Texts, policy: &Policy) -> Collected {
    let mut names = Names::default();
    let claims: Vec<&Claim> = dossier.claims.iter().chain(&dossier.background).collect();
    let places = places(dossier, &claims);
    for text in texts.values() {
        names.learn_words(text.as_str());
        // A block without capitals in a text that has some, such as a post that is passed on.
        let blocks = text.blocks().iter();
        blocks.for_each(|block| names.learn_words(text.slice(block.span)));
    }
    let harmed = harmed_in_words(&claims);
    let officials = officials(&claims, texts, &harmed);
    private(&claims, dossier, &officials, &mut names);
    bodies(&claims, dossier, &mut names);
    for place in &places {
        let shown = blurred((*place).clone(), policy.places);
        let all = [Some(&shown.name), shown.site.as_ref()]
            .into_iter()
            .flatten()
            .chain(&shown.parts);
        all.for_each(|name| {
            names.allow(name);
        });
        if policy.places != Fineness::Site && place.precision < PlacePrecision::City {
            let own = [place.site.as_deref(), Some(place.words.as_str())];
            own.into_iter()
                .flatten()
                .for_each(|name| names.describe_capitals(name, What::Place));
        }
    }
    for claim in &claims {
        claim.scope.nationality.iter().for_each(|it| {
            names.allow(it);
        });
    }
    for name in &officials {
        names.allow_person(name);
    }
    if policy.names_dead {
        dead(&claims, &mut names);
    }
    for _ in 0..2 {
        texts
            .values()
            .for_each(|text| names.learn_names(text.as_str()));
        for report in dossier.reports.iter().map(|card| &card.report) {
            let words = [&report.title, &report.byline];
            words
                .into_iter()
                .flatten()
                .for_each(|words| names.learn_names(words));
        }
        claims
            .iter()
            .flat_map(|it| &it.quotes)
            .for_each(|quote| names.learn_names(&quote.exact));
    }
    fates(&claims, &mut names);
    let ids = public_ids(&claims, dossier, &names);
    let labels = labels(&places, policy);
    Collected {
        names,
        ids,
        officials,
        labels,
    }
}

/// Persons who speak for a body, by the model or by words beside their name, and are not told of as harmed.
fn officials(claims: &[&Claim], texts: &Texts, harmed: &[String]) -> BTreeSet<String> {
    let speakers = claims
        .iter()
        .flat_map(|it| &it.speakers)
        .filter(|it| it.kind == SpeakerKind::Person);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut out = BTreeSet::new();
    for speaker in speakers {
        let name = speaker.name.as_str();
        let known = is_official(speaker);
        if !known && !seen.insert(name) {
            continue;
        }
        let office = known || texts.values().any(|text| holds_office(text.as_str(), name));
        if office && !harmed.iter().any(|words| holds(words, name)) {
            out.insert(name.to_owned());
        }
    }
    out
}

/// Speakers who are persons of no public body, and persons who act or are acted on.
fn private(claims: &[&Claim], dossier: &Dossier, officials: &BTreeSet<String>, names: &mut Names) {
    for claim in claims {
        let persons = claim
            .speakers
            .iter()
            .filter(|it| it.kind == SpeakerKind::Person);
        for speaker in persons.filter(|it| !officials.contains(&it.name)) {
            names.hide(&speaker.name, What::Witness);
        }
        for party in parties(claim).filter(|it| it.kind == PartyKind::Person) {
            for name in party.aliases.iter().chain([&party.name]) {
                names.hide_capitals(name, What::Withheld);
            }
        }
    }
    for source in dossier.reports.iter().map(|card| &card.report.source) {
        if matches!(source.kind, PartyKind::Person | PartyKind::Witness) {
            source
                .name
                .iter()
                .for_each(|name| names.hide(name, What::Withheld));
        }
    }
}

fn parties(claim: &Claim) -> impl Iterator<Item = &Party> {
    let value = match &claim.value {
        Value::Party(party) => Some(party),
        _ => None,
    };
    value
        .into_iter()
        .chain(&claim.actor)
        .chain(&claim.addressee)
}

fn bodies(claims: &[&Claim], dossier: &Dossier, names: &mut Names) {
    for claim in claims {
        for speaker in &claim.speakers {
            let body = match speaker.kind {
                SpeakerKind::Body if is_public(speaker.party_kind) => Some(&speaker.name),
                _ => None,
            };
            let behind = speaker
                .affiliation
                .as_ref()
                .filter(|_| is_public(speaker.party_kind));
            // A body may be known by another name than the one that the report writes.
            let written = speaker
                .quote
                .as_ref()
                .filter(|_| body.is_some())
                .map(|it| &it.exact);
            body.into_iter()
                .chain(behind)
                .chain(written)
                .for_each(|name| {
                    names.allow(name);
                });
        }
        for party in parties(claim).filter(|it| is_public(it.kind)) {
            for name in party.aliases.iter().chain([&party.name]) {
                names.allow(name);
            }
        }
    }
    for source in dossier.reports.iter().map(|card| &card.report.source) {
        let Some(name) = &source.name else { continue };
        // Of a source of no known kind, a word for a medium must say that it is one.
        if is_public(source.kind) || source.kind == PartyKind::Unknown && Names::has_ordinary(name)
        {
            names.allow(name);
        }
    }
}

/// The words of claims that count people who were harmed, where they hold a name.
fn harmed_in_words(claims: &[&Claim]) -> Vec<String> {
    let people = claims.iter().filter(|claim| counts_people(claim.slot));
    people
        .map(|claim| format!("{} | {}", claim.value.words(), claim.scope.words))
        .collect()
}

fn holds(words: &str, name: &str) -> bool {
    let folded = |text: &str| {
        tokens(text)
            .into_iter()
            .map(|it| it.folded)
            .collect::<Vec<_>>()
    };
    let (words, name) = (folded(words), folded(name));
    !name.is_empty() && words.windows(name.len()).any(|it| it == name)
}

fn counts_people(slot: Slot) -> bool {
    slot.spec().values.contains(&ValueKind::Count)
}

/// Lets the adults be named who are reported dead, and by no claim alive.
fn dead(claims: &[&Claim], names: &mut Names) {
    let mut found: Vec<String> = Vec::new();
    for claim in claims
        .iter()
        .filter(|it| it.slot == Slot::Killed && it.scope.age != AgeGroup::Children)
    {
        let grown = matches!(claim.scope.age, AgeGroup::Adults | AgeGroup::Elderly);
        found.extend(names.adults(&claim.quote().exact, grown));
    }
    let living = claims
        .iter()
        .filter(|it| it.slot != Slot::Killed && counts_people(it.slot));
    let living: Vec<&str> = living
        .flat_map(|it| &it.quotes)
        .map(|it| it.exact.as_str())
        .collect();
    for name in found {
        let parts: Vec<String> = tokens(&name)
            .into_iter()
            .filter(|it| it.case != Case::Small)
            .map(|it| it.folded)
            .collect();
        let alive = |text: &&str| tokens(text).iter().any(|it| parts.contains(&it.folded));
        if !living.iter().any(alive) && names.allow(&name) {
            parts.iter().for_each(|part| {
                names.allow(part);
            });
        }
    }
}

/// What became of people, by the claim that names one of them.
fn fates(claims: &[&Claim], names: &mut Names) {
    for claim in claims.iter().filter(|it| counts_people(it.slot)) {
        let what = match claim.slot {
            _ if claim.scope.age == AgeGroup::Children => What::Child,
            Slot::Killed => What::Dead,
            _ => What::Survivor,
        };
        names.describe_one(&claim.quote().exact, what);
        for words in [claim.value.words(), &claim.scope.words] {
            names.describe_one(words, what);
        }
    }
}

/// All places of a dossier.
fn places<'a>(dossier: &'a Dossier, claims: &[&'a Claim]) -> Vec<&'a Place> {
    let of_findings = dossier
        .findings
        .iter()
        .flat_map(|it| &it.positions)
        .map(|it| &it.value);
    let of_parts = dossier.parts.iter();
    let of_parts = of_parts.flat_map(|part| {
        let positions = part
            .findings
            .iter()
            .flat_map(|it| &it.positions)
            .map(|it| &it.value);
        positions.chain(&part.place)
    });
    let values = claims
        .iter()
        .map(|it| &it.value)
        .chain(of_findings)
        .chain(of_parts)
        .chain(&dossier.incident.place);
    values
        .filter_map(|value| match value {
            Value::Place(place) => Some(place),
            _ => None,
        })
        .collect()
}

fn labels(places: &[&Place], policy: &Policy) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = places
        .iter()
        .map(|place| {
            (
                place.label(),
                blurred((*place).clone(), policy.places).label(),
            )
        })
        .filter(|(told, shown)| told != shown && !told.is_empty())
        .collect();
    out.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    out.dedup();
    out
}

fn public_ids(claims: &[&Claim], dossier: &Dossier, names: &Names) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for claim in claims {
        for party in parties(claim).filter(|it| is_public(it.kind) && names.allows(&it.name)) {
            out.insert(party.id.clone());
        }
        for speaker in claim.speakers.iter().filter(|it| is_public(it.party_kind)) {
            let name = speaker.affiliation.as_ref().unwrap_or(&speaker.name);
            if names.allows(name) {
                out.extend(speaker.party.clone());
            }
        }
    }
    let sources = dossier.reports.iter().map(|card| &card.report.source);
    out.extend(
        sources
            .filter(|it| it.name.as_ref().is_some_and(|it| names.allows(it)))
            .map(|it| it.id.clone()),
    );
    // An id is a slug of some name: one that holds a hidden part is not said either.
    out.retain(|id| {
        !names.leaks(id.split_once(':').map_or(id.as_str(), |(_, slug)| slug)) || {
            let slug = id.split_once(':').map_or(id.as_str(), |(_, slug)| slug);
            names.allows(&slug.replace('-', " "))
        }
    });
    out
}
