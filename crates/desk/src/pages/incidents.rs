//! The list of incidents.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    response::Response,
};
use casebook::publish::words;
use schemars::JsonSchema;
use serde::Serialize;
use store::{
    Store,
    lists::{self, Facets, Filter, Line},
};

use super::{narrowed::Asked, saved, turning};
use crate::{
    desk::Desk,
    frame::{self, Frame, short},
    map::{Map, Spot},
    refusal::Refusal,
    visitor::Visitor,
};

/// Incidents on a page.
pub const EACH: usize = 50;
/// Pages that can be turned to: beyond them the list is to be narrowed.
pub const PAGES: usize = 2_000;
/// Characters of a title in the list.
const TITLE: usize = 220;

/// What a query says, where it can be read.
pub fn asked<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, Refusal> {
    query.map(|it| it.0).map_err(|_| {
        Refusal::bad(
            "the address cannot be read",
            "leave out what stands behind the question mark",
        )
    })
}

/// The id that an address names.
pub fn named(path: Result<Path<String>, PathRejection>) -> Result<String, Refusal> {
    path.map(|it| it.0)
        .map_err(|_| Refusal::absent("there is no page at this address"))
}

/// An incident in the list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "IncidentInList")]
struct Row {
    #[serde(flatten)]
    line: Line,
    #[serde(skip)]
    title: String,
    /// The days in words.
    when: String,
    /// Killed: the best figure, or the one on the first screen.
    #[serde(skip)]
    killed: String,
    /// Killed: from lowest to highest.
    #[serde(skip)]
    range: String,
    /// What is in dispute, in words.
    #[serde(skip)]
    disputes: Vec<String>,
    /// Whether voices differ and nobody has decided anything.
    needs_review: bool,
}

/// What stands in the list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Incidents")]
pub struct Listed {
    /// How many incidents the filter lets through.
    all: u64,
    /// Number of this page, from 1.
    pub page: usize,
    /// How many pages.
    pub pages: usize,
    /// The incidents.
    incidents: Vec<Row>,
    /// What the list can be narrowed to.
    #[serde(skip)]
    facets: Arc<Facets>,
    /// Whether more reports have the words than were looked at.
    words_cut: bool,
    /// Whether the casebook has any incident.
    #[serde(skip)]
    empty: bool,
    /// Lists that people saved.
    saved: Vec<saved::Shown>,
}

impl Listed {
    /// The places of the incidents on this page.
    fn spots(&self) -> Vec<Spot> {
        let spot = |row: &Row| {
            Some(Spot {
                lat: row.line.latitude?,
                lon: row.line.longitude?,
                radius_m: row.line.radius,
                title: row.title.clone(),
                href: format!("/incidents/{}", row.line.case_id),
                disputed: !row.disputes.is_empty(),
            })
        };
        self.incidents.iter().filter_map(spot).collect()
    }
}

#[derive(Template)]
#[template(path = "incidents.html")]
struct Page {
    frame: Frame,
    asked: Asked,
    listed: Arc<Listed>,
    /// The same list on other pages; empty where there is none.
    before: String,
    after: String,
    /// Whether the list is narrowed.
    narrowed: bool,
    /// Where the incidents of this page are said to have been.
    map: Option<Map>,
    /// Incidents of this page whose place is not known.
    unplaced: usize,
}

impl Page {
    fn number(&self, n: &u64) -> String {
        words::number(*n)
    }

    /// What is asked for, as it is saved.
    fn query(&self) -> String {
        self.asked.query()
    }
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let asked = asked(query)?.read()?;
    let listed = list(&desk, asked.clone(), EACH).await?;
    let [before, after] = turning::beside(listed.page, listed.pages, |to| {
        format!("/incidents?{}page={to}", asked.query())
    });
    frame::html(&Page {
        frame: Frame::new(&visitor, "incidents", "Incidents")?.with_json(),
        before,
        after,
        narrowed: !asked.query().is_empty(),
        map: Map::of(
            desk.options.land.as_deref(),
            desk.options.tiles.as_deref(),
            &listed.spots(),
        ),
        unplaced: listed.incidents.len() - listed.spots().len(),
        asked,
        listed,
    })
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    frame::json(&*list(&desk, asked(query)?.read()?, EACH).await?)
}

/// What the list holds, so many on a page.
pub async fn list(desk: &Arc<Desk>, asked: Asked, each: usize) -> Result<Arc<Listed>, Refusal> {
    let own = desk.clone();
    desk.pool
        .with(move |store| {
            let state = own.state(store)?;
            let key = format!("incidents {}page={} of {each}", asked.query(), asked.page);
            let make = || listed(store, &own, &asked, each);
            own.memory.get(&state, &key, make)
        })
        .await
}

fn listed(store: &mut Store, desk: &Desk, asked: &Asked, each: usize) -> Result<Listed, Refusal> {
    let page = turning::number(&asked.page, PAGES)?;
    let filter = Filter {
        skip: (page - 1) * each,
        ..asked.filter()?
    };
    let lists::Listed {
        all,
        lines,
        words_cut,
    } = lists::incidents(store.database(), &filter, each)?;
    let head = store.head()?.seq;
    let facets = desk.facets(store, head)?;
    let saved = saved::all(store.database(), asked)?;
    let shown = usize::try_from(all).unwrap_or(usize::MAX);
    Ok(Listed {
        all,
        page,
        pages: shown.div_ceil(each).clamp(1, PAGES),
        incidents: lines.into_iter().map(Row::of).collect(),
        empty: all == 0 && facets.kinds.is_empty() && facets.countries.is_empty(),
        facets,
        words_cut,
        saved,
    })
}

impl Row {
    fn of(line: Line) -> Self {
        let n = |n: Option<i64>| n.and_then(|n| u64::try_from(n).ok());
        let [low, best, high] = line.killed_ucdp.map(n);
        let range = match (low, high) {
            (Some(low), Some(high)) if low == high => String::new(),
            (Some(low), Some(high)) => {
                format!("{} to {}", words::number(low), words::number(high))
            }
            (Some(low), None) => format!("{} or more", words::number(low)),
            (None, Some(high)) => format!("up to {}", words::number(high)),
            (None, None) => String::new(),
        };
        let day = |day: &Option<String>| day.as_ref()?.parse::<jiff::civil::Date>().ok();
        let when = match (day(&line.day_from), day(&line.day_to)) {
            (Some(first), Some(last)) => words::days_between(first, last),
            (Some(first), None) => words::day(first),
            _ => String::new(),
        };
        let slot = |name: &str| {
            let slot = model::Slot::from_name(name);
            slot.map_or_else(|| name.to_owned(), |it| words::slot(it).to_lowercase())
        };
        let disputes: Vec<String> = line
            .disputed
            .split(", ")
            .filter(|it| !it.is_empty())
            .map(slot)
            .collect();
        Self {
            title: short(&line.title, TITLE),
            when,
            killed: best
                .or(n(line.killed))
                .map(words::number)
                .unwrap_or_default(),
            range,
            needs_review: !disputes.is_empty() && line.judged == 0,
            disputes,
            line,
        }
    }
}
