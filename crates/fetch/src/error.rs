//! Why something was not fetched: what, where, what to try.

/// Why something was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not an address of the web.
    #[error("{address}: {why}\n  hint: only http:// and https:// addresses are fetched")]
    Address {
        /// What was given.
        address: String,
        /// What is wrong with it.
        why: String,
    },
    /// The host's address is one that only this machine or its network can reach.
    #[error(
        "{address}: refused: {host} is at {ip}, {kind}\n  hint: --allow-private fetches from such addresses, where \
         they are yours"
    )]
    Private {
        /// What was asked for.
        address: String,
        /// The host.
        host: String,
        /// Where it is.
        ip: std::net::IpAddr,
        /// What kind of address that is.
        kind: &'static str,
    },
    /// A proxy would look up host names in our place.
    #[error(
        "a proxy is set ({name}), and through it nobody could tell which machines are asked\n  hint: unset {name} for \
         this command"
    )]
    Proxy {
        /// The variable that sets it.
        name: &'static str,
    },
    /// The host has no address.
    #[error("{address}: the host {host} was not found\n  hint: check the name and the network")]
    NotFound {
        /// What was asked for.
        address: String,
        /// The host.
        host: String,
    },
    /// The site asks not to be asked.
    #[error(
        "{address}: the site's robots.txt does not allow it\n  hint: ask the site, or save the page by hand and add \
         the file"
    )]
    Robots {
        /// What was asked for.
        address: String,
    },
    /// The site does not say what it allows: its robots.txt fails.
    #[error(
        "{address}: not asked: the site's robots.txt, which says what may be asked, fails\n  hint: try again later"
    )]
    NoRules {
        /// What was asked for.
        address: String,
    },
    /// The site said to come back later, and it is not later yet.
    #[error(
        "{address}: not asked: its site asked us to come back in {seconds} s\n  hint: try again then"
    )]
    Held {
        /// What was asked for.
        address: String,
        /// Seconds until then.
        seconds: u64,
    },
    /// Too many redirects.
    #[error("{address}: redirected more than {most} times, last to {last}")]
    Redirects {
        /// What was asked for.
        address: String,
        /// How many are followed.
        most: usize,
        /// The last one.
        last: String,
    },
    /// Too much came.
    #[error("{address}: {what} is larger than {most} bytes\n  hint: --max-bytes sets the limit")]
    TooLarge {
        /// What was asked for.
        address: String,
        /// What is too large.
        what: &'static str,
        /// The limit.
        most: u64,
    },
    /// What came unpacks to far more than it is.
    #[error(
        "{address}: refused: what came unpacks to more than {ratio} times its size, as a bomb does"
    )]
    Bomb {
        /// What was asked for.
        address: String,
        /// The limit.
        ratio: u64,
    },
    /// The site says no.
    #[error("{address}: the site answered {status}{}", hint_of(*status))]
    Status {
        /// What was asked for.
        address: String,
        /// What it answered.
        status: u16,
        /// Seconds after which it may be asked again, where it says so.
        retry_after: Option<u64>,
    },
    /// A service is at an address where none can be.
    #[error(
        "{address}: refused: {host} is at {ip}, {kind}\n  hint: a service is asked at this machine, in a network of \
         your own, or at an https:// address of the world"
    )]
    Nowhere {
        /// What was asked.
        address: String,
        /// The host.
        host: String,
        /// Where it is.
        ip: std::net::IpAddr,
        /// What kind of address that is.
        kind: &'static str,
    },
    /// What is sent to a service out in the world could be read on its way.
    #[error(
        "{address}: refused: {host} is at {ip}, out in the world, and over http:// everybody on the way reads what is \
         sent\n  hint: ask it at https://"
    )]
    Clear {
        /// What was asked.
        address: String,
        /// The host.
        host: String,
        /// Where it is.
        ip: std::net::IpAddr,
    },
    /// A service sends on to another address, which nobody named.
    #[error(
        "{address}: refused: the service sends on to another address, which nobody named\n  hint: give the address \
         that it sends to, if you trust it"
    )]
    Moved {
        /// What was asked.
        address: String,
    },
    /// A service says no.
    #[error("{address}: the service answered {status}{}", service_hint(*status))]
    Unserved {
        /// What was asked.
        address: String,
        /// What it answered.
        status: u16,
        /// Seconds after which it may be asked again, where it says so.
        retry_after: Option<u64>,
    },
    /// A service answers too much.
    #[error(
        "{address}: the answer is larger than {most} bytes\n  hint: no answer is that long; look at what runs there"
    )]
    Endless {
        /// What was asked.
        address: String,
        /// The limit.
        most: u64,
    },
    /// It took too long.
    #[error("{address}: no answer within {seconds} s")]
    Slow {
        /// What was asked for.
        address: String,
        /// The limit.
        seconds: u64,
    },
    /// The connection failed.
    #[error("{address}: {why}")]
    Connection {
        /// What was asked for.
        address: String,
        /// Why.
        why: String,
    },
}

impl Error {
    /// Whether asking again later may help.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Status { status, .. } | Self::Unserved { status, .. } => {
                matches!(status, 408 | 425 | 429 | 500..=599)
            }
            Self::NotFound { .. }
            | Self::NoRules { .. }
            | Self::Held { .. }
            | Self::Slow { .. }
            | Self::Connection { .. } => true,
            Self::Address { .. }
            | Self::Private { .. }
            | Self::Proxy { .. }
            | Self::Robots { .. }
            | Self::Redirects { .. }
            | Self::TooLarge { .. }
            | Self::Bomb { .. }
            | Self::Nowhere { .. }
            | Self::Clear { .. }
            | Self::Moved { .. }
            | Self::Endless { .. } => false,
        }
    }

    /// Seconds after which the site wants to be asked again, where it says so.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Status { retry_after, .. } | Self::Unserved { retry_after, .. } => *retry_after,
            Self::Held { seconds, .. } => Some(*seconds),
            _ => None,
        }
    }
}

fn hint_of(status: u16) -> &'static str {
    match status {
        401 | 403 => {
            "\n  hint: it wants a reader who is logged in; save the page by hand and add the file"
        }
        404 | 410 => "\n  hint: the page is gone; an archive may have it",
        429 | 503 => "\n  hint: it is asked too often, or is down; try again later",
        _ => "",
    }
}

fn service_hint(status: u16) -> &'static str {
    match status {
        400 | 422 => "\n  hint: it does not take such a request; see whether it has that model",
        401 | 403 => "\n  hint: it wants a key, or another one",
        404 | 405 => {
            "\n  hint: see whether the address is that of its API, and the model one that it has"
        }
        413 => "\n  hint: the report is too long for it",
        429 | 503 => "\n  hint: it is asked too often, or is down; try again later",
        _ => "",
    }
}
