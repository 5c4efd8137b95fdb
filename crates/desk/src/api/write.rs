//! What is written: decisions, reports, tokens. Each goes the way of the form that does the same.

use axum::http::{StatusCode, header};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::tokens::{Scope, Token};

use super::{
    call::{Call, Done, Json, Latest, Linked, Nothing, Reports},
    read::begun,
};
use crate::{
    pages::{
        add,
        decide::{self, Sent},
        decided::{self, Decided},
        tokens,
    },
    refusal::Refusal,
    work::Job,
};

/// What is said of deciding.
pub const IF_MATCH: &str = "\
If-Match carries the ETag of the claim, report, incident or judgement that is decided on: what stands before its \
hyphen is the number of the latest judgement on it. Where somebody decided since, nothing is taken down, and the \
answer, 412, says who and what. With * nothing is looked at. Of two reports or incidents it is the one that is \
named first, of a claim that is added its report.";

/// What is decided.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Decision {
    /// A claim is as the report has it; a proposal becomes a claim.
    Accept {
        /// Id of the claim, or of a proposal.
        claim: String,
    },
    /// The report does not say what a claim or a proposal has.
    Reject {
        /// Id of the claim, or of a proposal.
        claim: String,
    },
    /// A claim should say otherwise.
    Correct {
        /// Id of the claim.
        claim: String,
        /// What is corrected.
        field: Field,
        /// What it should say, in words: `at least 12`.
        value: String,
    },
    /// A claim that the reader did not find is added, in the report's own words.
    Add {
        /// Id of the report.
        report: String,
        /// What it is about, by the name of a slot: `killed`.
        slot: String,
        /// What it says: `at least 12`; the words themselves where nothing is said and the slot takes words.
        #[serde(default)]
        value: String,
        /// Whom it counts: `civilian, children`; everybody where nothing is said.
        #[serde(default)]
        scope: String,
        /// How firmly it is said: `claimed`; plainly where nothing is said.
        #[serde(default)]
        stance: String,
        /// Who says it: `Name (Body)`; the outlet itself where nothing is said.
        #[serde(default)]
        speaker: String,
        /// The day at which a figure stood.
        #[serde(default)]
        as_of: String,
        /// The words, as they stand in the report.
        #[schemars(length(min = 1))]
        words: String,
        /// About where they begin, in code points: of words that stand there more than once the nearest are meant.
        #[serde(default)]
        at: Option<u32>,
    },
    /// Two reports tell of the same incident.
    Same {
        /// Id of a report.
        a: String,
        /// Id of the other.
        b: String,
    },
    /// Two reports tell of different incidents.
    Different {
        /// Id of a report.
        a: String,
        /// Id of the other.
        b: String,
    },
    /// Two incidents are one.
    Merge {
        /// Id of an incident.
        case: String,
        /// Id of the other.
        other: String,
    },
    /// Some reports of an incident tell of another one.
    Split {
        /// Id of the incident.
        case: String,
        /// Ids of the reports.
        #[serde(rename(serialize = "report"))]
        #[schemars(length(min = 1))]
        reports: Vec<String>,
    },
    /// A report tells of another incident than it was put to.
    Move {
        /// Id of the report.
        report: String,
        /// Id of the incident.
        #[serde(rename(serialize = "other"))]
        to: String,
    },
    /// A judgement was wrong.
    Undo {
        /// Its id.
        judgement: String,
    },
}

/// What can be corrected of a claim.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "CorrectedField")]
pub enum Field {
    /// The value.
    Value,
    /// Whom it counts.
    Scope,
    /// How firmly it is said.
    Stance,
    /// Who says it.
    Speaker,
}

/// A decision, and why.
#[derive(Deserialize, Serialize, JsonSchema)]
pub struct Reasoned {
    /// What is decided.
    #[serde(flatten)]
    decision: Decision,
    /// What was seen, for whoever asks later why.
    #[schemars(length(min = 1, max = 4000))]
    reason: String,
}

/// Addresses of pages.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Addresses {
    /// Each begins with `http://` or `https://`.
    #[schemars(length(min = 1, max = 100))]
    addresses: Vec<String>,
}

/// A token to be made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for.
    #[schemars(length(min = 1, max = 200))]
    purpose: String,
    /// What may be done with it.
    #[schemars(length(min = 1))]
    scopes: Vec<Scope>,
    /// After how many days it ends, 30, 90 or 365; never where nothing is said.
    #[schemars(extend("enum" = [30, 90, 365, null]))]
    days: Option<u16>,
}

