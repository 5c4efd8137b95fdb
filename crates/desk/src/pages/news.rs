//! What changed since somebody looked last: incident by incident, that with most at stake first, and what others
//! decided.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{
    Extension, Form,
    extract::{
        Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    response::{IntoResponse as _, Redirect, Response},
};
use casebook::{
    book::{self, Change, Since},
    publish::words,
};
use serde::{Deserialize, Serialize};
use store::{Store, judgements, lists, log::time};

use super::{
    decided::{self, Decided},
    form::unread,
    incidents::asked,
    turning,
};
use crate::{
    desk::{Desk, FIRST},
    frame::{self, Frame, moment, short},
    refusal::Refusal,
    visitor::Visitor,
};

/// Incidents on a page.
const EACH: usize = 50;
/// Pages that can be turned to.
const PAGES: usize = 200;
/// Decisions that are listed.
const DECISIONS: usize = 50;
/// Changes of an incident that are shown, the latest.
const SHOWN: usize = 8;
/// Characters of a title.
const TITLE: usize = 220;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `visit` or nothing, `today`, `week`, or the number of an entry of the log.
    since: String,
    /// From 1.
    page: String,
}

/// An incident that changed.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    changed: book::Changed,
    /// Where it is shown; empty where it is no more.
    #[serde(skip)]
    href: String,
    /// A line on it.
    #[serde(skip)]
    title: String,
    /// What changed, in order.
    #[serde(skip)]
    shown: Vec<Told>,
    /// Changes before those.
    #[serde(skip)]
    earlier: usize,
}

/// A change as the page words it.
struct Told {
    at: String,
    when: String,
    /// What it is, in a word or two; empty where the words say so.
    label: &'static str,
    /// How it is marked: `disputed`, `corroborated` …
    mark: &'static str,
    words: String,
    /// The incident that it went into or came from: its address and title.
    other: Option<(String, String)>,
}

#[derive(Serialize)]
struct News {
    /// Since which entry of the log, where an entry says it.
    since: Option<i64>,
    /// Since which time, where a time says it.
    since_time: Option<String>,
    /// The last entry that was looked at: who has seen this has seen what is up to it.
    to: i64,
    /// Whether there was more than is kept at hand, so that the oldest of it is left out.
    cut: bool,
    /// Then: the time from which on nothing is left out.
    whole_from: Option<String>,
    /// Incidents that changed, on all pages.
    all: usize,
    page: usize,
    pages: usize,
    incidents: Vec<Line>,
    /// Decisions of others, the latest first.
    decisions: Vec<Decided>,
    /// How many of them there are in all.
    all_decisions: usize,
    /// Up to where the visitor has seen what changed, and when they said so.
    #[serde(skip)]
    visit: Option<(i64, String)>,
    /// Number of the latest judgement.
    #[serde(skip)]
    seen: i64,
}

#[derive(Template)]
#[template(path = "news.html")]
struct Page {
    frame: Frame,
    /// Which choice of times holds: `visit`, `today`, `week`, `entry`.
    chosen: &'static str,
    /// Since when, in words.
    since: String,
    news: News,
    before: String,
    after: String,
    /// Whether there is something that the visitor has not said to have seen.
    unseen: bool,
}

impl Page {
    fn at_time(&self, at: &str) -> String {
        moment(at)
    }

    fn number(&self, n: &usize) -> String {
        words::number(u64::try_from(*n).unwrap_or(u64::MAX))
    }
}

impl Asked {
    fn chosen(&self) -> &'static str {
        match self.since.as_str() {
            "" | "visit" => "visit",
            "today" => "today",
            "week" => "week",
            _ => "entry",
        }
    }

    fn since(&self, desk: &Desk, visit: &Since) -> Result<Since, Refusal> {
        Ok(match self.chosen() {
            "visit" => visit.clone(),
            "today" => Since::Time(format!("{}T00:00:00.000Z", &time(desk.now())[..10])),
            "week" => Since::Time(desk.days_ago(7)),
            _ => {
                let seq = self.since.parse().ok().filter(|seq| *seq >= 0);
                let hint = "`visit`, `today`, `week`, or the number of an entry of the log";
                Since::Entry(seq.ok_or_else(|| Refusal::bad("no such beginning", hint))?)
            }
        })
    }
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let asked = asked(query)?;
    let news = look(&desk, &visitor, asked.clone()).await?;
    let of = match asked.since.as_str() {
        "" => String::new(),
        since => format!("since={}&", frame::encoded(since)),
    };
    let [before, after] =
        turning::beside(news.page, news.pages, |to| format!("/news?{of}page={to}"));
    frame::html(&Page {
        frame: Frame::new(&visitor, "news", "News")?
            .with_json()
            .with_forms(news.seen),
        chosen: asked.chosen(),
        since: news.in_words(asked.chosen()),
        unseen: news.visit.as_ref().is_none_or(|(seen, _)| *seen < news.to),
        before,
        after,
        news,
    })
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    frame::json(&look(&desk, &visitor, asked(query)?).await?)
}

async fn look(desk: &Arc<Desk>, visitor: &Visitor, asked: Asked) -> Result<News, Refusal> {
    let (own, who) = (desk.clone(), visitor.who.clone().unwrap_or_default());
    desk.pool
        .with(move |store| news(store, &own, &asked, &who))
        .await
}

