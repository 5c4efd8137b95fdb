//! What holds of a casebook, on both engines: every test runs on an SQLite casebook and, where `CROSSBEARING_POSTGRES`
//! names a server, on a PostgreSQL one (`scripts/postgres.sh with cargo test -p crossbearing-store`).

mod audit;
mod changes;
mod copy;
mod feeds;
mod keep;
mod lists;
mod made;
mod people;
mod proposals;
mod schema;
mod search;