/// A token that was just made.
#[derive(Serialize, JsonSchema)]
pub struct MadeToken {
    /// What is kept of it.
    #[serde(flatten)]
    token: Token,
    /// The token itself: it is not kept, and never given again.
    words: String,
}

/// The names and values of a form that says the same.
fn form(reasoned: &Reasoned) -> Result<Sent, Refusal> {
    let Ok(Value::Object(fields)) = serde_json::to_value(reasoned) else {
        return Err(Refusal::fault());
    };
    let mut out = Vec::new();
    for (name, value) in fields {
        match value {
            Value::String(words) => out.push((name, words)),
            Value::Number(number) => out.push((name, number.to_string())),
            Value::Array(all) => {
                let words = all.iter().filter_map(Value::as_str);
                out.extend(words.map(|it| (name.clone(), it.to_owned())));
            }
            _ => {}
        }
    }
    Ok(Sent::of(out))
}

/// Takes a decision down.
pub async fn judgement(
    call: Call<Nothing, Json<Reasoned>>,
) -> Result<Done<Linked<Decided>>, Refusal> {
    let sent = form(&call.body.0)?;
    let tags = call.headers.get(header::IF_MATCH).ok_or_else(|| {
        Refusal::new(
            StatusCode::PRECONDITION_REQUIRED,
            "it is not said what whoever decides had seen",
            "send If-Match with the ETag of the claim, report, incident or judgement that is decided on; or * to look \
             at nothing",
        )
    })?;
    if call.body.0.reason.trim().is_empty() {
        return Err(Refusal::bad(
            "a decision needs a reason",
            "reason says what was seen, for whoever asks later why",
        ));
    }
    let seen = Latest::of(tags.to_str().unwrap_or_default())?;
    let who = call.visitor.who.clone().ok_or_else(Refusal::fault)?;
    let made = decide::take(&call.desk, &who, &sent, seen.map(|it| it.0)).await;
    let made = made.map_err(|refusal| match refusal.status {
        StatusCode::CONFLICT => Refusal {
            status: StatusCode::PRECONDITION_FAILED,
            hint: "get it again, read what was decided, and send its new ETag".to_owned(),
            ..refusal
        },
        _ => refusal,
    })?;
    call.desk.settle(&who);
    let shown = call
        .desk
        .pool
        .with(move |store| Ok(decided::of(store.database(), vec![made])?.pop()));
    let decided = shown.await?.ok_or_else(Refusal::fault)?;
    let path = format!("/judgements/{}", decided.id);
    let page = format!("/decisions#{}", decided.anchor);
    Ok(Done::made(Linked::at(&path, decided).page(page), &path))
}

/// Takes reports in.
pub async fn reports(call: Call<Nothing, Reports>) -> Result<Done<Linked<Job>>, Refusal> {
    let number = match call.body {
        Reports::Text(words) => add::of_text(&call.desk, &call.visitor, *words)?,
        Reports::Files(mut form) => {
            add::of_files(&call.desk, &call.visitor, &mut form, true).await?
        }
    };
    begun(&call.desk, number)
}

/// Has pages fetched and taken in.
pub async fn addresses(call: Call<Nothing, Json<Addresses>>) -> Result<Done<Linked<Job>>, Refusal> {
    let Json(Addresses { addresses }) = call.body;
    let number = add::of_addresses(&call.desk, &call.visitor, addresses)?;
    begun(&call.desk, number)
}

/// Makes a token.
pub async fn token(
    call: Call<Nothing, Json<NewToken>>,
) -> Result<Done<Linked<MadeToken>>, Refusal> {
    let Json(new) = call.body;
    let made = tokens::made(
        &call.desk,
        &call.visitor,
        &new.purpose,
        &new.scopes,
        new.days,
    );
    let made = made.await?;
    let path = format!("/tokens/{}", made.token.id);
    let token = MadeToken {
        token: made.token,
        words: made.words,
    };
    Ok(Done::made(Linked::at(&path, token).page("/settings/tokens"), &path).hidden())
}

/// Takes a token out.
pub async fn no_token(call: Call) -> Result<Done<Nothing>, Refusal> {
    tokens::removed(&call.desk, &call.visitor, &call.id).await?;
    Ok(Done::silent())
}
