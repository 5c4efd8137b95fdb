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
    hosts: Hosts,
}

impl Polite {
    /// Asks through `client`; `agent` is the name by which robots.txt knows us.
    pub fn new(client: Client, agent: &str, clock: Box<dyn Clock>) -> Self {
        Self {
            client,
            agent: agent.to_owned(),
            hosts: Hosts {
                clock,
                between: BETWEEN,
                known: HashMap::new(),
            },
        }
    }

    /// Waits so long between two requests to one host, where it asks for no longer time; never less than a second.
    pub fn between(mut self, time: Duration) -> Self {
        self.hosts.between = time.max(BETWEEN);
        self
    }

    /// Gets an address, if the site allows it and when it may be asked; a redirect to another site asks that one.
    ///
    /// # Errors
    ///
    /// [`Error::Robots`] where a site does not allow it, [`Error::NoRules`] where it fails to say so, [`Error::Held`]
    /// where it said to come back later; else as [`Client::get`].
    pub fn get(&mut self, address: &str, conditions: &Conditions) -> Result<Response, Error> {
        let Self {
            client,
            agent,
            hosts,
        } = self;
        let mut at = address.to_owned();
        hosts.before(client, agent, address)?;
        let out = client.follow(address, conditions, &mut |next| {
            // The one before has answered.
            hosts.after(&at, None);
            next.clone_into(&mut at);
            hosts.before(client, agent, next)
        });
        let busy = match &out {
            Err(Error::Status {
                status: 429 | 503,
                retry_after,
                ..
            }) => Some(retry_after.map_or(AWAY, Duration::from_secs)),
            _ => None,
        };
        hosts.after(&at, busy);
        out
    }
}

/// What is known of hosts.
struct Hosts {
    clock: Box<dyn Clock>,
    between: Duration,
    known: HashMap<String, Host>,
}

impl Hosts {
    /// Asks a host for its rules, where they are not known, and waits until it may be asked.
    fn before(&mut self, client: &Client, agent: &str, address: &str) -> Result<(), Error> {
        let Some(name) = host_of(address) else {
            // The client says what is wrong with the address.
            return Ok(());
        };
        let now = self.clock.now();
        if self.known.get(&name).is_none_or(|host| host.stale(now)) {
            let rules = rules(client, agent, address)?;
            let now = self.clock.now();
            let held = self.known.get(&name).and_then(|host| host.held);
            if self.known.len() >= HOSTS {
                self.known.retain(|_, host| !host.stale(now));
            }
            let host = Host {
                rules,
                ruled: now,
                last: now,
                held,
            };
            self.known.insert(name.clone(), host);
        }
        let wait = self.wait(&name, address)?;
        if !wait.is_zero() {
            self.clock.wait(wait);
        }
        Ok(())
    }

    /// Notes that a host was asked, and for how long it is not to be asked again, where it said so.
    fn after(&mut self, address: &str, busy: Option<Duration>) {
        let now = self.clock.now();
        let host = host_of(address).and_then(|name| self.known.get_mut(&name));
        if let Some(host) = host {
            host.last = now;
            host.held = busy.and_then(|away| now.checked_add(away.min(HELD)));
        }
    }

    /// How long to wait before a host may be asked for an address.
    fn wait(&self, name: &str, address: &str) -> Result<Duration, Error> {
        let Some(host) = self.known.get(name) else {
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
