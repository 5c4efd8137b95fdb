//! A client that looks where it goes.

use std::{
    collections::HashMap,
    io::Read,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    thread::ThreadId,
    time::{Duration, Instant},
};

use flate2::read::MultiGzDecoder;
use ureq::{
    Agent,
    config::Config,
    http::{StatusCode, Uri},
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};
use url::Url;

use crate::{Error, Lookup, SystemLookup, forbidden};

/// What may come back.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes on the wire.
    pub packed: u64,
    /// Bytes once unpacked.
    pub unpacked: u64,
    /// How many times its size it may unpack to; what is below [`Limits::SMALL`] may do as it likes.
    pub ratio: u64,
    /// Redirects that are followed.
    pub redirects: usize,
    /// Seconds in all, from the first name looked up to the last byte.
    pub seconds: u64,
}

impl Limits {
    /// Bytes up to which no ratio is asked: a page of nothing but spaces packs well.
    pub const SMALL: u64 = 1 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            packed: 32 << 20,
            unpacked: 64 << 20,
            ratio: 100,
            redirects: 8,
            seconds: 60,
        }
    }
}

/// Which of the addresses that only we can reach may be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Private {
    /// None.
    #[default]
    Refused,
    /// These.
    Only(Vec<SocketAddr>),
    /// All.
    Allowed,
}

impl Private {
    fn lets(&self, address: SocketAddr) -> bool {
        match self {
            Self::Refused => false,
            Self::Only(list) => list.contains(&address),
            Self::Allowed => true,
        }
    }
}

/// What the server told us last time, so that it need not send again what has not changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// The `ETag`.
    pub etag: Option<String>,
    /// The `Last-Modified`.
    pub modified: Option<String>,
}

/// What came.
#[derive(Clone, Debug)]
pub struct Response {
    /// 200, or 304 where nothing has changed.
    pub status: u16,
    /// The address that gave it.
    pub address: String,
    /// Addresses before it, in order.
    pub redirects: Vec<String>,
    /// Headers, as they came.
    pub headers: Vec<(String, String)>,
    /// The content, unpacked.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Gets pages.
pub struct Client {
    agent: Agent,
    limits: Limits,
    refused: Refused,
}

impl Client {
    /// A client that names itself `agent` to sites. `proxy` is the name of a variable that sets a proxy, if one does.
    ///
    /// # Errors
    ///
    /// [`Error::Proxy`] where one is set: it would look up names in our place.
    pub fn new(
        agent: &str,
        limits: Limits,
        private: Private,
        proxy: Option<&'static str>,
    ) -> Result<Self, Error> {
        Self::with_lookup(agent, limits, private, proxy, Box::new(SystemLookup))
    }

    /// The same with another way to look up names.
    ///
    /// # Errors
    ///
    /// As [`Client::new`].
    pub fn with_lookup(
        agent: &str,
        limits: Limits,
        private: Private,
        proxy: Option<&'static str>,
        lookup: Box<dyn Lookup>,
    ) -> Result<Self, Error> {
        if let Some(name) = proxy {
            return Err(Error::Proxy { name });
        }
        let config = Config::builder()
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(agent)
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5")
            .accept_encoding("gzip")
            .max_idle_connections(0)
            .build();
        let refused = Refused::default();
        let resolver = Guarded {
            lookup,
            private,
            refused: Arc::clone(&refused),
        };
        Ok(Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            limits,
            refused,
        })
    }

    /// Gets an address; follows redirects, each looked at like the first.
    ///
    /// # Errors
    ///
    /// See [`Error`]; a status other than 200 to 299 and 304 is one.
    pub fn get(&self, address: &str, conditions: &Conditions) -> Result<Response, Error> {
        self.follow(address, conditions, &mut |_| Ok(()))
    }

