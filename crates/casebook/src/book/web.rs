//! Pages that are fetched for a casebook: by whom they are asked for, and how they come in.

use std::time::Duration;

use fetch::{Client, Limits, Polite, Private, Response, SystemClock};
use model::{Note, Severity};
use reader::{Input, text::Metadata};
use store::{Error, Store, arrivals::Capture};

use super::{
    add::{AddOptions, Arriving},
    config,
};

/// The variables that set a proxy.
const PROXIES: [&str; 6] = [
    "https_proxy",
    "HTTPS_PROXY",
    "http_proxy",
    "HTTP_PROXY",
    "all_proxy",
    "ALL_PROXY",
];

/// The name by which sites know us.
pub(super) const AGENT: &str = "crossbearing";

/// Whether a name is the address of a page, and no file.
pub fn is_address(name: &str) -> bool {
    let scheme = name.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|it| {
        !it.is_empty()
            && it
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// The address of a page or a feed as it would be asked; nothing is asked, and no name is looked up.
///
/// # Errors
///
/// [`Error::Refused`] where it is no address of the web.
pub fn address(words: &str) -> Result<String, Error> {
    fetch::address(words).map_err(|error| Error::Refused(error.to_string()))
}

/// A client that asks as is set for the casebook. `max_bytes` is the largest page that is taken, where that is not as
/// set.
///
/// # Errors
///
/// When the casebook cannot be read; [`Error::Refused`] where no client can be made.
pub fn client(
    store: &mut Store,
    private: Private,
    max_bytes: Option<u64>,
    program: &str,
) -> Result<Polite, Error> {
    let max_bytes = match max_bytes {
        Some(most) => most,
        None => config::number(store, config::MAX_BYTES)?,
    };
    let limits = Limits {
        packed: max_bytes,
        unpacked: max_bytes.saturating_mul(2),
        ..Limits::default()
    };
    let mut agent = format!("{AGENT}/{program}");
    let contact = config::value(store, config::CONTACT)?;
    if !contact.is_empty() {
        agent = format!("{agent} ({contact})");
    }
    let client = Client::new(&agent, limits, private, proxy())
        .map_err(|error| Error::Refused(error.to_string()))?;
    let pause = Duration::from_secs(config::number(store, config::PAUSE)?);
    Ok(Polite::new(client, AGENT, Box::new(SystemClock)).between(pause))
}

/// The variable that sets a proxy, if one does.
pub(super) fn proxy() -> Option<&'static str> {
    let set = |name: &&str| std::env::var(name).is_ok_and(|it| !it.trim().is_empty());
    PROXIES.into_iter().find(set)
}

/// A page that was fetched, on its way into the casebook.
pub fn arriving(asked: &str, response: Response, options: &AddOptions<'_>) -> Arriving {
    let received = store::log::time((options.now)());
    let media_type = response.header("content-type").map(str::to_owned);
    let elsewhere = (response.address != asked).then(|| response.address.clone());
    Arriving {
        capture: Capture {
            address: Some(asked.to_owned()),
            final_address: elsewhere,
            redirects: response.redirects,
            received: received.clone(),
            method: "http".to_owned(),
            tool: options.tool.clone(),
            operator: Some(options.who.clone()),
            status: Some(response.status),
            headers: response.headers,
            container: None,
        },
        input: Input {
            name: asked.to_owned(),
            bytes: response.body,
            given: Metadata {
                url: Some(response.address),
                media_type,
                fetched_at: Some(received),
                ..Metadata::default()
            },
        },
    }
}

/// An address that could not be fetched, as a note.
pub fn note(address: &str, error: &fetch::Error) -> Note {
    let told = error.to_string();
    let (message, hint) = model::parts(&told);
    let message = message
        .strip_prefix(&format!("{address}: "))
        .unwrap_or(message);
    Note {
        severity: Severity::Error,
        code: "not-fetched".to_owned(),
        subject: address.to_owned(),
        message: message.to_owned(),
        hint: hint.map(str::to_owned),
        quote: None,
    }
}
