//! Lists: incidents, reports, what waits, what was decided, what was found, the log.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::lists::{self, Arrived};

use super::call::{Call, Done, Linked, PREFIX, Shared};
use crate::{
    frame::short,
    pages::{audit, decisions, incidents, narrowed, review, search},
    refusal::Refusal,
};

/// Lines of a list, at most.
const MOST: u16 = 200;

/// A list, and where it lies.
type List<T> = Result<Done<Linked<T>>, Refusal>;

/// What comes first in a list of incidents.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The latest.
    Day,
    /// Those with most people killed.
    Killed,
    /// Those with most independent voices.
    Voices,
}

/// Which incidents.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfIncidents {
    /// First day: 2031-03-04.
    #[schemars(extend("format" = "date"))]
    from: Option<String>,
    /// Last day.
    #[schemars(extend("format" = "date"))]
    to: Option<String>,
    /// Country, as incidents have it.
    country: Option<String>,
    /// Kind of event, as incidents have it.
    kind: Option<String>,
    /// Words of reports that tell of it.
    q: Option<String>,
    /// Only those in dispute.
    disputed: Option<bool>,
    /// Only those that nobody decided anything about.
    unreviewed: Option<bool>,
    /// Also those that reports tell of in passing only.
    passing: Option<bool>,
    /// What comes first; the latest where nothing is said.
    sort: Option<Sort>,
    /// Number of the page, from 1.
    #[schemars(range(min = 1, max = 2000))]
    page: Option<u16>,
    /// Lines on a page.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u16>,
}

/// Which of the disputes.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfDisputes {
    /// Also those on which somebody decided already.
    decided: Option<bool>,
    /// Number of the page, from 1; a page has ten.
    #[schemars(range(min = 1, max = 10000))]
    page: Option<u16>,
}

/// Where a list begins, and how long it is.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FromNumber {
    /// The number to begin at, downwards; the latest where nothing is said.
    #[schemars(range(min = 0))]
    from: Option<i64>,
    /// Lines, at most.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u16>,
}

/// Which entries of the log.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfLog {
    /// The number to begin at, downwards; the latest where nothing is said.
    #[schemars(range(min = 0))]
    from: Option<i64>,
    /// Only entries on this thing, by its id.
    subject: Option<String>,
    /// Lines, at most.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u16>,
}

/// What is looked through.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Within {
    /// Texts of reports.
    Reports,
    /// Words of claims.
    Claims,
    /// Names.
    Names,
}

/// What is looked for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfSearch {
    /// Words; those in quotation marks stand together, and one with `-` before it stands nowhere.
    #[schemars(length(min = 1))]
    q: String,
    /// What is looked through; reports where nothing is said.
    within: Option<Within>,
    /// Lines, at most.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u16>,
}

/// Reports, the latest added first.
#[derive(Serialize, JsonSchema)]
pub struct Reports {
    /// The reports.
    reports: Vec<Arrived>,
    /// The number to go on at; absent at the end.
    next: Option<i64>,
}

fn each(limit: Option<u16>, usual: usize) -> Result<usize, Refusal> {
    match limit {
        None => Ok(usual),
        Some(limit) if (1..=MOST).contains(&limit) => Ok(usize::from(limit)),
        Some(limit) => {
            let hint = format!("a number from 1 to {MOST}; links.next leads to what comes later");
            Err(Refusal::bad(
                format!("{limit}: not a length of a list"),
                hint,
            ))
        }
    }
}

fn below(from: Option<i64>) -> Result<String, Refusal> {
    match from {
        Some(from) if from < 0 => Err(Refusal::bad(
            format!("{from}: not a number to begin at"),
            "a whole number, 0 or more",
        )),
        from => Ok(from.map(|from| from.to_string()).unwrap_or_default()),
    }
}

/// A day as the description has it.
fn day(asked: Option<String>) -> Result<String, Refusal> {
    let is_day = |it: &String| it.len() == 10 && it.parse::<jiff::civil::Date>().is_ok();
    match asked {
        None => Ok(String::new()),
        Some(day) if is_day(&day) => Ok(day),
        Some(other) => Err(Refusal::bad(
            format!("{}: not a day", short(&other, 40)),
            "write days as year, month, day: 2031-03-04",
        )),
    }
}

fn yes(asked: Option<bool>) -> String {
    if asked == Some(true) { "1" } else { "" }.to_owned()
}

/// What was asked for, as it stands behind the prefix.
fn here(call: &Call<impl Sized>) -> String {
    let here = &call.visitor.here;
    here.strip_prefix(PREFIX).unwrap_or(here).to_owned()
}