fn news(store: &mut Store, desk: &Desk, asked: &Asked, who: &str) -> Result<News, Refusal> {
    let page = turning::number(&asked.page, PAGES)?;
    let (visit, at) = desk.last_visit(store, who)?;
    let since = asked.since(desk, &visit)?;
    let recent = desk.news(store)?;
    let found = recent.incidents(&since);
    let all = found.len();
    let some: Vec<book::Changed> = found
        .into_iter()
        .skip((page - 1) * EACH)
        .take(EACH)
        .collect();
    let titles = titles(store, &some)?;
    let decided = recent.decisions(&since, who);
    let all_decisions = decided.len();
    let mut decisions = Vec::new();
    for it in decided.into_iter().take(DECISIONS) {
        // One of a report that was taken out for good is gone.
        decisions.extend(judgements::one(store.database(), &it.judgement).ok());
    }
    let cut = recent.is_cut(&since);
    Ok(News {
        to: recent.to,
        cut,
        whole_from: cut.then(|| recent.from_at.clone()),
        all,
        page,
        pages: all.div_ceil(EACH).clamp(1, PAGES),
        incidents: some.into_iter().map(|it| Line::of(it, &titles)).collect(),
        decisions: decided::of(store.database(), decisions)?,
        all_decisions,
        visit: match (visit, at) {
            (Since::Entry(seq), Some(at)) => Some((seq, at)),
            _ => None,
        },
        seen: lists::seen(store.database())?,
        since: match &since {
            Since::Entry(seq) => Some(*seq),
            Since::Time(_) => None,
        },
        since_time: match since {
            Since::Entry(_) => None,
            Since::Time(at) => Some(at),
        },
    })
}

/// Titles of incidents that others went into or were split off.
fn titles(store: &mut Store, some: &[book::Changed]) -> Result<BTreeMap<String, String>, Refusal> {
    let others = some.iter().flat_map(|it| &it.changes).map(|it| &it.other);
    let mut others: Vec<String> = others.filter(|it| !it.is_empty()).cloned().collect();
    others.sort_unstable();
    others.dedup();
    Ok(lists::titles(store.database(), &others)?)
}

impl News {
    fn in_words(&self, chosen: &str) -> String {
        match (chosen, &self.visit) {
            ("visit", Some((_, at))) => {
                format!("since your last visit, {}", moment(at))
            }
            ("visit", None) => format!("in the last {FIRST} days"),
            ("today", _) => "today, by UTC".to_owned(),
            ("week", _) => "in the last 7 days".to_owned(),
            _ => format!("since entry {} of the log", self.since.unwrap_or(0)),
        }
    }
}

impl Line {
    fn of(changed: book::Changed, titles: &BTreeMap<String, String>) -> Self {
        let merged = changed.changes.last().is_some_and(|it| it.what == "merged");
        let earlier = changed.changes.len().saturating_sub(SHOWN);
        let title = match changed.title.as_str() {
            "" => changed.case.clone(),
            title => short(title, TITLE),
        };
        Self {
            // One that went into another leads there.
            href: match changed.ended && !merged {
                true => String::new(),
                false => format!("/incidents/{}", changed.case),
            },
            title,
            shown: changed.changes[earlier..]
                .iter()
                .map(|it| Told::of(it, titles))
                .collect(),
            earlier,
            changed,
        }
    }
}

impl Told {
    fn of(change: &Change, titles: &BTreeMap<String, String>) -> Self {
        let (label, mark) = match change.what {
            "new" => ("new incident", "fresh"),
            "dispute" => ("now in dispute", "disputed"),
            "settled" => ("settled", "corroborated"),
            "figure" => ("figure", "revised"),
            "merged" => ("merged", "single"),
            "split" => ("split off", "single"),
            "gone" => ("gone", "unconfirmed"),
            _ => ("reports", "single"),
        };
        let other = (!change.other.is_empty()).then(|| {
            let title = titles.get(&change.other).unwrap_or(&change.other);
            let href = format!("/incidents/{}", change.other);
            (href, short(title, TITLE))
        });
        let mut words = short(&change.words, 400);
        if other.is_some() {
            words = words.replace(&change.other, "").trim_end().to_owned();
        }
        // What the mark says already is not said twice.
        let told = words.strip_prefix("now in dispute: ").map(str::to_owned);
        Self {
            at: change.at.clone(),
            when: moment(&change.at),
            label,
            mark,
            words: told.unwrap_or(words),
            other,
        }
    }
}

/// The form.
#[derive(Deserialize)]
pub struct Seen {
    token: String,
    /// The last entry of the log that the page told of.
    seen: i64,
}

/// Notes up to where somebody has seen what changed.
pub async fn seen(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Seen>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    let (who, at) = (visitor.who.unwrap_or_default(), time(desk.now()));
    desk.pool
        .with(move |store| {
            if !(0..=store.head()?.seq).contains(&form.seen) {
                let hint = "open the page again and send the form from there";
                return Err(Refusal::bad("the log has no such entry", hint));
            }
            Ok(store.write(&mut |tx| tx.has_seen(&who, form.seen, &at))?)
        })
        .await?;
    Ok(Redirect::to("/news").into_response())
}
