//! One thing, and lists that are whole.

use axum::http::StatusCode;
use model::Dossier;
use schemars::JsonSchema;
use serde::Serialize;
use store::{judgements, people::Person};

use super::{
    call::{Call, Done, Linked, PREFIX},
    published,
};
use crate::{
    pages::{
        add, claim,
        decided::{self, Decided},
        incident, report, settings, sources, tokens,
    },
    refusal::Refusal,
    work::Job,
};

/// One thing, and where it lies.
type One<T> = Result<Done<Linked<T>>, Refusal>;

/// Where everything begins.
#[derive(Serialize, JsonSchema)]
pub struct Start {
    /// Version of the program.
    program: &'static str,
    /// Who asks, by the name that stands in the log.
    who: String,
    /// What they may do: `reader`, `reviewer`, `admin`.
    role: &'static str,
    /// What may be done with the token; absent where none was sent.
    scopes: Option<Vec<&'static str>>,
    /// Addresses of lists.
    lists: Vec<String>,
    /// Address of the description, OpenAPI 3.1.
    description: String,
}

/// An incident, as its page has it, with its dossier.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "IncidentInWhole")]
pub struct Incident {
    /// What stands on its page.
    incident: Box<incident::Shown>,
    /// All that is reported about it, reconciled.
    #[schemars(with = "published::Dossier")]
    dossier: Option<Box<Dossier>>,
}

/// The claims of an incident.
#[derive(Serialize, JsonSchema)]
pub struct Claims {
    /// The incident.
    case: String,
    /// Its claims, in the order of the dossier.
    #[schemars(with = "Vec<published::Claim>")]
    claims: Vec<model::Claim>,
    /// Claims of its reports on other happenings.
    #[schemars(with = "Vec<published::Claim>")]
    background: Vec<model::Claim>,
}

/// Who may log in.
#[derive(Serialize, JsonSchema)]
pub struct People {
    /// Accounts, by name.
    people: Vec<Person>,
}

/// What is watched.
#[derive(Serialize, JsonSchema)]
pub struct Feeds {
    /// Feeds.
    feeds: Vec<settings::Feed>,
}

/// Where everything begins.
pub async fn start(call: Call) -> One<Start> {
    let lists = [
        "incidents",
        "reports",
        "disputes",
        "judgements",
        "sources",
        "search",
        "log",
        "jobs",
        "tokens",
    ];
    let held = call.visitor.held.as_ref();
    let start = Start {
        program: env!("CARGO_PKG_VERSION"),
        who: call.visitor.who.clone().unwrap_or_default(),
        role: call.visitor.role.map_or("", |it| it.name()),
        scopes: held.map(|it| it.scopes.iter().map(|it| it.name()).collect()),
        lists: lists.map(|it| format!("{}/{it}", PREFIX)).into(),
        description: format!("{}/openapi.json", PREFIX),
    };
    Ok(Done::of(Linked::at("", start).page("/api")))
}

/// An incident.
pub async fn incident(call: Call) -> One<Incident> {
    let id = call.id;
    let found = call.desk.pool.with(move |store| {
        let found = incident::find(store, &id, true, true)?;
        let latest = match &found {
            incident::Found::Here(..) => latest(store, &id)?,
            incident::Found::Elsewhere(_) => 0,
        };
        Ok((found, latest))
    });
    match found.await? {
        (incident::Found::Here(incident, dossier), latest) => {
            let path = format!("/incidents/{}", incident.case);
            let linked = Linked::at(&path, Incident { incident, dossier });
            Ok(Done::of(linked.page(path)).judged(latest))
        }
        (incident::Found::Elsewhere(case), _) => Ok(Done::elsewhere(&format!("/incidents/{case}"))),
    }
}

/// The number of the latest judgement on a thing.
fn latest(store: &mut store::Store, id: &str) -> Result<i64, store::Error> {
    let on = judgements::on(store.database(), id)?;
    Ok(on.last().map_or(0, |it| it.seq))
}

/// The claims of an incident.
pub async fn claims(call: Call) -> One<Claims> {
    let id = call.id;
    let found = call
        .desk
        .pool
        .with(move |store| incident::find(store, &id, true, true));
    match found.await? {
        incident::Found::Here(_, None) => Err(Refusal::fault()),
        incident::Found::Here(shown, Some(dossier)) => {
            let claims = Claims {
                case: shown.case.clone(),
                claims: dossier.claims,
                background: dossier.background,
            };
            let path = format!("/incidents/{}", shown.case);
            let own = format!("{path}/claims");
            Ok(Done::of(Linked::at(&own, claims).page(path)))
        }
        incident::Found::Elsewhere(case) => {
            Ok(Done::elsewhere(&format!("/incidents/{case}/claims")))
        }
    }
}

