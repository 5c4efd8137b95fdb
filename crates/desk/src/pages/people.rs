//! Who may log in: for admins.

use std::sync::Arc;

use askama::Template;
use axum::{Extension, extract::State, response::Response};
use serde::Serialize;
use store::people::{self, Person, Role};

use crate::{
    desk::Desk,
    frame::{self, Frame, moment},
    refusal::Refusal,
    visitor::Visitor,
};

#[derive(Serialize)]
struct Accounts {
    people: Vec<Person>,
}

#[derive(Template)]
#[template(path = "people.html")]
struct Page {
    frame: Frame,
    people: Vec<Person>,
}

impl Page {
    fn at_time(&self, at: &str) -> String {
        moment(at)
    }
}

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    let people = all(&desk, &visitor).await?;
    frame::html(&Page {
        frame: Frame::new(&visitor, "people", "People")?.with_json(),
        people,
    })
}

/// The same as JSON.
pub async fn json(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    let people = all(&desk, &visitor).await?;
    frame::json(&Accounts { people })
}

async fn all(desk: &Arc<Desk>, visitor: &Visitor) -> Result<Vec<Person>, Refusal> {
    visitor.may(Role::Admin)?;
    desk.pool
        .with(|store| Ok(people::all(store.database())?))
        .await
}
