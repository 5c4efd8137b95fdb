//! Asking sites as they wish to be asked.

use std::{
    collections::HashMap,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use texting_robots::{Robot, get_robots_url};
use url::Url;

use crate::{Client, Conditions, Error, Response};

/// Time between two requests to one host, where it asks for no other.
const BETWEEN: Duration = Duration::from_secs(1);
/// The longest time that a site may have us wait between two requests; asked for more, we come back later.
const LONGEST: Duration = Duration::from_secs(30);
/// The longest time for which a site that said to come back later is not asked.
const HELD: Duration = Duration::from_secs(24 * 60 * 60);
/// For how long a site is not asked that said to come back later, not when.
const AWAY: Duration = Duration::from_secs(60);
/// For how long a site's rules hold (RFC 9309, 2.4).
const RULES: Duration = Duration::from_secs(24 * 60 * 60);
/// After how long a site is asked again for rules that it failed to give.
const NO_RULES: Duration = Duration::from_secs(10 * 60);
/// Hosts that are remembered: whoever watches for months meets many.
const HOSTS: usize = 4096;

/// Time, for tests that cannot wait.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Instant;
    /// Waits.
    fn wait(&self, time: Duration);
}

/// Real time.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// What a host allows.
enum Rules {
    /// It has no rules.
    None,
    /// Its rules.
    Some(Box<Robot>),
    /// It does not answer: nothing is asked.
    Unknown,
}

struct Host {
    rules: Rules,
    /// When the rules were asked for; `None` before that.
    ruled: Option<Instant>,
    /// When it was asked last.
    last: Option<Instant>,
    /// Until when it is not asked.
    held: Option<Instant>,
    /// Whether somebody asks it at this moment.
    busy: bool,
}

impl Host {
    fn stale(&self, now: Instant) -> bool {
        let holds = match self.rules {
            Rules::Unknown => NO_RULES,
            Rules::None | Rules::Some(_) => RULES,
        };
        self.ruled
            .is_none_or(|ruled| now.saturating_duration_since(ruled) > holds)
    }
}

/// A client that asks each host for its rules first and waits between requests. Several threads may ask through it: a
/// host is asked by one at a time.
pub struct Polite {
    client: Client,
    agent: String,
    clock: Box<dyn Clock>,
    between: Duration,
    hosts: Mutex<HashMap<String, Host>>,
    /// Told when a host is free again.
    free: Condvar,
}

impl Polite {
    /// Asks through `client`; `agent` is the name by which robots.txt knows us.
    pub fn new(client: Client, agent: &str, clock: Box<dyn Clock>) -> Self {
        Self {
            client,
            agent: agent.to_owned(),
            clock,
            between: BETWEEN,
            hosts: Mutex::default(),
            free: Condvar::new(),
        }
    }

    /// Waits so long between two requests to one host, where it asks for no longer time; never less than a second.
    pub fn between(mut self, time: Duration) -> Self {
        self.between = time.max(BETWEEN);
        self
    }

    /// Gets an address, if the site allows it and when it may be asked; a redirect to another site asks that one.
    ///
    /// # Errors
    ///
    /// [`Error::Robots`] where a site does not allow it, [`Error::NoRules`] where it fails to say so, [`Error::Held`]
    /// where it said to come back later; else as [`Client::get`].
    pub fn get(&self, address: &str, conditions: &Conditions) -> Result<Response, Error> {
        let mut turn = self.turn(address)?;
        let out = self.client.follow(address, conditions, &mut |next| {
            // The one before has answered, and is let go first: another thread may come the other way.
            turn = None;
            turn = self.turn(next)?;
            Ok(())
        });
        let busy = match &out {
            Err(Error::Status {
                status: 429 | 503,
                retry_after,
                ..
            }) => Some(retry_after.map_or(AWAY, Duration::from_secs)),
            _ => None,
        };
        if let Some(turn) = &mut turn {
            turn.away = busy;
        }
        out
    }

