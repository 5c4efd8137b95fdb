//! A service that a person names, which is sent something and answers.
//!
//! Pages and feeds name addresses that nobody chose, so [`crate::Client`] asks none that only we can reach. The address
//! of a service comes from whoever runs the program, and from nowhere else: it may be this machine, or one in a network
//! of their own. What is sent goes to that host and to no other: redirects are refused, proxies are passed by, and out
//! in the world only TLS is spoken.

use std::{
    io::Read,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use ureq::{
    Agent,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};
use url::{Host, Url};

use crate::{
    Error, Lookup, SystemLookup,
    address::{forbidden, near},
    client::{checked, connection, seconds},
};

/// A service at one address.
pub struct Service {
    agent: Agent,
    at: Url,
    key: Option<String>,
    /// The largest answer, in bytes.
    most: u64,
    why: Why,
}

/// What a service answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The content.
    pub body: Vec<u8>,
}

impl Service {
    /// The service at an address, to which we name ourselves `agent`. `key` is what it wants to know us by, `most` the
    /// largest answer in bytes, `proxy` the name of a variable that sets a proxy, if one does.
    ///
    /// # Errors
    ///
    /// [`Error::Address`] where it is no address of the web; [`Error::Proxy`] where one is set and the service is not
    /// at this machine: it would see where we go, or be where we go.
    pub fn new(
        address: &str,
        agent: &str,
        key: Option<String>,
        most: u64,
        proxy: Option<&'static str>,
    ) -> Result<Self, Error> {
        Self::with_lookup(address, agent, key, most, proxy, Box::new(SystemLookup))
    }

    /// The same with another way to look up names.
    ///
    /// # Errors
    ///
    /// As [`Service::new`].
    pub fn with_lookup(
        address: &str,
        agent: &str,
        key: Option<String>,
        most: u64,
        proxy: Option<&'static str>,
        lookup: Box<dyn Lookup>,
    ) -> Result<Self, Error> {
        let at = checked(address)?;
        if let (Some(name), false) = (proxy, here(&at)) {
            return Err(Error::Proxy { name });
        }
        let key = key.map(|it| it.trim().to_owned());
        if key
            .as_ref()
            .is_some_and(|it| !it.bytes().all(|b| b.is_ascii_graphic()))
        {
            return Err(Error::Address {
                address: shown(&at),
                why: "the key for it holds characters that no key holds".to_owned(),
            });
        }
        let config = Config::builder()
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(agent)
            .accept("application/json")
            .max_idle_connections(0)
            .build();
        let why = Why::default();
        let resolver = Named {
            lookup,
            why: Arc::clone(&why),
        };
        Ok(Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            at,
            key: key.filter(|it| !it.is_empty()),
            most,
            why,
        })
    }

    /// The host, and its port where that is not the usual one.
    pub fn host(&self) -> String {
        let host = self.at.host_str().unwrap_or_default();
        match self.at.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Whether it is at this machine, by the address itself: a name may stand for any machine.
    pub fn is_here(&self) -> bool {
        here(&self.at)
    }

    /// The address without what may be secret in it.
    pub fn address(&self) -> String {
        shown(&self.at)
    }

    /// Sends JSON and gives what comes back, within a time in all.
    ///
    /// # Errors
    ///
    /// [`Error::Moved`] for a redirect, [`Error::Unserved`] for any other status than 200 to 299, [`Error::Slow`],
    /// [`Error::Endless`], [`Error::Clear`], [`Error::Nowhere`], [`Error::NotFound`], [`Error::Connection`]. None holds
    /// anything of what was sent, of the answer, or the key.
    pub fn post(&self, json: &str, time: Duration) -> Result<Answered, Error> {
        let request = self.agent.post(self.at.as_str()).config();
        let request = request.timeout_global(Some(time)).build();
        let mut request = request.header("Content-Type", "application/json");
        if let Some(key) = &self.key {
            request = request.header("Authorization", format!("Bearer {key}"));
        }
        let response = request.send(json).map_err(|error| self.told(error, time))?;
        let status = response.status();
        if status.is_redirection() {
            return Err(Error::Moved {
                address: self.address(),
            });
        }
        if !status.is_success() {
            let header = |name: &str| response.headers().get(name)?.to_str().ok();
            let after = header("retry-after");
            return Err(Error::Unserved {
                address: self.address(),
                status: status.as_u16(),
                retry_after: after.and_then(|it| seconds(it, header("date"))),
            });
        }
        let mut body = Vec::new();
        let from = response.into_body().into_reader();
        from.take(self.most + 1)
            .read_to_end(&mut body)
            .map_err(|error| self.cut_off(&error, time))?;
        if body.len() as u64 > self.most {
            return Err(Error::Endless {
                address: self.address(),
                most: self.most,
            });
        }
        Ok(Answered { body })
    }

    fn told(&self, error: ureq::Error, time: Duration) -> Error {
        let refused = self
            .why
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let address = self.address();
        let host = self.at.host_str().unwrap_or_default().to_owned();
        match (refused, error) {
            (Some((ip, Some(kind))), _) => Error::Nowhere {
                address,
                host,
                ip,
                kind,
            },
            (Some((ip, None)), _) => Error::Clear { address, host, ip },
            (None, ureq::Error::HostNotFound) => Error::NotFound { address, host },
            (None, ureq::Error::Timeout(_)) => self.slow(time),
            (None, other) => self.broken(other.to_string()),
        }
    }

    fn cut_off(&self, error: &std::io::Error, time: Duration) -> Error {
        if error.kind() == std::io::ErrorKind::TimedOut || error.to_string().contains("timeout") {
            return self.slow(time);
        }
        self.broken(format!("the connection broke off ({error})"))
    }

    fn slow(&self, time: Duration) -> Error {
        Error::Slow {
            address: self.address(),
            seconds: time.as_secs().max(1),
        }
    }

    fn broken(&self, why: String) -> Error {
        let mut bare = self.at.clone();
        bare.set_query(None);
        connection(&bare, why)
    }
}

/// An address without its query, which may hold a key.
fn shown(at: &Url) -> String {
    let mut bare = at.clone();
    bare.set_query(None);
    bare.to_string()
}

fn here(at: &Url) -> bool {
    match at.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).to_canonical().is_loopback(),
        Some(Host::Domain(name)) => name.trim_end_matches('.') == "localhost",
        None => false,
    }
}

/// Which address was refused last, and what kind of address it is; `None` where it is one of the world that was to be
/// asked in the clear.
type Why = Arc<Mutex<Option<(IpAddr, Option<&'static str>)>>>;

/// Looks up the name that a person gave.
#[derive(Debug)]
struct Named {
    lookup: Box<dyn Lookup>,
    why: Why,
}

impl Resolver for Named {
    fn resolve(
        &self,
        uri: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let tls = uri.scheme_str() == Some("https");
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let port = uri.port_u16().unwrap_or(if tls { 443 } else { 80 });
        let found = self
            .lookup
            .lookup(host, port)
            .map_err(|_| ureq::Error::HostNotFound)?;
        let mut out = self.empty();
        for address in found.into_iter().take(16) {
            let ip = address.ip();
            let refused = match forbidden(ip) {
                _ if near(ip) => None,
                Some(kind) => Some(Some(kind)),
                None if !tls => Some(None),
                None => None,
            };
            if let Some(kind) = refused {
                *self.why.lock().unwrap_or_else(PoisonError::into_inner) = Some((ip, kind));
                return Err(ureq::Error::HostNotFound);
            }
            out.push(address);
        }
        if out.is_empty() {
            return Err(ureq::Error::HostNotFound);
        }
        Ok(out)
    }
}
