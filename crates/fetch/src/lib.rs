//! Gets pages and feeds from addresses that are safe to ask, politely.
//!
//! Whoever can put an address into a feed, a page or a list of ours must not make us ask machines that only we can
//! reach: a server beside us, the router, a cloud's metadata. So every address that a host name stands for is looked at
//! before anything is sent, at every redirect too, and what is connected to is one of the addresses that were looked at
//! ([`address`]). What comes back has limits ([`Limits`]). Sites are asked what they allow (robots.txt), one request at
//! a time and not too often ([`Polite`]).
//!
//! A service that a person named, and nobody else could have ([`Service`]), is another matter: it may be at this
//! machine, and is sent something. It is asked at that host alone.

mod address;
mod client;
mod error;
mod polite;
mod service;

pub use address::{Lookup, SystemLookup, forbidden, near};
pub use client::{Client, Conditions, Limits, Private, Response, address};
pub use error::Error;
pub use polite::{Clock, Polite, SystemClock};
pub use service::{Answered, Service};
