//! One incident: what is reported of it, by whom, and where they differ.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    response::{IntoResponse as _, Redirect, Response},
};
use casebook::publish::{
    grade, html, numbers, parts,
    summary::{self, Summary},
    view::View,
    words,
};
use model::{Dossier, Slot, SlotGroup, Texts, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Store, lists, lookup, results};

use super::{
    decided::{self, Decided},
    incidents::{asked, named},
    leaning,
    matrix::{self, Table},
    moments::{self, Entry, Published},
    phrase::{self, Link, Words, links, words_at},
};
use crate::{
    desk::Desk,
    frame::{self, Frame, short, web},
    graph::Graph,
    lanes::Lanes,
    refusal::Refusal,
    visitor::Visitor,
};

/// Lines of a list that are open before anybody asks.
const OPEN: usize = 12;

/// What is asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    /// `all`: a column for every voice.
    voices: String,
}

#[derive(Serialize, JsonSchema)]
struct Figure {
    slot: &'static str,
    figure: String,
    by: Vec<Words>,
    course: Vec<Words>,
    disputed: bool,
    /// Anchor of the row of the matrix.
    #[serde(skip)]
    row: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "IncidentDispute")]
struct Dispute {
    about: String,
    sides: Vec<Vec<Words>>,
    #[serde(skip)]
    row: String,
}

