//! What stands before every page: which hosts, which origins, how large, how long, who; and what stands in every
//! answer.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use store::{log::hex, log::sha256};

use crate::{
    access,
    api::{self, Latest},
    assets,
    desk::Desk,
    frame,
    pages::{self, refused, warning},
    refusal::Refusal,
    tokens::{self, Secret},
    visitor::{self, Visitor},
};

/// How long files may be on their way.
const SENDING: Duration = Duration::from_secs(540);
/// What browsers say of a request that a page makes.
const BROWSER: [&str; 7] = [
    "accept-language",
    "origin",
    "referer",
    "cookie",
    "sec-fetch-site",
    "sec-fetch-mode",
    "sec-fetch-dest",
];
/// Answers that are smaller are not packed.
const SMALL: usize = 1_024;

/// What no page may do, and what no other site may do with one.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // Other sites hear nothing; with `no-referrer` a browser would not say of our own forms where they come from.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), microphone=(), \
         midi=(), payment=(), usb=(), interest-cohort=()",
    ),
    ("x-robots-tag", "noindex, nofollow"),
];

/// Lets a request through to its page, or says why not.
pub async fn guard(State(desk): State<Arc<Desk>>, mut request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let mut visitor = stranger(&desk, &request);
    let checked = checks(&desk, &method, &path, &headers);
    let open = path.starts_with("/assets/") || path == "/login" || path == "/theme";
    let answer = match checked {
        Err(refusal) => refusal.into_response(),
        Ok(()) if path.starts_with("/assets/") => next.run(request).await,
        Ok(()) => match known(&desk, &headers, &mut visitor, (&method, &path)).await {
            Err(refusal) => refusal.into_response(),
            Ok(()) if visitor.who.is_none() && !open => login(&visitor, &path, &method),
            Ok(()) if let Err(refusal) = written(&visitor, &method, &path, &headers) => {
                refusal.into_response()
            }
            Ok(()) if visitor.warn && pages::has_words(&path) => warning::first(&visitor),
            Ok(()) => {
                request.extensions_mut().insert(visitor.clone());
                let patience =
                    match method == Method::POST && (pages::slow(&path) || api::slow(&path)) {
                        true => SENDING,
                        false => desk.options.patience,
                    };
                let done = tokio::time::timeout(patience, next.run(request)).await;
                done.unwrap_or_else(|_| {
                    Refusal::new(
                        StatusCode::SERVICE_UNAVAILABLE,
                        "the request took too long, or its form did not come to an end",
                        "try again; narrow the list or the search",
                    )
                    .into_response()
                })
            }
        },
    };
    let mut answer = dress(answer, &visitor, &path, &headers).await;
    if let Some(visit) = visitor.visit.filter(|_| path == "/login")
        && let Ok(set) = HeaderValue::from_str(&visitor::set_visit(&desk, &visit))
    {
        answer.headers_mut().append(header::SET_COOKIE, set);
    }
    answer
}

/// Whoever asks, as far as the request itself says.
fn stranger(desk: &Desk, request: &Request) -> Visitor {
    let here = request.uri().path_and_query();
    let theme = visitor::theme(desk, request.headers());
    Visitor {
        who: None,
        role: None,
        session: None,
        held: None,
        secret: desk.secret.clone(),
        visit: None,
        theme: theme.unwrap_or_default(),
        here: here.map_or("/", |it| it.as_str()).to_owned(),
        news: 0,
        warning: false,
        warn: false,
    }
}

fn checks(desk: &Desk, method: &Method, path: &str, headers: &HeaderMap) -> Result<(), Refusal> {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    if !host.is_some_and(|host| ours(desk, host)) {
        return Err(Refusal::new(
            StatusCode::MISDIRECTED_REQUEST,
            "the desk is not served under this name",
            format!(
                "open the address that it printed when it started; --public gives it another name (it listens at {})",
                desk.at
            ),
        ));
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    // A browser says of every form where it comes from; a program that sends none has the token all the same.
    let origin = headers
        .get(header::ORIGIN)
        .map(|it| it.to_str().unwrap_or("null"));
    let foreign = origin.is_some_and(|origin| !own_origin(desk, origin, host.unwrap_or_default()));
    let site = headers.get("sec-fetch-site").map(|it| it.as_bytes());
    if foreign || site.is_some_and(|site| site != b"same-origin") {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "the form was sent from another site",
            "open the desk itself and send the form from there",
        ));
    }
    let long = headers.get(header::CONTENT_LENGTH);
    let long = long.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    let most = api::largest(path).unwrap_or_else(|| pages::largest(path));
    if long.is_some_and(|long| long > most) {
        return Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("what was sent is larger than {} kB", most / 1024),
            "files are added at /add, or with `crossbearing add` on the machine that has the casebook",
        ));
    }
    Ok(())
}

