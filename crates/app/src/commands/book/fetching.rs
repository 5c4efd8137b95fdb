//! What the commands that fetch have in common.

use std::time::Duration;

use casebook::book::{AddOptions, Arriving, config};
use clap::Args;
use fetch::{Client, Error, Limits, Polite, Private, Response, SystemClock};
use model::{Note, Severity, parts};
use reader::{Input, text::Metadata};
use store::{Store, arrivals::Capture};

use super::{now, set};
use crate::failure::Failure;

/// How sites are asked.
#[derive(Args, Clone, Debug)]
pub struct Fetching {
    /// Also fetch from addresses that only this machine or its network can reach.
    #[arg(long)]
    allow_private: bool,
    /// The largest page that is taken, in bytes; else as set by `config set fetch.max-bytes`.
    #[arg(long, value_name = "N")]
    max_bytes: Option<u64>,
}

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
const AGENT: &str = "crossbearing";

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

impl Fetching {
    /// A client that asks so, and as is set for the casebook.
    pub fn client(&self, store: &mut Store) -> Result<Polite, Failure> {
        let proxy = PROXIES.into_iter().find(|name| set(name).is_some());
        let private = if self.allow_private {
            Private::Allowed
        } else {
            Private::Refused
        };
        let max_bytes = match self.max_bytes {
            Some(most) => most,
            None => config::number(store, config::MAX_BYTES)?,
        };
        let limits = Limits {
            packed: max_bytes,
            unpacked: max_bytes.saturating_mul(2),
            ..Limits::default()
        };
        let mut agent = format!("{AGENT}/{}", env!("CARGO_PKG_VERSION"));
        let contact = config::value(store, config::CONTACT)?;
        if !contact.is_empty() {
            agent = format!("{agent} ({contact})");
        }
        let client =
            Client::new(&agent, limits, private, proxy).map_err(|error| failure(&error))?;
        let pause = Duration::from_secs(config::number(store, config::PAUSE)?);
        Ok(Polite::new(client, AGENT, Box::new(SystemClock)).between(pause))
    }
}

/// A page that was fetched, on its way into the casebook.
pub fn arriving(asked: &str, response: Response, options: &AddOptions<'_>) -> Arriving {
    let received = store::log::time(now());
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
pub fn note(address: &str, error: &Error) -> Note {
    let told = error.to_string();
    let (message, hint) = parts(&told);
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

fn failure(error: &Error) -> Failure {
    let told = error.to_string();
    let (message, hint) = parts(&told);
    Failure {
        message: message.to_owned(),
        hint: hint.map(str::to_owned),
        broken_pipe: false,
    }
}