/// The same with something else in its query.
fn with(here: &str, name: &str, value: impl std::fmt::Display) -> String {
    let (path, query) = here.split_once('?').unwrap_or((here, ""));
    let own = query
        .split('&')
        .filter(|it| !it.is_empty() && it.split('=').next() != Some(name));
    let mut all: Vec<String> = own.map(str::to_owned).collect();
    all.push(format!("{name}={value}"));
    format!("{path}?{}", all.join("&"))
}

fn next_page(here: &str, page: usize, pages: usize) -> Option<String> {
    (page < pages).then(|| with(here, "page", page + 1))
}

/// Incidents.
pub async fn incidents(call: Call<OfIncidents>) -> List<Shared<incidents::Listed>> {
    let here = here(&call);
    let asked = call.query;
    let each = each(asked.limit, incidents::EACH)?;
    let sort = match asked.sort {
        None | Some(Sort::Day) => "",
        Some(Sort::Killed) => "killed",
        Some(Sort::Voices) => "voices",
    };
    let asked = narrowed::Asked {
        from: day(asked.from)?,
        to: day(asked.to)?,
        country: asked.country.unwrap_or_default(),
        kind: asked.kind.unwrap_or_default(),
        q: asked.q.unwrap_or_default(),
        disputed: yes(asked.disputed),
        unreviewed: yes(asked.unreviewed),
        passing: yes(asked.passing),
        sort: sort.to_owned(),
        page: asked.page.map(|it| it.to_string()).unwrap_or_default(),
    };
    let listed = incidents::list(&call.desk, asked.read()?, each).await?;
    let next = next_page(&here, listed.page, listed.pages);
    Ok(Done::of(
        Linked::at(&here, Shared(listed))
            .next(next)
            .page("/incidents"),
    ))
}

/// Reports.
pub async fn reports(call: Call<FromNumber>) -> List<Reports> {
    let here = here(&call);
    let each = each(call.query.limit, 50)?;
    below(call.query.from)?;
    let from = call.query.from.unwrap_or(i64::MAX);
    let found = call
        .desk
        .pool
        .with(move |store| Ok(lists::reports(store.database(), from, each + 1)?));
    let mut reports = found.await?;
    let next = reports.get(each).map(|it| it.seq);
    reports.truncate(each);
    let link = next.map(|next| with(&here, "from", next));
    Ok(Done::of(
        Linked::at(&here, Reports { reports, next }).next(link),
    ))
}

/// What waits for a decision.
pub async fn disputes(call: Call<OfDisputes>) -> List<review::Queue> {
    let here = here(&call);
    let asked = review::Asked {
        decided: yes(call.query.decided),
        page: call.query.page.map(|it| it.to_string()).unwrap_or_default(),
    };
    let queue = review::look(&call.desk, asked).await?;
    let next = next_page(&here, queue.page, queue.pages);
    Ok(Done::of(
        Linked::at(&here, queue).next(next).page("/review"),
    ))
}

/// What was decided.
pub async fn judgements(call: Call<FromNumber>) -> List<decisions::History> {
    let here = here(&call);
    let each = each(call.query.limit, decisions::EACH)?;
    let from = below(call.query.from)?;
    let history = decisions::look(&call.desk, decisions::Asked { from }, each).await?;
    let next = history.next.map(|next| with(&here, "from", next));
    Ok(Done::of(
        Linked::at(&here, history).next(next).page("/decisions"),
    ))
}

/// What is found.
pub async fn search(call: Call<OfSearch>) -> List<Shared<search::Hits>> {
    let here = here(&call);
    let each = each(call.query.limit, search::MOST)?;
    if call.query.q.trim().is_empty() {
        return Err(Refusal::bad("it is not said what to look for", "q=words"));
    }
    let within = match call.query.within {
        None | Some(Within::Reports) => "reports",
        Some(Within::Claims) => "claims",
        Some(Within::Names) => "names",
    };
    let asked = search::Asked {
        q: call.query.q,
        within: within.to_owned(),
    };
    let hits = search::look(&call.desk, asked, each).await?;
    Ok(Done::of(Linked::at(&here, Shared(hits)).page("/search")))
}

/// The log.
pub async fn log(call: Call<OfLog>) -> List<audit::Entries> {
    let here = here(&call);
    let each = each(call.query.limit, audit::EACH)?;
    let asked = audit::Asked {
        from: below(call.query.from)?,
        subject: call.query.subject.unwrap_or_default(),
    };
    let log = audit::look(&call.desk, asked, each).await?;
    let next = log.next.map(|next| with(&here, "from", next));
    Ok(Done::of(Linked::at(&here, log).next(next).page("/audit")))
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn the_next_page_asks_for_the_same() {
        assert_eq!(with("/incidents", "page", 2), "/incidents?page=2");
        assert_eq!(
            with("/incidents?q=a%26b&page=2&limit=5", "page", 3),
            "/incidents?q=a%26b&limit=5&page=3"
        );
        assert_eq!(with("/log?from", "from", 3), "/log?from=3");
    }
}
