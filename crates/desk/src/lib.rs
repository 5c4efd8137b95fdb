//! The desk: a casebook as pages in a browser.
//!
//! Comes in: requests. Goes out: pages that need no script, and the same as JSON under the same address with `.json`
//! behind it. What stands on a page comes from the casebook (`store`) and from what is made of a dossier for people
//! (`casebook::publish`); nothing is computed, ranked or judged here.
//!
//! One file a page in [`pages`], with its template and its JSON beside it; a form is sent with POST, which answers with
//! the address of the page to go to. [`guard`] stands before all of them: which hosts, which origins, how large, how
//! long, who.

#![warn(missing_docs)]

pub mod access;
pub mod accounts;
mod api;
mod assets;
mod desk;
mod frame;
mod graph;
mod guard;
mod lanes;
mod map;
mod memory;
mod pages;
mod pool;

mod refusal;
mod server;
mod tokens;
mod visitor;
mod work;

pub use desk::{Error, Options, Public};
pub use server::Server;
