//! Asking sites as they wish to be asked.

use std::{
    collections::HashMap,
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
pub trait Clock: Send {
    /// Now.
    fn now(&self) -> Instant;
    /// Waits.
    fn wait(&mut self, time: Duration);
}

/// Real time.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wait(&mut self, time: Duration) {
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
    /// When the rules were asked for.
    ruled: Instant,
    /// When it was asked last.
    last: Instant,
    /// Until when it is not asked.
    held: Option<Instant>,
}

impl Host {
    fn stale(&self, now: Instant) -> bool {
        let holds = match self.rules {
            Rules::Unknown => NO_RULES,
            Rules::None | Rules::Some(_) => RULES,
        };
        now.saturating_duration_since(self.ruled) > holds
    }
}

/// A client that asks each host for its rules first and waits between requests.
pub struct Polite {
    client: Client,
    agent: String,
    clock: Box<dyn Clock>,
    between: Duration,
    hosts: HashMap<String, Host>,
}

impl Polite {
    /// Asks through `client`; `agent` is the name by which robots.txt knows us.
    pub fn new(client: Client, agent: &str, clock: Box<dyn Clock>) -> Self {
        Self {
            client,
            agent: agent.to_owned(),
            clock,
            between: BETWEEN,
            hosts: HashMap::new(),
        }
    }

    /// Waits so long between two requests to one host, where it asks for no longer time; never less than a second.
    pub fn between(self, time: Duration) -> Self {
        Self {
            between: time.max(BETWEEN),
            ..self
        }
    }

    /// Gets an address, if the site allows it and when it may be asked.
    ///
    /// # Errors
    ///
    /// [`Error::Robots`] where the site does not allow it, [`Error::NoRules`] where it fails to say so, [`Error::Held`]
    /// where it said to come back later; else as [`Client::get`].
    pub fn get(&mut self, address: &str, conditions: &Conditions) -> Result<Response, Error> {
        let Some(name) = host_of(address) else {
            // The client says what is wrong with the address.
            return self.client.get(address, conditions);
        };
        let now = self.clock.now();
        if self.hosts.get(&name).is_none_or(|host| host.stale(now)) {
            let rules = self.rules(address)?;
            let now = self.clock.now();
            let held = self.hosts.get(&name).and_then(|host| host.held);
            if self.hosts.len() >= HOSTS {
                self.hosts.retain(|_, host| !host.stale(now));
            }
            let host = Host {
                rules,
                ruled: now,
                last: now,
                held,
            };
            self.hosts.insert(name.clone(), host);
        }
        let wait = self.wait(&name, address)?;
        if !wait.is_zero() {
            self.clock.wait(wait);
        }
        let out = self.client.get(address, conditions);
        let now = self.clock.now();
        if let Some(host) = self.hosts.get_mut(&name) {
            host.last = now;
            host.held = match &out {
                Err(Error::Status {
                    status: 429 | 503,
                    retry_after,
                    ..
                }) => {
                    let away = retry_after.map_or(AWAY, Duration::from_secs);
                    now.checked_add(away.min(HELD))
                }
                _ => None,
            };
        }
        out
    }

    /// How long to wait before a host may be asked for an address.
    fn wait(&self, name: &str, address: &str) -> Result<Duration, Error> {
        let Some(host) = self.hosts.get(name) else {
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
        Ok(held.max(delay.saturating_sub(now.saturating_duration_since(host.last))))
    }

    fn rules(&self, address: &str) -> Result<Rules, Error> {
        let Ok(robots) = get_robots_url(address) else {
            return Ok(Rules::None);
        };
        match self.client.get(&robots, &Conditions::default()) {
            Ok(response) => Ok(Robot::new(&self.agent, &response.body)
                .map_or(Rules::None, |robot| Rules::Some(Box::new(robot)))),
            // No such file: no rules (RFC 9309, 2.3.1.3). A site that fails is not asked further (2.3.1.4).
            Err(Error::Status {
                status: 400..=499, ..
            }) => Ok(Rules::None),
            Err(Error::Status { .. } | Error::Slow { .. } | Error::Redirects { .. }) => {
                Ok(Rules::Unknown)
            }
            Err(Error::TooLarge { .. } | Error::Bomb { .. }) => Ok(Rules::Unknown),
            Err(other) => Err(other),
        }
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
