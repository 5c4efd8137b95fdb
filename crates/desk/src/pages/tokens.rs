//! Tokens by which programs ask the desk: everybody's own; an admin sees all and may take any out.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Redirect, Response},
};
use schemars::JsonSchema;
use serde::Serialize;
use store::{
    log::time,
    people::Role,
    tokens::{self, Scope, Token},
};

use super::{decide::Sent, form::unread};
use crate::{
    access::{self, Made, Wanted},
    desk::Desk,
    frame::{self, Frame, moment},
    refusal::Refusal,
    visitor::{self, Visitor},
};

/// A token as it is shown.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TokenInList")]
pub struct Held {
    /// What is kept of it.
    #[serde(flatten)]
    pub token: Token,
    /// Whether it has ended.
    ended: bool,
}

/// Tokens, the oldest first.
#[derive(Serialize, JsonSchema)]
pub struct Tokens {
    /// Whoever asks has these; an admin sees everybody's.
    pub tokens: Vec<Held>,
}

#[derive(Template)]
#[template(path = "tokens.html")]
struct Page {
    frame: Frame,
    it: Tokens,
    /// What may be done with a token of whoever looks, and what that means.
    scopes: Vec<(&'static str, &'static str)>,
    days: [u16; 3],
    /// The words of the token that was just made, what it is for, and a request with it; empty where none was.
    words: String,
    purpose: String,
    asked: String,
    /// Why none was made: what, and what to try; empty where one was, or none was asked for.
    refused: (String, String),
    /// What was typed, where none was made.
    typed: String,
}

impl Page {
    fn at_time(&self, at: &str) -> String {
        moment(at)
    }

    fn names(&self, it: &Held) -> String {
        let names: Vec<&str> = it.token.scopes.iter().map(|it| it.name()).collect();
        names.join(", ")
    }

    fn whose<'a>(&self, it: &'a Held) -> &'a str {
        it.token.person.as_deref().unwrap_or("nobody")
    }
}

fn means(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => "look at everything",
        Scope::Add => "hand reports over, and see what became of them",
        Scope::Review => "decide",
    }
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    shown(&desk, &visitor, &headers, None, None).await
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    frame::json(&all(&desk, &visitor).await?)
}

/// The page, with a token that was just made, or with what was typed and why none was made.
async fn shown(
    desk: &Arc<Desk>,
    visitor: &Visitor,
    headers: &HeaderMap,
    made: Option<&Made>,
    refused: Option<(&Refusal, &str)>,
) -> Result<Response, Refusal> {
    let at = visitor::typed(desk, headers);
    let ask = |made: &Made| {
        format!(
            "curl -H \"Authorization: Bearer {}\" \\\n  {at}/api/v1/incidents",
            made.words
        )
    };
    let may = visitor.role.map_or(&[][..], access::allowed);
    let mut out = frame::html(&Page {
        frame: Frame::new(visitor, "settings", "Tokens")?.with_json(),
        it: all(desk, visitor).await?,
        scopes: may.iter().map(|it| (it.name(), means(*it))).collect(),
        days: access::DAYS,
        words: made.map(|it| it.words.clone()).unwrap_or_default(),
        purpose: made.map(|it| it.token.purpose.clone()).unwrap_or_default(),
        asked: made.map(ask).unwrap_or_default(),
        refused: refused.map_or_else(Default::default, |(it, _)| {
            (it.what.clone(), it.hint.clone())
        }),
        typed: refused.map_or_else(String::new, |(_, typed)| frame::short(typed, 400)),
    })?;
    if let Some((refusal, _)) = refused {
        *out.status_mut() = refusal.status;
    }
    Ok(out)
}

/// The tokens that somebody may see: their own, all for an admin.
///
/// # Errors
///
/// What the casebook says.
pub async fn all(desk: &Arc<Desk>, visitor: &Visitor) -> Result<Tokens, Refusal> {
    let whose = whose(visitor);
    let now = desk.now();
    desk.pool
        .with(move |store| {
            let all = tokens::all(store.database(), whose.as_deref())?;
            let held = |token: Token| Held {
                ended: access::ended(&token, now),
                token,
            };
            Ok(Tokens {
                tokens: all.into_iter().map(held).collect(),
            })
        })
        .await
}

/// Whose tokens alone somebody may see and take out; `None` for everybody's.
fn whose(visitor: &Visitor) -> Option<String> {
    match visitor.may(Role::Admin) {
        Ok(()) => None,
        Err(_) => visitor.account().map(str::to_owned),
    }
}

