//! Lists of incidents that people come back to: saved under a name, for all who work on the casebook.

use std::sync::Arc;

use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{
    database::Database,
    log::time,
    people::Role,
    views::{self, Saved},
};

use super::{form::unread, narrowed::Asked};
use crate::{desk::Desk, frame::moment, refusal::Refusal, visitor::Visitor};

/// Characters of a name, at most.
const NAME: usize = 80;
/// Bytes of what a list is narrowed to, at most.
const QUERY: usize = 2_000;

/// A saved list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SavedList")]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// Who saved it.
    pub who: String,
    /// When.
    pub added: String,
    /// The same for people.
    #[serde(skip)]
    pub when: String,
    /// Whether it is the one that is looked at.
    #[serde(skip)]
    pub here: bool,
}

/// All saved lists, by name. What a saved query means is read anew: whatever another version of the program saved, the
/// address is one of ours.
///
/// # Errors
///
/// What the engine says.
pub fn all(database: &mut dyn Database, here: &Asked) -> Result<Vec<Shown>, Refusal> {
    let here = kept(&here.query()).ok();
    let shown = |it: Saved| {
        let query = kept(&it.query).ok()?;
        Some(Shown {
            here: here.as_ref() == Some(&query),
            href: format!("/incidents?{query}"),
            when: moment(&it.added),
            name: it.name,
            who: it.who,
            added: it.added,
        })
    };
    Ok(views::saved(database)?
        .into_iter()
        .filter_map(shown)
        .collect())
}

/// A query as it is saved.
fn kept(query: &str) -> Result<String, Refusal> {
    let query = Asked::of_query(query)?.query();
    Ok(query.trim_end_matches('&').to_owned())
}

/// The form.
#[derive(Deserialize)]
pub struct Change {
    token: String,
    /// `save`, `remove`.
    what: String,
    name: String,
    #[serde(default)]
    query: String,
}

/// Saves a list or takes one out.
pub async fn change(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Change>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    visitor.may(Role::Reviewer)?;
    let (who, at) = (visitor.who.unwrap_or_default(), time(desk.now()));
    let to = match form.what.as_str() {
        "save" => {
            let saved = Saved {
                name: named(&form.name)?,
                query: worth(&form.query)?,
                who,
                added: at,
            };
            let to = format!("/incidents?{}", saved.query);
            desk.pool
                .with(move |store| Ok(store.write(&mut |tx| tx.save_view(&saved))?))
                .await?;
            to
        }
        "remove" => {
            let there = desk.pool.with(move |store| {
                Ok(store.write(&mut |tx| tx.remove_view(&form.name, &at, &who))?)
            });
            if !there.await? {
                return Err(Refusal::absent("there is no such list"));
            }
            "/incidents".to_owned()
        }
        _ => return Err(Refusal::bad("nothing was chosen", "save or remove")),
    };
    Ok(Redirect::to(&to).into_response())
}

fn named(typed: &str) -> Result<String, Refusal> {
    let name = typed.trim();
    let fits = (1..=NAME).contains(&name.chars().count()) && !name.contains(char::is_control);
    let hint = format!("1 to {NAME} characters in one line");
    fits.then(|| name.to_owned())
        .ok_or_else(|| Refusal::bad("not a name for a list", hint))
}

/// What a list is narrowed to, where it is narrowed.
fn worth(query: &str) -> Result<String, Refusal> {
    let query = kept(query)?;
    if query.is_empty() {
        let hint = "narrow the list or order it, then save it";
        return Err(Refusal::bad("the list is of all incidents", hint));
    }
    if query.len() > QUERY {
        let hint = "ask for fewer words";
        return Err(Refusal::bad("the list asks for too much to be saved", hint));
    }
    Ok(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_list_understands_is_kept() {
        let check =
            |query: &str, is: &str| assert_eq!(kept(query).ok().as_deref(), Some(is), "{query}");
        check("from=2031-3-4&page=7&utm_source=x", "from=2031-03-04");
        check("sort=colour&disputed=yes&passing=", "disputed=1");
        check(
            "sort=killed&country=X%26y%3D%3Cb%3E",
            "country=X%26y%3D%3Cb%3E&sort=killed",
        );
        check("q=a+b&from=", "q=a%20b");
        check("", "");
        for bad in [
            "from=yesterday",
            "q=%22",
            "from=1&from=2",
            "q=%ff",
            "a b\u{7f}",
        ] {
            assert!(kept(bad).is_err(), "{bad}");
        }
        assert!(worth("page=2").is_err());
        assert!(worth(&format!("country={}", "x".repeat(3_000))).is_err());
    }

    #[test]
    fn names_are_a_line() {
        assert_eq!(
            named(" Orlemar, open ").ok().as_deref(),
            Some("Orlemar, open")
        );
        for bad in ["", "  ", "a\nb", &"x".repeat(81)] {
            assert!(named(bad).is_err(), "{bad}");
        }
    }
}