/// A report.
pub async fn report(call: Call) -> One<report::Shown> {
    let id = call.id;
    let found = call.desk.pool.with(move |store| {
        let found = report::find(store, &id, true, true)?;
        let latest = latest(store, &found.0)?;
        Ok((found, latest))
    });
    let ((id, found), latest) = found.await?;
    let path = format!("/reports/{id}");
    match found {
        Some(shown) => Ok(Done::of(Linked::at(&path, shown).page(path)).judged(latest)),
        None => Ok(Done::elsewhere(&path)),
    }
}

/// A claim.
pub async fn claim(call: Call) -> One<claim::Shown> {
    let (id, begin) = (call.id.clone(), call.id);
    let found = call.desk.pool.with(move |store| {
        let claim = claim::find(store, &begin)?;
        let latest = latest(store, &claim.id)?;
        Ok((claim, latest))
    });
    let (claim, latest) = found.await?;
    let path = format!("/claims/{}", claim.id);
    match claim.id == id {
        true => Ok(Done::of(Linked::at(&path, claim).page(path)).judged(latest)),
        false => Ok(Done::elsewhere(&path)),
    }
}

/// A judgement.
pub async fn judgement(call: Call) -> One<Decided> {
    let id = call.id;
    let found = call.desk.pool.with(move |store| {
        let one = judgements::one(store.database(), &id)?;
        let latest = latest(store, &id)?;
        let decided = decided::of(store.database(), vec![one])?.pop();
        Ok((decided.ok_or_else(Refusal::fault)?, latest))
    });
    let (decided, latest) = found.await?;
    let page = format!("/decisions#{}", decided.anchor);
    let path = format!("/judgements/{}", decided.id);
    Ok(Done::of(Linked::at(&path, decided).page(page)).judged(latest))
}

/// Who published, who speaks, who leans on whom.
pub async fn sources(call: Call) -> One<store::lists::Sources> {
    let sources = sources::all(&call.desk).await?;
    let sources = (*sources).clone();
    Ok(Done::of(Linked::at("/sources", sources).page("/sources")))
}

/// What was handed over.
pub async fn jobs(call: Call) -> One<add::Jobs> {
    let jobs = call.desk.work.jobs();
    Ok(Done::of(
        Linked::at("/jobs", add::Jobs { jobs }).page("/add"),
    ))
}

/// What became of it.
pub async fn job(call: Call) -> One<add::Told> {
    let told = add::told(&call.desk, &call.id).await?;
    let number = told.job.number;
    let path = format!("/jobs/{number}");
    Ok(Done::of(
        Linked::at(&path, told).page(format!("/add/{number}")),
    ))
}

/// Tokens.
pub async fn tokens(call: Call) -> One<tokens::Tokens> {
    let tokens = tokens::all(&call.desk, &call.visitor).await?;
    Ok(Done::of(
        Linked::at("/tokens", tokens).page("/settings/tokens"),
    ))
}

/// A token.
pub async fn token(call: Call) -> One<tokens::Held> {
    let all = tokens::all(&call.desk, &call.visitor).await?;
    let mut own = all.tokens.into_iter();
    let held = own.find(|it| it.token.id == call.id);
    let held = held.ok_or_else(tokens::unknown)?;
    let path = format!("/tokens/{}", held.token.id);
    Ok(Done::of(Linked::at(&path, held).page("/settings/tokens")))
}

/// Accounts.
pub async fn people(call: Call) -> One<People> {
    let settings = settings::all(&call.desk, &call.visitor).await?;
    let people = settings.people;
    Ok(Done::of(
        Linked::at("/people", People { people }).page("/settings"),
    ))
}

/// Feeds.
pub async fn feeds(call: Call) -> One<Feeds> {
    let settings = settings::all(&call.desk, &call.visitor).await?;
    let feeds = settings.feeds;
    Ok(Done::of(
        Linked::at("/feeds", Feeds { feeds }).page("/settings#feeds"),
    ))
}

/// A job that was just handed over.
pub fn begun(desk: &crate::desk::Desk, number: u64) -> One<Job> {
    let job = desk
        .work
        .job(number)
        .ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "the job is forgotten already", ""))?;
    let path = format!("/jobs/{number}");
    let linked = Linked::at(&path, job).page(format!("/add/{number}"));
    Ok(Done::made(linked, &path))
}
