//! Who asks: a person who is logged in, a program with a token of somebody, or, where there are no accounts, whoever
//! sits at this machine.

use axum::http::{HeaderMap, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use store::{
    Store,
    log::{Hash, hex, sha256, time},
    people::{self, Role},
    tokens::{self, Scope},
};

use crate::{access, desk::Desk, refusal::Refusal, tokens::Secret};

/// Name of the cookie of a session.
const COOKIE: &str = "desk";
/// Name of the cookie of somebody who has not logged in yet.
const VISIT: &str = "visit";
/// Name of the cookie of a session in which somebody went on after the warning.
const WARNED: &str = "warned";
/// Name of the cookie of somebody who wants no warning.
const UNWARNED: &str = "unwarned";
/// Name of the cookie that says how pages are to look.
const THEME: &str = "theme";
/// Hours after which a session that is not used ends.
pub const IDLE: i64 = 12;
/// Hours after which every session ends.
pub const LONGEST: i64 = 7 * 24;
/// Seconds between two notes that a session is in use.
const NOTED: i64 = 300;

/// How a page is to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Auto, Self::Light, Self::Dark]
            .into_iter()
            .find(|it| it.name() == name)
    }
}

/// The token that a program asks by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its name.
    pub id: String,
    /// What may be done with it now: what it was made for, as far as its person may do that.
    pub scopes: Vec<Scope>,
    /// Whether it is somebody's, and not of a desk without accounts.
    pub owned: bool,
}

/// Who asks.
#[derive(Clone)]
pub struct Visitor {
    /// The name that stands in the log; `None` for somebody who has to log in first.
    pub who: Option<String>,
    /// What they may do.
    pub role: Option<Role>,
    /// The session, where they are logged in.
    pub session: Option<Hash>,
    /// The token, where a program asks by one.
    pub held: Option<Held>,
    /// What their forms' tokens are made from.
    pub secret: Secret,
    /// A cookie to be set, by which a form of before logging in is known again.
    pub visit: Option<String>,
    /// How pages are to look.
    pub theme: Theme,
    /// What was asked for: path and query.
    pub here: String,
    /// Incidents that changed since they said that they have seen what did; where no page is asked for it is 0.
    pub news: usize,
    /// Whether the casebook has pages ask before they show words of reports.
    pub warning: bool,
    /// Whether this person is to be asked first.
    pub warn: bool,
}

impl Visitor {
    /// Refuses who may not do this.
    pub fn may(&self, role: Role) -> Result<(), Refusal> {
        if self.role.is_some_and(|own| own >= role) {
            return Ok(());
        }
        Err(Refusal::new(
            StatusCode::FORBIDDEN,
            format!("this needs an account with the role {}", role.name()),
            "an admin gives it with `crossbearing people role`",
        ))
    }

    /// The account of whoever asks; `None` where there are none.
    pub fn account(&self) -> Option<&str> {
        let owned = self.held.as_ref().is_some_and(|it| it.owned);
        self.who
            .as_deref()
            .filter(|_| owned || self.session.is_some())
    }

    /// Refuses a program whose token was made for none of these.
    pub fn for_one_of(&self, scopes: &[Scope]) -> Result<(), Refusal> {
        let Some(held) = &self.held else {
            return Ok(());
        };
        if scopes.iter().any(|it| held.scopes.contains(it)) {
            return Ok(());
        }
        let names: Vec<&str> = scopes.iter().map(|it| it.name()).collect();
        Err(Refusal::new(
            StatusCode::FORBIDDEN,
            format!("this needs a token with the scope {}", names.join(" or ")),
            "make one at /settings/tokens; a token never does more than its person may",
        ))
    }

    /// Refuses a form that no page of ours has sent.
    pub fn sent(&self, token: &str) -> Result<(), Refusal> {
        if self.secret.knows(token) {
            return Ok(());
        }
        Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "the form was not sent from a page of the desk, or from one of before you logged in",
            "open the page again and send the form anew",
        ))
    }
}

/// The address of the desk as whoever asks has typed it; the guard has looked at the name.
pub fn typed(desk: &Desk, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    match (&desk.options.public, host) {
        (Some(public), _) => public.origin(),
        (None, Some(host)) => format!("http://{host}"),
        (None, None) => format!("http://{}", desk.at),
    }
}

/// The value of a cookie.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(own, _)| *own == name)
        .map(|(_, value)| value)
}

/// Whether people reach the desk by `https`: what `--public` says. What a request says of it is not asked, for anybody
/// may say so.
fn secure(desk: &Desk) -> bool {
    desk.options.public.as_ref().is_some_and(|it| it.secure)
}

/// A cookie's whole name: one that only this very site may set, over `https`, where that is used.
fn whole(desk: &Desk, name: &str) -> String {
    match secure(desk) {
        true => format!("__Host-{name}"),
        false => name.to_owned(),
    }
}

/// The header that sets a cookie; `age` in seconds, `None` until the browser is closed.
fn set(desk: &Desk, name: &str, value: &str, age: Option<i64>) -> String {
    let secure = if secure(desk) { "; Secure" } else { "" };
    let age = age
        .map(|age| format!("; Max-Age={age}"))
        .unwrap_or_default();
    let name = whole(desk, name);
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{age}{secure}")
}

/// The session's cookie.
pub fn session_cookie<'a>(desk: &Desk, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie(headers, &whole(desk, COOKIE))
}

/// The header that sets it; one without value takes it away.
pub fn set_session(desk: &Desk, value: &str) -> String {
    let age = if value.is_empty() { 0 } else { LONGEST * 3_600 };
    set(desk, COOKIE, value, Some(age))
}

