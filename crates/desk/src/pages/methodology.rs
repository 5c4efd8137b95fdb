//! What the program reads, how it counts, and what its words mean: written from the same lists that it works by.

use askama::Template;
use axum::{Extension, response::Response};
use casebook::publish::{grade::GRADES, view::matrix::Stand, words};
use model::{
    LineageKind, OriginKind, RelationKind, RuleName, Section, Slot, SlotGroup, StanceKind, Verdict,
};
use serde::Serialize;

use crate::{
    frame::{self, Frame},
    refusal::Refusal,
    visitor::Visitor,
};

/// A word and what it means.
#[derive(Serialize)]
struct Term {
    #[serde(skip_serializing_if = "str::is_empty")]
    symbol: &'static str,
    name: String,
    means: String,
}

#[derive(Serialize)]
struct Group {
    title: &'static str,
    about: &'static str,
    /// What a claim on one of the slots holds, and the slots, as one term each.
    slots: Vec<Term>,
}

#[derive(Serialize)]
struct Method {
    /// What claims can be about.
    slots: Vec<Group>,
    /// How a range or a figure comes from several claims.
    rules: Vec<Term>,
    /// How what is said on one thing stands together.
    verdicts: Vec<Term>,
    /// How one voice stands to the others, in the claim matrix.
    stands: Vec<Term>,
    /// How firmly something is said.
    stances: Vec<Term>,
    /// What counts as one voice.
    voices: Vec<Term>,
    /// How two claims stand to each other.
    relations: Vec<Term>,
    /// How a report leans on another.
    lineage: Vec<Term>,
    /// Grades that are suggested.
    grades: Vec<Term>,
}

#[derive(Template)]
#[template(path = "methodology.html")]
struct Page {
    frame: Frame,
    method: Method,
}

/// The page.
pub async fn page(Extension(visitor): Extension<Visitor>) -> Result<Response, Refusal> {
    frame::html(&Page {
        frame: Frame::new(&visitor, "methodology", "Methodology")?.with_json(),
        method: method(),
    })
}

/// The same as JSON.
pub async fn json() -> Result<Response, Refusal> {
    frame::json(&method())
}

fn term(symbol: &'static str, name: &str, means: &str) -> Term {
    Term {
        symbol,
        name: name.to_owned(),
        means: means.to_owned(),
    }
}

fn method() -> Method {
    let verdicts = [
        Verdict::Disputed,
        Verdict::Revised,
        Verdict::Corroborated,
        Verdict::SingleOrigin,
        Verdict::Unconfirmed,
    ];
    let relations = [
        RelationKind::Contradicts,
        RelationKind::Compatible,
        RelationKind::Corroborates,
        RelationKind::Revises,
        RelationKind::PartOf,
        RelationKind::SameClaim,
        RelationKind::SameOrigin,
        RelationKind::SamePlace,
        RelationKind::ScopeDiffers,
        RelationKind::Tension,
    ];
    let lineage = [
        LineageKind::Copies,
        LineageKind::SharesPassages,
        LineageKind::Cites,
        LineageKind::SameAgency,
    ];
    let voices = [
        OriginKind::Speaker,
        OriginKind::Publisher,
        OriginKind::Agency,
        OriginKind::Unnamed,
    ];
    Method {
        slots: slots(),
        rules: RuleName::ALL
            .iter()
            .map(|rule| term("", rule.spec().name, rule.spec().does))
            .collect(),
        verdicts: verdicts
            .map(|it| {
                term(
                    words::verdict_glyph(it),
                    words::verdict(it),
                    words::verdict_meaning(it),
                )
            })
            .into(),
        stands: Stand::ALL
            .map(|it| term(it.glyph(), it.word(), it.meaning()))
            .into(),
        stances: stances(),
        voices: voices
            .map(|it| term("", words::origin_kind(it), voice(it)))
            .into(),
        relations: relations.map(|it| term("", words::relation(it), "")).into(),
        lineage: lineage.map(|it| term("", words::lineage(it), "")).into(),
        grades: GRADES.map(|(name, means)| term("", name, means)).into(),
    }
}

fn stances() -> Vec<Term> {
    let all = [
        (StanceKind::Asserted, "said plainly"),
        (
            StanceKind::Reported,
            "passed on from nobody named: “is reported to”",
        ),
        (
            StanceKind::Claimed,
            "said by a party to the events, or with a verb that keeps a distance: “claimed”, “alleged”",
        ),
        (
            StanceKind::Possible,
            "“may”, “might”, “thought to”, “feared”",
        ),
        (StanceKind::Denied, "“denied”, “no evidence that”"),
        (
            StanceKind::Unconfirmed,
            "“has not been confirmed”, “could not be verified”",
        ),
    ];
    all.map(|(kind, means)| term("", words::stance(kind), means))
        .into()
}

fn voice(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Speaker => "a body or person who said it, however many outlets print it",
        OriginKind::Publisher => "what an outlet says of its own",
        OriginKind::Agency => "an agency whose copy others print: all of them are one voice",
        OriginKind::Unnamed => "“is reported to”: shown, and counted as no voice",
    }
}

fn slots() -> Vec<Group> {
    let mut sections: Vec<Option<Section>> =
        Slot::ALL.iter().map(|it| Some(it.spec().section)).collect();
    sections.sort_unstable();
    sections.dedup();
    let group = |section: Option<Section>| {
        let (_, title, about) = words::section(section);
        let kinds = [
            (
                SlotGroup::Counts,
                "a number of people: an interval, with the words that bound it",
            ),
            (
                SlotGroup::Happening,
                "what happened, where, when and by whom",
            ),
            (SlotGroup::People, "how people are treated"),
            (SlotGroup::Words, "what somebody says, in their words"),
        ];
        let of = |(kind, holds): (SlotGroup, &str)| {
            let own = Slot::ALL
                .iter()
                .filter(|slot| Some(slot.spec().section) == section && slot.group() == kind);
            let names: Vec<&str> = own.map(|slot| words::slot(*slot)).collect();
            (!names.is_empty()).then(|| term("", holds, &names.join(" · ")))
        };
        Group {
            title,
            about,
            slots: kinds.into_iter().filter_map(of).collect(),
        }
    };
    sections.into_iter().map(group).collect()
}