/// Whether a form comes from a page of this desk: from the address that people type, whatever name the server before
/// this one asks by; or, where somebody came without that one, from the very host that was asked.
fn own_origin(desk: &Desk, origin: &str, host: &str) -> bool {
    let public = desk.options.public.as_ref();
    if public.is_some_and(|it| origin.eq_ignore_ascii_case(&it.origin())) {
        return true;
    }
    let named = public.is_some_and(|it| it.host.eq_ignore_ascii_case(host));
    !named && origin.strip_prefix("http://") == Some(host)
}

/// Whether a host is a name of this desk: a name that another site could give an address of this machine to is none.
fn ours(desk: &Desk, host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    if desk
        .options
        .public
        .as_ref()
        .is_some_and(|it| it.host == host)
    {
        return true;
    }
    let port = format!(":{}", desk.at.port());
    let name = match host.strip_suffix(&port) {
        Some(name) => name,
        None if desk.at.port() == 80 => host.as_str(),
        None => return false,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let at = desk.at.ip();
    match bare.parse::<std::net::IpAddr>() {
        // Nobody can make a browser take another site for an address in figures.
        Ok(ip) => ip == at || ip.is_loopback() && at.is_loopback() || at.is_unspecified(),
        Err(_) => name == "localhost" && (at.is_loopback() || at.is_unspecified()),
    }
}

/// A token that a program sends; what else a server before this one has in that header is not ours. A token in an
/// address would stand in logs: none is looked for there.
fn token(headers: &HeaderMap) -> Option<&[u8]> {
    let sent = headers.get(header::AUTHORIZATION)?.as_bytes();
    let end = sent.iter().position(|it| *it == b' ').unwrap_or(sent.len());
    let (scheme, token) = sent.split_at(end);
    scheme.eq_ignore_ascii_case(b"bearer").then_some(token)
}

/// Refuses to write by a cookie, or for whoever sits at this machine, what no page of ours has sent: another site could
/// have a browser send it. A program without any header of a browser is none.
fn written(
    visitor: &Visitor,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Result<(), Refusal> {
    let looks = matches!(*method, Method::GET | Method::HEAD);
    if looks || !api::is(path) || visitor.held.is_some() {
        return Ok(());
    }
    let sent = headers.get("x-desk-token").and_then(|it| it.to_str().ok());
    // An old browser may say nothing of where a form comes from, and still says what it is.
    let named = headers.get(header::USER_AGENT).map(|it| it.as_bytes());
    let browser = BROWSER.iter().any(|it| headers.contains_key(*it))
        || named.is_some_and(|it| it.starts_with(b"Mozilla/"));
    let program = visitor.session.is_none() && !browser;
    match sent {
        None if program => Ok(()),
        sent => visitor.sent(sent.unwrap_or_default()).map_err(|_| {
            Refusal::new(
                StatusCode::FORBIDDEN,
                "who writes by a cookie sends the token of a page in the header X-Desk-Token",
                "programs ask with a token of their own, made at /settings/tokens",
            )
        }),
    }
}

/// Whether what is asked for is a page, with the menu around it.
fn is_page(method: &Method, path: &str) -> bool {
    let other = api::is(path) || path.starts_with("/tiles/");
    method == Method::GET && !path.ends_with(".json") && !other
}

async fn known(
    desk: &Arc<Desk>,
    headers: &HeaderMap,
    visitor: &mut Visitor,
    (method, path): (&Method, &str),
) -> Result<(), Refusal> {
    let page = is_page(method, path);
    if let Some(token) = token(headers).filter(|_| api::is(path)) {
        return held(desk, token, visitor).await;
    }
    let cookie = visitor::session_cookie(desk, headers).map(str::to_owned);
    let now = desk.now();
    let held = cookie.clone();
    let own = desk.clone();
    let found = desk.pool.with(move |store| {
        let found = visitor::known(store, held.as_deref(), now, own.options.alone())?;
        // A page without the number in its menu is better than none.
        let news = match &found {
            Some((who, ..)) if page => own.unseen(store, who).unwrap_or(0),
            _ => 0,
        };
        Ok((found, news, page && own.warns(store)?))
    });
    let (found, news, warning) = found.await?;
    (visitor.news, visitor.warning) = (news, warning);
    if let Some((who, role, session)) = found {
        if let (Some(cookie), Some(_)) = (&cookie, &session) {
            visitor.secret = Secret::of_cookie(cookie);
        }
        visitor.who = Some(who);
        visitor.role = Some(role);
        visitor.session = session;
        visitor.warn = warning && !visitor::is_warned(desk, headers, visitor);
        return Ok(());
    }
    // Whoever logs in may do so at another server of the casebook than gave the page: the browser holds the secret.
    let held = match visitor::visit(desk, headers) {
        Some(held) => held.to_owned(),
        None => {
            let made = hex(&tokens::random::<32>()?);
            visitor.visit = Some(made.clone());
            made
        }
    };
    visitor.secret = Secret::of_cookie(&held);
    Ok(())
}

/// Finds out whose token it is. A wrong one is nobody's, whatever cookie came with it.
async fn held(desk: &Arc<Desk>, token: &[u8], visitor: &mut Visitor) -> Result<(), Refusal> {
    let words = std::str::from_utf8(token).unwrap_or_default();
    let found = match access::hash(words.trim()) {
        Some(hash) => {
            let (own, now) = (desk.clone(), desk.now());
            let found = desk
                .pool
                .with(move |store| visitor::bearer(store, &hash, now, own.options.alone()));
            found.await?
        }
        None => None,
    };
    let Some((who, role, held)) = found else {
        return Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "the token is none of this desk's, or has ended",
            "make another one at /settings/tokens",
        ));
    };
    visitor.who = Some(who);
    visitor.role = Some(role);
    visitor.held = Some(held);
    Ok(())
}