    /// The same; `before` hears each address that a redirect leads to, before it is asked.
    ///
    /// # Errors
    ///
    /// As [`Client::get`], and what `before` says.
    pub fn follow(
        &self,
        address: &str,
        conditions: &Conditions,
        before: &mut dyn FnMut(&str) -> Result<(), Error>,
    ) -> Result<Response, Error> {
        let mut at = checked(address)?;
        let mut redirects = Vec::new();
        // All redirects together have the time that one page has; what `before` waits for is not counted.
        let mut left = Duration::from_secs(self.limits.seconds);
        loop {
            let began = Instant::now();
            let timed = self.agent.get(at.as_str()).config();
            let mut request = timed.timeout_global(Some(left)).build();
            if let Some(etag) = &conditions.etag {
                request = request.header("If-None-Match", etag);
            }
            if let Some(modified) = &conditions.modified {
                request = request.header("If-Modified-Since", modified);
            }
            let response = request.call().map_err(|error| self.told(&at, error))?;
            let status = response.status();
            if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
                let to = response
                    .headers()
                    .get("location")
                    .and_then(|it| it.to_str().ok());
                let Some(to) = to else {
                    return Err(connection(
                        &at,
                        "a redirect that does not say where to".to_owned(),
                    ));
                };
                let next = at
                    .join(to)
                    .map_err(|_| connection(&at, "a redirect to no address".to_owned()))?;
                redirects.push(at.to_string());
                if redirects.len() > self.limits.redirects {
                    return Err(Error::Redirects {
                        address: address.to_owned(),
                        most: self.limits.redirects,
                        last: next.to_string(),
                    });
                }
                at = checked(next.as_str())?;
                left = left.saturating_sub(began.elapsed());
                if left.is_zero() {
                    return Err(self.too_slow(&at));
                }
                before(at.as_str())?;
                continue;
            }
            return self.taken(address, at, redirects, response);
        }
    }

    fn taken(
        &self,
        asked: &str,
        at: Url,
        redirects: Vec<String>,
        response: ureq::http::Response<ureq::Body>,
    ) -> Result<Response, Error> {
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.as_str().to_owned(), value)
            })
            .collect();
        let header = |name: &str| {
            headers
                .iter()
                .find(|(own, _)| own == name)
                .map(|(_, value)| value.as_str())
        };
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Response {
                status: status.as_u16(),
                address: at.to_string(),
                redirects,
                headers,
                body: Vec::new(),
            });
        }
        if !status.is_success() {
            return Err(Error::Status {
                address: asked.to_owned(),
                status: status.as_u16(),
                retry_after: header("retry-after").and_then(|it| seconds(it, header("date"))),
            });
        }
        let packed = self.read(&at, response.into_body().into_reader())?;
        let gzip =
            header("content-encoding").is_some_and(|it| it.trim().eq_ignore_ascii_case("gzip"));
        let body = if gzip {
            self.unpack(&at, &packed)?
        } else {
            packed
        };
        Ok(Response {
            status: status.as_u16(),
            address: at.to_string(),
            redirects,
            headers,
            body,
        })
    }

    fn read(&self, at: &Url, from: impl Read) -> Result<Vec<u8>, Error> {
        let mut out = Vec::new();
        let most = self.limits.packed;
        from.take(most + 1)
            .read_to_end(&mut out)
            .map_err(|error| self.cut_off(at, &error))?;
        if out.len() as u64 > most {
            return Err(Error::TooLarge {
                address: at.to_string(),
                what: "what came",
                most,
            });
        }
        Ok(out)
    }

    fn unpack(&self, at: &Url, packed: &[u8]) -> Result<Vec<u8>, Error> {
        let by_ratio = (packed.len() as u64)
            .saturating_mul(self.limits.ratio)
            .max(Limits::SMALL);
        let most = self.limits.unpacked.min(by_ratio);
        let mut out = Vec::new();
        MultiGzDecoder::new(packed)
            .take(most + 1)
            .read_to_end(&mut out)
            .map_err(|_| connection(at, "the gzip that came is cut off or damaged".to_owned()))?;
        if out.len() as u64 <= most {
            return Ok(out);
        }
        Err(if most == by_ratio {
            Error::Bomb {
                address: at.to_string(),
                ratio: self.limits.ratio,
            }
        } else {
            Error::TooLarge {
                address: at.to_string(),
                what: "what came, unpacked,",
                most,
            }
        })
    }

    fn cut_off(&self, at: &Url, error: &std::io::Error) -> Error {
        if error.kind() == std::io::ErrorKind::TimedOut || error.to_string().contains("timeout") {
            return self.too_slow(at);
        }
        connection(at, format!("the connection broke off ({error})"))
    }

    fn too_slow(&self, at: &Url) -> Error {
        Error::Slow {
            address: at.to_string(),
            seconds: self.limits.seconds,
        }
    }

    fn told(&self, at: &Url, error: ureq::Error) -> Error {
        let refused = self
            .refused
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&std::thread::current().id());
        if let Some((ip, kind)) = refused {
            return Error::Private {
                address: at.to_string(),
                host: at.host_str().unwrap_or_default().to_owned(),
                ip,
                kind,
            };
        }
        match error {
            ureq::Error::HostNotFound => Error::NotFound {
                address: at.to_string(),
                host: at.host_str().unwrap_or_default().to_owned(),
            },
            ureq::Error::Timeout(_) => self.too_slow(at),
            other => connection(at, other.to_string()),
        }
    }
}