/// The cookie of a visit, where there is one of ours.
pub fn visit<'a>(desk: &Desk, headers: &'a HeaderMap) -> Option<&'a str> {
    let held = cookie(headers, &whole(desk, VISIT))?;
    store::log::unhex(held).map(|_| held)
}

/// The header that sets it, until the browser is closed.
pub fn set_visit(desk: &Desk, value: &str) -> String {
    set(desk, VISIT, value, None)
}

/// How pages are to look, by the cookie.
pub fn theme(desk: &Desk, headers: &HeaderMap) -> Option<Theme> {
    cookie(headers, &whole(desk, THEME)).and_then(Theme::named)
}

/// The header that sets it, for a year.
pub fn set_theme(desk: &Desk, theme: Theme) -> String {
    set(desk, THEME, theme.name(), Some(365 * 24 * 3_600))
}

/// What the cookies of the warning hold: of this session, and of this person. Whoever comes next at the same browser
/// is asked anew.
fn warned(visitor: &Visitor) -> [String; 2] {
    let session = visitor.session.map(|it| hex(&it)).unwrap_or_default();
    let who = visitor.who.as_deref().unwrap_or_default();
    let tag = |words: String| hex(&sha256(words.as_bytes()))[..24].to_owned();
    [
        tag(format!("warned {session}")),
        tag(format!("unwarned {who}")),
    ]
}

/// Whether somebody went on after the warning, in this session or for good.
pub fn is_warned(desk: &Desk, headers: &HeaderMap, visitor: &Visitor) -> bool {
    let [session, person] = warned(visitor);
    let held = |name: &str| cookie(headers, &whole(desk, name));
    held(WARNED) == Some(session.as_str()) || held(UNWARNED) == Some(person.as_str())
}

/// When somebody is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// In the next session.
    Session,
    /// In a year.
    Year,
    /// At once.
    Now,
}

/// The headers that remember it.
pub fn set_warned(desk: &Desk, visitor: &Visitor, asked: Asked) -> [String; 2] {
    let [session, person] = warned(visitor);
    let year = Some(365 * 24 * 3_600);
    match asked {
        Asked::Session => [
            set(desk, WARNED, &session, None),
            set(desk, UNWARNED, "", Some(0)),
        ],
        Asked::Year => [
            set(desk, WARNED, &session, None),
            set(desk, UNWARNED, &person, year),
        ],
        Asked::Now => [
            set(desk, WARNED, "", Some(0)),
            set(desk, UNWARNED, "", Some(0)),
        ],
    }
}

/// A time as it is stored, some hours before.
pub fn ago(now: Timestamp, hours: i64) -> String {
    let then = now.checked_sub(SignedDuration::from_hours(hours));
    time(then.unwrap_or(Timestamp::MIN))
}

/// What a token is good for, by the casebook: name, role, token. Nobody where it is none, has ended, or its person is
/// gone.
pub fn bearer(
    store: &mut Store,
    hash: &Hash,
    now: Timestamp,
    local: Option<&str>,
) -> Result<Option<(String, Role, Held)>, Refusal> {
    let Some((token, person)) = tokens::by_hash(store.database(), hash)? else {
        return Ok(None);
    };
    let owned = token.person.is_some();
    let who = match (owned, person, local) {
        (true, Some(person), _) => Some((person.name, person.role)),
        // One of nobody holds as long as nobody has to log in.
        (false, _, Some(local)) if !people::any(store.database())? => {
            Some((local.to_owned(), Role::Admin))
        }
        _ => None,
    };
    let Some((name, role)) = who.filter(|_| !access::ended(&token, now)) else {
        return Ok(None);
    };
    let noted = now.checked_sub(SignedDuration::from_secs(NOTED));
    let stale = |used: &String| noted.is_ok_and(|noted| *used < time(noted));
    if token.used.as_ref().is_none_or(stale) {
        // Where nothing can be written now, the next request notes it.
        let _ = store.write_now(&mut |tx| tx.use_token(&token.id, &time(now)));
    }
    let mut scopes = token.scopes;
    scopes.retain(|it| access::allowed(role).contains(it));
    let held = Held {
        id: token.id,
        scopes,
        owned,
    };
    Ok(Some((name, role, held)))
}

/// Who holds a cookie, by the casebook: name, role, session. Nobody where the session has ended; the person at this
/// machine, if there is one, where there are no accounts.
pub fn known(
    store: &mut Store,
    cookie: Option<&str>,
    now: Timestamp,
    local: Option<&str>,
) -> Result<Option<(String, Role, Option<Hash>)>, Refusal> {
    let session = match cookie.map(|it| sha256(it.as_bytes())) {
        Some(hash) => people::session(store.database(), &hash)?.map(|it| (hash, it)),
        None => None,
    };
    if let Some((hash, session)) = session {
        if session.began < ago(now, LONGEST) || session.used < ago(now, IDLE) {
            let _ = store.write_now(&mut |tx| tx.end_session(&hash));
            return Ok(None);
        }
        let noted = now.checked_sub(SignedDuration::from_secs(NOTED));
        if noted.is_ok_and(|noted| session.used < time(noted)) {
            // Where nothing can be written now, the next page notes it, or the session ends some minutes early.
            let _ = store.write_now(&mut |tx| tx.use_session(&hash, &time(now)));
        }
        return Ok(Some((session.person.name, session.person.role, Some(hash))));
    }
    match local {
        Some(local) if !people::any(store.database())? => {
            Ok(Some((local.to_owned(), Role::Admin, None)))
        }
        _ => Ok(None),
    }
}
