//! Taking down what a person decides. What cannot be taken down is shown again as it was typed, with the reason.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension, Form,
    extract::{State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use casebook::book::{self, Hand, Review};
use serde::Deserialize;
use store::{judgements::Judgement, lists, people::Role};

use super::form::{back, unread};
use crate::{
    desk::Desk,
    frame::{self, Frame, short},
    refusal::Refusal,
    visitor::Visitor,
};

/// Characters of a reason or a value, at most.
const LONGEST: usize = 4_000;

/// What a form says: names and values, some more than once.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Sent(Vec<(String, String)>);

impl Sent {
    /// Of names and values.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The value of that name; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// All values of that name.
    pub fn all(&self, name: &str) -> Vec<String> {
        let own = self.0.iter().filter(|(own, _)| own == name);
        own.map(|(_, value)| id_in(value)).collect()
    }

    /// What is decided.
    fn review(&self) -> Result<Review, Refusal> {
        let id = |name: &str| id_in(self.get(name));
        Ok(match self.get("kind") {
            "accept" => Review::Accept { claim: id("claim") },
            "reject" => Review::Reject { claim: id("claim") },
            "correct" => Review::Correct {
                claim: id("claim"),
                field: self.get("field").to_owned(),
                to: self.get("value").to_owned(),
            },
            "add" => Review::Add(Hand {
                report: id("report"),
                slot: self.get("slot").to_owned(),
                value: self.get("value").to_owned(),
                scope: self.get("scope").to_owned(),
                stance: self.get("stance").to_owned(),
                speaker: self.get("speaker").to_owned(),
                as_of: self.get("as_of").to_owned(),
                words: self.get("words").to_owned(),
                at: self.get("at").parse().ok(),
            }),
            "same" => Review::Same {
                a: id("a"),
                b: id("b"),
            },
            "different" => Review::Different {
                a: id("a"),
                b: id("b"),
            },
            "merge" => Review::Merge {
                a: id("case"),
                b: id("other"),
            },
            "split" => Review::Split {
                case: id("case"),
                reports: self.all("report"),
            },
            "move" => Review::Move {
                report: id("report"),
                to: id("other"),
            },
            "undo" => Review::Undo {
                judgement: id("judgement"),
            },
            _ => {
                return Err(Refusal::bad(
                    "nothing was chosen",
                    "choose what is decided, and send the form again",
                ));
            }
        })
    }
}

/// The id in what people paste: an id, or the address of its page.
fn id_in(words: &str) -> String {
    let path = words.trim().split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next();
    last.unwrap_or_default().replace("%3A", ":")
}

/// What is typed of a claim that is added, and may be typed otherwise where it was not understood.
const ADDED: [(&str, &str); 6] = [
    ("words", "The words, as they stand in the report"),
    ("value", "What they say"),
    ("scope", "Whom it counts"),
    ("stance", "How firmly it is said"),
    ("speaker", "Who says it"),
    ("as_of", "As of which day"),
];

#[derive(Template)]
#[template(path = "again.html")]
struct Again {
    frame: Frame,
    status: u16,
    what: String,
    hint: String,
    /// Names and values that the form sends again.
    kept: Vec<(String, String)>,
    /// What can be typed anew: name, label and words of each.
    open: Vec<(&'static str, &'static str, String)>,
    reason: String,
    /// Whether it may be sent as it is.
    conflict: bool,
    to: String,
}

/// Takes a decision down.
pub async fn decide(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Sent>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(sent) = form.map_err(unread)?;
    visitor.sent(sent.get("token"))?;
    visitor.may(Role::Reviewer)?;
    let Some(who) = visitor.who.clone() else {
        return Err(Refusal::fault());
    };
    let taken = match seen(&sent) {
        Ok(seen) => take(&desk, &who, &sent, Some(seen)).await,
        Err(refusal) => Err(refusal),
    };
    match taken {
        Ok(made) => {
            desk.settle(&who);
            let to = with(back(sent.get("to")), &made.id);
            Ok(Redirect::to(&to).into_response())
        }
        Err(refusal) if refusal.status.is_client_error() => {
            again(&desk, &visitor, &sent, &refusal).await
        }
        Err(refusal) => Err(refusal),
    }
}

/// What whoever sends a form had seen.
fn seen(sent: &Sent) -> Result<i64, Refusal> {
    sent.get("seen").parse().map_err(|_| {
        let hint = "open the page again and decide there";
        Refusal::bad("the form does not say what you had seen", hint)
    })
}

/// Takes a decision down, where nobody decided on the same thing since the judgement of that number; `None` asks for no
/// such check.
pub async fn take(
    desk: &Arc<Desk>,
    who: &str,
    sent: &Sent,
    seen: Option<i64>,
) -> Result<Judgement, Refusal> {
    let review = sent.review()?;
    for what in ["reason", "value", "words", "scope", "speaker"] {
        let words = sent.get(what);
        if words.chars().count() > LONGEST {
            let hint = format!("{LONGEST} characters at most");
            return Err(Refusal::bad(format!("{what}: too long"), hint));
        }
    }
    let (reason, who, now) = (sent.get("reason").to_owned(), who.to_owned(), desk.now());
    desk.pool
        .with(move |store| Ok(book::decide(store, &review, &reason, &who, now, seen)?))
        .await
}

/// The page that shows what was typed again.
async fn again(
    desk: &Arc<Desk>,
    visitor: &Visitor,
    sent: &Sent,
    refusal: &Refusal,
) -> Result<Response, Refusal> {
    let conflict = refusal.status == StatusCode::CONFLICT;
    let seen = desk.pool.with(|store| Ok(lists::seen(store.database())?));
    let mut kept = sent.0.clone();
    // Whoever reads of the other decision has seen it.
    let fields: &[(&str, &str)] = match sent.get("kind") {
        "correct" => &[("value", "What it should say")],
        "add" => &ADDED,
        _ => &[],
    };
    let open = |name: &str| fields.iter().any(|(own, _)| *own == name);
    kept.retain(|(name, _)| !matches!(name.as_str(), "token" | "seen" | "reason") && !open(name));
    kept.truncate(200);
    kept.push(("seen".to_owned(), seen.await?.to_string()));
    let mut out = frame::html(&Again {
        frame: Frame::new(visitor, "review", "Not taken down")?,
        status: refusal.status.as_u16(),
        what: refusal.what.clone(),
        hint: match conflict {
            true => {
                "read what was decided; what you typed stands below and can still be taken down"
                    .to_owned()
            }
            false => refusal.hint.clone(),
        },
        kept,
        open: fields
            .iter()
            .map(|(name, label)| (*name, *label, short(sent.get(name), LONGEST)))
            .collect(),
        reason: short(sent.get("reason"), LONGEST),
        conflict,
        to: back(sent.get("to")).to_owned(),
    })?;
    *out.status_mut() = refusal.status;
    Ok(out)
}

/// An address with the decision that was just taken down in its query.
fn with(to: &str, judgement: &str) -> String {
    let (path, anchor) = match to.split_once('#') {
        Some((path, anchor)) => (path, format!("#{anchor}")),
        None => (to, String::new()),
    };
    let joined = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joined}taken={judgement}{anchor}")
}

/// The form that has decisions worked in that wait.
#[derive(Deserialize)]
pub struct Settle {
    token: String,
}

/// Has decisions worked in that wait, after a run that failed.
pub async fn settle(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    form: Result<Form<Settle>, FormRejection>,
) -> Result<Response, Refusal> {
    let Form(form) = form.map_err(unread)?;
    visitor.sent(&form.token)?;
    visitor.may(Role::Reviewer)?;
    desk.settle(visitor.who.as_deref().unwrap_or_default());
    Ok(Redirect::to("/review").into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_taken_out_of_addresses() {
        let check = |words: &str, id: &str| assert_eq!(id_in(words), id);
        check(" k:0123 ", "k:0123");
        check(
            "http://127.0.0.1:8474/incidents/k:0123?voices=all#claims",
            "k:0123",
        );
        check("/reports/r%3A0123/", "r:0123");
        check("", "");
    }

    #[test]
    fn the_decision_stands_in_the_address() {
        assert_eq!(with("/review", "j:1"), "/review?taken=j:1");
        assert_eq!(
            with("/review?page=2#f-1", "j:1"),
            "/review?page=2&taken=j:1#f-1"
        );
    }
}
