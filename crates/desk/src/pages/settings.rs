//! Who may log in, and which feeds are watched: for admins.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use casebook::book::{config, web};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{
    Error, Tx, feeds,
    log::time,
    people::{self, Person, Role},
};

use super::form::unread;
use crate::{
    accounts,
    desk::Desk,
    frame::{self, Frame, moment, short},
    refusal::Refusal,
    visitor::Visitor,
};

#[derive(Serialize, JsonSchema)]
pub struct Feed {
    /// Where it is.
    address: String,
    /// Its own title.
    title: String,
    /// When it was last asked.
    checked: Option<String>,
    /// Why it failed last; empty where it did not.
    error: String,
    /// How often in a row it failed.
    failures: i64,
}

/// What stands there.
#[derive(Serialize)]
pub struct Settings {
    /// Who may log in.
    pub people: Vec<Person>,
    /// The feeds that are watched.
    pub feeds: Vec<Feed>,
    /// Whether pages ask before they show words of reports.
    warning: bool,
    /// What they say then.
    warning_words: String,
}

#[derive(Template)]
#[template(path = "settings.html")]
struct Page {
    frame: Frame,
    it: Settings,
}

impl Page {
    fn at_time(&self, at: &str) -> String {
        moment(at)
    }

    fn shown(&self, words: &str) -> String {
        short(words, 160)
    }
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    let it = all(&desk, &visitor).await?;
    frame::html(&Page {
        frame: Frame::new(&visitor, "settings", "Settings")?.with_json(),
        it,
    })
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    frame::json(&all(&desk, &visitor).await?)
}

/// What stands there.
pub async fn all(desk: &Arc<Desk>, visitor: &Visitor) -> Result<Settings, Refusal> {
    visitor.may(Role::Admin)?;
    desk.pool
        .with(|store| {
            let warning = config::value(store, config::WARNING)? == "on";
            let warning_words = config::value(store, config::WARNING_WORDS)?;
            let database = store.database();
            let feed = |it: feeds::Feed| Feed {
                address: it.address,
                title: it.title.unwrap_or_default(),
                checked: it.checked,
                error: it.error.unwrap_or_default(),
                failures: it.failures,
            };
            Ok(Settings {
                people: people::all(database)?,
                feeds: feeds::all(database)?.into_iter().map(feed).collect(),
                warning,
                warning_words,
            })
        })
        .await
}

/// The forms on people.
#[derive(Deserialize)]
pub struct OnPerson {
    token: String,
    /// `add`, `role`, `password`, `remove`.
    what: String,
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    password: String,
}

/// Changes who may do what.
pub async fn person(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<OnPerson>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    visitor.may(Role::Admin)?;
    let name = accounts::name(&form.name).map_err(|error| told(&error))?;
    let role = || {
        let hint = "reader, reviewer or admin";
        Role::named(&form.role).ok_or_else(|| Refusal::bad("there is no such role", hint))
    };
    let change = match form.what.as_str() {
        "add" => Change::Add(role()?, hashed(&desk, &name, &form.password).await?),
        "role" => Change::Role(role()?),
        "password" => Change::Password(hashed(&desk, &name, &form.password).await?),
        "remove" => Change::Remove,
        _ => {
            return Err(Refusal::bad(
                "nothing was chosen",
                "add, role, password or remove",
            ));
        }
    };
    let (who, at) = (visitor.who.unwrap_or_default(), time(desk.now()));
    desk.pool
        .with(move |store| Ok(store.write(&mut |tx| change.make(tx, &name, &at, &who))?))
        .await?;
    Ok(Redirect::to("/settings").into_response())
}

/// What is changed of an account.
enum Change {
    Add(Role, String),
    Role(Role),
    Password(String),
    Remove,
}

impl Change {
    fn make(&self, tx: &mut Tx<'_>, name: &str, at: &str, who: &str) -> Result<(), Error> {
        let all = people::all(tx.database())?;
        let admins = || all.iter().filter(|it| it.role == Role::Admin);
        let keeps = match self {
            Self::Add(role, _) => *role == Role::Admin || admins().next().is_some(),
            Self::Role(role) => *role == Role::Admin || admins().any(|it| it.name != name),
            Self::Remove => admins().any(|it| it.name != name),
            Self::Password(_) => true,
        };
        // Else nobody could let others in any more but on the machine itself.
        if !keeps {
            return Err(Error::Refused(
                "nobody would be admin\n  hint: make an account with the role admin first"
                    .to_owned(),
            ));
        }
        match self {
            Self::Add(role, password) => {
                let person = Person {
                    name: name.to_owned(),
                    role: *role,
                    password: password.clone(),
                    added: at.to_owned(),
                    seen: None,
                };
                tx.add_person(&person, who)
            }
            Self::Role(role) => tx.set_role(name, *role, at, who),
            Self::Password(hash) => tx.set_password(name, hash, at, who),
            Self::Remove => tx.remove_person(name, at, who),
        }
    }
}

async fn hashed(desk: &Arc<Desk>, name: &str, password: &str) -> Result<String, Refusal> {
    let (name, password) = (name.to_owned(), password.to_owned());
    let made = desk.hashing.take(move || accounts::hash(&name, &password));
    made.await?.map_err(|error| told(&error))
}

fn told(error: &accounts::Error) -> Refusal {
    let words = error.to_string();
    let (what, hint) = words.split_once("\n  hint: ").unwrap_or((&words, ""));
    Refusal::bad(what, hint)
}

/// The forms on feeds.
#[derive(Deserialize)]
pub struct OnFeed {
    token: String,
    /// `add`, `remove`.
    what: String,
    address: String,
}

/// Puts a feed onto the list, or takes it off.
pub async fn feed(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<OnFeed>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    visitor.may(Role::Admin)?;
    let given = form.address.trim().to_owned();
    let (who, at) = (visitor.who.unwrap_or_default(), time(desk.now()));
    let add = match form.what.as_str() {
        "add" => true,
        "remove" => false,
        _ => return Err(Refusal::bad("nothing was chosen", "add or remove")),
    };
    desk.pool
        .with(move |store| {
            if add {
                let address = web::address(&given)?;
                store.write(&mut |tx| tx.watch(&address, None, &at, &who))?;
            } else if !store.write(&mut |tx| tx.unwatch(&given, &at, &who))? {
                return Err(Refusal::absent("this feed is not on the list"));
            }
            Ok(())
        })
        .await?;
    Ok(Redirect::to("/settings#feeds").into_response())
}