    /// Waits until a host may be asked and nobody else asks it; asks for its rules, where they are not known. `None`
    /// for an address that names no host: the client says what is wrong with it.
    fn turn(&self, address: &str) -> Result<Option<Turn<'_>>, Error> {
        let Some(name) = host_of(address) else {
            return Ok(None);
        };
        let stale = self.take(&name);
        let mut turn = Turn {
            of: self,
            name,
            asked: false,
            away: None,
        };
        if stale {
            let rules = rules(&self.client, &self.agent, address)?;
            let now = self.clock.now();
            if let Some(host) = self.hosts().get_mut(&turn.name) {
                host.rules = rules;
                host.ruled = Some(now);
                host.last = Some(now);
            }
        }
        let wait = self.wait(&turn.name, address)?;
        if !wait.is_zero() {
            self.clock.wait(wait);
        }
        turn.asked = true;
        Ok(Some(turn))
    }

    /// Waits until nobody asks a host, and takes it; gives whether its rules are to be asked for.
    fn take(&self, name: &str) -> bool {
        let mut hosts = self.hosts();
        loop {
            let now = self.clock.now();
            if hosts.len() >= HOSTS {
                hosts.retain(|_, host| host.busy || !host.stale(now));
            }
            let host = hosts.entry(name.to_owned()).or_insert(Host {
                rules: Rules::None,
                ruled: None,
                last: None,
                held: None,
                busy: false,
            });
            if !host.busy {
                host.busy = true;
                return host.stale(now);
            }
            hosts = self
                .free
                .wait(hosts)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn hosts(&self) -> MutexGuard<'_, HashMap<String, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long to wait before a host may be asked for an address.
    fn wait(&self, name: &str, address: &str) -> Result<Duration, Error> {
        let hosts = self.hosts();
        let Some(host) = hosts.get(name) else {
            return Ok(self.between);
        };
        let address = || address.to_owned();
        let delay = match &host.rules {
            Rules::None => self.between,
            Rules::Some(robot) => {
                if !robot.allowed(&address()) {
                    return Err(Error::Robots { address: address() });
                }
                let asked = robot.delay.filter(|it| it.is_finite() && *it > 0.0);
                let asked = asked.map_or(self.between, |it| {
                    Duration::try_from_secs_f32(it).unwrap_or(LONGEST)
                });
                asked.min(LONGEST).max(self.between)
            }
            Rules::Unknown => return Err(Error::NoRules { address: address() }),
        };
        let now = self.clock.now();
        let held = host.held.map(|until| until.saturating_duration_since(now));
        let held = held.unwrap_or_default();
        if held > LONGEST {
            return Err(Error::Held {
                address: address(),
                seconds: held.as_secs().max(1),
            });
        }
        let since = host.last.map(|last| now.saturating_duration_since(last));
        Ok(held.max(since.map_or(Duration::ZERO, |since| delay.saturating_sub(since))))
    }
}

/// The turn of one thread to ask one host; over when it is dropped.
struct Turn<'a> {
    of: &'a Polite,
    name: String,
    /// Whether the host was asked, and not only for its rules.
    asked: bool,
    /// For how long the host does not want to be asked, where it said so.
    away: Option<Duration>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let now = self.of.clock.now();
        if let Some(host) = self.of.hosts().get_mut(&self.name) {
            host.busy = false;
            if self.asked {
                host.last = Some(now);
                host.held = self.away.and_then(|away| now.checked_add(away.min(HELD)));
            }
        }
        self.of.free.notify_all();
    }
}

/// What a site allows, as its robots.txt says.
fn rules(client: &Client, agent: &str, address: &str) -> Result<Rules, Error> {
    let Ok(robots) = get_robots_url(address) else {
        return Ok(Rules::None);
    };
    match client.get(&robots, &Conditions::default()) {
        Ok(response) => Ok(Robot::new(agent, &response.body)
            .map_or(Rules::None, |robot| Rules::Some(Box::new(robot)))),
        // No such file: no rules (RFC 9309, 2.3.1.3). A site that fails is not asked further (2.3.1.4).
        Err(Error::Status {
            status: 400..=499, ..
        }) => Ok(Rules::None),
        Err(Error::Status { .. } | Error::Slow { .. } | Error::Redirects { .. }) => {
            Ok(Rules::Unknown)
        }
        Err(Error::TooLarge { .. } | Error::Bomb { .. }) => Ok(Rules::Unknown),
        // What keeps us from the rules keeps us from what was asked for.
        Err(Error::NotFound { host, .. }) => Err(Error::NotFound {
            address: address.to_owned(),
            host,
        }),
        Err(Error::Connection { why, .. }) => Err(Error::Connection {
            address: address.to_owned(),
            why,
        }),
        Err(Error::Private { host, ip, kind, .. }) => Err(Error::Private {
            address: address.to_owned(),
            host,
            ip,
            kind,
        }),
        Err(other) => Err(other),
    }
}

fn host_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(format!(
        "{}://{host}:{}",
        url.scheme(),
        url.port_or_known_default()?
    ))
}
