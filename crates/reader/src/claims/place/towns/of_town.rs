//! What all candidates of a report give together: how each town stands beside the others.

use super::{
    candidate::{Candidate, head},
    features::TownFeature,
    of_mention::Page,
};
use crate::{
    claims::annotated::Annotated,
    read::places::{TownKind, TownMention, Towns, town_key},
};

/// Candidates compared pair by pair, at most.
const MAX_COMPARED: usize = 60;

/// What all candidates of a report give together.
struct Shared<'a> {
    mentions: &'a [TownMention],
    towns: &'a Towns,
    total: usize,
    most: usize,
    all_police: usize,
    publisher: String,
    /// The town that the running text names first.
    first_body: Option<usize>,
    /// The town that dates the report.
    dateline: Option<usize>,
    /// Towns that a list knows and the report names.
    known: usize,
    counties: Vec<u32>,
    /// Towns whose police is named.
    forces: Vec<bool>,
    /// The best-known mention of each.
    heads: Vec<TownMention>,
    /// Towns that are told of as the scene.
    scenes: usize,
}

impl<'a> Shared<'a> {
    fn of(
        cx: &'a Annotated<'_>,
        mentions: &'a [TownMention],
        page: &Page<'_, '_>,
        candidates: &[Candidate],
    ) -> Self {
        let towns = &cx.read.towns;
        let total: usize = candidates.iter().map(|one| one.mentions.len()).sum();
        let most = candidates
            .iter()
            .map(|one| one.mentions.len())
            .max()
            .unwrap_or(0);
        let all_police: usize = candidates.iter().map(police).sum();
        let publisher = publisher(cx, page);
        let first_body = candidates
            .iter()
            .enumerate()
            .filter_map(|(i, one)| {
                let at = one.mentions.iter().map(|&m| mentions[m].tokens.start);
                Some((at.filter(|&at| at >= page.tail.end).min()?, i))
            })
            .min()
            .map(|(_, i)| i);
        let dateline = candidates
            .iter()
            .position(|one| one.features[TownFeature::Dateline as usize] > 0.0);
        let heads: Vec<&TownMention> = candidates.iter().map(|one| head(cx, one)).collect();
        let known = heads
            .iter()
            .zip(candidates.iter())
            .filter(|(head, one)| head.kind == TownKind::Town && !one.mentions.is_empty())
            .count();
        let counties: Vec<u32> = heads
            .iter()
            .filter(|head| head.kind == TownKind::County)
            .filter_map(|head| head.district)
            .collect();
        let forces: Vec<bool> = candidates.iter().map(|one| police(one) > 0).collect();
        let heads: Vec<TownMention> = heads.into_iter().cloned().collect();
        let scenes = candidates
            .iter()
            .filter(|one| one.features[TownFeature::Scene as usize] > 0.0)
            .count();
        Self {
            mentions,
            towns,
            total,
            most,
            all_police,
            publisher,
            first_body,
            dateline,
            known,
            counties,
            forces,
            heads,
            scenes,
        }
    }

    /// What holds of one town beside the others.
    fn flags(&self, i: usize, one: &Candidate) -> Vec<(TownFeature, bool)> {
        let (order, kind, only) = (self.order(i, one), self.kind(i), self.only(one));
        [&order[..], &kind[..], &only[..]].concat()
    }

    /// How it stands among the towns of the report, by its place in the text.
    fn order(&self, i: usize, one: &Candidate) -> [(TownFeature, bool); 8] {
        let head = &self.heads[i];
        let named = !one.mentions.is_empty();
        [
            (TownFeature::Most, named && one.mentions.len() == self.most),
            (TownFeature::First, named && i == 0),
            (TownFeature::FirstBody, self.first_body == Some(i)),
            (
                TownFeature::DatelineOther,
                self.dateline.is_some_and(|other| other != i),
            ),
            (
                TownFeature::DatelineIn,
                one.features[TownFeature::Dateline as usize] > 0.0
                    && one.features[TownFeature::In as usize] > 0.0,
            ),
            (
                TownFeature::SceneOther,
                self.scenes > usize::from(one.features[TownFeature::Scene as usize] > 0.0),
            ),
            (
                TownFeature::DatelineScene,
                one.features[TownFeature::Dateline as usize] > 0.0
                    && one.features[TownFeature::Scene as usize] > 0.0,
            ),
            (
                TownFeature::SoleTown,
                named && head.kind == TownKind::Town && self.known == 1,
            ),
        ]
    }

    /// What the gazetteer, the divisions named and the publisher say of it.
    fn kind(&self, i: usize) -> [(TownFeature, bool); 12] {
        let head = &self.heads[i];
        [
            (TownFeature::Town, head.kind == TownKind::Town),
            (TownFeature::County, head.kind == TownKind::County),
            (TownFeature::Part, head.kind == TownKind::Part),
            (TownFeature::Unknown, head.kind == TownKind::Unknown),
            (
                TownFeature::Small,
                head.kind == TownKind::Town && head.population < 5_000,
            ),
            (
                TownFeature::InState,
                head.region
                    .is_some_and(|region| self.towns.regions.contains_key(&region)),
            ),
            (
                TownFeature::OtherState,
                head.kind == TownKind::Town
                    && !self.towns.regions.is_empty()
                    && head
                        .region
                        .is_some_and(|region| !self.towns.regions.contains_key(&region)),
            ),
            (
                TownFeature::InCounty,
                head.kind == TownKind::Town
                    && head
                        .district
                        .is_some_and(|district| self.counties.contains(&district)),
            ),
            (
                TownFeature::HoldsTown,
                head.kind == TownKind::County
                    && self.heads.iter().any(|other| {
                        other.kind == TownKind::Town && other.district == head.district
                    }),
            ),
            (
                TownFeature::Abroad,
                head.kind == TownKind::Town && head.place.country != self.towns.country,
            ),
            (TownFeature::Division, head.division),
            (TownFeature::Publisher, {
                let name: String = town_key(&head.place.name)
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .collect();
                name.len() >= 4 && self.publisher.contains(&name)
            }),
        ]
    }

