//! What the server is told when it starts, and what it knows while it runs.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use casebook::{
    book::{Recent, Since, config},
    data::{Outline, Tiles},
};
use jiff::{SignedDuration, Timestamp};
use store::{
    Place, Store,
    lists::{self, Facets, Sources},
    log::time,
    people, views,
};

use crate::{
    memory::Memory,
    pool::{Pool, Turns},
    tokens::Secret,
    work::{Site, Work},
};

/// How the desk is to be served.
#[derive(Clone, Debug)]
pub struct Options {
    /// The casebook.
    pub place: Place,
    /// The address to listen at.
    pub bind: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// The address that people type, where another server stands before this one.
    pub public: Option<Public>,
    /// Who works where there are no accounts.
    pub who: String,
    /// What time it is.
    pub clock: fn() -> Timestamp,
    /// How long one request may take.
    pub patience: Duration,
    /// The outline of the world's land, for maps; without it they show places alone.
    pub land: Option<Arc<Outline>>,
    /// A file of tiles that maps are drawn over.
    pub tiles: Option<Arc<Tiles>>,
    /// The folder of model, gazetteer and encoder, where it is not the usual one.
    pub data: Option<PathBuf>,
    /// The folder that public copies are made in, where it is not one in the casebook's.
    pub publish_to: Option<PathBuf>,
}

impl Options {
    /// On this machine alone, at any free port.
    pub fn new(place: Place, who: String) -> Self {
        Self {
            place,
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            public: None,
            who,
            clock: Timestamp::now,
            patience: Duration::from_secs(30),
            land: None,
            tiles: None,
            data: None,
            publish_to: None,
        }
    }
}

impl Options {
    /// The folder that public copies are made in; `None` where the casebook lies on a server and none was named.
    pub fn copies(&self) -> Option<PathBuf> {
        match (&self.publish_to, &self.place) {
            (Some(folder), _) => Some(folder.clone()),
            (None, Place::Folder(folder)) => Some(folder.join("public")),
            (None, Place::Server(_)) => None,
        }
    }

    /// Who works without logging in where there are no accounts; `None` where others could reach the desk.
    pub fn alone(&self) -> Option<&str> {
        (self.bind.is_loopback() && self.public.is_none()).then_some(self.who.as_str())
    }
}

/// The address that people type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    /// Whether it is `https`.
    pub secure: bool,
    /// Host, with the port where it is not the usual one, in small letters.
    pub host: String,
}

impl Public {
    /// From `https://desk.example.org`.
    ///
    /// # Errors
    ///
    /// [`Error::Public`].
    pub fn parse(words: &str) -> Result<Self, Error> {
        let bad = || Error::Public(words.chars().take(200).collect());
        let lower = words.trim().trim_end_matches('/').to_lowercase();
        let (scheme, host) = lower.split_once("://").ok_or_else(bad)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if !matches!(scheme, "http" | "https") || host.is_empty() || !host.chars().all(plain) {
            return Err(bad());
        }
        let secure = scheme == "https";
        // Browsers leave the usual port out.
        let usual = if secure { ":443" } else { ":80" };
        let host = host.strip_suffix(usual).unwrap_or(host).to_owned();
        Ok(Self { secure, host })
    }

    /// As a browser says where a form comes from: `https://desk.example.org`.
    pub fn origin(&self) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        format!("{scheme}://{}", self.host)
    }
}

/// Why the desk does not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The casebook cannot be opened.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Others could reach it, and nobody would have to log in.
    #[error(
        "{0}: others could reach the desk at this address, and the casebook has no accounts\n  hint: `crossbearing \
         people add NAME --role admin` makes one; or leave --bind and --public out to be reached from this \
         machine alone"
    )]
    Open(String),
    /// The address is taken, or none of this machine.
    #[error(
        "{at}: the desk cannot listen here: {source}\n  hint: --port 0 takes any port that is free"
    )]
    Bind {
        /// Where.
        at: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// Not an address that people could type.
    #[error("{0}: not an address of a site\n  hint: write it as https://desk.example.org")]
    Public(String),
    /// The system gives no random numbers, or no threads.
    #[error("the desk cannot start: {0}")]
    System(String),
}

/// How long a list is remembered at most: another process may make dossiers anew without a word in the log.
const MOMENT: Duration = Duration::from_secs(1);
/// Outlets, voices and leanings that are listed, each.
const SOURCES: usize = 300;

/// Days that somebody sees of what changed who never said what they have seen.
pub const FIRST: i64 = 7;

/// What the server knows while it runs.
pub struct Desk {
    /// How it is served.
    pub options: Options,
    /// Where it listens.
    pub at: SocketAddr,
    /// Open casebooks.
    pub pool: Arc<Pool>,
    /// For forms of those who are not logged in.
    pub secret: Secret,
    /// Passwords that are hashed at once: each takes 19 MB.
    pub hashing: Turns,
    /// What goes on beside the pages.
    pub work: Arc<Work>,
    /// Lists and searches of a moment ago.
    pub memory: Memory,
    /// Disputes as they were last shown, by finding, as long as their dossiers are the same.
    pub disputes: Memory,
    facets: Mutex<Option<(i64, Arc<Facets>)>>,
    sources: Mutex<Option<(i64, Arc<Sources>)>>,
    news: Mutex<Arc<Recent>>,
}

