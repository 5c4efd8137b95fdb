//! The desk as a browser sees it: a server of its own on loopback for every test.

mod accounts;
mod add;
mod api;
mod api_refusals;
mod api_writes;
mod by_hand;
mod client;
mod hostile;
mod made;
mod news;
mod pages;
mod proposals;
mod publishing;
mod review;
mod safety;
mod saved;
mod tiles;
mod warning;
