//! What waits for a decision, that with most at stake first.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use casebook::publish::{view::View, words};
use model::Texts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{
    Store,
    lists::{self, Dispute},
    results,
};

use super::{
    incidents::asked,
    matrix::{self, Side},
    proposals::{self, Shown as Proposed},
    turning,
};
use crate::{
    desk::Desk,
    frame::{self, Frame, short},
    refusal::Refusal,
    visitor::Visitor,
};

/// Disputes on a page.
const EACH: usize = 10;
/// Pages that can be turned to.
pub const PAGES: usize = 10_000;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Not empty: also disputes on which somebody decided already.
    pub decided: String,
    /// From 1.
    pub page: String,
}

/// A dispute.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "Dispute")]
struct Item {
    /// Its number in the queue.
    n: usize,
    /// Id of the incident.
    case: String,
    title: String,
    /// Id of the finding.
    finding: String,
    #[serde(skip)]
    anchor: String,
    slot: &'static str,
    scope: String,
    /// Why it is disputed.
    why: String,
    /// How many a decision would change the figure by; 0 where it counts nobody.
    apart: u64,
    /// How many claims of it were decided on.
    decided: i64,
    /// What the voices say.
    sides: Vec<Side>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Disputes")]
pub struct Queue {
    /// Disputes in all.
    all: u64,
    /// Number of this page, from 1.
    pub page: usize,
    /// How many pages.
    pub pages: usize,
    /// Decisions that dossiers do not show yet.
    waiting: i64,
    /// Whether they are being worked in.
    under_way: bool,
    /// Why those were not worked in; empty where that is under way.
    failed: String,
    disputes: Vec<Item>,
    /// How many claims wait that a language model proposed.
    proposed: u64,
    /// The first of them, on the first page; the next come when these are decided on.
    proposals: Vec<Proposed>,
    #[serde(skip)]
    seen: i64,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Page {
    frame: Frame,
    queue: Queue,
    /// Whether those decided on are shown, too.
    every: bool,
    before: String,
    after: String,
}

impl Page {
    fn number(&self, n: &u64) -> String {
        words::number(*n)
    }
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let asked = asked(query)?;
    let every = !asked.decided.is_empty();
    let queue = look(&desk, asked).await?;
    let decided = if every { "decided=1&" } else { "" };
    let [before, after] = turning::beside(queue.page, queue.pages, |to| {
        format!("/review?{decided}page={to}")
    });
    frame::html(&Page {
        frame: Frame::new(&visitor, "review", "Review")?
            .with_json()
            .with_forms(queue.seen),
        before,
        after,
        every,
        queue,
    })
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    frame::json(&look(&desk, asked(query)?).await?)
}

/// What waits.
pub async fn look(desk: &Arc<Desk>, asked: Asked) -> Result<Queue, Refusal> {
    let page = turning::number(&asked.page, PAGES)?;
    let own = desk.clone();
    desk.pool
        .with(move |store| {
            // Asked before the casebook is: what ends in between is seen there.
            let under_way = own.work.settling();
            let queue = queue(store, &own, !asked.decided.is_empty(), page)?;
            Ok(Queue {
                under_way,
                failed: own.work.failed().unwrap_or_default(),
                ..queue
            })
        })
        .await
}

fn queue(store: &mut Store, desk: &Desk, every: bool, page: usize) -> Result<Queue, Refusal> {
    let state = desk.state(store)?;
    let database = store.database();
    let skip = (page - 1) * EACH;
    let found = lists::disputes(database, every, skip, EACH)?;
    let counted = format!("disputes in all, decided on too: {every}");
    let all = *desk
        .memory
        .get(&state, &counted, || lists::disputes_in_all(database, every))?;
    let seen = lists::seen(database)?;
    let mut disputes = Vec::new();
    for (at, one) in found.iter().enumerate() {
        let key = format!("{} {}", one.case_id, one.finding);
        let found = desk.disputes.get(&one.state, &key, || {
            // A dossier that is being made anew is not there for a moment.
            let dossier = results::dossier(database, &one.case_id)?;
            let texts = Texts::new();
            Ok::<_, Refusal>(dossier.and_then(|it| item(&View::new(&it, &texts), one)))
        })?;
        disputes.extend(found.as_ref().clone().map(|item| Item {
            n: skip + at + 1,
            decided: one.judged,
            ..item
        }));
    }
    let (proposed, mut waiting) = proposals::waiting(database)?;
    if page > 1 {
        waiting.clear();
    }
    let most = usize::try_from(all).unwrap_or(usize::MAX);
    Ok(Queue {
        all,
        page,
        pages: most.div_ceil(EACH).clamp(1, PAGES),
        waiting: lists::waiting(database)?,
        under_way: false,
        failed: String::new(),
        disputes,
        proposed,
        proposals: waiting,
        seen,
    })
}

fn item(view: &View, one: &Dispute) -> Option<Item> {
    let mut findings = view.dossier.findings.iter();
    let finding = findings.find(|it| it.id.as_str() == one.finding)?;
    Some(Item {
        n: 0,
        case: one.case_id.clone(),
        title: short(&one.title, 200),
        anchor: one.finding.replace(':', "-"),
        finding: one.finding.clone(),
        slot: words::slot(finding.slot),
        scope: short(&view.scope(&finding.scope), 120),
        why: words::reason(&finding.why),
        apart: finding.apart(),
        decided: 0,
        sides: matrix::sides(view, finding),
    })
}