impl Desk {
    /// Checks that it may be served as asked, before anybody can reach it.
    pub fn check(options: &Options) -> Result<(), Error> {
        let mut store = Store::open(&options.place)?;
        if options.alone().is_none() && !people::any(store.database())? {
            return Err(Error::Open(match &options.public {
                Some(public) => public.host.clone(),
                None => options.bind.to_string(),
            }));
        }
        Ok(())
    }

    /// Of a server that listens.
    pub fn new(options: Options, at: SocketAddr) -> Result<Self, Error> {
        Ok(Self {
            at,
            pool: Arc::new(Pool::new(options.place.clone())),
            secret: Secret::random().map_err(|error| Error::System(error.to_string()))?,
            hashing: Turns::new(2),
            work: Arc::default(),
            memory: Memory::new(128, Some(MOMENT)),
            disputes: Memory::new(2_000, None),
            facets: Mutex::default(),
            sources: Mutex::default(),
            news: Mutex::default(),
            options,
        })
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        (self.options.clock)()
    }

    /// Has what was decided worked into the dossiers.
    pub fn settle(&self, who: &str) {
        self.work.settle(&self.site(), who);
    }

    /// The casebook, for work beside the pages.
    pub fn site(&self) -> Site {
        Site {
            place: self.options.place.clone(),
            data: self.options.data.clone(),
            clock: self.options.clock,
        }
    }

    /// What is made of the whole casebook, as long as its log has this end; made anew where it has another.
    fn at<T>(
        kept: &Mutex<Option<(i64, Arc<T>)>>,
        head: i64,
        make: impl FnOnce() -> Result<T, store::Error>,
    ) -> Result<Arc<T>, store::Error> {
        let locked = || kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, fresh)) = locked().as_ref().filter(|(at, _)| *at == head) {
            return Ok(fresh.clone());
        }
        let made = Arc::new(make()?);
        *locked() = Some((head, made.clone()));
        Ok(made)
    }

    /// The state of the casebook, for what is remembered of it for a moment: the end of its log, and how often this
    /// server worked on it.
    pub fn state(&self, store: &mut Store) -> Result<Vec<u8>, store::Error> {
        // Asked first: what is worked in meanwhile is looked up again.
        let done = self.work.done();
        let head = store.head()?.seq;
        Ok([head.to_be_bytes(), done.to_be_bytes()].concat())
    }

    /// What lists can be narrowed to.
    pub fn facets(&self, store: &mut Store, head: i64) -> Result<Arc<Facets>, store::Error> {
        Self::at(&self.facets, head, || lists::facets(store.database()))
    }

    /// The sources.
    pub fn sources(&self, store: &mut Store, head: i64) -> Result<Arc<Sources>, store::Error> {
        Self::at(&self.sources, head, || {
            lists::sources(store.database(), SOURCES)
        })
    }

    /// The latest changes, up to the end of the log as it is now.
    pub fn news(&self, store: &mut Store) -> Result<Arc<Recent>, store::Error> {
        // Whoever comes meanwhile waits: they would ask for the same. The end is asked for by whoever holds it, so that
        // it never goes back.
        let mut kept = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        let head = store.head()?.seq;
        if kept.to != head {
            let known = Recent::clone(&kept);
            *kept = Arc::new(known.up_to(store.database(), head)?);
        }
        Ok(kept.clone())
    }

    /// Up to where somebody has seen what changed, and when they said so; some days ago where they never did.
    pub fn last_visit(
        &self,
        store: &mut Store,
        who: &str,
    ) -> Result<(Since, Option<String>), store::Error> {
        Ok(match views::seen_by(store.database(), who)? {
            Some((seen, at)) => (Since::Entry(seen), Some(at)),
            None => (Since::Time(self.days_ago(FIRST)), None),
        })
    }

    /// How many incidents changed that somebody has not seen.
    pub fn unseen(&self, store: &mut Store, who: &str) -> Result<usize, store::Error> {
        let (since, _) = self.last_visit(store, who)?;
        Ok(self.news(store)?.count(&since))
    }

    /// Whether pages ask before they show words of reports.
    pub fn warns(&self, store: &mut Store) -> Result<bool, store::Error> {
        Ok(config::value(store, config::WARNING)? == "on")
    }

    /// The time so many days ago, as it is stored.
    pub fn days_ago(&self, days: i64) -> String {
        let then = self
            .now()
            .checked_sub(SignedDuration::from_hours(24 * days));
        time(then.unwrap_or(Timestamp::MIN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_are_of_sites() {
        let check = |words: &str, secure: bool, host: &str| {
            let public = Public::parse(words).unwrap();
            assert_eq!((public.secure, public.host.as_str()), (secure, host));
        };
        check("https://Desk.example.org/", true, "desk.example.org");
        check("http://10.0.0.7:8080", false, "10.0.0.7:8080");
        check("https://desk.example.org:443", true, "desk.example.org");
        check("http://desk.example.org:443", false, "desk.example.org:443");
        for bad in [
            "desk.example.org",
            "ftp://x",
            "https://",
            "https://a/b",
            "https://a@b",
        ] {
            assert!(Public::parse(bad).is_err(), "{bad}");
        }
    }
}