/// Whoever has to log in first goes there, and comes back.
fn login(visitor: &Visitor, path: &str, method: &Method) -> Response {
    if api::is(path) || path.ends_with(".json") {
        return Refusal::new(
            StatusCode::UNAUTHORIZED,
            "nobody is logged in",
            "log in at /login first; programs ask with a token, made at /settings/tokens",
        )
        .into_response();
    }
    let to = match visitor.here.as_str() {
        // An address that takes forms alone has no page to come back to.
        _ if method == Method::POST => "/login".to_owned(),
        "/" => "/login".to_owned(),
        here => format!("/login?to={}", frame::encoded(here)),
    };
    Redirect::to(&to).into_response()
}

/// Whether a list of tags names one; a server that packs what passes through it marks a tag as weak.
fn names(list: &str, tag: &str) -> bool {
    let mut all = list.split(',').map(str::trim);
    all.any(|it| it == "*" || it.trim_start_matches("W/") == tag)
}

/// An answer as it leaves: a refusal made into a page or JSON, headers, a tag to ask again by, packed.
async fn dress(answer: Response, visitor: &Visitor, path: &str, asked: &HeaderMap) -> Response {
    let answer = match answer.extensions().get::<Refusal>() {
        Some(refusal) => {
            refused::answer(refusal, visitor, api::is(path) || path.ends_with(".json"))
        }
        None => answer,
    };
    let (mut parts, body) = answer.into_parts();
    if parts.status == StatusCode::UNAUTHORIZED && api::is(path) {
        let wrong = token(asked).map_or("Bearer", |_| "Bearer error=\"invalid_token\"");
        let wrong = HeaderValue::from_static(wrong);
        parts.headers.insert(header::WWW_AUTHENTICATE, wrong);
    }
    for (name, value) in HEADERS {
        parts.headers.insert(name, HeaderValue::from_static(value));
    }
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .map(|it| it.as_bytes());
    let is_json = kind.is_some_and(|it| it.starts_with(b"application/json"));
    let is_html = kind.is_some_and(|it| it.starts_with(b"text/html"));
    if !parts.headers.contains_key(header::CACHE_CONTROL) {
        // What was seen must not be seen again by the next who sits here.
        let keep = if is_json {
            "private, no-cache"
        } else {
            "no-store"
        };
        parts
            .headers
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    }
    if !(is_json || is_html) {
        return Response::from_parts(parts, body);
    }
    let Ok(mut bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.insert(
        header::VARY,
        HeaderValue::from_static("accept-encoding, authorization, cookie"),
    );
    if is_json && parts.status == StatusCode::OK {
        let hash = &hex(&sha256(&bytes))[..24];
        let tag = match parts.extensions.get::<Latest>() {
            Some(latest) => latest.tag(hash),
            None => format!("\"{hash}\""),
        };
        let same = asked
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .any(|it| it.to_str().is_ok_and(|them| names(them, &tag)));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            parts.headers.insert(header::ETAG, tag);
        }
        if same {
            parts.status = StatusCode::NOT_MODIFIED;
            return Response::from_parts(parts, Body::empty());
        }
    }
    if bytes.len() >= SMALL
        && assets::takes_gzip(asked)
        && let Some(packed) = frame::gzip(&bytes)
    {
        bytes = packed.into();
        parts
            .headers
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes))
}
