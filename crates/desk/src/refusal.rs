//! What is said when something cannot be done: one shape for pages and JSON.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// Why a request was not done: what, and what to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status of the answer.
    pub status: StatusCode,
    /// What is the matter.
    pub what: String,
    /// What to try.
    pub hint: String,
    /// Seconds after which to try again; 0 where that would not help.
    pub later: u64,
}

impl Refusal {
    /// With a status, what is the matter, and what to try.
    pub fn new(status: StatusCode, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            status,
            what: what.into(),
            hint: hint.into(),
            later: 0,
        }
    }

    /// Nothing is there.
    pub fn absent(what: impl Into<String>) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            what,
            "the list of incidents and the search show what is in the casebook",
        )
    }

    /// The request makes no sense.
    pub fn bad(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, what, hint)
    }

    /// A fault of the program; what happened is told in its log, not to who asks.
    pub fn fault() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "a fault of the program",
            "the terminal in which the desk runs says where; other pages still work",
        )
    }
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        use store::Error as E;
        let status = match &error {
            E::Unknown { .. } => StatusCode::NOT_FOUND,
            E::Refused(_) => StatusCode::BAD_REQUEST,
            E::Conflict { .. } => StatusCode::CONFLICT,
            E::Full => StatusCode::INSUFFICIENT_STORAGE,
            E::ReadOnly { .. } => StatusCode::FORBIDDEN,
            E::Busy { .. } | E::Gone { .. } | E::Absent { .. } => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let words = error.to_string();
        let (what, hint) = model::parts(&words);
        let hint = hint.unwrap_or_default();
        let hint = match (&error, hint) {
            (E::Engine(_), "") => {
                "`crossbearing doctor` says what is wrong with the casebook, and with --mend mends what can be mended"
            }
            (_, hint) => hint,
        };
        Self::new(status, what, hint)
    }
}

impl From<getrandom::Error> for Refusal {
    fn from(_: getrandom::Error) -> Self {
        Self::fault()
    }
}

impl IntoResponse for Refusal {
    /// A bare answer; `guard` makes a page or JSON of it.
    fn into_response(self) -> Response {
        let mut out = self.status.into_response();
        out.extensions_mut().insert(self);
        out
    }
}