#[derive(Serialize, JsonSchema)]
struct Block {
    title: &'static str,
    disputed: bool,
    lines: Vec<Vec<Words>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SuggestedGrade")]
struct Grade {
    name: &'static str,
    means: &'static str,
    why: String,
    claims: Vec<Link>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReportOfIncident")]
struct Source {
    letter: String,
    id: String,
    href: String,
    outlet: String,
    title: String,
    published: String,
    url: String,
    claims: usize,
    /// Words of the passage, where the report tells of the incident in passing.
    passage: String,
    language: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Lineage")]
struct Leans {
    report: String,
    how: &'static str,
    on: String,
    named: String,
    why: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SetAside")]
struct Aside {
    slot: &'static str,
    scope: String,
    /// What was set aside.
    value: String,
    /// By which rule; empty for what stands no more whatever the rule.
    rule: &'static str,
    why: String,
    claims: Vec<Link>,
}

#[derive(Serialize, JsonSchema)]
struct Moment {
    when: String,
    what: String,
    claims: Vec<Link>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "NoteInWords")]
struct Said {
    glyph: &'static str,
    severity: &'static str,
    subject: String,
    message: String,
    hint: String,
}

/// What stands on the page.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Incident")]
pub struct Shown {
    /// Its id.
    pub case: String,
    title: String,
    what: String,
    place: String,
    when: String,
    sources: String,
    claims: usize,
    voices: usize,
    figures: Vec<Figure>,
    disputes: Vec<Dispute>,
    blocks: Vec<Block>,
    grade: Option<Grade>,
    matrix: Vec<Table>,
    parts: Vec<Moment>,
    timeline: Vec<Moment>,
    published: Vec<Published>,
    reports: Vec<Source>,
    lineage: Vec<Leans>,
    set_aside: Vec<Aside>,
    notes: Vec<Said>,
    decided: Vec<Decided>,
    version: String,
    /// Figures on one axis, a plot a count slot, as it stands on the page; the dossier has the same in numbers.
    #[serde(skip)]
    plots: Vec<String>,
    /// What happened and when it was reported: one list, and its drawing.
    #[serde(skip)]
    entries: Vec<Entry>,
    #[serde(skip)]
    lanes: Option<Lanes>,
    /// Who leans on whom, drawn; the list stands beside it.
    #[serde(skip)]
    graph: Option<Graph>,
    /// Whether too many lean on each other to be drawn.
    #[serde(skip)]
    crowded: bool,
    #[serde(skip)]
    seen: i64,
}

#[derive(Template)]
#[template(path = "incident.html")]
struct Page {
    frame: Frame,
    it: Shown,
    /// Lines of a list that are open before anybody asks.
    open: usize,
    /// Whether voices have no column in some table.
    cut: bool,
}

/// The page and its JSON; what was merged leads to what it became.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    path: Result<Path<String>, PathRejection>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let (id, asked) = (named(path)?, asked(query)?);
    let json = id.ends_with(".json");
    let begin = id.strip_suffix(".json").unwrap_or(&id).to_owned();
    let all = json || asked.voices == "all";
    let found = desk
        .pool
        .with(move |store| find(store, &begin, all, json))
        .await?;
    let Found::Here(shown, dossier) = found else {
        let Found::Elsewhere(case) = found else {
            return Err(Refusal::fault());
        };
        let ending = if json { ".json" } else { "" };
        return Ok(Redirect::permanent(&format!("/incidents/{case}{ending}")).into_response());
    };
    if json {
        return frame::json(&serde_json::json!({"incident": shown, "dossier": dossier}));
    }
    frame::html(&Page {
        frame: Frame::new(&visitor, "incidents", &short(&shown.title, 120))?
            .with_json()
            .with_forms(shown.seen),
        cut: shown.matrix.iter().any(|table| table.more > 0),
        open: OPEN,
        it: *shown,
    })
}

/// Where an incident is.
pub enum Found {
    /// Here.
    Here(Box<Shown>, Option<Box<Dossier>>),
    /// Under this id.
    Elsewhere(String),
}

/// The incident whose id begins so; `all` voices have a column, and the `whole` dossier is given.
pub fn find(store: &mut Store, asked: &str, all: bool, whole: bool) -> Result<Found, Refusal> {
    let begin = match asked.strip_prefix("k:") {
        Some(_) => asked.to_owned(),
        None => format!("k:{asked}"),
    };
    let database = store.database();
    let case = lookup::case_id(database, &begin)?;
    if case != asked {
        return Ok(Found::Elsewhere(case));
    }
    let Some(dossier) = results::dossier(database, &case)? else {
        return Err(Refusal::new(
            axum::http::StatusCode::NOT_FOUND,
            format!(
                "{case}: no report tells of this incident any more, or its dossier is not made yet"
            ),
            "`crossbearing run` makes the dossiers that are due",
        ));
    };
    let decided = decided::bearing(database, &dossier)?;
    let seen = lists::seen(database)?;
    let texts = Texts::new();
    let view = View::new(&dossier, &texts);
    let shown = Box::new(Shown {
        seen,
        ..shown(&view, all, decided)
    });
    Ok(Found::Here(shown, whole.then(|| Box::new(dossier))))
}

fn shown(view: &View, all: bool, decided: Vec<Decided>) -> Shown {
    let dossier = view.dossier;
    let card = &dossier.incident;
    let short_ = summary::of(view);
    let published = moments::published(view);
    let phrases = |all: &[summary::Phrase]| all.iter().map(|it| phrase::of(view, it)).collect();
    Shown {
        case: card.case.to_string(),
        title: short(&card.title, 400),
        what: card.event.as_ref().map(Value::label).unwrap_or_default(),
        claims: dossier.claims.len(),
        voices: view.voices(),
        figures: figures(view, &short_),
        disputes: short_
            .disputes
            .iter()
            .map(|it| Dispute {
                about: it.about.clone(),
                sides: phrases(&it.sides),
                row: row(it.finding.as_ref()),
            })
            .collect(),
        blocks: short_
            .blocks
            .iter()
            .map(|it| Block {
                title: it.title,
                disputed: it.disputed.is_some(),
                lines: phrases(&it.lines),
            })
            .collect(),
        grade: grade::suggested(view).map(|it| Grade {
            name: it.name,
            means: it.means,
            why: it.why,
            claims: links(view, &it.claims),
        }),
        matrix: matrix::tables(view, all),
        parts: dossier.parts.iter().map(|it| part(view, it)).collect(),
        timeline: timeline(view),
        entries: moments::entries(view, &published),
        lanes: moments::lanes(view, &published),
        graph: leaning::graph(view),
        crowded: leaning::crowded(view),
        published,
        reports: reports(view),
        lineage: lineage(view),
        set_aside: set_aside(view),
        notes: notes(view),
        decided,
        version: dossier.version.clone(),
        plots: plots(view),
        seen: 0,
        place: short_.place,
        when: short_.when,
        sources: short_.sources,
    }
}

fn row(finding: Option<&model::FindingId>) -> String {
    finding
        .map(|id| id.as_str().replace(':', "-"))
        .unwrap_or_default()
}

fn figures(view: &View, summary: &Summary) -> Vec<Figure> {
    let figure = |it: &summary::Row| Figure {
        slot: words::short(it.slot),
        figure: it.figure.clone(),
        by: phrase::of(view, &it.by),
        course: phrase::of(view, &it.course),
        disputed: it.disputed,
        row: row(it.finding.as_ref()),
    };
    summary.figures.iter().map(figure).collect()
}

fn part(view: &View, part: &model::Part) -> Moment {
    Moment {
        when: part.when.as_ref().map(words::when).unwrap_or_default(),
        what: parts::name(part),
        claims: links(view, &part.claims),
    }
}

fn timeline(view: &View) -> Vec<Moment> {
    let moment = |it: &model::TimelineEntry| Moment {
        when: words::when(&it.when),
        what: short(&it.what, 400),
        claims: links(view, &it.claims),
    };
    view.dossier.timeline.iter().map(moment).collect()
}

fn reports(view: &View) -> Vec<Source> {
    let source = |card: &model::ReportCard| Source {
        letter: card.letter.clone(),
        id: card.report.id.to_string(),
        href: format!("/reports/{}", card.report.id),
        outlet: short(&view.source(card), 120),
        title: short(card.report.title.as_deref().unwrap_or_default(), 300),
        published: card
            .report
            .published
            .as_ref()
            .map(words::when)
            .unwrap_or_default(),
        url: card
            .report
            .url
            .clone()
            .filter(|url| web(url))
            .unwrap_or_default(),
        claims: card.claims,
        passage: short(&card.passage, 200),
        language: card.report.language.clone().unwrap_or_default(),
    };
    view.dossier.reports.iter().map(source).collect()
}

fn lineage(view: &View) -> Vec<Leans> {
    let leans = |it: &model::Lineage| Leans {
        report: view.letter(&it.report).to_owned(),
        how: words::lineage(it.kind),
        on: it
            .on
            .as_ref()
            .map(|id| view.letter(id).to_owned())
            .unwrap_or_default(),
        named: short(it.named.as_deref().unwrap_or_default(), 120),
        why: words::reason(&it.why),
    };
    view.dossier.lineage.iter().map(leans).collect()
}

/// What stands no more, and what each number rule left out, each with its reason.
fn set_aside(view: &View) -> Vec<Aside> {
    let mut out = Vec::new();
    for finding in &view.dossier.findings {
        let (slot, scope) = (words::slot(finding.slot), view.scope(&finding.scope));
        let aside = |value: String, rule: &'static str, why: &str, claims: Vec<Link>| Aside {
            slot,
            scope: short(&scope, 120),
            value: short(&value, 160),
            rule,
            why: words::reason(why),
            claims,
        };
        for position in finding.positions.iter().filter(|it| !it.standing) {
            let claims = links(view, &position.claims);
            out.push(aside(view.said(position), "", &position.why, claims));
        }
        let rules = finding.numbers.iter().flat_map(numbers::rules);
        for rule in rules {
            for (id, why) in &rule.range.set_aside {
                let claim = view.claim(id);
                let said = claim.map(|it| it.value.label()).unwrap_or_default();
                let link = links(view, std::slice::from_ref(id));
                out.push(aside(said, rule.spec.name, why, link));
            }
        }
    }
    out
}

/// The figures of each count slot on one axis, where there are some to compare.
fn plots(view: &View) -> Vec<String> {
    let counts = Slot::ALL
        .iter()
        .filter(|it| it.group() == SlotGroup::Counts);
    let to = |claim: &model::Claim| words_at(claim.report.as_str(), claim.id.as_str());
    counts
        .map(|slot| html::plot(view, *slot, &to))
        .filter(|it| !it.is_empty())
        .collect()
}

fn notes(view: &View) -> Vec<Said> {
    let said = |note: &model::Note| {
        let (glyph, severity) = words::severity(note.severity);
        Said {
            glyph,
            severity,
            subject: short(&view.subject(note), 120),
            message: note.message.clone(),
            hint: note.hint.clone().unwrap_or_default(),
        }
    };
    view.dossier.notes.iter().map(said).collect()
}