    /// Whether nothing but one kind of words names it.
    fn only(&self, one: &Candidate) -> [(TownFeature, bool); 11] {
        let named = !one.mentions.is_empty();
        let holds = |feature: TownFeature| one.features[feature as usize] > 0.0;
        let only = |features: &[TownFeature]| {
            named
                && one
                    .each
                    .iter()
                    .all(|each| features.iter().any(|&f| each[f as usize] > 0.0))
        };
        [
            (
                TownFeature::Alternate,
                named && one.mentions.iter().all(|&m| self.mentions[m].alternate),
            ),
            (TownFeature::OnlyTail, only(&[TownFeature::TitleTail])),
            (
                TownFeature::OnlyTitle,
                only(&[TownFeature::Title, TownFeature::TitleTail]),
            ),
            (
                TownFeature::OnlyHome,
                only(&[TownFeature::Home, TownFeature::HomeNoun]),
            ),
            (
                TownFeature::OnlySite,
                only(&[
                    TownFeature::Hospital,
                    TownFeature::Court,
                    TownFeature::School,
                ]),
            ),
            (TownFeature::OnlyBody, only(&[TownFeature::OtherBody])),
            (TownFeature::OnlyDoubtful, only(&[TownFeature::Doubtful])),
            (
                TownFeature::OnlyLate,
                named && one.features[TownFeature::Early as usize] < 0.12,
            ),
            (
                TownFeature::OnlyHolds,
                !named && holds(TownFeature::HoldsPlace),
            ),
            (
                TownFeature::OnlyAddress,
                !named && !holds(TownFeature::HoldsPlace) && !holds(TownFeature::Joint),
            ),
            (
                TownFeature::AddressAlone,
                !named
                    && (holds(TownFeature::Host)
                        || holds(TownFeature::Section)
                        || holds(TownFeature::Slug))
                    && self.known == 0,
            ),
        ]
    }

    /// Its share of the mentions, and how large and how long-named it is.
    fn shares(&self, i: usize, one: &mut Candidate) {
        let head = &self.heads[i];
        let police = police(one);
        let count = one.mentions.len() as f32;
        one.features[TownFeature::Mentions as usize] = count.ln_1p();
        one.features[TownFeature::Share as usize] = count / self.total.max(1) as f32;
        one.features[TownFeature::PoliceShare as usize] =
            police as f32 / self.all_police.max(1) as f32;
        one.features[TownFeature::Large as usize] = if head.kind == TownKind::Town {
            (head.population.max(10_000) as f32 / 10_000.0).log10() / 4.0
        } else {
            0.0
        };
        one.features[TownFeature::Words as usize] =
            (head.place.name.split(' ').count().min(5) as f32 - 1.0) / 4.0;
    }

    /// Larger and smaller towns close by.
    fn neighbours(&self, i: usize, one: &mut Candidate) {
        let head = &self.heads[i];
        for (j, other) in self.heads.iter().enumerate().take(MAX_COMPARED) {
            if i == j || head.kind != TownKind::Town || other.kind != TownKind::Town {
                continue;
            }
            let beside = head
                .place
                .distance_m(&other.place)
                .is_some_and(|metres| metres < 30_000.0);
            if beside && other.population > head.population.saturating_mul(2) {
                one.features[TownFeature::Within as usize] = 1.0;
                if one.features[TownFeature::Quarter as usize] > 0.0 {
                    one.features[TownFeature::QuarterWithin as usize] = 1.0;
                }
                if self.forces[j] {
                    one.features[TownFeature::WithinPolice as usize] = 1.0;
                }
            }
            if beside && head.population > other.population.saturating_mul(2) {
                one.features[TownFeature::Around as usize] = 1.0;
            }
        }
    }
}

/// Mentions of a town that name its police.
fn police(one: &Candidate) -> usize {
    one.each
        .iter()
        .filter(|each| each[TownFeature::Police as usize] > 0.0)
        .count()
}

/// The features that take all mentions and candidates together.
pub(super) fn together(
    cx: &Annotated<'_>,
    mentions: &[TownMention],
    page: &Page<'_, '_>,
    candidates: &mut [Candidate],
) {
    let shared = Shared::of(cx, mentions, page, candidates);
    for (i, one) in candidates.iter_mut().enumerate() {
        for (feature, holds) in shared.flags(i, one) {
            one.features[feature as usize] = f32::from(u8::from(holds));
        }
        shared.shares(i, one);
        shared.neighbours(i, one);
    }
}

/// Letters and digits of the publisher's name and of what follows the headline, folded.
fn publisher(cx: &Annotated<'_>, page: &Page<'_, '_>) -> String {
    let mut out = String::new();
    let tail = if page.tail.is_empty() {
        ""
    } else {
        cx.doc.slice(page.tail.clone())
    };
    for part in [cx.report.source.name.as_deref().unwrap_or(""), tail] {
        out.extend(town_key(part).chars().filter(|c| c.is_alphanumeric()));
        out.push(' ');
    }
    out
}
