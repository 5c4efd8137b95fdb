//! What the commands that fetch have in common.

use casebook::book::web;
pub use casebook::book::web::{arriving, is_address, note};
use clap::Args;
use fetch::{Polite, Private};
use store::Store;

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

impl Fetching {
    /// A client that asks so, and as is set for the casebook.
    pub fn client(&self, store: &mut Store) -> Result<Polite, Failure> {
        let private = if self.allow_private {
            Private::Allowed
        } else {
            Private::Refused
        };
        Ok(web::client(
            store,
            private,
            self.max_bytes,
            env!("CARGO_PKG_VERSION"),
        )?)
    }
}