/// Makes a token for whoever asks. Programs make none: one that leaks must not live on in others.
///
/// # Errors
///
/// A refusal for what cannot be a token.
pub async fn made(
    desk: &Arc<Desk>,
    visitor: &Visitor,
    purpose: &str,
    scopes: &[Scope],
    days: Option<u16>,
) -> Result<Made, Refusal> {
    let (Some(role), Some(who), None) = (visitor.role, visitor.who.clone(), &visitor.held) else {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "a token is not made by means of a token",
            "whoever is logged in makes it at /settings/tokens",
        ));
    };
    let wanted = Wanted {
        person: visitor.account(),
        role,
        purpose,
        scopes,
        days,
    };
    let made = access::make(&wanted, desk.now()).map_err(|error| {
        let words = error.to_string();
        let (what, hint) = model::parts(&words);
        match error {
            access::Error::System(_) => Refusal::fault(),
            access::Error::Role(_) => {
                Refusal::new(StatusCode::FORBIDDEN, what, hint.unwrap_or_default())
            }
            _ => Refusal::bad(what, hint.unwrap_or_default()),
        }
    })?;
    let (token, hash, person) = (made.token.clone(), made.hash, made.token.person.clone());
    desk.pool
        .with(move |store| {
            store.write(&mut |tx| {
                let own = tokens::all(tx.database(), person.as_deref())?;
                let own = own.iter().filter(|it| it.person == person);
                if own.count() >= access::MOST {
                    return Err(store::Error::Refused(format!(
                        "there are {} tokens already\n  hint: take those out that are not in use",
                        access::MOST
                    )));
                }
                tx.add_token(&token, &hash, &who)
            })?;
            Ok(())
        })
        .await?;
    Ok(made)
}

/// Takes a token out: one of one's own, any for an admin; a program that one by which it asks.
///
/// # Errors
///
/// A refusal where there is none of that name.
pub async fn removed(desk: &Arc<Desk>, visitor: &Visitor, id: &str) -> Result<(), Refusal> {
    let whose = whose(visitor);
    let (who, at) = (visitor.who.clone().unwrap_or_default(), time(desk.now()));
    if visitor.held.as_ref().is_some_and(|it| it.id != id) {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "a program takes out no token but its own",
            "whoever is logged in takes others out at /settings/tokens",
        ));
    }
    let id = id.to_owned();
    let done = desk.pool.with(move |store| {
        Ok(store.write(&mut |tx| tx.remove_token(&id, whose.as_deref(), &at, &who))?)
    });
    match done.await? {
        true => Ok(()),
        false => Err(unknown()),
    }
}

/// There is no such token, or it is somebody else's.
pub fn unknown() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "there is no such token of yours",
        "/settings/tokens shows which there are",
    )
}

/// The forms on tokens: `what` is `add` or `remove`.
pub async fn form(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    form: Result<Form<Sent>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(sent) = form.map_err(unread)?;
    visitor.sent(sent.get("token"))?;
    match sent.get("what") {
        "remove" => {
            removed(&desk, &visitor, sent.get("id")).await?;
            Ok(Redirect::to("/settings/tokens").into_response())
        }
        "add" => match of_form(&desk, &visitor, &sent).await {
            Ok(made) => shown(&desk, &visitor, &headers, Some(&made), None).await,
            Err(refusal) if refusal.status.is_client_error() => {
                let typed = sent.get("purpose");
                shown(&desk, &visitor, &headers, None, Some((&refusal, typed))).await
            }
            Err(refusal) => Err(refusal),
        },
        _ => Err(Refusal::bad("nothing was chosen", "add or remove")),
    }
}

async fn of_form(desk: &Arc<Desk>, visitor: &Visitor, sent: &Sent) -> Result<Made, Refusal> {
    let scopes: Option<Vec<Scope>> = sent
        .all("scope")
        .iter()
        .map(|it| Scope::named(it))
        .collect();
    let scopes = scopes
        .ok_or_else(|| Refusal::bad("there is no such scope", "choose read, add or review"))?;
    let days = match sent.get("days") {
        "never" => None,
        days => Some(days.parse().map_err(|_| {
            Refusal::bad(
                "it is not said when the token ends",
                "choose one of the ends",
            )
        })?),
    };
    made(desk, visitor, sent.get("purpose"), &scopes, days).await
}
