//! Asking sites as they wish to be asked.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use texting_robots::{Robot, get_robots_url};
use url::Url;

use crate::{Client, Conditions, Error, Response};

/// Seconds between two requests to one host, where it asks for no other time.
const BETWEEN: Duration = Duration::from_secs(1);
/// The longest time that a site may ask us to wait between two requests.
const LONGEST: Duration = Duration::from_secs(30);

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
    last: Option<Instant>,
}

/// A client that asks each host for its rules first and waits between requests.
pub struct Polite {
    client: Client,
    agent: String,
    clock: Box<dyn Clock>,
    hosts: HashMap<String, Host>,
}

impl Polite {
    /// Asks through `client`; `agent` is the name by which robots.txt knows us.
    pub fn new(client: Client, agent: &str, clock: Box<dyn Clock>) -> Self {
        Self {
            client,
            agent: agent.to_owned(),
            clock,
            hosts: HashMap::new(),
        }
    }

    /// Gets an address, if the site allows it and when it may be asked.
    ///
    /// # Errors
    ///
    /// [`Error::Robots`] where the site does not allow it; else as [`Client::get`].
    pub fn get(&mut self, address: &str, conditions: &Conditions) -> Result<Response, Error> {
        let Some(host) = host_of(address) else {
            // The client says what is wrong with the address.
            return self.client.get(address, conditions);
        };
        if !self.hosts.contains_key(&host) {
            let rules = self.rules(address)?;
            self.hosts.insert(
                host.clone(),
                Host {
                    rules,
                    last: Some(self.clock.now()),
                },
            );
        }
        let delay = match &self.hosts[&host].rules {
            Rules::None => BETWEEN,
            Rules::Some(robot) => {
                if !robot.allowed(address) {
                    return Err(Error::Robots {
                        address: address.to_owned(),
                    });
                }
                let asked = robot.delay.filter(|it| it.is_finite() && *it > 0.0);
                asked
                    .map_or(BETWEEN, Duration::from_secs_f32)
                    .clamp(BETWEEN, LONGEST)
            }
            Rules::Unknown => {
                return Err(Error::Robots {
                    address: address.to_owned(),
                });
            }
        };
        if let Some(last) = self.hosts[&host].last {
            let since = self.clock.now().saturating_duration_since(last);
            if since < delay {
                self.clock.wait(delay - since);
            }
        }
        let out = self.client.get(address, conditions);
        let now = self.clock.now();
        if let Some(host) = self.hosts.get_mut(&host) {
            host.last = Some(now);
        }
        out
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