/// Seconds of a `Retry-After`: a number, or a day and time, counted from the server's own clock.
pub(crate) fn seconds(after: &str, date: Option<&str>) -> Option<u64> {
    if let Ok(seconds) = after.trim().parse() {
        return Some(seconds);
    }
    let time = |words: &str| jiff::fmt::rfc2822::parse(words.trim()).ok();
    let (then, now) = (time(after)?, time(date?)?);
    let seconds = then.timestamp().as_second() - now.timestamp().as_second();
    Some(u64::try_from(seconds).unwrap_or(0))
}

pub(crate) fn connection(at: &Url, why: String) -> Error {
    Error::Connection {
        address: at.to_string(),
        why,
    }
}

/// The address as it would be asked, without its part after `#`; nothing is asked, and no name is looked up.
///
/// # Errors
///
/// [`Error::Address`] where it is no address of the web.
pub fn address(words: &str) -> Result<String, Error> {
    checked(words).map(|url| url.to_string())
}

/// An address that may be asked, as browsers write it: 0x7f.1 is 127.0.0.1.
pub(crate) fn checked(address: &str) -> Result<Url, Error> {
    let wrong = |why: &str| Error::Address {
        address: address.to_owned(),
        why: why.to_owned(),
    };
    let mut url = Url::parse(address.trim()).map_err(|error| wrong(&error.to_string()))?;
    match url.scheme() {
        "http" | "https" => {}
        other => return Err(wrong(&format!("{other}: is no address of the web"))),
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("it names no host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("it holds a user's name or password"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// What was refused last in each thread that asks: the engine passes on no reason of ours.
type Refused = Arc<Mutex<HashMap<ThreadId, (IpAddr, &'static str)>>>;

/// Looks up a name and lets only those addresses through that may be asked; what is connected to is one of them.
#[derive(Debug)]
struct Guarded {
    lookup: Box<dyn Lookup>,
    private: Private,
    refused: Refused,
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let port = uri
            .port_u16()
            .unwrap_or(if uri.scheme_str() == Some("https") {
                443
            } else {
                80
            });
        let found = self
            .lookup
            .lookup(host, port)
            .map_err(|_| ureq::Error::HostNotFound)?;
        let mut out = self.empty();
        for address in found.into_iter().take(16) {
            // A name with one such address among others is a trap, not a mistake.
            if let (false, Some(kind)) = (self.private.lets(address), forbidden(address.ip())) {
                self.refused
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(std::thread::current().id(), (address.ip(), kind));
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
